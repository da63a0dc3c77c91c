-- The logo wall: who is shown where and in which order, and what is missing.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_logo_wall');
SET search_path = s_logo_wall, salon;
\set ECHO all

INSERT INTO party (kind, name_en, website, introduction) VALUES
    ('organization', 'Vendor', 'https://vendor.example', 'makes a database'), ('organization', 'Maker', NULL, NULL), ('organization', 'Shy', NULL, NULL), ('organization', 'Club', NULL, NULL),
    ('organization', 'Paper', NULL, NULL), ('person', 'Ann', 'https://ann.example', 'speaks'), ('person', 'Bo', NULL, NULL), ('organization', NULL, NULL, NULL);
INSERT INTO party_role (party_id, role_code, until) VALUES (1, 'vendor', NULL), (2, 'ecosystem_company', NULL), (3, 'vendor', NULL), (4, 'community', NULL), (5, 'media', NULL), (5, 'vendor', '2020-01-01'),
    (8, 'user_company', NULL);
INSERT INTO brand (party_id, is_shown) VALUES (1, true), (3, false);
INSERT INTO product (party_id, name, website, introduction) VALUES (1, 'base', 'https://base.example', 'a database'), (3, 'hidden', NULL, NULL);
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('First', '2021-05-10 13:00+08', '2021-05-10 18:00+08'), ('Second', '2021-06-10 13:00+08', '2021-06-10 18:00+08'), ('Off', '2021-07-10 13:00+08', '2021-07-10 18:00+08');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host'), (2, 2, 'host'), (3, 1, 'host');
INSERT INTO session (event_id, format_code, title_en, starts_at, ends_at) VALUES (1, 'mini_talk', 'Planner', '2021-05-10 15:00+08', '2021-05-10 16:00+08'),
    (1, 'mini_talk', 'Storage', '2021-05-10 13:00+08', '2021-05-10 14:00+08'), (3, 'mini_talk', 'Never', '2021-07-10 13:00+08', '2021-07-10 14:00+08');
INSERT INTO speaker (session_id, person_id) VALUES (1, 6), (3, 7);
INSERT INTO link (event_id, link_kind_code, url) VALUES (1, 'recap', 'https://example.org/recap'), (1, 'replay', 'https://example.org/replay'), (3, 'replay', 'https://example.org/never');
UPDATE event SET status_code = 'planned';
UPDATE event SET status_code = 'announced';
UPDATE event SET status_code = 'held' WHERE event_id < 3;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 3;

\echo == Sections in order, each as they came, the latest salon first; not who refused, whose role is over, what was called off, who spoke there
SELECT section, place, name, owner, website, introduction FROM logo_wall WHERE placement_code = 'website' ORDER BY section_ordinal, place;

\echo == What an entry lacks, and who has it; the salons of which the replay is missing
SELECT section, name, owner, string_agg(missing, ', ' ORDER BY missing_code) AS missing FROM logo_wall_gap GROUP BY section_code, section, party_id, product_id, event_id, name, owner ORDER BY section_code, party_id, event_id;

\echo == The logo that fits the place best, none that is made for another background, none that is not published
INSERT INTO asset (asset_kind_code, party_id, state, url, orientation, background) VALUES
    ('logo', 1, 'published', 'https://vendor.example/any.svg', 'landscape', NULL), ('logo', 1, 'published', 'https://vendor.example/tall.svg', 'portrait', 'light'),
    ('logo', 1, 'published', 'https://vendor.example/light.svg', 'landscape', 'light'), ('logo', 2, 'published', 'https://maker.example/light.svg', NULL, 'light'), ('photo', 6, 'published', 'https://ann.example/ann.jpg', NULL, NULL);
INSERT INTO asset (asset_kind_code, product_id, party_id, state, url) SELECT 'logo', 1, 1, 'published', 'https://base.example/base.svg';
SELECT placement_code, name, picture_url FROM logo_wall WHERE section_code IN ('company', 'product', 'guest') AND name IS NOT NULL ORDER BY placement_code, section_ordinal, place;
SELECT name, missing FROM logo_wall_gap WHERE missing_code ~ 'logo|photo' AND section_code IN ('company', 'product', 'guest') AND name IS NOT NULL ORDER BY section_code, name, missing_code;

\echo == Where the placement says so who gave more comes first; no more than it has place for
INSERT INTO asset (asset_kind_code, party_id, url) VALUES ('logo', 4, 'https://club.example/draft.svg');
SELECT give(2, 1, amount => 500, basis => 'measured'), give(1, 1, amount => 100, basis => 'measured') \g /dev/null
SELECT placement_code, place, name FROM logo_wall WHERE section_code = 'company' ORDER BY placement_code, place;
UPDATE placement SET most_in_section = 1;
SELECT placement_code, section, name FROM logo_wall WHERE placement_code <> 'stage' ORDER BY placement_code, section_ordinal;

\echo == A section of the community itself, by role
INSERT INTO wall_section (section_code, ordinal, name_en, name_zh, source) VALUES ('school', 7, 'schools', '高校', 'party');
INSERT INTO wall_section_role (section_code, role_code) VALUES ('school', 'school');
INSERT INTO party_role (party_id, role_code) VALUES (4, 'school');
SELECT section, name FROM logo_wall WHERE placement_code = 'poster' AND party_id = 4 ORDER BY section_ordinal;

\echo == In Chinese
SET salon.lang = 'zh';
SELECT placement, section, name FROM logo_wall WHERE placement_code = 'poster' ORDER BY section_ordinal;
SELECT DISTINCT missing_code, missing FROM logo_wall_gap ORDER BY 1;
RESET salon.lang;

\echo == Refused
SELECT pg_temp.refused($$ UPDATE placement SET most_in_section = 0 $$);
SELECT pg_temp.refused($$ UPDATE placement SET background = 'pink' $$);
SELECT pg_temp.refused($$ UPDATE asset SET background = 'pink' $$);
SELECT pg_temp.refused($$ UPDATE brand SET url = 'here' $$);
SELECT pg_temp.refused($$ INSERT INTO wall_section (section_code, name_en, source) VALUES ('x', 'x', 'thing') $$);

\set ECHO none
SELECT salon.drop_space('s_logo_wall', drop_rows => true);
