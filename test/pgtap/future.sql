-- What comes next: cities never visited as city_coverage counts them, later
-- events of the series by brute force, wishes as the surveys have them.
--
-- pg_prove -d DATABASE test/pgtap/future.sql

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

SELECT salon.create_space('t_future') \g /dev/null
SET LOCAL search_path = t_future, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.110001) \g /dev/null

INSERT INTO city (city_code, name_en) SELECT 'c' || n, 'C' || n FROM generate_series(1, 30) n;
INSERT INTO city_activity (city_code, measured_on, activity) SELECT 'c' || c, date '2031-01-01' + n, floor(random() * 100) FROM generate_series(1, 30) c, generate_series(1, 3) n WHERE random() < 0.4 + 0 * (c + n);
INSERT INTO series (series_id, name_en) SELECT n, 's' || n FROM generate_series(1, 3) n;
INSERT INTO event (event_id, name_en, series_id, city_code, status_code, cancelled_reason, starts_at, ends_at)
SELECT n, 'e' || n, nullif(n % 4, 0), 'c' || (1 + floor(random() * 30)::int), s, CASE WHEN s = 'cancelled' THEN 'storm' END,
       t, t + interval '2 hours'
FROM generate_series(1, 60) n, LATERAL (SELECT (ARRAY['idea', 'planned', 'announced', 'held', 'recapped', 'recapped', 'cancelled'])[1 + n % 7] AS s,
                                               CASE WHEN n % 11 > 0 OR n % 7 BETWEEN 2 AND 5 THEN timestamptz '2031-01-01 10:00+08' + (n * 37 % 60) * interval '1 day' END AS t) x;
INSERT INTO follow_up (event_id, plan) SELECT n, 'more' FROM generate_series(3, 60, 3) n;
INSERT INTO survey (survey_id, event_id) SELECT n, n FROM generate_series(1, 60) n WHERE n % 2 = 0;
INSERT INTO question (question_id, survey_id, question_code, kind, text_en, is_wish) SELECT s.survey_id, s.survey_id, 'next', 'choices', 'Where?', s.survey_id % 6 > 0 FROM survey s;
INSERT INTO question_option (question_option_id, question_id, option_code, name_en, city_code)
SELECT 100 * q.question_id + c, q.question_id, 'o' || c, 'C' || c, CASE WHEN c % 2 = 0 THEN 'c' || c END FROM question q, generate_series(1, 30) c;
INSERT INTO response (response_id, survey_id) SELECT 10 * s.survey_id + n, s.survey_id FROM survey s, generate_series(1, 5) n;
INSERT INTO answer (response_id, question_id, question_option_id) SELECT r.response_id, r.survey_id, o.question_option_id FROM response r JOIN question_option o ON o.question_id = r.survey_id WHERE random() < 0.05;

SELECT set_eq('SELECT event_id, city_code, activity, wished FROM future_plan WHERE kind_code = ''city''', $$
    SELECT e.event_id, c.city_code, c.activity,
           (SELECT nullif(count(*), 0) FROM answer a JOIN question_option o USING (question_option_id) WHERE a.survey_id = e.event_id AND a.survey_id % 6 > 0 AND o.city_code = c.city_code) AS wished
    FROM event e CROSS JOIN city_coverage c WHERE c.events_held = 0$$, 'cities without an event, for each event: ' || count(*) || ' cities') FROM city_coverage WHERE events_held = 0;
SELECT cmp_ok(count(*), '<', 28::bigint, 'some were visited') FROM city_coverage WHERE events_held = 0;
SELECT set_eq('SELECT event_id, next_event_id, ordinal FROM future_plan WHERE kind_code = ''event''', $$
    SELECT e.event_id, n.event_id AS next_event_id,
           1 + (SELECT count(*) FROM event m WHERE m.series_id = e.series_id AND m.event_id <> e.event_id AND m.status_code IN ('idea', 'planned', 'announced') AND coalesce(m.starts_at >= e.ends_at, true)
                AND (coalesce(timezone(m.time_zone, m.starts_at)::date, 'infinity'), 'e' || m.event_id) < (coalesce(timezone(n.time_zone, n.starts_at)::date, 'infinity'), 'e' || n.event_id)) AS ordinal
    FROM event e JOIN event n ON n.series_id = e.series_id AND n.event_id <> e.event_id AND n.status_code IN ('idea', 'planned', 'announced') AND coalesce(n.starts_at >= e.ends_at, true)$$,
    'later events of the series, the next first');
SELECT set_eq('SELECT event_id, what FROM future_plan WHERE kind_code = ''plan''', 'SELECT event_id, plan AS what FROM follow_up', 'what was said');
SELECT set_eq('SELECT event_id, what, wished, wish_share FROM future_plan WHERE kind_code = ''wish''', $$
    SELECT a.survey_id AS event_id, o.name_en AS what, count(*) AS wished, round(count(*)::numeric / (SELECT count(DISTINCT b.response_id) FROM answer b WHERE b.survey_id = a.survey_id), 3) AS wish_share
    FROM answer a JOIN question_option o USING (question_option_id) WHERE a.survey_id % 6 > 0 GROUP BY 1, 2$$, 'wishes');
SELECT is(count(*), 0::bigint, 'numbered from 1 within each kind') FROM (SELECT count(*), max(ordinal), count(DISTINCT ordinal) AS d FROM future_plan GROUP BY event_id, kind_code) x WHERE x.count <> x.max OR x.d <> x.count;

-- A city may have a thousand events to come, of other series: its row says when
-- the first one is, by its own clock, and takes no more rows to find.
INSERT INTO city (city_code, name_en) VALUES ('many', 'Many');
INSERT INTO event (event_id, name_en, city_code, status_code, cancelled_reason, starts_at, ends_at, time_zone)
SELECT 1000 + n, 'm' || n, 'many', CASE WHEN n < 500 THEN 'cancelled' ELSE 'planned' END, CASE WHEN n < 500 THEN 'storm' END, t, t + interval '1 hour',
       CASE n WHEN 501 THEN 'Pacific/Pago_Pago' ELSE 'Pacific/Kiritimati' END
FROM generate_series(1, 1500) n, LATERAL (SELECT timestamptz '2041-01-01 10:00Z' + n * interval '6 hours' AS t) x;
ANALYZE event, city;
CREATE FUNCTION pg_temp.fetched() RETURNS bigint LANGUAGE sql
RETURN (SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE schemaname = 't_future' AND relname = 'event');
CREATE TEMP TABLE effort (place text, fetched bigint);
-- a table of a thousand rows is soon read whole
SET LOCAL enable_seqscan = off;
INSERT INTO effort SELECT 'before', pg_temp.fetched();
CREATE TEMP TABLE at_many AS SELECT city_code, on_day FROM future_plan WHERE event_id = 4 AND kind_code = 'city';
INSERT INTO effort SELECT 'after', pg_temp.fetched();
RESET enable_seqscan;
SELECT results_eq('SELECT on_day FROM at_many WHERE city_code = ''many''',
                  'SELECT min((starts_at AT TIME ZONE time_zone)::date) FROM event WHERE city_code = ''many'' AND status_code = ''planned''', 'the first day');
SELECT cmp_ok((min(starts_at) AT TIME ZONE 'Pacific/Kiritimati')::date, '>', min((starts_at AT TIME ZONE time_zone)::date), 'which is not that of the first event')
FROM event WHERE city_code = 'many' AND status_code = 'planned';
SELECT cmp_ok(a.fetched - b.fetched, '<', 400::bigint, format('which takes %s rows to find out', a.fetched - b.fetched))
FROM effort a, effort b WHERE a.place = 'after' AND b.place = 'before';

SELECT * FROM finish();
ROLLBACK;
