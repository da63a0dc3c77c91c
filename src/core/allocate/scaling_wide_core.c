/*
 * src/core/allocate/scaling_wide_core.c
 *
 * Cost scaling with numbers of 64 bits: see scaling_core.c.
 */
#define PRICE int64_t
#define UNITS int64_t
#define PRICE_MAX INT64_MAX
#define SOLVE scaling_wide
#include "scaling_template.h"
