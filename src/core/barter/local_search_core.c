/*
 * src/core/barter/local_search_core.c
 *
 * Packings without proof: greedy choices, improved by a search that puts in a
 * set, takes out what it meets and fills up, and keeps what is not worse.
 *
 * Time: as many steps as it is given.  Memory: none.
 */
#include "packer.h"

void
packer_put(Packer *g, int32_t set)
{
	const int32_t *m = members(g, set);

	for (int k = 0; k < g->width; k++)
	{
		if (m[k] != g->n)
			g->owner[m[k]] = set;
	}
	g->total += g->weight[set];
}

static void
take(Packer *g, int32_t set)
{
	const int32_t *m = members(g, set);

	for (int k = 0; k < g->width; k++)
	{
		if (m[k] != g->n)
			g->owner[m[k]] = NONE;
	}
	g->total -= g->weight[set];
}

void
packer_empty(Packer *g)
{
	for (int32_t v = 0; v < g->n; v++)
		g->owner[v] = NONE;
	g->total = 0;
}

/*
 * The best set that could still be put in and has the item, or NONE.
 */
static int32_t
best_of_item(Packer *g, int32_t item)
{
	int32_t		best = NONE;

	for (int32_t k = g->start[item]; k < g->start[item + 1]; k++)
	{
		int32_t		set = g->of_item[k];

		if (!g->gone[set] &&
			(best == NONE || g->weight[set] > g->weight[best]) &&
			is_free(g, set))
			best = set;
	}
	work(g, g->start[item + 1] - g->start[item]);
	return best;
}

/*
 * Fill up what is free, item by item.
 */
void
packer_fill(Packer *g)
{
	for (int32_t v = 0; v < g->n; v++)
	{
		int32_t		set;

		if (g->owner[v] != NONE)
			continue;
		set = best_of_item(g, v);
		if (set != NONE)
			packer_put(g, set);
	}
}

/*
 * Keep the packing at hand when it is the best.
 */
void
packer_keep(Packer *g)
{
	if (g->total <= g->best)
		return;
	g->best = g->total;
	g->best_count = 0;
	for (int32_t v = 0; v < g->n; v++)
	{
		int32_t		set = g->owner[v];

		if (set != NONE && members(g, set)[0] == v)
			g->best_set[g->best_count++] = g->origin[set];
	}
}

/*
 * Put in a set, take out what it meets, fill up; undo it when that is worse.
 */
static void
try_set(Packer *g, int32_t set)
{
	const int32_t *m = members(g, set);
	int32_t		out[SALON_PACKING_WIDTH];
	int32_t		in[SALON_PACKING_WIDTH * SALON_PACKING_WIDTH];
	int			outs = 0;
	int			ins = 0;
	int64_t		before = g->total;

	for (int k = 0; k < g->width; k++)
	{
		if (m[k] != g->n && g->owner[m[k]] != NONE)
		{
			if (g->owner[m[k]] == set)
				return;
			out[outs++] = g->owner[m[k]];
			take(g, g->owner[m[k]]);
		}
	}
	packer_put(g, set);
	for (int o = 0; o < outs; o++)
	{
		const int32_t *freed = members(g, out[o]);

		for (int k = 0; k < g->width; k++)
		{
			if (freed[k] != g->n && g->owner[freed[k]] == NONE)
			{
				int32_t		found = best_of_item(g, freed[k]);

				if (found != NONE)
				{
					packer_put(g, found);
					in[ins++] = found;
				}
			}
		}
	}
	if (g->total >= before)
		return;
	while (ins > 0)
		take(g, in[--ins]);
	take(g, set);
	while (outs > 0)
		packer_put(g, out[--outs]);
}

/*
 * Improve the packing at hand by chance, for so many steps.
 */
void
packer_improve(Packer *g, int64_t steps)
{
	int64_t		end = g->steps.taken + steps;
	int64_t		tries = 0;

	while (g->steps.taken < end && tries < (int64_t) 50 * g->count)
	{
		int32_t		set = (int32_t) (((uint64_t) next_random(g) *
									  (uint64_t) g->count) >> 32);

		if (!g->gone[set])
			try_set(g, set);
		work(g, 2 * g->width);
		if (++tries % 256 == 0 && is_late(g))
			break;
	}
	packer_keep(g);
}
