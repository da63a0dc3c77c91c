-- Events: every step of the status, allowed exactly as listed; labels; what an
-- event takes along when it is deleted.
--
-- pg_prove -d DATABASE test/pgtap/event.sql

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
SET LOCAL salon.import = on;  -- steps are tried from every status

SELECT salon.create_space('t_event') \g /dev/null
SET LOCAL search_path = t_event, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

-- Each of the 6 x 6 pairs.

CREATE TEMP TABLE allowed (from_code text, to_code text);
INSERT INTO allowed VALUES
    ('idea', 'planned'), ('idea', 'cancelled'),
    ('planned', 'idea'), ('planned', 'announced'), ('planned', 'cancelled'),
    ('announced', 'planned'), ('announced', 'held'), ('announced', 'cancelled'),
    ('held', 'recapped'),
    ('cancelled', 'planned');

CREATE FUNCTION pg_temp.step(a text, b text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    e bigint;
    s text;
    may boolean := a = b OR EXISTS (SELECT FROM allowed WHERE (from_code, to_code) = (a, b));
BEGIN
    INSERT INTO event (status_code, name_en, starts_at, ends_at, cancelled_reason) VALUES (a, 'e', '2031-01-01 18:00+08', '2031-01-01 21:00+08', 'rain')
    RETURNING event_id INTO e;
    IF may THEN
        RETURN NEXT lives_ok(format('UPDATE event SET status_code = %L WHERE event_id = %s', b, e), a || ' to ' || b || ' is a step');
    ELSE
        RETURN NEXT throws_ok(format('UPDATE event SET status_code = %L WHERE event_id = %s', b, e), '23514',
                              format('event %s cannot go from %s to "%s"', e, a, b), a || ' to ' || b || ' is none');
    END IF;
    SELECT status_code INTO s FROM event WHERE event_id = e;
    RETURN NEXT is(s, CASE WHEN may THEN b ELSE a END, 'and the status is as it should be');
END
$$;
SELECT is(count(*), 6::bigint, 'six statuses') FROM status WHERE subject = 'event';
SELECT pg_temp.step(a.status_code, b.status_code)
FROM status a, status b WHERE a.subject = 'event' AND b.subject = 'event'
ORDER BY a.ordinal, b.ordinal;

-- The same for agreements: what may begin so, and what comes after.

TRUNCATE allowed;
INSERT INTO allowed VALUES ('proposed', 'reserved'), ('proposed', 'signed'), ('proposed', 'declined'), ('proposed', 'withdrawn'), ('proposed', 'lapsed'),
    ('reserved', 'signed'), ('reserved', 'declined'), ('reserved', 'withdrawn'), ('reserved', 'lapsed'), ('signed', 'withdrawn');
INSERT INTO party (party_id, kind) VALUES (1, 'organization');
INSERT INTO event (event_id, name_en) VALUES (1000, 'e');
CREATE FUNCTION pg_temp.agreement_step(a text, b text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    p bigint;
BEGIN
    INSERT INTO commitment (event_id, giver_id, resource_code, status_code) VALUES (1000, 1, 'tea', a) RETURNING agreement_id INTO p;
    IF a = b OR EXISTS (SELECT FROM allowed WHERE (from_code, to_code) = (a, b)) THEN
        RETURN lives_ok(format('UPDATE agreement SET status_code = %L WHERE agreement_id = %s', b, p), 'agreement: ' || a || ' to ' || b || ' is a step');
    END IF;
    RETURN throws_ok(format('UPDATE agreement SET status_code = %L WHERE agreement_id = %s', b, p), '23514', NULL, 'agreement: ' || a || ' to ' || b || ' is none');
END
$$;
SELECT pg_temp.agreement_step(a.status_code, b.status_code)
FROM status a, status b WHERE a.subject = 'agreement' AND b.subject = 'agreement' AND a.status_code IN ('proposed', 'reserved', 'signed')
ORDER BY a.ordinal, b.ordinal;

-- All rows of one statement, or none.

INSERT INTO event (event_id, name_en, status_code) VALUES (2001, 'a', 'idea'), (2002, 'b', 'planned');
SELECT throws_ok('UPDATE event SET status_code = ''idea'' WHERE event_id IN (2001, 2002); UPDATE event SET status_code = ''held'' WHERE event_id IN (2001, 2002)',
                 '23514', NULL, 'one row that may not refuses all');
SELECT results_eq('SELECT status_code FROM event WHERE event_id IN (2001, 2002) ORDER BY event_id', $$ VALUES ('idea'), ('planned') $$, 'nothing changed');

-- What is announced keeps its name and times.

INSERT INTO event (event_id, name_en, starts_at, ends_at, status_code) VALUES (2003, 'a', '2031-01-01 18:00+08', '2031-01-01 21:00+08', 'announced');
SELECT throws_ok('UPDATE event SET name_en = NULL WHERE event_id = 2003', '23514', NULL, 'an announced event keeps a name');
SELECT throws_ok('UPDATE event SET starts_at = NULL, ends_at = NULL WHERE event_id = 2003', '23514', NULL, 'and its times');
SELECT lives_ok('UPDATE event SET name_zh = ''b'', name_en = NULL WHERE event_id = 2003', 'one name will do');

-- Labels.

SELECT is(event_label(2003), 'b', 'the only name in any language');
INSERT INTO event (event_id) VALUES (2004);
SELECT is(event_label(2004), 'event 2004', 'a number where there is no name');
SET LOCAL salon.lang = 'zh';
SELECT is(event_label(2004), '活动 2004', 'in Chinese');
SET LOCAL salon.lang = 'en';

-- What an event takes along.

SELECT plan_event('Full', host_id => 1) AS e \gset
INSERT INTO session (event_id, format_code) VALUES (:e, 'pk');
INSERT INTO notice (event_id, text_en) VALUES (:e, 'n');
INSERT INTO link (event_id, link_kind_code, name) VALUES (:e, 'live', 'l');
INSERT INTO asset (event_id, asset_kind_code) VALUES (:e, 'poster');
INSERT INTO event_item (event_id, item_code) VALUES (:e, 'C1');
SELECT propose(:e) \g /dev/null
SELECT lives_ok('DELETE FROM event WHERE event_id = ' || :e, 'an event is deleted');
SELECT is((SELECT count(*) FROM event_party WHERE event_id = :e) + (SELECT count(*) FROM session WHERE event_id = :e) + (SELECT count(*) FROM notice WHERE event_id = :e)
          + (SELECT count(*) FROM link WHERE event_id = :e) + (SELECT count(*) FROM asset WHERE event_id = :e) + (SELECT count(*) FROM event_item WHERE event_id = :e)
          + (SELECT count(*) FROM event_duty WHERE event_id = :e) + (SELECT count(*) FROM demand WHERE event_id = :e) + (SELECT count(*) FROM supply WHERE event_id = :e)
          + (SELECT count(*) FROM agreement WHERE event_id = :e), 0::bigint, 'with everything that is its own');
SELECT plan_event('Known', NULL, '2031-07-01 18:00+08', '2031-07-01 21:00+08') AS e \gset
UPDATE event SET status_code = 'announced' WHERE event_id = :e;
SELECT throws_ok('DELETE FROM event WHERE event_id = ' || :e, '23503', format('event %s stays: it is announced', :e), 'one that was announced stays, though nobody said anything there');

SELECT * FROM finish();
ROLLBACK;
