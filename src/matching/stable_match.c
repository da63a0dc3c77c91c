/*
 * src/matching/stable_match.c
 *
 * The window function stable_match.
 *
 * A partition is read row by row and solved when its first row is asked for.
 * The working memory is one context that lives as long as the query and is
 * emptied after each partition; the answer, a byte a row, lives in the memory
 * of the partition.
 */
#include "postgres.h"

#include <math.h>

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "windowapi.h"

#include "../reading/rows.h"
#include "../reading/salon.h"
#include "../core/stable_match_core.h"

enum
{
	ARG_APPLICANT,
	ARG_OPENING,
	ARG_APPLICANT_RANK,
	ARG_OPENING_RANK,
	ARG_APPLICANT_QUOTA,
	ARG_OPENING_QUOTA
};

/* What is known for the whole query. */
typedef struct StableCall
{
	SalonCall	call;
	SalonIdType type[2];		/* of applicants, of openings */
} StableCall;

/* What is known for a partition; zeroed when it starts. */
typedef struct StablePartition
{
	uint8	   *matched;		/* by row; NULL: not solved */
} StablePartition;

PG_FUNCTION_INFO_V1(salon_stable_match);

static const char *const side_name[2] = {"applicant", "opening"};
static const char *const quota_name[2] = {"applicant_quota", "opening_quota"};


static void
refuse_rank(SalonRows *rows, const SalonIdType *type, int side, double rank)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("%s_rank must be a finite number"), side_name[side]),
			 errdetail(salon_say("It is %s for applicant \"%s\" and opening \"%s\"."),
					   isnan(rank) ? "NaN" :
					   rank > 0 ? "Infinity" : "-Infinity",
					   salon_party_text(rows, ARG_APPLICANT, &type[0]),
					   salon_party_text(rows, ARG_OPENING, &type[1])),
			 errhint(salon_say("Use null for a pair that is not acceptable."))));
}

static void
refuse_pair(SalonRows *rows, const SalonIdType *type, int32 row)
{
	salon_rows_go(rows, row);
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			 errmsg(salon_say("applicant \"%s\" and opening \"%s\" come in more than one row"),
					salon_party_text(rows, ARG_APPLICANT, &type[0]),
					salon_party_text(rows, ARG_OPENING, &type[1])),
			 errdetail(salon_say("A pair is matched or not, so a partition may have one row of it with both ranks.")),
			 errhint(salon_say("Keep one row of each pair, with DISTINCT ON or GROUP BY."))));
}

/*
 * Read one rank; true when there is one.
 */
static inline bool
read_rank(SalonRows *rows, const SalonIdType *type, int side, double *rank)
{
	bool		isnull;
	Datum		datum = salon_rows_argument(rows, ARG_APPLICANT_RANK + side,
											&isnull);

	if (isnull)
		return false;
	*rank = DatumGetFloat8(datum);
	if (!isfinite(*rank))
		refuse_rank(rows, type, side, *rank);
	return true;
}

/*
 * Read all rows of the partition.
 */
static void
read_rows(SalonRows *rows, const SalonIdType *type, SalonBudget *budget,
		  SalonPreferences *p)
{
	SalonCall  *call = rows->call;
	SalonParties parties[2];
	int32	   *party[2];
	double	   *rank[2];
	int32		count[2];
	int64	   *quota[2];
	MemoryContext old;

	for (int k = 0; k < 2; k++)
	{
		party[k] = salon_budget_alloc(budget, budget->work, rows->count,
									  sizeof(int32));
		rank[k] = salon_budget_alloc(budget, budget->work, rows->count,
									 sizeof(double));
		salon_parties_start(&parties[k], rows, budget, &type[k],
							ARG_APPLICANT + k, side_name[k],
							ARG_APPLICANT_QUOTA + k, quota_name[k]);
	}

	/* what the arguments' expressions allocate is thrown away soon */
	old = MemoryContextSwitchTo(call->scratch);
	for (int32 r = 0; r < rows->count; r++)
	{
		bool		acceptable = true;

		salon_rows_go(rows, r);
		for (int k = 0; k < 2; k++)
			party[k][r] = salon_party_read(&parties[k]);
		for (int k = 0; k < 2; k++)
			acceptable &= read_rank(rows, type, k, &rank[k][r]);
		for (int k = 0; k < 2; k++)
		{
			if (party[k][r] >= 0)
				salon_party_read_quota(&parties[k], party[k][r]);
		}
		if (!acceptable)
			party[0][r] = -1;
		if (r % SALON_ROWS_PER_RESET == SALON_ROWS_PER_RESET - 1)
		{
			MemoryContextReset(call->scratch);
			CHECK_FOR_INTERRUPTS();
		}
	}
	MemoryContextSwitchTo(old);
	MemoryContextReset(call->scratch);

	for (int k = 0; k < 2; k++)
		count[k] = salon_parties_finish(&parties[k], 1, &party[k], &quota[k]);
	p->rows = (int32) rows->count;
	p->applicants = count[0];
	p->openings = count[1];
	p->applicant = party[0];
	p->opening = party[1];
	p->applicant_rank = rank[0];
	p->opening_rank = rank[1];
	p->applicant_quota = quota[0];
	p->opening_quota = quota[1];
}

/*
 * Solve a partition.
 */
static void
solve_partition(StableCall *call, WindowObject winobj, StablePartition *part)
{
	SalonBudget budget;
	SalonRows	rows;
	SalonPreferences p;
	SalonHost  *host;

	memset(&p, 0, sizeof(p));
	salon_budget_start(&budget, call->call.work, GetMemoryChunkContext(part));
	salon_rows_start(&rows, &call->call, winobj);
	read_rows(&rows, call->type, &budget, &p);
	p.best_for_openings = salon_optimal == SALON_OPTIMAL_OPENING;
	p.largest = salon_ties == SALON_TIES_LARGEST;
	p.matched = salon_budget_alloc(&budget, budget.keep, rows.count, 1);
	host = salon_budget_host(&budget);
	if (salon_stable_match_solve(&p, host) == SALON_PAIR_TWICE)
		refuse_pair(&rows, call->type, p.twice);
	part->matched = p.matched;
}

/*
 * stable_match(applicant, opening, applicant_rank, opening_rank,
 *				applicant_quota, opening_quota) -> boolean
 */
Datum
salon_stable_match(PG_FUNCTION_ARGS)
{
	WindowObject winobj = PG_WINDOW_OBJECT();
	StableCall *call = (StableCall *) fcinfo->flinfo->fn_extra;
	StablePartition *part;

	if (call == NULL)
	{
		call = (StableCall *) salon_call_start(fcinfo, sizeof(StableCall),
											   "stable_match");
		for (int k = 0; k < 2; k++)
			salon_call_id_type(fcinfo, &call->type[k], ARG_APPLICANT + k,
							   side_name[k]);
		fcinfo->flinfo->fn_extra = call;
	}
	part = (StablePartition *)
		WinGetPartitionLocalMemory(winobj, sizeof(StablePartition));
	if (part->matched == NULL)
	{
		MemoryContextReset(call->call.work);
		solve_partition(call, winobj, part);
		MemoryContextReset(call->call.work);
	}
	PG_RETURN_BOOL(part->matched[WinGetCurrentPosition(winobj)] != 0);
}
