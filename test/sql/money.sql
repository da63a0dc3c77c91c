-- Cost, contributions and entitlement: what is refused, what comes out.
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
SELECT pg_temp.refused($$ INSERT INTO cost (event_id, cost_kind_code, planned) VALUES (1, 'tea', 10000000000) $$);
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

\echo == A contribution says what, and what it is worth or nothing
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind) VALUES (1, 1, 'goodwill') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind) VALUES (1, 1, 'money') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind) VALUES (1, 1, 'in_kind') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, value) VALUES (1, 1, 'money', 5) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, value, value_basis) VALUES (1, 1, 'money', -5, 'measured') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, value, value_basis) VALUES (1, 1, 'money', 'NaN', 'measured') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, value, value_basis) VALUES (1, 1, 'money', 5, 'hoped') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, value, value_basis, hours) VALUES (1, 1, 'money', 5, 'measured', 2) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, hours) VALUES (1, 1, 'work', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, resource_code) VALUES (1, 1, 'in_kind', 'unobtainium') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, resource_code, quantity) VALUES (1, 1, 'in_kind', 'prize', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, resource_code, quantity) VALUES (1, 1, 'in_kind', 'prize', 1000000000001) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, note, given_on) VALUES (1, 1, 'in_kind', 'x', 'infinity') $$);

INSERT INTO package (event_id, name_en, benefits, price) VALUES (1, 'gold', 'logo_place:1, talk_slot:1', 1000), (1, 'friend', 'logo_place:1', NULL);
INSERT INTO sponsorship (package_id, party_id) VALUES (1, 2), (2, 3);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, value, value_basis, sponsorship_id) VALUES (1, 1, 'money', 5, 'measured', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, value, value_basis, sponsorship_id) VALUES (2, 2, 'money', 5, 'measured', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, kind, value, value_basis, sponsorship_id) VALUES (2, 'money', 5, 'measured', 1) $$);
INSERT INTO contribution (party_id, event_id, kind, resource_code, quantity, hours, value, value_basis, sponsorship_id, given_on, note) VALUES
    (2, 1, 'money',   NULL,          NULL, NULL, 700, 'measured', 1,    '2031-04-01', NULL),
    (2, 1, 'in_kind', 'prize',       10,   NULL, 300, 'claimed',  1,    '2031-04-02', NULL),
    (3, 1, 'in_kind', 'live_stream', 1,    NULL, 500, 'claimed',  NULL, '2031-05-01', NULL),
    (3, 1, 'work',    NULL,          NULL, 12.5, NULL, NULL,      NULL, '2031-05-01', 'filming'),
    (3, NULL, 'work', NULL,          NULL, 30,   900, 'claimed',  NULL, '2031-01-01', 'web site');

\echo == What was paid for packages, and by sponsors without one, to an event or to a series as a whole
INSERT INTO sponsorship (event_id, series_id, party_id, kind, resource_code, planned_amount, status_code) VALUES
    (2, NULL, 2, 'in_kind', 'venue', 2000, 'signed'), (NULL, 1, 2, 'money', NULL, 9000, 'planned');
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, series_id, kind, value, value_basis) VALUES (2, 1, 1, 'money', 5, 'measured') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, value, value_basis, sponsorship_id) VALUES (2, 1, 'money', 5, 'measured', 3) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, event_id, kind, value, value_basis, sponsorship_id) VALUES (2, 1, 'money', 5, 'measured', 4) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, series_id, kind, value, value_basis, sponsorship_id) VALUES (2, 1, 'money', 5, 'measured', 3) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, series_id, kind, value, value_basis, sponsorship_id) VALUES (1, 1, 'money', 5, 'measured', 4) $$);
INSERT INTO contribution (party_id, event_id, series_id, kind, resource_code, value, value_basis, sponsorship_id, given_on) VALUES
    (2, 2, NULL, 'in_kind', 'venue', 1500, 'claimed', 3, '2031-06-01'), (2, NULL, 1, 'money', NULL, 4000, 'measured', 4, '2031-06-02');
SELECT pg_temp.refused($$ UPDATE cost SET sponsorship_id = 1 WHERE event_id = 2 AND payer_id = 2 $$);
SELECT pg_temp.refused($$ UPDATE cost SET sponsorship_id = 3 WHERE event_id = 2 AND payer_id IS NULL $$);
UPDATE cost SET sponsorship_id = 1 WHERE event_id = 1 AND payer_id = 2;
SELECT party, package, money, in_kind, paid, left_to_pay FROM sponsorship_payment WHERE sponsorship_id = 1;
UPDATE cost SET sponsorship_id = NULL WHERE event_id = 1;
SELECT event_id, series_id, party, package, status_code, planned_amount, agreed_amount, money, in_kind, paid, paid_basis, left_to_pay, is_paid
FROM sponsorship_payment WHERE package_id IS NULL ORDER BY sponsorship_id;
SELECT party, package, planned_amount, agreed_amount, money, in_kind, paid, paid_basis, left_to_pay, is_paid FROM sponsorship_payment WHERE event_id = 1 ORDER BY sponsorship_id;

\echo == Who gave what: costs that were paid count too
SELECT source, event_id, series_id, party_id, kind, what, quantity, hours, value, value_basis, package_id, given_on FROM contribution_line ORDER BY event_id, series_id, party_id, source, source_id;
SELECT event_id, series_id, party, line_count, money, in_kind, work, total, measured, claimed, hours, unvalued_count AS unvalued, for_packages, given, given_share FROM contribution_total ORDER BY event_id, series_id, party_id;

\echo == Who gave more gets more of what packages left
INSERT INTO event_benefit (event_id, benefit_code, quantity) VALUES (1, 'talk_slot', 8), (1, 'logo_place', 2), (1, 'booth', 9), (2, 'post', 3);
SELECT event_id, benefit_code, party, given, shared_count, exact_share, largest_remainder, sainte_lague FROM entitlement ORDER BY event_id, ordinal, party_id;
SELECT benefit_code, party, given, shared_count, exact_share, share FROM season_entitlement('talk_slot:5, post:12');
SELECT benefit_code, party, given, share FROM season_entitlement('talk_slot:5', series_id => 1, since => '2031-05-01', until => '2031-06-01', method => 'sainte_lague');
SELECT pg_temp.refused($$ SELECT * FROM season_entitlement('talk_slot:5', method => 'dice') $$);
SELECT count(*) FROM season_entitlement('talk_slot:5', series_id => 99);

\echo == In Chinese
SET salon.lang = 'zh';
SELECT payer, kinds FROM event_payer WHERE event_id = 1 ORDER BY payer_id;
SELECT benefit, party FROM entitlement WHERE event_id = 2;
RESET salon.lang;

\echo == What is in use is not deleted; an event takes its lines along
SELECT pg_temp.refused($$ DELETE FROM party WHERE party_id = 3 $$);
SELECT pg_temp.refused($$ DELETE FROM cost_kind WHERE cost_kind_code = 'tea' $$);
DELETE FROM sponsorship WHERE sponsorship_id = 2;
DELETE FROM sponsorship WHERE sponsorship_id = 1;
SELECT contribution_id, event_id, sponsorship_id FROM contribution WHERE party_id = 2 ORDER BY 1;
DELETE FROM event WHERE event_id = 1;
SELECT count(*) FROM contribution;
SELECT count(*) FROM cost WHERE event_id = 1;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_money', drop_rows => true);
