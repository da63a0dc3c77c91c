-- The other programs, in a space of their own, on rows that are made up: a
-- hackathon, a certificate, interns, exchange without money, the logo wall and
-- introductions; in English and in Chinese.
\ir show/setup.psql
SELECT salon.create_space('programs') \g /dev/null
SET search_path = programs, salon;

INSERT INTO party (kind, name_en, name_zh, website) VALUES
    ('organization', 'school A (example)', '学校甲（示例）', NULL), ('organization', 'company X (example)', '企业甲（示例）', 'https://example.org'),
    ('organization', 'podcast (example)', '播客（示例）', NULL);
INSERT INTO party (kind, name_en, name_zh) SELECT 'person', 'student ' || n || ' (example)', '学生' || n || '（示例）' FROM generate_series(1, 4) n;
INSERT INTO party (kind, name_en, name_zh) SELECT 'person', 'judge ' || n || ' (example)', '评委' || n || '（示例）' FROM generate_series(1, 2) n;
INSERT INTO party_role (party_id, role_code) VALUES (1, 'school'), (2, 'vendor'), (3, 'media');
INSERT INTO affiliation (person_id, organization_id) VALUES (4, 1), (5, 1), (8, 1);

-- a hackathon: judge 1 is of the school of two members
INSERT INTO event (name_en, name_zh, starts_at, ends_at) VALUES ('Code Night (example)', '编程之夜（示例）', '2031-05-03 09:00+08', '2031-05-04 18:00+08');
INSERT INTO hackathon (event_id, focus, hours_a_person) VALUES (1, 'application', 16);
INSERT INTO hackathon_round (event_id, ordinal, name_en, name_zh, normalization) VALUES (1, 1, 'final', '决赛', 'none');
INSERT INTO criterion (hackathon_round_id, name_en, name_zh) VALUES (1, 'idea', '创意');
SELECT enter_team(1, 'Alpha', 4, members => '{5}'), enter_team(1, 'Beta', 6) \g /dev/null
SELECT submit_work(1, 'https://example.org/alpha'), submit_work(2, 'https://example.org/beta') \g /dev/null
INSERT INTO judge (event_id, person_id) VALUES (1, 8), (1, 9);
SELECT FROM assign_judges(1, judges_per_work => 1) \g /dev/null
INSERT INTO score (judging_id, criterion_id, points) SELECT judging_id, 1, 5 + team_id FROM judging;

-- a certificate, by whose number anybody sees what it is worth
INSERT INTO certification (organization_id, name_en, name_zh) VALUES (1, 'database (example)', '数据库（示例）');
INSERT INTO certification_level (certification_id, name_en, name_zh, valid_months) VALUES (1, 'associate', '初级', 24);
INSERT INTO certificate (certification_level_id, person_id, is_holder_shown) VALUES (1, 4, true);

-- interns: two who apply for two openings
INSERT INTO intake (name_en, name_zh, apply_by, rank_by) VALUES ('spring (example)', '春季（示例）', now() + interval '1 day', now() + interval '2 days');
INSERT INTO opening (intake_id, party_id, name_en, name_zh) VALUES (1, 2, 'engine', '引擎'), (1, 2, 'tools', '工具');
INSERT INTO applicant (intake_id, person_id) VALUES (1, 4), (1, 5);
INSERT INTO applicant_choice (applicant_id, opening_id, place) VALUES (1, 1, 1), (1, 2, 2), (2, 1, 1), (2, 2, 2);
INSERT INTO opening_choice (opening_id, applicant_id, place) VALUES (1, 2, 1), (1, 1, 2), (2, 1, 1);
UPDATE intake SET apply_by = now() - interval '2 hours', rank_by = now() - interval '1 hour';
SELECT FROM offer_round(1) \g /dev/null

-- exchange without money
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'student', 40), (2, 'job', 3), (3, 'promotion', NULL);
INSERT INTO demand (party_id, resource_code) VALUES (1, 'job'), (2, 'promotion'), (3, 'student');

-- whom one knows
INSERT INTO acquaintance (person_id, knows_id) VALUES (6, 4), (4, 5), (5, 2);

SET salon.lang = 'en';
\echo
\echo '=== THE OTHER PROGRAMS, on rows that are made up ==='
\echo
\ir show/programs.psql
SET salon.lang = 'zh';
\echo
\echo '=== 其他项目（数据均为示例）==='
\echo
\ir show/programs.psql
