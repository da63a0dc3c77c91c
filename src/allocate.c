/*
 * src/allocate.c
 *
 * The window functions allocate and allocate_detail.
 *
 * A partition is read through the window API, all arguments of two rows
 * before the next two: reading column by column would go backwards through a
 * spilled tuplestore.  It is solved when its first row is asked for,
 * and every row then gets its own share.  The working memory is one context
 * that lives as long as the query and is emptied after each partition, so that
 * many small partitions cost no more than a few allocations; the answer lives
 * in the memory of the partition.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "funcapi.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "allocate_core.h"
#include "intern.h"
#include "memory.h"
#include "salon.h"

/* Rows read between two resets of the context for arguments. */
#define ROWS_PER_RESET 64

enum
{
	ARG_SUPPLIER,
	ARG_DEMANDER,
	ARG_VALUE,
	ARG_OFFERED,
	ARG_NEEDED,
	ARG_AT_MOST,
	ARGS
};

/* What is known for the whole query. */
typedef struct AllocateCall
{
	SalonIdType type[2];		/* of suppliers, of demanders */
	bool		constant[ARGS]; /* the same on all rows: read once */
	bool		detail;
	TupleDesc	result;			/* of allocate_detail */
	MemoryContext work;			/* for one partition */
	MemoryContext scratch;		/* for a few rows */
} AllocateCall;

/* What is known for a partition; zeroed when it starts. */
typedef struct AllocatePartition
{
	bool		solved;
	bool		limited;		/* some row has a limit of its own */
	SalonMarket market;
} AllocatePartition;

/* One side while a partition is read. */
typedef struct AllocateSide
{
	SalonIntern intern;
	int64	   *capacity;		/* by number, SALON_UNLIMITED for none */
	int32		room;
	int32		last;			/* party of the row before, or -1 */
	Datum		last_id;		/* its identifier, when that is an integer */
} AllocateSide;

/* A partition while it is read. */
typedef struct AllocateReader
{
	AllocateCall *call;
	WindowObject winobj;
	SalonBudget budget;
	AllocateSide side[2];
	Datum		constant[ARGS];
	bool		constant_null[ARGS];
	int64		at;				/* the row */
	int32		rows;
	int32	   *party[2];		/* by row */
	double	   *value;			/* by row */
	int64	   *at_most;		/* by row, or NULL */
	bool		unlimited[2][2];	/* parties of the rows read together */
} AllocateReader;

PG_FUNCTION_INFO_V1(salon_allocate);
PG_FUNCTION_INFO_V1(salon_allocate_detail);

static const char *const side_name[2] = {"supplier", "demander"};
static const char *const capacity_name[2] = {"offered", "needed"};


/*
** Errors
*/

/*
 * An identifier of the row that is being read, for a message.  It is fetched
 * anew: what an earlier fetch returned may be gone by now.
 */
static char *
party_text(AllocateReader *reader, int side)
{
	bool		isnull;
	bool		isout;
	Datum		id = WinGetFuncArgInPartition(reader->winobj, side, reader->at,
											  WINDOW_SEEK_HEAD, false,
											  &isnull, &isout);

	return isnull ? pstrdup("null") :
		salon_id_text(&reader->call->type[side], id);
}

/*
 * A quantity for a message.
 */
static char *
quantity_text(int64 quantity)
{
	return quantity == SALON_UNLIMITED ? pstrdup("no limit") :
		psprintf(INT64_FORMAT, quantity);
}

static void
refuse_value(AllocateReader *reader, double value)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("value of a pair must be a finite number"),
			 errdetail("The value of supplier \"%s\" and demander \"%s\" is %s.",
					   party_text(reader, 0), party_text(reader, 1),
					   isnan(value) ? "NaN" :
					   value > 0 ? "Infinity" : "-Infinity"),
			 errhint("Use null for a pair that must not be matched.")));
}

static void
refuse_negative_capacity(AllocateReader *reader, int side, int64 quantity)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("quantity %s by %s \"%s\" must not be negative",
					capacity_name[side], side_name[side],
					party_text(reader, side)),
			 errdetail("The quantity is " INT64_FORMAT ".", quantity),
			 errhint("Use null for no limit.")));
}

static void
refuse_negative_limit(AllocateReader *reader, int64 quantity)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("at_most must not be negative"),
			 errdetail("It is " INT64_FORMAT " for supplier \"%s\" and demander \"%s\".",
					   quantity, party_text(reader, 0), party_text(reader, 1)),
			 errhint("Use null for no limit.")));
}

static void
refuse_capacity(AllocateReader *reader, int side, int64 first, int64 second)
{
	/* the smaller figure first, whatever the order of the rows */
	bool		swap = (uint64) first > (uint64) second;

	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("quantities %s by %s \"%s\" disagree",
					capacity_name[side], side_name[side],
					party_text(reader, side)),
			 errdetail("One row says %s, another says %s.",
					   quantity_text(swap ? second : first),
					   quantity_text(swap ? first : second)),
			 errhint("Every row of a party must give the same quantity within a partition.")));
}

static void
refuse_unbounded(AllocateReader *reader)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg("nothing limits the quantity of a pair"),
			 errdetail("Neither supplier \"%s\" nor demander \"%s\" has a limit.",
					   party_text(reader, 0), party_text(reader, 1)),
			 errhint("Give at_most for this pair, or a quantity for one of the two.")));
}

/*
** Reading
*/

/*
 * One argument of the row that is being read.
 */
static inline Datum
read_argument(AllocateReader *reader, int argument, bool *isnull)
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
read_party(AllocateReader *reader, int number)
{
	AllocateSide *side = &reader->side[number];
	bool		isnull;
	Datum		id = read_argument(reader, number, &isnull);

	if (isnull)
		return -1;
	if (side->intern.type->kind == SALON_ID_INTEGER &&
		side->intern.type->by_value)
	{
		/* rows often come sorted by one of the two */
		if (side->last < 0 || side->last_id != id)
		{
			side->last = salon_intern(&side->intern, id);
			side->last_id = id;
		}
		return side->last;
	}
	return salon_intern(&side->intern, id);
}

/*
 * Read the capacity of a party; all rows must agree on it.
 */
static inline int64
read_capacity(AllocateReader *reader, int number, int32 party)
{
	AllocateSide *side = &reader->side[number];
	bool		isnull;
	int64		quantity;
	Datum		datum = read_argument(reader, ARG_OFFERED + number, &isnull);

	if (isnull)
		quantity = SALON_UNLIMITED;
	else
	{
		quantity = DatumGetInt64(datum);
		if (quantity < 0)
			refuse_negative_capacity(reader, number, quantity);
	}
	if (party >= side->room)
	{
		side->room = Max(side->intern.room, side->room);
		side->capacity = salon_budget_resize(&reader->budget, side->capacity,
											 side->room, sizeof(int64));
		for (int32 k = party; k < side->room; k++)
			side->capacity[k] = PG_INT64_MIN;
	}
	if (side->capacity[party] != quantity)
	{
		if (side->capacity[party] != PG_INT64_MIN)
			refuse_capacity(reader, number, side->capacity[party], quantity);
		side->capacity[party] = quantity;
	}
	return quantity;
}

/*
 * Read an argument of the current row and store what it says.  "which" tells
 * the two rows apart that are read together.
 */
static inline void
use_argument(AllocateReader *reader, int argument, int which)
{
	SalonBudget *budget = &reader->budget;
	int64		r = reader->at;
	int32		party;
	bool		isnull;
	Datum		datum;

	switch (argument)
	{
		case ARG_SUPPLIER:
		case ARG_DEMANDER:
			reader->party[argument][r] = read_party(reader, argument);
			break;
		case ARG_VALUE:
			datum = read_argument(reader, argument, &isnull);
			if (!isnull)
			{
				double		v = DatumGetFloat8(datum);

				if (!isfinite(v))
					refuse_value(reader, v);
				reader->value[r] = v > 0 ? v : 0;
			}
			else
				reader->value[r] = 0;
			break;
		case ARG_OFFERED:
		case ARG_NEEDED:
			party = reader->party[argument - ARG_OFFERED][r];
			reader->unlimited[argument - ARG_OFFERED][which] = party >= 0 &&
				read_capacity(reader, argument - ARG_OFFERED, party) < 0;
			break;
		case ARG_AT_MOST:
			datum = read_argument(reader, argument, &isnull);
			if (!isnull)
			{
				int64		limit = DatumGetInt64(datum);

				if (limit < 0)
					refuse_negative_limit(reader, limit);
				if (reader->at_most == NULL)
				{
					/* SALON_UNLIMITED is all ones */
					reader->at_most = salon_budget_alloc(budget, budget->work,
														 reader->rows,
														 sizeof(int64));
					memset(reader->at_most, -1,
						   sizeof(int64) * (Size) reader->rows);
				}
				reader->at_most[r] = limit;
			}
			else if (reader->unlimited[0][which] &&
					 reader->unlimited[1][which] && reader->value[r] > 0)
				refuse_unbounded(reader);
			break;
	}
}

/*
 * Read all rows of the partition into the market.
 */
static void
read_rows(AllocateReader *reader, SalonMarket *market, int32 rows)
{
	AllocateCall *call = reader->call;
	SalonBudget *budget = &reader->budget;
	MemoryContext keep = call->detail ? budget->keep : budget->work;
	int32	   *party[2];
	double	   *value;
	MemoryContext old;

	for (int k = 0; k < 2; k++)
	{
		AllocateSide *side = &reader->side[k];

		party[k] = salon_budget_alloc(budget, keep, rows, sizeof(int32));
		salon_intern_init(&side->intern, &call->type[k], budget,
						  call->scratch);
		side->room = side->intern.room;
		side->capacity = salon_budget_alloc(budget, budget->work, side->room,
											sizeof(int64));
		for (int32 p = 0; p < side->room; p++)
			side->capacity[p] = PG_INT64_MIN;
		side->last = -1;
	}
	value = salon_budget_alloc(budget, budget->work, rows, sizeof(double));

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
	reader->party[0] = party[0];
	reader->party[1] = party[1];
	reader->value = value;
	reader->rows = rows;
	for (int32 r = 0; r < rows; r += 2)
	{
		int			two = Min(rows - r, 2);

		/*
		 * Two rows at a time: the window API can step to the next row and
		 * back, but to fetch the same row again takes it two steps.
		 */
		for (int k = 0; k < ARGS; k++)
		{
			for (int q = 0; q < two; q++)
			{
				reader->at = r + q;
				use_argument(reader, k, q);
			}
		}
		if (r % ROWS_PER_RESET == 0)
		{
			MemoryContextReset(call->scratch);
			CHECK_FOR_INTERRUPTS();
		}
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(call->scratch);

	market->rows = rows;
	market->supplier = party[0];
	market->demander = party[1];
	market->value = value;
	market->at_most = reader->at_most;

	/* renumber the parties in an order that does not depend on the rows */
	for (int k = 0; k < 2; k++)
	{
		AllocateSide *side = &reader->side[k];
		int32		count = side->intern.count;
		int32	   *rank = salon_intern_ranks(&side->intern);
		int64	   *capacity = salon_budget_alloc(budget, budget->work, count,
												  sizeof(int64));

		salon_intern_release(&side->intern);
		for (int32 p = 0; p < count; p++)
			capacity[rank[p]] = side->capacity[p];
		for (int32 r = 0; r < rows; r++)
		{
			if ((r & 0x3FFFF) == 0)
				CHECK_FOR_INTERRUPTS();
			if (party[k][r] >= 0)
				party[k][r] = rank[party[k][r]];
		}
		salon_budget_free(budget, rank);
		salon_budget_free(budget, side->capacity);
		CHECK_FOR_INTERRUPTS();
		if (k == 0)
		{
			market->suppliers = count;
			market->offered = capacity;
		}
		else
		{
			market->demanders = count;
			market->needed = capacity;
		}
	}
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
	MemoryContext old;
	List	   *args;

	if (call != NULL)
		return call;

	old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
	call = palloc0(sizeof(AllocateCall));
	call->detail = detail;
	args = castNode(WindowFunc, fcinfo->flinfo->fn_expr)->args;
	for (int k = 0; k < ARGS; k++)
		call->constant[k] = get_fn_expr_arg_stable(fcinfo->flinfo, k);
	for (int k = 0; k < 2; k++)
	{
		Node	   *arg = list_nth(args, k);

		salon_id_type_init(&call->type[k], exprType(arg), exprCollation(arg),
						   side_name[k]);
	}
	if (detail)
	{
		if (get_call_result_type(fcinfo, NULL, &call->result) !=
			TYPEFUNC_COMPOSITE)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg("details are returned as a composite type only")));
		call->result = BlessTupleDesc(CreateTupleDescCopy(call->result));
	}
	call->work = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
									   "salon allocate",
									   ALLOCSET_DEFAULT_SIZES);
	call->scratch = AllocSetContextCreate(fcinfo->flinfo->fn_mcxt,
										  "salon allocate arguments",
										  ALLOCSET_DEFAULT_SIZES);
	fcinfo->flinfo->fn_extra = call;
	MemoryContextSwitchTo(old);
	return call;
}

/*
 * Solve a partition.
 */
static void
solve_partition(AllocateCall *call, WindowObject winobj,
				AllocatePartition *part)
{
	AllocateReader reader;
	SalonBudget *budget = &reader.budget;
	SalonMarket *market = &part->market;
	MemoryContext prices;
	int64		rows = WinGetPartitionRowCount(winobj);

	if (rows > PG_INT32_MAX / 4)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("too many rows in one partition"),
				 errhint("Make smaller markets with PARTITION BY.")));

	memset(&reader, 0, sizeof(reader));
	reader.call = call;
	reader.winobj = winobj;
	salon_budget_start(budget, call->work, GetMemoryChunkContext(part));
	read_rows(&reader, market, (int32) rows);

	market->engine = (SalonEngine) salon_match_engine;
	market->max_gap = salon_max_gap;
	market->quantity = salon_budget_alloc(budget, budget->keep, rows,
										  sizeof(int64));
	prices = call->detail ? budget->keep : budget->work;
	market->supplier_price = salon_budget_alloc(budget, prices,
												market->suppliers,
												sizeof(int64));
	market->demander_price = salon_budget_alloc(budget, prices,
												market->demanders,
												sizeof(int64));
	switch (salon_allocate_solve(market, salon_budget_host(budget)))
	{
		case SALON_SOLVED:
			break;
		case SALON_TOO_MUCH:
			ereport(ERROR,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg("total quantity is out of range"),
					 errdetail("The quantities that could be allocated in one partition add up to more than 2^61."),
					 errhint("Count in larger units, or give smaller limits.")));
			break;
		case SALON_UNBOUNDED:
		case SALON_UNPROVED:
			elog(ERROR, "no engine could prove the best allocation");
	}
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
		MemoryContextReset(call->work);
		solve_partition(call, winobj, part);
		MemoryContextReset(call->work);
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
	return salon_scale_down(&market->scale,
							salon_pair_price(market, supplier, demander,
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
		value[1] = Float8GetDatum(salon_scale_down(&market->scale,
												   market->supplier_price[i]));
	else
		null[1] = true;
	if (j >= 0)
		value[2] = Float8GetDatum(salon_scale_down(&market->scale,
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
