/*
 * src/access.c
 *
 * What policies of a space ask of the server and SQL cannot tell.
 */
#include "postgres.h"

#include "access/xact.h"
#include "fmgr.h"

PG_FUNCTION_INFO_V1(salon_is_own_transaction);

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
