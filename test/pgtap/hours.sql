-- Opening hours and changeovers: random sessions and random hours are taken
-- exactly when each quarter of an hour is open and the room is free.
--
-- pg_prove -d DATABASE test/pgtap/hours.sql

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
SELECT salon.create_space('t_hours') \g /dev/null
SET LOCAL search_path = t_hours, salon, public;
SELECT no_plan();
SELECT setseed(0.693147) \g /dev/null

INSERT INTO venue (venue_id, name, time_zone) VALUES (1, 'near', 'Asia/Shanghai'), (2, 'far', 'America/New_York');
INSERT INTO room (room_id, venue_id, name) SELECT n, 1 + n % 2, 'room ' || n FROM generate_series(1, 4) n;
INSERT INTO event (event_id, name_en) VALUES (1, 'e');
INSERT INTO room_hours (room_id, weekday, opens, closes) SELECT r, d, '06:00', '20:00' FROM generate_series(1, 3) r, generate_series(1, 7) d;

-- Whether a room is open at a moment, row by row.
CREATE FUNCTION pg_temp.open_at(r bigint, moment timestamptz) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    h t_hours.room_hours;
    local timestamp := moment AT TIME ZONE (SELECT v.time_zone FROM t_hours.room x JOIN t_hours.venue v USING (venue_id) WHERE x.room_id = r);
    any_times boolean := false;
    opened boolean := false;
BEGIN
    FOR h IN SELECT * FROM t_hours.room_hours x WHERE x.room_id = r LOOP
        any_times := any_times OR h.opens IS NOT NULL;
        CONTINUE WHEN h.weekday <> extract(isodow FROM local) OR local < h.since OR local >= h.until;
        IF h.opens IS NULL THEN
            RETURN false;
        END IF;
        opened := opened OR (local::time >= h.opens AND local::time < h.closes);
    END LOOP;
    RETURN opened OR NOT any_times;
END
$$;
CREATE FUNCTION pg_temp.open_through(r bigint, f timestamptz, t timestamptz) RETURNS boolean LANGUAGE sql STABLE
RETURN (SELECT bool_and(pg_temp.open_at(r, m)) FROM generate_series(f, t - interval '15 minutes', '15 minutes') m);
CREATE FUNCTION pg_temp.outside() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*) FROM session s WHERE s.room_id IS NOT NULL AND NOT pg_temp.open_through(s.room_id, s.starts_at, s.ends_at));
-- Pairs in one room of which the later begins before the changeover of the earlier is over.
CREATE FUNCTION pg_temp.near() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*) FROM session a JOIN session b ON b.room_id = a.room_id AND b.session_id <> a.session_id AND b.starts_at >= a.starts_at
        JOIN room r ON r.room_id = a.room_id
        WHERE b.starts_at < a.ends_at + coalesce(a.changeover, r.changeover) * interval '1 minute');

CREATE TEMP TABLE tally (what text, taken boolean, could boolean);
-- Do it without the rule, see whether it would be broken, and take it back.
CREATE FUNCTION pg_temp.would(statement text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    sound boolean;
BEGIN
    BEGIN
        PERFORM set_config('session_replication_role', 'replica', true);
        EXECUTE statement;
        sound := pg_temp.outside() = 0 AND pg_temp.near() = 0;
        RAISE EXCEPTION 'take it back' USING ERRCODE = 'YY000';
    EXCEPTION
        WHEN SQLSTATE 'YY000' THEN NULL;
        WHEN exclusion_violation THEN sound := false;
    END;
    PERFORM set_config('session_replication_role', 'origin', true);
    RETURN sound;
END
$$;
CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what text;
    q text;
    could boolean;
    f timestamptz;
    r int;
BEGIN
    FOR i IN 1..writes LOOP
        what := (ARRAY['book', 'book', 'book', 'book', 'move', 'hours', 'close', 'less', 'change', 'wait', 'zone', 'hours'])[1 + floor(random() * 12)::int];
        what := CASE WHEN i % 12 = 0 THEN 'cancel' ELSE what END;
        r := 1 + floor(random() * 4)::int;
        f := timestamptz '2031-03-03 00:00+08' + floor(random() * 4 * 96) * interval '15 minutes';
        q := CASE what
            WHEN 'book' THEN format('INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at, changeover) VALUES (1, %L, %s, %L, %L, %L)', 'pk', r,
                                    f, f + (1 + floor(random() * 12)) * interval '15 minutes', CASE WHEN random() < 0.2 THEN 15 END)
            WHEN 'move' THEN format('UPDATE session SET starts_at = %L, ends_at = %L WHERE session_id = %L', f, f + interval '45 minutes', (SELECT session_id FROM session ORDER BY random() LIMIT 1))
            WHEN 'hours' THEN format('INSERT INTO room_hours (room_id, weekday, since, opens, closes) VALUES (%s, %L, %L, %L, %L)', r,
                                     CASE WHEN random() < 0.5 THEN 1 + floor(random() * 7)::int END, CASE WHEN random() < 0.3 THEN date '2031-03-05' END,
                                     time '00:00' + floor(random() * 32) * interval '15 minutes', CASE WHEN random() < 0.6 THEN time '24:00' ELSE time '12:00' + floor(random() * 47) * interval '15 minutes' END)
            WHEN 'close' THEN format('INSERT INTO room_hours (room_id, since, until) VALUES (%s, %L, %L)', r, f::date, f::date + 1)
            WHEN 'less' THEN format('DELETE FROM room_hours WHERE room_hours_id = %L', (SELECT room_hours_id FROM room_hours ORDER BY random() LIMIT 1))
            WHEN 'change' THEN format('UPDATE room_hours SET closes = %L, room_id = %s WHERE opens IS NOT NULL AND room_hours_id = %L',
                                      time '10:00' + floor(random() * 56) * interval '15 minutes', r, (SELECT room_hours_id FROM room_hours ORDER BY random() LIMIT 1))
            WHEN 'wait' THEN format('UPDATE room SET changeover = %s WHERE room_id = %s', 15 * floor(random() * 3), r)
            WHEN 'zone' THEN format('UPDATE venue SET time_zone = %L WHERE venue_id = %s', (ARRAY['Asia/Shanghai', 'Asia/Tokyo', 'America/New_York'])[1 + floor(random() * 3)::int], 1 + r % 2)
            ELSE format('DELETE FROM session WHERE session_id = %L', (SELECT session_id FROM session ORDER BY random() LIMIT 1)) END;
        could := pg_temp.would(q);
        BEGIN
            EXECUTE q;
            INSERT INTO tally VALUES (what, true, could);
        EXCEPTION WHEN check_violation OR exclusion_violation THEN
            INSERT INTO tally VALUES (what, false, could);
        END;
    END LOOP;
END
$$;
SELECT lives_ok('SELECT pg_temp.storm(600)', '600 random writes');
SELECT is(count(*), 0::bigint, what || ': taken exactly when it can be') FROM tally WHERE taken <> could GROUP BY what;
SELECT is(count(*), 0::bigint, 'never taken when it cannot be, nor refused when it can') FROM tally WHERE taken <> could;
SELECT cmp_ok(least(count(*) FILTER (WHERE taken), count(*) FILTER (WHERE NOT taken)), '>=', 1::bigint, what || ': both, ' || count(*))
FROM tally WHERE what NOT IN ('cancel', 'hours') GROUP BY what ORDER BY what;
SELECT is(pg_temp.outside(), 0::bigint, 'nobody is outside');
SELECT is(pg_temp.near(), 0::bigint, 'nobody is too near');
SELECT cmp_ok(count(*), '>', 10::bigint, 'sessions are left: ' || count(*)) FROM session;
SELECT is(count(*), 0::bigint, 'what sessions have from their room is what the room has')
FROM session s JOIN room r USING (room_id) WHERE (s.room_changeover, s.room_edition) IS DISTINCT FROM (r.changeover, r.hours_edition);

-- A day with 23 hours: 2031-03-09 in New York.
INSERT INTO venue (venue_id, name, time_zone) VALUES (9, 'spring', 'America/New_York');
INSERT INTO room (room_id, venue_id, name) VALUES (90, 9, 'room');
INSERT INTO room_hours (room_id, opens, closes) VALUES (90, '01:00', '04:00');
SELECT is(_room_open(90, '2031-03-09 00:00-05', '2031-03-10 00:00-04'), '{["2031-03-09 01:00-05","2031-03-09 04:00-04")}', 'two hours of the clock that are three on other days');

SELECT * FROM finish();
ROLLBACK;
