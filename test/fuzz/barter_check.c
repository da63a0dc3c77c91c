/*
 * test/fuzz/barter_check.c
 *
 * Differential test of the cores of barter.
 *
 *   barter_check tiny SEED CASES     against brute force, every length
 *   barter_check middle SEED CASES   engines against each other
 *   barter_check large SEED CASES    packings of many small parts against the
 *                                    best of each part, by brute force
 *   barter_check pairs SEED CASES    prints graphs with the best matching
 *   barter_check cycles SEED CASES   prints exchanges with the best total
 *
 * Exit status 1 at the first case that fails, which it prints.
 */
#include <inttypes.h>

#include "../../src/core/barter/matching_core.h"
#include "../../src/core/barter/packing_core.h"
#include "barter.h"

#define TINY 8

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
print_barter(const SalonBarter *b)
{
	printf("parties %d longest %d total %.17g bound %.17g\n", b->parties,
		   b->longest, b->total, b->bound);
	for (int32_t r = 0; r < b->rows; r++)
		printf("row %d %d value %.17g -> %d %d\n", b->giver[r], b->taker[r],
			   b->value[r], b->cycle[r], b->position[r]);
}

static const char *
solve(TestBarter *t)
{
	TestHost	host;
	SalonBarterVerdict verdict;

	test_host_init(&host);
	verdict = salon_barter_solve(&t->b, &host.host);
	if (host.held != 0)
		return "memory not given back";
	if (verdict == SALON_BARTER_UNPROVED)
		return "not proved";
	if (verdict == SALON_BARTER_TOO_MANY)
		return "too many cycles";
	if (verdict == SALON_BARTER_LATE && t->looks == 0)
		return "late without a clock";
	return barter_fault(&t->b);
}

/*
** Tiny cases
*/

static double arc[TINY][TINY];

static double best_without(int32_t n, uint32_t used, int32_t longest);

/*
 * The best total when a path from first to last is to be closed.
 */
static double
best_closed(int32_t n, uint32_t used, int32_t longest, int32_t first,
			int32_t last, int32_t length)
{
	double		best = -1e300;

	if (length > 1 && arc[last][first] > 0)
		best = arc[last][first] + best_without(n, used, longest);
	if (length == longest)
		return best;
	for (int32_t w = first + 1; w < n; w++)
	{
		if (!(used >> w & 1) && arc[last][w] > 0)
		{
			double		own = arc[last][w] +
			best_closed(n, used | 1u << w, longest, first, w, length + 1);

			if (own > best)
				best = own;
		}
	}
	return best;
}

static double
best_without(int32_t n, uint32_t used, int32_t longest)
{
	int32_t		v = 0;
	double		best;
	double		own;

	while (v < n && (used >> v & 1))
		v++;
	if (v == n)
		return 0;
	best = best_without(n, used | 1u << v, longest);
	own = best_closed(n, used | 1u << v, longest, v, v, 1);
	return own > best ? own : best;
}

static void
make_tiny(TestBarter *t, int32_t longest)
{
	int32_t		n = 1 + below(TINY - 1);
	int32_t		rows = below(3 * n + 2);
	int			values = 1 + below(below(3) ? 5 : 1000);
	int			kind = below(5);	/* of values */

	barter_init(t, n, rows, longest);
	for (int32_t r = 0; r < rows; r++)
	{
		t->giver[r] = below(40) == 0 ? -1 : below(n);
		t->taker[r] = below(40) == 0 ? -1 : below(n);
		t->value[r] = below(15) == 0 ? -below(3) : 1 + below(values);
		if (kind == 1)
			t->value[r] /= 100;
		else if (kind == 2)
			t->value[r] = t->value[r] / 3 * exp((double) below(9) - 4);
		else if (kind == 3)
			t->value[r] *= 1e11;
		else if (kind == 4)
			t->value[r] = 1;
	}
}

static bool
check_tiny(int64_t cases)
{
	static const int32_t lengths[] = {2, 3, 4, 5, 0};

	for (int64_t c = 0; c < cases; c++)
	{
		TestBarter	t;
		const char *fault;
		double		best;

		make_tiny(&t, lengths[c % 5]);
		memset(arc, 0, sizeof(arc));
		for (int32_t r = 0; r < t.b.rows; r++)
		{
			if (t.giver[r] >= 0 && t.taker[r] >= 0 &&
				t.value[r] > arc[t.giver[r]][t.taker[r]])
				arc[t.giver[r]][t.taker[r]] = t.value[r];
		}
		if (c % 11 == 10)
			t.looks = 1 + below(5);
		fault = solve(&t);
		best = best_without(t.b.parties, 0,
							t.b.longest ? t.b.longest : TINY);
		if (fault == NULL && t.looks == 0 &&
			fabs(best - t.b.total) > 1e-9 * best)
			fault = "not the best";
		if (fault == NULL && (t.b.bound < best - 1e-9 * best ||
							  t.b.total > best + 1e-9 * best))
			fault = "bound does not hold";
		if (fault == NULL && t.looks == 0 && t.b.gap > 1e-9 * best)
			fault = "gap without need";
		if (fault)
		{
			printf("case %" PRId64 ": %s, best %.17g\n", c, fault, best);
			print_barter(&t.b);
			return false;
		}
		barter_free(&t);
	}
	return true;
}

/*
** Middle cases
*/

static void
make_middle(TestBarter *t, int32_t longest, int32_t most, int64_t *whole)
{
	int32_t		n = 5 + below(most);
	int32_t		rows = n * (1 + below(8));
	int64_t		values = below(4) == 0 ? 1 : 1 + below(1000);
	int			kind = below(5);

	barter_init(t, n, rows, longest);
	for (int32_t r = 0; r < rows; r++)
	{
		t->giver[r] = below(n);
		t->taker[r] = below(n);
		if (kind == 1)
		{
			/* near neighbours: odd circles within odd circles */
			t->taker[r] = (t->giver[r] + n + below(7) - 3) % n;
		}
		else if (kind == 2 && r % 2 == 1)
		{
			/* both ways */
			t->giver[r] = t->taker[r - 1];
			t->taker[r] = t->giver[r - 1];
		}
		else if (kind == 3)
			t->giver[r] = below(n / 4 + 1);
		t->value[r] = 1 + below(values);
		if (kind == 4)
			t->value[r] = 1000 + below(2);
	}
	if (whole)
		*whole = values;
}

/*
 * More length is never worse, packings of two agree with the matching, and
 * renumbering the parties changes no total.
 */
static bool
check_middle(int64_t cases)
{
	static const int32_t lengths[] = {2, 3, 4, 5, 0};

	for (int64_t c = 0; c < cases; c++)
	{
		TestBarter	t;
		double		before = 0;
		const char *fault = NULL;

		make_middle(&t, 2, c % 10 == 0 ? 60 : 25, NULL);
		for (int k = 0; k < 5 && fault == NULL; k++)
		{
			double		total;

			t.b.longest = lengths[k];
			fault = solve(&t);
			total = t.b.total;
			if (fault == NULL && total < before)
				fault = "longer cycles are worse";
			if (fault == NULL && t.b.gap != 0)
				fault = "gap without need";
			before = total;
			for (int32_t r = 0; r < t.b.rows; r++)
			{
				t.giver[r] = t.b.parties - 1 - t.giver[r];
				t.taker[r] = t.b.parties - 1 - t.taker[r];
			}
			if (fault == NULL)
				fault = solve(&t);
			if (fault == NULL && t.b.total != total)
				fault = "other numbers, other total";
		}
		if (fault)
		{
			printf("case %" PRId64 ": %s\n", c, fault);
			print_barter(&t.b);
			return false;
		}
		barter_free(&t);
	}
	return true;
}

/*
** Large packings
*/

#define PART 11					/* items of a part */
#define PART_SETS 16
#define MOST_PARTS 60

/*
 * The best packing of the sets from one on that avoid what is used.
 */
static int64_t
best_of_part(const uint32_t *set, const int64_t *weight, int32_t count,
			 uint32_t used)
{
	int64_t		best = 0;

	for (int32_t s = 0; s < count; s++)
	{
		if ((set[s] & used) == 0)
		{
			int64_t		own = weight[s] + best_of_part(set + s + 1, weight + s + 1,
													   count - s - 1,
													   used | set[s]);

			if (own > best)
				best = own;
		}
	}
	return best;
}

/*
 * Parts with items of their own, so many that together they are a large
 * packing: the best one is worth what the best ones of the parts are.
 */
static const char *
try_large(int32_t parts, int32_t width, int64_t values)
{
	int32_t    *member = malloc(sizeof(int32_t) * (size_t) (parts * PART_SETS * width));
	int64_t    *weight = malloc(sizeof(int64_t) * (size_t) (parts * PART_SETS));
	int32_t    *chosen = malloc(sizeof(int32_t) * (size_t) (parts * PART));
	bool	   *taken = calloc((size_t) (parts * PART), sizeof(bool));
	long		looks = 0;
	int64_t		best = 0;
	int64_t		total = 0;
	const char *fault = NULL;
	SalonPacking p;
	TestHost	host;

	memset(&p, 0, sizeof(p));
	p.items = parts * PART;
	p.width = width;
	p.member = member;
	p.weight = weight;
	p.chosen = chosen;
	p.spent = test_spent;
	p.clock = &looks;
	p.until = 1;
	for (int32_t part = 0; part < parts; part++)
	{
		uint32_t	known[PART_SETS];
		int32_t		first = p.sets;
		int32_t		count = 0;

		for (int32_t try = 0; try < PART_SETS; try++)
		{
			uint32_t	set = 0;
			int32_t		size = 2 + (int32_t) below(width - 1);
			bool		fresh = true;

			/* items side by side leave the relaxation nothing to guess */
			if (part > 1)
				set = ((1u << size) - 1) << below(PART - size + 1);
			while (__builtin_popcount(set) < size)
				set |= 1u << below(PART);
			for (int32_t s = 0; s < count; s++)
				fresh = fresh && known[s] != set;
			if (!fresh)
				continue;
			known[count++] = set;
			for (int32_t k = 0, item = 0; k < width; k++)
			{
				while (item < PART && !(set >> item & 1))
					item++;
				member[p.sets * width + k] = item < PART ? part * PART + item++ : -1;
			}
			weight[p.sets++] = size * values + below(values);
		}
		best += best_of_part(known, weight + first, count, 0);
	}
	test_host_init(&host);
	salon_packing_solve(&p, &host.host);
	for (int32_t c = 0; c < p.count && fault == NULL; c++)
	{
		total += weight[chosen[c]];
		for (int32_t k = 0; k < width && member[chosen[c] * width + k] >= 0; k++)
		{
			if (taken[member[chosen[c] * width + k]])
				fault = "sets overlap";
			taken[member[chosen[c] * width + k]] = true;
		}
	}
	if (host.held != 0)
		fault = "memory not given back";
	else if (fault == NULL && (total != p.total || total != best))
		fault = "not the best";
	else if (fault == NULL && p.bound != best)
		fault = "not proved";
	free(member);
	free(weight);
	free(chosen);
	free(taken);
	return fault;
}

static bool
check_large(int64_t cases)
{
	for (int64_t c = 0; c < cases; c++)
	{
		int32_t		parts = 37 + (int32_t) below(MOST_PARTS - 37);
		const char *fault = try_large(parts, 2 + (int32_t) c % 4,
									  below(2) ? 1 : 1000);

		if (fault)
		{
			printf("case %" PRId64 ", %d parts: %s\n", c, parts, fault);
			return false;
		}
	}
	return true;
}

/*
 * Print a graph and the weight of its best matching, for a peer.
 */
static bool
dump_pairs(int64_t cases)
{
	for (int64_t c = 0; c < cases; c++)
	{
		int32_t		n = 2 + below(c % 10 == 0 ? 200 : 40);
		int32_t		most = (int32_t) (n * (1 + below(6)));
		int64_t		values = 1 + below(below(3) ? 6 : 100000);
		bool		near = below(2);
		int32_t    *end = malloc(sizeof(int32_t) * 2 * (size_t) most);
		int64_t    *weight = malloc(sizeof(int64_t) * (size_t) most);
		int32_t    *mate = malloc(sizeof(int32_t) * (size_t) n);
		bool	   *seen = calloc((size_t) n * (size_t) n, sizeof(bool));
		SalonMatching m = {n, 0, end, weight, mate, 0};
		TestHost	host;
		bool		proved;

		for (int32_t e = 0; e < most; e++)
		{
			int32_t		u = below(n);
			int32_t		v = near ? (u + 1 + below(3)) % n : below(n);

			if (u == v || seen[u * n + v])
				continue;
			seen[u * n + v] = seen[v * n + u] = true;
			end[2 * m.edges] = u;
			end[2 * m.edges + 1] = v;
			weight[m.edges++] = 1 + below(values);
		}
		test_host_init(&host);
		proved = salon_matching_solve(&m, &host.host);
		if (!proved || host.held != 0)
		{
			fprintf(stderr, "case %" PRId64 ": %s\n", c,
					proved ? "memory not given back" : "not proved");
			return false;
		}
		printf("%d %d %" PRId64 "\n", n, m.edges, m.total);
		for (int32_t e = 0; e < m.edges; e++)
			printf("%d %d %" PRId64 "\n", end[2 * e], end[2 * e + 1], weight[e]);
		free(end);
		free(weight);
		free(mate);
		free(seen);
	}
	return true;
}

/*
 * Print an exchange and its best total, for a peer.
 */
static bool
dump_cycles(int64_t cases)
{
	for (int64_t c = 0; c < cases; c++)
	{
		TestBarter	t;
		const char *fault;

		make_middle(&t, 3 + c % 2, 30, NULL);
		fault = solve(&t);
		if (fault)
		{
			fprintf(stderr, "case %" PRId64 ": %s\n", c, fault);
			return false;
		}
		printf("%d %d %d %.0f\n", t.b.parties, t.b.rows, t.b.longest, t.b.total);
		for (int32_t r = 0; r < t.b.rows; r++)
			printf("%d %d %.0f\n", t.giver[r], t.taker[r], t.value[r]);
		barter_free(&t);
	}
	return true;
}

int
main(int argc, char **argv)
{
	bool		good = false;
	int64_t		cases;

	if (argc < 4)
	{
		fprintf(stderr, "usage: barter_check tiny|middle|large|pairs|cycles SEED CASES\n");
		return 2;
	}
	state = strtoull(argv[2], NULL, 10) * 1000003;
	cases = strtoll(argv[3], NULL, 10);
	if (strcmp(argv[1], "pairs") == 0)
		return dump_pairs(cases) ? 0 : 1;
	if (strcmp(argv[1], "cycles") == 0)
		return dump_cycles(cases) ? 0 : 1;
	if (strcmp(argv[1], "tiny") == 0)
		good = check_tiny(cases);
	else if (strcmp(argv[1], "middle") == 0)
		good = check_middle(cases);
	else if (strcmp(argv[1], "large") == 0)
		good = check_large(cases);
	printf("%s, seed %s, %" PRId64 " cases: %s\n", argv[1], argv[2], cases,
		   good ? "ok" : "FAILED");
	return good ? 0 : 1;
}
