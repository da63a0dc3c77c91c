/*
 * src/bundle/bundle_gin.c
 *
 * Bundles in GIN indexes.  The keys are the names, so that the index answers
 * what asks for names alone; where quantities matter, the row is looked at.
 */
#include "postgres.h"

#include "access/gin.h"
#include "access/stratnum.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "bundle.h"

#define STRATEGY_COVERS 1
#define STRATEGY_OVERLAPS 2
#define STRATEGY_HAS 3

PG_FUNCTION_INFO_V1(salon_bundle_gin_extract_value);
PG_FUNCTION_INFO_V1(salon_bundle_gin_extract_query);
PG_FUNCTION_INFO_V1(salon_bundle_gin_consistent);
PG_FUNCTION_INFO_V1(salon_bundle_gin_triconsistent);


/*
 * List the names of a bundle as keys.
 */
static Datum *
extract_names(BundleView view, int32 *count, bool *plural)
{
	BundleCursor cursor;
	BundleItem	item;
	Datum	   *keys;
	int32		n = 0;

	*plural = false;
	*count = (int32) bundle_count(view);
	if (*count == 0)
		return NULL;
	keys = palloc(*count * sizeof(Datum));
	bundle_open(&cursor, view);
	while (n < *count && bundle_next(&cursor, &item))
	{
		CHECK_FOR_INTERRUPTS();
		keys[n++] = PointerGetDatum(cstring_to_text_with_len(item.name,
															 (int) item.length));
		*plural = *plural || item.quantity > 1;
	}
	return keys;
}

Datum
salon_bundle_gin_extract_value(PG_FUNCTION_ARGS)
{
	BundleView	view = PG_GETARG_BUNDLE_VIEW(0);
	int32	   *nkeys = (int32 *) PG_GETARG_POINTER(1);
	bool		plural;

	PG_RETURN_POINTER(extract_names(view, nkeys, &plural));
}

/*
 * List the names that a query asks for.
 *
 * The first of the extra pointers, when there is one, says that having the
 * names does not suffice.
 */
Datum
salon_bundle_gin_extract_query(PG_FUNCTION_ARGS)
{
	int32	   *nkeys = (int32 *) PG_GETARG_POINTER(1);
	StrategyNumber strategy = PG_GETARG_UINT16(2);
	Pointer   **extra = (Pointer **) PG_GETARG_POINTER(4);
	int32	   *search_mode = (int32 *) PG_GETARG_POINTER(6);
	Datum	   *keys;
	bool		plural = false;

	if (strategy == STRATEGY_HAS)
	{
		keys = palloc(sizeof(Datum));
		keys[0] = PointerGetDatum(PG_GETARG_TEXT_PP(0));
		*nkeys = 1;
	}
	else
	{
		keys = extract_names(PG_GETARG_BUNDLE_VIEW(0), nkeys, &plural);
		if (strategy == STRATEGY_COVERS)
		{
			/* Everything covers nothing */
			if (*nkeys == 0)
				*search_mode = GIN_SEARCH_MODE_ALL;
			else if (plural)
			{
				*extra = palloc0(*nkeys * sizeof(Pointer));
				(*extra)[0] = (Pointer) *extra;
			}
		}
	}
	PG_RETURN_POINTER(keys);
}

/*
 * Decide from the keys that a row has, any of which may be unsure.
 */
static GinTernaryValue
decide(const GinTernaryValue *check, StrategyNumber strategy, int32 nkeys,
	   const Pointer *extra)
{
	GinTernaryValue result;

	if (strategy == STRATEGY_COVERS)
	{
		result = extra != NULL && extra[0] != NULL ? GIN_MAYBE : GIN_TRUE;
		for (int32 i = 0; i < nkeys; i++)
		{
			if (check[i] == GIN_FALSE)
				return GIN_FALSE;
			if (check[i] == GIN_MAYBE)
				result = GIN_MAYBE;
		}
	}
	else
	{
		result = GIN_FALSE;
		for (int32 i = 0; i < nkeys; i++)
		{
			if (check[i] == GIN_TRUE)
				return GIN_TRUE;
			if (check[i] == GIN_MAYBE)
				result = GIN_MAYBE;
		}
	}
	return result;
}

Datum
salon_bundle_gin_consistent(PG_FUNCTION_ARGS)
{
	bool	   *check = (bool *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = PG_GETARG_UINT16(1);
	int32		nkeys = PG_GETARG_INT32(3);
	Pointer    *extra = (Pointer *) PG_GETARG_POINTER(4);
	bool	   *recheck = (bool *) PG_GETARG_POINTER(5);
	GinTernaryValue result;

	/* false and true are GIN_FALSE and GIN_TRUE */
	result = decide((const GinTernaryValue *) check, strategy, nkeys, extra);
	*recheck = result == GIN_MAYBE;
	PG_RETURN_BOOL(result != GIN_FALSE);
}

Datum
salon_bundle_gin_triconsistent(PG_FUNCTION_ARGS)
{
	GinTernaryValue *check = (GinTernaryValue *) PG_GETARG_POINTER(0);
	StrategyNumber strategy = PG_GETARG_UINT16(1);
	int32		nkeys = PG_GETARG_INT32(3);
	Pointer    *extra = (Pointer *) PG_GETARG_POINTER(4);

	PG_RETURN_GIN_TERNARY_VALUE(decide(check, strategy, nkeys, extra));
}
