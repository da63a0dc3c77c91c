/*
 * src/core/escape_core.h
 *
 * Text that leaves for a document of another format.
 */
#ifndef ESCAPE_CORE_H
#define ESCAPE_CORE_H

#include <stdbool.h>
#include <stddef.h>

#include "core.h"

typedef enum EscapeFormat
{
	ESCAPE_TEXT,				/* only what no format takes is gone */
	ESCAPE_XML,
	ESCAPE_HTML,
	ESCAPE_ICALENDAR,
	ESCAPE_ICALENDAR_PARAMETER,
	ESCAPE_CSV,
	ESCAPE_MARKDOWN,
	ESCAPE_SCRIPT,				/* JSON inside of a script element */
	ESCAPE_URI
} EscapeFormat;

#define ESCAPE_FORMATS (ESCAPE_URI + 1)

/* Octets of a content line of iCalendar without its end */
#define ESCAPE_LINE 75

extern const char *const escape_format_name[ESCAPE_FORMATS];

extern size_t escape_text(SalonHost *host, EscapeFormat format,
						  const char *text, size_t length, char *out);
extern size_t escape_fold(SalonHost *host, const char *text, size_t length,
						  char *out);

#endif							/* ESCAPE_CORE_H */
