/*
 * src/scale_core.h
 *
 * Chooses how values become integers (see SalonScale): for cores that have
 * values but no market.
 */
#ifndef SALON_SCALE_CORE_H
#define SALON_SCALE_CORE_H

#include "allocate_core.h"

extern void salon_scale_choose(SalonScale *scale, const double *value,
							   int32_t count, double room,
							   int32_t rounded_bits);

#endif							/* SALON_SCALE_CORE_H */
