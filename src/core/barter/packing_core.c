/*
 * src/core/barter/packing_core.c
 *
 * Weighted set packing by branch and bound, for the cycle formulation of
 * barter exchange (Abraham, Blum and Sandholm 2007, "Clearing algorithms for
 * barter exchange markets").
 *
 * The bound is the linear relaxation, by prices of items that are integers:
 * relaxation_core.c.  The same prices remove sets that no better packing can
 * have (reduced-cost fixing).  Branching asks whether two items go together
 * (Ryan and Foster 1981): either sets with just one of them go, or sets with
 * both.  First packings come from a local search, local_search_core.c; later
 * ones from rounding the relaxation.
 *
 * With more than SMALL_BASIS items the basis is slow at first.  Then prices come
 * from a subgradient method, the first packing from the best matching of the
 * sets of two, and the relaxation sees only what those prices have left; if
 * that still has more than LARGEST_BASIS items, the gap is what remains.
 *
 * Time: exponential at worst, so the caller can stop it.  Memory: 8 bytes a
 * pair of items, and about 40 + 8 * width a set.
 */
#include "packer.h"

#include <math.h>
#include <string.h>

#include "../group.h"
#include "matching_core.h"

#define LARGEST_BASIS 3000		/* items of a relaxation */
#define CORE_NODES 500			/* of the tree of a core */
#define SEARCH_STEPS INT64_C(4000000)	/* of local search at first */

/* Pairs that are nearer to 0 or 1 are decided; tests have more. */
#ifndef FRACTIONAL
#define FRACTIONAL 1e-3
#endif

/* Items that need no preparation, and sets of the first core; tests have fewer. */
#ifndef SMALL_BASIS
#define SMALL_BASIS 400
#endif
#ifndef CORE_SETS
#define CORE_SETS 2000
#endif

/* A node of the tree whose second branch may be left. */
struct Branch
{
	int32_t		trail;			/* sets gone before the branch */
	int32_t		u;				/* the two items */
	int32_t		v;
	bool		together;		/* which branch came first */
	bool		both_done;
	int64_t		bound;
};

/* A pair of items and how much of the relaxation has both. */
struct Pair
{
	int32_t		u;				/* NONE: an empty slot */
	int32_t		v;
	double		sum;
};

/*
** Sets by item, and sets that are gone
*/

static void
index_items(Packer *g)
{
	memset(g->start, 0, sizeof(int32_t) * ((size_t) g->n + 1));
	for (size_t k = 0; k < (size_t) g->count * g->width; k++)
		g->start[g->member[k]]++;
	salon_group_ends(g->start, g->n + 1);
	for (int32_t s = g->count - 1; s >= 0; s--)
	{
		for (int k = 0; k < g->width; k++)
			g->of_item[--g->start[members(g, s)[k]]] = s;
	}
	work(g, (int64_t) g->count * g->width);
}

static inline void
remove_set(Packer *g, int32_t set)
{
	if (!g->gone[set])
	{
		g->gone[set] = true;
		g->trail[g->trail_count++] = set;
	}
}

static void
restore_sets(Packer *g, int32_t trail)
{
	while (g->trail_count > trail)
		g->gone[g->trail[--g->trail_count]] = false;
}

/*
 * Take one side of a branch.
 */
static void
apply(Packer *g, int32_t u, int32_t v, bool together)
{
	for (int32_t k = g->start[u]; k < g->start[u + 1]; k++)
	{
		if (has(g, g->of_item[k], v) != together)
			remove_set(g, g->of_item[k]);
	}
	if (!together)
		return;
	for (int32_t k = g->start[v]; k < g->start[v + 1]; k++)
	{
		if (!has(g, g->of_item[k], u))
			remove_set(g, g->of_item[k]);
	}
}

/*
** Bounds
*/

/*
 * The worth that a packing must exceed to be looked for.
 */
static inline int64_t
enough(const Packer *g)
{
	return g->best + (int64_t) (g->p->max_gap * (double) g->best);
}

/*
 * Is a bound too low to matter?
 */
static inline bool
is_settled(Packer *g, int64_t bound)
{
	if (bound > enough(g))
		return false;
	if (bound > g->given_up)
		g->given_up = bound;
	return true;
}

/*
 * Remove the sets that no packing worth looking for can have.
 */
static void
fix_sets(Packer *g, int64_t sum)
{
	int64_t		need = (g->best + 1) * g->fine;

	for (int32_t s = 0; s < g->count; s++)
	{
		if (!g->gone[s] && sum - excess(g, s) < need)
			remove_set(g, s);
	}
	work(g, (int64_t) g->count * g->width / 4);
}

/*
 * Forget the sets that are gone; at the root only.
 */
static void
compact(Packer *g)
{
	int32_t    *number = salon_host_array(g->steps.host, g->count, sizeof(int32_t));
	int32_t		count = 0;

	for (int32_t s = 0; s < g->count; s++)
		number[s] = g->gone[s] ? NONE : 0;
	if (g->linear)
	{
		for (int32_t i = 0; i < g->n; i++)
		{
			if (g->basic[i] >= 0)
				number[g->basic[i]] = 0;
		}
	}
	g->trail_count = 0;
	for (int32_t s = 0; s < g->count; s++)
	{
		if (number[s] == NONE)
			continue;
		number[s] = count;
		memmove(g->member + (size_t) count * g->width,
				g->member + (size_t) s * g->width,
				sizeof(int32_t) * (size_t) g->width);
		g->weight[count] = g->weight[s];
		g->cost[count] = g->cost[s];
		g->origin[count] = g->origin[s];
		g->gone[count] = g->gone[s];
		if (g->gone[count])
			g->trail[g->trail_count++] = count;
		count++;
	}
	g->count = count;
	if (g->linear)
	{
		for (int32_t i = 0; i < g->n; i++)
		{
			if (g->basic[i] >= 0)
				g->basic[i] = number[g->basic[i]];
		}
	}
	g->candidates = 0;
	index_items(g);
	packer_empty(g);
	salon_host_release(g->steps.host, number);
}

/*
** The tree
*/

/*
 * A packing from the relaxation: the sets it has most of, then what fits.
 */
static void
round_up(Packer *g)
{
	static const double least[] = {0.9, 0.6, 0.4, 0.2, 0.01};

	packer_empty(g);
	for (int pass = 0; pass < 5; pass++)
	{
		for (int32_t i = 0; i < g->n; i++)
		{
			int32_t		set = g->basic[i];

			if (set >= 0 && !g->gone[set] && g->x[i] > least[pass] &&
				is_free(g, set))
				packer_put(g, set);
		}
	}
	packer_fill(g);
	packer_keep(g);
}

static void
add_pair(Packer *g, int32_t u, int32_t v, double x)
{
	uint32_t	at;

	if (u > v)
	{
		int32_t		swap = u;

		u = v;
		v = swap;
	}
	at = (uint32_t) u * UINT32_C(2654435761) ^ (uint32_t) v * UINT32_C(40503);
	at = (at ^ (at >> 15)) & g->pair_mask;
	while (g->pair[at].u != NONE &&
		   (g->pair[at].u != u || g->pair[at].v != v))
		at = (at + 1) & g->pair_mask;
	if (g->pair[at].u == NONE)
	{
		g->pair[at].u = u;
		g->pair[at].v = v;
		g->pair[at].sum = 0;
	}
	g->pair[at].sum += x;
}

/*
 * Would branching on a pair remove something on both sides?
 */
static bool
splits(Packer *g, int32_t u, int32_t v)
{
	int32_t		both = 0;
	int32_t		one = 0;

	for (int32_t k = g->start[u]; k < g->start[u + 1]; k++)
	{
		if (!g->gone[g->of_item[k]])
		{
			if (has(g, g->of_item[k], v))
				both++;
			else
				one++;
		}
	}
	if (both == 0)
		return false;
	for (int32_t k = g->start[v]; k < g->start[v + 1] && one == 0; k++)
	{
		if (!g->gone[g->of_item[k]] && !has(g, g->of_item[k], u))
			one++;
	}
	return one > 0;
}

/*
 * Collect the pairs that sets of the relaxation have that are neither in nor
 * out.
 */
static void
collect_pairs(Packer *g)
{
	for (uint32_t k = 0; k <= g->pair_mask; k++)
		g->pair[k].u = NONE;
	for (int32_t i = 0; i < g->n; i++)
	{
		int32_t		set = g->basic[i];

		if (set < 0 || g->gone[set] || g->x[i] < FRACTIONAL ||
			g->x[i] > 1 - FRACTIONAL)
			continue;
		for (int a = 0; a < g->width; a++)
		{
			for (int b = a + 1; b < g->width; b++)
			{
				if (members(g, set)[b] != g->n)
					add_pair(g, members(g, set)[a], members(g, set)[b],
							 g->x[i]);
			}
		}
	}
	work(g, (int64_t) g->pair_mask);
}

/*
 * The pair about which the relaxation is least decided, or NULL.
 */
static Pair *
least_decided(Packer *g)
{
	double		least = 0.5 - FRACTIONAL;
	Pair	   *best = NULL;

	for (uint32_t k = 0; k <= g->pair_mask; k++)
	{
		double		distance;

		if (g->pair[k].u == NONE)
			continue;
		distance = fabs(g->pair[k].sum - 0.5);
		if (distance < least - 1e-9 ||
			(best != NULL && distance < least + 1e-9 &&
			 (g->pair[k].u < best->u ||
			  (g->pair[k].u == best->u && g->pair[k].v < best->v))))
		{
			if (distance < least)
				least = distance;
			best = &g->pair[k];
		}
	}
	return best;
}

/*
 * An item that one of two sets has and the other has not; there is one, since
 * sets differ.
 */
static int32_t
difference(const Packer *g, int32_t a, int32_t b)
{
	for (int k = 0;; k++)
	{
		int32_t		item = members(g, k < g->width ? a : b)[k % g->width];

		if (item != g->n && has(g, a, item) != has(g, b, item))
			return item;
	}
}

/*
 * Choose two items to branch on: the pair about which the relaxation is least
 * decided, else any that splits the sets.  False when the sets that are left
 * are disjoint.
 */
static bool
choose_pair(Packer *g, int32_t *u, int32_t *v, bool *together)
{
	Pair	   *best = NULL;

	if (g->linear)
	{
		collect_pairs(g);
		while ((best = least_decided(g)) != NULL &&
			   !splits(g, best->u, best->v))
			best->sum = 0;
	}
	if (best != NULL)
	{
		*u = best->u;
		*v = best->v;
		*together = best->sum >= 0.5;
		return true;
	}
	*together = true;
	for (*u = 0; *u < g->n; ++*u)
	{
		int32_t		first = NONE;

		for (int32_t k = g->start[*u]; k < g->start[*u + 1]; k++)
		{
			int32_t		set = g->of_item[k];

			if (g->gone[set])
				continue;
			if (first != NONE)
			{
				*v = difference(g, first, set);
				return true;
			}
			first = set;
		}
	}
	return false;
}

/*
 * All sets that are left are disjoint: that is the best packing of them.
 */
static void
take_all(Packer *g)
{
	packer_empty(g);
	for (int32_t s = 0; s < g->count; s++)
	{
		if (!g->gone[s])
			packer_put(g, s);
	}
	packer_keep(g);
}

static void
push_branch(Packer *g, int32_t u, int32_t v, bool together, int64_t bound)
{
	Branch		branch = {g->trail_count, u, v, together, false, bound};

	if (g->depth == g->branch_room)
		g->branch = salon_host_grow(g->steps.host, g->branch, sizeof(Branch),
									&g->branch_room);
	g->branch[g->depth++] = branch;
}

/*
 * Bound a node.  True when its branches must be looked at; the bound only gets
 * lower.
 */
static bool
look_at(Packer *g, int64_t *bound, bool *late, int64_t *sum)
{
	*late = !packer_relax(g);
	*sum = packer_find_prices(g);
	if (*sum / g->fine < *bound)
		*bound = *sum / g->fine;
	if (*late)
		return false;
	round_up(g);
	if (is_settled(g, *bound))
		return false;
	fix_sets(g, *sum);
	return true;
}

/*
 * Go through the tree below the root; returns a bound on everything.
 */
static int64_t
go_through(Packer *g, int64_t bound)
{
	int64_t		open = bound;
	int64_t		sum;
	bool		late = false;
	bool		down = true;

	for (;;)
	{
		int32_t		u;
		int32_t		v;
		bool		together;
		Branch	   *top;

		if (down && !choose_pair(g, &u, &v, &together))
		{
			take_all(g);
			down = false;
		}
		if (down)
		{
			push_branch(g, u, v, together, open);
			apply(g, u, v, together);
		}
		else
		{
			while (g->depth > 0 &&
				   (g->branch[g->depth - 1].both_done ||
					is_settled(g, g->branch[g->depth - 1].bound)))
				g->depth--;
			if (g->depth == 0)
				return g->best;
			top = &g->branch[g->depth - 1];
			restore_sets(g, top->trail);
			top->both_done = true;
			open = top->bound;
			apply(g, top->u, top->v, !top->together);
		}
		down = look_at(g, &open, &late, &sum);
		if (late || is_late(g) || --g->nodes < 0)
			break;
	}

	/* what was not looked at */
	for (int32_t k = 0; k < g->depth; k++)
	{
		if (!g->branch[k].both_done && g->branch[k].bound > open)
			open = g->branch[k].bound;
	}
	return open;
}

/*
** Set-up
*/

/*
 * The weights, divided by what divides all of them, and the units of prices.
 */
static void
scale_weights(Packer *g)
{
	const int64_t *weight = g->p->weight;

	g->divisor = 0;
	for (int32_t s = 0; s < g->count; s++)
	{
		int64_t		a = weight[s];

		while (a != 0)
		{
			int64_t		rest = g->divisor % a;

			g->divisor = a;
			a = rest;
		}
	}
	if (g->divisor == 0)
		g->divisor = 1;
	g->most = 1;
	for (int32_t s = 0; s < g->count; s++)
	{
		g->weight[s] = weight[s] / g->divisor;
		if (g->weight[s] > g->most)
			g->most = g->weight[s];
	}
	for (int32_t s = 0; s < g->count; s++)
		g->cost[s] = (double) g->weight[s] / (double) g->most;
	g->fine = 1;
	while (g->most < (INT64_C(1) << 52) / (g->fine * 2) &&
		   g->most < (INT64_C(1) << 60) / (g->fine * 2) / (g->n + 1))
		g->fine *= 2;
}

static void
set_up(Packer *g, SalonPacking *p, SalonHost *host, bool linear)
{
	size_t		n = (size_t) p->items;
	size_t		count = (size_t) p->sets;
	size_t		slots = 16;

	memset(g, 0, sizeof(*g));
	g->steps.host = host;
	g->p = p;
	g->n = p->items;
	g->count = p->sets;
	g->width = p->width;
	g->random = 1;
	g->linear = linear;
	g->member = salon_host_array(host, count * g->width, sizeof(int32_t));
	g->origin = salon_host_array(host, count, sizeof(int32_t));
	g->weight = salon_host_array(host, count, sizeof(int64_t));
	g->cost = salon_host_array(host, count, sizeof(double));
	g->gone = salon_host_array(host, count, sizeof(bool));
	g->trail = salon_host_array(host, count, sizeof(int32_t));
	g->start = salon_host_array(host, n + 2, sizeof(int32_t));
	g->of_item = salon_host_array(host, count * g->width, sizeof(int32_t));
	g->dual = salon_host_array(host, n + 1, sizeof(double));
	g->price = salon_host_array(host, n + 1, sizeof(int64_t));
	g->owner = salon_host_array(host, n, sizeof(int32_t));
	g->best_set = salon_host_array(host, n, sizeof(int32_t));
	if (g->linear)
	{
		while (slots < n * SALON_PACKING_WIDTH * (SALON_PACKING_WIDTH - 1))
			slots *= 2;
		g->pair_mask = (uint32_t) slots - 1;
		g->pair = salon_host_array(host, slots, sizeof(Pair));
		packer_make_relaxation(g);
	}
	for (size_t s = 0; s < count; s++)
	{
		g->origin[s] = (int32_t) s;
		g->gone[s] = false;
	}
	for (size_t k = 0; k < count * g->width; k++)
		g->member[k] = p->member[k] < 0 ? g->n : p->member[k];
	scale_weights(g);
	salon_host_tick(host);
	index_items(g);
	packer_empty(g);
}

/*
 * A first packing, and a first bound: every item is worth at most its best
 * share of a set.
 */
static int64_t
begin(Packer *g)
{
	for (int32_t v = 0; v <= g->n; v++)
		g->dual[v] = 0;
	for (int32_t s = 0; s < g->count; s++)
	{
		int			size = 0;

		while (size < g->width && members(g, s)[size] != g->n)
			size++;
		for (int k = 0; k < size; k++)
		{
			if (g->cost[s] / size > g->dual[members(g, s)[k]])
				g->dual[members(g, s)[k]] = g->cost[s] / size;
		}
	}
	work(g, (int64_t) g->count * g->width);
	packer_fill(g);
	packer_improve(g, SEARCH_STEPS / 4);
	return packer_find_prices(g) / g->fine;
}

/*
 * The best packing of the sets of two, to begin with where the search will not
 * get far.
 */
static void
begin_with_pairs(Packer *g)
{
	SalonHost  *host = g->steps.host;
	int64_t		mark = salon_host_mark(host);
	SalonMatching m;
	int32_t    *end;
	int32_t    *set;
	int64_t    *weight;
	int32_t		pairs = 0;

	memset(&m, 0, sizeof(m));
	for (int32_t s = 0; s < g->count; s++)
	{
		if (g->width == 2 || members(g, s)[2] == g->n)
			pairs++;
	}
	end = salon_host_array(host, 2 * (size_t) pairs, sizeof(int32_t));
	set = salon_host_array(host, pairs, sizeof(int32_t));
	weight = salon_host_array(host, pairs, sizeof(int64_t));
	for (int32_t s = 0; s < g->count; s++)
	{
		if (g->width == 2 || members(g, s)[2] == g->n)
		{
			end[2 * m.edges] = members(g, s)[0];
			end[2 * m.edges + 1] = members(g, s)[1];
			set[m.edges] = s;
			weight[m.edges++] = g->weight[s];
		}
	}
	m.vertices = g->n;
	m.end = end;
	m.weight = weight;
	m.mate = salon_host_array(host, g->n, sizeof(int32_t));
	if (salon_matching_solve(&m, host))
	{
		packer_empty(g);
		for (int32_t v = 0; v < g->n; v++)
		{
			if (m.mate[v] != NONE && end[2 * m.mate[v]] == v)
				packer_put(g, set[m.mate[v]]);
		}
		packer_fill(g);
		packer_keep(g);
	}
	salon_host_rewind(host, mark);
}

/* What a packing is packed for. */
typedef enum Level
{
	LEVEL_ALL,					/* the caller's packing */
	LEVEL_REST,					/* what prices have left of a large one */
	LEVEL_CORE					/* a core: it may be given up */
} Level;

static void pack(SalonPacking *p, SalonHost *host, int64_t known, Level level);

/*
 * Pack only the sets that the prices hardly speak against, with numbers of
 * their own for the items they have.  Returns a bound on them.
 */
static int64_t
pack_core(Packer *g, int64_t most_excess, Level level)
{
	SalonHost  *host = g->steps.host;
	int64_t		mark = salon_host_mark(host);
	SalonPacking core = *g->p;
	int32_t    *set = salon_host_array(host, g->count, sizeof(int32_t));
	int32_t    *number = salon_host_array(host, (size_t) g->n + 1,
										  sizeof(int32_t));
	int32_t    *member;
	int64_t    *weight;

	core.sets = 0;
	core.items = 0;
	for (int32_t v = 0; v <= g->n; v++)
		number[v] = NONE;
	for (int32_t s = 0; s < g->count; s++)
	{
		if (g->gone[s] || excess(g, s) > most_excess)
			continue;
		set[core.sets++] = s;
		for (int k = 0; k < g->width; k++)
			number[members(g, s)[k]] = 0;
	}
	for (int32_t v = 0; v < g->n; v++)
	{
		if (number[v] == 0)
			number[v] = core.items++;
	}
	number[g->n] = NONE;
	member = salon_host_array(host, (size_t) core.sets * g->width,
							  sizeof(int32_t));
	weight = salon_host_array(host, core.sets, sizeof(int64_t));
	for (int32_t c = 0; c < core.sets; c++)
	{
		for (int k = 0; k < g->width; k++)
			member[(size_t) c * g->width + k] = number[members(g, set[c])[k]];
		weight[c] = g->weight[set[c]];
	}
	core.member = member;
	core.weight = weight;
	core.chosen = salon_host_array(host, core.items, sizeof(int32_t));
	core.bound = INT64_MAX;
	if (core.items <= LARGEST_BASIS)
		pack(&core, host, g->best, level);
	if (core.bound != INT64_MAX && core.total > g->best)
	{
		packer_empty(g);
		for (int32_t c = 0; c < core.count; c++)
			packer_put(g, set[core.chosen[c]]);
		packer_keep(g);
	}
	salon_host_rewind(host, mark);
	return core.bound;
}

/*
 * Larger and larger cores, until hardly more sets are left than the core had:
 * each packing found removes sets that no better one can have.
 */
static void
pack_cores(Packer *g, int64_t sum)
{
	int32_t		bucket[1024];

	for (int64_t size = CORE_SETS;
		 g->count > 2 * size && !is_late(g); size *= 3)
	{
		int64_t		gap = sum - (g->best + 1) * g->fine + 1;
		int64_t		width;
		int64_t		sets = 0;
		int			last = 0;

		if (gap <= 0)
			return;
		width = gap / 1024 + 1;
		memset(bucket, 0, sizeof(bucket));
		for (int32_t s = 0; s < g->count; s++)
		{
			if (!g->gone[s] && excess(g, s) / width < 1024)
				bucket[excess(g, s) / width]++;
		}
		work(g, (int64_t) g->count * g->width / 2);
		while (last < 1024 && sets + bucket[last] <= size)
			sets += bucket[last++];
		(void) pack_core(g, width * (last > 0 ? last : 1) - 1, LEVEL_CORE);
		fix_sets(g, sum);
		compact(g);
	}
}

/*
 * Find prices for a large packing, remove what they speak against, and pack
 * the rest.  Returns a bound.
 */
static int64_t
pack_large(Packer *g, int64_t bound)
{
	int64_t		sum;

	begin_with_pairs(g);
	packer_improve(g, SEARCH_STEPS * 5);
	packer_approach_prices(g);
	(void) packer_find_prices(g);
	sum = packer_lower_prices(g);
	if (sum / g->fine < bound)
		bound = sum / g->fine;
	if (!is_settled(g, bound) && !is_late(g))
	{
		int64_t		rest;

		fix_sets(g, sum);
		compact(g);
		rest = pack_core(g, INT64_MAX, LEVEL_REST);
		if (rest < bound)
			bound = rest;
	}
	return bound;
}

/*
 * Find the best packing that is worth more than a known one.
 */
static void
pack(SalonPacking *p, SalonHost *host, int64_t known, Level level)
{
	Packer		g;
	int64_t		mark = salon_host_mark(host);
	int64_t		bound;
	int64_t		sum;
	bool		late = false;

	set_up(&g, p, host, p->items <= SMALL_BASIS || level != LEVEL_ALL);
	g.best = known / g.divisor;
	g.nodes = level == LEVEL_CORE ? CORE_NODES : INT64_MAX;
	bound = begin(&g);
	if (is_settled(&g, bound))
		 /* the first packing is the best */ ;
	else if (is_late(&g))
	{
		if (level == LEVEL_ALL)
			begin_with_pairs(&g);
	}
	else if (!g.linear)
		bound = pack_large(&g, bound);
	else
	{
		packer_begin_basis(&g);
		if (look_at(&g, &bound, &late, &sum))
		{
			compact(&g);
			round_up(&g);
			packer_improve(&g, SEARCH_STEPS);
			if (level != LEVEL_CORE)
				pack_cores(&g, sum);
			if (!is_settled(&g, bound) && !is_late(&g))
				bound = go_through(&g, bound);
		}
	}

	if (bound < g.given_up)
		bound = g.given_up;
	if (bound < g.best)
		bound = g.best;
	p->total = g.best * g.divisor;
	p->bound = bound * g.divisor;
	p->count = g.best_count;
	memcpy(p->chosen, g.best_set, sizeof(int32_t) * (size_t) g.best_count);
	salon_host_rewind(host, mark);
}

/*
 * Find the packing of the largest weight, or a good one when time runs out.
 */
void
salon_packing_solve(SalonPacking *p, SalonHost *host)
{
	pack(p, host, 0, LEVEL_ALL);
}
