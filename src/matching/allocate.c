/*
 * src/matching/allocate.c
 *
 * The window functions allocate and allocate_detail.
 *
 * A partition is read row by row and solved when its first row is asked for;
 * every row then gets its own share.  The working memory is one context
 * that lives as long as the query and is emptied after each partition, so that
 * many small partitions cost no more than a few allocations; the answer lives
 * in the memory of the partition.
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "../core/allocate/allocate_core.h"
#include "../reading/rows.h"
#include "../reading/salon.h"

StaticAssertDecl(SALON_NO_QUOTA == SALON_UNLIMITED,
				 "a quota is a quantity");

StaticAssertDecl(sizeof(double) == sizeof(int64),
				 "a quantity takes the memory of a value");

enum
{
	ARG_SUPPLIER,
	ARG_DEMANDER,
	ARG_VALUE,
	ARG_OFFERED,
	ARG_NEEDED,
	ARG_AT_MOST
};

/* What is known for the whole query. */
typedef struct AllocateCall
{
	SalonCall	call;
	SalonIdType type[2];		/* of suppliers, of demanders */
	bool		detail;
	TupleDesc	result;			/* of allocate_detail */
} AllocateCall;

/* What is known for a partition; zeroed when it starts. */
typedef struct AllocatePartition
{
	bool		solved;
	bool		limited;		/* some row has a limit of its own */
	SalonMarket market;
} AllocatePartition;

PG_FUNCTION_INFO_V1(salon_allocate);
PG_FUNCTION_INFO_V1(salon_allocate_detail);

static const char *const side_name[2] = {"supplier", "demander"};
static const char *const quantity_name[2] = {"offered", "needed"};


/*
** Errors
*/

static void
refuse_value(SalonRows *rows, const SalonIdType *type, double value)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("value of a pair must be a finite number")),
			 errdetail(salon_say("The value of supplier \"%s\" and demander \"%s\" is %s."),
					   salon_party_text(rows, ARG_SUPPLIER, &type[0]),
					   salon_party_text(rows, ARG_DEMANDER, &type[1]),
					   isnan(value) ? "NaN" :
					   value > 0 ? "Infinity" : "-Infinity"),
			 errhint(salon_say("Use null for a pair that must not be matched."))));
}

static void
refuse_negative_limit(SalonRows *rows, const SalonIdType *type, int64 quantity)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("at_most must not be negative")),
			 errdetail(salon_say("It is " INT64_FORMAT " for supplier \"%s\" and demander \"%s\"."),
					   quantity, salon_party_text(rows, ARG_SUPPLIER, &type[0]),
					   salon_party_text(rows, ARG_DEMANDER, &type[1])),
			 errhint(salon_say("Use null for no limit."))));
}

static void
refuse_unbounded(SalonRows *rows, const SalonIdType *type)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("nothing limits the quantity of a pair")),
			 errdetail(salon_say("Neither supplier \"%s\" nor demander \"%s\" has a limit."),
					   salon_party_text(rows, ARG_SUPPLIER, &type[0]),
					   salon_party_text(rows, ARG_DEMANDER, &type[1])),
			 errhint(salon_say("Give at_most for this pair, or a quantity for one of the two."))));
}

/*
** Reading
*/

/*
 * The value of the row that is being read; 0 when it takes no part.
 */
static inline double
read_value(SalonRows *rows, const SalonIdType *type)
{
	bool		isnull;
	Datum		datum = salon_rows_argument(rows, ARG_VALUE, &isnull);
	double		value;

	if (isnull)
		return 0;
	value = DatumGetFloat8(datum);
	if (!isfinite(value))
		refuse_value(rows, type, value);
	return value > 0 ? value : 0;
}

/*
 * The limit of the row that is being read.
 */
static inline int64
read_limit(SalonRows *rows, const SalonIdType *type)
{
	bool		isnull;
	Datum		datum = salon_rows_argument(rows, ARG_AT_MOST, &isnull);

	if (isnull)
		return SALON_UNLIMITED;
	if (DatumGetInt64(datum) < 0)
		refuse_negative_limit(rows, type, DatumGetInt64(datum));
	return DatumGetInt64(datum);
}

/*
 * Read the quantities of the row that is being read.
 */
static inline void
read_quantities(SalonRows *rows, const SalonIdType *type,
				SalonParties *parties, int32 **party, int32 row, bool valued,
				int64 **at_most)
{
	bool		bounded = false;
	int64		limit;

	for (int k = 0; k < 2; k++)
		bounded |= party[k][row] < 0 ||
			salon_party_read_quota(&parties[k], party[k][row]) >= 0;
	limit = read_limit(rows, type);
	if (limit >= 0)
	{
		if (*at_most == NULL)
		{
			/* SALON_UNLIMITED is all ones */
			*at_most = salon_budget_alloc(parties->budget,
										  parties->budget->work,
										  rows->count, sizeof(int64));
			memset(*at_most, -1, sizeof(int64) * (Size) rows->count);
		}
		(*at_most)[row] = limit;
	}
	else if (!bounded && valued)
		refuse_unbounded(rows, type);
}

/*
 * Read all rows of the partition into the market.
 */
static void
read_rows(SalonRows *rows, AllocateCall *call, SalonBudget *budget,
		  SalonMarket *market)
{
	const SalonIdType *type = call->type;
	MemoryContext keep = call->detail ? budget->keep : budget->work;
	MemoryContext scratch = call->call.scratch;
	SalonParties parties[2];
	int32	   *party[2];
	int64	   *quantity[2];
	double	   *value;
	int64	   *at_most = NULL;
	bool		plain;			/* no row needs a look at its quantities */
	MemoryContext old;

	for (int k = 0; k < 2; k++)
	{
		party[k] = salon_budget_alloc(budget, keep, rows->count,
									  sizeof(int32));
		salon_parties_start(&parties[k], rows, budget, &type[k],
							ARG_SUPPLIER + k, side_name[k],
							ARG_OFFERED + k, NULL);
		parties[k].quantity_name = quantity_name[k];
	}
	value = salon_budget_alloc(budget, budget->keep, rows->count,
							   sizeof(double));

	plain = parties[0].fixed && parties[0].fixed_quota >= 0 &&
		parties[1].fixed && parties[1].fixed_quota >= 0 &&
		call->call.constant[ARG_AT_MOST] && rows->constant_null[ARG_AT_MOST];

	/* what the arguments' expressions allocate is thrown away soon */
	old = MemoryContextSwitchTo(scratch);
	for (int32 r = 0; r < rows->count; r++)
	{
		/* the value first: it often stands behind the parties in the row */
		salon_rows_go(rows, r);
		value[r] = read_value(rows, type);
		for (int k = 0; k < 2; k++)
			party[k][r] = salon_party_read(&parties[k]);
		if (party[0][r] < 0 || party[1][r] < 0)
			value[r] = 0;
		if (!plain)
			read_quantities(rows, type, parties, party, r, value[r] > 0,
							&at_most);
		if (r % SALON_ROWS_PER_RESET == SALON_ROWS_PER_RESET - 1)
		{
			MemoryContextReset(scratch);
			CHECK_FOR_INTERRUPTS();
		}
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(scratch);

	market->rows = (int32) rows->count;
	market->suppliers = salon_parties_finish(&parties[0], 1, &party[0],
											 &quantity[0]);
	market->demanders = salon_parties_finish(&parties[1], 1, &party[1],
											 &quantity[1]);
	market->supplier = party[0];
	market->demander = party[1];
	market->value = value;
	market->at_most = at_most;
	market->offered = quantity[0];
	market->needed = quantity[1];
}

/*
** Solving
*/

/*
 * What is known for the whole query.
 */
static AllocateCall *
get_call(FunctionCallInfo fcinfo, bool detail)
{
	AllocateCall *call = (AllocateCall *) fcinfo->flinfo->fn_extra;

	if (call != NULL)
		return call;

	call = (AllocateCall *) salon_call_start(fcinfo, sizeof(AllocateCall),
											 "allocate");
	call->detail = detail;
	for (int k = 0; k < 2; k++)
		salon_call_id_type(fcinfo, &call->type[k], ARG_SUPPLIER + k,
						   side_name[k]);
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
 * Tell that there may be something better: wide numbers took too long.
 */
static void
warn_rounded(const SalonMarket *market)
{
	ereport(WARNING,
			(errmsg(salon_say("allocation is not proved to be the best")),
			 errdetail(salon_say("Its total value is %.15g, the best one is at most %.15g more."),
					   market->total, market->gap),
			 errhint(salon_say("Values and quantities differ by so much that values had to be rounded: leave out what does not matter, or make smaller markets with PARTITION BY."))));
}

/*
 * Solve a partition.
 */
static void
solve_partition(AllocateCall *call, WindowObject winobj,
				AllocatePartition *part)
{
	SalonRows	rows;
	SalonBudget budget;
	SalonMarket *market = &part->market;
	MemoryContext prices;

	salon_budget_start(&budget, call->call.work, GetMemoryChunkContext(part));
	salon_rows_start(&rows, &call->call, winobj);
	read_rows(&rows, call, &budget, market);

	market->engine = (SalonEngine) salon_match_engine;
	market->max_gap = salon_max_gap;
	/* as long as the values, which are not needed any more then */
	market->quantity = (int64 *) market->value;
	prices = call->detail ? budget.keep : budget.work;
	market->supplier_price = salon_budget_alloc(&budget, prices,
												market->suppliers,
												sizeof(int64));
	market->demander_price = salon_budget_alloc(&budget, prices,
												market->demanders,
												sizeof(int64));
	switch (salon_allocate_solve(market, salon_budget_host(&budget)))
	{
		case SALON_SOLVED:
			break;
		case SALON_TOO_MUCH:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg(salon_say("total quantity is out of range")),
					 errdetail(salon_say("The quantities that could be allocated in one partition add up to more than 2^61.")),
					 errhint(salon_say("Count in larger units, or give smaller limits."))));
			break;
		case SALON_OVERFLOW:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg(salon_say("total value is out of range")),
					 errhint(salon_say("Give values in larger units."))));
			break;
		case SALON_UNBOUNDED:
		case SALON_UNPROVED:
			elog(ERROR, "no engine could prove the best allocation");
	}
	if (!market->scale.exact && market->gap > market->total *
		Max(SALON_ROUNDING_TOLD, market->max_gap))
		warn_rounded(market);
	part->limited = market->at_most != NULL;
	part->solved = true;
}

/*
 * The partition of the current row, solved.
 */
static AllocatePartition *
get_partition(FunctionCallInfo fcinfo, AllocateCall *call)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	AllocatePartition *part = (AllocatePartition *)
	WinGetPartitionLocalMemory(winobj, sizeof(AllocatePartition));

	if (!part->solved)
	{
		MemoryContextReset(call->call.work);
		solve_partition(call, winobj, part);
		MemoryContextReset(call->call.work);
	}
	return part;
}

/*
 * The price of the current row's own limit.
 */
static double
limit_price(WindowObject winobj, const SalonMarket *market,
			int32 supplier, int32 demander)
{
	bool		isnull;
	double		value;
	int64		at_most;

	value = DatumGetFloat8(WinGetFuncArgCurrent(winobj, ARG_VALUE, &isnull));
	if (isnull)
		return 0;
	at_most = DatumGetInt64(WinGetFuncArgCurrent(winobj, ARG_AT_MOST,
												 &isnull));
	if (isnull)
		return 0;
	return salon_price_down(market, salon_pair_price(market, supplier, demander,
													 value, at_most));
}

/*
 * allocate(supplier, demander, value, offered, needed, at_most) -> bigint
 */
Datum
salon_allocate(PG_FUNCTION_ARGS)
{
	AllocateCall *call = get_call(fcinfo, false);
	AllocatePartition *part = get_partition(fcinfo, call);
	int64		row = WinGetCurrentPosition(PG_WINDOW_OBJECT());

	PG_RETURN_INT64(part->market.quantity[row]);
}

/*
 * allocate_detail(the same) -> quantity, prices and gap
 */
Datum
salon_allocate_detail(PG_FUNCTION_ARGS)
{
	AllocateCall *call = get_call(fcinfo, true);
	AllocatePartition *part = get_partition(fcinfo, call);
	WindowObject winobj = PG_WINDOW_OBJECT();
	const SalonMarket *market = &part->market;
	int64		row = WinGetCurrentPosition(winobj);
	int32		i = market->supplier[row];
	int32		j = market->demander[row];
	Datum		value[5];
	bool		null[5] = {false, false, false, false, false};

	value[0] = Int64GetDatum(market->quantity[row]);
	if (i >= 0)
		value[1] = Float8GetDatum(salon_price_down(market,
												   market->supplier_price[i]));
	else
		null[1] = true;
	if (j >= 0)
		value[2] = Float8GetDatum(salon_price_down(market,
												   market->demander_price[j]));
	else
		null[2] = true;
	if (i >= 0 && j >= 0)
		value[3] = Float8GetDatum(part->limited ?
								  limit_price(winobj, market, i, j) : 0);
	else
		null[3] = true;
	value[4] = Float8GetDatum(market->gap);

	PG_RETURN_DATUM(HeapTupleGetDatum(heap_form_tuple(call->result, value,
													  null)));
}
