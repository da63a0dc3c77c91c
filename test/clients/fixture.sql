-- What clients are tried with: an event that is announced, with sessions,
-- speakers, registrations, a need and offers, one that is planned, and a role
-- of each level.
\set QUIET on
SET client_min_messages = warning;
CREATE EXTENSION salon;
SELECT salon.create_space('club') \g /dev/null
SET search_path = club, salon, public;
SET TIME ZONE 'Asia/Shanghai';

INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'Community A', '社区甲'), ('organization', 'Company B', '公司乙'),
    ('person', 'Speaker C', '讲师丙'), ('person', 'Ann', '安');
INSERT INTO contact (party_id, kind, address) VALUES (2, 'email', 'office@b.example'), (4, 'email', 'ann@guests.example');
SELECT plan_event('Spring salon', '春季沙龙', starts_at => '2031-03-08 13:30+08', ends_at => '2031-03-08 17:30+08', planned_on_site => 40, host_id => 1) \g /dev/null
SELECT plan_event('Secret plans', '秘密筹备', starts_at => '2031-06-08 13:30+08', ends_at => '2031-06-08 17:30+08', planned_on_site => 20, host_id => 1) \g /dev/null
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 2, 'sponsor');
INSERT INTO session (event_id, format_code, title_en, title_zh, starts_at, ends_at) VALUES
    (1, 'mini_talk', 'How WAL works', 'WAL 如何工作', '2031-03-08 13:30+08', '2031-03-08 14:10+08'),
    (1, 'mini_talk', 'How plans are made', '计划如何产生', '2031-03-08 14:10+08', '2031-03-08 14:50+08');
INSERT INTO speaker (session_id, person_id) VALUES (1, 3), (2, 3), (2, 4);
INSERT INTO supply (party_id, resource_code, quantity) VALUES (2, 'small_gift', 50), (2, 'tea', 1);
INSERT INTO demand (event_id, resource_code, quantity) VALUES (1, 'small_gift', 40);
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 3);
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
SELECT register(1, name => 'Bo', contact_kind => 'email', contact => 'bo@guests.example') \g /dev/null

CREATE ROLE clients_visitor LOGIN;
CREATE ROLE clients_member LOGIN;
CREATE ROLE clients_organizer LOGIN;
CREATE ROLE clients_application LOGIN;
SELECT salon.grant_access('club', 'clients_visitor', 'visitor'), salon.grant_access('club', 'clients_member', 'member', 2),
       salon.grant_access('club', 'clients_organizer', 'organizer'), salon.grant_access('club', 'clients_application', 'application') \g /dev/null
