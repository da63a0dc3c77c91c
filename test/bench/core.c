/*
 * test/bench/core.c
 *
 * The time that the core of allocate takes for a market of families.py.
 *
 *   core FILE ENGINE REPEATS SECONDS
 *
 * Prints the median of CPU seconds, build and proof included, the engine that
 * answered, and the total; "-" when it takes longer.
 *
 * cc -O2 -o core test/bench/core.c src/core/{scale_core.c,allocate/?*.c} -lm
 */
#include <string.h>
#include <time.h>

#include "../fuzz/host.h"
#include "../../src/core/allocate/allocate_core.h"

static double begun;
static double most;

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return t.tv_sec + t.tv_nsec * 1e-9;
}

static void
tick(void *arg)
{
	if (now() - begun > most)
	{
		printf("-\n");
		exit(0);
	}
}

static int
by_size(const void *a, const void *b)
{
	double		x = *(const double *) a;
	double		y = *(const double *) b;

	return x < y ? -1 : x > y;
}

static void *
read_array(FILE *file, size_t count, size_t size)
{
	void	   *array = malloc(count * size + 1);

	if (array == NULL || fread(array, size, count, file) != count)
	{
		fprintf(stderr, "core: the file is too short\n");
		exit(2);
	}
	return array;
}

int
main(int argc, char **argv)
{
	static const char *const engine[] = {"auto", "simplex", "scaling", "auction", "dense", "tiers"};
	FILE	   *file = argc == 5 ? fopen(argv[1], "rb") : NULL;
	int			repeats = argc == 5 ? (int) strtol(argv[3], NULL, 10) : 1;
	double	   *time = calloc(repeats, sizeof(double));
	long double total = 0;
	SalonMarket m;
	int32_t    *head;

	if (file == NULL || time == NULL)
		return 2;
	memset(&m, 0, sizeof(m));
	most = strtod(argv[4], NULL);
	head = read_array(file, 4, sizeof(int32_t));
	m.suppliers = head[0];
	m.demanders = head[1];
	m.rows = head[2];
	m.offered = read_array(file, m.suppliers, sizeof(int64_t));
	m.needed = read_array(file, m.demanders, sizeof(int64_t));
	m.supplier = read_array(file, m.rows, sizeof(int32_t));
	m.demander = read_array(file, m.rows, sizeof(int32_t));
	m.value = read_array(file, m.rows, sizeof(double));
	m.at_most = head[3] ? read_array(file, m.rows, sizeof(int64_t)) : NULL;
	m.quantity = calloc(m.rows + 1, sizeof(int64_t));
	m.supplier_price = calloc(m.suppliers + 1, sizeof(int64_t));
	m.demander_price = calloc(m.demanders + 1, sizeof(int64_t));
	for (int r = 0; r < repeats; r++)
	{
		TestHost	host;

		test_host_init(&host);
		host.host.tick = tick;
		m.engine = (SalonEngine) strtol(argv[2], NULL, 10);
		begun = now();
		if (salon_allocate_solve(&m, &host.host) != SALON_SOLVED)
			return 1;
		time[r] = now() - begun;
	}
	for (int32_t r = 0; r < m.rows; r++)
		total += (long double) m.value[r] * m.quantity[r];
	qsort(time, repeats, sizeof(double), by_size);
	printf("%.6f %s %.17Lg\n", time[repeats / 2], engine[m.used], total);
	return 0;
}
