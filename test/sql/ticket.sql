-- Tickets: a code for each seat, which lets in once, at the door of who
-- organizes the event.
\set SHOW_CONTEXT never
SET client_min_messages = warning;
SELECT salon.create_space('t_ticket') \g /dev/null
SET search_path = t_ticket, salon, public;
SET TIME ZONE 'Asia/Shanghai';

INSERT INTO party (kind, name_en) VALUES ('organization', 'community A'), ('organization', 'community B');
SELECT plan_event('Spring salon', '春季沙龙', starts_at => '2031-03-08 13:30+08', ends_at => '2031-03-08 17:30+08', host_id => 1),
       plan_event('Autumn salon', '秋季沙龙', starts_at => '2031-09-08 13:30+08', ends_at => '2031-09-08 17:30+08', host_id => 2) \g /dev/null
UPDATE event SET status_code = 'announced';
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 4), (2, 'on_site', 4);
DELETE FROM event_check;
INSERT INTO event_check (event_id, check_code) VALUES (1, 'ticket'), (1, 'health_code');
SELECT r.registration_id, r.status_code FROM (VALUES (1, 2), (1, 1), (1, 3), (2, 1)) v (event_id, seats), register(v.event_id, seats => v.seats) r;
UPDATE registration SET ticket = ('00000000-0000-4000-8000-00000000000' || registration_id)::uuid;

\echo a seat has a code; who waits has none
SELECT registration_id, seat, seats, code, passed_at FROM ticket_list ORDER BY registration_id, seat;

\echo a code lets in once, and that of the party whoever is left
SELECT check_in('00000000-0000-4000-8000-000000000001-2');
SELECT registration_id, seat, passed_at IS NOT NULL AS is_in FROM ticket_list WHERE event_id = 1 ORDER BY registration_id, seat;
DO $$
BEGIN
    PERFORM check_in('00000000-0000-4000-8000-000000000001-2');
EXCEPTION WHEN unique_violation THEN
    RAISE WARNING '%', sqlerrm; -- the detail has the time
END
$$;
SELECT check_in(' 00000000-0000-4000-8000-000000000001 ');
SELECT passed, missing FROM door_list WHERE registration_id = 1;

\echo what lets nobody in
SELECT check_in('00000000-0000-4000-8000-000000000001-3');
SELECT check_in('00000000-0000-4000-8000-000000000003-1');
SELECT check_in('00000000-0000-4000-8000-000000000004');
SELECT check_in('00000000-0000-4000-8000-000000000009');
SELECT check_in('');
SELECT check_in('00000000-0000-4000-8000-000000000002-0');
SELECT check_in('00000000-0000-4000-8000-000000000002-12345678');
SELECT check_in(NULL::text);
SET salon.lang = zh;
SELECT check_in('00000000-0000-4000-8000-000000000009');
RESET salon.lang;

\echo codes are random, and no two are the same
INSERT INTO registration (event_id) VALUES (2), (2);
SELECT count(DISTINCT ticket), bool_and(ticket::text ~ '^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab]') AS is_random FROM registration WHERE registration_id > 4;
UPDATE registration SET ticket = '00000000-0000-4000-8000-000000000001' WHERE registration_id = 2;

\echo who waits, cancels or comes to an event that is off has no code
SELECT count(*) FROM cancel_registration(2);
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 2;
SELECT registration_id, seat FROM ticket_list ORDER BY registration_id, seat;

\echo a form shows the ticket of whoever has the secret; an organizer those of its events
CREATE ROLE t_ticket_form;
CREATE ROLE t_ticket_organizer;
SELECT salon.grant_access('t_ticket', 't_ticket_form', 'form'), salon.grant_access('t_ticket', 't_ticket_organizer', 'organizer', 2) \g /dev/null
SET ROLE t_ticket_form;
SELECT registration_id, secret FROM register(1) \gset
SELECT count(*) FROM ticket_list;
BEGIN;
SET LOCAL salon.secret = :'secret';
SELECT code AS mine, code LIKE '%' || :'secret' || '%' AS is_the_secret FROM ticket_list \gset
\echo :is_the_secret
ROLLBACK;
SELECT check_in('00000000-0000-4000-8000-000000000001');
SET ROLE t_ticket_organizer;
SELECT check_in('00000000-0000-4000-8000-000000000001');
RESET ROLE;
SELECT salon.revoke_access('t_ticket', 't_ticket_form'), salon.revoke_access('t_ticket', 't_ticket_organizer') \g /dev/null
DROP ROLE t_ticket_form, t_ticket_organizer;
SELECT salon.drop_space('t_ticket', drop_rows => true) \g /dev/null
