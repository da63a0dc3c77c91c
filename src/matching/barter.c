/*
 * src/matching/barter.c
 *
 * The window functions barter and barter_detail.
 *
 * A partition is read row by row through the window API, all arguments of a
 * row before the next one: reading column by column would go backwards
 * through a spilled tuplestore.  Giver and taker are numbered in one table,
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
#include "nodes/nodeFuncs.h"
#include "portability/instr_time.h"
#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "../core/barter/barter_core.h"
#include "../reading/intern.h"
#include "../reading/memory.h"
#include "../reading/salon.h"

/* Rows read between two resets of the context for arguments. */
#define ROWS_PER_RESET 64

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
	SalonIdType type[2];		/* of givers, of takers */
	bool		constant[ARGS]; /* the same on all rows: read once */
	bool		detail;
	TupleDesc	result;			/* of barter_detail */
	MemoryContext work;			/* for one partition */
	MemoryContext scratch;		/* for a few rows */
} BarterCall;

/* What is known for a partition; zeroed when it starts. */
typedef struct BarterPartition
{
	bool		solved;
	SalonBarter barter;
} BarterPartition;

/* A partition while it is read. */
typedef struct BarterReader
{
	BarterCall *call;
	WindowObject winobj;
	SalonBudget budget;
	SalonIntern intern;			/* of all parties */
	int32		last[2];		/* party of the row before, or -1 */
	Datum		last_id[2];		/* its identifier, when that is an integer */
	Datum		constant[ARGS];
	bool		constant_null[ARGS];
	int64		at;				/* the row */
} BarterReader;

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

/*
 * An identifier of the row that is being read, for a message.  It is fetched
 * anew: what an earlier fetch returned may be gone by now.
 */
static char *
party_text(BarterReader *reader, int side)
{
	bool		isnull;
	bool		isout;
	Datum		id = WinGetFuncArgInPartition(reader->winobj, side, reader->at,
											  WINDOW_SEEK_HEAD, false,
											  &isnull, &isout);

	return isnull ? pstrdup("null") :
		salon_id_text(&reader->call->type[side], id);
}

static void
refuse_value(BarterReader *reader, double value)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("value of a gift must be a finite number")),
			 errdetail(salon_say("The value of the gift from \"%s\" to \"%s\" is %s."),
					   party_text(reader, 0), party_text(reader, 1),
					   isnan(value) ? "NaN" :
					   value > 0 ? "Infinity" : "-Infinity"),
			 errhint(salon_say("Use null for a gift that must not be chosen."))));
}

static void
refuse_longest(BarterReader *reader, int32 longest)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("longest cycle must be %d to %d, or null"),
					SALON_BARTER_SHORTEST, SALON_BARTER_LONGEST),
			 errdetail(salon_say("It is %d for the gift from \"%s\" to \"%s\"."),
					   longest, party_text(reader, 0), party_text(reader, 1)),
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
 * One argument of the row that is being read.
 */
static inline Datum
read_argument(BarterReader *reader, int argument, bool *isnull)
{
	bool		isout;

	if (reader->call->constant[argument])
	{
		*isnull = reader->constant_null[argument];
		return reader->constant[argument];
	}
	return WinGetFuncArgInPartition(reader->winobj, argument, reader->at,
									WINDOW_SEEK_HEAD, false, isnull, &isout);
}

/*
 * The number of a party, or -1.
 */
static inline int32
read_party(BarterReader *reader, int side)
{
	const SalonIdType *type = &reader->call->type[side];
	bool		isnull;
	Datum		id = read_argument(reader, side, &isnull);

	if (isnull)
		return -1;
	reader->intern.type = type;
	if (type->kind == SALON_ID_INTEGER && type->by_value)
	{
		/* rows often come sorted by one of the two */
		if (reader->last[side] < 0 || reader->last_id[side] != id)
		{
			reader->last[side] = salon_intern(&reader->intern, id);
			reader->last_id[side] = id;
		}
		return reader->last[side];
	}
	return salon_intern(&reader->intern, id);
}

/*
 * How long cycles may be, by the row that is being read.
 */
static inline int32
read_longest(BarterReader *reader)
{
	bool		isnull;
	Datum		datum = read_argument(reader, ARG_LONGEST, &isnull);
	int32		longest;

	if (isnull)
		return SALON_BARTER_ANY_LENGTH;
	longest = DatumGetInt32(datum);
	if (longest < SALON_BARTER_SHORTEST || longest > SALON_BARTER_LONGEST)
		refuse_longest(reader, longest);
	return longest;
}

/*
 * Read all rows of the partition.
 */
static void
read_rows(BarterReader *reader, SalonBarter *barter, int32 rows)
{
	BarterCall *call = reader->call;
	SalonBudget *budget = &reader->budget;
	int32	   *party[2];
	double	   *value;
	int32	   *rank;
	MemoryContext old;

	for (int k = 0; k < 2; k++)
	{
		party[k] = salon_budget_alloc(budget, budget->work, rows,
									  sizeof(int32));
		reader->last[k] = -1;
	}
	value = salon_budget_alloc(budget, budget->work, rows, sizeof(double));
	salon_intern_init(&reader->intern, &call->type[0], budget, call->scratch);
	barter->longest = LONGEST_UNKNOWN;

	/* what the arguments' expressions allocate is thrown away soon */
	old = MemoryContextSwitchTo(call->scratch);
	for (int k = 0; k < ARGS; k++)
	{
		bool		isout;

		if (call->constant[k])
			reader->constant[k] =
				WinGetFuncArgInPartition(reader->winobj, k, 0,
										 WINDOW_SEEK_HEAD, false,
										 &reader->constant_null[k], &isout);
	}
	for (int32 r = 0; r < rows; r++)
	{
		bool		isnull;
		Datum		datum;
		double		v;
		int32		longest;

		reader->at = r;
		party[0][r] = read_party(reader, 0);
		party[1][r] = read_party(reader, 1);
		datum = read_argument(reader, ARG_VALUE, &isnull);
		v = isnull ? 0 : DatumGetFloat8(datum);
		if (!isfinite(v))
			refuse_value(reader, v);
		value[r] = v > 0 ? v : 0;
		longest = read_longest(reader);
		if (barter->longest == LONGEST_UNKNOWN)
			barter->longest = longest;
		else if (barter->longest != longest)
			refuse_two_longest(barter->longest, longest);
		if (r % ROWS_PER_RESET == ROWS_PER_RESET - 1)
		{
			MemoryContextReset(call->scratch);
			CHECK_FOR_INTERRUPTS();
		}
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(call->scratch);

	/* renumber the parties in an order that does not depend on the rows */
	rank = salon_intern_ranks(&reader->intern);
	salon_intern_release(&reader->intern);
	for (int k = 0; k < 2; k++)
	{
		for (int32 r = 0; r < rows; r++)
		{
			if (party[k][r] >= 0)
				party[k][r] = rank[party[k][r]];
		}
		CHECK_FOR_INTERRUPTS();
	}
	salon_budget_free(budget, rank);
	barter->rows = rows;
	barter->parties = reader->intern.count;
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
	MemoryContext old;
	List	   *args;

	if (call != NULL)
		return call;

	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	call = palloc0(sizeof(BarterCall));
	call->detail = detail;
	args = castNode(WindowFunc, fcinfo->flinfo->fn_expr)->args;
	for (int k = 0; k < ARGS; k++)
		call->constant[k] = get_fn_expr_arg_stable(fcinfo->flinfo, k);
	for (int k = 0; k < 2; k++)
	{
		Node	   *arg = list_nth(args, k);

		salon_id_type_init(&call->type[k], exprType(arg), exprCollation(arg),
						   party_name[k]);
	}
	check_types(call);
	if (detail)
	{
		if (get_call_result_type(fcinfo, NULL, &call->result) !=
			TYPEFUNC_COMPOSITE)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg(salon_say("details are returned as a composite type only"))));
		call->result = BlessTupleDesc(CreateTupleDescCopy(call->result));
	}
	call->work = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
									   "salon barter",
									   ALLOCSET_DEFAULT_SIZES);
	call->scratch = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
										  "salon barter arguments",
										  ALLOCSET_DEFAULT_SIZES);
	fcinfo->flinfo->fn_extra = call;
	MemoryContextSwitchTo(old);
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
	BarterReader reader;
	BarterClock clock;
	SalonBudget *budget = &reader.budget;
	SalonBarter *barter = &part->barter;
	SalonBarterVerdict verdict;
	SalonHost  *host;
	int64		rows = WinGetPartitionRowCount(winobj);

	if (rows > PG_INT32_MAX / 4)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg(salon_say("too many rows in one partition")),
				 errhint(salon_say("Make smaller markets with PARTITION BY."))));

	memset(&reader, 0, sizeof(reader));
	reader.call = call;
	reader.winobj = winobj;
	salon_budget_start(budget, call->work, GetMemoryChunkContext(part));
	read_rows(&reader, barter, (int32) rows);

	barter->cycle = salon_budget_alloc(budget, budget->keep, rows,
									   sizeof(int32));
	barter->position = salon_budget_alloc(budget, budget->keep, rows,
										  sizeof(int32));
	barter->most_cycles = Min((int64) (budget->limit / BYTES_PER_CYCLE),
							  PG_INT32_MAX / 8);
	barter->max_gap = salon_max_gap;
	barter->spent = spent;
	barter->clock = &clock;
	host = salon_budget_host(budget);
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
		MemoryContextReset(call->work);
		solve_partition(call, winobj, part);
		MemoryContextReset(call->work);
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
