/*
 * src/bundle/bundle.h
 *
 * The type bundle as SQL values, for the files that take bundles as
 * arguments.
 */
#ifndef BUNDLE_H
#define BUNDLE_H

#include "postgres.h"

#include "../core/bundle_core.h"
#include "../reading/compat.h"

extern BundleView bundle_view(const struct varlena *value);

/* A bundle that may be toasted, and one that certainly is not */
#define DatumGetBundleView(datum) \
	bundle_view((struct varlena *) PG_DETOAST_DATUM_PACKED(datum))
#define PG_GETARG_BUNDLE_VIEW(n) DatumGetBundleView(PG_GETARG_DATUM(n))

#endif							/* BUNDLE_H */
