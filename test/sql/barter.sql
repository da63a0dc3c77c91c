-- barter and barter_detail: every rule, one section each.
\set VERBOSITY default
\set SHOW_CONTEXT never
SET search_path = salon, public;

\echo == Cycles of up to three when longest is left out
SELECT g, t, v, barter(g, t, v) OVER () AS cycle
FROM   (VALUES ('club', 'hall', 5), ('hall', 'club', 3), ('hall', 'press', 4),
               ('press', 'club', 4), ('club', 'press', 1.5)) x(g, t, v)
ORDER  BY g, t;

\echo == The place in the cycle and the totals
SELECT g, t, v, (barter_detail(g, t, v) OVER ()).*
FROM   (VALUES ('club', 'hall', 5), ('hall', 'club', 3), ('hall', 'press', 4),
               ('press', 'club', 4), ('club', 'press', 1.5)) x(g, t, v)
ORDER  BY g, t;

\echo == longest: 2 to 5, null for any length
CREATE TEMP TABLE ring AS
SELECT i AS giver, i % 6 + 1 AS taker, 10.0::float8 AS value FROM generate_series(1, 6) i
UNION ALL SELECT 2, 1, 1 UNION ALL SELECT 4, 3, 1 UNION ALL SELECT 6, 5, 1
UNION ALL SELECT 3, 1, 2 UNION ALL SELECT 6, 4, 2 UNION ALL SELECT 4, 1, 3 UNION ALL SELECT 5, 1, 4;
SELECT giver, taker, value,
       barter(giver, taker, value, 2) OVER () AS two,
       barter(giver, taker, value, 3) OVER () AS three,
       barter(giver, taker, value, 4) OVER () AS four,
       barter(giver, taker, value, longest => 5) OVER () AS five,
       barter(giver, taker, value, NULL) OVER () AS "any"
FROM   ring ORDER BY giver, taker;
SELECT longest, min(value_total) AS value_total, max(gap) AS gap, sum(value) FILTER (WHERE cycle > 0) AS of_rows
FROM   (VALUES (2), (3), (4), (5), (NULL)) l(longest),
       LATERAL (SELECT value, (barter_detail(giver, taker, value, longest) OVER ()).* FROM ring) x
GROUP  BY longest ORDER BY longest;

\echo == Cycles are numbered by their smallest party; the smallest party gives first
SELECT g, t, cycle, position
FROM   (SELECT g, t, (barter_detail(g, t, 1) OVER ()).*
        FROM   (VALUES (9, 2), (2, 7), (7, 9), (8, 5), (5, 8), (1, 2)) x(g, t)) y
ORDER  BY cycle, position;

\echo == A row without party or value, of no positive value, or from a party to itself is not chosen
SELECT g, t, v, (barter_detail(g, t, v) OVER ()).*
FROM   (VALUES (1, 2, 2), (2, 1, 2), (NULL, 1, 9), (3, NULL, 9), (NULL, NULL, 9),
               (3, 4, NULL), (4, 3, 9), (5, 6, 0), (6, 5, 9), (7, 8, -1), (8, 7, 9), (9, 9, 9)) x(g, t, v)
ORDER  BY g, t, v;
SELECT (barter_detail(1, 1, 5, NULL) OVER ()).*;

\echo == Of parallel rows the best one counts
SELECT g, t, v, barter(g, t, v) OVER () AS cycle
FROM   (VALUES (1, 2, 1), (1, 2, 3), (1, 2, 2), (2, 1, 4), (2, 1, 0.5)) x(g, t, v)
ORDER  BY g, t, v;

\echo == Every partition is an exchange of its own; the order within a window does not matter
SELECT p, g, t,
       barter(g, t, v) OVER (PARTITION BY p) AS cycle,
       barter(g, t, v) OVER (PARTITION BY p ORDER BY v ROWS BETWEEN 1 PRECEDING AND CURRENT ROW) AS same
FROM   (VALUES (1, 1, 2, 5), (1, 2, 1, 4), (2, 1, 2, 5), (2, 2, 3, 6), (3, 2, 1, 1), (3, 1, 2, 1)) x(p, g, t, v)
ORDER  BY p, g, t;

\echo == longest may differ between partitions
SELECT p, barter(g, t, 1, p) OVER (PARTITION BY p) AS cycle
FROM   generate_series(2, 3) p, (VALUES (1, 2), (2, 3), (3, 1)) x(g, t)
ORDER  BY p, g;

\echo == No rows, one row
SELECT barter(1, 2, 3) OVER () FROM generate_series(1, 0);
SELECT barter(1, 2, 3) OVER () AS cycle;
SELECT (barter_detail(1, 2, 3) OVER ()).*;

\echo == Odd circles of pairs: a matching in a general graph
CREATE TEMP TABLE swap AS
SELECT i AS giver, j AS taker, (i * j * 31 % 89 + 1)::float8 AS value
FROM   generate_series(0, 50) i, generate_series(0, 50) j
WHERE  i <> j AND (i * i + j * j) % 7 < 2;
SELECT count(*) FILTER (WHERE cycle > 0) AS rows, count(DISTINCT cycle) AS cycles, min(value_total) AS value_total, max(gap) AS gap
FROM   (SELECT (barter_detail(giver, taker, value, 2) OVER ()).* FROM swap) x;

\echo == Longer cycles are never worse; the rows add up; everybody gives what it takes
CREATE TEMP TABLE offer AS
SELECT i AS giver, j AS taker, ((i * 7919 + j * 104729) % 97 + 1)::float8 AS value
FROM   generate_series(1, 40) i, generate_series(1, 40) j
WHERE  i <> j AND (i * 31 + j * 17) % 11 < 2;
SELECT longest, min(value_total) AS value_total, max(gap) AS gap,
       sum(value) FILTER (WHERE cycle > 0) AS of_rows,
       max(position) AS longest_cycle,
       count(giver) FILTER (WHERE cycle > 0) = count(DISTINCT giver) FILTER (WHERE cycle > 0)
       AND array_agg(giver ORDER BY giver) FILTER (WHERE cycle > 0) = array_agg(taker ORDER BY taker) FILTER (WHERE cycle > 0) AS disjoint
FROM   (VALUES (2), (3), (4), (NULL)) l(longest),
       LATERAL (SELECT giver, taker, value, (barter_detail(giver, taker, value, longest) OVER ()).* FROM offer) x
GROUP  BY longest ORDER BY longest;

\echo == The same answer whatever the order of the rows
SELECT longest, count(*) AS different
FROM   (VALUES (2), (3), (NULL)) l(longest)
       LEFT JOIN LATERAL (
           SELECT giver, taker, barter(giver, taker, value, longest) OVER () AS cycle
           FROM   (SELECT * FROM offer ORDER BY giver, taker) c
           EXCEPT
           SELECT giver, taker, barter(giver, taker, value, longest) OVER () AS cycle
           FROM   (SELECT * FROM offer ORDER BY value, taker DESC) c) d ON true
WHERE  d.giver IS NOT NULL
GROUP  BY longest;

\echo == Decimals are exact
SELECT g, t, v, (barter_detail(g, t, v) OVER ()).*
FROM   (VALUES (1, 2, 0.1), (2, 1, 0.2), (2, 3, 0.25), (3, 1, 0.05)) x(g, t, v)
ORDER  BY g, t;

\echo == Other values are scaled; the gap tells what rounding may cost
SELECT g, t, cycle, gap BETWEEN 0 AND 1e-9 AS small_gap, bound >= value_total AS bounded
FROM   (SELECT g, t, (barter_detail(g, t, v) OVER ()).*
        FROM   (VALUES (1, 2, pi()), (2, 1, sqrt(2.0::float8)), (2, 3, exp(1.0::float8)), (3, 1, 1 / 3.0::float8)) x(g, t, v)) y
ORDER  BY g, t;

\echo == Identifiers of many types
SELECT barter(g::text, t::text, 1) OVER () AS text,
       barter(('00000000-0000-0000-0000-00000000000' || g)::uuid, ('00000000-0000-0000-0000-00000000000' || t)::uuid, 1) OVER () AS uuid,
       barter(g::numeric, t::numeric, 1) OVER () AS numeric,
       barter(g::float8, t::float8, 1) OVER () AS float8,
       barter(g::text::name, t::text::name, 1) OVER () AS name,
       barter(date '2026-01-01' + g, date '2026-01-01' + t, 1) OVER () AS date,
       barter(ARRAY[g, 1], ARRAY[t, 1], 1) OVER () AS "array",
       barter(g::text::bytea, t::text::bytea, 1) OVER () AS bytea
FROM   (VALUES (1, 2), (2, 1), (3, 1)) x(g, t) ORDER BY g;

\echo == Integers of different width and text of different length are the same parties
SELECT barter(g::smallint, t::bigint, 1) OVER () AS integers,
       barter(g::text, t::varchar, 1) OVER () AS texts
FROM   (VALUES (1, 2), (2, 1)) x(g, t);

\echo == Identifiers that are equal by their collation are one party
CREATE COLLATION pg_temp.ignore_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
SELECT g, t, barter(g COLLATE pg_temp.ignore_case, t COLLATE pg_temp.ignore_case, 1) OVER () AS cycle
FROM   (VALUES ('Ada', 'bob'), ('BOB', 'ADA')) x(g, t)
ORDER  BY g COLLATE "C";

\echo == Domains
CREATE DOMAIN pg_temp.seat AS integer CHECK (VALUE > 0);
SELECT barter(g::pg_temp.seat, t, 1) OVER () AS cycle FROM (VALUES (1, 2), (2, 1)) x(g, t);

\echo == Spilled partitions
SET work_mem = '64kB';
SELECT count(cycle) AS gifts, count(DISTINCT cycle) AS cycles
FROM   (SELECT barter(i, CASE WHEN i % 3 = 2 THEN i - 2 ELSE i + 1 END, 1) OVER () AS cycle FROM generate_series(0, 14999) i) x;
RESET work_mem;

\echo == Views, prepared statements, LIMIT
CREATE TEMP VIEW exchange AS
SELECT giver, taker, barter(giver, taker, value, 2) OVER () AS cycle FROM offer;
SELECT * FROM exchange WHERE cycle <= 3 ORDER BY cycle, giver;
PREPARE swaps(integer) AS
SELECT sum(value) FILTER (WHERE cycle > 0) FROM (SELECT value, barter(giver, taker, value, $1) OVER () AS cycle FROM offer) x;
EXECUTE swaps(2);
EXECUTE swaps(3);
SET plan_cache_mode = force_generic_plan;
EXECUTE swaps(2);
EXECUTE swaps(NULL);
RESET plan_cache_mode;
SELECT giver, taker, barter(giver, taker, value) OVER (PARTITION BY (giver + taker) % 2) AS cycle
FROM   offer WHERE giver < 9 AND taker < 9 ORDER BY giver, taker LIMIT 3;

\echo == Cursors forwards and backwards
BEGIN;
DECLARE answer SCROLL CURSOR FOR
SELECT p, g, t, barter(g, t, 1) OVER (PARTITION BY p ORDER BY g) AS cycle
FROM   (VALUES (1, 1, 2), (1, 2, 1), (1, 3, 1), (2, 5, 6), (2, 6, 5)) x(p, g, t);
FETCH 2 FROM answer;
FETCH BACKWARD 1 FROM answer;
FETCH ALL FROM answer;
FETCH BACKWARD 3 FROM answer;
COMMIT;

\echo == Rescans: a recursive query takes one cycle after the other
WITH RECURSIVE round(n, gone) AS (
    SELECT 1, ARRAY[]::integer[]
    UNION ALL
    (SELECT n + 1, max(gone) || array_agg(g ORDER BY g)
     FROM   (SELECT n, gone, g, barter(g, t, v, 2) OVER () AS cycle
             FROM   round, (VALUES (1, 2, 9), (2, 1, 9), (1, 3, 5), (3, 1, 5), (3, 4, 1), (4, 3, 1)) x(g, t, v)
             WHERE  NOT g = ANY (gone) AND NOT t = ANY (gone)) y
     WHERE  cycle = 1
     GROUP  BY n)
)
SELECT * FROM round ORDER BY n;

\echo == Row-level security: only the rows that the role may see
CREATE ROLE regress_salon_barter;
CREATE TABLE public.secret_offer (g integer, t integer, hidden boolean);
INSERT INTO public.secret_offer VALUES (1, 2, false), (2, 1, true), (2, 3, false), (3, 1, false);
ALTER TABLE public.secret_offer ENABLE ROW LEVEL SECURITY;
CREATE POLICY visible ON public.secret_offer USING (NOT hidden);
GRANT SELECT ON public.secret_offer TO regress_salon_barter;
GRANT USAGE ON SCHEMA salon TO regress_salon_barter;
SET ROLE regress_salon_barter;
SELECT g, t, barter(g, t, 1) OVER () AS cycle FROM public.secret_offer ORDER BY g, t;
RESET ROLE;
DROP TABLE public.secret_offer;
REVOKE ALL ON SCHEMA salon FROM regress_salon_barter;
DROP ROLE regress_salon_barter;

\echo == Many partitions do not grow memory
CREATE FUNCTION pg_temp.memory() RETURNS bigint LANGUAGE sql
RETURN (SELECT sum(total_bytes) FROM pg_backend_memory_contexts WHERE name LIKE 'salon%');
SELECT count(DISTINCT p) AS partitions, count(cycle) AS gifts, max(memory) < 1000000 AS small
FROM   (SELECT p, cycle, CASE WHEN p % 500 = 0 THEN pg_temp.memory() END AS memory
        FROM   (SELECT i / 20 AS p, barter(i % 5, (i / 5 + i) % 5, i % 11 + 1, 2 + i / 20 % 4) OVER (PARTITION BY i / 20) AS cycle
                FROM   generate_series(0, 99999) i) x) y;

\echo == Time: what is returned then is told to be no proved best
CREATE TEMP TABLE hard AS
SELECT i AS giver, j AS taker, ((i * 7919 + j * 104729 + i * j) % 1009 + 1)::float8 AS value
FROM   generate_series(1, 120) i, generate_series(1, 120) j
WHERE  i <> j AND (i * 31 + j * 17 + i * j) % 19 < 4;
SET salon.barter_time = '1ms';
SET client_min_messages = error;
SELECT bool_and(gap > 0 AND bound > value_total) AS gap_told,
       sum(value) FILTER (WHERE cycle > 0) = min(value_total) AS adds_up
FROM   (SELECT value, (barter_detail(giver, taker, value, 4) OVER ()).* FROM hard) x;
RESET client_min_messages;
RESET salon.barter_time;
SELECT boot_val, unit FROM pg_settings WHERE name = 'salon.barter_time';
\set VERBOSITY sqlstate
SET salon.barter_time = -1;
\set VERBOSITY default
\echo :LAST_ERROR_SQLSTATE

\echo == Errors
\echo -- values that are no finite numbers
SELECT barter('club'::text, 'hall'::text, 'NaN') OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT barter(1, 2, 'Infinity') OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT barter(1, NULL::int, '-Infinity') OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- cycles too short or too long to ask for
SELECT barter(1, 2, 1, 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT barter(1, 2, 1, 6) OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- rows that disagree on the longest cycle
SELECT barter(g, t, 1, l) OVER () FROM (VALUES (1, 2, 3), (2, 1, 2)) x(g, t, l);
\echo :LAST_ERROR_SQLSTATE
SELECT barter(g, t, 1, l) OVER () FROM (VALUES (1, 2, NULL), (NULL, 1, 2)) x(g, t, l);
\echo :LAST_ERROR_SQLSTATE
\echo -- giver and taker of different kinds
SELECT barter(1, 'hall'::text, 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT barter(date '2026-01-01', 1, 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT barter('a'::text COLLATE pg_temp.ignore_case, 'b'::text COLLATE "C", 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT barter(g, t, 1) OVER () FROM (VALUES ('a' COLLATE pg_temp.ignore_case, 'b' COLLATE "C")) x(g, t);
\echo :LAST_ERROR_SQLSTATE
SELECT barter('a', 'b', 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- identifiers that cannot be hashed
SELECT barter(point(1, 2), point(2, 1), 1) OVER ();
\echo :LAST_ERROR_SQLSTATE
\echo -- a window function needs a window
SELECT barter(1, 2, 3);
\echo :LAST_ERROR_SQLSTATE
\echo -- memory: of the rows, and of the cycles
SET salon.match_memory = '64kB';
SELECT count(cycle) FROM (SELECT barter(i, i + 1, 1) OVER () AS cycle FROM generate_series(1, 10000) i) x;
\echo :LAST_ERROR_SQLSTATE
SET salon.match_memory = '512kB';
SELECT count(cycle) FROM (SELECT barter(giver, taker, value, 5) OVER () AS cycle FROM hard) x;
\echo :LAST_ERROR_SQLSTATE
RESET salon.match_memory;

\echo == A cancel is quick
SET statement_timeout = '300ms';
DO $$
DECLARE
    begun timestamptz := clock_timestamp();
BEGIN
    PERFORM sum(cycle) FROM (SELECT barter(giver, taker, value, 5) OVER () AS cycle FROM hard) x;
    RAISE NOTICE 'was not cancelled';
EXCEPTION WHEN query_canceled THEN
    RAISE NOTICE 'cancelled %', CASE WHEN clock_timestamp() - begun < '1 s' THEN 'in time' ELSE 'late' END;
END $$;
RESET statement_timeout;

\echo -- a gift in no cycle of the allowed length does not decide the scale
SELECT longest, giver, taker, value
FROM   (SELECT 2 AS longest, t.*, barter(giver, taker, value, 2) OVER () AS cycle FROM (VALUES (1, 2, 1e18::float8), (2, 3, 1.2), (3, 4, 0.2), (4, 1, 1), (3, 2, 1.2), (3, 5, 3.7), (5, 3, 3.7)) t (giver, taker, value)
        UNION ALL
        SELECT 3, t.*, barter(giver, taker, value, 3) OVER () FROM (VALUES (1, 2, 1e18::float8), (2, 3, 1.2), (3, 4, 0.2), (4, 1, 1), (3, 2, 1.2), (3, 5, 3.7), (5, 3, 3.7)) t (giver, taker, value)
        UNION ALL
        SELECT NULL, t.*, barter(giver, taker, value, NULL) OVER () FROM (VALUES (1, 2, 1e18::float8), (2, 3, 1.2), (3, 2, 1.2), (3, 5, 3.7), (5, 3, 3.7)) t (giver, taker, value)) x
WHERE  cycle IS NOT NULL
ORDER  BY longest, giver;
