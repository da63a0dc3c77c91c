/*
 * src/core/barter/barter_core.c
 *
 * Barter: disjoint cycles of gifts with the largest total value.
 *
 * Of parallel rows the best one counts.  Arcs between different strongly
 * connected components (Tarjan 1972) are in no cycle and go first.  Then
 *
 *   longest = 2     is a matching in a general graph: matching_core.c
 *   no limit        is an assignment: cover_core.c
 *   longest 3 to 5  is NP-hard: the cycles are listed, from the smallest
 *                   vertex of each and only where the way back is short
 *                   enough; of cycles over the same vertices the best one
 *                   counts; and what hangs together is packed by branch and
 *                   bound: packing_core.c
 *
 * Values are scaled to integers as allocate scales them, rounded upwards where
 * they must be, so that a bound on the integers holds for the values.
 *
 * Time: O(rows log rows) beside the engines and the list of cycles.  Memory:
 * about 60 bytes a row; by cycle, 8 and 4 for each party it may have, and
 * what packing_core.c takes.
 */
#include "barter_core.h"

#include <math.h>
#include <string.h>

#include "cover_core.h"
#include "matching_core.h"
#include "packing_core.h"
#include "../group.h"
#include "../scale_core.h"

/* Steps beside those by arc for finding what decides the scale */
#define MARK_STEPS 1000000
#define NONE (-1)
#define ROUNDED_BITS 46			/* of the largest value, when it is rounded */

/* Cycles of one component. */
typedef struct CycleList
{
	int32_t		width;
	int32_t		count;
	int32_t		room;
	int32_t    *member;			/* width by cycle, NONE behind the last */
	int64_t    *weight;
	int32_t    *slot;			/* hash table of those from one vertex */
	uint32_t	mask;
	int32_t		from;			/* first cycle from this vertex */
} CycleList;

/* A directed graph; arcs in the order of giver, then taker. */
typedef struct Exchange
{
	SalonBarter *b;
	SalonHost  *host;
	SalonScale	scale;
	int32_t		n;
	int32_t		arcs;
	int32_t    *start;			/* by vertex, and one more */
	int32_t    *head;			/* by arc */
	int64_t    *weight;
	int32_t    *row;
	int32_t    *component;		/* by vertex, NONE for vertices without arcs */
	int32_t		components;
	int32_t    *next;			/* the answer: arc by giver, or NONE */
	int64_t		total;
	int64_t		bound;
	int32_t		left;			/* parties not yet dealt with */
	SalonSteps	steps;
} Exchange;

static inline void
step(Exchange *x)
{
	salon_steps(&x->steps, 1);
}

/*
** The graph
*/

static inline bool
takes_part(const SalonBarter *b, int32_t row)
{
	return b->value[row] > 0 && b->giver[row] >= 0 && b->taker[row] >= 0 &&
		b->giver[row] != b->taker[row];
}

/*
 * Make arcs of the rows.
 */
static void
build(Exchange *x)
{
	SalonBarter *b = x->b;
	SalonHost  *host = x->host;
	int32_t    *first = salon_host_array(host, b->rows, sizeof(int32_t));
	int32_t    *second = salon_host_array(host, b->rows, sizeof(int32_t));
	int32_t		count = 0;

	for (int32_t r = 0; r < b->rows; r++)
	{
		if (takes_part(b, r))
			first[count++] = r;
	}
	salon_group(&x->steps, b->taker, x->n, first, count, x->start, second);
	salon_group(&x->steps, b->giver, x->n, second, count, x->start, first);
	salon_host_release(host, second);

	/* of parallel rows the best, and of equal ones the first */
	x->row = first;
	x->arcs = 0;
	for (int32_t k = 0; k < count; k++)
	{
		int32_t		r = first[k];
		int32_t		last = x->arcs > 0 ? first[x->arcs - 1] : NONE;

		if (last != NONE && b->giver[last] == b->giver[r] &&
			b->taker[last] == b->taker[r])
		{
			if (b->value[r] > b->value[last])
				first[x->arcs - 1] = r;
		}
		else
			first[x->arcs++] = r;
	}
	salon_host_tick(host);

	x->head = salon_host_array(host, x->arcs, sizeof(int32_t));
	memset(x->start, 0, sizeof(int32_t) * ((size_t) x->n + 1));
	for (int32_t a = 0; a < x->arcs; a++)
	{
		x->head[a] = b->taker[x->row[a]];
		x->start[b->giver[x->row[a]] + 1]++;
	}
	for (int32_t v = 0; v < x->n; v++)
		x->start[v + 1] += x->start[v];
	salon_host_tick(host);
}

/*
 * Number the strongly connected components, without recursion.
 */
static void
find_components(Exchange *x)
{
	SalonHost  *host = x->host;
	int64_t		mark = salon_host_mark(host);
	int32_t    *met = salon_host_array(host, x->n, sizeof(int32_t));
	int32_t    *low = salon_host_array(host, x->n, sizeof(int32_t));
	int32_t    *at = salon_host_array(host, x->n, sizeof(int32_t));
	int32_t    *way = salon_host_array(host, x->n, sizeof(int32_t));
	int32_t    *open = salon_host_array(host, x->n, sizeof(int32_t));
	int32_t		open_count = 0;
	int32_t		order = 0;

	x->components = 0;
	for (int32_t v = 0; v < x->n; v++)
	{
		met[v] = NONE;
		x->component[v] = NONE;
	}
	for (int32_t root = 0; root < x->n; root++)
	{
		int32_t		depth = 0;

		if (met[root] != NONE)
			continue;
		way[0] = root;
		while (depth >= 0)
		{
			int32_t		v = way[depth];

			step(x);
			if (met[v] == NONE)
			{
				met[v] = low[v] = order++;
				at[v] = x->start[v];
				open[open_count++] = v;
			}
			if (at[v] < x->start[v + 1])
			{
				int32_t		w = x->head[at[v]];

				if (met[w] == NONE)
				{
					way[++depth] = w;
					continue;
				}
				if (x->component[w] == NONE && low[w] < low[v])
					low[v] = low[w];
				at[v]++;
				continue;
			}
			if (low[v] == met[v])
			{
				do
				{
					x->component[open[--open_count]] = x->components;
				} while (open[open_count] != v);
				x->components++;
			}
			depth--;
		}
	}
	salon_host_rewind(host, mark);
}

/*
 * The arc between two vertices, or NONE.
 */
static int32_t
find_arc(const Exchange *x, int32_t giver, int32_t taker)
{
	int32_t		low = x->start[giver];
	int32_t		high = x->start[giver + 1];

	while (low < high)
	{
		int32_t		middle = low + (high - low) / 2;

		if (x->head[middle] < taker)
			low = middle + 1;
		else
			high = middle;
	}
	return low < x->start[giver + 1] && x->head[low] == taker ? low : NONE;
}

/*
 * Does a way of at most so many arcs lead from one vertex to another?
 */
static bool
is_near(Exchange *x, int32_t from, int32_t to, int32_t most, int32_t *queue,
		int32_t *seen, int32_t stamp)
{
	int32_t		end = 1;

	queue[0] = from;
	seen[from] = stamp;
	for (int32_t at = 0, level = end; most > 0; most--, level = end)
	{
		for (; at < level; at++)
		{
			int32_t		v = queue[at];

			for (int32_t a = x->start[v]; a < x->start[v + 1]; a++)
			{
				int32_t		w = x->head[a];

				step(x);
				if (w == to)
					return true;
				if (seen[w] != stamp)
				{
					seen[w] = stamp;
					queue[end++] = w;
				}
			}
		}
	}
	return false;
}

/*
 * Mark the arcs of the largest values that are in no cycle of the allowed
 * length, so that they do not decide the scale.  Those below the largest one
 * that is in a cycle do not matter.
 */
static void
mark_too_long(Exchange *x, bool *dead)
{
	const SalonBarter *b = x->b;
	int32_t    *queue = salon_host_array(x->host, x->n, sizeof(int32_t));
	int32_t    *seen = salon_host_array(x->host, x->n, sizeof(int32_t));
	int64_t		last = x->steps.taken + 100 * (int64_t) x->arcs + MARK_STEPS;
	int32_t		stamp = 0;
	int32_t		best;

	memset(seen, 0, sizeof(int32_t) * (size_t) x->n);
	do
	{
		best = NONE;
		for (int32_t a = 0; a < x->arcs; a++)
		{
			step(x);
			if (!dead[a] && (best == NONE || b->value[x->row[a]] >
							 b->value[x->row[best]]))
				best = a;
		}
		if (best == NONE || x->steps.taken > last)
			break;
		dead[best] = !is_near(x, x->head[best], b->giver[x->row[best]],
							  b->longest - 1, queue, seen, ++stamp);
	} while (dead[best]);
	salon_host_release(x->host, seen);
	salon_host_release(x->host, queue);
}

/*
 * Drop arcs that are in no cycle of the allowed length: those between
 * components, and of the others those that could spoil the scale.
 */
static void
drop_arcs(Exchange *x)
{
	const SalonBarter *b = x->b;
	bool	   *dead = salon_host_array(x->host, x->arcs, sizeof(bool));
	int32_t		arcs = 0;
	int32_t		from = 0;

	for (int32_t v = 0; v < x->n; v++)
	{
		for (int32_t a = x->start[v]; a < x->start[v + 1]; a++)
		{
			dead[a] = x->component[x->head[a]] != x->component[v] ||
				(b->longest == SALON_BARTER_SHORTEST &&
				 find_arc(x, x->head[a], v) == NONE);
			step(x);
		}
	}
	if (b->longest > SALON_BARTER_SHORTEST)
		mark_too_long(x, dead);
	for (int32_t v = 0; v < x->n; v++)
	{
		int32_t		to = x->start[v + 1];

		for (int32_t a = from; a < to; a++)
		{
			if (!dead[a])
			{
				x->head[arcs] = x->head[a];
				x->row[arcs] = x->row[a];
				arcs++;
			}
			step(x);
		}
		x->start[v + 1] = arcs;
		from = to;
	}
	x->arcs = arcs;
	salon_host_release(x->host, dead);
}

/*
 * Weigh the arcs that are left.
 */
static void
weigh(Exchange *x)
{
	const double *value = x->b->value;
	SalonScaleChoice choice;

	x->weight = salon_host_array(x->host, x->arcs, sizeof(int64_t));
	salon_scale_start(&choice, ldexp(1.0, 57) / ((double) x->n + 2));
	for (int32_t a = 0; a < x->arcs; a++)
	{
		step(x);
		salon_scale_add(&choice, value[x->row[a]]);
	}
	salon_scale_finish(&choice, ROUNDED_BITS, &x->scale);
	for (int32_t a = 0; a < x->arcs; a++)
	{
		step(x);
		x->weight[a] = salon_scale_up(&x->scale, value[x->row[a]]);
	}
}

/*
** Cycles of two, and of any length
*/

static bool
solve_pairs(Exchange *x)
{
	SalonHost  *host = x->host;
	int64_t		mark = salon_host_mark(host);
	int32_t    *end = salon_host_array(host, (size_t) x->arcs, sizeof(int32_t));
	int64_t    *weight = salon_host_array(host, x->arcs / 2, sizeof(int64_t));
	SalonMatching m;
	bool		proved;

	memset(&m, 0, sizeof(m));
	m.vertices = x->n;
	for (int32_t v = 0; v < x->n; v++)
	{
		for (int32_t a = x->start[v]; a < x->start[v + 1]; a++)
		{
			int32_t		back;

			step(x);
			if (x->head[a] < v)
				continue;
			back = find_arc(x, x->head[a], v);
			if (back == NONE)
				continue;
			end[2 * m.edges] = v;
			end[2 * m.edges + 1] = x->head[a];
			weight[m.edges++] = x->weight[a] + x->weight[back];
		}
	}
	m.end = end;
	m.weight = weight;
	m.mate = salon_host_array(host, x->n, sizeof(int32_t));
	host->phase = "matching";
	proved = salon_matching_solve(&m, host);
	for (int32_t v = 0; v < x->n; v++)
	{
		int32_t		e = m.mate[v];

		if (e != NONE)
			x->next[v] = find_arc(x, v, end[2 * e] == v ? end[2 * e + 1] : end[2 * e]);
	}
	x->total = m.total;
	x->bound = m.total;
	salon_host_rewind(host, mark);
	return proved;
}

static bool
solve_cover(Exchange *x)
{
	SalonCover	c;
	bool		proved;

	memset(&c, 0, sizeof(c));
	c.vertices = x->n;
	c.start = x->start;
	c.head = x->head;
	c.weight = x->weight;
	c.chosen = x->next;
	x->host->phase = "assignment";
	proved = salon_cover_solve(&c, x->host);
	x->total = c.total;
	x->bound = c.total;
	return proved;
}

/*
** Cycles of a few
*/

/* One component with vertices of its own, in the same order. */
typedef struct Part
{
	int32_t		n;
	int32_t    *vertex;			/* number in the exchange */
	int32_t    *start;
	int32_t    *head;
	int64_t    *weight;
	int32_t    *back_start;		/* arcs by head */
	int32_t    *back;			/* where they come from */
	CycleList	list;
	bool		complete;		/* all cycles are listed */
} Part;

static void
make_part(Exchange *x, Part *p, const int32_t *vertex, int32_t n,
		  int32_t *local)
{
	SalonHost  *host = x->host;
	int32_t		arcs = 0;

	memset(p, 0, sizeof(*p));
	p->n = n;
	p->vertex = salon_host_array(host, n, sizeof(int32_t));
	p->start = salon_host_array(host, (size_t) n + 1, sizeof(int32_t));
	p->back_start = salon_host_array(host, (size_t) n + 1, sizeof(int32_t));
	memcpy(p->vertex, vertex, sizeof(int32_t) * (size_t) n);
	memset(p->back_start, 0, sizeof(int32_t) * (size_t) n);
	for (int32_t v = 0; v < n; v++)
	{
		local[vertex[v]] = v;
		arcs += x->start[vertex[v] + 1] - x->start[vertex[v]];
	}
	p->head = salon_host_array(host, arcs, sizeof(int32_t));
	p->weight = salon_host_array(host, arcs, sizeof(int64_t));
	p->back = salon_host_array(host, arcs, sizeof(int32_t));
	arcs = 0;
	for (int32_t v = 0; v < n; v++)
	{
		p->start[v] = arcs;
		for (int32_t a = x->start[vertex[v]]; a < x->start[vertex[v] + 1]; a++)
		{
			p->head[arcs] = local[x->head[a]];
			p->weight[arcs] = x->weight[a];
			p->back_start[p->head[arcs]]++;
			arcs++;
			step(x);
		}
	}
	p->start[n] = arcs;
	salon_group_ends(p->back_start, n);
	for (int32_t v = n - 1; v >= 0; v--)
	{
		for (int32_t a = p->start[v]; a < p->start[v + 1]; a++)
		{
			p->back[--p->back_start[p->head[a]]] = v;
			step(x);
		}
	}
	p->complete = true;
}

/*
 * A number for a set of vertices, whatever their order.
 */
static inline uint32_t
hash_cycle(const int32_t *member, int32_t count)
{
	uint64_t	sum = 0;

	for (int32_t k = 0; k < count; k++)
	{
		uint64_t	z = ((uint64_t) member[k] + 1) * UINT64_C(0x9E3779B97F4A7C15);

		z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
		sum += z ^ (z >> 27);
	}
	return (uint32_t) (sum >> 32);
}

static bool
same_vertices(const CycleList *list, int32_t cycle, const int32_t *member,
			  int32_t count)
{
	const int32_t *other = list->member + (size_t) cycle * list->width;

	if (count < list->width && other[count] != NONE)
		return false;
	if (other[count - 1] == NONE)
		return false;
	for (int32_t k = 1; k < count; k++)
	{
		bool		found = false;

		for (int32_t i = 1; i < count; i++)
			found = found || other[i] == member[k];
		if (!found)
			return false;
	}
	return true;
}

/*
 * Put a cycle into the table; returns where the same vertices already are, or
 * NONE.
 */
static inline int32_t
enter_slot(CycleList *list, int32_t cycle, const int32_t *member,
		   int32_t count)
{
	uint32_t	at = hash_cycle(member, count) & list->mask;

	/* what is from an earlier vertex counts as empty */
	while (list->slot[at] >= list->from)
	{
		if (same_vertices(list, list->slot[at], member, count))
			return list->slot[at];
		at = (at + 1) & list->mask;
	}
	list->slot[at] = cycle;
	return NONE;
}

static int32_t
cycle_size(const CycleList *list, int32_t cycle)
{
	int32_t		size = list->width;

	while (list->member[(size_t) cycle * list->width + size - 1] == NONE)
		size--;
	return size;
}

/*
 * Room for more cycles; false when there are too many.
 */
static bool
grow_list(Exchange *x, CycleList *list)
{
	SalonHost  *host = x->host;
	int64_t		room = list->room == 0 ? 16 : (int64_t) list->room * 2;
	int32_t    *member;
	int64_t    *weight;

	if (room > x->b->most_cycles)
		room = x->b->most_cycles;
	if (room <= list->room)
		return false;
	weight = salon_host_array(host, room, sizeof(int64_t));
	if (list->count > 0)
		memcpy(weight, list->weight, sizeof(int64_t) * (size_t) list->count);
	salon_host_release(host, list->weight);
	list->weight = weight;
	member = salon_host_array(host, room * list->width, sizeof(int32_t));
	if (list->count > 0)
		memcpy(member, list->member, sizeof(int32_t) * (size_t) list->count *
			   (size_t) list->width);
	salon_host_release(host, list->member);
	list->member = member;
	list->room = (int32_t) room;
	return true;
}

static void
grow_table(Exchange *x, CycleList *list)
{
	size_t		slots = list->slot == NULL ? 64 : ((size_t) list->mask + 1) * 2;

	salon_host_release(x->host, list->slot);
	list->slot = salon_host_array(x->host, slots, sizeof(int32_t));
	list->mask = (uint32_t) slots - 1;
	for (size_t k = 0; k < slots; k++)
		list->slot[k] = NONE;
	for (int32_t c = list->from; c < list->count; c++)
		(void) enter_slot(list, c, list->member + (size_t) c * list->width,
						  cycle_size(list, c));
}

/*
 * List a cycle; of those over the same vertices the best one stays, and of
 * equal ones the first.
 */
static bool
add_cycle(Exchange *x, CycleList *list, const int32_t *path, int32_t count,
		  int64_t weight)
{
	int32_t    *member;
	int32_t		same;

	if (list->count == list->room && !grow_list(x, list))
		return false;
	if (2 * (int64_t) (list->count - list->from) >= (int64_t) list->mask)
		grow_table(x, list);
	same = enter_slot(list, list->count, path, count);
	if (same != NONE && list->weight[same] >= weight)
		return true;
	if (same == NONE)
		same = list->count++;
	member = list->member + (size_t) same * list->width;
	for (int32_t k = 0; k < list->width; k++)
		member[k] = k < count ? path[k] : NONE;
	list->weight[same] = weight;
	return true;
}

/*
 * List the cycles of two from a vertex on, when time was up there, so that there
 * is something to choose from.  False when there are too many.
 */
static bool
list_pairs(Exchange *x, Part *p, int32_t from)
{
	for (int32_t v = from; v < p->n; v++)
	{
		for (int32_t a = p->start[v]; a < p->start[v + 1]; a++)
		{
			int32_t		path[2] = {v, p->head[a]};
			int32_t		back;

			step(x);
			if (path[1] < v)
				continue;
			back = find_arc(x, p->vertex[path[1]], p->vertex[v]);
			if (back != NONE &&
				!add_cycle(x, &p->list, path, 2, p->weight[a] + x->weight[back]))
				return false;
		}
	}
	return true;
}

/* What listing the cycles of a part needs to know. */
typedef struct Listing
{
	Exchange   *x;
	Part	   *p;
	int32_t    *from;			/* by vertex: its first arc still needed */
	int32_t    *reach;			/* vertices with a way back */
	int32_t		reached;
	int8_t	   *distance;		/* by vertex: arcs of its way back, or 0 */
	int64_t		looked;			/* steps when it looked at the clock */
} Listing;

/*
 * How far the way back to a vertex is, through later vertices only.
 */
static void
find_ways_back(Listing *l, int32_t s)
{
	const Part *p = l->p;

	l->reach[0] = s;
	l->reached = 1;
	for (int32_t k = 0; k < l->reached; k++)
	{
		int32_t		v = l->reach[k];

		if (l->distance[v] >= l->x->b->longest - 1)
			break;
		for (int32_t a = p->back_start[v]; a < p->back_start[v + 1]; a++)
		{
			int32_t		w = p->back[a];

			step(l->x);
			if (w > s && l->distance[w] == 0)
			{
				l->distance[w] = (int8_t) (l->distance[v] + 1);
				l->reach[l->reached++] = w;
			}
		}
	}
}

/*
 * Look at the clock now and then.
 */
static inline void
look_at_clock(Listing *l)
{
	if (l->x->steps.taken - l->looked > SALON_TICK_STEPS)
	{
		l->looked = l->x->steps.taken;
		l->p->complete = l->x->b->spent(l->x->b->clock) < 1;
	}
}

/*
 * List the cycles through a vertex and later ones, as long as there is time.
 * False when there are too many.
 */
static bool
list_from(Listing *l, int32_t s)
{
	Part	   *p = l->p;
	int32_t		longest = l->x->b->longest;
	int32_t		path[SALON_BARTER_LONGEST];
	int32_t		at[SALON_BARTER_LONGEST];
	int64_t		sum[SALON_BARTER_LONGEST];
	int32_t		depth = 0;

	path[0] = s;
	at[0] = l->from[s];
	sum[0] = 0;
	while (depth >= 0 && p->complete)
	{
		int32_t		v = path[depth];
		int32_t		a;
		int32_t		w;
		bool		on_path = false;

		step(l->x);
		look_at_clock(l);
		if (at[depth] == p->start[v + 1])
		{
			depth--;
			continue;
		}
		a = at[depth]++;
		w = p->head[a];
		if (w < s)
		{
			/* s grows: this arc is not needed again */
			l->from[v] = a + 1;
			continue;
		}
		if (w == s)
		{
			if (!add_cycle(l->x, &p->list, path, depth + 1,
						   sum[depth] + p->weight[a]))
				return false;
			continue;
		}
		if (l->distance[w] == 0 || depth + 1 + l->distance[w] > longest)
			continue;
		for (int32_t k = 1; k <= depth; k++)
			on_path = on_path || path[k] == w;
		if (on_path)
			continue;
		sum[depth + 1] = sum[depth] + p->weight[a];
		depth++;
		path[depth] = w;
		at[depth] = l->from[w];
	}
	return true;
}

/*
 * List the cycles of a part.  False when there are too many.
 */
static bool
list_cycles(Exchange *x, Part *p)
{
	SalonHost  *host = x->host;
	CycleList  *list = &p->list;
	Listing		l;
	int32_t		s;
	bool		good = true;

	l.x = x;
	l.p = p;
	l.looked = x->steps.taken;
	l.from = salon_host_array(host, p->n, sizeof(int32_t));
	l.reach = salon_host_array(host, p->n, sizeof(int32_t));
	l.distance = salon_host_array(host, p->n, sizeof(int8_t));
	memcpy(l.from, p->start, sizeof(int32_t) * (size_t) p->n);
	memset(l.distance, 0, (size_t) p->n);
	list->width = x->b->longest < p->n ? x->b->longest : p->n;
	for (s = 0; s < p->n && good && p->complete; s++)
	{
		find_ways_back(&l, s);
		list->from = list->count;
		good = list_from(&l, s);
		for (int32_t k = 1; k < l.reached; k++)
			l.distance[l.reach[k]] = 0;
	}
	/* what there was no time for */
	if (good && !p->complete)
		good = list_pairs(x, p, s - 1);
	salon_host_release(host, list->slot);
	list->slot = NULL;
	salon_host_release(host, l.distance);
	salon_host_release(host, l.reach);
	salon_host_release(host, l.from);
	return good;
}

/*
 * A bound that needs no cycles: that on cycles of any length.
 */
static int64_t
simple_bound(Exchange *x, const Part *p)
{
	SalonCover	c;

	memset(&c, 0, sizeof(c));
	c.vertices = p->n;
	c.start = p->start;
	c.head = p->head;
	c.weight = p->weight;
	c.chosen = salon_host_array(x->host, p->n, sizeof(int32_t));
	/* it always is proved; else nothing is known */
	if (!salon_cover_solve(&c, x->host))
		c.total = INT64_C(1) << 60;
	salon_host_release(x->host, c.chosen);
	return c.total;
}

static int32_t
group_of(int32_t *group, int32_t v)
{
	while (group[v] != v)
	{
		group[v] = group[group[v]];
		v = group[v];
	}
	return v;
}

/*
 * Pack the cycles of one group: those between first and last in an order.
 */
static void
solve_group(Exchange *x, Part *p, const int32_t *order, int32_t count,
			int32_t *local, int64_t *total, int64_t *bound)
{
	SalonHost  *host = x->host;
	CycleList  *list = &p->list;
	SalonPacking k;
	int64_t		mark = salon_host_mark(host);
	int32_t    *member = salon_host_array(host, (size_t) count * list->width,
										  sizeof(int32_t));
	int64_t    *weight = salon_host_array(host, count, sizeof(int64_t));

	memset(&k, 0, sizeof(k));
	for (int32_t c = 0; c < count; c++)
	{
		const int32_t *from = list->member + (size_t) order[c] * list->width;

		weight[c] = list->weight[order[c]];
		for (int32_t i = 0; i < list->width; i++)
		{
			if (from[i] != NONE && local[from[i]] == NONE)
				local[from[i]] = k.items++;
			member[(size_t) c * list->width + i] = from[i] == NONE ? NONE :
				local[from[i]];
		}
	}
	k.sets = count;
	k.width = list->width;
	k.member = member;
	k.weight = weight;
	k.max_gap = x->b->max_gap;
	k.spent = x->b->spent;
	k.clock = x->b->clock;

	/* what time is left is for all parties that are left */
	k.until = x->b->spent(x->b->clock);
	if (k.until < 1)
		k.until += (1 - k.until) * (k.items < x->left ?
									(double) k.items / x->left : 1);
	x->left -= k.items;
	k.chosen = salon_host_array(host, k.items, sizeof(int32_t));
	if (count == 1)
	{
		k.count = 1;
		k.chosen[0] = 0;
		k.total = k.bound = weight[0];
	}
	else
		salon_packing_solve(&k, host);
	*total += k.total;
	*bound += k.bound;
	for (int32_t c = 0; c < k.count; c++)
	{
		int32_t		cycle = order[k.chosen[c]];
		const int32_t *from = list->member + (size_t) cycle * list->width;
		int32_t		size = cycle_size(list, cycle);

		for (int32_t i = 0; i < size; i++)
		{
			int32_t		giver = p->vertex[from[i]];

			x->next[giver] = find_arc(x, giver,
									  p->vertex[from[(i + 1) % size]]);
		}
	}
	salon_host_rewind(host, mark);
}

/*
 * Choose among the cycles of a part.
 */
static void
solve_part(Exchange *x, Part *p)
{
	SalonHost  *host = x->host;
	CycleList  *list = &p->list;
	int64_t		mark = salon_host_mark(host);
	int32_t    *group = salon_host_array(host, p->n, sizeof(int32_t));
	int32_t    *start = salon_host_array(host, (size_t) p->n + 1,
										 sizeof(int32_t));
	int32_t    *of_cycle = salon_host_array(host, list->count,
											sizeof(int32_t));
	int32_t    *order = salon_host_array(host, list->count, sizeof(int32_t));
	int32_t    *local = salon_host_array(host, p->n, sizeof(int32_t));
	int64_t		total = 0;
	int64_t		bound = 0;

	for (int32_t v = 0; v < p->n; v++)
	{
		group[v] = v;
		local[v] = NONE;
	}
	for (int32_t c = 0; c < list->count; c++)
	{
		const int32_t *member = list->member + (size_t) c * list->width;
		int32_t		a = group_of(group, member[0]);

		for (int32_t k = 1; k < list->width && member[k] != NONE; k++)
		{
			int32_t		b = group_of(group, member[k]);

			if (a < b)
				group[b] = a;
			else
			{
				group[a] = b;
				a = b;
			}
		}
		step(x);
	}
	for (int32_t c = 0; c < list->count; c++)
		of_cycle[c] = group_of(group, list->member[(size_t) c * list->width]);
	salon_group(&x->steps, of_cycle, p->n, NULL, list->count, start, order);
	for (int32_t v = 0; v < p->n; v++)
	{
		if (start[v + 1] > start[v])
			solve_group(x, p, order + start[v], start[v + 1] - start[v],
						local, &total, &bound);
	}
	if (!p->complete || bound > total)
	{
		int64_t		simple = simple_bound(x, p);

		if (!p->complete || simple < bound)
			bound = simple;
	}
	x->total += total;
	x->bound += bound;
	salon_host_rewind(host, mark);
}

/*
 * Component by component.  False when there are too many cycles.
 */
static bool
solve_cycles(Exchange *x)
{
	SalonHost  *host = x->host;
	int64_t		mark = salon_host_mark(host);
	int32_t    *start = salon_host_array(host, (size_t) x->components + 1,
										 sizeof(int32_t));
	int32_t    *vertex = salon_host_array(host, x->n, sizeof(int32_t));
	int32_t    *local = salon_host_array(host, x->n, sizeof(int32_t));
	bool		good = true;

	salon_group(&x->steps, x->component, x->components, NULL, x->n, start,
				vertex);
	/* most parties are in no cycle */
	x->left = 0;
	for (int32_t c = 0; c < x->components; c++)
		x->left += start[c + 1] - start[c] > 1 ? start[c + 1] - start[c] : 0;
	for (int32_t c = 0; c < x->components && good; c++)
	{
		int32_t		size = start[c + 1] - start[c];
		Part		p;

		host->phase = "cycles";
		host->share = (double) start[c] / x->n;
		if (size > 1)
		{
			int32_t		after = x->left - size;
			int64_t		part_mark = salon_host_mark(host);

			make_part(x, &p, vertex + start[c], size, local);
			good = list_cycles(x, &p);
			if (good)
				solve_part(x, &p);
			salon_host_rewind(host, part_mark);
			x->left = after;
		}
		step(x);
	}
	salon_host_rewind(host, mark);
	return good;
}

/*
** The answer
*/

/*
 * Number the cycles by their smallest parties and tell the totals.
 */
static void
tell(Exchange *x)
{
	SalonBarter *b = x->b;
	int32_t		cycles = 0;
	double		total = 0;
	double		rounding = 0;

	for (int32_t v = 0; v < x->n; v++)
	{
		int32_t		position = 1;

		step(x);
		if (x->next[v] == NONE || b->cycle[x->row[x->next[v]]] != 0)
			continue;
		cycles++;
		for (int32_t u = v;;)
		{
			int32_t		a = x->next[u];
			int32_t		row = x->row[a];

			b->cycle[row] = cycles;
			b->position[row] = position++;
			total += b->value[row];
			if (!x->scale.exact)
				rounding += salon_scale_down(&x->scale, x->weight[a]) -
					b->value[row];
			u = x->head[a];
			if (u == v)
				break;
		}
	}
	b->total = x->scale.exact ? salon_scale_down(&x->scale, x->total) : total;
	/* sums are rounded themselves */
	b->gap = (salon_scale_down(&x->scale, x->bound - x->total) + rounding) *
		(1 + ldexp(1.0, -20));
	if (b->gap < 0)
		b->gap = 0;
	b->bound = b->total + b->gap;
}

static SalonBarterVerdict
solve(Exchange *x)
{
	SalonBarter *b = x->b;
	bool		proved = true;

	x->start = salon_host_array(x->host, (size_t) x->n + 1, sizeof(int32_t));
	x->component = salon_host_array(x->host, x->n, sizeof(int32_t));
	build(x);
	find_components(x);
	drop_arcs(x);
	weigh(x);
	x->next = salon_host_array(x->host, x->n, sizeof(int32_t));
	for (int32_t v = 0; v < x->n; v++)
		x->next[v] = NONE;
	if (b->longest == SALON_BARTER_ANY_LENGTH)
		proved = solve_cover(x);
	else if (b->longest == SALON_BARTER_SHORTEST)
		proved = solve_pairs(x);
	else if (!solve_cycles(x))
		return SALON_BARTER_TOO_MANY;
	if (!proved)
		return SALON_BARTER_UNPROVED;
	x->host->phase = "answer";
	tell(x);
	if (!isfinite(b->bound))
		return SALON_BARTER_OVERFLOW;
	if ((double) (x->bound - x->total) > b->max_gap * (double) x->total)
		return SALON_BARTER_LATE;
	return b->gap > b->total * fmax(SALON_ROUNDING_TOLD, 2 * b->max_gap) ?
		SALON_BARTER_ROUNDED : SALON_BARTER_SOLVED;
}

/*
 * Choose cycles with the largest total value.
 */
SalonBarterVerdict
salon_barter_solve(SalonBarter *b, SalonHost *host)
{
	Exchange	x;
	int64_t		mark = salon_host_mark(host);
	SalonBarterVerdict verdict;

	memset(&x, 0, sizeof(x));
	x.b = b;
	x.host = x.steps.host = host;
	x.n = b->parties;
	host->phase = "preparation";
	host->share = 0;
	memset(b->cycle, 0, sizeof(int32_t) * (size_t) b->rows);
	memset(b->position, 0, sizeof(int32_t) * (size_t) b->rows);
	b->total = b->bound = b->gap = 0;
	verdict = solve(&x);
	salon_host_rewind(host, mark);
	return verdict;
}
