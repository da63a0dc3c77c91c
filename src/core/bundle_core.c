/*
 * src/core/bundle_core.c
 *
 * Multisets of named resources: reading and printing text, packing and
 * checking bytes, and the operations, over memory that the caller provides.
 * Nothing here allocates, throws, or knows the server.
 *
 * Packed format, frozen: one byte BUNDLE_FORMAT, then the items in strictly
 * ascending order of their names' bytes, up to the end.  An item is one byte
 * length of the name, the name, and the quantity in groups of seven bits, the
 * lowest first, where the high bit says that another group follows and the
 * last group is not zero unless it is the only one.  A bundle thus has exactly
 * one packed form, and two bundles are equal when their bytes are.
 *
 * Text form: items separated by commas, an item a name, or a name, a colon
 * and a quantity.  Blanks may stand around each.  A name of letters, digits,
 * "_", "-" and "." stands as it is, any other one in double quotes, with a
 * quote inside doubled.  Letters and digits are those of Unicode, whatever the
 * locale: what only looks like the punctuation of the format, or cannot be
 * seen, is not taken for a part of a name by mistake.  In encodings other than
 * UTF-8 all bytes beyond ASCII count as letters.
 *
 * Limits: names of 1 to BUNDLE_MAX_NAME bytes, at most BUNDLE_MAX_ITEMS
 * items, quantities from 1 to 2^63 - 1.
 *
 * Complexity: reading a text is O(n log n) in its items, O(n) when they are
 * sorted.  Everything else is one pass over its arguments.  Damaged bytes
 * never make a pass leave its memory: it ends early.
 */
#include "bundle_core.h"

#include <stdlib.h>
#include <string.h>

#include "bundle_letters.h"

/*
 * Note what went wrong.
 */
static BundleStatus
fail(BundleError *error, BundleStatus status, size_t offset,
	 const char *name, size_t length)
{
	error->status = status;
	error->offset = offset;
	error->name = name;
	error->length = length;
	return status;
}

static bool
is_blank(unsigned char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

/*
 * The code point of a character beyond ASCII in UTF-8, and its length; 0 for
 * what is none.
 */
static uint32_t
read_character(const char *at, const char *end, size_t *length)
{
	const unsigned char *byte = (const unsigned char *) at;
	uint32_t	code;

	*length = byte[0] >= 0xF0 ? 4 : byte[0] >= 0xE0 ? 3 : 2;
	if (byte[0] < 0xC2 || byte[0] > 0xF4 || (size_t) (end - at) < *length)
		return 0;
	code = byte[0] & (0x7F >> *length);
	for (size_t i = 1; i < *length; i++)
	{
		if ((byte[i] & 0xC0) != 0x80)
			return 0;
		code = code << 6 | (byte[i] & 0x3F);
	}
	return code;
}

static bool
is_letter(uint32_t code)
{
	size_t		low = 0;
	size_t		high = sizeof(letters) / sizeof(letters[0]);

	while (low < high)
	{
		size_t		middle = (low + high) / 2;

		if (code > letters[middle][1])
			low = middle + 1;
		else
			high = middle;
	}
	return low < sizeof(letters) / sizeof(letters[0]) && code >= letters[low][0];
}

/*
 * The length of the character here, when it may stand in a name without
 * quotes; else 0.
 */
static size_t
plain_length(const char *at, const char *end, bool utf8)
{
	unsigned char c = (unsigned char) *at;
	size_t		length;

	if (c < 0x80)
		return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
			(c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.';
	if (!utf8)
		return 1;
	return is_letter(read_character(at, end, &length)) ? length : 0;
}

/*
 * Say whether a name is printed with quotes.
 */
static bool
needs_quotes(const BundleItem *item, bool utf8)
{
	const char *end = item->name + item->length;
	size_t		length;

	for (const char *at = item->name; at < end; at += length)
	{
		length = plain_length(at, end, utf8);
		if (length == 0)
			return true;
	}
	return false;
}

/*
** Text
*/

/*
 * Start to read a text.  The scratch memory is as long as the text.
 */
void
bundle_scan_start(BundleScanner *scanner, const char *input, size_t length,
				  char *scratch, bool utf8)
{
	scanner->start = input;
	scanner->at = input;
	scanner->end = input + length;
	scanner->scratch = scratch;
	scanner->count = 0;
	scanner->utf8 = utf8;
	scanner->done = false;
}

static void
skip_blanks(BundleScanner *scanner)
{
	while (scanner->at < scanner->end &&
		   is_blank((unsigned char) *scanner->at))
		scanner->at++;
}

/*
 * Fail at the current position of the text.
 */
static BundleStatus
fail_here(const BundleScanner *scanner, BundleError *error,
		  BundleStatus status)
{
	if (scanner->at < scanner->end && (unsigned char) *scanner->at >= 0x80 &&
		plain_length(scanner->at, scanner->end, scanner->utf8) == 0)
		status = BUNDLE_NO_LETTER;
	return fail(error, status, (size_t) (scanner->at - scanner->start),
				NULL, 0);
}

/*
 * Read a name in quotes.
 */
static BundleStatus
scan_quoted(BundleScanner *scanner, BundleItem *item, BundleError *error)
{
	const char *open = scanner->at++;
	char	   *out = scanner->scratch;

	item->name = out;
	for (;;)
	{
		const char *quote = memchr(scanner->at, '"',
								   (size_t) (scanner->end - scanner->at));
		size_t		length;

		if (quote == NULL)
			return fail(error, BUNDLE_QUOTE_OPEN,
						(size_t) (open - scanner->start), NULL, 0);
		length = (size_t) (quote - scanner->at);
		memcpy(out, scanner->at, length);
		out += length;
		scanner->at = quote + 1;
		if (scanner->at == scanner->end || *scanner->at != '"')
			break;
		*out++ = '"';
		scanner->at++;
	}
	item->length = (size_t) (out - item->name);
	scanner->scratch = out;
	return BUNDLE_OK;
}

/*
 * Read a name that stands without quotes.
 */
static BundleStatus
scan_plain(BundleScanner *scanner, BundleItem *item, BundleError *error)
{
	size_t		length;

	item->name = scanner->at;
	while (scanner->at < scanner->end &&
		   (length = plain_length(scanner->at, scanner->end,
								  scanner->utf8)) > 0)
		scanner->at += length;
	item->length = (size_t) (scanner->at - item->name);
	if (item->length == 0)
		return fail_here(scanner, error, BUNDLE_NAME_EXPECTED);
	return BUNDLE_OK;
}

/*
 * Read a quantity.
 */
static BundleStatus
scan_quantity(BundleScanner *scanner, BundleItem *item, BundleError *error)
{
	const char *first = scanner->at;
	bool		negative = false;
	bool		overflow = false;
	int64_t		quantity = 0;

	if (scanner->at < scanner->end && *scanner->at == '-')
	{
		negative = true;
		scanner->at++;
	}
	if (scanner->at == scanner->end ||
		*scanner->at < '0' || *scanner->at > '9')
		return fail_here(scanner, error, BUNDLE_QUANTITY_EXPECTED);
	while (scanner->at < scanner->end &&
		   *scanner->at >= '0' && *scanner->at <= '9')
	{
		overflow = overflow ||
			__builtin_mul_overflow(quantity, 10, &quantity) ||
			__builtin_add_overflow(quantity, *scanner->at - '0', &quantity);
		scanner->at++;
	}
	if (negative && (overflow || quantity > 0))
		return fail(error, BUNDLE_NEGATIVE,
					(size_t) (first - scanner->start),
					item->name, item->length);
	if (overflow)
		return fail(error, BUNDLE_OUT_OF_RANGE,
					(size_t) (first - scanner->start),
					item->name, item->length);
	item->quantity = quantity;
	return BUNDLE_OK;
}

/*
 * Read the next item of a text: BUNDLE_OK, BUNDLE_END, or what is wrong.
 *
 * The name points into the text or into the scratch memory.  The
 * quantity may be zero, a name may repeat or be empty or too long:
 * bundle_collect() settles all that.
 */
BundleStatus
bundle_scan_next(BundleScanner *scanner, BundleItem *item, BundleError *error)
{
	BundleStatus expected;
	BundleStatus status;

	if (scanner->done)
		return BUNDLE_END;
	skip_blanks(scanner);
	if (scanner->at == scanner->end && scanner->count == 0)
	{
		scanner->done = true;
		return BUNDLE_END;
	}
	if (scanner->count == BUNDLE_MAX_ITEMS)
		return fail_here(scanner, error, BUNDLE_TOO_MANY_ITEMS);
	scanner->count++;

	if (scanner->at < scanner->end && *scanner->at == '"')
		status = scan_quoted(scanner, item, error);
	else
		status = scan_plain(scanner, item, error);
	if (status != BUNDLE_OK)
		return status;

	item->quantity = 1;
	skip_blanks(scanner);
	expected = BUNDLE_COLON_EXPECTED;
	if (scanner->at < scanner->end && *scanner->at == ':')
	{
		expected = BUNDLE_COMMA_EXPECTED;
		scanner->at++;
		skip_blanks(scanner);
		status = scan_quantity(scanner, item, error);
		if (status != BUNDLE_OK)
			return status;
		skip_blanks(scanner);
	}

	if (scanner->at == scanner->end)
		scanner->done = true;
	else if (*scanner->at == ',')
		scanner->at++;
	else
		return fail_here(scanner, error, expected);
	return BUNDLE_OK;
}

static size_t
print_quantity(int64_t quantity, char *out)
{
	char		digits[20];
	size_t		count = 0;

	do
	{
		digits[count++] = (char) ('0' + quantity % 10);
		quantity /= 10;
	} while (quantity > 0);
	if (out != NULL)
	{
		for (size_t i = 0; i < count; i++)
			out[i] = digits[count - 1 - i];
	}
	return count;
}

/*
 * Print a bundle, not terminated; return the length.
 *
 * Without memory to print to, only the length is found.
 */
size_t
bundle_print(BundleView view, bool utf8, char *out)
{
	BundleCursor cursor;
	BundleItem	item;
	size_t		size = 0;

	bundle_open(&cursor, view);
	while (bundle_next(&cursor, &item))
	{
		bool		quotes = needs_quotes(&item, utf8);

		if (size > 0)
		{
			if (out != NULL)
				memcpy(out + size, ", ", 2);
			size += 2;
		}
		if (!quotes)
		{
			if (out != NULL)
				memcpy(out + size, item.name, item.length);
			size += item.length;
		}
		else
		{
			if (out != NULL)
				out[size] = '"';
			size++;
			for (size_t i = 0; i < item.length; i++)
			{
				size_t		times = item.name[i] == '"' ? 2 : 1;

				if (out != NULL)
					memset(out + size, item.name[i], times);
				size += times;
			}
			if (out != NULL)
				out[size] = '"';
			size++;
		}
		if (out != NULL)
			out[size] = ':';
		size++;
		size += print_quantity(item.quantity, out ? out + size : NULL);
	}
	return size;
}

/*
** Items
*/

/*
 * Order two items by the bytes of their names.
 */
int
bundle_compare_names(const BundleItem *a, const BundleItem *b)
{
	size_t		shorter = a->length < b->length ? a->length : b->length;
	int			order = memcmp(a->name, b->name, shorter);

	if (order != 0)
		return order;
	return (a->length > b->length) - (a->length < b->length);
}

static BundleStatus
check_name(const BundleItem *item, BundleError *error)
{
	if (item->length == 0)
		return fail(error, BUNDLE_NAME_EMPTY, 0, item->name, 0);
	if (item->length > BUNDLE_MAX_NAME)
		return fail(error, BUNDLE_NAME_TOO_LONG, 0, item->name, item->length);
	return BUNDLE_OK;
}

static int
compare_for_sort(const void *a, const void *b)
{
	return bundle_compare_names((const BundleItem *) a,
								(const BundleItem *) b);
}

/*
 * Sort items, add up those of the same name, and drop those of quantity zero,
 * once name and quantity of each have been checked.
 */
BundleStatus
bundle_collect(BundleItem *items, size_t *count, BundleError *error)
{
	size_t		kept = 0;
	bool		sorted = true;

	for (size_t i = 0; i < *count; i++)
	{
		BundleStatus status = check_name(&items[i], error);

		if (status != BUNDLE_OK)
			return status;
		if (items[i].quantity < 0)
			return fail(error, BUNDLE_NEGATIVE, 0,
						items[i].name, items[i].length);
	}
	for (size_t i = 1; i < *count && sorted; i++)
		sorted = bundle_compare_names(&items[i - 1], &items[i]) <= 0;
	if (!sorted)
		qsort(items, *count, sizeof(BundleItem), compare_for_sort);

	for (size_t i = 0; i < *count; i++)
	{
		if (items[i].quantity == 0)
			continue;
		if (kept > 0 && bundle_compare_names(&items[kept - 1], &items[i]) == 0)
		{
			if (__builtin_add_overflow(items[kept - 1].quantity,
									   items[i].quantity,
									   &items[kept - 1].quantity))
				return fail(error, BUNDLE_OUT_OF_RANGE, 0,
							items[i].name, items[i].length);
		}
		else
			items[kept++] = items[i];
	}
	*count = kept;
	return BUNDLE_OK;
}

/*
 * Check one item, and that it may follow the one before it.
 */
static BundleStatus
check_item(const BundleItem *before, const BundleItem *item, size_t count,
		   BundleError *error)
{
	BundleStatus status = check_name(item, error);

	if (status != BUNDLE_OK)
		return status;
	if (item->quantity <= 0)
		return fail(error, BUNDLE_NOT_POSITIVE, 0, item->name, item->length);
	if (before != NULL && bundle_compare_names(before, item) >= 0)
		return fail(error, BUNDLE_NOT_SORTED, 0, item->name, item->length);
	if (count > BUNDLE_MAX_ITEMS)
		return fail(error, BUNDLE_TOO_MANY_ITEMS, 0, NULL, 0);
	return BUNDLE_OK;
}

/*
 * Check that items can be packed: what every bundle promises.
 */
BundleStatus
bundle_check(const BundleItem *items, size_t count, BundleError *error)
{
	for (size_t i = 0; i < count; i++)
	{
		BundleStatus status = check_item(i > 0 ? &items[i - 1] : NULL,
										 &items[i], i + 1, error);

		if (status != BUNDLE_OK)
			return status;
	}
	return BUNDLE_OK;
}

/*
** Bytes
*/

static unsigned char *
put_item(unsigned char *out, const BundleItem *item)
{
	uint64_t	rest = (uint64_t) item->quantity;

	*out++ = (unsigned char) item->length;
	memcpy(out, item->name, item->length);
	out += item->length;
	while (rest >= 0x80)
	{
		*out++ = (unsigned char) (rest | 0x80);
		rest >>= 7;
	}
	*out++ = (unsigned char) rest;
	return out;
}

/*
 * Find the size of the packed form of items that pass bundle_check().
 */
size_t
bundle_packed_size(const BundleItem *items, size_t count)
{
	size_t		size = 1;

	for (size_t i = 0; i < count; i++)
	{
		size += 2 + items[i].length;
		for (uint64_t q = (uint64_t) items[i].quantity; q >= 0x80; q >>= 7)
			size++;
	}
	return size;
}

/*
 * Pack items that pass bundle_check(); return the size.
 */
size_t
bundle_pack(const BundleItem *items, size_t count, unsigned char *out)
{
	unsigned char *at = out;

	*at++ = BUNDLE_FORMAT;
	for (size_t i = 0; i < count; i++)
		at = put_item(at, &items[i]);
	return (size_t) (at - out);
}

/*
 * Start to walk over a packed bundle.
 */
void
bundle_open(BundleCursor *cursor, BundleView view)
{
	cursor->damaged = view.size < 1 || view.data[0] != BUNDLE_FORMAT;
	cursor->at = view.data + (cursor->damaged ? view.size : 1);
	cursor->end = view.data + view.size;
}

/*
 * Step to the next item; damaged bytes end the walk.
 */
bool
bundle_next(BundleCursor *cursor, BundleItem *item)
{
	const unsigned char *at = cursor->at;
	uint64_t	quantity = 0;

	if (at == cursor->end)
		return false;
	cursor->at = cursor->end;
	item->length = *at++;
	item->name = (const char *) at;
	if ((size_t) (cursor->end - at) > item->length)
	{
		at += item->length;
		for (int group = 0;
			 group < BUNDLE_MAX_QUANTITY_BYTES && at < cursor->end;
			 group++)
		{
			unsigned char byte = *at++;

			quantity |= (uint64_t) (byte & 0x7F) << (7 * group);
			if (byte < 0x80)
			{
				if (byte == 0 && group > 0)
					break;
				item->quantity = (int64_t) quantity;
				cursor->at = at;
				return true;
			}
		}
	}
	cursor->damaged = true;
	return false;
}

/*
 * Check every promise of a packed bundle.
 */
BundleStatus
bundle_validate(BundleView view, BundleError *error)
{
	BundleCursor cursor;
	BundleItem	item;
	BundleItem	before;
	size_t		count = 0;

	if (view.size < 1 || view.data[0] != BUNDLE_FORMAT)
		return fail(error, BUNDLE_UNKNOWN_FORMAT, 0, NULL, 0);
	bundle_open(&cursor, view);
	while (bundle_next(&cursor, &item))
	{
		BundleStatus status = check_item(count > 0 ? &before : NULL, &item,
										 count + 1, error);

		if (status != BUNDLE_OK)
			return status;
		before = item;
		count++;
	}
	if (cursor.damaged)
		return fail(error, BUNDLE_DAMAGED, 0, NULL, 0);
	return BUNDLE_OK;
}

/*
 * Count the items of a bundle.
 */
size_t
bundle_count(BundleView view)
{
	BundleCursor cursor;
	BundleItem	item;
	size_t		count = 0;

	bundle_open(&cursor, view);
	while (bundle_next(&cursor, &item))
		count++;
	return count;
}

/*
** Operations
*/

/*
 * Order two bundles: at the first name whose quantities differ, the lower
 * quantity comes first, and an absent name has quantity zero.
 *
 * So the order agrees with covering (what is covered comes first) and with
 * addition (adding the same to both keeps their order).
 */
int
bundle_compare(BundleView a, BundleView b)
{
	BundleCursor in_a;
	BundleCursor in_b;
	BundleItem	item_a;
	BundleItem	item_b;

	bundle_open(&in_a, a);
	bundle_open(&in_b, b);
	for (;;)
	{
		bool		more_a = bundle_next(&in_a, &item_a);
		bool		more_b = bundle_next(&in_b, &item_b);
		int			order;

		if (!more_a || !more_b)
			return more_a - more_b;
		order = bundle_compare_names(&item_a, &item_b);
		if (order != 0)
			return order < 0 ? 1 : -1;
		if (item_a.quantity != item_b.quantity)
			return item_a.quantity > item_b.quantity ? 1 : -1;
	}
}

/*
 * Say whether a has at least what b has; of the names only, if so asked.
 */
bool
bundle_covers(BundleView a, BundleView b, bool names_only)
{
	BundleCursor in_a;
	BundleCursor in_b;
	BundleItem	item_a;
	BundleItem	item_b;

	bundle_open(&in_a, a);
	bundle_open(&in_b, b);
	while (bundle_next(&in_b, &item_b))
	{
		int			order;

		do
		{
			if (!bundle_next(&in_a, &item_a))
				return false;
			order = bundle_compare_names(&item_a, &item_b);
		} while (order < 0);
		if (order > 0 || (!names_only && item_a.quantity < item_b.quantity))
			return false;
	}
	return true;
}

/*
 * Say whether a and b have a name in common.
 */
bool
bundle_overlaps(BundleView a, BundleView b)
{
	BundleCursor in_a;
	BundleCursor in_b;
	BundleItem	item_a;
	BundleItem	item_b;
	bool		more;

	bundle_open(&in_a, a);
	bundle_open(&in_b, b);
	more = bundle_next(&in_a, &item_a) && bundle_next(&in_b, &item_b);
	while (more)
	{
		int			order = bundle_compare_names(&item_a, &item_b);

		if (order == 0)
			return true;
		more = order < 0 ? bundle_next(&in_a, &item_a) :
			bundle_next(&in_b, &item_b);
	}
	return false;
}

/*
 * Find the quantity of one name, zero if it is absent.
 */
int64_t
bundle_quantity(BundleView view, const char *name, size_t length)
{
	BundleCursor cursor;
	BundleItem	item;
	BundleItem	sought = {name, length, 0};

	bundle_open(&cursor, view);
	while (bundle_next(&cursor, &item))
	{
		int			order = bundle_compare_names(&item, &sought);

		if (order == 0)
			return item.quantity;
		if (order > 0)
			break;
	}
	return 0;
}

/*
 * Combine two bundles name by name.  The memory for the result is as large as
 * both together.
 */
BundleStatus
bundle_merge(BundleOperation operation, BundleView a, BundleView b,
			 unsigned char *out, size_t *size, BundleError *error)
{
	BundleCursor in_a;
	BundleCursor in_b;
	BundleItem	item_a;
	BundleItem	item_b;
	unsigned char *at = out;
	size_t		count = 0;
	bool		more_a;
	bool		more_b;

	*at++ = BUNDLE_FORMAT;
	bundle_open(&in_a, a);
	bundle_open(&in_b, b);
	more_a = bundle_next(&in_a, &item_a);
	more_b = bundle_next(&in_b, &item_b);
	while (more_a || more_b)
	{
		int			order = !more_a ? 1 : !more_b ? -1 :
		bundle_compare_names(&item_a, &item_b);
		BundleItem	item = order <= 0 ? item_a : item_b;
		int64_t		qa = order <= 0 ? item_a.quantity : 0;
		int64_t		qb = order >= 0 ? item_b.quantity : 0;

		switch (operation)
		{
			case BUNDLE_SUM:
				if (__builtin_add_overflow(qa, qb, &item.quantity))
					return fail(error, BUNDLE_OUT_OF_RANGE, 0,
								item.name, item.length);
				break;
			case BUNDLE_DIFFERENCE:
				item.quantity = qa > qb ? qa - qb : 0;
				break;
			case BUNDLE_MINIMUM:
				item.quantity = qa < qb ? qa : qb;
				break;
			case BUNDLE_MAXIMUM:
				item.quantity = qa > qb ? qa : qb;
				break;
		}
		if (item.quantity > 0)
		{
			if (++count > BUNDLE_MAX_ITEMS)
				return fail(error, BUNDLE_TOO_MANY_ITEMS, 0, NULL, 0);
			at = put_item(at, &item);
		}
		if (order <= 0)
			more_a = bundle_next(&in_a, &item_a);
		if (order >= 0)
			more_b = bundle_next(&in_b, &item_b);
	}
	if (in_a.damaged || in_b.damaged)
		return fail(error, BUNDLE_DAMAGED, 0, NULL, 0);
	*size = (size_t) (at - out);
	return BUNDLE_OK;
}

/*
 * Find how much memory bundle_scale() may fill.
 */
size_t
bundle_scaled_capacity(BundleView view)
{
	return view.size + bundle_count(view) * (BUNDLE_MAX_QUANTITY_BYTES - 1);
}

/*
 * Multiply every quantity.
 */
BundleStatus
bundle_scale(BundleView view, int64_t factor, unsigned char *out,
			 size_t *size, BundleError *error)
{
	BundleCursor cursor;
	BundleItem	item;
	unsigned char *at = out;

	if (factor < 0)
		return fail(error, BUNDLE_NEGATIVE, 0, NULL, 0);
	*at++ = BUNDLE_FORMAT;
	bundle_open(&cursor, view);
	while (factor > 0 && bundle_next(&cursor, &item))
	{
		if (__builtin_mul_overflow(item.quantity, factor, &item.quantity))
			return fail(error, BUNDLE_OUT_OF_RANGE, 0,
						item.name, item.length);
		at = put_item(at, &item);
	}
	if (cursor.damaged)
		return fail(error, BUNDLE_DAMAGED, 0, NULL, 0);
	*size = (size_t) (at - out);
	return BUNDLE_OK;
}

static void
add_to_total(BundleTotal *total, int64_t quantity)
{
	total->high += quantity / BUNDLE_TOTAL_BASE;
	total->low += quantity % BUNDLE_TOTAL_BASE;
	if (total->low >= BUNDLE_TOTAL_BASE)
	{
		total->high++;
		total->low -= BUNDLE_TOTAL_BASE;
	}
}

/*
 * Add up all quantities.
 */
BundleTotal
bundle_total(BundleView view)
{
	BundleCursor cursor;
	BundleItem	item;
	BundleTotal total = {0, 0};

	bundle_open(&cursor, view);
	while (bundle_next(&cursor, &item))
		add_to_total(&total, item.quantity);
	return total;
}

static double
total_to_double(BundleTotal total)
{
	return (double) total.high * (double) BUNDLE_TOTAL_BASE +
		(double) total.low;
}

/*
 * Find the share of want that have meets: 1 exactly when have covers want, and
 * 0 exactly when they have nothing in common.
 */
double
bundle_coverage(BundleView have, BundleView want)
{
	BundleCursor in_have;
	BundleCursor in_want;
	BundleItem	got;
	BundleItem	wanted;
	BundleTotal met = {0, 0};
	BundleTotal all = {0, 0};
	bool		more;
	double		share;

	bundle_open(&in_have, have);
	bundle_open(&in_want, want);
	more = bundle_next(&in_have, &got);
	while (bundle_next(&in_want, &wanted))
	{
		int			order = -1;

		while (more && (order = bundle_compare_names(&got, &wanted)) < 0)
			more = bundle_next(&in_have, &got);
		if (more && order == 0)
			add_to_total(&met, got.quantity < wanted.quantity ?
						 got.quantity : wanted.quantity);
		add_to_total(&all, wanted.quantity);
	}
	if (met.high == all.high && met.low == all.low)
		return 1.0;
	share = total_to_double(met) / total_to_double(all);

	/* The largest number below 1, where the quotient is rounded up to it */
	return share < 1.0 ? share : 1.0 - 1.1102230246251565e-16;
}
