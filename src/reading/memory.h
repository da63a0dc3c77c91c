/*
 * src/reading/memory.h
 *
 * Memory of one matching: contexts of the server, counted against the setting
 * salon.match_memory; and the host that the cores see.
 */
#ifndef SALON_MEMORY_H
#define SALON_MEMORY_H

#include "postgres.h"

#include "datatype/timestamp.h"

#include "../core/core.h"

typedef struct SalonBudget
{
	MemoryContext work;			/* gone when the partition is solved */
	MemoryContext keep;			/* lives as long as the partition */
	Size		used;
	Size		limit;
	SalonHost	host;			/* what cores see of it */
	TimestampTz told;			/* last notice on progress */
} SalonBudget;

extern void salon_budget_start(SalonBudget *budget, MemoryContext work,
							   MemoryContext keep);
extern void *salon_budget_alloc(SalonBudget *budget, MemoryContext context,
								Size count, Size size);
extern void *salon_budget_resize(SalonBudget *budget, void *memory,
								 Size count, Size size);
extern void salon_budget_free(SalonBudget *budget, void *memory);
extern SalonHost *salon_budget_host(SalonBudget *budget);

#endif							/* SALON_MEMORY_H */
