-- History: who changed what and when, what is not recorded, and what is refused.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_history');
SET search_path = s_history, salon;
CREATE ROLE regress_salon_organizer;
SELECT salon.grant_access('s_history', 'regress_salon_organizer', 'organizer') \g /dev/null
CREATE VIEW shown AS
SELECT history_id, by_role = 'regress_salon_organizer' AS is_organizers, event, subject, row_key, row_label, operation, column_name, before, after, is_withheld
FROM event_history;
GRANT SELECT ON shown TO regress_salon_organizer;
\pset footer off
\pset tuples_only off
\set ECHO all

\echo == A new row: all that it has; a change: what changed
INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'company A', '甲公司'), ('organization', 'school B', '乙学校');
INSERT INTO event (name_en, name_zh, starts_at, ends_at) VALUES ('Spring', '春', '2031-03-08 13:30+08', '2031-03-08 17:30+08');
UPDATE event SET name_en = 'Spring salon', planned_on_site = 50;
INSERT INTO remark (event_id, note) VALUES (1, 'call the porter');
UPDATE remark SET note = 'call the other porter';
UPDATE event SET status_code = 'planned';
SELECT event, subject, row_key, operation, column_name, before, after, is_withheld FROM shown ORDER BY history_id, column_name;
\echo == Nothing changed: nothing is recorded
UPDATE event SET name_en = name_en;
SELECT count(DISTINCT history_id) FROM shown;

\echo == Agreements, waivers, packages; by another role
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'venue', 2);
INSERT INTO demand (event_id, resource_code, quantity) VALUES (1, 'venue', 1);
SET ROLE regress_salon_organizer;
INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (1, 1, 1);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 1;
INSERT INTO event_item (event_id, item_code, waived_reason) VALUES (1, 'C3', 'we do it alone');
UPDATE event_item SET waived_reason = NULL WHERE item_code = 'C3';
RESET ROLE;
INSERT INTO package (event_id, name_en, benefits, price) VALUES (1, 'gold', 'logo_place:1', 100);
INSERT INTO agreement (package_id, party_id) VALUES (1, 2);
UPDATE agreement SET status_code = 'signed' WHERE package_id = 1;
INSERT INTO delivery (commitment_id, delivered_at, evidence) VALUES (3, '2031-03-01 10:00+08', 'on the poster');
SELECT is_organizers, subject, row_key, row_label, operation, column_name, CASE WHEN column_name IN ('waived_at', 'signed_at') THEN (before IS NOT NULL)::text ELSE before END AS before, CASE WHEN column_name IN ('waived_at', 'signed_at') THEN (after IS NOT NULL)::text ELSE after END AS after, is_withheld
FROM shown WHERE history_id > 6 ORDER BY history_id, column_name;
\echo == What the database counts itself is no change of anybody
SELECT committed FROM supply;
SELECT count(*) FROM history WHERE subject = 'supply';
SELECT count(*) AS party_names FROM history WHERE before::text || after::text ~ 'company|公司|school';
SELECT count(*) AS remarks FROM history h WHERE h::text ~ 'porter|desk';

\echo == In Chinese
SET salon.lang = 'zh';
SELECT event, subject, row_label, operation, column_name FROM shown WHERE subject IN ('约定', '检查项') AND column_name IN ('status_code', 'waived_reason') ORDER BY history_id;
RESET salon.lang;

\echo == One event, deleted with all it had: the history stays
UPDATE agreement SET status_code = 'withdrawn' WHERE status_code = 'signed';
DELETE FROM delivery;
DELETE FROM agreement;
DELETE FROM event WHERE event_id = 1;
SELECT event, subject, row_key, row_label, operation, count(*) AS columns FROM shown WHERE operation = 'deleted' GROUP BY 1, 2, 3, 4, 5, history_id ORDER BY history_id;
SELECT event, column_name, before, after FROM shown WHERE operation = 'deleted' AND subject = 'event' AND column_name IN ('name_en', 'note', 'planned_on_site') ORDER BY column_name;

\echo == Moved to another event, another key; all rows at once
INSERT INTO event (event_id, name_en) VALUES (21, 'One'), (23, 'Two');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (21, 1, 'host');
UPDATE event_party SET event_id = 23;
UPDATE event_party SET event_party_id = 77;
DELETE FROM event_party;
UPDATE event SET event_id = 22 WHERE event_id = 21;
SELECT event_id, subject, row_key, operation, before, after FROM history WHERE event_id > 20 ORDER BY history_id;
TRUNCATE award_winner, delivery;
SELECT event_id, subject, row_key, operation, before, after FROM history ORDER BY history_id DESC LIMIT 1;
SELECT subject, row_key, operation, column_name, before, after FROM shown ORDER BY history_id DESC LIMIT 1;

\echo == When and who: true, together in one transaction
BEGIN;
INSERT INTO event (name_en) VALUES ('Three');
INSERT INTO event (name_en) VALUES ('Four');
SELECT count(DISTINCT transaction_id) AS transactions, count(DISTINCT at) AS times, bool_and(at >= now()) AS later, bool_and(by_role = current_user AND login_role = session_user) AS mine
FROM history WHERE after ->> 'name_en' IN ('Three', 'Four');
ROLLBACK;
SELECT count(*) FROM history WHERE after ->> 'name_en' IN ('Three', 'Four');

\echo == A function with the rights of its owner: who called it
CREATE FUNCTION rename(event_id bigint, name text) RETURNS void LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT
AS 'UPDATE event e SET name_en = name WHERE e.event_id = rename.event_id';
SET ROLE regress_salon_organizer;
SELECT rename(22, 'Two and a half');
RESET ROLE;
SELECT by_role, login_role = session_user AS logged_in, before, after FROM history ORDER BY history_id DESC LIMIT 1;
\echo == A column that the community added is not recorded, only that it changed
ALTER TABLE event ADD COLUMN phone text;
UPDATE event SET phone = '555' WHERE event_id = 22;
SELECT subject, column_name, before, after, is_withheld FROM shown ORDER BY history_id DESC LIMIT 1;
\echo == Any other table gets a history by one trigger
CREATE TRIGGER room_history AFTER INSERT OR UPDATE OR DELETE ON room
    FOR EACH ROW EXECUTE FUNCTION _history('room_id', '', 'name capacity');
INSERT INTO venue (name) VALUES ('hall');
INSERT INTO room (venue_id, name) VALUES (1, 'big room');
SELECT subject, row_key, operation, column_name, before, after, is_withheld FROM shown WHERE subject = 'room' AND column_name IN ('name', 'equipment') ORDER BY column_name;

\echo == Refused
\pset tuples_only on
SELECT pg_temp.refused($$ INSERT INTO history (at, by_role, login_role, transaction_id, subject, row_key, operation) VALUES (now(), 'x', 'x', 1, 'event', '1', 'delete') $$);
SELECT pg_temp.refused($$ UPDATE history SET by_role = 'somebody else' $$);
SELECT pg_temp.refused($$ DELETE FROM history $$);
SELECT pg_temp.refused($$ TRUNCATE history $$);
SELECT pg_temp.refused($$ SELECT purge_history('2030-01-01') $$);
SELECT pg_temp.refused($$ UPDATE space SET history_days = 29 $$);
-- nor by a trigger of somebody's own, who may write there
GRANT INSERT ON history TO regress_salon_organizer;
DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO regress_salon_organizer', current_database()); END $$;
SET ROLE regress_salon_organizer;
SELECT pg_temp.refused($$ DELETE FROM history $$);
CREATE TEMP TABLE mine (n integer);
CREATE FUNCTION pg_temp.forge() RETURNS trigger LANGUAGE plpgsql AS
'BEGIN INSERT INTO s_history.history (at, by_role, login_role, transaction_id, subject, row_key, operation) VALUES (now(), ''x'', ''x'', 1, ''event'', ''1'', ''delete''); RETURN NEW; END';
CREATE TRIGGER forge BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION pg_temp.forge();
SELECT pg_temp.refused($$ INSERT INTO mine VALUES (1) $$);
SELECT pg_temp.refused($$ CREATE TRIGGER event_history AFTER INSERT ON mine FOR EACH ROW EXECUTE FUNCTION _history('n', '', 'n') $$);
RESET ROLE;
DROP TABLE mine;
SELECT name_en FROM event WHERE event_id = 22;

\echo == Old history can be purged, and that is all
ALTER TABLE history DISABLE TRIGGER history_kept;
UPDATE history SET at = now() - interval '400 days' WHERE history_id <= 3;
UPDATE history SET at = now() - interval '500 days' WHERE history_id = 1;
ALTER TABLE history ENABLE TRIGGER history_kept;
SELECT purge_history(now() - interval '450 days');
SELECT purge_history();
SELECT purge_history();
SELECT min(history_id) FROM history;
UPDATE space SET history_days = 30;
SELECT subject, column_name, before, after FROM shown ORDER BY history_id DESC LIMIT 1;

SET client_min_messages = error;
SELECT salon.drop_space('s_history', drop_rows => true);
DROP OWNED BY regress_salon_organizer;
DROP ROLE regress_salon_organizer;
