/*
 * src/core/allocate/dense_wide_core.c
 *
 * Dense markets with weights of 64 bits: see dense_core.c.
 */
#define WEIGHT int64_t
#define WEIGHT_MAX INT64_MAX
#define SOLVE dense_wide
#include "dense_template.h"
