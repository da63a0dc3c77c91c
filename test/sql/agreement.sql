-- What is promised in words, what is added behind the other side's back, what
-- was not signed in time.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_agreement');
SET search_path = s_agreement, salon;
SET datestyle = 'ISO'; SET timezone = 'Asia/Shanghai';
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'Bakery'), ('organization', 'Bank'), ('organization', 'Cafe');
INSERT INTO event (name_en, status_code, starts_at, ends_at) VALUES ('Evening', 'planned', '2031-03-08 18:00', '2031-03-08 21:00');

\echo == What is promised, in words
INSERT INTO commitment (event_id, giver_id, what) VALUES (1, 1, 'a cake for fifty');
INSERT INTO commitment (event_id, giver_id, resource_code, what) VALUES (1, 3, 'venue', 'the hall upstairs, with the piano');
INSERT INTO commitment (event_id, giver_id, hours, amount) VALUES (1, 2, 3, 300);
INSERT INTO commitment (event_id, giver_id, amount) VALUES (1, 2, 500);
SELECT giver, kind, what, amount FROM commitment_list ORDER BY commitment_id;
SELECT what FROM todo WHERE kind_code = 'agreement' ORDER BY id;
SELECT DISTINCT row_label FROM event_history WHERE subject_code = 'commitment' AND column_name = 'what' ORDER BY 1;
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, kind) VALUES (1, 1, 'in_kind') $$);
SELECT pg_temp.refused($$ INSERT INTO commitment (event_id, giver_id, what) VALUES (1, 1, ' ') $$);

\echo == It can be worded anew until it is signed
UPDATE commitment SET what = 'a cake for sixty' WHERE commitment_id = 1;
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 1;
SELECT pg_temp.refused($$ UPDATE commitment SET what = 'a cake for six' WHERE commitment_id = 1 $$);
INSERT INTO remark (commitment_id, note) VALUES (1, 'ask for the large one');
SELECT deliver(1, 'we ate it');
SELECT what, value FROM contribution_line WHERE agreement_id = 1;
SELECT give(1, 1, quantity => 2, amount => 40, evidence => 'two cakes more');
SELECT what, quantity, amount FROM commitment_list ORDER BY commitment_id DESC LIMIT 1;
INSERT INTO party (kind, name_en) VALUES ('person', 'Ann');
INSERT INTO commitment (event_id, giver_id, what, status_code) VALUES (1, 4, 'songs by Ann', 'signed');
SELECT forget(4) > 0 AS forgotten;
SELECT what FROM commitment_list WHERE giver_id = 4;

\echo == Nothing is added to what is signed, whatever is written to it before
SELECT status_code FROM agreement WHERE agreement_id = 4;
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 4;
BEGIN;
UPDATE agreement SET sign_by = sign_by WHERE agreement_id = 4;
SELECT pg_temp.refused($$ INSERT INTO commitment (agreement_id, giver_id, resource_code) VALUES (4, 2, 'tea') $$);
SELECT pg_temp.refused($$ UPDATE agreement SET created_at = now() WHERE agreement_id = 4 $$);
COMMIT;
BEGIN;
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 3;
SELECT pg_temp.refused($$ INSERT INTO commitment (agreement_id, giver_id, resource_code) VALUES (3, 2, 'tea') $$);
ROLLBACK;
BEGIN;
INSERT INTO agreement (event_id, status_code) VALUES (1, 'signed') RETURNING agreement_id AS signed \gset
INSERT INTO commitment (agreement_id, giver_id, resource_code) VALUES (:signed, 2, 'tea');
INSERT INTO commitment (agreement_id, giver_id, amount) VALUES (:signed, 2, 10);
COMMIT;
SELECT count(*) FROM commitment WHERE agreement_id = :signed;

\echo == A promise of nothing is fulfilled at once, and can be withdrawn
INSERT INTO commitment (event_id, giver_id, amount, part_code, status_code) VALUES (1, 2, 0, 'sponsor', 'signed') RETURNING agreement_id AS nothing \gset
SELECT status_code FROM agreement WHERE agreement_id = :nothing;
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = :nothing;
SELECT status_code FROM agreement WHERE agreement_id = :nothing;
SELECT pg_temp.refused($$ UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = 1 $$);

\echo == What was not signed in time is left
INSERT INTO supply (event_id, resource_code, quantity) VALUES (1, 'booth', 1);
INSERT INTO package (event_id, name_en, benefits, price, quantity) VALUES (1, 'stand', 'booth:1', 1000, 1), (1, 'name', 'naming:1', 5000, NULL);
INSERT INTO agreement (package_id, party_id, sign_by) VALUES (1, 1, now() + interval '1 day'), (2, 1, now() + interval '1 day');
SELECT package, claimed, left_count, is_open, full_reason FROM package_offer ORDER BY package_id;
UPDATE agreement SET sign_by = now() - interval '1 minute' WHERE package_id IS NOT NULL;
SELECT package, claimed, left_count, is_open, full_reason FROM package_offer ORDER BY package_id;
SELECT claimed FROM package WHERE package_id = 1;
INSERT INTO agreement (package_id, party_id) VALUES (1, 2);
SELECT package, claimed, left_count, is_open, full_reason FROM package_offer ORDER BY package_id;
SELECT party_id, status_code FROM agreement WHERE package_id IS NOT NULL ORDER BY agreement_id;
SELECT lapse_agreements();

\echo == Who sees a package reads how many are left of it, and of others only the number
INSERT INTO event (name_en, status_code, starts_at, ends_at) VALUES ('Night', 'announced', '2031-04-08 18:00', '2031-04-08 21:00');
INSERT INTO package (event_id, name_en, benefits, price) VALUES (2, 'all', 'naming:1', 1);
INSERT INTO agreement (package_id, party_id) VALUES (3, 1);
INSERT INTO agreement (package_id, party_id, status_code) VALUES (3, 3, 'proposed');
CREATE ROLE regress_agreement_member;
SELECT salon.grant_access('s_agreement', 'regress_agreement_member', 'member', 3) \g /dev/null
SET ROLE regress_agreement_member;
SELECT giver, what FROM commitment_list WHERE event_id = 1;
SELECT package, claimed, left_count, is_open, full_reason FROM package_offer;
SELECT count(*) FROM commitment WHERE giver_id IS NULL;
RESET ROLE;
SELECT salon.revoke_access('s_agreement', 'regress_agreement_member') \g /dev/null

RESET search_path;
SELECT salon.drop_space('s_agreement', drop_rows => true) \g /dev/null
DROP ROLE regress_agreement_member;
