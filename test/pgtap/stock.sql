-- Stock settings: nobody runs ANALYZE, jit is on.  At no level of access does
-- the plan of a view look so dear that it is compiled, which takes seconds.
--
-- pg_prove -d DATABASE test/pgtap/stock.sql

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

SELECT salon.create_space('t_stock') \g /dev/null
SET LOCAL search_path = t_stock, salon, public;

SELECT no_plan();

SELECT is(string_agg(c.relname, ', '), NULL, 'every table of a new space has statistics')
FROM pg_class c WHERE c.relnamespace = 't_stock'::regnamespace AND c.relkind = 'r' AND c.reltuples < 0;

CREATE ROLE t_stock_administrator;
CREATE ROLE t_stock_organizer_of_all;
CREATE ROLE t_stock_organizer;
CREATE ROLE t_stock_member;
CREATE ROLE t_stock_visitor;

-- Views whose plan costs more than that of compiled queries.
CREATE FUNCTION pg_temp.dear(condition text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    v record;
    plan jsonb;
BEGIN
    FOR v IN
        SELECT c.relname AS name, EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'event_id') AS is_of_an_event
        FROM pg_class c
        WHERE c.relnamespace = 't_stock'::regnamespace AND c.relkind = 'v' AND c.relname !~ '^_'
        ORDER BY 1
    LOOP
        CONTINUE WHEN NOT has_table_privilege('t_stock.' || v.name, 'SELECT') OR (condition <> '' AND NOT v.is_of_an_event)
                      -- what is about all events at once, or reads the catalog, of
                      -- which autovacuum last counted whatever else was there
                      OR v.name IN ('invariant', 'season_proposal', 'remedy');
        BEGIN
            EXECUTE format('EXPLAIN (FORMAT JSON) SELECT * FROM t_stock.%I', v.name) || condition INTO plan;
        EXCEPTION WHEN insufficient_privilege THEN
            CONTINUE; -- of a table that this level does not read
        END;
        IF (plan -> 0 -> 'Plan' ->> 'Total Cost')::float8 > current_setting('jit_above_cost')::float8 THEN
            RETURN NEXT format('%s %s', v.name, plan -> 0 -> 'Plan' ->> 'Total Cost');
        END IF;
    END LOOP;
END
$$;

INSERT INTO party (kind, name_en) SELECT 'organization', 'company ' || n FROM generate_series(1, 5) n;
SELECT salon.grant_access('t_stock', 't_stock_' || l, CASE l WHEN 'organizer_of_all' THEN 'organizer' ELSE l END, p)
FROM (VALUES ('administrator', NULL), ('organizer_of_all', NULL), ('organizer', 1), ('member', 1), ('visitor', NULL)) v (l, p) \g /dev/null
SELECT plan_event('Salon ' || n, starts_at => '2031-03-08 13:30+08'::timestamptz + n * interval '7 days', ends_at => '2031-03-08 17:30+08'::timestamptz + n * interval '7 days', planned_on_site => 40, needs => 'venue:1, tea:1')
FROM generate_series(1, 5) n \g /dev/null
INSERT INTO event_party (event_id, party_id, part_code) SELECT n, n, 'host' FROM generate_series(1, 5) n;

CREATE FUNCTION pg_temp.dear_at(role text, condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    result text;
BEGIN
    PERFORM set_config('role', role, true);
    result := (SELECT string_agg(d, ', ') FROM pg_temp.dear(condition) d);
    PERFORM set_config('role', 'none', true);
    RETURN result;
END
$$;

SELECT is(pg_temp.dear_at(r, ''), NULL, format('a small space, all of each view: %s', r))
FROM unnest(ARRAY[current_user, 't_stock_administrator', 't_stock_organizer_of_all', 't_stock_organizer', 't_stock_member', 't_stock_visitor']) r;

-- Hundreds of events, and still nobody analyzed.
SELECT salon.drop_space('t_stock', drop_rows => true), salon.create_space('t_stock') \g /dev/null
\set events 300
\set registrations 8
SET LOCAL session_replication_role = replica;
\ir ../bench/synthetic.sql
SET LOCAL session_replication_role = origin;
SELECT salon.grant_access('t_stock', 't_stock_' || l, CASE l WHEN 'organizer_of_all' THEN 'organizer' ELSE l END, p)
FROM (VALUES ('administrator', NULL), ('organizer_of_all', NULL), ('organizer', 7), ('member', 7), ('visitor', NULL)) v (l, p) \g /dev/null
SELECT is(pg_temp.dear_at(r, ' WHERE event_id = 150'), NULL, format('one event of hundreds: %s', r))
FROM unnest(ARRAY[current_user, 't_stock_administrator', 't_stock_organizer_of_all', 't_stock_organizer', 't_stock_member', 't_stock_visitor']) r;


-- Who sees all rows has a policy that asks nothing, and others are taken to see
-- what they ask for: the plan is that of the owner.
CREATE FUNCTION pg_temp.cost_at(role text, relation text) RETURNS numeric LANGUAGE plpgsql AS $$
DECLARE
    plan jsonb;
BEGIN
    PERFORM set_config('role', role, true);
    EXECUTE format('EXPLAIN (FORMAT JSON) SELECT * FROM t_stock.%I WHERE event_id = 150', relation) INTO plan;
    PERFORM set_config('role', 'none', true);
    RETURN plan -> 0 -> 'Plan' -> 'Total Cost';
END
$$;
SELECT is(string_agg(v.name, ', ' ORDER BY v.name), NULL, format('one event costs as much as the owner: %s', r))
FROM unnest(ARRAY['t_stock_administrator', 't_stock_organizer_of_all', 't_stock_organizer']) r
LEFT JOIN (SELECT c.relname::text AS name, pg_temp.cost_at('none', c.relname) AS cost
           FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'event_id'
           WHERE c.relnamespace = 't_stock'::regnamespace AND c.relkind = 'v' AND c.relname !~ '^_' AND c.relname <> 'invariant' OFFSET 0) v ON pg_temp.cost_at(r, v.name) > v.cost * 1.5 + 1
     AND NOT (r = 't_stock_organizer' AND v.name IN ('agenda', 'talk_slot', 'move_up_log', 'candidate', 'outcome_summary'))
     -- estimates of an overlap, of what policies ask and of a table of a few rows, not what is read; and registrations by key
GROUP BY r;

-- And no longer, once access is taken.
SELECT isnt(count(*), 0::bigint, 'those who see all have policies')
FROM pg_policy y WHERE y.polname = 'salon_read_all' AND y.polroles @> ARRAY['t_stock_administrator'::regrole::oid];
SELECT salon.revoke_access('t_stock', 't_stock_administrator'), salon.grant_access('t_stock', 't_stock_organizer_of_all', 'organizer') \g /dev/null
SELECT is(count(*), 0::bigint, 'none when access was taken')
FROM pg_policy y WHERE y.polname = 'salon_read_all' AND y.polroles @> ARRAY['t_stock_administrator'::regrole::oid];
SELECT salon.revoke_access('t_stock', 't_stock_organizer_of_all') \g /dev/null
SELECT is(count(*), 0::bigint, 'and they go with the last who had one') FROM pg_policy y WHERE y.polname = 'salon_read_all';

SELECT * FROM finish();
ROLLBACK;
