-- Matching: candidate, proposal, season_proposal, unmet, propose, satisfaction
-- and event_need against formulations of their own, on many small random
-- communities; totals against exhaustive search.
--
-- pg_prove -d DATABASE test/pgtap/proposal.sql

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

SELECT salon.create_space('t_proposal') \g /dev/null
SET LOCAL search_path = t_proposal, salon, public;
SET LOCAL salon.lang = 'en';
SET LOCAL jit = off;

SELECT no_plan();

SELECT setseed(0.271828) \g /dev/null

INSERT INTO city (city_code, name_en) VALUES ('aa', 'A'), ('bb', 'B');
INSERT INTO resource (resource_code, parent_code, name_en, name_zh, is_used_up) VALUES
    ('good',      NULL,   'good',      '物', true),
    ('good_kind', 'good', 'good kind', '物种', true),
    ('tale',      NULL,   'tale',      '谈', false),
    ('tale_kind', 'tale', 'tale kind', '谈种', false),
    ('wish',      NULL,   'wish',      '愿', true),
    ('wish_kind', 'wish', 'wish kind', '愿种', false),
    ('idle',      NULL,   'idle',      '闲', true);
INSERT INTO satisfies (supplied_code, demanded_code, weight, reason_en, reason_zh) VALUES
    ('good', 'wish', 0.5, 'a good wish', '好'), ('good_kind', 'wish', 0.7, 'a kind wish', '善'),
    ('tale', 'wish_kind', 0.25, 'a tall tale', '长'), ('wish', 'tale', 0.9, 'a wishful tale', '想');

CREATE FUNCTION pg_temp.pick(choices text[]) RETURNS text LANGUAGE sql VOLATILE
RETURN choices[1 + floor(random() * cardinality(choices))::int];
CREATE FUNCTION pg_temp.pick(choices text) RETURNS text LANGUAGE sql VOLATILE
RETURN pg_temp.pick(string_to_array(btrim(choices, '{}'), ','));
CREATE FUNCTION pg_temp.number(most int) RETURNS int LANGUAGE sql VOLATILE
RETURN floor(random() * (most + 1))::int;

-- A random community: few parties, events and terms, so that much meets.
CREATE FUNCTION pg_temp.scatter(parties int, events int, supplies int, demands int, pledges int) RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    codes text[] := '{good,good_kind,tale,tale_kind,wish,wish_kind}';
    days text[] := '{2031-03-01,2031-03-02,none}';
    i int;
    day text;
    its bigint;
    becomes text;
BEGIN
    TRUNCATE party, event CASCADE;
    INSERT INTO party (party_id, kind, name_en) SELECT n, 'organization', 'p' || n FROM generate_series(1, parties) n;
    FOR i IN 1..events LOOP
        day := pg_temp.pick(days);
        INSERT INTO event (event_id, status_code, name_en, starts_at, ends_at, city_code, time_zone, cancelled_reason)
        SELECT i, s, 'e' || i, t, t + interval '3 hours', nullif(pg_temp.pick('{aa,bb,aa,}'), ''), z, 'rain'
        FROM (SELECT CASE WHEN day = 'none' THEN pg_temp.pick('{idea,planned,cancelled}')
                          ELSE pg_temp.pick('{idea,planned,announced,planned,held,cancelled}') END AS s,
                     -- late in the evening: the day is that of the place
                     (nullif(day, 'none') || ' 23:30+08')::timestamptz AS t,
                     pg_temp.pick('{Asia/Shanghai,Asia/Tokyo}') AS z) x;
        INSERT INTO event_party (event_id, party_id, part_code)
        SELECT i, p, c
        FROM generate_series(1, parties) p
        CROSS JOIN unnest('{guest_company,sponsor}'::text[]) c
        WHERE random() < 0.4;
    END LOOP;
    FOR i IN 1..supplies LOOP
        INSERT INTO supply (supply_id, party_id, event_id, resource_code, quantity, city_code, valid_from, valid_before, priority)
        SELECT i, CASE WHEN o < 0.75 THEN 1 + pg_temp.number(parties - 1) END,
               CASE WHEN o >= 0.75 THEN 1 + pg_temp.number(events - 1) END,
               pg_temp.pick(codes), nullif(pg_temp.number(4), 4), nullif(pg_temp.pick('{aa,bb,,,}'), ''),
               nullif(pg_temp.pick('{2031-03-02,,,}'), '')::date, nullif(pg_temp.pick('{2031-03-03,,,}'), '')::date, 1 + pg_temp.number(4)
        FROM (SELECT random() AS o) x;
    END LOOP;
    FOR i IN 1..demands LOOP
        INSERT INTO demand (demand_id, party_id, event_id, resource_code, quantity, city_code, valid_from, valid_before, priority, purpose)
        SELECT i, CASE WHEN o < 0.5 THEN 1 + pg_temp.number(parties - 1) END,
               CASE WHEN o >= 0.5 THEN 1 + pg_temp.number(events - 1) END,
               pg_temp.pick(codes || 'idle'::text), nullif(1 + pg_temp.number(3), 4), nullif(pg_temp.pick('{aa,bb,,,,}'), ''),
               nullif(pg_temp.pick('{2031-03-02,,,,}'), '')::date, nullif(pg_temp.pick('{2031-03-03,,,,}'), '')::date, 1 + pg_temp.number(4),
               nullif(pg_temp.pick('{end,means,}'), '')
        FROM (SELECT random() AS o) x;
    END LOOP;
    FOR i IN 1..pledges LOOP
        BEGIN
            becomes := pg_temp.pick('{proposed,signed,in_part,fulfilled,declined,withdrawn}');
            INSERT INTO commitment (supply_id, demand_id, event_id, quantity, value)
            SELECT s.supply_id, d.demand_id, nullif(pg_temp.number(events), 0), 1 + pg_temp.number(1), pg_temp.number(9)
            FROM supply s CROSS JOIN demand d ORDER BY random() LIMIT 1
            RETURNING agreement_id INTO its;
            UPDATE agreement SET status_code = 'signed' WHERE agreement_id = its AND becomes IN ('in_part', 'fulfilled');
            UPDATE agreement SET status_code = becomes WHERE agreement_id = its AND becomes NOT IN ('proposed', 'in_part', 'fulfilled');
            INSERT INTO delivery (commitment_id, quantity) SELECT commitment_id, 1 FROM commitment WHERE agreement_id = its AND becomes = 'in_part';
            PERFORM deliver(its) WHERE becomes = 'fulfilled';
        EXCEPTION WHEN check_violation OR object_not_in_prerequisite_state THEN
            NULL;
        END;
    END LOOP;
END
$$;

-- What counts of a promise.
CREATE VIEW promise AS
SELECT c.event_id, c.supply_id, c.demand_id, c.quantity, a.status_code,
       CASE WHEN a.status_code IN ('signed', 'fulfilled') THEN coalesce((SELECT sum(d.quantity) FROM delivery d WHERE d.commitment_id = c.commitment_id), 0) ELSE 0 END AS delivered
FROM commitment c
JOIN agreement a USING (agreement_id)
WHERE a.event_id IS NULL OR a.event_id NOT IN (SELECT e.event_id FROM event e WHERE e.status_code = 'cancelled');
CREATE VIEW alive AS
SELECT * FROM promise WHERE status_code IN ('proposed', 'signed', 'fulfilled');

-- How well one resource serves another, from the tables alone.
CREATE VIEW how_well AS
WITH RECURSIVE up (code, above) AS (
    SELECT resource_code, resource_code FROM resource
    UNION
    SELECT up.code, r.parent_code FROM up JOIN resource r ON r.resource_code = up.above AND r.parent_code IS NOT NULL
)
SELECT supplied, demanded, max(weight) AS weight
FROM (SELECT code AS supplied, above AS demanded, 1.00 AS weight FROM up
      UNION ALL
      SELECT a.code, b.above, w.weight FROM satisfies w JOIN up a ON a.above = w.supplied_code JOIN up b ON b.code = w.demanded_code) x
GROUP BY 1, 2;

-- Markets, and every demand and every supply in them.
CREATE VIEW market AS
SELECT event_id, city_code, (starts_at AT TIME ZONE time_zone)::date AS day
FROM event WHERE status_code NOT IN ('held', 'recapped', 'cancelled')
UNION ALL
SELECT NULL, NULL, _today();

CREATE VIEW wanted AS
SELECT m.event_id, m.day, d.demand_id, d.party_id, d.resource_code, d.priority, coalesce(d.city_code, m.city_code) AS city_code,
       greatest(coalesce(d.quantity, 1) - coalesce((SELECT sum(a.quantity) FROM alive a
                WHERE a.demand_id = d.demand_id AND a.event_id IS NOT DISTINCT FROM m.event_id), 0), 0) AS needed
FROM market m
JOIN demand d ON d.event_id = m.event_id
              OR (d.party_id IS NOT NULL AND m.event_id IS NULL)
              OR (d.party_id IN (SELECT ep.party_id FROM event_party ep WHERE ep.event_id = m.event_id)
                  AND coalesce(d.city_code = m.city_code, true))
WHERE coalesce(m.day >= d.valid_from, true) AND coalesce(m.day < d.valid_before, true);

CREATE VIEW pair AS
SELECT w.event_id,
       CASE WHEN w.party_id IS NULL THEN 'to_event' WHEN s.event_id IS NOT NULL THEN 'from_event' ELSE 'among_parties' END AS direction,
       s.supply_id, w.demand_id, h.weight, h.weight * w.priority * s.priority AS value,
       CASE WHEN r.is_used_up THEN s.quantity - coalesce((SELECT sum(a.quantity) FROM alive a WHERE a.supply_id = s.supply_id), 0) END AS offered,
       w.needed,
       CASE WHEN NOT r.is_used_up
            THEN greatest(coalesce(s.quantity, 1) - coalesce((SELECT sum(a.quantity) FROM alive a
                 WHERE a.supply_id = s.supply_id AND a.demand_id = w.demand_id AND a.event_id IS NOT DISTINCT FROM w.event_id), 0), 0) END AS at_most,
       EXISTS (SELECT FROM promise g WHERE g.supply_id = s.supply_id AND g.demand_id = w.demand_id
                                      AND g.event_id IS NOT DISTINCT FROM w.event_id AND g.status_code = 'declined') AS declined,
       coalesce(s.city_code = w.city_code, true) AS here,
       coalesce(w.day >= s.valid_from, true) AND coalesce(w.day < s.valid_before, true) AS now
FROM wanted w
JOIN supply s ON CASE WHEN w.party_id IS NULL THEN s.party_id IS NOT NULL
                      WHEN s.event_id IS NOT NULL THEN s.event_id = w.event_id
                      WHEN w.event_id IS NULL THEN s.party_id <> w.party_id
                      ELSE s.party_id <> w.party_id
                           AND s.party_id IN (SELECT ep.party_id FROM event_party ep WHERE ep.event_id = w.event_id) END
JOIN resource r ON r.resource_code = s.resource_code
JOIN how_well h ON h.supplied = s.resource_code AND h.demanded = w.resource_code;

CREATE VIEW expected_candidate AS
SELECT event_id, direction, supply_id, demand_id, value, weight, offered, needed, at_most
FROM pair
WHERE here AND now AND NOT declined AND needed > 0 AND coalesce(offered > 0, true) AND coalesce(at_most > 0, true);

-- The best total by exhaustive search: every quantity for every pair.
CREATE FUNCTION pg_temp.best(s int[], d int[], v numeric[], cap int[], have int[], want int[], i int DEFAULT 1) RETURNS numeric
LANGUAGE plpgsql AS $$
DECLARE
    most int;
    best numeric := 0;
    h int[];
    w int[];
BEGIN
    IF i > coalesce(cardinality(s), 0) THEN
        RETURN 0;
    END IF;
    most := least(cap[i], have[s[i]], want[d[i]]);
    FOR q IN 0..most LOOP
        h := have;
        h[s[i]] := h[s[i]] - q;
        w := want;
        w[d[i]] := w[d[i]] - q;
        best := greatest(best, q * v[i] + pg_temp.best(s, d, v, cap, h, w, i + 1));
    END LOOP;
    RETURN best;
END
$$;

-- The best total of one market (or of all events as one); NULL when there is
-- too much to try.
CREATE FUNCTION pg_temp.best_of(market bigint, season boolean DEFAULT false) RETURNS numeric
LANGUAGE plpgsql AS $$
DECLARE
    result numeric;
BEGIN
    WITH c AS (
        SELECT c.supply_id, coalesce(c.event_id, 0) * 1000 + c.demand_id AS demand_id, c.value,
               least(c.needed, coalesce(c.offered, c.needed), coalesce(c.at_most, c.needed))::int AS cap,
               coalesce(c.offered, 99)::int AS offered, c.needed::int AS needed
        FROM candidate_now c
        WHERE CASE WHEN season THEN c.event_id IS NOT NULL ELSE c.event_id IS NOT DISTINCT FROM market END
    ), numbered AS (
        SELECT c.*, dense_rank() OVER (ORDER BY supply_id)::int AS s, dense_rank() OVER (ORDER BY demand_id)::int AS d,
               row_number() OVER (ORDER BY supply_id, demand_id) AS i
        FROM c
    ), size AS (
        SELECT coalesce(exp(sum(ln(cap + 1))), 1) AS tries FROM c
    )
    SELECT CASE WHEN (SELECT tries FROM size) <= 3000
                THEN coalesce(pg_temp.best(array_agg(s ORDER BY i), array_agg(d ORDER BY i), array_agg(value ORDER BY i), array_agg(cap ORDER BY i),
                                  (SELECT array_agg(offered ORDER BY s) FROM (SELECT DISTINCT s, offered FROM numbered) x),
                                  (SELECT array_agg(needed ORDER BY d) FROM (SELECT DISTINCT d, needed FROM numbered) x)), 0) END
    INTO result
    FROM numbered;
    RETURN result;
END
$$;

CREATE TEMP TABLE candidate_now AS SELECT event_id, direction, supply_id, demand_id, value, weight, offered, needed, at_most FROM candidate;
CREATE TEMP TABLE proposal_now AS SELECT event_id, direction, supply_id, demand_id, quantity, needed, value, weight FROM proposal;
CREATE TEMP TABLE season_now AS SELECT event_id, direction, supply_id, demand_id, quantity, needed, value, weight FROM season_proposal;
CREATE TEMP TABLE unmet_now AS SELECT event_id, demand_id, needed, unmet, reason_code, taken_by_demand_id, taken_by_event_id FROM unmet
    WHERE event_id IS NULL OR event_id NOT IN (SELECT o.event_id FROM t_proposal.event o WHERE o.took_place);
CREATE TEMP TABLE tally (what text, wrong bigint, tried bigint);

-- One community: everything that can be said of it, into table tally.
CREATE FUNCTION pg_temp.examine() RETURNS void
LANGUAGE plpgsql AS $$
DECLARE
    m record;
    total numeric;
    greedy numeric := 0;
    answered bigint;
BEGIN
    DELETE FROM candidate_now;
    DELETE FROM proposal_now;
    DELETE FROM season_now;
    DELETE FROM unmet_now;
    INSERT INTO candidate_now SELECT event_id, direction, supply_id, demand_id, value, weight, offered, needed, at_most FROM candidate;
    INSERT INTO proposal_now SELECT event_id, direction, supply_id, demand_id, quantity, needed, value, weight FROM proposal;
    INSERT INTO season_now SELECT event_id, direction, supply_id, demand_id, quantity, needed, value, weight FROM season_proposal;
    INSERT INTO unmet_now SELECT event_id, demand_id, needed, unmet, reason_code, taken_by_demand_id, taken_by_event_id FROM unmet
    WHERE event_id IS NULL OR event_id NOT IN (SELECT o.event_id FROM t_proposal.event o WHERE o.took_place);

    INSERT INTO tally SELECT 'candidate', count(*), (SELECT count(*) FROM candidate_now)
    FROM ((TABLE candidate_now EXCEPT ALL TABLE expected_candidate) UNION ALL (TABLE expected_candidate EXCEPT ALL TABLE candidate_now)) x;
    INSERT INTO tally SELECT 'candidate ' || direction || CASE WHEN event_id IS NULL THEN ', no event' ELSE '' END, 0, count(*)
    FROM candidate_now GROUP BY 1;

    -- proposals are candidates, within all limits
    INSERT INTO tally SELECT 'proposal row', count(*) FILTER (WHERE c.supply_id IS NULL OR p.quantity < 1 OR p.quantity > c.at_most), count(*)
    FROM proposal_now p
    LEFT JOIN candidate_now c ON c.event_id IS NOT DISTINCT FROM p.event_id AND (c.supply_id, c.demand_id, c.direction, c.value, c.weight, c.needed)
                                  = (p.supply_id, p.demand_id, p.direction, p.value, p.weight, p.needed);
    INSERT INTO tally SELECT 'proposal of a supply', count(*) FILTER (WHERE given > offered), count(*)
    FROM (SELECT p.event_id, p.supply_id, sum(p.quantity) AS given, min(c.offered) AS offered
          FROM proposal_now p JOIN candidate_now c ON c.event_id IS NOT DISTINCT FROM p.event_id AND (c.supply_id, c.demand_id) = (p.supply_id, p.demand_id)
          GROUP BY 1, 2) x;
    INSERT INTO tally SELECT 'proposal for a demand', count(*) FILTER (WHERE given > needed), count(*)
    FROM (SELECT event_id, demand_id, sum(quantity) AS given, min(needed) AS needed FROM proposal_now GROUP BY 1, 2) x;
    INSERT INTO tally SELECT 'season row', count(*) FILTER (WHERE c.supply_id IS NULL OR p.quantity < 1 OR p.quantity > c.at_most OR p.quantity > p.needed), count(*)
    FROM season_now p
    LEFT JOIN candidate_now c ON (c.event_id, c.supply_id, c.demand_id, c.value) = (p.event_id, p.supply_id, p.demand_id, p.value);
    INSERT INTO tally SELECT 'season of a supply', count(*) FILTER (WHERE given > offered), count(*)
    FROM (SELECT p.supply_id, sum(p.quantity) AS given, min(c.offered) AS offered
          FROM season_now p JOIN candidate_now c USING (event_id, supply_id, demand_id) GROUP BY 1) x;
    INSERT INTO tally SELECT 'season for a demand', count(*) FILTER (WHERE given > needed), count(*)
    FROM (SELECT event_id, demand_id, sum(quantity) AS given, min(needed) AS needed FROM season_now GROUP BY 1, 2) x;

    -- totals
    FOR m IN SELECT event_id FROM market LOOP
        total := pg_temp.best_of(m.event_id);
        IF total IS NOT NULL THEN
            INSERT INTO tally SELECT 'best total', (total <> coalesce(sum(quantity * value), 0))::int, (total > 0)::int
            FROM proposal_now WHERE event_id IS NOT DISTINCT FROM m.event_id;
        END IF;
        -- asked for alone, an event gets the same
        INSERT INTO tally SELECT 'alone', count(*), 1
        FROM ((SELECT event_id, direction, supply_id, demand_id, quantity, needed, value, weight FROM proposal WHERE event_id = m.event_id
               EXCEPT ALL SELECT * FROM proposal_now WHERE event_id = m.event_id)
              UNION ALL
              (SELECT * FROM proposal_now WHERE event_id = m.event_id
               EXCEPT ALL SELECT event_id, direction, supply_id, demand_id, quantity, needed, value, weight FROM proposal WHERE event_id = m.event_id)) x;
    END LOOP;
    total := pg_temp.best_of(NULL, season => true);
    IF total IS NOT NULL THEN
        INSERT INTO tally SELECT 'best total of the season', (total <> coalesce(sum(quantity * value), 0))::int, (total > 0)::int FROM season_now;
    END IF;

    -- unmet accounts for everything that is wanted
    INSERT INTO tally
    SELECT 'unmet', count(*) FILTER (WHERE w.needed <> coalesce(p.given, 0) + coalesce(u.unmet, 0) OR u.unmet <= 0 OR u.needed <> w.needed
                                        OR w.demand_id IS NULL), count(*)
    FROM wanted w
    FULL JOIN unmet_now u ON u.event_id IS NOT DISTINCT FROM w.event_id AND u.demand_id = w.demand_id
    LEFT JOIN (SELECT event_id, demand_id, sum(quantity) AS given FROM proposal_now GROUP BY 1, 2) p
           ON p.event_id IS NOT DISTINCT FROM w.event_id AND p.demand_id = w.demand_id;
    INSERT INTO tally
    SELECT 'reason ' || u.reason_code, count(*) FILTER (WHERE u.reason_code <> x.reason_code), count(*)
    FROM unmet_now u
    CROSS JOIN LATERAL (
        SELECT CASE WHEN count(*) = 0 THEN 'nobody'
                    WHEN bool_or(p.here AND p.now AND NOT p.declined AND p.offered IS NOT NULL
                                 AND (EXISTS (SELECT FROM proposal_now o WHERE o.supply_id = p.supply_id AND o.event_id IS NOT DISTINCT FROM u.event_id
                                                                           AND o.demand_id <> u.demand_id)
                                      OR (p.offered <= 0
                                          AND EXISTS (SELECT FROM alive a WHERE a.supply_id = p.supply_id
                                                                            AND (a.demand_id, a.event_id) IS DISTINCT FROM (u.demand_id, u.event_id)))))
                        THEN 'used_up'
                    WHEN bool_or(p.here AND p.now AND NOT p.declined) THEN 'too_little'
                    WHEN bool_or(p.here AND p.now) THEN 'declined'
                    WHEN bool_or(p.now) THEN 'wrong_city'
                    WHEN bool_or(p.here) THEN 'wrong_dates'
                    ELSE 'wrong_city_and_dates' END AS reason_code
        FROM pair p
        WHERE p.event_id IS NOT DISTINCT FROM u.event_id AND p.demand_id = u.demand_id
    ) x
    GROUP BY 1;
    -- after the event: what was wanted and not given, whoever wanted it
    INSERT INTO tally
    SELECT 'stayed unmet', count(*) FILTER (WHERE u.unmet IS DISTINCT FROM x.short OR u.reason_code <> x.reason_code), count(*)
    FROM (SELECT e.event_id, d.demand_id, coalesce(d.quantity, 1) - coalesce(a.given, 0) AS short,
                 CASE WHEN a.owed THEN 'not_delivered' WHEN a.given > 0 THEN 'too_little' WHEN a.declined THEN 'declined' WHEN a.withdrawn THEN 'withdrawn'
                      WHEN a.proposed THEN 'not_confirmed' ELSE 'not_given' END AS reason_code
          FROM event e
          JOIN demand d ON d.event_id = e.event_id
                        OR (EXISTS (SELECT FROM event_party ep WHERE ep.event_id = e.event_id AND ep.party_id = d.party_id)
                            AND (d.city_code = e.city_code) IS NOT FALSE
                            AND ((e.starts_at AT TIME ZONE e.time_zone)::date >= d.valid_from) IS NOT FALSE
                            AND ((e.starts_at AT TIME ZONE e.time_zone)::date < d.valid_before) IS NOT FALSE)
          LEFT JOIN (SELECT k.event_id, k.demand_id, sum(k.delivered) AS given, bool_or(k.status_code = 'signed') AS owed,
                            bool_or(k.status_code = 'declined') AS declined, bool_or(k.status_code = 'withdrawn') AS withdrawn,
                            bool_or(k.status_code = 'proposed') AS proposed
                     FROM promise k GROUP BY 1, 2) a ON a.event_id = e.event_id AND a.demand_id = d.demand_id
          WHERE e.took_place) x
    FULL JOIN (SELECT * FROM unmet WHERE event_id IN (SELECT o.event_id FROM t_proposal.event o WHERE o.took_place)) u USING (event_id, demand_id)
    WHERE x.short > 0 OR u.event_id IS NOT NULL;
    -- who is said to have it does have it
    INSERT INTO tally
    SELECT 'taken by', count(*) FILTER (WHERE (u.reason_code = 'used_up') <> (u.taken_by_demand_id IS NOT NULL)
        OR (u.taken_by_demand_id IS NOT NULL
            AND NOT EXISTS (SELECT FROM pair p
                            JOIN (SELECT event_id, supply_id, demand_id FROM proposal_now UNION ALL SELECT event_id, supply_id, demand_id FROM alive) t
                              USING (supply_id)
                            WHERE p.event_id IS NOT DISTINCT FROM u.event_id AND p.demand_id = u.demand_id AND p.here AND p.now
                              AND t.demand_id = u.taken_by_demand_id AND t.event_id IS NOT DISTINCT FROM u.taken_by_event_id))),
        count(u.taken_by_demand_id)
    FROM unmet_now u;

    -- satisfaction and event_need
    INSERT INTO tally
    SELECT 'satisfaction', count(*), (SELECT count(*) FROM satisfaction)
    FROM (
        (SELECT event_id, party_id, demands, met, met_if_confirmed, share, share_if_confirmed, end_share FROM satisfaction
         EXCEPT ALL TABLE expected_satisfaction)
        UNION ALL
        (TABLE expected_satisfaction
         EXCEPT ALL SELECT event_id, party_id, demands, met, met_if_confirmed, share, share_if_confirmed, end_share FROM satisfaction)) x;

    -- one event after the other is never better than all together
    total := (SELECT coalesce(sum(quantity * value), 0) FROM season_now);
    BEGIN
        FOR m IN SELECT event_id FROM market WHERE event_id IS NOT NULL ORDER BY random() LOOP
            greedy := greedy + (SELECT coalesce(sum(p.quantity * p.value), 0) FROM proposal p WHERE p.event_id = m.event_id);
            answered := (SELECT count(*) FROM proposal p WHERE p.event_id = m.event_id);
            -- what is proposed is taken, and nothing is left to propose
            IF propose(m.event_id) <> answered THEN
                RAISE EXCEPTION 'for event % something else was proposed', m.event_id;
            END IF;
            IF EXISTS (SELECT FROM proposal p WHERE p.event_id = m.event_id) THEN
                RAISE EXCEPTION 'for event % something is left to propose', m.event_id;
            END IF;
            IF EXISTS (SELECT FROM unmet u JOIN wanted w USING (event_id, demand_id) WHERE event_id = m.event_id AND u.unmet <> w.needed) THEN
                RAISE EXCEPTION 'event % has other needs', m.event_id;
            END IF;
        END LOOP;
        RAISE EXCEPTION USING ERRCODE = 'ZZZZZ';
    EXCEPTION WHEN SQLSTATE 'ZZZZZ' THEN
        NULL;
    END;
    INSERT INTO tally VALUES ('season is no worse', (greedy > total)::int, (greedy > 0)::int), ('season is better', 0, (greedy < total)::int);
END
$$;

CREATE VIEW expected_satisfaction AS
SELECT event_id, party_id, count(*) AS demands,
       count(*) FILTER (WHERE agreed = 1) AS met, count(*) FILTER (WHERE hoped = 1) AS met_if_confirmed,
       round(sum(agreed * priority) / sum(priority), 3) AS share, round(sum(hoped * priority) / sum(priority), 3) AS share_if_confirmed,
       round(sum(CASE purpose WHEN 'end' THEN agreed * priority END) / sum(CASE purpose WHEN 'end' THEN priority END), 3) AS end_share
FROM (
    SELECT e.event_id, d.party_id, d.priority, d.purpose,
           least(1, coalesce((SELECT sum(CASE WHEN e.took_place THEN delivered ELSE quantity END) FROM promise p WHERE p.event_id = e.event_id AND p.demand_id = d.demand_id
                                                                  AND status_code IN ('signed', 'fulfilled')), 0) / coalesce(d.quantity, 1)) AS agreed,
           least(1, coalesce((SELECT sum(CASE WHEN e.took_place THEN delivered ELSE quantity END) FROM alive p WHERE p.event_id = e.event_id AND p.demand_id = d.demand_id), 0)
                    / coalesce(d.quantity, 1)) AS hoped
    FROM event e
    CROSS JOIN demand d
    WHERE e.status_code <> 'cancelled'
      AND EXISTS (SELECT FROM event_party ep WHERE ep.event_id = e.event_id AND ep.party_id = d.party_id)
      AND coalesce(d.city_code = e.city_code, true)
      AND coalesce((e.starts_at AT TIME ZONE e.time_zone)::date >= d.valid_from, true)
      AND coalesce((e.starts_at AT TIME ZONE e.time_zone)::date < d.valid_before, true)
) x
GROUP BY 1, 2;

SET LOCAL salon.import = on;  -- events and agreements are entered in every status

DO $$
BEGIN
    FOR i IN 1..40 LOOP
        -- half of them tiny, for the exhaustive search
        IF i % 2 = 0 THEN
            PERFORM pg_temp.scatter(3, 2, 4, 4, i % 3);
        ELSE
            PERFORM pg_temp.scatter(5, 4, 12, 12, i % 7);
        END IF;
        PERFORM pg_temp.examine();
    END LOOP;
END
$$;

SELECT is(sum(wrong), 0::numeric, what || ': right') FROM tally GROUP BY what ORDER BY what COLLATE "C";
SELECT cmp_ok(coalesce(sum(tried), 0), '>=', least::numeric, what || ': tried often enough')
FROM (VALUES ('candidate to_event', 50), ('candidate from_event', 20), ('candidate among_parties', 20), ('candidate among_parties, no event', 50),
             ('proposal row', 100), ('season row', 60), ('best total', 30), ('best total of the season', 8), ('season is better', 3),
             ('reason nobody', 20), ('reason used_up', 6), ('reason too_little', 20), ('reason wrong_city', 5), ('reason wrong_dates', 5),
             ('reason wrong_city_and_dates', 1), ('taken by', 6), ('satisfaction', 50), ('stayed unmet', 20)) v (what, least)
LEFT JOIN tally USING (what)
GROUP BY what, least
ORDER BY what COLLATE "C";

-- The language changes labels only.

SELECT pg_temp.scatter(6, 4, 24, 24, 6) \g /dev/null
CREATE TEMP TABLE in_english AS SELECT event_id, supply_id, demand_id, quantity, value, reason, supplied, demanded FROM proposal;
CREATE TEMP TABLE unmet_english AS SELECT event_id, demand_id, unmet, reason_code, taken_by_demand_id, reason FROM unmet;
SET LOCAL salon.lang = 'zh';
CREATE TEMP TABLE in_chinese AS SELECT event_id, supply_id, demand_id, quantity, value, reason, supplied, demanded FROM proposal;
CREATE TEMP TABLE unmet_chinese AS SELECT event_id, demand_id, unmet, reason_code, taken_by_demand_id, reason FROM unmet;
SET LOCAL salon.lang = 'en';
SELECT cmp_ok(count(*), '>', 5::bigint, 'there is something to say') FROM in_english;
SELECT bag_eq('SELECT event_id, supply_id, demand_id, quantity, value FROM in_english', 'SELECT event_id, supply_id, demand_id, quantity, value FROM in_chinese',
              'the proposal is the same in both languages');
SELECT bag_eq('SELECT event_id, demand_id, unmet, reason_code, taken_by_demand_id FROM unmet_english',
              'SELECT event_id, demand_id, unmet, reason_code, taken_by_demand_id FROM unmet_chinese', 'so is what stays unmet');
SELECT is(count(*), 0::bigint, 'the labels are not')
FROM in_english e JOIN in_chinese c USING (supply_id, demand_id, quantity)
WHERE c.event_id IS NOT DISTINCT FROM e.event_id
  AND (e.reason = c.reason OR e.supplied = c.supplied OR e.demanded = c.demanded OR num_nulls(e.reason, c.reason, e.supplied, c.supplied) > 0);
SELECT is(count(*), 0::bigint, 'nor the reasons')
FROM unmet_english e JOIN unmet_chinese c USING (demand_id)
WHERE c.event_id IS NOT DISTINCT FROM e.event_id AND (e.reason = c.reason OR num_nulls(e.reason, c.reason) > 0);

-- The largest quantities add up.

SELECT pg_temp.scatter(4, 1, 0, 0, 0) \g /dev/null
TRUNCATE event CASCADE;
INSERT INTO event (event_id, status_code) SELECT n, 'planned' FROM generate_series(1, 50) n;
INSERT INTO demand (event_id, resource_code, quantity) SELECT n, 'good', 1000000000000 FROM generate_series(1, 50) n;
INSERT INTO supply (party_id, resource_code, quantity) SELECT 1 + n % 4, 'good', 1000000000000 FROM generate_series(1, 50) n;
SELECT is(sum(quantity), 50000000000000::numeric, 'the largest quantities are given') FROM season_proposal;
SELECT is(sum(unmet), NULL, 'and nothing stays unmet') FROM unmet WHERE event_id = 7;

-- From a proposal to satisfaction.

SELECT pg_temp.scatter(4, 1, 0, 0, 0) \g /dev/null
UPDATE event SET starts_at = NULL, ends_at = NULL, city_code = NULL WHERE status_code IN ('idea', 'planned');
TRUNCATE event CASCADE;
INSERT INTO event (event_id, status_code, name_en) VALUES (1, 'planned', 'e');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host'), (1, 2, 'sponsor');
INSERT INTO supply (supply_id, event_id, resource_code, quantity) VALUES (1, 1, 'good', 3);
INSERT INTO supply (supply_id, party_id, resource_code, quantity) VALUES (2, 3, 'wish', 5);
INSERT INTO demand (demand_id, party_id, resource_code, quantity, purpose, priority) VALUES (1, 1, 'good', 2, 'end', 5), (2, 2, 'good', 2, 'means', 3);
INSERT INTO demand (demand_id, event_id, resource_code, quantity) VALUES (3, 1, 'wish', 7), (4, 1, 'idle', NULL);
SELECT is(propose(1), 3::bigint, 'three promises are proposed');
SELECT results_eq('SELECT party_id, demands, met, met_if_confirmed, share, share_if_confirmed, end_share FROM satisfaction ORDER BY 1',
    $$ VALUES (1::bigint, 1::bigint, 0::bigint, 1::bigint, 0.000, 1.000, 0.000), (2, 1, 0, 0, 0.000, 0.500, NULL) $$, 'hoped for, not agreed');
UPDATE agreement SET status_code = 'signed';
SELECT results_eq('SELECT party_id, demands, met, met_if_confirmed, share, share_if_confirmed, end_share, unmet FROM satisfaction ORDER BY 1',
    $$ VALUES (1::bigint, 1::bigint, 1::bigint, 1::bigint, 1.000, 1.000, 1.000, NULL), (2, 1, 0, 0, 0.500, 0.500, NULL, 'good') $$, 'confirmed: agreed');
SELECT results_eq('SELECT needed, agreed, short, coverage FROM event_need',
    $$ VALUES ('idle:1, wish:7', 'wish:5', 'idle:1, wish:2', 0.625) $$, 'event_need says what is short');
SELECT results_eq('SELECT demand_id, unmet, reason_code FROM unmet WHERE event_id = 1 ORDER BY 1',
    $$ VALUES (2::bigint, 1::bigint, 'used_up'), (3, 2, 'too_little'), (4, 1, 'nobody') $$, 'unmet says why');
UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id IN (SELECT agreement_id FROM commitment WHERE demand_id = 1);
SELECT results_eq('SELECT demand_id, quantity FROM proposal WHERE event_id = 1 ORDER BY 1', $$ VALUES (1::bigint, 2::bigint) $$,
    'what is withdrawn is proposed anew');
SELECT deliver(agreement_id) FROM agreement WHERE status_code = 'signed' \g /dev/null
SELECT results_eq('SELECT party_id, share FROM satisfaction ORDER BY 1', $$ VALUES (1::bigint, 0.000), (2, 0.500) $$, 'delivered counts, withdrawn does not');

-- What was declined is not proposed again, and one is told so.

INSERT INTO supply (supply_id, party_id, resource_code, quantity) VALUES (9, 3, 'idle', 1);
SELECT is(count(*), 1::bigint, 'somebody could give it') FROM proposal WHERE event_id = 1 AND demand_id = 4;
SELECT propose(1) \g /dev/null
UPDATE agreement SET status_code = 'declined' WHERE agreement_id IN (SELECT agreement_id FROM commitment WHERE demand_id = 4);
SELECT is(count(*), 0::bigint, 'but declined') FROM candidate WHERE event_id = 1 AND demand_id = 4;
SELECT results_eq('SELECT unmet, reason_code FROM unmet WHERE event_id = 1 AND demand_id = 4', $$ VALUES (1::bigint, 'declined') $$, 'which is the reason');
SELECT is(propose(1), 0::bigint, 'and nothing is proposed again');

SELECT * FROM finish();
ROLLBACK;
