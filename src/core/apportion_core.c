/*
 * src/core/apportion_core.c
 *
 * Apportionment in whole numbers.
 *
 * Largest remainder (Hamilton, Hare quota): each party first gets its share
 * rounded down; what is left goes to the largest remainders, one each.
 *
 * Divisor methods: seat by seat, the next one goes to the party with the
 * largest weight / divisor of its next seat.  The divisors are 1, 2, 3, ...
 * (D'Hondt, Jefferson) or 1, 3, 5, ... (Sainte-Lague, Webster).  Most of the
 * seats are given at once: with x = seats / total, a party with weight w has
 * floor(w x) quotients of at least 1 / x by D'Hondt, and all parties together
 * have at most as many as there are seats, so these seats are certain; by
 * Sainte-Lague, floor(w x) seats are certain with x = (seats - parties / 2) /
 * total.  At most 3/2 seats for each party are left, and a heap gives them.
 *
 * (Balinski and Young 1982, "Fair representation"; certain seats: after
 * Pukelsheim 2014, "Proportional representation", chapter 4.)
 *
 * Quotients are compared by their cross products of up to 190 bits, so
 * nothing is ever rounded.
 *
 * Time: O(parties log parties), whatever the seats.  Memory: 36 bytes a party.
 */
#include "apportion_core.h"

#include <string.h>

#define NONE (-1)

typedef struct Claim
{
	salon_weight remainder;		/* by largest remainder */
	salon_weight weight;
	int64_t		divisor;		/* by a divisor method, of the next seat */
	int32_t		party;
} Claim;

typedef struct Share
{
	SalonShare *share;
	SalonSteps	steps;
	salon_weight total;
	Claim	   *claim;			/* a heap, the best on top */
	int32_t		claims;
} Share;

/*
 * weight * seats / total rounded down, and the remainder; bit by bit, since
 * the product may have 190 bits.  The weight is at most the total, which is
 * less than 2^127.
 */
static int64_t
multiply_divide(salon_weight weight, int64_t seats, salon_weight total,
				salon_weight *remainder)
{
	salon_weight rest = 0;
	int64_t		quotient = 0;

	for (int bit = 62; bit >= 0; bit--)
	{
		quotient *= 2;
		rest *= 2;
		if (rest >= total)
		{
			rest -= total;
			quotient++;
		}
		if (seats >> bit & 1)
		{
			rest += weight;
			if (rest >= total)
			{
				rest -= total;
				quotient++;
			}
		}
	}
	*remainder = rest;
	return quotient;
}

/*
 * Compare a * b with c * d.
 */
static inline int
compare_products(salon_weight a, int64_t b, salon_weight c, int64_t d)
{
	salon_weight a_low = (salon_weight) (uint64_t) a * (uint64_t) b;
	salon_weight c_low = (salon_weight) (uint64_t) c * (uint64_t) d;
	salon_weight a_high = (a >> 64) * (uint64_t) b + (a_low >> 64);
	salon_weight c_high = (c >> 64) * (uint64_t) d + (c_low >> 64);

	if (a_high != c_high)
		return a_high < c_high ? -1 : 1;
	if ((uint64_t) a_low != (uint64_t) c_low)
		return (uint64_t) a_low < (uint64_t) c_low ? -1 : 1;
	return 0;
}

/*
 * Compare two claims to a seat, without regard to who comes first: 1 when the
 * first is better.
 */
static inline int
compare_claims(const Claim *a, const Claim *b)
{
	int			order;

	if (a->divisor == 0)
		order = a->remainder < b->remainder ? -1 :
			a->remainder > b->remainder ? 1 : 0;
	else
		order = compare_products(a->weight, b->divisor,
								 b->weight, a->divisor);
	if (order != 0)
		return order;
	return a->weight < b->weight ? -1 : a->weight > b->weight ? 1 : 0;
}

static inline bool
claim_before(const Claim *a, const Claim *b)
{
	int			order = compare_claims(a, b);

	return order > 0 || (order == 0 && a->party < b->party);
}

#define HEAP claim
#define HEAP_ELEMENT Claim
#define HEAP_ABOVE(a, b, by) claim_before(a, b)
#include "heap.h"

/*
 * Share the seats.
 */
void
salon_apportion_solve(SalonShare *share, SalonHost *host)
{
	Share		state;
	Share	   *s = &state;
	int64_t		left = share->seats;
	int64_t		at_once;
	bool		quotients = share->method != SALON_LARGEST_REMAINDER;

	memset(s, 0, sizeof(*s));
	s->share = share;
	s->steps.host = host;
	share->last = share->next = NONE;
	host->phase = "sharing";
	for (int32_t k = 0; k < share->parties; k++)
	{
		s->total += share->weight[k];
		share->given[k] = 0;
		salon_steps(&s->steps, 1);
	}
	if (share->seats == 0 || s->total == 0)
		return;

	at_once = share->seats;
	if (share->method == SALON_SAINTE_LAGUE)
		at_once = share->seats > (share->parties + 1) / 2 ?
			share->seats - (share->parties + 1) / 2 : 0;
	s->claim = salon_host_array(host, (size_t) share->parties, sizeof(Claim));
	for (int32_t k = 0; k < share->parties; k++)
	{
		Claim	   *c = &s->claim[s->claims];

		if (share->weight[k] == 0)
			continue;
		share->given[k] = multiply_divide(share->weight[k], at_once, s->total,
										  &c->remainder);
		left -= share->given[k];
		c->weight = share->weight[k];
		c->divisor = !quotients ? 0 : share->method == SALON_DHONDT ?
			share->given[k] + 1 : 2 * share->given[k] + 1;
		c->party = k;
		s->claims++;
		salon_steps(&s->steps, 64);
	}
	for (int32_t k = s->claims / 2 - 1; k >= 0; k--)
	{
		claim_sink(s->claim, s->claims, k, NULL);
		salon_steps(&s->steps, 64);
	}
	while (left > 0)
	{
		Claim	   *best = &s->claim[0];
		Claim		winner = *best;

		share->given[winner.party]++;
		left--;
		if (quotients)
			best->divisor += share->method == SALON_DHONDT ? 1 : 2;
		else
			*best = s->claim[--s->claims];
		if (s->claims > 0)
			claim_sink(s->claim, s->claims, 0, NULL);
		if (left == 0 && s->claims > 0 &&
			compare_claims(&winner, &s->claim[0]) == 0)
		{
			share->last = winner.party;
			share->next = s->claim[0].party;
		}
		salon_steps(&s->steps, 64);
	}
	salon_host_release(host, s->claim);
}
