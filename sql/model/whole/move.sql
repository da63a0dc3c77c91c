-- Moving an event to another time and place: view copy_decision says what goes
-- with it.

CREATE FUNCTION move_event(
    event_id         bigint,
    starts_at        timestamptz DEFAULT NULL,
    venue_id         bigint DEFAULT NULL,
    local_starts_at  timestamp DEFAULT NULL
) RETURNS TABLE (kind text, id bigint, what text, problem text)
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    e record;
    n record;
    later interval;
    days integer;
    old_start timestamp;
    local_start timestamp;
    wholes bigint[];
    people bigint[];
    person bigint;
    r record;
    lost jsonb := '[]';
    broken text;
BEGIN
    PERFORM _take_turn();
    SELECT x.event_id, x.starts_at, x.ends_at, x.time_zone, x.venue_id, x.city_code, x.is_open
    INTO e
    FROM event x
    WHERE x.event_id = move_event.event_id
    FOR NO KEY UPDATE;
    PERFORM _known(FOUND, salon.say('event %s does not exist'), move_event.event_id);
    IF move_event.venue_id IS NOT NULL AND NOT EXISTS (SELECT FROM venue v WHERE v.venue_id = move_event.venue_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(salon.say('venue %s does not exist'), move_event.venue_id),
            HINT = salon.say('Enter it in table venue first.');
    ELSIF NOT e.is_open THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format(salon.say('event %s took place or is cancelled: it cannot be moved'), e.event_id),
            HINT = salon.say('Plan another one: copy_event makes one of it.');
    ELSIF e.starts_at IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('event %s has no times to move'), e.event_id),
            HINT = salon.say('Set its starts_at and ends_at first.');
    ELSIF num_nonnulls(move_event.starts_at, local_starts_at) = 2 OR NOT salon._is_possible(move_event.starts_at) OR NOT salon._is_possible(local_starts_at AT TIME ZONE 'UTC') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('event %s cannot be moved to %s'), e.event_id, concat_ws(salon.say(' and '), move_event.starts_at, local_starts_at)),
            HINT = salon.say('Give starts_at or local_starts_at (on the clock of the place), and venue_id, or one of them.');
    END IF;

    -- First the place, for its clock counts.
    old_start := e.starts_at AT TIME ZONE e.time_zone;
    UPDATE event x
    SET venue_id = v.venue_id, city_code = v.city_code
    FROM venue v
    WHERE x.event_id = e.event_id AND v.venue_id = move_event.venue_id AND v.venue_id IS DISTINCT FROM e.venue_id;
    SELECT x.starts_at, x.ends_at, x.time_zone, x.venue_id, x.city_code INTO n FROM event x WHERE x.event_id = e.event_id;
    IF n.city_code IS NULL AND e.city_code IS NOT NULL THEN
        lost := lost || jsonb_build_object('kind', 'event', 'id', e.event_id, 'what', event_label(e.event_id),
                                           'problem', salon.label('lost its city: that of the venue is not known', '失去城市：场地所在城市未知'));
    END IF;
    local_start := coalesce(local_starts_at, move_event.starts_at AT TIME ZONE n.time_zone, old_start);
    later := local_start - old_start;
    days := local_start::date - old_start::date;
    n.starts_at := coalesce(move_event.starts_at, _moment(local_start, n.time_zone));
    n.ends_at := greatest(_shifted(e.ends_at, later, e.time_zone, n.time_zone), n.starts_at + interval '1 minute');
    IF _shifted(e.ends_at, later, e.time_zone, n.time_zone) <= n.starts_at THEN
        n.ends_at := n.starts_at + (e.ends_at - e.starts_at);
    END IF;
    -- Who helps as long as the event comes last, for others of the same people
    -- move before.
    wholes := ARRAY(SELECT x.event_duty_id FROM event_duty x WHERE x.event_id = e.event_id AND x.whole_event AND x.party_id IS NOT NULL ORDER BY x.event_duty_id);
    UPDATE event_duty x SET whole_event = false WHERE x.event_duty_id = ANY (wholes);
    SET CONSTRAINTS presence_is_in_one_place DEFERRED;
    UPDATE event x SET starts_at = n.starts_at, ends_at = n.ends_at WHERE x.event_id = e.event_id;
    BEGIN
        UPDATE event_day x
        SET starts_at = _shifted(x.starts_at, later, e.time_zone, n.time_zone),
            ends_at = _shifted_end(x.starts_at, x.ends_at, later, e.time_zone, n.time_zone)
        WHERE x.event_id = e.event_id;
    EXCEPTION WHEN exclusion_violation THEN -- two of the hour that the clock shows twice are one
        WITH gone AS (
            DELETE FROM event_day x WHERE x.event_id = e.event_id RETURNING x.starts_at, x.ends_at
        )
        INSERT INTO event_day (event_id, starts_at, ends_at)
        SELECT e.event_id, lower(h), upper(h)
        FROM unnest((SELECT range_agg(tstzrange(_shifted(x.starts_at, later, e.time_zone, n.time_zone),
                                                _shifted_end(x.starts_at, x.ends_at, later, e.time_zone, n.time_zone)))
                     FROM gone x)) h;
    END;
    LOOP
        BEGIN
            SET CONSTRAINTS presence_is_in_one_place IMMEDIATE;
            EXIT;
        EXCEPTION WHEN exclusion_violation THEN
            -- Off with who is elsewhere then, else with whoever came last.
            DELETE FROM event_duty x
            WHERE x.event_duty_id = (
                SELECT y.event_duty_id
                FROM event_duty y
                WHERE y.event_id = e.event_id AND y.party_id IS NOT NULL AND y.starts_at IS NULL AND NOT isempty(y.during)
                ORDER BY NOT EXISTS (SELECT FROM presence p
                                     WHERE p.party_id = y.party_id AND p.event_id IS DISTINCT FROM y.event_id AND p.during && y.during),
                         y.event_duty_id DESC
                LIMIT 1)
            RETURNING x.event_duty_id, x.party_id, x.duty_code INTO r;
            IF NOT FOUND THEN
                RAISE;
            END IF;
            lost := lost || jsonb_build_object('kind', 'event_duty', 'id', r.event_duty_id,
                        'what', (SELECT salon.label(u.name_en, u.name_zh, u.duty_code) FROM duty u WHERE u.duty_code = r.duty_code),
                        'problem', salon.label('lost a helper, who is busy then: ', '失去志愿者，届时没空：') || party_label(r.party_id));
        END;
    END LOOP;

    -- Slots in rooms of another venue are nobody's any more.
    IF n.venue_id IS DISTINCT FROM e.venue_id THEN
        DELETE FROM slot x USING room y WHERE x.event_id = e.event_id AND y.room_id = x.room_id AND y.venue_id <> n.venue_id AND x.is_made;
    END IF;

    -- One after the other, those in front first, so that none is in the way of
    -- another of the event, its room or its people.
    FOR r IN
        SELECT q.kind, q.id, q.party_id, q.label, q.room_id, q.is_made, y.name AS room, y.venue_id,
               _shifted(q.starts_at, later, e.time_zone, n.time_zone) AS starts,
               _shifted_end(q.starts_at, q.ends_at, later, e.time_zone, n.time_zone) AS ends
        FROM (SELECT 'session' AS kind, x.session_id AS id, NULL::bigint AS party_id, session_label(x.session_id) AS label,
                     x.room_id, x.is_placed AS is_made, x.starts_at, x.ends_at
              FROM session x
              WHERE x.event_id = e.event_id
              UNION ALL
              SELECT 'slot', x.slot_id, NULL, _clock_span(x.starts_at, x.ends_at, e.time_zone), x.room_id, x.is_made, x.starts_at, x.ends_at
              FROM slot x
              WHERE x.event_id = e.event_id
              UNION ALL
              SELECT 'shift', x.shift_id, NULL, salon.label(u.name_en, u.name_zh, u.duty_code), NULL, NULL, x.starts_at, x.ends_at
              FROM shift x
              JOIN duty u ON u.duty_code = x.duty_code
              WHERE x.event_id = e.event_id
              UNION ALL
              SELECT 'event_duty', x.event_duty_id, x.party_id, salon.label(u.name_en, u.name_zh, u.duty_code), NULL, NULL, x.starts_at, x.ends_at
              FROM event_duty x
              JOIN shift z ON z.shift_id = x.shift_id AND z.starts_at IS NULL
              JOIN duty u ON u.duty_code = x.duty_code
              WHERE x.event_id = e.event_id) q
        LEFT JOIN room y ON y.room_id = q.room_id
        WHERE q.starts_at IS NOT NULL
        ORDER BY CASE WHEN n.starts_at < e.starts_at THEN q.starts_at END, CASE WHEN n.starts_at >= e.starts_at THEN q.starts_at END DESC, q.kind, q.id
    LOOP
        broken := NULL;
        CASE r.kind
        WHEN 'session' THEN
            IF r.venue_id <> n.venue_id AND n.venue_id IS DISTINCT FROM e.venue_id THEN
                lost := lost || jsonb_build_object('kind', r.kind, 'id', r.id, 'what', r.label,
                                                   'problem', salon.label('lost its room, which is of another venue: ', '失去会议室，属于其他场地：') || r.room);
                r.room_id := NULL;
            END IF;
            BEGIN
                UPDATE session x SET starts_at = r.starts, ends_at = r.ends, room_id = r.room_id WHERE x.session_id = r.id;
            EXCEPTION WHEN exclusion_violation OR check_violation THEN
                GET STACKED DIAGNOSTICS broken = CONSTRAINT_NAME;
            END;
            IF broken IN ('session_room_is_free', 'session_is_in_opening_hours') THEN
                lost := lost || jsonb_build_object('kind', r.kind, 'id', r.id, 'what', r.label,
                            'problem', CASE broken WHEN 'session_room_is_free' THEN salon.label('lost its room, which is taken then: ', '失去会议室，届时被占用：')
                                                   ELSE salon.label('lost its room, which is closed then: ', '失去会议室，届时未开放：') END || r.room);
                r.room_id := NULL;
            END IF;
            -- Again, without those who cannot then.
            IF broken IS NOT NULL THEN
                people := ARRAY(SELECT x.person_id FROM speaker x WHERE x.session_id = r.id AND NOT x.is_declined ORDER BY x.speaker_id);
                DELETE FROM speaker x WHERE x.session_id = r.id AND NOT x.is_declined;
                UPDATE session x SET starts_at = r.starts, ends_at = r.ends, room_id = r.room_id WHERE x.session_id = r.id;
                FOREACH person IN ARRAY people LOOP
                    BEGIN
                        INSERT INTO speaker (session_id, person_id) VALUES (r.id, person);
                    EXCEPTION WHEN exclusion_violation OR check_violation THEN
                        lost := lost || jsonb_build_object('kind', 'speaker', 'id', person, 'what', r.label,
                                                           'problem', salon.label('lost a speaker, who is busy then: ', '失去讲师，届时没空：') || party_label(person));
                    END;
                END LOOP;
            END IF;
            UPDATE session x SET is_placed = true WHERE x.session_id = r.id AND r.is_made AND x.room_id = r.room_id;
        WHEN 'slot' THEN
            BEGIN
                UPDATE slot x SET starts_at = r.starts, ends_at = r.ends WHERE x.slot_id = r.id;
                UPDATE slot x SET is_made = true WHERE x.slot_id = r.id AND r.is_made;
            EXCEPTION WHEN exclusion_violation THEN -- likewise
                DELETE FROM slot x WHERE x.slot_id = r.id;
                lost := lost || jsonb_build_object('kind', r.kind, 'id', r.id, 'what', r.label,
                                                   'problem', salon.label('is one with another: the clock shows that hour once now', '与另一项合并：该小时现在只出现一次'));
            END;
        ELSE
            LOOP
                BEGIN
                    UPDATE shift x SET starts_at = r.starts, ends_at = r.ends WHERE r.kind = 'shift' AND x.shift_id = r.id;
                    UPDATE event_duty x SET starts_at = r.starts, ends_at = r.ends WHERE r.kind = 'event_duty' AND x.event_duty_id = r.id;
                    EXIT;
                EXCEPTION WHEN exclusion_violation OR check_violation THEN
                    -- Off with who is elsewhere then, else with whoever came last.
                    DELETE FROM event_duty x
                    WHERE x.event_duty_id = CASE r.kind WHEN 'event_duty' THEN r.id ELSE (
                              SELECT y.event_duty_id
                              FROM event_duty y
                              WHERE y.shift_id = r.id AND y.party_id IS NOT NULL
                              ORDER BY NOT EXISTS (SELECT FROM event_duty o
                                                   WHERE o.party_id = y.party_id AND o.event_id <> e.event_id AND o.status_code <> 'declined'
                                                     AND o.during && tstzrange(r.starts, r.ends)),
                                       y.event_duty_id DESC
                              LIMIT 1) END
                    RETURNING x.event_duty_id, x.party_id INTO r.room_id, r.party_id;
                    IF NOT FOUND THEN
                        RAISE;
                    END IF;
                    lost := lost || jsonb_build_object('kind', 'event_duty', 'id', r.room_id, 'what', r.label,
                                                       'problem', salon.label('lost a helper, who is busy then: ', '失去志愿者，届时没空：') || party_label(r.party_id));
                    EXIT WHEN r.kind = 'event_duty';
                END;
            END LOOP;
        END CASE;
    END LOOP;
    FOREACH person IN ARRAY wholes LOOP
        BEGIN
            UPDATE event_duty x SET whole_event = true WHERE x.event_duty_id = person;
        EXCEPTION WHEN exclusion_violation OR check_violation THEN
            DELETE FROM event_duty x WHERE x.event_duty_id = person RETURNING x.party_id, x.duty_code INTO r;
            lost := lost || jsonb_build_object('kind', 'event_duty', 'id', person,
                        'what', (SELECT salon.label(u.name_en, u.name_zh, u.duty_code) FROM duty u WHERE u.duty_code = r.duty_code),
                        'problem', salon.label('lost a helper, who is busy then: ', '失去志愿者，届时没空：') || party_label(r.party_id));
        END;
    END LOOP;

    UPDATE event_item x SET due_at = _shifted(x.due_at, later, e.time_zone, n.time_zone) WHERE x.event_id = e.event_id AND x.due_at IS NOT NULL;
    UPDATE package x SET closes_at = _shifted(x.closes_at, later, e.time_zone, n.time_zone) WHERE x.event_id = e.event_id AND x.closes_at IS NOT NULL;
    UPDATE post x SET planned_at = _shifted(x.planned_at, later, e.time_zone, n.time_zone) WHERE x.event_id = e.event_id AND x.posted_at IS NULL;
    UPDATE supply x SET valid_from = x.valid_from + days, valid_before = x.valid_before + days
    WHERE x.event_id = e.event_id AND num_nonnulls(x.valid_from, x.valid_before) > 0;
    UPDATE demand x SET valid_from = x.valid_from + days, valid_before = x.valid_before + days
    WHERE x.event_id = e.event_id AND num_nonnulls(x.valid_from, x.valid_before) > 0;
    UPDATE hackathon x SET teams_close_at = _shifted(x.teams_close_at, later, e.time_zone, n.time_zone) WHERE x.event_id = e.event_id AND x.teams_close_at IS NOT NULL;
    UPDATE hackathon_round x
    SET opens_at = _shifted(x.opens_at, later, e.time_zone, n.time_zone), closes_at = _shifted_end(coalesce(x.opens_at, x.closes_at - interval '1 day'), x.closes_at, later, e.time_zone, n.time_zone),
        judging_closes_at = _shifted_end(coalesce(x.closes_at, x.judging_closes_at - interval '1 day'), x.judging_closes_at, later, e.time_zone, n.time_zone)
    WHERE x.event_id = e.event_id AND x.advanced_at IS NULL AND num_nonnulls(x.opens_at, x.closes_at, x.judging_closes_at) > 0;
    UPDATE metric x SET due_on = x.due_on + days WHERE x.event_id = e.event_id AND x.due_on IS NOT NULL;

    BEGIN
        UPDATE turn x SET starts_at = n.starts_at, ends_at = n.ends_at WHERE x.event_id = e.event_id;
    EXCEPTION WHEN exclusion_violation OR check_violation OR unique_violation THEN
        lost := lost || jsonb_build_object('kind', 'turn', 'id', (SELECT x.turn_id FROM turn x WHERE x.event_id = e.event_id), 'what', event_label(e.event_id),
                    'problem', salon.label('its turn of the rotation stays on the old date: the host cannot host then', '轮值仍为原日期：主办方届时不能主办'));
    END;

    -- What it lost; what does not fit; what others know of the old date or place.
    RETURN QUERY
    SELECT x.* FROM jsonb_to_recordset(lost) x (kind text, id bigint, what text, problem text)
    UNION ALL
    SELECT p.kind, p.id, p.what, p.problem FROM event_problem p WHERE p.event_id = e.event_id
    UNION ALL
    (SELECT t.kind, t.id, t.what, t.problem
     FROM (
         SELECT 'invitation' AS kind, i.invitation_id AS id, party_label(i.person_id) AS what,
                salon.label('confirmed the old date or place: ask again', '确认的是原时间或地点：请重新确认') AS problem
         FROM invitation i
         WHERE i.event_id = e.event_id AND i.status_code IN ('confirmed', 'travel')
         UNION ALL
         SELECT 'travel_leg', l.travel_leg_id, party_label(l.person_id), salon.label('booked for the old date or place', '按原时间或地点预订')
         FROM travel_leg l
         JOIN invitation i ON i.invitation_id = l.invitation_id
         WHERE i.event_id = e.event_id AND i.status_code <> 'declined'
         UNION ALL
         SELECT 'post', x.post_id, c.name, salon.label('told the old date or place', '发布的是原时间或地点')
         FROM post x
         JOIN channel c ON c.channel_id = x.channel_id
         WHERE x.event_id = e.event_id AND x.posted_at IS NOT NULL AND x.taken_down_at IS NULL
         UNION ALL
         SELECT 'link', l.link_id, concat_ws(' ', l.name, l.url), salon.label('may tell the old date or place', '可能仍显示原时间或地点')
         FROM link l
         JOIN link_kind y ON y.link_kind_code = l.link_kind_code
         WHERE l.event_id = e.event_id AND NOT y.is_lasting AND l.url IS NOT NULL) t
     WHERE (n.starts_at, n.venue_id) IS DISTINCT FROM (e.starts_at, e.venue_id)
     ORDER BY t.kind, t.id);
END
$$;

COMMENT ON FUNCTION move_event(bigint, timestamptz, bigint, timestamp) IS
'Move an open event to another start, another venue or both, with all that view copy_decision says goes with it, on the clock of the place; without a start the clock shows the same. Registrations, invitations and agreements stay. Returns what it lost (rooms and people that are taken then) and what does not fit, one row each: kind and id are table and key, of a speaker the person. Errors: 23503 no such event or venue; 22023 no real start, or an event without times; 55000 an event that took place or is cancelled / 活动改期或换场地';
