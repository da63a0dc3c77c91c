-- Places in sessions: who books one, what is refused, what a cancelled or
-- smaller registration, a lower capacity and a moved session come to.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_session_seating');
SET search_path = s_session_seating, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('person', 'Ann'), ('person', 'Bob');
INSERT INTO venue (name) VALUES ('House');
INSERT INTO room (venue_id, name, capacity) VALUES (1, 'Hall', 200), (1, 'Lab', 4);
SELECT plan_event('Conference', starts_at => '2031-03-08 09:00+08', ends_at => '2031-03-08 18:00+08', venue_id => 1, planned_on_site => 100, needs => ''),
       plan_event('Evening', starts_at => '2031-03-09 18:00+08', ends_at => '2031-03-09 20:00+08', needs => '');
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (1, 'hands_on', 'Vacuum', 2, '2031-03-08 10:00+08', '2031-03-08 12:00+08'),
    (1, 'hands_on', 'Planner', NULL, '2031-03-08 11:00+08', '2031-03-08 13:00+08'),
    (1, 'hands_on', 'Locks', 2, '2031-03-08 14:00+08', '2031-03-08 16:00+08'),
    (1, 'mini_talk', 'Opening', 1, '2031-03-08 09:00+08', '2031-03-08 10:00+08'),
    (1, 'hands_on', 'Later', NULL, NULL, NULL),
    (2, 'hands_on', 'Elsewhere', NULL, '2031-03-09 18:00+08', '2031-03-09 20:00+08');
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 8), (1, 'online', NULL), (2, 'on_site', NULL);
INSERT INTO session_seating (session_id, capacity) VALUES (1, 3), (2, 4), (3, NULL), (5, 2), (6, 9);
SELECT * FROM register(1, seats => 3, name => 'Ann', contact_kind => 'email', contact => 'ann@example.org', party_id => 1);
SELECT * FROM register(1, seats => 2, name => 'Bob', party_id => 2);
SELECT * FROM register(1, 'online');
SELECT * FROM register(1, seats => 7);
SELECT * FROM register(2);

\echo == All seats, or some: those that are free at that time come first
SELECT book(1, 1, 2);
SELECT book(2, 1, 1);
SELECT book(3, 1);
SELECT book(5, 1, 1);
SELECT book(1, 2, 1);
INSERT INTO booking (session_id, registration_id, seat) VALUES (2, 2, 2);
SELECT session_id, title, local_from, room, capacity, booked, free, over, is_open FROM session_place WHERE event_id = 1 ORDER BY session_id;
SELECT session_id, title, registration_id, seat, name, clash FROM booking_list WHERE event_id = 1 ORDER BY session_id, registration_id, seat;
SELECT session_id, free, problem FROM agenda WHERE event_id = 1 ORDER BY session_id;

\echo == What is refused
SELECT pg_temp.refused($$ SELECT book(5, 2) $$); -- one place for two
SELECT pg_temp.refused($$ SELECT book(2, 1) $$); -- two of the three are elsewhere
SELECT pg_temp.refused($$ SELECT book(2, 1, 1) $$);
SELECT pg_temp.refused($$ SELECT book(3, 1) $$); -- already
SELECT pg_temp.refused($$ INSERT INTO booking (session_id, registration_id, seat) VALUES (3, 1, 3) $$);
SELECT pg_temp.refused($$ SELECT book(3, 2, 3) $$);
SELECT pg_temp.refused($$ SELECT book(3, 2, 0) $$);
SET statement_timeout = '10s'; -- not as many steps as seats asked for
SELECT pg_temp.refused($$ SELECT book(3, 2, 2147483647) $$);
RESET statement_timeout;
SELECT pg_temp.refused($$ INSERT INTO booking (session_id, registration_id, seat) VALUES (3, 2, 0) $$);
SELECT pg_temp.refused($$ SELECT book(3, 3) $$); -- online
SELECT pg_temp.refused($$ SELECT book(3, 4) $$); -- waits
SELECT pg_temp.refused($$ SELECT book(6, 1) $$); -- another event
SELECT pg_temp.refused($$ SELECT book(4, 1) $$);
SELECT pg_temp.refused($$ SELECT book(99, 1) $$);
SELECT pg_temp.refused($$ SELECT book(3, 99) $$);
SELECT pg_temp.refused($$ SELECT book(NULL, NULL) $$);
SELECT pg_temp.refused($$ SELECT cancel_booking(3, 2) $$);
SELECT pg_temp.refused($$ SELECT cancel_booking(1, 1, 3) $$);
SELECT pg_temp.refused($$ SELECT cancel_booking(1, 1, -1) $$);
SELECT pg_temp.refused($$ UPDATE booking SET seat = 3 WHERE booking_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE booking SET status_code = 'cancelled' WHERE booking_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE session_seating SET booked = 0 $$);
SELECT pg_temp.refused($$ INSERT INTO session_seating (session_id) VALUES (1) $$);
SELECT pg_temp.refused($$ INSERT INTO session_seating (session_id) VALUES (99) $$);
SELECT pg_temp.refused($$ INSERT INTO session_seating (session_id, side) VALUES (4, 'both') $$);
SELECT pg_temp.refused($$ UPDATE session_seating SET capacity = -1 $$);
SELECT pg_temp.refused($$ UPDATE session SET event_id = 2 WHERE session_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM session WHERE session_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM session_seating WHERE session_id = 1 $$);
UPDATE session_seating SET is_open = false WHERE session_id = 3;
SELECT pg_temp.refused($$ SELECT book(3, 2) $$);
UPDATE session_seating SET is_open = true, side = 'online' WHERE session_id = 3;
SELECT pg_temp.refused($$ SELECT book(3, 2) $$);
UPDATE session_seating SET side = NULL WHERE session_id = 3;
SELECT book(3, 3);
-- the session is over, though the event is not
UPDATE session SET starts_at = now() - interval '2 hours', ends_at = now() - interval '1 hour' WHERE session_id = 3;
SELECT pg_temp.refused($$ SELECT book(3, 2) $$);
SELECT is_open FROM session_place WHERE session_id = 3;
SET salon.import = on;
SELECT book(3, 2);
RESET salon.import;
UPDATE session SET starts_at = '2031-03-08 14:00+08', ends_at = '2031-03-08 16:00+08' WHERE session_id = 3;
SET salon.lang = 'zh';
SELECT pg_temp.refused($$ SELECT book(5, 2) $$);
SELECT pg_temp.refused($$ SELECT book(2, 1, 1) $$);
RESET salon.lang;

\echo == A lower capacity takes no place that is booked, a moved session neither: both are told
UPDATE session_seating SET capacity = 2 WHERE session_id = 1;
UPDATE session SET starts_at = '2031-03-08 11:30+08', ends_at = '2031-03-08 13:30+08', room_id = 1 WHERE session_id = 3;
UPDATE room SET capacity = 3 WHERE room_id = 2;
UPDATE session_seating SET capacity = 6 WHERE session_id = 3;
UPDATE session SET room_id = 2, starts_at = '2031-03-08 12:00+08', ends_at = '2031-03-08 13:00+08' WHERE session_id = 3;
SELECT kind, id, what, problem FROM event_problem WHERE event_id = 1 ORDER BY kind, id, problem;
SELECT session_id, capacity, booked, free, over FROM session_place WHERE session_id = 1;
SELECT session_id, seat, clash FROM booking_list WHERE registration_id = 1 AND clash IS NOT NULL ORDER BY session_id, seat;
SELECT session_id, problem FROM agenda WHERE event_id = 1 AND problem ~ 'booked' ORDER BY session_id;
SELECT pg_temp.refused($$ INSERT INTO booking (session_id, registration_id, seat) VALUES (1, 1, 3) $$);
SELECT cancel_booking(1, 1, 1), cancel_booking(3, 1);
SELECT cancel_booking(2, 1, 1);
SELECT pg_temp.refused($$ INSERT INTO booking (session_id, registration_id, seat) VALUES (1, 1, 3) $$);
SELECT book(2, 1, 1);
UPDATE session_seating SET capacity = 3 WHERE session_id = 3;
SELECT kind, id, what, problem FROM event_problem WHERE event_id = 1 ORDER BY kind, id, problem;
SELECT * FROM move_event(1, '2031-03-15 09:00+08') WHERE kind ~ 'session' ORDER BY id;
SELECT session_id, local_from, booked FROM session_place WHERE event_id = 1 ORDER BY session_id;

\echo == A registration that is cancelled, put back or smaller gives its places back, for good
UPDATE session_seating SET capacity = NULL WHERE session_id = 3;
SELECT book(3, 1, 1);
UPDATE registration SET seats = 2 WHERE registration_id = 1;
SELECT session_id, booked FROM session_place WHERE event_id = 1 ORDER BY session_id;
SELECT session_id, registration_id, seat FROM booking_list WHERE event_id = 1 ORDER BY 1, 2, 3;
SELECT pg_temp.refused($$ UPDATE booking SET cancelled_at = NULL WHERE registration_id = 1 $$);
UPDATE registration SET seats = 3 WHERE registration_id = 1;
UPDATE registration SET status_code = 'waiting' WHERE registration_id = 2;
SELECT count(*) FROM cancel_registration(1);
SELECT session_id, booked FROM session_place WHERE event_id = 1 ORDER BY session_id;
UPDATE registration SET status_code = 'registered' WHERE registration_id = 1;
UPDATE registration SET status_code = 'registered' WHERE registration_id = 2;
SELECT registration_id, status_code FROM registration ORDER BY 1;
SELECT session_id, booked FROM session_place WHERE event_id = 1 ORDER BY session_id;
SELECT pg_temp.refused($$ SELECT book(1, 1) $$);
SELECT book(1, 1, 2);
SELECT count(*) FILTER (WHERE cancelled_at IS NULL) AS stands, count(*) AS ever FROM booking WHERE registration_id = 1;

\echo == What goes, and what stays
DELETE FROM session WHERE session_id = 2;
SELECT pg_temp.refused($$ DELETE FROM session WHERE session_id = 1 $$);
DELETE FROM registration WHERE registration_id = 1;
SELECT session_id, booked FROM session_place WHERE event_id = 1 ORDER BY session_id;
DELETE FROM session WHERE session_id = 1;
-- what build_agenda made stays where it is once one books it
INSERT INTO session (event_id, format_code, is_placed) VALUES (1, 'hands_on', true);
INSERT INTO session_seating (session_id, capacity) VALUES (7, 5);
SELECT is_placed FROM session WHERE session_id = 7;

\echo == A cancelled event keeps its bookings, as its registrations, and takes no new ones
SELECT book(3, 2, 1);
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 1;
SELECT pg_temp.refused($$ SELECT book(3, 2, 1) $$);
SELECT session_id, booked, is_open FROM session_place WHERE event_id = 1 ORDER BY session_id;
SELECT count(*) FROM booking_list WHERE event_id = 1;
SELECT cancel_booking(3, 3);
UPDATE event SET status_code = 'planned', cancelled_reason = NULL WHERE event_id = 1;
SELECT session_id, registration_id, seat FROM booking_list WHERE event_id = 1 ORDER BY 1, 2, 3;

\echo == Several in one statement, all or none; what is counted is what stands
SELECT pg_temp.refused($$ INSERT INTO booking (session_id, registration_id, seat) VALUES (7, 2, 1), (7, 2, 2), (7, 2, 1) $$);
UPDATE session_seating SET capacity = 1 WHERE session_id = 7;
SELECT pg_temp.refused($$ INSERT INTO booking (session_id, registration_id, seat) VALUES (7, 2, 1), (7, 2, 2) $$);
INSERT INTO booking (session_id, registration_id, seat) VALUES (7, 2, 1), (5, 2, 1), (5, 2, 2);
UPDATE booking SET cancelled_at = now() WHERE registration_id = 2 AND seat = 1;
SELECT n.session_id, n.booked, count(b.booking_id) AS stands FROM session_seating n LEFT JOIN booking b ON b.session_id = n.session_id AND b.cancelled_at IS NULL GROUP BY 1, 2 ORDER BY 1;
-- an idea goes with its sessions; at a closed event each change is in the history
SELECT plan_event('Idea', needs => '');
INSERT INTO session (event_id, format_code) VALUES (3, 'hands_on');
INSERT INTO session_seating (session_id) SELECT session_id FROM session WHERE event_id = 3;
DELETE FROM event WHERE event_id = 3;
SELECT book(6, 5);
SET salon.import = on;
UPDATE event SET starts_at = '2021-03-09 18:00+08', ends_at = '2021-03-09 20:00+08', status_code = 'announced' WHERE event_id = 2;
UPDATE event SET status_code = 'held', archived_at = now() WHERE event_id = 2;
RESET salon.import;
SELECT cancel_booking(6, 5);
SELECT subject, operation, column_name, before, is_withheld FROM event_history WHERE event_id = 2 AND subject_code = 'booking';
TRUNCATE booking;
SELECT sum(booked) FROM session_seating;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_session_seating', drop_rows => true);
