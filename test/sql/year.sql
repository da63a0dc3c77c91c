-- The year: what was done, found, given and reached, measured and claimed apart.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_year');
SET search_path = s_year, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'University'), ('organization', 'Vendor'), ('person', 'Ann'), ('organization', 'Studio');
INSERT INTO city (city_code, name_en) VALUES ('hz', 'Hangzhou');
\echo == An event is of the year of its place, held or not
SELECT plan_event('Salon', NULL, '2021-12-31 23:30-05', '2022-01-01 01:00-05', time_zone => 'America/New_York', host_id => 2),
       plan_event('Visit', NULL, '2021-03-01 14:00+08', '2021-03-01 16:00+08', time_zone => 'Asia/Shanghai', template_code => 'campus_tour', city_code => 'hz', host_id => 2),
       plan_event('Off', NULL, '2021-05-01 14:00+08', '2021-05-01 16:00+08', time_zone => 'Asia/Shanghai', host_id => 2),
       plan_event('Later', NULL, '2031-01-01 03:00+08', '2031-01-01 05:00+08', time_zone => 'Europe/Lisbon', host_id => 2);
UPDATE event SET status_code = 'announced' WHERE event_id < 3;
UPDATE event SET status_code = 'held' WHERE event_id < 3;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 3;
INSERT INTO event_party (event_id, party_id, part_code) VALUES (2, 1, 'school'), (3, 4, 'school');
UPDATE event SET actual_on_site = 80, on_site_basis = 'measured' WHERE event_id = 1;
UPDATE event SET actual_on_site = 20, on_site_basis = 'claimed' WHERE event_id = 2;
INSERT INTO outcome (event_id, outcome_kind_code, description, quantity, status_code) VALUES (1, 'user', 'many', 30, 'claimed'), (1, 'user', 'some', 5, 'confirmed');
SELECT give(2, 1, amount => 1000, basis => 'measured', given_at => '2021-12-31 23:59+08'), give(2, 1, 'tea', amount => 80, given_at => '2021-12-31 23:59+08'),
       give(3, 2, hours => 3, evidence => 'help', given_at => '2021-12-31 23:59+08'), give(2, 1, 'tea', quantity => 1, given_at => '2021-12-31 23:59+08'),
       give(2, 2, amount => 7, given_at => '2022-01-01 00:00+08') \g /dev/null
INSERT INTO studio (party_id, school_id, founded_on) VALUES (4, 1, '2021-06-01');
INSERT INTO joint_project (school_id, kind, name_en, status_code, done_on) VALUES (1, 'book', 'book', 'done', '2021-07-01');
INSERT INTO metric (year, ordinal, name_en, actual, actual_basis, original_text) VALUES (2021, 1, 'followers', 1500, 'claimed', '1500+'), (2021, 2, 'articles', 10, 'measured', NULL), (2021, 3, 'companies', NULL, NULL, 'dozens');
SET TIME ZONE 'Pacific/Honolulu';
SELECT ordinal, section, measure_code, measure, measured, claimed, unknown, status, original_text FROM year_review(2021) ORDER BY ordinal;
SET salon.lang = 'zh';
SELECT section, measure FROM year_review(2021) ORDER BY ordinal;
RESET salon.lang;
SELECT * FROM year_review(2020);
SELECT count(*) FROM year_review(2022);

\echo == What is planned
INSERT INTO metric (year, name_en, target, unit) VALUES (2030, 'salons', 12, 'a year');
INSERT INTO joint_project (school_id, kind, name_en, due_on, lead_id) VALUES (1, 'laboratory', 'lab', '2030-05-01', 3);
INSERT INTO intake (name_en, apply_by, rank_by) VALUES ('spring', '2030-02-01', '2030-03-01');
SELECT section, due_on, what, owner, state_code FROM year_plan(2030);
SELECT section, due_on, what FROM year_plan(2031);
SELECT pg_temp.refused('SELECT year_review(NULL)');
SELECT pg_temp.refused('SELECT year_plan(3000)');

\set ECHO none
\c
SET client_min_messages = warning;
SELECT salon.drop_space('s_year', drop_rows => true);
