/*
 * test/fuzz/bradley_terry_fuzz.c
 *
 * Fuzz target of the core of bradley_terry: any bytes are comparisons.  What
 * is ranked satisfies the equations of the most likely strengths, and the
 * standard errors are those that the inverse of the information gives by
 * Gauss and Jordan; what is refused has a group apart; no memory is kept.
 */
#include <math.h>
#include <string.h>

#include "host.h"
#include "../../src/core/bradley_terry_core.h"

#define MOST_PARTIES 9
#define MOST_ROWS 200

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * The inverse of a small matrix; false when it has none.
 */
static bool
invert(double a[MOST_PARTIES][MOST_PARTIES], double b[MOST_PARTIES][MOST_PARTIES], int n)
{
	for (int i = 0; i < n; i++)
		for (int j = 0; j < n; j++)
			b[i][j] = i == j;
	for (int i = 0; i < n; i++)
	{
		int			pivot = i;
		double		value;

		for (int k = i + 1; k < n; k++)
			if (fabs(a[k][i]) > fabs(a[pivot][i]))
				pivot = k;
		value = a[pivot][i];
		if (fabs(value) < 1e-6)
			return false;
		for (int j = 0; j < n; j++)
		{
			double		x = a[i][j];
			double		y = b[i][j];

			a[i][j] = a[pivot][j] / value;
			b[i][j] = b[pivot][j] / value;
			if (pivot != i)
			{
				a[pivot][j] = x;
				b[pivot][j] = y;
			}
		}
		for (int k = 0; k < n; k++)
		{
			double		factor = a[k][i];

			if (k == i)
				continue;
			for (int j = 0; j < n; j++)
			{
				a[k][j] -= factor * a[i][j];
				b[k][j] -= factor * b[i][j];
			}
		}
	}
	return true;
}

/*
 * Is every party linked to every other one by chains of wins?
 */
static bool
is_linked(const SalonContest *c)
{
	bool		link[MOST_PARTIES][MOST_PARTIES] = {{false}};

	for (int32_t r = 0; r < c->rows; r++)
		link[c->winner[r]][c->loser[r]] |= c->wins[r] > 0;
	for (int k = 0; k < c->parties; k++)
		for (int i = 0; i < c->parties; i++)
			for (int j = 0; j < c->parties; j++)
				link[i][j] |= link[i][k] && link[k][j];
	for (int i = 0; i < c->parties; i++)
		for (int j = 0; j < c->parties; j++)
			if (i != j && !link[i][j])
				return false;
	return true;
}

static void
check(const SalonContest *c)
{
	double		information[MOST_PARTIES][MOST_PARTIES];
	double		inverse[MOST_PARTIES][MOST_PARTIES];
	int			n = c->parties;
	double		mean = 0;
	double		origin = 0;
	double		low = -1000;
	double		high = 1000;

	/* with a prior: the strength of the one more party */
	for (int k = 0; c->prior > 0 && k < 200; k++)
	{
		double		sum = 0;

		origin = (low + high) / 2;
		for (int i = 0; i < n; i++)
			sum += tanh((c->strength[i] - origin) / 2);
		if (sum > 0)
			low = origin;
		else
			high = origin;
	}
	for (int i = 0; i < n; i++)
	{
		double		expected = c->prior;
		double		seen = c->prior;
		double		played = 2 * c->prior;

		mean += c->strength[i] / n;
		if (c->prior > 0)
			expected = 2 * c->prior / (1 + exp(origin - c->strength[i]));
		for (int j = 0; j < n; j++)
			information[i][j] = 0;
		for (int32_t r = 0; r < c->rows; r++)
		{
			int			j = c->winner[r] == i ? c->loser[r] : c->winner[r];
			double		p;

			if (c->winner[r] != i && c->loser[r] != i)
				continue;
			p = 1 / (1 + exp(c->strength[j] - c->strength[i]));
			expected += c->wins[r] * p;
			seen += c->winner[r] == i ? c->wins[r] : 0;
			played += c->wins[r];
			information[i][j] -= c->wins[r] * p * (1 - p);
			information[i][i] += c->wins[r] * p * (1 - p);
		}
		if (c->prior > 0)
		{
			double		p = 1 / (1 + exp(origin - c->strength[i]));

			information[i][i] += 2 * c->prior * p * (1 - p);
		}
		else
			expected -= c->prior;
		if (fabs(expected - seen) > 1e-6 * (1 + played))
			abort();
	}
	if (fabs(mean) > 1e-6)
		abort();
	/* without a prior, 1/n everywhere is added and its inverse taken away */
	if (c->prior == 0)
		for (int i = 0; i < n; i++)
			for (int j = 0; j < n; j++)
				information[i][j] += 1.0 / n;
	if (!invert(information, inverse, n))
		return;
	for (int i = 0; i < n; i++)
	{
		double		variance = inverse[i][i];

		for (int j = 0; j < n; j++)
		{
			variance -= 2 * inverse[i][j] / n;
			for (int k = 0; k < n; k++)
				variance += inverse[j][k] / n / n;
		}
		if (fabs(sqrt(fabs(variance)) - c->error[i]) > 1e-4 * (1 + c->error[i]))
			abort();
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SalonContest c;
	TestHost	host;
	SalonRankVerdict verdict;
	int32_t		winner[MOST_ROWS];
	int32_t		loser[MOST_ROWS];
	double		wins[MOST_ROWS];
	double		answer[4][MOST_PARTIES];
	bool		wild;

	if (size < 2)
		return 0;
	memset(&c, 0, sizeof(c));
	c.parties = 2 + data[0] % (MOST_PARTIES - 1);
	c.prior = data[1] % 4 == 0 ? data[1] / 4 / 8.0 : 0;
	wild = data[1] % 4 == 1;
	c.errors = true;
	for (size_t at = 2; at + 2 <= size && c.rows < MOST_ROWS; at += 2)
	{
		winner[c.rows] = data[at] / 16 % c.parties;
		loser[c.rows] = data[at] % 16 % c.parties;
		wins[c.rows] = wild ? ldexp(data[at + 1] % 16, data[at + 1] / 16 * 8 - 60) : data[at + 1] % 8;
		if (winner[c.rows] != loser[c.rows])
			c.rows++;
	}
	c.winner = winner;
	c.loser = loser;
	c.wins = wins;
	c.strength = answer[0];
	c.error = answer[1];
	c.won = answer[2];
	c.lost = answer[3];
	test_host_init(&host);
	verdict = salon_bradley_terry_solve(&c, &host.host);
	if (host.held != 0)
		abort();
	if (verdict == SALON_NO_SOLUTION)
	{
		if (!wild)
			abort();
		return 0;
	}
	if ((verdict == SALON_RANKED) != (c.prior > 0 || is_linked(&c)))
		abort();
	if (verdict != SALON_RANKED)
	{
		if (c.group < 1 || c.group > c.parties / 2 || c.member >= c.parties)
			abort();
		return 0;
	}
	for (int i = 0; i < c.parties; i++)
		if (!isfinite(c.strength[i]) || !isfinite(c.error[i]))
			abort();
	if (!wild)
		check(&c);
	return 0;
}
