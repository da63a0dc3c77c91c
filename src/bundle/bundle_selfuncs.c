/*
 * src/bundle/bundle_selfuncs.c
 *
 * What ANALYZE learns of bundles, and how the planner estimates from it how
 * many rows an operator selects.
 *
 * Beside the standard statistics, which are of whole bundles, ANALYZE keeps
 * the most common names and their frequencies (MCELEM).  The frequency stands
 * for the share of non-null rows that have the name.  Of the two further
 * numbers of the slot, the first is the frequency that no name missing from
 * the list exceeds in the sample, the second the highest one in the list.
 *
 * An estimate counts exactly among the most common values.  For the rest of
 * the rows it takes the histogram, a sample of that rest, when enough of it
 * matches, and otherwise the frequencies of the names, as if they were
 * independent, lowered by how often the sample has the names but not the
 * quantities.
 */
#include "postgres.h"

#include <math.h>

#include "access/detoast.h"
#include "access/htup_details.h"
#include "catalog/pg_collation.h"
#include "catalog/pg_operator.h"
#include "catalog/pg_statistic.h"
#include "catalog/pg_type.h"
#include "commands/vacuum.h"
#include "miscadmin.h"

/* The server's header has a pointer to a function without a prototype */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wstrict-prototypes"
#include "nodes/pathnodes.h"
#pragma GCC diagnostic pop

#include "utils/builtins.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/selfuncs.h"

#include "bundle.h"
#include "bundle_table.h"

/* Names in the statistics for each entry of the statistics target */
#define NAMES_PER_TARGET 10

/* Names counted at a time for each name in the statistics */
#define COUNTED_PER_NAME 300

/* Wider values are left out of the names' statistics */
#define WIDEST_SAMPLED 0x10000

/* Matches in the histogram from which on it is believed */
#define BELIEVED_MATCHES 5

/* Values of one side of a join that are tried against the other side */
#define TRIED_VALUES 16

/* Without statistics: the share of rows, and of rows that have one name */
#define DEFAULT_SELECTIVITY 0.005
#define DEFAULT_FREQUENCY 0.005

/* What the two sides of an operator are to each other */
typedef enum BundleRelation
{
	RELATION_COVERS,
	RELATION_COVERED,
	RELATION_OVERLAPS,
	RELATION_HAS
} BundleRelation;

/* The frequencies of names in a column */
typedef struct NameStats
{
	AttStatsSlot slot;
	bool		valid;
	double		unlisted;		/* guess for a name that is not listed */
} NameStats;

typedef struct AnalyzeState
{
	AnalyzeAttrComputeStatsFunc compute;
	void	   *extra_data;
} AnalyzeState;

PG_FUNCTION_INFO_V1(salon_bundle_typanalyze);
PG_FUNCTION_INFO_V1(salon_bundle_covers_sel);
PG_FUNCTION_INFO_V1(salon_bundle_covered_sel);
PG_FUNCTION_INFO_V1(salon_bundle_overlaps_sel);
PG_FUNCTION_INFO_V1(salon_bundle_has_sel);
PG_FUNCTION_INFO_V1(salon_bundle_covers_joinsel);
PG_FUNCTION_INFO_V1(salon_bundle_covered_joinsel);
PG_FUNCTION_INFO_V1(salon_bundle_overlaps_joinsel);
PG_FUNCTION_INFO_V1(salon_bundle_has_joinsel);

/*
** Statistics
*/

/*
 * Forget the names that cannot be among the most common ones, so that memory
 * stays bounded: those seen no more often than there were batches.
 */
static void
forget_rare(bundletable_hash *table, int64 batch)
{
	bundletable_iterator iterator;
	BundleEntry *entry;

	bundletable_start_iterate(table, &iterator);
	while ((entry = bundletable_iterate(table, &iterator)) != NULL)
	{
		if (entry->number + entry->slack <= batch)
		{
			char	   *data = unconstify(char *, entry->name.data);

			bundletable_delete_item(table, entry);
			pfree(data);
		}
	}
}

/*
 * Order by count, the highest first.
 */
static int
compare_counts(const void *a, const void *b)
{
	const BundleEntry *const *x = a;
	const BundleEntry *const *y = b;

	return ((*x)->number < (*y)->number) - ((*x)->number > (*y)->number);
}

static int
compare_bytes(const char *a, size_t a_length, const char *b, size_t b_length)
{
	BundleItem	x = {a, a_length, 0};
	BundleItem	y = {b, b_length, 0};

	return bundle_compare_names(&x, &y);
}

static int
compare_entry_names(const void *a, const void *b)
{
	const BundleEntry *const *x = a;
	const BundleEntry *const *y = b;

	return compare_bytes((*x)->name.data, (*x)->name.length,
						 (*y)->name.data, (*y)->name.length);
}

/*
 * Store the most common of the counted names in a free slot.
 */
static void
store_names(VacAttrStats *stats, bundletable_hash *table, int most,
			int64 missed, int nonnull)
{
	BundleEntry **entries;
	BundleEntry *entry;
	bundletable_iterator iterator;
	MemoryContext old;
	int			count = 0;
	int			slot = 0;
	Datum	   *names;
	float4	   *numbers;
	double		highest = 0;

	while (slot < STATISTIC_NUM_SLOTS && stats->stakind[slot] != 0)
		slot++;
	if (slot == STATISTIC_NUM_SLOTS || table->members == 0)
		return;

	entries = palloc(table->members * sizeof(BundleEntry *));
	bundletable_start_iterate(table, &iterator);
	while ((entry = bundletable_iterate(table, &iterator)) != NULL)
		entries[count++] = entry;
	qsort(entries, count, sizeof(BundleEntry *), compare_counts);
	if (count > most)
	{
		missed = Max(missed, entries[most]->number);
		count = most;
	}
	highest = (double) entries[0]->number / nonnull;
	qsort(entries, count, sizeof(BundleEntry *), compare_entry_names);

	old = MemoryContextSwitchTo(stats->anl_context);
	names = palloc(count * sizeof(Datum));
	numbers = palloc((count + 2) * sizeof(float4));
	for (int i = 0; i < count; i++)
	{
		names[i] = PointerGetDatum(cstring_to_text_with_len(entries[i]->name.data,
															entries[i]->name.length));
		numbers[i] = (float4) ((double) entries[i]->number / nonnull);
	}
	numbers[count] = (float4) ((double) Max(missed, 1) / nonnull);
	numbers[count + 1] = (float4) highest;
	MemoryContextSwitchTo(old);

	stats->stakind[slot] = STATISTIC_KIND_MCELEM;
	stats->staop[slot] = TextEqualOperator;
	stats->stacoll[slot] = C_COLLATION_OID;
	stats->stanumbers[slot] = numbers;
	stats->numnumbers[slot] = count + 2;
	stats->stavalues[slot] = names;
	stats->numvalues[slot] = count;
	stats->statypid[slot] = TEXTOID;
	stats->statyplen[slot] = -1;
	stats->statypbyval[slot] = false;
	stats->statypalign[slot] = TYPALIGN_INT;
}

/*
 * Compute the standard statistics, and then those of the names.
 */
static void
compute_bundle_stats(VacAttrStats *stats, AnalyzeAttrFetchFunc fetchfunc,
					 int samplerows, double totalrows)
{
	AnalyzeState *state = stats->extra_data;
	MemoryContext context;
	MemoryContext old;
	bundletable_hash *table;
	int64		counted = 0;
	int64		batch = 1;
	int64		batch_size;
	int			nonnull = 0;
	int			most;

	stats->extra_data = state->extra_data;
	state->compute(stats, fetchfunc, samplerows, totalrows);
	stats->extra_data = state;
	if (!stats->stats_valid)
		return;

#if PG_VERSION_NUM >= 170000
	most = stats->attstattarget * NAMES_PER_TARGET;
#else
	most = stats->attr->attstattarget * NAMES_PER_TARGET;
#endif
	batch_size = (int64) most * COUNTED_PER_NAME;

	context = AllocSetContextCreate(CurrentMemoryContext,
									"names of bundles",
									ALLOCSET_DEFAULT_SIZES);
	old = MemoryContextSwitchTo(context);
	table = bundletable_create(context, 1024, NULL);
	for (int row = 0; row < samplerows; row++)
	{
		bool		null;
		Datum		value = fetchfunc(stats, row, &null);
		struct varlena *detoasted;
		BundleCursor cursor;
		BundleItem	item;

#if PG_VERSION_NUM >= 180000
		vacuum_delay_point(true);
#else
		vacuum_delay_point();
#endif
		if (null || toast_raw_datum_size(value) > WIDEST_SAMPLED)
			continue;
		nonnull++;
		detoasted = PG_DETOAST_DATUM_PACKED(value);
		bundle_open(&cursor, bundle_view(detoasted));
		while (bundle_next(&cursor, &item))
		{
			bool		found;
			BundleEntry *entry = bundle_table_enter(table, item.name,
													item.length, &found);

			if (!found)
				entry->slack = batch - 1;
			entry->number++;
			if (++counted % batch_size == 0)
				forget_rare(table, batch++);
		}
		if ((Pointer) detoasted != DatumGetPointer(value))
			pfree(detoasted);
	}
	if (nonnull > 0)
		store_names(stats, table, most, batch - 1, nonnull);
	MemoryContextSwitchTo(old);
	MemoryContextDelete(context);
}

/*
 * Prepare ANALYZE of a column of bundles.
 */
Datum
salon_bundle_typanalyze(PG_FUNCTION_ARGS)
{
	VacAttrStats *stats = (VacAttrStats *) PG_GETARG_POINTER(0);
	AnalyzeState *state;

	if (!std_typanalyze(stats))
		PG_RETURN_BOOL(false);
	state = palloc(sizeof(AnalyzeState));
	state->compute = stats->compute_stats;
	state->extra_data = stats->extra_data;
	stats->compute_stats = compute_bundle_stats;
	stats->extra_data = state;
	PG_RETURN_BOOL(true);
}

/*
** Frequencies of names
*/

/*
 * Look up the names' statistics of a column.
 */
static void
open_names(NameStats *names, const VariableStatData *vardata)
{
	names->unlisted = DEFAULT_FREQUENCY;
	names->valid = HeapTupleIsValid(vardata->statsTuple) &&
		get_attstatsslot(&names->slot, vardata->statsTuple,
						 STATISTIC_KIND_MCELEM, InvalidOid,
						 ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS);
	if (!names->valid)
		return;
	if (names->slot.valuetype != TEXTOID ||
		names->slot.nnumbers != names->slot.nvalues + 2)
	{
		free_attstatsslot(&names->slot);
		names->valid = false;
		return;
	}
	names->unlisted = names->slot.numbers[names->slot.nvalues] / 2;
}

static void
close_names(NameStats *names)
{
	if (names->valid)
		free_attstatsslot(&names->slot);
}

static int
listed_names(const NameStats *names)
{
	return names->valid ? names->slot.nvalues : 0;
}

static BundleItem
listed_name(const NameStats *names, int i)
{
	text	   *name = DatumGetTextPP(names->slot.values[i]);
	BundleItem	item = {VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), 0};

	return item;
}

/*
 * Find how frequent a name is among the non-null rows.
 */
static double
name_frequency(const NameStats *names, const char *data, size_t length)
{
	int			low = 0;
	int			high = listed_names(names) - 1;

	while (low <= high)
	{
		int			middle = low + (high - low) / 2;
		BundleItem	item = listed_name(names, middle);
		int			order = compare_bytes(data, length,
										  item.name, item.length);

		if (order == 0)
			return names->slot.numbers[middle];
		if (order < 0)
			high = middle - 1;
		else
			low = middle + 1;
	}
	return names->unlisted;
}

static double
null_fraction(const VariableStatData *vardata)
{
	if (!HeapTupleIsValid(vardata->statsTuple))
		return 0;
	return ((Form_pg_statistic) GETSTRUCT(vardata->statsTuple))->stanullfrac;
}

/*
** Restrictions
*/

/*
 * Say whether the relation holds; of the names only, if so asked.
 */
static bool
relation_holds(BundleRelation relation, BundleView value, BundleView probe,
			   bool names_only)
{
	switch (relation)
	{
		case RELATION_COVERS:
		case RELATION_HAS:
			return bundle_covers(value, probe, names_only);
		case RELATION_COVERED:
			return bundle_covers(probe, value, names_only);
		case RELATION_OVERLAPS:
			return bundle_overlaps(value, probe);
	}
	return false;
}

/*
 * Estimate from the names' frequencies the share of non-null rows whose names
 * are in the relation to those of the probe.
 */
static double
share_by_names(const NameStats *names, BundleRelation relation,
			   BundleView probe)
{
	BundleCursor cursor;
	BundleItem	item;
	double		all = 1;		/* has all names of the probe */
	double		none = 1;		/* has none of them */
	double		any = 0;		/* has any of them, at most */
	double		other = 1;		/* has no name but those */

	bundle_open(&cursor, probe);
	while (bundle_next(&cursor, &item))
	{
		double		frequency = name_frequency(names, item.name, item.length);

		all *= frequency;
		none *= 1 - frequency;
		any += frequency;
	}
	switch (relation)
	{
		case RELATION_COVERS:
		case RELATION_HAS:
			return all;
		case RELATION_OVERLAPS:
			return 1 - none;
		case RELATION_COVERED:
			for (int i = 0; i < listed_names(names); i++)
			{
				item = listed_name(names, i);
				if (bundle_quantity(probe, item.name, item.length) == 0)
					other *= 1 - names->slot.numbers[i];
			}
			if (!names->valid)
				return DEFAULT_SELECTIVITY;
			return Min(other, any);
	}
	return DEFAULT_SELECTIVITY;
}

/*
 * Estimate the share of rows of a column in relation to a known bundle.
 */
static double
share_of_column(VariableStatData *vardata, Oid operator,
				BundleRelation relation, BundleView probe)
{
	NameStats	names;
	AttStatsSlot slot;
	double		nullfrac = null_fraction(vardata);
	double		exact = 0;		/* share that is known to match */
	double		exact_names = 0;	/* and share whose names match */
	double		rest = 1 - nullfrac;
	double		by_names;
	double		matches = 0;
	double		name_matches = 0;
	int			seen = 0;

	if (bundle_count(probe) == 0 && relation == RELATION_COVERS)
		return 1 - nullfrac;
	if (bundle_count(probe) == 0 && relation == RELATION_OVERLAPS)
		return 0;

	open_names(&names, vardata);
	by_names = share_by_names(&names, relation, probe) * (1 - nullfrac);
	close_names(&names);
	if (!HeapTupleIsValid(vardata->statsTuple) ||
		!statistic_proc_security_check(vardata, get_opcode(operator)))
		return by_names;

	if (get_attstatsslot(&slot, vardata->statsTuple, STATISTIC_KIND_MCV,
						 InvalidOid,
						 ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
	{
		for (int i = 0; i < slot.nvalues; i++)
		{
			BundleView	value = DatumGetBundleView(slot.values[i]);

			rest -= slot.numbers[i];
			if (relation_holds(relation, value, probe, false))
				exact += slot.numbers[i];
			if (relation_holds(relation, value, probe, true))
				exact_names += slot.numbers[i];
		}
		free_attstatsslot(&slot);
	}
	if (get_attstatsslot(&slot, vardata->statsTuple, STATISTIC_KIND_HISTOGRAM,
						 InvalidOid, ATTSTATSSLOT_VALUES))
	{
		/* The first and the last one are extremes */
		for (int i = 1; i < slot.nvalues - 1; i++)
		{
			BundleView	value = DatumGetBundleView(slot.values[i]);

			seen++;
			if (relation_holds(relation, value, probe, false))
				matches++;
			if (relation_holds(relation, value, probe, true))
				name_matches++;
		}
		free_attstatsslot(&slot);
	}
	if (rest <= 0)
		return exact;
	if (matches >= BELIEVED_MATCHES)
		return exact + rest * matches / seen;

	by_names = Max(by_names - exact_names, 0) *
		(matches + 0.5) / (name_matches + 0.5);
	return exact + Min(by_names, rest);
}

static Datum
restriction(FunctionCallInfo fcinfo, BundleRelation relation)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	int			varRelid = PG_GETARG_INT32(3);
	VariableStatData vardata;
	Node	   *other;
	bool		left;
	double		share = DEFAULT_SELECTIVITY;

	if (!get_restriction_variable(root, args, varRelid, &vardata, &other,
								  &left))
		PG_RETURN_FLOAT8(share);

	if (!left && relation == RELATION_COVERS)
		relation = RELATION_COVERED;
	else if (!left && relation == RELATION_COVERED)
		relation = RELATION_COVERS;

	if (IsA(other, Const) && ((Const *) other)->constisnull)
		share = 0;
	else if (IsA(other, Const) && relation != RELATION_HAS)
		share = share_of_column(&vardata, operator, relation,
								DatumGetBundleView(((Const *) other)->constvalue));
	else if (IsA(other, Const) && left)
	{
		text	   *name = DatumGetTextPP(((Const *) other)->constvalue);
		BundleItem	item = {VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), 1};
		BundleError error;
		unsigned char packed[BUNDLE_MAX_NAME + 3];
		BundleView	probe = {packed, 0};

		share = 0;
		if (bundle_check(&item, 1, &error) == BUNDLE_OK)
		{
			probe.size = bundle_pack(&item, 1, packed);
			share = share_of_column(&vardata, operator, relation, probe);
		}
	}
	ReleaseVariableStats(vardata);
	CLAMP_PROBABILITY(share);
	PG_RETURN_FLOAT8(share);
}

Datum
salon_bundle_covers_sel(PG_FUNCTION_ARGS)
{
	return restriction(fcinfo, RELATION_COVERS);
}

Datum
salon_bundle_covered_sel(PG_FUNCTION_ARGS)
{
	return restriction(fcinfo, RELATION_COVERED);
}

Datum
salon_bundle_overlaps_sel(PG_FUNCTION_ARGS)
{
	return restriction(fcinfo, RELATION_OVERLAPS);
}

Datum
salon_bundle_has_sel(PG_FUNCTION_ARGS)
{
	return restriction(fcinfo, RELATION_HAS);
}

/*
** Joins
*/

/*
 * Estimate the share of pairs that have a name in common, or where the first
 * has all names of the second, from the frequencies of both.
 */
static double
share_of_pairs(const NameStats *a, const NameStats *b, bool covers)
{
	double		none = 1;
	double		all = 1;

	for (int i = 0; i < listed_names(b); i++)
	{
		BundleItem	item = listed_name(b, i);
		double		in_a = name_frequency(a, item.name, item.length);
		double		in_b = b->slot.numbers[i];

		none *= 1 - in_a * in_b;
		all *= 1 - in_b * (1 - in_a);
	}
	return covers ? all : 1 - none;
}

/*
 * Estimate the share of pairs of a bundle and a name where the bundle has it.
 */
static double
share_of_names(const NameStats *names, const VariableStatData *vardata)
{
	AttStatsSlot slot;
	double		rest = 1 - null_fraction(vardata);
	double		share = 0;
	double		sum = 0;
	bool		isdefault;
	double		distinct;

	if (HeapTupleIsValid(vardata->statsTuple) &&
		vardata->atttype == TEXTOID &&
		get_attstatsslot(&slot, vardata->statsTuple, STATISTIC_KIND_MCV,
						 InvalidOid,
						 ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
	{
		for (int i = 0; i < slot.nvalues; i++)
		{
			text	   *name = DatumGetTextPP(slot.values[i]);

			share += slot.numbers[i] *
				name_frequency(names, VARDATA_ANY(name),
							   VARSIZE_ANY_EXHDR(name));
			rest -= slot.numbers[i];
		}
		free_attstatsslot(&slot);
	}

	/* The other names are as frequent as all together, divided by them */
	for (int i = 0; i < listed_names(names); i++)
		sum += names->slot.numbers[i];
	distinct = get_variable_numdistinct(unconstify(VariableStatData *, vardata),
										&isdefault);
	if (rest > 0)
	{
		double		mean = names->valid && distinct > 0 ?
		Min(sum / Max(distinct, listed_names(names)), 1) :
		names->unlisted;

		share += rest * mean;
	}
	return share;
}

/*
 * Estimate the share of pairs by trying values of one side, as known bundles,
 * against the other one; below zero where there are none to try.
 */
static double
share_of_tried(VariableStatData *vardata, Oid operator,
			   BundleRelation relation, const VariableStatData *tried)
{
	AttStatsSlot slot;
	double		rest = 1 - null_fraction(tried);
	double		share = 0;
	double		weight = 0;

	if (!HeapTupleIsValid(tried->statsTuple) ||
		!HeapTupleIsValid(vardata->statsTuple))
		return -1;
	if (get_attstatsslot(&slot, tried->statsTuple, STATISTIC_KIND_MCV,
						 InvalidOid,
						 ATTSTATSSLOT_VALUES | ATTSTATSSLOT_NUMBERS))
	{
		for (int i = 0; i < slot.nvalues; i++)
		{
			rest -= slot.numbers[i];
			if (i >= TRIED_VALUES)
				continue;
			share += slot.numbers[i] *
				share_of_column(vardata, operator, relation,
								DatumGetBundleView(slot.values[i]));
			weight += slot.numbers[i];
		}
		free_attstatsslot(&slot);
	}
	if (rest > 0 &&
		get_attstatsslot(&slot, tried->statsTuple, STATISTIC_KIND_HISTOGRAM,
						 InvalidOid, ATTSTATSSLOT_VALUES))
	{
		int			tries = Min(slot.nvalues, TRIED_VALUES);
		double		sum = 0;

		/* From the middle of equal parts of the histogram */
		for (int i = 0; i < tries; i++)
		{
			int			at = (2 * i + 1) * slot.nvalues / (2 * tries);

			sum += share_of_column(vardata, operator, relation,
								   DatumGetBundleView(slot.values[at]));
		}
		share += rest * sum / tries;
		weight += rest;
		free_attstatsslot(&slot);
	}
	if (weight <= 0)
		return -1;
	return share / weight * (1 - null_fraction(tried));
}

static Datum
join(FunctionCallInfo fcinfo, BundleRelation relation)
{
	PlannerInfo *root = (PlannerInfo *) PG_GETARG_POINTER(0);
	Oid			operator = PG_GETARG_OID(1);
	List	   *args = (List *) PG_GETARG_POINTER(2);
	SpecialJoinInfo *sjinfo = (SpecialJoinInfo *) PG_GETARG_POINTER(4);
	VariableStatData vardata1;
	VariableStatData vardata2;
	NameStats	names1;
	NameStats	names2;
	bool		reversed;
	double		share;

	get_join_variables(root, args, sjinfo, &vardata1, &vardata2, &reversed);
	open_names(&names1, &vardata1);
	open_names(&names2, &vardata2);
	share = -1;
	if (relation != RELATION_HAS &&
		statistic_proc_security_check(&vardata2, get_opcode(operator)))
		share = share_of_tried(&vardata1, operator, relation, &vardata2);
	if (share < 0)
	{
		if (relation == RELATION_HAS && names1.valid)
			share = share_of_names(&names1, &vardata2);
		else if (relation == RELATION_HAS || !names1.valid || !names2.valid)
			share = DEFAULT_SELECTIVITY;
		else if (relation == RELATION_COVERS)
			share = share_of_pairs(&names1, &names2, true);
		else if (relation == RELATION_COVERED)
			share = share_of_pairs(&names2, &names1, true);
		else
			share = share_of_pairs(&names1, &names2, false);
		share *= 1 - null_fraction(&vardata1);
		if (relation != RELATION_HAS)
			share *= 1 - null_fraction(&vardata2);
	}
	CLAMP_PROBABILITY(share);

	/* There, the share of rows with any partner is asked for */
	if (sjinfo->jointype == JOIN_SEMI || sjinfo->jointype == JOIN_ANTI)
	{
		RelOptInfo *inner = reversed ? vardata1.rel : vardata2.rel;

		if (inner != NULL && inner->rows > 1)
			share = 1 - pow(1 - share, inner->rows);
		CLAMP_PROBABILITY(share);
	}
	close_names(&names1);
	close_names(&names2);
	ReleaseVariableStats(vardata1);
	ReleaseVariableStats(vardata2);
	PG_RETURN_FLOAT8(share);
}

Datum
salon_bundle_covers_joinsel(PG_FUNCTION_ARGS)
{
	return join(fcinfo, RELATION_COVERS);
}

Datum
salon_bundle_covered_joinsel(PG_FUNCTION_ARGS)
{
	return join(fcinfo, RELATION_COVERED);
}

Datum
salon_bundle_overlaps_joinsel(PG_FUNCTION_ARGS)
{
	return join(fcinfo, RELATION_OVERLAPS);
}

Datum
salon_bundle_has_joinsel(PG_FUNCTION_ARGS)
{
	return join(fcinfo, RELATION_HAS);
}
