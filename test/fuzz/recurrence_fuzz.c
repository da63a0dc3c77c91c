/*
 * test/fuzz/recurrence_fuzz.c
 *
 * Fuzz target of the core of recurrence: any text is a rule or is refused
 * with a part of it and a reason; a rule reads the same in capitals; its days
 * rise, are within the bounds, and fit the parts that can be checked day by
 * day with another calendar.
 */
#include <stdlib.h>
#include <string.h>

#include "../../src/core/recurrence_core.h"

#define DAYS 4000

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Month, day of the month and weekday (0 is Monday) of a day, by counting.
 */
static void
civil(int32_t number, int *year, int *month, int *day, int *month_days,
	  int *weekday)
{
	static const int length[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	*weekday = ((number % 7) + 7 + 3) % 7;
	*year = 1970;
	for (;;)
	{
		int			days = (*year % 4 == 0 && *year % 100 != 0) ||
			*year % 400 == 0 ? 366 : 365;

		if (number < days)
			break;
		number -= days;
		(*year)++;
	}
	for (*month = 1;; (*month)++)
	{
		*month_days = length[*month - 1] +
			(*month == 2 && ((*year % 4 == 0 && *year % 100 != 0) || *year % 400 == 0));
		if (number < *month_days)
			break;
		number -= *month_days;
	}
	*day = number + 1;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	RecurrenceRule rule;
	RecurrenceRule again;
	RecurrenceError error;
	RecurrenceCursor *cursor;
	RecurrenceStatus status;
	RecurrenceStep step;
	char	   *text;
	char	   *canonical;
	char	   *twice;
	size_t		length;
	int32_t		start;
	int32_t		day = 0;
	int32_t		last;
	int64_t		found = 0;
	int64_t		steps = 0;

	if (size < 2)
		return 0;
	start = (data[0] << 8 | data[1]) % 40000;
	length = size - 2;
	text = malloc(length + 1);
	memcpy(text, data + 2, length);
	text[length] = '\0';
	length = strlen(text);
	canonical = malloc(length + 1);
	memset(&rule, 0, sizeof(rule));
	status = recurrence_read(text, length, canonical, &rule, &error);
	if (status != RECURRENCE_OK)
	{
		if (error.reason == NULL || error.start + error.length > length)
			abort();
		free(canonical);
		free(text);
		return 0;
	}

	twice = malloc(length + 1);
	memset(&again, 0, sizeof(again));
	if (recurrence_read(canonical, strlen(canonical), twice, &again, &error) != RECURRENCE_OK ||
		strcmp(canonical, twice) != 0 || memcmp(&rule, &again, sizeof(rule)) != 0)
		abort();

	cursor = malloc(sizeof(RecurrenceCursor));
	recurrence_start(cursor, &rule, start, start + DAYS);
	last = start - 1;
	while ((step = recurrence_next(cursor, &day)) != RECURRENCE_END)
	{
		int			year;
		int			month;
		int			of_month;
		int			month_days;
		int			weekday;
		bool		any = false;

		/* a period at a time */
		if (++steps > 2 * DAYS + 1000)
			abort();
		if (step == RECURRENCE_NONE)
			continue;
		if (day <= last || day >= start + DAYS)
			abort();
		last = day;
		found++;
		civil(day, &year, &month, &of_month, &month_days, &weekday);
		for (int k = 1; k <= 12; k++)
			any |= rule.by_month[k];
		if (any && !rule.by_month[month])
			abort();
		any = false;
		for (int k = 0; k < 63; k++)
			any |= rule.by_month_day[k];
		if (any && !rule.by_month_day[of_month + 31] &&
			!rule.by_month_day[of_month - month_days - 1 + 31])
			abort();
		any = false;
		for (int n = 0; n < 107; n++)
		{
			for (int k = 0; k < 7; k++)
				any |= rule.by_day[n][k];
		}
		if (any)
		{
			bool		fits = false;

			for (int n = 0; n < 107; n++)
				fits |= rule.by_day[n][weekday];
			if (!fits)
				abort();
		}
	}
	if (rule.count > 0 && found > rule.count)
		abort();
	free(cursor);
	free(twice);
	free(canonical);
	free(text);
	return 0;
}
