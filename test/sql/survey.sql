-- Surveys: design, address, imported answers, results.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_survey');
SET search_path = s_survey, salon;
\set ECHO all

\echo == A survey with its address and its questions
INSERT INTO city (city_code, name_en, name_zh) VALUES ('hz', 'Hangzhou', '杭州'), ('bj', 'Beijing', '北京');
SELECT plan_event('Evening', NULL, '2031-05-10 18:00', '2031-05-10 21:00', planned_on_site => 10, planned_online => 0, needs => ''), plan_event('Night', needs => '');
INSERT INTO link (event_id, link_kind_code, name, url) VALUES (1, 'survey', 'form', 'https://example.org/form'), (2, 'survey', 'other form', NULL);
INSERT INTO survey (event_id, link_id, name_en, name_zh, planned_responses) VALUES (1, 1, 'After the evening', '会后问卷', 6);
INSERT INTO question (survey_id, question_code, ordinal, kind, text_en, text_zh, is_required, is_wish, value_from, value_to) VALUES
    (1, 'job', 1, 'choice', 'What are you?', '您的职业', true, false, NULL, NULL),
    (1, 'topics', 2, 'choices', 'Which topics next?', NULL, false, true, NULL, NULL),
    (1, 'score', 3, 'scale', 'How good was it?', NULL, false, false, 1, 5),
    (1, 'years', 4, 'number', 'How many years?', NULL, false, false, 0, NULL),
    (1, 'more', 5, 'text', 'What else?', NULL, false, true, NULL, NULL),
    (1, 'city', 6, 'choice', 'Where next?', '下一站?', false, true, NULL, NULL);
INSERT INTO question_option (question_id, option_code, ordinal, name_en, name_zh, city_code) VALUES
    (1, 'dba', 1, 'DBA', NULL, NULL), (1, 'dev', 2, 'developer', '开发者', NULL),
    (2, 'ai', 1, 'AI', NULL, NULL), (2, 'kernel', 2, 'kernel; storage', '内核', NULL), (2, 'sql', 3, 'SQL', NULL, NULL),
    (6, 'bj', 1, 'Beijing', '北京', 'bj'), (6, 'hz', 2, 'Hangzhou', '杭州', 'hz');
SELECT item_code, status, evidence FROM checklist WHERE event_id = 1 AND item_code = 'C22';

\echo == Before anybody answered nothing is known
SELECT survey, url, questions, planned_responses, responses, came, response_rate FROM survey_summary;
SELECT question_code, responses, answered, answered_share, mean, median, most_chosen FROM survey_result WHERE survey_id = 1 ORDER BY ordinal;
SELECT question_code, option, chosen, share FROM survey_choice WHERE question_code = 'job' ORDER BY ordinal;
SELECT count(*) FROM survey_wish;

\echo == An import: options by code or by name, several as an array or with semicolons, blanks are no answer
SELECT * FROM import_answers(1, '[
    {"respondent": "1", "answered_at": "2031-05-11 10:00", "job": "DBA", "topics": "ai;内核", "score": "4", "years": 3.5, "more": "a quiz", "city": "北京"},
    {"respondent": "2", "answered_at": "2031/5/11 9:30", "job": "dev", "topics": ["AI", "ai", "sql"], "score": 5, "years": "", "more": " A Quiz ", "city": "bj"},
    {"respondent": "A@example.org", "job": "开发者", "topics": "kernel; storage", "score": 2, "more": "  "},
    {"respondent": "4", "job": "dba", "score": null}]');
SELECT survey, responses, first_answered_at, last_answered_at FROM survey_summary;
SELECT question_code, kind, answered, answered_share, mean, median, least, greatest, most_chosen FROM survey_result ORDER BY ordinal;
SELECT question_code, option, chosen, answered, share FROM survey_choice ORDER BY question_ordinal, ordinal;
SELECT question_code, wish, city_code, wished, share FROM survey_wish ORDER BY question_id, wished DESC, wish;
SET salon.lang = 'zh';
SELECT survey FROM survey_summary;
SELECT question, kind, most_chosen FROM survey_result ORDER BY ordinal;
RESET salon.lang;

\echo == Imported again: the same changes nothing, what differs takes its place, nobody counts twice
SELECT * FROM import_answers(1, '[
    {"respondent": " a@EXAMPLE.org", "job": "dev", "topics": ["kernel"], "score": 2.0},
    {"respondent": "4", "job": "dba", "score": 3},
    {"respondent": "5", "job": "dev", "score": 3}]');
SELECT responses, first_answered_at FROM survey_summary;
SELECT question_code, answered, mean, median FROM survey_result WHERE question_code = 'score';

\echo == A file goes through a table of its own
CREATE TEMP TABLE sheet (respondent text, job text, topics text, score integer);
COPY sheet FROM STDIN (FORMAT csv);
6,DBA,ai;sql,4
7,developer,,
\.
SELECT * FROM import_answers(1, (SELECT jsonb_agg(to_jsonb(t)) FROM sheet t));

\echo == Those who came: by the headcount, by the door, or not known
SELECT responses, came, came_basis, response_rate FROM survey_summary WHERE survey_id = 1;
UPDATE event SET actual_on_site = 10, on_site_basis = 'claimed' WHERE event_id = 1;
SELECT responses, came, came_basis, response_rate FROM survey_summary WHERE survey_id = 1;
UPDATE event SET actual_on_site = NULL, on_site_basis = NULL WHERE event_id = 1;
INSERT INTO seating (event_id, side) VALUES (1, 'on_site');
INSERT INTO event_check (event_id, check_code) VALUES (1, 'ticket');
SELECT (register(1, seats => 9)).status_code;
SELECT came FROM survey_summary WHERE survey_id = 1;
SELECT count(check_in(1, 'ticket', s)) FROM generate_series(1, 8) s;
SELECT responses, came, came_basis, response_rate FROM survey_summary WHERE survey_id = 1;
UPDATE event SET planned_online = 50 WHERE event_id = 1;
SELECT came, response_rate FROM survey_summary WHERE survey_id = 1;
UPDATE survey SET side = 'on_site';
SELECT side_label, came, response_rate FROM survey_summary WHERE survey_id = 1;

\echo == Bad lines: all are named, nothing is half done
SELECT * FROM check_answers(1, '[
    {"respondent": "9"}, 7, {"job": "dba"}, {"respondent": " ", "job": "dba"},
    {"respondent": "x", "job": "boss", "score": 9, "years": -1, "hobby": "chess", "answered_at": "2031-02-31"},
    {"respondent": "X ", "job": ["dba", "dev"], "topics": "ai;go", "score": 1.5, "years": "many", "more": {"a": 1}},
    {"respondent": "y", "job": "dba", "years": "1e5", "answered_at": "tomorrow"},
    {"respondent": "z", "job": true, "answered_at": "infinity"}]');
SELECT pg_temp.refused($$ SELECT import_answers(1, '[{"respondent": "11", "job": "dba"}, {"respondent": "12", "job": "boss"}, {"respondent": "13"}]') $$);
SELECT pg_temp.refused($$ SELECT import_answers(1, '[{"respondent": "11"}]') $$);
SELECT pg_temp.refused($$ SELECT import_answers(1, '[{"job": "dba"}]') $$);
SELECT pg_temp.refused($$ SELECT import_answers(1, '[{"respondent": "11", "job": "dba"}, {"respondent": "11", "job": "dba"}]') $$);
SELECT pg_temp.refused($$ SELECT import_answers(1, '{"respondent": "11"}') $$);
SELECT pg_temp.refused($$ SELECT import_answers(1, NULL) $$);
SELECT pg_temp.refused($$ SELECT import_answers(99, '[]') $$);
SELECT pg_temp.refused($$ SELECT import_answers(NULL, '[]') $$);
SELECT responses FROM survey_summary WHERE survey_id = 1;
SELECT * FROM import_answers(1, '[]');

\echo == Whoever writes to the tables: an answer fits its question
INSERT INTO survey (event_id) VALUES (2);
SELECT survey FROM survey_summary WHERE survey_id = 2;
INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (2, 'q', 'text', 'What?');
INSERT INTO response (survey_id) VALUES (2);
SELECT max(response_id) AS response FROM response \gset
INSERT INTO answer (response_id, question_id, body) VALUES (:response, 7, 'This.');
SELECT pg_temp.refused($$ INSERT INTO answer (response_id, question_id, body) SELECT max(response_id), 7, 'That.' FROM response $$);
SELECT pg_temp.refused($$ INSERT INTO answer (response_id, question_id, question_option_id) VALUES (1, 1, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO answer (response_id, question_id, question_option_id) VALUES (1, 2, 3) $$);
SELECT pg_temp.refused($$ INSERT INTO answer (response_id, question_id, question_option_id) VALUES (1, 2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO answer (response_id, question_id, body) VALUES (1, 7, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO answer (response_id, question_id, body) VALUES (1, 99, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO answer (response_id, question_id, body) VALUES (99, 7, 'x') $$);
SELECT pg_temp.refused($$ UPDATE answer SET question_option_id = NULL, body = 'dba' WHERE response_id = 1 AND question_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE answer SET question_option_id = 5, value = 1 WHERE response_id = 1 AND question_id = 2 AND question_option_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE answer SET value = 6 WHERE response_id = 1 AND question_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE answer SET value = 0 WHERE response_id = 1 AND question_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE answer SET value = 3.5 WHERE response_id = 1 AND question_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE answer SET value = NULL WHERE response_id = 1 AND question_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE answer SET value = 'NaN' WHERE response_id = 1 AND question_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE answer SET value = 'Infinity' WHERE response_id = 1 AND question_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE answer SET body = ' ' WHERE response_id = 1 AND question_id = 5 $$);
SELECT pg_temp.refused($$ UPDATE answer SET kind = 'number' WHERE response_id = 1 AND question_id = 5 $$);

\echo == A question does not change under its answers
SELECT pg_temp.refused($$ UPDATE question SET value_to = 4 WHERE question_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE question SET kind = 'text', value_from = NULL, value_to = NULL WHERE question_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE question SET survey_id = 2 WHERE question_id = 3 $$);
UPDATE question SET value_to = 10 WHERE question_id = 3;
UPDATE answer SET value = 9 WHERE response_id = 1 AND question_id = 3;
UPDATE question SET kind = 'choices' WHERE question_id = 1;
SELECT DISTINCT a.kind, a.highest, o.kind FROM answer a LEFT JOIN question_option o USING (question_option_id) WHERE a.question_id IN (1, 3) ORDER BY 1;
UPDATE question SET kind = 'choice' WHERE question_id = 1;

\echo == What is required is there when the transaction ends
SELECT pg_temp.refused($$ SET CONSTRAINTS ALL IMMEDIATE; INSERT INTO response (survey_id) VALUES (1) $$);
BEGIN;
INSERT INTO response (survey_id) VALUES (1) RETURNING response_id AS response \gset
INSERT INTO answer (response_id, question_id, question_option_id) VALUES (:response, 1, 1);
COMMIT;
SELECT responses FROM survey_summary WHERE survey_id = 1;

\echo == Nobody answers twice
INSERT INTO respondent (response_id, respondent) VALUES (:response, '77');
SELECT pg_temp.refused($$ UPDATE respondent SET respondent = ' a@Example.ORG ' WHERE respondent = '77' $$);
SELECT pg_temp.refused($$ UPDATE respondent SET respondent = ' ' WHERE respondent = '77' $$);
SELECT pg_temp.refused($$ INSERT INTO respondent (response_id, respondent) VALUES (999, '78') $$);
SELECT pg_temp.refused($$ UPDATE respondent SET party_id = 99 WHERE respondent = '77' $$);

\echo == Who answered can be forgotten: results stay
DELETE FROM respondent;
SELECT responses FROM survey_summary WHERE survey_id = 1;

\echo == Design that cannot be
SELECT pg_temp.refused($$ INSERT INTO survey (event_id) VALUES (99) $$);
SELECT pg_temp.refused($$ INSERT INTO survey (event_id, link_id) VALUES (1, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO survey (event_id, side) VALUES (1, 'moon') $$);
SELECT pg_temp.refused($$ INSERT INTO survey (event_id, planned_responses) VALUES (1, -1) $$);
SELECT pg_temp.refused($$ INSERT INTO survey (event_id, planned_responses) VALUES (1, 1000000000001) $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (1, 'x', 'picture', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (1, 'X', 'text', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (1, 'respondent', 'text', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (1, 'job', 'text', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind) VALUES (1, 'x', 'text') $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (1, 'x', 'scale', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en, value_from, value_to) VALUES (1, 'x', 'scale', 'x', 1.5, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en, value_from, value_to) VALUES (1, 'x', 'number', 'x', 5, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en, value_from) VALUES (1, 'x', 'text', 'x', 5) $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en, value_from) VALUES (1, 'x', 'number', 'x', '-Infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO question (survey_id, question_code, kind, text_en, value_to) VALUES (1, 'x', 'number', 'x', 'NaN') $$);
SELECT pg_temp.refused($$ INSERT INTO question_option (question_id, option_code, name_en) VALUES (3, 'x', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO question_option (question_id, option_code, name_en) VALUES (99, 'x', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO question_option (question_id, option_code, name_en) VALUES (1, 'dba', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO question_option (question_id, option_code, name_en) VALUES (1, 'x', 'DBA') $$);
SELECT pg_temp.refused($$ INSERT INTO question_option (question_id, option_code, name_en) VALUES (1, 'x y', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO question_option (question_id, option_code) VALUES (1, 'x') $$);
SELECT pg_temp.refused($$ UPDATE response SET answered_at = 'infinity' WHERE response_id = 1 $$);

\echo == The link goes, the survey stays; the event goes once nobody has answered, and takes the survey along
DELETE FROM link WHERE link_id = 1;
SELECT survey, link_id, url FROM survey_summary WHERE survey_id = 1;
SELECT pg_temp.refused($$ DELETE FROM survey $$);
SELECT pg_temp.refused($$ DELETE FROM question $$);
DELETE FROM response;
DELETE FROM check_pass;
DELETE FROM registration;
DELETE FROM event;
SELECT (SELECT count(*) FROM survey) AS surveys, (SELECT count(*) FROM response) AS responses, (SELECT count(*) FROM answer) AS answers;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_survey', drop_rows => true);
