-- Proposals: what is refused, and a market small enough to follow by eye.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_proposal');
SET search_path = s_proposal, salon;
\set ECHO all

INSERT INTO city (city_code, name_en, name_zh) VALUES ('hangzhou', 'Hangzhou', '杭州'), ('beijing', 'Beijing', '北京');
INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'One', '甲'), ('organization', 'Two', '乙'), ('organization', 'Three', '丙');
SELECT plan_event('Evening', '晚会', '2031-05-01 18:00', '2031-05-01 21:00', city_code => 'hangzhou', needs => 'venue:1, tea:10, prize:5, dinner:1, poster_making:1');
SELECT plan_event('Night', '夜话', '2031-05-02 18:00', '2031-05-02 21:00', city_code => 'hangzhou', needs => 'venue:1');
DELETE FROM supply;

\echo == An event that is not there
SELECT pg_temp.refused($$ SELECT propose(99) $$);
SELECT pg_temp.refused($$ SELECT propose(NULL) $$);

\echo == Each reason why a demand stays unmet
INSERT INTO supply (supply_id, party_id, resource_code, quantity, city_code, valid_before) VALUES
    (101, 1, 'tea', 4, NULL, NULL),
    (102, 1, 'venue', 1, 'beijing', NULL),
    (103, 2, 'prize', 9, NULL, '2031-05-01'),
    (104, 2, 'dinner', 1, 'beijing', '2031-01-01');
SELECT demanded, needed, unmet, reason_code, reason FROM unmet WHERE event_id = 1 ORDER BY demanded;
SET salon.lang = 'zh';
SELECT demanded, needed, unmet, reason_code, reason FROM unmet WHERE event_id = 1 ORDER BY demanded_code;
RESET salon.lang;

\echo == A scarce supply goes where it is worth most, and one is told so
INSERT INTO supply (supply_id, party_id, resource_code, quantity) VALUES (105, 3, 'venue', 1);
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 2, 'guest_company');
INSERT INTO demand (demand_id, party_id, resource_code, priority) VALUES (101, 2, 'tea', 5);
SELECT supplier, supplied, demander, demanded, quantity, value, reason FROM proposal WHERE event_id = 1 ORDER BY demand_id, supply_id;
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'guest_company');
SELECT supplier, supplied, demander, demanded, quantity, value, reason FROM proposal WHERE event_id = 1 ORDER BY demand_id, supply_id;
SELECT demander, demanded, needed, unmet, reason FROM unmet WHERE event_id = 1 AND demanded_code = 'tea' ORDER BY demand_id;

\echo == Proposing takes it; the other event is told who has it
SELECT propose(1);
SELECT propose(1);
SELECT demanded, unmet, reason, taken_by_event_id FROM unmet WHERE event_id = 2;
SELECT party, demands, met, met_if_confirmed, share, share_if_confirmed FROM satisfaction ORDER BY party_id;
UPDATE agreement SET status_code = 'signed' WHERE agreement_id IN (SELECT agreement_id FROM commitment WHERE demand_id = 101);
SELECT party, demands, met, met_if_confirmed, share, share_if_confirmed FROM satisfaction ORDER BY party_id;
SELECT event, needed, hoped, short, coverage, coverage_if_confirmed FROM event_need ORDER BY event_id;

\echo == What giving does not use up is offered once to each taker, not again after it was proposed
INSERT INTO supply (supply_id, party_id, resource_code) VALUES (106, 1, 'promotion');
INSERT INTO demand (demand_id, event_id, resource_code, quantity) VALUES (102, 1, 'promotion', 3), (103, 2, 'promotion', 1);
SELECT propose(1), propose(1), propose(2), propose(2);
SELECT event_id, sum(quantity) FROM commitment WHERE supply_id = 106 GROUP BY 1 ORDER BY 1;
SELECT event_id, needed, unmet, reason_code FROM unmet WHERE demanded_code = 'promotion' AND event_id IS NOT NULL ORDER BY 1;

\echo == Held, archived and cancelled events are in no market
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 2;
SELECT pg_temp.refused($$ SELECT propose(2) $$);
UPDATE event SET archived_at = now() WHERE event_id = 2;
SELECT pg_temp.refused($$ SELECT propose(2) $$);
UPDATE event SET status_code = 'announced' WHERE event_id = 1;
SET salon.import = on;  -- before it begins
UPDATE event SET status_code = 'held' WHERE event_id = 1;
RESET salon.import;
SELECT pg_temp.refused($$ SELECT propose(1) $$);
SELECT (SELECT count(*) FROM candidate WHERE event_id IS NOT NULL), (SELECT count(*) FROM proposal WHERE event_id IS NOT NULL),
       (SELECT count(*) FROM unmet WHERE event_id IS NOT NULL), (SELECT count(*) FROM season_proposal);

\echo == Labels of a resource
SELECT resource_label('venue'), resource_label('sympathy') IS NULL;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_proposal', drop_rows => true);
