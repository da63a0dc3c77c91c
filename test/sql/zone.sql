-- Clocks of places: whose time zone counts, local times, and the hours that come
-- twice or not at all.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_zone');
SET search_path = s_zone, salon;
SET timezone = 'UTC';
SET datestyle = 'ISO';
\set ECHO all

\echo == Zone names whose clock is not that of a place
SELECT pg_temp.refused($$ UPDATE space SET time_zone = 'right/Asia/Shanghai' $$);
SELECT pg_temp.refused($$ INSERT INTO venue (venue_id, name, time_zone) VALUES (99, 'x', 'Posix/Asia/Shanghai') $$);
SELECT pg_temp.refused($$ INSERT INTO event (time_zone) VALUES ('CST6CDT') $$);
SELECT pg_temp.refused($$ INSERT INTO event (time_zone) VALUES ('Factory') $$);
SELECT pg_temp.refused($$ INSERT INTO event (time_zone) VALUES ('localtime') $$);

\echo == Who names none has that of the space; an event at a venue that of the venue, and goes with it
UPDATE space SET time_zone = 'Europe/London';
INSERT INTO venue (name) VALUES ('near') RETURNING time_zone;
INSERT INTO venue (name, time_zone) VALUES ('far', 'America/New_York'), ('further', 'Australia/Lord_Howe');
INSERT INTO event (name_en) VALUES ('anywhere') RETURNING time_zone;
INSERT INTO event (name_en, venue_id) VALUES ('far', 2) RETURNING time_zone;
INSERT INTO event (name_en, venue_id, time_zone) VALUES ('as given', 2, 'Asia/Tokyo') RETURNING time_zone;
UPDATE event SET venue_id = 3 RETURNING name_en, time_zone;
UPDATE event SET time_zone = NULL WHERE name_en = 'as given' RETURNING time_zone;
UPDATE event SET venue_id = NULL WHERE name_en = 'far' RETURNING time_zone;
UPDATE event SET venue_id = 2, time_zone = 'America/New_York' WHERE name_en = 'far';
UPDATE event SET venue_id = 2, time_zone = 'Asia/Tokyo' WHERE name_en = 'as given';
UPDATE venue SET time_zone = 'America/Chicago' WHERE venue_id = 2;
SELECT name_en, time_zone FROM event ORDER BY event_id;
UPDATE venue SET time_zone = 'America/New_York' WHERE venue_id = 2;
INSERT INTO series (name_en) VALUES ('S');
INSERT INTO rotation (series_id) VALUES (1) RETURNING time_zone;

\echo == Moments and local times
SELECT plan_event('Moment', venue_id => 2, starts_at => '2031-03-08 13:30+08', ends_at => '2031-03-08 15:30+08') AS e \gset
SELECT starts_at, ends_at, time_zone FROM event WHERE event_id = :e;
SELECT plan_event('Clock', venue_id => 2, local_starts_at => '2031-03-08 13:30', local_ends_at => '2031-03-09 03:00') AS e \gset
SELECT starts_at, ends_at, time_zone FROM event WHERE event_id = :e;
SELECT plan_event('Of the space', local_starts_at => '2031-07-08 13:30', local_ends_at => '2031-07-08 15:30') AS e \gset
SELECT starts_at, ends_at, time_zone FROM event WHERE event_id = :e;
SELECT pg_temp.refused($$ SELECT plan_event('Both', starts_at => '2031-03-08 13:30', local_starts_at => '2031-03-08 13:30') $$);

\echo == The hour that comes twice, the one that does not, half hours, and a day that Samoa never had
SELECT v.time_zone, v.local, _moment(v.local, v.time_zone) AS moment, _moment(v.local, v.time_zone, 'start') AS as_start,
       _moment(v.local, v.time_zone, 'end') AS as_end, _clock(_moment(v.local, v.time_zone), v.time_zone) AS shown
FROM (VALUES
    ('Asia/Shanghai',       timestamp '2031-03-09 02:30'),
    ('America/New_York',    '2031-03-09 02:30'),
    ('America/New_York',    '2031-03-09 03:00'),
    ('America/New_York',    '2031-11-02 01:30'),
    ('America/New_York',    '2031-11-02 02:00'),
    ('Europe/London',       '2031-10-26 01:00'),
    ('Europe/London',       '2031-10-26 00:59'),
    ('Australia/Lord_Howe', '2031-04-06 01:45'),
    ('Australia/Lord_Howe', '2031-04-06 01:15'),
    ('Australia/Lord_Howe', '2031-10-05 02:15'),
    ('Pacific/Apia',        '2011-12-30 12:00'),
    ('Pacific/Apia',        '2011-12-31 00:00')) v (time_zone, local)
ORDER BY 1, 2;

\echo == A room that opens or closes in such an hour
INSERT INTO room (venue_id, name) VALUES (2, 'night');
INSERT INTO room_hours (room_id, opens, closes) VALUES (1, '00:30', '01:30');
SELECT _room_open(1, '2031-11-02 00:00-04', '2031-11-02 23:00-05');
UPDATE room_hours SET opens = '01:30', closes = '02:30';
SELECT _room_open(1, '2031-11-02 00:00-04', '2031-11-02 23:00-05');
SELECT _room_open(1, '2031-03-09 00:00-05', '2031-03-09 23:00-04');
UPDATE room_hours SET opens = '02:15', closes = '02:45';
SELECT _room_open(1, '2031-03-09 00:00-05', '2031-03-09 23:00-04');

\echo == What attendees are told
SELECT plan_event('Night', venue_id => 2, planned_on_site => 9, planned_online => 0,
                  starts_at => '2031-11-02 01:30-04', ends_at => '2031-11-02 01:15-05') AS e \gset
SELECT content FROM attendee_sheet WHERE event_id = :e AND kind = 'time';
SELECT evidence FROM checklist WHERE event_id = :e AND item_code = 'C10';

\echo == What an event gets fits it: nothing of a room online, nothing of a stream on site, no health check
SELECT plan_event('Online', planned_on_site => 0, planned_online => 100) AS o \gset
SELECT plan_event('On site', planned_on_site => 50, planned_online => 0) AS s \gset
SELECT e.event_id = :o AS is_online, string_agg(d.resource_code, ' ' ORDER BY d.resource_code) AS needs
FROM event e JOIN demand d USING (event_id) WHERE e.event_id IN (:o, :s) GROUP BY 1 ORDER BY 1;
SELECT e.event_id = :o AS is_online, string_agg(s.resource_code, ' ' ORDER BY s.resource_code) AS offers
FROM event e JOIN supply s USING (event_id) WHERE e.event_id IN (:o, :s) GROUP BY 1 ORDER BY 1;
SELECT e.event_id = :o AS is_online, string_agg(s.duty_code, ' ' ORDER BY s.duty_code) AS duties
FROM event e JOIN shift s USING (event_id) WHERE e.event_id IN (:o, :s) GROUP BY 1 ORDER BY 1;
SELECT pg_temp.refused($$ UPDATE template_duty SET needed_when = 'never' $$);
SELECT pg_temp.refused($$ UPDATE template_resource SET needed_when = 'never' $$);

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_zone', drop_rows => true);
