/*
 * src/core/allocate/scaling_template.h
 *
 * The engine of scaling_core.c for one width of numbers.  The file that
 * includes it, and is nothing else, defines PRICE, UNITS, PRICE_MAX and SOLVE,
 * the name that others call.
 */
#include "scaling_core.h"

#include <math.h>
#include <string.h>

#include "../group.h"

#define NONE (-1)
#define LEFT (-1)
#define LONG_LIST 48			/* offers from which a heap pays */

/* Looks at an arc in search of whole prices. */
#define LOOKS 100

/*
 * Steps an arc after which the engine gives up: good cases need 50 to 300, a
 * war of prices has no end in sight.
 */
#ifndef STEPS_PER_ARC
#define STEPS_PER_ARC 1500
#endif

/* An arc in the row of its buyer. */
typedef struct Arc
{
	int32_t		seller;
	PRICE		worth;			/* scaled weight */
	UNITS		flow;			/* LEFT: none, but still among the holders */
} Arc;

/* The same arc in the list of its seller. */
typedef struct Offer
{
	int32_t		buyer;
	PRICE		worth;
} Offer;

/* An arc with flow, in the heap of its seller. */
typedef struct Holder
{
	int32_t		arc;
	int32_t		buyer;
	PRICE		worth;
	PRICE		other;			/* at least the buyer's best value elsewhere */
} Holder;

/*
 * The price at which a holder leaves: the lowest one is on top of a heap.
 */
static inline PRICE
leaves_at(const Holder *h)
{
	return h->worth - h->other;
}

#define HEAP holder
#define HEAP_ELEMENT Holder
#define HEAP_ABOVE(a, b, by) (leaves_at(a) < leaves_at(b))
#include "../heap.h"

/* Offers by falling key. */
#define HEAP offer
#define HEAP_ELEMENT int32_t
#define HEAP_BY const PRICE *
#define HEAP_ABOVE(a, b, key) (key[*a] > key[*b])
#include "../heap.h"

typedef struct Scaling
{
	SalonSteps	steps;
	int32_t		sellers;
	int32_t		buyers;
	int32_t		arcs;
	int32_t    *row;			/* start of each buyer's arcs */
	Arc		   *arc;
	int32_t    *list;			/* start of each seller's offers and holders */
	Offer	   *offer;
	Holder	   *holder;
	int32_t    *holders;		/* by seller */
	PRICE	   *price;			/* by seller */
	UNITS	   *load;			/* by seller */
	UNITS	   *capacity;		/* by seller */
	int32_t    *seen;			/* by seller: pass in which holders are valid */
	uint8_t    *queued;			/* by seller */
	UNITS	   *unserved;		/* by buyer */
	PRICE	   *worst;			/* by buyer: at most the worst value it has */
	PRICE	   *key;			/* work space for one seller's offers */
	int32_t    *heap;			/* the same */
	int32_t    *queue;			/* ring of sellers */
	int32_t		queue_size;
	int32_t		queue_head;
	int32_t		queue_count;
	PRICE		epsilon;
	PRICE		goal;			/* epsilon that will do for max_gap, or 0 */
	int32_t		pass;

	/* for updates of all prices */
	PRICE	   *distance;		/* by seller */
	PRICE	   *buyer_distance; /* by buyer */
	PRICE	   *gain;			/* by buyer: the same, in prove */
	int32_t    *next;			/* by seller, in its bucket */
	int32_t    *prev;
	int32_t    *bucket;			/* heads */
	int32_t		buckets;
} Scaling;

/*
 * Has it taken too many steps?
 */
static inline bool
is_over(const Scaling *s)
{
	return s->steps.told >= s->steps.most;
}

/*
** The queue of sellers
*/

static inline void
enqueue(Scaling *s, int32_t seller)
{
	int32_t		at;

	if (s->queued[seller])
		return;
	s->queued[seller] = 1;
	at = s->queue_head + s->queue_count;
	if (at >= s->queue_size)
		at -= s->queue_size;
	s->queue[at] = seller;
	s->queue_count++;
}

static inline int32_t
dequeue(Scaling *s)
{
	int32_t		seller = s->queue[s->queue_head];

	s->queue_head++;
	if (s->queue_head == s->queue_size)
		s->queue_head = 0;
	s->queue_count--;
	s->queued[seller] = 0;
	return seller;
}

/*
 * The seller that is that many places behind the head, or NONE.
 */
static inline int32_t
queue_peek(const Scaling *s, int32_t ahead)
{
	int32_t		at = s->queue_head + ahead;

	if (ahead >= s->queue_count)
		return NONE;
	if (at >= s->queue_size)
		at -= s->queue_size;
	return s->queue[at];
}

/*
** A phase begins
*/

/*
 * Every unit of every buyer goes to where it is worth most, unless it is
 * within epsilon of that; then the lists of holders are made anew.
 */
static void
reassign(Scaling *s, bool first)
{
	const PRICE *price = s->price;
	PRICE		epsilon = s->epsilon;

	for (int32_t j = 0; j < s->buyers; j++)
	{
		Arc		   *begin = s->arc + s->row[j];
		Arc		   *end = s->arc + s->row[j + 1];
		Arc		   *best = NULL;
		PRICE		most = 0;
		UNITS		moved = 0;

		salon_steps(&s->steps, s->row[j + 1] - s->row[j]);
		for (Arc *a = begin; a < end; a++)
		{
			PRICE		v = a->worth - price[a->seller];

			if (v > most)
			{
				most = v;
				best = a;
			}
		}
		if (first)
		{
			if (best != NULL)
			{
				best->flow = s->unserved[j];
				s->unserved[j] = 0;
			}
			continue;
		}
		for (Arc *a = begin; a < end; a++)
		{
			if (a->flow <= 0)
				a->flow = 0;
			else if (a->worth - price[a->seller] < most - epsilon)
			{
				moved += a->flow;
				a->flow = 0;
			}
		}
		if (s->unserved[j] > 0 && most > epsilon)
		{
			moved += s->unserved[j];
			s->unserved[j] = 0;
		}
		if (moved > 0)
		{
			if (best != NULL)
				best->flow += moved;
			else
				s->unserved[j] += moved;
		}
	}
	salon_host_tick(s->steps.host);

	memset(s->holders, 0, sizeof(int32_t) * (size_t) s->sellers);
	memset(s->load, 0, sizeof(UNITS) * (size_t) s->sellers);
	for (int32_t j = 0; j < s->buyers; j++)
	{
		for (int32_t e = s->row[j]; e < s->row[j + 1]; e++)
		{
			const Arc  *a = &s->arc[e];

			if (a->flow > 0)
			{
				int32_t		i = a->seller;
				Holder	   *h = &s->holder[s->list[i] + s->holders[i]++];

				h->arc = e;
				h->buyer = j;
				h->worth = a->worth;
				h->other = 0;
				s->load[i] += a->flow;
			}
		}
	}
	salon_host_tick(s->steps.host);
}

/*
** Forward: sellers with too many buyers raise their prices
*/

/*
 * Give units of a buyer to another seller, or to none.  "other" is at least
 * the best value that it has elsewhere then.
 */
static inline void
move_units(Scaling *s, int32_t j, Arc *target, UNITS amount, PRICE other)
{
	int32_t		to;

	if (target == NULL)
	{
		s->unserved[j] += amount;
		return;
	}
	to = target->seller;
	if (target->flow == 0)
	{
		int32_t		at = s->holders[to]++;
		Holder	   *list = s->holder + s->list[to];
		Holder		holder = {(int32_t) (target - s->arc), j, target->worth,
		other > 0 ? other : 0};

		list[at] = holder;
		if (s->seen[to] == s->pass)
			holder_rise(list, at, NULL);
	}
	target->flow += amount;
	s->load[to] += amount;
	if (s->load[to] > s->capacity[to])
		enqueue(s, to);
}

/*
 * The best value of a buyer elsewhere than with a seller, and the second best.
 */
static inline Arc *
best_elsewhere(const Scaling *s, int32_t j, int32_t i, PRICE *most,
			   PRICE *second)
{
	const Arc  *end = s->arc + s->row[j + 1];
	Arc		   *best = NULL;

	*most = *second = 0;
	for (Arc *a = s->arc + s->row[j]; a < end; a++)
	{
		PRICE		v = a->worth - s->price[a->seller];

		if (v > *second && a->seller != i)
		{
			if (v > *most)
			{
				*second = *most;
				*most = v;
				best = a;
			}
			else
				*second = v;
		}
	}
	return best;
}

/*
 * Bring one seller's load down to its capacity.  The holder that leaves at the
 * lowest price goes first; what is stored of it is a lower bound of that price,
 * since other prices have only risen, so the top of the heap is looked up
 * again until it stays on top.
 */
static void
raise_price(Scaling *s, int32_t i)
{
	UNITS		excess = s->load[i] - s->capacity[i];
	Holder	   *heap = s->holder + s->list[i];
	int32_t		count = s->holders[i];
	PRICE		old_price = s->price[i];
	PRICE		last = 0;
	int64_t		steps = 0;

	if (excess <= 0)
		return;
	if (s->seen[i] != s->pass)
	{
		/*
		 * what is known of the holders is from another pass: let every key be
		 * the least, which makes any order a heap
		 */
		for (int32_t k = 0; k < count; k++)
			heap[k].other = heap[k].worth + PRICE_MAX / 2;
		s->seen[i] = s->pass;
		steps += count;
	}
	while (excess > 0)
	{
		int32_t		e = heap[0].arc;
		int32_t		j = heap[0].buyer;
		PRICE		most;
		PRICE		second;
		PRICE		key;
		PRICE		back;
		UNITS		amount;
		Arc		   *target = best_elsewhere(s, j, i, &most, &second);

		steps += s->row[j + 1] - s->row[j];
		key = heap[0].worth - most;
		heap[0].other = most;
		if ((count > 1 && leaves_at(&heap[1]) < key) ||
			(count > 2 && leaves_at(&heap[2]) < key))
		{
			holder_sink(heap, count, 0, NULL);
			continue;
		}

		last = key;
		amount = s->arc[e].flow < excess ? s->arc[e].flow : excess;
		s->arc[e].flow -= amount;
		s->load[i] -= amount;
		excess -= amount;
		back = heap[0].worth - old_price;
		move_units(s, j, target, amount, second > back ? second : back);
		if (s->arc[e].flow == 0)
		{
			count--;
			heap[0] = heap[count];
			s->holders[i] = count;
			if (count > 1)
				holder_sink(heap, count, 0, NULL);
		}
	}
	if (last + s->epsilon > s->price[i])
		s->price[i] = last + s->epsilon;
	salon_steps(&s->steps, steps + 8);
}

/*
** Updates of all prices: Dial's buckets of width epsilon
*/

static inline void
bucket_remove(Scaling *s, int32_t i, int32_t b)
{
	if (s->prev[i] == NONE)
		s->bucket[b] = s->next[i];
	else
		s->next[s->prev[i]] = s->next[i];
	if (s->next[i] != NONE)
		s->prev[s->next[i]] = s->prev[i];
}

static inline void
bucket_insert(Scaling *s, int32_t i, int32_t b)
{
	s->prev[i] = NONE;
	s->next[i] = s->bucket[b];
	if (s->bucket[b] != NONE)
		s->prev[s->bucket[b]] = i;
	s->bucket[b] = i;
}

static inline int32_t
bucket_of(const Scaling *s, PRICE distance)
{
	PRICE		b = distance / s->epsilon;

	/* what lies beyond the buckets is not needed exactly */
	return b >= s->buckets ? NONE : (int32_t) b;
}

/*
 * Shorten a distance.  "done" marks sellers that are in no bucket any more.
 */
static inline void
shorten(Scaling *s, int32_t i, PRICE distance, uint8_t *inside)
{
	int32_t		b;

	if (inside[i])
		bucket_remove(s, i, bucket_of(s, s->distance[i]));
	s->distance[i] = distance;
	b = bucket_of(s, distance);
	inside[i] = b != NONE;
	if (b != NONE)
		bucket_insert(s, i, b);
}

/*
 * Lower all prices as far as the buyers allow until every seller that looks
 * for buyers has some within reach: the most that each price may fall is the
 * length of a shortest path.
 */
static void
lower_all(Scaling *s)
{
	uint8_t    *inside = s->queued + s->sellers;
	uint8_t    *target = inside + s->sellers;
	int32_t		targets = 0;
	PRICE		epsilon = s->epsilon;
	PRICE		limit;
	int32_t		b;

	for (int32_t k = 0; k < s->buckets; k++)
		s->bucket[k] = NONE;
	memset(inside, 0, s->sellers);
	for (int32_t i = 0; i < s->sellers; i++)
	{
		s->distance[i] = s->price[i];
		target[i] = s->load[i] < s->capacity[i] && s->price[i] > 0;
		targets += target[i];
	}
	if (targets == 0)
		return;
	for (int32_t j = 0; j < s->buyers; j++)
	{
		if (s->unserved[j] > 0)
		{
			for (int32_t e = s->row[j]; e < s->row[j + 1]; e++)
			{
				const Arc  *a = &s->arc[e];
				PRICE		d = s->price[a->seller] - a->worth + epsilon;

				if (d < 0)
					d = 0;
				if (d < s->distance[a->seller])
					s->distance[a->seller] = d;
			}
		}
	}
	for (int32_t i = 0; i < s->sellers; i++)
		shorten(s, i, s->distance[i], inside);
	salon_steps(&s->steps, s->sellers + s->buyers);

	for (b = 0; b < s->buckets && targets > 0; b++)
	{
		int32_t		i;

		while ((i = s->bucket[b]) != NONE)
		{
			const Holder *h = s->holder + s->list[i];
			const Holder *last = h + s->holders[i];
			PRICE		d = s->distance[i];

			bucket_remove(s, i, b);
			inside[i] = 0;
			if (target[i])
			{
				target[i] = 0;
				targets--;
			}
			for (; h < last; h++)
			{
				PRICE		value = h->worth - s->price[i] + epsilon;
				const Arc  *end = s->arc + s->row[h->buyer + 1];

				if (s->arc[h->arc].flow <= 0)
					continue;
				for (const Arc *a = s->arc + s->row[h->buyer]; a < end; a++)
				{
					PRICE		other = a->worth - s->price[a->seller];
					PRICE		c = d + (value > other ? value - other : 0);

					if (c < s->distance[a->seller])
						shorten(s, a->seller, c, inside);
				}
				salon_steps(&s->steps, s->row[h->buyer + 1] - s->row[h->buyer]);
			}
		}
		salon_steps(&s->steps, 1);
	}
	limit = (PRICE) b * epsilon;
	for (int32_t i = 0; i < s->sellers; i++)
		s->price[i] -= s->distance[i] < limit ? s->distance[i] : limit;
}

/*
 * The most that the price of each seller may rise by what is known of itself;
 * returns how many have too many buyers.
 */
static int32_t
begin_to_raise(Scaling *s, uint8_t *inside, uint8_t *target)
{
	int32_t		targets = 0;
	PRICE		epsilon = s->epsilon;

	for (int32_t k = 0; k < s->buckets; k++)
		s->bucket[k] = NONE;
	memset(inside, 0, s->sellers);
	for (int32_t i = 0; i < s->sellers; i++)
	{
		target[i] = s->load[i] > s->capacity[i];
		targets += target[i];
		s->distance[i] = PRICE_MAX / 2;
		if (s->load[i] < s->capacity[i])
			shorten(s, i, 0, inside);
		else
		{
			const Holder *h = s->holder + s->list[i];
			const Holder *last = h + s->holders[i];
			PRICE		d = PRICE_MAX / 2;

			/* its buyers may also do without */
			for (; h < last; h++)
			{
				PRICE		v = h->worth - s->price[i] + epsilon;

				if (v < d)
					d = v;
			}
			shorten(s, i, d < 0 ? 0 : d, inside);
		}
	}
	for (int32_t j = 0; j < s->buyers; j++)
		s->buyer_distance[j] = epsilon;
	salon_steps(&s->steps, s->sellers + s->buyers);
	return targets;
}

/*
 * Raise all prices until every seller that has too many buyers can lose some.
 */
static void
raise_all(Scaling *s)
{
	uint8_t    *inside = s->queued + s->sellers;
	uint8_t    *target = inside + s->sellers;
	int32_t		targets = begin_to_raise(s, inside, target);
	PRICE		epsilon = s->epsilon;
	PRICE		limit;
	int32_t		b;

	for (b = 0; b < s->buckets && targets > 0; b++)
	{
		int32_t		i;

		while ((i = s->bucket[b]) != NONE)
		{
			PRICE		d = s->distance[i];

			bucket_remove(s, i, b);
			inside[i] = 0;
			if (target[i])
			{
				target[i] = 0;
				targets--;
			}
			for (int32_t k = s->list[i]; k < s->list[i + 1]; k++)
			{
				int32_t		j = s->offer[k].buyer;
				PRICE		v = s->price[i] + d + epsilon - s->offer[k].worth;
				const Arc  *end;

				if (v >= s->buyer_distance[j])
					continue;
				s->buyer_distance[j] = v;
				end = s->arc + s->row[j + 1];
				for (const Arc *a = s->arc + s->row[j]; a < end; a++)
				{
					PRICE		c;

					if (a->flow == 0)
						continue;
					c = v + a->worth - s->price[a->seller];
					if (c < d)
						c = d;
					if (c < s->distance[a->seller])
						shorten(s, a->seller, c, inside);
				}
				salon_steps(&s->steps, s->row[j + 1] - s->row[j]);
			}
			salon_steps(&s->steps, s->list[i + 1] - s->list[i]);
		}
		salon_steps(&s->steps, 1);
	}
	limit = (PRICE) b * epsilon;
	for (int32_t i = 0; i < s->sellers; i++)
		s->price[i] += s->distance[i] < limit ? s->distance[i] : limit;
}

/*
** Reverse: sellers without enough buyers lower their prices
*/

/* A buyer as a seller sees it that would like some of its units. */
typedef struct Courted
{
	Arc		   *mine;			/* its arc to this seller */
	Arc		   *source;			/* that of the worst value, or NULL: unserved */
	PRICE		worst;			/* that value; PRICE_MAX / 2: nothing
								 * elsewhere */
	PRICE		own;			/* the value that it has with this seller */
} Courted;

static inline Courted
court(const Scaling *s, int32_t j, int32_t i)
{
	Courted		c = {NULL, NULL, s->unserved[j] > 0 ? 0 : PRICE_MAX / 2,
	PRICE_MAX / 2};
	const Arc  *end = s->arc + s->row[j + 1];

	for (Arc *a = s->arc + s->row[j]; a < end; a++)
	{
		if (a->seller == i)
		{
			c.mine = a;
			if (a->flow > 0)
				c.own = a->worth - s->price[i];
		}
		else if (a->flow > 0)
		{
			PRICE		v = a->worth - s->price[a->seller];

			if (v < c.worst)
			{
				c.worst = v;
				c.source = a;
			}
		}
	}
	return c;
}

/*
 * Take units of a buyer from where they are worth least; at most so many.
 */
static inline UNITS
take_units(Scaling *s, int32_t i, int32_t j, const Courted *c, UNITS lack)
{
	UNITS		amount = c->source == NULL ? s->unserved[j] : c->source->flow;
	Arc		   *mine = c->mine;

	if (amount > lack)
		amount = lack;
	if (c->source == NULL)
		s->unserved[j] -= amount;
	else
	{
		int32_t		from = c->source->seller;

		c->source->flow -= amount;
		s->load[from] -= amount;
		if (c->source->flow == 0)
			c->source->flow = LEFT;
		if (s->load[from] < s->capacity[from] && s->price[from] > 0)
			enqueue(s, from);
	}
	if (mine->flow == LEFT)
		mine->flow = 0;
	else if (mine->flow == 0)
	{
		Holder		holder = {(int32_t) (mine - s->arc), j, mine->worth, 0};

		s->holder[s->list[i] + s->holders[i]++] = holder;
	}
	mine->flow += amount;
	s->load[i] += amount;
	return amount;
}

/*
 * The offer with the highest key, by a heap where the list is long; NONE when
 * no key is above 0.
 */
static inline int32_t
best_offer(const PRICE *key, int32_t *heap, int32_t count)
{
	int32_t		best = NONE;
	PRICE		most = 0;

	if (heap != NULL)
	{
		/* the key of the last one may have fallen */
		offer_sink(heap, count, 0, key);
		return key[heap[0]] > 0 ? heap[0] : NONE;
	}
	for (int32_t k = 0; k < count; k++)
	{
		if (key[k] > most)
		{
			most = key[k];
			best = k;
		}
	}
	return best;
}

/*
 * Let one seller lower its price until it is full or gives away for nothing.
 */
static void
lower_price(Scaling *s, int32_t i)
{
	UNITS		lack = s->capacity[i] - s->load[i];
	const Offer *offer = s->offer + s->list[i];
	int32_t		count = s->list[i + 1] - s->list[i];
	PRICE	   *key = s->key;
	int32_t    *heap = NULL;
	PRICE		low = s->price[i];
	int64_t		steps = count;

	if (lack <= 0 || low <= 0)
		return;

	/* at most the price at which a buyer would move some of its units here */
	for (int32_t k = 0; k < count; k++)
		key[k] = offer[k].worth - s->worst[offer[k].buyer];
	if (count > LONG_LIST)
	{
		heap = s->heap;
		for (int32_t k = 0; k < count; k++)
			heap[k] = k;
		for (int32_t k = count / 2 - 1; k >= 0; k--)
			offer_sink(heap, count, k, key);
	}

	while (lack > 0)
	{
		int32_t		at = best_offer(key, heap, count);
		PRICE		best;
		int32_t		j;
		Courted		c;

		steps += 8;
		if (at == NONE)
		{
			low = 0;
			break;
		}
		best = key[at];
		j = offer[at].buyer;
		c = court(s, j, i);
		steps += s->row[j + 1] - s->row[j];
		if (c.worst == PRICE_MAX / 2)
		{
			key[at] = 0;		/* it has nothing elsewhere */
			continue;
		}
		s->worst[j] = c.worst < c.own ? c.worst : c.own;
		if (offer[at].worth - c.worst < best)
		{
			key[at] = offer[at].worth - c.worst;
			continue;
		}
		if (best - s->epsilon < low)
			low = best - s->epsilon > 0 ? best - s->epsilon : 0;
		lack -= take_units(s, i, j, &c, lack);
	}
	s->price[i] = low;
	salon_steps(&s->steps, steps + 8);
}

/*
** A phase
*/

static void
forward(Scaling *s)
{
	int64_t		discharged = 0;

	s->pass++;
	s->queue_head = 0;
	s->queue_count = 0;
	for (int32_t i = 0; i < s->sellers; i++)
	{
		if (s->load[i] > s->capacity[i])
			enqueue(s, i);
	}
	while (s->queue_count > 0 && !is_over(s))
	{
		int32_t		ahead = queue_peek(s, 7);

		if (ahead != NONE)
			__builtin_prefetch(s->holder + s->list[ahead]);
		ahead = queue_peek(s, 3);
		if (ahead != NONE && s->holders[ahead] > 0)
		{
			const Holder *h = s->holder + s->list[ahead];
			const Arc  *a = s->arc + s->row[h->buyer];

			__builtin_prefetch(a);
			__builtin_prefetch((const char *) a + 64);
		}
		raise_price(s, dequeue(s));
		if (++discharged >= 4 * (int64_t) s->sellers)
		{
			discharged = 0;
			raise_all(s);
		}
	}
}

static void
reverse(Scaling *s)
{
	int64_t		discharged = 0;

	lower_all(s);
	for (int32_t j = 0; j < s->buyers; j++)
	{
		PRICE		worst = s->unserved[j] > 0 ? 0 : PRICE_MAX / 2;

		salon_steps(&s->steps, s->row[j + 1] - s->row[j]);
		for (int32_t e = s->row[j]; e < s->row[j + 1]; e++)
		{
			const Arc  *a = &s->arc[e];

			if (a->flow > 0 && a->worth - s->price[a->seller] < worst)
				worst = a->worth - s->price[a->seller];
		}
		s->worst[j] = worst;
	}
	s->queue_head = 0;
	s->queue_count = 0;
	for (int32_t i = 0; i < s->sellers; i++)
	{
		if (s->load[i] < s->capacity[i] && s->price[i] > 0)
			enqueue(s, i);
	}
	while (s->queue_count > 0 && !is_over(s))
	{
		int32_t		ahead = queue_peek(s, 4);

		if (ahead != NONE)
			__builtin_prefetch(s->offer + s->list[ahead]);
		lower_price(s, dequeue(s));
		if (++discharged >= 2 * (int64_t) s->sellers)
		{
			discharged = 0;
			lower_all(s);
		}
	}
}

/*
** Prices in whole units
*/

/*
 * A buyer can gain so much: no seller that it buys from may ask for more than
 * leaves it that.  False when a price would fall below what must be paid.
 */
static bool
lower_own(Scaling *s, int32_t j, PRICE scale, PRICE gain,
		  int64_t *price, const int64_t *least)
{
	s->gain[j] = gain;
	for (int32_t e = s->row[j]; e < s->row[j + 1]; e++)
	{
		const Arc  *a = &s->arc[e];
		int64_t		most;

		if (a->flow <= 0)
			continue;
		most = a->worth / scale - gain;
		if (most < price[a->seller])
		{
			if (most < least[a->seller])
				return false;
			price[a->seller] = most;
			enqueue(s, a->seller);
		}
	}
	return true;
}

/*
 * Make whole prices that prove the flow, from prices in 1/scale.  A price only
 * falls from where it starts, until what it must pay for is not worth more to
 * any buyer than what others ask; where one falls, its other buyers may gain
 * more.
 */
static bool
prove(Scaling *s, PRICE scale, int start, int64_t *price,
	  int64_t *least)
{
	int64_t		looks = LOOKS * ((int64_t) s->arcs + LOOKS);
	bool		valid = true;

	for (int32_t i = 0; i < s->sellers; i++)
	{
		price[i] = s->capacity[i] == 0 || s->load[i] < s->capacity[i] ? 0 :
			(s->price[i] + scale / 2) / scale + start;
		least[i] = 0;
		s->queued[i] = 0;
	}
	s->queue_head = 0;
	s->queue_count = 0;
	for (int32_t j = 0; j < s->buyers; j++)
	{
		if (s->unserved[j] > 0)
		{
			for (int32_t e = s->row[j]; e < s->row[j + 1]; e++)
			{
				int64_t		w = s->arc[e].worth / scale;

				if (w > least[s->arc[e].seller])
					least[s->arc[e].seller] = w;
			}
		}
	}
	for (int32_t j = 0; j < s->buyers && valid; j++)
	{
		int64_t		gain = 0;

		salon_steps(&s->steps, s->row[j + 1] - s->row[j]);
		for (int32_t e = s->row[j]; e < s->row[j + 1]; e++)
		{
			int64_t		own = s->arc[e].worth / scale - price[s->arc[e].seller];

			if (own > gain)
				gain = own;
		}
		valid = lower_own(s, j, scale, (PRICE) gain, price, least);
	}
	while (valid && s->queue_count > 0)
	{
		int32_t		i = dequeue(s);

		for (int32_t k = s->list[i]; k < s->list[i + 1] && valid; k++)
		{
			int32_t		j = s->offer[k].buyer;
			int64_t		gain = s->offer[k].worth / scale - price[i];

			if (gain > s->gain[j])
			{
				salon_steps(&s->steps, s->row[j + 1] - s->row[j]);
				looks -= s->row[j + 1] - s->row[j];
				valid = lower_own(s, j, scale, (PRICE) gain, price,
								  least);
			}
		}
		looks -= s->list[i + 1] - s->list[i];
		salon_steps(&s->steps, s->list[i + 1] - s->list[i]);
		valid = valid && looks > 0;
	}
	for (int32_t i = 0; i < s->sellers; i++)
		s->queued[i] = 0;
	for (int32_t i = 0; i < s->sellers && valid; i++)
		valid = price[i] >= least[i];
	return valid;
}

/*
 * Do whole prices near those of this phase prove that the flow is close enough
 * to the best?  Called when no seller has too many buyers and none with a
 * price has too few.
 */
static bool
is_close(Scaling *s, PRICE scale, double max_gap, int64_t *price)
{
	salon_wide	primal = 0;
	salon_wide	dual = 0;
	salon_wide	flow = 0;

	for (int32_t i = 0; i < s->sellers; i++)
	{
		flow += s->load[i];
		price[i] = s->load[i] < s->capacity[i] ? 0 :
			(s->price[i] + scale / 2) / scale;
		dual += (salon_wide) price[i] * s->capacity[i];
	}
	for (int32_t j = 0; j < s->buyers; j++)
	{
		int64_t		v = 0;
		int64_t		units = s->unserved[j];

		salon_host_tick_at(s->steps.host, s->row[j]);
		for (int32_t e = s->row[j]; e < s->row[j + 1]; e++)
		{
			const Arc  *a = &s->arc[e];
			int64_t		w = a->worth / scale;

			if (w - price[a->seller] > v)
				v = w - price[a->seller];
			if (a->flow > 0)
			{
				primal += (salon_wide) w * a->flow;
				units += a->flow;
			}
		}
		dual += (salon_wide) v * units;
	}
	salon_host_tick(s->steps.host);
	if (flow > 0)
	{
		/* the gap is about a quarter of epsilon for each unit */
		double		goal = max_gap * (double) primal / (double) flow * scale * 2;

		s->goal = goal < (double) (PRICE_MAX / 8) ? (PRICE) goal : 0;
	}
	return (double) (dual - primal) <= max_gap * (double) primal;
}

/*
** The whole
*/

static void
set_up(Scaling *s, const ScalingProblem *problem, SalonHost *host)
{
	memset(s, 0, sizeof(*s));
	s->steps.host = host;
	s->sellers = problem->sellers;
	s->buyers = problem->buyers;
	s->arcs = problem->arcs;
	s->steps.most = STEPS_PER_ARC *
		((int64_t) s->arcs + s->sellers + s->buyers + 1000);
	s->row = salon_host_array(host, (size_t) s->buyers + 1, sizeof(int32_t));
	s->list = salon_host_array(host, (size_t) s->sellers + 1, sizeof(int32_t));
	s->arc = salon_host_array(host, s->arcs, sizeof(Arc));
	s->offer = salon_host_array(host, s->arcs, sizeof(Offer));
	s->holder = salon_host_array(host, s->arcs, sizeof(Holder));
	s->holders = salon_host_array(host, s->sellers, sizeof(int32_t));
	s->price = salon_host_array(host, s->sellers, sizeof(PRICE));
	s->load = salon_host_array(host, s->sellers, sizeof(UNITS));
	s->capacity = salon_host_array(host, s->sellers, sizeof(UNITS));
	s->seen = salon_host_array(host, s->sellers, sizeof(int32_t));
	s->queued = salon_host_array(host, (size_t) s->sellers * 3, 1);
	s->queue_size = s->sellers > 0 ? s->sellers : 1;
	s->queue = salon_host_array(host, s->queue_size, sizeof(int32_t));
	s->unserved = salon_host_array(host, s->buyers, sizeof(UNITS));
	s->worst = salon_host_array(host, s->buyers, sizeof(PRICE));
	s->buyer_distance = salon_host_array(host, s->buyers, sizeof(PRICE));
	s->gain = s->buyer_distance;
	s->distance = salon_host_array(host, s->sellers, sizeof(PRICE));
	s->next = salon_host_array(host, s->sellers, sizeof(int32_t));
	s->prev = salon_host_array(host, s->sellers, sizeof(int32_t));
	s->buckets = s->sellers < 1 << 15 ? 2 * s->sellers + 64 : 1 << 16;
	s->bucket = salon_host_array(host, s->buckets, sizeof(int32_t));
	for (int32_t i = 0; i < s->sellers; i++)
	{
		s->price[i] = 0;
		s->capacity[i] = (UNITS) problem->offered[i];
		s->seen[i] = 0;
		s->queued[i] = 0;
	}
	for (int32_t j = 0; j < s->buyers; j++)
		s->unserved[j] = (UNITS) problem->needed[j];
}

/*
 * Rows by buyer, lists by seller, each in the order of the arcs.
 */
static void
list_arcs(Scaling *s, const ScalingProblem *problem, int64_t scale)
{
	SalonHost  *host = s->steps.host;
	int32_t		longest = 0;

	memset(s->row, 0, sizeof(int32_t) * (size_t) s->buyers);
	memset(s->list, 0, sizeof(int32_t) * (size_t) s->sellers);
	for (int32_t e = 0; e < s->arcs; e++)
	{
		salon_host_tick_at(host, e);
		s->row[problem->buyer[e]]++;
		s->list[problem->seller[e]]++;
	}
	for (int32_t i = 0; i < s->sellers; i++)
		longest = s->list[i] > longest ? s->list[i] : longest;
	s->key = salon_host_array(host, longest, sizeof(PRICE));
	s->heap = salon_host_array(host, longest, sizeof(int32_t));
	salon_group_ends(s->row, s->buyers);
	salon_group_ends(s->list, s->sellers);
	for (int32_t e = s->arcs - 1; e >= 0; e--)
	{
		int32_t		i = problem->seller[e];
		int32_t		j = problem->buyer[e];
		Arc			arc = {i, (PRICE) (problem->weight[e] * scale), 0};
		Offer		offer = {j, arc.worth};

		salon_host_tick_at(host, e);
		s->arc[--s->row[j]] = arc;
		s->offer[--s->list[i]] = offer;
	}
	salon_host_tick(host);
}

/*
 * Phase by phase; true when prices in whole units prove the flow.
 */
static bool
run(Scaling *s, const ScalingProblem *problem, int64_t scale)
{
	SalonHost  *host = s->steps.host;
	int64_t    *least = salon_host_array(host, s->sellers, sizeof(int64_t));

	s->epsilon = (PRICE) (problem->max_weight * scale / 40);
	if (s->epsilon < 1)
		s->epsilon = 1;
	for (bool first = true;; first = false)
	{
		host->phase = "cost scaling";
		host->share = 1 - log((double) s->epsilon) /
			log((double) problem->max_weight * scale);
		reassign(s, first);
		forward(s);
		reverse(s);
		if (is_over(s))
			return false;
		if (problem->max_gap > 0 &&
			is_close(s, (PRICE) scale, problem->max_gap, problem->price))
			return true;
		if (s->epsilon <= scale / 8)
		{
			for (int k = 0; k < 3; k++)
			{
				if (prove(s, (PRICE) scale, k, problem->price, least))
					return true;
			}
		}
		if (s->epsilon == 1)
			return false;
		if (s->goal > s->epsilon / 18 && s->goal < s->epsilon)
			s->epsilon = s->goal;
		else
			s->epsilon /= 6;
		if (s->epsilon < 1)
			s->epsilon = 1;
	}
}

bool
SOLVE(const ScalingProblem *problem, SalonHost *host, int64_t scale,
	  bool *gave_up)
{
	Scaling		s;
	int64_t		mark = salon_host_mark(host);
	bool		proved;

	set_up(&s, problem, host);
	list_arcs(&s, problem, scale);
	proved = run(&s, problem, scale);
	*gave_up = is_over(&s);
	if (proved)
	{
		/* the flow goes back in the order of the arcs */
		salon_host_release(host, s.holder);
		salon_host_release(host, s.offer);
		salon_transport_answer(problem->answer, host, mark);
		for (int32_t e = 0; e < s.arcs; e++)
		{
			UNITS		flow = s.arc[s.row[problem->buyer[e]]++].flow;

			problem->answer->flow[e] = flow > 0 ? flow : 0;
		}
	}
	salon_host_rewind(host, mark);
	return proved;
}
