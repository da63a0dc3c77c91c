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
INSERT INTO certification (organization_id, name_en) VALUES (1, 'Certification');
INSERT INTO certification_level (certification_id) VALUES (1);
INSERT INTO exam_question (certification_level_id, kind, text_en) VALUES (1, 'numeric', 'Question');
INSERT INTO exam_key (exam_question_id, value) VALUES (1, 1);
INSERT INTO blueprint (certification_level_id, quantity) VALUES (1, 1);
INSERT INTO hackathon (event_id) VALUES (1);
INSERT INTO hackathon_round (event_id, ordinal, name_en) VALUES (1, 1, 'Round');
SELECT enter_team(1, 'Team', 3) \g /dev/null
INSERT INTO judge (event_id, person_id) VALUES (1, 4);
INSERT INTO award (event_id, name_en) VALUES (1, 'Award');
INSERT INTO award_winner (award_id, team_id) VALUES (1, 1);
INSERT INTO survey (event_id, name_en) VALUES (1, 'Survey');
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (1, 1, 'venue', 1);
UPDATE agreement SET status_code = 'signed';
INSERT INTO event_check (event_id, check_code) VALUES (1, 'ticket');
INSERT INTO intake (name_en, apply_by, rank_by) VALUES ('Intake', '2020-05-01', '2020-06-01');
INSERT INTO rotation (series_id, cadence, starts_time, lasts) VALUES (1, 'FREQ=WEEKLY', '14:00', '2 hours');
INSERT INTO series_host (series_id, party_id) VALUES (1, 1), (1, 2);
SELECT FROM plan_season(1, '2031-06-01', '2031-06-30') \g /dev/null

-- What a call needs to come as far as the argument that is looked at; with a
-- function, of that one only, though it need not be given.
CREATE TEMPORARY TABLE given (name text, value text, function text, but text);
INSERT INTO given (name, value, function, but) VALUES
    ('party_id', '3', NULL, NULL), ('person_id', '3', NULL, NULL), ('resource_code', '''venue''', NULL, NULL), ('channel_id', '1', NULL, NULL), ('segment_id', '1', NULL, NULL), ('host_id', '1', 'plan_event', NULL),
    ('event_id', '1', NULL, NULL), ('placement_code', '''website''', NULL, NULL), ('session_id', '1', NULL, NULL), ('template_code', '''salon''', NULL, NULL), ('agreement_id', '1', NULL, NULL), ('registration_id', '1', NULL, NULL), ('survey_id', '1', NULL, NULL), ('series_id', '1', NULL, NULL),
    ('certification_level_id', '1', NULL, NULL), ('exam_question_id', '1', NULL, NULL), ('blueprint_id', '1', NULL, NULL), ('persons', '''{3}''', NULL, NULL), ('number', '''x''', NULL, NULL), ('organization_id', '1', NULL, NULL), ('year', '2031', NULL, NULL),
    ('subjects', '''{1}''', NULL, NULL), ('items', '''{1}''', NULL, NULL), ('scores', '''{1}''', NULL, NULL),
    ('captain_id', '4', NULL, NULL), ('name', '''Another team''', NULL, NULL), ('team_id', '1', NULL, NULL), ('url', '''https://example.org''', NULL, NULL),
    ('hackathon_round_id', '1', NULL, NULL), ('judge_id', '1', NULL, NULL), ('award_winner_id', '1', NULL, NULL),
    ('season_id', '1', NULL, NULL), ('intake_id', '1', NULL, NULL), ('turn_id', '1', NULL, NULL), ('other_turn_id', '2', NULL, NULL), ('giver_id', '1', NULL, NULL), ('keep_id', '1', NULL, NULL), ('gone_id', '2', NULL, NULL),
    ('check_code', '''ticket''', NULL, NULL), ('code', '''x''', NULL, NULL), ('link_id', '1', NULL, NULL), ('item_code', '''C1''', NULL, NULL), ('from_code', '''salon''', NULL, NULL), ('to_code', '''other''', NULL, NULL), ('reason', '''none''', NULL, NULL),
    ('from_date', '''2031-07-01''', NULL, NULL), ('to_date', '''2031-07-31''', NULL, NULL), ('benefits', '''talk_slot:3''', NULL, NULL),
    ('givers', '''{1,2}''', NULL, NULL), ('takers', '''{2,1}''', NULL, NULL), ('resources', '''{venue,speaker}''', NULL, NULL),
    ('answers', '''[]''', NULL, NULL), ('parties', '''[]''', NULL, NULL), ('registrations', '''[]''', NULL, NULL), ('schedule', '''[]''', NULL, NULL), ('sheet', '''[]''', NULL, NULL), ('document', '''<schedule><conference><title>x</title></conference></schedule>''', NULL, NULL),
    ('event_id', '1', 'import_schedule', NULL), ('event_id', '1', 'give', 'series_id'), ('resource_code', '''venue''', 'give', NULL), ('quantity', '1', 'give', NULL), ('contact', '''x''', 'register', NULL),
    ('starts_at', 'now()', 'copy_event', NULL), ('starts_at', 'now()', 'move_event', NULL);
-- Arguments that are no key and no code, or one that is new.
CREATE TEMPORARY TABLE free (name text);
INSERT INTO free VALUES ('to_code'), ('document'), ('secret'), ('name'), ('name_en'), ('name_zh'), ('note'), ('evidence'), ('reason'), ('contact'), ('quantities'), ('quantity'), ('number'), ('seed'), ('subjects'), ('items'), ('revision'), ('url'), ('page');

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

-- Every view and every function, at every level: who was granted it is
-- answered, with rows or none; what a level may not read or call was not
-- granted to it.  An application was granted all, for whomever it acts.
CREATE ROLE t_u_visitor;
CREATE ROLE t_u_form;
CREATE ROLE t_u_member;
CREATE ROLE t_u_organizer;
CREATE ROLE t_u_all;
CREATE ROLE t_u_admin;
CREATE ROLE t_u_web;
SELECT salon.grant_access('t_unknown', 't_u_visitor', 'visitor'), salon.grant_access('t_unknown', 't_u_form', 'form'), salon.grant_access('t_unknown', 't_u_member', 'member', 1),
       salon.grant_access('t_unknown', 't_u_organizer', 'organizer', 1), salon.grant_access('t_unknown', 't_u_all', 'organizer'), salon.grant_access('t_unknown', 't_u_admin', 'administrator'),
       salon.grant_access('t_unknown', 't_u_web', 'application'), salon.grant_access('t_unknown', 3, 'organizer', 1), salon.grant_access('t_unknown', 4, 'administrator') \g /dev/null
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host');
UPDATE event SET status_code = 'planned' WHERE event_id = 1;
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
INSERT INTO remark (event_id, note) VALUES (1, 'remark');

CREATE TEMPORARY TABLE level (role text, acting text);
INSERT INTO level SELECT CURRENT_USER, '' UNION ALL SELECT 't_u_' || unnest(ARRAY['visitor', 'form', 'member', 'organizer', 'all', 'admin']), '' UNION ALL SELECT 't_u_web', unnest(ARRAY['', '1', '3', '4']);
-- The error; whatever it did is undone.
CREATE FUNCTION pg_temp.heard(role text, acting text, command text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    PERFORM set_config('salon.party', acting, true);
    EXECUTE format('SET LOCAL ROLE %I', role);
    EXECUTE command;
    RAISE SQLSTATE 'UNDO0';
EXCEPTION
    WHEN SQLSTATE 'UNDO0' THEN RETURN NULL;
    WHEN OTHERS THEN RETURN SQLSTATE || ' ' || SQLERRM;
END
$$;
CREATE TEMPORARY TABLE answered AS
SELECT l.role, l.acting, c.kind, c.name, pg_temp.heard(l.role, l.acting, c.command) AS error
FROM (SELECT 'view' AS kind, c.relname AS name, c.oid, format('SELECT v::text FROM t_unknown.%I v', c.relname) AS command
      FROM pg_class c
      WHERE c.relnamespace = 't_unknown'::regnamespace AND c.relkind = 'v'
      UNION ALL
      SELECT 'function', p.proname, p.oid,
             format('SELECT x::text FROM (SELECT * FROM t_unknown.%I(%s)) x', p.proname,
                    (SELECT string_agg(format('%I => %s', a.name, g.value), ', ')
                     FROM unnest(p.proargnames[1:p.pronargs]) WITH ORDINALITY a (name, n)
                     JOIN given g ON g.name = a.name
                                 AND CASE WHEN a.n > p.pronargs - p.pronargdefaults THEN g.function = p.proname ELSE g.function IS NULL END))
      FROM pg_proc p
      WHERE p.pronamespace = 't_unknown'::regnamespace AND left(p.proname, 1) <> '_' AND p.prorettype <> 'trigger'::regtype) c
CROSS JOIN level l
WHERE CASE c.kind WHEN 'view' THEN has_table_privilege(l.role, c.oid, 'SELECT') ELSE has_function_privilege(l.role, c.oid, 'EXECUTE') END;
-- What may be called for rows of one's own is refused for these.
CREATE TEMPORARY TABLE refused (name text, who text, reason text);
INSERT INTO refused VALUES
    ('agree_ring', 'organizer$|web( for [13])?$', 'rings are of no event: who organizes all makes them'),
    ('plan_season', 'organizer$|web for [13]$', 'series are for who organizes all events'),
    ('copy_template', 'web( for [13])?$', 'templates are for administrators'),
    ('add_template', 'web( for 1)?$', 'for the organizers of the event'),
    ('give', 'web( for 1)?$', 'for the organizers of the event'),
    ('organizer_page', 'web( for 1)?$', 'for the organizers of the event'),
    ('organizer_html', 'web( for 1)?$', 'for the organizers of the event'),
    ('enter_team', 'member$|web( for 1)?$', 'a member enters itself as captain'),
    ('submit_work', 'member$|web( for 1)?$', 'for who is in the team'),
    ('plan_event', 'web( for 1)?$', 'for organizers'),
    ('waive', 'web( for 1)?$', 'for the organizers of the event'),
    ('deliver', 'web for 1$', 'who gives does not say itself that it delivered'),
    ('register', 'member$|web( for 1)?$', 'without a party: for forms and organizers');
SELECT is(a.error, NULL, format('%s: view %s', concat_ws(' for ', a.role, nullif(a.acting, '')), a.name)) FROM answered a WHERE a.kind = 'view' ORDER BY a.name, a.role, a.acting;
SELECT is(CASE WHEN a.error ~ '^(42501|42883|XX)' THEN a.error END, NULL, format('%s: function %s', concat_ws(' for ', a.role, nullif(a.acting, '')), a.name))
FROM answered a
WHERE a.kind = 'function' AND NOT EXISTS (SELECT FROM refused r WHERE r.name = a.name AND concat_ws(' for ', a.role, nullif(a.acting, '')) ~ r.who)
ORDER BY a.name, a.role, a.acting;
SELECT is(substr(a.error, 1, 5), '42501', format('%s: function %s: %s', concat_ws(' for ', a.role, nullif(a.acting, '')), a.name, r.reason))
FROM answered a
JOIN refused r ON r.name = a.name AND concat_ws(' for ', a.role, nullif(a.acting, '')) ~ r.who
WHERE a.kind = 'function'
ORDER BY a.name, a.role, a.acting;
SELECT cmp_ok(count(*), '>', 1000::bigint, 'these are many') FROM answered;

SELECT * FROM finish();
ROLLBACK;
