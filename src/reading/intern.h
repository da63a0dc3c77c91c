/*
 * src/reading/intern.h
 *
 * Identifiers of any hashable type become small integers.
 */
#ifndef SALON_INTERN_H
#define SALON_INTERN_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/typcache.h"

#include "memory.h"

typedef enum SalonIdKind
{
	SALON_ID_INTEGER,			/* by value, compared as a 64-bit integer */
	SALON_ID_BYTES,				/* equal when their bytes are */
	SALON_ID_ANY				/* by the operators of the type */
} SalonIdKind;

/* What is known about the type of an identifier: one for a query. */
typedef struct SalonIdType
{
	Oid			type;
	Oid			base;			/* under a domain */
	Oid			collation;
	SalonIdKind kind;
	int16		length;
	bool		by_value;
	bool		dense;			/* an integer whose values may be dense */
	TypeCacheEntry *cache;
} SalonIdType;

/* The identifiers of one side of one partition. */
typedef struct SalonIntern
{
	const SalonIdType *type;
	SalonBudget *budget;
	int32		count;
	int32		room;			/* entries that fit */
	uint32		mask;			/* slots less one */
	int32	   *slot;			/* number of an entry, or -1 */
	uint32	   *hash;			/* by entry, not for integers */
	int64	   *integer;		/* by entry, for integers */
	Datum	   *datum;			/* by entry, for other kinds */
	uint32	   *length;			/* by entry, for bytes */
	char	   *chunk;			/* where copies go */
	Size		chunk_left;
	MemoryContext scratch;		/* for the functions of the type */
} SalonIntern;

extern void salon_id_type_init(SalonIdType *type, Oid typid, Oid collation,
							   const char *side);
extern char *salon_id_text(const SalonIdType *type, Datum id);
extern void salon_intern_init(SalonIntern *intern, const SalonIdType *type,
							  SalonBudget *budget, MemoryContext scratch);
extern int32 salon_intern(SalonIntern *intern, Datum id);
extern int32 salon_intern_integer(SalonIntern *intern, int64 key);
extern int32 *salon_intern_ranks(SalonIntern *intern);
extern void salon_intern_release(SalonIntern *intern);

#endif							/* SALON_INTERN_H */
