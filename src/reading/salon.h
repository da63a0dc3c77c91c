/*
 * src/reading/salon.h
 *
 * What the files of the extension share: the settings, and what speaks to the
 * user in the language that the session asks for.
 */
#ifndef SALON_H
#define SALON_H

#include "postgres.h"

typedef enum SalonLang
{
	SALON_LANG_EN,
	SALON_LANG_ZH
} SalonLang;

/* What equal ranks mean to stable_match. */
typedef enum SalonTies
{
	SALON_TIES_BREAK,
	SALON_TIES_LARGEST
} SalonTies;

/* For whom the result of stable_match is the best. */
typedef enum SalonOptimal
{
	SALON_OPTIMAL_APPLICANT,
	SALON_OPTIMAL_OPENING
} SalonOptimal;

extern int	salon_lang;
extern int	salon_match_memory;
extern int	salon_match_engine;
extern double salon_max_gap;
extern double salon_progress;
extern int	salon_ties;
extern int	salon_optimal;
extern int	salon_barter_time;

extern void salon_acting_define(void);
extern void salon_compiled_define(void);
extern const char *salon_say(const char *english) pg_attribute_format_arg(1);

#endif							/* SALON_H */
