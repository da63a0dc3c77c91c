/*
 * src/core/allocate/dense_narrow_core.c
 *
 * Dense markets with weights of 32 bits: see dense_core.c.
 */
#define WEIGHT int32_t
#define WEIGHT_MAX INT32_MAX
#define SOLVE dense_narrow
#include "dense_template.h"
