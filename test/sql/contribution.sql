-- The ledger of contributions: claimed, accepted by another, points by rule.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_contribution');
SET search_path = s_contribution, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'company X'), ('person', 'student A'), ('person', 'student B');
INSERT INTO product (party_id, name, is_open_source) VALUES (1, 'Xbase', true);
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('Code Night', '2031-05-03 09:00+08', '2031-05-04 18:00+08');

\echo == Points by rule, and what they give a right to: an example to edit
SELECT contribution_kind_code, points, shipped FROM contribution_kind ORDER BY ordinal;
SELECT contribution_right_code, points FROM contribution_right ORDER BY ordinal;

\echo == Claimed, accepted, declined
INSERT INTO contribution (party_id, contribution_kind_code, product_id, url, contributed_on) VALUES
    (2, 'code_change', 1, 'https://example.org/pull/1', '2031-04-01'), (2, 'bug_report', 1, 'https://example.org/issue/2', '2031-04-02'),
    (3, 'code_change', 1, 'https://example.org/pull/3', '2031-04-03');
INSERT INTO contribution (party_id, contribution_kind_code, description, quantity) VALUES (2, 'article', 'three articles', 3);
UPDATE contribution SET status_code = 'accepted', accepted_by = 1 WHERE contribution_id IN (1, 2, 4);
UPDATE contribution SET status_code = 'declined' WHERE contribution_id = 3;
SELECT party, contribution_kind, quantity, product, status, points, accepter, accepted_at IS NOT NULL AS has_time FROM contribution_list ORDER BY contribution_id;
SELECT party, points, accepted, claimed, claimed_points, products, last_on FROM contribution_points ORDER BY party_id;
SELECT party, contribution_right, points_needed, points, points_lacking, is_reached FROM contribution_standing WHERE party_id = 2 ORDER BY ordinal;

\echo == A later rule does not change what was accepted
UPDATE contribution_kind SET points = 100 WHERE contribution_kind_code = 'code_change';
SELECT points FROM contribution_points WHERE party_id = 2;
SELECT pg_temp.refused($$ UPDATE contribution SET quantity = 9 WHERE contribution_id = 4 $$);
UPDATE contribution SET points = 1000 WHERE contribution_id = 4;
UPDATE contribution SET status_code = 'claimed' WHERE contribution_id = 1;
SELECT points, claimed_points FROM contribution_points WHERE party_id = 2;
UPDATE contribution SET status_code = 'accepted' WHERE contribution_id = 1;
SELECT points FROM contribution_points WHERE party_id = 2;

\echo == What cannot be
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, contribution_kind_code, product_id, url) VALUES (2, 'code_change', 1, 'https://example.org/pull/1') $$);
SELECT pg_temp.refused($$ UPDATE contribution SET status_code = 'claimed' WHERE contribution_id = 4; UPDATE contribution SET status_code = 'accepted', accepted_by = 2 WHERE contribution_id = 4 $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, contribution_kind_code) VALUES (2, 'talk') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, contribution_kind_code, event_id, product_id) VALUES (2, 'talk', 1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, contribution_kind_code, description) VALUES (2, 'none', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO contribution (party_id, contribution_kind_code, description, quantity) VALUES (2, 'talk', 'x', 0) $$);
SELECT pg_temp.refused($$ UPDATE contribution SET status_code = 'accepted' WHERE contribution_id = 3 $$);

\echo == An edition credits works and awards, once each
INSERT INTO hackathon (event_id) VALUES (1);
INSERT INTO hackathon_round (event_id, ordinal, name_en) VALUES (1, 1, 'only round');
SELECT enter_team(1, 'Alpha', 2), enter_team(1, 'Beta', 3);
SELECT submit_work(1, 'https://example.org/alpha');
INSERT INTO award (event_id, name_en) VALUES (1, 'first prize');
INSERT INTO award_winner (award_id, team_id) VALUES (1, 1);
SELECT credit_hackathon(1), credit_hackathon(1);
SELECT party, contribution_kind, event, points FROM contribution_list WHERE event_id = 1 ORDER BY contribution_id;
SELECT pg_temp.refused($$ SELECT credit_hackathon(2) $$);
SELECT * FROM invariant;

\set ECHO none
SELECT salon.drop_space('s_contribution', drop_rows => true);
