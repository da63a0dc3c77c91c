-- Registration: the rule best_fill equals brute force and first_fit equals an
-- independent walk through the list; after thousands of random writes the
-- counters are right, the capacity holds, and nobody who fits waits.
--
-- pg_prove -d DATABASE test/pgtap/registration.sql

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

SELECT salon.create_space('t_registration') \g /dev/null
SET LOCAL search_path = t_registration, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.414214) \g /dev/null

-- best_fill: of all subsets that fit those with the most seats, and of these
-- the one that has the first party, then the second, and so on.

CREATE FUNCTION pg_temp.brute(sizes int[], free bigint) RETURNS int[] LANGUAGE sql STABLE AS $$
    SELECT coalesce(array_agg(i ORDER BY i), '{}')
    FROM (
        SELECT m.mask
        FROM generate_series(0, (1 << cardinality(sizes)) - 1) m (mask)
        CROSS JOIN LATERAL (SELECT coalesce(sum(sizes[i]), 0) AS filled,
                                   string_agg((m.mask >> (i - 1) & 1)::text, '' ORDER BY i) AS has
                            FROM generate_series(1, cardinality(sizes)) i
                            WHERE m.mask >> (i - 1) & 1 = 1) f
        CROSS JOIN LATERAL (SELECT string_agg((m.mask >> (i - 1) & 1)::text, '' ORDER BY i) AS bits
                            FROM generate_series(1, cardinality(sizes)) i) b
        WHERE f.filled <= free
        ORDER BY f.filled DESC, b.bits DESC
        LIMIT 1) best, generate_series(1, cardinality(sizes)) i
    WHERE best.mask >> (i - 1) & 1 = 1
$$;

CREATE TEMP TABLE knapsack AS
SELECT n, ARRAY(SELECT 1 + floor(random() ^ 2 * (3 + n % 9))::int FROM generate_series(1, n % 9)) AS sizes,
       floor(random() * 25)::bigint AS free
FROM generate_series(1, 500) n;

SELECT is(count(*), 0::bigint, 'best_fill equals brute force')
FROM knapsack WHERE _best_fill(sizes, free) IS DISTINCT FROM pg_temp.brute(sizes, free);
SELECT cmp_ok(count(*), '>', 150::bigint, 'and often not everybody fits')
FROM knapsack WHERE free > 0 AND cardinality(_best_fill(sizes, free)) BETWEEN 1 AND cardinality(sizes) - 1;
SELECT is(_best_fill(NULL, 5), '{}'::int[], 'nobody to choose from');
SELECT is(_best_fill('{1,2}', 0), '{}'::int[], 'nothing to fill');
SELECT is(_best_fill('{7,8}', 6), '{}'::int[], 'nobody fits');
SELECT is((SELECT sum(s[i]) FROM unnest(_best_fill(s, 3000)) i), 3000::bigint, 'a long list is filled to the last seat')
FROM (SELECT ARRAY(SELECT 2 + (n * 7919) % 61 FROM generate_series(1, 5000) n) AS s) x;

-- A storm of writes.

INSERT INTO event (event_id, name_en, status_code) SELECT n, 'e' || n, 'planned' FROM generate_series(1, 4) n;
INSERT INTO link (link_id, event_id, link_kind_code, url) SELECT n, n, 'registration', 'https://example.org/' || n FROM generate_series(1, 4) n;
INSERT INTO party (party_id, kind) VALUES (1, 'organization');
INSERT INTO event_party (event_id, party_id, part_code) SELECT n, 1, 'channel' FROM generate_series(1, 4) n;
INSERT INTO seating (event_id, side, capacity, rule_code)
SELECT n, side, CASE WHEN n < 4 THEN 12 END, CASE WHEN n % 2 = 0 OR side = 'online' THEN 'best_fill' ELSE 'first_fit' END
FROM generate_series(1, 4) n, unnest(ARRAY['on_site', 'online']) side;
INSERT INTO event_check (event_id, check_code) SELECT n, 'ticket' FROM generate_series(1, 4) n;

CREATE FUNCTION pg_temp.unsound() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*)
        FROM seating s
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(r.seats) FILTER (WHERE r.status_code = 'registered'), 0) AS taken,
                   coalesce(sum(r.seats) FILTER (WHERE r.status_code = 'waiting'), 0) AS waiting,
                   min(r.seats) FILTER (WHERE r.status_code = 'waiting') AS smallest
            FROM registration r
            WHERE r.event_id = s.event_id AND r.side = s.side) x
        WHERE s.taken <> x.taken OR s.waiting <> x.waiting OR s.over <> greatest(s.taken - s.capacity, 0)
           OR (NOT s.event_is_off AND (x.smallest <= s.capacity - s.taken OR (s.capacity IS NULL AND x.smallest > 0)))
           OR s.event_is_off <> (SELECT e.status_code = 'cancelled' FROM event e WHERE e.event_id = s.event_id))
       + (SELECT count(*) FROM check_pass p JOIN registration r USING (registration_id)
          WHERE r.status_code <> 'registered' OR p.seat > r.seats OR p.seats <> r.seats)
       + (SELECT count(*) FROM attendee a JOIN registration r USING (registration_id)
          WHERE (a.event_id, a.status_code, a.seats) IS DISTINCT FROM (r.event_id, r.status_code, r.seats))
       + (SELECT count(*) FROM (SELECT FROM attendee a JOIN registration r USING (registration_id)
                                WHERE r.status_code <> 'cancelled' AND a.contact IS NOT NULL
                                GROUP BY r.event_id, lower(btrim(a.contact)) HAVING count(*) > 1) d);

CREATE TEMP TABLE tally (what text, taken boolean, unsound bigint);

CREATE FUNCTION pg_temp.any_one(OUT registration_id bigint) LANGUAGE sql VOLATILE
RETURN (SELECT r.registration_id FROM registration r WHERE r.status_code <> 'cancelled' OR random() < 0.02 ORDER BY random() LIMIT 1);

-- Seats are taken only while there are some.
CREATE TEMP TABLE overbooked (seating_id bigint);
CREATE FUNCTION pg_temp.overbooked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO overbooked VALUES (NEW.seating_id); RETURN NULL; END $$;
CREATE TRIGGER overbooked AFTER UPDATE ON seating FOR EACH ROW WHEN (NEW.taken > OLD.taken AND NEW.taken > NEW.capacity) EXECUTE FUNCTION pg_temp.overbooked();

CREATE FUNCTION pg_temp.storm(writes int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    what text;
    touched bigint;
    e bigint;
    z int;
    at_side text;
    id bigint;
BEGIN
    FOR i IN 1..writes LOOP
        what := (ARRAY['register', 'register', 'register', 'insert', 'several', 'forced', 'cancel', 'cancel', 'delete', 'resize', 'resize', 'capacity',
                       'rule', 'call off', 'check', 'uncheck', 'counter', 'by hand', 'put back', 'drop link'])[1 + floor(random() * 20)::int];
        e := 1 + floor(random() * 4)::int;
        z := 1 + floor(random() ^ 2 * 8)::int;
        at_side := CASE WHEN random() < 0.6 THEN 'on_site' ELSE 'online' END;
        id := pg_temp.any_one();
        BEGIN
            CASE what
                WHEN 'register' THEN
                    PERFORM register(e, at_side, z, contact_kind => 'email', contact => 'p' || floor(random() * 60)::int || '@example.org',
                                     link_id => CASE WHEN random() < 0.3 THEN e END);
                WHEN 'insert' THEN
                    INSERT INTO registration (event_id, side, seats, channel_party_id) VALUES (e, at_side, z, 1);
                WHEN 'several' THEN
                    INSERT INTO registration (event_id, side, seats, status_code)
                    SELECT 1 + n % 4, at_side, 1 + (n * z) % 5, 'waiting' FROM generate_series(1, 6) n;
                WHEN 'forced' THEN
                    INSERT INTO registration (event_id, side, seats, status_code) VALUES (e, at_side, z, 'registered');
                WHEN 'cancel' THEN
                    PERFORM * FROM cancel_registration(id);
                WHEN 'delete' THEN
                    DELETE FROM registration r WHERE r.registration_id = id
                        OR r.registration_id IN (SELECT d.registration_id FROM registration d WHERE d.status_code = 'cancelled' ORDER BY random() LIMIT 9);
                WHEN 'resize' THEN
                    UPDATE registration r SET seats = z WHERE r.registration_id = id AND r.status_code <> 'cancelled';
                WHEN 'capacity' THEN
                    UPDATE seating s SET capacity = nullif(floor(random() * 24)::int, 23) WHERE s.event_id = e AND s.side = at_side;
                WHEN 'rule' THEN
                    UPDATE seating s SET rule_code = CASE rule_code WHEN 'best_fill' THEN 'first_fit' ELSE 'best_fill' END WHERE s.event_id = e;
                WHEN 'call off' THEN
                    UPDATE event v SET status_code = CASE v.status_code WHEN 'cancelled' THEN 'planned' ELSE 'cancelled' END, cancelled_reason = 'x'
                    WHERE v.event_id = e AND (v.status_code = 'cancelled' OR random() < 0.3);
                WHEN 'check' THEN
                    PERFORM check_in(id, 'ticket', CASE WHEN random() < 0.8 THEN 1 + floor(random() * 5)::int END);
                WHEN 'uncheck' THEN
                    DELETE FROM check_pass p WHERE p.registration_id IN (SELECT c.registration_id FROM check_pass c ORDER BY random() LIMIT 3);
                WHEN 'counter' THEN
                    UPDATE seating s SET taken = taken + 1 WHERE s.event_id = e;
                WHEN 'by hand' THEN
                    UPDATE registration r SET status_code = (ARRAY['registered', 'waiting', 'cancelled'])[1 + floor(random() * 3)::int]
                    WHERE r.registration_id = id AND r.status_code <> 'registered';
                WHEN 'put back' THEN
                    UPDATE registration r SET status_code = 'waiting' WHERE r.registration_id = id AND r.status_code = 'registered';
                    PERFORM move_up(n) FROM generate_series(1, 4) n;
                WHEN 'drop link' THEN
                    DELETE FROM link l WHERE l.link_id = e;
                    INSERT INTO link (link_id, event_id, link_kind_code, url) VALUES (e, e, 'registration', 'https://example.org/' || e);
            END CASE;
            GET DIAGNOSTICS touched = ROW_COUNT;
            INSERT INTO tally VALUES (what, touched > 0, CASE WHEN i % 4 = 0 THEN pg_temp.unsound() ELSE 0 END);
        EXCEPTION WHEN check_violation OR unique_violation OR foreign_key_violation THEN
            INSERT INTO tally VALUES (what, false, CASE WHEN i % 4 = 0 THEN pg_temp.unsound() ELSE 0 END);
        END;
    END LOOP;
END
$$;

SELECT pg_temp.storm(2000) \g /dev/null
SELECT is(pg_temp.unsound(), 0::bigint, 'after the storm all is right');
SELECT is(count(*), 0::bigint, 'no seat was taken that was not there') FROM overbooked;
SELECT cmp_ok(count(*), '>=', 3::bigint, 'some moved up twice') FROM (SELECT FROM moved_up GROUP BY registration_id HAVING count(*) > 1) m;

SELECT is(sum(unsound), 0::numeric, format('%s: counters are right, the capacity holds, nobody who fits waits', what)) FROM tally GROUP BY what ORDER BY what;
SELECT cmp_ok(count(*) FILTER (WHERE taken), '>=', 10::bigint, format('%s: was done often enough', what))
FROM tally WHERE what <> 'counter' GROUP BY what ORDER BY what;
SELECT cmp_ok(count(*) FILTER (WHERE NOT taken), '>=', 5::bigint, format('%s: was refused often enough', what))
FROM tally WHERE what IN ('register', 'forced', 'cancel', 'resize', 'check', 'by hand', 'counter') GROUP BY what ORDER BY what;
SELECT is(count(*) FILTER (WHERE taken), 0::bigint, 'nobody writes to the counters') FROM tally WHERE what = 'counter';
SELECT cmp_ok(count(*), '>=', 20::bigint, format('many moved up by %s', rule_code)) FROM moved_up GROUP BY rule_code;
SELECT is(count(*), 0::bigint, 'whoever moved up has its seats, or had them') FROM moved_up m JOIN registration r USING (registration_id) WHERE r.registered_at IS NULL AND r.status_code = 'registered';

-- Views agree with the tables, by another way.

SELECT bag_eq('SELECT event_id, sum(registered)::bigint AS r, coalesce(sum(waiting), 0)::bigint AS w, coalesce(sum(cancelled), 0)::bigint AS c, sum(registrations)::bigint AS n, sum(checked_in)::bigint AS i
               FROM registration_channel GROUP BY event_id',
              'SELECT r.event_id, coalesce(sum(seats) FILTER (WHERE status_code = ''registered'' AND NOT event_is_off), 0) AS r,
                      coalesce(sum(seats) FILTER (WHERE status_code = ''waiting'' AND NOT event_is_off), 0) AS w,
                      coalesce(sum(seats) FILTER (WHERE status_code = ''cancelled''), 0) AS c, count(*) AS n,
                      (SELECT count(*) FROM check_pass p JOIN event e USING (event_id) WHERE p.event_id = r.event_id AND NOT e.is_off) AS i
               FROM registration r GROUP BY event_id', 'the channels of an event add up to all its registrations');
SELECT bag_eq('SELECT event_id, side, registered, waiting, checked_in FROM headcount',
              'SELECT s.event_id, s.side,
                      (SELECT coalesce(sum(r.seats), 0)::bigint FROM registration r WHERE (r.event_id, r.side, r.status_code, r.event_is_off) = (s.event_id, s.side, ''registered'', false)) AS registered,
                      (SELECT coalesce(sum(r.seats), 0)::bigint FROM registration r WHERE (r.event_id, r.side, r.status_code, r.event_is_off) = (s.event_id, s.side, ''waiting'', false)) AS waiting,
                      (SELECT count(*) FROM check_pass p JOIN registration r USING (registration_id) WHERE (r.event_id, r.side, r.event_is_off) = (s.event_id, s.side, false)) AS checked_in
               FROM seating s', 'the headcount too');
SELECT is((SELECT count(*) FROM door_list), (SELECT sum(taken)::bigint FROM seating WHERE NOT event_is_off), 'the door list has a line for each seat of events that are not cancelled');
SELECT is((SELECT sum(seats)::bigint FROM waiting_list), (SELECT sum(waiting)::bigint FROM seating WHERE NOT event_is_off), 'the waiting list has all who wait for events that are not cancelled');

-- Each rule chooses as an independent answer does.

CREATE FUNCTION pg_temp.walk(sizes int[], free bigint) RETURNS int[] LANGUAGE sql STABLE AS $$
    WITH RECURSIVE w (i, free, chosen) AS (
        SELECT 0, free, '{}'::int[]
        UNION ALL
        SELECT i + 1, CASE WHEN sizes[i + 1] <= w.free THEN w.free - sizes[i + 1] ELSE w.free END,
               CASE WHEN sizes[i + 1] <= w.free THEN chosen || (i + 1) ELSE chosen END
        FROM w WHERE i < cardinality(sizes))
    SELECT chosen FROM w ORDER BY i DESC LIMIT 1
$$;

CREATE TEMP TABLE trial (rule text, sizes int[], free int, got int[]);
CREATE FUNCTION pg_temp.trials(n int) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    e bigint := 1000;
    try_rule text;
    try_sizes int[];
    room int;
BEGIN
    FOR i IN 1..n LOOP
        e := e + 1;
        try_rule := (ARRAY['first_fit', 'best_fill'])[1 + i % 2];
        try_sizes := ARRAY(SELECT 1 + floor(random() ^ 2 * 9)::int FROM generate_series(1, 1 + i % 8));
        room := floor(random() * 20)::int;
        INSERT INTO event (event_id, name_en) VALUES (e, 'trial');
        INSERT INTO seating (event_id, side, capacity, rule_code) VALUES (e, 'on_site', 0, try_rule);
        -- in the order of asked_at, whatever the order of the keys
        INSERT INTO registration (event_id, seats, asked_at)
        SELECT e, z, timestamptz '2031-01-01 00:00+08' + place * interval '1 minute'
        FROM unnest(try_sizes) WITH ORDINALITY u (z, place) ORDER BY random();
        UPDATE seating s SET capacity = room WHERE s.event_id = e;
        INSERT INTO trial
        SELECT try_rule, try_sizes, room, coalesce(array_agg(place::int ORDER BY place) FILTER (WHERE status_code = 'registered'), '{}')
        FROM (SELECT r.status_code, row_number() OVER (ORDER BY r.asked_at) AS place FROM registration r WHERE r.event_id = e) x;
    END LOOP;
END
$$;
SELECT pg_temp.trials(300) \g /dev/null
SELECT is(count(*), 0::bigint, 'first_fit: in order, whoever fits') FROM trial WHERE rule = 'first_fit' AND got IS DISTINCT FROM pg_temp.walk(sizes, free);
SELECT is(count(*), 0::bigint, 'best_fill: the most seats') FROM trial WHERE rule = 'best_fill' AND got IS DISTINCT FROM pg_temp.brute(sizes, free);
SELECT cmp_ok(count(*), '>', 20::bigint, 'and the two rules often differ') FROM trial WHERE pg_temp.walk(sizes, free) <> pg_temp.brute(sizes, free);
SELECT is(count(*), 0::bigint, 'everybody who moved up is in the log, with the rule and what was free')
FROM registration r JOIN seating s USING (event_id, side) LEFT JOIN moved_up m USING (registration_id)
WHERE r.event_id > 1000 AND (r.status_code = 'registered') <> coalesce(m.rule_code = s.rule_code AND m.free_before = s.capacity AND m.seats = r.seats, false);

-- Taken out and put back, in the order of tables, all is what it was.

CREATE TEMP TABLE seating_copy AS SELECT * FROM seating WHERE NOT event_is_off AND over = 0;
CREATE TEMP TABLE registration_copy AS
SELECT registration_id, event_id, side, seats, status_code, link_id, channel_party_id, asked_at, registered_at, cancelled_at FROM registration
WHERE (event_id, side) IN (SELECT event_id, side FROM seating_copy);
SELECT throws_ok('DELETE FROM seating', '23503', NULL, 'a seating does not take registrations along');
DELETE FROM check_pass;
DELETE FROM registration;
DELETE FROM seating;
INSERT INTO seating (seating_id, event_id, side, capacity, rule_code, is_open) SELECT seating_id, event_id, side, capacity, rule_code, is_open FROM seating_copy;
INSERT INTO registration (registration_id, event_id, side, seats, status_code, link_id, channel_party_id, asked_at, registered_at, cancelled_at) TABLE registration_copy;
SELECT bag_eq('TABLE seating', 'TABLE seating_copy', 'sides copied out and in again count the same');
SELECT bag_eq('SELECT registration_id, event_id, side, seats, status_code, link_id, channel_party_id, asked_at, registered_at, cancelled_at FROM registration',
              'TABLE registration_copy', 'and nobody moved');

-- An entry that is skipped counts nothing.

INSERT INTO registration (registration_id, event_id, side, seats) SELECT registration_id, event_id, side, 1 FROM registration WHERE event_id < 4
ON CONFLICT DO NOTHING;
SELECT is(pg_temp.unsound(), 0::bigint, 'what is skipped is not counted');
SET CONSTRAINTS ALL IMMEDIATE;
TRUNCATE registration CASCADE;
SELECT is(sum(taken + waiting), 0::numeric, 'all registrations go at once') FROM seating;

SELECT * FROM finish();
ROLLBACK;
