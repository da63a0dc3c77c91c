/*
 * src/core/core.h
 *
 * What a core asks of whoever calls it.  A core is plain C over plain arrays:
 * it knows neither executor nor SQL types, so that it can be tested and
 * fuzzed alone.  It takes all its memory from its host and lets the host
 * speak every now and then; the host may leave by a long jump from either
 * call, because nothing that a core holds lives outside the host's memory.
 */
#ifndef SALON_CORE_H
#define SALON_CORE_H

#include <stddef.h>
#include <stdint.h>

/* totals of 64-bit quantities and prices: any 64-bit machine has them */
#ifndef __SIZEOF_INT128__
#error "salon needs a 64-bit machine and a compiler with integers of 128 bits"
#endif
#if defined(__FLT_EVAL_METHOD__) && __FLT_EVAL_METHOD__ != 0
#error "salon needs arithmetic in double precision: extra digits would decide ties"
#endif

typedef struct SalonHost
{
	void	   *arg;			/* handed back to the calls */
	void	   *(*alloc) (void *arg, size_t size);	/* never NULL */
	void		(*release) (void *arg, void *memory);
	void		(*tick) (void *arg);	/* called at least every few ms */
	const char *phase;			/* what the core is doing, for progress */
	double		share;			/* how much is done, 0 to 1; -1: unknown */
} SalonHost;

/* Steps of inner loops between two calls of tick; tests take fewer. */
#ifndef SALON_TICK_STEPS
#define SALON_TICK_STEPS 100000
#endif

static inline void *
salon_host_array(SalonHost *host, size_t count, size_t size)
{
	/* counts are at most 2^31 and sizes small: no overflow in 64 bits */
	return host->alloc(host->arg, (count ? count : 1) * size);
}

static inline void
salon_host_release(SalonHost *host, void *memory)
{
	if (memory)
		host->release(host->arg, memory);
}

static inline void
salon_host_tick(SalonHost *host)
{
	host->tick(host->arg);
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
