/*
 * src/time/zone.c
 *
 * Which names of time zones are those of places, and which moment a local time
 * there means.  The server takes much more for a zone: POSIX strings, files
 * that count leap seconds, abbreviations, whatever clock the machine has.  And
 * of an hour that a clock shows twice it takes the one in standard time, where
 * calendars (RFC 5545) mean the first.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/timestamp.h"

#include "zone.h"

/* Seconds from 1970 to 2000 */
#define EPOCH_SECONDS \
	((int64) (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE) * SECS_PER_DAY)
/* No change of a clock is wider */
#define WIDEST_CHANGE (26 * USECS_PER_HOUR)

PG_FUNCTION_INFO_V1(salon_is_time_zone);

/* Old names of places that have no region in front */
static const char *const links[] = {
	"UTC", "GMT", "UCT", "Zulu", "Universal", "Greenwich", "Cuba", "Egypt",
	"Eire", "GB", "GB-Eire", "Hongkong", "Iceland", "Iran", "Israel",
	"Jamaica", "Japan", "Kwajalein", "Libya", "Navajo", "NZ", "NZ-CHAT",
	"Poland", "Portugal", "PRC", "ROC", "ROK", "Singapore", "Turkey", "W-SU"
};

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/*
 * Is it Etc/GMT+N or Etc/GMT-N of a file?  The server reads all others as
 * POSIX strings.
 */
static bool
is_fixed(const char *name)
{
	const char *digits = name + 8;
	int			most = name[7] == '+' ? 12 : 14;
	int			hours = 0;

	if (name[7] != '+' && name[7] != '-')
		return strcmp(name + 7, "0") == 0 || name[7] == '\0';
	if (digits[0] == '\0' || strlen(digits) > 2 ||
		(digits[0] == '0' && digits[1] != '\0'))
		return false;
	for (; *digits; digits++)
	{
		if (*digits < '0' || *digits > '9')
			return false;
		hours = hours * 10 + (*digits - '0');
	}
	return hours <= most;
}

/*
 * Has a name the form of a region and a place, or is it a known one without?
 */
static bool
has_form(const char *name)
{
	int			slashes = 0;

	for (int i = 0; i < lengthof(links); i++)
	{
		if (pg_strcasecmp(name, links[i]) == 0)
			return true;
	}
	if (pg_strncasecmp(name, "Etc/GMT", 7) == 0)
		return is_fixed(name);
	if (pg_strncasecmp(name, "right/", 6) == 0 ||
		pg_strncasecmp(name, "posix/", 6) == 0 ||
		pg_strncasecmp(name, "SystemV/", 8) == 0)
		return false;
	for (const char *at = name; *at; at++)
	{
		if (*at == '/')
			slashes++;
		else if (!is_letter(*at) && *at != '_' && *at != '-')
			return false;
		if ((*at == '/' || *at == '-') &&
			(at == name || !is_letter(at[-1]) || !is_letter(at[1])))
			return false;
	}
	return slashes > 0;
}

/*
 * The time zone of a place by its IANA name; NULL when it is none.
 */
pg_tz	   *
zone_of_place(const char *name)
{
	pg_tz	   *zone = has_form(name) ? pg_tzset(name) : NULL;

	return zone && pg_tz_acceptable(zone) ? zone : NULL;
}

Datum
salon_is_time_zone(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(zone_of_place(text_to_cstring(PG_GETARG_TEXT_PP(0))) != NULL);
}

/*
 * How far the clock is ahead of UTC, in microseconds.
 */
static int64
ahead(TimestampTz at, pg_tz *zone)
{
	pg_time_t	seconds = at / USECS_PER_SEC;
	struct pg_tm *clock;

	if (at % USECS_PER_SEC < 0)
		seconds--;
	seconds += EPOCH_SECONDS;
	clock = pg_localtime(&seconds, zone);
	return clock ? clock->tm_gmtoff * USECS_PER_SEC : 0;
}

/*
 * What the clock shows at a moment.
 */
Timestamp
zone_local(TimestampTz at, pg_tz *zone)
{
	return at + ahead(at, zone);
}

/*
 * The moment of a local time: the first one when the clock shows it twice, and
 * as far after the change as it would be before when the clock leaves it out.
 */
TimestampTz
zone_moment(Timestamp local, pg_tz *zone)
{
	TimestampTz before = local - ahead(local - WIDEST_CHANGE, zone);
	TimestampTz after = local - ahead(local + WIDEST_CHANGE, zone);

	if (zone_local(before, zone) != local)
		return zone_local(after, zone) == local ? after : before;
	if (zone_local(after, zone) != local)
		return before;
	return Min(before, after);
}
