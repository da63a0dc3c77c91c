-- Rotation: on small random cases a plan is as even as the best of all plans,
-- tried one by one; a long fair season; what the proof says is true.
--
-- pg_prove -d DATABASE test/pgtap/rotation.sql

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
SELECT salon.create_space('t_rotation') \g /dev/null
SET LOCAL search_path = t_rotation, salon, public;
SET LOCAL salon.lang = 'en';
SELECT no_plan();
SELECT setseed(0.693147) \g /dev/null

INSERT INTO city (city_code, name_en) SELECT 'c' || n, 'city ' || n FROM generate_series(1, 5) n;
INSERT INTO party (party_id, kind, name_en, city_code) SELECT n, 'organization', 'org ' || n, 'c' || 1 + n % 5 FROM generate_series(1, 12) n;

-- Each case is a series of its own: 2 to 4 hosts, 3 to 6 Saturdays.
CREATE TEMP TABLE small (case_id bigint PRIMARY KEY, season_id bigint, hosts integer, days integer, apart integer, best bigint, got bigint, is_proved boolean);
INSERT INTO small (case_id, hosts, days, apart)
SELECT n, 2 + floor(random() * 3), 3 + floor(random() * 4), (ARRAY[0, 8, 15])[1 + floor(random() * 3)::int] FROM generate_series(1, 60) n;
INSERT INTO series (series_id, name_en) SELECT case_id, 'series ' || case_id FROM small;
INSERT INTO rotation (series_id, cadence, min_days_between) SELECT case_id, 'FREQ=WEEKLY;BYDAY=SA', apart FROM small;
-- hosts of their own in every case, so that black-outs do not mix
INSERT INTO party (party_id, kind, name_en, city_code)
SELECT 100 + case_id * 10 + h, 'organization', 'org', 'c' || 1 + h FROM small, generate_series(1, hosts) h;
INSERT INTO series_host (series_id, party_id) SELECT case_id, 100 + case_id * 10 + h FROM small, generate_series(1, hosts) h;
INSERT INTO blackout (party_id, since, until)
SELECT 100 + case_id * 10 + h, date '2031-01-04' + 7 * (d - 1), date '2031-01-04' + 7 * (d - 1) + 1
FROM small, generate_series(1, hosts) h, generate_series(1, days) d
WHERE random() < CASE case_id % 4 WHEN 0 THEN 0.3 WHEN 1 THEN 0.8 * (h % 2) WHEN 2 THEN 0.8 * (1 - h % 2) ELSE 0.9 - 0.25 * (h - 1) END;

-- All plans: each date has one of its hosts, or none.  Cost: first dates
-- without a host, then the sum of squares.
CREATE FUNCTION pg_temp.best(c small) RETURNS bigint LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE plan AS (
        SELECT 0 AS d, '{}'::int[] AS hosts
        UNION ALL
        SELECT p.d + 1, p.hosts || h
        FROM plan p, generate_series(0, c.hosts) h
        WHERE p.d < c.days
          AND (h = 0 OR (NOT EXISTS (SELECT FROM t_rotation.blackout b WHERE b.party_id = 100 + c.case_id * 10 + h AND b.since = date '2031-01-04' + 7 * p.d)
                         AND NOT EXISTS (SELECT FROM generate_series(1, p.d) x WHERE p.hosts[x] = h AND 7 * (p.d + 1 - x) < c.apart)))
    )
    SELECT min((SELECT sum(CASE WHEN h = 0 THEN n * 1000 ELSE n * n END) FROM (SELECT h, count(*) AS n FROM unnest(p.hosts) h GROUP BY h) x))::bigint
    FROM plan p WHERE p.d = c.days;
END;
UPDATE small s SET best = pg_temp.best(s);
CREATE FUNCTION pg_temp.plan(c small) RETURNS bigint LANGUAGE sql VOLATILE
RETURN (SELECT min(p.season_id) FROM t_rotation.plan_season(c.case_id, '2031-01-04', date '2031-01-04' + 7 * (c.days - 1)) p);
UPDATE small s SET season_id = pg_temp.plan(s);
UPDATE small s SET got = (SELECT sum(CASE WHEN party_id IS NULL THEN n * 1000 ELSE n * n END)
                          FROM (SELECT party_id, count(*) AS n FROM turn t WHERE t.season_id = s.season_id GROUP BY party_id) x),
                   is_proved = (SELECT o.is_proved FROM season o WHERE o.season_id = s.season_id);
SELECT is(string_agg(s::text, ' '), NULL, 'as even as the best of all plans, in 60 small cases') FROM small s WHERE got IS DISTINCT FROM best;
SELECT ok(bool_and(is_proved), 'and proved') FROM small;
SELECT cmp_ok(count(*) FILTER (WHERE best > 1000), '>', 5::bigint, 'sometimes nobody can host') FROM small;
SELECT cmp_ok(count(*) FILTER (WHERE best < 1000), '>', 5::bigint, 'sometimes each date has a host') FROM small;
SELECT is(count(*), 0::bigint, 'nothing speaks against a turn') FROM season_turn WHERE party_id IS NOT NULL AND problem IS NOT NULL;

-- The proof: whoever is outside the bounds has a reason, and the reason holds.
SELECT is(count(*), 0::bigint, 'whoever is outside the bounds has a reason, and nobody else') FROM season_proof WHERE (turns BETWEEN lower AND upper) <> (reason IS NULL);
SELECT is(count(*), 0::bigint, 'few_dates: no more even alone') FROM season_host h JOIN season_proof p USING (season_id, party_id) WHERE h.reason_code = 'few_dates' AND p.turns <> p.possible;
SELECT is(count(*), 0::bigint, 'groups bound what one of them has')
FROM season_host h JOIN season_proof p USING (season_id, party_id)
WHERE (h.reason_code = 'shared_dates' AND h.group_dates / h.group_members > p.turns) OR (h.reason_code = 'only_hosts' AND ceil(h.group_dates::numeric / h.group_members) < p.turns);
SELECT cmp_ok(count(DISTINCT reason_code), '>=', 3::bigint, 'reasons of several kinds: ' || string_agg(DISTINCT reason_code, ', ')) FROM season_host;

-- A long season without obstacles: all within one, longest-waiting first, as far apart as can be.
INSERT INTO series (series_id, name_en) VALUES (1000, 'long');
INSERT INTO rotation (series_id, cadence, min_days_between) VALUES (1000, 'FREQ=WEEKLY;BYDAY=SA', 60);
INSERT INTO series_host (series_id, party_id) SELECT 1000, n FROM generate_series(1, 11) n;
INSERT INTO event (series_id, name_en, starts_at, ends_at) VALUES (1000, 'before', '2030-01-01', '2030-01-02');
INSERT INTO event_party (event_id, party_id, part_code) SELECT max(event_id), 3, 'host' FROM event;
SELECT is(max(turns) - min(turns), 1::bigint, '52 dates, 11 hosts: within one') FROM plan_season(1000, '2031-01-01', '2031-12-31');
SELECT is((SELECT is_proved FROM season WHERE series_id = 1000), true, 'proved');
SELECT is((SELECT count(*) FROM turn WHERE series_id = 1000 AND party_id IS NULL), 0::bigint, 'each date has a host');
SELECT is((SELECT turns FROM season_proof p JOIN season USING (season_id) WHERE series_id = 1000 AND p.party_id = 3), 4::bigint, 'whoever hosted last has the fewer turns');
SELECT is((SELECT accept_season(season_id) FROM season WHERE series_id = 1000), 52::bigint, 'accepted in one call');
SELECT throws_ok($$ SELECT * FROM plan_season(1000, '2031-01-01', '2031-12-31') $$, '22023', NULL, 'no date is planned twice');
SELECT is((SELECT count(*) FROM event WHERE series_id = 1000 AND status_code = 'planned'), 52::bigint, 'and there are the events');

-- Random swaps: done or refused, no rule is ever broken, and events follow.
CREATE FUNCTION pg_temp.swaps(n int, OUT done bigint, OUT refused bigint) LANGUAGE plpgsql AS $$
DECLARE
    a bigint;
    b bigint;
BEGIN
    done := 0;
    refused := 0;
    FOR i IN 1..n LOOP
        SELECT t.turn_id, u.turn_id INTO a, b FROM turn t JOIN turn u USING (season_id) WHERE t.turn_id < u.turn_id AND t.party_id <> u.party_id ORDER BY random() LIMIT 1;
        BEGIN
            PERFORM swap_turn(a, b);
            done := done + 1;
        EXCEPTION WHEN check_violation THEN
            refused := refused + 1;
        END;
    END LOOP;
END
$$;
SELECT ok(done > 10 AND refused > 10, 'swaps: some done, some refused') FROM pg_temp.swaps(200);
SELECT is(count(*), 0::bigint, 'no two turns of a host are too near')
FROM season_turn a JOIN season_turn b ON a.season_id = b.season_id AND a.party_id = b.party_id AND a.turn_id < b.turn_id
JOIN season s ON s.season_id = a.season_id WHERE abs(a.held_on - b.held_on) < greatest(s.min_days_between, 1);
SELECT is(count(*), 0::bigint, 'nobody hosts where or when it cannot') FROM season_turn WHERE party_id IS NOT NULL AND problem IS NOT NULL;
SELECT is(count(*), 0::bigint, 'events have the host and the city of their turn')
FROM turn t JOIN event e USING (event_id)
WHERE e.city_code IS DISTINCT FROM t.city_code
   OR NOT EXISTS (SELECT FROM event_party p WHERE p.event_id = t.event_id AND p.part_code = 'host' AND p.party_id = t.party_id)
   OR (SELECT count(*) FROM event_party p WHERE p.event_id = t.event_id AND p.part_code = 'host') <> 1;
SELECT is(count(*) FILTER (WHERE turns NOT BETWEEN lower AND upper AND reason IS NULL), 0::bigint, 'swaps keep the shares') FROM season_proof;

SELECT * FROM finish();
ROLLBACK;
