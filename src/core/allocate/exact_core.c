/*
 * src/core/allocate/exact_core.c
 *
 * Values that differ too much for integers of 64 bits: network simplex with
 * 128.  As many bits as the number of parties leaves room for, about 95 to
 * 120, stand for the largest value.  So a value is exact down to 2^-42 to
 * 2^-67 of it, and what is smaller is rounded upwards by at most 2^-95 of it:
 * as at least one unit of the largest value can be had and no more than 2^61
 * of all, rounding costs less than 2^-34 of the best total.
 *
 * Totals would need more bits still, so the proof is that of complementary
 * slackness: what flows is worth its prices, what has a price is used up.
 *
 * Prices become doubles, rounded upwards: they hold for the values, and in
 * double precision.
 */
#include "exact_core.h"

#include <math.h>
#include <string.h>

#include "network_simplex_core.h"

/*
 * The weight that stands for a value, and whether it is rounded.
 */
static salon_wide
weigh(double value, int power, bool *rounded)
{
	int			exponent;
	salon_wide	mantissa = (salon_wide) ldexp(frexp(value, &exponent), 53);
	int			shift = exponent - 53 + power;
	salon_wide	weight;

	*rounded = false;
	if (shift >= 0)
		return mantissa << shift;
	weight = shift > -60 ? mantissa >> -shift : 0;
	*rounded = shift <= -60 || weight << -shift != mantissa;
	return weight + *rounded;
}

/*
 * Does the flow keep all limits, and is it worth its prices?  Also finds the
 * total, and what rounding may have cost.
 */
static bool
is_proved(const SalonTransport *t, SalonHost *host, SalonExact *x,
		  const salon_wide *weight, const salon_wide *price)
{
	const salon_wide *demander_price = price + t->suppliers;
	int64_t    *left = salon_host_array(host, (size_t) t->suppliers +
										(size_t) t->demanders,
										sizeof(int64_t));
	bool		proved = true;

	memcpy(left, t->offered, sizeof(int64_t) * (size_t) t->suppliers);
	memcpy(left + t->suppliers, t->needed,
		   sizeof(int64_t) * (size_t) t->demanders);
	x->total = 0;
	x->gap = 0;
	for (int32_t e = 0; e < t->arcs && proved; e++)
	{
		int64_t		limit = t->limit == NULL ? SALON_NO_LIMIT : t->limit[e];
		int64_t		flow = t->flow[e];
		int64_t    *a = &left[t->supplier[e]];
		int64_t    *b = &left[t->suppliers + t->demander[e]];
		salon_wide	over = weight[e] - price[t->supplier[e]] -
		demander_price[t->demander[e]];
		double		value = x->value[x->row[e]];

		salon_host_tick_at(host, e);
		if (flow < 0 || flow > limit || flow > *a || flow > *b ||
			(over > 0 && flow < limit) || (over < 0 && flow > 0))
			proved = false;
		*a -= flow;
		*b -= flow;
		if (flow > 0)
		{
			bool		rounded;

			(void) weigh(value, x->power, &rounded);
			if (rounded)
				x->gap += ldexp((double) flow, -x->power) * (1 + ldexp(1.0, -20));
			x->total += value * (double) flow;
		}
	}
	for (int32_t v = 0; v < t->suppliers + t->demanders; v++)
	{
		if (price[v] < 0 || (price[v] > 0 && left[v] > 0))
			proved = false;
	}
	salon_host_release(host, left);
	return proved;
}

/*
 * A price as a double that is not smaller.
 */
static double
price_up(salon_wide price, int power)
{
	double		rounded = (double) price;
	double		result;

	if ((salon_wide) rounded < price)
		rounded = nextafter(rounded, INFINITY);
	result = ldexp(rounded, -power);
	/* it may be too small to be exact */
	return ldexp(result, power) < rounded ? nextafter(result, INFINITY) :
		result;
}

/*
 * Solve, with prices that are doubles in the memory of integers.  False, with
 * what was found before left as it is, when it takes too long.
 */
bool
salon_exact(SalonTransport *t, SalonHost *host, SalonExact *x, int64_t steps)
{
	size_t		parties = (size_t) t->suppliers + (size_t) t->demanders;
	salon_wide *weight = salon_host_array(host, t->arcs, sizeof(salon_wide));
	salon_wide *price = salon_host_array(host, parties + 1,
										 sizeof(salon_wide));
	int64_t    *before = t->flow;
	double		largest = 0;
	int			exponent;
	int			room;
	bool		proved;

	for (int32_t e = 0; e < t->arcs; e++)
	{
		salon_host_tick_at(host, e);
		largest = fmax(largest, x->value[x->row[e]]);
	}
	/* parties * weight * 4 < 2^127 */
	(void) frexp((double) parties + 2, &room);
	room = 124 - room;
	(void) frexp(largest, &exponent);
	x->power = room - exponent;
	for (int32_t e = 0; e < t->arcs; e++)
	{
		bool		rounded;

		salon_host_tick_at(host, e);
		weight[e] = weigh(x->value[x->row[e]], x->power, &rounded);
	}
	t->flow = NULL;
	proved = salon_network_simplex_wide(t, host, weight, price, steps) &&
		is_proved(t, host, x, weight, price);
	if (proved)
	{
		for (size_t v = 0; v < parties; v++)
		{
			double		p = price_up(price[v], x->power);

			memcpy(v < (size_t) t->suppliers ? &t->supplier_price[v] :
				   &t->demander_price[v - (size_t) t->suppliers],
				   &p, sizeof(p));
		}
		salon_host_release(host, before);
	}
	else
	{
		salon_host_release(host, t->flow);
		t->flow = before;
	}
	salon_host_release(host, price);
	salon_host_release(host, weight);
	return proved;
}
