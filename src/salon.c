/*
 * src/salon.c
 *
 * The module: its magic, its settings, and the choice of a label in the
 * language that the session asks for.
 */
#include "postgres.h"

#include <limits.h>

#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/guc.h"

#include "salon.h"

PG_MODULE_MAGIC;

/*
** Settings
*/
int			salon_lang = SALON_LANG_EN;
int			salon_match_memory = 1024 * 1024;
double		salon_max_gap = 0;
int			salon_barter_time = 10 * 1000;

static const struct config_enum_entry lang_options[] = {
	{"en", SALON_LANG_EN, false},
	{"zh", SALON_LANG_ZH, false},
	{NULL, 0, false}
};

void		_PG_init(void);

/*
** Labels
*/
PG_FUNCTION_INFO_V1(salon_lang_show);
PG_FUNCTION_INFO_V1(salon_label);


void
_PG_init(void)
{
	DefineCustomEnumVariable("salon.lang",
							 "Language of the labels in views.",
							 "A label that is missing in this language is "
							 "shown in the other one.",
							 &salon_lang,
							 SALON_LANG_EN,
							 lang_options,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);
	DefineCustomIntVariable("salon.match_memory",
							"Memory that one matching may use.",
							"The rows of the window itself are not counted: "
							"they obey work_mem.",
							&salon_match_memory,
							1024 * 1024,
							64,
							MAX_KILOBYTES,
							PGC_USERSET,
							GUC_UNIT_KB,
							NULL, NULL, NULL);
	DefineCustomRealVariable("salon.max_gap",
							 "Share of the best total that a matching may "
							 "give away to be faster.",
							 "0 asks for the best total; allocate_detail "
							 "tells the proved gap.",
							 &salon_max_gap,
							 0,
							 0,
							 1,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);
	DefineCustomIntVariable("salon.barter_time",
							"Time that barter may take for one partition.",
							"Then it returns the best it has found, with a "
							"warning; barter_detail tells the gap. 0 is no "
							"limit.",
							&salon_barter_time,
							10 * 1000,
							0,
							INT_MAX,
							PGC_USERSET,
							GUC_UNIT_MS,
							NULL, NULL, NULL);
	MarkGUCPrefixReserved("salon");
}

/*
 * The language asked for, as text.
 */
Datum
salon_lang_show(PG_FUNCTION_ARGS)
{
	PG_RETURN_TEXT_P(cstring_to_text(salon_lang == SALON_LANG_ZH ? "zh" : "en"));
}

/*
 * Choose a label: the asked language, then the other, then the code.
 */
Datum
salon_label(PG_FUNCTION_ARGS)
{
	int			asked = salon_lang == SALON_LANG_ZH ? 1 : 0;
	int			order[3] = {asked, 1 - asked, 2};

	for (int i = 0; i < 3; i++)
	{
		if (!PG_ARGISNULL(order[i]))
			PG_RETURN_DATUM(PG_GETARG_DATUM(order[i]));
	}
	PG_RETURN_NULL();
}
