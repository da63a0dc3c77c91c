-- The agenda of an event for schedule apps: the JSON of c3voc, and the XML of
-- frab, which is made of it.

-- An ISO 8601 time on the clock of the event.
CREATE FUNCTION _schedule_time(at timestamptz, time_zone text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(at AT TIME ZONE time_zone, 'YYYY-MM-DD"T"HH24:MI:SS') || _offset(at, time_zone);

COMMENT ON FUNCTION _schedule_time(timestamptz, text) IS 'A moment as schedules have it: on the clock of a time zone, with its distance from UTC';

-- A session as an object, in the order of the fields of the published schema.
CREATE FUNCTION _schedule_session(entry calendar_entry, format_code text, room text, time_zone text) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT json_build_object(
        'guid', entry.uid,
        'id', entry.session_id,
        'date', _schedule_time(entry.starts_at, time_zone),
        'start', to_char(entry.starts_at AT TIME ZONE time_zone, 'HH24:MI'),
        'duration', to_char(entry.ends_at - entry.starts_at, 'HH24:MI'),
        'room', room,
        'slug', format('event_%s-session-%s', entry.event_id, entry.session_id),
        -- an address is asked for: what has none has its name
        'url', coalesce(salon.escape(entry.url, 'uri'), 'urn:uuid:' || entry.uid),
        'title', salon.escape(entry.title, 'text'),
        'subtitle', '',
        'track', coalesce(salon.escape((SELECT s.track FROM session s WHERE s.session_id = entry.session_id), 'text'), salon.escape(entry.series, 'text'), ''),
        'type', format_code,
        'language', salon.lang(),
        'abstract', coalesce(salon.escape(entry.description, 'text'), ''),
        'description', '',
        'persons', coalesce((SELECT json_agg(json_build_object('id', k.person_id, 'name', salon.escape(_party_label(p.party_id, p.name_en, p.name_zh), 'text')) ORDER BY k.speaker_id)
                             FROM speaker k
                             JOIN party p ON p.party_id = k.person_id
                             WHERE k.session_id = entry.session_id AND NOT k.is_declined), '[]'),
        'links', coalesce((SELECT json_agg(json_build_object('title', salon.escape(coalesce(l.name, salon.label(n.name_en, n.name_zh, n.link_kind_code)), 'text'),
                                                             'url', salon.escape(l.url, 'uri'), 'type', 'web') ORDER BY l.link_id)
                           FROM link l
                           JOIN link_kind n ON n.link_kind_code = l.link_kind_code
                           WHERE l.event_id = entry.event_id AND l.session_id = entry.session_id AND l.url IS NOT NULL), '[]'),
        'attachments', coalesce((SELECT json_agg(json_build_object('title', salon.label(n.name_en, n.name_zh, n.asset_kind_code),
                                                                   'url', salon.escape(a.url, 'uri'),
                                                                   'type', CASE a.asset_kind_code WHEN 'slides' THEN 'slides' ELSE 'media' END) ORDER BY a.asset_id)
                                 FROM asset a
                                 JOIN asset_kind n ON n.asset_kind_code = a.asset_kind_code
                                 WHERE a.session_id = entry.session_id AND a.state = 'published' AND a.url IS NOT NULL), '[]'));
END;

COMMENT ON FUNCTION _schedule_session(calendar_entry, text, text, text) IS 'A session as schedules have it';

-- PL/pgSQL keeps the plan.
CREATE FUNCTION schedule_json(event_id bigint) RETURNS json
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    e record;
    days json;
    day_count bigint;
    first_day date;
    last_day date;
    version timestamptz;
BEGIN
    PERFORM _document_event(event_id);
    SELECT c.event, x.introduction, x.time_zone, c.url, x.revised_at
    INTO e
    FROM event x
    JOIN calendar_entry c ON c.event_id = x.event_id AND c.kind_code = 'event'
    WHERE x.event_id = schedule_json.event_id;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    WITH entry AS MATERIALIZED (
        SELECT c, (c.starts_at AT TIME ZONE e.time_zone)::date AS day, s.format_code, r.room_id,
               coalesce(salon.escape(r.name, 'text'), salon.label('to be announced', '待定')) AS room
        FROM calendar_entry c
        JOIN session s ON s.session_id = c.session_id
        LEFT JOIN room r ON r.room_id = s.room_id
        WHERE c.event_id = schedule_json.event_id AND c.kind_code = 'session'
    ), day AS (
        SELECT d.day, min(d.starts_at) AS starts_at, max(d.ends_at) AS ends_at
        FROM (SELECT h.held_on AS day, h.starts_at, h.ends_at FROM event_hours h WHERE h.event_id = schedule_json.event_id
              UNION ALL
              SELECT x.day, (x.c).starts_at, (x.c).ends_at FROM entry x) d
        GROUP BY d.day
    ), room AS (
        SELECT x.day, x.room, min(x.room_id) AS room_id,
               json_agg(_schedule_session(x.c, x.format_code, x.room, e.time_zone) ORDER BY (x.c).starts_at, (x.c).session_id) AS sessions
        FROM entry x
        GROUP BY x.day, x.room
    )
    SELECT json_agg(json_build_object(
               'index', n.index,
               'date', n.day,
               'day_start', _schedule_time(n.starts_at, e.time_zone),
               'day_end', _schedule_time(n.ends_at, e.time_zone),
               'rooms', coalesce((SELECT json_object_agg(r.room, r.sessions ORDER BY r.room_id, r.room) FROM room r WHERE r.day = n.day), '{}')) ORDER BY n.index),
           count(*), min(n.day), max(n.day),
           greatest(e.revised_at, (SELECT max((x.c).revised_at) FROM entry x))
    INTO days, day_count, first_day, last_day, version
    FROM (SELECT d.*, row_number() OVER (ORDER BY d.day) AS index FROM day d) n;
    RETURN json_strip_nulls(json_build_object(
        '$schema', 'https://c3voc.de/schedule/schema.json',
        'generator', json_build_object('name', 'salon'),
        'schedule', json_build_object(
            'version', _schedule_time(version, 'UTC'),
            'conference', json_build_object(
                'acronym', 'event_' || schedule_json.event_id,
                'title', salon.escape(e.event, 'text'),
                'description', salon.escape(e.introduction, 'text'),
                'start', first_day,
                'end', last_day,
                'daysCount', day_count,
                'timeslot_duration', '00:05',
                -- the schema takes names of these two parts only
                'time_zone_name', CASE WHEN e.time_zone ~ '^([A-Z][a-z]+/[A-Z][a-z]+|UTC$)' THEN e.time_zone END,
                'url', salon.escape(e.url, 'uri'),
                'days', days))));
END
$$;

COMMENT ON FUNCTION schedule_json(bigint) IS
'The agenda of an event as schedule apps read it: the JSON of c3voc, in the language of salon.lang, on the clock of the event; NULL: it has no times yet. Errors: 23503 no such event that one sees / 日程 JSON';

CREATE FUNCTION _xml(name text, value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN '<' || name || '>' || salon.escape(value, 'xml') || '</' || name || '>';

COMMENT ON FUNCTION _xml(text, text) IS 'An element with a text; NULL: none';

CREATE FUNCTION schedule_xml(event_id bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    schedule json := schedule_json(event_id) -> 'schedule';
    conference json := schedule -> 'conference';
BEGIN
    RETURN (
        SELECT concat_ws(E'\n',
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<schedule>',
            '<generator name="salon"/>',
            _xml('version', schedule ->> 'version'),
            '<conference>',
            _xml('title', conference ->> 'title'),
            _xml('acronym', conference ->> 'acronym'),
            _xml('start', conference ->> 'start'),
            _xml('end', conference ->> 'end'),
            _xml('days', conference ->> 'daysCount'),
            _xml('timeslot_duration', conference ->> 'timeslot_duration'),
            _xml('url', conference ->> 'url'),
            _xml('time_zone_name', conference ->> 'time_zone_name'),
            '</conference>',
            (SELECT string_agg(concat_ws(E'\n',
                        format('<day index="%s" date="%s" start="%s" end="%s">', d.day ->> 'index', d.day ->> 'date', d.day ->> 'day_start', d.day ->> 'day_end'),
                        (SELECT string_agg(concat_ws(E'\n',
                                    format('<room name="%s">', salon.escape(r.name, 'xml')),
                                    (SELECT string_agg(concat_ws(E'\n',
                                                format('<event guid="%s" id="%s">', s.session ->> 'guid', s.session ->> 'id'),
                                                _xml('room', s.session ->> 'room'),
                                                _xml('title', s.session ->> 'title'),
                                                _xml('subtitle', s.session ->> 'subtitle'),
                                                _xml('type', s.session ->> 'type'),
                                                _xml('date', s.session ->> 'date'),
                                                _xml('start', s.session ->> 'start'),
                                                -- 100 hours and more have no place in it
                                                _xml('duration', CASE WHEN s.session ->> 'duration' ~ '^[0-9]{2}:' THEN s.session ->> 'duration' ELSE '99:59' END),
                                                _xml('abstract', s.session ->> 'abstract'),
                                                _xml('slug', s.session ->> 'slug'),
                                                _xml('track', s.session ->> 'track'),
                                                '<persons>' || (SELECT coalesce(string_agg(format('<person id="%s">%s</person>', p ->> 'id', salon.escape(p ->> 'name', 'xml')), ''), '')
                                                                FROM json_array_elements(s.session -> 'persons') p) || '</persons>',
                                                _xml('language', s.session ->> 'language'),
                                                _xml('description', s.session ->> 'description'),
                                                '<links>' || (SELECT coalesce(string_agg(format('<link href="%s">%s</link>', salon.escape(l ->> 'url', 'xml'), salon.escape(l ->> 'title', 'xml')), ''), '')
                                                              FROM json_array_elements(s.session -> 'links') l) || '</links>',
                                                '<attachments>' || (SELECT coalesce(string_agg(format('<attachment href="%s">%s</attachment>', salon.escape(a ->> 'url', 'xml'), salon.escape(a ->> 'title', 'xml')), ''), '')
                                                                    FROM json_array_elements(s.session -> 'attachments') a) || '</attachments>',
                                                CASE WHEN s.session ->> 'url' ~ '^https?://' THEN _xml('url', s.session ->> 'url') END,
                                                '</event>'), E'\n' ORDER BY s.n)
                                     FROM json_array_elements(r.sessions) WITH ORDINALITY s (session, n)),
                                    '</room>'), E'\n' ORDER BY r.n)
                         FROM json_each(d.day -> 'rooms') WITH ORDINALITY r (name, sessions, n)),
                        '</day>'), E'\n' ORDER BY d.n)
             FROM json_array_elements(conference -> 'days') WITH ORDINALITY d (day, n)),
            '</schedule>') || E'\n'
        WHERE schedule IS NOT NULL);
END
$$;

COMMENT ON FUNCTION schedule_xml(bigint) IS
'The same as the XML of frab, in the dialect of the schema that c3voc publishes; NULL: the event has no times yet. Errors: 23503 no such event that one sees / 日程 XML';
