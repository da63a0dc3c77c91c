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

#endif							/* SALON_H */
