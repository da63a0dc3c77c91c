/*
 * src/core/allocate/tiers_core.h
 *
 * Markets in which the value of a row is that of one of its two parties.
 */
#ifndef SALON_TIERS_CORE_H
#define SALON_TIERS_CORE_H

#include "transport.h"

extern bool salon_tiers(SalonTransport *t, SalonHost *host);

#endif							/* SALON_TIERS_CORE_H */
