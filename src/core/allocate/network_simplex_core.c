/*
 * src/core/allocate/network_simplex_core.c
 *
 * Primal network simplex for the transportation problem with slack.
 *
 * A root node takes what suppliers keep and gives what demanders do not get.
 * Its slack arcs form the first basis, which is feasible and strongly
 * feasible: no big cost and no first phase are needed.  The tree is held as
 * lists of children with the sizes of subtrees; the entering arc is the worst
 * one of a block of arcs; the leaving arc is the last one that blocks, seen in
 * the direction of the flow from the join of the cycle, which keeps the tree
 * strongly feasible, so the method cannot cycle (Cunningham 1976, "A network
 * simplex method", Math. Prog. 11:105-116; block search: Grigoriadis 1986;
 * subtree sizes for the join: see Kovacs 2015, "Minimum-cost flow algorithms:
 * an experimental evaluation", OMS 30(1):94-127).
 *
 * Prices are kept so that the price of a supplier and that of a demander sum
 * up to the weight on every tree arc, and the root's is 0: an arc outside the
 * tree can improve the result when its weight exceeds the sum of the prices
 * of its ends, a slack arc when the price of its party is negative.
 *
 * Time: exponential in theory, near (parties * arcs) ^ 1 to 1.2 in practice.
 * Memory: 48 bytes a party, and one byte an arc if some arc has a limit.
 * Limits: parties * max_weight * 4 < 2^63; parties and arcs < 2^30.
 */
#include "network_simplex_core.h"

#include <math.h>
#include <string.h>

#define NONE (-1)

typedef struct SimplexNode
{
	int64_t		flow;			/* on the arc to the parent */
	int32_t		parent;
	int32_t		arc;			/* to the parent; arcs + node: slack arc */
	int32_t		child;			/* first one */
	int32_t		next;			/* sibling */
	int32_t		prev;			/* sibling */
	int32_t		size;			/* of the subtree, this node included */
} SimplexNode;

typedef struct Simplex
{
	SalonTransport *t;
	SalonHost  *host;
	int32_t		nodes;			/* parties; the root is the one after them */
	SimplexNode *node;
	int64_t    *price;			/* by node */
	uint8_t    *full;			/* by arc: outside the tree, at its limit */
	int32_t		cursor;			/* where the next search starts */
	int32_t		block;			/* arcs looked at before one is chosen */
	int64_t		steps;			/* since the last tick */
	int64_t		budget;			/* steps left before giving up */
} Simplex;

/*
 * Take a node out of its parent's list of children.
 */
static inline void
unlink_child(SimplexNode *node, int32_t v)
{
	SimplexNode *n = &node[v];

	if (n->prev == NONE)
		node[n->parent].child = n->next;
	else
		node[n->prev].next = n->next;
	if (n->next != NONE)
		node[n->next].prev = n->prev;
}

/*
 * Put a node at the front of its parent's list of children.
 */
static inline void
link_child(SimplexNode *node, int32_t v)
{
	SimplexNode *n = &node[v];
	int32_t		first = node[n->parent].child;

	n->prev = NONE;
	n->next = first;
	if (first != NONE)
		node[first].prev = v;
	node[n->parent].child = v;
}

/*
 * Let the host speak after enough steps.
 */
static inline void
count_steps(Simplex *s, int64_t steps)
{
	s->steps += steps;
	if (s->steps >= SALON_TICK_STEPS)
	{
		s->budget -= s->steps;
		s->steps = 0;
		salon_host_tick(s->host);
	}
}

/*
 * Start with the slack arcs as the tree.
 */
static void
start_tree(Simplex *s)
{
	SalonTransport *t = s->t;
	int32_t		root = s->nodes;

	for (int32_t v = 0; v < root; v++)
	{
		SimplexNode *n = &s->node[v];

		n->parent = root;
		n->arc = t->arcs + v;
		n->child = NONE;
		n->prev = v - 1;		/* NONE for the first */
		n->next = v + 1 < root ? v + 1 : NONE;
		n->size = 1;
		n->flow = v < t->suppliers ?
			t->offered[v] : t->needed[v - t->suppliers];
		s->price[v] = 0;
	}
	s->node[root].parent = NONE;
	s->node[root].arc = NONE;
	s->node[root].child = root > 0 ? 0 : NONE;
	s->node[root].next = NONE;
	s->node[root].prev = NONE;
	s->node[root].size = root + 1;
	s->node[root].flow = 0;
	s->price[root] = 0;
}

/*
 * Find an arc that improves the result: the best of the first block that has
 * one, going round from where the last search ended.  NONE if there is none.
 */
static int32_t
entering_arc(Simplex *s)
{
	const SalonTransport *t = s->t;
	const int32_t *supplier = t->supplier;
	const int32_t *demander = t->demander;
	const int64_t *weight = t->weight;
	const int64_t *price = s->price;
	const int64_t *demander_price = s->price + t->suppliers;
	const uint8_t *full = s->full;
	int32_t		all = t->arcs + s->nodes;
	int32_t		left = all;
	int32_t		at = s->cursor;
	int32_t		best = NONE;
	int64_t		gain = 0;

	while (left > 0)
	{
		int32_t		stop = at + s->block;

		if (stop > all)
			stop = all;
		if (stop - at > left)
			stop = at + left;
		left -= stop - at;
		count_steps(s, stop - at);
		if (at < t->arcs)
		{
			int32_t		end = stop < t->arcs ? stop : t->arcs;

			if (full == NULL)
			{
				for (; at < end; at++)
				{
					int64_t		g = weight[at] - price[supplier[at]] -
					demander_price[demander[at]];

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
					int64_t		g = weight[at] - price[supplier[at]] -
					demander_price[demander[at]];

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
			int64_t		g = -price[at - t->arcs];

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
 * The most that may flow on an arc.
 */
static inline int64_t
arc_limit(const SalonTransport *t, int32_t arc)
{
	return t->limit == NULL || arc >= t->arcs ? SALON_NO_LIMIT : t->limit[arc];
}

/*
 * What the arc between a node and its parent can still take when flow is
 * added on it, which is always in the direction from supplier to demander.
 */
static inline int64_t
room(const SalonTransport *t, const SimplexNode *n)
{
	int64_t		limit = arc_limit(t, n->arc);

	return limit == SALON_NO_LIMIT ? limit : limit - n->flow;
}

/*
 * Hang the part of the tree below "out" under "onto" by the entering arc, the
 * inner end of which is "in".
 */
static void
rehang(Simplex *s, int32_t out, int32_t in, int32_t onto, int32_t join,
	   int32_t arc, int64_t flow)
{
	SimplexNode *node = s->node;
	int32_t		moved = node[out].size;
	int32_t		old_parent = node[out].parent;
	int32_t		v = in;
	int32_t		below = 0;
	int32_t		parent = onto;

	for (;;)
	{
		SimplexNode *n = &node[v];
		int32_t		next_parent = n->parent;
		int32_t		next_arc = n->arc;
		int64_t		next_flow = n->flow;
		int32_t		next_below = n->size;

		unlink_child(node, v);
		n->parent = parent;
		n->arc = arc;
		n->flow = flow;
		n->size = moved - below;
		link_child(node, v);
		if (v == out)
			break;
		parent = v;
		arc = next_arc;
		flow = next_flow;
		below = next_below;
		v = next_parent;
	}
	for (v = old_parent; v != join; v = node[v].parent)
		node[v].size -= moved;
	for (v = onto; v != join; v = node[v].parent)
		node[v].size += moved;
}

/*
 * Add to the price of "top" and of all its like in its subtree, and take the
 * same from the prices of the other side.
 */
static void
shift_prices(Simplex *s, int32_t top, int64_t change)
{
	const SimplexNode *node = s->node;
	int64_t    *price = s->price;
	int32_t		suppliers = s->t->suppliers;
	int64_t		of_supplier = top < suppliers ? change : -change;
	int32_t		v = top;

	for (;;)
	{
		price[v] += v < suppliers ? of_supplier : -of_supplier;
		if (node[v].child != NONE)
			v = node[v].child;
		else
		{
			while (v != top && node[v].next == NONE)
				v = node[v].parent;
			if (v == top)
				break;
			v = node[v].next;
		}
	}
	count_steps(s, node[top].size);
}

/*
 * Bring one arc into the tree.  False if nothing blocks the flow.
 */
static bool
pivot(Simplex *s, int32_t arc)
{
	const SalonTransport *t = s->t;
	SimplexNode *node = s->node;
	int32_t		suppliers = t->suppliers;
	int32_t		from;			/* flow enters the arc here */
	int32_t		to;				/* and leaves it here */
	int32_t		join;
	int32_t		out = NONE;
	bool		out_behind = false;
	int64_t		limit = arc_limit(t, arc);
	int64_t		amount = limit;
	int64_t		change;
	int64_t		steps = 0;
	int64_t		flow;
	bool		from_full = s->full != NULL && arc < t->arcs && s->full[arc];

	if (arc >= t->arcs)
	{
		int32_t		v = arc - t->arcs;

		from = v < suppliers ? v : s->nodes;
		to = v < suppliers ? s->nodes : v;
		change = -s->price[v];
	}
	else
	{
		from = t->supplier[arc];
		to = suppliers + t->demander[arc];
		change = t->weight[arc] - s->price[from] - s->price[to];
		if (from_full)
		{
			int32_t		swap = from;

			from = to;
			to = swap;
		}
	}

	/* where the two ways up meet */
	{
		int32_t		x = from;
		int32_t		y = to;

		while (x != y)
		{
			if (node[x].size < node[y].size)
				x = node[x].parent;
			else
				y = node[y].parent;
			steps++;
		}
		join = x;
	}

	/* how much can go round, and which arc is the last that blocks */
	for (int32_t v = from; v != join; v = node[v].parent)
	{
		int64_t		r = v < suppliers ? node[v].flow : room(t, &node[v]);

		if (r < amount)
		{
			amount = r;
			out = v;
		}
	}
	for (int32_t v = to; v != join; v = node[v].parent)
	{
		int64_t		r = v < suppliers ? room(t, &node[v]) : node[v].flow;

		if (r <= amount)
		{
			amount = r;
			out = v;
			out_behind = true;
		}
	}
	if (amount == SALON_NO_LIMIT)
		return false;

	if (amount > 0)
	{
		for (int32_t v = from; v != join; v = node[v].parent)
			node[v].flow += v < suppliers ? -amount : amount;
		for (int32_t v = to; v != join; v = node[v].parent)
			node[v].flow += v < suppliers ? amount : -amount;
	}
	count_steps(s, steps);

	if (out == NONE)
	{
		/* the arc goes from one of its bounds to the other */
		s->full[arc] = !s->full[arc];
		return true;
	}

	if (s->full != NULL)
	{
		int32_t		leaving = node[out].arc;

		if (leaving < t->arcs)
			s->full[leaving] = node[out].flow > 0;
		if (arc < t->arcs)
			s->full[arc] = 0;
	}
	flow = from_full ? limit - amount : amount;
	if (out_behind)
	{
		rehang(s, out, to, from, join, arc, flow);
		shift_prices(s, to, change);
	}
	else
	{
		rehang(s, out, from, to, join, arc, flow);
		shift_prices(s, from, change);
	}
	return true;
}

/*
 * Solve.  "careful" looks at all arcs before every choice, which is slow but
 * takes another way through the bases.  False if there is no finite optimum,
 * or none was found within about that many steps.
 */
bool
salon_network_simplex(SalonTransport *t, SalonHost *host, bool careful,
					  int64_t steps)
{
	Simplex		s;
	int32_t		all;
	int32_t		arc;

	memset(&s, 0, sizeof(s));
	s.t = t;
	s.host = host;
	s.budget = steps;
	s.nodes = t->suppliers + t->demanders;
	all = t->arcs + s.nodes;
	s.block = careful ? all : (int32_t) (2 * sqrt((double) all));
	if (s.block < 16)
		s.block = 16;
	s.node = salon_host_array(host, (size_t) s.nodes + 1, sizeof(SimplexNode));
	s.price = salon_host_array(host, (size_t) s.nodes + 1, sizeof(int64_t));
	if (t->limit != NULL)
	{
		s.full = salon_host_array(host, t->arcs, sizeof(uint8_t));
		memset(s.full, 0, t->arcs);
	}
	host->phase = "network simplex";
	host->share = -1;			/* nobody knows */
	start_tree(&s);

	while ((arc = entering_arc(&s)) != NONE)
	{
		if (s.budget <= 0 || !pivot(&s, arc))
			break;
	}

	if (arc == NONE)
	{
		salon_transport_answer(t, host);
		for (int32_t e = 0; e < t->arcs; e++)
			t->flow[e] = s.full != NULL && s.full[e] ? t->limit[e] : 0;
		for (int32_t v = 0; v < s.nodes; v++)
		{
			if (s.node[v].arc < t->arcs)
				t->flow[s.node[v].arc] = s.node[v].flow;
		}
		memcpy(t->supplier_price, s.price,
			   sizeof(int64_t) * (size_t) t->suppliers);
		memcpy(t->demander_price, s.price + t->suppliers,
			   sizeof(int64_t) * (size_t) t->demanders);
	}
	salon_host_release(host, s.full);
	salon_host_release(host, s.price);
	salon_host_release(host, s.node);
	return arc == NONE;
}
