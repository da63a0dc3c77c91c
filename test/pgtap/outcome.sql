-- Outcomes: the summary against plain sums, by event, series and year of the
-- place, and metrics that count the same.
--
-- pg_prove -d DATABASE test/pgtap/outcome.sql

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
SET LOCAL salon.import = on;  -- what is still to begin takes place here

SELECT salon.create_space('t_outcome') \g /dev/null
SET LOCAL search_path = t_outcome, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.141421) \g /dev/null

-- Events around New Year, in two time zones.
INSERT INTO party (party_id, kind) SELECT n, 'organization' FROM generate_series(1, 6) n;
INSERT INTO series (series_id, name_en) SELECT n, 's' || n FROM generate_series(1, 3) n;
INSERT INTO event (event_id, name_en, series_id, status_code, starts_at, ends_at, time_zone)
SELECT n, 'e', nullif(n % 4, 0), CASE WHEN n % 5 = 0 THEN 'planned' ELSE 'held' END, t, t + interval '1 hour', CASE n % 2 WHEN 0 THEN 'Asia/Shanghai' ELSE 'America/New_York' END
FROM generate_series(1, 40) n, LATERAL (SELECT timestamptz '2030-12-31 12:00+00' + (n % 3) * interval '365 days' + n * interval '17 minutes' AS t) x;
INSERT INTO event (event_id, name_en) VALUES (41, 'no time');
INSERT INTO outcome (event_id, outcome_kind_code, party_id, status_code)
SELECT e, k.outcome_kind_code, p, CASE WHEN random() < 0.5 THEN 'claimed' ELSE 'confirmed' END
FROM generate_series(1, 41) e, outcome_kind k, generate_series(1, 6) p WHERE random() < 0.1 + 0 * (e + p + k.ordinal);
INSERT INTO outcome (event_id, outcome_kind_code, description, quantity, status_code)
SELECT e, k.outcome_kind_code, 'd' || d, floor(random() * 4), CASE WHEN random() < 0.5 THEN 'claimed' ELSE 'confirmed' END
FROM generate_series(1, 41) e, outcome_kind k, generate_series(1, 3) d WHERE random() < 0.1 + 0 * (e + d + k.ordinal);

CREATE TEMP TABLE flat AS
SELECT o.*, e.series_id, e.status_code AS event_status, date_part('year', timezone(e.time_zone, e.starts_at))::bigint AS year FROM outcome o JOIN event e USING (event_id);
CREATE FUNCTION pg_temp.sums(kind text) RETURNS text LANGUAGE sql AS $$
    SELECT format('SELECT %s::bigint AS id, outcome_kind_code, sum(quantity)::bigint AS outcomes,
                          sum(CASE status_code WHEN ''confirmed'' THEN quantity ELSE 0 END)::bigint AS confirmed, sum(CASE status_code WHEN ''claimed'' THEN quantity ELSE 0 END)::bigint AS claimed,
                          count(DISTINCT event_id) AS events, count(DISTINCT party_id) AS parties
                   FROM flat WHERE %1$s IS NOT NULL GROUP BY 1, 2', kind)
$$;
SELECT set_eq('SELECT event_id AS id, outcome_kind_code, outcomes, confirmed, claimed, events, parties FROM outcome_summary WHERE subject_kind = ''event''', pg_temp.sums('event_id'), 'by event');
SELECT set_eq('SELECT series_id AS id, outcome_kind_code, outcomes, confirmed, claimed, events, parties FROM outcome_summary WHERE subject_kind = ''series''', pg_temp.sums('series_id'), 'by series');
SELECT set_eq('SELECT year AS id, outcome_kind_code, outcomes, confirmed, claimed, events, parties FROM outcome_summary WHERE subject_kind = ''year''', pg_temp.sums('year'), 'by year');
SELECT cmp_ok(count(*), '>', 5::bigint, 'by the clock of the place') FROM flat JOIN event USING (event_id) WHERE year <> date_part('year', timezone('UTC', starts_at));

-- A metric counts the events that were held; one of which nothing is known
-- leaves a lower bound, and is not zero.
INSERT INTO metric (event_id, name_en, fact, outcome_kind_code) SELECT e, 'of ' || k.outcome_kind_code, 'outcomes', k.outcome_kind_code FROM generate_series(1, 40) e, outcome_kind k;
INSERT INTO metric (event_id, name_en, fact) SELECT e, 'all', 'outcomes' FROM generate_series(1, 40) e;
INSERT INTO metric (series_id, name_en, fact, outcome_kind_code) SELECT s, 'of ' || k.outcome_kind_code, 'outcomes', k.outcome_kind_code FROM generate_series(1, 3) s, outcome_kind k;
SELECT set_eq('SELECT m.event_id, m.outcome_kind_code, s.actual, s.basis_code, s.bound_code FROM scorecard s JOIN metric m USING (metric_id) WHERE m.event_id IS NOT NULL', $$
    SELECT e.event_id, k.outcome_kind_code, x.actual, coalesce(x.basis, 'unknown') AS basis_code, CASE WHEN x.actual IS NOT NULL THEN 'exact' END AS bound_code
    FROM event e CROSS JOIN (SELECT outcome_kind_code FROM outcome_kind UNION ALL SELECT NULL) k
    LEFT JOIN LATERAL (SELECT sum(f.quantity) AS actual, max(CASE f.status_code WHEN 'claimed' THEN 'claimed' END) AS claimed,
                              CASE WHEN count(*) > 0 THEN CASE WHEN count(*) FILTER (WHERE f.status_code = 'claimed') > 0 THEN 'claimed' ELSE 'measured' END END AS basis
                       FROM flat f WHERE f.event_id = e.event_id AND f.event_status = 'held' AND (k.outcome_kind_code IS NULL OR f.outcome_kind_code = k.outcome_kind_code)) x ON true
    WHERE e.event_id <= 40$$, 'metrics of events');
SELECT set_eq('SELECT m.series_id, m.outcome_kind_code, s.actual, s.events, s.known_events FROM scorecard s JOIN metric m USING (metric_id) WHERE m.series_id IS NOT NULL', $$
    SELECT r.series_id, k.outcome_kind_code, (SELECT sum(f.quantity) FROM flat f WHERE f.series_id = r.series_id AND f.event_status = 'held' AND f.outcome_kind_code = k.outcome_kind_code) AS actual,
           (SELECT count(*) FROM event e WHERE e.series_id = r.series_id AND e.status_code = 'held') AS events,
           (SELECT count(DISTINCT f.event_id) FROM flat f WHERE f.series_id = r.series_id AND f.event_status = 'held' AND f.outcome_kind_code = k.outcome_kind_code) AS known_events
    FROM series r CROSS JOIN outcome_kind k$$, 'metrics of series');

SELECT * FROM finish();
ROLLBACK;
