-- The agenda: nobody and nothing in two places at once.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_agenda');
SET search_path = s_agenda, salon;
\set ECHO all

INSERT INTO city (city_code, name_en) VALUES ('hangzhou', 'Hangzhou');
INSERT INTO venue (city_code, name) VALUES ('hangzhou', 'Lake house');
INSERT INTO room (venue_id, name) VALUES (1, 'Hall'), (1, 'Study');
INSERT INTO party (kind, name_en) VALUES ('organization', 'One'), ('person', 'Two'), ('person', 'Three');
SELECT plan_event('Evening', NULL, '2031-05-01 18:00', '2031-05-01 21:00', needs => ''),
       plan_event('Night', NULL, '2031-05-01 20:00', '2031-05-01 23:00', needs => '');
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (1, 'mini_talk', 'A', 1, '2031-05-01 18:00', '2031-05-01 19:00');

\echo == A room is not taken twice: in the same event, or by another
SELECT pg_temp.refused($$ INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at)
                          VALUES (1, 'pk', 1, '2031-05-01 18:59:59.999999', '2031-05-01 19:30') $$);
SELECT pg_temp.refused($$ INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at)
                          VALUES (2, 'pk', 1, '2031-05-01 17:00', '2031-05-01 18:00:00.000001') $$);
SELECT pg_temp.refused($$ INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at)
                          VALUES (2, 'pk', 1, '2031-05-01 18:20', '2031-05-01 18:40') $$);

\echo == Back to back is fine; so is another room, no room, no time
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (1, 'mini_talk', 'B', 1, '2031-05-01 19:00', '2031-05-01 20:00'),
    (2, 'mini_talk', 'C', 1, '2031-05-01 20:00', '2031-05-01 21:00'),
    (2, 'mini_talk', 'D', 2, '2031-05-01 18:00', '2031-05-01 19:00'),
    (2, 'mini_talk', 'E', NULL, '2031-05-01 18:00', '2031-05-01 19:00'),
    (2, 'mini_talk', 'F', 1, NULL, NULL),
    (2, 'mini_talk', 'G', 1, NULL, NULL);
SELECT title_en, room_id, starts_at, ends_at FROM session ORDER BY title_en;

\echo == Giving a session a room or a time that is taken
SELECT pg_temp.refused($$ UPDATE session SET room_id = 1 WHERE title_en = 'E' $$);
SELECT pg_temp.refused($$ UPDATE session SET starts_at = '2031-05-01 20:30', ends_at = '2031-05-01 20:45' WHERE title_en = 'F' $$);

\echo == Times: both or none, and not reversed
SELECT pg_temp.refused($$ UPDATE session SET ends_at = NULL WHERE title_en = 'A' $$);
SELECT pg_temp.refused($$ UPDATE session SET starts_at = NULL WHERE title_en = 'A' $$);
SELECT pg_temp.refused($$ UPDATE session SET ends_at = starts_at WHERE title_en = 'A' $$);
SELECT pg_temp.refused($$ UPDATE session SET ends_at = starts_at - interval '1 minute' WHERE title_en = 'A' $$);

\echo == A speaker is a person
SELECT pg_temp.refused($$ INSERT INTO speaker (session_id, person_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO speaker (session_id, person_id) VALUES (1, 99) $$);
SELECT pg_temp.refused($$ INSERT INTO speaker (session_id, person_id) VALUES (99, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO speaker (person_id) VALUES (2) $$);

\echo == A speaker is not in two places: in the same event, or at another
CREATE VIEW s AS SELECT title_en, session_id FROM session;
INSERT INTO speaker (session_id, person_id) SELECT session_id, 2 FROM s WHERE title_en = 'A';
SELECT pg_temp.refused($$ INSERT INTO speaker (session_id, person_id) SELECT session_id, 2 FROM s WHERE title_en = 'D' $$);
SELECT pg_temp.refused($$ INSERT INTO speaker (session_id, person_id) SELECT session_id, 2 FROM s WHERE title_en = 'A' $$);

\echo == Back to back is fine; a session without a time is nowhere yet
INSERT INTO speaker (session_id, person_id) SELECT session_id, 2 FROM s WHERE title_en IN ('B', 'F');
SELECT s.title_en, k.during FROM speaker k JOIN s USING (session_id) ORDER BY 1;

\echo == Moving a session moves its speakers, and is refused when one is elsewhere then
SELECT pg_temp.refused($$ UPDATE session SET starts_at = '2031-05-01 19:30', ends_at = '2031-05-01 19:45' WHERE title_en = 'F' $$);
UPDATE session SET starts_at = '2031-05-01 17:00', ends_at = '2031-05-01 18:00' WHERE title_en = 'F';
SELECT s.title_en, k.during FROM speaker k JOIN s USING (session_id) ORDER BY 1;
SELECT pg_temp.refused($$ UPDATE speaker SET session_id = (SELECT session_id FROM s WHERE title_en = 'D') WHERE session_id = (SELECT session_id FROM s WHERE title_en = 'F') $$);

\echo == The range of a speaker is that of the session
SELECT pg_temp.refused($$ UPDATE speaker SET during = 'empty' WHERE session_id = (SELECT session_id FROM s WHERE title_en = 'A') $$);
INSERT INTO speaker (session_id, person_id, during) SELECT session_id, 3, 'empty' FROM s WHERE title_en = 'A';
SELECT during FROM speaker WHERE person_id = 3;

\echo == Formats
SELECT pg_temp.refused($$ INSERT INTO session (event_id, format_code) VALUES (1, 'opera') $$);
SELECT pg_temp.refused($$ INSERT INTO session (event_id, format_code) VALUES (99, 'pk') $$);
SELECT pg_temp.refused($$ INSERT INTO session_format (format_code, parent_code, name_en) VALUES ('opera', 'opera', 'opera') $$);
SELECT pg_temp.refused($$ INSERT INTO session_format (format_code) VALUES ('opera') $$);

\echo == Links
SELECT pg_temp.refused($$ INSERT INTO link (event_id, link_kind_code, url) VALUES (1, 'live', 'live.example.org') $$);
SELECT pg_temp.refused($$ INSERT INTO link (event_id, link_kind_code) VALUES (1, 'live') $$);
SELECT pg_temp.refused($$ INSERT INTO link (event_id, link_kind_code, name, is_qr_target) VALUES (1, 'live', 'group 7', true) $$);
SELECT pg_temp.refused($$ INSERT INTO link (event_id, link_kind_code, name) VALUES (1, 'smoke', 'signal') $$);
SELECT pg_temp.refused($$ INSERT INTO link (event_id, session_id, link_kind_code, name) SELECT 1, session_id, 'replay', 'tape' FROM s WHERE title_en = 'C' $$);

\echo == Deleting a session takes along its speakers and links, and no others
INSERT INTO link (event_id, session_id, link_kind_code, name) SELECT 1, session_id, 'replay', 'tape' FROM s WHERE title_en = 'A';
DELETE FROM session WHERE title_en = 'A';
SELECT s.title_en, k.person_id FROM speaker k JOIN s USING (session_id) ORDER BY 1;
SELECT count(*) FROM link;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_agenda', drop_rows => true);
