-- Packages, agreements and deliveries: what is refused, and how one is told.
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
INSERT INTO supply (supply_id, event_id, resource_code, quantity, committed) VALUES (1, 1, 'talk_slot', 2, 9), (2, 1, 'logo_place', 4, 0);
SELECT setval('supply_supply_id_seq', 10);
SELECT event_id, package_id, benefits, price, left_count, full_reason, is_open, price_per_planned_head AS planned_head, price_per_planned_view AS planned_view, price_per_head AS head, price_per_view AS view
FROM package_offer ORDER BY event_id, ordinal;

\echo == A claim is at the event of its package, or at an event of its series
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, event_id, party_id) VALUES (102, 2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, party_id) VALUES (104, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, event_id, party_id) VALUES (104, 3, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, party_id) VALUES (999, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, party_id) VALUES (102, 999) $$);
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, party_id) VALUES (106, 1) $$);

\echo == The last one is claimed once
INSERT INTO agreement (agreement_id, package_id, party_id) VALUES (1, 102, 1), (2, 103, 2);
SELECT agreement_id, event_id, status_code, edition, sign_by - created_at AS deadline FROM agreement ORDER BY 1;
SELECT agreement_id, giver_id, taker_id, kind, resource_code, quantity, amount, supply_id, part_code, takes, stands FROM commitment ORDER BY agreement_id, commitment_id;
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, party_id) VALUES (103, 3) $$);
SELECT pg_temp.refused($$ UPDATE package SET quantity = 0 WHERE package_id = 102 $$);

\echo == What the event has is shared by all packages
INSERT INTO agreement (agreement_id, package_id, party_id) VALUES (3, 101, 2);
SELECT package_id, claimed, signed, left_count, full_reason FROM package_offer WHERE event_id = 1 ORDER BY ordinal;
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, party_id) VALUES (102, 3) $$);
SELECT pg_temp.refused($$ UPDATE supply SET quantity = 1 WHERE supply_id = 1 $$);
SELECT event_id, resource_code, quantity, committed FROM supply ORDER BY 1, 2;

\echo == A limit that comes later counts what was promised
SELECT pg_temp.refused($$ INSERT INTO supply (event_id, resource_code, quantity) VALUES (1, 'booth', 0) $$);
INSERT INTO supply (supply_id, event_id, resource_code, quantity) VALUES (3, 1, 'booth', 1);
SELECT quantity, committed FROM supply WHERE supply_id = 3;

\echo == An exclusive resource has one holder at an event
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, event_id, party_id) VALUES (105, 1, 3) $$);
INSERT INTO agreement (agreement_id, package_id, event_id, party_id) VALUES (4, 105, 2, 3), (5, 104, 1, 3);
SELECT pg_temp.refused($$ UPDATE resource SET is_exclusive = true WHERE resource_code = 'talk_slot' $$);

\echo == Resources that do not go together
SELECT pg_temp.refused($$ INSERT INTO resource_conflict (one_code, other_code, scope) VALUES ('talk_slot', 'booth', 'party') $$);
SELECT pg_temp.refused($$ INSERT INTO resource_conflict (one_code, other_code, scope) VALUES ('booth', 'booth', 'party') $$);
SELECT pg_temp.refused($$ INSERT INTO resource_conflict (one_code, other_code, scope) VALUES ('booth', 'talk_slot', 'all') $$);
SELECT pg_temp.refused($$ INSERT INTO resource_conflict (one_code, other_code, scope, reason_en) VALUES ('booth', 'talk_slot', 'party', 'either show or tell') $$);
BEGIN ISOLATION LEVEL REPEATABLE READ;
SELECT pg_temp.refused($$ INSERT INTO resource_conflict (one_code, other_code, scope) VALUES ('gift_place', 'talk_slot', 'party') $$);
ROLLBACK;
INSERT INTO resource_conflict (one_code, other_code, scope, reason_en) VALUES ('gift_place', 'talk_slot', 'party', 'either give or tell'), ('gift_place', 'naming', 'event', NULL);
SELECT pg_temp.refused($$ INSERT INTO package (package_id, event_id, name_en, benefits) VALUES (107, 1, 'both', 'gift_place:1, talk_slot:1') $$);
INSERT INTO package (package_id, event_id, series_id, name_en, benefits) VALUES (107, NULL, 1, 'gift', 'gift_place:1'), (108, 3, NULL, 'talk', 'talk_slot:1'), (109, 3, NULL, 'gift', 'gift_place:1');
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, event_id, party_id) VALUES (107, 1, 3) $$);
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, party_id) VALUES (108, 1), (109, 2), (109, 1) $$);
INSERT INTO agreement (agreement_id, package_id, party_id) VALUES (6, 108, 1), (7, 109, 2);

\echo == Signing makes a sponsor; a promise that somebody signed does not change
UPDATE agreement SET status_code = 'signed' WHERE agreement_id IN (1, 2);
SELECT agreement_id, status_code, signed_at IS NOT NULL AS is_signed FROM agreement WHERE agreement_id <= 2 ORDER BY 1;
SELECT p.event_id, p.party_id, p.part_code, c.agreement_id FROM event_party p JOIN commitment c USING (commitment_id) ORDER BY 1, 2;
SELECT pg_temp.refused($$ UPDATE package SET benefits = 'logo_place:1' WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE package SET price = 1 WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE package SET price = NULL WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE package SET event_id = 3 WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ DELETE FROM package WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ DELETE FROM agreement WHERE agreement_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM commitment WHERE agreement_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM resource WHERE resource_code = 'post' $$);
UPDATE package SET name_en = 'golden', quantity = 1, benefits = 'talk_slot:1, logo_place:1' WHERE package_id = 102;
SELECT package_id, name_en, edition, quantity, claimed, signed FROM package WHERE package_id = 102;

\echo == One that nobody signed changes, and whoever claimed it signs what it is now
UPDATE package SET benefits = 'naming:1, logo_place:2', price = 28000 WHERE package_id = 101;
SELECT kind, resource_code, quantity, amount, planned_amount FROM commitment WHERE agreement_id = 3 ORDER BY resource_code;
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE package SET benefits = 'naming:1, logo_place:9' WHERE package_id = 101 $$);
SELECT pg_temp.refused($$ UPDATE package SET event_id = 3 WHERE package_id = 101 $$);
SELECT pg_temp.refused($$ UPDATE package SET event_id = NULL, series_id = 1 WHERE package_id = 101 $$);
UPDATE agreement SET edition = 2, status_code = 'signed' WHERE agreement_id = 3;
SELECT pg_temp.refused($$ UPDATE agreement SET edition = 1 WHERE agreement_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE event SET series_id = 2 WHERE event_id = 1 $$);

\echo == An agreement stays what it is and goes its steps
SELECT pg_temp.refused($$ UPDATE agreement SET party_id = 3 WHERE agreement_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE agreement SET event_id = 3 WHERE agreement_id = 4 $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (agreement_id, giver_id, amount) VALUES (999, 1, 5) $$);
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'reserved' WHERE agreement_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'fulfilled' WHERE agreement_id = 5 $$);
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'proposed' WHERE agreement_id = 1 $$);

\echo == Deadlines: what is not signed in time lapses, at the latest when another wants the place
INSERT INTO package (package_id, event_id, name_en, benefits, quantity, sign_days) VALUES (110, 3, 'slow', 'post:1', 1, 3);
INSERT INTO agreement (agreement_id, package_id, party_id, created_at) VALUES (8, 110, 1, now() - interval '4 days');
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 8 $$);
INSERT INTO agreement (agreement_id, package_id, party_id, created_at) VALUES (9, 110, 2, now() - interval '4 days');
SELECT agreement_id, status_code FROM agreement WHERE package_id = 110 ORDER BY 1;
SELECT lapse_agreements();
SELECT agreement_id, status_code FROM agreement WHERE package_id = 110 ORDER BY 1;
SELECT claimed FROM package WHERE package_id = 110;
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 9 $$);

\echo == What is delivered was promised and signed
SELECT agreement_id, giver, taker, package, what, quantity, amount, delivered, left_to_deliver, is_owed, due_at FROM commitment_list WHERE event_id = 1 AND status_code = 'signed' ORDER BY 1, ordinal;
SELECT commitment_id AS talk FROM commitment WHERE agreement_id = 1 AND resource_code = 'talk_slot' \gset
SELECT set_config('my.talk', :'talk', false);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id) VALUES (999) $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id) SELECT commitment_id FROM commitment WHERE agreement_id = 5 $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, quantity) VALUES (current_setting('my.talk')::bigint, 0) $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, quantity) VALUES (current_setting('my.talk')::bigint, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, delivered_at) VALUES (current_setting('my.talk')::bigint, 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, basis) VALUES (current_setting('my.talk')::bigint, 'hoped') $$);
INSERT INTO delivery (delivery_id, commitment_id, evidence) VALUES (1, :talk, 'https://example.org/talk');
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id, quantity) VALUES (current_setting('my.talk')::bigint, 1) $$);
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'fulfilled' WHERE agreement_id = 1 $$);
SELECT setval('delivery_delivery_id_seq', 1);
SELECT deliver(1);
SELECT status_code FROM agreement WHERE agreement_id = 1;
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 1 $$);
SELECT what, quantity, amount, delivered, left_to_deliver, is_done, is_owed, is_overdue FROM commitment_list WHERE agreement_id = 1 ORDER BY ordinal;
SELECT kind, quantity, amount, basis, evidence FROM delivery ORDER BY delivery_id;
DELETE FROM delivery WHERE delivery_id = 1;
SELECT status_code FROM agreement WHERE agreement_id = 1;
SELECT pg_temp.refused($$ SELECT deliver(5) $$);
SELECT pg_temp.refused($$ SELECT deliver(999) $$);

\echo == Sponsors and logos
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 3, 'co_organizer'), (1, 3, 'channel');
INSERT INTO asset (asset_kind_code, party_id, state, url) VALUES ('logo', 1, 'ready', 'https://example.org/one.svg'), ('logo', 1, 'draft', NULL), ('logo', 2, 'draft', NULL);
SELECT party, part, package, has_logo, logo_url FROM event_sponsor WHERE event_id = 1 ORDER BY part_ordinal, package_ordinal, party;

\echo == Who withdraws plays the part no more, unless another agreement says so
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = 2;
SELECT p.part_code, c.agreement_id FROM event_party p JOIN commitment c USING (commitment_id) WHERE p.party_id = 2;
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = 3;
SELECT count(*) FROM event_party WHERE party_id = 2;
SELECT package_id, claimed, signed FROM package WHERE package_id IN (101, 103) ORDER BY 1;
UPDATE package SET price = 1 WHERE package_id = 101;
INSERT INTO agreement (agreement_id, package_id, event_id, party_id) VALUES (10, 105, 1, 3);

\echo == Without a package: with an event or a series, in money, in kind or in work
SELECT setval('agreement_agreement_id_seq', 100), setval('commitment_commitment_id_seq', 200);
SELECT pg_temp.refused($$ INSERT INTO agreement (event_id, series_id) VALUES (3, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO agreement (event_id, party_id) VALUES (3, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (resource_code) VALUES ('venue') $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, taker_id, resource_code) VALUES (3, 1, 1, 'venue') $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, kind) VALUES (3, 1, 'goodwill') $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, kind, resource_code) VALUES (3, 1, 'money', 'venue') $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, kind) VALUES (3, 1, 'in_kind') $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, resource_code) VALUES (3, 1, 'unobtainium') $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, amount) VALUES (3, 1, -1) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, amount) VALUES (3, 1, 'NaN') $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, planned_amount) VALUES (3, 1, -1) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, resource_code, hours) VALUES (3, 1, 'venue', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, kind, resource_code, hours) VALUES (3, 1, 'in_kind', 'venue', 2) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, amount, part_code) VALUES (3, 1, 5, 'juggler') $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, amount) VALUES (99, 1, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (series_id, giver_id, amount) VALUES (99, 1, 5) $$);
INSERT INTO commitment (commitment_id, event_id, series_id, giver_id, resource_code, quantity, planned_amount) VALUES
    (11, 3, NULL, 1, NULL,          NULL, 1000),
    (12, 3, NULL, 1, 'venue',       1,    3000),
    (13, 3, NULL, 2, 'live_stream', 1,    NULL),
    (14, NULL, 1, 2, NULL,          NULL, 9000);
SELECT commitment_id, kind, status_code, part_code, takes, stands FROM commitment WHERE commitment_id BETWEEN 11 AND 14 ORDER BY 1;
SELECT count(*) FROM event_party WHERE event_id = 3;
UPDATE commitment SET amount = 900 WHERE commitment_id = 11;
UPDATE agreement SET status_code = 'signed' WHERE agreement_id > 100 AND status_code = 'proposed';
SELECT commitment_id, status_code, planned_amount, amount, stands FROM commitment WHERE commitment_id BETWEEN 11 AND 14 ORDER BY 1;
SELECT pg_temp.refused($$ UPDATE commitment SET amount = 1 WHERE commitment_id = 11 $$);
SELECT pg_temp.refused($$ UPDATE commitment SET amount = NULL WHERE commitment_id = 11 $$);
SELECT pg_temp.refused($$ UPDATE commitment SET quantity = 2 WHERE commitment_id = 12 $$);
SELECT pg_temp.refused($$ UPDATE commitment SET resource_code = 'tea' WHERE commitment_id = 12 $$);
SELECT pg_temp.refused($$ UPDATE commitment SET giver_id = 3 WHERE commitment_id = 12 $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (agreement_id, giver_id, amount) SELECT agreement_id, 1, 5 FROM commitment WHERE commitment_id = 11 $$);
UPDATE commitment SET amount = 800 WHERE commitment_id = 13;
SELECT event_id, party, part, agreement_id IS NOT NULL AS is_agreed, package FROM event_sponsor WHERE event_id IN (2, 3) ORDER BY event_id, part_ordinal, party;
BEGIN;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 2;
SELECT party, part FROM event_sponsor WHERE event_id = 2 ORDER BY part_ordinal, party;
ROLLBACK;
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id IN (SELECT agreement_id FROM commitment WHERE commitment_id IN (11, 14));
SELECT event_id, party, part FROM event_sponsor WHERE event_id IN (2, 3) ORDER BY event_id, part_ordinal, party;
SELECT pg_temp.refused($$ SELECT give(1, 3) $$);
SELECT give(1, 3, 'tea', 2, amount => 60, evidence => 'two cans') IS NOT NULL AS is_given;
SELECT giver, what, quantity, amount, status, is_done FROM commitment_list WHERE event_id = 3 AND resource_code = 'tea';

\echo == An event that is off: nothing is taken, nothing stands, nothing new
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 3;
SELECT c.commitment_id, a.status_code, c.takes, c.stands FROM agreement a JOIN commitment c USING (agreement_id) WHERE a.event_id = 3 AND a.status_code IN ('signed', 'fulfilled') ORDER BY 1;
SELECT count(*) FROM event_party WHERE event_id = 3;
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, amount) VALUES (3, 1, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO delivery (commitment_id) VALUES (12) $$);
SELECT pg_temp.refused($$ INSERT INTO agreement (package_id, party_id) VALUES (108, 3) $$);
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = (SELECT agreement_id FROM commitment WHERE commitment_id = 13);
UPDATE event SET status_code = 'planned' WHERE event_id = 3;
SELECT party_id, part_code FROM event_party WHERE event_id = 3 ORDER BY 1, 2;

\echo == A ring holds whole or not at all
SELECT pg_temp.refused($$ SELECT agree_ring(ARRAY[1, 2], ARRAY[2, 3], ARRAY['tea', 'job']) $$);
SELECT pg_temp.refused($$ SELECT agree_ring(ARRAY[1], ARRAY[1], ARRAY['tea']) $$);
SELECT agree_ring(ARRAY[1, 2, 3], ARRAY[2, 3, 1], ARRAY['expertise', 'connections', 'job'], ARRAY[2, NULL, 1]) AS ring \gset
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = :ring;
SELECT giver, taker, what, quantity, status_code, is_owed FROM commitment_list WHERE agreement_id = :ring ORDER BY commitment_id;
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = :ring;
SELECT count(*) FILTER (WHERE takes > 0 OR stands) AS holding FROM commitment WHERE agreement_id = :ring;

\echo == An organizer of one event makes rings there, adds to what is not signed, and delivers
CREATE ROLE regress_salon_dealer;
INSERT INTO event_party (event_id, party_id, part_code) VALUES (3, 1, 'host');
SELECT salon.grant_access('s_package', 'regress_salon_dealer', 'organizer', 1) \g /dev/null
SET ROLE regress_salon_dealer;
SELECT agree_ring(ARRAY[1, 2, 3], ARRAY[2, 3, 1], ARRAY['expertise', 'connections', 'job'], event_id => 3) AS ring \gset
INSERT INTO commitment (agreement_id, giver_id, taker_id, resource_code, amount) VALUES (:ring, 1, 3, 'case_study', 30) RETURNING commitment_id AS added \gset
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = :ring;
INSERT INTO commitment (agreement_id, giver_id, resource_code) VALUES (:ring, 1, 'tea');
SELECT deliver(:ring);
SELECT giver_id, taker_id, resource_code, amount, status_code, is_done FROM commitment WHERE agreement_id = :ring ORDER BY commitment_id;
DELETE FROM delivery WHERE commitment_id = :added;
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = :ring;
RESET ROLE;

\echo == What is signed is fulfilled at once when it is nothing, or was given before; more of it in the same transaction is still to come
BEGIN;
INSERT INTO commitment (event_id, giver_id, amount, status_code) VALUES (3, 1, 0, 'signed') RETURNING agreement_id AS nothing \gset
INSERT INTO commitment (event_id, giver_id, resource_code, amount) VALUES (3, 2, 'venue', 100) RETURNING agreement_id AS before, commitment_id \gset
INSERT INTO cost (event_id, cost_kind_code, payer_id, actual, actual_basis, commitment_id) VALUES (3, 'venue', 2, 100, 'measured', :commitment_id);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = :before;
SELECT give(3, 3, amount => 50) AS given, give(3, 3, amount => 0) AS more \gset
INSERT INTO commitment (agreement_id, giver_id, resource_code) VALUES (:more, 3, 'tea');
INSERT INTO package (package_id, event_id, name_en, benefits, price) VALUES (120, 3, 'free', 'post:1', 0);
INSERT INTO agreement (package_id, party_id, status_code) VALUES (120, 1, 'signed') RETURNING agreement_id AS free \gset
SELECT v.what, c.kind, c.resource_code, c.amount, c.status_code, c.is_done
FROM (VALUES (:nothing, 'nothing'), (:before, 'before'), (:given, 'given'), (:more, 'more'), (:free, 'free')) v (agreement_id, what)
JOIN commitment c USING (agreement_id) ORDER BY c.commitment_id;
ROLLBACK;

\echo == No place is left at an event that was called off or put away
BEGIN;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 1;
UPDATE event SET status_code = 'announced', starts_at = starts_at - interval '20 years', ends_at = ends_at - interval '20 years' WHERE event_id = 2;
UPDATE event SET status_code = 'held', archived_at = now() WHERE event_id = 2;
SELECT event_id, package, left_count, full_reason, is_open FROM package_offer WHERE event_id < 3 ORDER BY event_id, ordinal;
INSERT INTO package (package_id, event_id, name_en, benefits) VALUES (119, 3, 'signed', 'post:1');
INSERT INTO agreement (package_id, party_id, status_code) VALUES (119, 1, 'signed');
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 3;
SELECT pg_temp.refused($$ UPDATE package SET price = 1 WHERE package_id = 119 $$);
SELECT pg_temp.refused($$ DELETE FROM package WHERE package_id = 119 $$);
ROLLBACK;

\echo == A package that is only proposed to somebody has no place; once claimed it has, as it is by then
INSERT INTO package (package_id, event_id, name_en, benefits, price, quantity, sign_days) VALUES (111, 3, 'one', 'booth:1', 400, 1, 5);
INSERT INTO agreement (agreement_id, package_id, party_id, status_code) VALUES (16, 111, 1, 'proposed'), (17, 111, 2, 'proposed');
SELECT claimed, left_count FROM package_offer WHERE package_id = 111;
UPDATE package SET price = 500 WHERE package_id = 111;
UPDATE agreement SET status_code = 'reserved' WHERE agreement_id = 16 RETURNING edition, sign_by > now() + interval '4 days' AS deadline;
SELECT claimed, left_count FROM package_offer WHERE package_id = 111;
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'reserved' WHERE agreement_id = 17 $$);
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'proposed' WHERE agreement_id = 16 $$);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 16;
SELECT amount FROM commitment WHERE agreement_id = 16 AND kind = 'money';
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = 16;
UPDATE agreement SET status_code = 'reserved', sign_by = now() - interval '1 day' WHERE agreement_id = 17;
INSERT INTO agreement (agreement_id, package_id, party_id, status_code) VALUES (18, 111, 3, 'proposed');
UPDATE agreement SET status_code = 'reserved' WHERE agreement_id = 18;
SELECT agreement_id, status_code FROM agreement WHERE package_id = 111 ORDER BY 1;
INSERT INTO agreement (agreement_id, package_id, party_id, status_code) VALUES (19, 111, 3, 'proposed');
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = 18;
UPDATE package SET closes_at = '2020-01-01' WHERE package_id = 111;
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'reserved' WHERE agreement_id = 19 $$);
DELETE FROM agreement WHERE agreement_id BETWEEN 11 AND 19;

\echo == What the database keeps is not for anybody to write
SELECT pg_temp.refused($$ UPDATE package SET claimed = 0 WHERE package_id = 102 $$);
SELECT pg_temp.refused($$ UPDATE commitment SET delivered = 0 WHERE delivered > 0 $$);
SELECT pg_temp.refused($$ UPDATE commitment SET is_done = true WHERE NOT is_done $$);
SELECT pg_temp.refused($$ UPDATE agreement SET signer_id = 1 WHERE agreement_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE package_resource SET quantity = 9 $$);
SELECT pg_temp.refused($$ UPDATE event_party SET commitment_id = 12 WHERE commitment_id IS NULL $$);
SELECT pg_temp.refused($$ DELETE FROM event_party WHERE commitment_id IS NOT NULL $$);
SELECT pg_temp.refused($$ UPDATE event_party SET part_code = 'host' WHERE commitment_id IS NOT NULL $$);

\echo == What is in use is not deleted; what is deleted is counted
SELECT pg_temp.refused($$ DELETE FROM resource WHERE resource_code = 'logo_place' $$);
SELECT pg_temp.refused($$ DELETE FROM party WHERE party_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM series WHERE series_id = 1 $$);

DELETE FROM agreement WHERE agreement_id = 10;
SELECT package_id, claimed, signed FROM package WHERE claimed > 0 ORDER BY 1;
UPDATE agreement SET status_code = 'withdrawn' WHERE event_id = 1 AND status_code IN ('reserved', 'signed');
DELETE FROM delivery;
DELETE FROM event WHERE event_id = 1;
SELECT package_id, claimed, signed FROM package WHERE claimed > 0 ORDER BY 1;
TRUNCATE agreement CASCADE;
SELECT count(*) FROM package WHERE claimed > 0;
SELECT count(*) FROM supply WHERE committed > 0;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_package', drop_rows => true);
DROP ROLE regress_salon_dealer;
