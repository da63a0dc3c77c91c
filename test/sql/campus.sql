-- Campus tours: schools, whom one knows there, what was asked and offered, studios, joint projects.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_campus');
SET search_path = s_campus, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'University'), ('organization', 'Vendor'), ('person', 'Dean'), ('person', 'Tess'), ('person', 'Stan'), ('person', 'Ann'),
    ('organization', 'Studio');
INSERT INTO party_role (party_id, role_code) VALUES (1, 'school'), (2, 'vendor');
INSERT INTO affiliation (person_id, organization_id, kind, since, until) VALUES
    (3, 1, 'leader', NULL, NULL), (4, 1, 'teacher', NULL, NULL), (5, 1, 'student', '2020-09-01', '2021-07-01'), (5, 7, NULL, NULL, NULL), (4, 7, NULL, NULL, NULL);

\echo == Visits count once they took place; whom one knows by name, and who knows them
SELECT plan_event('Visit', NULL, '2021-03-01 14:00+08', '2021-03-01 16:00+08', template_code => 'campus_tour', host_id => 2),
       plan_event('Next', NULL, '2099-03-01 14:00+08', '2099-03-01 16:00+08', template_code => 'campus_tour', host_id => 2),
       plan_event('Off', NULL, '2021-04-01 14:00+08', '2021-04-01 16:00+08', template_code => 'campus_tour', host_id => 2);
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'school'), (2, 1, 'school'), (3, 1, 'school');
SELECT visits, last_visit_on, next_visit_on FROM school_coverage;
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
UPDATE event SET status_code = 'held' WHERE event_id = 1;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 3;
SELECT visits, last_visit_on, next_visit_on, leaders, teachers, students FROM school_coverage;
INSERT INTO acquaintance (person_id, knows_id) VALUES (6, 3), (4, 6);
SELECT person, kind, knowing, known_by FROM school_contact ORDER BY person_id;

\echo == What is said again at one event is changed, at another one it is new
SELECT hear(1, 1, offers => 'student:30', asks => 'job:2, case_study:1');
SELECT hear(1, 1, offers => 'student:40');
SELECT hear(1, 1);
SELECT hear(2, 1, asks => 'job:5');
SELECT 'offers' AS says, said_at_id, resource_code, quantity FROM supply WHERE party_id = 1 UNION ALL SELECT 'asks', said_at_id, resource_code, quantity FROM demand WHERE party_id = 1 ORDER BY 1 DESC, 2, 3;
INSERT INTO supply (party_id, resource_code, quantity) VALUES (2, 'job', 5);
INSERT INTO demand (party_id, resource_code, quantity) VALUES (2, 'talent', 5);
SELECT direction, partner, supplied, demanded, value, reason FROM school_match ORDER BY direction, demand_id;

\echo == A studio: members by what they are at its school today, funds promised and given
INSERT INTO studio (party_id, school_id, founded_on, said_at_id) VALUES (7, 1, '2021-06-01', 1);
INSERT INTO commitment (giver_id, taker_id, kind, amount) VALUES (2, 7, 'money', 3000), (2, 1, 'money', 10);
UPDATE agreement SET status_code = 'signed';
INSERT INTO delivery (commitment_id, amount) VALUES (1, 1000);
SELECT studio, school, members, teachers, students, funds_promised, funds_given, funders FROM studio_list;

\echo == What is done together, until when, by whom; what is done is no longer due
INSERT INTO joint_project (school_id, kind, name_en, lead_id, due_on, said_at_id) VALUES (1, 'practice_course', 'course', 6, '2021-09-01', 1), (1, 'book', 'book', NULL, '2099-09-01', NULL);
INSERT INTO joint_project_party (joint_project_id, party_id) VALUES (1, 2), (1, 7);
SELECT kind, joint_project, partners, lead, due_on, status, is_late FROM joint_project_list ORDER BY joint_project_id;
SELECT studios, projects, late_projects, projects_done, promised_to, promised_by, asks, offers FROM school_coverage;
SELECT subject, what, owner, due_on, is_late FROM school_due ORDER BY due_on, row_id;
UPDATE joint_project SET status_code = 'done' WHERE joint_project_id = 1;
SELECT projects, late_projects, projects_done FROM school_coverage;
SELECT subject, what FROM school_due ORDER BY due_on, row_id;
UPDATE studio SET closed_on = '2021-07-01';
SELECT studios FROM school_coverage;

\echo == Refused
SELECT pg_temp.refused($$ SELECT hear(9, 1, asks => 'job') $$);
SELECT pg_temp.refused($$ SELECT hear(1, 99, asks => 'job') $$);
SELECT pg_temp.refused($$ SELECT hear(1, 1, asks => 'sympathy') $$);
SELECT pg_temp.refused($$ INSERT INTO studio (party_id, school_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO studio (party_id, school_id) VALUES (3, 1) $$);
SELECT pg_temp.refused($$ UPDATE studio SET closed_on = founded_on $$);
SELECT pg_temp.refused($$ INSERT INTO affiliation (person_id, organization_id, kind) VALUES (6, 1, 'friend') $$);
SELECT pg_temp.refused($$ INSERT INTO joint_project (school_id, kind, name_en) VALUES (1, 'party', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO joint_project (school_id, kind, name_en) VALUES (3, 'book', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO joint_project (school_id, kind) VALUES (1, 'book') $$);
SELECT pg_temp.refused($$ INSERT INTO joint_project (school_id, kind, name_en, starts_on, due_on) VALUES (1, 'book', 'x', '2031-02-01', '2031-01-01') $$);
SELECT pg_temp.refused($$ INSERT INTO joint_project (school_id, kind, name_en, event_id) VALUES (1, 'book', 'x', 1) $$);

\set ECHO none
SELECT salon.drop_space('s_campus', drop_rows => true);
