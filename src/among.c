/*
 * src/among.c
 *
 * Whether a number is among those that a view shows to the reader: what the
 * policies of a space ask of every row.  As subqueries such questions would be
 * planned with every table of a query, and answered anew in each function that
 * the query calls.  Here they are answered once, and kept as long as what the
 * reader sees stays the same: a view is looked up by key at first, and read
 * whole once it was asked for many keys.
 */
#include "postgres.h"

#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "nodes/supportnodes.h"
#include "storage/proc.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/hsearch.h"
#include "utils/inval.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/snapmgr.h"
#include "utils/syscache.h"

#include "reading/compat.h"
#include "reading/salon.h"

PG_FUNCTION_INFO_V1(salon_among);
PG_FUNCTION_INFO_V1(salon_members);
PG_FUNCTION_INFO_V1(salon_among_support);
PG_FUNCTION_INFO_V1(salon_acting);

/* To look up so many keys takes as long as to read so many rows. */
#define A_FEW_KEYS 4
#define A_FEW_ROWS 256

/*
 * What the answers depend on.  Of the transactions before xmax none begins any
 * more: so snapshots with the same xmax show the same if as many of these ran
 * (a standby has them all among the parts), unless the running transaction wrote
 * something; then what it sees changes with its commands, and with the parts of
 * it that are undone.
 */
typedef struct Sight
{
	uint64		roles;			/* changes with roles and their members */
	uint64		acting;			/* changes with what the reader says it is */
	Oid			reader;
	TransactionId xmax;
	uint32		running;		/* how many of those before xmax */
	LocalTransactionId transaction;
	SubTransactionId part;
	CommandId	command;
} Sight;

typedef struct Known
{
	int64		id;
	bool		is_there;
} Known;

/* What is known of a view. */
typedef struct Set
{
	Oid			relation;		/* first, as the key of the table of sets */
	bool		is_valid;		/* whether what is known holds for sight */
	bool		is_whole;		/* whether all are known that are there */
	int			asked;			/* how many keys were looked up */
	Sight		sight;
	HTAB	   *known;
	MemoryContext context;		/* in which known is */
	char	   *name;			/* for which the plans were made */
	SPIPlanPtr	one;
	SPIPlanPtr	all;
} Set;

static HTAB *sets = NULL;
static uint64 roles_changed = 0;

/*
 * Whose part the reader takes: the party for which an application acts, and the
 * secret of a registration.
 */
static char *salon_party = NULL;
static char *salon_secret = NULL;
static bool acting_assigned = true;

static void
assign_acting(const char *value, void *extra)
{
	acting_assigned = true;
}

/*
 * A number that changes with whose part the reader takes.  It stays when the
 * same is said again: an application says it in each transaction.
 */
static uint64
acting(void)
{
	static char *party = NULL;
	static char *secret = NULL;
	static uint64 changed = 0;

	if (acting_assigned)
	{
		if (party == NULL || strcmp(party, salon_party) != 0 ||
			strcmp(secret, salon_secret) != 0)
		{
			char	   *new_party = MemoryContextStrdup(TopMemoryContext, salon_party);
			char	   *new_secret = MemoryContextStrdup(TopMemoryContext, salon_secret);

			if (party != NULL)
			{
				pfree(party);
				pfree(secret);
			}
			party = new_party;
			secret = new_secret;
			changed++;
		}
		acting_assigned = false;
	}
	return changed;
}

void
salon_acting_define(void)
{
	DefineCustomStringVariable("salon.party",
							   "The party for which an application acts.",
							   "For roles of level application: what others "
							   "set here does nothing.",
							   &salon_party,
							   "",
							   PGC_USERSET,
							   GUC_NOT_IN_SAMPLE,
							   NULL, assign_acting, NULL);
	DefineCustomStringVariable("salon.secret",
							   "The secret of a registration, as register "
							   "returned it.",
							   "Who has it reads and cancels that "
							   "registration.",
							   &salon_secret,
							   "",
							   PGC_USERSET,
							   GUC_NOT_IN_SAMPLE | GUC_NO_SHOW_ALL,
							   NULL, assign_acting, NULL);
}

static void
forget_roles(Datum argument, int cache, uint32 hash)
{
	roles_changed++;
}

static void
look(Sight *sight)
{
	Snapshot	snapshot = GetActiveSnapshot();

	memset(sight, 0, sizeof(*sight));
	sight->roles = roles_changed;
	sight->acting = acting();
	sight->reader = GetUserId();
	sight->xmax = snapshot->xmax;
	sight->running = snapshot->takenDuringRecovery ?
		snapshot->subxcnt : snapshot->xcnt;
	if (TransactionIdIsValid(GetTopTransactionIdIfAny()))
	{
		sight->transaction = MY_LOCAL_TRANSACTION;
		sight->part = GetCurrentSubTransactionId();
		sight->command = snapshot->curcid;
	}
}

/*
 * A view as it is known to the reader now; to be asked of each row, so the one
 * of the last row is remembered in the call.
 */
static Set *
find(FunctionCallInfo fcinfo, Oid relation)
{
	Set		   *set = fcinfo->flinfo->fn_extra;
	Sight		sight;

	if (set == NULL || set->relation != relation)
	{
		bool		found;

		if (sets == NULL)
		{
			HASHCTL		control;

			control.keysize = sizeof(Oid);
			control.entrysize = sizeof(Set);
			sets = hash_create("salon sets", 32, &control,
							   HASH_ELEM | HASH_BLOBS);
			/* an int or, with 19, an enum says which cache */
			CacheRegisterSyscacheCallback(AUTHMEMROLEMEM,
										  (SyscacheCallbackFunction) forget_roles,
										  (Datum) 0);
			CacheRegisterSyscacheCallback(AUTHOID,
										  (SyscacheCallbackFunction) forget_roles,
										  (Datum) 0);
		}
		set = hash_search(sets, &relation, HASH_ENTER, &found);
		if (!found)
			memset((char *) set + sizeof(Oid), 0, sizeof(Set) - sizeof(Oid));
		fcinfo->flinfo->fn_extra = set;
	}
	look(&sight);
	if (!set->is_valid || memcmp(&set->sight, &sight, sizeof(Sight)) != 0)
	{
		HASHCTL		control;

		set->is_valid = false;
		if (set->context != NULL)
			MemoryContextReset(set->context);
		else
			set->context = AllocSetContextCreate(TopMemoryContext, "salon set",
												 ALLOCSET_SMALL_SIZES);
		control.keysize = sizeof(int64);
		control.entrysize = sizeof(Known);
		control.hcxt = set->context;
		set->known = hash_create("salon members", 64, &control,
								 HASH_ELEM | HASH_BLOBS | HASH_CONTEXT);
		set->sight = sight;
		set->is_whole = false;
		set->asked = 0;
		set->is_valid = true;
	}
	return set;
}

/*
 * Make the plans of queries on the first column of a view.  When they are made
 * again after a change, it is by the name of the view: so none stays that was
 * made for another one.
 */
static void
prepare(Set *set)
{
	Oid			relation = set->relation;
	char	   *column = get_attname(relation, 1, true);
	char	   *schema = get_namespace_name(get_rel_namespace(relation));
	Oid			type = INT8OID;
	char	   *name;

	if (column == NULL || schema == NULL ||
		get_atttype(relation, 1) != INT8OID)
		ereport(ERROR,
				(errcode(ERRCODE_WRONG_OBJECT_TYPE),
				 errmsg_internal("relation %u does not begin with a column of type bigint",
								 relation)));
	column = (char *) quote_identifier(column);
	name = psprintf("%s FROM %s", column,
					quote_qualified_identifier(schema, get_rel_name(relation)));
	if (set->name != NULL && strcmp(set->name, name) == 0)
		return;

	if (set->name != NULL)
	{
		SPI_freeplan(set->one);
		SPI_freeplan(set->all);
		pfree(set->name);
		set->name = NULL;
	}
	set->all = SPI_prepare(psprintf("SELECT %s", name), 0, NULL);
	set->one = SPI_prepare_cursor(psprintf("SELECT %s WHERE %s OPERATOR(pg_catalog.=) $1 LIMIT 1",
										   name, column), 1, &type, CURSOR_OPT_GENERIC_PLAN);
	if (set->all == NULL || set->one == NULL ||
		SPI_keepplan(set->all) != 0 || SPI_keepplan(set->one) != 0)
		elog(ERROR, "cannot prepare a query on relation %u", relation);
	set->name = MemoryContextStrdup(TopMemoryContext, name);
}

/*
 * Whether what was read for a set is what the reader is shown.  When anybody
 * changed a role meanwhile, it is, but not for another row.
 */
static bool
is_same_sight(Set *set)
{
	Sight		sight;
	uint64		roles;

	look(&sight);
	roles = sight.roles;
	sight.roles = set->sight.roles;
	if (!set->is_valid || memcmp(&set->sight, &sight, sizeof(Sight)) != 0)
		return false;
	set->is_valid = roles == set->sight.roles;
	return true;
}

static void
learn(Set *set, int64 id, bool is_there)
{
	bool		found;
	Known	   *known = hash_search(set->known, &id, HASH_ENTER, &found);

	known->is_there = is_there;
}

static bool
look_up(Set *set, int64 id)
{
	Datum		value = Int64GetDatum(id);
	bool		is_there;

	SPI_connect();
	prepare(set);
	if (SPI_execute_plan(set->one, &value, NULL, true, 1) != SPI_OK_SELECT)
		elog(ERROR, "cannot read relation %u", set->relation);
	is_there = SPI_processed > 0;
	SPI_finish();
	set->asked++;
	if (is_same_sight(set))
		learn(set, id, is_there);
	return is_there;
}

/*
 * Read a view, up to a number of rows if that is not 0; false if it has more, or
 * what the reader sees changed meanwhile, and nothing was learnt.
 */
static bool
read_whole(Set *set, long limit)
{
	bool		is_learnt;

	SPI_connect();
	prepare(set);
	if (SPI_execute_plan(set->all, NULL, NULL, true, limit) != SPI_OK_SELECT)
		elog(ERROR, "cannot read relation %u", set->relation);
	is_learnt = is_same_sight(set);
	for (uint64 i = 0; is_learnt && i < SPI_processed; i++)
	{
		bool		isnull;
		Datum		id = SPI_getbinval(SPI_tuptable->vals[i],
									   SPI_tuptable->tupdesc, 1, &isnull);

		if (!isnull)
			learn(set, DatumGetInt64(id), true);
	}
	if (is_learnt)
		set->is_whole = limit == 0 || SPI_processed < limit;
	SPI_finish();
	return is_learnt && set->is_whole;
}

/*
 * Whether a number is in the first column of a view; the view is read whole
 * when more than so many keys were looked up, or after a few if it has few rows.
 */
Datum
salon_among(PG_FUNCTION_ARGS)
{
	int64		id = PG_GETARG_INT64(0);
	Set		   *set = find(fcinfo, PG_GETARG_OID(1));
	Known	   *known = hash_search(set->known, &id, HASH_FIND, NULL);

	if (known != NULL)
		PG_RETURN_BOOL(known->is_there);
	if (set->is_whole)
		PG_RETURN_BOOL(false);
	if (set->asked < PG_GETARG_INT32(2) &&
		(set->asked != A_FEW_KEYS || !read_whole(set, A_FEW_ROWS)))
		PG_RETURN_BOOL(look_up(set, id));
	if (!set->is_whole && !read_whole(set, 0))
		PG_RETURN_BOOL(look_up(set, id));
	PG_RETURN_BOOL(hash_search(set->known, &id, HASH_FIND, NULL) != NULL);
}

/*
 * All numbers in the first column of a view.
 */
Datum
salon_members(PG_FUNCTION_ARGS)
{
	Set		   *set = find(fcinfo, PG_GETARG_OID(0));
	HASH_SEQ_STATUS status;
	Known	   *known;
	ArrayBuildState *result;

	if (!set->is_whole && !read_whole(set, 0))
		ereport(ERROR,
				(errcode(ERRCODE_OBJECT_NOT_IN_PREREQUISITE_STATE),
				 errmsg_internal("what relation %u shows changed while it was read",
								 set->relation)));
	result = initArrayResult(INT8OID, CurrentMemoryContext, false);
	hash_seq_init(&status, set->known);
	while ((known = hash_seq_search(&status)) != NULL)
		if (known->is_there)
			result = accumArrayResult(result, Int64GetDatum(known->id), false,
									  INT8OID, CurrentMemoryContext);
	PG_RETURN_DATUM(makeArrayResult(result, CurrentMemoryContext));
}

/*
 * Plans count on a reader who sees what he asks for: so they are those of the
 * owner of the space.
 */
Datum
salon_among_support(PG_FUNCTION_ARGS)
{
	Node	   *request = (Node *) PG_GETARG_POINTER(0);

	if (IsA(request, SupportRequestSelectivity))
	{
		((SupportRequestSelectivity *) request)->selectivity = 1;
		PG_RETURN_POINTER(request);
	}
	PG_RETURN_POINTER(NULL);
}

/*
 * The party for which the reader says it acts.
 */
Datum
salon_acting(PG_FUNCTION_ARGS)
{
	char	   *end;
	int64		party;

	if (salon_party == NULL || salon_party[0] == '\0')
		PG_RETURN_NULL();
	errno = 0;
	party = strtoi64(salon_party, &end, 10);
	if (errno != 0 || *end != '\0')
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("salon.party cannot be \"%s\""),
						salon_party),
				 errhint("%s", salon_say("SET LOCAL salon.party to the party_id for which the application acts."))));
	PG_RETURN_INT64(party);
}
