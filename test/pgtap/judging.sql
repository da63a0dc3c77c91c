-- Judging: assigning against brute force, advancing against a count by hand,
-- normalization, agreement and pairs against values worked out independently;
-- and whatever is entered in whatever order, nobody's points for a team that it
-- has to do with count.
--
-- pg_prove -d DATABASE test/pgtap/judging.sql

\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;

BEGIN;
SELECT salon.create_space('t_judging') \g /dev/null
SET LOCAL search_path = t_judging, salon, public;
SET LOCAL salon.lang = 'en';
SELECT no_plan();
SELECT setseed(0.271828) \g /dev/null

-- == Assigning: editions 1 to 1000 with at most 3 works and 4 judges each.  A
-- judge cannot judge some works, as it belongs to the school of their members.
SET LOCAL session_replication_role = replica;
INSERT INTO party (party_id, kind, name_en) SELECT n, 'person', 'judge ' || n FROM generate_series(1, 4) n;
INSERT INTO party (party_id, kind, name_en) SELECT 10 + n, 'person', 'captain ' || n FROM generate_series(1, 3000) n;
INSERT INTO party (party_id, kind, name_en) SELECT 10000 + n, 'organization', 'school ' || n FROM generate_series(1, 12000) n;
INSERT INTO party_skill (party_id, skill_code, level) VALUES (1, 'design', 5), (2, 'design', 2), (3, 'writing', 4), (4, 'writing', 1), (4, 'design', 3);
CREATE TEMP TABLE instance AS
SELECT n AS i, 1 + floor(random() * 3)::int AS works, 1 + floor(random() * 4)::int AS judges, 1 + floor(random() * 2)::int AS k, random() * 0.6 AS density FROM generate_series(1, 1000) n;
INSERT INTO event (event_id, name_en, time_zone) SELECT i, 'edition ' || i, 'UTC' FROM instance;
INSERT INTO hackathon (event_id) SELECT i FROM instance;
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en) SELECT i, i, 1, 'round' FROM instance;
INSERT INTO track (track_id, event_id, name_en, is_set) SELECT 2 * i - s, i, 'track ' || s, false FROM instance, generate_series(0, 1) s;
INSERT INTO track_skill (track_id, skill_code) SELECT track_id, CASE track_id % 2 WHEN 0 THEN 'design' ELSE 'writing' END FROM track;
INSERT INTO judge (judge_id, event_id, person_id, most_works)
SELECT 4 * i - 4 + g, i, g, CASE WHEN random() < 0.3 THEN floor(random() * 4)::int END FROM instance, generate_series(1, judges) g;
INSERT INTO team (team_id, event_id, most_members, name, captain_id, track_id, members)
SELECT 3 * i - 3 + w, i, 5, 'team ' || w, 10 + 3 * i - 3 + w, 2 * i - floor(random() * 2)::int, 1 FROM instance, generate_series(1, works) w;
INSERT INTO team_member (team_id, event_id, person_id, joined_at) SELECT team_id, event_id, captain_id, now() FROM team;
INSERT INTO round_team (hackathon_round_id, team_id, event_id) SELECT event_id, team_id, event_id FROM team;
-- one school a pair of work and judge that may not meet
INSERT INTO affiliation (person_id, organization_id)
SELECT p, 10000 + n
FROM (SELECT t.captain_id, g.person_id, row_number() OVER () AS n
      FROM team t JOIN judge g USING (event_id) JOIN instance x ON x.i = t.event_id WHERE random() + 0 * (t.team_id + g.judge_id) < x.density) b -- for each pair anew
CROSS JOIN LATERAL (VALUES (b.captain_id), (b.person_id)) v (p);
SET LOCAL session_replication_role = origin;
ANALYZE;
-- the same judge would know captains of other editions: each is of one edition only
SELECT is((SELECT count(*) > 500 FROM judge_interest), true, 'judges and works that may not meet') AS enough;

CREATE TEMP TABLE free AS
SELECT t.event_id AS i, t.team_id, g.judge_id, g.most_works,
       round(2 * coalesce((SELECT s.level FROM party_skill s WHERE s.party_id = g.person_id AND s.skill_code = CASE t.track_id % 2 WHEN 0 THEN 'design' ELSE 'writing' END), 0)) AS fit
FROM team t
JOIN judge g USING (event_id)
WHERE NOT EXISTS (SELECT FROM affiliation a JOIN affiliation b USING (organization_id) WHERE a.person_id = t.captain_id AND b.person_id = g.person_id);

-- All ways to give each work k of the judges that may judge it.
CREATE TEMP TABLE way AS
WITH RECURSIVE choice AS (
    SELECT f.i, f.team_id, ARRAY[f.judge_id] AS judges, f.fit FROM free f JOIN instance x USING (i) WHERE x.k = 1
    UNION ALL
    SELECT f.i, f.team_id, ARRAY[f.judge_id, g.judge_id], f.fit + g.fit
    FROM free f JOIN free g ON g.team_id = f.team_id AND g.judge_id > f.judge_id JOIN instance x ON x.i = f.i WHERE x.k = 2
), step (i, work, judges, fit) AS (
    SELECT i, 0, '{}'::bigint[], 0::float8 FROM instance
    UNION ALL
    SELECT s.i, s.work + 1, s.judges || c.judges, s.fit + c.fit
    FROM step s
    JOIN choice c ON c.i = s.i AND c.team_id = 3 * s.i - 2 + s.work
)
SELECT s.i, s.judges, s.fit FROM step s JOIN instance x USING (i) WHERE s.work = x.works;
CREATE TEMP TABLE possible AS
SELECT w.i, w.fit, l.most, l.spread
FROM (SELECT row_number() OVER () AS w, * FROM way) w
CROSS JOIN LATERAL (
    SELECT max(n.load) AS most, max(n.load) - min(n.load) FILTER (WHERE n.has_room) AS spread, bool_and(n.fits) AS fits
    FROM (SELECT count(j) AS load, count(j) <= coalesce(g.most_works, 9) AS fits, count(j) < coalesce(g.most_works, 9) AS has_room
          FROM judge g LEFT JOIN unnest(w.judges) j ON j = g.judge_id
          WHERE g.event_id = w.i GROUP BY g.judge_id, g.most_works) n) l
WHERE l.fits;

CREATE TEMP TABLE got (i int, state text);
CREATE FUNCTION pg_temp.assign_all() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    x record;
    state text;
BEGIN
    FOR x IN SELECT * FROM instance ORDER BY i LOOP
        state := '00000';
        BEGIN
            PERFORM assign_judges(x.i, x.k);
        EXCEPTION WHEN OTHERS THEN
            GET STACKED DIAGNOSTICS state = RETURNED_SQLSTATE;
        END;
        INSERT INTO got VALUES (x.i, state);
    END LOOP;
END $$;
SELECT pg_temp.assign_all() \g /dev/null

SELECT is(count(*), 0::bigint, 'assigned exactly where it is possible at all')
FROM got g
WHERE (g.state = '00000') <> EXISTS (SELECT FROM possible p WHERE p.i = g.i) OR g.state NOT IN ('00000', '55000');
SELECT ok(count(*) FILTER (WHERE state = '00000') > 300 AND count(*) FILTER (WHERE state = '55000') > 200, 'of both there are enough') FROM got;
SELECT is(count(*), 0::bigint, 'each work has as many judges as it should, none who may not judge it')
FROM got g
JOIN instance x USING (i)
JOIN team t ON t.event_id = x.i
WHERE g.state = '00000'
  AND (x.k <> (SELECT count(*) FROM judging j WHERE j.team_id = t.team_id)
       OR x.k <> (SELECT count(*) FROM judging j JOIN free f ON f.team_id = j.team_id AND f.judge_id = j.judge_id WHERE j.team_id = t.team_id));
CREATE TEMP TABLE result AS
SELECT g.i, max(n.load) AS most, max(n.load) - min(n.load) FILTER (WHERE n.has_room) AS spread, bool_and(n.fits) AS fits,
       (SELECT sum(f.fit) FROM judging j JOIN free f ON f.team_id = j.team_id AND f.judge_id = j.judge_id WHERE j.event_id = g.i) AS fit
FROM got g
CROSS JOIN LATERAL (
    SELECT j.judge_id, count(k.judging_id) AS load, count(k.judging_id) <= coalesce(j.most_works, 9) AS fits, count(k.judging_id) < coalesce(j.most_works, 9) AS has_room
    FROM judge j LEFT JOIN judging k ON k.judge_id = j.judge_id
    WHERE j.event_id = g.i GROUP BY j.judge_id, j.most_works) n
WHERE g.state = '00000'
GROUP BY g.i;
SELECT ok(bool_and(fits), 'nobody has more works than it takes') FROM result;
SELECT is(count(*), 0::bigint, 'the largest load is as small as can be')
FROM result r WHERE r.most <> (SELECT min(p.most) FROM possible p WHERE p.i = r.i);
SELECT is(count(*), 0::bigint, 'loads are within one wherever that is possible')
FROM result r WHERE r.spread > 1 AND EXISTS (SELECT FROM possible p WHERE p.i = r.i AND coalesce(p.spread, 0) <= 1 AND p.most = r.most);
SELECT is(count(*), 0::bigint, 'and of such the skills fit best')
FROM result r
WHERE coalesce(r.spread, 0) <= 1 AND r.fit < (SELECT max(p.fit) FROM possible p WHERE p.i = r.i AND coalesce(p.spread, 0) <= 1 AND p.most = r.most);
CREATE TEMP TABLE before AS SELECT * FROM judging;
SELECT count(*) FROM (SELECT assign_judges(x.i, x.k) FROM instance x JOIN got g USING (i) WHERE g.state = '00000' AND x.i <= 100) a \g /dev/null
SELECT is((SELECT count(*) FROM judging), (SELECT count(*) FROM before), 'assigning again changes nothing');
CREATE TEMP TABLE again AS SELECT j.hackathon_round_id, j.team_id, j.judge_id FROM judging j WHERE j.event_id <= 100;
DELETE FROM judging WHERE event_id <= 100;
SELECT count(*) FROM (SELECT assign_judges(x.i, x.k) FROM instance x JOIN got g USING (i) WHERE g.state = '00000' AND x.i <= 100) a \g /dev/null
SELECT is((SELECT count(*) FROM judging j JOIN again USING (hackathon_round_id, team_id, judge_id)), (SELECT count(*) FROM again), 'from the same rows the same comes again');

-- == Advancing: 2000 rounds of up to 12 works with few different scores.
SET LOCAL session_replication_role = replica;
CREATE TEMP TABLE cut AS
SELECT 100000 + n AS r, 2 + floor(random() * 11)::int AS works, 1 + floor(random() * 6)::int AS advancing,
       (ARRAY['all', 'none', 'earlier'])[1 + floor(random() * 3)::int] AS ties, (ARRAY['round', 'track'])[1 + floor(random() * 2)::int] AS per
FROM generate_series(1, 2000) n;
INSERT INTO event (event_id, name_en, time_zone) SELECT r, 'edition', 'UTC' FROM cut;
INSERT INTO hackathon (event_id) SELECT r FROM cut;
INSERT INTO track (track_id, event_id, name_en, is_set) SELECT 2 * r - k, r, 'track ' || k, false FROM cut, generate_series(0, 1) k;
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en, advancing, ties, advancing_per, normalization) SELECT r, r, 1, 'round', advancing, ties, per, 'none' FROM cut;
INSERT INTO criterion (criterion_id, hackathon_round_id, name_en, most) SELECT r, r, 'all', 5 FROM cut;
INSERT INTO judge (judge_id, event_id, person_id) SELECT r, r, 1 FROM cut;
INSERT INTO team (team_id, event_id, most_members, name, captain_id, track_id, members, status_code)
SELECT 20 * r + w, r, 5, 'team ' || w, 11, 2 * r - floor(random() * 2)::int, 1, CASE WHEN random() < 0.05 THEN 'withdrawn' ELSE 'entered' END FROM cut, generate_series(1, works) w;
INSERT INTO round_team (hackathon_round_id, team_id, event_id) SELECT event_id, team_id, event_id FROM team WHERE event_id > 100000;
INSERT INTO submission (hackathon_round_id, team_id, event_id, version, url, submitted_at)
SELECT event_id, team_id, event_id, 1, 'https://example.org', timestamptz '2026-01-01' + floor(random() * 20) * interval '1 minute' FROM team WHERE event_id > 100000 AND random() < 0.9;
INSERT INTO judging (judging_id, hackathon_round_id, event_id, team_id, judge_id) SELECT team_id, event_id, event_id, team_id, event_id FROM team WHERE event_id > 100000;
INSERT INTO score (judging_id, hackathon_round_id, event_id, criterion_id, most, points, scored_at)
SELECT judging_id, event_id, event_id, event_id, 5, floor(random() * 4), now() FROM judging WHERE event_id > 100000 AND random() < 0.95;
SET LOCAL session_replication_role = origin;
ANALYZE;

-- Said anew: places are given to blocks of equal scores from above.
CREATE TEMP TABLE hand (team_id bigint, goes boolean, ties boolean);
CREATE FUNCTION pg_temp.by_hand() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c record;
    b record;
    places int;
BEGIN
    FOR c IN SELECT x.*, g.g FROM cut x CROSS JOIN LATERAL (SELECT DISTINCT CASE x.per WHEN 'track' THEN t.track_id END AS g FROM team t WHERE t.event_id = x.r) g LOOP
        places := c.advancing;
        FOR b IN
            SELECT s.points, array_agg(t.team_id ORDER BY u.submitted_at NULLS LAST, t.team_id) AS teams
            FROM team t
            LEFT JOIN score s ON s.judging_id = t.team_id
            LEFT JOIN submission u ON u.team_id = t.team_id
            WHERE t.event_id = c.r AND (c.g IS NULL OR t.track_id = c.g) AND t.status_code = 'entered' AND s.points IS NOT NULL
            GROUP BY s.points ORDER BY s.points DESC
        LOOP
            IF cardinality(b.teams) <= places THEN
                INSERT INTO hand SELECT t, true, false FROM unnest(b.teams) t;
            ELSIF places > 0 THEN
                INSERT INTO hand
                SELECT t, CASE c.ties WHEN 'all' THEN true WHEN 'none' THEN false ELSE n <= places END, true FROM unnest(b.teams) WITH ORDINALITY u (t, n);
            ELSE
                INSERT INTO hand SELECT t, false, false FROM unnest(b.teams) t;
            END IF;
            places := greatest(places - cardinality(b.teams), 0);
        END LOOP;
    END LOOP;
END $$;
SELECT pg_temp.by_hand() \g /dev/null
SELECT is(count(*), 0::bigint, 'who goes on, and who ties for it, is as counted by hand')
FROM round_result r
LEFT JOIN hand h USING (team_id)
WHERE r.event_id > 100000 AND (r.outcome_code <> CASE WHEN h.goes THEN 'advances' ELSE 'out' END OR r.is_tied <> coalesce(h.ties, false));
SELECT ok(count(*) FILTER (WHERE ties AND goes) > 100 AND count(*) FILTER (WHERE ties AND NOT goes) > 100, 'there are ties') FROM hand;
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en) SELECT r + 100000, r, 2, 'next' FROM cut WHERE r <= 100200;
SELECT count(*) FROM cut, advance_round(r) WHERE r <= 100200 \g /dev/null
SELECT is(count(*), 0::bigint, 'a round that is ended has put them into the next')
FROM team t
LEFT JOIN hand h USING (team_id)
WHERE t.event_id BETWEEN 100001 AND 100200 AND coalesce(h.goes, false) <> EXISTS (SELECT FROM round_team x WHERE x.hackathon_round_id = t.event_id + 100000 AND x.team_id = t.team_id);
UPDATE hackathon_round SET advanced_at = NULL WHERE hackathon_round_id = 100001;
SELECT is(count(*), 0::bigint, 'and has not when it is opened again') FROM round_team WHERE hackathon_round_id = 200001;

-- == Normalization, against loops over plain numbers
SET LOCAL session_replication_role = replica;
INSERT INTO event (event_id, name_en, time_zone) SELECT n, 'edition', 'UTC' FROM generate_series(300001, 300050) n;
INSERT INTO hackathon (event_id) SELECT n FROM generate_series(300001, 300050) n;
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en, trimmed) SELECT n, n, 1, 'round', n % 3 FROM generate_series(300001, 300050) n;
INSERT INTO criterion (criterion_id, hackathon_round_id, name_en, most, weight) SELECT 2 * n + k, n, 'c' || k, 10 - 3 * k, 1 + 2 * k FROM generate_series(300001, 300050) n, generate_series(0, 1) k;
INSERT INTO judge (judge_id, event_id, person_id) SELECT 10 * n + k, n, 1 + k FROM generate_series(300001, 300050) n, generate_series(0, 5) k;
INSERT INTO team (team_id, event_id, most_members, name, captain_id, members) SELECT 20 * n + w, n, 5, 'team ' || w, 11, 1 FROM generate_series(300001, 300050) n, generate_series(1, 8) w;
INSERT INTO round_team (hackathon_round_id, team_id, event_id) SELECT event_id, team_id, event_id FROM team WHERE event_id > 300000;
INSERT INTO judging (hackathon_round_id, event_id, team_id, judge_id) SELECT t.event_id, t.event_id, t.team_id, g.judge_id FROM team t JOIN judge g USING (event_id) WHERE t.event_id > 300000 AND random() + 0 * (t.team_id + g.judge_id) < 0.6;
INSERT INTO score (judging_id, hackathon_round_id, event_id, criterion_id, most, points, scored_at)
SELECT j.judging_id, j.event_id, j.event_id, c.criterion_id, c.most, CASE j.judge_id % 10 WHEN 5 THEN 3 ELSE floor(random() * (c.most + 1)) END, now()
FROM judging j JOIN criterion c USING (hackathon_round_id) WHERE j.event_id > 300000 AND random() + 0 * (j.judging_id + c.criterion_id) < 0.97;
SET LOCAL session_replication_role = origin;
ANALYZE;
CREATE TEMP TABLE plain (r bigint, team_id bigint, n bigint, mean float8, score float8);
CREATE FUNCTION pg_temp.normalize() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    r bigint;
    x float8[];
    t bigint[];
    g bigint[];
    z float8[];
    m float8;
    s float8;
    mj float8;
    sj float8;
    nj int;
    team bigint;
    own float8[];
    cut int;
    i int;
    k int;
BEGIN
    FOR r IN 300001..300050 LOOP
        SELECT array_agg(q.total ORDER BY q.judging_id), array_agg(q.team_id ORDER BY q.judging_id), array_agg(q.judge_id ORDER BY q.judging_id) INTO x, t, g
        FROM (SELECT j.judging_id, j.team_id, j.judge_id,
                     100.0 * (max(s.points) FILTER (WHERE s.criterion_id = 2 * r) / 10.0 + 3 * max(s.points) FILTER (WHERE s.criterion_id = 2 * r + 1) / 7.0) / 4 AS total
              FROM judging j JOIN score s USING (judging_id) WHERE j.hackathon_round_id = r GROUP BY 1, 2, 3 HAVING count(*) = 2) q;
        m := 0; s := 0;
        FOR i IN 1..cardinality(x) LOOP m := m + x[i]; END LOOP;
        m := m / cardinality(x);
        FOR i IN 1..cardinality(x) LOOP s := s + (x[i] - m) ^ 2; END LOOP;
        s := sqrt(s / cardinality(x));
        z := x;
        FOR i IN 1..cardinality(x) LOOP
            mj := 0; sj := 0; nj := 0;
            FOR k IN 1..cardinality(x) LOOP IF g[k] = g[i] THEN mj := mj + x[k]; nj := nj + 1; END IF; END LOOP;
            mj := mj / nj;
            FOR k IN 1..cardinality(x) LOOP IF g[k] = g[i] THEN sj := sj + (x[k] - mj) ^ 2; END IF; END LOOP;
            sj := sqrt(sj / nj);
            z[i] := CASE WHEN sj > 1e-9 THEN m + (x[i] - mj) / sj * s ELSE m END;
        END LOOP;
        FOR team IN SELECT DISTINCT u FROM unnest(t) u LOOP
            own := ARRAY(SELECT v FROM unnest(z, t) u (v, w) WHERE w = team ORDER BY v);
            cut := r % 3;
            INSERT INTO plain SELECT r, team, cardinality(own), avg(v),
                CASE WHEN cardinality(own) > 2 * cut THEN avg(v) FILTER (WHERE n > cut AND n <= cardinality(own) - cut) ELSE avg(v) END
            FROM unnest(own) WITH ORDINALITY u (v, n);
        END LOOP;
    END LOOP;
END $$;
SELECT pg_temp.normalize() \g /dev/null
SELECT is(count(*) FILTER (WHERE r.judges <> p.n OR abs(r.normalized_mean - p.mean) > 0.000501 OR abs(r.score - p.score) > 0.000501), 0::bigint, 'normalized and trimmed means are those of plain loops')
FROM plain p JOIN round_result r USING (team_id);
SELECT is(count(*), 0::bigint, 'to 1e-6 before they are rounded')
FROM (SELECT z.hackathon_round_id, z.team_id, avg(z.normalized) AS mean FROM _normalized z WHERE z.event_id > 300000 GROUP BY 1, 2) z
JOIN plain p ON p.team_id = z.team_id
WHERE abs(z.mean::float8 - p.mean) > 1e-6;
SELECT ok(count(*) > 300, 'there are enough of them') FROM plain;
SELECT is(count(*), 0::bigint, 'judges have the mean of the round, and its deviation unless they gave all the same')
FROM (SELECT z.hackathon_round_id AS r, z.judge_id, avg(z.normalized) AS m, stddev_pop(z.normalized) AS s, count(DISTINCT z.total) AS different,
             (SELECT avg(y.total) FROM _judged y WHERE y.hackathon_round_id = z.hackathon_round_id) AS all_m,
             (SELECT stddev_pop(y.total) FROM _judged y WHERE y.hackathon_round_id = z.hackathon_round_id) AS all_s
      FROM _normalized z WHERE z.event_id BETWEEN 300001 AND 300010 GROUP BY 1, 2) q
WHERE abs(m - all_m) > 1e-6 OR abs(s - CASE WHEN different > 1 THEN all_s ELSE 0 END) > 1e-6;

-- == Agreement: the example of K. Krippendorff, Computing Krippendorff's
-- Alpha-Reliability (2011), four observers and twelve units, on an interval
-- scale: 0.849; by the coincidence matrix 0.849107143.
SET LOCAL session_replication_role = replica;
INSERT INTO event (event_id, name_en, time_zone) VALUES (400001, 'alpha', 'UTC');
INSERT INTO hackathon (event_id) VALUES (400001);
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en) VALUES (400001, 400001, 1, 'round');
INSERT INTO criterion (criterion_id, hackathon_round_id, name_en, most) VALUES (400001, 400001, 'all', 5);
INSERT INTO judge (judge_id, event_id, person_id) SELECT 4000010 + k, 400001, k FROM generate_series(1, 4) k;
INSERT INTO team (team_id, event_id, most_members, name, captain_id, members) SELECT 40000100 + w, 400001, 5, 'team ' || w, 11, 1 FROM generate_series(1, 12) w;
INSERT INTO round_team (hackathon_round_id, team_id, event_id) SELECT 400001, team_id, 400001 FROM team WHERE event_id = 400001;
CREATE TEMP TABLE observed AS
SELECT k, w, v::int FROM (VALUES (1, '1 2 3 3 2 1 4 1 2 . . .'), (2, '1 2 3 3 2 2 4 1 2 5 . 3'), (3, '. 3 3 3 2 3 4 2 2 5 1 .'), (4, '1 2 3 3 2 4 4 1 2 5 1 .')) o (k, line)
CROSS JOIN LATERAL unnest(string_to_array(line, ' ')) WITH ORDINALITY u (v, w) WHERE v <> '.';
INSERT INTO judging (judging_id, hackathon_round_id, event_id, team_id, judge_id) SELECT 40000000 + 100 * k + w, 400001, 400001, 40000100 + w, 4000010 + k FROM observed;
INSERT INTO score (judging_id, hackathon_round_id, event_id, criterion_id, most, points, scored_at) SELECT 40000000 + 100 * k + w, 400001, 400001, 400001, 5, v, now() FROM observed;
SET LOCAL session_replication_role = origin;
SELECT is((SELECT row(works, totals, alpha)::text FROM round_agreement WHERE event_id = 400001), row(11, 40, 0.849107)::text, 'Krippendorff''s alpha is that of his example');

-- == Pairs: the one that tells most, and another one for each judge
SET LOCAL session_replication_role = replica;
INSERT INTO event (event_id, name_en, time_zone) SELECT n, 'pairs', 'UTC' FROM generate_series(500001, 500060) n;
INSERT INTO hackathon (event_id) SELECT n FROM generate_series(500001, 500060) n;
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en, kind) SELECT n, n, 1, 'round', 'pairwise' FROM generate_series(500001, 500060) n;
INSERT INTO judge (judge_id, event_id, person_id) SELECT 10 * n + k, n, k FROM generate_series(500001, 500060) n, generate_series(1, 3) k;
INSERT INTO team (team_id, event_id, most_members, name, captain_id, members) SELECT 20 * n + w, n, 5, 'team ' || w, 11, 1 FROM generate_series(500001, 500060) n, generate_series(1, 6) w;
INSERT INTO round_team (hackathon_round_id, team_id, event_id) SELECT event_id, team_id, event_id FROM team WHERE event_id > 500000;
INSERT INTO comparison (hackathon_round_id, event_id, judge_id, preferred_id, other_id, compared_at)
SELECT n, n, 10 * n + k, 20 * n + CASE WHEN c THEN a ELSE b END, 20 * n + CASE WHEN c THEN b ELSE a END, now()
FROM (SELECT n, k, a, b, random() + 0 * (a + b + k) < 0.7 AS c FROM generate_series(500001, 500060) n, generate_series(1, 3) k, generate_series(1, 6) a, generate_series(1, 6) b
      WHERE a < b AND random() + 0 * (a + b + k) < (n - 500000) / 70.0) q;
SET LOCAL session_replication_role = origin;
ANALYZE;
CREATE TEMP TABLE told AS
SELECT g.event_id, g.judge_id, p.team_id, p.other_id, p.gain
FROM judge g LEFT JOIN LATERAL next_pair(g.event_id, g.judge_id) p ON true WHERE g.event_id > 500000;
CREATE TEMP TABLE best AS
SELECT g.judge_id, max(ln(1 + exp(-d) / (1 + exp(-d)) ^ 2 * (coalesce(sa.standard_error ^ 2, 2) + coalesce(sb.standard_error ^ 2, 2)))) AS gain
FROM judge g
JOIN round_team a ON a.hackathon_round_id = g.event_id
JOIN round_team b ON b.hackathon_round_id = g.event_id AND b.team_id > a.team_id
LEFT JOIN (SELECT c.hackathon_round_id, s.* FROM (SELECT hackathon_round_id, array_agg(preferred_id) AS w, array_agg(other_id) AS l FROM comparison GROUP BY 1) c CROSS JOIN LATERAL salon.bradley_terry(w, l, prior => 1) s) sa ON sa.hackathon_round_id = g.event_id AND sa.party = a.team_id
LEFT JOIN (SELECT c.hackathon_round_id, s.* FROM (SELECT hackathon_round_id, array_agg(preferred_id) AS w, array_agg(other_id) AS l FROM comparison GROUP BY 1) c CROSS JOIN LATERAL salon.bradley_terry(w, l, prior => 1) s) sb ON sb.hackathon_round_id = g.event_id AND sb.party = b.team_id
CROSS JOIN LATERAL (SELECT coalesce(sa.strength, 0) - coalesce(sb.strength, 0) AS d) x
WHERE g.event_id > 500000
  AND NOT EXISTS (SELECT FROM comparison c WHERE c.judge_id = g.judge_id AND (c.preferred_id, c.other_id) IN ((a.team_id, b.team_id), (b.team_id, a.team_id)))
GROUP BY 1;
SELECT is(count(*), 0::bigint, 'the next pair tells as much as any that the judge has not compared')
FROM told t LEFT JOIN best b USING (judge_id)
WHERE (t.gain IS NULL) <> (b.gain IS NULL) OR abs(t.gain::float8 - b.gain) > 1e-6;
SELECT ok(count(DISTINCT t.gain) > 20, 'of different states of knowledge') FROM told t;
SELECT is(count(*), 0::bigint, 'tau is that of all pairs')
FROM round_agreement a
CROSS JOIN LATERAL (
    SELECT sum(CASE WHEN (x.score_rank - y.score_rank) * (x.pair_rank - y.pair_rank) > 0 THEN 1 WHEN (x.score_rank - y.score_rank) * (x.pair_rank - y.pair_rank) < 0 THEN -1 ELSE 0 END)::float8
           / nullif(sqrt(sum((x.score_rank <> y.score_rank)::int)::float8 * sum((x.pair_rank <> y.pair_rank)::int)), 0) AS tau
    FROM round_result x JOIN round_result y ON y.hackathon_round_id = x.hackathon_round_id AND y.team_id <> x.team_id
    WHERE x.event_id = a.event_id AND y.event_id = a.event_id AND num_nulls(x.score_rank, x.pair_rank, y.score_rank, y.pair_rank) = 0) b
WHERE a.event_id BETWEEN 500001 AND 500010 AND a.tau IS DISTINCT FROM round(b.tau::numeric, 6);

-- == Whatever is entered, what counts is of nobody who has to do with the team
DO $$
DECLARE
    t text;
BEGIN
    FOREACH t IN ARRAY ARRAY['team', 'team_member', 'judge', 'judging', 'score', 'round_team', 'affiliation'] LOOP
        EXECUTE format('SELECT setval(pg_get_serial_sequence(%L, %L), 90000000)', t, t || '_id');
    END LOOP;
END $$;
INSERT INTO party (party_id, kind, name_en) SELECT 900000 + n, 'person', 'person ' || n FROM generate_series(1, 12) n;
INSERT INTO party (party_id, kind, name_en) SELECT 900100 + n, 'organization', 'company ' || n FROM generate_series(1, 4) n;
INSERT INTO event (event_id, name_en) VALUES (600001, 'storm'), (600002, 'earlier');
INSERT INTO hackathon (event_id) VALUES (600001), (600002);
INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en) VALUES (600001, 600001, 1, 'round');
INSERT INTO criterion (criterion_id, hackathon_round_id, name_en) VALUES (600001, 600001, 'all');
SELECT enter_team(600001, 'team ' || n, 900000 + n) FROM generate_series(1, 3) n \g /dev/null
SELECT enter_team(600002, 'earlier', 900012, coach_id => 900007) \g /dev/null
INSERT INTO round_team (hackathon_round_id, team_id) SELECT 600001, team_id FROM team WHERE event_id = 600001;
INSERT INTO judge (event_id, person_id) SELECT 600001, 900000 + n FROM generate_series(4, 11) n;
CREATE TEMP TABLE storm_tally (what text, taken boolean);
CREATE FUNCTION pg_temp.team_storm(writes int) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    t bigint;
    p bigint;
    g bigint;
    o bigint;
    taken boolean;
    what text;
    wrong bigint := 0;
BEGIN
    FOR n IN 1..writes LOOP
        t := (SELECT team_id FROM team WHERE event_id = 600001 ORDER BY random() LIMIT 1);
        g := (SELECT judge_id FROM judge WHERE event_id = 600001 ORDER BY random() LIMIT 1);
        p := 900001 + floor(random() * 12)::int;
        o := 900101 + floor(random() * 4)::int;
        what := (ARRAY['assign', 'score', 'score', 'join', 'leave', 'hire', 'fire', 'coach'])[1 + floor(random() * 8)::int];
        BEGIN
            CASE what
            WHEN 'assign' THEN INSERT INTO judging (hackathon_round_id, team_id, judge_id) VALUES (600001, t, g);
            WHEN 'score' THEN
                INSERT INTO score (judging_id, criterion_id, points) SELECT judging_id, 600001, floor(random() * 11) FROM judging WHERE event_id = 600001 ORDER BY random() LIMIT 1
                ON CONFLICT (judging_id, criterion_id) DO UPDATE SET points = excluded.points;
            WHEN 'join' THEN INSERT INTO team_member (team_id, person_id) VALUES (t, p);
            WHEN 'leave' THEN DELETE FROM team_member m USING team x WHERE x.team_id = m.team_id AND m.person_id = p AND x.captain_id <> p;
            WHEN 'hire' THEN INSERT INTO affiliation (person_id, organization_id) VALUES (p, o);
            WHEN 'fire' THEN DELETE FROM affiliation WHERE affiliation_id = (SELECT affiliation_id FROM affiliation WHERE person_id > 900000 ORDER BY random() LIMIT 1);
            ELSE UPDATE team SET coach_id = nullif(p, captain_id) WHERE team_id = t;
            END CASE;
            taken := true;
        EXCEPTION WHEN check_violation OR unique_violation OR exclusion_violation THEN
            taken := false;
        END;
        INSERT INTO storm_tally VALUES (what, taken);
        -- said anew: who counts is no member who was there before, no coach, and shares no organization with them
        wrong := wrong + (SELECT count(*)
                          FROM round_result r
                          JOIN judging j ON j.team_id = r.team_id
                          JOIN judge k USING (judge_id)
                          CROSS JOIN LATERAL (SELECT max(s.scored_at) AS at FROM score s WHERE s.judging_id = j.judging_id) s
                          CROSS JOIN LATERAL (
                              SELECT EXISTS (SELECT
                                             FROM (SELECT m.person_id FROM team_member m WHERE m.team_id = j.team_id AND m.joined_at <= s.at
                                                   UNION SELECT t.coach_id FROM team t WHERE t.team_id = j.team_id) c
                                             WHERE c.person_id = k.person_id
                                                OR EXISTS (SELECT FROM affiliation a JOIN affiliation b USING (organization_id) WHERE a.person_id = c.person_id AND b.person_id = k.person_id))
                                     OR (k.person_id = 900007 AND EXISTS (SELECT FROM team_member m WHERE m.team_id = j.team_id AND m.person_id = 900012 AND m.joined_at <= s.at)) AS barred) b
                          WHERE r.event_id = 600001 AND s.at IS NOT NULL
                            AND b.barred = EXISTS (SELECT FROM _judged d WHERE d.judging_id = j.judging_id));
    END LOOP;
    RETURN wrong;
END $$;
SELECT is(pg_temp.team_storm(1500), 0::bigint, 'after each of 1500 random changes the right points count');
SELECT ok(bool_and(taken > 5 AND (what IN ('leave', 'fire') OR refused > 5)), 'of each kind some were taken and some refused')
FROM (SELECT what, count(*) FILTER (WHERE taken) AS taken, count(*) FILTER (WHERE NOT taken) AS refused FROM storm_tally WHERE what <> 'coach' GROUP BY what) x;

SELECT * FROM finish();
ROLLBACK;
