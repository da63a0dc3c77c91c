/*
 * src/core/group.h
 *
 * Counting sorts: items side by side that have the same number.
 */
#ifndef SALON_GROUP_H
#define SALON_GROUP_H

#include "core.h"

/*
 * The counts of so many numbers, one more place behind them, become the places
 * where their items end.  Items that are put in from the last one to the first,
 * each at --start[its number], keep their order, and make each start one.
 */
static inline void
salon_group_ends(int32_t *start, int32_t numbers)
{
	start[numbers] = 0;
	for (int32_t k = 0; k < numbers; k++)
		start[k + 1] += start[k];
}

/*
 * List items, or 0 to count - 1, by their numbers.
 */
static inline void
salon_group(SalonSteps *steps, const int32_t *number, int32_t numbers,
			const int32_t *item, int32_t count, int32_t *start, int32_t *list)
{
	memset(start, 0, sizeof(int32_t) * ((size_t) numbers + 1));
	for (int32_t k = 0; k < count; k++)
	{
		start[number[item ? item[k] : k]]++;
		salon_steps(steps, 1);
	}
	salon_group_ends(start, numbers);
	for (int32_t k = count - 1; k >= 0; k--)
	{
		int32_t		i = item ? item[k] : k;

		list[--start[number[i]]] = i;
		salon_steps(steps, 1);
	}
}

#endif							/* SALON_GROUP_H */
