/*
 * src/core/barter/packer.h
 *
 * What the parts of the packing engine share: the state of one packing.  The
 * tree and the whole are in packing_core.c, the relaxation and its prices in
 * relaxation_core.c, packings found by search in local_search_core.c.
 */
#ifndef SALON_PACKER_H
#define SALON_PACKER_H

#include "packing_core.h"

#define NONE (-1)

typedef struct Branch Branch;
typedef struct Pair Pair;

typedef struct Packer
{
	SalonSteps	steps;
	SalonPacking *p;
	int32_t		n;
	int32_t		count;			/* sets that are left */
	int32_t		width;
	int32_t    *member;			/* width by set, n behind the last item */
	int32_t    *origin;			/* number that the caller gave the set */
	int64_t    *weight;			/* divided by their common divisor */
	int64_t		divisor;
	int64_t		most;			/* largest weight */
	double	   *cost;			/* weight / most */
	bool	   *gone;			/* by set */
	int32_t    *trail;			/* sets that are gone, as they went */
	int32_t		trail_count;
	int32_t    *start;			/* by item: its sets */
	int32_t    *of_item;

	/* the relaxation */
	double	   *inverse;		/* of the basis, by column */
	double	   *right;			/* right-hand side */
	double	   *x;				/* by row */
	double	   *dual;			/* by item, and 0 behind the last */
	double	   *direction;
	int32_t    *nonzero;
	int32_t    *basic;			/* by row: a set, or ~item for its slack */
	int32_t    *candidate;
	int32_t		candidates;
	int32_t		candidate_room;
	int64_t    *price;			/* dual in integers */
	int64_t		fine;			/* units of price by unit of weight */
	bool		linear;			/* there is a basis */

	/* packings */
	int32_t    *owner;			/* by item: its set, or NONE */
	int64_t		total;			/* of the packing at hand */
	int64_t		best;			/* of the best packing */
	int32_t    *best_set;		/* by origin */
	int32_t		best_count;
	int64_t		given_up;		/* highest bound of what max_gap left out */
	int64_t		nodes;			/* of the tree that may still be looked at */

	Branch	   *branch;
	int32_t		depth;
	int32_t		branch_room;
	Pair	   *pair;
	uint32_t	pair_mask;
	uint64_t	random;
} Packer;

static inline void
work(Packer *g, int64_t steps)
{
	salon_steps(&g->steps, steps);
}

static inline bool
is_late(Packer *g)
{
	return g->p->spent(g->p->clock) >= g->p->until;
}

/*
 * The same random numbers every time.
 */
static inline uint32_t
next_random(Packer *g)
{
	uint64_t	z = (g->random += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return (uint32_t) (z >> 32);
}

static inline const int32_t *
members(const Packer *g, int32_t set)
{
	return g->member + (size_t) set * g->width;
}

static inline bool
has(const Packer *g, int32_t set, int32_t item)
{
	const int32_t *m = members(g, set);

	for (int k = 0; k < g->width; k++)
	{
		if (m[k] == item)
			return true;
	}
	return false;
}

static inline bool
is_free(const Packer *g, int32_t set)
{
	const int32_t *m = members(g, set);

	for (int k = 0; k < g->width; k++)
	{
		if (m[k] != g->n && g->owner[m[k]] != NONE)
			return false;
	}
	return true;
}

/*
 * What the prices of its items exceed the weight of a set by.
 */
static inline int64_t
excess(const Packer *g, int32_t set)
{
	const int32_t *m = members(g, set);
	int64_t		sum = -g->weight[set] * g->fine;

	for (int k = 0; k < g->width; k++)
		sum += g->price[m[k]];
	return sum;
}

/* local_search_core.c */
extern void packer_put(Packer *g, int32_t set);
extern void packer_empty(Packer *g);
extern void packer_fill(Packer *g);
extern void packer_keep(Packer *g);
extern void packer_improve(Packer *g, int64_t steps);

/* relaxation_core.c */
extern void packer_make_relaxation(Packer *g);
extern void packer_begin_basis(Packer *g);
extern bool packer_relax(Packer *g);
extern int64_t packer_find_prices(Packer *g);
extern int64_t packer_lower_prices(Packer *g);
extern void packer_approach_prices(Packer *g);

#endif							/* SALON_PACKER_H */
