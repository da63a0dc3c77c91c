-- Reach and price: who is reached, whom a sponsor wants, what a view costs.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_reach');
SET search_path = s_reach, salon;
\set ECHO all

\echo == What is shipped: professions, industries and media of the source
SELECT string_agg(name_zh, '、' ORDER BY ordinal) FROM profession;
SELECT string_agg(name_zh, '、' ORDER BY ordinal) FROM industry;
SELECT string_agg(name_zh, '、' ORDER BY ordinal) FROM medium;

\echo == The first example: 10 000 000 PV, 1 000 000 CNY, a young audience with 300 000 CNY a year
SELECT plan_event('Contest', needs => '');
INSERT INTO party (kind, name_zh) VALUES ('organization', '宝马公司');
INSERT INTO segment (name_en, age_below, income_from) VALUES ('young, 300 000 a year', 40, 300000);
INSERT INTO target (party_id, segment_id) VALUES (1, 1);
INSERT INTO audience (event_id, age_below, income_from) VALUES (1, 40, 300000);
INSERT INTO reach (event_id, medium_code, planned_pv) VALUES (1, 'live', 10000000);
INSERT INTO commitment (event_id, giver_id, planned_amount) VALUES (1, 1, 1000000);
SELECT sponsor, currency, planned_amount, planned_pv, planned_price, planned_fit_from, planned_fit_to, planned_fit_price_from, planned_fit_price_to
FROM sponsor_price;
SELECT planned_price = 0.1 AS exactly FROM sponsor_price;

\echo == Of an audience of which not all is known, the share is told from and to
DELETE FROM audience;
INSERT INTO audience (event_id, profession_code, age_from, age_below, income_from, income_below, planned) VALUES
    (1, 'architect', 25, 35, 300000, NULL, 300),
    (1, 'student',   18, 25, NULL, 100000, 500),
    (1, 'dba',       NULL, NULL, 300000, NULL, 100),
    (1, 'dba',       30, 50, 300000, NULL, 100);
SELECT planned_inside, planned_outside, planned_unknown, planned_uncounted, planned_share_from, planned_share_to, actual_share_from, actual_inside
FROM audience_fit;
SELECT planned_price, planned_fit_from, planned_fit_to, planned_fit_price_from, planned_fit_price_to FROM sponsor_price;

\echo == A group of unknown size may be of any size
UPDATE audience SET planned = NULL WHERE profession_code = 'student';
SELECT planned_inside, planned_uncounted, planned_share_from, planned_share_to FROM audience_fit;
UPDATE audience SET planned = 500 WHERE profession_code = 'student';

\echo == Several targets: whoever is in any of them fits
INSERT INTO segment (name_en, profession_code) VALUES ('students', 'student');
INSERT INTO target (party_id, segment_id) VALUES (1, 2);
SELECT targets, planned_fit_from, planned_fit_to FROM sponsor_price;
DELETE FROM target WHERE segment_id = 2;

\echo == Planned and actual: a medium that is not measured leaves the whole unknown, and what is known a lower bound
INSERT INTO reach (event_id, medium_code, planned_pv, actual_pv, actual_basis) VALUES (1, 'on_site', 0, 60, 'measured');
SELECT planned_pv, actual_pv, actual_pv_from, actual_media, media, actual_basis FROM event_pv;
UPDATE commitment SET amount = 900000;
UPDATE agreement SET status_code = 'signed';
INSERT INTO delivery (commitment_id, kind, amount, basis, evidence) VALUES (1, NULL, 600000, 'measured', NULL), (1, 'in_kind', NULL, 'claimed', 'cars');
SELECT planned_amount, agreed_amount, agreed_price, actual_amount, amount_basis, is_paid FROM sponsor_price;
UPDATE delivery SET amount = 300000, basis = 'measured' WHERE kind = 'in_kind';
SELECT actual_amount, amount_basis, is_paid, actual_pv, pv_basis, actual_price FROM sponsor_price;
UPDATE reach SET actual_pv = 4499940, actual_basis = 'measured' WHERE medium_code = 'live';
UPDATE audience SET actual = planned / 2, actual_basis = 'claimed';
SELECT actual_amount, actual_pv, pv_basis, actual_price, actual_fit_from, actual_fit_to, fit_basis, actual_fit_price_from, actual_fit_price_to FROM sponsor_price;

\echo == Over several events: only those of which both figures were measured, and how many they are
SELECT plan_event('Second', needs => ''), plan_event('Third', needs => ''), plan_event('Fourth', needs => '');
INSERT INTO reach (event_id, medium_code, planned_pv, actual_pv, actual_basis) VALUES
    (2, 'live', 1000000, 1500000, 'measured'), (3, 'live', 1000000, 2000000, 'claimed'), (4, 'live', NULL, NULL, NULL);
INSERT INTO commitment (commitment_id, event_id, giver_id, planned_amount, status_code) VALUES
    (2, 2, 1, 300000, 'signed'), (3, 3, 1, 100000, 'signed'), (4, 4, 1, 100000, 'signed');
INSERT INTO delivery (commitment_id, basis)
SELECT commitment_id, 'measured' FROM commitment WHERE commitment_id > 1;
SELECT scope_code, scope, events, planned_events, planned_amount, planned_pv, planned_price, measured_events, actual_amount, actual_pv, actual_price
FROM price_summary ORDER BY 1, 2;

\echo == While not all is paid the price is not known: the event counts with neither figure
UPDATE delivery SET amount = 299999.99 WHERE commitment_id = 2;
SELECT is_paid FROM sponsor_price WHERE event_id = 2;
SELECT events, measured_events, actual_amount, actual_pv, actual_price FROM price_summary WHERE scope_code = 'all';
UPDATE delivery SET amount = 300000 WHERE commitment_id = 2;

\echo == With a package and without, in money and in kind: one price for all that a sponsor gives
INSERT INTO package (package_id, event_id, name_en, benefits, price) VALUES (1, 2, 'gold', 'logo_place:1', 50000);
SELECT setval('agreement_agreement_id_seq', 5), setval('commitment_commitment_id_seq', 20);
INSERT INTO agreement (agreement_id, package_id, party_id) VALUES (5, 1, 1);
INSERT INTO commitment (commitment_id, event_id, giver_id, resource_code, planned_amount) VALUES (6, 2, 1, 'venue', 20000), (7, 2, 1, 'live_stream', NULL);
SELECT planned_amount, planned_price, agreed_amount, is_paid FROM sponsor_price WHERE event_id = 2;
UPDATE commitment SET planned_amount = 5000 WHERE commitment_id = 7;
SELECT planned_amount, planned_price, agreed_amount, actual_amount, is_paid FROM sponsor_price WHERE event_id = 2;
UPDATE agreement SET status_code = 'signed' WHERE agreement_id IN (5, 6);
SELECT planned_amount, agreed_amount, agreed_price, actual_amount, is_paid FROM sponsor_price WHERE event_id = 2;
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id IN (5, 6, 7);
SELECT planned_amount, agreed_amount, actual_amount, is_paid FROM sponsor_price WHERE event_id = 2;

\echo == A series as a whole: the page views of its events that are not cancelled
INSERT INTO series (name_en, name_zh) VALUES ('Season', '系列');
UPDATE event SET series_id = 1 WHERE event_id IN (1, 2, 3);
INSERT INTO commitment (commitment_id, series_id, giver_id, planned_amount, status_code) VALUES (8, 1, 1, 1500000, 'signed');
INSERT INTO delivery (commitment_id) VALUES (8);
SELECT event, event_id, series_id, planned_amount, planned_pv, planned_price, actual_amount, amount_basis, is_paid, actual_pv, pv_basis, actual_price FROM sponsor_price WHERE series_id = 1;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'x' WHERE event_id = 3;
SELECT planned_pv, planned_price, actual_pv, pv_basis, actual_price FROM sponsor_price WHERE series_id = 1;
SELECT scope_code, scope, events, planned_amount, actual_amount FROM price_summary ORDER BY 1, 2;

\echo == The second example: the operators are covered, so their ISVs are prospects
INSERT INTO party (kind, name_en) SELECT 'organization', n FROM unnest(ARRAY['operator 1', 'operator 2', 'operator 3', 'operator 4', 'ISV 1', 'ISV 2', 'ISV 3', 'bank']) n;
INSERT INTO party_industry (party_id, industry_code)
SELECT party_id, CASE WHEN name_en LIKE 'op%' THEN 'operator' ELSE 'isv' END FROM party WHERE name_en LIKE 'op%' OR name_en LIKE 'ISV%';
INSERT INTO segment (name_en, name_zh, counts, industry_code, size, size_basis) VALUES ('operators', '运营商', 'organizations', 'operator', 3, 'claimed');
INSERT INTO event_party (event_id, party_id, part_code)
SELECT 1, party_id, 'guest_company' FROM party WHERE name_en LIKE 'op%' OR name_en IN ('ISV 3', 'bank');
INSERT INTO supplier_of (supplier_id, customer_id)
SELECT s.party_id, c.party_id
FROM (VALUES ('ISV 1', 'operator 1'), ('ISV 1', 'operator 4'), ('ISV 2', 'operator 2'), ('ISV 3', 'operator 3'), ('ISV 2', 'bank')) v (supplier, customer)
JOIN party s ON s.name_en = v.supplier
JOIN party c ON c.name_en = v.customer;
SELECT segment, size, planned, planned_unknown, planned_share, actual FROM coverage WHERE event_id = 1 AND counts = 'organizations';
INSERT INTO commitment (event_id, giver_id, status_code) SELECT 2, party_id, 'signed' FROM party WHERE name_en = 'ISV 2';
INSERT INTO series (series_id, name_en) VALUES (9, 'another series');
INSERT INTO commitment (series_id, giver_id, status_code) SELECT 9, party_id, 'signed' FROM party WHERE name_en = 'ISV 2';
INSERT INTO commitment (event_id, giver_id) SELECT 2, party_id FROM party WHERE name_en = 'ISV 1';
SELECT segment, segment_share, party, customers, customer_names, sponsored_before FROM prospect WHERE event_id = 1 ORDER BY customers DESC, party_id;
SET salon.lang = 'zh';
SELECT segment, segment_share, party, customers, customer_names FROM prospect WHERE event_id = 1 ORDER BY customers DESC, party_id;
RESET salon.lang;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'x' WHERE event_id = 4;
SELECT events FROM price_summary WHERE scope_code = 'all';
UPDATE event SET starts_at = '2031-05-01 18:00', ends_at = '2031-05-01 21:00', status_code = 'announced' WHERE event_id = 1;
SET salon.import = on;  -- before it begins
UPDATE event SET status_code = 'held' WHERE event_id = 1;
RESET salon.import;
SELECT actual, actual_share, actual_basis FROM coverage WHERE event_id = 1 AND counts = 'organizations';

\echo == Coverage of people: those of the audience who are surely inside, by how many there are
UPDATE segment SET size = 200, size_basis = 'claimed' WHERE segment_id = 1;
SELECT segment, size, planned, planned_unknown, planned_share, actual, actual_unknown, actual_share, actual_basis FROM coverage WHERE event_id = 1 AND segment_id = 1;

\echo == Industries have kinds, regions have cities
INSERT INTO city (city_code, name_en) VALUES ('hz', 'Hangzhou'), ('sh', 'Shanghai'), ('bj', 'Beijing');
INSERT INTO region (region_code, name_en) VALUES ('east', 'east'), ('big', 'big cities'), ('blank', 'not known');
INSERT INTO region_city VALUES ('east', 'hz'), ('east', 'sh'), ('big', 'sh'), ('big', 'bj');
INSERT INTO segment (name_en, region_code) VALUES ('in the east', 'east');
INSERT INTO segment (name_en, industry_code) VALUES ('IoT', 'iot'), ('connected cars', 'connected_car');
INSERT INTO audience (event_id, industry_code, city_code, region_code, planned) VALUES
    (2, 'connected_car', 'hz', NULL, 1), (2, 'iot', 'bj', NULL, 10), (2, 'operator', NULL, 'big', 100), (2, NULL, NULL, 'blank', 1000), (2, NULL, NULL, 'east', 10000);
SELECT segment, planned_inside, planned_outside, planned_unknown FROM audience_fit WHERE event_id = 2 AND segment_id >= 4 ORDER BY segment_id;

\echo == A party has an audience too
INSERT INTO audience (party_id, profession_code, actual, actual_basis) VALUES (1, 'student', 7, 'claimed');
SELECT audience_of, segment, planned_share_from, planned_share_to, actual_share_from, actual_share_to, actual_basis FROM audience_fit WHERE party_id = 1 AND segment_id = 2;

\echo == Nothing happens twice
SELECT pg_temp.refused($$ INSERT INTO reach (event_id, medium_code) VALUES (1, 'live') $$);
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, profession_code, age_from, age_below, income_from) VALUES (1, 'dba', 30, 50, 300000) $$);
SELECT pg_temp.refused($$ INSERT INTO supplier_of (supplier_id, customer_id) SELECT supplier_id, customer_id FROM supplier_of LIMIT 1 $$);
SELECT pg_temp.refused($$ INSERT INTO target (party_id, segment_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO party_industry (party_id, industry_code) VALUES (2, 'operator') $$);

\echo == Refused: figures without a basis, out of bounds, or no figures
SELECT pg_temp.refused($$ UPDATE reach SET actual_pv = 5 WHERE event_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE reach SET actual_basis = 'guessed', actual_pv = 5 WHERE event_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE reach SET planned_pv = -1 WHERE event_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE reach SET actual_pv = -1, actual_basis = 'measured' WHERE event_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE reach SET planned_pv = 1000000000001 WHERE event_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE reach SET actual_pv = 1000000000001, actual_basis = 'measured' WHERE event_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE audience SET planned = -1 $$);
SELECT pg_temp.refused($$ UPDATE audience SET actual = -1, actual_basis = 'measured' $$);
SELECT pg_temp.refused($$ UPDATE audience SET planned = 1000000000001 $$);
SELECT pg_temp.refused($$ UPDATE audience SET actual = 1000000000001, actual_basis = 'measured' $$);
SELECT pg_temp.refused($$ UPDATE audience SET actual_basis = 'guessed' WHERE event_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE audience SET actual = NULL WHERE event_id = 1 $$);

\echo == Refused: attributes that cannot be
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, party_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO audience (profession_code) VALUES ('dba') $$);
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, age_from) VALUES (1, -1) $$);
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, age_from, age_below) VALUES (1, 30, 30) $$);
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, age_below) VALUES (1, 0) $$);
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, income_from) VALUES (1, -1) $$);
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, income_from) VALUES (1, 'NaN') $$);
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, income_from, income_below) VALUES (1, 2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, city_code, region_code) VALUES (1, 'hz', 'east') $$);
SELECT pg_temp.refused($$ INSERT INTO audience (event_id, profession_code) VALUES (1, 'juggler') $$);
SELECT pg_temp.refused($$ INSERT INTO segment (name_en) VALUES ('everybody') $$);
SELECT pg_temp.refused($$ INSERT INTO segment (industry_code) VALUES ('iot') $$);
SELECT pg_temp.refused($$ INSERT INTO segment (name_en, counts, age_from) VALUES ('old firms', 'organizations', 50) $$);
SELECT pg_temp.refused($$ INSERT INTO segment (name_en, counts, industry_code) VALUES ('firms', 'firms', 'iot') $$);
SELECT pg_temp.refused($$ INSERT INTO segment (name_en, age_from) VALUES ('unborn', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO segment (name_en, age_from, age_below) VALUES ('none', 30, 20) $$);
SELECT pg_temp.refused($$ INSERT INTO segment (name_en, income_from) VALUES ('poor', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO segment (name_en, income_from, income_below) VALUES ('none', 30, 30) $$);
SELECT pg_temp.refused($$ INSERT INTO segment (name_en, city_code, region_code) VALUES ('both', 'hz', 'east') $$);
SELECT pg_temp.refused($$ UPDATE segment SET size = 0, size_basis = 'measured' $$);
SELECT pg_temp.refused($$ UPDATE segment SET size = 5 WHERE segment_id = 2 $$);
SELECT pg_temp.refused($$ UPDATE segment SET size_basis = 'guessed', size = 5 $$);
SELECT pg_temp.refused($$ UPDATE segment SET size = 1000000000001, size_basis = 'claimed' $$);
SELECT pg_temp.refused($$ INSERT INTO supplier_of (supplier_id, customer_id) VALUES (1, 1) $$);
INSERT INTO party (kind, name_en) VALUES ('person', 'Somebody');
SELECT pg_temp.refused($$ INSERT INTO supplier_of (supplier_id, customer_id) VALUES (10, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO supplier_of (supplier_id, customer_id) VALUES (1, 10) $$);

\echo == Refused: codes, names, rings
SELECT pg_temp.refused($$ INSERT INTO profession (profession_code, name_en) VALUES ('DBA', 'DBA') $$);
SELECT pg_temp.refused($$ INSERT INTO profession (profession_code) VALUES ('x') $$);
SELECT pg_temp.refused($$ INSERT INTO industry (industry_code, name_en) VALUES ('X', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO industry (industry_code) VALUES ('x') $$);
SELECT pg_temp.refused($$ UPDATE industry SET parent_code = 'iot' WHERE industry_code = 'iot' $$);
SELECT pg_temp.refused($$ UPDATE industry SET parent_code = 'connected_car' WHERE industry_code = 'iot' $$);
SELECT pg_temp.refused($$ INSERT INTO region (region_code, name_en) VALUES ('X', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO region (region_code) VALUES ('x') $$);
SELECT pg_temp.refused($$ INSERT INTO region_city VALUES ('east', 'hz') $$);
SELECT pg_temp.refused($$ INSERT INTO medium (medium_code, name_en) VALUES ('X', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO medium (medium_code) VALUES ('x') $$);
SELECT pg_temp.refused($$ INSERT INTO reach (event_id, medium_code) VALUES (99, 'live') $$);

\echo == Nothing of that changed anything
SELECT (SELECT count(*) FROM audience) AS audience, (SELECT count(*) FROM reach) AS reach,
       (SELECT count(*) FROM segment) AS segments, (SELECT count(*) FROM supplier_of) AS suppliers, (SELECT count(*) FROM industry WHERE shipped) AS industries;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_reach', drop_rows => true);
