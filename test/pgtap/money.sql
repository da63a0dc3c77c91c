-- Cost, contributions and entitlement: many random events against answers that
-- are worked out here line by line and seat by seat.
--
-- pg_prove -d DATABASE test/pgtap/money.sql

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

SELECT salon.create_space('t_money') \g /dev/null
SET LOCAL search_path = t_money, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.314159) \g /dev/null

INSERT INTO party (party_id, kind) SELECT n, 'organization' FROM generate_series(1, 8) n;
INSERT INTO series (series_id, name_en) SELECT n, 's' || n FROM generate_series(1, 5) n;
INSERT INTO event (event_id, name_en, series_id, planned_on_site, planned_online, actual_on_site, on_site_basis, actual_online, online_basis)
SELECT n, 'e' || n, nullif(n % 6, 0), nullif(floor(random() * 5)::int, 4) * 10, nullif(floor(random() * 5)::int, 4) * 1000,
       CASE WHEN n % 4 > 0 THEN floor(random() * 3)::int * 30 END, CASE WHEN n % 4 > 0 THEN (ARRAY['measured', 'claimed'])[1 + n % 2] END,
       CASE WHEN n % 7 > 0 THEN floor(random() * 3)::int * 7000 END, CASE WHEN n % 7 > 0 THEN (ARRAY['measured', 'claimed'])[1 + n % 3 / 2] END
FROM generate_series(1, 300) n;
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis)
SELECT e.event_id, k.cost_kind_code, nullif(floor(random() * 9)::int, 0), CASE WHEN random() < 0.9 THEN round((random() * 2000)::numeric, 2) END,
       CASE WHEN x.r < 0.9 THEN round((random() * 2000)::numeric, 2) END, CASE WHEN x.r < 0.8 THEN 'measured' WHEN x.r < 0.9 THEN 'claimed' END
FROM event e, cost_kind k, LATERAL (SELECT random() * CASE WHEN e.event_id % 2 = 0 THEN 0.8 ELSE 1 END AS r, e.event_id + k.ordinal) x WHERE random() < 0.7;
INSERT INTO package (event_id, name_en, benefits, price) SELECT event_id, 'p', 'logo_place:1, talk_slot:1', 100 FROM event WHERE event_id % 3 = 0;
INSERT INTO agreement (package_id, party_id) SELECT package_id, p FROM package, generate_series(1, 2) p;
UPDATE agreement SET status_code = 'signed' WHERE agreement_id % 2 = 0;
INSERT INTO delivery (commitment_id, amount, basis)
SELECT c.commitment_id, 60, 'measured' FROM commitment c WHERE c.agreement_id % 2 = 0 AND c.kind = 'money' AND c.giver_id IS NOT NULL;
DO $$
DECLARE
    worth numeric;
    k int;
BEGIN
    FOR n IN 1..1500 LOOP
        k := 1 + floor(random() * 3)::int;
        worth := CASE WHEN k = 1 OR random() < 0.8 THEN floor(random() * 5) * 100 END;
        PERFORM give(1 + floor(random() * 8)::int, nullif(floor(random() * 301)::int, 0), amount => worth,
                     resource_code => (ARRAY[NULL, 'small_gift', NULL])[k], hours => (ARRAY[NULL, NULL, 2])[k],
                     basis => (ARRAY['measured', 'claimed'])[1 + floor(random() * 2)::int]);
    END LOOP;
END
$$;
INSERT INTO supply (event_id, resource_code, quantity)
SELECT event_id, b, 2 + floor(random() * 12)::int FROM event, unnest(ARRAY['talk_slot', 'logo_place', 'booth']) b WHERE random() < 0.6;

-- Cost of an event, line by line.
CREATE FUNCTION pg_temp.cost_of(this bigint, OUT planned numeric, OUT actual numeric, OUT host_planned numeric, OUT host_actual numeric,
                                OUT planned_band text, OUT actual_band text, OUT per_head numeric, OUT per_view numeric) LANGUAGE plpgsql AS $$
DECLARE
    l record;
    e event;
    is_measured boolean := true;
    lines int := 0;
    is_host_planned boolean := true;
    is_host_actual boolean := true;
BEGIN
    SELECT * INTO e FROM event WHERE event_id = this;
    FOR l IN SELECT c.planned, c.actual, c.actual_basis, c.cost_kind_code <> 'gift' AS is_host FROM cost c WHERE c.event_id = this LOOP
        lines := lines + 1;
        is_measured := is_measured AND l.actual_basis IS NOT DISTINCT FROM 'measured';
        IF l.planned IS NOT NULL THEN planned := coalesce(planned, 0) + l.planned; END IF;
        IF l.actual IS NOT NULL THEN actual := coalesce(actual, 0) + l.actual; END IF;
        IF l.is_host THEN
            IF l.planned IS NULL THEN is_host_planned := false; ELSE host_planned := coalesce(host_planned, 0) + l.planned; END IF;
            IF l.actual IS NULL THEN is_host_actual := false; ELSE host_actual := coalesce(host_actual, 0) + l.actual; END IF;
        END IF;
    END LOOP;
    planned_band := CASE WHEN host_planned > 5000 THEN 'above' WHEN NOT is_host_planned OR host_planned IS NULL THEN NULL
                         WHEN host_planned >= 3000 THEN 'inside' ELSE 'below' END;
    actual_band := CASE WHEN host_actual > 5000 THEN 'above' WHEN NOT is_host_actual OR host_actual IS NULL THEN NULL
                        WHEN host_actual >= 3000 THEN 'inside' ELSE 'below' END;
    IF lines > 0 AND is_measured THEN
        IF e.on_site_basis = 'measured' AND e.actual_on_site > 0 THEN per_head := round(actual / e.actual_on_site, 2); END IF;
        IF e.online_basis = 'measured' AND e.actual_online > 0 THEN per_view := round(actual / e.actual_online, 4); END IF;
    END IF;
END
$$;
SELECT is(string_agg(c.event_id::text, ', '), NULL, 'the cost of every event is what it comes to line by line')
FROM event_cost c CROSS JOIN LATERAL pg_temp.cost_of(c.event_id) x
WHERE (c.planned, c.actual, c.host_planned, c.host_actual, c.planned_band, c.actual_band, c.per_head, c.per_view)
      IS DISTINCT FROM (x.planned, x.actual, x.host_planned, x.host_actual, x.planned_band, x.actual_band, x.per_head, x.per_view);
SELECT cmp_ok(count(DISTINCT c.actual_band), '=', 3::bigint, 'of all bands') FROM event_cost c;
SELECT cmp_ok(count(c.per_head), '>', 5::bigint, 'and some with a ratio') FROM event_cost c;
SELECT is(sum(p.actual), (SELECT sum(actual) FROM cost), 'nothing is lost by payer') FROM event_payer p;
SELECT is(string_agg(s.series_id::text, ', '), NULL, 'a series has the ratio of its measured events only')
FROM series_cost s
WHERE (s.per_head, s.head_event_count) IS DISTINCT FROM (
    SELECT (round(sum(c.actual) / sum(e.actual_on_site), 2), count(*))
    FROM event_cost c JOIN event e USING (event_id)
    WHERE e.series_id IS NOT DISTINCT FROM s.series_id AND (pg_temp.cost_of(e.event_id)).per_head IS NOT NULL)
  AND s.head_event_count > 0;
SAVEPOINT unmeasured;
CREATE TEMP TABLE ratio AS SELECT series_id, per_head, per_view FROM series_cost;
INSERT INTO event (event_id, name_en, series_id, actual_on_site, on_site_basis) SELECT 1000 + n, 'u', n, 5, 'claimed' FROM generate_series(1, 5) n;
INSERT INTO cost (event_id, cost_kind_code, actual, actual_basis) SELECT 1000 + n, 'venue', 900000, 'measured' FROM generate_series(1, 5) n;
SELECT results_eq('SELECT series_id, per_head, per_view FROM series_cost ORDER BY 1', 'SELECT * FROM ratio ORDER BY 1', 'what was spent where nobody counted changes no ratio');
ROLLBACK TO unmeasured;

SELECT is(sum(t.total), (SELECT sum(amount) FROM delivery) + (SELECT sum(actual) FROM cost WHERE payer_id IS NOT NULL), 'totals have every line once') FROM contribution_total t;
SELECT ok(bool_and(t.total = t.money + t.in_kind + t.work AND t.total = t.measured + t.claimed AND t.total = t.given + t.for_packages), 'the parts of a total make it up')
FROM contribution_total t;
SELECT ok(bool_and(abs(x.share - 1) < 0.001), 'shares of an event make one') FROM (SELECT sum(given_share) AS share FROM contribution_total GROUP BY event_id, series_id) x;
SELECT ok(bool_and(p.paid = CASE WHEN p.agreement_id % 2 = 0 THEN 60 ELSE 0 END AND p.left_to_pay = 100 - p.paid), 'payments are counted for their claim') FROM agreement_payment p WHERE p.package_id IS NOT NULL;

-- Seat by seat.
CREATE FUNCTION pg_temp.seat_by_seat(this bigint, what text, method text) RETURNS TABLE (party_id bigint, seats bigint) LANGUAGE plpgsql AS $$
#variable_conflict use_column
DECLARE
    left_over bigint := (SELECT sum(quantity - committed) FROM supply WHERE event_id = this AND resource_code = what);
    whole bigint := left_over;
    total numeric;
BEGIN
    CREATE TEMP TABLE claimant AS
    SELECT party_id, sum(value) AS weight, 0::bigint AS seats
    FROM (SELECT c.giver_id AS party_id, d.amount AS value FROM delivery d JOIN commitment c USING (commitment_id) JOIN agreement a USING (agreement_id)
          WHERE c.event_id = this AND a.package_id IS NULL
          UNION ALL SELECT payer_id, actual FROM cost WHERE event_id = this AND payer_id IS NOT NULL) x
    GROUP BY party_id HAVING sum(value) > 0;
    SELECT sum(weight) INTO total FROM claimant;
    IF method = 'largest_remainder' THEN
        UPDATE claimant SET seats = div(whole * weight, total);
        left_over := whole - (SELECT sum(seats) FROM claimant);
    END IF;
    WHILE left_over > 0 LOOP
        UPDATE claimant SET seats = seats + 1
        WHERE party_id = (SELECT party_id FROM claimant
                          ORDER BY CASE method WHEN 'sainte_lague' THEN weight / (2 * seats + 1) ELSE whole * weight - seats * total END DESC, weight DESC, party_id
                          LIMIT 1);
        left_over := left_over - 1;
    END LOOP;
    RETURN QUERY SELECT party_id, seats FROM claimant;
    DROP TABLE claimant;
END
$$;
SELECT is(string_agg(format('%s %s', n.event_id, n.resource_code), ', '), NULL, 'largest remainders are what they are seat by seat')
FROM (SELECT event_id, resource_code FROM entitlement WHERE event_id <= 60 GROUP BY 1, 2) n
WHERE (SELECT array_agg((e.party_id, e.largest_remainder)::text ORDER BY e.party_id) FROM entitlement e WHERE e.event_id = n.event_id AND e.resource_code = n.resource_code)
      IS DISTINCT FROM (SELECT array_agg((s.party_id, s.seats)::text ORDER BY s.party_id) FROM pg_temp.seat_by_seat(n.event_id, n.resource_code, 'largest_remainder') s);
SELECT is(string_agg(format('%s %s', n.event_id, n.resource_code), ', '), NULL, 'so are those of Sainte-Lague')
FROM (SELECT event_id, resource_code FROM entitlement WHERE event_id <= 60 GROUP BY 1, 2) n
WHERE (SELECT array_agg((e.party_id, e.sainte_lague)::text ORDER BY e.party_id) FROM entitlement e WHERE e.event_id = n.event_id AND e.resource_code = n.resource_code)
      IS DISTINCT FROM (SELECT array_agg((s.party_id, s.seats)::text ORDER BY s.party_id) FROM pg_temp.seat_by_seat(n.event_id, n.resource_code, 'sainte_lague') s);
SELECT cmp_ok(count(*), '>', 100::bigint, 'of many') FROM entitlement;
SELECT ok(bool_and(x.lr = x.shared AND x.sl = x.shared), 'shares add up to what is shared')
FROM (SELECT sum(largest_remainder) AS lr, sum(sainte_lague) AS sl, max(shared_count) AS shared FROM entitlement GROUP BY event_id, resource_code) x;
SELECT ok(bool_and(abs(largest_remainder - exact_share) < 1.0001), 'nobody is a whole one off by largest remainder') FROM entitlement;
SELECT is(count(*), 0::bigint, 'who gave more never gets less')
FROM entitlement a JOIN entitlement b ON b.event_id = a.event_id AND b.resource_code = a.resource_code AND a.given > b.given
WHERE a.largest_remainder < b.largest_remainder OR a.sainte_lague < b.sainte_lague;
SELECT is(count(*), 0::bigint, 'only what is shareable is shared') FROM entitlement WHERE resource_code = 'booth';
SELECT results_eq(format('SELECT party_id, given FROM season_entitlement(''post:9'', series_id => %s) ORDER BY 1', n),
                  format('SELECT party_id, sum(given) FROM contribution_total t LEFT JOIN event e USING (event_id) WHERE coalesce(e.series_id, t.series_id) = %s GROUP BY 1 HAVING sum(given) > 0 ORDER BY 1', n),
                  'a season adds its events up, and what was given to the series') FROM generate_series(1, 5) n;
SELECT is(sum(share), 9::numeric, 'and shares all') FROM season_entitlement('post:9');

SELECT * FROM finish();
ROLLBACK;
