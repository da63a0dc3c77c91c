/*
 * src/qr/qr.c
 *
 * QR codes as text and as SVG.  The library salon_qr draws them: it is loaded
 * when one is asked for, and need not be there.
 */
#include "postgres.h"

#include <dlfcn.h>

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/builtins.h"

#include "../reading/compat.h"
#include "../reading/salon.h"
#include "qr.h"

PG_FUNCTION_INFO_V1(salon_qr);
PG_FUNCTION_INFO_V1(salon_qr_svg);
PG_FUNCTION_INFO_V1(salon_draws_qr);

#define QUIET	4				/* light modules around a code */

/* A code; outside of it all is light. */
typedef struct Qr
{
	int			width;
	unsigned char modules[QR_LARGEST * QR_LARGEST];
} Qr;

/* How many bytes the largest code has room for, by correction. */
static const int most_bytes[] = {2953, 2331, 1663, 1273};

static const char corrections[] = "LMQH";


static bool
is_dark(const Qr *qr, int row, int column)
{
	return row >= 0 && row < qr->width && column >= 0 && column < qr->width &&
		qr->modules[row * qr->width + column] != 0;
}

/* Is the library there, with libqrencode?  Says where it would be. */
static bool
find_library(char path[MAXPGPATH])
{
	void	   *library;

	snprintf(path, MAXPGPATH, "%s/salon_qr%s", pkglib_path, DLSUFFIX);
	library = dlopen(path, RTLD_NOW);
	if (library == NULL)
		return false;
	dlclose(library);
	return true;
}

static QrDraw
load_library(void)
{
	static QrDraw draw = NULL;
	char		path[MAXPGPATH];

	if (draw != NULL)
		return draw;
	if (!find_library(path))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg(salon_say("this installation draws no QR codes")),
				 errdetail(salon_say("Library \"%s\" cannot be loaded: it is built where libqrencode is found, and needs it."), path),
				 errhint(salon_say("Install libqrencode (on Debian: libqrencode4); where that library was not built, libqrencode-dev, then make and install the extension again."))));
	draw = (QrDraw) load_external_function("$libdir/salon_qr", "salon_qr_draw", true, NULL);
	return draw;
}

/*
 * The code of a text, for an error correction that is named by a letter.
 */
static Qr  *
draw_text(text *value, text *correction)
{
	Qr		   *qr = palloc(sizeof(Qr));
	QrDraw		draw;
	const char *found = NULL;
	int			length = VARSIZE_ANY_EXHDR(value);
	char	   *bytes = pg_server_to_any(VARDATA_ANY(value), length, PG_UTF8);
	bool		is_ascii = true;
	int			level;

	if (VARSIZE_ANY_EXHDR(correction) == 1)
		found = memchr(corrections, *VARDATA_ANY(correction), strlen(corrections));
	if (found == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("a QR code has no error correction \"%s\""), text_to_cstring(correction)),
				 errhint(salon_say("L bears 7 percent of damage, M 15, Q 25, H 30."))));
	level = found - corrections;
	if (bytes != VARDATA_ANY(value))
		length = strlen(bytes);
	if (length == 0)
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg(salon_say("an empty text has no QR code")),
				 errhint(salon_say("Give a text of one character or more."))));
	draw = load_library();
	for (int i = 0; i < length; i++)
		is_ascii = is_ascii && (unsigned char) bytes[i] < 0x80;

	/* that it is UTF-8 takes place too */
	qr->width = length > most_bytes[level] - !is_ascii ? QR_TOO_LONG :
		draw((unsigned char *) bytes, length, level, qr->modules);
	if (qr->width == QR_TOO_LONG)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg(salon_say("a text of %d bytes is too long for a QR code"), length),
				 errdetail(salon_say("With error correction %c there is room for %d."), corrections[level], most_bytes[level] - !is_ascii),
				 errhint(salon_say("Give a shorter text, such as an address that leads to it."))));
	if (qr->width == QR_NO_MEMORY)
		ereport(ERROR,
				(errcode(ERRCODE_OUT_OF_MEMORY),
				 errmsg("out of memory")));
	return qr;
}

static Datum
utf8_text(StringInfo out)
{
	char	   *back = pg_any_to_server(out->data, out->len, PG_UTF8);

	return PointerGetDatum(cstring_to_text(back));
}

/*
 * For a terminal: a line has two rows.  What is light is drawn, as most
 * terminals are dark.
 */
Datum
salon_qr(PG_FUNCTION_ARGS)
{
	static const char *const blocks[] = {" ", "\xe2\x96\x84", "\xe2\x96\x80", "\xe2\x96\x88"};
	Qr		   *qr = draw_text(PG_GETARG_TEXT_PP(0), PG_GETARG_TEXT_PP(1));
	StringInfoData out;

	initStringInfo(&out);
	for (int row = -QUIET; row < qr->width + QUIET; row += 2)
	{
		if (out.len > 0)
			appendStringInfoChar(&out, '\n');
		for (int column = -QUIET; column < qr->width + QUIET; column++)
			appendStringInfoString(&out, blocks[2 * !is_dark(qr, row, column) + !is_dark(qr, row + 1, column)]);
	}
	PG_RETURN_DATUM(utf8_text(&out));
}

/*
 * For a page: a path of runs of dark modules on white, of any size; it needs
 * no style and no script.
 */
Datum
salon_qr_svg(PG_FUNCTION_ARGS)
{
	Qr		   *qr;
	StringInfoData out;
	int			side;

	if (PG_ARGISNULL(0) || PG_ARGISNULL(2))
		PG_RETURN_NULL();
	qr = draw_text(PG_GETARG_TEXT_PP(0), PG_GETARG_TEXT_PP(2));
	side = qr->width + 2 * QUIET;
	initStringInfo(&out);
	appendStringInfo(&out, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" role=\"img\" shape-rendering=\"crispEdges\">", side, side);
	if (!PG_ARGISNULL(1))
	{
		/* the title was escaped by who calls this */
		text	   *title = PG_GETARG_TEXT_PP(1);
		char	   *utf8 = pg_server_to_any(VARDATA_ANY(title), VARSIZE_ANY_EXHDR(title), PG_UTF8);

		appendStringInfoString(&out, "<title>");
		appendBinaryStringInfo(&out, utf8, utf8 == VARDATA_ANY(title) ? VARSIZE_ANY_EXHDR(title) : strlen(utf8));
		appendStringInfoString(&out, "</title>");
	}
	appendStringInfo(&out, "<path fill=\"#fff\" d=\"M0 0h%dv%dH0z\"/><path d=\"", side, side);
	for (int row = 0; row < qr->width; row++)
	{
		for (int column = 0; column < qr->width; column++)
		{
			int			run = 0;

			while (is_dark(qr, row, column + run))
				run++;
			if (run > 0)
				appendStringInfo(&out, "M%d %dh%dv1h-%dz", column + QUIET, row + QUIET, run, run);
			column += run;
		}
	}
	appendStringInfoString(&out, "\"/></svg>");
	PG_RETURN_DATUM(utf8_text(&out));
}

/*
 * Whether this installation draws codes at all, for what would do without.
 */
Datum
salon_draws_qr(PG_FUNCTION_ARGS)
{
	char		path[MAXPGPATH];

	PG_RETURN_BOOL(find_library(path));
}
