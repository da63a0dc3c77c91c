-- Hackathons: editions, tracks, problems with prizes, teams, rounds, works.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_hackathon');
SET search_path = s_hackathon, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'school A'), ('organization', 'school B'), ('organization', 'company X'), ('organization', 'company Y');
INSERT INTO party (kind, name_en) SELECT 'person', 'student ' || n FROM generate_series(1, 8) n;
INSERT INTO party (kind, name_en) VALUES ('person', 'teacher T');
INSERT INTO party_role (party_id, role_code) VALUES (1, 'school'), (2, 'school'), (3, 'vendor');
INSERT INTO affiliation (person_id, organization_id) SELECT 4 + n, 1 + n / 5 FROM generate_series(1, 8) n;
INSERT INTO affiliation (person_id, organization_id) VALUES (13, 1);
SELECT plan_event('Code Night', NULL, '2031-05-03 09:00+08', '2031-05-04 18:00+08', needs => '');
UPDATE event SET status_code = 'announced' WHERE event_id = 1;

\echo == An edition: an event, its tracks and rounds
INSERT INTO hackathon (event_id, difficulty, focus, times_a_year, hours_a_person, least_members, most_members) VALUES (1, 2, 'application', 4, 16, 2, 3);
INSERT INTO track (event_id, name_en, is_set) VALUES (1, 'set problems', true), (1, 'free', false);
INSERT INTO hackathon_round (event_id, ordinal, name_en, advancing) VALUES (1, 1, 'open round', 8), (1, 2, 'final', NULL);
SELECT ordinal, round, kind, state, teams, works, advancing, ties FROM round_list ORDER BY ordinal;

\echo == A company sets a problem, and promises its prize
INSERT INTO commitment (event_id, giver_id, kind, amount, status_code) VALUES (1, 3, 'money', 5000, 'signed'), (1, 4, 'money', 3000, 'proposed');
INSERT INTO problem (track_id, party_id, commitment_id, title_en, difficulty) VALUES (1, 3, 1, 'find slow queries', 2);
SELECT track, problem, company, difficulty, prize, teams FROM problem_list;
SELECT pg_temp.refused($$ INSERT INTO problem (track_id, party_id, title_en) VALUES (2, 3, 'on a free track') $$);
SELECT pg_temp.refused($$ INSERT INTO problem (track_id, party_id, commitment_id, title_en) VALUES (1, 3, 2, 'the prize of another') $$);

\echo == Teams: a name of their own, a person in one, not too large, a captain who belongs to it
SELECT enter_team(1, 'Alpha', 5, problem_id => 1, coach_id => 13, members => '{6}'), enter_team(1, 'Beta', 9, track_id => 2, members => '{10, 11}'),
       enter_team(1, 'Gamma', 8);
SELECT team, status, track, problem, company, captain, coach, members, member_names, schools, lacks FROM team_list ORDER BY team_id;
SELECT pg_temp.refused($$ SELECT enter_team(2, 'Nowhere', 7) $$);
SELECT pg_temp.refused($$ SELECT enter_team(1, 'ALPHA', 7) $$);
SELECT pg_temp.refused($$ SELECT enter_team(1, 'Delta', 6) $$);
SELECT pg_temp.refused($$ SELECT enter_team(1, 'Delta', 1) $$);
SELECT pg_temp.refused($$ SELECT enter_team(1, 'Delta', 7, track_id => 2, problem_id => 1) $$);
SELECT pg_temp.refused($$ INSERT INTO team_member (team_id, person_id) VALUES (2, 12) $$);
SELECT pg_temp.refused($$ UPDATE hackathon SET most_members = 2 WHERE event_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE team SET members = 1 WHERE team_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM team_member WHERE person_id = 9; SET CONSTRAINTS ALL IMMEDIATE $$);
SELECT pg_temp.refused($$ UPDATE team SET captain_id = 12 WHERE team_id = 1; SET CONSTRAINTS ALL IMMEDIATE $$);
SELECT pg_temp.refused($$ UPDATE team SET coach_id = 5 WHERE team_id = 1 $$);

\echo == Who asks or is invited is not counted until it joins
INSERT INTO team_member (team_id, person_id, status_code) VALUES (1, 12, 'asked'), (3, 12, 'invited');
SELECT team_id, members FROM team ORDER BY 1;
UPDATE team_member SET status_code = 'joined' WHERE team_id = 3 AND person_id = 12;
SELECT pg_temp.refused($$ UPDATE team_member SET status_code = 'joined' WHERE team_id = 1 AND person_id = 12 $$);
SELECT pg_temp.refused($$ UPDATE team_member SET status_code = 'invited' WHERE team_id = 3 AND person_id = 12 $$);
SELECT team_id, members, (SELECT bool_and((status_code = 'joined') = (joined_at IS NOT NULL)) FROM team_member m WHERE m.team_id = t.team_id) AS says_when FROM team t ORDER BY 1;

\echo == A transfer: both teams are counted
UPDATE team_member SET team_id = 1 WHERE person_id = 10;
SELECT team_id, members FROM team ORDER BY 1;

\echo == Works: versions, too small a team, late ones, and those that come too late
SELECT submit_work(1, 'https://example.org/alpha'), submit_work(1, 'https://example.org/alpha', 'v2');
SELECT pg_temp.refused($$ DELETE FROM team_member WHERE person_id = 12; SELECT submit_work(3, 'https://example.org/gamma') $$);
SELECT pg_temp.refused($$ SELECT submit_work(1, 'https://example.org/alpha', hackathon_round_id => 2) $$);
SELECT pg_temp.refused($$ UPDATE submission SET url = 'https://example.org/better' WHERE submission_id = 1 $$);
UPDATE hackathon_round SET opens_at = now() + interval '1 hour' WHERE ordinal = 1;
SELECT pg_temp.refused($$ SELECT submit_work(2, 'https://example.org/beta') $$) ~ '^(23514 submission_is_in_time|   team 2|   It opens at|=> View)' AS refused;
UPDATE hackathon_round SET opens_at = NULL, closes_at = now() - interval '10 minutes', grace_minutes = 30 WHERE ordinal = 1;
SELECT submit_work(2, 'https://example.org/beta');
SELECT round, team, version, url, revision, is_late, is_last FROM submission_list ORDER BY submission_id;
SELECT state_code, teams, works FROM round_list WHERE ordinal = 1;
UPDATE hackathon_round SET grace_minutes = 5 WHERE ordinal = 1;
SELECT pg_temp.refused($$ SELECT submit_work(2, 'https://example.org/beta') $$) ~ '^(23514 submission_is_in_time|   team 2|   It was open until|=> View)' AS refused;
UPDATE hackathon_round SET closes_at = NULL WHERE ordinal = 1;
UPDATE team SET status_code = 'withdrawn' WHERE team_id = 2;
SELECT pg_temp.refused($$ SELECT submit_work(2, 'https://example.org/beta') $$);

\echo == Teams are closed
UPDATE hackathon SET teams_close_at = '2031-05-01 18:00+08' WHERE event_id = 1;
UPDATE team_member SET team_id = 2 WHERE person_id = 10;
UPDATE hackathon SET teams_close_at = '2021-05-01 18:00+08' WHERE event_id = 1;
SELECT pg_temp.refused($$ UPDATE team_member SET team_id = 1 WHERE person_id = 10 $$);
SELECT pg_temp.refused($$ DELETE FROM team_member WHERE person_id = 10 $$);
SELECT pg_temp.refused($$ INSERT INTO team_member (team_id, person_id) VALUES (1, 7) $$);
SELECT pg_temp.refused($$ SELECT enter_team(1, 'Delta', 7) $$);
SELECT pg_temp.refused($$ UPDATE team SET problem_id = NULL WHERE team_id = 1 $$);
UPDATE team SET name = 'Alpha team' WHERE team_id = 1;

\echo == What came of it decides the targets of the edition
INSERT INTO metric (event_id, kind, name_en, fact, target) VALUES (1, 'process', 'teams', 'teams', 2), (1, 'process', 'schools', 'schools', 3), (1, 'process', 'partners', 'partners', 2);
SET salon.import = on;
UPDATE event SET status_code = 'held' WHERE event_id = 1;
RESET salon.import;
SELECT metric, target, actual, basis, is_met FROM scorecard CROSS JOIN LATERAL (SELECT actual >= target AS is_met) x WHERE event_id = 1 ORDER BY metric_id;

\echo == Teams stand against deleting the event; a copy has tracks and rounds, on other dates
SELECT pg_temp.refused($$ DELETE FROM event WHERE event_id = 1 $$);
UPDATE hackathon_round SET closes_at = '2031-05-04 12:00+08', judging_closes_at = '2031-05-04 17:00+08' WHERE ordinal = 1;
SELECT copy_event(1, '2031-06-03 09:00+08', 'Code Night 2') AS event_id;
SELECT kind, difficulty, most_members, teams_close_at FROM hackathon WHERE event_id = 2;
SELECT name_en, is_set FROM track WHERE event_id = 2 ORDER BY track_id;
SELECT ordinal, round, closes_at, judging_closes_at, advancing FROM round_list WHERE event_id = 2 ORDER BY ordinal;
SELECT count(*) FROM move_event(2, '2031-07-03 09:00+08');
SELECT ordinal, closes_at, judging_closes_at FROM round_list WHERE event_id = 2 ORDER BY ordinal;
DELETE FROM event WHERE event_id = 2;
SELECT * FROM invariant;

\set ECHO none
SELECT salon.drop_space('s_hackathon', drop_rows => true);
