-- Copying an event to another date: what stays is copied with every date
-- shifted, what must be new begins empty.

-- What copy_event does with each table that hangs on an event.  This is the one
-- list: whoever adds such a table adds a row here, and what copy_event does.
CREATE VIEW copy_decision WITH (security_invoker) AS
SELECT v.table_name,
       v.decision_code,
       CASE v.decision_code WHEN 'copied' THEN salon.label('copied', '复制')
                            WHEN 'in_part' THEN salon.label('copied in part', '部分复制')
                            WHEN 'on_request' THEN salon.label('on request', '按需复制')
                            WHEN 'kept' THEN salon.label('kept by the database', '由数据库维护')
                            ELSE salon.label('begins empty', '从空开始') END AS decision,
       salon.label(v.what_en, v.what_zh) AS what,
       CASE WHEN v.table_name IN ('event', 'event_day', 'session', 'slot', 'shift', 'event_duty', 'event_item', 'supply', 'demand', 'package',
                                  'post', 'metric', 'turn', 'hackathon', 'hackathon_round') THEN 'shifted'
            WHEN v.table_name IN ('speaker') THEN 'follows'
            WHEN v.table_name IN ('invitation', 'travel_leg', 'link') THEN 'told'
            ELSE 'stays' END AS move_code
FROM (VALUES
    ('event', 'in_part', 'template, series, names, introduction, place, planned headcounts, equipment; not: status, what came about, reasons, when it was put away',
     '复制：模板、系列、名称、简介、地点、计划人数、设备；不复制：状态、实际情况、原因、归档时间'),
    ('follow_up', 'new', 'of one event', '属于单场活动'),
    ('remark', 'in_part', 'with parts, duties, supplies, demands, packages, metrics and surveys; not: on the event itself', '随参与方、会务、供给、需求、套餐、指标与问卷；不复制活动本身的备注'),
    ('event_party', 'on_request', 'with_parties: all parts but those of sponsors', 'with_parties：除赞助商外的参与方'),
    ('event_day', 'copied', 'days and their hours', '各天的时间'),
    ('notice', 'copied', 'the texts', '文字'),
    ('session', 'on_request', 'agenda: breaks (as a rule), all as slots without title and abstract, or none; a room only if it is free', 'agenda：默认只复制休息环节；all 复制全部时段但不含标题和摘要；会议室空闲时才保留'),
    ('speaker', 'new', 'they are invited anew', '重新邀请'),
    ('link', 'in_part', 'of kinds that last, such as the group chat', '仅长期有效的类型，如交流群'),
    ('shift', 'copied', 'when and how many helpers are needed for each duty', '每项会务的时间和所需人数'),
    ('event_duty', 'copied', 'each shift without anybody; with_holders: who did it is proposed, where they are free then', '班次保留但无人；with_holders：届时空闲的原负责人列为待确认'),
    ('event_format', 'copied', 'which formats and how many', '议程形式与数量'),
    ('assent', 'new', 'they agree anew', '重新同意'),
    ('presence', 'kept', 'follows speakers, duties, journeys and absences', '随讲师、会务、行程与不在'),
    ('slot', 'copied', 'slots in rooms, unless the venue is taken', '会议室时段，场地被占用时除外'),
    ('talk', 'new', 'submitted anew', '重新投稿'),
    ('talk_speaker', 'new', 'as talks', '同议题'),
    ('talk_review', 'new', 'as talks', '同议题'),
    ('talk_vote', 'new', 'as talks', '同议题'),
    ('invitation', 'new', 'they are invited anew', '重新邀请'),
    ('travel_leg', 'new', 'as invitations', '同邀请'),
    ('asset', 'new', 'photos, posters, slides, recordings are of one event', '照片、海报、PPT、录像属于单场活动'),
    ('event_item', 'in_part', 'items of one event, due dates; with_holders: owners; not: waivers and evidence', '复制活动自有项、截止日期；with_holders：负责人；不复制豁免和依据'),
    ('supply', 'copied', 'what the event offers', '活动的供给'),
    ('demand', 'copied', 'what the event needs', '活动的需求'),
    ('agreement', 'new', 'agreed anew', '重新约定'),
    ('commitment', 'new', 'agreed anew', '重新承诺'),
    ('delivery', 'new', 'of one event', '属于单场活动'),
    ('seating', 'copied', 'sides, capacities, limits and rules; open', '现场与线上、容量、限额和规则；开放报名'),
    ('session_seating', 'on_request', 'with the session: places; open', '随环节：名额；开放预约'),
    ('booking', 'new', 'of one event', '属于单场活动'),
    ('registration', 'new', 'of one event', '属于单场活动'),
    ('attendee', 'new', 'of one event', '属于单场活动'),
    ('moved_up', 'new', 'of one event', '属于单场活动'),
    ('event_check', 'copied', 'checks at the door', '签到检查'),
    ('check_pass', 'new', 'of one event', '属于单场活动'),
    ('package', 'copied', 'those of the event; those of its series are offered there anyway', '本场套餐；系列套餐本来就适用'),
    ('package_resource', 'kept', 'follows the package', '随套餐'),
    ('cost', 'in_part', 'budget by kind; with_parties: who pays; not: what it cost', '预算；with_parties：付款方；不复制实际费用'),
    ('audience', 'in_part', 'groups with their planned size; not: actual', '受众群体与计划人数；不复制实际人数'),
    ('reach', 'in_part', 'media with planned page views; not: actual', '媒介与计划流量；不复制实际流量'),
    ('post', 'in_part', 'planned ones, with planned views; not: as posted', '计划中的推文与计划阅读数；不复制实际发布'),
    ('metric', 'in_part', 'goals with targets; not: what came about', '目标与目标值；不复制实际值'),
    ('survey', 'in_part', 'names and the planned number of responses; not: its address', '名称与计划回收数；不复制地址'),
    ('question', 'copied', 'the questions', '题目'),
    ('question_option', 'copied', 'their options', '选项'),
    ('response', 'new', 'of one event', '属于单场活动'),
    ('respondent', 'new', 'of one event', '属于单场活动'),
    ('answer', 'new', 'of one event', '属于单场活动'),
    ('consent', 'new', 'asked anew', '重新征得同意'),
    ('asset_person', 'new', 'as assets', '同素材'),
    ('outcome', 'new', 'of one event', '属于单场活动'),
    ('turn', 'new', 'a turn of the rotation is of one event', '轮值属于单场活动'),
    ('hackathon', 'copied', 'kind, difficulty, size of teams, when teams close', '类型、难度、队伍人数、组队截止时间'),
    ('track', 'copied', 'the tracks', '赛道'),
    ('problem', 'new', 'set anew', '重新出题'),
    ('hackathon_round', 'copied', 'rounds with their deadlines and rules', '轮次及其截止时间与规则'),
    ('team', 'new', 'entered anew', '重新报名'),
    ('team_member', 'new', 'as teams', '同队伍'),
    ('round_team', 'new', 'as teams', '同队伍'),
    ('submission', 'new', 'as teams', '同队伍'),
    ('judge', 'new', 'asked anew', '重新邀请'),
    ('track_skill', 'copied', 'skills of the tracks', '赛道所需技能'),
    ('criterion', 'copied', 'criteria of the rounds', '各轮评分标准'),
    ('judging', 'new', 'as teams', '同队伍'),
    ('score', 'new', 'as teams', '同队伍'),
    ('comparison', 'new', 'as teams', '同队伍'),
    ('award', 'in_part', 'awards of no problem, with their prizes; not: who promised them', '不属于单个赛题的奖项及奖金；不复制出资承诺'),
    ('award_winner', 'new', 'as teams', '同队伍'),
    ('contribution', 'new', 'of one event', '属于单场活动'),
    ('signature', 'new', 'agreed anew', '重新约定'),
    ('history', 'new', 'begins with the copy', '从复制开始')
) v (table_name, decision_code, what_en, what_zh);

COMMENT ON VIEW copy_decision IS 'What copy_event does with each table that hangs on an event / 复制活动时各表的处理';
COMMENT ON COLUMN copy_decision.table_name IS 'The table';
COMMENT ON COLUMN copy_decision.decision_code IS 'copied, in_part, on_request, kept or new';
COMMENT ON COLUMN copy_decision.move_code IS 'What move_event does with it: shifted, follows (what it belongs to), told (that it may not fit) or stays';
COMMENT ON COLUMN copy_decision.what IS 'What is copied, and what is not';

-- The clock of the place shows the same, so and so much later, be it that of
-- another place.
CREATE FUNCTION _shifted(at timestamptz, later interval, time_zone text, other_zone text DEFAULT NULL) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN _moment((at AT TIME ZONE time_zone) + later, coalesce(other_zone, time_zone));

COMMENT ON FUNCTION _shifted(timestamptz, interval, text, text) IS
'A time shifted on the clock of a time zone, or to that of another, so that 13:30 stays 13:30 when summer time comes or goes between';

-- An end comes after its start also in the hour that the clock shows twice or
-- not at all.
CREATE FUNCTION _shifted_end(starts_at timestamptz, ends_at timestamptz, later interval, time_zone text, other_zone text DEFAULT NULL) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN _shifted(ends_at, later, time_zone, other_zone) > _shifted(starts_at, later, time_zone, other_zone)
            THEN _shifted(ends_at, later, time_zone, other_zone)
            ELSE _shifted(starts_at, later, time_zone, other_zone) + (ends_at - starts_at) END;

COMMENT ON FUNCTION _shifted_end(timestamptz, timestamptz, interval, text, text) IS
'The end of a time span that is shifted, after its start in any case';

CREATE FUNCTION copy_event(
    event_id      bigint,
    starts_at     timestamptz DEFAULT NULL,
    name_en       text DEFAULT NULL,
    name_zh       text DEFAULT NULL,
    agenda        text DEFAULT 'breaks',
    with_parties  boolean DEFAULT false,
    with_holders  boolean DEFAULT false,
    local_starts_at  timestamp DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    e record;
    new_id bigint;
    row_id bigint;
    duty_id bigint;
    later interval;
    days integer;
    taken_by bigint;
    demand_ids jsonb := '{}';
    metric_ids jsonb := '{}';
    r record;
    s shift;
BEGIN
    SELECT x.event_id, x.series_id, x.template_code, x.name_en, x.name_zh, x.introduction, x.starts_at, x.ends_at, x.time_zone,
           x.city_code, x.venue_id, x.planned_on_site, x.planned_online, x.equipment
    INTO e
    FROM event x
    WHERE x.event_id = copy_event.event_id
    FOR KEY SHARE;
    PERFORM _known(FOUND, salon.say('event %s does not exist'), event_id);
    IF num_nonnulls(starts_at, local_starts_at) <> 1 OR NOT salon._is_possible(starts_at) OR NOT salon._is_possible(local_starts_at AT TIME ZONE 'UTC') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('a copy cannot start at %s'), coalesce(nullif(concat_ws(salon.say(' and '), starts_at, local_starts_at), ''), 'NULL')),
            HINT = salon.say('Give the new start, or local_starts_at on the clock of its place: all dates are shifted by how much later it is.');
    ELSIF e.starts_at IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('event %s has no times to shift'), event_id),
            HINT = salon.say('Set its starts_at and ends_at first.');
    ELSIF agenda IS NULL OR agenda NOT IN ('none', 'breaks', 'all') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('agenda cannot be %s'), coalesce('"' || agenda || '"', 'NULL')),
            HINT = salon.say('none: no sessions; breaks: those without speakers; all: all, as slots without title and abstract.');
    END IF;
    starts_at := coalesce(starts_at, _moment(local_starts_at, e.time_zone));
    later := (starts_at AT TIME ZONE e.time_zone) - (e.starts_at AT TIME ZONE e.time_zone);
    days := (starts_at AT TIME ZONE e.time_zone)::date - (e.starts_at AT TIME ZONE e.time_zone)::date;

    SELECT x.event_id INTO taken_by
    FROM event x
    WHERE x.venue_id = e.venue_id AND NOT x.is_off
      AND x.starts_at < _shifted_end(e.starts_at, e.ends_at, later, e.time_zone) AND x.ends_at > copy_event.starts_at
    ORDER BY x.starts_at, x.event_id
    LIMIT 1;
    IF FOUND THEN
        RAISE NOTICE USING MESSAGE = format(salon.say('venue %s is taken by event %s at that time: the copy has none'), e.venue_id, taken_by);
        e.venue_id := NULL;
    END IF;

    -- Until its host is entered, not even who makes it sees it: no RETURNING.
    new_id := nextval(pg_get_serial_sequence('event', 'event_id'));
    INSERT INTO event (event_id, series_id, template_code, status_code, name_en, name_zh, introduction, starts_at, ends_at, time_zone,
                       city_code, venue_id, planned_on_site, planned_online, equipment)
    VALUES (new_id, e.series_id, e.template_code, 'planned',
            CASE WHEN num_nonnulls(copy_event.name_en, copy_event.name_zh) > 0 THEN copy_event.name_en ELSE e.name_en END,
            CASE WHEN num_nonnulls(copy_event.name_en, copy_event.name_zh) > 0 THEN copy_event.name_zh ELSE e.name_zh END,
            e.introduction, copy_event.starts_at, _shifted_end(e.starts_at, e.ends_at, later, e.time_zone), e.time_zone,
            e.city_code, e.venue_id, e.planned_on_site, e.planned_online, e.equipment);

    -- Who organizes some events only does so by a party of its own.
    IF row_security_active('event'::regclass) AND NOT _organizes_all() THEN
        INSERT INTO event_party (event_id, party_id, part_code)
        SELECT DISTINCT new_id, a.party_id, 'host'
        FROM _my_access a
        JOIN event_party x ON x.party_id = a.party_id AND x.part_code IN ('host', 'co_organizer')
        WHERE a.level = 'organizer' AND x.event_id = e.event_id;
    END IF;

    IF with_parties THEN
        INSERT INTO event_party (event_id, party_id, part_code)
        SELECT new_id, x.party_id, x.part_code
        FROM event_party x
        JOIN part p USING (part_code)
        WHERE x.event_id = e.event_id AND NOT p.is_sponsor
          AND NOT EXISTS (SELECT FROM event_party n WHERE (n.event_id, n.party_id, n.part_code) = (new_id, x.party_id, x.part_code))
        ORDER BY x.event_party_id;
        INSERT INTO remark (event_party_id, note)
        SELECT n.event_party_id, m.note
        FROM event_party x
        JOIN event_party n ON (n.event_id, n.party_id, n.part_code) = (new_id, x.party_id, x.part_code)
        JOIN remark m ON m.event_party_id = x.event_party_id
        WHERE x.event_id = e.event_id
        ORDER BY n.event_party_id;
    END IF;

    INSERT INTO event_day (event_id, starts_at, ends_at)
    SELECT new_id, lower(h), upper(h)
    FROM unnest((SELECT range_agg(tstzrange(_shifted(x.starts_at, later, e.time_zone), _shifted_end(x.starts_at, x.ends_at, later, e.time_zone)))
                 FROM event_day x
                 WHERE x.event_id = e.event_id)) h;

    INSERT INTO notice (event_id, ordinal, text_en, text_zh)
    SELECT new_id, x.ordinal, x.text_en, x.text_zh
    FROM notice x
    WHERE x.event_id = e.event_id
    ORDER BY x.ordinal;

    INSERT INTO link (event_id, link_kind_code, name, url, is_qr_target)
    SELECT new_id, x.link_kind_code, x.name, x.url, x.is_qr_target
    FROM link x
    JOIN link_kind k USING (link_kind_code)
    WHERE x.event_id = e.event_id AND x.session_id IS NULL AND k.is_lasting
    ORDER BY x.link_id;

    INSERT INTO hackathon (event_id, kind, difficulty, focus, times_a_year, hours_a_person, least_members, most_members, teams_close_at)
    SELECT new_id, x.kind, x.difficulty, x.focus, x.times_a_year, x.hours_a_person, x.least_members, x.most_members, _shifted(x.teams_close_at, later, e.time_zone)
    FROM hackathon x
    WHERE x.event_id = e.event_id;

    FOR r IN SELECT * FROM track x WHERE x.event_id = e.event_id ORDER BY x.track_id LOOP
        INSERT INTO track (event_id, ordinal, name_en, name_zh, is_set)
        VALUES (new_id, r.ordinal, r.name_en, r.name_zh, r.is_set)
        RETURNING track_id INTO row_id;
        INSERT INTO track_skill (track_id, skill_code)
        SELECT row_id, x.skill_code FROM track_skill x WHERE x.track_id = r.track_id ORDER BY x.track_skill_id;
    END LOOP;

    INSERT INTO hackathon_round (event_id, ordinal, name_en, name_zh, kind, opens_at, closes_at, grace_minutes, judging_closes_at,
                                 normalization, trimmed, advancing, advancing_per, ties)
    SELECT new_id, x.ordinal, x.name_en, x.name_zh, x.kind, _shifted(x.opens_at, later, e.time_zone),
           _shifted_end(coalesce(x.opens_at, x.closes_at - interval '1 day'), x.closes_at, later, e.time_zone), x.grace_minutes,
           _shifted_end(coalesce(x.closes_at, x.judging_closes_at - interval '1 day'), x.judging_closes_at, later, e.time_zone),
           x.normalization, x.trimmed, x.advancing, x.advancing_per, x.ties
    FROM hackathon_round x
    WHERE x.event_id = e.event_id
    ORDER BY x.ordinal;

    INSERT INTO award (event_id, ordinal, name_en, name_zh, kind, quantity, amount, resource_code)
    SELECT new_id, x.ordinal, x.name_en, x.name_zh, x.kind, x.quantity, x.amount, x.resource_code
    FROM award x
    WHERE x.event_id = e.event_id AND num_nonnulls(x.track_id, x.problem_id) = 0
    ORDER BY x.award_id;

    INSERT INTO criterion (hackathon_round_id, ordinal, name_en, name_zh, weight, most)
    SELECT y.hackathon_round_id, c.ordinal, c.name_en, c.name_zh, c.weight, c.most
    FROM hackathon_round x
    JOIN hackathon_round y ON y.event_id = new_id AND y.ordinal = x.ordinal
    JOIN criterion c ON c.hackathon_round_id = x.hackathon_round_id
    WHERE x.event_id = e.event_id
    ORDER BY c.criterion_id;

    INSERT INTO event_format (event_id, format_code, ordinal, at_least, at_most, minutes)
    SELECT new_id, x.format_code, x.ordinal, x.at_least, x.at_most, x.minutes
    FROM event_format x
    WHERE x.event_id = e.event_id
    ORDER BY x.event_format_id;

    -- A room that is taken or closed then is left out; the constraints decide,
    -- so that nobody can take it in between.
    FOR r IN
        SELECT x.session_id, x.format_code, x.changeover, CASE WHEN taken_by IS NULL THEN x.room_id END AS room_id,
               CASE WHEN NOT f.has_speakers THEN x.title_en END AS title_en,
               CASE WHEN NOT f.has_speakers THEN x.title_zh END AS title_zh,
               CASE WHEN NOT f.has_speakers THEN x.abstract END AS abstract, x.track,
               _shifted(x.starts_at, later, e.time_zone) AS starts_at, _shifted_end(x.starts_at, x.ends_at, later, e.time_zone) AS ends_at
        FROM session x
        JOIN session_format f USING (format_code)
        WHERE x.event_id = e.event_id AND (agenda = 'all' OR (agenda = 'breaks' AND NOT f.has_speakers))
        ORDER BY x.starts_at, x.session_id
    LOOP
        BEGIN
            INSERT INTO session (event_id, format_code, title_en, title_zh, abstract, track, room_id, starts_at, ends_at, changeover)
            VALUES (new_id, r.format_code, r.title_en, r.title_zh, r.abstract, r.track, r.room_id, r.starts_at, r.ends_at, r.changeover)
            RETURNING session_id INTO row_id;
        EXCEPTION WHEN exclusion_violation OR check_violation THEN
            RAISE NOTICE USING MESSAGE = format(salon.say('room %s is taken or closed at %s: the copy of session %s has none'), r.room_id, r.starts_at, r.session_id);
            INSERT INTO session (event_id, format_code, title_en, title_zh, abstract, track, starts_at, ends_at, changeover)
            VALUES (new_id, r.format_code, r.title_en, r.title_zh, r.abstract, r.track, r.starts_at, r.ends_at, r.changeover)
            RETURNING session_id INTO row_id;
        END;
        INSERT INTO session_seating (session_id, side, capacity)
        SELECT row_id, x.side, x.capacity
        FROM session_seating x
        WHERE x.session_id = r.session_id;
    END LOOP;

    INSERT INTO slot (event_id, room_id, format_code, starts_at, ends_at, is_made)
    SELECT new_id, x.room_id, x.format_code,
           _shifted(x.starts_at, later, e.time_zone), _shifted_end(x.starts_at, x.ends_at, later, e.time_zone), x.is_made
    FROM slot x
    WHERE x.event_id = e.event_id AND taken_by IS NULL
      -- two of the hour that the clock shows twice
      AND NOT EXISTS (SELECT FROM slot y
                      WHERE y.event_id = x.event_id AND y.room_id = x.room_id AND y.slot_id < x.slot_id
                        AND tstzrange(_shifted(y.starts_at, later, e.time_zone), _shifted_end(y.starts_at, y.ends_at, later, e.time_zone))
                            && tstzrange(_shifted(x.starts_at, later, e.time_zone), _shifted_end(x.starts_at, x.ends_at, later, e.time_zone)))
    ORDER BY x.slot_id;

    -- Likewise a helper who cannot: the shift then has nobody.
    FOR s IN SELECT * FROM shift x WHERE x.event_id = e.event_id ORDER BY x.shift_id LOOP
        INSERT INTO shift (event_id, duty_code, starts_at, ends_at, minimum, maximum)
        VALUES (new_id, s.duty_code, _shifted(s.starts_at, later, e.time_zone), _shifted_end(s.starts_at, s.ends_at, later, e.time_zone),
                s.minimum, s.maximum)
        RETURNING shift_id INTO row_id;
        FOR r IN
            SELECT CASE WHEN with_holders THEN x.party_id END AS party_id, x.whole_event,
                   CASE WHEN s.starts_at IS NULL AND NOT x.whole_event THEN _shifted(x.starts_at, later, e.time_zone) END AS starts_at,
                   CASE WHEN s.starts_at IS NULL AND NOT x.whole_event THEN _shifted_end(x.starts_at, x.ends_at, later, e.time_zone) END AS ends_at,
                   array_agg(x.event_duty_id) AS ids
            FROM event_duty x
            WHERE x.shift_id = s.shift_id AND (x.status_code <> 'declined' OR NOT with_holders)
            GROUP BY 1, 2, 3, 4
            ORDER BY min(x.event_duty_id)
        LOOP
            BEGIN
                BEGIN
                    INSERT INTO event_duty (event_id, duty_code, shift_id, party_id, status_code, whole_event, starts_at, ends_at)
                    VALUES (new_id, s.duty_code, row_id, r.party_id, CASE WHEN r.party_id IS NULL THEN 'open' ELSE 'proposed' END,
                            r.whole_event, r.starts_at, r.ends_at)
                    RETURNING event_duty_id INTO duty_id;
                EXCEPTION WHEN exclusion_violation OR check_violation THEN
                    RAISE NOTICE USING MESSAGE = format(salon.say('party %s cannot do "%s" at the time of the copy: nobody does it'), r.party_id, s.duty_code);
                    INSERT INTO event_duty (event_id, duty_code, shift_id, whole_event, starts_at, ends_at)
                    VALUES (new_id, s.duty_code, row_id, r.whole_event, r.starts_at, r.ends_at)
                    RETURNING event_duty_id INTO duty_id;
                END;
            EXCEPTION WHEN unique_violation THEN -- it stands there already
                duty_id := NULL;
            END;
            INSERT INTO remark (event_duty_id, note)
            SELECT duty_id, m.note FROM remark m WHERE m.event_duty_id = ANY (r.ids) AND duty_id IS NOT NULL
            ORDER BY m.note LIMIT 1;
        END LOOP;
    END LOOP;

    INSERT INTO event_item (event_id, item_code, name_en, name_zh, phase_code, party_id, due_at)
    SELECT new_id, x.template_item_code, x.name_en, x.name_zh, x.phase_code,
           CASE WHEN with_holders THEN x.party_id END, _shifted(x.due_at, later, e.time_zone)
    FROM event_item x
    WHERE x.event_id = e.event_id
      AND (x.template_item_code IS NULL OR x.due_at IS NOT NULL OR (with_holders AND x.party_id IS NOT NULL))
    ORDER BY x.event_item_id;

    FOR r IN SELECT * FROM supply x WHERE x.event_id = e.event_id ORDER BY x.supply_id LOOP
        INSERT INTO supply (event_id, resource_code, quantity, valid_from, valid_before, city_code, priority)
        VALUES (new_id, r.resource_code, r.quantity, r.valid_from + days, r.valid_before + days, r.city_code, r.priority)
        RETURNING supply_id INTO row_id;
        INSERT INTO remark (supply_id, note) SELECT row_id, m.note FROM remark m WHERE m.supply_id = r.supply_id;
    END LOOP;

    -- An end first, then the means that serve it.
    FOR r IN SELECT * FROM demand x WHERE x.event_id = e.event_id ORDER BY x.serves_id IS NOT NULL, x.demand_id LOOP
        INSERT INTO demand (event_id, resource_code, quantity, valid_from, valid_before, city_code, priority,
                            purpose, serves_id, metric_kind, metric)
        VALUES (new_id, r.resource_code, r.quantity, r.valid_from + days, r.valid_before + days, r.city_code, r.priority,
                r.purpose, coalesce((demand_ids ->> r.serves_id::text)::bigint, r.serves_id), r.metric_kind, r.metric)
        RETURNING demand_id INTO row_id;
        INSERT INTO remark (demand_id, note) SELECT row_id, m.note FROM remark m WHERE m.demand_id = r.demand_id;
        demand_ids := demand_ids || jsonb_build_object(r.demand_id::text, row_id);
    END LOOP;

    INSERT INTO seating (event_id, side, capacity, rule_code, party_seats)
    SELECT new_id, x.side, x.capacity, x.rule_code, x.party_seats
    FROM seating x
    WHERE x.event_id = e.event_id
    ORDER BY x.seating_id;

    INSERT INTO event_check (event_id, check_code, side, is_required)
    SELECT new_id, x.check_code, x.side, x.is_required
    FROM event_check x
    WHERE x.event_id = e.event_id
    ORDER BY x.event_check_id;

    FOR r IN SELECT * FROM package x WHERE x.event_id = e.event_id ORDER BY x.package_id LOOP
        INSERT INTO package (event_id, ordinal, name_en, name_zh, benefits, price, quantity, part_code, closes_at, sign_days)
        VALUES (new_id, r.ordinal, r.name_en, r.name_zh, r.benefits, r.price, r.quantity, r.part_code,
                _shifted(r.closes_at, later, e.time_zone), r.sign_days)
        RETURNING package_id INTO row_id;
        INSERT INTO remark (package_id, note) SELECT row_id, m.note FROM remark m WHERE m.package_id = r.package_id;
    END LOOP;

    INSERT INTO cost (event_id, cost_kind_code, payer_id, planned)
    SELECT new_id, x.cost_kind_code, CASE WHEN with_parties THEN x.payer_id END, x.planned
    FROM cost x
    WHERE x.event_id = e.event_id AND x.planned IS NOT NULL
    ORDER BY x.cost_id;

    INSERT INTO audience (event_id, profession_code, industry_code, city_code, region_code, age_from, age_below,
                          income_from, income_below, planned)
    SELECT new_id, x.profession_code, x.industry_code, x.city_code, x.region_code, x.age_from, x.age_below,
           x.income_from, x.income_below, x.planned
    FROM audience x
    WHERE x.event_id = e.event_id AND x.planned IS NOT NULL
    ORDER BY x.audience_id;

    INSERT INTO reach (event_id, medium_code, planned_pv)
    SELECT new_id, x.medium_code, x.planned_pv
    FROM reach x
    WHERE x.event_id = e.event_id AND x.planned_pv IS NOT NULL
    ORDER BY x.reach_id;

    INSERT INTO post (event_id, channel_id, planned_at, planned_views)
    SELECT new_id, x.channel_id, _shifted(x.planned_at, later, e.time_zone), max(x.planned_views)
    FROM post x
    WHERE x.event_id = e.event_id AND x.planned_at IS NOT NULL
    GROUP BY 2, 3
    ORDER BY min(x.post_id);

    FOR r IN
        SELECT x.metric_id, x.kind, x.drives_id, x.demand_id, x.ordinal, x.name_en, x.name_zh, x.unit, x.is_less_better, x.target, x.due_on,
               x.fact, x.outcome_kind_code
        FROM metric x
        WHERE x.event_id = e.event_id
        ORDER BY x.drives_id IS NOT NULL, x.metric_id
    LOOP
        INSERT INTO metric (event_id, kind, drives_id, demand_id, ordinal, name_en, name_zh, unit, is_less_better, target, due_on, fact, outcome_kind_code)
        VALUES (new_id, r.kind, coalesce((metric_ids ->> r.drives_id::text)::bigint, r.drives_id),
                (demand_ids ->> r.demand_id::text)::bigint,
                r.ordinal, r.name_en, r.name_zh, r.unit, r.is_less_better, r.target, r.due_on + days, r.fact, r.outcome_kind_code)
        RETURNING metric_id INTO row_id;
        INSERT INTO remark (metric_id, note) SELECT row_id, m.note FROM remark m WHERE m.metric_id = r.metric_id;
        metric_ids := metric_ids || jsonb_build_object(r.metric_id::text, row_id);
    END LOOP;

    FOR r IN
        SELECT x.survey_id, x.purpose, x.side, x.name_en, x.name_zh, x.planned_responses
        FROM survey x WHERE x.event_id = e.event_id ORDER BY x.survey_id
    LOOP
        INSERT INTO survey (event_id, purpose, side, name_en, name_zh, planned_responses)
        VALUES (new_id, r.purpose, r.side, r.name_en, r.name_zh, r.planned_responses)
        RETURNING survey_id INTO row_id;
        INSERT INTO remark (survey_id, note) SELECT row_id, m.note FROM remark m WHERE m.survey_id = r.survey_id;
        INSERT INTO question (survey_id, question_code, ordinal, kind, text_en, text_zh, is_required, is_wish, value_from, value_to)
        SELECT row_id, x.question_code, x.ordinal, x.kind, x.text_en, x.text_zh, x.is_required, x.is_wish, x.value_from, x.value_to
        FROM question x
        WHERE x.survey_id = r.survey_id
        ORDER BY x.question_id;
        INSERT INTO question_option (question_id, option_code, ordinal, name_en, name_zh, city_code)
        SELECT n.question_id, x.option_code, x.ordinal, x.name_en, x.name_zh, x.city_code
        FROM question_option x
        JOIN question q ON q.question_id = x.question_id
        JOIN question n ON n.survey_id = row_id AND n.question_code = q.question_code
        WHERE q.survey_id = r.survey_id
        ORDER BY x.question_option_id;
    END LOOP;

    RETURN new_id;
END
$$;

COMMENT ON FUNCTION copy_event(bigint, timestamptz, text, text, text, boolean, boolean, timestamp) IS
'Copy an event to another start, with every date shifted on the clock of its place; returns the new event_id. View copy_decision says what is copied. Without a name: the same names. agenda: none, breaks or all; with_parties: parts and payers too; with_holders: those who do the duties too. A venue, room or helper that is taken then is left out, with a notice. Errors: 23503 no such event; 22023 no start, an event without times, agenda not known / 复制活动';
