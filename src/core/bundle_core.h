/*
 * src/core/bundle_core.h
 *
 * Multisets of named resources over plain memory: text, bytes and laws.
 * See bundle_core.c for the format and the limits.
 */
#ifndef BUNDLE_CORE_H
#define BUNDLE_CORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The first byte of every packed bundle */
#define BUNDLE_FORMAT 1

/* Longest name, in bytes: its length is one byte of the format */
#define BUNDLE_MAX_NAME 255

/* Most items that a bundle has, and that a text may list */
#define BUNDLE_MAX_ITEMS 65535

/* Most bytes that the packed form of a name's length and quantity takes */
#define BUNDLE_MAX_QUANTITY_BYTES 9

typedef enum BundleStatus
{
	BUNDLE_OK,
	BUNDLE_END,					/* the scanner has no further item */
	/* text */
	BUNDLE_NAME_EXPECTED,
	BUNDLE_QUANTITY_EXPECTED,
	BUNDLE_COLON_EXPECTED,		/* or a comma */
	BUNDLE_COMMA_EXPECTED,
	BUNDLE_QUOTE_OPEN,
	BUNDLE_NO_LETTER,
	/* items */
	BUNDLE_NAME_EMPTY,
	BUNDLE_NAME_TOO_LONG,
	BUNDLE_TOO_MANY_ITEMS,
	BUNDLE_NEGATIVE,
	BUNDLE_OUT_OF_RANGE,
	BUNDLE_NOT_POSITIVE,
	BUNDLE_NOT_SORTED,
	/* bytes */
	BUNDLE_UNKNOWN_FORMAT,
	BUNDLE_DAMAGED
} BundleStatus;

/* What went wrong: where in a text (a byte offset), or at which name */
typedef struct BundleError
{
	BundleStatus status;
	size_t		offset;
	const char *name;
	size_t		length;
} BundleError;

typedef struct BundleItem
{
	const char *name;			/* not terminated */
	size_t		length;
	int64_t		quantity;
} BundleItem;

/* A packed bundle */
typedef struct BundleView
{
	const unsigned char *data;
	size_t		size;
} BundleView;

/* Walks over the items of a packed bundle */
typedef struct BundleCursor
{
	const unsigned char *at;
	const unsigned char *end;
	bool		damaged;
} BundleCursor;

/* Walks over the items of a text */
typedef struct BundleScanner
{
	const char *start;
	const char *at;
	const char *end;
	char	   *scratch;		/* takes quoted names, as long as the text */
	size_t		count;
	bool		utf8;
	bool		done;
} BundleScanner;

typedef enum BundleOperation
{
	BUNDLE_SUM,
	BUNDLE_DIFFERENCE,
	BUNDLE_MINIMUM,
	BUNDLE_MAXIMUM
} BundleOperation;

/* A sum of quantities beyond 64 bits: high * 10^18 + low */
typedef struct BundleTotal
{
	int64_t		high;
	int64_t		low;
} BundleTotal;

#define BUNDLE_TOTAL_BASE INT64_C(1000000000000000000)
#define BUNDLE_TOTAL_DIGITS 18

extern void bundle_scan_start(BundleScanner *scanner, const char *input,
							  size_t length, char *scratch, bool utf8);
extern BundleStatus bundle_scan_next(BundleScanner *scanner, BundleItem *item,
									 BundleError *error);
extern BundleStatus bundle_collect(BundleItem *items, size_t *count,
								   BundleError *error);
extern BundleStatus bundle_check(const BundleItem *items, size_t count,
								 BundleError *error);
extern size_t bundle_packed_size(const BundleItem *items, size_t count);
extern size_t bundle_pack(const BundleItem *items, size_t count,
						  unsigned char *out);
extern BundleStatus bundle_validate(BundleView view, BundleError *error);
extern size_t bundle_print(BundleView view, bool utf8, char *out);

extern void bundle_open(BundleCursor *cursor, BundleView view);
extern bool bundle_next(BundleCursor *cursor, BundleItem *item);
extern size_t bundle_count(BundleView view);

extern int	bundle_compare_names(const BundleItem *a, const BundleItem *b);
extern int	bundle_compare(BundleView a, BundleView b);
extern bool bundle_covers(BundleView a, BundleView b, bool names_only);
extern bool bundle_overlaps(BundleView a, BundleView b);
extern int64_t bundle_quantity(BundleView view, const char *name,
							   size_t length);
extern BundleStatus bundle_merge(BundleOperation operation, BundleView a,
								 BundleView b, unsigned char *out,
								 size_t *size, BundleError *error);
extern size_t bundle_scaled_capacity(BundleView view);
extern BundleStatus bundle_scale(BundleView view, int64_t factor,
								 unsigned char *out, size_t *size,
								 BundleError *error);
extern BundleTotal bundle_total(BundleView view);
extern double bundle_coverage(BundleView have, BundleView want);

#endif							/* BUNDLE_CORE_H */
