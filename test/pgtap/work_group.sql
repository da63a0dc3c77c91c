-- The work group: on small random cases fill_duties finds what is best of all
-- assignments, tried one by one, and everything that it proposes is allowed;
-- load is shared evenly over many events; what was declined is not proposed
-- again.
--
-- pg_prove -d DATABASE test/pgtap/work_group.sql

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
SELECT salon.create_space('t_work_group') \g /dev/null
SET LOCAL search_path = t_work_group, salon, public;
SET LOCAL salon.lang = 'en';
SET LOCAL TIME ZONE 'UTC';
SELECT no_plan();
SELECT setseed(0.271828) \g /dev/null

-- Each case is an event with helpers and shifts of its own.  Everything begins
-- and ends on the hour.
CREATE TEMP TABLE small (case_id bigint PRIMARY KEY, to_maximum boolean, proposed bigint, is_proved boolean, best bigint[], got bigint[], is_allowed boolean, value numeric, wrong text, wrong_gaps bigint, closable bigint);
CREATE TEMP TABLE reason (reason_code text);
INSERT INTO small (case_id, to_maximum) SELECT n, n % 3 = 0 FROM generate_series(1, 120) n;
INSERT INTO event (event_id, status_code, name_en, starts_at, ends_at)
SELECT case_id, 'planned', 'case ' || case_id, CASE WHEN case_id % 8 > 0 THEN timestamptz '2031-01-01 13:00Z' + case_id * interval '2 days' END,
       CASE WHEN case_id % 8 > 0 THEN timestamptz '2031-01-01 17:00Z' + case_id * interval '2 days' END
FROM small;
-- before it, and at the same time
INSERT INTO event (event_id, status_code, name_en, starts_at, ends_at)
SELECT 1000 + n, 'planned', 'past ' || n, timestamptz '2030-06-01 13:00Z' + n * interval '1 day', timestamptz '2030-06-01 17:00Z' + n * interval '1 day' FROM generate_series(1, 5) n
UNION ALL
SELECT 2000 + case_id, 'planned', 'beside ' || case_id, timestamptz '2031-01-01 15:00Z' + case_id * interval '2 days', timestamptz '2031-01-01 18:00Z' + case_id * interval '2 days' FROM small;
INSERT INTO party (party_id, kind, name_en) SELECT case_id * 10 + h, 'person', 'helper ' || case_id * 10 + h FROM small, generate_series(1, 4) h WHERE h <= 3 + (case_id % 2);
INSERT INTO helper (party_id, is_active, most_at_event, most_in_month)
SELECT party_id, false, nullif(floor(random() * 4)::int, 0), CASE WHEN random() < 0.2 THEN 2 END FROM party;
INSERT INTO party_skill (party_id, skill_code, level) SELECT party_id, k, 1 + floor(random() * 5) FROM party, unnest(ARRAY['design', 'photography']) k WHERE random() < 0.6;
INSERT INTO duty_preference (party_id, duty_code, preference, is_forbidden)
SELECT party_id, d, -2 + floor(random() * 5), random() < 0.2 FROM party, unnest(ARRAY['poster', 'venue', 'check_in', 'microphone', 'photo']) d WHERE random() < 0.5;
INSERT INTO availability (party_id, is_available, starts_at, ends_at)
SELECT party_id, random() < 0.6, t + (12 + floor(random() * 4)) * interval '1 hour', t + (16 + floor(random() * 4)) * interval '1 hour'
FROM (SELECT party_id, timestamptz '2031-01-01 00:00Z' + party_id / 10 * interval '2 days' AS t FROM party) p, generate_series(1, 2) WHERE random() < 0.25;
INSERT INTO apart (one_id, other_id) SELECT a.party_id, b.party_id FROM party a JOIN party b ON b.party_id BETWEEN a.party_id + 1 AND a.party_id / 10 * 10 + 9 WHERE random() < 0.12;
INSERT INTO shift (event_id, duty_code, starts_at, ends_at, minimum, maximum)
SELECT case_id, d, f, f + n * interval '1 hour', m, CASE WHEN random() < 0.6 THEN greatest(m, 1) + floor(random() * 2)::int END
FROM (SELECT case_id, d, floor(random() * 3)::int AS m, 1 + floor(random() * 3)::int AS n,
             CASE WHEN random() < 0.6 THEN timestamptz '2031-01-01 12:00Z' + case_id * interval '2 days' + floor(random() * 4) * interval '1 hour' END AS f
      FROM small, unnest(ARRAY['poster', 'venue', 'check_in', 'microphone', 'photo']) d WHERE random() < 0.7) s;
-- duties that they have already: before, beside it, and at it
CREATE FUNCTION pg_temp.give(e bigint, d text, p bigint, f timestamptz, t timestamptz) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (e, d, p, f, t);
EXCEPTION WHEN check_violation OR exclusion_violation OR unique_violation THEN
    NULL;
END
$$;
SELECT pg_temp.give(1000 + n, 'sign_holding', party_id, NULL, NULL) FROM party, generate_series(1, 5) n WHERE random() < 0.2 \g /dev/null
SELECT pg_temp.give(2000 + party_id / 10, 'sign_holding', party_id, CASE WHEN random() < 0.5 THEN t + interval '16 hours' END, NULL)
FROM (SELECT party_id, timestamptz '2031-01-01 00:00Z' + party_id / 10 * interval '2 days' AS t FROM party) p WHERE random() < 0.15 \g /dev/null
UPDATE event_duty SET ends_at = starts_at + interval '1 hour' WHERE event_id > 2000 AND starts_at IS NOT NULL;
SELECT pg_temp.give(event_id, duty_code, party_id, starts_at, ends_at) FROM shift JOIN party ON party_id / 10 = event_id WHERE random() < 0.08 \g /dev/null
UPDATE event_duty SET status_code = 'declined' WHERE event_id <= 120 AND random() < 0.4;

-- The hours of a duty: none without a time, and all days at an event of which
-- the time is not known.
CREATE FUNCTION pg_temp.hours(f timestamptz, t timestamptz, d text, e bigint) RETURNS timestamptz[] LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT CASE WHEN f IS NOT NULL THEN ARRAY(SELECT generate_series(f, t - interval '1 hour', '1 hour'))
                WHEN d NOT IN ('check_in', 'microphone', 'photo', 'sign_holding') THEN '{}'
                WHEN v.starts_at IS NOT NULL THEN ARRAY(SELECT generate_series(v.starts_at, v.ends_at - interval '1 hour', '1 hour'))
                ELSE ARRAY(SELECT generate_series(timestamptz '2031-01-01 00:00Z' + e * interval '2 days', timestamptz '2031-01-02 00:00Z' + e * interval '2 days', '1 hour')) END
    FROM t_work_group.event v WHERE v.event_id = e;
END;

-- Whether somebody could have a shift, said anew.
CREATE FUNCTION pg_temp.may(p bigint, s t_work_group.shift) RETURNS boolean LANGUAGE plpgsql STABLE AS $$
DECLARE
    own timestamptz[] := pg_temp.hours(s.starts_at, s.ends_at, s.duty_code, s.event_id);
    unknown boolean := s.starts_at IS NULL AND (SELECT v.starts_at IS NULL FROM event v WHERE v.event_id = s.event_id);
    o record;
    h timestamptz;
    held bigint;
BEGIN
    IF EXISTS (SELECT FROM event_duty d WHERE d.shift_id = s.shift_id AND d.party_id = p)
       OR EXISTS (SELECT FROM duty_preference x WHERE x.party_id = p AND x.duty_code = s.duty_code AND x.is_forbidden)
       OR (s.duty_code = 'photo' AND NOT EXISTS (SELECT FROM party_skill k WHERE k.party_id = p AND k.skill_code = 'photography'))
       OR (s.duty_code = 'poster' AND NOT EXISTS (SELECT FROM party_skill k WHERE k.party_id = p AND k.skill_code = 'design')) THEN
        RETURN false;
    END IF;
    IF NOT unknown THEN
        FOREACH h IN ARRAY own LOOP
            IF EXISTS (SELECT FROM availability a WHERE a.party_id = p AND NOT a.is_available AND a.starts_at <= h AND h < a.ends_at)
               OR (EXISTS (SELECT FROM availability a WHERE a.party_id = p AND a.is_available)
                   AND NOT EXISTS (SELECT FROM availability a WHERE a.party_id = p AND a.is_available AND a.starts_at <= h AND h < a.ends_at)) THEN
                RETURN false;
            END IF;
        END LOOP;
    END IF;
    FOR o IN SELECT * FROM event_duty d WHERE d.status_code IN ('proposed', 'confirmed') LOOP
        IF o.party_id = p AND (o.event_id = s.event_id OR NOT unknown) AND own && pg_temp.hours(o.starts_at, o.ends_at, o.duty_code, o.event_id) THEN
            RETURN false;
        END IF;
        IF o.event_id = s.event_id AND EXISTS (SELECT FROM apart a WHERE (a.one_id, a.other_id) IN ((o.party_id, p), (p, o.party_id))) THEN
            RETURN false;
        END IF;
    END LOOP;
    RETURN true;
END
$$;

-- How many more they take on.
CREATE FUNCTION pg_temp.room(p bigint, e bigint) RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT least(coalesce(h.most_at_event - count(d.*) FILTER (WHERE d.event_id = e), 99),
                     coalesce(h.most_in_month - count(d.*) FILTER (WHERE d.event_id = e OR to_char(o.starts_at AT TIME ZONE 'Asia/Shanghai', 'YYYYMM')
                                                                                            = to_char(v.starts_at AT TIME ZONE 'Asia/Shanghai', 'YYYYMM')), 99))
        FROM t_work_group.helper h
        CROSS JOIN t_work_group.event v
        LEFT JOIN t_work_group.event_duty d ON d.party_id = h.party_id AND d.status_code IN ('proposed', 'confirmed')
        LEFT JOIN t_work_group.event o ON o.event_id = d.event_id
        WHERE h.party_id = p AND v.event_id = e
        GROUP BY h.party_id, h.most_at_event, h.most_in_month);

-- The best of all assignments: choice by choice, taken or left.  An assignment
-- is worth places up to the minimum, then places beyond, then the rest.
CREATE TEMP TABLE choice (n int PRIMARY KEY, party_id bigint, shift_id bigint, hours timestamptz[], soft bigint, room bigint, load bigint, need int, more int);
CREATE FUNCTION pg_temp.choose(e bigint, to_maximum boolean) RETURNS bigint LANGUAGE sql
BEGIN ATOMIC
    DELETE FROM choice;
    INSERT INTO choice
    SELECT row_number() OVER (ORDER BY s.shift_id, p.party_id), p.party_id, s.shift_id, pg_temp.hours(s.starts_at, s.ends_at, s.duty_code, e),
           round(CASE s.duty_code WHEN 'photo' THEN 8 * k.photography WHEN 'poster' THEN 8 * k.design ELSE 40 END) + 10 * coalesce(w.preference, 0),
           pg_temp.room(p.party_id, e),
           (SELECT count(*) FROM t_work_group.event_duty d JOIN t_work_group.event o USING (event_id)
            WHERE d.party_id = p.party_id AND d.status_code <> 'declined'
              AND (o.event_id = e OR age(greatest(o.starts_at, t.at), least(o.starts_at, t.at)) <= interval '1 year')),
           greatest(s.minimum - s.held, 0), CASE WHEN to_maximum AND s.maximum IS NOT NULL THEN s.maximum - greatest(s.held, s.minimum) ELSE 0 END
    FROM t_work_group.shift s
    JOIN t_work_group.helper p ON p.party_id / 10 = e
    CROSS JOIN LATERAL (SELECT coalesce(v.starts_at, now()) AS at FROM t_work_group.event v WHERE v.event_id = e) t
    CROSS JOIN LATERAL (SELECT max(level) FILTER (WHERE skill_code = 'photography') AS photography, max(level) FILTER (WHERE skill_code = 'design') AS design
                        FROM t_work_group.party_skill y WHERE y.party_id = p.party_id) k
    LEFT JOIN t_work_group.duty_preference w ON w.party_id = p.party_id AND w.duty_code = s.duty_code
    WHERE s.event_id = e AND pg_temp.may(p.party_id, s);
    SELECT count(*) FROM choice;
END;
CREATE FUNCTION pg_temp.worth(taken int[]) RETURNS bigint[] LANGUAGE sql STABLE
BEGIN ATOMIC
    SELECT ARRAY[coalesce((SELECT sum(least(x.n, x.need)) FROM (SELECT count(*) AS n, min(need) AS need FROM choice WHERE n = ANY (taken) GROUP BY shift_id) x), 0),
                 cardinality(taken) - coalesce((SELECT sum(least(x.n, x.need)) FROM (SELECT count(*) AS n, min(need) AS need FROM choice WHERE n = ANY (taken) GROUP BY shift_id) x), 0),
                 coalesce((SELECT sum(y.soft - 10 * (y.load + y.k - 1)) FROM (SELECT soft, load, row_number() OVER (PARTITION BY party_id ORDER BY n) AS k
                                                                              FROM choice WHERE n = ANY (taken)) y), 0)]::bigint[];
END;
CREATE FUNCTION pg_temp.fits(c choice, taken int[]) RETURNS boolean LANGUAGE sql STABLE
RETURN (SELECT count(*) FILTER (WHERE o.party_id = c.party_id) < c.room
               AND count(*) FILTER (WHERE o.shift_id = c.shift_id) < c.need + c.more
               AND NOT coalesce(bool_or(o.party_id = c.party_id AND (o.hours && c.hours OR o.shift_id = c.shift_id)
                                        OR EXISTS (SELECT FROM t_work_group.apart a WHERE (a.one_id, a.other_id) IN ((o.party_id, c.party_id), (c.party_id, o.party_id)))), false)
        FROM choice o WHERE o.n = ANY (taken));
CREATE FUNCTION pg_temp.best(from_n int, taken int[]) RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
DECLARE
    c choice;
    without bigint[];
BEGIN
    SELECT * INTO c FROM choice WHERE n = from_n;
    IF NOT FOUND THEN
        RETURN pg_temp.worth(taken);
    END IF;
    without := pg_temp.best(from_n + 1, taken);
    IF pg_temp.fits(c, taken) THEN
        RETURN greatest(without, pg_temp.best(from_n + 1, taken || from_n));
    END IF;
    RETURN without;
END
$$;
-- What fill_duties proposed: every one a choice, and together allowed.
CREATE FUNCTION pg_temp.allowed(taken int[]) RETURNS boolean LANGUAGE sql STABLE
RETURN array_position(taken, NULL) IS NULL
       AND (SELECT coalesce(bool_and(pg_temp.fits(c, array_remove(taken, c.n))), true) FROM choice c WHERE c.n = ANY (taken));

CREATE FUNCTION pg_temp.run() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    c small;
    taken int[];
BEGIN
    FOR c IN SELECT * FROM small ORDER BY case_id LOOP
        CONTINUE WHEN pg_temp.choose(c.case_id, c.to_maximum) > 12;
        UPDATE small SET best = pg_temp.best(1, '{}') WHERE case_id = c.case_id;
        UPDATE helper SET is_active = party_id / 10 = c.case_id WHERE is_active <> (party_id / 10 = c.case_id);
        WITH f AS (SELECT * FROM fill_duties(c.case_id, c.to_maximum))
        UPDATE small SET proposed = (SELECT count(*) FROM f), is_proved = (SELECT bool_and(f.is_proved) FROM f) WHERE case_id = c.case_id;
        SELECT coalesce(array_agg(x.n), '{}') INTO taken
        FROM event_duty d LEFT JOIN choice x USING (party_id, shift_id)
        WHERE d.event_id = c.case_id AND d.status_code = 'proposed';
        UPDATE small SET got = pg_temp.worth(taken), is_allowed = pg_temp.allowed(taken),
            value = (SELECT coalesce(sum(d.value), 0) FROM event_duty d WHERE d.event_id = c.case_id AND d.status_code = 'proposed') WHERE case_id = c.case_id;
        -- what the views say afterwards, and what is so
        INSERT INTO reason SELECT reason_code FROM duty_candidate WHERE event_id = c.case_id;
        UPDATE small SET
            wrong = (SELECT string_agg(k.shift_id || '/' || k.party_id || ' ' || coalesce(k.reason, 'can'), ', ')
                     FROM duty_candidate k JOIN shift s USING (shift_id)
                     WHERE k.event_id = c.case_id AND k.can <> (pg_temp.may(k.party_id, s) AND pg_temp.room(k.party_id, k.event_id) > 0)),
            wrong_gaps = (SELECT count(*) FROM duty_gap g
                          WHERE g.event_id = c.case_id
                            AND (g.can + g.no_skill + g.unavailable + g.forbidden + g.busy + g.overload + g.declined
                                 + (SELECT count(*) FROM event_duty d WHERE d.shift_id = g.shift_id AND d.status_code IN ('proposed', 'confirmed'))
                                 <> (SELECT count(*) FROM helper WHERE is_active)
                                 OR g.missing <> greatest(g.minimum - g.confirmed - g.proposed, 0))),
            closable = (SELECT count(*) FROM duty_gap g WHERE g.event_id = c.case_id AND g.missing > 0 AND g.can > 0)
        WHERE case_id = c.case_id;
    END LOOP;
END
$$;
SELECT lives_ok('SELECT pg_temp.run()', 'all small cases are filled');
SELECT cmp_ok(count(*), '>=', 100::bigint, 'tried one by one: ' || count(*) || ' cases') FROM small WHERE best IS NOT NULL;
SELECT is(string_agg(s::text, ' '), NULL, 'everything proposed is allowed') FROM small s WHERE best IS NOT NULL AND is_allowed IS NOT TRUE;
SELECT is(string_agg(s::text, ' '), NULL, 'and none is better') FROM small s WHERE got IS DISTINCT FROM best;
SELECT is(string_agg(s::text, ' '), NULL, 'its value is the sum of the proposals') FROM small s WHERE best IS NOT NULL AND value <> got[3];
SELECT is(string_agg(s::text, ' '), NULL, 'as was proved') FROM small s WHERE proposed > 0 AND is_proved IS NOT TRUE;
SELECT cmp_ok(count(*) FILTER (WHERE proposed = 0), '>=', 3::bigint, 'sometimes nobody can: ' || count(*) FILTER (WHERE proposed = 0)) FROM small;
SELECT cmp_ok(count(*) FILTER (WHERE proposed > 2), '>=', 20::bigint, 'sometimes many can: ' || count(*) FILTER (WHERE proposed > 2)) FROM small;
SELECT cmp_ok(count(*) FILTER (WHERE best[2] > 0), '>=', 10::bigint, 'sometimes more than the minimum: ' || count(*) FILTER (WHERE best[2] > 0)) FROM small;

SELECT is(string_agg(s::text, ' '), NULL, 'duty_candidate says who could') FROM small s WHERE wrong IS NOT NULL;
SELECT is(string_agg(s::text, ' '), NULL, 'each helper of a gap counts once') FROM small s WHERE best IS NOT NULL AND wrong_gaps <> 0;
SELECT is(string_agg(s::text, ' '), NULL, 'nobody could close a gap that is left') FROM small s WHERE best IS NOT NULL AND closable <> 0;
SELECT set_has('SELECT reason_code FROM reason',
               $$ VALUES ('declined'), ('has_it'), ('forbidden'), ('skill'), ('unavailable'), ('apart'), ('busy'), ('overload') $$, 'each reason came about');
SELECT is(count(*), 0::bigint, 'nothing speaks against what was proposed') FROM work_group WHERE status_code = 'proposed' AND problem IS NOT NULL;
SELECT is(count(*), 0::bigint, 'held is counted') FROM shift s
WHERE held <> (SELECT count(*) FROM event_duty d WHERE d.shift_id = s.shift_id AND d.status_code IN ('proposed', 'confirmed'));

-- What cannot come out of the market alone: a chain of shifts that overlap.
DELETE FROM helper;
INSERT INTO event (event_id, status_code, name_en, starts_at, ends_at) VALUES (3001, 'planned', 'chain', '2033-01-01 09:00Z', '2033-01-01 19:00Z');
INSERT INTO party (party_id, kind) SELECT 30000 + n, 'person' FROM generate_series(1, 8) n;
INSERT INTO helper (party_id) SELECT 30000 + n FROM generate_series(1, 2) n;
INSERT INTO shift (event_id, duty_code, starts_at, ends_at)
SELECT 3001, 'sign_holding', timestamptz '2033-01-01 09:00Z' + n * interval '1 hour', timestamptz '2033-01-01 11:00Z' + n * interval '1 hour' FROM generate_series(0, 8) n;
SELECT ok(count(*) = 9 AND bool_and(is_proved), 'two helpers cover nine shifts of two hours, an hour apart: ' || count(*)) FROM fill_duties(3001);

-- Many events one after the other: load is shared evenly, whatever the order.
INSERT INTO helper (party_id) SELECT 30000 + n FROM generate_series(3, 7) n;
DELETE FROM shift WHERE event_id = 3001;
INSERT INTO event (event_id, status_code, name_en, starts_at, ends_at)
SELECT 4000 + n, 'planned', 'even ' || n, timestamptz '2035-01-01 09:00Z' + n * 37 % 100 * interval '1 day', timestamptz '2035-01-01 12:00Z' + n * 37 % 100 * interval '1 day' FROM generate_series(1, 20) n;
INSERT INTO shift (event_id, duty_code) SELECT 4000 + n, d FROM generate_series(1, 20) n, unnest(ARRAY['check_in', 'microphone', 'venue']) d;
CREATE TEMP TABLE spread AS
SELECT e, (SELECT count(*) FROM fill_duties(4000 + e)) AS filled FROM generate_series(1, 20) e;
SELECT is(min(filled), 3::bigint, 'each event is filled') FROM spread;
SELECT ok(max(n) - min(n) <= 1, format('60 duties, 7 helpers: %s to %s each', min(n), max(n))) FROM (SELECT count(*) AS n FROM event_duty WHERE event_id > 4000 GROUP BY party_id) x;
SELECT is((SELECT count(DISTINCT party_id) FROM event_duty WHERE event_id > 4000), 7::bigint, 'everybody takes part');

-- Declined: not proposed again; once everybody has declined, nobody is.
INSERT INTO event (event_id, status_code, name_en) VALUES (5000, 'planned', 'unloved');
INSERT INTO shift (event_id, duty_code) VALUES (5000, 'venue');
CREATE TEMP TABLE asked (n int, party_id bigint);
CREATE FUNCTION pg_temp.ask() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    f record;
BEGIN
    FOR n IN 1..8 LOOP
        SELECT * INTO f FROM fill_duties(5000);
        EXIT WHEN NOT FOUND;
        INSERT INTO asked VALUES (n, f.party_id);
        UPDATE event_duty SET status_code = 'declined' WHERE event_duty_id = f.event_duty_id;
    END LOOP;
END
$$;
SELECT pg_temp.ask() \g /dev/null
SELECT results_eq('SELECT count(*), count(DISTINCT party_id) FROM asked', 'VALUES (7::bigint, 7::bigint)', 'seven helpers are asked once each');
SELECT results_eq('SELECT missing, can, declined FROM duty_gap WHERE event_id = 5000', 'VALUES (1::bigint, 0::bigint, 7::bigint)', 'then the gap says so');

-- The same again, whatever was there before.
CREATE TEMP TABLE first_time AS SELECT 4000 + e AS event_id, p.* FROM generate_series(1, 20, 5) e, _duty_plan(4000 + e, true) p;
DELETE FROM event_duty WHERE event_id IN (SELECT event_id FROM event WHERE event_id BETWEEN 4000 AND 4020);
CREATE TEMP TABLE once AS SELECT p.* FROM _duty_plan(4001, true) p;
CREATE TEMP TABLE helper_copy AS SELECT * FROM helper;
DELETE FROM helper;
INSERT INTO helper SELECT * FROM helper_copy ORDER BY party_id DESC;
SELECT set_eq('SELECT * FROM _duty_plan(4001, true)', 'SELECT * FROM once', 'the order of rows changes nothing');
SELECT is((SELECT count(*) FROM once), 3::bigint, 'three places');

SELECT * FROM finish();
ROLLBACK;
