-- Calendars: what they know events and sessions by stays, changes that they
-- show are counted and no others.
--
-- pg_prove -d DATABASE test/pgtap/calendar.sql

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

SELECT salon.create_space('t_calendar') \g /dev/null
SET LOCAL search_path = t_calendar, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

INSERT INTO city (city_code, name_en) VALUES ('a', 'A'), ('b', 'B');
INSERT INTO venue (venue_id, name, city_code, time_zone) VALUES (1, 'venue 1', 'a', 'Asia/Shanghai'), (2, 'venue 2', 'a', 'Asia/Shanghai');
INSERT INTO room (room_id, venue_id, name) VALUES (1, 1, 'room 1'), (2, 1, 'room 2');
INSERT INTO series (series_id, name_en) VALUES (1, 'series');
INSERT INTO event (event_id, status_code, name_en, starts_at, ends_at, time_zone)
VALUES (1, 'planned', 'event 1', '2031-03-08 13:30+08', '2031-03-08 17:30+08', 'Asia/Shanghai'), (2, 'planned', 'event 2', '2031-03-09 13:30+08', '2031-03-09 17:30+08', 'Asia/Shanghai');
INSERT INTO session (session_id, event_id, format_code, title_en, starts_at, ends_at)
VALUES (1, 1, 'mini_talk', 'session 1', '2031-03-08 13:30+08', '2031-03-08 14:00+08'), (2, 1, 'mini_talk', NULL, NULL, NULL);

SELECT is(count(DISTINCT uid), 4::bigint, 'each has a uid of its own') FROM (SELECT uid FROM event UNION ALL SELECT uid FROM session) u;
SELECT is(sum(sequence), 0::bigint, 'a new one has not changed') FROM (SELECT sequence FROM event UNION ALL SELECT sequence FROM session) u;

-- What a statement adds to the sequence of a row; and whether it keeps its uid
-- and says when it was.
CREATE FUNCTION pg_temp.adds(relation text, change text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    was record;
    now record;
    ask text := format('SELECT uid, sequence, revised_at FROM %1$I WHERE %1$s_id = 1', relation);
BEGIN
    PERFORM set_config('session_replication_role', 'replica', true);
    EXECUTE format('UPDATE %1$I SET revised_at = ''2001-01-01Z'' WHERE %1$s_id = 1', relation);
    PERFORM set_config('session_replication_role', 'origin', true);
    EXECUTE ask INTO was;
    EXECUTE format('UPDATE %1$I SET %2$s WHERE %1$s_id = 1', relation, change);
    EXECUTE ask INTO now;
    RETURN CASE WHEN now.uid <> was.uid THEN 'another uid'
                WHEN (now.revised_at > was.revised_at) <> (now.sequence > was.sequence) THEN 'another moment'
                ELSE (now.sequence - was.sequence)::text END;
END
$$;

SELECT is(pg_temp.adds('event', change), adds, format('event: %s adds %s', change, adds))
FROM (VALUES (1, 'name_en = ''event''', '1'), (2, 'name_en = ''event''', '0'), (3, 'name_zh = ''活动''', '1'), (4, 'starts_at = starts_at - interval ''1 hour''', '1'), (5, 'ends_at = ends_at + interval ''1 hour''', '1'),
             (6, 'city_code = ''a''', '1'), (7, 'venue_id = 1', '1'), (8, 'venue_id = 2', '1'), (9, 'venue_id = NULL, city_code = ''b''', '1'),
             (10, 'introduction = ''text''', '0'), (11, 'planned_on_site = 40', '0'), (12, 'series_id = 1', '0'), (13, 'status_code = ''idea''', '0'), (14, 'status_code = ''planned''', '0'), (15, 'status_code = ''announced''', '1'),
             (16, 'status_code = ''planned''', '1'), (17, 'status_code = ''cancelled'', cancelled_reason = ''rain''', '1'), (18, 'cancelled_reason = ''storm''', '0'), (19, 'status_code = ''planned''', '1')) v (n, change, adds)
ORDER BY n;
SELECT is(pg_temp.adds('session', change), adds, format('session: %s adds %s', change, adds))
FROM (VALUES (1, 'title_en = ''session''', '1'), (2, 'title_zh = ''环节''', '1'), (3, 'format_code = ''open_class''', '1'), (4, 'room_id = 1', '1'), (5, 'starts_at = starts_at - interval ''1 hour''', '1'), (6, 'ends_at = ends_at + interval ''1 hour''', '1'),
             (7, 'abstract = ''text''', '0'), (8, 'changeover = 5', '0'), (9, 'starts_at = NULL, ends_at = NULL, room_id = NULL', '1')) v (n, change, adds)
ORDER BY n;

UPDATE event SET starts_at = '2001-03-08 13:30+08', ends_at = '2001-03-08 17:30+08', status_code = 'announced' WHERE event_id = 2;
SELECT is(sequence, 1, 'many changes at once are one') FROM event WHERE event_id = 2;
UPDATE event SET status_code = 'held' WHERE event_id = 2;
UPDATE event SET status_code = 'recapped' WHERE event_id = 2;
SELECT is(sequence, 1, 'what was confirmed and took place is no change in a calendar') FROM event WHERE event_id = 2;

-- Kept by the database
SELECT throws_ok(format('UPDATE %1$I SET %2$s WHERE %1$s_id = 1', t, change), '23514', format('%s 1: uid, sequence and revised_at are kept by the database', t), format('%s: %s', t, change))
FROM unnest(ARRAY['event', 'session']) t,
     unnest(ARRAY['uid = gen_random_uuid()', 'sequence = sequence + 1', 'sequence = 0', 'revised_at = now() - interval ''1 day''']) change;
SELECT lives_ok(format('UPDATE %1$I SET uid = uid, sequence = sequence WHERE %1$s_id = 1', t), t || ': as it was') FROM unnest(ARRAY['event', 'session']) t;
SELECT throws_ok($$ INSERT INTO event (uid, time_zone) SELECT uid, time_zone FROM event WHERE event_id = 1 $$, '23505', NULL, 'no other event has its uid');

-- A copy
UPDATE session SET starts_at = '2031-03-08 13:30+08', ends_at = '2031-03-08 14:00+08' WHERE session_id = 1;
SELECT copy_event(1, '2031-04-08 13:30+08', agenda => 'all') AS copied \gset
SELECT isnt(n.uid, o.uid, 'a copy has another uid') FROM event n, event o WHERE n.event_id = :copied AND o.event_id = 1;
SELECT is(n.sequence, 0, 'and did not change') FROM event n WHERE n.event_id = :copied;
SELECT is(count(*), 0::bigint, 'nor has a session of a copy the uid of another') FROM session n JOIN session o ON o.uid = n.uid AND o.session_id <> n.session_id;
SELECT is(max(n.sequence), 0, 'and did not change') FROM session n WHERE n.event_id = :copied;

-- Moved
SELECT sequence AS event_sequence FROM event WHERE event_id = :copied \gset
SELECT count(*) FROM move_event(:copied, '2031-05-08 13:30+08') \g /dev/null
SELECT is(sequence, :event_sequence + 1, 'an event that is moved changed once') FROM event WHERE event_id = :copied;
SELECT is(count(*), 0::bigint, 'and each session of it') FROM session WHERE event_id = :copied AND starts_at IS NOT NULL AND sequence <> 1;

SELECT is(count(*), 0::bigint, 'the history has what was changed, not what is counted') FROM history WHERE coalesce(before, '{}') || coalesce(after, '{}') ?| ARRAY['uid', 'sequence', 'revised_at'] OR withheld && ARRAY['uid', 'sequence', 'revised_at'];

-- Where policies ask for each row, the part of calendar_entry without sessions
-- would start workers for every event: minutes for a thousand.
SELECT ok(proconfig @> ARRAY['max_parallel_workers_per_gather=0'], proname || ' starts no workers') FROM pg_proc
WHERE pronamespace = 't_calendar'::regnamespace AND proname IN ('icalendar_feed', 'icalendar_todo') ORDER BY proname;

SELECT * FROM finish();
ROLLBACK;
