/*
 * src/core/allocate/dense_template.h
 *
 * The engine of dense_core.c for one width of numbers.  The file that includes
 * it defines WEIGHT, WEIGHT_MAX and SOLVE, the name that others call.
 */
#include "dense_core.h"

#include <string.h>

#include "transport.h"

#define NONE (-1)

/*
 * How epsilon shrinks, bids by row in a phase that may displace a row, and the
 * part of the rows that may wait at its end.
 */
#define FIRST_PART 20
#define FACTOR 5
#define PHASES 6
#define BIDS 16
#define LEAVE_PART 20

/* Looks at every place of the matrix after which the engine gives up. */
#ifndef DENSE_STEPS
#define DENSE_STEPS 250
#endif

typedef struct Matrix
{
	SalonSteps	steps;
	int32_t		rows;
	int32_t		columns;
	bool		full;			/* no column will be without a row */
	const WEIGHT *weight;
	int32_t    *column;			/* by row: its column, or NONE */
	int32_t    *row;			/* by column: its row, or NONE */
	WEIGHT	   *price;			/* by column */
	int32_t    *free;			/* rows without a column */
	int32_t		waiting;		/* how many */
	WEIGHT	   *distance;		/* by column */
	int32_t    *from;			/* by column: row before it on its path */
	int32_t    *order;			/* columns: done, at hand, the others */
} Matrix;

/*
 * Count steps; false when there were too many.
 */
static inline bool
count_steps(Matrix *x, int64_t steps)
{
	salon_steps(&x->steps, steps);
	return x->steps.told <= x->steps.most;
}

/*
 * All rows are without a column, whatever the prices are.
 */
static void
set_free(Matrix *x)
{
	x->waiting = x->rows;
	for (int32_t j = 0; j < x->columns; j++)
		x->row[j] = NONE;
	for (int32_t i = 0; i < x->rows; i++)
	{
		x->column[i] = NONE;
		x->free[i] = i;
	}
}

/*
 * Rows without a column bid for the best one, and pay what it is worth to them
 * beyond the second best, and epsilon; who loses a column bids again, at once
 * where the price rose and so many bids are left, else later.  Ends when no
 * more than so many rows wait.  Where there are more columns than rows, there
 * is one that costs nothing while a row has none: so the best one is worth
 * something.
 */
static void
bid(Matrix *x, WEIGHT epsilon, int64_t most, int32_t leave)
{
	WEIGHT		least = x->full ? -WEIGHT_MAX / 4 : 0;
	int32_t		count = x->waiting;
	int32_t		at = 0;

	x->waiting = 0;
	while (at < count && count - at + x->waiting > leave)
	{
		int32_t		i = x->free[at++];
		const WEIGHT *weight = x->weight + (size_t) i * x->columns;
		WEIGHT		first = least - 1;
		WEIGHT		second = least - 1;
		WEIGHT		rise;
		int32_t		best = NONE;
		int32_t		next = NONE;
		int32_t		loser;

		for (int32_t j = 0; j < x->columns; j++)
		{
			WEIGHT		v = weight[j] - x->price[j];

			if (v > second)
			{
				if (v > first)
				{
					second = first;
					next = best;
					first = v;
					best = j;
				}
				else
				{
					second = v;
					next = j;
				}
			}
		}
		(void) count_steps(x, x->columns);
		rise = first - (second > least ? second : least) + epsilon;
		x->price[best] += rise;
		if (rise == 0 && x->row[best] != NONE)
			best = next;
		loser = x->row[best];
		x->row[best] = i;
		x->column[i] = best;
		if (loser == NONE)
			continue;
		x->column[loser] = NONE;
		if (rise > 0 && most-- > 0)
			x->free[--at] = loser;
		else
			x->free[x->waiting++] = loser;
	}
}

/*
 * The nearest of the columns that are not at hand come to hand.  Returns one
 * of them without a row, or NONE.
 */
static inline int32_t
bring_nearest(Matrix *x, int32_t done, int32_t *known, WEIGHT *nearest)
{
	const WEIGHT *distance = x->distance;
	int32_t    *order = x->order;
	int32_t		end = done + 1;
	WEIGHT		least = distance[order[done]];

	for (int32_t k = end; k < x->columns; k++)
	{
		int32_t		j = order[k];

		if (distance[j] <= least)
		{
			if (distance[j] < least)
			{
				end = done;
				least = distance[j];
			}
			order[k] = order[end];
			order[end++] = j;
		}
	}
	*known = end;
	*nearest = least;
	for (int32_t k = done; k < end; k++)
	{
		if (x->row[order[k]] == NONE)
			return order[k];
	}
	return NONE;
}

/*
 * Shorten the ways to columns by the row of one that is done.  Returns a
 * column at hand without a row, or NONE.
 */
static inline int32_t
go_through(Matrix *x, int32_t via, int32_t *known, WEIGHT least)
{
	int32_t		i = x->row[via];
	const WEIGHT *weight = x->weight + (size_t) i * x->columns;
	WEIGHT		base = x->price[via] - weight[via] - least;
	WEIGHT	   *distance = x->distance;
	int32_t    *order = x->order;

	for (int32_t k = *known; k < x->columns; k++)
	{
		int32_t		j = order[k];
		WEIGHT		d = x->price[j] - weight[j] - base;

		if (d < distance[j])
		{
			distance[j] = d;
			x->from[j] = i;
			if (d == least)
			{
				if (x->row[j] == NONE)
					return j;
				order[k] = order[*known];
				order[(*known)++] = j;
			}
		}
	}
	return NONE;
}

/*
 * Find the shortest path from a row without a column to a column without a
 * row, and move along it.
 */
static bool
augment(Matrix *x, int32_t start)
{
	const WEIGHT *weight = x->weight + (size_t) start * x->columns;
	WEIGHT	   *distance = x->distance;
	int32_t    *order = x->order;
	WEIGHT		least = 0;
	int32_t		done = 0;		/* before here columns are done */
	int32_t		known = 0;		/* before here they are at hand */
	int32_t		end = NONE;
	int32_t		last = 0;

	for (int32_t j = 0; j < x->columns; j++)
	{
		distance[j] = x->price[j] - weight[j];
		x->from[j] = start;
		order[j] = j;
	}
	if (!count_steps(x, x->columns))
		return false;
	while (end == NONE)
	{
		if (done == known)
		{
			last = done;
			end = bring_nearest(x, done, &known, &least);
			if (!count_steps(x, x->columns - last))
				return false;
			if (end != NONE)
				break;
		}
		end = go_through(x, order[done++], &known, least);
		if (!count_steps(x, x->columns - known))
			return false;
	}

	/* columns nearer than the end cost more */
	for (int32_t k = 0; k < last; k++)
		x->price[order[k]] += least - distance[order[k]];
	for (;;)
	{
		int32_t		i = x->from[end];
		int32_t		before = x->column[i];

		x->row[end] = i;
		x->column[i] = end;
		if (i == start)
			return true;
		end = before;
	}
}

/*
 * No column is without a row: all prices may fall until one is 0.
 */
static void
lower_all(Matrix *x)
{
	WEIGHT		least = WEIGHT_MAX;

	for (int32_t j = 0; j < x->columns; j++)
		least = x->price[j] < least ? x->price[j] : least;
	for (int32_t j = 0; j < x->columns; j++)
		x->price[j] -= least;
}

/*
 * The prices of the answer; do the two totals prove it?
 */
static bool
prove(Matrix *x, SalonDense *dense)
{
	salon_wide	primal = 0;
	salon_wide	dual = 0;

	for (int32_t j = 0; j < x->columns; j++)
	{
		dense->column_price[j] = x->price[j];
		dual += x->price[j];
	}
	for (int32_t i = 0; i < x->rows; i++)
	{
		const WEIGHT *w = x->weight + (size_t) i * x->columns;
		WEIGHT		most = 0;

		for (int32_t j = 0; j < x->columns; j++)
		{
			if (w[j] - x->price[j] > most)
				most = w[j] - x->price[j];
		}
		(void) count_steps(x, x->columns);
		dense->row_price[i] = most;
		dual += most;
		primal += w[x->column[i]];
	}
	return primal == dual;
}

/*
 * Solve; false when it takes too long.
 */
bool
SOLVE(SalonDense *dense, const WEIGHT *weight, SalonHost *host)
{
	Matrix		x;
	int64_t		mark = salon_host_mark(host);
	WEIGHT		epsilon;
	bool		found = true;

	memset(&x, 0, sizeof(x));
	x.steps.host = host;
	x.rows = dense->rows;
	x.columns = dense->columns;
	x.full = x.rows == x.columns && x.rows > 1;
	x.weight = weight;
	x.column = dense->column;
	x.row = salon_host_array(host, x.columns, sizeof(int32_t));
	x.price = salon_host_array(host, x.columns, sizeof(WEIGHT));
	x.free = salon_host_array(host, x.rows, sizeof(int32_t));
	x.distance = salon_host_array(host, x.columns, sizeof(WEIGHT));
	x.from = salon_host_array(host, x.columns, sizeof(int32_t));
	x.order = salon_host_array(host, x.columns, sizeof(int32_t));
	x.steps.most = DENSE_STEPS * ((int64_t) x.rows * x.columns + 1000);

	memset(x.price, 0, sizeof(WEIGHT) * (size_t) x.columns);
	epsilon = (WEIGHT) (dense->max_weight / FIRST_PART);
	for (int phase = 0; x.full && phase < PHASES && epsilon > 0; phase++)
	{
		set_free(&x);
		bid(&x, epsilon, BIDS * (int64_t) x.rows, x.rows / LEAVE_PART);
		epsilon /= FACTOR;
	}
	set_free(&x);
	bid(&x, 0, x.rows, 0);
	for (int32_t k = 0; k < x.waiting && found; k++)
		found = augment(&x, x.free[k]);
	if (found && x.full)
		lower_all(&x);
	found = found && prove(&x, dense);
	salon_host_rewind(host, mark);
	return found;
}
