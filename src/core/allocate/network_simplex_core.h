/*
 * src/core/allocate/network_simplex_core.h
 *
 * Exact engine for every shape of a transportation problem.
 */
#ifndef SALON_NETWORK_SIMPLEX_CORE_H
#define SALON_NETWORK_SIMPLEX_CORE_H

#include "transport.h"

extern bool salon_network_simplex(SalonTransport *t, SalonHost *host,
								  bool careful, int64_t steps);

#endif							/* SALON_NETWORK_SIMPLEX_CORE_H */
