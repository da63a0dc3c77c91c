-- Copying an event: what stays, what begins empty, what is taken; and what is
-- refused.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SET DateStyle = 'ISO';
SELECT salon.create_space('s_copy');
SET search_path = s_copy, salon;
\pset footer off
\pset tuples_only off
SET client_min_messages = notice;
\set ECHO all

INSERT INTO city (city_code, name_en) VALUES ('a', 'A town');
INSERT INTO party (kind, name_en) VALUES ('organization', 'company A'), ('organization', 'school B'), ('person', 'helper C'), ('person', 'speaker D');
INSERT INTO series (name_en) VALUES ('Series');
INSERT INTO venue (city_code, name) VALUES ('a', 'Hall');
INSERT INTO room (venue_id, name) VALUES (1, 'Big'), (1, 'Small');
SELECT plan_event('Spring salon', '春季沙龙', '2031-03-08 13:30+08', '2031-03-08 17:30+08', venue_id => 1, series_id => 1,
                  host_id => 1, planned_on_site => 50, planned_online => 1000, needs => 'speaker:2, venue:1') AS event_id;
UPDATE event SET introduction = 'A salon.', equipment = 'projector:1', actual_on_site = 44, on_site_basis = 'measured';
INSERT INTO follow_up (event_id, plan) VALUES (1, 'go on');
INSERT INTO remark (event_id, note) VALUES (1, 'ask early');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 2, 'school'), (1, 2, 'sponsor');
INSERT INTO session (event_id, format_code, title_en, abstract, room_id, starts_at, ends_at) VALUES
    (1, 'mini_talk', 'On joins', 'About joins.', 1, '2031-03-08 13:30+08', '2031-03-08 14:30+08'),
    (1, 'break', 'Tea', NULL, 1, '2031-03-08 14:30+08', '2031-03-08 15:00+08'),
    (1, 'dinner', NULL, NULL, 2, '2031-03-08 17:00+08', '2031-03-08 17:30+08');
INSERT INTO speaker (session_id, person_id) VALUES (1, 4);
INSERT INTO link (event_id, link_kind_code, url, is_qr_target) VALUES (1, 'group', 'https://example.org/group', true), (1, 'registration', 'https://example.org/1', true);
INSERT INTO notice (event_id, ordinal, text_en) VALUES (1, 1, 'Bring the code.');
UPDATE event_duty SET party_id = 3, starts_at = '2031-03-08 13:00+08', ends_at = '2031-03-08 14:00+08' WHERE duty_code = 'check_in';
INSERT INTO event_item (event_id, item_code, party_id, due_at, waived_reason) VALUES (1, 'C21', 3, '2031-03-01 18:00+08', NULL), (1, 'C3', NULL, NULL, 'we do it alone'), (1, 'C2', 3, NULL, NULL);
INSERT INTO asset (event_id, asset_kind_code, url, state) VALUES (1, 'photo', 'https://example.org/p', 'ready');
INSERT INTO seating (event_id, side, capacity, rule_code) VALUES (1, 'on_site', 60, 'best_fill');
SELECT register(1, seats => 2, name => 'somebody');
UPDATE seating SET is_open = false;
INSERT INTO event_check (event_id, check_code) SELECT 1, check_code FROM check_kind ORDER BY ordinal LIMIT 1;
INSERT INTO package (event_id, name_en, benefits, price, quantity, closes_at) VALUES (1, 'gold', 'logo_place:1', 1000, 2, '2031-03-01 00:00+08');
INSERT INTO supply (event_id, resource_code, quantity) VALUES (1, 'logo_place', 3);
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis, paid_on) VALUES (1, 'tea', 1, 300, 280, 'measured', '2031-03-09'), (1, 'gift', 2, NULL, 99, 'claimed', NULL);
INSERT INTO reach (event_id, medium_code, planned_pv, actual_pv, actual_basis) SELECT 1, medium_code, 5000, 4000, 'claimed' FROM medium ORDER BY medium_code LIMIT 1;
INSERT INTO metric (event_id, kind, name_en, target, due_on, actual, actual_basis) VALUES (1, 'north_star', 'members', 100, '2031-03-20', 80, 'measured');
INSERT INTO metric (event_id, kind, drives_id, name_en, target) VALUES (1, 'process', 1, 'posts', 5);

\echo == Half a year later
SELECT copy_event(1, '2031-09-06 13:30+08', 'Autumn salon');
SELECT event_id, series_id, template_code, status_code, name_en, name_zh, introduction, starts_at, ends_at, city_code, venue_id, planned_on_site, actual_on_site, on_site_basis, equipment, plan, note FROM event LEFT JOIN follow_up USING (event_id) LEFT JOIN remark USING (event_id) ORDER BY event_id;
SELECT party_id, part_code FROM event_party WHERE event_id = 2;
SELECT format_code, title_en, abstract, room_id, starts_at, ends_at FROM session WHERE event_id = 2 ORDER BY starts_at;
SELECT link_kind_code, url, is_qr_target FROM link WHERE event_id = 2;
SELECT duty_code, party_id, starts_at, ends_at FROM event_duty WHERE event_id = 2 AND duty_code IN ('check_in', 'photo') ORDER BY duty_code;
SELECT count(*) AS duties, count(party_id) AS holders FROM event_duty WHERE event_id = 2;
SELECT item_code, party_id, due_at, waived_reason FROM event_item WHERE event_id = 2;
SELECT resource_code, quantity FROM demand WHERE event_id = 2 ORDER BY resource_code;
SELECT side, capacity, rule_code, is_open, taken FROM seating WHERE event_id = 2;
SELECT name_en, benefits, price, quantity, claimed, closes_at FROM package WHERE event_id = 2;
SELECT cost_kind_code, payer_id, planned, actual, paid_on FROM cost WHERE event_id = 2;
SELECT planned_pv, actual_pv, actual_basis FROM reach WHERE event_id = 2;
SELECT m.name_en, m.target, m.due_on, m.actual, d.name_en AS drives, d.event_id AS of_event FROM metric m LEFT JOIN metric d ON d.metric_id = m.drives_id WHERE m.event_id = 2 ORDER BY m.metric_id;
SELECT count(*) FROM asset WHERE event_id = 2;
SELECT event, progress FROM checklist_summary ORDER BY event_id;

\echo == With parties, holders and all slots; at a time when venue and helper are taken
SELECT copy_event(1, '2031-09-06 13:30+08', agenda => 'all', with_parties => true, with_holders => true);
SELECT name_en, name_zh, city_code, venue_id FROM event WHERE event_id = 3;
SELECT party_id, part_code FROM event_party WHERE event_id = 3 ORDER BY party_id;
SELECT format_code, title_en, abstract, room_id, starts_at FROM session WHERE event_id = 3 ORDER BY starts_at;
SELECT duty_code, party_id, starts_at FROM event_duty WHERE event_id = 3 AND duty_code = 'check_in';
SELECT cost_kind_code, payer_id FROM cost WHERE event_id = 3;
SELECT copy_event(1, '2031-09-06 13:30+08', agenda => 'none', with_holders => true);
SELECT item_code, party_id, due_at FROM event_item WHERE event_id = 4 ORDER BY item_code;
\echo == A room that is taken, in a venue that is not: sessions of another event stand in it
INSERT INTO event (name_en) VALUES ('other');
INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at) VALUES (5, 'hands_on', 2, '2031-11-01 16:00+08', '2031-11-01 20:00+08');
SELECT copy_event(1, '2031-11-01 13:30+08', agenda => 'all');
SELECT format_code, room_id, starts_at FROM session WHERE event_id = 6 ORDER BY starts_at;

\echo == Across the end of summer time: the clock of the place shows the same
SELECT plan_event('Berlin', starts_at => '2031-10-20 18:00+02', ends_at => '2031-10-20 21:00+02', time_zone => 'Europe/Berlin') AS event_id;
INSERT INTO package (event_id, name_en, benefits, closes_at) VALUES (7, 'gold', 'post:1', '2031-10-19 12:00+02');
SELECT copy_event(7, '2031-10-27 18:00+01') AS event_id;
SELECT starts_at AT TIME ZONE 'Europe/Berlin' AS starts, ends_at AT TIME ZONE 'Europe/Berlin' AS ends, closes_at AT TIME ZONE 'Europe/Berlin' AS closes, closes_at
FROM event JOIN package USING (event_id) WHERE event_id IN (7, 8) ORDER BY event_id;
\echo == To another time of day: all by as much
SELECT copy_event(7, '2031-11-03 10:00+01') AS event_id;
SELECT starts_at AT TIME ZONE 'Europe/Berlin' AS starts, ends_at AT TIME ZONE 'Europe/Berlin' AS ends, closes_at AT TIME ZONE 'Europe/Berlin' AS closes
FROM event JOIN package USING (event_id) WHERE event_id = 9;

\echo == An organizer may copy, and all of it
CREATE ROLE regress_salon_copier;
SELECT salon.grant_access('s_copy', 'regress_salon_copier', 'organizer');
SET ROLE regress_salon_copier;
SELECT copy_event(1, '2032-03-06 13:30+08', agenda => 'all', with_parties => true, with_holders => true) AS event_id;
RESET ROLE;
SELECT (SELECT count(*) FROM event_duty WHERE event_id = 10) AS duties, (SELECT count(*) FROM session WHERE event_id = 10) AS sessions,
       (SELECT count(*) FROM package WHERE event_id = 10) AS packages, (SELECT count(*) FROM metric WHERE event_id = 10) AS goals,
       (SELECT string_agg(DISTINCT by_role, ', ') FROM history WHERE event_id = 10) AS by_role;
\echo == Refused
\pset tuples_only on
SELECT pg_temp.refused($$ SELECT copy_event(99, '2031-11-03 10:00+01') $$);
SELECT pg_temp.refused($$ SELECT copy_event(NULL, '2031-11-03 10:00+01') $$);
SELECT pg_temp.refused($$ SELECT copy_event(1, NULL) $$);
SELECT pg_temp.refused($$ SELECT copy_event(1, 'infinity') $$);
SELECT pg_temp.refused($$ SELECT copy_event(5, '2031-11-03 10:00+01') $$);
SELECT pg_temp.refused($$ SELECT copy_event(1, '2031-11-03 10:00+01', agenda => 'some') $$);
SELECT pg_temp.refused($$ SELECT copy_event(1, '2031-11-03 10:00+01', agenda => NULL) $$);
SELECT count(*) FROM event;

SET client_min_messages = error;
SELECT salon.drop_space('s_copy', drop_rows => true);
DROP ROLE regress_salon_copier;
