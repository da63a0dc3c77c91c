-- The exam of a certification: the bank of questions, papers drawn by a blueprint,
-- attempts in time, and points; who sits a paper sees no right answer.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_attempt');
SET search_path = s_attempt, salon;
CREATE ROLE s_attempt_one;
CREATE ROLE s_attempt_two;
CREATE ROLE s_attempt_organizer;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'authority'), ('person', 'student 1'), ('person', 'student 2');
SELECT salon.grant_access('s_attempt', 's_attempt_one', 'member', 2), salon.grant_access('s_attempt', 's_attempt_two', 'member', 3), salon.grant_access('s_attempt', 's_attempt_organizer', 'organizer');
INSERT INTO certification (organization_id, name_en, name_zh) VALUES (1, 'Database', '数据库');
INSERT INTO certification_level (certification_id, level, name_en, name_zh, most_attempts, wait_days) VALUES (1, 1, 'Associate', '初级', 3, 7), (1, 2, 'Professional', '中级', NULL, 0);

\echo == The bank: five kinds of questions, and their right answers
INSERT INTO exam_tag (certification_level_id, name_en, name_zh) VALUES (1, 'SQL', 'SQL'), (1, 'storage', '存储'), (2, 'other level', NULL);
INSERT INTO exam_question (certification_level_id, kind, text_en, text_zh, difficulty, points) VALUES
    (1, 'single', 'Which one orders rows?', '哪一个用于排序？', 1, 2),
    (1, 'multiple', 'Which are joins?', '哪些是连接？', 2, 3),
    (1, 'true_false', 'An index is always used.', '索引总会被使用。', 1, 1),
    (1, 'fill_in', 'The command that saves a transaction', '提交事务的命令', 3, 2),
    (1, 'numeric', 'Bytes of a page, in KiB', '页大小（KiB）', 3, 2);
INSERT INTO exam_option (exam_question_id, text_en, text_zh) VALUES
    (1, 'ORDER BY', NULL), (1, 'GROUP BY', NULL), (2, 'hash', '哈希'), (2, 'merge', '归并'), (2, 'bubble', '冒泡'), (2, 'nested loop', '嵌套循环');
SELECT exam_option_id, exam_question_id, kind, text_en, text_zh FROM exam_option ORDER BY exam_option_id;
INSERT INTO exam_key (exam_question_id, exam_option_id) SELECT exam_question_id, exam_option_id FROM exam_option WHERE text_en IN ('ORDER BY', 'hash', 'merge', 'false');
INSERT INTO exam_key (exam_question_id, form) VALUES (4, 'COMMIT'), (4, 'COMMIT  WORK'), (4, 'END');
INSERT INTO exam_key (exam_question_id, value, tolerance) VALUES (5, 8, 0.5);
INSERT INTO exam_question_tag (exam_question_id, exam_tag_id) VALUES (1, 1), (2, 1), (2, 2), (3, 2), (4, 1), (5, 2);
SELECT exam_question_id, kind, question, difficulty, points, tags, options, right_answers, state_code FROM exam_bank ORDER BY exam_question_id;
SELECT pg_temp.refused($$ INSERT INTO exam_question (certification_level_id, kind, text_en) VALUES (1, 'essay', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO exam_question (certification_level_id, kind) VALUES (1, 'single') $$);
SELECT pg_temp.refused($$ INSERT INTO exam_question (certification_level_id, kind, text_en, points) VALUES (1, 'single', 'x', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO exam_question (certification_level_id, kind, text_en, difficulty) VALUES (1, 'single', 'x', 6) $$);
SELECT pg_temp.refused($$ INSERT INTO exam_option (exam_question_id, text_en) VALUES (4, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO exam_option (exam_question_id, text_en) VALUES (99, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO exam_key (exam_question_id, exam_option_id) VALUES (1, 8) $$);
SELECT pg_temp.refused($$ INSERT INTO exam_key (exam_question_id, exam_option_id) VALUES (1, 4) $$);
SELECT pg_temp.refused($$ INSERT INTO exam_key (exam_question_id, form) VALUES (1, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO exam_key (exam_question_id, value) VALUES (5, 9) $$);
SELECT pg_temp.refused($$ INSERT INTO exam_key (exam_question_id, value, tolerance) VALUES (5, 'NaN', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO exam_question_tag (exam_question_id, exam_tag_id) VALUES (1, 3) $$);

\echo == A blueprint, and what a paper lacks
SELECT pg_temp.refused($$ SELECT draw_paper(1, 2) $$);
INSERT INTO blueprint (certification_level_id, exam_tag_id, difficulty, quantity) VALUES (1, 1, NULL, 3), (1, 2, NULL, 2), (1, NULL, 3, 1);
SELECT pg_temp.refused($$ INSERT INTO blueprint (certification_level_id, exam_tag_id, quantity) VALUES (1, 1, 3) $$);
SELECT pg_temp.refused($$ INSERT INTO blueprint (certification_level_id, exam_tag_id, quantity) VALUES (1, 3, 1) $$);
SELECT sum(missing) AS missing FROM paper_shortage(1);
SELECT blueprint, wanted, questions, retired, without_answer, overexposed FROM paper_shortage(1);
INSERT INTO exam_question (certification_level_id, kind, text_en, difficulty) VALUES (1, 'numeric', 'has no answer yet', 3);
UPDATE blueprint SET quantity = 9 WHERE difficulty = 3;
SELECT pg_temp.refused($$ SELECT draw_paper(1, 2) $$);
DELETE FROM blueprint WHERE difficulty = 3;
UPDATE blueprint SET quantity = 2;
SELECT pg_temp.refused($$ SELECT draw_paper(99, 2) $$);
SELECT pg_temp.refused($$ SELECT draw_paper(1, 1) $$);
SELECT pg_temp.refused($$ SELECT draw_paper(1, NULL) $$);
BEGIN;
SELECT person_id, count(*) FROM draw_papers(1, '[5:6][1:1]={{2},{2}}', NULL) GROUP BY person_id;
ROLLBACK;
SELECT pg_temp.refused($$ SELECT revise_question(99) $$);

\echo == The same bank and seed draw the same paper; each line has what it asks for
CREATE TEMP TABLE drawn (run int, exam_question_id bigint, blueprint_id bigint, ordinal smallint);
DO $$
BEGIN
    FOR run IN 1 .. 2 LOOP
        BEGIN
            PERFORM draw_paper(1, 2, 42);
            RAISE SQLSTATE 'UNDO0' USING MESSAGE = (SELECT string_agg(format('(%s,%s,%s,%s)', run, exam_question_id, blueprint_id, ordinal), ',' ORDER BY ordinal) FROM paper_question);
        EXCEPTION WHEN SQLSTATE 'UNDO0' THEN
            EXECUTE 'INSERT INTO drawn VALUES ' || SQLERRM;
        END;
    END LOOP;
END
$$;
SELECT count(*) AS questions, count(DISTINCT exam_question_id) AS different FROM drawn WHERE run = 1;
SELECT count(*) AS the_same FROM drawn a JOIN drawn b USING (exam_question_id, blueprint_id, ordinal) WHERE (a.run, b.run) = (1, 2);
SELECT blueprint_label(blueprint_id), count(*) FROM drawn WHERE run = 1 GROUP BY blueprint_id ORDER BY blueprint_id;
UPDATE blueprint SET quantity = 3 WHERE exam_tag_id = 1;
INSERT INTO paper (paper_id, certification_level_id, person_id) VALUES (101, 1, 2), (102, 1, 3), (103, 1, 2), (104, 1, 3);
INSERT INTO paper_question (paper_question_id, paper_id, exam_question_id, ordinal)
SELECT paper_id * 10 + exam_question_id, paper_id, exam_question_id, exam_question_id FROM paper CROSS JOIN exam_question WHERE exam_question_id <= 5;

\echo == What is on a paper stays; a new version retires it
SELECT pg_temp.refused($$ UPDATE exam_question SET text_en = 'x' WHERE exam_question_id = 2 $$);
SELECT pg_temp.refused($$ UPDATE exam_option SET text_en = 'x' WHERE exam_option_id = 5 $$);
SELECT pg_temp.refused($$ INSERT INTO exam_option (exam_question_id, text_en) VALUES (2, 'x') $$);
SELECT pg_temp.refused($$ DELETE FROM exam_option WHERE exam_option_id = 5 $$);
SELECT revise_question(2) AS new_one \gset
SELECT kind, question, tags, options, right_answers, version, state_code FROM exam_bank WHERE exam_question_id IN (2, :new_one) ORDER BY version;
SELECT o.text_en FROM exam_key k JOIN exam_option o USING (exam_option_id) WHERE k.exam_question_id = :new_one ORDER BY 1;
UPDATE exam_question SET text_en = 'Which of these are joins?' WHERE exam_question_id = :new_one;
SELECT pg_temp.refused($$ SELECT revise_question(2) $$);

\echo == Before an attempt nobody sees its questions; then who sits it, and no right answer
SET ROLE s_attempt_one;
SELECT paper_id FROM paper ORDER BY paper_id;
SELECT count(*) FROM paper_question;
SELECT count(*) FROM exam_question;
SELECT pg_temp.refused($$ INSERT INTO attempt (paper_id) VALUES (102) $$);
SELECT pg_temp.refused($$ INSERT INTO attempt (paper_id, ends_at) VALUES (101, now() + interval '1 day') $$);
SELECT pg_temp.refused($$ INSERT INTO attempt (paper_id) VALUES (999) $$);
INSERT INTO attempt (paper_id) VALUES (101);
SELECT person, sitting, ends_at - begun_at AS time, state, earned FROM attempt_list;
SELECT ordinal, kind, question, count(*) AS rows, count(option) AS options FROM exam_sheet GROUP BY 1, 2, 3 ORDER BY 1;
SELECT pg_temp.refused('TABLE exam_key');
SELECT pg_temp.refused('TABLE answer_grade');
SELECT pg_temp.refused('TABLE exam_question_tag');
SELECT pg_temp.refused('SELECT draw_paper(1, 2)');
SELECT pg_temp.refused('SELECT _attempt_grade(1)');
SET ROLE s_attempt_two;
SELECT count(*) FROM exam_question;
SELECT count(*) FROM attempt;
SELECT pg_temp.refused($$ INSERT INTO attempt_answer (paper_question_id, exam_option_id) VALUES (1011, 1) $$);
SET ROLE s_attempt_organizer;
SELECT (SELECT count(*) FROM exam_key) AS keys, (SELECT count(*) FROM exam_question) AS questions, (SELECT count(*) FROM attempt) AS attempts;
SELECT count(*) FROM answer_grade;

\echo == Answers
SET ROLE s_attempt_one;
INSERT INTO attempt_answer (paper_question_id, exam_option_id) VALUES (1011, 4), (1012, 5), (1012, 6), (1012, 7), (1013, 1);
UPDATE attempt_answer SET exam_option_id = 3 WHERE paper_question_id = 1011;
INSERT INTO attempt_answer (paper_question_id, body) VALUES (1014, '  ｃｏｍｍｉｔ   work ');
INSERT INTO attempt_answer (paper_question_id, value) VALUES (1015, 8.5);
SELECT pg_temp.refused($$ INSERT INTO attempt_answer (paper_question_id, exam_option_id) VALUES (1011, 4) $$);
SELECT pg_temp.refused($$ INSERT INTO attempt_answer (paper_question_id, exam_option_id) VALUES (1012, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO attempt_answer (paper_question_id, exam_option_id) VALUES (1012, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO attempt_answer (paper_question_id, body) VALUES (1015, '8') $$);
SELECT pg_temp.refused($$ INSERT INTO attempt_answer (paper_question_id, value) VALUES (9999, 8) $$);
SELECT pg_temp.refused($$ INSERT INTO attempt_answer (paper_question_id, value) VALUES (1035, 8) $$);
SELECT pg_temp.refused($$ UPDATE attempt_answer SET paper_question_id = 1015 WHERE paper_question_id = 1014 $$);
SELECT pg_temp.refused($$ INSERT INTO attempt_result (attempt_id, most, pass_mark, earned) VALUES (1, 9, 1, 9) $$);
SELECT pg_temp.refused($$ UPDATE attempt SET ends_at = ends_at + interval '1 hour' $$);
SELECT ordinal, option, body, value FROM exam_sheet WHERE is_answered ORDER BY ordinal, exam_option_id;

\echo == What is submitted and undone tells nothing
BEGIN;
UPDATE attempt SET submitted_at = now();
SELECT state, earned, most FROM attempt_list;
SELECT count(*) FROM attempt_result;
SAVEPOINT s;
SELECT count(*) FROM attempt_result;
ROLLBACK;

\echo == Submitted: points by the rule, and the questions are gone
UPDATE attempt SET submitted_at = now() - interval '1 year';
SELECT state, earned, most, pass_mark, submitted_at > begun_at AS is_by_the_clock FROM attempt_list;
SELECT count(*) FROM exam_sheet;
SELECT count(*) FROM exam_question;
SELECT pg_temp.refused($$ DELETE FROM attempt_answer WHERE paper_question_id = 1013 $$);
SELECT pg_temp.refused($$ INSERT INTO attempt_answer (paper_question_id, exam_option_id) VALUES (1012, 8) $$);
SELECT pg_temp.refused($$ UPDATE attempt SET submitted_at = NULL $$);
SELECT pg_temp.refused($$ UPDATE attempt_result SET earned = 10 $$);
RESET ROLE;
SELECT pg_temp.refused($$ UPDATE attempt_result SET earned = 10 $$);
SELECT ordinal, kind, points, is_answered, round(credit, 4) AS credit, round(earned, 4) AS earned FROM answer_grade WHERE attempt_id = (SELECT min(attempt_id) FROM attempt) ORDER BY ordinal;

\echo == A right answer that is corrected counts for all who were asked
UPDATE exam_key SET exam_option_id = (SELECT exam_option_id FROM exam_option WHERE exam_question_id = 3 AND text_en = 'true') WHERE exam_question_id = 3;
SELECT earned, most, state FROM attempt_list;
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT pg_temp.refused($$ UPDATE exam_key SET tolerance = 1 WHERE exam_question_id = 5 $$);
ROLLBACK;

\echo == One at a time, so many, and not too soon
SELECT regexp_replace(r, '\d{4}-\d\d-\d\d \d\d:\d\d:\d\d', 'TIME') FROM pg_temp.refused($$ INSERT INTO attempt (paper_id) VALUES (103) $$) r;
UPDATE certification_level SET wait_days = 0;
SELECT pg_temp.refused($$ INSERT INTO attempt (paper_id) VALUES (101) $$);
INSERT INTO attempt (paper_id) VALUES (103);
INSERT INTO exam_question (exam_question_id, certification_level_id, kind, text_en) VALUES (200, 2, 'numeric', 'at level 2');
INSERT INTO paper (paper_id, certification_level_id, person_id) VALUES (105, 2, 2), (106, 1, 2), (107, 1, 2), (108, 2, 3);
INSERT INTO paper_question (paper_id, exam_question_id, ordinal) VALUES (105, 200, 1), (106, 5, 1), (107, 5, 1);
SELECT pg_temp.refused($$ INSERT INTO paper_question (paper_id, exam_question_id, ordinal) VALUES (105, 5, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO attempt (paper_id) VALUES (108) $$);
SELECT pg_temp.refused($$ INSERT INTO attempt (paper_id) VALUES (105) $$) r LIMIT 2;
UPDATE attempt SET submitted_at = now() WHERE paper_id = 103;
INSERT INTO attempt (paper_id) VALUES (106);
UPDATE attempt SET submitted_at = now() WHERE paper_id = 106;
SELECT pg_temp.refused($$ INSERT INTO attempt (paper_id) VALUES (107) $$);
SELECT paper_id, sitting, state, earned FROM attempt_list ORDER BY attempt_id;

\echo == What was not submitted counts when it ended
SELECT pg_temp.refused($$ INSERT INTO attempt (paper_id, begun_at) VALUES (102, '294276-12-31 23:59:59+00') $$);
INSERT INTO attempt (paper_id, begun_at) VALUES (102, '2020-01-01 10:00');
SET salon.import = on;
INSERT INTO attempt_answer (paper_question_id, exam_option_id) VALUES (1021, 3), (1022, 5), (1022, 6);
RESET salon.import;
SELECT pg_temp.refused($$ INSERT INTO attempt_answer (paper_question_id, exam_option_id) VALUES (1023, 8) $$);
SELECT state FROM attempt_list WHERE paper_id = 102;
SET ROLE s_attempt_two;
SELECT count(*) FROM exam_question;
RESET ROLE;
SELECT submit_attempts();
SELECT state, submitted_at = ends_at AS at_the_end, earned, most, pass_mark FROM attempt_list WHERE paper_id = 102;

\echo == What somebody who just passes is expected to get
UPDATE certification_level SET pass_rule = 'expected' WHERE level = 1;
UPDATE exam_question SET expected_share = 0.9 WHERE exam_question_id = 1;
UPDATE exam_question SET expected_share = 0.5 WHERE exam_question_id = 2;
SELECT * FROM _attempt_grade((SELECT attempt_id FROM attempt WHERE paper_id = 102));

\echo == A certificate for an attempt that was passed
SELECT pg_temp.refused($$ INSERT INTO certificate (attempt_id) SELECT attempt_id FROM attempt WHERE paper_id = 102 $$) OFFSET 2;
SELECT pg_temp.refused($$ INSERT INTO certificate (attempt_id) VALUES (99) $$);
INSERT INTO certificate (attempt_id) SELECT attempt_id FROM attempt WHERE paper_id = 101;
SELECT certificate, person, state FROM certificate_list;
SELECT pg_temp.refused($$ INSERT INTO certificate (attempt_id) SELECT attempt_id FROM attempt WHERE paper_id = 101 $$) LIMIT 2;
SELECT pg_temp.refused($$ UPDATE certificate SET attempt_id = NULL $$) r OFFSET 2;

\echo == The history says who changed a question or a right answer, and not how it is
SELECT subject_code, string_agg(DISTINCT column_name, ', ' ORDER BY column_name) FILTER (WHERE NOT is_withheld) AS told,
       string_agg(DISTINCT column_name, ', ' ORDER BY column_name) FILTER (WHERE is_withheld) AS withheld
FROM event_history WHERE subject_code IN ('exam_question', 'exam_option', 'exam_key', 'attempt_answer') GROUP BY subject_code ORDER BY 1;
SELECT * FROM invariant;

\echo == In Chinese
SET salon.lang = 'zh';
SELECT question, tags FROM exam_bank WHERE exam_question_id < 4 ORDER BY exam_question_id;
SELECT blueprint, wanted, missing FROM paper_shortage(1);

\set ECHO none
DROP OWNED BY s_attempt_one, s_attempt_two, s_attempt_organizer;
DROP ROLE s_attempt_one, s_attempt_two, s_attempt_organizer;

\set ECHO none
SELECT salon.drop_space('s_attempt', drop_rows => true);
