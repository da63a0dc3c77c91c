-- Rings of exchange between parties, agreements that all who give sign, and what
-- would close one ring more.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_ring');
SET search_path = s_ring, salon;
\set ECHO all

INSERT INTO party (kind, name_en, name_zh) VALUES
    ('organization', 'Venue Ltd', '场地公司'), ('organization', 'Tea Ltd', '茶社'), ('organization', 'Podcast', '播客'),
    ('organization', 'School', '学校'), ('organization', 'Startup', NULL);
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'event_venue', 1), (2, 'job', 3), (3, 'promotion', NULL), (4, 'student', 40);
INSERT INTO demand (party_id, resource_code, quantity) VALUES (1, 'promotion', NULL), (2, 'event_venue', 1), (3, 'job', 2), (4, 'job', 1), (5, 'talent', 5);

\echo == Rings, a row a gift
SELECT ring, place, giver, taker, supplied, demanded, quantity, value, sentence FROM barter_round();
SET salon.lang = 'zh';
SELECT sentence FROM barter_round();
RESET salon.lang;
SELECT count(*) FROM barter_round(2);
SELECT barter_round(9);

\echo == What is one supply away: who is in no ring, and what it would have to supply for whom
SELECT party, resource, taker, rings, parties, value, sentence FROM ring_wish();
INSERT INTO supply (party_id, resource_code) VALUES (5, 'job');
SELECT ring, giver, sentence FROM barter_round() ORDER BY ring, place;
SELECT * FROM ring_wish();

\echo == Each ring is an agreement, which all who give sign
SELECT agree_round();
SELECT agreement_id, party, gives, gets, state FROM signature_list ORDER BY agreement_id, party_id;
SELECT count(*) FROM barter_round();
INSERT INTO signature (agreement_id, party_id) VALUES (1, 1), (1, 2);
SELECT party, state FROM signature_list WHERE agreement_id = 1 ORDER BY party_id;
SELECT status_code FROM agreement WHERE agreement_id = 1;
SELECT pg_temp.refused($$INSERT INTO signature (agreement_id, party_id) VALUES (1, 1)$$);
SELECT pg_temp.refused($$INSERT INTO signature (agreement_id, party_id) VALUES (1, 5)$$);
SELECT pg_temp.refused($$INSERT INTO signature (agreement_id, party_id) VALUES (99, 1)$$);
SELECT pg_temp.refused($$UPDATE signature SET party_id = 3 WHERE party_id = 2$$);
\echo == What some signed stays until all have, and does not go along
SELECT pg_temp.refused($$INSERT INTO commitment (agreement_id, giver_id, taker_id, resource_code, quantity) VALUES (1, 1, 2, 'tea', 1)$$);
SELECT pg_temp.refused($$UPDATE commitment SET quantity = 9 WHERE agreement_id = 1$$);
SELECT pg_temp.refused($$DELETE FROM commitment WHERE agreement_id = 1 AND giver_id = 3$$);
SELECT pg_temp.refused($$DELETE FROM agreement WHERE agreement_id = 1$$);
INSERT INTO signature (agreement_id, party_id) VALUES (1, 3);
SELECT status_code FROM agreement WHERE agreement_id = 1;
SELECT pg_temp.refused($$INSERT INTO signature (agreement_id, party_id) VALUES (1, 1)$$);

\echo == Who alone gives by an agreement signs it too; a claim of a package its organizers sign
INSERT INTO event (name_en) VALUES ('Evening');
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (1, 2, 'tea', 1);
INSERT INTO signature (agreement_id, party_id) SELECT max(agreement_id), 2 FROM agreement;
SELECT status_code FROM agreement ORDER BY agreement_id DESC LIMIT 1;
INSERT INTO package (event_id, name_en, price, benefits) VALUES (1, 'gold', 1000, 'logo_place:1');
INSERT INTO agreement (package_id, party_id) VALUES (1, 2);
SELECT pg_temp.refused($$INSERT INTO signature (agreement_id, party_id) SELECT max(agreement_id), 2 FROM agreement$$);

\echo == What was not signed in time lapses
INSERT INTO agreement (event_id, sign_by) VALUES (1, now() - interval '1 hour');
INSERT INTO commitment (agreement_id, giver_id, resource_code, quantity) SELECT max(agreement_id), 3, 'promotion', 1 FROM agreement;
SELECT pg_temp.refused($$INSERT INTO signature (agreement_id, party_id) SELECT max(agreement_id), 3 FROM agreement$$);
SELECT party, state FROM signature_list ORDER BY agreement_id DESC LIMIT 1;

\echo == A member signs for itself only
CREATE ROLE s_ring_member;
SELECT salon.grant_access('s_ring', 's_ring_member', 'member', 4);
SET ROLE s_ring_member;
SELECT agreement_id, party, state FROM signature_list;
SELECT pg_temp.refused($$INSERT INTO signature (agreement_id, party_id) VALUES (2, 5)$$);
INSERT INTO signature (agreement_id, party_id) VALUES (2, 4);
SELECT agreement_id, party, state FROM signature_list;
RESET ROLE;
INSERT INTO signature (agreement_id, party_id) VALUES (2, 5);
SELECT status_code FROM agreement WHERE agreement_id = 2;

\set ECHO none
\c
SET client_min_messages = warning;
SELECT salon.drop_space('s_ring', drop_rows => true);
DROP ROLE s_ring_member;
