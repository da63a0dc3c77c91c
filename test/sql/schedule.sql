-- Schedules of conferences, read: schedule.xml of frab and pentabarf,
-- schedule.json of c3voc and pretalx.  What is written is tested by
-- test/documents/schedule.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
\set conference :abs_srcdir /sql/include/conference.sql
\i :conference
\set hostile :abs_srcdir /sql/include/hostile.sql
\i :hostile
SELECT salon.create_space('s_schedule');
SET search_path = s_schedule, salon;
CREATE VIEW agenda_now AS
SELECT s.event_id AS e, left(s.external_id, 8) AS guid, s.uid = salon._uuid(s.external_id) AS is_uid, s.format_code, session_label(s.session_id) AS title, s.track, r.name AS room,
       to_char(s.starts_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') AS starts_at, to_char(s.ends_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') AS ends_at,
       (SELECT string_agg(party_label(k.person_id), ', ' ORDER BY party_label(k.person_id) COLLATE "C") FROM speaker k WHERE k.session_id = s.session_id) AS speakers
FROM session s LEFT JOIN room r USING (room_id);
\set ECHO all

\echo == frab: dates of their own and none, a night, a duration in days, text in CDATA and in elements
\set frab '<?xml version=''1.0'' encoding=''utf-8''?><schedule><version>2</version><conference><acronym>camp</acronym><title>Camp</title><time_zone_name>Europe/Berlin</time_zone_name><url>https://camp.example</url></conference><day index="1" date="2031-08-08" start="2031-08-08T10:00:00+02:00"><room name="Tent &lt;1&gt;"><event guid="5f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c11" id="1"><date>2031-08-08T10:00:00+02:00</date><start>10:00</start><duration>01:30</duration><room>Tent &lt;1&gt;</room><title>Opening</title><subtitle>Hello</subtitle><track>Community</track><type>Lecture</type><language>en</language><abstract><p>One</p> two</abstract><description><![CDATA[<b>three</b>]]></description><persons><person id="7">Ann</person><person id="8">Bo</person></persons><links><link href="www.camp.example/wiki">Wiki</link><link href="mailto:a@camp.example">Mail</link></links><attachments><attachment href="https://camp.example/slides.pdf">Slides</attachment></attachments><url>https://camp.example/1</url></event><event id="2"><start>0:30</start><duration>00:45</duration><title>夜话</title><type>birds of a feather</type></event></room><room name="Field"><event guid="6f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c12" id="3"><date>2031-08-08T12:00:00+02:00</date><duration>1:02:00</duration><title>Build</title><type>workshop</type><persons><person id="8">Bo</person></persons></event></room></day></schedule>'
SELECT * FROM check_schedule(:'frab');
SELECT * FROM import_schedule(:'frab');
SELECT * FROM agenda_now ORDER BY 1, 2;
SELECT abstract FROM session WHERE title_en = 'Opening';
SELECT l.session_id, l.link_kind_code, l.name, l.url FROM link l ORDER BY l.link_id;
SELECT e.name_en, e.starts_at AT TIME ZONE e.time_zone AS starts_at, e.ends_at AT TIME ZONE e.time_zone AS ends_at, e.time_zone, e.status_code, v.name AS venue, v.time_zone FROM event e JOIN venue v USING (venue_id);
SELECT p.name_en, f.external_id FROM party p JOIN party_source f USING (party_id) ORDER BY 1;

\echo == Again: nothing is new; what moved is changed; what is gone stays
SELECT * FROM import_schedule(:'frab');
SELECT * FROM import_schedule(replace(replace(replace(:'frab', 'T10:00:00+02:00</date>', 'T10:15:00+02:00</date>'), '>Bo<', '>Bob<'), '<event id="2"><start>0:30', '<event id="20"><start>2:30'));
SELECT * FROM agenda_now ORDER BY 1, 2;

\echo == pretalx: codes, biographies, names in languages, capacities of rooms
\set pretalx '{"$schema": "https://c3voc.de/schedule/schema.json", "generator": {"name": "pretalx"}, "schedule": {"url": "https://pretalx.example/day/schedule/", "version": "0.3", "base_url": "https://pretalx.example", "conference": {"acronym": "day", "title": "数据库日", "start": "2031-09-01", "end": "2031-09-01", "daysCount": 1, "timeslot_duration": "00:05", "time_zone_name": "Asia/Shanghai", "rooms": [{"name": "大厅", "slug": "1-hall", "capacity": 120}, {"name": "Unused", "capacity": 9}], "tracks": [{"name": "Kernel"}], "days": [{"index": 1, "date": "2031-09-01", "day_start": "2031-09-01T04:00:00+08:00", "rooms": {"大厅": [{"guid": "7f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c13", "code": "ABC", "id": 1, "logo": null, "date": "2031-09-01T09:00:00+08:00", "start": "09:00", "duration": "00:30", "room": "大厅", "url": "https://pretalx.example/day/talk/ABC/", "title": "WAL 如何工作", "subtitle": "", "track": {"en": "Kernel", "zh": "内核"}, "type": "演讲", "language": "zh-hans", "abstract": "日志", "description": "日志", "persons": [{"code": "XYZ", "guid": "8f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c14", "name": "讲师甲", "public_name": "讲师甲", "biography": "写内核", "avatar": null}], "links": [{"title": "Code", "url": "https://git.example/x", "type": "related"}], "attachments": [], "answers": []}]}}]}}}'
SELECT * FROM import_schedule(:'pretalx');
SELECT * FROM agenda_now WHERE e = 2;
SELECT name, capacity FROM room WHERE venue_id = 2;
SELECT party_label(party_id), introduction, external_id FROM party JOIN party_source USING (party_id) WHERE introduction IS NOT NULL;
SELECT abstract FROM session WHERE event_id = 2;
SELECT * FROM import_schedule(:'pretalx', 2);

\echo == pentabarf: no guids, hours with seconds, no acronym
SELECT * FROM import_schedule('<schedule><conference><title>Old days</title></conference><day date="2031-10-01" index="0"><room name="K"><event id="1"><start>10:00</start><duration>01:00:00</duration><title>One</title><persons><person>Ann</person></persons></event></room></day></schedule>');
SELECT * FROM agenda_now WHERE e = 3;
SELECT keep, gone, shared FROM party_duplicate;

\echo == Into an event that is there: its venue, its clock, its speakers
INSERT INTO venue (name) VALUES ('Library');
INSERT INTO room (venue_id, name) VALUES (4, 'Hall');
INSERT INTO event (name_en, starts_at, ends_at, venue_id, time_zone) VALUES ('Ours', '2031-11-01 09:00+08', '2031-11-01 18:00+08', 4, 'Asia/Shanghai');
INSERT INTO party (kind, name_en) VALUES ('person', 'Cy');
INSERT INTO session (event_id, uid, format_code, title_en, room_id, starts_at, ends_at) VALUES (4, '9f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c15', 'mini_talk', 'Ours', 1, '2031-11-01 09:00+08', '2031-11-01 10:00+08');
UPDATE session SET room_id = (SELECT room_id FROM room WHERE venue_id = 4) WHERE event_id = 4;
INSERT INTO speaker (session_id, person_id) SELECT s.session_id, p.party_id FROM session s, party p WHERE s.event_id = 4 AND p.name_en = 'Cy';
SELECT * FROM import_schedule(schedule_xml(4), 4);
SELECT * FROM import_schedule(replace(schedule_json(4)::text, '"start":"09:00"', '"start":"09:30"'), 4);
SELECT * FROM import_schedule(replace(replace(schedule_xml(4), 'T09:00', 'T09:30'), 'hall', 'HALL'), 4);
SELECT * FROM agenda_now WHERE e = 4;
SELECT count(*) FROM party WHERE name_en = 'Cy';

\echo == Every problem is a row, and nothing is imported
\set bad '<schedule><conference><acronym>bad</acronym></conference><day date="2031-12-01"><room name="A"><event guid="5f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c11" id="1"><start>10:00</start><duration>00:45</duration><title>x</title><type>feast</type></event><event id="2"><start>10:30</start><duration>45 minutes</duration><title>y</title></event><event id="3"><start>11:00</start><duration>01:00</duration><title>z</title><persons><person id="1">Di</person></persons></event><event id="3"><start>11:30</start><duration>00:10</duration><title>z</title></event><event><start>25:00</start><duration>00:10</duration><title>w</title></event></room><room name="B"><event id="6"><start>11:30</start><duration>01:00</duration><title>v</title><persons><person id="1">Di</person></persons></event></room></day></schedule>'
SELECT * FROM check_schedule(:'bad');
SELECT pg_temp.refused(format('SELECT * FROM import_schedule(%L)', :'bad'));
SET salon.lang = 'zh';
SELECT line, problem FROM check_schedule(:'bad') WHERE field IN ('external_id', 'format');
SELECT pg_temp.refused($$ SELECT * FROM check_schedule('BEGIN:VCALENDAR') $$);
SELECT pg_temp.refused($$ SELECT * FROM check_schedule('<!DOCTYPE x><schedule/>') $$);
RESET salon.lang;
INSERT INTO import_word (import, field, said, means) VALUES ('schedule', 'format', 'Feast', 'dinner');
SELECT count(*) FROM check_schedule(:'bad') WHERE field = 'format';
SELECT pg_temp.refused($$ SELECT * FROM import_schedule('') $$);
SELECT pg_temp.refused($$ SELECT * FROM import_schedule('[]') $$);
SELECT pg_temp.refused($$ SELECT * FROM import_schedule('{"schedule": []}') $$);
SELECT pg_temp.refused($$ SELECT * FROM import_schedule('{') $$);
SELECT pg_temp.refused($$ SELECT * FROM import_schedule('<schedule>') $$);
SELECT pg_temp.refused($$ SELECT * FROM import_schedule('<rss/>') $$);
SELECT pg_temp.refused(format('SELECT * FROM import_schedule(%L, 99)', :'frab'));
SELECT pg_temp.refused($$ INSERT INTO import_word (import, said) VALUES ('menu', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO import_word (import, field, said, means) VALUES ('schedule', 'format', 'Feast', 'break') $$);
SELECT (SELECT count(*) FROM event), (SELECT count(*) FROM session), (SELECT count(*) FROM party);

\echo == Hostile XML: no entity is declared, no file is read, nothing is loaded
-- of what the library says the first only: how much it says depends on its version
SELECT regexp_replace(r, '(line 1: [^\n]*)\n.*', '\1') FROM unnest(ARRAY[
    '<!DOCTYPE s [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><schedule><conference><title>&b;</title></conference></schedule>',
    '<?xml version="1.0"?><!-- <schedule> --><!DOCTYPE s SYSTEM "file:///etc/passwd"><schedule><conference><title>x</title></conference></schedule>',
    '<schedule><conference><title>&undeclared;</title></conference></schedule>',
    '<!doctype s><schedule><conference><title>x</title></conference></schedule>']) d, pg_temp.refused(format('SELECT salon.read_schedule(%L)', d)) r;
SELECT salon.read_schedule('<schedule xmlns:xi="http://www.w3.org/2001/XInclude"><conference><title>x<xi:include href="file:///etc/passwd" parse="text"/></title></conference></schedule>');
SELECT salon.read_schedule('<schedule><conference><title>x</title></conference>' || repeat('<a>', 200) || repeat('</a>', 200) || '</schedule>');
-- text stays text: each hostile title comes back as schedules write it
SELECT count(*) AS titles, count(*) FILTER (WHERE r.title IS DISTINCT FROM salon.trimmed(salon.escape(h.value, 'text'))) AS changed
FROM hostile h
CROSS JOIN LATERAL (SELECT salon.read_schedule('<schedule><conference><title>x</title></conference><day date="2031-01-01"><room name="r"><event id="1"><start>10:00</start><duration>01:00</duration><language>en</language><title>'
                                               || salon.escape(h.value, 'xml') || '</title></event></room></day></schedule>') #>> '{sessions,0}' AS read) d
CROSS JOIN LATERAL (SELECT coalesce(d.read::jsonb ->> 'title_en', d.read::jsonb ->> 'title_zh') AS title) r
WHERE salon.is_text(salon.escape(h.value, 'text'));

\echo == A conference as large as public ones: 288 sessions come out the same, in XML and in JSON
CREATE TEMP TABLE big AS SELECT pg_temp.conference(3, 12, 8, 'xml') AS xml, pg_temp.conference(3, 12, 8, 'json') AS json;
SELECT count(*) FROM big, check_schedule(xml);
SELECT i.rooms, i.persons, i.added, i.changed, i.unchanged FROM big, import_schedule(xml) i;
SELECT i.rooms, i.persons, i.added, i.changed, i.unchanged FROM big, import_schedule(xml) i;
-- read again what is written: rooms, tracks, persons, times, guids
CREATE FUNCTION pg_temp.told(document text) RETURNS TABLE (guid text, title text, track text, room text, starts_at timestamptz, ends_at timestamptz, persons text)
LANGUAGE sql AS $$
    WITH r AS MATERIALIZED (SELECT salon.read_schedule(document) AS schedule)
    SELECT s ->> 'external_id', coalesce(s ->> 'title_en', s ->> 'title_zh'), s ->> 'track', s ->> 'room', (s ->> 'starts_at')::timestamptz, (s ->> 'ends_at')::timestamptz,
           (SELECT string_agg(p ->> 'name', '|' ORDER BY p ->> 'name') FROM jsonb_array_elements(r.schedule -> 'persons') p WHERE s -> 'speakers' ? (p ->> 'external_id'))
    FROM r, jsonb_array_elements(r.schedule -> 'sessions') s
$$;
SELECT event_id AS big FROM event WHERE name_en = 'Big conference' \gset
SELECT (SELECT count(*) FROM big, pg_temp.told(xml)) AS sessions,
       (SELECT count(*) FROM (SELECT t.* FROM big, pg_temp.told(xml) t EXCEPT SELECT * FROM pg_temp.told(schedule_xml(:big))) x) AS lost_in_xml,
       (SELECT count(*) FROM (SELECT t.* FROM big, pg_temp.told(xml) t EXCEPT SELECT * FROM pg_temp.told(schedule_json(:big)::text)) x) AS lost_in_json,
       (SELECT count(*) FROM (SELECT * FROM pg_temp.told(schedule_xml(:big)) EXCEPT SELECT t.* FROM big, pg_temp.told(xml) t) x) AS new_in_xml;
-- the same conference as pretalx has it: the same sessions by their guids
SELECT i.rooms, i.persons, i.added, i.changed, i.unchanged FROM big, import_schedule(json, :big) i;
-- ten times as much text takes seconds, not minutes
SET statement_timeout = '60s';
SELECT octet_length(l.xml) > 10000000 AS is_large, jsonb_array_length(salon.read_schedule(l.xml) -> 'sessions') AS sessions
FROM (SELECT replace(xml, 'Why & how <b>', repeat('Why & how <b>', 2800)) AS xml FROM big) l;
RESET statement_timeout;
-- and its own document changes nothing
SELECT i.rooms, i.persons, i.added, i.changed, i.unchanged FROM import_schedule(schedule_json(:big)::text, :big) i;

SELECT salon.read_schedule('{"schedule": {"conference": {"title": "x", "days": [{"date": "2031-01-01", "rooms": {"r": [{"guid": "5f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c13",
    "title": "t", "abstract": "a\r\nb\rc", "date": "2031-01-01T10:00:00+08:00", "duration": "01:00"}]}}]}}}') #>> '{sessions,0,abstract}' = E'a\nb\nc' AS lines_end_as_in_xml;

\echo == An organizer imports into its own event where there is nothing to make; parties and rooms are for others
CREATE ROLE regress_salon_schedule;
INSERT INTO party (kind, name_en) VALUES ('organization', 'Host');
INSERT INTO event_party (event_id, party_id, part_code) SELECT 4, party_id, 'host' FROM party WHERE name_en = 'Host';
SELECT salon.grant_access('s_schedule', 'regress_salon_schedule', 'organizer', party_id) FROM party WHERE name_en = 'Host' \g /dev/null
SET ROLE regress_salon_schedule;
SELECT count(*) FROM check_schedule(schedule_xml(4), 4);
SELECT i.unchanged FROM import_schedule(schedule_xml(4), 4) i;
SELECT pg_temp.refused(format('SELECT * FROM import_schedule(%L, 4)', replace(replace(replace(schedule_xml(4), 'id="5">Cy<', 'id="6">Ed<'), 'Hall', 'Cellar'), 'a7c15', 'a7c16')));
SELECT pg_temp.refused(format('SELECT * FROM import_schedule(%L)', replace(replace(:'frab', '5f0c1ae8', '5f0c1ae9'), 'Camp', 'Other')));
RESET ROLE;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_schedule', drop_rows => true);
DROP ROLE regress_salon_schedule;
