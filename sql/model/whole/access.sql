-- Access: which database role sees and writes what.  Rows are told apart by
-- row-level security, whose policies are made of one list, _access_rule, by
-- salon._secure; columns and commands by grants, which salon.grant_access
-- writes.  The owner of the space is not subject to any of it.

-- What policies stand on.  These views read with the rights of the owner, or
-- policies would ask each other without end; and current_user in them is who
-- runs the query, so that nobody can ask for another.  Each gives no more than
-- that role may know.  A union in them stands inside a SELECT: the server looks
-- through the barrier of a view that is a union itself.
CREATE VIEW _my_event WITH (security_barrier) AS
SELECT u.event_id, u.organizes
FROM (
    SELECT ep.event_id, a.level = 'organizer' AND ep.part_code IN ('host', 'co_organizer') AS organizes
    FROM _my_access a
    JOIN event_party ep ON ep.party_id = a.party_id
    UNION ALL
    SELECT s.event_id, false
    FROM _my_access a
    JOIN speaker k ON k.person_id = a.party_id
    JOIN session s ON s.session_id = k.session_id
    UNION ALL
    SELECT d.event_id, false
    FROM _my_access a
    JOIN event_duty d ON d.party_id = a.party_id
    UNION ALL
    SELECT r.event_id, false
    FROM _my_access a
    JOIN registration r ON r.party_id = a.party_id
) u;

COMMENT ON VIEW _my_event IS 'Events at which a party of current_user takes part, or for which it registered. Not security_invoker: policies ask it, and it shows only the events of those parties';
COMMENT ON COLUMN _my_event.event_id IS 'The event';
COMMENT ON COLUMN _my_event.organizes IS 'Whether current_user organizes it: the party is host or co-organizer';

CREATE FUNCTION _my_events() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT m.event_id FROM _my_event m);
END
$$;

COMMENT ON FUNCTION _my_events() IS 'Events at which a party of current_user takes part';

CREATE FUNCTION _organized() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT m.event_id FROM _my_event m WHERE m.organizes);
END
$$;

COMMENT ON FUNCTION _organized() IS 'Events that a party of current_user hosts or co-organizes, and that current_user organizes by that';

CREATE VIEW _public_event WITH (security_barrier) AS
SELECT e.event_id
FROM event e
WHERE e.took_place OR e.status_code = 'announced';

COMMENT ON VIEW _public_event IS 'Events that everybody with access may see: announced or later. Not security_invoker: policies ask it';
COMMENT ON COLUMN _public_event.event_id IS 'The event';

-- One event after the other, by its key: a join would read all events.
CREATE VIEW _public_party WITH (security_barrier) AS
SELECT u.party_id
FROM (
    SELECT ep.party_id
    FROM event_party ep
    WHERE (SELECT v.event_id FROM _public_event v WHERE v.event_id = ep.event_id) IS NOT NULL
    UNION ALL
    SELECT k.person_id
    FROM speaker k
    WHERE (SELECT v.event_id FROM _public_event v WHERE v.event_id = k.event_id) IS NOT NULL
    UNION ALL
    SELECT a.party_id
    FROM asset a
    WHERE a.state = 'published' AND a.asset_kind_code = 'logo' AND a.event_id IS NULL AND a.session_id IS NULL
) u;

COMMENT ON VIEW _public_party IS 'Parties that everybody with access may see: with a part or a talk at an event that everybody sees, or with a published logo. Not security_invoker: policies ask it';
COMMENT ON COLUMN _public_party.party_id IS 'The party; more than once, if it shows more than once';

CREATE VIEW _met_party WITH (security_barrier) AS
SELECT u.party_id
FROM (
    SELECT ep.party_id
    FROM event_party ep
    WHERE ep.event_id = ANY ((SELECT _my_events())::bigint[])
    UNION ALL
    SELECT k.person_id
    FROM speaker k
    WHERE k.event_id = ANY ((SELECT _my_events())::bigint[])
) u;

COMMENT ON VIEW _met_party IS 'Parties with a part or a talk at an event with a part of a party of current_user. Not security_invoker: policies ask it';
COMMENT ON COLUMN _met_party.party_id IS 'The party; more than once, if it has several';

CREATE FUNCTION _met_parties() RETURNS bigint[]
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN ARRAY(SELECT DISTINCT m.party_id FROM _met_party m);
END
$$;

COMMENT ON FUNCTION _met_parties() IS 'Parties at the events at which a party of current_user takes part';

-- Policies ask these two last, row by row: as subqueries they would be planned
-- with every table of a query, and weigh in the plans of those who see the row
-- anyway.
CREATE FUNCTION _is_public(event_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM _public_event v WHERE v.event_id = _is_public.event_id);
END
$$;

COMMENT ON FUNCTION _is_public(bigint) IS 'Whether everybody with access may see an event';

CREATE FUNCTION _is_public_party(party_id bigint) RETURNS boolean
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN EXISTS (SELECT FROM _public_party v WHERE v.party_id = _is_public_party.party_id);
END
$$;

COMMENT ON FUNCTION _is_public_party(bigint) IS 'Whether everybody with access may see a party';

CREATE VIEW _organized_party WITH (security_barrier) AS
SELECT u.party_id
FROM (
    SELECT ep.party_id
    FROM event_party ep
    WHERE (SELECT _organizes_all()) OR ep.event_id = ANY ((SELECT _organized())::bigint[])
    UNION ALL
    SELECT k.person_id
    FROM speaker k
    JOIN session s ON s.session_id = k.session_id
    WHERE (SELECT _organizes_all()) OR s.event_id = ANY ((SELECT _organized())::bigint[])
    UNION ALL
    SELECT d.party_id
    FROM event_duty d
    WHERE (SELECT _organizes_all()) OR d.event_id = ANY ((SELECT _organized())::bigint[])
) u;

COMMENT ON VIEW _organized_party IS 'Parties with a part, a talk or a duty at an event that current_user organizes. Not security_invoker: policies ask it';
COMMENT ON COLUMN _organized_party.party_id IS 'The party; more than once, if it has several';

-- An organizer plans an event of its party: the row of event comes first, and
-- until the host is entered it is nobody's.
CREATE VIEW _new_event WITH (security_barrier) AS
SELECT e.event_id
FROM event e
WHERE salon._is_own_transaction(e.xmin);

COMMENT ON VIEW _new_event IS 'Events that the running transaction wrote. Not security_invoker: policies ask it, and nobody else sees such an event yet';
COMMENT ON COLUMN _new_event.event_id IS 'The event';

-- The list.  Classes:
--
--   catalogue  everybody reads, an administrator writes
--   event      of an event: its organizers read and write
--   kept       of an event, but kept by the database: nobody writes by hand
--   party      of a party: organizers of any event read; an administrator writes,
--              and what is of an event too, the organizers of that
--   plan       over all events: organizers of any event read, those of all write
--   personal   personal data: organizers of an event read that of its parties
--   history    as kept, but an administrator withholds and purges
--
-- shown: which rows everybody sees beside.  organized: which rows are of an
-- event that current_user organizes.  own: which rows are of its party, which
-- a member reads.  hidden: columns for organizers only.  unbound: which rows
-- are of no event, so that organizers of any read them.  {mine}, {organized},
-- {attended}, {shown} stand for what _access_expression writes out.  (SELECT ...) where
-- the planner could work EXISTS out for all events at once.
CREATE FUNCTION _access_rule(OUT relation text, OUT class text, OUT shown text, OUT organized text, OUT own text, OUT hidden text[], OUT unbound text)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT c.relation, 'catalogue', 'true', NULL::text, NULL::text,
           CASE c.relation WHEN 'space' THEN ARRAY['host_cost_from', 'host_cost_to'] ELSE '{}' END, NULL::text
    FROM unnest(ARRAY['space', 'status', 'step', 'city', 'role', 'resource', 'role_supply', 'role_demand', 'satisfies',
                      'template', 'template_resource', 'part', 'link_kind', 'session_format', 'duty', 'template_duty',
                      'asset_kind', 'phase', 'checklist_rule', 'checklist_item', 'resource_rule', 'check_kind', 'resource_conflict',
                      'cost_kind', 'profession', 'industry', 'region', 'region_city', 'medium', 'platform',
                      'attention_index', 'skill', 'duty_skill', 'template_format', 'speaker_stage', 'item_dependency',
                      'outcome_kind']) c (relation)
    UNION ALL
    SELECT v.*, CASE WHEN v.relation = 'asset' THEN 'num_nonnulls(event_id, session_id) = 0'
                     WHEN v.relation IN ('supply', 'demand') THEN 'event_id IS NULL'
                     WHEN v.class IN ('party', 'plan') THEN 'true' END
    FROM (VALUES
        -- what the page of an event shows
        ('event', 'event', 'took_place OR status_code = ''announced'' OR event_id {attended}', 'event_id {organized}', NULL, ARRAY['equipment', 'future_plan', 'cancelled_reason', 'note']),
        ('event_party', 'event', 'event_id {shown}', 'event_id {organized}', 'party_id {mine}', ARRAY['note']),
        ('session', 'event', 'event_id {shown}', 'event_id {organized}', NULL, '{}'),
        ('speaker', 'event', 'event_id {shown}', 'event_id {organized}', 'person_id {mine}', '{}'),
        ('session_seating', 'event', 'event_id {shown}', 'event_id {organized}', NULL, '{}'),
        ('link', 'event', 'event_id {shown}', 'event_id {organized}', NULL, '{}'),
        ('notice', 'event', 'event_id {shown}', 'event_id {organized}', NULL, '{}'),
        ('event_day', 'event', 'event_id {shown}', 'event_id {organized}', NULL, '{}'),
        ('event_check', 'event', 'event_id {shown}', 'event_id {organized}', NULL, '{}'),
        ('asset', 'party', 'state = ''published''
            AND (event_id IS NULL OR event_id {shown})
            AND (session_id IS NULL OR EXISTS (SELECT FROM session s WHERE s.session_id = asset.session_id))
            AND (party_id IS NULL OR party_id {shown party})
            AND (product_id IS NULL OR EXISTS (SELECT FROM product p WHERE p.product_id = asset.product_id))',
         'event_id {organized} OR EXISTS (SELECT FROM session s WHERE s.session_id = asset.session_id AND (s.event_id {organized}))',
         'party_id {mine} OR EXISTS (SELECT FROM product p WHERE p.product_id = asset.product_id AND p.party_id {mine})', '{}'),
        ('party', 'party', 'party_id {shown party}', NULL, 'party_id {mine}', ARRAY['note', 'external_id']),
        ('party_role', 'party', 'party_id {shown party}', NULL, 'party_id {mine}', '{}'),
        ('affiliation', 'party', 'person_id {shown party} AND organization_id {shown party}', NULL,
         'person_id {mine} OR organization_id {mine}', '{}'),
        ('product', 'party', 'party_id {shown party}', NULL, 'party_id {mine}', '{}'),
        ('venue', 'plan', '(SELECT count(*) > 0 FROM event e WHERE e.venue_id = venue.venue_id)', NULL, 'party_id {mine}', '{}'),
        ('room', 'plan', 'EXISTS (SELECT FROM venue v WHERE v.venue_id = room.venue_id)', NULL, NULL, '{}'),
        ('series', 'plan', '(SELECT count(*) > 0 FROM event e WHERE e.series_id = series.series_id)', NULL, 'party_id {mine}', '{}'),
        -- personal data
        ('contact', 'personal', NULL, 'party_id {organized party}', 'party_id {mine}', '{}'),
        -- the organizers' own
        ('event_item', 'event', NULL, 'event_id {organized}', NULL, '{}'),
        ('event_duty', 'event', NULL, 'event_id {organized}', 'party_id {mine}', ARRAY['note']),
        ('supply', 'party', NULL, 'event_id {organized}', 'party_id {mine}', ARRAY['note']),
        ('demand', 'party', NULL, 'event_id {organized}', 'party_id {mine}', ARRAY['note']),
        ('agreement', 'event', NULL, 'event_id {organized}',
         'party_id {mine} OR agreement_id = ANY (ARRAY(SELECT c.agreement_id FROM commitment c WHERE c.giver_id {mine} OR c.taker_id {mine}))', ARRAY['note']),
        ('commitment', 'event', NULL, 'event_id {organized}', 'giver_id {mine} OR taker_id {mine}', ARRAY['note']),
        ('delivery', 'event', NULL, 'EXISTS (SELECT FROM commitment c WHERE c.commitment_id = delivery.commitment_id AND c.event_id {organized})',
         'EXISTS (SELECT FROM commitment c WHERE c.commitment_id = delivery.commitment_id AND (c.giver_id {mine} OR c.taker_id {mine}))', '{}'),
        ('seating', 'event', NULL, 'event_id {organized}', NULL, '{}'),
        ('registration', 'event', NULL, 'event_id {organized}', 'party_id {mine}', '{}'),
        ('attendee', 'event', NULL, 'event_id {organized}',
         'EXISTS (SELECT FROM registration r WHERE r.registration_id = attendee.registration_id AND r.party_id {mine})', '{}'),
        ('moved_up', 'kept', NULL,
         'EXISTS (SELECT FROM registration r WHERE r.registration_id = moved_up.registration_id AND r.event_id {organized})',
         'EXISTS (SELECT FROM registration r WHERE r.registration_id = moved_up.registration_id AND r.party_id {mine})', ARRAY['free_before']),
        ('check_pass', 'event', NULL, 'event_id {organized}',
         'EXISTS (SELECT FROM registration r WHERE r.registration_id = check_pass.registration_id AND r.party_id {mine})', '{}'),
        ('booking', 'event', NULL, 'event_id {organized}',
         'EXISTS (SELECT FROM registration r WHERE r.registration_id = booking.registration_id AND r.party_id {mine})', '{}'),
        ('package', 'event', NULL, 'event_id {organized}',
         'package_id = ANY (ARRAY(SELECT c.package_id FROM agreement c WHERE c.party_id {mine}))
          OR series_id = ANY (ARRAY(SELECT e.series_id FROM event e WHERE e.event_id {organized}))', ARRAY['note']),
        ('package_resource', 'kept', NULL,
         '(SELECT p.package_id FROM package p WHERE p.package_id = package_resource.package_id AND p.event_id {organized}) IS NOT NULL',
         '(SELECT p.package_id FROM package p WHERE p.package_id = package_resource.package_id) IS NOT NULL', '{}'),
        ('cost', 'event', NULL, 'event_id {organized}', 'payer_id {mine}', ARRAY['note']),
        ('audience', 'event', NULL, 'event_id {organized}', 'party_id {mine}', ARRAY['note']),
        ('reach', 'event', NULL, 'event_id {organized}', NULL, ARRAY['note']),
        ('post', 'event', NULL, 'event_id {organized}',
         'EXISTS (SELECT FROM channel c WHERE c.channel_id = post.channel_id AND c.party_id {mine})', ARRAY['note']),
        ('metric', 'event', NULL, 'event_id {organized}', 'party_id {mine}', ARRAY['note']),
        ('shift', 'event', NULL, 'event_id {organized}',
         'EXISTS (SELECT FROM event_duty d WHERE d.shift_id = shift.shift_id AND d.party_id {mine})', '{}'),
        ('event_format', 'event', NULL, 'event_id {organized}', NULL, '{}'),
        ('slot', 'event', NULL, 'event_id {organized}', NULL, '{}'),
        ('talk', 'event', NULL, 'event_id {organized}', 'submitter_id {mine}', ARRAY['note']),
        ('talk_speaker', 'event', NULL, 'EXISTS (SELECT FROM talk t WHERE t.talk_id = talk_speaker.talk_id AND t.event_id {organized})',
         'person_id {mine} OR EXISTS (SELECT FROM talk t WHERE t.talk_id = talk_speaker.talk_id AND t.submitter_id {mine})', '{}'),
        ('talk_review', 'event', NULL, 'event_id {organized}', 'reviewer_id {mine}', '{}'),
        ('talk_vote', 'event', NULL, 'event_id {organized}', 'voter_id {mine}', '{}'),
        ('interest', 'kept', NULL, NULL, NULL, '{}'),
        ('invitation', 'event', NULL, 'event_id {organized}', 'person_id {mine}', ARRAY['note']),
        ('travel_leg', 'event', NULL, 'EXISTS (SELECT FROM invitation i WHERE i.invitation_id = travel_leg.invitation_id AND i.event_id {organized})',
         'person_id {mine}', '{}'),
        ('presence', 'kept', NULL,
         'EXISTS (SELECT FROM speaker k WHERE subject = ''speaker'' AND k.speaker_id = subject_id AND k.event_id {organized})
          OR EXISTS (SELECT FROM event_duty d WHERE subject = ''event_duty'' AND d.event_duty_id = subject_id AND d.event_id {organized})', 'party_id {mine}', '{}'),
        ('outcome', 'event', NULL, 'event_id {organized}', NULL, '{}'),
        ('survey', 'event', NULL, 'event_id {organized}', NULL, '{}'),
        ('question', 'event', NULL, 'EXISTS (SELECT FROM survey s WHERE s.survey_id = question.survey_id)', NULL, '{}'),
        ('question_option', 'event', NULL, 'EXISTS (SELECT FROM question q WHERE q.question_id = question_option.question_id)', NULL, '{}'),
        ('response', 'event', NULL, 'EXISTS (SELECT FROM survey s WHERE s.survey_id = response.survey_id)', NULL, '{}'),
        ('respondent', 'event', NULL, 'EXISTS (SELECT FROM survey s WHERE s.survey_id = respondent.survey_id)', NULL, '{}'),
        ('answer', 'event', NULL, 'EXISTS (SELECT FROM survey s WHERE s.survey_id = answer.survey_id)', NULL, '{}'),
        ('asset_person', 'event', NULL, 'EXISTS (SELECT FROM asset a WHERE a.asset_id = asset_person.asset_id AND a.event_id {organized})', 'person_id {mine}', '{}'),
        ('history', 'history', NULL, 'event_id {organized}', NULL, '{}'),
        -- what is told of parties
        ('party_skill', 'party', NULL, NULL, 'party_id {mine}', '{}'),
        ('helper', 'party', NULL, NULL, 'party_id {mine}', ARRAY['note']),
        ('availability', 'party', NULL, NULL, 'party_id {mine}', '{}'),
        ('duty_preference', 'party', NULL, NULL, 'party_id {mine}', '{}'),
        ('absence', 'party', NULL, NULL, 'person_id {mine}', ARRAY['note']),
        ('apart', 'plan', NULL, NULL, NULL, '{}'),
        ('room_hours', 'plan', NULL, NULL, NULL, '{}'),
        ('party_merge', 'plan', NULL, NULL, NULL, '{}'),
        ('consent', 'personal', NULL, 'person_id {organized party}', 'person_id {mine}', '{}'),
        ('party_industry', 'party', NULL, NULL, 'party_id {mine}', '{}'),
        ('supplier_of', 'party', NULL, NULL, 'supplier_id {mine}', ARRAY['note']),
        ('target', 'party', NULL, NULL, 'party_id {mine}', '{}'),
        ('channel', 'party', NULL, NULL, 'party_id {mine}', ARRAY['note']),
        ('follower_count', 'party', NULL, NULL, 'EXISTS (SELECT FROM channel c WHERE c.channel_id = follower_count.channel_id AND c.party_id {mine})', '{}'),
        ('index_value', 'party', NULL, NULL, 'party_id {mine}', '{}'),
        -- over all events
        ('city_activity', 'plan', NULL, NULL, NULL, '{}'),
        ('segment', 'plan', NULL, NULL, 'EXISTS (SELECT FROM target t WHERE t.segment_id = segment.segment_id AND t.party_id {mine})', ARRAY['note']),
        ('rotation', 'plan', NULL, NULL, 'EXISTS (SELECT FROM series_host h WHERE h.series_id = rotation.series_id AND h.party_id {mine})', '{}'),
        ('series_host', 'plan', NULL, NULL, 'party_id {mine}', '{}'),
        ('host_city', 'plan', NULL, NULL, 'EXISTS (SELECT FROM series_host h WHERE h.series_host_id = host_city.series_host_id AND h.party_id {mine})', '{}'),
        ('blackout', 'plan', NULL, NULL, 'party_id {mine}', '{}'),
        ('host_wish', 'plan', NULL, NULL, 'EXISTS (SELECT FROM series_host h WHERE h.series_host_id = host_wish.series_host_id AND h.party_id {mine})', '{}'),
        ('season', 'plan', NULL, NULL, NULL, '{}'),
        ('season_host', 'plan', NULL, NULL, 'party_id {mine}', '{}'),
        ('turn', 'plan', NULL, NULL, 'party_id {mine}', '{}'),
        -- who has access: see the policy below
        ('access', 'access', NULL, NULL, 'pg_has_role(database_role, ''USAGE'')', '{}')
    ) v (relation, class, shown, organized, own, hidden);
END;

COMMENT ON FUNCTION _access_rule() IS
'For each table of the space its class of access, which rows everybody sees, which are of an event that one organizes, which of one''s party, which columns only organizers see, and which rows are of no event';

-- What a level may write beyond its class: rows and columns.  rows NULL: its
-- own rows; columns NULL: all but hidden ones.
CREATE FUNCTION _access_extra(OUT relation text, OUT level text, OUT command text, OUT rows text, OUT may_become text, OUT columns text[])
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    VALUES
        ('party', 'member', 'UPDATE', NULL, NULL, ARRAY['name_en', 'name_zh', 'city_code', 'website', 'introduction']),
        ('contact', 'member', 'ALL', NULL, NULL, NULL),
        ('product', 'member', 'ALL', NULL, NULL, NULL),
        ('affiliation', 'member', 'ALL', 'person_id {mine}', NULL, NULL),
        ('asset', 'member', 'ALL', 'event_id IS NULL AND session_id IS NULL AND (party_id {mine} OR EXISTS (SELECT FROM product p WHERE p.product_id = asset.product_id AND p.party_id {mine}))
            AND (party_id IS NULL OR party_id {mine})', NULL,
         ARRAY['asset_kind_code', 'party_id', 'product_id', 'state', 'orientation', 'url', 'body']),
        ('supply', 'member', 'ALL', NULL, NULL, ARRAY['party_id', 'resource_code', 'quantity', 'valid_from', 'valid_before', 'city_code', 'priority']),
        ('demand', 'member', 'ALL', NULL, NULL,
         ARRAY['party_id', 'resource_code', 'quantity', 'valid_from', 'valid_before', 'city_code', 'priority', 'purpose', 'serves_id', 'metric_kind', 'metric']),
        -- who alone gives signs; who gives or gets may decline
        ('agreement', 'member', 'UPDATE', NULL,
         '(status_code = ''signed'' AND signer_id {mine} AND package_id IS NULL)
          OR (status_code IN (''declined'', ''withdrawn'')
              AND (party_id {mine} OR EXISTS (SELECT FROM commitment c WHERE c.agreement_id = agreement.agreement_id AND (c.giver_id {mine} OR c.taker_id {mine}))))',
         ARRAY['status_code']),
        ('registration', 'member', 'INSERT', NULL, 'party_id {mine} AND event_id {shown}',
         ARRAY['event_id', 'side', 'seats', 'link_id', 'channel_party_id', 'note', 'party_id']),
        ('registration', 'member', 'UPDATE', NULL, 'party_id {mine} AND status_code = ''cancelled''', ARRAY['status_code']),
        ('attendee', 'member', 'ALL', NULL, NULL, ARRAY['registration_id', 'name', 'contact_kind', 'contact']),
        ('booking', 'member', 'INSERT', NULL, NULL, ARRAY['session_id', 'registration_id', 'seat']),
        ('booking', 'member', 'UPDATE', NULL, NULL, ARRAY['cancelled_at']),
        ('target', 'member', 'ALL', NULL, NULL, NULL),
        ('channel', 'member', 'ALL', NULL, NULL, NULL),
        ('blackout', 'member', 'ALL', NULL, NULL, NULL),
        ('host_wish', 'member', 'ALL', NULL, NULL, NULL),
        ('talk', 'member', 'INSERT', NULL, 'submitter_id {mine} AND status_code = ''submitted'' AND session_id IS NULL AND event_id {shown}',
         ARRAY['event_id', 'format_code', 'title_en', 'title_zh', 'abstract', 'submitter_id', 'organization_id']),
        ('talk', 'member', 'UPDATE', 'submitter_id {mine} AND status_code = ''submitted''', 'submitter_id {mine} AND status_code IN (''submitted'', ''withdrawn'')',
         ARRAY['format_code', 'title_en', 'title_zh', 'abstract', 'status_code']),
        ('invitation', 'member', 'UPDATE', NULL, 'person_id {mine} AND status_code IN (''confirmed'', ''declined'')', ARRAY['status_code', 'decline_reason']),
        ('party_skill', 'member', 'ALL', NULL, NULL, NULL),
        ('helper', 'member', 'ALL', NULL, NULL, NULL),
        ('availability', 'member', 'ALL', NULL, NULL, NULL),
        ('duty_preference', 'member', 'ALL', NULL, NULL, NULL),
        ('absence', 'member', 'ALL', NULL, NULL, NULL),
        ('consent', 'member', 'ALL', NULL, NULL, NULL),
        -- an event needs parties, places and contacts that are not there yet
        ('event', 'organizer', 'INSERT', NULL, 'status_code IN (''idea'', ''planned'')', NULL),
        ('event_party', 'organizer', 'INSERT', NULL,
         'part_code = ''host'' AND party_id {my organizer} AND EXISTS (SELECT FROM _new_event v WHERE v.event_id = event_party.event_id)', NULL),
        ('party', 'organizer', 'INSERT', NULL, 'true', NULL),
        ('affiliation', 'organizer', 'INSERT', NULL, 'true', NULL),
        ('venue', 'organizer', 'INSERT', NULL, 'true', NULL),
        ('room', 'organizer', 'INSERT', NULL, 'true', NULL),
        ('contact', 'organizer', 'INSERT', NULL, 'party_id {organized party}', NULL),
        ('consent', 'organizer', 'INSERT', NULL, 'person_id {organized party}', NULL);
END;

COMMENT ON FUNCTION _access_extra() IS
'What members may write of their own, and organizers beside their events: rows, what these may become, and columns';

-- Functions that write, and the level from which one may call them: their own
-- statements are subject to all the same rules.
CREATE FUNCTION _access_function(OUT function text, OUT level text) RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    VALUES
        ('register', 'member'), ('cancel_registration', 'member'), ('book', 'member'), ('cancel_booking', 'member'),
        ('plan_event', 'organizer'), ('waive', 'organizer'), ('copy_template', 'administrator'), ('propose', 'organizer'), ('move_up', 'organizer'),
        ('check_in', 'organizer'), ('lapse_agreements', 'organizer'), ('deliver', 'organizer'), ('give', 'organizer'), ('agree_ring', 'organizer'),
        ('plan_season', 'organizer'), ('accept_season', 'organizer'), ('swap_turn', 'organizer'),
        ('forget', 'administrator'), ('purge_history', 'administrator'), ('check_answers', 'organizer'),
        ('copy_event', 'organizer'), ('move_event', 'organizer'), ('make_slots', 'organizer'), ('build_agenda', 'organizer'), ('import_answers', 'organizer'),
        ('merge_party', 'administrator'), ('import_parties', 'administrator'), ('import_registrations', 'organizer'), ('import_schedule', 'organizer'),
        ('fill_duties', 'organizer'), ('accept_duties', 'organizer');
END;

COMMENT ON FUNCTION _access_function() IS 'For each function that writes the level from which one may call it; what only reads everybody with access may call';

-- Expressions of the lists, written out.
CREATE FUNCTION _access_expression(relation text, expression text, of_all boolean DEFAULT false) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(regexp_replace(expression,
        '\{mine\}', '= ANY ((SELECT my_parties())::bigint[])', 'g'),
        '\{my organizer\}', '= ANY (ARRAY(SELECT a.party_id FROM _my_access a WHERE a.level = ''organizer''))', 'g'),
        '([a-z_.]+) \{organized\}', '\1 = ANY ((SELECT _organized())::bigint[])'
            || CASE WHEN of_all THEN ' OR (\1 IS NOT NULL AND (SELECT _organizes_all()))' ELSE '' END, 'g'),
        '([a-z_]+) \{shown\}', '(\1 {attended} OR _is_public(\1))', 'g'),
        '\{attended\}', '= ANY ((SELECT _my_events())::bigint[])', 'g'),
        '([a-z_]+) \{shown party\}', '(\1 = ANY ((SELECT _met_parties())::bigint[]) OR _is_public_party(\1))', 'g'),
        '([a-z_]+) \{organized party\}', 'EXISTS (SELECT FROM _organized_party v WHERE v.party_id = ' || relation || '.\1)', 'g');
END;

COMMENT ON FUNCTION _access_expression(text, text, boolean) IS 'An expression of the lists of access, with what {mine}, {shown} and the like stand for; of_all: who organizes all events organizes each';

-- The policies of all tables, as salon._secure runs them.
CREATE FUNCTION _access_policy(OUT ordinal bigint, OUT command text) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 500
BEGIN ATOMIC
    WITH rule AS (
        SELECT r.relation, r.class, _access_expression(r.relation, r.shown) AS shown,
               _access_expression(r.relation, r.organized, r.class = 'party') AS organized, r.unbound, _access_expression(r.relation, r.own) AS own
        FROM _access_rule() r
        WHERE to_regclass(r.relation) IS NOT NULL
    ), reading AS (
        SELECT r.relation,
               CASE r.class
                   WHEN 'catalogue' THEN 'true' -- the grant says who reads
                   ELSE concat_ws(E'\n OR ',
                        CASE WHEN r.class IN ('event', 'kept', 'history') THEN '(SELECT _organizes_all())'
                             WHEN r.unbound = 'true' THEN '(SELECT _organizes())'
                             ELSE '(SELECT _administers())' END,
                        '(' || r.own || ')',
                        '(' || r.shown || ')',
                        '(' || r.organized || ')',
                        '((SELECT _organizes()) AND ' || nullif(r.unbound, 'true') || ')') END AS expression
        FROM rule r
    ), writing AS (
        SELECT r.relation, '' AS level,
               CASE r.class
                   WHEN 'event' THEN concat_ws(' OR ', '(SELECT _organizes_all())', '(' || r.organized || ')')
                   WHEN 'party' THEN concat_ws(' OR ', '(SELECT _administers())', '(' || r.organized || ')')
                   WHEN 'plan' THEN '(SELECT _organizes_all())'
                   ELSE '(SELECT _administers())' END AS rows,
               NULL AS may_become, w.command
        FROM rule r
        CROSS JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE')) w (command)
        WHERE r.class NOT IN ('kept', 'access')
        UNION ALL
        SELECT x.relation, x.level || '_',
               CASE x.level WHEN 'organizer' THEN '(SELECT _organizes())'
                            ELSE coalesce(_access_expression(x.relation, x.rows), r.own) END,
               CASE x.level WHEN 'organizer' THEN '(SELECT _organizes()) AND ' ELSE '' END || '(' || _access_expression(x.relation, x.may_become) || ')',
               w.command
        FROM _access_extra() x
        JOIN rule r ON r.relation = x.relation
        JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE')) w (command) ON x.command IN ('ALL', w.command)
    )
    SELECT row_number() OVER (ORDER BY c.place, c.command), c.command
    FROM (
        SELECT 1 AS place, format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', r.relation) AS command
        FROM rule r
        UNION ALL
        SELECT 2, format(E'CREATE POLICY salon_read ON %I FOR SELECT USING (%s)', r.relation, r.expression)
        FROM reading r
        UNION ALL
        SELECT 3, format('CREATE POLICY %I ON %I FOR %s', 'salon_' || w.level || lower(w.command COLLATE "C"), w.relation, w.command)
                  || CASE WHEN w.command = 'INSERT' THEN '' ELSE format(' USING (%s)', w.rows) END
                  || CASE WHEN w.command = 'DELETE' THEN '' ELSE format(' WITH CHECK (%s)', coalesce(w.may_become, w.rows)) END
        FROM writing w
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
        JOIN pg_roles g ON g.oid = a.database_role
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

-- What a role may do with whole tables, columns, views and functions, by its
-- own rows in table access.  A list of columns leaves out what is hidden; and
-- for an organizer of some events remarks in tables where he sees rows of other
-- events: see event_remark.
CREATE FUNCTION _access_grant(database_role regrole, OUT privilege text, OUT object text) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 300
BEGIN ATOMIC
    WITH mine AS (
        SELECT max(array_position(ARRAY['visitor', 'member', 'organizer', 'administrator'], a.level)) AS rank,
               bool_or(a.level = 'administrator' OR (a.level = 'organizer' AND a.party_id IS NULL)) AS organizes_all
        FROM access a
        WHERE a.database_role = _access_grant.database_role
    ), rule AS (
        SELECT r.*, to_regclass(r.relation) AS oid, m.rank, m.organizes_all,
               CASE WHEN m.rank <= 2 THEN r.hidden
                    WHEN NOT m.organizes_all AND r.class = 'event' AND num_nonnulls(r.shown, r.own) > 0 AND 'note' = ANY (r.hidden) THEN ARRAY['note']
                    ELSE '{}' END AS unseen
        FROM _access_rule() r
        CROSS JOIN mine m
        WHERE to_regclass(r.relation) IS NOT NULL AND m.rank IS NOT NULL
    ), object AS (
        SELECT o.kind, o.oid
        FROM salon._model_object((SELECT n.nspname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                                  WHERE c.oid = 'space'::regclass)) o
    ), wanted AS (
        SELECT r.relation, r.oid, w.command, CASE WHEN w.command = 'SELECT' THEN r.unseen ELSE '{}' END AS unseen, NULL::text[] AS only
        FROM rule r
        JOIN (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) w (command) ON
            CASE WHEN w.command = 'SELECT' THEN r.class IN ('catalogue', 'access') OR r.shown IS NOT NULL OR (r.rank >= 2 AND r.own IS NOT NULL) OR r.rank >= 3
                 WHEN r.class IN ('kept', 'access') OR r.relation = 'space' OR (r.class = 'history' AND w.command = 'INSERT') THEN false
                 WHEN r.rank = 4 THEN true
                 WHEN r.rank = 3 THEN r.class IN ('event', 'plan') OR (r.class = 'party' AND r.organized IS NOT NULL)
                 ELSE false END
        UNION ALL
        SELECT r.relation, r.oid, 'UPDATE', ARRAY['is_one', 'version'], NULL
        FROM rule r
        WHERE r.relation = 'space' AND r.rank = 4
        UNION ALL
        SELECT r.relation, r.oid, w.command, r.hidden, x.columns
        FROM _access_extra() x
        JOIN rule r ON r.relation = x.relation AND r.rank >= array_position(ARRAY['visitor', 'member', 'organizer'], x.level)
        JOIN (VALUES ('INSERT'), ('UPDATE'), ('DELETE')) w (command) ON x.command IN ('ALL', w.command)
    )
    SELECT w.command || CASE WHEN w.command = 'DELETE' OR (w.only IS NULL AND w.unseen = '{}') THEN ''
                             ELSE (SELECT format(' (%s)', string_agg(quote_ident(a.attname), ', ' ORDER BY a.attnum))
                                   FROM pg_attribute a
                                   WHERE a.attrelid = w.oid AND a.attnum > 0 AND NOT a.attisdropped
                                     AND a.attname <> ALL (w.unseen) AND (w.only IS NULL OR a.attname = ANY (w.only))) END,
           format('TABLE %I', w.relation)
    FROM wanted w
    UNION ALL
    SELECT 'SELECT', format('TABLE %s', string_agg(o.oid::regclass::text, ', '))
    FROM object o
    CROSS JOIN mine m
    WHERE o.kind = 'VIEW' AND m.rank IS NOT NULL
    UNION ALL
    SELECT 'EXECUTE', format('FUNCTION %s', string_agg(p.oid::regprocedure::text, ', '))
    FROM object o
    JOIN pg_proc p ON p.oid = o.oid
    CROSS JOIN mine m
    WHERE o.kind = 'FUNCTION' AND p.prorettype <> 'trigger'::regtype AND m.rank IS NOT NULL
      AND (p.provolatile <> 'v'
           OR m.rank >= (SELECT array_position(ARRAY['visitor', 'member', 'organizer', 'administrator'], f.level)
                         FROM _access_function() f WHERE f.function = p.proname)
           OR (m.rank >= 3 AND left(p.proname, 1) = '_')) -- what triggers call
    UNION ALL
    SELECT 'USAGE', format('SEQUENCE %s', pg_get_serial_sequence('event', 'event_id'))
    FROM mine m
    WHERE m.rank >= 3;
END;

COMMENT ON FUNCTION _access_grant(regrole) IS 'What a role is granted by its rows in table access: run by salon.grant_access';

CREATE VIEW access_list WITH (security_invoker) AS
SELECT a.access_id, coalesce(pg_get_userbyid(r.oid)::text, a.database_role::oid::text) AS database_role,
       r.oid IS NOT NULL AS role_exists,
       a.level AS level_code,
       CASE a.level WHEN 'visitor' THEN salon.label('visitor', '访客')
                    WHEN 'member' THEN salon.label('member', '成员')
                    WHEN 'organizer' THEN salon.label('organizer', '组织者')
                    ELSE salon.label('administrator', '管理员') END AS level,
       a.party_id, party_label(a.party_id) AS party
FROM access a
LEFT JOIN pg_roles r ON r.oid = a.database_role;

COMMENT ON VIEW access_list IS 'Who has access to the space and at which level: all for the owner and administrators, else one''s own / 访问权限一览';
COMMENT ON COLUMN access_list.access_id IS 'Key';
COMMENT ON COLUMN access_list.database_role IS 'The database role; roles to which it is granted have its access too';
COMMENT ON COLUMN access_list.role_exists IS 'False: the role was dropped, and its row does nothing';
COMMENT ON COLUMN access_list.level_code IS 'visitor, member, organizer or administrator';
COMMENT ON COLUMN access_list.level IS 'Label of the level';
COMMENT ON COLUMN access_list.party_id IS 'The party; NULL: none, or all events';
COMMENT ON COLUMN access_list.party IS 'Label of the party';

-- Remarks on an event are for those who organize it.  Columns cannot be told
-- apart by row, so an organizer of some events reads them here.
CREATE VIEW event_remark WITH (security_barrier) AS
SELECT u.event_id, u.subject, u.subject_id, u.party_id, u.note,
       event_label(u.event_id) AS event, event_date(u.event_id) AS held_on
FROM (
    SELECT e.event_id, 'event' AS subject, e.event_id AS subject_id, NULL::bigint AS party_id, e.note FROM event e
    UNION ALL
    SELECT p.event_id, 'event_party', p.event_party_id, p.party_id, p.note FROM event_party p
    UNION ALL
    SELECT d.event_id, 'event_duty', d.event_duty_id, d.party_id, d.note FROM event_duty d
    UNION ALL
    SELECT p.event_id, 'agreement', p.agreement_id, p.party_id, p.note FROM agreement p
    UNION ALL
    SELECT p.event_id, 'commitment', p.commitment_id, coalesce(p.giver_id, p.taker_id), p.note FROM commitment p
    UNION ALL
    SELECT p.event_id, 'package', p.package_id, NULL, p.note FROM package p
    UNION ALL
    SELECT c.event_id, 'cost', c.cost_id, c.payer_id, c.note FROM cost c
    UNION ALL
    SELECT a.event_id, 'audience', a.audience_id, NULL, a.note FROM audience a
    UNION ALL
    SELECT t.event_id, 'talk', t.talk_id, t.submitter_id, t.note FROM talk t
    UNION ALL
    SELECT i.event_id, 'invitation', i.invitation_id, i.person_id, i.note FROM invitation i
    UNION ALL
    SELECT p.event_id, 'post', p.post_id, NULL, p.note FROM post p
    UNION ALL
    SELECT m.event_id, 'metric', m.metric_id, NULL, m.note FROM metric m
) u
WHERE u.note IS NOT NULL
  AND ((SELECT pg_has_role(c.relowner, 'USAGE') FROM pg_class c WHERE c.oid = 'event'::regclass) OR (SELECT _organizes_all())
       OR u.event_id = ANY ((SELECT _organized())::bigint[]));

COMMENT ON VIEW event_remark IS 'Remarks of the organizers on the events that current_user organizes, and on what is entered there. Not security_invoker: the columns are not granted to those who see rows of events that others organize / 组织者备注';
COMMENT ON COLUMN event_remark.event_id IS 'The event';
COMMENT ON COLUMN event_remark.subject IS 'Table of the row that has the remark';
COMMENT ON COLUMN event_remark.subject_id IS 'Key of that row';
COMMENT ON COLUMN event_remark.party_id IS 'The party on which it is a remark; NULL: on none';
COMMENT ON COLUMN event_remark.note IS 'The remark';
COMMENT ON COLUMN event_remark.event IS 'Label of the event';
COMMENT ON COLUMN event_remark.held_on IS 'The day on which the event begins, where it is held';
