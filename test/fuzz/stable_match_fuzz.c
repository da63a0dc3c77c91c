/*
 * test/fuzz/stable_match_fuzz.c
 *
 * Fuzz target of the core of stable_match: any bytes are preferences; the
 * answer must be stable, that for the largest at least as large, the order of
 * the rows must not matter, and no memory may be kept.
 */
#include <math.h>

#include "preferences.h"

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

typedef struct Bytes
{
	const uint8_t *at;
	size_t		left;
} Bytes;

static uint64_t
take(Bytes *b, int bytes)
{
	uint64_t	v = 0;

	while (bytes-- > 0)
	{
		v <<= 8;
		if (b->left > 0)
		{
			v |= *b->at++;
			b->left--;
		}
	}
	return v;
}

/*
 * A quota: mostly small, sometimes any.
 */
static int64_t
take_quota(Bytes *b)
{
	uint8_t		kind = (uint8_t) take(b, 1);

	if (kind < 100)
		return 1;
	if (kind < 230)
		return kind % 5;
	if (kind < 245)
		return SALON_ANY_NUMBER;
	return (int64_t) (take(b, 8) >> 1);
}

static void
solve(SalonPreferences *p, bool unique)
{
	TestHost	host;
	SalonMatchVerdict verdict;

	test_host_init(&host);
	verdict = salon_stable_match_solve(p, &host.host);
	if (host.held != 0 || (verdict == SALON_PAIR_TWICE) == unique)
		abort();
	if (unique && matching_fault(p, p->matched) != NULL)
		abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Bytes		b = {data, size};
	TestPreferences t;
	TestPreferences u;
	int32_t		n = 1 + (int32_t) take(&b, 1) % 16;
	int32_t		m = 1 + (int32_t) take(&b, 1) % 16;
	uint8_t		how = (uint8_t) take(&b, 1);
	int32_t		width = how & 4 ? 17 : 3;
	int32_t		rows = (int32_t) (b.left / width);
	bool		seen[16][16] = {{false}};
	bool		unique = true;
	int32_t		plain;

	if (rows > 400)
		return 0;
	preferences_init(&t, n, m, rows);
	for (int32_t i = 0; i < n; i++)
		t.quota[0][i] = how & 1 ? 1 : take_quota(&b);
	for (int32_t j = 0; j < m; j++)
		t.quota[1][j] = how & 2 ? 1 : take_quota(&b);
	for (int32_t r = 0; r < rows; r++)
	{
		uint8_t		pair = (uint8_t) take(&b, 1);
		int32_t		i = pair / 16 % (n + 1) - 1;
		int32_t		j = pair % 16 % (m + 1) - 1;

		/* repeated pairs only where asked for: they are refused */
		if (i >= 0 && j >= 0 && seen[i][j] && !(how & 8))
			i = -1;
		if (i >= 0 && j >= 0)
		{
			unique &= !seen[i][j];
			seen[i][j] = true;
		}
		t.party[0][r] = i;
		t.party[1][r] = j;
		for (int k = 0; k < 2; k++)
		{
			if (how & 4)
			{
				uint64_t	bits = take(&b, 8);

				memcpy(&t.rank[k][r], &bits, sizeof(double));
				if (!isfinite(t.rank[k][r]))
					t.rank[k][r] = 1;
			}
			else
				t.rank[k][r] = (double) (take(&b, 1) % (how & 16 ? 4 : 256));
		}
	}
	t.p.best_for_openings = (how & 32) != 0;
	solve(&t.p, unique);
	if (unique)
	{
		/* the same rows from behind */
		preferences_init(&u, n, m, rows);
		memcpy(u.quota[0], t.quota[0], sizeof(int64_t) * n);
		memcpy(u.quota[1], t.quota[1], sizeof(int64_t) * m);
		for (int32_t r = 0; r < rows; r++)
			for (int k = 0; k < 2; k++)
			{
				u.party[k][rows - 1 - r] = t.party[k][r];
				u.rank[k][rows - 1 - r] = t.rank[k][r];
			}
		u.p.best_for_openings = t.p.best_for_openings;
		plain = matching_size(&t.p, t.p.matched);
		for (int largest = 0; largest < 2; largest++)
		{
			t.p.largest = u.p.largest = largest;
			solve(&t.p, true);
			solve(&u.p, true);
			for (int32_t r = 0; r < rows; r++)
				if (t.p.matched[r] != u.p.matched[rows - 1 - r])
					abort();
		}
		if (matching_size(&t.p, t.p.matched) < plain)
			abort();
		preferences_free(&u);
	}
	preferences_free(&t);
	return 0;
}
