/*
 * src/core/bradley_terry_core.c
 *
 * The Bradley-Terry model: party i wins against party j with the probability
 * 1 / (1 + exp(s_j - s_i)).  The strengths s are those under which what was
 * seen is the most likely; only their differences matter, so their mean is
 * made 0 (Bradley and Terry 1952, "Rank analysis of incomplete block designs",
 * Biometrika 39:324-345).
 *
 * They are finite just when the parties cannot be divided into two groups of
 * which one never won against the other (Ford 1957, "Solution of a ranking
 * problem from binary comparisons", American Mathematical Monthly 64:28-33):
 * one party must be linked to all others by chains of wins, and all others to
 * it.  A prior gives each party so many wins and as many losses against one
 * more party, which makes the strengths finite always.
 *
 * The logarithm of the likelihood is concave.  It is climbed by Newton's
 * method with shortened steps where needed; each step solves a system whose
 * matrix is the information that the comparisons give: a weighted Laplacian of
 * the graph of who met whom, by conjugate gradients.
 *
 * Standard errors are the roots of the diagonal of the inverse information,
 * under the condition that the strengths add up to 0.  With the last party as
 * the origin (with a prior: the one party more) the information has an
 * inverse G, from its Cholesky factor; with P the projection along (1, .., 1),
 * the covariance is P G P.
 *
 * Time: O(comparisons) for each of some hundred steps, and O(parties^3) for
 * the standard errors.  Memory: 56 bytes a row, 100 a party, and
 * 4 * parties^2 for the standard errors.
 */
#include "bradley_terry_core.h"

#include <math.h>
#include <string.h>

#include "group.h"

#define MOST_STEPS 200
#define MOST_HALVINGS 40
#define CLOSE 1e-13				/* of the gradient, to the rarer outcomes */
#define CLOSE_ENOUGH 1e-8		/* when no step is better any more */

/* What a party has with another one. */
typedef struct Duel
{
	int32_t		other;
	double		won;
	double		lost;
} Duel;

typedef struct Contest
{
	SalonContest *c;
	SalonHost  *host;
	int32_t		n;
	int32_t    *start;			/* of the duels of a party */
	int32_t    *end;
	Duel	   *duel;
	double	   *slope;			/* by duel: second derivative */
	double	   *diagonal;		/* by party: sum of these, and of the prior */
	double	   *gradient;
	SalonSteps	steps;
} Contest;

/*
** Duels
*/

static inline bool
duel_before(const Duel *a, const Duel *b)
{
	if (a->other != b->other)
		return a->other < b->other;
	if (a->won != b->won)
		return a->won < b->won;
	return a->lost < b->lost;
}

#define HEAP duel
#define HEAP_ELEMENT Duel
#define HEAP_ABOVE(a, b, by) duel_before(b, a)
#include "heap.h"

/*
 * Collect the duels of each party, one for each other party.  They are summed
 * up in an order of their own, so that the order of the rows does not show
 * in the last digit.
 */
static void
make_duels(Contest *t)
{
	const SalonContest *c = t->c;

	memset(t->start, 0, sizeof(int32_t) * (uint32_t) t->n);
	for (int32_t r = 0; r < c->rows; r++)
	{
		t->start[c->winner[r]]++;
		t->start[c->loser[r]]++;
		salon_steps(&t->steps, 1);
	}
	salon_group_ends(t->start, t->n);
	memcpy(t->end, t->start, sizeof(int32_t) * (uint32_t) t->n);
	for (int32_t r = c->rows - 1; r >= 0; r--)
	{
		Duel		of_winner = {c->loser[r], c->wins[r], 0};
		Duel		of_loser = {c->winner[r], 0, c->wins[r]};

		t->duel[--t->start[c->winner[r]]] = of_winner;
		t->duel[--t->start[c->loser[r]]] = of_loser;
		salon_steps(&t->steps, 1);
	}
	for (int32_t i = 0; i < t->n; i++)
	{
		int32_t		to = t->start[i];

		duel_sort(t->duel + to, t->end[i] - to, NULL, &t->steps);
		c->won[i] = 0;
		c->lost[i] = 0;
		for (int32_t k = t->start[i]; k < t->end[i]; k++)
		{
			if (to > t->start[i] && t->duel[to - 1].other == t->duel[k].other)
			{
				t->duel[to - 1].won += t->duel[k].won;
				t->duel[to - 1].lost += t->duel[k].lost;
			}
			else
				t->duel[to++] = t->duel[k];
		}
		t->end[i] = to;
		for (int32_t k = t->start[i]; k < to; k++)
		{
			c->won[i] += t->duel[k].won;
			c->lost[i] += t->duel[k].lost;
		}
	}
}

/*
** Whether the strengths are finite
*/

/*
 * Mark the parties that the first one is linked to by chains of wins, or of
 * losses.  Returns how many.
 */
static int32_t
reach(Contest *t, bool wins, uint8_t *reached, int32_t *queue)
{
	int32_t		count = 1;

	memset(reached, 0, (size_t) t->n);
	reached[0] = 1;
	queue[0] = 0;
	for (int32_t at = 0; at < count; at++)
	{
		int32_t		i = queue[at];

		for (int32_t k = t->start[i]; k < t->end[i]; k++)
		{
			const Duel *d = &t->duel[k];

			if ((wins ? d->won : d->lost) > 0 && !reached[d->other])
			{
				reached[d->other] = 1;
				queue[count++] = d->other;
			}
		}
		salon_steps(&t->steps, t->end[i] - t->start[i] + 1);
	}
	return count;
}

/*
 * See whether some parties are apart from the others; tell about the smaller
 * group.
 */
static SalonRankVerdict
find_group(Contest *t)
{
	SalonContest *c = t->c;
	int64_t		mark = salon_host_mark(t->host);
	uint8_t    *reached = salon_host_array(t->host, (size_t) t->n, 1);
	int32_t    *queue = salon_host_array(t->host, (size_t) t->n,
										 sizeof(int32_t));
	SalonRankVerdict verdict = SALON_RANKED;
	bool		wins = true;
	int32_t		count = reach(t, true, reached, queue);

	if (count == t->n)
	{
		wins = false;
		count = reach(t, false, reached, queue);
	}
	if (count < t->n)
	{
		/*
		 * Those who are reached by wins never won against a party beyond;
		 * those who are reached by losses never lost to one.
		 */
		uint8_t		side = count <= t->n - count;
		bool		met = false;

		c->group = side ? count : t->n - count;
		c->member = 0;
		while (reached[c->member] != side)
			c->member++;
		for (int32_t i = 0; i < t->n && !met; i++)
		{
			for (int32_t k = t->start[i]; k < t->end[i]; k++)
				met |= reached[t->duel[k].other] != reached[i] &&
					t->duel[k].won + t->duel[k].lost > 0;
			salon_steps(&t->steps, t->end[i] - t->start[i] + 1);
		}
		verdict = !met ? SALON_NEVER_MET :
			(side == 1) == wins ? SALON_NEVER_WON : SALON_NEVER_LOST;
	}
	salon_host_rewind(t->host, mark);
	return verdict;
}

/*
** Strengths
*/

/*
 * The chance of a win, from the difference of the strengths.
 */
static inline double
chance(double difference)
{
	return difference >= 0 ? 1 / (1 + exp(-difference)) :
		exp(difference) / (1 + exp(difference));
}

/*
 * - log(chance), without loss of digits.
 */
static inline double
minus_log_chance(double difference)
{
	return difference >= 0 ? log1p(exp(-difference)) :
		log1p(exp(difference)) - difference;
}

/*
 * How unlikely it all is: - log of the likelihood.
 */
static double
unlikelihood(Contest *t, const double *s)
{
	double		sum = 0;

	for (int32_t i = 0; i < t->n; i++)
	{
		for (int32_t k = t->start[i]; k < t->end[i]; k++)
		{
			if (t->duel[k].won > 0)
				sum += t->duel[k].won *
					minus_log_chance(s[i] - s[t->duel[k].other]);
		}
		if (t->c->prior > 0)
			sum += t->c->prior * (minus_log_chance(s[i]) +
								  minus_log_chance(-s[i]));
		salon_steps(&t->steps, (t->end[i] - t->start[i] + 1) * 8);
	}
	return sum;
}

/*
 * First and second derivatives.  Returns the largest of the first, compared
 * with the wins or the losses of the party, whichever are fewer: what it is
 * the small difference of is as small as these.
 */
static double
derive(Contest *t, const double *s)
{
	double		largest = 0;

	for (int32_t i = 0; i < t->n; i++)
	{
		double		first = 0;
		double		second = 0;
		double		rare = t->c->prior + fmin(t->c->won[i], t->c->lost[i]);

		for (int32_t k = t->start[i]; k < t->end[i]; k++)
		{
			const Duel *d = &t->duel[k];
			double		p = chance(s[i] - s[d->other]);
			double		q = chance(s[d->other] - s[i]);

			first += d->won * q - d->lost * p;
			t->slope[k] = (d->won + d->lost) * p * q;
			second += t->slope[k];
		}
		if (t->c->prior > 0)
		{
			double		p = chance(s[i]);
			double		q = chance(-s[i]);

			first += t->c->prior * (q - p);
			second += 2 * t->c->prior * p * q;
		}
		t->gradient[i] = first;
		t->diagonal[i] = second;
		if (rare > 0 && fabs(first) > largest * rare)
			largest = fabs(first) / rare;
		salon_steps(&t->steps, (t->end[i] - t->start[i] + 1) * 8);
	}
	return largest;
}

/*
 * Solve information * step = gradient by conjugate gradients, with the
 * diagonal as preconditioner.
 */
static void
newton_step(Contest *t, double *step, double *residual, double *direction,
			double *product)
{
	double		rho = 0;
	double		begin;

	for (int32_t i = 0; i < t->n; i++)
	{
		step[i] = 0;
		residual[i] = t->gradient[i];
		direction[i] = t->diagonal[i] > 0 ? residual[i] / t->diagonal[i] : 0;
		rho += residual[i] * direction[i];
	}
	begin = rho;
	for (int64_t round = 0; round < (int64_t) t->n * 2 + 20; round++)
	{
		double		curvature = 0;
		double		length;
		double		next = 0;

		if (!(rho > begin * 1e-24))
			break;
		for (int32_t i = 0; i < t->n; i++)
		{
			double		sum = t->diagonal[i] * direction[i];

			for (int32_t k = t->start[i]; k < t->end[i]; k++)
				sum -= t->slope[k] * direction[t->duel[k].other];
			product[i] = sum;
			curvature += sum * direction[i];
			salon_steps(&t->steps, t->end[i] - t->start[i] + 1);
		}
		if (!(curvature > 0))
			break;
		length = rho / curvature;
		for (int32_t i = 0; i < t->n; i++)
		{
			step[i] += length * direction[i];
			residual[i] -= length * product[i];
			if (t->diagonal[i] > 0)
				next += residual[i] * residual[i] / t->diagonal[i];
		}
		for (int32_t i = 0; i < t->n; i++)
		{
			direction[i] *= next / rho;
			if (t->diagonal[i] > 0)
				direction[i] += residual[i] / t->diagonal[i];
		}
		rho = next;
	}
}

/*
 * Move the strengths so that their mean is 0.
 */
static void
center(double *s, int32_t n)
{
	double		mean = 0;

	for (int32_t i = 0; i < n; i++)
		mean += s[i] / n;
	for (int32_t i = 0; i < n; i++)
		s[i] -= mean;
}

/*
 * Climb to the strengths.  False when that does not come to an end.
 */
static bool
climb(Contest *t, double *work)
{
	double	   *s = t->c->strength;
	double	   *step = work;
	double	   *trial = work + t->n;
	double		here;
	double		slope = 0;

	memset(s, 0, sizeof(double) * (size_t) t->n);
	here = unlikelihood(t, s);
	for (int32_t round = 0; round < MOST_STEPS; round++)
	{
		double		share = 1;
		double		there = here;
		int32_t		halving;

		slope = derive(t, s);
		if (slope <= CLOSE)
			return true;
		newton_step(t, step, trial, work + 2 * (size_t) t->n,
					work + 3 * (size_t) t->n);
		for (halving = 0; halving < MOST_HALVINGS; halving++)
		{
			for (int32_t i = 0; i < t->n; i++)
				trial[i] = s[i] + share * step[i];
			there = unlikelihood(t, trial);
			if (there < here)
				break;
			/* near the top the likelihood has no digits left to tell */
			if (slope < 1e-2 && there <= here + fabs(here) * 1e-14)
				break;
			share /= 2;
		}
		if (halving == MOST_HALVINGS)
			break;
		memcpy(s, trial, sizeof(double) * (size_t) t->n);
		if (t->c->prior == 0)
			center(s, t->n);
		here = there;
		t->host->share = (double) round / MOST_STEPS;
	}
	slope = derive(t, s);
	return slope <= CLOSE_ENOUGH;
}

/*
** Standard errors
*/

/*
 * The row of a triangular matrix.
 */
static inline double *
row_of(double *matrix, int32_t row)
{
	return matrix + (size_t) row * ((size_t) row + 1) / 2;
}

/*
 * The information, and its Cholesky factor in place, row by row.  False when
 * there is none.
 */
static bool
factor(Contest *t, double *matrix, int32_t m)
{
	for (int32_t i = 0; i < m; i++)
	{
		double	   *a = row_of(matrix, i);

		memset(a, 0, sizeof(double) * (size_t) i);
		a[i] = t->diagonal[i];
		for (int32_t k = t->start[i]; k < t->end[i]; k++)
		{
			if (t->duel[k].other < i)
				a[t->duel[k].other] = -t->slope[k];
		}
		salon_steps(&t->steps, i + 1);
	}
	for (int32_t i = 0; i < m; i++)
	{
		double	   *a = row_of(matrix, i);

		for (int32_t j = 0; j <= i; j++)
		{
			const double *b = row_of(matrix, j);
			double		rest = a[j];

			for (int32_t k = 0; k < j; k++)
				rest -= a[k] * b[k];
			if (j < i)
				a[j] = rest / b[j];
			else if (rest > 0)
				a[j] = sqrt(rest);
			else
				return false;
			salon_steps(&t->steps, j + 1);
		}
	}
	return true;
}

/*
 * Standard errors from the second derivatives.  False when the information
 * cannot be inverted.
 */
static bool
find_errors(Contest *t, double *work)
{
	int32_t		n = t->n;
	int32_t		m = t->c->prior > 0 ? n : n - 1;
	double	   *error = t->c->error;
	double	   *sum = work;
	double	   *row = work + n;
	double	   *matrix = salon_host_array(t->host,
										  (size_t) m * ((size_t) m + 1) / 2,
										  sizeof(double));
	double		total = 0;
	bool		good = factor(t, matrix, m);

	/* its inverse M, in place; G = M' M, and its row sums are M' (M 1) */
	memset(sum, 0, sizeof(double) * (size_t) n);
	memset(error, 0, sizeof(double) * (size_t) n);
	for (int32_t i = 0; i < m && good; i++)
	{
		double	   *a = row_of(matrix, i);
		double		here = 0;

		memcpy(row, a, sizeof(double) * ((size_t) i + 1));
		memset(a, 0, sizeof(double) * ((size_t) i + 1));
		for (int32_t k = 0; k < i; k++)
		{
			const double *b = row_of(matrix, k);

			for (int32_t j = 0; j <= k; j++)
				a[j] -= row[k] * b[j];
			salon_steps(&t->steps, k + 1);
		}
		for (int32_t j = 0; j < i; j++)
			a[j] /= row[i];
		a[i] = 1 / row[i];
		for (int32_t j = 0; j <= i; j++)
			here += a[j];
		for (int32_t j = 0; j <= i; j++)
		{
			sum[j] += a[j] * here;
			error[j] += a[j] * a[j];
		}
	}
	salon_host_release(t->host, matrix);
	for (int32_t i = 0; i < n; i++)
		total += sum[i] / n;
	for (int32_t i = 0; i < n; i++)
	{
		double		variance = error[i] - 2 * sum[i] / n + total / n;

		error[i] = sqrt(variance > 0 ? variance : 0);
		good &= isfinite(error[i]);
	}
	return good;
}

/*
 * Strengths and their standard errors.
 */
SalonRankVerdict
salon_bradley_terry_solve(SalonContest *contest, SalonHost *host)
{
	Contest		state;
	Contest    *t = &state;
	SalonRankVerdict verdict = SALON_RANKED;
	int64_t		mark = salon_host_mark(host);
	size_t		n = (size_t) contest->parties;

	if (contest->parties == 0)
		return SALON_RANKED;
	memset(t, 0, sizeof(*t));
	t->c = contest;
	t->host = t->steps.host = host;
	t->n = contest->parties;
	host->phase = "ranking";
	t->start = salon_host_array(host, n + 1, sizeof(int32_t));
	t->end = salon_host_array(host, n, sizeof(int32_t));
	t->duel = salon_host_array(host, (size_t) contest->rows * 2, sizeof(Duel));
	make_duels(t);
	if (contest->prior == 0)
		verdict = find_group(t);
	if (verdict == SALON_RANKED)
	{
		double	   *work = salon_host_array(host, n * 4, sizeof(double));

		t->slope = salon_host_array(host, (size_t) contest->rows * 2,
									sizeof(double));
		t->diagonal = salon_host_array(host, n, sizeof(double));
		t->gradient = salon_host_array(host, n, sizeof(double));
		if (!climb(t, work) ||
			(contest->errors && !find_errors(t, work)))
			verdict = SALON_NO_SOLUTION;
		center(contest->strength, t->n);
	}
	salon_host_rewind(host, mark);
	return verdict;
}
