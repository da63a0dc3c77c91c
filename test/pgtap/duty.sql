-- Duties: the 21 of the source; after thousands of random shifts no helper is in
-- two places at once, and nothing that would have fitted was refused.
--
-- pg_prove -d DATABASE test/pgtap/duty.sql

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

SELECT salon.create_space('t_duty') \g /dev/null
SET LOCAL search_path = t_duty, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.693147) \g /dev/null

SELECT results_eq('SELECT name_zh FROM duty ORDER BY ordinal',
    $$ VALUES ('主持人'), ('议题策划'), ('讲师邀请'), ('讲师行程对接'), ('宣传'), ('海报'), ('易拉宝'), ('报名'), ('场地'), ('签到'), ('健康码行程码检查'),
              ('倒计时牌'), ('举牌'), ('参会问卷'), ('后期宣传文案'), ('视频转图文'), ('PPT收集'), ('短视频摄影'), ('拍照'), ('递话筒'), ('拉赞助') $$,
    'the 21 duties, spelt and ordered as in the source');
SELECT set_eq('SELECT duty_code FROM template_duty WHERE template_code = ''salon''', 'SELECT duty_code FROM duty WHERE duty_code <> ''health_check''', 'a salon has all but the health check');

INSERT INTO party (party_id, kind) SELECT n, 'person' FROM generate_series(1, 4) n;
INSERT INTO event (name_en) SELECT 'e' || n FROM generate_series(1, 3) n;

CREATE FUNCTION pg_temp.clashes() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*) FROM event_duty a JOIN event_duty b ON a.event_duty_id < b.event_duty_id AND a.party_id = b.party_id
        WHERE a.starts_at < b.ends_at AND b.starts_at < a.ends_at);
CREATE TEMP TABLE tally (what text, taken boolean, fitted boolean);

CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what text;
    d event_duty;
    f timestamptz;
    t timestamptz;
    person bigint;
    could boolean;
BEGIN
    FOR i IN 1..writes LOOP
        what := (ARRAY['insert', 'move', 'helper', 'delete'])[1 + floor(random() * 4)::int];
        SELECT * INTO d FROM event_duty ORDER BY random() LIMIT 1;
        f := CASE WHEN random() > 0.1 THEN timestamptz '2031-01-01 09:00+08' + floor(random() * 8) * interval '1 hour' END;
        t := f + (1 + floor(random() * 2)) * interval '1 hour';
        person := nullif(floor(random() * 5)::int, 0);
        CONTINUE WHEN what <> 'insert' AND d.event_duty_id IS NULL;
        IF what = 'move' THEN
            person := d.party_id;
        ELSIF what = 'helper' THEN
            f := d.starts_at;
            t := d.ends_at;
        END IF;
        could := what = 'delete' OR NOT EXISTS (SELECT FROM event_duty o
                                                WHERE (what = 'insert' OR o.event_duty_id <> d.event_duty_id)
                                                  AND o.party_id = person AND o.starts_at < t AND f < o.ends_at);
        BEGIN
            CASE what
                WHEN 'insert' THEN
                    INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at)
                    SELECT 1 + floor(random() * 3)::int, duty_code, person, f, t FROM duty ORDER BY random() LIMIT 1;
                WHEN 'move' THEN
                    UPDATE event_duty SET starts_at = f, ends_at = t WHERE event_duty_id = d.event_duty_id;
                WHEN 'helper' THEN
                    UPDATE event_duty SET party_id = person WHERE event_duty_id = d.event_duty_id;
                WHEN 'delete' THEN
                    DELETE FROM event_duty WHERE event_duty_id = d.event_duty_id;
            END CASE;
            INSERT INTO tally VALUES (what, true, could);
        EXCEPTION
            WHEN exclusion_violation THEN
                INSERT INTO tally VALUES (what, false, could);
            WHEN unique_violation THEN
                NULL;
        END;
        IF i % 50 = 0 AND pg_temp.clashes() > 0 THEN
            RAISE EXCEPTION 'clash after % writes', i;
        END IF;
    END LOOP;
END
$$;
SELECT lives_ok('SELECT pg_temp.storm(3000)', 'no clash in 3000 random writes');
SELECT is(pg_temp.clashes(), 0::bigint, 'nor at the end');
SELECT is(count(*), 0::bigint, 'those who have a shift are counted')
FROM shift s WHERE held <> (SELECT count(*) FROM event_duty d WHERE d.shift_id = s.shift_id AND d.party_id IS NOT NULL);
SELECT is(count(*) FILTER (WHERE taken <> fitted), 0::bigint, what || ': taken exactly when it fits') FROM tally GROUP BY what ORDER BY what;
SELECT cmp_ok(least(count(*) FILTER (WHERE taken), count(*) FILTER (WHERE NOT taken)), '>=', 20::bigint, what || ': often of both')
FROM tally WHERE what <> 'delete' GROUP BY what ORDER BY what;

-- Several helpers share a duty; one helper has many duties without a time.

SELECT plan_event('e') AS e \gset
SELECT lives_ok(format('INSERT INTO event_duty (event_id, duty_code, party_id) SELECT %s, duty_code, p FROM duty, generate_series(1, 4) p', :e), 'four helpers for each');
SELECT is((SELECT count(*) FROM event_duty WHERE event_id = :e), 104::bigint, 'beside the rows for nobody yet');
SELECT is((SELECT status_code FROM checklist WHERE event_id = :e AND item_code = 'C14'), 'done', 'and every duty has somebody');

-- As many as there is room for, whatever is tried: status, shift, helper, room.

CREATE FUNCTION pg_temp.crowd(writes int, OUT done bigint, OUT refused bigint) LANGUAGE plpgsql AS $$
DECLARE
    d event_duty;
BEGIN
    done := 0;
    refused := 0;
    FOR i IN 1..writes LOOP
        SELECT * INTO d FROM event_duty WHERE event_id = 9000 ORDER BY random() LIMIT 1;
        BEGIN
            CASE floor(random() * 6)::int
                WHEN 0 THEN INSERT INTO event_duty (shift_id, party_id, status_code) SELECT shift_id, 1 + floor(random() * 4)::int, (ARRAY['proposed', 'confirmed', 'declined', NULL])[1 + floor(random() * 4)::int]
                            FROM shift WHERE event_id = 9000 ORDER BY random() LIMIT 1;
                WHEN 1 THEN UPDATE event_duty SET status_code = (ARRAY['confirmed', 'declined'])[1 + floor(random() * 2)::int] WHERE event_duty_id = d.event_duty_id;
                WHEN 2 THEN UPDATE event_duty SET party_id = nullif(floor(random() * 5)::int, 0) WHERE event_duty_id = d.event_duty_id;
                WHEN 3 THEN UPDATE event_duty SET shift_id = (SELECT shift_id FROM shift WHERE event_id = 9000 ORDER BY random() LIMIT 1) WHERE event_duty_id = d.event_duty_id;
                WHEN 4 THEN UPDATE shift SET maximum = 1 + floor(random() * 4)::int WHERE shift_id = d.shift_id;
                WHEN 5 THEN DELETE FROM event_duty WHERE event_duty_id = d.event_duty_id AND random() < 0.5;
            END CASE;
            done := done + 1;
        EXCEPTION WHEN check_violation OR unique_violation OR exclusion_violation THEN
            refused := refused + 1;
        END;
        IF EXISTS (SELECT FROM shift s WHERE s.held > s.maximum
                      OR s.held <> (SELECT count(*) FROM event_duty x WHERE x.shift_id = s.shift_id AND x.status_code IN ('proposed', 'confirmed'))) THEN
            RAISE EXCEPTION 'unsound after % writes', i;
        END IF;
    END LOOP;
END
$$;
INSERT INTO event (event_id, name_en) VALUES (9000, 'crowd');
INSERT INTO shift (event_id, duty_code, starts_at, ends_at, maximum)
SELECT 9000, c, t, t + interval '1 hour', 2 FROM unnest(ARRAY['check_in', 'photo']) c, generate_series(timestamptz '2033-01-01 09:00Z', '2033-01-01 11:00Z', '1 hour') t;
SELECT ok(done > 300 AND refused > 100, format('a crowd: %s done, %s refused', done, refused)) FROM pg_temp.crowd(1500);
SELECT is(count(*), 0::bigint, 'everybody has the times of their shift') FROM event_duty d JOIN shift s USING (shift_id)
WHERE s.event_id = 9000 AND (d.starts_at, d.ends_at) IS DISTINCT FROM (s.starts_at, s.ends_at);

SELECT * FROM finish();
ROLLBACK;
