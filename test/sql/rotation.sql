-- Rotation: planning, swapping, accepting, and what is refused.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_rotation');
SET search_path = s_rotation, salon;
\set ECHO all

INSERT INTO city (city_code, name_en, name_zh) VALUES ('a', 'A town', '甲城'), ('b', 'B town', '乙城'), ('c', 'C town', '丙城');
INSERT INTO city_activity (city_code, measured_on, activity, source) VALUES ('a', '2030-01-01', 10, 'members'), ('b', '2030-01-01', 30, NULL), ('c', '2030-01-01', 5, NULL);
INSERT INTO party (kind, name_en, city_code) VALUES ('organization', 'One', 'a'), ('organization', 'Two', 'b'), ('organization', 'Three', 'c'), ('organization', 'Four', NULL);
INSERT INTO series (name_en, name_zh) VALUES ('Series', '系列'), ('Other', NULL);
INSERT INTO rotation (series_id, min_days_between) VALUES (1, 40);
INSERT INTO series_host (series_id, party_id) VALUES (1, 1), (1, 2), (1, 3), (1, 4);
INSERT INTO host_city (series_host_id, city_code) VALUES (1, 'a'), (1, 'b'), (4, 'c'), (4, 'b');
INSERT INTO blackout (party_id, since, until, reason) VALUES (2, '2031-01-01', '2031-09-01', 'moving'), (NULL, '2031-02-10', '2031-02-20', 'holiday'), (3, '2031-01-01', '2031-12-01', NULL);
INSERT INTO host_wish (series_host_id, since, until, city_code) VALUES (1, '2031-03-01', '2031-04-01', 'b'), (2, '2031-06-01', '2031-07-01', NULL), (4, '2031-05-01', '2031-05-10', NULL), (3, '2031-12-01', '2032-01-01', NULL);

\echo == The third Saturday of each month of a year; the proof
SELECT * FROM plan_season(1, '2031-01-01', '2031-12-31');
SELECT is_proved, cadence FROM season;
SELECT turn_id, held_on, host, city, problem FROM season_turn ORDER BY held_on;
SELECT host, since, is_granted, turn_id, reason FROM season_wish ORDER BY host_wish_id;
SELECT host, problem FROM turn_option WHERE turn_id = 6 ORDER BY party_id;

\echo == In Chinese
SET salon.lang = 'zh';
SELECT host, reason FROM season_proof ORDER BY party_id;
SELECT reason FROM season_wish ORDER BY host_wish_id;
RESET salon.lang;

\echo == What cannot be swapped, and what can
SELECT pg_temp.refused($$ SELECT swap_turn(1, 9) $$);
SELECT pg_temp.refused($$ SELECT swap_turn(3, 12) $$);
SELECT pg_temp.refused($$ SELECT swap_turn(1, 99) $$);
SELECT pg_temp.refused($$ SELECT swap_turn(NULL, 1) $$);
SELECT pg_temp.refused($$ UPDATE turn SET party_id = 3 WHERE turn_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE turn SET city_code = 'c' WHERE turn_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE turn SET party_id = 1, city_code = 'a' WHERE turn_id IN (5, 6) $$);
SELECT pg_temp.refused($$ UPDATE turn SET party_id = NULL WHERE turn_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO turn (season_id, starts_at, ends_at) VALUES (9, '2031-01-01', '2031-01-02') $$);
SELECT pg_temp.refused($$ UPDATE turn SET ends_at = starts_at WHERE turn_id = 1 $$);
SELECT turn_id, host, city FROM season_turn ORDER BY held_on;

\echo == Accepted: events, once
SELECT accept_season(1);
SELECT e.event_id, e.status_code, e.name_en, e.name_zh, e.starts_at, e.city_code, party_label(p.party_id) AS host
FROM event e JOIN event_party p USING (event_id) WHERE p.part_code = 'host' ORDER BY e.starts_at LIMIT 3;
SELECT pg_temp.refused($$ SELECT accept_season(1) $$);
SELECT pg_temp.refused($$ SELECT accept_season(9) $$);
SELECT pg_temp.refused($$ UPDATE season SET status_code = 'proposed' $$);

\echo == Events follow their turn until they are announced
UPDATE turn SET city_code = 'a' WHERE turn_id = 1;
SELECT city_code FROM event WHERE event_id = 1;
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
SELECT pg_temp.refused($$ UPDATE turn SET city_code = 'b' WHERE turn_id = 1 $$);

\echo == A turn whose event was called off is near to no other
BEGIN;
SELECT turn_id, host, problem FROM turn_option WHERE turn_id IN (2, 3, 5) AND problem LIKE 'another turn%' ORDER BY turn_id, party_id;
UPDATE event e SET status_code = 'cancelled', cancelled_reason = 'storm' FROM turn t WHERE t.event_id = e.event_id AND t.turn_id IN (4, 6, 7);
SELECT turn_id, host, problem FROM turn_option WHERE turn_id IN (2, 3, 5) AND problem LIKE 'another turn%' ORDER BY turn_id, party_id;
SELECT swap_turn(5, 8);
SELECT turn_id, host, city FROM season_turn WHERE turn_id IN (5, 8) ORDER BY turn_id;
ROLLBACK;

\echo == Later black-outs show as problems
INSERT INTO blackout (party_id, since, until, reason) VALUES (1, '2031-01-01', '2031-02-01', 'fire');
SELECT turn_id, problem FROM season_turn WHERE problem IS NOT NULL ORDER BY turn_id;

\echo == Cities
SELECT city_code, events_held, last_held_on, next_planned_on, events_planned, activity, activity_source FROM city_coverage ORDER BY city_code;

\echo == No season
SELECT pg_temp.refused($$ SELECT plan_season(2, '2031-01-01', '2031-12-31') $$);
SELECT pg_temp.refused($$ SELECT plan_season(1, '2031-01-01', '2030-12-31') $$);
SELECT pg_temp.refused($$ SELECT plan_season(1, NULL, '2030-12-31') $$);
SELECT pg_temp.refused($$ SELECT plan_season(1, '2033-01-01', '2033-01-10') $$);
SELECT pg_temp.refused($$ SELECT plan_season(1, '2033-01-01', '2036-01-10', 'FREQ=DAILY') $$);
SELECT pg_temp.refused($$ SELECT plan_season(1, '2033-01-01', '2036-01-10', 'FREQ=DAILY;BYDAY=XX') $$);
UPDATE series_host SET until = '2032-01-01';
SELECT pg_temp.refused($$ SELECT plan_season(1, '2033-01-01', '2033-12-31') $$);

\echo == What the tables refuse
SELECT pg_temp.refused($$ UPDATE rotation SET cadence = 'monthly' $$);
SELECT pg_temp.refused($$ UPDATE rotation SET lasts = '0' $$);
SELECT pg_temp.refused($$ UPDATE rotation SET time_zone = 'CST' $$);
SELECT pg_temp.refused($$ UPDATE rotation SET min_days_between = -1 $$);
SELECT pg_temp.refused($$ UPDATE series_host SET since = '2032-01-01' $$);
SELECT pg_temp.refused($$ INSERT INTO series_host (series_id, party_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO blackout (party_id, since, until) VALUES (1, '2031-01-02', '2031-01-02') $$);
SELECT pg_temp.refused($$ INSERT INTO blackout (party_id, since, until) VALUES (1, '2031-01-02', 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO host_wish (series_host_id, since, until) VALUES (1, '2031-01-02', '2031-01-02') $$);
SELECT pg_temp.refused($$ INSERT INTO host_wish (series_host_id, since, until) VALUES (1, '-infinity', '2031-01-02') $$);
SELECT pg_temp.refused($$ INSERT INTO city_activity (city_code, measured_on, activity) VALUES ('a', '2031-01-02', -1) $$);
SELECT pg_temp.refused($$ UPDATE season SET ends_on = '2030-01-01' $$);
SELECT pg_temp.refused($$ DELETE FROM series_host WHERE party_id = 1 $$);

\echo == In the hour that comes twice an hour lasts an hour; a day is one of the clock
INSERT INTO series (series_id, name_en) VALUES (50, 'Night'), (51, 'Days');
INSERT INTO rotation (series_id, cadence, starts_time, lasts, time_zone) VALUES
    (50, 'FREQ=YEARLY;BYMONTH=11;BYDAY=1SU', '01:30', '1 hour', 'America/New_York'),
    (51, 'FREQ=YEARLY;BYMONTH=11;BYDAY=1SU', '00:30', '2 days 3 hours', 'America/New_York');
INSERT INTO series_host (series_id, party_id) VALUES (50, 1), (51, 4);
SELECT sum(turns) FROM plan_season(50, '2031-11-01', '2031-11-30');
SELECT sum(turns) FROM plan_season(51, '2031-11-01', '2031-11-30');
SELECT series_id, starts_at AT TIME ZONE 'America/New_York' AS from_local, ends_at AT TIME ZONE 'America/New_York' AS to_local, ends_at - starts_at AS lasts
FROM turn WHERE series_id IN (50, 51) ORDER BY 1;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_rotation', drop_rows => true);
