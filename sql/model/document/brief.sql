-- Pages of an event: the brief in the sections of its checklist, what attendees
-- need, and what organizers need.  Each is a document that salon.page_html and
-- salon.page_markdown write out.

-- What there is to tell of a rule of the checklist, or of what else a page
-- shows: blocks, none if nothing is known.  Who does not organize the event is
-- told what everybody sees of it.  PL/pgSQL keeps the plan of each statement, and
-- asks for no right on what is not for its reader; of one event all is found by
-- index.
CREATE FUNCTION _section(e _planned_event, what text, argument text, organizes boolean) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    blocks jsonb := '[]';
    rows jsonb;
    day date;
    days bigint;
BEGIN
    CASE what
    WHEN 'name' THEN
        RETURN salon._block('text', salon._cell(salon.label(nullif(salon.trimmed(e.name_en), ''), nullif(salon.trimmed(e.name_zh), ''))))
               || salon._block('facts', (
                   SELECT jsonb_build_array(jsonb_build_array(salon._cell(salon.label('series', '系列')), salon._cell(salon.label(s.name_en, s.name_zh))))
                   FROM series s
                   WHERE s.series_id = e.series_id));

    WHEN 'introduction' THEN
        RETURN salon._block('text', salon._cell(nullif(salon.trimmed(e.introduction), ''))) || _section(e, 'link', 'page', false);

    WHEN 'part', 'logo' THEN
        IF organizes AND (what = 'part' OR argument = 'sponsor') THEN
            SELECT jsonb_object_agg(x.giver_id, x.lines)
            INTO rows
            FROM (SELECT g.giver_id, jsonb_agg(salon._cell(coalesce(g.package || salon.say(': '), '') || g.what || salon.say(' (') || g.status || salon.say(')')) ORDER BY g.agreement_id) AS lines
                  FROM (SELECT c.giver_id, c.agreement_id, c.package, c.status,
                               string_agg(c.what || coalesce(' × ' || c.quantity, ' ' || c.amount, ''), salon.say(', ') ORDER BY c.ordinal, c.commitment_id) AS what
                        FROM commitment_list c
                        WHERE c.event_id = e.event_id AND c.giver_id IS NOT NULL AND c.status_code IN ('proposed', 'reserved', 'signed', 'fulfilled')
                        GROUP BY c.giver_id, c.agreement_id, c.package, c.status) g
                  GROUP BY g.giver_id) x;
        END IF;
        blocks := salon._block('entries', (
            SELECT jsonb_agg(jsonb_build_array(
                       salon._cell(_party_label(p.party_id, p.name_en, p.name_zh), p.website),
                       CASE WHEN argument IN ('sponsor', 'all') THEN salon._cell(x.parts) END,
                       CASE WHEN what = 'logo' THEN salon._cell(nullif(salon.trimmed(p.introduction), '')) END,
                       (SELECT salon._cell(salon.label('logo', 'LOGO'), a.url)
                        FROM asset a
                        WHERE what = 'logo' AND a.party_id = p.party_id AND a.asset_kind_code = 'logo' AND (a.state = 'published' OR (organizes AND a.state = 'ready')) AND a.url IS NOT NULL
                        ORDER BY a.asset_id DESC
                        LIMIT 1)) || coalesce(rows -> p.party_id::text, '[]') ORDER BY x.ordinal, x.place)
            FROM (SELECT ep.party_id, min(t.ordinal) AS ordinal, min(ep.event_party_id) AS place,
                         string_agg(salon.label(t.name_en, t.name_zh, t.part_code), salon.say(', ') ORDER BY t.ordinal, t.part_code) AS parts
                  FROM event_party ep
                  JOIN part t ON t.part_code = ep.part_code
                  WHERE ep.event_id = e.event_id
                    AND CASE argument WHEN 'all' THEN true WHEN 'sponsor' THEN t.is_sponsor ELSE t.part_code = argument END
                  GROUP BY ep.party_id) x
            JOIN party p ON p.party_id = x.party_id));
        IF what = 'part' AND argument = 'channel' THEN
            blocks := blocks || _section(e, 'post', NULL, organizes);
        END IF;
        RETURN blocks;

    WHEN 'headcount' THEN
        SELECT coalesce(jsonb_agg(jsonb_build_array(salon._cell(x.term), salon._cell(x.value)) ORDER BY x.n), '[]')
        INTO rows
        FROM (SELECT CASE argument WHEN 'on_site' THEN e.planned_on_site ELSE e.planned_online END AS planned,
                     CASE argument WHEN 'on_site' THEN e.actual_on_site ELSE e.actual_online END AS actual,
                     CASE argument WHEN 'on_site' THEN e.on_site_basis ELSE e.online_basis END AS basis) v
        CROSS JOIN LATERAL (VALUES
            (1, salon.label('planned', '计划'), v.planned::text),
            (2, salon.label('actual', '实际'),
             v.actual || salon.say(' (') || CASE v.basis WHEN 'claimed' THEN salon.label('claimed', '自报') ELSE salon.label('measured', '实测') END || salon.say(')'))) x (n, term, value)
        WHERE x.value IS NOT NULL;
        IF organizes THEN
            rows := rows || coalesce((
                SELECT jsonb_agg(jsonb_build_array(salon._cell(x.term), salon._cell(x.value)) ORDER BY x.n)
                FROM headcount h
                CROSS JOIN LATERAL (VALUES
                    (1, salon.label('registered', '已报名'), h.registered || coalesce(salon.label(' of ', '/') || h.capacity, '')),
                    (2, salon.label('waiting', '候补'), nullif(h.waiting, 0)::text),
                    (3, salon.label('checked in', '已签到'), nullif(h.checked_in, 0)::text)) x (n, term, value)
                WHERE h.event_id = e.event_id AND h.side = argument AND x.value IS NOT NULL), '[]');
        END IF;
        RETURN salon._block('facts', nullif(rows, '[]'));

    WHEN 'seats' THEN
        IF NOT has_table_privilege('seating'::regclass, 'SELECT') OR NOT (e.is_open OR organizes) THEN
            RETURN blocks;
        END IF;
        RETURN salon._block('facts', (
            SELECT jsonb_agg(jsonb_build_array(
                       salon._cell(_side_label(s.side)),
                       CASE WHEN organizes THEN salon._cell(salon.label('registered ', '已报名 ') || p.booked || coalesce(salon.label(' of ', '/') || s.capacity, '')) END,
                       CASE WHEN organizes AND s.waiting > 0 THEN salon._cell(salon.label('waiting ', '候补 ') || s.waiting) END,
                       salon._cell(CASE WHEN NOT e.is_open THEN NULL
                                        WHEN NOT s.is_open THEN salon.label('registration is closed', '报名已关闭')
                                        WHEN p.free > 0 THEN p.free || salon.label(' seats free', ' 个空位')
                                        WHEN p.free = 0 THEN salon.label('full: a waiting list', '已满，可候补')
                                        ELSE salon.label('no limit', '不限人数') END)) ORDER BY s.side = 'online')
            FROM seating s
            CROSS JOIN LATERAL _places(s.event_is_off, s.capacity, s.taken) p
            WHERE s.event_id = e.event_id AND (s.side = argument) IS NOT FALSE AND NOT s.event_is_off));

    WHEN 'link' THEN
        blocks := salon._block('list', (
            SELECT jsonb_agg(salon._cell(coalesce(l.name || coalesce(salon.say(' (') || n.title || salon.say(')'), ''), n.title), l.url) ORDER BY l.link_id)
            FROM link l
            LEFT JOIN LATERAL (SELECT _session_label(s.title_en, s.title_zh, f.name_en, f.name_zh, f.format_code) AS title
                               FROM session s
                               JOIN session_format f ON f.format_code = s.format_code
                               WHERE s.session_id = l.session_id) n ON true
            WHERE l.event_id = e.event_id AND l.link_kind_code = argument));
        IF argument = 'registration' THEN
            blocks := blocks || _section(e, 'seats', NULL, organizes) || _section(e, 'registration_channel', NULL, organizes);
        ELSIF argument = 'survey' AND organizes THEN
            blocks := blocks || _section(e, 'survey', NULL, true);
        END IF;
        RETURN blocks;

    WHEN 'time' THEN
        RETURN salon._block('facts', (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(_day_label(h.held_on)),
                                               salon._cell(_clock(h.starts_at, e.time_zone, 'HH24:MI') || ' – '
                                                           || _clock(h.ends_at, e.time_zone, CASE WHEN h.held_on = (h.ends_at AT TIME ZONE e.time_zone)::date THEN 'HH24:MI' ELSE 'YYYY-MM-DD HH24:MI' END)
                                                           || salon.say(' (') || e.time_zone || salon.say(')'))) ORDER BY h.day)
            FROM event_hours h
            WHERE h.event_id = e.event_id));

    WHEN 'place' THEN
        RETURN salon._block('facts', (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(x.term), salon._cell(x.value), salon._cell(x.more)) ORDER BY x.n, x.id)
            FROM (SELECT 1 AS n, 0::bigint AS id, salon.label('city', '城市') AS term, salon.label(c.name_en, c.name_zh, c.city_code) AS value, NULL AS more
                  FROM city c
                  WHERE c.city_code = e.city_code
                  UNION ALL
                  SELECT 2, v.venue_id, salon.label('venue', '场地'), v.name, v.address
                  FROM venue v
                  WHERE v.venue_id IN (SELECT e.venue_id UNION ALL SELECT r.venue_id FROM session s JOIN room r ON r.room_id = s.room_id WHERE s.event_id = e.event_id)
                  UNION ALL
                  SELECT 3, r.room_id, salon.label('room', '会议室'), r.name, r.capacity || salon.label(' seats', ' 座')
                  FROM room r
                  WHERE r.room_id IN (SELECT s.room_id FROM session s WHERE s.event_id = e.event_id)
                  UNION ALL
                  SELECT 4, 0, salon.label('online', '线上'), salon.label('only', '仅线上'), NULL
                  WHERE e.planned_on_site = 0) x));

    WHEN 'agenda', 'session' THEN
        SELECT count(DISTINCT (s.starts_at AT TIME ZONE e.time_zone)::date) INTO days FROM session s WHERE s.event_id = e.event_id;
        FOR day, rows IN
            WITH RECURSIVE kind (format_code) AS (
                SELECT argument
                UNION
                SELECT f.format_code
                FROM kind k
                JOIN session_format f ON f.parent_code = k.format_code
            )
            SELECT (s.starts_at AT TIME ZONE e.time_zone)::date,
                   jsonb_agg(jsonb_build_array(salon._cell(coalesce(_clock(s.starts_at, e.time_zone, 'HH24:MI') || '–' || _clock(s.ends_at, e.time_zone, 'HH24:MI'), salon.label('to be set', '待定'))),
                                               salon._cell(coalesce(t.title || coalesce(salon.say(' (') || nullif(f.format, t.title) || salon.say(')'), ''), f.format)),
                                               salon._cell(k.speakers), salon._cell(r.name)) ORDER BY s.starts_at, s.room_id, s.session_id)
            FROM session s
            CROSS JOIN LATERAL (SELECT salon.label(f.name_en, f.name_zh, f.format_code) AS format FROM session_format f WHERE f.format_code = s.format_code) f
            CROSS JOIN LATERAL (SELECT salon.label(s.title_en, s.title_zh) AS title) t
            LEFT JOIN room r ON r.room_id = s.room_id
            CROSS JOIN LATERAL (
                SELECT string_agg(_party_label(p.party_id, p.name_en, p.name_zh), salon.say(', ') ORDER BY k.speaker_id) AS speakers
                FROM speaker k
                JOIN party p ON p.party_id = k.person_id
                WHERE k.session_id = s.session_id AND NOT k.is_declined) k
            WHERE s.event_id = e.event_id AND (what = 'agenda' OR s.format_code IN (SELECT k.format_code FROM kind k))
            GROUP BY 1
            ORDER BY 1
        LOOP
            blocks := blocks || CASE WHEN days > 1 OR day IS NULL THEN salon._block('text', salon._cell(coalesce(_day_label(day), salon.label('without a time yet', '时间待定')))) ELSE '[]' END
                      || salon._table(ARRAY[salon.label('time', '时间'), salon.label('session', '环节'), salon.label('speaker', '讲师'), salon.label('room', '会议室')], rows, 'agenda');
        END LOOP;
        RETURN blocks;

    WHEN 'notice' THEN
        RETURN salon._block('list', (
            SELECT jsonb_agg(salon._cell(salon.label(n.text_en, n.text_zh)) ORDER BY n.ordinal)
            FROM notice n
            WHERE n.event_id = e.event_id));

    WHEN 'check' THEN
        RETURN salon._block('list', (
            SELECT jsonb_agg(salon._cell(salon.label(k.name_en, k.name_zh, k.check_code) || CASE WHEN c.is_required THEN '' ELSE salon.label(' (if you have it)', '（如有）') END) ORDER BY k.ordinal, k.check_code)
            FROM event_check c
            JOIN check_kind k ON k.check_code = c.check_code
            WHERE c.event_id = e.event_id));

    WHEN 'duty' THEN
        IF NOT organizes THEN
            RETURN blocks;
        END IF;
        RETURN salon._table(ARRAY[salon.label('duty', '会务'), salon.label('who', '负责人'), salon.label('asked', '待确认'), salon.label('filled', '到位')], (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(x.duty), salon._cell(x.who), salon._cell(x.asked), salon._cell(x.confirmed || salon.label(' of ', '/') || greatest(x.minimum, x.confirmed))) ORDER BY x.ordinal, x.duty)
            FROM (SELECT u.ordinal, salon.label(u.name_en, u.name_zh, u.duty_code) AS duty,
                         (SELECT sum(s.minimum) FROM shift s WHERE s.event_id = e.event_id AND s.duty_code = u.duty_code) AS minimum,
                         count(*) FILTER (WHERE d.status_code = 'confirmed') AS confirmed,
                         string_agg(DISTINCT party_label(d.party_id), salon.say(', ')) FILTER (WHERE d.status_code = 'confirmed') AS who,
                         string_agg(DISTINCT party_label(d.party_id), salon.say(', ')) FILTER (WHERE d.status_code = 'proposed') AS asked
                  FROM duty u
                  LEFT JOIN event_duty d ON d.event_id = e.event_id AND d.duty_code = u.duty_code
                  WHERE u.duty_code IN (SELECT s.duty_code FROM shift s WHERE s.event_id = e.event_id)
                  GROUP BY u.duty_code) x
            WHERE x.confirmed > 0 OR x.minimum > 0));

    WHEN 'qr' THEN
        RETURN (SELECT salon._block('codes', jsonb_agg(x.cells ORDER BY x.link_kind_code DESC, x.link_id) FILTER (WHERE x.url IS NOT NULL))
                       || salon._block('facts', jsonb_agg(x.cells ORDER BY x.link_kind_code DESC, x.link_id) FILTER (WHERE x.url IS NULL))
                FROM (SELECT l.link_id, l.link_kind_code, l.url, jsonb_build_array(salon._cell(salon.label(k.name_en, k.name_zh, k.link_kind_code)), salon._cell(l.name, l.url)) AS cells
                      FROM link l
                      JOIN link_kind k ON k.link_kind_code = l.link_kind_code
                      WHERE l.event_id = e.event_id AND l.link_kind_code IN ('live', 'group')) x);

    WHEN 'speaker', 'speaker_introduction', 'speaker_photo' THEN
        blocks := salon._block('entries', (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(_party_label(p.party_id, p.name_en, p.name_zh), p.website), salon._cell(a.post),
                                               CASE WHEN what = 'speaker_introduction' THEN salon._cell(nullif(salon.trimmed(p.introduction), '')) END,
                                               CASE WHEN what = 'speaker_photo' THEN x.photo END) ORDER BY k.place)
            FROM (SELECT k.person_id, min(k.speaker_id) AS place FROM speaker k WHERE k.event_id = e.event_id AND NOT k.is_declined GROUP BY k.person_id) k
            JOIN party p ON p.party_id = k.person_id
            LEFT JOIN LATERAL (
                SELECT concat_ws(salon.say(', '), a.title, party_label(a.organization_id)) AS post
                FROM affiliation a
                WHERE a.person_id = k.person_id AND (a.until > coalesce(_event_date(e.starts_at, e.time_zone), _today())) IS NOT FALSE
                ORDER BY a.affiliation_id DESC
                LIMIT 1) a ON true
            LEFT JOIN LATERAL (
                SELECT salon._cell(salon.label('photo', '照片'), a.url) AS photo
                FROM asset a
                WHERE what = 'speaker_photo' AND a.party_id = k.person_id AND a.asset_kind_code = 'photo' AND (a.state = 'published' OR (organizes AND a.state = 'ready')) AND a.url IS NOT NULL
                ORDER BY a.event_id IS NOT NULL, a.asset_id DESC
                LIMIT 1) x ON true
            WHERE what <> 'speaker_photo' OR x.photo IS NOT NULL));
        IF what = 'speaker_introduction' THEN
            blocks := blocks || salon._block('entries', (
                SELECT jsonb_agg(jsonb_build_array(salon._cell(_session_label(s.title_en, s.title_zh, NULL, NULL, NULL)), salon._cell(salon.trimmed(s.abstract))) ORDER BY s.starts_at, s.session_id)
                FROM session s
                WHERE s.event_id = e.event_id AND salon.is_text(s.abstract)));
        END IF;
        RETURN blocks;

    WHEN 'asset' THEN
        RETURN coalesce((
            SELECT jsonb_agg(b.block ORDER BY a.asset_id)
            FROM asset a
            JOIN asset_kind k ON k.asset_kind_code = a.asset_kind_code
            CROSS JOIN LATERAL jsonb_array_elements(salon._block('list', CASE WHEN a.url IS NOT NULL THEN jsonb_build_array(salon._cell(salon.label(k.name_en, k.name_zh, k.asset_kind_code), a.url)) END)
                                                    || salon._block('text', salon._cell(nullif(salon.trimmed(a.body), '')))) b (block)
            WHERE a.event_id = e.event_id AND a.asset_kind_code = argument AND (a.state = 'published' OR (organizes AND a.state = 'ready'))), '[]');

    WHEN 'event_media' THEN
        RETURN salon._block('facts', (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(salon.label(k.name_en, k.name_zh, k.asset_kind_code)), salon._cell(party_label(a.party_id)), salon._cell(NULL, a.url)) ORDER BY k.asset_kind_code, a.asset_id)
            FROM asset a
            JOIN asset_kind k ON k.asset_kind_code = a.asset_kind_code
            WHERE a.event_id = e.event_id AND a.asset_kind_code IN ('photo', 'video', 'short_video') AND (a.state = 'published' OR (organizes AND a.state = 'ready'))));

    WHEN 'slides' THEN
        RETURN salon._block('entries', (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(session_label(s.session_id)), salon._cell(k.speakers), salon._cell(NULL, a.url)) ORDER BY s.starts_at, s.session_id, a.asset_id)
            FROM session s
            JOIN asset a ON a.session_id = s.session_id
            CROSS JOIN LATERAL (SELECT string_agg(party_label(k.person_id), salon.say(', ') ORDER BY k.speaker_id) AS speakers FROM speaker k WHERE k.session_id = s.session_id AND NOT k.is_declined) k
            WHERE s.event_id = e.event_id AND a.asset_kind_code = 'slides' AND (a.state = 'published' OR (organizes AND a.state = 'ready'))));

    WHEN 'equipment' THEN
        RETURN salon._block('list', (SELECT jsonb_agg(salon._cell(f.what)) FROM _fact(e, what, argument) f WHERE f.is_there));

    WHEN 'future_plan' THEN
        IF organizes THEN
            RETURN salon._block('text', salon._cell((SELECT f.plan FROM follow_up f WHERE f.event_id = e.event_id)))
                   || salon._table(ARRAY[salon.label('what', '类别'), salon.label('which', '内容'), salon.label('city', '城市'), salon.label('day', '日期'), salon.label('wished by', '期望人数')], (
                       SELECT jsonb_agg(jsonb_build_array(salon._cell(f.kind), salon._cell(f.what), salon._cell(f.city), salon._cell(_day_label(f.on_day)), salon._cell(f.wished::text)) ORDER BY f.kind_code, f.ordinal)
                       FROM future_plan f
                       WHERE f.event_id = e.event_id AND f.kind_code NOT IN ('plan', 'city') AND f.ordinal <= 5));
        END IF;
        RETURN salon._block('facts', (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(_day_label(x.held_on)), salon._cell(x.event), salon._cell(x.city)) ORDER BY x.held_on, x.event_id)
            FROM (SELECT n.event_id, _event_date(n.starts_at, n.time_zone) AS held_on, _event_label(n.event_id, n.name_en, n.name_zh) AS event,
                         (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c WHERE c.city_code = n.city_code) AS city
                  FROM event n
                  WHERE n.series_id = e.series_id AND n.starts_at >= e.ends_at AND n.status_code = 'announced'
                  ORDER BY n.starts_at, n.event_id
                  LIMIT 5) x));

    -- what everybody may be told of, where a page has it
    WHEN 'registration' THEN
        IF NOT has_table_privilege('registration'::regclass, 'SELECT') THEN
            RETURN blocks;
        END IF;
        RETURN salon._block('facts', (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(_side_label(r.side)), salon._cell(r.seats || CASE r.seats WHEN 1 THEN salon.label(' seat', ' 个席位') ELSE salon.label(' seats', ' 个席位') END),
                                               salon._cell(_status_label('registration', r.status_code)), salon._cell(b.sessions)) ORDER BY r.registration_id)
            FROM registration r
            CROSS JOIN LATERAL (
                SELECT string_agg(DISTINCT session_label(b.session_id), salon.say(', ')) AS sessions
                FROM booking b
                WHERE b.registration_id = r.registration_id AND b.cancelled_at IS NULL) b
            WHERE r.event_id = e.event_id AND (salon._among(r.party_id, '_my_party', 0) OR r.secret_hash = salon._secret_hash())))
               || salon._block('codes', (
                   SELECT jsonb_agg(jsonb_build_array(salon._cell(x.name), salon._cell(x.code)) ORDER BY x.registration_id, x.seat)
                   FROM (SELECT t.registration_id, t.seat, t.code, salon.label('ticket ', '电子票 ') || t.seat || salon.label(' of ', '/') || t.seats AS name
                         FROM ticket_list t
                         JOIN registration r ON r.registration_id = t.registration_id
                         WHERE t.event_id = e.event_id AND t.passed_at IS NULL AND e.is_open AND (salon._among(r.party_id, '_my_party', 0) OR r.secret_hash = salon._secret_hash())
                         ORDER BY t.registration_id, t.seat
                         LIMIT 20) x));
    ELSE
        NULL;
    END CASE;

    -- the organizers' own
    IF NOT organizes THEN
        RETURN blocks;
    END IF;
    CASE what
    WHEN 'post', 'follow_up_post' THEN
        RETURN salon._table(ARRAY[salon.label('channel', '渠道'), salon.label('planned', '计划'), salon.label('posted', '发布'), salon.label('views', '阅读量')], (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(channel_label(p.channel_id), p.url), salon._cell(_clock(p.planned_at, e.time_zone)), salon._cell(_clock(p.posted_at, e.time_zone)),
                                               salon._cell(coalesce(p.actual_views::text, salon.label('planned ', '计划 ') || p.planned_views))) ORDER BY coalesce(p.posted_at, p.planned_at), p.post_id)
            FROM post p
            WHERE p.event_id = e.event_id AND (what <> 'follow_up_post' OR p.posted_at >= e.ends_at)));

    WHEN 'registration_channel' THEN
        RETURN salon._table(ARRAY[salon.label('channel', '渠道'), salon.label('registered', '已报名'), salon.label('waiting', '候补'), salon.label('cancelled', '已取消')], (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(c.channel), salon._cell(c.registered::text), salon._cell(nullif(c.waiting, 0)::text), salon._cell(nullif(c.cancelled, 0)::text)) ORDER BY c.registered DESC, c.channel)
            FROM registration_channel c
            WHERE c.event_id = e.event_id AND c.registrations > 0));

    WHEN 'survey' THEN
        RETURN salon._block('entries', (
                   SELECT jsonb_agg(jsonb_build_array(salon._cell(s.survey, s.url), salon._cell(salon.label('questions: ', '问题：') || s.questions),
                                                      salon._cell(salon.label('responses: ', '答卷：') || s.responses || coalesce(salon.label(', planned ', '，计划 ') || s.planned_responses, ''))) ORDER BY s.survey_id)
                   FROM survey_summary s
                   WHERE s.event_id = e.event_id))
               || salon._block('list', (
                   SELECT jsonb_agg(salon._cell(salon.label(q.text_en, q.text_zh)) ORDER BY s.survey_id, q.ordinal, q.question_id)
                   FROM survey s
                   JOIN question q ON q.survey_id = s.survey_id
                   WHERE s.event_id = e.event_id));

    WHEN 'cost' THEN
        SELECT jsonb_agg(jsonb_build_array(salon._cell(x.kind), salon._cell(x.payer), salon._cell(x.planned::text), salon._cell(x.actual)) ORDER BY x.n, x.cost_id)
        INTO rows
        FROM (SELECT 1 AS n, c.cost_id, salon.label(k.name_en, k.name_zh, k.cost_kind_code) AS kind, party_label(c.payer_id) AS payer, c.planned,
                     c.actual || CASE c.actual_basis WHEN 'claimed' THEN salon.say(' (') || salon.label('claimed', '自报') || salon.say(')') ELSE '' END AS actual
              FROM cost c
              JOIN cost_kind k ON k.cost_kind_code = c.cost_kind_code
              WHERE c.event_id = e.event_id AND (c.cost_kind_code = argument) IS NOT FALSE
              UNION ALL
              SELECT 2, NULL, salon.label('in all', '合计') || salon.say(' (') || c.currency || salon.say(')'), NULL, c.planned, c.actual::text
              FROM event_cost c
              WHERE c.event_id = e.event_id AND argument IS NULL AND c.line_count > 0) x;
        RETURN salon._table(ARRAY[salon.label('cost', '费用'), salon.label('paid by', '承担方'), salon.label('planned', '预算'), salon.label('actual', '实际')], rows);

    WHEN 'checklist' THEN
        WITH item AS MATERIALIZED (SELECT * FROM checklist c WHERE c.event_id = e.event_id)
        SELECT (SELECT jsonb_agg(jsonb_build_array(salon._cell(c.item), salon._cell(c.missing), salon._cell(coalesce(c.owner, c.owner_duty)),
                                                   salon._cell(_clock(c.due_at, e.time_zone, 'YYYY-MM-DD') || CASE c.status_code WHEN 'overdue' THEN salon.say(' (') || c.status || salon.say(')') ELSE '' END))
                                 ORDER BY c.due_at, c.ordinal, c.item_code)
                FROM item c
                WHERE c.status_code IN ('open', 'overdue')),
               salon._block('facts', (
                   SELECT jsonb_agg(jsonb_build_array(salon._cell(x.status || salon.say(' (') || x.items || salon.say(')')), salon._cell(x.list)) ORDER BY x.status_code)
                   FROM (SELECT c.status_code, c.status, count(*) AS items,
                                string_agg(c.item || coalesce(salon.say(' (') || c.waived_reason || salon.say(')'), ''), salon.say(', ') ORDER BY c.ordinal, c.item_code) AS list
                         FROM item c
                         WHERE c.status_code NOT IN ('open', 'overdue')
                         GROUP BY c.status_code, c.status) x))
        INTO rows, blocks;
        RETURN salon._table(ARRAY[salon.label('item', '检查项'), salon.label('missing', '缺'), salon.label('owner', '负责'), salon.label('due', '截止')], rows) || blocks;

    WHEN 'late' THEN
        RETURN salon._table(ARRAY[salon.label('item', '检查项'), salon.label('owner', '负责'), salon.label('due', '截止'), salon.label('done at the earliest', '最早完成'), salon.label('because of', '受制于')], (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(l.item), salon._cell(coalesce(l.owner, l.owner_duty)), salon._cell(_clock(l.due_at, e.time_zone, 'YYYY-MM-DD')), salon._cell(_clock(l.done_at, e.time_zone, 'YYYY-MM-DD')), salon._cell(l.because_of))
                             ORDER BY l.done_at, l.item_code)
            FROM late_item l
            WHERE l.event_id = e.event_id));

    WHEN 'todo' THEN
        RETURN salon._table(ARRAY[salon.label('what', '事项'), salon.label('kind', '类别'), salon.label('who', '负责'), salon.label('due', '截止')], (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(t.what), salon._cell(t.kind), salon._cell(t.who),
                                               salon._cell(_clock(t.due_at, e.time_zone) || CASE WHEN t.is_overdue THEN salon.say(' (') || salon.label('overdue', '已逾期') || salon.say(')') ELSE '' END)) ORDER BY t.due_at, t.kind_code, t.code)
            FROM todo t
            WHERE t.event_id = e.event_id AND t.kind_code <> 'item'));

    WHEN 'exchange' THEN
        RETURN salon._table(ARRAY[salon.label('who gives', '提供方'), salon.label('to whom', '接受方'), salon.label('what', '内容'), salon.label('status', '状态'), salon.label('due', '截止')], (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(CASE WHEN c.giver_id IS NULL THEN salon.label('the event', '本活动') ELSE c.giver END),
                                               salon._cell(CASE WHEN c.taker_id IS NULL THEN salon.label('the event', '本活动') ELSE c.taker END), salon._cell(c.what || coalesce(' × ' || c.quantity, ' ' || c.amount, '')), salon._cell(c.status),
                                               salon._cell(CASE WHEN c.is_owed THEN _clock(c.due_at, e.time_zone) END)) ORDER BY c.agreement_id, c.ordinal, c.commitment_id)
            FROM commitment_list c
            WHERE c.event_id = e.event_id AND c.status_code IN ('proposed', 'reserved', 'signed', 'fulfilled')));

    WHEN 'wish' THEN
        RETURN salon._table(ARRAY[salon.label('party', '参与方'), salon.label('gives', '提供'), salon.label('got', '已得'), salon.label('to come', '待兑现'), salon.label('not met', '未满足')], (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(g.party), salon._cell(g.gave), salon._cell(g.got), salon._cell(g.to_come), salon._cell(g.not_got)) ORDER BY g.party_id)
            FROM gave_and_got g
            WHERE g.event_id = e.event_id AND num_nonnulls(g.gave, g.got, g.to_come, g.not_got) > 0));

    WHEN 'problem' THEN
        RETURN salon._block('entries', (
            SELECT jsonb_agg(jsonb_build_array(salon._cell(p.what), salon._cell(p.problem)) ORDER BY p.kind, p.id, p.problem)
            FROM event_problem p
            WHERE p.event_id = e.event_id));

    WHEN 'recap' THEN
        IF e.took_place THEN
            RETURN salon._table(ARRAY[salon.label('number', '指标'), salon.label('planned', '计划'), salon.label('actual', '实际'), salon.label('how sure', '依据')], (
                SELECT jsonb_agg(jsonb_build_array(salon._cell(r.item || coalesce(salon.say(' (') || r.unit || salon.say(')'), '')), salon._cell(trim_scale(r.planned)::text), salon._cell(r.actual_text), salon._cell(r.basis)) ORDER BY r.ordinal, r.item_code)
                FROM recap r
                WHERE r.event_id = e.event_id AND num_nonnulls(r.planned, r.actual) > 0));
        END IF;
    ELSE
        NULL;
    END CASE;
    RETURN blocks;
END
$$;

COMMENT ON FUNCTION _section(_planned_event, text, text, boolean) IS
'What a page shows of an event: blocks of what a rule of checklist_rule looks for, or of another section; for who organizes it also what is the organizers'' own; an empty array: nothing is known';

CREATE FUNCTION _day_label(day date) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN salon.label(to_char(day, 'FMDay, YYYY-MM-DD'),
                   to_char(day, 'YYYY-MM-DD ') || CASE extract(isodow FROM day) WHEN 1 THEN '周一' WHEN 2 THEN '周二' WHEN 3 THEN '周三' WHEN 4 THEN '周四' WHEN 5 THEN '周五' WHEN 6 THEN '周六' ELSE '周日' END);

COMMENT ON FUNCTION _day_label(date) IS 'A day with its name';

-- What a page has: facts in its head, and those of its sections of which there
-- is something to tell.
CREATE FUNCTION _page(event_id bigint, page text) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000
SET search_path FROM CURRENT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
DECLARE
    e _planned_event;
    organizes boolean;
    progress text;
    facts jsonb;
    sections jsonb;
BEGIN
    PERFORM _document_event(event_id);
    SELECT * INTO e FROM _planned_event x WHERE x.event_id = _page.event_id;
    organizes := NOT row_security_active('event'::regclass) OR _organizes_all() OR salon._among(event_id, '_organized_event', 50);
    IF page = 'organizer' AND NOT organizes THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format(salon.say('event %s is not yours to organize'), event_id),
            HINT = salon.say('attendee_page and brief show what everybody sees of it.');
    END IF;

    IF page <> 'brief' THEN
        SELECT jsonb_agg(jsonb_build_object('code', s.code, 'title', s.title, 'blocks', b.blocks) ORDER BY s.n)
        INTO sections
        FROM (VALUES
            (1,  'attendee',  'registration', salon.label('Your registration', '我的报名'), 'registration', NULL),
            (2,  'attendee',  'place',        salon.label('Where', '地点'), 'place', NULL),
            (3,  'attendee',  'notice',       salon.label('Please note', '注意事项'), 'notice', NULL),
            (4,  'attendee',  'check',        salon.label('What to show at the door', '签到须出示'), 'check', NULL),
            (5,  'attendee',  'register',     salon.label('Registration', '报名'), 'link', 'registration'),
            (6,  'attendee',  'online',       salon.label('Live stream and group chat', '在线直播与交流群'), 'qr', NULL),
            (7,  'attendee',  'introduction', salon.label('What it is about', '会议简介'), 'introduction', NULL),
            (8,  'attendee',  'agenda',       salon.label('Agenda', '议程'), 'agenda', NULL),
            (9,  'attendee',  'speakers',     salon.label('Speakers and topics', '讲师与议题'), 'speaker_introduction', NULL),
            (10, 'attendee',  'parties',      salon.label('Hosts, sponsors and partners', '主办、赞助与合作'), 'logo', 'all'),
            (11, 'attendee',  'survey',       salon.label('Tell us what you think', '问卷'), 'link', 'survey'),
            (12, 'attendee',  'replay',       salon.label('Replay', '视频回放'), 'link', 'replay'),
            (13, 'attendee',  'slides',       salon.label('Slides', '讲师PPT'), 'slides', NULL),
            (14, 'attendee',  'media',        salon.label('Photos and videos', '照片、视频'), 'event_media', NULL),
            (15, 'attendee',  'next',         salon.label('What comes next', '未来计划'), 'future_plan', NULL),
            (1,  'organizer', 'problem',      salon.label('What is wrong', '问题'), 'problem', NULL),
            (2,  'organizer', 'checklist',    salon.label('Checklist', '检查表'), 'checklist', NULL),
            (3,  'organizer', 'late',         salon.label('What will be late', '将会延误'), 'late', NULL),
            (4,  'organizer', 'todo',         salon.label('To do beside the checklist', '检查表以外的待办'), 'todo', NULL),
            (5,  'organizer', 'exchange',     salon.label('Who gives what to whom', '谁给谁什么'), 'exchange', NULL),
            (6,  'organizer', 'wish',         salon.label('What each party gives and gets', '各方的给与得'), 'wish', NULL),
            (7,  'organizer', 'agenda',       salon.label('Agenda', '议程'), 'agenda', NULL),
            (8,  'organizer', 'duty',         salon.label('Work group', '会务组'), 'duty', NULL),
            (9,  'organizer', 'seats',        salon.label('Seats', '席位'), 'seats', NULL),
            (10, 'organizer', 'cost',         salon.label('Budget', '费用'), 'cost', NULL),
            (11, 'organizer', 'post',         salon.label('Posts', '发布'), 'post', NULL),
            (12, 'organizer', 'recap',        salon.label('Planned and actual', '计划与实际'), 'recap', NULL)) s (n, page, code, title, what, argument)
        CROSS JOIN LATERAL (SELECT _section(e, s.what, s.argument, organizes AND _page.page = 'organizer') AS blocks OFFSET 0) b
        WHERE s.page = _page.page AND b.blocks <> '[]';
    ELSIF organizes THEN
        SELECT jsonb_agg(jsonb_strip_nulls(jsonb_build_object(
                   'ordinal', x.row_number, 'code', x.item_code, 'title', salon.escape(x.item, 'text'), 'state_code', x.status_code, 'state', x.status,
                   'blocks', x.blocks, 'missing', salon.escape(x.missing, 'text'), 'owner', CASE WHEN x.missing IS NOT NULL THEN salon.escape(coalesce(x.owner, x.owner_duty), 'text') END,
                   'due', CASE WHEN x.missing IS NOT NULL THEN _clock(x.due_at, e.time_zone) END)) ORDER BY x.row_number),
               count(*) FILTER (WHERE x.status_code = 'done') || salon.label(' of ', '/') || count(*)
        INTO sections, progress
        FROM (SELECT c.*, row_number() OVER (ORDER BY c.ordinal, c.item_code),
                     -- what somebody gives, or says, is there as well
                     coalesce(nullif(_section(e, c.rule_code, c.argument, true), '[]'), salon._block('text', salon._cell(c.evidence)))
                     || salon._block('text', salon._cell(salon.label('waived: ', '免去：') || c.waived_reason)) AS blocks
              FROM checklist c
              WHERE c.event_id = _page.event_id
              OFFSET 0) x;
    ELSE
        SELECT jsonb_agg(jsonb_build_object('code', x.item_code, 'title', salon.escape(x.item, 'text'), 'blocks', x.blocks) ORDER BY x.ordinal, x.item_code)
        INTO sections
        FROM (SELECT i.item_code, salon.label(i.name_en, i.name_zh, i.item_code) AS item, i.ordinal,
                     _section(e, i.rule_code, i.argument, false) AS blocks
              FROM checklist_item i
              WHERE i.template_code = e.template_code
              OFFSET 0) x
        WHERE x.blocks <> '[]';
    END IF;
    SELECT jsonb_agg(jsonb_build_array(salon._cell(x.term), salon._cell(x.value)) ORDER BY x.n)
    INTO facts
    FROM (VALUES
        (1, salon.label('when', '时间'),
         (SELECT CASE WHEN count(*) <= 7 THEN string_agg(_day_label(h.held_on) || ' ' || _clock(h.starts_at, e.time_zone, 'HH24:MI') || ' – ' || _clock(h.ends_at, e.time_zone, 'HH24:MI'), E'\n' ORDER BY h.day)
                      ELSE _clock_span(e.starts_at, e.ends_at, e.time_zone, ' – ') END || salon.say(' (') || e.time_zone || salon.say(')')
          FROM event_hours h
          WHERE h.event_id = e.event_id)),
        (2, salon.label('where', '地点'),
         nullif(concat_ws(salon.say(', '), (SELECT v.name FROM venue v WHERE v.venue_id = e.venue_id), (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c WHERE c.city_code = e.city_code),
                          CASE WHEN e.planned_on_site = 0 THEN salon.label('online', '线上') END), '')),
        (3, salon.label('host', '主办方'),
         (SELECT string_agg(party_label(p.party_id), salon.say(', ') ORDER BY p.event_party_id) FROM event_party p WHERE p.event_id = e.event_id AND p.part_code = 'host')),
        (4, salon.label('status', '状态'), CASE WHEN e.is_off OR (organizes AND page <> 'attendee') THEN _status_label('event', e.status_code) END),
        (5, salon.label('done', '已完成'), progress),
        (6, salon.label('as of', '截至'), CASE _page.page WHEN 'organizer' THEN _clock(now(), e.time_zone) END)) x (n, term, value)
    WHERE x.value IS NOT NULL;
    RETURN jsonb_build_object(
        'language', salon.lang(), 'event_id', event_id, 'page', page,
        'kind', CASE page WHEN 'brief' THEN salon.label('Brief', '活动简报') WHEN 'attendee' THEN salon.label('For attendees', '参会指南') ELSE salon.label('For organizers', '组织者手册') END,
        'title', salon.escape(_event_label(e.event_id, e.name_en, e.name_zh), 'text'),
        'facts', coalesce(facts, '[]'),
        'sections', coalesce(sections, '[]'));
END
$$;

COMMENT ON FUNCTION _page(bigint, text) IS
'A page of an event as a document: brief, attendee or organizer';

CREATE FUNCTION brief(event_id bigint) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 100000
RETURN _page(event_id, 'brief');

COMMENT ON FUNCTION brief(bigint) IS
'An event in the sections of its checklist, in the language of salon.lang: what is known of each; for who organizes it also the status, what is missing, whose it is and when it is due, for others only what is known. Errors: 23503 no such event that one sees / 活动简报';

CREATE FUNCTION brief_html(event_id bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100000
RETURN salon.page_html(brief(event_id));

COMMENT ON FUNCTION brief_html(bigint) IS
'The brief of an event as one HTML page, readable on a phone and on paper. Errors: 23503 no such event that one sees / 活动简报网页';

CREATE FUNCTION brief_markdown(event_id bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100000
RETURN salon.page_markdown(brief(event_id));

COMMENT ON FUNCTION brief_markdown(bigint) IS
'The brief of an event as Markdown. Errors: 23503 no such event that one sees / 活动简报 Markdown';

CREATE FUNCTION attendee_page(event_id bigint) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 100000
RETURN _page(event_id, 'attendee');

COMMENT ON FUNCTION attendee_page(bigint) IS
'What attendees of an event need, in the language of salon.lang: one''s own registration, when, where, what to heed and to show, where it is streamed, the agenda, who speaks. Errors: 23503 no such event that one sees / 参会指南';

CREATE FUNCTION attendee_html(event_id bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100000
RETURN salon.page_html(attendee_page(event_id));

COMMENT ON FUNCTION attendee_html(bigint) IS
'The same as one HTML page. Errors: 23503 no such event that one sees / 参会指南网页';

CREATE FUNCTION organizer_page(event_id bigint) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE COST 100000
RETURN _page(event_id, 'organizer');

COMMENT ON FUNCTION organizer_page(bigint) IS
'What organizers of an event need, in the language of salon.lang: what is wrong, missing, late and to be done, who gives what to whom, who works, seats, budget, posts, what came about. Errors: 23503 no such event that one sees; 42501 one does not organize it / 组织者手册';

CREATE FUNCTION organizer_html(event_id bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100000
RETURN salon.page_html(organizer_page(event_id));

COMMENT ON FUNCTION organizer_html(bigint) IS
'The same as one HTML page. Errors: as of organizer_page / 组织者手册网页';
