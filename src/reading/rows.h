/*
 * src/reading/rows.h
 *
 * The rows of a partition, read for a window function one after the other;
 * and the parties that they name, with their quotas.
 */
#ifndef SALON_ROWS_H
#define SALON_ROWS_H

#include "postgres.h"

#include "executor/executor.h"
#include "fmgr.h"
#include "windowapi.h"

#include "intern.h"
#include "memory.h"

#define SALON_MOST_ARGUMENTS 8

/* Rows read between two resets of the context for arguments. */
#define SALON_ROWS_PER_RESET 64

/* In place of the argument that has quotas: there is none. */
#define SALON_NO_ARGUMENT (-1)

/* A party without limit. */
#define SALON_NO_QUOTA (-1)

/* What stands for a quota that must be refused, and for one not yet known. */
#define SALON_WRONG_QUOTA (PG_INT64_MIN + 1)
#define SALON_UNKNOWN_QUOTA PG_INT64_MIN

/* What is known for the whole query; the first field of fn_extra. */
typedef struct SalonCall
{
	int			arguments;
	bool		constant[SALON_MOST_ARGUMENTS]; /* the same on all rows */
	MemoryContext work;			/* for one partition */
	MemoryContext scratch;		/* for a few rows */
	ExprContext *context;		/* of the arguments, or NULL: not known */
	ExprState  *state[SALON_MOST_ARGUMENTS];
	int			column[SALON_MOST_ARGUMENTS];	/* of a plain column, or 0 */
	int			last_column;	/* the largest of these */
#ifdef USE_ASSERT_CHECKING
	bool		stable[SALON_MOST_ARGUMENTS];	/* the same when read again */
	bool		by_value[SALON_MOST_ARGUMENTS];
	int16		length[SALON_MOST_ARGUMENTS];
#endif
} SalonCall;

/* A partition while it is read. */
typedef struct SalonRows
{
	SalonCall  *call;
	WindowObject winobj;
	int64		count;
	int64		at;				/* the row that is being read */
	bool		fetched;		/* the context shows it */
	Datum		constant[SALON_MOST_ARGUMENTS];
	bool		constant_null[SALON_MOST_ARGUMENTS];
} SalonRows;

/* The parties of one side, or of both, while a partition is read. */
typedef struct SalonParties
{
	SalonRows  *rows;
	SalonBudget *budget;
	const char *name;			/* of a party, for messages */
	const char *quota_name;
	const char *quantity_name;	/* "offered": a quantity, not a quota */
	int			argument;		/* the identifier */
	int			quota_argument; /* or SALON_NO_ARGUMENT */
	SalonIntern intern;
	int32	   *direct;			/* numbers of integers from base on, or NULL */
	int64		base;
	int64		direct_size;
	int32		count;			/* of parties in it */
	bool		fixed;			/* all have the same quota */
	int64		fixed_quota;
	int64	   *quota;			/* by number, SALON_NO_QUOTA for none */
	int32		room;
} SalonParties;

extern SalonCall *salon_call_start(FunctionCallInfo fcinfo, Size size,
								   const char *name);
extern void salon_call_id_type(FunctionCallInfo fcinfo, SalonIdType *type,
							   int argument, const char *name);
extern void salon_rows_start(SalonRows *rows, SalonCall *call,
							 WindowObject winobj);
extern void salon_parties_start(SalonParties *parties, SalonRows *rows,
								SalonBudget *budget, const SalonIdType *type,
								int argument, const char *name,
								int quota_argument, const char *quota_name);
extern int32 salon_parties_finish(SalonParties *parties, int arrays,
								  int32 **party, int64 **quota);
extern char *salon_party_text(SalonRows *rows, int argument,
							  const SalonIdType *type);
extern int32 salon_party_new_integer(SalonParties *parties, int64 key);
#ifdef USE_ASSERT_CHECKING
extern Datum salon_rows_both_ways(SalonRows *rows, int argument, Datum datum,
								  bool isnull);
#endif
extern void salon_party_new_quota(SalonParties *parties, int32 party,
								  int64 quota);

/*
 * Go to a row.
 */
static inline void
salon_rows_go(SalonRows *rows, int64 row)
{
	rows->at = row;
	rows->fetched = false;
}

/*
 * One argument of the row that is being read, through the window API.
 */
static inline Datum
salon_rows_fetch(SalonRows *rows, int argument, bool *isnull)
{
	const SalonCall *call = rows->call;
	bool		isout;
	Datum		datum = WinGetFuncArgInPartition(rows->winobj, argument,
												 (int) rows->at,
												 WINDOW_SEEK_HEAD, false,
												 isnull, &isout);

	if (call->context != NULL)
	{
		rows->fetched = true;
		if (call->last_column > 0)
			slot_getsomeattrs(call->context->ecxt_outertuple,
							  call->last_column);
	}
	return datum;
}

/*
 * One argument of the row that is being read.  Where the context of the
 * arguments is known, the row is fetched for the first of them only: the
 * window API goes one row forward and back again for each argument, which a
 * spilled partition makes slow.
 */
static inline Datum
salon_rows_argument(SalonRows *rows, int argument, bool *isnull)
{
	const SalonCall *call = rows->call;
	Datum		datum;

	if (call->constant[argument])
	{
		*isnull = rows->constant_null[argument];
		return rows->constant[argument];
	}
	if (!rows->fetched)
		return salon_rows_fetch(rows, argument, isnull);
	/* the first row goes through the checks of the executor */
	if (call->column[argument] > 0 && rows->at > 0)
	{
		const TupleTableSlot *slot = call->context->ecxt_outertuple;
		int			at = call->column[argument] - 1;

		*isnull = slot->tts_isnull[at];
		datum = slot->tts_values[at];
	}
	else
		datum = ExecEvalExpr(call->state[argument], call->context, isnull);
#ifdef USE_ASSERT_CHECKING
	datum = salon_rows_both_ways(rows, argument, datum, *isnull);
#endif
	return datum;
}

/*
 * The number of the party that an argument names in the row that is being
 * read, or -1.
 */
static inline int32
salon_party_read_from(SalonParties *parties, int argument,
					  const SalonIdType *type)
{
	bool		isnull;
	Datum		id = salon_rows_argument(parties->rows, argument, &isnull);

	if (isnull)
		return -1;
	if (parties->direct)
	{
		/* dense integers need no hashing */
		int			shift = 64 - 8 * type->length;
		int64		key = (int64) (id << shift) >> shift;
		uint64		at = (uint64) key - (uint64) parties->base;

		if (at < (uint64) parties->direct_size && parties->direct[at] >= 0)
			return parties->direct[at];
		return salon_party_new_integer(parties, key);
	}
	parties->intern.type = type;
	return salon_intern(&parties->intern, id);
}

static inline int32
salon_party_read(SalonParties *parties)
{
	return salon_party_read_from(parties, parties->argument,
								 parties->intern.type);
}

/*
 * Read the quota of a party; all its rows must agree on it.
 */
static inline int64
salon_party_read_quota(SalonParties *parties, int32 party)
{
	bool		isnull;
	int64		quota;
	Datum		datum;

	if (parties->fixed)
	{
		if (parties->fixed_quota < SALON_NO_QUOTA)
			salon_party_new_quota(parties, party, parties->fixed_quota);
		return parties->fixed_quota;
	}
	datum = salon_rows_argument(parties->rows, parties->quota_argument,
								&isnull);
	quota = isnull ? SALON_NO_QUOTA : DatumGetInt64(datum);
	if (party < parties->room && parties->quota[party] == quota &&
		(isnull || quota >= 0))
		return quota;
	if (!isnull && quota < 0)
		quota = SALON_WRONG_QUOTA;
	salon_party_new_quota(parties, party, quota);
	return quota;
}

#endif							/* SALON_ROWS_H */
