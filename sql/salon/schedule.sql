-- Schedules of conferences as other programs publish them: the XML of frab (and
-- pentabarf before it), the JSON of c3voc, and that of pretalx, which is of the
-- same family.  Read here, imported by import_schedule of a space.

-- "2031-03-08T13:30:00+01:00" or "2031-03-08 13:30", some time later, in the same
-- way; what is no time stays what it is, for the import to name.
CREATE FUNCTION _schedule_later(moment text, later interval) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    parts text[] := regexp_match(moment, '^([1-9][0-9]{3})-([0-9]{2})-([0-9]{2})[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:[.][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?$');
BEGIN
    IF parts IS NULL OR parts[2]::int NOT BETWEEN 1 AND 12 OR parts[3]::int = 0
       OR parts[3]::int > extract(day FROM make_date(parts[1]::int, parts[2]::int, 1) + interval '1 month - 1 day')
       OR parts[4]::int > 23 OR parts[5]::int > 59 OR coalesce(parts[6]::int, 0) > 59 THEN
        RETURN moment;
    END IF;
    RETURN to_char(make_timestamp(parts[1]::int, parts[2]::int, parts[3]::int, parts[4]::int, parts[5]::int, coalesce(parts[6]::int, 0)) + later,
                   'YYYY-MM-DD HH24:MI:SS') || coalesce(parts[7], '');
END
$$;

COMMENT ON FUNCTION _schedule_later(text, interval) IS 'A moment as schedules have it, some time later; what is none stays what it is';

-- How long: 00:45, 100:00, 1:02:00 (a day and two hours), 00:45:00 (pentabarf).
CREATE FUNCTION _schedule_duration(duration text) RETURNS interval
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE WHEN duration ~ '^[0-9]{1,5}:[0-5][0-9]$' OR duration ~ '^[0-9]{2}:[0-5][0-9]:00$'
                THEN pg_catalog.make_interval(hours => pg_catalog.split_part(duration, ':', 1)::int, mins => pg_catalog.split_part(duration, ':', 2)::int)
            WHEN duration ~ '^[0-9]:[0-9]{2}:[0-5][0-9]$'
                THEN pg_catalog.make_interval(days => pg_catalog.split_part(duration, ':', 1)::int, hours => pg_catalog.split_part(duration, ':', 2)::int, mins => pg_catalog.split_part(duration, ':', 3)::int) END;

COMMENT ON FUNCTION _schedule_duration(text) IS 'A duration as schedules have it: hours and minutes, or a day, hours and minutes; NULL: it is none';

-- A text, or one of the languages that pretalx gives; blank: none.  Its lines end as
-- they do in XML, whatever JSON says.
CREATE FUNCTION _schedule_text(value jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT CASE WHEN salon.is_text(t.said) THEN salon.trimmed(pg_catalog.regexp_replace(t.said, '\r\n?', E'\n', 'g')) END
    FROM (SELECT CASE pg_catalog.jsonb_typeof(value)
                     WHEN 'object' THEN coalesce(value ->> 'en', value ->> 'zh', value ->> 'name', (SELECT v.value FROM pg_catalog.jsonb_each_text(value) v (key, value) ORDER BY v.key LIMIT 1))
                     WHEN 'array' THEN NULL
                     ELSE value #>> '{}' END AS said) t;
END;

COMMENT ON FUNCTION _schedule_text(jsonb) IS 'A text of a schedule, or one of its languages; NULL: it says nothing';

CREATE FUNCTION _uuid(value text) RETURNS uuid
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN CASE WHEN value ~ '^[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}$' THEN value::uuid END;

COMMENT ON FUNCTION _uuid(text) IS 'A text as the UUID that it is; NULL: it is none';

-- An address, where it is one: what has no scheme is one of the web; what is none
-- stays in the name.
CREATE FUNCTION _schedule_link(kind text, name text, url text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
BEGIN ATOMIC
    SELECT pg_catalog.jsonb_build_object('kind', kind, 'url', a.address, 'name', CASE WHEN a.address IS NULL THEN nullif(pg_catalog.concat_ws(' ', name, url), '') ELSE name END)
    FROM (SELECT CASE WHEN url ~ '^https?://[^[:space:]]+$' THEN url
                      WHEN url ~ '^https?://' THEN salon.escape(url, 'uri')
                      WHEN url ~ '^[A-Za-z0-9-]+([.][A-Za-z0-9-]+)+(/[^[:space:]]*)?$' THEN 'https://' || url END AS address) a;
END;

COMMENT ON FUNCTION _schedule_link(text, text, text) IS 'A link of a schedule: an address of the web, or a name';

CREATE FUNCTION _schedule_list(value jsonb) RETURNS SETOF jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3
BEGIN ATOMIC
    SELECT x.value FROM pg_catalog.jsonb_array_elements(CASE WHEN pg_catalog.jsonb_typeof(_schedule_list.value) = 'array' THEN _schedule_list.value END) x (value)
    WHERE pg_catalog.jsonb_typeof(x.value) = 'object';
END;

COMMENT ON FUNCTION _schedule_list(jsonb) IS 'The objects of a list; what is none has none';

-- The XML as the JSON of c3voc has it, sessions in one list.  A document type
-- declares entities and names files: it is not read.
CREATE FUNCTION _schedule_of_xml(document text) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    tree xml;
    found jsonb;
BEGIN
    IF strpos(document, '<!DOCTYPE') > 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = salon.say('a schedule with a document type is not read'),
            HINT = salon.say('Take out <!DOCTYPE ...> and the entities that it declares.');
    END IF;
    tree := xmlparse(DOCUMENT document);
    WITH e AS MATERIALIZED (
        SELECT x.*, coalesce(nullif(x.guid, ''), nullif(x.id, '')) AS key
        FROM xmltable('/schedule/day/room/event' PASSING tree COLUMNS
                      n FOR ORDINALITY, guid text PATH '@guid', id text PATH '@id', day_date text PATH '../../@date', day_start text PATH '../../@start', in_room text PATH '../@name',
                      date text PATH 'string(date)', start text PATH 'string(start)', duration text PATH 'string(duration)', room text PATH 'string(room)', title text PATH 'string(title)',
                      subtitle text PATH 'string(subtitle)', track text PATH 'string(track)', type text PATH 'string(type)', language text PATH 'string(language)',
                      abstract text PATH 'string(abstract)', description text PATH 'string(description)', url text PATH 'string(url)') x
    ), p AS (
        SELECT coalesce(nullif(x.event_guid, ''), nullif(x.event_id, '')) AS key, jsonb_agg(jsonb_build_object('guid', x.guid, 'code', x.code, 'id', x.id, 'name', x.name) ORDER BY x.n) AS persons
        FROM xmltable('/schedule/day/room/event/persons/person' PASSING tree COLUMNS
                      n FOR ORDINALITY, event_guid text PATH '../../@guid', event_id text PATH '../../@id', guid text PATH '@guid', code text PATH '@code', id text PATH '@id', name text PATH 'string(.)') x
        GROUP BY 1
    ), l AS (
        SELECT coalesce(nullif(x.event_guid, ''), nullif(x.event_id, '')) AS key, jsonb_agg(jsonb_build_object('url', x.url, 'title', x.title) ORDER BY x.n) AS links
        FROM xmltable('/schedule/day/room/event/*[self::links or self::attachments]/*[self::link or self::attachment]' PASSING tree COLUMNS
                      n FOR ORDINALITY, event_guid text PATH '../../@guid', event_id text PATH '../../@id', url text PATH '@href', title text PATH 'string(.)') x
        GROUP BY 1
    )
    SELECT jsonb_build_object(
               'conference', (SELECT to_jsonb(c) FROM xmltable('/schedule/conference' PASSING tree COLUMNS
                                  acronym text PATH 'string(acronym)', title text PATH 'string(title)', url text PATH 'string(url)',
                                  time_zone_name text PATH 'string(time_zone_name)', venue text PATH 'string(venue)') c LIMIT 1),
               'sessions', (SELECT jsonb_agg(to_jsonb(e) - 'key' - 'n' || jsonb_build_object('persons', p.persons, 'links', l.links) ORDER BY e.n)
                            FROM e LEFT JOIN p USING (key) LEFT JOIN l USING (key)))
    INTO found;
    RETURN found;
END
$$;

COMMENT ON FUNCTION _schedule_of_xml(text) IS 'A schedule in XML as that in JSON: the conference, and its sessions with the day and room they stand in';

CREATE FUNCTION _schedule_of_json(document jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10000
BEGIN ATOMIC
    SELECT pg_catalog.jsonb_build_object(
               'conference', c.conference,
               'sessions', (SELECT pg_catalog.jsonb_agg(s.session || pg_catalog.jsonb_build_object(
                                       'day_date', d.day -> 'date', 'day_start', d.day -> 'day_start', 'in_room', r.name,
                                       'links', coalesce((SELECT pg_catalog.jsonb_agg(l.link) FROM (SELECT salon._schedule_list(s.session -> 'links') UNION ALL SELECT salon._schedule_list(s.session -> 'attachments')) l (link)), '[]'))
                                   ORDER BY d.n, r.n, s.n)
                            FROM salon._schedule_list(c.conference -> 'days') WITH ORDINALITY d (day, n)
                            CROSS JOIN LATERAL pg_catalog.jsonb_each(CASE WHEN pg_catalog.jsonb_typeof(d.day -> 'rooms') = 'object' THEN d.day -> 'rooms' END) WITH ORDINALITY r (name, sessions, n)
                            CROSS JOIN LATERAL salon._schedule_list(r.sessions) WITH ORDINALITY s (session, n)))
    FROM (SELECT document #> '{schedule,conference}' AS conference) c
    WHERE pg_catalog.jsonb_typeof(c.conference) = 'object';
END;

COMMENT ON FUNCTION _schedule_of_json(jsonb) IS 'A schedule in the JSON of c3voc or pretalx: the conference, and its sessions with the day and room they stand in; NULL: it is none';

CREATE FUNCTION read_schedule(document text) RETURNS jsonb
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
    said text := ltrim(document, E' \t\r\n\ufeff');
    read jsonb := CASE left(said, 1) WHEN '<' THEN salon._schedule_of_xml(said) WHEN '{' THEN salon._schedule_of_json(said::jsonb) END;
    conference jsonb := read -> 'conference';
    prefix text := coalesce(salon._schedule_text(conference -> 'acronym'), salon._schedule_text(conference -> 'title')) || ':';
BEGIN
    IF prefix IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = salon.say('not a schedule'),
            HINT = salon.say('Give schedule.xml of frab or pentabarf, or schedule.json of c3voc or pretalx, with the title or acronym of the conference.');
    END IF;
    RETURN (
        WITH e AS MATERIALIZED (
            SELECT s.n, s.session, salon._schedule_text(s.session -> 'title') AS title, m.starts_at,
                   coalesce(salon._schedule_text(s.session -> 'guid'), salon._schedule_text(s.session -> 'id')) AS key,
                   coalesce(salon._schedule_text(s.session -> 'room'), salon._schedule_text(s.session -> 'in_room')) AS room,
                   nullif(concat_ws(E'\n\n', salon._schedule_text(s.session -> 'subtitle'), salon._schedule_text(s.session -> 'abstract'),
                                    nullif(salon._schedule_text(s.session -> 'description'), salon._schedule_text(s.session -> 'abstract'))), '') AS abstract,
                   salon._schedule_duration(s.session ->> 'duration') AS duration
            FROM salon._schedule_list(read -> 'sessions') WITH ORDINALITY s (session, n)
            CROSS JOIN LATERAL (
                -- without a date of its own it is on its day, or in the night after it
                SELECT CASE WHEN s.session ->> 'date' ~ '[T ][0-9]' THEN s.session ->> 'date'
                            ELSE salon._schedule_later(concat_ws(' ', coalesce(salon._schedule_text(s.session -> 'date'), s.session ->> 'day_date'), lpad(s.session ->> 'start', 5, '0')),
                                     CASE WHEN lpad(s.session ->> 'start', 5, '0') COLLATE "C" < substring(s.session ->> 'day_start' FROM 'T([0-9]{2}:[0-9]{2})') THEN interval '1 day' ELSE interval '0' END) END AS starts_at
            ) m
        ), p AS MATERIALIZED (
            SELECT e.n, k.n AS k, w.name,
                   coalesce(salon._schedule_text(k.person -> 'guid'), prefix || coalesce(salon._schedule_text(k.person -> 'code'), salon._schedule_text(k.person -> 'id'), w.name)) AS key,
                   salon._schedule_text(k.person -> 'biography') AS introduction
            FROM e
            CROSS JOIN LATERAL salon._schedule_list(e.session -> 'persons') WITH ORDINALITY k (person, n)
            CROSS JOIN LATERAL (SELECT coalesce(salon._schedule_text(k.person -> 'public_name'), salon._schedule_text(k.person -> 'full_public_name'), salon._schedule_text(k.person -> 'name')) AS name) w
            WHERE w.name IS NOT NULL
        )
        SELECT jsonb_strip_nulls(jsonb_build_object(
            'acronym', salon._schedule_text(conference -> 'acronym'),
            'title', coalesce(salon._schedule_text(conference -> 'title'), salon._schedule_text(conference -> 'acronym')),
            'url', salon._schedule_text(conference -> 'url'),
            'time_zone', salon._schedule_text(conference -> 'time_zone_name'),
            'venue', salon._schedule_text(conference -> 'venue'),
            'rooms', (SELECT jsonb_agg(jsonb_build_object('name', r.room, 'capacity', r.capacity) ORDER BY r.n)
                      FROM (SELECT e.room, min(e.n) AS n,
                                   (SELECT max(c.room ->> 'capacity') FROM salon._schedule_list(conference -> 'rooms') c (room)
                                    WHERE salon._schedule_text(c.room -> 'name') = e.room AND c.room ->> 'capacity' ~ '^[1-9][0-9]{0,6}$')::int AS capacity
                            FROM e WHERE e.room IS NOT NULL GROUP BY e.room) r),
            'persons', (SELECT jsonb_agg(jsonb_build_object('external_id', q.key, 'name', q.name, 'introduction', q.introduction) ORDER BY q.n, q.k)
                        FROM (SELECT DISTINCT ON (p.key) p.* FROM p ORDER BY p.key, p.introduction IS NULL, p.n, p.k) q),
            'sessions', coalesce((SELECT jsonb_agg(jsonb_build_object(
                            'external_id', e.key,
                            'format', coalesce(salon._schedule_text(e.session -> 'type'), 'talk'),
                            CASE WHEN salon._schedule_text(e.session -> 'language') ~ '^zh|^cmn' OR e.title ~ '[\u4e00-\u9fff]' THEN 'title_zh' ELSE 'title_en' END, e.title,
                            'abstract', e.abstract,
                            'room', e.room,
                            'track', salon._schedule_text(e.session -> 'track'),
                            'starts_at', e.starts_at,
                            'ends_at', coalesce(salon._schedule_later(e.starts_at, e.duration), salon._schedule_text(e.session -> 'duration')),
                            'speakers', (SELECT jsonb_agg(p.key ORDER BY p.k) FROM p WHERE p.n = e.n),
                            'links', (SELECT jsonb_agg(l.link ORDER BY l.n)
                                      FROM (SELECT 0 AS n, salon._schedule_link('page', NULL, salon._schedule_text(e.session -> 'url')) AS link
                                            UNION ALL
                                            SELECT y.n, salon._schedule_link('reference', salon._schedule_text(y.link -> 'title'), salon._schedule_text(y.link -> 'url'))
                                            FROM salon._schedule_list(e.session -> 'links') WITH ORDINALITY y (link, n)) l
                                      -- a session without a page has a name in its place
                                      WHERE l.link ->> 'url' IS NOT NULL OR (l.n > 0 AND l.link ->> 'name' IS NOT NULL))) ORDER BY e.n)
                         FROM e), '[]'))));
END
$$;

COMMENT ON FUNCTION read_schedule(text) IS
'A schedule of a conference as import_schedule takes it: conference, rooms, persons, and a line for each session. Reads schedule.xml of frab and pentabarf, schedule.json of c3voc and pretalx. Errors: 22023 it is none, or has a document type; 2200M, 22P02 the text is not XML, not JSON / 读取会议日程';
