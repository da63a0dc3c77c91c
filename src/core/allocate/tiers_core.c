/*
 * src/core/allocate/tiers_core.c
 *
 * Markets in which all rows of a party have one value: a need has a priority,
 * or all values are equal.
 *
 * Call the parties whose value counts guests, the others hosts.  What guests
 * can have together is a polymatroid, so a greedy choice is the best one: tier
 * by tier of falling value as much as possible is sent, and what a guest has
 * it keeps, if with other hosts (Edmonds 1970, "Submodular functions,
 * matroids, and certain polyhedra").  A tier of several guests is sent along
 * shortest paths that are found together (Dinitz 1970); one guest alone by
 * depth first, with a look ahead for a host that has room (Duff 1981, "On
 * algorithms for obtaining a maximum transversal", ACM TOMS 7:315-330).
 * Where no way leads to a host with room there will never be one again.
 *
 * A host costs the highest value of a guest that wants more and could reach
 * it; a guest's price is what its value leaves above its cheapest host.
 *
 * Time: O(arcs * sqrt(parties)) for a tier of units, in practice some dozens
 * of looks at each arc; many tiers with long ways may take longer, therefore
 * the engine gives up after a number of steps.  Memory: 16 bytes an arc, the
 * answer included, and about 30 a party.
 */
#include "tiers_core.h"

#include <string.h>

#include "../group.h"

#define NONE (-1)

/* Steps an arc after which the engine gives up; good cases need 10 to 100. */
#ifndef TIERS_STEPS
#define TIERS_STEPS 300
#endif

#define DIGIT_BITS 11
#define DIGITS (1 << DIGIT_BITS)

typedef struct Tiers
{
	SalonTransport *t;
	SalonSteps	steps;
	int32_t		guests;
	int32_t		hosts;
	const int32_t *guest;		/* by arc */
	const int32_t *place;		/* by arc: its host */
	int64_t    *flow;			/* by arc */
	int64_t    *left;			/* by guest: what it still wants */
	int64_t    *room;			/* by host */
	int32_t    *out;			/* start of each guest's arcs */
	int32_t    *way;			/* arcs by guest */
	int32_t    *in;				/* start of each host's arcs */
	int32_t    *back;			/* arcs by host */
	int32_t    *ahead;			/* by guest: arcs before it lead to full hosts */
	int32_t    *at;				/* by guest: next arc to try */
	int32_t    *back_at;		/* by host: the same */
	int32_t    *guest_mark;		/* level, or search in which it was seen */
	int32_t    *host_mark;
	bool	   *dead;			/* by host: no way to room */
	int32_t    *order;			/* guests by falling value */
	int32_t    *stack;			/* guests on the way */
	int32_t    *seen;			/* hosts seen by a search */
	int32_t		seen_count;
	int32_t		mark;			/* of this search, or of its first level */
	int32_t		top;			/* no mark is larger */
	bool		backward;		/* arcs are tried from the last to the first */
	int64_t		cost[2];		/* of a search forward, and backward */
} Tiers;

/*
 * Has it taken too many steps?
 */
static inline bool
is_over(const Tiers *x)
{
	return x->steps.told > x->steps.most;
}

/*
 * Can more flow on an arc?
 */
static inline bool
is_open(const Tiers *x, int32_t arc)
{
	return x->t->limit == NULL || x->flow[arc] < x->t->limit[arc];
}

/*
** Shape
*/

/*
 * Whose value counts?  1: that of suppliers, 2: that of demanders, 3: all are
 * equal, 0: rows have values of their own.
 */
static int
whose_value(const SalonTransport *t, SalonHost *host)
{
	int64_t    *of = salon_host_array(host, t->demanders, sizeof(int64_t));
	int			whose = 3;

	memset(of, 0, sizeof(int64_t) * (size_t) t->demanders);
	for (int32_t e = 0; e < t->arcs && whose != 0; e++)
	{
		int64_t    *known = &of[t->demander[e]];

		salon_host_tick_at(host, e);
		if (e > 0 && t->supplier[e] == t->supplier[e - 1] &&
			t->weight[e] != t->weight[e - 1])
			whose &= ~1;
		if (*known == 0)
			*known = t->weight[e];
		else if (*known != t->weight[e])
			whose &= ~2;
	}
	salon_host_release(host, of);
	return whose;
}

/*
 * The value of a guest; 0 when it has no arc.
 */
static inline int64_t
value_of(const Tiers *x, int32_t guest)
{
	return x->out[guest] < x->out[guest + 1] ?
		x->t->weight[x->way[x->out[guest]]] : 0;
}

/*
 * Sort the guests by falling value, digit by digit.
 */
static void
sort_guests(Tiers *x)
{
	int32_t    *from = x->stack;
	int32_t    *to = x->order;
	int32_t		start[DIGITS + 1];

	for (int32_t i = 0; i < x->guests; i++)
		to[i] = i;
	for (int shift = 0; x->t->max_weight >> shift > 0; shift += DIGIT_BITS)
	{
		int32_t    *swap = from;

		from = to;
		to = swap;
		memset(start, 0, sizeof(start));
		for (int32_t k = 0; k < x->guests; k++)
		{
			salon_host_tick_at(x->steps.host, k);
			start[DIGITS - 1 - (value_of(x, from[k]) >> shift) % DIGITS]++;
		}
		salon_group_ends(start, DIGITS);
		for (int32_t k = x->guests - 1; k >= 0; k--)
		{
			salon_host_tick_at(x->steps.host, k);
			to[--start[DIGITS - 1 - (value_of(x, from[k]) >> shift) % DIGITS]] =
				from[k];
		}
		salon_host_tick(x->steps.host);
	}
	if (to != x->order)
		memcpy(x->order, to, sizeof(int32_t) * (size_t) x->guests);
}

/*
** Ways to room
*/

/*
 * A mark larger than all of before.
 */
static void
new_mark(Tiers *x)
{
	/* a search makes at most two a guest */
	if (x->top > INT32_MAX - 2 * x->guests - 4)
	{
		x->top = 0;
		memset(x->guest_mark, 0, sizeof(int32_t) * (size_t) x->guests);
		memset(x->host_mark, 0, sizeof(int32_t) * (size_t) x->hosts);
	}
	x->mark = ++x->top;
	x->seen_count = 0;
}

/*
 * An arc of a guest that leads to a host with room, or NONE.
 */
static inline int32_t
look_ahead(Tiers *x, int32_t guest)
{
	int32_t		from = x->ahead[guest];
	int32_t		found = NONE;

	for (; x->ahead[guest] < x->out[guest + 1]; x->ahead[guest]++)
	{
		int32_t		e = x->way[x->ahead[guest]];

		if (x->room[x->place[e]] > 0 && is_open(x, e))
		{
			found = e;
			break;
		}
	}
	salon_steps(&x->steps, x->ahead[guest] - from + 1);
	return found;
}

/*
 * The arc of a guest that is tried now.
 */
static inline int32_t
arc_to_try(const Tiers *x, int32_t guest)
{
	int32_t		at = x->at[guest];

	return x->way[x->backward ?
				  x->out[guest] + x->out[guest + 1] - 1 - at : at];
}

/*
 * Send along the way on the stack, which ends with this arc.
 */
static void
send(Tiers *x, int32_t depth, int32_t last)
{
	int32_t		source = x->stack[0];
	int64_t		amount = x->left[source];

	for (int32_t d = depth; d >= 0; d--)
	{
		int32_t		e = d == depth ? last : arc_to_try(x, x->stack[d]);

		if (x->t->limit != NULL && x->t->limit[e] != SALON_NO_LIMIT &&
			x->t->limit[e] - x->flow[e] < amount)
			amount = x->t->limit[e] - x->flow[e];
		if (d < depth)
		{
			int32_t		f = x->back[x->back_at[x->place[e]]];

			if (x->flow[f] < amount)
				amount = x->flow[f];
		}
	}
	if (x->room[x->place[last]] < amount)
		amount = x->room[x->place[last]];
	for (int32_t d = depth; d >= 0; d--)
	{
		int32_t		e = d == depth ? last : arc_to_try(x, x->stack[d]);

		x->flow[e] += amount;
		if (d < depth)
			x->flow[x->back[x->back_at[x->place[e]]]] -= amount;
	}
	x->left[source] -= amount;
	x->room[x->place[last]] -= amount;
	salon_steps(&x->steps, depth + 1);
}

/*
 * May a search go on to this host, or from it to this guest?  By levels, or to
 * those not seen yet, which are then marked.
 */
static inline bool
enter_host(Tiers *x, bool levels, int32_t guest, int32_t place)
{
	if (levels)
		return x->host_mark[place] == x->guest_mark[guest] + 1;
	if (x->host_mark[place] == x->mark || x->dead[place])
		return false;
	x->host_mark[place] = x->mark;
	x->back_at[place] = x->in[place];
	x->seen[x->seen_count++] = place;
	return true;
}

static inline bool
enter_guest(Tiers *x, bool levels, int32_t place, int32_t guest)
{
	if (levels)
		return x->guest_mark[guest] == x->host_mark[place] + 1;
	if (x->guest_mark[guest] == x->mark)
		return false;
	x->guest_mark[guest] = x->mark;
	x->at[guest] = x->out[guest];
	return true;
}

/*
 * Go on from a host to the next guest that has something there, or NONE.
 */
static int32_t
next_guest(Tiers *x, bool levels, int32_t place)
{
	int32_t		from = x->back_at[place];
	int32_t		found = NONE;

	for (; x->back_at[place] < x->in[place + 1]; x->back_at[place]++)
	{
		int32_t		f = x->back[x->back_at[place]];

		if (x->flow[f] > 0 && enter_guest(x, levels, place, x->guest[f]))
		{
			found = x->guest[f];
			break;
		}
	}
	salon_steps(&x->steps, x->back_at[place] - from + 1);
	return found;
}

/*
 * Search a way from a guest to room, depth first, and send what it can carry.
 * False when there is none.
 */
static bool
search(Tiers *x, bool levels, int32_t source)
{
	int32_t		depth = 0;

	x->stack[0] = source;
	while (depth >= 0)
	{
		int32_t		i = x->stack[depth];
		int32_t		e = look_ahead(x, i);
		int32_t		next = NONE;
		int32_t		from = x->at[i];

		if (e != NONE)
		{
			send(x, depth, e);
			return true;
		}
		for (; x->at[i] < x->out[i + 1]; x->at[i]++)
		{
			e = arc_to_try(x, i);
			if (!is_open(x, e) || !enter_host(x, levels, i, x->place[e]))
				continue;
			next = next_guest(x, levels, x->place[e]);
			if (next != NONE)
				break;
		}
		salon_steps(&x->steps, x->at[i] - from + 1);
		if (is_over(x))
			return false;
		if (next != NONE)
			x->stack[++depth] = next;
		else if (--depth >= 0)
		{
			/* try the next guest of the host that led here */
			int32_t		j = x->place[arc_to_try(x, x->stack[depth])];

			x->back_at[j]++;
			next = next_guest(x, levels, j);
			if (next != NONE)
				x->stack[++depth] = next;
			else
				x->at[x->stack[depth]]++;
		}
	}
	return false;
}

/*
 * The same by depth first.  The order in which arcs are tried may make ways
 * short or long all the time, so the one that took less is taken, and the
 * other one now and then.
 */
static bool
search_alone(Tiers *x, int32_t source)
{
	int64_t		begun = x->steps.taken;
	bool		found;

	new_mark(x);
	x->guest_mark[source] = x->mark;
	x->at[source] = x->out[source];
	x->backward = x->cost[1] < x->cost[0];
	found = search(x, false, source);
	x->cost[x->backward] = x->steps.taken - begun;
	x->cost[!x->backward] /= 2;
	x->backward = false;
	return found;
}

/*
 * Find how far each host is from guests of a tier that want more, as far as
 * the nearest room.  False when none is near.
 */
static bool
find_levels(Tiers *x, const int32_t *tier, int32_t count)
{
	bool		found = false;
	int32_t		end = 0;
	int32_t    *queue = x->stack;

	for (int32_t k = 0; k < count; k++)
	{
		if (x->left[tier[k]] > 0)
		{
			queue[end++] = tier[k];
			x->guest_mark[tier[k]] = x->mark;
			x->at[tier[k]] = x->out[tier[k]];
		}
	}
	for (int32_t k = 0, level = end; k < end; k++)
	{
		int32_t		i = queue[k];

		if (k == level)
		{
			if (found)
				break;
			level = end;
		}
		salon_steps(&x->steps, x->out[i + 1] - x->out[i] + 1);
		if (look_ahead(x, i) != NONE)
			found = true;
		for (int32_t a = x->out[i]; a < x->out[i + 1]; a++)
		{
			int32_t		j = x->place[x->way[a]];

			if (x->host_mark[j] >= x->mark || x->dead[j] ||
				!is_open(x, x->way[a]))
				continue;
			x->host_mark[j] = x->top = x->guest_mark[i] + 1;
			x->back_at[j] = x->in[j];
			x->seen[x->seen_count++] = j;
			if (found)
				continue;
			salon_steps(&x->steps, x->in[j + 1] - x->in[j]);
			for (int32_t b = x->in[j]; b < x->in[j + 1]; b++)
			{
				int32_t		f = x->back[b];

				if (x->flow[f] > 0 && x->guest_mark[x->guest[f]] < x->mark)
				{
					x->guest_mark[x->guest[f]] = x->top = x->host_mark[j] + 1;
					x->at[x->guest[f]] = x->out[x->guest[f]];
					queue[end++] = x->guest[f];
				}
			}
		}
	}
	return found;
}

/*
 * No way leads from the hosts that were seen to room, nor ever will.
 */
static void
bury(Tiers *x)
{
	for (int32_t k = 0; k < x->seen_count; k++)
		x->dead[x->seen[k]] = true;
}

/*
 * Send as much as possible for a tier.  False when it takes too long.
 */
static bool
send_tier(Tiers *x, const int32_t *tier, int32_t count)
{
	while (count == 1 && x->left[tier[0]] > 0)
	{
		if (!search_alone(x, tier[0]))
		{
			if (!is_over(x))
				bury(x);
			return !is_over(x);
		}
	}
	if (count == 1)
		return true;
	for (;;)
	{
		new_mark(x);
		if (!find_levels(x, tier, count))
		{
			bury(x);
			break;
		}
		for (int32_t k = 0; k < count; k++)
		{
			while (x->left[tier[k]] > 0 && search(x, true, tier[k]))
				;
		}
		if (is_over(x))
			return false;
	}
	return true;
}

/*
** Prices
*/

/*
 * Hosts cost the value of the best guest that wants more and reaches them.
 */
static void
price_hosts(Tiers *x, int64_t *price)
{
	int32_t    *queue = x->stack;

	memset(price, 0, sizeof(int64_t) * (size_t) x->hosts);
	memset(x->guest_mark, 0, sizeof(int32_t) * (size_t) x->guests);
	for (int32_t k = 0; k < x->guests; k++)
	{
		int32_t		end = 0;
		int64_t		value = value_of(x, x->order[k]);

		salon_host_tick_at(x->steps.host, k);
		if (x->left[x->order[k]] > 0 && !x->guest_mark[x->order[k]])
		{
			x->guest_mark[x->order[k]] = 1;
			queue[end++] = x->order[k];
		}
		for (int32_t at = 0; at < end; at++)
		{
			int32_t		i = queue[at];

			salon_steps(&x->steps, x->out[i + 1] - x->out[i] + 1);
			for (int32_t a = x->out[i]; a < x->out[i + 1]; a++)
			{
				int32_t		j = x->place[x->way[a]];

				if (price[j] > 0 || !is_open(x, x->way[a]))
					continue;
				price[j] = value;
				salon_steps(&x->steps, x->in[j + 1] - x->in[j]);
				for (int32_t b = x->in[j]; b < x->in[j + 1]; b++)
				{
					int32_t		f = x->back[b];

					if (x->flow[f] > 0 && !x->guest_mark[x->guest[f]])
					{
						x->guest_mark[x->guest[f]] = 1;
						queue[end++] = x->guest[f];
					}
				}
			}
		}
	}
}

/*
 * Guests cost what their value leaves above their cheapest host.
 */
static void
price_guests(Tiers *x, const int64_t *cost, int64_t *price)
{
	for (int32_t i = 0; i < x->guests; i++)
	{
		price[i] = 0;
		salon_steps(&x->steps, x->out[i + 1] - x->out[i] + 1);
		for (int32_t a = x->out[i]; a < x->out[i + 1]; a++)
		{
			int32_t		e = x->way[a];

			if (is_open(x, e) && x->t->weight[e] - cost[x->place[e]] > price[i])
				price[i] = x->t->weight[e] - cost[x->place[e]];
		}
	}
}

/*
 * Tier by tier.
 */
static bool
run(Tiers *x)
{
	SalonTransport *t = x->t;
	int32_t		to;

	memset(x->flow, 0, sizeof(int64_t) * (size_t) t->arcs);
	memset(x->guest_mark, 0, sizeof(int32_t) * (size_t) x->guests);
	memset(x->host_mark, 0, sizeof(int32_t) * (size_t) x->hosts);
	memset(x->dead, 0, sizeof(bool) * (size_t) x->hosts);
	sort_guests(x);
	memcpy(x->ahead, x->out, sizeof(int32_t) * (size_t) x->guests);
	for (int32_t from = 0; from < x->guests; from = to)
	{
		int64_t		value = value_of(x, x->order[from]);

		for (to = from + 1; to < x->guests; to++)
		{
			salon_host_tick_at(x->steps.host, to);
			if (value_of(x, x->order[to]) != value)
				break;
		}
		if (value > 0 && !send_tier(x, x->order + from, to - from))
			return false;
	}
	return true;
}

/*
 * Solve, or return false when rows have values of their own, or it takes too
 * long.
 */
bool
salon_tiers(SalonTransport *t, SalonHost *host)
{
	Tiers		x;
	int			whose = whose_value(t, host);
	bool		swap = (whose & 1) == 0;
	int64_t		mark = salon_host_mark(host);
	SalonSteps	listing = {host, 0, 0, 0};	/* does not count */
	bool		solved;

	if (whose == 0)
		return false;
	memset(&x, 0, sizeof(x));
	host->phase = "tiers";
	host->share = -1;
	x.t = t;
	x.steps.host = host;
	x.guests = swap ? t->demanders : t->suppliers;
	x.hosts = swap ? t->suppliers : t->demanders;
	x.guest = swap ? t->demander : t->supplier;
	x.place = swap ? t->supplier : t->demander;
	x.steps.most = TIERS_STEPS * ((int64_t) t->arcs + TIERS_STEPS);
	x.left = salon_host_array(host, x.guests, sizeof(int64_t));
	memcpy(x.left, swap ? t->needed : t->offered,
		   sizeof(int64_t) * (size_t) x.guests);
	x.room = salon_host_array(host, x.hosts, sizeof(int64_t));
	memcpy(x.room, swap ? t->offered : t->needed,
		   sizeof(int64_t) * (size_t) x.hosts);
	x.out = salon_host_array(host, (size_t) x.guests + 1, sizeof(int32_t));
	x.way = salon_host_array(host, t->arcs, sizeof(int32_t));
	x.in = salon_host_array(host, (size_t) x.hosts + 1, sizeof(int32_t));
	x.back = salon_host_array(host, t->arcs, sizeof(int32_t));
	x.ahead = salon_host_array(host, x.guests, sizeof(int32_t));
	x.at = salon_host_array(host, x.guests, sizeof(int32_t));
	x.back_at = salon_host_array(host, x.hosts, sizeof(int32_t));
	x.guest_mark = salon_host_array(host, x.guests, sizeof(int32_t));
	x.host_mark = salon_host_array(host, x.hosts, sizeof(int32_t));
	x.dead = salon_host_array(host, x.hosts, sizeof(bool));
	x.order = salon_host_array(host, x.guests, sizeof(int32_t));
	x.stack = salon_host_array(host, x.guests, sizeof(int32_t));
	x.seen = salon_host_array(host, x.hosts, sizeof(int32_t));
	salon_group(&listing, x.guest, x.guests, NULL, t->arcs, x.out, x.way);
	salon_group(&listing, x.place, x.hosts, NULL, t->arcs, x.in, x.back);
	salon_transport_answer(t, host, mark);
	x.flow = t->flow;
	solved = run(&x);
	if (solved)
	{
		int64_t    *cost = swap ? t->supplier_price : t->demander_price;

		price_hosts(&x, cost);
		price_guests(&x, cost, swap ? t->demander_price : t->supplier_price);
	}
	salon_host_rewind(host, mark);
	return solved;
}
