-- The work group: who could help, what is refused, what is proposed and why a
-- gap is left.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_work_group');
SET search_path = s_work_group, salon;
\set ECHO all

\echo == Skills that are shipped
SELECT d.duty_code, k.skill_code, k.name_en, k.name_zh, d.minimum_level, d.shipped FROM duty_skill d JOIN skill k USING (skill_code) ORDER BY k.ordinal, 1;

INSERT INTO party (kind, name_en, name_zh) VALUES
    ('person', 'helper 1', '志愿者1'), ('person', 'helper 2', '志愿者2'), ('person', 'helper 3', '志愿者3'), ('person', 'helper 4', '志愿者4'),
    ('organization', 'company A', '甲公司');
INSERT INTO event (name_en, name_zh, status_code, starts_at, ends_at) VALUES
    ('Evening', '晚间沙龙', 'planned', '2031-05-01 18:00', '2031-05-01 21:00'), ('Night', '夜间沙龙', 'planned', '2031-05-01 20:00', '2031-05-01 23:00');

\echo == Without helpers there is nobody to propose
INSERT INTO shift (event_id, duty_code) VALUES (1, 'photo');
SELECT * FROM fill_duties(1);
SELECT duty, missing, reason FROM duty_gap;

\echo == Each reason why somebody could not
INSERT INTO helper (party_id, most_at_event, most_in_month) VALUES (1, NULL, NULL), (2, 1, NULL), (3, NULL, 1), (4, NULL, NULL), (5, NULL, NULL);
INSERT INTO party_skill (party_id, skill_code, level) VALUES (1, 'photography', 5), (2, 'photography', 2), (3, 'photography', 3), (5, 'photography', 4);
INSERT INTO duty_preference (party_id, duty_code, preference, is_forbidden) VALUES (1, 'photo', 2, true), (2, 'photo', 1, false);
INSERT INTO availability (party_id, is_available, starts_at, ends_at) VALUES (3, true, '2031-05-01 12:00', '2031-05-01 19:00'), (3, true, '2031-05-01 19:00', '2031-05-01 20:00');
SELECT helper, can, reason_code, reason, fit, preference, load, at_event, in_month, room, value FROM duty_candidate WHERE event_id = 1 ORDER BY party_id;
SELECT duty, minimum, confirmed, proposed, missing, can, no_skill, unavailable, forbidden, busy, overload, declined, reason FROM duty_gap;
SET salon.lang = 'zh';
SELECT helper, reason FROM duty_candidate WHERE event_id = 1 ORDER BY party_id;
RESET salon.lang;
UPDATE shift SET minimum = 3, maximum = 4 WHERE event_id = 1;
SELECT missing, reason FROM duty_gap;
SET salon.lang = 'zh';
SELECT missing, reason FROM duty_gap;
RESET salon.lang;
INSERT INTO availability (party_id, is_available, starts_at, ends_at) VALUES (3, true, '2031-05-01 20:00', '2031-05-01 22:30'), (5, false, '2031-05-01 20:30', '2031-05-01 20:40');
SELECT helper, reason FROM duty_candidate WHERE event_id = 1 ORDER BY party_id;
DELETE FROM availability WHERE party_id = 5;

\echo == A proposal: it counts as held, and its times are those of the event
SELECT duty, starts_at, ends_at, helper, value, is_proved FROM fill_duties(1);
SELECT s.held, d.party_id, d.status_code, d.whole_event FROM shift s JOIN event_duty d USING (shift_id) ORDER BY d.party_id;
SELECT duty, missing, proposed, reason FROM duty_gap;
SELECT * FROM fill_duties(1);

\echo == So nobody is proposed who is busy; who reached a limit is told
INSERT INTO shift (event_id, duty_code, minimum) VALUES (2, 'check_in', 2), (1, 'venue', 1);
SELECT duty, helper, can, reason_code, reason FROM duty_candidate WHERE (event_id = 2) OR (event_id = 1 AND duty_code = 'venue') ORDER BY duty_code, party_id;
SELECT duty, helper, value FROM fill_duties(2);
SELECT duty, missing, reason FROM duty_gap WHERE event_id = 2;

\echo == Accepted, declined; what was declined is not proposed again
SELECT accept_duties(1, 2);
SELECT accept_duties(1);
SELECT accept_duties(1);
UPDATE event_duty SET status_code = 'declined' WHERE event_id = 1 AND party_id = 3;
INSERT INTO remark (event_duty_id, note) SELECT event_duty_id, 'ill' FROM event_duty WHERE event_id = 1 AND party_id = 3;
SELECT duty, helper, status_code, status, note, problem FROM work_group WHERE event_id = 1 ORDER BY ordinal, party_id;
SELECT duty, helper FROM fill_duties(1);
SELECT duty, missing, reason FROM duty_gap WHERE event_id = 1 ORDER BY ordinal;
SELECT helper, coming, proposed, past_year, declined, last_at FROM duty_load ORDER BY party_id;

\echo == What is forbidden is refused for any client; two who are kept apart are refused in either order
INSERT INTO apart (one_id, other_id, note) VALUES (1, 4, 'quarrel');
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (1, 'photo', 1) $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET party_id = 1 WHERE event_id = 1 AND party_id = 5 $$);
INSERT INTO event (name_en, status_code) VALUES ('Later', 'idea');
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (3, 'poster', 1);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (3, 'banner', 4) $$);
UPDATE event_duty SET status_code = 'declined' WHERE party_id = 1 AND duty_code = 'poster';
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (3, 'banner', 4);
SELECT pg_temp.refused($$ UPDATE event_duty SET status_code = 'confirmed' WHERE party_id = 1 AND duty_code = 'poster' $$);
UPDATE event_duty SET whole_event = whole_event WHERE party_id = 4;

\echo == A skill, a time, a limit are told, not refused; so is what was forbidden later
INSERT INTO availability (party_id, is_available, starts_at, ends_at) VALUES (2, false, '2031-05-01 18:00', '2031-05-01 18:30');
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (1, 'check_in', 2), (1, 'poster', 2), (1, 'venue', 4);
INSERT INTO duty_preference (party_id, duty_code, is_forbidden) VALUES (4, 'venue', true);
SELECT duty, helper, status, problem FROM work_group WHERE event_id IN (1, 2) AND status_code <> 'declined' ORDER BY event_id, ordinal, party_id;
UPDATE helper SET is_active = false WHERE party_id = 4;
SELECT DISTINCT helper FROM duty_candidate ORDER BY 1;

\echo == Up to the maximum, if asked for; a speaker is busy while speaking
INSERT INTO shift (event_id, duty_code, starts_at, ends_at, minimum, maximum) VALUES
    (2, 'microphone', '2031-05-01 22:00', '2031-05-01 22:30', 0, 2), (2, 'countdown', '2031-05-01 22:30', '2031-05-01 23:00', 0, NULL);
INSERT INTO session (event_id, format_code, title_en, starts_at, ends_at) VALUES (2, 'mini_talk', 'talk', '2031-05-01 22:00', '2031-05-01 22:20');
INSERT INTO speaker (session_id, person_id) VALUES (1, 3);
SELECT helper, reason FROM duty_candidate WHERE event_id = 2 AND duty_code = 'microphone' ORDER BY party_id;
SELECT * FROM fill_duties(2);
SELECT duty, helper, value FROM fill_duties(2, to_maximum => true);

\echo == What cannot be filled
SELECT pg_temp.refused($$ SELECT * FROM fill_duties(99) $$);
SELECT pg_temp.refused($$ SELECT * FROM fill_duties(NULL) $$);
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 2;
SELECT pg_temp.refused($$ SELECT * FROM fill_duties(2) $$);
SELECT count(*) FROM duty_gap WHERE event_id = 2;

\echo == A cancelled event keeps the times of its duties, and nothing speaks against them for that
SELECT duty, helper, starts_at, problem FROM work_group WHERE event_id = 2 ORDER BY ordinal, party_id;

\echo == As long as an event of which the time is not known: in one place there all the same
INSERT INTO event (name_en, status_code) VALUES ('Some day', 'idea');
INSERT INTO shift (event_id, duty_code) VALUES (4, 'check_in'), (4, 'sign_holding');
INSERT INTO event_duty (event_id, duty_code, party_id, whole_event) VALUES (4, 'check_in', 1, true);
SELECT duty, helper, can, reason FROM duty_candidate WHERE event_id = 4 AND duty_code = 'sign_holding' ORDER BY party_id;

\echo == An organizer of one event proposes helpers there, and sees no other
CREATE ROLE regress_salon_crew;
INSERT INTO event_party (event_id, party_id, part_code) SELECT 4, party_id, 'host' FROM party WHERE kind = 'organization' ORDER BY party_id LIMIT 1;
SELECT salon.grant_access('s_work_group', 'regress_salon_crew', 'organizer', party_id) FROM event_party WHERE event_id = 4 \g /dev/null
SET ROLE regress_salon_crew;
SELECT duty, helper FROM fill_duties(4);
SELECT duty, helper, problem FROM work_group WHERE event_id <> 4 OR status_code = 'proposed';
SELECT accept_duties(4);
RESET ROLE;

\echo == Rows that cannot be
SELECT pg_temp.refused($$ INSERT INTO skill (skill_code, name_en) VALUES ('Singing', 'singing') $$);
SELECT pg_temp.refused($$ INSERT INTO skill (skill_code) VALUES ('singing') $$);
SELECT pg_temp.refused($$ INSERT INTO duty_skill (duty_code, skill_code, minimum_level) VALUES ('venue', 'design', 6) $$);
SELECT pg_temp.refused($$ INSERT INTO party_skill (party_id, skill_code, level) VALUES (4, 'design', 0) $$);
SELECT pg_temp.refused($$ UPDATE helper SET most_at_event = -1 WHERE party_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE helper SET most_in_month = -1 WHERE party_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO availability (party_id, is_available, starts_at, ends_at) VALUES (1, true, '2031-05-01', '2031-05-01') $$);
SELECT pg_temp.refused($$ INSERT INTO availability (party_id, is_available, starts_at, ends_at) VALUES (1, true, '2031-05-01', 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO duty_preference (party_id, duty_code, preference) VALUES (1, 'venue', 3) $$);
SELECT pg_temp.refused($$ INSERT INTO apart (one_id, other_id) VALUES (3, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO apart (one_id, other_id) VALUES (2, 2) $$);

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_work_group', drop_rows => true);
DROP ROLE regress_salon_crew;
