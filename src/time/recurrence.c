/*
 * src/time/recurrence.c
 *
 * The days of a recurrence rule as a set of times: recurrence_core.c finds the
 * days, zone.c turns a day and a time of day into a point in time.
 */
#include "postgres.h"

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/date.h"
#include "utils/datetime.h"
#include "utils/timestamp.h"

#include "../reading/compat.h"
#include "../reading/salon.h"
#include "../core/recurrence_core.h"
#include "zone.h"

#define FIRST_YEAR 1900
#define LAST_YEAR 2400
/* Days from 1970 to 2000 */
#define EPOCH_DAYS (POSTGRES_EPOCH_JDATE - UNIX_EPOCH_JDATE)
#define MAX_OCCURRENCES 100000

/* The times, computed at the first call */
typedef struct Occurrences
{
	TimestampTz *time;
	int64		count;
	int64		room;
} Occurrences;

PG_FUNCTION_INFO_V1(salon_recurrence);
PG_FUNCTION_INFO_V1(salon_recurrence_rule);


/*
 * Read a rule, or say which part is wrong.  The text is allocated here.
 */
static void
read_rule(text *input, RecurrenceRule *rule, char **canonical)
{
	char	   *string = text_to_cstring(input);
	size_t		length = strlen(string);
	RecurrenceError error;
	RecurrenceStatus status;

	*canonical = palloc(length + 1);
	status = recurrence_read(string, length, *canonical, rule, &error);
	if (status != RECURRENCE_OK)
		ereport(ERROR,
				(errcode(status == RECURRENCE_BAD_TIME ? ERRCODE_INVALID_DATETIME_FORMAT :
						 status == RECURRENCE_UNSUPPORTED ? ERRCODE_FEATURE_NOT_SUPPORTED :
						 ERRCODE_INVALID_PARAMETER_VALUE),
				 status == RECURRENCE_UNSUPPORTED ?
				 errmsg(salon_say("part \"%s\" of the recurrence rule is not supported"),
						pnstrdup(string + error.start, error.length)) :
				 errmsg(salon_say("part \"%s\" of the recurrence rule is not valid"),
						pnstrdup(string + error.start, error.length)),
				 errdetail_internal("%s", salon_say(error.reason)),
				 errhint(salon_say("A rule is as in RFC 5545: the third Saturday of each month is FREQ=MONTHLY;BYDAY=3SA."))));
}

/*
 * The rule in capitals, when it is one.
 */
Datum
salon_recurrence_rule(PG_FUNCTION_ARGS)
{
	RecurrenceRule rule;
	char	   *canonical;

	read_rule(PG_GETARG_TEXT_PP(0), &rule, &canonical);
	PG_RETURN_TEXT_P(cstring_to_text(canonical));
}

/*
 * The moment at which UNTIL is over: the first one that is too late.
 */
static TimestampTz
until_over(const RecurrenceRule *rule, pg_tz *zone)
{
	Timestamp	over = (Timestamp) (date2j(rule->year, rule->month, rule->day) -
									POSTGRES_EPOCH_JDATE) * USECS_PER_DAY;

	if (rule->until == RECURRENCE_UNTIL_DATE)
		return zone_moment(over + USECS_PER_DAY, zone);
	over += rule->hour * USECS_PER_HOUR + rule->minute * USECS_PER_MINUTE +
		rule->second * USECS_PER_SEC;
	if (rule->until == RECURRENCE_UNTIL_LOCAL)
		over = zone_moment(over, zone);
	return over + 1;
}

/*
 * The times.  No moment comes twice: a day that the zone skipped falls on the
 * next, and then counts only where that one is not there itself.
 */
static void
expand(const RecurrenceRule *rule, TimestampTz starts_at, TimestampTz before,
	   pg_tz *zone, Occurrences *found)
{
	RecurrenceCursor cursor;
	RecurrenceStep step;
	Timestamp	first = zone_local(starts_at, zone);
	int64		start = first / USECS_PER_DAY;
	int64		end = date2j(LAST_YEAR + 1, 1, 1) - POSTGRES_EPOCH_JDATE;
	int32		day = 0;

	if (first % USECS_PER_DAY < 0)
		start--;
	if (!TIMESTAMP_IS_NOEND(before))
		end = Min(end, before / USECS_PER_DAY + 3);
	found->count = 0;
	found->room = 64;
	found->time = palloc(found->room * sizeof(TimestampTz));
	recurrence_start(&cursor, rule, start + EPOCH_DAYS, end + EPOCH_DAYS);
	while ((step = recurrence_next(&cursor, &day)) != RECURRENCE_END)
	{
		TimestampTz at = starts_at;

		CHECK_FOR_INTERRUPTS();
		if (step == RECURRENCE_NONE)
			continue;
		day -= EPOCH_DAYS;
		if (day != start)
			at = zone_moment(first + (day - start) * USECS_PER_DAY, zone);
		if (found->count > 0 && at <= found->time[found->count - 1])
		{
			recurrence_uncount(&cursor);
			continue;
		}
		if (at >= before)
			break;
		if (found->count == MAX_OCCURRENCES)
			ereport(ERROR,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg(salon_say("the recurrence rule has more than %d occurrences"), MAX_OCCURRENCES),
					 errhint(salon_say("Give an earlier end."))));
		if (found->count == found->room)
		{
			found->room *= 2;
			found->time = repalloc(found->time, found->room * sizeof(TimestampTz));
		}
		found->time[found->count++] = at;
	}
}

static void
compute(FunctionCallInfo fcinfo, Occurrences *found)
{
	TimestampTz starts_at = PG_GETARG_TIMESTAMPTZ(1);
	TimestampTz before = DT_NOEND;
	char	   *zone_name = text_to_cstring(PG_GETARG_TEXT_PP(3));
	pg_tz	   *zone = zone_of_place(zone_name);
	RecurrenceRule rule;
	char	   *canonical;

	if (zone == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("time zone \"%s\" is not that of a place"), zone_name),
				 errhint(salon_say("Give an IANA name such as Asia/Shanghai: see pg_timezone_names."))));
	read_rule(PG_GETARG_TEXT_PP(0), &rule, &canonical);
	if (TIMESTAMP_NOT_FINITE(starts_at) ||
		starts_at < ((int64) date2j(FIRST_YEAR, 1, 2) - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY ||
		starts_at >= ((int64) date2j(LAST_YEAR, 12, 31) - POSTGRES_EPOCH_JDATE) * USECS_PER_DAY)
		ereport(ERROR,
				(errcode(ERRCODE_DATETIME_VALUE_OUT_OF_RANGE),
				 errmsg(salon_say("a recurrence starts between the years %d and %d"), FIRST_YEAR, LAST_YEAR),
				 errhint(salon_say("Give another start."))));
	if (!PG_ARGISNULL(2))
		before = PG_GETARG_TIMESTAMPTZ(2);
	if (rule.until != RECURRENCE_UNTIL_NONE)
		before = Min(before, until_over(&rule, zone));
	if (TIMESTAMP_IS_NOEND(before) && rule.count == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("the recurrence rule has no end")),
				 errdetail(salon_say("The rule is \"%s\"."), canonical),
				 errhint(salon_say("Give the time before which occurrences are wanted, or COUNT or UNTIL in the rule."))));

	expand(&rule, starts_at, before, zone, found);
}

/*
 * The times of a rule, in order.
 */
Datum
salon_recurrence(PG_FUNCTION_ARGS)
{
	FuncCallContext *call;
	Occurrences *found;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;

		call = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(call->multi_call_memory_ctx);
		found = palloc0(sizeof(Occurrences));
		if (!PG_ARGISNULL(0) && !PG_ARGISNULL(1) && !PG_ARGISNULL(3))
			compute(fcinfo, found);
		call->user_fctx = found;
		MemoryContextSwitchTo(old);
	}
	call = SRF_PERCALL_SETUP();
	found = call->user_fctx;
	if ((int64) call->call_cntr < found->count)
	{
		TimestampTz at = found->time[call->call_cntr];

		SRF_RETURN_NEXT(call, TimestampTzGetDatum(at));
	}
	SRF_RETURN_DONE(call);
}
