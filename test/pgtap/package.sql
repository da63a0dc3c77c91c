-- Sponsorships: after thousands of random writes every counter equals an
-- independent sum, no limit is exceeded, no exclusive benefit has two holders,
-- no conflict is held and no signed promise has changed; what is refused leaves
-- no trace, and is refused only with reason.
--
-- pg_prove -d DATABASE test/pgtap/package.sql

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

SELECT salon.create_space('t_package') \g /dev/null
SET LOCAL search_path = t_package, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.693147) \g /dev/null

INSERT INTO party (party_id, kind) SELECT n, 'organization' FROM generate_series(1, 6) n;
INSERT INTO series (series_id, name_en) VALUES (1, 's');
INSERT INTO event (event_id, name_en, series_id) SELECT n, 'e' || n, CASE WHEN n < 3 THEN 1 END FROM generate_series(1, 4) n;
INSERT INTO benefit_conflict (one_code, other_code, scope) VALUES ('booth', 'talk_slot', 'party'), ('gift_place', 'naming', 'event');

CREATE FUNCTION pg_temp.bundle() RETURNS salon.bundle LANGUAGE sql VOLATILE
RETURN (SELECT string_agg(b.benefit_code || ':' || 1 + floor(random() * 3)::int, ', ')::salon.bundle
        FROM (SELECT benefit_code FROM benefit ORDER BY random() LIMIT 1 + floor(random() * 2)::int) b);

-- What was promised when it was signed.
CREATE TEMP TABLE promise (sponsorship_id bigint PRIMARY KEY, benefits salon.bundle, price numeric, agreed_amount numeric);

-- What is wrong in the tables, by rules that are written anew here.
CREATE VIEW pg_temp.held AS
SELECT c.sponsorship_id, c.event_id, c.party_id, c.package_id, c.status_code, i.resource AS benefit_code, i.quantity
FROM sponsorship c
JOIN package p USING (package_id)
CROSS JOIN LATERAL salon.items(p.benefits) i
WHERE c.status_code IN ('claimed', 'signed', 'delivered');

CREATE FUNCTION pg_temp.unsound() RETURNS text LANGUAGE sql STABLE
RETURN (SELECT string_agg(DISTINCT w.what, ', ')
        FROM (SELECT 'counter of a package' AS what FROM package p
              WHERE p.claimed <> (SELECT count(*) FROM sponsorship c WHERE c.package_id = p.package_id AND c.status_code NOT IN ('planned', 'lapsed', 'withdrawn'))
                 OR p.signed <> (SELECT count(*) FROM sponsorship c WHERE c.package_id = p.package_id AND c.status_code IN ('signed', 'delivered'))
                 OR p.claimed > p.quantity
              UNION ALL
              SELECT 'counter of an event' FROM event e
              WHERE coalesce((SELECT n.claims FROM event_claim_count n WHERE n.event_id = e.event_id), 0)
                    <> (SELECT count(*) FROM sponsorship c WHERE c.event_id = e.event_id AND c.package_id IS NOT NULL AND c.status_code NOT IN ('planned', 'lapsed', 'withdrawn'))
              UNION ALL
              SELECT 'limit of a benefit' FROM event_benefit b
              WHERE b.granted <> (SELECT coalesce(sum(h.quantity), 0) FROM pg_temp.held h WHERE h.event_id = b.event_id AND h.benefit_code = b.benefit_code)
                 OR b.granted > b.quantity
              UNION ALL
              SELECT 'grants' FROM (
                  (SELECT sponsorship_id, event_id, party_id, benefit_code, quantity FROM pg_temp.held
                   EXCEPT SELECT sponsorship_id, event_id, party_id, benefit_code, quantity FROM benefit_grant WHERE is_held)
                  UNION ALL
                  (SELECT sponsorship_id, event_id, party_id, benefit_code, quantity FROM benefit_grant WHERE is_held
                   EXCEPT SELECT sponsorship_id, event_id, party_id, benefit_code, quantity FROM pg_temp.held)) x
              UNION ALL
              SELECT 'two holders' FROM pg_temp.held h JOIN benefit b USING (benefit_code)
              WHERE b.is_exclusive GROUP BY h.event_id, h.benefit_code HAVING count(*) > 1
              UNION ALL
              SELECT 'conflict' FROM pg_temp.held a
              JOIN benefit_conflict k ON k.one_code = a.benefit_code
              JOIN pg_temp.held b ON b.event_id = a.event_id AND b.benefit_code = k.other_code AND (k.scope = 'event' OR a.party_id = b.party_id)
              UNION ALL
              SELECT 'event of a sponsorship' FROM sponsorship c JOIN package p USING (package_id) JOIN event e ON e.event_id = c.event_id
              WHERE c.event_id <> p.event_id OR e.series_id IS DISTINCT FROM coalesce(p.series_id, e.series_id)
              UNION ALL
              SELECT 'delivered' FROM benefit_grant g
              WHERE g.delivered <> (SELECT coalesce(sum(d.quantity), 0) FROM delivery d WHERE d.sponsorship_id = g.sponsorship_id AND d.benefit_code = g.benefit_code)
                 OR g.delivered > g.quantity
              UNION ALL
              SELECT 'delivered sponsorship' FROM sponsorship c JOIN benefit_grant g USING (sponsorship_id) WHERE c.status_code = 'delivered' AND g.delivered < g.quantity
              UNION ALL
              SELECT 'sponsor' FROM sponsorship c LEFT JOIN package p USING (package_id)
              WHERE c.status_code IN ('signed', 'delivered') AND c.event_id IS NOT NULL
                AND CASE WHEN c.package_id IS NULL THEN c.part_code ELSE p.part_code END IS NOT NULL
                AND NOT EXISTS (SELECT FROM event_party ep WHERE (ep.event_id, ep.party_id, ep.part_code)
                                = (c.event_id, c.party_id, CASE WHEN c.package_id IS NULL THEN c.part_code ELSE p.part_code END))
              UNION ALL
              SELECT 'nobody''s part' FROM event_party ep
              WHERE NOT EXISTS (SELECT FROM sponsorship c WHERE c.event_party_id = ep.event_party_id AND c.status_code IN ('signed', 'delivered'))
              UNION ALL
              SELECT 'promise' FROM pg_temp.promise s JOIN sponsorship c USING (sponsorship_id) LEFT JOIN package p USING (package_id)
              WHERE c.status_code IN ('signed', 'delivered')
                AND (s.benefits, s.price, s.agreed_amount) IS DISTINCT FROM (p.benefits, p.price, c.agreed_amount)
              UNION ALL
              SELECT 'agreed' FROM sponsorship c WHERE (c.agreed_amount IS NOT NULL) AND c.signed_at IS NULL
              UNION ALL
              SELECT 'entered twice' FROM sponsorship c
              WHERE c.package_id IS NULL AND c.status_code IN ('planned', 'claimed', 'signed', 'delivered')
              GROUP BY c.event_id, c.series_id, c.party_id, c.kind, c.resource_code HAVING count(*) > 1
              UNION ALL
              SELECT 'with what' FROM sponsorship c
              WHERE c.package_id IS NULL AND (c.event_id IS NULL) = (c.series_id IS NULL)) w);

CREATE TEMP TABLE tally (what text, taken boolean, code text, unsound text, is_traceless boolean);
CREATE FUNCTION pg_temp.trace() RETURNS text LANGUAGE sql STABLE
RETURN (SELECT md5(concat((SELECT string_agg(p::text, '|' ORDER BY p.package_id) FROM package p),
                          (SELECT string_agg(c::text, '|' ORDER BY c.sponsorship_id) FROM sponsorship c),
                          (SELECT string_agg(g::text, '|' ORDER BY g.benefit_grant_id) FROM benefit_grant g),
                          (SELECT string_agg(b::text, '|' ORDER BY b.event_benefit_id) FROM event_benefit b),
                          (SELECT string_agg(n::text, '|' ORDER BY n.event_id) FROM event_claim_count n),
                          (SELECT string_agg(d::text, '|' ORDER BY d.delivery_id) FROM delivery d),
                          (SELECT string_agg(ep::text, '|' ORDER BY ep.event_party_id) FROM event_party ep))));

CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what text;
    before text;
    touched bigint;
    code text;
BEGIN
    FOR i IN 1..writes LOOP
        what := (ARRAY['sponsorship', 'sponsorship', 'sponsorship', 'sponsorship', 'sponsorship', 'sign', 'sign', 'withdraw', 'lapse', 'deliver', 'deliver', 'deliver', 'delivered', 'delivered', 'delete', 'package',
                       'edit', 'price', 'places', 'limit', 'limit', 'undo', 'drop', 'plan', 'plan', 'planned', 'planned', 'without', 'without', 'amount'])[1 + floor(random() * 30)::int];
        before := pg_temp.trace();
        code := NULL;
        BEGIN
            CASE what
                WHEN 'sponsorship' THEN
                    INSERT INTO sponsorship (package_id, event_id, party_id)
                    SELECT p.package_id, coalesce(p.event_id, 1 + floor(random() * 4)::int), 1 + floor(random() * 6)::int
                    FROM package p ORDER BY random() LIMIT 1;
                WHEN 'sign' THEN
                    UPDATE sponsorship c SET status_code = 'signed', edition = CASE WHEN random() < 0.7 THEN (SELECT p.edition FROM package p WHERE p.package_id = c.package_id) ELSE c.edition END
                    WHERE c.sponsorship_id = (SELECT sponsorship_id FROM sponsorship WHERE status_code = 'claimed' ORDER BY random() LIMIT 1);
                WHEN 'withdraw' THEN
                    UPDATE sponsorship SET status_code = 'withdrawn' WHERE sponsorship_id = (SELECT sponsorship_id FROM sponsorship ORDER BY random() LIMIT 1);
                WHEN 'lapse' THEN
                    UPDATE sponsorship SET sign_by = now() - interval '1 second' WHERE sponsorship_id = (SELECT sponsorship_id FROM sponsorship WHERE status_code = 'claimed' ORDER BY random() LIMIT 1);
                    IF random() < 0.5 THEN PERFORM lapse_claims(); END IF;
                WHEN 'deliver' THEN
                    INSERT INTO delivery (sponsorship_id, benefit_code, quantity)
                    SELECT sponsorship_id, benefit_code, 1 FROM benefit_grant WHERE is_held ORDER BY delivered - quantity, random() LIMIT 1;
                WHEN 'delivered' THEN
                    UPDATE sponsorship SET status_code = 'delivered' WHERE sponsorship_id = (SELECT sponsorship_id FROM sponsorship WHERE status_code = 'signed' ORDER BY random() LIMIT 1);
                WHEN 'delete' THEN
                    DELETE FROM sponsorship WHERE sponsorship_id = (SELECT sponsorship_id FROM sponsorship WHERE event_party_id IS NULL ORDER BY random() LIMIT 1);
                WHEN 'package' THEN
                    INSERT INTO package (event_id, series_id, name_en, benefits, price, quantity, part_code)
                    SELECT CASE WHEN r < 0.6 THEN 1 + floor(random() * 4)::int END, CASE WHEN r >= 0.6 THEN 1 END, 'p', pg_temp.bundle(),
                           floor(random() * 9), nullif(floor(random() * 4)::int, 0), (ARRAY['sponsor', 'venue_sponsor', NULL])[1 + floor(random() * 3)::int]
                    FROM (SELECT random() AS r) x;
                WHEN 'edit' THEN
                    UPDATE package SET benefits = pg_temp.bundle() WHERE package_id = (SELECT package_id FROM package ORDER BY random() LIMIT 1);
                WHEN 'price' THEN
                    UPDATE package SET price = price + 1 WHERE package_id = (SELECT package_id FROM package ORDER BY random() LIMIT 1);
                WHEN 'places' THEN
                    UPDATE package SET quantity = nullif(floor(random() * 4)::int, 0) WHERE package_id = (SELECT package_id FROM package ORDER BY random() LIMIT 1);
                WHEN 'limit' THEN
                    INSERT INTO event_benefit (event_id, benefit_code, quantity)
                    SELECT 1 + floor(random() * 4)::int, benefit_code, floor(random() * 9)::int FROM benefit ORDER BY random() LIMIT 1
                    ON CONFLICT (event_id, benefit_code) DO UPDATE SET quantity = excluded.quantity;
                WHEN 'undo' THEN
                    DELETE FROM delivery WHERE delivery_id = (SELECT delivery_id FROM delivery ORDER BY random() LIMIT 1);
                WHEN 'drop' THEN
                    DELETE FROM package WHERE package_id = (SELECT package_id FROM package ORDER BY random() LIMIT 1);
                WHEN 'plan' THEN
                    INSERT INTO sponsorship (package_id, event_id, party_id, planned_amount, status_code)
                    SELECT p.package_id, coalesce(p.event_id, 1 + floor(random() * 4)::int), 1 + floor(random() * 6)::int, nullif(floor(random() * 4)::int, 0), 'planned'
                    FROM package p ORDER BY random() LIMIT 1;
                WHEN 'planned' THEN
                    UPDATE sponsorship SET status_code = (ARRAY['claimed', 'claimed', 'signed'])[1 + floor(random() * 3)::int]
                    WHERE sponsorship_id = (SELECT sponsorship_id FROM sponsorship WHERE status_code = 'planned' ORDER BY random() LIMIT 1);
                WHEN 'without' THEN
                    INSERT INTO sponsorship (event_id, series_id, party_id, kind, resource_code, planned_amount, status_code, part_code)
                    SELECT CASE WHEN r < 0.8 THEN 1 + floor(random() * 4)::int END, CASE WHEN r >= 0.7 THEN 1 END, 1 + floor(random() * 6)::int, k,
                           CASE k WHEN 'in_kind' THEN 'venue' END, nullif(floor(random() * 4)::int, 0), (ARRAY['planned', 'claimed', 'signed'])[1 + floor(random() * 3)::int],
                           (ARRAY['sponsor', 'venue_sponsor', NULL])[1 + floor(random() * 3)::int]
                    FROM (SELECT random() AS r, (ARRAY['money', 'in_kind', 'work'])[1 + floor(random() * 3)::int] AS k) x;
                WHEN 'amount' THEN
                    UPDATE sponsorship SET agreed_amount = 7 WHERE sponsorship_id = (SELECT sponsorship_id FROM sponsorship ORDER BY random() LIMIT 1);
            END CASE;
            GET DIAGNOSTICS touched = ROW_COUNT;
        EXCEPTION WHEN OTHERS THEN
            code := SQLSTATE;
        END;
        INSERT INTO promise
        SELECT c.sponsorship_id, p.benefits, p.price, c.agreed_amount FROM sponsorship c LEFT JOIN package p USING (package_id) WHERE c.status_code IN ('signed', 'delivered')
        ON CONFLICT (sponsorship_id) DO UPDATE SET agreed_amount = excluded.agreed_amount WHERE promise.agreed_amount IS NULL;
        INSERT INTO tally VALUES (what, code IS NULL, code, CASE WHEN code IS NULL AND i % 3 = 0 OR i = writes THEN pg_temp.unsound() END, code IS NULL OR before = pg_temp.trace());
    END LOOP;
END
$$;

INSERT INTO package (event_id, name_en, benefits, price, quantity) SELECT 1 + n % 4, 'p', pg_temp.bundle(), n, nullif(n % 5, 4) FROM generate_series(1, 12) n;
SELECT pg_temp.storm(900) \g /dev/null

SELECT is(string_agg(DISTINCT what || ': ' || unsound, '; '), NULL, 'all is sound after the writes') FROM tally;
SELECT ok(bool_and(is_traceless), 'what is refused leaves no trace') FROM tally;
SELECT is(string_agg(DISTINCT code, ', '), NULL, 'refused with 23514, 23P01 and 23503 only') FROM tally WHERE code NOT IN ('23514', '23P01', '23503');
SELECT cmp_ok(count(*), '>=', 1::bigint, what || ' was done at times') FROM tally WHERE taken GROUP BY what ORDER BY what;
SELECT cmp_ok(count(*), '>=', 1::bigint, what || ' was refused at times') FROM tally
WHERE NOT taken AND what IN ('sponsorship', 'sign', 'edit', 'price', 'places', 'limit', 'deliver', 'delivered', 'drop', 'planned', 'without', 'amount') GROUP BY what ORDER BY what;
SELECT set_has('SELECT code FROM tally WHERE what = ''sponsorship''', $$ VALUES ('23514'), ('23P01') $$, 'claims are refused for each reason');
SELECT cmp_ok(count(*), '>', 3::bigint, 'some packages are of the series') FROM package WHERE series_id IS NOT NULL;

-- left_count is true: so many can be claimed by new parties, and not one more.
INSERT INTO party (party_id, kind) SELECT n, 'organization' FROM generate_series(100, 199) n;
CREATE FUNCTION pg_temp.room(package_id bigint, event_id bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    room bigint := 0;
BEGIN
    BEGIN
        FOR n IN 100..199 LOOP
            BEGIN
                INSERT INTO sponsorship (package_id, event_id, party_id) VALUES (room.package_id, room.event_id, n);
                room := room + 1;
            EXCEPTION WHEN check_violation OR exclusion_violation THEN
                EXIT;
            END;
        END LOOP;
        RAISE EXCEPTION USING ERRCODE = 'U0001';
    EXCEPTION WHEN SQLSTATE 'U0001' THEN
        NULL;
    END;
    RETURN room;
END
$$;
SELECT lapse_claims() \g /dev/null
DELETE FROM benefit_conflict;
SELECT is(string_agg(format('package %s at event %s: %s left, %s could be claimed', o.package_id, o.event_id, o.left_count, o.room), '; '), NULL, 'left_count is what can be claimed')
FROM (SELECT o.package_id, o.event_id, o.left_count, pg_temp.room(o.package_id, o.event_id) AS room FROM package_offer o) o
WHERE coalesce(o.left_count, 100) <> o.room;
SELECT cmp_ok(count(*), '>', 10::bigint, 'of many offers') FROM package_offer;

-- Due times follow the event, by the clock of its place.
INSERT INTO event (event_id, name_en, starts_at, ends_at, time_zone) VALUES (9, 'summer time', '2031-04-01 10:00 Europe/Berlin', '2031-04-01 12:00 Europe/Berlin', 'Europe/Berlin');
INSERT INTO package (package_id, event_id, name_en, benefits) VALUES (900, 9, 'p', 'logo_place:1, post:1');
INSERT INTO sponsorship (package_id, party_id, status_code) VALUES (900, 1, 'signed');
SELECT is(due_at, timestamptz '2031-03-25 10:00 Europe/Berlin', 'due a week before, across the change of the clock') FROM claim_benefit WHERE event_id = 9 AND benefit_code = 'logo_place';
SELECT is(due_at, timestamptz '2031-04-08 12:00 Europe/Berlin', 'due a week after') FROM claim_benefit WHERE event_id = 9 AND benefit_code = 'post';
SELECT is(count(*), 1::bigint, 'a sponsorship that is entered as signed makes a sponsor too') FROM event_party WHERE event_id = 9;

-- What was copied out can be copied in again.
CREATE TEMP TABLE kept_package AS SELECT * FROM package;
CREATE TEMP TABLE kept_sponsorship AS SELECT sponsorship_id, package_id, event_id, series_id, party_id, kind, resource_code, planned_amount, agreed_amount, status_code, part_code, edition, sign_by, signed_at, created_at FROM sponsorship;
DELETE FROM event_party;
TRUNCATE sponsorship CASCADE;
SELECT is(sum(claimed) + sum(signed), 0::numeric, 'nothing is claimed once claims are truncated') FROM package;
DELETE FROM package;
INSERT INTO package SELECT * FROM kept_package;
INSERT INTO sponsorship (sponsorship_id, package_id, event_id, series_id, party_id, kind, resource_code, planned_amount, agreed_amount, status_code, part_code, edition, sign_by, signed_at, created_at) SELECT * FROM kept_sponsorship;
TRUNCATE promise;
SELECT is(pg_temp.unsound(), CASE WHEN EXISTS (SELECT FROM kept_sponsorship WHERE status_code = 'delivered' AND package_id IS NOT NULL) THEN 'delivered sponsorship' END, 'copied in again, all is sound but for deliveries');
SELECT results_eq('SELECT package_id, claimed, signed FROM package ORDER BY 1', 'SELECT package_id, claimed, signed FROM kept_package ORDER BY 1', 'with the same counters');

SELECT * FROM finish();
ROLLBACK;
