/*
 * src/core/allocate/auction_core.h
 *
 * Exact engine for one-to-one markets.
 */
#ifndef SALON_AUCTION_CORE_H
#define SALON_AUCTION_CORE_H

#include "transport.h"

extern bool salon_auction(SalonTransport *t, SalonHost *host, double max_gap);

#endif							/* SALON_AUCTION_CORE_H */
