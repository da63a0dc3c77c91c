-- How many came: every view says the same, whether it was claimed, counted at the
-- door or measured, and all three differ.
\set ECHO none
SET client_min_messages = warning;
\pset format unaligned
\pset tuples_only on
SELECT salon.create_space('s_headcount') \g /dev/null
SET search_path = s_headcount, salon;
SET TIME ZONE 'Asia/Shanghai';
SET salon.lang = 'en';
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'company A');
INSERT INTO series (name_en) VALUES ('Series');
INSERT INTO event (series_id, template_code, name_en, status_code, starts_at, ends_at, planned_on_site, planned_online)
VALUES (1, 'salon', 'Evening', 'held', '2021-05-10 18:00', '2021-05-10 21:00', 60, 0);
INSERT INTO survey (event_id) VALUES (1);
INSERT INTO response (survey_id) VALUES (1), (1);
INSERT INTO metric (event_id, name_en, fact, target) VALUES (1, 'guests', 'on_site', 60);
INSERT INTO metric (series_id, name_en, fact, target) VALUES (1, 'guests', 'on_site', 60);
INSERT INTO cost (event_id, cost_kind_code, actual, actual_basis) VALUES (1, 'venue', 2000, 'measured');
INSERT INTO package (event_id, name_en, benefits, price) VALUES (1, 'sponsor', 'logo_place:1', 800);
INSERT INTO seating (event_id, side) VALUES (1, 'on_site');
INSERT INTO event_check (event_id, check_code) VALUES (1, 'ticket');
SET salon.import = on;  -- it is over
INSERT INTO registration (event_id, side, seats) VALUES (1, 'on_site', 50), (1, 'on_site', 3);

\set ECHO none
CREATE TEMP VIEW told AS
SELECT 1 AS place, 'headcount' AS view, came_bound AS bound, came::numeric AS came, came_basis AS basis, NULL::text AS more
FROM headcount WHERE side = 'on_site'
UNION ALL
SELECT 2, 'recap', bound_code, actual, basis_code, 'reached: ' || coalesce(is_reached::text, 'unknown') || ', difference: ' || coalesce(difference::text, 'unknown')
FROM recap WHERE item_code = 'on_site'
UNION ALL
SELECT 3, 'recap_summary', NULL, on_site, NULL, NULL FROM recap_summary
UNION ALL
SELECT 4, 'survey_summary', came_bound, came, came_basis, 'rate: ' || response_rate FROM survey_summary
UNION ALL
SELECT 5, 'scorecard, ' || subject_kind, bound_code, actual, basis_code, status_code FROM scorecard
UNION ALL
SELECT 6, 'checklist', NULL, NULL, NULL, evidence FROM checklist WHERE item_code = 'C7'
UNION ALL
SELECT 7, 'event_cost', NULL, NULL, NULL, 'per head: ' || coalesce(per_head::text, 'unknown') FROM event_cost
UNION ALL
SELECT 8, 'series_cost', NULL, heads, NULL, 'per head: ' || coalesce(per_head::text, 'unknown') FROM series_cost
UNION ALL
SELECT 9, 'package_offer', NULL, NULL, NULL, 'per head: ' || coalesce(price_per_head::text, 'unknown') FROM package_offer;
\set ECHO all

\echo == Nobody knows
SELECT view, bound, came, basis, more FROM told ORDER BY place, view;

\echo == Somebody says 100
UPDATE event SET actual_on_site = 100, on_site_basis = 'claimed';
SELECT view, bound, came, basis, more FROM told ORDER BY place, view;

\echo == 50 seats passed the door: of these it is known, and of who came past it not
SELECT check_in(1, 'ticket');
SELECT view, bound, came, basis, more FROM told ORDER BY place, view;
SELECT checked_in, claimed, measured FROM headcount WHERE side = 'on_site';
SELECT item_code, actual_text, basis_code FROM recap WHERE item_code LIKE '%on_site' ORDER BY ordinal;

\echo == At least 50 meet a target of 40
UPDATE metric SET target = 40;
UPDATE event SET planned_on_site = 40;
SELECT view, bound, came, basis, more FROM told WHERE view ~ 'recap$|scorecard' ORDER BY place, view;
UPDATE metric SET target = 60;
UPDATE event SET planned_on_site = 60;

\echo == Measured it is 64
UPDATE event SET actual_on_site = 64, on_site_basis = 'measured';
SELECT view, bound, came, basis, more FROM told ORDER BY place, view;
SELECT checked_in, claimed, measured FROM headcount WHERE side = 'on_site';

\echo == The door is all that tells: in Chinese
UPDATE event SET actual_on_site = NULL, on_site_basis = NULL;
SET salon.lang = 'zh';
SELECT view, bound, came, basis, more FROM told ORDER BY place, view;

\echo == With a side that is claimed the sum is claimed, and a bound
UPDATE event SET planned_online = 200, actual_online = 300, online_basis = 'claimed';
SELECT came_bound, came, came_basis FROM survey_summary;

\set ECHO none
DROP VIEW told;
SET search_path = public;
SELECT salon.drop_space('s_headcount', drop_rows => true) \g /dev/null
