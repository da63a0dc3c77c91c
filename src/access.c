/*
 * src/access.c
 *
 * What access to a space asks of the server and SQL cannot tell, or cannot do
 * without running what others wrote.
 */
#include "postgres.h"

#include "access/relation.h"
#include "access/tableam.h"
#include "access/xact.h"
#include "catalog/pg_type.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/rls.h"
#include "utils/snapmgr.h"

#include "reading/compat.h"

PG_FUNCTION_INFO_V1(salon_is_own_transaction);
PG_FUNCTION_INFO_V1(salon_space_version);
PG_FUNCTION_INFO_V1(salon_run_as);

/*
 * Whether a transaction id, such as the xmin of a row, is that of the running
 * transaction or of a part of it.
 */
Datum
salon_is_own_transaction(PG_FUNCTION_ARGS)
{
	TransactionId xid = DatumGetTransactionId(PG_GETARG_DATUM(0));

	PG_RETURN_BOOL(TransactionIdIsCurrentTransactionId(xid));
}

/*
 * The version that a table space says.  Whoever owns the schema can put a view
 * of that name in place of the table at any moment, with functions that would
 * run as the reader; so the table is opened by its oid, looked at once it is
 * locked, and read without the executor.  It is read as it is then, but by a
 * parallel query, whose processes all have the same snapshot.
 */
Datum
salon_space_version(PG_FUNCTION_ARGS)
{
	Oid			space_table = PG_GETARG_OID(0);
	Relation	rel;
	AttrNumber	attnum;
	char	   *version = NULL;

	rel = try_relation_open(space_table, AccessShareLock);
	if (rel == NULL)
		PG_RETURN_NULL();
	attnum = get_attnum(space_table, "version");
	if (rel->rd_rel->relkind == RELKIND_RELATION &&
		attnum != InvalidAttrNumber &&
		TupleDescAttr(RelationGetDescr(rel), attnum - 1)->atttypid == TEXTOID &&
		(pg_class_aclcheck(space_table, GetUserId(), ACL_SELECT) == ACLCHECK_OK ||
		 pg_attribute_aclcheck(space_table, attnum, GetUserId(), ACL_SELECT) == ACLCHECK_OK) &&
		check_enable_rls(space_table, InvalidOid, true) != RLS_ENABLED)
	{
		Snapshot	snapshot = RegisterSnapshot(IsInParallelMode() ? GetActiveSnapshot() : GetLatestSnapshot());
		TupleTableSlot *slot = table_slot_create(rel, NULL);
		TableScanDesc scan = table_beginscan(rel, snapshot, 0,
											 NULL TABLE_SCAN_FLAGS);

		if (table_scan_getnextslot(scan, ForwardScanDirection, slot))
		{
			bool		isnull;
			Datum		value = slot_getattr(slot, attnum, &isnull);

			if (!isnull)
				version = TextDatumGetCString(value);
		}
		table_endscan(scan);
		ExecDropSingleTupleTableSlot(slot);
		UnregisterSnapshot(snapshot);
	}
	relation_close(rel, AccessShareLock);
	if (version == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(version));
}

/*
 * Run a command with the rights of a role of which the caller is a member.
 * The triggers, views and functions of that role may run along: they get no
 * more than its rights, as in the server's own maintenance commands, since SET
 * ROLE and SET SESSION AUTHORIZATION are refused inside, as is whatever would
 * run later with the rights of the caller: deferred triggers, temporary
 * objects, cursors.  Settings are back as they were at the end.
 */
Datum
salon_run_as(PG_FUNCTION_ARGS)
{
	Oid			role = PG_GETARG_OID(0);
	char	   *command = text_to_cstring(PG_GETARG_TEXT_PP(1));
	MemoryContext result_context = CurrentMemoryContext;
	char	   *result = NULL;
	char	   *role_name;
	int			status;
	Oid			caller;
	int			context;
	int			nest_level;

	GetUserIdAndSecContext(&caller, &context);
	role_name = GetUserNameFromId(role, false);
	if (!is_member_of_role(caller, role))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("must be member of role \"%s\"", role_name)));
	nest_level = NewGUCNestLevel();
	SetUserIdAndSecContext(role, context | SECURITY_LOCAL_USERID_CHANGE |
						   SECURITY_RESTRICTED_OPERATION);
	SPI_connect();
	status = SPI_execute(command, false, 0);
	if (status < 0)
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg_internal("cannot run \"%s\": %s", command,
								 SPI_result_code_string(status))));
	if (SPI_tuptable != NULL && SPI_processed > 0)
	{
		char	   *value = SPI_getvalue(SPI_tuptable->vals[0],
										 SPI_tuptable->tupdesc, 1);

		if (value != NULL)
			result = MemoryContextStrdup(result_context, value);
	}
	SPI_finish();
	AtEOXact_GUC(false, nest_level);
	SetUserIdAndSecContext(caller, context);

	if (result == NULL)
		PG_RETURN_NULL();
	PG_RETURN_TEXT_P(cstring_to_text(result));
}
