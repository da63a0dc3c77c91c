/*
 * src/core/barter/packing_core.h
 *
 * Disjoint sets of a few items with the largest total weight.
 */
#ifndef SALON_PACKING_CORE_H
#define SALON_PACKING_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "../core.h"

#define SALON_PACKING_WIDTH 5	/* items that a set may have */

/*
 * Sets of items.  No two sets are equal, no item is twice in a set.  The
 * largest weight times items stays below 2^60.
 */
typedef struct SalonPacking
{
	int32_t		items;
	int32_t		sets;
	int32_t		width;			/* of the largest set */
	const int32_t *member;		/* width by set, -1 behind the last item */
	const int64_t *weight;		/* by set, positive */
	double		max_gap;		/* share of the total that may be missed */
	double		(*spent) (void *clock); /* share of the time that is over */
	void	   *clock;
	double		until;			/* the share at which to stop */

	/* the answer */
	int32_t    *chosen;			/* the sets: room for items */
	int32_t		count;
	int64_t		total;
	int64_t		bound;			/* no packing is worth more */
} SalonPacking;

extern void salon_packing_solve(SalonPacking *p, SalonHost *host);

#endif							/* SALON_PACKING_CORE_H */
