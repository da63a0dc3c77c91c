/*
 * test/fuzz/barter.h
 *
 * Exchanges for the checks of barter: made, checked and freed.
 */
#ifndef SALON_TEST_BARTER_H
#define SALON_TEST_BARTER_H

#include <math.h>
#include <stdbool.h>
#include <string.h>

#include "../../src/core/barter/barter_core.h"
#include "host.h"

typedef struct TestBarter
{
	SalonBarter b;
	int32_t    *giver;
	int32_t    *taker;
	double	   *value;
	long		looks;			/* at the clock until it is late; 0: never */
} TestBarter;

static double
test_spent(void *clock)
{
	long	   *looks = (long *) clock;

	if (*looks == 1)
		return 1;
	if (*looks > 1)
		--*looks;
	return 0;
}

static inline void
barter_init(TestBarter *t, int32_t parties, int32_t rows, int32_t longest)
{
	memset(t, 0, sizeof(*t));
	t->giver = malloc(sizeof(int32_t) * (size_t) (rows + 1));
	t->taker = malloc(sizeof(int32_t) * (size_t) (rows + 1));
	t->value = malloc(sizeof(double) * (size_t) (rows + 1));
	t->b.cycle = malloc(sizeof(int32_t) * (size_t) (rows + 1));
	t->b.position = malloc(sizeof(int32_t) * (size_t) (rows + 1));
	t->b.parties = parties;
	t->b.rows = rows;
	t->b.giver = t->giver;
	t->b.taker = t->taker;
	t->b.value = t->value;
	t->b.longest = longest;
	t->b.most_cycles = INT32_MAX / 8;
	t->b.spent = test_spent;
	t->b.clock = &t->looks;
}

static inline void
barter_free(TestBarter *t)
{
	free(t->giver);
	free(t->taker);
	free(t->value);
	free(t->b.cycle);
	free(t->b.position);
}

/*
 * What is wrong with the answer, or NULL: cycles are numbered from 1 by their
 * smallest party, closed, disjoint, not too long, of rows that may take part,
 * and total and bound are what they say.
 */
static inline const char *
barter_fault(const SalonBarter *b)
{
	int32_t    *row_of = malloc(sizeof(int32_t) * (size_t) (b->parties + 1));
	bool	   *taken = calloc((size_t) b->parties + 1, sizeof(bool));
	const char *fault = NULL;
	double		total = 0;
	int32_t		cycles = 0;

	for (int32_t v = 0; v < b->parties; v++)
		row_of[v] = -1;
	for (int32_t r = 0; r < b->rows && fault == NULL; r++)
	{
		if (b->cycle[r] == 0)
		{
			if (b->position[r] != 0)
				fault = "position without a cycle";
			continue;
		}
		if (!(b->value[r] > 0) || b->giver[r] < 0 || b->taker[r] < 0 ||
			b->giver[r] == b->taker[r])
			fault = "row takes part that must not";
		else if (row_of[b->giver[r]] >= 0)
			fault = "party gives twice";
		else if (taken[b->taker[r]])
			fault = "party takes twice";
		else
		{
			row_of[b->giver[r]] = r;
			taken[b->taker[r]] = true;
			total += b->value[r];
		}
	}
	for (int32_t v = 0; v < b->parties && fault == NULL; v++)
	{
		int32_t		r = row_of[v];
		int32_t		length = 0;

		if (r < 0 || b->cycle[r] <= cycles)
			continue;
		if (b->cycle[r] != ++cycles)
			fault = "cycles are not numbered by their smallest party";
		while (fault == NULL)
		{
			if (b->position[r] != ++length || b->cycle[r] != cycles)
				fault = "positions are wrong";
			if (b->taker[r] == v)
				break;
			r = row_of[b->taker[r]];
			if (r < 0)
			{
				fault = "cycle is not closed";
				break;
			}
		}
		if (fault == NULL && b->longest != SALON_BARTER_ANY_LENGTH &&
			length > b->longest)
			fault = "cycle is too long";
	}
	if (fault == NULL && fabs(total - b->total) > 1e-9 * total)
		fault = "total is wrong";
	if (fault == NULL && (b->gap < 0 || b->bound < b->total))
		fault = "bound is below the total";
	free(row_of);
	free(taken);
	return fault;
}

#endif							/* SALON_TEST_BARTER_H */
