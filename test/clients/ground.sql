-- What the web site is tried with: one event with everything and a hostile
-- title, one for the last seat, one that was called off, one that is planned.
\set QUIET on
SET client_min_messages = warning;
CREATE EXTENSION salon;
SELECT salon.create_space('club') \g /dev/null
SET search_path = club, salon, public;
SET TIME ZONE 'Asia/Shanghai';

INSERT INTO city (city_code, name_en, name_zh) VALUES ('hangzhou_test', 'Hangzhou', '杭州');
INSERT INTO party (kind, name_en, name_zh, website) VALUES ('organization', 'Community A', '社区甲', 'https://a.example/'), ('organization', 'Company B', '公司乙', NULL), ('person', 'Speaker C', '讲师丙', NULL);
INSERT INTO venue (name, address, city_code) VALUES ('library', '1 Main Street', 'hangzhou_test');
SELECT plan_event(n, z, starts_at => '2031-03-08 13:30+08', ends_at => '2031-03-08 17:30+08', planned_on_site => 40, host_id => 1)
FROM (VALUES (1, 'Spring <script>document.title="broken"</script> salon', '春季沙龙'), (2, 'Last seat', '最后一席'), (3, 'Called off', '取消的沙龙'), (4, 'Secret plans', '秘密筹备')) v (o, n, z) ORDER BY o \g /dev/null
UPDATE event SET venue_id = 1, city_code = 'hangzhou_test', introduction = 'an <b>afternoon</b> of kernels';
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 2, 'sponsor');
INSERT INTO asset (asset_kind_code, party_id, state, url) VALUES ('logo', 2, 'published', 'https://b.example/logo.svg');
INSERT INTO session (event_id, format_code, title_en, title_zh, starts_at, ends_at) VALUES (1, 'mini_talk', 'How WAL works', 'WAL 如何工作', '2031-03-08 13:30+08', '2031-03-08 14:10+08');
INSERT INTO speaker (session_id, person_id) VALUES (1, 3);
INSERT INTO link (event_id, link_kind_code, url) VALUES (1, 'live', 'https://live.example/1');
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 40), (1, 'online', NULL), (2, 'on_site', 1), (3, 'on_site', 5);
INSERT INTO event_check (event_id, check_code) SELECT n, 'ticket' FROM generate_series(1, 3) n ON CONFLICT DO NOTHING;
INSERT INTO survey (event_id, purpose) VALUES (1, 'registration');
INSERT INTO question (survey_id, question_code, ordinal, kind, text_en, text_zh) SELECT survey_id, 'wish', 1, 'text', 'What else?', '还有什么？' FROM survey WHERE purpose = 'registration';
UPDATE event SET status_code = 'announced' WHERE event_id <= 3;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'a secret reason' WHERE event_id = 3;
\set space club
\set party 1
\ir ../../demo/web/web.sql
