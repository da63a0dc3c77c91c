-- Levels of access: an application acts for parties, a public form has secrets
-- of registrations, and a member writes some columns.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_level');
SET search_path = s_level, salon;
CREATE ROLE regress_salon_web;
CREATE ROLE regress_salon_form;
CREATE ROLE regress_salon_visitor;
\set ECHO all

\echo == An application is a visitor, until it says for whom it acts
INSERT INTO party (kind, name_en) VALUES ('organization', 'company A'), ('organization', 'company B'), ('person', 'Ann'), ('person', 'Bo');
SELECT plan_event('Open', starts_at => '2031-05-10 14:00+08', ends_at => '2031-05-10 18:00+08', host_id => 1),
       plan_event('Planned', starts_at => '2031-06-10 14:00+08', ends_at => '2031-06-10 18:00+08', host_id => 2);
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 2), (2, 'on_site', 2);
INSERT INTO contact (party_id, kind, address) VALUES (3, 'email', 'ann@example.org'), (4, 'email', 'bo@example.org');
SELECT salon.grant_access('s_level', 'regress_salon_web', 'application'), salon.grant_access('s_level', 'regress_salon_form', 'form'),
       salon.grant_access('s_level', 'regress_salon_visitor', 'visitor');
SET ROLE regress_salon_web;
SELECT my_level(), my_parties();
BEGIN;
SET LOCAL salon.party = 3;
SELECT my_level(), my_parties();
SELECT address FROM contact;
SELECT status_code FROM register(1, party_id => 3, seats => 1);
SAVEPOINT another;
SET LOCAL salon.party = 4;
SELECT address FROM contact;
SELECT count(*) FROM registration;
ROLLBACK TO another;
SELECT address FROM contact;
SELECT count(*) FROM registration;
COMMIT;
SELECT address FROM contact;

\echo == A party has more where that was granted to it, and nothing by what it says itself
BEGIN;
SET LOCAL salon.party = 3;
INSERT INTO affiliation (person_id, organization_id) VALUES (3, 1);
SELECT my_level(), my_parties();
UPDATE event SET planned_on_site = 50 WHERE event_id = 1 RETURNING event_id;
ROLLBACK;
RESET ROLE;
SELECT salon.grant_access('s_level', 3, 'organizer', 1), salon.grant_access('s_level', 4, 'administrator');
SELECT database_role, acting, level, party FROM access_list ORDER BY access_id;
SET ROLE regress_salon_web;
BEGIN;
SET LOCAL salon.party = 3;
SELECT my_level(), my_parties();
UPDATE event SET planned_on_site = 50 RETURNING event_id;
INSERT INTO remark (event_id, note) VALUES (1, 'ask the porter') RETURNING *;
COMMIT;
SELECT * FROM remark;
BEGIN;
SET LOCAL salon.party = 4;
SELECT my_level(), my_parties();
SELECT event_id FROM event ORDER BY 1;
INSERT INTO city (city_code, name_en) VALUES ('hz', 'Hangzhou') RETURNING city_code;
COMMIT;
SELECT pg_temp.refused($$ INSERT INTO city (city_code, name_en) VALUES ('bj', 'Beijing') $$);

\echo == The history tells for whom it was done
RESET ROLE;
SELECT by_role, acting, subject_code, column_name, after FROM event_history WHERE acting_id IS NOT NULL ORDER BY history_id, column_name;

\echo == Only an application acts for somebody, and only for somebody who is there
SET ROLE regress_salon_visitor;
SET salon.party = 4;
SELECT my_level(), my_parties();
SELECT count(*) FROM event;
SET ROLE regress_salon_web;
SET salon.party = 'Ann';
SELECT pg_temp.refused('SELECT count(*) FROM event');
SET salon.party = 99;
SELECT pg_temp.refused('SELECT count(*) FROM event');
SET salon.lang = 'zh';
SELECT pg_temp.refused('SELECT count(*) FROM event');
RESET salon.lang;
RESET salon.party;

\echo == What is no level of a party
RESET ROLE;
SELECT pg_temp.refused($$ SELECT salon.grant_access('s_level', 3, 'visitor') $$);
SELECT pg_temp.refused($$ SELECT salon.grant_access('s_level', 99, 'administrator') $$);
SELECT pg_temp.refused($$ SELECT salon.grant_access('s_level', 'regress_salon_web', 'application', 1) $$);
SELECT pg_temp.refused($$ SELECT salon.grant_access('s_level', 'regress_salon_web', 'king') $$);
SELECT salon.revoke_access('s_level', 3);
SELECT pg_temp.refused($$ SELECT salon.revoke_access('s_level', 3) $$);
SET ROLE regress_salon_web;
BEGIN;
SET LOCAL salon.party = 3;
SELECT my_level(), my_parties();
COMMIT;

\echo == A form registers, and cancels with the secret; it reads nothing of others
SET ROLE regress_salon_form;
SELECT my_level();
SELECT event_id, side, capacity - taken AS free FROM seating;
SELECT registration_id, status_code, length(secret) FROM register(1, name => 'Cho', contact_kind => 'email', contact => 'cho@example.org') \gset
SELECT count(*) FROM registration;
SELECT secret FROM register(1, name => 'Di') \gset
SELECT status_code AS waits FROM register(1, name => 'Ed');
SELECT side, capacity - taken AS free, waiting FROM seating;
BEGIN;
SET LOCAL salon.secret = :'secret';
SELECT name FROM attendee;
COMMIT;
SELECT name FROM attendee;
SELECT pg_temp.refused('SELECT cancel_registration(2)');
SELECT pg_temp.refused(format('SELECT cancel_registration(2, %L)', :'secret'));
RESET ROLE;
SELECT registration_id, status_code, secret_hash IS NOT NULL AS has_secret FROM registration ORDER BY 1;
SELECT registration_id AS di FROM attendee WHERE name = 'Di' \gset
SET ROLE regress_salon_form;
SELECT count(*) FROM cancel_registration(:di, :'secret');
RESET ROLE;
SELECT registration_id, status_code FROM registration ORDER BY 1;
SET ROLE regress_salon_form;
SELECT pg_temp.refused($$ SELECT register(1, party_id => 3) $$);
SELECT pg_temp.refused($$ SELECT register(2) $$);
SELECT pg_temp.refused($$ INSERT INTO registration (event_id) VALUES (1) $$);
SELECT pg_temp.refused($$ SELECT * FROM contact $$);
SELECT pg_temp.refused($$ SELECT * FROM supply $$);

\echo == A member writes the columns that are its own to write
RESET ROLE;
SELECT salon.revoke_access('s_level', 'regress_salon_visitor');
-- also from a role that is no more, as after a restore elsewhere
CREATE ROLE regress_salon_gone;
SELECT salon.grant_access('s_level', 'regress_salon_gone', 'visitor');
DROP OWNED BY regress_salon_gone;
DROP ROLE regress_salon_gone;
SELECT database_role, role_exists FROM access_list WHERE database_role = 'regress_salon_gone';
SELECT salon.revoke_access('s_level', 'regress_salon_gone');
SELECT count(*) FROM access_list WHERE database_role = 'regress_salon_gone';
SELECT pg_temp.refused($$ SELECT salon.revoke_access('s_level', 'regress_salon_gone') $$);
SELECT salon.grant_access('s_level', 'regress_salon_visitor', 'member', 1);
SET ROLE regress_salon_visitor;
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'venue', 1) RETURNING *;
UPDATE party SET introduction = 'We make databases.' WHERE party_id = 1 RETURNING party_id, introduction;
SELECT pg_temp.refused($$ UPDATE party SET kind = 'person' WHERE party_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO registration (event_id, party_id, status_code, asked_at) VALUES (1, 1, 'registered', '2001-01-01') $$);
SELECT pg_temp.refused($$ SELECT * FROM remark $$);
SET salon.lang = 'zh';
SELECT pg_temp.refused($$ UPDATE party SET kind = 'person' WHERE party_id = 1 $$);
RESET salon.lang;
RESET ROLE;

\set ECHO none
SELECT salon.drop_space('s_level', true);
DROP ROLE regress_salon_web, regress_salon_form, regress_salon_visitor;
