/*
 * src/core/bradley_terry_core.h
 *
 * Strengths of parties from comparisons of two.
 */
#ifndef SALON_BRADLEY_TERRY_CORE_H
#define SALON_BRADLEY_TERRY_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "core.h"

typedef enum SalonRankVerdict
{
	SALON_RANKED,
	SALON_NEVER_LOST,			/* a group did not lose to the others */
	SALON_NEVER_WON,			/* a group did not win against the others */
	SALON_NEVER_MET,			/* a group did not meet the others */
	SALON_NO_SOLUTION			/* numbers too far apart */
} SalonRankVerdict;

/*
 * Comparisons: how often a party won against another one.  Pairs may come
 * several times and in both directions.
 */
typedef struct SalonContest
{
	int32_t		parties;
	int32_t		rows;			/* less than 2^29 */
	const int32_t *winner;		/* by row, in any order */
	const int32_t *loser;		/* by row, another one */
	const double *wins;			/* by row, not negative and finite */
	double		prior;			/* wins and losses against the average */
	bool		errors;			/* compute standard errors too */

	/* the answer, in arrays of the caller */
	double	   *strength;		/* by party */
	double	   *error;			/* by party */
	double	   *won;			/* by party */
	double	   *lost;			/* by party */
	int32_t		group;			/* parties of the group, if there is one, */
	int32_t		member;			/* and the first of them */
} SalonContest;

extern SalonRankVerdict salon_bradley_terry_solve(SalonContest *contest,
												  SalonHost *host);

#endif							/* SALON_BRADLEY_TERRY_CORE_H */
