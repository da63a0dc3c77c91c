-- A conference as large as public ones are, as schedule.xml of frab and as
-- schedule.json of c3voc: function pg_temp.conference(days, rooms, a_day, kind).
-- Every room has a_day sessions of 45 minutes a day; each session one to three
-- persons, none of whom is in two places.
CREATE FUNCTION pg_temp.conference(days integer, rooms integer, a_day integer, kind text) RETURNS text
LANGUAGE sql STABLE
AS $$
    WITH s AS (
        SELECT d, r, n, (d * rooms + r) * a_day + n AS id, md5(concat_ws('-', d, r, n))::uuid AS guid,
               timestamp '2031-10-03 09:30' + d * interval '1 day' + n * interval '1 hour' AS starts_at,
               format('Room %s %s', chr(65 + r % 26), CASE WHEN r % 3 = 0 THEN '会议室' ELSE '& <hall>' END) AS room,
               CASE WHEN n % 4 = 0 THEN format('第 %s 场：从源码到生产', (d * rooms + r) * a_day + n) ELSE format('Session %s: A & B <or> "C"', (d * rooms + r) * a_day + n) END AS title,
               format('Track %s', (r + n) % 7) AS track, (ARRAY['lecture', 'workshop', 'lightning_talk', 'podium', 'other'])[1 + n % 5] AS type,
               CASE WHEN n % 4 = 0 THEN 'zh' ELSE 'en' END AS language,
               -- the persons of a room and hour come back on the next day
               ARRAY(SELECT (r * a_day + n) * 3 + p FROM generate_series(0, (d + r + n) % 3) p) AS persons
        FROM generate_series(0, days - 1) d, generate_series(0, rooms - 1) r, generate_series(0, a_day - 1) n
    ), p AS (
        SELECT s.id, k AS person, CASE WHEN k % 5 = 0 THEN format('讲师 %s', k) ELSE format('Speaker %s O''Neil', k) END AS name FROM s, unnest(s.persons) k
    )
    SELECT CASE kind WHEN 'xml' THEN
        concat_ws(E'\n', '<?xml version="1.0" encoding="UTF-8"?>', '<!-- made -->', '<schedule>', '<generator name="frab"/>', '<version>1.0</version>',
            '<conference><acronym>big</acronym><title>Big conference</title><start>2031-10-03</start><end>2031-10-05</end>', '<days>' || days || '</days><timeslot_duration>00:05</timeslot_duration>',
            '<time_zone_name>Europe/Berlin</time_zone_name></conference>',
            (SELECT string_agg(format(E'<day index="%s" date="%s" start="%sT08:00:00+02:00" end="%sT04:00:00+02:00">\n%s\n</day>', x.d + 1, date '2031-10-03' + x.d, date '2031-10-03' + x.d, date '2031-10-04' + x.d, x.rooms), E'\n' ORDER BY x.d)
             FROM (SELECT y.d, string_agg(format(E'<room name="%s">\n%s\n</room>', salon.escape(y.room, 'xml'), y.events), E'\n' ORDER BY y.r) AS rooms
                   FROM (SELECT s.d, s.r, s.room, string_agg(concat_ws(E'\n', format('<event guid="%s" id="%s">', s.guid, s.id),
                                    format('<date>%s+02:00</date>', to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS')), format('<start>%s</start>', to_char(s.starts_at, 'HH24:MI')), '<duration>00:45</duration>',
                                    format('<room>%s</room>', salon.escape(s.room, 'xml')), format('<title>%s</title>', salon.escape(s.title, 'xml')), '<subtitle/>', format('<track>%s</track>', s.track),
                                    format('<type>%s</type>', s.type), format('<language>%s</language>', s.language), '<abstract><![CDATA[Why & how <b>]]></abstract>',
                                    (SELECT format('<persons>%s</persons>', string_agg(format('<person id="%s">%s</person>', p.person, salon.escape(p.name, 'xml')), '' ORDER BY p.person)) FROM p WHERE p.id = s.id),
                                    '<links/><attachments/></event>'), E'\n' ORDER BY s.n) AS events
                         FROM s GROUP BY s.d, s.r, s.room) y
                   GROUP BY y.d) x), '</schedule>')
    ELSE
        jsonb_build_object('$schema', 'https://c3voc.de/schedule/schema.json', 'generator', jsonb_build_object('name', 'pretalx'), 'schedule', jsonb_build_object('version', '1.0', 'base_url', 'https://pretalx.example', 'conference', jsonb_build_object(
            'acronym', 'big', 'title', 'Big conference', 'start', '2031-10-03', 'end', '2031-10-05', 'daysCount', days, 'timeslot_duration', '00:05', 'time_zone_name', 'Europe/Berlin',
            'rooms', (SELECT jsonb_agg(DISTINCT jsonb_build_object('name', s.room, 'capacity', 100)) FROM s),
            'days', (SELECT jsonb_agg(jsonb_build_object('index', x.d + 1, 'date', date '2031-10-03' + x.d, 'day_start', (date '2031-10-03' + x.d) || 'T04:00:00+02:00', 'day_end', (date '2031-10-04' + x.d) || 'T03:59:00+02:00', 'rooms', x.rooms) ORDER BY x.d)
                     FROM (SELECT y.d, jsonb_object_agg(y.room, y.events) AS rooms
                           FROM (SELECT s.d, s.room, jsonb_agg(jsonb_build_object('guid', s.guid, 'code', 'C' || s.id, 'id', s.id, 'logo', NULL, 'date', to_char(s.starts_at, 'YYYY-MM-DD"T"HH24:MI:SS') || '+02:00', 'start', to_char(s.starts_at, 'HH24:MI'),
                                            'duration', '00:45', 'room', s.room, 'slug', 'big-' || s.id, 'url', 'https://pretalx.example/big/talk/C' || s.id || '/', 'title', s.title, 'subtitle', '', 'track', s.track, 'type', s.type, 'language', s.language,
                                            'abstract', 'Why & how <b>', 'description', '', 'do_not_record', false, 'answers', '[]'::jsonb, 'links', '[]'::jsonb, 'attachments', '[]'::jsonb,
                                            'persons', (SELECT jsonb_agg(jsonb_build_object('code', 'P' || p.person, 'guid', md5('p' || p.person)::uuid, 'name', p.name, 'public_name', p.name, 'biography', 'Somebody', 'avatar', NULL) ORDER BY p.person) FROM p WHERE p.id = s.id)) ORDER BY s.n) AS events
                                 FROM s GROUP BY s.d, s.room) y
                           GROUP BY y.d) x))))::text
    END
$$;
