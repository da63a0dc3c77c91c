/*
 * src/salon.h
 *
 * What the files of the extension share: the settings and how a label is
 * chosen.
 */
#ifndef SALON_H
#define SALON_H

#include "postgres.h"

typedef enum SalonLang
{
	SALON_LANG_EN,
	SALON_LANG_ZH
} SalonLang;

extern int	salon_lang;
extern int	salon_match_memory;
extern double salon_max_gap;
extern int	salon_barter_time;

#endif							/* SALON_H */
