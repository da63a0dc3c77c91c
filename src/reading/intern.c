/*
 * src/reading/intern.c
 *
 * Identifiers of any hashable type become small integers: first in the order
 * in which they are met, then, when all are known, in an order that does not
 * depend on the rows.  That order is the one of the integers, the one of the
 * bytes (text, uuid and the like, when equal means the same bytes), else that
 * of the type's btree class, else that of hash value and text.
 *
 * A hash table of numbers with open addressing; half full at most.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "common/hashfn.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/datum.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"
#include "utils/uuid.h"

#include "intern.h"
#include "salon.h"

#define FIRST_ROOM 16
#define CHUNK_SIZE 8192

/*
** Types
*/

/*
 * Find out how to treat identifiers of a type.
 */
void
salon_id_type_init(SalonIdType *type, Oid typid, Oid collation,
				   const char *side)
{
	type->type = typid;
	type->base = getBaseType(typid);
	type->collation = collation;
	type->cache = NULL;
	get_typlenbyval(typid, &type->length, &type->by_value);
	type->dense = type->base == INT2OID || type->base == INT4OID ||
		type->base == INT8OID;

	switch (type->base)
	{
		case INT2OID:
		case INT4OID:
		case INT8OID:
		case OIDOID:
		case DATEOID:
		case TIMESTAMPOID:
		case TIMESTAMPTZOID:
		case BOOLOID:
		case CHAROID:
			type->kind = SALON_ID_INTEGER;
			return;
		case UUIDOID:
		case BYTEAOID:
			type->kind = SALON_ID_BYTES;
			return;
		case TEXTOID:
		case VARCHAROID:
			if (!OidIsValid(collation) ||
				get_collation_isdeterministic(collation))
			{
				type->kind = SALON_ID_BYTES;
				return;
			}
			break;
		case UNKNOWNOID:
			ereport(ERROR,
					(errcode(ERRCODE_INDETERMINATE_DATATYPE),
					 errmsg(salon_say("could not determine the data type of the %s"),
							side),
					 errhint(salon_say("Cast the identifier to its type."))));
		default:
			break;
	}

	type->kind = SALON_ID_ANY;
	type->cache = lookup_type_cache(typid,
									TYPECACHE_HASH_PROC_FINFO |
									TYPECACHE_EQ_OPR_FINFO |
									TYPECACHE_CMP_PROC_FINFO);
	if (!OidIsValid(type->cache->hash_proc_finfo.fn_oid) ||
		!OidIsValid(type->cache->eq_opr_finfo.fn_oid))
		ereport(ERROR,
				(errcode(ERRCODE_UNDEFINED_FUNCTION),
				 errmsg(strchr("aeiou", side[0]) ?
						salon_say("type %s cannot identify an %s") :
						salon_say("type %s cannot identify a %s"),
						format_type_be(typid), side),
				 errdetail(salon_say("The type has no default hash operator class.")),
				 errhint(salon_say("Use an identifier of a type that can be hashed, such as bigint, text or uuid."))));
}

/*
 * An identifier as users know it, for messages.
 */
char	   *
salon_id_text(const SalonIdType *type, Datum id)
{
	Oid			output;
	bool		is_varlena;

	getTypeOutputInfo(type->type, &output, &is_varlena);
	return OidOutputFunctionCall(output, id);
}

/*
 * An identifier of an integer kind as a number whose order is right.
 */
static inline int64
id_integer(const SalonIdType *type, Datum id)
{
	switch (type->base)
	{
		case INT2OID:
			return DatumGetInt16(id);
		case INT4OID:
		case DATEOID:
			return DatumGetInt32(id);
		case OIDOID:
			return DatumGetObjectId(id);
		case BOOLOID:
			return DatumGetBool(id);
		case CHAROID:
			return DatumGetChar(id);
		default:
			return DatumGetInt64(id);
	}
}

/*
** The table
*/

/*
 * Make an empty table.
 */
void
salon_intern_init(SalonIntern *intern, const SalonIdType *type,
				  SalonBudget *budget, MemoryContext scratch)
{
	int32		slots = FIRST_ROOM * 2;

	memset(intern, 0, sizeof(*intern));
	intern->type = type;
	intern->budget = budget;
	intern->scratch = scratch;
	intern->room = FIRST_ROOM;
	intern->mask = slots - 1;
	intern->slot = salon_budget_alloc(budget, budget->work, slots,
									  sizeof(int32));
	memset(intern->slot, -1, sizeof(int32) * slots);
	if (type->kind == SALON_ID_INTEGER)
		intern->integer = salon_budget_alloc(budget, budget->work,
											 FIRST_ROOM, sizeof(int64));
	else
	{
		intern->hash = salon_budget_alloc(budget, budget->work,
										  FIRST_ROOM, sizeof(uint32));
		intern->datum = salon_budget_alloc(budget, budget->work,
										   FIRST_ROOM, sizeof(Datum));
		if (type->kind == SALON_ID_BYTES)
			intern->length = salon_budget_alloc(budget, budget->work,
												FIRST_ROOM, sizeof(uint32));
	}
}

/*
 * Give back the memory of the table; copies of identifiers stay until the
 * context goes.
 */
void
salon_intern_release(SalonIntern *intern)
{
	salon_budget_free(intern->budget, intern->slot);
	if (intern->integer)
		salon_budget_free(intern->budget, intern->integer);
	if (intern->hash)
		salon_budget_free(intern->budget, intern->hash);
	if (intern->datum)
		salon_budget_free(intern->budget, intern->datum);
	if (intern->length)
		salon_budget_free(intern->budget, intern->length);
	intern->slot = NULL;
}

/*
 * Mix the bits of an integer.
 */
static inline uint32
hash_integer(int64 key)
{
	uint64		h = (uint64) key * UINT64CONST(0x9E3779B97F4A7C15);

	return (uint32) (h >> 32);
}

/*
 * Twice the room.
 */
static void
grow(SalonIntern *intern)
{
	SalonBudget *budget = intern->budget;
	Size		slots = ((Size) intern->mask + 1) * 2;

	if (intern->room > PG_INT32_MAX / 4)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg(salon_say("too many identifiers in one partition")),
				 errhint(salon_say("Make smaller markets with PARTITION BY."))));
	intern->room *= 2;
	if (intern->integer)
		intern->integer = salon_budget_resize(budget, intern->integer,
											  intern->room, sizeof(int64));
	if (intern->hash)
		intern->hash = salon_budget_resize(budget, intern->hash,
										   intern->room, sizeof(uint32));
	if (intern->datum)
		intern->datum = salon_budget_resize(budget, intern->datum,
											intern->room, sizeof(Datum));
	if (intern->length)
		intern->length = salon_budget_resize(budget, intern->length,
											 intern->room, sizeof(uint32));
	salon_budget_free(budget, intern->slot);
	intern->slot = salon_budget_alloc(budget, budget->work, slots,
									  sizeof(int32));
	memset(intern->slot, -1, sizeof(int32) * slots);
	intern->mask = (uint32) (slots - 1);
	for (int32 k = 0; k < intern->count; k++)
	{
		uint32		at = (intern->integer ? hash_integer(intern->integer[k]) :
						  intern->hash[k]) & intern->mask;

		while (intern->slot[at] >= 0)
			at = (at + 1) & intern->mask;
		intern->slot[at] = k;
	}
}

/*
 * A number for a new entry, which takes the slot.
 */
static inline int32
add_entry(SalonIntern *intern, uint32 at)
{
	intern->slot[at] = intern->count;
	return intern->count++;
}

/*
 * Memory for a copy of an identifier.
 */
static char *
copy_room(SalonIntern *intern, Size size)
{
	char	   *room;

	size = MAXALIGN(size);
	if (size > intern->chunk_left)
	{
		Size		chunk = size > CHUNK_SIZE / 4 ? size :
		intern->count < 1000 ? CHUNK_SIZE / 4 : CHUNK_SIZE * 16;

		room = salon_budget_alloc(intern->budget, intern->budget->work,
								  chunk, 1);
		if (chunk == size)
			return room;
		intern->chunk = room;
		intern->chunk_left = chunk;
	}
	room = intern->chunk;
	intern->chunk += size;
	intern->chunk_left -= size;
	return room;
}

/*
 * Number of an identifier whose bytes tell it apart.
 */
static int32
intern_bytes(SalonIntern *intern, Datum id)
{
	const char *bytes;
	uint32		length;
	uint32		hash;
	uint32		at;
	int32		k;

	if (intern->type->length > 0)
	{
		bytes = DatumGetPointer(id);
		length = intern->type->length;
	}
	else
	{
		struct varlena *v = PG_DETOAST_DATUM_PACKED(id);

		bytes = VARDATA_ANY(v);
		length = VARSIZE_ANY_EXHDR(v);
	}
	hash = hash_bytes((const unsigned char *) bytes, (int) length);
	at = hash & intern->mask;
	while ((k = intern->slot[at]) >= 0)
	{
		if (intern->hash[k] == hash && intern->length[k] == length &&
			memcmp(DatumGetPointer(intern->datum[k]), bytes, length) == 0)
			return k;
		at = (at + 1) & intern->mask;
	}
	k = add_entry(intern, at);
	intern->hash[k] = hash;
	intern->length[k] = length;
	intern->datum[k] = PointerGetDatum(copy_room(intern, length));
	memcpy(DatumGetPointer(intern->datum[k]), bytes, length);
	return k;
}

/*
 * Number of an identifier of any type.
 */
static int32
intern_any(SalonIntern *intern, Datum id)
{
	const SalonIdType *type = intern->type;
	uint32		hash;
	uint32		at;
	int32		k;

	if (type->length == -1)
		id = PointerGetDatum(PG_DETOAST_DATUM(id));
	hash = DatumGetUInt32(FunctionCall1Coll(&type->cache->hash_proc_finfo,
											type->collation, id));
	at = murmurhash32(hash) & intern->mask;
	while ((k = intern->slot[at]) >= 0)
	{
		if (intern->hash[k] == murmurhash32(hash) &&
			DatumGetBool(FunctionCall2Coll(&type->cache->eq_opr_finfo,
										   type->collation,
										   intern->datum[k], id)))
			return k;
		at = (at + 1) & intern->mask;
	}
	k = add_entry(intern, at);
	intern->hash[k] = murmurhash32(hash);
	if (type->by_value)
		intern->datum[k] = id;
	else
	{
		Size		size = datumGetSize(id, false, type->length);

		intern->datum[k] = PointerGetDatum(copy_room(intern, size));
		memcpy(DatumGetPointer(intern->datum[k]), DatumGetPointer(id), size);
	}
	return k;
}

/*
 * Number of an integer.
 */
int32
salon_intern_integer(SalonIntern *intern, int64 key)
{
	uint32		at;
	int32		k;

	if (intern->count >= intern->room)
		grow(intern);
	at = hash_integer(key) & intern->mask;
	while ((k = intern->slot[at]) >= 0)
	{
		if (intern->integer[k] == key)
			return k;
		at = (at + 1) & intern->mask;
	}
	k = add_entry(intern, at);
	intern->integer[k] = key;
	return k;
}

/*
 * The number of an identifier, a new one when it was not met before.  Runs in
 * a context that the caller empties now and then.
 */
int32
salon_intern(SalonIntern *intern, Datum id)
{
	if (intern->type->kind == SALON_ID_INTEGER)
		return salon_intern_integer(intern, id_integer(intern->type, id));
	if (intern->count >= intern->room)
		grow(intern);
	if (intern->type->kind == SALON_ID_BYTES)
		return intern_bytes(intern, id);
	return intern_any(intern, id);
}

/*
** The order
*/

/*
 * Compare two entries.
 */
static int
compare_entries(const void *a, const void *b, void *arg)
{
	const SalonIntern *intern = (const SalonIntern *) arg;
	const SalonIdType *type = intern->type;
	int32		x = *(const int32 *) a;
	int32		y = *(const int32 *) b;
	int			order;

	CHECK_FOR_INTERRUPTS();
	if (type->kind == SALON_ID_INTEGER)
		return intern->integer[x] < intern->integer[y] ? -1 :
			intern->integer[x] > intern->integer[y] ? 1 : 0;

	if (type->kind == SALON_ID_BYTES)
	{
		uint32		shorter = Min(intern->length[x], intern->length[y]);

		order = memcmp(DatumGetPointer(intern->datum[x]),
					   DatumGetPointer(intern->datum[y]), shorter);
		if (order != 0)
			return order;
		return intern->length[x] < intern->length[y] ? -1 :
			intern->length[x] > intern->length[y] ? 1 : 0;
	}

	if (OidIsValid(type->cache->cmp_proc_finfo.fn_oid))
	{
		order = DatumGetInt32(FunctionCall2Coll(&type->cache->cmp_proc_finfo,
												type->collation,
												intern->datum[x],
												intern->datum[y]));
		if (order != 0)
			return order;
	}
	if (intern->hash[x] != intern->hash[y])
		return intern->hash[x] < intern->hash[y] ? -1 : 1;
	return x == y ? 0 : strcmp(salon_id_text(type, intern->datum[x]),
							   salon_id_text(type, intern->datum[y]));
}

/*
 * The rank of every entry in the order of the identifiers.
 */
int32	   *
salon_intern_ranks(SalonIntern *intern)
{
	SalonBudget *budget = intern->budget;
	int32	   *order = salon_budget_alloc(budget, budget->work,
										   intern->count, sizeof(int32));
	int32	   *rank = salon_budget_alloc(budget, budget->work,
										  intern->count, sizeof(int32));
	MemoryContext old = MemoryContextSwitchTo(intern->scratch);

	for (int32 k = 0; k < intern->count; k++)
		order[k] = k;
	qsort_arg(order, intern->count, sizeof(int32), compare_entries, intern);
	for (int32 k = 0; k < intern->count; k++)
		rank[order[k]] = k;
	MemoryContextSwitchTo(old);
	MemoryContextReset(intern->scratch);
	salon_budget_free(budget, order);
	return rank;
}
