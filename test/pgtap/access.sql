-- Access: what each level reads and writes, table by table, against a list
-- written by hand; then attacks.  Rows of two kinds stand in every table: one
-- of party 1 and its announced event 1, one of party 2 and its planned event 2, to
-- which party 1 promised something.
--
-- pg_prove -d DATABASE test/pgtap/access.sql

\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;

BEGIN;

SELECT salon.create_space('t_access') \g /dev/null
SET LOCAL search_path = t_access, salon, public;
CREATE ROLE t_visitor;
CREATE ROLE t_member;
CREATE ROLE t_organizer;
CREATE ROLE t_all;
CREATE ROLE t_admin;
CREATE ROLE t_form;
CREATE ROLE t_web;
CREATE ROLE t_nobody;

SELECT no_plan();

-- Synthetic rows: constraints between tables and triggers do not matter here.
SET LOCAL session_replication_role = replica;
INSERT INTO city (city_code, name_en) VALUES ('c1', 'city 1'), ('c2', 'city 2');
INSERT INTO party (party_id, kind, name_en) VALUES (1, 'organization', 'company A'), (2, 'organization', 'company B'), (3, 'organization', 'company C'),
                                                   (4, 'person', 'speaker 1'), (5, 'person', 'speaker 2'), (6, 'person', 'person 6');
INSERT INTO party_source (party_id, external_id) VALUES (1, 'x1'), (2, 'x2');
INSERT INTO party_role (party_id, role_code) VALUES (1, 'vendor'), (2, 'vendor');
INSERT INTO affiliation (person_id, organization_id) VALUES (4, 1), (5, 2);
INSERT INTO product (product_id, party_id, name) VALUES (1, 1, 'product 1'), (2, 2, 'product 2');
INSERT INTO contact (party_id, kind, address) VALUES (1, 'email', '1@example.org'), (2, 'email', '2@example.org'), (4, 'email', '4@example.org'), (5, 'email', '5@example.org');
INSERT INTO venue (venue_id, party_id, name, time_zone) VALUES (1, 1, 'venue 1', 'Asia/Shanghai'), (2, 2, 'venue 2', 'Asia/Shanghai');
INSERT INTO room (room_id, venue_id, name) VALUES (1, 1, 'room 1'), (2, 2, 'room 2');
INSERT INTO series (series_id, name_en) VALUES (1, 'series 1'), (2, 'series 2');
INSERT INTO event (event_id, series_id, venue_id, time_zone, name_en, status_code, starts_at, ends_at)
SELECT n, n, n, 'Asia/Shanghai', 'event ' || n, CASE n WHEN 1 THEN 'announced' ELSE 'planned' END, timestamptz '2031-01-01 18:00+08', timestamptz '2031-01-01 21:00+08' FROM generate_series(1, 2) n;
-- with event 2 party 1 has to do: it sees which that is, and of event 3 nothing
INSERT INTO event (event_id, time_zone, name_en, status_code) VALUES (3, 'Asia/Shanghai', 'event 3', 'planned');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host'), (2, 2, 'host');
INSERT INTO session (session_id, event_id, format_code, title_en) SELECT n, n, 'mini_talk', 'talk ' || n FROM generate_series(1, 2) n;
INSERT INTO speaker (session_id, person_id, during, event_id, event_is_off) VALUES (1, 4, 'empty', 1, false), (2, 5, 'empty', 2, false);
INSERT INTO link (event_id, link_kind_code, name) SELECT n, 'live', 'link ' || n FROM generate_series(1, 2) n;
INSERT INTO notice (event_id, text_en) SELECT n, 'notice ' || n FROM generate_series(1, 2) n;
INSERT INTO event_day (event_id, starts_at, ends_at) SELECT event_id, starts_at, ends_at FROM event WHERE event_id < 3;
INSERT INTO event_check (event_check_id, event_id, check_code) SELECT n, n, 'ticket' FROM generate_series(1, 2) n;
-- a published and a draft asset of each event, a logo of party 3, a photo of persons 4 and 6
INSERT INTO asset (asset_kind_code, event_id, party_id, state, url) VALUES
    ('poster', 1, NULL, 'published', 'https://example.org'), ('poster', 1, NULL, 'draft', NULL), ('poster', 2, NULL, 'published', 'https://example.org'), ('poster', 2, NULL, 'draft', NULL),
    ('logo', NULL, 3, 'published', 'https://example.org'), ('logo', NULL, 1, 'draft', NULL), ('photo', NULL, 4, 'published', 'https://example.org'), ('photo', NULL, 6, 'published', 'https://example.org');
INSERT INTO event_item (event_id, item_code, template_code) SELECT n, 'C1', 'salon' FROM generate_series(1, 2) n;
INSERT INTO shift (shift_id, event_id, duty_code) SELECT n, n, 'host' FROM generate_series(1, 2) n;
INSERT INTO event_duty (event_id, duty_code, party_id, shift_id, status_code) SELECT n, 'host', n, n, 'confirmed' FROM generate_series(1, 2) n;
INSERT INTO presence (party_id, during, event_id, is_exclusive, subject, subject_id) SELECT party_id, '{[2031-01-01,2031-01-02)}', event_id, true, 'event_duty', event_duty_id FROM event_duty;
INSERT INTO party_merge (keep_id, gone_id) VALUES (3, 99);
INSERT INTO supply (supply_id, party_id, event_id, resource_code, is_used_up) VALUES (1, 1, NULL, 'venue', true), (2, 2, NULL, 'venue', true), (3, NULL, 1, 'exposure', false), (4, NULL, 2, 'exposure', false);
INSERT INTO demand (demand_id, party_id, event_id, resource_code) VALUES (1, 1, NULL, 'influence'), (2, 2, NULL, 'influence'), (3, NULL, 1, 'venue'), (4, NULL, 2, 'venue');
INSERT INTO seating (event_id, side, capacity) SELECT n, 'on_site', 10 FROM generate_series(1, 2) n;
-- of event 1 one registration of party 1 and one of party 2
INSERT INTO registration (registration_id, event_id, status_code, asked_at, registered_at, party_id) VALUES (1, 1, 'registered', now(), now(), 1), (2, 2, 'registered', now(), now(), 2), (3, 1, 'registered', now(), now(), 2);
INSERT INTO attendee (registration_id, event_id, status_code, seats, name, contact_kind, contact)
SELECT registration_id, event_id, status_code, 1, 'attendee ' || registration_id, 'email', registration_id || '@example.org' FROM registration;
INSERT INTO moved_up (registration_id, seats, rule_code) SELECT registration_id, 1, 'first_fit' FROM registration;
INSERT INTO check_pass (registration_id, event_id, status_code, seats, event_check_id, passed_by) SELECT registration_id, event_id, 'registered', 1, event_id, 'x' FROM registration;
INSERT INTO session_seating (session_id, event_id, capacity, booked) VALUES (1, 1, 10, 2), (2, 2, 10, 1);
INSERT INTO booking (session_id, event_id, registration_id, status_code, seats) SELECT event_id, event_id, registration_id, 'registered', 1 FROM registration;
INSERT INTO package (package_id, event_id, series_id, name_en, benefits) VALUES (1, 1, NULL, 'package 1', 'booth:1'), (2, 2, NULL, 'package 2', 'booth:1'), (3, NULL, 1, 'package 3', 'booth:1'), (4, NULL, 2, 'package 4', 'booth:1');
INSERT INTO package_resource (package_id, resource_code, quantity) SELECT package_id, 'booth', 1 FROM package;
-- of each event its venue is promised; of event 1 a claim of party 2, of event 2 one of party 1 and one of party 2; a gift to the community
INSERT INTO agreement (agreement_id, event_id, package_id, party_id, edition, signer_id, status_code) VALUES
    (1, 1, NULL, NULL, NULL, 1, 'proposed'), (2, 2, NULL, NULL, NULL, 2, 'proposed'),
    (3, 1, 1, 2, 1, NULL, 'reserved'), (4, 2, 2, 1, 1, NULL, 'reserved'), (5, 2, 2, 2, 1, NULL, 'reserved'), (6, NULL, NULL, NULL, NULL, 1, 'proposed');
INSERT INTO commitment (commitment_id, agreement_id, event_id, status_code, giver_id, taker_id, kind, resource_code, is_exclusive, quantity, amount, supply_id, demand_id) VALUES
    (1, 1, 1, 'proposed', 1, NULL, 'in_kind', 'venue', false, 1, NULL, 1, 3), (2, 2, 2, 'proposed', 2, NULL, 'in_kind', 'venue', false, 1, NULL, 2, 4),
    (3, 3, 1, 'reserved', NULL, 2, 'in_kind', 'booth', false, 1, NULL, NULL, NULL), (4, 4, 2, 'reserved', NULL, 1, 'in_kind', 'booth', false, 1, NULL, NULL, NULL),
    (5, 5, 2, 'reserved', NULL, 2, 'in_kind', 'booth', false, 1, NULL, NULL, NULL), (6, 6, NULL, 'proposed', 1, NULL, 'money', NULL, NULL, NULL, 100, NULL, NULL);
INSERT INTO delivery (commitment_id, kind, quantity, amount) SELECT commitment_id, kind, quantity, amount FROM commitment WHERE commitment_id > 2;
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned) VALUES (1, 'tea', 2, 100), (2, 'tea', 1, 100), (2, 'tea', 2, 100);
INSERT INTO segment (segment_id, name_en, industry_code) VALUES (1, 'segment 1', 'operator'), (2, 'segment 2', 'operator');
INSERT INTO target (party_id, segment_id) VALUES (1, 1), (2, 2);
INSERT INTO party_industry (party_id, industry_code) VALUES (1, 'operator'), (2, 'operator');
INSERT INTO supplier_of (supplier_id, customer_id) VALUES (1, 3), (2, 3);
INSERT INTO audience (event_id, party_id, planned) VALUES (1, NULL, 1), (2, NULL, 1), (NULL, 1, 1), (NULL, 2, 1);
INSERT INTO reach (event_id, medium_code, planned_pv) SELECT n, 'article', 1 FROM generate_series(1, 2) n;
INSERT INTO channel (channel_id, party_id, platform_code, name) VALUES (1, 1, 'website', 'channel 1'), (2, 2, 'website', 'channel 2');
INSERT INTO follower_count (channel_id, counted_on, followers, basis) SELECT n, '2031-01-01', 1, 'measured' FROM generate_series(1, 2) n;
INSERT INTO post (event_id, channel_id, planned_at) VALUES (1, 2, now()), (2, 1, now()), (2, 2, now());
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis) SELECT n, 'wechat_index', '2031-01-01', 1, 'measured' FROM generate_series(1, 2) n;
INSERT INTO metric (party_id, event_id, series_id, kind, name_en) VALUES (1, NULL, NULL, 'process', 'a'), (2, NULL, NULL, 'process', 'b'), (NULL, 1, NULL, 'process', 'c'), (NULL, 2, NULL, 'process', 'd'), (NULL, NULL, 1, 'process', 'e');
INSERT INTO rotation (series_id, time_zone) VALUES (1, 'Asia/Shanghai'), (2, 'Asia/Shanghai');
INSERT INTO series_host (series_host_id, series_id, party_id) VALUES (1, 1, 1), (2, 2, 2);
INSERT INTO host_city (series_host_id, city_code) VALUES (1, 'c1'), (2, 'c1');
INSERT INTO host_wish (series_host_id, since, until) VALUES (1, '2031-01-01', '2031-02-01'), (2, '2031-01-01', '2031-02-01');
INSERT INTO blackout (party_id, since, until) VALUES (1, '2031-01-01', '2031-02-01'), (2, '2031-01-01', '2031-02-01');
INSERT INTO season (season_id, series_id, starts_on, ends_on, cadence, time_zone, min_days_between) SELECT n, n, '2031-01-01', '2031-12-31', 'FREQ=MONTHLY', 'UTC', 0 FROM generate_series(1, 2) n;
INSERT INTO season_host (season_id, party_id, lower, upper, possible, reason_code) SELECT n, n, 1, 1, 1, 'fair' FROM generate_series(1, 2) n;
INSERT INTO turn (season_id, series_id, time_zone, min_days_between, starts_at, ends_at, party_id) SELECT n, n, 'UTC', 0, '2031-01-01', '2031-01-02', n FROM generate_series(1, 2) n;
INSERT INTO event_format (event_id, format_code) SELECT n, 'mini_talk' FROM generate_series(1, 2) n;
INSERT INTO slot (event_id, room_id, starts_at, ends_at) SELECT n, n, '2031-01-01 18:00+08', '2031-01-01 19:00+08' FROM generate_series(1, 2) n;
-- talk 3 of event 2 is of party 1
INSERT INTO interest (person_id) VALUES (4), (5);
INSERT INTO talk (talk_id, event_id, title_en, submitter_id, submitter_edition) VALUES (1, 1, 'talk 1', 4, 0), (2, 2, 'talk 2', 5, 0), (3, 2, 'talk 3', 1, 0);
INSERT INTO talk_speaker (talk_id, person_id, person_edition) VALUES (1, 4, 0), (2, 5, 0), (3, 5, 0);
INSERT INTO talk_review (talk_id, event_id, talk_edition, reviewer_id, reviewer_edition, score, judged_at, judged_on) VALUES (1, 1, 0, 2, 0, 3, now(), now()), (2, 2, 0, 1, 0, 3, now(), now()), (2, 2, 0, 2, 0, 3, now(), now());
INSERT INTO talk_vote (event_id, preferred_id, preferred_edition, other_id, other_edition, voter_id, voter_edition, judged_at, judged_on) VALUES (1, 1, 0, 4, 0, 2, 0, now(), now()), (2, 2, 0, 3, 0, 1, 0, now(), now());
INSERT INTO invitation (invitation_id, event_id, person_id) VALUES (1, 1, 4), (2, 2, 1), (3, 2, 5);
INSERT INTO travel_leg (invitation_id, person_id, is_void, mode, from_city_code, to_city_code, departs_at, arrives_at)
SELECT invitation_id, person_id, false, 'train', 'c1', 'c2', '2031-01-01 10:00+08', '2031-01-01 12:00+08' FROM invitation;
INSERT INTO absence (person_id, starts_at, ends_at) SELECT n, '2031-01-01', '2031-01-02' FROM unnest(ARRAY[1, 5]) n;
INSERT INTO outcome (event_id, outcome_kind_code, description) SELECT n, 'kol', 'outcome ' || n FROM generate_series(1, 2) n;
INSERT INTO survey (survey_id, event_id) SELECT n, n FROM generate_series(1, 2) n;
INSERT INTO question (question_id, survey_id, purpose, question_code, kind, text_en) SELECT n, n, 'feedback', 'q', 'text', 'question ' || n FROM generate_series(1, 2) n;
INSERT INTO question_option (question_id, kind, option_code, name_en) SELECT n, 'choice', 'o', 'option ' || n FROM generate_series(1, 2) n;
INSERT INTO response (response_id, survey_id, event_id, purpose) SELECT n, n, n, 'feedback' FROM generate_series(1, 2) n;
INSERT INTO respondent (response_id, survey_id, respondent) SELECT n, n, 'respondent ' || n FROM generate_series(1, 2) n;
INSERT INTO answer (response_id, survey_id, question_id, kind, lowest, highest, body) SELECT n, n, n, 'text', '-Infinity', 'Infinity', 'answer ' || n FROM generate_series(1, 2) n;
-- team 2 of event 2 and a judge there are party 1
INSERT INTO hackathon (event_id) VALUES (1), (2);
INSERT INTO track (track_id, event_id, name_en) SELECT n, n, 'track ' || n FROM generate_series(1, 2) n;
INSERT INTO track_skill (track_id, skill_code) SELECT n, min(skill_code) FROM skill, generate_series(1, 2) n GROUP BY n;
INSERT INTO problem (problem_id, track_id, event_id, party_id, title_en) SELECT n, n, n, n, 'problem ' || n FROM generate_series(1, 2) n;
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en) SELECT n, n, 1, 'round ' || n FROM generate_series(1, 2) n;
INSERT INTO criterion (criterion_id, hackathon_round_id, name_en) SELECT n, n, 'criterion ' || n FROM generate_series(1, 2) n;
INSERT INTO team (team_id, event_id, most_members, name, captain_id) VALUES (1, 1, 5, 'team 1', 4), (2, 2, 5, 'team 2', 1), (3, 2, 5, 'team 3', 5);
INSERT INTO team_member (team_id, event_id, person_id, joined_at) SELECT team_id, event_id, captain_id, now() FROM team;
INSERT INTO round_team (hackathon_round_id, team_id, event_id) SELECT event_id, team_id, event_id FROM team;
INSERT INTO submission (hackathon_round_id, team_id, event_id, version, url, submitted_at) SELECT event_id, team_id, event_id, 1, 'https://example.org', now() FROM team;
INSERT INTO judge (judge_id, event_id, person_id) VALUES (1, 1, 5), (2, 2, 1), (3, 2, 2);
INSERT INTO judging (judging_id, hackathon_round_id, event_id, team_id, judge_id) VALUES (1, 1, 1, 1, 1), (2, 2, 2, 3, 2), (3, 2, 2, 2, 3);
INSERT INTO score (judging_id, hackathon_round_id, event_id, criterion_id, most, points, scored_at) SELECT judging_id, event_id, event_id, event_id, 10, 5, now() FROM judging;
INSERT INTO comparison (hackathon_round_id, event_id, judge_id, preferred_id, other_id, compared_at) VALUES (1, 1, 1, 1, 2, now()), (2, 2, 2, 2, 3, now()), (2, 2, 3, 2, 3, now());
INSERT INTO award (award_id, event_id, name_en) SELECT n, n, 'award ' || n FROM generate_series(1, 2) n;
INSERT INTO award_winner (award_id, event_id, kind, team_id) VALUES (1, 1, 'team', 1), (2, 2, 'team', 2), (2, 2, 'team', 3);
INSERT INTO contribution (party_id, contribution_kind_code, event_id, product_id, url) VALUES (1, 'article', NULL, NULL, 'https://example.org/1'), (2, 'article', NULL, 1, 'https://example.org/2'), (2, 'article', 1, NULL, NULL), (2, 'article', 2, NULL, NULL);
INSERT INTO assent (event_id, party_id) VALUES (1, 1), (1, 4), (2, 2), (2, 5);
INSERT INTO consent (person_id, status_code, said_on) VALUES (1, 'given', '2030-01-01'), (4, 'given', '2030-01-01'), (5, 'given', '2030-01-01');
INSERT INTO asset_person (asset_id, person_id) VALUES (1, 5), (3, 1), (4, 5);
INSERT INTO party_skill (party_id, skill_code) SELECT n, (SELECT min(skill_code) FROM skill) FROM generate_series(1, 2) n;
INSERT INTO helper (party_id) VALUES (1), (2);
INSERT INTO availability (party_id, is_available, starts_at, ends_at) SELECT n, true, '2031-01-01', '2031-01-02' FROM generate_series(1, 2) n;
INSERT INTO duty_preference (party_id, duty_code) SELECT n, 'host' FROM generate_series(1, 2) n;
INSERT INTO apart (one_id, other_id) VALUES (4, 5);
INSERT INTO room_hours (room_id, opens, closes) SELECT n, '08:00', '20:00' FROM generate_series(1, 2) n;
INSERT INTO history (at, by_role, login_role, transaction_id, event_id, subject, row_key, operation) SELECT now(), 'x', 'x', 1, n, 'event', n, 'update' FROM generate_series(1, 2) n;
INSERT INTO follow_up (event_id, plan) VALUES (1, 'plan 1'), (2, 'plan 2');
-- on what is of event 1 and of event 2, on what shows or is one's own, on parties
INSERT INTO remark (event_id, note) VALUES (1, 'HIDDEN_NOTE'), (2, 'HIDDEN_EVENT_HIDDEN_NOTE');
INSERT INTO remark (event_party_id, note) SELECT event_party_id, CASE event_id WHEN 2 THEN 'HIDDEN_EVENT_' ELSE '' END || 'HIDDEN_NOTE' FROM event_party;
INSERT INTO remark (agreement_id, note) SELECT agreement_id, CASE event_id WHEN 2 THEN 'HIDDEN_EVENT_' ELSE '' END || 'HIDDEN_NOTE' FROM agreement;
INSERT INTO remark (commitment_id, note) SELECT commitment_id, CASE event_id WHEN 2 THEN 'HIDDEN_EVENT_' ELSE '' END || 'HIDDEN_NOTE' FROM commitment;
INSERT INTO remark (talk_id, note) SELECT talk_id, CASE event_id WHEN 2 THEN 'HIDDEN_EVENT_' ELSE '' END || 'HIDDEN_NOTE' FROM talk;
INSERT INTO remark (supply_id, note) SELECT supply_id, CASE event_id WHEN 2 THEN 'HIDDEN_EVENT_' ELSE '' END || 'HIDDEN_NOTE' FROM supply;
INSERT INTO remark (party_id, note) VALUES (1, 'HIDDEN_NOTE'), (4, 'HIDDEN_NOTE');
INSERT INTO remark (helper_id, note) VALUES (1, 'HIDDEN_NOTE'), (2, 'HIDDEN_NOTE');
INSERT INTO region (region_code, name_en) VALUES ('r1', 'region 1');
INSERT INTO region_city (region_code, city_code) VALUES ('r1', 'c1');
INSERT INTO resource_conflict (one_code, other_code, scope) VALUES ('booth', 'naming', 'event');
INSERT INTO certification (certification_id, organization_id, name_en) VALUES (1, 1, 'certification 1'), (2, 2, 'certification 2');
INSERT INTO certification_level (certification_level_id, certification_id, level) VALUES (1, 1, 1), (2, 1, 2);
INSERT INTO certification_prerequisite (certification_level_id, required_id) VALUES (2, 1);
INSERT INTO certificate (certification_level_id, organization_id, person_id, number, name_en, issued_on)
SELECT 1, 3, n, '0000-0000-0000-0000-' || n, 'certificate ' || n, '2026-01-01' FROM unnest(ARRAY[1, 5]) n;
INSERT INTO course (course_id, certification_level_id, name_en) VALUES (1, 1, 'course');
-- party 1 tutors person 5, and is tutored by nobody
INSERT INTO tutor (tutor_id, course_id, person_id) VALUES (1, 1, 1), (2, 1, 6);
INSERT INTO course_progress (course_id, person_id, tutor_id, enrolled_on) VALUES (1, 1, NULL, '2026-01-01'), (1, 5, 1, '2026-01-01'), (1, 4, 2, '2026-01-01');
-- person 5 has a paper that it did not begin, party 1 one that it sits
INSERT INTO exam_tag (exam_tag_id, certification_level_id, name_en) VALUES (1, 1, 'tag');
INSERT INTO exam_question (exam_question_id, certification_level_id, kind, text_en) VALUES (1, 1, 'single', 'question 1'), (2, 1, 'single', 'question 2');
INSERT INTO exam_option (exam_option_id, exam_question_id, kind, text_en) SELECT n, n, 'single', 'option ' || n FROM generate_series(1, 2) n;
INSERT INTO exam_key (exam_question_id, kind, exam_option_id) SELECT n, 'single', n FROM generate_series(1, 2) n;
INSERT INTO exam_question_tag (exam_question_id, certification_level_id, exam_tag_id) VALUES (1, 1, 1);
INSERT INTO blueprint (certification_level_id, exam_tag_id, quantity) VALUES (1, 1, 1);
INSERT INTO paper (paper_id, certification_level_id, person_id) VALUES (1, 1, 1), (2, 1, 5);
INSERT INTO paper_question (paper_question_id, paper_id, certification_level_id, exam_question_id, kind, ordinal) SELECT n, n, 1, n, 'single', 1 FROM generate_series(1, 2) n;
INSERT INTO attempt (attempt_id, paper_id, person_id, certification_level_id, sitting, begun_at, ends_at)
VALUES (1, 1, 1, 1, 1, now(), now() + interval '1 day'), (2, 2, 5, 1, 1, now() - interval '2 days', now() - interval '1 day');
INSERT INTO attempt_answer (attempt_id, paper_question_id, exam_question_id, kind, exam_option_id) SELECT n, n, n, 'single', n FROM generate_series(1, 2) n;
INSERT INTO attempt_result (attempt_id, most, pass_mark, earned) VALUES (1, 2, 1, 1), (2, 2, 1, 1);
INSERT INTO certificate_miss (database_role, begun_at, misses) VALUES ('x', now(), 1);
-- party 1 knows 4 and is known by 5, applies, and has an opening for which 5 applies
INSERT INTO acquaintance (person_id, knows_id) VALUES (1, 4), (5, 6), (5, 1);
INSERT INTO introduction (introducer_id, party_id, to_id) VALUES (1, 4, 5), (5, 1, 4), (5, 4, 6);
INSERT INTO task_card (task_card_id, party_id, title_en, goal, acceptance, status_code) VALUES (1, 1, 'task 1', NULL, NULL, 'draft'), (2, 2, 'task 2', 'goal', 'acceptance', 'open'), (3, 2, 'task 3', NULL, NULL, 'draft');
INSERT INTO intake (intake_id, name_en, apply_by, rank_by) VALUES (1, 'intake', '2999-01-01', '2999-01-01');
INSERT INTO opening (opening_id, intake_id, party_id, name_en) SELECT n, 1, n, 'opening ' || n FROM generate_series(1, 2) n;
INSERT INTO opening_skill (opening_id, skill_code) SELECT n, (SELECT min(skill_code) FROM skill) FROM generate_series(1, 2) n;
INSERT INTO applicant (applicant_id, intake_id, person_id) VALUES (1, 1, 1), (2, 1, 5), (3, 1, 6);
INSERT INTO applicant_choice (intake_id, applicant_id, opening_id, place) VALUES (1, 1, 2, 1), (1, 2, 1, 1), (1, 3, 2, 1);
INSERT INTO opening_choice (intake_id, opening_id, applicant_id, place) VALUES (1, 1, 2, 1), (1, 2, 1, 1), (1, 2, 3, 2);
INSERT INTO offer (intake_id, opening_id, applicant_id, round, offered_at, answer_by) VALUES (1, 1, 2, 1, now(), '2999-01-01'), (1, 2, 1, 1, now(), '2999-01-01'), (1, 2, 3, 1, now(), '2999-01-01');
INSERT INTO studio (party_id, school_id) VALUES (1, 2), (6, 2);
INSERT INTO joint_project (joint_project_id, school_id, kind, name_en) SELECT n, n, 'book', 'project ' || n FROM generate_series(1, 2) n;
INSERT INTO joint_project_party (joint_project_id, party_id) VALUES (1, 3), (2, 3);
INSERT INTO brand (party_id) VALUES (1), (2);
INSERT INTO signature (agreement_id, party_id) VALUES (1, 1), (2, 2);
INSERT INTO city_activity (city_code, measured_on, activity) VALUES ('c1', '2031-01-01', 1);

SELECT salon.grant_access('t_access', 't_visitor', 'visitor'), salon.grant_access('t_access', 't_member', 'member', 1), salon.grant_access('t_access', 't_organizer', 'organizer', 1),
       salon.grant_access('t_access', 't_all', 'organizer'), salon.grant_access('t_access', 't_admin', 'administrator'),
       salon.grant_access('t_access', 't_form', 'form'), salon.grant_access('t_access', 't_web', 'application'),
       salon.grant_access('t_access', 1, 'organizer', 1), salon.grant_access('t_access', 3, 'organizer'), salon.grant_access('t_access', 6, 'administrator'),
       salon.revoke_access('t_access', 1) \g /dev/null
GRANT USAGE ON SCHEMA t_access TO t_nobody;

-- Words that must not be found: HIDDEN_EVENT in all that is of event 2 alone,
-- HIDDEN_PARTY in all that is of party 2 and persons 5 and 6, HIDDEN_NOTE in
-- remarks.
CREATE FUNCTION pg_temp.mark(relation text, rows text, word text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c text;
    form text;
BEGIN
    FOR c IN SELECT attname FROM pg_attribute WHERE attrelid = ('t_access.' || relation)::regclass AND attnum > 0 AND atttypid = 'text'::regtype AND attgenerated = '' AND attname !~ '_code$' LOOP
        FOREACH form IN ARRAY ARRAY['%s_%s_%s', 'https://%s/%s/%s'] LOOP
            BEGIN
                EXECUTE format('UPDATE t_access.%I SET %I = %L WHERE %s', relation, c, format(form, word, relation, c), rows);
                EXIT;
            EXCEPTION WHEN integrity_constraint_violation THEN NULL;
            END;
        END LOOP;
    END LOOP;
END
$$;
SELECT pg_temp.mark(relation, rows, word)
FROM (VALUES ('event', 'event_id = 3', 'HIDDEN_EVENT'), ('session', 'event_id = 2', 'HIDDEN_EVENT'), ('link', 'event_id = 2', 'HIDDEN_EVENT'),
             ('notice', 'event_id = 2', 'HIDDEN_EVENT'), ('event_party', 'event_id = 2', 'HIDDEN_EVENT'), ('asset', 'event_id = 2', 'HIDDEN_EVENT'),
             ('event_duty', 'event_id = 2', 'HIDDEN_EVENT'), ('supply', 'event_id = 2', 'HIDDEN_EVENT'), ('demand', 'event_id = 2', 'HIDDEN_EVENT'),
             ('agreement', 'event_id = 2', 'HIDDEN_EVENT'), ('commitment', 'event_id = 2', 'HIDDEN_EVENT'), ('attendee', 'event_id = 2', 'HIDDEN_EVENT'), ('package', 'series_id = 2', 'HIDDEN_EVENT'),
             ('registration', 'event_id = 2', 'HIDDEN_EVENT'), ('contact', 'party_id = 5', 'HIDDEN_EVENT'), ('cost', 'event_id = 2', 'HIDDEN_EVENT'),
             ('metric', 'event_id = 2', 'HIDDEN_EVENT'), ('post', 'event_id = 2', 'HIDDEN_EVENT'),
             ('reach', 'event_id = 2', 'HIDDEN_EVENT'), ('audience', 'event_id = 2', 'HIDDEN_EVENT'),
             ('event_item', 'event_id = 2', 'HIDDEN_EVENT'), ('delivery', 'commitment_id = 5', 'HIDDEN_EVENT'),
             ('talk', 'talk_id = 2', 'HIDDEN_EVENT'), ('talk_review', 'event_id = 2 AND reviewer_id = 2', 'HIDDEN_EVENT'), ('invitation', 'invitation_id = 3', 'HIDDEN_EVENT'),
             ('travel_leg', 'invitation_id = 3', 'HIDDEN_EVENT'), ('outcome', 'event_id = 2', 'HIDDEN_EVENT'), ('survey', 'event_id = 2', 'HIDDEN_EVENT'),
             ('question', 'survey_id = 2', 'HIDDEN_EVENT'), ('question_option', 'question_id = 2', 'HIDDEN_EVENT'), ('respondent', 'survey_id = 2', 'HIDDEN_EVENT'),
             ('answer', 'survey_id = 2', 'HIDDEN_EVENT'), ('consent', 'person_id = 5', 'HIDDEN_EVENT'), ('history', 'event_id = 2', 'HIDDEN_EVENT'),
             ('availability', 'party_id = 2', 'HIDDEN_PARTY'), ('duty_preference', 'party_id = 2', 'HIDDEN_PARTY'), ('apart', 'true', 'HIDDEN_PARTY'), ('absence', 'person_id = 5', 'HIDDEN_PARTY'),
             ('party', 'party_id IN (2, 5, 6)', 'HIDDEN_PARTY'), ('product', 'party_id = 2', 'HIDDEN_PARTY'), ('affiliation', 'person_id = 5', 'HIDDEN_PARTY'),
             ('supply', 'party_id = 2', 'HIDDEN_PARTY'), ('demand', 'party_id = 2', 'HIDDEN_PARTY'), ('contact', 'party_id = 2', 'HIDDEN_PARTY'),
             ('channel', 'party_id = 2', 'HIDDEN_PARTY'), ('asset', 'party_id = 6', 'HIDDEN_PARTY'), ('blackout', 'party_id = 2', 'HIDDEN_PARTY'),
             ('attendee', 'registration_id = 3', 'HIDDEN_PARTY'), ('venue', 'venue_id = 2', 'HIDDEN_PARTY'), ('room', 'venue_id = 2', 'HIDDEN_PARTY'),
             ('series', 'series_id = 2', 'HIDDEN_PARTY'), ('certificate', 'person_id = 5', 'HIDDEN_PARTY'), ('exam_question', 'exam_question_id = 2', 'HIDDEN_PARTY'), ('exam_option', 'exam_question_id = 2', 'HIDDEN_PARTY'), ('segment', 'segment_id = 2', 'HIDDEN_PARTY')) v (relation, rows, word) \g /dev/null
UPDATE follow_up SET plan = 'HIDDEN_NOTE';
UPDATE party_source SET external_id = external_id || '_HIDDEN_NOTE';
-- what a party promised, or is promised, it reads wherever that is
UPDATE commitment SET what = 'own' WHERE 1 IN (giver_id, taker_id);
SELECT cmp_ok((SELECT count(*) FROM (SELECT event::text AS t FROM event UNION ALL SELECT party::text FROM party UNION ALL SELECT package::text FROM package UNION ALL SELECT note FROM remark) x WHERE t ~ 'HIDDEN'),
              '>=', 8::bigint, 'there is something to hide');

-- Who is asked for something sees at which event, and by what: a promise, a claim, an invitation, a talk.
SET ROLE t_member;
SELECT is((SELECT count(*) FROM t_access._my_dealing WHERE event_id = 2), 4::bigint, 'party 1 has to do with event 2 by four things');
SELECT is((SELECT name_en FROM t_access.event WHERE event_id = 2), 'event 2', 'and sees which that is');
SELECT is((SELECT event FROM t_access.commitment_list WHERE agreement_id = 4), 'event 2', 'where it is told what it signs');
SELECT is((SELECT count(*) FROM t_access.session WHERE event_id = 2), 0::bigint, 'though not its page');
RESET ROLE;

-- What is expected: for visitor, member (of party 1), organizer (of party 1),
-- organizer of all and administrator how many rows each reads, inserts anew,
-- updates and deletes; a dot: no right to do that on any row.
CREATE TEMP TABLE expected (relation text PRIMARY KEY, visitor text, member text, organizer text, "all" text, admin text, form text);
INSERT INTO expected (relation, visitor, member, organizer, "all", admin) VALUES
    ('party',            '3 . . .', '3 . 1 .', '6 6 1 .', '6 6 0 .', '6 6 6 6'),
    ('party_role',       '1 . . .', '1 . . .', '2 . . .', '2 . . .', '2 2 2 2'),
    ('affiliation',      '1 . . .', '1 0 0 0', '2 2 0 0', '2 2 0 0', '2 2 2 2'),
    ('product',          '1 . . .', '1 1 1 1', '2 1 1 1', '2 0 0 0', '2 2 2 2'),
    ('contact',          '. . . .', '1 1 1 1', '2 2 1 1', '4 4 0 0', '4 4 4 4'),
    ('assent',           '. . . .', '1 . . .', '2 . . .', '4 . . .', '4 . 4 4'),
    ('venue',            '1 . . .', '1 . . .', '2 2 0 0', '2 2 2 2', '2 2 2 2'),
    ('room',             '1 . . .', '1 . . .', '2 2 0 0', '2 2 2 2', '2 2 2 2'),
    ('series',           '1 . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    -- who organizes may plan events, which event 2 is; its host is another matter
    ('event',            '1 . . .', '2 . . .', '2 3 1 1', '3 3 3 3', '3 3 3 3'),
    ('event_party',      '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('session',          '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('speaker',          '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('link',             '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('notice',           '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('event_day',        '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('event_check',      '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    -- published: the poster, the logo, the photo of the speaker
    ('asset',            '3 . . .', '4 1 1 1', '6 3 3 3', '8 4 4 4', '8 8 8 8'),
    -- of event 1 itself, its parts, promises, talks and supplies; of parties, and what they could give
    ('remark',           '. . . .', '. . . .', '14 12 8 8', '27 27 27 27', '27 27 27 27'),
    ('follow_up',        '. . . .', '. . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('party_source',     '. . . .', '. . . .', '2 . . .', '2 . . .', '2 2 2 2'),
    ('event_item',       '. . . .', '. . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('event_duty',       '. . . .', '1 . 1 .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('supply',           '. . . .', '1 1 1 1', '3 2 2 2', '4 2 2 2', '4 4 4 4'),
    ('demand',           '. . . .', '1 1 1 1', '3 2 2 2', '4 2 2 2', '4 4 4 4'),
    -- proposed is no answer
    -- of its own party, at events of others, an organizer signs or declines as a member does
    ('agreement',        '. . . .', '3 . 0 .', '4 2 0 2', '6 6 6 6', '6 6 6 6'),
    ('commitment',       '. . . .', '3 . . .', '4 2 2 2', '6 6 6 6', '6 6 6 6'),
    -- free seats show to who registers
    ('seating',          '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    -- an update by a member only cancels
    ('registration',     '. . . .', '1 1 0 .', '2 2 2 2', '3 3 3 3', '3 3 3 3'),
    ('attendee',         '. . . .', '1 1 1 1', '2 2 2 2', '3 3 3 3', '3 3 3 3'),
    ('moved_up',         '. . . .', '1 . . .', '2 . . .', '3 . . .', '3 . . .'),
    ('check_pass',       '. . . .', '1 . . .', '2 2 2 2', '3 3 3 3', '3 3 3 3'),
    -- free places show where the session does; a member books for its registrations only
    ('session_seating',  '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('booking',          '. . . .', '1 1 1 .', '2 2 2 2', '3 3 3 3', '3 3 3 3'),
    -- a member reads the package that it claimed; an organizer those of the series
    ('package',          '. . . .', '1 . . .', '3 1 1 1', '4 4 4 4', '4 4 4 4'),
    ('package_resource', '. . . .', '1 . . .', '3 . . .', '4 . . .', '4 . . .'),
    ('delivery',         '. . . .', '2 . . .', '3 1 1 1', '4 4 4 4', '4 4 4 4'),
    ('cost',             '. . . .', '1 . . .', '2 1 1 1', '3 3 3 3', '3 3 3 3'),
    ('audience',         '. . . .', '1 . . .', '2 1 1 1', '4 4 4 4', '4 4 4 4'),
    ('reach',            '. . . .', '. . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('post',             '. . . .', '1 . . .', '2 1 1 1', '3 3 3 3', '3 3 3 3'),
    ('metric',           '. . . .', '1 . . .', '2 1 1 1', '5 5 5 5', '5 5 5 5'),
    ('shift',            '. . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('event_format',     '. . . .', '. . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('slot',             '. . . .', '. . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    -- a member submits and changes talks of events that show; its own at event 2 it reads and withdraws
    ('talk',             '. . . .', '1 0 1 .', '2 1 2 1', '3 3 3 3', '3 3 3 3'),
    ('talk_speaker',     '. . . .', '1 . . .', '2 1 1 1', '3 3 3 3', '3 3 3 3'),
    ('talk_review',      '. . . .', '1 . . .', '2 1 1 1', '3 3 3 3', '3 3 3 3'),
    ('talk_vote',        '. . . .', '1 . . .', '2 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('interest',         '. . . .', '. . . .', '0 . . .', '2 . . .', '2 . . .'),
    ('invitation',       '. . . .', '1 . 0 .', '2 1 0 1', '3 3 3 3', '3 3 3 3'),
    ('travel_leg',       '. . . .', '1 . . .', '2 1 1 1', '3 3 3 3', '3 3 3 3'),
    ('outcome',          '. . . .', '. . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('survey',           '0 . . .', '0 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('question',         '0 . . .', '0 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('question_option',  '0 . . .', '0 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('response',         '. . . .', '0 0 0 0', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('respondent',       '. . . .', '. . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('answer',           '. . . .', '0 0 0 0', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    -- party 1 and speaker 4 agreed to take part in event 1
    ('consent',          '. . . .', '1 1 1 1', '2 2 1 1', '3 3 0 0', '3 3 3 3'),
    ('asset_person',     '. . . .', '1 . . .', '2 1 1 1', '3 3 3 3', '3 3 3 3'),
    ('history',          '. . . .', '. . . .', '1 . . .', '2 . . .', '2 . 2 2'),
    ('party_skill',      '. . . .', '1 1 1 1', '2 1 1 1', '2 0 0 0', '2 2 2 2'),
    ('helper',           '. . . .', '1 1 1 1', '2 1 1 1', '2 0 0 0', '2 2 2 2'),
    ('availability',     '. . . .', '1 1 1 1', '2 1 1 1', '2 0 0 0', '2 2 2 2'),
    ('duty_preference',  '. . . .', '1 1 1 1', '2 1 1 1', '2 0 0 0', '2 2 2 2'),
    ('absence',          '. . . .', '1 1 1 1', '2 1 1 1', '2 0 0 0', '2 2 2 2'),
    ('party_merge',      '. . . .', '. . . .', '1 0 0 0', '1 1 1 1', '1 1 1 1'),
    ('apart',            '. . . .', '. . . .', '1 0 0 0', '1 1 1 1', '1 1 1 1'),
    ('room_hours',       '. . . .', '. . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('party_industry',   '. . . .', '1 . . .', '2 . . .', '2 . . .', '2 2 2 2'),
    ('supplier_of',      '. . . .', '1 . . .', '2 . . .', '2 . . .', '2 2 2 2'),
    ('target',           '. . . .', '1 1 1 1', '2 1 1 1', '2 0 0 0', '2 2 2 2'),
    ('channel',          '. . . .', '1 1 1 1', '2 1 1 1', '2 0 0 0', '2 2 2 2'),
    ('follower_count',   '. . . .', '1 . . .', '2 . . .', '2 . . .', '2 2 2 2'),
    ('index_value',      '. . . .', '1 . . .', '2 . . .', '2 . . .', '2 2 2 2'),
    ('segment',          '. . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('rotation',         '. . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('series_host',      '. . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('host_city',        '. . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('host_wish',        '. . . .', '1 1 1 1', '2 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('blackout',         '. . . .', '1 1 1 1', '2 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('season',           '. . . .', '. . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('season_host',      '. . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('turn',             '. . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    -- everybody sees what can be certified; of certificates one's own
    ('certification',    '2 . . .', '2 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('certification_level', '2 . . .', '2 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('certification_prerequisite', '1 . . .', '1 . . .', '1 0 0 0', '1 1 1 1', '1 1 1 1'),
    ('certificate',      '. . . .', '1 . 1 .', '1 . 1 .', '0 . 0 .', '2 2 2 2'),
    ('certificate_miss', '. . . .', '. . . .', '0 . . .', '1 . . .', '1 . . .'),
    ('course',           '1 . . .', '1 . . .', '1 0 0 0', '1 1 1 1', '1 1 1 1'),
    ('tutor',            '2 . . .', '2 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('course_progress',  '. . . .', '2 1 2 .', '2 1 2 .', '0 0 0 .', '3 3 3 3'),
    ('exam_tag',         '1 . . .', '1 . . .', '1 0 0 0', '1 1 1 1', '1 1 1 1'),
    ('blueprint',        '1 . . .', '1 . . .', '1 0 0 0', '1 1 1 1', '1 1 1 1'),
    -- the bank is for administrators; who sits a paper sees its questions, and no right answer
    ('exam_question',    '. . . .', '1 . . .', '1 . . .', '0 . . .', '2 2 2 2'),
    ('exam_option',      '. . . .', '1 . . .', '1 . . .', '0 . . .', '2 2 2 2'),
    ('exam_question_tag', '. . . .', '. . . .', '0 . . .', '0 . . .', '1 1 1 1'),
    ('exam_key',         '. . . .', '. . . .', '0 . . .', '0 . . .', '2 2 2 2'),
    ('paper',            '. . . .', '1 . . .', '1 . . .', '0 . . .', '2 2 2 2'),
    ('paper_question',   '. . . .', '1 . . .', '1 . . .', '0 . . .', '2 2 2 2'),
    ('attempt',          '. . . .', '1 1 1 .', '1 1 1 .', '0 0 0 .', '2 2 2 2'),
    -- all is of this transaction, in which nobody but an administrator sees what an attempt got
    ('attempt_result',   '. . . .', '0 . . .', '0 . . .', '0 . . .', '2 2 2 2'),
    ('attempt_answer',   '. . . .', '1 1 1 1', '1 1 1 1', '0 0 0 0', '2 2 2 2'),
    -- what the page of a hackathon shows; its captain is of a team, and a judge alone judges
    ('hackathon',        '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('track',            '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('track_skill',      '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('problem',          '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('hackathon_round',  '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('criterion',        '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('team',             '1 . . .', '2 0 1 1', '2 1 2 2', '3 3 3 3', '3 3 3 3'),
    ('team_member',      '. . . .', '1 1 0 1', '2 2 1 2', '3 3 3 3', '3 3 3 3'),
    ('round_team',       '1 . . .', '1 . . .', '1 1 1 1', '3 3 3 3', '3 3 3 3'),
    ('submission',       '. . . .', '2 1 . .', '3 2 1 1', '3 3 3 3', '3 3 3 3'),
    ('judge',            '. . . .', '1 . . .', '2 1 1 1', '3 3 3 3', '3 3 3 3'),
    ('judging',          '. . . .', '1 . . .', '2 1 1 1', '3 3 3 3', '3 3 3 3'),
    ('score',            '. . . .', '1 1 1 1', '2 1 1 1', '3 0 0 0', '3 0 0 0'),
    ('comparison',       '. . . .', '1 1 1 1', '2 1 1 1', '3 0 0 0', '3 0 0 0'),
    ('award',            '1 . . .', '1 . . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('award_winner',     '1 . . .', '2 . . .', '2 1 1 1', '3 3 3 3', '3 3 3 3'),
    -- of its own it claims, of its products it accepts
    ('contribution',     '. . . .', '2 1 1 1', '4 2 2 2', '4 2 2 2', '4 4 4 4'),
    ('acquaintance',    '. . . .', '2 1 1 1', '2 1 1 1', '3 0 0 0', '3 3 3 3'),
    ('introduction',    '. . . .', '2 1 1 .', '2 1 1 .', '3 0 0 .', '3 3 3 3'),
    ('task_card',       '1 . . .', '2 1 1 1', '3 1 1 1', '3 0 0 0', '3 3 3 3'),
    ('intake',          '1 . . .', '1 . . .', '1 0 0 0', '1 1 1 1', '1 1 1 1'),
    ('opening',         '2 . . .', '2 1 1 1', '2 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('opening_skill',   '2 . . .', '2 1 1 1', '2 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('applicant',       '. . . .', '2 1 1 .', '2 1 1 .', '0 0 0 .', '3 3 3 3'),
    ('applicant_choice', '. . . .', '1 1 1 1', '1 1 1 1', '0 0 0 0', '3 3 3 3'),
    ('opening_choice',  '. . . .', '1 1 1 1', '1 1 1 1', '0 0 0 0', '3 3 3 3'),
    ('offer',           '. . . .', '2 . 0 .', '2 . 0 .', '0 . 0 .', '3 3 3 3'),
    ('studio',          '1 . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('joint_project',   '. . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('joint_project_party', '. . . .', '1 . . .', '2 0 0 0', '2 2 2 2', '2 2 2 2'),
    ('brand',           '1 . . .', '1 1 1 1', '2 1 1 1', '2 0 0 0', '2 2 2 2'),
    ('signature',       '. . . .', '1 1 . .', '1 1 1 1', '2 2 2 2', '2 2 2 2'),
    ('city_activity',    '. . . .', '. . . .', '1 0 0 0', '1 1 1 1', '1 1 1 1'),
    -- the database writes it
    ('presence',         '. . . .', '1 . . .', '1 . . .', '2 . . .', '2 . . .'),
    ('access',           '1 . . .', '1 . . .', '1 . . .', '1 . . .', '9 . . .'),
    ('space',            '1 . . .', '1 . . .', '1 . . .', '1 . . .', '1 . 1 .');
-- catalogues: everybody reads all, an administrator writes
INSERT INTO expected (relation, visitor, member, organizer, "all", admin)
SELECT c, n || ' . . .', n || ' . . .', n || ' . . .', n || ' . . .', concat_ws(' ', n, n, n, n)
FROM unnest(ARRAY['status', 'step', 'city', 'role', 'resource', 'role_supply', 'role_demand', 'satisfies', 'template', 'template_resource', 'part', 'link_kind',
                  'session_format', 'duty', 'template_duty', 'asset_kind', 'phase', 'checklist_rule', 'checklist_item', 'resource_rule', 'check_kind', 'resource_conflict',
                  'cost_kind', 'profession', 'industry', 'region', 'region_city', 'medium', 'platform', 'attention_index',
                  'skill', 'duty_skill', 'template_format', 'speaker_stage', 'item_dependency', 'outcome_kind', 'certificate_kind', 'contribution_kind', 'contribution_right', 'placement', 'wall_section', 'wall_section_role', 'import_word']) c
CROSS JOIN LATERAL (SELECT (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM t_access.%I', c), false, true, '')))[1]::text AS n) x;

-- a form sees what visitors see, and seats; of registrations those whose secret it has
UPDATE expected SET form = CASE relation WHEN 'seating' THEN '1 . . .' WHEN 'registration' THEN '0 0 0 .' WHEN 'attendee' THEN '0 0 0 0' WHEN 'response' THEN '0 0 0 0'
                                         WHEN 'answer' THEN '0 0 0 0' WHEN 'booking' THEN '0 0 0 .' WHEN 'moved_up' THEN '0 . . .' WHEN 'check_pass' THEN '0 . . .' ELSE visitor END;

SELECT is((SELECT string_agg(relname, ', ') FROM pg_class WHERE relnamespace = 't_access'::regnamespace AND relkind IN ('r', 'p') AND relname NOT IN (SELECT relation FROM expected)),
          NULL, 'every table of the space is expected');

-- What is: each command is tried and undone, inserts row by row.
CREATE FUNCTION pg_temp.attempt(command text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE command;
    GET DIAGNOSTICS n = ROW_COUNT;
    RAISE EXCEPTION USING ERRCODE = 'UNDO0', MESSAGE = n;
EXCEPTION
    WHEN SQLSTATE 'UNDO0' THEN RETURN SQLERRM::bigint;
    WHEN insufficient_privilege THEN RETURN CASE WHEN SQLERRM ~ 'row-level security|not yours to write' THEN 0 END;
    WHEN integrity_constraint_violation THEN RETURN 1; -- policies come first
END
$$;
CREATE TEMP TABLE kept_row (relation text, item jsonb);
CREATE TEMP TABLE found (relation text, level text, result text);
GRANT ALL ON kept_row, found TO PUBLIC;
DO $$
DECLARE
    t text;
BEGIN
    FOR t IN SELECT relation FROM expected LOOP
        EXECUTE format('INSERT INTO kept_row SELECT %L, to_jsonb(x) FROM t_access.%I x', t, t);
    END LOOP;
END
$$;
CREATE FUNCTION pg_temp.tried(level text, acting text DEFAULT '') RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    t text;
    k record;
    r bigint;
    i bigint;
    u bigint;
    d bigint;
    columns text;
    open_columns text;
    one text;
BEGIN
    PERFORM set_config('salon.party', acting, true);
    EXECUTE 'SET LOCAL ROLE ' || level;
    FOR t IN SELECT DISTINCT relation FROM kept_row LOOP
        r := pg_temp.attempt(format('SELECT FROM t_access.%I', t));
        d := pg_temp.attempt(format('DELETE FROM t_access.%I', t));
        SELECT string_agg(quote_ident(attname), ', ') FILTER (WHERE has_column_privilege(attrelid, attnum, 'INSERT')),
               string_agg(quote_ident(attname), ', ') FILTER (WHERE attname IN (SELECT unnest(x.columns) FROM t_access._access_extra() x WHERE x.relation = t AND x.command IN ('ALL', 'INSERT'))),
               min(quote_ident(attname)) FILTER (WHERE has_column_privilege(attrelid, attnum, 'UPDATE') AND has_column_privilege(attrelid, attnum, 'SELECT'))
        INTO columns, open_columns, one
        FROM pg_attribute
        WHERE attrelid = ('t_access.' || t)::regclass AND attnum > 0 AND NOT attisdropped AND attgenerated = '';
        i := CASE WHEN columns IS NOT NULL THEN 0 END;
        u := CASE WHEN one IS NOT NULL THEN 0 END;
        FOR k IN SELECT item FROM kept_row WHERE relation = t AND columns IS NOT NULL LOOP
            i := i + (greatest(pg_temp.attempt(format('INSERT INTO t_access.%1$I (%2$s) OVERRIDING SYSTEM VALUE SELECT %2$s FROM jsonb_populate_record(NULL::t_access.%1$I, %3$L)', t, columns, k.item)),
                               CASE WHEN open_columns <> '' THEN pg_temp.attempt(format('INSERT INTO t_access.%1$I (%2$s) SELECT %2$s FROM jsonb_populate_record(NULL::t_access.%1$I, %3$L)', t, open_columns, k.item)) END) > 0)::int;
        END LOOP;
        IF one IS NOT NULL THEN
            u := pg_temp.attempt(format('UPDATE t_access.%I SET %s = %s', t, one, one));
        END IF;
        INSERT INTO found VALUES (t, level || acting, concat_ws(' ', coalesce(r::text, '.'), coalesce(i::text, '.'), coalesce(u::text, '.'), coalesce(d::text, '.')));
    END LOOP;
    RESET ROLE;
    PERFORM set_config('salon.party', '', true);
END
$$;
SELECT pg_temp.tried(level) FROM unnest(ARRAY['t_visitor', 't_member', 't_organizer', 't_all', 't_admin', 't_form']) level \g /dev/null
SELECT pg_temp.tried('t_web', acting) FROM unnest(ARRAY['', '1', '3', '6']) acting \g /dev/null
SELECT is(f.result, to_jsonb(e) ->> substr(f.level, 3), format('%s: %s reads, inserts, updates, deletes', f.relation, substr(f.level, 3)))
FROM found f
JOIN expected e USING (relation)
WHERE f.level !~ 't_web'
ORDER BY f.relation, f.level;
-- An application has every right, and the rows of the one for whom it acts; of
-- its own that has what is of its party.
SELECT is(regexp_replace(f.result, '[.]', '0', 'g'), regexp_replace(to_jsonb(e) ->> v.level, '[.]', '0', 'g'), format('%s: an application reads, inserts, updates, deletes as %s', f.relation, v.level))
FROM found f
JOIN expected e USING (relation)
JOIN (VALUES ('t_web', 'visitor'), ('t_web1', 'member'), ('t_web3', 'all'), ('t_web6', 'admin')) v (found, level) ON v.found = f.level
WHERE f.relation <> 'access' AND (f.relation, v.level) NOT IN (('party', 'all'), ('asset', 'all')) -- party 3 has a name and a logo
ORDER BY f.relation, f.level;
SELECT is((SELECT count(*) FROM found), 10 * (SELECT count(*) FROM expected), 'nothing was left out');

-- What can be read at all, through every table and every view: not a word of
-- what is hidden.  An organizer reads of parties what is of no event, and of
-- remarks those on its own events.
CREATE FUNCTION pg_temp.words(level text, pattern text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    t record;
    content text;
    leaks text;
    read bigint := 0;
BEGIN
    EXECUTE 'SET LOCAL ROLE ' || level;
    FOR t IN
        SELECT c.relname, string_agg(quote_ident(a.attname) || '::text', ', ') AS columns
        FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND has_column_privilege(c.oid, a.attnum, 'SELECT')
        WHERE c.relnamespace = 't_access'::regnamespace AND c.relkind IN ('r', 'v')
        GROUP BY c.oid
    LOOP
        BEGIN
            EXECUTE format('SELECT string_agg(concat_ws('' '', %s), '' '') FROM t_access.%I', t.columns, t.relname) INTO content;
            read := read + (coalesce(content, '') <> '')::int;
        EXCEPTION WHEN insufficient_privilege THEN
            content := SQLERRM; -- of a table beneath a view
        END;
        IF content ~ pattern THEN
            leaks := concat_ws(', ', leaks, t.relname || ': ' || substring(content FROM '\S*(?:' || pattern || ')\S*'));
        END IF;
    END LOOP;
    RESET ROLE;
    RETURN coalesce(leaks, read || ' read');
END
$$;
SELECT matches(pg_temp.words('t_visitor', 'HIDDEN'), '^[0-9]+ read$', 'a visitor reads nothing hidden in any table or view');
SELECT matches(pg_temp.words('t_member', 'HIDDEN_(PARTY|NOTE)'), '^[0-9]+ read$', 'a member reads nothing of another party, and no remark');
SELECT matches(pg_temp.words('t_member', 'HIDDEN_EVENT_(event|session|link|notice)_|event_(event|session|link|notice)_name'), '^[0-9]+ read$', 'nor of an event without its party');
SELECT matches(pg_temp.words('t_organizer', 'HIDDEN_EVENT'), '^[0-9]+ read$', 'an organizer reads nothing of an event of others');
SELECT matches(pg_temp.words('t_all', 'HIDDEN_EVENT'), 'event: HIDDEN_EVENT', 'who organizes all events reads it');
SELECT matches(pg_temp.words('t_organizer', 'HIDDEN_NOTE'), 'event_remark', 'an organizer reads remarks on its own events');

-- Functions: who may call what writes.
CREATE TEMP TABLE caller (function text PRIMARY KEY, level text);
INSERT INTO caller VALUES ('register', 'member'), ('cancel_registration', 'member'), ('book', 'member'), ('cancel_booking', 'member'), ('plan_event', 'organizer'), ('waive', 'organizer'), ('propose', 'organizer'),
                          ('move_up', 'organizer'), ('check_in', 'organizer'), ('enter_team', 'member'), ('submit_work', 'member'), ('assign_judges', 'organizer'), ('advance_round', 'organizer'), ('pay_award', 'organizer'), ('credit_hackathon', 'organizer'), ('lapse_agreements', 'organizer'), ('import_parties', 'administrator'), ('import_registrations', 'organizer'), ('import_schedule', 'organizer'), ('merge_party', 'administrator'), ('deliver', 'organizer'), ('give', 'organizer'), ('agree_round', 'organizer'), ('hear', 'organizer'), ('offer_round', 'administrator'), ('prove_internship', 'administrator'), ('agree_ring', 'organizer'), ('plan_season', 'organizer'),
                          ('accept_season', 'organizer'), ('swap_turn', 'organizer'), ('answer_registration', 'member'), ('add_template', 'organizer'), ('copy_template', 'administrator'), ('forget', 'administrator'), ('purge_history', 'administrator'),
                          ('copy_event', 'organizer'), ('move_event', 'organizer'), ('make_slots', 'organizer'), ('build_agenda', 'organizer'), ('check_answers', 'organizer'),
                          ('verify_certificate', 'visitor'), ('open_badge', 'visitor'), ('revise_question', 'administrator'), ('draw_paper', 'administrator'), ('draw_papers', 'administrator'), ('submit_attempts', 'administrator'), ('import_answers', 'organizer'), ('fill_duties', 'organizer'), ('accept_duties', 'organizer');
SELECT is(string_agg(p.proname || ' ' || l.level, ', ' ORDER BY p.proname, l.rank), NULL, 'functions that write are for those on the list')
FROM pg_proc p
CROSS JOIN (VALUES (0, 'nobody'), (1, 'visitor'), (2, 'member'), (3, 'organizer'), (3, 'all'), (4, 'admin')) l (rank, level)
LEFT JOIN caller c ON c.function = p.proname
WHERE p.pronamespace = 't_access'::regnamespace AND p.provolatile = 'v' AND p.prorettype <> 'trigger'::regtype
  AND has_function_privilege('t_' || l.level, p.oid, 'EXECUTE')
      <> coalesce(l.rank >= array_position(ARRAY['visitor', 'member', 'organizer', 'administrator'], c.level), left(p.proname, 1) = '_' AND l.rank >= 3);
SELECT is(string_agg(p.proname, ', '), NULL, 'nobody may call a trigger function: a table of one''s own cannot have it')
FROM pg_proc p
CROSS JOIN (VALUES ('t_nobody'), ('t_visitor'), ('t_member'), ('t_organizer'), ('t_all'), ('t_admin')) l (role)
WHERE p.pronamespace = 't_access'::regnamespace AND p.prorettype = 'trigger'::regtype AND has_function_privilege(l.role, p.oid, 'EXECUTE');
SELECT is(count(*), 0::bigint, 'a role without access has nothing')
FROM pg_class c
WHERE c.relnamespace = 't_access'::regnamespace AND c.relkind IN ('r', 'v', 'S')
  AND CASE c.relkind WHEN 'S' THEN has_sequence_privilege('t_nobody', c.oid, 'USAGE, SELECT, UPDATE')
                     ELSE has_any_column_privilege('t_nobody', c.oid, 'SELECT, INSERT, UPDATE, REFERENCES') OR has_table_privilege('t_nobody', c.oid, 'DELETE, TRUNCATE, TRIGGER') END;
SELECT is(string_agg(l.role || ' ' || c.relname, ', '), NULL, 'nobody may truncate, refer to, put a trigger on or grant a table')
FROM pg_class c
CROSS JOIN (VALUES ('t_visitor'), ('t_member'), ('t_organizer'), ('t_all'), ('t_admin')) l (role)
WHERE c.relnamespace = 't_access'::regnamespace AND c.relkind = 'r'
  AND (has_table_privilege(l.role, c.oid, 'TRUNCATE, TRIGGER') OR has_any_column_privilege(l.role, c.oid, 'REFERENCES')
       OR has_any_column_privilege(l.role, c.oid, 'SELECT WITH GRANT OPTION, INSERT WITH GRANT OPTION, UPDATE WITH GRANT OPTION'));

-- Attacks.  An attacker has a schema of its own, and functions that tell what
-- they are given.
CREATE SCHEMA t_attack;
GRANT ALL ON SCHEMA t_attack TO PUBLIC;
CREATE TABLE t_attack.told (word text);
GRANT ALL ON t_attack.told TO PUBLIC;
SET LOCAL session_replication_role = origin;
SELECT setval(pg_get_serial_sequence(a.attrelid::regclass::text, a.attname), 1000)
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 't_access'::regnamespace AND c.relkind = 'r' AND a.attidentity <> '' \g /dev/null

-- What one says and hears: the result, or the error with its detail and hint.
-- says undoes what it did only when that failed.
CREATE FUNCTION pg_temp.says(role text, command text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
    message text;
    detail text;
    hint text;
BEGIN
    EXECUTE 'SET LOCAL ROLE ' || role;
    EXECUTE command INTO answer;
    RESET ROLE;
    RETURN coalesce(answer, 'nothing');
EXCEPTION WHEN OTHERS THEN
    GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
    RETURN concat_ws(' | ', SQLSTATE, message, nullif(detail, ''), nullif(hint, ''));
END
$$;
CREATE FUNCTION pg_temp.does(role text, VARIADIC commands text[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c text;
BEGIN
    EXECUTE 'SET LOCAL ROLE ' || role;
    FOREACH c IN ARRAY commands LOOP
        EXECUTE c;
    END LOOP;
    RESET ROLE;
END
$$;

-- A cheap function of one's own in WHERE is asked only for rows that show.
SELECT pg_temp.does('t_visitor',
    $$CREATE FUNCTION t_attack.leak(text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS 'BEGIN INSERT INTO t_attack.told VALUES ($1); RETURN true; END'$$,
    $$CREATE FUNCTION t_attack.same(text, text) RETURNS boolean LANGUAGE plpgsql COST 0.0000001 AS 'BEGIN INSERT INTO t_attack.told VALUES ($1); RETURN true; END'$$,
    $$CREATE OPERATOR t_attack.<<<< (LEFTARG = text, RIGHTARG = text, FUNCTION = t_attack.same, RESTRICT = eqsel)$$,
    $$CREATE AGGREGATE t_attack.gather (text) (SFUNC = textcat, STYPE = text, INITCOND = '')$$) \g /dev/null
SELECT is(pg_temp.says('t_visitor', $$CREATE FUNCTION t_attack.proof(text) RETURNS boolean LANGUAGE sql LEAKPROOF AS 'SELECT true'$$),
          '42501 | only superuser can define a leakproof function', 'a function of one''s own is not leakproof');
SELECT pg_temp.says(r.role, q) FROM (VALUES ('t_visitor'), ('t_member'), ('t_organizer')) r (role), unnest(ARRAY[
    'SELECT count(*) FROM t_access.event WHERE t_attack.leak(name_en)',
    'SELECT count(*) FROM t_access.event WHERE name_en OPERATOR(t_attack.<<<<) ''x''',
    'SELECT count(*) FROM t_access.event e WHERE t_attack.leak(e.introduction) OR t_attack.leak(e.name_zh)',
    'SELECT count(*) FROM t_access.event e JOIN t_access.session s ON t_attack.leak(s.title_en) AND t_attack.leak(e.name_en)',
    'SELECT count(*) FROM t_access.session WHERE t_attack.leak(title_en) AND session_id = 2',
    'SELECT count(*) FROM t_access.link WHERE CASE WHEN t_attack.leak(name) THEN true ELSE false END',
    'SELECT count(*) FROM t_access.asset WHERE t_attack.leak(body) OR t_attack.leak(url)',
    'SELECT t_attack.gather(text_en) FROM t_access.notice HAVING bool_and(t_attack.leak(text_en))',
    'SELECT count(*) FROM t_access.attendee_sheet WHERE t_attack.leak(content)',
    'SELECT count(*) FROM t_access._public_event WHERE t_attack.leak(event_id::text || ''_HIDDEN_EVENT'') AND event_id = 3',
    'SELECT count(*) FROM t_access._my_access WHERE t_attack.leak(level || ''_'' || coalesce(party_id, 0))',
    'SELECT count(*) FROM t_access.event_remark WHERE t_attack.leak(note)',
    'SELECT count(*) FROM t_access.event TABLESAMPLE SYSTEM (100) WHERE t_attack.leak(name_en)',
    'SELECT (SELECT count(*) FROM t_access.party p WHERE t_attack.leak(p.name_en) AND p.party_id = s.person_id) FROM t_access.speaker s',
    'SELECT count(*) FROM t_access.contact WHERE t_attack.leak(address)',
    'SELECT count(*) FROM t_access.supply WHERE t_attack.leak(note)',
    'UPDATE t_access.party SET website = NULL WHERE t_attack.leak(name_en) RETURNING name_en',
    'DELETE FROM t_access.contact WHERE t_attack.leak(address) RETURNING address']) q \g /dev/null
SELECT cmp_ok(count(*), '>', 10::bigint, 'functions of an attacker were asked') FROM t_attack.told;
SELECT is(string_agg(DISTINCT word, ', '), NULL, 'and were told nothing of an event that does not show') FROM t_attack.told WHERE word ~ 'HIDDEN_EVENT';
SELECT is(string_agg(DISTINCT word, ', '), NULL, 'and of nobody''s access but one''s own') FROM t_attack.told WHERE word ~ '^administrator';
-- The views with rights of the owner: each asks only for what it shows.
TRUNCATE t_attack.told;
CREATE TEMP TABLE barrier AS
SELECT r.role, c.relname, q.shows, q.answer
FROM pg_class c
CROSS JOIN (VALUES ('t_visitor'), ('t_member'), ('t_organizer')) r (role)
CROSS JOIN LATERAL (SELECT pg_temp.says(r.role, format('SELECT count(*) FROM t_access.%I', c.relname)) AS shows,
                           pg_temp.says(r.role, format('SELECT count(*) FROM t_access.%1$I v WHERE t_attack.leak(%2$L || v::text)', c.relname, r.role || ' ' || c.relname || ' ')) AS answer) q
WHERE c.relnamespace = 't_access'::regnamespace AND c.relkind = 'v' AND c.reloptions::text !~ 'security_invoker';
SELECT is((SELECT count(*) FROM t_attack.told WHERE word ^@ concat(b.role, ' ', b.relname, ' ')), b.shows::bigint, b.relname || ' gives ' || b.role || ' away only what it shows')
FROM barrier b;
SELECT cmp_ok(count(*), '>=', 18::bigint, 'these are several') FROM barrier;
TRUNCATE t_attack.told;
SELECT pg_temp.says('t_member', q) FROM unnest(ARRAY[
    'SELECT count(*) FROM t_access.party WHERE t_attack.leak(name_en)', 'SELECT count(*) FROM t_access.product WHERE t_attack.leak(name)',
    'SELECT count(*) FROM t_access.venue WHERE t_attack.leak(name)', 'SELECT count(*) FROM t_access.supply WHERE t_attack.leak(resource_code || supply_id)',
    'SELECT count(*) FROM t_access.attendee WHERE t_attack.leak(name || contact)', 'SELECT count(*) FROM t_access.registration_list WHERE t_attack.leak(status_code)']) q \g /dev/null
SELECT is(string_agg(DISTINCT word, ', '), NULL, 'nor of another party') FROM t_attack.told WHERE word ~ 'HIDDEN|venue[24]';
SELECT cmp_ok(count(*), '>=', 5::bigint, 'though they were asked') FROM t_attack.told;

-- Errors that tell: an operator of the server that fails on a row that does
-- not show, keys, checks, ranges.
SELECT is(pg_temp.says('t_visitor', 'SELECT count(*) FROM t_access.party WHERE 1 / (party_id - 5) = 7'), '0', 'a division by what a hidden row has does not fail');
SELECT is(pg_temp.says('t_visitor', 'SELECT count(*) FROM t_access.event WHERE name_en::numeric > 0'),
          '22P02 | invalid input syntax for type numeric: "event 1"', 'a cast fails on a row that shows, and only on that');
SELECT unalike(pg_temp.says(role, q), '%HIDDEN%', role || ' hears nothing: ' || q)
FROM (VALUES ('t_member'), ('t_organizer')) r (role), unnest(ARRAY[
    'INSERT INTO t_access.contact (party_id, kind, address) VALUES (2, ''email'', ''2@example.org'')',
    'INSERT INTO t_access.supply (party_id, resource_code) VALUES (2, ''venue'')',
    'INSERT INTO t_access.product (party_id, name) SELECT 2, ''product 2''',
    'UPDATE t_access.supply SET party_id = 2',
    'UPDATE t_access.party SET party_id = 2',
    'SELECT t_access.register(2, party_id => 1)',
    'SELECT t_access.register(1, party_id => 1, seats => 1000)',
    'SELECT t_access.register(9223372036854775807, party_id => 1)',
    'SELECT t_access.cancel_registration(2)',
    'SELECT t_access.book(2, 2)', 'SELECT t_access.book(2, 1)', 'SELECT t_access.cancel_booking(2, 2)',
    'INSERT INTO t_access.booking (session_id, registration_id) VALUES (2, 1)',
    'INSERT INTO t_access.attendee (registration_id, name) VALUES (2, ''x'')',
    'INSERT INTO t_access.attendee (registration_id, name) VALUES (1, ''x'')',
    'UPDATE t_access.attendee SET registration_id = 2',
    'INSERT INTO t_access.event_party (event_id, party_id, part_code) VALUES (2, 2, ''host'') ON CONFLICT (event_id, party_id, part_code) DO UPDATE SET note = ''x'' RETURNING note',
    'INSERT INTO t_access.event (event_id, name_en) VALUES (2, ''x'') ON CONFLICT (event_id) DO UPDATE SET name_zh = event.name_en RETURNING name_en',
    'UPDATE t_access.event SET event_id = 2',
    'UPDATE t_access.event_party SET event_id = 2',
    'UPDATE t_access.session SET event_id = 2',
    'INSERT INTO t_access.session (session_id, event_id, format_code) VALUES (2, 1, ''mini_talk'')',
    'INSERT INTO t_access.speaker (session_id, person_id) VALUES (2, 4)',
    'MERGE INTO t_access.event e USING (VALUES (2::bigint)) v (id) ON e.event_id = v.id WHEN MATCHED THEN UPDATE SET name_zh = e.name_en WHEN NOT MATCHED THEN DO NOTHING',
    'UPDATE t_access.agreement SET event_id = 2',
    'INSERT INTO t_access.agreement (package_id, party_id) VALUES (2, 1)',
    'INSERT INTO t_access.commitment (event_id, supply_id, demand_id, quantity) VALUES (1, 4, 3, 1)',
    'INSERT INTO t_access.commitment (supply_id, demand_id, quantity) VALUES (1, 4, 1)',
    'INSERT INTO t_access.link (event_id, session_id, link_kind_code, name) VALUES (1, 2, ''live'', ''x'')',
    'SELECT t_access.check_in(2, ''ticket'')',
    'SELECT t_access.waive(2, ''C1'', ''because'')',
    'SELECT t_access.propose(2)',
    'SELECT t_access.move_up(2)',
    'SELECT t_access.plan_event(''x'', venue_id => 2, host_id => 2)',
    'SELECT t_access.event_label(3)',
    'SELECT t_access._event_fact(2, ''on_site'')',
    'SELECT t_access._spread(2)',
    'SELECT t_access.index_lift(2)',
    'SELECT t_access.busiest_window(2)',
    'SELECT name_en FROM t_access.event WHERE event_id = 3 FOR UPDATE',
    'SELECT note FROM t_access.event WHERE event_id = 2',
    'LOCK TABLE t_access.event IN ACCESS EXCLUSIVE MODE']) q;
SELECT is((SELECT string_agg(concat_ws(' ', event_id, party_id, part_code), ', ' ORDER BY event_id) FROM event_party), '1 1 host, 2 2 host', 'nobody took over an event');
SELECT is((SELECT count(*) FROM event WHERE event_id = 3 AND name_zh ~ 'HIDDEN_EVENT' AND name_en ~ 'HIDDEN_EVENT'), 1::bigint, 'nor changed it');
SELECT is((SELECT count(*) FROM commitment), 6::bigint, 'nor promised what is not there');
SELECT matches(pg_temp.says('t_organizer', 'SELECT t_access.plan_event(''x'', host_id => 1)'), '^[0-9]+$', 'it plans an event of its own party');
SELECT is(pg_temp.says('t_organizer', 'SELECT t_access.plan_event(''x'', host_id => 2)'), '42501 | you plan events that your own party hosts | Give host_id: one of 1.', 'and of no other');
SELECT is(replace(pg_temp.says('t_member', 'SELECT t_access.register(3, party_id => 1)'), ' 3 ', ' n '), replace(pg_temp.says('t_member', 'SELECT t_access.register(99, party_id => 1)'), ' 99 ', ' n '),
          'an event that does not show is as one that is not there');
SELECT is(pg_temp.says('t_member', 'SELECT t_access.party_label(2) IS NULL AND t_access.event_label(3) IS NULL'), 'true', 'nor has it a label');

-- A key that is taken is told, for there is no other way, but not whose it is.
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'online', 10);
INSERT INTO registration (event_id, side, party_id) VALUES (1, 'online', 2);
INSERT INTO attendee (registration_id, name, contact_kind, contact) SELECT max(registration_id), 'HIDDEN', 'email', 'taken@example.org' FROM registration;
SELECT is(pg_temp.says('t_member', 'SELECT t_access.register(1, ''online'', party_id => 1, contact_kind => ''email'', contact => ''Taken@example.org'')'),
          '23505 | duplicate key value violates unique constraint "attendee_registers_once"', 'whose contact is taken is not told');

-- What a member may do with its own rows, and what its triggers count for all.
SELECT is(pg_temp.says('t_member', 'SELECT t_access.register(1, ''online'', 4, party_id => 1)') ~ ',registered', true, 'a member registers');
SELECT is((SELECT taken FROM seating WHERE event_id = 1 AND side = 'online'), 5::bigint, 'which counts though it may not write the counter');
SELECT is(pg_temp.says('t_member', 'SELECT t_access.register(1, ''online'', 9, party_id => 1)') ~ ',waiting', true, 'a full side has a waiting list, whoever sees it');
SELECT is(pg_temp.says('t_member', 'INSERT INTO t_access.registration (event_id, side, party_id, status_code) VALUES (1, ''online'', 1, ''registered'') RETURNING 1'),
          '42501 | registration: status_code not yours to write | You write only event_id, side, seats, link_id, channel_party_id, note, party_id, secret_hash, ticket there.', 'nobody jumps it');
SELECT is(pg_temp.says('t_member', 'UPDATE t_access.registration SET status_code = ''registered'' WHERE status_code = ''waiting'' RETURNING 1'),
          '42501 | new row violates row-level security policy for table "registration"', 'nor moves up by itself')
WHERE (SELECT capacity - taken FROM seating WHERE event_id = 1 AND side = 'online') < 9;
-- Places in sessions: event 2 and registration 3 are of others.
SELECT is(pg_temp.says('t_visitor', 'SELECT string_agg(free::text, '','') FROM t_access.session_place'), '8', 'a visitor reads how many places are left where the session shows');
SELECT matches(pg_temp.says('t_visitor', q), '^42501', 'and no more: ' || q)
FROM unnest(ARRAY['SELECT 1 FROM t_access.booking', 'SELECT 1 FROM t_access.booking_list', 'SELECT t_access.book(1, 1)', 'SELECT t_access.cancel_booking(1, 1)']) q;
SELECT is(pg_temp.says('t_member', 'SELECT t_access.cancel_booking(1, 1)'), '1', 'a member cancels its place');
SELECT is(pg_temp.says('t_member', 'SELECT t_access.book(1, 1)'), '1', 'and books it');
SELECT is((SELECT booked FROM session_seating WHERE session_id = 1), 2::bigint, 'which counts though it may not write the counter');
SELECT is(pg_temp.says('t_member', 'SELECT string_agg(registration_id::text, '','') FROM t_access.booking_list'), '1', 'of the list it reads its own');
SELECT matches(pg_temp.says('t_member', 'SELECT t_access.book(1, 3)'), '^23503 [|] registration 3 does not exist', 'a registration that does not show is as one that is not there');
SELECT matches(pg_temp.says('t_member', 'SELECT t_access.book(2, 1)'), '^23503 [|] session 2 takes no bookings', 'so is a session');
SELECT matches(pg_temp.says('t_member', 'SELECT t_access.cancel_booking(1, 3)'), '^23503 [|] registration 3 has 0 places', 'nor does it cancel for others');
SELECT matches(pg_temp.says('t_member', q), '^42501', 'nor: ' || q)
FROM unnest(ARRAY['UPDATE t_access.session_seating SET capacity = 99 RETURNING 1', 'UPDATE t_access.session_seating SET booked = 0 RETURNING 1', 'INSERT INTO t_access.booking (session_id, registration_id, event_id) VALUES (1, 1, 1) RETURNING 1', 'UPDATE t_access.booking SET seat = 2 RETURNING 1',
                  'DELETE FROM t_access.booking RETURNING 1', 'SELECT t_access._booking_count()']) q;
UPDATE session_seating SET is_open = false WHERE session_id = 1;
SELECT pg_temp.says('t_member', 'SELECT t_access.cancel_booking(1, 1)') \g /dev/null
SET LOCAL salon.import = on;
SELECT matches(pg_temp.says('t_member', 'SELECT t_access.book(1, 1)'), '^23514 [|] booking of session 1 is closed', 'what is closed it does not open by a setting');
SET LOCAL salon.import = off;
SELECT is(pg_temp.says('t_organizer', 'UPDATE t_access.session_seating SET is_open = true, capacity = 1 RETURNING session_id'), '1', 'an organizer says how many places its sessions have');
SELECT is(pg_temp.says('t_organizer', 'SELECT t_access.cancel_booking(1, 3) + t_access.book(1, 3)'), '2', 'and books for who registered for its event');

SELECT is(pg_temp.says('t_member', 'UPDATE t_access.agreement SET status_code = ''lapsed'' WHERE agreement_id = 1 RETURNING 1'), '42501 | new row violates row-level security policy for table "agreement"', 'a member does not let its agreement lapse');
SELECT is(pg_temp.says('t_member', 'UPDATE t_access.agreement SET status_code = ''signed'' WHERE agreement_id = 4 RETURNING 1'), '42501 | new row violates row-level security policy for table "agreement"', 'nor signs for the event');
SELECT is(pg_temp.says('t_member', 'UPDATE t_access.agreement SET status_code = ''signed'' WHERE event_id = 1 RETURNING agreement_id'), '1', 'it signs what it alone gives');
SELECT is((SELECT string_agg(part_code, ', ') FROM event_party WHERE event_id = 1 AND party_id = 1 AND commitment_id IS NOT NULL), NULL, 'which makes a host nothing more');
SELECT is(pg_temp.says('t_member', 'INSERT INTO t_access.delivery (commitment_id) VALUES (1) RETURNING 1'), '42501 | permission denied for table delivery', 'and does not say itself that it delivered');
SELECT is(pg_temp.says('t_organizer', 'INSERT INTO t_access.commitment (event_id, giver_id, resource_code, quantity) VALUES (1, 2, ''venue'', 3) RETURNING supply_id'), '2', 'an organizer enters a promise at its event');
SELECT is((SELECT committed FROM supply WHERE supply_id = 2) , 3::bigint, 'and the supply of the party, which it may not write, counts it');

-- Plans: no values of rows that do not show; and no statistics.
CREATE FUNCTION pg_temp.plan(role text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    line text;
    lines text := '';
BEGIN
    EXECUTE 'SET LOCAL ROLE ' || role;
    FOR line IN EXECUTE 'EXPLAIN (ANALYZE, VERBOSE, COSTS OFF, TIMING OFF, SUMMARY OFF) ' || query LOOP
        lines := lines || line || E'\n';
    END LOOP;
    RESET ROLE;
    RETURN lines;
END
$$;
ANALYZE event, party, session;
SELECT unalike(pg_temp.plan('t_visitor', q), '%HIDDEN%', 'a plan tells no value: ' || q)
FROM unnest(ARRAY['SELECT * FROM t_access.session', 'SELECT name_en FROM t_access.event ORDER BY name_en', 'SELECT max(name_en) FROM t_access.party']) q;
SELECT is(pg_temp.says(r, 'SELECT count(*) FROM pg_stats WHERE schemaname = ''t_access'''), '0', 'statistics do not show to ' || r) FROM unnest(ARRAY['t_visitor', 't_admin']) r;
SELECT matches(pg_temp.says('t_visitor', 'SELECT count(*) FROM pg_statistic'), '^42501', 'nor does the table behind');

-- Rows by their place, system columns, samples, whole rows.
SELECT is(pg_temp.says('t_visitor', q), r, q)
FROM (VALUES ('SELECT count(*) FROM t_access.session WHERE ctid = ANY (ARRAY(SELECT format(''(%s,%s)'', b, i)::tid FROM generate_series(0, 3) b, generate_series(1, 50) i))', '1'),
             ('SELECT count(*) FROM t_access.session TABLESAMPLE BERNOULLI (100)', '1'),
             ('SELECT count(xmin) FROM t_access.session', '1'),
             ('SELECT count(DISTINCT tableoid) FROM ONLY t_access.session', '1'),
             ('SELECT count(*) FROM t_access.session WHERE session_id BETWEEN -9223372036854775808 AND 9223372036854775807', '1')) v (q, r);
SELECT unalike(pg_temp.says('t_visitor', q), '%HIDDEN%', q)
FROM unnest(ARRAY['SELECT e FROM t_access.event e', 'SELECT to_jsonb(e) FROM t_access.event e', 'SELECT e.* FROM t_access.event e',
                  'SELECT count(*) FROM t_access.event e WHERE e IS NOT NULL', 'SELECT ctid FROM t_access.event',
                  'SELECT query_to_xml(''SELECT * FROM t_access.event'', true, true, '''')']) q;
-- Whole tables are granted, no columns: SELECT * and RETURNING * are for everybody who reads or writes.
SELECT is((SELECT string_agg(format('%s.%s', c.relname, a.attname), ', ') FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 't_access'::regnamespace AND a.attacl IS NOT NULL),
          NULL, 'no column has a privilege of its own');
SELECT is((SELECT string_agg(format('%s.%s', c.relname, a.attname), ', ') FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
           WHERE c.relnamespace = 't_access'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped
             AND NOT EXISTS (SELECT FROM salon._model_column() m WHERE (m.relation, m.name) = (c.relname, a.attname))),
          NULL, 'which are the columns of the model is known');
SELECT is(pg_temp.says(r, format('SELECT (SELECT count(*) FROM (SELECT * FROM t_access.%I) x) >= 0', c.relname)), 'true', format('%s: SELECT * FROM %s', r, c.relname))
FROM unnest(ARRAY['t_visitor', 't_form', 't_member', 't_organizer', 't_all', 't_admin', 't_web']) r, pg_class c
WHERE c.relnamespace = 't_access'::regnamespace AND c.relkind = 'r' AND has_table_privilege(r, c.oid, 'SELECT');

-- Names that shadow: functions, operators, tables, temporary ones before all.
SELECT pg_temp.does('t_visitor',
    $$CREATE FUNCTION t_attack.my_parties() RETURNS bigint[] LANGUAGE sql AS 'SELECT ARRAY[1,2,3,4,5,6]::bigint[]'$$,
    $$CREATE FUNCTION t_attack._organizes_all() RETURNS boolean LANGUAGE sql AS 'SELECT true'$$,
    $$CREATE FUNCTION t_attack._administers() RETURNS boolean LANGUAGE sql AS 'SELECT true'$$,
    $$CREATE FUNCTION t_attack.pg_has_role(oid, text) RETURNS boolean LANGUAGE sql AS 'SELECT true'$$,
    $$CREATE FUNCTION t_attack.eq(bigint, bigint) RETURNS boolean LANGUAGE sql AS 'SELECT true'$$,
    $$CREATE OPERATOR t_attack.= (LEFTARG = bigint, RIGHTARG = bigint, FUNCTION = t_attack.eq)$$,
    $$CREATE TABLE t_attack._my_access (level text, party_id bigint)$$,
    $$INSERT INTO t_attack._my_access VALUES ('administrator', NULL)$$,
    $$CREATE TEMP TABLE _my_access (level text, party_id bigint)$$,
    $$CREATE TEMP TABLE access (database_role regrole, level text, party_id bigint)$$,
    $$INSERT INTO pg_temp._my_access VALUES ('administrator', NULL)$$,
    $$INSERT INTO pg_temp.access VALUES ('t_visitor', 'administrator', NULL)$$) \g /dev/null
SET LOCAL search_path = pg_temp, t_attack, t_access, salon, pg_catalog, public;
SELECT is(pg_temp.says('t_visitor', 'SELECT count(*) FROM t_access.session'), '1', 'what shadows a name changes nothing');
SELECT is(pg_temp.says('t_visitor', 'SELECT t_access.my_level()'), 'visitor', 'nor what one is');
SELECT is(pg_temp.says('t_visitor', 'SELECT count(*) FROM t_access.checklist_item'), (SELECT count(*)::text FROM t_access.checklist_item), 'and all else goes on');
SET LOCAL search_path = t_access, salon, public;
DROP TABLE pg_temp._my_access, pg_temp.access;
SET LOCAL row_security = off;
SELECT is(pg_temp.says('t_visitor', 'SELECT count(*) FROM t_access.session'), '42501 | query would be affected by row-level security policy for table "session"', 'row_security = off shows no row');
SET LOCAL row_security = on;
SELECT matches(pg_temp.says('t_visitor', q), '^(42501|42704)', q)
FROM unnest(ARRAY['CREATE TABLE t_access.mine (i int)', 'CREATE FUNCTION t_access.mine() RETURNS int LANGUAGE sql AS ''SELECT 1''', 'CREATE POLICY mine ON t_access.event USING (true)',
                  'ALTER TABLE t_access.event DISABLE ROW LEVEL SECURITY', 'DROP POLICY salon_read ON t_access.event', 'ALTER TABLE t_access.event OWNER TO t_visitor',
                  'CREATE TRIGGER mine BEFORE INSERT ON t_attack._my_access FOR EACH ROW EXECUTE FUNCTION t_access._registration_enter()',
                  'CREATE TRIGGER mine BEFORE INSERT ON t_access.event FOR EACH ROW EXECUTE FUNCTION t_access._edited()',
                  'CREATE RULE mine AS ON INSERT TO t_access.event DO INSTEAD SELECT 1', 'TRUNCATE t_access.event', 'COMMENT ON TABLE t_access.event IS ''mine''',
                  'CREATE TABLE t_attack.refer (event_id bigint REFERENCES t_access.event)', 'CREATE STATISTICS t_attack.numbers ON event_id, name_en FROM t_access.event',
                  'ALTER DEFAULT PRIVILEGES FOR ROLE t_admin GRANT ALL ON TABLES TO t_visitor', 'GRANT t_admin TO t_visitor', 'ALTER ROLE t_visitor BYPASSRLS', 'SELECT nextval(''t_access.event_event_id_seq'')',
                  'INSERT INTO t_access.access (database_role, level) VALUES (''t_visitor'', ''administrator'')', 'UPDATE t_access.access SET level = ''administrator''', 'DELETE FROM t_access.access',
                  'SELECT salon.grant_access(''t_access'', ''t_visitor'', ''administrator'')', 'SELECT salon.revoke_access(''t_access'', ''t_admin'')',
                  'SELECT salon._grant(''t_access'', ''t_visitor''::regrole)', 'SELECT salon._secure(''t_access'')', 'SELECT salon._drop_policies(''t_access'')', 'SELECT salon.upgrade_space(''t_access'')',
                  'SELECT salon.drop_space(''t_access'', true)', 'SELECT t_access._supply_add(1, 1)', 'SELECT t_access._move_up(2, ''on_site'')']) q;
SELECT pg_temp.does('t_visitor', 'GRANT SELECT ON t_access.session TO PUBLIC') \g /dev/null
SELECT is((SELECT count(*) FROM pg_class c, aclexplode(c.relacl) x WHERE c.relnamespace = 't_access'::regnamespace AND x.grantee = 0), 0::bigint, 'nobody grants what it has');
SELECT pg_temp.does('t_visitor', 'CREATE VIEW t_attack.mine AS SELECT * FROM t_access.session', 'GRANT SELECT ON t_attack.mine TO t_nobody') \g /dev/null
SELECT is(pg_temp.says('t_admin', 'SELECT count(*) FROM t_attack.mine'), '42501 | permission denied for view mine', 'a view of one''s own is one''s own');
SELECT is(pg_temp.says('t_nobody', 'SELECT count(*) FROM t_attack.mine'), '42501 | permission denied for view _my_level', 'and lends no access');

-- A statement planned for one role is planned anew for another.
PREPARE sessions AS SELECT count(*) FROM t_access.session;
EXECUTE sessions \g /dev/null
SELECT is(pg_temp.says('t_visitor', 'EXECUTE sessions'), '1', 'a prepared statement is planned anew for another role');
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT is(pg_temp.says('t_organizer', 'EXECUTE sessions'), '1', 'and for a third');
SELECT is(pg_temp.says('t_admin', 'EXECUTE sessions'), '2', 'and for a fourth');
SET LOCAL plan_cache_mode = auto;

-- What a reader has is looked up by key or read whole, with one answer.
CREATE FUNCTION pg_temp.among(keys integer) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    RETURN (SELECT string_agg(salon._among(n, c.oid, keys)::int::text, '' ORDER BY c.relname, n)
            FROM pg_class c, generate_series(-1, 9) n
            WHERE c.relnamespace = 't_access'::regnamespace AND c.relkind = 'v' AND c.relname ~ '^_(my|shown|organized|public)_' AND c.relname <> '_my_access');
END
$$;
CREATE FUNCTION pg_temp.among() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v record;
    n bigint;
    is_there boolean;
    result text := '';
BEGIN
    FOR v IN
        SELECT c.relname, a.attname
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = 1
        WHERE c.relnamespace = 't_access'::regnamespace AND c.relkind = 'v' AND c.relname ~ '^_(my|shown|organized|public)_' AND c.relname <> '_my_access'
        ORDER BY 1
    LOOP
        FOR n IN -1 .. 9 LOOP
            EXECUTE format('SELECT coalesce($1 IN (SELECT %I FROM t_access.%I), false)', v.attname, v.relname) USING n INTO is_there;
            result := result || is_there::int;
        END LOOP;
    END LOOP;
    RETURN result;
END
$$;
SELECT is(pg_temp.says(r, format('SELECT pg_temp.among(%s)', k)), pg_temp.says(r, 'SELECT pg_temp.among()'), format('%s: answers after %s keys are those of the views', r, k))
FROM unnest(ARRAY['t_visitor', 't_member', 't_organizer', 't_all', 't_admin']) r, unnest(ARRAY[0, 3, 1000]) k;
SELECT is(pg_temp.says('t_visitor', 'SELECT array_length(salon._members(''t_access._public_event''), 1) = (SELECT count(*) FROM t_access._public_event)'), 'true', 'all members');
SELECT is(pg_temp.says('t_visitor', 'SELECT salon._among(NULL, ''t_access._public_event'') IS NULL'), 'true', 'nothing is not among them');
SELECT matches(pg_temp.says('t_visitor', 'SELECT salon._among(1, ''t_access.city'')'), 'does not begin with a column of type bigint', 'only numbers are');
SELECT matches(pg_temp.says('t_nobody', 'SELECT salon._among(2, ''t_access._public_event'')'), '^42501', 'and only for who may read the view');
CREATE TEMPORARY VIEW shifting AS SELECT set_config('salon.party', n::text, true)::bigint AS n FROM generate_series(1, 3) n;
SET LOCAL max_parallel_workers_per_gather = 0; -- where nothing can be set
SELECT throws_ok('SELECT salon._members(''pg_temp.shifting'')', '55000', NULL, 'not those of a view that changes who reads it');
RESET max_parallel_workers_per_gather;
-- Somebody else makes and changes roles at any moment.
CREATE ROLE t_changing;
CREATE FUNCTION pg_temp.change_role() RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
    ALTER ROLE t_changing CONNECTION LIMIT 7;
    PERFORM 't_changing'::regrole;
    RETURN 1;
END
$$;
CREATE TEMPORARY VIEW unmoved AS SELECT pg_temp.change_role() AS n UNION ALL SELECT n FROM generate_series(2, 3) n;
SELECT is((SELECT array_agg(n ORDER BY n) FROM unnest(salon._members('pg_temp.unmoved')) n), '{1,2,3}', 'a role that is changed meanwhile changes no answer');
SELECT is(salon._among(n, 'pg_temp.unmoved', k), n < 4, format('%s, looked up among %s', n, k)) FROM unnest(ARRAY[3, 4]) n, unnest(ARRAY[0, 9]) k;
SELECT throws_ok(format('SELECT salon._run_as(%s, ''COMMIT'')', CURRENT_USER::regrole::oid), '0A000', NULL, 'nothing ends the transaction for somebody else');
SELECT throws_ok(format('SELECT salon._run_as(%s, ''COPY t_access.party TO STDOUT'')', CURRENT_USER::regrole::oid), '0A000', NULL, 'nor talks to the client');
SELECT throws_ok('SELECT salon._run_as(0, ''SELECT 1'')', '42704', NULL, 'and it must be somebody');

-- Once for what he sees, and anew when that changes.
SELECT is(pg_temp.says('t_visitor', 'SELECT count(*) FROM t_access.session WHERE event_id = 2'), '0', 'an event that is planned is hidden');
SET LOCAL ROLE t_visitor;
SELECT is(salon._among(2, 't_access._public_event'), false, 'it is not among those shown');
RESET ROLE;
SAVEPOINT planned;
SET LOCAL session_replication_role = replica;
UPDATE t_access.event SET status_code = 'announced' WHERE event_id = 2;
SET LOCAL ROLE t_visitor;
SELECT is(salon._among(2, 't_access._public_event'), true, 'it is, once announced');
SELECT is((SELECT count(*) FROM t_access.session WHERE event_id = 2), 1::bigint, 'with its session');
RESET ROLE;
UPDATE t_access.event SET status_code = 'planned' WHERE event_id = 2;
SET LOCAL ROLE t_visitor;
SELECT is(salon._among(2, 't_access._public_event'), false, 'not when that is taken back');
RESET ROLE;
UPDATE t_access.event SET status_code = 'announced' WHERE event_id = 2;
SET LOCAL ROLE t_visitor;
SELECT is(salon._among(2, 't_access._public_event'), true, 'again');
ROLLBACK TO planned;
SET LOCAL ROLE t_visitor;
SELECT is(salon._among(2, 't_access._public_event'), false, 'nor when it was undone');
SELECT is((SELECT count(*) FROM t_access.session WHERE event_id = 2), 0::bigint, 'with its session');
RESET ROLE;

-- Roles granted to a role count, those that must be SET do not.
CREATE ROLE t_staff;
CREATE ROLE t_shy NOINHERIT;
GRANT t_organizer TO t_staff, t_shy;
SELECT is(pg_temp.says('t_staff', 'SELECT t_access.my_level() || t_access.my_parties()::text'), 'organizer{1}', 'access comes with a granted role');
SELECT matches(pg_temp.says('t_shy', 'SELECT t_access.my_level()'), '^42501', 'and not where it is not inherited');
SET LOCAL ROLE t_staff;
SELECT is(salon._among(1, 't_access._organized_event'), true, 'and with what that organizes');
RESET ROLE;
REVOKE t_organizer FROM t_staff;
GRANT t_visitor TO t_staff;
SET LOCAL ROLE t_staff;
SELECT is(salon._among(1, 't_access._organized_event'), false, 'until it is taken');
RESET ROLE;
REVOKE t_visitor FROM t_staff;
SELECT matches(pg_temp.says('t_staff', 'SELECT count(*) FROM t_access.session'), '^42501', 'it goes with it');
SELECT salon.grant_access('t_access', 't_staff', 'member', 2), salon.grant_access('t_access', 't_staff', 'organizer', 1) \g /dev/null
SELECT is(pg_temp.says('t_staff', 'SELECT t_access.my_level() || t_access.my_parties()::text || (SELECT count(*) FROM t_access.event WHERE event_id < 3)'), 'organizer{1,2}2', 'a role can be of several parties');
SELECT salon.revoke_access('t_access', 't_staff', 1) \g /dev/null
SELECT is(pg_temp.says('t_staff', 'SELECT t_access.my_level() || t_access.my_parties()::text'), 'member{2}', 'and leave one of them');
SELECT is(pg_temp.says('t_staff', 'UPDATE t_access.event SET name_en = ''x'''), '42501 | permission denied for table event', 'with what came by it');
SELECT salon.revoke_access('t_access', 't_staff') \g /dev/null
SELECT is(pg_temp.says('t_staff', 'SELECT 1 FROM t_access.city'), '42501 | permission denied for schema t_access', 'and then has nothing');
SELECT is((SELECT string_agg(c.relname, ', ') FROM pg_class c WHERE c.relacl::text ~ 't_staff'), NULL, 'in no list of rights');

SELECT * FROM finish();
ROLLBACK;
