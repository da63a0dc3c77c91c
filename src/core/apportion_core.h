/*
 * src/core/apportion_core.h
 *
 * Sharing whole seats by weight.
 */
#ifndef SALON_APPORTION_CORE_H
#define SALON_APPORTION_CORE_H

#include <stdbool.h>
#include <stdint.h>

#include "core.h"

/*
 * Weights are whole numbers; all of them add up to less than 2^127.  Memory of
 * the host is aligned to 8 bytes.
 */
typedef unsigned __int128 salon_weight __attribute__((aligned(8)));

#define SALON_MOST_WEIGHT ((salon_weight) 1 << 127)

typedef enum SalonShareMethod
{
	SALON_LARGEST_REMAINDER,
	SALON_SAINTE_LAGUE,
	SALON_DHONDT
} SalonShareMethod;

/*
 * What is shared.  Where two parties have equal claims to a seat, the larger
 * weight has the better one, then the party that comes first.
 */
typedef struct SalonShare
{
	int32_t		parties;
	const salon_weight *weight; /* by party; not all are 0, unless no seats */
	int64_t		seats;			/* not negative */
	SalonShareMethod method;

	/* the answer */
	int64_t    *given;			/* by party, in an array of the caller */
	int32_t		last;			/* got the last seat only because it comes */
	int32_t		next;			/* before this one; or both are -1 */
} SalonShare;

extern void salon_apportion_solve(SalonShare *share, SalonHost *host);

#endif							/* SALON_APPORTION_CORE_H */
