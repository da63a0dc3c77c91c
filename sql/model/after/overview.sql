-- What organizers ask, answered in one view each: what happens when and where,
-- which events there are, and who has to do what by when.

-- PL/pgSQL keeps the plan.
CREATE FUNCTION _session_problem(event_id bigint, session_id bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 2000
SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
BEGIN
    RETURN (SELECT string_agg(p.problem, salon.say('; ') ORDER BY p.problem)
            FROM _problem_of_session p
            WHERE p.event_id = _session_problem.event_id AND p.session_id = _session_problem.session_id);
END
$$;

COMMENT ON FUNCTION _session_problem(bigint, bigint) IS
'What is wrong with a session of an event, as event_problem has it; NULL: nothing';

CREATE VIEW agenda WITH (security_invoker) AS
SELECT s.event_id, event_label(s.event_id) AS event, (e.starts_at AT TIME ZONE e.time_zone)::date AS held_on,
       s.session_id, _clock(s.starts_at, e.time_zone) AS local_from, _clock(s.ends_at, e.time_zone) AS local_to,
       s.starts_at, s.ends_at,
       s.room_id, (SELECT r.name FROM room r WHERE r.room_id = s.room_id) AS room,
       s.format_code, salon.label(f.name_en, f.name_zh, f.format_code) AS format,
       session_label(s.session_id) AS title,
       k.speakers,
       CASE WHEN e.is_off THEN salon.label('the event was called off', '活动已取消') ELSE nullif(concat_ws(salon.say('; '),
           CASE WHEN s.starts_at IS NULL THEN salon.label('no time', '没有时间') END,
           CASE WHEN f.has_speakers AND s.room_id IS NULL AND e.planned_on_site IS DISTINCT FROM 0 THEN salon.label('no room', '没有会议室') END,
           CASE WHEN f.has_speakers AND num_nonnulls(k.speakers, k.declined) = 0 THEN salon.label('no speaker', '没有讲师') END,
           salon.label('declined: ', '已谢绝：') || k.declined,
           _session_problem(s.event_id, s.session_id)), '') END AS problem,
       x.free
FROM session s
JOIN event e ON e.event_id = s.event_id
JOIN session_format f ON f.format_code = s.format_code
LEFT JOIN session_seating n ON n.session_id = s.session_id
CROSS JOIN LATERAL (
    SELECT string_agg(party_label(x.person_id), salon.say(', ') ORDER BY x.speaker_id) FILTER (WHERE NOT x.is_declined) AS speakers,
           string_agg(party_label(x.person_id), salon.say(', ') ORDER BY x.speaker_id) FILTER (WHERE x.is_declined) AS declined
    FROM speaker x
    WHERE x.session_id = s.session_id) k
CROSS JOIN LATERAL _places(e.is_off, n.capacity, n.booked) x;

COMMENT ON VIEW agenda IS 'The agenda of each event on the clock of its place, with what is wrong with it / 议程';
COMMENT ON COLUMN agenda.room_id IS 'The room; NULL: none';
COMMENT ON COLUMN agenda.room IS 'Name of the room';
COMMENT ON COLUMN agenda.title IS 'Title of the session, or its format';
COMMENT ON COLUMN agenda.speakers IS 'Who speaks; who declined does not; NULL: nobody';
COMMENT ON COLUMN agenda.problem IS 'What is wrong with it; NULL: nothing';
COMMENT ON COLUMN agenda.free IS 'Places that are left; NULL: one does not book it, or there is no limit';

CREATE VIEW event_list WITH (security_invoker) AS
SELECT e.event_id, event_label(e.event_id) AS event, (e.starts_at AT TIME ZONE e.time_zone)::date AS held_on,
       _clock_span(e.starts_at, e.ends_at, e.time_zone) AS local_time,
       nullif(concat_ws(salon.label(', ', '，'),
                        (SELECT v.name FROM venue v WHERE v.venue_id = e.venue_id),
                        (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c WHERE c.city_code = e.city_code),
                        CASE WHEN e.planned_on_site = 0 THEN salon.label('online', '线上') END), '') AS place,
       (SELECT string_agg(party_label(p.party_id), salon.say(', ') ORDER BY p.event_party_id)
        FROM event_party p WHERE p.event_id = e.event_id AND p.part_code = 'host') AS host,
       e.series_id, (SELECT salon.label(s.name_en, s.name_zh) FROM series s WHERE s.series_id = e.series_id) AS series,
       e.status_code, (SELECT salon.label(s.name_en, s.name_zh) FROM status s
                       WHERE s.subject = e.status_subject AND s.status_code = e.status_code) AS status,
       e.archived_at IS NOT NULL AS is_archived,
       c.progress, c.open, c.overdue,
       n.registered, n.waiting, n.free,
       e.starts_at, e.ends_at, e.cancelled_reason
FROM event e
JOIN checklist_summary c ON c.event_id = e.event_id
CROSS JOIN LATERAL (
    SELECT sum(p.booked)::bigint AS registered, sum(CASE WHEN s.event_is_off THEN 0 ELSE s.waiting END)::bigint AS waiting,
           CASE WHEN count(p.free) = count(*) THEN sum(p.free)::bigint END AS free
    FROM seating s
    CROSS JOIN LATERAL _places(s.event_is_off, s.capacity, s.taken) p
    WHERE s.event_id = e.event_id) n;

COMMENT ON VIEW event_list IS 'Each event in a line: when, where, who hosts, how far it is, how many seats are taken / 活动一览';
COMMENT ON COLUMN event_list.held_on IS 'The day on which it begins, where it is held; NULL: not known';
COMMENT ON COLUMN event_list.local_time IS 'From when to when, on its own clock';
COMMENT ON COLUMN event_list.place IS 'Venue and city, or that it is online; NULL: not known';
COMMENT ON COLUMN event_list.host IS 'Who hosts it';
COMMENT ON COLUMN event_list.series_id IS 'The series; NULL: none';
COMMENT ON COLUMN event_list.series IS 'Name of the series';
COMMENT ON COLUMN event_list.status_code IS 'Status';
COMMENT ON COLUMN event_list.is_archived IS 'Whether it was put away';
COMMENT ON COLUMN event_list.progress IS 'How many items of its checklist are done';
COMMENT ON COLUMN event_list.open IS 'Items that are open';
COMMENT ON COLUMN event_list.overdue IS 'Items that are overdue';
COMMENT ON COLUMN event_list.registered IS 'Seats that are taken, on site and online; NULL: no registration';
COMMENT ON COLUMN event_list.waiting IS 'Seats that are waited for';
COMMENT ON COLUMN event_list.free IS 'Seats that are free; NULL: no limit, or no registration';
COMMENT ON COLUMN event_list.cancelled_reason IS 'Why it was called off; NULL: it was not';

-- One branch a kind of thing to do, each by event_id.  At an event that is off or
-- put away nothing is prepared, answered or signed any more; what is owed to
-- somebody stays owed.  PL/pgSQL keeps the plan, which takes longer to make than to run.
CREATE FUNCTION _todo(e _planned_event, OUT kind_code text, OUT id bigint, OUT what text, OUT party_id bigint, OUT who text, OUT due_at timestamptz, OUT code text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 ROWS 20
SET search_path FROM CURRENT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT x.kind_code, x.id, x.what, x.party_id, x.who, x.due_at, x.code
    FROM (
        SELECT 'item' AS kind_code, NULL::bigint AS id, c.item AS what, c.owner_id AS party_id,
               coalesce(c.owner, c.owner_duty) AS who, c.due_at, c.item_code AS code
        FROM checklist c
        WHERE c.event_id = e.event_id AND c.status_code IN ('open', 'overdue')
        UNION ALL
        SELECT 'duty', d.event_duty_id, (SELECT salon.label(u.name_en, u.name_zh, u.duty_code) FROM duty u WHERE u.duty_code = d.duty_code),
               d.party_id, NULL, coalesce(d.starts_at, e.starts_at), d.event_duty_id::text
        FROM event_duty d
        WHERE d.event_id = e.event_id AND d.status_code = 'proposed' AND e.is_open
        UNION ALL
        SELECT 'invitation', p.invitation_id, p.next, p.person_id, NULL, p.due_at, p.invitation_id::text
        FROM speaker_pipeline p
        WHERE p.event_id = e.event_id AND p.stage_code = 'invited' AND p.next_code IS NOT NULL AND e.is_open
        UNION ALL
        SELECT 'talk', t.talk_id, salon.label(t.title_en, t.title_zh), NULL,
               (SELECT salon.label(u.name_en, u.name_zh, u.duty_code) FROM duty u WHERE u.duty_code = 'topic_planning'), e.starts_at, t.talk_id::text
        FROM talk t
        WHERE t.event_id = e.event_id AND t.status_code = 'submitted' AND e.is_open
        UNION ALL
        SELECT 'take_down', t.asset_id, t.asset_kind || salon.say(': ') || t.person, NULL, t.channel, t.since::timestamp AT TIME ZONE e.time_zone,
               concat_ws('-', t.asset_id, t.person_id, t.post_id)
        FROM take_down t
        WHERE t.event_id = e.event_id
    ) x
    WHERE x.kind_code = 'take_down' OR NOT (e.is_off OR e.is_closed);
END
$$;

COMMENT ON FUNCTION _todo(_planned_event) IS
'What is to be done for an event, but agreements and what they promise: behind view todo';

-- What is agreed can be of no event.
CREATE VIEW todo WITH (security_invoker) AS
SELECT x.event_id, event_label(x.event_id) AS event, event_date(x.event_id) AS held_on,
       x.kind_code,
       CASE x.kind_code WHEN 'item' THEN salon.label('checklist', '检查项')
                        WHEN 'duty' THEN salon.label('duty to confirm', '待确认会务')
                        WHEN 'invitation' THEN salon.label('invitation to answer', '待答复邀请')
                        WHEN 'agreement' THEN salon.label('agreement to sign', '待签约')
                        WHEN 'delivery' THEN salon.label('to deliver', '待兑现')
                        WHEN 'talk' THEN salon.label('talk to decide on', '待定议题')
                        ELSE salon.label('to take down', '待下架') END AS kind,
       x.id, x.what, x.party_id, coalesce(x.who, party_label(x.party_id)) AS who,
       x.due_at, coalesce(x.due_at < now(), false) AS is_overdue, x.code
FROM (
    SELECT e.event_id, t.*
    FROM _planned_event e
    CROSS JOIN LATERAL _todo(e) t
    UNION ALL
    SELECT a.event_id, 'agreement', a.agreement_id,
           (SELECT string_agg(c.giver || ' → ' || c.taker || salon.say(': ') || c.what, salon.say('; ') ORDER BY c.commitment_id)
            FROM commitment_list c WHERE c.agreement_id = a.agreement_id),
           g.party_id, NULL, a.sign_by, concat_ws('-', a.agreement_id, g.party_id)
    FROM agreement a
    LEFT JOIN event e ON e.event_id = a.event_id
    LEFT JOIN LATERAL (SELECT DISTINCT coalesce(c.giver_id, c.taker_id) AS party_id FROM commitment c WHERE c.agreement_id = a.agreement_id) g ON true
    WHERE a.status_code IN ('proposed', 'reserved') AND (e.is_off OR e.is_closed) IS NOT TRUE
    UNION ALL
    SELECT c.event_id, 'delivery', c.commitment_id, c.what || ' → ' || c.taker, c.giver_id, c.giver, c.due_at, c.commitment_id::text
    FROM commitment_list c
    WHERE c.is_owed
) x;

COMMENT ON VIEW todo IS 'Who has to do what by when, for each event: items of the checklist, duties to confirm, invitations to answer, agreements to sign, deliveries, talks to decide on, what has to be taken down / 待办';
COMMENT ON COLUMN todo.event_id IS 'The event; NULL: an agreement of a series, or of the community';
COMMENT ON COLUMN todo.kind_code IS 'item, duty, invitation, agreement, delivery, talk or take_down';
COMMENT ON COLUMN todo.id IS 'Key of what it is about: event_duty, invitation, agreement, commitment, talk or asset; NULL: an item';
COMMENT ON COLUMN todo.what IS 'What is to be done';
COMMENT ON COLUMN todo.party_id IS 'The party that has to do it: an agreement has a row for each that gives, or gets from the event; NULL: see who';
COMMENT ON COLUMN todo.who IS 'Who has to do it: a party, or the duty that owns it';
COMMENT ON COLUMN todo.due_at IS 'When it is due; NULL: not known';
COMMENT ON COLUMN todo.is_overdue IS 'Whether that time is over';
COMMENT ON COLUMN todo.code IS 'What tells it apart among what is to be done of its kind at the event, for good: the item, or keys';
