/*
 * test/fuzz/preferences.h
 *
 * Preferences in memory, and the check of a matching against the definition:
 * quotas hold and no pair blocks.  Shared by the differential test and the
 * fuzz target of stable_match.
 */
#ifndef SALON_TEST_PREFERENCES_H
#define SALON_TEST_PREFERENCES_H

#include <stdlib.h>
#include <string.h>

#include "host.h"
#include "../../src/core/stable_match_core.h"

typedef struct TestPreferences
{
	SalonPreferences p;
	int32_t    *party[2];		/* by row */
	double	   *rank[2];		/* by row */
	int64_t    *quota[2];		/* by party */
} TestPreferences;

static inline void
preferences_init(TestPreferences *t, int32_t applicants, int32_t openings,
				 int32_t rows)
{
	memset(t, 0, sizeof(*t));
	for (int k = 0; k < 2; k++)
	{
		t->party[k] = calloc(rows + 1, sizeof(int32_t));
		t->rank[k] = calloc(rows + 1, sizeof(double));
	}
	t->quota[0] = calloc(applicants + 1, sizeof(int64_t));
	t->quota[1] = calloc(openings + 1, sizeof(int64_t));
	t->p.applicants = applicants;
	t->p.openings = openings;
	t->p.rows = rows;
	t->p.applicant = t->party[0];
	t->p.opening = t->party[1];
	t->p.applicant_rank = t->rank[0];
	t->p.opening_rank = t->rank[1];
	t->p.applicant_quota = t->quota[0];
	t->p.opening_quota = t->quota[1];
	t->p.matched = calloc(rows + 1, 1);
}

static inline void
preferences_free(TestPreferences *t)
{
	for (int k = 0; k < 2; k++)
	{
		free(t->party[k]);
		free(t->rank[k]);
		free(t->quota[k]);
	}
	free(t->p.matched);
}

static inline bool
takes_part(const SalonPreferences *p, int32_t row)
{
	return p->applicant[row] >= 0 && p->opening[row] >= 0;
}

/*
 * What is wrong with a matching, or NULL.
 */
static inline const char *
matching_fault(const SalonPreferences *p, const uint8_t *matched)
{
	int64_t    *count[2];
	double	   *worst[2];
	const char *fault = NULL;

	count[0] = calloc(p->applicants + 1, sizeof(int64_t));
	count[1] = calloc(p->openings + 1, sizeof(int64_t));
	worst[0] = calloc(p->applicants + 1, sizeof(double));
	worst[1] = calloc(p->openings + 1, sizeof(double));
	for (int32_t r = 0; r < p->rows; r++)
	{
		int32_t		a = p->applicant[r];
		int32_t		b = p->opening[r];

		if (!matched[r])
			continue;
		if (!takes_part(p, r))
		{
			fault = "a row that takes no part is matched";
			continue;
		}
		if (count[0][a]++ == 0 || p->applicant_rank[r] > worst[0][a])
			worst[0][a] = p->applicant_rank[r];
		if (count[1][b]++ == 0 || p->opening_rank[r] > worst[1][b])
			worst[1][b] = p->opening_rank[r];
	}
	for (int32_t a = 0; a < p->applicants; a++)
		if (p->applicant_quota[a] >= 0 && count[0][a] > p->applicant_quota[a])
			fault = "an applicant above its quota";
	for (int32_t b = 0; b < p->openings; b++)
		if (p->opening_quota[b] >= 0 && count[1][b] > p->opening_quota[b])
			fault = "an opening above its quota";
	for (int32_t r = 0; r < p->rows; r++)
	{
		int32_t		a = p->applicant[r];
		int32_t		b = p->opening[r];

		if (matched[r] || !takes_part(p, r))
			continue;
		if ((p->applicant_quota[a] < 0 || count[0][a] < p->applicant_quota[a] ||
			 (count[0][a] > 0 && p->applicant_rank[r] < worst[0][a])) &&
			(p->opening_quota[b] < 0 || count[1][b] < p->opening_quota[b] ||
			 (count[1][b] > 0 && p->opening_rank[r] < worst[1][b])))
			fault = "a pair blocks";
	}
	for (int k = 0; k < 2; k++)
	{
		free(count[k]);
		free(worst[k]);
	}
	return fault;
}

static inline int32_t
matching_size(const SalonPreferences *p, const uint8_t *matched)
{
	int32_t		size = 0;

	for (int32_t r = 0; r < p->rows; r++)
		size += matched[r];
	return size;
}

#endif							/* SALON_TEST_PREFERENCES_H */
