/*
 * src/core/barter/matching_core.c
 *
 * Matching of the largest weight in general graphs (Edmonds 1965, "Maximum
 * matching and a polyhedron with 0,1-vertices"; terms as in Galil 1986,
 * "Efficient algorithms for finding maximum matching in graphs").
 *
 * Primal-dual.  Every vertex has a price >= 0, every blossom (a set of an odd
 * number of vertices that is nearly matched inside) a bonus >= 0; no edge is
 * worth more than the prices of its ends and the bonuses of the blossoms
 * around it.  Vertices that are not matched become roots one after the other.
 * A tree of exact edges grows from the root; outer nodes get cheaper and inner
 * ones dearer until the tree meets a vertex that is not matched, or a price of
 * an outer vertex becomes 0: then the path from there to the root changes
 * hands.  In the end whoever is not matched has price 0, so prices and bonuses
 * add up to the weight of the matching, which proves it; this is checked.
 *
 * One root at a time, because then a search touches what is near to it only:
 * prices are kept relative to the progress of the search, and what happens
 * next is taken from a heap whose entries are checked when they come up.
 * Weights are doubled, so everything stays integral.  Where values are equal
 * blossoms may stand in one another thousands deep: whose a vertex is is found
 * by links that get shorter as they are followed, and odd cycles are closed
 * when nothing else can be done.
 *
 * Time: O(n m log n), since every vertex is root once; on sparse graphs near
 * linear.  Memory: about 130 bytes a vertex and 40 an edge.
 */
#include "matching_core.h"

#include <string.h>

#include "../group.h"

#define NONE (-1)
#define UNUSED (-2)				/* parent of a blossom that is not in use */
#define NEVER INT64_MAX

enum
{
	LABEL_NONE,
	LABEL_OUTER,
	LABEL_INNER
};

/* Something that may happen when the search has come so far. */
typedef struct Event
{
	int64_t		time;
	int32_t		what;			/* an arc, or ~blossom */
} Event;

static inline bool
event_before(const Event *a, const Event *b)
{
	return a->time < b->time || (a->time == b->time && a->what < b->what);
}

#define HEAP event
#define HEAP_ELEMENT Event
#define HEAP_ABOVE(a, b, by) event_before(a, b)
#include "../heap.h"

/* Make a vertex the base of a node. */
typedef struct Rotation
{
	int32_t		node;
	int32_t		vertex;
} Rotation;

/*
 * Edge e is the arcs 2e and 2e + 1; an arc a leads to head[a] and comes from
 * head[a ^ 1].  Nodes are the vertices, then the blossoms.
 */
typedef struct Matcher
{
	SalonSteps	steps;
	int32_t		n;
	int32_t		m;
	int32_t		nodes;
	int64_t    *weight;			/* by edge, doubled */
	int32_t    *head;			/* by arc */
	int32_t    *start;			/* by vertex */
	int32_t    *out;			/* arcs by vertex they come from */
	int32_t    *mate;			/* by vertex: arc to its partner, or NONE */
	int64_t    *price;			/* by vertex, relative to the progress */
	int64_t    *near;			/* by vertex: time of its earliest event */
	int32_t    *near_stage;		/* in which search that was */
	int32_t    *top;			/* by node: one further out, or itself */
	int32_t    *follow;			/* next vertex in the list of a node */

	/* by node */
	int64_t    *bonus;			/* relative to the progress */
	int32_t    *parent;
	int32_t    *base;			/* vertex that is not matched inside */
	int32_t    *child;			/* part that has the base */
	int32_t    *next;			/* part beside it, around the cycle */
	int32_t    *prev;
	int32_t    *link;			/* arc that leads to the next part */
	int32_t    *entry;			/* arc by which the search came in */
	int32_t    *first;			/* its vertices */
	int32_t    *last;
	int32_t    *mark;
	uint8_t    *label;

	int32_t    *unused;			/* stack of blossoms */
	int32_t		unused_count;
	int32_t		marks;

	/* the search from one root */
	int32_t		stage;
	int64_t		progress;
	int64_t		limit;			/* when an outer price becomes 0 */
	int32_t		limit_vertex;
	Event	   *heap;
	int32_t		heap_count;
	int32_t		heap_room;
	int32_t    *ready;			/* arcs that are exact already */
	int32_t		ready_count;	/* from its begin: lead to new vertices */
	int32_t		odd_count;		/* from its end: close odd cycles, later */
	int32_t    *queue;			/* outer vertices to look at */
	int32_t		queue_count;
	int32_t    *touched;		/* nodes that got a label */
	int32_t		touched_count;
	int32_t		touched_room;
	Rotation   *rotation;
} Matcher;

static inline void
step(Matcher *g)
{
	salon_steps(&g->steps, 1);
}

/*
** Events
*/

static void
push_event(Matcher *g, int64_t time, int32_t what, bool odd)
{
	Event		event = {time, what};

	/* the search is over by then */
	if (time >= g->limit)
		return;
	/* an arc gets here once as it becomes outer, once when a part is freed */
	if (time == g->progress && what >= 0 &&
		g->ready_count + g->odd_count < 2 * g->m)
	{
		if (odd)
			g->ready[2 * g->m - ++g->odd_count] = what;
		else
			g->ready[g->ready_count++] = what;
		return;
	}
	if (g->heap_count == g->heap_room)
		g->heap = salon_host_grow(g->steps.host, g->heap, sizeof(Event),
								  &g->heap_room);
	g->heap[g->heap_count] = event;
	event_rise(g->heap, g->heap_count++, NULL);
}

/*
** Labels
*/

/*
 * The outermost node around a vertex.
 */
static inline int32_t
outermost(Matcher *g, int32_t v)
{
	int32_t    *top = g->top;

	while (top[v] != top[top[v]])
		v = top[v] = top[top[v]];
	return top[v];
}

static inline int64_t
price_now(Matcher *g, int32_t v)
{
	uint8_t		label = g->label[outermost(g, v)];

	return label == LABEL_OUTER ? g->price[v] - g->progress :
		label == LABEL_INNER ? g->price[v] + g->progress : g->price[v];
}

/*
 * What the prices of the ends exceed the weight of an edge between two
 * outermost nodes by.
 */
static inline int64_t
slack(Matcher *g, int32_t arc)
{
	return price_now(g, g->head[arc]) + price_now(g, g->head[arc ^ 1]) -
		g->weight[arc >> 1];
}

static void
touch(Matcher *g, int32_t node)
{
	if (g->touched_count == g->touched_room)
		g->touched = salon_host_grow(g->steps.host, g->touched,
									 sizeof(int32_t), &g->touched_room);
	g->touched[g->touched_count++] = node;
}

/*
 * A vertex has become an outer one, its price is relative already.
 */
static inline void
add_outer_vertex(Matcher *g, int32_t v)
{
	if (g->price[v] < g->limit)
	{
		g->limit = g->price[v];
		g->limit_vertex = v;
	}
	g->queue[g->queue_count++] = v;
}

static void
label_outer(Matcher *g, int32_t node, int32_t entry)
{
	g->label[node] = LABEL_OUTER;
	g->entry[node] = entry;
	if (node >= g->n)
		g->bonus[node] -= 2 * g->progress;
	touch(g, node);
	for (int32_t v = g->first[node];; v = g->follow[v])
	{
		g->price[v] += g->progress;
		add_outer_vertex(g, v);
		step(g);
		if (v == g->last[node])
			break;
	}
}

static void
label_inner(Matcher *g, int32_t node, int32_t entry)
{
	g->label[node] = LABEL_INNER;
	g->entry[node] = entry;
	if (node >= g->n)
	{
		push_event(g, g->progress + g->bonus[node] / 2, ~node, false);
		g->bonus[node] += 2 * g->progress;
	}
	touch(g, node);
	for (int32_t v = g->first[node];; v = g->follow[v])
	{
		g->price[v] -= g->progress;
		step(g);
		if (v == g->last[node])
			break;
	}
}

/*
 * Look at the edges of the vertices that have become outer ones.
 */
static void
scan_queue(Matcher *g)
{
	while (g->queue_count > 0)
	{
		int32_t		v = g->queue[--g->queue_count];

		for (int32_t k = g->start[v]; k < g->start[v + 1]; k++)
		{
			int32_t		arc = g->out[k];
			int32_t		w = g->head[arc];
			int32_t		node = outermost(g, w);
			int64_t		time;

			step(g);
			if (node == outermost(g, v) || g->label[node] == LABEL_INNER)
				continue;
			if (g->label[node] == LABEL_OUTER)
			{
				push_event(g, g->progress + slack(g, arc) / 2, arc, true);
				continue;
			}
			time = g->progress + slack(g, arc);
			if (g->near_stage[w] == g->stage && g->near[w] <= time)
				continue;
			g->near_stage[w] = g->stage;
			g->near[w] = time;
			push_event(g, time, arc, false);
		}
	}
}

/*
** Blossoms
*/

/*
 * The outer node above an outer node, or NONE for the root.
 */
static inline int32_t
outer_above(Matcher *g, int32_t node)
{
	int32_t		inner;

	if (g->entry[node] == NONE)
		return NONE;
	inner = outermost(g, g->head[g->entry[node] ^ 1]);
	return outermost(g, g->head[g->entry[inner] ^ 1]);
}

/*
 * Where the ways from two outer nodes to the root meet.
 */
static int32_t
meeting(Matcher *g, int32_t x, int32_t y)
{
	int32_t		mark = ++g->marks;

	for (;;)
	{
		if (x != NONE)
		{
			if (g->mark[x] == mark)
				return x;
			g->mark[x] = mark;
			x = outer_above(g, x);
		}
		if (y != NONE)
		{
			if (g->mark[y] == mark)
				return y;
			g->mark[y] = mark;
			y = outer_above(g, y);
		}
	}
}

static inline void
join(Matcher *g, int32_t from, int32_t to, int32_t arc)
{
	g->next[from] = to;
	g->prev[to] = from;
	g->link[from] = arc;
}

/*
 * An exact edge between two outer nodes closes an odd cycle, which becomes one
 * node.
 */
static void
shrink(Matcher *g, int32_t arc)
{
	int32_t		x = outermost(g, g->head[arc ^ 1]);
	int32_t		y = outermost(g, g->head[arc]);
	int32_t		meet = meeting(g, x, y);
	int32_t		blossom = g->unused[--g->unused_count];
	int32_t		part;

	/* from x up to the meeting, from there down to y, and back to x */
	join(g, y, x, arc ^ 1);
	while (x != meet)
	{
		int32_t		inner = outermost(g, g->head[g->entry[x] ^ 1]);
		int32_t		above = outermost(g, g->head[g->entry[inner] ^ 1]);

		join(g, x, inner, g->entry[x] ^ 1);
		join(g, inner, above, g->entry[inner] ^ 1);
		x = above;
	}
	while (y != meet)
	{
		int32_t		inner = outermost(g, g->head[g->entry[y] ^ 1]);
		int32_t		above = outermost(g, g->head[g->entry[inner] ^ 1]);

		join(g, inner, y, g->entry[y]);
		join(g, above, inner, g->entry[inner]);
		y = above;
	}

	g->parent[blossom] = NONE;
	g->top[blossom] = blossom;
	g->child[blossom] = meet;
	g->base[blossom] = g->base[meet];
	g->entry[blossom] = g->entry[meet];
	g->label[blossom] = LABEL_OUTER;
	g->bonus[blossom] = -2 * g->progress;
	g->first[blossom] = g->first[meet];
	touch(g, blossom);
	part = meet;
	do
	{
		bool		inner = g->label[part] == LABEL_INNER;

		g->parent[part] = blossom;
		g->label[part] = LABEL_NONE;
		if (part >= g->n)
			g->bonus[part] += inner ? -2 * g->progress : 2 * g->progress;
		g->top[part] = blossom;
		step(g);
		for (int32_t v = g->first[part]; inner; v = g->follow[v])
		{
			g->price[v] += 2 * g->progress;
			add_outer_vertex(g, v);
			step(g);
			if (v == g->last[part])
				break;
		}
		g->last[blossom] = g->last[part];
		part = g->next[part];
		g->follow[g->last[blossom]] = g->first[part];
	} while (part != meet);
}

/*
 * Say of each vertex of a node that this is the outermost one.
 */
static void
settle(Matcher *g, int32_t node)
{
	g->top[node] = node;
	for (int32_t v = g->first[node];; v = g->follow[v])
	{
		g->top[v] = node;
		step(g);
		if (v == g->last[node])
			break;
	}
}

/*
 * Make the parts of a blossom outermost nodes, which are to be settled.
 */
static void
take_apart(Matcher *g, int32_t blossom)
{
	int32_t		part = g->child[blossom];

	do
	{
		g->parent[part] = NONE;
		g->label[part] = LABEL_NONE;
		step(g);
		part = g->next[part];
	} while (part != g->child[blossom]);
	g->parent[blossom] = UNUSED;
	g->label[blossom] = LABEL_NONE;
	g->unused[g->unused_count++] = blossom;
}

/*
 * The part of a blossom that has a vertex.
 */
static inline int32_t
part_of(const Matcher *g, int32_t blossom, int32_t vertex)
{
	while (g->parent[vertex] != blossom)
		vertex = g->parent[vertex];
	return vertex;
}

/*
 * Is the way from a part to the base of an even number of steps when one goes
 * forwards?
 */
static bool
goes_forwards(const Matcher *g, int32_t blossom, int32_t part)
{
	bool		even = true;

	for (; part != g->child[blossom]; part = g->next[part])
		even = !even;
	return even;
}

/*
 * The bonus of an inner blossom has been used up: its parts become nodes; those
 * between the entry and the base stay in the tree.
 */
static void
expand(Matcher *g, int32_t blossom)
{
	int32_t		entry = g->entry[blossom];
	int32_t		from = part_of(g, blossom, g->head[entry]);
	int32_t		base = g->child[blossom];
	bool		forwards = goes_forwards(g, blossom, from);
	int32_t		part;

	for (int32_t v = g->first[blossom];; v = g->follow[v])
	{
		g->price[v] += g->progress;
		if (v == g->last[blossom])
			break;
	}
	take_apart(g, blossom);
	part = from;
	do
	{
		settle(g, part);
		part = g->next[part];
	} while (part != from);

	for (;;)
	{
		int32_t		outer;

		label_inner(g, part, entry);
		if (part == base)
			break;
		outer = forwards ? g->next[part] : g->prev[part];
		label_outer(g, outer, g->mate[g->base[part]]);
		if (forwards)
		{
			entry = g->link[outer];
			part = g->next[outer];
		}
		else
		{
			part = g->prev[outer];
			entry = g->link[part] ^ 1;
		}
	}

	/* the others are reached by outer vertices that were looked at before */
	for (part = g->next[base]; part != base; part = g->next[part])
	{
		if (g->label[part] != LABEL_NONE)
			continue;
		for (int32_t v = g->first[part];; v = g->follow[v])
		{
			g->near_stage[v] = NONE;
			for (int32_t k = g->start[v]; k < g->start[v + 1]; k++)
			{
				int32_t		arc = g->out[k] ^ 1;

				step(g);
				if (g->label[outermost(g, g->head[arc ^ 1])] == LABEL_OUTER)
					push_event(g, g->progress + slack(g, arc), arc, false);
			}
			if (v == g->last[part])
				break;
		}
	}
}

static inline void
push_rotation(Matcher *g, int32_t *count, int32_t node, int32_t vertex)
{
	g->rotation[*count].node = node;
	g->rotation[*count].vertex = vertex;
	(*count)++;
}

/*
 * Change the matching inside a node such that a vertex becomes its base.
 */
static void
rotate(Matcher *g, int32_t node, int32_t vertex)
{
	int32_t		count = 0;

	push_rotation(g, &count, node, vertex);
	while (count > 0)
	{
		Rotation	r = g->rotation[--count];
		int32_t		part;
		int32_t		from;
		bool		forwards;

		step(g);
		if (r.node < g->n || g->base[r.node] == r.vertex)
			continue;
		from = part_of(g, r.node, r.vertex);
		forwards = goes_forwards(g, r.node, from);
		push_rotation(g, &count, from, r.vertex);
		for (part = from; part != g->child[r.node];)
		{
			int32_t		a = forwards ? g->next[part] : g->prev[part];
			int32_t		b = forwards ? g->next[a] : g->prev[a];
			int32_t		arc = forwards ? g->link[a] : g->link[b] ^ 1;

			push_rotation(g, &count, a, g->head[arc ^ 1]);
			push_rotation(g, &count, b, g->head[arc]);
			g->mate[g->head[arc ^ 1]] = arc;
			g->mate[g->head[arc]] = arc ^ 1;
			part = b;
			step(g);
		}
		g->child[r.node] = from;
		g->base[r.node] = r.vertex;
	}
}

/*
** The search
*/

/*
 * Change the matching from an outer vertex up to the root; the vertex gets a
 * partner by an arc, or none.
 */
static void
flip(Matcher *g, int32_t vertex, int32_t arc)
{
	for (;;)
	{
		int32_t		node = outermost(g, vertex);
		int32_t		inner;

		rotate(g, node, vertex);
		g->mate[vertex] = arc;
		if (g->entry[node] == NONE)
			break;
		inner = outermost(g, g->head[g->entry[node] ^ 1]);
		arc = g->entry[inner];
		rotate(g, inner, g->head[arc]);
		g->mate[g->head[arc]] = arc ^ 1;
		vertex = g->head[arc ^ 1];
	}
}

/*
 * Make prices absolute again, remove labels, and take apart what has no bonus.
 */
static void
end_search(Matcher *g)
{
	for (int32_t k = 0; k < g->touched_count; k++)
	{
		int32_t		node = g->touched[k];
		uint8_t		label = g->label[node];

		if (g->parent[node] != NONE)
			continue;
		if (label != LABEL_NONE)
		{
			int64_t		change = label == LABEL_OUTER ? -g->progress : g->progress;

			for (int32_t v = g->first[node];; v = g->follow[v])
			{
				g->price[v] += change;
				step(g);
				if (v == g->last[node])
					break;
			}
			if (node >= g->n)
				g->bonus[node] -= 2 * change;
			g->label[node] = LABEL_NONE;
		}
		if (node >= g->n && g->bonus[node] == 0)
		{
			int32_t		part = g->child[node];

			take_apart(g, node);
			do
			{
				touch(g, part);
				part = g->next[part];
			} while (part != g->child[node]);
		}
	}
	for (int32_t k = 0; k < g->touched_count; k++)
	{
		if (g->parent[g->touched[k]] == NONE)
			settle(g, g->touched[k]);
	}
	g->touched_count = 0;
	g->heap_count = 0;
	g->ready_count = 0;
	g->odd_count = 0;
	g->queue_count = 0;
}

/*
 * Find a partner for a vertex, or whom to leave without one in its place.
 */
static void
search(Matcher *g, int32_t root)
{
	g->stage++;
	g->progress = 0;
	g->limit = NEVER;
	label_outer(g, outermost(g, root), NONE);
	for (;;)
	{
		Event		event;
		int32_t		node;

		scan_queue(g);
		if (g->ready_count > 0)
		{
			event.time = g->progress;
			event.what = g->ready[--g->ready_count];
		}
		else if (g->odd_count > 0)
		{
			event.time = g->progress;
			event.what = g->ready[2 * g->m - g->odd_count--];
		}
		else if (g->heap_count == 0 || g->heap[0].time >= g->limit)
		{
			g->progress = g->limit;
			flip(g, g->limit_vertex, NONE);
			break;
		}
		else
			event = event_pop(g->heap, &g->heap_count, NULL);
		step(g);
		if (event.what < 0)
		{
			node = ~event.what;
			if (g->parent[node] != NONE || g->label[node] != LABEL_INNER ||
				g->bonus[node] != 2 * event.time)
				continue;
			g->progress = event.time;
			expand(g, node);
			continue;
		}
		node = outermost(g, g->head[event.what]);
		if (node == outermost(g, g->head[event.what ^ 1]) ||
			g->label[node] == LABEL_INNER)
			continue;
		g->progress = event.time;
		if (slack(g, event.what) != 0)
			continue;
		if (g->label[node] == LABEL_OUTER)
			shrink(g, event.what);
		else if (g->mate[g->base[node]] == NONE)
		{
			rotate(g, node, g->head[event.what]);
			g->mate[g->head[event.what]] = event.what ^ 1;
			flip(g, g->head[event.what ^ 1], event.what);
			break;
		}
		else
		{
			int32_t		mate = g->mate[g->base[node]];

			label_inner(g, node, event.what);
			label_outer(g, outermost(g, g->head[mate]), mate);
		}
	}
	end_search(g);
}

/*
 * Is an edge worth its first prices?
 */
static inline bool
is_exact(const Matcher *g, int32_t arc)
{
	return g->weight[arc >> 1] == g->price[g->head[arc]] +
		g->price[g->head[arc ^ 1]];
}

/*
 * How many partners could a vertex be matched with at once?
 */
static int32_t
count_partners(Matcher *g, int32_t v)
{
	int32_t		count = 0;

	for (int32_t k = g->start[v]; k < g->start[v + 1]; k++)
	{
		step(g);
		count += is_exact(g, g->out[k]) && g->mate[g->head[g->out[k]]] == NONE;
	}
	return count;
}

/*
 * Match along exact edges of the first prices, who has the fewest partners to
 * choose from first (Karp and Sipser 1981, "Maximum matchings in sparse random
 * graphs").  Where all values are equal few are left then.
 */
static void
match_fewest_first(Matcher *g)
{
	int32_t    *left = g->near_stage;	/* partners by vertex */
	int32_t    *single = g->queue;
	int32_t		singles = 0;
	int32_t		next = 0;

	for (int32_t v = 0; v < g->n; v++)
	{
		left[v] = count_partners(g, v);
		if (left[v] == 1)
			single[singles++] = v;
	}
	for (;;)
	{
		int32_t		best = NONE;
		int32_t		pair[2];

		if (singles > 0)
			pair[0] = single[--singles];
		else if (next < g->n)
			pair[0] = next++;
		else
			break;
		if (g->mate[pair[0]] != NONE || left[pair[0]] == 0)
			continue;
		for (int32_t k = g->start[pair[0]]; k < g->start[pair[0] + 1]; k++)
		{
			int32_t		arc = g->out[k];

			step(g);
			if (is_exact(g, arc) && g->mate[g->head[arc]] == NONE &&
				(best == NONE || left[g->head[arc]] < left[g->head[best]]))
				best = arc;
		}
		if (best == NONE)
			continue;
		pair[1] = g->head[best];
		g->mate[pair[0]] = best;
		g->mate[pair[1]] = best ^ 1;
		for (int which = 0; which < 2; which++)
		{
			for (int32_t k = g->start[pair[which]];
				 k < g->start[pair[which] + 1]; k++)
			{
				int32_t		other = g->head[g->out[k]];

				step(g);
				if (is_exact(g, g->out[k]) && g->mate[other] == NONE &&
					--left[other] == 1)
					single[singles++] = other;
			}
		}
	}
	for (int32_t v = 0; v < g->n; v++)
		g->near_stage[v] = NONE;
}

/*
 * First prices: as low as the prices given before allow; and whoever has an
 * exact edge to somebody without a partner is matched.
 */
static void
begin_prices(Matcher *g)
{
	for (int32_t v = 0; v < g->n; v++)
	{
		g->price[v] = 0;
		for (int32_t k = g->start[v]; k < g->start[v + 1]; k++)
		{
			if (g->weight[g->out[k] >> 1] / 2 > g->price[v])
				g->price[v] = g->weight[g->out[k] >> 1] / 2;
		}
	}
	match_fewest_first(g);
	for (int32_t v = 0; v < g->n; v++)
	{
		int64_t		price = 0;
		int32_t		best = NONE;

		for (int32_t k = g->start[v]; k < g->start[v + 1]; k++)
		{
			int32_t		arc = g->out[k];
			int64_t		need = g->weight[arc >> 1] - g->price[g->head[arc]];

			step(g);
			if (need > price)
			{
				price = need;
				best = NONE;
			}
			if (need == price && best == NONE &&
				g->mate[g->head[arc]] == NONE)
				best = arc;
		}
		/* whoever is matched keeps its exact edge */
		if (g->mate[v] != NONE)
			continue;
		g->price[v] = price;
		if (best != NONE)
		{
			g->mate[v] = best;
			g->mate[g->head[best]] = best ^ 1;
		}
	}
}

/*
** Proof
*/

/*
 * What the proof needs to know about blossoms, in memory of the searches.
 * Blossoms may stand in one another many thousand deep.
 */
typedef struct Nest
{
	int32_t    *place;			/* by vertex: in the list of its outermost
								 * node */
	int32_t    *depth;			/* by node: how many are around a blossom */
	int32_t    *jump;			/* by node: one of those, or itself */
	int64_t    *sum;			/* by blossom: bonuses of it and those around */
} Nest;

/*
 * Give a blossom its depth; that around it has one.
 */
static void
nest_blossom(const Matcher *g, Nest *nest, int32_t b)
{
	int32_t		around = g->parent[b];
	int32_t		far;

	if (around < 0)
	{
		nest->depth[b] = 0;
		nest->jump[b] = b;
		nest->sum[b - g->n] = g->bonus[b];
		return;
	}
	/* jumps are as long as numbers of a skew binary system */
	far = nest->jump[around];
	nest->depth[b] = nest->depth[around] + 1;
	nest->jump[b] = nest->depth[around] - nest->depth[far] ==
		nest->depth[far] - nest->depth[nest->jump[far]] ?
		nest->jump[far] : around;
	nest->sum[b - g->n] = nest->sum[around - g->n] + g->bonus[b];
}

static void
make_nest(Matcher *g, Nest *nest)
{
	nest->place = g->near_stage;
	nest->depth = g->mark;
	nest->jump = g->entry;
	nest->sum = g->near;
	for (int32_t b = g->n; b < g->nodes; b++)
		nest->depth[b] = NONE;
	for (int32_t b = g->n; b < g->nodes; b++)
	{
		int32_t		count = 0;

		for (int32_t up = b; up >= 0 && nest->depth[up] == NONE &&
			 g->parent[up] != UNUSED; up = g->parent[up])
			g->queue[count++] = up;
		while (count > 0)
			nest_blossom(g, nest, g->queue[--count]);
		step(g);
	}
	for (int32_t node = 0; node < g->nodes; node++)
	{
		int32_t		place = 0;

		if (g->parent[node] != NONE)
			continue;
		for (int32_t v = g->first[node];; v = g->follow[v])
		{
			nest->place[v] = place++;
			step(g);
			if (v == g->last[node])
				break;
		}
	}
}

/*
 * Bonuses of the blossoms around both ends of an edge.
 */
static int64_t
common_bonus(Matcher *g, const Nest *nest, int32_t edge)
{
	int32_t		x = g->parent[g->head[2 * edge]];
	int32_t		y = g->parent[g->head[2 * edge + 1]];

	if (x < 0 || y < 0)
		return 0;
	while (x != y)
	{
		step(g);
		if (nest->depth[x] < nest->depth[y])
		{
			int32_t		swap = x;

			x = y;
			y = swap;
		}
		if (nest->depth[x] > nest->depth[y])
			x = nest->depth[nest->jump[x]] >= nest->depth[y] ?
				nest->jump[x] : g->parent[x];
		else if (nest->depth[x] == 0)
			return 0;
		else if (nest->jump[x] != nest->jump[y])
		{
			x = nest->jump[x];
			y = nest->jump[y];
		}
		else
		{
			x = g->parent[x];
			y = g->parent[y];
		}
	}
	return nest->sum[x - g->n];
}

/*
 * Do prices and bonuses prove the matching?
 */
static bool
is_proved(Matcher *g)
{
	int64_t		dual = 0;
	int64_t		primal = 0;
	Nest		nest;

	make_nest(g, &nest);
	for (int32_t v = 0; v < g->n; v++)
	{
		if (g->price[v] < 0)
			return false;
		dual += g->price[v];
		if (g->mate[v] != NONE)
		{
			if (g->head[g->mate[v] ^ 1] != v ||
				g->mate[g->head[g->mate[v]]] != (g->mate[v] ^ 1))
				return false;
			if ((g->mate[v] & 1) == 0)
				primal += g->weight[g->mate[v] >> 1];
		}
	}
	for (int32_t b = g->n; b < g->nodes; b++)
	{
		int32_t		size;

		step(g);
		if (g->parent[b] == UNUSED)
			continue;
		if (g->bonus[b] < 0)
			return false;
		size = nest.place[g->last[b]] - nest.place[g->first[b]] + 1;
		dual += g->bonus[b] * (size / 2);
	}
	for (int32_t e = 0; e < g->m; e++)
	{
		int64_t		over = g->weight[e] - g->price[g->head[2 * e]] -
		g->price[g->head[2 * e + 1]];

		step(g);
		if (over > 0 && over > common_bonus(g, &nest, e))
			return false;
	}
	return primal == dual;
}

/*
** Set-up
*/

static void
set_up(Matcher *g, const SalonMatching *m, SalonHost *host)
{
	int32_t		n = m->vertices;
	size_t		nodes = (size_t) n + (size_t) n / 2 + 1;

	memset(g, 0, sizeof(*g));
	g->steps.host = host;
	g->n = n;
	g->m = m->edges;
	g->nodes = (int32_t) nodes;
	g->weight = salon_host_array(host, m->edges, sizeof(int64_t));
	g->head = salon_host_array(host, 2 * (size_t) m->edges, sizeof(int32_t));
	g->start = salon_host_array(host, (size_t) n + 1, sizeof(int32_t));
	g->out = salon_host_array(host, 2 * (size_t) m->edges, sizeof(int32_t));
	g->mate = salon_host_array(host, n, sizeof(int32_t));
	g->price = salon_host_array(host, n, sizeof(int64_t));
	g->near = salon_host_array(host, n, sizeof(int64_t));
	g->near_stage = salon_host_array(host, n, sizeof(int32_t));
	g->top = salon_host_array(host, nodes, sizeof(int32_t));
	g->follow = salon_host_array(host, n, sizeof(int32_t));
	g->queue = salon_host_array(host, n, sizeof(int32_t));
	g->ready = salon_host_array(host, 2 * (size_t) m->edges, sizeof(int32_t));
	g->bonus = salon_host_array(host, nodes, sizeof(int64_t));
	g->parent = salon_host_array(host, nodes, sizeof(int32_t));
	g->base = salon_host_array(host, nodes, sizeof(int32_t));
	g->child = salon_host_array(host, nodes, sizeof(int32_t));
	g->next = salon_host_array(host, nodes, sizeof(int32_t));
	g->prev = salon_host_array(host, nodes, sizeof(int32_t));
	g->link = salon_host_array(host, nodes, sizeof(int32_t));
	g->entry = salon_host_array(host, nodes, sizeof(int32_t));
	g->first = salon_host_array(host, nodes, sizeof(int32_t));
	g->last = salon_host_array(host, nodes, sizeof(int32_t));
	g->mark = salon_host_array(host, nodes, sizeof(int32_t));
	g->label = salon_host_array(host, nodes, sizeof(uint8_t));
	g->unused = salon_host_array(host, nodes, sizeof(int32_t));
	g->rotation = salon_host_array(host, 2 * nodes, sizeof(Rotation));

	memset(g->mark, 0, sizeof(int32_t) * nodes);
	memset(g->label, 0, nodes);
	memset(g->bonus, 0, sizeof(int64_t) * nodes);
	for (int32_t e = 0; e < g->m; e++)
	{
		g->weight[e] = 2 * m->weight[e];
		g->head[2 * e] = m->end[2 * e + 1];
		g->head[2 * e + 1] = m->end[2 * e];
		step(g);
	}
	/* where an arc comes from */
	salon_group(&g->steps, m->end, n, NULL, 2 * g->m, g->start, g->out);
	for (int32_t v = 0; v < n; v++)
	{
		g->mate[v] = NONE;
		g->near_stage[v] = NONE;
		g->top[v] = v;
		g->follow[v] = NONE;
		g->parent[v] = NONE;
		g->base[v] = v;
		g->first[v] = v;
		g->last[v] = v;
	}
	for (int32_t b = g->nodes - 1; b >= n; b--)
	{
		g->parent[b] = UNUSED;
		g->unused[g->unused_count++] = b;
	}
	salon_host_tick(host);
}

/*
 * Find the matching of the largest weight; false when it could not be proved,
 * which cannot happen.
 */
bool
salon_matching_solve(SalonMatching *m, SalonHost *host)
{
	Matcher		g;
	int64_t		mark = salon_host_mark(host);
	bool		proved;

	set_up(&g, m, host);
	begin_prices(&g);
	for (int32_t v = 0; v < g.n; v++)
	{
		if (g.mate[v] == NONE && g.price[v] > 0)
			search(&g, v);
		host->share = (double) v / g.n;
	}
	proved = is_proved(&g);
	m->total = 0;
	for (int32_t v = 0; v < g.n; v++)
	{
		m->mate[v] = g.mate[v] == NONE ? NONE : g.mate[v] >> 1;
		if (g.mate[v] != NONE && (g.mate[v] & 1) == 0)
			m->total += m->weight[g.mate[v] >> 1];
	}
	salon_host_rewind(host, mark);
	return proved;
}
