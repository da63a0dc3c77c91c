/*
 * src/core/allocate/dense_core.h
 *
 * Dense one-to-one markets: see dense_core.c.
 */
#ifndef SALON_DENSE_CORE_H
#define SALON_DENSE_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "transport.h"

/*
 * A matrix of weights, not negative; 0 where there is no pair.  There are no
 * more rows than columns.
 */
typedef struct SalonDense
{
	int32_t		rows;
	int32_t		columns;
	int64_t		max_weight;
	int32_t    *narrow;			/* weights by row and column, one of the two */
	int64_t    *wide;

	/* what is filled in */
	int32_t    *column;			/* by row: its column, or -1 */
	int64_t    *row_price;
	int64_t    *column_price;
} SalonDense;

/* The largest weight of a matrix of 32-bit numbers, and of any matrix. */
#define SALON_DENSE_NARROW ((INT64_C(1) << 26) - 1)
#define SALON_DENSE_WIDE ((INT64_C(1) << 57) - 1)

extern bool salon_dense(SalonDense *dense, SalonHost *host);

/* The engine for one width of numbers. */
extern bool dense_narrow(SalonDense *dense, const int32_t *weight,
						 SalonHost *host);
extern bool dense_wide(SalonDense *dense, const int64_t *weight,
					   SalonHost *host);

#endif							/* SALON_DENSE_CORE_H */
