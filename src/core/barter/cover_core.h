/*
 * src/core/barter/cover_core.h
 *
 * Disjoint cycles of any length with the largest total weight.
 */
#ifndef SALON_COVER_CORE_H
#define SALON_COVER_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "../core.h"

/* A directed graph; the largest weight times vertices stays below 2^60. */
typedef struct SalonCover
{
	int32_t		vertices;
	const int32_t *start;		/* by vertex, and one more: its arcs */
	const int32_t *head;		/* by arc, never the vertex itself */
	const int64_t *weight;		/* by arc, positive */

	/* the answer */
	int32_t    *chosen;			/* by vertex: its arc, or -1 */
	int64_t		total;
} SalonCover;

extern bool salon_cover_solve(SalonCover *c, SalonHost *host);

#endif							/* SALON_COVER_CORE_H */
