/*
 * src/core/recurrence_core.h
 *
 * Recurrence rules of RFC 5545 as text: what is a rule, and which part of it
 * is wrong.  See recurrence_core.c.
 */
#ifndef RECURRENCE_CORE_H
#define RECURRENCE_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum RecurrenceStatus
{
	RECURRENCE_OK,
	RECURRENCE_INVALID,			/* a part is not what RFC 5545 says */
	RECURRENCE_BAD_TIME,		/* UNTIL is no date and no time */
	RECURRENCE_UNSUPPORTED		/* a part of RFC 5545 that is of no use here */
} RecurrenceStatus;

typedef enum RecurrenceUntil
{
	RECURRENCE_UNTIL_NONE,
	RECURRENCE_UNTIL_DATE,		/* the whole day, local time */
	RECURRENCE_UNTIL_LOCAL,
	RECURRENCE_UNTIL_UTC
} RecurrenceUntil;

typedef struct RecurrenceRule
{
	int32_t		count;			/* 0: no COUNT */
	RecurrenceUntil until;
	int			year;			/* of UNTIL */
	int			month;
	int			day;
	int			hour;
	int			minute;
	int			second;
	/* the parts that tell days, as numbers; none when all zero */
	int			freq;			/* 0 daily, 1 weekly, 2 monthly, 3 yearly */
	int			interval;
	int			week_start;		/* 0 is Monday */
	bool		by[5];			/* which of these is given */
	bool		by_month[13];
	bool		by_month_day[63];	/* -31 to 31 from 0 */
	bool		by_year_day[733];	/* -366 to 366 from 0 */
	bool		by_day[107][7]; /* -53 to 53 from 0; 53: each one */
	bool		by_set_pos[733];
} RecurrenceRule;

typedef struct RecurrenceError
{
	size_t		start;			/* the part, as it stands in the text */
	size_t		length;
	const char *reason;			/* a sentence */
} RecurrenceError;

typedef enum RecurrenceStep
{
	RECURRENCE_DAY,				/* here is one */
	RECURRENCE_NONE,			/* none in this period: go on */
	RECURRENCE_END
} RecurrenceStep;

/* A day of the calendar; numbers count from 1970-01-01 */
typedef struct RecurrenceDay
{
	int32_t		number;
	int			year;
	int			month;
	int			day;
	int			month_days;
	int			year_day;
	int			year_days;
	int			weekday;		/* 0 is Monday */
} RecurrenceDay;

/* Walks over the days of a rule, a period at a time */
typedef struct RecurrenceCursor
{
	const RecurrenceRule *rule;
	RecurrenceDay first;
	int32_t		before;
	int32_t		week;			/* where the first week begins */
	int32_t		period;
	int32_t		left;			/* of COUNT; -1: no limit */
	int			at;				/* in the days of the period */
	int			count;
	int32_t		days[366];
} RecurrenceCursor;

extern RecurrenceStatus recurrence_read(const char *text, size_t length,
										char *canonical,
										RecurrenceRule *rule,
										RecurrenceError *error);
extern void recurrence_start(RecurrenceCursor *cursor,
							 const RecurrenceRule *rule,
							 int32_t start, int32_t before);
extern void recurrence_uncount(RecurrenceCursor *cursor);
extern RecurrenceStep recurrence_next(RecurrenceCursor *cursor, int32_t *day);

#endif							/* RECURRENCE_CORE_H */
