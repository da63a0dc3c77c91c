/*
 * src/reading/say.c
 *
 * What errors, details and hints say to a user, in the language that the
 * session asks for.  The texts in the code are English; chinese.inc has the
 * others, for C and SQL alike.  It is only looked into when something is said,
 * so a walk through it will do.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "utils/builtins.h"

#include "salon.h"

static const struct
{
	const char *english;
	const char *chinese;		/* UTF-8 */
}			catalogue[] = {
#include "chinese.inc"
};

PG_FUNCTION_INFO_V1(salon_say_text);


/*
 * A text in the language of the session, or as it is where the catalogue does
 * not have it.  Formats keep their arguments.
 */
const char *
salon_say(const char *english)
{
	if (salon_lang == SALON_LANG_ZH && GetDatabaseEncoding() == PG_UTF8)
	{
		for (size_t i = 0; i < lengthof(catalogue); i++)
		{
			if (strcmp(catalogue[i].english, english) == 0)
				return catalogue[i].chinese;
		}
	}
	return english;
}

/*
 * The same for SQL.
 */
Datum
salon_say_text(PG_FUNCTION_ARGS)
{
	if (salon_lang == SALON_LANG_EN)
		PG_RETURN_DATUM(PG_GETARG_DATUM(0));
	PG_RETURN_TEXT_P(cstring_to_text(salon_say(text_to_cstring(PG_GETARG_TEXT_PP(0)))));
}
