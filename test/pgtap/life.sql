-- The life of an event: what a view says of one that is cancelled.  An event
-- with everything is cancelled, put away and planned anew; the views come from
-- the catalog, so a new one, or a new column, is held to it, or says here why not.
--
-- pg_prove -d DATABASE test/pgtap/life.sql

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
SELECT salon.create_space('t_life') \g /dev/null
SET LOCAL search_path = t_life, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

INSERT INTO city (city_code, name_en) VALUES ('a', 'A'), ('b', 'B');
INSERT INTO city_activity (city_code, measured_on, activity) VALUES ('a', '2024-01-01', 50);
INSERT INTO series (name_en) VALUES ('Salons');
INSERT INTO party (kind, name_en, city_code) VALUES
    ('organization', 'Host', 'a'), ('organization', 'Sponsor', 'a'), ('organization', 'School', 'a'), ('organization', 'Supplier', 'a'),
    ('person', 'Ann', 'a'), ('person', 'Bob', 'b'), ('person', 'Cyd', 'a'), ('person', 'Dan', 'a'), ('person', 'Eve', 'a'), ('person', 'Fay', 'a');
INSERT INTO supplier_of (supplier_id, customer_id) VALUES (4, 2);
INSERT INTO party (kind, name_en, city_code) VALUES ('organization', 'Maker', 'a');
INSERT INTO supplier_of (supplier_id, customer_id) VALUES (11, 2);
INSERT INTO product (party_id, name) VALUES (1, 'P');
INSERT INTO venue (city_code, name, party_id) VALUES ('a', 'V', 1);
INSERT INTO room (venue_id, name, capacity) VALUES (1, 'R1', 50), (1, 'R2', 50);
INSERT INTO segment (name_en, counts, city_code, size, size_basis) VALUES ('in A', 'organizations', 'a', 9, 'claimed');
INSERT INTO segment (name_en, profession_code) VALUES ('DBAs', 'dba');
INSERT INTO target (party_id, segment_id) VALUES (2, 2);
INSERT INTO rotation (series_id, cadence, min_days_between) VALUES (1, 'FREQ=MONTHLY;BYDAY=2SA', 30);
INSERT INTO series_host (series_id, party_id) VALUES (1, 1), (1, 3);
SELECT FROM plan_season(1, '2031-03-01', '2031-06-30') \g /dev/null
INSERT INTO demand (party_id, resource_code, quantity, purpose, priority) VALUES (2, 'talk_slot', 2, 'means', 5), (2, 'customer', NULL, 'end', 5), (3, 'talk_slot', 1, 'end', 3), (1, 'influence', NULL, 'end', 4);
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'venue', 1), (1, 'tea', 1), (2, 'prize', 3), (3, 'student', 5), (2, 'speaker', 1);
SELECT plan_event('Evening', series_id => 1, starts_at => '2031-03-08 18:00+08', ends_at => '2031-03-08 21:00+08', city_code => 'a', host_id => 1, planned_on_site => 3, planned_online => 100,
                  needs => 'venue:1, speaker:4, promotion:3, tea:1, small_gift:40, student:6, dinner:1') AS event \gset
UPDATE event SET venue_id = 1, status_code = 'announced', introduction = 'i' WHERE event_id = :event;
INSERT INTO follow_up (event_id, plan) VALUES (:event, 'f');
UPDATE turn SET event_id = :event WHERE turn_id = (SELECT min(turn_id) FROM turn);
INSERT INTO event_party (event_id, party_id, part_code) VALUES (:event, 3, 'school'), (:event, 4, 'channel'), (:event, 2, 'guest_company');
INSERT INTO notice (event_id, text_en) VALUES (:event, 'Come early');
INSERT INTO link (event_id, link_kind_code, url, is_qr_target) VALUES (:event, 'registration', 'https://example.org/r', true), (:event, 'survey', 'https://example.org/s', true);
INSERT INTO event_format (event_id, format_code, at_least, minutes) VALUES (:event, 'round_table', 1, 30);
INSERT INTO event_item (event_id, name_en, due_at) VALUES (:event, 'bring the keys', '2024-03-09');
-- sessions, talks
INSERT INTO interest (person_id) VALUES (5), (6), (7), (8), (9), (10);
INSERT INTO talk (event_id, title_en, submitter_id, format_code, minutes, abstract) VALUES (:event, 'T1', 5, 'mini_talk', 30, 'a'), (:event, 'T2', 6, 'mini_talk', 30, 'b'), (:event, 'T3', 7, 'mini_talk', 30, 'c'), (:event, 'T4', 7, 'mini_talk', 30, 'c');
INSERT INTO talk_speaker (talk_id, person_id) SELECT talk_id, submitter_id FROM talk;
INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (1, 8, 5), (2, 8, 4);
INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (1, 2, 9);
UPDATE talk SET status_code = 'accepted' WHERE talk_id IN (1, 2);
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES (:event, 'mini_talk', 'S1', 1, '2031-03-08 18:00+08', '2031-03-08 18:30+08'), (:event, 'mini_talk', 'S2', 1, '2031-03-08 18:45+08', '2031-03-08 19:30+08'), (:event, 'mini_talk', 'S3', NULL, NULL, NULL), (:event, 'mini_talk', 'S4', 2, '2031-03-08 18:00+08', '2031-03-08 18:30+08');
UPDATE talk SET session_id = 1 WHERE talk_id = 1;
INSERT INTO slot (event_id, room_id, format_code, starts_at, ends_at) VALUES (:event, 1, 'mini_talk', '2031-03-08 20:00+08', '2031-03-08 20:30+08');
INSERT INTO speaker (session_id, person_id) VALUES (2, 6), (2, 7);
INSERT INTO session_seating (session_id, capacity) VALUES (2, 2), (4, 2);
INSERT INTO invitation (event_id, person_id) VALUES (:event, 5), (:event, 6), (:event, 10);
UPDATE invitation SET status_code = 'confirmed' WHERE person_id = 6;
INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at) VALUES (2, 'train', 'b', 'a', '2031-03-08 10:00+08', '2031-03-08 12:00+08');
-- work
INSERT INTO helper (party_id) VALUES (8), (9), (10);
INSERT INTO duty_preference (party_id, duty_code, preference) VALUES (8, 'check_in', 2);
INSERT INTO event_duty (event_id, duty_code, party_id, status_code, starts_at, ends_at) VALUES (:event, 'check_in', 8, 'confirmed', '2031-03-08 17:00+08', '2031-03-08 18:00+08'), (:event, 'photo', 9, 'proposed', '2031-03-08 17:00+08', '2031-03-08 18:00+08');
-- guests
INSERT INTO seating (event_id, side, capacity) VALUES (:event, 'on_site', 3), (:event, 'online', 100) ON CONFLICT (event_id, side) DO UPDATE SET capacity = EXCLUDED.capacity;
INSERT INTO survey (event_id, purpose, name_en) VALUES (:event, 'registration', 'Q') RETURNING survey_id AS asks \gset
INSERT INTO survey (event_id, name_en, planned_responses) VALUES (:event, 'After', 10) RETURNING survey_id AS survey \gset
INSERT INTO question (survey_id, question_code, ordinal, kind, text_en) VALUES (:asks, 'diet', 1, 'text', 'Diet?'), (:survey, 'good', 1, 'choice', 'Good?'), (:survey, 'wish', 2, 'choice', 'Where next?');
UPDATE question SET is_wish = true WHERE question_code = 'wish';
INSERT INTO question_option (question_id, option_code, ordinal, name_en, city_code) VALUES (2, 'yes', 1, 'yes', NULL), (2, 'no', 2, 'no', NULL), (3, 'a', 1, 'A', 'a'), (3, 'b', 2, 'B', 'b');
SELECT register(:event, name => 'a', contact_kind => 'email', contact => 'a@x.y', party_id => 5, link_id => 1, answers => '{"diet": "vegan"}') \g /dev/null
SELECT register(:event, name => 'b', seats => 1) \g /dev/null
SELECT register(:event, name => 'c', channel_party_id => 4) \g /dev/null
SELECT register(:event, name => 'd', seats => 1) \g /dev/null
SELECT register(:event, name => 'e', side => 'online') \g /dev/null
SELECT register(:event, name => 'f', seats => 1) \g /dev/null
SELECT cancel_registration(2) \g /dev/null
INSERT INTO event_check (event_id, check_code, is_required) VALUES (:event, 'ticket', true);
INSERT INTO check_pass (event_check_id, registration_id, passed_at) VALUES (1, 1, '2026-01-01');
INSERT INTO booking (session_id, registration_id) VALUES (2, 1), (2, 3);
INSERT INTO response (survey_id) VALUES (:survey) RETURNING response_id AS response \gset
INSERT INTO answer (response_id, question_id, question_option_id) VALUES (:response, 2, 1), (:response, 3, 3);
-- market
INSERT INTO supply (event_id, resource_code, quantity) VALUES (:event, 'post', 6), (:event, 'booth', 4), (:event, 'talk_slot', 4);
INSERT INTO demand (event_id, resource_code, quantity, priority) VALUES (:event, 'prize', 5, 4);
INSERT INTO package (event_id, name_en, benefits, price, quantity, sign_days) VALUES (:event, 'Gold', 'logo_place:1, post:2', 3000, 2, 300), (:event, 'Stand', 'booth:1', 600, 4, 30);
INSERT INTO package (series_id, name_en, benefits, price, quantity) VALUES (1, 'Season', 'post:1', 100, 2);
INSERT INTO agreement (package_id, party_id) VALUES (1, 2), (2, 3);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 1;
INSERT INTO commitment (event_id, supply_id, quantity, status_code) VALUES (:event, 3, 2, 'signed');
INSERT INTO commitment (event_id, giver_id, resource_code, quantity, status_code) VALUES (:event, 1, 'venue', 1, 'signed');
INSERT INTO commitment (event_id, giver_id, amount, status_code) VALUES (:event, 3, 70, 'signed') RETURNING commitment_id AS gift \gset
INSERT INTO commitment (event_id, giver_id, what, kind) VALUES (:event, 4, 'a cake', 'in_kind');
INSERT INTO commitment (event_id, giver_id, taker_id, what, kind) VALUES (:event, 4, 3, 'a pen', 'in_kind');
INSERT INTO delivery (commitment_id, amount, basis, delivered_at) VALUES (:gift, 30, 'measured', '2026-01-01');
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis) VALUES (:event, 'venue', 1, 100, 90, 'measured'), (:event, 'tea', NULL, 40, 30, 'measured');
-- reach
INSERT INTO channel (party_id, platform_code, name) VALUES (4, (SELECT min(platform_code) FROM platform), 'Ch');
INSERT INTO follower_count (channel_id, counted_on, followers, basis) VALUES (1, '2026-01-01', 99, 'measured');
INSERT INTO asset (asset_kind_code, event_id, state, url) VALUES ('poster', :event, 'published', 'https://example.org/p'), ('photo', :event, 'published', 'https://example.org/q');
INSERT INTO asset (asset_kind_code, party_id, state, url) VALUES ('logo', 2, 'published', 'https://example.org/l'), ('photo', 6, 'ready', NULL);
INSERT INTO asset (asset_kind_code, session_id, state) VALUES ('slides', 2, 'draft');


INSERT INTO post (event_id, channel_id, asset_id, planned_at, planned_views) VALUES (:event, 1, 1, '2031-03-01', 20);
INSERT INTO post (event_id, channel_id, asset_id, posted_at, planned_views, actual_views, actual_basis, url) VALUES (:event, 1, 2, '2026-03-01', 20, 10, 'measured', 'https://example.org/u');
INSERT INTO reach (event_id, medium_code, planned_pv, actual_pv, actual_basis) VALUES (:event, 'live', 10000, 5, 'measured');
INSERT INTO audience (event_id, profession_code, planned) VALUES (:event, 'dba', 30);
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis) SELECT 2, min(attention_index_code), d, 5, 'measured' FROM attention_index, (VALUES (date '2031-03-01'), ('2031-03-15')) v (d) GROUP BY d;
INSERT INTO outcome (event_id, outcome_kind_code, party_id, found_on) VALUES (:event, 'kol', 6, '2026-03-08');
INSERT INTO metric (event_id, kind, name_en, target, fact) VALUES (:event, 'process', 'people found', 3, 'outcomes');
INSERT INTO metric (event_id, kind, name_en, target, actual, actual_basis) VALUES (:event, 'north_star', 'fame', 3, 1, 'claimed');
INSERT INTO asset_person (asset_id, person_id) VALUES (2, 6);
INSERT INTO consent (person_id, event_id, status_code) VALUES (6, :event, 'refused');
-- programs
UPDATE event SET introduction = 'another' WHERE event_id = :event;
INSERT INTO party_role (party_id, role_code) VALUES (2, 'vendor'), (3, 'school');
INSERT INTO affiliation (person_id, organization_id) VALUES (5, 3);
INSERT INTO hackathon (event_id, kind) VALUES (:event, 'hackathon');
INSERT INTO track (event_id, name_en) VALUES (:event, 'Set');
INSERT INTO commitment (event_id, giver_id, amount, status_code) VALUES (:event, 2, 500, 'signed') RETURNING commitment_id AS prize \gset
INSERT INTO problem (track_id, party_id, commitment_id, title_en) VALUES (1, 2, :prize, 'Fast');
INSERT INTO hackathon_round (event_id, ordinal, name_en, advancing) VALUES (:event, 1, 'open round', 1), (:event, 2, 'final', NULL);
INSERT INTO criterion (hackathon_round_id, name_en) VALUES (1, 'idea');
SELECT enter_team(:event, 'One', 5, track_id => 1, problem_id => 1), enter_team(:event, 'Two', 6, track_id => 1, problem_id => 1) \g /dev/null
SELECT submit_work(1, 'https://example.org/1'), submit_work(2, 'https://example.org/2') \g /dev/null
INSERT INTO judge (event_id, person_id) VALUES (:event, 8), (:event, 5), (:event, 9);
INSERT INTO judging (hackathon_round_id, team_id, judge_id) VALUES (1, 1, 1), (1, 2, 1), (1, 1, 3), (1, 2, 3);
INSERT INTO score (judging_id, criterion_id, points) SELECT judging_id, 1, 3 + judging_id FROM judging;
INSERT INTO comparison (hackathon_round_id, judge_id, preferred_id, other_id) VALUES (1, 1, 2, 1);
INSERT INTO award (event_id, name_en, track_id, problem_id, amount, party_id, commitment_id) VALUES (:event, 'First', 1, 1, 500, 2, :prize);
INSERT INTO award_winner (award_id, team_id) VALUES (1, 2);
INSERT INTO contribution (party_id, contribution_kind_code, event_id, status_code) VALUES (7, 'talk', :event, 'accepted'), (8, 'talk', :event, 'claimed');
INSERT INTO intake (name_en, event_id, apply_by, rank_by) VALUES ('Spring', :event, '2031-02-01', '2031-02-02');
INSERT INTO opening (intake_id, party_id, name_en) VALUES (1, 2, 'Intern');
INSERT INTO applicant (intake_id, person_id) VALUES (1, 10);
INSERT INTO remark (event_id, note) VALUES (:event, 'a remark');
UPDATE room SET capacity = 1 WHERE room_id = 2;

CREATE TEMPORARY TABLE asked AS
SELECT c.relname::text AS name
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'event_id'
WHERE c.relnamespace = 't_life'::regnamespace AND c.relkind = 'v' AND c.relname !~ '^_' AND c.relname <> 'invariant' -- which is empty
  AND c.relname NOT IN ('logo_wall', 'logo_wall_gap'); -- of events that took place
CREATE TEMPORARY TABLE said (at text, name text, line jsonb);
CREATE FUNCTION pg_temp.say(at text, event_id bigint) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    v text;
BEGIN
    FOR v IN SELECT name FROM asked ORDER BY name LOOP
        EXECUTE format('INSERT INTO said SELECT %L, %L, to_jsonb(x) FROM %I x WHERE x.event_id = $1', at, v, v) USING event_id;
    END LOOP;
END
$$;
CREATE FUNCTION pg_temp.differs(one text, other text, but_views text, but_columns text[]) RETURNS text LANGUAGE sql AS $$
    SELECT string_agg(DISTINCT x.name, ', ' ORDER BY x.name)
    FROM ((SELECT 'then' AS at, name, line - but_columns AS line FROM said WHERE at = one AND name !~ but_views
           EXCEPT ALL SELECT 'then', name, line - but_columns FROM said WHERE at = other)
          UNION ALL
          (SELECT 'now', name, line - but_columns FROM said WHERE at = other AND name !~ but_views
           EXCEPT ALL SELECT 'now', name, line - but_columns FROM said WHERE at = one)) x
$$;

SELECT pg_temp.say('announced', :event) \g /dev/null
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = :event;
SELECT pg_temp.say('cancelled', :event) \g /dev/null
UPDATE event SET archived_at = now() WHERE event_id = :event;
SELECT pg_temp.say('archived', :event) \g /dev/null
UPDATE event SET archived_at = NULL, status_code = 'planned' WHERE event_id = :event;
UPDATE event SET status_code = 'announced' WHERE event_id = :event;
SELECT pg_temp.say('anew', :event) \g /dev/null

SELECT is((SELECT string_agg(name, ', ' ORDER BY name) FROM asked WHERE name NOT IN (SELECT s.name FROM said s WHERE s.at = 'announced')), NULL,
          'the event has something to show in every view of an event');
SELECT is(pg_temp.differs('cancelled', 'archived', '^event_history$', ARRAY['is_archived']), NULL, 'to put it away changes nothing of that');
-- done_at of what nobody does is now; calendars count changes
SELECT is(pg_temp.differs('announced', 'anew', '^event_history$', ARRAY['done_at', 'sequence']), NULL, 'planned anew it has all of it back');

-- What a view may still say of it, and why: its lines stand below.  A column
-- stands for all views with one of that name, or for one of a view.
CREATE TEMPORARY TABLE stays (name text, why text);
INSERT INTO stays
SELECT n, v.why
FROM (VALUES
    ('ordinal question_ordinal part_ordinal year day is_required is_wish has_logo questions', 'what it is'),
    ('capacity quantity price seats minimum at_least at_most minutes minutes_taken target', 'how large it is, not what is taken or left of it'),
    ('price_per_planned_head price_per_planned_view', 'how it was planned'),
    ('planned planned_inside planned_share_from planned_share_to planned_pv planned_pv_from planned_media planned_responses planned_posts planned_views planned_views_posts planned_window_posts planned_window_share planned_depth planned_amount planned_count', 'how it was planned'),
    ('agreed_amount commitment_list.amount', 'how much it was; the status says that it is off'),
    ('agreement_payment.money agreement_payment.paid agreement_payment.left_to_pay contribution_line.value contribution_line.is_off', 'what was given was; money goes back'),
    ('event_cost.* event_payer.* report_money.*', 'what was spent was'),
    ('event_pv.* exposure.* report_exposure.* spread.* asset_publication.views asset_consent.is_public', 'what is public is'),
    ('todo.is_overdue', 'what was refused is taken down all the same'),
    ('checklist_summary.done checklist_summary.items checklist_summary.not_needed', 'what was done was; nothing is open'),
    ('agenda_part.sessions speaker_pipeline.sessions', 'sessions that were planned'),
    ('move_up_log.free_before registration_channel.registrations registration_channel.cancelled report_registration.*', 'what registrations did before'),
    ('survey_choice.* survey_result.* survey_summary.* survey_wish.*', 'what was answered was'),
    ('talk_judgement.* talk_ranking.* judging_list.* judge_list.* round_result.* round_agreement.*', 'what was judged was'),
    ('submission_list.* round_list.works hackathon_report.works contribution_list.*', 'what was submitted or done was'),
    ('problem_list.problem team_list.problem', 'its title'),
    ('hackathon_report.companies hackathon_report.problems hackathon_report.rounds hackathon_report.judges hackathon_report.awards round_list.advancing round_list.teams', 'how it was planned; the status says that it is off'),
    ('award_list.amount award_payment.promised award_payment.announced award_payment.awarded hackathon_report.prize_money problem_list.prize', 'how much it was; nobody is owed any of it'),
    ('team_list.members team_list.most_members', 'how large the team is; the status says that it is off'),
    ('report_program.*', 'what hackathon_report and intake_summary tell of it'),
    ('intake_summary.*', 'of the intake, which goes on without the event'),
    ('event_lift.* audience_fit.actual_uncounted coverage.size prospect.segment_share prospect.sponsored_before', 'about parties, not the event'),
    ('future_plan.*', 'what comes next'),
    ('calendar_entry.sequence calendar_entry.status_code', 'calendars are told that it is CANCELLED'),
    ('public_event.is_cancelled', 'everybody is told that it is'),
    ('scorecard.actual scorecard.attainment outcome_list.status_code', 'what was found was; the status of the metric says that it is off')) v (names, why)
CROSS JOIN regexp_split_to_table(v.names, ' ') n;

CREATE TEMPORARY TABLE told AS
SELECT DISTINCT s.name, k.key, k.value
FROM said s
CROSS JOIN jsonb_each(s.line) k
WHERE s.at = 'cancelled' AND s.name <> 'event_history'
  AND CASE WHEN k.key ~ '(^|_)(status|stage)_code$' THEN k.value #>> '{}' NOT IN ('cancelled', 'event_cancelled', 'declined', 'withdrawn', 'rejected', 'lapsed', 'done', 'waived', 'not_needed')
           WHEN k.key ~ '^(problem|full_reason)$' THEN k.value #>> '{}' <> 'the event was called off'
           WHEN k.key ~ '^(missing|next_code)$' THEN k.value <> 'null'
           WHEN jsonb_typeof(k.value) = 'boolean' THEN k.value = 'true'
           WHEN jsonb_typeof(k.value) = 'number' THEN k.key !~ '(^|_)id$' AND k.value <> '0' END;
SELECT is(string_agg(format('%s.%s: %s', t.name, t.key, t.value), E'\n' ORDER BY t.name, t.key), NULL, 'no view says that something is registered, free, signed, invited, submitted, owed or wrong there')
FROM told t
WHERE NOT EXISTS (SELECT FROM stays y WHERE y.name IN (t.key, t.name || '.' || t.key, t.name || '.*'));
SELECT is((SELECT string_agg(y.name, ', ' ORDER BY y.name) FROM stays y
           WHERE NOT EXISTS (SELECT FROM said s CROSS JOIN jsonb_object_keys(s.line) k WHERE y.name IN (k, s.name || '.' || k, s.name || '.*'))), NULL,
          'and what may is there');
-- Who reads of it learns it: what is told of an event in lines of its own says so.
SELECT is((SELECT string_agg(DISTINCT s.name, ', ' ORDER BY s.name) FROM said s
           WHERE s.at = 'cancelled' AND s.name IN ('agenda', 'attendee_sheet', 'commitment_list', 'event_list', 'registration_list', 'registration_answer', 'speaker_pipeline', 'speaker_itinerary', 'talk_list', 'work_group')
             AND NOT EXISTS (SELECT FROM said t CROSS JOIN jsonb_each_text(t.line) k WHERE t.at = 'cancelled' AND t.name = s.name AND k.value ~ 'cancelled|called off')), NULL,
          'what those concerned read says that it is off');

-- Whatever has a status at an event follows the event by a foreign key.
SELECT is((SELECT string_agg(c.relname, ', ' ORDER BY c.relname)
           FROM pg_class c
           JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'status_code' AND NOT a.attisdropped
           JOIN pg_attribute b ON b.attrelid = c.oid AND b.attname = 'event_id' AND NOT b.attisdropped
           WHERE c.relnamespace = 't_life'::regnamespace AND c.relkind = 'r' AND c.relname <> 'event'
             -- its rows stand or fall with a registration or a team; an outcome, a contribution and a consent are what somebody found, did
             -- or said; a joint project is of a school, and looks for another event then
             AND c.relname NOT IN ('attendee', 'booking', 'check_pass', 'team_member', 'outcome', 'contribution', 'consent', 'joint_project')
             AND NOT EXISTS (SELECT FROM pg_constraint k
                             JOIN pg_attribute o ON o.attrelid = k.conrelid AND o.attname = 'event_is_off' AND o.attnum = ANY (k.conkey)
                             WHERE k.conrelid = c.oid AND k.contype = 'f' AND k.confupdtype = 'c')), NULL,
          'whatever has a status at an event follows the event by a foreign key');

-- What others say or do at a closed event is changed by who organizes it: where
-- a member may write, a trigger says so.
CREATE ROLE t_life_member;
SELECT salon.grant_access('t_life', 't_life_member', 'member', 5) \g /dev/null
SELECT is(string_agg(c.relname, ', ' ORDER BY c.relname), NULL, 'no member changes what was said at a closed event')
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'event_id' AND NOT a.attisdropped
WHERE c.relnamespace = 't_life'::regnamespace AND c.relkind = 'r'
  AND (has_any_column_privilege('t_life_member', c.oid, 'INSERT, UPDATE') OR has_table_privilege('t_life_member', c.oid, 'DELETE'))
  AND c.relname NOT IN ('supply', 'demand', 'asset') -- those of a party are of no event
  AND NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid WHERE t.tgrelid = c.oid AND p.proname = '_life');

-- What goes along with something else: parts of a whole, and nothing that somebody
-- else said or did, which has a trigger that says so.  The foreign keys come from
-- the catalog.
CREATE TEMPORARY TABLE part_of (child text, parent text, why text);
INSERT INTO part_of
SELECT c, v.parent, v.why
FROM (VALUES
    ('contact access party_merge party_skill helper availability duty_preference apart interest blackout', 'party', 'said by the party of itself, and it refuses to go while it takes part in anything'),
    ('assent', 'party', 'said by the party of itself'),
    ('consent', 'party', 'is entered by nobody known then'),
    ('room_hours', 'room', 'of the room'),
    ('rotation', 'series', 'of the series, which stays while it has an event'),
    ('series_host', 'rotation', 'of the rotation'),
    ('host_city host_wish', 'series_host', 'of the member in the rotation'),
    ('season', 'rotation', 'a proposal; an accepted one stays'),
    ('season_host turn', 'season', 'of the season'),
    ('event_party notice event_day session link event_format asset supply demand agreement commitment package cost shift event_duty talk invitation slot seating event_check survey audience reach post event_item outcome metric consent assent', 'event', 'an event goes while it is an idea or a plan where nobody said or did anything: see event_goes'),
    ('turn', 'event', 'is without an event then'),
    ('speaker link asset session_seating', 'session', 'of the session; what was made for it stays'),
    ('talk', 'session', 'is without a session then'),
    ('registration', 'event_party', 'is without a channel then, and counts all the same'),
    ('registration survey', 'link', 'is without a link then, and counts all the same'),
    ('asset', 'asset', 'is without a source then'),
    ('post', 'asset', 'a plan; what was posted says what it showed'),
    ('asset_person', 'asset', 'of the asset'),
    ('metric', 'demand', 'is without a demand then'),
    ('commitment', 'agreement', 'of the agreement'),
    ('event_party', 'commitment', 'goes with the commitment, or was there before'),
    ('delivery', 'commitment', 'stays'),
    ('cost', 'commitment', 'is nobody''s delivery then'),
    ('package_resource', 'package', 'of the package'),
    ('agreement', 'package', 'a proposal; what somebody said stays'),
    ('event_duty', 'shift', 'a proposal; an answer stays'),
    ('talk_speaker', 'talk', 'of the talk, which stays'),
    ('talk_review talk_vote', 'talk', 'stay'),
    ('travel_leg', 'invitation', 'of the invitation; an answered one stays'),
    ('registration', 'seating', 'stays'),
    ('attendee moved_up booking', 'registration', 'of the registration'),
    ('check_pass response', 'registration', 'stay'),
    ('check_pass', 'event_check', 'stays'),
    ('booking', 'session_seating', 'stays'),
    ('question', 'survey', 'of the survey'),
    ('response', 'survey', 'stays'),
    ('question_option', 'question', 'of the question'),
    ('answer', 'question', 'stays'),
    ('answer', 'question_option', 'stays'),
    ('respondent answer', 'response', 'of the response'),
    ('region_city', 'region', 'of the region'),
    ('follower_count', 'channel', 'of the channel'),
    ('item_dependency', 'checklist_item', 'of the item'),
    ('follow_up', 'event', 'of the event'),
    ('hackathon', 'event', 'of the event'),
    ('track hackathon_round judge award team', 'hackathon', 'of the edition'),
    ('team contribution', 'event', 'stay'),
    ('problem track_skill', 'track', 'of the track'),
    ('problem award', 'commitment', 'has no promise then'),
    ('criterion round_team submission judging score comparison', 'hackathon_round', 'of the round; what somebody said stays'),
    ('team_member round_team', 'team', 'of the team'),
    ('submission judging comparison', 'round_team', 'of the team in the round; what somebody said stays'),
    ('score', 'judging', 'stays'),
    ('score', 'criterion', 'stays'),
    ('award_winner', 'award', 'of the award'),
    ('award_winner', 'delivery', 'is not paid then'),
    ('contribution', 'product', 'stays'),
    ('signature', 'agreement', 'stays'),
    ('certification_level', 'certification', 'of the certification'),
    ('certification_prerequisite exam_tag blueprint course', 'certification_level', 'of the level, which stays once it has a question, a paper, a learner or a certificate'),
    ('exam_question_tag blueprint', 'exam_tag', 'of the tag: nothing is about it then, or drawn for it'),
    ('exam_option exam_key exam_question_tag', 'exam_question', 'of the question, which stays once it is on a paper'),
    ('exam_key', 'exam_option', 'of the option'),
    ('paper_question', 'paper', 'of the paper, which stays once somebody sits it'),
    ('attempt_answer attempt_result', 'attempt', 'of the attempt'),
    ('tutor', 'course', 'of the course; with learners it stays'),
    ('applicant opening', 'intake', 'stay'),
    ('applicant_choice', 'applicant', 'of the applicant'),
    ('opening_skill opening_choice', 'opening', 'of the opening'),
    ('applicant_choice', 'opening', 'a wish for what is no more: that somebody has it is not for those to know whose opening it is'),
    ('opening_choice', 'applicant', 'likewise'),
    ('outcome', 'offer', 'of the offer: entered by the database, and taken back by it'),
    ('task_card', 'product', 'is about no product then'),
    ('intake', 'event', 'was called out at none then'),
    ('joint_project studio', 'event', 'is without an event then'),
    ('joint_project', 'intake', 'is without an intake then'),
    ('joint_project_party', 'joint_project', 'of the project'),
    ('wall_section_role', 'wall_section', 'of the section'),
    ('brand', 'party', 'said by the party of itself, and it refuses to go while it takes part in anything'),
    ('certificate_miss', 'party', 'how often it guessed'),
    ('party_source', 'party', 'of the party')) v (children, parent, why)
CROSS JOIN regexp_split_to_table(v.children, ' ') c
UNION ALL
SELECT 'remark', p, 'a remark on it'
FROM unnest(ARRAY['event', 'event_party', 'event_duty', 'agreement', 'commitment', 'package', 'cost', 'audience', 'post', 'metric', 'talk', 'invitation', 'survey', 'supply', 'demand', 'party',
                  'helper', 'absence', 'supplier_of', 'channel', 'segment']) p;
CREATE TEMPORARY TABLE goes AS
SELECT DISTINCT c.relname::text AS child, p.relname::text AS parent
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN pg_class p ON p.oid = k.confrelid
WHERE k.connamespace = 't_life'::regnamespace AND k.contype = 'f' AND k.confdeltype IN ('c', 'n', 'd');
SELECT bag_eq('TABLE goes', 'SELECT child, parent FROM part_of', 'what goes along with something else is a part of it, or says why not');
SELECT is(string_agg(DISTINCT g.child, ', ' ORDER BY g.child), NULL, 'and what stays has a trigger that says so')
FROM part_of g
WHERE g.why IN ('stays', 'stay')
  AND NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
                  WHERE t.tgrelid = to_regclass('t_life.' || g.child) AND p.proname = '_stays');

SELECT * FROM finish();
ROLLBACK;
