-- The life of an event reaches its children; one person is in one place.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_life');
SET search_path = s_life, salon;
SET datestyle = 'ISO'; SET timezone = 'Asia/Shanghai';
\set ECHO all

INSERT INTO city (city_code, name_en) VALUES ('a', 'A');
INSERT INTO party (kind, name_en) VALUES ('person', 'Ann'), ('person', 'Bob'), ('organization', 'Company');
INSERT INTO venue (name) VALUES ('V');
INSERT INTO room (venue_id, name) VALUES (1, 'R1'), (1, 'R2');
INSERT INTO event (name_en, status_code, starts_at, ends_at) VALUES
    ('First', 'announced', '2031-03-08 13:30', '2031-03-08 17:30'),
    ('Second', 'announced', '2031-03-08 13:30', '2031-03-08 17:30');
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (1, 'mini_talk', 'one', 1, '2031-03-08 14:00', '2031-03-08 15:00'),
    (2, 'mini_talk', 'two', NULL, '2031-03-08 14:00', '2031-03-08 15:00');
INSERT INTO speaker (session_id, person_id) VALUES (1, 1);
INSERT INTO invitation (event_id, person_id, status_code) VALUES (1, 2, 'confirmed');
INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at) VALUES (1, 'train', 'a', 'a', '2031-03-08 10:00', '2031-03-08 12:00');
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (1, 'check_in', 2, '2031-03-08 13:30', '2031-03-08 14:30');
SELECT party, what, event, held_on, starts_at, ends_at FROM whereabouts ORDER BY starts_at, party;

\echo == While it stands, what it has is taken
SELECT pg_temp.refused($$ UPDATE session SET room_id = 1 WHERE session_id = 2 $$);
SELECT pg_temp.refused($$ INSERT INTO speaker (session_id, person_id) VALUES (2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO speaker (session_id, person_id) VALUES (2, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (2, 'check_in', 2, '2031-03-08 11:00', '2031-03-08 13:00') $$);
SELECT pg_temp.refused($$ UPDATE presence SET during = '{}' $$);

\echo == Cancelled: all of it is free, at once
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 1;
SELECT * FROM whereabouts;
UPDATE session SET room_id = 1 WHERE session_id = 2;
INSERT INTO speaker (session_id, person_id) VALUES (2, 1);
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (2, 'check_in', 2, '2031-03-08 11:00', '2031-03-08 13:45');
UPDATE event SET archived_at = now() WHERE event_id = 1;
SELECT party, what, event FROM whereabouts ORDER BY starts_at, party;
SELECT session_id, room_id, event_is_off, isempty(during) AS no_time, isempty(occupied) AS is_free FROM session ORDER BY 1;

\echo == Planned anew only when it is free again; then there is no reason any more
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'planned' WHERE event_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'planned', archived_at = NULL WHERE event_id = 1 $$);
UPDATE session SET room_id = 2 WHERE session_id = 2;
DELETE FROM speaker WHERE session_id = 2;
DELETE FROM event_duty WHERE event_id = 2;
UPDATE event SET status_code = 'planned', archived_at = NULL WHERE event_id = 1;
SELECT status_code, cancelled_reason, archived_at FROM event WHERE event_id = 1;
SELECT party, what, event FROM whereabouts ORDER BY starts_at, party;

\echo == What follows the event is not written by hand
SELECT pg_temp.refused($$ UPDATE session SET event_is_off = true WHERE session_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE speaker SET event_is_off = true $$);
INSERT INTO session (event_id, format_code, event_is_off) VALUES (1, 'break', true) RETURNING event_is_off;

\echo == Who declined is free elsewhere, and the checklist says which session lost its speaker
INSERT INTO invitation (event_id, person_id) VALUES (1, 1);
UPDATE invitation SET status_code = 'declined' WHERE event_id = 1 AND person_id = 1;
INSERT INTO speaker (session_id, person_id) VALUES (2, 1);
SELECT session_id, person_id, is_declined, isempty(busy) AS is_free FROM speaker ORDER BY 1;
SELECT missing FROM checklist WHERE event_id = 1 AND item_code = 'C12';
SELECT pg_temp.refused($$ UPDATE invitation SET status_code = 'invited' WHERE event_id = 1 AND person_id = 1 $$);
DELETE FROM speaker WHERE session_id = 2;
UPDATE invitation SET status_code = 'invited' WHERE event_id = 1 AND person_id = 1;
SELECT session_id, person_id, is_declined, isempty(busy) AS is_free FROM speaker ORDER BY 1;
UPDATE event_duty SET status_code = 'declined' WHERE party_id = 2;
SELECT duty, starts_at, minimum, confirmed, missing FROM duty_gap WHERE event_id = 1 AND duty_code = 'check_in';

\echo == One of two who speak declined: it is told until that row goes or names another
BEGIN;
INSERT INTO party (party_id, kind, name_en) VALUES (90, 'person', 'Cyd'), (91, 'person', 'Dan');
INSERT INTO speaker (session_id, person_id) VALUES (1, 90);
UPDATE invitation SET status_code = 'declined' WHERE event_id = 1 AND person_id = 1;
SELECT speakers, problem FROM agenda WHERE session_id = 1;
SELECT kind, what, problem FROM event_problem WHERE event_id = 1 AND kind = 'speaker';
SELECT status_code, missing LIKE '%one (Ann)%' AS tells FROM checklist WHERE event_id = 1 AND item_code = 'C12';
UPDATE speaker SET person_id = 91 WHERE session_id = 1 AND person_id = 1;
SELECT speakers, problem FROM agenda WHERE session_id = 1;
SELECT count(*) FROM event_problem WHERE event_id = 1 AND kind = 'speaker';
ROLLBACK;
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (2, 'check_in', 2, '2031-03-08 13:30', '2031-03-08 14:30');

\echo == Who has a duty as long as the event may speak there, and nowhere else
INSERT INTO event_duty (event_id, duty_code, party_id, whole_event) VALUES (1, 'host', 1, true);
SELECT party, what, event, starts_at, ends_at FROM whereabouts WHERE party_id = 1 ORDER BY starts_at;
SELECT pg_temp.refused($$ INSERT INTO speaker (session_id, person_id) VALUES (2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO absence (person_id, starts_at, ends_at) VALUES (1, '2031-03-08', '2031-03-09') $$);
INSERT INTO absence (person_id, starts_at, ends_at) VALUES (1, '2031-03-09', 'infinity');

\echo == Two rooms, two helpers change places in one statement; an afternoon is shifted
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (2, 'mini_talk', 'three', 1, '2031-03-08 15:00', '2031-03-08 16:00'),
    (2, 'mini_talk', 'four', 1, '2031-03-08 16:00', '2031-03-08 17:00'),
    (2, 'mini_talk', 'five', 2, '2031-03-08 15:00', '2031-03-08 16:00');
UPDATE session SET room_id = 3 - room_id WHERE title_en IN ('three', 'five');
SELECT title_en, room_id FROM session WHERE title_en IN ('three', 'five') ORDER BY 1;
UPDATE session SET starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour' WHERE title_en IN ('four', 'five');
SELECT title_en, starts_at FROM session WHERE title_en IN ('four', 'five') ORDER BY 1;
SELECT pg_temp.refused($$ UPDATE session SET starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour' WHERE title_en = 'five' $$);
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (2, 'photo', 1, '2031-03-08 18:00', '2031-03-08 19:00'), (2, 'microphone', 2, '2031-03-08 18:30', '2031-03-08 19:30');
UPDATE event_duty SET party_id = 3 - party_id WHERE event_id = 2 AND duty_code IN ('photo', 'microphone');
SELECT duty_code, party_id FROM event_duty WHERE event_id = 2 AND duty_code IN ('photo', 'microphone') ORDER BY 1;
DELETE FROM event_duty WHERE event_id = 2 AND party_id = 2;
INSERT INTO speaker (session_id, person_id) SELECT session_id, 2 FROM session WHERE title_en IN ('four', 'five');
UPDATE session SET starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour' WHERE title_en IN ('four', 'five');
SELECT what, starts_at FROM whereabouts WHERE party_id = 2 AND event_id = 2 ORDER BY starts_at;
UPDATE session SET starts_at = starts_at - interval '1 hour', ends_at = ends_at - interval '1 hour' WHERE title_en IN ('four', 'five');
DELETE FROM speaker WHERE person_id = 2;
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
UPDATE session SET room_id = 1, starts_at = '2031-03-08 15:00', ends_at = '2031-03-08 16:00' WHERE title_en = 'three';
UPDATE session SET room_id = 2, starts_at = '2031-03-08 16:30', ends_at = '2031-03-08 17:30' WHERE title_en = 'four';
UPDATE session SET room_id = 1, starts_at = '2031-03-08 16:30', ends_at = '2031-03-08 17:30' WHERE title_en = 'five';
COMMIT;

\echo == Nobody moves up into an event that is over
SET timezone = 'Asia/Shanghai';
INSERT INTO event (name_en, status_code, starts_at, ends_at) VALUES ('Past', 'announced', '2021-03-08 13:30', '2021-03-08 17:30') RETURNING event_id;
INSERT INTO seating (event_id, side, capacity) VALUES (3, 'on_site', 1);
SELECT status_code FROM register(3, name => 'a');
SELECT status_code FROM register(3, name => 'b');
SELECT cancel_registration(1);
UPDATE seating SET capacity = 2;
SELECT registration_id, status_code FROM registration ORDER BY 1;

\echo == Nothing new at a cancelled event; who attends reads that it is cancelled
INSERT INTO event (event_id, name_en, status_code, starts_at, ends_at) VALUES (10, 'Off', 'announced', '2031-04-08 13:30', '2031-04-08 17:30');
INSERT INTO seating (event_id, side, capacity) VALUES (10, 'on_site', 1);
SELECT register(10, name => 'a', party_id => 1), register(10, name => 'b');
INSERT INTO talk (event_id, title_en, submitter_id) VALUES (10, 'Talk', 1);
INSERT INTO invitation (event_id, person_id) VALUES (10, 1);
INSERT INTO event_check (event_id, check_code) VALUES (10, 'ticket');
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 10;
SELECT pg_temp.refused($$ SELECT register(10, name => 'c') $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (10, 'host', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO registration (event_id, side, status_code) VALUES (10, 'on_site', 'waiting') $$);
SELECT pg_temp.refused($$ INSERT INTO check_pass (event_check_id, registration_id) SELECT c.event_check_id, r.registration_id FROM event_check c, registration r WHERE c.event_id = 10 AND r.event_id = 10 AND r.status_code = 'registered' $$);
SELECT pg_temp.refused($$ INSERT INTO talk (event_id, title_en, submitter_id) VALUES (10, 'Other', 1) $$);
SELECT pg_temp.refused($$ UPDATE talk SET status_code = 'accepted' WHERE event_id = 10 $$);
SELECT pg_temp.refused($$ INSERT INTO invitation (event_id, person_id) VALUES (10, 2) $$);
SELECT pg_temp.refused($$ UPDATE invitation SET status_code = 'confirmed' WHERE event_id = 10 $$);
UPDATE talk SET status_code = 'withdrawn' WHERE event_id = 10;
SELECT kind, content FROM attendee_sheet WHERE event_id = 10 AND side = 'on_site' ORDER BY ordinal LIMIT 2;
SELECT (SELECT count(*) FROM waiting_list WHERE event_id = 10) AS waiting, (SELECT count(*) FROM door_list WHERE event_id = 10) AS at_the_door,
       (SELECT count(*) FROM checklist WHERE event_id = 10 AND status_code IN ('open', 'overdue')) AS due,
       (SELECT count(*) FROM speaker_pipeline WHERE event_id = 10 AND next_code IS NOT NULL) AS next_steps;

\echo == At a closed event what others said changes by who organizes it only, with history
INSERT INTO event (event_id, name_en, status_code, starts_at, ends_at) VALUES (11, 'Closed', 'announced', '2021-04-08 13:30', '2021-04-08 17:30');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (11, 3, 'host');
INSERT INTO seating (event_id, side, capacity) VALUES (11, 'on_site', 5);
SELECT status_code FROM register(11, name => 'a', party_id => 1);
INSERT INTO invitation (event_id, person_id, status_code) VALUES (11, 1, 'confirmed');
INSERT INTO commitment (event_id, giver_id, what, kind) VALUES (11, 1, 'a cake', 'in_kind');
UPDATE event SET status_code = 'held' WHERE event_id = 11;
CREATE ROLE regress_salon_guest; CREATE ROLE regress_salon_host;
SELECT salon.grant_access('s_life', 'regress_salon_guest', 'member', 1), salon.grant_access('s_life', 'regress_salon_host', 'organizer', 3);
SET ROLE regress_salon_guest;
UPDATE attendee SET name = 'A.' WHERE registration_id = (SELECT registration_id FROM registration WHERE event_id = 11);
RESET ROLE;
UPDATE event SET archived_at = now() WHERE event_id = 11;
SET ROLE regress_salon_guest;
SELECT pg_temp.refused($$ UPDATE registration SET status_code = 'cancelled' WHERE event_id = 11 $$);
SELECT pg_temp.refused($$ UPDATE attendee SET name = 'AA' WHERE registration_id = (SELECT registration_id FROM registration WHERE event_id = 11) $$);
SELECT pg_temp.refused($$ INSERT INTO registration (event_id, side, party_id) VALUES (11, 'on_site', 1) $$);
SELECT pg_temp.refused($$ UPDATE invitation SET status_code = 'declined' WHERE event_id = 11 $$);
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'signed' WHERE event_id = 11 $$);
SET ROLE regress_salon_host;
UPDATE registration SET seats = 2 WHERE event_id = 11;
UPDATE attendee SET name = 'AAA' WHERE event_id = 11;
RESET ROLE;
SELECT by_role, subject, operation, column_name, before, after, is_withheld FROM event_history WHERE event_id = 11 AND subject_code IN ('registration', 'attendee') ORDER BY history_id, column_name;

\echo == Who organizes some events reads every view, copies and moves those, and copies their remarks
INSERT INTO event (event_id, name_en, status_code, starts_at, ends_at) VALUES (12, 'Own', 'planned', '2032-03-08 13:30', '2032-03-08 17:30');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (12, 3, 'host'), (12, 2, 'community');
INSERT INTO package (event_id, name_en, benefits) VALUES (12, 'gold', 'post:1');
INSERT INTO commitment (event_id, giver_id, kind, what) VALUES (12, 2, 'in_kind', 'a cake');
INSERT INTO remark (event_id, note) VALUES (12, 'a remark');
INSERT INTO remark (event_party_id, note) SELECT event_party_id, 'remembers the cake' FROM event_party WHERE event_id = 12 AND party_id = 2;
INSERT INTO remark (package_id, note) SELECT package_id, 'not for A' FROM package WHERE event_id = 12;
INSERT INTO remark (commitment_id, note) SELECT commitment_id, 'with cream' FROM commitment WHERE event_id = 12;
INSERT INTO shift (event_id, duty_code) VALUES (12, 'photo');
CREATE FUNCTION pg_temp.closed() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    v text;
BEGIN
    FOR v IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 's_life'::regnamespace AND c.relkind = 'v' AND c.relname <> 'invariant' ORDER BY 1 LOOP
        BEGIN
            EXECUTE format('SELECT count(v::text) FROM %I v', v);
        EXCEPTION WHEN insufficient_privilege THEN
            RETURN NEXT v || ': ' || SQLERRM;
        END;
    END LOOP;
END
$$;
SET ROLE regress_salon_host;
SELECT pg_temp.closed();
SELECT count(*) > 20 AS has_a_checklist FROM checklist WHERE event_id = 12;
SELECT what FROM commitment_list WHERE event_id = 12;
SELECT * FROM move_event(12, '2032-04-05 13:30');
SELECT copy_event(12, '2033-03-07 13:30', with_parties => true, with_holders => true) AS event_id \gset
SELECT count(*) FROM fill_duties(12);
SELECT count(*) FROM critical_path(12);
SELECT * FROM import_schedule(12, '[]');
SELECT subject, note FROM event_remark WHERE event_id IN (12, :event_id) ORDER BY event_id, subject;
SET ROLE regress_salon_guest;
SELECT count(*) FROM event_remark;
RESET ROLE;
SELECT count(*) FROM event_remark WHERE event_id = 12;

\echo == What is promised elsewhere by then, or the last place of a package of a series, stands against planning anew
INSERT INTO series (series_id, name_en) VALUES (20, 'Salons');
INSERT INTO event (event_id, series_id, name_en, status_code) VALUES (20, 20, 'Was off', 'planned'), (21, 20, 'Took it', 'planned');
INSERT INTO supply (supply_id, party_id, resource_code, quantity) VALUES (20, 3, 'prize', 3);
INSERT INTO package (package_id, series_id, name_en, price, quantity, benefits) VALUES (20, 20, 'Gold', 100, 1, 'post:1');
INSERT INTO commitment (event_id, supply_id, quantity, status_code) VALUES (20, 20, 2, 'signed');
INSERT INTO agreement (event_id, package_id, party_id, status_code) VALUES (20, 20, 3, 'signed');
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 20;
INSERT INTO commitment (commitment_id, event_id, supply_id, quantity) VALUES (9020, 21, 20, 2);
INSERT INTO agreement (agreement_id, event_id, package_id, party_id, status_code) VALUES (9021, 21, 20, 3, 'reserved');
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'planned' WHERE event_id = 20 $$);
UPDATE agreement SET status_code = 'withdrawn' WHERE event_id = 21;
UPDATE event SET status_code = 'planned' WHERE event_id = 20;
SELECT s.committed, k.claimed FROM supply s, package k WHERE s.supply_id = 20 AND k.package_id = 20;

\echo == What stands is what was agreed: for which demand, and what it makes the giver
BEGIN;
INSERT INTO event (event_id, name_en, status_code) VALUES (30, 'Agreed', 'planned');
INSERT INTO demand (event_id, resource_code, quantity) VALUES (30, 'prize', 2);
INSERT INTO commitment (commitment_id, event_id, giver_id, resource_code, quantity, part_code, status_code) VALUES (9030, 30, 3, 'prize', 1, 'sponsor', 'signed');
SELECT demand_id IS NOT NULL AS has_a_demand FROM commitment WHERE commitment_id = 9030;
SELECT pg_temp.refused($$ UPDATE commitment SET demand_id = NULL WHERE commitment_id = 9030 $$);
SELECT pg_temp.refused($$ UPDATE commitment SET part_code = NULL WHERE commitment_id = 9030 $$);
SELECT pg_temp.refused($$ UPDATE commitment SET part_code = 'host' WHERE commitment_id = 9030 $$);
SELECT pg_temp.refused($$ DELETE FROM demand WHERE event_id = 30 $$);
ROLLBACK;

\echo == What was made, posted, paid, refused or wanted does not go along with something else
BEGIN;
INSERT INTO party (party_id, kind, name_en) VALUES (92, 'organization', 'Partner');
INSERT INTO venue (venue_id, name) VALUES (9, 'W');
INSERT INTO room (room_id, venue_id, name) VALUES (9, 9, 'R9');
INSERT INTO event (event_id, name_en, status_code, starts_at, ends_at) VALUES (31, 'Made', 'planned', '2033-03-08 13:30', '2033-03-08 17:30');
INSERT INTO session (session_id, event_id, format_code) VALUES (9031, 31, 'mini_talk');
INSERT INTO asset (asset_id, asset_kind_code, session_id, state) VALUES (9031, 'slides', 9031, 'ready');
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (31, 9, '2033-03-08 14:00', '2033-03-08 15:00');
INSERT INTO cost (event_id, cost_kind_code, payer_id, actual, actual_basis) VALUES (31, 'venue', 92, 90, 'measured');
INSERT INTO channel (channel_id, party_id, platform_code) VALUES (9, 92, 'official_account');
INSERT INTO asset (asset_id, asset_kind_code, event_id, state) VALUES (9032, 'poster', 31, 'ready'), (9033, 'poster', 31, 'ready');
INSERT INTO post (event_id, channel_id, asset_id, planned_at) VALUES (31, 9, 9032, '2033-03-01');
INSERT INTO post (event_id, channel_id, asset_id, posted_at) VALUES (1, 9, 9033, '2026-03-01');
INSERT INTO segment (segment_id, name_en, profession_code) VALUES (9, 'DBAs', 'dba');
INSERT INTO target (party_id, segment_id) VALUES (92, 9);
INSERT INTO commitment (event_id, giver_id, resource_code, status_code) VALUES (31, 92, 'tea', 'declined');
SELECT pg_temp.refused($$ DELETE FROM session WHERE session_id = 9031 $$);
SELECT pg_temp.refused($$ DELETE FROM room WHERE room_id = 9 $$);
SELECT pg_temp.refused($$ DELETE FROM segment WHERE segment_id = 9 $$);
SELECT pg_temp.refused($$ DELETE FROM asset WHERE asset_id = 9033 $$);
DELETE FROM asset WHERE asset_id = 9032;
SELECT pg_temp.refused($$ DELETE FROM event WHERE event_id = 31 $$);
ROLLBACK;

\echo == What moves to a cancelled event is new there
INSERT INTO talk (event_id, title_en, submitter_id) VALUES (12, 'Moves', 1);
INSERT INTO outcome (event_id, outcome_kind_code, party_id) VALUES (12, 'kol', 1);
SELECT pg_temp.refused($$ UPDATE talk SET event_id = 10 WHERE title_en = 'Moves' $$);
SELECT pg_temp.refused($$ UPDATE outcome SET event_id = 10 WHERE event_id = 12 $$);

\echo == Who has a duty on site without times is at no other event meanwhile
INSERT INTO party (party_id, kind, name_en) VALUES (31, 'person', 'Hal'), (32, 'person', 'Ida');
INSERT INTO event (event_id, name_en, status_code, starts_at, ends_at) VALUES
    (31, 'Here', 'planned', '2032-03-08 10:00', '2032-03-08 12:00'), (32, 'There', 'planned', '2032-03-08 11:00', '2032-03-08 13:00'),
    (33, 'Undated', 'planned', NULL, NULL), (34, 'Days', 'planned', '2032-04-01 10:00', '2032-04-03 18:00');
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (31, 'host', 31), (31, 'microphone', 31), (31, 'poster', 31), (33, 'host', 31), (33, 'poster', 31), (32, 'poster', 31);
SELECT what, event, starts_at, ends_at FROM whereabouts WHERE party_id = 31 ORDER BY what;
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (32, 'photo', 31) $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (32, 'photo', 31, '2032-03-08 11:00', '2032-03-08 11:30') $$);
SELECT pg_temp.refused($$ INSERT INTO absence (person_id, starts_at, ends_at) VALUES (31, '2032-03-08 09:00', '2032-03-08 10:30') $$);
INSERT INTO session (session_id, event_id, format_code, starts_at, ends_at) VALUES
    (31, 31, 'mini_talk', '2032-03-08 11:00', '2032-03-08 11:30'), (32, 32, 'mini_talk', '2032-03-08 11:30', '2032-03-08 11:45');
INSERT INTO speaker (session_id, person_id) VALUES (31, 31);
SELECT pg_temp.refused($$ INSERT INTO speaker (session_id, person_id) VALUES (32, 31) $$);
DELETE FROM speaker WHERE session_id = 31;
\echo -- an event without a date takes nobody until it has one; one of several days nobody at night
SELECT pg_temp.refused($$ UPDATE event SET starts_at = '2032-03-08 08:00', ends_at = '2032-03-08 10:30' WHERE event_id = 33 $$);
UPDATE event SET starts_at = '2032-03-08 08:00', ends_at = '2032-03-08 10:00' WHERE event_id = 33;
SELECT pg_temp.refused($$ UPDATE event SET ends_at = '2032-03-08 10:30' WHERE event_id = 33 $$);
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (34, 'check_in', 32);
INSERT INTO absence (person_id, starts_at, ends_at) VALUES (32, '2032-04-01 20:00', '2032-04-02 08:00');
SELECT pg_temp.refused($$ INSERT INTO event_day (event_id, starts_at, ends_at) VALUES (34, '2032-04-01 10:00', '2032-04-01 23:00') $$);
SELECT pg_temp.refused($$ UPDATE absence SET ends_at = '2032-04-02 10:30' WHERE person_id = 32 $$);
\echo -- the shift gets times later, the duty is done elsewhere: free again
UPDATE shift SET starts_at = '2032-03-08 10:00', ends_at = '2032-03-08 10:30' WHERE event_id = 31 AND duty_code = 'host';
UPDATE event_duty SET status_code = 'declined' WHERE event_id = 31 AND duty_code = 'microphone';
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (32, 'photo', 31);
SELECT pg_temp.refused($$ UPDATE event_duty SET status_code = 'confirmed' WHERE event_id = 31 AND duty_code = 'microphone' $$);
UPDATE duty SET is_on_site = false WHERE duty_code = 'photo';
UPDATE event_duty SET status_code = 'confirmed' WHERE event_id = 31 AND duty_code = 'microphone';
SELECT pg_temp.refused($$ UPDATE duty SET is_on_site = true WHERE duty_code = 'photo' $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET is_on_site = true WHERE duty_code = 'photo' $$);
DELETE FROM event_duty WHERE event_id = 32 AND duty_code = 'photo';
UPDATE duty SET is_on_site = true WHERE duty_code = 'photo';
\echo -- two helpers change places, in one statement and in one transaction
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (32, 'microphone', 32);
UPDATE event_duty SET party_id = 63 - party_id WHERE event_id IN (31, 32) AND duty_code = 'microphone';
SELECT pg_temp.refused($$ UPDATE event_duty SET party_id = 31 WHERE event_id = 31 AND duty_code = 'microphone' $$);
BEGIN;
SET CONSTRAINTS presence_is_in_one_place DEFERRED;
UPDATE event_duty SET party_id = 31 WHERE event_id = 31 AND duty_code = 'microphone';
UPDATE event_duty SET party_id = 32 WHERE event_id = 32 AND duty_code = 'microphone';
COMMIT;
SELECT event_id, duty_code, party_id, during FROM event_duty WHERE event_id IN (31, 32) AND NOT isempty(during) ORDER BY 1, 2;
\echo -- nobody is proposed who is elsewhere, absent or on the way
INSERT INTO party (party_id, kind, name_en) VALUES (33, 'person', 'Joe');
INSERT INTO absence (person_id, starts_at, ends_at) VALUES (33, '2032-03-08 11:30', 'infinity');
INSERT INTO helper (party_id) VALUES (31), (32), (33);
INSERT INTO shift (event_id, duty_code) VALUES (32, 'sign_holding');
SELECT helper, can, reason FROM duty_candidate WHERE event_id = 32 AND duty_code = 'sign_holding' ORDER BY party_id;
SELECT * FROM fill_duties(32);
\echo -- moved there, the event loses who cannot
SELECT kind, what, problem FROM move_event(31, '2032-03-20 12:00') WHERE kind = 'event_duty';
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (31, 'check_in', 32), (31, 'sign_holding', 31);
SELECT kind, what, problem FROM move_event(31, '2032-04-02 12:00') WHERE kind = 'event_duty';
\echo -- what an upgrade finds at two events stays, and is told
ALTER TABLE event_duty DISABLE TRIGGER USER;
UPDATE event_duty SET party_id = 32 WHERE event_id = 31 AND duty_code = 'sign_holding';
ALTER TABLE event_duty ENABLE TRIGGER USER;
ALTER TABLE presence DISABLE TRIGGER USER;
DELETE FROM presence WHERE subject = 'event_duty' AND subject_id = (SELECT event_duty_id FROM event_duty WHERE event_id = 31 AND duty_code = 'sign_holding');
ALTER TABLE presence ENABLE TRIGGER USER;
SELECT what, problem FROM event_problem WHERE event_id = 31 AND kind = 'event_duty';
TRUNCATE event_duty CASCADE;
SELECT count(*) FROM presence WHERE subject = 'event_duty';

\echo == What a cancelled event needs twice stands against planning it anew as well
INSERT INTO room (room_id, venue_id, name) VALUES (40, 1, 'R40');
INSERT INTO event (event_id, name_en, status_code, cancelled_reason, starts_at, ends_at) VALUES (40, 'Twice', 'planned', NULL, '2032-05-08 10:00', '2032-05-08 12:00');
INSERT INTO session (session_id, event_id, format_code, room_id, starts_at, ends_at) VALUES
    (40, 40, 'mini_talk', 40, '2032-05-08 10:00', '2032-05-08 11:00'), (41, 40, 'mini_talk', 40, '2032-05-08 11:00', '2032-05-08 12:00');
INSERT INTO speaker (speaker_id, session_id, person_id) VALUES (40, 40, 31), (41, 41, 31);
INSERT INTO event_duty (event_duty_id, event_id, duty_code, party_id, starts_at, ends_at) VALUES
    (40, 40, 'host', 32, '2032-05-08 10:00', '2032-05-08 11:00'), (41, 40, 'check_in', 32, '2032-05-08 11:00', '2032-05-08 12:00');
INSERT INTO event_duty (event_duty_id, event_id, duty_code, party_id) VALUES (42, 40, 'photo', 31), (43, 40, 'microphone', 31), (44, 40, 'countdown', 32);
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 40;
UPDATE session SET starts_at = '2032-05-08 10:30', ends_at = '2032-05-08 11:30' WHERE session_id = 41;
UPDATE event_duty SET starts_at = '2032-05-08 10:30', ends_at = '2032-05-08 11:30' WHERE event_duty_id = 41;
INSERT INTO event (event_id, name_en, status_code, starts_at, ends_at) VALUES (41, 'Meanwhile', 'planned', '2032-05-08 11:00', '2032-05-08 14:00');
INSERT INTO event_duty (event_duty_id, event_id, duty_code, party_id) VALUES (45, 41, 'photo', 31);
SELECT pg_temp.refused($$ UPDATE event SET status_code = 'planned' WHERE event_id = 40 $$);
UPDATE session SET starts_at = '2032-05-08 11:00', ends_at = '2032-05-08 12:00' WHERE session_id = 41;
UPDATE event_duty SET starts_at = '2032-05-08 11:00', ends_at = '2032-05-08 12:00' WHERE event_duty_id = 41;
DELETE FROM event_duty WHERE event_duty_id = 45;
UPDATE event SET status_code = 'planned' WHERE event_id = 40;
SELECT party, what, starts_at, ends_at FROM whereabouts WHERE event_id = 40 ORDER BY party, starts_at, what;

\set ECHO none
SET search_path = public;
SET client_min_messages = error;
SELECT salon.drop_space('s_life', drop_rows => true);
DROP ROLE regress_salon_guest, regress_salon_host;
