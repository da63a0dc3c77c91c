-- Registration: who gets a seat, who waits and moves up, who passes which
-- check, what is refused, and how one is told.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_registration');
SET search_path = s_registration, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'One'), ('organization', 'Two');
SELECT plan_event('Evening', starts_at => '2031-03-08 18:00+08', ends_at => '2031-03-08 21:00+08', planned_on_site => 5), plan_event('Night');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'channel'), (1, 2, 'sponsor'), (2, 2, 'channel');
INSERT INTO link (event_id, link_kind_code, name, url) VALUES (1, 'registration', 'sign-up page', 'https://example.org/1'), (2, 'registration', 'other', 'https://example.org/2');
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 5), (1, 'online', NULL);

\echo == Seats while there are some, then the waiting list; the two sides apart
SELECT * FROM register(1, seats => 3, name => 'Ann', contact_kind => 'email', contact => 'ann@example.org', link_id => 1);
SELECT * FROM register(1, seats => 4, name => 'Bob', contact_kind => 'phone', contact => '+86 130 0000 0001', channel_party_id => 1);
SELECT * FROM register(1, seats => 2, name => 'Cho');
SELECT * FROM register(1, seats => 1);
SELECT * FROM register(1, 'online', 1000);
INSERT INTO registration (event_id, seats) VALUES (1, 2) RETURNING registration_id, status_code;
SELECT side, capacity, taken, waiting FROM seating ORDER BY side;
SELECT place, registration_id, seats, seats_ahead, free, rule FROM waiting_list WHERE event_id = 1 ORDER BY place;

\echo == Whoever cancels makes place for those who fit, in order
SELECT * FROM cancel_registration(1);
SELECT registration_id, seats, rule_code, free_before FROM move_up_log ORDER BY moved_up_id;
SELECT registration_id, seats, status, channel FROM registration_list WHERE event_id = 1 ORDER BY registration_id;

\echo == A party that fits goes past a larger one; with best_fill the most seats are filled
UPDATE registration SET seats = 1 WHERE registration_id = 3;
SELECT * FROM register(1, seats => 3);
UPDATE seating SET rule_code = 'best_fill' WHERE event_id = 1 AND side = 'on_site';
SELECT registration_id, seats FROM waiting_list ORDER BY place;
UPDATE seating SET capacity = 8 WHERE event_id = 1 AND side = 'on_site';
SELECT registration_id, seats, rule_code, free_before FROM move_up_log ORDER BY moved_up_id;
SELECT registration_id, seats FROM waiting_list ORDER BY place;
SELECT capacity, taken, waiting FROM seating WHERE side = 'on_site';

\echo == Never more than the capacity
SELECT pg_temp.refused($$ INSERT INTO registration (event_id, seats, status_code) VALUES (1, 2, 'registered') $$);
SELECT pg_temp.refused($$ UPDATE registration SET status_code = 'registered' WHERE registration_id = 7 $$);
SELECT pg_temp.refused($$ UPDATE registration SET seats = 4 WHERE registration_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE seating SET capacity = -1 WHERE event_id = 1 AND side = 'on_site' $$);
INSERT INTO seating (event_id, side, capacity) VALUES (2, 'on_site', 4);
SELECT pg_temp.refused($$ INSERT INTO registration (event_id, seats) VALUES (2, 2), (2, 2), (2, 1) $$);
SELECT side, capacity, taken, waiting FROM seating ORDER BY event_id, side;

\echo == A capacity below what is taken closes the sale and says by how many; nobody moves up until there is room
UPDATE seating SET capacity = 5 WHERE event_id = 1 AND side = 'on_site';
SELECT capacity, taken, waiting, over FROM seating WHERE event_id = 1 AND side = 'on_site';
SELECT kind, what, problem FROM event_problem WHERE event_id = 1 AND kind = 'seating';
SELECT registered, free, over FROM headcount WHERE event_id = 1 AND side = 'on_site';
SELECT pg_temp.refused($$ INSERT INTO registration (event_id, status_code) VALUES (1, 'registered') $$);
SELECT pg_temp.refused($$ UPDATE registration SET seats = seats + 1 WHERE registration_id = 3 $$);
BEGIN;
SELECT * FROM register(1);
SELECT * FROM cancel_registration(3);
SELECT capacity, taken, waiting, over FROM seating WHERE event_id = 1 AND side = 'on_site';
SELECT * FROM cancel_registration(6);
SELECT capacity, taken, waiting, over FROM seating WHERE event_id = 1 AND side = 'on_site';
ROLLBACK;
UPDATE seating SET capacity = 8 WHERE event_id = 1 AND side = 'on_site';

\echo == Many at once: entered as waiting, the rule lets in who fits
INSERT INTO registration (event_id, seats, status_code) VALUES (2, 3, 'waiting'), (2, 2, 'waiting'), (2, 1, 'waiting');
SELECT registration_id, seats, status_code FROM registration WHERE event_id = 2 ORDER BY registration_id;

\echo == Sizes, sides, statuses, times
SELECT pg_temp.refused($$ SELECT register(1, seats => 0) $$);
SELECT pg_temp.refused($$ SELECT register(1, seats => 1000001) $$);
SELECT pg_temp.refused($$ SELECT register(1, seats => NULL) $$);
SELECT pg_temp.refused($$ SELECT register(2, 'online') $$);
SELECT pg_temp.refused($$ SELECT register(1, 'balcony') $$);
SELECT pg_temp.refused($$ SELECT register(99) $$);
SELECT pg_temp.refused($$ SELECT register(NULL) $$);
SELECT pg_temp.refused($$ INSERT INTO seating (event_id, side) VALUES (2, 'balcony') $$);
SELECT pg_temp.refused($$ INSERT INTO seating (event_id, side) VALUES (1, 'online') $$);
SELECT pg_temp.refused($$ INSERT INTO seating (event_id, side) VALUES (99, 'online') $$);
SELECT pg_temp.refused($$ INSERT INTO seating (event_id, side, rule_code) VALUES (2, 'online', 'lottery') $$);
SELECT pg_temp.refused($$ INSERT INTO registration (event_id, status_code) VALUES (1, 'proposed') $$);
SELECT pg_temp.refused($$ INSERT INTO registration (event_id, side, asked_at) VALUES (1, 'online', 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO registration (event_id, side, cancelled_at) VALUES (1, 'online', now()) $$);
SELECT pg_temp.refused($$ UPDATE registration SET registered_at = NULL WHERE registration_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE registration SET side = 'online' WHERE registration_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE registration SET event_id = 2 WHERE registration_id = 3 $$);

\echo == One channel, of the same event
SELECT pg_temp.refused($$ SELECT register(1, 'online', link_id => 2) $$);
SELECT pg_temp.refused($$ SELECT register(1, 'online', link_id => 99) $$);
SELECT pg_temp.refused($$ SELECT register(1, 'online', channel_party_id => 2) $$);
SELECT pg_temp.refused($$ SELECT register(1, 'online', link_id => 1, channel_party_id => 1) $$);
SELECT pg_temp.refused($$ UPDATE registration SET channel_part = 'sponsor' WHERE registration_id = 2 $$);
SELECT kind, channel, registrations, registered, waiting, cancelled, checked_in, share FROM registration_channel WHERE event_id = 1 ORDER BY kind, channel;

\echo == A contact registers once for an event, however it is spelt; after cancelling again
SELECT pg_temp.refused($$ SELECT register(1, 'online', name => 'Bob', contact_kind => 'phone', contact => '+86-13000000001') $$);
SELECT registration_id, status_code FROM register(1, 'online', name => 'Ann', contact_kind => 'email', contact => ' Ann@Example.org');
SELECT pg_temp.refused($$ SELECT register(1, 'online', name => 'Ann', contact_kind => 'email', contact => 'ANN@example.org ') $$);
SELECT status_code FROM register(2, name => 'Ann', contact_kind => 'email', contact => 'ann@example.org');
SELECT pg_temp.refused($$ UPDATE attendee SET contact_kind = 'email', contact = 'ann@example.org' WHERE registration_id = 2 $$);
SELECT pg_temp.refused($$ SELECT register(1, 'online', contact => 'x@example.org') $$);
SELECT pg_temp.refused($$ SELECT register(1, 'online', contact_kind => 'pigeon', contact => 'x') $$);
SELECT pg_temp.refused($$ SELECT register(1, 'online', contact_kind => 'email', contact => ' ') $$);
SELECT pg_temp.refused($$ SELECT register(1, 'online', contact_kind => 'phone', contact => 'none') $$);
SELECT pg_temp.refused($$ SELECT register(1, 'online', name => 'x', party_id => 99) $$);
SELECT pg_temp.refused($$ INSERT INTO attendee (registration_id, name) VALUES (99, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO attendee (registration_id, name) VALUES (2, 'second') $$);
SELECT pg_temp.refused($$ UPDATE attendee SET status_code = 'cancelled' WHERE registration_id = 2 $$);

\echo == Checks at the door
INSERT INTO check_kind (check_code, name_en, name_zh) VALUES ('badge', 'badge', '胸卡');
INSERT INTO event_check (event_id, check_code, side, is_required) VALUES (1, 'ticket', NULL, true), (1, 'health_code', 'on_site', true), (1, 'badge', 'on_site', false), (2, 'ticket', NULL, true);
SELECT registration_id, seat, seats, name, passed, missing, is_in FROM door_list WHERE event_id = 1 AND registration_id < 5 ORDER BY 1, 2;
SELECT check_in(6, 'ticket'), check_in(6, 'health_code', 2), check_in(3, 'ticket', party_id => 2), check_in(3, 'health_code');
SELECT registration_id, seat, name, passed, missing, is_in FROM door_list WHERE registration_id IN (3, 6) ORDER BY 1, 2;
SELECT check_in(6, 'health_code');
SELECT pg_temp.refused($$ INSERT INTO check_pass (registration_id, event_check_id, seat) VALUES (6, 1, 2) $$);
SELECT pg_temp.refused($$ SELECT check_in(6, 'health_code', 3) $$);
SELECT pg_temp.refused($$ SELECT check_in(6, 'health_code', 0) $$);
SELECT pg_temp.refused($$ SELECT check_in(6, 'travel_code') $$);
SELECT pg_temp.refused($$ SELECT check_in(6, NULL) $$);
SELECT pg_temp.refused($$ SELECT check_in(99, 'ticket') $$);
SELECT pg_temp.refused($$ SELECT check_in(1, 'ticket') $$);
SELECT pg_temp.refused($$ SELECT check_in(7, 'ticket') $$);
SELECT pg_temp.refused($$ SELECT check_in(5, 'health_code') $$);
SELECT pg_temp.refused($$ SELECT check_in(5, 'ticket', 1, 99) $$);
SELECT pg_temp.refused($$ INSERT INTO check_pass (registration_id, event_check_id) VALUES (3, 4) $$);
SELECT pg_temp.refused($$ INSERT INTO event_check (event_id, check_code) VALUES (1, 'ticket') $$);
SELECT pg_temp.refused($$ INSERT INTO event_check (event_id, check_code) VALUES (1, 'password') $$);
SELECT pg_temp.refused($$ INSERT INTO event_check (event_id, check_code, side) VALUES (1, 'travel_code', 'roof') $$);
SELECT check_code, name_zh FROM check_kind ORDER BY ordinal, check_code;

\echo == A check passed twice is told when and by whom
DO $$
BEGIN
    PERFORM check_in(6, 'ticket');
EXCEPTION WHEN unique_violation THEN
    RAISE WARNING '%', SQLERRM;
END
$$;

\echo == Who passed a check cannot cancel or shrink below it
SELECT pg_temp.refused($$ SELECT * FROM cancel_registration(3) $$);
SELECT pg_temp.refused($$ UPDATE registration SET seats = 1 WHERE registration_id = 6 $$);
DELETE FROM check_pass WHERE registration_id = 3;
SELECT * FROM cancel_registration(3);

\echo == Cancelled once
SELECT pg_temp.refused($$ SELECT * FROM cancel_registration(3) $$);
SELECT pg_temp.refused($$ SELECT * FROM cancel_registration(99) $$);

\echo == An organizer puts somebody back on the list: the seats go to the next, not to the one put back
INSERT INTO event (event_id, name_en, starts_at, ends_at, status_code) VALUES (3, 'Back', '2031-04-01 18:00+08', '2031-04-01 20:00+08', 'planned');
INSERT INTO seating (event_id, side, capacity) VALUES (3, 'on_site', 3);
SELECT register(3, seats => 2, name => 'Dee'), register(3), register(3, seats => 2), register(3);
UPDATE registration SET status_code = 'waiting' WHERE registration_id = (SELECT min(registration_id) FROM registration WHERE event_id = 3);
CREATE VIEW pg_temp.back AS
SELECT registration_id - min(registration_id) OVER () + 1 AS n, seats, status_code, registered_at IS NOT NULL AS was_registered,
       cancelled_at IS NOT NULL AS was_cancelled, moved_at IS NOT NULL AS moved_up
FROM registration_list WHERE event_id = 3 ORDER BY registration_id;
SELECT * FROM pg_temp.back;
SELECT taken, waiting FROM seating WHERE event_id = 3;
SELECT seats FROM waiting_list WHERE event_id = 3 ORDER BY place;

\echo == It has its old place on the list; somebody who cancelled comes to the end, or gets the place that is given, or a free seat
SELECT seats FROM cancel_registration((SELECT max(registration_id) - 1 FROM registration WHERE event_id = 3));
SELECT * FROM pg_temp.back;
UPDATE registration SET status_code = 'waiting' WHERE event_id = 3 AND status_code = 'cancelled';
SELECT * FROM pg_temp.back;
SELECT pg_temp.refused($$ UPDATE registration SET status_code = 'registered' WHERE event_id = 3 AND status_code = 'waiting' $$);
SELECT count(*) FROM register(3);
SELECT seats FROM waiting_list WHERE event_id = 3 ORDER BY place;
UPDATE registration SET status_code = 'cancelled' WHERE event_id = 3 AND status_code = 'waiting' AND seats = 2;
UPDATE registration SET status_code = 'waiting' WHERE event_id = 3 AND status_code = 'cancelled' AND seats = 2;
SELECT seats FROM waiting_list WHERE event_id = 3 ORDER BY place;
UPDATE registration SET asked_at = '2031-01-01' WHERE event_id = 3 AND status_code = 'waiting' AND seats = 1;
SELECT seats FROM waiting_list WHERE event_id = 3 ORDER BY place;
UPDATE seating SET capacity = 5 WHERE event_id = 3;
SELECT * FROM pg_temp.back;
SELECT taken, waiting FROM seating WHERE event_id = 3;

\echo == Moved up twice: both are in the log; nobody alone on the list gets back at once the seat given up
SELECT count(*) AS times FROM move_up_log WHERE event_id = 3 GROUP BY registration_id HAVING count(*) > 1;
UPDATE registration SET status_code = 'cancelled' WHERE event_id = 3 AND status_code = 'waiting';
UPDATE registration SET status_code = 'waiting' WHERE registration_id = (SELECT min(registration_id) FROM registration WHERE event_id = 3);
SELECT free, seats FROM waiting_list WHERE event_id = 3 ORDER BY place;
SELECT move_up(3);

\echo == Not who passed a check, not where the contact registered anew meanwhile, not at an event that is cancelled
INSERT INTO event_check (event_id, check_code) VALUES (3, 'ticket');
SELECT check_in((SELECT min(registration_id) FROM registration WHERE event_id = 3), 'ticket', 1);
SELECT pg_temp.refused(format($$ UPDATE registration SET status_code = 'waiting' WHERE registration_id = %s $$, (SELECT min(registration_id) FROM registration WHERE event_id = 3)));
DELETE FROM check_pass WHERE event_id = 3;
UPDATE attendee SET contact_kind = 'email', contact = 'dee@example.org' WHERE event_id = 3;
SELECT count(*) FROM cancel_registration((SELECT min(registration_id) FROM registration WHERE event_id = 3));
SELECT count(*) FROM register(3, contact_kind => 'email', contact => 'dee@example.org');
SELECT pg_temp.refused(format($$ UPDATE registration SET status_code = 'waiting' WHERE registration_id = %s $$, (SELECT min(registration_id) FROM registration WHERE event_id = 3)));
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 3;
SELECT pg_temp.refused($$ UPDATE registration SET status_code = 'waiting' WHERE event_id = 3 AND status_code = 'registered' $$);

DROP VIEW pg_temp.back;

\echo == The counters are not for anybody to write
SELECT pg_temp.refused($$ UPDATE seating SET taken = 0 WHERE event_id = 1 AND side = 'on_site' $$);
SELECT pg_temp.refused($$ UPDATE seating SET waiting = 7 WHERE event_id = 1 AND side = 'on_site' $$);
SELECT pg_temp.refused($$ UPDATE seating SET event_is_off = true WHERE event_id = 1 AND side = 'on_site' $$);
SELECT pg_temp.refused($$ UPDATE seating SET side = 'online' WHERE event_id = 2 $$);

\echo == Closed; called off: nobody moves up until it is planned anew
UPDATE seating SET is_open = false WHERE event_id = 2;
SELECT pg_temp.refused($$ SELECT register(2) $$);
SELECT registration_id, seats, status_code FROM registration WHERE event_id = 2 ORDER BY registration_id;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 2;
SELECT pg_temp.refused($$ SELECT register(2) $$);
SELECT * FROM cancel_registration((SELECT min(registration_id) FROM registration WHERE event_id = 2));
SELECT move_up(2);
UPDATE event SET status_code = 'planned' WHERE event_id = 2;
SELECT registration_id, seats, status_code FROM registration WHERE event_id = 2 ORDER BY registration_id;
SELECT pg_temp.refused($$ SELECT move_up(99) $$);

\echo == Planned, registered, checked in, claimed, measured: apart, and NULL when not known
UPDATE event SET actual_on_site = 4, on_site_basis = 'measured', actual_online = 10000, online_basis = 'claimed' WHERE event_id = 1;
SELECT event_id, side, planned, capacity, registered, waiting, free, checked_in, claimed, measured FROM headcount ORDER BY event_id, side;

\echo == What attendees are told, in both languages
INSERT INTO city (city_code, name_en, name_zh) VALUES ('hangzhou', 'Hangzhou', '杭州');
INSERT INTO venue (name, address, city_code) VALUES ('Lake house', '1 Lake Road', 'hangzhou');
UPDATE event SET venue_id = 1, city_code = 'hangzhou' WHERE event_id = 1;
INSERT INTO notice (event_id, ordinal, text_en, text_zh) VALUES (1, 1, 'Please wear a mask', '请全程佩戴口罩');
INSERT INTO link (event_id, link_kind_code, url) VALUES (1, 'live', 'https://example.org/live'), (1, 'group', 'https://example.org/group');
SELECT side_label, label, content FROM attendee_sheet WHERE event_id = 1 ORDER BY side, ordinal;
SET salon.lang = 'zh';
SELECT side_label, label, content FROM attendee_sheet WHERE event_id = 1 AND side = 'on_site' ORDER BY ordinal;
SELECT DISTINCT side_label, status FROM registration_list WHERE event_id = 1 ORDER BY 1, 2;
SELECT DISTINCT rule FROM move_up_log ORDER BY 1;
RESET salon.lang;

\echo == Personal data goes, the counts stay
SELECT count(*), string_agg(name, ', ' ORDER BY registration_id) FROM attendee;
DELETE FROM attendee;
SELECT event_id, side, registered, waiting FROM headcount WHERE registered > 0 ORDER BY event_id, side;

\echo == Channels that go leave the registrations; an event goes once nobody is registered
DELETE FROM link WHERE link_id = 1;
DELETE FROM event_party WHERE event_id = 1;
SELECT count(*), count(link_id), count(channel_party_id) FROM registration WHERE event_id = 1;
SELECT pg_temp.refused($$ DELETE FROM event WHERE event_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM seating WHERE event_id = 1 AND side = 'on_site' $$);
SELECT pg_temp.refused($$ DELETE FROM registration WHERE event_id = 1 $$);
DELETE FROM check_pass;
DELETE FROM registration WHERE event_id = 1;
DELETE FROM event WHERE event_id = 1;
SELECT (SELECT count(*) FROM seating WHERE event_id = 1) AS seatings, (SELECT count(*) FROM registration WHERE event_id = 1) AS registrations, (SELECT count(*) FROM check_pass) AS passes;
TRUNCATE registration CASCADE;
SELECT sum(taken) AS taken, sum(waiting) AS waiting FROM seating;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_registration', drop_rows => true);
