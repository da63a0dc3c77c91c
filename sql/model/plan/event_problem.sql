-- What does not fit an event any more, wherever that comes from: it moved, its
-- venue changed, a room is smaller than thought.

CREATE FUNCTION _no_use(needed_when text, planned_on_site integer, planned_online integer) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN NOT _is_needed(needed_when, planned_on_site, planned_online)
            THEN CASE needed_when WHEN 'on_site' THEN salon.label('for guests on site, and none are planned', '用于线下嘉宾，但未计划线下人数')
                                  ELSE salon.label('for guests online, and none are planned', '用于线上嘉宾，但未计划线上人数') END END;

COMMENT ON FUNCTION _no_use(text, integer, integer) IS
'Why an event for so many on site and online has no use for what its template says; NULL: it has';

-- Of sessions apart: the checklist asks for them only.
CREATE VIEW _problem_of_session WITH (security_invoker) AS
SELECT e.event_id, x.session_id, x.what, x.problem
FROM event e
CROSS JOIN LATERAL (
    SELECT _event_hours(e.event_id, e.starts_at, e.ends_at, e.time_zone) AS hours,
           greatest(e.planned_on_site, (SELECT n.taken FROM seating n WHERE n.event_id = e.event_id AND n.side = 'on_site')) AS seats
    OFFSET 0  -- once for all of the event
) h
CROSS JOIN LATERAL (
    SELECT s.session_id, session_label(s.session_id) AS what, p.problem
    FROM session s
    JOIN session_format f ON f.format_code = s.format_code
    LEFT JOIN room r ON r.room_id = s.room_id
    LEFT JOIN venue v ON v.venue_id = r.venue_id
    LEFT JOIN session_seating n ON n.session_id = s.session_id
    CROSS JOIN LATERAL (VALUES
        (CASE WHEN f.has_speakers AND NOT r.equipment + v.equipment @> e.equipment
              THEN salon.label('its room lacks ', '会议室缺少：') || (e.equipment - (r.equipment + v.equipment)) || salon.label(': ', '，') || r.name END),
        (CASE WHEN r.venue_id <> e.venue_id
              THEN salon.label('its room is of another venue: ', '会议室属于其他场地：') || r.name || salon.label(', ', '，') || v.name
              WHEN v.city_code <> e.city_code
              THEN salon.label('its room is in another city: ', '会议室在其他城市：') || r.name || salon.label(', ', '，') || v.name END),
        (CASE WHEN NOT s.during <@ h.hours THEN salon.label('outside the event', '在活动时间之外') END),
        -- who has no place in it does not come; else what goes on at the same
        -- time shares the guests
        (CASE WHEN n.session_id IS NOT NULL
              THEN CASE WHEN r.capacity < greatest(n.capacity, n.booked) AND n.side IS DISTINCT FROM 'online'
                        THEN salon.label('its room is too small: ', '会议室太小：') || r.name || salon.label(', ', '，') || r.capacity
                             || salon.label(' of ', '/') || greatest(n.capacity, n.booked) END
              WHEN r.capacity < h.seats
                   AND (SELECT CASE WHEN bool_and(q.capacity IS NOT NULL) THEN sum(q.capacity) END
                        FROM (SELECT DISTINCT q.room_id, q.capacity
                              FROM session o
                              JOIN room q ON q.room_id = o.room_id
                              WHERE o.event_id = e.event_id AND (o.during && s.during OR o.session_id = s.session_id)) q) < h.seats
              THEN salon.label('its room is too small: ', '会议室太小：') || r.name || salon.label(', ', '，') || r.capacity
                   || salon.label(' of ', '/') || h.seats END)) p (problem)
    WHERE s.event_id = e.event_id

    -- of two that were moved onto each other each is told
    UNION ALL
    SELECT n.session_id, session_label(n.session_id),
           salon.label('who booked it has another session then: ', '预约者届时另有环节：') || session_label(c.session_id)
           || salon.label(', ', '，') || c.seats || salon.label(' of ', '/') || n.booked
    FROM session_seating n
    JOIN session s ON s.session_id = n.session_id
    CROSS JOIN LATERAL (
        SELECT c.session_id, count(*) AS seats
        FROM booking b
        JOIN booking c ON c.registration_id = b.registration_id AND c.seat = b.seat AND c.session_id <> b.session_id AND c.cancelled_at IS NULL
        JOIN session o ON o.session_id = c.session_id
        WHERE b.session_id = n.session_id AND b.cancelled_at IS NULL AND o.during && s.during
        GROUP BY c.session_id) c
    WHERE n.event_id = e.event_id AND n.booked > 0
) x
WHERE e.is_open AND e.starts_at IS NOT NULL AND x.problem <> '';

COMMENT ON VIEW _problem_of_session IS 'What does not fit an open event of its sessions, one row each: behind view event_problem';
COMMENT ON COLUMN _problem_of_session.what IS 'Label of the session';
COMMENT ON COLUMN _problem_of_session.problem IS 'Why it does not fit';

-- What functions are handed of an event.  Where Citus keeps the rows, a row of a table is of
-- another type than its name here; one of a view is of none, and is taken for one of it.
CREATE VIEW _planned_event WITH (security_invoker) AS
SELECT e.event_id, e.series_id, e.template_code, e.status_code, e.name_en, e.name_zh, e.introduction, e.starts_at, e.ends_at, e.time_zone, e.city_code, e.venue_id,
       e.equipment, e.planned_on_site, e.planned_online, e.actual_on_site, e.on_site_basis, e.actual_online, e.online_basis, e.is_open, e.is_off, e.took_place, e.is_closed
FROM event e;

COMMENT ON VIEW _planned_event IS 'What rules and views ask of an event: the row that functions are handed';
COMMENT ON COLUMN _planned_event.introduction IS 'What it is about';
COMMENT ON COLUMN _planned_event.time_zone IS 'Time zone of the event';
COMMENT ON COLUMN _planned_event.equipment IS 'What it needs of a room';
COMMENT ON COLUMN _planned_event.planned_on_site IS 'Heads planned on site; 0: held online alone';
COMMENT ON COLUMN _planned_event.planned_online IS 'Heads planned online; 0: held on site alone';
COMMENT ON COLUMN _planned_event.actual_on_site IS 'Heads on site; NULL: not known';
COMMENT ON COLUMN _planned_event.on_site_basis IS 'How sure that is';
COMMENT ON COLUMN _planned_event.actual_online IS 'Heads online; NULL: not known';
COMMENT ON COLUMN _planned_event.online_basis IS 'How sure that is';
COMMENT ON COLUMN _planned_event.is_open IS 'Whether it is still to be prepared';
COMMENT ON COLUMN _planned_event.is_off IS 'Whether it is cancelled';
COMMENT ON COLUMN _planned_event.took_place IS 'Whether it took place';
COMMENT ON COLUMN _planned_event.is_closed IS 'Whether it was put away';

-- PL/pgSQL keeps the plan, which takes longer to make than to run.
CREATE FUNCTION _event_problem(e _planned_event, OUT kind text, OUT id bigint, OUT what text, OUT problem text) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000 ROWS 5
SET search_path FROM CURRENT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
DECLARE
    hours_held tstzmultirange := _event_hours(e.event_id, e.starts_at, e.ends_at, e.time_zone);
BEGIN
    RETURN QUERY
    SELECT x.kind, x.id, x.what, x.problem
    FROM (
        SELECT 'session' AS kind, p.session_id AS id, p.what, p.problem
        FROM _problem_of_session p
        WHERE p.event_id = e.event_id

        UNION ALL
        SELECT 'speaker', k.speaker_id, session_label(k.session_id) || salon.say(': ') || party_label(k.person_id),
               salon.label('declined: delete that speaker, or name another', '已谢绝：请删除该讲师或改为他人')
        FROM session s
        JOIN speaker k ON k.session_id = s.session_id
        WHERE s.event_id = e.event_id AND k.is_declined

        UNION ALL
        SELECT 'event', e.event_id, v.name, salon.label('no room of its venue has ', '场地没有会议室具备：') || (e.equipment - v.equipment)
        FROM venue v
        WHERE v.venue_id = e.venue_id AND NOT v.equipment @> e.equipment
          AND NOT EXISTS (SELECT FROM room r WHERE r.venue_id = v.venue_id AND r.equipment + v.equipment @> e.equipment)

        UNION ALL
        SELECT 'slot', s.slot_id, r.name || ' ' || _clock_span(s.starts_at, s.ends_at, e.time_zone),
               concat_ws(salon.say('; '),
                   CASE WHEN r.venue_id <> e.venue_id THEN salon.label('its room is of another venue', '会议室属于其他场地')
                        WHEN v.city_code <> e.city_code THEN salon.label('its room is in another city', '会议室在其他城市') END,
                   CASE WHEN NOT s.during <@ hours_held THEN salon.label('outside the event', '在活动时间之外') END)
        FROM slot s
        JOIN room r ON r.room_id = s.room_id
        JOIN venue v ON v.venue_id = r.venue_id
        WHERE s.event_id = e.event_id

        -- which of them is right, nobody has said
        UNION ALL
        SELECT 'event', e.event_id, event_label(e.event_id),
               salon.label('its rooms are in several cities: ', '会议室在多个城市：') || string_agg(DISTINCT salon.label(c.name_en, c.name_zh, c.city_code), salon.say(', '))
        FROM room r
        JOIN venue v ON v.venue_id = r.venue_id
        JOIN city c ON c.city_code = v.city_code
        WHERE e.venue_id IS NULL AND e.city_code IS NULL
          AND r.room_id IN (SELECT s.room_id FROM session s WHERE s.event_id = e.event_id UNION ALL SELECT s.room_id FROM slot s WHERE s.event_id = e.event_id)
        HAVING count(DISTINCT c.city_code) > 1

        UNION ALL
        SELECT 'seating', n.seating_id, _side_label(n.side),
               salon.label('more seats are taken than there are: ', '已报名席位超过容量：') || n.taken || salon.label(' of ', '/') || n.capacity
        FROM seating n
        WHERE n.event_id = e.event_id AND n.over > 0

        UNION ALL
        SELECT 'session_seating', n.session_seating_id, session_label(n.session_id),
               salon.label('more places are booked than there are: ', '已预约名额超过容量：') || n.booked || salon.label(' of ', '/') || n.capacity
        FROM session_seating n
        WHERE n.event_id = e.event_id AND n.over > 0

        UNION ALL
        SELECT 'shift', s.shift_id, concat_ws(' ', salon.label(u.name_en, u.name_zh, u.duty_code), _clock_span(s.starts_at, s.ends_at, e.time_zone)), p.problem
        FROM shift s
        JOIN duty u ON u.duty_code = s.duty_code
        LEFT JOIN template_duty t ON t.template_code = e.template_code AND t.duty_code = s.duty_code
        CROSS JOIN LATERAL (VALUES
            (_no_use(t.needed_when, e.planned_on_site, e.planned_online)),
            (CASE WHEN u.is_on_site AND s.starts_at IS NOT NULL AND NOT _is_beside(hours_held, tstzmultirange(tstzrange(s.starts_at, s.ends_at)))
                  THEN salon.label('on another day than the event', '不在活动当天') END)) p (problem)
        WHERE s.event_id = e.event_id

        UNION ALL
        SELECT 'event_duty', d.event_duty_id,
               concat_ws(' ', salon.label(u.name_en, u.name_zh, u.duty_code), party_label(d.party_id), _clock_span(d.starts_at, d.ends_at, e.time_zone)),
               salon.label('on another day than the event', '不在活动当天')
        FROM event_duty d
        JOIN duty u ON u.duty_code = d.duty_code
        JOIN shift s ON s.shift_id = d.shift_id
        WHERE d.event_id = e.event_id AND u.is_on_site AND s.starts_at IS NULL AND d.status_code <> 'declined'
          AND d.starts_at IS NOT NULL AND NOT _is_beside(hours_held, d.during)

        UNION ALL
        -- from before that was refused
        SELECT 'event_duty', d.event_duty_id,
               concat_ws(' ', salon.label(u.name_en, u.name_zh, u.duty_code), party_label(d.party_id)), salon.label('is elsewhere then', '届时在别处')
        FROM event_duty d
        JOIN duty u ON u.duty_code = d.duty_code
        WHERE d.event_id = e.event_id AND d.party_id IS NOT NULL AND NOT isempty(d.during)
          AND NOT EXISTS (SELECT FROM presence p WHERE p.subject = 'event_duty' AND p.subject_id = d.event_duty_id)

        UNION ALL
        SELECT 'event_day', d.event_day_id, _clock_span(d.starts_at, d.ends_at, e.time_zone), salon.label('outside the event', '在活动时间之外')
        FROM event_day d
        WHERE d.event_id = e.event_id AND NOT tstzrange(d.starts_at, d.ends_at) <@ tstzrange(e.starts_at, e.ends_at)

        UNION ALL
        SELECT 'package', p.package_id, salon.label(p.name_en, p.name_zh, p.package_id::text), salon.label('closes after the event', '截止时间在活动之后')
        FROM package p
        WHERE p.event_id = e.event_id AND p.closes_at > e.ends_at

        UNION ALL
        SELECT 'commitment', c.commitment_id, concat_ws(salon.say(': '), party_label(c.giver_id), _commitment_what(c.kind, c.resource_code, c.what)), p.problem
        FROM commitment c
        LEFT JOIN supply s ON s.supply_id = c.supply_id
        CROSS JOIN LATERAL (VALUES
            (CASE WHEN NOT daterange(s.valid_from, s.valid_before) @> (e.starts_at AT TIME ZONE e.time_zone)::date
                  THEN salon.label('was agreed for another date', '约定的是其他日期') END),
            (CASE WHEN s.city_code <> e.city_code THEN salon.label('was agreed for another city', '约定的是其他城市')
                  WHEN c.resource_code = 'venue' AND c.giver_id <> (SELECT v.party_id FROM venue v WHERE v.venue_id = e.venue_id)
                  THEN salon.label('the event is at another venue', '活动在其他场地') END)) p (problem)
        WHERE c.event_id = e.event_id AND c.stands

        -- else no proposal meets it, and nobody learns why
        UNION ALL
        SELECT w.kind, w.id, salon.label(r.name_en, r.name_zh, r.resource_code), p.problem
        FROM (SELECT 'demand' AS kind, d.demand_id AS id, d.resource_code, d.valid_from, d.valid_before, d.city_code, 'need' AS direction
              FROM demand d
              WHERE d.event_id = e.event_id
              UNION ALL
              SELECT 'supply', s.supply_id, s.resource_code, s.valid_from, s.valid_before, s.city_code, 'offer'
              FROM supply s
              WHERE s.event_id = e.event_id) w
        JOIN resource r ON r.resource_code = w.resource_code
        LEFT JOIN template_resource t ON t.template_code = e.template_code AND t.direction = w.direction AND t.resource_code = w.resource_code
        CROSS JOIN LATERAL (VALUES
            (_no_use(t.needed_when, e.planned_on_site, e.planned_online)),
            (CASE WHEN NOT daterange(w.valid_from, w.valid_before) @> (e.starts_at AT TIME ZONE e.time_zone)::date
                  THEN salon.label('not for the date of the event', '不适用于活动日期') END),
            (CASE WHEN w.city_code <> e.city_code THEN salon.label('for another city', '用于其他城市') END)) p (problem)

        UNION ALL
        SELECT 'travel_leg', l.travel_leg_id,
               party_label(l.person_id) || ' ' || salon.label(c.name_en, c.name_zh, c.city_code) || ' ' || _clock(l.arrives_at, e.time_zone),
               CASE WHEN l.to_city_code = e.city_code THEN salon.label('arrives after the event', '活动结束后才到达')
                    WHEN l.from_city_code = e.city_code THEN salon.label('leaves before the event', '活动开始前离开')
                    ELSE salon.label('does not lead to the city of the event', '不通往活动所在城市') END
        FROM invitation i
        JOIN travel_leg l ON l.invitation_id = i.invitation_id
        JOIN city c ON c.city_code = l.to_city_code
        WHERE i.event_id = e.event_id AND i.status_code <> 'declined'
          AND CASE WHEN l.to_city_code = e.city_code THEN l.arrives_at >= e.ends_at
                   WHEN l.from_city_code = e.city_code THEN l.departs_at <= e.starts_at
                   ELSE NOT EXISTS (SELECT FROM travel_leg o
                                    WHERE o.invitation_id = i.invitation_id AND e.city_code IN (o.from_city_code, o.to_city_code)) END
    ) x
    WHERE (e.starts_at IS NOT NULL OR x.kind IN ('seating', 'event', 'speaker')) AND x.problem <> '';
END
$$;

COMMENT ON FUNCTION _event_problem(_planned_event) IS
'What does not fit an event, one row each: behind view event_problem';

CREATE VIEW event_problem WITH (security_invoker) AS
SELECT e.event_id, event_label(e.event_id) AS event, (e.starts_at AT TIME ZONE e.time_zone)::date AS held_on,
       x.kind, x.id, x.what, x.problem
FROM _planned_event e
CROSS JOIN LATERAL _event_problem(e) x
WHERE e.is_open;

COMMENT ON VIEW event_problem IS 'What does not fit an open event, one row each: sessions in rooms of another venue or city, of several cities where the event has none, too small or without what event.equipment says, a venue without a room for it, bookings that clash, speakers who declined, what is outside its hours, needs, offers and shifts that have no use there, journeys of another day / 活动安排冲突';
COMMENT ON COLUMN event_problem.held_on IS 'The day on which it begins, where it is held';
COMMENT ON COLUMN event_problem.kind IS 'The table of what does not fit, such as session';
COMMENT ON COLUMN event_problem.id IS 'Key of the row there';
COMMENT ON COLUMN event_problem.what IS 'What it is';
COMMENT ON COLUMN event_problem.problem IS 'Why it does not fit';
