/*
 * src/core/allocate/network_simplex_template.h
 *
 * The engine of network_simplex_core.c for one width of numbers.  The file
 * that includes it defines PRICE.
 */
#include "network_simplex_core.h"

#include <math.h>
#include <string.h>

#include "../group.h"

#define NONE (-1)

/* Sorts of weight that the greedy start tells apart */
#define GREEDY_STEPS 255

typedef struct SimplexNode
{
	int64_t		flow;			/* on the arc to the parent */
	int32_t		parent;
	int32_t		arc;			/* to the parent; arcs + node: slack arc */
	int32_t		size;			/* of the subtree, this node included */
	int32_t		before;			/* in the order */
} SimplexNode;

/*
 * The order in which arcs are looked at: columns of a table that is written
 * row by row.
 */
typedef struct Mixture
{
	int32_t		arcs;
	int32_t		stride;
	int32_t		whole;			/* arcs of a column */
	int32_t		rest;			/* columns with one more */
} Mixture;

static Mixture
mix_arcs(int32_t arcs)
{
	Mixture		m;

	m.arcs = arcs;
	m.stride = (int32_t) sqrt((double) arcs);
	if (m.stride < 1)
		m.stride = 1;
	m.whole = arcs / m.stride;
	m.rest = arcs % m.stride;
	return m;
}

/*
 * The arc at a place of the order.
 */
static inline int32_t
arc_at(const Mixture *m, int32_t place)
{
	int32_t		column = place % m->stride;

	return column * m->whole + (column < m->rest ? column : m->rest) +
		place / m->stride;
}

/*
 * How many arcs have a limit?
 */
static int32_t
limited_arcs(const SalonTransport *t, SalonHost *host)
{
	int32_t		count = 0;

	for (int32_t e = 0; t->limit != NULL && e < t->arcs; e++)
	{
		salon_host_tick_at(host, e);
		count += t->limit[e] != SALON_NO_LIMIT;
	}
	return count;
}

typedef struct SimplexArc
{
	int32_t		supplier;
	int32_t		demander;
	PRICE		weight;
} SimplexArc;

typedef struct Simplex
{
	SalonTransport *t;
	SalonSteps	steps;
	int32_t		nodes;			/* parties; the root is the one after them */
	SimplexNode *node;
	int32_t    *next;			/* by node, in the order: subtrees together,
								 * parents first, then the root again */
	int32_t    *walked;			/* work space: a subtree in this order */
	int32_t    *way;			/* work space: a way up the tree, from 1 on */
	Mixture		mix;
	SimplexArc *arc;			/* in the order of the mixture */
	PRICE	   *price;			/* by node */
	uint8_t    *full;			/* by arc: outside the tree, at its limit */
	PRICE		max_weight;
	int32_t		cursor;			/* where the next search starts */
	int32_t		block;			/* arcs looked at before one is chosen */
} Simplex;

/*
 * The most that may flow on an arc.
 */
static inline int64_t
arc_limit(const Simplex *s, int32_t arc)
{
	return s->full == NULL || arc >= s->t->arcs ? SALON_NO_LIMIT :
		s->t->limit[arc_at(&s->mix, arc)];
}

/*
 * Let one node come after another in the order.
 */
static inline void
follow(Simplex *s, int32_t v, int32_t after)
{
	s->next[after] = v;
	s->node[v].before = after;
}

/*
 * Let a node without children come after its parent.
 */
static inline void
follow_parent(Simplex *s, int32_t v)
{
	int32_t		parent = s->node[v].parent;

	follow(s, s->next[parent], v);
	follow(s, v, parent);
}

/*
 * Start with the slack arcs.
 */
static void
start_slack(Simplex *s)
{
	SalonTransport *t = s->t;
	int32_t		root = s->nodes;

	follow(s, root, root);
	for (int32_t v = 0; v < root; v++)
	{
		SimplexNode *n = &s->node[v];

		n->parent = root;
		n->arc = t->arcs + v;
		n->size = 1;
		n->flow = v < t->suppliers ?
			t->offered[v] : t->needed[v - t->suppliers];
		s->price[v] = 0;
		follow_parent(s, v);
	}
	s->node[root].parent = NONE;
	s->node[root].arc = NONE;
	s->node[root].size = root + 1;
	s->node[root].flow = 0;
	s->price[root] = 0;
}

/*
 * Send what can be sent on the arcs by about falling weight.  Who is exhausted
 * by an arc hangs below the other end, so that the arc can give its flow back;
 * children are therefore exhausted before their parents.  Returns how many are
 * exhausted, in the order in which that happened.
 */
static int32_t
send_greedily(Simplex *s, const int32_t *order, int32_t *done)
{
	SalonTransport *t = s->t;
	SimplexNode *node = s->node;
	int32_t		count = 0;

	for (int32_t k = 0; k < t->arcs; k++)
	{
		int32_t		e = order[k];
		int32_t		i = s->arc[e].supplier;
		int32_t		j = t->suppliers + s->arc[e].demander;
		int64_t		limit = arc_limit(s, e);
		int64_t		amount = node[i].flow < node[j].flow ?
		node[i].flow : node[j].flow;
		int32_t		out = node[i].flow < node[j].flow ? i : j;

		salon_host_tick_at(s->steps.host, k);
		if (node[i].parent != s->nodes || node[j].parent != s->nodes ||
			amount == 0)
			continue;
		if (amount >= limit && out == i)
		{
			/* the supplier stays at the root, if with nothing */
			amount = limit;
			out = NONE;
		}
		else if (amount > limit)
		{
			amount = limit;
			out = NONE;
		}
		node[i].flow -= amount;
		node[j].flow -= amount;
		if (out == NONE)
		{
			s->full[e] = 1;
			continue;
		}
		node[out].parent = out == i ? j : i;
		node[out].arc = e;
		node[out].flow = amount;
		done[count++] = out;
	}
	return count;
}

/*
 * Make a tree of a greedy choice; who is left hangs at the root.
 */
static void
start_greedily(Simplex *s)
{
	SalonTransport *t = s->t;
	SimplexNode *node = s->node;
	SalonHost  *host = s->steps.host;
	int64_t		mark = salon_host_mark(host);
	int32_t    *order = salon_host_array(host, t->arcs, sizeof(int32_t));
	int32_t    *done = salon_host_array(host, s->nodes, sizeof(int32_t));
	int32_t    *start = salon_host_array(host, GREEDY_STEPS + 2,
										 sizeof(int32_t));
	PRICE		width = s->max_weight / GREEDY_STEPS + 1;
	int32_t		count;

	memset(start, 0, sizeof(int32_t) * (GREEDY_STEPS + 2));
	for (int32_t e = 0; e < t->arcs; e++)
	{
		salon_host_tick_at(host, e);
		start[GREEDY_STEPS - s->arc[e].weight / width]++;
	}
	salon_group_ends(start, GREEDY_STEPS + 1);
	for (int32_t e = t->arcs - 1; e >= 0; e--)
	{
		salon_host_tick_at(host, e);
		order[--start[GREEDY_STEPS - s->arc[e].weight / width]] = e;
	}
	count = send_greedily(s, order, done);
	salon_host_tick(host);
	for (int32_t k = 0; k < count; k++)
		node[node[done[k]].parent].size += node[done[k]].size;
	follow(s, s->nodes, s->nodes);
	for (int32_t v = 0; v < s->nodes; v++)
	{
		if (node[v].parent == s->nodes)
			follow_parent(s, v);
	}
	for (int32_t k = count - 1; k >= 0; k--)
	{
		follow_parent(s, done[k]);
		s->price[done[k]] = s->arc[node[done[k]].arc].weight -
			s->price[node[done[k]].parent];
	}
	salon_host_rewind(host, mark);
}

/*
 * Find an arc that improves the result: the best of the first block that has
 * one, going round from where the last search ended.  NONE if there is none.
 */
static int32_t
entering_arc(Simplex *s)
{
	const SalonTransport *t = s->t;
	const SimplexArc *arc = s->arc;
	const PRICE *price = s->price;
	const PRICE *demander_price = s->price + t->suppliers;
	const uint8_t *full = s->full;
	int32_t		all = t->arcs + s->nodes;
	int32_t		left = all;
	int32_t		at = s->cursor;
	int32_t		best = NONE;
	PRICE		gain = 0;

	while (left > 0)
	{
		int32_t		stop = at + s->block;

		if (stop > all)
			stop = all;
		if (stop - at > left)
			stop = at + left;
		left -= stop - at;
		salon_steps(&s->steps, stop - at);
		if (at < t->arcs)
		{
			int32_t		end = stop < t->arcs ? stop : t->arcs;

			if (full == NULL)
			{
				for (; at < end; at++)
				{
					PRICE		g = arc[at].weight - price[arc[at].supplier] -
					demander_price[arc[at].demander];

					if (g > gain)
					{
						gain = g;
						best = at;
					}
				}
			}
			else
			{
				for (; at < end; at++)
				{
					PRICE		g = arc[at].weight - price[arc[at].supplier] -
					demander_price[arc[at].demander];

					if (full[at])
						g = -g;
					if (g > gain)
					{
						gain = g;
						best = at;
					}
				}
			}
		}
		for (; at < stop; at++)
		{
			PRICE		g = -price[at - t->arcs];

			if (g > gain)
			{
				gain = g;
				best = at;
			}
		}
		if (at == all)
			at = 0;
		if (best != NONE)
			break;
	}
	s->cursor = at;
	return best;
}

/*
 * What the arc between a node and its parent can still take when flow is
 * added on it, which is always in the direction from supplier to demander.
 */
static inline int64_t
room(const Simplex *s, const SimplexNode *n)
{
	int64_t		limit = arc_limit(s, n->arc);

	return limit == SALON_NO_LIMIT ? limit : limit - n->flow;
}

/*
 * Add to the price of "in" and of all its like in the subtree of "out", which
 * it is in, and take the same from the prices of the other side.  Stores the
 * order of the subtree, and where in it the nodes from "in" up to "out" are;
 * returns how many these are.
 */
static int32_t
shift_prices(Simplex *s, int32_t out, int32_t in, PRICE change)
{
	const SimplexNode *node = s->node;
	int32_t		suppliers = s->t->suppliers;
	PRICE		of_supplier = in < suppliers ? change : -change;
	int32_t		height = 1;
	int32_t		expected;
	int32_t		v = out;

	s->way[0] = NONE;
	s->way[1] = in;
	while (s->way[height] != out)
	{
		s->way[height + 1] = node[s->way[height]].parent;
		height++;
	}
	expected = height;
	for (int32_t k = 0; k < node[out].size; k++)
	{
		s->walked[k] = v;
		if (v == s->way[expected])
			s->way[expected--] = k;
		s->price[v] += v < suppliers ? of_supplier : -of_supplier;
		v = s->next[v];
	}
	salon_steps(&s->steps, node[out].size);
	return height;
}

/*
 * Let a part of the subtree that was walked come after a node; returns its
 * last one.
 */
static inline int32_t
follow_all(Simplex *s, int32_t from, int32_t to, int32_t after)
{
	if (from == to)
		return after;
	follow(s, s->walked[from], after);
	return s->walked[to - 1];
}

/*
 * Hang the subtree of "out" under "onto" by the entering arc, the inner end of
 * which is "in", and shift its prices.
 */
static void
rehang(Simplex *s, int32_t out, int32_t in, int32_t onto, int32_t join,
	   int32_t arc, int64_t flow, PRICE change)
{
	SimplexNode *node = s->node;
	int32_t		height = shift_prices(s, out, in, change);
	int32_t		moved = node[out].size;
	int32_t		old_parent = node[out].parent;
	int32_t		parent = onto;
	int32_t		below = 0;
	int32_t		last = onto;
	int32_t		from = s->way[1] + node[in].size;
	int32_t		to = from;
	int32_t		rest;

	follow(s, s->next[s->walked[moved - 1]], node[out].before);
	rest = s->next[onto];
	for (int32_t k = 1; k <= height; k++)
	{
		int32_t		v = s->walked[s->way[k]];
		SimplexNode old = node[v];

		/* what is around the subtree of the one before */
		last = follow_all(s, s->way[k], from, last);
		from = s->way[k];
		last = follow_all(s, to, from + old.size, last);
		to = from + old.size;

		node[v].parent = parent;
		node[v].arc = arc;
		node[v].flow = flow;
		node[v].size = moved - below;
		parent = v;
		arc = old.arc;
		flow = old.flow;
		below = old.size;
	}
	follow(s, rest, last);
	for (int32_t v = old_parent; v != join; v = node[v].parent)
		node[v].size -= moved;
	for (int32_t v = onto; v != join; v = node[v].parent)
		node[v].size += moved;
}

/* What happens when an arc comes into the tree. */
typedef struct Cycle
{
	int32_t		from;			/* flow enters the arc here */
	int32_t		to;				/* and leaves it here */
	int32_t		join;			/* where the two ways up meet */
	int64_t		amount;			/* that can go round */
	int32_t		out;			/* the arc to its parent is the last that
								 * blocks; NONE: the entering arc itself */
	bool		behind;			/* that is on the way from "to" */
} Cycle;

/*
 * How much can go round, and which arc is the last that blocks?
 */
static inline void
find_blocking(const Simplex *s, Cycle *c)
{
	const SimplexNode *node = s->node;
	int32_t		suppliers = s->t->suppliers;
	int32_t		join = c->join;
	int32_t		out = NONE;
	int32_t		out_behind = NONE;
	int64_t		amount = c->amount;

	for (int32_t v = c->from; v != join; v = node[v].parent)
	{
		int64_t		r = v < suppliers ? node[v].flow : room(s, &node[v]);

		if (r < amount)
		{
			amount = r;
			out = v;
		}
	}
	for (int32_t v = c->to; v != join; v = node[v].parent)
	{
		int64_t		r = v < suppliers ? room(s, &node[v]) : node[v].flow;

		if (r <= amount)
		{
			amount = r;
			out_behind = v;
		}
	}
	c->amount = amount;
	c->behind = out_behind != NONE;
	c->out = c->behind ? out_behind : out;
}

/*
 * Where the two ways up meet.
 */
static inline int32_t
find_join(Simplex *s, int32_t x, int32_t y)
{
	const SimplexNode *node = s->node;
	int64_t		steps = 0;

	while (x != y)
	{
		if (node[x].size < node[y].size)
			x = node[x].parent;
		else
			y = node[y].parent;
		steps++;
	}
	salon_steps(&s->steps, steps);
	return x;
}

/*
 * Send round what can go round.
 */
static inline void
send_round(Simplex *s, const Cycle *c)
{
	SimplexNode *node = s->node;
	int32_t		suppliers = s->t->suppliers;

	if (c->amount == 0)
		return;
	for (int32_t v = c->from; v != c->join; v = node[v].parent)
		node[v].flow += v < suppliers ? -c->amount : c->amount;
	for (int32_t v = c->to; v != c->join; v = node[v].parent)
		node[v].flow += v < suppliers ? c->amount : -c->amount;
}

/*
 * Bring one arc into the tree.  False if nothing blocks the flow.
 */
static bool
pivot(Simplex *s, int32_t arc)
{
	const SalonTransport *t = s->t;
	SimplexNode *node = s->node;
	int64_t		limit = arc_limit(s, arc);
	Cycle		c = {0, 0, 0, limit, NONE, false};
	PRICE		change;
	int64_t		flow;
	bool		from_full = s->full != NULL && arc < t->arcs && s->full[arc];

	if (arc >= t->arcs)
	{
		int32_t		v = arc - t->arcs;

		c.from = v < t->suppliers ? v : s->nodes;
		c.to = v < t->suppliers ? s->nodes : v;
		change = -s->price[v];
	}
	else
	{
		int32_t		i = s->arc[arc].supplier;
		int32_t		j = t->suppliers + s->arc[arc].demander;

		c.from = from_full ? j : i;
		c.to = from_full ? i : j;
		change = s->arc[arc].weight - s->price[i] - s->price[j];
	}
	c.join = find_join(s, c.from, c.to);
	find_blocking(s, &c);
	if (c.amount == SALON_NO_LIMIT)
		return false;
	send_round(s, &c);
	if (c.out == NONE)
	{
		/* the arc goes from one of its bounds to the other */
		s->full[arc] = !s->full[arc];
		return true;
	}

	if (s->full != NULL)
	{
		int32_t		leaving = node[c.out].arc;

		if (leaving < t->arcs)
			s->full[leaving] = node[c.out].flow > 0;
		if (arc < t->arcs)
			s->full[arc] = 0;
	}
	flow = from_full ? limit - c.amount : c.amount;
	if (c.behind)
		rehang(s, c.out, c.to, c.from, c.join, arc, flow, change);
	else
		rehang(s, c.out, c.from, c.to, c.join, arc, flow, change);
	return true;
}

/*
 * Copy the arcs in mixed order, and start.
 */
static void
start(Simplex *s, const PRICE *weight)
{
	SalonTransport *t = s->t;

	s->mix = mix_arcs(t->arcs);
	for (int32_t at = 0; at < t->arcs; at++)
	{
		int32_t		e = arc_at(&s->mix, at);
		SimplexArc *arc = &s->arc[at];

		salon_host_tick_at(s->steps.host, at);
		arc->supplier = t->supplier[e];
		arc->demander = t->demander[e];
		arc->weight = weight[e];
		if (arc->weight > s->max_weight)
			s->max_weight = arc->weight;
	}
	salon_host_tick(s->steps.host);
	start_slack(s);
	if (limited_arcs(t, s->steps.host) >= t->arcs / 2 + 1)
		start_greedily(s);
}

/*
 * Solve.  "careful" looks at all arcs before every choice.
 */
static bool
solve(SalonTransport *t, SalonHost *host, const PRICE *weight,
	  PRICE *price, bool careful, int64_t steps)
{
	Simplex		s;
	int64_t		mark = salon_host_mark(host);
	int32_t		all;
	int32_t		arc;

	memset(&s, 0, sizeof(s));
	s.t = t;
	s.steps.host = host;
	s.steps.most = steps;
	s.nodes = t->suppliers + t->demanders;
	s.price = price;
	all = t->arcs + s.nodes;
	s.block = careful ? all : (int32_t) (2 * sqrt((double) all));
	if (s.block < 16)
		s.block = 16;
	s.arc = salon_host_array(host, t->arcs, sizeof(SimplexArc));
	s.node = salon_host_array(host, (size_t) s.nodes + 1, sizeof(SimplexNode));
	s.next = salon_host_array(host, (size_t) s.nodes + 1, sizeof(int32_t));
	s.walked = salon_host_array(host, s.nodes, sizeof(int32_t));
	s.way = salon_host_array(host, (size_t) s.nodes + 1, sizeof(int32_t));
	if (t->limit != NULL)
	{
		s.full = salon_host_array(host, t->arcs, sizeof(uint8_t));
		memset(s.full, 0, t->arcs);
	}
	host->phase = "network simplex";
	host->share = -1;			/* nobody knows */
	start(&s, weight);

	while ((arc = entering_arc(&s)) != NONE)
	{
		if (s.steps.told >= s.steps.most || !pivot(&s, arc))
			break;
	}

	salon_host_release(host, s.arc);
	if (arc == NONE)
	{
		salon_transport_answer(t, host, mark);
		memset(t->flow, 0, sizeof(int64_t) * (size_t) t->arcs);
		for (int32_t at = 0; s.full != NULL && at < t->arcs; at++)
		{
			salon_host_tick_at(host, at);
			if (s.full[at])
				t->flow[arc_at(&s.mix, at)] = arc_limit(&s, at);
		}
		for (int32_t v = 0; v < s.nodes; v++)
		{
			if (s.node[v].arc < t->arcs)
				t->flow[arc_at(&s.mix, s.node[v].arc)] = s.node[v].flow;
		}
	}
	salon_host_rewind(host, mark);
	return arc == NONE;
}
