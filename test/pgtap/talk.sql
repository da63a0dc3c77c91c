-- Talks: under random changes of affiliations, speakers, submitters and
-- companies nobody's judgement of a talk of their own or of their company
-- counts, and everybody else's does; the session of a talk follows it.
--
-- pg_prove -d DATABASE test/pgtap/talk.sql

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
SELECT salon.create_space('t_talk') \g /dev/null
SET LOCAL search_path = t_talk, salon, public;
SET LOCAL salon.lang = 'en';
SELECT no_plan();
SELECT setseed(0.301030) \g /dev/null

INSERT INTO party (party_id, kind, name_en) SELECT n, 'person', 'person ' || n FROM generate_series(1, 12) n;
INSERT INTO party (party_id, kind, name_en) SELECT 12 + n, 'organization', 'company ' || n FROM generate_series(1, 4) n;
INSERT INTO event (event_id, name_en) VALUES (1, 'one'), (2, 'two');
INSERT INTO talk (talk_id, event_id, title_en, submitter_id) SELECT n, 1 + n / 5, 'talk ' || n, 1 + n % 3 FROM generate_series(1, 6) n;

-- Who may not judge what, said anew: a person and a talk that share a person,
-- or of which both have a company in common that day.
CREATE FUNCTION pg_temp.barred(t bigint, p bigint, d date) RETURNS boolean LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT EXISTS (
        WITH of_talk AS (
            SELECT submitter_id AS who FROM t_talk.talk WHERE talk_id = t
            UNION SELECT person_id FROM t_talk.talk_speaker WHERE talk_id = t
            UNION SELECT organization_id FROM t_talk.talk WHERE talk_id = t),
        member AS (
            SELECT person_id, organization_id FROM t_talk.affiliation
            WHERE coalesce(since, '-infinity') <= d AND d < coalesce(until, 'infinity'))
        SELECT FROM of_talk WHERE who = p
        UNION ALL
        SELECT FROM member WHERE person_id = p AND organization_id IN (
            SELECT who FROM of_talk
            UNION SELECT organization_id FROM member WHERE person_id IN (SELECT who FROM of_talk)));
END;
-- Judgements that count and should not, or do not count and should.
CREATE FUNCTION pg_temp.wrong() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*) FROM talk_review WHERE (void_code IS NOT NULL) <> pg_temp.barred(talk_id, reviewer_id, judged_on))
     + (SELECT count(*) FROM talk_vote WHERE (void_code IS NOT NULL) <> (pg_temp.barred(preferred_id, voter_id, judged_on) OR pg_temp.barred(other_id, voter_id, judged_on)));

CREATE TEMP TABLE tally (what text, taken boolean, barred boolean);
CREATE TEMP TABLE voided (kind text, id bigint, void_code text, PRIMARY KEY (kind, id, void_code));
CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what text;
    p bigint;
    o bigint;
    t bigint;
    u bigint;
    bar boolean;
    d date := (now() AT TIME ZONE 'Asia/Shanghai')::date;
BEGIN
    FOR i IN 1..writes LOOP
        what := (ARRAY['affiliate', 'leave', 'leave', 'dates', 'add speaker', 'drop speaker', 'swap speaker', 'company', 'submitter',
                       'review', 'review', 'score', 'vote', 'vote', 'turn', 'forget'])[1 + floor(random() * 16)::int];
        p := 1 + floor(random() * 12)::int;
        o := 13 + floor(random() * 4)::int;
        t := 1 + floor(random() * 4)::int;
        u := 1 + t % 4;
        bar := NULL;
        BEGIN
            CASE what
                WHEN 'affiliate' THEN INSERT INTO affiliation (person_id, organization_id, since, until)
                    VALUES (p, o, CASE WHEN random() < 0.5 THEN d - floor(random() * 3)::int END, CASE WHEN random() < 0.4 THEN d + 1 + floor(random() * 3)::int END);
                WHEN 'leave' THEN DELETE FROM affiliation WHERE affiliation_id = (SELECT affiliation_id FROM affiliation ORDER BY random() LIMIT 1);
                WHEN 'dates' THEN UPDATE affiliation SET since = d - 2 + floor(random() * 5)::int, until = CASE WHEN random() < 0.3 THEN d + 4 END,
                                                         person_id = CASE WHEN random() < 0.1 THEN p ELSE person_id END
                    WHERE affiliation_id = (SELECT affiliation_id FROM affiliation ORDER BY random() LIMIT 1);
                WHEN 'add speaker' THEN INSERT INTO talk_speaker (talk_id, person_id) VALUES (t, p) ON CONFLICT DO NOTHING;
                WHEN 'drop speaker' THEN DELETE FROM talk_speaker WHERE talk_speaker_id = (SELECT talk_speaker_id FROM talk_speaker ORDER BY random() LIMIT 1);
                WHEN 'swap speaker' THEN UPDATE talk_speaker SET person_id = p WHERE talk_speaker_id = (SELECT talk_speaker_id FROM talk_speaker ORDER BY random() LIMIT 1);
                WHEN 'company' THEN UPDATE talk SET organization_id = CASE WHEN random() < 0.6 THEN o END WHERE talk_id = t;
                WHEN 'submitter' THEN UPDATE talk SET submitter_id = p WHERE talk_id = t;
                WHEN 'review' THEN
                    bar := pg_temp.barred(t, p, d);
                    INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (t, p, 3);
                WHEN 'score' THEN
                    SELECT r.talk_id, r.reviewer_id INTO t, p FROM talk_review r ORDER BY random() LIMIT 1;
                    bar := pg_temp.barred(t, p, d);
                    UPDATE talk_review r SET score = 1 + r.score % 5 WHERE r.talk_id = t AND r.reviewer_id = p;
                WHEN 'vote' THEN
                    bar := pg_temp.barred(t, p, d) OR pg_temp.barred(u, p, d);
                    INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (t, u, p);
                WHEN 'turn' THEN
                    SELECT v.preferred_id, v.other_id, v.voter_id INTO t, u, p FROM talk_vote v ORDER BY random() LIMIT 1;
                    bar := pg_temp.barred(t, p, d) OR pg_temp.barred(u, p, d);
                    UPDATE talk_vote v SET preferred_id = u, other_id = t WHERE v.preferred_id = t AND v.other_id = u AND v.voter_id = p;
                WHEN 'forget' THEN
                    DELETE FROM talk_review WHERE talk_review_id = (SELECT talk_review_id FROM talk_review ORDER BY random() LIMIT 1);
                    DELETE FROM talk_vote WHERE talk_vote_id = (SELECT talk_vote_id FROM talk_vote ORDER BY random() LIMIT 1);
            END CASE;
            INSERT INTO tally VALUES (what, true, bar);
        EXCEPTION
            WHEN check_violation THEN INSERT INTO tally VALUES (what, false, bar);
            WHEN unique_violation OR exclusion_violation THEN NULL;
        END;
        INSERT INTO voided SELECT 'review', talk_review_id, void_code FROM talk_review WHERE void_code IS NOT NULL
                         UNION ALL SELECT 'vote', talk_vote_id, void_code FROM talk_vote WHERE void_code IS NOT NULL
        ON CONFLICT DO NOTHING;
        IF i % 4 = 0 AND pg_temp.wrong() > 0 THEN
            RAISE EXCEPTION 'wrong after % writes, the last was %', i, what;
        END IF;
    END LOOP;
END
$$;
SELECT lives_ok('SELECT pg_temp.storm(1200)', 'in 1200 random writes exactly what is barred never counts');
SELECT is(count(*), 0::bigint, what || ': taken exactly when nothing bars it') FROM tally WHERE barred IS NOT NULL AND taken = barred GROUP BY what;
SELECT cmp_ok(least(count(*) FILTER (WHERE taken), count(*) FILTER (WHERE NOT taken)), '>=', 2::bigint, what || ': often of both')
FROM tally WHERE barred IS NOT NULL GROUP BY what ORDER BY what;
SELECT is(count(*), 0::bigint, 'facts are never refused for what was judged') FROM tally WHERE barred IS NULL AND NOT taken;
SELECT cmp_ok(count(*), '>', 0::bigint, kind || 's became void: ' || void_code) FROM voided GROUP BY kind, void_code ORDER BY kind, void_code;
SELECT cmp_ok(count(DISTINCT (kind, void_code)), '=', 8::bigint, 'for each reason') FROM voided;
SELECT cmp_ok(count(*), '>', 3::bigint, 'others count again or still do') FROM talk_judgement WHERE counts;
SELECT is(count(*), 0::bigint, 'view talk_interest: exactly who is barred today')
FROM talk t CROSS JOIN party p
LEFT JOIN talk_interest i ON i.talk_id = t.talk_id AND i.person_id = p.party_id
WHERE p.kind = 'person' AND (i.person_id IS NOT NULL) <> pg_temp.barred(t.talk_id, p.party_id, (now() AT TIME ZONE 'Asia/Shanghai')::date);
SELECT is(count(*), 0::bigint, 'the ranking is of what counts')
FROM talk_ranking k
WHERE k.mean_score IS DISTINCT FROM (SELECT round(avg(score), 3) FROM talk_review r WHERE r.talk_id = k.talk_id AND r.void_code IS NULL)
   OR (k.won, k.lost) IS DISTINCT FROM ((SELECT count(*) FROM talk_vote v WHERE v.preferred_id = k.talk_id AND v.void_code IS NULL),
                                        (SELECT count(*) FROM talk_vote v WHERE v.other_id = k.talk_id AND v.void_code IS NULL));
SELECT is(count(*), 0::bigint, 'no review, no score; no vote, no strength')
FROM talk_ranking WHERE (reviews = 0) <> (mean_score IS NULL) OR (reviews = 0) <> (score_rank IS NULL) OR (won + lost = 0) <> (strength IS NULL) OR (won + lost = 0) <> (vote_rank IS NULL);

-- No way around.
INSERT INTO party (party_id, kind, name_en) VALUES (20, 'person', 'outsider'), (21, 'person', 'insider');
INSERT INTO talk (talk_id, event_id, title_en, submitter_id) VALUES (20, 2, 'talk', 21);
INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (20, 20, 5);
INSERT INTO affiliation (person_id, organization_id) VALUES (20, 13), (21, 13);
SELECT is(void_code, 'colleague', 'void') FROM talk_review WHERE talk_id = 20;
UPDATE talk_review SET void_code = NULL WHERE talk_id = 20;
SELECT is(void_code, 'colleague', 'it cannot be cleared by hand') FROM talk_review WHERE talk_id = 20;
SELECT throws_ok($$ UPDATE talk_review SET judged_on = '2000-01-01' WHERE talk_id = 20 $$, '23514', NULL, 'nor dated back');
SELECT throws_ok($$ UPDATE talk_review SET talk_edition = 0 WHERE talk_id = 20 $$, '23503', NULL, 'nor pinned to an old edition');
SELECT throws_ok($$ UPDATE talk_review SET reviewer_id = 21 WHERE talk_id = 20 $$, '23514', NULL, 'nor given to an insider');
TRUNCATE affiliation;
SELECT is(void_code, NULL, 'without affiliations it counts') FROM talk_review WHERE talk_id = 20;
SELECT is(pg_temp.wrong(), 0::bigint, 'and so does all else');

-- What the submitter says of itself afterwards decides nothing that was judged.
CREATE ROLE t_talk_submitter;
SELECT salon.grant_access('t_talk', 't_talk_submitter', 'member', 21) \g /dev/null
INSERT INTO affiliation (person_id, organization_id, since) VALUES (20, 13, '2020-01-01');
SET LOCAL ROLE t_talk_submitter;
INSERT INTO affiliation (person_id, organization_id, claimed_at) VALUES (21, 13, NULL), (21, 14, '2000-01-01');
UPDATE affiliation SET claimed_at = NULL WHERE person_id = 21;
UPDATE affiliation SET organization_id = 15 WHERE organization_id = 14;
RESET ROLE;
SELECT is(void_code, NULL, 'its own row makes no review void') FROM talk_review WHERE talk_id = 20;
INSERT INTO talk_speaker (talk_id, person_id) VALUES (20, 1);
SELECT is(void_code, NULL, 'nor at the next change of the talk') FROM talk_review WHERE talk_id = 20;
SELECT is(interest_code, 'colleague', 'but it counts for what is to come') FROM talk_interest WHERE talk_id = 20 AND person_id = 20;
SELECT throws_ok('UPDATE talk_review SET score = 1 WHERE talk_id = 20', '23514', NULL, 'also for a review that is changed');
SET LOCAL ROLE t_talk_submitter;
UPDATE affiliation SET until = _today() + 1 WHERE organization_id = 13;
RESET ROLE;
SELECT is(void_code, NULL, 'who leaves says nothing new') FROM talk_review WHERE talk_id = 20;
UPDATE affiliation SET claimed_at = NULL WHERE person_id = 21 AND organization_id = 13;
SELECT is(void_code, 'colleague', 'an administrator who confirms it makes it void') FROM talk_review WHERE talk_id = 20;
SET LOCAL ROLE t_talk_submitter;
SELECT throws_ok(s, '23514', 'affiliation ' || a.affiliation_id || ' stays as it was until today', s)
FROM affiliation a, unnest(ARRAY['DELETE FROM affiliation WHERE organization_id = 13', 'UPDATE affiliation SET organization_id = 16 WHERE organization_id = 13',
    'UPDATE affiliation SET until = _today() - 1 WHERE organization_id = 13', 'UPDATE affiliation SET since = _today() + 1, until = NULL WHERE organization_id = 13',
    'UPDATE affiliation SET since = ''2001-01-01'' WHERE organization_id = 13', 'UPDATE affiliation SET until = _today() + 2 WHERE organization_id = 13']) s
WHERE a.person_id = 21 AND a.organization_id = 13;
SELECT lives_ok('UPDATE affiliation SET title = ''Owner'' WHERE organization_id = 13', 'its title can change');
RESET ROLE;
SELECT is(void_code, 'colleague', 'it takes back nothing that was judged') FROM talk_review WHERE talk_id = 20;
INSERT INTO talk_speaker (talk_id, person_id) VALUES (20, 2);
SELECT is(void_code, 'colleague', 'nor does that come about when the talk is looked at again') FROM talk_review WHERE talk_id = 20;

-- Nor what it said itself, once something was judged.
INSERT INTO talk (talk_id, event_id, title_en, submitter_id) VALUES (21, 2, 'other talk', 21);
INSERT INTO party (party_id, kind, name_en) VALUES (22, 'person', 'third');
SET LOCAL ROLE t_talk_submitter;
INSERT INTO affiliation (person_id, organization_id) VALUES (21, 14);
SELECT lives_ok('DELETE FROM affiliation WHERE person_id = 21 AND organization_id = 14', 'what nothing rests on yet is taken back');
INSERT INTO affiliation (person_id, organization_id) VALUES (21, 14);
RESET ROLE;
UPDATE affiliation SET claimed_at = now() - interval '1 hour' WHERE person_id = 21 AND organization_id = 14;
INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (21, 22, 5);
SET LOCAL ROLE t_talk_submitter;
SELECT throws_ok('DELETE FROM affiliation WHERE person_id = 21 AND organization_id = 14', '23514', NULL, 'but not what something was judged by');
SELECT lives_ok('UPDATE affiliation SET until = _today() + 1 WHERE person_id = 21 AND organization_id = 14', 'it can leave');
RESET ROLE;
DELETE FROM talk_review WHERE talk_id = 21;
DELETE FROM talk WHERE talk_id = 21;
SELECT is(count(*), 1::bigint, 'what is claimed anew is a claim') FROM affiliation WHERE person_id = 21 AND organization_id <> 14 AND claimed_at IS NOT NULL;
DELETE FROM affiliation;
DELETE FROM talk_speaker WHERE talk_id = 20;
SELECT is(pg_temp.wrong(), 0::bigint, 'all as before');
UPDATE talk SET submitter_id = 20 WHERE talk_id = 20;
SELECT is(void_code, 'submitter', 'and no more once the reviewer is the submitter') FROM talk_review WHERE talk_id = 20;
SELECT throws_ok('DELETE FROM talk WHERE talk_id = 20', '23503', NULL, 'what was judged of a talk does not go along with it');
DELETE FROM talk_review WHERE talk_id = 20;
DELETE FROM talk WHERE talk_id = 20;
TRUNCATE talk_speaker;
SELECT is(pg_temp.wrong(), 0::bigint, 'without speakers too');

-- A talk and its session.
UPDATE talk SET status_code = 'accepted' WHERE talk_id <= 3;
INSERT INTO talk_speaker (talk_id, person_id) VALUES (1, 1), (1, 2), (2, 3);
INSERT INTO session (session_id, event_id, format_code, title_en) VALUES (101, 1, 'mini_talk', 'a'), (102, 1, 'mini_talk', 'b'), (103, 2, 'mini_talk', 'c');
UPDATE talk SET session_id = 101 WHERE talk_id = 1;
SELECT is(status_code, 'accepted', 'a session without a time: accepted') FROM talk WHERE talk_id = 1;
SELECT is((SELECT array_agg(person_id ORDER BY 1) FROM speaker WHERE session_id = 101), '{1,2}', 'its speakers speak there');
UPDATE session SET starts_at = '2031-01-01 10:00+08', ends_at = '2031-01-01 11:00+08' WHERE session_id = 101;
SELECT is(status_code, 'scheduled', 'it gets a time: scheduled') FROM talk WHERE talk_id = 1;
INSERT INTO talk_speaker (talk_id, person_id) VALUES (1, 4);
DELETE FROM talk_speaker WHERE talk_id = 1 AND person_id = 2;
SELECT is((SELECT array_agg(person_id ORDER BY 1) FROM speaker WHERE session_id = 101), '{1,4}', 'speakers come and go with the talk');
UPDATE session SET starts_at = '2031-01-01 12:00+08', ends_at = '2031-01-01 13:00+08' WHERE session_id = 101;
SELECT is(status_code, 'scheduled', 'moved: still scheduled') FROM talk WHERE talk_id = 1;
UPDATE session SET starts_at = NULL, ends_at = NULL WHERE session_id = 101;
SELECT is(status_code, 'accepted', 'the time is gone: accepted') FROM talk WHERE talk_id = 1;
UPDATE session SET starts_at = '2031-01-01 12:00+08', ends_at = '2031-01-01 13:00+08' WHERE session_id = 101;
UPDATE talk SET session_id = 102 WHERE talk_id = 1;
SELECT is(status_code, 'accepted', 'another session, without a time: accepted') FROM talk WHERE talk_id = 1;
SELECT is(array_agg(session_id || ':' || person_id ORDER BY 1), '{102:1,102:4}', 'with its speakers') FROM speaker;
UPDATE talk SET session_id = 101 WHERE talk_id = 1;
DELETE FROM session WHERE session_id = 101;
SELECT is(status_code || coalesce(session_id::text, ''), 'accepted', 'the session is deleted: accepted') FROM talk WHERE talk_id = 1;
SELECT throws_ok($$ UPDATE talk SET status_code = 'scheduled' WHERE talk_id = 1 $$, '23514', NULL, 'nothing is scheduled without a time');
SELECT throws_ok($$ UPDATE talk SET session_id = 103 WHERE talk_id = 1 $$, '23503', NULL, 'a session of its event only');
SELECT throws_ok($$ UPDATE talk SET session_id = 102 WHERE talk_id = 4 $$, '23514', NULL, 'a session for accepted talks only');
UPDATE talk SET session_id = 102 WHERE talk_id = 1;
SELECT throws_ok($$ UPDATE talk SET session_id = 102 WHERE talk_id = 2 $$, '23505', NULL, 'one talk a session');
UPDATE session SET starts_at = '2031-01-01 12:00+08', ends_at = '2031-01-01 13:00+08' WHERE session_id = 102;
SELECT throws_ok($$ UPDATE talk SET status_code = 'rejected' WHERE talk_id = 1 $$, '23514', NULL, 'what is scheduled is not rejected');
UPDATE talk SET status_code = 'withdrawn' WHERE talk_id = 1;
SELECT is((SELECT count(*) FROM speaker WHERE session_id = 102), 0::bigint, 'withdrawn: nobody speaks');
SELECT is((SELECT count(*) FROM session WHERE session_id = 102), 1::bigint, 'a session entered by hand stays');
UPDATE talk SET session_id = 102 WHERE talk_id = 2;
UPDATE session SET is_placed = true WHERE session_id = 102;
INSERT INTO asset (asset_kind_code, session_id, state) VALUES ('slides', 102, 'draft');
UPDATE talk SET status_code = 'withdrawn' WHERE talk_id = 2;
SELECT is(coalesce(starts_at::text, 'no time'), 'no time', 'one with slides stays without a time') FROM session WHERE session_id = 102;
DELETE FROM asset;
INSERT INTO talk (talk_id, event_id, title_en, submitter_id, status_code, session_id) VALUES (30, 1, 'talk', 1, 'accepted', 102);
UPDATE session SET starts_at = '2031-01-01 12:00+08', ends_at = '2031-01-01 13:00+08' WHERE session_id = 102;
UPDATE session SET is_placed = true WHERE session_id = 102;
SELECT is(status_code, 'scheduled', 'entered with its session') FROM talk WHERE talk_id = 30;
DELETE FROM talk WHERE talk_id = 30;
SELECT is((SELECT count(*) FROM session WHERE session_id = 102), 0::bigint, 'a talk that is deleted takes along the session that was placed');
UPDATE talk SET status_code = 'accepted' WHERE talk_id = 5;
UPDATE talk SET session_id = 103 WHERE talk_id = 5;
DELETE FROM talk_review;
DELETE FROM talk_vote;
DELETE FROM talk;
DELETE FROM event;
SELECT is((SELECT count(*) FROM talk) + (SELECT count(*) FROM session), 0::bigint, 'an event takes along all of it');

SELECT * FROM finish();
ROLLBACK;
