-- Assembled by sql/assemble from sql/salon, sql/model and sql/migration: edit those.
\echo Use "CREATE EXTENSION salon" to load this file. \quit

-- Labels in the language of the session.

CREATE FUNCTION lang()
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_lang_show';

COMMENT ON FUNCTION lang() IS
'Language of labels in this session, en or zh: the setting salon.lang';

CREATE FUNCTION label(en text, zh text, code text DEFAULT NULL)
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_label';

COMMENT ON FUNCTION label(text, text, text) IS
'Label in the language of salon.lang, else in the other language, else the code';

CREATE FUNCTION version()
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN '0.1.0';

COMMENT ON FUNCTION @extschema@.version() IS
'Version of the extension whose functions run, which a space is compared with';

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

-- Matching: the best allocation of what suppliers offer to what demanders
-- need, as window functions.  STABLE, since settings decide how far the search
-- goes; the answer does not depend on the order of the rows.

CREATE TYPE allocation AS (
    quantity       bigint,
    supplier_price double precision,
    demander_price double precision,
    pair_price     double precision,
    gap            double precision
);

COMMENT ON TYPE allocation IS
'What allocate_detail says of a row: its quantity and the prices that prove the optimum';
COMMENT ON COLUMN allocation.quantity IS
'Quantity that goes from the supplier to the demander by this row; 0 when none';
COMMENT ON COLUMN allocation.supplier_price IS
'What one more unit offered by the supplier would be worth; 0 when it keeps some; null without a supplier';
COMMENT ON COLUMN allocation.demander_price IS
'What one more unit needed by the demander would be worth; 0 when it gets less than it needs; null without a demander';
COMMENT ON COLUMN allocation.pair_price IS
'What one more unit of at_most of this row would be worth; 0 when it is not used up; null without both parties';
COMMENT ON COLUMN allocation.gap IS
'The best total of the partition exceeds the one returned by at most this; 0 when it is proved to be the best';

CREATE FUNCTION allocate(
    supplier "any",
    demander "any",
    value    double precision,
    offered  bigint DEFAULT 1,
    needed   bigint DEFAULT 1,
    at_most  bigint DEFAULT NULL)
RETURNS bigint
LANGUAGE c WINDOW STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_allocate';

COMMENT ON FUNCTION allocate("any", "any", double precision, bigint, bigint, bigint) IS
'Quantity of each candidate pair such that the total of value * quantity over the partition is the largest; a null quantity is no limit';

CREATE FUNCTION allocate_detail(
    supplier "any",
    demander "any",
    value    double precision,
    offered  bigint DEFAULT 1,
    needed   bigint DEFAULT 1,
    at_most  bigint DEFAULT NULL)
RETURNS allocation
LANGUAGE c WINDOW STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_allocate_detail';

COMMENT ON FUNCTION allocate_detail("any", "any", double precision, bigint, bigint, bigint) IS
'The same as allocate, with the prices that prove the optimum';

-- Spaces: the data of one community in a schema of the caller.

CREATE FUNCTION model(OUT ordinal integer, OUT name text, OUT is_repeatable boolean, OUT source text)
RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1 ROWS 100
BEGIN ATOMIC
VALUES
(1, 'space', false, $salon_model$
-- The space itself: one row that says what this community is, and what the
-- other files of the model share.
--
-- To make a space by hand: create a schema, SET search_path = that schema,
-- salon, pg_temp, and run the files in the order of MODEL in the Makefile.

CREATE TABLE space (
    is_one          boolean PRIMARY KEY DEFAULT true
                    CONSTRAINT space_is_one CHECK (is_one),
    version         text NOT NULL,
    name_en         text,
    name_zh         text,
    time_zone       text NOT NULL DEFAULT 'Asia/Shanghai'
                    CONSTRAINT space_time_zone_is_iana CHECK (
                        time_zone ~ '^(UTC|Etc/GMT[+-][0-9]+|[A-Za-z_]+(/[A-Za-z_]+(-[A-Za-z_]+)*)+)$'
                        AND timestamptz '2000-01-01 00:00+00' AT TIME ZONE time_zone IS NOT NULL),
    currency        text NOT NULL DEFAULT 'CNY'
                    CONSTRAINT space_currency_is_iso CHECK (currency ~ '^[A-Z]{3}$'),
    host_cost_from  numeric(12, 2) DEFAULT 3000
                    CONSTRAINT space_host_cost_from_is_not_negative CHECK (host_cost_from >= 0),
    host_cost_to    numeric(12, 2) DEFAULT 5000,
    CONSTRAINT space_host_cost_is_a_band CHECK (host_cost_to >= host_cost_from)
);
$salon_model$),
(2, 'space', true, $salon_model$

COMMENT ON TABLE space IS 'This community: exactly one row / 社区本身, 仅一行';
COMMENT ON COLUMN space.is_one IS 'Always true: keeps the table at one row';
COMMENT ON COLUMN space.version IS 'Version of the model; salon.spaces compares it with the version of the extension';
COMMENT ON COLUMN space.name_en IS 'Name of the community in English; NULL: not given';
COMMENT ON COLUMN space.name_zh IS 'Name of the community in Chinese; NULL: not given';
COMMENT ON COLUMN space.time_zone IS 'IANA time zone of an event that names none';
COMMENT ON COLUMN space.currency IS 'ISO 4217 code of all amounts of money';
COMMENT ON COLUMN space.host_cost_from IS 'What hosting usually costs, from (D5: 3-5K); NULL: no band';
COMMENT ON COLUMN space.host_cost_to IS 'What hosting usually costs, up to (D5: 3-5K); NULL: no band';
COMMENT ON CONSTRAINT space_is_one ON space IS 'A space is one community: update the row that is there';
COMMENT ON CONSTRAINT space_time_zone_is_iana ON space IS 'Give an IANA name such as Asia/Shanghai: see pg_timezone_names';
COMMENT ON CONSTRAINT space_currency_is_iso ON space IS 'Give three capital letters such as CNY';
COMMENT ON CONSTRAINT space_host_cost_from_is_not_negative ON space IS 'An amount of money is zero or more';
COMMENT ON CONSTRAINT space_host_cost_is_a_band ON space IS 'host_cost_to must not be below host_cost_from';
$salon_model$),
(3, 'space', false, $salon_model$

INSERT INTO space (version) VALUES (salon.version());
$salon_model$),
(4, 'space', true, $salon_model$

-- A shipped row that somebody edits is the community's own from then on.
CREATE FUNCTION _edited() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    IF NEW IS DISTINCT FROM OLD THEN
        NEW.shipped := false;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _edited() IS
'Trigger of every catalogue: takes the shipped mark off a row that is edited, so that upgrades leave it alone';
$salon_model$),
(5, 'space', false, $salon_model$

-- Statuses and the steps between them.
CREATE TABLE status (
    subject      text NOT NULL,
    status_code  text NOT NULL
                 CONSTRAINT status_code_is_ascii CHECK (status_code ~ '^[a-z][a-z0-9_]*$'),
    ordinal      smallint NOT NULL,
    name_en      text NOT NULL,
    name_zh      text NOT NULL,
    PRIMARY KEY (subject, status_code)
);
$salon_model$),
(6, 'space', true, $salon_model$

COMMENT ON TABLE status IS 'Statuses by what they belong to: labels and order / 状态';
COMMENT ON COLUMN status.subject IS 'event, pledge or item';
COMMENT ON COLUMN status.status_code IS 'Code as it stands in the rows';
COMMENT ON COLUMN status.ordinal IS 'Order in lists';
COMMENT ON COLUMN status.name_en IS 'English label';
COMMENT ON COLUMN status.name_zh IS 'Chinese label';
COMMENT ON CONSTRAINT status_code_is_ascii ON status IS 'A code is lower-case letters, digits and underscores';
$salon_model$),
(7, 'space', false, $salon_model$

CREATE TABLE step (
    subject    text NOT NULL,
    from_code  text NOT NULL,
    to_code    text NOT NULL,
    PRIMARY KEY (subject, from_code, to_code),
    FOREIGN KEY (subject, from_code) REFERENCES status (subject, status_code),
    FOREIGN KEY (subject, to_code) REFERENCES status (subject, status_code)
);
CREATE INDEX step_to_code_idx ON step (subject, to_code);
$salon_model$),
(8, 'space', true, $salon_model$

COMMENT ON TABLE step IS 'Steps that a status may take; any other change of status is refused / 允许的状态变化';
COMMENT ON COLUMN step.subject IS 'event or pledge';
COMMENT ON COLUMN step.from_code IS 'Status before';
COMMENT ON COLUMN step.to_code IS 'Status after';
$salon_model$),
(9, 'space', false, $salon_model$

INSERT INTO status (subject, status_code, ordinal, name_en, name_zh) VALUES
    ('event', 'idea', 1, 'idea', '想法'),
    ('event', 'planned', 2, 'planned', '筹备中'),
    ('event', 'announced', 3, 'announced', '已发布'),
    ('event', 'held', 4, 'held', '已举办'),
    ('event', 'recapped', 5, 'recapped', '已复盘'),
    ('event', 'archived', 6, 'archived', '已归档'),
    ('event', 'cancelled', 7, 'cancelled', '已取消'),
    ('pledge', 'proposed', 1, 'proposed', '待确认'),
    ('pledge', 'confirmed', 2, 'confirmed', '已确认'),
    ('pledge', 'delivered', 3, 'delivered', '已兑现'),
    ('pledge', 'declined', 4, 'declined', '已谢绝'),
    ('pledge', 'withdrawn', 5, 'withdrawn', '已撤回'),
    ('item', 'done', 1, 'done', '完成'),
    ('item', 'open', 2, 'open', '待办'),
    ('item', 'overdue', 3, 'overdue', '逾期'),
    ('item', 'waived', 4, 'waived', '豁免'),
    ('item', 'not_needed', 5, 'not needed', '不需要');

INSERT INTO step (subject, from_code, to_code) VALUES
    ('event', 'idea', 'planned'),
    ('event', 'planned', 'idea'),
    ('event', 'planned', 'announced'),
    ('event', 'announced', 'planned'),
    ('event', 'announced', 'held'),
    ('event', 'held', 'recapped'),
    ('event', 'recapped', 'archived'),
    ('event', 'idea', 'cancelled'),
    ('event', 'planned', 'cancelled'),
    ('event', 'announced', 'cancelled'),
    ('event', 'cancelled', 'archived'),
    ('event', 'cancelled', 'planned'),
    ('pledge', 'proposed', 'confirmed'),
    ('pledge', 'proposed', 'declined'),
    ('pledge', 'proposed', 'withdrawn'),
    ('pledge', 'confirmed', 'delivered'),
    ('pledge', 'confirmed', 'withdrawn');
$salon_model$),
(10, 'space', true, $salon_model$

-- A status moves along the steps only.  The one argument is the subject.
CREATE FUNCTION _step() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    key_column text := TG_TABLE_NAME || '_id';
BEGIN
    IF NEW.status_code IS DISTINCT FROM OLD.status_code
       AND NOT EXISTS (SELECT FROM step
                       WHERE subject = TG_ARGV[0]
                         AND from_code = OLD.status_code
                         AND to_code = NEW.status_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('%s %s cannot go from %s to "%s"', TG_TABLE_NAME,
                             to_jsonb(NEW) ->> key_column, OLD.status_code, NEW.status_code),
            HINT = coalesce((SELECT format('From %s it can go to: %s.', OLD.status_code,
                                           string_agg(to_code, ', ' ORDER BY to_code))
                             FROM step
                             WHERE subject = TG_ARGV[0] AND from_code = OLD.status_code
                             HAVING count(*) > 0),
                            format('%s is final.', OLD.status_code)),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = 'status_code', CONSTRAINT = TG_TABLE_NAME || '_status_step';
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _step() IS
'Trigger of tables with a status_code: refuses a step that is not in table step, with 23514 and the steps that are';

-- A failed constraint names itself; its comment says what to do.
CREATE VIEW remedy WITH (security_invoker) AS
SELECT k.conname::text AS constraint_name,
       c.relname::text AS table_name,
       pg_get_constraintdef(k.oid) AS definition,
       obj_description(k.oid, 'pg_constraint') AS remedy
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'space'::regclass)
  AND obj_description(k.oid, 'pg_constraint') IS NOT NULL;

COMMENT ON VIEW remedy IS 'What to do when a constraint refuses a row: look it up by the name in the error message / 约束与对策';
COMMENT ON COLUMN remedy.constraint_name IS 'Name of the constraint, as error messages give it';
COMMENT ON COLUMN remedy.table_name IS 'Table that it protects';
COMMENT ON COLUMN remedy.definition IS 'What it demands';
COMMENT ON COLUMN remedy.remedy IS 'What to do';
$salon_model$),
(11, 'place', false, $salon_model$
-- Cities.  Venues and rooms stand in venue.sql, for a venue belongs to a party.

CREATE TABLE city (
    city_code  text PRIMARY KEY
               CONSTRAINT city_code_is_ascii CHECK (city_code ~ '^[a-z][a-z0-9_]*$'),
    name_en    text,
    name_zh    text,
    shipped    boolean NOT NULL DEFAULT false,
    CONSTRAINT city_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);
$salon_model$),
(12, 'place', true, $salon_model$

COMMENT ON TABLE city IS 'Cities in which the community is active (C28, D1) / 城市';
COMMENT ON COLUMN city.city_code IS 'Short code, such as hangzhou';
COMMENT ON COLUMN city.name_en IS 'English name';
COMMENT ON COLUMN city.name_zh IS 'Chinese name';
COMMENT ON COLUMN city.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT city_code_is_ascii ON city IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT city_has_a_name ON city IS 'Give an English or a Chinese name';

CREATE TRIGGER city_edited BEFORE UPDATE ON city
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(13, 'party', false, $salon_model$
-- Who takes part: organizations and persons, what they are in the community,
-- who belongs to whom, what they make.

CREATE TABLE role (
    role_code  text PRIMARY KEY
               CONSTRAINT role_code_is_ascii CHECK (role_code ~ '^[a-z][a-z0-9_]*$'),
    ordinal    smallint NOT NULL DEFAULT 100,
    name_en    text,
    name_zh    text,
    source     text,
    shipped    boolean NOT NULL DEFAULT false,
    CONSTRAINT role_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);
$salon_model$),
(14, 'party', true, $salon_model$

COMMENT ON TABLE role IS 'Roles of parties in the community: vendor, school, developer ... (D39-D44b, D2) / 角色';
COMMENT ON COLUMN role.role_code IS 'Short code, such as vendor';
COMMENT ON COLUMN role.ordinal IS 'Order in lists';
COMMENT ON COLUMN role.name_en IS 'English name';
COMMENT ON COLUMN role.name_zh IS 'Chinese name, as in the source';
COMMENT ON COLUMN role.source IS 'Where the row comes from, such as D39; NULL: the community''s own';
COMMENT ON COLUMN role.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT role_code_is_ascii ON role IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT role_has_a_name ON role IS 'Give an English or a Chinese name';

CREATE TRIGGER role_edited BEFORE UPDATE ON role
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(15, 'party', false, $salon_model$

CREATE TABLE party (
    party_id      bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    kind          text NOT NULL
                  CONSTRAINT party_kind_is_known CHECK (kind IN ('organization', 'person')),
    name_en       text,
    name_zh       text,
    city_code     text REFERENCES city,
    website       text CONSTRAINT party_website_is_a_url CHECK (website ~ '^https?://[^[:space:]]+$'),
    introduction  text,
    note          text,
    UNIQUE (party_id, kind)
);
CREATE INDEX party_city_code_idx ON party (city_code);
$salon_model$),
(16, 'party', true, $salon_model$

COMMENT ON TABLE party IS 'Organizations and persons (B1-B7, D2) / 参与方';
COMMENT ON COLUMN party.party_id IS 'Key';
COMMENT ON COLUMN party.kind IS 'organization or person';
COMMENT ON COLUMN party.name_en IS 'English name; both names NULL: the name is withheld';
COMMENT ON COLUMN party.name_zh IS 'Chinese name; both names NULL: the name is withheld';
COMMENT ON COLUMN party.city_code IS 'Home city; NULL: not known';
COMMENT ON COLUMN party.website IS 'Home page (D33)';
COMMENT ON COLUMN party.introduction IS 'Introduction, as shown to the public (C16, D33)';
COMMENT ON COLUMN party.note IS 'Remark of the organizers';
COMMENT ON CONSTRAINT party_kind_is_known ON party IS 'kind is organization or person';
COMMENT ON CONSTRAINT party_website_is_a_url ON party IS 'Give an address that begins with http:// or https://';

-- The label of a party in the language of the session.
CREATE FUNCTION party_label(party_id bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT salon.label(p.name_en, p.name_zh,
                       salon.label('party ', '参与方 ') || p.party_id)
    FROM party p
    WHERE p.party_id = party_label.party_id;
END;

COMMENT ON FUNCTION party_label(bigint) IS
'Name of a party in the language of salon.lang; its number where the name is withheld; NULL for an unknown party';
$salon_model$),
(17, 'party', false, $salon_model$

CREATE TABLE party_role (
    party_role_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    party_id       bigint NOT NULL REFERENCES party,
    role_code      text NOT NULL REFERENCES role,
    since          date,
    until          date,
    UNIQUE (party_id, role_code),
    CONSTRAINT party_role_ends_after_it_starts CHECK (until > since)
);
CREATE INDEX party_role_role_code_idx ON party_role (role_code);
$salon_model$),
(18, 'party', true, $salon_model$

COMMENT ON TABLE party_role IS 'Standing roles of a party in the alliance; what it does at an event stands in event_party / 常设角色';
COMMENT ON COLUMN party_role.party_role_id IS 'Key';
COMMENT ON COLUMN party_role.party_id IS 'The party';
COMMENT ON COLUMN party_role.role_code IS 'The role';
COMMENT ON COLUMN party_role.since IS 'First day; NULL: not known';
COMMENT ON COLUMN party_role.until IS 'Day after the last; NULL: still so';
COMMENT ON CONSTRAINT party_role_ends_after_it_starts ON party_role IS 'until is the day after the last and must come after since';
$salon_model$),
(19, 'party', false, $salon_model$

CREATE TABLE affiliation (
    affiliation_id     bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    person_id          bigint NOT NULL,
    person_kind        text NOT NULL GENERATED ALWAYS AS ('person') STORED,
    organization_id    bigint NOT NULL,
    organization_kind  text NOT NULL GENERATED ALWAYS AS ('organization') STORED,
    title              text,
    since              date,
    until              date,
    UNIQUE (person_id, organization_id),
    CONSTRAINT affiliation_person_is_a_person
        FOREIGN KEY (person_id, person_kind) REFERENCES party (party_id, kind),
    CONSTRAINT affiliation_organization_is_an_organization
        FOREIGN KEY (organization_id, organization_kind) REFERENCES party (party_id, kind),
    CONSTRAINT affiliation_ends_after_it_starts CHECK (until > since)
);
CREATE INDEX affiliation_organization_id_idx ON affiliation (organization_id, organization_kind);
CREATE INDEX affiliation_person_id_idx ON affiliation (person_id, person_kind);
$salon_model$),
(20, 'party', true, $salon_model$

COMMENT ON TABLE affiliation IS 'Which person belongs to which organization / 任职';
COMMENT ON COLUMN affiliation.affiliation_id IS 'Key';
COMMENT ON COLUMN affiliation.person_id IS 'The person';
COMMENT ON COLUMN affiliation.person_kind IS 'Always person: makes the foreign key refuse an organization';
COMMENT ON COLUMN affiliation.organization_id IS 'The organization';
COMMENT ON COLUMN affiliation.organization_kind IS 'Always organization: makes the foreign key refuse a person';
COMMENT ON COLUMN affiliation.title IS 'Title of the person there';
COMMENT ON COLUMN affiliation.since IS 'First day; NULL: not known';
COMMENT ON COLUMN affiliation.until IS 'Day after the last; NULL: still so';
COMMENT ON CONSTRAINT affiliation_person_is_a_person ON affiliation IS 'person_id must be a party of kind person';
COMMENT ON CONSTRAINT affiliation_organization_is_an_organization ON affiliation IS 'organization_id must be a party of kind organization';
COMMENT ON CONSTRAINT affiliation_ends_after_it_starts ON affiliation IS 'until is the day after the last and must come after since';
$salon_model$),
(21, 'party', false, $salon_model$

CREATE TABLE product (
    product_id      bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    party_id        bigint NOT NULL REFERENCES party,
    name            text NOT NULL,
    is_open_source  boolean,
    website         text CONSTRAINT product_website_is_a_url CHECK (website ~ '^https?://[^[:space:]]+$'),
    introduction    text,
    UNIQUE (party_id, name)
);
$salon_model$),
(22, 'party', true, $salon_model$

COMMENT ON TABLE product IS 'Products of a party (A1, D33) / 产品';
COMMENT ON COLUMN product.product_id IS 'Key';
COMMENT ON COLUMN product.party_id IS 'Who makes it';
COMMENT ON COLUMN product.name IS 'Name of the product';
COMMENT ON COLUMN product.is_open_source IS 'Open source or not; NULL: not known';
COMMENT ON COLUMN product.website IS 'Home page of the product';
COMMENT ON COLUMN product.introduction IS 'Introduction, as shown to the public';
COMMENT ON CONSTRAINT product_website_is_a_url ON product IS 'Give an address that begins with http:// or https://';
$salon_model$),
(23, 'party', false, $salon_model$

-- Personal data has a table of its own.
CREATE TABLE contact (
    contact_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    party_id    bigint NOT NULL REFERENCES party ON DELETE CASCADE,
    kind        text NOT NULL
                CONSTRAINT contact_kind_is_known CHECK (kind IN ('email', 'phone', 'wechat', 'other')),
    address     text NOT NULL,
    UNIQUE (party_id, kind, address)
);
$salon_model$),
(24, 'party', true, $salon_model$

COMMENT ON TABLE contact IS 'How to reach a party: personal data, not for the public / 联系方式';
COMMENT ON COLUMN contact.contact_id IS 'Key';
COMMENT ON COLUMN contact.party_id IS 'Whose it is';
COMMENT ON COLUMN contact.kind IS 'email, phone, wechat or other';
COMMENT ON COLUMN contact.address IS 'The address or number';
COMMENT ON CONSTRAINT contact_kind_is_known ON contact IS 'kind is email, phone, wechat or other';
$salon_model$),
(25, 'venue', false, $salon_model$
-- Venues and their rooms.

CREATE TABLE venue (
    venue_id   bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    city_code  text REFERENCES city,
    party_id   bigint REFERENCES party,
    name       text NOT NULL,
    address    text,
    UNIQUE (venue_id, city_code)
);
CREATE INDEX venue_city_code_idx ON venue (city_code);
CREATE INDEX venue_party_id_idx ON venue (party_id);
$salon_model$),
(26, 'venue', true, $salon_model$

COMMENT ON TABLE venue IS 'Places where events are held (C5, C11) / 场地';
COMMENT ON COLUMN venue.venue_id IS 'Key';
COMMENT ON COLUMN venue.city_code IS 'City; NULL: not known';
COMMENT ON COLUMN venue.party_id IS 'Whose place it is; NULL: not known';
COMMENT ON COLUMN venue.name IS 'Name of the venue';
COMMENT ON COLUMN venue.address IS 'Postal address; NULL: not known';
$salon_model$),
(27, 'venue', false, $salon_model$

CREATE TABLE room (
    room_id    bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    venue_id   bigint NOT NULL REFERENCES venue,
    name       text NOT NULL,
    capacity   integer CONSTRAINT room_capacity_is_positive CHECK (capacity > 0),
    equipment  salon.bundle NOT NULL DEFAULT '',
    UNIQUE (venue_id, name)
);
CREATE INDEX room_equipment_idx ON room USING gin (equipment);
$salon_model$),
(28, 'venue', true, $salon_model$

COMMENT ON TABLE room IS 'Rooms of a venue / 会议室';
COMMENT ON COLUMN room.room_id IS 'Key';
COMMENT ON COLUMN room.venue_id IS 'The venue it belongs to';
COMMENT ON COLUMN room.name IS 'Name of the room';
COMMENT ON COLUMN room.capacity IS 'Seats; NULL: not known';
COMMENT ON COLUMN room.equipment IS 'What stands in the room, as a bundle: projector:1, microphone:4';
COMMENT ON CONSTRAINT room_capacity_is_positive ON room IS 'Seats are one or more; leave it NULL when not known';
$salon_model$),
(29, 'exchange', false, $salon_model$
-- What can be given and wanted, and what serves what: the catalogue of
-- resources, the supply and demand of each role, and the relation between
-- the two languages of supply and demand.

CREATE TABLE resource (
    resource_code  text PRIMARY KEY
                   CONSTRAINT resource_code_is_ascii CHECK (resource_code ~ '^[a-z][a-z0-9_]*$'),
    parent_code    text REFERENCES resource,
    name_en        text,
    name_zh        text,
    is_used_up     boolean NOT NULL DEFAULT true,
    original_text  text,
    shipped        boolean NOT NULL DEFAULT false,
    UNIQUE (resource_code, is_used_up),
    CONSTRAINT resource_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT resource_is_not_its_parent CHECK (parent_code <> resource_code)
);
CREATE INDEX resource_parent_code_idx ON resource (parent_code);
$salon_model$),
(30, 'exchange', true, $salon_model$

COMMENT ON TABLE resource IS 'Everything that is given or wanted: a supply of a descendant serves a demand for its ancestor (B1-B6, D35-D44b) / 资源';
COMMENT ON COLUMN resource.resource_code IS 'Short code, such as venue';
COMMENT ON COLUMN resource.parent_code IS 'The wider resource of which this is a kind; NULL: none';
COMMENT ON COLUMN resource.name_en IS 'English name';
COMMENT ON COLUMN resource.name_zh IS 'Chinese name';
COMMENT ON COLUMN resource.is_used_up IS 'True: what is given to one cannot be given to another (a venue); false: it can be told to many (a case)';
COMMENT ON COLUMN resource.original_text IS 'The term as the source spells it; NULL: the community''s own';
COMMENT ON COLUMN resource.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT resource_code_is_ascii ON resource IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT resource_has_a_name ON resource IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT resource_is_not_its_parent ON resource IS 'A resource is no kind of itself: choose another parent or none';

CREATE TRIGGER resource_edited BEFORE UPDATE ON resource
    FOR EACH ROW EXECUTE FUNCTION _edited();

-- Every resource with itself and all that it is a kind of.  UNION stops a
-- ring that two transactions might make together.  STRICT keeps the planner
-- from inlining it: without statistics it takes the recursion for millions of
-- rows.
CREATE FUNCTION _resource_kind(OUT resource_code text, OUT ancestor_code text) RETURNS SETOF record
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    WITH RECURSIVE kind (resource_code, ancestor_code) AS (
        SELECT r.resource_code, r.resource_code
        FROM resource r
        UNION
        SELECT k.resource_code, r.parent_code
        FROM kind k
        JOIN resource r ON r.resource_code = k.ancestor_code
        WHERE r.parent_code IS NOT NULL
    )
    SELECT k.resource_code, k.ancestor_code
    FROM kind k;
END;

COMMENT ON FUNCTION _resource_kind() IS 'Each resource with itself and everything it is a kind of: behind view resource_kind';

CREATE VIEW resource_kind WITH (security_invoker) AS
SELECT resource_code, ancestor_code
FROM _resource_kind();

COMMENT ON VIEW resource_kind IS 'Each resource with itself and everything it is a kind of';
COMMENT ON COLUMN resource_kind.resource_code IS 'The resource';
COMMENT ON COLUMN resource_kind.ancestor_code IS 'Itself, its parent, the parent of that ...';

CREATE FUNCTION _resource_ring() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    IF EXISTS (SELECT FROM resource_kind
               WHERE resource_code = NEW.parent_code AND ancestor_code = NEW.resource_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('resource "%s" cannot be a kind of "%s"', NEW.resource_code, NEW.parent_code),
            DETAIL = format('"%s" is itself a kind of "%s".', NEW.parent_code, NEW.resource_code),
            HINT = 'Choose a parent that is not below it, or none.',
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = 'parent_code', CONSTRAINT = 'resource_has_no_ring';
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _resource_ring() IS
'Trigger of resource: refuses a parent that is itself a kind of the resource, with 23514';

CREATE CONSTRAINT TRIGGER resource_has_no_ring AFTER INSERT OR UPDATE OF parent_code ON resource
    FOR EACH ROW WHEN (NEW.parent_code IS NOT NULL) EXECUTE FUNCTION _resource_ring();
$salon_model$),
(31, 'exchange', false, $salon_model$

CREATE TABLE role_supply (
    role_supply_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    role_code       text NOT NULL REFERENCES role,
    ordinal         smallint NOT NULL DEFAULT 100,
    resource_code   text NOT NULL REFERENCES resource,
    original_text   text,
    source          text,
    shipped         boolean NOT NULL DEFAULT false,
    UNIQUE (role_code, resource_code)
);
CREATE INDEX role_supply_resource_code_idx ON role_supply (resource_code);
$salon_model$),
(32, 'exchange', true, $salon_model$

COMMENT ON TABLE role_supply IS 'What a role has to give: one row a cell of the source table (D39-D44b: 34 cells) / 角色供给';
COMMENT ON COLUMN role_supply.role_supply_id IS 'Key';
COMMENT ON COLUMN role_supply.role_code IS 'The role';
COMMENT ON COLUMN role_supply.ordinal IS 'Place in the row of the source';
COMMENT ON COLUMN role_supply.resource_code IS 'What it gives';
COMMENT ON COLUMN role_supply.original_text IS 'The cell as the source spells it';
COMMENT ON COLUMN role_supply.source IS 'Where the row comes from, such as D39';
COMMENT ON COLUMN role_supply.shipped IS 'True: came with the extension and was not edited';

CREATE TRIGGER role_supply_edited BEFORE UPDATE ON role_supply
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(33, 'exchange', false, $salon_model$

CREATE TABLE role_demand (
    role_demand_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    role_code       text NOT NULL REFERENCES role,
    ordinal         smallint NOT NULL DEFAULT 100,
    resource_code   text NOT NULL REFERENCES resource,
    original_text   text,
    source          text,
    shipped         boolean NOT NULL DEFAULT false,
    UNIQUE (role_code, resource_code)
);
CREATE INDEX role_demand_resource_code_idx ON role_demand (resource_code);
$salon_model$),
(34, 'exchange', true, $salon_model$

COMMENT ON TABLE role_demand IS 'What a role wants: one row a cell of the source table (D39-D44b: 37 cells) / 角色需求';
COMMENT ON COLUMN role_demand.role_demand_id IS 'Key';
COMMENT ON COLUMN role_demand.role_code IS 'The role';
COMMENT ON COLUMN role_demand.ordinal IS 'Place in the row of the source';
COMMENT ON COLUMN role_demand.resource_code IS 'What it wants';
COMMENT ON COLUMN role_demand.original_text IS 'The cell as the source spells it';
COMMENT ON COLUMN role_demand.source IS 'Where the row comes from, such as D39';
COMMENT ON COLUMN role_demand.shipped IS 'True: came with the extension and was not edited';

CREATE TRIGGER role_demand_edited BEFORE UPDATE ON role_demand
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(35, 'exchange', false, $salon_model$

CREATE TABLE satisfies (
    satisfies_id   bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    supplied_code  text NOT NULL REFERENCES resource,
    demanded_code  text NOT NULL REFERENCES resource,
    weight         numeric(3, 2) NOT NULL
                   CONSTRAINT satisfies_weight_is_a_share CHECK (weight > 0 AND weight <= 1),
    reason_en      text,
    reason_zh      text,
    shipped        boolean NOT NULL DEFAULT false,
    UNIQUE (supplied_code, demanded_code),
    CONSTRAINT satisfies_says_something_new CHECK (supplied_code <> demanded_code)
);
CREATE INDEX satisfies_demanded_code_idx ON satisfies (demanded_code);
$salon_model$),
(36, 'exchange', true, $salon_model$

COMMENT ON TABLE satisfies IS 'Which supply serves which demand of another name, and how well; shipped rows are an interpretation: edit them / 供给满足需求';
COMMENT ON COLUMN satisfies.satisfies_id IS 'Key';
COMMENT ON COLUMN satisfies.supplied_code IS 'What is given';
COMMENT ON COLUMN satisfies.demanded_code IS 'What is wanted';
COMMENT ON COLUMN satisfies.weight IS 'How well, above 0 up to 1; a resource serves itself and its ancestors with 1';
COMMENT ON COLUMN satisfies.reason_en IS 'Why, in English';
COMMENT ON COLUMN satisfies.reason_zh IS 'Why, in Chinese';
COMMENT ON COLUMN satisfies.shipped IS 'True: an interpretation that came with the extension and was not edited';
COMMENT ON CONSTRAINT satisfies_weight_is_a_share ON satisfies IS 'weight is above 0 and at most 1; delete the row when it serves nothing';
COMMENT ON CONSTRAINT satisfies_says_something_new ON satisfies IS 'A resource serves itself without a row';

CREATE TRIGGER satisfies_edited BEFORE UPDATE ON satisfies
    FOR EACH ROW EXECUTE FUNCTION _edited();

-- What serves what, all told: itself, its ancestors, and what satisfies says
-- of an ancestor of the supply and a descendant of the demand.
CREATE VIEW serves WITH (security_invoker) AS
SELECT DISTINCT ON (supplied_code, demanded_code)
       supplied_code, demanded_code, weight, via_supplied_code, via_demanded_code, reason_en, reason_zh
FROM (
    SELECT k.resource_code AS supplied_code, k.ancestor_code AS demanded_code, 1.00::numeric(3, 2) AS weight,
           NULL::text AS via_supplied_code, NULL::text AS via_demanded_code,
           NULL::text AS reason_en, NULL::text AS reason_zh
    FROM resource_kind k
    UNION ALL
    SELECT s.resource_code, d.ancestor_code, w.weight, w.supplied_code, w.demanded_code, w.reason_en, w.reason_zh
    FROM satisfies w
    JOIN resource_kind s ON s.ancestor_code = w.supplied_code
    JOIN resource_kind d ON d.resource_code = w.demanded_code
) AS way
ORDER BY supplied_code, demanded_code, weight DESC, via_supplied_code NULLS FIRST, via_demanded_code NULLS FIRST;

COMMENT ON VIEW serves IS 'Which supply serves which demand and how well, with all kinds and interpretations followed: the best way for each pair';
COMMENT ON COLUMN serves.supplied_code IS 'What is given';
COMMENT ON COLUMN serves.demanded_code IS 'What is wanted';
COMMENT ON COLUMN serves.weight IS 'How well, above 0 up to 1';
COMMENT ON COLUMN serves.via_supplied_code IS 'Row of satisfies that says so: its supplied_code; NULL: the same resource or a kind of it';
COMMENT ON COLUMN serves.via_demanded_code IS 'Row of satisfies that says so: its demanded_code; NULL: the same resource or a kind of it';
COMMENT ON COLUMN serves.reason_en IS 'Why, in English';
COMMENT ON COLUMN serves.reason_zh IS 'Why, in Chinese';

-- How much of the demand of one role another role meets.
CREATE VIEW role_affinity WITH (security_invoker) AS
WITH met AS (
    SELECT DISTINCT ON (rs.role_code, rd.role_demand_id)
           rs.role_code AS supplier_code, rd.role_code AS demander_code, rd.ordinal, v.weight,
           salon.label(s.name_en, s.name_zh, s.resource_code) AS supplied,
           salon.label(d.name_en, d.name_zh, d.resource_code) AS demanded
    FROM role_demand rd
    JOIN serves v ON v.demanded_code = rd.resource_code
    JOIN role_supply rs ON rs.resource_code = v.supplied_code
    JOIN resource s ON s.resource_code = rs.resource_code
    JOIN resource d ON d.resource_code = rd.resource_code
    ORDER BY rs.role_code, rd.role_demand_id, v.weight DESC, rs.ordinal, rs.role_supply_id
)
SELECT s.role_code AS supplier_role_code,
       d.role_code AS demander_role_code,
       salon.label(s.name_en, s.name_zh, s.role_code) AS supplier_role,
       salon.label(d.name_en, d.name_zh, d.role_code) AS demander_role,
       s.ordinal::bigint AS supplier_ordinal,
       d.ordinal::bigint AS demander_ordinal,
       w.wanted AS demand_count,
       CASE WHEN w.wanted > 0 AND g.given > 0 THEN count(m.supplier_code) END AS met_count,
       CASE WHEN w.wanted > 0 AND g.given > 0
            THEN round(coalesce(sum(m.weight), 0) / w.wanted, 2) END AS met_share,
       string_agg(m.supplied || ' → ' || m.demanded, salon.label(', ', '、') ORDER BY m.ordinal, m.demanded) AS terms
FROM role s
CROSS JOIN role d
CROSS JOIN LATERAL (SELECT count(*) AS given FROM role_supply rs WHERE rs.role_code = s.role_code) g
CROSS JOIN LATERAL (SELECT count(*) AS wanted FROM role_demand rd WHERE rd.role_code = d.role_code) w
LEFT JOIN met m ON m.supplier_code = s.role_code AND m.demander_code = d.role_code
GROUP BY s.role_code, d.role_code, w.wanted, g.given;

COMMENT ON VIEW role_affinity IS 'For each ordered pair of roles how much of the demand of one the other meets, and through which terms (D35) / 角色供需匹配度';
COMMENT ON COLUMN role_affinity.supplier_role_code IS 'The role that gives';
COMMENT ON COLUMN role_affinity.demander_role_code IS 'The role that wants';
COMMENT ON COLUMN role_affinity.supplier_role IS 'The role that gives: label';
COMMENT ON COLUMN role_affinity.demander_role IS 'The role that wants: label';
COMMENT ON COLUMN role_affinity.supplier_ordinal IS 'Order of the giving role';
COMMENT ON COLUMN role_affinity.demander_ordinal IS 'Order of the wanting role';
COMMENT ON COLUMN role_affinity.demand_count IS 'Cells of demand of the wanting role';
COMMENT ON COLUMN role_affinity.met_count IS 'How many of them are met at all; NULL: supply or demand of the role is not known';
COMMENT ON COLUMN role_affinity.met_share IS 'Mean over its cells of the best weight, 0 to 1; NULL: supply or demand of the role is not known';
COMMENT ON COLUMN role_affinity.terms IS 'For each cell that is met, the supply that meets it best: supply → demand';
$salon_model$),
(37, 'exchange_rows', false, $salon_model$
-- What the exchange ships with: the roles, the resources and the role table of
-- the sources, and an interpretation of what serves what.  Terms are spelt as
-- in the sources.

INSERT INTO role (role_code, ordinal, name_en, name_zh, source, shipped)
SELECT v.*, true
FROM (VALUES
    -- the role table of the source
    ('vendor',             1, 'vendor',                    '厂商',          'D39'),
    ('ecosystem_company',  2, 'ecosystem company',         '生态企业',      'D40'),
    ('user_company',       3, 'user company',              '用户企业',      'D41'),
    ('developer',          4, 'developer',                 '开发者',        'D42'),
    ('kol',                5, 'opinion leader',            '大V',           'D43'),
    ('school',             6, 'school',                    '学校',          'D44a'),
    ('teacher',            7, 'teacher',                   '教师',          'D44b'),
    -- named elsewhere in the sources, without a row of supply and demand
    ('community',          8, 'community',                 '社区',          'B1'),
    ('media',              9, 'traffic platform or media', '流量平台/媒体', 'B2'),
    ('association',       10, 'open-source association',   '开源协会',      'S2 2023'),
    ('capital',           11, 'capital institution',       '资本机构',      'S2 2023'),
    ('student',           12, 'student',                   '学生',          'D10')
) AS v;

-- Used up is what takes the giver's money, goods, room, people or working
-- hours; not used up is what can be told or passed on to many.
INSERT INTO resource (resource_code, parent_code, name_en, name_zh, is_used_up, original_text, shipped)
SELECT v.*, true
FROM (VALUES
    -- supplies of partners (B1-B6)
    ('promotion',                 NULL,            'promotion',                                           '宣传',                    false, '宣传'),
    ('speaker',                   NULL,            'speakers',                                            '讲师输出',                true,  '讲师输出'),
    ('poster_making',             NULL,            'poster making',                                       '海报制作',                true,  '海报制作'),
    ('venue',                     NULL,            'venue',                                               '场地',                    true,  '场地'),
    ('live_stream',               NULL,            'DingTalk live stream',                                '钉群直播',                true,  '钉群直播'),
    ('follow_up_article',         'content',       'post-event article',                                  '后期图文',                false, '后期图文'),
    ('video_archive',             NULL,            'video archive',                                       '视频沉淀',                false, '视频沉淀'),
    ('follow_up_promotion',       'promotion',     'post-event promotion',                                '后期传播',                false, '后期传播'),
    ('prize',                     NULL,            'prizes',                                              '奖品',                    true,  '奖品'),
    ('short_video_editing',       NULL,            'short-video editing',                                 '短视频剪辑',              true,  '短视频剪辑'),
    ('long_video_archive',        'video_archive', 'long-video archive',                                  '长视频沉淀',              false, '长视频沉淀'),
    -- demands of partners (B1-B6); 影响力 and 用户 stand below
    ('new_member',                'new_user',      'new members',                                         '会员拉新',                false, '会员拉新'),
    ('content',                   NULL,            'content',                                             '内容',                    false, '内容'),
    ('new_user',                  NULL,            'new users',                                           '拉新',                    false, '拉新'),
    ('conversion',                NULL,            'conversion',                                          '转化',                    true,  '转化'),
    ('kol_growth',                NULL,            'KOL growth',                                          'KOL增长',                 false, 'KOL增长'),
    -- what hosts and attending companies bring (D5)
    ('tea',                       NULL,            'tea',                                                 '茶水',                    true,  '茶水'),
    ('dinner',                    NULL,            'dinner',                                              '晚宴',                    true,  '晚宴'),
    ('small_gift',                NULL,            'small gifts',                                         '小礼品',                  true,  '小礼品'),
    -- supplies of roles (D39-D44b)
    ('commercial_product',        NULL,            'commercial products and services',                    '商业产品和服务',          true,  '商业产品和服务'),
    ('open_source_product',       NULL,            'open-source products',                                '开源产品',                false, '开源产品'),
    ('code_backstop',             NULL,            'code backstop service',                               '代码兜底服务',            true,  '代码兜底服务'),
    ('product_licence',           NULL,            'product licences',                                    '产品授权',                false, '产品授权'),
    ('shared_community_resource', NULL,            'shared resources of the open-source community',       '开源社区共享资源',        true,  '开源社区共享资源(生态、渠道、流量、平台、经费)'),
    ('special_customer_entry',    NULL,            'entry to special customers',                          '特殊客户入门门槛',        false, '特殊客户入门门槛'),
    ('job',                       NULL,            'jobs',                                                '就业岗位',                true,  '就业岗位'),
    ('complementary_product',     NULL,            'products and services that complement the vendor''s', '弥补厂商产品的产品/服务', true,  '弥补厂商产品的产品/服务'),
    ('joint_user_acquisition',    NULL,            'winning users together',                              '共同搞定用户',            true,  '共同搞定用户'),
    ('own_traffic',               'traffic',       'own traffic',                                         '自有流量',                false, '自有流量'),
    ('funds',                     NULL,            'funds',                                               '经费',                    true,  '经费'),
    ('purchasing_power',          NULL,            'purchasing power',                                    '购买力',                  true,  '购买力'),
    ('event_venue',               'venue',         'venue for events',                                    '活动场地',                true,  '活动场地'),
    ('expertise',                 NULL,            'expertise',                                           '能力输出',                true,  '能力输出'),
    ('traffic_output',            'traffic',       'traffic to others',                                   '流量输出',                false, '流量输出'),
    ('connections',               NULL,            'connections',                                         '关系资源',                false, '关系资源'),
    ('student',                   NULL,            'students',                                            '学生',                    true,  '学生'),
    ('teacher',                   NULL,            'teachers',                                            '老师',                    true,  '老师'),
    ('related_resource',          NULL,            'related resources',                                   '关联资源',                false, '关联资源'),
    ('teaching',                  NULL,            'teaching',                                            '教学',                    true,  '教学'),
    ('cooperation',               NULL,            'cooperation',                                         '合作',                    true,  '合作'),
    -- supplies and demands of roles under one name (D39-D44b)
    ('case_study',                NULL,            'case studies',                                        '案例',                    false, '案例'),
    ('user',                      NULL,            'users',                                               '用户',                    false, '用户'),
    ('talent',                    NULL,            'talent',                                              '人才',                    true,  '人才'),
    ('solution',                  NULL,            'solutions',                                           '解决方案',                false, '解决方案'),
    -- demands of roles (D39-D44b)
    ('customer',                  NULL,            'customers',                                           '客户',                    true,  '客户'),
    ('influence',                 NULL,            'influence',                                           '影响力',                  false, '影响力'),
    ('partner',                   NULL,            'partners',                                            '伙伴',                    false, '伙伴'),
    ('cost_reduction',            NULL,            'lower cost',                                          '降低成本',                false, '降低成本'),
    ('career_growth',             NULL,            'career',                                              '职业发展',                false, '职业发展'),
    ('skill_growth',              NULL,            'better skills',                                       '能力提升',                false, '能力提升'),
    ('circle',                    NULL,            'circle of peers',                                     '圈子',                    false, '圈子'),
    ('track_record',              NULL,            'track record',                                        '战绩',                    false, '战绩'),
    ('graduate_employment',       NULL,            'employment of graduates',                             '学生就业率',              false, '学生就业率'),
    ('teaching_innovation',       NULL,            'innovation in teaching',                              '教学创新',                false, '教学创新'),
    ('school_enterprise_project', NULL,            'projects of school and enterprise',                   '校企合作项目',            true,  '校企合作项目(实践课、实验室、写书、实习、比赛等)'),
    ('paper',                     NULL,            'papers',                                              '论文',                    false, '论文'),
    ('project_funds',             'funds',         'project funds',                                       '项目经费',                true,  '项目经费'),
    -- what an event gives
    ('audience',                  NULL,            'audience',                                            '观众',                    false, NULL),
    ('attendance',                'audience',      'audience on site',                                    '到场观众',                false, NULL),
    ('live_viewer',               'audience',      'audience of the live stream',                         '直播观众',                false, NULL),
    ('exposure',                  NULL,            'exposure',                                            '曝光',                    false, NULL),
    ('talk_slot',                 NULL,            'slot for a talk',                                     '演讲席位',                true,  NULL),
    ('replay',                    'content',       'replay',                                              '回放内容',                false, NULL),
    ('networking',                NULL,            'meeting people',                                      '现场交流',                false, NULL),
    ('contest',                   NULL,            'contest',                                             '比赛',                    false, NULL),
    -- wider terms
    ('traffic',                   NULL,            'traffic',                                             '流量',                    false, NULL)
) AS v;

INSERT INTO role_supply (role_code, ordinal, resource_code, original_text, source, shipped)
SELECT v.*, true
FROM (VALUES
    -- 厂商
    ('vendor',            1, 'commercial_product',        '商业产品和服务',                                 'D39'),
    ('vendor',            2, 'open_source_product',       '开源产品',                                       'D39'),
    ('vendor',            3, 'code_backstop',             '代码兜底服务',                                   'D39'),
    ('vendor',            4, 'product_licence',           '产品授权',                                       'D39'),
    ('vendor',            5, 'solution',                  '解决方案',                                       'D39'),
    ('vendor',            6, 'shared_community_resource', '开源社区共享资源(生态、渠道、流量、平台、经费)', 'D39'),
    ('vendor',            7, 'special_customer_entry',    '特殊客户入门门槛',                               'D39'),
    ('vendor',            8, 'job',                       '就业岗位',                                       'D39'),
    -- 生态企业
    ('ecosystem_company', 1, 'complementary_product',     '弥补厂商产品的产品/服务',                        'D40'),
    ('ecosystem_company', 2, 'joint_user_acquisition',    '共同搞定用户',                                   'D40'),
    ('ecosystem_company', 3, 'case_study',                '案例',                                           'D40'),
    ('ecosystem_company', 4, 'solution',                  '解决方案',                                       'D40'),
    ('ecosystem_company', 5, 'own_traffic',               '自有流量',                                       'D40'),
    ('ecosystem_company', 6, 'funds',                     '经费',                                           'D40'),
    ('ecosystem_company', 7, 'job',                       '就业岗位',                                       'D40'),
    -- 用户企业
    ('user_company',      1, 'purchasing_power',          '购买力',                                         'D41'),
    ('user_company',      2, 'case_study',                '案例',                                           'D41'),
    ('user_company',      3, 'event_venue',               '活动场地',                                       'D41'),
    ('user_company',      4, 'funds',                     '经费',                                           'D41'),
    ('user_company',      5, 'job',                       '就业岗位',                                       'D41'),
    -- 开发者
    ('developer',         1, 'talent',                    '人才',                                           'D42'),
    ('developer',         2, 'user',                      '用户',                                           'D42'),
    -- 大V
    ('kol',               1, 'expertise',                 '能力输出',                                       'D43'),
    ('kol',               2, 'traffic_output',            '流量输出',                                       'D43'),
    ('kol',               3, 'connections',               '关系资源',                                       'D43'),
    -- 学校
    ('school',            1, 'student',                   '学生',                                           'D44a'),
    ('school',            2, 'teacher',                   '老师',                                           'D44a'),
    ('school',            3, 'related_resource',          '关联资源',                                       'D44a'),
    ('school',            4, 'event_venue',               '活动场地',                                       'D44a'),
    ('school',            5, 'funds',                     '经费',                                           'D44a'),
    -- 教师
    ('teacher',           1, 'student',                   '学生',                                           'D44b'),
    ('teacher',           2, 'teaching',                  '教学',                                           'D44b'),
    ('teacher',           3, 'cooperation',               '合作',                                           'D44b'),
    ('teacher',           4, 'related_resource',          '关联资源',                                       'D44b')
) AS v;

INSERT INTO role_demand (role_code, ordinal, resource_code, original_text, source, shipped)
SELECT v.*, true
FROM (VALUES
    -- 厂商
    ('vendor',            1, 'customer',                  '客户',                                             'D39'),
    ('vendor',            2, 'case_study',                '案例',                                             'D39'),
    ('vendor',            3, 'influence',                 '影响力',                                           'D39'),
    ('vendor',            4, 'partner',                   '伙伴',                                             'D39'),
    ('vendor',            5, 'user',                      '用户',                                             'D39'),
    ('vendor',            6, 'talent',                    '人才',                                             'D39'),
    -- 生态企业
    ('ecosystem_company', 1, 'customer',                  '客户',                                             'D40'),
    ('ecosystem_company', 2, 'case_study',                '案例',                                             'D40'),
    ('ecosystem_company', 3, 'influence',                 '影响力',                                           'D40'),
    ('ecosystem_company', 4, 'partner',                   '伙伴',                                             'D40'),
    ('ecosystem_company', 5, 'user',                      '用户',                                             'D40'),
    ('ecosystem_company', 6, 'talent',                    '人才',                                             'D40'),
    ('ecosystem_company', 7, 'cost_reduction',            '降低成本',                                         'D40'),
    -- 用户企业
    ('user_company',      1, 'customer',                  '客户',                                             'D41'),
    ('user_company',      2, 'case_study',                '案例',                                             'D41'),
    ('user_company',      3, 'influence',                 '影响力',                                           'D41'),
    ('user_company',      4, 'solution',                  '解决方案',                                         'D41'),
    ('user_company',      5, 'partner',                   '伙伴',                                             'D41'),
    ('user_company',      6, 'user',                      '用户',                                             'D41'),
    ('user_company',      7, 'talent',                    '人才',                                             'D41'),
    ('user_company',      8, 'cost_reduction',            '降低成本',                                         'D41'),
    -- 开发者
    ('developer',         1, 'career_growth',             '职业发展',                                         'D42'),
    ('developer',         2, 'influence',                 '影响力',                                           'D42'),
    ('developer',         3, 'skill_growth',              '能力提升',                                         'D42'),
    ('developer',         4, 'circle',                    '圈子',                                             'D42'),
    ('developer',         5, 'track_record',              '战绩',                                             'D42'),
    -- 大V
    ('kol',               1, 'career_growth',             '职业发展',                                         'D43'),
    ('kol',               2, 'influence',                 '影响力',                                           'D43'),
    ('kol',               3, 'circle',                    '圈子',                                             'D43'),
    -- 学校
    ('school',            1, 'graduate_employment',       '学生就业率',                                       'D44a'),
    ('school',            2, 'teaching_innovation',       '教学创新',                                         'D44a'),
    ('school',            3, 'school_enterprise_project', '校企合作项目(实践课、实验室、写书、实习、比赛等)', 'D44a'),
    -- 教师
    ('teacher',           1, 'paper',                     '论文',                                             'D44b'),
    ('teacher',           2, 'project_funds',             '项目经费',                                         'D44b'),
    ('teacher',           3, 'graduate_employment',       '学生就业率',                                       'D44b'),
    ('teacher',           4, 'teaching_innovation',       '教学创新',                                         'D44b'),
    ('teacher',           5, 'school_enterprise_project', '校企合作项目',                                     'D44b')
) AS v;

-- The sources do not say what serves what: this is a reading of them, to be
-- edited.  Grouped by demand, the best supply first.  A row also holds for
-- every kind of its supply, and serves the demand for whatever its demand is a
-- kind of.
INSERT INTO satisfies (supplied_code, demanded_code, weight, reason_en, reason_zh, shipped)
SELECT v.*, true
FROM (VALUES
    -- 客户
    ('purchasing_power',          'customer',                  0.90, 'who buys is a customer',                    '有购买力就是客户'),
    ('special_customer_entry',    'customer',                  0.80, 'opens the door to customers who admit few', '打开准入门槛高的客户的大门'),
    ('joint_user_acquisition',    'customer',                  0.70, 'users won together can buy from both',      '共同赢得的用户可成为双方的客户'),
    ('connections',               'customer',                  0.50, 'an introduction leads to a buyer',          '引荐带来买家'),
    ('user',                      'customer',                  0.30, 'some users come to pay',                    '部分用户会转为付费'),
    ('audience',                  'customer',                  0.30, 'some of the audience have a budget',        '观众中有人握有预算'),
    -- 案例
    ('joint_user_acquisition',    'case_study',                0.60, 'a user won together is a case to tell',     '共同赢得的用户就是可讲的案例'),
    ('purchasing_power',          'case_study',                0.50, 'a purchase in production becomes a case',   '采购落地后成为案例'),
    ('user',                      'case_study',                0.40, 'what users do with it can be written down', '用户的用法可整理成案例'),
    -- 影响力
    ('exposure',                  'influence',                 0.90, 'being seen is how influence begins',        '被看见是影响力的起点'),
    ('traffic_output',            'influence',                 0.80, 'a known voice is heard and believed',       '知名者发声, 有人听也有人信'),
    ('traffic',                   'influence',                 0.70, 'more people see the name',                  '让更多人看到'),
    ('promotion',                 'influence',                 0.70, 'spreads name and message',                  '传播名字和主张'),
    ('talk_slot',                 'influence',                 0.70, 'a talk shows what one stands for',          '演讲展示实力和主张'),
    ('shared_community_resource', 'influence',                 0.60, 'lends channels and platform',               '借用社区的渠道和平台'),
    ('case_study',                'influence',                 0.60, 'a public case is proof',                    '公开的案例是证明'),
    ('live_stream',               'influence',                 0.60, 'reaches people outside the room',           '触达场外人群'),
    ('content',                   'influence',                 0.50, 'good content is passed on',                 '好内容会被转发'),
    ('audience',                  'influence',                 0.50, 'who was there tells others',                '观众会告诉别人'),
    ('contest',                   'influence',                 0.50, 'a name on a contest is remembered',         '冠名和出题让人记住'),
    ('user',                      'influence',                 0.40, 'users spread the word',                     '用户口口相传'),
    -- 伙伴
    ('complementary_product',     'partner',                   0.80, 'what fits together sells together',         '产品互补, 适合结伴'),
    ('cooperation',               'partner',                   0.80, 'who works together is a partner',           '愿意合作就是伙伴'),
    ('joint_user_acquisition',    'partner',                   0.70, 'a common goal makes partners',              '共同的目标促成伙伴'),
    ('shared_community_resource', 'partner',                   0.60, 'an ecosystem to join',                      '可加入的生态'),
    ('connections',               'partner',                   0.60, 'introduces future partners',                '引荐未来的伙伴'),
    ('networking',                'partner',                   0.60, 'partners meet face to face',                '面对面结识伙伴'),
    -- 用户
    ('new_user',                  'user',                      0.90, 'a new user is a user',                      '新用户也是用户'),
    ('joint_user_acquisition',    'user',                      0.80, 'users are won for both',                    '为双方赢得用户'),
    ('purchasing_power',          'user',                      0.60, 'who buys also uses',                        '购买者也会使用'),
    ('student',                   'user',                      0.60, 'students use what they learn with',         '学生会用所学的产品'),
    ('traffic',                   'user',                      0.50, 'some who see it try it',                    '看到的人中有人试用'),
    ('audience',                  'user',                      0.50, 'some of the audience try it',               '观众中有人试用'),
    ('shared_community_resource', 'user',                      0.50, 'the community brings its users',            '社区带来用户'),
    ('promotion',                 'user',                      0.40, 'makes people curious',                      '引起兴趣'),
    -- 人才
    ('contest',                   'talent',                    0.80, 'shows who can do the work',                 '选拔出可快速上手的人才'),
    ('student',                   'talent',                    0.70, 'graduates soon',                            '即将毕业的人才'),
    ('expertise',                 'talent',                    0.50, 'an expert works along',                     '专家亲自参与'),
    ('attendance',                'talent',                    0.40, 'candidates sit in the room',                '候选人就在现场'),
    -- 降低成本
    ('open_source_product',       'cost_reduction',            0.70, 'no licence fee',                            '免去授权费用'),
    ('product_licence',           'cost_reduction',            0.60, 'saves the purchase',                        '节省采购费用'),
    ('shared_community_resource', 'cost_reduction',            0.60, 'what is shared need not be paid',           '共享的不必另花钱'),
    ('funds',                     'cost_reduction',            0.60, 'carries a part of the cost',                '分担费用'),
    ('venue',                     'cost_reduction',            0.50, 'saves the rent',                            '节省场租'),
    ('code_backstop',             'cost_reduction',            0.50, 'saves a kernel team of one''s own',         '不必自养内核团队'),
    -- 解决方案
    ('commercial_product',        'solution',                  0.60, 'the product is the larger part of it',      '产品是方案的主体'),
    ('complementary_product',     'solution',                  0.60, 'closes the gap that is left',               '补齐方案的缺口'),
    ('open_source_product',       'solution',                  0.50, 'something to build on',                     '可在其上构建'),
    ('expertise',                 'solution',                  0.50, 'knows how to build it',                     '懂得如何搭建方案'),
    ('talent',                    'solution',                  0.40, 'has the hands to build it',                 '有人动手实现'),
    -- 职业发展
    ('job',                       'career_growth',             0.90, 'a job is the next step',                    '岗位就是下一步'),
    ('connections',               'career_growth',             0.50, 'opens doors',                               '引荐机会'),
    ('contest',                   'career_growth',             0.50, 'makes a stronger CV',                       '提升简历竞争力'),
    -- 能力提升
    ('expertise',                 'skill_growth',              0.90, 'learning from who can do it',               '向能者学习'),
    ('teaching',                  'skill_growth',              0.80, 'courses and practice',                      '课程与实践'),
    ('teacher',                   'skill_growth',              0.60, 'someone to ask',                            '有人指导'),
    ('open_source_product',       'skill_growth',              0.60, 'code to read and change',                   '有代码可读可改'),
    ('contest',                   'skill_growth',              0.60, 'practice on a real problem',                '以真题练手'),
    ('content',                   'skill_growth',              0.50, 'something to learn from',                   '可供学习'),
    -- 圈子
    ('connections',               'circle',                    0.90, 'introduces to the circle',                  '带入圈子'),
    ('networking',                'circle',                    0.90, 'the circle meets',                          '圈子在此相聚'),
    ('shared_community_resource', 'circle',                    0.70, 'a community to belong to',                  '可归属的社区'),
    ('attendance',                'circle',                    0.60, 'the same people in one room',               '同好齐聚一堂'),
    ('dinner',                    'circle',                    0.50, 'friends are made at table',                 '饭桌上交朋友'),
    ('related_resource',          'circle',                    0.40, 'people one would not meet otherwise',       '结识平时遇不到的人'),
    ('talent',                    'circle',                    0.40, 'people of the same craft',                  '同行'),
    -- 战绩
    ('contest',                   'track_record',              0.90, 'a result that counts',                      '比赛成绩就是战绩'),
    ('prize',                     'track_record',              0.60, 'a prize to show',                           '可展示的奖项'),
    ('open_source_product',       'track_record',              0.50, 'contributions under one''s own name',       '署名的贡献'),
    ('talk_slot',                 'track_record',              0.40, 'a talk to point to',                        '可引用的演讲'),
    -- 学生就业率
    ('job',                       'graduate_employment',       0.90, 'a place for a graduate',                    '接收毕业生的岗位'),
    ('contest',                   'graduate_employment',       0.50, 'leads to internships and offers',           '对接实习和招聘'),
    ('open_source_product',       'graduate_employment',       0.30, 'contributions prove ability',               '贡献可证明能力'),
    -- 教学创新
    ('open_source_product',       'teaching_innovation',       0.70, 'a real system for the course',              '课程用上真实系统'),
    ('product_licence',           'teaching_innovation',       0.60, 'products in the laboratory',                '实验室用上产品'),
    ('case_study',                'teaching_innovation',       0.60, 'practice comes into the classroom',         '实战进课堂'),
    ('expertise',                 'teaching_innovation',       0.60, 'practitioners shape the course',            '实战者参与课程设计'),
    ('speaker',                   'teaching_innovation',       0.60, 'practitioners teach an open class',         '实战者讲公开课'),
    ('cooperation',               'teaching_innovation',       0.60, 'new courses are made together',             '合作开发新课'),
    -- 校企合作项目
    ('cooperation',               'school_enterprise_project', 0.80, 'the other side of the project',             '项目的另一方'),
    ('contest',                   'school_enterprise_project', 0.80, 'a contest is such a project',               '比赛即合作项目'),
    ('funds',                     'school_enterprise_project', 0.70, 'pays for the project',                      '为项目出资'),
    ('shared_community_resource', 'school_enterprise_project', 0.60, 'platform and funds for it',                 '为项目提供平台和经费'),
    ('open_source_product',       'school_enterprise_project', 0.50, 'a subject for courses and laboratories',    '实践课和实验室的素材'),
    ('job',                       'school_enterprise_project', 0.50, 'places for interns',                        '实习名额'),
    ('expertise',                 'school_enterprise_project', 0.50, 'writes books and leads courses',            '写书, 带实践课'),
    ('talent',                    'school_enterprise_project', 0.40, 'engineers tutor the practice',              '工程师带实践'),
    -- 论文
    ('cooperation',               'paper',                     0.60, 'research is done together',                 '合作研究'),
    ('open_source_product',       'paper',                     0.60, 'a system to change and to measure',         '可改可测的系统'),
    ('case_study',                'paper',                     0.50, 'a real problem with real data',             '真实的问题和数据'),
    ('student',                   'paper',                     0.50, 'does the experiments',                      '做实验'),
    -- 项目经费
    ('funds',                     'project_funds',             0.80, 'funds can be given to a project',           '经费可投向项目'),
    ('shared_community_resource', 'project_funds',             0.50, 'includes funds',                            '其中包括经费'),
    -- 内容
    ('speaker',                   'content',                   0.90, 'a talk is content',                         '演讲即内容'),
    ('expertise',                 'content',                   0.80, 'writes and speaks',                         '能写能讲'),
    ('case_study',                'content',                   0.80, 'a story from practice',                     '来自实战的故事'),
    ('video_archive',             'content',                   0.70, 'recordings to watch again',                 '可反复观看的录像'),
    ('short_video_editing',       'content',                   0.70, 'makes clips of recordings',                 '把录像剪成短片'),
    ('solution',                  'content',                   0.60, 'worth an article',                          '值得写成文章'),
    -- 会员拉新
    ('user',                      'new_member',                0.70, 'a user joins the user group',               '用户加入用户组'),
    ('traffic',                   'new_member',                0.60, 'visitors sign up',                          '访客注册入会'),
    ('promotion',                 'new_member',                0.60, 'invites to join',                           '邀请加入'),
    ('student',                   'new_member',                0.60, 'a new generation joins',                    '新一代加入'),
    ('attendance',                'new_member',                0.60, 'joins at the door',                         '现场入会'),
    ('small_gift',                'new_member',                0.30, 'a reason to sign up',                       '入会的由头'),
    -- 拉新
    ('exposure',                  'new_user',                  0.50, 'people hear of it for the first time',      '有人第一次听说'),
    ('audience',                  'new_user',                  0.50, 'some of the audience are new',              '观众中有新面孔'),
    ('prize',                     'new_user',                  0.40, 'draws people who would not come',           '吸引原本不来的人'),
    -- 转化
    ('purchasing_power',          'conversion',                0.70, 'can buy at once',                           '可直接成交'),
    ('joint_user_acquisition',    'conversion',                0.60, 'two persuade better than one',              '合力促成'),
    ('user',                      'conversion',                0.50, 'already knows the product',                 '已了解产品'),
    ('case_study',                'conversion',                0.40, 'proof convinces',                           '证据令人信服'),
    ('audience',                  'conversion',                0.40, 'came because of the subject',               '为主题而来'),
    -- KOL增长
    ('expertise',                 'kol_growth',                0.80, 'an expert can become a leading voice',      '专家可成长为KOL'),
    ('speaker',                   'kol_growth',                0.70, 'today''s speaker writes tomorrow',          '今天的讲师, 明天的作者'),
    ('talk_slot',                 'kol_growth',                0.60, 'a stage for new voices',                    '新人的舞台'),
    ('traffic',                   'kol_growth',                0.60, 'followers make a leading voice',            '关注成就KOL')
) AS v;
$salon_model$),
(38, 'event', false, $salon_model$
-- Series and events, who plays which part at an event, its links, notices
-- and equipment.

CREATE TABLE series (
    series_id     bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    name_en       text,
    name_zh       text,
    party_id      bigint REFERENCES party,
    introduction  text,
    CONSTRAINT series_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);
CREATE INDEX series_party_id_idx ON series (party_id);
$salon_model$),
(39, 'event', true, $salon_model$

COMMENT ON TABLE series IS 'Branded series of events (D1, D9) / IP';
COMMENT ON COLUMN series.series_id IS 'Key';
COMMENT ON COLUMN series.name_en IS 'English name';
COMMENT ON COLUMN series.name_zh IS 'Chinese name';
COMMENT ON COLUMN series.party_id IS 'Who owns the series; NULL: not known, or the alliance as a whole';
COMMENT ON COLUMN series.introduction IS 'Introduction, as shown to the public';
COMMENT ON CONSTRAINT series_has_a_name ON series IS 'Give an English or a Chinese name';
$salon_model$),
(40, 'event', false, $salon_model$

-- What an event of a kind usually is made of: see also checklist.sql.
CREATE TABLE template (
    template_code  text PRIMARY KEY
                   CONSTRAINT template_code_is_ascii CHECK (template_code ~ '^[a-z][a-z0-9_]*$'),
    name_en        text,
    name_zh        text,
    shipped        boolean NOT NULL DEFAULT false,
    CONSTRAINT template_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);
$salon_model$),
(41, 'event', true, $salon_model$

COMMENT ON TABLE template IS 'Kinds of events: a template has a checklist, duties, needs and offers / 活动模板';
COMMENT ON COLUMN template.template_code IS 'Short code, such as salon';
COMMENT ON COLUMN template.name_en IS 'English name';
COMMENT ON COLUMN template.name_zh IS 'Chinese name';
COMMENT ON COLUMN template.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT template_code_is_ascii ON template IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT template_has_a_name ON template IS 'Give an English or a Chinese name';

CREATE TRIGGER template_edited BEFORE UPDATE ON template
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(42, 'event', false, $salon_model$

-- What an event of a template needs from parties, and what it gives them.
CREATE TABLE template_resource (
    template_resource_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    template_code         text NOT NULL REFERENCES template,
    direction             text NOT NULL
                          CONSTRAINT template_resource_direction_is_known CHECK (direction IN ('need', 'offer')),
    resource_code         text NOT NULL REFERENCES resource,
    quantity              bigint CONSTRAINT template_resource_quantity_is_positive CHECK (quantity > 0),
    priority              smallint NOT NULL DEFAULT 3
                          CONSTRAINT template_resource_priority_is_1_to_5 CHECK (priority BETWEEN 1 AND 5),
    shipped               boolean NOT NULL DEFAULT false,
    UNIQUE (template_code, direction, resource_code),
    CONSTRAINT template_resource_quantity_can_be_added_up CHECK (quantity <= 1000000000000)
);
CREATE INDEX template_resource_resource_code_idx ON template_resource (resource_code);
$salon_model$),
(43, 'event', true, $salon_model$

COMMENT ON TABLE template_resource IS 'What an event of a template needs and what it has to offer: plan_event makes demands and supplies of it';
COMMENT ON COLUMN template_resource.template_resource_id IS 'Key';
COMMENT ON COLUMN template_resource.template_code IS 'The template';
COMMENT ON COLUMN template_resource.direction IS 'need: becomes a demand of the event; offer: becomes a supply of the event';
COMMENT ON COLUMN template_resource.resource_code IS 'What is needed or offered';
COMMENT ON COLUMN template_resource.quantity IS 'How much; NULL: not known for a need, no limit for an offer';
COMMENT ON COLUMN template_resource.priority IS '1 (least) to 5 (most)';
COMMENT ON COLUMN template_resource.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT template_resource_direction_is_known ON template_resource IS 'direction is need or offer';
COMMENT ON CONSTRAINT template_resource_quantity_is_positive ON template_resource IS 'A quantity is one or more; leave it NULL when not known';
COMMENT ON CONSTRAINT template_resource_quantity_can_be_added_up ON template_resource IS 'A quantity is at most 1000000000000: count in larger units';
COMMENT ON CONSTRAINT template_resource_priority_is_1_to_5 ON template_resource IS 'priority is 1 (least) to 5 (most)';

CREATE TRIGGER template_resource_edited BEFORE UPDATE ON template_resource
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(44, 'event', false, $salon_model$

CREATE TABLE event (
    event_id           bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    series_id          bigint REFERENCES series,
    template_code      text NOT NULL DEFAULT 'salon' REFERENCES template,
    status_subject     text NOT NULL GENERATED ALWAYS AS ('event') STORED,
    status_code        text NOT NULL DEFAULT 'idea',
    name_en            text,
    name_zh            text,
    introduction       text,
    starts_at          timestamptz,
    ends_at            timestamptz,
    time_zone          text NOT NULL DEFAULT 'Asia/Shanghai'
                       CONSTRAINT event_time_zone_is_iana CHECK (
                           time_zone ~ '^(UTC|Etc/GMT[+-][0-9]+|[A-Za-z_]+(/[A-Za-z_]+(-[A-Za-z_]+)*)+)$'
                           AND timestamptz '2000-01-01 00:00+00' AT TIME ZONE time_zone IS NOT NULL),
    city_code          text REFERENCES city,
    venue_id           bigint REFERENCES venue,
    planned_on_site    integer CONSTRAINT event_planned_on_site_is_not_negative CHECK (planned_on_site >= 0),
    planned_online     integer CONSTRAINT event_planned_online_is_not_negative CHECK (planned_online >= 0),
    actual_on_site     integer CONSTRAINT event_actual_on_site_is_not_negative CHECK (actual_on_site >= 0),
    on_site_basis      text CONSTRAINT event_on_site_basis_is_known CHECK (on_site_basis IN ('measured', 'claimed')),
    actual_online      integer CONSTRAINT event_actual_online_is_not_negative CHECK (actual_online >= 0),
    online_basis       text CONSTRAINT event_online_basis_is_known CHECK (online_basis IN ('measured', 'claimed')),
    equipment          salon.bundle NOT NULL DEFAULT '',
    future_plan        text,
    cancelled_reason   text,
    note               text,
    FOREIGN KEY (status_subject, status_code) REFERENCES status (subject, status_code),
    CONSTRAINT event_venue_is_in_its_city FOREIGN KEY (venue_id, city_code) REFERENCES venue (venue_id, city_code),
    CONSTRAINT event_ends_after_it_starts CHECK (ends_at > starts_at),
    CONSTRAINT event_times_are_finite CHECK (isfinite(starts_at) AND isfinite(ends_at)),
    CONSTRAINT event_has_both_times_or_none CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
    CONSTRAINT event_announced_has_name_and_time CHECK (
        status_code NOT IN ('announced', 'held', 'recapped')
        OR (num_nonnulls(name_en, name_zh) > 0 AND starts_at IS NOT NULL)),
    CONSTRAINT event_cancelled_has_a_reason CHECK (status_code <> 'cancelled' OR cancelled_reason IS NOT NULL),
    CONSTRAINT event_on_site_says_its_basis CHECK ((actual_on_site IS NULL) = (on_site_basis IS NULL)),
    CONSTRAINT event_online_says_its_basis CHECK ((actual_online IS NULL) = (online_basis IS NULL))
);
CREATE INDEX event_series_id_idx ON event (series_id);
CREATE INDEX event_template_code_idx ON event (template_code);
CREATE INDEX event_status_code_idx ON event (status_subject, status_code);
CREATE INDEX event_starts_at_idx ON event (starts_at);
CREATE INDEX event_city_code_idx ON event (city_code);
CREATE INDEX event_venue_id_idx ON event (venue_id, city_code);
$salon_model$),
(45, 'event', true, $salon_model$

COMMENT ON TABLE event IS 'Events: salons and whatever else the community holds (C1-C28) / 活动';
COMMENT ON COLUMN event.event_id IS 'Key';
COMMENT ON COLUMN event.series_id IS 'Series it belongs to; NULL: none';
COMMENT ON COLUMN event.template_code IS 'Template that gives it its checklist';
COMMENT ON COLUMN event.status_subject IS 'Always event: makes the foreign key refuse a status of something else';
COMMENT ON COLUMN event.status_code IS 'idea, planned, announced, held, recapped, archived or cancelled; moves along table step';
COMMENT ON COLUMN event.name_en IS 'Theme in English (C1)';
COMMENT ON COLUMN event.name_zh IS 'Theme in Chinese (C1)';
COMMENT ON COLUMN event.introduction IS 'Introduction, as shown to the public (C2)';
COMMENT ON COLUMN event.starts_at IS 'Start (C10); NULL: not known yet';
COMMENT ON COLUMN event.ends_at IS 'End, the first moment after the event (C10); NULL: not known yet';
COMMENT ON COLUMN event.time_zone IS 'IANA time zone of the place';
COMMENT ON COLUMN event.city_code IS 'City (C11); NULL: not known yet';
COMMENT ON COLUMN event.venue_id IS 'Venue (C11); NULL: not known yet; must stand in the city of the event';
COMMENT ON COLUMN event.planned_on_site IS 'Planned headcount on site (C7); NULL: not known yet; 0: online only';
COMMENT ON COLUMN event.planned_online IS 'Planned headcount online (C8); NULL: not known yet; 0: on site only';
COMMENT ON COLUMN event.actual_on_site IS 'Headcount on site that came about (C7); NULL: not known';
COMMENT ON COLUMN event.on_site_basis IS 'Whether actual_on_site was measured or claimed';
COMMENT ON COLUMN event.actual_online IS 'Headcount online that came about (C8); NULL: not known';
COMMENT ON COLUMN event.online_basis IS 'Whether actual_online was measured or claimed';
COMMENT ON COLUMN event.equipment IS 'What the room must have, as a bundle: projector:1, microphone:2';
COMMENT ON COLUMN event.future_plan IS 'What comes next (C28)';
COMMENT ON COLUMN event.cancelled_reason IS 'Why it was cancelled';
COMMENT ON COLUMN event.note IS 'Remark of the organizers';
COMMENT ON CONSTRAINT event_time_zone_is_iana ON event IS 'Give an IANA name such as Asia/Shanghai: see pg_timezone_names';
COMMENT ON CONSTRAINT event_planned_on_site_is_not_negative ON event IS 'A headcount is zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT event_planned_online_is_not_negative ON event IS 'A headcount is zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT event_actual_on_site_is_not_negative ON event IS 'A headcount is zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT event_actual_online_is_not_negative ON event IS 'A headcount is zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT event_on_site_basis_is_known ON event IS 'A basis is measured or claimed';
COMMENT ON CONSTRAINT event_online_basis_is_known ON event IS 'A basis is measured or claimed';
COMMENT ON CONSTRAINT event_venue_is_in_its_city ON event IS 'The venue stands in another city: change one of the two';
COMMENT ON CONSTRAINT event_ends_after_it_starts ON event IS 'ends_at must come after starts_at';
COMMENT ON CONSTRAINT event_times_are_finite ON event IS 'Give real times, not infinity; leave both NULL when not known';
COMMENT ON CONSTRAINT event_has_both_times_or_none ON event IS 'Give starts_at and ends_at, or neither';
COMMENT ON CONSTRAINT event_announced_has_name_and_time ON event IS 'Before it is announced an event needs a name and its times';
COMMENT ON CONSTRAINT event_cancelled_has_a_reason ON event IS 'Set cancelled_reason in the same statement';
COMMENT ON CONSTRAINT event_on_site_says_its_basis ON event IS 'Set actual_on_site and on_site_basis together';
COMMENT ON CONSTRAINT event_online_says_its_basis ON event IS 'Set actual_online and online_basis together';

CREATE TRIGGER event_status_step BEFORE UPDATE OF status_code ON event
    FOR EACH ROW EXECUTE FUNCTION _step('event');

CREATE FUNCTION event_label(event_id bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT salon.label(e.name_en, e.name_zh, salon.label('event ', '活动 ') || e.event_id)
    FROM event e
    WHERE e.event_id = event_label.event_id;
END;

COMMENT ON FUNCTION event_label(bigint) IS
'Name of an event in the language of salon.lang; its number where it has no name yet; NULL for an unknown event';
$salon_model$),
(46, 'event', false, $salon_model$

CREATE TABLE part (
    part_code   text PRIMARY KEY
                CONSTRAINT part_code_is_ascii CHECK (part_code ~ '^[a-z][a-z0-9_]*$'),
    ordinal     smallint NOT NULL DEFAULT 100,
    name_en     text,
    name_zh     text,
    is_sponsor  boolean NOT NULL DEFAULT false,
    shipped     boolean NOT NULL DEFAULT false,
    CONSTRAINT part_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);
$salon_model$),
(47, 'event', true, $salon_model$

COMMENT ON TABLE part IS 'Parts that a party can play at an event (C3-C6, C18-C20) / 活动角色';
COMMENT ON COLUMN part.part_code IS 'Short code, such as co_organizer';
COMMENT ON COLUMN part.ordinal IS 'Order in lists';
COMMENT ON COLUMN part.name_en IS 'English name';
COMMENT ON COLUMN part.name_zh IS 'Chinese name';
COMMENT ON COLUMN part.is_sponsor IS 'Whether the logo stands among the sponsors (C18)';
COMMENT ON COLUMN part.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT part_code_is_ascii ON part IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT part_has_a_name ON part IS 'Give an English or a Chinese name';

CREATE TRIGGER part_edited BEFORE UPDATE ON part
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(48, 'event', false, $salon_model$

CREATE TABLE event_party (
    event_party_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id        bigint NOT NULL REFERENCES event ON DELETE CASCADE,
    party_id        bigint NOT NULL REFERENCES party,
    part_code       text NOT NULL REFERENCES part,
    note            text,
    UNIQUE (event_id, party_id, part_code)
);
CREATE INDEX event_party_party_id_idx ON event_party (party_id);
CREATE INDEX event_party_part_code_idx ON event_party (part_code, event_id);
$salon_model$),
(49, 'event', true, $salon_model$

COMMENT ON TABLE event_party IS 'Which party plays which part at which event; one party may play several / 活动参与方';
COMMENT ON COLUMN event_party.event_party_id IS 'Key';
COMMENT ON COLUMN event_party.event_id IS 'The event';
COMMENT ON COLUMN event_party.party_id IS 'The party';
COMMENT ON COLUMN event_party.part_code IS 'The part it plays';
COMMENT ON COLUMN event_party.note IS 'Remark of the organizers';
$salon_model$),
(50, 'event', false, $salon_model$

CREATE TABLE link_kind (
    link_kind_code  text PRIMARY KEY
                    CONSTRAINT link_kind_code_is_ascii CHECK (link_kind_code ~ '^[a-z][a-z0-9_]*$'),
    name_en         text,
    name_zh         text,
    shipped         boolean NOT NULL DEFAULT false,
    CONSTRAINT link_kind_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);
$salon_model$),
(51, 'event', true, $salon_model$

COMMENT ON TABLE link_kind IS 'Kinds of links of an event / 链接类型';
COMMENT ON COLUMN link_kind.link_kind_code IS 'Short code, such as registration';
COMMENT ON COLUMN link_kind.name_en IS 'English name';
COMMENT ON COLUMN link_kind.name_zh IS 'Chinese name';
COMMENT ON COLUMN link_kind.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT link_kind_code_is_ascii ON link_kind IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT link_kind_has_a_name ON link_kind IS 'Give an English or a Chinese name';

CREATE TRIGGER link_kind_edited BEFORE UPDATE ON link_kind
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(52, 'event', false, $salon_model$

CREATE TABLE notice (
    notice_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id   bigint NOT NULL REFERENCES event ON DELETE CASCADE,
    ordinal    smallint NOT NULL DEFAULT 1,
    text_en    text,
    text_zh    text,
    UNIQUE (event_id, ordinal),
    CONSTRAINT notice_has_a_text CHECK (num_nonnulls(text_en, text_zh) > 0)
);
$salon_model$),
(53, 'event', true, $salon_model$

COMMENT ON TABLE notice IS 'What attendees should know (C13): data, so that each time can have its own / 参会注意事项';
COMMENT ON COLUMN notice.notice_id IS 'Key';
COMMENT ON COLUMN notice.event_id IS 'The event';
COMMENT ON COLUMN notice.ordinal IS 'Order on the page';
COMMENT ON COLUMN notice.text_en IS 'The notice in English';
COMMENT ON COLUMN notice.text_zh IS 'The notice in Chinese';
COMMENT ON CONSTRAINT notice_has_a_text ON notice IS 'Give an English or a Chinese text';
$salon_model$),
(54, 'event', false, $salon_model$

INSERT INTO template (template_code, name_en, name_zh, shipped) VALUES
    ('salon', 'salon', '沙龙', true);

INSERT INTO part (part_code, ordinal, name_en, name_zh, is_sponsor, shipped) VALUES
    ('host',           1, 'host',                '主办方',     false, true),
    ('co_organizer',   2, 'co-organizer',        '联合主办方', false, true),
    ('live_sponsor',   3, 'live-stream sponsor', '直播赞助',   true,  true),
    ('venue_sponsor',  4, 'venue sponsor',       '场地赞助商', true,  true),
    ('sponsor',        5, 'sponsor',             '赞助企业',   true,  true),
    ('channel',        6, 'promotion channel',   '宣传渠道',   false, true),
    ('guest_company',  7, 'guest company',       '嘉宾企业',   false, true),
    ('community',      8, 'supporting community', '支持社区',  false, true),
    ('school',         9, 'school',              '高校',       false, true);

INSERT INTO link_kind (link_kind_code, name_en, name_zh, shipped) VALUES
    ('page',         'event page',       '活动页面',   true),
    ('registration', 'registration',     '报名渠道',   true),
    ('live',         'live stream',      '在线直播',   true),
    ('group',        'group chat',       '交流群',     true),
    ('survey',       'questionnaire',    '问卷',       true),
    ('replay',       'replay',           '视频回放',   true),
    ('recap',        'recap',            '回顾',       true);
$salon_model$),
(55, 'agenda', false, $salon_model$
-- The agenda of an event: sessions in rooms, and who speaks.

CREATE TABLE session_format (
    format_code   text PRIMARY KEY
                  CONSTRAINT session_format_code_is_ascii CHECK (format_code ~ '^[a-z][a-z0-9_]*$'),
    parent_code   text REFERENCES session_format,
    ordinal       smallint NOT NULL DEFAULT 100,
    name_en       text,
    name_zh       text,
    is_optional   boolean NOT NULL DEFAULT false,
    has_speakers  boolean NOT NULL DEFAULT true,
    shipped       boolean NOT NULL DEFAULT false,
    CONSTRAINT session_format_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT session_format_is_not_its_parent CHECK (parent_code <> format_code)
);
CREATE INDEX session_format_parent_code_idx ON session_format (parent_code);
$salon_model$),
(56, 'agenda', true, $salon_model$

COMMENT ON TABLE session_format IS 'Formats of sessions: an open list (D8) / 议程形式';
COMMENT ON COLUMN session_format.format_code IS 'Short code, such as mini_talk';
COMMENT ON COLUMN session_format.parent_code IS 'The wider format, such as hot_segment for a PK; NULL: none';
COMMENT ON COLUMN session_format.ordinal IS 'Order in lists';
COMMENT ON COLUMN session_format.name_en IS 'English name';
COMMENT ON COLUMN session_format.name_zh IS 'Chinese name';
COMMENT ON COLUMN session_format.is_optional IS 'Whether a salon may well go without it';
COMMENT ON COLUMN session_format.has_speakers IS 'Whether somebody speaks: false for a break';
COMMENT ON COLUMN session_format.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT session_format_code_is_ascii ON session_format IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT session_format_has_a_name ON session_format IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT session_format_is_not_its_parent ON session_format IS 'A format is no kind of itself: choose another parent or none';

CREATE TRIGGER session_format_edited BEFORE UPDATE ON session_format
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(57, 'agenda', false, $salon_model$

INSERT INTO session_format (format_code, parent_code, ordinal, name_en, name_zh, is_optional, has_speakers, shipped) VALUES
    ('opening',      NULL,          1, 'opening',      '开场',     true,  true,  true),
    ('open_class',   NULL,          2, 'open class',   '公开课',   true,  true,  true),
    ('mini_talk',    NULL,          3, 'mini talk',    '迷你演讲', false, true,  true),
    ('hot_segment',  NULL,          4, 'hot segment',  '热点环节', false, true,  true),
    ('hot_question', 'hot_segment', 5, 'hot question', '热门问题', true,  true,  true),
    ('contest',      'hot_segment', 6, 'contest',      '比赛',     true,  true,  true),
    ('pk',           'hot_segment', 7, 'PK',           'PK',       true,  true,  true),
    ('hands_on',     'hot_segment', 8, 'hands-on',     '现场实践', true,  true,  true),
    ('round_table',  'hot_segment', 9, 'round table',  '圆桌',     true,  true,  true),
    ('break',        NULL,         10, 'break',        '休息',     true,  false, true),
    ('dinner',       NULL,         11, 'dinner',       '晚宴',     true,  false, true);

-- An unscheduled session has an empty range, which overlaps nothing.
CREATE TABLE session (
    session_id   bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id     bigint NOT NULL REFERENCES event ON DELETE CASCADE,
    format_code  text NOT NULL REFERENCES session_format,
    title_en     text,
    title_zh     text,
    abstract     text,
    room_id      bigint REFERENCES room,
    starts_at    timestamptz,
    ends_at      timestamptz,
    during       tstzrange NOT NULL GENERATED ALWAYS AS (
                     CASE WHEN ends_at > starts_at THEN tstzrange(starts_at, ends_at)
                          ELSE 'empty'::tstzrange END) STORED,
    UNIQUE (session_id, during),
    UNIQUE (session_id, event_id),
    CONSTRAINT session_ends_after_it_starts CHECK (ends_at > starts_at),
    CONSTRAINT session_times_are_finite CHECK (isfinite(starts_at) AND isfinite(ends_at)),
    CONSTRAINT session_has_both_times_or_none CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
    CONSTRAINT session_room_is_free EXCLUDE USING gist
        (int8range(room_id, room_id, '[]') WITH &&, during WITH &&)
        WHERE (room_id IS NOT NULL AND NOT isempty(during))
);
CREATE INDEX session_event_id_idx ON session (event_id);
CREATE INDEX session_format_code_idx ON session (format_code);
CREATE INDEX session_room_id_idx ON session (room_id);
$salon_model$),
(58, 'agenda', true, $salon_model$

COMMENT ON TABLE session IS 'Items of the agenda (C12, C16, D8) / 议程';
COMMENT ON COLUMN session.session_id IS 'Key';
COMMENT ON COLUMN session.event_id IS 'The event';
COMMENT ON COLUMN session.format_code IS 'Format, such as mini_talk';
COMMENT ON COLUMN session.title_en IS 'Title in English';
COMMENT ON COLUMN session.title_zh IS 'Title in Chinese';
COMMENT ON COLUMN session.abstract IS 'What it is about (C16)';
COMMENT ON COLUMN session.room_id IS 'Room; NULL: not known yet';
COMMENT ON COLUMN session.starts_at IS 'Start; NULL: not scheduled yet';
COMMENT ON COLUMN session.ends_at IS 'End, the first moment after it; NULL: not scheduled yet';
COMMENT ON COLUMN session.during IS 'Both times as a half-open range; empty when not scheduled yet';
COMMENT ON CONSTRAINT session_ends_after_it_starts ON session IS 'ends_at must come after starts_at';
COMMENT ON CONSTRAINT session_times_are_finite ON session IS 'Give real times, not infinity; leave both NULL when not known';
COMMENT ON CONSTRAINT session_has_both_times_or_none ON session IS 'Give starts_at and ends_at, or neither';
COMMENT ON CONSTRAINT session_room_is_free ON session IS 'The room is taken at that time: choose another room or another time';
$salon_model$),
(59, 'agenda', false, $salon_model$

CREATE TABLE speaker (
    speaker_id   bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    session_id   bigint NOT NULL,
    person_id    bigint NOT NULL,
    person_kind  text NOT NULL GENERATED ALWAYS AS ('person') STORED,
    during       tstzrange NOT NULL,
    UNIQUE (session_id, person_id),
    CONSTRAINT speaker_is_a_person FOREIGN KEY (person_id, person_kind) REFERENCES party (party_id, kind),
    CONSTRAINT speaker_follows_the_session FOREIGN KEY (session_id, during)
        REFERENCES session (session_id, during) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT speaker_is_in_one_place EXCLUDE USING gist
        (int8range(person_id, person_id, '[]') WITH &&, during WITH &&) WHERE (NOT isempty(during))
);
CREATE INDEX speaker_person_id_idx ON speaker (person_id, person_kind);
CREATE INDEX speaker_session_id_idx ON speaker (session_id, during);
$salon_model$),
(60, 'agenda', true, $salon_model$

COMMENT ON TABLE speaker IS 'Who speaks in a session (C16, C17) / 讲师';
COMMENT ON COLUMN speaker.speaker_id IS 'Key';
COMMENT ON COLUMN speaker.session_id IS 'The session';
COMMENT ON COLUMN speaker.person_id IS 'The speaker: a party of kind person';
COMMENT ON COLUMN speaker.person_kind IS 'Always person: makes the foreign key refuse an organization';
COMMENT ON COLUMN speaker.during IS 'The range of the session: filled in and kept the same by the database';
COMMENT ON CONSTRAINT speaker_is_a_person ON speaker IS 'person_id must be a party of kind person';
COMMENT ON CONSTRAINT speaker_follows_the_session ON speaker IS 'session_id must be a session; leave during out';
COMMENT ON CONSTRAINT speaker_is_in_one_place ON speaker IS 'The speaker is in another session at that time: move one of them';

-- Fill in the range; the foreign key keeps it right from then on.
CREATE FUNCTION _speaker_during() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    NEW.during := (SELECT s.during FROM session s WHERE s.session_id = NEW.session_id);
    IF NEW.during IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('session %s does not exist', coalesce(NEW.session_id::text, 'NULL')),
            HINT = 'Enter the session first.',
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = 'session_id', CONSTRAINT = 'speaker_follows_the_session';
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _speaker_during() IS
'Trigger of speaker: fills in the range of the session; refuses an unknown session with 23503';

CREATE TRIGGER speaker_during BEFORE INSERT OR UPDATE OF session_id ON speaker
    FOR EACH ROW EXECUTE FUNCTION _speaker_during();
$salon_model$),
(61, 'agenda', false, $salon_model$

CREATE TABLE link (
    link_id         bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id        bigint NOT NULL REFERENCES event ON DELETE CASCADE,
    session_id      bigint,
    link_kind_code  text NOT NULL REFERENCES link_kind,
    name            text,
    url             text CONSTRAINT link_url_is_a_url CHECK (url ~ '^https?://[^[:space:]]+$'),
    is_qr_target    boolean NOT NULL DEFAULT false,
    CONSTRAINT link_session_is_of_its_event FOREIGN KEY (session_id, event_id)
        REFERENCES session (session_id, event_id) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT link_leads_somewhere CHECK (num_nonnulls(name, url) > 0),
    CONSTRAINT link_qr_target_has_a_url CHECK (url IS NOT NULL OR NOT is_qr_target)
);
CREATE INDEX link_event_id_idx ON link (event_id, link_kind_code);
CREATE INDEX link_session_id_idx ON link (session_id, event_id);
CREATE INDEX link_link_kind_code_idx ON link (link_kind_code);
$salon_model$),
(62, 'agenda', true, $salon_model$

COMMENT ON TABLE link IS 'Links of an event: registration, live stream, questionnaire, replay ... (C2, C9, C15, C22, C25) / 链接';
COMMENT ON COLUMN link.link_id IS 'Key';
COMMENT ON COLUMN link.event_id IS 'The event';
COMMENT ON COLUMN link.session_id IS 'The session it belongs to; NULL: the whole event';
COMMENT ON COLUMN link.link_kind_code IS 'Kind of link';
COMMENT ON COLUMN link.name IS 'What it is called, such as the platform';
COMMENT ON COLUMN link.url IS 'Address; NULL: not known yet';
COMMENT ON COLUMN link.is_qr_target IS 'Whether a QR code leads there (C15)';
COMMENT ON CONSTRAINT link_url_is_a_url ON link IS 'Give an address that begins with http:// or https://';
COMMENT ON CONSTRAINT link_session_is_of_its_event ON link IS 'session_id must be a session of the event';
COMMENT ON CONSTRAINT link_leads_somewhere ON link IS 'Give a name, an address or both';
COMMENT ON CONSTRAINT link_qr_target_has_a_url ON link IS 'A QR code needs an address: set url';
$salon_model$),
(63, 'duty', false, $salon_model$
-- The work group: duties of an event and who does them.

CREATE TABLE duty (
    duty_code   text PRIMARY KEY
                CONSTRAINT duty_code_is_ascii CHECK (duty_code ~ '^[a-z][a-z0-9_]*$'),
    ordinal     smallint NOT NULL DEFAULT 100,
    name_en     text,
    name_zh     text,
    is_on_site  boolean NOT NULL DEFAULT false,
    shipped     boolean NOT NULL DEFAULT false,
    CONSTRAINT duty_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);
$salon_model$),
(64, 'duty', true, $salon_model$

COMMENT ON TABLE duty IS 'Duties of the work group: the 21 of C14, and the community''s own / 会务';
COMMENT ON COLUMN duty.duty_code IS 'Short code, such as check_in';
COMMENT ON COLUMN duty.ordinal IS 'Order in lists';
COMMENT ON COLUMN duty.name_en IS 'English name';
COMMENT ON COLUMN duty.name_zh IS 'Chinese name, as in the source';
COMMENT ON COLUMN duty.is_on_site IS 'Whether it is done at the event itself';
COMMENT ON COLUMN duty.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT duty_code_is_ascii ON duty IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT duty_has_a_name ON duty IS 'Give an English or a Chinese name';

CREATE TRIGGER duty_edited BEFORE UPDATE ON duty
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(65, 'duty', false, $salon_model$

INSERT INTO duty (duty_code, ordinal, name_en, name_zh, is_on_site, shipped) VALUES
    ('host',               1, 'host (MC)',               '主持人',           true,  true),
    ('topic_planning',     2, 'topic planning',          '议题策划',         false, true),
    ('speaker_invitation', 3, 'speaker invitation',      '讲师邀请',         false, true),
    ('speaker_itinerary',  4, 'speaker itinerary',       '讲师行程对接',     false, true),
    ('promotion',          5, 'promotion',               '宣传',             false, true),
    ('poster',             6, 'poster',                  '海报',             false, true),
    ('banner',             7, 'roll-up banner',          '易拉宝',           false, true),
    ('registration',       8, 'registration',            '报名',             false, true),
    ('venue',              9, 'venue',                   '场地',             false, true),
    ('check_in',          10, 'check-in',                '签到',             true,  true),
    ('health_check',      11, 'health and travel code check', '健康码行程码检查', true, true),
    ('countdown',         12, 'countdown board',         '倒计时牌',         true,  true),
    ('sign_holding',      13, 'sign holding',            '举牌',             true,  true),
    ('questionnaire',     14, 'attendee questionnaire',  '参会问卷',         false, true),
    ('post_event_copy',   15, 'post-event copy',         '后期宣传文案',     false, true),
    ('video_to_article',  16, 'video to article',        '视频转图文',       false, true),
    ('slide_collection',  17, 'slide collection',        'PPT收集',          false, true),
    ('short_video',       18, 'short-video filming',     '短视频摄影',       true,  true),
    ('photo',             19, 'photos',                  '拍照',             true,  true),
    ('microphone',        20, 'passing the microphone',  '递话筒',           true,  true),
    ('sponsor_search',    21, 'winning sponsors',        '拉赞助',           false, true);

CREATE TABLE template_duty (
    template_duty_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    template_code     text NOT NULL REFERENCES template,
    duty_code         text NOT NULL REFERENCES duty,
    shipped           boolean NOT NULL DEFAULT false,
    UNIQUE (template_code, duty_code)
);
CREATE INDEX template_duty_duty_code_idx ON template_duty (duty_code);
$salon_model$),
(66, 'duty', true, $salon_model$

COMMENT ON TABLE template_duty IS 'Duties of an event of a template: plan_event makes event_duty rows of them';
COMMENT ON COLUMN template_duty.template_duty_id IS 'Key';
COMMENT ON COLUMN template_duty.template_code IS 'The template';
COMMENT ON COLUMN template_duty.duty_code IS 'The duty';
COMMENT ON COLUMN template_duty.shipped IS 'True: came with the extension and was not edited';

CREATE TRIGGER template_duty_edited BEFORE UPDATE ON template_duty
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(67, 'duty', false, $salon_model$

INSERT INTO template_duty (template_code, duty_code, shipped)
SELECT 'salon', duty_code, true
FROM duty
ORDER BY ordinal;

CREATE TABLE event_duty (
    event_duty_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id       bigint NOT NULL REFERENCES event ON DELETE CASCADE,
    duty_code      text NOT NULL REFERENCES duty,
    party_id       bigint REFERENCES party,
    starts_at      timestamptz,
    ends_at        timestamptz,
    during         tstzrange NOT NULL GENERATED ALWAYS AS (
                       CASE WHEN ends_at > starts_at THEN tstzrange(starts_at, ends_at)
                            ELSE 'empty'::tstzrange END) STORED,
    note           text,
    CONSTRAINT event_duty_is_given_once UNIQUE NULLS NOT DISTINCT (event_id, duty_code, party_id, starts_at),
    CONSTRAINT event_duty_ends_after_it_starts CHECK (ends_at > starts_at),
    CONSTRAINT event_duty_times_are_finite CHECK (isfinite(starts_at) AND isfinite(ends_at)),
    CONSTRAINT event_duty_has_both_times_or_none CHECK ((starts_at IS NULL) = (ends_at IS NULL)),
    CONSTRAINT event_duty_helper_is_in_one_place EXCLUDE USING gist
        (int8range(party_id, party_id, '[]') WITH &&, during WITH &&)
        WHERE (party_id IS NOT NULL AND NOT isempty(during))
);
CREATE INDEX event_duty_duty_code_idx ON event_duty (duty_code);
CREATE INDEX event_duty_party_id_idx ON event_duty (party_id);
$salon_model$),
(68, 'duty', true, $salon_model$

COMMENT ON TABLE event_duty IS 'Who does which duty at an event (C14) / 会务组';
COMMENT ON COLUMN event_duty.event_duty_id IS 'Key';
COMMENT ON COLUMN event_duty.event_id IS 'The event';
COMMENT ON COLUMN event_duty.duty_code IS 'The duty';
COMMENT ON COLUMN event_duty.party_id IS 'Who does it; NULL: nobody yet';
COMMENT ON COLUMN event_duty.starts_at IS 'Start of a shift; NULL: no fixed time';
COMMENT ON COLUMN event_duty.ends_at IS 'End of a shift, the first moment after it; NULL: no fixed time';
COMMENT ON COLUMN event_duty.during IS 'Both times as a half-open range; empty without a fixed time';
COMMENT ON COLUMN event_duty.note IS 'Remark of the organizers';
COMMENT ON CONSTRAINT event_duty_is_given_once ON event_duty IS 'The same duty stands there already: update that row';
COMMENT ON CONSTRAINT event_duty_ends_after_it_starts ON event_duty IS 'ends_at must come after starts_at';
COMMENT ON CONSTRAINT event_duty_times_are_finite ON event_duty IS 'Give real times, not infinity; leave both NULL when not known';
COMMENT ON CONSTRAINT event_duty_has_both_times_or_none ON event_duty IS 'Give starts_at and ends_at, or neither';
COMMENT ON CONSTRAINT event_duty_helper_is_in_one_place ON event_duty IS 'The helper has another duty at that time: choose another helper or another time';
$salon_model$),
(69, 'asset', false, $salon_model$
-- What is made for an event or shows a party: logos, photos, posters, slides,
-- videos, articles.

CREATE TABLE asset_kind (
    asset_kind_code  text PRIMARY KEY
                     CONSTRAINT asset_kind_code_is_ascii CHECK (asset_kind_code ~ '^[a-z][a-z0-9_]*$'),
    name_en          text,
    name_zh          text,
    shipped          boolean NOT NULL DEFAULT false,
    CONSTRAINT asset_kind_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);
$salon_model$),
(70, 'asset', true, $salon_model$

COMMENT ON TABLE asset_kind IS 'Kinds of assets (C17-C21, C23-C27) / 素材类型';
COMMENT ON COLUMN asset_kind.asset_kind_code IS 'Short code, such as poster';
COMMENT ON COLUMN asset_kind.name_en IS 'English name';
COMMENT ON COLUMN asset_kind.name_zh IS 'Chinese name';
COMMENT ON COLUMN asset_kind.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT asset_kind_code_is_ascii ON asset_kind IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT asset_kind_has_a_name ON asset_kind IS 'Give an English or a Chinese name';

CREATE TRIGGER asset_kind_edited BEFORE UPDATE ON asset_kind
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(71, 'asset', false, $salon_model$

INSERT INTO asset_kind (asset_kind_code, name_en, name_zh, shipped) VALUES
    ('logo',        'logo',             'LOGO',         true),
    ('photo',       'photo',            '照片',         true),
    ('poster',      'poster',           '海报',         true),
    ('banner',      'roll-up banner',   '易拉宝',       true),
    ('slides',      'slides',           'PPT',          true),
    ('copy',        'post-event copy',  '后期宣传文案', true),
    ('article',     'article',          '图文',         true),
    ('video',       'video',            '视频',         true),
    ('short_video', 'short video',      '短视频',       true);

CREATE TABLE asset (
    asset_id         bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    asset_kind_code  text NOT NULL REFERENCES asset_kind,
    event_id         bigint REFERENCES event ON DELETE CASCADE,
    session_id       bigint REFERENCES session ON DELETE CASCADE,
    party_id         bigint REFERENCES party,
    product_id       bigint REFERENCES product,
    state            text NOT NULL DEFAULT 'wanted'
                     CONSTRAINT asset_state_is_known CHECK (state IN ('wanted', 'draft', 'ready', 'published')),
    orientation      text
                     CONSTRAINT asset_orientation_is_known CHECK (orientation IN ('landscape', 'portrait')),
    url              text CONSTRAINT asset_url_is_a_url CHECK (url ~ '^https?://[^[:space:]]+$'),
    body             text,
    CONSTRAINT asset_session_is_of_its_event FOREIGN KEY (session_id, event_id)
        REFERENCES session (session_id, event_id) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT asset_shows_something CHECK (num_nonnulls(event_id, session_id, party_id, product_id) > 0),
    CONSTRAINT asset_published_can_be_found CHECK (state <> 'published' OR num_nonnulls(url, body) > 0)
);
CREATE INDEX asset_event_id_idx ON asset (event_id, asset_kind_code);
CREATE INDEX asset_session_id_idx ON asset (session_id, event_id);
CREATE INDEX asset_party_id_idx ON asset (party_id, asset_kind_code);
CREATE INDEX asset_product_id_idx ON asset (product_id);
CREATE INDEX asset_asset_kind_code_idx ON asset (asset_kind_code);
$salon_model$),
(72, 'asset', true, $salon_model$

COMMENT ON TABLE asset IS 'Logos, photos, posters, slides, videos, articles, and how far they are (C17-C21, C23-C27) / 素材';
COMMENT ON COLUMN asset.asset_id IS 'Key';
COMMENT ON COLUMN asset.asset_kind_code IS 'Kind of asset';
COMMENT ON COLUMN asset.event_id IS 'The event it is made for; NULL: none';
COMMENT ON COLUMN asset.session_id IS 'The session it belongs to, such as slides; NULL: none';
COMMENT ON COLUMN asset.party_id IS 'The party it shows, such as a logo or a photo; NULL: none';
COMMENT ON COLUMN asset.product_id IS 'The product it shows; NULL: none';
COMMENT ON COLUMN asset.state IS 'wanted, draft, ready or published';
COMMENT ON COLUMN asset.orientation IS 'landscape or portrait (C26 asks for landscape); NULL: not known';
COMMENT ON COLUMN asset.url IS 'Where it is';
COMMENT ON COLUMN asset.body IS 'Its text, for a copy or an article';
COMMENT ON CONSTRAINT asset_state_is_known ON asset IS 'state is wanted, draft, ready or published';
COMMENT ON CONSTRAINT asset_orientation_is_known ON asset IS 'orientation is landscape or portrait';
COMMENT ON CONSTRAINT asset_url_is_a_url ON asset IS 'Give an address that begins with http:// or https://';
COMMENT ON CONSTRAINT asset_session_is_of_its_event ON asset IS 'session_id must be a session of the event; or leave event_id out';
COMMENT ON CONSTRAINT asset_shows_something ON asset IS 'Say what it belongs to: an event, session, party or product';
COMMENT ON CONSTRAINT asset_published_can_be_found ON asset IS 'What is published has an address or a text';
$salon_model$),
(73, 'checklist', false, $salon_model$
-- The checklist of an event: a query over the facts.  Each item names a rule;
-- the rule says from the tables what is there and what is missing.

CREATE TABLE phase (
    phase_code  text PRIMARY KEY
                CONSTRAINT phase_code_is_ascii CHECK (phase_code ~ '^[a-z][a-z0-9_]*$'),
    ordinal     smallint NOT NULL DEFAULT 100,
    name_en     text,
    name_zh     text,
    until_held  boolean NOT NULL DEFAULT false,
    shipped     boolean NOT NULL DEFAULT false,
    CONSTRAINT phase_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);
$salon_model$),
(74, 'checklist', true, $salon_model$

COMMENT ON TABLE phase IS 'Phases of an event: the checklist is grouped by them / 阶段';
COMMENT ON COLUMN phase.phase_code IS 'Short code, such as prepare';
COMMENT ON COLUMN phase.ordinal IS 'Order in lists';
COMMENT ON COLUMN phase.name_en IS 'English name';
COMMENT ON COLUMN phase.name_zh IS 'Chinese name';
COMMENT ON COLUMN phase.until_held IS 'Whether its items are needed only until the event is held';
COMMENT ON COLUMN phase.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT phase_code_is_ascii ON phase IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT phase_has_a_name ON phase IS 'Give an English or a Chinese name';

CREATE TRIGGER phase_edited BEFORE UPDATE ON phase
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(75, 'checklist', false, $salon_model$

CREATE TABLE checklist_rule (
    rule_code  text PRIMARY KEY
               CONSTRAINT checklist_rule_code_is_ascii CHECK (rule_code ~ '^[a-z][a-z0-9_]*$'),
    name_en    text NOT NULL,
    name_zh    text NOT NULL,
    argument   text,
    shipped    boolean NOT NULL DEFAULT false
);
$salon_model$),
(76, 'checklist', true, $salon_model$

COMMENT ON TABLE checklist_rule IS 'Rules that view checklist knows: an item of your own may use any of them / 检查规则';
COMMENT ON COLUMN checklist_rule.rule_code IS 'Code that an item names';
COMMENT ON COLUMN checklist_rule.name_en IS 'When an item with this rule is done, in English';
COMMENT ON COLUMN checklist_rule.name_zh IS 'When an item with this rule is done, in Chinese';
COMMENT ON COLUMN checklist_rule.argument IS 'What the argument of the item means; NULL: it has none';
COMMENT ON COLUMN checklist_rule.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT checklist_rule_code_is_ascii ON checklist_rule IS 'A code is lower-case letters, digits and underscores';

CREATE TRIGGER checklist_rule_edited BEFORE UPDATE ON checklist_rule
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(77, 'checklist', false, $salon_model$

CREATE TABLE checklist_item (
    item_code      text PRIMARY KEY
                   CONSTRAINT checklist_item_code_is_ascii CHECK (item_code ~ '^[A-Za-z][A-Za-z0-9_]*$'),
    template_code  text NOT NULL REFERENCES template,
    ordinal        smallint NOT NULL DEFAULT 100,
    phase_code     text NOT NULL REFERENCES phase,
    name_en        text,
    name_zh        text,
    rule_code      text REFERENCES checklist_rule,
    argument       text,
    part_code      text GENERATED ALWAYS AS (CASE WHEN rule_code IN ('part', 'logo') THEN argument END) STORED REFERENCES part,
    link_kind_code   text GENERATED ALWAYS AS (CASE WHEN rule_code = 'link' THEN argument END) STORED REFERENCES link_kind,
    asset_kind_code  text GENERATED ALWAYS AS (CASE WHEN rule_code = 'asset' THEN argument END) STORED REFERENCES asset_kind,
    needed_when    text NOT NULL DEFAULT 'always'
                   CONSTRAINT checklist_item_needed_when_is_known CHECK (needed_when IN ('always', 'on_site', 'online')),
    due_anchor     text NOT NULL DEFAULT 'start'
                   CONSTRAINT checklist_item_due_anchor_is_known CHECK (due_anchor IN ('start', 'end')),
    due_offset     interval,
    duty_code      text REFERENCES duty,
    shipped        boolean NOT NULL DEFAULT false,
    CONSTRAINT checklist_item_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT checklist_item_argument_fits_the_rule CHECK (
        CASE WHEN rule_code IN ('part', 'logo', 'link', 'asset') THEN argument IS NOT NULL
             WHEN rule_code = 'headcount' THEN argument IS NOT NULL AND argument IN ('on_site', 'online')
             ELSE argument IS NULL END)
);
CREATE INDEX checklist_item_part_code_idx ON checklist_item (part_code);
CREATE INDEX checklist_item_link_kind_code_idx ON checklist_item (link_kind_code);
CREATE INDEX checklist_item_asset_kind_code_idx ON checklist_item (asset_kind_code);
CREATE INDEX checklist_item_template_code_idx ON checklist_item (template_code);
CREATE INDEX checklist_item_phase_code_idx ON checklist_item (phase_code);
CREATE INDEX checklist_item_rule_code_idx ON checklist_item (rule_code);
CREATE INDEX checklist_item_duty_code_idx ON checklist_item (duty_code);
$salon_model$),
(78, 'checklist', true, $salon_model$

COMMENT ON TABLE checklist_item IS 'Items of the checklist of a template: the 28 of C1-C28, and the community''s own / 检查项';
COMMENT ON COLUMN checklist_item.item_code IS 'Short code: C1 ... C28 for the shipped ones';
COMMENT ON COLUMN checklist_item.template_code IS 'Template whose events have the item';
COMMENT ON COLUMN checklist_item.ordinal IS 'Order in lists';
COMMENT ON COLUMN checklist_item.phase_code IS 'Phase';
COMMENT ON COLUMN checklist_item.name_en IS 'English name';
COMMENT ON COLUMN checklist_item.name_zh IS 'Chinese name, as in the source';
COMMENT ON COLUMN checklist_item.rule_code IS 'Rule that decides it from the facts; NULL: a person says that it is done, with evidence';
COMMENT ON COLUMN checklist_item.argument IS 'What the rule looks for, such as the kind of asset: see checklist_rule';
COMMENT ON COLUMN checklist_item.part_code IS 'The argument, where it is a part: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.link_kind_code IS 'The argument, where it is a kind of link: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.asset_kind_code IS 'The argument, where it is a kind of asset: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.needed_when IS 'always; on_site: not when no headcount on site is planned (0); online: not when none online is planned (0)';
COMMENT ON COLUMN checklist_item.due_anchor IS 'Whether due_offset counts from the start or the end of the event';
COMMENT ON COLUMN checklist_item.due_offset IS 'When it is due, such as -14 days; NULL: at no time';
COMMENT ON COLUMN checklist_item.duty_code IS 'Duty whose holder owns it; NULL: nobody in particular';
COMMENT ON COLUMN checklist_item.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT checklist_item_code_is_ascii ON checklist_item IS 'A code is letters, digits and underscores';
COMMENT ON CONSTRAINT checklist_item_needed_when_is_known ON checklist_item IS 'needed_when is always, on_site or online';
COMMENT ON CONSTRAINT checklist_item_due_anchor_is_known ON checklist_item IS 'due_anchor is start or end';
COMMENT ON CONSTRAINT checklist_item_has_a_name ON checklist_item IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT checklist_item_argument_fits_the_rule ON checklist_item IS 'Column argument of checklist_rule says what the rule wants: give that, or nothing where it is NULL';

CREATE TRIGGER checklist_item_edited BEFORE UPDATE ON checklist_item
    FOR EACH ROW EXECUTE FUNCTION _edited();
$salon_model$),
(79, 'checklist', false, $salon_model$

CREATE TABLE event_item (
    event_item_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id       bigint NOT NULL REFERENCES event ON DELETE CASCADE,
    item_code      text NOT NULL REFERENCES checklist_item,
    party_id       bigint REFERENCES party,
    due_at         timestamptz,
    waived_reason  text CONSTRAINT event_item_waived_reason_is_a_text CHECK (waived_reason ~ '[^[:space:]]'),
    waived_by      text,
    waived_at      timestamptz,
    done_evidence  text CONSTRAINT event_item_done_evidence_is_a_text CHECK (done_evidence ~ '[^[:space:]]'),
    done_by        text,
    done_at        timestamptz,
    UNIQUE (event_id, item_code),
    CONSTRAINT event_item_waiver_is_whole CHECK (num_nulls(waived_reason, waived_by, waived_at) IN (0, 3)),
    CONSTRAINT event_item_done_is_whole CHECK (num_nulls(done_evidence, done_by, done_at) IN (0, 3))
);
CREATE INDEX event_item_item_code_idx ON event_item (item_code);
CREATE INDEX event_item_party_id_idx ON event_item (party_id);
$salon_model$),
(80, 'checklist', true, $salon_model$

COMMENT ON TABLE event_item IS 'What people said of an item at an event: its owner, another due date, a waiver, the evidence for an item without a rule / 检查项记录';
COMMENT ON COLUMN event_item.event_item_id IS 'Key';
COMMENT ON COLUMN event_item.event_id IS 'The event';
COMMENT ON COLUMN event_item.item_code IS 'The item';
COMMENT ON COLUMN event_item.party_id IS 'Who owns it; NULL: whoever has the duty';
COMMENT ON COLUMN event_item.due_at IS 'When it is due; NULL: as the item says';
COMMENT ON COLUMN event_item.waived_reason IS 'Why it is waived; NULL: it is not';
COMMENT ON COLUMN event_item.waived_by IS 'Database role that waived it: filled in';
COMMENT ON COLUMN event_item.waived_at IS 'When it was waived: filled in';
COMMENT ON COLUMN event_item.done_evidence IS 'What shows that it is done; only for an item without a rule';
COMMENT ON COLUMN event_item.done_by IS 'Database role that said so: filled in';
COMMENT ON COLUMN event_item.done_at IS 'When it was said: filled in';
COMMENT ON CONSTRAINT event_item_waived_reason_is_a_text ON event_item IS 'A waiver needs a reason';
COMMENT ON CONSTRAINT event_item_done_evidence_is_a_text ON event_item IS 'Say what shows that it is done';
COMMENT ON CONSTRAINT event_item_waiver_is_whole ON event_item IS 'Set waived_reason only: who and when are filled in';
COMMENT ON CONSTRAINT event_item_done_is_whole ON event_item IS 'Set done_evidence only: who and when are filled in';

CREATE FUNCTION _event_item_said() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    item checklist_item;
    event_template text := (SELECT e.template_code FROM event e WHERE e.event_id = NEW.event_id);
BEGIN
    SELECT * INTO item FROM checklist_item i WHERE i.item_code = NEW.item_code;
    IF item.template_code <> event_template THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('event %s has no item "%s"', NEW.event_id, NEW.item_code),
            DETAIL = format('The item belongs to template "%s", the event to template "%s".',
                            item.template_code, event_template),
            HINT = format('SELECT item_code FROM checklist WHERE event_id = %s shows its items.', NEW.event_id),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = 'item_code', CONSTRAINT = 'event_item_is_of_the_template';
    END IF;
    IF NEW.done_evidence IS NOT NULL AND item.rule_code IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('item "%s" is decided by the facts', NEW.item_code),
            DETAIL = (SELECT format('It is done when: %s.', r.name_en)
                      FROM checklist_rule r WHERE r.rule_code = item.rule_code),
            HINT = 'Enter what column "missing" of checklist names, or waive the item with a reason.',
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = 'done_evidence', CONSTRAINT = 'event_item_is_not_ticked';
    END IF;

    IF TG_OP = 'INSERT' OR NEW.waived_reason IS DISTINCT FROM OLD.waived_reason THEN
        NEW.waived_by := CASE WHEN NEW.waived_reason IS NOT NULL THEN current_user END;
        NEW.waived_at := CASE WHEN NEW.waived_reason IS NOT NULL THEN now() END;
    ELSE
        NEW.waived_by := OLD.waived_by;
        NEW.waived_at := OLD.waived_at;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.done_evidence IS DISTINCT FROM OLD.done_evidence THEN
        NEW.done_by := CASE WHEN NEW.done_evidence IS NOT NULL THEN current_user END;
        NEW.done_at := CASE WHEN NEW.done_evidence IS NOT NULL THEN now() END;
    ELSE
        NEW.done_by := OLD.done_by;
        NEW.done_at := OLD.done_at;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _event_item_said() IS
'Trigger of event_item: notes who waived an item and when; refuses with 23514 to tick what the facts decide, and items of another template';

CREATE TRIGGER event_item_said BEFORE INSERT OR UPDATE ON event_item
    FOR EACH ROW EXECUTE FUNCTION _event_item_said();

-- A list short enough to read.
CREATE FUNCTION _brief(items text[]) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN cardinality(items) <= 4 THEN array_to_string(items, salon.label(', ', '、'))
            ELSE array_to_string(items[1:3], salon.label(', ', '、'))
                 || salon.label(' and ', '等另外') || (cardinality(items) - 3)
                 || salon.label(' more', '项') END;

COMMENT ON FUNCTION _brief(text[]) IS
'The items as a list; the first three and a count where they are more than four';

-- What the facts say of each item at each event: one branch a rule, of which
-- only that of the item runs.  Everything hangs on event_id, so that one
-- event costs the same however many there are.
CREATE VIEW _checklist_fact WITH (security_invoker) AS
SELECT e.event_id, i.item_code, f.evidence,
       CASE WHEN f.is_known IS NULL THEN salon.label('a rule that checklist knows: ', '可用的检查规则: ') || i.rule_code
            ELSE f.missing END AS missing
FROM event e
JOIN checklist_item i USING (template_code)
LEFT JOIN LATERAL (
    SELECT x.name AS evidence,
           CASE WHEN x.name IS NULL THEN salon.label('a theme', '会议主题') END AS missing,
           true AS is_known
    FROM (SELECT salon.label(nullif(btrim(e.name_en), ''), nullif(btrim(e.name_zh), '')) AS name) x
    WHERE i.rule_code = 'name'

    UNION ALL
    SELECT x.found,
           CASE WHEN x.found IS NULL THEN salon.label('an introduction, or a link to the event page', '会议简介或活动页面链接') END,
           true
    FROM (SELECT coalesce(
              CASE WHEN length(btrim(e.introduction)) > 60 THEN left(btrim(e.introduction), 60) || '…'
                   ELSE nullif(btrim(e.introduction), '') END,
              (SELECT min(l.url) FROM link l WHERE l.event_id = e.event_id AND l.link_kind_code = 'page')) AS found) x
    WHERE i.rule_code = 'introduction'

    UNION ALL
    SELECT _brief(x.parties),
           CASE WHEN x.parties IS NULL
                THEN (SELECT salon.label('a ', '') || salon.label(p.name_en, p.name_zh, p.part_code)
                      FROM part p WHERE p.part_code = i.argument) END,
           true
    FROM (SELECT array_agg(party_label(ep.party_id) ORDER BY ep.event_party_id) AS parties
          FROM event_party ep
          WHERE ep.event_id = e.event_id AND ep.part_code = i.argument) x
    WHERE i.rule_code = 'part'

    UNION ALL
    SELECT nullif(concat_ws(', ',
                            salon.label('planned ', '计划 ') || x.planned,
                            salon.label('actual ', '实际 ') || x.actual || ' ('
                            || CASE x.basis WHEN 'measured' THEN salon.label('measured', '实测')
                                            ELSE salon.label('claimed', '声称') END || ')'), ''),
           CASE WHEN x.planned IS NULL AND x.actual IS NULL THEN x.what END,
           true
    FROM (SELECT e.planned_on_site AS planned, e.actual_on_site AS actual, e.on_site_basis AS basis,
                 salon.label('the planned headcount on site', '计划线下人数') AS what
          WHERE i.argument = 'on_site'
          UNION ALL
          SELECT e.planned_online, e.actual_online, e.online_basis,
                 salon.label('the planned headcount online', '计划线上人数')
          WHERE i.argument = 'online') x
    WHERE i.rule_code = 'headcount'

    UNION ALL
    SELECT _brief(x.links),
           CASE WHEN x.links IS NULL
                THEN (SELECT salon.label('a link: ', '链接: ') || salon.label(k.name_en, k.name_zh, k.link_kind_code)
                      FROM link_kind k WHERE k.link_kind_code = i.argument) END,
           true
    FROM (SELECT array_agg(concat_ws(' ', l.name, l.url) ORDER BY l.link_id) AS links
          FROM link l
          WHERE l.event_id = e.event_id AND l.link_kind_code = i.argument) x
    WHERE i.rule_code = 'link'

    UNION ALL
    SELECT to_char(e.starts_at AT TIME ZONE e.time_zone, 'YYYY-MM-DD HH24:MI') || ' – '
           || to_char(e.ends_at AT TIME ZONE e.time_zone, 'YYYY-MM-DD HH24:MI') || ' ' || e.time_zone,
           CASE WHEN e.starts_at IS NULL THEN salon.label('start and end', '开始和结束时间') END,
           true
    WHERE i.rule_code = 'time'

    UNION ALL
    SELECT nullif(concat_ws(', ', x.city, x.venue), ''),
           CASE WHEN x.city IS NULL OR x.venue IS NULL
                THEN concat_ws(salon.label(', ', '、'),
                               CASE WHEN x.city IS NULL THEN salon.label('the city', '城市') END,
                               CASE WHEN x.venue IS NULL THEN salon.label('the venue', '场地') END) END,
           true
    FROM (SELECT (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c
                  WHERE c.city_code = coalesce(e.city_code, (SELECT v.city_code FROM venue v WHERE v.venue_id = e.venue_id))) AS city,
                 (SELECT v.name FROM venue v WHERE v.venue_id = e.venue_id) AS venue) x
    WHERE i.rule_code = 'place'

    UNION ALL
    SELECT CASE WHEN x.sessions > 0 THEN x.sessions || salon.label(' sessions', ' 个环节') END,
           CASE WHEN x.sessions = 0 THEN salon.label('sessions', '议程环节')
                ELSE nullif(concat_ws('; ',
                    salon.label('without a time: ', '没有时间: ') || _brief(x.unscheduled),
                    salon.label('without a room: ', '没有会议室: ') || _brief(x.without_room),
                    salon.label('without a speaker: ', '没有讲师: ') || _brief(x.without_speaker),
                    salon.label('outside the event: ', '在活动时间之外: ') || _brief(x.outside),
                    salon.label('a gap at ', '空档: ') || _brief(x.gaps)), '') END,
           true
    FROM (
        SELECT count(*) AS sessions,
               array_agg(s.name ORDER BY s.session_id) FILTER (WHERE isempty(s.during)) AS unscheduled,
               array_agg(s.name ORDER BY s.session_id)
                   FILTER (WHERE s.room_id IS NULL AND s.has_speakers AND e.planned_on_site IS DISTINCT FROM 0) AS without_room,
               array_agg(s.name ORDER BY s.session_id) FILTER (WHERE s.has_speakers AND NOT s.is_spoken) AS without_speaker,
               array_agg(s.name ORDER BY s.session_id)
                   FILTER (WHERE NOT s.during <@ tstzrange(e.starts_at, e.ends_at)) AS outside,
               (SELECT array_agg(to_char(lower(g) AT TIME ZONE e.time_zone, 'HH24:MI') || '–'
                                 || to_char(upper(g) AT TIME ZONE e.time_zone, 'HH24:MI') ORDER BY g)
                FROM unnest(tstzmultirange(tstzrange(min(s.starts_at), max(s.ends_at)))
                            - range_agg(s.during) FILTER (WHERE NOT isempty(s.during))) g) AS gaps
        FROM (SELECT s.session_id, s.room_id, s.during, s.starts_at, s.ends_at, m.has_speakers,
                     salon.label(s.title_en, s.title_zh, salon.label(m.name_en, m.name_zh, m.format_code)) AS name,
                     EXISTS (SELECT FROM speaker k WHERE k.session_id = s.session_id) AS is_spoken
              FROM session s
              JOIN session_format m USING (format_code)
              WHERE s.event_id = e.event_id) s
    ) x
    WHERE i.rule_code = 'agenda'

    UNION ALL
    SELECT _brief(x.notices),
           CASE WHEN x.notices IS NULL THEN salon.label('a notice to attendees', '参会注意事项') END,
           true
    FROM (SELECT array_agg(salon.label(n.text_en, n.text_zh) ORDER BY n.ordinal) AS notices
          FROM notice n
          WHERE n.event_id = e.event_id) x
    WHERE i.rule_code = 'notice'

    UNION ALL
    SELECT CASE WHEN x.filled > 0
                THEN x.filled || salon.label(' of ', '/') || x.duties || salon.label(' duties have somebody', ' 项有人负责') END,
           CASE WHEN x.duties = 0 THEN salon.label('duties', '会务分工')
                ELSE salon.label('nobody for: ', '无人负责: ') || _brief(x.gaps) END,
           true
    FROM (
        SELECT count(*) AS duties, count(*) FILTER (WHERE d.is_filled) AS filled,
               array_agg(d.name ORDER BY d.ordinal, d.duty_code) FILTER (WHERE NOT d.is_filled) AS gaps
        FROM (SELECT d.duty_code, d.ordinal, salon.label(d.name_en, d.name_zh, d.duty_code) AS name,
                     bool_or(ed.party_id IS NOT NULL) AS is_filled
              FROM event_duty ed
              JOIN duty d USING (duty_code)
              WHERE ed.event_id = e.event_id
              GROUP BY d.duty_code) d
    ) x
    WHERE i.rule_code = 'duty'

    UNION ALL
    SELECT _brief(x.found),
           salon.label('a QR target: ', '二维码目标: ') || _brief(x.lacking),
           true
    FROM (
        SELECT array_agg(k.name ORDER BY k.link_kind_code DESC) FILTER (WHERE k.is_there) AS found,
               array_agg(k.name ORDER BY k.link_kind_code DESC) FILTER (WHERE NOT k.is_there) AS lacking
        FROM (SELECT k.link_kind_code, salon.label(k.name_en, k.name_zh, k.link_kind_code) AS name,
                     EXISTS (SELECT FROM link l
                             WHERE l.event_id = e.event_id AND l.link_kind_code = k.link_kind_code AND l.is_qr_target) AS is_there
              FROM link_kind k
              WHERE k.link_kind_code = 'group'
                 OR (k.link_kind_code = 'live' AND e.planned_online IS DISTINCT FROM 0)) k
    ) x
    WHERE i.rule_code = 'qr'

    UNION ALL
    SELECT CASE WHEN x.speakers > 0
                THEN x.speakers || salon.label(' speakers, ', ' 位讲师, ') || x.sessions || salon.label(' sessions', ' 个议题') END,
           CASE WHEN x.speakers = 0 THEN salon.label('speakers', '讲师')
                ELSE nullif(concat_ws('; ',
                    salon.label('introduction of: ', '讲师简介: ') || _brief(x.unknown_speakers),
                    salon.label('abstract of: ', '议题简介: ') || _brief(x.without_abstract)), '') END,
           true
    FROM (
        SELECT count(DISTINCT k.person_id) AS speakers, count(DISTINCT s.session_id) AS sessions,
               array_agg(DISTINCT party_label(p.party_id)) FILTER (WHERE nullif(btrim(p.introduction), '') IS NULL) AS unknown_speakers,
               array_agg(DISTINCT salon.label(s.title_en, s.title_zh, salon.label(m.name_en, m.name_zh, m.format_code)))
                   FILTER (WHERE nullif(btrim(s.abstract), '') IS NULL) AS without_abstract
        FROM session s
        JOIN session_format m USING (format_code)
        JOIN speaker k USING (session_id)
        JOIN party p ON p.party_id = k.person_id
        WHERE s.event_id = e.event_id
    ) x
    WHERE i.rule_code = 'speaker_introduction'

    UNION ALL
    SELECT CASE WHEN x.shown > 0 THEN x.shown || salon.label(' of ', '/') || x.speakers || salon.label(' speakers', ' 位讲师') END,
           CASE WHEN x.speakers = 0 THEN salon.label('speakers', '讲师')
                ELSE salon.label('photo of: ', '照片: ') || _brief(x.lacking) END,
           true
    FROM (
        SELECT count(*) AS speakers, count(*) FILTER (WHERE k.is_shown) AS shown,
               array_agg(party_label(k.person_id) ORDER BY k.person_id) FILTER (WHERE NOT k.is_shown) AS lacking
        FROM (SELECT DISTINCT k.person_id,
                     EXISTS (SELECT FROM asset a
                             WHERE a.party_id = k.person_id AND a.asset_kind_code = 'photo'
                               AND a.state IN ('ready', 'published')) AS is_shown
              FROM session s
              JOIN speaker k USING (session_id)
              WHERE s.event_id = e.event_id) k
    ) x
    WHERE i.rule_code = 'speaker_photo'

    UNION ALL
    SELECT _brief(x.shown),
           CASE WHEN x.parties = 0
                THEN (SELECT salon.label('a ', '') || salon.label(p.name_en, p.name_zh, p.part_code)
                      FROM part p WHERE p.part_code = i.argument)
                ELSE salon.label('logo of: ', 'LOGO: ') || _brief(x.lacking) END,
           true
    FROM (
        SELECT count(*) AS parties,
               array_agg(party_label(p.party_id) ORDER BY p.party_id) FILTER (WHERE p.has_logo) AS shown,
               array_agg(party_label(p.party_id) ORDER BY p.party_id) FILTER (WHERE NOT p.has_logo) AS lacking
        FROM (SELECT DISTINCT ep.party_id,
                     EXISTS (SELECT FROM asset a
                             WHERE a.party_id = ep.party_id AND a.asset_kind_code = 'logo'
                               AND a.state IN ('ready', 'published')) AS has_logo
              FROM event_party ep
              JOIN part t USING (part_code)
              WHERE ep.event_id = e.event_id
                AND CASE WHEN i.argument = 'sponsor' THEN t.is_sponsor ELSE t.part_code = i.argument END) p
    ) x
    WHERE i.rule_code = 'logo'

    UNION ALL
    SELECT CASE WHEN x.ready > 0 THEN x.ready || salon.label(' ready', ' 份已就绪') || coalesce(' ' || x.url, '') END,
           CASE WHEN x.ready = 0
                THEN (SELECT salon.label('a finished ', '已完成的') || salon.label(k.name_en, k.name_zh, k.asset_kind_code)
                      FROM asset_kind k WHERE k.asset_kind_code = i.argument) END,
           true
    FROM (SELECT count(*) AS ready, min(a.url) AS url
          FROM asset a
          WHERE a.event_id = e.event_id AND a.asset_kind_code = i.argument AND a.state IN ('ready', 'published')) x
    WHERE i.rule_code = 'asset'

    UNION ALL
    SELECT nullif(concat_ws(salon.label(', ', '、'),
                            x.photos || salon.label(' photos', ' 张照片'), x.videos || salon.label(' videos', ' 个视频')), ''),
           nullif(concat_ws('; ',
               CASE WHEN x.photos IS NULL THEN salon.label('photos, landscape', '横屏照片') END,
               CASE WHEN x.videos IS NULL THEN salon.label('a video, landscape', '横屏视频') END,
               salon.label('photo of: ', '讲师现场照片: ') || _brief(x.unseen)), ''),
           true
    FROM (
        SELECT nullif((SELECT count(*) FROM asset a
                       WHERE a.event_id = e.event_id AND a.asset_kind_code = 'photo'
                         AND a.state IN ('ready', 'published') AND a.orientation IS DISTINCT FROM 'portrait'), 0) AS photos,
               nullif((SELECT count(*) FROM asset a
                       WHERE a.event_id = e.event_id AND a.asset_kind_code IN ('video', 'short_video')
                         AND a.state IN ('ready', 'published') AND a.orientation IS DISTINCT FROM 'portrait'), 0) AS videos,
               (SELECT array_agg(DISTINCT party_label(k.person_id))
                FROM session s
                JOIN speaker k USING (session_id)
                WHERE s.event_id = e.event_id
                  AND NOT EXISTS (SELECT FROM asset a
                                  WHERE a.event_id = e.event_id AND a.party_id = k.person_id
                                    AND a.asset_kind_code IN ('photo', 'video', 'short_video')
                                    AND a.state IN ('ready', 'published'))) AS unseen
    ) x
    WHERE i.rule_code = 'event_media'

    UNION ALL
    SELECT CASE WHEN x.there > 0 THEN x.there || salon.label(' of ', '/') || x.talks || salon.label(' talks', ' 个议题') END,
           CASE WHEN x.talks = 0 THEN salon.label('talks', '议题')
                ELSE salon.label('slides of: ', 'PPT: ') || _brief(x.lacking) END,
           true
    FROM (
        SELECT count(*) AS talks, count(*) FILTER (WHERE s.has_slides) AS there,
               array_agg(s.name ORDER BY s.session_id) FILTER (WHERE NOT s.has_slides) AS lacking
        FROM (SELECT s.session_id, salon.label(s.title_en, s.title_zh, salon.label(m.name_en, m.name_zh, m.format_code)) AS name,
                     EXISTS (SELECT FROM asset a
                             WHERE a.session_id = s.session_id AND a.asset_kind_code = 'slides'
                               AND a.state IN ('ready', 'published')) AS has_slides
              FROM session s
              JOIN session_format m USING (format_code)
              WHERE s.event_id = e.event_id
                AND EXISTS (SELECT FROM speaker k WHERE k.session_id = s.session_id)) s
    ) x
    WHERE i.rule_code = 'slides'

    UNION ALL
    SELECT x.found,
           CASE WHEN x.found IS NULL THEN salon.label('a plan for what comes next', '未来计划') END,
           true
    FROM (SELECT coalesce(
              nullif(btrim(e.future_plan), ''),
              (SELECT event_label(n.event_id)
               FROM event n
               WHERE n.series_id = e.series_id AND n.starts_at >= e.ends_at
                 AND n.status_code IN ('idea', 'planned', 'announced')
               ORDER BY n.starts_at, n.event_id
               LIMIT 1)) AS found) x
    WHERE i.rule_code = 'future_plan'

    UNION ALL
    SELECT NULL, salon.label('somebody to say that it is done, with evidence', '需有人确认完成并给出依据'), true
    WHERE i.rule_code IS NULL
) f ON true;

COMMENT ON VIEW _checklist_fact IS 'What the facts say of each item at each event: the rules behind checklist';
COMMENT ON COLUMN _checklist_fact.event_id IS 'The event';
COMMENT ON COLUMN _checklist_fact.item_code IS 'The item';
COMMENT ON COLUMN _checklist_fact.evidence IS 'What is there; NULL: nothing';
COMMENT ON COLUMN _checklist_fact.missing IS 'What is missing; NULL: nothing, the item is done';

CREATE VIEW checklist WITH (security_invoker) AS
SELECT e.event_id,
       i.item_code,
       i.ordinal::bigint AS ordinal,
       salon.label(i.name_en, i.name_zh, i.item_code) AS item,
       i.phase_code,
       salon.label(h.name_en, h.name_zh, i.phase_code) AS phase,
       c.status_code,
       (SELECT salon.label(s.name_en, s.name_zh, s.status_code)
        FROM status s WHERE s.subject = 'item' AND s.status_code = c.status_code) AS status,
       d.due_at,
       i.duty_code AS owner_duty_code,
       salon.label(u.name_en, u.name_zh, i.duty_code) AS owner_duty,
       coalesce(party_label(t.party_id),
                (SELECT string_agg(party_label(ed.party_id), salon.label(', ', '、') ORDER BY ed.place)
                 FROM (SELECT ed.party_id, min(ed.event_duty_id) AS place
                       FROM event_duty ed
                       WHERE ed.event_id = e.event_id AND ed.duty_code = i.duty_code
                       GROUP BY ed.party_id) ed)) AS owner,
       CASE WHEN i.rule_code IS NULL THEN t.done_evidence ELSE f.evidence END AS evidence,
       CASE WHEN c.status_code IN ('open', 'overdue') THEN f.missing END AS missing,
       t.waived_reason,
       t.waived_by,
       t.waived_at
FROM event e
JOIN checklist_item i USING (template_code)
JOIN phase h USING (phase_code)
JOIN _checklist_fact f ON f.event_id = e.event_id AND f.item_code = i.item_code
LEFT JOIN duty u USING (duty_code)
LEFT JOIN event_item t ON t.event_id = e.event_id AND t.item_code = i.item_code
CROSS JOIN LATERAL (
    SELECT coalesce(t.due_at,
                    (CASE i.due_anchor WHEN 'start' THEN e.starts_at ELSE e.ends_at END AT TIME ZONE e.time_zone
                     + i.due_offset) AT TIME ZONE e.time_zone) AS due_at
) d
CROSS JOIN LATERAL (
    SELECT CASE WHEN t.waived_reason IS NOT NULL THEN 'waived'
                WHEN f.missing IS NULL OR (i.rule_code IS NULL AND t.done_evidence IS NOT NULL) THEN 'done'
                WHEN e.status_code = 'cancelled'
                     OR (h.until_held AND e.status_code IN ('held', 'recapped', 'archived'))
                     OR (i.needed_when = 'on_site' AND e.planned_on_site IS NOT DISTINCT FROM 0)
                     OR (i.needed_when = 'online' AND e.planned_online IS NOT DISTINCT FROM 0) THEN 'not_needed'
                WHEN d.due_at < now() THEN 'overdue'
                ELSE 'open' END AS status_code
) c;

COMMENT ON VIEW checklist IS 'Each item of the checklist of each event, decided from the facts: what is missing, who owns it, when it is due (C1-C28) / 检查表';
COMMENT ON COLUMN checklist.event_id IS 'The event';
COMMENT ON COLUMN checklist.item_code IS 'The item';
COMMENT ON COLUMN checklist.ordinal IS 'Order of the item';
COMMENT ON COLUMN checklist.item IS 'Label of the item';
COMMENT ON COLUMN checklist.phase_code IS 'Phase of the item';
COMMENT ON COLUMN checklist.phase IS 'Label of the phase';
COMMENT ON COLUMN checklist.status_code IS 'done, open, overdue, waived or not_needed';
COMMENT ON COLUMN checklist.status IS 'Label of the status';
COMMENT ON COLUMN checklist.due_at IS 'When it is due; NULL: not known, for the event has no time yet';
COMMENT ON COLUMN checklist.owner_duty_code IS 'Duty that owns it';
COMMENT ON COLUMN checklist.owner_duty IS 'Label of the duty';
COMMENT ON COLUMN checklist.owner IS 'Who owns it; NULL: nobody has the duty';
COMMENT ON COLUMN checklist.evidence IS 'What is there';
COMMENT ON COLUMN checklist.missing IS 'What exactly is missing; NULL: nothing, or it is waived or not needed';
COMMENT ON COLUMN checklist.waived_reason IS 'Why it is waived';
COMMENT ON COLUMN checklist.waived_by IS 'Database role that waived it';
COMMENT ON COLUMN checklist.waived_at IS 'When it was waived';

CREATE VIEW checklist_summary WITH (security_invoker) AS
SELECT e.event_id,
       event_label(e.event_id) AS event,
       c.items, c.done, c.open, c.overdue, c.waived, c.not_needed,
       c.done || salon.label(' of ', '/') || c.items AS progress,
       c.next_three
FROM event e
CROSS JOIN LATERAL (
    SELECT count(*) AS items,
           count(*) FILTER (WHERE k.status_code = 'done') AS done,
           count(*) FILTER (WHERE k.status_code = 'open') AS open,
           count(*) FILTER (WHERE k.status_code = 'overdue') AS overdue,
           count(*) FILTER (WHERE k.status_code = 'waived') AS waived,
           count(*) FILTER (WHERE k.status_code = 'not_needed') AS not_needed,
           array_to_string((array_agg(k.item ORDER BY k.due_at, k.ordinal, k.item_code)
                                FILTER (WHERE k.status_code IN ('open', 'overdue')))[1:3],
                           salon.label(', ', '、')) AS next_three
    FROM checklist k
    WHERE k.event_id = e.event_id
) c;

COMMENT ON VIEW checklist_summary IS 'How far each event is: items done, overdue, and the next three to do / 检查表汇总';
COMMENT ON COLUMN checklist_summary.event_id IS 'The event';
COMMENT ON COLUMN checklist_summary.event IS 'Label of the event';
COMMENT ON COLUMN checklist_summary.items IS 'Items of its checklist';
COMMENT ON COLUMN checklist_summary.done IS 'How many are done';
COMMENT ON COLUMN checklist_summary.open IS 'How many are open and not yet due';
COMMENT ON COLUMN checklist_summary.overdue IS 'How many are open and past their due date';
COMMENT ON COLUMN checklist_summary.waived IS 'How many are waived';
COMMENT ON COLUMN checklist_summary.not_needed IS 'How many are not needed';
COMMENT ON COLUMN checklist_summary.progress IS 'Done of all, as text';
COMMENT ON COLUMN checklist_summary.next_three IS 'The next three to do, first due first';

CREATE FUNCTION waive(event_id bigint, item_code text, reason text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM event e WHERE e.event_id = waive.event_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('event %s does not exist', coalesce(event_id::text, 'NULL')),
            HINT = 'SELECT event_id, event FROM checklist_summary shows the events.';
    END IF;
    IF NOT EXISTS (SELECT FROM checklist_item i WHERE i.item_code = waive.item_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('checklist item "%s" does not exist', coalesce(item_code, 'NULL')),
            HINT = format('SELECT item_code, item FROM checklist WHERE event_id = %s shows the items.', event_id);
    END IF;
    IF reason IS NULL OR reason !~ '[^[:space:]]' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('item "%s" cannot be waived without a reason', item_code),
            HINT = 'Say why: it is recorded with your name and the time.';
    END IF;
    INSERT INTO event_item AS t (event_id, item_code, waived_reason)
    VALUES (waive.event_id, waive.item_code, reason)
    ON CONFLICT ON CONSTRAINT event_item_event_id_item_code_key
    DO UPDATE SET waived_reason = EXCLUDED.waived_reason;
END
$$;

COMMENT ON FUNCTION waive(bigint, text, text) IS
'Waive an item of the checklist of an event with a reason; who and when are recorded. To take it back, set event_item.waived_reason to NULL. Errors: 23503 no such event or item, 22023 no reason, 23514 the item is of another template';
$salon_model$),
(81, 'checklist_rows', false, $salon_model$
-- Shipped rows of the checklist: the rules, the phases and the 28 items of C1-C28.

INSERT INTO phase (phase_code, ordinal, name_en, name_zh, until_held, shipped) VALUES
    ('design',  1, 'design',    '策划', false, true),
    ('prepare', 2, 'prepare',   '筹备', true,  true),
    ('promote', 3, 'promote',   '宣传', true,  true),
    ('follow',  4, 'follow up', '后期', false, true);

INSERT INTO checklist_rule (rule_code, name_en, name_zh, argument, shipped) VALUES
    ('name',                 'the event has a theme', '有会议主题', NULL, true),
    ('introduction',         'the event has an introduction or a link to its page', '有会议简介或活动页面链接', NULL, true),
    ('part',                 'a party plays the part', '有参与方担任该角色', 'code of a part', true),
    ('headcount',            'the planned headcount is known, or the one that came about', '计划或实际人数已知', 'on_site or online', true),
    ('link',                 'there is a link of the kind', '有该类链接', 'code of a link_kind', true),
    ('time',                 'start and end are known', '时间已定', NULL, true),
    ('place',                'city and venue are known', '城市和场地已定', NULL, true),
    ('agenda',               'every session has time, room and speaker, without a gap', '每个环节有时间、会议室和讲师, 没有空档', NULL, true),
    ('notice',               'there is a notice to attendees', '有参会注意事项', NULL, true),
    ('duty',                 'every duty has somebody', '每项会务有人负责', NULL, true),
    ('qr',                   'live stream and group chat are QR targets', '直播和交流群有二维码', NULL, true),
    ('speaker_introduction', 'every speaker and every topic is introduced', '讲师和议题都有简介', NULL, true),
    ('speaker_photo',        'every speaker has a photo', '讲师都有照片', NULL, true),
    ('logo',                 'every party in the part has a logo', '该角色的参与方都有LOGO', 'code of a part, or sponsor for all sponsors', true),
    ('asset',                'an asset of the kind is ready', '该类素材已就绪', 'code of an asset_kind', true),
    ('event_media',          'there are landscape photos and a video, and every speaker is seen', '有横屏照片和视频, 讲师都拍到', NULL, true),
    ('slides',               'every talk has its slides', '每个议题都有PPT', NULL, true),
    ('future_plan',          'there is a plan for what comes next', '有未来计划', NULL, true);

INSERT INTO checklist_item (item_code, template_code, ordinal, phase_code, name_en, name_zh,
                            rule_code, argument, needed_when, due_anchor, due_offset, duty_code, shipped) VALUES
    ('C1',  'salon',  1, 'design',  'theme', '会议主题', 'name', NULL, 'always', 'start', '-30 days', 'topic_planning', true),
    ('C2',  'salon',  2, 'design',  'introduction', '会议简介', 'introduction', NULL, 'always', 'start', '-28 days', 'topic_planning', true),
    ('C3',  'salon',  3, 'prepare', 'co-organizers', '联合主办方', 'part', 'co_organizer', 'always', 'start', '-28 days', 'sponsor_search', true),
    ('C4',  'salon',  4, 'prepare', 'live-stream sponsor', '直播赞助', 'part', 'live_sponsor', 'online', 'start', '-21 days', 'sponsor_search', true),
    ('C5',  'salon',  5, 'prepare', 'venue sponsor', '场地赞助商', 'part', 'venue_sponsor', 'on_site', 'start', '-28 days', 'sponsor_search', true),
    ('C6',  'salon',  6, 'promote', 'promotion channels', '宣传渠道', 'part', 'channel', 'always', 'start', '-14 days', 'promotion', true),
    ('C7',  'salon',  7, 'design',  'headcount on site', '线下人数规模', 'headcount', 'on_site', 'always', 'start', '-28 days', 'registration', true),
    ('C8',  'salon',  8, 'design',  'headcount online', '线上人数规模', 'headcount', 'online', 'always', 'start', '-28 days', 'promotion', true),
    ('C9',  'salon',  9, 'promote', 'registration channel', '报名渠道', 'link', 'registration', 'always', 'start', '-14 days', 'registration', true),
    ('C10', 'salon', 10, 'design',  'time', '时间', 'time', NULL, 'always', 'start', '-30 days', 'topic_planning', true),
    ('C11', 'salon', 11, 'design',  'place', '地点', 'place', NULL, 'on_site', 'start', '-28 days', 'venue', true),
    ('C12', 'salon', 12, 'prepare', 'agenda', '议程', 'agenda', NULL, 'always', 'start', '-14 days', 'topic_planning', true),
    ('C13', 'salon', 13, 'promote', 'attendee notices', '参会注意事项', 'notice', NULL, 'always', 'start', '-3 days', 'registration', true),
    ('C14', 'salon', 14, 'prepare', 'work group', '会务组', 'duty', NULL, 'always', 'start', '-21 days', 'host', true),
    ('C15', 'salon', 15, 'promote', 'live stream and group QR codes', '在线直播、钉钉群二维码', 'qr', NULL, 'always', 'start', '-7 days', 'promotion', true),
    ('C16', 'salon', 16, 'prepare', 'speaker and topic introductions', '讲师简介、议题简介', 'speaker_introduction', NULL, 'always', 'start', '-10 days', 'speaker_invitation', true),
    ('C17', 'salon', 17, 'prepare', 'speaker photos', '讲师照片', 'speaker_photo', NULL, 'always', 'start', '-10 days', 'speaker_invitation', true),
    ('C18', 'salon', 18, 'promote', 'sponsors and logos', '赞助企业公司、LOGO', 'logo', 'sponsor', 'always', 'start', '-7 days', 'sponsor_search', true),
    ('C19', 'salon', 19, 'promote', 'co-hosts and logos', '联合举办方公司、LOGO', 'logo', 'co_organizer', 'always', 'start', '-7 days', 'poster', true),
    ('C20', 'salon', 20, 'promote', 'guest companies and logos', '嘉宾企业、公司LOGO', 'logo', 'guest_company', 'always', 'start', '-7 days', 'poster', true),
    ('C21', 'salon', 21, 'promote', 'electronic poster', '电子海报', 'asset', 'poster', 'always', 'start', '-7 days', 'poster', true),
    ('C22', 'salon', 22, 'prepare', 'questionnaire design and address', '问卷设计和地址', 'link', 'survey', 'always', 'start', '-3 days', 'questionnaire', true),
    ('C23', 'salon', 23, 'follow',  'post-event copy', '后期宣传文案', 'asset', 'copy', 'always', 'end', '2 days', 'post_event_copy', true),
    ('C24', 'salon', 24, 'follow',  'video to article', '视频转图文', 'asset', 'article', 'always', 'end', '7 days', 'video_to_article', true),
    ('C25', 'salon', 25, 'follow',  'video replay', '视频回放', 'link', 'replay', 'always', 'end', '3 days', 'short_video', true),
    ('C26', 'salon', 26, 'follow',  'event photos and videos', '现场活动照片、视频', 'event_media', NULL, 'on_site', 'end', '1 day', 'photo', true),
    ('C27', 'salon', 27, 'follow',  'slides of the speakers', '讲师PPT', 'slides', NULL, 'always', 'end', '2 days', 'slide_collection', true),
    ('C28', 'salon', 28, 'follow',  'future plan', '未来计划', 'future_plan', NULL, 'always', 'end', '7 days', 'topic_planning', true);
$salon_model$),
(82, 'supply', false, $salon_model$
-- What parties and events have to give and what they want, and what was
-- agreed.

CREATE TABLE supply (
    supply_id      bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    party_id       bigint REFERENCES party,
    event_id       bigint REFERENCES event ON DELETE CASCADE,
    resource_code  text NOT NULL,
    is_used_up     boolean NOT NULL,
    quantity       bigint CONSTRAINT supply_quantity_is_not_negative CHECK (quantity >= 0),
    pledged        bigint NOT NULL DEFAULT 0
                   CONSTRAINT supply_pledged_is_not_negative CHECK (pledged >= 0),
    valid_from     date,
    valid_before   date,
    city_code      text REFERENCES city,
    priority       smallint NOT NULL DEFAULT 3
                   CONSTRAINT supply_priority_is_1_to_5 CHECK (priority BETWEEN 1 AND 5),
    note           text,
    CONSTRAINT supply_quantity_can_be_added_up CHECK (quantity <= 1000000000000),
    CONSTRAINT supply_belongs_to_one CHECK (num_nonnulls(party_id, event_id) = 1),
    CONSTRAINT supply_ends_after_it_starts CHECK (valid_before > valid_from),
    CONSTRAINT supply_follows_the_resource FOREIGN KEY (resource_code, is_used_up)
        REFERENCES resource (resource_code, is_used_up) ON UPDATE CASCADE,
    CONSTRAINT supply_is_not_overpledged CHECK (NOT is_used_up OR quantity < 0 OR pledged <= quantity)
);
CREATE INDEX supply_party_id_idx ON supply (party_id);
CREATE INDEX supply_event_id_idx ON supply (event_id);
CREATE INDEX supply_of_party_idx ON supply (resource_code) WHERE party_id IS NOT NULL;
CREATE INDEX supply_resource_code_idx ON supply (resource_code, is_used_up);
CREATE INDEX supply_city_code_idx ON supply (city_code);
$salon_model$),
(83, 'supply', true, $salon_model$

COMMENT ON TABLE supply IS 'What a party or an event has to give (B1-B6, D35) / 供给';
COMMENT ON COLUMN supply.supply_id IS 'Key';
COMMENT ON COLUMN supply.party_id IS 'The party that gives; NULL: an event gives';
COMMENT ON COLUMN supply.event_id IS 'The event that gives; NULL: a party gives';
COMMENT ON COLUMN supply.resource_code IS 'What is given';
COMMENT ON COLUMN supply.is_used_up IS 'As the resource says: filled in and kept the same by the database';
COMMENT ON COLUMN supply.quantity IS 'How much there is; NULL: no limit. Of a resource that giving does not use up: how much each taker can have; NULL: one';
COMMENT ON COLUMN supply.pledged IS 'How much of it is proposed, confirmed or delivered: kept by the database';
COMMENT ON COLUMN supply.valid_from IS 'First day; NULL: since ever';
COMMENT ON COLUMN supply.valid_before IS 'Day after the last; NULL: without end';
COMMENT ON COLUMN supply.city_code IS 'Only in this city; NULL: anywhere';
COMMENT ON COLUMN supply.priority IS 'How gladly it is given, 1 (least) to 5 (most)';
COMMENT ON COLUMN supply.note IS 'Remark of the organizers';
COMMENT ON CONSTRAINT supply_quantity_is_not_negative ON supply IS 'A quantity is zero or more; leave it NULL when there is no limit';
COMMENT ON CONSTRAINT supply_pledged_is_not_negative ON supply IS 'pledged is kept by the database: do not write to it';
COMMENT ON CONSTRAINT supply_priority_is_1_to_5 ON supply IS 'priority is 1 (least) to 5 (most)';
COMMENT ON CONSTRAINT supply_quantity_can_be_added_up ON supply IS 'A quantity is at most 1000000000000: count in larger units, or leave it NULL when there is no limit';
COMMENT ON CONSTRAINT supply_belongs_to_one ON supply IS 'Give a party or an event, not both';
COMMENT ON CONSTRAINT supply_ends_after_it_starts ON supply IS 'valid_before is the day after the last and must come after valid_from';
COMMENT ON CONSTRAINT supply_follows_the_resource ON supply IS 'Leave is_used_up out: it is that of the resource';
COMMENT ON CONSTRAINT supply_is_not_overpledged ON supply IS 'More is pledged than there is: withdraw a pledge or raise the quantity';
$salon_model$),
(84, 'supply', false, $salon_model$

CREATE TABLE demand (
    demand_id       bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    party_id        bigint REFERENCES party,
    event_id        bigint REFERENCES event ON DELETE CASCADE,
    resource_code   text NOT NULL REFERENCES resource,
    quantity        bigint CONSTRAINT demand_quantity_is_positive CHECK (quantity > 0),
    valid_from      date,
    valid_before    date,
    city_code       text REFERENCES city,
    priority        smallint NOT NULL DEFAULT 3
                    CONSTRAINT demand_priority_is_1_to_5 CHECK (priority BETWEEN 1 AND 5),
    purpose         text CONSTRAINT demand_purpose_is_known CHECK (purpose IN ('end', 'means')),
    serves_id       bigint,
    serves_purpose  text GENERATED ALWAYS AS (CASE WHEN serves_id IS NOT NULL THEN 'end' END) STORED,
    metric_kind     text CONSTRAINT demand_metric_kind_is_known CHECK (metric_kind IN ('north_star', 'process')),
    metric          text,
    note            text,
    UNIQUE (demand_id, purpose),
    CONSTRAINT demand_serves_an_end FOREIGN KEY (serves_id, serves_purpose) REFERENCES demand (demand_id, purpose),
    CONSTRAINT demand_quantity_can_be_added_up CHECK (quantity <= 1000000000000),
    CONSTRAINT demand_belongs_to_one CHECK (num_nonnulls(party_id, event_id) = 1),
    CONSTRAINT demand_ends_after_it_starts CHECK (valid_before > valid_from),
    CONSTRAINT demand_only_a_means_serves CHECK (serves_id IS NULL OR purpose IS NOT DISTINCT FROM 'means')
);
CREATE INDEX demand_party_id_idx ON demand (party_id);
CREATE INDEX demand_event_id_idx ON demand (event_id);
CREATE INDEX demand_resource_code_idx ON demand (resource_code);
CREATE INDEX demand_city_code_idx ON demand (city_code);
CREATE INDEX demand_serves_id_idx ON demand (serves_id, serves_purpose);
$salon_model$),
(85, 'supply', true, $salon_model$

COMMENT ON TABLE demand IS 'What a party or an event wants; not every demand has to be met (D35-D38) / 需求';
COMMENT ON COLUMN demand.demand_id IS 'Key';
COMMENT ON COLUMN demand.party_id IS 'The party that wants it, anew at each event it takes part in; NULL: an event wants it';
COMMENT ON COLUMN demand.event_id IS 'The event that wants it; NULL: a party wants it';
COMMENT ON COLUMN demand.resource_code IS 'What is wanted';
COMMENT ON COLUMN demand.quantity IS 'How much; NULL: not known, matched as one';
COMMENT ON COLUMN demand.valid_from IS 'First day; NULL: since ever';
COMMENT ON COLUMN demand.valid_before IS 'Day after the last; NULL: without end';
COMMENT ON COLUMN demand.city_code IS 'Only in this city; NULL: anywhere, or where the event is';
COMMENT ON COLUMN demand.priority IS 'How much it matters, 1 (least) to 5 (most)';
COMMENT ON COLUMN demand.purpose IS 'end or means (D36); NULL: not known';
COMMENT ON COLUMN demand.serves_id IS 'For a means: the end that it serves; NULL: not known';
COMMENT ON COLUMN demand.serves_purpose IS 'Always end where there is a serves_id: makes the foreign key refuse a means';
COMMENT ON COLUMN demand.metric_kind IS 'north_star or process metric (D37); NULL: it has no metric (D7b), or not known';
COMMENT ON COLUMN demand.metric IS 'What is measured; NULL: nothing';
COMMENT ON COLUMN demand.note IS 'Remark of the organizers';
COMMENT ON CONSTRAINT demand_quantity_is_positive ON demand IS 'A quantity is one or more; leave it NULL when not known';
COMMENT ON CONSTRAINT demand_priority_is_1_to_5 ON demand IS 'priority is 1 (least) to 5 (most)';
COMMENT ON CONSTRAINT demand_purpose_is_known ON demand IS 'purpose is end or means';
COMMENT ON CONSTRAINT demand_metric_kind_is_known ON demand IS 'metric_kind is north_star or process';
COMMENT ON CONSTRAINT demand_serves_an_end ON demand IS 'serves_id must be a demand whose purpose is end';
COMMENT ON CONSTRAINT demand_quantity_can_be_added_up ON demand IS 'A quantity is at most 1000000000000: count in larger units';
COMMENT ON CONSTRAINT demand_belongs_to_one ON demand IS 'Give a party or an event, not both';
COMMENT ON CONSTRAINT demand_ends_after_it_starts ON demand IS 'valid_before is the day after the last and must come after valid_from';
COMMENT ON CONSTRAINT demand_only_a_means_serves ON demand IS 'Only a means serves an end: set purpose to means, or leave serves_id out';
$salon_model$),
(86, 'supply', false, $salon_model$

CREATE TABLE pledge (
    pledge_id       bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id        bigint REFERENCES event ON DELETE CASCADE,
    supply_id       bigint NOT NULL REFERENCES supply ON DELETE CASCADE,
    demand_id       bigint NOT NULL REFERENCES demand ON DELETE CASCADE,
    quantity        bigint NOT NULL CONSTRAINT pledge_quantity_is_positive CHECK (quantity > 0),
    value           numeric CONSTRAINT pledge_value_is_not_negative CHECK (value >= 0),
    status_subject  text NOT NULL GENERATED ALWAYS AS ('pledge') STORED,
    status_code     text NOT NULL DEFAULT 'proposed',
    note            text,
    created_at      timestamptz NOT NULL DEFAULT now(),
    FOREIGN KEY (status_subject, status_code) REFERENCES status (subject, status_code),
    CONSTRAINT pledge_quantity_can_be_added_up CHECK (quantity <= 1000000000000)
);
CREATE INDEX pledge_event_id_idx ON pledge (event_id, demand_id);
CREATE INDEX pledge_supply_id_idx ON pledge (supply_id);
CREATE INDEX pledge_demand_id_idx ON pledge (demand_id);
CREATE INDEX pledge_status_code_idx ON pledge (status_subject, status_code);
$salon_model$),
(87, 'supply', true, $salon_model$

COMMENT ON TABLE pledge IS 'Who agreed to give what to whom / 承诺';
COMMENT ON COLUMN pledge.pledge_id IS 'Key';
COMMENT ON COLUMN pledge.event_id IS 'The event at which it is given: filled in when supply or demand is an event''s; NULL: at no event';
COMMENT ON COLUMN pledge.supply_id IS 'What is given';
COMMENT ON COLUMN pledge.demand_id IS 'What it is given for';
COMMENT ON COLUMN pledge.quantity IS 'How much';
COMMENT ON COLUMN pledge.value IS 'Value per unit when it was proposed; NULL: agreed by hand';
COMMENT ON COLUMN pledge.status_subject IS 'Always pledge: makes the foreign key refuse a status of something else';
COMMENT ON COLUMN pledge.status_code IS 'proposed, confirmed, delivered, declined or withdrawn; the last two give the supply free';
COMMENT ON COLUMN pledge.note IS 'Remark of the organizers';
COMMENT ON COLUMN pledge.created_at IS 'When it was entered';
COMMENT ON CONSTRAINT pledge_quantity_is_positive ON pledge IS 'A pledge is of one or more';
COMMENT ON CONSTRAINT pledge_quantity_can_be_added_up ON pledge IS 'A quantity is at most 1000000000000: count in larger units';
COMMENT ON CONSTRAINT pledge_value_is_not_negative ON pledge IS 'A value is zero or more; leave it NULL when not known';

CREATE TRIGGER pledge_status_step BEFORE UPDATE OF status_code ON pledge
    FOR EACH ROW EXECUTE FUNCTION _step('pledge');

-- A pledge is made at the event of its supply or demand.
CREATE FUNCTION _pledge_event() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    supply_event bigint := (SELECT s.event_id FROM supply s WHERE s.supply_id = NEW.supply_id);
    demand_event bigint := (SELECT d.event_id FROM demand d WHERE d.demand_id = NEW.demand_id);
BEGIN
    NEW.event_id := coalesce(NEW.event_id, supply_event, demand_event);
    IF NEW.event_id IS DISTINCT FROM coalesce(supply_event, NEW.event_id)
       OR NEW.event_id IS DISTINCT FROM coalesce(demand_event, NEW.event_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = 'supply and demand of a pledge belong to different events',
            DETAIL = format('Pledge at event %s: supply %s belongs to event %s, demand %s to event %s.',
                            NEW.event_id, NEW.supply_id, coalesce(supply_event::text, '-'),
                            NEW.demand_id, coalesce(demand_event::text, '-')),
            HINT = 'Leave event_id out, and choose a supply and a demand of the same event.',
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = 'event_id', CONSTRAINT = 'pledge_is_of_one_event';
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _pledge_event() IS
'Trigger of pledge: fills in the event; refuses supply and demand of different events with 23514';

CREATE TRIGGER pledge_event BEFORE INSERT OR UPDATE OF event_id, supply_id, demand_id ON pledge
    FOR EACH ROW EXECUTE FUNCTION _pledge_event();

-- What is pledged stays where it is: another owner would make pledges of
-- nobody's promise.
CREATE FUNCTION _pledged_owner() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    key_column text := TG_TABLE_NAME || '_id';
    pledges text;
BEGIN
    EXECUTE format('SELECT string_agg(p.pledge_id::text, '', '' ORDER BY p.pledge_id) FROM pledge p WHERE p.%I = ($1).%I',
                   key_column, key_column)
    INTO pledges USING OLD;
    IF pledges IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('%s %s cannot change hands: it is pledged', TG_TABLE_NAME, to_jsonb(OLD) ->> key_column),
            DETAIL = format('Pledges of it: %s.', pledges),
            HINT = format('Delete those pledges first, or enter another %s.', TG_TABLE_NAME),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            CONSTRAINT = TG_TABLE_NAME || '_pledged_owner';
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _pledged_owner() IS
'Trigger of supply and demand: refuses another party or event for what is pledged, with 23514';

CREATE TRIGGER supply_pledged_owner BEFORE UPDATE OF party_id, event_id ON supply
    FOR EACH ROW WHEN ((NEW.party_id, NEW.event_id) IS DISTINCT FROM (OLD.party_id, OLD.event_id))
    EXECUTE FUNCTION _pledged_owner();
CREATE TRIGGER demand_pledged_owner BEFORE UPDATE OF party_id, event_id ON demand
    FOR EACH ROW WHEN ((NEW.party_id, NEW.event_id) IS DISTINCT FROM (OLD.party_id, OLD.event_id))
    EXECUTE FUNCTION _pledged_owner();

-- Add to what is pledged of a supply.  The row lock of the update makes
-- concurrent pledges wait for each other; whether giving uses the supply up
-- stands in the same row, so that the check cannot miss a change of it.
CREATE FUNCTION _pledge_add(supply_id bigint, added bigint) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    s record;
BEGIN
    IF added = 0 THEN
        RETURN;
    END IF;
    UPDATE supply u SET pledged = u.pledged + added
    WHERE u.supply_id = _pledge_add.supply_id
      AND (added < 0 OR NOT u.is_used_up OR u.quantity IS NULL OR u.quantity - u.pledged >= added);
    IF NOT FOUND AND added > 0 THEN
        SELECT u.quantity, u.pledged, u.resource_code INTO s
        FROM supply u
        WHERE u.supply_id = _pledge_add.supply_id;
        IF FOUND THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format('supply %s has %s left, not %s', supply_id, s.quantity - s.pledged, added),
                DETAIL = format('Of %s "%s" %s are pledged.', s.quantity, s.resource_code, s.pledged),
                HINT = 'Pledge less, withdraw another pledge of it, or raise its quantity.',
                TABLE = 'supply',
                COLUMN = 'pledged', CONSTRAINT = 'supply_is_not_overpledged';
        END IF;
    END IF;
END
$$;

COMMENT ON FUNCTION _pledge_add(bigint, bigint) IS
'Adds to what is pledged of a supply; refuses more than there is with 23514, when giving uses it up';

-- What a pledge takes of its supply: nothing when it was called off.
CREATE FUNCTION _pledge_takes(status_code text, quantity bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN status_code IN ('proposed', 'confirmed', 'delivered') THEN quantity ELSE 0 END;

COMMENT ON FUNCTION _pledge_takes(text, bigint) IS
'How much a pledge of that status takes of its supply and gives to its demand';

CREATE FUNCTION _pledge_count() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.supply_id = NEW.supply_id THEN
        PERFORM _pledge_add(NEW.supply_id, _pledge_takes(NEW.status_code, NEW.quantity)
                                           - _pledge_takes(OLD.status_code, OLD.quantity));
    ELSE
        IF TG_OP IN ('UPDATE', 'DELETE') THEN
            PERFORM _pledge_add(OLD.supply_id, - _pledge_takes(OLD.status_code, OLD.quantity));
        END IF;
        IF TG_OP IN ('UPDATE', 'INSERT') THEN
            PERFORM _pledge_add(NEW.supply_id, _pledge_takes(NEW.status_code, NEW.quantity));
        END IF;
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _pledge_count() IS
'Trigger of pledge: keeps supply.pledged';

CREATE TRIGGER pledge_count AFTER INSERT OR DELETE OR UPDATE OF supply_id, quantity, status_code ON pledge
    FOR EACH ROW EXECUTE FUNCTION _pledge_count();

CREATE FUNCTION _pledge_truncate() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    UPDATE supply SET pledged = 0 WHERE pledged <> 0;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _pledge_truncate() IS
'Trigger of pledge: nothing is pledged any more once it is truncated';

CREATE TRIGGER pledge_truncate AFTER TRUNCATE ON pledge
    FOR EACH STATEMENT EXECUTE FUNCTION _pledge_truncate();

-- Fill in what the database keeps.  pledged is not for anybody to write; a new
-- supply has no pledges whatever is written there, so that rows that were
-- copied out can be copied in again before their pledges.
CREATE FUNCTION _supply_pledged() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.pledged := 0;
    ELSIF NEW.pledged <> OLD.pledged AND pg_trigger_depth() < 2 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('supply %s: pledged is kept by the database', NEW.supply_id),
            HINT = 'Enter, change or withdraw pledges instead.',
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = 'pledged', CONSTRAINT = 'supply_pledged_is_kept';
    END IF;
    IF TG_OP = 'INSERT' OR NEW.resource_code <> OLD.resource_code THEN
        NEW.is_used_up := (SELECT r.is_used_up FROM resource r WHERE r.resource_code = NEW.resource_code);
        IF NEW.is_used_up IS NULL AND NEW.resource_code IS NOT NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'foreign_key_violation',
                MESSAGE = format('resource "%s" does not exist', NEW.resource_code),
                HINT = 'Enter it in table resource first, or look there for the code that you mean.',
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                COLUMN = 'resource_code', CONSTRAINT = 'supply_follows_the_resource';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _supply_pledged() IS
'Trigger of supply: fills in whether the resource is used up; refuses writes to pledged with 23514 and an unknown resource with 23503';

CREATE TRIGGER supply_pledged BEFORE INSERT OR UPDATE OF resource_code, pledged ON supply
    FOR EACH ROW EXECUTE FUNCTION _supply_pledged();
$salon_model$),
(88, 'plan', true, $salon_model$
-- Planning an event in one call.

CREATE FUNCTION plan_event(
    name_en          text DEFAULT NULL,
    name_zh          text DEFAULT NULL,
    starts_at        timestamptz DEFAULT NULL,
    ends_at          timestamptz DEFAULT NULL,
    time_zone        text DEFAULT NULL,
    city_code        text DEFAULT NULL,
    venue_id         bigint DEFAULT NULL,
    series_id        bigint DEFAULT NULL,
    host_id          bigint DEFAULT NULL,
    planned_on_site  integer DEFAULT NULL,
    planned_online   integer DEFAULT NULL,
    needs            salon.bundle DEFAULT NULL,
    template_code    text DEFAULT 'salon'
) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    new_id bigint;
    unknown text;
BEGIN
    IF NOT EXISTS (SELECT FROM template t WHERE t.template_code = plan_event.template_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('template "%s" does not exist', coalesce(template_code, 'NULL')),
            HINT = (SELECT format('Choose one of: %s.', string_agg(t.template_code, ', ' ORDER BY t.template_code)) FROM template t);
    END IF;
    IF city_code IS NOT NULL AND NOT EXISTS (SELECT FROM city c WHERE c.city_code = plan_event.city_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('city "%s" does not exist', city_code),
            HINT = 'Enter it in table city first.';
    END IF;
    IF venue_id IS NOT NULL AND NOT EXISTS (SELECT FROM venue v WHERE v.venue_id = plan_event.venue_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('venue %s does not exist', venue_id),
            HINT = 'Enter it in table venue first.';
    END IF;
    IF series_id IS NOT NULL AND NOT EXISTS (SELECT FROM series s WHERE s.series_id = plan_event.series_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('series %s does not exist', series_id),
            HINT = 'Enter it in table series first.';
    END IF;
    IF host_id IS NOT NULL AND NOT EXISTS (SELECT FROM party p WHERE p.party_id = host_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('party %s does not exist', host_id),
            HINT = 'Enter the host in table party first.';
    END IF;
    SELECT string_agg(format('"%s"', n.resource), ', ' ORDER BY n.resource)
    INTO unknown
    FROM salon.items(needs) n
    WHERE NOT EXISTS (SELECT FROM resource r WHERE r.resource_code = n.resource);
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('resource %s does not exist', unknown),
            HINT = 'Enter it in table resource first, or look there for the code that you mean.';
    END IF;

    INSERT INTO event (series_id, template_code, status_code, name_en, name_zh, starts_at, ends_at, time_zone,
                       city_code, venue_id, planned_on_site, planned_online)
    VALUES (plan_event.series_id, plan_event.template_code, 'planned', plan_event.name_en, plan_event.name_zh,
            plan_event.starts_at, plan_event.ends_at,
            coalesce(plan_event.time_zone, (SELECT s.time_zone FROM space s)),
            coalesce(plan_event.city_code, (SELECT v.city_code FROM venue v WHERE v.venue_id = plan_event.venue_id)),
            plan_event.venue_id, plan_event.planned_on_site, plan_event.planned_online)
    RETURNING event.event_id INTO new_id;

    IF host_id IS NOT NULL THEN
        INSERT INTO event_party (event_id, party_id, part_code) VALUES (new_id, host_id, 'host');
    END IF;

    INSERT INTO event_duty (event_id, duty_code)
    SELECT new_id, t.duty_code
    FROM template_duty t
    JOIN duty d USING (duty_code)
    WHERE t.template_code = plan_event.template_code
    ORDER BY d.ordinal, d.duty_code;

    -- What is asked for counts; of what is not asked, the template's.
    INSERT INTO demand (event_id, resource_code, quantity, priority, purpose)
    SELECT new_id, n.resource_code, n.quantity, n.priority, 'means'
    FROM (
        SELECT i.resource AS resource_code, i.quantity, coalesce(t.priority, 3) AS priority
        FROM salon.items(needs) i
        LEFT JOIN template_resource t ON t.template_code = plan_event.template_code
                                     AND t.direction = 'need' AND t.resource_code = i.resource
        UNION ALL
        SELECT t.resource_code, t.quantity, t.priority
        FROM template_resource t
        WHERE needs IS NULL AND t.template_code = plan_event.template_code AND t.direction = 'need'
    ) n
    ORDER BY n.priority DESC, n.resource_code;

    INSERT INTO supply (event_id, resource_code, quantity, priority)
    SELECT new_id, t.resource_code, t.quantity, t.priority
    FROM template_resource t
    WHERE t.template_code = plan_event.template_code AND t.direction = 'offer'
    ORDER BY t.priority DESC, t.resource_code;

    RETURN new_id;
END
$$;

COMMENT ON FUNCTION plan_event(text, text, timestamptz, timestamptz, text, text, bigint, bigint, bigint, integer, integer, salon.bundle, text) IS
'Plan an event: makes the event with the checklist of its template, its duties (nobody has them yet), its needs (those given as a bundle, else the template''s) and its offers; returns event_id. Errors: 23503 unknown template, city, venue, series, host or resource; 23514 times or headcount that cannot be';
$salon_model$),
(89, 'plan_rows', false, $salon_model$
-- Shipped rows of the template: what a salon usually needs and offers.  The
-- needs are the supplies of B1-B6 and the costs of D5; quantities and
-- priorities are an interpretation: edit them.

INSERT INTO template_resource (template_code, direction, resource_code, quantity, priority, shipped) VALUES
    ('salon', 'need',  'venue',               1,    5, true),
    ('salon', 'need',  'speaker',             4,    5, true),
    ('salon', 'need',  'promotion',           3,    4, true),
    ('salon', 'need',  'poster_making',       1,    4, true),
    ('salon', 'need',  'live_stream',         1,    4, true),
    ('salon', 'need',  'video_archive',       1,    3, true),
    ('salon', 'need',  'follow_up_article',   1,    3, true),
    ('salon', 'need',  'short_video_editing', 1,    2, true),
    ('salon', 'need',  'follow_up_promotion', 2,    2, true),
    ('salon', 'need',  'prize',               NULL, 2, true),
    ('salon', 'need',  'tea',                 1,    2, true),
    ('salon', 'need',  'dinner',              1,    1, true),
    ('salon', 'offer', 'content',             NULL, 3, true),
    ('salon', 'offer', 'exposure',            NULL, 3, true),
    ('salon', 'offer', 'attendance',          NULL, 3, true),
    ('salon', 'offer', 'live_viewer',         NULL, 3, true),
    ('salon', 'offer', 'replay',              NULL, 3, true),
    ('salon', 'offer', 'networking',          NULL, 3, true),
    ('salon', 'offer', 'talk_slot',           4,    3, true);
$salon_model$),
(90, 'proposal', true, $salon_model$
-- Matching: who could give what to whom, who should, what stays unmet and
-- why, and how far each party gets what it wants.
--
-- A market is one event: its own demands, which any party may serve; and the
-- demands of the parties that take part, which the event and the other
-- parties there may serve.  Between parties without an event there is one
-- more market, whose event_id is NULL.  Everything hangs on event_id, so that
-- one event costs the same however many there are.

CREATE VIEW _participant WITH (security_invoker) AS
SELECT DISTINCT event_id, party_id
FROM event_party;

COMMENT ON VIEW _participant IS 'Parties at an event, whatever parts they play';
COMMENT ON COLUMN _participant.event_id IS 'The event';
COMMENT ON COLUMN _participant.party_id IS 'The party';

-- Events that are still to be served.
CREATE VIEW _open_event WITH (security_invoker) AS
SELECT event_id, city_code, (starts_at AT TIME ZONE time_zone)::date AS held_on
FROM event
WHERE status_code IN ('idea', 'planned', 'announced');

COMMENT ON VIEW _open_event IS 'Events that are neither held nor called off';
COMMENT ON COLUMN _open_event.event_id IS 'The event';
COMMENT ON COLUMN _open_event.city_code IS 'Its city';
COMMENT ON COLUMN _open_event.held_on IS 'The day on which it begins, where it is held';

CREATE VIEW _wanted WITH (security_invoker) AS
SELECT w.event_id, w.demand_id, w.party_id, w.resource_code, w.priority, w.city_code, w.held_on,
       greatest(coalesce(w.quantity, 1) - g.given, 0) AS needed
FROM (
    SELECT e.event_id, d.demand_id, d.party_id, d.resource_code, d.quantity, d.priority,
           coalesce(d.city_code, e.city_code) AS city_code, e.held_on
    FROM _open_event e
    JOIN demand d ON d.event_id = e.event_id
    WHERE daterange(d.valid_from, d.valid_before) @> e.held_on IS NOT FALSE
    UNION ALL
    SELECT e.event_id, d.demand_id, d.party_id, d.resource_code, d.quantity, d.priority,
           coalesce(d.city_code, e.city_code), e.held_on
    FROM _open_event e
    JOIN _participant p ON p.event_id = e.event_id
    JOIN demand d ON d.party_id = p.party_id
    WHERE daterange(d.valid_from, d.valid_before) @> e.held_on IS NOT FALSE
      AND (d.city_code = e.city_code) IS NOT FALSE
) w
CROSS JOIN LATERAL (
    SELECT coalesce(sum(_pledge_takes(p.status_code, p.quantity)), 0)::bigint AS given
    FROM pledge p
    WHERE p.event_id = w.event_id AND p.demand_id = w.demand_id
) g
UNION ALL
SELECT NULL, d.demand_id, d.party_id, d.resource_code, d.priority, d.city_code, CURRENT_DATE,
       greatest(coalesce(d.quantity, 1) - g.given, 0)
FROM demand d
CROSS JOIN LATERAL (
    SELECT coalesce(sum(_pledge_takes(p.status_code, p.quantity)), 0)::bigint AS given
    FROM pledge p
    WHERE p.event_id IS NULL AND p.demand_id = d.demand_id
) g
WHERE d.party_id IS NOT NULL
  AND daterange(d.valid_from, d.valid_before) @> CURRENT_DATE;

COMMENT ON VIEW _wanted IS 'Demands by market: of each open event and of the parties at it, and (event_id NULL) of parties by themselves';
COMMENT ON COLUMN _wanted.event_id IS 'The market';
COMMENT ON COLUMN _wanted.demand_id IS 'The demand';
COMMENT ON COLUMN _wanted.party_id IS 'The party that wants it; NULL: the event';
COMMENT ON COLUMN _wanted.resource_code IS 'What is wanted';
COMMENT ON COLUMN _wanted.priority IS 'How much it matters';
COMMENT ON COLUMN _wanted.city_code IS 'Where it is wanted; NULL: anywhere';
COMMENT ON COLUMN _wanted.held_on IS 'The day on which it is wanted; NULL: not known yet';
COMMENT ON COLUMN _wanted.needed IS 'How much of it is not pledged yet';

-- Every supply that serves a demand in a market by its resource, whether or
-- not place, time and quantity allow it.  The catalogue is worked out once for
-- all branches.
CREATE VIEW _pair WITH (security_invoker) AS
WITH served AS (
    SELECT supplied_code, demanded_code, weight, reason_en, reason_zh
    FROM serves
)
SELECT m.event_id, m.direction, m.demand_id, m.demander_id, m.demanded_code, m.needed, m.demand_priority,
       s.supply_id, s.party_id AS supplier_id, s.resource_code AS supplied_code, s.priority AS supply_priority,
       m.weight, m.reason_en, m.reason_zh,
       m.weight * m.demand_priority * s.priority AS value,
       CASE WHEN s.is_used_up THEN s.quantity - s.pledged END AS offered,
       CASE WHEN NOT s.is_used_up THEN greatest(coalesce(s.quantity, 1) - m.taken, 0) END AS at_most,
       (s.city_code = m.city_code) IS NOT FALSE AS is_in_city,
       (daterange(s.valid_from, s.valid_before) @> m.held_on) IS NOT FALSE AS is_in_time,
       m.is_declined
FROM (
    SELECT m.*, g.taken, g.is_declined
    FROM (
        SELECT w.event_id, 'to_event' AS direction, w.demand_id, w.party_id AS demander_id, w.resource_code AS demanded_code,
               w.needed, w.priority AS demand_priority, w.city_code, w.held_on,
               s.supply_id, v.weight, v.reason_en, v.reason_zh
        FROM _wanted w
        JOIN served v ON v.demanded_code = w.resource_code
        JOIN supply s ON s.resource_code = v.supplied_code AND s.party_id IS NOT NULL
        WHERE w.event_id IS NOT NULL AND w.party_id IS NULL
        UNION ALL
        SELECT w.event_id, 'from_event', w.demand_id, w.party_id, w.resource_code,
               w.needed, w.priority, w.city_code, w.held_on,
               s.supply_id, v.weight, v.reason_en, v.reason_zh
        FROM _wanted w
        JOIN served v ON v.demanded_code = w.resource_code
        JOIN supply s ON s.event_id = w.event_id AND s.resource_code = v.supplied_code
        WHERE w.party_id IS NOT NULL
        UNION ALL
        SELECT w.event_id, 'among_parties', w.demand_id, w.party_id, w.resource_code,
               w.needed, w.priority, w.city_code, w.held_on,
               s.supply_id, v.weight, v.reason_en, v.reason_zh
        FROM _wanted w
        JOIN served v ON v.demanded_code = w.resource_code
        JOIN _participant p ON p.event_id = w.event_id AND p.party_id <> w.party_id
        JOIN supply s ON s.party_id = p.party_id AND s.resource_code = v.supplied_code
    ) m
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(_pledge_takes(p.status_code, p.quantity)), 0)::bigint AS taken,
               coalesce(bool_or(p.status_code = 'declined'), false) AS is_declined
        FROM pledge p
        WHERE p.event_id = m.event_id AND p.demand_id = m.demand_id AND p.supply_id = m.supply_id
    ) g
    UNION ALL
    SELECT NULL, 'among_parties', w.demand_id, w.party_id, w.resource_code,
           w.needed, w.priority, w.city_code, w.held_on,
           s.supply_id, v.weight, v.reason_en, v.reason_zh, g.taken, g.is_declined
    FROM _wanted w
    JOIN served v ON v.demanded_code = w.resource_code
    JOIN supply s ON s.resource_code = v.supplied_code AND s.party_id <> w.party_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(_pledge_takes(p.status_code, p.quantity)), 0)::bigint AS taken,
               coalesce(bool_or(p.status_code = 'declined'), false) AS is_declined
        FROM pledge p
        WHERE p.event_id IS NULL AND p.demand_id = w.demand_id AND p.supply_id = s.supply_id
    ) g
    WHERE w.event_id IS NULL
) m
JOIN supply s ON s.supply_id = m.supply_id;

COMMENT ON VIEW _pair IS 'Every supply that serves a demand in a market by its resource, with whether place and time allow it';
COMMENT ON COLUMN _pair.event_id IS 'The market; NULL: parties by themselves';
COMMENT ON COLUMN _pair.direction IS 'to_event, from_event or among_parties';
COMMENT ON COLUMN _pair.demand_id IS 'The demand';
COMMENT ON COLUMN _pair.demander_id IS 'The party that wants it; NULL: the event';
COMMENT ON COLUMN _pair.demanded_code IS 'What is wanted';
COMMENT ON COLUMN _pair.needed IS 'How much is not pledged yet';
COMMENT ON COLUMN _pair.demand_priority IS 'How much it matters, 1 to 5';
COMMENT ON COLUMN _pair.supply_id IS 'The supply';
COMMENT ON COLUMN _pair.supplier_id IS 'The party that gives it; NULL: the event';
COMMENT ON COLUMN _pair.supplied_code IS 'What is given';
COMMENT ON COLUMN _pair.supply_priority IS 'How gladly it is given, 1 to 5';
COMMENT ON COLUMN _pair.weight IS 'How well the supply serves the demand, 0 to 1';
COMMENT ON COLUMN _pair.reason_en IS 'Why it serves it, in English';
COMMENT ON COLUMN _pair.reason_zh IS 'Why it serves it, in Chinese';
COMMENT ON COLUMN _pair.value IS 'weight x demand_priority x supply_priority';
COMMENT ON COLUMN _pair.offered IS 'How much of the supply is not pledged yet; NULL: no limit';
COMMENT ON COLUMN _pair.at_most IS 'How much more one taker can have; NULL: no limit';
COMMENT ON COLUMN _pair.is_in_city IS 'Whether it is given where it is wanted, as far as that is known';
COMMENT ON COLUMN _pair.is_in_time IS 'Whether it is given when it is wanted, as far as that is known';
COMMENT ON COLUMN _pair.is_declined IS 'Whether a pledge of it for this demand was declined here: it is not proposed again';

CREATE FUNCTION resource_label(resource_code text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT salon.label(r.name_en, r.name_zh, r.resource_code)
    FROM resource r
    WHERE r.resource_code = resource_label.resource_code;
END;

COMMENT ON FUNCTION resource_label(text) IS
'Name of a resource in the language of salon.lang; NULL for an unknown one';

-- Why a supply serves a demand, in words.
CREATE FUNCTION _reason(supplied_code text, demanded_code text, reason_en text, reason_zh text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(salon.label(reason_en, reason_zh),
                CASE WHEN supplied_code = demanded_code THEN salon.label('the same', '供需同名')
                     ELSE salon.label('a kind of it', '属于其中一种') END);

COMMENT ON FUNCTION _reason(text, text, text, text) IS
'Why a supply of the first resource serves a demand for the second, in the language of salon.lang';

CREATE VIEW candidate WITH (security_invoker) AS
SELECT p.event_id, p.direction,
       p.supply_id, p.supplier_id, coalesce(party_label(p.supplier_id), event_label(p.event_id)) AS supplier,
       p.supplied_code, resource_label(p.supplied_code) AS supplied,
       p.demand_id, p.demander_id, coalesce(party_label(p.demander_id), event_label(p.event_id)) AS demander,
       p.demanded_code, resource_label(p.demanded_code) AS demanded,
       p.value, p.weight, p.demand_priority::bigint AS demand_priority, p.supply_priority::bigint AS supply_priority,
       p.offered, p.needed, p.at_most,
       _reason(p.supplied_code, p.demanded_code, p.reason_en, p.reason_zh) AS reason
FROM _pair p
WHERE p.is_in_city AND p.is_in_time AND NOT p.is_declined AND p.needed > 0 AND (p.offered > 0) IS NOT FALSE AND (p.at_most > 0) IS NOT FALSE;

COMMENT ON VIEW candidate IS 'Which supply could serve which demand of an event or a party: by resource, place, time and what is left of both / 候选匹配';
COMMENT ON COLUMN candidate.event_id IS 'The event; NULL: parties by themselves';
COMMENT ON COLUMN candidate.direction IS 'to_event: a party gives to the event; from_event: the event gives to a party at it; among_parties: one party gives to another';
COMMENT ON COLUMN candidate.supply_id IS 'The supply';
COMMENT ON COLUMN candidate.supplier_id IS 'The party that gives it; NULL: the event';
COMMENT ON COLUMN candidate.supplier IS 'Label of who gives';
COMMENT ON COLUMN candidate.supplied_code IS 'What is given';
COMMENT ON COLUMN candidate.supplied IS 'Label of what is given';
COMMENT ON COLUMN candidate.demand_id IS 'The demand';
COMMENT ON COLUMN candidate.demander_id IS 'The party that wants it; NULL: the event';
COMMENT ON COLUMN candidate.demander IS 'Label of who wants';
COMMENT ON COLUMN candidate.demanded_code IS 'What is wanted';
COMMENT ON COLUMN candidate.demanded IS 'Label of what is wanted';
COMMENT ON COLUMN candidate.value IS 'Value of a unit: weight x demand_priority x supply_priority';
COMMENT ON COLUMN candidate.weight IS 'How well the supply serves the demand, 0 to 1: see view serves';
COMMENT ON COLUMN candidate.demand_priority IS 'How much the demand matters, 1 to 5';
COMMENT ON COLUMN candidate.supply_priority IS 'How gladly the supply is given, 1 to 5';
COMMENT ON COLUMN candidate.offered IS 'How much of the supply is not pledged yet; NULL: no limit';
COMMENT ON COLUMN candidate.needed IS 'How much of the demand is not pledged yet';
COMMENT ON COLUMN candidate.at_most IS 'How much more one taker can have; NULL: no limit';
COMMENT ON COLUMN candidate.reason IS 'Why the supply serves the demand';

-- Every demand of a market with every supply that serves it, and the best
-- allocation.  What place or time forbids has no supplier for allocate, so it
-- gets nothing but can be told of.  Both branches are partitioned by the
-- market, so that a condition on event_id reaches their tables.
CREATE VIEW _allocation WITH (security_invoker) AS
SELECT w.event_id, w.demand_id, w.party_id AS demander_id, w.resource_code AS demanded_code, w.needed,
       p.direction, p.supply_id, p.supplier_id, p.supplied_code, p.weight, p.reason_en, p.reason_zh,
       p.value, p.demand_priority, p.supply_priority, p.is_in_city, p.is_in_time, p.is_declined, p.offered,
       salon.allocate(CASE WHEN p.is_in_city AND p.is_in_time AND NOT p.is_declined THEN p.supply_id END, w.demand_id,
                      p.value::double precision, p.offered, w.needed, p.at_most)
           OVER (PARTITION BY w.event_id) AS quantity
FROM _wanted w
LEFT JOIN _pair p ON p.event_id = w.event_id AND p.demand_id = w.demand_id
WHERE w.event_id IS NOT NULL
UNION ALL
SELECT w.event_id, w.demand_id, w.party_id, w.resource_code, w.needed,
       p.direction, p.supply_id, p.supplier_id, p.supplied_code, p.weight, p.reason_en, p.reason_zh,
       p.value, p.demand_priority, p.supply_priority, p.is_in_city, p.is_in_time, p.is_declined, p.offered,
       salon.allocate(CASE WHEN p.is_in_city AND p.is_in_time AND NOT p.is_declined THEN p.supply_id END, w.demand_id,
                      p.value::double precision, p.offered, w.needed, p.at_most)
           OVER (PARTITION BY w.event_id)
FROM _wanted w
LEFT JOIN _pair p ON p.event_id IS NULL AND p.demand_id = w.demand_id
WHERE w.event_id IS NULL;

COMMENT ON VIEW _allocation IS 'Every demand of a market with every supply that serves it and the quantity of the best allocation';
COMMENT ON COLUMN _allocation.event_id IS 'The market; NULL: parties by themselves';
COMMENT ON COLUMN _allocation.demand_id IS 'The demand';
COMMENT ON COLUMN _allocation.demander_id IS 'The party that wants it; NULL: the event';
COMMENT ON COLUMN _allocation.demanded_code IS 'What is wanted';
COMMENT ON COLUMN _allocation.needed IS 'How much is not pledged yet';
COMMENT ON COLUMN _allocation.direction IS 'to_event, from_event or among_parties; NULL: nobody supplies it';
COMMENT ON COLUMN _allocation.supply_id IS 'The supply; NULL: nobody supplies it';
COMMENT ON COLUMN _allocation.supplier_id IS 'The party that gives it; NULL: the event';
COMMENT ON COLUMN _allocation.supplied_code IS 'What is given';
COMMENT ON COLUMN _allocation.weight IS 'How well the supply serves the demand, 0 to 1';
COMMENT ON COLUMN _allocation.reason_en IS 'Why it serves it, in English';
COMMENT ON COLUMN _allocation.reason_zh IS 'Why it serves it, in Chinese';
COMMENT ON COLUMN _allocation.value IS 'Value of a unit';
COMMENT ON COLUMN _allocation.demand_priority IS 'How much the demand matters, 1 to 5';
COMMENT ON COLUMN _allocation.supply_priority IS 'How gladly the supply is given, 1 to 5';
COMMENT ON COLUMN _allocation.is_in_city IS 'Whether it is given where it is wanted';
COMMENT ON COLUMN _allocation.is_in_time IS 'Whether it is given when it is wanted';
COMMENT ON COLUMN _allocation.is_declined IS 'Whether a pledge of it for this demand was declined here';
COMMENT ON COLUMN _allocation.offered IS 'How much of the supply is not pledged yet; NULL: no limit';
COMMENT ON COLUMN _allocation.quantity IS 'How much of the supply goes to the demand';

-- What a party wants, as a list.
CREATE FUNCTION _wishes(party_id bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT string_agg(resource_label(d.resource_code), salon.label(', ', '、') ORDER BY d.priority DESC, d.demand_id)
    FROM demand d
    WHERE d.party_id = _wishes.party_id;
END;

COMMENT ON FUNCTION _wishes(bigint) IS 'What a party wants, in the language of salon.lang; NULL: nothing is known';

CREATE VIEW proposal WITH (security_invoker) AS
SELECT a.event_id, a.direction,
       a.supply_id, a.supplier_id, coalesce(party_label(a.supplier_id), event_label(a.event_id)) AS supplier,
       a.supplied_code, resource_label(a.supplied_code) AS supplied,
       a.demand_id, a.demander_id, coalesce(party_label(a.demander_id), event_label(a.event_id)) AS demander,
       a.demanded_code, resource_label(a.demanded_code) AS demanded,
       a.quantity, a.needed, a.value, a.weight,
       a.demand_priority::bigint AS demand_priority, a.supply_priority::bigint AS supply_priority,
       _reason(a.supplied_code, a.demanded_code, a.reason_en, a.reason_zh) AS reason,
       CASE WHEN a.direction = 'to_event' THEN _wishes(a.supplier_id) END AS in_return
FROM _allocation a
WHERE a.quantity > 0;

COMMENT ON VIEW proposal IS 'Who should give what to whom, so that the total value is the maximum, from what is not pledged yet: one market an event / 建议';
COMMENT ON COLUMN proposal.event_id IS 'The event; NULL: parties by themselves';
COMMENT ON COLUMN proposal.direction IS 'to_event: a party gives to the event; from_event: the event gives to a party at it; among_parties: one party gives to another';
COMMENT ON COLUMN proposal.supply_id IS 'The supply';
COMMENT ON COLUMN proposal.supplier_id IS 'The party that gives it; NULL: the event';
COMMENT ON COLUMN proposal.supplier IS 'Label of who gives';
COMMENT ON COLUMN proposal.supplied_code IS 'What is given';
COMMENT ON COLUMN proposal.supplied IS 'Label of what is given';
COMMENT ON COLUMN proposal.demand_id IS 'The demand';
COMMENT ON COLUMN proposal.demander_id IS 'The party that wants it; NULL: the event';
COMMENT ON COLUMN proposal.demander IS 'Label of who wants';
COMMENT ON COLUMN proposal.demanded_code IS 'What is wanted';
COMMENT ON COLUMN proposal.demanded IS 'Label of what is wanted';
COMMENT ON COLUMN proposal.quantity IS 'How much should be given';
COMMENT ON COLUMN proposal.needed IS 'How much of the demand is not pledged yet';
COMMENT ON COLUMN proposal.value IS 'Value of a unit: weight x demand_priority x supply_priority';
COMMENT ON COLUMN proposal.weight IS 'How well the supply serves the demand, 0 to 1: see view serves';
COMMENT ON COLUMN proposal.demand_priority IS 'How much the demand matters, 1 to 5';
COMMENT ON COLUMN proposal.supply_priority IS 'How gladly the supply is given, 1 to 5';
COMMENT ON COLUMN proposal.reason IS 'Why the supply serves the demand';
COMMENT ON COLUMN proposal.in_return IS 'What the party that gives to the event wants itself; NULL: not known';

-- All open events as one market: a scarce supply goes where it is worth most.
CREATE VIEW season_proposal WITH (security_invoker) AS
SELECT a.event_id, event_label(a.event_id) AS event, a.direction,
       a.supply_id, a.supplier_id, coalesce(party_label(a.supplier_id), event_label(a.event_id)) AS supplier,
       a.supplied_code, resource_label(a.supplied_code) AS supplied,
       a.demand_id, a.demander_id, coalesce(party_label(a.demander_id), event_label(a.event_id)) AS demander,
       a.demanded_code, resource_label(a.demanded_code) AS demanded,
       a.quantity, a.needed, a.value, a.weight,
       a.demand_priority::bigint AS demand_priority, a.supply_priority::bigint AS supply_priority,
       _reason(a.supplied_code, a.demanded_code, a.reason_en, a.reason_zh) AS reason
FROM (
    SELECT p.*,
           salon.allocate(p.supply_id, p.event_id || ':' || p.demand_id,
                          p.value::double precision, p.offered, p.needed, p.at_most) OVER () AS quantity
    FROM _pair p
    WHERE p.event_id IS NOT NULL AND p.is_in_city AND p.is_in_time AND NOT p.is_declined
) a
WHERE a.quantity > 0;

COMMENT ON VIEW season_proposal IS 'As proposal, with all open events as one market, so that a scarce supply goes to the event where it is worth most / 全季建议';
COMMENT ON COLUMN season_proposal.event_id IS 'The event';
COMMENT ON COLUMN season_proposal.event IS 'Label of the event';
COMMENT ON COLUMN season_proposal.direction IS 'to_event: a party gives to the event; from_event: the event gives to a party at it; among_parties: one party gives to another';
COMMENT ON COLUMN season_proposal.supply_id IS 'The supply';
COMMENT ON COLUMN season_proposal.supplier_id IS 'The party that gives it; NULL: the event';
COMMENT ON COLUMN season_proposal.supplier IS 'Label of who gives';
COMMENT ON COLUMN season_proposal.supplied_code IS 'What is given';
COMMENT ON COLUMN season_proposal.supplied IS 'Label of what is given';
COMMENT ON COLUMN season_proposal.demand_id IS 'The demand';
COMMENT ON COLUMN season_proposal.demander_id IS 'The party that wants it; NULL: the event';
COMMENT ON COLUMN season_proposal.demander IS 'Label of who wants';
COMMENT ON COLUMN season_proposal.demanded_code IS 'What is wanted';
COMMENT ON COLUMN season_proposal.demanded IS 'Label of what is wanted';
COMMENT ON COLUMN season_proposal.quantity IS 'How much should be given';
COMMENT ON COLUMN season_proposal.needed IS 'How much of the demand is not pledged yet';
COMMENT ON COLUMN season_proposal.value IS 'Value of a unit: weight x demand_priority x supply_priority';
COMMENT ON COLUMN season_proposal.weight IS 'How well the supply serves the demand, 0 to 1: see view serves';
COMMENT ON COLUMN season_proposal.demand_priority IS 'How much the demand matters, 1 to 5';
COMMENT ON COLUMN season_proposal.supply_priority IS 'How gladly the supply is given, 1 to 5';
COMMENT ON COLUMN season_proposal.reason IS 'Why the supply serves the demand';

-- What stays unmet after pledges and the proposal, with the reason.
CREATE VIEW unmet WITH (security_invoker) AS
SELECT u.event_id, u.demand_id, u.demander_id,
       coalesce(party_label(u.demander_id), event_label(u.event_id)) AS demander,
       u.demanded_code, resource_label(u.demanded_code) AS demanded,
       u.needed, u.needed - u.given AS unmet,
       x.reason_code,
       CASE x.reason_code
           WHEN 'nobody' THEN salon.label('nobody supplies it', '没有供给方')
           WHEN 'used_up' THEN salon.label('supply used up', '供给已用完')
           WHEN 'too_little' THEN salon.label('there is too little of it', '供给数量不足')
           WHEN 'declined' THEN salon.label('declined by whom it was asked of', '供给方已谢绝')
           WHEN 'wrong_city' THEN salon.label('supply only in another city', '供给在其他城市')
           WHEN 'wrong_dates' THEN salon.label('supply only at other dates', '供给日期不符')
           WHEN 'wrong_city_and_dates' THEN salon.label('supply only in another city or at other dates', '供给的城市或日期不符')
       END
       || coalesce(salon.label(': it goes to ', ': 给了') || x.taken_by, '') AS reason,
       x.taken_by_demand_id, x.taken_by_event_id, x.taken_by
FROM (
    SELECT a.event_id, a.demand_id, a.demander_id, a.demanded_code, a.needed,
           coalesce(sum(a.quantity), 0)::bigint AS given,
           count(a.supply_id) AS pairs,
           bool_or(a.fits AND NOT a.is_declined) AS some_fit,
           bool_or(a.fits) AS some_declined,
           bool_or(a.is_in_city) AS some_in_city,
           bool_or(a.is_in_time) AS some_in_time,
           array_agg(a.supply_id) FILTER (WHERE a.fits AND NOT a.is_declined AND a.offered <= 0) AS exhausted,
           (array_agg(t.demand_id ORDER BY a.value DESC, t.demand_id)
                FILTER (WHERE t.demand_id IS NOT NULL AND a.fits AND NOT a.is_declined))[1] AS taker
    FROM (
        -- With each pair, the demands that get of its supply, the most
        -- valuable first.  A supply without a limit is used up by nobody.
        SELECT b.*, b.is_in_city AND b.is_in_time AS fits,
               array_agg(b.demand_id) FILTER (WHERE b.quantity > 0 AND b.offered IS NOT NULL)
                   OVER (PARTITION BY b.event_id, b.supply_id ORDER BY b.value DESC, b.demand_id
                         ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS takers
        FROM _allocation b
    ) a
    LEFT JOIN LATERAL (
        SELECT k.demand_id
        FROM unnest(a.takers) WITH ORDINALITY AS k (demand_id, place)
        WHERE k.demand_id <> a.demand_id
        ORDER BY k.place
        LIMIT 1
    ) t ON true
    GROUP BY a.event_id, a.demand_id, a.demander_id, a.demanded_code, a.needed
) u
LEFT JOIN LATERAL (
    -- Nobody else in the proposal: then an earlier pledge, if any.
    SELECT p.demand_id, p.event_id
    FROM pledge p
    WHERE u.taker IS NULL AND p.supply_id = ANY (u.exhausted)
      AND _pledge_takes(p.status_code, p.quantity) > 0
      AND (p.demand_id, p.event_id) IS DISTINCT FROM (u.demand_id, u.event_id)
    ORDER BY p.value DESC NULLS LAST, p.pledge_id
    LIMIT 1
) g ON true
CROSS JOIN LATERAL (
    SELECT coalesce(u.taker, g.demand_id) AS taken_by_demand_id,
           CASE WHEN u.taker IS NOT NULL THEN u.event_id ELSE g.event_id END AS taken_by_event_id
) k
CROSS JOIN LATERAL (
    SELECT CASE WHEN u.pairs = 0 THEN 'nobody'
                WHEN u.some_fit AND k.taken_by_demand_id IS NOT NULL THEN 'used_up'
                WHEN u.some_fit THEN 'too_little'
                WHEN u.some_declined THEN 'declined'
                WHEN u.some_in_time THEN 'wrong_city'
                WHEN u.some_in_city THEN 'wrong_dates'
                ELSE 'wrong_city_and_dates' END AS reason_code,
           k.taken_by_demand_id, k.taken_by_event_id,
           (SELECT concat_ws(' / ', CASE WHEN d.party_id IS NULL OR k.taken_by_event_id IS DISTINCT FROM u.event_id
                                         THEN event_label(k.taken_by_event_id) END,
                             party_label(d.party_id), resource_label(d.resource_code))
            FROM demand d WHERE d.demand_id = k.taken_by_demand_id) AS taken_by
) x
WHERE u.needed > u.given;

COMMENT ON VIEW unmet IS 'What stays unmet after pledges and the proposal, and why; unmet is a result, not an error (D38) / 未满足的需求';
COMMENT ON COLUMN unmet.event_id IS 'The event; NULL: parties by themselves';
COMMENT ON COLUMN unmet.demand_id IS 'The demand';
COMMENT ON COLUMN unmet.demander_id IS 'The party that wants it; NULL: the event';
COMMENT ON COLUMN unmet.demander IS 'Label of who wants';
COMMENT ON COLUMN unmet.demanded_code IS 'What is wanted';
COMMENT ON COLUMN unmet.demanded IS 'Label of what is wanted';
COMMENT ON COLUMN unmet.needed IS 'How much is not pledged yet';
COMMENT ON COLUMN unmet.unmet IS 'How much of that is not proposed either';
COMMENT ON COLUMN unmet.reason_code IS 'nobody, used_up, too_little, declined, wrong_city, wrong_dates or wrong_city_and_dates';
COMMENT ON COLUMN unmet.reason IS 'The reason in words';
COMMENT ON COLUMN unmet.taken_by_demand_id IS 'For used_up: the demand that gets the supply';
COMMENT ON COLUMN unmet.taken_by_event_id IS 'For used_up: the event at which it gets it';
COMMENT ON COLUMN unmet.taken_by IS 'For used_up: label of what gets the supply';

CREATE FUNCTION propose(event_id bigint) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    status text;
    added bigint;
BEGIN
    -- One session at a time proposes for an event.  An update, not only a
    -- lock: so a transaction that still sees the old pledges fails with 40001
    -- instead of proposing the same once more.
    UPDATE event e SET note = e.note
    WHERE e.event_id = propose.event_id
    RETURNING e.status_code INTO status;
    IF status IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('event %s does not exist', coalesce(event_id::text, 'NULL')),
            HINT = 'SELECT event_id, event FROM checklist_summary shows the events.';
    END IF;
    IF NOT EXISTS (SELECT FROM _open_event o WHERE o.event_id = propose.event_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('event %s is %s: nothing can be proposed for it', event_id, status),
            HINT = 'Only an event that is an idea, planned or announced takes pledges.';
    END IF;
    -- In the order of supplies, so that two sessions wait for each other
    -- instead of locking each other out.
    INSERT INTO pledge (event_id, supply_id, demand_id, quantity, value)
    SELECT p.event_id, p.supply_id, p.demand_id, p.quantity, p.value
    FROM proposal p
    WHERE p.event_id = propose.event_id
    ORDER BY p.supply_id, p.demand_id;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END
$$;

COMMENT ON FUNCTION propose(bigint) IS
'Turn the proposal for an event into pledges to be confirmed; returns how many. Errors: 23503 no such event, 55000 it is held or called off, 23514 another session pledged the supply at the same moment: run it again';

-- How far each party at an event gets what it wants there.
CREATE VIEW satisfaction WITH (security_invoker) AS
SELECT w.event_id, w.party_id, party_label(w.party_id) AS party,
       count(*) AS demands,
       count(*) FILTER (WHERE w.agreed >= 1) AS met,
       count(*) FILTER (WHERE w.hoped >= 1) AS met_if_confirmed,
       round(sum(w.priority * w.agreed) / sum(w.priority), 3) AS share,
       round(sum(w.priority * w.hoped) / sum(w.priority), 3) AS share_if_confirmed,
       round(sum(w.priority * w.agreed) FILTER (WHERE w.purpose = 'end')
             / sum(w.priority) FILTER (WHERE w.purpose = 'end'), 3) AS end_share,
       string_agg(w.wanted, salon.label(', ', '、') ORDER BY w.priority DESC, w.demand_id)
           FILTER (WHERE w.hoped < 1) AS unmet
FROM (
    SELECT p.event_id, p.party_id, d.demand_id, d.priority::numeric AS priority, d.purpose,
           resource_label(d.resource_code) AS wanted,
           least(g.agreed / coalesce(d.quantity, 1), 1) AS agreed,
           least(g.hoped / coalesce(d.quantity, 1), 1) AS hoped
    FROM _participant p
    JOIN event e ON e.event_id = p.event_id
    JOIN demand d ON d.party_id = p.party_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(k.quantity) FILTER (WHERE k.status_code IN ('confirmed', 'delivered')), 0) AS agreed,
               coalesce(sum(_pledge_takes(k.status_code, k.quantity)), 0) AS hoped
        FROM pledge k
        WHERE k.event_id = p.event_id AND k.demand_id = d.demand_id
    ) g
    WHERE daterange(d.valid_from, d.valid_before) @> (e.starts_at AT TIME ZONE e.time_zone)::date IS NOT FALSE
      AND (d.city_code = e.city_code) IS NOT FALSE
) w
GROUP BY w.event_id, w.party_id;

COMMENT ON VIEW satisfaction IS 'How far each party at each event gets what it wants there, by what is pledged (A7, D38) / 满意度';
COMMENT ON COLUMN satisfaction.event_id IS 'The event';
COMMENT ON COLUMN satisfaction.party_id IS 'The party';
COMMENT ON COLUMN satisfaction.party IS 'Label of the party';
COMMENT ON COLUMN satisfaction.demands IS 'How many demands it has';
COMMENT ON COLUMN satisfaction.met IS 'How many are fully met by confirmed or delivered pledges';
COMMENT ON COLUMN satisfaction.met_if_confirmed IS 'How many are fully met if what is proposed is confirmed';
COMMENT ON COLUMN satisfaction.share IS 'Share of its demands that is met, weighted by priority, 0 to 1';
COMMENT ON COLUMN satisfaction.share_if_confirmed IS 'The same if what is proposed is confirmed';
COMMENT ON COLUMN satisfaction.end_share IS 'Share of its demands that are an end (D36); NULL: it has named none';
COMMENT ON COLUMN satisfaction.unmet IS 'What it does not get, most important first';

-- What an event needs, what is pledged and what is short, as bundles.
CREATE VIEW event_need WITH (security_invoker) AS
SELECT e.event_id,
       event_label(e.event_id) AS event,
       x.needed::text AS needed,
       x.pledged::text AS pledged,
       (x.needed - x.pledged)::text AS short,
       round(salon.coverage(x.pledged, x.needed)::numeric, 3) AS coverage
FROM event e
CROSS JOIN LATERAL (
    SELECT coalesce(salon.sum(salon.bundle(d.resource_code, coalesce(d.quantity, 1))), '') AS needed,
           coalesce(salon.sum(salon.bundle(d.resource_code, g.given)), '') AS pledged
    FROM demand d
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(_pledge_takes(p.status_code, p.quantity)), 0)::bigint AS given
        FROM pledge p
        WHERE p.event_id = e.event_id AND p.demand_id = d.demand_id
    ) g
    WHERE d.event_id = e.event_id
) x;

COMMENT ON VIEW event_need IS 'What each event needs, what is pledged for it and what is short, as bundles / 活动所需';
COMMENT ON COLUMN event_need.event_id IS 'The event';
COMMENT ON COLUMN event_need.event IS 'Label of the event';
COMMENT ON COLUMN event_need.needed IS 'What it needs: resource:quantity, ...; a quantity that is not known counts as one';
COMMENT ON COLUMN event_need.pledged IS 'What is pledged for it';
COMMENT ON COLUMN event_need.short IS 'What is short';
COMMENT ON COLUMN event_need.coverage IS 'Share of what it needs that is pledged, 0 to 1';
$salon_model$)
;
END;

COMMENT ON FUNCTION model() IS
'The model of a space: the SQL files that create_space runs, in order, with unqualified names; upgrade_space runs the repeatable parts (functions, views, triggers, policies, comments) again';

CREATE FUNCTION migration(OUT from_version text, OUT to_version text, OUT made text[], OUT source text)
RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1 ROWS 10
BEGIN ATOMIC
SELECT NULL::text, NULL::text, NULL::text[], NULL::text WHERE false;
END;

COMMENT ON FUNCTION migration() IS
'What brings the tables and shipped rows of a space from one version to the next, with unqualified names, and which functions, views, triggers and policies the model of from_version made';

CREATE FUNCTION create_space(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    namespace oid := (SELECT oid FROM pg_namespace WHERE nspname = create_space.name);
    piece record;
BEGIN
    IF name IS NULL OR name = '' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a space needs a name',
            HINT = 'The name becomes that of a schema: SELECT salon.create_space(''club'').';
    END IF;
    IF octet_length(name) > 63 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'name_too_long',
            MESSAGE = format('name of a space is too long: "%s"', name),
            HINT = 'The name becomes that of a schema: 63 bytes at most.';
    END IF;
    IF name = '$user' OR name LIKE 'pg\_%' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'reserved_name',
            MESSAGE = format('name of a space is reserved: "%s"', name),
            DETAIL = 'PostgreSQL gives "$user" and all names that begin with "pg_" a meaning of their own.',
            HINT = 'Choose another name.';
    END IF;
    IF namespace IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', name);
        EXECUTE format('COMMENT ON SCHEMA %I IS %L', name, 'A community''s space, made by salon.create_space');
    ELSIF EXISTS (SELECT FROM pg_class WHERE relnamespace = namespace)
       OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = namespace)
       OR EXISTS (SELECT FROM pg_type WHERE typnamespace = namespace)
       OR EXISTS (SELECT FROM pg_depend
                  WHERE refclassid = 'pg_namespace'::regclass AND refobjid = namespace
                    AND classid <> 'pg_default_acl'::regclass) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'duplicate_schema',
            MESSAGE = format('schema "%s" exists already and is not empty', name),
            HINT = 'Choose another name, or look at salon.spaces.';
    -- A schema that may not be used would silently be left out of the path.
    ELSIF NOT has_schema_privilege(namespace, 'USAGE') OR NOT has_schema_privilege(namespace, 'CREATE') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format('permission denied for schema %I', name),
            HINT = 'To make a space of a schema that is there you need USAGE and CREATE on it.';
    END IF;

    -- The functions of the model keep this path: names of the space first,
    -- temporary objects last.
    PERFORM set_config('search_path', format('%I, salon, pg_temp', name), true);
    FOR piece IN SELECT m.name, m.source FROM salon.model() m ORDER BY m.ordinal
    LOOP
        EXECUTE piece.source;
    END LOOP;
END
$$;

COMMENT ON FUNCTION create_space(text) IS
'Make the tables, views and functions of one community as objects of the caller in the schema of that name. Errors: 22023 no name, 42P06 schema is there and not empty, 42501 no right to create a schema or to use it, 42939 reserved name, 42622 name too long';

-- Whether a schema holds a space: it has our table space.  Anybody can make a
-- table of that shape, so view spaces reads nothing but a column of text, and
-- only where no policy would run.
CREATE FUNCTION _space_table(name text) RETURNS oid
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.oid
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.conname = 'space_is_one'
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'version'
                                  AND a.atttypid = 'text'::pg_catalog.regtype AND NOT a.attisdropped
    WHERE n.nspname = _space_table.name AND c.relname = 'space' AND c.relkind = 'r';
END;

COMMENT ON FUNCTION _space_table(text) IS
'Table space of the space of that name; NULL when the schema is no space';

CREATE FUNCTION _space_version(name text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    result text;
BEGIN
    IF has_schema_privilege(name, 'USAGE') AND has_column_privilege(salon._space_table(name), 'version', 'SELECT')
       AND NOT row_security_active(salon._space_table(name)) THEN
        EXECUTE format('SELECT version FROM ONLY %I.space LIMIT 1', name) INTO result;
    END IF;
    RETURN result;
END
$$;

COMMENT ON FUNCTION _space_version(text) IS
'Version of the model in a space; NULL when the caller may not read it';

CREATE VIEW spaces WITH (security_invoker) AS
SELECT n.nspname::text AS space,
       pg_catalog.pg_get_userbyid(n.nspowner)::text AS owner,
       v.version,
       v.version = salon.version() AS is_current
FROM pg_catalog.pg_namespace n
CROSS JOIN LATERAL (SELECT salon._space_version(n.nspname::text) AS version) v
WHERE salon._space_table(n.nspname::text) IS NOT NULL;

COMMENT ON VIEW spaces IS 'Spaces of this database';
COMMENT ON COLUMN spaces.space IS 'Name of the space: a schema';
COMMENT ON COLUMN spaces.owner IS 'Role that owns it';
COMMENT ON COLUMN spaces.version IS 'Version of its model; NULL: you may not read it';
COMMENT ON COLUMN spaces.is_current IS 'Whether that is the version of the extension; NULL: you may not read it';

-- A space keeps rows in its tables, and nothing in its functions, views,
-- triggers and policies.  So an upgrade changes the former by migrations, and
-- replaces the latter by those of the model.
CREATE FUNCTION upgrade_space(name text) RETURNS text
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
SET row_security = off
AS $$
DECLARE
    space_table oid := salon._space_table(name);
    namespace oid := (SELECT relnamespace FROM pg_class WHERE oid = space_table);
    space_owner oid := (SELECT relowner FROM pg_class WHERE oid = space_table);
    role_before text := current_setting('role');
    current_version text := salon.version();
    space_version text;
    made text[];
    migrations text[] := '{}';
    next_version text;
    step record;
    privileges jsonb;
    trigger_states jsonb;
    on_views jsonb;
    found_names text;
    error_detail text;
BEGIN
    IF space_table IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_schema_name',
            MESSAGE = format('"%s" is not a space', name),
            HINT = 'Look at salon.spaces.';
    END IF;
    IF NOT pg_has_role(space_owner, 'MEMBER') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format('must be owner of space "%s"', name),
            HINT = format('It belongs to %I.', pg_get_userbyid(space_owner));
    END IF;
    -- What is new belongs to the owner too; and triggers of the owner's run
    -- with no more rights than the owner has.
    IF pg_get_userbyid(space_owner) <> current_user THEN
        PERFORM set_config('role', pg_get_userbyid(space_owner), true);
    END IF;

    -- Of two upgrades at a time the second waits here, and has nothing to do.
    EXECUTE format('SELECT version FROM ONLY %I.space FOR UPDATE', name) INTO space_version;
    IF space_version = current_version THEN
        PERFORM set_config('role', role_before, true);
        RETURN current_version;
    END IF;
    next_version := space_version;
    WHILE next_version <> current_version LOOP
        SELECT * INTO step FROM salon.migration() m WHERE m.from_version = next_version;
        EXIT WHEN NOT FOUND;
        made := coalesce(made, step.made);
        migrations := migrations || step.source;
        next_version := step.to_version;
    END LOOP;
    IF next_version IS DISTINCT FROM current_version THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format('space "%s" cannot be upgraded from version %s to %s', name, space_version, current_version),
            DETAIL = CASE WHEN space_version ~ '^[0-9]{1,5}(\.[0-9]{1,5})*$' AND current_version ~ '^[0-9]{1,5}(\.[0-9]{1,5})*$'
                           AND string_to_array(space_version, '.')::integer[] > string_to_array(current_version, '.')::integer[]
                          THEN 'The space is newer than the extension in this database.'
                          ELSE 'No migration leads there.' END,
            HINT = 'Install a version of salon that knows the version of the space, and ALTER EXTENSION salon UPDATE.';
    END IF;

    -- Something of the community's own that has the name of something new.
    SELECT string_agg(DISTINCT lower(k.kind) || ' ' || k.object, ', ')
    INTO found_names
    FROM salon.model() m
    CROSS JOIN regexp_matches(m.source, '^CREATE (?:CONSTRAINT )?(FUNCTION|PROCEDURE|AGGREGATE|VIEW|TRIGGER|POLICY) ([a-z0-9_]+)', 'gw') f
    CROSS JOIN LATERAL (SELECT f[1] AS kind, f[2] AS object) k
    WHERE m.is_repeatable
      AND k.kind || ' ' || k.object <> ALL (made)
      AND CASE k.kind
          WHEN 'VIEW' THEN EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = namespace AND c.relname = k.object)
          WHEN 'TRIGGER' THEN EXISTS (SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                                      WHERE c.relnamespace = namespace AND t.tgname = k.object)
          WHEN 'POLICY' THEN EXISTS (SELECT FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid
                                     WHERE c.relnamespace = namespace AND y.polname = k.object)
          ELSE EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = namespace AND p.proname = k.object)
          END;
    IF found_names IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'duplicate_object',
            MESSAGE = format('space "%s" has objects with names that version %s brings', name, current_version),
            DETAIL = format('These are not of the model: %s.', found_names),
            HINT = 'Rename or drop them first.';
    END IF;

    -- What a view or function that has to be dropped and made again would lose,
    -- and whether triggers were enabled.
    SELECT jsonb_agg(p)
    INTO privileges
    FROM (SELECT 'TABLE' AS kind, c.oid, c.oid::regclass::text AS object, NULL AS attribute, c.relacl::text AS acl
          FROM pg_class c WHERE c.relnamespace = namespace AND c.relkind = 'v' AND c.relacl IS NOT NULL
          UNION ALL
          SELECT 'TABLE', c.oid, c.oid::regclass::text, a.attname::text, a.attacl::text
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
          WHERE c.relnamespace = namespace AND c.relkind = 'v' AND a.attacl IS NOT NULL
          UNION ALL
          SELECT 'FUNCTION', f.oid, f.oid::regprocedure::text, NULL, f.proacl::text
          FROM pg_proc f WHERE f.pronamespace = namespace AND f.prokind IN ('f', 'w') AND f.proacl IS NOT NULL) p;
    SELECT jsonb_object_agg(concat_ws('.', t.tgrelid, t.tgname), t.tgenabled)
    INTO trigger_states
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = namespace AND NOT t.tgisinternal;
    SELECT jsonb_object_agg(o.oid, o.object)
    INTO on_views
    FROM (SELECT t.oid, pg_describe_object('pg_trigger'::regclass, t.oid, 0) AS object
          FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
          WHERE c.relnamespace = namespace AND c.relkind = 'v' AND 'TRIGGER ' || t.tgname <> ALL (made)
          UNION ALL
          SELECT r.oid, pg_describe_object('pg_rewrite'::regclass, r.oid, 0)
          FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class
          WHERE c.relnamespace = namespace AND c.relkind = 'v' AND r.rulename <> '_RETURN') o;

    BEGIN
        EXECUTE 'SET CONSTRAINTS ALL IMMEDIATE'; -- a table with pending triggers could not be altered
        -- A row that a migration changes has not been edited.
        FOR step IN
            SELECT t.tgrelid::regclass AS relation, t.tgname
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE c.relnamespace = namespace AND p.pronamespace = namespace AND p.proname = '_edited'
        LOOP
            EXECUTE format('ALTER TABLE %s DISABLE TRIGGER %I', step.relation, step.tgname);
        END LOOP;

        PERFORM set_config('search_path', format('%I, salon, pg_temp', name), true);
        FOR step IN SELECT u.source FROM unnest(migrations) WITH ORDINALITY u (source, ordinal) ORDER BY u.ordinal
        LOOP
            EXECUTE step.source;
        END LOOP;
        PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);

        -- These have no OR REPLACE.
        FOR step IN
            SELECT format('DROP %s %I ON %s', d.kind, d.object, d.relation) AS command
            FROM (SELECT 'TRIGGER' AS kind, t.tgname AS object, t.tgrelid::regclass AS relation, c.relnamespace
                  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                  WHERE t.tgconstraint <> 0 AND NOT t.tgisinternal
                  UNION ALL
                  SELECT 'POLICY', y.polname, y.polrelid::regclass, c.relnamespace
                  FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid) d
            WHERE d.relnamespace = namespace AND d.kind || ' ' || d.object = ANY (made)
        LOOP
            EXECUTE step.command;
        END LOOP;
        PERFORM set_config('search_path', format('%I, salon, pg_temp', name), true);
        FOR step IN SELECT m.source FROM salon.model() m WHERE m.is_repeatable ORDER BY m.ordinal
        LOOP
            EXECUTE regexp_replace(step.source, '^CREATE (FUNCTION|PROCEDURE|AGGREGATE|VIEW|TRIGGER) ',
                                   'CREATE OR REPLACE \1 ', 'gw');
        END LOOP;
        PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);
    EXCEPTION
        WHEN dependent_objects_still_exist OR feature_not_supported OR duplicate_object OR duplicate_table
          OR duplicate_column OR duplicate_function OR invalid_table_definition OR invalid_function_definition THEN
            GET STACKED DIAGNOSTICS error_detail = PG_EXCEPTION_DETAIL;
            RAISE EXCEPTION USING
                ERRCODE = SQLSTATE,
                MESSAGE = format('cannot upgrade space "%s": %s', name, SQLERRM),
                DETAIL = coalesce(nullif(error_detail, ''),
                                  format('It was on the way from version %s to %s.', space_version, current_version)),
                HINT = 'If what stands in the way is of your own, drop or rename it, upgrade, and make it again.';
    END;

    SELECT string_agg(o.value, ', ' ORDER BY o.value)
    INTO found_names
    FROM jsonb_each_text(on_views) o
    WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.oid = o.key::oid)
      AND NOT EXISTS (SELECT FROM pg_rewrite r WHERE r.oid = o.key::oid);
    IF found_names IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'dependent_objects_still_exist',
            MESSAGE = format('cannot upgrade space "%s": views that it replaces have triggers or rules of yours', name),
            DETAIL = format('They would be lost: %s.', found_names),
            HINT = 'Drop them, upgrade, and make them again.';
    END IF;

    FOR step IN
        SELECT format('ALTER TABLE %s %s TRIGGER %I', t.tgrelid::regclass,
                      CASE s.enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA'
                                     WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END, t.tgname) AS command
        FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        CROSS JOIN LATERAL (SELECT trigger_states ->> concat_ws('.', t.tgrelid, t.tgname) AS enabled) s
        WHERE c.relnamespace = namespace AND NOT t.tgisinternal AND s.enabled <> t.tgenabled::text
    LOOP
        EXECUTE step.command;
    END LOOP;

    -- Those who had privileges on what was dropped have them on what took its place.
    FOR step IN
        WITH replaced AS (
            SELECT p.kind, p.object, p.attribute, p.acl::aclitem[] AS acl,
                   coalesce(to_regclass(CASE p.kind WHEN 'TABLE' THEN p.object END)::oid,
                            to_regprocedure(CASE p.kind WHEN 'FUNCTION' THEN p.object END)::oid) AS oid
            FROM jsonb_to_recordset(privileges) p (kind text, oid oid, object text, attribute text, acl text)
            WHERE NOT EXISTS (SELECT FROM pg_class c WHERE p.kind = 'TABLE' AND c.oid = p.oid)
              AND NOT EXISTS (SELECT FROM pg_proc f WHERE p.kind = 'FUNCTION' AND f.oid = p.oid))
        SELECT 1 AS ordinal,
               format('REVOKE ALL ON %s %s FROM %s', r.kind, r.object,
                      CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END) AS command
        FROM replaced r
        CROSS JOIN LATERAL aclexplode(CASE r.kind
            WHEN 'TABLE' THEN (SELECT c.relacl FROM pg_class c WHERE c.oid = r.oid)
            ELSE (SELECT coalesce(f.proacl, acldefault('f', f.proowner)) FROM pg_proc f WHERE f.oid = r.oid) END) x
        WHERE r.attribute IS NULL AND r.oid IS NOT NULL AND x.grantee <> space_owner
        UNION ALL
        SELECT 2,
               format('GRANT %s%s ON %s %s TO %s%s', x.privilege_type, CASE WHEN r.attribute IS NULL THEN '' ELSE format(' (%I)', r.attribute) END, r.kind, r.object,
                      CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
                      CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM replaced r
        CROSS JOIN LATERAL aclexplode(r.acl) x
        WHERE r.oid IS NOT NULL AND x.grantee <> space_owner
          AND (r.attribute IS NULL
               OR EXISTS (SELECT FROM pg_attribute a
                          WHERE a.attrelid = r.oid AND a.attname = r.attribute AND NOT a.attisdropped))
        ORDER BY 1, 2
    LOOP
        EXECUTE step.command;
    END LOOP;

    EXECUTE format('UPDATE ONLY %I.space SET version = %L', name, current_version);
    PERFORM set_config('role', role_before, true);
    RETURN current_version;
END
$$;

COMMENT ON FUNCTION upgrade_space(text) IS
'Bring a space to the version of the extension, and return that: rows and what the community added stay. Errors: 3F000 no such space, 42501 not its owner, 55000 no migration leads there, 2BP01 or 0A000 something of the community''s own depends on what is replaced, 42710 and the like something has a name that is needed';

CREATE FUNCTION drop_space(name text, drop_rows boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
SET row_security = off
AS $$
DECLARE
    space_table oid := salon._space_table(name);
    namespace oid := (SELECT relnamespace FROM pg_class WHERE oid = space_table);
    t record;
    has_rows boolean;
    filled text[] := '{}';
    outside text;
BEGIN
    IF space_table IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_schema_name',
            MESSAGE = format('"%s" is not a space', name),
            HINT = 'Look at salon.spaces.';
    END IF;

    -- What others built on the space is never taken along.
    SELECT string_agg(DISTINCT pg_describe_object(d.classid, d.objid, 0), ', ')
    INTO outside
    FROM (SELECT 'pg_class'::regclass AS classid, c.oid FROM pg_class c WHERE c.relnamespace = namespace
          UNION ALL
          SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p WHERE p.pronamespace = namespace
          UNION ALL
          SELECT 'pg_type'::regclass, y.oid FROM pg_type y WHERE y.typnamespace = namespace
          UNION ALL
          SELECT 'pg_constraint'::regclass, k.oid FROM pg_constraint k WHERE k.connamespace = namespace) inside
    JOIN pg_depend d ON d.refclassid = inside.classid AND d.refobjid = inside.oid AND d.deptype IN ('n', 'a')
    CROSS JOIN LATERAL pg_identify_object_as_address(d.classid, d.objid, 0) address
    WHERE CASE WHEN d.classid = 'pg_type'::regclass
               THEN (SELECT y.typnamespace <> namespace FROM pg_type y WHERE y.oid = d.objid)
               ELSE address.object_names[1] IS DISTINCT FROM name END;
    IF outside IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'dependent_objects_still_exist',
            MESSAGE = format('space "%s" is used from outside', name),
            DETAIL = format('It is used by: %s.', outside),
            HINT = 'Drop those first.';
    END IF;

    IF drop_rows IS NOT TRUE THEN
        -- Shipped rows and the row of table space itself do not count.
        FOR t IN
            SELECT c.oid, c.relname,
                   EXISTS (SELECT FROM pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attname = 'shipped'
                             AND a.atttypid = 'boolean'::regtype AND NOT a.attisdropped) AS is_catalogue
            FROM pg_class c
            WHERE c.relnamespace = namespace
              AND c.relkind IN ('r', 'p')
              AND c.relname NOT IN ('space', 'status', 'step')
            ORDER BY c.relname
        LOOP
            EXECUTE format('SELECT EXISTS (SELECT FROM %s %s)', t.oid::regclass,
                           CASE WHEN t.is_catalogue THEN 'WHERE shipped IS NOT TRUE' ELSE '' END)
            INTO has_rows;
            IF has_rows THEN
                filled := filled || t.relname::text;
            END IF;
        END LOOP;
        IF filled <> '{}' THEN
            RAISE EXCEPTION USING
                ERRCODE = 'dependent_objects_still_exist',
                MESSAGE = format('space "%s" has rows', name),
                DETAIL = format('Rows stand in: %s.', array_to_string(filled, ', ')),
                HINT = format('To drop them too: SELECT salon.drop_space(%L, drop_rows => true).', name);
        END IF;
    END IF;
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
END
$$;

COMMENT ON FUNCTION drop_space(text, boolean) IS
'Drop a space. Without drop_rows => true it refuses when a table has rows other than shipped ones. Errors: 3F000 no such space, 2BP01 it has rows or is used from outside';

GRANT USAGE ON SCHEMA salon TO PUBLIC;
GRANT SELECT ON spaces TO PUBLIC;
