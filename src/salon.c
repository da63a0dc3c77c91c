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

#include "core/allocate/allocate_core.h"
#include "reading/salon.h"

PG_MODULE_MAGIC;

/*
** Settings
*/
int			salon_lang = SALON_LANG_EN;
static bool salon_import = false;	/* read by triggers of a space */
int			salon_match_memory = 1024 * 1024;
int			salon_match_engine = SALON_ENGINE_AUTO;
double		salon_max_gap = 0;
double		salon_progress = 0;
int			salon_ties = SALON_TIES_BREAK;
int			salon_optimal = SALON_OPTIMAL_APPLICANT;
int			salon_barter_time = 10 * 1000;

static const struct config_enum_entry lang_options[] = {
	{"en", SALON_LANG_EN, false},
	{"zh", SALON_LANG_ZH, false},
	{NULL, 0, false}
};

static const struct config_enum_entry engine_options[] = {
	{"auto", SALON_ENGINE_AUTO, false},
	{"simplex", SALON_ENGINE_SIMPLEX, false},
	{"scaling", SALON_ENGINE_SCALING, false},
	{"auction", SALON_ENGINE_AUCTION, false},
	{"dense", SALON_ENGINE_DENSE, false},
	{"tiers", SALON_ENGINE_TIERS, false},
	{NULL, 0, false}
};

static const struct config_enum_entry ties_options[] = {
	{"break", SALON_TIES_BREAK, false},
	{"largest", SALON_TIES_LARGEST, false},
	{NULL, 0, false}
};

static const struct config_enum_entry optimal_options[] = {
	{"applicant", SALON_OPTIMAL_APPLICANT, false},
	{"opening", SALON_OPTIMAL_OPENING, false},
	{NULL, 0, false}
};

void		_PG_init(void);

/*
** Labels
*/
PG_FUNCTION_INFO_V1(salon_lang_show);
PG_FUNCTION_INFO_V1(salon_label);


static void
define_stable_match(void)
{
	DefineCustomEnumVariable("salon.ties",
							 "What stable_match makes of equal ranks.",
							 "break tells them apart by identifier; largest "
							 "uses them to match at least two thirds of what "
							 "any stable matching can.",
							 &salon_ties,
							 SALON_TIES_BREAK,
							 ties_options,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);
	DefineCustomEnumVariable("salon.optimal",
							 "For whom stable_match finds the best stable "
							 "matching.",
							 "applicant or opening: where no ranks are equal, "
							 "each party of that side gets the best that it "
							 "gets in any stable matching.",
							 &salon_optimal,
							 SALON_OPTIMAL_APPLICANT,
							 optimal_options,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);
}

static void
define_matching(void)
{
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
	DefineCustomRealVariable("salon.progress",
							 "Seconds between notices on the progress of a "
							 "long matching.",
							 "0 is none.",
							 &salon_progress,
							 0,
							 0,
							 86400,
							 PGC_USERSET,
							 GUC_UNIT_S,
							 NULL, NULL, NULL);
	DefineCustomEnumVariable("salon.match_engine",
							 "Engine that a matching tries first.",
							 "For tests: the answer has the same total "
							 "whatever the engine.",
							 &salon_match_engine,
							 SALON_ENGINE_AUTO,
							 engine_options,
							 PGC_USERSET,
							 GUC_NOT_IN_SAMPLE,
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
}

void
_PG_init(void)
{
	DefineCustomEnumVariable("salon.lang",
							 "Language of labels in views, and of messages.",
							 "A label that is missing in this language is "
							 "shown in the other one.",
							 &salon_lang,
							 SALON_LANG_EN,
							 lang_options,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);
	DefineCustomBoolVariable("salon.import",
							 "Lets rows be entered in any status, as history "
							 "has them.",
							 "For the owner of a space and its administrators.",
							 &salon_import,
							 false,
							 PGC_USERSET,
							 0,
							 NULL, NULL, NULL);
	define_matching();
	define_stable_match();
	salon_acting_define();
	salon_compiled_define();
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
