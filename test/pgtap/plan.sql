-- Planning: what one call makes equals the template, for the shipped one and for
-- one of the community; a bundle of needs is taken as it is.
--
-- pg_prove -d DATABASE test/pgtap/plan.sql

\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;

BEGIN;

SELECT salon.create_space('t_plan') \g /dev/null
SET LOCAL search_path = t_plan, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

INSERT INTO party (party_id, kind, name_en) VALUES (1, 'organization', 'Org');
INSERT INTO city (city_code, name_en) VALUES ('hangzhou', 'Hangzhou');
INSERT INTO venue (venue_id, city_code, name) VALUES (1, 'hangzhou', 'Lake house'), (2, NULL, 'Somewhere');
INSERT INTO template (template_code, name_en) VALUES ('tour', 'campus tour');
INSERT INTO template_duty (template_code, duty_code) VALUES ('tour', 'host'), ('tour', 'photo');
INSERT INTO template_resource (template_code, direction, resource_code, quantity, priority) VALUES
    ('tour', 'need', 'student', 30, 5), ('tour', 'need', 'teacher', NULL, 1), ('tour', 'offer', 'job', 2, 4), ('tour', 'offer', 'content', NULL, 2);

CREATE FUNCTION pg_temp.made(e bigint, template text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT bag_eq(format('SELECT duty_code FROM event_duty WHERE event_id = %s AND party_id IS NULL AND starts_at IS NULL', e),
                       format('SELECT duty_code FROM template_duty WHERE template_code = %L', template), template || ': its duties');
    RETURN NEXT bag_eq(format('SELECT resource_code, quantity, priority, purpose, party_id, city_code FROM demand WHERE event_id = %s', e),
                       format('SELECT resource_code, quantity, priority, ''means'' AS p, NULL::bigint AS i, NULL::text AS c FROM template_resource WHERE template_code = %L AND direction = ''need''', template),
                       template || ': its needs');
    RETURN NEXT bag_eq(format('SELECT resource_code, quantity, priority, committed FROM supply WHERE event_id = %s', e),
                       format('SELECT resource_code, quantity, priority, 0::bigint AS z FROM template_resource WHERE template_code = %L AND direction = ''offer''', template),
                       template || ': its offers');
    RETURN NEXT set_eq(format('SELECT item_code FROM checklist WHERE event_id = %s', e),
                       format('SELECT item_code FROM checklist_item WHERE template_code = %L', template), template || ': its checklist');
END
$$;
SELECT pg_temp.made(plan_event('S'), 'salon');
SELECT pg_temp.made(plan_event('T', template_code => 'tour'), 'tour');

SELECT plan_event('A', '甲', '2031-05-01 18:00+08', '2031-05-01 21:00+08', 'Asia/Tokyo', 'hangzhou', 1, NULL, 1, 80, 500) AS e \gset
SELECT results_eq('SELECT name_en, name_zh, starts_at, ends_at, time_zone, city_code, venue_id, planned_on_site, planned_online, status_code, template_code, actual_on_site
                   FROM event WHERE event_id = ' || :e,
    $$ VALUES ('A', '甲', '2031-05-01 18:00+08'::timestamptz, '2031-05-01 21:00+08'::timestamptz, 'Asia/Tokyo', 'hangzhou', 1::bigint, 80, 500, 'planned', 'salon', NULL::int) $$,
    'everything that is given stands in the event');
SELECT results_eq('SELECT party_id, part_code FROM event_party WHERE event_id = ' || :e, $$ VALUES (1::bigint, 'host') $$, 'the host hosts');
SELECT plan_event(venue_id => 1) AS e \gset
SELECT is((SELECT city_code FROM event WHERE event_id = :e), 'hangzhou', 'the city of the venue');
SELECT plan_event(venue_id => 2) AS e \gset
SELECT is((SELECT city_code FROM event WHERE event_id = :e), NULL, 'which may not be known');

-- A bundle of needs.

SELECT plan_event('N', needs => 'tea:3, venue:1, tea:4, funds:9000000000') AS e \gset
SELECT bag_eq('SELECT resource_code, quantity, priority FROM demand WHERE event_id = ' || :e,
    $$ VALUES ('tea', 7::bigint, 2::smallint), ('venue', 1, 5), ('funds', 9000000000, 3) $$, 'the needs that are given, with the priority of the template');
SELECT is((SELECT needed FROM event_need WHERE event_id = :e), 'funds:9000000000, tea:7, venue:1', 'come back as a bundle');
SELECT is((SELECT count(*) FROM supply WHERE event_id = :e), (SELECT count(*) FROM template_resource WHERE template_code = 'salon' AND direction = 'offer'),
          'the offers stay those of the template');

-- Editing the template changes what is planned from then on.

UPDATE template_resource SET quantity = 9 WHERE template_code = 'salon' AND resource_code = 'speaker';
SELECT is((SELECT count(*) FROM demand WHERE resource_code = 'speaker' AND quantity <> 4), 0::bigint, 'what was planned stays');
SELECT pg_temp.made(plan_event('S'), 'salon');
SELECT is((SELECT quantity FROM demand WHERE resource_code = 'speaker' ORDER BY demand_id DESC LIMIT 1), 9::bigint, 'what is planned now follows');
SELECT is((SELECT shipped FROM template_resource WHERE template_code = 'salon' AND resource_code = 'speaker'), false, 'and the row is no longer as shipped');

SELECT * FROM finish();
ROLLBACK;
