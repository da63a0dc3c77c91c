-- Properties of stable_match: all matchings of thousands of tiny random cases,
-- no blocking pair on larger ones, independence of the order of the rows.
-- usage: pg_prove -d DB test/pgtap/stable_match.sql
\set ON_ERROR_STOP 1
\set QUIET 1
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;
BEGIN;
SET LOCAL search_path = salon, public;
SELECT plan(17);
SELECT setseed(0.42) \g /dev/null

-- Tiny cases: up to 3 applicants, 3 openings and 6 acceptable pairs, with zero,
-- small and unlimited quotas, incomplete lists, nulls; every second one with
-- ties, every fourth one with opposite interests.
CREATE TEMP TABLE instance AS
SELECT p, p % 3 = 0 AS one_to_one, p % 2 = 0 AS ties
FROM   generate_series(1, 2400) p;

CREATE TEMP TABLE applicant AS
SELECT p, a, CASE WHEN one_to_one THEN 1
                  WHEN random() < 0.1 THEN NULL
                  ELSE floor(random() * 3.5)::bigint END AS aq
FROM   instance, generate_series(1, 3) a;

CREATE TEMP TABLE opening AS
SELECT p, o, CASE WHEN one_to_one THEN 1
                  WHEN random() < 0.1 THEN NULL
                  ELSE floor(random() * 3.5)::bigint END AS oq
FROM   instance, generate_series(1, 3) o;

CREATE TEMP TABLE candidate AS
SELECT p, ties, a, o, aq, oq, r,
       CASE WHEN unacceptable < 0.05 THEN NULL WHEN ties THEN ceil(ar * 2) ELSE ar END AS ar,
       CASE WHEN unacceptable > 0.95 THEN NULL WHEN ties THEN ceil(opr * 2) ELSE opr END AS opr
FROM   (SELECT *, row_number() OVER (PARTITION BY p ORDER BY place) AS r, CASE WHEN p % 4 = 1 THEN 1 - ar + x / 10 ELSE x END AS opr
        FROM   (SELECT p, ties, a, o, aq, oq, random() AS ar, random() AS x, random() AS unacceptable, random() AS place
                FROM   instance JOIN applicant USING (p) JOIN opening USING (p)) pair) c
WHERE  r <= 6;

-- Every set of pairs, and those that keep the quotas and leave no blocking pair.
CREATE TEMP TABLE choice AS
SELECT c.*, s, s >> (r - 1)::int & 1 = 1 AS chosen
FROM   candidate c, generate_series(0, 63) s
WHERE  s < 64;
ANALYZE choice;

CREATE TEMP TABLE stable AS
SELECT p, ties, s, count(*) FILTER (WHERE chosen) AS size
FROM   (SELECT *,
               count(*) FILTER (WHERE chosen) OVER a AS a_has, max(ar) FILTER (WHERE chosen) OVER a AS a_worst,
               count(*) FILTER (WHERE chosen) OVER o AS o_has, max(opr) FILTER (WHERE chosen) OVER o AS o_worst
        FROM   choice
        WINDOW a AS (PARTITION BY p, s, a), o AS (PARTITION BY p, s, o)) c
GROUP  BY p, ties, s
HAVING bool_and(CASE WHEN chosen
                     THEN ar IS NOT NULL AND opr IS NOT NULL AND a_has <= coalesce(aq, 9) AND o_has <= coalesce(oq, 9)
                     ELSE (ar IS NOT NULL AND (ar < a_worst OR a_has < coalesce(aq, 9))
                           AND opr IS NOT NULL AND (opr < o_worst OR o_has < coalesce(oq, 9))) IS NOT TRUE END);

-- The four answers.
CREATE TEMP TABLE answer (p integer, r bigint, matched boolean, ties_setting text, optimal text);
CREATE FUNCTION pg_temp.answer(text, text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('salon.ties', $1, true), set_config('salon.optimal', $2, true);
    INSERT INTO answer
    SELECT p, r, stable_match(a, o, ar, opr, aq, oq) OVER (PARTITION BY p), $1, $2 FROM candidate;
    PERFORM set_config('salon.ties', 'break', true), set_config('salon.optimal', 'applicant', true);
END $$;
SELECT pg_temp.answer(t, o) FROM unnest('{break,largest}'::text[]) t, unnest('{applicant,opening}'::text[]) o \g /dev/null

CREATE TEMP TABLE answered AS
SELECT p, ties_setting, optimal, coalesce(sum(1 << (r - 1)::int) FILTER (WHERE matched), 0) AS s,
       count(*) FILTER (WHERE matched) AS size
FROM   answer GROUP BY p, ties_setting, optimal;

SELECT is((SELECT count(*) FROM answered), 4 * (SELECT count(DISTINCT p) FROM candidate), 'tiny cases: all are answered');

SELECT is_empty(
    $$SELECT * FROM answered x WHERE NOT EXISTS (SELECT FROM stable s WHERE s.p = x.p AND s.s = x.s)$$,
    'tiny cases: every answer is one of the stable matchings');

SELECT is_empty(
    $$SELECT p FROM stable WHERE NOT ties GROUP BY p HAVING min(size) <> max(size)$$,
    'tiny cases without ties: stable matchings have one size');

-- How many a party has that are as good as this one: in each stable matching,
-- and in the answer that is the best for the one or the other side.
CREATE TEMP TABLE compared AS
SELECT c.p, c.s, c.r, c.chosen, x.optimal, x.matched, aq, oq, a, o,
       count(*) FILTER (WHERE chosen) OVER a AS a_other, count(*) FILTER (WHERE matched) OVER a AS a_answer,
       count(*) FILTER (WHERE chosen) OVER o AS o_other, count(*) FILTER (WHERE matched) OVER o AS o_answer,
       count(*) FILTER (WHERE chosen) OVER all_a AS a_has, count(*) FILTER (WHERE chosen) OVER all_o AS o_has,
       count(*) FILTER (WHERE matched) OVER all_a AS a_answer_has, count(*) FILTER (WHERE matched) OVER all_o AS o_answer_has
FROM   stable JOIN choice c USING (p, s)
       JOIN answer x ON x.p = c.p AND x.r = c.r AND x.ties_setting = 'break'
WHERE  NOT stable.ties
WINDOW a AS (PARTITION BY c.p, c.s, x.optimal, a ORDER BY ar), o AS (PARTITION BY c.p, c.s, x.optimal, o ORDER BY opr),
       all_a AS (PARTITION BY c.p, c.s, x.optimal, a), all_o AS (PARTITION BY c.p, c.s, x.optimal, o);

SELECT cmp_ok((SELECT count(*) FROM (SELECT p FROM stable WHERE NOT ties GROUP BY p HAVING count(*) > 1) several), '>', 20::bigint,
              'tiny cases without ties: many have several stable matchings');

SELECT is_empty(
    $$SELECT * FROM compared WHERE optimal = 'applicant' AND (a_answer < a_other OR o_answer > o_other)$$,
    'tiny cases without ties: the best stable matching for applicants, the worst for openings');

SELECT is_empty(
    $$SELECT * FROM compared WHERE optimal = 'opening' AND (o_answer < o_other OR a_answer > a_other)$$,
    'tiny cases without ties: or the other way round');

SELECT is_empty(
    $$SELECT * FROM compared WHERE a_has <> a_answer_has OR o_has <> o_answer_has$$,
    'tiny cases without ties: a party has as many in all stable matchings');

SELECT is_empty(
    $$SELECT * FROM compared WHERE chosen <> matched AND (a_has < coalesce(aq, 9) OR o_has < coalesce(oq, 9))$$,
    'tiny cases without ties: a party with free places has the same in all stable matchings');

SELECT is_empty(
    $$SELECT p, optimal, size, largest
      FROM   answered JOIN (SELECT p, max(size) AS largest FROM stable GROUP BY p) m USING (p)
      WHERE  ties_setting = 'largest' AND size * 3 < largest * 2$$,
    'tiny cases: with salon.ties = largest at least two thirds of the largest stable matching');

SELECT is_empty(
    $$SELECT * FROM answered b JOIN answered l USING (p, optimal)
      WHERE  b.ties_setting = 'break' AND l.ties_setting = 'largest'
             AND (l.size < b.size OR (l.size = b.size AND l.s <> b.s))$$,
    'tiny cases: salon.ties = largest changes the answer only to match more');

SELECT is_empty(
    $$SELECT * FROM candidate JOIN answer USING (p, r) WHERE matched AND (ar IS NULL OR opr IS NULL OR aq = 0 OR oq = 0)$$,
    'tiny cases: no pair without a rank or a place is matched');

SELECT is_empty(
    $$SELECT p, r, stable_match(a, o, ar, opr, aq, oq) OVER (PARTITION BY p)
      FROM   (SELECT * FROM candidate ORDER BY p, random()) c
      EXCEPT
      SELECT p, r, matched FROM answer WHERE ties_setting = 'break' AND optimal = 'applicant'$$,
    'tiny cases: the order of the rows does not matter');

SELECT is_empty(
    $$SELECT p, r, stable_match(o, a, opr, ar, oq, aq) OVER (PARTITION BY p) FROM candidate
      EXCEPT
      SELECT p, r, matched FROM answer WHERE ties_setting = 'break' AND optimal = 'opening'$$,
    'tiny cases: the sides can change places');

-- Larger cases of several shapes: long lists on one side, many ties, quotas.
CREATE TEMP TABLE large AS
SELECT p, a, o, CASE p WHEN 1 THEN random() WHEN 2 THEN ceil(random() * 3) WHEN 3 THEN o ELSE ceil(random() * 20) END AS ar,
       CASE p WHEN 1 THEN random() WHEN 2 THEN ceil(random() * 3) WHEN 3 THEN a ELSE ceil(random() * 5) END AS opr,
       CASE p WHEN 1 THEN 1 WHEN 5 THEN NULL ELSE 1 + a % 3 END AS aq,
       CASE p WHEN 1 THEN 1 WHEN 4 THEN 50 ELSE 1 + o % 4 END AS oq
FROM   generate_series(1, 5) p, generate_series(1, 400) a, generate_series(1, 300) o
WHERE  CASE p WHEN 4 THEN o <= 6 ELSE random() < 0.05 END;

CREATE FUNCTION pg_temp.blocking(text, text) RETURNS TABLE (p integer, a integer, o integer) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('salon.ties', $1, true), set_config('salon.optimal', $2, true);
    RETURN QUERY
    SELECT t.p, t.a, t.o
    FROM   (SELECT *,
                   count(*) FILTER (WHERE matched) OVER a AS a_has, max(ar) FILTER (WHERE matched) OVER a AS a_worst,
                   count(*) FILTER (WHERE matched) OVER o AS o_has, max(opr) FILTER (WHERE matched) OVER o AS o_worst
            FROM   (SELECT *, stable_match(l.a, l.o, ar, opr, aq, oq) OVER (PARTITION BY l.p) AS matched FROM large l) x
            WINDOW a AS (PARTITION BY x.p, x.a), o AS (PARTITION BY x.p, x.o)) t
    WHERE  CASE WHEN matched THEN a_has > aq OR o_has > oq
                ELSE (ar < a_worst OR a_has < coalesce(aq, 999)) AND (opr < o_worst OR o_has < coalesce(oq, 999)) END;
    PERFORM set_config('salon.ties', 'break', true), set_config('salon.optimal', 'applicant', true);
END $$;

SELECT is_empty(
    $$SELECT t, s, b.* FROM unnest('{break,largest}'::text[]) t, unnest('{applicant,opening}'::text[]) s, pg_temp.blocking(t, s) b$$,
    'larger cases: no pair blocks, quotas are kept');

SELECT is_empty(
    $$SELECT p, a, o, stable_match(a, o, ar, opr, aq, oq) OVER (PARTITION BY p)
      FROM   (SELECT * FROM large ORDER BY p, random()) l
      EXCEPT
      SELECT p, a, o, stable_match(a, o, ar, opr, aq, oq) OVER (PARTITION BY p) FROM large$$,
    'larger cases: the order of the rows does not matter');

SELECT is_empty(
    $$SELECT p, a, o, stable_match(md5(a::text)::uuid, 'o' || o, ar, opr, 2, 3) OVER (PARTITION BY p) FROM large WHERE p = 1
      EXCEPT
      SELECT p, a, o, stable_match(a, o, ar, opr, 2, 3) OVER (PARTITION BY p) FROM large$$,
    'larger cases without ties: the type of the identifiers does not matter');

SELECT is_empty(
    $$SELECT a, o, stable_match(a, o, ar, opr, aq, oq) OVER (PARTITION BY p) FROM large WHERE p = 3
      EXCEPT
      SELECT a, o, stable_match(a::bigint * 1000000007, o::bigint * -1 + 9000000000000000000, ar, -opr * -1, aq, oq)
                   OVER (PARTITION BY p) FROM large WHERE p = 3$$,
    'larger cases: nor do scattered integers');

SELECT * FROM finish();
ROLLBACK;
