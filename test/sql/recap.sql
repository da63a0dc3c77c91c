-- Recap: planned against actual for every number, and NULL is not zero.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_recap');
SET search_path = s_recap, salon;
SET salon.import = on;  -- what is still to begin takes place here
\set ECHO all

\echo == Of an event of which nothing is known nothing is measured
SELECT plan_event('Silent', needs => '');
SELECT item_code, planned, actual, basis_code, known, parts, difference, ratio, is_reached FROM recap WHERE event_id = 1 ORDER BY ordinal;
SELECT event, status, planned_count, compared_count, reached_count, measured_count, claimed_count, to_measure_count, to_measure, on_site, cost, outcomes FROM recap_summary WHERE event_id = 1;

\echo == An event that was planned
INSERT INTO party (kind, name_en) VALUES ('organization', 'company A'), ('organization', 'school B'), ('person', 'speaker 1'), ('person', 'speaker 2');
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'venue', 1), (1, 'tea', 1);
INSERT INTO demand (party_id, resource_code) VALUES (1, 'influence'), (2, 'teaching_innovation');
SELECT plan_event('Evening', '夜谈', '2031-05-10 18:00', '2031-05-10 21:00', host_id => 1, planned_on_site => 50, planned_online => 10000, needs => 'venue:1, tea:1, speaker:3');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (2, 2, 'school');
INSERT INTO commitment (supply_id, demand_id, quantity)
SELECT s.supply_id, d.demand_id, 1
FROM (VALUES ('venue', 'venue'), ('tea', 'tea'), ('exposure', 'influence')) v (given, wanted)
JOIN supply s ON s.resource_code = v.given AND (s.event_id = 2) IS NOT FALSE
JOIN demand d ON d.resource_code = v.wanted AND (d.event_id = 2) IS NOT FALSE;
INSERT INTO session (event_id, format_code, title_en) VALUES (2, 'opening', 'O'), (2, 'mini_talk', 'A'), (2, 'mini_talk', 'B'), (2, 'break', 'tea');
INSERT INTO seating (event_id, side, capacity) VALUES (2, 'on_site', 60), (2, 'online', NULL);
INSERT INTO event_check (event_id, check_code, side) VALUES (2, 'ticket', 'on_site');
INSERT INTO cost (event_id, cost_kind_code, planned) VALUES (2, 'venue', 1000), (2, 'tea', 500), (2, 'dinner', 2000);
INSERT INTO package (event_id, name_en, price, benefits) VALUES (2, 'gold', 5000, 'logo_place:2, talk_slot:1');
INSERT INTO agreement (package_id, party_id, status_code) VALUES (1, 1, 'signed');
INSERT INTO reach (event_id, medium_code, planned_pv) VALUES (2, 'live', 8000), (2, 'replay', 2000);
INSERT INTO channel (party_id, platform_code) VALUES (1, 'official_account'), (2, 'website');
INSERT INTO post (event_id, channel_id, planned_at, planned_views) VALUES (2, 1, '2031-05-08 09:00', 1000), (2, 2, '2031-05-08 09:00', 500), (2, 1, '2031-05-12 09:00', 300);
INSERT INTO survey (event_id, planned_responses) VALUES (2, 20);
INSERT INTO question (survey_id, question_code, kind, text_en) VALUES (1, 'more', 'text', 'What else?');
INSERT INTO metric (event_id, name_en, fact, outcome_kind_code, target) VALUES (2, 'partners', 'outcomes', 'partner', 2), (2, 'kols', 'outcomes', 'kol', 1), (2, 'found', 'outcomes', NULL, 5);
INSERT INTO metric (event_id, name_en, name_zh, unit, target, is_less_better, ordinal) VALUES (2, 'complaints', '投诉', NULL, 3, true, 1), (2, 'new followers', NULL, 'people', 1000, false, 2);
SELECT item_code, planned, actual, basis_code, known, parts FROM recap WHERE event_id = 2 ORDER BY ordinal;
SELECT to_measure_count, to_measure FROM recap_summary WHERE event_id = 2;

\echo == It was held, and only some of it is known
UPDATE event SET status_code = 'announced' WHERE event_id = 2;
UPDATE event SET status_code = 'held', actual_online = 12000, online_basis = 'claimed' WHERE event_id = 2;
SELECT (register(2, seats => 40)).status_code;
SELECT (register(2, side => 'online', seats => 300)).status_code;
SELECT count(check_in(1, 'ticket', s)) FROM generate_series(1, 30) s;
UPDATE agreement SET status_code = 'signed' WHERE status_code = 'proposed';
INSERT INTO delivery (commitment_id) SELECT commitment_id FROM commitment WHERE resource_code IN ('venue', 'logo_place');
UPDATE session SET was_held = true WHERE title_en = 'O';
UPDATE session SET was_held = false WHERE title_en = 'B';
UPDATE cost SET actual = 900, actual_basis = 'measured' WHERE cost_kind_code = 'venue';
UPDATE cost SET actual = 700, actual_basis = 'claimed' WHERE cost_kind_code = 'tea';
UPDATE reach SET actual_pv = 9000, actual_basis = 'measured' WHERE medium_code = 'live';
UPDATE post SET posted_at = planned_at, actual_views = 800, actual_basis = 'measured' WHERE post_id = 1;
UPDATE post SET posted_at = planned_at WHERE post_id = 2;
SELECT * FROM import_answers(1, '[{"respondent": "1", "more": "a quiz"}, {"respondent": "2"}]');
INSERT INTO outcome (event_id, outcome_kind_code, party_id, status_code) VALUES (2, 'partner', 2, 'confirmed'), (2, 'developer', 3, 'claimed');
UPDATE metric SET actual = 2, actual_basis = 'measured' WHERE name_en = 'complaints';
UPDATE metric SET actual = 1500, actual_basis = 'claimed', actual_bound = 'at_least' WHERE name_en = 'new followers';
SELECT item, unit, planned, actual_text, basis, known, parts, difference, ratio, is_reached FROM recap WHERE event_id = 2 ORDER BY ordinal;
SELECT planned_count, compared_count, reached_count, measured_count, claimed_count, to_measure_count, to_measure FROM recap_summary WHERE event_id = 2;
SELECT on_site_planned, on_site, online, registered_on_site, registered_online, pv_planned, pv, posts, talks_planned, talks, needs_planned, needs, demands_planned, demands, agreements_planned, agreements FROM recap_summary WHERE event_id = 2;
SELECT promises_planned, promises, cost_planned, cost, sponsorship_planned, sponsorship, responses_planned, responses, outcomes_planned, outcomes FROM recap_summary WHERE event_id = 2;
SET salon.lang = 'zh';
SELECT item, basis FROM recap WHERE event_id = 2 ORDER BY ordinal;
SELECT event, status, to_measure FROM recap_summary WHERE event_id = 2;
RESET salon.lang;

\echo == All of it is known
UPDATE session SET was_held = true WHERE title_en = 'A';
UPDATE cost SET actual = 2100, actual_basis = 'measured' WHERE cost_kind_code = 'dinner';
UPDATE reach SET actual_pv = 500, actual_basis = 'measured' WHERE medium_code = 'replay';
INSERT INTO delivery (commitment_id, amount, basis) SELECT commitment_id, 4000, 'measured' FROM commitment WHERE kind = 'money';
SELECT planned, actual_text, known, parts, difference, is_reached FROM recap WHERE event_id = 2 AND item_code = 'sponsorship';
UPDATE delivery SET amount = 5000 WHERE kind = 'money';
UPDATE post SET actual_views = 700, actual_basis = 'claimed' WHERE post_id = 2;
INSERT INTO outcome (event_id, outcome_kind_code, description, quantity, status_code) VALUES (2, 'kol', 'none', 0, 'confirmed');
SELECT item_code, planned, actual_text, basis_code, known, parts, difference, ratio, is_reached FROM recap
WHERE event_id = 2 AND item_code IN ('talks', 'cost', 'pv', 'sponsorship', 'post_views', 'outcome_kol') ORDER BY ordinal;
SELECT pv, talks, cost, sponsorship, to_measure FROM recap_summary WHERE event_id = 2;

\echo == A bound decides on its side only
UPDATE metric SET actual_bound = 'at_most' WHERE name_en = 'complaints';
UPDATE metric SET target = 2000 WHERE name_en = 'new followers';
SELECT item, planned, actual_text, difference, is_reached FROM recap WHERE event_id = 2 AND item_code LIKE 'metric%' ORDER BY ordinal;
UPDATE metric SET actual_bound = 'at_least' WHERE name_en = 'complaints';
UPDATE metric SET actual_bound = 'about' WHERE name_en = 'new followers';
SELECT item, planned, actual_text, difference, is_reached FROM recap WHERE event_id = 2 AND item_code LIKE 'metric%' ORDER BY ordinal;

\echo == The event is recapped: what is not measured stays so
UPDATE event SET status_code = 'recapped' WHERE event_id = 2;
SELECT status, to_measure_count FROM recap_summary WHERE event_id = 2;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_recap', drop_rows => true);
