/*
 * test/bench/barter.c
 *
 * Exchanges for measurements, the same every time, and the time that the cores
 * take for them.
 *
 *   barter graph PARTIES SEED [UNIT]            prints giver, taker, value
 *   barter time PARTIES SEED LONGEST [UNIT]     solves it; 0: any length
 *
 * The graphs look like those of kidney exchange: every party has a donor and a
 * patient with blood groups, of which the unfit combinations come to the
 * exchange, and a patient accepts a share of the fit donors only, a small one
 * for some.  Values are 1 to 1000, or all 1 with UNIT.
 *
 * cc -O2 -o barter test/bench/barter.c src/core/{scale_core.c,barter/*.c,allocate/*.c} -lm
 */
#include <inttypes.h>
#include <time.h>

#include "../fuzz/barter.h"

static uint64_t state;

static uint64_t
rnd(void)
{
	uint64_t	z = (state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static double
chance(void)
{
	return (double) (rnd() >> 11) / 9007199254740992.0;
}

/*
 * A blood group as a set of antigens: 0, A = 1, B = 2, AB = 3.
 */
static int
blood(void)
{
	double		c = chance();

	return c < 0.4814 ? 0 : c < 0.8187 ? 1 : c < 0.9615 ? 2 : 3;
}

static bool
fits(int donor, int patient)
{
	return (donor & ~patient) == 0;
}

static int32_t
make(TestBarter *t, int32_t n, uint64_t seed, int32_t longest, bool unit)
{
	int		   *donor = malloc(sizeof(int) * (size_t) n);
	int		   *patient = malloc(sizeof(int) * (size_t) n);
	double	   *share = malloc(sizeof(double) * (size_t) n);
	int32_t		rows = 0;

	state = seed * 7919 + 17;
	for (int32_t v = 0; v < n;)
	{
		double		c = chance();

		donor[v] = blood();
		patient[v] = blood();
		share[v] = c < 0.7 ? 0.95 : c < 0.9 ? 0.55 : 0.1;
		/* a fit pair needs no exchange */
		if (!fits(donor[v], patient[v]) || chance() > share[v])
			v++;
	}
	barter_init(t, n, n * n, longest);
	for (int32_t u = 0; u < n; u++)
	{
		for (int32_t v = 0; v < n; v++)
		{
			/* and some of what is fit cannot be for other reasons */
			if (u != v && fits(donor[u], patient[v]) &&
				chance() < share[v] * 0.7)
			{
				t->giver[rows] = u;
				t->taker[rows] = v;
				t->value[rows++] = unit ? 1 : 1 + (double) (rnd() % 1000);
			}
		}
	}
	t->b.rows = rows;
	free(donor);
	free(patient);
	free(share);
	return rows;
}

static double
now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double) ts.tv_sec + (double) ts.tv_nsec / 1e9;
}

static double begun;
static double limit = 60;

static double
spent(void *clock)
{
	return (now() - begun) / limit;
}

int
main(int argc, char **argv)
{
	bool		timed = argc > 1 && strcmp(argv[1], "time") == 0;
	bool		unit = argc > (timed ? 5 : 4);
	TestBarter	t;

	if (argc < (timed ? 5 : 4))
	{
		fprintf(stderr, "usage: barter graph PARTIES SEED [UNIT] | time PARTIES SEED LONGEST [UNIT]\n");
		return 2;
	}
	(void) make(&t, (int32_t) strtol(argv[2], NULL, 10),
				strtoull(argv[3], NULL, 10),
				timed ? (int32_t) strtol(argv[4], NULL, 10) : 2, unit);
	if (timed)
	{
		TestHost	host;
		SalonBarterVerdict verdict;
		const char *fault;
		double		seconds;

		if (getenv("LIMIT"))
			limit = strtod(getenv("LIMIT"), NULL);
		t.b.spent = spent;
		begun = now();
		test_host_init(&host);
		verdict = salon_barter_solve(&t.b, &host.host);
		seconds = now() - begun;
		fault = barter_fault(&t.b);
		printf("%d parties, %d rows, longest %d: %.4f s, total %.0f, bound %.0f, %s\n",
			   t.b.parties, t.b.rows, t.b.longest, seconds, t.b.total,
			   t.b.bound, fault ? fault :
			   verdict == SALON_BARTER_SOLVED ? "proved" :
			   verdict == SALON_BARTER_LATE ? "late" : "refused");
	}
	else
	{
		for (int32_t r = 0; r < t.b.rows; r++)
			printf("%d\t%d\t%.0f\n", t.giver[r], t.taker[r], t.value[r]);
	}
	barter_free(&t);
	return 0;
}
