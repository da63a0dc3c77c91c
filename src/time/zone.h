/*
 * src/time/zone.h
 *
 * Time zones of places, and the moments of their local times.  See zone.c.
 */
#ifndef SALON_ZONE_H
#define SALON_ZONE_H

#include "postgres.h"

#include "datatype/timestamp.h"
#include "pgtime.h"

extern pg_tz *zone_of_place(const char *name);
extern Timestamp zone_local(TimestampTz at, pg_tz *zone);
extern TimestampTz zone_moment(Timestamp local, pg_tz *zone);

#endif							/* SALON_ZONE_H */
