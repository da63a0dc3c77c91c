-- salon.health tells what is wrong with a space, of somebody else's too, whose
-- code gains nothing by that.
--
-- pg_prove -d DATABASE test/pgtap/health.sql

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
CREATE ROLE t_h_owner;
CREATE ROLE t_h_other;
SELECT format('GRANT CREATE ON DATABASE %I TO t_h_owner', current_database())
\gexec
SET LOCAL ROLE t_h_owner;
SELECT salon.create_space('t_health') \g /dev/null
RESET ROLE;
SET LOCAL search_path = t_health, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT is_empty($$SELECT checked, value FROM salon.health('t_health') WHERE state <> 'ok' AND checked <> 'settings'$$, 'a new space is well');
SELECT is_empty($$SELECT checked FROM salon.health('t_health') WHERE num_nulls(checked, state, value) > 0 OR (state = 'ok') <> (remedy IS NULL)$$, 'what is not well says what to do');
SET LOCAL ROLE t_h_owner;
SELECT is_empty($$SELECT checked, value FROM salon.health('t_health') WHERE state <> 'ok' AND checked <> 'settings'$$, 'so it is for its owner');
SET LOCAL ROLE t_h_other;
SELECT throws_ok($$SELECT salon.health('t_health')$$, '42501', NULL, 'nobody else asks');
RESET ROLE;
SELECT throws_ok($$SELECT salon.health('t_lost')$$, '3F000', NULL, 'nor of what is no space');

-- Much goes wrong.
INSERT INTO event (name_en, status_code, starts_at, ends_at, time_zone) VALUES ('Soon', 'planned', now() + interval '2 hours', now() + interval '4 hours', 'UTC');
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 3);
ALTER TABLE registration DISABLE TRIGGER registration_count_insert;
INSERT INTO registration (event_id, seats) VALUES (1, 2);
ALTER TABLE commitment DROP CONSTRAINT commitment_has_one_holder;
DROP TRIGGER party_key_given ON party;
ALTER FUNCTION my_parties() OWNER TO t_h_other;
SET LOCAL enable_nestloop = off;
CREATE TEMP TABLE told AS SELECT * FROM salon.health('t_health');
SELECT matches(t.state || ': ' || t.value, x.pattern, x.checked)
FROM (VALUES ('version of the space', '^ok: '), ('rules that rows break', '^problem: .*seating_counts_are_kept × 1'), ('rules that are missing', '^problem: commitment_has_one_holder, party_key_given$'),
             ('oldest overdue item', '^notice: .*, event 1, due at '), ('triggers that are disabled', '^problem: registration_count_insert$'), ('objects of another owner', '^problem: t_health.my_parties\(\)$'),
             ('tables without statistics', '^notice: .*\mregistration\M'), ('settings', '^(notice|problem): .*enable_nestloop = off')) x (checked, pattern)
LEFT JOIN told t ON t.checked = x.checked;
SET LOCAL salon.lang = 'zh';
SELECT is_empty($$SELECT checked FROM salon.health('t_health') WHERE checked !~ '[一-龥]' OR remedy ~ '^[A-Z][a-z]'$$, 'in Chinese too');
SET LOCAL salon.lang = 'en';
UPDATE space SET version = '0.4.0';
SELECT is((SELECT array_agg(h.checked || ' ' || h.state) FROM salon.health('t_health') h WHERE h.checked ~ 'space|break'), ARRAY['version of the space problem'], 'of a space of another version that is said first');
UPDATE space SET version = salon.version();
RESET enable_nestloop;

-- The owner puts code in its way, which runs as the owner and cannot do more.
SET LOCAL ROLE t_h_owner;
CREATE FUNCTION t_health.grab() RETURNS text LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'RESET ROLE'; EXECUTE 'ALTER ROLE t_h_owner SUPERUSER'; RETURN 'x'; END $$;
CREATE OR REPLACE VIEW t_health.invariant AS SELECT t_health.grab() AS rule, NULL::text AS table_name, NULL::text AS row_key, NULL::bigint AS event_id, NULL::text AS event, NULL::date AS held_on, NULL::text AS problem, NULL::text AS remedy;
RESET ROLE;
SELECT matches((SELECT h.state || ': ' || h.value FROM salon.health('t_health') h WHERE h.checked = 'rules that rows break'), '^problem: .*(role|security-restricted)', 'code of the owner is refused what is not its own, and that is told');
SELECT is((SELECT rolsuper FROM pg_roles WHERE rolname = 't_h_owner'), false, 'and gains nothing');
SELECT is(current_user, session_user, 'nor is the caller another afterwards');

-- Locks, of which this transaction has some already, are of the order that it says.
SELECT (regexp_match(value, 'about (\d+)'))[1]::numeric AS said FROM salon.health('t_health') WHERE checked = 'locks' \gset
SET CONSTRAINTS ALL IMMEDIATE;
SELECT salon.drop_space('t_health', true) \g /dev/null
SELECT cmp_ok(count(*)::numeric, '>=', :said * 0.8, 'it takes locks of that order to drop it') FROM pg_locks WHERE pid = pg_backend_pid();

SELECT * FROM finish();
ROLLBACK;
