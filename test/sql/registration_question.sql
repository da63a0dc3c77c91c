-- Questions at registration: who registers answers them, whoever enters it.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_question') \g /dev/null
SET search_path = s_question, salon;
\pset footer off
\pset tuples_only off
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'One'), ('organization', 'Two');
INSERT INTO party_source (party_id, external_id) VALUES (1, 'one'), (2, 'two');
INSERT INTO event (name_en, status_code, starts_at, ends_at) VALUES
    ('Evening', 'planned', '2031-05-01 14:00+08', '2031-05-01 18:00+08'), ('Night', 'planned', '2031-06-01 14:00+08', '2031-06-01 18:00+08');
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 3), (1, 'online', NULL), (2, 'on_site', NULL);
INSERT INTO survey (event_id, purpose, side) VALUES (1, 'registration', NULL), (1, 'registration', 'online'), (1, 'feedback', NULL);
INSERT INTO question (survey_id, question_code, ordinal, kind, text_en, text_zh, is_required, value_from, value_to) VALUES
    (1, 'shirt', 1, 'choice', 'Size of your shirt?', 'T 恤尺码？', true, NULL, NULL),
    (1, 'workshops', 2, 'choices', 'Which workshops?', '参加哪些工作坊？', false, NULL, NULL),
    (1, 'years', 3, 'number', 'Years with databases?', NULL, false, 0, 60),
    (1, 'wishes', 4, 'text', 'What else?', NULL, false, NULL, NULL),
    (2, 'client', 1, 'text', 'With which client?', NULL, false, NULL, NULL),
    (3, 'good', 1, 'scale', 'How good?', NULL, false, 1, 5);
INSERT INTO question_option (question_id, option_code, ordinal, name_en, name_zh) VALUES
    (1, 's', 1, 'small', '小'), (1, 'l', 2, 'large', '大'), (2, 'c', 1, 'C', NULL), (2, 'sql', 2, 'SQL', NULL), (2, 'ops', 3, 'operations', '运维');

\echo == What is asked
SELECT event_id, side, question_code, question, kind_code, is_required, value_from, value_to, options FROM registration_question ORDER BY survey_id, ordinal;
\echo == Who registers answers
SELECT * FROM register(1, name => 'A', answers => '{"shirt": "large", "workshops": ["sql", "C"], "years": 7, "wishes": "quiet"}');
SELECT * FROM register(1, seats => 2, party_id => 1, answers => '{"shirt": "s"}');
SELECT * FROM register(1, answers => '{"shirt": "小", "workshops": "ops；sql"}');
SELECT * FROM register(1, 'online', answers => '{"client": "psql"}');
SELECT * FROM register(1, 'online');
SELECT registration_id, status_code, name, question_code, answer FROM registration_answer ORDER BY registration_id, ordinal;
\echo == and may say something else
SELECT answer_registration(1, '{"shirt": "s", "workshops": "ops"}');
SELECT question_code, answer FROM registration_answer WHERE registration_id = 1 ORDER BY ordinal;
\echo == Counted without who cancelled; feedback is another thing
SELECT question_code, option, chosen, answered FROM survey_choice WHERE event_id = 1 AND question_code <> 'good' ORDER BY question_id, ordinal;
SELECT cancel_registration(2);
SELECT question_code, option, chosen, answered FROM survey_choice WHERE event_id = 1 AND question_code = 'shirt' ORDER BY question_id, ordinal;
SELECT question_code, responses, answered, most_chosen FROM survey_result WHERE event_id = 1 ORDER BY survey_id, ordinal;
SELECT survey_id, purpose, questions, responses, came, response_rate FROM survey_summary ORDER BY survey_id;
SELECT import_answers(3, '[{"respondent": "x", "good": 4}]');
UPDATE event SET actual_on_site = 10, on_site_basis = 'measured' WHERE event_id = 1;
SELECT survey_id, responses, came, response_rate FROM survey_summary ORDER BY survey_id;
\echo == A copy asks the same
SELECT copy_event(1, starts_at => '2032-05-01 14:00+08') AS copied;
SELECT event_id, side, question_code, options FROM registration_question WHERE event_id = 3 ORDER BY survey_id, ordinal;

\echo == Refused
\pset tuples_only on
SELECT pg_temp.refused($$ SELECT register(1) $$);
SELECT pg_temp.refused($$ SELECT register(1, answers => '{"workshops": "sql"}') $$);
SELECT pg_temp.refused($$ SELECT register(1, answers => '{"shirt": "xl"}') $$);
SELECT pg_temp.refused($$ SELECT register(1, answers => '{"shirt": "s", "years": 61}') $$);
SELECT pg_temp.refused($$ SELECT register(1, answers => '{"shirt": "s", "colour": "red"}') $$);
SELECT pg_temp.refused($$ SELECT register(1, answers => '["s"]') $$);
SELECT pg_temp.refused($$ SELECT register(2, answers => '{"shirt": "s"}') $$);
SELECT pg_temp.refused($$ SELECT answer_registration(99, '{}') $$);
BEGIN;
INSERT INTO registration (event_id) VALUES (1);
SELECT pg_temp.refused('SET CONSTRAINTS ALL IMMEDIATE');
ROLLBACK;
SELECT pg_temp.refused($$ INSERT INTO response (survey_id, registration_id) VALUES (3, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO response (survey_id) VALUES (1) $$);
SELECT pg_temp.refused($$ INSERT INTO response (survey_id, registration_id) VALUES (2, 1) $$);
INSERT INTO registration (event_id) VALUES (2) RETURNING registration_id \gset
SELECT pg_temp.refused(format($$ INSERT INTO response (survey_id, registration_id) VALUES (1, %s) $$, :'registration_id'));
SELECT pg_temp.refused($$ INSERT INTO survey (event_id, purpose) VALUES (1, 'registration') $$);
SELECT pg_temp.refused($$ UPDATE survey SET purpose = 'feedback' WHERE survey_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM survey WHERE survey_id = 1 $$);
\echo == What imports mean otherwise is no question
SELECT DISTINCT f AS field, r.code
FROM (SELECT unnest((regexp_match(prosrc, $$fields text\[\] := '([^']*)'$$))[1]::text[]) AS f
      FROM pg_proc WHERE oid = 'check_registrations(bigint, jsonb)'::regprocedure) x
CROSS JOIN LATERAL (SELECT substring(pg_temp.refused(format('INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (2, %L, ''text'', ''?'')', f)) FROM 'question_[a-z_]*') AS code) r
WHERE r.code IS NOT NULL
ORDER BY 1;
SELECT pg_temp.refused($$ UPDATE question SET question_code = 'name' WHERE question_id = 2 $$);
BEGIN;
INSERT INTO survey (survey_id, event_id, purpose) VALUES (99, 2, 'feedback');
INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (99, 'name', 'text', 'Which name?');
SELECT pg_temp.refused($$ UPDATE survey SET purpose = 'registration' WHERE survey_id = 99 $$);
ROLLBACK;

\echo == What is required stays answered as long as the registration stands
CREATE FUNCTION pg_temp.at_end(command text) RETURNS SETOF text
LANGUAGE sql
RETURN pg_temp.refused(command || '; SET CONSTRAINTS ALL IMMEDIATE');
SELECT pg_temp.at_end($$ DELETE FROM answer WHERE response_id = 1 AND question_id = 1 $$);
SELECT pg_temp.at_end($$ DELETE FROM response WHERE response_id = 1 $$);
SELECT pg_temp.at_end($$ DELETE FROM response WHERE response_id = 2; UPDATE response SET registration_id = 2 WHERE response_id = 1 $$);
SELECT pg_temp.at_end($$ UPDATE answer SET question_id = 4, question_option_id = NULL, body = 'small' WHERE response_id = 1 AND question_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE answer SET question_option_id = NULL WHERE response_id = 1 AND question_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM question_option WHERE question_option_id = 1 $$);
SELECT pg_temp.refused($$ SELECT answer_registration(1, '{"years": 8}') $$);
\echo another answer, and one that is not required
BEGIN;
UPDATE answer SET question_option_id = 2 WHERE response_id = 1 AND question_id = 1;
DELETE FROM answer WHERE response_id = 1 AND question_id = 1;
INSERT INTO answer (response_id, question_id, question_option_id) VALUES (1, 1, 1);
DELETE FROM answer WHERE response_id = 1 AND question_id = 2;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT question_code, answer FROM registration_answer WHERE registration_id = 1;
ROLLBACK;
\echo of who cancelled, or is deleted, and what is not asked any more
BEGIN;
DELETE FROM answer WHERE response_id = 2;
SET CONSTRAINTS ALL IMMEDIATE;
SELECT pg_temp.refused($$ UPDATE registration SET status_code = 'waiting' WHERE registration_id = 2 $$);
DELETE FROM registration WHERE registration_id = 1;
UPDATE question SET is_required = false WHERE question_id = 1;
DELETE FROM answer WHERE response_id = 3;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
\echo and of feedback
BEGIN;
UPDATE question SET is_required = true WHERE question_id = 6;
SELECT pg_temp.at_end($$ DELETE FROM answer WHERE question_id = 6 $$);
DELETE FROM response WHERE survey_id = 3;
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
\echo == What is required later is owed
BEGIN;
UPDATE question SET is_required = true WHERE question_id IN (2, 3);
INSERT INTO question (question_id, survey_id, question_code, kind, text_en, is_required) VALUES (100, 1, 'diet', 'text', 'What do you eat?', true);
SELECT registration_id, question_code, answer FROM registration_answer WHERE answer IS NULL ORDER BY 1, 2;
SELECT answer_registration(3, '{"shirt": "l", "diet": "all", "workshops": "ops"}');
UPDATE registration SET note = 'stays' WHERE registration_id IN (1, 3);
SET CONSTRAINTS ALL IMMEDIATE;
SELECT registration_id, question_code, answer FROM registration_answer WHERE answer IS NULL ORDER BY 1, 2;
SELECT pg_temp.at_end($$ DELETE FROM answer WHERE question_id = 100 $$);
\echo who registers from now on answers it
SELECT pg_temp.refused($$ SELECT register(1, answers => '{"shirt": "s"}') $$);
ROLLBACK;
\echo a side that is asked apart from now on
BEGIN;
INSERT INTO survey (survey_id, event_id, purpose, side) VALUES (98, 1, 'registration', 'on_site');
INSERT INTO question (survey_id, question_code, kind, text_en, is_required) VALUES (98, 'diet', 'text', 'What do you eat?', true);
SELECT registration_id, question_code, answer FROM registration_answer WHERE registration_id = 3 ORDER BY 2;
SELECT answer_registration(3, '{"diet": "all"}');
SET CONSTRAINTS ALL IMMEDIATE;
SELECT registration_id, question_code, answer FROM registration_answer WHERE registration_id = 3 ORDER BY 2;
ROLLBACK;
\echo == History is entered as it was
BEGIN;
SET LOCAL salon.import = on;
INSERT INTO registration (event_id, external_id) VALUES (1, 'old');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
\echo == Who comes back answers, and at a cancelled event nobody does
BEGIN;
SET LOCAL salon.import = on;
INSERT INTO registration (registration_id, event_id, status_code) VALUES (900, 1, 'cancelled');
SET LOCAL salon.import = off;
UPDATE registration SET status_code = 'waiting' WHERE registration_id = 900;
SELECT pg_temp.refused('SET CONSTRAINTS ALL IMMEDIATE');
ROLLBACK;
BEGIN;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 1;
SELECT pg_temp.refused($$ SELECT register(1, answers => '{"shirt": "s"}') $$);
ROLLBACK;
\echo == A registration takes its answers along
BEGIN;
DELETE FROM registration WHERE registration_id = 1;
SELECT count(*) FROM registration_answer WHERE registration_id = 1;
ROLLBACK;
\echo == Imported with their answers, all or none
\pset tuples_only off
SELECT * FROM check_registrations(1, '[{"external_id": "a", "shirt": "xl"}, {"external_id": "b"}, {"external_id": "c", "colour": "red", "shirt": "s"}, {"external_id": "d", "side": "online", "shirt": "s"}, {"external_id": "e", "status": "cancelled"}]');
SELECT import_registrations(1, '[{"external_id": "a", "shirt": "l", "workshops": "c; sql", "status": "waiting"}, {"external_id": "b", "side": "online", "client": "DBeaver"}, {"external_id": "e", "status": "cancelled"}]');
SELECT import_registrations(1, '[{"external_id": "a", "shirt": "l", "workshops": "c; sql"}, {"external_id": "b", "client": "pgAdmin"}, {"external_id": "e"}]');
\echo what it does not say stays
SELECT import_registrations(1, '[{"external_id": "a", "years": 3}]');
SELECT import_registrations(1, '[{"external_id": "f", "shirt": "s"}, {"external_id": "g", "shirt": "huge"}]');
\echo what is required since then stops no second import
BEGIN;
UPDATE question SET is_required = true WHERE question_id = 2;
INSERT INTO question (survey_id, question_code, kind, text_en, is_required) VALUES (2, 'diet', 'text', 'What do you eat?', true);
SELECT import_registrations(1, '[{"external_id": "a", "shirt": "l"}, {"external_id": "b", "client": "psql"}]');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
BEGIN;
SET LOCAL salon.import = on;
SELECT import_registrations(1, '[{"external_id": "h", "status": "waiting"}]');
SET CONSTRAINTS ALL IMMEDIATE;
ROLLBACK;
SELECT r.external_id, a.question_code, a.answer FROM registration_answer a JOIN registration r USING (registration_id) WHERE r.external_id IS NOT NULL ORDER BY 1, a.ordinal;

\echo == Who may read and say what
\pset tuples_only on
CREATE ROLE regress_salon_visitor;
CREATE ROLE regress_salon_member;
CREATE ROLE regress_salon_other;
SELECT salon.grant_access('s_question', 'regress_salon_visitor', 'visitor'), salon.grant_access('s_question', 'regress_salon_member', 'member', 1), salon.grant_access('s_question', 'regress_salon_other', 'organizer', 2) \g /dev/null
SET ROLE regress_salon_visitor;
SELECT count(*) FROM registration_question;
RESET ROLE;
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
SET ROLE regress_salon_visitor;
SELECT count(*) FROM registration_question;
SELECT pg_temp.refused('SELECT count(*) FROM answer');
SET ROLE regress_salon_member;
SELECT status_code FROM register(1, 'online', party_id => 1, answers => '{"client": "my own"}');
SELECT question_code, answer FROM registration_answer ORDER BY 1, 2;
SELECT pg_temp.refused($$ SELECT answer_registration(1, '{"shirt": "s"}') $$);
BEGIN;
UPDATE registration SET status_code = 'cancelled' WHERE party_id = 1;
ROLLBACK;
RESET ROLE;
UPDATE question SET is_required = true WHERE question_code = 'client';
SET ROLE regress_salon_member;
\echo neither takes away what is required, not with a setting either
SELECT pg_temp.at_end($$ DELETE FROM answer WHERE body = 'my own' $$);
BEGIN;
SET LOCAL salon.import = on;
SELECT pg_temp.at_end($$ DELETE FROM answer WHERE body = 'my own' $$);
SELECT pg_temp.at_end($$ DELETE FROM response WHERE response_id = (SELECT response_id FROM answer WHERE body = 'my own') $$);
ROLLBACK;
RESET ROLE;
UPDATE question SET is_required = false WHERE question_code = 'client';
SET ROLE regress_salon_other;
SELECT count(*) FROM registration_question;
SELECT count(*) FROM registration_answer;
UPDATE question SET is_required = true;
RESET ROLE;
SELECT count(*) FROM question WHERE is_required;
\echo == A person who is forgotten has said nothing
UPDATE question SET is_required = true WHERE question_code = 'client';
INSERT INTO party (kind, name_en) VALUES ('person', 'P') RETURNING party_id \gset
SELECT status_code FROM register(1, 'online', party_id => :party_id, answers => '{"client": "remembers me"}');
SELECT forget(:party_id) IS NOT NULL;
SELECT count(*) FROM answer WHERE body = 'remembers me';

SET client_min_messages = error;
SELECT salon.drop_space('s_question', drop_rows => true);
DROP ROLE regress_salon_visitor, regress_salon_member, regress_salon_other;
