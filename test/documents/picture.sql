-- What pictures are made of beside ground.sql: each kind of thing that one shows,
-- with a name that is usual, and events whose every text is hostile.
\set QUIET on
SET client_min_messages = warning;
SET search_path = club, salon, public;
SET TIME ZONE 'Asia/Shanghai';
\ir ../sql/include/hostile.sql
DELETE FROM hostile WHERE NOT is_text(value);
UPDATE hostile SET value = left(value, 5000) WHERE kind = 'long';

UPDATE space SET name_en = 'Club', name_zh = '俱乐部';
UPDATE city SET latitude = 30.25, longitude = 120.17;
INSERT INTO city (city_code, name_en, name_zh, latitude, longitude) VALUES
    ('beijing', 'Beijing', '北京', 39.90, 116.40), ('chengdu', 'Chengdu', '成都', 30.57, 104.07), ('suzhou', 'Suzhou', '苏州', 31.30, 120.60), ('shanghai', 'Shanghai', '上海', 31.23, 121.47), ('nowhere', 'Nowhere', '无处', NULL, NULL);
INSERT INTO event (event_id, name_en, name_zh, starts_at, ends_at, city_code, status_code)
VALUES (501, 'Last salon', '上一期', '2021-03-08 13:30', '2021-03-08 17:30', 'shanghai', 'held');
UPDATE party SET website = NULL WHERE party_id = 2;
INSERT INTO party_role (party_id, role_code) VALUES (1, 'community'), (2, 'vendor');

-- of event 1: who gives and wants what, posts, what was planned
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'speaker', 2), (2, 'venue', 1), (2, 'prize', 5);
INSERT INTO demand (event_id, resource_code, quantity) VALUES (1, 'speaker', 3), (1, 'venue', 1), (1, 'tea', 1);
INSERT INTO demand (party_id, resource_code, priority) VALUES (2, 'influence', 4), (1, 'new_member', 3);
INSERT INTO supply (event_id, resource_code) VALUES (1, 'exposure');
INSERT INTO commitment (event_id, giver_id, kind, amount) VALUES (1, 2, 'money', 3000);
UPDATE agreement SET status_code = 'signed';
INSERT INTO channel (party_id, platform_code, name) SELECT v.party_id, (SELECT platform_code FROM platform ORDER BY ordinal LIMIT 1), v.name FROM (VALUES (1, '社区公众号'), (2, 'Company news')) v (party_id, name);
INSERT INTO post (event_id, channel_id, planned_at, posted_at, planned_views, actual_views, actual_basis)
SELECT 1, c.channel_id, v.planned_at::timestamptz, v.posted_at::timestamptz, 500, v.views, CASE WHEN v.views IS NOT NULL THEN 'measured' END
FROM (VALUES ('社区公众号', '2021-02-20 09:00', '2021-02-20 09:00', 1200), ('社区公众号', '2021-03-01 09:00', '2021-03-03 09:00', 400), ('Company news', '2021-03-06 09:00', NULL, NULL)) v (name, planned_at, posted_at, views)
JOIN channel c ON c.name = v.name;

-- events 3001 and on: everything that a picture shows of one says one hostile thing after the other
-- these come later, into the wall and the map
CREATE TABLE public.later AS SELECT 1000 + number AS party_id, 'hostile_' || number AS city_code, left(value, 1000) AS name_en, 20 + number % 20 AS latitude, 90 + number / 5 AS longitude FROM hostile;
INSERT INTO event (event_id, name_en, introduction, starts_at, ends_at, status_code, planned_on_site)
SELECT 3000 + number % 4, min(value) FILTER (WHERE kind IN ('html', 'xml')), min(value), '2031-05-08 13:30', '2031-05-08 17:30', 'planned', 20 FROM hostile GROUP BY number % 4;
INSERT INTO event_party (event_id, party_id, part_code) SELECT 3000 + n, 1, 'host' FROM generate_series(0, 3) n;
INSERT INTO event_item (event_id, name_en, due_at) SELECT 3000 + number % 4, left(value, 1000), timestamptz '2031-05-01' + number * interval '1 hour' FROM hostile;
INSERT INTO commitment (event_id, giver_id, kind, what) SELECT 3000 + number % 4, 1000 + number, 'work', left(value, 1000) FROM hostile;
INSERT INTO channel (party_id, platform_code, name) SELECT 1, (SELECT platform_code FROM platform ORDER BY ordinal LIMIT 1), left(value, 200) FROM hostile ON CONFLICT DO NOTHING;
INSERT INTO post (event_id, channel_id, planned_at) SELECT 3000 + row_number() OVER (ORDER BY channel_id) % 4, channel_id, '2031-05-01 09:00' FROM channel WHERE name NOT IN ('社区公众号', 'Company news');
INSERT INTO outcome_kind (outcome_kind_code, name_en) SELECT 'hostile_' || number, left(value, 300) FROM hostile;
INSERT INTO metric (event_id, name_en, fact, outcome_kind_code, target, kind) SELECT 3000 + number % 4, left(value, 300), 'outcomes', 'hostile_' || number, 3, 'process' FROM hostile;
