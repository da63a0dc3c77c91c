-- Certifications: levels and what they require, certificates and their numbers,
-- and what everybody is told of one.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_certification');
SET search_path = s_certification, salon;
CREATE ROLE s_certification_visitor;
CREATE ROLE s_certification_member;
\set ECHO all

INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'authority', '颁证机构'), ('person', 'student 1', '学生一'), ('person', 'student 2', '学生二');
INSERT INTO certification (organization_id, name_en, name_zh, website) VALUES (1, 'Database', '数据库', 'https://example.org/certified');
INSERT INTO certification_level (certification_id, level, name_en, name_zh, valid_months) VALUES (1, 1, 'Associate', '初级', 600), (1, 2, 'Professional', '中级', 36), (1, 3, NULL, NULL, NULL);
INSERT INTO certification_prerequisite (certification_level_id, required_id) VALUES (2, 1), (3, 2);
SELECT certification, level, certification_level, organization, requires, valid_months, minutes, pass_rule, pass_share FROM certification_list ORDER BY level;

\echo == What a level can be
SELECT pg_temp.refused($$ INSERT INTO certification (organization_id, name_en) VALUES (2, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO certification (organization_id) VALUES (1) $$);
SELECT pg_temp.refused($$ INSERT INTO certification (organization_id, name_en, website) VALUES (1, 'x', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO certification_level (certification_id, level) VALUES (1, 0) $$);
SELECT pg_temp.refused($$ INSERT INTO certification_level (certification_id, level) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO certification_level (certification_id, level, valid_months) VALUES (1, 9, 0) $$);
SELECT pg_temp.refused($$ INSERT INTO certification_level (certification_id, level, minutes) VALUES (1, 9, 0) $$);
SELECT pg_temp.refused($$ INSERT INTO certification_level (certification_id, level, pass_rule) VALUES (1, 9, 'mood') $$);
SELECT pg_temp.refused($$ INSERT INTO certification_level (certification_id, level, pass_share) VALUES (1, 9, 1.1) $$);
SELECT pg_temp.refused($$ INSERT INTO certification_level (certification_id, level, most_attempts) VALUES (1, 9, 0) $$);
SELECT pg_temp.refused($$ INSERT INTO certification_level (certification_id, level, wait_days) VALUES (1, 9, -1) $$);
SELECT pg_temp.refused($$ INSERT INTO certification_level (certification_id, level, most_exposure) VALUES (1, 9, 0) $$);

\echo == Levels do not require each other in a ring
SELECT pg_temp.refused($$ INSERT INTO certification_prerequisite (certification_level_id, required_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO certification_prerequisite (certification_level_id, required_id) VALUES (2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO certification_prerequisite (certification_level_id, required_id) VALUES (1, 3) $$);

\echo == A certificate has what its level says, and needs what that requires
SELECT pg_temp.refused($$ INSERT INTO certificate (certification_level_id, person_id, issued_on) VALUES (2, 2, '2020-01-01') $$);
INSERT INTO certificate (certificate_id, certification_level_id, person_id, issued_on) VALUES (101, 1, 2, '2020-01-31'), (102, 2, 2, '2020-02-01');
SELECT pg_temp.refused($$ INSERT INTO certificate (certification_level_id, person_id, issued_on) VALUES (2, 2, '2020-01-30') $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (certification_level_id, person_id, issued_on) VALUES (2, 2, '5874897-12-31') $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (certification_level_id, person_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (certification_level_id, person_id, issued_on, expires_on) VALUES (1, 3, '2020-01-01', '2020-01-01') $$);
INSERT INTO certificate (certification_level_id, person_id, issued_on, expires_on, revoked_reason) VALUES (1, 3, '2019-01-01', '2019-02-01', 'by mistake');
SELECT pg_temp.refused($$ INSERT INTO certificate (certification_level_id, person_id, issued_on) VALUES (2, 3, '2019-01-02') $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (person_id, organization_id, name_en) VALUES (3, 1, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (certificate_kind_code, certification_level_id, person_id) VALUES ('internship', 1, 3) $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (certificate_kind_code, person_id, organization_id) VALUES ('internship', 3, 1) $$);
INSERT INTO certificate (certificate_id, certificate_kind_code, person_id, organization_id, name_en, issued_on) VALUES (103, 'internship', 3, 1, 'three months of work on the planner', '2020-03-01');
SELECT certificate_id, certificate_kind, certificate, organization, person, issued_on, expires_on FROM certificate_list WHERE certificate_id > 100 ORDER BY certificate_id;

\echo == A number is given, nobody foresees it, and a slip of the pen shows
SELECT _check_character('A12425GABC1234002') AS grid, _check_character('a') AS small;
SELECT count(DISTINCT number) AS numbers, bool_and(number ~ '^([0-9A-HJKMNP-TV-Z]{4}-){4}[0-9A-Z]$') AS have_groups, bool_and(_certificate_number_of(number) = number) AS check FROM certificate;
INSERT INTO certificate (certificate_id, certification_level_id, person_id, number, issued_on) VALUES (104, 1, 3, '0000-0000-0000-0000-' || _check_character(repeat('0', 16)), '2020-01-01');
SELECT number = '0000-0000-0000-0000-' || _check_character(repeat('0', 16)) AS is_as_given FROM certificate WHERE certificate_id = 104;
SET salon.import = on;
INSERT INTO certificate (certificate_id, certification_level_id, person_id, number, issued_on) VALUES (105, 1, 3, '4444-4444-4444-4444-' || _check_character(repeat('4', 16)), '2020-01-01') RETURNING number;
RESET salon.import;
SELECT _certificate_number_of('  ' || lower(replace(number, '-', ' '))) = number AS is_read FROM certificate WHERE certificate_id = 101;
SELECT pg_temp.refused($$ UPDATE certificate SET number = '0000-0000-0000-0000-0' WHERE certificate_id = 101 $$);

\echo == What it says stays; it is revoked with a reason, for good
SELECT pg_temp.refused($$ UPDATE certificate SET expires_on = '2031-01-01' WHERE certificate_id = 101 $$);
SELECT pg_temp.refused($$ UPDATE certificate SET person_id = 3 WHERE certificate_id = 101 $$);
SELECT pg_temp.refused($$ UPDATE certificate SET revoked_at = now() WHERE certificate_id = 101 $$);
UPDATE certificate SET revoked_reason = 'another sat the exam' WHERE certificate_id = 101;
SELECT certificate_id, state, revoked_reason, revoked_at IS NOT NULL AS has_a_time FROM certificate_list WHERE certificate_id = 101;
SELECT pg_temp.refused($$ UPDATE certificate SET revoked_at = NULL, revoked_reason = NULL WHERE certificate_id = 101 $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (certification_level_id, person_id, issued_on) VALUES (2, 2, '2020-03-01') $$);

\echo == Renewal
SELECT pg_temp.refused($$ INSERT INTO certificate (renews_id) VALUES (101) $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (renews_id) VALUES (99) $$);
INSERT INTO certificate (certificate_id, certification_level_id, person_id, issued_on) VALUES (200, 1, 2, '2020-03-01');
INSERT INTO certificate (certificate_id, renews_id, issued_on) VALUES (201, 200, '2020-03-02');
SELECT certificate, person, issued_on, expires_on, renews_id IS NOT NULL AS renews, renewed_id IS NOT NULL AS is_renewed FROM certificate_list WHERE person_id = 2 AND state_code <> 'revoked' ORDER BY certificate_id;
SELECT pg_temp.refused($$ INSERT INTO certificate (renews_id) VALUES (200) $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (renews_id) VALUES (103) $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (renews_id, person_id) VALUES (201, 3) $$);

\echo == Everybody verifies by the number: no name but where the holder allows it
SELECT salon.grant_access('s_certification', 's_certification_visitor', 'visitor'), salon.grant_access('s_certification', 's_certification_member', 'member', 3);
SELECT number AS revoked FROM certificate WHERE certificate_id = 101 \gset
SELECT number AS internship FROM certificate WHERE certificate_kind_code = 'internship' \gset
INSERT INTO certificate (certificate_id, certification_level_id, person_id, issued_on) VALUES (108, 1, 3, '1950-01-01') RETURNING number AS old \gset
SET ROLE s_certification_visitor;
SELECT * FROM verify_certificate(:'internship');
SELECT state, kind, certificate, issuer, website, holder, issued_on, expires_on, revoked_on IS NOT NULL AS revoked, is_renewed FROM verify_certificate(:'revoked');
SELECT state, certificate, expires_on FROM verify_certificate(lower(:'old'));
SELECT state_code FROM verify_certificate('0000-0000-0000-0000-Y');
SELECT state_code FROM verify_certificate(NULL);
SELECT pg_temp.refused('TABLE certificate');
SELECT pg_temp.refused('SELECT * FROM certificate_list');
SELECT pg_temp.refused('SELECT _certificate_number()');
\echo == The holder decides what is told
SET ROLE s_certification_member;
SELECT certificate_id, certificate, state FROM certificate_list WHERE certificate_id > 100 ORDER BY certificate_id;
UPDATE certificate SET is_holder_shown = true;
SELECT pg_temp.refused($$ UPDATE certificate SET revoked_reason = 'x' $$);
SELECT pg_temp.refused($$ INSERT INTO certificate (certificate_kind_code, person_id, organization_id, name_en) VALUES ('internship', 3, 1, 'x') $$);
SET ROLE s_certification_visitor;
SELECT state, certificate, holder FROM verify_certificate(:'internship');
SELECT state, certificate, holder FROM verify_certificate(:'revoked');
RESET ROLE;

\echo == Guessing is limited
UPDATE space SET most_unknown_certificates = 2;
SELECT database_role, acting_id, misses FROM certificate_miss ORDER BY database_role;
SET ROLE s_certification_visitor;
SELECT state_code FROM verify_certificate('1111-1111-1111-1111-' || _check_character(repeat('1', 16)));
SELECT state_code FROM verify_certificate('2222-2222-2222-2222-' || _check_character(repeat('2', 16)));
SELECT pg_temp.refused(format('SELECT * FROM verify_certificate(%L)', '3333-3333-3333-3333-' || _check_character(repeat('3', 16))));
SELECT pg_temp.refused($$ DELETE FROM certificate_miss $$);
SET ROLE s_certification_member;
SELECT state, holder FROM verify_certificate(:'internship');
RESET ROLE;
UPDATE certificate_miss SET begun_at = now() - interval '61 minutes';
SET ROLE s_certification_visitor;
SELECT state, holder FROM verify_certificate(:'internship');
SELECT state_code FROM verify_certificate('3333-3333-3333-3333-' || _check_character(repeat('3', 16)));
RESET ROLE;
SELECT misses FROM certificate_miss;

\echo == History, without numbers
SELECT subject, row_label, operation, column_name, after, is_withheld FROM event_history WHERE subject_code = 'certificate' AND row_key = '101' AND column_name <> 'revoked_at' ORDER BY history_id, column_name;
SELECT * FROM invariant;

\echo == In Chinese
SET salon.lang = 'zh';
SELECT certification, level, certification_level, requires FROM certification_list ORDER BY level;
SET ROLE s_certification_visitor;
SELECT state, kind, certificate, issuer FROM verify_certificate(:'old');
SELECT state FROM verify_certificate('x');
RESET ROLE;

\set ECHO none
DROP OWNED BY s_certification_visitor, s_certification_member;
DROP ROLE s_certification_visitor, s_certification_member;

\set ECHO none
SELECT salon.drop_space('s_certification', drop_rows => true);
