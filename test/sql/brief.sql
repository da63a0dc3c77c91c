-- Pages of an event: the brief with something in each of its 28 sections, in both
-- languages; of an event of which nothing is known, and of another template; what
-- attendees and organizers get; and what is refused.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SET TIME ZONE 'Asia/Shanghai';
SELECT salon.create_space('s_brief') \g /dev/null
SET search_path = s_brief, salon, public;
INSERT INTO city (city_code, name_en, name_zh) VALUES ('a', 'city A', '甲市');
INSERT INTO party (kind, name_en, name_zh, website, introduction) VALUES
    ('organization', 'community A', '社区甲', 'https://a.example/', NULL), ('organization', 'company B', '公司乙', 'https://b.example/?x=1&y=2', 'makes databases'),
    ('person', 'speaker C', '讲师丙', NULL, 'wrote the book'), ('person', 'helper D', '会务丁', NULL, NULL);
INSERT INTO affiliation (person_id, organization_id, title) VALUES (3, 2, 'engineer');
INSERT INTO venue (name, address, city_code) VALUES ('library', '1 Main Street', 'a');
INSERT INTO room (venue_id, name, capacity) VALUES (1, 'hall', 60);
INSERT INTO series (name_en, name_zh) VALUES ('kernel salon', '内核沙龙');
INSERT INTO event (series_id, name_en, name_zh, introduction, starts_at, ends_at, venue_id, city_code, planned_on_site, planned_online) VALUES
    (1, 'Spring salon', '春季沙龙', E'Talks, and food.\nCome early.', '2031-03-08 13:30', '2031-03-08 17:30', 1, 'a', 40, 500),
    (1, 'Summer salon', '夏季沙龙', NULL, '2031-06-07 13:30', '2031-06-07 17:30', NULL, 'a', NULL, NULL);
INSERT INTO event (template_code) VALUES ('salon'), ('campus_tour');
INSERT INTO event_party (event_id, party_id, part_code) VALUES
    (1, 1, 'host'), (1, 1, 'co_organizer'), (1, 2, 'live_sponsor'), (1, 2, 'venue_sponsor'), (1, 2, 'guest_company'), (1, 1, 'channel'), (4, 2, 'school');
INSERT INTO session (event_id, format_code, title_en, title_zh, abstract, room_id, starts_at, ends_at) VALUES
    (1, 'break', 'welcome', '签到', NULL, 1, '2031-03-08 13:30', '2031-03-08 14:00'),
    (1, 'mini_talk', 'How WAL works', 'WAL 如何工作', 'from a record to a page', 1, '2031-03-08 14:00', '2031-03-08 14:40');
INSERT INTO speaker (session_id, person_id) VALUES (2, 3);
INSERT INTO link (event_id, link_kind_code, name, url, is_qr_target) VALUES
    (1, 'page', NULL, 'https://a.example/spring', false), (1, 'registration', 'sign up', 'https://a.example/sign-up', false), (1, 'live', NULL, 'https://live.example/1', true),
    (1, 'group', 'group 1', 'https://group.example/1', true), (1, 'survey', NULL, 'https://survey.example/1', false), (1, 'replay', NULL, 'https://replay.example/1', false);
INSERT INTO notice (event_id, text_en, text_zh) VALUES (1, 'Bring a laptop', '请带笔记本电脑');
INSERT INTO asset (asset_kind_code, event_id, session_id, party_id, state, orientation, url, body)
SELECT v.kind, v.event_id, v.session_id, v.party_id, 'published', 'landscape', v.url, v.body
FROM (VALUES ('logo', NULL, NULL, 2, 'https://b.example/logo.svg', NULL), ('logo', NULL, NULL, 1, 'https://a.example/logo.svg', NULL), ('photo', NULL, NULL, 3, 'https://c.example/c.jpg', NULL),
             ('poster', 1, NULL, NULL, 'https://a.example/poster.png', NULL), ('copy', 1, NULL, NULL, NULL, 'It was a good day'), ('article', 1, NULL, NULL, 'https://a.example/article', NULL),
             ('photo', 1, NULL, 3, 'https://a.example/1.jpg', NULL), ('video', 1, NULL, NULL, 'https://a.example/1.mp4', NULL), ('slides', 1, 2, NULL, 'https://a.example/wal.pdf', NULL)) v (kind, event_id, session_id, party_id, url, body);
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 40);
INSERT INTO registration (event_id, side, seats, link_id) VALUES (1, 'on_site', 3, 2);
INSERT INTO shift (event_id, duty_code) VALUES (1, 'host'), (1, 'photo');
INSERT INTO event_duty (event_id, duty_code, party_id, status_code) VALUES (1, 'host', 4, 'confirmed'), (1, 'photo', 4, 'proposed');
INSERT INTO survey (event_id, link_id) VALUES (1, 5);
INSERT INTO question (survey_id, question_code, kind, text_en, text_zh) VALUES (1, 'liked', 'text', 'What did you like?', '你喜欢什么？');
INSERT INTO follow_up (event_id, plan) VALUES (1, 'every city of the north');
INSERT INTO package (event_id, name_en, name_zh, benefits, price) VALUES (1, 'gold', '金牌', 'logo_place:1', 10000);
INSERT INTO agreement (package_id, party_id, status_code) VALUES (1, 2, 'signed');
INSERT INTO commitment (event_id, giver_id, what) VALUES (1, 1, 'a cake for fifty');
INSERT INTO channel (party_id, platform_code, name) VALUES (1, 'official_account', 'news of A');
INSERT INTO post (event_id, channel_id, planned_at, posted_at) VALUES (1, 1, '2031-03-01 09:00', '2024-01-01 09:00');
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis) VALUES (1, 'tea', 2, 500, 450, 'claimed');
SELECT waive(1, 'C7', 'the hall says it') \g /dev/null
INSERT INTO event_item (event_id, name_en, done_evidence) VALUES (1, 'insurance', 'policy 17');
\set ECHO all

\echo == What is known of each of its 28 sections, and of an item of its own
SELECT brief_markdown(1);

\echo == In Chinese
SET salon.lang = zh;
SELECT line FROM string_to_table(brief_markdown(1), E'\n') line WHERE line <> '';
RESET salon.lang;

\echo == As jsonb
SELECT jsonb_pretty(brief(1) - 'sections');
SELECT jsonb_pretty(s) FROM jsonb_array_elements(brief(1) -> 'sections') s WHERE s ->> 'code' IN ('C12', 'C15');

\echo == As HTML: without its head, and of its sections the same two
SELECT line FROM string_to_table(brief_html(1), E'\n') WITH ORDINALITY l (line, n)
WHERE n <= 7 OR n BETWEEN (SELECT min(n) FROM string_to_table(brief_html(1), E'\n') WITH ORDINALITY x (line, n) WHERE line = '</head>') AND (SELECT min(n) FROM string_to_table(brief_html(1), E'\n') WITH ORDINALITY x (line, n) WHERE line ~ '^<section');
SELECT substring(brief_html(1) FROM '<section id="C12".*?</section>');

\echo == Nothing is known: each is missing
SELECT s ->> 'ordinal' AS n, s ->> 'title' AS section, s ->> 'state' AS state, s -> 'blocks' AS blocks, s ->> 'missing' AS missing, s ->> 'owner' AS owner, s ->> 'due' AS due FROM jsonb_array_elements(brief(3) -> 'sections') s;
SELECT brief_html(3) ~ '</html>$' AS html, (SELECT count(*) FROM regexp_matches(brief_markdown(3), '^> missing: [^;]+;', 'ng')) AS missing, attendee_page(3) -> 'sections' AS sections;

-- a place that is only promised so far
INSERT INTO commitment (event_id, giver_id, resource_code, status_code) VALUES (3, 2, 'venue', 'signed');
SELECT jsonb_path_query(brief(3), '$.sections[*] ? (@.code == "C11")');

\echo == A template of its own: a campus tour
SELECT string_agg(concat_ws(' ', s ->> 'code', s ->> 'title', s ->> 'state'), ', ' ORDER BY n) FROM jsonb_array_elements(brief(4) -> 'sections') WITH ORDINALITY s (s, n);
SELECT jsonb_path_query(brief(4), '$.sections[*] ? (@.code == "T2").blocks');

\echo == For attendees
SELECT page_markdown(attendee_page(1));

\echo == For organizers; what is to be seen of the moment left out
SELECT line FROM string_to_table(page_markdown(organizer_page(1)), E'\n') line WHERE line !~ '^- as of';
SELECT organizer_html(1) ~ '<table class="table">' AS html;

\echo == Cancelled, and after it took place
UPDATE event SET status_code = 'planned' WHERE event_id IN (1, 2);
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 2;
SELECT line FROM string_to_table(page_markdown(attendee_page(2)), E'\n') line WHERE line <> '';
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
UPDATE event SET starts_at = starts_at - interval '7 years', ends_at = ends_at - interval '7 years' WHERE event_id = 1;
UPDATE event SET status_code = 'held', actual_on_site = 38, on_site_basis = 'measured' WHERE event_id = 1;
SELECT jsonb_path_query(brief(1), '$.sections[*] ? (@.code == "C7").blocks[0].content');
SELECT jsonb_path_query(organizer_page(1), '$.sections[*] ? (@.code == "recap").blocks[0].content[0, 1]');

\echo == Any document of that form is a page; an address that is none is a text
SELECT page_html('{"title": "<b>", "sections": [{"code": "a", "title": "&", "blocks": [{"kind": "list", "content": [{"text": "x", "url": "javascript:alert(1)"}, {"text": "y", "url": "https://y.example/?a=1&b=2"}]}]}]}') ~ '<li>x</li><li><a href="https://y.example/\?a=1&amp;b=2">y</a></li>' AS html;
SELECT page_markdown('{"title": "*", "sections": [{"title": "#", "blocks": [{"kind": "text", "content": "a|b"}, {"kind": "list", "content": [{"text": "x", "url": "javascript:alert(1)"}]}]}]}');
SELECT page_html(NULL) IS NULL AS html, page_markdown(NULL) IS NULL AS markdown;

\echo == What is not there
SELECT pg_temp.refused($$ SELECT brief(99) $$);
SELECT pg_temp.refused($$ SELECT brief_html(NULL) $$);
SELECT pg_temp.refused($$ SELECT brief_markdown(99) $$);
SELECT pg_temp.refused($$ SELECT attendee_html(99) $$);
SELECT pg_temp.refused($$ SELECT organizer_html(99) $$);

SET client_min_messages = warning;
SELECT salon.drop_space('s_brief', true);
