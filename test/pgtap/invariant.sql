-- Every rule is broken where triggers do not look, and view invariant shows just
-- that: rows made by a rule break none, and what was broken is named by table and
-- key.  What the database keeps comes from the catalog.
--
-- pg_prove -d DATABASE test/pgtap/invariant.sql

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
SELECT salon.create_space('t_invariant') \g /dev/null
SET LOCAL search_path = t_invariant, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

-- == What triggers keep

-- Each function of a trigger that writes, and what shows that it did not: a rule
-- of the view, or why there is none.
CREATE TEMP TABLE kept (function text, shown_by text);
INSERT INTO kept VALUES
    ('_agreement_claim', 'agreement_package_is_of_the_event and the like, foreign keys'), ('_agreement_fill', 'agreement_fulfilled_is_whole'),
    ('_agreement_place', 'package_claimed_is_kept'), ('_affiliation_claimed', 'who said it: nothing else says so'), ('_affiliation_interest', 'editions, foreign keys'), ('_amount', '..._amounts_fit_the_currency'),
    ('_assent', 'who agreed, by whom: nothing else says so'), ('_asset_source', 'asset_follows_its_source, a foreign key'), ('_attendee_follow', 'attendee_follows_the_registration, a foreign key'),
    ('_attendee_move_up', 'seating_move_up'), ('_booking_change', 'booking_is_of_a_registered_seat, a check'), ('_booking_count', 'session_seating_counts_are_kept'), ('_booking_enter', 'booking_follows_the_registration, a foreign key'),
    ('_check_pass_follow', 'check_pass_follows_the_registration, a foreign key'), ('_commitment_count', 'supply_committed_is_kept, agreement_signer_is_kept'), ('_commitment_done', 'agreement_fulfilled_is_whole'),
    ('_commitment_fill', 'commitment_is_of_one_event, commitment_is_of_its_supply'), ('_commitment_part', 'commitment_part, event_party_commitment_is_kept'), ('_commitment_stays', 'history_is_kept'),
    ('_attempt_answer_fill', 'attempt_answer_fill'), ('_attempt_answer_in_time', 'attempt_is_answered_in_time, a check'), ('_attempt_fill', 'when it began: nothing else says so'), ('_attempt_submitted', 'when it was submitted: nothing else says so'), ('_attempt_graded', 'attempt_result_kept'),
    ('_certificate_earned', 'foreign keys'), ('_certificate_fill', 'certificate_renews_one_that_ends; what its level said then'), ('_certificate_revoked', 'certificate_is_revoked_for_a_reason, a check'), ('_course_progress_fill', 'course_progress_has_another_tutor, checks'), ('_exam_key_corrected', 'attempt_result_kept'),
    ('_exam_question_fill', 'a number'), ('_exam_question_options', 'options as those of other kinds'), ('_tutor_learners', 'tutor_learners_kept'), ('_verify', 'it writes nothing of the certificate'),
    ('_team_member_count', 'team_members_is_kept'), ('_team_captain', 'team_captain_is_a_member'), ('_team_member_open', 'team_member_joined_says_when, a check'), ('_award_count', 'award_given_is_kept'), ('_submission_open', 'submission_is_of_a_team_in_the_round, a foreign key'),
    ('_score_kept', 'score_has_no_interest'), ('_comparison_kept', 'comparison_has_no_interest'), ('_judging_interest', 'judging_has_no_interest'), ('_round_advanced', 'who went on then: scores that count change later'),
    ('_round_advanced_at', 'when it was ended: nothing else says so'), ('_contribution_kept', 'contribution_accepted_has_points, a check'), ('_contribution_accepted_by', 'who accepted it: nothing else says so'),
    ('_offer_count', 'opening_taken_is_kept'), ('_offer_answer', 'offer_answer_has_its_time, a check'), ('_offer_outcome', 'offer_outcome'), ('_applicant_times', 'applicant_withdrew_at_some_time, a check'),
    ('_applicant_withdrawn', 'applicant_withdrawn'), ('_intake_open', 'foreign keys; until when something was said: nothing else says so'), ('_joint_project_done', 'joint_project_is_done_some_day, a check'),
    ('_signature_fill', 'signature_is_of_a_giver, signature_is_of_an_open_agreement'), ('_signature_last', 'signature_last'), ('_commitment_signed_by_some', 'signature_last'),
    ('_consent_today', 'a default'), ('_cost_delivers', 'commitment_delivered_is_kept'), ('_counted', 'the counters'), ('_delivery_count', 'commitment_delivered_is_kept'), ('_delivery_fill', 'a default'),
    ('_demand_served', 'commitment_is_of_its_supply'), ('_edited', 'a mark for upgrades'), ('_entered_by', 'who entered it: nothing else says so'), ('_event_agreements_go', 'foreign keys'), ('_event_anew', 'a check'),
    ('_event_is_off', 'event_is_off_when_cancelled, a check'), ('_event_duty_count', 'shift_held_is_kept'), ('_event_duty_enter', 'event_duty_keeps_the_shift, event_duty_move'), ('_event_duty_move', 'event_duty_move'), ('_event_item_said', 'event_item_item_is_of_the_template and the like, foreign keys'),
    ('_event_series_part', 'commitment_part'), ('_revised', 'how often it changed: nothing else says so'), ('_event_time_zone', 'a default'), ('_follow', 'foreign keys'), ('_history', 'history_is_kept'), ('_history_kept', 'history_is_kept'), ('_invitation_declined', 'speaker_is_declined'),
    ('_invitation_times', 'when it was said: nothing else says so'), ('_item_dependency_follow', 'foreign keys'), ('_item_dependency_ring', 'item_dependency_ring'), ('_key_given', '..._key_given'), ('_package_promise', 'agreement_is_of_the_promise_it_signed, a foreign key'),
    ('_package_resources', 'package_resource_is_kept'), ('_presence', 'presence_is_kept'), ('_registration_change', 'registration_times_fit_the_status, a check'), ('_registration_count', 'seating_counts_are_kept, seating_move_up'),
    ('_registration_enter', 'registration_follows_the_seating, a foreign key'), ('_room_hours_changed', 'session_is_in_opening_hours'), ('_seating_move_up', 'seating_move_up'), ('_session_room', 'session_follows_the_room, session_is_in_opening_hours'),
    ('_session_seating_stays', 'a mark for build_agenda'), ('_shift_move', 'event_duty_keeps_the_shift'), ('_slot_touched', 'a mark for make_slots'), ('_space_currency', '..._amounts_fit_the_currency'), ('_speaker_declined', 'speaker_is_declined'),
    ('_speaker_talk', 'speaker_talk'), ('_supply_of_event', 'supply_committed_is_kept'), ('_talk_changed', 'editions, foreign keys'), ('_talk_kept', 'talk_follows_the_session, a foreign key'), ('_talk_review_kept', 'talk_review_has_no_interest'),
    ('_talk_session', 'session_shows_its_talk'), ('_talk_speaker_changed', 'speaker_talk'), ('_talk_speaker_kept', 'talk_speaker_is_a_person, a foreign key'), ('_talk_vote_kept', 'talk_vote_has_no_interest'), ('_time_zone', 'a default'),
    ('_turn_event', 'a turn is a plan, its event goes on by itself'), ('_turn_kept', 'turn_follows_the_season, a foreign key'), ('_venue_time_zone', 'a default');
INSERT INTO kept
SELECT f, 'it only refuses'
FROM unnest(ARRAY['_access_column', '_affiliation_stays', '_agreement_deleted', '_asset_agreed', '_commitment_holds', '_committed_stays', '_event_duty_forbidden', '_event_goes', '_event_held',
                  '_event_is_free_again', '_is_answered', '_kept', '_key_kept', '_life', '_package_deleted', '_party_name_free', '_registration_asked', '_registration_party_seats', '_resource_conflict_held', '_ring',
                  '_seating_is_not_overbooked', '_series_own', '_session_seating_is_not_overbooked', '_session_talk', '_stays', '_step', '_talk_asked',
                  '_commitment_fits', '_attempt_answer_stands', '_certification_prerequisite_ring', '_exam_question_stays', '_team_open', '_intake_stays']) f;
INSERT INTO kept
SELECT f, 'it only locks; what was not signed in time counts as lapsed before that is written'
FROM unnest(ARRAY['_agreement_turn', '_commitment_turn', '_delivery_turn', '_event_agreements_turn', '_event_duty_turn', '_talk_turn', '_turn']) f;
SELECT set_eq($$ SELECT DISTINCT p.proname::text COLLATE "default" FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
                 WHERE c.relnamespace = 't_invariant'::regnamespace AND NOT t.tgisinternal $$,
              'SELECT function FROM kept', 'what each trigger keeps is shown by a rule, or it is said why by none');

-- == Rows made by a rule

\set events 8
\set registrations 20
SET LOCAL session_replication_role = replica;
\ir ../bench/synthetic.sql
SET LOCAL session_replication_role = origin;
SELECT is_empty('SELECT rule, table_name, row_key, problem FROM invariant', 'rows made by a rule break none');
-- keys go on as doc/space.md says for a copy by logical replication
SELECT setval('party_party_id_seq', (SELECT max(party_id) + 1 FROM party), false) \g /dev/null
SELECT is_empty('SELECT rule, table_name, row_key, problem FROM invariant', 'nor does a sequence that was set to the next key');

-- And with what people do.
UPDATE talk SET status_code = 'accepted' WHERE talk_id IN (1, 2);
UPDATE talk SET session_id = 3 WHERE talk_id = 1;
INSERT INTO session (session_id, event_id, format_code) VALUES (900, 1, 'mini_talk');
UPDATE talk SET session_id = 900 WHERE talk_id = 2;
UPDATE event SET introduction = 'said' WHERE event_id = 5;
INSERT INTO supply (supply_id, party_id, resource_code, quantity) VALUES (900000, 1, 'venue', 3), (900001, 2, 'venue', 3);
INSERT INTO commitment (commitment_id, event_id, supply_id, giver_id, resource_code, quantity) VALUES (900000, 6, 900000, NULL, NULL, 2), (900001, 6, 900001, NULL, NULL, 2), (900003, 6, NULL, 4, 'replay', 1);
INSERT INTO supply (supply_id, party_id, resource_code) VALUES (900002, 3, 'venue');
INSERT INTO talk_speaker (talk_id, person_id) VALUES (1, 2399);
CREATE TEMP TABLE found AS SELECT rule, table_name, row_key, problem FROM invariant;
SELECT is_empty('SELECT * FROM found', 'nor does what people do');

-- == Each rule broken

-- What is broken, by a command that triggers do not see; NULL: it is broken by
-- the one before as well.
CREATE TEMP TABLE breach (ordinal integer GENERATED ALWAYS AS IDENTITY, rule text, table_name text, row_key text, command text);
INSERT INTO breach (rule, table_name, row_key, command) VALUES
    ('seating_counts_are_kept', 'seating', '1', 'UPDATE seating SET taken = taken + 1 WHERE seating_id = 1'),
    ('seating_counts_are_kept', 'seating', '3', 'UPDATE seating SET waiting = waiting + 1 WHERE seating_id = 3'),
    ('session_seating_counts_are_kept', 'session_seating', '2', 'UPDATE session_seating SET booked = booked + 1 WHERE session_seating_id = 2'),
    ('shift_held_is_kept', 'shift', '1', 'UPDATE shift SET held = held + 1 WHERE shift_id = 1'),
    ('tutor_learners_kept', 'tutor', '1', 'UPDATE tutor SET learners = learners + 1 WHERE tutor_id = 1'),
    ('attempt_result_kept', 'attempt_result', '1', 'UPDATE attempt_result SET earned = earned - 1 WHERE attempt_id = 1'),
    ('certification_prerequisite_has_no_ring', 'certification_prerequisite', '1', 'INSERT INTO certification_prerequisite (certification_prerequisite_id, certification_level_id, required_id) VALUES (1, 1, 2), (2, 2, 1)'),
    ('certification_prerequisite_has_no_ring', 'certification_prerequisite', '2', NULL),
    ('certification_prerequisite_key_given', 'certification_prerequisite', '2', NULL),
    ('supply_committed_is_kept', 'supply', '1', 'UPDATE supply SET committed = committed + 1 WHERE supply_id = 1'),
    ('package_claimed_is_kept', 'package', '1', 'UPDATE package SET claimed = claimed + 1 WHERE package_id = 1'),
    ('package_claimed_is_kept', 'package', '2', 'UPDATE package SET signed = signed + 1 WHERE package_id = 2'),
    ('commitment_delivered_is_kept', 'commitment', '900001', 'UPDATE commitment SET delivered = 1 WHERE commitment_id = 900001'),
    ('commitment_delivered_is_kept', 'commitment', '900003', 'UPDATE commitment SET is_done = true WHERE commitment_id = 900003'),
    ('agreement_signer_is_kept', 'agreement', '3', 'UPDATE agreement SET signer_id = 5 WHERE agreement_id = 3'),
    ('agreement_fulfilled_is_whole', 'agreement', '4', $$WITH a AS (UPDATE agreement SET status_code = 'fulfilled' WHERE agreement_id = 4) UPDATE commitment SET status_code = 'fulfilled' WHERE agreement_id = 4$$),
    ('commitment_is_of_one_event', 'commitment', (SELECT commitment_id FROM commitment WHERE agreement_id = 5)::text, 'UPDATE commitment SET series_id = 7 WHERE agreement_id = 5'),
    ('commitment_is_of_its_supply', 'commitment', '900000', 'UPDATE supply SET party_id = 9 WHERE supply_id = 900000'),
    ('history_is_kept', 'supply', '900000', NULL),
    -- promised, and how much there is
    ('supply_committed_is_kept', 'supply', '900001', 'UPDATE commitment SET quantity = 5 WHERE commitment_id = 900001'),
    ('supply_is_not_overcommitted', 'supply', '900001', NULL),
    ('history_is_kept', 'commitment', '900001', NULL),
    ('package_claimed_is_kept', 'package', '3', 'UPDATE package SET claimed = 0, quantity = 0 WHERE package_id = 3'),
    ('package_is_not_overclaimed', 'package', '3', NULL),
    ('commitment_is_not_overdelivered', 'commitment', (SELECT max(commitment_id) FROM commitment WHERE delivered = 1)::text,
     format('UPDATE delivery SET quantity = 3 WHERE commitment_id = %s', (SELECT max(commitment_id) FROM commitment WHERE delivered = 1))),
    ('commitment_delivered_is_kept', 'commitment', (SELECT max(commitment_id) FROM commitment WHERE delivered = 1)::text, NULL),
    ('commitment_delivered_is_kept', 'commitment', (SELECT max(commitment_id) FROM commitment WHERE delivered = 1)::text, NULL), -- nor is it done
    ('shift_is_not_overfilled', 'shift', '103', $$INSERT INTO event_duty (event_id, duty_code, is_on_site, shift_id, party_id, status_code)
         SELECT event_id, duty_code, is_on_site, shift_id, 2390, 'confirmed' FROM event_duty WHERE shift_id = 103$$),
    ('shift_held_is_kept', 'shift', '103', 'UPDATE shift SET maximum = 1 WHERE shift_id = 103'),
    -- one holder, and what does not go together
    ('commitment_has_one_holder', 'commitment', '900011', $$INSERT INTO commitment (commitment_id, agreement_id, event_id, status_code, taker_id, kind, resource_code, is_exclusive, quantity)
         SELECT 900010 + k, 9, 2, 'signed', 77, 'in_kind', 'naming', true, 1 FROM generate_series(0, 1) k$$),
    ('resource_has_no_ring', 'resource', 'naming', $$UPDATE resource SET parent_code = CASE resource_code WHEN 'naming' THEN 'booth' ELSE 'naming' END WHERE resource_code IN ('naming', 'booth')$$),
    ('resource_has_no_ring', 'resource', 'booth', NULL),
    ('commitment_has_no_conflict', 'commitment', '900014', $$INSERT INTO resource_conflict (one_code, other_code, scope) VALUES ('gift_place', 'replay', 'party')$$),
    (NULL, NULL, NULL, $$INSERT INTO commitment (commitment_id, agreement_id, event_id, status_code, taker_id, kind, resource_code, is_exclusive, quantity)
         VALUES (900014, 9, 2, 'signed', 77, 'in_kind', 'gift_place', false, 1), (900013, 9, 2, 'signed', 77, 'in_kind', 'replay', false, 1)$$),
    ('commitment_key_given', 'commitment', '900014', NULL),
    -- who is where
    ('presence_is_kept', 'speaker', '5', $$DELETE FROM presence WHERE subject = 'speaker' AND subject_id = 5$$),
    ('presence_is_kept', 'presence', '900000', $$INSERT INTO presence (presence_id, party_id, during, is_exclusive, subject, subject_id) VALUES (900000, 2300, '{[2031-01-01,2031-01-02)}', true, 'absence', 77)$$),
    ('presence_key_given', 'presence', '900000', NULL),
    ('presence_is_kept', 'absence', '1', $$INSERT INTO absence (person_id, starts_at, ends_at) SELECT person_id, lower(busy), upper(busy) FROM speaker WHERE speaker_id = 9$$),
    ('presence_is_of_one_thing', 'speaker', '9', NULL),
    ('presence_is_in_one_place', 'event_duty', '1', NULL),
    ('speaker_is_declined', 'speaker', '13', 'UPDATE speaker SET is_declined = true WHERE speaker_id = 13'),
    ('presence_is_kept', 'presence', (SELECT presence_id FROM presence WHERE subject = 'speaker' AND subject_id = 13)::text, NULL),
    ('session_room_is_free', 'session', '17', 'UPDATE session SET room_id = (SELECT room_id FROM session WHERE session_id = 16) WHERE session_id = 17'),
    ('session_is_in_opening_hours', 'session', '20', $$INSERT INTO room_hours (room_id, opens, closes) SELECT room_id, '00:00', '01:00' FROM session WHERE session_id = 20$$),
    ('session_is_in_opening_hours', 'session', '22', NULL),
    ('event_duty_keeps_the_shift', 'event_duty', (SELECT event_duty_id FROM event_duty WHERE shift_id = 204)::text, 'UPDATE shift SET starts_at = (SELECT starts_at FROM event WHERE event_id = 3), ends_at = (SELECT ends_at FROM event WHERE event_id = 3) WHERE shift_id = 204'),
    ('event_duty_keeps_the_shift', 'event_duty', (SELECT event_duty_id FROM event_duty WHERE shift_id = 204)::text, NULL),
    ('event_duty_move', 'event_duty', (SELECT event_duty_id FROM event_duty WHERE shift_id = 201 AND is_on_site)::text, 'UPDATE event_duty SET hours = NULL WHERE shift_id = 201'),
    ('presence_is_kept', 'presence', (SELECT presence_id FROM presence JOIN event_duty ON event_duty_id = subject_id WHERE subject = 'event_duty' AND shift_id = 201)::text, NULL),
    -- what goes together
    ('session_shows_its_talk', 'session', '3', $$UPDATE session SET abstract = 'other' WHERE session_id = 3$$),
    ('history_is_kept', 'session', '3', NULL),
    ('speaker_talk', 'talk', '1', 'DELETE FROM talk_speaker WHERE talk_id = 1 AND person_id = 2399'),
    ('talk_in_the_agenda_is_accepted', 'talk', '2', $$UPDATE talk SET status_code = 'submitted' WHERE talk_id = 2$$),
    ('history_is_kept', 'talk', '2', NULL),
    ('talk_review_has_no_interest', 'talk_review', '5', $$UPDATE talk_review SET void_code = 'speaker' WHERE talk_review_id = 5$$),
    ('talk_vote_has_no_interest', 'talk_vote', '3', $$UPDATE talk_vote SET void_code = 'company' WHERE talk_vote_id = 3$$),
    ('package_resource_is_kept', 'package', '5', $$UPDATE package_resource SET quantity = 7 WHERE package_id = 5 AND resource_code = 'post'$$),
    ('event_party_commitment_is_kept', 'event_party', (SELECT min(event_party_id) FROM event_party WHERE part_code = 'host')::text,
     format($$UPDATE event_party SET commitment_id = (SELECT min(commitment_id) FROM commitment WHERE agreement_id = 3) WHERE event_party_id = %s$$, (SELECT min(event_party_id) FROM event_party WHERE part_code = 'host'))),
    ('commitment_part', 'commitment', (SELECT commitment_id FROM event_party JOIN commitment USING (commitment_id) WHERE agreement_id = 19)::text,
     format('DELETE FROM event_party WHERE commitment_id = %s', (SELECT commitment_id FROM event_party JOIN commitment USING (commitment_id) WHERE agreement_id = 19))),
    ('item_dependency_ring', 'item_dependency', '900000', $$INSERT INTO item_dependency (item_dependency_id, template_code, item_code, needs_code) SELECT 900000, template_code, needs_code, item_code FROM item_dependency WHERE item_dependency_id = 1$$),
    ('item_dependency_ring', 'item_dependency', '1', NULL),
    ('item_dependency_key_given', 'item_dependency', '900000', NULL),
    ('seating_move_up', 'registration', (SELECT min(registration_id) FROM registration WHERE event_id = 6 AND status_code = 'waiting')::text, 'UPDATE seating SET capacity = capacity + 1 WHERE event_id = 6'),
    -- what is agreed by all
    ('signature_is_of_a_giver', 'signature', '1', 'UPDATE signature SET party_id = 2399 WHERE signature_id = 1'),
    ('signature_is_of_an_open_agreement', 'signature', '2', $$UPDATE signature SET (agreement_id, party_id) = (SELECT c.agreement_id, c.giver_id FROM commitment c JOIN agreement a USING (agreement_id)
         WHERE a.package_id IS NOT NULL AND c.giver_id IS NOT NULL ORDER BY c.commitment_id LIMIT 1) WHERE signature_id = 2$$),
    ('signature_last', 'agreement', (SELECT agreement_id FROM commitment WHERE commitment_id = 900003)::text,
     'INSERT INTO signature (agreement_id, party_id) SELECT agreement_id, giver_id FROM commitment WHERE commitment_id = 900003'),
    -- who applies, and who wins
    ('opening_taken_is_kept', 'opening', '1', 'UPDATE opening SET taken = taken - 1 WHERE opening_id = 1'),
    ('applicant_withdrawn', 'offer', '1', $$UPDATE applicant SET status_code = 'withdrawn', withdrawn_at = now() WHERE applicant_id = 1$$),
    ('offer_outcome', 'outcome', (SELECT min(outcome_id) FROM outcome WHERE party_id IS NOT NULL)::text,
     'UPDATE outcome SET offer_id = 3 WHERE outcome_id = (SELECT min(outcome_id) FROM outcome WHERE party_id IS NOT NULL)'),
    -- who learns, and what is proved
    ('course_progress_has_another_tutor', 'course_progress', (SELECT min(course_progress_id) FROM course_progress)::text,
     'UPDATE course_progress SET person_id = 2400 WHERE course_progress_id = (SELECT min(course_progress_id) FROM course_progress)'),
    ('attempt_answer_fill', 'attempt_answer', (SELECT min(attempt_answer_id) FROM attempt_answer WHERE attempt_id = 1)::text,
     'UPDATE attempt_answer SET attempt_id = 2 WHERE attempt_answer_id = (SELECT min(attempt_answer_id) FROM attempt_answer WHERE attempt_id = 1)'),
    ('certificate_renews_one_that_ends', 'certificate', (SELECT max(certificate_id) + 1 FROM certificate)::text, $$INSERT INTO certificate (number, certification_level_id, organization_id, person_id, name_en, issued_on, renews_id)
         SELECT _certificate_number(), certification_level_id, organization_id, person_id, name_en, issued_on, certificate_id FROM certificate ORDER BY certificate_id LIMIT 1$$),
    (NULL, NULL, NULL, 'UPDATE certificate SET expires_on = NULL WHERE certificate_id = (SELECT min(certificate_id) FROM certificate)'),
    -- what the catalog knows
    ('attendee_follows_the_registration', 'attendee', '7', 'UPDATE attendee SET seats = seats + 1 WHERE registration_id = 7'),
    ('registration_follows_the_seating', 'registration', '27', 'UPDATE registration SET event_is_off = true WHERE registration_id = 27'),
    ('cost_amounts_fit_the_currency', 'cost', '1', 'UPDATE cost SET planned = 800.0 WHERE cost_id = 1'),
    ('notice_event_id_ordinal_key', 'notice', '900000', $$INSERT INTO notice (notice_id, event_id, ordinal, text_en) SELECT 900000, event_id, ordinal, 'twice' FROM notice WHERE notice_id = 1$$),
    ('notice_key_given', 'notice', '900000', NULL),
    ('party_is_another', 'party', NULL, $$ALTER TABLE party ADD CONSTRAINT party_is_another CHECK (name_en <> 'synthetic party 3') NOT VALID$$),
    ('party_is_another', 'party', '3', NULL),
    ('cost_delivers', 'cost', NULL, 'ALTER TABLE cost DISABLE TRIGGER cost_delivers'),
    ('reach_medium_code_fkey', 'reach', NULL, format('ALTER TABLE reach DISABLE TRIGGER %I', (SELECT min(t.tgname) FROM pg_trigger t JOIN pg_constraint k ON k.oid = t.tgconstraint WHERE k.conname = 'reach_medium_code_fkey' AND t.tgrelid = 'reach'::regclass))),
    ('salon_read', 'follow_up', NULL, 'ALTER TABLE follow_up DISABLE ROW LEVEL SECURITY'),
    -- and the history
    ('history_is_kept', 'event', '5', $$UPDATE event SET introduction = 'other' WHERE event_id = 5$$),
    ('history_is_kept', 'supply', '900002', 'DELETE FROM supply WHERE supply_id = 900002');
-- A judge becomes member of a team whose work it judges, and the captain of another.
CREATE TEMP TABLE judged AS
SELECT j.judging_id, j.hackathon_round_id, j.event_id, j.team_id, j.judge_id, g.person_id, m.team_member_id,
       (SELECT min(x.team_id) FROM round_team x WHERE x.hackathon_round_id = j.hackathon_round_id AND x.team_id <> j.team_id) AS other_id
FROM judging j
JOIN judge g USING (judge_id)
JOIN team t ON t.team_id = j.team_id
JOIN team_member m ON m.team_id = j.team_id AND m.person_id <> t.captain_id
WHERE NOT EXISTS (SELECT FROM comparison c WHERE c.judge_id = j.judge_id AND j.team_id IN (c.preferred_id, c.other_id))
ORDER BY j.judging_id, m.team_member_id
LIMIT 1;
INSERT INTO breach (rule, table_name, row_key, command)
SELECT 'judging_has_no_interest', 'judging', judging_id::text, format('UPDATE team_member SET person_id = %s WHERE team_member_id = %s', person_id, team_member_id) FROM judged
UNION ALL
SELECT 'score_has_no_interest', 'score', score_id::text, NULL FROM score JOIN judged USING (judging_id)
UNION ALL
SELECT 'comparison_has_no_interest', 'comparison', (SELECT max(comparison_id) + 1 FROM comparison)::text,
       format('INSERT INTO comparison (hackathon_round_id, event_id, judge_id, preferred_id, other_id, compared_at) VALUES (%s, %s, %s, %s, %s, now())', hackathon_round_id, event_id, judge_id, team_id, other_id)
FROM judged
UNION ALL
SELECT 'team_captain_is_a_member', 'team', other_id::text, format('UPDATE team SET captain_id = %s WHERE team_id = %s', person_id, other_id) FROM judged;

ALTER TABLE commitment DROP CONSTRAINT commitment_has_one_holder;
SET LOCAL session_replication_role = replica;
SELECT command FROM breach WHERE command IS NOT NULL ORDER BY ordinal
\gexec
SET LOCAL session_replication_role = origin;
CREATE TEMP TABLE shown AS SELECT * FROM invariant;
SELECT bag_eq('SELECT rule, table_name, row_key FROM shown', 'SELECT rule, table_name, row_key FROM breach WHERE rule IS NOT NULL', 'each breach is shown, and nothing else');
SELECT is_empty('SELECT rule, table_name, row_key FROM shown WHERE problem IS NULL OR remedy IS NULL', 'each says what is wrong and what to do');
SELECT bag_eq('SELECT DISTINCT row_key, event_id, event FROM shown WHERE rule = ''seating_move_up''', $$SELECT min(registration_id)::text, 6::bigint, 'synthetic event 6' FROM registration WHERE event_id = 6 AND status_code = 'waiting'$$, 'and of which event it is');
SET LOCAL salon.lang = 'zh';
SELECT is_empty($$SELECT rule, problem, remedy FROM invariant WHERE problem !~ '[一-龥]' OR (remedy !~ '[一-龥]' AND remedy !~ ';$')$$, 'in Chinese too');
SET LOCAL salon.lang = 'en';

-- For the owner and administrators: of some rows nobody can say what they break.
CREATE ROLE t_i_all;
CREATE ROLE t_i_admin;
CREATE ROLE t_i_web;
SELECT salon.grant_access('t_invariant', 't_i_all', 'organizer'), salon.grant_access('t_invariant', 't_i_admin', 'administrator'), salon.grant_access('t_invariant', 't_i_web', 'application') \g /dev/null
SELECT is(has_table_privilege('t_i_all', 'invariant', 'SELECT'), false, 'who organizes all events does not read it');
GRANT SELECT ON shown TO t_i_admin;
SET LOCAL ROLE t_i_admin;
SELECT bag_eq('SELECT rule, table_name, row_key FROM invariant WHERE rule !~ ''_key_given$''', 'SELECT rule, table_name, row_key FROM shown WHERE rule !~ ''_key_given$''', 'an administrator does, but for sequences, which it may not read');
SET LOCAL ROLE t_i_web;
SELECT is_empty('SELECT * FROM invariant', 'an application that acts for nobody sees none');
RESET ROLE;

-- The commands that it names set it right.
CREATE TEMP TABLE mended AS
SELECT row_number() OVER () AS ordinal, s.remedy ~ '^As owner' AS as_owner, s.rule, s.table_name, s.row_key, substring(s.remedy FROM '(?:^|: )((?:UPDATE|DELETE|ALTER|SELECT) .*;)$') AS command FROM shown s
-- of what is more than there is, or elsewhere, people decide first
WHERE NOT EXISTS (SELECT FROM shown o WHERE o.rule ~ '_is_not_over|^presence_is_(in|of)_one' AND ((o.table_name, o.row_key) = (s.table_name, s.row_key) OR s.table_name = 'absence'));
SET LOCAL session_replication_role = replica;
SELECT command FROM mended WHERE (as_owner OR command ~ '^ALTER') AND command !~ 'VALIDATE' ORDER BY ordinal
\gexec
SET LOCAL session_replication_role = origin;
SELECT command FROM mended WHERE NOT as_owner AND command !~ '^ALTER' ORDER BY ordinal
\gexec
SELECT is_empty($$SELECT rule, table_name, row_key FROM invariant INTERSECT SELECT rule, table_name, row_key FROM mended WHERE command IS NOT NULL AND command !~ 'VALIDATE'$$, 'what a command should set right it does');

SELECT * FROM finish();
ROLLBACK;
