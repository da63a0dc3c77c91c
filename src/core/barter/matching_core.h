/*
 * src/core/barter/matching_core.h
 *
 * The matching of the largest weight in a graph of any shape.
 */
#ifndef SALON_MATCHING_CORE_H
#define SALON_MATCHING_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "../core.h"

/* Largest weight of an edge. */
#define SALON_MATCHING_MOST_WEIGHT (INT64_C(1) << 56)

/*
 * A graph without loops and parallel edges.  The total of the largest weights
 * by vertex must stay below 2^61.
 */
typedef struct SalonMatching
{
	int32_t		vertices;
	int32_t		edges;
	const int32_t *end;			/* two by edge */
	const int64_t *weight;		/* by edge, positive */

	/* the answer */
	int32_t    *mate;			/* by vertex: its edge, or -1 */
	int64_t		total;
} SalonMatching;

extern bool salon_matching_solve(SalonMatching *m, SalonHost *host);

#endif							/* SALON_MATCHING_CORE_H */
