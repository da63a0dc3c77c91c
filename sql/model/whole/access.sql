-- Access: which database role sees and writes what.  Rows are told apart by
-- row-level security, whose policies are made of one list, _access_rule, by
-- salon._secure; columns and commands by grants, which salon.grant_access
-- writes.  The owner of the space is not subject to any of it.

-- What policies ask of rows of events, beside the level and the parties of
-- current_user; see _my_party.  A union stands inside a SELECT: the server looks
-- through the barrier of a view that is a union itself.
CREATE VIEW _organized_event WITH (security_barrier) AS
SELECT ep.event_id
FROM event_party ep
WHERE ep.part_code IN ('host', 'co_organizer')
  AND ep.party_id = ANY ((SELECT salon._members('_my_organizing'))::bigint[]);

COMMENT ON VIEW _organized_event IS 'Events that a party of current_user hosts or co-organizes, and that current_user organizes by that. Not security_invoker: policies ask it, and it shows only the events of those parties';
COMMENT ON COLUMN _organized_event.event_id IS 'The event; more than once, if several parties do';

CREATE VIEW _my_event WITH (security_barrier) AS
SELECT u.event_id
FROM (
    SELECT ep.event_id
    FROM event_party ep
    WHERE ep.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
    UNION ALL
    SELECT s.event_id
    FROM speaker k
    JOIN session s ON s.session_id = k.session_id
    WHERE k.person_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
    UNION ALL
    SELECT d.event_id
    FROM event_duty d
    WHERE d.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
    UNION ALL
    SELECT r.event_id
    FROM registration r
    WHERE r.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
) u;

COMMENT ON VIEW _my_event IS 'Events at which a party of current_user takes part, or for which it registered. Not security_invoker: policies ask it, and it shows only the events of those parties';
COMMENT ON COLUMN _my_event.event_id IS 'The event; more than once, if it takes part more than once';

CREATE VIEW _my_dealing WITH (security_barrier) AS
SELECT u.event_id
FROM (
    SELECT c.event_id
    FROM commitment c
    WHERE c.giver_id = ANY ((SELECT salon._members('_my_party'))::bigint[]) OR c.taker_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
    UNION ALL
    SELECT a.event_id
    FROM agreement a
    WHERE a.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
    UNION ALL
    SELECT i.event_id
    FROM invitation i
    WHERE i.person_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
    UNION ALL
    SELECT t.event_id
    FROM talk t
    WHERE t.submitter_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
    UNION ALL
    SELECT t.event_id
    FROM talk_speaker k
    JOIN talk t ON t.talk_id = k.talk_id
    WHERE k.person_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
) u
WHERE u.event_id IS NOT NULL;

COMMENT ON VIEW _my_dealing IS 'Events at which a party of current_user gives or takes, is invited or submitted a talk: whatever becomes of that, it sees which event that is. Not security_invoker: policies ask it, and it shows only the events of those parties';
COMMENT ON COLUMN _my_dealing.event_id IS 'The event; more than once, if there are several such things';

CREATE VIEW _organized_series WITH (security_barrier) AS
SELECT e.series_id
FROM event e
WHERE e.series_id IS NOT NULL AND e.event_id = ANY ((SELECT salon._members('_organized_event'))::bigint[]);

COMMENT ON VIEW _organized_series IS 'Series of the events that current_user organizes. Not security_invoker: policies ask it';
COMMENT ON COLUMN _organized_series.series_id IS 'The series; more than once, if several of its events are';

CREATE VIEW _my_agreement WITH (security_barrier) AS
SELECT c.agreement_id
FROM commitment c
WHERE c.giver_id = ANY ((SELECT salon._members('_my_party'))::bigint[]) OR c.taker_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_agreement IS 'Agreements by which a party of current_user gives or takes. Not security_invoker: policies ask it';
COMMENT ON COLUMN _my_agreement.agreement_id IS 'The agreement; more than once, if it does so more than once';

CREATE VIEW _my_package WITH (security_barrier) AS
SELECT a.package_id
FROM agreement a
WHERE a.package_id IS NOT NULL AND a.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_package IS 'Packages that a party of current_user claimed. Not security_invoker: policies ask it';
COMMENT ON COLUMN _my_package.package_id IS 'The package; more than once, if claimed more than once';

CREATE VIEW _my_project WITH (security_barrier) AS
SELECT p.joint_project_id
FROM joint_project_party p
WHERE p.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_project IS 'Joint projects in which a party of current_user takes part. Not security_invoker: policies ask it';
COMMENT ON COLUMN _my_project.joint_project_id IS 'The project; more than once, if several parties do';

CREATE VIEW _my_candidate WITH (security_barrier) AS
SELECT c.applicant_id
FROM applicant_choice c
JOIN opening o ON o.opening_id = c.opening_id
WHERE o.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_candidate IS 'Applicants who want an internship at a party of current_user. Not security_invoker: policies ask it, and it does not show which place they gave it';
COMMENT ON COLUMN _my_candidate.applicant_id IS 'The applicant; more than once, if for several openings';

CREATE VIEW _my_shift WITH (security_barrier) AS
SELECT d.shift_id
FROM event_duty d
WHERE d.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_shift IS 'Shifts that a party of current_user has. Not security_invoker: policies ask it';

CREATE VIEW _my_product WITH (security_barrier) AS
SELECT p.product_id
FROM product p
WHERE p.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_product IS 'Products of a party of current_user. Not security_invoker: policies ask it';

CREATE VIEW _my_channel WITH (security_barrier) AS
SELECT c.channel_id
FROM channel c
WHERE c.party_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_channel IS 'Channels of a party of current_user. Not security_invoker: policies ask it';

CREATE VIEW _my_team WITH (security_barrier) AS
SELECT u.team_id
FROM (
    SELECT t.team_id
    FROM team t
    WHERE t.captain_id = ANY ((SELECT salon._members('_my_party'))::bigint[]) OR t.coach_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
    UNION ALL
    SELECT m.team_id
    FROM team_member m
    WHERE m.status_code = 'joined' AND m.person_id = ANY ((SELECT salon._members('_my_party'))::bigint[])
) u;

COMMENT ON VIEW _my_team IS 'Teams in which a party of current_user is captain, coach or member. Not security_invoker: policies ask it';
COMMENT ON COLUMN _my_team.team_id IS 'The team; more than once, if a party is several of these';

CREATE VIEW _my_captaincy WITH (security_barrier) AS
SELECT t.team_id
FROM team t
WHERE t.captain_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_captaincy IS 'Teams whose captain is a party of current_user. Not security_invoker: policies ask it';

CREATE VIEW _my_judge WITH (security_barrier) AS
SELECT g.judge_id
FROM judge g
WHERE g.person_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_judge IS 'Judges that are a party of current_user. Not security_invoker: policies ask it';

CREATE VIEW _my_judging WITH (security_barrier) AS
SELECT j.judging_id
FROM judging j
JOIN judge g ON g.judge_id = j.judge_id
WHERE g.person_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_judging IS 'Works that a party of current_user judges. Not security_invoker: policies ask it';

CREATE VIEW _my_bench WITH (security_barrier) AS
SELECT g.event_id
FROM judge g
WHERE g.person_id = ANY ((SELECT salon._members('_my_party'))::bigint[]);

COMMENT ON VIEW _my_bench IS 'Editions of which a party of current_user is a judge. Not security_invoker: policies ask it';

CREATE VIEW _organized_session WITH (security_barrier) AS
SELECT s.session_id
FROM session s
WHERE salon._among(s.event_id, '_organized_event', 50);

COMMENT ON VIEW _organized_session IS 'Sessions of events that current_user organizes. Not security_invoker: policies ask it';

CREATE VIEW _organized_survey WITH (security_barrier) AS
SELECT s.survey_id
FROM survey s
WHERE salon._among(s.event_id, '_organized_event', 50);

COMMENT ON VIEW _organized_survey IS 'Surveys of events that current_user organizes. Not security_invoker: policies ask it';
COMMENT ON COLUMN _organized_survey.survey_id IS 'The survey';

CREATE VIEW _organized_asset WITH (security_barrier) AS
SELECT a.asset_id
FROM asset a
WHERE salon._among(a.event_id, '_organized_event', 50);

COMMENT ON VIEW _organized_asset IS 'Assets of events that current_user organizes. Not security_invoker: policies ask it';

CREATE VIEW _public_event WITH (security_barrier) AS
SELECT e.event_id
FROM event e
WHERE e.took_place OR e.status_code = 'announced';

COMMENT ON VIEW _public_event IS 'Events that everybody with access may see: announced or later. Not security_invoker: policies ask it';

CREATE VIEW _shown_party WITH (security_barrier) AS
SELECT u.party_id
FROM (
    SELECT ep.party_id
    FROM event_party ep
    WHERE (SELECT v.event_id FROM _public_event v WHERE v.event_id = ep.event_id) IS NOT NULL OR salon._among(ep.event_id, '_my_event', 50)
    UNION ALL
    SELECT k.person_id
    FROM speaker k
    WHERE (SELECT v.event_id FROM _public_event v WHERE v.event_id = k.event_id) IS NOT NULL OR salon._among(k.event_id, '_my_event', 50)
    UNION ALL
    SELECT a.party_id
    FROM asset a
    WHERE a.state = 'published' AND a.asset_kind_code = 'logo' AND a.event_id IS NULL AND a.session_id IS NULL
) u;

COMMENT ON VIEW _shown_party IS 'Parties that current_user may see: with a part or a talk at an event that everybody sees or with a part of its party, or with a published logo. Not security_invoker: policies ask it';
COMMENT ON COLUMN _shown_party.party_id IS 'The party; more than once, if it shows more than once';

CREATE VIEW _shown_venue WITH (security_barrier) AS
SELECT e.venue_id
FROM event e
WHERE e.venue_id IS NOT NULL AND (e.took_place OR e.status_code = 'announced' OR salon._among(e.event_id, '_my_event', 50));

COMMENT ON VIEW _shown_venue IS 'Venues of events that everybody sees, or with a part of a party of current_user. Not security_invoker: policies ask it';
COMMENT ON COLUMN _shown_venue.venue_id IS 'The venue; more than once, if of several events';

CREATE VIEW _shown_series WITH (security_barrier) AS
SELECT e.series_id
FROM event e
WHERE e.series_id IS NOT NULL AND (e.took_place OR e.status_code = 'announced' OR salon._among(e.event_id, '_my_event', 50));

COMMENT ON VIEW _shown_series IS 'Series of events that everybody sees, or with a part of a party of current_user. Not security_invoker: policies ask it';
COMMENT ON COLUMN _shown_series.series_id IS 'The series; more than once, if of several events';

CREATE VIEW _engaged_party WITH (security_barrier) AS
SELECT u.party_id
FROM (
    SELECT ep.party_id
    FROM event_party ep
    WHERE salon._among(3, '_my_level', 0) OR salon._among(ep.event_id, '_organized_event', 50)
    UNION ALL
    SELECT k.person_id
    FROM speaker k
    WHERE salon._among(3, '_my_level', 0) OR salon._among(k.event_id, '_organized_event', 50)
    UNION ALL
    SELECT d.party_id
    FROM event_duty d
    WHERE salon._among(3, '_my_level', 0) OR salon._among(d.event_id, '_organized_event', 50)
) u;

COMMENT ON VIEW _engaged_party IS 'Parties with a part, a talk or a duty at an event that current_user organizes, of whom it enters contacts. Not security_invoker: policies ask it';
COMMENT ON COLUMN _engaged_party.party_id IS 'The party; more than once, if it has several';

CREATE VIEW _organized_party WITH (security_barrier) AS
SELECT a.party_id
FROM assent a
WHERE salon._among(3, '_my_level', 0) OR salon._among(a.event_id, '_organized_event', 50);

COMMENT ON VIEW _organized_party IS 'Parties that agreed to take part at an event that current_user organizes. Not security_invoker: policies ask it';
COMMENT ON COLUMN _organized_party.party_id IS 'The party; more than once, if at several';

-- An organizer plans an event of its party: the row of event comes first, and
-- until the host is entered it is nobody's.
CREATE VIEW _new_event WITH (security_barrier) AS
SELECT e.event_id
FROM event e
WHERE salon._is_own_transaction(e.xmin);

COMMENT ON VIEW _new_event IS 'Events that the running transaction wrote. Not security_invoker: policies ask it, and nobody else sees such an event yet';

-- The list.  Classes:
--
--   catalogue  everybody reads, an administrator writes
--   event      of an event: its organizers read and write
--   kept       of an event, but kept by the database: nobody writes by hand
--   party      of a party: organizers of any event read; an administrator writes,
--              and what is of an event too, the organizers of that
--   plan       over all events: organizers of any event read, those of all write
--   personal   personal data: organizers of an event read that of its parties
--   history    as kept, but an administrator withholds, merges and purges
--
-- shown: which rows everybody sees beside.  organized: which rows are of an
-- event that current_user organizes.  own: which rows are of its party, which
-- a member reads.  unbound: which rows
-- are of no event, so that organizers of any read them.  {mine}, {organized},
-- {attended}, {shown} stand for what _access_expression writes out, {in NAME}
-- for being in the first column of a view, or among the rows of a table that
-- one sees.  (SELECT ...) looks one row up by its key, where the planner could
-- work EXISTS out for all rows at once, and where an event has many of them; in
-- organized it is for writing only, and own says which rows one sees by it, as
-- whoever sees the row above.
CREATE FUNCTION _access_rule(OUT relation text, OUT class text, OUT shown text, OUT organized text, OUT own text, OUT unbound text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT c.relation, 'catalogue', 'true', NULL::text, NULL::text, NULL::text
    FROM unnest(ARRAY['space', 'status', 'step', 'city', 'role', 'resource', 'role_supply', 'role_demand', 'satisfies',
                      'template', 'template_resource', 'part', 'link_kind', 'session_format', 'duty', 'template_duty',
                      'asset_kind', 'phase', 'checklist_rule', 'checklist_item', 'resource_rule', 'check_kind', 'resource_conflict',
                      'cost_kind', 'profession', 'industry', 'region', 'region_city', 'medium', 'platform',
                      'attention_index', 'skill', 'duty_skill', 'template_format', 'speaker_stage', 'item_dependency',
                      'outcome_kind', 'contribution_kind', 'contribution_right', 'wall_section', 'wall_section_role', 'placement', 'certificate_kind',
                      'import_word']) c (relation)
    UNION ALL
    SELECT v.*, CASE WHEN v.relation = 'asset' THEN 'num_nonnulls(event_id, session_id) = 0'
                     WHEN v.relation IN ('supply', 'demand') THEN 'event_id IS NULL'
                     WHEN v.relation = 'remark' THEN 'num_nonnulls(party_id, helper_id, absence_id, supplier_of_id, channel_id, segment_id) = 1 OR supply_id {in supply} OR demand_id {in demand}'
                     WHEN v.class IN ('party', 'plan') THEN 'true' END
    FROM (VALUES
        -- what the page of an event shows
        ('event', 'event', 'took_place OR status_code = ''announced'' OR event_id {attended}', 'event_id {organized}', 'event_id {in _my_dealing}'),
        ('event_party', 'event', 'event_id {shown}', 'event_id {organized}', 'party_id {mine}'),
        ('session', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('speaker', 'event', 'event_id {shown}', 'event_id {organized}', 'person_id {mine}'),
        ('session_seating', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('link', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('notice', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('event_day', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('event_check', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('hackathon', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('track', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('problem', 'event', 'event_id {shown}', 'event_id {organized}', 'party_id {mine}'),
        ('hackathon_round', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('track_skill', 'event', 'track_id {in track}', '(SELECT t.event_id FROM track t WHERE t.track_id = track_skill.track_id) {organized}', NULL),
        ('criterion', 'event', 'hackathon_round_id {in hackathon_round}',
         '(SELECT r.event_id FROM hackathon_round r WHERE r.hackathon_round_id = criterion.hackathon_round_id) {organized}', NULL),
        ('team', 'event', 'event_id {shown}', 'event_id {organized}', 'team_id {in _my_team}'),
        ('round_team', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('award', 'event', 'event_id {shown}', 'event_id {organized}', 'party_id {mine}'),
        ('award_winner', 'event', 'event_id {shown}', 'event_id {organized}', 'person_id {mine} OR team_id {in _my_team}'),
        ('contribution', 'party', NULL, 'event_id {organized}', 'party_id {mine} OR product_id {in _my_product}'),
        ('asset', 'party', 'state = ''published''
            AND (event_id IS NULL OR event_id {shown})
            AND (session_id IS NULL OR session_id {in session})
            AND (party_id IS NULL OR party_id {shown party})
            AND (product_id IS NULL OR product_id {in product})',
         'event_id {organized} OR session_id {in _organized_session}', 'party_id {mine} OR product_id {in _my_product}'),
        ('party', 'party', 'party_id {shown party}', NULL, 'party_id {mine}'),
        ('party_source', 'party', NULL, NULL, NULL),
        ('party_role', 'party', 'party_id {shown party}', NULL, 'party_id {mine}'),
        ('affiliation', 'party', 'person_id {shown party} AND organization_id {shown party}', NULL,
         'person_id {mine} OR organization_id {mine}'),
        ('product', 'party', 'party_id {shown party}', NULL, 'party_id {mine}'),
        ('venue', 'plan', 'venue_id {in _shown_venue}', NULL, 'party_id {mine}'),
        ('room', 'plan', 'venue_id {in venue}', NULL, NULL),
        ('series', 'plan', 'series_id {in _shown_series}', NULL, 'party_id {mine}'),
        -- personal data
        ('contact', 'personal', NULL, 'party_id {organized party}', 'party_id {mine} OR entered_by {mine}'),
        ('assent', 'history', NULL, 'event_id {organized}', 'party_id {mine}'),
        ('task_card', 'party', 'status_code = ''open''', NULL, 'party_id {mine}'),
        ('intake', 'plan', 'true', NULL, NULL),
        ('opening', 'plan', 'true', NULL, NULL),
        ('opening_skill', 'plan', 'true', NULL, NULL),
        ('applicant', 'personal', NULL, NULL, 'person_id {mine} OR applicant_id {in _my_candidate}'),
        ('applicant_choice', 'personal', NULL, NULL, '(SELECT a.person_id FROM applicant a WHERE a.applicant_id = applicant_choice.applicant_id) {mine}'),
        ('opening_choice', 'personal', NULL, NULL, '(SELECT o.party_id FROM opening o WHERE o.opening_id = opening_choice.opening_id) {mine}'),
        ('offer', 'personal', NULL, NULL,
         '(SELECT a.person_id FROM applicant a WHERE a.applicant_id = offer.applicant_id) {mine} OR (SELECT o.party_id FROM opening o WHERE o.opening_id = offer.opening_id) {mine}'),
        ('brand', 'party', 'party_id {shown party}', NULL, 'party_id {mine}'),
        ('studio', 'plan', 'party_id {shown party}', NULL, 'party_id {mine} OR school_id {mine}'),
        ('joint_project', 'plan', NULL, NULL, 'school_id {mine} OR lead_id {mine} OR joint_project_id {in _my_project}'),
        ('joint_project_party', 'plan', NULL, NULL, '(SELECT j.joint_project_id FROM joint_project j WHERE j.joint_project_id = joint_project_party.joint_project_id) IS NOT NULL'),
        ('acquaintance', 'personal', NULL, 'person_id {organized party}', 'person_id {mine} OR knows_id {mine}'),
        ('introduction', 'personal', NULL, 'introducer_id {organized party}', 'introducer_id {mine} OR party_id {mine}'),
        -- the organizers' own
        ('remark', 'event', NULL, 'salon._among(_remark_event(remark), ''_organized_event'', 50)', NULL),
        ('follow_up', 'event', NULL, 'event_id {organized}', NULL),
        ('event_item', 'event', NULL, 'event_id {organized}', NULL),
        ('event_duty', 'event', NULL, 'event_id {organized}', 'party_id {mine}'),
        ('supply', 'party', NULL, 'event_id {organized}', 'party_id {mine}'),
        ('demand', 'party', NULL, 'event_id {organized}', 'party_id {mine}'),
        ('agreement', 'event', NULL, 'event_id {organized}',
         'party_id {mine} OR agreement_id {in _my_agreement}'),
        ('commitment', 'event', NULL, 'event_id {organized}', 'giver_id {mine} OR taker_id {mine}'),
        ('delivery', 'event', NULL, '(SELECT c.event_id FROM commitment c WHERE c.commitment_id = delivery.commitment_id) {organized}',
         'commitment_id {in commitment}'),
        ('signature', 'event', NULL, '(SELECT a.event_id FROM agreement a WHERE a.agreement_id = signature.agreement_id) {organized}', 'agreement_id {in agreement}'),
        ('seating', 'event', 'event_id {shown}', 'event_id {organized}', NULL),
        ('registration', 'event', NULL, 'event_id {organized}', 'party_id {mine} OR secret_hash = salon._secret_hash()'),
        ('attendee', 'event', NULL, 'event_id {organized}',
         'registration_id {in registration}'),
        ('moved_up', 'kept', NULL, NULL,
         '(SELECT r.registration_id FROM registration r WHERE r.registration_id = moved_up.registration_id) IS NOT NULL'),
        ('check_pass', 'event', NULL, 'event_id {organized}',
         'registration_id {in registration}'),
        ('booking', 'event', NULL, 'event_id {organized}', 'registration_id {in registration}'),
        ('package', 'event', NULL, 'event_id {organized}',
         'package_id {in _my_package} OR salon._among(series_id, ''_organized_series'', 0)'),
        ('package_resource', 'kept', NULL, NULL, 'package_id {in package}'),
        ('cost', 'event', NULL, 'event_id {organized}', 'payer_id {mine}'),
        ('audience', 'event', NULL, 'event_id {organized}', 'party_id {mine}'),
        ('reach', 'event', NULL, 'event_id {organized}', NULL),
        ('post', 'event', NULL, 'event_id {organized}',
         'channel_id {in _my_channel}'),
        ('metric', 'event', NULL, 'event_id {organized}', 'party_id {mine}'),
        ('shift', 'event', NULL, 'event_id {organized}',
         'shift_id {in _my_shift}'),
        ('event_format', 'event', NULL, 'event_id {organized}', NULL),
        ('slot', 'event', NULL, 'event_id {organized}', NULL),
        ('talk', 'event', NULL, 'event_id {organized}', 'submitter_id {mine}'),
        ('talk_speaker', 'event', NULL, '(SELECT t.event_id FROM talk t WHERE t.talk_id = talk_speaker.talk_id) {organized}',
         'person_id {mine} OR talk_id {in talk}'),
        ('talk_review', 'event', NULL, 'event_id {organized}', 'reviewer_id {mine}'),
        ('talk_vote', 'event', NULL, 'event_id {organized}', 'voter_id {mine}'),
        ('interest', 'kept', NULL, NULL, NULL),
        ('invitation', 'event', NULL, 'event_id {organized}', 'person_id {mine}'),
        ('travel_leg', 'event', NULL, '(SELECT i.event_id FROM invitation i WHERE i.invitation_id = travel_leg.invitation_id) {organized}',
         'person_id {mine} OR invitation_id {in invitation}'),
        ('team_member', 'event', NULL, 'event_id {organized}', 'person_id {mine} OR team_id {in _my_team}'),
        ('submission', 'event', NULL, 'event_id {organized}', 'team_id {in _my_team} OR event_id {in _my_bench}'),
        ('judge', 'event', NULL, 'event_id {organized}', 'person_id {mine}'),
        ('judging', 'event', NULL, 'event_id {organized}', 'judge_id {in _my_judge}'),
        -- a judge alone says what it thinks
        ('score', 'kept', NULL, NULL, 'judging_id {in _my_judging} OR event_id {organized}'),
        ('comparison', 'kept', NULL, NULL, 'judge_id {in _my_judge} OR event_id {organized}'),
        ('presence', 'kept', NULL, NULL,
         'party_id {mine} OR event_id {organized}'),
        ('outcome', 'event', NULL, 'event_id {organized}', NULL),
        ('survey', 'event', 'purpose = ''registration'' AND event_id {shown}', 'event_id {organized}', NULL),
        ('question', 'event', 'survey_id {in survey}', '(SELECT s.event_id FROM survey s WHERE s.survey_id = question.survey_id) {organized}', NULL),
        ('question_option', 'event', 'question_id {in question}',
         '(SELECT s.event_id FROM question q JOIN survey s ON s.survey_id = q.survey_id WHERE q.question_id = question_option.question_id) {organized}', NULL),
        ('response', 'event', NULL, 'event_id {organized}',
         'registration_id {in registration}'),
        ('respondent', 'event', NULL, 'response_id {in response}', NULL),
        ('answer', 'event', NULL, '(SELECT r.response_id FROM response r WHERE r.response_id = answer.response_id) IS NOT NULL',
         'survey_id {in _organized_survey} OR response_id {in response}'),
        ('asset_person', 'event', NULL, 'asset_id {in _organized_asset}', 'person_id {mine}'),
        ('history', 'history', NULL, 'event_id {organized}', NULL),
        -- what is told of parties
        ('party_skill', 'party', NULL, NULL, 'party_id {mine}'),
        ('helper', 'party', NULL, NULL, 'party_id {mine}'),
        ('availability', 'party', NULL, NULL, 'party_id {mine}'),
        ('duty_preference', 'party', NULL, NULL, 'party_id {mine}'),
        ('absence', 'party', NULL, NULL, 'person_id {mine}'),
        ('apart', 'plan', NULL, NULL, NULL),
        ('room_hours', 'plan', NULL, NULL, NULL),
        ('party_merge', 'plan', NULL, NULL, NULL),
        -- certifications: everybody sees what there is
        ('certification', 'plan', 'true', NULL, NULL),
        ('certification_level', 'plan', 'true', NULL, NULL),
        ('certification_prerequisite', 'plan', 'true', NULL, NULL),
        ('certificate', 'personal', NULL, NULL, 'person_id {mine}'),
        ('certificate_miss', 'kept', NULL, NULL, NULL),
        ('exam_tag', 'plan', 'true', NULL, NULL),
        ('course', 'plan', 'true', NULL, NULL),
        ('tutor', 'plan', 'true', NULL, NULL),
        ('course_progress', 'personal', NULL, NULL, 'person_id {mine} OR tutor_id {in _my_tutor}'),
        ('blueprint', 'plan', 'true', NULL, NULL),
        -- administrators see the bank; candidates the questions that they answer, while they do; the answers nobody else
        ('exam_question', 'personal', NULL, NULL, 'exam_question_id {in _my_question}'),
        ('exam_option', 'personal', NULL, NULL, 'exam_question_id {in _my_question}'),
        ('exam_question_tag', 'personal', NULL, NULL, NULL),
        ('exam_key', 'personal', NULL, NULL, NULL),
        ('paper', 'personal', NULL, NULL, 'person_id {mine}'),
        ('paper_question', 'personal', NULL, NULL, 'paper_id {in _my_paper}'),
        ('attempt', 'personal', NULL, NULL, 'person_id {mine}'),
        ('attempt_answer', 'personal', NULL, NULL, 'attempt_id {in attempt}'),
        -- not in the transaction that submits, which could be undone
        ('attempt_result', 'personal', NULL, NULL, 'attempt_id {in attempt} AND NOT salon._is_own_transaction(xmin)'),
        ('consent', 'personal', NULL, 'person_id {organized party}', 'person_id {mine} OR entered_by {mine}'),
        ('party_industry', 'party', NULL, NULL, 'party_id {mine}'),
        ('supplier_of', 'party', NULL, NULL, 'supplier_id {mine}'),
        ('target', 'party', NULL, NULL, 'party_id {mine}'),
        ('channel', 'party', NULL, NULL, 'party_id {mine}'),
        ('follower_count', 'party', NULL, NULL, 'channel_id {in _my_channel}'),
        ('index_value', 'party', NULL, NULL, 'party_id {mine}'),
        -- over all events
        ('city_activity', 'plan', NULL, NULL, NULL),
        ('segment', 'plan', NULL, NULL, '(SELECT true FROM target t WHERE t.segment_id = segment.segment_id AND t.party_id {mine} LIMIT 1)'),
        ('rotation', 'plan', NULL, NULL, '(SELECT true FROM series_host h WHERE h.series_id = rotation.series_id AND h.party_id {mine} LIMIT 1)'),
        ('series_host', 'plan', NULL, NULL, 'party_id {mine}'),
        ('host_city', 'plan', NULL, NULL, '(SELECT h.party_id FROM series_host h WHERE h.series_host_id = host_city.series_host_id) {mine}'),
        ('blackout', 'plan', NULL, NULL, 'party_id {mine}'),
        ('host_wish', 'plan', NULL, NULL, '(SELECT h.party_id FROM series_host h WHERE h.series_host_id = host_wish.series_host_id) {mine}'),
        ('season', 'plan', NULL, NULL, NULL),
        ('season_host', 'plan', NULL, NULL, 'party_id {mine}'),
        ('turn', 'plan', NULL, NULL, 'party_id {mine}'),
        -- who has access: see the policy below
        ('access', 'access', NULL, NULL, 'pg_has_role(to_regrole(quote_ident(database_role)), ''USAGE'')')
    ) v (relation, class, shown, organized, own);
END;

COMMENT ON FUNCTION _access_rule() IS
'For each table of the space its class of access, which rows everybody sees, which are of an event that one organizes, which of one''s party, and which rows are of no event';

-- What a level may write beyond its class: rows and columns.  rows NULL: its
-- own rows; columns NULL: all.  Who may by no class of the table write a row
-- writes these columns of it only, which a trigger holds: see _access_column.
-- A form has what a registration needs, and no party.
CREATE FUNCTION _access_extra(OUT relation text, OUT level text, OUT command text, OUT rows text, OUT may_become text, OUT columns text[])
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    VALUES
        ('party', 'member', 'UPDATE', NULL, NULL, ARRAY['name_en', 'name_zh', 'city_code', 'website', 'introduction', 'is_introducer']),
        ('acquaintance', 'member', 'ALL', 'person_id {mine}', NULL, NULL),
        ('introduction', 'member', 'INSERT', NULL, 'party_id {mine} AND status_code = ''asked''', ARRAY['introducer_id', 'party_id', 'to_id', 'resource_code']),
        ('introduction', 'member', 'UPDATE', 'introducer_id {mine}', 'introducer_id {mine}', ARRAY['status_code', 'said_on']),
        ('contact', 'member', 'ALL', 'party_id {mine}', NULL, NULL),
        ('product', 'member', 'ALL', NULL, NULL, NULL),
        ('affiliation', 'member', 'ALL', 'person_id {mine}', NULL, NULL),
        ('asset', 'member', 'ALL', 'event_id IS NULL AND session_id IS NULL AND (party_id {mine} OR product_id {in _my_product})
            AND (party_id IS NULL OR party_id {mine})', NULL,
         ARRAY['asset_kind_code', 'party_id', 'product_id', 'state', 'orientation', 'background', 'url', 'body']),
        ('supply', 'member', 'ALL', NULL, NULL, ARRAY['party_id', 'resource_code', 'quantity', 'valid_from', 'valid_before', 'city_code', 'priority']),
        ('demand', 'member', 'ALL', NULL, NULL,
         ARRAY['party_id', 'resource_code', 'quantity', 'valid_from', 'valid_before', 'city_code', 'priority', 'purpose', 'serves_id', 'metric_kind', 'metric']),
        -- who alone gives signs; who gives or gets may decline
        ('agreement', 'member', 'UPDATE', NULL,
         '(status_code = ''signed'' AND signer_id {mine} AND package_id IS NULL)
          OR (status_code IN (''declined'', ''withdrawn'')
              AND (party_id {mine} OR agreement_id {in _my_agreement}))',
         ARRAY['status_code']),
        ('brand', 'member', 'ALL', NULL, NULL, NULL),
        ('task_card', 'member', 'ALL', NULL, NULL, NULL),
        ('opening', 'member', 'ALL', 'party_id {mine}', 'party_id {mine}', ARRAY['intake_id', 'party_id', 'task_card_id', 'name_en', 'name_zh', 'city_code', 'mentor_id', 'quota']),
        ('opening_skill', 'member', 'ALL', '(SELECT o.party_id FROM opening o WHERE o.opening_id = opening_skill.opening_id) {mine}', NULL, NULL),
        ('applicant', 'member', 'INSERT', NULL, 'person_id {mine} AND status_code = ''applied''', ARRAY['intake_id', 'person_id']),
        ('applicant', 'member', 'UPDATE', 'person_id {mine}', 'person_id {mine}', ARRAY['status_code']),
        ('applicant_choice', 'member', 'ALL', NULL, NULL, NULL),
        ('opening_choice', 'member', 'ALL', NULL, NULL, NULL),
        ('offer', 'member', 'UPDATE', '(SELECT a.person_id FROM applicant a WHERE a.applicant_id = offer.applicant_id) {mine}', 'status_code IN (''accepted'', ''declined'')', ARRAY['status_code']),
        ('signature', 'member', 'INSERT', NULL, 'party_id {mine}', ARRAY['agreement_id', 'party_id']),
        ('registration', 'form', 'INSERT', NULL,
         'event_id {shown} AND (party_id {mine} OR (party_id IS NULL AND secret_hash = salon._secret_hash() AND salon._among(1, ''_my_level'', 0)))',
         ARRAY['event_id', 'side', 'seats', 'link_id', 'channel_party_id', 'note', 'party_id', 'secret_hash', 'ticket']),
        ('registration', 'form', 'UPDATE', NULL, '(party_id {mine} OR secret_hash = salon._secret_hash()) AND status_code = ''cancelled''', ARRAY['status_code']),
        ('attendee', 'form', 'ALL', NULL, NULL, ARRAY['registration_id', 'name', 'contact_kind', 'contact']),
        ('response', 'form', 'ALL', NULL, NULL, ARRAY['survey_id', 'registration_id', 'answered_at']),
        ('answer', 'form', 'ALL', NULL, NULL, ARRAY['response_id', 'question_id', 'question_option_id', 'value', 'body']),
        ('booking', 'form', 'INSERT', NULL, NULL, ARRAY['session_id', 'registration_id', 'seat']),
        ('booking', 'form', 'UPDATE', NULL, NULL, ARRAY['cancelled_at']),
        ('moved_up', 'form', 'SELECT', NULL, NULL, NULL),
        ('check_pass', 'form', 'SELECT', NULL, NULL, NULL),
        ('target', 'member', 'ALL', NULL, NULL, NULL),
        ('channel', 'member', 'ALL', NULL, NULL, NULL),
        ('blackout', 'member', 'ALL', NULL, NULL, NULL),
        ('host_wish', 'member', 'ALL', NULL, NULL, NULL),
        ('talk', 'member', 'INSERT', NULL, 'submitter_id {mine} AND status_code = ''submitted'' AND session_id IS NULL AND event_id {shown}',
         ARRAY['event_id', 'format_code', 'title_en', 'title_zh', 'abstract', 'submitter_id', 'organization_id']),
        ('talk', 'member', 'UPDATE', 'submitter_id {mine} AND status_code = ''submitted''', 'submitter_id {mine} AND status_code IN (''submitted'', ''withdrawn'')',
         ARRAY['format_code', 'title_en', 'title_zh', 'abstract', 'status_code']),
        ('invitation', 'member', 'UPDATE', NULL, 'person_id {mine} AND status_code IN (''confirmed'', ''declined'')', ARRAY['status_code', 'decline_reason']),
        ('event_duty', 'member', 'UPDATE', NULL, 'party_id {mine} AND status_code IN (''confirmed'', ''declined'')', ARRAY['status_code']),
        -- a captain invites and the person joins, or the other way round
        ('team', 'member', 'INSERT', NULL, 'captain_id {mine} AND event_id {shown}', ARRAY['event_id', 'name', 'track_id', 'problem_id', 'captain_id', 'coach_id']),
        ('team', 'member', 'UPDATE', 'captain_id {mine} AND status_code = ''entered''', 'status_code IN (''entered'', ''withdrawn'')',
         ARRAY['name', 'track_id', 'problem_id', 'captain_id', 'coach_id', 'status_code']),
        ('team', 'member', 'DELETE', 'captain_id {mine}', NULL, NULL),
        ('team_member', 'member', 'INSERT', NULL,
         '(team_id {in _my_captaincy} AND (status_code = ''invited'' OR person_id {mine})) OR (person_id {mine} AND status_code = ''asked'')',
         ARRAY['team_id', 'person_id', 'status_code']),
        ('team_member', 'member', 'UPDATE', '(team_id {in _my_captaincy} AND status_code = ''asked'') OR (person_id {mine} AND status_code = ''invited'')',
         'status_code = ''joined'' AND (team_id {in _my_captaincy} OR person_id {mine})', ARRAY['status_code']),
        ('team_member', 'member', 'DELETE', 'team_id {in _my_captaincy} OR person_id {mine}', NULL, NULL),
        ('score', 'member', 'ALL', 'judging_id {in _my_judging}', NULL, ARRAY['judging_id', 'criterion_id', 'points']),
        ('comparison', 'member', 'ALL', 'judge_id {in _my_judge}', NULL, ARRAY['hackathon_round_id', 'judge_id', 'preferred_id', 'other_id']),
        -- whose project it is accepts it, and nobody what is its own
        ('contribution', 'member', 'INSERT', NULL, 'party_id {mine} AND status_code = ''claimed''',
         ARRAY['party_id', 'contribution_kind_code', 'event_id', 'product_id', 'quantity', 'url', 'description', 'contributed_on']),
        ('contribution', 'member', 'UPDATE', 'product_id {in _my_product}', NULL, ARRAY['status_code']),
        ('contribution', 'member', 'DELETE', 'party_id {mine} AND status_code = ''claimed''', NULL, NULL),
        ('submission', 'member', 'INSERT', NULL, 'team_id {in _my_team}', ARRAY['hackathon_round_id', 'team_id', 'url', 'revision']),
        ('party_skill', 'member', 'ALL', NULL, NULL, NULL),
        ('helper', 'member', 'ALL', NULL, NULL, NULL),
        ('availability', 'member', 'ALL', NULL, NULL, NULL),
        ('duty_preference', 'member', 'ALL', NULL, NULL, NULL),
        ('absence', 'member', 'ALL', NULL, NULL, NULL),
        ('consent', 'member', 'ALL', 'person_id {mine}', NULL, NULL),
        -- an event needs parties, places and contacts that are not there yet
        ('event', 'organizer', 'INSERT', NULL, 'status_code IN (''idea'', ''planned'')', NULL),
        ('event_party', 'organizer', 'INSERT', NULL,
         'part_code = ''host'' AND party_id {my organizer} AND EXISTS (SELECT FROM _new_event v WHERE v.event_id = event_party.event_id)', NULL),
        ('party', 'organizer', 'INSERT', NULL, 'true', NULL),
        ('affiliation', 'organizer', 'INSERT', NULL, 'true', NULL),
        ('venue', 'organizer', 'INSERT', NULL, 'true', NULL),
        ('room', 'organizer', 'INSERT', NULL, 'true', NULL),
        ('contact', 'organizer', 'ALL', 'entered_by {mine}', 'party_id {in _engaged_party}', NULL),
        ('consent', 'organizer', 'ALL', 'entered_by {mine}', 'person_id {in _engaged_party}', NULL),
        ('remark', 'organizer', 'INSERT', NULL, 'num_nonnulls(party_id, helper_id, absence_id, supplier_of_id, channel_id, segment_id) = 1', NULL),
        ('certificate', 'member', 'UPDATE', NULL, NULL, ARRAY['is_holder_shown']),
        -- a learner enrolls and leaves; that it completed a course its tutor says
        ('course_progress', 'member', 'INSERT', NULL, 'person_id {mine} AND status_code <> ''completed''', ARRAY['course_id', 'person_id', 'tutor_id']),
        ('course_progress', 'member', 'UPDATE', NULL, '(person_id {mine} AND status_code <> ''completed'') OR tutor_id {in _my_tutor}', ARRAY['status_code']),
        ('attempt', 'member', 'INSERT', NULL, 'person_id {mine}', ARRAY['paper_id']),
        ('attempt', 'member', 'UPDATE', NULL, NULL, ARRAY['submitted_at']),
        ('attempt_answer', 'member', 'ALL', NULL, NULL, ARRAY['paper_question_id', 'exam_option_id', 'body', 'value']),
        -- one row, which stays
        ('space', 'administrator', 'UPDATE', 'true', 'true',
         ARRAY['name_en', 'name_zh', 'time_zone', 'currency', 'host_cost_from', 'host_cost_to', 'history_days', 'most_unknown_certificates']);
END;

COMMENT ON FUNCTION _access_extra() IS
'What forms and members may write of their own, and organizers beside their events: rows, what these may become, and columns';

-- Arguments: the columns that are open to whoever writes the row as one of its
-- party; and who may write all of it.  Asked before all other triggers, and only
-- where a column has a value that is neither its default nor what it was.
CREATE FUNCTION _access_column() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
    open_columns text[] := string_to_array(TG_ARGV[0], ' ');
    is_all boolean;
    closed text;
BEGIN
    EXECUTE format('SELECT (%s) FROM (SELECT ($1).*) %I', TG_ARGV[1], own_table) INTO is_all USING NEW;
    IF is_all AND TG_OP = 'UPDATE' THEN
        EXECUTE format('SELECT (%s) FROM (SELECT ($1).*) %I', TG_ARGV[1], own_table) INTO is_all USING OLD;
    END IF;
    IF is_all THEN
        RETURN NEW;
    END IF;
    EXECUTE (SELECT format('SELECT string_agg(c, '', '') FROM (VALUES %s) v (c, is_changed) WHERE is_changed',
                           string_agg(format('(%1$L, ($1).%1$I IS DISTINCT FROM %2$s)', a.attname,
                                             CASE TG_OP WHEN 'UPDATE' THEN format('($2).%I', a.attname) ELSE coalesce(pg_get_expr(d.adbin, d.adrelid), 'NULL') END),
                                      ', ' ORDER BY a.attnum))
             FROM pg_attribute a
             LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
             WHERE a.attrelid = TG_RELID AND a.attnum > 0 AND NOT a.attisdropped AND a.attidentity = '' AND a.attgenerated = ''
               AND a.attname <> ALL (open_columns))
    INTO closed USING NEW, OLD;
    RAISE EXCEPTION USING
        ERRCODE = 'insufficient_privilege',
        MESSAGE = format(salon.say('%s: %s not yours to write'), own_table, closed),
        HINT = format(salon.say('You write only %s there.'), array_to_string(open_columns, ', ')),
        SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table, CONSTRAINT = TG_NAME;
END
$$;

COMMENT ON FUNCTION _access_column() IS
'Trigger of tables in which members write some columns of their own rows: refuses with 42501 other ones, but for who may write all of the row';

-- Functions that write, or read what the server does not see them read, and the
-- level from which one may call them: their own statements are subject to all
-- the same rules.
CREATE FUNCTION _access_function(OUT function text, OUT level text) RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    VALUES
        ('_allocate', 'member'), ('_unmet', 'member'), ('_recap_number', 'organizer'), ('_session_problem', 'organizer'), ('_event_problem', 'organizer'), ('_todo', 'organizer'), ('_paid', 'member'), ('_series_pv', 'organizer'),
        ('channel_label', 'member'), ('segment_label', 'member'),
        ('_catalog_invariant', 'administrator'), ('_history_invariant', 'administrator'), ('critical_path', 'organizer'), ('index_lift', 'member'), ('busiest_window', 'member'), ('check_parties', 'organizer'), ('check_registrations', 'organizer'), ('check_schedule', 'organizer'), ('sheet_registrations', 'organizer'), ('sheet_answers', 'organizer'),
        ('register', 'form'), ('answer_registration', 'form'), ('cancel_registration', 'form'), ('book', 'form'), ('cancel_booking', 'form'),
        ('plan_event', 'organizer'), ('add_template', 'organizer'), ('waive', 'organizer'), ('copy_template', 'administrator'), ('propose', 'organizer'), ('move_up', 'organizer'),
        ('check_in', 'organizer'), ('lapse_agreements', 'organizer'), ('deliver', 'organizer'), ('give', 'organizer'), ('agree_ring', 'organizer'),
        ('enter_team', 'member'), ('submit_work', 'member'), ('next_pair', 'member'),
        ('_judge_market', 'organizer'), ('pay_award', 'organizer'), ('credit_hackathon', 'organizer'), ('assign_judges', 'organizer'), ('advance_round', 'organizer'),
        ('_round_gift', 'member'), ('barter_round', 'member'), ('ring_wish', 'member'), ('introductions', 'member'), ('offer_round', 'administrator'), ('prove_internship', 'administrator'), ('hear', 'organizer'), ('_year_fact', 'organizer'), ('year_review', 'organizer'), ('year_plan', 'organizer'), ('agree_round', 'organizer'),
        ('plan_season', 'organizer'), ('accept_season', 'organizer'), ('swap_turn', 'organizer'),
        ('forget', 'administrator'), ('purge_history', 'administrator'), ('check_answers', 'organizer'),
        ('copy_event', 'organizer'), ('move_event', 'organizer'), ('make_slots', 'organizer'), ('build_agenda', 'organizer'), ('import_answers', 'organizer'),
        ('merge_party', 'administrator'), ('import_parties', 'administrator'), ('import_registrations', 'organizer'), ('import_schedule', 'organizer'),
        ('verify_certificate', 'visitor'), ('open_badge', 'visitor'), ('ticket_qr', 'form'), ('certificate_qr', 'member'), ('revise_question', 'administrator'), ('draw_paper', 'administrator'), ('draw_papers', 'administrator'),
        ('_draw', 'administrator'), ('paper_shortage', 'administrator'), ('_attempt_grade', 'administrator'), ('submit_attempts', 'administrator'),
        ('fill_duties', 'organizer'), ('accept_duties', 'organizer'), ('icalendar_todo', 'organizer'), ('organizer_page', 'organizer'),
        ('timeline_svg', 'organizer'), ('exchange_svg', 'member'), ('exposure_svg', 'member'), ('city_svg', 'organizer'), ('recap_svg', 'organizer');
END;

COMMENT ON FUNCTION _access_function() IS 'For each function that writes, or reads what not everybody may read, the level from which one may call it; any other one everybody with access may call who may read what it reads';

-- Expressions of the lists, written out: how many keys of a view are looked up
-- one by one, before it is read whole, goes by how large it may be; a table is
-- not read whole.
CREATE FUNCTION _access_expression(expression text, of_all boolean DEFAULT false) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(expression,
        '\{my organizer\}', '= ANY ((SELECT salon._members(''_my_organizing''))::bigint[])', 'g'),
        t.term || '\{shown\}', '(salon._among(\1, ''_public_event'', 1000) OR \1 {attended})', 'g'),
        t.term || '\{organized\}', CASE WHEN of_all THEN '(\1 {in _organized_event} OR (\1 IS NOT NULL AND salon._among(3, ''_my_level'', 0)))' ELSE '\1 {in _organized_event}' END, 'g'),
        t.term || '\{attended\}', '\1 {in _my_event}', 'g'),
        t.term || '\{(shown|organized) party\}', 'salon._among(\1, ''_\2_party'', 10000)', 'g'),
        t.term || '\{mine\}', 'salon._among(\1, ''_my_party'', 0)', 'g'),
        t.term || '\{in (_my_[a-z]+|_organized_event)\}', 'salon._among(\1, ''\2'', 50)', 'g'),
        t.term || '\{in (_[a-z_]+)\}', 'salon._among(\1, ''\2'', 1000)', 'g'),
        t.term || '\{in ([a-z_]+)\}', 'salon._among(\1, ''\2'')', 'g')
    FROM (VALUES ('([a-z_.]+|\([^()]+\)) ')) t (term);
END;

COMMENT ON FUNCTION _access_expression(text, boolean) IS 'An expression of the lists of access, with what {mine}, {shown} and the like stand for; of_all: who organizes all events organizes each';

-- Who writes a whole row, by the class of the table.
CREATE FUNCTION _access_writing(OUT relation text, OUT rows text) RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT r.relation,
           CASE r.class
               WHEN 'event' THEN concat_ws(' OR ', 'salon._among(3, ''_my_level'', 0)', '(' || _access_expression(r.organized) || ')')
               WHEN 'party' THEN concat_ws(' OR ', 'salon._among(4, ''_my_level'', 0)', '(' || _access_expression(r.organized, true) || ')')
               WHEN 'plan' THEN 'salon._among(3, ''_my_level'', 0)'
               ELSE 'salon._among(4, ''_my_level'', 0)' END
    FROM _access_rule() r
    WHERE r.class NOT IN ('kept', 'access') AND r.relation <> 'space';
END;

COMMENT ON FUNCTION _access_writing() IS 'For each table that is written by hand who writes whole rows of it, as an expression';

-- The policies of all tables, as salon._secure runs them.
CREATE FUNCTION _access_policy(OUT ordinal bigint, OUT command text) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 500
BEGIN ATOMIC
    WITH level AS (
        SELECT 'salon._among(2, ''_my_level'', 0)' AS organizes, 'salon._among(3, ''_my_level'', 0)' AS organizes_all,
               'salon._among(4, ''_my_level'', 0)' AS administers
    ), rule AS (
        SELECT r.relation, r.class, _access_expression(r.shown) AS shown,
               _access_expression(r.organized, r.class = 'party') AS organized, _access_expression(r.unbound) AS unbound, _access_expression(r.own) AS own
        FROM _access_rule() r
        WHERE to_regclass(r.relation) IS NOT NULL
    ), reading AS (
        SELECT r.relation,
               CASE r.class
                   WHEN 'catalogue' THEN 'true' -- the grant says who reads
                   ELSE concat_ws(E'\n OR ',
                        CASE WHEN r.class IN ('event', 'kept', 'history') THEN l.organizes_all WHEN r.unbound = 'true' THEN l.organizes ELSE l.administers END,
                        '(' || r.shown || ')', -- mostly a column of the row itself, or of its event
                        '(' || CASE WHEN r.organized !~ 'SELECT' THEN r.organized END || ')',
                        '(' || r.own || ')',
                        '(' || l.organizes || ' AND (' || nullif(r.unbound, 'true') || '))') END AS expression
        FROM rule r
        CROSS JOIN level l
    ), writing AS (
        SELECT r.relation, '' AS level, p.rows, NULL AS may_become, w.command
        FROM rule r
        JOIN _access_writing() p ON p.relation = r.relation
        CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE')) w (command)
        UNION ALL
        SELECT x.relation, x.level || '_',
               CASE x.level WHEN 'administrator' THEN l.administers
                            WHEN 'organizer' THEN concat_ws(' AND ', l.organizes, _access_expression(x.rows))
                            ELSE coalesce(_access_expression(x.rows), r.own) END,
               CASE x.level WHEN 'administrator' THEN l.administers || ' AND ' WHEN 'organizer' THEN l.organizes || ' AND ' ELSE '' END || '(' || _access_expression(x.may_become) || ')',
               w.command
        FROM _access_extra() x
        CROSS JOIN level l
        JOIN rule r ON r.relation = x.relation
        JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE')) w (command) ON x.command IN ('ALL', w.command)
    )
    SELECT row_number() OVER (ORDER BY c.place, c.command), c.command
    FROM (
        SELECT 1 AS place, format(E'CREATE POLICY salon_read ON %I FOR SELECT USING (%s)', r.relation, r.expression) AS command
        FROM reading r
        UNION ALL
        SELECT 2, format('CREATE POLICY %I ON %I FOR %s', 'salon_' || w.level || lower(w.command COLLATE "C"), w.relation, w.command)
                  || CASE WHEN w.command = 'INSERT' THEN '' ELSE format(' USING (%s)', w.rows) END
                  || CASE WHEN w.command = 'DELETE' THEN '' ELSE format(' WITH CHECK (%s)', coalesce(w.may_become, w.rows)) END
        FROM writing w
        UNION ALL
        SELECT 3, format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', r.relation)
        FROM rule r
    ) c;
END;

COMMENT ON FUNCTION _access_policy() IS 'The policies of all tables of the space as commands: run by salon._secure';

-- Who sees all rows of a table has a policy that says so, without a question:
-- the plans of organizers of all events and of administrators are then those of
-- the owner.  It adds nothing to salon_read, which asks.
CREATE FUNCTION _access_open(OUT command text) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    WITH wanted AS (
        SELECT r.relation, array_agg(DISTINCT g.oid ORDER BY g.oid) AS roles
        FROM _access_rule() r
        JOIN access a ON a.level = 'administrator' OR (a.level = 'organizer' AND a.party_id IS NULL AND r.class NOT IN ('personal', 'access'))
        JOIN pg_roles g ON g.oid = _role_given(a.database_role)
        WHERE r.class <> 'catalogue'
        GROUP BY r.relation
    )
    SELECT CASE WHEN w.roles IS NULL THEN format('DROP POLICY salon_read_all ON %I', c.relation)
                ELSE format(CASE WHEN y.polroles IS NULL THEN 'CREATE POLICY salon_read_all ON %I FOR SELECT TO %s USING (true)'
                                 ELSE 'ALTER POLICY salon_read_all ON %I TO %s' END,
                            c.relation, (SELECT string_agg(quote_ident(g.rolname), ', ' ORDER BY g.rolname) FROM pg_roles g WHERE g.oid = ANY (w.roles))) END
    FROM _access_rule() c
    LEFT JOIN wanted w ON w.relation = c.relation
    LEFT JOIN pg_policy y ON y.polrelid = to_regclass(c.relation) AND y.polname = 'salon_read_all'
    WHERE to_regclass(c.relation) IS NOT NULL
      AND w.roles IS DISTINCT FROM (SELECT array_agg(o ORDER BY o) FROM unnest(y.polroles) o)
    ORDER BY c.relation;
END;

COMMENT ON FUNCTION _access_open() IS 'What is to be done so that policy salon_read_all of each table is of those who see all its rows: run by salon.grant_access and revoke_access';

-- Who puts an event into a series sees and claims what is offered there.
CREATE FUNCTION _series_own() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    mine bigint[] := ARRAY(SELECT a.party_id FROM _my_access a WHERE a.level = 'organizer' AND a.party_id IS NOT NULL);
BEGIN
    IF NOT (_organizes_all()
            OR EXISTS (SELECT FROM series s WHERE s.series_id = NEW.series_id AND s.party_id = ANY (mine))
            OR EXISTS (SELECT FROM series_host h WHERE h.series_id = NEW.series_id AND h.party_id = ANY (mine))
            OR salon._among(NEW.series_id, '_organized_series', 0)) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format(salon.say('series %s is not yours'), NEW.series_id),
            HINT = salon.say('Its owner, its hosts and who has an event in it add events: ask an administrator to add this one.'),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, COLUMN = 'series_id', CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _series_own() IS
'Trigger of event, for who does not organize all: refuses with 42501 a series of others, whose packages would be at hand';

CREATE TRIGGER event_series_is_ones_own BEFORE INSERT OR UPDATE OF series_id ON event
    FOR EACH ROW WHEN (NEW.series_id IS NOT NULL AND NOT _administers()) EXECUTE FUNCTION _series_own();

-- A party does not take the name of another unseen.
CREATE FUNCTION _party_name_free() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
    IF EXISTS (SELECT FROM party p
               WHERE p.party_id <> NEW.party_id AND p.kind = NEW.kind
                 AND ARRAY[salon.folded(p.name_en), salon.folded(p.name_zh)]
                     && array_remove(ARRAY[CASE WHEN NEW.name_en IS DISTINCT FROM OLD.name_en THEN salon.folded(NEW.name_en) END,
                                           CASE WHEN NEW.name_zh IS DISTINCT FROM OLD.name_zh THEN salon.folded(NEW.name_zh) END], NULL)) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'unique_violation',
            MESSAGE = format(salon.say('party %s cannot take the name of another'), NEW.party_id),
            HINT = salon.say('If both are one, or have one name, an administrator merges them or sets the name.'),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _party_name_free() IS
'Trigger of party, for members who change its name: refuses with 23505 that of another. SECURITY DEFINER: members do not see all parties';

CREATE TRIGGER party_name_is_ones_own BEFORE UPDATE OF name_en, name_zh ON party
    FOR EACH ROW WHEN ((NEW.name_en, NEW.name_zh) IS DISTINCT FROM (OLD.name_en, OLD.name_zh) AND NOT _administers())
    EXECUTE FUNCTION _party_name_free();

-- How much a level may, so far as grants say it: an application acts for parties
-- of each level, whose rows policies tell apart.
CREATE FUNCTION _access_rank(level text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE level WHEN 'visitor' THEN 1 WHEN 'form' THEN 2 WHEN 'member' THEN 3 WHEN 'organizer' THEN 4 WHEN 'administrator' THEN 5 WHEN 'application' THEN 5 END;

COMMENT ON FUNCTION _access_rank(text) IS 'How much a level may: 1 visitor to 5 administrator, and an application, which acts for all of these';

-- What a role may do with tables, views and functions, by its own rows in table
-- access: whole ones, so that SELECT * and RETURNING * are for everybody who
-- reads a table.  A view shows to who may read all that it reads.
CREATE FUNCTION _access_grant(database_role name, OUT privilege text, OUT object text) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 300
BEGIN ATOMIC
    WITH RECURSIVE mine AS (
        SELECT max(_access_rank(a.level)) AS rank
        FROM access a
        WHERE a.database_role = _access_grant.database_role
        HAVING max(_access_rank(a.level)) IS NOT NULL
    ), rule AS (
        SELECT r.*, to_regclass(r.relation) AS oid, m.rank
        FROM _access_rule() r
        CROSS JOIN mine m
        WHERE to_regclass(r.relation) IS NOT NULL
    ), extra AS (
        SELECT x.relation, w.command, _access_rank(x.level) AS rank
        FROM _access_extra() x
        JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) w (command) ON x.command = 'ALL' OR x.command = w.command OR w.command = 'SELECT'
    ), wanted AS (
        SELECT r.relation, r.oid, w.command
        FROM rule r
        JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) w (command) ON
            CASE WHEN w.command = 'SELECT' THEN r.class IN ('catalogue', 'access') OR r.shown IS NOT NULL OR (r.rank >= 3 AND r.own IS NOT NULL) OR r.rank >= 4
                 WHEN r.class IN ('kept', 'access') OR r.relation = 'space' OR (r.class = 'history' AND w.command = 'INSERT') THEN false
                 WHEN r.rank = 5 THEN true
                 WHEN r.rank = 4 THEN r.class IN ('event', 'plan') OR (r.class = 'party' AND r.organized IS NOT NULL)
                 ELSE false END
        UNION
        SELECT r.relation, r.oid, x.command
        FROM rule r
        JOIN extra x ON x.relation = r.relation AND r.rank >= x.rank
    ), object AS (
        SELECT o.kind, o.oid, p.proname, p.provolatile
        FROM salon._model_object((SELECT n.nspname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                  WHERE c.oid = 'space'::regclass)) o
        LEFT JOIN pg_proc p ON o.kind = 'FUNCTION' AND p.oid = o.oid
        WHERE p.oid IS NULL OR p.prorettype <> 'trigger'::regtype
    ), reads AS (
        SELECT DISTINCT o.kind, o.oid, d.refobjid
        FROM object o
        LEFT JOIN pg_rewrite w ON o.kind = 'VIEW' AND w.ev_class = o.oid
        JOIN pg_depend d ON d.classid = CASE o.kind WHEN 'VIEW' THEN 'pg_rewrite'::regclass ELSE 'pg_proc'::regclass END AND d.objid = coalesce(w.oid, o.oid)
                        AND d.refclassid IN ('pg_class'::regclass, 'pg_proc'::regclass) AND d.refobjid <> o.oid
        WHERE o.kind <> 'TABLE'
          -- a view that asks with the rights of the owner tells for itself what it shows
          AND NOT EXISTS (SELECT FROM pg_class c WHERE c.oid = o.oid AND c.relkind = 'v' AND c.reloptions::text !~ 'security_invoker')
    ), denied AS (
        SELECT o.oid
        FROM object o
        CROSS JOIN mine m
        WHERE (o.kind = 'TABLE' AND o.oid NOT IN (SELECT w.oid FROM wanted w WHERE w.command = 'SELECT'))
           OR (o.provolatile = 'v'
               AND NOT coalesce(m.rank >= (SELECT _access_rank(f.level) FROM _access_function() f WHERE f.function = o.proname),
                                m.rank >= 4 AND left(o.proname, 1) = '_')) -- what triggers call
           OR m.rank < (SELECT _access_rank(f.level) FROM _access_function() f WHERE f.function = o.proname)
        UNION
        SELECT r.oid
        FROM denied d
        JOIN reads r ON r.refobjid = d.oid
    )
    SELECT w.command, format('TABLE %I', w.relation)
    FROM wanted w
    UNION ALL
    SELECT 'SELECT', format('TABLE %s', string_agg(o.oid::regclass::text, ', '))
    FROM object o
    CROSS JOIN mine m
    WHERE o.kind = 'VIEW' AND o.oid NOT IN (SELECT d.oid FROM denied d)
    HAVING count(*) > 0
    UNION ALL
    SELECT 'EXECUTE', format('FUNCTION %s', string_agg(o.oid::regprocedure::text, ', '))
    FROM object o
    CROSS JOIN mine m
    WHERE o.kind = 'FUNCTION' AND o.oid NOT IN (SELECT d.oid FROM denied d)
    HAVING count(*) > 0
    UNION ALL
    -- what everybody asks of a trigger
    SELECT 'INSERT', 'TABLE _verification'
    FROM mine
    UNION ALL
    SELECT 'USAGE', format('SEQUENCE %s', pg_get_serial_sequence('event', 'event_id'))
    FROM mine m
    WHERE m.rank >= 4;
END;

COMMENT ON FUNCTION _access_grant(name) IS 'What a role is granted by its rows in table access: run by salon.grant_access';

CREATE VIEW access_list WITH (security_invoker) AS
SELECT a.access_id, a.database_role::text AS database_role,
       r.oid IS NOT NULL OR a.acting_id IS NOT NULL AS role_exists,
       a.level AS level_code,
       CASE a.level WHEN 'visitor' THEN salon.label('visitor', '访客')
                    WHEN 'form' THEN salon.label('form', '报名表单')
                    WHEN 'application' THEN salon.label('application', '应用')
                    WHEN 'member' THEN salon.label('member', '成员')
                    WHEN 'organizer' THEN salon.label('organizer', '组织者')
                    ELSE salon.label('administrator', '管理员') END AS level,
       a.party_id, party_label(a.party_id) AS party,
       a.acting_id IS NOT NULL OR _role_given(a.database_role) IS NOT NULL AS is_granted,
       a.acting_id, party_label(a.acting_id) AS acting
FROM access a
LEFT JOIN pg_roles r ON r.rolname = a.database_role;

COMMENT ON VIEW access_list IS 'Who has access to the space and at which level: all for the owner and administrators, else one''s own / 访问权限一览';
COMMENT ON COLUMN access_list.access_id IS 'Key';
COMMENT ON COLUMN access_list.database_role IS 'The database role; roles to which it is granted have its access too; NULL: a party for which an application acts';
COMMENT ON COLUMN access_list.role_exists IS 'False: the role was dropped or renamed, and its row does nothing';
COMMENT ON COLUMN access_list.level_code IS 'visitor, form, member, organizer, administrator or application';
COMMENT ON COLUMN access_list.acting_id IS 'The party that has it wherever an application acts for it; NULL: a database role has it';
COMMENT ON COLUMN access_list.acting IS 'Label of that party';
COMMENT ON COLUMN access_list.is_granted IS 'False: the row does nothing, as the role was made anew or was missing when a dump was restored: salon.grant_access again gives access';
COMMENT ON COLUMN access_list.party_id IS 'The party; NULL: none, or all events';

-- Remarks by event: one question for all of them, where the policy would ask
-- for each.
CREATE VIEW event_remark WITH (security_barrier) AS
SELECT u.event_id, u.subject, u.subject_id, u.party_id, u.note,
       event_label(u.event_id) AS event, event_date(u.event_id) AS held_on
FROM (
    SELECT r.event_id, 'event' AS subject, r.event_id AS subject_id, NULL::bigint AS party_id, r.note FROM remark r
    UNION ALL
    SELECT x.event_id, 'event_party', x.event_party_id, x.party_id, r.note FROM event_party x JOIN remark r USING (event_party_id)
    UNION ALL
    SELECT x.event_id, 'event_duty', x.event_duty_id, x.party_id, r.note FROM event_duty x JOIN remark r USING (event_duty_id)
    UNION ALL
    SELECT x.event_id, 'agreement', x.agreement_id, x.party_id, r.note FROM agreement x JOIN remark r USING (agreement_id)
    UNION ALL
    SELECT x.event_id, 'commitment', x.commitment_id, coalesce(x.giver_id, x.taker_id), r.note FROM commitment x JOIN remark r USING (commitment_id)
    UNION ALL
    SELECT x.event_id, 'package', x.package_id, NULL, r.note FROM package x JOIN remark r USING (package_id)
    UNION ALL
    SELECT x.event_id, 'cost', x.cost_id, x.payer_id, r.note FROM cost x JOIN remark r USING (cost_id)
    UNION ALL
    SELECT x.event_id, 'audience', x.audience_id, NULL, r.note FROM audience x JOIN remark r USING (audience_id)
    UNION ALL
    SELECT x.event_id, 'talk', x.talk_id, x.submitter_id, r.note FROM talk x JOIN remark r USING (talk_id)
    UNION ALL
    SELECT x.event_id, 'invitation', x.invitation_id, x.person_id, r.note FROM invitation x JOIN remark r USING (invitation_id)
    UNION ALL
    SELECT x.event_id, 'post', x.post_id, NULL, r.note FROM post x JOIN remark r USING (post_id)
    UNION ALL
    SELECT x.event_id, 'metric', x.metric_id, NULL, r.note FROM metric x JOIN remark r USING (metric_id)
    UNION ALL
    SELECT x.event_id, 'survey', x.survey_id, NULL, r.note FROM survey x JOIN remark r USING (survey_id)
    UNION ALL
    SELECT x.event_id, 'supply', x.supply_id, NULL, r.note FROM supply x JOIN remark r USING (supply_id)
    UNION ALL
    SELECT x.event_id, 'demand', x.demand_id, NULL, r.note FROM demand x JOIN remark r USING (demand_id)
) u
WHERE u.event_id IS NOT NULL
  AND ((SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = 'event'::regclass)
       OR salon._among(3, '_my_level', 0) OR salon._among(u.event_id, '_organized_event', 50));

COMMENT ON VIEW event_remark IS 'Remarks of the organizers on the events that current_user organizes, and on what is entered there. Not security_invoker: it asks once for an event, where the policy of remark asks for each row / 组织者备注';
COMMENT ON COLUMN event_remark.subject IS 'Table of the row that has the remark';
COMMENT ON COLUMN event_remark.subject_id IS 'Key of that row';
COMMENT ON COLUMN event_remark.party_id IS 'The party on which it is a remark; NULL: on none';
COMMENT ON COLUMN event_remark.note IS 'The remark';
