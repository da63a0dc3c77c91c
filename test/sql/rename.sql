-- A space gets another name, and another space its own: in a session that has
-- asked both what somebody may see, each goes on to answer for itself.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
CREATE ROLE regress_salon_reader;
SELECT salon.create_space('s_one') \g /dev/null
INSERT INTO s_one.party (kind, name_en) VALUES ('organization', 'One');
INSERT INTO s_one.event (name_en, status_code) VALUES ('seen', 'planned'), ('hidden', 'planned');
INSERT INTO s_one.event_party (event_id, party_id, part_code) VALUES (1, 1, 'community');
SELECT salon.grant_access('s_one', 'regress_salon_reader', 'member', 1) \g /dev/null
CREATE FUNCTION s_one.parties() RETURNS bigint LANGUAGE plpgsql SET search_path = public, s_one, pg_temp AS 'BEGIN RETURN (SELECT count(*) FROM party); END';
CREATE FUNCTION s_one.elsewhere() RETURNS text LANGUAGE plpgsql SET search_path = public, pg_temp AS 'BEGIN RETURN current_schemas(false); END';
\set ECHO all
SET ROLE regress_salon_reader;
SELECT name_en FROM s_one.event ORDER BY 1;
RESET ROLE;
SELECT salon.rename_space('s_one', 's_two');
SELECT salon.create_space('s_one');
INSERT INTO s_one.party (kind, name_en) VALUES ('organization', 'Two');
INSERT INTO s_one.event (name_en, status_code) VALUES ('hidden there', 'planned'), ('seen there', 'planned');
INSERT INTO s_one.event_party (event_id, party_id, part_code) VALUES (2, 1, 'community');
SELECT salon.grant_access('s_one', 'regress_salon_reader', 'member', 1);
SET ROLE regress_salon_reader;
SELECT name_en FROM s_two.event ORDER BY 1;
SELECT name_en FROM s_one.event ORDER BY 1;
SELECT name_en FROM s_two.event ORDER BY 1;
RESET ROLE;
-- What the community added works in it as well, renamed by rename_space or by hand.
INSERT INTO s_two.party (kind, name_en) VALUES ('organization', 'Three');
SELECT s_two.parties();
ALTER SCHEMA s_two RENAME TO s_three;
SELECT is_current FROM salon.spaces WHERE space = 's_three';
SELECT salon.upgrade_space('s_three') = salon.version() AS upgraded;
SELECT s_three.parties();
SELECT p.oid::regprocedure, p.proconfig FROM pg_proc p WHERE p.proname IN ('parties', 'elsewhere') ORDER BY p.proname;
SET client_min_messages = error;
SELECT salon.drop_space('s_one', drop_rows => true), salon.drop_space('s_three', drop_rows => true);
DROP ROLE regress_salon_reader;
