/*
 * src/core/allocate/scaling_core.h
 *
 * Fast engine for large transportation problems without limits on arcs.
 */
#ifndef SALON_SCALING_CORE_H
#define SALON_SCALING_CORE_H

#include "transport.h"

extern bool salon_scaling_is_narrow(const SalonTransport *t);
extern bool salon_scaling(SalonTransport *t, SalonHost *host, double max_gap);

#endif							/* SALON_SCALING_CORE_H */
