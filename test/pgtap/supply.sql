-- What is pledged of a supply equals an independent sum after thousands of random
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
INSERT INTO event (event_id, name_en) SELECT n, 'e' || n FROM generate_series(1, 3) n;
INSERT INTO supply (supply_id, party_id, resource_code, quantity)
SELECT n, 1 + n % 4, (ARRAY['ra', 'rb', 'rc', 'rd'])[1 + n % 4], nullif(n % 7, 6) FROM generate_series(1, 20) n;
INSERT INTO demand (demand_id, event_id, resource_code) SELECT n, 1 + n % 3, 'ra' FROM generate_series(1, 9) n;
INSERT INTO demand (demand_id, party_id, resource_code) SELECT n, 1 + n % 4, 'ra' FROM generate_series(10, 14) n;

-- Supplies of which the counter or what it follows is wrong.
CREATE FUNCTION pg_temp.unsound() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*)
        FROM supply s
        WHERE s.pledged <> (SELECT coalesce(sum(p.quantity), 0) FROM pledge p
                            WHERE p.supply_id = s.supply_id AND p.status_code NOT IN ('declined', 'withdrawn'))
           OR s.is_used_up <> (SELECT r.is_used_up FROM resource r WHERE r.resource_code = s.resource_code)
           OR (s.is_used_up AND s.pledged > s.quantity));

CREATE TEMP TABLE tally (what text, taken boolean, unsound bigint);

CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what text;
    touched bigint;
    before text;
BEGIN
    FOR i IN 1..writes LOOP
        what := (ARRAY['insert', 'insert', 'insert', 'insert', 'delete', 'status', 'status', 'quantity', 'supply', 'event', 'resource of supply',
                       'supply quantity', 'flip', 'several', 'drop supply', 'pledged'])[1 + floor(random() * 16)::int];
        BEGIN
            CASE what
                WHEN 'insert' THEN
                    INSERT INTO pledge (supply_id, demand_id, quantity, status_code)
                    VALUES (1 + floor(random() * 20)::int, 1 + floor(random() * 14)::int, 1 + floor(random() * 3)::int,
                            (ARRAY['proposed', 'proposed', 'confirmed', 'withdrawn'])[1 + floor(random() * 4)::int]);
                WHEN 'delete' THEN
                    DELETE FROM pledge WHERE pledge_id = (SELECT pledge_id FROM pledge ORDER BY random() LIMIT 1);
                WHEN 'status' THEN
                    UPDATE pledge SET status_code = (ARRAY['confirmed', 'delivered', 'declined', 'withdrawn', 'proposed'])[1 + floor(random() * 5)::int]
                    WHERE pledge_id = (SELECT pledge_id FROM pledge ORDER BY random() LIMIT 1);
                WHEN 'quantity' THEN
                    UPDATE pledge SET quantity = floor(random() * 4)::int WHERE pledge_id = (SELECT pledge_id FROM pledge ORDER BY random() LIMIT 1);
                WHEN 'supply' THEN
                    UPDATE pledge SET supply_id = 1 + floor(random() * 20)::int, quantity = 1 + floor(random() * 2)::int
                    WHERE pledge_id = (SELECT pledge_id FROM pledge ORDER BY random() LIMIT 1);
                WHEN 'event' THEN
                    UPDATE pledge SET event_id = 1 + floor(random() * 3)::int WHERE pledge_id = (SELECT pledge_id FROM pledge ORDER BY random() LIMIT 1);
                WHEN 'resource of supply' THEN
                    UPDATE supply SET resource_code = (ARRAY['ra', 'rb', 'rc', 'rd'])[1 + floor(random() * 4)::int], note = i::text
                    WHERE supply_id = 1 + floor(random() * 20)::int;
                WHEN 'supply quantity' THEN
                    UPDATE supply SET quantity = nullif(floor(random() * 9)::int - 1, 7) WHERE supply_id = 1 + floor(random() * 20)::int;
                WHEN 'flip' THEN
                    UPDATE resource SET is_used_up = NOT is_used_up WHERE resource_code = (ARRAY['ra', 'rb', 'rc', 'rd'])[1 + floor(random() * 4)::int];
                WHEN 'several' THEN
                    UPDATE pledge SET quantity = quantity + 1 WHERE random() < 0.1 AND status_code = 'proposed';
                WHEN 'drop supply' THEN
                    WITH gone AS (DELETE FROM supply WHERE supply_id = 1 + floor(random() * 20)::int AND random() < 0.3 RETURNING supply_id)
                    INSERT INTO tally SELECT 'dropped', true, 0 FROM gone;
                    INSERT INTO supply (supply_id, party_id, resource_code, quantity, pledged, is_used_up)
                    SELECT n, 1, 'ra', 3, 77, false FROM generate_series(1, 20) n WHERE NOT EXISTS (SELECT FROM supply WHERE supply_id = n);
                WHEN 'pledged' THEN
                    UPDATE supply SET pledged = pledged + 1 WHERE supply_id = 1 + floor(random() * 20)::int;
            END CASE;
            GET DIAGNOSTICS touched = ROW_COUNT;
            INSERT INTO tally VALUES (what, touched > 0, pg_temp.unsound());
        EXCEPTION WHEN check_violation THEN
            INSERT INTO tally VALUES (what, false, pg_temp.unsound());
        END;
    END LOOP;
END
$$;

SELECT pg_temp.storm(2500) \g /dev/null

SELECT is(sum(unsound), 0::numeric, format('%s: the counter is right', what)) FROM tally WHERE what <> 'dropped' GROUP BY what ORDER BY what;
SELECT cmp_ok(count(*) FILTER (WHERE taken), '>=', 2::bigint, format('%s: was done often enough', what)) FROM tally WHERE what <> 'pledged' GROUP BY what ORDER BY what;
SELECT cmp_ok(count(*) FILTER (WHERE NOT taken), '>=', 1::bigint, format('%s: was refused often enough', what))
FROM tally WHERE what NOT IN ('delete', 'drop supply', 'dropped') GROUP BY what ORDER BY what;
SELECT is(count(*) FILTER (WHERE taken), 0::bigint, 'nobody writes to pledged') FROM tally WHERE what = 'pledged';
SELECT is(count(*), 0::bigint, 'every pledge for an event stands at that event')
FROM pledge p JOIN demand d USING (demand_id) WHERE d.event_id IS NOT NULL AND p.event_id IS DISTINCT FROM d.event_id;

-- Taken out and put back, in the order of tables, the counter is what it was.

CREATE TEMP TABLE supply_copy AS TABLE supply;
CREATE TEMP TABLE pledge_copy AS SELECT pledge_id, event_id, supply_id, demand_id, quantity, value, status_code FROM pledge;
DELETE FROM supply;
SELECT is(count(*), 0::bigint, 'pledges go with their supply') FROM pledge;
INSERT INTO supply TABLE supply_copy;
INSERT INTO pledge (pledge_id, event_id, supply_id, demand_id, quantity, value, status_code) TABLE pledge_copy;
SELECT bag_eq('TABLE supply', 'TABLE supply_copy', 'rows copied out and in again count the same');
SELECT cmp_ok(sum(pledged), '>', 10::numeric, 'and there is something to count') FROM supply;

-- Events and demands that go take their pledges along, and the supply is free.

DELETE FROM event WHERE event_id = 1;
SELECT is(pg_temp.unsound(), 0::bigint, 'an event goes');
DELETE FROM demand WHERE event_id = 2;
SELECT is(pg_temp.unsound(), 0::bigint, 'a demand goes');
TRUNCATE pledge;
SELECT is(sum(pledged), 0::numeric, 'all pledges go at once') FROM supply;

-- A resource that is renamed takes its supplies along.

INSERT INTO resource (resource_code, name_en) VALUES ('old_name', 'x');
INSERT INTO supply (supply_id, party_id, resource_code) VALUES (50, 1, 'old_name');
UPDATE resource SET resource_code = 'new_name' WHERE resource_code = 'old_name';
SELECT is(resource_code, 'new_name', 'a resource is renamed') FROM supply WHERE supply_id = 50;

SELECT * FROM finish();
ROLLBACK;
