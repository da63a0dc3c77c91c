/*
 * test/fuzz/market.h
 *
 * A market in memory, and the check of an answer against the definition: all
 * limits hold, and the prices prove that nothing is better.  Shared by the
 * differential test and the fuzz target.
 */
#ifndef SALON_TEST_MARKET_H
#define SALON_TEST_MARKET_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "../../src/core/allocate/allocate_core.h"

typedef __int128 wide;

typedef struct TestMarket
{
	SalonMarket m;
	int32_t    *supplier;
	int32_t    *demander;
	double	   *value;
	int64_t    *at_most;
	int64_t    *offered;
	int64_t    *needed;
} TestMarket;

static inline void
market_init(TestMarket *t, int32_t suppliers, int32_t demanders, int32_t rows)
{
	memset(t, 0, sizeof(*t));
	t->supplier = calloc(rows + 1, sizeof(int32_t));
	t->demander = calloc(rows + 1, sizeof(int32_t));
	t->value = calloc(rows + 1, sizeof(double));
	t->at_most = calloc(rows + 1, sizeof(int64_t));
	t->offered = calloc(suppliers + 1, sizeof(int64_t));
	t->needed = calloc(demanders + 1, sizeof(int64_t));
	for (int32_t r = 0; r < rows; r++)
		t->at_most[r] = SALON_UNLIMITED;
	t->m.suppliers = suppliers;
	t->m.demanders = demanders;
	t->m.rows = rows;
	t->m.supplier = t->supplier;
	t->m.demander = t->demander;
	t->m.value = t->value;
	t->m.at_most = t->at_most;
	t->m.offered = t->offered;
	t->m.needed = t->needed;
	t->m.quantity = calloc(rows + 1, sizeof(int64_t));
	t->m.supplier_price = calloc(suppliers + 1, sizeof(int64_t));
	t->m.demander_price = calloc(demanders + 1, sizeof(int64_t));
}

static inline void
market_free(TestMarket *t)
{
	free(t->supplier);
	free(t->demander);
	free(t->value);
	free(t->at_most);
	free(t->offered);
	free(t->needed);
	free(t->m.quantity);
	free(t->m.supplier_price);
	free(t->m.demander_price);
}

/*
 * What is wrong with the answer, or NULL.  *total becomes the scaled total;
 * *slack how far the prices are above it.
 */
static inline const char *
market_fault(const SalonMarket *m, wide *total, wide *slack)
{
	int64_t    *given = calloc(m->suppliers + 1, sizeof(int64_t));
	int64_t    *taken = calloc(m->demanders + 1, sizeof(int64_t));
	const char *fault = NULL;
	wide		dual = 0;

	*total = 0;
	for (int32_t r = 0; r < m->rows; r++)
	{
		int32_t		i = m->supplier[r];
		int32_t		j = m->demander[r];
		int64_t		x = m->quantity[r];
		int64_t		limit = m->at_most ? m->at_most[r] : SALON_UNLIMITED;
		int64_t		w;
		int64_t		pair;

		if (x < 0)
			fault = "negative quantity";
		if (i < 0 || j < 0 || !(m->value[r] > 0))
		{
			if (x != 0)
				fault = "a row that takes no part was matched";
			continue;
		}
		if (limit >= 0 && x > limit)
			fault = "more than the limit of a row";
		given[i] += x;
		taken[j] += x;
		if (m->floating)
			continue;			/* prices are doubles: see exact_answer.py */
		w = salon_scale_bound(&m->scale, m->value[r]);
		pair = salon_pair_price(m, i, j, m->value[r], limit);
		if (w == SALON_BEYOND ? x > 0 ||
			(m->supplier_price[i] != w && m->demander_price[j] != w && pair != w) :
			w > (wide) m->supplier_price[i] + m->demander_price[j] + pair)
			fault = "prices below the value of a row";
		if (pair > 0)
			dual += (wide) pair * limit;
		*total += (wide) w * x;
	}
	for (int32_t i = 0; i < m->suppliers; i++)
	{
		if (given[i] > m->offered[i] && m->offered[i] >= 0)
			fault = "a supplier gives too much";
		if (m->floating)
			continue;
		if (m->supplier_price[i] < 0)
			fault = "negative price of a supplier";
		if (m->offered[i] < 0)
		{
			if (m->supplier_price[i] != 0)
				fault = "price of an unlimited supplier";
			continue;
		}
		dual += (wide) m->supplier_price[i] * m->offered[i];
	}
	for (int32_t j = 0; j < m->demanders; j++)
	{
		if (taken[j] > m->needed[j] && m->needed[j] >= 0)
			fault = "a demander takes too much";
		if (m->floating)
			continue;
		if (m->demander_price[j] < 0)
			fault = "negative price of a demander";
		if (m->needed[j] < 0)
		{
			if (m->demander_price[j] != 0)
				fault = "price of an unlimited demander";
			continue;
		}
		dual += (wide) m->demander_price[j] * m->needed[j];
	}
	*slack = dual - *total;
	if (dual < *total)
		fault = "prices below the total";
	free(given);
	free(taken);
	return fault;
}

#endif							/* SALON_TEST_MARKET_H */
