/*
 * src/core/scale_core.h
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
	double		factor[2];		/* 2^power2, which may be beyond a double, is
								 * their product */
} SalonScale;

extern const double salon_power_of_ten[SALON_MOST_DIGITS + 1];

/* What is known while values are added */
typedef struct SalonScaleChoice
{
	double		room;
	double		largest_integer;
	double		largest_decimal;
	double		max;
	int32_t		digits;
} SalonScaleChoice;

/* Rounding that costs less than this share of the total is not told */
#define SALON_ROUNDING_TOLD 1e-9

/* A bound that no integer of a scale reaches */
#define SALON_BEYOND INT64_MAX

extern void salon_scale_start(SalonScaleChoice *choice, double room);
extern void salon_scale_add_digits(SalonScaleChoice *choice, double value);
extern void salon_scale_finish(const SalonScaleChoice *choice,
							   int32_t rounded_bits, SalonScale *scale);
extern int64_t salon_scale_bound(const SalonScale *scale, double value);

/*
 * One more value, which is positive.
 */
static inline void
salon_scale_add(SalonScaleChoice *choice, double value)
{
	if (value > choice->max)
		choice->max = value;
	/* most often all are whole numbers, or one of the first is no decimal */
	if (choice->digits <= SALON_MOST_DIGITS &&
		(choice->digits > 0 || value > choice->largest_integer ||
		 value != (double) (int64_t) value))
		salon_scale_add_digits(choice, value);
}

/*
 * The integer that stands for a value, which is positive.  What is far below
 * the largest one is worth something still.
 */
static inline int64_t
salon_scale_up(const SalonScale *scale, double value)
{
	double		scaled;
	int64_t		weight;

	/* without calls of the library, and decimals have fewer bits than 52 */
	if (scale->power2 == 0)
		return scale->power10 == 0 ? (int64_t) value :
			(int64_t) (value * salon_power_of_ten[scale->power10] + 0.5);
	scaled = value * scale->factor[0] * scale->factor[1];
	weight = (int64_t) scaled;
	return weight + ((double) weight < scaled || weight == 0);
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
