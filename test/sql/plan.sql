-- Planning an event in one call: what is refused, and what is made.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_plan');
SET search_path = s_plan, salon;
\set ECHO all

INSERT INTO city (city_code, name_en) VALUES ('hangzhou', 'Hangzhou'), ('beijing', 'Beijing');
INSERT INTO venue (city_code, name) VALUES ('hangzhou', 'Lake house');
INSERT INTO party (kind, name_en) VALUES ('organization', 'One');

\echo == Unknown template, city, venue, series, host, resource
SELECT pg_temp.refused($$ SELECT plan_event('E', template_code => 'gala') $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', template_code => NULL) $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', city_code => 'atlantis') $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', venue_id => 99) $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', series_id => 99) $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', host_id => 99) $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', needs => 'venue:1, sympathy:2, magic:1') $$);

\echo == Needs that are no bundle
SELECT pg_temp.refused($$ SELECT plan_event('E', needs => 'venue:-1') $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', needs => 'venue:many') $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', needs => 'venue:9223372036854775807') $$);

\echo == Times, zone, venue and headcount that cannot be
SELECT pg_temp.refused($$ SELECT plan_event('E', NULL, '2031-05-01 18:00', '2031-05-01 17:00') $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', starts_at => '2031-05-01 18:00') $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', time_zone => 'Asia/Atlantis') $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', city_code => 'beijing', venue_id => 1) $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', planned_on_site => -1) $$);
SELECT pg_temp.refused($$ SELECT plan_event('E', planned_online => -1) $$);

\echo == Nothing of that left a trace
SELECT (SELECT count(*) FROM event) AS events, (SELECT count(*) FROM demand) AS demands, (SELECT count(*) FROM supply) AS supplies,
       (SELECT count(*) FROM event_duty) AS duties, (SELECT count(*) FROM event_party) AS parties;

\echo == An idea with nothing but the template
SELECT plan_event() AS e \gset
SELECT event_label(:e), status_code, template_code, time_zone, starts_at, city_code FROM event WHERE event_id = :e;
SELECT resource_code, quantity, priority, purpose FROM demand WHERE event_id = :e ORDER BY demand_id;
SELECT resource_code, quantity, priority, committed FROM supply WHERE event_id = :e ORDER BY supply_id;
SELECT progress FROM checklist_summary WHERE event_id = :e;

\echo == Needs that are given count alone, with the priority of the template where it has one; none at all is none
SELECT plan_event('Evening', venue_id => 1, host_id => 1, needs => 'venue:2, expertise:1') AS e \gset
SELECT resource_code, quantity, priority, purpose FROM demand WHERE event_id = :e ORDER BY demand_id;
SELECT city_code, venue_id FROM event WHERE event_id = :e;
SELECT party_label(party_id), part_code FROM event_party WHERE event_id = :e;
SELECT plan_event('Night', needs => '') AS e \gset
SELECT count(*) FROM demand WHERE event_id = :e;

\echo == The time zone is that of the space unless given
UPDATE space SET time_zone = 'Europe/Berlin';
SELECT plan_event('Berlin') AS e \gset
SELECT time_zone FROM event WHERE event_id = :e;
SELECT plan_event('Tokyo', time_zone => 'Asia/Tokyo') AS e \gset
SELECT time_zone FROM event WHERE event_id = :e;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_plan', drop_rows => true);
