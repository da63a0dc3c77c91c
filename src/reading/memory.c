/*
 * src/reading/memory.c
 *
 * Memory of one matching, counted against the setting salon.match_memory.
 * Cores get theirs through here as well, so whatever happens, an error only
 * has to leave: the contexts are the server's to free.
 */
#include "postgres.h"

#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "memory.h"
#include "salon.h"

/*
 * Begin to count.
 */
void
salon_budget_start(SalonBudget *budget, MemoryContext work, MemoryContext keep)
{
	budget->work = work;
	budget->keep = keep;
	budget->used = 0;
	budget->limit = (Size) salon_match_memory * 1024;
}

/*
 * Refuse what would exceed the limit.
 */
static void
check_budget(const SalonBudget *budget, Size more)
{
	if (more > budget->limit || budget->used > budget->limit - more)
		ereport(ERROR,
				(errcode(ERRCODE_CONFIGURATION_LIMIT_EXCEEDED),
				 errmsg(salon_say("matching needs more memory than salon.match_memory allows")),
				 errdetail(salon_say("The limit is %d kB."), salon_match_memory),
				 errhint(salon_say("Raise salon.match_memory, or make smaller markets with PARTITION BY."))));
}

/*
 * An array in one of the two contexts.
 */
void	   *
salon_budget_alloc(SalonBudget *budget, MemoryContext context,
				   Size count, Size size)
{
	Size		bytes = count > 0 ? mul_size(count, size) : size;
	void	   *memory;

	check_budget(budget, bytes);
	memory = MemoryContextAllocHuge(context, bytes);
	budget->used += GetMemoryChunkSpace(memory);
	return memory;
}

/*
 * The same array with another size.
 */
void	   *
salon_budget_resize(SalonBudget *budget, void *memory, Size count, Size size)
{
	Size		bytes = mul_size(count, size);
	Size		before = GetMemoryChunkSpace(memory);

	if (bytes > before)
		check_budget(budget, bytes - before);
	memory = repalloc_huge(memory, bytes);
	budget->used -= before;
	budget->used += GetMemoryChunkSpace(memory);
	return memory;
}

/*
 * Give back an array.
 */
void
salon_budget_free(SalonBudget *budget, void *memory)
{
	budget->used -= GetMemoryChunkSpace(memory);
	pfree(memory);
}

/*
 * A core asks for working memory.
 */
static void *
host_alloc(void *arg, size_t size)
{
	SalonBudget *budget = (SalonBudget *) arg;

	return salon_budget_alloc(budget, budget->work, size, 1);
}

/*
 * A core gives back working memory.
 */
static void
host_release(void *arg, void *memory)
{
	salon_budget_free((SalonBudget *) arg, memory);
}

/*
 * A core lets the server see to interrupts, and the user to the progress.
 */
static void
host_tick(void *arg)
{
	SalonBudget *budget = (SalonBudget *) arg;

	CHECK_FOR_INTERRUPTS();
	if (salon_progress > 0)
	{
		TimestampTz now = GetCurrentTimestamp();

		if (!TimestampDifferenceExceeds(budget->told, now,
										(int) (salon_progress * 1000)))
			return;
		budget->told = now;
		if (budget->host.share < 0)
			ereport(NOTICE,
					(errmsg(salon_say("matching: %s"), budget->host.phase)));
		else
			ereport(NOTICE,
					(errmsg(salon_say("matching: %s, %d%% done"), budget->host.phase,
							(int) (budget->host.share * 100))));
	}
}

/*
 * What a core gets to see of all this.
 */
SalonHost  *
salon_budget_host(SalonBudget *budget)
{
	SalonHost  *host = &budget->host;

	host->arg = budget;
	host->alloc = host_alloc;
	host->release = host_release;
	host->tick = host_tick;
	host->phase = "";
	host->share = 0;
	host->newest = NULL;
	host->made = 0;
	budget->told = salon_progress > 0 ? GetCurrentTimestamp() : 0;
	return host;
}
