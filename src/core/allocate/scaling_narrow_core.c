/*
 * src/core/allocate/scaling_narrow_core.c
 *
 * Cost scaling with numbers of 32 bits: see scaling_core.c.
 */
#define PRICE int32_t
#define UNITS int32_t
#define PRICE_MAX INT32_MAX
#define SOLVE scaling_narrow
#include "scaling_template.h"
