/*
 * src/core/allocate/network_simplex_core.h
 *
 * Network simplex for transportation problems with slack.
 */
#ifndef SALON_NETWORK_SIMPLEX_CORE_H
#define SALON_NETWORK_SIMPLEX_CORE_H

#include "transport.h"

extern bool salon_network_simplex(SalonTransport *t, SalonHost *host,
								  bool careful, int64_t steps);
extern bool salon_network_simplex_wide(SalonTransport *t, SalonHost *host,
									   const salon_wide *weight,
									   salon_wide *price, int64_t steps);

#endif							/* SALON_NETWORK_SIMPLEX_CORE_H */
