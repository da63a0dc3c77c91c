-- Events and sessions in calendars: what calendars show of them, and what is to
-- be done.  What they know them by, uid and sequence, stands in the tables.

-- All that a calendar shows of an event or a session.  Who hosts it is named by
-- its home page, which is public: contacts are not.
CREATE VIEW calendar_entry WITH (security_invoker) AS
SELECT x.kind_code, e.event_id, t.event, _event_date(e.starts_at, e.time_zone) AS held_on, x.session_id,
       x.uid, x.sequence, x.revised_at, _calendar_status(e.status_code) AS status_code, x.starts_at, x.ends_at,
       coalesce(x.title, f.format, t.event) AS title, x.description, k.speakers,
       nullif(concat_ws(salon.say(', '), r.room, v.place, c.city, CASE WHEN e.planned_on_site = 0 THEN salon.label('online', '线上') END), '') AS place,
       l.url, f.format, e.series_id, s.series, e.city_code, h.organizer_id, h.organizer, h.organizer_url
FROM event e
CROSS JOIN LATERAL (
    SELECT 'event' AS kind_code, NULL::bigint AS session_id, e.uid, e.sequence::bigint AS sequence, e.revised_at, e.starts_at, e.ends_at,
           NULL::text AS title, e.introduction AS description, NULL::text AS format_code, NULL::bigint AS room_id
    UNION ALL
    SELECT 'session', n.session_id, n.uid, n.sequence::bigint + e.sequence, greatest(n.revised_at, e.revised_at), n.starts_at, n.ends_at,
           salon.label(n.title_en, n.title_zh), n.abstract, n.format_code, n.room_id
    FROM session n
    WHERE n.event_id = e.event_id) x
CROSS JOIN LATERAL (SELECT _event_label(e.event_id, e.name_en, e.name_zh) AS event) t
LEFT JOIN LATERAL (SELECT salon.label(f.name_en, f.name_zh, f.format_code) AS format FROM session_format f WHERE f.format_code = x.format_code) f ON true
LEFT JOIN LATERAL (SELECT r.name AS room, r.venue_id FROM room r WHERE r.room_id = x.room_id) r ON true
LEFT JOIN LATERAL (SELECT concat_ws(salon.say(', '), v.name, v.address) AS place FROM venue v WHERE v.venue_id = coalesce(r.venue_id, e.venue_id)) v ON true
LEFT JOIN LATERAL (SELECT salon.label(c.name_en, c.name_zh, c.city_code) AS city FROM city c WHERE c.city_code = e.city_code) c ON true
LEFT JOIN LATERAL (SELECT salon.label(s.name_en, s.name_zh) AS series FROM series s WHERE s.series_id = e.series_id) s ON true
LEFT JOIN LATERAL (
    SELECT l.url
    FROM link l
    WHERE l.event_id = e.event_id AND (l.session_id IS NULL OR l.session_id = x.session_id) AND l.link_kind_code = 'page' AND l.url IS NOT NULL
    ORDER BY l.session_id IS NULL, l.link_id
    LIMIT 1) l ON true
LEFT JOIN LATERAL (
    SELECT string_agg(_party_label(p.party_id, p.name_en, p.name_zh), salon.say(', ') ORDER BY k.speaker_id) AS speakers
    FROM speaker k
    JOIN party p ON p.party_id = k.person_id
    WHERE k.session_id = x.session_id AND NOT k.is_declined) k ON true
LEFT JOIN LATERAL (
    SELECT p.party_id AS organizer_id, _party_label(p.party_id, p.name_en, p.name_zh) AS organizer, p.website AS organizer_url
    FROM event_party y
    JOIN party p ON p.party_id = y.party_id
    WHERE y.event_id = e.event_id AND y.part_code = 'host'
    ORDER BY y.event_party_id
    LIMIT 1) h ON true
WHERE x.starts_at IS NOT NULL;

COMMENT ON VIEW calendar_entry IS 'What a calendar shows: a row for each event and each session that has times / 日历条目';
COMMENT ON COLUMN calendar_entry.kind_code IS 'event or session';
COMMENT ON COLUMN calendar_entry.session_id IS 'The session; NULL: the event itself';
COMMENT ON COLUMN calendar_entry.uid IS 'What calendars know it by';
COMMENT ON COLUMN calendar_entry.sequence IS 'How often it changed as calendars show it: a session with its event';
COMMENT ON COLUMN calendar_entry.revised_at IS 'When that was last';
COMMENT ON COLUMN calendar_entry.status_code IS 'TENTATIVE until the event is announced, CONFIRMED or CANCELLED';
COMMENT ON COLUMN calendar_entry.title IS 'Title of the event, or of the session, or its format';
COMMENT ON COLUMN calendar_entry.description IS 'Introduction of the event, abstract of the session';
COMMENT ON COLUMN calendar_entry.speakers IS 'Who speaks in the session; who declined does not; NULL: nobody';
COMMENT ON COLUMN calendar_entry.place IS 'Room, venue, address and city, or that it is online; NULL: not known';
COMMENT ON COLUMN calendar_entry.url IS 'Page of the session, else of the event; NULL: none';
COMMENT ON COLUMN calendar_entry.format IS 'Label of the format of the session';
COMMENT ON COLUMN calendar_entry.series_id IS 'The series; NULL: none';
COMMENT ON COLUMN calendar_entry.organizer_id IS 'Who hosts the event: the first, if several do; NULL: not known';
COMMENT ON COLUMN calendar_entry.organizer IS 'Label of who hosts the event';
COMMENT ON COLUMN calendar_entry.organizer_url IS 'Home page of who hosts the event; NULL: not known';

CREATE FUNCTION _calendar_time(at timestamptz) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(at AT TIME ZONE 'UTC', 'YYYYMMDD"T"HH24MISS"Z"');

COMMENT ON FUNCTION _calendar_time(timestamptz) IS 'A moment as a calendar has it, in UTC';

CREATE FUNCTION _vevent(entry calendar_entry) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN concat_ws(E'\n',
    'BEGIN:VEVENT',
    'UID:' || entry.uid,
    'DTSTAMP:' || _calendar_time(entry.revised_at),
    'LAST-MODIFIED:' || _calendar_time(entry.revised_at),
    'SEQUENCE:' || entry.sequence,
    'STATUS:' || entry.status_code,
    'DTSTART:' || _calendar_time(entry.starts_at),
    'DTEND:' || _calendar_time(entry.ends_at),
    'SUMMARY:' || salon.escape(entry.title, 'icalendar'),
    'DESCRIPTION:' || salon.escape(nullif(concat_ws(E'\n\n', entry.speakers, entry.description), ''), 'icalendar'),
    'LOCATION:' || salon.escape(entry.place, 'icalendar'),
    'URL:' || salon.escape(entry.url, 'uri'),
    'CATEGORIES:' || nullif(concat_ws(',', salon.escape(entry.series, 'icalendar'), salon.escape(entry.format, 'icalendar')), ''),
    'ORGANIZER;CN=' || salon.escape(entry.organizer, 'icalendar_parameter') || ':' || salon.escape(entry.organizer_url, 'uri'),
    'END:VEVENT');

COMMENT ON FUNCTION _vevent(calendar_entry) IS 'An entry as a component of iCalendar, not folded yet: the one place where it is written';

CREATE FUNCTION _vcalendar(name text, components text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN salon.fold(concat_ws(E'\n',
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//salon//salon//' || upper(salon.lang()),
    'CALSCALE:GREGORIAN',
    'NAME:' || salon.escape(name, 'icalendar'),
    'X-WR-CALNAME:' || salon.escape(name, 'icalendar'),
    components,
    'END:VCALENDAR'));

COMMENT ON FUNCTION _vcalendar(text, text) IS 'Components as a calendar of that name, folded';

CREATE FUNCTION _calendar_detail(detail text) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    IF detail IN ('event', 'session') THEN
        RETURN ARRAY[detail];
    ELSIF detail = 'all' THEN
        RETURN ARRAY['event', 'session'];
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = 'invalid_parameter_value',
        MESSAGE = format(salon.say('detail cannot be %s'), coalesce('"' || detail || '"', 'NULL')),
        HINT = salon.say('event: one entry for the whole event; session: one for each session; all: both.');
END
$$;

COMMENT ON FUNCTION _calendar_detail(text) IS 'Which entries a calendar has; refuses with 22023 what says none';

-- Whoever may read an event gets its documents; to others it is not there.
CREATE FUNCTION _document_event(event_id bigint) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM _known(EXISTS (SELECT FROM event e WHERE e.event_id = _document_event.event_id), salon.say('event %s does not exist'), event_id,
                   salon.say('SELECT event_id, event_label(event_id) FROM event shows the events.'));
END
$$;

COMMENT ON FUNCTION _document_event(bigint) IS 'Refuses with 23503 an event that is not there for who asks for a document of it';

-- PL/pgSQL keeps the plan.
CREATE FUNCTION icalendar(event_id bigint, detail text DEFAULT 'event') RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000
SET search_path FROM CURRENT
AS $$
DECLARE
    kinds text[] := _calendar_detail(detail);
BEGIN
    PERFORM _document_event(event_id);
    RETURN (SELECT _vcalendar(min(c.event), string_agg(_vevent(c), E'\n' ORDER BY c.starts_at, c.kind_code, c.session_id))
            FROM calendar_entry c
            WHERE c.event_id = icalendar.event_id AND c.kind_code = ANY (kinds)
            HAVING count(*) > 0);
END
$$;

COMMENT ON FUNCTION icalendar(bigint, text) IS
'An event as iCalendar (RFC 5545), in the language of salon.lang; detail is event (one entry), session (one for each) or all; NULL: it has no times yet. Errors: 23503 no such event that one sees; 22023 an unknown detail / 活动日历';

CREATE FUNCTION icalendar_feed(
    series_id   bigint DEFAULT NULL,
    city_code   text DEFAULT NULL,
    speaker_id  bigint DEFAULT NULL,
    since       timestamptz DEFAULT NULL,
    detail      text DEFAULT NULL
) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT SET max_parallel_workers_per_gather = 0
AS $$
DECLARE
    kinds text[] := _calendar_detail(coalesce(detail, CASE WHEN speaker_id IS NULL THEN 'event' ELSE 'session' END));
    title text;
    components text;
BEGIN
    PERFORM _known(series_id IS NULL OR EXISTS (SELECT FROM series s WHERE s.series_id = icalendar_feed.series_id),
                   salon.say('series %s does not exist'), series_id, salon.say('SELECT series_id, name_en, name_zh FROM series shows the series.'));
    PERFORM _known(city_code IS NULL OR EXISTS (SELECT FROM city c WHERE c.city_code = icalendar_feed.city_code),
                   salon.say('city "%s" does not exist'), city_code, salon.say('Enter it in table city first.'));
    PERFORM _known(speaker_id IS NULL OR EXISTS (SELECT FROM party p WHERE p.party_id = speaker_id),
                   salon.say('party %s does not exist'), speaker_id, salon.say('SELECT party_id, party_label(party_id) FROM party shows the parties.'));
    title := nullif(concat_ws(salon.say(', '),
        (SELECT salon.label(s.name_en, s.name_zh) FROM series s WHERE s.series_id = icalendar_feed.series_id),
        (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c WHERE c.city_code = icalendar_feed.city_code),
        party_label(speaker_id)), '');
    title := coalesce(title, (SELECT salon.label(s.name_en, s.name_zh) FROM space s), salon.label('salon', '沙龙'));
    -- Planned for what is asked; each session is looked up by its event.  Where
    -- policies ask for each row, the part of the view without any would still
    -- start workers for every event.
    EXECUTE concat_ws(' AND ',
        $q$ SELECT string_agg(_vevent(c), E'\n' ORDER BY c.starts_at, c.event_id, c.kind_code, c.session_id)
            FROM calendar_entry c
            WHERE c.kind_code = ANY ($5) $q$,
        CASE WHEN series_id IS NOT NULL THEN 'c.series_id = $1' END,
        CASE WHEN city_code IS NOT NULL THEN 'c.city_code = $2' END,
        CASE WHEN speaker_id IS NOT NULL THEN $q$ c.event_id IN (SELECT k.event_id FROM speaker k WHERE k.person_id = $3 AND NOT k.is_declined)
            AND (c.session_id IS NULL OR EXISTS (SELECT FROM speaker k WHERE k.session_id = c.session_id AND k.person_id = $3 AND NOT k.is_declined)) $q$ END,
        CASE WHEN since IS NOT NULL THEN 'c.ends_at > $4' END)
    INTO components
    USING series_id, city_code, speaker_id, since, kinds;
    RETURN _vcalendar(title, components);
END
$$;

COMMENT ON FUNCTION icalendar_feed(bigint, text, bigint, timestamptz, text) IS
'Events that one sees as iCalendar, to subscribe to: of a series, in a city, of a speaker (its sessions), those that end after a time, each left out for all; detail is event, session or all. Errors: 23503 no such series, city or party that one sees; 22023 an unknown detail / 日历订阅';

CREATE FUNCTION icalendar_todo(event_id bigint DEFAULT NULL, party_id bigint DEFAULT NULL) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT SET max_parallel_workers_per_gather = 0
AS $$
DECLARE
    components text;
BEGIN
    IF num_nonnulls(event_id, party_id) = 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = salon.say('to-dos of nobody'),
            HINT = salon.say('Give an event, a party or both.');
    END IF;
    IF event_id IS NOT NULL THEN
        PERFORM _document_event(event_id);
    END IF;
    PERFORM _known(party_id IS NULL OR EXISTS (SELECT FROM party p WHERE p.party_id = icalendar_todo.party_id),
                   salon.say('party %s does not exist'), party_id, salon.say('SELECT party_id, party_label(party_id) FROM party shows the parties.'));
    EXECUTE concat_ws(' AND ',
        $q$ SELECT string_agg(concat_ws(E'\n',
                'BEGIN:VTODO',
                'UID:' || concat_ws('-', coalesce(e.uid, $3), t.kind_code, t.code),
                'DTSTAMP:' || _calendar_time(now()),
                'STATUS:NEEDS-ACTION',
                'SUMMARY:' || salon.escape(t.what, 'icalendar'),
                'DESCRIPTION:' || salon.escape(concat_ws(E'\n', t.event, t.who), 'icalendar'),
                'DUE:' || _calendar_time(t.due_at),
                CASE WHEN t.is_overdue THEN 'PRIORITY:1' END,
                'CATEGORIES:' || salon.escape(t.kind, 'icalendar'),
                'RELATED-TO:' || e.uid,
                'END:VTODO'), E'\n' ORDER BY t.due_at, t.event_id, t.kind_code, t.code)
            FROM todo t
            LEFT JOIN event e ON e.event_id = t.event_id
            WHERE true $q$,
        CASE WHEN event_id IS NOT NULL THEN 't.event_id = $1' END,
        CASE WHEN party_id IS NOT NULL THEN 't.party_id = $2' END)
    INTO components
    USING event_id, party_id,
          -- what is of no event is of the space
          md5(current_catalog || (SELECT c.relnamespace::regnamespace FROM pg_class c WHERE c.oid = 'space'::regclass))::uuid;
    RETURN _vcalendar(concat_ws(salon.say(': '), salon.label('to do', '待办'), nullif(concat_ws(salon.say(', '), event_label(event_id), party_label(party_id)), '')), components);
END
$$;

COMMENT ON FUNCTION icalendar_todo(bigint, bigint) IS
'What is to be done, as view todo has it, as iCalendar: of an event, of a party, or of a party at an event. Errors: 23503 no such event or party that one sees; 22023 neither / 待办日历';
