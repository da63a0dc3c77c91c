-- Events: what is refused, and how one is told.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_event');
SET search_path = s_event, salon;
\set ECHO all

INSERT INTO city (city_code, name_en) VALUES ('hangzhou', 'Hangzhou'), ('beijing', 'Beijing');
INSERT INTO venue (city_code, name) VALUES ('hangzhou', 'Lake house'), (NULL, 'Somewhere');
INSERT INTO party (kind, name_en) VALUES ('organization', 'One'), ('person', 'Two');
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('Evening', '2031-05-01 18:00', '2031-05-01 21:00');

\echo == Times: both or none, and not reversed
SELECT pg_temp.refused($$ UPDATE event SET ends_at = NULL $$);
SELECT pg_temp.refused($$ INSERT INTO event (ends_at) VALUES ('2031-05-01 18:00') $$);
SELECT pg_temp.refused($$ UPDATE event SET ends_at = starts_at $$);
SELECT pg_temp.refused($$ UPDATE event SET ends_at = starts_at - interval '1 hour' $$);

SELECT pg_temp.refused($$ UPDATE event SET ends_at = 'infinity' $$);
SELECT pg_temp.refused($$ UPDATE event SET starts_at = '-infinity' $$);

\echo == Time zones are IANA names
SELECT pg_temp.refused($$ UPDATE event SET time_zone = 'CST' $$);
SELECT pg_temp.refused($$ UPDATE event SET time_zone = 'Asia/Atlantis' $$);

\echo == Headcounts are not negative and say their basis
SELECT pg_temp.refused($$ UPDATE event SET planned_on_site = -1 $$);
SELECT pg_temp.refused($$ UPDATE event SET planned_online = -1 $$);
SELECT pg_temp.refused($$ UPDATE event SET actual_on_site = 30 $$);
SELECT pg_temp.refused($$ UPDATE event SET on_site_basis = 'measured' $$);
SELECT pg_temp.refused($$ UPDATE event SET actual_on_site = -1, on_site_basis = 'measured' $$);
SELECT pg_temp.refused($$ UPDATE event SET actual_online = 10000, online_basis = 'hoped' $$);
SELECT pg_temp.refused($$ UPDATE event SET actual_online = -1, online_basis = 'claimed' $$);
SELECT pg_temp.refused($$ UPDATE event SET online_basis = 'claimed' $$);

\echo == Unknown codes
SELECT pg_temp.refused($$ INSERT INTO event (template_code) VALUES ('party') $$);
SELECT pg_temp.refused($$ INSERT INTO event (series_id) VALUES (9) $$);
SELECT pg_temp.refused($$ UPDATE event SET city_code = 'atlantis' $$);
SELECT pg_temp.refused($$ UPDATE event SET venue_id = 9 $$);
SELECT pg_temp.refused($$ INSERT INTO event (status_code) VALUES ('dreamt') $$);
SELECT pg_temp.refused($$ INSERT INTO event (status_code) VALUES ('confirmed') $$);
SELECT pg_temp.refused($$ INSERT INTO event (status_code) VALUES (NULL) $$);

\echo == The venue stands in the city of the event
SELECT pg_temp.refused($$ UPDATE event SET venue_id = 1, city_code = 'beijing' $$);
UPDATE event SET venue_id = 1, city_code = 'hangzhou';
SELECT pg_temp.refused($$ UPDATE event SET city_code = 'beijing' $$);
SELECT pg_temp.refused($$ UPDATE venue SET city_code = 'beijing' WHERE venue_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE event SET venue_id = 2 $$);

\echo == Status: only the steps that are listed
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'announced' $$);
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'held' $$);
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'dreamt' $$);
SELECT pg_temp.refused($$ UPDATE event SET status_code = NULL $$);
UPDATE event SET status_code = 'planned';
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'recapped' $$);
UPDATE event SET status_code = 'announced';
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'held' $$);
UPDATE event SET status_code = 'held', starts_at = '2021-05-01 18:00+08', ends_at = '2021-05-01 21:00+08';
SELECT pg_temp.refused($$ UPDATE event SET starts_at = '2131-05-01 18:00+08', ends_at = '2131-05-01 21:00+08' $$);
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'cancelled', cancelled_reason = 'too late' $$);
UPDATE event SET status_code = 'recapped';

\echo == The last status is final; that it was put away is something else
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'planned' $$);
SELECT is_open, is_off, took_place, is_closed FROM event;
UPDATE event SET archived_at = '2031-04-01 00:00+08';
SELECT status_code, is_open, is_off, took_place, is_closed FROM event;
SELECT pg_temp.refused($$ UPDATE event SET is_off = true $$);

\echo == An event without a name or times is not announced; a cancelled one says why
INSERT INTO event (status_code) VALUES ('planned');
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'announced' WHERE event_id = (SELECT max(event_id) FROM event) $$);
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'announced', name_en = 'Night' WHERE event_id = (SELECT max(event_id) FROM event) $$);
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'cancelled' WHERE event_id = (SELECT max(event_id) FROM event) $$);
SELECT pg_temp.refused($$ INSERT INTO event (status_code) VALUES ('held') $$);
SELECT pg_temp.refused($$ INSERT INTO event (archived_at) VALUES (now()) $$);

\echo == What took place may be entered as held, not as something that comes after; an import enters all
SELECT pg_temp.refused($$ INSERT INTO event (status_code, name_en, starts_at, ends_at) VALUES ('held', 'Some day', '2131-05-01 18:00+08', '2131-05-01 21:00+08') $$);
SELECT pg_temp.refused($$ INSERT INTO event (status_code, name_en, starts_at, ends_at) VALUES ('recapped', 'Past', '2021-05-02 18:00+08', '2021-05-02 21:00+08') $$);
SELECT pg_temp.refused($$ INSERT INTO event (status_code, cancelled_reason) VALUES ('cancelled', 'storm') $$);
SELECT pg_temp.refused($$ INSERT INTO event (status_code) VALUES ('dreamt') $$);
BEGIN;
CREATE ROLE regress_salon_importer;
INSERT INTO event (status_code, name_en, starts_at, ends_at) VALUES ('held', 'Past', '2021-05-02 18:00+08', '2021-05-02 21:00+08');
SET LOCAL salon.import = on;
INSERT INTO event (status_code, name_en, starts_at, ends_at, archived_at) VALUES ('recapped', 'Past', '2021-05-02 18:00+08', '2021-05-02 21:00+08', '2021-06-01');
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'announced' WHERE status_code = 'recapped' $$);
SELECT salon.grant_access('s_event', 'regress_salon_importer', 'organizer');
SET LOCAL ROLE regress_salon_importer;
SELECT pg_temp.refused($$ INSERT INTO event (status_code, name_en, starts_at, ends_at) VALUES ('recapped', 'Past', '2021-05-02 18:00+08', '2021-05-02 21:00+08') $$);
RESET ROLE;
SELECT salon.grant_access('s_event', 'regress_salon_importer', 'administrator');
SET LOCAL ROLE regress_salon_importer;
INSERT INTO event (status_code, name_en, starts_at, ends_at) VALUES ('recapped', 'Past', '2021-05-02 18:00+08', '2021-05-02 21:00+08');
ROLLBACK;

\echo == A community that adds a step can take it
INSERT INTO step (subject, from_code, to_code) VALUES ('event', 'recapped', 'held');
UPDATE event SET status_code = 'held' WHERE event_id = 1;
SELECT pg_temp.refused($$ INSERT INTO step VALUES ('event', 'held', 'confirmed') $$);
SELECT pg_temp.refused($$ DELETE FROM status WHERE status_code = 'held' $$);

\echo == Parts, series, notices, templates
SELECT pg_temp.refused($$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'clown') $$);
SELECT pg_temp.refused($$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 9, 'host') $$);
SELECT pg_temp.refused($$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (99, 1, 'host') $$);
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host'), (1, 1, 'sponsor');
SELECT pg_temp.refused($$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host') $$);
SELECT pg_temp.refused($$ INSERT INTO series (introduction) VALUES ('nameless') $$);
SELECT pg_temp.refused($$ INSERT INTO notice (event_id) VALUES (1) $$);
SELECT pg_temp.refused($$ INSERT INTO notice (event_id, text_en) VALUES (99, 'Bring a cup.') $$);
INSERT INTO notice (event_id, text_en) VALUES (1, 'Bring a cup.');
SELECT pg_temp.refused($$ INSERT INTO notice (event_id, text_en) VALUES (1, 'Bring two.') $$);
SELECT pg_temp.refused($$ INSERT INTO template (template_code, name_en) VALUES ('Campus Tour', 'campus tour') $$);
SELECT pg_temp.refused($$ INSERT INTO template_resource (template_code, direction, resource_code) VALUES ('salon', 'gift', 'tea') $$);
SELECT pg_temp.refused($$ INSERT INTO template_resource (template_code, direction, resource_code, quantity) VALUES ('salon', 'offer', 'tea', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO template_resource (template_code, direction, resource_code, priority) VALUES ('salon', 'offer', 'tea', 6) $$);
SELECT pg_temp.refused($$ INSERT INTO template_resource (template_code, direction, resource_code) VALUES ('salon', 'need', 'venue') $$);

\echo == Labels
SELECT event_label(event_id) FROM event WHERE event_id = 1 OR name_en IS NULL ORDER BY event_id LIMIT 1;
SELECT event_label(99) IS NULL;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_event', drop_rows => true);
