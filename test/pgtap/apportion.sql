-- Properties of apportion: thousands of random cases against seats given one
-- by one from a table of quotients, the quota, growing houses.
-- usage: pg_prove -d DB test/pgtap/apportion.sql
\set ON_ERROR_STOP 1
\set QUIET 1
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;
BEGIN;
SET LOCAL search_path = salon, public;
SELECT plan(11);
SELECT setseed(0.42) \g /dev/null

-- Cases with equal weights, zeros, nulls, decimals, one dominant party.
CREATE TEMP TABLE instance AS
SELECT p, 1 + floor(random() * 7)::int AS parties, floor(random() * 25)::bigint AS seats, p % 4 AS kind
FROM   generate_series(1, 3000) p;

CREATE TEMP TABLE party AS
SELECT p, k, seats,
       CASE WHEN random() < 0.05 THEN NULL
            WHEN kind = 0 THEN floor(random() * 4)
            WHEN kind = 1 THEN floor(random() * 1000)
            WHEN kind = 2 THEN round((random() * 10)::numeric, 3)
            ELSE floor(random() * 20 * (1 + 20 * (k = 1)::int)) END AS w
FROM   (SELECT *, generate_series(1, parties) AS k FROM instance) i;
DELETE FROM party WHERE p IN (SELECT p FROM party GROUP BY p HAVING coalesce(sum(w), 0) = 0);

CREATE TEMP TABLE answer AS
SELECT *, apportion(w::numeric, seats) OVER o AS remainder,
       apportion(w::numeric, seats, 'sainte_lague') OVER o AS lague,
       apportion(w::numeric, seats, 'dhondt') OVER o AS dhondt,
       sum(w::numeric) OVER (PARTITION BY p) AS total
FROM   party WINDOW o AS (PARTITION BY p ORDER BY k);

SELECT is_empty(
    $$SELECT p FROM answer GROUP BY p
      HAVING sum(remainder) <> min(seats) OR sum(lague) <> min(seats) OR sum(dhondt) <> min(seats)$$,
    'all seats are given');

SELECT is_empty(
    $$SELECT * FROM answer
      WHERE  (w IS NULL) <> (remainder IS NULL) OR (w IS NULL) <> (lague IS NULL) OR (w IS NULL) <> (dhondt IS NULL)
             OR (w = 0 AND remainder + lague + dhondt > 0)$$,
    'a null weight gets null, a weight of zero gets none');

SELECT is_empty(
    $$SELECT * FROM answer
      WHERE  abs(remainder * total - w::numeric * seats) >= total
             OR dhondt < floor(w::numeric * seats / total)$$,
    'largest remainder keeps the quota, D''Hondt keeps it from below');

-- The table of quotients: the best ones win, by weight and order when equal.
-- The factors are multiples of all divisors, so that quotients are exact.
SELECT is_empty(
    $$SELECT p, k, dhondt, won
      FROM   answer LEFT JOIN
             (SELECT p, k, count(*) FILTER (WHERE place <= seats) AS won
              FROM   (SELECT p, k, seats, row_number() OVER (PARTITION BY p ORDER BY w::numeric * 26771144400 / d DESC, w DESC, k) AS place
                      FROM   party, generate_series(1, 25) d WHERE w > 0) q
              GROUP  BY p, k) t USING (p, k)
      WHERE  dhondt <> coalesce(won, 0)$$,
    'D''Hondt: the same as the table of quotients');

SELECT is_empty(
    $$SELECT p, k, lague, won
      FROM   answer LEFT JOIN
             (SELECT p, k, count(*) FILTER (WHERE place <= seats) AS won
              FROM   (SELECT p, k, seats, row_number() OVER (PARTITION BY p ORDER BY w::numeric * 96845140757687397075 / d DESC, w DESC, k) AS place
                      FROM   party, generate_series(1, 49, 2) d WHERE w > 0) q
              GROUP  BY p, k) t USING (p, k)
      WHERE  lague <> coalesce(won, 0)$$,
    'Sainte-Lague: the same as the table of quotients');

SELECT is_empty(
    $$SELECT p, k, remainder, whole, place, left_over
      FROM   (SELECT *, row_number() OVER (PARTITION BY p ORDER BY w::numeric * seats - whole * total DESC, w DESC, k) AS place,
                     seats - sum(whole) OVER (PARTITION BY p) AS left_over
              FROM   (SELECT *, div(w::numeric * seats, total) AS whole FROM answer WHERE w IS NOT NULL) x) y
      WHERE  remainder <> whole + (place <= left_over)::int$$,
    'largest remainder: the same as by the definition');

SELECT is_empty(
    $$SELECT p, k, seats
      FROM   (SELECT a.*, apportion(w::numeric, seats + 1, 'sainte_lague') OVER o AS more_lague,
                     apportion(w::numeric, seats + 1, 'dhondt') OVER o AS more_dhondt
              FROM answer a WINDOW o AS (PARTITION BY p ORDER BY k)) x
      WHERE  more_lague < lague OR more_dhondt < dhondt$$,
    'divisor methods: nobody loses when there is one seat more');

SELECT isnt_empty(
    $$SELECT p, k, seats
      FROM   (SELECT a.*, apportion(w::numeric, seats + 1) OVER (PARTITION BY p ORDER BY k) AS more FROM answer a) x
      WHERE  more < remainder$$,
    'largest remainder: somebody does, which is known as the Alabama paradox');

SELECT is_empty(
    $$SELECT p, k, apportion(w::numeric, seats) OVER o, apportion(w::numeric, seats, 'sainte_lague') OVER o,
             apportion(w::numeric, seats, 'dhondt') OVER o
      FROM   (SELECT * FROM party ORDER BY random()) x WINDOW o AS (PARTITION BY p ORDER BY k)
      EXCEPT
      SELECT p, k, remainder, lague, dhondt FROM answer$$,
    'the order of the rows does not matter');

SELECT is_empty(
    $$SELECT p, k, apportion(w, seats) OVER o, apportion((w * 1000)::bigint, seats, 'sainte_lague') OVER o,
             apportion(w * 1024, seats, 'dhondt') OVER o
      FROM   party x WINDOW o AS (PARTITION BY p ORDER BY k)
      EXCEPT
      SELECT p, k, remainder, lague, dhondt FROM answer$$,
    'nor does the type of the weights, nor their unit');

-- A large house.
CREATE TEMP TABLE large AS
SELECT k, 1 + floor(random() * 1000000)::bigint AS w FROM generate_series(1, 5000) k;

SELECT is_empty(
    $$SELECT * FROM (SELECT sum(s) AS given, max(w::numeric / (2 * s + 1)) AS best_next,
                            min(w::numeric / (2 * s - 1)) FILTER (WHERE s > 0) AS worst_last
                     FROM (SELECT w, apportion(w, 12345678, 'sainte_lague') OVER (ORDER BY k) AS s FROM large) a) x
      WHERE  best_next > worst_last OR given <> 12345678$$,
    'a large house: no seat is worth more elsewhere');

SELECT * FROM finish();
ROLLBACK;
