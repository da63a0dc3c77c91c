/*
 * src/core/allocate/exact_core.h
 *
 * The best flow for values that differ too much for integers of 64 bits.
 */
#ifndef SALON_EXACT_CORE_H
#define SALON_EXACT_CORE_H

#include "transport.h"

/* What values are counted in: 2^-power. */
typedef struct SalonExact
{
	const double *value;		/* by row, positive */
	const int32_t *row;			/* of each arc */
	int			power;
	double		total;			/* of the values */
	double		gap;			/* the best total is at most this much more */
} SalonExact;

extern bool salon_exact(SalonTransport *t, SalonHost *host, SalonExact *x,
						int64_t steps);

#endif							/* SALON_EXACT_CORE_H */
