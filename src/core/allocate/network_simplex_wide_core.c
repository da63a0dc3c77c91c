/*
 * src/core/allocate/network_simplex_wide_core.c
 *
 * Network simplex with numbers of 128 bits: see network_simplex_core.c.
 */
#define PRICE salon_wide
#include "network_simplex_template.h"

/*
 * Solve with weights of 128 bits.  The prices of suppliers and demanders go
 * into one array, which has room for one more.
 */
bool
salon_network_simplex_wide(SalonTransport *t, SalonHost *host,
						   const salon_wide *weight, salon_wide *price,
						   int64_t steps)
{
	return solve(t, host, weight, price, false, steps);
}
