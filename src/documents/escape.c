/*
 * src/documents/escape.c
 *
 * Text that leaves for a document: escape_core.c knows the formats.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "../reading/compat.h"
#include "../reading/salon.h"
#include "../core/escape_core.h"

typedef size_t (*Writing) (SalonHost *host, int format, const char *text,
						   size_t length, char *out);

PG_FUNCTION_INFO_V1(salon_escape);
PG_FUNCTION_INFO_V1(salon_fold);


static void
tick(void *arg)
{
	CHECK_FOR_INTERRUPTS();
}

/*
 * What the core makes of a text, once it is known how long that is.  Cores
 * read and write UTF-8.
 */
static Datum
write_text(text *input, int format, Writing writing)
{
	SalonHost	host = {0};
	char	   *start = VARDATA_ANY(input);
	size_t		length = VARSIZE_ANY_EXHDR(input);
	char	   *read = pg_server_to_any(start, length, PG_UTF8);
	char	   *back;
	size_t		needed;
	text	   *result;

	host.tick = tick;
	if (read != start)
		length = strlen(read);
	needed = writing(&host, format, read, length, NULL);
	if (needed > MaxAllocSize - VARHDRSZ - 1)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg(salon_say("a text of %zu bytes is too long for a document"), length),
				 errdetail(salon_say("Escaped it would have %zu bytes."), needed),
				 errhint(salon_say("Give a shorter text."))));
	result = palloc(VARHDRSZ + needed + 1);
	writing(&host, format, read, length, VARDATA(result));
	SET_VARSIZE(result, VARHDRSZ + needed);
	VARDATA(result)[needed] = '\0';
	back = pg_any_to_server(VARDATA(result), needed, PG_UTF8);
	if (back != VARDATA(result))
		result = cstring_to_text(back);
	PG_RETURN_TEXT_P(result);
}

static size_t
write_escaped(SalonHost *host, int format, const char *text, size_t length,
			  char *out)
{
	return escape_text(host, format, text, length, out);
}

static size_t
write_folded(SalonHost *host, int format, const char *text, size_t length,
			 char *out)
{
	return escape_fold(host, text, length, out);
}

/*
 * A text as it stands in a document of a format.
 */
Datum
salon_escape(PG_FUNCTION_ARGS)
{
	char	   *name = text_to_cstring(PG_GETARG_TEXT_PP(1));
	int			format = 0;

	while (format < ESCAPE_FORMATS && strcmp(escape_format_name[format], name) != 0)
		format++;
	if (format == ESCAPE_FORMATS)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("a text cannot be escaped for format \"%s\""), name),
				 errhint(salon_say("Formats are text, xml, html, icalendar, icalendar_parameter, csv, markdown, script and uri."))));
	return write_text(PG_GETARG_TEXT_PP(0), format, write_escaped);
}

/*
 * Content lines of iCalendar, folded.
 */
Datum
salon_fold(PG_FUNCTION_ARGS)
{
	return write_text(PG_GETARG_TEXT_PP(0), 0, write_folded);
}
