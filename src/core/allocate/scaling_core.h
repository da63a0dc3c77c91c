/*
 * src/core/allocate/scaling_core.h
 *
 * Fast engine for large transportation problems without limits on arcs.
 */
#ifndef SALON_SCALING_CORE_H
#define SALON_SCALING_CORE_H

#include "transport.h"

extern bool salon_scaling_is_narrow(const SalonTransport *t);
extern bool salon_scaling(SalonTransport *t, SalonHost *host, double max_gap);

/* Who sells and who buys, and where the answer goes. */
typedef struct ScalingProblem
{
	int32_t		sellers;
	int32_t		buyers;
	int32_t		arcs;
	const int32_t *seller;		/* by arc */
	const int32_t *buyer;		/* by arc */
	const int64_t *weight;		/* by arc */
	const int64_t *offered;		/* by seller */
	const int64_t *needed;		/* by buyer */
	int64_t		max_weight;
	double		max_gap;		/* share of the total that may be missing */
	SalonTransport *answer;		/* where the flow goes */
	int64_t    *price;			/* by seller */
} ScalingProblem;

/* The engine for one width of numbers. */
extern bool scaling_narrow(const ScalingProblem *problem, SalonHost *host,
						   int64_t scale, bool *gave_up);
extern bool scaling_wide(const ScalingProblem *problem, SalonHost *host,
						 int64_t scale, bool *gave_up);

#endif							/* SALON_SCALING_CORE_H */
