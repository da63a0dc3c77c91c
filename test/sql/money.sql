-- Cost, what was given, and entitlement: what is refused, what comes out.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_money');
SET search_path = s_money, salon;
\set ECHO all

INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'Host', '主办'), ('organization', 'Guest', '嘉宾'), ('organization', 'Platform', NULL);
INSERT INTO series (name_en) VALUES ('season');
INSERT INTO event (name_en, series_id, starts_at, ends_at, planned_on_site, planned_online, actual_on_site, on_site_basis, actual_online, online_basis) VALUES
    ('Counted', 1, '2031-05-01 14:00+08', '2031-05-01 18:00+08', 100, 10000, 80, 'measured', 12000, 'measured'),
    ('Claimed', 1, '2031-06-01 14:00+08', '2031-06-01 18:00+08', 100, 0, 80, 'measured', 10000, 'claimed'),
    ('Open',    1, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
    ('Alone',   NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
SELECT cost_kind_code, name_en, name_zh, is_host_cost, is_gift FROM cost_kind ORDER BY ordinal;

\echo == An amount is not negative, and what it cost says whether it was measured
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, planned) VALUES (1, 'tea', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, planned) VALUES (1, 'tea', 'NaN') $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, planned) VALUES (1, 'tea', 'Infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, planned) VALUES (1, 'tea', 1000000000000000) $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, planned) VALUES (1, 'tea', 1.234) $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, actual, actual_basis) VALUES (1, 'tea', -1, 'measured') $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, actual) VALUES (1, 'tea', 5) $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, actual_basis) VALUES (1, 'tea', 'measured') $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, actual, actual_basis) VALUES (1, 'tea', 5, 'guessed') $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code) VALUES (1, 'fireworks') $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code) VALUES (99, 'tea') $$);
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, payer_id) VALUES (1, 'tea', 99) $$);

INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis) VALUES
    (1, 'venue', 1, 2000, 1800, 'measured'), (1, 'tea', 1, 500, 640.50, 'measured'), (1, 'poster_making', 3, 300, 300, 'measured'),
    (1, 'dinner', 1, 1200, 1259.50, 'measured'), (1, 'gift', 2, 1000, 800, 'measured'),
    (2, 'venue', 2, 6000, 5500, 'claimed'), (2, 'tea', NULL, 500, NULL, NULL),
    (3, 'venue', 1, 1000, 1000, 'measured'), (3, 'tea', 1, NULL, NULL, NULL);

\echo == Cost of each event: only what was measured makes a ratio, and a part can be known to be too much
SELECT event, line_count, unknown_count AS unknown, planned, actual, measured, claimed, host_planned, host_actual, planned_band, actual_band, gift_actual FROM event_cost ORDER BY event_id;
SELECT event, planned_per_head, planned_per_view, is_measured, per_head, per_view FROM event_cost ORDER BY event_id;
SELECT series, event_count, cost_event_count, head_event_count, head_cost, heads, per_head, view_event_count, per_view, inside_count, above_count FROM series_cost ORDER BY series_id;
SELECT event_id, payer, line_count, planned, actual, host_actual, gift_actual, kinds FROM event_payer ORDER BY event_id, payer_id;

\echo == The band is a setting of the community
UPDATE space SET host_cost_from = 4001, host_cost_to = 5000;
SELECT planned_band, actual_band FROM event_cost WHERE event_id = 1;
UPDATE space SET host_cost_from = 3000, host_cost_to = 3999.99;
SELECT planned_band, actual_band FROM event_cost WHERE event_id = 1;
UPDATE space SET host_cost_from = 4000, host_cost_to = 4000;
SELECT planned_band, actual_band FROM event_cost WHERE event_id = 1;
UPDATE space SET host_cost_from = NULL, host_cost_to = NULL;
SELECT planned_band, actual_band FROM event_cost WHERE event_id = 1;

\echo == A delivery says what, and what it is worth or nothing
INSERT INTO package (event_id, name_en, benefits, price) VALUES (1, 'gold', 'logo_place:1, talk_slot:1', 1000), (1, 'friend', 'logo_place:1', NULL);
INSERT INTO agreement (package_id, party_id, status_code) VALUES (1, 2, 'signed'), (2, 3, 'reserved');
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, kind) VALUES (1, 'goodwill') $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, amount) VALUES (1, -5) $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, amount) VALUES (1, 'NaN') $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, amount, hours) VALUES (1, 5, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, kind, hours) VALUES (1, 'work', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, kind, resource_code) VALUES (1, 'in_kind', 'unobtainium') $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, kind, quantity) VALUES (1, 'in_kind', 1000000000001) $$);
SELECT pg_temp.refused($$ SELECT give(1, 1, hours => 0) $$);
SELECT pg_temp.refused($$ SELECT give(1, 1, 'prize', 0) $$);
SELECT pg_temp.refused($$ SELECT give(1, 1) $$);
SELECT pg_temp.refused($$ SELECT give(1, 1, series_id => 1, amount => 5) $$);
INSERT INTO delivery (commitment_id, kind, resource_code, quantity, amount, basis, delivered_at) VALUES
    (1, NULL,      NULL,    NULL, 700, 'measured', '2031-04-01'),
    (1, 'in_kind', 'prize', 10,   300, 'claimed',  '2031-04-02');
SELECT what, amount, delivered, is_done FROM commitment_list WHERE agreement_id = 1 ORDER BY ordinal;
SELECT give(3, 1, 'live_stream', 1, 500, given_at => '2031-05-01') > 0, give(3, 1, hours => 12.5, evidence => 'filming', given_at => '2031-05-01') > 0,
       give(3, hours => 30, amount => 900, evidence => 'web site', given_at => '2031-01-01') > 0 AS given;
SELECT party_id, part_code FROM event_party WHERE event_id = 1 ORDER BY 1, 2;

\echo == What was paid for packages, and by sponsors without one, to an event or to a series as a whole
INSERT INTO commitment (commitment_id, event_id, series_id, giver_id, resource_code, planned_amount, status_code) VALUES
    (101, 2, NULL, 2, 'venue', 2000, 'signed'), (102, NULL, 1, 2, NULL, 9000, 'proposed');
SELECT setval('commitment_commitment_id_seq', 110);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, amount) VALUES (102, 4000) $$);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = (SELECT agreement_id FROM commitment WHERE commitment_id = 102);
INSERT INTO delivery (commitment_id, amount, basis, delivered_at) VALUES (101, 1500, 'claimed', '2031-06-01'), (102, 4000, 'measured', '2031-06-02');
SELECT event_id, series_id, party, package, status_code, planned_amount, agreed_amount, money, in_kind, paid, paid_basis, left_to_pay, is_paid
FROM agreement_payment WHERE package_id IS NULL ORDER BY agreement_id;
SELECT party, package, planned_amount, agreed_amount, money, in_kind, paid, paid_basis, left_to_pay, is_paid FROM agreement_payment WHERE event_id = 1 ORDER BY agreement_id;

\echo == A cost that a partner bears is its delivery, and counted once
SELECT pg_temp.refused($$ UPDATE cost SET commitment_id = 1 WHERE event_id = 2 AND payer_id = 2 $$);
SELECT pg_temp.refused($$ UPDATE cost SET commitment_id = 101 WHERE event_id = 2 AND payer_id IS NULL $$);
INSERT INTO commitment (commitment_id, event_id, giver_id, resource_code, quantity, amount, status_code) VALUES (103, 1, 2, 'small_gift', 1, 900, 'signed');
SELECT is_done, status FROM commitment_list WHERE commitment_id = 103;
UPDATE cost SET commitment_id = 103 WHERE event_id = 1 AND payer_id = 2;
SELECT is_done, status FROM commitment_list WHERE commitment_id = 103;
SELECT source, kind, what, value, commitment_id FROM contribution_line WHERE commitment_id = 103;
UPDATE cost SET actual = NULL, actual_basis = NULL WHERE commitment_id = 103;
SELECT is_done, status FROM commitment_list WHERE commitment_id = 103;
UPDATE cost SET actual = 800, actual_basis = 'measured' WHERE commitment_id = 103;

\echo == Who gave what: costs that were paid count too
SELECT source, event_id, series_id, party_id, kind, what, quantity, hours, value, value_basis, package_id, given_on FROM contribution_line ORDER BY event_id, series_id, party_id, source, source_id;
SELECT event_id, series_id, party, line_count, money, in_kind, work, total, measured, claimed, hours, unvalued_count AS unvalued, for_packages, given, given_share FROM contribution_total ORDER BY event_id, series_id, party_id;

\echo == Amounts have the digits of the currency, whatever the currency
BEGIN;
INSERT INTO cost (event_id, cost_kind_code, planned) VALUES (4, 'tea', 25000000000), (4, 'venue', 1.5) RETURNING planned;
SELECT pg_temp.refused($$ UPDATE space SET currency = 'VND' $$);
UPDATE space SET currency = 'KWD';
INSERT INTO cost (event_id, cost_kind_code, planned) VALUES (4, 'dinner', 1.234) RETURNING planned;
SELECT pg_temp.refused($$ UPDATE space SET currency = 'CNY' $$);
SELECT event, currency, planned FROM event_cost WHERE event_id = 4;
SELECT host_cost_from, host_cost_to FROM space;
SELECT DISTINCT scale(planned) FROM cost WHERE planned IS NOT NULL;
SELECT pg_temp.refused($$ INSERT INTO package (event_id, name_en, benefits, price) VALUES (4, 'P', 'booth', 0.00001) $$);
SELECT pg_temp.refused($$ UPDATE delivery SET amount = 1e15 WHERE amount IS NOT NULL $$);
SELECT pg_temp.refused($$ INSERT INTO segment (name_en, income_from) VALUES ('S', 0.1234) $$);
ROLLBACK;

\echo == The shares of an amount add up to it; something else is worth what it is valued at
BEGIN;
INSERT INTO commitment (event_id, giver_id, resource_code, quantity, amount, status_code) VALUES (2, 2, 'prize', 3, 100, 'signed') RETURNING commitment_id AS three, agreement_id AS of \gset
INSERT INTO delivery (commitment_id, resource_code, quantity) VALUES (:three, NULL, 1), (:three, 'tea', 20), (:three, 'prize', 1), (:three, NULL, 1);
SELECT what, quantity, value FROM contribution_line WHERE commitment_id = :three ORDER BY source_id;
SELECT status_code, paid, left_to_pay, is_paid, unvalued_count FROM agreement_payment WHERE agreement_id = :of;
\echo '-- work is done when its hours are given, or what they are worth'
INSERT INTO commitment (event_id, giver_id, hours, amount, status_code) VALUES (2, 2, 3, 90, 'signed'), (2, 3, 3, 90, 'signed');
INSERT INTO delivery (commitment_id, hours, amount) SELECT c.commitment_id, h.hours, CASE WHEN c.giver_id = 3 THEN h.hours * 45 END
FROM commitment c, (VALUES (1), (1)) h (hours) WHERE c.event_id = 2 AND c.hours = 3;
SELECT giver_id, is_done, status_code FROM commitment WHERE event_id = 2 AND hours = 3 ORDER BY commitment_id;
INSERT INTO delivery (commitment_id, hours) SELECT commitment_id, 1 FROM commitment WHERE event_id = 2 AND hours = 3 AND giver_id = 2;
SELECT giver_id, is_done, status_code FROM commitment WHERE event_id = 2 AND hours = 3 ORDER BY commitment_id;
ROLLBACK;

\echo == Who gave more gets more of what is left
INSERT INTO supply (event_id, resource_code, quantity) VALUES (1, 'talk_slot', 8), (1, 'logo_place', 2), (1, 'booth', 9), (2, 'post', 3);
SELECT event_id, resource_code, party, given, shared_count, exact_share, largest_remainder, sainte_lague FROM entitlement ORDER BY event_id, ordinal, party_id;
SELECT resource_code, party, given, shared_count, exact_share, share FROM season_entitlement('talk_slot:5, post:12');
SELECT resource_code, party, given, share FROM season_entitlement('talk_slot:5', series_id => 1, since => '2031-05-01', until => '2031-06-01', method => 'sainte_lague');
SELECT pg_temp.refused($$ SELECT * FROM season_entitlement('talk_slot:5', method => 'dice') $$);
SELECT pg_temp.refused($$ SELECT * FROM season_entitlement('talk_slot:5, talkslot:5') $$);
SELECT count(*) FROM season_entitlement('talk_slot:5', series_id => 99);

\echo '-- nothing is shared at an event that was called off'
BEGIN;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 2;
SELECT event_id, count(*) FROM entitlement GROUP BY event_id;
ROLLBACK;

\echo == In Chinese
SET salon.lang = 'zh';
SELECT payer, kinds FROM event_payer WHERE event_id = 1 ORDER BY payer_id;
SELECT resource, party FROM entitlement WHERE event_id = 2;
RESET salon.lang;

\echo == What is in use is not deleted; an event takes its lines along
SELECT pg_temp.refused($$ DELETE FROM party WHERE party_id = 3 $$);
SELECT pg_temp.refused($$ DELETE FROM cost_kind WHERE cost_kind_code = 'tea' $$);
SELECT pg_temp.refused($$ DELETE FROM event WHERE event_id = 1 $$);
DELETE FROM delivery;
DELETE FROM cost;
UPDATE agreement SET status_code = 'withdrawn' WHERE status_code IN ('reserved', 'signed');
DELETE FROM event WHERE event_id = 1;
SELECT count(*) FROM commitment WHERE event_id = 1;
SELECT count(*) FROM cost WHERE event_id = 1;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_money', drop_rows => true);
