-- Goals: statuses against every figure that may be meant, sums of facts against
-- plain sums, one north star each after a thousand random writes.
--
-- pg_prove -d DATABASE test/pgtap/goal.sql

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

SELECT salon.create_space('t_goal') \g /dev/null
SET LOCAL search_path = t_goal, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.161803) \g /dev/null

-- Of a figure that is at least or at most so much, every one that it may be.
INSERT INTO metric (year, name_en, target, actual, actual_basis, actual_bound, is_less_better)
SELECT y, concat_ws(' ', t, a, b, l), t, a, CASE WHEN a IS NOT NULL THEN 'claimed' END, coalesce(b, 'exact'), l
FROM unnest(ARRAY[2001, 2998]) y, generate_series(1, 4) t, (SELECT a, b FROM generate_series(1, 4) a, unnest(ARRAY['exact', 'about', 'at_least', 'at_most']) b UNION ALL SELECT NULL, NULL) x, unnest(ARRAY[false, true]) l;
CREATE TEMP TABLE judged AS
SELECT m.metric_id, m.year, count(*) FILTER (WHERE CASE WHEN m.is_less_better THEN v <= m.target ELSE v >= m.target END) AS good, count(*) AS worlds
FROM metric m, generate_series(-10, 15) v
WHERE m.actual IS NULL OR CASE m.actual_bound WHEN 'at_least' THEN v >= m.actual WHEN 'at_most' THEN v <= m.actual ELSE v = m.actual END
GROUP BY 1, 2;
SELECT set_eq('SELECT metric_id, status_code FROM scorecard',
    $$ SELECT metric_id, CASE WHEN good = worlds THEN 'met' WHEN year = 2998 THEN 'open' WHEN good = 0 THEN 'missed' ELSE 'unknown' END FROM judged $$,
    'met when every figure that it may be meets the target, missed when none does');
DELETE FROM metric;

-- Facts.
INSERT INTO party (party_id, kind) SELECT n, 'organization' FROM generate_series(1, 3) n;
INSERT INTO series (series_id, name_en) SELECT n, 's' FROM generate_series(1, 2) n;
INSERT INTO event (event_id, name_en, series_id, status_code, starts_at, ends_at, actual_online, online_basis, actual_on_site, on_site_basis, cancelled_reason)
SELECT n, 'e', nullif(n % 3, 0), (ARRAY['held', 'recapped', 'recapped', 'announced', 'cancelled'])[1 + n % 5], t, t + interval '1 hour',
       o, CASE WHEN o IS NOT NULL THEN CASE WHEN random() < 0.5 THEN 'measured' ELSE 'claimed' END END, s, CASE WHEN s IS NOT NULL THEN 'measured' END, 'x'
FROM generate_series(1, 200) n,
     LATERAL (SELECT timestamptz '2030-12-31 00:00+08' + n * interval '44 hours' AS t, CASE WHEN random() < 0.9 + n * 0 THEN floor(random() * 100)::int END AS o, CASE WHEN random() < 0.7 + n * 0 THEN n END AS s) x;
INSERT INTO event_party (event_id, party_id, part_code) SELECT e, p, part FROM generate_series(1, 200) e, generate_series(1, 3) p, unnest(ARRAY['host', 'sponsor']) part WHERE random() < 0.3;
INSERT INTO reach (event_id, medium_code, actual_pv, actual_basis) SELECT e, medium_code, e, 'measured' FROM generate_series(1, 200) e, medium WHERE (e + ordinal) % 4 > 0;
INSERT INTO metric (party_id, series_id, year, event_id, name_en, fact)
SELECT x.*, f, f
FROM unnest(ARRAY['events', 'on_site', 'online', 'pv']) f,
     (SELECT p, NULL::bigint, y, NULL::bigint FROM generate_series(1, 3) p, unnest(ARRAY[NULL, 2030, 2031]) y
      UNION ALL SELECT NULL, s, y, NULL FROM generate_series(1, 2) s, unnest(ARRAY[NULL, 2030, 2031]) y
      UNION ALL SELECT NULL, NULL, y, NULL FROM unnest(ARRAY[2030, 2031, 2033]) y
      UNION ALL SELECT NULL, NULL, NULL, e FROM generate_series(1, 12) e) x;
CREATE TEMP TABLE figure AS
SELECT event_id, fact, value, basis FROM event, LATERAL (VALUES ('events', 1::numeric, 'measured'), ('on_site', actual_on_site, on_site_basis), ('online', actual_online, online_basis),
    ('pv', (SELECT sum(actual_pv) FROM reach r WHERE r.event_id = event.event_id), 'measured')) f (fact, value, basis)
WHERE status_code IN ('held', 'recapped');
SELECT set_eq('SELECT metric_id, actual, events, known_events, basis_code FROM scorecard',
    $$ SELECT m.metric_id, CASE WHEN m.fact = 'events' THEN count(f.event_id) ELSE sum(f.value) END AS actual, count(f.event_id) AS events, count(f.value) AS known_events,
              CASE WHEN count(f.value) = 0 AND m.fact <> 'events' THEN 'unknown' WHEN bool_or(f.value IS NOT NULL AND f.basis = 'claimed') THEN 'claimed' ELSE 'measured' END AS basis_code
       FROM metric m
       LEFT JOIN (figure f JOIN event e USING (event_id)) ON f.fact = m.fact AND (m.event_id IS NULL OR e.event_id = m.event_id) AND (m.series_id IS NULL OR e.series_id = m.series_id)
            AND (m.party_id IS NULL OR EXISTS (SELECT FROM event_party p WHERE p.event_id = e.event_id AND p.party_id = m.party_id))
            AND (m.year IS NULL OR to_char(e.starts_at AT TIME ZONE 'Asia/Shanghai', 'YYYY') = m.year::text)
       GROUP BY m.metric_id $$, 'facts are summed up over the events that were held, each once, and of how many they are known');
SELECT cmp_ok(count(*), '>=', 15::bigint, 'of some only in part') FROM scorecard WHERE known_events < events;
SELECT is(count(*), 0::bigint, 'what is known in part is a lower bound') FROM scorecard WHERE actual IS NOT NULL AND (bound_code = 'exact') <> (events = known_events);
DELETE FROM metric;

-- North stars.
CREATE TEMP TABLE tally (taken boolean, could boolean);
CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    p bigint;
    s bigint;
    y int;
    could boolean;
    old metric;
BEGIN
    FOR i IN 1..writes LOOP
        p := NULL;
        s := NULL;
        y := NULL;
        CASE floor(random() * 3)::int WHEN 0 THEN p := 1 + floor(random() * 3); WHEN 1 THEN s := 1 + floor(random() * 2); ELSE y := 2030; END CASE;
        IF y IS NULL AND random() < 0.5 THEN
            y := 2030 + floor(random() * 3);
        END IF;
        SELECT * INTO old FROM metric ORDER BY random() LIMIT 1;
        IF random() < 0.3 AND old.metric_id IS NOT NULL THEN
            DELETE FROM metric WHERE metric_id = old.metric_id;
            CONTINUE;
        END IF;
        could := NOT EXISTS (SELECT FROM metric m WHERE m.kind = 'north_star' AND (m.party_id, m.series_id, m.year) IS NOT DISTINCT FROM (p, s, y) AND (i % 2 = 0 OR m.metric_id <> old.metric_id));
        BEGIN
            IF i % 2 = 0 OR old.metric_id IS NULL THEN
                INSERT INTO metric (party_id, series_id, year, kind, name_en) VALUES (p, s, y, 'north_star', 'm' || i);
            ELSE
                UPDATE metric SET party_id = p, series_id = s, year = y WHERE metric_id = old.metric_id;
            END IF;
            INSERT INTO tally VALUES (true, could);
        EXCEPTION WHEN exclusion_violation THEN
            INSERT INTO tally VALUES (false, could);
        END;
    END LOOP;
END
$$;
SELECT lives_ok('SELECT pg_temp.storm(1000)', 'a thousand random writes');
SELECT is(count(*) FILTER (WHERE taken <> could), 0::bigint, 'a north star is taken exactly when there is none') FROM tally;
SELECT cmp_ok(least(count(*) FILTER (WHERE taken), count(*) FILTER (WHERE NOT taken)), '>=', 100::bigint, 'often of both') FROM tally;

SELECT * FROM finish();
ROLLBACK;
