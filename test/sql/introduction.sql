-- Who knows whom, and the shortest way to somebody who supplies what one looks for.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_way');
SET search_path = s_way, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES
    ('person', 'Ann'), ('person', 'Ben'), ('person', 'Cai'), ('person', 'Dov'), ('organization', 'Hall Ltd'), ('person', 'Eva'), ('organization', 'Ann''s Ltd');
INSERT INTO affiliation (person_id, organization_id) VALUES (3, 5), (1, 7);
INSERT INTO acquaintance (person_id, knows_id) VALUES (1, 2), (3, 2), (4, 1), (4, 3), (6, 4);
INSERT INTO supply (party_id, resource_code) VALUES (5, 'event_venue'), (6, 'event_venue');
INSERT INTO supply (party_id, resource_code, valid_before) VALUES (2, 'event_venue', '2020-01-01');

\echo == The shortest ways, by which one to ask first
SELECT supplier, supplied, steps, ask, way FROM introductions(1, 'event_venue');
SELECT supplier, steps, ask, way FROM introductions(1, 'event_venue', 2);
\echo == An organization goes by its own people; what serves it counts too
SELECT supplier, steps, ask, way FROM introductions(7, 'venue');

\echo == Not through who said no, at all or to this
UPDATE party SET is_introducer = false WHERE party_id = 2;
SELECT supplier, steps, way FROM introductions(1, 'event_venue');
INSERT INTO introduction (introducer_id, party_id, to_id, resource_code) VALUES (4, 1, 3, 'event_venue');
SELECT supplier, steps, way FROM introductions(1, 'event_venue');
UPDATE introduction SET status_code = 'declined';
SELECT supplier, steps, way FROM introductions(1, 'event_venue');
UPDATE introduction SET status_code = 'made', said_on = '2031-05-01';
SELECT supplier, steps, way FROM introductions(1, 'event_venue');

\echo == Errors
SELECT introductions(99, 'event_venue');
SELECT introductions(1, 'moon');
SELECT pg_temp.refused($$INSERT INTO acquaintance (person_id, knows_id) VALUES (1, 1)$$);
SELECT pg_temp.refused($$INSERT INTO acquaintance (person_id, knows_id) VALUES (5, 1)$$);
SELECT pg_temp.refused($$INSERT INTO acquaintance (person_id, knows_id) VALUES (1, 2)$$);
SELECT pg_temp.refused($$INSERT INTO introduction (introducer_id, party_id, to_id) VALUES (1, 1, 2)$$);
SELECT pg_temp.refused($$INSERT INTO introduction (introducer_id, party_id, to_id) VALUES (4, 1, 3)$$);
SELECT pg_temp.refused($$UPDATE introduction SET status_code = 'asked'$$);
SELECT pg_temp.refused($$UPDATE party SET is_introducer = true WHERE party_id = 5$$);

\echo == Who is forgotten is known by nobody; two who are one do not know each other
SELECT forget(4) IS NOT NULL AS is_forgotten;
SELECT person_id, knows_id FROM acquaintance ORDER BY 1, 2;
SELECT count(*) > 0 AS is_merged FROM merge_party(1, 2);
SELECT person_id, knows_id FROM acquaintance ORDER BY 1, 2;

\set ECHO none
\c
SET client_min_messages = warning;
SELECT salon.drop_space('s_way', drop_rows => true);
