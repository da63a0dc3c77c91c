-- Agreements by packages: after thousands of random writes every counter equals an
-- independent sum, no limit is exceeded, no exclusive resource has two holders,
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
UPDATE event SET status_code = 'planned';

CREATE FUNCTION pg_temp.bundle() RETURNS salon.bundle LANGUAGE sql VOLATILE
RETURN (SELECT string_agg(b.resource_code || ':' || 1 + floor(random() * 3)::int, ', ')::salon.bundle
        FROM (SELECT resource_code FROM resource WHERE ordinal < 100 ORDER BY random() LIMIT 1 + floor(random() * 2)::int) b);

-- What was promised when it was signed.
CREATE TEMP TABLE promise (agreement_id bigint PRIMARY KEY, benefits salon.bundle, price numeric, amount numeric);

CREATE VIEW pg_temp.money AS
SELECT c.agreement_id, c.commitment_id, c.amount FROM commitment c WHERE c.kind = 'money';

-- What is wrong in the tables, by rules that are written anew here.
CREATE VIEW pg_temp.held AS
SELECT a.agreement_id, a.event_id, a.party_id, a.package_id, a.status_code, i.resource AS resource_code, i.quantity
FROM agreement a
JOIN package p USING (package_id)
JOIN event e ON e.event_id = a.event_id AND e.status_code <> 'cancelled'
CROSS JOIN LATERAL salon.items(p.benefits) i
WHERE a.status_code IN ('reserved', 'signed', 'fulfilled');

CREATE FUNCTION pg_temp.unsound() RETURNS text LANGUAGE sql STABLE
RETURN (SELECT string_agg(DISTINCT w.what, ', ')
        FROM (SELECT 'counter of a package' AS what FROM package p
              WHERE p.claimed <> (SELECT count(DISTINCT h.agreement_id) FROM pg_temp.held h WHERE h.package_id = p.package_id)
                 OR p.signed <> (SELECT count(DISTINCT h.agreement_id) FROM pg_temp.held h WHERE h.package_id = p.package_id AND h.status_code <> 'reserved')
                 OR p.claimed > p.quantity
              UNION ALL
              SELECT 'supply of an event' FROM supply b
              WHERE b.committed <> (SELECT coalesce(sum(h.quantity), 0) FROM pg_temp.held h WHERE h.event_id = b.event_id AND h.resource_code = b.resource_code)
                 OR b.committed > b.quantity
              UNION ALL
              SELECT 'commitments' FROM (
                  (SELECT agreement_id, event_id, party_id, resource_code, quantity FROM pg_temp.held
                   EXCEPT SELECT agreement_id, event_id, taker_id, resource_code, quantity FROM commitment WHERE takes > 0 AND giver_id IS NULL)
                  UNION ALL
                  (SELECT agreement_id, event_id, taker_id, resource_code, quantity FROM commitment WHERE takes > 0 AND giver_id IS NULL
                   EXCEPT SELECT agreement_id, event_id, party_id, resource_code, quantity FROM pg_temp.held)) x
              UNION ALL
              SELECT 'two holders' FROM pg_temp.held h JOIN resource b USING (resource_code)
              WHERE b.is_exclusive GROUP BY h.event_id, h.resource_code HAVING count(*) > 1
              UNION ALL
              SELECT 'conflict' FROM pg_temp.held a
              JOIN resource_conflict k ON k.one_code = a.resource_code
              JOIN pg_temp.held b ON b.event_id = a.event_id AND b.resource_code = k.other_code AND (k.scope = 'event' OR a.party_id = b.party_id)
              UNION ALL
              SELECT 'event of a claim' FROM agreement c JOIN package p USING (package_id) JOIN event e ON e.event_id = c.event_id
              WHERE c.event_id <> p.event_id OR e.series_id IS DISTINCT FROM coalesce(p.series_id, e.series_id)
              UNION ALL
              SELECT 'delivered' FROM commitment g
              WHERE g.delivered <> (SELECT coalesce(sum(d.quantity), 0) FROM delivery d WHERE d.commitment_id = g.commitment_id)
                 OR g.delivered > g.quantity
                 OR g.is_done <> CASE WHEN g.quantity IS NOT NULL THEN g.delivered >= g.quantity
                                      WHEN g.amount IS NOT NULL AND (g.stands OR g.is_done) THEN coalesce((SELECT sum(d.amount) FROM delivery d WHERE d.commitment_id = g.commitment_id), 0) >= g.amount
                                      ELSE EXISTS (SELECT FROM delivery d WHERE d.commitment_id = g.commitment_id) END
              UNION ALL
              SELECT 'fulfilled' FROM agreement a
              WHERE a.status_code IN ('signed', 'fulfilled')
                AND (a.status_code = 'fulfilled') <> NOT EXISTS (SELECT FROM commitment c WHERE c.agreement_id = a.agreement_id AND NOT c.is_done)
              UNION ALL
              SELECT 'sponsor' FROM commitment c
              JOIN agreement a USING (agreement_id)
              JOIN event e ON e.event_id = a.event_id
              WHERE a.status_code IN ('signed', 'fulfilled') AND e.status_code <> 'cancelled' AND c.giver_id IS NOT NULL AND c.part_code IS NOT NULL
                AND NOT EXISTS (SELECT FROM event_party ep WHERE (ep.event_id, ep.party_id, ep.part_code) = (a.event_id, c.giver_id, c.part_code))
              UNION ALL
              SELECT 'part of a package' FROM commitment c JOIN agreement a USING (agreement_id) JOIN package p USING (package_id)
              WHERE c.kind = 'money' AND a.status_code = 'reserved' AND c.part_code IS DISTINCT FROM p.part_code
              UNION ALL
              SELECT 'nobody''s part' FROM event_party ep
              WHERE NOT EXISTS (SELECT FROM commitment c JOIN agreement a USING (agreement_id) JOIN event e ON e.event_id = ep.event_id AND (a.event_id = e.event_id OR a.series_id = e.series_id)
                                WHERE c.commitment_id = ep.commitment_id AND a.status_code IN ('signed', 'fulfilled') AND e.status_code <> 'cancelled')
              UNION ALL
              SELECT 'promise' FROM pg_temp.promise s JOIN agreement c USING (agreement_id) LEFT JOIN package p USING (package_id) LEFT JOIN pg_temp.money m USING (agreement_id)
              WHERE c.status_code IN ('signed', 'fulfilled')
                AND (s.benefits, s.price, s.amount) IS DISTINCT FROM (p.benefits, p.price, m.amount)) w);

CREATE TEMP TABLE tally (what text, taken boolean, code text, unsound text, is_traceless boolean);
CREATE FUNCTION pg_temp.trace() RETURNS text LANGUAGE sql STABLE
RETURN (SELECT md5(concat((SELECT string_agg(p::text, '|' ORDER BY p.package_id) FROM package p),
                          (SELECT string_agg(c::text, '|' ORDER BY c.agreement_id) FROM agreement c),
                          (SELECT string_agg(g::text, '|' ORDER BY g.commitment_id) FROM commitment g),
                          (SELECT string_agg(b::text, '|' ORDER BY b.supply_id) FROM supply b),
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
        what := (ARRAY['claim', 'claim', 'claim', 'claim', 'claim', 'sign', 'sign', 'withdraw', 'lapse', 'deliver', 'deliver', 'deliver', 'all', 'fulfilled', 'delete', 'package',
                       'edit', 'price', 'places', 'limit', 'limit', 'undo', 'drop', 'propose', 'propose', 'reserve', 'reserve', 'without', 'without', 'amount', 'cancel', 'plan'])[1 + floor(random() * 32)::int];
        before := pg_temp.trace();
        code := NULL;
        BEGIN
            CASE what
                WHEN 'claim' THEN
                    INSERT INTO agreement (package_id, event_id, party_id)
                    SELECT p.package_id, coalesce(p.event_id, 1 + floor(random() * 4)::int), 1 + floor(random() * 6)::int
                    FROM package p ORDER BY random() LIMIT 1;
                WHEN 'sign' THEN
                    UPDATE agreement c SET status_code = 'signed',
                           edition = CASE WHEN c.package_id IS NULL OR random() < 0.3 THEN c.edition ELSE (SELECT p.edition FROM package p WHERE p.package_id = c.package_id) END
                    WHERE c.agreement_id = (SELECT agreement_id FROM agreement WHERE status_code IN ('proposed', 'reserved') ORDER BY random() LIMIT 1);
                WHEN 'withdraw' THEN
                    UPDATE agreement SET status_code = 'withdrawn' WHERE agreement_id = (SELECT agreement_id FROM agreement ORDER BY random() LIMIT 1);
                WHEN 'lapse' THEN
                    UPDATE agreement SET sign_by = now() - interval '1 second' WHERE agreement_id = (SELECT agreement_id FROM agreement WHERE status_code = 'reserved' ORDER BY random() LIMIT 1);
                    IF random() < 0.5 THEN PERFORM lapse_agreements(); END IF;
                WHEN 'deliver' THEN
                    INSERT INTO delivery (commitment_id, quantity)
                    SELECT commitment_id, 1 FROM commitment WHERE takes > 0 AND quantity IS NOT NULL ORDER BY delivered - quantity, random() LIMIT 1;
                WHEN 'all' THEN
                    PERFORM deliver(agreement_id) FROM agreement WHERE status_code = 'signed' ORDER BY random() LIMIT 1;
                WHEN 'fulfilled' THEN
                    UPDATE agreement SET status_code = 'fulfilled' WHERE agreement_id = (SELECT agreement_id FROM agreement WHERE status_code = 'signed' ORDER BY random() LIMIT 1);
                WHEN 'delete' THEN
                    DELETE FROM agreement WHERE agreement_id = (SELECT agreement_id FROM agreement ORDER BY random() LIMIT 1);
                WHEN 'cancel' THEN
                    UPDATE event SET status_code = 'cancelled', cancelled_reason = 'x' WHERE event_id = 1 + floor(random() * 4)::int AND status_code = 'planned';
                WHEN 'plan' THEN
                    UPDATE event SET status_code = 'planned' WHERE event_id = (SELECT event_id FROM event WHERE status_code = 'cancelled' ORDER BY random() LIMIT 1);
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
                    IF random() < 0.5 THEN
                        UPDATE supply SET quantity = floor(random() * 9)::int WHERE supply_id = (SELECT supply_id FROM supply ORDER BY random() LIMIT 1);
                    ELSE
                        INSERT INTO supply (event_id, resource_code, quantity)
                        SELECT e, resource_code, floor(random() * 9)::int FROM resource, generate_series(1, 4) e
                        WHERE ordinal < 100 AND NOT EXISTS (SELECT FROM supply s WHERE s.event_id = e AND s.resource_code = resource.resource_code)
                        ORDER BY random() LIMIT 1;
                    END IF;
                WHEN 'undo' THEN
                    DELETE FROM delivery WHERE delivery_id = (SELECT delivery_id FROM delivery ORDER BY random() LIMIT 1);
                WHEN 'drop' THEN
                    DELETE FROM package WHERE package_id = (SELECT package_id FROM package ORDER BY random() LIMIT 1);
                WHEN 'propose' THEN
                    INSERT INTO agreement (package_id, event_id, party_id, status_code)
                    SELECT p.package_id, coalesce(p.event_id, 1 + floor(random() * 4)::int), 1 + floor(random() * 6)::int, 'proposed'
                    FROM package p ORDER BY random() LIMIT 1;
                WHEN 'reserve' THEN
                    UPDATE agreement SET status_code = 'reserved'
                    WHERE agreement_id = (SELECT agreement_id FROM agreement WHERE status_code = 'proposed' ORDER BY random() LIMIT 1);
                WHEN 'without' THEN
                    INSERT INTO commitment (event_id, series_id, giver_id, kind, resource_code, planned_amount, status_code, part_code)
                    SELECT CASE WHEN r < 0.8 THEN 1 + floor(random() * 4)::int END, CASE WHEN r >= 0.7 THEN 1 END, 1 + floor(random() * 6)::int, k,
                           CASE k WHEN 'in_kind' THEN 'venue' END, nullif(floor(random() * 4)::int, 0), (ARRAY['proposed', 'reserved', 'signed'])[1 + floor(random() * 3)::int],
                           (ARRAY['sponsor', 'venue_sponsor', NULL])[1 + floor(random() * 3)::int]
                    FROM (SELECT random() AS r, (ARRAY['money', 'in_kind', 'work'])[1 + floor(random() * 3)::int] AS k) x;
                WHEN 'amount' THEN
                    UPDATE commitment SET amount = 7 WHERE commitment_id = (SELECT commitment_id FROM commitment WHERE agreement_id NOT IN (SELECT agreement_id FROM agreement WHERE package_id IS NOT NULL) ORDER BY random() LIMIT 1);
            END CASE;
            GET DIAGNOSTICS touched = ROW_COUNT;
        EXCEPTION WHEN OTHERS THEN
            code := SQLSTATE;
        END;
        INSERT INTO promise
        SELECT c.agreement_id, p.benefits, p.price, m.amount FROM agreement c LEFT JOIN package p USING (package_id) LEFT JOIN pg_temp.money m USING (agreement_id)
        WHERE c.status_code IN ('signed', 'fulfilled')
        ON CONFLICT (agreement_id) DO UPDATE SET amount = excluded.amount WHERE promise.amount IS NULL;
        INSERT INTO tally VALUES (what, code IS NULL, code, CASE WHEN code IS NULL AND i % 3 = 0 OR i = writes THEN pg_temp.unsound() END, code IS NULL OR before = pg_temp.trace());
    END LOOP;
END
$$;

INSERT INTO package (event_id, name_en, benefits, price, quantity) SELECT 1 + n % 4, 'p', pg_temp.bundle(), n, nullif(n % 5, 4) FROM generate_series(1, 12) n;
INSERT INTO resource_conflict (one_code, other_code, scope) VALUES ('booth', 'talk_slot', 'party'), ('gift_place', 'naming', 'event');
SELECT pg_temp.storm(900) \g /dev/null

SELECT is(string_agg(DISTINCT what || ': ' || unsound, '; '), NULL, 'all is sound after the writes') FROM tally;
SELECT ok(bool_and(is_traceless), 'what is refused leaves no trace') FROM tally;
SELECT is(string_agg(DISTINCT code, ', '), NULL, 'refused with 23514, 23P01 and 23503 only') FROM tally WHERE code NOT IN ('23514', '23P01', '23503');
SELECT cmp_ok(count(*), '>=', 1::bigint, what || ' was done at times') FROM tally WHERE taken GROUP BY what ORDER BY what;
SELECT cmp_ok(count(*), '>=', 1::bigint, what || ' was refused at times') FROM tally
WHERE NOT taken AND what IN ('claim', 'sign', 'edit', 'price', 'places', 'limit', 'deliver', 'fulfilled', 'delete', 'drop', 'reserve', 'without', 'amount') GROUP BY what ORDER BY what;
SELECT set_has('SELECT code FROM tally WHERE what = ''claim''', $$ VALUES ('23514'), ('23P01') $$, 'claims are refused for each reason');
SELECT cmp_ok(count(*), '>=', 1::bigint, 'some packages are of the series') FROM package WHERE series_id IS NOT NULL;

-- left_count is true: so many can be claimed by new parties, and not one more.
INSERT INTO party (party_id, kind) SELECT n, 'organization' FROM generate_series(100, 199) n;
CREATE FUNCTION pg_temp.room(package_id bigint, event_id bigint) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    room bigint := 0;
BEGIN
    BEGIN
        FOR n IN 100..199 LOOP
            BEGIN
                INSERT INTO agreement (package_id, event_id, party_id) VALUES (room.package_id, room.event_id, n);
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
-- what was taken in the meantime may be in the way
DO $$
DECLARE
    e bigint;
BEGIN
    FOR e IN SELECT event_id FROM event WHERE is_off LOOP
        BEGIN
            UPDATE event SET status_code = 'planned' WHERE event_id = e;
        EXCEPTION WHEN check_violation OR exclusion_violation THEN NULL;
        END;
    END LOOP;
END
$$;
SELECT lapse_agreements() \g /dev/null
DELETE FROM resource_conflict;
SELECT is(string_agg(format('package %s at event %s: %s left, %s could be claimed', o.package_id, o.event_id, o.left_count, o.room), '; '), NULL, 'left_count is what can be claimed')
FROM (SELECT o.package_id, o.event_id, o.left_count, pg_temp.room(o.package_id, o.event_id) AS room FROM package_offer o) o
WHERE coalesce(o.left_count, 100) <> o.room;
SELECT cmp_ok(count(*), '>', 10::bigint, 'of many offers') FROM package_offer;

-- Due times follow the event, by the clock of its place.
INSERT INTO event (event_id, name_en, starts_at, ends_at, time_zone) VALUES (9, 'summer time', '2031-04-01 10:00 Europe/Berlin', '2031-04-01 12:00 Europe/Berlin', 'Europe/Berlin');
INSERT INTO package (package_id, event_id, name_en, benefits) VALUES (900, 9, 'p', 'logo_place:1, post:1');
INSERT INTO agreement (package_id, party_id, status_code) VALUES (900, 1, 'signed');
SELECT is(due_at, timestamptz '2031-03-25 10:00 Europe/Berlin', 'due a week before, across the change of the clock') FROM commitment_list WHERE event_id = 9 AND resource_code = 'logo_place';
SELECT is(due_at, timestamptz '2031-04-08 12:00 Europe/Berlin', 'due a week after') FROM commitment_list WHERE event_id = 9 AND resource_code = 'post';
SELECT is(count(*), 1::bigint, 'a claim that is entered as signed makes a sponsor too') FROM event_party WHERE event_id = 9;

-- All go at once.
TRUNCATE agreement CASCADE;
SELECT is(sum(claimed) + sum(signed), 0::numeric, 'nothing is claimed once claims are truncated') FROM package;
SELECT is(sum(committed), 0::numeric, 'and nothing committed') FROM supply;

SELECT * FROM finish();
ROLLBACK;
