-- What documents are made of in their tests: one event with everything, in both
-- languages; one that is planned and one that was cancelled; and an event for
-- each hostile text, which stands wherever a text can.  Roles of each level.
\set QUIET on
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS salon;
SELECT salon.create_space('club') \g /dev/null
SET search_path = club, salon, public;
SET TIME ZONE 'Asia/Shanghai';

INSERT INTO city (city_code, name_en, name_zh) VALUES ('hangzhou_test', 'Hangzhou', '杭州');
INSERT INTO party (kind, name_en, name_zh, website) VALUES
    ('organization', 'Community A', '社区甲', 'https://community.example/甲?a=1&b=2'), ('organization', 'Company B', '公司乙', 'https://b.example'),
    ('person', 'Speaker C', '讲师丙', NULL), ('person', 'Speaker D', '讲师丁', NULL);
-- before there are rows for autovacuum to look at
DROP ROLE IF EXISTS documents_visitor, documents_form, documents_member, documents_application, documents_organizer, documents_administrator;
CREATE ROLE documents_visitor;
CREATE ROLE documents_form;
CREATE ROLE documents_member;
CREATE ROLE documents_application;
CREATE ROLE documents_organizer;
CREATE ROLE documents_administrator;
SELECT salon.grant_access('club', 'documents_' || l, l, p)
FROM (VALUES ('visitor', NULL), ('form', NULL), ('member', 2), ('application', NULL), ('organizer', 1), ('administrator', NULL)) v (l, p) \g /dev/null

INSERT INTO contact (party_id, kind, address) VALUES (1, 'email', 'secret@community.example'), (3, 'email', 'secret@c.example');
INSERT INTO venue (name, address, city_code) VALUES ('图书馆; "主楼", 一层', '文一西路 1 号', 'hangzhou_test');
INSERT INTO room (venue_id, name, capacity) VALUES (1, '报告厅', 100), (1, 'Room <2>', 20);
INSERT INTO series (name_en, name_zh, introduction, party_id) VALUES ('Kernel salons, in depth', '内核沙龙', '每季度一次', 1);
INSERT INTO event (series_id, name_en, name_zh, introduction, starts_at, ends_at, venue_id, city_code, planned_on_site, planned_online) VALUES
    (1, 'Spring salon', '春季沙龙：从源码到生产，数据库内核、存储与优化器的一天', E'一整天的分享；\n欢迎参加, bring a laptop.', '2031-03-08 09:30+08', '2031-03-09 17:30+08', 1, 'hangzhou_test', 40, 500),
    (1, 'Planned salon', '筹备中的沙龙', NULL, '2031-06-08 13:30+08', '2031-06-08 17:30+08', NULL, 'hangzhou_test', 40, 0),
    (1, 'Cancelled salon', '取消的沙龙', NULL, '2031-09-08 13:30+08', '2031-09-08 17:30+08', NULL, 'hangzhou_test', 0, 100),
    (NULL, 'Salon without a time', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host'), (1, 2, 'sponsor'), (2, 1, 'host'), (3, 1, 'host'), (4, 2, 'host');
INSERT INTO session (event_id, format_code, title_en, title_zh, abstract, room_id, starts_at, ends_at) VALUES
    (1, 'opening',   NULL, NULL, NULL, 1, '2031-03-08 09:30+08', '2031-03-08 10:00+08'),
    (1, 'mini_talk', 'How WAL works', 'WAL 如何工作', E'日志、检查点；\n恢复', 1, '2031-03-08 10:00+08', '2031-03-08 10:45+08'),
    (1, 'hands_on',  'Write an extension', '写一个扩展', NULL, 2, '2031-03-08 10:00+08', '2031-03-08 12:00+08'),
    (1, 'mini_talk', 'The second day', '第二天', NULL, 1, '2031-03-09 10:00+08', '2031-03-09 10:45+08'),
    (1, 'mini_talk', 'Without a time', '没有时间', NULL, NULL, NULL, NULL),
    (2, 'mini_talk', 'Planned talk', '筹备中的演讲', NULL, NULL, '2031-06-08 13:30+08', '2031-06-08 14:30+08');
INSERT INTO speaker (session_id, person_id) VALUES (2, 3), (3, 4), (4, 4), (6, 3);
INSERT INTO link (event_id, session_id, link_kind_code, name, url) VALUES
    (1, NULL, 'page', NULL, 'https://salon.example/春季?x=1&y=2'), (1, 2, 'page', NULL, 'https://salon.example/wal'), (1, NULL, 'live', NULL, 'https://live.example/1');
UPDATE event SET status_code = 'planned' WHERE event_id <= 3;
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'secret reason' WHERE event_id = 3;
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 40), (1, 'online', NULL);

-- one that is blank is no title
\ir ../sql/include/hostile.sql
DELETE FROM hostile WHERE NOT is_text(value);
UPDATE hostile SET value = left(value, 5000) WHERE kind = 'long'; -- test/pgtap/escape.sql has the whole of them
INSERT INTO series (series_id, name_en, introduction) SELECT 1000 + number, value, value FROM hostile;
INSERT INTO party (party_id, kind, name_en, introduction, website)
SELECT 1000 + number, 'organization', value, value, CASE WHEN value !~ '\s' THEN 'https://' || value END FROM hostile;
INSERT INTO party (party_id, kind, name_en, introduction) SELECT 2000 + number, 'person', value, value FROM hostile;
INSERT INTO venue (venue_id, name, address) SELECT 1000 + number, value, value FROM hostile;
INSERT INTO room (room_id, venue_id, name) SELECT 1000 + number, 1000 + number, left(value, 300) FROM hostile;
INSERT INTO event (event_id, series_id, name_en, introduction, starts_at, ends_at, venue_id)
SELECT 1000 + number, 1000 + number, value, value, timestamptz '2032-01-01 09:00+08' + number * interval '1 day', timestamptz '2032-01-01 12:00+08' + number * interval '1 day', 1000 + number FROM hostile;
INSERT INTO event_party (event_id, party_id, part_code) SELECT 1000 + number, 1000 + number, p FROM hostile, unnest(ARRAY['host', 'sponsor']) p;
INSERT INTO session (session_id, event_id, format_code, title_en, abstract, room_id, starts_at, ends_at)
SELECT 1000 + number, 1000 + number, 'mini_talk', value, value, 1000 + number, timestamptz '2032-01-01 09:00+08' + number * interval '1 day', timestamptz '2032-01-01 10:00+08' + number * interval '1 day' FROM hostile;
INSERT INTO speaker (session_id, person_id) SELECT 1000 + number, 2000 + number FROM hostile;
INSERT INTO link (event_id, link_kind_code, name, url)
SELECT 1000 + number, k, value, CASE WHEN value !~ '\s' THEN 'https://x.example/' || value END FROM hostile, unnest(ARRAY['page', 'live']) k;
UPDATE event SET status_code = 'planned' WHERE event_id > 1000;
UPDATE event SET status_code = 'announced' WHERE event_id > 1000;
