-- Properties of barter: brute force on thousands of tiny random exchanges for
-- every length, the rules on larger ones, independence of the order of the rows.
-- usage: pg_prove -d DB test/pgtap/barter.sql
\set ON_ERROR_STOP 1
\set QUIET 1
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;
BEGIN;
SET LOCAL search_path = salon, public;
SELECT plan(17);
SELECT setseed(0.42) \g /dev/null

-- Tiny exchanges: up to 6 parties and 16 rows, with ties, nulls, parallel rows,
-- gifts to oneself and values that are not positive; longest is 2 to 5 or null.
CREATE TEMP TABLE exchange AS
SELECT p, nullif(2 + p % 5, 6) AS longest, 1 + p % 7 AS variety, 2 + p % 11 % 5 AS parties
FROM   generate_series(1, 4000) p;

CREATE TEMP TABLE offer AS
SELECT p, r, longest,
       CASE WHEN random() > 0.03 THEN 1 + floor(random() * parties)::int END AS g,
       CASE WHEN random() > 0.03 THEN 1 + floor(random() * parties)::int END AS t,
       CASE WHEN random() < 0.04 THEN NULL
            WHEN random() < 0.08 THEN -floor(random() * 2)
            WHEN p % 3 = 0 THEN (1 + floor(random() * 90)) / 100
            ELSE 1 + floor(random() * variety) END AS value
FROM   exchange, generate_series(1, 16) r
WHERE  r <= 4 + p % 13;

-- The best total: the smallest party that is left takes part in no cycle, or in
-- one that leads from it over later parties and back.
CREATE FUNCTION pg_temp.best(arc float8[], n integer, used boolean[], longest integer)
RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    v    integer := array_position(used, false);
    best float8;
BEGIN
    IF v IS NULL THEN
        RETURN 0;
    END IF;
    used[v] := true;
    best := pg_temp.best(arc, n, used, longest);
    RETURN greatest(best, pg_temp.closed(arc, n, used, longest, v, v, 1));
END $$;

CREATE FUNCTION pg_temp.closed(arc float8[], n integer, used boolean[], longest integer, first integer, last integer, length integer)
RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    best float8;
    onward boolean[];
BEGIN
    IF length > 1 AND arc[last][first] > 0 THEN
        best := arc[last][first] + pg_temp.best(arc, n, used, longest);
    END IF;
    IF length < longest THEN
        FOR w IN first + 1 .. n LOOP
            IF NOT used[w] AND arc[last][w] > 0 THEN
                onward := used;
                onward[w] := true;
                best := greatest(best, arc[last][w] + pg_temp.closed(arc, n, onward, longest, first, w, length + 1));
            END IF;
        END LOOP;
    END IF;
    RETURN best;
END $$;

CREATE FUNCTION pg_temp.best(exchange_id integer, longest integer)
RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
    arc float8[] := array_fill(0::float8, ARRAY[6, 6]);
    o   record;
BEGIN
    FOR o IN SELECT g, t, max(value) AS value FROM offer
             WHERE  p = exchange_id AND g <> t AND value > 0 GROUP BY g, t LOOP
        arc[o.g][o.t] := o.value;
    END LOOP;
    RETURN pg_temp.best(arc, 6, array_fill(false, ARRAY[6]), coalesce(longest, 6));
END $$;
CREATE INDEX ON offer (p);
ANALYZE offer;

CREATE TEMP TABLE answer AS
SELECT o.*, (barter_detail(g, t, value, longest) OVER (PARTITION BY p)).*
FROM   offer o;
CREATE INDEX ON answer (p, cycle);
ANALYZE answer;

CREATE TEMP TABLE optimum AS
SELECT p, longest, pg_temp.best(p, longest) AS best FROM exchange;

SELECT is((SELECT count(DISTINCT p)::int FROM answer WHERE cycle > 0) > 2000, true,
          'tiny exchanges: most have cycles');

SELECT is_empty(
    $$SELECT p, o.longest, best, min(value_total) FROM optimum o JOIN answer USING (p)
      GROUP  BY 1, 2, 3 HAVING bool_or(abs(value_total - best) > 1e-9)$$,
    'tiny exchanges: the best total, for every length');

SELECT is_empty(
    $$SELECT p FROM answer GROUP BY p
      HAVING abs(coalesce(sum(value) FILTER (WHERE cycle > 0), 0) - min(value_total)) > 1e-9
             OR min(value_total) <> max(value_total)$$,
    'tiny exchanges: the chosen rows add up to the total');

SELECT is_empty(
    $$SELECT * FROM answer WHERE gap <> 0 OR bound <> value_total$$,
    'tiny exchanges: all are proved');

SELECT is_empty(
    $$SELECT * FROM answer
      WHERE  cycle IS NOT NULL AND (g IS NULL OR t IS NULL OR value IS NULL OR value <= 0 OR g = t)$$,
    'tiny exchanges: nulls, gifts to oneself and values that are not positive are not chosen');

SELECT is_empty(
    $$SELECT p, g FROM answer WHERE cycle > 0 GROUP BY p, g HAVING count(*) > 1
      UNION ALL
      SELECT p, t FROM answer WHERE cycle > 0 GROUP BY p, t HAVING count(*) > 1$$,
    'tiny exchanges: nobody gives or takes twice');

SELECT is_empty(
    $$SELECT p, cycle FROM answer WHERE cycle > 0 GROUP BY p, cycle
      HAVING count(*) > coalesce(min(longest), 6) OR count(*) < 2
             OR max(position) <> count(*) OR count(DISTINCT position) <> count(*)$$,
    'tiny exchanges: no cycle is too long, positions count its gifts');

SELECT is_empty(
    $$SELECT a.p, a.cycle, a.position
      FROM   answer a
      WHERE  a.cycle > 0 AND NOT EXISTS (
             SELECT FROM answer b
             WHERE  b.p = a.p AND b.cycle = a.cycle AND b.g = a.t
                    AND b.position = CASE WHEN a.position = (SELECT max(position) FROM answer c WHERE c.p = a.p AND c.cycle = a.cycle)
                                          THEN 1 ELSE a.position + 1 END)$$,
    'tiny exchanges: each gift is followed by the one of its taker');

SELECT is_empty(
    $$SELECT p, cycle, least
      FROM   (SELECT p, cycle, min(g) AS least, min(g) FILTER (WHERE position = 1) AS first,
                     row_number() OVER (PARTITION BY p ORDER BY min(g)) AS number
              FROM answer WHERE cycle > 0 GROUP BY p, cycle) x
      WHERE  cycle <> number OR first <> least$$,
    'tiny exchanges: cycles are numbered by their smallest party, which gives first');

SELECT is_empty(
    $$SELECT p, g, t, value FROM answer a
      WHERE  cycle > 0 AND EXISTS (SELECT FROM offer o WHERE o.p = a.p AND o.g = a.g AND o.t = a.t AND o.value > a.value)$$,
    'tiny exchanges: of parallel rows the best one is chosen');

-- Another order of the rows gives the same cycles.
CREATE TEMP TABLE shuffled AS
SELECT o.*, (barter_detail(g, t, value, longest) OVER (PARTITION BY p)).*
FROM   (SELECT * FROM offer ORDER BY random()) o;

SELECT is_empty(
    $$(SELECT p, g, t, value, cycle, position FROM answer WHERE cycle > 0)
      EXCEPT ALL
      (SELECT p, g, t, value, cycle, position FROM shuffled WHERE cycle > 0)$$,
    'tiny exchanges: the same answer whatever the order of the rows');

SELECT is_empty(
    $$SELECT r, cycle FROM answer WHERE p = 17
      EXCEPT
      SELECT r, barter(g, t, value, longest) OVER () FROM offer WHERE p = 17$$,
    'a partition is solved as if it were alone');

-- Larger exchanges.
CREATE TEMP TABLE large AS
SELECT p, 1 + floor(random() * 50)::int AS g, 1 + floor(random() * 50)::int AS t, 1 + floor(random() * 1000) AS value
FROM   generate_series(1, 8) p, generate_series(1, 400);

CREATE TEMP TABLE large_answer AS
SELECT l.p, l.longest, g, t, value, a.cycle, a.value_total, a.gap
FROM   (SELECT p, longest, g, t, value,
               barter_detail(g, t, value, longest) OVER (PARTITION BY p, longest) AS d
        FROM   large, (VALUES (2), (3), (4), (NULL)) x(longest)) l, LATERAL (SELECT (l.d).*) a;

SELECT is_empty(
    $$SELECT p FROM (SELECT p, longest, min(value_total) AS total, lag(min(value_total)) OVER (PARTITION BY p ORDER BY longest) AS before
                     FROM large_answer GROUP BY p, longest) x
      WHERE  total < before$$,
    'larger exchanges: longer cycles are never worse');

SELECT is_empty($$SELECT * FROM large_answer WHERE gap <> 0$$, 'larger exchanges: all are proved');

-- A cycle backwards is a cycle: givers and takers can change places.
SELECT is_empty(
    $$SELECT p, longest, sum(value) FILTER (WHERE cycle > 0)
      FROM   (SELECT p, longest, value, barter(t, g, value, longest) OVER (PARTITION BY p, longest) AS cycle
              FROM large, (VALUES (2), (3), (4), (NULL)) x(longest)) y
      GROUP  BY p, longest
      EXCEPT
      SELECT p, longest, min(value_total) FROM large_answer GROUP BY p, longest$$,
    'larger exchanges: the same total when all gifts are turned round');

-- Without the time to prove anything, the gap says so, and holds.
CREATE TEMP TABLE hard AS
SELECT 1 + floor(random() * 70)::int AS g, 1 + floor(random() * 70)::int AS t, 1 + floor(random() * 1000) AS value
FROM   generate_series(1, 1000);
SET LOCAL client_min_messages = error;
SET LOCAL salon.barter_time = '1ms';
CREATE TEMP TABLE hasty AS SELECT (barter_detail(g, t, value, 4) OVER ()).* FROM hard;
SET LOCAL salon.barter_time = 0;
CREATE TEMP TABLE patient AS SELECT (barter_detail(g, t, value, 4) OVER ()).* FROM hard;
SET LOCAL client_min_messages = warning;

SELECT ok((SELECT min(gap) > 0 AND min(bound) > max(value_total) FROM hasty),
          'out of time: there is a gap');
SELECT ok((SELECT max(h.value_total) <= max(p.value_total) AND min(h.bound) >= max(p.value_total) AND max(p.gap) = 0
           FROM hasty h, (SELECT max(value_total) AS value_total, max(gap) AS gap FROM patient) p),
          'out of time: the best total is between total and bound');

SELECT * FROM finish();
ROLLBACK;
