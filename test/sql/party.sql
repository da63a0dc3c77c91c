-- Parties, cities and venues: what is refused, and how one is told.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_party');
SET search_path = s_party, salon;
\set ECHO all

\echo == A name may be withheld: NULL is not an empty name
INSERT INTO party (kind, name_en, name_zh) VALUES
    ('organization', NULL, NULL), ('organization', 'Two', '二'), ('person', 'Three', NULL), ('person', NULL, '四');
SELECT party_id, party_label(party_id) FROM party ORDER BY party_id;
SET salon.lang = 'zh';
SELECT party_id, party_label(party_id) FROM party ORDER BY party_id;
RESET salon.lang;
SELECT party_label(99) IS NULL;

\echo == A kind is organization or person
SELECT pg_temp.refused($$ INSERT INTO party (kind, name_en) VALUES ('robot', 'R') $$);
SELECT pg_temp.refused($$ INSERT INTO party (name_en) VALUES ('R') $$);

\echo == Addresses begin with http:// or https://
SELECT pg_temp.refused($$ INSERT INTO party (kind, website) VALUES ('person', 'example.org') $$);
SELECT pg_temp.refused($$ INSERT INTO party (kind, website) VALUES ('person', 'https://example.org/a b') $$);
SELECT pg_temp.refused($$ INSERT INTO product (party_id, name, website) VALUES (2, 'P', 'ftp://example.org') $$);

\echo == Unknown codes and parties
SELECT pg_temp.refused($$ INSERT INTO party (kind, city_code) VALUES ('person', 'atlantis') $$);
SELECT pg_temp.refused($$ INSERT INTO party_role (party_id, role_code) VALUES (2, 'wizard') $$);
SELECT pg_temp.refused($$ INSERT INTO party_role (party_id, role_code) VALUES (99, 'vendor') $$);
SELECT pg_temp.refused($$ INSERT INTO product (party_id, name) VALUES (99, 'P') $$);

\echo == Codes are ASCII, and everything in a catalogue has a name
SELECT pg_temp.refused($$ INSERT INTO city (city_code, name_en) VALUES ('Hangzhou', 'Hangzhou') $$);
SELECT pg_temp.refused($$ INSERT INTO city (city_code, name_zh) VALUES ('杭州', '杭州') $$);
SELECT pg_temp.refused($$ INSERT INTO city (city_code) VALUES ('hz') $$);
SELECT pg_temp.refused($$ INSERT INTO role (role_code, name_en) VALUES ('Wizard', 'wizard') $$);
SELECT pg_temp.refused($$ INSERT INTO role (role_code) VALUES ('wizard') $$);

\echo == A role is held once, and ends after it starts
INSERT INTO party_role (party_id, role_code, since) VALUES (2, 'vendor', '2024-01-01');
SELECT pg_temp.refused($$ INSERT INTO party_role (party_id, role_code) VALUES (2, 'vendor') $$);
SELECT pg_temp.refused($$ UPDATE party_role SET until = '2024-01-01' $$);
SELECT pg_temp.refused($$ INSERT INTO party_role (party_id, role_code, since, until) VALUES (3, 'kol', '2024-02-01', '2024-01-01') $$);

\echo == A person belongs to an organization, not the other way round
INSERT INTO affiliation (person_id, organization_id, title) VALUES (3, 2, 'architect');
SELECT pg_temp.refused($$ INSERT INTO affiliation (person_id, organization_id) VALUES (2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO affiliation (person_id, organization_id) VALUES (4, 3) $$);
SELECT pg_temp.refused($$ INSERT INTO affiliation (person_id, organization_id) VALUES (3, 2) $$);
SELECT pg_temp.refused($$ UPDATE affiliation SET since = '2024-02-01', until = '2024-02-01' $$);
SELECT pg_temp.refused($$ UPDATE party SET kind = 'organization' WHERE party_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE affiliation SET person_kind = 'organization' $$);

\echo == Who comes back has another row; two of one time are refused, unless at the end of a transaction they are not
UPDATE party_role SET until = '2025-01-01';
UPDATE affiliation SET since = '2020-01-01', until = '2022-01-01';
INSERT INTO party_role (party_id, role_code, since) VALUES (2, 'vendor', '2025-01-01');
INSERT INTO affiliation (person_id, organization_id, title, since) VALUES (3, 2, 'chief', '2023-01-01');
SELECT pg_temp.refused($$ INSERT INTO affiliation (person_id, organization_id, since, until) VALUES (3, 2, '2021-12-31', '2022-02-01') $$);
SELECT pg_temp.refused($$ UPDATE affiliation SET since = NULL WHERE title = 'chief' $$);
SELECT pg_temp.refused($$ INSERT INTO party_role (party_id, role_code, since, until) VALUES (2, 'vendor', '2024-12-31', '2025-01-01') $$);
INSERT INTO party_role (party_id, role_code, since) VALUES (2, 'school', '2024-12-31');
BEGIN;
SET CONSTRAINTS ALL DEFERRED;
UPDATE affiliation SET since = '2021-01-01' WHERE title = 'chief';
UPDATE affiliation SET until = '2021-01-01' WHERE title = 'architect';
COMMIT;
SELECT title, since, until FROM affiliation ORDER BY since;
INSERT INTO product (party_id, name) VALUES (2, 'Zeta'), (2, 'Alpha');
SELECT roles, organizations, products FROM party_list WHERE party_id IN (2, 3) ORDER BY party_id;

\echo == Contacts
SELECT pg_temp.refused($$ INSERT INTO contact (party_id, kind, address) VALUES (3, 'pigeon', 'roof') $$);
SELECT pg_temp.refused($$ INSERT INTO contact (party_id, kind) VALUES (3, 'email') $$);

\echo == What is in use is not deleted
SELECT pg_temp.refused($$ DELETE FROM party WHERE party_id = 2 $$);
-- of two keys that refuse, which one does so first is by chance
SELECT pg_temp.refused($$ WITH w AS (DELETE FROM wall_section_role WHERE role_code = 'vendor') DELETE FROM role WHERE role_code = 'vendor' $$);

\echo == Codes that SQL names stay, whoever names them; labels change, and all else goes
SELECT pg_temp.refused($$ DELETE FROM part WHERE part_code = 'guest_company' $$);
SELECT pg_temp.refused($$ UPDATE part SET part_code = 'guest' WHERE part_code = 'guest_company' $$);
SELECT pg_temp.refused($$ DELETE FROM status WHERE subject = 'event' AND status_code = 'recapped' $$);
SELECT pg_temp.refused($$ UPDATE template SET template_code = 'other' $$);
SET salon.lang = 'zh';
SELECT pg_temp.refused($$ UPDATE asset_kind SET asset_kind_code = 'banner' WHERE asset_kind_code = 'logo' $$);
RESET salon.lang;
UPDATE part SET name_en = 'guest', ordinal = 3 WHERE part_code = 'guest_company' RETURNING name_en, shipped;
INSERT INTO role (role_code, name_en) VALUES ('mentor', 'mentor'), ('guide', 'guide');
CREATE VIEW mentor AS SELECT party_id FROM party_role WHERE role_code = 'mentor';
SELECT pg_temp.refused($$ DELETE FROM role WHERE NOT shipped $$);
DROP VIEW mentor;
UPDATE role SET role_code = 'coach' WHERE role_code = 'mentor';
DELETE FROM role WHERE NOT shipped RETURNING role_code;

\echo == Venues and rooms
INSERT INTO city (city_code, name_en) VALUES ('hangzhou', 'Hangzhou');
INSERT INTO venue (city_code, name) VALUES ('hangzhou', 'Lake house');
INSERT INTO room (venue_id, name, capacity, equipment) VALUES (1, 'Hall', 80, 'projector:1, microphone:2');
SELECT pg_temp.refused($$ INSERT INTO venue (city_code, name) VALUES ('atlantis', 'Deep') $$);
SELECT pg_temp.refused($$ INSERT INTO room (venue_id, name, capacity) VALUES (1, 'Cell', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO room (venue_id, name) VALUES (1, 'Hall') $$);
SELECT pg_temp.refused($$ INSERT INTO room (venue_id, name) VALUES (7, 'Hall') $$);
SELECT pg_temp.refused($$ UPDATE room SET equipment = 'projector:-1' $$);
SELECT pg_temp.refused($$ DELETE FROM venue $$);

\echo == This community is one row
SELECT pg_temp.refused($$ INSERT INTO space (version) VALUES ('2') $$);
SELECT pg_temp.refused($$ INSERT INTO space (is_one, version) VALUES (false, '2') $$);
SELECT pg_temp.refused($$ UPDATE space SET time_zone = 'Shanghai' $$);
SELECT pg_temp.refused($$ UPDATE space SET time_zone = 'Asia/Atlantis' $$);
SELECT pg_temp.refused($$ UPDATE space SET time_zone = 'Nowhere/Land+5' $$);
SELECT pg_temp.refused($$ UPDATE space SET currency = 'yuan' $$);
SELECT pg_temp.refused($$ UPDATE space SET host_cost_from = -1 $$);
SELECT pg_temp.refused($$ UPDATE space SET host_cost_to = 2999.99 $$);

\echo == Nothing of that left a trace
SELECT (SELECT count(*) FROM party), (SELECT count(*) FROM party_role), (SELECT count(*) FROM affiliation),
       (SELECT count(*) FROM contact), (SELECT count(*) FROM room), (SELECT count(*) FROM role WHERE NOT shipped),
       (SELECT time_zone FROM space), (SELECT currency FROM space);

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_party', drop_rows => true);
