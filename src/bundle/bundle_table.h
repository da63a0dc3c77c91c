/*
 * src/bundle/bundle_table.h
 *
 * A hash table from names to numbers, for aggregates and statistics.  The
 * names are bytes, so that no collation matters.
 */
#ifndef BUNDLE_TABLE_H
#define BUNDLE_TABLE_H

#include "postgres.h"

#include "common/hashfn.h"

typedef struct BundleName
{
	const char *data;
	int			length;
} BundleName;

typedef struct BundleEntry
{
	BundleName	name;
	int64		number;
	int64		slack;			/* most that number may be too low by */
	uint32		hash;
	char		status;
} BundleEntry;

#define SH_PREFIX bundletable
#define SH_ELEMENT_TYPE BundleEntry
#define SH_KEY_TYPE BundleName
#define SH_KEY name
#define SH_HASH_KEY(tb, key) \
	hash_bytes((const unsigned char *) (key).data, (key).length)
#define SH_EQUAL(tb, a, b) \
	((a).length == (b).length && memcmp((a).data, (b).data, (a).length) == 0)
#define SH_STORE_HASH
#define SH_GET_HASH(tb, entry) (entry)->hash
#define SH_SCOPE static inline
#define SH_DECLARE
#define SH_DEFINE

/* The server's template reuses a name in a block */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#include "lib/simplehash.h"
#pragma GCC diagnostic pop

/*
 * Find a name or insert it, with a copy of its bytes in the memory context of
 * the table.
 */
static inline BundleEntry *
bundle_table_enter(bundletable_hash *table, const char *data, size_t length,
				   bool *found)
{
	BundleName	name = {data, (int) length};
	BundleEntry *entry = bundletable_insert(table, name, found);

	if (!*found)
	{
		char	   *copy = MemoryContextAlloc(table->ctx, length);

		memcpy(copy, data, length);
		entry->name.data = copy;
		entry->number = 0;
		entry->slack = 0;
	}
	return entry;
}

#endif							/* BUNDLE_TABLE_H */
