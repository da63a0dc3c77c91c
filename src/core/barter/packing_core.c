/*
 * src/core/barter/packing_core.c
 *
 * Weighted set packing by branch and bound, for the cycle formulation of
 * barter exchange (Abraham, Blum and Sandholm 2007, "Clearing algorithms for
 * barter exchange markets").
 *
 * The bound is the linear relaxation, solved by a primal simplex method with
 * the explicit inverse of the basis: one row for each item, so the number of
 * sets matters only where they are priced, a short list of candidates at a
 * time.  The right-hand side is perturbed a little, since packings are
 * degenerate.  Floating point proves nothing here: the prices that it finds are
 * rounded to integers and raised until no set is worth more than its items,
 * and only the total of those integers is used as a bound (weak duality).
 *
 * The same prices remove sets that no better packing can have (reduced-cost
 * fixing).  Branching asks whether two items go together (Ryan and Foster
 * 1981): either sets with just one of them go, or sets with both.  A set that
 * is gone keeps its column with a negative worth, so that the basis of one
 * node serves the next one, wherever in the tree that is.
 *
 * First packings come from greedy choices improved by a local search that puts
 * in a set, takes out what it meets and fills up; later ones from rounding the
 * relaxation.
 *
 * With more than SMALL_BASIS items the basis is slow at first.  Then prices come
 * from a subgradient method, the first packing from the best matching of the
 * sets of two, and the relaxation sees only what those prices have left; if
 * that still has more than LARGEST_BASIS items, the gap is what remains.
 *
 * Time: exponential at worst, so the caller can stop it.  Memory: 8 bytes a
 * pair of items, and about 40 + 8 * width a set.
 */
#include "packing_core.h"

#include <math.h>
#include <string.h>

#include "matching_core.h"

#define NONE (-1)
#define LARGEST_BASIS 3000		/* items of a relaxation */
#define SMALL_BASIS 400			/* items that need no preparation */
#define TOLERANCE 1e-10			/* of reduced costs; the largest cost is 1 */
#define PIVOT 1e-8				/* smallest element to pivot on */
#define PERTURBATION 1e-6
#define FRACTIONAL 1e-3
#define CANDIDATES 400			/* at least; more when there are many sets */
#define CORE_SETS 2000			/* of the first core */
#define CORE_NODES 500			/* of the tree of a core */
#define SEARCH_STEPS INT64_C(4000000)	/* of local search at first */

/* A node of the tree whose second branch may be left. */
typedef struct Branch
{
	int32_t		trail;			/* sets gone before the branch */
	int32_t		u;				/* the two items */
	int32_t		v;
	bool		together;		/* which branch came first */
	bool		both_done;
	int64_t		bound;
} Branch;

/* A pair of items and how much of the relaxation has both. */
typedef struct Pair
{
	int32_t		u;				/* NONE: an empty slot */
	int32_t		v;
	double		sum;
} Pair;

typedef struct Packer
{
	SalonHost  *host;
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
	int64_t		steps;
	int64_t		ticked;
} Packer;

static inline void
work(Packer *g, int64_t steps)
{
	g->steps += steps;
	if (g->steps - g->ticked > SALON_TICK_STEPS)
	{
		g->ticked = g->steps;
		salon_host_tick(g->host);
	}
}

static inline bool
is_late(Packer *g)
{
	return g->p->spent(g->p->clock) >= g->p->until;
}

/*
 * The same random numbers every time.
 */
static uint32_t
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

/*
** Packings
*/

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

static void
put(Packer *g, int32_t set)
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

static void
empty(Packer *g)
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
static void
fill(Packer *g)
{
	for (int32_t v = 0; v < g->n; v++)
	{
		int32_t		set;

		if (g->owner[v] != NONE)
			continue;
		set = best_of_item(g, v);
		if (set != NONE)
			put(g, set);
	}
}

/*
 * Keep the packing at hand when it is the best.
 */
static void
keep(Packer *g)
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
	put(g, set);
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
					put(g, found);
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
		put(g, out[--outs]);
}

/*
 * Improve the packing at hand by chance, for so many steps.
 */
static void
improve(Packer *g, int64_t steps)
{
	int64_t		end = g->steps + steps;
	int64_t		tries = 0;

	while (g->steps < end && tries < (int64_t) 50 * g->count)
	{
		int32_t		set = (int32_t) (((uint64_t) next_random(g) *
									  (uint64_t) g->count) >> 32);

		if (!g->gone[set])
			try_set(g, set);
		work(g, 2 * g->width);
		if (++tries % 256 == 0 && is_late(g))
			break;
	}
	keep(g);
}

/*
** Sets by item, and sets that are gone
*/

static void
index_items(Packer *g)
{
	memset(g->start, 0, sizeof(int32_t) * ((size_t) g->n + 2));
	for (size_t k = 0; k < (size_t) g->count * g->width; k++)
		g->start[g->member[k] + 1]++;
	for (int32_t v = 0; v <= g->n; v++)
		g->start[v + 1] += g->start[v];
	for (int32_t s = 0; s < g->count; s++)
	{
		for (int k = 0; k < g->width; k++)
			g->of_item[g->start[members(g, s)[k]]++] = s;
	}
	for (int32_t v = g->n + 1; v > 0; v--)
		g->start[v] = g->start[v - 1];
	g->start[0] = 0;
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
** The relaxation
*/

static inline double
basic_cost(const Packer *g, int32_t row)
{
	int32_t		set = g->basic[row];

	return set < 0 ? 0 : g->gone[set] ? -1 : g->cost[set];
}

static inline double
reduced_cost(const Packer *g, int32_t set)
{
	const int32_t *m = members(g, set);
	double		r = g->cost[set];

	for (int k = 0; k < g->width; k++)
		r -= g->dual[m[k]];
	return r;
}

/*
 * Duals from the basis.
 */
static void
find_duals(Packer *g)
{
	int32_t		n = g->n;
	int32_t		rows = 0;

	for (int32_t i = 0; i < n; i++)
	{
		g->direction[i] = basic_cost(g, i);
		if (g->direction[i] != 0)
			g->nonzero[rows++] = i;
	}
	for (int32_t v = 0; v < n; v++)
	{
		const double *column = g->inverse + (size_t) v * n;
		double		sum = 0;

		for (int32_t k = 0; k < rows; k++)
			sum += g->direction[g->nonzero[k]] * column[g->nonzero[k]];
		g->dual[v] = sum;
		work(g, rows / 4 + 1);
	}
}

/*
 * Express a column in the basis.
 */
static void
find_direction(Packer *g, int32_t set)
{
	int32_t		n = g->n;

	if (set < 0)
	{
		memcpy(g->direction, g->inverse + (size_t) ~set * n,
			   sizeof(double) * (size_t) n);
		return;
	}
	memset(g->direction, 0, sizeof(double) * (size_t) n);
	for (int k = 0; k < g->width; k++)
	{
		int32_t		v = members(g, set)[k];
		const double *column = g->inverse + (size_t) v * n;

		if (v == n)
			break;
		for (int32_t i = 0; i < n; i++)
			g->direction[i] += column[i];
	}
}

/*
 * Let a column enter the basis in a row.
 */
static void
pivot(Packer *g, int32_t set, int32_t row, double reduced)
{
	int32_t		n = g->n;
	double	   *d = g->direction;
	double		element = d[row];
	double		t = g->x[row] / element;
	int32_t		many = 0;

	for (int32_t i = 0; i < n; i++)
	{
		if (fabs(d[i]) > 1e-13 && i != row)
		{
			g->nonzero[many++] = i;
			g->x[i] -= t * d[i];
			if (g->x[i] < 0 && g->x[i] > -1e-9)
				g->x[i] = 0;
		}
	}
	g->x[row] = t;
	for (int32_t v = 0; v < n; v++)
	{
		double	   *column = g->inverse + (size_t) v * n;
		double		f = column[row];

		if (f == 0)
			continue;
		f /= element;
		g->dual[v] += reduced * f;
		for (int32_t k = 0; k < many; k++)
			column[g->nonzero[k]] -= f * d[g->nonzero[k]];
		column[row] = f;
		work(g, many / 4 + 1);
	}
	g->basic[row] = set;
	work(g, n / 2);
}

/*
 * A basis of slacks only.
 */
static void
clear_basis(Packer *g)
{
	int32_t		n = g->n;

	for (int32_t v = 0; v < n; v++)
	{
		memset(g->inverse + (size_t) v * n, 0, sizeof(double) * (size_t) n);
		g->inverse[(size_t) v * n + v] = 1;
		g->basic[v] = ~v;
		g->x[v] = g->right[v];
		g->dual[v] = 0;
		work(g, n / 16);
	}
	g->dual[n] = 0;
}

/*
 * Begin with the packing at hand.
 */
static void
begin_basis(Packer *g)
{
	clear_basis(g);
	for (int32_t v = 0; v < g->n; v++)
	{
		int32_t		set = g->owner[v];

		if (set != NONE && members(g, set)[0] == v)
		{
			int32_t		row = v;

			/* the item with the least on its right-hand side */
			for (int k = 1; k < g->width; k++)
			{
				int32_t		w = members(g, set)[k];

				if (w != g->n && g->right[w] < g->right[row])
					row = w;
			}
			find_direction(g, set);
			pivot(g, set, row, reduced_cost(g, set));
		}
	}
}

/*
 * Compute the inverse anew.
 */
static void
refresh_basis(Packer *g)
{
	int32_t		n = g->n;
	int32_t    *set = salon_host_array(g->host, n, sizeof(int32_t));
	bool	   *slack = salon_host_array(g->host, n, sizeof(bool));
	int32_t		sets = 0;
	bool		good = true;

	memset(slack, 0, sizeof(bool) * (size_t) n);
	for (int32_t i = 0; i < n; i++)
	{
		if (g->basic[i] >= 0)
			set[sets++] = g->basic[i];
		else
			slack[~g->basic[i]] = true;
	}
	clear_basis(g);
	for (int32_t k = 0; k < sets; k++)
	{
		int32_t		row = NONE;

		find_direction(g, set[k]);
		for (int32_t i = 0; i < n; i++)
		{
			if (!slack[i] && (row == NONE ||
							  fabs(g->direction[i]) > fabs(g->direction[row])))
				row = i;
		}
		if (row == NONE || fabs(g->direction[row]) < 1e-7)
		{
			good = false;
			break;
		}
		slack[row] = true;
		pivot(g, set[k], row, 0);
	}
	for (int32_t i = 0; i < n; i++)
	{
		if (g->x[i] < -1e-7)
			good = false;
		else if (g->x[i] < 0)
			g->x[i] = 0;
	}
	if (!good)
		clear_basis(g);
	salon_host_release(g->host, slack);
	salon_host_release(g->host, set);
}

/*
 * How far the basis is off.
 */
static double
basis_error(Packer *g)
{
	double		error = 0;
	double	   *row = g->direction;

	memcpy(row, g->right, sizeof(double) * (size_t) g->n);
	for (int32_t i = 0; i < g->n; i++)
	{
		int32_t		set = g->basic[i];

		if (set < 0)
			row[~set] -= g->x[i];
		else
		{
			for (int k = 0; k < g->width; k++)
			{
				if (members(g, set)[k] != g->n)
					row[members(g, set)[k]] -= g->x[i];
			}
		}
	}
	for (int32_t i = 0; i < g->n; i++)
	{
		if (fabs(row[i]) > error)
			error = fabs(row[i]);
	}
	return error;
}

/*
 * Look through all sets for those that are worth entering.
 */
static void
find_candidates(Packer *g)
{
	double		most = 0;
	double		floor;
	int32_t		from = 0;

	g->candidates = 0;
	for (int32_t s = 0; s < g->count; s++)
	{
		double		r;

		if (g->gone[s])
			continue;
		r = reduced_cost(g, s);
		if (r > most)
		{
			most = r;
			from = s;
		}
	}
	work(g, (int64_t) g->count * g->width / 4);
	if (most <= TOLERANCE)
		return;
	floor = most / 8 > TOLERANCE ? most / 8 : TOLERANCE;
	g->candidate[g->candidates++] = from;
	for (int32_t s = 0; s < g->count && g->candidates < g->candidate_room; s++)
	{
		if (!g->gone[s] && s != from && reduced_cost(g, s) > floor)
			g->candidate[g->candidates++] = s;
	}
}

/*
 * Choose what enters the basis: a set, ~item for a slack, or count for none.
 */
static int32_t
choose_entering(Packer *g, double *reduced, double *floor)
{
	for (;;)
	{
		int32_t		best = g->count;
		int32_t		left = 0;

		*reduced = TOLERANCE;
		for (int32_t v = 0; v < g->n; v++)
		{
			if (-g->dual[v] > *reduced)
			{
				*reduced = -g->dual[v];
				best = ~v;
			}
		}
		for (int32_t k = 0; k < g->candidates; k++)
		{
			int32_t		set = g->candidate[k];
			double		r = reduced_cost(g, set);

			if (r <= TOLERANCE)
				continue;
			g->candidate[left++] = set;
			if (r > *reduced)
			{
				*reduced = r;
				best = set;
			}
		}
		g->candidates = left;
		if (best != g->count && (best < 0 || *reduced >= *floor))
			return best;
		find_candidates(g);
		if (g->candidates == 0)
		{
			*floor = 0;
			return best;
		}
		*floor = reduced_cost(g, g->candidate[0]) / 8;
	}
}

/*
 * Solve the relaxation over the sets that are left, from the basis that there
 * is.  False when it ran out of time.
 */
static bool
relax(Packer *g)
{
	int64_t		most_pivots = 2000 + INT64_C(40) * g->n;
	int			refreshed = 0;
	double		floor = 0;

	g->candidates = 0;
	find_duals(g);
	for (int64_t pivots = 0;; pivots++)
	{
		double		reduced;
		int32_t		set = choose_entering(g, &reduced, &floor);
		int32_t		row = NONE;
		double		least = 0;

		if (set == g->count || pivots > most_pivots)
		{
			if (refreshed < 3 && basis_error(g) > 1e-8)
			{
				refreshed++;
				refresh_basis(g);
				find_duals(g);
				continue;
			}
			return true;
		}
		find_direction(g, set);
		for (int32_t i = 0; i < g->n; i++)
		{
			if (g->direction[i] > PIVOT)
			{
				double		ratio = g->x[i] / g->direction[i];

				if (row == NONE || ratio < least - 1e-12 ||
					(ratio <= least + 1e-12 &&
					 g->direction[i] > g->direction[row]))
				{
					least = ratio;
					row = i;
				}
			}
		}
		work(g, g->n);
		if (row == NONE)
		{
			/* cannot be: the relaxation is bounded */
			if (refreshed++ > 3)
				return true;
			refresh_basis(g);
			find_duals(g);
			continue;
		}
		pivot(g, set, row, reduced);
		if (pivots % 16 == 15 && is_late(g))
			return false;
	}
}

/*
** Bounds
*/

static inline int64_t
fine_weight(const Packer *g, int32_t set)
{
	return g->weight[set] * g->fine;
}

/*
 * What the prices of its items exceed the weight of a set by.
 */
static inline int64_t
excess(const Packer *g, int32_t set)
{
	const int32_t *m = members(g, set);
	int64_t		sum = -fine_weight(g, set);

	for (int k = 0; k < g->width; k++)
		sum += g->price[m[k]];
	return sum;
}

/*
 * Integer prices from the duals, raised where a set is worth more than its
 * items; their total is a bound.
 */
static int64_t
find_prices(Packer *g)
{
	double		unit = (double) g->most * (double) g->fine;
	int64_t		largest = g->most * g->fine;
	int64_t		sum = 0;

	for (int32_t v = 0; v < g->n; v++)
	{
		double		d = g->dual[v];

		g->price[v] = d <= 0 ? 0 : d >= 1 ? largest : (int64_t) ceil(d * unit);
		if (g->price[v] > largest)
			g->price[v] = largest;
	}
	g->price[g->n] = 0;
	for (int32_t s = 0; s < g->count; s++)
	{
		int64_t		e;

		if (g->gone[s])
			continue;
		e = excess(g, s);
		if (e < 0)
			g->price[members(g, s)[0]] -= e;
	}
	for (int32_t v = 0; v < g->n; v++)
		sum += g->price[v];
	work(g, (int64_t) g->count * g->width / 4);
	return sum;
}

/*
 * Lower prices one after the other as far as the sets allow; returns the total.
 */
static int64_t
lower_prices(Packer *g)
{
	int64_t		sum = 0;

	for (int32_t v = 0; v < g->n; v++)
	{
		int64_t		least = g->price[v];

		for (int32_t k = g->start[v]; k < g->start[v + 1]; k++)
		{
			if (!g->gone[g->of_item[k]] && excess(g, g->of_item[k]) < least)
				least = excess(g, g->of_item[k]);
		}
		g->price[v] -= least;
		sum += g->price[v];
		work(g, g->start[v + 1] - g->start[v]);
	}
	return sum;
}

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
	int32_t    *number = salon_host_array(g->host, g->count, sizeof(int32_t));
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
	empty(g);
	salon_host_release(g->host, number);
}

/*
 * Prices by a subgradient method: slower to converge, but of any size.
 */
static void
approach_prices(Packer *g)
{
	double		best = 0;
	double		factor = 1;
	int			stale = 0;
	double	   *keep_dual = salon_host_array(g->host, (size_t) g->n + 1,
											 sizeof(double));
	int32_t    *uses = salon_host_array(g->host, (size_t) g->n + 1,
										sizeof(int32_t));

	memcpy(keep_dual, g->dual, sizeof(double) * ((size_t) g->n + 1));
	for (int round = 0; round < 1000 && factor > 1e-4; round++)
	{
		double		bound = 0;
		double		norm = 0;
		double		size;

		memset(uses, 0, sizeof(int32_t) * ((size_t) g->n + 1));
		for (int32_t v = 0; v < g->n; v++)
			bound += g->dual[v];
		for (int32_t s = 0; s < g->count; s++)
		{
			double		r;

			if (g->gone[s])
				continue;
			r = reduced_cost(g, s);
			if (r > 0)
			{
				bound += r;
				for (int k = 0; k < g->width; k++)
					uses[members(g, s)[k]]++;
			}
		}
		work(g, (int64_t) g->count * g->width / 2 + g->n);
		if (round == 0 || bound < best - 1e-6 * best)
		{
			best = bound;
			stale = 0;
			memcpy(keep_dual, g->dual, sizeof(double) * ((size_t) g->n + 1));
		}
		else if (++stale == 15)
		{
			stale = 0;
			factor /= 1.5;
			memcpy(g->dual, keep_dual, sizeof(double) * ((size_t) g->n + 1));
		}
		for (int32_t v = 0; v < g->n; v++)
		{
			if (uses[v] > 0 || g->dual[v] > 0)
				norm += (1.0 - uses[v]) * (1.0 - uses[v]);
		}
		if (norm == 0 || is_late(g))
			break;
		size = factor * (bound - (double) g->best / (double) g->most) / norm;
		for (int32_t v = 0; v < g->n; v++)
		{
			g->dual[v] -= size * (1.0 - uses[v]);
			if (g->dual[v] < 0)
				g->dual[v] = 0;
		}
	}
	memcpy(g->dual, keep_dual, sizeof(double) * ((size_t) g->n + 1));
	salon_host_release(g->host, uses);
	salon_host_release(g->host, keep_dual);
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

	empty(g);
	for (int pass = 0; pass < 5; pass++)
	{
		for (int32_t i = 0; i < g->n; i++)
		{
			int32_t		set = g->basic[i];

			if (set >= 0 && !g->gone[set] && g->x[i] > least[pass] &&
				is_free(g, set))
				put(g, set);
		}
	}
	fill(g);
	keep(g);
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
 * Choose two items to branch on: the pair about which the relaxation is least
 * decided, else any that splits the sets.  False when the sets that are left
 * are disjoint.
 */
static bool
choose_pair(Packer *g, int32_t *u, int32_t *v, bool *together)
{
	if (g->linear)
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
		for (;;)
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
			if (best == NULL)
				break;
			if (splits(g, best->u, best->v))
			{
				*u = best->u;
				*v = best->v;
				*together = best->sum >= 0.5;
				return true;
			}
			best->sum = 0;
		}
	}

	for (int32_t item = 0; item < g->n; item++)
	{
		int32_t		first = NONE;

		for (int32_t k = g->start[item]; k < g->start[item + 1]; k++)
		{
			int32_t		set = g->of_item[k];

			if (g->gone[set])
				continue;
			if (first == NONE)
			{
				first = set;
				continue;
			}
			/* the sets differ, so one has an item that the other has not */
			for (int a = 0; a < 2 * g->width; a++)
			{
				int32_t		other = members(g, a < g->width ? first : set)[a % g->width];

				if (other != g->n && other != item &&
					has(g, first, other) != has(g, set, other))
				{
					*u = item;
					*v = other;
					*together = true;
					return true;
				}
			}
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
	empty(g);
	for (int32_t s = 0; s < g->count; s++)
	{
		if (!g->gone[s])
			put(g, s);
	}
	keep(g);
}

static void
push_branch(Packer *g, int32_t u, int32_t v, bool together, int64_t bound)
{
	if (g->depth == g->branch_room)
	{
		int32_t		room = g->branch_room * 2;
		Branch	   *branch = salon_host_array(g->host, room, sizeof(Branch));

		memcpy(branch, g->branch, sizeof(Branch) * (size_t) g->depth);
		salon_host_release(g->host, g->branch);
		g->branch = branch;
		g->branch_room = room;
	}
	g->branch[g->depth].trail = g->trail_count;
	g->branch[g->depth].u = u;
	g->branch[g->depth].v = v;
	g->branch[g->depth].together = together;
	g->branch[g->depth].both_done = false;
	g->branch[g->depth].bound = bound;
	g->depth++;
}

/*
 * Bound a node.  True when its branches must be looked at; the bound only gets
 * lower.
 */
static bool
look_at(Packer *g, int64_t *bound, bool *late, int64_t *sum)
{
	*late = !relax(g);
	*sum = find_prices(g);
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

static void
set_up(Packer *g, SalonPacking *p, SalonHost *host, bool linear)
{
	size_t		n = (size_t) p->items;
	size_t		count = (size_t) p->sets;
	size_t		slots = 16;
	int64_t		divisor = 0;

	memset(g, 0, sizeof(*g));
	g->host = host;
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
	g->branch_room = 32;
	g->branch = salon_host_array(host, g->branch_room, sizeof(Branch));
	if (g->linear)
	{
		while (slots < n * SALON_PACKING_WIDTH * (SALON_PACKING_WIDTH - 1))
			slots *= 2;
		g->pair_mask = (uint32_t) slots - 1;
		g->pair = salon_host_array(host, slots, sizeof(Pair));
		g->inverse = salon_host_array(host, n * n, sizeof(double));
		g->right = salon_host_array(host, n, sizeof(double));
		g->x = salon_host_array(host, n, sizeof(double));
		g->direction = salon_host_array(host, n, sizeof(double));
		g->nonzero = salon_host_array(host, n, sizeof(int32_t));
		g->basic = salon_host_array(host, n, sizeof(int32_t));
		g->candidate_room = CANDIDATES + p->sets / 50;
		g->candidate = salon_host_array(host, g->candidate_room,
										sizeof(int32_t));
		for (size_t v = 0; v < n; v++)
			g->right[v] = 1 + PERTURBATION *
				(1 + (double) next_random(g) / UINT32_MAX);
	}

	for (size_t s = 0; s < count; s++)
	{
		int64_t		a = p->weight[s];

		g->origin[s] = (int32_t) s;
		g->gone[s] = false;
		for (int k = 0; k < g->width; k++)
		{
			int32_t		v = p->member[s * g->width + k];

			g->member[s * g->width + k] = v < 0 ? g->n : v;
		}
		while (a != 0)
		{
			int64_t		rest = divisor % a;

			divisor = a;
			a = rest;
		}
	}
	g->divisor = divisor > 0 ? divisor : 1;
	g->most = 1;
	for (size_t s = 0; s < count; s++)
	{
		g->weight[s] = p->weight[s] / g->divisor;
		if (g->weight[s] > g->most)
			g->most = g->weight[s];
	}
	for (size_t s = 0; s < count; s++)
		g->cost[s] = (double) g->weight[s] / (double) g->most;
	g->fine = 1;
	while (g->most < (INT64_C(1) << 52) / (g->fine * 2) &&
		   g->most < (INT64_C(1) << 60) / (g->fine * 2) / (g->n + 1))
		g->fine *= 2;
	salon_host_tick(host);
	index_items(g);
	empty(g);
}

static void
release(Packer *g)
{
	SalonHost  *host = g->host;

	salon_host_release(host, g->candidate);
	salon_host_release(host, g->basic);
	salon_host_release(host, g->nonzero);
	salon_host_release(host, g->direction);
	salon_host_release(host, g->x);
	salon_host_release(host, g->right);
	salon_host_release(host, g->inverse);
	salon_host_release(host, g->pair);
	salon_host_release(host, g->branch);
	salon_host_release(host, g->best_set);
	salon_host_release(host, g->owner);
	salon_host_release(host, g->price);
	salon_host_release(host, g->dual);
	salon_host_release(host, g->of_item);
	salon_host_release(host, g->start);
	salon_host_release(host, g->trail);
	salon_host_release(host, g->gone);
	salon_host_release(host, g->cost);
	salon_host_release(host, g->weight);
	salon_host_release(host, g->origin);
	salon_host_release(host, g->member);
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
	fill(g);
	improve(g, SEARCH_STEPS / 4);
	return find_prices(g) / g->fine;
}

/*
 * The best packing of the sets of two, to begin with where the search will not
 * get far.
 */
static void
begin_with_pairs(Packer *g)
{
	SalonHost  *host = g->host;
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
		empty(g);
		for (int32_t v = 0; v < g->n; v++)
		{
			if (m.mate[v] != NONE && end[2 * m.mate[v]] == v)
				put(g, set[m.mate[v]]);
		}
		fill(g);
		keep(g);
	}
	salon_host_release(host, m.mate);
	salon_host_release(host, weight);
	salon_host_release(host, set);
	salon_host_release(host, end);
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
	SalonHost  *host = g->host;
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
		empty(g);
		for (int32_t c = 0; c < core.count; c++)
			put(g, set[core.chosen[c]]);
		keep(g);
	}
	salon_host_release(host, core.chosen);
	salon_host_release(host, weight);
	salon_host_release(host, member);
	salon_host_release(host, number);
	salon_host_release(host, set);
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
	improve(g, SEARCH_STEPS * 5);
	approach_prices(g);
	(void) find_prices(g);
	sum = lower_prices(g);
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
		begin_basis(&g);
		if (look_at(&g, &bound, &late, &sum))
		{
			compact(&g);
			round_up(&g);
			improve(&g, SEARCH_STEPS);
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
	release(&g);
}

/*
 * Find the packing of the largest weight, or a good one when time runs out.
 */
void
salon_packing_solve(SalonPacking *p, SalonHost *host)
{
	pack(p, host, 0, LEVEL_ALL);
}
