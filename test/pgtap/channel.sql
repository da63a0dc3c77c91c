-- Channels: the busiest window and the depth against brute force over every
-- moment, the lift against plain means, and chains of assets after a thousand
-- random writes.
--
-- pg_prove -d DATABASE test/pgtap/channel.sql

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

SELECT salon.create_space('t_channel') \g /dev/null
SET LOCAL search_path = t_channel, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.314159) \g /dev/null

-- Posts on a grid of ten minutes, so that a brute force over its moments sees
-- everything: of windows, of ends that touch, of several at one moment.
INSERT INTO party (party_id, kind) SELECT n, 'organization' FROM generate_series(1, 4) n;
INSERT INTO channel (channel_id, party_id, platform_code, name) SELECT n, 1 + n % 4, 'website', n::text FROM generate_series(1, 7) n;
INSERT INTO event (event_id, name_en, starts_at, ends_at)
SELECT n, 'e' || n, timestamptz '2031-05-10 18:00+08' + n * interval '1 day', timestamptz '2031-05-10 21:00+08' + n * interval '1 day' FROM generate_series(1, 48) n;
INSERT INTO post (event_id, channel_id, planned_at, posted_at)
SELECT DISTINCT ON (e, c, a) e, c, a, CASE WHEN random() < 0.8 THEN a + floor(random() * 6) * interval '10 minutes' + e * interval '1 year' END
FROM (SELECT e, 1 + floor(random() * 7)::int AS c, timestamptz '2031-05-01 00:00+00' + floor(random() * 60) * interval '10 minutes' AS a
      FROM generate_series(1, 48) e, generate_series(1, 12) k WHERE random() < (e % 6 + 1) / 6.0) x
ON CONFLICT ON CONSTRAINT post_is_made_once DO NOTHING;

CREATE TEMP TABLE ask AS
SELECT e AS event_id, k * interval '10 minutes' AS length, p AS is_planned
FROM generate_series(1, 48) e, unnest(ARRAY[1, 2, 5, 13]) k, unnest(ARRAY[false, true]) p;
CREATE TEMP TABLE got AS SELECT a.event_id, a.length, a.is_planned, w.* FROM ask a LEFT JOIN LATERAL busiest_window(a.event_id, a.length, a.is_planned) w ON true;
CREATE TEMP TABLE shown AS
SELECT event_id, p AS is_planned, channel_id, CASE WHEN p THEN planned_at ELSE posted_at END AS at
FROM post, unnest(ARRAY[false, true]) p WHERE CASE WHEN p THEN planned_at ELSE posted_at END IS NOT NULL;
CREATE INDEX ON shown (event_id, is_planned);
-- Every window that begins on the grid.
CREATE TEMP TABLE brute AS
SELECT a.event_id, a.length, a.is_planned, t AS start_at,
       (SELECT count(*) FROM shown s WHERE s.event_id = a.event_id AND s.is_planned = a.is_planned AND s.at >= t AND s.at < t + a.length) AS posts,
       (SELECT count(DISTINCT s.channel_id) FROM shown s WHERE s.event_id = a.event_id AND s.is_planned = a.is_planned AND s.at >= t AND s.at < t + a.length) AS channels
FROM ask a
CROSS JOIN LATERAL (SELECT min(at) AS first, max(at) AS last FROM shown s WHERE s.event_id = a.event_id AND s.is_planned = a.is_planned) b
CROSS JOIN LATERAL generate_series(b.first - a.length, b.last, interval '10 minutes') t;
SELECT set_eq('SELECT event_id, length, is_planned, posts, depth FROM got WHERE posts IS NOT NULL',
              'SELECT event_id, length, is_planned, max(posts) AS posts, max(channels) AS depth FROM brute GROUP BY 1, 2, 3', 'no window has more posts, and no more channels are ever exposed: ' || (SELECT count(*) FROM got) || ' cases');
SELECT is(count(*), 0::bigint, 'the window has the posts and channels that it says') FROM got g
WHERE g.posts IS NOT NULL AND NOT EXISTS (SELECT FROM brute b WHERE (b.event_id, b.length, b.is_planned, b.start_at, b.posts, b.channels) = (g.event_id, g.length, g.is_planned, g.starts_at, g.posts, g.channels));
SELECT is(count(*), 0::bigint, 'no earlier one that begins with a post has as many') FROM got g JOIN brute b USING (event_id, length, is_planned)
WHERE b.start_at < g.starts_at AND b.posts = g.posts AND EXISTS (SELECT FROM shown s WHERE (s.event_id, s.is_planned, s.at) = (g.event_id, g.is_planned, b.start_at));
SELECT is(count(*), 0::bigint, 'share is posts of all') FROM got g
WHERE g.posts IS NOT NULL AND (g.all_posts <> (SELECT count(*) FROM shown s WHERE (s.event_id, s.is_planned) = (g.event_id, g.is_planned)) OR abs(g.share - g.posts::numeric / g.all_posts) > 0.000001);
SELECT is(count(*), 0::bigint, 'so many channels are exposed at the deepest moment, and fewer before') FROM got g
WHERE g.posts IS NOT NULL AND g.depth <> (SELECT count(DISTINCT s.channel_id) FROM shown s WHERE s.event_id = g.event_id AND s.is_planned = g.is_planned AND s.at <= g.deepest_at AND g.deepest_at < s.at + g.length);
SELECT is(count(*), 0::bigint, 'the depth is at least the channels of the window') FROM got WHERE depth < channels;
SELECT cmp_ok(count(*), '>', 0::bigint, 'sometimes more') FROM got WHERE depth > channels;
SELECT is(count(*), 0::bigint, 'no answer exactly where nothing was posted') FROM got g
WHERE (g.posts IS NULL) = EXISTS (SELECT FROM shown s WHERE (s.event_id, s.is_planned) = (g.event_id, g.is_planned));
SET LOCAL timezone = 'America/New_York';
SELECT set_eq('SELECT a.event_id, a.length, a.is_planned, w.posts, w.starts_at FROM ask a CROSS JOIN LATERAL busiest_window(a.event_id, a.length, a.is_planned) w',
              'SELECT event_id, length, is_planned, posts, starts_at FROM got WHERE posts IS NOT NULL', 'the same in any time zone');
SET LOCAL timezone = 'UTC';

-- Lift.

INSERT INTO event_party (event_id, party_id, part_code) SELECT e, p, 'host' FROM generate_series(1, 20) e, generate_series(1, 4) p WHERE random() < 0.6;
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis)
SELECT p, 'wechat_index', d::date, floor(random() * 1000), CASE WHEN random() < 0.8 THEN 'measured' ELSE 'claimed' END
FROM generate_series(1, 4) p, generate_series(timestamp '2031-05-01', '2031-06-15', '1 day') d WHERE random() < 0.5;
SELECT set_eq('SELECT event_id, party_id, before_days, after_days, before, after, lift FROM event_lift',
    $$ SELECT event_id, party_id, b.n AS before_days, a.n AS after_days, trim_scale(round(b.m, 6)) AS before, trim_scale(round(a.m, 6)) AS after,
              trim_scale(round((a.m - b.m) / nullif(b.m, 0), 6)) AS lift
       FROM (SELECT DISTINCT event_id, party_id, date '2031-05-10' + event_id::int AS day FROM event_party) x,
            LATERAL (SELECT count(*) AS n, avg(value) AS m FROM index_value v WHERE v.party_id = x.party_id AND v.basis = 'measured' AND v.measured_on BETWEEN x.day - 7 AND x.day - 1) b,
            LATERAL (SELECT count(*) AS n, avg(value) AS m FROM index_value v WHERE v.party_id = x.party_id AND v.basis = 'measured' AND v.measured_on BETWEEN x.day AND x.day + 6) a
       WHERE a.n + b.n > 0 $$, 'the lift is that of the measured means of a week each');
SELECT cmp_ok(count(*), '>=', 20::bigint, 'of many') FROM event_lift WHERE lift IS NOT NULL;
INSERT INTO event (event_id, name_en, starts_at, ends_at, time_zone) VALUES (500, 'late', '2031-05-20 23:30+00', '2031-05-21 00:30+00', 'Asia/Shanghai');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (500, 1, 'host');
DELETE FROM index_value;
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis) VALUES (1, 'wechat_index', '2031-05-20', 10, 'measured'), (1, 'wechat_index', '2031-05-21', 30, 'measured');
SELECT results_eq('SELECT before, after, lift FROM index_lift(500, 1)', 'VALUES (10::numeric, 30::numeric, 2::numeric)', 'the day is that of the place of the event');

-- Chains: what is taken and what is refused, and the depth is the number of steps.

INSERT INTO asset (asset_id, asset_kind_code, event_id) SELECT n, 'video', 1 + n % 3 FROM generate_series(1, 25) n;
CREATE FUNCTION pg_temp.above(lower_id bigint) RETURNS SETOF bigint LANGUAGE sql STABLE AS $$
    WITH RECURSIVE up AS (SELECT lower_id AS id UNION SELECT a.source_id FROM up JOIN asset a ON a.asset_id = up.id WHERE a.source_id IS NOT NULL) SELECT id FROM up $$;
CREATE TEMP TABLE tally (what text, taken boolean, could boolean);
CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    a bigint;
    s bigint;
    what text;
    could boolean;
BEGIN
    FOR i IN 1..writes LOOP
        a := 1 + floor(random() * 25)::int;
        s := nullif(floor(random() * 26)::int, 0);
        what := CASE WHEN random() < 0.9 THEN 'update' ELSE 'renew' END;
        could := what = 'renew' OR s IS NULL OR NOT EXISTS (SELECT FROM pg_temp.above(s) u WHERE u = a);
        BEGIN
            IF what = 'update' THEN
                UPDATE asset SET source_id = s WHERE asset_id = a;
            ELSE
                DELETE FROM asset WHERE asset_id = a;
                INSERT INTO asset (asset_id, asset_kind_code, event_id, source_id) VALUES (a, 'article', 1, CASE WHEN s <> a THEN s END);
            END IF;
            INSERT INTO tally VALUES (what, true, could);
        EXCEPTION WHEN check_violation THEN
            INSERT INTO tally VALUES (what, false, could);
        END;
        IF i % 50 = 0 AND EXISTS (SELECT FROM asset x WHERE x.depth <> (SELECT count(*) - 1 FROM pg_temp.above(x.asset_id))) THEN
            RAISE EXCEPTION 'wrong depth after % writes', i;
        END IF;
    END LOOP;
END
$$;
SELECT lives_ok('SELECT pg_temp.storm(1000)', 'each depth is right during 1000 random writes');
SELECT is(count(*) FILTER (WHERE taken <> could), 0::bigint, what || ': taken exactly when it makes no ring') FROM tally GROUP BY what ORDER BY what;
SELECT cmp_ok(least(count(*) FILTER (WHERE taken), count(*) FILTER (WHERE NOT taken)), '>=', 100::bigint, 'often of both') FROM tally WHERE what = 'update';

INSERT INTO post (event_id, channel_id, asset_id, posted_at, actual_views, actual_basis)
SELECT 1 + n % 3, 1 + n % 7, 1 + floor(random() * 25)::int, timestamptz '2040-01-01 00:00+00' + n * interval '1 hour', n, 'measured' FROM generate_series(1, 100) n;
SELECT is(count(*), 0::bigint, 'each asset stands once in the spread of an event') FROM (SELECT FROM spread GROUP BY event_id, asset_id HAVING count(*) > 1) x;
SELECT set_eq('SELECT event_id, root_id, asset_id, depth FROM spread WHERE event_id <= 3',
    $$ WITH own AS (SELECT event_id, asset_id FROM asset UNION SELECT event_id, asset_id FROM post WHERE asset_id IS NOT NULL),
            root AS (SELECT DISTINCT o.event_id, r.asset_id FROM own o, pg_temp.above(o.asset_id) u JOIN asset r ON r.asset_id = u AND r.source_id IS NULL)
       SELECT r.event_id, r.asset_id AS root_id, a.asset_id, a.depth::bigint AS depth FROM root r, asset a WHERE EXISTS (SELECT FROM pg_temp.above(a.asset_id) u WHERE u = r.asset_id) AND r.event_id <= 3 $$,
    'it is all that was made of the first assets of the event');
SELECT is((SELECT sum(views) FROM spread), (SELECT sum(actual_views)::numeric FROM post WHERE asset_id IS NOT NULL), 'and every view counts once');

SELECT * FROM finish();
ROLLBACK;
