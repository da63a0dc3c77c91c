-- Learning for a certification: courses in versions, learners and tutors.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_course');
SET search_path = s_course, salon;
CREATE ROLE s_course_learner;
CREATE ROLE s_course_tutor;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'authority'), ('person', 'learner 1'), ('person', 'learner 2'), ('person', 'tutor 1');
SELECT salon.grant_access('s_course', 's_course_learner', 'member', 2), salon.grant_access('s_course', 's_course_tutor', 'member', 4);
INSERT INTO certification (organization_id, name_en, name_zh) VALUES (1, 'Database', '数据库');
INSERT INTO certification_level (certification_id, level, name_en, name_zh) VALUES (1, 1, 'Associate', '初级');
INSERT INTO course (certification_level_id, kind, ordinal, name_en, name_zh, version, url, image, hours, is_required) VALUES
    (1, 'course', 1, 'SQL', 'SQL', '1', 'https://example.org/sql', NULL, 8, true),
    (1, 'laboratory', 2, 'Install', '安装', '1', NULL, 'registry.example.org/install:1', 2, true),
    (1, 'practice', 3, 'Tuning', '调优', '1', NULL, NULL, 6, false);
SELECT pg_temp.refused($$ INSERT INTO course (certification_level_id, kind, name_en) VALUES (1, 'laboratory', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO course (certification_level_id, kind, name_en) VALUES (1, 'lecture', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO course (certification_level_id) VALUES (1) $$);
SELECT pg_temp.refused($$ INSERT INTO course (certification_level_id, name_en, name_zh) VALUES (1, 'SQL', 'SQL') $$);
SELECT pg_temp.refused($$ INSERT INTO course (certification_level_id, name_en, hours) VALUES (1, 'x', 0) $$);
SELECT course_id, kind, course, version, url, image, hours, is_required, is_in_use FROM course_list ORDER BY ordinal;

\echo == A tutor takes so many
INSERT INTO tutor (course_id, person_id, most_learners) VALUES (1, 4, 1), (2, 4, 2);
SELECT pg_temp.refused($$ INSERT INTO tutor (course_id, person_id) VALUES (1, 4) $$);
SELECT pg_temp.refused($$ INSERT INTO tutor (course_id, person_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ UPDATE tutor SET learners = 5 $$);
SET ROLE s_course_learner;
INSERT INTO course_progress (course_id, person_id, tutor_id) VALUES (1, 2, 1), (2, 2, 2);
SELECT pg_temp.refused($$ INSERT INTO course_progress (course_id, person_id) VALUES (3, 3) $$);
SELECT pg_temp.refused($$ UPDATE course_progress SET status_code = 'completed' WHERE course_id = 1 $$);
UPDATE course_progress SET status_code = 'begun' WHERE course_id = 1;
RESET ROLE;
SELECT pg_temp.refused($$ INSERT INTO course_progress (course_id, person_id, tutor_id) VALUES (1, 3, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO course_progress (course_id, person_id, tutor_id) VALUES (1, 3, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO course_progress (course_id, person_id, tutor_id) VALUES (2, 4, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO course_progress (course_id, person_id) VALUES (1, 2) $$);
INSERT INTO course_progress (course_id, person_id) VALUES (1, 3), (3, 3);
SELECT person, courses, learners, most_learners, load, completed FROM tutor_load;

\echo == Its tutor says that a learner completed a course
SET ROLE s_course_tutor;
SELECT course_id, person_id, status_code FROM course_progress ORDER BY course_id;
UPDATE course_progress SET status_code = 'completed' WHERE course_id = 1;
RESET ROLE;
SELECT person, courses, learners, most_learners, load, completed FROM tutor_load;
SELECT pg_temp.refused($$ UPDATE course_progress SET status_code = 'left' WHERE course_id = 1 AND person_id = 2 $$);
UPDATE course_progress SET status_code = 'completed' WHERE course_id = 3;
SELECT person, certification_level, required, completed, more_completed, missing, is_ready FROM learning_progress ORDER BY person_id;

\echo == A new version of what somebody completed asks for nothing again; what is retired nobody begins
INSERT INTO course (certification_level_id, kind, ordinal, name_en, name_zh, version, url) VALUES (1, 'course', 1, 'SQL', 'SQL', '2', 'https://example.org/sql2');
UPDATE course SET retired_on = '2020-01-01' WHERE course_id = 1;
SELECT person, required, completed, missing FROM learning_progress ORDER BY person_id;
SELECT pg_temp.refused($$ INSERT INTO course_progress (course_id, person_id) VALUES (1, 4) $$);
DELETE FROM course_progress WHERE course_id = 2;
SELECT learners FROM tutor ORDER BY tutor_id;
SELECT * FROM invariant;

\echo == In Chinese
SET salon.lang = 'zh';
SELECT person, certification_level, missing FROM learning_progress ORDER BY person_id;

\set ECHO none
DROP OWNED BY s_course_learner, s_course_tutor;
DROP ROLE s_course_learner, s_course_tutor;

\set ECHO none
SELECT salon.drop_space('s_course', drop_rows => true);
