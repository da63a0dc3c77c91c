-- Awards, their prizes as deliveries of a promise, and the report over editions.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_award');
SET search_path = s_award, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'school A'), ('organization', 'company X'), ('organization', 'company Y');
INSERT INTO party (kind, name_en) SELECT 'person', 'student ' || n FROM generate_series(1, 4) n;
INSERT INTO party_role (party_id, role_code) VALUES (1, 'school');
INSERT INTO affiliation (person_id, organization_id) SELECT 3 + n, 1 FROM generate_series(1, 4) n;
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('Code Night', '2031-05-03 09:00+08', '2031-05-04 18:00+08'), ('National Contest', '2031-09-01 09:00+08', '2031-09-02 18:00+08');
INSERT INTO hackathon (event_id, kind, difficulty, focus, times_a_year, hours_a_person) VALUES (1, 'hackathon', 2, 'application', 4, 16), (2, 'national', 5, 'kernel', 1, 300);
INSERT INTO track (event_id, name_en) VALUES (1, 'set problems');
INSERT INTO commitment (event_id, giver_id, kind, amount, status_code) VALUES (1, 2, 'money', 5000, 'signed'), (1, 3, 'money', 1000, 'proposed');
INSERT INTO commitment (event_id, taker_id, kind, resource_code, status_code) VALUES (1, 2, 'in_kind', 'naming', 'signed');
INSERT INTO problem (track_id, party_id, commitment_id, title_en, difficulty) VALUES (1, 2, 1, 'find slow queries', 2);
SELECT enter_team(1, 'Alpha', 4, problem_id => 1, members => '{5}'), enter_team(1, 'Beta', 6, problem_id => 1, members => '{7}');
INSERT INTO hackathon_round (event_id, ordinal, name_en) VALUES (1, 1, 'only round');
SELECT submit_work(1, 'https://example.org/alpha');

\echo == Awards: how many, for what prize, from whose promise
INSERT INTO award (event_id, ordinal, name_en, kind, quantity, amount, track_id, problem_id, party_id, commitment_id) VALUES
    (1, 1, 'first prize', 'team', 1, 3000, 1, 1, 2, 1), (1, 2, 'second prize', 'team', 2, 1500, 1, 1, 2, 1), (1, 3, 'best newcomer', 'person', 1, 500, NULL, NULL, 3, 2);
INSERT INTO award (event_id, ordinal, name_en, kind, resource_code) VALUES (1, 4, 'special prize', 'person', 'prize');
SELECT pg_temp.refused($$ INSERT INTO award (event_id, name_en, party_id, commitment_id) VALUES (1, 'from another', 3, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO award (event_id, name_en, commitment_id) VALUES (1, 'from nobody', 1) $$);
SELECT track, problem, company, prize, teams FROM problem_list;

\echo == Winners: of the kind, once, not more than there are
INSERT INTO award_winner (award_id, team_id) VALUES (1, 1), (2, 2);
INSERT INTO award_winner (award_id, team_id, person_id) VALUES (3, 2, 6);
SELECT pg_temp.refused($$ INSERT INTO award_winner (award_id, team_id) VALUES (1, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO award_winner (award_id, team_id) VALUES (2, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO award_winner (award_id, person_id) VALUES (2, 7) $$);
SELECT pg_temp.refused($$ INSERT INTO award_winner (award_id, team_id) VALUES (4, 1) $$);
SELECT pg_temp.refused($$ UPDATE award SET kind = 'person' WHERE award_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE award SET given = 0 WHERE award_id = 1 $$);
SELECT award, kind, quantity, amount, resource, party, team, person, is_paid FROM award_list ORDER BY ordinal, award_winner_id;

\echo == Paid as deliveries of the promise, once, and no more than was promised
SELECT pay_award(1, 'bank transfer');
SELECT pg_temp.refused($$ SELECT pay_award(1) $$);
SELECT pg_temp.refused($$ SELECT pay_award(3) $$);
SELECT pg_temp.refused($$ SELECT pay_award(9) $$);
SELECT party, is_signed, promised, announced, awarded, paid, winners_unpaid FROM award_payment ORDER BY commitment_id;
UPDATE award SET amount = 2500 WHERE award_id = 2;
SELECT pg_temp.refused($$ SELECT pay_award(2) $$);
UPDATE award SET amount = 2000 WHERE award_id = 2;
SELECT pay_award(2);
SELECT d.amount, d.basis, d.evidence, c.is_done FROM delivery d JOIN commitment c USING (commitment_id) ORDER BY 1;
DELETE FROM award_winner WHERE award_winner_id = 3;
SELECT award_id, given FROM award ORDER BY 1;

\echo == The national contest and the hackathon side by side
SELECT event, kind, difficulty, focus, times_a_year, hours_a_person, title_sponsor, sponsors, companies, schools, teams, members, works, awards, prize_money, paid, hours, teams_a_company
FROM hackathon_report ORDER BY event_id;

\echo == A copy has awards of no problem, without who promised them
SELECT copy_event(1, '2031-06-03 09:00+08', 'Code Night 2') AS event_id;
SELECT award, kind, quantity, amount, party FROM award_list WHERE event_id = 3 ORDER BY ordinal;
SELECT * FROM invariant;

\set ECHO none
SELECT salon.drop_space('s_award', drop_rows => true);
