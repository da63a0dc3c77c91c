-- Formats that an event of a template has: required, optional, how many (D8).
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_format');
SET search_path = s_format, salon;
\set ECHO all

SELECT plan_event('Evening', NULL, '2031-05-01 18:00', '2031-05-01 21:00', planned_on_site => 0, needs => '');

\echo == The parts of a salon: open class optional, mini talk required, hot segment required in one of its forms
SELECT format, is_required, at_least, at_most, minutes, sessions, minutes_taken, missing, too_many FROM agenda_part WHERE event_id = 1 ORDER BY ordinal;
SELECT status, missing FROM checklist WHERE event_id = 1 AND item_code = 'C12';

\echo == A kind of a format counts for it
INSERT INTO party (kind, name_en) VALUES ('person', 'speaker');
INSERT INTO session (event_id, format_code, title_en, starts_at, ends_at) VALUES (1, 'mini_talk', 'talk', '2031-05-01 18:00', '2031-05-01 18:30');
INSERT INTO speaker (session_id, person_id) VALUES (1, 1);
SELECT status, missing FROM checklist WHERE event_id = 1 AND item_code = 'C12';
INSERT INTO session (event_id, format_code, title_en, starts_at, ends_at) VALUES (1, 'pk', 'duel', '2031-05-01 18:30', '2031-05-01 19:15');
INSERT INTO speaker (session_id, person_id) VALUES (2, 1);
SELECT format, sessions, minutes_taken, missing FROM agenda_part WHERE event_id = 1 AND is_required ORDER BY ordinal;
SELECT status, missing FROM checklist WHERE event_id = 1 AND item_code = 'C12';

\echo == An event can differ from its template
INSERT INTO event_format (event_id, format_code, ordinal, at_least, minutes) VALUES (1, 'mini_talk', 3, 3, 20), (1, 'dinner', 9, 1, 90), (1, 'opening', 1, 0, 10);
INSERT INTO event_format (event_id, format_code, at_most) VALUES (1, 'open_class', 0);
INSERT INTO session (event_id, format_code, title_en) VALUES (1, 'open_class', 'lesson');
SELECT format, is_required, at_least, at_most, minutes, sessions, missing, too_many FROM agenda_part WHERE event_id = 1 ORDER BY ordinal, format_code;
SELECT status, missing FROM checklist WHERE event_id = 1 AND item_code = 'C12';

\echo == A room that changes over makes no gap
UPDATE event SET planned_on_site = NULL WHERE event_id = 1;
DELETE FROM event_format;
DELETE FROM session WHERE session_id = 3;
INSERT INTO venue (name) VALUES ('library');
INSERT INTO room (venue_id, name, changeover) VALUES (1, 'hall', 15);
UPDATE session SET room_id = 1, ends_at = '2031-05-01 18:15' WHERE session_id = 1;
UPDATE session SET room_id = 1 WHERE session_id = 2;
SELECT status, missing FROM checklist WHERE event_id = 1 AND item_code = 'C12';
UPDATE session SET ends_at = '2031-05-01 18:10' WHERE session_id = 1;
SELECT status, missing FROM checklist WHERE event_id = 1 AND item_code = 'C12';

\echo == In Chinese
SET salon.lang = 'zh';
DELETE FROM session;
INSERT INTO session (event_id, format_code, title_zh) VALUES (1, 'break', '休息');
SELECT format, missing FROM agenda_part WHERE event_id = 1 ORDER BY ordinal;
SELECT status, missing FROM checklist WHERE event_id = 1 AND item_code = 'C12';
RESET salon.lang;

\echo == Parts that cannot be
SELECT pg_temp.refused($$ INSERT INTO template_format (template_code, format_code, at_least, at_most) VALUES ('salon', 'dinner', 2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO template_format (template_code, format_code, at_least) VALUES ('salon', 'dinner', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO template_format (template_code, format_code, at_least) VALUES ('salon', 'dinner', 2147483647) $$);
SELECT pg_temp.refused($$ INSERT INTO template_format (template_code, format_code, minutes) VALUES ('salon', 'dinner', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO template_format (template_code, format_code) VALUES ('salon', 'mini_talk') $$);
SELECT pg_temp.refused($$ INSERT INTO template_format (template_code, format_code) VALUES ('salon', 'opera') $$);
SELECT pg_temp.refused($$ INSERT INTO event_format (event_id, format_code, at_least, at_most) VALUES (1, 'dinner', 2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO event_format (event_id, format_code, minutes) VALUES (1, 'dinner', 1441) $$);
SELECT pg_temp.refused($$ INSERT INTO event_format (event_id, format_code, at_least) VALUES (1, 'dinner', -1) $$);

\echo == An edited row is no longer a shipped one
UPDATE template_format SET minutes = 25 WHERE format_code = 'mini_talk';
SELECT format_code, minutes, shipped FROM template_format ORDER BY ordinal;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_format', drop_rows => true);
