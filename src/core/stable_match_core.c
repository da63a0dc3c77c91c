/*
 * src/core/stable_match_core.c
 *
 * Deferred acceptance.  One side proposes: every party goes down its list,
 * best first, until as many of its proposals are held as its quota allows.
 * The other side holds the best proposals that it got, as many as its quota
 * allows, and rejects the rest; a party that is rejected goes on (Gale and
 * Shapley 1962, "College admissions and the stability of marriage", American
 * Mathematical Monthly 69:9-15; quotas on both sides: Roth 1984, "Stability
 * and polarization of interests in job matching", Econometrica 52:47-57).
 * When nobody goes on, no pair blocks: none that is not matched where each
 * party has a free place or strictly prefers the other to a party it has.
 * Where there are no ties this is the best stable matching for each party of
 * the side that proposes, and the worst one for each of the other, and every
 * stable matching has the same size.  Equal ranks are told apart by number.
 *
 * With ties stable matchings differ in size, and the largest one is hard to
 * find.  A party can then propose up to three times to another:
 *
 * - where several are equal to it, first to each of them lightly: a light
 *   proposal is worth less to the other side than any other one, so it finds
 *   a free place where there is one, and gives way where there is not;
 * - then in earnest;
 * - and when the list is exhausted, once more from its beginning, urgently:
 *   between equal ranks, an urgent proposal is worth more.
 *
 * This is the method of Kiraly 2013 ("Linear time local approximation
 * algorithm for maximum stable marriage", Algorithms 6:471-484) with his
 * states of parties written as proposals of their own.  No stable matching
 * has more than 3/2 as many pairs as the result, quotas on both sides
 * included.  For suppose the pairs of the result R and of a stable matching S
 * are laid in trails that alternate between the two, as long as they can be.
 * Where a trail both starts and ends with S, the parties at its ends have
 * free places in R.  So it is not one pair alone, which would block R.  Let
 * it be three: a-b in S, b-c in R, c-d in S, where a proposes and has free
 * places, and d has.  Then a was rejected by b even urgently, so b holds
 * nothing light, and d got no proposal of c, so that of c to b is not urgent
 * and b is not worse to c than d: it is even better, or c would have proposed
 * to d lightly before it proposed to b in earnest.  And c is better to b than
 * a, or the urgent one of a would have been held.  So b and c block S.  Every
 * trail that has more of S has at least two pairs of R.
 *
 * Both results are computed and the larger one is taken, the one without
 * regard to size if they are equal.
 *
 * Lists are stored one after the other, in the order of the rows' parties (a
 * counting sort), each sorted by rank; what a party holds is a binary heap
 * with the worst on top.
 *
 * Time: O(rows log(longest list) + rows log(largest quota)).
 * Memory: 40 bytes a row, 32 a party; 1 byte a row more for the largest.
 * Limits: rows and parties less than 2^29.
 */
#include "stable_match_core.h"

#include <math.h>
#include <string.h>

#include "group.h"

#define NONE (-1)
#define SHORT_LIST 24			/* sorted by insertion */
#define TIE_EARNEST UINT32_C(0x80000000)

/* How a proposal is made. */
typedef enum Manner
{
	LIGHT,
	EARNEST,
	URGENT
} Manner;

/* An entry of a list. */
typedef struct Entry
{
	double		rank;			/* to the party whose list it is */
	double		their_rank;		/* to the party that it names */
	int32_t		party;			/* on the other side */
	int32_t		row;
} Entry;

/* A proposal that is held.  Less is better, by rank, then by tie. */
typedef struct Held
{
	double		rank;
	uint32_t	tie;			/* the proposer, and TIE_EARNEST if earnest */
	uint32_t	entry;			/* number of the entry * 4 + manner */
} Held;

/*
 * Is one proposal worse than another one?
 */
static inline bool
held_worse(const Held *a, const Held *b)
{
	return a->rank > b->rank || (a->rank == b->rank && a->tie > b->tie);
}

#define HEAP held
#define HEAP_ELEMENT Held
#define HEAP_ABOVE(a, b, by) held_worse(a, b)
#include "heap.h"

/* A party that proposes. */
typedef struct Proposer
{
	int32_t		next;			/* entry to try next */
	uint32_t	manner;			/* how */
} Proposer;

/* A party that holds proposals. */
typedef struct Holder
{
	int32_t		start;			/* of its heap */
	int32_t		count;
	int32_t		quota;
} Holder;

typedef struct Match
{
	SalonPreferences *p;
	SalonHost  *host;
	int32_t		proposers;
	int32_t		holders;
	const int32_t *proposer_of; /* by row */
	const int32_t *holder_of;
	const double *proposer_rank;
	const double *holder_rank;
	const int64_t *proposer_quota;
	const int64_t *holder_quota;
	int32_t    *start;			/* of each list; the end is the next start */
	Entry	   *entry;
	Proposer   *proposer;
	Holder	   *holder;
	Held	   *heap;
	uint8_t    *held;			/* by entry, while the largest is sought */
	SalonSteps	steps;
} Match;

/*
** Lists
*/

/*
 * Does one entry of a list come before another one?
 */
static inline bool
entry_before(const Entry *a, const Entry *b)
{
	return a->rank < b->rank || (a->rank == b->rank && a->party < b->party);
}

/*
 * Sort a short list by insertion.
 */
static inline void
sort_short(Entry *list, int32_t count)
{
	for (int32_t k = 1; k < count; k++)
	{
		Entry		moving = list[k];
		int32_t		at = k;

		while (at > 0 && entry_before(&moving, &list[at - 1]))
		{
			list[at] = list[at - 1];
			at--;
		}
		list[at] = moving;
	}
}

/*
 * Sort a list of any length by merging sorted runs, from and to the list and
 * a work array in turn.
 */
static void
sort_long(Match *m, Entry *list, int32_t count, Entry *work)
{
	Entry	   *from = list;
	Entry	   *to = work;

	for (int32_t k = 0; k < count; k += SHORT_LIST)
	{
		int32_t		run = count - k < SHORT_LIST ? count - k : SHORT_LIST;

		sort_short(list + k, run);
		salon_steps(&m->steps, run);
	}
	for (int64_t run = SHORT_LIST; run < count; run *= 2)
	{
		for (int64_t begin = 0; begin < count; begin += 2 * run)
		{
			int64_t		middle = begin + run < count ? begin + run : count;
			int64_t		end = middle + run < count ? middle + run : count;
			int64_t		a = begin;
			int64_t		b = middle;

			for (int64_t k = begin; k < end; k++)
			{
				if (b >= end || (a < middle &&
								 !entry_before(&from[b], &from[a])))
					to[k] = from[a++];
				else
					to[k] = from[b++];
				salon_steps(&m->steps, 1);
			}
		}
		if (from == list)
		{
			from = work;
			to = list;
		}
		else
		{
			from = list;
			to = work;
		}
	}
	if (from != list)
		memcpy(list, from, sizeof(Entry) * (size_t) count);
}

/*
 * Make the lists of the side that proposes.
 */
static void
make_lists(Match *m)
{
	SalonHost  *host = m->host;
	int32_t		rows = m->p->rows;
	int32_t    *start = m->start;
	int32_t		entries = 0;
	int32_t		longest = 0;
	Entry	   *work = NULL;

	memset(start, 0, sizeof(int32_t) * ((size_t) m->proposers + 1));
	for (int32_t r = 0; r < rows; r++)
	{
		if (m->proposer_of[r] >= 0 && m->holder_of[r] >= 0)
		{
			start[m->proposer_of[r]]++;
			entries++;
		}
		salon_steps(&m->steps, 1);
	}
	for (int32_t a = 0; a < m->proposers; a++)
		longest = start[a] > longest ? start[a] : longest;
	salon_group_ends(start, m->proposers);
	m->entry = salon_host_array(host, (size_t) entries, sizeof(Entry));
	for (int32_t r = rows - 1; r >= 0; r--)
	{
		Entry		entry = {m->proposer_rank[r], m->holder_rank[r],
		m->holder_of[r], r};

		if (m->proposer_of[r] >= 0 && m->holder_of[r] >= 0)
			m->entry[--start[m->proposer_of[r]]] = entry;
		salon_steps(&m->steps, 1);
	}
	if (longest > SHORT_LIST)
		work = salon_host_array(host, (size_t) longest, sizeof(Entry));
	for (int32_t a = 0; a < m->proposers; a++)
	{
		int32_t		length = start[a + 1] - start[a];

		if (length > SHORT_LIST)
			sort_long(m, m->entry + start[a], length, work);
		else
			sort_short(m->entry + start[a], length);
		salon_steps(&m->steps, length + 1);
	}
	salon_host_release(host, work);
}

/*
 * Make the heaps of the other side, and see that no pair comes twice.
 */
static SalonMatchVerdict
make_holders(Match *m)
{
	SalonHost  *host = m->host;
	int32_t		total = 0;
	int32_t    *last = salon_host_array(host, (size_t) m->holders,
										sizeof(int32_t));
	int32_t		twice = NONE;

	for (int32_t b = 0; b < m->holders; b++)
	{
		m->holder[b].count = 0;
		last[b] = NONE;
	}
	for (int32_t a = 0; a < m->proposers && twice == NONE; a++)
	{
		for (int32_t e = m->start[a]; e < m->start[a + 1]; e++)
		{
			int32_t		b = m->entry[e].party;

			if (last[b] == a &&
				(twice == NONE || b < m->entry[twice].party))
				twice = e;
			last[b] = a;
			m->holder[b].count++;
		}
		salon_steps(&m->steps, m->start[a + 1] - m->start[a] + 1);
	}
	salon_host_release(host, last);
	if (twice != NONE)
	{
		m->p->twice = m->entry[twice].row;
		return SALON_PAIR_TWICE;
	}
	for (int32_t b = 0; b < m->holders; b++)
	{
		Holder	   *h = &m->holder[b];
		int64_t		quota = m->holder_quota[b];

		if (quota < 0 || quota > h->count)
			quota = h->count;
		h->quota = (int32_t) quota;
		h->start = total;
		total += h->quota;
	}
	m->heap = salon_host_array(host, (size_t) total, sizeof(Held));
	return SALON_MATCHED;
}

/*
** Proposals
*/

/*
 * A proposal is made.  True when something is rejected: another one that was
 * held, or this one; it is left in *offer.
 */
static inline bool
propose(Match *m, int32_t holder, Held *offer)
{
	Holder	   *h = &m->holder[holder];
	Held	   *heap = m->heap + h->start;
	Held		rejected;

	if (h->count == h->quota)
	{
		if (h->quota == 0 || held_worse(offer, &heap[0]))
			return true;
		rejected = heap[0];
		heap[0] = *offer;
		held_sink(heap, h->count, 0, NULL);
		*offer = rejected;
		return true;
	}
	heap[h->count] = *offer;
	held_rise(heap, h->count++, NULL);
	return false;
}

/*
 * How many proposals of a party can be held.
 */
static inline int32_t
places(const Match *m, int32_t proposer)
{
	int32_t		length = m->start[proposer + 1] - m->start[proposer];
	int64_t		quota = m->proposer_quota[proposer];

	return quota < 0 || quota > length ? length : (int32_t) quota;
}

/*
 * Start from nothing.
 */
static void
clear(Match *m, Manner manner)
{
	for (int32_t a = 0; a < m->proposers; a++)
	{
		m->proposer[a].next = m->start[a];
		m->proposer[a].manner = manner;
	}
	for (int32_t b = 0; b < m->holders; b++)
		m->holder[b].count = 0;
}

/*
 * Match, with equal ranks told apart by number.
 */
static void
match_plain(Match *m)
{
	clear(m, EARNEST);
	for (int32_t first = 0; first < m->proposers; first++)
	{
		for (int32_t k = places(m, first); k > 0; k--)
		{
			int32_t		a = first;

			while (m->proposer[a].next < m->start[a + 1])
			{
				int32_t		number = m->proposer[a].next++;
				const Entry *e = &m->entry[number];
				Held		offer;

				offer.rank = e->their_rank;
				offer.tie = (uint32_t) a;
				offer.entry = (uint32_t) number * 4 + EARNEST;
				salon_steps(&m->steps, 1);
				if (!propose(m, e->party, &offer))
					break;
				a = (int32_t) offer.tie;
			}
		}
		salon_steps(&m->steps, 1);
	}
}

/*
 * Is the entry one of several of equal rank in its list?
 */
static inline bool
in_tie(const Match *m, int32_t a, int32_t e)
{
	return (e > m->start[a] && m->entry[e - 1].rank == m->entry[e].rank) ||
		(e + 1 < m->start[a + 1] && m->entry[e + 1].rank == m->entry[e].rank);
}

/*
 * Where a party goes after it has tried an entry.
 */
static void
go_on(Match *m, int32_t a, int32_t e, Manner manner)
{
	Proposer   *p = &m->proposer[a];
	bool		last = e + 1 == m->start[a + 1];

	p->next = e + 1;
	p->manner = manner;
	if (manner == LIGHT)
	{
		if (!last && m->entry[e + 1].rank == m->entry[e].rank)
			return;
		/* back to the first of the tie, in earnest */
		while (e > m->start[a] && m->entry[e - 1].rank == m->entry[e].rank)
		{
			e--;
			salon_steps(&m->steps, 1);
		}
		p->next = e;
		p->manner = EARNEST;
	}
	else if (manner == EARNEST)
	{
		if (last)
		{
			p->next = m->start[a];
			p->manner = URGENT;
		}
		else if (m->entry[e + 1].rank != m->entry[e].rank &&
				 in_tie(m, a, e + 1))
			p->manner = LIGHT;
	}
}

/*
 * The next proposal of a party, if it has one.  One that is held already is
 * not made again.
 */
static bool
next_proposal(Match *m, int32_t a, int32_t *entry, Manner *manner)
{
	Proposer   *p = &m->proposer[a];

	while (p->manner != URGENT || p->next < m->start[a + 1])
	{
		*entry = p->next;
		*manner = (Manner) p->manner;
		salon_steps(&m->steps, 1);
		go_on(m, a, *entry, *manner);
		if (!m->held[*entry])
			return true;
	}
	return false;
}

/*
 * Has the party passed the proposal by, because another one to the same was
 * held at that time?
 */
static bool
passed_by(const Match *m, int32_t a, int32_t entry, Manner manner)
{
	const Proposer *p = &m->proposer[a];

	if (p->manner == URGENT)
		return manner == EARNEST || entry < p->next;
	if (manner == URGENT)
		return false;
	/* in earnest: the party may be at the light ones of the same tie */
	if (p->manner == LIGHT)
		return m->entry[entry].rank < m->entry[p->next].rank;
	return entry < p->next;
}

/*
 * Match so that ties leave few without a match.
 */
static void
match_largest(Match *m, int32_t entries)
{
	memset(m->held, 0, (size_t) entries);
	clear(m, EARNEST);
	for (int32_t a = 0; a < m->proposers; a++)
	{
		if (m->start[a] < m->start[a + 1] && in_tie(m, a, m->start[a]))
			m->proposer[a].manner = LIGHT;
	}
	for (int32_t first = 0; first < m->proposers; first++)
	{
		for (int32_t k = places(m, first); k > 0; k--)
		{
			int32_t		a = first;
			int32_t		number;
			Manner		manner;
			bool		more = next_proposal(m, a, &number, &manner);

			while (more)
			{
				const Entry *e = &m->entry[number];
				Held		offer;

				/* no rank is as bad as that of a light proposal */
				offer.rank = manner == LIGHT ? INFINITY : e->their_rank;
				offer.tie = (uint32_t) a | (manner == URGENT ? 0 : TIE_EARNEST);
				offer.entry = (uint32_t) number * 4 + manner;
				m->held[number] = 1;
				salon_steps(&m->steps, 1);
				if (!propose(m, e->party, &offer))
					break;
				a = (int32_t) (offer.tie & ~TIE_EARNEST);
				number = (int32_t) (offer.entry / 4);
				manner = (Manner) (offer.entry % 4);
				m->held[number] = 0;
				if (manner != URGENT &&
					passed_by(m, a, number, (Manner) (manner + 1)))
					manner++;
				else
					more = next_proposal(m, a, &number, &manner);
			}
		}
		salon_steps(&m->steps, 1);
	}
}

/*
 * How many pairs are matched.
 */
static int64_t
size_of_match(const Match *m)
{
	int64_t		size = 0;

	for (int32_t b = 0; b < m->holders; b++)
		size += m->holder[b].count;
	return size;
}

/*
 * Tell the rows that are matched.
 */
static void
answer(Match *m)
{
	memset(m->p->matched, 0, (size_t) m->p->rows);
	for (int32_t b = 0; b < m->holders; b++)
	{
		const Holder *h = &m->holder[b];

		for (int32_t k = 0; k < h->count; k++)
		{
			uint32_t	number = m->heap[h->start + k].entry / 4;

			m->p->matched[m->entry[number].row] = 1;
		}
		salon_steps(&m->steps, h->count + 1);
	}
}

/*
 * The stable matching that is asked for.
 */
SalonMatchVerdict
salon_stable_match_solve(SalonPreferences *p, SalonHost *host)
{
	Match		match;
	Match	   *m = &match;
	int64_t		mark = salon_host_mark(host);
	SalonMatchVerdict verdict;

	memset(m, 0, sizeof(*m));
	m->p = p;
	m->host = m->steps.host = host;
	if (p->best_for_openings)
	{
		m->proposers = p->openings;
		m->holders = p->applicants;
		m->proposer_of = p->opening;
		m->holder_of = p->applicant;
		m->proposer_rank = p->opening_rank;
		m->holder_rank = p->applicant_rank;
		m->proposer_quota = p->opening_quota;
		m->holder_quota = p->applicant_quota;
	}
	else
	{
		m->proposers = p->applicants;
		m->holders = p->openings;
		m->proposer_of = p->applicant;
		m->holder_of = p->opening;
		m->proposer_rank = p->applicant_rank;
		m->holder_rank = p->opening_rank;
		m->proposer_quota = p->applicant_quota;
		m->holder_quota = p->opening_quota;
	}
	host->phase = "sorting";
	m->start = salon_host_array(host, (size_t) m->proposers + 1,
								sizeof(int32_t));
	m->holder = salon_host_array(host, (size_t) m->holders, sizeof(Holder));
	make_lists(m);
	verdict = make_holders(m);
	if (verdict == SALON_MATCHED)
	{
		host->phase = "matching";
		m->proposer = salon_host_array(host, (size_t) m->proposers,
									   sizeof(Proposer));
		match_plain(m);
		answer(m);
		if (p->largest)
		{
			int32_t		entries = m->start[m->proposers];
			int64_t		size = size_of_match(m);

			m->held = salon_host_array(host, (size_t) entries, 1);
			match_largest(m, entries);
			if (size_of_match(m) > size)
				answer(m);
		}
	}
	salon_host_rewind(host, mark);
	return verdict;
}
