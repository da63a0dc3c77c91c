/*
 * src/core/allocate/network_simplex_core.c
 *
 * Primal network simplex for the transportation problem with slack.
 *
 * A root node takes what suppliers keep and gives what demanders do not get.
 * The first basis is its slack arcs, or where most arcs have limits what a
 * greedy choice makes of them: both are feasible and strongly feasible, so no
 * big cost and no first phase are needed.  The tree is held as lists of children with the sizes of
 * subtrees; the entering arc is the worst one of a block of arcs; the leaving
 * arc is the last one that blocks, seen in the direction of the flow from the
 * join of the cycle, which keeps the tree strongly feasible, so the method
 * cannot cycle (Cunningham 1976, "A network simplex method", Math. Prog.
 * 11:105-116; block search: Grigoriadis 1986; subtree sizes for the join, and
 * arcs in mixed order: see Kovacs 2015, "Minimum-cost flow algorithms: an
 * experimental evaluation", OMS 30(1):94-127).
 *
 * Arcs are looked at in strides of about the root of their number, so that a
 * block holds arcs of many suppliers: where many values are equal, one after
 * the other would be moved to the same party otherwise.
 *
 * Prices are kept so that the price of a supplier and that of a demander sum
 * up to the weight on every tree arc, and the root's is 0: an arc outside the
 * tree can improve the result when its weight exceeds the sum of the prices
 * of its ends, a slack arc when the price of its party is negative.
 *
 * Time: exponential in theory, near (parties * arcs) ^ 1 to 1.2 in practice.
 * Memory: 16 bytes an arc and 48 a party, and one byte an arc if some arc has
 * a limit; 16 bytes more for each with wide numbers.
 * Limits: parties * max_weight * 4 < 2^63, or 2^127 with wide numbers; parties
 * and arcs < 2^30.
 */
#include "network_simplex_core.h"

#include <math.h>
#include <string.h>

#define NONE (-1)

/* Sorts of weight that the greedy start tells apart */
#define GREEDY_STEPS 255

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

#define PRICE int64_t
#define NAME(x) narrow_ ## x
#include "network_simplex_template.h"
#undef PRICE
#undef NAME

#define PRICE salon_wide
#define NAME(x) wide_ ## x
#include "network_simplex_template.h"
#undef PRICE
#undef NAME

/*
 * Solve.  "careful" looks at all arcs before every choice, which is slow but
 * takes another way through the bases.  False if there is no finite optimum,
 * or none was found within about that many steps.
 */
bool
salon_network_simplex(SalonTransport *t, SalonHost *host, bool careful,
					  int64_t steps)
{
	int64_t    *price = salon_host_array(host, (size_t) t->suppliers +
										 (size_t) t->demanders + 1,
										 sizeof(int64_t));
	bool		solved = narrow_solve(t, host, t->weight, price, careful, steps);

	if (solved)
	{
		memcpy(t->supplier_price, price,
			   sizeof(int64_t) * (size_t) t->suppliers);
		memcpy(t->demander_price, price + t->suppliers,
			   sizeof(int64_t) * (size_t) t->demanders);
	}
	salon_host_release(host, price);
	return solved;
}

/*
 * The same with weights of 128 bits.  The prices of suppliers and demanders go
 * into one array, which has room for one more.
 */
bool
salon_network_simplex_wide(SalonTransport *t, SalonHost *host,
						   const salon_wide *weight, salon_wide *price,
						   int64_t steps)
{
	return wide_solve(t, host, weight, price, false, steps);
}
