-- Opening hours of rooms, and the time that they need to change over.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_hours');
SET search_path = s_hours, salon;
\set ECHO all

INSERT INTO venue (name) VALUES ('library');
INSERT INTO room (venue_id, name, changeover) VALUES (1, 'hall', 15), (1, 'study', 0);
INSERT INTO event (name_en) VALUES ('Evening');

\echo == A room without hours is always open
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES (1, 'pk', 'night', 2, '2031-05-01 02:00', '2031-05-01 03:00');

\echo == Hours that would leave a session outside are refused
SELECT pg_temp.refused($$ INSERT INTO room_hours (room_id, opens, closes) VALUES (2, '08:00', '22:00') $$);
UPDATE session SET starts_at = '2031-05-01 10:00', ends_at = '2031-05-01 11:00' WHERE title_en = 'night';
INSERT INTO room_hours (room_id, opens, closes) VALUES (2, '08:00', '12:00'), (2, '12:00', '22:00');

\echo == A session is inside them, also where two follow each other
SELECT pg_temp.refused($$ UPDATE session SET starts_at = '2031-05-01 07:59', ends_at = '2031-05-01 09:00' WHERE title_en = 'night' $$);
SELECT pg_temp.refused($$ UPDATE session SET starts_at = '2031-05-01 21:30', ends_at = '2031-05-01 22:01' WHERE title_en = 'night' $$);
UPDATE session SET starts_at = '2031-05-01 11:30', ends_at = '2031-05-01 12:30' WHERE title_en = 'night';
SELECT pg_temp.refused($$ DELETE FROM room_hours WHERE opens = '08:00' $$);
SELECT pg_temp.refused($$ UPDATE room_hours SET closes = '11:45' WHERE opens = '08:00' $$);
SELECT pg_temp.refused($$ UPDATE room_hours SET room_id = 1 WHERE opens = '12:00' $$);

\echo == By weekday (2031-05-01 is a Thursday), by dates, and closed
UPDATE room_hours SET weekday = 4;
INSERT INTO room_hours (room_id, weekday, opens, closes) VALUES (2, 6, '10:00', '24:00'), (2, 7, '00:00', '02:00');
SELECT pg_temp.refused($$ UPDATE session SET starts_at = '2031-05-02 11:30', ends_at = '2031-05-02 12:30' WHERE title_en = 'night' $$);
UPDATE session SET starts_at = '2031-05-03 23:00', ends_at = '2031-05-04 01:00' WHERE title_en = 'night';
SELECT pg_temp.refused($$ INSERT INTO room_hours (room_id, since, until, note) VALUES (2, '2031-05-04', '2031-05-05', 'holiday') $$);
INSERT INTO room_hours (room_id, since, until, note) VALUES (2, '2031-05-05', '2031-05-10', 'holiday');
SELECT pg_temp.refused($$ UPDATE session SET starts_at = '2031-05-08 10:00', ends_at = '2031-05-08 11:00' WHERE title_en = 'night' $$);
UPDATE session SET starts_at = '2031-05-15 10:00', ends_at = '2031-05-15 11:00' WHERE title_en = 'night';
SELECT d::date AS day, string_agg(to_char(lower(o), 'HH24:MI') || '-' || to_char(upper(o), 'HH24:MI'), ' ' ORDER BY o) AS open
FROM generate_series(timestamptz '2031-04-30', '2031-05-11', '1 day') d
LEFT JOIN unnest(_room_open(2, d, d + interval '1 day')) o ON true
GROUP BY d ORDER BY d;

\echo == Hours are local to the venue
SELECT pg_temp.refused($$ UPDATE venue SET time_zone = 'Europe/Berlin' WHERE venue_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE venue SET time_zone = 'Nowhere' WHERE venue_id = 1 $$);
INSERT INTO venue (name, time_zone) VALUES ('far away', 'Europe/Berlin');
SELECT pg_temp.refused($$ UPDATE room SET venue_id = 2 WHERE room_id = 2 $$);

\echo == Hours that cannot be
SELECT pg_temp.refused($$ INSERT INTO room_hours (room_id, opens, closes) VALUES (1, '12:00', '08:00') $$);
SELECT pg_temp.refused($$ INSERT INTO room_hours (room_id, opens) VALUES (1, '12:00') $$);
SELECT pg_temp.refused($$ INSERT INTO room_hours (room_id, weekday, opens, closes) VALUES (1, 0, '08:00', '12:00') $$);
SELECT pg_temp.refused($$ INSERT INTO room_hours (room_id, since, until) VALUES (1, '2031-05-01', '2031-05-01') $$);
SELECT pg_temp.refused($$ INSERT INTO room_hours (room_id, since) VALUES (1, 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO room_hours (room_id) VALUES (99) $$);

\echo == The room is kept free to change over, as long as the room or the session says
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES (1, 'pk', 'first', 1, '2031-05-01 18:00', '2031-05-01 19:00');
SELECT pg_temp.refused($$ INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at) VALUES (1, 'pk', 1, '2031-05-01 19:14', '2031-05-01 20:00') $$);
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES (1, 'pk', 'second', 1, '2031-05-01 19:15', '2031-05-01 20:00');
SELECT pg_temp.refused($$ UPDATE session SET changeover = 16 WHERE title_en = 'first' $$);
UPDATE session SET changeover = 0 WHERE title_en = 'first';
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at, changeover) VALUES (1, 'break', 'between', 1, '2031-05-01 19:00', '2031-05-01 19:15', 0);
SELECT title_en, changeover, room_changeover, occupied FROM session WHERE room_id = 1 ORDER BY starts_at;

\echo == A longer changeover of the room is refused while sessions stand too near
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES (1, 'pk', 'third', 1, '2031-05-01 20:20', '2031-05-01 21:00');
SELECT pg_temp.refused($$ UPDATE room SET changeover = 21 WHERE room_id = 1 $$);
UPDATE room SET changeover = 20 WHERE room_id = 1;
SELECT title_en, changeover, room_changeover, occupied FROM session WHERE room_id = 1 ORDER BY starts_at;
SELECT pg_temp.refused($$ UPDATE room SET changeover = -1 WHERE room_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE session SET changeover = 1441 WHERE title_en = 'third' $$);

\echo == What the database keeps is not for others to write
UPDATE session SET room_changeover = 0, room_edition = 77 WHERE title_en = 'third';
SELECT room_changeover, room_edition FROM session WHERE title_en = 'third';

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_hours', drop_rows => true);
