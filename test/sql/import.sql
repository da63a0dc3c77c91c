-- Imports of parties, registrations and schedules.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_import');
SET search_path = s_import, salon;
SET timezone = 'America/New_York';
INSERT INTO city (city_code, name_en, name_zh) VALUES ('hz', 'Hangzhou', '杭州');
INSERT INTO venue (name) VALUES ('Hall');
INSERT INTO room (venue_id, name, changeover) VALUES (1, 'Main Room', 10), (1, '会议室 A', 0);
INSERT INTO event (name_en, starts_at, ends_at, venue_id) VALUES ('Conference', '2031-05-10 09:00+08', '2031-05-10 18:00+08', 1), ('Other', '2031-05-10 09:00+08', '2031-05-10 18:00+08', 1);
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 5);
\set ECHO all

\echo == Parties: persons may stand before their organization; what is imported twice changes nothing
\set parties '[{"external_id": "p1", "kind": "person", "name_zh": "张三", "email": " Zhang@Example.org ", "phone": "+86 138-0000-0001", "organization": "o1", "title": "CTO"}, {"external_id": "o1", "kind": "organization", "name_en": "Acme", "city": "杭州", "website": "https://example.org", "roles": "vendor；school"}, {"external_id": "p2", "kind": "person", "name_en": "Li Si", "note": ""}]'
SELECT * FROM import_parties(:'parties');
SELECT * FROM import_parties(:'parties');
SELECT f.external_id, p.kind, party_label(p.party_id), p.city_code, p.website, (SELECT string_agg(r.role_code, ',' ORDER BY r.role_code) FROM party_role r WHERE r.party_id = p.party_id) FROM party p JOIN party_source f USING (party_id) ORDER BY 1;
SELECT kind, address FROM contact ORDER BY 1, 2;
SELECT party_label(person_id), party_label(organization_id), title FROM affiliation;
SELECT * FROM import_parties('[{"external_id": "p1", "phone": "13800000001", "title": "CEO", "organization": "o1"}, {"external_id": "p2", "name_en": null}, {"external_id": "p3", "kind": "person", "name_en": "Wang Wu"}]');
SELECT title FROM affiliation;
UPDATE affiliation SET until = '2024-01-01';
UPDATE party_role SET until = '2024-01-01' WHERE role_code = 'school';
SELECT * FROM import_parties('[{"external_id": "p1", "title": "Advisor", "organization": "o1"}, {"external_id": "o1", "roles": "vendor;school"}]');
SELECT * FROM import_parties('[{"external_id": "p1", "title": "Advisor", "organization": "o1"}, {"external_id": "o1", "roles": "vendor;school"}]');
SELECT title, since = _today() AS from_today, until FROM affiliation ORDER BY affiliation_id;
SELECT role_code, since = _today() AS from_today, until FROM party_role ORDER BY role_code, until;

\echo == Every line that cannot be is named, and nothing is imported
\set bad '[{"external_id": "p1", "kind": "organization"}, {"kind": "person"}, 7, {"external_id": "x", "kind": "person", "city": "Nowhere", "roles": ["vendor", "king"], "website": "example.org", "phone": "none", "hobby": "chess", "organization": "o9"}, {"external_id": "x", "name_en": {"a": 1}, "title": "CTO"}]'
SELECT * FROM check_parties(:'bad');
SELECT pg_temp.refused(format('SELECT * FROM import_parties(%L)', :'bad'));
SELECT pg_temp.refused($$ SELECT * FROM import_parties('{}') $$);
SELECT count(*) FROM party;

\echo == Registrations: contacts count once, those without a seat wait
\set registrations '[{"external_id": 1, "name": "Ann", "email": "ann@example.org", "seats": 2, "asked_at": "2031-05-01 10:00", "party": "p2"}, {"external_id": 2, "name": "Bo", "phone": "13800000002"}, {"external_id": 3, "name": "Cy", "wechat": "cy", "seats": 3, "asked_at": "2031-05-01T10:00:00Z"}, {"external_id": 4, "email": "d@example.org", "status": "cancelled"}]'
SELECT * FROM import_registrations(1, :'registrations');
SELECT * FROM import_registrations(1, :'registrations');
SELECT external_id, side, r.seats, r.status_code, CASE WHEN asked_at > '2031-01-01' THEN asked_at AT TIME ZONE 'Asia/Shanghai' END AS asked_at, party_label(party_id), name, contact_kind, contact
FROM registration r LEFT JOIN attendee USING (registration_id) ORDER BY external_id;
SELECT * FROM import_registrations(1, '[{"external_id": "2", "status": "cancelled"}, {"external_id": "1", "seats": 1, "name": "Anna"}]');
SELECT external_id, r.seats, r.status_code, name FROM registration r LEFT JOIN attendee USING (registration_id) ORDER BY external_id;
SELECT * FROM check_registrations(1, '[{"external_id": "1", "side": "online"}, {"external_id": "8", "email": " ANN@example.org", "seats": "two", "asked_at": "9/3/2031 10:00", "status": "maybe", "party": "zz"}, {"external_id": "9", "phone": "x"}, {"external_id": "10", "wechat": "q"}, {"external_id": "11", "wechat": "Q "}]');
SELECT pg_temp.refused($$ SELECT * FROM import_registrations(1, '[{"external_id": "20"}, {"external_id": "21", "seats": 4, "status": "registered"}]') $$);
SELECT capacity, taken FROM seating WHERE event_id = 1;
SELECT * FROM check_registrations(1, '[{"external_id": "20", "seats": 2, "status": "registered"}, {"external_id": "3", "seats": 1}, {"external_id": "21", "seats": 9}, {"external_id": "22", "status": "registered"}, {"external_id": "23", "seats": 9, "status": "registered"}, {"external_id": "1", "status": "cancelled"}]');
SELECT pg_temp.refused($$ SELECT * FROM import_registrations(99, '[]') $$);
SELECT pg_temp.refused($$ SELECT * FROM check_registrations(NULL, '[]') $$);
BEGIN;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 1;
SELECT * FROM check_registrations(1, '[{"external_id": "1", "note": "tell her"}, {"external_id": "30"}, {"external_id": "4", "status": "registered"}, {"external_id": "3", "status": "cancelled"}]');
ROLLBACK;
SELECT count(*) FROM registration;

\echo == A schedule: local times, rooms and speakers by name
\set schedule '[{"external_id": "a", "format": "contest", "title_en": "Opening", "room": "main  room", "starts_at": "2031-05-10 09:00", "ends_at": "2031-05-10 10:00", "speakers": ["p1"]}, {"external_id": "b", "format": "mini_talk", "title_zh": "内核", "room": "会议室 A", "starts_at": "2031-05-10 09:00", "ends_at": "2031-05-10 10:00", "speakers": "li si; Wang Wu"}, {"external_id": "c", "format": "break"}]'
SELECT * FROM import_schedule(1, :'schedule');
SELECT * FROM import_schedule(1, :'schedule');
SELECT s.external_id, s.format_code, session_label(s.session_id), r.name, s.starts_at AT TIME ZONE 'Asia/Shanghai' AS starts_at, (SELECT string_agg(party_label(k.person_id), ', ' ORDER BY k.person_id) FROM speaker k WHERE k.session_id = s.session_id) AS speakers
FROM session s LEFT JOIN room r USING (room_id) ORDER BY 1;

\echo == Rooms and speakers change places; those that are taken are named before
SELECT * FROM import_schedule(1, '[{"external_id": "a", "room": "会议室 A", "speakers": "p2"}, {"external_id": "b", "room": "Main Room", "speakers": ["p1", "p3"]}]');
SELECT s.external_id, r.name, (SELECT string_agg(party_label(k.person_id), ', ' ORDER BY k.person_id) FROM speaker k WHERE k.session_id = s.session_id) AS speakers
FROM session s LEFT JOIN room r USING (room_id) ORDER BY 1;
SELECT * FROM check_schedule(1, '[{"external_id": "c", "room": "Main Room", "starts_at": "2031-05-10 10:05", "ends_at": "2031-05-10 10:30"}, {"external_id": "d", "format": "dinner", "room": "main room", "starts_at": "2031-05-10 10:20", "ends_at": "2031-05-10 11:30", "speakers": "Nobody"}, {"external_id": "e", "room": "Cellar", "starts_at": "2031-05-10 12:00", "ends_at": "10 May"}, {"external_id": "f", "format": "feast", "starts_at": "2031-05-10 12:00", "ends_at": "2031-05-10 11:00"}]');
SELECT * FROM check_schedule(2, '[{"external_id": "a", "format": "contest", "room": "Main Room", "starts_at": "2031-05-10 09:30", "ends_at": "2031-05-10 09:40", "speakers": "p1"}]');
SELECT pg_temp.refused($$ SELECT * FROM import_schedule(1, '[{"external_id": "d", "format": "dinner", "room": "Cellar"}]') $$);
SELECT count(*) FROM session;

\echo == A speaker who is elsewhere then is named before
INSERT INTO absence (person_id, starts_at, ends_at) SELECT party_id, '2031-05-10 15:00+08', '2031-05-10 16:00+08' FROM party_source WHERE external_id = 'p1';
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) SELECT v, 'check_in', party_id, '2031-05-10 15:00+08', '2031-05-10 16:00+08' FROM party_source, unnest(ARRAY[1, 2]) v WHERE external_id = 'p' || 4 - v;
\set elsewhere '[{"external_id": "g", "format": "mini_talk", "starts_at": "2031-05-10 15:30", "ends_at": "2031-05-10 16:30", "speakers": ["p1", "p2", "p3"]}]'
SELECT * FROM check_schedule(1, :'elsewhere');
SELECT pg_temp.refused(format('SELECT * FROM import_schedule(1, %L)', :'elsewhere'));
DELETE FROM event_duty;

\echo == An organizer of one event imports what is of it; parties are for administrators
CREATE ROLE regress_salon_importer;
CREATE ROLE regress_salon_importer_of_parties;
INSERT INTO event_party (event_id, party_id, part_code) SELECT 1, party_id, 'host' FROM party_source WHERE external_id = 'o1';
SELECT salon.grant_access('s_import', 'regress_salon_importer', 'organizer', party_id), salon.grant_access('s_import', 'regress_salon_importer_of_parties', 'administrator') FROM party_source WHERE external_id = 'o1' \g /dev/null
SET ROLE regress_salon_importer;
SELECT * FROM import_schedule(1, '[{"external_id": "h", "format": "mini_talk", "room": "Main Room", "starts_at": "2031-05-10 17:00", "ends_at": "2031-05-10 17:30", "speakers": "p1"}]');
SELECT * FROM import_registrations(1, '[{"external_id": "30", "name": "Di", "email": "di@example.org", "party": "p2"}]');
SELECT pg_temp.refused($$ SELECT * FROM import_schedule(2, '[]') $$);
SELECT pg_temp.refused($$ SELECT * FROM import_registrations(2, '[]') $$);
SELECT pg_temp.refused($$ SELECT * FROM import_parties('[{"external_id": "p9", "kind": "person", "name_en": "Zhou"}]') $$);
SET ROLE regress_salon_importer_of_parties;
SELECT * FROM import_parties('[{"external_id": "p9", "kind": "person", "name_en": "Zhou", "email": "zhou@example.org", "organization": "o1", "roles": "vendor"}, {"external_id": "p3", "note": "new"}]');
SELECT * FROM import_schedule(2, '[{"external_id": "z", "format": "mini_talk", "speakers": "Zhou"}]');
RESET ROLE;

\echo == What a table refuses comes with the line, and with what to do
ALTER TABLE party ADD CONSTRAINT party_website_is_its_own UNIQUE (website);
ALTER TABLE remark ADD CONSTRAINT remark_is_short CHECK (length(note) < 10);
UPDATE party SET website = 'https://example.org/1' WHERE party_id = (SELECT party_id FROM party_source WHERE external_id = 'p1');
SELECT pg_temp.refused($$ SELECT * FROM import_parties('[{"external_id": "p10", "kind": "person", "name_en": "One", "website": "https://example.org/1"}]') $$);
SELECT pg_temp.refused($$ SELECT * FROM import_parties('[{"external_id": "p10", "kind": "person", "name_en": "One", "note": "far too long"}]') $$);
ALTER TABLE remark DROP CONSTRAINT remark_is_short;
SET salon.lang = 'zh';
SELECT pg_temp.refused($$ SELECT * FROM import_parties('[{"external_id": "p10", "kind": "person", "name_en": "One", "website": "https://example.org/1"}]') $$);
RESET salon.lang;
ALTER TABLE party ADD size integer;
UPDATE party SET size = 1;
ALTER TABLE party ALTER size SET NOT NULL;
SELECT pg_temp.refused($$ SELECT * FROM import_parties('[{"external_id": "p10", "kind": "person", "name_en": "One"}]') $$);

\echo == Who is forgotten is not known to the other system either
SELECT forget(party_id) > 0 FROM party_source WHERE external_id = 'p2';
SELECT count(*) FROM party_source WHERE external_id = 'p2';

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_import', drop_rows => true);
DROP ROLE regress_salon_importer, regress_salon_importer_of_parties;
