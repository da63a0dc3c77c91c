-- Plans: with thousands of events, what is asked of one event reads no table
-- that grows with events from end to end.
--
-- pg_prove -d DATABASE test/pgtap/plans.sql

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

SELECT salon.create_space('t_plans') \g /dev/null
SET LOCAL search_path = t_plans, salon, public;
SET LOCAL jit = off;
SET LOCAL max_parallel_workers_per_gather = 0; -- this process counts what it does itself

SELECT no_plan();

-- Synthetic rows, right without triggers: the same rule as for the benchmark.
\set events 3000
\set registrations 8
SET LOCAL session_replication_role = replica;
\ir ../bench/synthetic.sql
-- so many remarks that no sample makes reading all of them look cheap
INSERT INTO remark (agreement_id, note) SELECT agreement_id, 'synthetic' FROM agreement;
SET LOCAL session_replication_role = origin;
ANALYZE;

-- What grows with events: there are fewer seasons than events.
CREATE TEMP TABLE growing AS
SELECT c.relname::text AS name
FROM pg_class c
WHERE c.relnamespace = 't_plans'::regnamespace AND c.relkind = 'r' AND (c.reltuples >= :events OR c.relname = 'season');
SELECT is(string_agg(c.relname, ', ' ORDER BY c.relname), NULL, 'every table of events, registrations, agreements and seasons has grown')
FROM pg_class c
WHERE c.relnamespace = 't_plans'::regnamespace AND c.relkind = 'r'
  AND EXISTS (SELECT FROM pg_attribute a
              WHERE a.attrelid = c.oid AND a.attname IN ('event_id', 'registration_id', 'agreement_id', 'session_id', 'season_id', 'package_id'))
  AND NOT EXISTS (SELECT FROM growing g WHERE g.name = c.relname);

-- Every view that can be asked about one event; but for what plans over all
-- events at once, or gives each its place among all.
CREATE TEMP TABLE asked AS
SELECT c.relname::text AS name, a.attname::text AS key
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname IN ('event_id', 'season_id')
WHERE c.relnamespace = 't_plans'::regnamespace AND c.relkind = 'v' AND c.relname !~ '^_' AND c.relname NOT IN ('season_proposal', 'invariant', 'logo_wall');
SELECT cmp_ok(count(*), '>=', 30::bigint, 'many views can be asked about one ' || key) FROM asked WHERE key = 'event_id' GROUP BY key;

-- Tables that a query reads from end to end.
CREATE FUNCTION pg_temp.swept(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plan jsonb;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
    RETURN (SELECT string_agg(DISTINCT n ->> 'Relation Name', ', ')
            FROM jsonb_path_query(plan, '$.** ? (@."Node Type" == "Seq Scan")') n
            JOIN growing ON name = n ->> 'Relation Name');
END
$$;

-- What the server expects a query to cost: beyond this it compiles the query,
-- which takes longer than to answer it for one event.
CREATE FUNCTION pg_temp.cost(query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    plan jsonb;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
    RETURN plan -> 0 -> 'Plan' -> 'Total Cost';
END
$$;

-- Tables that a statement read from end to end when it ran, in functions and
-- triggers as well.
CREATE FUNCTION pg_temp.read_whole(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    before jsonb;
    scans text := $q$ SELECT jsonb_object_agg(relname, seq_scan)
                      FROM pg_stat_xact_user_tables JOIN growing ON name = relname WHERE schemaname = 't_plans' $q$;
    after jsonb;
BEGIN
    EXECUTE scans INTO before;
    EXECUTE statement;
    EXECUTE scans INTO after;
    RETURN (SELECT string_agg(a.key, ', ' ORDER BY a.key) FROM jsonb_each(after) a WHERE a.value <> before -> a.key);
END
$$;

SELECT is(pg_temp.swept('SELECT * FROM event'), 'event', 'a sweep would be seen');
SELECT is(pg_temp.read_whole('SELECT count(introduction) FROM event'), 'event', 'also when it happens');
SELECT is(pg_temp.swept(format('SELECT * FROM %I WHERE %I = 1510', name, key)), NULL, name || ' of one ' || key || ' sweeps nothing') FROM asked WHERE key = 'event_id' ORDER BY name;
SELECT is(pg_temp.swept(format('SELECT * FROM %I WHERE %I = 510', name, key)), NULL, name || ' of one ' || key || ' sweeps nothing') FROM asked WHERE key = 'season_id' ORDER BY name;
SELECT cmp_ok(pg_temp.cost(format('SELECT * FROM %I WHERE %I = 1510', name, key)), '<', current_setting('jit_above_cost')::numeric, name || ' of one ' || key || ' is not compiled')
FROM asked WHERE key = 'event_id' ORDER BY name;
SELECT is(pg_temp.read_whole(format('SELECT count(x::text) FROM %I x WHERE %I = 1510', name, key)), NULL, name || ' of one ' || key || ' reads nothing whole')
FROM asked WHERE key = 'event_id' ORDER BY name;
SELECT is(pg_temp.read_whole(format('SELECT count(x::text) FROM %I x WHERE %I = 510', name, key)), NULL, name || ' of one ' || key || ' reads nothing whole')
FROM asked WHERE key = 'season_id' ORDER BY name;
SELECT is(pg_temp.swept('SELECT * FROM checklist WHERE event_id = 1500 AND item_code = ''C12'''), NULL, 'one item neither');
SELECT is(pg_temp.swept('SELECT c.* FROM event e JOIN checklist c USING (event_id) WHERE e.event_id IN (7, 8)'), NULL, 'nor the checklist of two events');
SELECT is(pg_temp.swept('SELECT * FROM satisfaction WHERE event_id = 1500 AND party_id = 7'), NULL, 'nor the satisfaction of one party');
SELECT is(pg_temp.swept(q), NULL, q || ' sweeps nothing')
FROM unnest(ARRAY['SELECT * FROM sponsor_price WHERE series_id = 5', 'SELECT * FROM contribution_total WHERE series_id = 5',
                  'SELECT * FROM agreement_payment WHERE party_id = 5', 'SELECT * FROM commitment_list WHERE giver_id = 5',
                  'SELECT * FROM city_coverage WHERE city_code = ''synthetic_5''', 'SELECT * FROM scorecard WHERE party_id = 5']) q;
PREPARE by_parameter(bigint) AS SELECT * FROM proposal WHERE event_id = $1;
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT is(pg_temp.swept('EXECUTE by_parameter(1500)'), NULL, 'nor a prepared statement');
PREPARE checklist_of(bigint) AS SELECT * FROM checklist WHERE event_id = $1;
SELECT is(pg_temp.swept('EXECUTE checklist_of(1500)'), NULL, 'nor a prepared checklist');
SET LOCAL plan_cache_mode = auto;

-- Over many events what is asked for each is asked cheaply.  A function in SQL
-- that is not inlined would be planned again for each; and the number of calls
-- goes by what the event has, not by what the community has.
SET LOCAL track_functions = 'all';
CREATE FUNCTION pg_temp.called(query text, OUT planned_anew text, OUT calls bigint) LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := (SELECT coalesce(jsonb_object_agg(s.funcid, s.calls), '{}') FROM pg_stat_xact_user_functions s);
BEGIN
    EXECUTE query;
    SELECT string_agg(x.funcname || ' ' || x.calls, ', ' ORDER BY x.funcname)
               FILTER (WHERE x.schemaname = 't_plans' AND p.prolang = (SELECT l.oid FROM pg_language l WHERE l.lanname = 'sql') AND x.calls >= 5),
           sum(x.calls)
    INTO planned_anew, calls
    FROM (SELECT s.funcid, s.schemaname, s.funcname, s.calls - coalesce((before ->> s.funcid::text)::bigint, 0) AS calls FROM pg_stat_xact_user_functions s) x
    JOIN pg_proc p ON p.oid = x.funcid;
END
$$;
SELECT cmp_ok((pg_temp.called('SELECT count(event_label(n)) FROM generate_series(1511, 1515) n')).calls, '>=', 5::bigint, 'a call would be counted');
-- the duties go by helpers and shifts, candidates by pairs
SELECT is(concat_ws(', ', c.planned_anew, CASE WHEN c.calls >= 5000 AND name NOT IN ('duty_candidate', 'duty_gap', 'work_group', 'candidate') THEN c.calls || ' calls' END), '',
          name || ' plans nothing anew for each event, and calls few functions')
FROM asked, pg_temp.called(format('SELECT count(x::text) FROM %I x WHERE event_id BETWEEN 1511 AND 1515', name)) c
WHERE key = 'event_id'
ORDER BY name;
SELECT cmp_ok(c.calls, '<=', 850::bigint, 'coverage of five events compares an audience that nobody counted once: ' || c.calls || ' calls')
FROM pg_temp.called('SELECT count(x::text) FROM coverage x WHERE event_id BETWEEN 1511 AND 1515') c;
SET LOCAL track_functions = 'none';

-- What keeps its plan goes by index, also where the first event that asked had
-- few rows beside it and nobody analyzed.
SELECT is(string_agg(p.proname::text, ', ' ORDER BY p.proname), NULL, 'each function that keeps its plan finds by index')
FROM pg_proc p
WHERE p.pronamespace = 't_plans'::regnamespace AND 'plan_cache_mode=force_generic_plan' = ANY (p.proconfig) AND NOT 'enable_seqscan=off' = ANY (p.proconfig);
CREATE FUNCTION pg_temp.scans(query text, tables text[], OUT whole text, OUT scans bigint) LANGUAGE plpgsql AS $$
DECLARE
    before jsonb := (SELECT jsonb_object_agg(s.relname, ARRAY[s.seq_scan, coalesce(s.idx_scan, 0)]) FROM pg_stat_xact_user_tables s WHERE s.schemaname = 't_plans' AND s.relname = ANY (tables));
BEGIN
    EXECUTE query;
    SELECT string_agg(s.relname, ', ' ORDER BY s.relname) FILTER (WHERE s.seq_scan > (before -> s.relname ->> 0)::bigint),
           sum(s.seq_scan + coalesce(s.idx_scan, 0) - (before -> s.relname ->> 0)::bigint - (before -> s.relname ->> 1)::bigint)
    INTO whole, scans
    FROM pg_stat_xact_user_tables s
    WHERE s.schemaname = 't_plans' AND s.relname = ANY (tables);
END
$$;
SELECT is(whole, 'room', 'a small table that is read whole would be seen') FROM pg_temp.scans('SELECT count(name) FROM room', ARRAY['room', 'venue']);
SELECT is(s.whole, NULL, q || ' reads no small table whole either')
FROM unnest(ARRAY['SELECT count(f) FROM checklist_rule r, _planned_event e, _fact(e, r.rule_code, NULL) f WHERE e.event_id = 1510', 'SELECT count(t) FROM _there(1510) t']) q,
     pg_temp.scans(q, ARRAY['room', 'venue', 'party', 'channel', 'asset', 'session_seating', 'speaker']) s;
-- who is kept apart from whom goes by the duties of the event, not by pairs
SELECT cmp_ok(s.scans, '<=', 2 * x.duties, format('%s duties ask %s times who is kept apart', x.duties, s.scans))
FROM (SELECT count(*) AS duties FROM event_duty WHERE event_id = 1510) x, pg_temp.scans('SELECT count(x::text) FROM duty_gap x WHERE event_id = 1510', ARRAY['apart']) s;

-- who moves up is found in the order of the list, however long it is
SAVEPOINT many_wait;
SET LOCAL session_replication_role = replica;
INSERT INTO registration (event_id, side, status_code, asked_at) SELECT 1510, 'on_site', 'waiting', now() - n * interval '1 second' FROM generate_series(1, 20000) n;
SET LOCAL session_replication_role = origin;
ANALYZE registration;
CREATE FUNCTION pg_temp.read_to_choose(rule text, OUT tuples bigint) LANGUAGE plpgsql AS $$
DECLARE
    before bigint := (SELECT s.seq_tup_read + s.idx_tup_fetch FROM pg_stat_xact_user_tables s WHERE s.relid = 'registration'::regclass);
BEGIN
    PERFORM _choose(1510, 'on_site', rule, 1, '{}');
    tuples := (SELECT s.seq_tup_read + s.idx_tup_fetch FROM pg_stat_xact_user_tables s WHERE s.relid = 'registration'::regclass) - before;
END
$$;
SELECT cmp_ok(pg_temp.read_to_choose(rule), '<', 100::bigint, 'of 20,000 who wait few are read: ' || rule) FROM unnest(ARRAY['first_fit', 'best_fill']) rule;
ROLLBACK TO many_wait;

-- Nor under row-level security, for any level.
CREATE ROLE t_plans_visitor;
CREATE ROLE t_plans_member;
CREATE ROLE t_plans_organizer;
CREATE ROLE t_plans_all;
CREATE ROLE t_plans_web;
CREATE ROLE t_plans_form;
CREATE ROLE t_plans_administrator;
SELECT salon.grant_access('t_plans', 't_plans_form', 'form'), salon.grant_access('t_plans', 't_plans_administrator', 'administrator');
SELECT salon.grant_access('t_plans', 't_plans_visitor', 'visitor'), salon.grant_access('t_plans', 't_plans_member', 'member', 7),
       salon.grant_access('t_plans', 't_plans_organizer', 'organizer', (SELECT min(party_id) FROM event_party WHERE event_id = 1500 AND part_code = 'host')),
       salon.grant_access('t_plans', 't_plans_all', 'organizer'), salon.grant_access('t_plans', 't_plans_web', 'application') \g /dev/null
-- an application acts for the organizer; what that says nobody else heeds
SELECT p.party_id AS host_id, salon.grant_access('t_plans', p.party_id, 'organizer', p.party_id) FROM (SELECT min(party_id) AS party_id FROM event_party WHERE event_id = 1500 AND part_code = 'host') p \gset
SET LOCAL salon.party = :host_id;
GRANT SELECT ON growing TO PUBLIC;
CREATE FUNCTION pg_temp.swept_by(role text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    answer text;
BEGIN
    EXECUTE 'SET LOCAL ROLE ' || role;
    answer := pg_temp.swept(query);
    RESET ROLE;
    RETURN answer;
END
$$;
CREATE FUNCTION pg_temp.cost_by(role text, query text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    answer numeric;
BEGIN
    EXECUTE 'SET LOCAL ROLE ' || role;
    answer := pg_temp.cost(query);
    RESET ROLE;
    RETURN answer;
END
$$;
CREATE TEMP TABLE asked_by AS
SELECT r.role, a.name, a.key, format('SELECT * FROM %I WHERE %I = %s', a.name, a.key, CASE a.key WHEN 'event_id' THEN 1500 ELSE 510 END) AS query
FROM (VALUES ('t_plans_administrator'), ('t_plans_all'), ('t_plans_organizer'), ('t_plans_web'), ('t_plans_member'), ('t_plans_form'), ('t_plans_visitor')) r (role)
JOIN asked a ON has_table_privilege(r.role, format('t_plans.%I', a.name), 'SELECT');
SELECT cmp_ok(count(*), '>=', 5::bigint, role || ' reads some of them') FROM asked_by GROUP BY role ORDER BY role;
SELECT is(string_agg(format('%s (%s)', x.name, x.swept), ', ' ORDER BY x.name) FILTER (WHERE x.swept IS NOT NULL), NULL, role || ': no view of one event or season sweeps')
FROM (SELECT a.*, pg_temp.swept_by(a.role, a.query) AS swept FROM asked_by a) x GROUP BY role ORDER BY role;
SELECT is(string_agg(format('%s (%s)', x.name, x.cost), ', ' ORDER BY x.name) FILTER (WHERE x.cost >= current_setting('jit_above_cost')::numeric), NULL, role || ': no view of one event is compiled')
FROM (SELECT a.*, pg_temp.cost_by(a.role, a.query) AS cost FROM asked_by a WHERE a.key = 'event_id') x GROUP BY role ORDER BY role;

-- An application that says in each transaction for whom it acts is not asked
-- anew what that one has, until it says another.
CREATE FUNCTION pg_temp.access_read(party text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    scans text := $q$ SELECT seq_scan + idx_scan FROM pg_stat_xact_user_tables WHERE schemaname = 't_plans' AND relname = 'access' $q$;
    before bigint;
    after bigint;
BEGIN
    SET LOCAL ROLE t_plans_web;
    PERFORM count(*) FROM session WHERE event_id = 1500;
    EXECUTE scans INTO before;
    PERFORM set_config('salon.party', '', true), set_config('salon.party', party, true);
    PERFORM count(*) FROM session WHERE event_id = 1500;
    EXECUTE scans INTO after;
    RESET ROLE;
    RETURN after - before;
END
$$;
SELECT is(pg_temp.access_read(:'host_id'), 0::bigint, 'who says the same again is known');
SELECT cmp_ok(pg_temp.access_read((:host_id % 400 + 1)::text), '>', 0::bigint, 'who says another is asked');
SELECT set_config('salon.party', :'host_id', true) \g /dev/null

-- Of thousands of events at once the duties are priced by the event: else the
-- server would compile what takes less than that.
SELECT cmp_ok(pg_temp.cost('SELECT * FROM duty_gap'), '<', current_setting('jit_above_cost')::numeric, 'duty_gap of all events is not compiled');
SELECT cmp_ok(pg_temp.cost('SELECT * FROM checklist_summary') / (SELECT count(*) FROM event), '<', 100::numeric, 'a thousand events of checklist_summary are not compiled');

-- What one event asks does not grow with what was before or comes after.
SELECT cmp_ok(count(*), '<=', 20::bigint, 'of a series only the next events are listed: ' || count(*)) FROM future_plan WHERE event_id = 10 AND kind_code = 'event';
SELECT cmp_ok((SELECT count(*) FROM event n JOIN event e ON e.event_id = 10 AND n.series_id = e.series_id AND n.starts_at > e.ends_at AND n.is_open), '>', 20::bigint, 'of more that there are');
CREATE FUNCTION pg_temp.looked_up(table_name text, query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    before bigint := (SELECT idx_scan FROM pg_stat_xact_user_tables WHERE schemaname = 't_plans' AND relname = table_name);
BEGIN
    EXECUTE query;
    RETURN (SELECT idx_scan FROM pg_stat_xact_user_tables WHERE schemaname = 't_plans' AND relname = table_name) - before;
END
$$;
SELECT cmp_ok(x.looked_up, '<', x.duties / 2, format('%s duties of helpers take %s events', x.duties, x.looked_up))
FROM (SELECT pg_temp.looked_up('event', 'SELECT count(x::text) FROM duty_candidate x WHERE event_id = 1510') AS looked_up,
             (SELECT count(*) FROM event_duty d JOIN helper h USING (party_id)) AS duties) x;
SELECT cmp_ok(pg_temp.looked_up('event', 'SELECT count(x::text) FROM duty_gap x WHERE event_id = 1510'), '<', count(DISTINCT d.event_id) / 2,
              'what limits nobody is not counted: of ' || count(DISTINCT d.event_id) || ' events')
FROM event_duty d JOIN helper h USING (party_id);
SELECT is(pg_temp.swept_by(role, 'SELECT * FROM session'), 'session', role || ': a sweep would be seen') FROM unnest(ARRAY['t_plans_visitor', 't_plans_member']) role;
SELECT is(pg_temp.swept_by(role, format('SELECT * FROM %I WHERE event_id = 1500', v)), NULL, format('%s: %s of one event sweeps nothing', role, v))
FROM unnest(ARRAY['t_plans_visitor', 't_plans_member', 't_plans_organizer', 't_plans_all', 't_plans_web']) role, unnest(ARRAY['session', 'link', 'notice', 'attendee_sheet']) v;
SELECT is(pg_temp.swept_by(role, 'SELECT party_label(7), name_en FROM party WHERE party_id = 7'), NULL, role || ': nor one party') FROM unnest(ARRAY['t_plans_visitor', 't_plans_member']) role;
SELECT is(pg_temp.swept_by(role, format('SELECT * FROM %I WHERE event_id = 1500', v)), NULL, format('%s: %s of one event sweeps nothing', role, v))
FROM unnest(ARRAY['t_plans_organizer', 't_plans_all', 't_plans_web']) role,
     unnest(ARRAY['checklist', 'missing_item', 'need', 'unmet', 'gave_and_got', 'proposal', 'satisfaction', 'registration_list', 'door_list', 'headcount', 'event_cost', 'package_offer', 'exposure', 'scorecard',
                  'talk_slot', 'asset_consent', 'asset_publication', 'take_down', 'duty_candidate', 'work_group']) v;

-- What is written for one event does not sweep either.

SELECT is(pg_temp.swept(q), NULL, q || ' sweeps nothing')
FROM unnest(ARRAY['UPDATE event SET introduction = ''x'' WHERE event_id = 1500', 'INSERT INTO remark (event_id, note) VALUES (1500, ''x'')', 'UPDATE commitment SET quantity = 2 WHERE commitment_id = 9',
                  'DELETE FROM commitment WHERE event_id = 1500', 'UPDATE supply SET committed = 1 WHERE supply_id = 5',
                  'UPDATE registration SET seats = 1 WHERE registration_id = 5', 'UPDATE seating SET capacity = 9 WHERE event_id = 1500',
                  'DELETE FROM attendee WHERE registration_id = 5', 'DELETE FROM check_pass WHERE registration_id = 5',
                  'SELECT * FROM registration WHERE event_id = 1500 AND side = ''online'' AND status_code = ''waiting'' ORDER BY asked_at, registration_id',
                  'SELECT * FROM attendee WHERE live_event_id = 1500 AND contact_kind = ''email'' AND contact_key = ''x''',
                  'UPDATE agreement SET status_code = ''fulfilled'' WHERE agreement_id = 9', 'DELETE FROM package WHERE event_id = 1500']) q;

SELECT is(pg_temp.read_whole(q), NULL, q || ' reads nothing whole')
FROM unnest(ARRAY['SELECT register(1510, ''online'', name => ''x'', contact_kind => ''other'', contact => ''x'')', 'SELECT register(1510, ''on_site'')',
                  'SELECT cancel_registration(1509 * 8 + 3)', 'SELECT check_in(1509 * 8 + 4, ''ticket'', 1)', 'SELECT move_up(1510)',
                  'SELECT busiest_window(1510)', 'SELECT index_lift(1510)',
                  'INSERT INTO agreement (package_id, party_id) VALUES (1510 * 2, 7)', 'UPDATE agreement SET status_code = ''signed'' WHERE agreement_id = 1509 * 8 + 2',
                  'UPDATE agreement SET status_code = ''withdrawn'' WHERE agreement_id = 1509 * 8 + 2',
                  'INSERT INTO delivery (commitment_id, quantity) SELECT commitment_id, 1 FROM commitment WHERE agreement_id = 1509 * 8 + 1 AND resource_code = ''post''',
                  'INSERT INTO commitment (event_id, giver_id, resource_code) VALUES (1510, 7, ''tea'')', 'INSERT INTO demand (event_id, resource_code) VALUES (1510, ''tea'')', 'INSERT INTO demand (party_id, resource_code) VALUES (7, ''exposure'')',
                  'SELECT waive(1510, ''C3'', ''x'')', 'INSERT INTO event_item (event_id, name_en) VALUES (1510, ''x'')',
                  'UPDATE seating SET capacity = capacity + 9 WHERE event_id = 1510',
                  'SELECT import_answers(1510, jsonb_build_array(jsonb_build_object(''respondent'', ''x'', ''scale'', 3, ''choices'', ''o1;o2'')))', 'DELETE FROM respondent WHERE response_id = 1510',
                  'UPDATE asset SET state = ''published'' WHERE asset_id = 1510 * 5 - 3', 'INSERT INTO asset_person (asset_id, person_id) VALUES (1510 * 5 - 3, 402)',
                  'UPDATE consent SET status_code = ''withdrawn'' WHERE event_id = 1510', 'INSERT INTO outcome (event_id, outcome_kind_code, party_id) VALUES (1510, ''sig'', 5)',
                  'UPDATE event SET status_code = ''cancelled'', cancelled_reason = ''x'' WHERE event_id = 1510',
                  'SELECT make_slots(1520)', 'SELECT build_agenda(1520)', 'UPDATE talk SET status_code = ''withdrawn'' WHERE talk_id = 1519 * 2 + 1',
                  'INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (1519 * 2 + 2, 2399, 3)', 'INSERT INTO affiliation (person_id, organization_id) VALUES (900, 7)',
                  'UPDATE room SET changeover = 5 WHERE room_id = 7',
                  'SELECT propose(1530)', 'UPDATE agreement SET status_code = ''withdrawn'' WHERE event_id = 1530 AND status_code = ''signed''']) WITH ORDINALITY x (q, place)
ORDER BY place;

-- Every foreign key has an index on the side that points, so that deleting
-- and the like sweep nothing.

SELECT is(string_agg(c.relname || '.' || k.conname, ', '), NULL, 'every foreign key of a growing table has an index')
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN growing g ON g.name = c.relname
WHERE k.contype = 'f' AND k.connamespace = 't_plans'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_index i
                  WHERE i.indrelid = k.conrelid AND i.indpred IS NULL
                    AND i.indkey[0] = ANY (k.conkey));

SELECT cmp_ok(count(*), '>', 0::bigint, 'there is something to propose') FROM proposal WHERE event_id = 1501;

-- Nor is a view compiled before anybody analyzed what was loaded; three are priced
-- too high then.
\set space t_plans
\ir ../bench/unanalyzed.sql
SELECT is(string_agg(format('%s (%s)', x.name, x.cost), ', ' ORDER BY x.name) FILTER (WHERE x.cost >= current_setting('jit_above_cost')::numeric), NULL, role || ': no view of one event is compiled without statistics')
FROM (SELECT a.*, pg_temp.cost_by(a.role, a.query) AS cost FROM asked_by a WHERE a.key = 'event_id' AND a.name NOT IN ('package_offer', 'gave_and_got', 'candidate')) x GROUP BY role ORDER BY role;

SELECT * FROM finish();
ROLLBACK;
