-- Nothing of an event that was called off counts in any total; at one that was
-- put away nothing is prepared any more, and what is owed stays owed.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_cancelled');
SET search_path = s_cancelled, salon;
SET datestyle = 'ISO'; SET timezone = 'Asia/Shanghai';
-- every view of totals by what it says: rows of it, and a sum
CREATE TEMP VIEW total AS
SELECT 'series_cost' AS name, count(*), sum(event_count)::numeric FROM series_cost
UNION ALL SELECT 'series_cost: bands', count(*), sum(below_count + inside_count + above_count) FROM series_cost
UNION ALL SELECT 'contribution_total', count(*), sum(total) FROM contribution_total
UNION ALL SELECT 'entitlement', count(*), sum(given) FROM entitlement
UNION ALL SELECT 'season_entitlement', count(*), sum(given) FROM season_entitlement('booth:2', 1)
UNION ALL SELECT 'gave_and_got', count(*), sum(gave_total) FROM gave_and_got
UNION ALL SELECT 'satisfaction', count(*), sum(demands) FROM satisfaction
UNION ALL SELECT 'outcome_summary', count(*), sum(outcomes) FROM outcome_summary
UNION ALL SELECT 'recap', count(*), sum(actual) FROM recap
UNION ALL SELECT 'recap_summary', NULL, sum(outcomes) FROM recap_summary
UNION ALL SELECT 'scorecard', sum(events), sum(actual) FROM scorecard
UNION ALL SELECT 'sponsor_price', count(*), sum(actual_amount) FROM sponsor_price
UNION ALL SELECT 'price_summary', count(*), sum(events) FROM price_summary
UNION ALL SELECT 'prospect', NULL, sum(sponsored_before) FROM prospect
UNION ALL SELECT 'city_coverage', sum(events_held), sum(events_planned) FROM city_coverage
UNION ALL SELECT 'duty_load', sum(coming), sum(past_year) FROM duty_load
UNION ALL SELECT 'party_list', count(*), sum(events) FROM party_list
UNION ALL SELECT 'event_sponsor', count(*), NULL FROM event_sponsor WHERE agreement_id IS NOT NULL
UNION ALL SELECT 'coverage', count(*), sum(planned) FROM coverage
UNION ALL SELECT 'agreement_payment', NULL, sum(greatest(left_to_pay, 0)) FROM agreement_payment
UNION ALL SELECT 'todo', count(*), NULL FROM todo;
\set ECHO all

INSERT INTO city (city_code, name_en) VALUES ('a', 'A');
INSERT INTO series (name_en) VALUES ('Salons');
INSERT INTO party (kind, name_en) VALUES ('organization', 'Bank'), ('person', 'Ann');
INSERT INTO segment (name_en, counts, city_code) VALUES ('in A', 'organizations', 'a');
INSERT INTO demand (party_id, resource_code) VALUES (1, 'booth');
SELECT plan_event('Evening', series_id => 1, starts_at => '2031-03-08 18:00', ends_at => '2031-03-08 21:00', city_code => 'a', host_id => 1, planned_on_site => 30, planned_online => 100);
INSERT INTO supply (event_id, resource_code, quantity) VALUES (1, 'booth', 4);
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis) VALUES (1, 'venue', 1, 100, 90, 'measured'), (1, 'tea', NULL, 40, 30, 'measured');
SELECT give(1, 1, amount => 500);
INSERT INTO commitment (event_id, giver_id, amount, status_code) VALUES (1, 1, 70, 'signed');
INSERT INTO commitment (event_id, giver_id, part_code, amount, status_code) VALUES (1, 1, 'sponsor', 300, 'signed') RETURNING commitment_id \gset
INSERT INTO delivery (commitment_id, kind, amount, basis, delivered_at) VALUES (:commitment_id, 'money', 120, 'measured', '2031-03-01');
INSERT INTO outcome (event_id, outcome_kind_code, party_id, found_on) VALUES (1, 'kol', 2, '2031-03-08');
INSERT INTO metric (series_id, kind, name_en, target, fact) VALUES (1, 'process', 'people found', 3, 'outcomes');
INSERT INTO helper (party_id) VALUES (2);
INSERT INTO event_duty (event_id, duty_code, party_id, status_code) VALUES (1, 'check_in', 2, 'confirmed');
SELECT * FROM total;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 1;
SELECT * FROM total;

\echo == What was entered is still there to read
SELECT found, quantity FROM outcome_list;
SELECT source, what, value, is_off FROM contribution_line ORDER BY source, source_id;
SELECT planned, actual FROM event_cost;

\echo == Nothing is owed any more, and money that was given goes back
SELECT agreement_id, agreed_amount, money, left_to_pay, is_paid, stands FROM agreement_payment ORDER BY 1;
DELETE FROM delivery WHERE amount = 120;
SELECT sum(left_to_pay) FROM agreement_payment;

\echo == Put away: what is owed stays owed, nothing is prepared or signed any more
SELECT plan_event('Morning', series_id => 1, starts_at => '2021-03-08 09:00', ends_at => '2021-03-08 12:00', city_code => 'a', host_id => 1);
INSERT INTO commitment (event_id, giver_id, amount) VALUES (2, 1, 10);
INSERT INTO commitment (event_id, giver_id, amount, status_code) VALUES (2, 1, 20, 'signed');
INSERT INTO event_item (event_id, name_en, due_at) VALUES (2, 'give the keys back', '2021-03-09');
INSERT INTO invitation (event_id, person_id) VALUES (2, 2);
UPDATE event SET status_code = 'announced' WHERE event_id = 2;
UPDATE event SET status_code = 'held' WHERE event_id = 2;
SELECT kind_code, count(*), bool_or(what = 'give the keys back') AS keys FROM todo GROUP BY 1 ORDER BY 1;
SELECT count(*) > 0 AS missing FROM missing_item;
UPDATE event SET archived_at = now() WHERE event_id = 2;
SELECT kind_code, what, who FROM todo;
SELECT count(*) FROM missing_item;
SELECT count(*) FROM late_item;
SELECT count(*) FILTER (WHERE status_code IN ('open', 'overdue')) AS open, bool_or(status_code = 'not_needed' AND item = 'give the keys back') AS keys FROM checklist WHERE event_id = 2;

DROP VIEW total;
RESET search_path;
SELECT salon.drop_space('s_cancelled', drop_rows => true) \g /dev/null
