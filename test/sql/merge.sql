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

\echo == What the two promised each other is told: it is for who knows to take it back
INSERT INTO party (party_id, kind, name_en) VALUES (30, 'person', 'Eve'), (31, 'person', 'Eva');
INSERT INTO commitment (giver_id, taker_id, what) VALUES (30, 31, 'a lift') RETURNING agreement_id AS lift \gset
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = :lift;
SELECT pg_temp.refused($$ SELECT * FROM merge_party(30, 31) $$);
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = :lift;
SELECT pg_temp.refused($$ SELECT * FROM merge_party(31, 30) $$);
DELETE FROM agreement WHERE agreement_id = :lift;

\echo == Absences that overlap become one; those that touch stay two
INSERT INTO absence (absence_id, person_id, starts_at, ends_at) VALUES
    (30, 30, '2031-07-01', '2031-07-03'), (31, 30, '2031-07-05', '2031-07-07'), (32, 30, '2031-08-01', '2031-08-02'), (33, 30, '2031-09-01', '2031-09-03'),
    (34, 31, '2031-07-02', '2031-07-06'), (35, 31, '2031-07-06', '2031-07-09'), (36, 31, '2031-08-02', '2031-08-03'), (37, 31, '2031-09-01', '2031-09-03');
INSERT INTO remark (absence_id, note) VALUES (30, 'leave'), (32, 'a'), (33, 'same'), (34, 'trip'), (36, 'b'), (37, 'same');
SELECT * FROM merge_party(30, 31);
SELECT person_id, starts_at, ends_at, note FROM absence LEFT JOIN remark USING (absence_id) ORDER BY starts_at;
SELECT party_id, starts_at, ends_at, what FROM whereabouts WHERE party_id IN (30, 31) ORDER BY starts_at;

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

\echo == Whatever the gone one has, and however far it is, moves as it is
INSERT INTO party (party_id, kind, name_en) VALUES (40, 'organization', 'Firm'), (41, 'organization', 'Firm Ltd'), (42, 'person', 'Eve'), (43, 'person', 'Eve M.'),
    (44, 'organization', 'Host'), (45, 'person', 'Fay'), (46, 'person', 'Gus');
INSERT INTO industry (industry_code, name_en) VALUES ('energy', 'energy');
INSERT INTO event (event_id, name_en, starts_at, ends_at, series_id) VALUES (40, 'Third', '2031-07-10 14:00+08', '2031-07-10 18:00+08', 1);
INSERT INTO package (package_id, event_id, name_en, benefits, price, quantity) VALUES (40, 40, 'gold', 'logo_place:1', 100, 2);
INSERT INTO agreement (package_id, party_id, status_code) VALUES (40, 40, 'signed'), (40, 41, 'signed');
INSERT INTO supply (party_id, resource_code, quantity) VALUES (41, 'tea', 2), (41, 'case_study', NULL);
INSERT INTO demand (party_id, resource_code) VALUES (41, 'influence');
INSERT INTO commitment (event_id, giver_id, resource_code) VALUES (40, 41, 'tea');
INSERT INTO commitment (event_id, taker_id, resource_code) VALUES (40, 41, 'exposure');
UPDATE agreement SET status_code = 'signed' WHERE event_id = 40 AND status_code = 'proposed';
INSERT INTO commitment (series_id, giver_id, amount) VALUES (1, 41, 50);
INSERT INTO cost (event_id, cost_kind_code, payer_id, actual, actual_basis, commitment_id) SELECT 40, 'tea', 41, 30, 'measured', commitment_id FROM commitment WHERE event_id = 40 AND resource_code = 'tea';
INSERT INTO venue (venue_id, name, party_id) VALUES (40, 'Firm''s hall', 41);
INSERT INTO product (party_id, name) VALUES (40, 'base'), (41, 'base');
INSERT INTO channel (party_id, platform_code, name) SELECT v.party_id, min(p.platform_code), 'news' FROM platform p, (VALUES (40), (41)) v (party_id) GROUP BY v.party_id;
INSERT INTO party_industry (party_id, industry_code) VALUES (40, 'energy'), (41, 'energy');
INSERT INTO segment (segment_id, name_en, counts, industry_code) VALUES (40, 'energy', 'organizations', 'energy');
INSERT INTO target (party_id, segment_id) VALUES (40, 40), (41, 40);
INSERT INTO audience (event_id, party_id, planned) VALUES (NULL, 41, 10);
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis) SELECT v.party_id, min(i.attention_index_code), '2031-07-01', v.value, 'measured' FROM attention_index i, (VALUES (40, 5), (41, 6)) v (party_id, value) GROUP BY v.party_id, v.value;
INSERT INTO blackout (party_id, since, until) VALUES (41, '2031-01-01', '2031-02-01');
INSERT INTO metric (party_id, kind, name_en) VALUES (41, 'process', 'stars');
INSERT INTO outcome (event_id, outcome_kind_code, party_id, description) SELECT 40, min(outcome_kind_code), 41, 'x' FROM outcome_kind;
INSERT INTO asset (asset_kind_code, party_id, state, url) VALUES ('logo', 41, 'published', 'https://example.org/l.svg');
UPDATE series SET party_id = 41;
INSERT INTO season (season_id, series_id, starts_on, ends_on, cadence, time_zone, min_days_between) VALUES (40, 1, '2031-01-01', '2032-01-01', 'FREQ=MONTHLY', 'Asia/Shanghai', 10);
INSERT INTO series_host (series_id, party_id) VALUES (1, 41);
INSERT INTO season_host (season_id, party_id, lower, upper, possible, reason_code) VALUES (40, 41, 0, 1, 1, 'fair');
INSERT INTO event (event_id, name_en, starts_at, ends_at, series_id) VALUES (41, 'Fourth', '2031-08-10 14:00+08', '2031-08-10 18:00+08', 1);
INSERT INTO turn (season_id, series_id, starts_at, ends_at, party_id, event_id) VALUES (40, 1, '2031-08-10 14:00+08', '2031-08-10 18:00+08', 41, 41);
INSERT INTO event_party (event_id, party_id, part_code) VALUES (41, 41, 'host'), (40, 41, 'channel');
UPDATE event SET status_code = 'planned' WHERE event_id IN (40, 41);
UPDATE event SET status_code = 'announced' WHERE event_id IN (40, 41);
INSERT INTO seating (event_id, side) VALUES (40, 'on_site');
INSERT INTO registration (event_id, channel_party_id, party_id) VALUES (40, 41, 43);
INSERT INTO contact (party_id, kind, address) VALUES (41, 'email', 'a@example.org');
INSERT INTO supplier_of (supplier_id, customer_id) VALUES (41, 44), (44, 41);
CREATE ROLE regress_merge;
SELECT salon.grant_access('s_merge', 'regress_merge', 'member', 41), salon.grant_access('s_merge', 'regress_merge', 'member', 40),
       salon.grant_access('s_merge', 43, 'member', 44), salon.grant_access('s_merge', 43, 'organizer', 41), salon.grant_access('s_merge', 43, 'organizer', 40) \g /dev/null
INSERT INTO party_source (party_id, external_id) VALUES (41, 'o-41');
INSERT INTO remark (party_id, note) VALUES (41, 'of 41');
-- the person
INSERT INTO helper (party_id) VALUES (42), (43), (45);
INSERT INTO remark (helper_id, note) VALUES (43, 'helps much');
INSERT INTO party_skill (party_id, skill_code, level) SELECT 43, min(skill_code), 4 FROM skill;
INSERT INTO duty_preference (party_id, duty_code, preference) VALUES (43, 'photo', 1);
INSERT INTO availability (party_id, is_available, starts_at, ends_at) VALUES (43, true, '2031-07-10 08:00+08', '2031-07-10 20:00+08');
INSERT INTO absence (person_id, starts_at, ends_at) VALUES (43, '2031-09-10 08:00+08', '2031-09-10 20:00+08');
INSERT INTO event_duty (event_id, duty_code, party_id, status_code, value) VALUES (40, 'photo', 43, 'proposed', 3), (40, 'poster', 43, 'confirmed', NULL), (40, 'banner', 43, 'declined', NULL);
INSERT INTO event_item (event_id, name_en, phase_code, party_id) SELECT 40, 'cake', min(phase_code), 43 FROM phase;
INSERT INTO session (session_id, event_id, format_code, starts_at, ends_at) VALUES (40, 40, 'mini_talk', '2031-07-10 16:00+08', '2031-07-10 16:30+08');
INSERT INTO speaker (session_id, person_id) VALUES (40, 43);
INSERT INTO invitation (invitation_id, event_id, person_id, invited_by) VALUES (40, 40, 43, 45), (41, 40, 46, 43);
UPDATE invitation SET status_code = 'declined', decline_reason = 'no time' WHERE invitation_id = 40;
INSERT INTO invitation (invitation_id, event_id, person_id) VALUES (42, 41, 43);
UPDATE invitation SET status_code = 'confirmed' WHERE invitation_id = 42;
INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at) VALUES (42, 'train', 'hz', 'hz', '2031-08-09 08:00+08', '2031-08-09 12:00+08');
INSERT INTO talk (talk_id, event_id, format_code, title_en, submitter_id, organization_id) VALUES (40, 40, 'mini_talk', 'A', 45, NULL), (41, 40, 'mini_talk', 'B', 45, NULL), (42, 40, 'mini_talk', 'C', 43, 41), (43, 40, 'mini_talk', 'D', 42, NULL);
INSERT INTO party_role (party_id, role_code) SELECT 41, min(role_code) FROM role;
INSERT INTO affiliation (person_id, organization_id) VALUES (46, 41), (43, 44);
INSERT INTO talk_speaker (talk_id, person_id) VALUES (40, 46), (42, 43) ON CONFLICT DO NOTHING;
INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (40, 43, 5), (43, 43, 5), (40, 42, 2);
INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (41, 43, 4);
INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (40, 41, 43);
INSERT INTO event_check (event_id, check_code, side) VALUES (40, 'ticket', 'on_site');
INSERT INTO asset (asset_id, asset_kind_code, event_id, state, url) VALUES (40, 'photo', 40, 'published', 'https://example.org/p.jpg');
INSERT INTO asset_person (asset_id, person_id) VALUES (40, 43);
INSERT INTO consent (person_id, medium, status_code, entered_by) VALUES (43, 'photo', 'given', 41);
INSERT INTO contact (party_id, kind, address, entered_by) VALUES (1, 'other', 'pigeon', 41);
INSERT INTO survey (survey_id, event_id, name_en) VALUES (40, 40, 's');
INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (40, 'q', 'text', '?');
SELECT import_answers(40, '[{"respondent": "eve", "q": "x"}]') \g /dev/null
UPDATE respondent SET party_id = 43;
SELECT check_in(max(registration_id), 'ticket', party_id => 43) FROM registration \g /dev/null
-- the programs
INSERT INTO agreement (agreement_id, event_id) VALUES (90, 40);
INSERT INTO commitment (agreement_id, event_id, giver_id, taker_id, what) VALUES (90, 40, 41, 44, 'rooms'), (90, 40, 44, 41, 'tables');
INSERT INTO signature (agreement_id, party_id) VALUES (90, 41);
INSERT INTO certification (certification_id, organization_id, name_en) VALUES (40, 41, 'C');
INSERT INTO certification_level (certification_level_id, certification_id, minutes) VALUES (40, 40, 30);
INSERT INTO exam_question (exam_question_id, certification_level_id, kind, text_en) VALUES (40, 40, 'numeric', '1 + 1?');
INSERT INTO exam_key (exam_question_id, value) VALUES (40, 2);
INSERT INTO blueprint (certification_level_id, quantity) VALUES (40, 1);
INSERT INTO attempt (paper_id) SELECT draw_paper(40, 43);
INSERT INTO certificate (certification_level_id, person_id) VALUES (40, 43);
INSERT INTO certificate_miss (database_role, acting_id, begun_at, misses) VALUES ('regress_merge', 43, now(), 2), ('regress_merge', 42, now(), 1);
INSERT INTO course (course_id, certification_level_id, name_en) VALUES (40, 40, 'course');
INSERT INTO tutor (course_id, person_id) VALUES (40, 43), (40, 42);
INSERT INTO course_progress (course_id, person_id, tutor_id) SELECT 40, 46, tutor_id FROM tutor WHERE person_id = 43;
INSERT INTO course_progress (course_id, person_id) VALUES (40, 43);
INSERT INTO hackathon (event_id) VALUES (40), (41);
INSERT INTO track (track_id, event_id, name_en) VALUES (40, 40, 'track');
INSERT INTO problem (track_id, party_id, title_en) VALUES (40, 41, 'problem');
SELECT enter_team(40, 'Reds', 43), enter_team(40, 'Blues', 46, coach_id => 43) \g /dev/null
INSERT INTO judge (event_id, person_id) VALUES (41, 43);
INSERT INTO award (award_id, event_id, name_en, kind, party_id) VALUES (40, 40, 'award', 'person', 41);
INSERT INTO award_winner (award_id, person_id) VALUES (40, 43);
INSERT INTO contribution (party_id, contribution_kind_code, url) VALUES (43, 'article', 'https://example.org/a'), (42, 'article', 'https://example.org/a');
UPDATE contribution SET status_code = 'accepted' WHERE party_id = 43;
INSERT INTO contribution (party_id, contribution_kind_code, url) VALUES (45, 'article', 'https://example.org/b');
UPDATE contribution SET status_code = 'accepted', accepted_by = 43 WHERE party_id = 45;
INSERT INTO contribution (party_id, contribution_kind_code, url) VALUES (43, 'talk', 'https://example.org/c'), (42, 'talk', 'https://example.org/d'), (42, 'talk', 'https://example.org/e'), (43, 'talk', 'https://example.org/e');
UPDATE contribution SET status_code = 'accepted', accepted_by = CASE WHEN party_id = 42 THEN 43 WHEN url ~ 'c$' THEN 42 ELSE 45 END WHERE contribution_kind_code = 'talk';
INSERT INTO task_card (party_id, title_en) VALUES (41, 'task');
INSERT INTO intake (intake_id, name_en, apply_by, rank_by) VALUES (40, 'intake', '2031-01-01', '2031-02-01');
INSERT INTO opening (intake_id, party_id, name_en, mentor_id) VALUES (40, 41, 'opening', 43);
INSERT INTO applicant (intake_id, person_id) VALUES (40, 43), (40, 42);
INSERT INTO acquaintance (person_id, knows_id) VALUES (43, 46), (42, 46), (45, 43), (45, 42), (42, 43);
INSERT INTO introduction (introducer_id, party_id, to_id) VALUES (43, 45, 46), (45, 43, 46), (45, 46, 43);
INSERT INTO studio (party_id, school_id) VALUES (41, 44);
INSERT INTO party (party_id, kind, name_en) VALUES (47, 'organization', 'Studio');
INSERT INTO studio (party_id, school_id) VALUES (47, 41);
INSERT INTO joint_project (joint_project_id, school_id, kind, name_en, lead_id) VALUES (40, 41, 'book', 'book', 43);
INSERT INTO joint_project_party (joint_project_id, party_id) VALUES (40, 41);
INSERT INTO brand (party_id, is_shown) VALUES (40, true), (41, false);
SELECT string_agg(format('SELECT %L WHERE NOT EXISTS (SELECT FROM %I WHERE %I IN (41, 43))', table_name || '.' || column_name, table_name, column_name), ' UNION ALL ') AS look FROM _party_column()
WHERE table_name NOT IN ('apart', 'party_merge') \gset
\echo a column with parties that is not tried here:
:look;
SELECT * FROM merge_party(40, 41) ORDER BY 1;
SELECT * FROM merge_party(42, 43) ORDER BY 1;
SELECT string_agg(format('SELECT %L FROM %I WHERE %I IN (41, 43)', table_name || '.' || column_name, table_name, column_name), ' UNION ALL ') AS look FROM _party_column() \gset
\echo a column that has still the one that is gone:
:look;
SELECT party_id, package_id, status_code FROM agreement WHERE event_id = 40 ORDER BY agreement_id;
SELECT giver_id, taker_id, supply_id IS NOT NULL AS of_a_supply, demand_id IS NOT NULL AS for_a_demand FROM commitment WHERE event_id = 40 AND kind <> 'money' ORDER BY 1, 2, 3;
SELECT duty_code, party_id, status_code, value FROM event_duty WHERE party_id = 42 ORDER BY 1;
SELECT talk_id, score, void_code FROM talk_review WHERE reviewer_id = 42 ORDER BY 1;
SELECT preferred_id, voter_id, void_code FROM talk_vote;
SELECT event_id, part_code FROM event_party WHERE party_id = 40 ORDER BY 1, 2;
SELECT url, status_code, accepted_by, points FROM contribution WHERE party_id = 42 ORDER BY url;
SELECT person_id, learners FROM tutor;
DROP OWNED BY regress_merge;
DROP ROLE regress_merge;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_merge', drop_rows => true);
