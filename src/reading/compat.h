/*
 * src/reading/compat.h
 *
 * What differs between the supported server versions.  Soft errors came with
 * version 16: before it, they are ordinary errors.  With 18 pg_noreturn, which
 * stands before "static", took the place of pg_attribute_noreturn().
 */
#ifndef SALON_COMPAT_H
#define SALON_COMPAT_H

#include "postgres.h"

#if PG_VERSION_NUM >= 160000
#include "nodes/miscnodes.h"
#include "varatt.h"
#else
#define errsave(context, ...) \
	do { \
		(void) (context); \
		ereport(ERROR, __VA_ARGS__); \
	} while (0)
#define ereturn(context, value, ...) \
	do { \
		errsave(context, __VA_ARGS__); \
		return value; \
	} while (0)
#endif

/* With 19 a scan takes flags of its own. */
#if PG_VERSION_NUM >= 190000
#define TABLE_SCAN_FLAGS , 0
#else
#define TABLE_SCAN_FLAGS
#endif

/* With 16 what makes a range tells errors softly. */
#if PG_VERSION_NUM >= 160000
#define RANGE_ERROR_CONTEXT , NULL
#else
#define RANGE_ERROR_CONTEXT
#endif

/* With 17 a process has its transaction in a struct. */
#if PG_VERSION_NUM >= 170000
#define MY_LOCAL_TRANSACTION MyProc->vxid.lxid
#else
#define MY_LOCAL_TRANSACTION MyProc->lxid
#endif

#ifndef pg_noreturn
#define pg_noreturn pg_attribute_noreturn()
#endif

#endif							/* SALON_COMPAT_H */
