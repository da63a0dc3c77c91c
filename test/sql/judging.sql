-- Judging: who may judge what, assigning, scores, results, advancing, pairs.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_judging');
SET search_path = s_judging, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'school A'), ('organization', 'company X');
INSERT INTO party (kind, name_en) SELECT 'person', 'captain ' || n FROM generate_series(1, 4) n;
INSERT INTO party (kind, name_en) SELECT 'person', 'judge ' || n FROM generate_series(1, 4) n;
INSERT INTO affiliation (person_id, organization_id) VALUES (3, 1), (7, 1), (8, 2);
INSERT INTO party_skill (party_id, skill_code, level) VALUES (9, 'design', 5);
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('Code Night', '2031-05-03 09:00+08', '2031-05-04 18:00+08'), ('An earlier one', '2030-05-03 09:00+08', '2030-05-04 18:00+08');
INSERT INTO hackathon (event_id) VALUES (1), (2);
INSERT INTO track (event_id, name_en, is_set) VALUES (1, 'design', false);
INSERT INTO track_skill (track_id, skill_code) VALUES (1, 'design');
INSERT INTO hackathon_round (event_id, ordinal, name_en, advancing) VALUES (1, 1, 'open round', 2), (1, 2, 'final', NULL);
INSERT INTO criterion (hackathon_round_id, ordinal, name_en, weight, most) VALUES (1, 1, 'idea', 1, 10), (1, 2, 'code', 3, 5);
SELECT enter_team(1, 'team ' || n, 2 + n, track_id => 1) FROM generate_series(1, 4) n;
SELECT enter_team(2, 'then', 4, coach_id => 10);
SELECT count(submit_work(n, 'https://example.org/' || n)) FROM generate_series(1, 4) n;
INSERT INTO judge (event_id, person_id) SELECT 1, 6 + n FROM generate_series(1, 4) n;
UPDATE team SET coach_id = 8 WHERE team_id = 4;

\echo == Nobody judges a team, school or company, or pupil of its own
SELECT judge, team, interest FROM judge_interest ORDER BY team_id, judge_id;
SELECT pg_temp.refused($$ INSERT INTO judging (hackathon_round_id, team_id, judge_id) VALUES (1, 1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO judging (hackathon_round_id, team_id, judge_id) VALUES (1, 4, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO judging (hackathon_round_id, team_id, judge_id) VALUES (1, 2, 4) $$);
SELECT pg_temp.refused($$ INSERT INTO judging (hackathon_round_id, team_id, judge_id) VALUES (1, 5, 3) $$);

\echo == What is infeasible is explained by who is lacking
SELECT pg_temp.refused($$ SELECT assign_judges(1, 4) $$);
SELECT pg_temp.refused($$ UPDATE judge SET most_works = 1; SELECT assign_judges(1, 2) $$);
SELECT pg_temp.refused($$ SELECT assign_judges(1, 0) $$);
SELECT pg_temp.refused($$ SELECT assign_judges(9) $$);

\echo == Two judges a work, loads within one, skills first
SELECT team, judge FROM assign_judges(1, 2);
SELECT judge, skills, organizations, works, judged, editions FROM judge_list ORDER BY judge_id;
SELECT count(*) FROM assign_judges(1, 2);

\echo == Scores: of the criterion, by who was assigned, all of them
INSERT INTO score (judging_id, criterion_id, points)
SELECT j.judging_id, c.criterion_id, least(c.most, 2 + (j.team_id * 3 + j.judge_id * 2 + c.criterion_id) % 7) FROM judging j CROSS JOIN criterion c WHERE j.team_id < 4;
SELECT pg_temp.refused($$ INSERT INTO score (judging_id, criterion_id, points) SELECT max(judging_id), 2, 6 FROM judging $$);
SELECT pg_temp.refused($$ INSERT INTO score (judging_id, criterion_id, points) SELECT min(judging_id), 1, 5 FROM judging $$);
SELECT pg_temp.refused($$ UPDATE criterion SET most = 4 WHERE criterion_id = 2 $$);
INSERT INTO score (judging_id, criterion_id, points) SELECT max(judging_id), 1, 10 FROM judging;
SELECT team, judge, scored, criteria, total, counts, interest FROM judging_list ORDER BY judging_id;
SELECT team, judges, mean, normalized_mean, score, rank, outcome_code, is_tied FROM round_result WHERE hackathon_round_id = 1 ORDER BY rank NULLS LAST, team_id;
SELECT works, totals, alpha, normalized_alpha, ranked_twice, tau FROM round_agreement WHERE hackathon_round_id = 1;

\echo == An interest that an administrator enters later: what was judged does not count
INSERT INTO affiliation (person_id, organization_id) SELECT g.person_id, 1 FROM judging j JOIN judge g USING (judge_id) WHERE j.team_id = 1 ORDER BY 1 LIMIT 1;
SELECT team, judge, counts, interest FROM judging_list WHERE team_id = 1 ORDER BY judging_id;
DELETE FROM affiliation WHERE affiliation_id = (SELECT max(affiliation_id) FROM affiliation);

\echo == Pairs, and where the two rankings differ
SELECT team, other, chance, gain FROM next_pair(1, 3);
INSERT INTO comparison (hackathon_round_id, judge_id, preferred_id, other_id) VALUES (1, 3, 1, 2), (1, 3, 1, 3), (1, 3, 2, 3), (1, 1, 2, 3), (1, 2, 3, 1);
SELECT pg_temp.refused($$ INSERT INTO comparison (hackathon_round_id, judge_id, preferred_id, other_id) VALUES (1, 3, 3, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO comparison (hackathon_round_id, judge_id, preferred_id, other_id) VALUES (1, 1, 2, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO comparison (hackathon_round_id, judge_id, preferred_id, other_id) VALUES (1, 3, 4, 4) $$);
SELECT team, other, chance, gain FROM next_pair(1, 3);
SELECT team, score_rank, won, lost, strength, standard_error, pair_rank, rank_difference FROM round_result WHERE hackathon_round_id = 1 ORDER BY pair_rank NULLS LAST;
SELECT ranked_twice, tau FROM round_agreement WHERE hackathon_round_id = 1;
SELECT pg_temp.refused($$ SELECT next_pair(1, 99) $$);

\echo == Judging is closed, the round is ended, and who goes on is in the next
UPDATE hackathon_round SET judging_closes_at = now() - interval '1 minute' WHERE ordinal = 1;
SELECT pg_temp.refused($$ UPDATE score SET points = 0 WHERE score_id = 1 $$) ~ '^(23514 score_is_in_time|   round 1|   Judging closed at|=> View)' AS refused;
UPDATE hackathon_round SET judging_closes_at = NULL WHERE ordinal = 1;
SELECT team, rank, outcome, is_tied FROM advance_round(1);
SELECT team_id, rank FROM round_team WHERE hackathon_round_id = 2 ORDER BY rank;
SELECT pg_temp.refused($$ UPDATE score SET points = 0 WHERE score_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO comparison (hackathon_round_id, judge_id, preferred_id, other_id) VALUES (1, 3, 4, 1) $$);
SELECT pg_temp.refused($$ UPDATE hackathon_round SET advancing = 1 WHERE ordinal = 2; SELECT advance_round(2) $$);
SELECT round, state FROM round_list WHERE event_id = 1 ORDER BY ordinal;

\echo == Opened anew
UPDATE hackathon_round SET advanced_at = NULL WHERE ordinal = 1;
SELECT count(*) FROM round_team WHERE hackathon_round_id = 2;
SELECT pg_temp.refused($$ DELETE FROM judging WHERE team_id = 1 $$);
SELECT * FROM invariant;

\echo == In Chinese
SET salon.lang = 'zh';
SELECT judge, interest FROM judge_interest ORDER BY team_id, judge_id;
SELECT pg_temp.refused($$ SELECT assign_judges(1, 4) $$);

\set ECHO none
SELECT salon.drop_space('s_judging', drop_rows => true);
