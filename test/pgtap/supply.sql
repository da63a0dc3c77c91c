-- What is committed of a supply equals an independent sum after thousands of random
-- writes, and is never more than there is; what is refused leaves no trace.
--
-- pg_prove -d DATABASE test/pgtap/supply.sql

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

SELECT salon.create_space('t_supply') \g /dev/null
SET LOCAL search_path = t_supply, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.577216) \g /dev/null

INSERT INTO party (party_id, kind) SELECT n, 'organization' FROM generate_series(1, 4) n;
INSERT INTO resource (resource_code, name_en, is_used_up) VALUES ('ra', 'a', true), ('rb', 'b', true), ('rc', 'c', false), ('rd', 'd', false);
INSERT INTO event (event_id, name_en, status_code) SELECT n, 'e' || n, 'planned' FROM generate_series(1, 3) n;
INSERT INTO supply (supply_id, party_id, resource_code, quantity)
SELECT n, 1 + n % 4, (ARRAY['ra', 'rb', 'rc', 'rd'])[1 + n % 4], nullif(n % 7, 6) FROM generate_series(1, 20) n;
INSERT INTO demand (demand_id, event_id, resource_code) SELECT n, 1 + n % 3, 'ra' FROM generate_series(1, 9) n;
INSERT INTO demand (demand_id, party_id, resource_code) SELECT n, 1 + n % 4, 'ra' FROM generate_series(10, 14) n;

-- Supplies of which the counter or what it follows is wrong.
CREATE FUNCTION pg_temp.unsound() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*)
        FROM supply s
        WHERE s.committed <> (SELECT coalesce(sum(coalesce(p.quantity, 1)), 0)
                              FROM commitment p
                              JOIN agreement a USING (agreement_id)
                              LEFT JOIN event e ON e.event_id = a.event_id
                              WHERE p.supply_id = s.supply_id AND a.status_code NOT IN ('declined', 'withdrawn', 'lapsed')
                                AND (e.status_code <> 'cancelled') IS NOT FALSE)
           OR s.is_used_up <> (SELECT r.is_used_up FROM resource r WHERE r.resource_code = s.resource_code)
           OR (s.is_used_up AND s.committed > s.quantity))
       + (SELECT count(*) FROM commitment c JOIN agreement a USING (agreement_id) WHERE c.status_code <> a.status_code OR c.event_is_off <> a.event_is_off)
       + (SELECT count(*) FROM agreement a JOIN event e USING (event_id) WHERE a.event_is_off <> (e.status_code = 'cancelled'))
       + (SELECT count(*) FROM commitment c WHERE c.delivered <> (SELECT coalesce(sum(d.quantity), 0) FROM delivery d WHERE d.commitment_id = c.commitment_id)
                                               OR c.is_done <> (c.delivered >= coalesce(c.quantity, 1)))
       + (SELECT count(*) FROM agreement a
          WHERE a.status_code IN ('signed', 'fulfilled')
            AND (a.status_code = 'fulfilled') <> NOT EXISTS (SELECT FROM commitment c WHERE c.agreement_id = a.agreement_id AND NOT c.is_done));

CREATE TEMP TABLE tally (what text, taken boolean, unsound bigint);

CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what text;
    touched bigint;
    before text;
BEGIN
    FOR i IN 1..writes LOOP
        what := (ARRAY['insert', 'insert', 'insert', 'insert', 'delete', 'status', 'status', 'quantity', 'supply', 'event', 'resource of supply',
                       'supply quantity', 'flip', 'several', 'drop supply', 'committed', 'deliver', 'undo', 'cancel', 'plan'])[1 + floor(random() * 20)::int];
        BEGIN
            CASE what
                WHEN 'insert' THEN
                    INSERT INTO commitment (supply_id, demand_id, quantity, status_code)
                    VALUES (1 + floor(random() * 20)::int, 1 + floor(random() * 14)::int, 1 + floor(random() * 3)::int,
                            (ARRAY['proposed', 'proposed', 'reserved', 'signed'])[1 + floor(random() * 4)::int]);
                WHEN 'delete' THEN
                    DELETE FROM agreement WHERE agreement_id = (SELECT agreement_id FROM agreement ORDER BY random() LIMIT 1);
                WHEN 'status' THEN
                    UPDATE agreement SET status_code = (ARRAY['signed', 'fulfilled', 'declined', 'withdrawn', 'proposed'])[1 + floor(random() * 5)::int]
                    WHERE agreement_id = (SELECT agreement_id FROM agreement ORDER BY random() LIMIT 1);
                WHEN 'quantity' THEN
                    UPDATE commitment SET quantity = floor(random() * 4)::int WHERE commitment_id = (SELECT commitment_id FROM commitment ORDER BY random() LIMIT 1);
                WHEN 'supply' THEN
                    UPDATE commitment SET supply_id = 1 + floor(random() * 20)::int, quantity = 1 + floor(random() * 2)::int
                    WHERE commitment_id = (SELECT commitment_id FROM commitment ORDER BY random() LIMIT 1);
                WHEN 'event' THEN
                    UPDATE commitment SET event_id = 1 + floor(random() * 3)::int WHERE commitment_id = (SELECT commitment_id FROM commitment ORDER BY random() LIMIT 1);
                WHEN 'resource of supply' THEN
                    UPDATE supply SET resource_code = (ARRAY['ra', 'rb', 'rc', 'rd'])[1 + floor(random() * 4)::int], priority = 1 + i % 5
                    WHERE supply_id = 1 + floor(random() * 20)::int;
                WHEN 'supply quantity' THEN
                    UPDATE supply SET quantity = nullif(floor(random() * 9)::int - 1, 7) WHERE supply_id = 1 + floor(random() * 20)::int;
                WHEN 'flip' THEN
                    UPDATE resource SET is_used_up = NOT is_used_up WHERE resource_code = (ARRAY['ra', 'rb', 'rc', 'rd'])[1 + floor(random() * 4)::int];
                WHEN 'several' THEN
                    UPDATE commitment SET quantity = quantity + 1 WHERE random() < 0.1 AND status_code = 'proposed';
                WHEN 'drop supply' THEN
                    WITH gone AS (DELETE FROM supply WHERE supply_id = 1 + floor(random() * 20)::int AND random() < 0.3 RETURNING supply_id)
                    INSERT INTO tally SELECT 'dropped', true, 0 FROM gone;
                    INSERT INTO supply (supply_id, party_id, resource_code, quantity, committed, is_used_up)
                    SELECT n, 1, 'ra', 3, 77, false FROM generate_series(1, 20) n WHERE NOT EXISTS (SELECT FROM supply WHERE supply_id = n);
                WHEN 'committed' THEN
                    UPDATE supply SET committed = committed + 1 WHERE supply_id = 1 + floor(random() * 20)::int;
                WHEN 'deliver' THEN
                    INSERT INTO delivery (commitment_id, quantity)
                    SELECT c.commitment_id, 1 + floor(random() * 2)::int FROM commitment c WHERE c.stands OR random() < 0.2 ORDER BY random() LIMIT 1;
                WHEN 'undo' THEN
                    DELETE FROM delivery WHERE delivery_id = (SELECT delivery_id FROM delivery ORDER BY random() LIMIT 1);
                WHEN 'cancel' THEN
                    UPDATE event SET status_code = 'cancelled', cancelled_reason = 'x' WHERE event_id = 1 + floor(random() * 3)::int AND status_code = 'planned' AND random() < 0.5;
                WHEN 'plan' THEN
                    UPDATE event SET status_code = 'planned' WHERE event_id = 1 + floor(random() * 3)::int AND status_code = 'cancelled';
            END CASE;
            GET DIAGNOSTICS touched = ROW_COUNT;
            INSERT INTO tally VALUES (what, touched > 0, pg_temp.unsound());
        EXCEPTION WHEN check_violation OR foreign_key_violation OR exclusion_violation THEN
            INSERT INTO tally VALUES (what, false, pg_temp.unsound());
        END;
    END LOOP;
END
$$;

SELECT pg_temp.storm(900) \g /dev/null

SELECT is(sum(unsound), 0::numeric, format('%s: the counter is right', what)) FROM tally WHERE what <> 'dropped' GROUP BY what ORDER BY what;
SELECT cmp_ok(count(*) FILTER (WHERE taken), '>=', 2::bigint, format('%s: was done often enough', what)) FROM tally WHERE what NOT IN ('committed', 'supply', 'event') GROUP BY what ORDER BY what;
SELECT cmp_ok(count(*) FILTER (WHERE NOT taken), '>=', 1::bigint, format('%s: was refused often enough', what))
FROM tally WHERE what NOT IN ('drop supply', 'dropped', 'undo', 'cancel') GROUP BY what ORDER BY what;
SELECT is(count(*) FILTER (WHERE taken), 0::bigint, 'nobody writes to committed') FROM tally WHERE what = 'committed';
SELECT is(count(*), 0::bigint, 'every commitment for an event stands at that event')
FROM commitment p JOIN demand d USING (demand_id) WHERE d.event_id IS NOT NULL AND p.event_id IS DISTINCT FROM d.event_id;

-- Taken out and put back, in the order of tables, the counter is what it was.

UPDATE event SET status_code = 'planned' WHERE status_code = 'cancelled';
DELETE FROM delivery;
CREATE TEMP TABLE supply_copy AS TABLE supply;
CREATE TEMP TABLE agreement_copy AS SELECT agreement_id, event_id, status_code, signed_at FROM agreement;
CREATE TEMP TABLE commitment_copy AS SELECT commitment_id, agreement_id, event_id, giver_id, taker_id, kind, resource_code, quantity, supply_id, demand_id, value FROM commitment;
TRUNCATE agreement CASCADE;
SELECT is(sum(committed), 0::numeric, 'all commitments go at once') FROM supply;
DELETE FROM supply;
SET LOCAL salon.import = on;
INSERT INTO supply TABLE supply_copy;
INSERT INTO agreement (agreement_id, event_id, status_code, signed_at) TABLE agreement_copy;
INSERT INTO commitment (commitment_id, agreement_id, event_id, giver_id, taker_id, kind, resource_code, quantity, supply_id, demand_id, value) TABLE commitment_copy;
SELECT bag_eq('TABLE supply', 'TABLE supply_copy', 'rows copied out and in again count the same');
SELECT cmp_ok(sum(committed), '>', 10::numeric, 'and there is something to count') FROM supply;

-- Events take no agreements along to which somebody said something.

SELECT throws_ok('DELETE FROM event WHERE event_id = 1', '23503');
UPDATE agreement SET status_code = 'withdrawn' WHERE status_code = 'signed';
SELECT throws_ok('DELETE FROM event WHERE event_id = 1', '23503');
DELETE FROM agreement WHERE event_id = 1;
DELETE FROM event WHERE event_id = 1;
SELECT is(pg_temp.unsound(), 0::bigint, 'an event goes');

-- A resource that is renamed takes its supplies along.

INSERT INTO resource (resource_code, name_en) VALUES ('old_name', 'x');
INSERT INTO supply (supply_id, party_id, resource_code) VALUES (50, 1, 'old_name');
UPDATE resource SET resource_code = 'new_name' WHERE resource_code = 'old_name';
SELECT is(resource_code, 'new_name', 'a resource is renamed') FROM supply WHERE supply_id = 50;

SELECT * FROM finish();
ROLLBACK;
