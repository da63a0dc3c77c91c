-- Spaces: making, listing and dropping them.
\set VERBOSITY default
\set SHOW_CONTEXT never
SET client_min_messages = warning;

\echo == Making a space is part of the transaction, and has room in the lock table of a stock server
BEGIN;
SELECT salon.create_space('s_club');
SELECT count(DISTINCT (locktype, relation, classid, objid)) BETWEEN 3000 AND 5000 AS locks_fit FROM pg_locks WHERE pid = pg_backend_pid();
ROLLBACK;
SELECT count(*) FROM pg_namespace WHERE nspname = 's_club';

\echo == A space is a schema with the model in it
SELECT salon.create_space('s_club');
SELECT space, version = salon.version() AS is_of_this_version, is_current FROM salon.spaces;
SELECT version = salon.version() AS is_of_this_version, name_en, name_zh, time_zone, currency FROM s_club.space;
SELECT obj_description('s_club'::regnamespace) AS comment;

\echo == A parallel query lists them too
SELECT set_config(name, 'regress', false) IS NOT NULL AS is_forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');
SELECT space, is_current FROM salon.spaces;
SELECT set_config(name, 'off', false) IS NOT NULL AS is_forced FROM pg_settings WHERE name IN ('force_parallel_mode', 'debug_parallel_query');

\echo == The session keeps its search_path
SHOW search_path;

\echo == The same name once more
SELECT salon.create_space('s_club');
\echo :LAST_ERROR_SQLSTATE

\echo == No name
SELECT salon.create_space(NULL);
\echo :LAST_ERROR_SQLSTATE
SELECT salon.create_space('');
\echo :LAST_ERROR_SQLSTATE

\echo == A name of 64 bytes is refused, not cut: letters, then Chinese
SELECT salon.create_space(repeat('x', 64));
\echo :LAST_ERROR_SQLSTATE
SELECT salon.create_space(repeat('沙', 21) || 'x');
\echo :LAST_ERROR_SQLSTATE

\echo == Names to which PostgreSQL gives a meaning of its own
SELECT salon.create_space('pg_club');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.create_space('pg_temp');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.create_space('$user');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.create_space('information_schema');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.create_space('salon');
\echo :LAST_ERROR_SQLSTATE

\echo == Any other name will do; each space works
CREATE TEMP TABLE odd (ordinal int, name text);
INSERT INTO odd VALUES
    (1, 'Our Club'), (2, 's "quoted" ''name'' a,b.c;-- \n%I%s'), (3, 'select'), (4, repeat('沙', 21));
SELECT format('SELECT salon.create_space(%L)', name) FROM odd ORDER BY ordinal \gexec
SELECT space, is_current FROM salon.spaces JOIN odd ON name = space ORDER BY ordinal;
DO $$
DECLARE
    o record;
    answer text;
BEGIN
    FOR o IN SELECT * FROM odd ORDER BY ordinal LOOP
        EXECUTE format('SELECT %I.plan_event(''Evening %s'')', o.name, o.ordinal);
        EXECUTE format('SELECT %I.waive(1, ''C3'', ''small'')', o.name);
        EXECUTE format('SELECT s.event || '': '' || s.progress || '', waived '' || s.waived FROM %I.checklist_summary s', o.name)
        INTO answer;
        RAISE WARNING '%', answer;
    END LOOP;
END
$$;

\echo == A space is renamed with all that hangs on it; one renamed by hand is found and mended
SELECT salon.rename_space('Our Club', 'S after');
SELECT space, is_current FROM salon.spaces WHERE space IN ('Our Club', 'S after');
SELECT "S after".plan_event('Night');
SELECT count(*) > 0 AS has_items FROM "S after".checklist;
ALTER SCHEMA "S after" RENAME TO s_by_hand;
SELECT space, is_current FROM salon.spaces WHERE space = 's_by_hand';
\echo == Its functions work in its old name, so nothing else gets that before it is mended
SELECT salon.rename_space('select', 'S after');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.create_space('S after');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.upgrade_space('s_by_hand') = salon.version() AS is_mended;
SELECT salon.rename_space('select', 'S after');
SELECT space, is_current FROM salon.spaces WHERE space IN ('s_by_hand', 'S after') ORDER BY space;
SELECT s_by_hand.plan_event('Morning');
SELECT (SELECT count(*) FROM s_by_hand.event WHERE name_en = 'Morning') AS by_hand, (SELECT count(*) FROM "S after".event WHERE name_en = 'Morning') AS other;
SELECT salon.rename_space('S after', 'select');
\echo == Every function of its own path, those with other settings beside it too
ALTER FUNCTION s_by_hand.plan_event SET work_mem = '8MB';
SELECT salon.rename_space('s_by_hand', 'Our Club');
SELECT count(*) AS strayed FROM pg_proc WHERE pronamespace = '"Our Club"'::regnamespace AND proconfig::text LIKE '%s_by_hand%';
SELECT count(*) > 0 AS keeps FROM pg_proc WHERE pronamespace = '"Our Club"'::regnamespace AND 'work_mem=8MB' = ANY (proconfig);
SELECT salon.rename_space('Our Club', 'public');
SELECT salon.rename_space('Our Club', 'pg_mine');
SELECT salon.rename_space('s_no', 's_by_hand');

\echo == Dropping refuses while there are rows, and says where
SELECT salon.drop_space('Our Club');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.drop_space('select', false);
SELECT salon.drop_space('select', NULL);
SELECT count(*) FROM "Our Club".event;

\echo == With the second argument the rows go too
-- One transaction each: dropping a space locks each of its objects.
SELECT format('SELECT salon.drop_space(%L, drop_rows => true)', name) FROM odd ORDER BY ordinal \gexec
SELECT space FROM salon.spaces;

\echo == Shipped rows alone do not keep a space; one that was edited does
UPDATE s_club.resource SET name_en = 'place' WHERE resource_code = 'venue';
SELECT salon.drop_space('s_club');
\echo :LAST_ERROR_SQLSTATE

\echo == A space that is current is left as it is; test/t/004_upgrade.pl has more
SELECT salon.upgrade_space('s_club') = salon.version() AS is_current;
SELECT salon.upgrade_space('nowhere');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.upgrade_space(NULL);
\echo :LAST_ERROR_SQLSTATE
BEGIN;
UPDATE s_club.space SET version = '99.10.0';
SELECT version, is_current FROM salon.spaces WHERE space = 's_club';
\set VERBOSITY sqlstate
SELECT salon.upgrade_space('s_club');
\set VERBOSITY default
ROLLBACK;

\echo == Nor does anything but a space get dropped
SELECT salon.drop_space('nowhere');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.drop_space(NULL);
\echo :LAST_ERROR_SQLSTATE
SELECT salon.drop_space('public', drop_rows => true);
\echo :LAST_ERROR_SQLSTATE
CREATE SCHEMA s_other;
CREATE TABLE s_other.space (version text);
SELECT salon.drop_space('s_other', drop_rows => true);
DROP SCHEMA s_other CASCADE;

\echo == A table of its own in a space keeps it, also with a column shipped that is no mark
SELECT salon.create_space('s_own');
CREATE TABLE s_own.parcel (shipped date);
-- each is an object since PostgreSQL 18
SELECT count(*) AS not_null FROM pg_constraint WHERE connamespace = 's_own'::regnamespace AND contype = 'n' \gset
BEGIN;
SELECT salon.drop_space('s_own', drop_rows => false);
SELECT count(DISTINCT (locktype, relation, classid, objid)) BETWEEN 3000 AND 6000 + :not_null AS locks_fit FROM pg_locks WHERE pid = pg_backend_pid();
ROLLBACK;
INSERT INTO s_own.parcel VALUES (NULL);
SELECT salon.drop_space('s_own');
SELECT salon.drop_space('s_own', true);

\echo == What others built on a space is never taken along
CREATE SCHEMA s_report;
CREATE VIEW s_report.by_table AS SELECT event_id FROM s_club.event;
CREATE VIEW s_report.by_function AS SELECT s_club.party_label(1);
CREATE MATERIALIZED VIEW s_report.by_view AS SELECT * FROM s_club.checklist_summary;
CREATE TABLE s_report.by_key (event_id bigint REFERENCES s_club.event);
CREATE TABLE s_report.by_type (e s_club.event);
CREATE TABLE s_report.by_child () INHERITS (s_club.city);
CREATE FUNCTION s_report.by_body() RETURNS bigint LANGUAGE sql BEGIN ATOMIC SELECT count(*) FROM s_club.event; END;
SELECT salon.drop_space('s_club', drop_rows => true);
\echo :LAST_ERROR_SQLSTATE
SELECT count(*) FROM s_club.role;
DROP SCHEMA s_report CASCADE;
SELECT salon.drop_space('s_club', drop_rows => true);
SELECT count(*) AS spaces FROM salon.spaces;

\echo == An empty schema that is there becomes a space
CREATE SCHEMA s_there;
SELECT salon.create_space('s_there');
SELECT space FROM salon.spaces;

\echo == A dump of rows is restored into a new space, whose triggers rest meanwhile; test/t/001_dump.pl has more
SELECT salon.begin_restore('nowhere');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.begin_restore('s_there');
SELECT (SELECT count(*) FROM s_there.space) AS space, (SELECT count(*) FROM s_there.resource) AS resource;
SELECT salon.end_restore('s_there');
\echo :LAST_ERROR_SQLSTATE
INSERT INTO s_there.space (version) VALUES ('0.1.0');
SELECT salon.end_restore('s_there');
\echo :LAST_ERROR_SQLSTATE
UPDATE s_there.space SET version = salon.version();
INSERT INTO s_there.party (kind, name_en) VALUES ('person', 'Ann');
SELECT tgenabled, count(*) > 600 AS many FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE relnamespace = 's_there'::regnamespace AND relkind = 'r' AND NOT tgisinternal GROUP BY 1;
SELECT salon.end_restore('s_there');
SELECT tgenabled, count(*) > 600 AS many FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE relnamespace = 's_there'::regnamespace AND relkind = 'r' AND NOT tgisinternal GROUP BY 1;
SELECT salon.begin_restore('s_there');
\echo :LAST_ERROR_SQLSTATE
SELECT salon.drop_space('s_there', true);

SELECT count(*) FROM pg_namespace WHERE nspname = 's_there';
\echo == One that holds anything does not
CREATE SCHEMA s_there CREATE TABLE t (i int);
SELECT salon.create_space('s_there');
DROP TABLE s_there.t;
CREATE FUNCTION s_there.label(text, text) RETURNS text LANGUAGE sql RETURN 'captured';
SELECT salon.create_space('s_there');
DROP FUNCTION s_there.label;
CREATE FUNCTION public.s_equal(text, smallint) RETURNS boolean LANGUAGE sql RETURN true;
CREATE OPERATOR s_there.= (LEFTARG = text, RIGHTARG = smallint, FUNCTION = public.s_equal);
SELECT salon.create_space('s_there');
\echo :LAST_ERROR_SQLSTATE
DROP OPERATOR s_there.= (text, smallint);
DROP FUNCTION public.s_equal;
DROP SCHEMA s_there;

\echo == Two spaces never mix: the same keys, other rows
SELECT salon.create_space('s_a');
SELECT salon.create_space('s_b');
INSERT INTO s_a.party (kind, name_en) VALUES ('organization', 'party of a');
INSERT INTO s_b.party (kind, name_en) VALUES ('organization', 'party of b');
INSERT INTO s_a.supply (party_id, resource_code, quantity) VALUES (1, 'venue', 1);
INSERT INTO s_b.supply (party_id, resource_code, quantity) VALUES (1, 'tea', 1);
SELECT s_a.plan_event('event of a', host_id => 1, needs => 'venue:1, tea:1') AS a,
       s_b.plan_event('event of b', host_id => 1, needs => 'venue:1, tea:1') AS b;
SELECT event, progress FROM s_a.checklist_summary;
SELECT event, progress FROM s_b.checklist_summary;
SELECT supplier, supplied FROM s_a.proposal WHERE event_id = 1;
SELECT supplier, supplied FROM s_b.proposal WHERE event_id = 1;
SET search_path = s_a, salon;
SELECT s_b.propose(1);
SELECT count(*) FROM s_a.commitment;
SELECT count(*) FROM s_b.commitment;
SELECT s_b.waive(1, 'C1', 'tried from the path of the other');
SELECT (SELECT count(*) FROM s_a.event_item) AS a, (SELECT count(*) FROM s_b.event_item) AS b;
SELECT s_b.event_label(1), s_b.party_label(1), event_label(1), party_label(1);
RESET search_path;

\echo == No foreign key leaves its space
SELECT count(*)
FROM pg_constraint k
JOIN pg_class f ON f.oid = k.confrelid
WHERE k.contype = 'f' AND k.connamespace IN ('s_a'::regnamespace, 's_b'::regnamespace) AND f.relnamespace <> k.connamespace;

\echo == The extension cannot be dropped from under a space
SET client_min_messages = error;
\set VERBOSITY terse
DROP EXTENSION salon;
\echo :LAST_ERROR_SQLSTATE
\set VERBOSITY default
SET client_min_messages = warning;

SELECT salon.drop_space('s_a', true);
SELECT salon.drop_space('s_b', true);

\echo == Objects in public or among temporary ones capture no name
CREATE FUNCTION public.label(text, text, text) RETURNS text LANGUAGE sql RETURN 'captured';
CREATE FUNCTION public.party_label(bigint) RETURNS text LANGUAGE sql RETURN 'captured';
CREATE TABLE public.event (event_id bigint);
CREATE TABLE public.resource (resource_code text);
CREATE TYPE public.bundle AS (x int);
CREATE TEMP TABLE event (event_id bigint, status_code text);
CREATE TEMP TABLE step (subject text, from_code text, to_code text);
CREATE TEMP TABLE supply (supply_id bigint);
CREATE TEMP VIEW proposal AS SELECT 1 AS captured;
SELECT salon.create_space('s_safe');
SET search_path = pg_temp, public;
INSERT INTO s_safe.party (kind, name_en) VALUES ('organization', 'giver');
INSERT INTO s_safe.supply (party_id, resource_code, quantity) VALUES (1, 'venue', 1);
SELECT s_safe.plan_event('Evening', host_id => 1, needs => 'venue:1');
SELECT owner_duty, missing FROM s_safe.checklist WHERE event_id = 1 AND item_code IN ('C3', 'C14') ORDER BY item_code DESC;
SELECT s_safe.propose(1);
UPDATE s_safe.event SET status_code = 'held';
\echo :LAST_ERROR_SQLSTATE
SELECT (SELECT count(*) FROM pg_temp.event) AS temporary, (SELECT count(*) FROM public.event) AS public,
       (SELECT committed FROM s_safe.supply WHERE supply_id = 1) AS committed;
RESET search_path;
SELECT salon.drop_space('s_safe', true);
DROP TABLE pg_temp.event, pg_temp.step, pg_temp.supply, public.event, public.resource;
DROP VIEW pg_temp.proposal;
DROP FUNCTION public.label, public.party_label;
DROP TYPE public.bundle;

\echo == Everything runs with the rights of the caller
CREATE ROLE regress_salon_owner;
CREATE ROLE regress_salon_stranger;
SET ROLE regress_salon_owner;
\set VERBOSITY sqlstate
SELECT salon.create_space('s_role');
\set VERBOSITY default
RESET ROLE;
DO $$ BEGIN EXECUTE format('GRANT CREATE ON DATABASE %I TO regress_salon_owner', current_database()); END $$;
SET ROLE regress_salon_owner;
SELECT salon.create_space('s_role');
SELECT space, owner, is_current FROM salon.spaces;
SELECT count(*) FILTER (WHERE relowner <> 'regress_salon_owner'::regrole) AS of_others, count(*) > 100 AS many
FROM pg_class WHERE relnamespace = 's_role'::regnamespace;
SELECT count(*) FILTER (WHERE proowner <> 'regress_salon_owner'::regrole OR (prosecdef AND prorettype <> 'trigger'::regtype)) AS of_others
FROM pg_proc WHERE pronamespace = 's_role'::regnamespace;
SELECT s_role.plan_event('Evening');

\echo == A stranger sees that there is a space, and nothing in it
SET ROLE regress_salon_stranger;
SELECT space, owner, version, is_current FROM salon.spaces;
SELECT * FROM s_role.event;
SELECT s_role.plan_event('Night');
SELECT salon.drop_space('s_role', true);
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;

\echo == One who may look is still not an owner
SET ROLE regress_salon_owner;
SELECT salon.grant_access('s_role', 'regress_salon_stranger', 'visitor');
SET ROLE regress_salon_stranger;
SELECT space, is_current FROM salon.spaces;
SELECT name_en FROM s_role.event;
SELECT s_role.plan_event('Night');
\echo :LAST_ERROR_SQLSTATE
SELECT s_role.propose(1);
\echo :LAST_ERROR_SQLSTATE
SELECT salon.drop_space('s_role', true);
\echo :LAST_ERROR_SQLSTATE

\echo == A schema of somebody else is not taken; nothing lands elsewhere
RESET ROLE;
CREATE SCHEMA s_theirs;
GRANT CREATE ON SCHEMA salon TO regress_salon_owner;
SET ROLE regress_salon_owner;
SELECT salon.create_space('s_theirs');
\echo :LAST_ERROR_SQLSTATE
RESET ROLE;
REVOKE CREATE ON SCHEMA salon FROM regress_salon_owner;
SELECT count(*) FROM pg_class WHERE relnamespace = 'salon'::regnamespace AND relowner = 'regress_salon_owner'::regrole;
DROP SCHEMA s_theirs;

\echo == A table dressed up as a space runs nothing for those who list spaces
SET ROLE regress_salon_owner;
SELECT salon.drop_space('s_role', true);
CREATE SCHEMA s_trap;
CREATE FUNCTION s_trap.spring() RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'sprung as %', current_user; END $$;
CREATE TABLE s_trap.space (version text, CONSTRAINT space_is_one CHECK (true));
INSERT INTO s_trap.space VALUES ('0.1.0');
CREATE POLICY spring ON s_trap.space USING (s_trap.spring());
ALTER TABLE s_trap.space ENABLE ROW LEVEL SECURITY;
GRANT USAGE ON SCHEMA s_trap TO PUBLIC;
GRANT SELECT ON s_trap.space TO PUBLIC;
SET ROLE regress_salon_stranger;
SELECT space, owner, version FROM salon.spaces;
SET ROLE regress_salon_owner;
DROP SCHEMA s_trap CASCADE;

RESET ROLE;
DO $$ BEGIN EXECUTE format('REVOKE CREATE ON DATABASE %I FROM regress_salon_owner', current_database()); END $$;
DROP ROLE regress_salon_owner, regress_salon_stranger;
\echo == Nothing is left
SELECT count(*) AS spaces FROM salon.spaces;
