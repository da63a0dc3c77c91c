-- The agenda: after thousands of random bookings nobody and nothing is in two
-- places at once, and nothing that would have fitted was refused.
--
-- pg_prove -d DATABASE test/pgtap/agenda.sql

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

SELECT salon.create_space('t_agenda') \g /dev/null
SET LOCAL search_path = t_agenda, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.141592) \g /dev/null

INSERT INTO party (party_id, kind) SELECT n, 'person' FROM generate_series(1, 4) n;
INSERT INTO venue (venue_id, name) VALUES (1, 'v');
INSERT INTO room (room_id, venue_id, name) SELECT n, 1, 'r' || n FROM generate_series(1, 3) n;
INSERT INTO event (event_id, name_en) SELECT n, 'e' || n FROM generate_series(1, 3) n;

-- Pairs of sessions in one room, or with one speaker, that overlap.
CREATE FUNCTION pg_temp.clashes() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*) FROM session a JOIN session b ON a.session_id < b.session_id
        WHERE a.starts_at < b.ends_at AND b.starts_at < a.ends_at
          AND (a.room_id = b.room_id
               OR EXISTS (SELECT FROM speaker k JOIN speaker l ON l.person_id = k.person_id
                          WHERE k.session_id = a.session_id AND l.session_id = b.session_id)));

-- Whether a session with these times, room and speakers would clash.
CREATE FUNCTION pg_temp.fits(s bigint, room bigint, f timestamptz, t timestamptz, persons bigint[]) RETURNS boolean LANGUAGE sql STABLE
RETURN NOT EXISTS (SELECT FROM session o
                   WHERE o.session_id <> coalesce(s, 0) AND o.starts_at < t AND f < o.ends_at
                     AND (o.room_id = room OR EXISTS (SELECT FROM speaker k WHERE k.session_id = o.session_id AND k.person_id = ANY (persons))));

CREATE TEMP TABLE tally (what text, taken boolean, fitted boolean);

CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what text;
    s session;
    f timestamptz;
    t timestamptz;
    room bigint;
    person bigint;
    could boolean;
BEGIN
    FOR i IN 1..writes LOOP
        what := (ARRAY['insert', 'move', 'room', 'speaker', 'delete'])[1 + floor(random() * 5)::int];
        SELECT * INTO s FROM session ORDER BY random() LIMIT 1;
        -- now and then without a time; whole hours, so that many are back to back
        f := CASE WHEN random() > 0.1 THEN timestamptz '2031-01-01 09:00+08' + floor(random() * 8) * interval '1 hour' END;
        t := f + (1 + floor(random() * 2)) * interval '1 hour';
        room := nullif(floor(random() * 4)::int, 0);
        person := 1 + floor(random() * 4)::int;
        CONTINUE WHEN what <> 'insert' AND s.session_id IS NULL;
        BEGIN
            CASE what
                WHEN 'insert' THEN
                    could := pg_temp.fits(NULL, room, f, t, '{}');
                    INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at) VALUES (1 + floor(random() * 3)::int, 'pk', room, f, t);
                WHEN 'move' THEN
                    could := pg_temp.fits(s.session_id, s.room_id, f, t, (SELECT array_agg(person_id) FROM speaker WHERE session_id = s.session_id));
                    UPDATE session SET starts_at = f, ends_at = t WHERE session_id = s.session_id;
                WHEN 'room' THEN
                    could := pg_temp.fits(s.session_id, room, s.starts_at, s.ends_at, '{}');
                    UPDATE session SET room_id = room WHERE session_id = s.session_id;
                WHEN 'speaker' THEN
                    CONTINUE WHEN EXISTS (SELECT FROM speaker WHERE session_id = s.session_id AND person_id = person);
                    could := pg_temp.fits(s.session_id, NULL, s.starts_at, s.ends_at, ARRAY[person]);
                    INSERT INTO speaker (session_id, person_id) VALUES (s.session_id, person);
                WHEN 'delete' THEN
                    could := true;
                    DELETE FROM session WHERE session_id = s.session_id;
            END CASE;
            INSERT INTO tally VALUES (what, true, could);
        EXCEPTION WHEN exclusion_violation THEN
            INSERT INTO tally VALUES (what, false, could);
        END;
        IF i % 50 = 0 AND pg_temp.clashes() > 0 THEN
            RAISE EXCEPTION 'clash after % writes', i;
        END IF;
    END LOOP;
END
$$;
SELECT lives_ok('SELECT pg_temp.storm(3000)', 'no clash in 3000 random writes');
SELECT is(pg_temp.clashes(), 0::bigint, 'nor at the end');
SELECT is(count(*) FILTER (WHERE taken <> fitted), 0::bigint, what || ': taken exactly when it fits') FROM tally GROUP BY what ORDER BY what;
SELECT cmp_ok(least(count(*) FILTER (WHERE taken), count(*) FILTER (WHERE NOT taken)), '>=', 20::bigint, what || ': often of both')
FROM tally WHERE what <> 'delete' GROUP BY what ORDER BY what;
SELECT is(count(*), 0::bigint, 'the range of a speaker is that of the session')
FROM speaker k JOIN session s USING (session_id) WHERE k.during <> s.during;
SELECT is(count(*), 0::bigint, 'the range of a session is half-open')
FROM session WHERE during <> coalesce(tstzrange(starts_at, ends_at, '[)'), 'empty') AND starts_at IS NOT NULL;

-- Far ends of time.

SELECT lives_ok($$ INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at) VALUES (1, 'pk', 1, '2040-01-01', '2999-12-31') $$, 'a very long session');
SELECT throws_ok($$ INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at) VALUES (1, 'pk', 1, '2999-01-01', '2999-01-02') $$, '23P01', NULL,
                 'it takes the room for ages');
SELECT throws_ok($$ INSERT INTO session (event_id, format_code, starts_at, ends_at) VALUES (1, 'pk', '2040-01-01', 'infinity') $$, '23514', NULL, 'but not for ever');
SELECT is(count(*), 11::bigint, 'eleven shipped formats') FROM session_format WHERE shipped;
SELECT set_eq($$ SELECT format_code FROM session_format WHERE parent_code = 'hot_segment' $$,
              $$ VALUES ('hot_question'), ('contest'), ('pk'), ('hands_on'), ('round_table') $$, 'the hot segment in its five named forms');

SELECT * FROM finish();
ROLLBACK;
