/*
 * src/core/stable_match_core.h
 *
 * Stable matching of applicants and openings.
 */
#ifndef SALON_STABLE_MATCH_CORE_H
#define SALON_STABLE_MATCH_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "core.h"

/* A quota that is no limit: any negative one. */
#define SALON_ANY_NUMBER (-1)

typedef enum SalonMatchVerdict
{
	SALON_MATCHED,
	SALON_PAIR_TWICE			/* two rows that take part are of one pair */
} SalonMatchVerdict;

/*
 * Who would like whom: rows of pairs between numbered parties.  A row with a
 * negative number for a party takes no part.  Ranks are finite, smaller is
 * better.  The numbers of the parties decide where ranks are equal.
 */
typedef struct SalonPreferences
{
	int32_t		applicants;
	int32_t		openings;
	int32_t		rows;			/* less than 2^29 */
	const int32_t *applicant;	/* by row */
	const int32_t *opening;		/* by row */
	const double *applicant_rank;	/* by row: of the opening */
	const double *opening_rank; /* by row: of the applicant */
	const int64_t *applicant_quota; /* by applicant */
	const int64_t *opening_quota;	/* by opening */
	bool		best_for_openings;	/* else for applicants */
	bool		largest;		/* use ties to match more */

	/* the answer */
	uint8_t    *matched;		/* by row, in an array of the caller */
	int32_t		twice;			/* a row of a pair that has two */
} SalonPreferences;

extern SalonMatchVerdict salon_stable_match_solve(SalonPreferences *p,
												  SalonHost *host);

#endif							/* SALON_STABLE_MATCH_CORE_H */
