-- How long assign_judges takes for 500 works and 100 judges, three a work; with
-- what is known of the tables, and without.
--
-- usage: psql -v space=club -f assign_judges.sql, as a superuser, with a space
-- that has nothing in it; all is undone.

\set QUIET on
\if :{?space} \else \set space club \endif
BEGIN;
SET LOCAL search_path = :"space", salon;
SET LOCAL session_replication_role = replica;
INSERT INTO event (event_id, name_en, time_zone) VALUES (1, 'edition', 'UTC');
INSERT INTO hackathon (event_id) VALUES (1);
INSERT INTO party (party_id, kind, name_en) SELECT n, CASE WHEN n <= 60 THEN 'organization' ELSE 'person' END, 'party ' || n FROM generate_series(1, 1660) n;
INSERT INTO affiliation (person_id, organization_id) SELECT n, 1 + n * 7 % 60 FROM generate_series(61, 1660) n;
INSERT INTO track (track_id, event_id, name_en, is_set) SELECT n, 1, 'track ' || n, false FROM generate_series(1, 3) n;
INSERT INTO track_skill (track_id, skill_code) VALUES (1, 'design'), (2, 'writing'), (3, 'filming');
INSERT INTO party_skill (party_id, skill_code, level) SELECT n, (ARRAY['design', 'writing', 'filming'])[1 + n % 3], 1 + n % 5 FROM generate_series(1561, 1660) n;
INSERT INTO team (team_id, event_id, most_members, name, captain_id, track_id, members) SELECT n, 1, 5, 'team ' || n, 60 + n * 3, 1 + n % 3, 3 FROM generate_series(1, 500) n;
INSERT INTO team_member (team_id, event_id, person_id, joined_at) SELECT n, 1, 60 + n * 3 - k, now() FROM generate_series(1, 500) n CROSS JOIN generate_series(0, 2) k;
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en) VALUES (1, 1, 1, 'round');
INSERT INTO round_team (hackathon_round_id, team_id, event_id) SELECT 1, n, 1 FROM generate_series(1, 500) n;
INSERT INTO judge (judge_id, event_id, person_id) SELECT n, 1, 1560 + n FROM generate_series(1, 100) n;
SET LOCAL session_replication_role = origin;
\timing on
\echo without statistics
SAVEPOINT before;
SELECT count(*) AS judges, max(n) - min(n) AS spread FROM (SELECT count(*) AS n FROM assign_judges(1, 3) GROUP BY judge_id) x;
ROLLBACK TO before;
\timing off
ANALYZE;
\timing on
\echo with statistics
SELECT count(*) AS judges, max(n) - min(n) AS spread FROM (SELECT count(*) AS n FROM assign_judges(1, 3) GROUP BY judge_id) x;
ROLLBACK;
