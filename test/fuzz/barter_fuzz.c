/*
 * test/fuzz/barter_fuzz.c
 *
 * Fuzz target of the cores of barter: any bytes are an exchange; whatever
 * answer comes must be made of closed, disjoint and short enough cycles within
 * its bound, and no memory may be kept.
 */
#include "barter.h"

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

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const int32_t lengths[] = {2, 3, 4, 5, 0, 2, 3, 4};
	Bytes		b = {data, size};
	TestBarter	t;
	TestHost	host;
	int32_t		n = 1 + (int32_t) take(&b, 1) % 16;
	uint8_t		how = (uint8_t) take(&b, 1);
	int32_t		rows = (int32_t) (b.left / 2);
	SalonBarterVerdict verdict;
	double		total;

	if (rows > 200)
		return 0;
	barter_init(&t, n, rows, lengths[how & 7]);
	if (how & 64)
		t.b.most_cycles = 50;
	if (how & 128)
		t.looks = 1 + (long) take(&b, 1);
	for (int32_t r = 0; r < rows; r++)
	{
		uint8_t		pair = (uint8_t) take(&b, 1);

		t.giver[r] = pair / 16 % (n + 1) - 1;
		t.taker[r] = pair % 16 % (n + 1) - 1;
		if (how & 8)
		{
			uint64_t	bits = take(&b, 8);

			memcpy(&t.value[r], &bits, sizeof(double));
			if (!isfinite(t.value[r]) || t.value[r] > 1e300)
				t.value[r] = 1;
		}
		else
			t.value[r] = (double) take(&b, 1) / (how & 16 ? 100 : 1);
	}
	test_host_init(&host);
	verdict = salon_barter_solve(&t.b, &host.host);
	if (verdict == SALON_BARTER_UNPROVED || host.held != 0)
		abort();
	if (verdict != SALON_BARTER_TOO_MANY)
	{
		if (barter_fault(&t.b) != NULL)
			abort();
		if (verdict == SALON_BARTER_LATE && t.looks == 0)
			abort();
	}
	/* longer cycles are never worse */
	total = t.b.total;
	if (verdict == SALON_BARTER_SOLVED && t.b.longest != SALON_BARTER_ANY_LENGTH)
	{
		t.b.longest = SALON_BARTER_ANY_LENGTH;
		verdict = salon_barter_solve(&t.b, &host.host);
		if (verdict != SALON_BARTER_SOLVED || t.b.bound < total * (1 - 1e-12))
			abort();
	}
	barter_free(&t);
	return 0;
}
