-- Forgetting a person who stands in every table: in each column of free text
-- that is of persons, in rows that were changed, moved and deleted before, and
-- by addresses alone.  Each word says where it stands.
--
-- pg_prove -d DATABASE test/pgtap/forget.sql

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

SELECT salon.create_space('t_forget') \g /dev/null
SET LOCAL search_path = t_forget, salon, public;
SELECT no_plan();

CREATE FUNCTION pg_temp.w(place text) RETURNS text LANGUAGE sql RETURN 'forgetme.' || place;
CREATE FUNCTION pg_temp.u(place text) RETURNS text LANGUAGE sql RETURN 'https://forgetme.' || place;

INSERT INTO city (city_code, name_en) VALUES ('hz', 'Hangzhou'), ('bj', 'Beijing');
INSERT INTO party (party_id, kind, name_en) VALUES (1, 'organization', 'company A'), (2, 'organization', 'company B'), (3, 'person', 'speaker 3'), (51, 'person', 'keepme');
-- 50 is to be forgotten; 49 is the same person, entered twice
INSERT INTO party (party_id, kind, name_en, name_zh, city_code, website, introduction)
VALUES (50, 'person', 'Forgetme Roe', pg_temp.w('party.name_zh'), 'hz', pg_temp.u('party.website'), pg_temp.w('party.introduction'));
INSERT INTO party_source (party_id, external_id) VALUES (50, pg_temp.w('party_source.external_id')), (51, 'keepme');
INSERT INTO party (party_id, kind, name_en) VALUES (49, 'person', 'Forgetme Roe');
SELECT plan_event('first', starts_at => '2031-01-05 14:00+08', ends_at => '2031-01-05 17:00+08', host_id => 1), plan_event('second', starts_at => '2031-02-05 14:00+08', ends_at => '2031-02-05 17:00+08', host_id => 1) \g /dev/null
UPDATE event SET status_code = 'announced';
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 30), (2, 'on_site', 30);

-- What a person is, has, gives and wants
INSERT INTO party_role (party_id, role_code) VALUES (50, 'developer');
INSERT INTO affiliation (person_id, organization_id, title) VALUES (50, 1, pg_temp.w('affiliation.title')), (51, 1, 'keepme');
INSERT INTO contact (party_id, kind, address) VALUES (50, 'email', 'forgetme@example.org'), (50, 'phone', '+86 138 0013 8000'), (50, 'wechat', pg_temp.w('contact.address')), (50, 'phone', 'forgetme has none'),
                                                     (51, 'email', 'forgetme@example.org.cn'), (51, 'phone', '13800138001'), (51, 'phone', 'keepme has none');
INSERT INTO product (party_id, name, website, introduction) VALUES (50, pg_temp.w('product.name'), pg_temp.u('product.website'), pg_temp.w('product.introduction')), (51, 'keepme', 'https://keepme', 'keepme');
INSERT INTO venue (venue_id, party_id, name, address) VALUES (50, 50, pg_temp.w('venue.name'), pg_temp.w('venue.address')), (51, 1, 'keepme', 'keepme');
INSERT INTO room (room_id, venue_id, name) VALUES (50, 50, pg_temp.w('room.name')), (51, 51, 'keepme');
INSERT INTO room_hours (room_id, opens, closes, note) VALUES (50, '08:00', '20:00', pg_temp.w('room_hours.note')), (51, '08:00', '20:00', 'keepme');
INSERT INTO asset (asset_id, asset_kind_code, event_id, party_id, state, url, body) VALUES
    (50, 'photo', 1, 50, 'ready', pg_temp.u('asset.url'), pg_temp.w('asset.body')), (51, 'photo', 1, 51, 'ready', 'https://keepme', 'keepme');
INSERT INTO asset_person (asset_id, person_id) VALUES (50, 50), (50, 51), (51, 51);
INSERT INTO supply (supply_id, party_id, resource_code, quantity) VALUES (50, 50, 'speaker', 2), (51, 51, 'speaker', 2);
INSERT INTO demand (demand_id, party_id, resource_code, metric) VALUES (50, 50, 'influence', pg_temp.w('demand.metric')), (51, 51, 'influence', 'keepme');
INSERT INTO metric (metric_id, party_id, kind, name_en, name_zh, original_text) VALUES (50, 50, 'process', pg_temp.w('metric.name_en'), pg_temp.w('metric.name_zh'), pg_temp.w('metric.original_text')),
                                                                                        (51, 51, 'process', 'keepme', 'keepme', 'keepme');
INSERT INTO channel (channel_id, party_id, platform_code, name, url) VALUES (50, 50, 'website', pg_temp.w('channel.name'), pg_temp.u('channel.url')), (51, 51, 'website', 'keepme', 'https://keepme');
INSERT INTO blackout (party_id, since, until, reason) VALUES (50, '2031-01-01', '2031-02-01', pg_temp.w('blackout.reason')), (51, '2031-01-01', '2031-02-01', 'keepme');
INSERT INTO absence (person_id, starts_at, ends_at) VALUES (50, '2031-03-01', '2031-03-02'), (51, '2031-03-01', '2031-03-02');
INSERT INTO availability (party_id, is_available, starts_at, ends_at, note) VALUES (50, true, '2031-03-03', '2031-03-04', pg_temp.w('availability.note')), (51, true, '2031-03-03', '2031-03-04', 'keepme');
INSERT INTO helper (party_id) VALUES (50), (51);
INSERT INTO certification (certification_id, organization_id, name_en) VALUES (50, 1, 'programme');
INSERT INTO certification_level (certification_level_id, certification_id, level) VALUES (50, 50, 1), (51, 50, 2);
INSERT INTO certification_prerequisite (certification_level_id, required_id) VALUES (51, 50);
INSERT INTO exam_tag (exam_tag_id, certification_level_id, name_en) VALUES (50, 50, 'programme');
INSERT INTO exam_question (exam_question_id, certification_level_id, kind, text_en) VALUES (50, 50, 'fill_in', 'programme'), (51, 50, 'single', 'programme');
INSERT INTO exam_option (exam_question_id, text_en) VALUES (51, 'programme');
INSERT INTO exam_key (exam_question_id, form) VALUES (50, 'programme');
INSERT INTO exam_question_tag (exam_question_id, exam_tag_id) VALUES (50, 50);
INSERT INTO blueprint (certification_level_id, quantity) VALUES (50, 1);
INSERT INTO paper (paper_id, certification_level_id, person_id) VALUES (50, 50, 50), (51, 50, 51);
INSERT INTO paper_question (paper_question_id, paper_id, exam_question_id, ordinal) VALUES (50, 50, 50, 1), (51, 51, 50, 1);
INSERT INTO attempt (paper_id) VALUES (50), (51);
INSERT INTO attempt_answer (paper_question_id, body) VALUES (50, pg_temp.w('attempt_answer.body')), (51, 'keepme');
UPDATE attempt SET submitted_at = now();
INSERT INTO certificate (certificate_kind_code, organization_id, person_id, name_en, revoked_reason) VALUES ('internship', 1, 50, 'programme', pg_temp.w('certificate.revoked_reason')), ('internship', 1, 51, 'programme', 'keepme');
INSERT INTO certificate_miss (database_role, acting_id, begun_at, misses) VALUES ('x', 50, now(), 1), ('x', 51, now(), 1);
INSERT INTO course (course_id, certification_level_id, name_en) VALUES (50, 50, 'programme');
INSERT INTO tutor (course_id, person_id) VALUES (50, 50), (50, 51);
INSERT INTO course_progress (course_id, person_id) VALUES (50, 50), (50, 51);
-- a team of its own, one of another, and one of both
INSERT INTO hackathon (event_id) VALUES (1);
INSERT INTO track (track_id, event_id, name_en) VALUES (50, 1, 'programme');
INSERT INTO track_skill (track_id, skill_code) SELECT 50, min(skill_code) FROM skill;
INSERT INTO problem (problem_id, track_id, party_id, title_en, url) VALUES (50, 50, 50, 'programme', pg_temp.u('problem.url')), (51, 50, 51, 'programme', 'https://keepme');
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en) VALUES (50, 1, 1, 'programme');
INSERT INTO criterion (criterion_id, hackathon_round_id, name_en) VALUES (50, 50, 'programme');
SELECT enter_team(1, pg_temp.w('team.name'), 50), enter_team(1, 'keepme', 51) \g /dev/null
INSERT INTO submission (hackathon_round_id, team_id, url, revision)
SELECT 50, t.team_id, CASE t.captain_id WHEN 50 THEN pg_temp.u('submission.url') ELSE 'https://keepme' END, CASE t.captain_id WHEN 50 THEN pg_temp.w('submission.revision') ELSE 'keepme' END FROM team t;
INSERT INTO judge (judge_id, event_id, person_id) VALUES (50, 1, 50), (51, 1, 51), (52, 1, 3);
INSERT INTO judging (judging_id, hackathon_round_id, team_id, judge_id) SELECT team_id, 50, team_id, 52 FROM team;
INSERT INTO score (judging_id, criterion_id, points) SELECT judging_id, 50, 5 FROM judging;
INSERT INTO comparison (hackathon_round_id, judge_id, preferred_id, other_id) SELECT 50, 52, min(team_id), max(team_id) FROM team;
INSERT INTO award (award_id, event_id, name_en, kind, party_id) VALUES (50, 1, 'programme', 'person', 50), (51, 1, 'programme', 'person', 51);
INSERT INTO award_winner (award_id, person_id) VALUES (50, 50), (51, 51);
INSERT INTO contribution (party_id, contribution_kind_code, url, description) VALUES (50, 'article', pg_temp.u('contribution.url'), pg_temp.w('contribution.description')), (51, 'article', 'https://keepme', 'keepme');
-- whom it knows, what it applied for and set, where it belongs
INSERT INTO acquaintance (person_id, knows_id) VALUES (50, 51), (51, 3), (3, 50);
INSERT INTO introduction (introducer_id, party_id, to_id) VALUES (50, 51, 3), (51, 3, 1);
INSERT INTO brand (party_id, url, rules) VALUES (50, pg_temp.u('brand.url'), pg_temp.w('brand.rules')), (51, 'https://keepme', 'keepme');
INSERT INTO task_card (task_card_id, party_id, title_en, title_zh, background, scenario, benefit, goal, acceptance, url)
VALUES (50, 50, pg_temp.w('task_card.title_en'), pg_temp.w('task_card.title_zh'), pg_temp.w('task_card.background'), pg_temp.w('task_card.scenario'), pg_temp.w('task_card.benefit'),
        pg_temp.w('task_card.goal'), pg_temp.w('task_card.acceptance'), pg_temp.u('task_card.url')),
       (51, 51, 'keepme', 'keepme', 'keepme', 'keepme', 'keepme', 'keepme', 'keepme', 'https://keepme');
INSERT INTO intake (intake_id, name_en, apply_by, rank_by) VALUES (50, 'programme', '2999-01-01', '2999-01-01');
INSERT INTO opening (opening_id, intake_id, party_id, name_en, mentor_id) VALUES (50, 50, 1, 'programme', 50), (51, 50, 1, 'programme', 51);
INSERT INTO opening_skill (opening_id, skill_code) SELECT 50, min(skill_code) FROM skill;
INSERT INTO applicant (applicant_id, intake_id, person_id) VALUES (50, 50, 50), (51, 50, 51);
INSERT INTO applicant_choice (applicant_id, opening_id, place) VALUES (50, 50, 1), (51, 50, 1);
INSERT INTO opening_choice (opening_id, applicant_id, place) VALUES (50, 50, 1), (50, 51, 2);
INSERT INTO offer (intake_id, opening_id, applicant_id, round, offered_at, answer_by) VALUES (50, 50, 50, 1, now(), '2999-01-01'), (50, 51, 51, 1, now(), '2999-01-01');
INSERT INTO studio (party_id, school_id) VALUES (1, 2);
INSERT INTO joint_project (joint_project_id, school_id, kind, name_en, lead_id) VALUES (50, 1, 'book', 'programme', 50), (51, 1, 'book', 'programme', 51);
INSERT INTO joint_project_party (joint_project_id, party_id) VALUES (50, 50), (51, 51);
SELECT agree_ring(ARRAY[50, 51], ARRAY[51, 50], ARRAY['speaker', 'speaker']) AS ring \gset
INSERT INTO signature (agreement_id, party_id) VALUES (:ring, 50), (:ring, 51);
INSERT INTO duty_preference (party_id, duty_code, note) VALUES (50, 'photo', pg_temp.w('duty_preference.note')), (51, 'photo', 'keepme');
INSERT INTO party_skill (party_id, skill_code) SELECT n, (SELECT min(skill_code) FROM skill) FROM unnest(ARRAY[50, 51]) n;
INSERT INTO apart (one_id, other_id, note) VALUES (3, 50, pg_temp.w('apart.note')), (3, 51, 'keepme');
INSERT INTO consent (person_id, status_code, evidence) VALUES (50, 'given', pg_temp.w('consent.evidence')), (51, 'given', 'keepme');
-- What it does at an event
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 50, 'guest_company'), (1, 51, 'guest_company');
INSERT INTO event_duty (event_duty_id, event_id, duty_code, party_id) VALUES (50, 1, 'host', 50), (51, 1, 'host', 51);
INSERT INTO event_item (event_id, name_en, party_id, done_evidence, done_by, done_at) VALUES (1, 'own', 50, pg_temp.w('event_item.done_evidence'), 'x', now()), (1, 'own', 51, 'keepme', 'x', now());
INSERT INTO event_item (event_id, name_en, party_id, waived_reason) VALUES (1, 'waived', 50, pg_temp.w('event_item.waived_reason')), (1, 'waived', 51, 'keepme');
INSERT INTO session (session_id, event_id, format_code, title_en, abstract) VALUES (50, 1, 'mini_talk', 'programme', pg_temp.w('session.abstract')), (51, 1, 'mini_talk', 'programme', 'keepme'), (52, 1, 'mini_talk', 'programme', 'keepme too');
INSERT INTO speaker (session_id, person_id) VALUES (50, 50), (51, 51), (52, 51), (52, 50);
INSERT INTO invitation (invitation_id, event_id, person_id) VALUES (50, 1, 50), (51, 1, 51), (52, 2, 50);
UPDATE invitation SET status_code = 'declined', decline_reason = pg_temp.w('invitation.decline_reason') WHERE invitation_id = 52;
INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at, reference, note) VALUES
    (50, 'train', 'hz', 'bj', '2031-01-04 10:00+08', '2031-01-04 14:00+08', pg_temp.w('travel_leg.reference'), pg_temp.w('travel_leg.note')),
    (51, 'train', 'hz', 'bj', '2031-01-04 10:00+08', '2031-01-04 14:00+08', 'keepme', 'keepme');
INSERT INTO commitment (commitment_id, supply_id, demand_id, quantity) SELECT 50, 50, min(demand_id), 1 FROM demand WHERE event_id = 1;
INSERT INTO commitment (commitment_id, event_id, giver_id, what, status_code) VALUES (51, 1, 50, pg_temp.w('commitment.what'), 'signed'), (52, 1, 51, 'keepme', 'signed');
INSERT INTO package (package_id, event_id, name_en, benefits) VALUES (50, 1, 'package', 'booth:1'), (51, 1, 'package 51', 'booth:1');
INSERT INTO agreement (agreement_id, package_id, event_id, party_id, status_code) VALUES (50, 50, 1, 50, 'signed'), (51, 51, 1, 51, 'signed');
INSERT INTO delivery (commitment_id, evidence) SELECT commitment_id, CASE agreement_id WHEN 50 THEN pg_temp.w('delivery.evidence') ELSE 'keepme' END FROM commitment WHERE agreement_id IN (50, 51) AND resource_code = 'booth';
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned) VALUES (1, 'tea', 50, 100), (1, 'tea', 51, 100);
INSERT INTO post (event_id, channel_id, planned_at, url) VALUES (1, 50, now(), pg_temp.u('post.url')), (1, 51, now(), 'https://keepme');
INSERT INTO audience (party_id, planned) VALUES (50, 10), (51, 10);
INSERT INTO outcome (outcome_id, event_id, outcome_kind_code, party_id, description, note) VALUES (50, 1, 'kol', 50, pg_temp.w('outcome.description'), pg_temp.w('outcome.note')), (51, 1, 'kol', 51, 'keepme', 'keepme');
INSERT INTO talk (talk_id, event_id, title_en, abstract, submitter_id) VALUES (50, 1, 'programme', pg_temp.w('talk.abstract'), 50), (51, 1, 'programme', 'keepme', 51), (52, 1, 'programme', 'keepme', 3),
                                                                                   (53, 1, 'programme', pg_temp.w('talk.abstract of another submitter'), 3), (54, 1, 'programme', 'keepme', 50);
INSERT INTO talk_speaker (talk_id, person_id) VALUES (53, 50), (54, 51);
INSERT INTO talk_review (talk_id, reviewer_id, score, remark) VALUES (52, 50, 4, pg_temp.w('talk_review.remark')), (50, 3, 5, pg_temp.w('talk_review.remark of another')), (51, 3, 5, 'keepme');
INSERT INTO survey (survey_id, event_id, purpose) VALUES (50, 1, 'feedback');
INSERT INTO question (question_id, survey_id, question_code, kind, text_en) VALUES (50, 50, 'wish', 'text', 'What do you wish?');
INSERT INTO response (response_id, survey_id) SELECT n, 50 FROM generate_series(50, 55) n;
INSERT INTO respondent (response_id, respondent, party_id) VALUES (50, pg_temp.w('respondent.respondent'), 50), (51, 'keepme', 51),
    -- by an address alone
    (52, 'FORGETME@example.ORG ', NULL), (53, '008613800138000', NULL), (54, 'forgetme@example.org.cn', NULL), (55, '13800138001', NULL);
INSERT INTO answer (response_id, question_id, body) VALUES (50, 50, pg_temp.w('answer.body')), (51, 50, 'keepme'), (52, 50, pg_temp.w('answer.body by email')), (53, 50, pg_temp.w('answer.body by phone')), (54, 50, 'keepme'), (55, 50, 'keepme');
INSERT INTO registration (registration_id, event_id, party_id, note, external_id) VALUES (50, 1, 50, pg_temp.w('registration.note'), pg_temp.w('registration.external_id')), (51, 1, 51, 'keepme', 'keepme'),
    (52, 2, NULL, pg_temp.w('registration.note by email'), NULL), (53, 2, NULL, pg_temp.w('registration.note by phone'), NULL), (54, 2, NULL, 'keepme', NULL), (55, 2, NULL, 'keepme', NULL), (56, 2, 51, pg_temp.w('registration.note moved'), NULL),
    (57, 1, NULL, 'keepme', NULL), (58, 2, NULL, pg_temp.w('registration.note by the address of another registration'), NULL);
INSERT INTO attendee (registration_id, name, contact_kind, contact) VALUES (50, pg_temp.w('attendee.name'), 'email', 'forgetme2@example.org'), (51, 'keepme', 'email', 'forgetme@example.org.cn'),
    (52, pg_temp.w('attendee.name by email'), 'email', 'ＦＯＲＧＥＴＭＥ@Example.org'), (53, pg_temp.w('attendee.name by phone'), 'phone', '（+８６）１３８-００１３-８０００'),
    (54, 'keepme', 'email', 'forgetme@example.org.cn'), (55, 'keepme', 'phone', '+86 138-0013-8001'), (56, pg_temp.w('attendee.name moved'), 'wechat', pg_temp.w('contact.address')),
    (57, 'keepme', NULL, NULL), (58, pg_temp.w('attendee.name by the address of another registration'), 'email', 'Forgetme2@example.org');
-- a form with questions: its answers are of the registration
INSERT INTO survey (survey_id, event_id, purpose, side) VALUES (60, 2, 'registration', 'on_site');
INSERT INTO question (question_id, survey_id, question_code, kind, text_en) VALUES (60, 60, 'client', 'text', 'Which client?');
INSERT INTO response (response_id, survey_id, registration_id) VALUES (60, 60, 52), (61, 60, 54);
INSERT INTO answer (response_id, question_id, body) VALUES (60, 60, pg_temp.w('answer.body of a registration')), (61, 60, 'keepme');

-- Remarks on all that is of the person, and as many of another
INSERT INTO follow_up (event_id, plan) VALUES (1, 'plan');
INSERT INTO remark (party_id, note) VALUES (50, pg_temp.w('remark.note on party')), (51, 'keepme');
INSERT INTO remark (helper_id, note) VALUES (50, pg_temp.w('remark.note on helper')), (51, 'keepme');
INSERT INTO remark (event_party_id, note) SELECT event_party_id, CASE party_id WHEN 50 THEN pg_temp.w('remark.note on event_party') ELSE 'keepme' END FROM event_party WHERE party_id IN (50, 51);
INSERT INTO remark (event_duty_id, note) VALUES (50, pg_temp.w('remark.note on event_duty')), (51, 'keepme');
INSERT INTO remark (supply_id, note) VALUES (50, pg_temp.w('remark.note on supply')), (51, 'keepme');
INSERT INTO remark (demand_id, note) VALUES (50, pg_temp.w('remark.note on demand')), (51, 'keepme');
INSERT INTO remark (commitment_id, note) VALUES (50, pg_temp.w('remark.note on commitment')), (52, 'keepme');
INSERT INTO remark (agreement_id, note) VALUES (50, pg_temp.w('remark.note on agreement')), (51, 'keepme');
INSERT INTO remark (cost_id, note) SELECT cost_id, CASE payer_id WHEN 50 THEN pg_temp.w('remark.note on cost') ELSE 'keepme' END FROM cost WHERE payer_id IN (50, 51);
INSERT INTO remark (audience_id, note) SELECT audience_id, CASE party_id WHEN 50 THEN pg_temp.w('remark.note on audience') ELSE 'keepme' END FROM audience WHERE party_id IN (50, 51);
INSERT INTO remark (channel_id, note) VALUES (50, pg_temp.w('remark.note on channel')), (51, 'keepme');
INSERT INTO remark (post_id, note) SELECT post_id, CASE channel_id WHEN 50 THEN pg_temp.w('remark.note on post') ELSE 'keepme' END FROM post WHERE channel_id IN (50, 51);
INSERT INTO remark (metric_id, note) VALUES (50, pg_temp.w('remark.note on metric')), (51, 'keepme');
INSERT INTO remark (talk_id, note) VALUES (50, pg_temp.w('remark.note on talk')), (51, 'keepme'), (53, pg_temp.w('remark.note on talk of another submitter'));
INSERT INTO remark (invitation_id, note) VALUES (50, pg_temp.w('remark.note on invitation')), (51, 'keepme');
INSERT INTO remark (absence_id, note) SELECT absence_id, CASE person_id WHEN 50 THEN pg_temp.w('remark.note on absence') ELSE 'keepme' END FROM absence;

-- Tables without words of persons; constraints between them do not matter here
SET LOCAL session_replication_role = replica;
INSERT INTO series (series_id, name_en) VALUES (1, 'series 1');
INSERT INTO event_day (event_id, starts_at, ends_at) SELECT event_id, starts_at, ends_at FROM event;
INSERT INTO link (event_id, link_kind_code, name) VALUES (1, 'live', 'link');
INSERT INTO notice (event_id, text_en) VALUES (1, 'notice');
INSERT INTO event_check (event_check_id, event_id, check_code) VALUES (1, 1, 'ticket') ON CONFLICT DO NOTHING;
INSERT INTO moved_up (registration_id, seats, rule_code) VALUES (50, 1, 'first_fit');
INSERT INTO check_pass (registration_id, event_id, status_code, seats, event_check_id, party_id, passed_by) SELECT 50, 1, 'registered', 1, min(event_check_id), 50, 'x' FROM event_check;
INSERT INTO session_seating (session_id, event_id, capacity, booked) VALUES (50, 1, 10, 1);
INSERT INTO booking (session_id, event_id, registration_id, status_code, seats) VALUES (50, 1, 50, 'registered', 1);
INSERT INTO segment (segment_id, name_en, industry_code) VALUES (1, 'segment 1', 'operator');
INSERT INTO target (party_id, segment_id) VALUES (50, 1);
INSERT INTO party_industry (party_id, industry_code) VALUES (50, 'operator');
INSERT INTO supplier_of (supplier_id, customer_id) VALUES (1, 2);
INSERT INTO reach (event_id, medium_code, planned_pv) VALUES (1, 'article', 1);
INSERT INTO follower_count (channel_id, counted_on, followers, basis) VALUES (50, '2031-01-01', 1, 'measured');
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis) VALUES (50, 'wechat_index', '2031-01-01', 1, 'measured');
INSERT INTO rotation (series_id, time_zone) VALUES (1, 'Asia/Shanghai');
INSERT INTO series_host (series_host_id, series_id, party_id) VALUES (1, 1, 50);
INSERT INTO host_city (series_host_id, city_code) VALUES (1, 'hz');
INSERT INTO host_wish (series_host_id, since, until) VALUES (1, '2031-01-01', '2031-02-01');
INSERT INTO season (season_id, series_id, starts_on, ends_on, cadence, time_zone, min_days_between) VALUES (1, 1, '2031-01-01', '2031-12-31', 'FREQ=MONTHLY', 'UTC', 0);
INSERT INTO season_host (season_id, party_id, lower, upper, possible, reason_code) VALUES (1, 50, 1, 1, 1, 'fair');
INSERT INTO turn (season_id, series_id, time_zone, min_days_between, starts_at, ends_at, party_id) VALUES (1, 1, 'UTC', 0, '2031-01-01', '2031-01-02', 50);
INSERT INTO event_format (event_id, format_code) VALUES (1, 'mini_talk') ON CONFLICT DO NOTHING;
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (1, 50, '2031-01-05 14:00+08', '2031-01-05 15:00+08');
INSERT INTO talk_vote (event_id, preferred_id, preferred_edition, other_id, other_edition, voter_id, voter_edition, judged_at, judged_on) VALUES (1, 51, 0, 52, 0, 50, 0, now(), now());
INSERT INTO question_option (question_id, kind, option_code, name_en) VALUES (50, 'choice', 'o', 'option');
INSERT INTO region (region_code, name_en) VALUES ('r1', 'region 1');
INSERT INTO region_city (region_code, city_code) VALUES ('r1', 'hz');
INSERT INTO resource_conflict (one_code, other_code, scope) VALUES ('booth', 'naming', 'event') ON CONFLICT DO NOTHING;
INSERT INTO city_activity (city_code, measured_on, activity) VALUES ('hz', '2031-01-01', 1);
INSERT INTO access (database_role, level) VALUES ('pg_monitor', 'visitor');
SET LOCAL session_replication_role = origin;

-- What was changed, moved and deleted before
UPDATE demand SET metric = pg_temp.w('demand.metric changed') WHERE demand_id = 50;
UPDATE outcome SET description = pg_temp.w('outcome.description changed') WHERE outcome_id = 50;
UPDATE session SET abstract = pg_temp.w('session.abstract changed') WHERE session_id = 50;
INSERT INTO demand (demand_id, party_id, resource_code, metric) VALUES
    (60, 50, 'influence', pg_temp.w('demand.metric deleted')), (61, 51, 'influence', 'keepme deleted'),
    -- to another: what stands there since, what the other changed, what the other had before
    (62, 50, 'influence', pg_temp.w('demand.metric moved')), (63, 50, 'influence', pg_temp.w('demand.metric moved and changed')),
    (64, 51, 'influence', 'keepme before');
INSERT INTO remark (demand_id, note) VALUES (60, pg_temp.w('remark.note on demand deleted')), (62, pg_temp.w('remark.note on demand moved'));
DELETE FROM demand WHERE demand_id IN (60, 61);
UPDATE demand SET party_id = 51 WHERE demand_id IN (62, 63);
UPDATE demand SET metric = 'keepme after' WHERE demand_id = 63;
UPDATE demand SET metric = 'keepme between' WHERE demand_id = 64;
UPDATE demand SET party_id = 50, metric = pg_temp.w('demand.metric moved to') WHERE demand_id = 64;
INSERT INTO metric (party_id, name_en, kind) VALUES (50, pg_temp.w('metric.name_en deleted'), 'process'), (51, 'keepme deleted', 'process');
DELETE FROM metric WHERE name_en ~ 'deleted';
INSERT INTO commitment (commitment_id, event_id, giver_id, what) VALUES (60, 1, 50, pg_temp.w('commitment.what deleted')), (61, 1, 51, 'keepme deleted');
INSERT INTO delivery (commitment_id, evidence) VALUES (51, pg_temp.w('delivery.evidence deleted')), (52, 'keepme deleted');
DELETE FROM delivery WHERE evidence ~ 'deleted';
DELETE FROM agreement WHERE agreement_id IN (SELECT agreement_id FROM commitment WHERE commitment_id IN (60, 61));
INSERT INTO session (session_id, event_id, format_code, title_en, abstract) VALUES (60, 1, 'mini_talk', 'programme', 'FORGETME Roe, forgetme@example.org, knows much'), (61, 1, 'mini_talk', 'programme', 'keepme: forgetme@example.org.cn knows more'), (62, 1, 'mini_talk', 'programme', pg_temp.w('session.abstract moved'));
INSERT INTO speaker (session_id, person_id) VALUES (60, 50), (61, 51), (62, 50);
UPDATE session SET event_id = 2 WHERE session_id = 62;
DELETE FROM session WHERE session_id IN (60, 61);
INSERT INTO talk (talk_id, event_id, title_en, abstract, submitter_id) VALUES (60, 1, 'programme', pg_temp.w('talk.abstract deleted'), 50), (61, 1, 'programme', 'keepme deleted', 51);
DELETE FROM talk WHERE talk_id IN (60, 61);
INSERT INTO consent (consent_id, person_id, medium, status_code, evidence) VALUES (60, 50, 'photo', 'given', pg_temp.w('consent.evidence moved'));
UPDATE consent SET person_id = 3 WHERE consent_id = 60;
-- the event is moved, and the person merged
SELECT move_event(1, '2031-03-05 14:00+08') \g /dev/null
INSERT INTO demand (demand_id, party_id, resource_code, metric) VALUES (70, 49, 'influence', pg_temp.w('demand.metric merged')), (71, 49, 'influence', pg_temp.w('demand.metric merged and deleted'));
INSERT INTO remark (demand_id, note) VALUES (70, pg_temp.w('remark.note on demand merged'));
DELETE FROM demand WHERE demand_id = 71;
INSERT INTO registration (registration_id, event_id, party_id, note) VALUES (70, 2, 49, pg_temp.w('registration.note merged'));
INSERT INTO contact (party_id, kind, address) VALUES (49, 'email', 'Forgetme@Example.org'), (49, 'other', pg_temp.w('contact.address merged'));
SELECT merge_party(50, 49) \g /dev/null


-- Every word with its column; every number.
CREATE FUNCTION pg_temp.found(pattern text) RETURNS TABLE (place text, word text) LANGUAGE plpgsql AS $$
DECLARE
    t text;
BEGIN
    FOR t IN SELECT relname FROM pg_class WHERE relnamespace = 't_forget'::regnamespace AND relkind = 'r' LOOP
        RETURN QUERY EXECUTE format('SELECT %L || ''.'' || c.key, m[1] FROM t_forget.%I x, jsonb_each_text(to_jsonb(x)) c, regexp_matches(c.value, %L, ''gi'') m', t, t, pattern);
    END LOOP;
END
$$;
CREATE FUNCTION pg_temp.counted() RETURNS TABLE (what text, n numeric) LANGUAGE plpgsql AS $$
DECLARE
    t text;
BEGIN
    FOR t IN
        SELECT relname FROM pg_class
        WHERE relnamespace = 't_forget'::regnamespace AND relkind = 'r' AND relname <> 'history'
          AND NOT EXISTS (SELECT FROM _forget_rule() u WHERE u.relation = relname AND u.is_deleted)
    LOOP
        RETURN QUERY EXECUTE format('SELECT %L || ''.'' || c.key, count(*) + coalesce(sum((c.value)::numeric) FILTER (WHERE jsonb_typeof(c.value) = ''number''), 0)
                                     FROM t_forget.%I x, jsonb_each(to_jsonb(x)) c GROUP BY c.key', t, t);
    END LOOP;
END
$$;
CREATE TEMP TABLE place_before AS SELECT * FROM pg_temp.found('(forgetme(?!@example[.]org[.]cn)[a-z0-9_. ]*|ｆｏｒｇｅｔｍｅ|138.?0013.?8000|１３８-?００)');
CREATE TEMP TABLE kept_before AS SELECT * FROM pg_temp.found('(keepme[a-z ]*|forgetme@example[.]org[.]cn|138.?0013.?8001)');
CREATE TEMP TABLE counted_before AS SELECT * FROM pg_temp.counted();
CREATE FUNCTION pg_temp.is_empty(relation text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    n boolean;
BEGIN
    EXECUTE format('SELECT NOT EXISTS (SELECT FROM t_forget.%I)', relation) INTO n;
    RETURN n;
END
$$;

SELECT is(string_agg(relname, ', ' ORDER BY relname), NULL, 'every table has a row')
FROM pg_class WHERE relnamespace = 't_forget'::regnamespace AND relkind = 'r' AND pg_temp.is_empty(relname);
SELECT is(string_agg(DISTINCT u.relation || '.' || c.name, ', '), NULL, 'every column of free text that is of persons has a word of the person')
FROM _forget_rule() u
CROSS JOIN unnest(u.columns) c (name)
WHERE u.whose IS NOT NULL AND u.relation || '.' || c.name NOT IN ('asset.state', 'party.city_code')
  AND NOT EXISTS (SELECT FROM place_before b WHERE b.place = u.relation || '.' || c.name);
SELECT is(string_agg(DISTINCT u.relation || '.' || c.name, ', '), NULL, 'and one of another')
FROM _forget_rule() u
CROSS JOIN unnest(u.columns) c (name)
WHERE u.whose IS NOT NULL AND u.relation || '.' || c.name NOT IN ('asset.state', 'invitation.decline_reason') AND u.relation <> 'party'
  AND NOT EXISTS (SELECT FROM kept_before b WHERE b.place = u.relation || '.' || c.name);
SELECT is(string_agg(DISTINCT c.table_name, ', '), NULL, 'the person stands in every table that refers to one')
FROM _party_column() c
WHERE c.table_name NOT IN ('access', 'series', 'supplier_of', 'party_merge', 'agreement', 'certification', 'studio')
  AND NOT EXISTS (SELECT FROM pg_temp.found('(^50$)') f WHERE f.place = c.table_name || '.' || c.column_name)
  AND NOT EXISTS (SELECT FROM _party_column() d JOIN pg_temp.found('(^50$)') f ON f.place = d.table_name || '.' || d.column_name WHERE d.table_name = c.table_name);

SELECT cmp_ok(forget(50), '>', 60::bigint, 'the person is forgotten');

SELECT is(string_agg(DISTINCT f.place || ': ' || f.word, ', '), NULL, 'not a word is left in any table')
FROM pg_temp.found('(forgetme(?!@example[.]org[.]cn)[a-z0-9_. ]*|ｆｏｒｇｅｔｍｅ|138.?0013.?8000|１３８-?００)') f;
SELECT is(string_agg(x.place || ': ' || x.word, ', '), NULL, 'all words of others are left')
FROM (SELECT * FROM kept_before EXCEPT ALL SELECT * FROM pg_temp.found('(keepme[a-z ]*|forgetme@example[.]org[.]cn|138.?0013.?8001)')) x;
-- but which version a row is of; where somebody is who travels or is absent; answers of a form to register, which go with it
SELECT is(string_agg(x.what, ', '), NULL, 'all numbers are as they were')
FROM (SELECT * FROM counted_before EXCEPT SELECT * FROM pg_temp.counted()) x
WHERE x.what !~ 'edition$|^presence[.]|^answer[.]';
SELECT is(array_agg(body ORDER BY answer_id), ARRAY['-', 'keepme', '-', '-', 'keepme', 'keepme'], 'each answer to a survey is still one') FROM answer WHERE survey_id = 50;
SELECT is(string_agg(registration_id::text, ' ' ORDER BY registration_id), '51 54 55 57', 'who signed up by an address of the person is nobody now') FROM attendee;
SELECT is(string_agg(concat_ws(' ', demand_id, party_id, metric), ', ' ORDER BY demand_id), '50 50, 51 51 keepme, 62 51, 63 51 keepme after, 64 50, 70 50',
          'what stood in a row when it became another''s goes, what the other wrote stays') FROM demand WHERE demand_id BETWEEN 50 AND 99;
SELECT is(string_agg(concat_ws(' ', talk_id, abstract), ', ' ORDER BY talk_id), '50, 51 keepme, 52 keepme, 53, 54 keepme', 'abstracts of whoever else speaks stay') FROM talk;
SELECT is(party_label(50), 'party 50', 'the party has its number for a name');
SELECT is(forget(50), 0::bigint, 'forgetting twice changes nothing');
SELECT is(count(*), 0::bigint, 'a column of a change is told once') FROM (SELECT FROM event_history GROUP BY history_id, column_name HAVING count(*) > 1) x;

SELECT finish();
ROLLBACK;
