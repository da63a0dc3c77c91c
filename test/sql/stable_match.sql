-- stable_match: every rule, one section each.
\set VERBOSITY default
\set SHOW_CONTEXT never
SET search_path = salon, public;

\echo == One to one: the example where each side has a best matching of its own
CREATE TEMP TABLE preference (applicant text, opening text, applicant_rank float8, opening_rank float8);
INSERT INTO preference VALUES
    ('Ada', 'lab', 1, 3), ('Ada', 'shop', 2, 1), ('Ada', 'farm', 3, 2),
    ('Bo', 'lab', 3, 2), ('Bo', 'shop', 1, 3), ('Bo', 'farm', 2, 1),
    ('Cy', 'lab', 2, 1), ('Cy', 'shop', 3, 2), ('Cy', 'farm', 1, 3);
SELECT applicant, opening,
       stable_match(applicant, opening, applicant_rank, opening_rank) OVER () AS matched
FROM   preference ORDER BY applicant, opening;
SET salon.optimal = 'opening';
SELECT applicant, opening,
       stable_match(applicant, opening, applicant_rank, opening_rank) OVER () AS matched
FROM   preference ORDER BY applicant, opening;
RESET salon.optimal;

\echo == Quotas on both sides, by name; null is no limit, 0 is never matched
SELECT a, o, stable_match(a, o, ar, opr, opening_quota => q) OVER () AS matched
FROM   (VALUES (1, 'north', 1, 1, 2), (2, 'north', 1, 2, 2), (3, 'north', 1, 3, 2),
               (3, 'south', 2, 1, NULL), (1, 'south', 2, 2, NULL), (4, 'south', 1, 9, NULL),
               (5, 'closed', 1, 1, 0)) t(a, o, ar, opr, q)
ORDER  BY a, o;
SELECT a, o, stable_match(a, o, ar, opr, aq, oq) OVER () AS matched
FROM   (VALUES (1, 1, 1, 2, 2, 2), (1, 2, 2, 1, 2, 2), (1, 3, 3, 1, 2, 1),
               (2, 1, 1, 1, 1, 2), (2, 3, 2, 2, 1, 1), (3, 1, 1, 3, NULL, 2), (3, 2, 2, 2, NULL, 2)) t(a, o, ar, opr, aq, oq)
ORDER  BY a, o;

\echo == Incomplete lists: a pair without a row, or without a rank, is not acceptable
SELECT a, o, ar, opr, stable_match(a, o, ar, opr) OVER () AS matched
FROM   (VALUES (1, 1, 1, NULL), (1, 2, NULL, 1), (1, 3, 5, 2), (NULL, 1, 1, 1), (2, NULL, 1, 1), (2, 3, 1, 3)) t(a, o, ar, opr)
ORDER  BY a, o;

\echo == Ranks may be any finite numbers; only their order counts
SELECT a, o, stable_match(a, o, ar, opr) OVER () AS matched
FROM   (VALUES (1, 1, -1e300, 0.1), (1, 2, 1e-300, 0), (2, 1, 0, -0.1), (2, 2, 0.5, 1e300)) t(a, o, ar, opr)
ORDER  BY a, o;

\echo == Equal ranks are told apart by identifier; or used to match more
SELECT a, o, ar, opr, stable_match(a, o, ar, opr) OVER () AS matched
FROM   (VALUES (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1)) t(a, o, ar, opr)
ORDER  BY a, o;
SET salon.ties = 'largest';
SELECT a, o, ar, opr, stable_match(a, o, ar, opr) OVER () AS matched
FROM   (VALUES (1, 1, 1, 1), (1, 2, 1, 1), (2, 1, 1, 1)) t(a, o, ar, opr)
ORDER  BY a, o;
RESET salon.ties;

\echo == Applicants and openings are different even when their identifiers are equal
SELECT a, o, stable_match(a, o, ar, opr) OVER () AS matched
FROM   (VALUES (1, 2, 1, 1), (2, 1, 1, 1), (1, 1, 2, 2)) t(a, o, ar, opr)
ORDER  BY a, o;

\echo == Every partition is matched on its own; the order within a window does not matter
SELECT p, a, o,
       stable_match(a, o, ar, opr) OVER (PARTITION BY p) AS matched,
       stable_match(a, o, ar, opr) OVER (PARTITION BY p ORDER BY ar DESC ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS same
FROM   (VALUES (1, 1, 1, 1, 2), (1, 2, 1, 1, 1), (1, 1, 2, 2, 1), (2, 1, 1, 1, 1), (2, 2, 1, 1, 2)) t(p, a, o, ar, opr)
ORDER  BY p, a, o;

\echo == No rows, one row
SELECT stable_match(1, 2, 3, 4) OVER () FROM generate_series(1, 0);
SELECT stable_match(1, 2, 3, 4) OVER () AS matched;

\echo == No pair blocks: the query of the documentation on a larger case
CREATE TEMP TABLE candidate AS
SELECT a, o, (a * 7919 + o * 104729) % 9973 AS ar, (a * 31337 + o * 271) % 10007 AS opr, 1 + a % 3 AS aq, 1 + o % 4 AS oq
FROM   generate_series(1, 200) a, generate_series(1, 120) o
WHERE  (a * o) % 5 < 2;
CREATE TEMP VIEW blocking AS
SELECT a, o
FROM   (SELECT *,
               count(*) FILTER (WHERE matched) OVER (PARTITION BY a) AS a_has,
               count(*) FILTER (WHERE matched) OVER (PARTITION BY o) AS o_has,
               max(ar) FILTER (WHERE matched) OVER (PARTITION BY a) AS a_worst,
               max(opr) FILTER (WHERE matched) OVER (PARTITION BY o) AS o_worst
        FROM   (SELECT *, stable_match(a, o, ar, opr, aq, oq) OVER () AS matched FROM candidate) answer) t
WHERE  NOT matched AND (a_has < aq OR ar < a_worst) AND (o_has < oq OR opr < o_worst);
SELECT count(*) AS blocking FROM blocking;
SET salon.optimal = 'opening';
SELECT count(*) AS blocking FROM blocking;
SET salon.ties = 'largest';
SELECT count(*) AS blocking FROM blocking;
RESET salon.ties;
RESET salon.optimal;

\echo == The same answer whatever the order of the rows
SELECT count(*) AS different
FROM   (SELECT a, o, stable_match(a, o, ar % 7, opr % 7, aq, oq) OVER () AS matched
        FROM   (SELECT * FROM candidate ORDER BY a, o) c
        EXCEPT
        SELECT a, o, stable_match(a, o, ar % 7, opr % 7, aq, oq) OVER () AS matched
        FROM   (SELECT * FROM candidate ORDER BY opr, o DESC) c) d;

\echo == Identifiers of many types; dense and scattered integers are the same
CREATE TYPE pg_temp.desk AS (id uuid, seat integer);
SELECT stable_match(a::text, o::uuid, ar, opr) OVER () AS text_uuid,
       stable_match(a::smallint, o::text::bytea, ar, opr) OVER () AS smallint_bytea,
       stable_match(a::int, o::text COLLATE "C", ar, opr) OVER () AS int_text,
       stable_match(a::bigint * 3000000000000000000, o, ar, opr) OVER () AS bigint_uuid,
       stable_match(a::int * 1000000000 * (1 - 2 * (a::int % 2)), o, ar, opr) OVER () AS scattered_uuid,
       stable_match(a::numeric, o::name, ar, opr) OVER () AS numeric_name,
       stable_match(ARRAY[a::int, 1], ROW(o, 1)::pg_temp.desk, ar, opr) OVER () AS array_row,
       stable_match(a::oid, ('2026-01-01 00:0' || right(o::text, 1))::timestamptz, ar, opr) OVER () AS oid_time
FROM   (VALUES ('1', '00000000-0000-0000-0000-000000000001'::uuid, 1, 1),
               ('1', '00000000-0000-0000-0000-000000000002'::uuid, 2, 1),
               ('2', '00000000-0000-0000-0000-000000000001'::uuid, 1, 1)) t(a, o, ar, opr);
SELECT i, a, stable_match(a, 1, 1, a) OVER (PARTITION BY i > 8) AS matched
FROM   (VALUES (1, -9223372036854775808), (2, 9223372036854775807), (3, 0), (4, -9223372036854775807),
               (11, 9223372036854775807), (12, 9223372036854775806), (13, 9223372036854775000)) t(i, a)
ORDER  BY i;
SELECT i, a, stable_match(a, 1, 1, -a) OVER () AS matched
FROM   (VALUES (1, 70000), (2, 69700), (3, 69000), (4, 1), (5, 70100), (6, 71000)) t(i, a)
ORDER  BY i;

\echo == Spilled partitions
SET work_mem = '64kB';
SELECT count(*) FILTER (WHERE matched) AS matched, sum(ar) FILTER (WHERE matched) AS ranks
FROM   (SELECT ar, stable_match(a, o, ar, opr, aq, oq) OVER () AS matched FROM candidate) x;
RESET work_mem;
SELECT count(*) FILTER (WHERE matched) AS matched, sum(ar) FILTER (WHERE matched) AS ranks
FROM   (SELECT ar, stable_match(a, o, ar, opr, aq, oq) OVER () AS matched FROM candidate) x;

\echo == Views, prepared statements, LIMIT, several calls in one window
CREATE TEMP VIEW pairing AS
SELECT a, o, stable_match(a, o, ar, opr, aq, oq) OVER () AS matched FROM candidate;
SELECT a, o FROM pairing WHERE matched AND a < 4 ORDER BY a, o;
PREPARE pairings(integer, bigint) AS
SELECT count(*) FILTER (WHERE matched)
FROM   (SELECT stable_match(a, o, ar, opr, $2, oq) OVER () AS matched FROM candidate WHERE a <= $1) x;
EXECUTE pairings(5, 1);
EXECUTE pairings(5, 4);
SET plan_cache_mode = force_generic_plan;
EXECUTE pairings(5, 4);
EXECUTE pairings(6, NULL);
RESET plan_cache_mode;
SELECT a, o,
       stable_match(a, o, ar, opr) OVER w AS matched,
       stable_match(o, a, opr, ar) OVER w AS reversed,
       count(*) OVER w AS rows
FROM   candidate WHERE a < 4 AND o < 9 WINDOW w AS (PARTITION BY 1) ORDER BY a, o LIMIT 3;

\echo == Cursors forwards and backwards
BEGIN;
DECLARE answer SCROLL CURSOR FOR
SELECT a, o, stable_match(a, o, ar, opr) OVER (PARTITION BY p ORDER BY a, o) AS matched
FROM   (VALUES (1, 1, 1, 1, 2), (1, 1, 2, 2, 1), (1, 2, 1, 1, 1), (2, 5, 1, 1, 1), (2, 6, 1, 1, 2)) t(p, a, o, ar, opr);
FETCH 2 FROM answer;
FETCH BACKWARD 1 FROM answer;
FETCH ALL FROM answer;
FETCH BACKWARD 3 FROM answer;
COMMIT;

\echo == Rescans: a lateral subquery
SELECT k, count(*) FILTER (WHERE matched) AS matched
FROM   generate_series(0, 3) k,
       LATERAL (SELECT stable_match(a, o, ar, opr, k, k) OVER () AS matched
                FROM   (VALUES (1, 1, 1, 2), (1, 2, 2, 1), (2, 1, 1, 1), (2, 2, 2, 2)) t(a, o, ar, opr)) x
GROUP  BY k ORDER BY k;

\echo == Many partitions do not grow memory
CREATE FUNCTION pg_temp.memory() RETURNS bigint LANGUAGE sql
RETURN (SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE name LIKE 'salon%');
SELECT count(*) AS partitions, count(*) FILTER (WHERE matched) AS matched, max(memory) < 1000000 AS small
FROM   (SELECT p, matched, CASE WHEN p % 1000 = 0 THEN pg_temp.memory() END AS memory
        FROM   (SELECT i / 20 AS p, stable_match(i % 5, i % 20 / 5, i % 11, i % 7, 2, 2) OVER (PARTITION BY i / 20) AS matched
                FROM   generate_series(0, 199999) i) x) y;

\echo == Errors
\echo -- a pair in two rows
SELECT stable_match(a, o, ar, 1) OVER () FROM (VALUES ('Ada', 'lab', 1), ('Ada', 'lab', 2)) t(a, o, ar);
\echo :LAST_ERROR_SQLSTATE
\echo -- unless one of them is not acceptable, or in another partition
SELECT ar, stable_match(a, o, ar, 1) OVER () AS matched,
       stable_match(a, o, 1, 1) OVER (PARTITION BY ar) AS matched_apart
FROM   (VALUES ('Ada', 'lab', 1), ('Ada', 'lab', NULL)) t(a, o, ar);
\echo -- quotas of a party that disagree
SELECT stable_match(a, o, 1, 1, q) OVER () FROM (VALUES ('Ada', 1, 2), ('Ada', 2, 3)) t(a, o, q);
\echo :LAST_ERROR_SQLSTATE
SELECT stable_match(a, o, 1, 1, q) OVER () FROM (VALUES ('Ada', 1, 3), ('Ada', 2, 2)) t(a, o, q);
\echo :LAST_ERROR_SQLSTATE
SELECT stable_match(1, o, 1, 1, 1, q) OVER () FROM (VALUES (date '2026-05-01', 2), ('2026-05-01', NULL)) t(o, q);
\echo :LAST_ERROR_SQLSTATE
\echo -- even on rows that cannot be matched
SELECT stable_match(a, o, ar, 1, 1, q) OVER () FROM (VALUES (1, 'lab', NULL, 2), (NULL, 'lab', 1, 3)) t(a, o, ar, q);
\echo :LAST_ERROR_SQLSTATE
\echo -- negative quotas
SELECT stable_match('Ada'::text, 1, 1, 1, -1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT stable_match(1, o, 1, 1, 1, q) OVER () FROM (VALUES ('lab', 1), ('shop', -7)) t(o, q);
\echo :LAST_ERROR_SQLSTATE
\echo -- ranks that are no finite numbers
SELECT stable_match(1, 2, 'NaN', 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT stable_match(1, 2, 1, 'Infinity') OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT stable_match(1, NULL::int, '-Infinity', 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- identifiers that cannot be hashed, or are of no type
SELECT stable_match(point(1, 2), 1, 1, 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT stable_match(1, 'lab', 1, 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- a window function needs a window
SELECT stable_match(1, 2, 3, 4);
\echo :LAST_ERROR_SQLSTATE
\echo -- memory
SET salon.match_memory = '64kB';
SELECT count(matched) FROM (SELECT stable_match(i, i, 1, 1) OVER () AS matched FROM generate_series(1, 10000) i) x;
\echo :LAST_ERROR_SQLSTATE
RESET salon.match_memory;
SET salon.ties = 'random';
\echo :LAST_ERROR_SQLSTATE
SET salon.optimal = 'both';
\echo :LAST_ERROR_SQLSTATE

\echo == A cancel is quick
SET statement_timeout = '50ms';
DO $$
DECLARE
    begun timestamptz := clock_timestamp();
BEGIN
    PERFORM count(*) FILTER (WHERE matched)
    FROM   (SELECT stable_match(i % 2000, i / 2000, (i::bigint * i) % 99991, (i::bigint * 7919) % 99989, 7, 5) OVER () AS matched
            FROM   generate_series(1, 3000000) i) x;
    RAISE NOTICE 'was not cancelled';
EXCEPTION WHEN query_canceled THEN
    RAISE NOTICE 'cancelled %', CASE WHEN clock_timestamp() - begun < '1 s' THEN 'in time' ELSE 'late' END;
END $$;
RESET statement_timeout;
