/*
 * src/matching/apportion.c
 *
 * The window function apportion.
 *
 * Weights of any of its types become whole numbers: what they are in decimals
 * times a power of ten that makes all of the partition whole.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "common/shortest_dec.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/numeric.h"
#include "windowapi.h"

#include "../core/apportion_core.h"
#include "../reading/rows.h"
#include "../reading/salon.h"

/* Digits of a number below SALON_MOST_WEIGHT. */
#define MOST_DIGITS 38

enum
{
	ARG_WEIGHT,
	ARG_SEATS,
	ARG_METHOD
};

/* What is known for the whole query. */
typedef struct ShareCall
{
	SalonCall	call;
	Oid			type;			/* of weights */
} ShareCall;

/* What is known for a partition; zeroed when it starts. */
typedef struct SharePartition
{
	bool		solved;
	int64	   *given;			/* by row, -1 for null; NULL: all are null */
} SharePartition;

/* A weight while the partition is read: digits * 10^-decimals. */
typedef struct Decimal
{
	salon_weight digits;
	int32		decimals;
} Decimal;

PG_FUNCTION_INFO_V1(salon_apportion);


/*
** Weights
*/

static void
refuse_weight(const char *text)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("weight must be a finite number that is not negative")),
			 errdetail(salon_say("The weight is %s."), text),
			 errhint(salon_say("Use null for a row that takes no part."))));
}

static void
refuse_range(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			 errmsg(salon_say("weights are out of range")),
			 errdetail(salon_say("The weights of a partition, written with as many decimals as the finest of them, add up to a number of more than %d digits."),
					   MOST_DIGITS),
			 errhint(salon_say("Round the weights."))));
}

/*
 * Read a number that the server has printed.
 */
static Decimal
read_decimal(const char *printed)
{
	Decimal		result = {0, 0};
	const char *at = printed;
	bool		point = false;
	int			zeros = 0;		/* met, and not yet known to count */

	for (; (*at >= '0' && *at <= '9') || *at == '.'; at++)
	{
		if (*at == '.')
		{
			point = true;
			continue;
		}
		if (point)
			result.decimals++;
		if (*at == '0')
		{
			zeros++;
			continue;
		}
		for (; zeros >= 0; zeros--)
		{
			if (result.digits >= SALON_MOST_WEIGHT / 10)
				refuse_range();
			result.digits *= 10;
		}
		result.digits += *at - '0';
		zeros = 0;
	}
	if (*at == 'e' || *at == 'E')
	{
		result.decimals -= (int32) strtol(at + 1, NULL, 10);
		while (*at != '\0')
			at++;
	}
	if (at == printed || *at != '\0')
		refuse_weight(printed);
	/* zeros at the end do not count, before or after the point */
	result.decimals -= zeros;
	if (result.digits == 0)
		result.decimals = 0;
	return result;
}

/*
 * A weight of any type.
 */
static Decimal
weight_decimal(Oid type, Datum datum)
{
	Decimal		result = {0, 0};
	char		buffer[DOUBLE_SHORTEST_DECIMAL_LEN];

	switch (type)
	{
		case INT8OID:
			if (DatumGetInt64(datum) < 0)
				refuse_weight(psprintf(INT64_FORMAT, DatumGetInt64(datum)));
			result.digits = (salon_weight) DatumGetInt64(datum);
			return result;
		case FLOAT8OID:
			double_to_shortest_decimal_buf(DatumGetFloat8(datum), buffer);
			/* there is no minus zero to refuse */
			return read_decimal(DatumGetFloat8(datum) == 0 ? "0" : buffer);
		default:
			return read_decimal(DatumGetCString(DirectFunctionCall1(numeric_out,
																	datum)));
	}
}

/*
 * Make all weights whole, with the same power of ten.
 */
static salon_weight *
scale_weights(SalonBudget *budget, const Decimal *decimal, int32 count)
{
	salon_weight *weight = salon_budget_alloc(budget, budget->work, count,
											  sizeof(salon_weight));
	salon_weight total = 0;
	int32		most = PG_INT32_MIN;

	for (int32 k = 0; k < count; k++)
	{
		if (decimal[k].digits != 0)
			most = Max(most, decimal[k].decimals);
	}
	for (int32 k = 0; k < count; k++)
	{
		weight[k] = decimal[k].digits;
		for (int32 d = decimal[k].decimals; weight[k] != 0 && d < most; d++)
		{
			if (weight[k] >= SALON_MOST_WEIGHT / 10)
				refuse_range();
			weight[k] *= 10;
		}
		total += weight[k];
		if (total >= SALON_MOST_WEIGHT)
			refuse_range();
		if (k % SALON_ROWS_PER_RESET == 0)
			CHECK_FOR_INTERRUPTS();
	}
	return weight;
}

/*
** Partitions
*/

/*
 * The method of a name.
 */
static SalonShareMethod
method_of(Datum datum, bool isnull)
{
	char	   *name;

	if (!isnull)
	{
		name = text_to_cstring(DatumGetTextPP(datum));
		if (strcmp(name, "largest_remainder") == 0)
			return SALON_LARGEST_REMAINDER;
		if (strcmp(name, "sainte_lague") == 0)
			return SALON_SAINTE_LAGUE;
		if (strcmp(name, "dhondt") == 0)
			return SALON_DHONDT;
	}
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 isnull ? errmsg(salon_say("method must not be null")) :
			 errmsg(salon_say("unknown method \"%s\""), name),
			 errhint(salon_say("Available methods: largest_remainder, sainte_lague, dhondt."))));
	return SALON_LARGEST_REMAINDER; /* keep the compiler quiet */
}

static char *
seats_text(int64 seats, bool isnull)
{
	return isnull ? pstrdup("null") : psprintf(INT64_FORMAT, seats);
}

/*
 * Read the seats of a row; all rows must agree.  Null comes first.
 */
static void
read_seats(SalonRows *rows, int64 *seats, bool *seats_null)
{
	bool		isnull;
	Datum		datum = salon_rows_argument(rows, ARG_SEATS, &isnull);
	int64		here = isnull ? 0 : DatumGetInt64(datum);

	if (here < 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("seats must not be negative")),
				 errdetail(salon_say("The number of seats is " INT64_FORMAT "."), here),
				 errhint(salon_say("Give 0 or more seats."))));
	if (rows->at == 0)
	{
		*seats = here;
		*seats_null = isnull;
	}
	else if (isnull != *seats_null || here != *seats)
	{
		/* the smaller figure first, whatever the order of the rows */
		bool		swap = isnull || (!*seats_null && here < *seats);
		char	   *one = seats_text(here, isnull);
		char	   *two = seats_text(*seats, *seats_null);

		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("numbers of seats disagree")),
				 errdetail(salon_say("One row says %s, another says %s."),
						   swap ? one : two, swap ? two : one),
				 errhint(salon_say("Every row must give the same number within a partition."))));
	}
}

/*
 * Read the method of the row that is being read; all must give the same.
 */
static void
read_method(SalonRows *rows, SalonShare *share)
{
	bool		isnull;
	Datum		datum = salon_rows_argument(rows, ARG_METHOD, &isnull);
	SalonShareMethod method = method_of(datum, isnull);

	if (rows->at > 0 && method != share->method)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("methods disagree")),
				 errhint(salon_say("Every row must give the same method within a partition."))));
	share->method = method;
}

/*
 * Refuse seats that cannot be shared; "some" weight is not zero.
 */
static void
check_seats(int64 seats, bool some)
{
	if (seats > 0 && !some)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("cannot share seats by weights that are all zero")),
				 errdetail(salon_say("The number of seats is " INT64_FORMAT "."), seats),
				 errhint(salon_say("Leave such partitions out, or give them no seats."))));
	/* so that every divisor is below 2^63 */
	if (seats > PG_INT64_MAX / 4)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg(salon_say("too many seats")),
				 errdetail(salon_say("The number of seats is " INT64_FORMAT ", it can be " INT64_FORMAT " at most."),
						   seats, PG_INT64_MAX / 4),
				 errhint(salon_say("Count in larger units."))));
}

/*
 * Share the seats of a partition.
 */
static void
solve_partition(ShareCall *call, WindowObject winobj, SharePartition *part)
{
	SalonBudget budget;
	SalonRows	rows;
	SalonShare	share;
	SalonHost  *host;
	Decimal    *decimal;
	int32	   *row;			/* of each party */
	int64		seats = 0;
	bool		seats_null = true;
	bool		some = false;
	MemoryContext old;

	memset(&share, 0, sizeof(share));
	salon_budget_start(&budget, call->call.work, GetMemoryChunkContext(part));
	salon_rows_start(&rows, &call->call, winobj);
	decimal = salon_budget_alloc(&budget, budget.work, rows.count,
								 sizeof(Decimal));
	row = salon_budget_alloc(&budget, budget.work, rows.count, sizeof(int32));
	old = MemoryContextSwitchTo(call->call.scratch);
	for (int32 r = 0; r < rows.count; r++)
	{
		bool		isnull;
		Datum		datum;

		salon_rows_go(&rows, r);
		datum = salon_rows_argument(&rows, ARG_WEIGHT, &isnull);
		if (!isnull)
		{
			row[share.parties] = r;
			decimal[share.parties] = weight_decimal(call->type, datum);
			some |= decimal[share.parties].digits != 0;
			share.parties++;
		}
		read_seats(&rows, &seats, &seats_null);
		if (r == 0 || !call->call.constant[ARG_METHOD])
			read_method(&rows, &share);
		if (r % SALON_ROWS_PER_RESET == SALON_ROWS_PER_RESET - 1)
		{
			MemoryContextReset(call->call.scratch);
			CHECK_FOR_INTERRUPTS();
		}
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(call->call.scratch);

	part->solved = true;
	if (seats_null || share.parties == 0)
		return;
	check_seats(seats, some);
	share.weight = scale_weights(&budget, decimal, share.parties);
	share.seats = seats;
	share.given = salon_budget_alloc(&budget, budget.work, share.parties,
									 sizeof(int64));
	host = salon_budget_host(&budget);
	salon_apportion_solve(&share, host);
	if (share.last >= 0 &&
		WinRowsArePeers(winobj, row[share.last], row[share.next]))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("equal claims to the last seat")),
				 errdetail(salon_say("Two rows have the same weight, and nothing in the window says which one comes first.")),
				 errhint(salon_say("Add ORDER BY with a unique key to the window."))));

	part->given = salon_budget_alloc(&budget, budget.keep, rows.count,
									 sizeof(int64));
	for (int32 r = 0; r < rows.count; r++)
		part->given[r] = -1;
	for (int32 k = 0; k < share.parties; k++)
		part->given[row[k]] = share.given[k];
}

/*
 * apportion(weight, seats, method) -> bigint
 */
Datum
salon_apportion(PG_FUNCTION_ARGS)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	ShareCall  *call = (ShareCall *) fcinfo->flinfo->fn_extra;
	SharePartition *part;
	int64		given;

	if (call == NULL)
	{
		call = (ShareCall *) salon_call_start(fcinfo, sizeof(ShareCall),
											  "apportion");
		call->type = get_fn_expr_argtype(fcinfo->flinfo, ARG_WEIGHT);
		fcinfo->flinfo->fn_extra = call;
	}
	part = (SharePartition *)
		WinGetPartitionLocalMemory(winobj, sizeof(SharePartition));
	if (!part->solved)
	{
		MemoryContextReset(call->call.work);
		solve_partition(call, winobj, part);
		MemoryContextReset(call->call.work);
	}
	if (part->given == NULL)
		PG_RETURN_NULL();
	given = part->given[WinGetCurrentPosition(winobj)];
	if (given < 0)
		PG_RETURN_NULL();
	PG_RETURN_INT64(given);
}
