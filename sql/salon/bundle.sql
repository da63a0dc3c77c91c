-- Bundles: multisets of resources, such as 'speaker:3, venue:1'.

CREATE TYPE bundle;

--
-- Input and output
--

CREATE FUNCTION bundle_in(cstring)
RETURNS bundle
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_in';

COMMENT ON FUNCTION bundle_in(cstring) IS
'Read a bundle from text';

CREATE FUNCTION bundle_out(bundle)
RETURNS cstring
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_out';

COMMENT ON FUNCTION bundle_out(bundle) IS
'Print a bundle';

CREATE FUNCTION bundle_recv(internal)
RETURNS bundle
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_recv';

COMMENT ON FUNCTION bundle_recv(internal) IS
'Read a bundle from its binary form';

CREATE FUNCTION bundle_send(bundle)
RETURNS bytea
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_send';

COMMENT ON FUNCTION bundle_send(bundle) IS
'Binary form of a bundle';

CREATE FUNCTION _bundle_typanalyze(internal)
RETURNS boolean
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_typanalyze';

COMMENT ON FUNCTION _bundle_typanalyze(internal) IS
'Prepare ANALYZE of a column of bundles';

CREATE TYPE bundle (
    INPUT = bundle_in,
    OUTPUT = bundle_out,
    RECEIVE = bundle_recv,
    SEND = bundle_send,
    ANALYZE = _bundle_typanalyze,
    INTERNALLENGTH = VARIABLE,
    ALIGNMENT = int4,
    STORAGE = extended
);

COMMENT ON TYPE bundle IS
'Multiset of resources: names with positive quantities, such as speaker:3, venue:1';

--
-- Constructor and casts
--

CREATE FUNCTION bundle(resource text, quantity bigint)
RETURNS bundle
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_one';

COMMENT ON FUNCTION bundle(text, bigint) IS
'Bundle of one resource; empty when the quantity is 0';

CREATE FUNCTION bundle(value jsonb)
RETURNS bundle
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_from_jsonb';

COMMENT ON FUNCTION bundle(jsonb) IS
'Bundle of a jsonb object of names and whole numbers';

CREATE FUNCTION bundle_to_jsonb(value bundle)
RETURNS jsonb
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_to_jsonb';

COMMENT ON FUNCTION bundle_to_jsonb(bundle) IS
'Object of the names and quantities of a bundle';

-- The casts are for assignment: a client may write strings and objects into a
-- column of bundles, and no expression changes its meaning by itself.
CREATE CAST (text AS bundle) WITH INOUT AS ASSIGNMENT;

COMMENT ON CAST (text AS bundle) IS
'Read a bundle from text';

CREATE CAST (varchar AS bundle) WITH INOUT AS ASSIGNMENT;

COMMENT ON CAST (varchar AS bundle) IS
'Read a bundle from text';

CREATE CAST (jsonb AS bundle) WITH FUNCTION bundle(jsonb) AS ASSIGNMENT;

COMMENT ON CAST (jsonb AS bundle) IS
'Bundle of a jsonb object of names and whole numbers';

CREATE CAST (bundle AS jsonb) WITH FUNCTION bundle_to_jsonb(bundle) AS ASSIGNMENT;

COMMENT ON CAST (bundle AS jsonb) IS
'Object of the names and quantities of a bundle';

--
-- Order and hash
--

CREATE FUNCTION bundle_eq(a bundle, b bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_eq';

COMMENT ON FUNCTION bundle_eq(bundle, bundle) IS
'Equal';

CREATE FUNCTION bundle_ne(a bundle, b bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_ne';

COMMENT ON FUNCTION bundle_ne(bundle, bundle) IS
'Not equal';

CREATE FUNCTION bundle_lt(a bundle, b bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_lt';

COMMENT ON FUNCTION bundle_lt(bundle, bundle) IS
'Less in the order of bundles';

CREATE FUNCTION bundle_le(a bundle, b bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_le';

COMMENT ON FUNCTION bundle_le(bundle, bundle) IS
'Less or equal in the order of bundles';

CREATE FUNCTION bundle_gt(a bundle, b bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_gt';

COMMENT ON FUNCTION bundle_gt(bundle, bundle) IS
'Greater in the order of bundles';

CREATE FUNCTION bundle_ge(a bundle, b bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_ge';

COMMENT ON FUNCTION bundle_ge(bundle, bundle) IS
'Greater or equal in the order of bundles';

CREATE FUNCTION bundle_cmp(a bundle, b bundle)
RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_cmp';

COMMENT ON FUNCTION bundle_cmp(bundle, bundle) IS
'Compare: -1, 0 or 1; at the first name whose quantities differ, the lower one comes first';

CREATE FUNCTION bundle_hash(value bundle)
RETURNS integer
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_hash';

COMMENT ON FUNCTION bundle_hash(bundle) IS
'Hash of a bundle';

CREATE FUNCTION bundle_hash_extended(value bundle, seed bigint)
RETURNS bigint
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_hash_extended';

COMMENT ON FUNCTION bundle_hash_extended(bundle, bigint) IS
'Hash of a bundle with a seed';

CREATE OPERATOR = (
    FUNCTION = bundle_eq,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = =,
    NEGATOR = <>,
    RESTRICT = eqsel,
    JOIN = eqjoinsel,
    HASHES,
    MERGES
);

COMMENT ON OPERATOR = (bundle, bundle) IS
'Equal';

CREATE OPERATOR <> (
    FUNCTION = bundle_ne,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = <>,
    NEGATOR = =,
    RESTRICT = neqsel,
    JOIN = neqjoinsel
);

COMMENT ON OPERATOR <> (bundle, bundle) IS
'Not equal';

CREATE OPERATOR < (
    FUNCTION = bundle_lt,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = >,
    NEGATOR = >=,
    RESTRICT = scalarltsel,
    JOIN = scalarltjoinsel
);

COMMENT ON OPERATOR < (bundle, bundle) IS
'Less in the order of bundles';

CREATE OPERATOR <= (
    FUNCTION = bundle_le,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = >=,
    NEGATOR = >,
    RESTRICT = scalarlesel,
    JOIN = scalarlejoinsel
);

COMMENT ON OPERATOR <= (bundle, bundle) IS
'Less or equal in the order of bundles';

CREATE OPERATOR > (
    FUNCTION = bundle_gt,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = <,
    NEGATOR = <=,
    RESTRICT = scalargtsel,
    JOIN = scalargtjoinsel
);

COMMENT ON OPERATOR > (bundle, bundle) IS
'Greater in the order of bundles';

CREATE OPERATOR >= (
    FUNCTION = bundle_ge,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = <=,
    NEGATOR = <,
    RESTRICT = scalargesel,
    JOIN = scalargejoinsel
);

COMMENT ON OPERATOR >= (bundle, bundle) IS
'Greater or equal in the order of bundles';

CREATE OPERATOR CLASS bundle_ops
DEFAULT FOR TYPE bundle USING btree AS
    OPERATOR 1 <,
    OPERATOR 2 <=,
    OPERATOR 3 =,
    OPERATOR 4 >=,
    OPERATOR 5 >,
    FUNCTION 1 bundle_cmp(bundle, bundle),
    FUNCTION 4 (bundle, bundle) btequalimage(oid);

COMMENT ON OPERATOR CLASS bundle_ops USING btree IS
'Order of bundles';

COMMENT ON OPERATOR FAMILY bundle_ops USING btree IS
'Order of bundles';

CREATE OPERATOR CLASS bundle_ops
DEFAULT FOR TYPE bundle USING hash AS
    OPERATOR 1 =,
    FUNCTION 1 bundle_hash(bundle),
    FUNCTION 2 bundle_hash_extended(bundle, bigint);

COMMENT ON OPERATOR CLASS bundle_ops USING hash IS
'Hash of bundles';

COMMENT ON OPERATOR FAMILY bundle_ops USING hash IS
'Hash of bundles';

--
-- Arithmetic
--

CREATE FUNCTION bundle_add(a bundle, b bundle)
RETURNS bundle
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_add';

COMMENT ON FUNCTION bundle_add(bundle, bundle) IS
'Sum of two bundles';

CREATE OPERATOR + (
    FUNCTION = bundle_add,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = +
);

COMMENT ON OPERATOR + (bundle, bundle) IS
'Sum of two bundles';

CREATE FUNCTION bundle_subtract(a bundle, b bundle)
RETURNS bundle
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_subtract';

COMMENT ON FUNCTION bundle_subtract(bundle, bundle) IS
'What the first has more than the second, never below nothing';

CREATE OPERATOR - (
    FUNCTION = bundle_subtract,
    LEFTARG = bundle,
    RIGHTARG = bundle
);

COMMENT ON OPERATOR - (bundle, bundle) IS
'What the first has more than the second, never below nothing';

CREATE FUNCTION bundle_minimum(a bundle, b bundle)
RETURNS bundle
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_minimum';

COMMENT ON FUNCTION bundle_minimum(bundle, bundle) IS
'What two bundles both have: the lower quantity of each resource';

CREATE OPERATOR & (
    FUNCTION = bundle_minimum,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = &
);

COMMENT ON OPERATOR & (bundle, bundle) IS
'What two bundles both have: the lower quantity of each resource';

CREATE FUNCTION bundle_maximum(a bundle, b bundle)
RETURNS bundle
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_maximum';

COMMENT ON FUNCTION bundle_maximum(bundle, bundle) IS
'What covers both of two bundles: the higher quantity of each resource';

CREATE OPERATOR | (
    FUNCTION = bundle_maximum,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = |
);

COMMENT ON OPERATOR | (bundle, bundle) IS
'What covers both of two bundles: the higher quantity of each resource';

CREATE FUNCTION bundle_multiply(value bundle, factor bigint)
RETURNS bundle
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_multiply';

COMMENT ON FUNCTION bundle_multiply(bundle, bigint) IS
'Bundle with every quantity multiplied';

CREATE FUNCTION bundle_multiply(factor bigint, value bundle)
RETURNS bundle
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_multiply_by';

COMMENT ON FUNCTION bundle_multiply(bigint, bundle) IS
'Bundle with every quantity multiplied';

CREATE OPERATOR * (
    FUNCTION = bundle_multiply,
    LEFTARG = bundle,
    RIGHTARG = bigint,
    COMMUTATOR = *
);

COMMENT ON OPERATOR * (bundle, bigint) IS
'Bundle with every quantity multiplied';

CREATE OPERATOR * (
    FUNCTION = bundle_multiply,
    LEFTARG = bigint,
    RIGHTARG = bundle,
    COMMUTATOR = *
);

COMMENT ON OPERATOR * (bigint, bundle) IS
'Bundle with every quantity multiplied';

--
-- Containment
--

CREATE FUNCTION _bundle_covers_sel(internal, oid, internal, integer)
RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_covers_sel';

COMMENT ON FUNCTION _bundle_covers_sel(internal, oid, internal, integer) IS
'Share of rows that @> selects';

CREATE FUNCTION _bundle_covers_joinsel(internal, oid, internal, smallint, internal)
RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_covers_joinsel';

COMMENT ON FUNCTION _bundle_covers_joinsel(internal, oid, internal, smallint, internal) IS
'Share of pairs that @> selects';

CREATE FUNCTION _bundle_covered_sel(internal, oid, internal, integer)
RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_covered_sel';

COMMENT ON FUNCTION _bundle_covered_sel(internal, oid, internal, integer) IS
'Share of rows that <@ selects';

CREATE FUNCTION _bundle_covered_joinsel(internal, oid, internal, smallint, internal)
RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_covered_joinsel';

COMMENT ON FUNCTION _bundle_covered_joinsel(internal, oid, internal, smallint, internal) IS
'Share of pairs that <@ selects';

CREATE FUNCTION _bundle_overlaps_sel(internal, oid, internal, integer)
RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_overlaps_sel';

COMMENT ON FUNCTION _bundle_overlaps_sel(internal, oid, internal, integer) IS
'Share of rows that && selects';

CREATE FUNCTION _bundle_overlaps_joinsel(internal, oid, internal, smallint, internal)
RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_overlaps_joinsel';

COMMENT ON FUNCTION _bundle_overlaps_joinsel(internal, oid, internal, smallint, internal) IS
'Share of pairs that && selects';

CREATE FUNCTION _bundle_has_sel(internal, oid, internal, integer)
RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_has_sel';

COMMENT ON FUNCTION _bundle_has_sel(internal, oid, internal, integer) IS
'Share of rows that ? selects';

CREATE FUNCTION _bundle_has_joinsel(internal, oid, internal, smallint, internal)
RETURNS double precision
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_has_joinsel';

COMMENT ON FUNCTION _bundle_has_joinsel(internal, oid, internal, smallint, internal) IS
'Share of pairs that ? selects';

CREATE FUNCTION bundle_covers(a bundle, b bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_covers';

COMMENT ON FUNCTION bundle_covers(bundle, bundle) IS
'The first has at least all that the second has';

CREATE FUNCTION bundle_covered(a bundle, b bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_covered';

COMMENT ON FUNCTION bundle_covered(bundle, bundle) IS
'The second has at least all that the first has';

CREATE FUNCTION bundle_overlaps(a bundle, b bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_overlaps';

COMMENT ON FUNCTION bundle_overlaps(bundle, bundle) IS
'The two have a resource in common';

CREATE FUNCTION bundle_has(value bundle, resource text)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_has';

COMMENT ON FUNCTION bundle_has(bundle, text) IS
'The bundle has the resource';

CREATE FUNCTION bundle_quantity(value bundle, resource text)
RETURNS bigint
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_quantity';

COMMENT ON FUNCTION bundle_quantity(bundle, text) IS
'Quantity of one resource, 0 when it is absent';

CREATE OPERATOR @> (
    FUNCTION = bundle_covers,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = <@,
    RESTRICT = _bundle_covers_sel,
    JOIN = _bundle_covers_joinsel
);

COMMENT ON OPERATOR @> (bundle, bundle) IS
'The first has at least all that the second has';

CREATE OPERATOR <@ (
    FUNCTION = bundle_covered,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = @>,
    RESTRICT = _bundle_covered_sel,
    JOIN = _bundle_covered_joinsel
);

COMMENT ON OPERATOR <@ (bundle, bundle) IS
'The second has at least all that the first has';

CREATE OPERATOR && (
    FUNCTION = bundle_overlaps,
    LEFTARG = bundle,
    RIGHTARG = bundle,
    COMMUTATOR = &&,
    RESTRICT = _bundle_overlaps_sel,
    JOIN = _bundle_overlaps_joinsel
);

COMMENT ON OPERATOR && (bundle, bundle) IS
'The two have a resource in common';

CREATE OPERATOR ? (
    FUNCTION = bundle_has,
    LEFTARG = bundle,
    RIGHTARG = text,
    RESTRICT = _bundle_has_sel,
    JOIN = _bundle_has_joinsel
);

COMMENT ON OPERATOR ? (bundle, text) IS
'The bundle has the resource';

CREATE OPERATOR -> (
    FUNCTION = bundle_quantity,
    LEFTARG = bundle,
    RIGHTARG = text
);

COMMENT ON OPERATOR -> (bundle, text) IS
'Quantity of one resource, 0 when it is absent';

--
-- GIN
--

CREATE FUNCTION _bundle_gin_extract_value(value bundle, nkeys internal)
RETURNS internal
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_gin_extract_value';

COMMENT ON FUNCTION _bundle_gin_extract_value(bundle, internal) IS
'Keys of a bundle in a GIN index';

CREATE FUNCTION _bundle_gin_extract_query(query bundle, nkeys internal, strategy smallint, partial internal, extra internal, nulls internal, mode internal)
RETURNS internal
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_gin_extract_query';

COMMENT ON FUNCTION _bundle_gin_extract_query(bundle, internal, smallint, internal, internal, internal, internal) IS
'Keys that a query asks of a GIN index';

CREATE FUNCTION _bundle_gin_consistent(keys internal, strategy smallint, query bundle, nkeys integer, extra internal, recheck internal, query_keys internal, nulls internal)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_gin_consistent';

COMMENT ON FUNCTION _bundle_gin_consistent(internal, smallint, bundle, integer, internal, internal, internal, internal) IS
'Decide from the keys of a row in a GIN index';

CREATE FUNCTION _bundle_gin_triconsistent(keys internal, strategy smallint, query bundle, nkeys integer, extra internal, query_keys internal, nulls internal)
RETURNS "char"
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_gin_triconsistent';

COMMENT ON FUNCTION _bundle_gin_triconsistent(internal, smallint, bundle, integer, internal, internal, internal) IS
'Decide from the keys of a row in a GIN index, some of which are unknown';

-- Keys are compared as bytes, so that the index depends on no collation.
CREATE OPERATOR CLASS bundle_ops
DEFAULT FOR TYPE bundle USING gin AS
    OPERATOR 1 @>,
    OPERATOR 2 &&,
    OPERATOR 3 ? (bundle, text),
    FUNCTION 1 bttext_pattern_cmp(text, text),
    FUNCTION 2 _bundle_gin_extract_value(bundle, internal),
    FUNCTION 3 _bundle_gin_extract_query(bundle, internal, smallint, internal, internal, internal, internal),
    FUNCTION 4 _bundle_gin_consistent(internal, smallint, bundle, integer, internal, internal, internal, internal),
    FUNCTION 6 _bundle_gin_triconsistent(internal, smallint, bundle, integer, internal, internal, internal),
    STORAGE text;

COMMENT ON OPERATOR CLASS bundle_ops USING gin IS
'Resources of bundles: @>, && and ?';

COMMENT ON OPERATOR FAMILY bundle_ops USING gin IS
'Resources of bundles: @>, && and ?';

--
-- Functions
--

CREATE FUNCTION coverage(have bundle, want bundle)
RETURNS double precision
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_coverage';

COMMENT ON FUNCTION coverage(bundle, bundle) IS
'Share of what is wanted that is there, from 0 to 1; 1 when nothing is wanted';

CREATE FUNCTION total(value bundle)
RETURNS numeric
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_total';

COMMENT ON FUNCTION total(bundle) IS
'Sum of all quantities';

CREATE FUNCTION is_empty(value bundle)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_is_empty';

COMMENT ON FUNCTION is_empty(bundle) IS
'The bundle has no resource';

CREATE FUNCTION items(value bundle)
RETURNS TABLE (resource text, quantity bigint)
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1 ROWS 5
AS 'MODULE_PATHNAME', 'salon_bundle_items';

COMMENT ON FUNCTION items(bundle) IS
'Resources and quantities of a bundle as rows, in the order of the names'' bytes';

--
-- Aggregates
--

CREATE FUNCTION _bundle_sum_step(internal, bundle)
RETURNS internal
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_sum_step';

COMMENT ON FUNCTION _bundle_sum_step(internal, bundle) IS
'Take a row into the state of sum';

CREATE FUNCTION _bundle_sum_combine(internal, internal)
RETURNS internal
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_sum_combine';

COMMENT ON FUNCTION _bundle_sum_combine(internal, internal) IS
'Take a state of sum into another one';

CREATE FUNCTION _bundle_max_step(internal, bundle)
RETURNS internal
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_max_step';

COMMENT ON FUNCTION _bundle_max_step(internal, bundle) IS
'Take a row into the state of max';

CREATE FUNCTION _bundle_max_combine(internal, internal)
RETURNS internal
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_max_combine';

COMMENT ON FUNCTION _bundle_max_combine(internal, internal) IS
'Take a state of max into another one';

CREATE FUNCTION _bundle_state_serialize(internal)
RETURNS bytea
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_state_serialize';

COMMENT ON FUNCTION _bundle_state_serialize(internal) IS
'State of an aggregate as bytes';

CREATE FUNCTION _bundle_state_deserialize(bytea, internal)
RETURNS internal
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_state_deserialize';

COMMENT ON FUNCTION _bundle_state_deserialize(bytea, internal) IS
'State of an aggregate from bytes';

CREATE FUNCTION _bundle_state_final(internal)
RETURNS bundle
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_bundle_state_final';

COMMENT ON FUNCTION _bundle_state_final(internal) IS
'Result of an aggregate';

CREATE AGGREGATE sum(bundle) (
    SFUNC = _bundle_sum_step,
    STYPE = internal,
    SSPACE = 4096,
    FINALFUNC = _bundle_state_final,
    FINALFUNC_MODIFY = READ_ONLY,
    COMBINEFUNC = _bundle_sum_combine,
    SERIALFUNC = _bundle_state_serialize,
    DESERIALFUNC = _bundle_state_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE sum(bundle) IS
'Sum of bundles';

CREATE AGGREGATE max(bundle) (
    SFUNC = _bundle_max_step,
    STYPE = internal,
    SSPACE = 4096,
    FINALFUNC = _bundle_state_final,
    FINALFUNC_MODIFY = READ_ONLY,
    COMBINEFUNC = _bundle_max_combine,
    SERIALFUNC = _bundle_state_serialize,
    DESERIALFUNC = _bundle_state_deserialize,
    PARALLEL = SAFE
);

COMMENT ON AGGREGATE max(bundle) IS
'What covers every bundle: the highest quantity of each resource';
