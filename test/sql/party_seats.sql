-- How many seats one party may have at an event: every way in.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_party_seats') \g /dev/null
SET search_path = s_party_seats, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'One'), ('organization', 'Two'), ('organization', 'Two again');
INSERT INTO party_source (party_id, external_id) VALUES (1, 'one'), (2, 'two'), (3, 'two again');
SELECT plan_event('Evening', starts_at => '2031-03-08 18:00+08', ends_at => '2031-03-08 21:00+08', needs => '');
SELECT pg_temp.refused('INSERT INTO seating (event_id, side, party_seats) VALUES (1, ''on_site'', 0)');
INSERT INTO seating (event_id, side, capacity, party_seats) VALUES (1, 'on_site', 6, 3), (1, 'online', NULL, NULL);

\echo == Registered and waiting count, cancelled does not; side by side
SELECT * FROM register(1, seats => 2, party_id => 1);
SELECT pg_temp.refused('SELECT register(1, seats => 2, party_id => 1)');
SELECT * FROM register(1, seats => 1, party_id => 1);
SELECT * FROM register(1, 'online', seats => 100, party_id => 1);
SELECT * FROM register(1, seats => 2, party_id => 2);
SELECT pg_temp.refused('INSERT INTO registration (event_id, seats, party_id, status_code) VALUES (1, 1, 2, ''waiting''), (1, 1, 2, ''waiting'')');
SELECT pg_temp.refused('INSERT INTO registration (event_id, seats, party_id, status_code) VALUES (1, 2, 2, ''waiting'')');
INSERT INTO registration (event_id, seats, party_id, status_code) VALUES (1, 9, 2, 'cancelled') RETURNING registration_id;

\echo == A registration without a party by itself
SELECT pg_temp.refused('SELECT register(1, seats => 4)');
SELECT * FROM register(1, seats => 3);
SELECT * FROM register(1, seats => 3);

\echo == What is changed: more seats, another party, cancelled no more; several rows at once by what comes out
SELECT pg_temp.refused('UPDATE registration SET seats = 2 WHERE registration_id = 3');
SELECT pg_temp.refused('UPDATE registration SET party_id = 1 WHERE registration_id = 5');
SELECT pg_temp.refused('UPDATE registration SET status_code = ''waiting'' WHERE registration_id = 9');
SELECT pg_temp.refused('UPDATE registration SET status_code = ''waiting'', seats = 2 WHERE registration_id = 9');
UPDATE registration SET seats = CASE registration_id WHEN 1 THEN 1 ELSE 2 END WHERE registration_id IN (1, 3);
UPDATE registration SET party_id = 3 - party_id WHERE party_id IN (1, 2) AND side = 'on_site' AND status_code <> 'cancelled';
SELECT party_id, sum(seats) FROM registration WHERE side = 'on_site' AND status_code <> 'cancelled' GROUP BY party_id ORDER BY party_id;

\echo == An import names the line
SELECT pg_temp.refused($$SELECT import_registrations(1, '[{"external_id": "a", "party": "one", "seats": 1}, {"external_id": "b", "party": "one", "seats": 1}]')$$);

\echo == Lowered, it takes no seats away: whoever has more moves up and gets fewer, but no more
UPDATE seating SET party_seats = 1 WHERE side = 'on_site';
UPDATE seating SET capacity = 20 WHERE side = 'on_site';
UPDATE registration SET note = 'x';
UPDATE registration SET seats = 2 WHERE registration_id = 11;
SELECT pg_temp.refused('UPDATE registration SET seats = 3 WHERE registration_id = 11');
SELECT registration_id, party_id, seats, status_code FROM registration WHERE side = 'on_site' ORDER BY registration_id;

\echo == Parties that are merged have the seats of both
UPDATE seating SET party_seats = 3 WHERE side = 'on_site';
SELECT * FROM register(1, seats => 1, party_id => 3);
SELECT * FROM merge_party(2, 3);
SELECT pg_temp.refused('SELECT register(1, party_id => 2)');

\echo == A copy has the limit too
SELECT copy_event(1, '2031-04-08 18:00+08') > 1 AS copied;
SELECT side, capacity, party_seats FROM seating WHERE event_id > 1 ORDER BY side;

SET salon.lang = 'zh';
SELECT pg_temp.refused('SELECT register(1, party_id => 2)');
RESET salon.lang;
\set ECHO none
SET client_min_messages = error;
SELECT salon.drop_space('s_party_seats', drop_rows => true) \g /dev/null
