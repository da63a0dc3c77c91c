/*
 * test/fuzz/allocate_fuzz.c
 *
 * Fuzz target of the core of allocate: any bytes are a market; whatever
 * answer comes must be feasible and proved, and no memory may be kept.
 */
#include "market.h"

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
 * A quantity: mostly small, sometimes any.
 */
static int64_t
take_quantity(Bytes *b)
{
	uint8_t		kind = (uint8_t) take(b, 1);

	if (kind < 200)
		return kind % 8;
	if (kind < 220)
		return SALON_UNLIMITED;
	if (kind < 240)
		return (int64_t) take(b, 2);
	return (int64_t) (take(b, 8) >> 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	Bytes		b = {data, size};
	TestMarket	t;
	TestHost	host;
	int32_t		n = 1 + (int32_t) take(&b, 1) % 12;
	int32_t		m = 1 + (int32_t) take(&b, 1) % 12;
	uint8_t		how = (uint8_t) take(&b, 1);
	int32_t		rows = (int32_t) (b.left / 3);
	SalonVerdict verdict;
	wide		total;
	wide		slack;

	if (rows > 300)
		return 0;
	market_init(&t, n, m, rows);
	for (int32_t i = 0; i < n; i++)
		t.offered[i] = how & 1 ? 1 : take_quantity(&b);
	for (int32_t j = 0; j < m; j++)
		t.needed[j] = how & 1 ? 1 : take_quantity(&b);
	if (how & 2)
		t.m.at_most = NULL;
	for (int32_t r = 0; r < rows; r++)
	{
		uint8_t		pair = (uint8_t) take(&b, 1);

		t.supplier[r] = pair / 16 % (n + 1) - 1;
		t.demander[r] = pair % 16 % (m + 1) - 1;
		if (how & 4)
		{
			uint64_t	bits = take(&b, 8);

			memcpy(&t.value[r], &bits, sizeof(double));
			if (!isfinite(t.value[r]))
				t.value[r] = 1;
		}
		else
			t.value[r] = (double) take(&b, 1) / (how & 8 ? 100 : 1);
		if (t.m.at_most)
			t.at_most[r] = take_quantity(&b);
	}
	t.m.engine = (SalonEngine) ((how >> 4) % SALON_ENGINES);
	test_host_init(&host);
	verdict = salon_allocate_solve(&t.m, &host.host);
	if (verdict == SALON_UNPROVED)
		abort();
	if (host.held != 0)
		abort();
	if (verdict == SALON_SOLVED)
	{
		if (market_fault(&t.m, &total, &slack) != NULL || slack != 0)
			abort();
	}
	market_free(&t);
	return 0;
}
