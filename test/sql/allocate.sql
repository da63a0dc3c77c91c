-- allocate and allocate_detail: every rule, one section each.
\set VERBOSITY default
\set SHOW_CONTEXT never
SET search_path = salon, public;

\echo == One to one: omitted quantities are 1
SELECT s, d, v, allocate(s, d, v) OVER () AS quantity
FROM   (VALUES (1, 1, 5), (1, 2, 4), (2, 1, 3)) t(s, d, v)
ORDER  BY s, d;

\echo == Quantities, by name; not everything need be met
SELECT s, d, v, allocate(s, d, v, needed => n, offered => o) OVER () AS quantity
FROM   (VALUES ('venue', 'gala', 5.0, 3, 2),
               ('venue', 'talk', 4.5, 3, 4),
               ('hotel', 'gala', 2.5, 2, 2),
               ('hotel', 'fair', 1.5, 2, 9)) t(s, d, v, o, n)
ORDER  BY s, d;

\echo == A null quantity is no limit
SELECT s, d, allocate(s, d, v, NULL, n) OVER () AS quantity
FROM   (VALUES (1, 1, 2.0, 7), (1, 2, 1.0, 900), (2, 2, 3.0, 900)) t(s, d, v, n)
ORDER  BY s, d;

\echo == at_most limits a row; parallel rows are decreasing value by unit
SELECT s, d, v, c, allocate(s, d, v, 10, 6, c) OVER () AS quantity
FROM   (VALUES (1, 1, 9, 2), (1, 1, 5, 3), (1, 1, 1, NULL), (2, 1, 4, NULL)) t(s, d, v, c)
ORDER  BY s, v DESC;

\echo == at_most alone may limit a pair
SELECT allocate(1, 1, 2, NULL, NULL, 12) OVER () AS quantity;

\echo == A row without identifier or value, or with a value that is not positive, is not matched
SELECT s, d, v, (allocate_detail(s, d, v, 5, 5) OVER ()).*
FROM   (VALUES (1, 1, 2), (NULL, 1, 9), (1, NULL, 9), (2, 2, NULL), (2, 1, 0), (1, 2, -3)) t(s, d, v)
ORDER  BY s, d, v;

\echo == Zero quantities
SELECT s, d, v, (allocate_detail(s, d, v, o, n, c) OVER ()).*
FROM   (VALUES (1, 1, 4, 0, 2, 5), (2, 1, 3, 2, 2, 0), (2, 2, 6, 2, 0, 5), (1, 2, 9, 0, 0, 5)) t(s, d, v, o, n, c)
ORDER  BY s, d;

\echo == Suppliers and demanders are different even when their identifiers are equal
SELECT s, d, allocate(s, d, v) OVER () AS quantity
FROM   (VALUES (1, 2, 3), (2, 1, 3), (1, 1, 1)) t(s, d, v)
ORDER  BY s, d;

\echo == Every partition is a market of its own; the order within a window does not matter
SELECT p, s, d,
       allocate(s, d, v) OVER (PARTITION BY p) AS quantity,
       allocate(s, d, v) OVER (PARTITION BY p ORDER BY v ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS same
FROM   (VALUES (1, 1, 1, 5), (1, 1, 2, 4), (2, 1, 1, 5), (2, 2, 1, 6)) t(p, s, d, v)
ORDER  BY p, s, d;

\echo == No rows, one row
SELECT allocate(1, 2, 3) OVER () FROM generate_series(1, 0);
SELECT allocate(1, 2, 3) OVER () AS quantity;

\echo == The prices prove the optimum: the three totals are equal, no row is worth more than its prices
CREATE TEMP TABLE candidate AS
SELECT i AS supplier, j AS demander, ((i * 7919 + j * 104729) % 97 + 1)::double precision AS value,
       i % 7 + 1 AS offered, j % 5 + 1 AS needed, CASE WHEN (i + j) % 3 = 0 THEN 2 END AS at_most
FROM   generate_series(1, 40) i, generate_series(1, 60) j
WHERE  (i * j) % 4 < 2;

WITH answer AS (
    SELECT c.*, a.*
    FROM   (SELECT *, allocate_detail(supplier, demander, value, offered, needed, at_most) OVER () AS detail
            FROM   candidate) c, LATERAL (SELECT (c.detail).*) a
), by_supplier AS (
    SELECT supplier, min(offered) AS offered, min(supplier_price) AS price, sum(quantity) AS given
    FROM   answer GROUP BY supplier
), by_demander AS (
    SELECT demander, min(needed) AS needed, min(demander_price) AS price, sum(quantity) AS taken
    FROM   answer GROUP BY demander
)
SELECT (SELECT sum(value * quantity) FROM answer) AS total,
       (SELECT sum(offered * price) FROM by_supplier)
       + (SELECT sum(needed * price) FROM by_demander)
       + (SELECT coalesce(sum(at_most * pair_price), 0) FROM answer) AS of_prices,
       (SELECT max(gap) FROM answer) AS gap,
       (SELECT count(*) FROM answer
        WHERE  value > supplier_price + demander_price + pair_price
               OR least(supplier_price, demander_price, pair_price) < 0
               OR quantity > at_most OR quantity < 0) AS wrong_rows,
       (SELECT count(*) FROM by_supplier WHERE given > offered) AS wrong_suppliers,
       (SELECT count(*) FROM by_demander WHERE taken > needed) AS wrong_demanders;

\echo == The same answer whatever the order of the rows
SELECT count(*) AS different
FROM   (SELECT supplier, demander,
               allocate(supplier, demander, value, offered, needed, at_most) OVER () AS quantity
        FROM   (SELECT * FROM candidate ORDER BY supplier, demander) c
        EXCEPT
        SELECT supplier, demander,
               allocate(supplier, demander, value, offered, needed, at_most) OVER () AS quantity
        FROM   (SELECT * FROM candidate ORDER BY value, demander DESC) c) d;

\echo == Decimals are exact
SELECT s, d, v, (allocate_detail(s, d, v, 3, 2) OVER ()).*
FROM   (VALUES (1, 1, 0.1), (1, 2, 0.30), (2, 2, 0.25)) t(s, d, v)
ORDER  BY s, d;

\echo == Other values are scaled; the gap tells what rounding may cost
SELECT s, d, quantity, gap BETWEEN 0 AND 1e-9 AS small_gap
FROM   (SELECT s, d, (allocate_detail(s, d, v, 3, 2) OVER ()).*
        FROM   (VALUES (1, 1, pi()), (1, 2, sqrt(2.0::double precision)), (2, 2, exp(1.0::double precision))) t(s, d, v)) x
ORDER  BY s, d;

\echo == Identifiers of many types
CREATE TYPE pg_temp.place AS (id uuid, seat integer);
SELECT allocate(s::text, d::uuid, v) OVER () AS text_uuid,
       allocate(s::smallint, d::text::bytea, v) OVER () AS smallint_bytea,
       allocate(s::int, d::text COLLATE "C", v) OVER () AS int_text,
       allocate(s::numeric, d::name, v) OVER () AS numeric_name,
       allocate(s::float8, d::bpchar, v) OVER () AS float_char,
       allocate(ARRAY[s::int, 1], ROW(d, 1)::pg_temp.place, v) OVER () AS array_row,
       allocate(s::oid, d::text::varchar, v) OVER () AS oid_varchar,
       allocate(('2026-01-0' || s)::date, ('2026-01-01 00:0' || right(d::text, 1))::timestamptz, v) OVER () AS date_time
FROM   (VALUES ('1', '00000000-0000-0000-0000-000000000001'::uuid, 5),
               ('1', '00000000-0000-0000-0000-000000000002'::uuid, 4),
               ('2', '00000000-0000-0000-0000-000000000001'::uuid, 3)) t(s, d, v);

\echo == Long identifiers, stored out of line
CREATE TEMP TABLE long_id AS
SELECT repeat(md5(i::text), 2000) AS s, repeat(md5(j::text), 500) || j AS d, (i * j) % 7 AS v
FROM   generate_series(1, 5) i, generate_series(1, 5) j;
SELECT sum(allocated) AS pairs, sum(v * allocated) AS total
FROM   (SELECT v, allocate(s, d, v) OVER () AS allocated FROM long_id) x;

\echo == Identifiers that are equal by their collation are one party
CREATE COLLATION pg_temp.ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
SELECT s, d, allocate(s COLLATE pg_temp.ignore_case, d, v) OVER () AS quantity
FROM   (VALUES ('Ada', 1, 5), ('ADA', 2, 4), ('bob', 1, 3)) t(s, d, v)
ORDER  BY d, s COLLATE "C";

\echo == Domains
CREATE DOMAIN pg_temp.seat AS integer CHECK (VALUE > 0);
SELECT s, allocate(s::pg_temp.seat, d, v) OVER () AS quantity
FROM   (VALUES (1, 'a', 2), (2, 'a', 3)) t(s, d, v)
ORDER  BY s;

\echo == Spilled partitions
SET work_mem = '64kB';
SELECT sum(x.quantity) AS quantity, sum(x.value * x.quantity) AS total
FROM   (SELECT value, allocate(supplier, demander, value, offered, needed, at_most) OVER () AS quantity
        FROM   candidate) x;
SELECT sum(quantity) AS quantity, sum(value * quantity) AS total
FROM   (SELECT i % 97 + 1 AS value,
               allocate(i % 300, i % 701, i % 97 + 1, 3, 2) OVER () AS quantity
        FROM   generate_series(1, 20000) i) x;
RESET work_mem;
SELECT sum(quantity) AS quantity, sum(value * quantity) AS total
FROM   (SELECT i % 97 + 1 AS value,
               allocate(i % 300, i % 701, i % 97 + 1, 3, 2) OVER () AS quantity
        FROM   generate_series(1, 20000) i) x;

\echo == Views, prepared statements, LIMIT
CREATE TEMP VIEW proposal AS
SELECT supplier, demander, allocate(supplier, demander, value, offered, needed, at_most) OVER () AS quantity
FROM   candidate;
SELECT sum(quantity) AS quantity, sum(value * quantity) AS total
FROM   proposal JOIN candidate USING (supplier, demander);
PREPARE proposals(integer, bigint) AS
SELECT sum(quantity)
FROM   (SELECT allocate(supplier, demander, value, $2, needed) OVER () AS quantity
        FROM   candidate WHERE supplier <= $1) x;
EXECUTE proposals(5, 1);
EXECUTE proposals(5, 4);
SET plan_cache_mode = force_generic_plan;
EXECUTE proposals(5, 4);
EXECUTE proposals(6, 1000);
RESET plan_cache_mode;
SELECT supplier, demander, allocate(supplier, demander, value) OVER (PARTITION BY supplier) AS quantity
FROM   candidate WHERE supplier < 4 AND value > 90 ORDER BY supplier, demander LIMIT 3;

\echo == Cursors forwards and backwards
BEGIN;
DECLARE answer SCROLL CURSOR FOR
SELECT s, d, allocate(s, d, v) OVER (PARTITION BY p ORDER BY s, d) AS quantity
FROM   (VALUES (1, 1, 1, 5), (1, 1, 2, 4), (1, 2, 1, 3), (2, 5, 1, 5), (2, 6, 1, 6)) t(p, s, d, v);
FETCH 2 FROM answer;
FETCH BACKWARD 1 FROM answer;
FETCH ALL FROM answer;
FETCH BACKWARD 3 FROM answer;
MOVE ABSOLUTE 0 IN answer;
FETCH 1 FROM answer;
COMMIT;

\echo == Rescans: a lateral subquery, a recursive query
SELECT k, sum(quantity) AS quantity, sum(v * quantity) AS total
FROM   generate_series(1, 4) k,
       LATERAL (SELECT v, allocate(s, d, v, k, 2) OVER () AS quantity
                FROM   (VALUES (1, 1, 5), (1, 2, 4), (2, 1, 3)) t(s, d, v)) x
GROUP  BY k ORDER BY k;
WITH RECURSIVE round(n, taken) AS (
    SELECT 1, ARRAY[]::integer[]
    UNION ALL
    (SELECT n + 1, taken || d
     FROM   (SELECT n, taken, d, allocate(s, d, v) OVER () AS quantity
             FROM   round, (VALUES (1, 1, 9), (1, 2, 8), (1, 3, 7)) t(s, d, v)
             WHERE  NOT d = ANY (taken)) x
     WHERE  quantity > 0)
)
SELECT * FROM round ORDER BY n;

\echo == Row-level security: only the rows that the role may see
CREATE ROLE regress_salon_allocate;
CREATE TABLE public.secret_pair (s integer, d integer, v integer, hidden boolean);
INSERT INTO public.secret_pair VALUES (1, 1, 9, true), (1, 2, 4, false), (2, 1, 3, false);
ALTER TABLE public.secret_pair ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON public.secret_pair USING (NOT hidden);
GRANT SELECT ON public.secret_pair TO regress_salon_allocate;
GRANT USAGE ON SCHEMA salon TO regress_salon_allocate;
SET ROLE regress_salon_allocate;
SELECT s, d, allocate(s, d, v) OVER () AS quantity FROM public.secret_pair ORDER BY s, d;
RESET ROLE;
DROP TABLE public.secret_pair;
REVOKE ALL ON SCHEMA salon FROM regress_salon_allocate;
DROP ROLE regress_salon_allocate;

\echo == Rows that parallel workers have scanned come in any order
CREATE TABLE public.scanned AS
SELECT i % 300 AS s, i % 701 AS d, i % 97 + 1 AS v FROM generate_series(1, 20000) i;
ALTER TABLE public.scanned SET (parallel_workers = 2);
ANALYZE public.scanned;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.has_workers(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    line text;
BEGIN
    FOR line IN EXECUTE 'EXPLAIN ' || query LOOP
        IF line ~ 'Workers Planned' THEN
            RETURN true;
        END IF;
    END LOOP;
    RETURN false;
END $$;
SELECT pg_temp.has_workers('SELECT allocate(s, d, v, 3, 2) OVER () FROM public.scanned');
SELECT sum(quantity), sum(v * quantity) FROM (SELECT v, allocate(s, d, v, 3, 2) OVER () AS quantity FROM public.scanned) x;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
DROP TABLE public.scanned;

\echo == Many partitions do not grow memory
CREATE FUNCTION pg_temp.memory() RETURNS bigint LANGUAGE sql
RETURN (SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE name LIKE 'salon%');
SELECT count(*) AS partitions, sum(quantity) AS quantity, max(memory) < 1000000 AS small
FROM   (SELECT p, quantity, CASE WHEN p % 1000 = 0 THEN pg_temp.memory() END AS memory
        FROM   (SELECT i / 20 AS p, allocate(i % 5, i % 7, i % 11 + 1, 2, 3) OVER (PARTITION BY i / 20) AS quantity
                FROM   generate_series(0, 199999) i) x) y
WHERE  quantity > 0;

\echo == Errors
\echo -- quantities of a party that disagree
SELECT allocate(s, d, 1, o, 1) OVER () FROM (VALUES ('club', 1, 2), ('club', 2, 3)) t(s, d, o);
\echo :LAST_ERROR_SQLSTATE
SELECT allocate(s, d, 1, o, 1) OVER () FROM (VALUES ('club', 1, 3), ('club', 2, 2)) t(s, d, o);
\echo :LAST_ERROR_SQLSTATE
SELECT allocate(1, d, 1, 1, n) OVER () FROM (VALUES (date '2026-05-01', 2), ('2026-05-01', NULL)) t(d, n);
\echo :LAST_ERROR_SQLSTATE
\echo -- even on rows that cannot be matched
SELECT allocate(s, d, v, 1, n) OVER () FROM (VALUES (1, 'x', NULL, 2), (NULL, 'x', 5, 3)) t(s, d, v, n);
\echo :LAST_ERROR_SQLSTATE
\echo -- but not between partitions
SELECT allocate(s, d, 1, o, 1) OVER (PARTITION BY d) AS quantity FROM (VALUES ('club', 1, 2), ('club', 2, 3)) t(s, d, o);
\echo -- negative quantities
SELECT allocate('club', 1, 1, -1, 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT allocate('club'::text, 1, 1, -1, 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT allocate(1, 'event'::text, 1, 1, -7) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT allocate(1, 'event'::text, 1, 1, 1, -1) OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- values that are no finite numbers
SELECT allocate(1, 2, 'NaN') OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT allocate(1, 2, 'Infinity') OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT allocate(1, NULL::int, '-Infinity') OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- a pair that nothing limits
SELECT allocate('club'::text, 'event'::text, 1, NULL, NULL) OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- unless it is worth nothing
SELECT allocate('club'::text, 'event'::text, 0, NULL, NULL) OVER () AS quantity;
\echo -- quantities beyond 64 bits
SELECT allocate(s, d, 1, 9223372036854775807, 9223372036854775807) OVER ()
FROM   (VALUES (1, 1), (2, 2)) t(s, d);
\echo :LAST_ERROR_SQLSTATE
\echo -- large quantities that do fit
SELECT s, d, allocate(s, d, v, 9223372036854775807, n) OVER () AS quantity
FROM   (VALUES (1, 1, 2, 1000000000000000000), (2, 2, 1, 1000000000000000000), (1, 2, 3, 1000000000000000000)) t(s, d, v, n)
ORDER  BY s, d;
\echo -- identifiers that cannot be hashed
SELECT allocate(point(1, 2), 1, 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT allocate(1, ROW(1, 2), 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- a window function needs a window
SELECT allocate(1, 2, 3);
\echo :LAST_ERROR_SQLSTATE
\echo -- memory
SET salon.match_memory = '64kB';
SELECT count(allocated) FROM (SELECT allocate(i, i, 1) OVER () AS allocated FROM generate_series(1, 10000) i) x;
\echo :LAST_ERROR_SQLSTATE
RESET salon.match_memory;
\set VERBOSITY sqlstate
SET salon.match_memory = '1kB';
\set VERBOSITY default
\echo :LAST_ERROR_SQLSTATE
SET salon.max_gap = 2;
\echo :LAST_ERROR_SQLSTATE

\echo == Engines and gaps: settings
SET salon.match_engine = 'scaling';
SELECT sum(quantity) AS quantity, sum(value * quantity) AS total
FROM   (SELECT i % 97 + 1 AS value,
               allocate(i % 300, i % 701, i % 97 + 1, 3, 2) OVER () AS quantity
        FROM   generate_series(1, 20000) i) x;
SET salon.max_gap = 0.1;
SELECT sum(value * quantity) + max(gap) >= 86509 AS gap_is_true, max(gap) <= 0.1 * 86509 AS close_enough
FROM   (SELECT i % 97 + 1 AS value,
               (allocate_detail(i % 300, i % 701, i % 97 + 1, 3, 2) OVER ()).*
        FROM   generate_series(1, 20000) i) x;
RESET salon.max_gap;
SET salon.match_engine = 'abacus';
\echo :LAST_ERROR_SQLSTATE
RESET salon.match_engine;
SET salon.progress = '1ms';
\set VERBOSITY terse
DO $$
BEGIN
    SET LOCAL client_min_messages = warning;
    PERFORM allocate(i % 300, i % 701, i % 97 + 1, 3, 2) OVER () FROM generate_series(1, 20000) i;
END $$;
\set VERBOSITY default
RESET salon.progress;

\echo == A cancel is quick
SET statement_timeout = '50ms';
DO $$
DECLARE
    begun timestamptz := clock_timestamp();
BEGIN
    PERFORM sum(quantity)
    FROM   (SELECT allocate(i % 2000, i % 3001, (i::bigint * i) % 99991 + 1, 7, 5) OVER () AS quantity
            FROM   generate_series(1, 3000000) i) x;
    RAISE NOTICE 'was not cancelled';
EXCEPTION WHEN query_canceled THEN
    RAISE NOTICE 'cancelled %', CASE WHEN clock_timestamp() - begun < '1 s' THEN 'in time' ELSE 'late' END;
END $$;
RESET statement_timeout;

\echo -- what can carry nothing does not decide the scale
SELECT s, d, v, allocate(s, d, v, 1, 1, m) OVER ()
FROM   (VALUES (1, 1, 1e18::float8, 0::bigint), (2, 2, 1.2, NULL), (2, 3, 3.7, NULL)) t (s, d, v, m);
SELECT s, v, (a).*
FROM   (SELECT s, v, allocate_detail(s, d, v, o, 1) OVER () AS a
        FROM   (VALUES (1, 1, 1e300::float8, 0), (2, 2, 1.2, 1), (2, 3, 3.7, 1)) t (s, d, v, o)) x;
\echo -- far apart: both pairs; what rounding may cost is told
SELECT v, (a).quantity, v <= (a).supplier_price + (a).demander_price AS covered, (a).gap >= 0 AND (a).gap < 1e-9 * 1e200 AS told
FROM   (SELECT v, allocate_detail(s, d, v) OVER () AS a FROM (VALUES (1, 1, 1e200::float8), (2, 2, 1e-200)) t (s, d, v)) x;
SELECT v, allocate(s, d, v, q, q) OVER () FROM (VALUES (1, 1, 1e9::float8, 1::bigint), (2, 2, 1.5e-9, 1::bigint << 59)) t (s, d, v, q);
\echo -- the largest whole number that a double counts
SELECT d, (allocate_detail(1, d, 9007199254740992::float8, 1, 2, 1) OVER ()).* FROM (VALUES (1), (2)) t (d);
\echo -- wide numbers: the better one of two small values, and prices that hold
SELECT v, (allocate_detail(s, d, v, q, q, m) OVER ()).* FROM (VALUES (1, 1, 1e9::float8, 1::bigint, NULL::bigint), (2, 2, 1.4e-9, 1::bigint << 59, NULL), (2, 3, 1.5e-9, 1::bigint << 59, NULL),
    (2, 4, 1.7e-9, 1::bigint << 59, 1000), (3, 5, 2.5, 0, 5)) t (s, d, v, q, m) ORDER BY v DESC;
\echo -- no infinity comes out
SELECT allocate(1, 1, 1.7976931348623157e308) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT allocate(1, 1, 1.7e308 / 3, 1000, 1000) OVER ();
\echo :LAST_ERROR_SQLSTATE
