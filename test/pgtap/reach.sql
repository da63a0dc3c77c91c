-- Reach: the bounds of a share are the sharpest that hold, by trying out what
-- may be true of a person; prices and sums against plain arithmetic.
--
-- pg_prove -d DATABASE test/pgtap/reach.sql

\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;

BEGIN;

SELECT salon.create_space('t_reach') \g /dev/null
SET LOCAL search_path = t_reach, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.271828) \g /dev/null

-- A small world in which a person is a city, a leaf industry, a profession, an
-- age of 0 to 5 and an income of 0 to 5: what is known of a group leaves a set
-- of persons, and so does what a segment wants.
INSERT INTO city (city_code, name_en) SELECT 'c' || n, 'c' FROM generate_series(1, 4) n;
INSERT INTO region (region_code, name_en) SELECT 'r' || n, 'r' FROM generate_series(1, 3) n;
INSERT INTO region_city VALUES ('r1', 'c1'), ('r1', 'c2'), ('r2', 'c2'), ('r2', 'c3'), ('r3', 'c2');
DELETE FROM industry;
DELETE FROM profession WHERE profession_code NOT IN ('dba', 'student');
INSERT INTO industry (industry_code, parent_code, name_en) VALUES
    ('top', NULL, 'x'), ('left', 'top', 'x'), ('right', 'top', 'x'), ('low1', 'left', 'x'), ('low2', 'left', 'x'), ('else', NULL, 'x');
CREATE TEMP TABLE person AS
SELECT row_number() OVER () AS person_id, c.city_code, i.industry_code, p.profession_code, a.age, n.income
FROM city c, industry i, profession p, generate_series(0, 5) AS a (age), generate_series(0, 5) AS n (income);
CREATE TEMP TABLE below AS SELECT i.industry_code, u AS ancestor_code FROM industry i, unnest(_industry_up(i.industry_code)) u;
ANALYZE person;

CREATE FUNCTION pg_temp.pick(choice text[]) RETURNS text LANGUAGE sql VOLATILE
RETURN choice[1 + floor(random() * cardinality(choice))::int];

-- Segments and groups at random; a range of ages or incomes stays in 0 to 6.
CREATE FUNCTION pg_temp.attributes(share float8, OUT profession_code text, OUT industry_code text, OUT city_code text, OUT region_code text,
                                   OUT age_from int, OUT age_below int, OUT income_from numeric, OUT income_below numeric)
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF random() < share THEN profession_code := pg_temp.pick('{dba,student}'); END IF;
    IF random() < share THEN industry_code := pg_temp.pick('{top,left,right,low1,low2,else}'); END IF;
    IF random() < share THEN
        IF random() < 0.5 THEN city_code := pg_temp.pick('{c1,c2,c3,c4}'); ELSE region_code := pg_temp.pick('{r1,r2,r3}'); END IF;
    END IF;
    IF random() < share THEN age_from := floor(random() * 5); END IF;
    IF random() < share THEN age_below := coalesce(age_from, 0) + 1 + floor(random() * (6 - coalesce(age_from, 0))); END IF;
    IF random() < share THEN income_from := floor(random() * 5); END IF;
    IF random() < share THEN income_below := coalesce(income_from, 0) + 1 + floor(random() * (6 - coalesce(income_from, 0))); END IF;
END
$$;
DO $$
BEGIN
    FOR n IN 1..60 LOOP
        BEGIN
            INSERT INTO segment (name_en, profession_code, industry_code, city_code, region_code, age_from, age_below, income_from, income_below)
            SELECT 's' || n, t.* FROM pg_temp.attributes(0.35) t;
        EXCEPTION WHEN check_violation THEN NULL;
        END;
    END LOOP;
    INSERT INTO event (name_en) SELECT 'e' || n FROM generate_series(1, 60) n;
    FOR n IN 1..250 LOOP
        BEGIN
            INSERT INTO audience (event_id, profession_code, industry_code, city_code, region_code, age_from, age_below, income_from, income_below,
                                  planned, actual, actual_basis)
            SELECT 1 + floor(random() * 60)::int, t.*, h.planned, h.actual, CASE WHEN h.actual IS NOT NULL THEN pg_temp.pick('{measured,claimed}') END
            FROM pg_temp.attributes(0.65) t,
                 (SELECT CASE WHEN random() < 0.9 THEN floor(random() * 5)::int END AS planned, CASE WHEN random() < 0.8 THEN floor(random() * 5)::int END AS actual) h;
        EXCEPTION WHEN unique_violation THEN NULL;
        END;
    END LOOP;
END
$$;

-- Who may be meant.  Without a bound a range is open: the world has none older
-- than 5, so a lower bound alone means up to there.
CREATE FUNCTION pg_temp.may_be(profession text, industry text, city text, region text, ages int4range, incomes numrange) RETURNS bigint[]
LANGUAGE sql STABLE
RETURN ARRAY(SELECT p.person_id FROM person p
             WHERE (profession IS NULL OR p.profession_code = profession)
               AND (industry IS NULL OR EXISTS (SELECT FROM below b WHERE b.industry_code = p.industry_code AND b.ancestor_code = industry))
               AND (city IS NULL OR p.city_code = city)
               AND (region IS NULL OR EXISTS (SELECT FROM region_city r WHERE r.region_code = region AND r.city_code = p.city_code))
               AND p.age <@ ages AND p.income::numeric <@ incomes);
CREATE TEMP TABLE wanted AS
SELECT segment_id, pg_temp.may_be(profession_code, industry_code, city_code, region_code, int4range(age_from, age_below), numrange(income_from, income_below)) AS persons
FROM segment;
CREATE TEMP TABLE known AS
SELECT audience_id, pg_temp.may_be(profession_code, industry_code, city_code, region_code, int4range(age_from, age_below), numrange(income_from, income_below)) AS persons
FROM audience;

CREATE TEMP TABLE verdict AS
SELECT a.event_id, a.audience_id, s.segment_id,
       s.counts = 'people' AND _group_fits(a.profession_code, a.industry_code, a.city_code, a.region_code, numrange(a.age_from, a.age_below), numrange(a.income_from, a.income_below),
                                         s.profession_code, s.industry_code, s.city_code, s.region_code, numrange(s.age_from, s.age_below), numrange(s.income_from, s.income_below)) AS got,
       CASE WHEN k.persons <@ w.persons THEN true WHEN NOT k.persons && w.persons THEN false END AS expected
FROM audience a JOIN known k USING (audience_id), segment s JOIN wanted w USING (segment_id);
-- An open bound may go beyond the little world, and 6 may be its end: there
-- "not known" is right as well.
SELECT is(count(*) FILTER (WHERE got IS NOT NULL AND got IS DISTINCT FROM expected), 0::bigint, 'what is said of a group holds for everybody who may be meant, in ' || count(*) || ' cases') FROM verdict;
SELECT is(count(*), 0::bigint, 'and nothing is left open that is certain')
FROM verdict v JOIN audience a USING (audience_id) JOIN segment s USING (segment_id)
WHERE v.got IS NULL AND v.expected IS NOT NULL
  AND (s.age_from IS NULL AND s.age_below IS NULL OR a.age_from IS NOT NULL AND a.age_below IS NOT NULL AND s.age_from > 0 AND s.age_below < 6)
  AND (s.income_from IS NULL AND s.income_below IS NULL OR a.income_from IS NOT NULL AND a.income_below IS NOT NULL AND s.income_from > 0 AND s.income_below < 6)
  -- a kind of industry that nobody in the world is, or all are
  AND (s.industry_code IS NULL OR a.industry_code IS NOT NULL);
SELECT cmp_ok(least(count(*) FILTER (WHERE got), count(*) FILTER (WHERE NOT got), count(*) FILTER (WHERE got IS NULL)), '>=', 300::bigint, 'with many of each kind') FROM verdict;

-- The bounds: every group of unknown size gets 0 or a million, every group
-- of unknown kind is in or out; the extremes of all these worlds.
CREATE FUNCTION pg_temp.extremes(event bigint, segment bigint, is_actual boolean, OUT lo numeric, OUT hi numeric) LANGUAGE plpgsql STABLE AS $$
DECLARE
    heads numeric[];
    fits boolean[];
    n int;
    world int;
    inside numeric;
    total numeric;
    h numeric;
    rest int;
BEGIN
    SELECT array_agg(CASE WHEN is_actual THEN a.actual ELSE a.planned END ORDER BY a.audience_id), array_agg(v.got ORDER BY a.audience_id), count(*)
    INTO heads, fits, n
    FROM audience a JOIN verdict v USING (audience_id) WHERE a.event_id = event AND v.segment_id = segment;
    IF is_actual AND NOT EXISTS (SELECT FROM unnest(heads) x WHERE x > 0) THEN
        RETURN;
    END IF;
    FOR world IN 0..4 ^ n - 1 LOOP
        inside := 0;
        total := 0;
        rest := world;
        FOR i IN 1..n LOOP
            h := coalesce(heads[i], CASE WHEN rest & 1 = 1 THEN 1000000000000 ELSE 0 END);
            total := total + h;
            IF coalesce(fits[i], rest & 2 = 2) THEN
                inside := inside + h;
            END IF;
            rest := rest >> 2;
        END LOOP;
        IF total > 0 THEN
            lo := least(lo, inside / total);
            hi := greatest(hi, inside / total);
        END IF;
    END LOOP;
END
$$;
CREATE TEMP TABLE checked AS
SELECT f.event_id, f.segment_id, f.planned_share_from, f.planned_share_to, f.actual_share_from, f.actual_share_to, p.lo AS p_lo, p.hi AS p_hi, a.lo AS a_lo, a.hi AS a_hi
FROM audience_fit f
CROSS JOIN LATERAL pg_temp.extremes(f.event_id, f.segment_id, false) p
CROSS JOIN LATERAL pg_temp.extremes(f.event_id, f.segment_id, true) a
WHERE f.segment_id % 6 = 0 AND (SELECT count(*) FROM audience u WHERE u.event_id = f.event_id) <= 4;
SELECT cmp_ok(count(*), '>=', 100::bigint, 'shares in many cases: ' || count(*)) FROM checked;
SELECT is(count(*) FILTER (WHERE abs(planned_share_from - p_lo) > 0.000002 OR (planned_share_from IS NULL) <> (p_lo IS NULL)), 0::bigint, 'the planned share is at least that of the worst world') FROM checked;
SELECT is(count(*) FILTER (WHERE abs(planned_share_to - p_hi) > 0.000002 OR (planned_share_to IS NULL) <> (p_hi IS NULL)), 0::bigint, 'and at most that of the best') FROM checked;
SELECT is(count(*) FILTER (WHERE abs(actual_share_from - a_lo) > 0.000002 OR (actual_share_from IS NULL) <> (a_lo IS NULL)), 0::bigint, 'the actual share is at least that of the worst world') FROM checked;
SELECT is(count(*) FILTER (WHERE abs(actual_share_to - a_hi) > 0.000002 OR (actual_share_to IS NULL) <> (a_hi IS NULL)), 0::bigint, 'and at most that of the best') FROM checked;

-- Prices: against sums over plain tables.

INSERT INTO party (party_id, kind, name_en) SELECT n, 'organization', 'p' || n FROM generate_series(1, 40) n;
UPDATE event SET series_id = NULL;
INSERT INTO series (series_id, name_en) VALUES (1, 'one'), (2, 'two');
UPDATE event SET series_id = nullif(event_id % 3, 0);
INSERT INTO reach (event_id, medium_code, planned_pv, actual_pv, actual_basis)
SELECT e, m.medium_code, CASE WHEN random() < 0.9 THEN floor(random() * 100000)::int END, h.pv, CASE WHEN h.pv IS NOT NULL THEN CASE WHEN random() < 0.8 THEN 'measured' ELSE 'claimed' END END
FROM generate_series(1, 60) e, medium m, LATERAL (SELECT CASE WHEN random() < 0.8 + e * 0 THEN floor(random() * 100000)::int END AS pv) h
WHERE m.ordinal <= 1 + e % 3;
INSERT INTO package (package_id, event_id, name_en, benefits, price) SELECT e, e, 'p', 'post:1', nullif(floor(random() * 6)::int, 0) * 1000 FROM generate_series(1, 60) e;
INSERT INTO commitment (event_id, giver_id, kind, amount, status_code)
SELECT e, p, 'money', CASE WHEN random() < 0.9 THEN floor(random() * 100)::int * 1000 END,
       (ARRAY['proposed', 'reserved', 'signed', 'signed', 'signed', 'signed'])[1 + floor(random() * 6)::int]
FROM generate_series(1, 60) e, generate_series(1, 5) p WHERE random() < 0.4;
INSERT INTO agreement (package_id, party_id) SELECT e, p FROM generate_series(1, 60) e, generate_series(1, 5) p WHERE random() < 0.25;
UPDATE agreement SET status_code = 'signed' WHERE status_code = 'reserved' AND random() < 0.8;
UPDATE agreement SET status_code = 'withdrawn' WHERE random() < 0.05;
INSERT INTO delivery (commitment_id, amount, basis)
SELECT c.commitment_id, round(coalesce(c.amount, 5000) / 2 + h.more, 2), CASE WHEN random() < 0.95 THEN 'measured' ELSE 'claimed' END
FROM commitment c, LATERAL (SELECT n, CASE WHEN random() < 0.1 THEN -0.01 WHEN c.commitment_id + n > 0 THEN 0 END AS more FROM generate_series(1, 2) n) h
WHERE c.kind = 'money' AND c.giver_id IS NOT NULL AND c.status_code = 'signed' AND random() < 0.9 AND coalesce(c.amount, 5000) > 0;

-- What a sponsor and an event have with each other, one sponsorship at a time.
CREATE TEMP TABLE deal (event_id bigint, party_id bigint, planned numeric, agreed numeric, paid numeric, measured boolean);
DO $$
DECLARE
    d record;
    s record;
    g record;
    planned numeric;
    agreed numeric;
    paid numeric;
    all_paid boolean;
    all_measured boolean;
    signed int;
    lines int;
    due numeric;
    got numeric;
BEGIN
    FOR d IN SELECT DISTINCT event_id, giver_id AS party_id FROM commitment WHERE giver_id IS NOT NULL AND status_code <> 'withdrawn' LOOP
        planned := 0; agreed := 0; paid := 0; all_paid := true; all_measured := true; signed := 0; lines := 0;
        FOR s IN SELECT * FROM commitment c WHERE c.event_id = d.event_id AND c.giver_id = d.party_id AND c.status_code <> 'withdrawn' LOOP
            planned := planned + s.amount;
            due := NULL;
            IF s.status_code IN ('signed', 'fulfilled') THEN
                signed := signed + 1;
                due := s.amount;
                agreed := agreed + due;
            END IF;
            got := 0;
            FOR g IN SELECT amount, basis FROM delivery WHERE commitment_id = s.commitment_id LOOP
                lines := lines + 1;
                paid := paid + g.amount;
                got := got + g.amount;
                all_measured := all_measured AND g.basis = 'measured';
            END LOOP;
            all_paid := all_paid AND (got >= due) IS TRUE;
        END LOOP;
        INSERT INTO deal VALUES (d.event_id, d.party_id, planned, CASE WHEN signed > 0 THEN agreed END, CASE WHEN lines > 0 THEN paid END,
                                 lines > 0 AND all_measured AND all_paid);
    END LOOP;
END
$$;
SELECT set_eq('SELECT event_id, party_id, planned_amount, agreed_amount, actual_amount FROM sponsor_price', 'SELECT event_id, party_id, planned, agreed, paid FROM deal', 'what a sponsor is to give and gave comes to what it is one by one');
SELECT cmp_ok(count(*) FILTER (WHERE measured), '>', 20::bigint, 'with many that paid') FROM deal;
SELECT cmp_ok(count(*) FILTER (WHERE NOT measured AND paid IS NOT NULL), '>', 20::bigint, 'and many that did not pay all') FROM deal;
CREATE TEMP TABLE pv AS
SELECT event_id, CASE WHEN bool_and(planned_pv IS NOT NULL) THEN sum(planned_pv) END AS planned, CASE WHEN bool_and(actual_basis IS NOT DISTINCT FROM 'measured') THEN sum(actual_pv) END AS measured
FROM reach GROUP BY event_id;
SELECT is(string_agg(format('%s %s', s.event_id, s.party_id), ', '), NULL, 'a price is the amount by the page views')
FROM sponsor_price s JOIN deal d USING (event_id, party_id) JOIN pv USING (event_id)
WHERE (s.planned_price, s.agreed_price) IS DISTINCT FROM (trim_scale(d.planned / nullif(pv.planned, 0)), trim_scale(d.agreed / nullif(pv.planned, 0)));
SELECT results_eq($$ SELECT party_id, measured_events, actual_amount, actual_pv, actual_price FROM price_summary WHERE scope_code = 'sponsor' ORDER BY 1 $$,
    $$ SELECT d.party_id, count(m.event_id), sum(d.paid) FILTER (WHERE m.event_id IS NOT NULL), sum(m.measured), trim_scale(sum(d.paid) FILTER (WHERE m.event_id IS NOT NULL) / sum(m.measured))
       FROM deal d LEFT JOIN pv m ON m.event_id = d.event_id AND m.measured IS NOT NULL AND d.measured
       GROUP BY d.party_id ORDER BY 1 $$, 'the price of a sponsor is over measured events only');
SELECT results_eq($$ SELECT planned_events, planned_amount, planned_pv, measured_events, actual_amount, actual_pv FROM price_summary WHERE scope_code = 'all' $$,
    $$ SELECT count(*) FILTER (WHERE p), sum(pa) FILTER (WHERE p), sum(planned_pv) FILTER (WHERE p), count(*) FILTER (WHERE m), sum(aa) FILTER (WHERE m), sum(measured_pv) FILTER (WHERE m)
       FROM (SELECT d.event_id, sum(d.planned) AS pa, sum(d.paid) AS aa, pv.planned AS planned_pv, pv.measured AS measured_pv,
                    bool_and(d.planned IS NOT NULL) AND pv.planned IS NOT NULL AS p,
                    bool_and(d.measured) AND pv.measured IS NOT NULL AS m
             FROM deal d JOIN pv USING (event_id) GROUP BY d.event_id, pv.planned, pv.measured) x $$, 'that of all events counts the page views of each event once');
SELECT is((SELECT sum(measured_events) FROM price_summary WHERE scope_code = 'series'), (SELECT measured_events::numeric FROM price_summary WHERE scope_code = 'all'), 'the series add up to all');

-- Prospects: against plain sets.

DELETE FROM event_party WHERE commitment_id IS NULL;
INSERT INTO party_industry (party_id, industry_code)
SELECT DISTINCT p, pg_temp.pick('{left,right,low1,low2,else}') FROM generate_series(1, 30) p, generate_series(1, 2) WHERE p > 0;
INSERT INTO supplier_of (supplier_id, customer_id)
SELECT a, b FROM generate_series(1, 40) a, generate_series(1, 40) b WHERE a <> b AND random() < 0.1;
INSERT INTO event_party (event_id, party_id, part_code) SELECT e, p, pg_temp.pick('{host,guest_company}') FROM generate_series(1, 20) e, generate_series(1, 40) p WHERE random() < 0.2;
DELETE FROM segment;
INSERT INTO segment (segment_id, name_en, counts, industry_code, size, size_basis) VALUES (1001, 'left', 'organizations', 'left', 4, 'claimed'), (1002, 'else', 'organizations', 'else', 6, 'claimed');
SELECT set_eq($$ SELECT event_id, segment_id, party_id, customers FROM prospect $$,
    $$ SELECT ep.event_id, s.segment_id, o.supplier_id, count(DISTINCT ep.party_id)
       FROM event_party ep JOIN party_industry i USING (party_id) JOIN below b USING (industry_code) JOIN segment s ON s.industry_code = b.ancestor_code
       JOIN supplier_of o ON o.customer_id = ep.party_id
       WHERE o.supplier_id NOT IN (SELECT party_id FROM event_party x WHERE x.event_id = ep.event_id)
       GROUP BY 1, 2, 3 $$, 'prospects are the suppliers of whom is covered, who are not there yet');
SELECT set_eq($$ SELECT event_id, segment_id, planned, planned_share FROM coverage WHERE event_id <= 20 $$,
    $$ SELECT e, s.segment_id, n::numeric, trim_scale(round(n::numeric / s.size, 6))
       FROM generate_series(1, 20) e CROSS JOIN segment s CROSS JOIN LATERAL (
            SELECT count(DISTINCT ep.party_id) AS n FROM event_party ep JOIN party_industry i USING (party_id) JOIN below b USING (industry_code)
            WHERE ep.event_id = e AND b.ancestor_code = s.industry_code) x $$, 'coverage counts each of them once');
SELECT cmp_ok(max(planned_share), '>', 1::numeric, 'and may exceed the whole') FROM coverage;
SELECT cmp_ok(count(*), '>', 50::bigint, 'of many prospects') FROM prospect;

SELECT * FROM finish();
ROLLBACK;
