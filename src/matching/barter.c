/*
 * src/matching/barter.c
 *
 * The window functions barter and barter_detail.
 *
 * A partition is read row by row.  Giver and taker are numbered in one table,
 * because whoever gives must also take.  The partition is solved when its
 * first row is asked for; the working memory is one context that is emptied
 * after each partition, the answer lives in the memory of the partition.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "portability/instr_time.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "../core/barter/barter_core.h"
#include "../reading/rows.h"
#include "../reading/salon.h"

/* Memory by cycle of five, for the limit on their number. */
#define BYTES_PER_CYCLE 160

/* No row has told how long cycles may be. */
#define LONGEST_UNKNOWN (-1)

enum
{
	ARG_GIVER,
	ARG_TAKER,
	ARG_VALUE,
	ARG_LONGEST,
	ARGS
};

/* What is known for the whole query. */
typedef struct BarterCall
{
	SalonCall	call;
	SalonIdType type[2];		/* of givers, of takers */
	bool		detail;
	TupleDesc	result;			/* of barter_detail */
} BarterCall;

/* What is known for a partition; zeroed when it starts. */
typedef struct BarterPartition
{
	bool		solved;
	SalonBarter barter;
} BarterPartition;

/* When a partition was begun. */
typedef struct BarterClock
{
	instr_time	begun;
} BarterClock;

PG_FUNCTION_INFO_V1(salon_barter);
PG_FUNCTION_INFO_V1(salon_barter_detail);

static const char *const party_name[2] = {"giver", "taker"};


/*
** Errors
*/

static void
refuse_value(SalonRows *rows, const SalonIdType *type, double value)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("value of a gift must be a finite number")),
			 errdetail(salon_say("The value of the gift from \"%s\" to \"%s\" is %s."),
					   salon_party_text(rows, ARG_GIVER, &type[0]),
					   salon_party_text(rows, ARG_TAKER, &type[1]),
					   isnan(value) ? "NaN" :
					   value > 0 ? "Infinity" : "-Infinity"),
			 errhint(salon_say("Use null for a gift that must not be chosen."))));
}

static void
refuse_longest(SalonRows *rows, const SalonIdType *type, int32 longest)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("longest cycle must be %d to %d, or null"),
					SALON_BARTER_SHORTEST, SALON_BARTER_LONGEST),
			 errdetail(salon_say("It is %d for the gift from \"%s\" to \"%s\"."),
					   longest, salon_party_text(rows, ARG_GIVER, &type[0]),
					   salon_party_text(rows, ARG_TAKER, &type[1])),
			 errhint(salon_say("Use null for cycles of any length."))));
}

static char *
longest_text(int32 longest)
{
	return longest == SALON_BARTER_ANY_LENGTH ? pstrdup("null") :
		psprintf("%d", longest);
}

static void
refuse_two_longest(int32 first, int32 second)
{
	/* the smaller one first, whatever the order of the rows */
	bool		swap = (uint32) (first - 1) > (uint32) (second - 1);

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("rows disagree on the longest cycle")),
			 errdetail(salon_say("One row says %s, another says %s."),
					   longest_text(swap ? second : first),
					   longest_text(swap ? first : second)),
			 errhint(salon_say("Every row of a partition must give the same."))));
}

/*
** Types
*/

/*
 * Are identifiers of one type comparable with those of another one here?
 */
static bool
is_same_kind(const SalonIdType *a, const SalonIdType *b)
{
	if (a->base == b->base)
		return true;
	if (a->kind != b->kind)
		return false;
	if (a->kind == SALON_ID_INTEGER)
		return (a->base == INT2OID || a->base == INT4OID ||
				a->base == INT8OID) &&
			(b->base == INT2OID || b->base == INT4OID || b->base == INT8OID);
	return a->kind == SALON_ID_BYTES &&
		(a->base == TEXTOID || a->base == VARCHAROID) &&
		(b->base == TEXTOID || b->base == VARCHAROID);
}

/*
 * Givers and takers are the same parties, so they must be told apart in the
 * same way.
 */
static void
check_types(const BarterCall *call)
{
	const SalonIdType *a = &call->type[0];
	const SalonIdType *b = &call->type[1];

	if (!is_same_kind(a, b))
		ereport(ERROR,
				(errcode(ERRCODE_DATATYPE_MISMATCH),
				 errmsg(salon_say("giver and taker must be of the same type")),
				 errdetail(salon_say("The giver is of type %s, the taker of type %s."),
						   format_type_be(a->type), format_type_be(b->type)),
				 errhint(salon_say("Cast one of the two."))));
	if (a->collation != b->collation &&
		(a->kind == SALON_ID_ANY || b->kind == SALON_ID_ANY))
		ereport(ERROR,
				(errcode(ERRCODE_COLLATION_MISMATCH),
				 errmsg(salon_say("giver and taker must have the same collation")),
				 errdetail(salon_say("The giver has collation \"%s\", the taker \"%s\"."),
						   OidIsValid(a->collation) ? get_collation_name(a->collation) : salon_say("none"),
						   OidIsValid(b->collation) ? get_collation_name(b->collation) : salon_say("none")),
				 errhint(salon_say("Add COLLATE to one of the two."))));
}

/*
** Reading
*/

/*
 * How long cycles may be, by the row that is being read.
 */
static inline int32
read_longest(SalonRows *rows, const SalonIdType *type)
{
	bool		isnull;
	Datum		datum = salon_rows_argument(rows, ARG_LONGEST, &isnull);
	int32		longest;

	if (isnull)
		return SALON_BARTER_ANY_LENGTH;
	longest = DatumGetInt32(datum);
	if (longest < SALON_BARTER_SHORTEST || longest > SALON_BARTER_LONGEST)
		refuse_longest(rows, type, longest);
	return longest;
}

/*
 * Read all rows of the partition.
 */
static void
read_rows(SalonRows *rows, const SalonIdType *type, SalonBudget *budget,
		  SalonBarter *barter)
{
	MemoryContext scratch = rows->call->scratch;
	SalonParties parties;
	int32	   *party[2];
	double	   *value;
	MemoryContext old;

	for (int k = 0; k < 2; k++)
		party[k] = salon_budget_alloc(budget, budget->work, rows->count,
									  sizeof(int32));
	value = salon_budget_alloc(budget, budget->work, rows->count,
							   sizeof(double));
	salon_parties_start(&parties, rows, budget, &type[0], ARG_GIVER,
						party_name[0], SALON_NO_ARGUMENT, NULL);
	barter->longest = LONGEST_UNKNOWN;

	/* what the arguments' expressions allocate is thrown away soon */
	old = MemoryContextSwitchTo(scratch);
	for (int32 r = 0; r < rows->count; r++)
	{
		bool		isnull;
		Datum		datum;
		double		v;
		int32		longest;

		salon_rows_go(rows, r);
		for (int k = 0; k < 2; k++)
			party[k][r] = salon_party_read_from(&parties, ARG_GIVER + k,
												&type[k]);
		datum = salon_rows_argument(rows, ARG_VALUE, &isnull);
		v = isnull ? 0 : DatumGetFloat8(datum);
		if (!isfinite(v))
			refuse_value(rows, type, v);
		value[r] = v > 0 ? v : 0;
		longest = read_longest(rows, type);
		if (barter->longest == LONGEST_UNKNOWN)
			barter->longest = longest;
		else if (barter->longest != longest)
			refuse_two_longest(barter->longest, longest);
		if (r % SALON_ROWS_PER_RESET == SALON_ROWS_PER_RESET - 1)
		{
			MemoryContextReset(scratch);
			CHECK_FOR_INTERRUPTS();
		}
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(scratch);

	barter->rows = (int32) rows->count;
	barter->parties = salon_parties_finish(&parties, 2, party, NULL);
	barter->giver = party[0];
	barter->taker = party[1];
	barter->value = value;
}

/*
** Solving
*/

/*
 * What is known for the whole query.
 */
static BarterCall *
get_call(FunctionCallInfo fcinfo, bool detail)
{
	BarterCall *call = (BarterCall *) fcinfo->flinfo->fn_extra;

	if (call != NULL)
		return call;

	call = (BarterCall *) salon_call_start(fcinfo, sizeof(BarterCall),
										   "barter");
	call->detail = detail;
	for (int k = 0; k < 2; k++)
		salon_call_id_type(fcinfo, &call->type[k], ARG_GIVER + k,
						   party_name[k]);
	check_types(call);
	if (detail)
	{
		MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

		if (get_call_result_type(fcinfo, NULL, &call->result) !=
			TYPEFUNC_COMPOSITE)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg(salon_say("details are returned as a composite type only"))));
		call->result = BlessTupleDesc(CreateTupleDescCopy(call->result));
		MemoryContextSwitchTo(old);
	}
	fcinfo->flinfo->fn_extra = call;
	return call;
}

/*
 * The share of its time that the search has spent.
 */
static double
spent(void *clock)
{
	instr_time	now;

	if (salon_barter_time == 0)
		return 0;
	INSTR_TIME_SET_CURRENT(now);
	INSTR_TIME_SUBTRACT(now, ((BarterClock *) clock)->begun);
	return INSTR_TIME_GET_MILLISEC(now) / salon_barter_time;
}

/*
 * Tell that there may be something better.
 */
static void
warn_late(const SalonBarter *barter, bool rounded)
{
	ereport(WARNING,
			(errmsg(salon_say("exchange is not proved to be the best")),
			 errdetail(salon_say("Its total value is %.15g, the best one is at most %.15g."),
					   barter->total, barter->bound),
			 rounded ?
			 errhint(salon_say("Values differ by so much that they had to be rounded: leave out what does not matter, or make smaller markets with PARTITION BY.")) :
			 salon_barter_time > 0 ?
			 errhint(salon_say("Raise salon.barter_time, allow shorter cycles only, or make smaller markets with PARTITION BY.")) :
			 errhint(salon_say("Allow shorter cycles only, or make smaller markets with PARTITION BY."))));
}

/*
 * Solve a partition.
 */
static void
solve_partition(BarterCall *call, WindowObject winobj, BarterPartition *part)
{
	SalonRows	rows;
	BarterClock clock;
	SalonBudget budget;
	SalonBarter *barter = &part->barter;
	SalonBarterVerdict verdict;
	SalonHost  *host;

	salon_budget_start(&budget, call->call.work, GetMemoryChunkContext(part));
	salon_rows_start(&rows, &call->call, winobj);
	read_rows(&rows, call->type, &budget, barter);

	barter->cycle = salon_budget_alloc(&budget, budget.keep, rows.count,
									   sizeof(int32));
	barter->position = salon_budget_alloc(&budget, budget.keep, rows.count,
										  sizeof(int32));
	barter->most_cycles = Min((int64) (budget.limit / BYTES_PER_CYCLE),
							  PG_INT32_MAX / 8);
	barter->max_gap = salon_max_gap;
	barter->spent = spent;
	barter->clock = &clock;
	host = salon_budget_host(&budget);
	INSTR_TIME_SET_CURRENT(clock.begun);
	verdict = salon_barter_solve(barter, host);
	switch (verdict)
	{
		case SALON_BARTER_SOLVED:
			break;
		case SALON_BARTER_LATE:
		case SALON_BARTER_ROUNDED:
			warn_late(barter, verdict == SALON_BARTER_ROUNDED);
			break;
		case SALON_BARTER_OVERFLOW:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg(salon_say("total value is out of range")),
					 errhint(salon_say("Give values in larger units."))));
			break;
		case SALON_BARTER_TOO_MANY:
			ereport(ERROR,
					(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
					 errmsg(salon_say("too many exchange cycles for salon.match_memory")),
					 errdetail(salon_say("There are more than " INT64_FORMAT " cycles of up to %d parties; the limit is %d kB."),
							   barter->most_cycles, barter->longest,
							   salon_match_memory),
					 errhint(salon_say("Raise salon.match_memory, allow shorter cycles only, or make smaller markets with PARTITION BY."))));
			break;
		case SALON_BARTER_UNPROVED:
			elog(ERROR, "no engine could prove the best exchange");
	}

	/* gone with the working memory */
	barter->giver = NULL;
	barter->taker = NULL;
	barter->value = NULL;
	barter->clock = NULL;
	part->solved = true;
}

/*
 * The partition of the current row, solved.
 */
static BarterPartition *
get_partition(FunctionCallInfo fcinfo, BarterCall *call)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	BarterPartition *part = (BarterPartition *)
	WinGetPartitionLocalMemory(winobj, sizeof(BarterPartition));

	if (!part->solved)
	{
		MemoryContextReset(call->call.work);
		solve_partition(call, winobj, part);
		MemoryContextReset(call->call.work);
	}
	return part;
}

/*
 * barter(giver, taker, value, longest) -> integer
 */
Datum
salon_barter(PG_FUNCTION_ARGS)
{
	BarterCall *call = get_call(fcinfo, false);
	BarterPartition *part = get_partition(fcinfo, call);
	int64		row = WinGetCurrentPosition(PG_WINDOW_OBJECT());

	if (part->barter.cycle[row] == 0)
		PG_RETURN_NULL();
	PG_RETURN_INT32(part->barter.cycle[row]);
}

/*
 * barter_detail(the same) -> cycle, position, total, bound and gap
 */
Datum
salon_barter_detail(PG_FUNCTION_ARGS)
{
	BarterCall *call = get_call(fcinfo, true);
	BarterPartition *part = get_partition(fcinfo, call);
	const SalonBarter *barter = &part->barter;
	int64		row = WinGetCurrentPosition(PG_WINDOW_OBJECT());
	bool		unmatched = barter->cycle[row] == 0;
	Datum		value[5];
	bool		null[5] = {unmatched, unmatched, false, false, false};

	value[0] = Int32GetDatum(barter->cycle[row]);
	value[1] = Int32GetDatum(barter->position[row]);
	value[2] = Float8GetDatum(barter->total);
	value[3] = Float8GetDatum(barter->bound);
	value[4] = Float8GetDatum(barter->gap);
	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(call->result, value,
													  null)));
}
