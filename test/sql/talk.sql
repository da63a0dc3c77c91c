-- Talks: submitted, reviewed, voted on, ranked, by nobody who has an interest.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_talk');
SET search_path = s_talk, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES
    ('organization', 'company A'), ('organization', 'company B'),
    ('person', 'speaker 1'), ('person', 'speaker 2'), ('person', 'reviewer 1'), ('person', 'reviewer 2'), ('person', 'reviewer 3');
INSERT INTO affiliation (person_id, organization_id, since, until) VALUES
    (3, 1, NULL, NULL), (5, 1, NULL, '2001-01-01'), (6, 1, NULL, NULL), (7, 2, NULL, NULL);
SELECT plan_event('Evening', NULL, '2031-05-01 18:00', '2031-05-01 21:00', needs => ''),
       plan_event('Night', NULL, '2031-05-01 20:00', '2031-05-01 23:00', needs => '');

\echo == A talk is submitted by a person, for a company or none
INSERT INTO talk (event_id, title_en, submitter_id) VALUES (1, 'alpha', 3), (1, 'beta', 4), (1, 'gamma', 4), (2, 'delta', 4);
UPDATE talk SET organization_id = 2 WHERE title_en = 'gamma';
INSERT INTO talk_speaker (talk_id, person_id) VALUES (1, 3), (2, 4);
SELECT talk_id, title, status, format, organization, speakers, submitted_at <= now() AS is_submitted FROM talk_list ORDER BY talk_id;
SELECT pg_temp.refused($$ INSERT INTO talk (event_id, title_en, submitter_id) VALUES (1, 'x', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO talk (event_id, title_en, submitter_id) VALUES (1, 'x', 99) $$);
SELECT pg_temp.refused($$ INSERT INTO talk (event_id, title_en) VALUES (1, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO talk (event_id, submitter_id) VALUES (1, 3) $$);
SELECT pg_temp.refused($$ INSERT INTO talk (event_id, title_en, submitter_id, organization_id) VALUES (1, 'x', 3, 4) $$);
SELECT pg_temp.refused($$ INSERT INTO talk (event_id, title_en, submitter_id, minutes) VALUES (1, 'x', 3, 0) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_speaker (talk_id, person_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_speaker (talk_id, person_id) VALUES (99, 3) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_speaker (talk_id, person_id) VALUES (1, 3) $$);

\echo == Who cannot judge which talk
SELECT talk_id, person, interest FROM talk_interest WHERE event_id = 1 ORDER BY talk_id, person_id;

\echo == Nobody judges a talk of their own or of their company
SELECT pg_temp.refused($$ INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (1, 3, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (3, 4, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (1, 6, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (3, 7, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (2, 1, 6) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (3, 2, 7) $$);

\echo == Who left long ago can; so can others
INSERT INTO talk_review (talk_id, reviewer_id, score, remark) VALUES (1, 5, 5, 'clear'), (1, 7, 4, NULL), (2, 5, 3, NULL), (2, 6, 4, NULL), (2, 7, 3, NULL);
INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (1, 2, 5), (1, 2, 7), (2, 3, 6), (1, 3, 5);

\echo == A score, a talk, a person, once; two talks of one event
SELECT pg_temp.refused($$ INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (2, 3, 6) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (1, 5, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (99, 5, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (1, 1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (2, 1, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (2, 2, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (2, 4, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (2, 99, 5) $$);
SELECT pg_temp.refused($$ INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (1, 2, 2) $$);

\echo == Ranking, from scores and from votes; what was not judged stays empty
SELECT talk_id, title, reviews, mean_score, score_rank, won, lost, strength, vote_rank FROM talk_ranking WHERE event_id = 1 ORDER BY talk_id;

\echo == What comes out afterwards makes a judgement void, and it counts again when that was wrong
INSERT INTO affiliation (person_id, organization_id) VALUES (7, 1);
SELECT kind, talk_id, other_id, person, score, counts, void_reason FROM talk_judgement WHERE person_id = 7 ORDER BY kind, talk_id;
INSERT INTO talk_speaker (talk_id, person_id) VALUES (2, 5);
SELECT kind, talk_id, other_id, person, counts, void_reason FROM talk_judgement WHERE NOT counts ORDER BY kind, talk_id, person_id;
SELECT talk_id, reviews, mean_score, score_rank, won, lost, vote_rank FROM talk_ranking WHERE event_id = 1 ORDER BY talk_id;
SELECT pg_temp.refused($$ UPDATE talk_review SET score = 1 WHERE talk_id = 2 AND reviewer_id = 5 $$);
DELETE FROM talk_speaker WHERE person_id = 5;
UPDATE affiliation SET since = '2090-01-01' WHERE person_id = 7 AND organization_id = 1;
SELECT count(*) FILTER (WHERE counts) AS count, count(*) FILTER (WHERE NOT counts) AS void FROM talk_judgement;

\echo == Status: along the steps, and scheduled while its session has a time
SELECT pg_temp.refused($$ UPDATE talk SET status_code = 'scheduled' WHERE talk_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE talk SET status_code = 'lost' WHERE talk_id = 1 $$);
UPDATE talk SET status_code = 'accepted' WHERE talk_id IN (1, 2);
SELECT pg_temp.refused($$ UPDATE talk SET status_code = 'scheduled' WHERE talk_id = 1 $$);
UPDATE talk SET status_code = 'rejected' WHERE talk_id = 3;
INSERT INTO session (event_id, format_code, title_en) VALUES (1, 'mini_talk', 'alpha'), (2, 'mini_talk', 'other event');
SELECT pg_temp.refused($$ UPDATE talk SET session_id = 1 WHERE talk_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE talk SET session_id = 2 WHERE talk_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE talk SET session_id = 99 WHERE talk_id = 1 $$);
UPDATE talk SET session_id = 1 WHERE talk_id = 1;
SELECT pg_temp.refused($$ UPDATE talk SET session_id = 1 WHERE talk_id = 2 $$);
SELECT pg_temp.refused($$ UPDATE talk SET during = '[2031-05-01, 2031-05-02)' WHERE talk_id = 1 $$);
UPDATE session SET starts_at = '2031-05-01 18:00', ends_at = '2031-05-01 18:30' WHERE session_id = 1;
SELECT talk_id, status_code, starts_at, ends_at, speakers FROM talk_list WHERE event_id = 1 ORDER BY talk_id;
SELECT pg_temp.refused($$ UPDATE talk SET status_code = 'accepted' WHERE talk_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE talk SET status_code = 'rejected' WHERE talk_id = 1 $$);
UPDATE talk SET status_code = 'withdrawn' WHERE talk_id = 1;
SELECT talk_id, status_code, session_id FROM talk_list WHERE event_id = 1 ORDER BY talk_id;
SELECT pg_temp.refused($$ UPDATE talk SET status_code = 'accepted' WHERE talk_id = 1 $$);

\echo == A talk is told once: its session shows it, and both have the same speakers
SELECT session_id, format_code, title, speakers FROM agenda WHERE session_id = 1;
INSERT INTO session (event_id, format_code, starts_at, ends_at) VALUES (1, 'pk', '2031-05-01 18:00', '2031-05-01 18:30');
INSERT INTO speaker (session_id, person_id) VALUES (3, 7);
UPDATE talk SET session_id = 3 WHERE talk_id = 2;
SELECT session_id, format_code, title, speakers FROM agenda WHERE session_id = 3;
SELECT talk_id, title, speakers FROM talk_list WHERE talk_id = 2;
UPDATE talk SET title_en = 'beta 2', abstract = 'More of it.', format_code = 'round_table' WHERE talk_id = 2;
SELECT s.format_code, s.title_en, s.abstract FROM session s WHERE session_id = 3;
SELECT pg_temp.refused($$ UPDATE session SET title_en = 'gamma' WHERE session_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE session SET abstract = NULL WHERE session_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE session SET format_code = 'pk' WHERE session_id = 3 $$);
UPDATE session SET title_en = 'beta 2', changeover = 5 WHERE session_id = 3;
DELETE FROM speaker WHERE session_id = 3 AND person_id = 4;
INSERT INTO speaker (session_id, person_id) VALUES (3, 3);
UPDATE speaker SET person_id = 6 WHERE session_id = 3 AND person_id = 7;
SELECT talk_id, title, speakers FROM talk_list WHERE talk_id = 2;
SELECT person, interest_code FROM talk_interest WHERE talk_id = 2 ORDER BY person_id;
DELETE FROM session WHERE session_id = 3;
SELECT talk_id, status, speakers FROM talk_list WHERE talk_id = 2;

\echo == In Chinese
SET salon.lang = 'zh';
SELECT talk_id, title, status, format, organization, speakers FROM talk_list WHERE event_id = 1 ORDER BY talk_id;
SELECT talk_id, person, interest FROM talk_interest WHERE event_id = 1 ORDER BY talk_id, person_id;

\echo == Talks that change places take their speakers along, in a ring too
INSERT INTO party (party_id, kind, name_en) SELECT 900 + n, 'person', 'speaker ' || n FROM generate_series(1, 3) n;
INSERT INTO event (event_id, name_en) VALUES (900, 'Places');
INSERT INTO session (session_id, event_id, format_code) SELECT 900 + n, 900, 'mini_talk' FROM generate_series(1, 3) n;
INSERT INTO talk (talk_id, event_id, title_en, submitter_id) SELECT 900 + n, 900, 'talk ' || n, 901 FROM generate_series(1, 3) n;
INSERT INTO talk_speaker (talk_id, person_id) SELECT n, n FROM generate_series(901, 903) n;
UPDATE talk SET status_code = 'accepted' WHERE event_id = 900;
UPDATE talk SET session_id = talk_id WHERE event_id = 900;
UPDATE talk SET session_id = CASE talk_id WHEN 901 THEN 902 ELSE 901 END WHERE talk_id IN (901, 902);
SELECT session_id, title_en, person_id FROM session JOIN speaker USING (session_id) WHERE session.event_id = 900 ORDER BY 1;
UPDATE talk SET session_id = CASE session_id WHEN 901 THEN 902 WHEN 902 THEN 903 ELSE 901 END WHERE event_id = 900;
SELECT session_id, title_en, person_id FROM session JOIN speaker USING (session_id) WHERE session.event_id = 900 ORDER BY 1;
SELECT talk_id, person_id FROM talk_speaker WHERE talk_id > 900 ORDER BY 1;
-- who takes the place of one that leaves it in the same statement
UPDATE talk SET session_id = CASE session_id WHEN 901 THEN 902 END WHERE session_id IN (901, 902);
SELECT session_id, title_en, (SELECT string_agg(person_id::text, ' ') FROM speaker k WHERE k.session_id = s.session_id) AS persons FROM session s WHERE event_id = 900 ORDER BY 1;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_talk', drop_rows => true);
