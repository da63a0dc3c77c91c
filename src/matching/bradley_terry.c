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

/* The comparisons, and the parties that they name. */
typedef struct Reader
{
	SalonIdType type;
	SalonIntern intern;
	Elements	winner;
	Elements	loser;
	Elements	wins;			/* none: each one counts once */
	int32	   *number[2];		/* by row: winner, loser */
	double	   *count;
	Datum	   *first;			/* by party, in the order they are met */
} Reader;

/*
 * Get the arrays, and refuse those of different lengths.
 */
static void
get_arrays(Reader *reader, FunctionCallInfo fcinfo)
{
	reader->winner = get_elements(PG_GETARG_ARRAYTYPE_P(ARG_WINNER));
	reader->loser = get_elements(PG_GETARG_ARRAYTYPE_P(ARG_LOSER));
	if (reader->loser.count != reader->winner.count)
		refuse_lengths(reader->winner.count, "loser", reader->loser.count);
	if (PG_ARGISNULL(ARG_WINS))
		return;
	reader->wins = get_elements(PG_GETARG_ARRAYTYPE_P(ARG_WINS));
	if (reader->wins.count != reader->winner.count)
		refuse_lengths(reader->winner.count, "wins", reader->wins.count);
}

/*
 * Read all comparisons.
 */
static void
read_rows(Reader *reader, SalonBudget *budget, MemoryContext scratch,
		  SalonContest *c)
{
	const Elements *winner = &reader->winner;
	const Elements *loser = &reader->loser;
	const Elements *wins = &reader->wins;
	MemoryContext old;

	for (int k = 0; k < 2; k++)
		reader->number[k] = salon_budget_alloc(budget, budget->work,
											   winner->count, sizeof(int32));
	reader->count = salon_budget_alloc(budget, budget->work, winner->count,
									   sizeof(double));
	reader->first = salon_budget_alloc(budget, budget->work,
									   (Size) winner->count * 2, sizeof(Datum));
	old = MemoryContextSwitchTo(scratch);
	for (int r = 0; r < winner->count; r++)
	{
		double		w = 1;

		/* what is not known is left out */
		if (winner->null[r] || loser->null[r] ||
			(wins->count && wins->null[r]))
			continue;
		if (wins->count)
			w = DatumGetFloat8(wins->value[r]);
		if (!(w >= 0) || isinf(w))
			refuse_wins(w, &reader->type, winner->value[r], loser->value[r]);
		for (int k = 0; k < 2; k++)
		{
			Datum		id = k ? loser->value[r] : winner->value[r];
			int32		known = reader->intern.count;
			int32		p = salon_intern(&reader->intern, id);

			if (p == known)
				reader->first[p] = id;
			reader->number[k][c->rows] = p;
		}
		if (reader->number[0][c->rows] == reader->number[1][c->rows])
			refuse_oneself(&reader->type, winner->value[r]);
		reader->count[c->rows++] = w;
		if (r % ROWS_PER_RESET == ROWS_PER_RESET - 1)
		{
			MemoryContextReset(scratch);
			CHECK_FOR_INTERRUPTS();
		}
	}
	MemoryContextSwitchTo(old);
}

/*
 * Number the parties in an order that does not depend on the rows; returns
 * them in that order.
 */
static Datum *
order_parties(Reader *reader, SalonBudget *budget, SalonContest *c)
{
	int32	   *rank = salon_intern_ranks(&reader->intern);
	Datum	   *party;

	c->parties = reader->intern.count;
	party = salon_budget_alloc(budget, budget->work, c->parties,
							   sizeof(Datum));
	for (int32 p = 0; p < c->parties; p++)
		party[rank[p]] = reader->first[p];
	for (int k = 0; k < 2; k++)
	{
		for (int32 r = 0; r < c->rows; r++)
			reader->number[k][r] = rank[reader->number[k][r]];
	}
	c->winner = reader->number[0];
	c->loser = reader->number[1];
	c->wins = reader->count;
	return party;
}

/*
 * bradley_terry(winner[], loser[], wins[], prior, errors) -> one row a party
 */
Datum
salon_bradley_terry(PG_FUNCTION_ARGS)
{
	Reader		reader;
	SalonBudget budget;
	SalonContest c;
	SalonRankVerdict verdict;
	MemoryContext work;
	MemoryContext scratch;
	MemoryContext old;
	Datum	   *party;

	InitMaterializedSRF(fcinfo, 0);
	if (PG_ARGISNULL(ARG_WINNER) || PG_ARGISNULL(ARG_LOSER))
		PG_RETURN_NULL();
	memset(&reader, 0, sizeof(reader));
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
	get_arrays(&reader, fcinfo);
	salon_id_type_init(&reader.type, reader.winner.type, PG_GET_COLLATION(),
					   "party");
	salon_intern_init(&reader.intern, &reader.type, &budget, scratch);
	read_rows(&reader, &budget, scratch, &c);
	party = order_parties(&reader, &budget, &c);
	c.strength = salon_budget_alloc(&budget, work, c.parties, sizeof(double));
	c.error = salon_budget_alloc(&budget, work, c.parties, sizeof(double));
	c.won = salon_budget_alloc(&budget, work, c.parties, sizeof(double));
	c.lost = salon_budget_alloc(&budget, work, c.parties, sizeof(double));
	verdict = salon_bradley_terry_solve(&c, salon_budget_host(&budget));
	if (verdict != SALON_RANKED)
		refuse_verdict(verdict, &c, &reader.type, party);
	return_parties((ReturnSetInfo *) fcinfo->resultinfo, &c, &budget, party);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(work);
	PG_RETURN_NULL();
}
