/*
 * src/scale_core.h
 *
 * How values become integers, and back.
 */
#ifndef SALON_SCALE_CORE_H
#define SALON_SCALE_CORE_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#include "core.h"

#define SALON_MOST_DIGITS 15

/* The integer is value * 10^power10 * 2^power2; one of the two is 0. */
typedef struct SalonScale
{
	int32_t		power10;
	int32_t		power2;
	bool		exact;			/* no value was rounded */
} SalonScale;

extern const double salon_power_of_ten[SALON_MOST_DIGITS + 1];

extern double salon_scale_choose(SalonScale *scale, const double *value,
								 int32_t count, double room,
								 int32_t rounded_bits, SalonHost *host);

/*
 * The integer that stands for a value.
 */
static inline int64_t
salon_scale_up(const SalonScale *scale, double value)
{
	if (scale->power2 == 0)
		return scale->power10 == 0 ? (int64_t) value :
			(int64_t) rint(value * salon_power_of_ten[scale->power10]);
	return (int64_t) ceil(ldexp(value, scale->power2));
}

/*
 * The value that an integer stands for.
 */
static inline double
salon_scale_down(const SalonScale *scale, int64_t weight)
{
	if (scale->power2 == 0)
		return (double) weight / salon_power_of_ten[scale->power10];
	return ldexp((double) weight, -scale->power2);
}

#endif							/* SALON_SCALE_CORE_H */
