-- Pictures: what stands in each, with data and without; in Chinese; and what is
-- refused.  What they look like is for test/documents/picture.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_picture') \g /dev/null
SET search_path = s_picture, salon, public;

-- what of a picture is read, a line for each text
CREATE FUNCTION pg_temp.read(picture text) RETURNS SETOF text LANGUAGE sql
RETURN regexp_replace(string_to_table((regexp_match(picture, '<title>.*'))[1], E'\n'), '<[^>]*>', '', 'g');
CREATE FUNCTION pg_temp.shown(picture text, OUT line text) RETURNS SETOF text LANGUAGE sql
BEGIN ATOMIC
    SELECT l FROM pg_temp.read(picture) WITH ORDINALITY r (l, n) WHERE l <> '' AND l !~ '^\.salon' ORDER BY n;
END;

UPDATE space SET name_en = 'Club', name_zh = '俱乐部';
INSERT INTO city (city_code, name_en, name_zh, latitude, longitude) VALUES ('a', 'city A', '甲市', 30, 120), ('b', 'city B', '乙市', 40, 116.5), ('c', 'city C', '丙市', NULL, NULL);
INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'community A', '社区甲'), ('person', 'speaker B', '讲师乙'), ('organization', 'company C', '公司丙');
INSERT INTO party_role (party_id, role_code) VALUES (1, 'community'), (3, 'vendor');
INSERT INTO event (status_code, name_en, name_zh, introduction, starts_at, ends_at, city_code, planned_on_site, planned_online) VALUES
    ('planned', 'Spring <b>salon</b>', '春季沙龙', 'Talks & food.', '2031-03-08 13:30', '2031-03-08 17:30', 'a', 40, 0),
    ('idea', 'Some day', NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host'), (1, 3, 'sponsor');
INSERT INTO session (event_id, format_code, title_en, title_zh, starts_at, ends_at) VALUES (1, 'mini_talk', 'talk 1', '演讲一', '2031-03-08 13:30', '2031-03-08 14:10');
INSERT INTO speaker (session_id, person_id) VALUES (1, 2);
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'speaker', 2);
INSERT INTO demand (event_id, resource_code, quantity) VALUES (1, 'speaker', 3);
INSERT INTO demand (party_id, resource_code) VALUES (3, 'influence');
INSERT INTO commitment (event_id, giver_id, resource_code, quantity, amount) VALUES (1, 3, 'venue', 1, 3000);
UPDATE agreement SET status_code = 'signed';
INSERT INTO channel (party_id, platform_code) VALUES (1, (SELECT platform_code FROM platform ORDER BY ordinal LIMIT 1));
INSERT INTO post (event_id, channel_id, planned_at, planned_views) VALUES (1, 1, '2031-03-01 09:00', 500);
\set ECHO all

\echo == A poster; in Chinese; of an event of which nothing is known
SELECT pg_temp.shown(poster_svg(1));
SET salon.lang = zh;
SELECT pg_temp.shown(poster_svg(1));
SELECT pg_temp.shown(poster_svg(2));
RESET salon.lang;

\echo == A wall, light and dark as its placement
SELECT pg_temp.shown(logo_wall_svg('website'));
SELECT placement_code, logo_wall_svg(placement_code) ~ 'prefers-color-scheme' AS follows_the_reader, (regexp_match(logo_wall_svg(placement_code), '\.ground,[^{]*\{fill:(#[0-9a-f]{6})\}'))[1] AS ground
FROM placement ORDER BY ordinal;
UPDATE placement SET background = NULL WHERE placement_code = 'website';
SELECT logo_wall_svg('website') ~ 'prefers-color-scheme' AS follows_the_reader;

\echo -- up to 120 of a section; who is not to be shown is not
BEGIN;
INSERT INTO party (kind, name_en) SELECT 'organization', 'many ' || n FROM generate_series(1, 130) n;
INSERT INTO party_role (party_id, role_code) SELECT party_id, 'community' FROM party WHERE name_en LIKE 'many %';
INSERT INTO brand (party_id, is_shown) SELECT party_id, false FROM party WHERE name_en = 'many 1';
SELECT l, count(*) FROM pg_temp.shown(logo_wall_svg('website')) l WHERE l IN ('communities, and 10 more', 'many 1', 'many 2', 'many 120', 'many 121') GROUP BY l ORDER BY l;
ROLLBACK;

\echo == The checklist, in the middle of the work; before it; and without a time
SELECT pg_temp.shown(timeline_svg(1, '2031-02-20 12:00'));
SELECT l FROM pg_temp.shown(timeline_svg(1, '2020-01-01')) l WHERE l ~ 'today';
SELECT l FROM pg_temp.shown(timeline_svg(1, '2041-01-01')) l WHERE l ~ 'today|late';
SELECT pg_temp.shown(timeline_svg(2));
SELECT pg_temp.refused($$ SELECT timeline_svg(1, '294276-12-31 23:59:59+00') $$);

\echo == Who gives what to whom
SELECT pg_temp.shown(exchange_svg(1));
SELECT pg_temp.shown(exchange_svg(2));

\echo == Exposure
SELECT pg_temp.shown(exposure_svg(1));
SELECT pg_temp.shown(exposure_svg(2));

\echo == Cities
SELECT pg_temp.shown(city_svg());
UPDATE city SET latitude = NULL, longitude = NULL;
SELECT pg_temp.shown(city_svg());
\echo -- coordinates are those of a place on earth, and two
UPDATE city SET latitude = 91, longitude = 0 WHERE city_code = 'a';
UPDATE city SET latitude = 0, longitude = 181 WHERE city_code = 'a';
UPDATE city SET latitude = 0 WHERE city_code = 'a';

\echo == Planned and actual
SELECT pg_temp.shown(recap_svg(1));

\echo == A cancelled event
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 1;
SELECT l FROM pg_temp.shown(poster_svg(1)) l WHERE l ~ 'cancelled';
SELECT pg_temp.shown(timeline_svg(1));

\echo == Refused
SELECT pg_temp.refused('SELECT poster_svg(99)');
SELECT pg_temp.refused('SELECT timeline_svg(99)');
SELECT pg_temp.refused('SELECT exchange_svg(NULL)');
SELECT pg_temp.refused('SELECT exposure_svg(99)');
SELECT pg_temp.refused('SELECT recap_svg(99)');
SELECT pg_temp.refused($$ SELECT logo_wall_svg('moon') $$);
SELECT pg_temp.refused('SELECT logo_wall_svg(NULL)');

\echo == Texts in a width: Chinese is as wide as it is high, words stay whole, nothing closes at the head of a line
SELECT w, _svg_width(w) FROM unnest(ARRAY['', 'ill', 'mmm', 'ABC', '会议', '🎉']) w;
SELECT _svg_wrap('The quick brown fox jumps over the lazy dog', 10, 9);
SELECT _svg_wrap('从源码到生产，数据库内核、存储与优化器的一天', 7, 9);
SELECT _svg_wrap('从源码到生产，数据库内核、存储与优化器的一天', 7, 2);
SELECT _svg_wrap(repeat('a', 40), 10, 9);
SELECT _svg_wrap(' ', 10, 9), _svg_wrap('a', 0.1, 2), _svg_cut('abcdefgh', 3);

SET client_min_messages = warning;
SELECT salon.drop_space('s_picture', true);
