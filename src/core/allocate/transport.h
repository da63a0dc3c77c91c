/*
 * src/core/allocate/transport.h
 *
 * The form in which the engines of allocate get an instance: a transportation
 * problem with slack on both sides.  Maximise the sum of weight * flow where
 * no supplier gives more than it has, no demander takes more than it needs,
 * and no arc carries more than its limit.
 *
 * Arcs are sorted by supplier, then demander, then falling weight.  Every
 * party that has an arc has a positive capacity; a capacity that can never
 * bind is larger than all its arcs can carry, so its price comes out as 0.
 */
#ifndef SALON_TRANSPORT_H
#define SALON_TRANSPORT_H

#include <stdbool.h>
#include <stdint.h>

#include "../core.h"

#define SALON_NO_LIMIT INT64_MAX

/* memory of hosts is aligned for 8 bytes, as the server's is */
typedef __int128 salon_wide __attribute__((aligned(8)));

typedef struct SalonTransport
{
	int32_t		suppliers;
	int32_t		demanders;
	int32_t		arcs;
	int32_t    *supplier;		/* by arc */
	int32_t    *demander;		/* by arc */
	int64_t    *weight;			/* by arc, positive */
	int64_t    *limit;			/* by arc, positive; NULL when no arc has one;
								 * SALON_NO_LIMIT on arcs without */
	int64_t    *offered;		/* by supplier */
	int64_t    *needed;			/* by demander */
	int64_t		max_weight;

	/* what an engine fills in */
	int64_t    *flow;			/* by arc; NULL: no engine has answered yet */
	int64_t    *supplier_price;
	int64_t    *demander_price;
} SalonTransport;

/*
 * Room for an answer, which outlives the rewinding to a mark: made late, when
 * an engine has given back its largest arrays.
 */
static inline void
salon_transport_answer(SalonTransport *t, SalonHost *host, int64_t mark)
{
	if (t->flow == NULL)
	{
		t->flow = salon_host_array(host, t->arcs, sizeof(int64_t));
		salon_host_keep(mark, t->flow);
	}
}

#endif							/* SALON_TRANSPORT_H */
