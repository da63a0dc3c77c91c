-- Parties that were entered twice.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_merge');
SET search_path = s_merge, salon;
\set ECHO all

\echo == Who may be the same: names, addresses, numbers and home pages without what makes no difference
INSERT INTO city (city_code, name_en) VALUES ('hz', 'Hangzhou');
INSERT INTO party (kind, name_en, name_zh, website, city_code) VALUES
    ('organization', 'Acme', NULL, 'https://www.example.org/', NULL), ('organization', E'ACME\u00a0', '艾克', 'http://example.org', 'hz'),
    ('person', 'Ann', NULL, NULL, NULL), ('person', 'Ann Li', NULL, NULL, NULL), ('person', 'Acme', NULL, NULL, NULL);
INSERT INTO party_source (party_id, external_id) VALUES (2, 'o-2');
INSERT INTO contact (party_id, kind, address) VALUES (3, 'phone', '+86 138 0000 0001'), (4, 'phone', '13800000001'), (3, 'email', 'ann@example.org'), (4, 'email', 'Ann@Example.org '), (5, 'email', 'acme@example.org');
SELECT * FROM party_duplicate ORDER BY 1, 2;

\echo == What each of the two has: parts, an agreement that is signed, registrations by its channel, talks, duties
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('First', '2031-05-10 14:00+08', '2031-05-10 18:00+08'), ('Second', '2031-06-10 14:00+08', '2031-06-10 18:00+08');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'channel'), (1, 2, 'channel'), (2, 2, 'channel'), (1, 2, 'host');
INSERT INTO party_role (party_id, role_code) VALUES (1, 'vendor'), (2, 'vendor'), (2, 'school');
INSERT INTO affiliation (person_id, organization_id, title) VALUES (3, 1, 'CTO'), (4, 2, 'CTO'), (5, 2, 'CEO');
INSERT INTO seating (event_id, side) VALUES (1, 'on_site'), (2, 'on_site');
INSERT INTO registration (event_id, channel_party_id, party_id) VALUES (1, 1, 3), (1, 2, 4), (2, 2, NULL);
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (1, 2, 'venue', 1);
UPDATE agreement SET status_code = 'signed';
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, commitment_id) VALUES (1, 'venue', 2, 100, 1);
INSERT INTO session (event_id, format_code, starts_at, ends_at) VALUES (1, 'mini_talk', '2031-05-10 14:00+08', '2031-05-10 15:00+08'), (1, 'mini_talk', '2031-05-10 15:00+08', '2031-05-10 16:00+08');
INSERT INTO speaker (session_id, person_id) VALUES (1, 3), (1, 4), (2, 4);
INSERT INTO invitation (event_id, person_id) VALUES (1, 3), (1, 4), (2, 4);
INSERT INTO talk (event_id, format_code, title_en, submitter_id, organization_id) VALUES (1, 'mini_talk', 'T', 4, 2);
INSERT INTO talk_speaker (talk_id, person_id) SELECT 1, 3 WHERE NOT EXISTS (SELECT FROM talk_speaker WHERE person_id = 3);
INSERT INTO supplier_of (supplier_id, customer_id) VALUES (1, 2);
INSERT INTO apart (one_id, other_id) VALUES (3, 5), (4, 5), (3, 4);
INSERT INTO helper (party_id) VALUES (3), (4);
INSERT INTO remark (party_id, note) VALUES (2, 'of 2'), (3, 'of 3'), (4, 'of 4');
INSERT INTO remark (helper_id, note) VALUES (4, 'a helper');
INSERT INTO remark (event_party_id, note) SELECT event_party_id, concat_ws(' ', event_id, part_code) FROM event_party WHERE party_id = 2;

\echo == The one takes over what the other has, and says what is not there yet
SELECT * FROM merge_party(1, 2) ORDER BY 1;
SELECT party_id, name_en, name_zh, city_code, website, external_id FROM party LEFT JOIN party_source USING (party_id) WHERE kind = 'organization';
SELECT event_id, party_id, part_code FROM event_party ORDER BY 1, 2, 3;
SELECT party_id, event_party_id IS NOT NULL AS is_on_a_part, note FROM remark WHERE helper_id IS NULL ORDER BY note;
SELECT registration_id, channel_party_id FROM registration ORDER BY 1;
SELECT giver_id, status_code FROM commitment;
SELECT payer_id, commitment_id FROM cost;
SELECT person_id, organization_id, title FROM affiliation ORDER BY 1, 2;
SELECT * FROM merge_party(3, 4) ORDER BY 1;
SELECT party_id, helper_id, note FROM remark WHERE 3 IN (party_id, helper_id) ORDER BY note;
SELECT session_id, person_id FROM speaker ORDER BY 1, 2;
SELECT event_id, person_id FROM invitation ORDER BY 1, 2;
SELECT submitter_id, organization_id FROM talk;
SELECT kind, address FROM contact WHERE party_id = 3 ORDER BY 1;
SELECT one_id, other_id FROM apart;
SELECT person_id, organization_id FROM affiliation ORDER BY 1, 2;
SELECT count(*) FROM supplier_of;
SELECT keep_id, gone_id FROM party_merge;
SELECT subject, row_key, before, after FROM history WHERE after ? 'giver_id' AND operation = 'update';
SELECT count(*) FROM party_duplicate;

\echo == No column with parties is forgotten: none has one that is gone
SELECT string_agg(format('%s.%s', k.conrelid::regclass, k.conname), ', ') FROM pg_constraint k
WHERE k.contype = 'f' AND k.confrelid = 'party'::regclass AND k.conrelid <> 'interest'::regclass
  AND NOT EXISTS (SELECT FROM _party_column() c WHERE c.relation = k.conrelid AND c.attnum = ANY (k.conkey));
SELECT string_agg(format('SELECT %L FROM %I WHERE %I IN (2, 4)', table_name || '.' || column_name, table_name, column_name), ' UNION ALL ') AS look FROM _party_column() \gset
:look;

\echo == Parties as organizers look for them
SELECT party_id, party, kind, roles, organizations, city, contacts, events, last_event, next_event, next_on FROM party_list ORDER BY party_id;

\echo == What cannot be one
SELECT pg_temp.refused($$ SELECT * FROM merge_party(1, 3) $$);
SELECT pg_temp.refused($$ SELECT * FROM merge_party(1, 1) $$);
SELECT pg_temp.refused($$ SELECT * FROM merge_party(1, 2) $$);
SELECT pg_temp.refused($$ SELECT * FROM merge_party(NULL, 1) $$);
INSERT INTO party (kind, name_en) VALUES ('person', 'Bo'), ('person', 'Bob');
INSERT INTO session (event_id, format_code, starts_at, ends_at) VALUES (2, 'mini_talk', '2031-06-10 14:00+08', '2031-06-10 15:00+08'), (2, 'mini_talk', '2031-06-10 14:30+08', '2031-06-10 15:00+08');
INSERT INTO speaker (session_id, person_id) SELECT s.session_id, p.party_id FROM (VALUES ('14:00', 'Bo'), ('14:30', 'Bob')) v (hour, name) JOIN session s ON to_char(s.starts_at AT TIME ZONE 'Asia/Shanghai', 'HH24:MI') = v.hour AND s.event_id = 2 JOIN party p ON p.name_en = v.name;
SELECT pg_temp.refused($$ SELECT * FROM merge_party((SELECT party_id FROM party WHERE name_en = 'Bo'), (SELECT party_id FROM party WHERE name_en = 'Bob')) $$);
SELECT pg_temp.refused($$ UPDATE commitment SET giver_id = 3 $$);

\echo == Periods that overlap become one, from the first day that is known; those that touch stay two; nor is what refers to the two there twice
INSERT INTO party (party_id, kind, name_en) VALUES (20, 'organization', 'Old'), (21, 'organization', 'Old Inc'), (22, 'person', 'Cy'), (23, 'person', 'Di');
INSERT INTO affiliation (person_id, organization_id, title, since, until) VALUES
    (22, 20, 'k1', '2020-01-01', '2021-01-01'), (22, 20, 'k2', '2022-01-01', '2023-01-01'), (22, 20, 'k3', '2030-01-01', NULL),
    (22, 21, 'g1', '2020-06-01', '2022-06-01'), (22, 21, 'g2', '2022-06-01', '2023-02-01'), (22, 21, 'touches', '2023-02-01', '2023-06-01'),
    (23, 20, 'k', NULL, NULL), (23, 21, 'g', '2019-01-01', '2020-01-01');
INSERT INTO party_role (party_id, role_code, since, until) VALUES
    (20, 'vendor', '2020-01-01', '2021-01-01'), (21, 'vendor', '2020-06-01', NULL), (20, 'school', '2021-01-01', NULL), (21, 'school', '2020-01-01', '2021-01-01');
INSERT INTO series (name_en) VALUES ('Series');
INSERT INTO rotation (series_id, min_days_between) VALUES (1, 10);
INSERT INTO series_host (series_id, party_id) VALUES (1, 20), (1, 21);
INSERT INTO city (city_code, name_en) VALUES ('bj', 'Beijing');
INSERT INTO host_city (series_host_id, city_code) VALUES (1, 'hz'), (2, 'hz'), (2, 'bj');
SELECT * FROM merge_party(20, 21) ORDER BY 1;
SELECT series_host_id, city_code FROM host_city ORDER BY 2;
SELECT person_id, title, since, until FROM affiliation WHERE organization_id = 20 ORDER BY 1, 3;
SELECT role_code, since, until FROM party_role WHERE party_id = 20 ORDER BY 1, 2;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_merge', drop_rows => true);
