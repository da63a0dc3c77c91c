-- How long documents take, at each level of access: of one event, the third time
-- in a session; and a feed of 1,000 events.  Targets: 50 ms and 1 s.
--
-- usage: psql -f documents.sql, on a server of one's own, as a superuser, in a
-- database that has no space bench; makes that with 10,000 synthetic events.

\set QUIET on
\set ON_ERROR_STOP on
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS salon;
SELECT salon.create_space('bench') \g /dev/null
SET search_path = bench, salon, public;
\set events 10000
\set registrations 2
BEGIN;
SET LOCAL session_replication_role = replica;
\ir synthetic.sql
COMMIT;
VACUUM ANALYZE;
-- a series with 1,000 announced events
UPDATE event SET status_code = 'announced' WHERE series_id BETWEEN 1 AND 5 AND status_code = 'planned';
BEGIN;
SET LOCAL session_replication_role = replica;
UPDATE event SET series_id = 1 WHERE event_id IN (SELECT e.event_id FROM event e WHERE e.status_code = 'announced' ORDER BY e.event_id LIMIT 1000);
UPDATE event SET series_id = 2 WHERE series_id = 1 AND event_id NOT IN (SELECT e.event_id FROM event e WHERE e.status_code = 'announced' ORDER BY e.event_id LIMIT 1000);
COMMIT;
CREATE ROLE bench_visitor;
CREATE ROLE bench_member;
CREATE ROLE bench_organizer;
CREATE ROLE bench_administrator;
SELECT salon.grant_access('bench', 'bench_' || l, l, p)
FROM (VALUES ('visitor', NULL), ('member', 7), ('organizer', 7), ('administrator', NULL)) v (l, p) \g /dev/null
VACUUM ANALYZE;

CREATE FUNCTION pg_temp.took(query text, times integer) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    started timestamptz;
BEGIN
    FOR n IN 1 .. times LOOP
        started := clock_timestamp();
        EXECUTE query;
    END LOOP;
    RETURN round(1000 * extract(epoch FROM clock_timestamp() - started), 1);
END
$$;
CREATE FUNCTION pg_temp.took_as(role text, query text, times integer) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    ms numeric;
BEGIN
    PERFORM set_config('role', role, false);
    ms := pg_temp.took(query, times);
    PERFORM set_config('role', 'none', false);
    RETURN ms;
END
$$;

SELECT e.event_id AS event FROM event e JOIN event_party p USING (event_id) WHERE (e.took_place OR e.status_code = 'announced') AND p.party_id = 7 AND p.part_code = 'host' ORDER BY 1 LIMIT 1 \gset
\echo milliseconds
SELECT d.document, pg_temp.took_as('bench_visitor', q, 3) AS visitor, pg_temp.took_as('bench_member', q, 3) AS member,
       pg_temp.took_as('bench_organizer', q, 3) AS organizer, pg_temp.took_as('bench_administrator', q, 3) AS administrator
FROM (VALUES (1, 'icalendar, all'), (2, 'schedule_json'), (3, 'schedule_xml'), (4, 'json_ld'), (5, 'brief_html'), (6, 'brief_markdown'), (7, 'attendee_html')) d (n, document)
CROSS JOIN LATERAL (SELECT format(CASE d.n WHEN 1 THEN 'SELECT icalendar(%s, ''all'')' WHEN 2 THEN 'SELECT schedule_json(%s)' WHEN 3 THEN 'SELECT schedule_xml(%s)' WHEN 4 THEN 'SELECT json_ld(%s)' ELSE 'SELECT ' || d.document || '(%s)' END, :event) AS q) q
ORDER BY d.n;
SELECT 'icalendar_todo' AS document, pg_temp.took_as('bench_organizer', q, 3) AS organizer, pg_temp.took_as('bench_administrator', q, 3) AS administrator
FROM (SELECT format('SELECT icalendar_todo(%s)', :event) AS q) q;
SELECT 'organizer_html' AS document, pg_temp.took_as('bench_organizer', q, 3) AS organizer, pg_temp.took_as('bench_administrator', q, 3) AS administrator
FROM (SELECT format('SELECT organizer_html(%s)', :event) AS q) q;
-- pictures; NULL: not for that level
SELECT d.document, CASE WHEN d.level <= 1 THEN pg_temp.took_as('bench_visitor', q, 3) END AS visitor, CASE WHEN d.level <= 2 THEN pg_temp.took_as('bench_member', q, 3) END AS member,
       pg_temp.took_as('bench_organizer', q, 3) AS organizer, pg_temp.took_as('bench_administrator', q, 3) AS administrator
FROM (VALUES (1, 'poster_svg', 1), (2, 'logo_wall_svg', 1), (3, 'timeline_svg', 3), (4, 'exchange_svg', 2), (5, 'exposure_svg', 2), (6, 'recap_svg', 3), (7, 'city_svg', 3)) d (n, document, level)
CROSS JOIN LATERAL (SELECT format('SELECT %s(%s)', d.document, CASE d.document WHEN 'logo_wall_svg' THEN quote_literal('website') WHEN 'city_svg' THEN '' ELSE :event::text END) AS q) q
ORDER BY d.n;
SELECT 'feed of ' || (SELECT count(*) FROM event WHERE series_id = 1 AND status_code = 'announced') AS document, pg_temp.took_as('bench_visitor', q, 2) AS visitor, pg_temp.took_as('bench_member', q, 2) AS member,
       pg_temp.took_as('bench_organizer', q, 2) AS organizer, pg_temp.took_as('bench_administrator', q, 2) AS administrator
FROM (SELECT 'SELECT icalendar_feed(series_id => 1)' AS q) q;
