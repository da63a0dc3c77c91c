-- How long it takes to register, and to give a seat back, where nobody and where
-- 100,000 wait already.
--
-- usage: psql -v space=club -f waiting.sql, as a superuser, with a space that has
-- nothing in it; all is undone.  -v rule=best_fill moves up by that rule.

\set QUIET on
\if :{?space} \else \set space club \endif
\if :{?waiting} \else \set waiting 100000 \endif
\if :{?rule} \else \set rule first_fit \endif
BEGIN;
SET LOCAL search_path = :"space", salon;
SET LOCAL session_replication_role = replica;
INSERT INTO party (party_id, kind, name_en) SELECT n, 'person', 'guest ' || n FROM generate_series(1, :waiting + 1000) n;
INSERT INTO event (event_id, status_code, name_en, starts_at, ends_at, time_zone)
SELECT n, 'announced', 'event ' || n, now() + interval '30 days', now() + interval '30 days 2 hours', 'UTC' FROM generate_series(1, 2) n;
INSERT INTO seating (event_id, side, rule_code, capacity, taken, waiting) VALUES (1, 'on_site', :'rule', 1, 1, 1), (2, 'on_site', :'rule', 1, 1, :waiting);
INSERT INTO registration (registration_id, event_id, status_code, party_id, asked_at, registered_at)
SELECT e, e, 'registered', e, now() - interval '10 days', now() - interval '10 days' FROM generate_series(1, 2) e;
INSERT INTO registration (registration_id, event_id, status_code, party_id, asked_at)
SELECT 2 + n, CASE WHEN n > 1 THEN 2 ELSE 1 END, 'waiting', 2 + n, now() - interval '9 days' + n * interval '1 second' FROM generate_series(1, :waiting) n;
SET LOCAL session_replication_role = origin;
SELECT setval('registration_registration_id_seq', (SELECT max(registration_id) FROM registration)) \g /dev/null
ANALYZE;
CREATE TEMP TABLE took (event_id bigint, what text, ms numeric) ON COMMIT DROP;
DO $$
DECLARE
    b timestamptz;
    at_event bigint;
    guest bigint := (SELECT max(party_id) FROM party);
    back bigint;
BEGIN
    FOR round IN 1..30 LOOP
        FOR at_event IN 1..2 LOOP
            guest := guest - 1;
            b := clock_timestamp();
            PERFORM register(at_event, 'on_site', party_id => guest);
            INSERT INTO took VALUES (at_event, 'register', 1000 * extract(epoch FROM clock_timestamp() - b));
            SELECT r.registration_id INTO back FROM registration r WHERE r.event_id = at_event AND r.status_code = 'registered' LIMIT 1;
            b := clock_timestamp();
            UPDATE registration SET status_code = 'cancelled' WHERE registration_id = back;
            SET CONSTRAINTS ALL IMMEDIATE;
            SET CONSTRAINTS ALL DEFERRED;
            INSERT INTO took VALUES (at_event, 'cancel, and somebody moves up', 1000 * extract(epoch FROM clock_timestamp() - b));
        END LOOP;
    END LOOP;
END
$$;
SELECT what, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE event_id = 1)::numeric, 2) AS "few wait, ms",
       round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) FILTER (WHERE event_id = 2)::numeric, 2) AS "many wait, ms"
FROM took
GROUP BY what
ORDER BY what DESC;
ROLLBACK;
