/*
 * test/fuzz/host.h
 *
 * A host for cores outside a server: malloc, with a count of what is held.
 */
#ifndef SALON_TEST_HOST_H
#define SALON_TEST_HOST_H

#include <stdio.h>
#include <stdlib.h>

#include "../../src/core/core.h"

typedef struct TestHost
{
	SalonHost	host;
	long		held;			/* allocations not given back */
	long		ticks;
} TestHost;

static void *
test_alloc(void *arg, size_t size)
{
	TestHost   *t = (TestHost *) arg;
	/* aligned for 8 bytes and not for more, as in the server */
	char	   *memory = malloc(size + 8);

	if (memory == NULL)
	{
		fprintf(stderr, "out of memory\n");
		exit(3);
	}
	t->held++;
	return memory + 8;
}

static void
test_release(void *arg, void *memory)
{
	((TestHost *) arg)->held--;
	free((char *) memory - 8);
}

static void
test_tick(void *arg)
{
	((TestHost *) arg)->ticks++;
}

static inline void
test_host_init(TestHost *t)
{
	t->host.arg = t;
	t->host.alloc = test_alloc;
	t->host.release = test_release;
	t->host.tick = test_tick;
	t->host.phase = "";
	t->host.share = 0;
	t->host.newest = NULL;
	t->host.made = 0;
	t->held = 0;
	t->ticks = 0;
}

#endif							/* SALON_TEST_HOST_H */
