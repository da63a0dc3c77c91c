-- Recap and what comes next: every number against plain sums over random facts,
-- and nothing that is not known counts as zero.
--
-- pg_prove -d DATABASE test/pgtap/recap.sql

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

SELECT salon.create_space('t_recap') \g /dev/null
SET LOCAL search_path = t_recap, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.577215) \g /dev/null

CREATE FUNCTION pg_temp.maybe(share float8, x anyelement) RETURNS anyelement LANGUAGE sql VOLATILE AS 'SELECT CASE WHEN random() < share THEN x END';

INSERT INTO party (party_id, kind) SELECT n, 'organization' FROM generate_series(1, 5) n;
INSERT INTO event (event_id, name_en, status_code, planned_on_site, planned_online)
SELECT n, 'e' || n, 'planned', pg_temp.maybe(0.7, floor(random() * 50)::int), pg_temp.maybe(0.7, floor(random() * 50)::int) FROM generate_series(1, 40) n;
UPDATE event SET actual_on_site = floor(random() * 50), on_site_basis = CASE WHEN random() < 0.5 THEN 'claimed' ELSE 'measured' END WHERE random() < 0.6;
UPDATE event SET actual_online = floor(random() * 50), online_basis = CASE WHEN random() < 0.5 THEN 'claimed' ELSE 'measured' END WHERE random() < 0.6;
INSERT INTO cost (event_id, cost_kind_code, planned, actual, actual_basis)
SELECT e, k, pg_temp.maybe(0.8, floor(random() * 1000)::numeric), a, CASE WHEN a IS NOT NULL THEN CASE WHEN random() < 0.3 THEN 'claimed' ELSE 'measured' END END
FROM (SELECT e, k, pg_temp.maybe(0.8, floor(random() * 1000)::numeric) AS a FROM generate_series(1, 40) e, unnest(ARRAY['tea', 'venue', 'gift']) k WHERE random() < 0.6 + 0 * (e + length(k))) x;
CREATE TEMP TABLE sponsor AS
SELECT row_number() OVER () AS commitment_id, e AS event_id, p AS party_id, pg_temp.maybe(0.8, floor(random() * 1000)::numeric) AS planned_amount,
       a AS actual_amount, CASE WHEN a IS NOT NULL THEN CASE WHEN random() < 0.3 THEN 'claimed' ELSE 'measured' END END AS actual_basis
FROM (SELECT e, p, pg_temp.maybe(0.8, floor(random() * 1000)::numeric) AS a FROM generate_series(1, 40) e, generate_series(1, 3) p WHERE random() < 0.5 + 0 * (e + p)) x;
INSERT INTO commitment (commitment_id, event_id, giver_id, planned_amount, amount, status_code)
SELECT commitment_id, event_id, party_id, planned_amount, actual_amount, 'signed' FROM sponsor;
INSERT INTO delivery (commitment_id, amount, basis)
SELECT commitment_id, actual_amount, actual_basis FROM sponsor WHERE actual_amount IS NOT NULL;
INSERT INTO reach (event_id, medium_code, planned_pv, actual_pv, actual_basis)
SELECT e, m, pg_temp.maybe(0.8, floor(random() * 1000)::bigint), a, CASE WHEN a IS NOT NULL THEN CASE WHEN random() < 0.3 THEN 'claimed' ELSE 'measured' END END
FROM (SELECT e, m.medium_code AS m, pg_temp.maybe(0.8, floor(random() * 1000)::bigint) AS a FROM generate_series(1, 40) e, medium m WHERE random() < 0.6 + 0 * (e + m.ordinal)) x;
INSERT INTO session (event_id, format_code, title_en, was_held)
SELECT e, f, 't', pg_temp.maybe(0.7, random() < 0.8) FROM generate_series(1, 40) e, unnest(ARRAY['mini_talk', 'mini_talk', 'pk', 'break']) f WHERE random() < 0.7 + 0 * (e + length(f));
INSERT INTO channel (channel_id, party_id, platform_code, name) SELECT n, 1, 'website', n::text FROM generate_series(1, 200) n;
INSERT INTO post (event_id, channel_id, planned_at, posted_at, planned_views, actual_views, actual_basis)
SELECT e, 5 * (e - 1) + c, pt, CASE WHEN pt IS NULL OR x < 0.7 THEN timestamptz '2031-01-02' END, pg_temp.maybe(0.8, floor(random() * 100)::bigint),
       CASE WHEN pt IS NULL OR x < 0.5 THEN floor(x * 100)::bigint END, CASE WHEN pt IS NULL OR x < 0.5 THEN CASE WHEN x < 0.2 THEN 'claimed' ELSE 'measured' END END
FROM (SELECT e, c, pg_temp.maybe(0.8, timestamptz '2031-01-01') AS pt, random() AS x FROM generate_series(1, 40) e, generate_series(1, 4) c WHERE random() < 0.6 + 0 * (e + c)) y;
INSERT INTO survey (survey_id, event_id, planned_responses) SELECT 2 * e + k, e, pg_temp.maybe(0.8, floor(random() * 20)::int) FROM generate_series(1, 40) e, generate_series(0, 1) k WHERE random() < 0.6 + 0 * (e + k);
INSERT INTO response (survey_id) SELECT s.survey_id FROM survey s, generate_series(1, 10) n WHERE random() < (s.survey_id % 4) * 0.2 + 0 * n;

-- Plain sums over the facts: planned and actual, how many parts are known, and
-- whether any is only claimed.
CREATE TEMP TABLE fact AS
SELECT event_id, 'on_site' AS item_code, planned_on_site::numeric AS planned, actual_on_site::numeric AS actual, on_site_basis = 'claimed' AS is_claimed FROM event
UNION ALL SELECT event_id, 'online', planned_online, actual_online, online_basis = 'claimed' FROM event
UNION ALL SELECT event_id, 'cost', planned, actual, actual_basis = 'claimed' FROM cost
UNION ALL SELECT event_id, 'sponsorship', coalesce(planned_amount, actual_amount), actual_amount, actual_basis = 'claimed' FROM sponsor
UNION ALL SELECT event_id, 'pv', planned_pv, actual_pv, actual_basis = 'claimed' FROM reach
UNION ALL SELECT event_id, 'talks', 1, was_held::int, false FROM session WHERE format_code <> 'break'
UNION ALL SELECT event_id, 'responses', planned_responses, nullif((SELECT count(*) FROM response r WHERE r.survey_id = s.survey_id), 0), false FROM survey s;
CREATE TEMP TABLE plain AS
SELECT e.event_id, c AS item_code,
       CASE WHEN bool_and(f.planned IS NOT NULL) THEN sum(f.planned) END AS planned, sum(f.actual) AS actual,
       CASE WHEN sum(f.actual) IS NULL THEN 'not_measured' WHEN bool_or(f.is_claimed AND f.actual IS NOT NULL) THEN 'claimed' ELSE 'measured' END AS basis_code,
       bool_and(f.actual IS NOT NULL) AS is_whole
FROM event e CROSS JOIN (SELECT DISTINCT item_code FROM fact) i (c) LEFT JOIN fact f ON f.event_id = e.event_id AND f.item_code = c GROUP BY 1, 2;

CREATE TEMP TABLE got AS SELECT * FROM recap;
SELECT set_eq('SELECT event_id, item_code, planned, actual, basis_code FROM got WHERE item_code IN (SELECT item_code FROM plain)',
              'SELECT event_id, item_code, planned, actual, basis_code FROM plain', 'each number is a plain sum: ' || (SELECT count(*) FROM plain) || ' numbers');
SELECT is(count(*), 0::bigint, 'it is exact where every part is known, and a lower bound else') FROM got g JOIN plain p USING (event_id, item_code)
WHERE g.bound_code IS DISTINCT FROM CASE WHEN p.actual IS NULL THEN NULL WHEN p.is_whole THEN 'exact' ELSE 'at_least' END;
SELECT is(count(*), 0::bigint, 'difference and ratio stand exactly where both are known for certain') FROM got
WHERE (difference IS NOT NULL) <> (planned IS NOT NULL AND actual IS NOT NULL AND bound_code = 'exact')
   OR (ratio IS NOT NULL) <> (planned <> 0 AND actual IS NOT NULL AND bound_code = 'exact') IS TRUE
   OR difference <> actual - planned OR abs(ratio * planned - actual) > 0.0001 * planned;
SELECT is(count(*), 0::bigint, 'whatever the unknown parts are: reached is what any of them would say') FROM got
WHERE actual IS NOT NULL AND planned IS NOT NULL
  AND is_reached IS DISTINCT FROM CASE WHEN bound_code = 'exact' THEN CASE WHEN is_less_better THEN actual <= planned ELSE actual >= planned END
                                       WHEN is_less_better AND actual > planned THEN false WHEN NOT is_less_better AND actual >= planned THEN true END;
SELECT is(count(*), 0::bigint, 'of what is not known nothing is told') FROM got
WHERE (planned IS NULL OR actual IS NULL) AND (difference IS NOT NULL OR ratio IS NOT NULL OR is_reached IS NOT NULL);
SELECT cmp_ok(count(*), '>', 5::bigint, 'enough of ' || k || ' was there') FROM got, LATERAL (VALUES (bound_code), (basis_code)) v (k) WHERE item_code IN (SELECT item_code FROM plain) AND k IS NOT NULL GROUP BY k ORDER BY k;

SELECT set_eq($$SELECT event_id, planned_views, posts FROM (SELECT event_id, max(planned) FILTER (WHERE item_code = 'post_views') AS planned_views, max(actual) FILTER (WHERE item_code = 'posts') AS posts FROM got GROUP BY 1) x$$,
              $$SELECT e.event_id, CASE WHEN count(p.post_id) FILTER (WHERE p.planned_at IS NOT NULL AND p.planned_views IS NULL) = 0 THEN sum(CASE WHEN p.planned_at IS NOT NULL THEN p.planned_views END) END AS planned_views,
                       CASE WHEN count(p.post_id) > 0 THEN count(p.posted_at) END::numeric AS posts FROM event e LEFT JOIN post p USING (event_id) GROUP BY 1$$, 'posts and their planned views');

-- The summary has the same numbers, and those of which only some is known not at all.
SELECT set_eq('SELECT event_id, on_site_planned, on_site, online, cost_planned, cost, pv_planned, pv, talks, sponsorship, responses_planned, responses FROM recap_summary', $$
    SELECT event_id, max(planned) FILTER (WHERE item_code = 'on_site') AS on_site_planned, max(actual) FILTER (WHERE item_code = 'on_site') AS on_site, max(actual) FILTER (WHERE item_code = 'online') AS online,
           max(planned) FILTER (WHERE item_code = 'cost') AS cost_planned, max(actual) FILTER (WHERE item_code = 'cost' AND is_whole) AS cost,
           max(planned) FILTER (WHERE item_code = 'pv') AS pv_planned, max(actual) FILTER (WHERE item_code = 'pv' AND is_whole) AS pv, max(actual) FILTER (WHERE item_code = 'talks' AND is_whole) AS talks,
           max(actual) FILTER (WHERE item_code = 'sponsorship' AND is_whole) AS sponsorship,
           max(planned) FILTER (WHERE item_code = 'responses') AS responses_planned, max(actual) FILTER (WHERE item_code = 'responses' AND is_whole) AS responses
    FROM plain GROUP BY 1$$, 'the summary');
SELECT set_eq('SELECT event_id, planned_count, compared_count, reached_count, measured_count, claimed_count, to_measure_count FROM recap_summary', $$
    SELECT event_id, count(planned) AS planned_count, count(difference) AS compared_count, count(*) FILTER (WHERE is_reached) AS reached_count,
           count(*) FILTER (WHERE basis_code = 'measured') AS measured_count, count(*) FILTER (WHERE basis_code = 'claimed') AS claimed_count,
           count(*) FILTER (WHERE planned IS NOT NULL AND basis_code = 'not_measured') AS to_measure_count FROM got GROUP BY 1$$, 'and counts them');

-- Forget everything that came about: nothing is left that says zero.
UPDATE event SET actual_on_site = NULL, on_site_basis = NULL, actual_online = NULL, online_basis = NULL;
UPDATE cost SET actual = NULL, actual_basis = NULL;
DELETE FROM delivery;
UPDATE reach SET actual_pv = NULL, actual_basis = NULL;
UPDATE session SET was_held = NULL;
UPDATE post SET actual_views = NULL, actual_basis = NULL;
DELETE FROM response;
SELECT is(string_agg(DISTINCT item_code, ', '), 'agreements, posts', 'without facts nothing is measured but what was signed and posted') FROM recap WHERE actual IS NOT NULL;

SELECT * FROM finish();
ROLLBACK;
