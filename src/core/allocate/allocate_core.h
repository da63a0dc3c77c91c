/*
 * src/core/allocate/allocate_core.h
 *
 * The best allocation of what suppliers offer to what demanders need.
 */
#ifndef SALON_ALLOCATE_CORE_H
#define SALON_ALLOCATE_CORE_H

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "../core.h"
#include "../scale_core.h"

#define SALON_UNLIMITED (-1)

typedef enum SalonEngine
{
	SALON_ENGINE_AUTO,
	SALON_ENGINE_SIMPLEX,
	SALON_ENGINE_SCALING,
	SALON_ENGINE_AUCTION,
	SALON_ENGINE_DENSE,
	SALON_ENGINE_TIERS,
	SALON_ENGINES				/* how many there are */
} SalonEngine;

typedef enum SalonVerdict
{
	SALON_SOLVED,
	SALON_TOO_MUCH,				/* quantities beyond 64 bits */
	SALON_UNBOUNDED,			/* a pair without any limit */
	SALON_OVERFLOW,				/* values too large to be rounded */
	SALON_UNPROVED				/* cannot happen: no engine got a proof */
} SalonVerdict;

/*
 * A market: rows of candidate pairs between numbered parties.  A row without
 * a positive value takes no part; nor does one with a negative number for a
 * party.  The numbers of the parties decide ties.
 */
typedef struct SalonMarket
{
	int32_t		suppliers;
	int32_t		demanders;
	int32_t		rows;
	const int32_t *supplier;	/* by row */
	const int32_t *demander;	/* by row */
	const double *value;		/* by row, finite; 0 where a party is missing */
	const int64_t *at_most;		/* by row, or NULL: no row has a limit */
	const int64_t *offered;		/* by supplier, or SALON_UNLIMITED */
	const int64_t *needed;		/* by demander, or SALON_UNLIMITED */
	SalonEngine engine;			/* to try first */
	double		max_gap;		/* share of the total that may be given away */

	/* the answer, in arrays of the caller */
	int64_t    *quantity;		/* by row; may take the memory of value */
	int64_t    *supplier_price; /* by supplier, scaled */
	int64_t    *demander_price; /* by demander, scaled */
	SalonScale	scale;
	bool		floating;		/* prices are doubles in this memory, unscaled */
	double		largest;		/* value of a row, also where nothing can flow */
	double		total;			/* where values were rounded */
	double		gap;			/* the best total is at most this much more */
	SalonEngine used;			/* the engine that answered */
} SalonMarket;

extern SalonVerdict salon_allocate_solve(SalonMarket *market, SalonHost *host);
extern int64_t salon_pair_price(const SalonMarket *market, int32_t supplier,
								int32_t demander, double value,
								int64_t at_most);

/*
 * A price in the values of the rows.  Beyond the scale is what only rows that
 * can carry nothing need: the largest value of all will do.
 */
static inline double
salon_price_down(const SalonMarket *market, int64_t price)
{
	if (market->floating)
	{
		double		result;

		memcpy(&result, &price, sizeof(result));
		return result;
	}
	return price == SALON_BEYOND ? market->largest :
		salon_scale_down(&market->scale, price);
}

#endif							/* SALON_ALLOCATE_CORE_H */
