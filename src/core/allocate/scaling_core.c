/*
 * src/core/allocate/scaling_core.c
 *
 * Cost scaling for large transportation problems with slack, when no arc has
 * a limit of its own.
 *
 * One side, the sellers, carries prices.  The units of the other side, the
 * buyers, are always with a seller or unserved, so the value of a buyer is
 * implied: the most that any of its arcs is worth beyond the price, and no
 * reverse arcs or slack nodes are needed.  Every unit is within epsilon of its
 * buyer's best value.  In a phase sellers with too many buyers raise their
 * prices until the surplus leaves, then sellers with too few lower theirs
 * until they are full or cost nothing; epsilon then shrinks by a factor.
 * Prices of all sellers are updated together by shortest paths when single
 * steps take too long (global price updates).  When epsilon is small enough,
 * prices in whole units are looked for that prove the flow; without a proof
 * the engine goes on with a finer scale, and at last gives up.
 *
 * See Goldberg 1997, "An efficient implementation of a scaling minimum-cost
 * flow algorithm", J. Algorithms 22:1-29, and Bertsekas and Castanon 1989,
 * "The auction algorithm for the transportation problem", Ann. OR 20:67-96,
 * for forward and reverse steps.
 *
 * Time: in practice a little more than linear in the arcs.  Memory: 36 bytes
 * an arc and about 60 a party with 32-bit numbers, twice that with 64-bit ones.
 * Limits: 4 * max_weight * scale within the width; no limits on arcs; no
 * parallel arcs.
 */
#include "scaling_core.h"

#include <string.h>

/* Parts of a whole price that the engine first works with. */
#define FIRST_SCALE 256

/*
 * The capacities of all parties together.
 */
static salon_wide
count_units(const SalonTransport *t)
{
	salon_wide	units = 0;

	for (int32_t j = 0; j < t->demanders; j++)
		units += t->needed[j];
	for (int32_t i = 0; i < t->suppliers; i++)
		units += t->offered[i];
	return units;
}

/*
 * Will numbers of 32 bits do?
 */
bool
salon_scaling_is_narrow(const SalonTransport *t)
{
	return t->max_weight < INT32_MAX / 4 / FIRST_SCALE &&
		count_units(t) < INT32_MAX;
}

/*
 * Solve, or return false when no proof was found.
 */
bool
salon_scaling(SalonTransport *t, SalonHost *host, double max_gap)
{
	ScalingProblem p;
	bool		proved = false;
	bool		gave_up = false;
	bool		swap;
	int64_t    *gain;

	memset(&p, 0, sizeof(p));
	p.arcs = t->arcs;
	p.weight = t->weight;
	p.max_weight = t->max_weight;
	p.max_gap = max_gap;
	p.answer = t;

	/* the smaller side sells: fewer prices, shorter rows */
	swap = t->suppliers > t->demanders;
	p.sellers = swap ? t->demanders : t->suppliers;
	p.buyers = swap ? t->suppliers : t->demanders;
	p.seller = swap ? t->demander : t->supplier;
	p.buyer = swap ? t->supplier : t->demander;
	p.offered = swap ? t->needed : t->offered;
	p.needed = swap ? t->offered : t->needed;
	p.price = swap ? t->demander_price : t->supplier_price;
	gain = swap ? t->supplier_price : t->demander_price;

	if (salon_scaling_is_narrow(t))
		proved = scaling_narrow(&p, host, FIRST_SCALE, &gave_up);
	for (int64_t scale = FIRST_SCALE; !proved && !gave_up && scale <= INT64_C(1) << 28 &&
		 t->max_weight < INT64_MAX / 8 / scale && count_units(t) < INT64_MAX;
		 scale *= 16)
		proved = scaling_wide(&p, host, scale, &gave_up);
	if (!proved)
		return false;

	/* what the buyers gain */
	memset(gain, 0, sizeof(int64_t) * (size_t) p.buyers);
	for (int32_t e = 0; e < t->arcs; e++)
	{
		int64_t		v = p.weight[e] - p.price[p.seller[e]];

		if (v > gain[p.buyer[e]])
			gain[p.buyer[e]] = v;
	}
	return true;
}
