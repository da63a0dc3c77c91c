/*
 * src/compiled.c
 *
 * Queries of a space run as they are: jit compiles none of them, unless
 * salon.jit asks for it.
 *
 * A view looks up a few rows in many tables for each of its own, in hundreds of
 * small expressions.  The planner counts that dear, so the stock settings have
 * all of it compiled, which takes seconds where the query takes tenths.  What
 * a plan costs cannot be changed from here, but whether it is compiled is
 * decided once more, when it is begun.
 */
#include "postgres.h"

#include "catalog/namespace.h"
#include "catalog/pg_constraint.h"
#include "executor/executor.h"
#include "fmgr.h"
#include "jit/jit.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"

#include "reading/salon.h"

PG_FUNCTION_INFO_V1(salon_loads);

static bool salon_jit = false;
static ExecutorStart_hook_type next_start = NULL;

/*
 * Whether a schema is a space: it has the table that each space has.  Nothing
 * is read of that, and it decides nothing but this.
 */
static bool
is_space(Oid namespace)
{
	Oid			space = get_relname_relid("space", namespace);

	return OidIsValid(space) &&
		OidIsValid(get_relation_constraint_oid(space, "space_is_one", true));
}

/*
 * Whether a plan is of a space: it reads something of one, views included, which
 * the range table keeps; or it reads nothing at all, and runs in a function of
 * one, which has a path of its own.
 */
static bool
is_of_space(const PlannedStmt *plan)
{
	bool		reads = false;
	ListCell   *cell;

	foreach(cell, plan->rtable)
	{
		Oid			relid = lfirst_node(RangeTblEntry, cell)->relid;

		if (!OidIsValid(relid))
			continue;
		if (is_space(get_rel_namespace(relid)))
			return true;
		reads = true;
	}
	if (!reads)
	{
		List	   *path = fetch_search_path(false);

		return path != NIL && is_space(linitial_oid(path));
	}
	return false;
}

/*
 * Begin a query, compiled only if it is of no space.
 */
static void
start(QueryDesc *query, int eflags)
{
	PlannedStmt *plan = query->plannedstmt;

	if (plan->jitFlags != PGJIT_NONE && !salon_jit && is_of_space(plan))
	{
		/* the plan may be kept by others */
		query->plannedstmt = palloc(sizeof(PlannedStmt));
		*query->plannedstmt = *plan;
		query->plannedstmt->jitFlags = PGJIT_NONE;
	}

	if (next_start)
		next_start(query, eflags);
	else
		standard_ExecutorStart(query, eflags);
}

void
salon_compiled_define(void)
{
	DefineCustomBoolVariable("salon.jit",
							 "Lets jit compile queries of a space.",
							 "They look up a few rows each in many tables, "
							 "which takes longer to compile than to run.",
							 &salon_jit,
							 false,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);
	next_start = ExecutorStart_hook;
	ExecutorStart_hook = start;
}

/*
 * Support function of what nearly every query of a space calls, or an index of
 * its tables, which the planner looks at.  It has nothing to say: that it is
 * asked loads this library before the first query of a session begins.
 */
Datum
salon_loads(PG_FUNCTION_ARGS)
{
	PG_RETURN_POINTER(NULL);
}
