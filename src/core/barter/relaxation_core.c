/*
 * src/core/barter/relaxation_core.c
 *
 * The linear relaxation of a packing, and the prices of items that bound it.
 *
 * A primal simplex method with the explicit inverse of the basis: one row for
 * each item, so the number of sets matters only where they are priced, a short
 * list of candidates at a time.  The right-hand side is perturbed a little,
 * since packings are degenerate.  A set that is gone keeps its column with a
 * negative worth, so that the basis of one node of the tree serves the next
 * one.  Where the basis would be too large, a subgradient method finds prices.
 *
 * Floating point proves nothing here: the prices that it finds are rounded to
 * integers and raised until no set is worth more than its items, and only the
 * total of those integers is used as a bound (weak duality).
 *
 * Time: O(items^2) a pivot.  Memory: 8 bytes a pair of items.
 */
#include "packer.h"

#include <math.h>
#include <string.h>

#define TOLERANCE 1e-10			/* of reduced costs; the largest cost is 1 */
#define PIVOT 1e-8				/* smallest element to pivot on */
#define PERTURBATION 1e-6
#define CANDIDATES 400			/* at least; more when there are many sets */

/* How far a basis may be off; tests have it computed anew always. */
#ifndef BASIS_ERROR
#define BASIS_ERROR 1e-8
#endif

/*
** The basis
*/

/*
 * Room for the relaxation.
 */
void
packer_make_relaxation(Packer *g)
{
	SalonHost  *host = g->steps.host;
	size_t		n = (size_t) g->n;

	g->inverse = salon_host_array(host, n * n, sizeof(double));
	g->right = salon_host_array(host, n, sizeof(double));
	g->x = salon_host_array(host, n, sizeof(double));
	g->direction = salon_host_array(host, n, sizeof(double));
	g->nonzero = salon_host_array(host, n, sizeof(int32_t));
	g->basic = salon_host_array(host, n, sizeof(int32_t));
	g->candidate_room = CANDIDATES + g->count / 50;
	g->candidate = salon_host_array(host, g->candidate_room, sizeof(int32_t));
	for (size_t v = 0; v < n; v++)
		g->right[v] = 1 + PERTURBATION *
			(1 + (double) next_random(g) / UINT32_MAX);
}

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
void
packer_begin_basis(Packer *g)
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
	int32_t    *set = salon_host_array(g->steps.host, n, sizeof(int32_t));
	bool	   *slack = salon_host_array(g->steps.host, n, sizeof(bool));
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
	salon_host_release(g->steps.host, slack);
	salon_host_release(g->steps.host, set);
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
bool
packer_relax(Packer *g)
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
			if (refreshed < 3 && basis_error(g) > BASIS_ERROR)
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
** Prices
*/

/*
 * Integer prices from the duals, raised where a set is worth more than its
 * items; their total is a bound.
 */
int64_t
packer_find_prices(Packer *g)
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
int64_t
packer_lower_prices(Packer *g)
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
 * Prices by a subgradient method: slower to converge, but of any size.
 */
void
packer_approach_prices(Packer *g)
{
	double		best = 0;
	double		factor = 1;
	int			stale = 0;
	double	   *keep_dual = salon_host_array(g->steps.host, (size_t) g->n + 1,
											 sizeof(double));
	int32_t    *uses = salon_host_array(g->steps.host, (size_t) g->n + 1,
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
	salon_host_release(g->steps.host, uses);
	salon_host_release(g->steps.host, keep_dual);
}
