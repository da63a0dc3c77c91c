-- Calendars: an event, its sessions, a feed, what is to be done; and what is
-- refused.  The lines are those of a calendar before they are folded.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_calendar') \g /dev/null
SET search_path = s_calendar, salon, public;

-- without what is different each time, nor carriage returns
CREATE FUNCTION pg_temp.shown(calendar text) RETURNS SETOF text LANGUAGE sql
RETURN regexp_replace(string_to_table(trim(E'\n' FROM replace(replace(calendar, E'\r\n ', ''), E'\r', '')), E'\n'), '^(UID|RELATED-TO):[-0-9a-f]{36}|(DTSTAMP|LAST-MODIFIED):.*', '\1\2:...');

INSERT INTO city (city_code, name_en, name_zh) VALUES ('a', 'city A', '甲市');
INSERT INTO party (kind, name_en, name_zh, website) VALUES ('organization', 'community A', '社区甲', 'https://a.example/'), ('person', 'speaker B', '讲师乙', NULL);
INSERT INTO venue (name, address, city_code) VALUES ('library', '1 Main Street, east', 'a');
INSERT INTO room (venue_id, name) VALUES (1, 'hall');
INSERT INTO series (name_en, name_zh) VALUES ('series A', '系列甲');
INSERT INTO event (series_id, status_code, name_en, name_zh, introduction, starts_at, ends_at, venue_id, city_code)
VALUES (1, 'planned', 'Spring salon', '春季沙龙', E'Talks; food.\nCome early.', '2031-03-08 13:30', '2031-03-08 17:30', 1, 'a');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host');
INSERT INTO link (event_id, link_kind_code, url) VALUES (1, 'page', 'https://a.example/春');
INSERT INTO session (event_id, format_code, title_en, title_zh, room_id, starts_at, ends_at) VALUES
    (1, 'mini_talk', 'talk 1', '演讲一', 1, '2031-03-08 13:30', '2031-03-08 14:10'), (1, 'mini_talk', 'talk 2', NULL, NULL, NULL, NULL);
INSERT INTO speaker (session_id, person_id) VALUES (1, 2), (2, 2);
\set ECHO all

\echo == An event; in Chinese; once it is announced and moved
SELECT pg_temp.shown(icalendar(1));
SET salon.lang = zh;
SELECT pg_temp.shown(icalendar(1));
RESET salon.lang;
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
UPDATE event SET ends_at = '2031-03-08 18:00' WHERE event_id = 1;
SELECT l FROM pg_temp.shown(icalendar(1)) l WHERE l ~ '^(SEQUENCE|STATUS|DTEND)';

\echo == Its sessions that have times
SELECT pg_temp.shown(icalendar(1, 'session'));

\echo == Feeds: of a speaker, a series, a city, all; what is over is left out
SELECT f, count(*) FROM (VALUES ('speaker', icalendar_feed(speaker_id => 2)), ('series', icalendar_feed(series_id => 1)), ('city', icalendar_feed(city_code => 'a', detail => 'all')), ('all', icalendar_feed()),
                                ('over', icalendar_feed(since => '2031-03-08 18:00'))) v (f, c), pg_temp.shown(c) l WHERE l IN ('BEGIN:VEVENT', 'BEGIN:VCALENDAR') GROUP BY f ORDER BY f;
SELECT l FROM pg_temp.shown(icalendar_feed(1, 'a', 2)) l WHERE l ~ '^(NAME|SUMMARY)';

\echo == Cancelled
UPDATE event SET status_code = 'planned' WHERE event_id = 1;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 1;
SELECT l FROM pg_temp.shown(icalendar(1, 'all')) l WHERE l ~ '^(SUMMARY|SEQUENCE|STATUS)';

\echo == What is to be done
UPDATE event SET status_code = 'planned' WHERE event_id = 1;
SELECT l FROM pg_temp.shown(icalendar_todo(1)) WITH ORDINALITY t (l, n) WHERE n <= 24;
SELECT pg_temp.shown(icalendar_todo(party_id => 1));

\echo == None without times; what is not there, what is no detail, to-dos of nobody
UPDATE event SET starts_at = NULL, ends_at = NULL WHERE event_id = 1;
SELECT icalendar(1) IS NULL;
SELECT pg_temp.refused($$ SELECT icalendar(99) $$);
SELECT pg_temp.refused($$ SELECT icalendar(NULL) $$);
SELECT pg_temp.refused($$ SELECT icalendar_feed(series_id => 99) $$);
SELECT pg_temp.refused($$ SELECT icalendar_feed(city_code => 'x') $$);
SELECT pg_temp.refused($$ SELECT icalendar_feed(speaker_id => 99) $$);
SELECT pg_temp.refused($$ SELECT icalendar_todo(99) $$);
SELECT pg_temp.refused($$ SELECT icalendar_todo(1, 99) $$);
SELECT pg_temp.refused($$ SELECT icalendar(1, 'sessions') $$);
SELECT pg_temp.refused($$ SELECT icalendar_feed(detail => '') $$);
SELECT pg_temp.refused($$ SELECT icalendar_todo() $$);
SET salon.lang = zh;
SELECT pg_temp.refused($$ SELECT icalendar(99) $$);
SELECT pg_temp.refused($$ SELECT icalendar(1, NULL) $$);
SELECT pg_temp.refused($$ SELECT icalendar_todo() $$);
SELECT pg_temp.refused($$ UPDATE event SET uid = gen_random_uuid() $$);

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_calendar', drop_rows => true);
