-- Consent: a thousand random writes by which assets are published, posted, shown
-- to show others, and consent is given and withdrawn.  What is refused would
-- have made public what shows somebody who said no; what is not refused did not.
--
-- pg_prove -d DATABASE test/pgtap/consent.sql

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

SELECT salon.create_space('t_consent') \g /dev/null
SET LOCAL search_path = t_consent, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.161803) \g /dev/null

INSERT INTO party (party_id, kind) SELECT n, CASE WHEN n <= 4 THEN 'person' ELSE 'organization' END FROM generate_series(1, 5) n;
INSERT INTO event (event_id, name_en) SELECT n, 'e' || n FROM generate_series(1, 2) n;
INSERT INTO session (session_id, event_id, format_code) SELECT n, n, 'mini_talk' FROM generate_series(1, 2) n;
INSERT INTO channel (channel_id, party_id, platform_code, name) SELECT n, 5, 'website', n::text FROM generate_series(1, 2) n;
INSERT INTO asset (asset_id, asset_kind_code, event_id, session_id, party_id, url)
SELECT n, CASE WHEN n % 2 = 0 THEN 'photo' ELSE 'video' END, CASE WHEN n % 3 = 0 THEN 1 + n % 2 END, CASE WHEN n % 3 = 1 THEN 1 + n % 2 END,
       CASE WHEN n % 3 = 2 THEN 1 + n % 5 END, 'https://example.org/' || n
FROM generate_series(1, 8) n;

-- The same by brute force: of all that was said the most particular counts.
CREATE FUNCTION pg_temp.bad(OUT asset_id bigint, OUT person_id bigint) RETURNS SETOF record LANGUAGE sql AS $$
    SELECT a.asset_id, w.person_id
    FROM asset a
    CROSS JOIN LATERAL (SELECT DISTINCT x AS person_id FROM unnest(ARRAY(SELECT s.person_id FROM asset_person s WHERE s.asset_id = a.asset_id) || a.party_id) x WHERE x <= 4) w
    WHERE (a.state = 'published' OR 0 < (SELECT count(*) FROM post p WHERE p.asset_id = a.asset_id AND p.posted_at IS NOT NULL AND p.taken_down_at IS NULL))
      AND (SELECT (array_agg(c.status_code <> 'given' OR coalesce(c.until <= _today(), false)
                             ORDER BY CASE WHEN c.event_id IS NOT NULL THEN 2 ELSE 0 END + CASE WHEN c.medium IS NOT NULL THEN 1 ELSE 0 END DESC))[1]
           FROM consent c
           WHERE c.person_id = w.person_id
             AND coalesce(c.event_id = coalesce(a.event_id, (SELECT s.event_id FROM session s WHERE s.session_id = a.session_id)), c.event_id IS NULL)
             AND coalesce(c.medium = CASE a.asset_kind_code WHEN 'photo' THEN 'photo' ELSE 'recording' END, true))
$$;

CREATE TEMP TABLE done (step int, action text, outcome text, added bigint, listed bigint, forced bigint, differs bigint);
DO $$
DECLARE
    a bigint;
    p bigint;
    what text;
    action text;
    before bigint[];
    was text;
    forced bigint;
BEGIN
    FOR step IN 1..1000 LOOP
        a := 1 + floor(random() * 8);
        p := 1 + floor(random() * 4);
        action := (ARRAY['state', 'state', 'shows', 'hides', 'posts', 'down', 'party', 'kind', 'event', 'says', 'withdraws', 'gives'])[1 + floor(random() * 12)];
        what := CASE action
            WHEN 'state' THEN format('UPDATE asset SET state = %L WHERE asset_id = %s', (ARRAY['draft', 'ready', 'published', 'published'])[1 + floor(random() * 4)], a)
            WHEN 'shows' THEN format('INSERT INTO asset_person (asset_id, person_id) VALUES (%s, %s) ON CONFLICT DO NOTHING', a, p)
            WHEN 'hides' THEN format('DELETE FROM asset_person WHERE asset_id = %s', a)
            WHEN 'posts' THEN format('INSERT INTO post (event_id, channel_id, asset_id, posted_at) VALUES (1, %s, %s, %L)', 1 + a % 2, a, timestamptz '2031-01-01' + step * interval '1 hour')
            WHEN 'down' THEN format('UPDATE post SET taken_down_at = %s WHERE asset_id = %s', CASE WHEN random() < 0.8 THEN 'posted_at' ELSE 'NULL' END, a)
            WHEN 'party' THEN format('UPDATE asset SET party_id = %s WHERE asset_id = %s', CASE WHEN random() < 0.5 THEN (p + 1)::text ELSE 'NULL' END, a)
            WHEN 'kind' THEN format('UPDATE asset SET asset_kind_code = %L WHERE asset_id = %s', (ARRAY['photo', 'video'])[1 + floor(random() * 2)], a)
            WHEN 'event' THEN format('UPDATE asset SET event_id = %s, session_id = NULL WHERE asset_id = %s', 1 + floor(random() * 2), a)
            WHEN 'says' THEN format('INSERT INTO consent (person_id, event_id, medium, status_code) VALUES (%s, %s, %s, %L) ON CONFLICT DO NOTHING', p,
                                    CASE WHEN random() < 0.5 THEN (1 + a % 2)::text ELSE 'NULL' END, (ARRAY['NULL', quote_literal('photo'), quote_literal('recording')])[1 + floor(random() * 3)],
                                    (ARRAY['given', 'refused', 'withdrawn'])[1 + floor(random() * 3)])
            WHEN 'withdraws' THEN format('UPDATE consent SET status_code = %L WHERE person_id = %s AND status_code = %L', 'withdrawn', p, 'given')
            ELSE format('UPDATE consent SET status_code = %L, said_on = %L, until = %s WHERE person_id = %s', 'given', '2020-01-01', (ARRAY['NULL', 'NULL', '_today()', '_today() + 1'])[1 + floor(random() * 4)], p) END;
        before := ARRAY(SELECT b.asset_id * 10 + b.person_id FROM pg_temp.bad() b);
        forced := NULL;
        BEGIN
            EXECUTE what;
            was := 'taken';
        EXCEPTION WHEN check_violation THEN
            GET STACKED DIAGNOSTICS was = CONSTRAINT_NAME;
        END;
        IF was = 'asset_shows_who_agreed' THEN
            BEGIN
                SET LOCAL session_replication_role = replica;
                EXECUTE what;
                forced := (SELECT count(*) FROM pg_temp.bad() b WHERE b.asset_id = a);
                RAISE EXCEPTION 'undo' USING ERRCODE = 'ZZ000';
            EXCEPTION WHEN SQLSTATE 'ZZ000' THEN
            END;
        END IF;
        INSERT INTO done
        VALUES (step, action, was,
               (SELECT count(*) FROM pg_temp.bad() b WHERE b.asset_id * 10 + b.person_id <> ALL (before)),
               (SELECT count(*) FROM pg_temp.bad()), forced,
               (SELECT count(*) FROM ((SELECT t.asset_id, t.person_id FROM take_down t EXCEPT SELECT b.asset_id, b.person_id FROM pg_temp.bad() b)
                                      UNION ALL
                                      (SELECT b.asset_id, b.person_id FROM pg_temp.bad() b EXCEPT SELECT t.asset_id, t.person_id FROM take_down t)) x));
    END LOOP;
END
$$;

SELECT is(sum(added), 0::numeric, 'nothing is made public that shows somebody who said no: ' || count(*) || ' writes that were taken')
FROM done WHERE action NOT IN ('says', 'withdraws', 'gives') AND outcome = 'taken';
SELECT is(count(*) FILTER (WHERE forced = 0), 0::bigint, 'nothing else is refused: ' || count(*) || ' writes would have shown somebody who said no')
FROM done WHERE outcome = 'asset_shows_who_agreed';
SELECT cmp_ok(count(DISTINCT action), '>=', 6::bigint, 'and by every way: ' || string_agg(DISTINCT action, ', ')) FROM done WHERE outcome = 'asset_shows_who_agreed';
SELECT is(count(*), 0::bigint, 'consent can always be withdrawn') FROM done WHERE action = 'withdraws' AND outcome <> 'taken';
SELECT cmp_ok(sum(added), '>', 0::numeric, 'and then what is public is listed') FROM done WHERE action IN ('says', 'withdraws', 'gives') AND outcome = 'taken';
SELECT is(sum(differs), 0::numeric, 'take_down lists exactly what is public and shows somebody who said no') FROM done;
SELECT cmp_ok(max(listed), '>', 1::bigint, 'sometimes several') FROM done;

-- Whatever is listed can be taken down, and then nothing is listed.
UPDATE asset SET state = 'ready' WHERE asset_id IN (SELECT asset_id FROM take_down WHERE place = 'asset');
UPDATE post SET taken_down_at = posted_at WHERE post_id IN (SELECT post_id FROM take_down);
SELECT is(count(*), 0::bigint, 'what is listed can be taken down') FROM take_down;

SELECT * FROM finish();
ROLLBACK;
