/*
 * src/core/allocate/allocate_core.c
 *
 * From a market to a transportation problem, to an engine that suits its
 * shape, and back with a proof.
 *
 * Values are scaled to integers: by a power of ten when that makes every value
 * a whole number of at most 15 digits (so integers and decimals are exact),
 * else by a power of two, rounded upwards.  Rounding upwards keeps the prices
 * valid for the true values, so the difference between the total of the
 * prices and the total of the true values bounds what was lost.
 *
 * Whatever engine answered, its flow is checked against every limit and its
 * prices against every arc, in integers: the total of the prices must equal
 * the total of the weights (weak duality), which proves the optimum.
 *
 * Time: O(rows + parties) beside the engine.  Memory: about 40 bytes a row
 * and 40 a party beside the engine.
 */
#include "allocate_core.h"

#include <math.h>
#include <string.h>

#include "auction_core.h"
#include "dense_core.h"
#include "exact_core.h"
#include "network_simplex_core.h"
#include "scaling_core.h"
#include "tiers_core.h"
#include "transport.h"
#include "../group.h"

#define NONE (-1)
#define MOST_FLOW (INT64_C(1) << 61)

/*
 * Cost scaling is faster from so many arcs on (measured), more where it needs
 * wide numbers or parties have many arcs each; from fewer when the values
 * follow from the demander alone to some part, when the smaller side has more
 * than the other one can take, and when it may leave a gap; and not among few
 * parties, unless their values follow from the demander for the most part.
 * With few different values network simplex may move around without gaining
 * anything.
 */
#ifndef SIMPLEX_ARCS			/* tests have fewer */
#define SIMPLEX_ARCS 1000000
#define SIMPLEX_ARCS_LEAST 100000
#define SIMPLEX_PARTIES 12000
#endif
#define SIMPLEX_DEGREE 10
#define SIMPLEX_WIDE_TIMES 3
#define SIMPLEX_OWN_SHARE 0.25
#define SIMPLEX_GAP_PART 4
#define SIMPLEX_ARCS_FEW 10000
#define SIMPLEX_PARTIES_FEW 1000
#define FEW_VALUES 16

/*
 * A market is dense when it has so many rows, and a row for so large a part of
 * the pairs that there could be.
 */
#define DENSE_ROWS 64
#define DENSE_PART 4

/* Steps an arc before network simplex hands over; good cases need 50 to 1200. */
#ifndef SIMPLEX_STEPS
#define SIMPLEX_STEPS 1400
#endif

/* Steps an arc for values that must be wide: longer ones. */
#ifndef EXACT_STEPS
#define EXACT_STEPS 2000
#endif

typedef struct Build
{
	SalonMarket *market;
	SalonHost  *host;
	SalonTransport t;
	int32_t    *row;			/* of each arc */
	salon_wide	gap;			/* of the proof, scaled */
	int64_t		max_weight;		/* no row has a larger one */
} Build;

/*
** Capacities
*/

/*
 * Can this row carry anything?
 */
static inline bool
takes_part(const SalonMarket *m, int32_t row)
{
	if (!(m->value[row] > 0) || m->supplier[row] < 0 || m->demander[row] < 0)
		return false;
	return m->offered[m->supplier[row]] != 0 &&
		m->needed[m->demander[row]] != 0 &&
		(m->at_most == NULL || m->at_most[row] != 0);
}

/*
 * Add quantities; what is beyond 64 bits stays at the largest one.
 */
static inline int64_t
add_up(int64_t a, int64_t b)
{
	int64_t		sum;

	return __builtin_add_overflow(a, b, &sum) ? INT64_MAX : sum;
}

/*
 * The most that a row can carry by its own limit and those of its parties;
 * SALON_NO_LIMIT when there is none.
 */
static inline int64_t
most_of_row(const SalonMarket *m, int32_t row)
{
	int64_t		a = m->offered[m->supplier[row]];
	int64_t		b = m->needed[m->demander[row]];
	int64_t		most = a < 0 ? SALON_NO_LIMIT : a;

	if (b >= 0 && b < most)
		most = b;
	if (m->at_most != NULL && m->at_most[row] >= 0 && m->at_most[row] < most)
		most = m->at_most[row];
	return most;
}

/*
 * Capacities of the parties, positive and as small as they can be.  A
 * capacity that cannot bind gets a little more than can flow, so that its
 * price is 0.
 */
static SalonVerdict
bound_capacities(Build *b)
{
	SalonMarket *m = b->market;
	SalonTransport *t = &b->t;
	salon_wide	total_offered = 0;
	salon_wide	total_needed = 0;
	salon_wide	total;

	memset(t->offered, 0, sizeof(int64_t) * (size_t) m->suppliers);
	memset(t->needed, 0, sizeof(int64_t) * (size_t) m->demanders);
	for (int32_t r = 0; r < m->rows; r++)
	{
		int32_t		i = m->supplier[r];
		int32_t		j = m->demander[r];
		int64_t		most;

		salon_host_tick_at(b->host, r);
		/* both may have reached what they can at most */
		if (i < 0 || j < 0 ||
			((uint64_t) t->offered[i] >= (uint64_t) m->offered[i] &&
			 (uint64_t) t->needed[j] >= (uint64_t) m->needed[j]) ||
			!takes_part(m, r))
			continue;
		most = most_of_row(m, r);
		if (most == SALON_NO_LIMIT)
			return m->offered[i] < 0 && m->needed[j] < 0 &&
				(m->at_most == NULL || m->at_most[r] < 0) ?
				SALON_UNBOUNDED : SALON_TOO_MUCH;
		t->offered[i] = add_up(t->offered[i], most);
		t->needed[j] = add_up(t->needed[j], most);
	}
	for (int32_t i = 0; i < m->suppliers; i++)
	{
		if (m->offered[i] >= 0 && m->offered[i] < t->offered[i])
			t->offered[i] = m->offered[i];
		total_offered += t->offered[i];
	}
	for (int32_t j = 0; j < m->demanders; j++)
	{
		if (m->needed[j] >= 0 && m->needed[j] < t->needed[j])
			t->needed[j] = m->needed[j];
		total_needed += t->needed[j];
	}
	total = total_offered < total_needed ? total_offered : total_needed;
	if (total > MOST_FLOW)
		return SALON_TOO_MUCH;

	/* what cannot bind: one more than can flow */
	for (int32_t i = 0; i < m->suppliers; i++)
	{
		if (t->offered[i] > total)
			t->offered[i] = (int64_t) total + 1;
		else if (t->offered[i] > 0 && t->offered[i] != m->offered[i])
			t->offered[i]++;
	}
	for (int32_t j = 0; j < m->demanders; j++)
	{
		if (t->needed[j] > total)
			t->needed[j] = (int64_t) total + 1;
		else if (t->needed[j] > 0 && t->needed[j] != m->needed[j])
			t->needed[j]++;
	}
	return SALON_SOLVED;
}

/*
 * Does one row of a pair come before another one of the same pair?
 */
static inline bool
row_before(const SalonMarket *m, int32_t a, int32_t b)
{
	if (m->value[a] != m->value[b])
		return m->value[a] > m->value[b];
	if (m->at_most != NULL && m->at_most[a] != m->at_most[b])
	{
		/* no limit comes first, then the larger one */
		if (m->at_most[a] < 0 || m->at_most[b] < 0)
			return m->at_most[a] < 0;
		return m->at_most[a] > m->at_most[b];
	}
	return a < b;
}

#define HEAP row
#define HEAP_ELEMENT int32_t
#define HEAP_BY const SalonMarket *
#define HEAP_ABOVE(a, b, m) row_before(m, *(b), *(a))
#include "../heap.h"

/*
 * Put the rows that take part in the order of the arcs: by demander, then by
 * supplier, then the rows of equal pairs.
 */
static void
sort_arcs(Build *b)
{
	SalonMarket *m = b->market;
	SalonHost  *host = b->host;
	SalonSteps	steps = {host, 0, 0, 0};
	int32_t		most = m->suppliers > m->demanders ?
	m->suppliers : m->demanders;
	int32_t    *start = salon_host_array(host, (size_t) most + 1,
										 sizeof(int32_t));
	int32_t    *by_demander;
	int32_t		arcs = 0;

	b->row = salon_host_array(host, m->rows, sizeof(int32_t));
	for (int32_t r = 0; r < m->rows; r++)
	{
		salon_host_tick_at(host, r);
		if (takes_part(m, r))
			b->row[arcs++] = r;
	}
	by_demander = salon_host_array(host, arcs, sizeof(int32_t));
	salon_group(&steps, m->demander, m->demanders, b->row, arcs, start,
				by_demander);
	salon_group(&steps, m->supplier, m->suppliers, by_demander, arcs, start,
				b->row);
	salon_host_release(host, by_demander);
	salon_host_release(host, start);
	b->t.arcs = arcs;

	for (int32_t e = 0, end; e < arcs; e = end)
	{
		int32_t		i = m->supplier[b->row[e]];
		int32_t		j = m->demander[b->row[e]];

		salon_host_tick_at(host, e);
		for (end = e + 1; end < arcs; end++)
		{
			if (m->supplier[b->row[end]] != i || m->demander[b->row[end]] != j)
				break;
		}
		if (end - e > 1)
			row_sort(b->row + e, end - e, m, &steps);
	}
}

/*
 * The limit of a row, if it can ever bind.
 */
static inline int64_t
limit_of_row(const SalonMarket *m, const SalonTransport *t, int32_t row)
{
	int64_t		at_most = m->at_most == NULL ? -1 : m->at_most[row];

	return at_most >= 0 && at_most < t->offered[m->supplier[row]] &&
		at_most < t->needed[m->demander[row]] ? at_most : SALON_NO_LIMIT;
}

/*
 * Fill in the arcs.  The rows of a pair come by falling value: after one
 * without a limit the others can carry nothing.
 */
static void
fill_arcs(Build *b)
{
	SalonMarket *m = b->market;
	SalonTransport *t = &b->t;
	SalonHost  *host = b->host;
	bool		limited = false;
	bool		open = false;	/* the pair has an arc without limit */
	int32_t		arcs = 0;

	t->supplier = salon_host_array(host, t->arcs, sizeof(int32_t));
	t->demander = salon_host_array(host, t->arcs, sizeof(int32_t));
	t->weight = salon_host_array(host, t->arcs, sizeof(int64_t));
	t->max_weight = 0;
	for (int32_t e = 0; e < t->arcs; e++)
	{
		int32_t		r = b->row[e];
		int32_t		i = m->supplier[r];
		int32_t		j = m->demander[r];
		int64_t		w;

		salon_host_tick_at(host, e);
		if (arcs > 0 && t->supplier[arcs - 1] == i &&
			t->demander[arcs - 1] == j)
		{
			if (open)
				continue;
		}
		else
			open = false;
		w = salon_scale_up(&m->scale, m->value[r]);
		b->row[arcs] = r;
		t->supplier[arcs] = i;
		t->demander[arcs] = j;
		t->weight[arcs] = w;
		arcs++;
		if (w > t->max_weight)
			t->max_weight = w;
		if (limit_of_row(m, t, r) == SALON_NO_LIMIT)
			open = true;
		else
			limited = true;
	}
	t->arcs = arcs;
	salon_host_tick(host);
	t->limit = NULL;
	if (!limited)
		return;
	t->limit = salon_host_array(host, t->arcs, sizeof(int64_t));
	for (int32_t e = 0; e < t->arcs; e++)
		t->limit[e] = limit_of_row(m, t, b->row[e]);
}

/*
** Proof
*/

/*
 * Is the flow within all limits, has nobody a price whose limit cannot bind,
 * and do the prices prove that no flow is better by more than the gap allowed?
 * What is proved is stored.
 */
static bool
is_proved(Build *b)
{
	const SalonMarket *m = b->market;
	const SalonTransport *t = &b->t;
	SalonHost  *host = b->host;
	int64_t    *left = salon_host_array(host, (size_t) t->suppliers +
										(size_t) t->demanders,
										sizeof(int64_t));
	salon_wide	primal = 0;
	salon_wide	dual = 0;
	bool		proved = true;

	for (int32_t i = 0; i < t->suppliers; i++)
	{
		left[i] = t->offered[i];
		if (t->supplier_price[i] < 0 ||
			(t->supplier_price[i] > 0 &&
			 (t->offered[i] == 0 || t->offered[i] != m->offered[i])))
			proved = false;
		dual += (salon_wide) t->offered[i] * t->supplier_price[i];
	}
	for (int32_t j = 0; j < t->demanders; j++)
	{
		left[t->suppliers + j] = t->needed[j];
		if (t->demander_price[j] < 0 ||
			(t->demander_price[j] > 0 &&
			 (t->needed[j] == 0 || t->needed[j] != m->needed[j])))
			proved = false;
		dual += (salon_wide) t->needed[j] * t->demander_price[j];
	}
	for (int32_t e = 0; e < t->arcs; e++)
	{
		int32_t		i = t->supplier[e];
		int32_t		j = t->demander[e];
		int64_t		over = t->weight[e] - t->supplier_price[i] -
		t->demander_price[j];
		int64_t		limit = t->limit == NULL ? SALON_NO_LIMIT : t->limit[e];

		salon_host_tick_at(host, e);
		if (t->flow[e] < 0 || t->flow[e] > limit || t->flow[e] > left[i] ||
			t->flow[e] > left[t->suppliers + j])
		{
			proved = false;
			break;
		}
		left[i] -= t->flow[e];
		left[t->suppliers + j] -= t->flow[e];
		primal += (salon_wide) t->flow[e] * t->weight[e];
		if (over > 0)
		{
			if (limit == SALON_NO_LIMIT)
			{
				proved = false;
				break;
			}
			dual += (salon_wide) limit * over;
		}
	}
	salon_host_release(host, left);
	b->gap = dual - primal;
	return proved && dual >= primal &&
		(double) b->gap <= b->market->max_gap * (double) primal;
}

/*
 * The price of one row's own limit: what its value exceeds the prices of its
 * parties by.  Of rows that can carry nothing it may be SALON_BEYOND.
 */
int64_t
salon_pair_price(const SalonMarket *market, int32_t supplier, int32_t demander,
				 double value, int64_t at_most)
{
	int64_t		a = market->supplier_price[supplier];
	int64_t		b = market->demander_price[demander];
	int64_t		weight;

	if (market->floating)
	{
		double		parties = salon_price_down(market, a) +
		salon_price_down(market, b);
		double		over = value - parties;

		if (at_most < 0 || !(over > 0))
			over = 0;
		while (parties + over < value && over > 0)
			over = nextafter(over, INFINITY);
		memcpy(&a, &over, sizeof(a));
		return a;
	}
	if (at_most < 0 || !(value > 0) || a == SALON_BEYOND || b == SALON_BEYOND)
		return 0;
	weight = salon_scale_bound(&market->scale, value);
	if (weight == SALON_BEYOND)
		return SALON_BEYOND;
	return weight > a + b ? weight - a - b : 0;
}

/*
 * What one of two parties must cost where prices are doubles, so that the two
 * together are not below a value.
 */
static int64_t
whole_price(const SalonMarket *m, double value, int64_t other)
{
	double		rest = salon_price_down(m, other);
	double		price = value - rest;

	while (price + rest < value)
		price = nextafter(price, INFINITY);
	memcpy(&other, &price, sizeof(other));
	return other;
}

/*
 * Prices of parties that can give or take nothing: whatever their rows need,
 * since they cost nothing.  Pairs of which one party is idle come before
 * pairs of which both are, so that the order of the rows does not matter.
 */
static void
price_idle_parties(SalonMarket *m, SalonHost *host)
{
	bool		idle = false;
	bool		both = false;

	for (int32_t i = 0; i < m->suppliers && !idle; i++)
		idle = m->offered[i] == 0;
	for (int32_t j = 0; j < m->demanders && !idle; j++)
		idle = m->needed[j] == 0;
	if (!idle)
		return;
	for (int pass = 0; pass < (both ? 2 : 1); pass++)
	{
		for (int32_t r = 0; r < m->rows; r++)
		{
			int32_t		i = m->supplier[r];
			int32_t		j = m->demander[r];
			int64_t		over;

			salon_host_tick_at(host, r);
			if (!(m->value[r] > 0) || i < 0 || j < 0 ||
				(m->offered[i] != 0 && m->needed[j] != 0))
				continue;
			if (pass == 0 && m->offered[i] == 0 && m->needed[j] == 0)
			{
				both = true;
				continue;
			}
			over = salon_pair_price(m, i, j, m->value[r], 0);
			if (over > 0)
			{
				bool		gives = m->offered[i] == 0;
				int64_t    *price = gives ? &m->supplier_price[i] :
				&m->demander_price[j];

				if (m->floating)
					*price = whole_price(m, m->value[r], gives ?
										 m->demander_price[j] :
										 m->supplier_price[i]);
				else
					*price = over == SALON_BEYOND ? over : *price + over;
			}
		}
	}
}

/*
** Choosing
*/

/*
 * How much rounding may have cost for a row: the prices are valid for the true
 * values, so what the rounded total exceeds the true one by is a bound.
 */
static inline double
rounding_gap(const SalonMarket *m, int32_t row, int64_t quantity)
{
	double		w = salon_scale_down(&m->scale,
									 salon_scale_up(&m->scale, m->value[row]));

	/* the sum is rounded itself */
	return (w - m->value[row]) * (double) quantity * (1 + ldexp(1.0, -20));
}

/*
 * What the proof leaves open, in the user's values.
 */
static double
proof_gap(const Build *b)
{
	const SalonScale *scale = &b->market->scale;

	double		gap = (double) b->gap * (1 + ldexp(1.0, -50));

	if (scale->power2 == 0)
		return gap / salon_power_of_ten[scale->power10];
	return ldexp(gap, -scale->power2);
}

/*
 * Is every party there once?
 */
static bool
is_one_to_one(const SalonTransport *t)
{
	for (int32_t i = 0; i < t->suppliers; i++)
	{
		if (t->offered[i] > 1)
			return false;
	}
	for (int32_t j = 0; j < t->demanders; j++)
	{
		if (t->needed[j] > 1)
			return false;
	}
	return true;
}

/*
 * Are there few different values?
 */
static bool
has_few_values(const SalonTransport *t, SalonHost *host)
{
	int64_t		known[FEW_VALUES];
	int			count = 0;

	for (int32_t e = 0; e < t->arcs; e++)
	{
		int			k = 0;

		salon_host_tick_at(host, e);
		while (k < count && known[k] != t->weight[e])
			k++;
		if (k < count)
			continue;
		if (count == FEW_VALUES)
			return false;
		known[count++] = t->weight[e];
	}
	return true;
}

/*
 * The share of the variance of values that is among the arcs of one demander,
 * and does not follow from the demander itself.
 */
static double
own_share(const SalonTransport *t, SalonHost *host)
{
	double	   *sum = salon_host_array(host, t->demanders, sizeof(double));
	int32_t    *count = salon_host_array(host, t->demanders, sizeof(int32_t));
	double		all = 0;
	double		squares = 0;
	double		within;

	memset(sum, 0, sizeof(double) * (size_t) t->demanders);
	memset(count, 0, sizeof(int32_t) * (size_t) t->demanders);
	for (int32_t e = 0; e < t->arcs; e++)
	{
		double		w = (double) (t->weight[e] - t->weight[0]);

		salon_host_tick_at(host, e);
		sum[t->demander[e]] += w;
		count[t->demander[e]]++;
		all += w;
		squares += w * w;
	}
	within = squares;
	for (int32_t j = 0; j < t->demanders; j++)
	{
		if (count[j] > 0)
			within -= sum[j] * sum[j] / count[j];
	}
	all = squares - all * all / t->arcs;
	salon_host_release(host, count);
	salon_host_release(host, sum);
	return all > 0 ? within / all : 1;
}

/*
 * How often the parties of the smaller side could serve the larger one; 1
 * where they cannot.
 */
static double
abundance(const SalonTransport *t)
{
	double		offered = 0;
	double		needed = 0;
	double		ratio;

	for (int32_t i = 0; i < t->suppliers; i++)
		offered += (double) t->offered[i];
	for (int32_t j = 0; j < t->demanders; j++)
		needed += (double) t->needed[j];
	ratio = t->suppliers > t->demanders ? needed / offered : offered / needed;
	return ratio > 1 ? ratio : 1;
}

/*
 * Is the market so large that cost scaling is faster?
 */
static bool
is_for_scaling(const SalonTransport *t, SalonHost *host, double max_gap)
{
	int64_t		parties = (int64_t) t->suppliers + t->demanders;
	double		arcs = (double) t->arcs * (max_gap > 0 ? SIMPLEX_GAP_PART : 1) /
	(salon_scaling_is_narrow(t) ? 1 : SIMPLEX_WIDE_TIMES);
	double		share;

	if (arcs < SIMPLEX_ARCS_LEAST)
		return false;
	share = own_share(t, host);
	if (parties <= SIMPLEX_PARTIES && share > SIMPLEX_OWN_SHARE)
		return false;
	return arcs * pow(abundance(t), 4) >= SIMPLEX_ARCS * share * share *
		fmax(1, (double) t->arcs / parties / SIMPLEX_DEGREE);
}

/*
 * The engine for a market of any kind.
 */
static SalonEngine
choose_common(const SalonTransport *t, SalonHost *host, double max_gap)
{
	int64_t		parties = (int64_t) t->suppliers + t->demanders;

	if (t->limit != NULL)
		return SALON_ENGINE_SIMPLEX;
	if (t->arcs > SIMPLEX_ARCS_FEW && parties > SIMPLEX_PARTIES_FEW &&
		has_few_values(t, host))
		return SALON_ENGINE_SCALING;
	return is_for_scaling(t, host, max_gap) ? SALON_ENGINE_SCALING :
		SALON_ENGINE_SIMPLEX;
}

/*
 * The engine to try first.
 */
static SalonEngine
choose_engine(const Build *b)
{
	const SalonTransport *t = &b->t;

	switch (b->market->engine)
	{
		case SALON_ENGINE_SIMPLEX:
			return SALON_ENGINE_SIMPLEX;
		case SALON_ENGINE_SCALING:
			return t->limit == NULL ? SALON_ENGINE_SCALING :
				SALON_ENGINE_SIMPLEX;
		case SALON_ENGINE_TIERS:
			return SALON_ENGINE_TIERS;
		default:
			return t->limit == NULL && is_one_to_one(t) ? SALON_ENGINE_AUCTION :
				choose_common(t, b->host, b->market->max_gap);
	}
}

/*
** Dense markets
*/

/*
 * Is the market one to one, with a row for most of the pairs?
 */
static bool
is_dense(const Build *b)
{
	const SalonMarket *m = b->market;
	double		pairs = (double) m->suppliers * m->demanders;

	switch (m->engine)
	{
		case SALON_ENGINE_AUTO:
			if (m->rows < DENSE_ROWS || m->rows < pairs / DENSE_PART)
				return false;
			break;
		case SALON_ENGINE_DENSE:
			if (pairs > INT32_MAX)
				return false;
			break;
		default:
			return false;
	}
	return is_one_to_one(&b->t);
}

/*
 * Solve a dense market as it stands, without making arcs; false when that
 * takes too long.
 */
static bool
solve_dense(Build *b)
{
	SalonMarket *m = b->market;
	SalonHost  *host = b->host;
	bool		swap = m->suppliers > m->demanders;
	const int32_t *row = swap ? m->demander : m->supplier;
	const int32_t *column = swap ? m->supplier : m->demander;
	int64_t		mark = salon_host_mark(host);
	SalonDense	d;
	size_t		places;
	bool		proved;

	memset(&d, 0, sizeof(d));
	d.max_weight = b->max_weight;
	d.rows = swap ? m->demanders : m->suppliers;
	d.columns = swap ? m->suppliers : m->demanders;
	d.row_price = swap ? m->demander_price : m->supplier_price;
	d.column_price = swap ? m->supplier_price : m->demander_price;
	d.column = salon_host_array(host, d.rows, sizeof(int32_t));
	places = (size_t) d.rows * d.columns;
	if (b->max_weight <= SALON_DENSE_NARROW)
	{
		d.narrow = salon_host_array(host, places, sizeof(int32_t));
		memset(d.narrow, 0, sizeof(int32_t) * places);
	}
	else
	{
		d.wide = salon_host_array(host, places, sizeof(int64_t));
		memset(d.wide, 0, sizeof(int64_t) * places);
	}
	for (int32_t r = 0; r < m->rows; r++)
	{
		salon_host_tick_at(host, r);
		if (takes_part(m, r))
		{
			size_t		place = (size_t) row[r] * d.columns + column[r];
			int64_t		w = salon_scale_up(&m->scale, m->value[r]);

			/* of rows of one pair the best counts */
			if (d.narrow == NULL)
				d.wide[place] = w > d.wide[place] ? w : d.wide[place];
			else if (w > d.narrow[place])
				d.narrow[place] = (int32_t) w;
		}
	}
	salon_host_tick(host);
	proved = salon_dense(&d, host);
	if (proved)
	{
		price_idle_parties(m, host);
		for (int32_t r = 0; r < m->rows; r++)
		{
			int64_t		quantity = 0;

			salon_host_tick_at(host, r);
			if (row[r] >= 0 && d.column[row[r]] == column[r] &&
				takes_part(m, r) && salon_scale_up(&m->scale, m->value[r]) ==
				(d.narrow ? d.narrow[(size_t) row[r] * d.columns + column[r]] :
				 d.wide[(size_t) row[r] * d.columns + column[r]]))
			{
				quantity = 1;
				d.column[row[r]] = NONE;
				if (!m->scale.exact)
				{
					m->total += m->value[r];
					m->gap += rounding_gap(m, r, quantity);
				}
			}
			m->quantity[r] = quantity;
		}
	}
	else
	{
		memset(m->supplier_price, 0, sizeof(int64_t) * (size_t) m->suppliers);
		memset(m->demander_price, 0, sizeof(int64_t) * (size_t) m->demanders);
	}
	salon_host_rewind(host, mark);
	return proved;
}

/*
** Solving
*/

/*
 * Rounding may have cost something: look for the best answer once more, with
 * wide numbers.
 */
static void
refine(Build *b)
{
	SalonMarket *m = b->market;
	SalonExact	x = {m->value, b->row, 0, 0, 0};

	if (!salon_exact(&b->t, b->host, &x,
					 EXACT_STEPS * ((int64_t) b->t.arcs + 1000)))
		return;
	m->floating = true;
	m->total = x.total;
	m->gap = x.gap;
	m->used = SALON_ENGINE_SIMPLEX;
}

/*
 * The answer by row, and what it leaves open.
 */
static void
tell(Build *b)
{
	SalonMarket *market = b->market;
	const SalonTransport *t = &b->t;
	SalonHost  *host = b->host;

	host->phase = "answer";
	host->share = 0;
	market->gap = proof_gap(b);
	for (int32_t e = 0; e < t->arcs && !market->scale.exact; e++)
	{
		salon_host_tick_at(host, e);
		if (t->flow[e] > 0)
		{
			market->total += market->value[b->row[e]] * (double) t->flow[e];
			market->gap += rounding_gap(market, b->row[e], t->flow[e]);
		}
	}
	if (market->gap > market->total *
		fmax(market->max_gap, SALON_ROUNDING_TOLD) && !market->scale.exact)
		refine(b);
	price_idle_parties(market, host);
	memset(market->quantity, 0, sizeof(int64_t) * (size_t) market->rows);
	for (int32_t e = 0; e < t->arcs; e++)
	{
		salon_host_tick_at(host, e);
		market->quantity[b->row[e]] = t->flow[e];
	}
	salon_host_tick(host);
}

/*
 * Build the problem, let an engine solve it, and take its answer.
 */
static SalonVerdict
solve(Build *b)
{
	SalonMarket *market = b->market;
	SalonTransport *t = &b->t;
	SalonHost  *host = b->host;
	SalonVerdict verdict = bound_capacities(b);
	bool		proved = false;

	if (verdict != SALON_SOLVED)
		return verdict;
	if (is_dense(b) && solve_dense(b))
	{
		market->used = SALON_ENGINE_DENSE;
		return SALON_SOLVED;
	}
	sort_arcs(b);
	fill_arcs(b);

	market->used = choose_engine(b);
	if (market->engine == SALON_ENGINE_AUTO ||
		market->used == SALON_ENGINE_TIERS)
	{
		proved = salon_tiers(t, host) && is_proved(b);
		if (proved)
			market->used = SALON_ENGINE_TIERS;
		else if (market->used == SALON_ENGINE_TIERS)
			market->used = choose_common(t, host, market->max_gap);
	}
	if (!proved && market->used == SALON_ENGINE_AUCTION)
	{
		/* a war of prices may take it for ever */
		proved = salon_auction(t, host, market->max_gap) && is_proved(b);
		if (!proved)
			market->used = choose_common(t, host, market->max_gap);
	}
	if (!proved && market->used == SALON_ENGINE_SIMPLEX && t->limit == NULL &&
		market->engine != SALON_ENGINE_SIMPLEX)
	{
		/* equal values may make it pivot for ever without moving anything */
		proved = salon_network_simplex(t, host, false, SIMPLEX_STEPS *
									   ((int64_t) t->arcs + 1000)) &&
			is_proved(b);
		if (!proved)
			market->used = SALON_ENGINE_SCALING;
	}
	if (!proved && market->used == SALON_ENGINE_SCALING)
		proved = (salon_scaling(t, host, market->max_gap) && is_proved(b)) ||
			(market->max_gap > 0 && salon_scaling(t, host, 0) && is_proved(b));
	if (!proved)
	{
		market->used = SALON_ENGINE_SIMPLEX;
		proved =
			(salon_network_simplex(t, host, false, INT64_MAX) &&
			 is_proved(b)) ||
			(salon_network_simplex(t, host, true, INT64_MAX) && is_proved(b));
	}
	if (!proved)
		return SALON_UNPROVED;

	tell(b);
	return SALON_SOLVED;
}

/*
 * Find the allocation of the largest total value, with prices that prove it.
 */
SalonVerdict
salon_allocate_solve(SalonMarket *market, SalonHost *host)
{
	Build		b;
	SalonTransport *t = &b.t;
	int64_t		mark = salon_host_mark(host);
	SalonVerdict verdict;
	SalonScaleChoice choice;
	bool		some_idle = market->at_most != NULL;

	memset(&b, 0, sizeof(b));
	b.market = market;
	b.host = host;
	host->phase = "preparation";
	host->share = 0;
	market->gap = 0;
	market->total = 0;
	market->floating = false;
	market->largest = 0;

	/* the largest becomes at most 2^52, so that prices are exact as doubles */
	salon_scale_start(&choice, ldexp(1.0, 60) / ((double) market->suppliers +
												 (double) market->demanders + 2));
	for (int32_t i = 0; i < market->suppliers && !some_idle; i++)
		some_idle = market->offered[i] == 0;
	for (int32_t j = 0; j < market->demanders && !some_idle; j++)
		some_idle = market->needed[j] == 0;
	for (int32_t r = 0; r < market->rows; r++)
	{
		double		value = market->value[r];

		salon_host_tick_at(host, r);
		if (value > market->largest)
			market->largest = value;
		if (some_idle ? takes_part(market, r) : value > 0 &&
			market->supplier[r] >= 0 && market->demander[r] >= 0)
			salon_scale_add(&choice, value);
	}
	salon_scale_finish(&choice, 52, &market->scale);
	b.max_weight = salon_scale_up(&market->scale, choice.max);
	if (!isfinite(salon_scale_down(&market->scale, b.max_weight)))
		return SALON_OVERFLOW;
	memset(market->supplier_price, 0,
		   sizeof(int64_t) * (size_t) market->suppliers);
	memset(market->demander_price, 0,
		   sizeof(int64_t) * (size_t) market->demanders);
	salon_host_tick(host);

	t->suppliers = market->suppliers;
	t->demanders = market->demanders;
	t->offered = salon_host_array(host, market->suppliers, sizeof(int64_t));
	t->needed = salon_host_array(host, market->demanders, sizeof(int64_t));
	t->supplier_price = market->supplier_price;
	t->demander_price = market->demander_price;
	verdict = solve(&b);
	if (verdict == SALON_SOLVED && !isfinite(market->gap + market->total))
		verdict = SALON_OVERFLOW;
	salon_host_rewind(host, mark);
	return verdict;
}
