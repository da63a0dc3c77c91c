/*
 * src/core/barter/cover_core.c
 *
 * Disjoint cycles of any length: an assignment in which every vertex gives to
 * one vertex and takes from one, possibly itself at no worth.  What gives to
 * itself is in no cycle.
 *
 * Successive shortest paths with prices (Hungarian method; Dijkstra's
 * algorithm on reduced worths as in Tomizawa 1971 and Jonker and Volgenant
 * 1987), after prices are lowered by column and whoever can takes its best
 * vertex.  In the end profits and prices add up to the total weight and no arc
 * is worth more than profit and price at its ends, which proves it; this is
 * checked.
 *
 * Time: O(n m log n), less when most vertices get their best one at first.
 * Memory: about 60 bytes a vertex and 16 an arc.
 */
#include "cover_core.h"

#include <string.h>

#define NONE (-1)

typedef struct Reach
{
	int64_t		distance;
	int32_t		taker;
} Reach;

static inline bool
reach_before(const Reach *a, const Reach *b)
{
	return a->distance < b->distance ||
		(a->distance == b->distance && a->taker < b->taker);
}

#define HEAP reach
#define HEAP_ELEMENT Reach
#define HEAP_ABOVE(a, b, by) reach_before(a, b)
#include "../heap.h"

typedef struct Coverer
{
	SalonSteps	steps;
	const SalonCover *c;
	int64_t    *profit;			/* by giver */
	int64_t    *price;			/* by taker */
	int32_t    *giver;			/* by taker, or NONE */
	int32_t    *arc;			/* by giver: its arc, or NONE for itself */
	bool	   *settled;		/* by giver: it has a taker */
	int64_t    *distance;		/* by taker */
	int32_t    *from;			/* by taker: giver it is reached from */
	int32_t    *via;			/* by taker: by which arc */
	int32_t    *seen;			/* by taker: in which search it was reached */
	int32_t    *done;			/* by taker: in which search it was passed */
	int32_t    *passed;			/* takers passed in this search */
	Reach	   *heap;
	int32_t		heap_count;
	int32_t		heap_room;
	int32_t    *near;			/* takers at the distance of the search */
	int32_t		near_count;
} Coverer;

static void
push(Coverer *g, int64_t distance, int32_t taker)
{
	Reach		reach = {distance, taker};

	if (g->heap_count == g->heap_room)
		g->heap = salon_host_grow(g->steps.host, g->heap, sizeof(Reach),
								  &g->heap_room);
	g->heap[g->heap_count] = reach;
	reach_rise(g->heap, g->heap_count++, NULL);
}

/*
 * Prices such that every taker pays the most that anybody would, then profits,
 * then everybody takes its best vertex if nobody else has.
 */
static void
begin(Coverer *g)
{
	const SalonCover *c = g->c;

	for (int32_t v = 0; v < c->vertices; v++)
	{
		g->price[v] = 0;
		g->giver[v] = NONE;
		g->seen[v] = NONE;
		g->done[v] = NONE;
	}
	for (int32_t a = 0; a < c->start[c->vertices]; a++)
	{
		if (c->weight[a] > g->price[c->head[a]])
			g->price[c->head[a]] = c->weight[a];
		salon_steps(&g->steps, 1);
	}
	for (int32_t u = 0; u < c->vertices; u++)
	{
		int32_t		best = NONE;
		int32_t		taker = u;
		bool		is_free = g->giver[u] == NONE;

		g->profit[u] = -g->price[u];
		for (int32_t a = c->start[u]; a < c->start[u + 1]; a++)
		{
			int64_t		worth = c->weight[a] - g->price[c->head[a]];
			bool		free_head = g->giver[c->head[a]] == NONE;

			salon_steps(&g->steps, 1);
			if (worth > g->profit[u] ||
				(worth == g->profit[u] && free_head && !is_free))
			{
				g->profit[u] = worth;
				best = a;
				taker = c->head[a];
				is_free = free_head;
			}
		}
		g->settled[u] = is_free;
		if (is_free)
		{
			g->giver[taker] = u;
			g->arc[u] = best;
		}
	}
}

static inline void
reach(Coverer *g, int32_t search, int32_t giver, int32_t taker, int32_t arc,
	  int64_t now, int64_t distance)
{
	if (g->done[taker] == search ||
		(g->seen[taker] == search && g->distance[taker] <= distance))
		return;
	g->seen[taker] = search;
	g->distance[taker] = distance;
	g->from[taker] = giver;
	g->via[taker] = arc;
	if (distance == now)
		g->near[g->near_count++] = taker;
	else
		push(g, distance, taker);
}

/*
 * Give a vertex a taker by a shortest path of changes.
 */
static void
search(Coverer *g, int32_t root)
{
	const SalonCover *c = g->c;
	int32_t		giver = root;
	int32_t		end;
	int32_t		passed = 0;
	int64_t		distance = 0;
	Reach		next;

	g->heap_count = 0;
	g->near_count = 0;
	for (;;)
	{
		int64_t		base = distance + g->profit[giver];

		reach(g, root, giver, giver, NONE, distance, base + g->price[giver]);
		for (int32_t a = c->start[giver]; a < c->start[giver + 1]; a++)
		{
			reach(g, root, giver, c->head[a], a, distance,
				  base + g->price[c->head[a]] - c->weight[a]);
			salon_steps(&g->steps, 1);
		}

		/* there always is one: not all givers are settled */
		do
		{
			if (g->near_count > 0)
			{
				next.distance = distance;
				next.taker = g->near[--g->near_count];
			}
			else
				next = reach_pop(g->heap, &g->heap_count, NULL);
			salon_steps(&g->steps, 1);
		} while (g->done[next.taker] == root);
		distance = next.distance;
		end = next.taker;
		if (g->giver[end] == NONE)
			break;
		g->done[end] = root;
		g->passed[passed++] = end;
		giver = g->giver[end];
	}
	g->profit[root] -= distance;
	for (int32_t k = 0; k < passed; k++)
	{
		int32_t		taker = g->passed[k];

		g->price[taker] += distance - g->distance[taker];
		g->profit[g->giver[taker]] -= distance - g->distance[taker];
	}
	for (;;)
	{
		int32_t		before = g->from[end];
		int32_t		arc = g->arc[before];

		g->giver[end] = before;
		g->arc[before] = g->via[end];
		if (before == root)
			break;
		end = arc == NONE ? before : c->head[arc];
	}
	g->settled[root] = true;
}

/*
 * Do profits and prices prove the answer?
 */
static bool
is_proved(Coverer *g)
{
	const SalonCover *c = g->c;
	int64_t		dual = 0;
	int64_t		primal = 0;

	for (int32_t u = 0; u < c->vertices; u++)
	{
		int32_t		taker = g->arc[u] == NONE ? u : c->head[g->arc[u]];

		if (!g->settled[u] || g->giver[taker] != u ||
			g->profit[u] + g->price[u] < 0)
			return false;
		for (int32_t a = c->start[u]; a < c->start[u + 1]; a++)
		{
			if (g->profit[u] + g->price[c->head[a]] < c->weight[a])
				return false;
			salon_steps(&g->steps, 1);
		}
		dual += g->profit[u] + g->price[u];
		if (g->arc[u] != NONE)
			primal += c->weight[g->arc[u]];
	}
	return primal == dual;
}

/*
 * Find the cycles; false when they could not be proved to be the best, which
 * cannot happen.
 */
bool
salon_cover_solve(SalonCover *c, SalonHost *host)
{
	Coverer		g;
	int32_t		n = c->vertices;
	int64_t		mark = salon_host_mark(host);
	bool		proved;

	memset(&g, 0, sizeof(g));
	g.steps.host = host;
	g.c = c;
	g.profit = salon_host_array(host, n, sizeof(int64_t));
	g.price = salon_host_array(host, n, sizeof(int64_t));
	g.giver = salon_host_array(host, n, sizeof(int32_t));
	g.arc = salon_host_array(host, n, sizeof(int32_t));
	g.settled = salon_host_array(host, n, sizeof(bool));
	g.distance = salon_host_array(host, n, sizeof(int64_t));
	g.from = salon_host_array(host, n, sizeof(int32_t));
	g.via = salon_host_array(host, n, sizeof(int32_t));
	g.seen = salon_host_array(host, n, sizeof(int32_t));
	g.done = salon_host_array(host, n, sizeof(int32_t));
	g.passed = salon_host_array(host, n, sizeof(int32_t));
	g.near = salon_host_array(host, n, sizeof(int32_t));

	begin(&g);
	for (int32_t u = 0; u < n; u++)
	{
		if (!g.settled[u])
			search(&g, u);
		host->share = (double) u / n;
	}
	proved = is_proved(&g);
	c->total = 0;
	for (int32_t u = 0; u < n; u++)
	{
		c->chosen[u] = g.arc[u];
		if (g.arc[u] != NONE)
			c->total += c->weight[g.arc[u]];
	}
	salon_host_rewind(host, mark);
	return proved;
}
