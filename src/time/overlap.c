/*
 * src/time/overlap.c
 *
 * Overlaps that tell nothing of the rows they look at, so that the server asks
 * an index for them before it asks the policies of a table.  Its own operator
 * is not marked so, and as a policy is asked first, what is taken at a time
 * would be looked for among all rows of all events.
 */
#include "postgres.h"

#include "catalog/pg_operator.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "nodes/makefuncs.h"
#include "nodes/nodeFuncs.h"
#include "nodes/supportnodes.h"
#include "optimizer/optimizer.h"
#include "optimizer/plancat.h"
#include "utils/lsyscache.h"
#include "utils/rangetypes.h"
#include "utils/timestamp.h"
#include "utils/typcache.h"

#include "../reading/compat.h"

PG_FUNCTION_INFO_V1(salon_point);
PG_FUNCTION_INFO_V1(salon_span);
PG_FUNCTION_INFO_V1(salon_overlap_support);

/*
 * The range of one number: int8range(number, number, '[]') for any number but
 * the largest, of which that fails.
 */
Datum
salon_point(PG_FUNCTION_ARGS)
{
	int64		number = PG_GETARG_INT64(0);
	TypeCacheEntry *type = lookup_type_cache(INT8RANGEOID,
											 TYPECACHE_RANGE_INFO);
	RangeBound	lower = {Int64GetDatum(number), false, true, true};
	RangeBound	upper = {Int64GetDatum(number + 1), false, false, false};

	if (number == PG_INT64_MAX)
		upper.infinite = true;
	PG_RETURN_RANGE_P(range_serialize(type, &lower, &upper, false
									  RANGE_ERROR_CONTEXT));
}

/*
 * The range of two times: tstzrange(), but empty where that fails.
 */
Datum
salon_span(PG_FUNCTION_ARGS)
{
	TypeCacheEntry *type = lookup_type_cache(TSTZRANGEOID,
											 TYPECACHE_RANGE_INFO);
	RangeBound	lower = {PG_GETARG_DATUM(0), PG_ARGISNULL(0), true, true};
	RangeBound	upper = {PG_GETARG_DATUM(1), PG_ARGISNULL(1), false, false};

	PG_RETURN_RANGE_P(range_serialize(type, &lower, &upper,
									  !lower.infinite && !upper.infinite &&
									  DatumGetTimestampTz(lower.val) >= DatumGetTimestampTz(upper.val)
									  RANGE_ERROR_CONTEXT));
}

/*
 * The operator of the server for two types; those of other types are not
 * declared.
 */
static Oid
server_operator(Oid left, Oid right)
{
	if (type_is_range(left))
		return type_is_range(right) ? OID_RANGE_OVERLAP_OP :
			OID_RANGE_OVERLAPS_MULTIRANGE_OP;
	return type_is_range(right) ? OID_MULTIRANGE_OVERLAPS_RANGE_OP :
		OID_MULTIRANGE_OVERLAPS_MULTIRANGE_OP;
}

Datum
salon_overlap_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestSelectivity))
	{
		SupportRequestSelectivity *asked = (SupportRequestSelectivity *) request;
		Oid			operator = server_operator(exprType(linitial(asked->args)),
											   exprType(lsecond(asked->args)));

		asked->selectivity = asked->is_join ?
			join_selectivity(asked->root, operator, asked->args,
							 asked->inputcollid, asked->jointype,
							 asked->sjinfo) :
			restriction_selectivity(asked->root, operator, asked->args,
									asked->inputcollid, asked->varRelid);
		PG_RETURN_POINTER(asked);
	}
	if (IsA(request, SupportRequestIndexCondition))
	{
		SupportRequestIndexCondition *asked = (SupportRequestIndexCondition *) request;
		List	   *args;
		Node	   *column;
		Node	   *other;
		Oid			operator;

		if (!is_funcclause(asked->node))
			PG_RETURN_POINTER(NULL);
		args = ((FuncExpr *) asked->node)->args;
		column = list_nth(args, asked->indexarg);
		other = list_nth(args, 1 - asked->indexarg);
		operator = server_operator(exprType(column), exprType(other));
		if (!op_in_opfamily(operator, asked->opfamily) ||
			!is_pseudo_constant_for_index(asked->root, other, asked->index))
			PG_RETURN_POINTER(NULL);
		asked->lossy = false;
		PG_RETURN_POINTER(list_make1(make_opclause(operator, BOOLOID, false,
												   (Expr *) column,
												   (Expr *) other,
												   InvalidOid,
												   asked->indexcollation)));
	}
	PG_RETURN_POINTER(NULL);
}
