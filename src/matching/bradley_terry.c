/*
 * src/matching/bradley_terry.c
 *
 * The set-returning function bradley_terry: arrays of comparisons in, a row
 * for each party out.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/array.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/tuplestore.h"

#include "../core/bradley_terry_core.h"
#include "../reading/intern.h"
#include "../reading/memory.h"
#include "../reading/salon.h"

/* Rows read between two resets of the context for identifiers. */
#define ROWS_PER_RESET 64

enum
{
	ARG_WINNER,
	ARG_LOSER,
	ARG_WINS,
	ARG_PRIOR,
	ARG_ERRORS
};

/* The elements of an array. */
typedef struct Elements
{
	Oid			type;
	Datum	   *value;
	bool	   *null;
	int			count;
} Elements;

PG_FUNCTION_INFO_V1(salon_bradley_terry);


/*
** Reading
*/

static Elements
get_elements(ArrayType *array)
{
	Elements	e;
	int16		length;
	bool		by_value;
	char		align;

	e.type = ARR_ELEMTYPE(array);
	get_typlenbyvalalign(e.type, &length, &by_value, &align);
	deconstruct_array(array, e.type, length, by_value, align,
					  &e.value, &e.null, &e.count);
	return e;
}

static void
refuse_lengths(int winners, const char *name, int others)
{
	ereport(ERROR,
			(errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
			 errmsg(salon_say("arrays of comparisons differ in length")),
			 errdetail(salon_say("There are %d elements in winner and %d in %s."),
					   winners, others, name),
			 errhint(salon_say("Make them with array_agg in one query."))));
}

static void
refuse_wins(double wins, const SalonIdType *type, Datum winner, Datum loser)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("wins must be a finite number that is not negative")),
			 errdetail(salon_say("It is %s for winner \"%s\" and loser \"%s\"."),
					   isnan(wins) ? "NaN" : wins == INFINITY ? "Infinity" :
					   wins == -INFINITY ? "-Infinity" :
					   psprintf("%g", wins),
					   salon_id_text(type, winner),
					   salon_id_text(type, loser)),
			 errhint(salon_say("Use null for what is not known."))));
}

static void
refuse_oneself(const SalonIdType *type, Datum party)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("a party cannot be compared with itself")),
			 errdetail(salon_say("Winner and loser are both \"%s\"."),
					   salon_id_text(type, party)),
			 errhint(salon_say("Leave such rows out."))));
}

/*
 * Why there are no finite strengths.
 */
static void
refuse_verdict(SalonRankVerdict verdict, const SalonContest *c,
			   const SalonIdType *type, const Datum *party)
{
	char	   *member;
	const char *what;

	if (verdict == SALON_NO_SOLUTION)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg(salon_say("strengths could not be computed")),
				 errdetail(salon_say("The numbers of wins are too far apart.")),
				 errhint(salon_say("Give a prior, such as prior => 0.5."))));
	member = salon_id_text(type, party[c->member]);
	what = verdict == SALON_NEVER_LOST ? salon_say("never lost to") :
		verdict == SALON_NEVER_WON ? salon_say("never won against") : salon_say("never met");
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg(salon_say("party \"%s\" has no finite strength"), member),
			 c->group == 1 ?
			 errdetail(salon_say("It %s any of the others."), what) :
			 errdetail(salon_say("It is one of %d parties that %s any of the others."),
					   c->group, what),
			 errhint(salon_say("Give a prior, such as prior => 0.5, or leave such parties out."))));
}

/*
** The answer
*/

/* A party where the answer is sorted. */
typedef struct Placed
{
	double		strength;
	int32		party;
} Placed;

static int
compare_placed(const void *a, const void *b)
{
	const Placed *x = (const Placed *) a;
	const Placed *y = (const Placed *) b;

	if (x->strength != y->strength)
		return x->strength > y->strength ? -1 : 1;
	return x->party < y->party ? -1 : x->party > y->party ? 1 : 0;
}

/*
 * Return the parties, the strongest first.
 */
static void
return_parties(ReturnSetInfo *rsinfo, const SalonContest *c,
			   SalonBudget *budget, const Datum *party)
{
	Placed	   *placed = salon_budget_alloc(budget, budget->work, c->parties,
											sizeof(Placed));

	for (int32 p = 0; p < c->parties; p++)
	{
		placed[p].strength = c->strength[p];
		placed[p].party = p;
	}
	qsort(placed, c->parties, sizeof(Placed), compare_placed);
	for (int32 k = 0; k < c->parties; k++)
	{
		int32		p = placed[k].party;
		Datum		value[5];
		bool		null[5] = {false, false, !c->errors, false, false};

		value[0] = party[p];
		value[1] = Float8GetDatum(c->strength[p]);
		value[2] = Float8GetDatum(c->errors ? c->error[p] : 0);
		value[3] = Float8GetDatum(c->won[p]);
		value[4] = Float8GetDatum(c->lost[p]);
		tuplestore_putvalues(rsinfo->setResult, rsinfo->setDesc, value, null);
		if (k % ROWS_PER_RESET == 0)
			CHECK_FOR_INTERRUPTS();
	}
}

/*
 * bradley_terry(winner[], loser[], wins[], prior, errors) -> one row a party
 */
Datum
salon_bradley_terry(PG_FUNCTION_ARGS)
{
	SalonIdType type;
	SalonIntern intern;
	SalonBudget budget;
	SalonContest c;
	SalonHost  *host;
	SalonRankVerdict verdict;
	Elements	winner;
	Elements	loser;
	Elements	wins;
	MemoryContext work;
	MemoryContext scratch;
	MemoryContext old;
	int32	   *number[2];
	double	   *count;
	Datum	   *party;
	Datum	   *first;
	int32	   *rank;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(ARG_WINNER) || PG_ARGISNULL(ARG_LOSER))
		PG_RETURN_NULL();
	memset(&c, 0, sizeof(c));
	c.prior = PG_ARGISNULL(ARG_PRIOR) ? 0 : PG_GETARG_FLOAT8(ARG_PRIOR);
	c.errors = !PG_ARGISNULL(ARG_ERRORS) && PG_GETARG_BOOL(ARG_ERRORS);
	if (!(c.prior >= 0) || isinf(c.prior))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("prior must be a finite number that is not negative")),
				 errdetail(salon_say("It is %s."), isnan(c.prior) ? "NaN" :
						   isinf(c.prior) ? salon_say("infinite") :
						   psprintf("%g", c.prior)),
				 errhint(salon_say("Give a prior, such as prior => 0.5."))));

	work = AllocSetContextCreate(CurrentMemoryContext, "salon bradley_terry",
								 ALLOCSET_DEFAULT_SIZES);
	scratch = AllocSetContextCreate(work, "salon identifiers",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(work);
	salon_budget_start(&budget, work, work);
	winner = get_elements(PG_GETARG_ARRAYTYPE_P(ARG_WINNER));
	loser = get_elements(PG_GETARG_ARRAYTYPE_P(ARG_LOSER));
	if (loser.count != winner.count)
		refuse_lengths(winner.count, "loser", loser.count);
	memset(&wins, 0, sizeof(wins));
	if (!PG_ARGISNULL(ARG_WINS))
	{
		wins = get_elements(PG_GETARG_ARRAYTYPE_P(ARG_WINS));
		if (wins.count != winner.count)
			refuse_lengths(winner.count, "wins", wins.count);
	}

	salon_id_type_init(&type, winner.type, PG_GET_COLLATION(), "party");
	salon_intern_init(&intern, &type, &budget, scratch);
	for (int k = 0; k < 2; k++)
		number[k] = salon_budget_alloc(&budget, work, winner.count,
									   sizeof(int32));
	count = salon_budget_alloc(&budget, work, winner.count, sizeof(double));
	first = salon_budget_alloc(&budget, work, (Size) winner.count * 2,
							   sizeof(Datum));
	MemoryContextSwitchTo(scratch);
	for (int r = 0; r < winner.count; r++)
	{
		double		w = 1;

		/* what is not known is left out */
		if (winner.null[r] || loser.null[r] || (wins.count && wins.null[r]))
			continue;
		if (wins.count)
			w = DatumGetFloat8(wins.value[r]);
		if (!(w >= 0) || isinf(w))
			refuse_wins(w, &type, winner.value[r], loser.value[r]);
		for (int k = 0; k < 2; k++)
		{
			Datum		id = k ? loser.value[r] : winner.value[r];
			int32		known = intern.count;
			int32		p = salon_intern(&intern, id);

			if (p == known)
				first[p] = id;
			number[k][c.rows] = p;
		}
		if (number[0][c.rows] == number[1][c.rows])
			refuse_oneself(&type, winner.value[r]);
		count[c.rows++] = w;
		if (r % ROWS_PER_RESET == ROWS_PER_RESET - 1)
		{
			MemoryContextReset(scratch);
			CHECK_FOR_INTERRUPTS();
		}
	}
	MemoryContextSwitchTo(work);

	/* number the parties in an order that does not depend on the rows */
	c.parties = intern.count;
	rank = salon_intern_ranks(&intern);
	party = salon_budget_alloc(&budget, work, c.parties, sizeof(Datum));
	for (int32 p = 0; p < c.parties; p++)
		party[rank[p]] = first[p];
	for (int k = 0; k < 2; k++)
	{
		for (int32 r = 0; r < c.rows; r++)
			number[k][r] = rank[number[k][r]];
	}
	c.winner = number[0];
	c.loser = number[1];
	c.wins = count;
	c.strength = salon_budget_alloc(&budget, work, c.parties, sizeof(double));
	c.error = salon_budget_alloc(&budget, work, c.parties, sizeof(double));
	c.won = salon_budget_alloc(&budget, work, c.parties, sizeof(double));
	c.lost = salon_budget_alloc(&budget, work, c.parties, sizeof(double));
	host = salon_budget_host(&budget);
	verdict = salon_bradley_terry_solve(&c, host);
	if (verdict != SALON_RANKED)
		refuse_verdict(verdict, &c, &type, party);
	return_parties((ReturnSetInfo *) fcinfo->resultinfo, &c, &budget, party);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(work);
	PG_RETURN_NULL();
}
