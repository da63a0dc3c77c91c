/*
 * src/core/allocate/auction_core.c
 *
 * Auction with epsilon scaling for one-to-one markets, in which anyone may
 * stay alone.
 *
 * Suppliers bid for demanders.  Every pair satisfies profit + price >= worth
 * - epsilon, with equality where the two are matched.  In a phase bidders
 * without a match take what is worth most to them, at a price that leaves
 * them their second best less epsilon, and push out whoever had it; to stay
 * alone is worth 0 and open to all.  Then demanders that are alone but have a
 * price ask back: they take the bidder that lets them keep most, at their
 * second best offer less epsilon, until they are matched or cost nothing.
 * The first half moves prices up only and the second half down only, so both
 * end; at the end of a phase the total is within epsilon a pair of the best.
 * Epsilon then shrinks by a factor, and pairs that are no longer good enough
 * are undone.  Worths are multiplied by more than the number of pairs, so that
 * an epsilon of 1 leaves nothing open, or by what there is room for where
 * weights are wide.  Mostly the flow is the best one long before: as soon as
 * epsilon is a part of a whole price, or of the largest weight a very small
 * one, prices in whole units are looked for that prove it.
 *
 * See Bertsekas 1988, "The auction algorithm: a distributed relaxation method
 * for the assignment problem", Ann. OR 14:105-123; Goldberg and Kennedy 1995,
 * "An efficient cost scaling algorithm for the assignment problem", Math.
 * Prog. 71:153-177, whose double push is the same step; and Bertsekas and
 * Castanon 1992, "A forward/reverse auction algorithm for asymmetric
 * assignment problems", Comput. Optim. Appl. 1:277-297.
 *
 * Time: O(parties * arcs * log(parties * largest weight)); in practice a few
 * dozen looks at every arc.  Wars of prices come near the bound, therefore the
 * engine gives up after a number of steps.  Memory: that of the flow, and about
 * 30 bytes a party.
 * Limits: capacities of 1, no limits on arcs, weights below 2^60.
 */
#include "auction_core.h"

#include <string.h>

#include "../group.h"

#define NONE (-1)

/* How epsilon shrinks. */
#define FIRST_PART 300
#define FACTOR 16

/* At so small a part of the largest value the matching may be the best one. */
#define EARLY_PART (1 << 22)

/* No worth is larger. */
#define MOST_WORTH (INT64_C(1) << 61)

/* Looks at an arc in search of whole prices. */
#define LOOKS 50

/*
 * Steps an arc after which the engine gives up; good cases need 20 to 100.
 */
#ifndef AUCTION_STEPS
#define AUCTION_STEPS 600
#endif

typedef struct Auction
{
	SalonSteps	steps;
	int32_t		bidders;
	int32_t		goods;
	int32_t		arcs;
	int32_t    *row;			/* start of each bidder's arcs */
	const int32_t *bidder;		/* by arc */
	const int32_t *good;		/* by arc */
	const int64_t *weight;		/* by arc */
	int32_t    *list;			/* start of each good's offers */
	int32_t    *offer;			/* arcs by good */
	int32_t    *has;			/* by bidder: arc, or NONE: alone */
	int32_t    *owner;			/* by good: bidder or NONE */
	int64_t    *price;			/* by good, scaled */
	int64_t    *profit;			/* by bidder, scaled */
	int32_t    *stack;			/* who is waiting */
	int32_t		waiting;
	bool	   *queued;			/* by good: waiting in prove */
	int64_t		scale;
	int64_t		epsilon;
} Auction;

/*
 * Has it taken too many steps?
 */
static inline bool
is_over(const Auction *a)
{
	return a->steps.told > a->steps.most;
}

/*
 * What an arc is worth, scaled.
 */
static inline int64_t
worth(const Auction *a, int32_t arc)
{
	return a->weight[arc] * a->scale;
}

/*
 * A phase begins: undo the pairs that are not within epsilon of the best, and
 * let their bidders wait.
 */
static void
undo(Auction *a)
{
	a->waiting = 0;
	for (int32_t i = a->bidders - 1; i >= 0; i--)
	{
		int64_t		most = 0;
		int64_t		now = 0;

		salon_steps(&a->steps, a->row[i + 1] - a->row[i] + 1);
		for (int32_t e = a->row[i]; e < a->row[i + 1]; e++)
		{
			int64_t		v = worth(a, e) - a->price[a->good[e]];

			if (v > most)
				most = v;
			if (e == a->has[i])
				now = v;
		}
		a->profit[i] = now;
		if (now >= most - a->epsilon)
			continue;
		if (a->has[i] != NONE)
			a->owner[a->good[a->has[i]]] = NONE;
		a->has[i] = NONE;
		a->stack[a->waiting++] = i;
	}
}

/*
 * Bidders bid, prices rise; false when it takes too long.
 */
static bool
bid(Auction *a)
{
	while (a->waiting > 0)
	{
		int32_t		i = a->stack[--a->waiting];
		int32_t		best = NONE;
		int64_t		first = 0;	/* to stay alone */
		int64_t		second = 0;
		int32_t		good;
		int32_t		loser;

		for (int32_t e = a->row[i]; e < a->row[i + 1]; e++)
		{
			int64_t		v = worth(a, e) - a->price[a->good[e]];

			if (v > second)
			{
				if (v > first)
				{
					second = first;
					first = v;
					best = e;
				}
				else
					second = v;
			}
		}
		salon_steps(&a->steps, a->row[i + 1] - a->row[i] + 1);
		if (is_over(a))
			return false;
		a->has[i] = best;
		a->profit[i] = 0;
		if (best == NONE)
			continue;
		good = a->good[best];
		a->price[good] += first - second + a->epsilon;
		a->profit[i] = second - a->epsilon;
		loser = a->owner[good];
		a->owner[good] = i;
		if (loser != NONE)
		{
			a->has[loser] = NONE;
			a->stack[a->waiting++] = loser;
		}
	}
	return true;
}

/*
 * Goods that nobody has but that have a price look for a bidder, prices fall;
 * false when it takes too long.
 */
static bool
ask(Auction *a)
{
	for (int32_t j = a->goods - 1; j >= 0; j--)
	{
		if (a->owner[j] == NONE && a->price[j] > 0)
			a->stack[a->waiting++] = j;
	}
	while (a->waiting > 0)
	{
		int32_t		j = a->stack[--a->waiting];
		int32_t		best = NONE;
		int64_t		first = 0;	/* to cost nothing */
		int64_t		second = 0;
		int32_t		bidder;
		int32_t		left;

		for (int32_t k = a->list[j]; k < a->list[j + 1]; k++)
		{
			int32_t		e = a->offer[k];
			int64_t		v = worth(a, e) - a->profit[a->bidder[e]];

			if (v > second)
			{
				if (v > first)
				{
					second = first;
					first = v;
					best = e;
				}
				else
					second = v;
			}
		}
		salon_steps(&a->steps, a->list[j + 1] - a->list[j] + 1);
		if (is_over(a))
			return false;
		a->price[j] = 0;
		if (best == NONE)
			continue;
		if (second > a->epsilon)
			a->price[j] = second - a->epsilon;
		bidder = a->bidder[best];
		a->profit[bidder] += first - a->price[j];
		left = a->has[bidder];
		a->has[bidder] = best;
		a->owner[j] = bidder;
		if (left != NONE)
		{
			left = a->good[left];
			a->owner[left] = NONE;
			if (a->price[left] > 0)
				a->stack[a->waiting++] = left;
		}
	}
	return true;
}

/*
 * Prices in whole units, near those that the auction found.
 */
static void
round_prices(const Auction *a, int64_t more, int64_t *price)
{
	for (int32_t j = 0; j < a->goods; j++)
		price[j] = a->owner[j] == NONE ? 0 :
			(a->price[j] + a->scale / 2) / a->scale + more;
}

/*
 * The most that a bidder can gain at whole prices.
 */
static inline int64_t
most_gain(Auction *a, int32_t bidder, const int64_t *price)
{
	int64_t		most = 0;

	salon_steps(&a->steps, a->row[bidder + 1] - a->row[bidder] + 1);
	for (int32_t e = a->row[bidder]; e < a->row[bidder + 1]; e++)
	{
		int64_t		v = a->weight[e] - price[a->good[e]];

		if (v > most)
			most = v;
	}
	return most;
}

/*
 * A bidder can gain so much: it must not pay more for what it has than leaves
 * it that.  False when it has nothing, or when the price would be below 0.
 */
static inline bool
lower_own(Auction *a, int32_t bidder, int64_t gain, int64_t *price)
{
	int32_t		own = a->has[bidder];
	int64_t		most;
	int32_t		good;

	if (own == NONE)
		return gain == 0;
	good = a->good[own];
	most = a->weight[own] - gain;
	if (price[good] <= most)
		return true;
	price[good] = most;
	if (!a->queued[good])
	{
		a->queued[good] = true;
		a->stack[a->waiting++] = good;
	}
	return most >= 0;
}

/*
 * Lower whole prices until every bidder has what is best for it, which proves
 * the matching; false when they would not do, or take too long.  A price that
 * falls may let the other bidders for the good gain more.
 */
static bool
prove(Auction *a, int64_t *price, int64_t *gain)
{
	int64_t		budget = a->epsilon > 1 ? LOOKS * ((int64_t) a->arcs + LOOKS) :
	INT64_MAX;
	bool		valid = true;

	a->waiting = 0;
	memset(a->queued, 0, a->goods);
	for (int32_t i = 0; i < a->bidders && valid; i++)
	{
		gain[i] = most_gain(a, i, price);
		valid = lower_own(a, i, gain[i], price);
	}
	while (valid && a->waiting > 0)
	{
		int32_t		j = a->stack[--a->waiting];

		a->queued[j] = false;
		salon_steps(&a->steps, a->list[j + 1] - a->list[j] + 1);
		budget -= a->list[j + 1] - a->list[j] + 1;
		for (int32_t k = a->list[j]; k < a->list[j + 1] && valid; k++)
		{
			int32_t		e = a->offer[k];
			int32_t		i = a->bidder[e];
			int64_t		v = a->weight[e] - price[j];

			if (v > gain[i])
			{
				gain[i] = v;
				valid = lower_own(a, i, v, price);
			}
		}
		if (budget < 0 || is_over(a))
			valid = false;
	}
	a->waiting = 0;
	return valid;
}

/*
 * Are whole prices close enough to the total of the matching?
 */
static bool
is_close(Auction *a, double max_gap, int64_t *price, int64_t *gain)
{
	salon_wide	primal = 0;
	salon_wide	dual = 0;

	round_prices(a, 0, price);
	for (int32_t j = 0; j < a->goods; j++)
		dual += price[j];
	for (int32_t i = 0; i < a->bidders; i++)
	{
		gain[i] = most_gain(a, i, price);
		dual += gain[i];
		if (a->has[i] != NONE)
			primal += a->weight[a->has[i]];
	}
	return (double) (dual - primal) <= max_gap * (double) primal;
}

/*
 * Sort the arcs by both sides; they come sorted by bidder.
 */
static void
build(Auction *a, const SalonTransport *t)
{
	SalonSteps	listing = {a->steps.host, 0, 0, 0}; /* does not count */

	memset(a->row, 0, sizeof(int32_t) * ((size_t) a->bidders + 1));
	for (int32_t e = 0; e < a->arcs; e++)
	{
		salon_steps(&listing, 1);
		a->row[t->supplier[e] + 1]++;
	}
	salon_group(&listing, t->demander, a->goods, NULL, a->arcs, a->list,
				a->offer);
	for (int32_t i = 0; i < a->bidders; i++)
	{
		a->row[i + 1] += a->row[i];
		a->has[i] = NONE;
		a->profit[i] = 0;
	}
	for (int32_t j = 0; j < a->goods; j++)
	{
		a->owner[j] = NONE;
		a->price[j] = 0;
	}
}

/*
 * All phases; true when the prices are in place.
 */
static bool
run(Auction *a, SalonTransport *t, double max_gap)
{
	int64_t		coarse = t->max_weight / EARLY_PART * a->scale;

	a->epsilon = t->max_weight * a->scale / FIRST_PART + 1;
	for (;;)
	{
		undo(a);
		if (!bid(a) || !ask(a))
			return false;
		if (max_gap > 0 &&
			is_close(a, max_gap, t->demander_price, t->supplier_price))
			return true;
		if (a->epsilon <= a->scale / 8 || a->epsilon < coarse)
		{
			int64_t		step = 4 * (a->epsilon / a->scale) + 1;

			for (int k = 0; k < 3; k++)
			{
				round_prices(a, k * step, t->demander_price);
				if (prove(a, t->demander_price, t->supplier_price))
					return true;
				if (is_over(a))
					return false;
			}
		}
		if (a->epsilon == 1)
			return false;
		a->epsilon = a->epsilon / FACTOR + (a->epsilon < FACTOR);
	}
}

/*
 * Solve, or return false when no proof was found in time.
 */
bool
salon_auction(SalonTransport *t, SalonHost *host, double max_gap)
{
	Auction		a;
	int32_t		pairs = t->suppliers < t->demanders ?
	t->suppliers : t->demanders;
	int32_t		most = t->suppliers < t->demanders ?
	t->demanders : t->suppliers;
	int64_t		mark = salon_host_mark(host);
	bool		solved;

	memset(&a, 0, sizeof(a));
	host->phase = "auction";
	host->share = -1;
	a.steps.host = host;
	a.bidders = t->suppliers;
	a.goods = t->demanders;
	a.arcs = t->arcs;
	a.scale = MOST_WORTH / (t->max_weight + 1);
	if (a.scale > pairs + 2)
		a.scale = (int64_t) pairs + 2;
	if (a.scale < 1)
		return false;
	a.steps.most = AUCTION_STEPS * ((int64_t) t->arcs + AUCTION_STEPS);
	a.row = salon_host_array(host, (size_t) a.bidders + 1, sizeof(int32_t));
	a.bidder = t->supplier;
	a.good = t->demander;
	a.weight = t->weight;
	a.list = salon_host_array(host, (size_t) a.goods + 1, sizeof(int32_t));
	/* the lists are where the flow will be: nothing else is as long */
	salon_transport_answer(t, host, mark);
	a.offer = (int32_t *) t->flow;
	a.has = salon_host_array(host, a.bidders, sizeof(int32_t));
	a.owner = salon_host_array(host, a.goods, sizeof(int32_t));
	a.price = salon_host_array(host, a.goods, sizeof(int64_t));
	/* each phase makes them anew: between two, whole prices may stand there */
	a.profit = t->supplier_price;
	a.stack = salon_host_array(host, most, sizeof(int32_t));
	a.queued = salon_host_array(host, a.goods, sizeof(bool));
	build(&a, t);
	solved = run(&a, t, max_gap);
	if (solved)
	{
		memset(t->flow, 0, sizeof(int64_t) * (size_t) t->arcs);
		for (int32_t i = 0; i < a.bidders; i++)
		{
			if (a.has[i] != NONE)
				t->flow[a.has[i]] = 1;
		}
	}
	else
	{
		salon_host_release(host, t->flow);
		t->flow = NULL;
	}
	salon_host_rewind(host, mark);
	return solved;
}
