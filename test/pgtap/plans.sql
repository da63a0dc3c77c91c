-- Plans: with thousands of events, what is asked of one event reads no table
-- that grows with events from end to end.
--
-- pg_prove -d DATABASE test/pgtap/plans.sql

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

SELECT salon.create_space('t_plans') \g /dev/null
SET LOCAL search_path = t_plans, salon, public;
SET LOCAL jit = off;

SELECT no_plan();

-- Synthetic rows, right without triggers.
SET LOCAL session_replication_role = replica;
\set events 3000

INSERT INTO city (city_code, name_en) SELECT 'c' || n, 'city ' || n FROM generate_series(1, 20) n;
INSERT INTO party (party_id, kind, name_en) SELECT n, CASE WHEN n <= 200 THEN 'organization' ELSE 'person' END, 'synthetic party ' || n FROM generate_series(1, 600) n;
INSERT INTO series (series_id, name_en) SELECT n, 'synthetic series ' || n FROM generate_series(1, 300) n;
INSERT INTO event (event_id, series_id, name_en, status_code, city_code, starts_at, ends_at)
SELECT n, n % 300 + 1, 'synthetic event ' || n, CASE n % 5 WHEN 0 THEN 'archived' ELSE 'planned' END, 'c' || n % 20 + 1,
       timestamptz '2031-01-01 18:00+08' + n * interval '1 hour', timestamptz '2031-01-01 21:00+08' + n * interval '1 hour'
FROM generate_series(1, :events) n;
INSERT INTO event_party (event_id, party_id, part_code)
SELECT n, (n * 7 + k * 31) % 200 + 1, (ARRAY['host', 'sponsor', 'guest_company', 'channel'])[k] FROM generate_series(1, :events) n, generate_series(1, 4) k;
INSERT INTO session (session_id, event_id, format_code, title_en, starts_at, ends_at)
SELECT n * 3 + k, n, 'mini_talk', 'talk ' || k, e.starts_at + k * interval '1 hour', e.starts_at + (k + 1) * interval '1 hour'
FROM generate_series(1, :events) n, generate_series(0, 2) k, event e WHERE e.event_id = n;
INSERT INTO speaker (session_id, person_id, during) SELECT session_id, 201 + session_id % 400, during FROM session;
INSERT INTO shift (event_id, duty_code, held) SELECT n, duty_code, ((n + ordinal) % 600 > 0)::int FROM generate_series(1, :events) n, duty;
INSERT INTO event_duty (event_id, duty_code, party_id, shift_id, status_code)
SELECT s.event_id, s.duty_code, nullif((s.event_id + d.ordinal) % 600, 0), s.shift_id, CASE WHEN s.held > 0 THEN 'confirmed' ELSE 'open' END
FROM shift s JOIN duty d USING (duty_code);
INSERT INTO helper (party_id) SELECT n FROM generate_series(201, 230) n;
INSERT INTO asset (asset_kind_code, event_id, session_id, party_id, state)
SELECT (ARRAY['poster', 'photo', 'video', 'slides', 'logo'])[k], CASE WHEN k <= 3 THEN n END, CASE k WHEN 4 THEN n * 3 END, CASE k WHEN 5 THEN n % 200 + 1 END, 'ready'
FROM generate_series(1, :events) n, generate_series(1, 5) k;
INSERT INTO link (event_id, link_kind_code, url, is_qr_target)
SELECT n, (ARRAY['registration', 'live', 'group'])[k], 'https://example.org/' || n, k > 1 FROM generate_series(1, :events) n, generate_series(1, 3) k;
INSERT INTO notice (event_id, text_en) SELECT n, 'synthetic notice' FROM generate_series(1, :events) n;
INSERT INTO event_item (event_id, item_code, due_at) SELECT n, 'C' || k, now() FROM generate_series(1, :events) n, generate_series(1, 4) k;
INSERT INTO demand (event_id, resource_code, quantity, priority, purpose)
SELECT n, resource_code, quantity, priority, 'means' FROM generate_series(1, :events) n, template_resource WHERE direction = 'need';
INSERT INTO supply (event_id, resource_code, is_used_up, quantity)
SELECT n, t.resource_code, r.is_used_up, t.quantity FROM generate_series(1, :events) n, template_resource t JOIN resource r USING (resource_code) WHERE direction = 'offer';
INSERT INTO supply (party_id, resource_code, is_used_up, quantity, pledged)
SELECT p, r.resource_code, r.is_used_up, 1000000, 0
FROM generate_series(1, 200) p
JOIN (SELECT resource_code, is_used_up, row_number() OVER (ORDER BY resource_code) AS place FROM resource) r ON (p + r.place) % 20 = 0;
INSERT INTO demand (party_id, resource_code)
SELECT p, r.resource_code
FROM generate_series(1, 200) p
JOIN (SELECT resource_code, row_number() OVER (ORDER BY resource_code) AS place FROM resource) r ON (p * 3 + r.place) % 20 = 0;
INSERT INTO pledge (event_id, supply_id, demand_id, quantity, status_code)
SELECT d.event_id, s.first + d.demand_id % 500, d.demand_id, 1, 'confirmed'
FROM demand d, (SELECT min(supply_id) AS first FROM supply WHERE party_id IS NOT NULL) s WHERE d.event_id IS NOT NULL AND d.resource_code IN ('venue', 'tea', 'promotion');
INSERT INTO seating (event_id, side, capacity, taken, waiting) SELECT n, side, 100, 3, 3 FROM generate_series(1, :events) n, unnest(ARRAY['on_site', 'online']) side;
INSERT INTO registration (registration_id, event_id, side, seats, status_code, asked_at, registered_at, cancelled_at, link_id)
SELECT n * 6 + k, n, CASE k % 2 WHEN 0 THEN 'on_site' ELSE 'online' END, 1 + k % 3,
       (ARRAY['registered', 'waiting', 'cancelled'])[1 + k / 2], now(), CASE k / 2 WHEN 0 THEN now() END, CASE k / 2 WHEN 2 THEN now() END,
       CASE WHEN k < 4 THEN n * 3 - 2 END
FROM generate_series(1, :events) n, generate_series(0, 5) k;
INSERT INTO attendee (registration_id, event_id, status_code, seats, name, contact_kind, contact)
SELECT registration_id, event_id, status_code, seats, 'somebody', 'other', registration_id::text FROM registration;
INSERT INTO moved_up (registration_id, seats, rule_code) SELECT registration_id, seats, 'first_fit' FROM registration WHERE status_code = 'registered' AND seats = 1;
INSERT INTO event_check (event_check_id, event_id, check_code) SELECT n, n, 'ticket' FROM generate_series(1, :events) n;
INSERT INTO check_pass (registration_id, event_id, status_code, seats, event_check_id, passed_by)
SELECT registration_id, event_id, status_code, seats, event_id, 'x' FROM registration WHERE status_code = 'registered';
INSERT INTO package (package_id, event_id, name_en, benefits, price, quantity, claimed, signed)
SELECT n, n, 'synthetic package', 'logo_place:1, post:2', 100, 2, 1, 1 FROM generate_series(1, :events) n;
INSERT INTO package (package_id, series_id, name_en, benefits) SELECT :events + n, n, 'synthetic package', 'booth:1' FROM generate_series(1, 300) n;
INSERT INTO package_benefit (package_id, benefit_code, quantity) SELECT p.package_id, i.resource, i.quantity FROM package p, salon.items(p.benefits) i;
INSERT INTO event_benefit (event_id, benefit_code, quantity, granted) SELECT n, 'logo_place', 5, 1 FROM generate_series(1, :events) n;
INSERT INTO event_claim_count (event_id, claims) SELECT n, 1 FROM generate_series(1, :events) n;
INSERT INTO claim (claim_id, package_id, event_id, party_id, status_code, edition, signed_at)
SELECT n, n, n, n % 200 + 1, 'signed', 1, now() FROM generate_series(1, :events) n;
INSERT INTO benefit_grant (claim_id, event_id, party_id, benefit_code, is_exclusive, quantity)
SELECT c.claim_id, c.event_id, c.party_id, b.benefit_code, false, b.quantity FROM claim c JOIN package_benefit b USING (package_id);
INSERT INTO delivery (claim_id, benefit_code) SELECT claim_id, 'post' FROM claim;
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis)
SELECT n, cost_kind_code, n % 200 + 1, 100, 100, 'measured' FROM generate_series(1, :events) n, cost_kind;
INSERT INTO contribution (party_id, event_id, kind, value, value_basis, claim_id)
SELECT n % 200 + 1, n, 'money', 100, 'measured', CASE WHEN k = 1 THEN n END FROM generate_series(1, :events) n, generate_series(1, 2) k;
INSERT INTO segment (name_en, counts, industry_code) SELECT i, c, i FROM unnest(ARRAY['iot', 'operator']) i, unnest(ARRAY['people', 'organizations']) c;
INSERT INTO target (party_id, segment_id) SELECT p, s.segment_id FROM generate_series(1, 200) p, segment s WHERE s.counts = 'people' AND (p + s.segment_id) % 3 = 0;
INSERT INTO party_industry (party_id, industry_code) SELECT p, CASE p % 2 WHEN 0 THEN 'operator' ELSE 'isv' END FROM generate_series(1, 200) p;
INSERT INTO supplier_of (supplier_id, customer_id) SELECT p, p % 200 + 1 FROM generate_series(1, 200) p;
INSERT INTO audience (event_id, profession_code, industry_code, planned) SELECT n, p.profession_code, 'operator', 10 FROM generate_series(1, :events) n, profession p;
INSERT INTO reach (event_id, medium_code, planned_pv) SELECT n, m.medium_code, 1000 FROM generate_series(1, :events) n, medium m;
INSERT INTO sponsor_deal (event_id, party_id, planned_amount) SELECT n, n % 200 + 1, 1000 FROM generate_series(1, :events) n;
INSERT INTO channel (channel_id, party_id, platform_code, name) SELECT n, n % 200 + 1, 'website', n::text FROM generate_series(1, 1000) n;
INSERT INTO follower_count (channel_id, counted_on, followers, basis) SELECT n, date '2031-01-01' + k, 100, 'measured' FROM generate_series(1, 1000) n, generate_series(1, 3) k;
INSERT INTO post (event_id, channel_id, asset_id, planned_at, posted_at)
SELECT n, (n * 7 + k * 31) % 1000 + 1, n, timestamptz '2031-01-01 09:00+08' + n * interval '1 hour' + k * interval '1 minute', timestamptz '2031-01-01 09:00+08' + n * interval '1 hour' + k * interval '1 minute'
FROM generate_series(1, :events) n, generate_series(1, 4) k;
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis) SELECT p, 'wechat_index', date '2031-01-01' + k, k, 'measured' FROM generate_series(1, 200) p, generate_series(1, 30) k;
INSERT INTO metric (event_id, kind, name_en, fact, target) SELECT n, k, k, 'pv', 1000 FROM generate_series(1, :events) n, unnest(ARRAY['north_star', 'process']) k;
INSERT INTO rotation (series_id) SELECT series_id FROM series;
INSERT INTO series_host (series_id, party_id) SELECT s, (s * 7 + k) % 200 + 1 FROM generate_series(1, 300) s, generate_series(1, 4) k;
INSERT INTO season (season_id, series_id, starts_on, ends_on, cadence, time_zone, min_days_between)
SELECT n, n % 300 + 1, date '2031-01-01', date '2031-12-31', 'FREQ=MONTHLY', 'Asia/Shanghai', 0 FROM generate_series(1, 1000) n;
INSERT INTO season_host (season_id, party_id, lower, upper, possible, reason_code)
SELECT n, ((n % 300 + 1) * 7 + k) % 200 + 1, 1, 1, 1, 'fair' FROM generate_series(1, 1000) n, generate_series(1, 4) k;
INSERT INTO turn (season_id, series_id, time_zone, min_days_between, starts_at, ends_at, party_id)
SELECT n, n % 300 + 1, 'Asia/Shanghai', 0, timestamptz '2031-01-01' + k * interval '30 days', timestamptz '2031-01-02' + k * interval '30 days', ((n % 300 + 1) * 7 + k) % 200 + 1
FROM generate_series(1, 1000) n, generate_series(1, 4) k;
SET LOCAL session_replication_role = origin;
ANALYZE;

CREATE TEMP TABLE growing (name text);
INSERT INTO growing VALUES ('event'), ('event_party'), ('session'), ('speaker'), ('event_duty'), ('shift'), ('asset'), ('link'), ('notice'), ('event_item'),
                           ('demand'), ('supply'), ('pledge'),
                           ('seating'), ('registration'), ('attendee'), ('moved_up'), ('event_check'), ('check_pass'),
                           ('package'), ('package_benefit'), ('event_benefit'),
                           ('event_claim_count'), ('claim'), ('benefit_grant'), ('delivery'), ('cost'), ('contribution'),
                           ('audience'), ('reach'), ('sponsor_deal'),
                           ('follower_count'), ('post'), ('index_value'), ('metric'),
                           ('season'), ('season_host'), ('turn');
SELECT cmp_ok(c.reltuples, '>=', 900::real, name || ' has grown')
FROM growing
JOIN pg_class c ON c.relname = name AND c.relnamespace = 't_plans'::regnamespace;

-- Tables that a query reads from end to end.
CREATE FUNCTION pg_temp.swept(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plan jsonb;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT JSON) ' || query INTO plan;
    RETURN (SELECT string_agg(DISTINCT n ->> 'Relation Name', ', ')
            FROM jsonb_path_query(plan, '$.** ? (@."Node Type" == "Seq Scan")') n
            JOIN growing ON name = n ->> 'Relation Name');
END
$$;

SELECT is(pg_temp.swept('SELECT * FROM event'), 'event', 'a sweep would be seen');
SELECT is(pg_temp.swept(format('SELECT * FROM %I WHERE event_id = 1500', v)), NULL, v || ' of one event sweeps nothing')
FROM unnest(ARRAY['checklist', 'checklist_summary', 'work_group', 'duty_candidate', 'duty_gap', 'candidate', 'proposal', 'unmet', 'satisfaction', 'event_need',
                  'registration_list', 'waiting_list', 'move_up_log', 'door_list', 'headcount', 'registration_channel', 'attendee_sheet',
                  'package_offer', 'claim_benefit', 'event_sponsor', 'event_cost', 'event_payer',
                  'contribution_line', 'contribution_total', 'claim_payment', 'entitlement',
                  'audience_fit', 'coverage', 'prospect', 'event_pv', 'sponsor_price',
                  'exposure', 'event_lift', 'spread', 'scorecard']) v;
SELECT is(pg_temp.swept('SELECT * FROM checklist WHERE event_id = 1500 AND item_code = ''C12'''), NULL, 'one item neither');
SELECT is(pg_temp.swept('SELECT c.* FROM event e JOIN checklist c USING (event_id) WHERE e.event_id IN (7, 8)'), NULL, 'nor the checklist of two events');
SELECT is(pg_temp.swept('SELECT * FROM satisfaction WHERE event_id = 1500 AND party_id = 7'), NULL, 'nor the satisfaction of one party');
SELECT is(pg_temp.swept(format('SELECT * FROM %I WHERE season_id = 500', v)), NULL, v || ' of one season sweeps nothing')
FROM unnest(ARRAY['season_turn', 'season_proof', 'season_wish', 'turn_option']) v;
PREPARE by_parameter(bigint) AS SELECT * FROM proposal WHERE event_id = $1;
SET LOCAL plan_cache_mode = force_generic_plan;
SELECT is(pg_temp.swept('EXECUTE by_parameter(1500)'), NULL, 'nor a prepared statement');
PREPARE checklist_of(bigint) AS SELECT * FROM checklist WHERE event_id = $1;
SELECT is(pg_temp.swept('EXECUTE checklist_of(1500)'), NULL, 'nor a prepared checklist');
SET LOCAL plan_cache_mode = auto;

-- What is written for one event does not sweep either.

SELECT is(pg_temp.swept(q), NULL, q || ' sweeps nothing')
FROM unnest(ARRAY['UPDATE event SET note = ''x'' WHERE event_id = 1500', 'UPDATE pledge SET quantity = 2 WHERE pledge_id = 9',
                  'DELETE FROM pledge WHERE event_id = 1500', 'UPDATE supply SET pledged = 1 WHERE supply_id = 5',
                  'UPDATE registration SET seats = 1 WHERE registration_id = 5', 'UPDATE seating SET capacity = 9 WHERE event_id = 1500',
                  'DELETE FROM attendee WHERE registration_id = 5', 'DELETE FROM check_pass WHERE registration_id = 5',
                  'SELECT * FROM registration WHERE event_id = 1500 AND side = ''online'' AND status_code = ''waiting'' ORDER BY asked_at, registration_id',
                  'SELECT * FROM attendee WHERE live_event_id = 1500 AND contact_kind = ''email'' AND contact_key = ''x''',
                  'UPDATE claim SET status_code = ''delivered'' WHERE claim_id = 9', 'DELETE FROM package WHERE event_id = 1500']) q;

-- Every foreign key has an index on the side that points, so that deleting
-- and the like sweep nothing.

SELECT is(string_agg(c.relname || '.' || k.conname, ', '), NULL, 'every foreign key of a growing table has an index')
FROM pg_constraint k
JOIN pg_class c ON c.oid = k.conrelid
JOIN growing g ON g.name = c.relname
WHERE k.contype = 'f' AND k.connamespace = 't_plans'::regnamespace
  AND NOT EXISTS (SELECT FROM pg_index i
                  WHERE i.indrelid = k.conrelid AND i.indpred IS NULL
                    AND i.indkey[0] = ANY (k.conkey));

SELECT lives_ok('SELECT * FROM ' || v || ' WHERE event_id = 1500', v || ' of one event answers')
FROM unnest(ARRAY['checklist', 'checklist_summary', 'work_group', 'duty_candidate', 'duty_gap', 'candidate', 'proposal', 'unmet', 'satisfaction', 'event_need',
                  'registration_list', 'waiting_list', 'move_up_log', 'door_list', 'headcount', 'registration_channel', 'attendee_sheet',
                  'package_offer', 'claim_benefit', 'event_sponsor', 'event_cost', 'event_payer',
                  'contribution_line', 'contribution_total', 'claim_payment', 'entitlement',
                  'audience_fit', 'coverage', 'prospect', 'event_pv', 'sponsor_price',
                  'exposure', 'event_lift', 'spread', 'scorecard']) v;
SELECT cmp_ok(count(*), '>', 0::bigint, 'there is something to propose') FROM proposal WHERE event_id = 1501;

SELECT * FROM finish();
ROLLBACK;
