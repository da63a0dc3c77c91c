/*
 * test/fuzz/bundle_fuzz.c
 *
 * Fuzz target for the core of the type bundle.  The input is cut at the first
 * zero byte into two parts.  Each is read as text, and what can be read must
 * keep the promises of a bundle, print as a text that reads the same, and obey
 * the laws of multisets together with the other.  Both are taken as packed
 * bytes, too, which must be refused or walk as safely as any other bundle.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../src/core/bundle_core.h"

#define CHECK(condition) \
	do { \
		if (!(condition)) \
		{ \
			fprintf(stderr, "%s:%d: not so: %s\n", \
					__FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

typedef unsigned __int128 uint128;

typedef struct Packed
{
	unsigned char *data;
	BundleView	view;
} Packed;

int			LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Read a text into a packed bundle of its own memory.
 */
static bool
parse(const char *text, size_t length, bool utf8, Packed *out)
{
	BundleItem *items = malloc((length + 2) * sizeof(BundleItem));
	char	   *scratch = malloc(length + 1);
	size_t		count = 0;
	BundleScanner scanner;
	BundleError error;
	BundleStatus status;

	out->data = NULL;
	memset(&error, 0, sizeof(error));
	bundle_scan_start(&scanner, text, length, scratch, utf8);
	while ((status = bundle_scan_next(&scanner, &items[count],
									  &error)) == BUNDLE_OK)
		count++;
	if (status == BUNDLE_END)
		status = bundle_collect(items, &count, &error);
	if (status == BUNDLE_OK)
	{
		CHECK(bundle_check(items, count, &error) == BUNDLE_OK);
		out->view.size = bundle_packed_size(items, count);
		out->data = malloc(out->view.size);
		out->view.data = out->data;
		CHECK(bundle_pack(items, count, out->data) == out->view.size);
		CHECK(bundle_validate(out->view, &error) == BUNDLE_OK);
		CHECK(bundle_count(out->view) == count);
	}
	else
	{
		CHECK(error.status == status);
		CHECK(error.offset <= length);
	}
	free(items);
	free(scratch);
	return status == BUNDLE_OK;
}

static bool
same(BundleView a, BundleView b)
{
	return a.size == b.size && memcmp(a.data, b.data, a.size) == 0;
}

static bool
merge(BundleOperation operation, BundleView a, BundleView b, Packed *out)
{
	BundleError error;
	BundleStatus status;

	out->data = malloc(a.size + b.size);
	out->view.data = out->data;
	status = bundle_merge(operation, a, b, out->data, &out->view.size,
						  &error);
	if (status == BUNDLE_OK)
	{
		CHECK(out->view.size <= a.size + b.size);
		CHECK(bundle_validate(out->view, &error) == BUNDLE_OK);
		return true;
	}
	CHECK(status == BUNDLE_OUT_OF_RANGE || status == BUNDLE_TOO_MANY_ITEMS);
	CHECK(operation == BUNDLE_SUM || operation == BUNDLE_MAXIMUM);
	free(out->data);
	return false;
}

static void
check_print(BundleView view, bool utf8)
{
	size_t		length = bundle_print(view, utf8, NULL);
	char	   *text = malloc(length + 1);
	Packed		back;

	CHECK(bundle_print(view, utf8, text) == length);
	CHECK(parse(text, length, utf8, &back));
	CHECK(same(view, back.view));
	free(back.data);
	free(text);
}

static void
check_scale(BundleView view, int64_t factor)
{
	Packed		scaled;
	BundleError error;
	BundleStatus status;

	scaled.data = malloc(bundle_scaled_capacity(view));
	scaled.view.data = scaled.data;
	status = bundle_scale(view, factor, scaled.data, &scaled.view.size,
						  &error);
	if (status == BUNDLE_OK)
	{
		CHECK(scaled.view.size <= bundle_scaled_capacity(view));
		CHECK(bundle_validate(scaled.view, &error) == BUNDLE_OK);
		if (factor > 0)
			CHECK(bundle_covers(scaled.view, view, false));
	}
	else
		CHECK(status == BUNDLE_OUT_OF_RANGE);
	free(scaled.data);
}

/*
 * Check the laws of two bundles.
 */
static void
check_laws(BundleView a, BundleView b)
{
	Packed		minimum;
	Packed		minus;
	Packed		sum;
	Packed		back;
	double		coverage = bundle_coverage(a, b);
	int			order = bundle_compare(a, b);

	CHECK(order == -bundle_compare(b, a));
	CHECK((order == 0) == same(a, b));
	CHECK((order == 0) == (bundle_covers(a, b, false) &&
						   bundle_covers(b, a, false)));
	if (bundle_covers(a, b, false))
		CHECK(order >= 0 && bundle_covers(a, b, true));

	CHECK(merge(BUNDLE_MINIMUM, a, b, &minimum));
	CHECK(merge(BUNDLE_DIFFERENCE, a, b, &minus));
	CHECK(bundle_covers(a, minimum.view, false));
	CHECK(bundle_covers(b, minimum.view, false));
	CHECK(bundle_overlaps(a, b) == (minimum.view.size > 1));
	CHECK(bundle_overlaps(b, a) == (minimum.view.size > 1));
	CHECK(bundle_covers(b, a, false) == (minus.view.size == 1));

	CHECK(merge(BUNDLE_SUM, minus.view, minimum.view, &sum));
	CHECK(same(sum.view, a));
	free(sum.data);

	if (merge(BUNDLE_SUM, a, b, &sum))
	{
		CHECK(merge(BUNDLE_DIFFERENCE, sum.view, b, &back));
		CHECK(same(back.view, a));
		CHECK(bundle_covers(sum.view, a, false));
		free(back.data);
		free(sum.data);
	}
	if (merge(BUNDLE_MAXIMUM, a, b, &sum))
	{
		CHECK(merge(BUNDLE_SUM, minus.view, b, &back));
		CHECK(same(back.view, sum.view));
		free(back.data);
		free(sum.data);
	}

	CHECK(coverage >= 0 && coverage <= 1);
	CHECK((coverage == 1) == bundle_covers(a, b, false));
	if (b.size > 1)
		CHECK((coverage == 0) == !bundle_overlaps(a, b));
	free(minimum.data);
	free(minus.data);
}

/*
 * Check one bundle against its own items.
 */
static void
check_items(BundleView view)
{
	BundleCursor cursor;
	BundleItem	item;
	BundleTotal total = bundle_total(view);
	uint128		sum = 0;

	bundle_open(&cursor, view);
	while (bundle_next(&cursor, &item))
	{
		CHECK(bundle_quantity(view, item.name, item.length) == item.quantity);
		sum += (uint64_t) item.quantity;
	}
	CHECK(!cursor.damaged);
	CHECK(sum == (uint128) total.high * BUNDLE_TOTAL_BASE +
		  (uint128) total.low);
	CHECK(bundle_quantity(view, "", 0) == 0);
}

/*
 * Walk over bytes that may be anything.
 */
static void
check_bytes(BundleView view, BundleView other)
{
	BundleError error;
	unsigned char *out = malloc(view.size + other.size + 1);
	unsigned char *scaled = malloc(bundle_scaled_capacity(view) + 1);
	size_t		size;

	if (bundle_validate(view, &error) == BUNDLE_OK)
	{
		check_items(view);
		check_print(view, true);
		check_print(view, false);
		check_laws(view, view);
	}
	for (int operation = BUNDLE_SUM; operation <= BUNDLE_MAXIMUM; operation++)
		bundle_merge((BundleOperation) operation, view, other, out, &size,
					 &error);
	bundle_scale(view, 3, scaled, &size, &error);
	bundle_print(view, true, NULL);
	bundle_compare(view, other);
	bundle_covers(view, other, false);
	bundle_overlaps(view, other);
	bundle_quantity(view, "a", 1);
	bundle_total(view);
	free(out);
	free(scaled);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *cut = size > 0 ? memchr(data, 0, size) : NULL;
	size_t		first = cut ? (size_t) (cut - data) : size;
	size_t		second = cut ? size - first - 1 : 0;
	char	   *text_a = malloc(first + 1);
	char	   *text_b = malloc(second + 1);
	BundleView	bytes_a = {(unsigned char *) text_a, first};
	BundleView	bytes_b = {(unsigned char *) text_b, second};

	/* Copies, so that a read beyond either one is seen */
	if (first > 0)
		memcpy(text_a, data, first);
	if (second > 0)
		memcpy(text_b, cut + 1, second);

	for (int utf8 = 0; utf8 <= 1; utf8++)
	{
		Packed		a;
		Packed		b;
		bool		good_a = parse(text_a, first, utf8, &a);
		bool		good_b = parse(text_b, second, utf8, &b);

		if (good_a)
		{
			check_items(a.view);
			check_print(a.view, utf8);
			check_scale(a.view, 0);
			check_scale(a.view, 1);
			check_scale(a.view, (int64_t) size);
			check_scale(a.view, INT64_MAX);
		}
		if (good_a && good_b)
		{
			check_laws(a.view, b.view);
			check_laws(b.view, a.view);
		}
		free(a.data);
		free(b.data);
	}
	check_bytes(bytes_a, bytes_b);
	check_bytes(bytes_b, bytes_a);
	free(text_a);
	free(text_b);
	return 0;
}
