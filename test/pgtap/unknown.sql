-- What is not there: every function that a community calls says so of each key
-- and each code that it takes, and what to do.  The functions come from the
-- catalog: a new one is held to it, and says here what else it needs to be called.
--
-- pg_prove -d DATABASE test/pgtap/unknown.sql

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
SELECT salon.create_space('t_unknown') \g /dev/null
SET LOCAL search_path = t_unknown, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

INSERT INTO series (name_en) VALUES ('Series');
INSERT INTO city (city_code, name_en) VALUES ('c', 'City');
INSERT INTO party (kind, name_en, city_code) VALUES ('organization', 'One', 'c'), ('organization', 'Two', 'c'), ('person', 'Three', NULL), ('person', 'Four', NULL);
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('Event', '2031-05-10 14:00+08', '2031-05-10 18:00+08');
INSERT INTO seating (event_id, side) VALUES (1, 'on_site');
INSERT INTO registration (event_id) VALUES (1);
INSERT INTO session (event_id, format_code) VALUES (1, 'mini_talk');
INSERT INTO session_seating (session_id, capacity) VALUES (1, 5);
INSERT INTO survey (event_id, name_en) VALUES (1, 'Survey');
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (1, 1, 'venue', 1);
UPDATE agreement SET status_code = 'signed';
INSERT INTO event_check (event_id, check_code) VALUES (1, 'ticket');
INSERT INTO rotation (series_id, cadence, starts_time, lasts) VALUES (1, 'FREQ=WEEKLY', '14:00', '2 hours');
INSERT INTO series_host (series_id, party_id) VALUES (1, 1), (1, 2);
SELECT FROM plan_season(1, '2031-06-01', '2031-06-30') \g /dev/null

-- What a call needs to come as far as the argument that is looked at; with a
-- function, of that one only, though it need not be given.
CREATE TEMPORARY TABLE given (name text, value text, function text, but text);
INSERT INTO given (name, value, function, but) VALUES
    ('event_id', '1', NULL, NULL), ('session_id', '1', NULL, NULL), ('template_code', '''salon''', NULL, NULL), ('agreement_id', '1', NULL, NULL), ('registration_id', '1', NULL, NULL), ('survey_id', '1', NULL, NULL), ('series_id', '1', NULL, NULL),
    ('season_id', '1', NULL, NULL), ('turn_id', '1', NULL, NULL), ('other_turn_id', '2', NULL, NULL), ('giver_id', '1', NULL, NULL), ('keep_id', '1', NULL, NULL), ('gone_id', '2', NULL, NULL),
    ('check_code', '''ticket''', NULL, NULL), ('item_code', '''C1''', NULL, NULL), ('from_code', '''salon''', NULL, NULL), ('to_code', '''other''', NULL, NULL), ('reason', '''none''', NULL, NULL),
    ('from_date', '''2031-07-01''', NULL, NULL), ('to_date', '''2031-07-31''', NULL, NULL), ('benefits', '''talk_slot:3''', NULL, NULL),
    ('givers', '''{1,2}''', NULL, NULL), ('takers', '''{2,1}''', NULL, NULL), ('resources', '''{venue,speaker}''', NULL, NULL),
    ('answers', '''[]''', NULL, NULL), ('parties', '''[]''', NULL, NULL), ('registrations', '''[]''', NULL, NULL), ('schedule', '''[]''', NULL, NULL),
    ('event_id', '1', 'give', 'series_id'), ('resource_code', '''venue''', 'give', NULL), ('quantity', '1', 'give', NULL), ('contact', '''x''', 'register', NULL),
    ('starts_at', 'now()', 'copy_event', NULL), ('starts_at', 'now()', 'move_event', NULL);
-- Arguments that are no key and no code, or one that is new.
CREATE TEMPORARY TABLE free (name text);
INSERT INTO free VALUES ('to_code'), ('secret'), ('name'), ('name_en'), ('name_zh'), ('note'), ('evidence'), ('reason'), ('contact'), ('quantities'), ('quantity');

CREATE TEMPORARY TABLE call AS
WITH argument AS (
    SELECT p.oid, p.proname, a.name, a.type, a.n > p.pronargs - p.pronargdefaults AS is_optional,
           CASE a.type WHEN 'bigint'::regtype THEN '987654' WHEN 'bigint[]'::regtype THEN '{987654,1}' WHEN 'text[]'::regtype THEN '{lost,venue}' WHEN 'text'::regtype THEN 'lost' END AS unknown
    FROM pg_proc p
    CROSS JOIN LATERAL unnest(p.proargnames[1:p.pronargs], p.proargtypes::oid[]) WITH ORDINALITY a (name, type, n)
    WHERE p.pronamespace = 't_unknown'::regnamespace AND left(p.proname, 1) <> '_' AND p.prorettype <> 'trigger'::regtype)
SELECT format('%s: unknown %s', a.proname, a.name) AS title, btrim(split_part(a.unknown, ',', 1), '{') AS unknown,
       obj_description(a.oid) ~ 'NULL for an .*unknown' AS is_label,
       format('SELECT x::text FROM (SELECT * FROM %I(%s)) x', a.proname,
              string_agg(format('%I => %s', o.name, CASE WHEN o.name = a.name THEN quote_literal(a.unknown) ELSE coalesce(g.value, 'missing') END), ', ')) AS command
FROM argument a
JOIN argument o USING (oid)
LEFT JOIN given g ON g.name = o.name AND CASE WHEN o.is_optional THEN g.function = o.proname ELSE g.function IS NULL END AND g.but IS DISTINCT FROM a.name
WHERE a.unknown IS NOT NULL AND a.name NOT IN (SELECT name FROM free) AND (o.name = a.name OR NOT o.is_optional OR g.name IS NOT NULL)
GROUP BY a.oid, a.proname, a.name, a.unknown;

-- How it is refused; NULL: as it should be.
CREATE FUNCTION pg_temp.wrong(command text, unknown text, is_label boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
    state text;
    said text;
    detail text;
    hint text;
    broken text;
BEGIN
    BEGIN
        EXECUTE command INTO answer;
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE, said = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT, broken = CONSTRAINT_NAME;
    END;
    hint := coalesce(nullif(hint, ''), (SELECT r.remedy FROM remedy r WHERE r.constraint_name = broken));
    RETURN CASE WHEN is_label AND answer = '()' THEN NULL
                WHEN state IS NULL THEN 'returns ' || coalesce(answer, 'nothing')
                WHEN state NOT IN ('22023', '23503', '23514') OR strpos(said || detail, unknown) = 0 OR hint IS NULL THEN concat_ws(' | ', state, said, detail, hint) END;
END
$$;
SELECT is(pg_temp.wrong(command, unknown, is_label), NULL, title) FROM call ORDER BY title;
SELECT cmp_ok(count(*), '>', 60::bigint, 'arguments of functions are looked at') FROM call;

INSERT INTO event (event_id, name_en, starts_at, ends_at) VALUES (99, 'Without checks', '2031-05-11 14:00+08', '2031-05-11 18:00+08');
INSERT INTO seating (event_id, side) VALUES (99, 'on_site');
INSERT INTO registration (event_id) VALUES (99);
SELECT throws_ok('SELECT check_in(max(registration_id), ''ticket'') FROM registration', '23503', 'event 99 has no check "ticket"', 'nor where there is none');

SELECT * FROM finish();
ROLLBACK;
