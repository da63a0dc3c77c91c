-- Sponsorships, packages and deliveries: what is refused, and how one is told.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_package');
SET search_path = s_package, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'One'), ('organization', 'Two'), ('organization', 'Three');
INSERT INTO series (name_en) VALUES ('season'), ('another');
INSERT INTO event (name_en, status_code, series_id, starts_at, ends_at, planned_on_site, planned_online, actual_on_site, on_site_basis, actual_online, online_basis)
VALUES ('Evening', 'planned', 1, '2031-05-01 14:00+08', '2031-05-01 18:00+08', 100, 10000, 80, 'measured', 12000, 'claimed'),
       ('Night', 'planned', 1, '2031-06-01 14:00+08', '2031-06-01 18:00+08', NULL, NULL, NULL, NULL, NULL, NULL),
       ('Alone', 'planned', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);

\echo == A package is of an event or a series, and promises what is known
SELECT pg_temp.refused($$ INSERT INTO package (name_en, benefits) VALUES ('gold', 'logo_place:1') $$);
SELECT pg_temp.refused($$ INSERT INTO package (event_id, series_id, name_en, benefits) VALUES (1, 1, 'gold', 'logo_place:1') $$);
SELECT pg_temp.refused($$ INSERT INTO package (event_id, name_en, benefits) VALUES (1, 'gold', '') $$);
SELECT pg_temp.refused($$ INSERT INTO package (event_id, name_en, benefits) VALUES (1, 'gold', 'fame:1, logo_place:1, glory:2') $$);
SELECT pg_temp.refused($$ INSERT INTO package (event_id, name_en, benefits, price) VALUES (1, 'gold', 'logo_place:1', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO package (event_id, name_en, benefits, price) VALUES (1, 'gold', 'logo_place:1', 'NaN') $$);
SELECT pg_temp.refused($$ INSERT INTO package (event_id, benefits) VALUES (1, 'logo_place:1') $$);
SELECT pg_temp.refused($$ INSERT INTO package (event_id, name_en, benefits, quantity) VALUES (1, 'gold', 'logo_place:1', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO package (event_id, name_en, benefits, sign_days) VALUES (1, 'gold', 'logo_place:1', -1) $$);
INSERT INTO package (package_id, event_id, series_id, ordinal, name_en, benefits, price, quantity, claimed, sign_days, closes_at) VALUES
    (101, 1, NULL, 1, 'title',   'naming:1, logo_place:2, talk_slot:1', 30000, NULL, 7, NULL, NULL),
    (102, 1, NULL, 2, 'gold',    'logo_place:1, talk_slot:1', 10000, 2, 0, 7, NULL),
    (103, 1, NULL, 3, 'stand',   'booth:1', NULL, 1, 0, NULL, NULL),
    (104, NULL, 1, 4, 'partner', 'logo_place:1, post:2', 2000, 3, 0, NULL, NULL),
    (105, NULL, 1, 5, 'host name', 'naming:1', 5000, NULL, 0, NULL, NULL),
    (106, 1, NULL, 6, 'early',   'logo_place:1', 500, NULL, 0, NULL, '2020-01-01');
INSERT INTO event_benefit (event_id, benefit_code, quantity, granted) VALUES (1, 'talk_slot', 2, 9), (1, 'logo_place', 4, 0);
SELECT event_id, package_id, benefits, price, left_count, full_reason, is_open, price_per_planned_head AS planned_head, price_per_planned_view AS planned_view, price_per_head AS head, price_per_view AS view
FROM package_offer ORDER BY event_id, ordinal;

\echo == A sponsorship is at the event of its package, or at an event of its series
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, event_id, party_id) VALUES (102, 2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, party_id) VALUES (104, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, event_id, party_id) VALUES (104, 3, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, party_id) VALUES (999, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, party_id) VALUES (102, 999) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, party_id) VALUES (106, 1) $$);

\echo == The last one is claimed once
INSERT INTO sponsorship (sponsorship_id, package_id, party_id) VALUES (1, 102, 1), (2, 103, 2);
SELECT sponsorship_id, event_id, status_code, edition, sign_by - created_at AS deadline FROM sponsorship ORDER BY 1;
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, party_id) VALUES (103, 3) $$);
SELECT pg_temp.refused($$ UPDATE package SET quantity = 0 WHERE package_id = 102 $$);

\echo == What the event has is shared by all packages
INSERT INTO sponsorship (sponsorship_id, package_id, party_id) VALUES (3, 101, 2);
SELECT package_id, claimed, signed, left_count, full_reason FROM package_offer WHERE event_id = 1 ORDER BY ordinal;
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, party_id) VALUES (102, 3) $$);
SELECT pg_temp.refused($$ UPDATE event_benefit SET quantity = 1 WHERE event_id = 1 AND benefit_code = 'talk_slot' $$);
SELECT event_id, benefit_code, quantity, granted FROM event_benefit ORDER BY 1, 2;

\echo == A limit that comes later counts what is granted
SELECT pg_temp.refused($$ INSERT INTO event_benefit (event_id, benefit_code, quantity) VALUES (1, 'booth', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO event_benefit (event_id, benefit_code, quantity) VALUES (99, 'booth', 1) $$);
INSERT INTO event_benefit (event_id, benefit_code, quantity) VALUES (1, 'booth', 1) RETURNING granted;

\echo == An exclusive benefit has one holder at an event
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, event_id, party_id) VALUES (105, 1, 3) $$);
INSERT INTO sponsorship (sponsorship_id, package_id, event_id, party_id) VALUES (4, 105, 2, 3), (5, 104, 1, 3);
SELECT pg_temp.refused($$ UPDATE benefit SET is_exclusive = true WHERE benefit_code = 'talk_slot' $$);

\echo == Benefits that do not go together
SELECT pg_temp.refused($$ INSERT INTO benefit_conflict (one_code, other_code, scope) VALUES ('talk_slot', 'booth', 'party') $$);
SELECT pg_temp.refused($$ INSERT INTO benefit_conflict (one_code, other_code, scope) VALUES ('booth', 'booth', 'party') $$);
SELECT pg_temp.refused($$ INSERT INTO benefit_conflict (one_code, other_code, scope) VALUES ('booth', 'talk_slot', 'all') $$);
SELECT pg_temp.refused($$ INSERT INTO benefit_conflict (one_code, other_code, scope, reason_en) VALUES ('booth', 'talk_slot', 'party', 'either show or tell') $$);
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT pg_temp.refused($$ INSERT INTO benefit_conflict (one_code, other_code, scope) VALUES ('gift_place', 'talk_slot', 'party') $$);
ROLLBACK;
INSERT INTO benefit_conflict (one_code, other_code, scope, reason_en) VALUES ('gift_place', 'talk_slot', 'party', 'either give or tell'), ('gift_place', 'naming', 'event', NULL);
SELECT pg_temp.refused($$ INSERT INTO package (package_id, event_id, name_en, benefits) VALUES (107, 1, 'both', 'gift_place:1, talk_slot:1') $$);
INSERT INTO package (package_id, event_id, series_id, name_en, benefits) VALUES (107, NULL, 1, 'gift', 'gift_place:1'), (108, 3, NULL, 'talk', 'talk_slot:1'), (109, 3, NULL, 'gift', 'gift_place:1');
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, event_id, party_id) VALUES (107, 1, 3) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (package_id, party_id) VALUES (108, 1), (109, 2), (109, 1) $$);
INSERT INTO sponsorship (sponsorship_id, package_id, party_id) VALUES (6, 108, 1), (7, 109, 2);

\echo == Signing makes a sponsor; a promise that somebody signed does not change
UPDATE sponsorship SET status_code = 'signed' WHERE sponsorship_id IN (1, 2);
SELECT sponsorship_id, status_code, signed_at IS NOT NULL AS is_signed, event_party_id IS NOT NULL AS plays_a_part FROM sponsorship WHERE sponsorship_id <= 2 ORDER BY 1;
SELECT event_id, party_id, part_code FROM event_party ORDER BY 1, 2;
SELECT pg_temp.refused($$ UPDATE package SET benefits = 'logo_place:1' WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE package SET price = 1 WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE package SET price = NULL WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE package SET event_id = 3 WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ DELETE FROM package WHERE package_id = 102 $$);
UPDATE package SET name_en = 'golden', quantity = 1, benefits = 'talk_slot:1, logo_place:1' WHERE package_id = 102;
SELECT package_id, name_en, edition, quantity, claimed, signed FROM package WHERE package_id = 102;

\echo == One that nobody signed changes, and whoever claimed it signs what it is now
UPDATE package SET benefits = 'naming:1, logo_place:2', price = 28000 WHERE package_id = 101;
SELECT benefit_code, quantity FROM benefit_grant WHERE sponsorship_id = 3 ORDER BY 1;
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'signed' WHERE sponsorship_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE package SET benefits = 'naming:1, logo_place:9' WHERE package_id = 101 $$);
SELECT pg_temp.refused($$ UPDATE package SET event_id = 3 WHERE package_id = 101 $$);
SELECT pg_temp.refused($$ UPDATE package SET event_id = NULL, series_id = 1 WHERE package_id = 101 $$);
UPDATE sponsorship SET edition = 2, status_code = 'signed' WHERE sponsorship_id = 3;
SELECT pg_temp.refused($$ UPDATE sponsorship SET edition = 1 WHERE sponsorship_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE event SET series_id = 2 WHERE event_id = 1 $$);

\echo == A sponsorship stays what it is and goes its steps
SELECT pg_temp.refused($$ UPDATE sponsorship SET party_id = 3 WHERE sponsorship_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'claimed' WHERE sponsorship_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'delivered' WHERE sponsorship_id = 5 $$);
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'planned' WHERE sponsorship_id = 1 $$);

\echo == Deadlines: what is not signed in time lapses, at the latest when another wants the place
INSERT INTO package (package_id, event_id, name_en, benefits, quantity, sign_days) VALUES (110, 3, 'slow', 'post:1', 1, 3);
INSERT INTO sponsorship (sponsorship_id, package_id, party_id, created_at) VALUES (8, 110, 1, now() - interval '4 days');
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'signed' WHERE sponsorship_id = 8 $$);
INSERT INTO sponsorship (sponsorship_id, package_id, party_id, created_at) VALUES (9, 110, 2, now() - interval '4 days');
SELECT sponsorship_id, status_code FROM sponsorship WHERE package_id = 110 ORDER BY 1;
SELECT lapse_claims();
SELECT sponsorship_id, status_code FROM sponsorship WHERE package_id = 110 ORDER BY 1;
SELECT claimed FROM package WHERE package_id = 110;
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'signed' WHERE sponsorship_id = 9 $$);

\echo == What is delivered was promised and signed
SELECT sponsorship_id, party, package, benefit_code, promised, delivered, left_to_deliver, due_at FROM claim_benefit WHERE event_id = 1 ORDER BY 1, ordinal;
SELECT pg_temp.refused($$ INSERT INTO delivery (sponsorship_id, benefit_code) VALUES (1, 'booth') $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (sponsorship_id, benefit_code) VALUES (5, 'post') $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (sponsorship_id, benefit_code, quantity) VALUES (1, 'talk_slot', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (sponsorship_id, benefit_code, quantity) VALUES (1, 'talk_slot', 2) $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (sponsorship_id, benefit_code, delivered_at) VALUES (1, 'talk_slot', 'infinity') $$);
INSERT INTO delivery (delivery_id, sponsorship_id, benefit_code, evidence) VALUES (1, 1, 'talk_slot', 'https://example.org/talk');
SELECT pg_temp.refused($$ INSERT INTO delivery (sponsorship_id, benefit_code) VALUES (1, 'talk_slot') $$);
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'delivered' WHERE sponsorship_id = 1 $$);
INSERT INTO delivery (delivery_id, sponsorship_id, benefit_code) VALUES (2, 1, 'logo_place');
UPDATE sponsorship SET status_code = 'delivered' WHERE sponsorship_id = 1;
SELECT pg_temp.refused($$ DELETE FROM delivery WHERE delivery_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE delivery SET sponsorship_id = 3 WHERE delivery_id = 2 $$);
SELECT sponsorship_id, status, benefit, promised, delivered, left_to_deliver, is_overdue FROM claim_benefit WHERE sponsorship_id = 1 ORDER BY ordinal;

\echo == Sponsors and logos
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 3, 'co_organizer'), (1, 3, 'channel');
INSERT INTO asset (asset_kind_code, party_id, state, url) VALUES ('logo', 1, 'ready', 'https://example.org/one.svg'), ('logo', 1, 'draft', NULL), ('logo', 2, 'draft', NULL);
SELECT party, part, package, has_logo, logo_url FROM event_sponsor WHERE event_id = 1 ORDER BY part_ordinal, package_ordinal, party;

\echo == Who withdraws plays the part no more, unless another sponsorship says so
UPDATE sponsorship SET status_code = 'withdrawn' WHERE sponsorship_id = 2;
SELECT sponsorship_id, event_party_id IS NOT NULL AS plays_a_part FROM sponsorship WHERE party_id = 2 AND event_id = 1 ORDER BY 1;
SELECT count(*) FROM event_party WHERE party_id = 2;
UPDATE sponsorship SET status_code = 'withdrawn' WHERE sponsorship_id = 3;
SELECT count(*) FROM event_party WHERE party_id = 2;
SELECT package_id, claimed, signed FROM package WHERE package_id IN (101, 103) ORDER BY 1;
UPDATE package SET price = 1 WHERE package_id = 101;
INSERT INTO sponsorship (sponsorship_id, package_id, event_id, party_id) VALUES (10, 105, 1, 3);

\echo == A sponsorship without a package: with an event or a series, in money, in kind or in work
SELECT pg_temp.refused($$ INSERT INTO sponsorship (party_id) VALUES (1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, series_id, party_id) VALUES (3, 1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, kind) VALUES (3, 1, 'goodwill') $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, resource_code) VALUES (3, 1, 'venue') $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, kind) VALUES (3, 1, 'in_kind') $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, kind, resource_code) VALUES (3, 1, 'in_kind', 'unobtainium') $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, planned_amount) VALUES (3, 1, -1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, planned_amount) VALUES (3, 1, 'NaN') $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, status_code, agreed_amount) VALUES (3, 1, 'signed', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, status_code, agreed_amount) VALUES (3, 1, 'signed', 'NaN') $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, agreed_amount) VALUES (3, 1, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, edition) VALUES (3, 1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, part_code) VALUES (3, 1, 'juggler') $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id) VALUES (99, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (series_id, party_id) VALUES (99, 1) $$);
INSERT INTO sponsorship (sponsorship_id, event_id, series_id, party_id, kind, resource_code, planned_amount, status_code, part_code) VALUES
    (11, 3, NULL, 1, 'money',   NULL,          1000, 'planned', 'sponsor'),
    (12, 3, NULL, 1, 'in_kind', 'venue',       3000, 'claimed', 'venue_sponsor'),
    (13, 3, NULL, 2, 'work',    'live_stream', NULL, 'claimed', 'live_sponsor'),
    (14, NULL, 1, 2, 'money',   NULL,          9000, 'planned', 'sponsor');
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id) VALUES (3, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (event_id, party_id, kind, resource_code) VALUES (3, 1, 'in_kind', 'venue') $$);
SELECT pg_temp.refused($$ INSERT INTO sponsorship (series_id, party_id) VALUES (1, 2) $$);
SELECT count(*) FROM event_party WHERE event_id = 3;
UPDATE sponsorship SET status_code = 'signed', agreed_amount = CASE sponsorship_id WHEN 11 THEN 900 END WHERE sponsorship_id >= 11;
SELECT sponsorship_id, status_code, planned_amount, agreed_amount, signed_at IS NOT NULL AS is_signed, event_party_id IS NOT NULL AS plays_a_part FROM sponsorship WHERE sponsorship_id >= 11 ORDER BY 1;
SELECT pg_temp.refused($$ UPDATE sponsorship SET agreed_amount = 1 WHERE sponsorship_id = 11 $$);
SELECT pg_temp.refused($$ UPDATE sponsorship SET agreed_amount = NULL WHERE sponsorship_id = 11 $$);
SELECT pg_temp.refused($$ UPDATE sponsorship SET event_id = NULL, series_id = 2 WHERE sponsorship_id = 11 $$);
SELECT pg_temp.refused($$ UPDATE sponsorship SET package_id = 110 WHERE sponsorship_id = 11 $$);
UPDATE sponsorship SET agreed_amount = 800 WHERE sponsorship_id = 13;
SELECT event_id, party, part, sponsorship_id, package FROM event_sponsor WHERE event_id IN (2, 3) ORDER BY event_id, part_ordinal, party;
SELECT status_code, agreed_amount FROM sponsorship WHERE package_id IS NOT NULL AND status_code IN ('signed', 'delivered') ORDER BY sponsorship_id;
UPDATE sponsorship SET status_code = 'withdrawn' WHERE sponsorship_id IN (11, 14);
SELECT event_id, party, part FROM event_sponsor WHERE event_id IN (2, 3) ORDER BY event_id, part_ordinal, party;
INSERT INTO sponsorship (sponsorship_id, event_id, party_id, planned_amount, status_code) VALUES (15, 3, 1, 700, 'planned');

\echo == A package that is only planned for somebody has no place; once claimed it has, as it is by then
INSERT INTO package (package_id, event_id, name_en, benefits, price, quantity, sign_days) VALUES (111, 3, 'one', 'booth:1', 400, 1, 5);
INSERT INTO sponsorship (sponsorship_id, package_id, party_id, status_code) VALUES (16, 111, 1, 'planned'), (17, 111, 2, 'planned');
SELECT claimed, left_count FROM package_offer WHERE package_id = 111;
UPDATE package SET price = 500 WHERE package_id = 111;
UPDATE sponsorship SET status_code = 'claimed' WHERE sponsorship_id = 16 RETURNING edition, sign_by > now() + interval '4 days' AS deadline;
SELECT claimed, left_count FROM package_offer WHERE package_id = 111;
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'claimed' WHERE sponsorship_id = 17 $$);
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'planned' WHERE sponsorship_id = 16 $$);
UPDATE sponsorship SET status_code = 'signed' WHERE sponsorship_id = 16 RETURNING agreed_amount;
UPDATE sponsorship SET status_code = 'withdrawn' WHERE sponsorship_id = 16;
UPDATE sponsorship SET status_code = 'claimed', sign_by = now() - interval '1 day' WHERE sponsorship_id = 17;
INSERT INTO sponsorship (sponsorship_id, package_id, party_id, status_code) VALUES (18, 111, 3, 'planned');
UPDATE sponsorship SET status_code = 'claimed' WHERE sponsorship_id = 18;
SELECT sponsorship_id, status_code FROM sponsorship WHERE package_id = 111 ORDER BY 1;
INSERT INTO sponsorship (sponsorship_id, package_id, party_id, status_code) VALUES (19, 111, 3, 'planned');
UPDATE sponsorship SET status_code = 'withdrawn' WHERE sponsorship_id = 18;
UPDATE package SET closes_at = '2020-01-01' WHERE package_id = 111;
SELECT pg_temp.refused($$ UPDATE sponsorship SET status_code = 'claimed' WHERE sponsorship_id = 19 $$);
DELETE FROM sponsorship WHERE sponsorship_id BETWEEN 11 AND 19;

\echo == What the database keeps is not for anybody to write
SELECT pg_temp.refused($$ UPDATE package SET claimed = 0 WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE event_benefit SET granted = 0 WHERE event_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE benefit_grant SET delivered = 0 WHERE sponsorship_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO benefit_grant (sponsorship_id, event_id, party_id, benefit_code, is_exclusive, quantity) VALUES (1, 1, 1, 'post', false, 9) $$);
SELECT pg_temp.refused($$ UPDATE package_benefit SET quantity = 9 $$);
SELECT pg_temp.refused($$ DELETE FROM event_claim_count $$);

\echo == What is in use is not deleted; what is deleted is counted
SELECT pg_temp.refused($$ DELETE FROM benefit WHERE benefit_code = 'logo_place' $$);
SELECT pg_temp.refused($$ DELETE FROM party WHERE party_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM series WHERE series_id = 1 $$);
DELETE FROM sponsorship WHERE sponsorship_id = 10;
SELECT package_id, claimed, signed FROM package WHERE claimed > 0 ORDER BY 1;
DELETE FROM event WHERE event_id = 1;
SELECT package_id, claimed, signed FROM package WHERE claimed > 0 ORDER BY 1;
SELECT event_id, claims FROM event_claim_count ORDER BY 1;
TRUNCATE sponsorship CASCADE;
SELECT count(*) FROM package WHERE claimed > 0;
SELECT sum(claims) FROM event_claim_count;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_package', drop_rows => true);
