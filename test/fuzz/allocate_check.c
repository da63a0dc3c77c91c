/*
 * test/fuzz/allocate_check.c
 *
 * Differential test of the core of allocate.
 *
 *   allocate_check tiny SEED CASES ENGINE      against brute force
 *   allocate_check mixed SEED CASES ENGINE     values of any size, also where
 *                                              nothing can flow: against brute
 *                                              force, what is missing is told
 *   allocate_check middle SEED CASES ENGINE    proofs on the families below
 *   allocate_check close SEED CASES ENGINE     gaps that are allowed, against the
 *                                              best total
 *   allocate_check choice 1 1                  which engine is chosen, where
 *                                              markets of 60 rows are large
 *   allocate_check exact SEED CASES ENGINE     prints markets of values and
 *                                              quantities of any size, with the
 *                                              answers, for exact_answer.py
 *   allocate_check dump SEED FAMILY            prints one middle case for a
 *                                              peer, with the optimum
 *
 * Exit status 1 at the first case that fails, which it prints.
 */
#include <inttypes.h>

#include "market.h"

#define FAMILIES 18

static uint64_t state;
static int64_t answered[SALON_ENGINES]; /* by engine */

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
print_market(const SalonMarket *m)
{
	printf("suppliers");
	for (int32_t i = 0; i < m->suppliers; i++)
		printf(" %" PRId64, m->offered[i]);
	printf("\ndemanders");
	for (int32_t j = 0; j < m->demanders; j++)
		printf(" %" PRId64, m->needed[j]);
	printf("\n");
	for (int32_t r = 0; r < m->rows; r++)
		printf("row %d %d value %.17g at_most %" PRId64 " -> %" PRId64 "\n",
			   m->supplier[r], m->demander[r], m->value[r],
			   m->at_most ? m->at_most[r] : -1, m->quantity[r]);
	for (int32_t i = 0; i < m->suppliers; i++)
		printf("supplier price %d: %" PRId64 "\n", i, m->supplier_price[i]);
	for (int32_t j = 0; j < m->demanders; j++)
		printf("demander price %d: %" PRId64 "\n", j, m->demander_price[j]);
}

/*
 * The best total by trying everything.
 */
static wide
brute_force(const SalonMarket *m, int64_t *offered, int64_t *needed,
			int32_t row)
{
	wide		best;
	int64_t		most;
	int32_t		i;
	int32_t		j;
	int64_t		w;

	if (row == m->rows)
		return 0;
	best = brute_force(m, offered, needed, row + 1);
	i = m->supplier[row];
	j = m->demander[row];
	if (i < 0 || j < 0 || !(m->value[row] > 0))
		return best;
	w = salon_scale_bound(&m->scale, m->value[row]);
	most = offered[i] < 0 ? INT64_MAX : offered[i];
	if (needed[j] >= 0 && needed[j] < most)
		most = needed[j];
	if (m->at_most && m->at_most[row] >= 0 && m->at_most[row] < most)
		most = m->at_most[row];
	for (int64_t x = 1; x <= most; x++)
	{
		int64_t		a = offered[i];
		int64_t		b = needed[j];
		wide		total;

		if (a >= 0)
			offered[i] -= x;
		if (b >= 0)
			needed[j] -= x;
		total = (wide) w * x + brute_force(m, offered, needed, row + 1);
		offered[i] = a;
		needed[j] = b;
		if (total > best)
			best = total;
	}
	return best;
}

/*
 * A tiny case: few parties, few units, many ties and odd limits.
 */
static void
make_tiny(TestMarket *t)
{
	int32_t		n = 1 + below(4);
	int32_t		m = 1 + below(4);
	int32_t		rows = below(8);
	int			values = 1 + below(6);
	int			kind = below(4);	/* of values */
	bool		one = below(3) == 0;
	bool		caps = below(2) == 0;
	int			whose = below(8);	/* value counts: 1 or 2 */

	market_init(t, n, m, rows);
	for (int32_t i = 0; i < n; i++)
		t->offered[i] = one ? 1 : below(8) == 0 ? -1 : below(4);
	for (int32_t j = 0; j < m; j++)
		t->needed[j] = one ? 1 : below(8) == 0 ? -1 : below(4);
	if (!caps)
		t->m.at_most = NULL;
	for (int32_t r = 0; r < rows; r++)
	{
		t->supplier[r] = below(30) == 0 ? -1 : below(n);
		t->demander[r] = below(30) == 0 ? -1 : below(m);
		t->value[r] = below(12) == 0 ? -below(3) : 1 + below(values);
		if (whose == 1 || whose == 2)
			t->value[r] = 1 + (whose == 1 ? t->supplier[r] + 1 :
							   t->demander[r] * 3 + 3) % values;
		if (kind == 1)
			t->value[r] /= 100;
		else if (kind == 2)
			t->value[r] = t->value[r] / 3 * exp((double) below(9) - 4);
		else if (kind == 3)
			t->value[r] *= 1e9;
		if (caps && below(2))
			t->at_most[r] = below(4);
		/* a pair without any limit is refused before the core */
		if (t->supplier[r] >= 0 && t->demander[r] >= 0 &&
			t->offered[t->supplier[r]] < 0 && t->needed[t->demander[r]] < 0)
		{
			if (!caps)
				t->needed[t->demander[r]] = 2;
			else if (t->at_most[r] < 0)
				t->at_most[r] = below(4);
		}
	}
}

/*
 * A middle case of one of the families.
 */
static void
make_middle(TestMarket *t, int family)
{
	int32_t		n = 5 + below(60);
	int32_t		m = 5 + below(60);
	int32_t		degree = 1 + below(8);
	int32_t		rows;
	int64_t		most = 1 + below(20);
	int64_t		values = family == 1 ? 1 : 1 + below(10000);

	if (family == 4)
		m = n * 20;				/* one side far larger */
	if (family == 5 || family == 6)
		m = n;					/* complete: i*j, geometric */
	if (family == 7)
		n = 1;					/* one hub */
	if (family == 8 || family == 9)
		m = n = 50 + below(200);	/* long path, cycle */
	rows = family == 5 || family == 6 ? n * m :
		family == 7 ? m : family == 8 || family == 9 ? 2 * n : m * degree;
	market_init(t, n, m, rows);
	for (int32_t i = 0; i < n; i++)
		t->offered[i] = family == 3 || family == 10 ? 1 : 1 + below(most);
	for (int32_t j = 0; j < m; j++)
		t->needed[j] = family == 3 || family == 10 ? 1 : 1 + below(most);
	if (family == 2)
	{
		/* zero capacities */
		for (int32_t i = 0; i < n; i++)
			t->offered[i] = below(3) ? 0 : t->offered[i];
		for (int32_t j = 0; j < m; j++)
			t->needed[j] = below(3) ? 0 : t->needed[j];
	}
	if (family == 7)
		t->offered[0] = below(m * most) + 1;
	if (family == 11)
		for (int32_t i = 0; i < n; i++)
			t->offered[i] = below(3) ? -1 : t->offered[i];
	if (family == 12)
	{
		/* huge quantities */
		for (int32_t i = 0; i < n; i++)
			t->offered[i] *= INT64_C(1000000000000);
		for (int32_t j = 0; j < m; j++)
			t->needed[j] *= INT64_C(1000000000001);
	}
	for (int32_t r = 0; r < rows; r++)
	{
		t->supplier[r] = below(n);
		t->demander[r] = below(m);
		t->value[r] = 1 + below(values);
		if (family == 5 || family == 6)
		{
			t->supplier[r] = r / m;
			t->demander[r] = r % m;
			if (family == 5)
				t->value[r] = (1.0 + r / m) * (1.0 + r % m);
			else
			{
				int			dx = (r / m) * 7919 % 1000 - (r % m) * 104729 % 1000;
				int			dy = (r / m) * 31337 % 1000 - (r % m) * 271 % 1000;

				t->value[r] = 1500 - (int) sqrt((double) dx * dx + dy * dy);
			}
		}
		else if (family == 7)
			t->demander[r] = r;
		else if (family == 8 || family == 9)
		{
			t->supplier[r] = r / 2;
			t->demander[r] = (r / 2 + r % 2) % m;
			if (family == 8 && r == rows - 1)
				t->value[r] = 0;
		}
		else if (family == 10)
		{
			/* a price war: one demander too many for the good suppliers */
			t->supplier[r] = below(n / 2 + 1);
			t->value[r] = 1000000 + below(2);
		}
		else if (family == 14 || family == 16)
			t->value[r] = 1 + (t->demander[r] * 7919 + values) % 5;
		else if (family == 15)
			t->value[r] = 1 + t->supplier[r] * values % 1001;
		else if (family == 17)
		{
			/* a staircase: values rise, and ways are long */
			t->supplier[r] = r % n;
			t->demander[r] = ((r % n - (r / n) * (r / n)) % m + m) % m;
			t->value[r] = 1 + t->supplier[r];
		}
		if (family == 13 || family == 16 || (family == 0 && below(4) == 0))
			t->at_most[r] = below(most) + (family == 13 || family == 16);
	}
}

static const char *
solve(SalonMarket *m, SalonEngine engine, wide *total)
{
	TestHost	host;
	SalonVerdict verdict;
	wide		slack;
	const char *fault;

	test_host_init(&host);
	m->engine = engine;
	verdict = salon_allocate_solve(m, &host.host);
	if (verdict != SALON_SOLVED)
		return verdict == SALON_UNPROVED ? "not proved" : "refused";
	if (host.held != 0)
		return "memory not given back";
	answered[m->used]++;
	fault = market_fault(m, total, &slack);
	if (fault == NULL && (double) slack > m->max_gap * (double) *total)
		fault = "prices above the total";
	return fault;
}

static bool
check_tiny(int64_t cases, SalonEngine engine)
{
	for (int64_t c = 0; c < cases; c++)
	{
		TestMarket	t;
		wide		total = 0;
		const char *fault;

		make_tiny(&t);
		fault = solve(&t.m, engine, &total);
		if (fault == NULL &&
			brute_force(&t.m, t.offered, t.needed, 0) != total)
			fault = "not the optimum";
		if (fault)
		{
			printf("case %" PRId64 ": %s\n", c, fault);
			print_market(&t.m);
			return false;
		}
		market_free(&t);
	}
	return true;
}

/*
 * The best total in the values themselves.
 */
static long double
brute_value(const SalonMarket *m, const double *value, int64_t *offered,
			int64_t *needed, int32_t row)
{
	long double best;
	int64_t		most;
	int32_t		i;
	int32_t		j;

	if (row == m->rows)
		return 0;
	best = brute_value(m, value, offered, needed, row + 1);
	i = m->supplier[row];
	j = m->demander[row];
	if (i < 0 || j < 0 || !(value[row] > 0))
		return best;
	most = offered[i] < 0 ? INT64_MAX : offered[i];
	if (needed[j] >= 0 && needed[j] < most)
		most = needed[j];
	if (m->at_most && m->at_most[row] >= 0 && m->at_most[row] < most)
		most = m->at_most[row];
	for (int64_t x = 1; x <= most; x++)
	{
		int64_t		a = offered[i];
		int64_t		b = needed[j];
		long double total;

		if (a >= 0)
			offered[i] -= x;
		if (b >= 0)
			needed[j] -= x;
		total = (long double) value[row] * x +
			brute_value(m, value, offered, needed, row + 1);
		offered[i] = a;
		needed[j] = b;
		if (total > best)
			best = total;
	}
	return best;
}

/*
 * Values of any size: what is missing is never more than the gap, and next to
 * nothing where what can take part is of like size.
 */
static bool
check_mixed(int64_t cases, SalonEngine engine)
{
	for (int64_t c = 0; c < cases; c++)
	{
		TestMarket	t;
		wide		scaled = 0;
		long double total = 0;
		long double best;
		const char *fault;
		bool		alike = below(2) == 0;

		make_tiny(&t);
		for (int32_t r = 0; r < t.m.rows; r++)
		{
			int32_t		i = t.supplier[r];
			int32_t		j = t.demander[r];
			bool		dead = i < 0 || j < 0 || t.offered[i] == 0 ||
			t.needed[j] == 0 || (t.m.at_most && t.at_most[r] == 0);

			if (dead || !alike)
				t.value[r] *= pow(10, (double) below(560) - 280);
		}
		fault = solve(&t.m, engine, &scaled);
		for (int32_t r = 0; r < t.m.rows; r++)
			total += (long double) t.value[r] * t.m.quantity[r];
		best = brute_value(&t.m, t.value, t.offered, t.needed, 0);
		if (fault == NULL && !(best <= (total + t.m.gap) * (1 + 1e-15L)))
			fault = "more is missing than the gap";
		if (fault == NULL && alike && !(best <= total * (1 + 1e-12L)))
			fault = "what can carry nothing spoiled the scale";
		for (int32_t r = 0; r < t.m.rows && fault == NULL; r++)
		{
			if (t.supplier[r] >= 0 && t.demander[r] >= 0 &&
				!(t.value[r] <= (1 + 1e-15) *
				  (salon_price_down(&t.m, t.m.supplier_price[t.supplier[r]]) +
				   salon_price_down(&t.m, t.m.demander_price[t.demander[r]]) +
				   salon_price_down(&t.m, salon_pair_price(&t.m, t.supplier[r], t.demander[r], t.value[r],
														   t.m.at_most ? t.at_most[r] : -1)))))
				fault = "a row is worth more than its prices";
		}
		if (fault)
		{
			printf("case %" PRId64 ": %s, best %.17Lg, total %.17Lg, gap %.17g\n",
				   c, fault, best, total, t.m.gap);
			print_market(&t.m);
			return false;
		}
		market_free(&t);
	}
	return true;
}

static bool
check_middle(int64_t cases, SalonEngine engine)
{
	for (int64_t c = 0; c < cases; c++)
	{
		TestMarket	t;
		wide		total;
		const char *fault;

		make_middle(&t, c % FAMILIES);
		fault = solve(&t.m, engine, &total);
		if (fault)
		{
			printf("case %" PRId64 " of family %d: %s\n", c,
				   (int) (c % FAMILIES), fault);
			return false;
		}
		market_free(&t);
	}
	return true;
}

/*
 * An engine that may leave a gap leaves no larger one, beside the best total
 * that network simplex finds.
 */
static bool
check_close(int64_t cases, SalonEngine engine)
{
	static const double gaps[] = {0.5, 0.1, 0.02, 0.001};

	for (int64_t c = 0; c < cases; c++)
	{
		TestMarket	t;
		wide		best = 0;
		wide		total = 0;
		const char *fault;

		make_middle(&t, c % FAMILIES);
		fault = solve(&t.m, SALON_ENGINE_SIMPLEX, &best);
		t.m.max_gap = gaps[c / FAMILIES % 4];
		if (fault == NULL)
			fault = solve(&t.m, engine, &total);
		if (fault == NULL && (total > best || (double) (best - total) >
							  t.m.max_gap * (double) total))
			fault = "not close to the best";
		if (fault)
		{
			printf("case %" PRId64 " of family %d: %s\n", c,
				   (int) (c % FAMILIES), fault);
			return false;
		}
		market_free(&t);
	}
	return true;
}

/*
 * Which engine suits which shape: markets of 30 suppliers, which offer one
 * each, and five demanders, where network simplex is for less than 60 rows of
 * tight ones.
 */
static bool
check_choice(void)
{
	static const struct
	{
		int32_t		rows;
		double		width;		/* of values */
		double		priority;	/* of a demander */
		int64_t		needed;		/* by each; six is what is offered */
		double		max_gap;
		SalonEngine engine;
	}			kind[] = {
		{33, 1e4, 0, 6, 0, SALON_ENGINE_SIMPLEX},
		{90, 1e4, 0, 6, 0, SALON_ENGINE_SCALING},
		{40, 1e4, 0, 60, 0, SALON_ENGINE_SCALING},	/* more than can be had */
		{40, 1e4, 1e5, 6, 0, SALON_ENGINE_SCALING}, /* by demander */
		{40, 1e4, 0, 6, 0.01, SALON_ENGINE_SCALING},
		{90, 1e13, 0, 6, 0, SALON_ENGINE_SIMPLEX},	/* wide numbers */
	};

	state = 1;					/* the same markets always */
	for (size_t k = 0; k < sizeof(kind) / sizeof(kind[0]); k++)
	{
		TestMarket	t;
		wide		total;
		const char *fault;
		SalonEngine used;

		market_init(&t, 30, 5, kind[k].rows);
		for (int32_t i = 0; i < 30; i++)
			t.offered[i] = 1;
		for (int32_t j = 0; j < 5; j++)
			t.needed[j] = kind[k].needed;
		for (int32_t r = 0; r < kind[k].rows; r++)
		{
			t.supplier[r] = r % 30;
			t.demander[r] = (r + r / 30) % 5;
			t.value[r] = (double) (1 + below((int64_t) kind[k].width)) +
				kind[k].priority * (double) (1 + t.demander[r]);
		}
		t.m.max_gap = kind[k].max_gap;
		fault = solve(&t.m, SALON_ENGINE_AUTO, &total);
		used = t.m.used;
		market_free(&t);
		if (fault != NULL || used != kind[k].engine)
		{
			printf("kind %d: %s, engine %d\n", (int) k,
				   fault == NULL ? "solved" : fault, (int) used);
			return false;
		}
	}
	return true;
}

/*
 * Print a middle case: capacities, rows and the optimum, for a peer.
 */
static bool
dump(int64_t cases)
{
	for (int64_t c = 0; c < cases; c++)
	{
		TestMarket	t;
		wide		total = 0;
		const char *fault;

		make_middle(&t, c % FAMILIES);
		fault = solve(&t.m, SALON_ENGINE_AUTO, &total);
		if (fault)
		{
			fprintf(stderr, "case %" PRId64 ": %s\n", c, fault);
			return false;
		}
		printf("%d %d %d %.0f\n", t.m.suppliers, t.m.demanders, t.m.rows,
			   (double) total);
		for (int32_t i = 0; i < t.m.suppliers; i++)
			printf("%" PRId64 " ", t.offered[i]);
		for (int32_t j = 0; j < t.m.demanders; j++)
			printf("%" PRId64 " ", t.needed[j]);
		printf("\n");
		for (int32_t r = 0; r < t.m.rows; r++)
			printf("%d %d %.0f %" PRId64 "\n", t.supplier[r], t.demander[r],
				   t.value[r], t.at_most[r]);
		market_free(&t);
	}
	return true;
}

/*
 * Print tiny markets of values and quantities of any size, with the answers.
 */
static bool
print_exact(int64_t cases, SalonEngine engine)
{
	for (int64_t c = 0; c < cases; c++)
	{
		TestMarket	t;
		wide		scaled = 0;
		const char *fault;
		int			digits = 1 + below(below(2) ? 40 : 20);
		int64_t		most = INT64_C(1) << (below(2) ? below(58) : 50 + below(8));

		make_tiny(&t);
		for (int32_t i = 0; i < t.m.suppliers; i++)
			t.offered[i] = t.offered[i] > 0 && below(2) ? 1 + below(most) : t.offered[i];
		for (int32_t j = 0; j < t.m.demanders; j++)
			t.needed[j] = t.needed[j] > 0 && below(2) ? 1 + below(most) : t.needed[j];
		for (int32_t r = 0; r < t.m.rows; r++)
		{
			t.value[r] *= pow(10, (double) below(digits) - digits / 2);
			if (below(3) == 0)
				t.value[r] *= 1 + (double) below(1000) / 1e12;
			if (t.m.at_most && t.at_most[r] > 0 && below(2))
				t.at_most[r] = 1 + below(most);
		}
		fault = solve(&t.m, engine, &scaled);
		if (fault)
		{
			fprintf(stderr, "case %" PRId64 ": %s\n", c, fault);
			return false;
		}
		printf("%d %d %d %a %d\n", t.m.suppliers, t.m.demanders, t.m.rows, t.m.gap,
			   t.m.floating);
		for (int32_t i = 0; i < t.m.suppliers; i++)
			printf("%" PRId64 " %a ", t.offered[i], salon_price_down(&t.m, t.m.supplier_price[i]));
		for (int32_t j = 0; j < t.m.demanders; j++)
			printf("%" PRId64 " %a ", t.needed[j], salon_price_down(&t.m, t.m.demander_price[j]));
		printf("\n");
		for (int32_t r = 0; r < t.m.rows; r++)
			printf("%d %d %a %" PRId64 " %" PRId64 " %a\n", t.supplier[r], t.demander[r],
				   t.value[r], t.m.at_most ? t.at_most[r] : -1, t.m.quantity[r],
				   t.supplier[r] < 0 || t.demander[r] < 0 ? 0 :
				   salon_price_down(&t.m, salon_pair_price(&t.m, t.supplier[r], t.demander[r], t.value[r],
														   t.m.at_most ? t.at_most[r] : -1)));
		market_free(&t);
	}
	return true;
}

int
main(int argc, char **argv)
{
	bool		good = false;
	int64_t		cases;
	SalonEngine engine;

	if (argc < 4)
	{
		fprintf(stderr, "usage: allocate_check tiny|mixed|middle|close|choice|exact|dump SEED CASES [ENGINE]\n");
		return 2;
	}
	state = strtoull(argv[2], NULL, 10) * 1000003;
	cases = strtoll(argv[3], NULL, 10);
	engine = (SalonEngine) (argc > 4 ? strtol(argv[4], NULL, 10) : 0);
	if (strcmp(argv[1], "tiny") == 0)
		good = check_tiny(cases, engine);
	else if (strcmp(argv[1], "mixed") == 0)
		good = check_mixed(cases, engine);
	else if (strcmp(argv[1], "middle") == 0)
		good = check_middle(cases, engine);
	else if (strcmp(argv[1], "close") == 0)
		good = check_close(cases, engine);
	else if (strcmp(argv[1], "choice") == 0)
		good = check_choice();
	else if (strcmp(argv[1], "exact") == 0)
		return print_exact(cases, engine) ? 0 : 1;
	else if (strcmp(argv[1], "dump") == 0)
		return dump(cases) ? 0 : 1;
	printf("%s, seed %s, engine %d, %" PRId64 " cases, answered by engine",
		   argv[1], argv[2], (int) engine, cases);
	for (int k = 1; k < SALON_ENGINES; k++)
		printf(" %d: %" PRId64, k, answered[k]);
	printf(": %s\n", good ? "ok" : "FAILED");
	return good ? 0 : 1;
}
