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
    FOR o IN SELECT d.* FROM event_duty d JOIN event e USING (event_id) WHERE d.status_code IN ('proposed', 'confirmed') AND NOT e.is_off LOOP
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

-- How much somebody has, by the plain rule over everything that they ever had.
CREATE FUNCTION pg_temp.load(e bigint, p bigint, x bigint) RETURNS bigint[] LANGUAGE sql STABLE
RETURN (SELECT ARRAY[count(*) FILTER (WHERE o.event_id = e),
                     count(*) FILTER (WHERE o.event_id = e OR (near AND to_char(o.starts_at AT TIME ZONE v.time_zone, 'YYYYMM') = to_char(v.starts_at AT TIME ZONE v.time_zone, 'YYYYMM'))),
                     count(*) FILTER (WHERE o.event_id = e OR near)]
        FROM t_work_group.event_duty d
        JOIN t_work_group.event o ON o.event_id = d.event_id
        JOIN t_work_group.event v ON v.event_id = e
        CROSS JOIN LATERAL (SELECT o.status_code <> 'cancelled'
                                   AND (o.starts_at IS NULL
                                        OR (o.starts_at >= coalesce(v.starts_at, now()) - interval '1 year'
                                            AND o.starts_at <= coalesce(v.starts_at, now()) + interval '1 year')) AS near) n
        WHERE d.party_id = p AND d.status_code IN ('proposed', 'confirmed') AND d.event_duty_id <> x);

-- Busy by the plain rule: of everything that they ever had, the first that is
-- at the same time.
CREATE FUNCTION pg_temp.busy(s bigint, p bigint, x bigint) RETURNS text LANGUAGE sql STABLE
RETURN (SELECT coalesce((SELECT y.name_en || CASE WHEN o.event_id <> v.event_id THEN ' at ' || o.name_en ELSE '' END
                         FROM t_work_group.event_duty d
                         JOIN t_work_group.duty y ON y.duty_code = d.duty_code
                         JOIN t_work_group.event o ON o.event_id = d.event_id
                         CROSS JOIN LATERAL (SELECT CASE WHEN d.starts_at IS NOT NULL THEN tstzrange(d.starts_at, d.ends_at)
                                                         WHEN y.is_on_site THEN tstzrange(o.starts_at, o.ends_at) ELSE 'empty' END AS during) z
                         WHERE d.party_id = p AND d.status_code IN ('proposed', 'confirmed') AND d.event_duty_id <> x AND z.during && w.during
                           AND (o.event_id = v.event_id
                                OR (lower(z.during) IS NOT NULL AND lower(w.during) IS NOT NULL AND o.status_code <> 'cancelled'))
                         ORDER BY d.event_duty_id
                         LIMIT 1),
                        (SELECT 'speaks at ' || o.name_en
                         FROM t_work_group.speaker k
                         JOIN t_work_group.session n ON n.session_id = k.session_id
                         JOIN t_work_group.event o ON o.event_id = n.event_id
                         WHERE k.person_id = p AND n.starts_at < upper(w.during) AND n.ends_at > lower(w.during) AND o.status_code <> 'cancelled'
                         ORDER BY k.speaker_id
                         LIMIT 1))
        FROM t_work_group.shift a
        JOIN t_work_group.duty u ON u.duty_code = a.duty_code
        JOIN t_work_group.event v ON v.event_id = a.event_id
        CROSS JOIN LATERAL (SELECT CASE WHEN a.starts_at IS NOT NULL THEN tstzrange(a.starts_at, a.ends_at)
                                        WHEN u.is_on_site THEN tstzrange(v.starts_at, v.ends_at) ELSE 'empty' END AS during) w
        WHERE a.shift_id = s);

-- Many events at the same time, some of no known time, some called off.
INSERT INTO event (event_id, status_code, name_en, starts_at, ends_at, time_zone)
SELECT 7000 + n, 'planned', 'dense ' || n, t, t + (1 + n % 5) * interval '1 hour', (ARRAY['Asia/Shanghai', 'America/New_York', 'UTC'])[1 + n % 3]
FROM generate_series(1, 40) n, LATERAL (SELECT CASE WHEN n % 6 > 0 THEN timestamptz '2038-01-31 00:00Z' + n * 7 % 40 * interval '1 hour' END AS t) x;
INSERT INTO party (party_id, kind, name_en) SELECT 70000 + n, 'person', 'helper ' || 70000 + n FROM generate_series(1, 6) n;
INSERT INTO shift (event_id, duty_code, starts_at, ends_at)
SELECT e.event_id, d, t, t + interval '2 hours'
FROM event e, unnest(ARRAY['check_in', 'microphone', 'sign_holding', 'venue', 'promotion']) d,
     LATERAL (SELECT CASE WHEN random() < 0.4 THEN timestamptz '2038-01-31 00:00Z' + floor(random() * 40 + 0 * e.event_id * length(d)) * interval '1 hour' END AS t) x
WHERE e.event_id > 7000;
SELECT count(pg_temp.give(event_id, duty_code, 70000 + 1 + floor(random() * 6)::bigint, starts_at, ends_at)) FROM shift WHERE event_id > 7000 AND random() < 0.5 \g /dev/null
DO $$
DECLARE
    d record;
BEGIN
    FOR d IN SELECT x.event_duty_id FROM event_duty x JOIN event e USING (event_id) JOIN duty USING (duty_code)
             WHERE e.event_id > 7000 AND x.is_on_site AND x.starts_at IS NULL AND e.starts_at IS NOT NULL AND e.event_id % 2 = 0 LOOP
        BEGIN
            UPDATE event_duty SET whole_event = true WHERE event_duty_id = d.event_duty_id;
        EXCEPTION WHEN exclusion_violation THEN
            NULL;
        END;
    END LOOP;
END
$$;
UPDATE event_duty SET status_code = 'declined' WHERE event_id > 7000 AND random() < 0.1;
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id > 7000 AND event_id % 7 = 0;
INSERT INTO session (session_id, event_id, format_code, starts_at, ends_at)
SELECT event_id, event_id, 'mini_talk', starts_at, starts_at + interval '30 minutes' FROM event WHERE event_id > 7000 AND event_id % 4 = 1 AND starts_at IS NOT NULL;
INSERT INTO speaker (session_id, person_id)
SELECT DISTINCT ON (starts_at) session_id, 70001 + session_id % 6 FROM session s WHERE session_id > 7000
  AND NOT EXISTS (SELECT FROM presence p WHERE p.party_id = 70001 + session_id % 6 AND p.during && s.during) ORDER BY starts_at, session_id;

CREATE TEMP TABLE dense AS
SELECT s.shift_id, s.event_id, s.starts_at, p.party_id, x.event_duty_id AS except_id, o.reason_code, o.detail, pg_temp.busy(s.shift_id, p.party_id, x.event_duty_id) AS plain
FROM shift s
CROSS JOIN party p
CROSS JOIN LATERAL (SELECT 0::bigint AS event_duty_id
                    UNION ALL SELECT d.event_duty_id FROM event_duty d WHERE d.party_id = p.party_id AND (d.shift_id = s.shift_id OR d.event_duty_id % 5 = s.shift_id % 5)) x
CROSS JOIN LATERAL _duty_obstacles(s.event_id, s.shift_id, p.party_id, x.event_duty_id) o
WHERE s.event_id > 7000 AND p.party_id > 70000;
SELECT is(string_agg(d::text, ' '), NULL, 'busy is whoever is busy by the plain rule') FROM dense d
WHERE reason_code IS DISTINCT FROM 'has_it' AND reason_code IS DISTINCT FROM 'declined' AND (reason_code IS DISTINCT FROM CASE WHEN plain IS NOT NULL THEN 'busy' END OR detail IS DISTINCT FROM plain);
SELECT cmp_ok(count(*), '>', 1000::bigint, 'in many cases: ' || count(*)) FROM dense WHERE reason_code IS DISTINCT FROM 'has_it' AND reason_code IS DISTINCT FROM 'declined';
SELECT cmp_ok(least(count(*) FILTER (WHERE plain IS NULL), count(*) FILTER (WHERE plain !~ ' at dense'), count(*) FILTER (WHERE plain ~ ' at dense' AND plain !~ '^speaks'),
                    count(*) FILTER (WHERE plain ~ '^speaks'), count(*) FILTER (WHERE plain IS NOT NULL AND except_id > 0)), '>', 10::bigint, 'of every kind')
FROM dense WHERE reason_code IS NULL OR reason_code = 'busy';
SELECT is(string_agg(x::text, ' '), NULL, 'and load is that of the plain rule')
FROM (SELECT e.event_id, d.party_id, d.event_duty_id, ARRAY[l.at_event, l.in_month, l.load] AS got, pg_temp.load(e.event_id, d.party_id, d.event_duty_id) AS plain
      FROM event e
      CROSS JOIN (SELECT party_id, min(event_duty_id) AS event_duty_id FROM event_duty WHERE party_id IS NOT NULL GROUP BY party_id
                  UNION ALL SELECT party_id, 0 FROM party WHERE party_id > 70000) d
      CROSS JOIN LATERAL (SELECT o.* FROM _duty_obstacles(e.event_id, NULL, d.party_id, d.event_duty_id) o LIMIT 1) l
      WHERE e.event_id > 7000 OR e.event_id % 40 = d.party_id % 40) x
WHERE got <> plain;

-- Nobody is looked up more slowly for having helped a thousand times.
INSERT INTO event (event_id, status_code, name_en, starts_at, ends_at)
SELECT 8000 + n, 'planned', 'long ago ' || n, timestamptz '2040-01-01 09:00Z' + n * interval '1 day', timestamptz '2040-01-01 12:00Z' + n * interval '1 day' FROM generate_series(1, 1000) n;
INSERT INTO party (party_id, kind) VALUES (80001, 'person');
INSERT INTO shift (event_id, duty_code) SELECT 8000 + n, 'check_in' FROM generate_series(1, 1000) n;
SELECT count(pg_temp.give(8000 + n, 'check_in', 80001, CASE n % 2 WHEN 0 THEN timestamptz '2040-01-01 09:00Z' + n * interval '1 day' END,
                          CASE n % 2 WHEN 0 THEN timestamptz '2040-01-01 11:00Z' + n * interval '1 day' END)) FROM generate_series(1, 999) n \g /dev/null
INSERT INTO session (session_id, event_id, format_code, starts_at, ends_at)
SELECT event_id, event_id, 'mini_talk', ends_at - interval '30 minutes', ends_at FROM event WHERE event_id > 8001;
INSERT INTO speaker (session_id, person_id) SELECT session_id, 80001 FROM session WHERE session_id BETWEEN 8001 AND 8999;
ANALYZE event, event_duty, shift, session, speaker;
CREATE FUNCTION pg_temp.fetched() RETURNS bigint LANGUAGE sql
RETURN (SELECT sum(seq_tup_read + idx_tup_fetch) FROM pg_stat_xact_user_tables
        WHERE schemaname = 't_work_group' AND relname IN ('event', 'event_duty', 'shift', 'session', 'speaker'));
CREATE TEMP TABLE effort (place text, fetched bigint);
INSERT INTO effort SELECT 'before', pg_temp.fetched();
CREATE TEMP TABLE at_last AS SELECT o.* FROM shift s, _duty_obstacles(s.event_id, s.shift_id, 80001, 0) o WHERE s.event_id = 9000;
INSERT INTO effort SELECT 'after', pg_temp.fetched();
SELECT is(count(*), 999::bigint, 'somebody has had many duties') FROM event_duty WHERE party_id = 80001 AND status_code = 'confirmed';
SELECT results_eq('SELECT reason_code, detail FROM at_last', 'VALUES (NULL::text, NULL::text)', 'and could have one more');
SELECT cmp_ok(a.fetched - b.fetched - 2 * 999, '<', 50::bigint, format('which takes %s rows to find out, beside each duty and its event', a.fetched - b.fetched - 2 * 999))
FROM effort a, effort b WHERE a.place = 'after' AND b.place = 'before';
DELETE FROM event_duty WHERE event_id > 7000;
UPDATE event SET status_code = 'planned' WHERE event_id > 7000 AND is_off;
DELETE FROM event WHERE event_id > 7000;

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
