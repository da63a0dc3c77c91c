/*
 * src/space.c
 *
 * Dropping a space with fewer locks than DROP SCHEMA takes.
 */
#include "postgres.h"

#include "access/genam.h"
#include "access/htup_details.h"
#include "access/table.h"
#include "catalog/dependency.h"
#include "catalog/indexing.h"
#include "catalog/namespace.h"
#include "catalog/objectaccess.h"
#include "catalog/pg_class.h"
#include "catalog/pg_namespace.h"
#include "catalog/pg_policy.h"
#include "catalog/pg_trigger.h"
#include "commands/comment.h"
#include "commands/policy.h"
#include "commands/trigger.h"
#include "executor/spi.h"
#include "fmgr.h"
#include "miscadmin.h"
#include "storage/lmgr.h"
#include "utils/acl.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/syscache.h"

PG_FUNCTION_INFO_V1(salon_drop_schema);

/*
 * Take from a table what belongs to it alone: its policies, and its triggers,
 * among them those that keep foreign keys within the schema.  DROP would lock
 * each of them, though nobody can come to them but through the table, which is
 * locked.
 */
static void
strip(Oid relid, Oid catalog, Oid index, AttrNumber relid_column, Oid namespace)
{
	Relation	rel = table_open(catalog, RowExclusiveLock);
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;

	ScanKeyInit(&key, relid_column, BTEqualStrategyNumber, F_OIDEQ,
				ObjectIdGetDatum(relid));
	scan = systable_beginscan(rel, index, true, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Oid			oid;

		if (catalog == TriggerRelationId)
		{
			Form_pg_trigger trigger = (Form_pg_trigger) GETSTRUCT(tuple);

			oid = trigger->oid;
			/* what constraints, others or partitions hang on goes with those */
			if ((OidIsValid(trigger->tgconstraint) && !trigger->tgisinternal) ||
				OidIsValid(trigger->tgparentid) ||
				(OidIsValid(trigger->tgconstrrelid) &&
				 get_rel_namespace(trigger->tgconstrrelid) != namespace))
				continue;
			InvokeObjectDropHook(catalog, oid, 0);
			RemoveTriggerById(oid);
		}
		else
		{
			oid = ((Form_pg_policy) GETSTRUCT(tuple))->oid;
			InvokeObjectDropHook(catalog, oid, 0);
			RemovePolicyById(oid);
			deleteSharedDependencyRecordsFor(catalog, oid, 0);
		}
		deleteDependencyRecordsFor(catalog, oid, false);
		DeleteComments(oid, catalog, 0);
	}
	systable_endscan(scan);
	table_close(rel, RowExclusiveLock);
}

/*
 * DROP SCHEMA ... CASCADE, for its owner.
 */
Datum
salon_drop_schema(PG_FUNCTION_ARGS)
{
	Name		name = PG_GETARG_NAME(0);
	Oid			namespace = get_namespace_oid(NameStr(*name), false);
	Relation	classes;
	ScanKeyData key;
	SysScanDesc scan;
	HeapTuple	tuple;
	List	   *tables = NIL;
	ListCell   *cell;

	LockDatabaseObject(NamespaceRelationId, namespace, 0, AccessExclusiveLock);
	tuple = SearchSysCache1(NAMESPACEOID, ObjectIdGetDatum(namespace));
	if (!HeapTupleIsValid(tuple) ||
		!has_privs_of_role(GetUserId(),
						   ((Form_pg_namespace) GETSTRUCT(tuple))->nspowner))
		aclcheck_error(ACLCHECK_NOT_OWNER, OBJECT_SCHEMA, NameStr(*name));
	ReleaseSysCache(tuple);

	classes = table_open(RelationRelationId, AccessShareLock);
	ScanKeyInit(&key, Anum_pg_class_relnamespace, BTEqualStrategyNumber,
				F_OIDEQ, ObjectIdGetDatum(namespace));
	scan = systable_beginscan(classes, InvalidOid, false, NULL, 1, &key);
	while (HeapTupleIsValid(tuple = systable_getnext(scan)))
	{
		Form_pg_class form = (Form_pg_class) GETSTRUCT(tuple);

		if (form->relkind == RELKIND_RELATION && !form->relispartition &&
			has_privs_of_role(GetUserId(), form->relowner))
			tables = lappend_oid(tables, form->oid);
	}
	systable_endscan(scan);
	table_close(classes, AccessShareLock);

	foreach(cell, tables)
		LockRelationOid(lfirst_oid(cell), AccessExclusiveLock);
	foreach(cell, tables)
	{
		strip(lfirst_oid(cell), TriggerRelationId, TriggerRelidNameIndexId,
			  Anum_pg_trigger_tgrelid, namespace);
		strip(lfirst_oid(cell), PolicyRelationId, PolicyPolrelidPolnameIndexId,
			  Anum_pg_policy_polrelid, namespace);
	}
	CommandCounterIncrement();

	SPI_connect();
	SPI_execute(psprintf("DROP SCHEMA %s CASCADE",
						 quote_identifier(NameStr(*name))), false, 0);
	SPI_finish();
	PG_RETURN_VOID();
}
