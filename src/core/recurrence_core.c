/*
 * src/core/recurrence_core.c
 *
 * Recurrence rules (RFC 5545, section 3.3.10): which part of a text is wrong,
 * and the days of a rule.  The days of each period (a day, week, month or
 * year) are those that fit all parts; BYSETPOS chooses among them.
 *
 * libical 3 is not used: it searches for ever, and cannot be interrupted, for
 * the next day of a rule that has none (FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30),
 * finds no day of FREQ=DAILY;BYMONTHDAY=-18, and only those of one month of
 * FREQ=YEARLY;BYMONTHDAY=22.
 */
#include "recurrence_core.h"

#include <string.h>

typedef enum Part
{
	PART_FREQ,
	PART_UNTIL,
	PART_COUNT,
	PART_INTERVAL,
	PART_BYMONTH,
	PART_BYYEARDAY,
	PART_BYMONTHDAY,
	PART_BYDAY,
	PART_BYSETPOS,
	PART_WKST,
	PARTS
} Part;

/* Numbers that a part lists */
typedef struct PartRange
{
	const char *name;
	int			least;
	int			greatest;
	bool		negative;		/* counted from the end, too */
	int			most;
	const char *reason;
} PartRange;

static const PartRange part_range[PARTS] = {
	[PART_FREQ] = {"FREQ", 0, 0, false, 1, NULL},
	[PART_UNTIL] = {"UNTIL", 0, 0, false, 1, NULL},
	[PART_COUNT] = {"COUNT", 1, 1000000, false, 1,
	"COUNT is a number from 1 to 1000000."},
	[PART_INTERVAL] = {"INTERVAL", 1, 32767, false, 1,
	"INTERVAL is a number from 1 to 32767."},
	[PART_BYMONTH] = {"BYMONTH", 1, 12, false, 12,
	"BYMONTH lists at most 12 numbers from 1 to 12."},
	[PART_BYYEARDAY] = {"BYYEARDAY", 1, 366, true, 366,
	"BYYEARDAY lists at most 366 numbers from 1 to 366 or from -366 to -1."},
	[PART_BYMONTHDAY] = {"BYMONTHDAY", 1, 31, true, 31,
	"BYMONTHDAY lists at most 31 numbers from 1 to 31 or from -31 to -1."},
	[PART_BYDAY] = {"BYDAY", 1, 53, true, 366,
	"BYDAY lists days such as SA, 3SA (the third) or -1SA (the last)."},
	[PART_BYSETPOS] = {"BYSETPOS", 1, 366, true, 366,
	"BYSETPOS lists at most 366 numbers from 1 to 366 or from -366 to -1."},
	[PART_WKST] = {"WKST", 0, 0, false, 1, NULL}
};

/* Places in RecurrenceRule.by */
enum
{
	BY_MONTH, BY_MONTH_DAY, BY_YEAR_DAY, BY_DAY, BY_SET_POS
};

static const char *const weekdays[] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};
static const char *const days_only[] = {
	"BYHOUR", "BYMINUTE", "BYSECOND", "RSCALE", "SKIP", "BYWEEKNO"
};
static const char *const frequencies[] = {
	"DAILY", "WEEKLY", "MONTHLY", "YEARLY", "HOURLY", "MINUTELY", "SECONDLY"
};

enum
{
	FREQ_DAILY, FREQ_WEEKLY, FREQ_MONTHLY, FREQ_YEARLY, FREQ_HOURLY
};

/* A slice of the canonical text */
typedef struct Slice
{
	const char *at;
	const char *end;
} Slice;

static bool
slice_is(Slice slice, const char *word)
{
	size_t		length = strlen(word);

	return (size_t) (slice.end - slice.at) == length &&
		memcmp(slice.at, word, length) == 0;
}

static int
slice_among(Slice slice, const char *const *words, int count)
{
	for (int i = 0; i < count; i++)
	{
		if (slice_is(slice, words[i]))
			return i;
	}
	return -1;
}

/*
 * The slice up to a separator, which is left out; moves on behind it.  False
 * at the end, once the last piece was taken.
 */
static bool
next_piece(Slice *rest, char separator, Slice *piece)
{
	const char *found;

	if (rest->at == NULL)
		return false;
	found = memchr(rest->at, separator, rest->end - rest->at);
	piece->at = rest->at;
	piece->end = found ? found : rest->end;
	rest->at = found ? found + 1 : NULL;
	return true;
}

/*
 * Digits only, of a bounded number.
 */
static bool
read_digits(Slice slice, int fewest, int most, int *number)
{
	int			length = slice.end - slice.at;

	if (length < fewest || length > most)
		return false;
	*number = 0;
	for (; slice.at < slice.end; slice.at++)
	{
		if (*slice.at < '0' || *slice.at > '9')
			return false;
		*number = *number * 10 + (*slice.at - '0');
	}
	return true;
}

static bool
read_number(Slice slice, const PartRange *range, int *number)
{
	bool		minus = false;

	if (range->negative && slice.at < slice.end &&
		(*slice.at == '-' || *slice.at == '+'))
	{
		minus = *slice.at == '-';
		slice.at++;
	}
	if (!read_digits(slice, 1, 7, number) ||
		*number < range->least || *number > range->greatest)
		return false;
	if (minus)
		*number = -*number;
	return true;
}

/*
 * Part of a text, from one place to another.
 */
static Slice
slice_of(const char *at, const char *end)
{
	Slice		slice;

	slice.at = at;
	slice.end = end;
	return slice;
}

static void
keep_number(RecurrenceRule *rule, Part part, int number, int weekday)
{
	switch (part)
	{
		case PART_COUNT:
			rule->count = number;
			break;
		case PART_INTERVAL:
			rule->interval = number;
			break;
		case PART_BYMONTH:
			rule->by[BY_MONTH] = true;
			rule->by_month[number] = true;
			break;
		case PART_BYYEARDAY:
			rule->by[BY_YEAR_DAY] = true;
			rule->by_year_day[number + 366] = true;
			break;
		case PART_BYMONTHDAY:
			rule->by[BY_MONTH_DAY] = true;
			rule->by_month_day[number + 31] = true;
			break;
		case PART_BYDAY:
			rule->by[BY_DAY] = true;
			rule->by_day[number + 53][weekday] = true;
			break;
		case PART_BYSETPOS:
			rule->by[BY_SET_POS] = true;
			rule->by_set_pos[number + 366] = true;
			break;
		default:
			break;
	}
}

static bool
read_list(Slice value, Part part, RecurrenceRule *rule, bool *numbered)
{
	const PartRange *range = &part_range[part];
	Slice		piece;
	int			count = 0;

	while (next_piece(&value, ',', &piece))
	{
		int			number = 0;
		int			weekday = 0;

		if (++count > range->most)
			return false;
		if (part == PART_BYDAY)
		{
			if (piece.end - piece.at < 2)
				return false;
			weekday = slice_among(slice_of(piece.end - 2, piece.end), weekdays, 7);
			if (weekday < 0)
				return false;
			piece.end -= 2;
		}
		if (part != PART_BYDAY || piece.at < piece.end)
		{
			if (!read_number(piece, range, &number))
				return false;
			if (part == PART_BYDAY)
				*numbered = true;
		}
		keep_number(rule, part, number, weekday);
	}
	return true;
}

static bool
read_until(Slice value, RecurrenceRule *rule)
{
	static const int month_days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	const char *at = value.at;
	size_t		length = value.end - value.at;
	bool		leap;

	if (length != 8 && length != 15 && length != 16)
		return false;
	if (!read_digits(slice_of(at, at + 4), 4, 4, &rule->year) ||
		!read_digits(slice_of(at + 4, at + 6), 2, 2, &rule->month) ||
		!read_digits(slice_of(at + 6, at + 8), 2, 2, &rule->day))
		return false;
	leap = rule->year % 4 == 0 && (rule->year % 100 != 0 || rule->year % 400 == 0);
	if (rule->year < 1 || rule->month < 1 || rule->month > 12 ||
		rule->day < 1 || rule->day > month_days[rule->month - 1] ||
		(rule->month == 2 && rule->day == 29 && !leap))
		return false;
	rule->until = RECURRENCE_UNTIL_DATE;
	if (length == 8)
		return true;
	if (at[8] != 'T' || (length == 16 && at[15] != 'Z') ||
		!read_digits(slice_of(at + 9, at + 11), 2, 2, &rule->hour) ||
		!read_digits(slice_of(at + 11, at + 13), 2, 2, &rule->minute) ||
		!read_digits(slice_of(at + 13, at + 15), 2, 2, &rule->second))
		return false;
	rule->until = length == 16 ? RECURRENCE_UNTIL_UTC : RECURRENCE_UNTIL_LOCAL;
	return rule->hour < 24 && rule->minute < 60 && rule->second < 60;
}

/*
 * Note which part is wrong; origin is where the text began.
 */
static RecurrenceStatus
fail(RecurrenceError *error, const char *origin, RecurrenceStatus status,
	 Slice slice, const char *reason)
{
	error->start = slice.at - origin;
	error->length = slice.end - slice.at;
	error->reason = reason;
	return status;
}

/*
 * Read what a part says.
 */
static RecurrenceStatus
read_value(RecurrenceRule *rule, Part part, Slice value, Slice piece,
		   bool *numbered, const char *origin, RecurrenceError *error)
{
	if (part == PART_FREQ)
	{
		int			freq = slice_among(value, frequencies, 7);

		if (freq < 0)
			return fail(error, origin, RECURRENCE_INVALID, piece,
						"FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.");
		if (freq >= FREQ_HOURLY)
			return fail(error, origin, RECURRENCE_UNSUPPORTED, piece,
						"A rule tells the days: FREQ is DAILY, WEEKLY, MONTHLY or YEARLY.");
	}
	else if (part == PART_UNTIL)
	{
		if (!read_until(value, rule))
			return fail(error, origin, RECURRENCE_BAD_TIME, piece,
						"UNTIL is a date such as 20311231, or a time such as 20311231T100000 or 20311231T020000Z.");
	}
	else if (part == PART_WKST)
	{
		rule->week_start = slice_among(value, weekdays, 7);
		if (rule->week_start < 0)
			return fail(error, origin, RECURRENCE_INVALID, piece,
						"WKST is MO, TU, WE, TH, FR, SA or SU.");
	}
	else if (!read_list(value, part, rule, numbered))
		return fail(error, origin, RECURRENCE_INVALID, piece, part_range[part].reason);
	return RECURRENCE_OK;
}

/*
 * Do the parts go together?
 */
static RecurrenceStatus
check_parts(RecurrenceRule *rule, const Slice *found, bool numbered,
			Slice whole, const char *origin, RecurrenceError *error)
{
	if (!found[PART_FREQ].at)
		return fail(error, origin, RECURRENCE_INVALID, whole,
					"A rule needs FREQ.");
	rule->freq = slice_among(slice_of(found[PART_FREQ].at + 5,
									  found[PART_FREQ].end), frequencies, 7);
	if (found[PART_COUNT].at && found[PART_UNTIL].at)
		return fail(error, origin, RECURRENCE_INVALID, found[PART_COUNT],
					"COUNT and UNTIL do not go together.");
	if (found[PART_BYYEARDAY].at && rule->freq != FREQ_YEARLY)
		return fail(error, origin, RECURRENCE_INVALID, found[PART_BYYEARDAY],
					"BYYEARDAY goes with FREQ=YEARLY only.");
	if (found[PART_BYMONTHDAY].at && rule->freq == FREQ_WEEKLY)
		return fail(error, origin, RECURRENCE_INVALID, found[PART_BYMONTHDAY],
					"BYMONTHDAY does not go with FREQ=WEEKLY.");
	if (numbered && rule->freq < FREQ_MONTHLY)
		return fail(error, origin, RECURRENCE_INVALID, found[PART_BYDAY],
					"BYDAY has numbers with FREQ=MONTHLY or YEARLY only.");
	if (found[PART_BYSETPOS].at && !found[PART_BYMONTH].at &&
		!found[PART_BYYEARDAY].at &&
		!found[PART_BYMONTHDAY].at && !found[PART_BYDAY].at)
		return fail(error, origin, RECURRENCE_INVALID, found[PART_BYSETPOS],
					"BYSETPOS needs another part that begins with BY.");
	return RECURRENCE_OK;
}

/*
 * Read a rule.  The output, in capitals and without RRULE: in front, has room
 * for length + 1 bytes.
 */
RecurrenceStatus
recurrence_read(const char *text, size_t length, char *canonical,
				RecurrenceRule *rule, RecurrenceError *error)
{
	Slice		found[PARTS];
	Slice		rest;
	Slice		piece;
	RecurrenceStatus status;
	bool		numbered = false;
	size_t		prefix = 0;

	memset(rule, 0, sizeof(*rule));
	rule->interval = 1;
	memset(found, 0, sizeof(found));
	for (size_t i = 0; i < length; i++)
		canonical[i] = text[i] >= 'a' && text[i] <= 'z' ?
		text[		i] - 'a' + 'A' : text[i];

	if (length >= 6 && memcmp(canonical, "RRULE:", 6) == 0)
		prefix = 6;
	memmove(canonical, canonical + prefix, length - prefix);
	length -= prefix;
	canonical[length] = '\0';

	rest = slice_of(canonical, canonical + length);
	while (next_piece(&rest, ';', &piece))
	{
		Slice		value = piece;
		Slice		name;
		Part		part;

		next_piece(&value, '=', &name);
		if (value.at == NULL)
			return fail(error, canonical - prefix, RECURRENCE_INVALID, piece, "A part is a name, = and a value.");
		if (slice_among(name, days_only, 6) >= 0)
			return fail(error, canonical - prefix, RECURRENCE_UNSUPPORTED, piece,
						"A rule tells days by months, weekdays and days of the month; the time of day is that of the start.");
		for (part = 0; part < PARTS; part++)
		{
			if (slice_is(name, part_range[part].name))
				break;
		}
		if (part == PARTS)
			return fail(error, canonical - prefix, RECURRENCE_INVALID, piece, "RFC 5545 has no part of that name.");
		if (found[part].at)
			return fail(error, canonical - prefix, RECURRENCE_INVALID, piece, "A part may stand there once only.");
		found[part] = piece;

		status = read_value(rule, part, value, piece, &numbered,
							canonical - prefix, error);
		if (status != RECURRENCE_OK)
			return status;
	}
	return check_parts(rule, found, numbered, slice_of(canonical, canonical + length),
					   canonical - prefix, error);
}

/*
** Days
*/

static bool
is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

/*
 * The number of a day of the calendar.
 */
static int32_t
day_number(int year, int month, int day)
{
	static const int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
	int			last = year - 1;

	return last * 365 + last / 4 - last / 100 + last / 400 +
		before[month - 1] + (month > 2 && is_leap(year)) + day - 1 - 719162;
}

static void
day_set(RecurrenceDay *day, int32_t number)
{
	int			year = 1970 + number / 366;

	while (day_number(year + 1, 1, 1) <= number)
		year++;
	while (day_number(year, 1, 1) > number)
		year--;
	day->number = number;
	day->year = year;
	day->year_day = number - day_number(year, 1, 1) + 1;
	day->year_days = 365 + is_leap(year);
	day->month = 1;
	while (day->month < 12 && day_number(year, day->month + 1, 1) <= number)
		day->month++;
	day->day = number - day_number(year, day->month, 1) + 1;
	day->month_days = day->month == 12 ? 31 :
		day_number(year, day->month + 1, 1) - day_number(year, day->month, 1);
	day->weekday = ((number + 3) % 7 + 7) % 7;
}

/*
 * Is a day one of the rule's, but for its period and BYSETPOS?
 */
static bool
day_fits(const RecurrenceRule *rule, const RecurrenceDay *first,
		 const RecurrenceDay *day)
{
	bool		free = !rule->by[BY_MONTH_DAY] && !rule->by[BY_YEAR_DAY] &&
	!rule->by[BY_DAY];

	if (rule->by[BY_MONTH] && !rule->by_month[day->month])
		return false;
	if (free && rule->freq == FREQ_WEEKLY && day->weekday != first->weekday)
		return false;
	if (free && rule->freq >= FREQ_MONTHLY && day->day != first->day)
		return false;
	if (free && rule->freq == FREQ_YEARLY && !rule->by[BY_MONTH] &&
		day->month != first->month)
		return false;
	if (rule->by[BY_MONTH_DAY] && !rule->by_month_day[31 + day->day] &&
		!rule->by_month_day[31 + day->day - day->month_days - 1])
		return false;
	if (rule->by[BY_YEAR_DAY] && !rule->by_year_day[366 + day->year_day] &&
		!rule->by_year_day[366 + day->year_day - day->year_days - 1])
		return false;
	if (rule->by[BY_DAY] && !rule->by_day[53][day->weekday])
	{
		bool		of_year = rule->freq == FREQ_YEARLY && !rule->by[BY_MONTH];
		int			at = of_year ? day->year_day : day->day;
		int			days = of_year ? day->year_days : day->month_days;

		if (!rule->by_day[53 + (at - 1) / 7 + 1][day->weekday] &&
			!rule->by_day[53 - (days - at) / 7 - 1][day->weekday])
			return false;
	}
	return true;
}

/*
 * Find the days of a period, in order; false when all that follow are too
 * late.
 */
static bool
period_find(RecurrenceCursor *cursor)
{
	const RecurrenceRule *rule = cursor->rule;
	const RecurrenceDay *first = &cursor->first;
	RecurrenceDay day;
	int32_t		from;
	int32_t		to;
	int			count = 0;
	int			kept = 0;

	if (rule->freq == FREQ_DAILY)
	{
		from = first->number + cursor->period;
		to = from + 1;
	}
	else if (rule->freq == FREQ_WEEKLY)
	{
		from = cursor->week + cursor->period * 7;
		to = from + 7;
	}
	else if (rule->freq == FREQ_MONTHLY)
	{
		int			month = first->month - 1 + cursor->period;

		from = day_number(first->year + month / 12, month % 12 + 1, 1);
		month++;
		to = day_number(first->year + month / 12, month % 12 + 1, 1);
	}
	else
	{
		from = day_number(first->year + cursor->period, 1, 1);
		to = day_number(first->year + cursor->period + 1, 1, 1);
	}
	cursor->at = 0;
	cursor->count = 0;
	if (from >= cursor->before)
		return false;
	for (int32_t number = from; number < to; number++)
	{
		day_set(&day, number);
		if (day_fits(rule, first, &day))
			cursor->days[count++] = number;
	}
	for (int i = 0; i < count; i++)
	{
		if (cursor->days[i] >= first->number &&
			cursor->days[i] < cursor->before &&
			(!rule->by[BY_SET_POS] || rule->by_set_pos[366 + i + 1] ||
			 rule->by_set_pos[366 + i - count]))
			cursor->days[kept++] = cursor->days[i];
	}
	cursor->count = kept;
	return true;
}

/*
 * Begin at a day, which counts where it is one of the rule's, and end before
 * another.  UNTIL is the caller's to heed.  Both days must lie between the
 * years 1 and 9000.
 */
void
recurrence_start(RecurrenceCursor *cursor, const RecurrenceRule *rule,
				 int32_t start, int32_t before)
{
	cursor->rule = rule;
	day_set(&cursor->first, start);
	cursor->before = before;
	cursor->week = start - (cursor->first.weekday - rule->week_start + 7) % 7;
	cursor->period = -rule->interval;
	cursor->left = rule->count > 0 ? rule->count : -1;
	cursor->at = 0;
	cursor->count = 0;
}

/*
 * One step: at most a year of days is looked at, so that the caller can be
 * interrupted between two.
 */
RecurrenceStep
recurrence_next(RecurrenceCursor *cursor, int32_t *day)
{
	if (cursor->left == 0)
		return RECURRENCE_END;
	if (cursor->at == cursor->count)
	{
		cursor->period += cursor->rule->interval;
		if (!period_find(cursor))
		{
			cursor->left = 0;
			return RECURRENCE_END;
		}
		if (cursor->count == 0)
			return RECURRENCE_NONE;
	}
	*day = cursor->days[cursor->at++];
	if (cursor->left > 0)
		cursor->left--;
	return RECURRENCE_DAY;
}

/*
 * The day that was just given does not count.
 */
void
recurrence_uncount(RecurrenceCursor *cursor)
{
	if (cursor->left >= 0)
		cursor->left++;
}
