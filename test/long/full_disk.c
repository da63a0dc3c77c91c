/*
 * test/long/full_disk.c
 *
 * Makes a disk full, for the test of faults: preloaded into a server, lets no
 * file grow whose path has a word of the file that FULL_DISK names, as long as
 * that file is there.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

/*
 * Whether the file may not grow to this end.
 */
static int
is_full(int fd, off_t end)
{
	int			saved = errno;
	char		word[64] = "",
				link[64],
				path[4096];
	struct stat file;
	FILE	   *full = getenv("FULL_DISK") ? fopen(getenv("FULL_DISK"), "r") : NULL;
	ssize_t		length;

	if (!full)
	{
		errno = saved;
		return 0;
	}
	if (!fgets(word, sizeof(word), full))
		word[0] = '\0';
	fclose(full);
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof(path) - 1);
	errno = saved;
	if (length < 0 || !word[0])
		return 0;
	path[length] = '\0';
	return strstr(path, word) && fstat(fd, &file) == 0 && end > file.st_size;
}

#define REAL(name, ...) ((ssize_t (*) (__VA_ARGS__)) dlsym(RTLD_NEXT, #name))

ssize_t
pwrite(int fd, const void *data, size_t size, off_t offset)
{
	if (is_full(fd, offset + size))
	{
		errno = ENOSPC;
		return -1;
	}
	return REAL(pwrite, int, const void *, size_t, off_t) (fd, data, size, offset);
}

ssize_t
pwrite64(int fd, const void *data, size_t size, off_t offset)
{
	return pwrite(fd, data, size, offset);
}

ssize_t
pwritev(int fd, const struct iovec *parts, int n, off_t offset)
{
	size_t		size = 0;

	for (int i = 0; i < n; i++)
		size += parts[i].iov_len;
	if (is_full(fd, offset + size))
	{
		errno = ENOSPC;
		return -1;
	}
	return REAL(pwritev, int, const struct iovec *, int, off_t) (fd, parts, n, offset);
}

ssize_t
pwritev64(int fd, const struct iovec *parts, int n, off_t offset)
{
	return pwritev(fd, parts, n, offset);
}

int
posix_fallocate(int fd, off_t offset, off_t size)
{
	if (is_full(fd, offset + size))
		return ENOSPC;
	return REAL(posix_fallocate, int, off_t, off_t) (fd, offset, size);
}

int
posix_fallocate64(int fd, off_t offset, off_t size)
{
	return posix_fallocate(fd, offset, size);
}
