-- Recurrence rules: random rules against a second reading of RFC 5545, day by
-- day in SQL; local time over changes of the clock; what never happens ends.
--
-- pg_prove -d DATABASE test/pgtap/recurrence.sql

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
SET LOCAL search_path = salon, public;
SET LOCAL timezone = 'UTC';
SELECT no_plan();
SELECT setseed(0.577215) \g /dev/null

CREATE TEMP TABLE rule (
    id integer PRIMARY KEY, freq text, every integer, months integer[], month_days integer[], year_days integer[],
    weekdays text[], set_pos integer[], most integer, starts date, before date, zone text);

CREATE FUNCTION pg_temp.some(values_ integer[], chance double precision) RETURNS integer[] LANGUAGE sql VOLATILE
RETURN CASE WHEN random() < chance THEN (SELECT array_agg(DISTINCT v) FROM (SELECT v FROM unnest(values_) v ORDER BY random() LIMIT 1 + floor(random() * 3)::int) x) END;

INSERT INTO rule
SELECT n, f.freq, 1 + floor(random() * 4)::int,
       pg_temp.some(ARRAY(SELECT generate_series(1, 12)), 0.3),
       CASE WHEN f.freq <> 'WEEKLY' THEN pg_temp.some(ARRAY(SELECT g FROM generate_series(-31, 31) g WHERE g <> 0), 0.3) END,
       CASE WHEN f.freq = 'YEARLY' THEN pg_temp.some(ARRAY(SELECT g FROM generate_series(-366, 366) g WHERE g <> 0), 0.15) END,
       CASE WHEN random() < 0.5 THEN ARRAY(
           SELECT DISTINCT CASE WHEN f.freq IN ('MONTHLY', 'YEARLY') AND random() < 0.6 THEN (ARRAY['1', '2', '3', '-1', '-2', '5'])[1 + floor(random() * 6)::int + 0 * g] ELSE '' END
                           || (ARRAY['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])[1 + floor(random() * 7)::int + 0 * g]
           FROM generate_series(1, 1 + floor(random() * 3)::int) g) END,
       NULL, CASE WHEN random() < 0.3 THEN 1 + floor(random() * 20)::int END,
       date '2029-01-01' + floor(random() * 1000)::int, NULL,
       (ARRAY['UTC', 'Asia/Shanghai', 'Europe/Berlin', 'America/New_York'])[1 + floor(random() * 4)::int]
FROM generate_series(1, 1500) n
CROSS JOIN LATERAL (SELECT (ARRAY['DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'])[1 + (n % 4)] AS freq) f;
UPDATE rule SET before = starts + 100 + floor(random() * 2500)::int;
-- numbers of BYDAY beside BYMONTHDAY or BYYEARDAY say nothing that is clear
UPDATE rule SET month_days = NULL, year_days = NULL WHERE array_to_string(weekdays, ',') ~ '[0-9]';
UPDATE rule SET year_days = NULL WHERE num_nonnulls(months, month_days, weekdays) > 0;
UPDATE rule SET set_pos = pg_temp.some(ARRAY[1, 2, 3, -1, -2], 0.3) WHERE weekdays IS NOT NULL AND freq <> 'DAILY';

CREATE FUNCTION pg_temp.rule_text(r rule) RETURNS text LANGUAGE sql STABLE
RETURN concat_ws(';', 'FREQ=' || r.freq, 'INTERVAL=' || r.every, 'BYMONTH=' || array_to_string(r.months, ','),
                 'BYMONTHDAY=' || array_to_string(r.month_days, ','), 'BYYEARDAY=' || array_to_string(r.year_days, ','),
                 'BYDAY=' || array_to_string(r.weekdays, ','), 'BYSETPOS=' || array_to_string(r.set_pos, ','), 'COUNT=' || r.most);

CREATE FUNCTION pg_temp.days(r rule) RETURNS SETOF date LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH day AS (
        SELECT d::date AS d, extract(month FROM d)::int AS m, extract(day FROM d)::int AS md, extract(doy FROM d)::int AS yd,
               extract(day FROM date_trunc('month', d) + interval '1 month - 1 day')::int AS mdays,
               extract(doy FROM date_trunc('year', d) + interval '1 year - 1 day')::int AS ydays,
               (ARRAY['MO', 'TU', 'WE', 'TH', 'FR', 'SA', 'SU'])[extract(isodow FROM d)::int] AS w,
               CASE r.freq WHEN 'DAILY' THEN d::date - r.starts
                           WHEN 'WEEKLY' THEN (date_trunc('week', d)::date - date_trunc('week', r.starts)::date) / 7
                           WHEN 'MONTHLY' THEN (extract(year FROM d) * 12 + extract(month FROM d) - extract(year FROM r.starts) * 12 - extract(month FROM r.starts))::int
                           ELSE (extract(year FROM d) - extract(year FROM r.starts))::int END AS period
        FROM generate_series(date_trunc('year', r.starts::timestamp), r.before::timestamp + interval '1 year', '1 day') d
    ), fit AS (
        SELECT d, period, row_number() OVER (PARTITION BY period ORDER BY d) AS pos, count(*) OVER (PARTITION BY period) AS n
        FROM day
        WHERE period >= 0 AND period % r.every = 0
          AND (r.months IS NULL OR m = ANY (r.months))
          AND (r.month_days IS NULL OR md = ANY (r.month_days) OR md - mdays - 1 = ANY (r.month_days))
          AND (r.year_days IS NULL OR yd = ANY (r.year_days) OR yd - ydays - 1 = ANY (r.year_days))
          AND (r.weekdays IS NULL OR w = ANY (r.weekdays)
               OR CASE WHEN r.freq = 'YEARLY' AND r.months IS NULL
                       THEN ((yd + 6) / 7) || w = ANY (r.weekdays) OR '-' || ((ydays - yd) / 7 + 1) || w = ANY (r.weekdays)
                       ELSE ((md + 6) / 7) || w = ANY (r.weekdays) OR '-' || ((mdays - md) / 7 + 1) || w = ANY (r.weekdays) END)
          AND (num_nonnulls(r.month_days, r.year_days, r.weekdays) > 0
               OR CASE r.freq WHEN 'DAILY' THEN true
                              WHEN 'WEEKLY' THEN extract(isodow FROM d) = extract(isodow FROM r.starts)
                              WHEN 'MONTHLY' THEN md = extract(day FROM r.starts)
                              ELSE md = extract(day FROM r.starts) AND (r.months IS NOT NULL OR m = extract(month FROM r.starts)) END)
    )
    SELECT d FROM (
        SELECT d, row_number() OVER (ORDER BY d) AS n
        FROM fit
        WHERE d >= r.starts AND (r.set_pos IS NULL OR pos = ANY (r.set_pos) OR pos - n - 1 = ANY (r.set_pos))) x
    WHERE d < r.before AND (r.most IS NULL OR n <= r.most)
    ORDER BY d;
END;

CREATE TEMP TABLE answer AS
SELECT r.id, pg_temp.rule_text(r) AS rule, r.starts,
       ARRAY(SELECT (t AT TIME ZONE r.zone)::date FROM salon.recurrence(pg_temp.rule_text(r), (r.starts + time '13:30') AT TIME ZONE r.zone, r.before::timestamp AT TIME ZONE r.zone, r.zone) t) AS got,
       ARRAY(SELECT pg_temp.days(r)) AS want,
       (SELECT bool_and((t AT TIME ZONE r.zone)::time = '13:30') FROM salon.recurrence(pg_temp.rule_text(r), (r.starts + time '13:30') AT TIME ZONE r.zone, r.before::timestamp AT TIME ZONE r.zone, r.zone) t) AS on_time
FROM rule r;
SELECT is(string_agg(format('%s from %s: %s, not %s', rule, starts, got, want), E'\n' ORDER BY id), NULL, '1500 random rules, against days one by one') FROM (SELECT * FROM answer WHERE got <> want ORDER BY id LIMIT 5) x;
SELECT is(count(*) FILTER (WHERE NOT on_time), 0::bigint, 'always at the same time of the day') FROM answer;
SELECT cmp_ok(count(*) FILTER (WHERE cardinality(want) > 2), '>', 700::bigint, 'often with several days') FROM answer;
SELECT cmp_ok(count(*) FILTER (WHERE cardinality(want) = 0), '>', 20::bigint, 'sometimes with none') FROM answer;

-- Over a change of the clock: 02:30 does not exist on one day, and is there twice on another.
SELECT results_eq($$ SELECT salon.recurrence('FREQ=DAILY;COUNT=3', '2031-03-29 02:30+01', NULL, 'Europe/Berlin') $$,
    $$ VALUES (timestamptz '2031-03-29 01:30Z'), ('2031-03-30 01:30Z'), ('2031-03-31 00:30Z') $$, 'a time that the clock skips is counted on from before');
SELECT results_eq($$ SELECT salon.recurrence('FREQ=DAILY;COUNT=3', '2031-10-25 02:30+02', NULL, 'Europe/Berlin') $$,
    $$ VALUES (timestamptz '2031-10-25 00:30Z'), ('2031-10-26 00:30Z'), ('2031-10-27 01:30Z') $$, 'of a time that is there twice, the first');
SELECT is_empty($$ SELECT name, offs FROM (SELECT name, (salon.recurrence('FREQ=DAILY;COUNT=400', '2011-03-01 02:30Z', NULL, name)) AS at, 0 AS offs FROM pg_timezone_names WHERE salon.is_time_zone(name)) x
    GROUP BY name, offs HAVING count(DISTINCT at) <> 400 OR min(at) < '2011-03-01 02:30Z' $$, 'no moment twice in any zone, none before the start');

-- What never happens, far away and often.
SET LOCAL statement_timeout = '5s';
SELECT is((SELECT count(*) FROM salon.recurrence(r, '2031-01-04 10:00+00', '2400-01-01')), 0::bigint, r || ' never happens')
FROM unnest(ARRAY['FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30', 'FREQ=DAILY;INTERVAL=7;BYDAY=MO', 'FREQ=MONTHLY;INTERVAL=12;BYMONTH=3', 'FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=31',
                  'FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6', 'FREQ=YEARLY;BYDAY=MO;BYSETPOS=366', 'FREQ=YEARLY;BYMONTH=4;BYDAY=SA,SU;BYMONTHDAY=31']) r;
SELECT is((SELECT count(*) FROM salon.recurrence('FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29', '2031-01-04 10:00+00', '2131-01-01')), 24::bigint, 'leap days of a century');
SELECT is((SELECT count(*) FROM salon.recurrence('FREQ=DAILY;COUNT=100000', '2031-01-04 10:00+00')), 100000::bigint, 'as many as there may be');
SELECT throws_ok($$ SELECT count(*) FROM salon.recurrence('FREQ=DAILY;COUNT=100001', '2031-01-04 10:00+00') $$, '54000', NULL, 'and no more');

SELECT * FROM finish();
ROLLBACK;
