/*
 * src/scale_core.c
 *
 * Chooses how values become integers.  A power of ten when that makes every
 * positive value a whole number of at most 15 digits, so that integers and
 * decimals are exact; else a power of two, to be rounded upwards, so that
 * bounds that hold for the integers hold for the values.
 *
 * Time: O(values).  Memory: none.
 */
#include "scale_core.h"

#define LARGEST_DECIMAL 1000000000000000	/* 10^15: exact as numeric too */
#define LARGEST_INTEGER (INT64_C(1) << 53)	/* exact as double */

const double salon_power_of_ten[SALON_MOST_DIGITS + 1] = {
	1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7,
	1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15
};

/*
 * Is the value a whole number of 10^-digits?
 */
static inline bool
is_decimal(double value, int32_t digits, double largest)
{
	double		scaled = rint(value * salon_power_of_ten[digits]);

	return scaled <= largest && scaled / salon_power_of_ten[digits] == value;
}

/*
 * Choose the scale for the values that are positive, and return the largest of
 * them.  No integer becomes larger than room; what has to be rounded keeps
 * about rounded_bits bits of the largest value.
 */
double
salon_scale_choose(SalonScale *scale, const double *value, int32_t count,
				   double room, int32_t rounded_bits, SalonHost *host)
{
	double		largest_integer = room < LARGEST_INTEGER ? room : LARGEST_INTEGER;
	double		largest_decimal = room < LARGEST_DECIMAL ? room : LARGEST_DECIMAL;
	double		max = 0;
	int32_t		digits = 0;
	int			exponent;
	int			room_exponent;

	scale->power10 = 0;
	scale->power2 = 0;
	scale->exact = true;
	for (int32_t k = 0; k < count; k++)
	{
		double		v = value[k];

		salon_host_tick_at(host, k);
		if (!(v > 0))
			continue;
		if (v > max)
			max = v;
		/* most often all are whole numbers: no need to divide */
		if (digits == 0 && v <= largest_integer && v == (double) (int64_t) v)
			continue;
		while (digits <= SALON_MOST_DIGITS &&
			   !is_decimal(v, digits,
						   digits == 0 ? largest_integer : largest_decimal))
			digits++;
	}
	if (digits <= SALON_MOST_DIGITS &&
		(max == 0 || rint(max * salon_power_of_ten[digits]) <=
		 (digits == 0 ? largest_integer : largest_decimal)))
	{
		scale->power10 = digits;
		return max;
	}

	(void) frexp(room, &room_exponent);
	room_exponent -= 1;
	if (room_exponent > rounded_bits)
		room_exponent = rounded_bits;
	(void) frexp(max, &exponent);
	scale->power2 = room_exponent - exponent;
	if (scale->power2 == 0)
		scale->power2 = -1;		/* 0 says that the scale is decimal */
	scale->exact = false;
	return max;
}
