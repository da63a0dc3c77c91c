-- Properties of allocate: brute force on thousands of tiny random markets,
-- the proof in SQL on larger ones, independence of the order of the rows.
-- usage: pg_prove -d DB test/pgtap/allocate.sql
\set ON_ERROR_STOP 1
\set QUIET 1
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;
BEGIN;
SET LOCAL search_path = salon, public;
SELECT plan(30);
SELECT setseed(0.42) \g /dev/null

-- Tiny markets: up to 3 suppliers, 3 demanders and 6 rows, with ties, zero and
-- unlimited quantities, limits of rows, parallel rows and nulls.
CREATE TEMP TABLE market AS
SELECT p, (p % 3 = 0) AS one_to_one, (p % 2 = 0) AS limited, 1 + p % 5 AS variety
FROM   generate_series(1, 4000) p;

CREATE TEMP TABLE supplier AS
SELECT p, s, CASE WHEN one_to_one THEN 1
                  WHEN random() < 0.1 THEN NULL
                  ELSE floor(random() * 4)::bigint END AS offered
FROM   market, generate_series(1, 3) s;

CREATE TEMP TABLE demander AS
SELECT p, d, CASE WHEN one_to_one THEN 1
                  WHEN random() < 0.1 THEN NULL
                  ELSE floor(random() * 4)::bigint END AS needed
FROM   market, generate_series(1, 3) d;

CREATE TEMP TABLE candidate AS
SELECT p, r, s, d, value, offered, needed,
       CASE WHEN offered IS NULL AND needed IS NULL THEN coalesce(at_most, 2) ELSE at_most END AS at_most
FROM   (SELECT p, r, 1 + floor(random() * 3)::int AS s, 1 + floor(random() * 3)::int AS d,
               CASE WHEN random() < 0.05 THEN NULL
                    WHEN random() < 0.1 THEN -floor(random() * 2)
                    WHEN p % 7 = 0 THEN (1 + floor(random() * 9)) / 100
                    ELSE 1 + floor(random() * variety) END AS value,
               CASE WHEN limited AND random() < 0.5 THEN floor(random() * 3)::bigint END AS at_most
        FROM   market, generate_series(1, 6) r
        WHERE  random() < 0.8) c
       JOIN supplier USING (p, s) JOIN demander USING (p, d);

-- The best total by trying every quantity of every row.
CREATE FUNCTION pg_temp.best(rows candidate[], given bigint[], taken bigint[])
RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    c    candidate := rows[1];
    rest candidate[] := rows[2:];
    most bigint;
    best numeric;
    own  numeric;
BEGIN
    IF cardinality(rows) = 0 THEN
        RETURN 0;
    END IF;
    best := pg_temp.best(rest, given, taken);
    IF c.value IS NULL OR c.value <= 0 THEN
        RETURN best;
    END IF;
    most := least(c.offered - given[c.s], c.needed - taken[c.d], c.at_most);
    FOR x IN 1 .. most LOOP
        given[c.s] := given[c.s] + 1;
        taken[c.d] := taken[c.d] + 1;
        own := x * c.value::numeric + pg_temp.best(rest, given, taken);
        IF own > best THEN
            best := own;
        END IF;
    END LOOP;
    RETURN best;
END $$;

CREATE TEMP TABLE answer AS
SELECT c.*, (allocate_detail(s, d, value, offered, needed, at_most) OVER (PARTITION BY p)).*
FROM   candidate c;

SELECT is_empty(
    $$SELECT p, b.best, t.total
      FROM   (SELECT p, pg_temp.best(array_agg(c ORDER BY r), '{0,0,0}', '{0,0,0}') AS best
              FROM candidate c GROUP BY p) b
             JOIN (SELECT p, sum(coalesce(value, 0)::numeric * quantity) AS total FROM answer GROUP BY p) t USING (p)
      WHERE  best <> total$$,
    'tiny markets: the total is the one of brute force');

SELECT is_empty(
    $$SELECT * FROM answer
      WHERE  quantity < 0 OR quantity > at_most OR (quantity > 0 AND NOT coalesce(value > 0, false))$$,
    'tiny markets: no row carries more than it may');

SELECT is_empty(
    $$SELECT p, s FROM answer GROUP BY p, s HAVING sum(quantity) > min(offered)
      UNION ALL
      SELECT p, d FROM answer GROUP BY p, d HAVING sum(quantity) > min(needed)$$,
    'tiny markets: no party gives or takes more than it may');

SELECT is_empty(
    $$SELECT * FROM answer
      WHERE  value::numeric > supplier_price::numeric + demander_price::numeric + pair_price::numeric
             OR least(supplier_price, demander_price, pair_price) < 0
             OR (quantity > 0 AND value::numeric <> supplier_price::numeric + demander_price::numeric + pair_price::numeric)
             OR (offered IS NULL AND supplier_price <> 0)
             OR (needed IS NULL AND demander_price <> 0)
             OR (at_most IS NULL AND pair_price <> 0)
             OR gap <> 0$$,
    'tiny markets: the prices are valid');

SELECT is_empty(
    $$SELECT p, total, of_suppliers, of_demanders, of_rows
      FROM   (SELECT p, sum(coalesce(value, 0)::numeric * quantity) AS total,
                     coalesce(sum(at_most * pair_price::numeric), 0) AS of_rows
              FROM answer GROUP BY p) t
             JOIN (SELECT p, coalesce(sum(offered * price), 0) AS of_suppliers
                   FROM (SELECT p, s, min(offered) AS offered, min(supplier_price)::numeric AS price
                         FROM answer GROUP BY p, s) x GROUP BY p) a USING (p)
             JOIN (SELECT p, coalesce(sum(needed * price), 0) AS of_demanders
                   FROM (SELECT p, d, min(needed) AS needed, min(demander_price)::numeric AS price
                         FROM answer GROUP BY p, d) x GROUP BY p) b USING (p)
      WHERE  total <> of_suppliers + of_demanders + of_rows$$,
    'tiny markets: the total of the prices is the total of the values');

SELECT is_empty(
    $$SELECT p, r, quantity FROM answer
      EXCEPT
      SELECT p, r, allocate(s, d, value, offered, needed, at_most) OVER (PARTITION BY p)
      FROM   candidate$$,
    'allocate and allocate_detail say the same');

-- Equal rows are interchangeable, so what is compared is how often each comes.
SELECT is_empty(
    $$SELECT p, s, d, value, at_most, quantity, count(*)
      FROM   (SELECT p, s, d, value, at_most,
                     allocate(s, d, value, offered, needed, at_most) OVER (PARTITION BY p) AS quantity
              FROM (SELECT * FROM candidate ORDER BY p, r DESC) c) x
      GROUP  BY p, s, d, value, at_most, quantity
      EXCEPT
      SELECT p, s, d, value, at_most, quantity, count(*)
      FROM   answer
      GROUP  BY p, s, d, value, at_most, quantity$$,
    'tiny markets: the order of the rows does not matter');

-- Larger markets of several shapes.
CREATE TEMP TABLE large AS
SELECT p, s, d, value,
       CASE p WHEN 1 THEN 1 ELSE 1 + (s * 7 + p) % 9 END AS offered,
       CASE p WHEN 1 THEN 1 WHEN 5 THEN 1 + d % 2 ELSE 1 + (d * 5 + p) % 6 END AS needed,
       CASE WHEN p IN (3, 6) AND (s + d) % 2 = 0 THEN 1 + (s * d) % 3 END AS at_most
FROM   (SELECT p, CASE WHEN p = 4 THEN 1 + d % 20 ELSE 1 + floor(random() * 300)::int END AS s, d,
               CASE p WHEN 2 THEN 7
                      WHEN 5 THEN d * 3
                      WHEN 6 THEN round((random() * 100)::numeric, 2)::float8
                      ELSE 1 + floor(random() * 10000) END AS value
        FROM   generate_series(1, 6) p, generate_series(1, 500) d, generate_series(1, 6) k) x;

CREATE TEMP TABLE large_answer AS
SELECT l.*, (allocate_detail(s, d, value, offered, needed, at_most) OVER (PARTITION BY p)).*
FROM   large l;

SELECT is_empty(
    $$SELECT * FROM large_answer
      WHERE  quantity < 0 OR quantity > at_most OR gap <> 0
             OR value::numeric > supplier_price::numeric + demander_price::numeric + pair_price::numeric
             OR least(supplier_price, demander_price, pair_price) < 0
      UNION ALL
      SELECT * FROM large_answer
      WHERE  (p, s) IN (SELECT p, s FROM large_answer GROUP BY p, s HAVING sum(quantity) > min(offered))
             OR (p, d) IN (SELECT p, d FROM large_answer GROUP BY p, d HAVING sum(quantity) > min(needed))$$,
    'larger markets: quantities and prices are valid');

SELECT is_empty(
    $$SELECT p, total, of_suppliers + of_demanders + of_rows AS of_prices
      FROM   (SELECT p, sum(value::numeric * quantity) AS total,
                     coalesce(sum(at_most * pair_price::numeric), 0) AS of_rows
              FROM large_answer GROUP BY p) t
             JOIN (SELECT p, sum(offered * price) AS of_suppliers
                   FROM (SELECT p, s, min(offered) AS offered, min(supplier_price)::numeric AS price
                         FROM large_answer GROUP BY p, s) x GROUP BY p) a USING (p)
             JOIN (SELECT p, sum(needed * price) AS of_demanders
                   FROM (SELECT p, d, min(needed) AS needed, min(demander_price)::numeric AS price
                         FROM large_answer GROUP BY p, d) x GROUP BY p) b USING (p)
      WHERE  total <> of_suppliers + of_demanders + of_rows$$,
    'larger markets: the total of the prices is the total of the values');

SELECT is_empty(
    $$SELECT p, s, d, value, at_most, quantity, count(*)
      FROM   (SELECT p, s, d, value, at_most,
                     allocate(s, d, value, offered, needed, at_most) OVER (PARTITION BY p) AS quantity
              FROM (SELECT * FROM large ORDER BY random()) c) x
      GROUP  BY p, s, d, value, at_most, quantity
      EXCEPT
      SELECT p, s, d, value, at_most, quantity, count(*) FROM large_answer
      GROUP  BY p, s, d, value, at_most, quantity$$,
    'larger markets: the order of the rows does not matter');

SELECT is_empty(
    $$SELECT p, sum(value::numeric * quantity)
      FROM   (SELECT p, value, allocate('s' || s, md5(d::text)::uuid, value, offered, needed, at_most)
                               OVER (PARTITION BY p) AS quantity
              FROM large) x
      GROUP  BY p
      EXCEPT
      SELECT p, sum(value::numeric * quantity) FROM large_answer GROUP BY p$$,
    'larger markets: the type of the identifiers does not matter to the total');

SELECT is_empty(
    $$SELECT p, sum(value::numeric * quantity)
      FROM   (SELECT p, value, allocate(d, s, value, needed, offered, at_most) OVER (PARTITION BY p) AS quantity
              FROM large) x
      GROUP  BY p
      EXCEPT
      SELECT p, sum(value::numeric * quantity) FROM large_answer GROUP BY p$$,
    'larger markets: the sides can change places');

-- Values without a decimal form.
CREATE TEMP TABLE rough AS
SELECT 1 + floor(random() * 100)::int AS s, 1 + floor(random() * 150)::int AS d, exp(3 * random()) AS value
FROM   generate_series(1, 1000);

CREATE TEMP TABLE rough_answer AS
SELECT r.*, (allocate_detail(s, d, value, 3, 2) OVER ()).* FROM rough r;

SELECT cmp_ok((SELECT (max(gap) / sum(value * quantity))::float8 FROM rough_answer), '<', 1e-9::float8,
              'rounded values: within 1e-9 of the best total');

SELECT is_empty(
    $$SELECT * FROM rough_answer WHERE value > supplier_price + demander_price + pair_price$$,
    'rounded values: the prices hold for the true values');

SELECT cmp_ok((SELECT (3 * sum(price))::float8 FROM (SELECT min(supplier_price) AS price FROM rough_answer GROUP BY s) a)
              + (SELECT (2 * sum(price))::float8 FROM (SELECT min(demander_price) AS price FROM rough_answer GROUP BY d) b),
              '<=', (SELECT sum(value * quantity) + max(gap) * 1.001 + 1e-9 FROM rough_answer),
              'rounded values: prices and gap agree');

-- Every engine, on all markets; the answers have the same totals.
SET LOCAL salon.match_engine = 'scaling';
SELECT is_empty(
    $$SELECT p, sum(coalesce(value, 0)::numeric * quantity)
      FROM   (SELECT p, value, allocate(s, d, value, offered, needed, at_most) OVER (PARTITION BY p) AS quantity
              FROM candidate UNION ALL
              SELECT -p, value, allocate(s, d, value, offered, needed, at_most) OVER (PARTITION BY p)
              FROM large) x
      GROUP  BY p
      EXCEPT
      SELECT p, sum(coalesce(value, 0)::numeric * quantity)
      FROM   (SELECT p, value, quantity FROM answer UNION ALL SELECT -p, value, quantity FROM large_answer) y
      GROUP  BY p$$,
    'the scaling engine finds the same totals');

SELECT is_empty(
    $$SELECT *
      FROM   (SELECT value, (a).*
              FROM (SELECT value, allocate_detail(s, d, value, offered, needed, at_most) OVER (PARTITION BY p) AS a
                    FROM large) x) y
      WHERE  gap <> 0
             OR value::numeric > supplier_price::numeric + demander_price::numeric + pair_price::numeric$$,
    'the scaling engine proves them');

-- One to one, with ties, parties that stay alone and many more on one side.
CREATE TEMP TABLE single AS
SELECT p, (i * 7919 + p * p) % (60 * p) AS s, (i * 104729) % (211 - 10 * p) AS d, (i * 48271 % (7 * p * p) + 1)::float8 AS value
FROM   generate_series(1, 9) p, generate_series(1, 1200) i;
SET LOCAL salon.match_engine = 'simplex';
CREATE TEMP TABLE single_total AS
SELECT p, sum(value * quantity) AS total
FROM   (SELECT p, value, allocate(s, d, value) OVER (PARTITION BY p) AS quantity FROM single) x
GROUP  BY p;
SET LOCAL salon.match_engine = 'auction';
CREATE TEMP TABLE single_answer AS
SELECT t.*, (allocate_detail(s, d, value) OVER (PARTITION BY p)).* FROM single t;

SELECT set_eq('SELECT p, sum(value * quantity) FROM single_answer GROUP BY p', 'SELECT * FROM single_total',
              'the auction finds the same totals');

SELECT is_empty(
    $$SELECT p FROM single_answer
      WHERE  gap <> 0 OR supplier_price < 0 OR demander_price < 0 OR value > supplier_price + demander_price
      UNION ALL
      SELECT p FROM single_answer GROUP BY p, s HAVING sum(quantity) > 1 OR (sum(quantity) = 0 AND max(supplier_price) > 0)
      UNION ALL
      SELECT p FROM single_answer GROUP BY p, d HAVING sum(quantity) > 1 OR (sum(quantity) = 0 AND max(demander_price) > 0)$$,
    'the auction proves them');
SET LOCAL salon.match_engine = 'dense';
CREATE TEMP TABLE dense_answer AS
SELECT t.*, (allocate_detail(s, d, value) OVER (PARTITION BY p)).* FROM single t;

SELECT set_eq('SELECT p, sum(value * quantity) FROM dense_answer GROUP BY p', 'SELECT * FROM single_total',
              'the dense engine finds the same totals');

SELECT is_empty(
    $$SELECT p FROM dense_answer
      WHERE  gap <> 0 OR supplier_price < 0 OR demander_price < 0 OR value > supplier_price + demander_price
      UNION ALL
      SELECT p FROM dense_answer GROUP BY p, s HAVING sum(quantity) > 1 OR (sum(quantity) = 0 AND max(supplier_price) > 0)
      UNION ALL
      SELECT p FROM dense_answer GROUP BY p, d HAVING sum(quantity) > 1 OR (sum(quantity) = 0 AND max(demander_price) > 0)$$,
    'the dense engine proves them');
-- Values of one party alone: the greedy choice by tiers is as good as that by prices.
CREATE TEMP TABLE tier AS
SELECT p, s, d, (1 + d % 5)::float8 AS value, 1 + s % 7::bigint AS offered, 1 + d % 3::bigint AS needed, CASE WHEN s % 4 = 0 THEN 1 END::bigint AS at_most FROM single;
SET LOCAL salon.match_engine = 'simplex';
CREATE TEMP TABLE tier_total AS
SELECT p, sum(value * quantity) AS total
FROM   (SELECT p, value, allocate(s, d, value, offered, needed, at_most) OVER (PARTITION BY p) AS quantity FROM tier) x
GROUP  BY p;
SET LOCAL salon.match_engine = 'tiers';
SELECT set_eq('SELECT p, sum(value * quantity)
               FROM (SELECT p, value, allocate(s, d, value, offered, needed, at_most) OVER (PARTITION BY p) AS quantity FROM tier) x GROUP BY p',
              'SELECT * FROM tier_total', 'priorities: tiers find the same totals');
SET LOCAL salon.match_engine = 'scaling';

-- A gap that the user allows is kept, and told.
SET LOCAL salon.max_gap = 0.05;
CREATE TEMP TABLE close_answer AS
SELECT l.*, (allocate_detail(s, d, value, offered, needed, at_most) OVER (PARTITION BY p)).* FROM large l;
RESET salon.max_gap;
RESET salon.match_engine;

SELECT is_empty(
    $$SELECT p, b.total, c.total, c.gap
      FROM   (SELECT p, sum(value * quantity) AS total FROM large_answer GROUP BY p) b
             JOIN (SELECT p, sum(value * quantity) AS total, max(gap) AS gap FROM close_answer GROUP BY p) c USING (p)
      WHERE  c.total < b.total * 0.95 OR b.total > (c.total + c.gap) * (1 + 1e-12)$$,
    'max_gap: the total is close enough, and the gap is true');

SELECT is_empty(
    $$SELECT * FROM close_answer WHERE value::numeric > supplier_price::numeric + demander_price::numeric + pair_price::numeric
      UNION ALL
      SELECT * FROM close_answer
      WHERE  (p, s) IN (SELECT p, s FROM close_answer GROUP BY p, s HAVING sum(quantity) > min(offered))
             OR (p, d) IN (SELECT p, d FROM close_answer GROUP BY p, d HAVING sum(quantity) > min(needed))$$,
    'max_gap: prices and quantities are valid');

-- Nulls mean something to every function here: IGNORE NULLS (PostgreSQL 19) is refused.
SELECT CASE WHEN current_setting('server_version_num')::int < 190000 THEN skip('there is no IGNORE NULLS')
            ELSE throws_ok(format('SELECT %s IGNORE NULLS OVER () FROM (VALUES (1, 2)) v (a, b)', call), '0A000', NULL,
                           format('%s refuses IGNORE NULLS', split_part(call, '(', 1))) END
FROM   unnest(ARRAY['allocate(a, b, 1, 1, 1, 1)', 'allocate_detail(a, b, 1, 1, 1, 1)', 'stable_match(a, b, 1, 1, 1, 1)',
                    'barter(a, b, 1, 3)', 'barter_detail(a, b, 1, 3)', 'apportion(a, 1)']) call;

SELECT * FROM finish();
ROLLBACK;
