/*
 * src/core/barter/barter_core.h
 *
 * Which parties should exchange gifts in cycles.
 */
#ifndef SALON_BARTER_CORE_H
#define SALON_BARTER_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "../allocate/allocate_core.h"
#include "../core.h"

#define SALON_BARTER_SHORTEST 2
#define SALON_BARTER_LONGEST 5
#define SALON_BARTER_ANY_LENGTH 0

typedef enum SalonBarterVerdict
{
	SALON_BARTER_SOLVED,
	SALON_BARTER_LATE,			/* the best found before time was over */
	SALON_BARTER_ROUNDED,		/* the best of rounded values */
	SALON_BARTER_TOO_MANY,		/* more cycles than most_cycles */
	SALON_BARTER_OVERFLOW,		/* the total is no finite number */
	SALON_BARTER_UNPROVED		/* cannot happen: no proof */
} SalonBarterVerdict;

/*
 * Rows of possible gifts between numbered parties.  A row without a positive
 * value takes no part; nor does one with a negative number for a party, nor
 * one whose giver is its taker.  The numbers of the parties decide ties.
 */
typedef struct SalonBarter
{
	int32_t		parties;
	int32_t		rows;
	const int32_t *giver;		/* by row */
	const int32_t *taker;		/* by row */
	const double *value;		/* by row, finite */
	int32_t		longest;		/* or SALON_BARTER_ANY_LENGTH */
	int64_t		most_cycles;	/* that may be listed */
	double		max_gap;		/* share of the total that may be missed */
	double		(*spent) (void *clock); /* share of the time that is over */
	void	   *clock;

	/* the answer, in arrays of the caller */
	int32_t    *cycle;			/* by row: 1, 2, ..., or 0 */
	int32_t    *position;		/* by row: 1, 2, ... in its cycle, or 0 */
	double		total;
	double		bound;			/* no choice is worth more */
	double		gap;			/* bound - total; 0: proved to be the best */
} SalonBarter;

extern SalonBarterVerdict salon_barter_solve(SalonBarter *b, SalonHost *host);

#endif							/* SALON_BARTER_CORE_H */
