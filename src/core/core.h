/*
 * src/core/core.h
 *
 * What a core asks of whoever calls it.  A core is plain C over plain arrays:
 * it knows neither executor nor SQL types, so that it can be tested and
 * fuzzed alone.  It takes all its memory from its host and lets the host
 * speak every now and then; the host may leave by a long jump from either
 * call, because nothing that a core holds lives outside the host's memory.
 *
 * Memory is marked where a core begins and rewound to the mark where it ends.
 */
#ifndef SALON_CORE_H
#define SALON_CORE_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* totals of 64-bit quantities and prices: any 64-bit machine has them */
#ifndef __SIZEOF_INT128__
#error "salon needs a 64-bit machine and a compiler with integers of 128 bits"
#endif
#if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0
#error "salon needs arithmetic in double precision: extra digits would decide ties"
#endif

/* Stands before each array that a core has from its host. */
typedef struct SalonMemory
{
	struct SalonMemory *before; /* the array made before it */
	int64_t		number;			/* larger than that of what was made before */
} SalonMemory;

typedef struct SalonHost
{
	void	   *arg;			/* handed back to the calls */
	void	   *(*alloc) (void *arg, size_t size);	/* never NULL */
	void		(*release) (void *arg, void *memory);
	void		(*tick) (void *arg);	/* called at least every few ms */
	const char *phase;			/* what the core is doing, for progress */
	double		share;			/* how much is done, 0 to 1; -1: unknown */
	SalonMemory *newest;		/* what cores hold; at first NULL */
	int64_t		made;			/* arrays and marks, ever; at first 0 */
} SalonHost;

/* Steps of inner loops between two calls of tick; tests take fewer. */
#ifndef SALON_TICK_STEPS
#define SALON_TICK_STEPS 100000
#endif

/*
** Memory
*/

static inline void *
salon_host_array(SalonHost *host, size_t count, size_t size)
{
	/* counts are at most 2^31 and sizes small: no overflow in 64 bits */
	SalonMemory *memory = host->alloc(host->arg, sizeof(SalonMemory) +
									  (count ? count : 1) * size);

	memory->before = host->newest;
	memory->number = ++host->made;
	host->newest = memory;
	return memory + 1;
}

/*
 * Give back one array, or none.
 */
static inline void
salon_host_release(SalonHost *host, void *array)
{
	SalonMemory **at = &host->newest;
	SalonMemory *memory;

	if (array == NULL)
		return;
	/* a core holds some dozens */
	while (*at != (SalonMemory *) array - 1)
		at = &(*at)->before;
	memory = *at;
	*at = memory->before;
	host->release(host->arg, memory);
}

/*
 * What to rewind to in order to give back all that is made from now on.
 */
static inline int64_t
salon_host_mark(SalonHost *host)
{
	return ++host->made;
}

static inline void
salon_host_rewind(SalonHost *host, int64_t mark)
{
	SalonMemory **at = &host->newest;

	while (*at != NULL)
	{
		SalonMemory *memory = *at;

		if (memory->number <= mark)
			at = &memory->before;
		else
		{
			*at = memory->before;
			host->release(host->arg, memory);
		}
	}
}

/*
 * Let an array outlive the rewinding to a mark.
 */
static inline void
salon_host_keep(int64_t mark, void *array)
{
	((SalonMemory *) array - 1)->number = mark;
}

/*
 * The same array with twice the room; or a first one, when there is none.
 */
static inline void *
salon_host_grow(SalonHost *host, void *array, size_t size, int32_t *room)
{
	int32_t		more = array == NULL ? 64 : *room * 2;
	void	   *larger = salon_host_array(host, more, size);

	if (array != NULL)
		memcpy(larger, array, size * (size_t) *room);
	salon_host_release(host, array);
	*room = more;
	return larger;
}

/*
** Time
*/

static inline void
salon_host_tick(SalonHost *host)
{
	host->tick(host->arg);
}

/*
 * Counts the steps of inner loops, and lets the host speak after enough of
 * them.
 */
typedef struct SalonSteps
{
	SalonHost  *host;
	int64_t		taken;
	int64_t		told;			/* of these, when the host spoke last */
	int64_t		most;			/* after which to give up, if anybody looks */
} SalonSteps;

static inline void
salon_steps(SalonSteps *steps, int64_t more)
{
	steps->taken += more;
	if (steps->taken - steps->told >= SALON_TICK_STEPS)
	{
		steps->told = steps->taken;
		salon_host_tick(steps->host);
	}
}

/*
 * For plain loops over an array, which are quick but may be long.
 */
static inline void
salon_host_tick_at(SalonHost *host, int32_t at)
{
	if ((at & 0x3FFFF) == 0x3FFFF)
		host->tick(host->arg);
}

#endif							/* SALON_CORE_H */
