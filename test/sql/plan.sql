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

\echo == What an event gets fits it: online no room, on site no live stream, codes of health only where they are asked for
SELECT plan_event('Webinar', planned_on_site => 0, planned_online => 500) AS online \gset
SELECT plan_event('Meeting', planned_on_site => 50, planned_online => 0) AS on_site \gset
SELECT plan_event('Both') AS both \gset
SELECT (SELECT string_agg(resource_code, ', ' ORDER BY demand_id) FROM demand WHERE event_id = :both AND resource_code NOT IN (SELECT resource_code FROM demand WHERE event_id = :online)) AS not_online,
       (SELECT string_agg(resource_code, ', ' ORDER BY demand_id) FROM demand WHERE event_id = :both AND resource_code NOT IN (SELECT resource_code FROM demand WHERE event_id = :on_site)) AS not_on_site;
SELECT (SELECT string_agg(resource_code, ', ' ORDER BY supply_id) FROM supply WHERE event_id = :both AND resource_code NOT IN (SELECT resource_code FROM supply WHERE event_id = :online)) AS not_online,
       (SELECT string_agg(resource_code, ', ' ORDER BY supply_id) FROM supply WHERE event_id = :both AND resource_code NOT IN (SELECT resource_code FROM supply WHERE event_id = :on_site)) AS not_on_site;
SELECT e.event_id = :online AS is_online, count(*) AS duties, string_agg(t.duty_code, ', ' ORDER BY t.ordinal) FILTER (WHERE s.shift_id IS NULL) AS without
FROM event e CROSS JOIN duty t LEFT JOIN shift s ON s.event_id = e.event_id AND s.duty_code = t.duty_code
WHERE e.event_id IN (:online, :on_site) GROUP BY e.event_id ORDER BY e.event_id;
SELECT count(*) FROM event_check;
\echo and from a template that is asked for; twice is as once
SELECT add_template(:on_site, 'health_codes') AS first, add_template(:on_site, 'health_codes') AS again;
SELECT add_template(:online, 'health_codes') AS online;
SELECT missing FROM missing_item WHERE event_id = :on_site AND missing LIKE '%code check%';
SELECT event_id = :on_site AS on_site, check_code, side FROM event_check ORDER BY event_check_id;
SELECT add_template(:both, 'salon') AS nothing_new;
SELECT copy_template('salon', 'gala') \g /dev/null
UPDATE template_resource SET quantity = 9 WHERE template_code = 'gala' AND resource_code = 'tea';
INSERT INTO template_resource (template_code, direction, resource_code, quantity) VALUES ('gala', 'need', 'booth', 2);
SELECT add_template(:both, 'gala') AS brought;
SELECT resource_code, quantity FROM demand WHERE event_id = :both AND resource_code IN ('tea', 'booth') ORDER BY 1;
SELECT add_template(999, 'gala');
SELECT add_template(:both, 'opera');
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = :both;
SELECT add_template(:both, 'health_codes');
SELECT plan_event('Webinar with a room', planned_on_site => 0, needs => 'venue:1') AS e \gset
SELECT resource_code FROM demand WHERE event_id = :e;

\echo == The time zone is that of the space unless given
UPDATE space SET time_zone = 'Europe/Berlin';
SELECT plan_event('Berlin') AS e \gset
SELECT time_zone FROM event WHERE event_id = :e;
SELECT plan_event('Tokyo', time_zone => 'Asia/Tokyo') AS e \gset
SELECT time_zone FROM event WHERE event_id = :e;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_plan', drop_rows => true);
