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

\echo == A sponsor of a series plays its part at each event of it that is not called off: everywhere, and with the series
INSERT INTO series (series_id, name_en) VALUES (70, 'Season');
INSERT INTO party (party_id, kind, name_en) VALUES (70, 'organization', 'Stream Ltd'), (71, 'organization', 'Fund Ltd'), (72, 'organization', 'School');
SELECT plan_event('One', starts_at => '2031-10-10 14:00+08', ends_at => '2031-10-10 18:00+08', series_id => 70) AS one,
       plan_event('Two', starts_at => '2031-11-10 14:00+08', ends_at => '2031-11-10 18:00+08') AS two \gset
INSERT INTO commitment (series_id, giver_id, resource_code) VALUES (70, 70, 'live_stream');
INSERT INTO commitment (series_id, giver_id, amount) VALUES (70, 71, 500);
UPDATE agreement SET status_code = 'signed' WHERE series_id = 70;
SELECT event_id = :one AS one, party, part FROM event_sponsor WHERE event_id IN (:one, :two) ORDER BY party;
SELECT item_code, status_code, evidence, missing FROM checklist WHERE event_id = :one AND item_code IN ('C4', 'C18') ORDER BY ordinal;
SELECT is_met, evidence FROM need WHERE event_id = :one AND resource_code = 'live_stream';
UPDATE event SET series_id = 70 WHERE event_id = :two;
SELECT plan_event('Three', starts_at => '2031-12-10 14:00+08', ends_at => '2031-12-10 18:00+08', series_id => 70) AS three \gset
SELECT p.party_id, count(*) FROM event_party p WHERE p.event_id IN (:one, :two, :three) GROUP BY 1 ORDER BY 1;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = :one;
UPDATE event SET series_id = NULL WHERE event_id = :two;
SELECT e.name_en, p.party_id FROM event_party p JOIN event e USING (event_id) WHERE p.party_id IN (70, 71) ORDER BY 1, 2;
UPDATE event SET status_code = 'planned' WHERE event_id = :one;
INSERT INTO commitment (event_id, giver_id, amount) VALUES (:one, 71, 20);
UPDATE agreement SET status_code = 'signed' WHERE event_id = :one;
UPDATE agreement a SET status_code = 'withdrawn' FROM commitment c WHERE c.agreement_id = a.agreement_id AND c.series_id = 70;
SELECT e.name_en, p.party_id, p.part_code FROM event_party p JOIN event e USING (event_id) WHERE p.party_id IN (70, 71) ORDER BY 1, 2;
DELETE FROM event WHERE event_id = :three;

\echo == What venue partners and others give is on the checklist too: a place that is agreed, an asset or a link that was given
SELECT item_code, status_code, evidence, missing FROM checklist WHERE event_id = :two AND item_code IN ('C11', 'C21', 'C25') ORDER BY ordinal;
INSERT INTO city (city_code, name_en) VALUES ('x7', 'X-town');
UPDATE event SET city_code = 'x7' WHERE event_id = :two;
INSERT INTO commitment (event_id, giver_id, resource_code) VALUES (:two, 70, 'venue'), (:two, 71, 'poster_making'), (:two, 71, 'long_video_archive');
UPDATE agreement SET status_code = 'signed' WHERE event_id = :two;
SELECT item_code, status_code, evidence, missing FROM checklist WHERE event_id = :two AND item_code IN ('C11', 'C21', 'C25') ORDER BY ordinal;
SELECT deliver(agreement_id, 'https://example.org/given') FROM commitment WHERE event_id = :two AND giver_id = 71 \g /dev/null
SELECT item_code, status_code, evidence, missing FROM checklist WHERE event_id = :two AND item_code IN ('C11', 'C21', 'C25') ORDER BY ordinal;
SELECT count(*) FROM missing_item WHERE event_id = :two AND item_code IN ('C11', 'C21', 'C25');
UPDATE agreement a SET status_code = 'withdrawn' FROM commitment c WHERE c.agreement_id = a.agreement_id AND c.event_id = :two AND c.giver_id = 70;
SELECT item_code, status_code, evidence, missing FROM checklist WHERE event_id = :two AND item_code = 'C11';

\echo == Money meets a demand for funds, whoever gives it to whom; what was given and got says things, money, work and words
INSERT INTO demand (event_id, resource_code, quantity) VALUES (:two, 'funds', 800);
INSERT INTO demand (party_id, resource_code) VALUES (72, 'funds');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (:two, 72, 'school');
INSERT INTO commitment (event_id, giver_id, taker_id, amount) VALUES (:two, 71, NULL, 500), (:two, 71, 72, 70), (:two, NULL, 71, 40);
INSERT INTO commitment (event_id, giver_id, taker_id, what) VALUES (:two, 72, NULL, 'a choir'), (:two, NULL, 72, 'thanks');
INSERT INTO commitment (event_id, giver_id, hours) VALUES (:two, 72, 3);
SELECT needed, agreed, hoped, short FROM need WHERE event_id = :two AND resource_code = 'funds';
UPDATE agreement SET status_code = 'signed' WHERE event_id = :two AND status_code = 'proposed';
SELECT needed, agreed, hoped, short FROM need WHERE event_id = :two AND resource_code = 'funds';
SELECT party, met, demands FROM satisfaction WHERE event_id = :two;
SELECT party, gave, got, to_come, not_got FROM gave_and_got WHERE event_id = :two ORDER BY party_id;
INSERT INTO delivery (commitment_id, amount) SELECT commitment_id, 10 FROM commitment WHERE event_id = :two AND taker_id = 71;
SELECT deliver(agreement_id) FROM commitment WHERE event_id = :two AND (taker_id = 72 OR giver_id = 72) \g /dev/null
SELECT party, gave, got, to_come FROM gave_and_got WHERE event_id = :two ORDER BY party_id;
INSERT INTO commitment (giver_id, taker_id, amount) VALUES (71, 72, 1);
INSERT INTO demand (party_id, resource_code) VALUES (72, 'project_funds');
SELECT count(*) FROM commitment c JOIN demand d USING (demand_id) WHERE c.kind = 'money' AND d.party_id = 72;

\echo == The series and the community give as well, and what is of no event has to be signed and delivered all the same
INSERT INTO commitment (series_id, taker_id, resource_code) VALUES (70, 71, 'exposure');
INSERT INTO commitment (taker_id, resource_code) VALUES (71, 'exposure');
SELECT giver, taker, what FROM commitment_list WHERE event_id IS NULL AND taker_id = 71 ORDER BY commitment_id;
SELECT kind, what, who FROM todo WHERE event_id IS NULL AND (what ~ 'Fund Ltd') ORDER BY id;
UPDATE agreement a SET status_code = 'signed' FROM commitment c WHERE c.agreement_id = a.agreement_id AND c.event_id IS NULL AND c.taker_id = 71;
SELECT kind, what, who FROM todo WHERE event_id IS NULL AND (what ~ 'Fund Ltd') ORDER BY id;

\echo == A demand that comes later is met by what was promised before, where and when it is a demand
INSERT INTO commitment (event_id, taker_id, resource_code) VALUES (:two, 71, 'naming');
INSERT INTO city (city_code, name_en) VALUES ('y7', 'Y-town');
INSERT INTO demand (party_id, resource_code, city_code, valid_before) VALUES (71, 'naming', 'y7', NULL), (71, 'naming', NULL, '2030-01-01');
SELECT demand_id IS NOT NULL AS is_for_one FROM commitment WHERE event_id = :two AND resource_code = 'naming';
INSERT INTO demand (party_id, resource_code, city_code) VALUES (71, 'naming', 'x7');
SELECT demand_id IS NOT NULL AS is_for_one FROM commitment WHERE event_id = :two AND resource_code = 'naming';

\echo == What was given of what was withdrawn since counts in no total: money goes back
INSERT INTO commitment (event_id, giver_id, amount) VALUES (:two, 70, 900);
UPDATE agreement a SET status_code = 'signed' FROM commitment c WHERE c.agreement_id = a.agreement_id AND c.amount = 900;
INSERT INTO delivery (commitment_id, amount) SELECT commitment_id, 300 FROM commitment WHERE amount = 900;
SELECT party, money FROM contribution_total WHERE event_id = :two AND party_id = 70;
UPDATE agreement a SET status_code = 'withdrawn' FROM commitment c WHERE c.agreement_id = a.agreement_id AND c.amount = 900;
SELECT party, money FROM contribution_total WHERE event_id = :two AND party_id = 70;
SELECT party, gave_money FROM gave_and_got WHERE event_id = :two AND party_id = 70;
SELECT left_to_pay FROM agreement_payment WHERE event_id = :two AND party_id = 70 AND status_code = 'withdrawn' AND planned_amount = 900;
SELECT value, is_off FROM contribution_line WHERE event_id = :two AND party_id = 70;

\echo == A ring is one: no two of them, and nobody gives to himself
SELECT pg_temp.refused($$ SELECT agree_ring(ARRAY[70, 71, 72, 1], ARRAY[71, 70, 1, 72], ARRAY['tea', 'tea', 'tea', 'tea']) $$);
SELECT pg_temp.refused($$ SELECT agree_ring(ARRAY[70, 71, 70], ARRAY[71, 70, 71], ARRAY['tea', 'tea', 'tea']) $$);
SELECT pg_temp.refused($$ SELECT agree_ring(ARRAY[70, 71], ARRAY[70, 71], ARRAY['tea', 'tea']) $$);
\echo == Nor does one of its promises change or go alone, while it is only proposed
SELECT agree_ring(ARRAY[70, 71, 72], ARRAY[71, 72, 70], ARRAY['tea', 'tea', 'tea']) AS ring \gset
SELECT min(commitment_id) AS one FROM commitment WHERE agreement_id = :ring \gset
SELECT pg_temp.refused(format('DELETE FROM commitment WHERE commitment_id = %s', :one));
SELECT pg_temp.refused(format('DELETE FROM commitment WHERE agreement_id = %s', :ring));
SELECT pg_temp.refused(format('UPDATE commitment SET quantity = 9 WHERE commitment_id = %s', :one));
UPDATE commitment SET value = value WHERE commitment_id = :one;
DELETE FROM agreement WHERE agreement_id = :ring;
SELECT count(*) FROM commitment WHERE agreement_id = :ring;

RESET search_path;
SELECT salon.drop_space('s_agreement', drop_rows => true) \g /dev/null
DROP ROLE regress_agreement_member;
