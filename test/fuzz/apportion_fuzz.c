/*
 * test/fuzz/apportion_fuzz.c
 *
 * Fuzz target of the core of apportion: any bytes are weights.  All seats are
 * given, the quota or the order of the quotients holds, nobody loses when a
 * divisor method has one seat more, and no memory is kept.
 */
#include <string.h>

#include "host.h"
#include "../../src/core/apportion_core.h"

#define MOST_PARTIES 40

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
solve(SalonShare *share)
{
	TestHost	host;
	int64_t		given = 0;
	salon_weight total = 0;

	test_host_init(&host);
	salon_apportion_solve(share, &host.host);
	if (host.held != 0)
		abort();
	for (int32_t k = 0; k < share->parties; k++)
	{
		if (share->given[k] < 0 || (share->weight[k] == 0 && share->given[k] > 0))
			abort();
		given += share->given[k];
		total += share->weight[k];
	}
	if (given != (total ? share->seats : 0))
		abort();
	if ((share->last < 0) != (share->next < 0))
		abort();
	if (share->last >= 0 && (share->last >= share->next ||
							 share->weight[share->last] != share->weight[share->next]))
		abort();
}

/*
 * One by one, with divisors d(s) = a s + b; weights are below 2^64.
 */
static void
check_divisors(const SalonShare *share, int a, int b)
{
	int64_t		given[MOST_PARTIES] = {0};

	for (int64_t seat = 0; seat < share->seats; seat++)
	{
		int32_t		best = -1;

		for (int32_t k = 0; k < share->parties; k++)
		{
			salon_weight x;
			salon_weight y;

			if (share->weight[k] == 0)
				continue;
			if (best < 0)
			{
				best = k;
				continue;
			}
			x = share->weight[k] * (salon_weight) (a * given[best] + b);
			y = share->weight[best] * (salon_weight) (a * given[k] + b);
			if (x > y || (x == y && share->weight[k] > share->weight[best]))
				best = k;
		}
		given[best]++;
	}
	if (memcmp(given, share->given, sizeof(int64_t) * (size_t) share->parties) != 0)
		abort();
}

/*
 * By the definition; weight * seats is below 2^127.
 */
static void
check_remainders(const SalonShare *share)
{
	int64_t		given[MOST_PARTIES];
	bool		taken[MOST_PARTIES] = {false};
	salon_weight total = 0;
	int64_t		left = share->seats;

	for (int32_t k = 0; k < share->parties; k++)
		total += share->weight[k];
	for (int32_t k = 0; k < share->parties; k++)
	{
		given[k] = (int64_t) (share->weight[k] * (salon_weight) share->seats / total);
		left -= given[k];
	}
	for (; left > 0; left--)
	{
		int32_t		best = -1;

		for (int32_t k = 0; k < share->parties; k++)
		{
			salon_weight x = share->weight[k] * (salon_weight) share->seats % total;
			salon_weight y = best < 0 ? 0 : share->weight[best] * (salon_weight) share->seats % total;

			if (!taken[k] && (best < 0 || x > y || (x == y && share->weight[k] > share->weight[best])))
				best = k;
		}
		taken[best] = true;
		given[best]++;
	}
	if (memcmp(given, share->given, sizeof(int64_t) * (size_t) share->parties) != 0)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	salon_weight weight[MOST_PARTIES];
	int64_t		given[MOST_PARTIES];
	int64_t		before[MOST_PARTIES];
	SalonShare	share;
	size_t		width;
	bool		some = false;

	if (size < 10)
		return 0;
	memset(&share, 0, sizeof(share));
	width = data[0] % 3 == 0 ? 15 : data[0] % 3 == 1 ? 7 : 1;
	share.method = (SalonShareMethod) (data[0] / 3 % 3);
	if (data[0] / 9 % 2)
		share.seats = data[1];
	else
	{
		memcpy(&share.seats, data + 1, 8);
		share.seats &= INT64_MAX / 4;
	}
	data += 9;
	size -= 9;
	while (size >= width && share.parties < MOST_PARTIES)
	{
		salon_weight w = 0;

		memcpy(&w, data, width);
		/* so that they add up to less than 2^127 */
		if (width == 15)
			w &= ((salon_weight) 1 << 118) - 1;
		weight[share.parties++] = w;
		some |= w != 0;
		data += width;
		size -= width;
	}
	share.weight = weight;
	share.given = given;
	solve(&share);
	if (!some || share.seats == 0)
		return 0;
	if (width < 15 && share.seats < 256)
	{
		if (share.method == SALON_LARGEST_REMAINDER)
			check_remainders(&share);
		else if (share.method == SALON_DHONDT)
			check_divisors(&share, 1, 1);
		else
			check_divisors(&share, 2, 1);
	}
	if (share.method != SALON_LARGEST_REMAINDER && share.seats < INT64_MAX / 4)
	{
		memcpy(before, given, sizeof(before));
		share.seats++;
		solve(&share);
		for (int32_t k = 0; k < share.parties; k++)
			if (given[k] < before[k])
				abort();
	}
	return 0;
}
