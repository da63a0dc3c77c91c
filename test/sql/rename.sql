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
SET client_min_messages = error;
SELECT salon.drop_space('s_one', drop_rows => true), salon.drop_space('s_two', drop_rows => true);
DROP ROLE regress_salon_reader;
