-- Slots, and the agenda that is built of accepted talks.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_slot');
SET search_path = s_slot, salon;
\set ECHO all

INSERT INTO venue (name) VALUES ('library'), ('empty house');
INSERT INTO room (venue_id, name, capacity, changeover) VALUES (1, 'hall', 80, 10), (1, 'study', 20, 0);
INSERT INTO room_hours (room_id, opens, closes) VALUES (2, '08:00', '19:30');
INSERT INTO party (kind, name_en) SELECT 'person', 'person ' || n FROM generate_series(1, 6) n;
SELECT plan_event('Evening', NULL, '2031-05-01 18:00', '2031-05-01 20:00', venue_id => 1, needs => ''),
       plan_event('Nowhere', NULL, '2031-05-01 18:00', '2031-05-01 20:00', needs => ''),
       plan_event('Empty', NULL, '2031-05-01 18:00', '2031-05-01 20:00', venue_id => 2, needs => ''),
       plan_event('Some day', venue_id => 1, needs => '');
INSERT INTO talk (event_id, title_en, submitter_id, status_code, format_code) VALUES
    (1, 'alpha', 1, 'accepted', 'mini_talk'), (1, 'beta', 2, 'accepted', 'mini_talk'), (1, 'gamma', 3, 'accepted', 'mini_talk'),
    (1, 'duel', 4, 'accepted', 'pk'), (1, 'lesson', 5, 'accepted', 'open_class'), (1, 'not yet', 5, 'submitted', 'mini_talk');
INSERT INTO talk_speaker (talk_id, person_id) VALUES (1, 1), (2, 2), (3, 3), (4, 1), (4, 2), (5, 5);
INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (1, 6, 5), (2, 6, 4), (3, 6, 3), (4, 6, 5), (5, 6, 2);

\echo == Slots: what the agenda needs and talks want, in each room, one after the other
SELECT make_slots(1);
SELECT r.name, s.format_code, to_char(s.starts_at, 'HH24:MI') AS starts, to_char(s.ends_at, 'HH24:MI') AS ends, s.is_made
FROM slot s JOIN room r USING (room_id) ORDER BY s.room_id, s.starts_at;

\echo == The agenda
SELECT title, value, room, to_char(starts_at, 'HH24:MI') AS starts, to_char(ends_at, 'HH24:MI') AS ends, reason, is_best FROM build_agenda(1);
SELECT title, status, room, starts_at, is_placed FROM talk_list WHERE event_id = 1 ORDER BY talk_id;
SELECT s.title_en, s.format_code, party_label(k.person_id) FROM session s JOIN speaker k USING (session_id) ORDER BY s.session_id, k.speaker_id;
SELECT status, missing FROM checklist WHERE event_id = 1 AND item_code = 'C12';

\echo == What could be where, and why not
SELECT title, room, to_char(starts_at, 'HH24:MI') AS starts, problem FROM talk_slot WHERE event_id = 1 AND talk_id IN (4, 5) ORDER BY talk_id, room_id, starts_at;

\echo == Again: nothing changes
SELECT title, room, to_char(starts_at, 'HH24:MI') AS starts, reason FROM build_agenda(1);

\echo == What a person moves stays; what others need is kept clear
UPDATE session SET room_id = NULL, starts_at = '2031-05-01 18:30', ends_at = '2031-05-01 19:30' WHERE title_en = 'lesson';
INSERT INTO absence (person_id, starts_at, ends_at) VALUES (3, '2031-05-01', '2031-05-01 18:50');
INSERT INTO invitation (event_id, person_id, status_code) VALUES (1, 4, 'invited'), (1, 2, 'declined');
SELECT title, room, to_char(starts_at, 'HH24:MI') AS starts, reason FROM build_agenda(1);
SELECT title, room, to_char(starts_at, 'HH24:MI') AS starts, problem FROM talk_slot WHERE event_id = 1 AND talk_id = 3 ORDER BY room_id, starts_at;

\echo == Given back, build_agenda may move it again
UPDATE session SET is_placed = true WHERE title_en = 'lesson';
SELECT title, room, to_char(starts_at, 'HH24:MI') AS starts, reason FROM build_agenda(1);

\echo == A slot that a person enters or changes stays when slots are made anew
UPDATE slot SET ends_at = ends_at - interval '5 minutes' WHERE slot_id = 1;
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (1, 2, '2031-05-01 19:31', '2031-05-01 19:40');
SELECT make_slots(1);
SELECT r.name, s.format_code, to_char(s.starts_at, 'HH24:MI') AS starts, to_char(s.ends_at, 'HH24:MI') AS ends, s.is_made
FROM slot s JOIN room r USING (room_id) ORDER BY s.room_id, s.starts_at;

\echo == By votes, into two slots
INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (3, 1, 6), (3, 2, 6), (2, 1, 6);
DELETE FROM slot;
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (1, 2, '2031-05-01 18:30', '2031-05-01 19:00'), (1, 2, '2031-05-01 19:00', '2031-05-01 19:30');
SELECT title, value, to_char(starts_at, 'HH24:MI') AS starts, reason FROM build_agenda(1, 'vote');

\echo == A talk that is withdrawn leaves the agenda
UPDATE talk SET status_code = 'withdrawn' WHERE talk_id = 3;
SELECT title, to_char(starts_at, 'HH24:MI') AS starts, reason FROM build_agenda(1);
SELECT title_en FROM session WHERE event_id = 1 ORDER BY 1;

\echo == Only rooms with what the event needs; what stands elsewhere is told
UPDATE room SET equipment = 'projector:1, microphone:2' WHERE room_id = 1;
UPDATE event SET equipment = 'projector:1' WHERE event_id = 1;
SELECT room, problem, count(*) FROM talk_slot WHERE event_id = 1 GROUP BY room, problem ORDER BY room, problem;
SELECT kind, what, problem FROM event_problem WHERE event_id = 1 AND problem LIKE '%lacks%' ORDER BY id;
UPDATE venue SET equipment = 'projector:1' WHERE venue_id = (SELECT venue_id FROM event WHERE event_id = 1);
UPDATE event SET equipment = 'projector:1, screen:1' WHERE event_id = 1;
SELECT kind, what, problem FROM event_problem WHERE event_id = 1 AND (kind = 'event' OR problem LIKE '%lacks%') ORDER BY kind, id;
UPDATE event SET equipment = 'projector:2' WHERE event_id = 1;
SELECT room, problem, count(*) FROM talk_slot WHERE event_id = 1 GROUP BY room, problem ORDER BY room, problem;
SELECT kind, what, problem FROM event_problem WHERE event_id = 1 AND (kind = 'event' OR problem LIKE '%lacks%') ORDER BY kind, id;
UPDATE event SET equipment = 'projector:1' WHERE event_id = 1;
SELECT room, problem, count(*) FROM talk_slot WHERE event_id = 1 GROUP BY room, problem ORDER BY room, problem;
SELECT kind, what, problem FROM event_problem WHERE event_id = 1 AND (kind = 'event' OR problem LIKE '%lacks%') ORDER BY kind, id;
UPDATE event SET equipment = '' WHERE event_id = 1;
INSERT INTO city (city_code, name_en) VALUES ('here', 'here'), ('there', 'there');
INSERT INTO venue (name, city_code) VALUES ('far away', 'there');
INSERT INTO room (venue_id, name) VALUES (3, 'room there');
UPDATE event SET city_code = 'here' WHERE event_id = 2;
INSERT INTO slot (event_id, room_id, starts_at, ends_at) SELECT 2, room_id, '2031-05-01 18:00', '2031-05-01 19:00' FROM room WHERE name = 'room there';
SELECT kind, what, problem FROM event_problem WHERE event_id = 2;
UPDATE event SET city_code = NULL WHERE event_id = 2;
INSERT INTO venue (name, city_code) VALUES ('near', 'here');
INSERT INTO room (venue_id, name) SELECT max(venue_id), 'room here' FROM venue;
SELECT kind, what, problem FROM event_problem WHERE event_id = 2;
INSERT INTO session (event_id, format_code, room_id) SELECT 2, 'mini_talk', max(room_id) FROM room;
SELECT kind, what, problem FROM event_problem WHERE event_id = 2;
SET salon.lang = 'zh';
SELECT problem FROM event_problem WHERE event_id = 2;
RESET salon.lang;

\echo == No slots, no talks
DELETE FROM slot;
SELECT title, starts_at, reason FROM build_agenda(1);
SELECT count(*) FROM build_agenda(2);

\echo == What cannot be
SELECT pg_temp.refused($$ SELECT build_agenda(99) $$);
SELECT pg_temp.refused($$ SELECT build_agenda(1, 'looks') $$);
SELECT pg_temp.refused($$ SELECT make_slots(99) $$);
SELECT pg_temp.refused($$ SELECT make_slots(2) $$);
SELECT pg_temp.refused($$ SELECT make_slots(3) $$);
SELECT pg_temp.refused($$ SELECT make_slots(4) $$);
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (1, 2, '2031-05-01 19:00', '2031-05-01 19:30');
SELECT pg_temp.refused($$ INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (1, 2, '2031-05-01 19:29', '2031-05-01 19:40') $$);
SELECT pg_temp.refused($$ INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (1, 2, '2031-05-02 19:29', '2031-05-02 19:29') $$);
SELECT pg_temp.refused($$ INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (1, 2, '2031-05-02 19:29', 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO slot (event_id, room_id, format_code, starts_at, ends_at) VALUES (1, 2, 'opera', '2031-05-02', '2031-05-03') $$);

\echo == In Chinese
SET salon.lang = 'zh';
SELECT title, starts_at, reason FROM build_agenda(1);

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_slot', drop_rows => true);
