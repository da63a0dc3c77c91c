-- Supply, demand and pledges: what is refused, and how one is told.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_supply');
SET search_path = s_supply, salon;
\set ECHO all

INSERT INTO city (city_code, name_en) VALUES ('hangzhou', 'Hangzhou');
INSERT INTO party (kind, name_en) VALUES ('organization', 'One'), ('organization', 'Two');
SELECT plan_event('Evening', needs => 'venue:1, tea:20'), plan_event('Night', needs => 'venue:1');
SELECT demand_id, event_id, resource_code, quantity FROM demand ORDER BY 1;
DELETE FROM supply;
INSERT INTO supply (supply_id, party_id, resource_code, quantity) VALUES (101, 1, 'venue', 1), (102, 1, 'tea', 30), (103, 2, 'tea', NULL), (104, 2, 'case_study', NULL);
INSERT INTO supply (supply_id, event_id, resource_code, quantity) VALUES (105, 1, 'talk_slot', 4), (106, 2, 'talk_slot', 4);
INSERT INTO demand (demand_id, party_id, resource_code, quantity, purpose) VALUES (101, 2, 'talk_slot', 2, 'means'), (102, 2, 'influence', NULL, 'end');

\echo == It belongs to a party or to an event
SELECT pg_temp.refused($$ INSERT INTO supply (party_id, event_id, resource_code) VALUES (1, 1, 'tea') $$);
SELECT pg_temp.refused($$ INSERT INTO supply (resource_code) VALUES ('tea') $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, event_id, resource_code) VALUES (1, 1, 'tea') $$);
SELECT pg_temp.refused($$ INSERT INTO demand (resource_code) VALUES ('tea') $$);

\echo == Unknown codes, parties, events
SELECT pg_temp.refused($$ INSERT INTO supply (party_id, resource_code) VALUES (1, 'sympathy') $$);
SELECT pg_temp.refused($$ INSERT INTO supply (party_id) VALUES (1) $$);
SELECT pg_temp.refused($$ INSERT INTO supply (party_id, resource_code) VALUES (99, 'tea') $$);
SELECT pg_temp.refused($$ INSERT INTO supply (event_id, resource_code) VALUES (99, 'tea') $$);
SELECT pg_temp.refused($$ INSERT INTO supply (party_id, resource_code, city_code) VALUES (1, 'tea', 'atlantis') $$);
SELECT pg_temp.refused($$ UPDATE supply SET resource_code = 'sympathy' WHERE supply_id = 102 $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code) VALUES (1, 'sympathy') $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, city_code) VALUES (1, 'tea', 'atlantis') $$);

\echo == Quantities, priorities, dates
SELECT pg_temp.refused($$ INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'tea', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'tea', 9223372036854775808) $$);
SELECT pg_temp.refused($$ INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'tea', 1000000000001) $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, quantity) VALUES (1, 'tea', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, quantity) VALUES (1, 'tea', 1000000000001) $$);
SELECT pg_temp.refused($$ INSERT INTO supply (party_id, resource_code, priority) VALUES (1, 'tea', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, priority) VALUES (1, 'tea', 6) $$);
SELECT pg_temp.refused($$ INSERT INTO supply (party_id, resource_code, valid_from, valid_before) VALUES (1, 'tea', '2031-01-02', '2031-01-02') $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, valid_from, valid_before) VALUES (1, 'tea', '2031-01-02', '2031-01-01') $$);

\echo == Ends and means
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, purpose) VALUES (1, 'tea', 'whim') $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, metric_kind) VALUES (1, 'tea', 'gut feeling') $$);
UPDATE demand SET serves_id = 102 WHERE demand_id = 101;
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, purpose, serves_id) VALUES (2, 'tea', 'means', 101) $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, purpose, serves_id) VALUES (2, 'tea', 'end', 102) $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, serves_id) VALUES (2, 'tea', 102) $$);
SELECT pg_temp.refused($$ INSERT INTO demand (party_id, resource_code, purpose, serves_id) VALUES (2, 'tea', 'means', 999) $$);
SELECT pg_temp.refused($$ UPDATE demand SET purpose = 'means' WHERE demand_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE demand SET purpose = NULL WHERE demand_id = 102 $$);
SELECT pg_temp.refused($$ DELETE FROM demand WHERE demand_id = 102 $$);

\echo == A commitment is of one or more, of what is there
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (102, 1, 0) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (102, 1, -2) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (999, 1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (102, 999, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity, value) VALUES (102, 1, 1, -1) $$);

\echo == Never more than is supplied
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (102, 1, 31) $$);
INSERT INTO commitment (commitment_id, supply_id, demand_id, quantity) VALUES (101, 102, 1, 20);
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (102, 1, 11) $$);
SELECT pg_temp.refused($$ UPDATE commitment SET quantity = 31 WHERE commitment_id = 101 $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (102, 1, 5), (102, 1, 5), (102, 1, 1) $$);
SELECT pg_temp.refused($$ UPDATE commitment SET supply_id = 101 WHERE commitment_id = 101 $$);
SELECT pg_temp.refused($$ UPDATE supply SET quantity = 19 WHERE supply_id = 102 $$);
UPDATE supply SET quantity = 20 WHERE supply_id = 102;
SELECT supply_id, resource_code, is_used_up, quantity, committed FROM supply WHERE supply_id = 102;

\echo == No limit, and what giving does not use up
INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (103, 1, 1000000), (104, 1, 7), (104, 1, 7);
SELECT supply_id, resource_code, is_used_up, quantity, committed FROM supply WHERE supply_id IN (103, 104) ORDER BY 1;
UPDATE supply SET quantity = 3 WHERE supply_id = 104;
SELECT pg_temp.refused($$ UPDATE supply SET quantity = 3 WHERE supply_id = 103 $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (103, 1, 1000000000001) $$);

\echo == A resource or a supply does not become one that is overcommitted
SELECT pg_temp.refused($$ UPDATE resource SET is_used_up = true WHERE resource_code = 'case_study' $$);
SELECT pg_temp.refused($$ UPDATE supply SET resource_code = 'tea' WHERE supply_id = 104 $$);

\echo == The counter and what it follows are not for anybody to write
SELECT pg_temp.refused($$ UPDATE supply SET committed = 0 WHERE supply_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE supply SET is_used_up = false WHERE supply_id = 102 $$);
INSERT INTO supply (supply_id, party_id, resource_code, quantity, committed, is_used_up) VALUES (107, 1, 'tea', 5, 4, false);
SELECT quantity, committed, is_used_up FROM supply WHERE supply_id = 107;

\echo == A commitment is made at one event: that of its supply or demand
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (106, 1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, supply_id, demand_id, quantity) VALUES (2, 105, 101, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, supply_id, demand_id, quantity) VALUES (2, 102, 1, 1) $$);
SELECT pg_temp.refused($$ UPDATE commitment SET event_id = 2 WHERE commitment_id = 101 $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, supply_id, demand_id, quantity) VALUES (99, 101, 101, 1) $$);
INSERT INTO commitment (commitment_id, supply_id, demand_id, quantity) VALUES (102, 105, 101, 1), (103, 101, 102, 1);
SELECT commitment_id, event_id, supply_id, demand_id, status_code FROM commitment WHERE commitment_id > 100 ORDER BY 1;

\echo == What something was agreed on does not change hands, nor what it is
SELECT pg_temp.refused($$ UPDATE supply SET party_id = 2 WHERE supply_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE supply SET event_id = 2 WHERE supply_id = 105 $$);
SELECT pg_temp.refused($$ UPDATE demand SET event_id = 2 WHERE demand_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE demand SET party_id = 1 WHERE demand_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE supply SET resource_code = 'venue' WHERE supply_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE demand SET resource_code = 'prize' WHERE demand_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM supply WHERE supply_id = 102 $$);
SELECT pg_temp.refused($$ DELETE FROM demand WHERE demand_id = 1 $$);
UPDATE supply SET party_id = 2 WHERE supply_id = 107;

\echo == Status: only the steps that are listed
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'fulfilled' WHERE agreement_id = (SELECT agreement_id FROM commitment WHERE commitment_id = 101) $$);
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'planned' WHERE agreement_id = (SELECT agreement_id FROM commitment WHERE commitment_id = 101) $$);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = (SELECT agreement_id FROM commitment WHERE commitment_id = 101);
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'declined' WHERE agreement_id = (SELECT agreement_id FROM commitment WHERE commitment_id = 101) $$);
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = (SELECT agreement_id FROM commitment WHERE commitment_id = 101);
SELECT committed FROM supply WHERE supply_id = 102;

\echo == The last status is final: what was withdrawn is promised anew
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'signed' WHERE agreement_id = (SELECT agreement_id FROM commitment WHERE commitment_id = 101) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (supply_id, demand_id, quantity, status_code) VALUES (102, 1, 1, 'planned') $$);

\echo == What is in use is not deleted; what is deleted is counted
SELECT pg_temp.refused($$ DELETE FROM party WHERE party_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM resource WHERE resource_code = 'poster_making' $$);
INSERT INTO commitment (supply_id, demand_id, quantity) VALUES (102, 1, 4);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = (SELECT max(agreement_id) FROM commitment);
SELECT pg_temp.refused($$ DELETE FROM event WHERE event_id = 1 $$);
UPDATE agreement SET status_code = 'withdrawn' WHERE status_code = 'signed';
DELETE FROM event WHERE event_id = 1;
SELECT supply_id, committed FROM supply WHERE supply_id > 100 ORDER BY 1;
TRUNCATE commitment CASCADE;
SELECT supply_id, committed FROM supply WHERE committed <> 0;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_supply', drop_rows => true);
