-- Properties of bradley_terry: the equations of the most likely strengths on
-- thousands of random cases, independence of the order, priors.
-- usage: pg_prove -d DB test/pgtap/bradley_terry.sql
\set ON_ERROR_STOP 1
\set QUIET 1
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;
BEGIN;
SET LOCAL search_path = salon, public;
SELECT plan(8);
SELECT setseed(0.42) \g /dev/null

-- Every case has a cycle through all its parties, so all strengths are finite.
CREATE TEMP TABLE duel AS
SELECT p, w, l, n
FROM   (SELECT p, a AS w, 1 + a % size AS l, 1 + floor(random() * 9) AS n
        FROM   (SELECT p, 2 + p % 12 AS size FROM generate_series(1, 1000) p) x, generate_series(1, size) a
        UNION ALL
        SELECT p, 1 + floor(random() * size)::int, 1 + floor(random() * size)::int, floor(random() * 5)
        FROM   (SELECT p, 2 + p % 12 AS size FROM generate_series(1, 1000) p) x, generate_series(1, 3 * size)) d
WHERE  w <> l;

CREATE TEMP TABLE answer AS
SELECT p, r.*
FROM   (SELECT p, array_agg(w) AS w, array_agg(l) AS l, array_agg(n) AS n FROM duel GROUP BY p) g, bradley_terry(w, l, n) r;

SELECT is_empty(
    $$SELECT p, party, sum(seen) AS seen, sum(expected) AS expected
      FROM   (SELECT p, w AS party, n AS seen, n / (1 + exp(b.strength - a.strength)) AS expected
              FROM   duel JOIN answer a USING (p) JOIN answer b USING (p) WHERE a.party = w AND b.party = l
              UNION ALL
              SELECT p, l, 0, n / (1 + exp(b.strength - a.strength))
              FROM   duel JOIN answer a USING (p) JOIN answer b USING (p) WHERE a.party = l AND b.party = w) e
      GROUP  BY p, party
      HAVING abs(sum(seen) - sum(expected)) > 1e-9$$,
    'every party has won as often as the strengths expect');

SELECT is_empty($$SELECT p FROM answer GROUP BY p HAVING abs(sum(strength)) > 1e-9$$, 'the mean of the strengths is 0');

SELECT is_empty(
    $$SELECT p, party, won, lost FROM answer
      EXCEPT
      SELECT p, party, sum(won), sum(lost)
      FROM   (SELECT p, w AS party, n AS won, 0 AS lost FROM duel UNION ALL SELECT p, l, 0, n FROM duel) x
      GROUP  BY p, party$$,
    'won and lost are the sums');

SELECT is_empty(
    $$SELECT p, party, strength, standard_error FROM answer
      EXCEPT
      SELECT p, r.party, r.strength, r.standard_error
      FROM   (SELECT p, array_agg(w) AS w, array_agg(l) AS l, array_agg(n) AS n
              FROM   (SELECT * FROM duel ORDER BY random()) d GROUP BY p) g, bradley_terry(w, l, n) r$$,
    'the order of the rows does not matter to the last digit');

SELECT is_empty(
    $$SELECT a.p, a.party
      FROM   (SELECT p, array_agg('x' || w) AS w, array_agg('x' || l) AS l, array_agg(n * 4) AS n FROM duel GROUP BY p) g,
             bradley_terry(w, l, n) r JOIN answer a ON 'x' || a.party = r.party
      WHERE  a.p = g.p AND (abs(a.strength - r.strength) > 1e-9 OR abs(a.standard_error - 2 * r.standard_error) > 1e-9)$$,
    'four times as many comparisons: the same strengths, half the errors');

SELECT is_empty(
    $$SELECT a.p, a.party
      FROM   (SELECT p, array_agg(w) AS w, array_agg(l) AS l, array_agg(n) AS n FROM duel GROUP BY p) g,
             bradley_terry(l, w, n) r JOIN answer a USING (party)
      WHERE  a.p = g.p AND (abs(a.strength + r.strength) > 1e-9 OR abs(a.standard_error - r.standard_error) > 1e-9)$$,
    'winners and losers changed: the opposite strengths');

-- A prior is one more party that everybody met.
SELECT is_empty(
    $$SELECT g.p, a.party
      FROM   (SELECT p, array_agg(w) AS w, array_agg(l) AS l, array_agg(n) AS n, array_agg(DISTINCT w) AS everybody
              FROM duel WHERE p <= 200 GROUP BY p) g,
             bradley_terry(w, l, n, 0.75) a
             JOIN bradley_terry(w || everybody || array_fill(0, ARRAY[cardinality(everybody)]),
                                l || array_fill(0, ARRAY[cardinality(everybody)]) || everybody,
                                n || array_fill(0.75::float8, ARRAY[2 * cardinality(everybody)])) b USING (party),
             LATERAL (SELECT avg(strength) AS mean
                      FROM bradley_terry(w || everybody || array_fill(0, ARRAY[cardinality(everybody)]),
                                         l || array_fill(0, ARRAY[cardinality(everybody)]) || everybody,
                                         n || array_fill(0.75::float8, ARRAY[2 * cardinality(everybody)])) x WHERE x.party <> 0) m
      WHERE  abs(a.strength - (b.strength - mean)) > 1e-9$$,
    'a prior is one more party that everybody met');

-- Strengths far apart.
SELECT cmp_ok(
    (SELECT max(abs(strength - (50.5 - party) * ln(1e6)))
     FROM   (SELECT array_agg(i) || array_agg(i + 1) AS w, array_agg(i + 1) || array_agg(i) AS l,
                    array_agg(1e6::float8) || array_agg(1::float8) AS n FROM generate_series(1, 99) i) g, bradley_terry(w, l, n)),
    '<', 1e-6::float8, 'a ladder of a hundred parties, each a million times as strong as the next');

SELECT * FROM finish();
ROLLBACK;
