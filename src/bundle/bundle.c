/*
 * src/bundle/bundle.c
 *
 * The type bundle in SQL: input and output, operators, casts, and aggregates.
 * What they compute is in bundle_core.c.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "common/hashfn.h"
#include "common/int.h"
#include "funcapi.h"
#include "lib/stringinfo.h"
#include "libpq/pqformat.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/json.h"
#include "utils/jsonb.h"
#include "utils/memutils.h"
#include "utils/numeric.h"

#include "../reading/salon.h"
#include "bundle.h"
#include "bundle_table.h"

/* Most bytes of a text or a name that an error shows */
#define SHOWN_BYTES 64

/* The binary form: format byte, count, then length, name, quantity each */
#define WIRE_HEADER_BYTES 5
#define WIRE_ITEM_BYTES 12

/*
** Input and output
*/
PG_FUNCTION_INFO_V1(salon_bundle_in);
PG_FUNCTION_INFO_V1(salon_bundle_out);
PG_FUNCTION_INFO_V1(salon_bundle_recv);
PG_FUNCTION_INFO_V1(salon_bundle_send);

/*
** Casts and constructors
*/
PG_FUNCTION_INFO_V1(salon_bundle_one);
PG_FUNCTION_INFO_V1(salon_bundle_from_jsonb);
PG_FUNCTION_INFO_V1(salon_bundle_to_jsonb);

/*
** Order and hash
*/
PG_FUNCTION_INFO_V1(salon_bundle_eq);
PG_FUNCTION_INFO_V1(salon_bundle_ne);
PG_FUNCTION_INFO_V1(salon_bundle_lt);
PG_FUNCTION_INFO_V1(salon_bundle_le);
PG_FUNCTION_INFO_V1(salon_bundle_gt);
PG_FUNCTION_INFO_V1(salon_bundle_ge);
PG_FUNCTION_INFO_V1(salon_bundle_cmp);
PG_FUNCTION_INFO_V1(salon_bundle_hash);
PG_FUNCTION_INFO_V1(salon_bundle_hash_extended);

/*
** Operators
*/
PG_FUNCTION_INFO_V1(salon_bundle_add);
PG_FUNCTION_INFO_V1(salon_bundle_subtract);
PG_FUNCTION_INFO_V1(salon_bundle_minimum);
PG_FUNCTION_INFO_V1(salon_bundle_maximum);
PG_FUNCTION_INFO_V1(salon_bundle_multiply);
PG_FUNCTION_INFO_V1(salon_bundle_multiply_by);
PG_FUNCTION_INFO_V1(salon_bundle_covers);
PG_FUNCTION_INFO_V1(salon_bundle_covered);
PG_FUNCTION_INFO_V1(salon_bundle_overlaps);
PG_FUNCTION_INFO_V1(salon_bundle_has);
PG_FUNCTION_INFO_V1(salon_bundle_quantity);

/*
** Functions
*/
PG_FUNCTION_INFO_V1(salon_bundle_coverage);
PG_FUNCTION_INFO_V1(salon_bundle_total);
PG_FUNCTION_INFO_V1(salon_bundle_is_empty);
PG_FUNCTION_INFO_V1(salon_bundle_items);

/*
** Aggregates
*/
PG_FUNCTION_INFO_V1(salon_bundle_sum_step);
PG_FUNCTION_INFO_V1(salon_bundle_max_step);
PG_FUNCTION_INFO_V1(salon_bundle_sum_combine);
PG_FUNCTION_INFO_V1(salon_bundle_max_combine);
PG_FUNCTION_INFO_V1(salon_bundle_state_serialize);
PG_FUNCTION_INFO_V1(salon_bundle_state_deserialize);
PG_FUNCTION_INFO_V1(salon_bundle_state_final);


/*
 * The bytes of a stored bundle.
 */
BundleView
bundle_view(const struct varlena *value)
{
	BundleView	view;

	view.data = (const unsigned char *) VARDATA_ANY(value);
	view.size = VARSIZE_ANY_EXHDR(value);
	if (view.size < 1 || view.data[0] != BUNDLE_FORMAT)
		ereport(ERROR,
				(errcode(ERRCODE_DATA_CORRUPTED),
				 errmsg(salon_say("stored bundle has an unknown format")),
				 errdetail(salon_say("The value is damaged or was written by a newer version of the extension."))));
	return view;
}

/*
 * Copy at most SHOWN_BYTES of a text for an error, in whole characters.
 */
static char *
shown(const char *string, size_t length)
{
	int			clipped;

	if (length <= SHOWN_BYTES)
		return pnstrdup(string, length);
	clipped = pg_mbcliplen(string, (int) Min(length, SHOWN_BYTES * 2),
						   SHOWN_BYTES);
	return psprintf("%.*s...", clipped, string);
}

/*
 * Report what the core found wrong with the items of a bundle.
 */
static void
report_item(const BundleError *error, struct Node *escontext)
{
	switch (error->status)
	{
		case BUNDLE_NAME_EMPTY:
			errsave(escontext,
					(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
					 errmsg(salon_say("empty resource name in bundle")),
					 errhint(salon_say("Give every resource a name."))));
			break;
		case BUNDLE_NAME_TOO_LONG:
			errsave(escontext,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg(salon_say("resource name is too long for a bundle")),
					 errdetail(salon_say("The name \"%s\" has %zu bytes, and at most %d are allowed."),
							   shown(error->name, error->length),
							   error->length, BUNDLE_MAX_NAME),
					 errhint(salon_say("Use a shorter name."))));
			break;
		case BUNDLE_TOO_MANY_ITEMS:
			errsave(escontext,
					(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
					 errmsg(salon_say("bundle has too many items")),
					 errdetail(salon_say("At most %d items are allowed."),
							   BUNDLE_MAX_ITEMS),
					 errhint(salon_say("Split it into several bundles."))));
			break;
		case BUNDLE_NEGATIVE:
			errsave(escontext,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg(salon_say("negative quantity in bundle")),
					 errdetail(salon_say("The quantity of \"%s\" is below zero."),
							   shown(error->name, error->length)),
					 errhint(salon_say("A bundle holds what there is; leave out what is not there."))));
			break;
		case BUNDLE_OUT_OF_RANGE:
			errsave(escontext,
					(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
					 errmsg(salon_say("quantity in bundle is out of range")),
					 errdetail(salon_say("The quantity of \"%s\" exceeds %lld."),
							   shown(error->name, error->length),
							   (long long) PG_INT64_MAX),
					 errhint(salon_say("Use a larger unit."))));
			break;
		case BUNDLE_OK:
		case BUNDLE_END:
		case BUNDLE_NAME_EXPECTED:
		case BUNDLE_QUANTITY_EXPECTED:
		case BUNDLE_COLON_EXPECTED:
		case BUNDLE_COMMA_EXPECTED:
		case BUNDLE_QUOTE_OPEN:
		case BUNDLE_NO_LETTER:
		case BUNDLE_NOT_POSITIVE:
		case BUNDLE_NOT_SORTED:
		case BUNDLE_UNKNOWN_FORMAT:
		case BUNDLE_DAMAGED:
			ereport(ERROR,
					(errcode(ERRCODE_DATA_CORRUPTED),
					 errmsg(salon_say("stored bundle is damaged"))));
			break;
	}
}

/*
 * Report what the core found wrong with a text.
 */
static void
report_text(const BundleError *error, const char *string, size_t length,
			struct Node *escontext)
{
	const char *at = string + error->offset;
	int			position = pg_mbstrlen_with_len(string, (int) error->offset) + 1;
	const char *expected = NULL;
	const char *hint = salon_say("Write a bundle as 'speaker:3, venue:1', and a name with characters other than letters, digits, \"_\", \"-\" and \".\" in double quotes.");
	char	   *detail;

	switch (error->status)
	{
		case BUNDLE_NAME_EXPECTED:
			expected = salon_say("A name");
			break;
		case BUNDLE_QUANTITY_EXPECTED:
			expected = salon_say("A whole number");
			break;
		case BUNDLE_COLON_EXPECTED:
			expected = salon_say("A colon or a comma");
			break;
		case BUNDLE_COMMA_EXPECTED:
			expected = salon_say("A comma");
			break;
		case BUNDLE_QUOTE_OPEN:
			break;
		case BUNDLE_NO_LETTER:
			hint = salon_say("Use the ASCII comma, colon, quote and blank, or put the name in double quotes.");
			break;
		default:
			report_item(error, escontext);
			return;
	}
	if (error->status == BUNDLE_QUOTE_OPEN)
		detail = psprintf(salon_say("The quoted name that begins at character %d has no end."),
						  position);
	else if (error->status == BUNDLE_NO_LETTER)
		detail = psprintf(salon_say("The character \"%.*s\" (U+%04X) at position %d is no letter, digit, \"_\", \"-\" or \".\"."),
						  pg_mblen(at), at,
						  utf8_to_unicode((const unsigned char *) at),
						  position);
	else if (error->offset < length)
		detail = psprintf(salon_say("%s is expected at character %d, not \"%.*s\"."),
						  expected, position, pg_mblen(at), at);
	else
		detail = psprintf(salon_say("%s is expected at the end."), expected);
	errsave(escontext,
			(errcode(ERRCODE_INVALID_TEXT_REPRESENTATION),
			 errmsg(salon_say("invalid input syntax for type bundle: \"%s\""),
					shown(string, length)),
			 errdetail("%s", detail),
			 errhint("%s", hint)));
}

/*
 * Make a bundle of sorted items.  All that comes from outside comes by here.
 */
static struct varlena *
make_bundle(const BundleItem *items, size_t count, BundleError *error)
{
	struct varlena *result;
	size_t		size;

	if (bundle_check(items, count, error) != BUNDLE_OK)
		return NULL;
	size = bundle_packed_size(items, count) + VARHDRSZ;
	result = palloc(size);
	SET_VARSIZE(result, size);
	bundle_pack(items, count, (unsigned char *) VARDATA(result));
	return result;
}

/*
 * Make room for one more item.
 */
static BundleItem *
grow_items(BundleItem *items, size_t count, size_t *room)
{
	if (count < *room)
		return items;
	*room *= 2;
	return repalloc(items, *room * sizeof(BundleItem));
}

/*
 * Read a bundle from text.
 */
Datum
salon_bundle_in(PG_FUNCTION_ARGS)
{
	const char *string = PG_GETARG_CSTRING(0);
	struct Node *escontext = (struct Node *) fcinfo->context;
	size_t		length = strlen(string);
	size_t		room = 16;
	size_t		count = 0;
	char	   *scratch = palloc(length + 1);
	BundleItem *items = palloc(room * sizeof(BundleItem));
	BundleScanner scanner;
	BundleError error;
	BundleStatus status;
	struct varlena *result = NULL;

	bundle_scan_start(&scanner, string, length, scratch,
					  GetDatabaseEncoding() == PG_UTF8);
	for (;;)
	{
		CHECK_FOR_INTERRUPTS();
		items = grow_items(items, count, &room);
		status = bundle_scan_next(&scanner, &items[count], &error);
		if (status != BUNDLE_OK)
			break;
		count++;
	}
	if (status == BUNDLE_END)
		status = bundle_collect(items, &count, &error);
	if (status == BUNDLE_OK)
		result = make_bundle(items, count, &error);
	if (result == NULL)
	{
		report_text(&error, string, length, escontext);
		PG_RETURN_NULL();
	}
	pfree(items);
	pfree(scratch);
	PG_RETURN_POINTER(result);
}

/*
 * Print a bundle.
 */
Datum
salon_bundle_out(PG_FUNCTION_ARGS)
{
	BundleView	view = PG_GETARG_BUNDLE_VIEW(0);
	bool		utf8 = GetDatabaseEncoding() == PG_UTF8;
	size_t		length = bundle_print(view, utf8, NULL);
	char	   *result = palloc(length + 1);

	bundle_print(view, utf8, result);
	result[length] = '\0';
	PG_RETURN_CSTRING(result);
}

/*
 * Refuse a binary bundle.
 */
pg_noreturn static void
refuse_binary(const char *detail)
{
	ereport(ERROR,
			(errcode(ERRCODE_INVALID_BINARY_REPRESENTATION),
			 errmsg(salon_say("invalid binary form of type bundle")),
			 errdetail("%s", detail),
			 errhint(salon_say("Send what bundle_send gives: format byte, count, then length, name and quantity of each item."))));
}

/*
 * Read a bundle from its binary form, and check all that it promises.
 */
Datum
salon_bundle_recv(PG_FUNCTION_ARGS)
{
	StringInfo	buf = (StringInfo) PG_GETARG_POINTER(0);
	uint32		count;
	BundleItem *items;
	BundleError error;
	struct varlena *result;

	if (buf->len - buf->cursor < WIRE_HEADER_BYTES)
		refuse_binary(salon_say("The message is too short."));
	if (pq_getmsgbyte(buf) != BUNDLE_FORMAT)
		refuse_binary(salon_say("The format byte is unknown."));
	count = pq_getmsgint(buf, 4);
	if (count > BUNDLE_MAX_ITEMS)
	{
		error.status = BUNDLE_TOO_MANY_ITEMS;
		report_item(&error, NULL);
	}
	if ((buf->len - buf->cursor) / WIRE_ITEM_BYTES < count)
		refuse_binary(salon_say("The message is too short."));
	items = palloc(Max(count, 1) * sizeof(BundleItem));
	for (uint32 i = 0; i < count; i++)
	{
		uint32		length;
		int			converted;

		CHECK_FOR_INTERRUPTS();
		if (buf->len - buf->cursor < WIRE_ITEM_BYTES)
			refuse_binary(salon_say("The message is too short."));
		length = pq_getmsgint(buf, 4);
		if (length > (uint32) (buf->len - buf->cursor) - 8)
			refuse_binary(salon_say("The message is too short."));
		items[i].name = pq_getmsgtext(buf, (int) length, &converted);
		items[i].length = (size_t) converted;
		items[i].quantity = pq_getmsgint64(buf);
	}

	result = make_bundle(items, count, &error);
	if (result == NULL)
	{
		switch (error.status)
		{
			case BUNDLE_NAME_EMPTY:
				refuse_binary(salon_say("A name is empty."));
				break;
			case BUNDLE_NOT_POSITIVE:
				refuse_binary(psprintf(salon_say("The quantity of \"%s\" is not positive."),
									   shown(error.name, error.length)));
				break;
			case BUNDLE_NOT_SORTED:
				refuse_binary(psprintf(salon_say("The name \"%s\" does not come after the one before it in the order of bytes."),
									   shown(error.name, error.length)));
				break;
			default:
				report_item(&error, NULL);
		}
	}
	PG_RETURN_POINTER(result);
}

/*
 * Give the binary form of a bundle.
 */
Datum
salon_bundle_send(PG_FUNCTION_ARGS)
{
	BundleView	view = PG_GETARG_BUNDLE_VIEW(0);
	BundleCursor cursor;
	BundleItem	item;
	StringInfoData buf;

	pq_begintypsend(&buf);
	pq_sendbyte(&buf, BUNDLE_FORMAT);
	pq_sendint32(&buf, (uint32) bundle_count(view));
	bundle_open(&cursor, view);
	while (bundle_next(&cursor, &item))
	{
		char	   *converted = pg_server_to_client(item.name,
													(int) item.length);
		int			length = (int) item.length;

		CHECK_FOR_INTERRUPTS();
		if (converted != item.name)
			length = (int) strlen(converted);
		pq_sendint32(&buf, (uint32) length);
		pq_sendbytes(&buf, converted, length);
		pq_sendint64(&buf, item.quantity);
	}
	PG_RETURN_BYTEA_P(pq_endtypsend(&buf));
}

/*
 * Make a bundle of one resource.
 */
Datum
salon_bundle_one(PG_FUNCTION_ARGS)
{
	text	   *name = PG_GETARG_TEXT_PP(0);
	BundleItem	item;
	size_t		count = 1;
	BundleError error;
	struct varlena *result = NULL;

	item.name = VARDATA_ANY(name);
	item.length = VARSIZE_ANY_EXHDR(name);
	item.quantity = PG_GETARG_INT64(1);
	if (bundle_collect(&item, &count, &error) == BUNDLE_OK)
		result = make_bundle(&item, count, &error);
	if (result == NULL)
		report_item(&error, NULL);
	PG_RETURN_POINTER(result);
}

/*
 * Read the quantity of a name in jsonb.
 */
static int64
jsonb_quantity(const JsonbValue *key, const JsonbValue *value)
{
	Datum		number;
	Datum		zero = NumericGetDatum(int64_to_numeric(0));
	Datum		most = NumericGetDatum(int64_to_numeric(PG_INT64_MAX));
	BundleError error;

	if (value->type != jbvNumeric)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("jsonb has no number as a quantity of a bundle")),
				 errdetail(salon_say("The value of \"%s\" is not a number."),
						   shown(key->val.string.val, key->val.string.len)),
				 errhint(salon_say("Use an object of names and whole numbers, such as {\"speaker\": 3}."))));
	number = NumericGetDatum(value->val.numeric);
	error.name = key->val.string.val;
	error.length = key->val.string.len;
	error.status = BUNDLE_OK;
	if (DatumGetBool(DirectFunctionCall2(numeric_lt, number, zero)))
		error.status = BUNDLE_NEGATIVE;
	else if (DatumGetBool(DirectFunctionCall2(numeric_gt, number, most)))
		error.status = BUNDLE_OUT_OF_RANGE;
	if (error.status != BUNDLE_OK)
		report_item(&error, NULL);
	if (!DatumGetBool(DirectFunctionCall2(numeric_eq, number,
										  DirectFunctionCall2(numeric_trunc,
															  number,
															  Int32GetDatum(0)))))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("jsonb has a fraction as a quantity of a bundle")),
				 errdetail(salon_say("The value of \"%s\" is not a whole number."),
						   shown(key->val.string.val, key->val.string.len)),
				 errhint(salon_say("Use a smaller unit."))));
	return DatumGetInt64(DirectFunctionCall1(numeric_int8, number));
}

/*
 * Cast an object of names and whole numbers to a bundle.
 */
Datum
salon_bundle_from_jsonb(PG_FUNCTION_ARGS)
{
	Jsonb	   *json = PG_GETARG_JSONB_P(0);
	size_t		count = 0;
	BundleItem *items;
	BundleError error;
	BundleStatus status;
	JsonbIterator *walk;
	JsonbValue	key;
	JsonbValue	value;
	struct varlena *result = NULL;

	if (!JB_ROOT_IS_OBJECT(json))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("cannot cast jsonb other than an object to type bundle")),
				 errhint(salon_say("Use an object of names and whole numbers, such as {\"speaker\": 3}."))));
	if (JB_ROOT_COUNT(json) > BUNDLE_MAX_ITEMS)
	{
		error.status = BUNDLE_TOO_MANY_ITEMS;
		report_item(&error, NULL);
	}
	items = palloc(Max(JB_ROOT_COUNT(json), 1) * sizeof(BundleItem));
	walk = JsonbIteratorInit(&json->root);
	JsonbIteratorNext(&walk, &key, true);
	while (JsonbIteratorNext(&walk, &key, true) == WJB_KEY)
	{
		CHECK_FOR_INTERRUPTS();
		JsonbIteratorNext(&walk, &value, true);
		items[count].name = key.val.string.val;
		items[count].length = key.val.string.len;
		items[count].quantity = jsonb_quantity(&key, &value);
		count++;
	}
	status = bundle_collect(items, &count, &error);
	if (status == BUNDLE_OK)
		result = make_bundle(items, count, &error);
	if (result == NULL)
		report_item(&error, NULL);
	PG_RETURN_POINTER(result);
}

/*
 * Cast a bundle to an object of names and whole numbers.
 */
Datum
salon_bundle_to_jsonb(PG_FUNCTION_ARGS)
{
	BundleView	view = PG_GETARG_BUNDLE_VIEW(0);
	BundleCursor cursor;
	BundleItem	item;
	StringInfoData buf;
	bool		first = true;

	/* By way of the text, whose functions are the same in every version */
	initStringInfo(&buf);
	appendStringInfoChar(&buf, '{');
	bundle_open(&cursor, view);
	while (bundle_next(&cursor, &item))
	{
		char	   *name = pnstrdup(item.name, item.length);

		CHECK_FOR_INTERRUPTS();
		if (!first)
			appendStringInfoChar(&buf, ',');
		first = false;
		escape_json(&buf, name);
		appendStringInfo(&buf, ":" INT64_FORMAT, item.quantity);
		pfree(name);
	}
	appendStringInfoChar(&buf, '}');
	PG_RETURN_DATUM(DirectFunctionCall1(jsonb_in, CStringGetDatum(buf.data)));
}

/*
 * Compare the first two arguments.  Indexes call this many times in one
 * context, so that it leaves nothing there.
 */
static int
compare_arguments(FunctionCallInfo fcinfo)
{
	struct varlena *a = PG_GETARG_VARLENA_PP(0);
	struct varlena *b = PG_GETARG_VARLENA_PP(1);
	int			order = bundle_compare(bundle_view(a), bundle_view(b));

	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return order;
}

static bool
equal_arguments(FunctionCallInfo fcinfo)
{
	struct varlena *a = PG_GETARG_VARLENA_PP(0);
	struct varlena *b = PG_GETARG_VARLENA_PP(1);
	BundleView	view_a = bundle_view(a);
	BundleView	view_b = bundle_view(b);
	bool		equal = view_a.size == view_b.size;

	if (equal)
		equal = memcmp(view_a.data, view_b.data, view_a.size) == 0;
	PG_FREE_IF_COPY(a, 0);
	PG_FREE_IF_COPY(b, 1);
	return equal;
}

Datum
salon_bundle_eq(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(equal_arguments(fcinfo));
}

Datum
salon_bundle_ne(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(!equal_arguments(fcinfo));
}

Datum
salon_bundle_lt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) < 0);
}

Datum
salon_bundle_le(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) <= 0);
}

Datum
salon_bundle_gt(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) > 0);
}

Datum
salon_bundle_ge(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(compare_arguments(fcinfo) >= 0);
}

Datum
salon_bundle_cmp(PG_FUNCTION_ARGS)
{
	PG_RETURN_INT32(compare_arguments(fcinfo));
}

/*
 * Hash a bundle: equal bundles have equal bytes.
 */
Datum
salon_bundle_hash(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);
	BundleView	view = bundle_view(value);
	Datum		hash = hash_any(view.data, (int) view.size);

	PG_FREE_IF_COPY(value, 0);
	return hash;
}

Datum
salon_bundle_hash_extended(PG_FUNCTION_ARGS)
{
	struct varlena *value = PG_GETARG_VARLENA_PP(0);
	BundleView	view = bundle_view(value);
	Datum		hash = hash_any_extended(view.data, (int) view.size,
										 (uint64) PG_GETARG_INT64(1));

	PG_FREE_IF_COPY(value, 0);
	return hash;
}

/*
 * Combine the two arguments name by name.
 */
static Datum
merge_arguments(FunctionCallInfo fcinfo, BundleOperation operation)
{
	BundleView	a = PG_GETARG_BUNDLE_VIEW(0);
	BundleView	b = PG_GETARG_BUNDLE_VIEW(1);
	struct varlena *result = palloc(VARHDRSZ + a.size + b.size);
	BundleError error;
	size_t		size;

	if (bundle_merge(operation, a, b, (unsigned char *) VARDATA(result),
					 &size, &error) != BUNDLE_OK)
		report_item(&error, NULL);
	SET_VARSIZE(result, VARHDRSZ + size);
	PG_RETURN_POINTER(result);
}

Datum
salon_bundle_add(PG_FUNCTION_ARGS)
{
	return merge_arguments(fcinfo, BUNDLE_SUM);
}

Datum
salon_bundle_subtract(PG_FUNCTION_ARGS)
{
	return merge_arguments(fcinfo, BUNDLE_DIFFERENCE);
}

Datum
salon_bundle_minimum(PG_FUNCTION_ARGS)
{
	return merge_arguments(fcinfo, BUNDLE_MINIMUM);
}

Datum
salon_bundle_maximum(PG_FUNCTION_ARGS)
{
	return merge_arguments(fcinfo, BUNDLE_MAXIMUM);
}

/*
 * Multiply every quantity of a bundle.
 */
static Datum
scale_bundle(BundleView view, int64 factor)
{
	struct varlena *result;
	BundleError error;
	size_t		size;

	if (factor < 0)
		ereport(ERROR,
				(errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
				 errmsg(salon_say("cannot multiply a bundle by a negative number")),
				 errdetail(salon_say("The factor is %lld."), (long long) factor),
				 errhint(salon_say("Use the operator - to take one bundle from another."))));
	result = palloc(VARHDRSZ + bundle_scaled_capacity(view));
	if (bundle_scale(view, factor, (unsigned char *) VARDATA(result),
					 &size, &error) != BUNDLE_OK)
		report_item(&error, NULL);
	SET_VARSIZE(result, VARHDRSZ + size);
	PG_RETURN_POINTER(result);
}

Datum
salon_bundle_multiply(PG_FUNCTION_ARGS)
{
	return scale_bundle(PG_GETARG_BUNDLE_VIEW(0), PG_GETARG_INT64(1));
}

Datum
salon_bundle_multiply_by(PG_FUNCTION_ARGS)
{
	return scale_bundle(PG_GETARG_BUNDLE_VIEW(1), PG_GETARG_INT64(0));
}

Datum
salon_bundle_covers(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(bundle_covers(PG_GETARG_BUNDLE_VIEW(0),
								 PG_GETARG_BUNDLE_VIEW(1), false));
}

Datum
salon_bundle_covered(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(bundle_covers(PG_GETARG_BUNDLE_VIEW(1),
								 PG_GETARG_BUNDLE_VIEW(0), false));
}

Datum
salon_bundle_overlaps(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(bundle_overlaps(PG_GETARG_BUNDLE_VIEW(0),
								   PG_GETARG_BUNDLE_VIEW(1)));
}

Datum
salon_bundle_has(PG_FUNCTION_ARGS)
{
	BundleView	view = PG_GETARG_BUNDLE_VIEW(0);
	text	   *name = PG_GETARG_TEXT_PP(1);

	PG_RETURN_BOOL(bundle_quantity(view, VARDATA_ANY(name),
								   VARSIZE_ANY_EXHDR(name)) > 0);
}

Datum
salon_bundle_quantity(PG_FUNCTION_ARGS)
{
	BundleView	view = PG_GETARG_BUNDLE_VIEW(0);
	text	   *name = PG_GETARG_TEXT_PP(1);

	PG_RETURN_INT64(bundle_quantity(view, VARDATA_ANY(name),
									VARSIZE_ANY_EXHDR(name)));
}

/*
 * Give the share of a wanted bundle that another one meets.
 */
Datum
salon_bundle_coverage(PG_FUNCTION_ARGS)
{
	PG_RETURN_FLOAT8(bundle_coverage(PG_GETARG_BUNDLE_VIEW(0),
									 PG_GETARG_BUNDLE_VIEW(1)));
}

/*
 * Add up all quantities: a numeric, so that it never fails.
 */
Datum
salon_bundle_total(PG_FUNCTION_ARGS)
{
	BundleTotal total = bundle_total(PG_GETARG_BUNDLE_VIEW(0));
	Datum		result = NumericGetDatum(int64_to_numeric(total.low));

	if (total.high > 0)
	{
		Datum		base = NumericGetDatum(int64_to_numeric(BUNDLE_TOTAL_BASE));
		Datum		high = NumericGetDatum(int64_to_numeric(total.high));

		result = DirectFunctionCall2(numeric_add,
									 DirectFunctionCall2(numeric_mul, high,
														 base),
									 result);
	}
	PG_RETURN_DATUM(result);
}

Datum
salon_bundle_is_empty(PG_FUNCTION_ARGS)
{
	PG_RETURN_BOOL(PG_GETARG_BUNDLE_VIEW(0).size == 1);
}

/*
 * Give the items of a bundle as rows.
 */
Datum
salon_bundle_items(PG_FUNCTION_ARGS)
{
	FuncCallContext *funcctx;
	BundleCursor *cursor;
	BundleItem	item;

	if (SRF_IS_FIRSTCALL())
	{
		MemoryContext old;
		TupleDesc	tupdesc;

		funcctx = SRF_FIRSTCALL_INIT();
		old = MemoryContextSwitchTo(funcctx->multi_call_memory_ctx);
		cursor = palloc(sizeof(BundleCursor));
		bundle_open(cursor,
					bundle_view((struct varlena *)
								PG_DETOAST_DATUM_COPY(PG_GETARG_DATUM(0))));
		funcctx->user_fctx = cursor;
		if (get_call_result_type(fcinfo, NULL, &tupdesc) != TYPEFUNC_COMPOSITE)
			ereport(ERROR,
					(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
					 errmsg(salon_say("function returning rows called in a context that cannot accept them"))));
		funcctx->tuple_desc = BlessTupleDesc(tupdesc);
		MemoryContextSwitchTo(old);
	}

	funcctx = SRF_PERCALL_SETUP();
	cursor = funcctx->user_fctx;
	if (bundle_next(cursor, &item))
	{
		Datum		values[2];
		bool		nulls[2] = {false, false};
		HeapTuple	tuple;

		values[0] = PointerGetDatum(cstring_to_text_with_len(item.name,
															 (int) item.length));
		values[1] = Int64GetDatum(item.quantity);
		tuple = heap_form_tuple(funcctx->tuple_desc, values, nulls);
		SRF_RETURN_NEXT(funcctx, HeapTupleGetDatum(tuple));
	}
	SRF_RETURN_DONE(funcctx);
}

/*
** Aggregates: the state is a table of the names seen, so that a row costs what
** it has itself, however much has been seen before.
*/

/*
 * Take the memory context of an aggregate.
 */
static MemoryContext
aggregate_context(FunctionCallInfo fcinfo)
{
	MemoryContext context;

	if (!AggCheckCallContext(fcinfo, &context))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg(salon_say("aggregate function called in a context that is not an aggregate")),
				 errhint(salon_say("Call salon.sum or salon.max."))));
	return context;
}

/*
 * Add one quantity to a state, or raise it to that.
 */
static void
step_item(bundletable_hash *state, const char *name, size_t length,
		  int64 quantity, BundleOperation operation)
{
	bool		found;
	BundleEntry *entry = bundle_table_enter(state, name, length, &found);
	BundleError error;

	error.name = name;
	error.length = length;
	error.status = BUNDLE_OK;
	if (!found && state->members > BUNDLE_MAX_ITEMS)
		error.status = BUNDLE_TOO_MANY_ITEMS;
	else if (operation == BUNDLE_MAXIMUM)
		entry->number = Max(entry->number, quantity);
	else if (pg_add_s64_overflow(entry->number, quantity, &entry->number))
		error.status = BUNDLE_OUT_OF_RANGE;
	if (error.status != BUNDLE_OK)
		report_item(&error, NULL);
}

static void
step_bundle(bundletable_hash *state, BundleView view,
			BundleOperation operation)
{
	BundleCursor cursor;
	BundleItem	item;

	bundle_open(&cursor, view);
	while (bundle_next(&cursor, &item))
		step_item(state, item.name, item.length, item.quantity, operation);
}

/*
 * Take one row into the state.
 */
static Datum
step(FunctionCallInfo fcinfo, BundleOperation operation)
{
	MemoryContext context = aggregate_context(fcinfo);
	bundletable_hash *state = NULL;

	if (!PG_ARGISNULL(0))
		state = (bundletable_hash *) PG_GETARG_POINTER(0);
	if (!PG_ARGISNULL(1))
	{
		struct varlena *value = PG_GETARG_VARLENA_PP(1);

		if (state == NULL)
			state = bundletable_create(context, 16, NULL);
		step_bundle(state, bundle_view(value), operation);
		PG_FREE_IF_COPY(value, 1);
	}
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

Datum
salon_bundle_sum_step(PG_FUNCTION_ARGS)
{
	return step(fcinfo, BUNDLE_SUM);
}

Datum
salon_bundle_max_step(PG_FUNCTION_ARGS)
{
	return step(fcinfo, BUNDLE_MAXIMUM);
}

/*
 * Take one state into another one.
 */
static Datum
combine(FunctionCallInfo fcinfo, BundleOperation operation)
{
	MemoryContext context = aggregate_context(fcinfo);
	bundletable_hash *state = NULL;

	if (!PG_ARGISNULL(0))
		state = (bundletable_hash *) PG_GETARG_POINTER(0);
	if (!PG_ARGISNULL(1))
	{
		bundletable_hash *other = (bundletable_hash *) PG_GETARG_POINTER(1);
		bundletable_iterator iterator;
		BundleEntry *entry;

		if (state == NULL)
			state = bundletable_create(context, Max(other->members, 16), NULL);
		bundletable_start_iterate(other, &iterator);
		while ((entry = bundletable_iterate(other, &iterator)) != NULL)
		{
			CHECK_FOR_INTERRUPTS();
			step_item(state, entry->name.data, entry->name.length,
					  entry->number, operation);
		}
	}
	if (state == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state);
}

Datum
salon_bundle_sum_combine(PG_FUNCTION_ARGS)
{
	return combine(fcinfo, BUNDLE_SUM);
}

Datum
salon_bundle_max_combine(PG_FUNCTION_ARGS)
{
	return combine(fcinfo, BUNDLE_MAXIMUM);
}

/*
 * Make the bundle that a state stands for.
 */
static struct varlena *
state_to_bundle(bundletable_hash *state)
{
	BundleItem *items = palloc(Max(state->members, 1) * sizeof(BundleItem));
	size_t		count = 0;
	bundletable_iterator iterator;
	BundleEntry *entry;
	BundleError error;
	struct varlena *result = NULL;

	bundletable_start_iterate(state, &iterator);
	while ((entry = bundletable_iterate(state, &iterator)) != NULL)
	{
		items[count].name = entry->name.data;
		items[count].length = entry->name.length;
		items[count].quantity = entry->number;
		count++;
	}
	if (bundle_collect(items, &count, &error) == BUNDLE_OK)
		result = make_bundle(items, count, &error);
	if (result == NULL)
		report_item(&error, NULL);
	pfree(items);
	return result;
}

Datum
salon_bundle_state_final(PG_FUNCTION_ARGS)
{
	aggregate_context(fcinfo);
	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	PG_RETURN_POINTER(state_to_bundle((bundletable_hash *) PG_GETARG_POINTER(0)));
}

/*
 * Pass a state between processes: as the bundle that it stands for.
 */
Datum
salon_bundle_state_serialize(PG_FUNCTION_ARGS)
{
	aggregate_context(fcinfo);
	PG_RETURN_BYTEA_P(state_to_bundle((bundletable_hash *) PG_GETARG_POINTER(0)));
}

Datum
salon_bundle_state_deserialize(PG_FUNCTION_ARGS)
{
	BundleView	view;
	bundletable_hash *state;

	aggregate_context(fcinfo);
	view = PG_GETARG_BUNDLE_VIEW(0);
	state = bundletable_create(CurrentMemoryContext, 16, NULL);
	step_bundle(state, view, BUNDLE_MAXIMUM);
	PG_RETURN_POINTER(state);
}
