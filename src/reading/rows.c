/*
 * src/reading/rows.c
 *
 * The rows of a partition, read for a window function one after the other.
 *
 * The window API hands out one argument at a time, and to stay on a row it
 * goes to the next one and back.  With rows in memory that costs a little;
 * with rows that were spilled to disk it costs more than everything else.  So
 * a row is fetched through the API once, by its first argument, and the other
 * arguments are evaluated where the API has put it: in the expression context
 * of the WindowAgg node.  The way to that node leads through the first two
 * fields of a struct that the server keeps to itself; they have been the same
 * in every major version since window functions came.  Plain columns are taken
 * from the row as they stand there.  The way is checked
 * step by step, taken only with majors for which it was tried, and where
 * anything is not as expected all arguments come through the API.  A build with
 * assertions, as tests have it, reads every argument both ways and compares.
 *
 * The API alone took 2 to 2.7 times as long for 300,000 rows of six columns:
 * 1.3 s instead of 0.65, and spilled to disk 1.4 s instead of 0.54.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/int.h"
#include "miscadmin.h"
#include "nodes/execnodes.h"
#include "nodes/nodeFuncs.h"
#include "nodes/primnodes.h"
#include "optimizer/optimizer.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "rows.h"
#include "salon.h"

/*
 * From the first major on with which the way to the node was not tried, the
 * API is used alone.  COPT=-DSALON_WINDOW_API_ONLY does so with any version.
 */
#if PG_VERSION_NUM >= 200000
#define SALON_WINDOW_API_ONLY
#endif

/* Entries of the table of dense integers: at first, and at most by row. */
#define FIRST_DIRECT 256
#define DIRECT_PER_ROW 4

#define FIRST_QUOTAS 16

/* How the server's object of a window function begins. */
typedef struct WindowObjectStart
{
	NodeTag		type;
	WindowAggState *state;
} WindowObjectStart;

/*
** Calls
*/

/*
 * Find where the arguments are evaluated.
 */
static void
find_context(SalonCall *call, FunctionCallInfo fcinfo)
{
#ifndef SALON_WINDOW_API_ONLY
	WindowObject winobj = PG_WINDOW_OBJECT();
	WindowAggState *state;
	ListCell   *cell;

	if (!WindowObjectIsValid(winobj))
		return;
	state = ((WindowObjectStart *) winobj)->state;
	if (state == NULL || !IsA(state, WindowAggState) ||
		state->ss.ps.ps_ExprContext == NULL)
		return;
	foreach(cell, state->funcs)
	{
		WindowFuncExprState *func = (WindowFuncExprState *) lfirst(cell);
		int			k = 0;
		ListCell   *arg;

		if ((Node *) func->wfunc != fcinfo->flinfo->fn_expr)
			continue;
		if (list_length(func->args) != call->arguments)
			return;
		foreach(arg, func->args)
			call->state[k++] = (ExprState *) lfirst(arg);
		k = 0;
		foreach(arg, func->wfunc->args)
		{
			const Var  *var = (const Var *) lfirst(arg);

			if (IsA(var, Var) && var->varno == OUTER_VAR &&
				var->varattno > 0)
				call->column[k] = var->varattno;
			call->last_column = Max(call->last_column, call->column[k]);
			k++;
		}
		call->context = state->ss.ps.ps_ExprContext;
		return;
	}
#endif
}

/*
 * Null must not be left out of the rows: what it means is for the function to
 * say.
 */
static void
refuse_ignore_nulls(const WindowFunc *func, const char *name)
{
#if PG_VERSION_NUM >= 190000
	if (func->ignore_nulls == PARSER_IGNORE_NULLS ||
		func->ignore_nulls == IGNORE_NULLS)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg(salon_say("function %s does not allow IGNORE NULLS"), name),
				 errhint(salon_say("Leave it out, or filter the rows before."))));
#endif
}

/*
 * Make what is known for the whole query: a struct of the given size that
 * begins with a SalonCall.
 */
SalonCall  *
salon_call_start(FunctionCallInfo fcinfo, Size size, const char *name)
{
	SalonCall  *call = MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, size);
	const WindowFunc *func = castNode(WindowFunc, fcinfo->flinfo->fn_expr);

	refuse_ignore_nulls(func, name);
	call->arguments = list_length(func->args);
	Assert(call->arguments <= SALON_MOST_ARGUMENTS);
	for (int k = 0; k < call->arguments; k++)
	{
		call->constant[k] = get_fn_expr_arg_stable(fcinfo->flinfo, k);
#ifdef USE_ASSERT_CHECKING
		call->stable[k] = !contain_volatile_functions(list_nth(func->args, k));
		get_typlenbyval(exprType(list_nth(func->args, k)), &call->length[k],
						&call->by_value[k]);
#endif
	}
	find_context(call, fcinfo);
	call->work = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
									   "salon partition",
									   ALLOCSET_DEFAULT_SIZES);
	call->scratch = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
										  "salon arguments",
										  ALLOCSET_DEFAULT_SIZES);
	MemoryContextSetIdentifier(call->work, name);
	MemoryContextSetIdentifier(call->scratch, name);
	return call;
}

/*
 * Find out how to treat the identifiers that an argument holds.
 */
void
salon_call_id_type(FunctionCallInfo fcinfo, SalonIdType *type, int argument,
				   const char *name)
{
	List	   *args = castNode(WindowFunc, fcinfo->flinfo->fn_expr)->args;
	Node	   *arg = list_nth(args, argument);
	MemoryContext old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);

	salon_id_type_init(type, exprType(arg), exprCollation(arg), name);
	MemoryContextSwitchTo(old);
}

/*
** Rows
*/

/*
 * Begin to read a partition.
 */
void
salon_rows_start(SalonRows *rows, SalonCall *call, WindowObject winobj)
{
	MemoryContext old = MemoryContextSwitchTo(call->work);

	memset(rows, 0, sizeof(*rows));
	rows->call = call;
	rows->winobj = winobj;
	rows->count = WinGetPartitionRowCount(winobj);
	if (rows->count > PG_INT32_MAX / 4)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg(salon_say("too many rows in one partition")),
				 errhint(salon_say("Make smaller partitions with PARTITION BY."))));
	for (int k = 0; k < call->arguments; k++)
	{
		bool		isout;

		if (call->constant[k])
			rows->constant[k] =
				WinGetFuncArgInPartition(winobj, k, 0, WINDOW_SEEK_HEAD,
										 false, &rows->constant_null[k],
										 &isout);
	}
	MemoryContextSwitchTo(old);
}

#ifdef USE_ASSERT_CHECKING
/*
 * What was read past the window API is what the API gives.
 */
Datum
salon_rows_both_ways(SalonRows *rows, int argument, Datum datum, bool isnull)
{
	const SalonCall *call = rows->call;
	bool		again_null;
	Datum		again;

	if (!call->stable[argument])
		return datum;
	/* what it points to may be gone then */
	if (!isnull)
		datum = datumCopy(datum, call->by_value[argument],
						  call->length[argument]);
	again = salon_rows_fetch(rows, argument, &again_null);
	if (isnull != again_null ||
		(!isnull && !datumIsEqual(datum, again, call->by_value[argument],
								  call->length[argument])))
		elog(ERROR, "argument %d of row " INT64_FORMAT " reads differently through the window API",
			 argument + 1, rows->at + 1);
	return again;
}
#endif

/*
 * An identifier of the row that is being read, for a message.  It is fetched
 * anew: what an earlier fetch returned may be gone by now.
 */
char	   *
salon_party_text(SalonRows *rows, int argument, const SalonIdType *type)
{
	bool		isnull;
	Datum		id = salon_rows_argument(rows, argument, &isnull);

	return isnull ? pstrdup("null") : salon_id_text(type, id);
}

/*
** Parties
*/

/*
 * Begin to collect the parties of one side.
 */
void
salon_parties_start(SalonParties *parties, SalonRows *rows,
					SalonBudget *budget, const SalonIdType *type,
					int argument, const char *name,
					int quota_argument, const char *quota_name)
{
	memset(parties, 0, sizeof(*parties));
	parties->rows = rows;
	parties->budget = budget;
	parties->name = name;
	parties->quota_name = quota_name;
	parties->argument = argument;
	parties->quota_argument = quota_argument;
	if (quota_argument == SALON_NO_ARGUMENT)
	{
		parties->fixed = true;
		parties->fixed_quota = SALON_NO_QUOTA;
	}
	else if (rows->call->constant[quota_argument])
	{
		parties->fixed = true;
		if (rows->constant_null[quota_argument])
			parties->fixed_quota = SALON_NO_QUOTA;
		else
		{
			parties->fixed_quota = DatumGetInt64(rows->constant[quota_argument]);
			if (parties->fixed_quota < 0)
				parties->fixed_quota = SALON_WRONG_QUOTA;
		}
	}
	parties->intern.type = type;
	if (type->dense)
	{
		parties->direct = salon_budget_alloc(budget, budget->work,
											 FIRST_DIRECT, sizeof(int32));
		parties->direct_size = 0;
	}
	else
		salon_intern_init(&parties->intern, type, budget, rows->call->scratch);
}

/*
 * Give up the table of dense integers: hash them all from now on, with the
 * numbers that they have.
 */
static void
leave_direct(SalonParties *parties)
{
	int64	   *key = salon_budget_alloc(parties->budget,
										 parties->budget->work,
										 parties->count, sizeof(int64));

	for (int64 k = 0; k < parties->direct_size; k++)
	{
		if (parties->direct[k] >= 0)
			key[parties->direct[k]] = parties->base + k;
	}
	salon_budget_free(parties->budget, parties->direct);
	parties->direct = NULL;
	salon_intern_init(&parties->intern, parties->intern.type, parties->budget,
					  parties->rows->call->scratch);
	for (int32 k = 0; k < parties->count; k++)
		(void) salon_intern_integer(&parties->intern, key[k]);
	salon_budget_free(parties->budget, key);
}

/*
 * Number a party that is identified by an integer and was not met before.
 * As long as the integers are dense, a table over their range has the
 * numbers; a table that would be too large gives way to the hash table.
 */
int32
salon_party_new_integer(SalonParties *parties, int64 key)
{
	int64		most = Max(parties->rows->count * DIRECT_PER_ROW, FIRST_DIRECT);
	int64		size = parties->direct_size;

	if (size == 0)
	{
		/* the first one gets a table around it */
		parties->base = key < PG_INT64_MIN + FIRST_DIRECT ? PG_INT64_MIN :
			key > PG_INT64_MAX - FIRST_DIRECT ? PG_INT64_MAX - FIRST_DIRECT + 1 :
			key - FIRST_DIRECT / 4;
		parties->direct_size = FIRST_DIRECT;
		memset(parties->direct, -1, sizeof(int32) * FIRST_DIRECT);
	}
	else if ((uint64) key - (uint64) parties->base >= (uint64) size)
	{
		bool		below = key < parties->base;
		int64		end = parties->base + (size - 1);
		int64		span;
		int64		larger;
		int64		offset;
		int32	   *direct;

		if (pg_sub_s64_overflow(below ? end : key,
								below ? key : parties->base, &span) ||
			span >= most)
		{
			leave_direct(parties);
			return salon_intern_integer(&parties->intern, key);
		}
		/* grow towards the new one, as far as there are integers */
		larger = Min(Max(span + 1, size * 2), most);
		if (below)
			larger = Min((uint64) larger, (uint64) end - (uint64) PG_INT64_MIN);
		else
			larger = Min((uint64) larger,
						 (uint64) PG_INT64_MAX - (uint64) parties->base);
		larger = Max(larger, span + 1);
		offset = below ? larger - size : 0;
		direct = salon_budget_alloc(parties->budget, parties->budget->work,
									larger, sizeof(int32));
		memset(direct, -1, sizeof(int32) * larger);
		memcpy(direct + offset, parties->direct, sizeof(int32) * size);
		salon_budget_free(parties->budget, parties->direct);
		parties->direct = direct;
		parties->direct_size = larger;
		parties->base -= offset;
	}
	Assert((uint64) key - (uint64) parties->base <
		   (uint64) parties->direct_size);
	parties->direct[key - parties->base] = parties->count;
	return parties->count++;
}

/*
 * How many parties there are.
 */
static inline int32
party_count(const SalonParties *parties)
{
	return parties->direct ? parties->count : parties->intern.count;
}

/*
 * The place of every party in an order that does not depend on the rows.
 */
static int32 *
party_ranks(SalonParties *parties)
{
	int32	   *rank;
	int32		next = 0;

	if (parties->direct == NULL)
		return salon_intern_ranks(&parties->intern);
	rank = salon_budget_alloc(parties->budget, parties->budget->work,
							  parties->count, sizeof(int32));
	for (int64 k = 0; k < parties->direct_size; k++)
	{
		if (parties->direct[k] >= 0)
			rank[parties->direct[k]] = next++;
	}
	salon_budget_free(parties->budget, parties->direct);
	parties->direct = NULL;
	return rank;
}

static void
refuse_negative_quota(SalonParties *parties, int64 quota)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 parties->quantity_name ?
			 errmsg(salon_say("quantity %s by %s \"%s\" must not be negative"),
					parties->quantity_name, parties->name,
					salon_party_text(parties->rows, parties->argument,
									 parties->intern.type)) :
			 errmsg(salon_say("%s of %s \"%s\" must not be negative"),
					parties->quota_name, parties->name,
					salon_party_text(parties->rows, parties->argument,
									 parties->intern.type)),
			 parties->quantity_name ?
			 errdetail(salon_say("The quantity is " INT64_FORMAT "."), quota) :
			 errdetail(salon_say("It is " INT64_FORMAT "."), quota),
			 errhint(salon_say("Use null for no limit."))));
}

/*
 * A quota for a message.
 */
static char *
quota_text(int64 quota)
{
	return quota == SALON_NO_QUOTA ? pstrdup(salon_say("no limit")) :
		psprintf(INT64_FORMAT, quota);
}

static void
refuse_quota(SalonParties *parties, int64 first, int64 second)
{
	/* the smaller figure first, whatever the order of the rows */
	bool		swap = (uint64) first > (uint64) second;

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 parties->quantity_name ?
			 errmsg(salon_say("quantities %s by %s \"%s\" disagree"),
					parties->quantity_name, parties->name,
					salon_party_text(parties->rows, parties->argument,
									 parties->intern.type)) :
			 errmsg(salon_say("quotas of %s \"%s\" disagree"), parties->name,
					salon_party_text(parties->rows, parties->argument,
									 parties->intern.type)),
			 errdetail(salon_say("One row says %s, another says %s."),
					   quota_text(swap ? second : first),
					   quota_text(swap ? first : second)),
			 parties->quantity_name ?
			 errhint(salon_say("Every row of a party must give the same quantity within a partition.")) :
			 errhint(salon_say("Every row of a party must give the same quota within a partition."))));
}

/*
 * Note the quota of a party that has none yet, or say what is wrong with it.
 */
void
salon_party_new_quota(SalonParties *parties, int32 party, int64 quota)
{
	if (quota == SALON_WRONG_QUOTA)
	{
		bool		isnull;

		quota = DatumGetInt64(salon_rows_argument(parties->rows,
												  parties->quota_argument,
												  &isnull));
		refuse_negative_quota(parties, quota);
	}
	if (party >= parties->room)
	{
		/* all that are known have room, and twice as many */
		int32		room = Max(party_count(parties), FIRST_QUOTAS / 2) * 2;

		if (parties->quota == NULL)
			parties->quota = salon_budget_alloc(parties->budget,
												parties->budget->work,
												room, sizeof(int64));
		else
			parties->quota = salon_budget_resize(parties->budget,
												 parties->quota,
												 room, sizeof(int64));
		for (int32 k = parties->room; k < room; k++)
			parties->quota[k] = SALON_UNKNOWN_QUOTA;
		parties->room = room;
	}
	if (parties->quota[party] != SALON_UNKNOWN_QUOTA)
		refuse_quota(parties, parties->quota[party], quota);
	parties->quota[party] = quota;
}

/*
 * All rows are read: renumber the parties, by row in the arrays given, in an
 * order that does not depend on the rows.  Returns how many there are.
 */
int32
salon_parties_finish(SalonParties *parties, int arrays, int32 **party,
					 int64 **quota)
{
	SalonRows  *rows = parties->rows;
	SalonBudget *budget = parties->budget;
	int32		count = party_count(parties);
	int32	   *rank = party_ranks(parties);
	int32		ordered = 0;

	if (parties->intern.slot)
		salon_intern_release(&parties->intern);
	if (quota)
		*quota = salon_budget_alloc(budget, budget->work, count,
									sizeof(int64));
	for (int32 p = 0; quota && p < count; p++)
		(*quota)[rank[p]] = parties->fixed ? parties->fixed_quota :
			parties->quota[p];
	if (parties->quota)
		salon_budget_free(budget, parties->quota);
	parties->quota = NULL;
	CHECK_FOR_INTERRUPTS();
	/* rows often come sorted by one of the two: then it is in order already */
	while (ordered < count && rank[ordered] == ordered)
		ordered++;
	for (int k = 0; ordered < count && k < arrays; k++)
	{
		for (int64 r = 0; r < rows->count; r++)
		{
			if (party[k][r] >= 0)
				party[k][r] = rank[party[k][r]];
		}
		CHECK_FOR_INTERRUPTS();
	}
	salon_budget_free(budget, rank);
	return count;
}
