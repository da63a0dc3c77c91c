/*
 * test/fuzz/stable_match_check.c
 *
 * Differential test of the core of stable_match.
 *
 *   stable_match_check tiny SEED CASES     against all stable matchings
 *   stable_match_check middle SEED CASES   stable, and the two sides agree
 *   stable_match_check time SEED ROWS      how long one large case takes
 *
 * Exit status 1 at the first case that fails, which it prints.
 */
#include <inttypes.h>
#include <time.h>

#include "preferences.h"

#define MOST_ROWS 12

static uint64_t state;

static uint64_t
rnd(void)
{
	uint64_t	z = (state += UINT64_C(0x9E3779B97F4A7C15));

	z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
	return z ^ (z >> 31);
}

static int64_t
below(int64_t n)
{
	return (int64_t) (rnd() % (uint64_t) n);
}

static void
print_preferences(const SalonPreferences *p)
{
	printf("applicants");
	for (int32_t a = 0; a < p->applicants; a++)
		printf(" %" PRId64, p->applicant_quota[a]);
	printf("\nopenings");
	for (int32_t b = 0; b < p->openings; b++)
		printf(" %" PRId64, p->opening_quota[b]);
	printf("\n%s%s\n", p->best_for_openings ? "best for openings" : "",
		   p->largest ? " largest" : "");
	for (int32_t r = 0; r < p->rows; r++)
		printf("row %d %d ranks %g %g -> %d\n", p->applicant[r],
			   p->opening[r], p->applicant_rank[r], p->opening_rank[r],
			   p->matched[r]);
}

/*
 * Random preferences; every pair at most once.
 */
static void
make(TestPreferences *t, int32_t n, int32_t m, int32_t most_rows, bool ties,
	 bool quotas)
{
	int32_t    *pair = malloc(sizeof(int32_t) * n * m);
	int32_t		rows = n * m < most_rows ? n * m : most_rows;

	if (below(2))
		rows = below(rows + 1);
	for (int32_t k = 0; k < n * m; k++)
		pair[k] = k;
	for (int32_t k = 0; k < rows; k++)
	{
		int32_t		other = k + below(n * m - k);
		int32_t		one = pair[k];

		pair[k] = pair[other];
		pair[other] = one;
	}
	preferences_init(t, n, m, rows);
	for (int k = 0; k < 2; k++)
	{
		bool		some = quotas && below(3) > 0;

		for (int32_t i = 0; i < (k ? m : n); i++)
			t->quota[k][i] = !some ? 1 : below(8) == 0 ? -1 : below(4);
	}
	for (int32_t r = 0; r < rows; r++)
	{
		t->party[0][r] = below(25) ? pair[r] / m : -1;
		t->party[1][r] = below(25) ? pair[r] % m : -1;
		for (int k = 0; k < 2; k++)
			t->rank[k][r] = ties ? (double) below(3) :
				(double) below(1000000000) + r * 1e-5;
	}
	if (ties && below(2))
	{
		/* ties on one side only */
		int			k = below(2);

		for (int32_t r = 0; r < rows; r++)
			t->rank[k][r] = (double) below(1000000000) + r * 1e-5;
	}
	free(pair);
}

static const char *
solve(SalonPreferences *p)
{
	TestHost	host;

	test_host_init(&host);
	if (salon_stable_match_solve(p, &host.host) != SALON_MATCHED)
		return "refused";
	if (host.held != 0)
		return "memory not given back";
	return matching_fault(p, p->matched);
}

/*
 * The ranks of what a party has, best first, as many as its quota; a free
 * place is worse than any rank.  Compares two matchings: true when the party
 * has nothing worse, place by place, in the first.
 */
static bool
as_good(const SalonPreferences *p, int side, int32_t party,
		const uint8_t *first, const uint8_t *second)
{
	double		have[2][MOST_ROWS];
	int			count[2] = {0, 0};

	for (int k = 0; k < 2; k++)
	{
		for (int32_t r = 0; r < p->rows; r++)
		{
			double		rank = side ? p->opening_rank[r] : p->applicant_rank[r];
			int			at;

			if (!(k ? second : first)[r] ||
				(side ? p->opening[r] : p->applicant[r]) != party)
				continue;
			at = count[k]++;
			while (at > 0 && have[k][at - 1] > rank)
			{
				have[k][at] = have[k][at - 1];
				at--;
			}
			have[k][at] = rank;
		}
	}
	if (count[0] < count[1])
		return false;
	for (int at = 0; at < count[1]; at++)
		if (have[0][at] > have[1][at])
			return false;
	return true;
}

static double worst_share = 1;
static int64_t below_best;

/*
 * All matchings of a tiny case: those that are stable are compared with the
 * answers.
 */
static const char *
compare_all(TestPreferences *t, bool ties)
{
	SalonPreferences *p = &t->p;
	uint8_t		answer[2][2][MOST_ROWS];	/* largest, best for */
	int32_t		most = 0;
	int32_t		free_rows[MOST_ROWS];
	int32_t		rows = 0;

	for (int largest = 0; largest < 2; largest++)
		for (int side = 0; side < 2; side++)
		{
			const char *fault;

			p->largest = largest;
			p->best_for_openings = side;
			fault = solve(p);
			if (fault)
				return fault;
			memcpy(answer[largest][side], p->matched, p->rows);
		}
	for (int32_t r = 0; r < p->rows; r++)
		if (takes_part(p, r))
			free_rows[rows++] = r;
	for (uint32_t set = 0; set < (1u << rows); set++)
	{
		uint8_t		other[MOST_ROWS] = {0};
		int32_t		size = 0;

		for (int k = 0; k < rows; k++)
			if (set >> k & 1)
			{
				other[free_rows[k]] = 1;
				size++;
			}
		if (matching_fault(p, other) != NULL)
			continue;
		if (size > most)
			most = size;
		if (ties)
			continue;
		for (int side = 0; side < 2; side++)
		{
			if (matching_size(p, answer[0][side]) != size)
				return "stable matchings of different size without ties";
			for (int32_t k = 0; k < (side ? p->openings : p->applicants); k++)
				if (!as_good(p, side, k, answer[0][side], other))
					return "not the best for its side";
			for (int32_t k = 0; k < (side ? p->applicants : p->openings); k++)
				if (!as_good(p, !side, k, other, answer[0][side]))
					return "not the worst for the other side";
		}
		/* who has free places, and whom they have, is always the same */
		for (int k = 0; k < 2; k++)
			for (int32_t i = 0; i < (k ? p->openings : p->applicants); i++)
			{
				const int32_t *party = k ? p->opening : p->applicant;
				int64_t		quota = k ? p->opening_quota[i] : p->applicant_quota[i];
				int64_t		a = 0;
				int64_t		b = 0;
				bool		same = true;

				for (int32_t r = 0; r < p->rows; r++)
					if (party[r] == i)
					{
						a += answer[0][0][r];
						b += other[r];
						same &= answer[0][0][r] == other[r];
					}
				if (a != b || ((quota < 0 || a < quota) && !same))
					return "free places are filled differently";
			}
	}
	for (int side = 0; side < 2; side++)
	{
		int32_t		size = matching_size(p, answer[1][side]);

		if (size < matching_size(p, answer[0][side]))
			return "the largest is smaller";
		if (size * 3 < most * 2)
			return "less than two thirds of the largest";
		if (most > 0 && (double) size / most < worst_share)
			worst_share = (double) size / most;
		if (size < most)
			below_best++;
	}
	return NULL;
}

static bool
check_tiny(int64_t cases)
{
	for (int64_t c = 0; c < cases; c++)
	{
		TestPreferences t;
		bool		ties = below(2);
		const char *fault;

		make(&t, 1 + below(4), 1 + below(4), 2 + below(MOST_ROWS - 1), ties,
			 below(3) > 0);
		fault = compare_all(&t, ties);
		if (fault)
		{
			printf("case %" PRId64 ": %s\n", c, fault);
			print_preferences(&t.p);
			return false;
		}
		preferences_free(&t);
	}
	printf("worst share of the largest: %.3f, below it: %" PRId64 "\n",
		   worst_share, below_best);
	return true;
}

static bool
check_middle(int64_t cases)
{
	for (int64_t c = 0; c < cases; c++)
	{
		TestPreferences t;
		bool		ties = below(2);
		int32_t		size[2][2];

		/* long lists too */
		make(&t, 1 + below(60), 1 + below(c % 10 == 0 ? 1000 : 60),
			 100000, ties, below(3) > 0);
		for (int how = 0; how < 4; how++)
		{
			const char *fault;

			t.p.largest = how & 1;
			t.p.best_for_openings = how & 2;
			fault = solve(&t.p);
			size[how & 1][how >> 1] = matching_size(&t.p, t.p.matched);
			if (fault)
			{
				printf("case %" PRId64 ": %s\n", c, fault);
				return false;
			}
		}
		if (size[1][0] < size[0][0] || size[1][1] < size[0][1] ||
			(!ties && (size[0][0] != size[0][1] || size[1][0] != size[0][0])))
		{
			printf("case %" PRId64 ": sizes %d %d %d %d\n", c, size[0][0],
				   size[0][1], size[1][0], size[1][1]);
			return false;
		}
		preferences_free(&t);
	}
	return true;
}

static void
measure(int64_t rows)
{
	TestPreferences t;
	int32_t		n = rows / 10 + 1;

	preferences_init(&t, n, n, rows);
	for (int32_t i = 0; i < n; i++)
		t.quota[0][i] = t.quota[1][i] = 1;
	for (int32_t r = 0; r < rows; r++)
	{
		t.party[0][r] = r / 10;
		t.party[1][r] = (int32_t) ((r / 10 + (r % 10) * (int64_t) (n / 11)
									+ below(n / 11 + 1)) % n);
		t.rank[0][r] = (double) below(INT64_C(1) << 40);
		t.rank[1][r] = (double) below(INT64_C(1) << 40);
	}
	for (int largest = 0; largest < 2; largest++)
	{
		clock_t		begin;
		const char *fault;
		TestHost	host;

		t.p.largest = largest;
		test_host_init(&host);
		begin = clock();
		if (salon_stable_match_solve(&t.p, &host.host) != SALON_MATCHED)
			printf("refused\n");
		printf("%s: %.3f s, ", largest ? "largest" : "plain",
			   (double) (clock() - begin) / CLOCKS_PER_SEC);
		fault = matching_fault(&t.p, t.p.matched);
		printf("%d matched, %s\n", matching_size(&t.p, t.p.matched),
			   fault ? fault : "stable");
	}
	preferences_free(&t);
}

int
main(int argc, char **argv)
{
	bool		good = false;
	int64_t		cases;

	if (argc < 4)
	{
		fprintf(stderr, "usage: stable_match_check tiny|middle|time SEED CASES\n");
		return 2;
	}
	state = strtoull(argv[2], NULL, 10) * 1000003;
	cases = strtoll(argv[3], NULL, 10);
	if (strcmp(argv[1], "tiny") == 0)
		good = check_tiny(cases);
	else if (strcmp(argv[1], "middle") == 0)
		good = check_middle(cases);
	else
	{
		measure(cases);
		return 0;
	}
	printf("%s, seed %s, %" PRId64 " cases: %s\n", argv[1], argv[2], cases,
		   good ? "ok" : "FAILED");
	return good ? 0 : 1;
}
