/*
 * src/core/scale_core.c
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
 * Begin to choose.  No integer becomes larger than room.
 */
void
salon_scale_start(SalonScaleChoice *choice, double room)
{
	choice->room = room;
	choice->largest_integer = room < LARGEST_INTEGER ? room : LARGEST_INTEGER;
	choice->largest_decimal = room < LARGEST_DECIMAL ? room : LARGEST_DECIMAL;
	choice->max = 0;
	choice->digits = 0;
}

/*
 * Count the digits of one more value that is no small whole number.
 */
void
salon_scale_add_digits(SalonScaleChoice *choice, double value)
{
	while (choice->digits <= SALON_MOST_DIGITS &&
		   !is_decimal(value, choice->digits, choice->digits == 0 ?
					   choice->largest_integer : choice->largest_decimal))
		choice->digits++;
}

/*
 * The scale for the values that were added.  What has to be rounded keeps
 * about rounded_bits bits of the largest one.
 */
void
salon_scale_finish(const SalonScaleChoice *choice, int32_t rounded_bits,
				   SalonScale *scale)
{
	double		max = choice->max;
	int32_t		digits = choice->digits;
	int			exponent;
	int			room_exponent;

	scale->power10 = 0;
	scale->power2 = 0;
	scale->exact = true;
	if (digits <= SALON_MOST_DIGITS &&
		(max == 0 || rint(max * salon_power_of_ten[digits]) <=
		 (digits == 0 ? choice->largest_integer : choice->largest_decimal)))
	{
		scale->power10 = digits;
		return;
	}

	(void) frexp(choice->room, &room_exponent);
	room_exponent -= 1;
	if (room_exponent > rounded_bits)
		room_exponent = rounded_bits;
	(void) frexp(max, &exponent);
	scale->power2 = room_exponent - exponent;
	if (scale->power2 == 0)
		scale->power2 = -1;		/* 0 says that the scale is decimal */
	scale->factor[0] = ldexp(1.0, scale->power2 / 2);
	scale->factor[1] = ldexp(1.0, scale->power2 - scale->power2 / 2);
	scale->exact = false;
}

/*
 * The integer for a value that the scale was not chosen for, rounded upwards;
 * SALON_BEYOND when it is larger than a double counts.
 */
int64_t
salon_scale_bound(const SalonScale *scale, double value)
{
	double		scaled = scale->power2 == 0 ?
	value * salon_power_of_ten[scale->power10] : ldexp(value, scale->power2);
	int64_t		weight;

	if (!(scaled <= LARGEST_INTEGER))
		return SALON_BEYOND;
	weight = salon_scale_up(scale, value);
	if (salon_scale_down(scale, weight) < value)
		weight++;
	return weight;
}
