-- The other programs, in English and in Chinese, in a space of their own, on rows
-- that are made up.
\ir show/setup.psql
SELECT salon.create_space('programs') \g /dev/null
SET search_path = programs, salon;

INSERT INTO party (kind, name_en, name_zh, website) VALUES
    ('organization', 'school A (example)', '学校甲（示例）', NULL), ('organization', 'company X (example)', '企业甲（示例）', 'https://example.org'),
    ('organization', 'podcast (example)', '播客（示例）', NULL);
INSERT INTO party (kind, name_en, name_zh) SELECT 'person', 'student ' || n || ' (example)', '学生' || n || '（示例）' FROM generate_series(1, 4) n;
INSERT INTO party (kind, name_en, name_zh) SELECT 'person', 'judge ' || n || ' (example)', '评委' || n || '（示例）' FROM generate_series(1, 2) n;
INSERT INTO party (kind, name_en, name_zh) VALUES ('person', 'dean (example)', '院长（示例）');
INSERT INTO party_role (party_id, role_code) VALUES (1, 'school'), (2, 'vendor'), (3, 'media');
INSERT INTO affiliation (person_id, organization_id) VALUES (4, 1), (5, 1), (8, 1);

-- a visit to the school, which says what it has and wants
SELECT plan_event('Visit (example)', '走访（示例）', '2031-04-10 14:00+08', '2031-04-10 16:00+08', host_id => 2, template_code => 'campus_tour') AS visit \gset
INSERT INTO event_party (event_id, party_id, part_code) VALUES (:visit, 1, 'school');
INSERT INTO affiliation (person_id, organization_id, kind) VALUES (10, 1, 'leader');
INSERT INTO acquaintance (person_id, knows_id) VALUES (9, 10);
SELECT hear(:visit, 1, offers => 'student:40', asks => 'job') \g /dev/null

-- a hackathon: judge 1 is of the school of two members
INSERT INTO event (name_en, name_zh, starts_at, ends_at) VALUES ('Code Night (example)', '编程之夜（示例）', '2031-05-03 09:00+08', '2031-05-04 18:00+08') RETURNING event_id AS night \gset
INSERT INTO hackathon (event_id, focus, hours_a_person) VALUES (:night, 'application', 16);
INSERT INTO hackathon_round (event_id, ordinal, name_en, name_zh, normalization) VALUES (:night, 1, 'final', '决赛', 'none');
INSERT INTO criterion (hackathon_round_id, name_en, name_zh) VALUES (1, 'idea', '创意');
SELECT enter_team(:night, 'Alpha', 4, members => '{5}'), enter_team(:night, 'Beta', 6) \g /dev/null
SELECT submit_work(1, 'https://example.org/alpha'), submit_work(2, 'https://example.org/beta') \g /dev/null
INSERT INTO judge (event_id, person_id) VALUES (:night, 8), (:night, 9);
SELECT FROM assign_judges(1, judges_per_work => 1) \g /dev/null
INSERT INTO score (judging_id, criterion_id, points) SELECT judging_id, 1, 5 + team_id FROM judging;
-- what it counts in the ledger, with an article that nobody accepted yet
SELECT credit_hackathon(:night) \g /dev/null
INSERT INTO contribution (party_id, contribution_kind_code, url) VALUES (4, 'article', 'https://example.org/article');

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
INSERT INTO supply (party_id, resource_code, quantity) VALUES (2, 'job', 3), (3, 'promotion', NULL);
INSERT INTO demand (party_id, resource_code) VALUES (2, 'promotion'), (3, 'student');

-- whom one knows
INSERT INTO acquaintance (person_id, knows_id) VALUES (6, 4), (4, 5), (5, 2);

SET salon.lang = 'en';
\echo
\echo '=== 6. THE OTHER PROGRAMS, on rows that are made up =========================================='
\echo
\ir show/programs.psql
SET salon.lang = 'zh';
\echo
\echo '=== 6. 其他项目（数据均为示例）==============================================================='
\echo
\ir show/programs.psql
