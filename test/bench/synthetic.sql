-- Synthetic data for tests of scale and of plans, made by a rule and marked as
-- such in its names and remarks.  Nothing of it is about anybody.  The same numbers give
-- the same rows.
--
-- usage: psql -1 -v events=100000 -v registrations=100 -f synthetic.sql, as a
-- superuser, with the search_path on a fresh space and
-- session_replication_role = replica: what triggers would fill in and count
-- stands in the rows.  registrations is how many each event has.  Parties,
-- venues, series and channels do not grow with the events: the community is the
-- same, it only meets more often.

\set QUIET on
\if :{?events} \else \set events 1000 \endif
\if :{?registrations} \else \set registrations 100 \endif

-- Indexes that hold no constraint are made again when all rows are there.
CREATE TEMP TABLE plain_index ON COMMIT DROP AS
SELECT format('DROP INDEX %s', i.indexrelid::regclass) AS removal, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index i
JOIN pg_class c ON c.oid = i.indrelid
WHERE c.relnamespace = current_schema()::regnamespace
  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid);
SELECT removal FROM plain_index
\gexec

INSERT INTO city (city_code, name_en)
SELECT 'synthetic_' || n, 'synthetic city ' || n
FROM generate_series(1, 20) n;

INSERT INTO party (party_id, kind, name_en, city_code, introduction)
SELECT n, CASE WHEN n <= 400 THEN 'organization' ELSE 'person' END,
       'synthetic party ' || n, 'synthetic_' || (n % 20 + 1), 'made by a rule'
FROM generate_series(1, 2400) n;

INSERT INTO venue (venue_id, city_code, party_id, name, time_zone)
SELECT n, 'synthetic_' || (n % 20 + 1), n, 'synthetic venue ' || n, 'Asia/Shanghai'
FROM generate_series(1, 200) n;

INSERT INTO room (room_id, venue_id, name, capacity, equipment)
SELECT n, (n - 1) / 2 + 1, 'room ' || n, 30 + n % 100, 'microphone:2, projector:1'
FROM generate_series(1, 400) n;

-- What an organization supplies and demands: five terms of the catalogue.
INSERT INTO supply (party_id, resource_code, is_used_up, quantity, city_code, priority)
SELECT p, r.resource_code, r.is_used_up, CASE WHEN r.is_used_up THEN 100000000 END,
       CASE WHEN (p + k) % 3 = 0 THEN 'synthetic_' || (p % 20 + 1) END, (p + k) % 5 + 1
FROM generate_series(1, 400) p
CROSS JOIN generate_series(1, 5) k
JOIN (SELECT resource_code, is_used_up, row_number() OVER (ORDER BY resource_code) - 1 AS place, count(*) OVER () AS total
      FROM resource WHERE shipped) r ON r.place = (p * 7 + k * 11) % r.total;

INSERT INTO demand (party_id, resource_code, priority, purpose)
SELECT p, r.resource_code, (p + k) % 5 + 1, CASE WHEN k = 1 THEN 'end' END
FROM generate_series(1, 400) p
CROSS JOIN generate_series(1, 4) k
JOIN (SELECT resource_code, row_number() OVER (ORDER BY resource_code) - 1 AS place, count(*) OVER () AS total
      FROM (SELECT DISTINCT resource_code FROM role_demand) d) r ON r.place = (p * 5 + k * 3) % r.total;

INSERT INTO series (series_id, name_en, introduction)
SELECT n, 'synthetic series ' || n, 'synthetic'
FROM generate_series(1, 50) n;

-- One event an hour and venue, so that no room is taken twice.
INSERT INTO event (event_id, series_id, status_code, name_en, introduction, time_zone, starts_at, ends_at, city_code, venue_id,
                   planned_on_site, planned_online, actual_on_site, on_site_basis, actual_online, online_basis)
SELECT n, n % 50 + 1, (ARRAY['announced', 'planned', 'planned', 'held'])[n % 4 + 1],
       'synthetic event ' || n, 'made by a rule', 'Asia/Shanghai',
       timestamptz '2031-01-01 09:00+08' + (n / 200) * interval '8 hours',
       timestamptz '2031-01-01 12:00+08' + (n / 200) * interval '8 hours',
       'synthetic_' || ((n % 200 + 1) % 20 + 1), n % 200 + 1, 50, 500,
       CASE n % 4 WHEN 3 THEN 40 END, CASE n % 4 WHEN 3 THEN 'measured' END,
       CASE n % 4 WHEN 3 THEN 600 END, CASE n % 4 WHEN 3 THEN 'measured' END
FROM generate_series(1, :events) n;

INSERT INTO event_party (event_id, party_id, part_code)
SELECT n, (n * 3 + k * 17) % 400 + 1, (ARRAY['host', 'sponsor', 'guest_company', 'channel', 'co_organizer'])[k]
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 5) k;

INSERT INTO session (session_id, event_id, format_code, title_en, abstract, room_id, starts_at, ends_at)
SELECT (n - 1) * 4 + k, n, 'mini_talk', 'synthetic talk ' || k, 'made by a rule',
       (n % 200) * 2 + 1 + k % 2, e.starts_at + (k / 2) * interval '50 minutes', e.starts_at + (k / 2) * interval '50 minutes' + interval '45 minutes'
FROM generate_series(1, :events) n
CROSS JOIN generate_series(0, 3) k
JOIN event e ON e.event_id = n;

INSERT INTO speaker (session_id, event_id, event_is_off, person_id, during)
-- ten people an event, so that nobody is at two of the same time
SELECT s.session_id, s.event_id, false, 401 + (s.event_id * 10 + s.session_id % 4) % 2000, s.during
FROM session s;

INSERT INTO helper (party_id)
SELECT 400 + n
FROM generate_series(1, 40) n;

INSERT INTO shift (shift_id, event_id, duty_code, held)
SELECT (n - 1) * 100 + d.ordinal, n, d.duty_code, CASE WHEN (n + d.ordinal) % 3 > 0 THEN 1 ELSE 0 END
FROM generate_series(1, :events) n
CROSS JOIN duty d;

INSERT INTO event_duty (event_id, duty_code, is_on_site, hours, shift_id, party_id, status_code)
SELECT s.event_id, s.duty_code, d.is_on_site, tstzmultirange(tstzrange(e.starts_at, e.ends_at)),
       s.shift_id, CASE WHEN s.held = 1 THEN 401 + (s.event_id * 10 + s.shift_id % 10) % 2000 END,
       CASE s.held WHEN 1 THEN 'confirmed' ELSE 'open' END
FROM shift s
JOIN duty d USING (duty_code)
JOIN event e USING (event_id);

INSERT INTO presence (party_id, during, event_id, is_exclusive, subject, subject_id)
SELECT k.person_id, tstzmultirange(k.busy), k.event_id, true, 'speaker', k.speaker_id
FROM speaker k
WHERE NOT isempty(k.busy)
UNION ALL
SELECT d.party_id, d.during, d.event_id, false, 'event_duty', d.event_duty_id
FROM event_duty d
WHERE d.party_id IS NOT NULL AND NOT isempty(d.during);

INSERT INTO event_format (event_id, format_code, at_least)
SELECT n, f, 1
FROM generate_series(1, :events) n
CROSS JOIN unnest(ARRAY['mini_talk', 'opening']) f;

INSERT INTO slot (event_id, room_id, format_code, starts_at, ends_at)
SELECT e.event_id, (e.event_id % 200) * 2 + 1, 'mini_talk', e.starts_at + k * interval '1 hour', e.starts_at + k * interval '1 hour' + interval '45 minutes'
FROM event e
CROSS JOIN generate_series(0, 1) k;

-- Two talks of each event with a review each, and a vote between them.
INSERT INTO interest (person_id)
SELECT p
FROM generate_series(401, 2400) p;

INSERT INTO talk (talk_id, event_id, status_code, title_en, submitter_id, submitter_edition)
SELECT (n - 1) * 2 + k, n, (ARRAY['accepted', 'submitted'])[k], 'synthetic talk ' || k, 401 + (n * 5 + k) % 2000, 0
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 2) k;

INSERT INTO talk_speaker (talk_id, person_id, person_edition)
SELECT talk_id, submitter_id, 0
FROM talk;

INSERT INTO talk_review (talk_id, event_id, talk_edition, reviewer_id, reviewer_edition, score, judged_at, judged_on)
SELECT talk_id, event_id, 0, 401 + (submitter_id + 599) % 2000, 0, 1 + talk_id % 5, timestamptz '2026-01-01 00:00+00', date '2026-01-01'
FROM talk;

INSERT INTO talk_vote (event_id, preferred_id, preferred_edition, other_id, other_edition, voter_id, voter_edition, judged_at, judged_on)
SELECT n, (n - 1) * 2 + 1, 0, (n - 1) * 2 + 2, 0, 401 + (n * 5 + 700) % 2000, 0, timestamptz '2026-01-01 00:00+00', date '2026-01-01'
FROM generate_series(1, :events) n;

-- One speaker of each event was invited and travels before it, between two events.
INSERT INTO invitation (invitation_id, event_id, person_id, status_code, confirmed_at, travel_at)
SELECT n, n, 401 + n * 4 % 2000, 'travel', now(), now()
FROM generate_series(1, :events) n;

INSERT INTO travel_leg (invitation_id, person_id, is_void, mode, from_city_code, to_city_code, departs_at, arrives_at, note)
SELECT e.event_id, 401 + e.event_id * 4 % 2000, false, 'train', 'synthetic_1', e.city_code, e.starts_at - interval '4 hours', e.starts_at - interval '2 hours', 'synthetic'
FROM event e;

INSERT INTO presence (party_id, during, is_exclusive, subject, subject_id)
SELECT l.person_id, tstzmultirange(l.during), true, 'travel_leg', l.travel_leg_id
FROM travel_leg l;

INSERT INTO follow_up (event_id, plan) SELECT event_id, 'synthetic' FROM event;
INSERT INTO remark (event_id, note) SELECT event_id, 'synthetic' FROM event;
INSERT INTO remark (party_id, note) SELECT party_id, 'synthetic' FROM party;

INSERT INTO assent (event_id, party_id)
SELECT event_id, person_id FROM invitation
UNION
SELECT event_id, submitter_id FROM talk;

INSERT INTO history (at, by_role, login_role, transaction_id, event_id, subject, row_key, operation, after)
SELECT now(), 'synthetic', 'synthetic', 1, n, 'event', n, 'update', '{"note": "synthetic"}'
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 3);

INSERT INTO link (link_id, event_id, link_kind_code, url, is_qr_target)
SELECT (n - 1) * 3 + k.place, n, k.link_kind_code, 'https://example.org/' || n || '/' || k.link_kind_code, k.link_kind_code = 'live'
FROM generate_series(1, :events) n
CROSS JOIN (VALUES (1, 'registration'), (2, 'live'), (3, 'survey')) k (place, link_kind_code);

INSERT INTO notice (event_id, text_en)
SELECT n, 'synthetic notice'
FROM generate_series(1, :events) n;

INSERT INTO event_item (event_id, item_code, template_code, due_at)
SELECT n, 'C' || k, 'salon', now()
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 4) k;

-- A poster, photos, a video, the slides of a talk, an article made of the
-- video; and a logo of each organization.
INSERT INTO asset (asset_id, event_id, session_id, party_id, source_id, source_depth, asset_kind_code, state, url)
SELECT (n - 1) * 5 + k.place, CASE WHEN k.kind <> 'slides' THEN n END, CASE WHEN k.kind = 'slides' THEN (n - 1) * 4 + 1 END, NULL::bigint,
       CASE WHEN k.kind = 'article' THEN (n - 1) * 5 + 3 END, CASE WHEN k.kind = 'article' THEN 0 END, k.kind, 'ready', 'https://example.org/' || n || '/' || k.kind
FROM generate_series(1, :events) n
CROSS JOIN (VALUES (1, 'poster'), (2, 'photo'), (3, 'video'), (4, 'slides'), (5, 'article')) k (place, kind)
UNION ALL
SELECT :events * 5 + p, NULL, NULL, p, NULL, NULL, 'logo', 'ready', 'https://example.org/logo/' || p
FROM generate_series(1, 400) p;

INSERT INTO demand (event_id, resource_code, quantity, priority, purpose)
SELECT n, t.resource_code, t.quantity, t.priority, 'means'
FROM generate_series(1, :events) n
CROSS JOIN template_resource t
WHERE t.template_code = 'salon' AND t.direction = 'need';

INSERT INTO supply (event_id, resource_code, is_used_up, quantity, priority)
SELECT n, t.resource_code, r.is_used_up, t.quantity, t.priority
FROM generate_series(1, :events) n
CROSS JOIN template_resource t
JOIN resource r USING (resource_code)
WHERE t.template_code = 'salon' AND t.direction = 'offer';

INSERT INTO event_day (event_id, starts_at, ends_at)
SELECT event_id, starts_at, ends_at
FROM event;

-- Three of the needs of each event are agreed on.
CREATE TEMP TABLE promised ON COMMIT DROP AS
SELECT :events * 8 + 50 + row_number() OVER (ORDER BY d.demand_id) AS agreement_id, d.event_id, d.demand_id, d.resource_code, s.supply_id, s.party_id
FROM demand d
JOIN (SELECT s.resource_code, array_agg(s.supply_id ORDER BY s.supply_id) AS ids
      FROM supply s
      WHERE s.party_id IS NOT NULL
      GROUP BY s.resource_code) c ON c.resource_code = d.resource_code
JOIN supply s ON s.supply_id = c.ids[1 + d.event_id % cardinality(c.ids)]
WHERE d.event_id IS NOT NULL AND d.resource_code IN ('promotion', 'poster_making', 'venue');

INSERT INTO agreement (agreement_id, event_id, status_code, signer_id, signed_at)
SELECT agreement_id, event_id, 'signed', party_id, now()
FROM promised;

INSERT INTO commitment (agreement_id, event_id, status_code, giver_id, kind, resource_code, is_exclusive, quantity, supply_id, demand_id)
SELECT agreement_id, event_id, 'signed', party_id, 'in_kind', resource_code, false, 1, supply_id, demand_id
FROM promised;

-- On site every seat is taken and some wait; online there is room.
CREATE TEMP TABLE registration_rule ON COMMIT DROP AS
SELECT k, side, 1 + k / 2 % 3 AS seats,
       CASE WHEN k / 2 * 2 < 0.6 * :registrations THEN 'registered'
            WHEN side = 'on_site' AND k / 2 * 2 < 0.85 * :registrations THEN 'waiting'
            ELSE 'cancelled' END AS status_code
FROM (SELECT k, CASE k % 2 WHEN 0 THEN 'on_site' ELSE 'online' END AS side FROM generate_series(0, :registrations - 1) k) x;

INSERT INTO seating (event_id, side, capacity, rule_code, taken, waiting)
SELECT n, x.side, x.taken + CASE x.side WHEN 'online' THEN 1000 ELSE 0 END, (ARRAY['first_fit', 'best_fill'])[n % 2 + 1], x.taken, x.waiting
FROM generate_series(1, :events) n
CROSS JOIN (SELECT side, coalesce(sum(seats) FILTER (WHERE status_code = 'registered'), 0) AS taken,
                   coalesce(sum(seats) FILTER (WHERE status_code = 'waiting'), 0) AS waiting
            FROM registration_rule GROUP BY side) x;

INSERT INTO registration (registration_id, event_id, side, seats, status_code, link_id, channel_party_id, asked_at, registered_at, cancelled_at)
SELECT (n - 1) * :registrations::bigint + r.k + 1, n, r.side, r.seats, r.status_code,
       CASE r.k % 5 WHEN 0 THEN (n - 1) * 3 + 1 END, CASE r.k % 5 WHEN 1 THEN (n * 3 + 4 * 17) % 400 + 1 END,
       x.at, CASE r.status_code WHEN 'registered' THEN x.at END, CASE r.status_code WHEN 'cancelled' THEN x.at END
FROM generate_series(1, :events) n
CROSS JOIN registration_rule r
CROSS JOIN LATERAL (SELECT timestamptz '2026-01-01 00:00+00' + r.k * interval '1 minute' AS at) x;

INSERT INTO attendee (registration_id, event_id, status_code, seats, name, contact_kind, contact)
SELECT registration_id, event_id, status_code, seats, 'synthetic', 'other', registration_id::text
FROM registration;

INSERT INTO moved_up (registration_id, seats, rule_code)
SELECT registration_id, seats, 'first_fit'
FROM registration
WHERE status_code = 'registered' AND side = 'on_site' AND registration_id % 4 = 1;

INSERT INTO event_check (event_check_id, event_id, check_code)
SELECT (n - 1) * 2 + k.place, n, k.check_code
FROM generate_series(1, :events) n
CROSS JOIN (VALUES (1, 'ticket'), (2, 'health_code')) k (place, check_code);

INSERT INTO check_pass (registration_id, event_id, status_code, seats, event_check_id, passed_by)
SELECT registration_id, event_id, status_code, seats, event_id * 2 - k, 'synthetic'
FROM registration
CROSS JOIN generate_series(0, 1) k
WHERE status_code = 'registered' AND registration_id % 4 IN (1, 2);

-- The last session of each event is booked by those on site.
INSERT INTO booking (session_id, event_id, registration_id, status_code, seats)
SELECT event_id * 4 - 1, event_id, registration_id, status_code, seats
FROM registration
WHERE status_code = 'registered' AND side = 'on_site';

INSERT INTO session_seating (session_id, event_id, booked)
SELECT session_id, event_id, count(*)
FROM booking
GROUP BY session_id, event_id;

-- Two packages of each event and one of each series; of each event a sponsor
-- that signed a package, one that claims that of the series, one that gives its
-- venue without a package; and a sponsor of each series as a whole.
INSERT INTO package (package_id, event_id, series_id, ordinal, name_en, benefits, price, quantity, claimed, signed)
SELECT (n - 1) * 2 + k, n, NULL::bigint, k, 'synthetic package ' || k,
       CASE k WHEN 1 THEN 'logo_place:1, post:2, talk_slot:1' ELSE 'booth:1' END::salon.bundle, 1000.00 * k, 100, 2 - k, 2 - k
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 2) k
UNION ALL
SELECT :events * 2 + s, NULL, s, 3, 'synthetic package of a series', 'logo_place:1', 500.00, NULL,
       (SELECT count(*) FROM generate_series(1, :events) n WHERE n % 50 + 1 = s), 0
FROM generate_series(1, 50) s;

INSERT INTO package_resource (package_id, resource_code, quantity)
SELECT p.package_id, i.resource, i.quantity
FROM package p
CROSS JOIN salon.items(p.benefits) i;

-- Of each event also two parties that worked for it.
CREATE TEMP TABLE promise ON COMMIT DROP AS
SELECT (n - 1) * 8 + k AS agreement_id, n AS event_id, NULL::bigint AS series_id, (n * 3 + (k + 1) * 17) % 400 + 1 AS party_id,
       CASE k WHEN 1 THEN (n - 1) * 2 + 1 WHEN 2 THEN :events * 2 + n % 50 + 1 END AS package_id,
       CASE k WHEN 2 THEN n % 50 + 1 END AS package_series_id,
       CASE k WHEN 3 THEN 'in_kind' WHEN 4 THEN 'work' WHEN 5 THEN 'work' ELSE 'money' END AS kind, CASE k WHEN 3 THEN 'venue' END AS resource_code,
       CASE k WHEN 1 THEN 1000.00 WHEN 2 THEN 500.00 WHEN 3 THEN 2000.00 ELSE 100.00 * (k - 3) END AS amount,
       CASE k WHEN 2 THEN 'reserved' ELSE 'signed' END AS status_code,
       CASE k WHEN 3 THEN 'venue_sponsor' WHEN 1 THEN 'sponsor' WHEN 2 THEN 'sponsor' END AS part_code
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 5) k
UNION ALL
SELECT :events * 8 + s, NULL, s, s, NULL, NULL, 'money', NULL, 9000.00, 'signed', 'sponsor'
FROM generate_series(1, 50) s;

INSERT INTO agreement (agreement_id, event_id, series_id, status_code, signer_id, signed_at, package_id, party_id, edition, package_series_id)
SELECT agreement_id, event_id, series_id, status_code, CASE WHEN package_id IS NULL THEN party_id END, CASE WHEN status_code = 'signed' THEN now() END,
       package_id, CASE WHEN package_id IS NOT NULL THEN party_id END, CASE WHEN package_id IS NOT NULL THEN 1 END, package_series_id
FROM promise;

INSERT INTO commitment (agreement_id, event_id, series_id, status_code, giver_id, kind, resource_code, is_exclusive, quantity, amount, part_code)
SELECT agreement_id, event_id, series_id, status_code, party_id, kind, resource_code, CASE WHEN resource_code IS NOT NULL THEN false END,
       CASE WHEN resource_code IS NOT NULL THEN 1 END, amount, part_code
FROM promise;

INSERT INTO event_party (event_id, party_id, part_code, commitment_id)
SELECT e.event_id, c.giver_id, c.part_code, c.commitment_id
FROM commitment c
JOIN event e ON e.event_id = c.event_id OR e.series_id = c.series_id
WHERE c.stands AND c.part_code IS NOT NULL
ON CONFLICT DO NOTHING;

INSERT INTO commitment (agreement_id, event_id, status_code, taker_id, kind, resource_code, is_exclusive, quantity, delivered)
SELECT p.agreement_id, p.event_id, p.status_code, p.party_id, 'in_kind', r.resource_code, false, r.quantity,
       CASE WHEN r.resource_code = 'post' AND p.status_code = 'signed' THEN 1 ELSE 0 END
FROM promise p
JOIN package_resource r ON r.package_id = p.package_id;

-- Of each half is still to come.
INSERT INTO delivery (commitment_id, kind, quantity, amount, basis, evidence)
SELECT c.commitment_id, c.kind, nullif(c.delivered, 0), round(c.amount / 2, 2), CASE c.kind WHEN 'work' THEN 'claimed' ELSE 'measured' END, 'synthetic'
FROM commitment c
WHERE c.stands AND (c.delivered > 0 OR c.amount IS NOT NULL);

INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis)
SELECT n, k.cost_kind_code, (n * 3 + 17) % 400 + 1, 800.00, 900.00, 'measured'
FROM generate_series(1, :events) n
CROSS JOIN cost_kind k;

-- Whom it reaches, and what came of it.
INSERT INTO segment (name_en, counts, industry_code)
SELECT 'synthetic ' || i || ' ' || c, c, i
FROM unnest(ARRAY['iot', 'operator']) i
CROSS JOIN unnest(ARRAY['people', 'organizations']) c;

INSERT INTO target (party_id, segment_id)
SELECT p, s.segment_id
FROM generate_series(1, 400) p
JOIN segment s ON s.counts = 'people' AND (p + s.segment_id) % 3 = 0;

INSERT INTO party_industry (party_id, industry_code)
SELECT p, CASE p % 2 WHEN 0 THEN 'operator' ELSE 'isv' END
FROM generate_series(1, 400) p;

INSERT INTO supplier_of (supplier_id, customer_id)
SELECT p, p % 400 + 1
FROM generate_series(1, 400) p;

INSERT INTO audience (event_id, profession_code, industry_code, planned)
SELECT n, p.profession_code, 'operator', 10
FROM generate_series(1, :events) n
CROSS JOIN profession p;

INSERT INTO reach (event_id, medium_code, planned_pv, actual_pv, actual_basis, note)
SELECT n, m.medium_code, 1000, 1200, 'measured', 'synthetic'
FROM generate_series(1, :events) n
CROSS JOIN medium m;

INSERT INTO channel (channel_id, party_id, platform_code, name)
SELECT p, p, 'website', 'synthetic channel ' || p
FROM generate_series(1, 400) p;

INSERT INTO follower_count (channel_id, counted_on, followers, basis)
SELECT p, date '2031-01-01' + k, 100, 'measured'
FROM generate_series(1, 400) p
CROSS JOIN generate_series(1, 3) k;

INSERT INTO post (event_id, channel_id, asset_id, planned_at, posted_at, actual_views, actual_basis)
SELECT n, (n * 3 + k * 17) % 400 + 1, (n - 1) * 5 + k, x.at, x.at, 100, 'measured'
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 4) k
CROSS JOIN LATERAL (SELECT timestamptz '2031-01-01 09:00+08' + n * interval '1 minute' + k * interval '1 second' AS at) x;

INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis)
SELECT p, 'wechat_index', date '2030-12-20' + k, k, 'measured'
FROM generate_series(1, 400) p
CROSS JOIN generate_series(0, 199) k;

INSERT INTO metric (event_id, kind, name_en, fact, target)
SELECT n, k.kind, k.fact, k.fact, 1000
FROM generate_series(1, :events) n
CROSS JOIN (VALUES ('north_star', 'pv'), ('process', 'post_views')) k (kind, fact);

-- Eight hosts a series in turn, three turns a season, an event of each.
INSERT INTO rotation (series_id, min_days_between, time_zone)
SELECT s, 7, 'Asia/Shanghai'
FROM generate_series(1, 50) s;

INSERT INTO series_host (series_id, party_id)
SELECT s, (s * 8 + k) % 400 + 1
FROM generate_series(1, 50) s
CROSS JOIN generate_series(0, 7) k;

INSERT INTO season (season_id, series_id, status_code, starts_on, ends_on, cadence, time_zone, min_days_between, is_proved)
SELECT m, (m - 1) % 50 + 1, 'accepted', date '2031-01-01' + (m - 1) / 50 * 100, date '2031-03-31' + (m - 1) / 50 * 100,
       'FREQ=MONTHLY', 'Asia/Shanghai', 7, true
FROM generate_series(1, greatest(50, :events / 3)) m;

INSERT INTO season_host (season_id, party_id, lower, upper, possible, reason_code)
SELECT x.season_id, h.party_id, 0, 1, 3, 'fair'
FROM season x
JOIN series_host h ON h.series_id = x.series_id;

INSERT INTO turn (season_id, series_id, time_zone, min_days_between, starts_at, ends_at, party_id, event_id)
SELECT x.season_id, x.series_id, x.time_zone, x.min_days_between, t.at, t.at + interval '4 hours', (x.series_id * 8 + t.place % 8) % 400 + 1,
       CASE WHEN e.event_id BETWEEN 1 AND :events THEN e.event_id END
FROM season x
CROSS JOIN generate_series(0, 2) k
CROSS JOIN LATERAL (SELECT (x.season_id - 1) / 50 * 3 + k AS place, (x.starts_on + 30 * k + time '13:30') AT TIME ZONE x.time_zone AS at) t
CROSS JOIN LATERAL (SELECT 50 * t.place + x.series_id - 1 AS event_id) e;

-- A survey of each event with three responses, a person on its photo who agreed,
-- and two outcomes.
INSERT INTO survey (survey_id, event_id, link_id, planned_responses)
SELECT n, n, (n - 1) * 3 + 3, 20
FROM generate_series(1, :events) n;

INSERT INTO question (question_id, survey_id, purpose, question_code, kind, text_en, is_wish, value_from, value_to)
SELECT (n - 1) * 2 + k.place, n, 'feedback', k.kind, k.kind, 'synthetic', k.kind = 'choices', k.value_from, k.value_to
FROM generate_series(1, :events) n
CROSS JOIN (VALUES (1, 'scale', 1, 5), (2, 'choices', NULL, NULL)) k (place, kind, value_from, value_to);

INSERT INTO question_option (question_option_id, question_id, kind, option_code, name_en, city_code)
SELECT n * 2 + k - 2, n * 2, 'choices', 'o' || k, 'synthetic option ' || k, 'synthetic_' || k
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 2) k;

INSERT INTO response (response_id, survey_id, event_id, purpose)
SELECT (n - 1) * 3 + k, n, n, 'feedback'
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 3) k;

INSERT INTO respondent (response_id, survey_id, respondent)
SELECT r.response_id, r.survey_id, r.response_id::text
FROM response r;

INSERT INTO answer (response_id, survey_id, question_id, kind, lowest, highest, value, question_option_id)
SELECT r.response_id, r.survey_id, q.question_id, q.kind, q.lowest, q.highest,
       CASE q.kind WHEN 'scale' THEN 1 + r.response_id % 5 END, CASE q.kind WHEN 'choices' THEN r.survey_id * 2 - r.response_id % 2 END
FROM response r
JOIN question q USING (survey_id);

INSERT INTO asset_person (asset_id, person_id)
SELECT (n - 1) * 5 + 2, 401 + n % 2000
FROM generate_series(1, :events) n;

INSERT INTO consent (person_id, event_id, status_code, said_on)
SELECT 401 + n % 2000, n, 'given', date '2026-01-01'
FROM generate_series(1, :events) n;

INSERT INTO outcome (event_id, outcome_kind_code, party_id, status_code, note)
SELECT n, k.kind, 401 + n % 2000, 'claimed', 'synthetic'
FROM generate_series(1, :events) n
CROSS JOIN (VALUES ('kol'), ('developer')) k (kind);

-- Two levels of a certification; a bank, papers that were sat, certificates.
INSERT INTO certification (certification_id, organization_id, name_en) VALUES (1, 1, 'synthetic certification');
INSERT INTO certification_level (certification_level_id, certification_id, level, valid_months) VALUES (1, 1, 1, 24), (2, 1, 2, NULL);
INSERT INTO exam_tag (exam_tag_id, certification_level_id, name_en) SELECT n, 1, 'synthetic tag ' || n FROM generate_series(1, 5) n;
INSERT INTO exam_question (exam_question_id, certification_level_id, kind, text_en, difficulty)
SELECT n, 1, CASE n % 2 WHEN 0 THEN 'single' ELSE 'numeric' END, 'synthetic question ' || n, 1 + n % 5
FROM generate_series(1, 200) n;
INSERT INTO exam_option (exam_option_id, exam_question_id, kind, text_en)
SELECT n * 2 + k - 1, n * 2, 'single', 'option ' || k FROM generate_series(1, 100) n CROSS JOIN generate_series(0, 1) k;
INSERT INTO exam_key (exam_question_id, kind, exam_option_id, value)
SELECT n, CASE n % 2 WHEN 0 THEN 'single' ELSE 'numeric' END, CASE n % 2 WHEN 0 THEN n END, CASE n % 2 WHEN 1 THEN n END
FROM generate_series(1, 200) n;
INSERT INTO exam_question_tag (exam_question_id, certification_level_id, exam_tag_id) SELECT n, 1, 1 + n / 5 % 5 FROM generate_series(1, 200) n;
INSERT INTO blueprint (blueprint_id, certification_level_id, exam_tag_id, quantity) SELECT n, 1, n, 2 FROM generate_series(1, 5) n;
INSERT INTO paper (paper_id, certification_level_id, person_id, drawn_at) SELECT n, 1, 400 + n, timestamptz '2026-01-01 09:00+08' FROM generate_series(1, 500) n;
INSERT INTO paper_question (paper_question_id, paper_id, certification_level_id, exam_question_id, kind, blueprint_id, ordinal)
SELECT (p - 1) * 10 + i, p, 1, q.n, CASE q.n % 2 WHEN 0 THEN 'single' ELSE 'numeric' END, 1 + q.n / 5 % 5, i
FROM generate_series(1, 500) p
CROSS JOIN generate_series(1, 10) i
CROSS JOIN LATERAL (SELECT 1 + (p * 3 + i * 20) % 200 AS n) q;
INSERT INTO attempt (attempt_id, paper_id, person_id, certification_level_id, sitting, begun_at, ends_at, submitted_at)
SELECT p.paper_id, p.paper_id, p.person_id, 1, 1, timestamptz '2026-01-01 10:00+08', timestamptz '2026-01-01 11:00+08', timestamptz '2026-01-01 11:00+08'
FROM paper p;
INSERT INTO attempt_result (attempt_id, most, pass_mark, earned)
SELECT p.paper_id, 10, 6.000000, x.earned
FROM paper p
CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE (p.paper_id + q.ordinal) % 3 > 0)::numeric(10, 6) AS earned FROM paper_question q WHERE q.paper_id = p.paper_id) x;
INSERT INTO attempt_answer (attempt_id, paper_question_id, exam_question_id, kind, exam_option_id, value)
SELECT q.paper_id, q.paper_question_id, q.exam_question_id, q.kind,
       CASE q.kind WHEN 'single' THEN q.exam_question_id - CASE WHEN (q.paper_id + q.ordinal) % 3 > 0 THEN 0 ELSE 1 END END,
       CASE q.kind WHEN 'numeric' THEN q.exam_question_id + CASE WHEN (q.paper_id + q.ordinal) % 3 > 0 THEN 0 ELSE 1 END END
FROM paper_question q;
INSERT INTO certificate (certificate_id, number, certification_level_id, organization_id, person_id, name_en, issued_on, expires_on, attempt_id)
SELECT a.attempt_id, regexp_replace(n.characters, '(.{4})', '\1-', 'g') || _check_character(n.characters), 1, 1, a.person_id, 'synthetic certification 1', date '2026-01-02', date '2028-01-02', a.attempt_id
FROM attempt a
JOIN attempt_result r USING (attempt_id)
CROSS JOIN LATERAL (SELECT lpad(a.attempt_id::text, 16, '0') AS characters) n
WHERE r.earned >= r.pass_mark;
INSERT INTO course (course_id, certification_level_id, kind, name_en, url) VALUES (1, 1, 'course', 'synthetic course', 'https://example.org/synthetic'), (2, 1, 'laboratory', 'synthetic laboratory', 'https://example.org/laboratory');
INSERT INTO tutor (tutor_id, course_id, person_id, learners) VALUES (1, 1, 2400, 250);
INSERT INTO course_progress (course_id, person_id, tutor_id, status_code, enrolled_on, completed_on)
SELECT 1, 400 + n, 1, CASE WHEN n % 2 = 0 THEN 'completed' ELSE 'begun' END, date '2025-12-01', CASE WHEN n % 2 = 0 THEN date '2025-12-20' END
FROM generate_series(1, 500) n;

-- Each event is a hackathon of two teams of one, of which the sponsor sets the
-- problem and gives the prize; the first one has 100 teams of three and 30 judges.
INSERT INTO hackathon (event_id, least_members, most_members)
SELECT n, 1, 5 FROM generate_series(1, :events) n;

INSERT INTO track (track_id, event_id, name_en)
SELECT n, n, 'synthetic track' FROM generate_series(1, :events) n;

INSERT INTO track_skill (track_id, skill_code) SELECT 1, min(skill_code) FROM skill;

CREATE TEMP TABLE prize ON COMMIT DROP AS
SELECT c.event_id, c.giver_id, min(c.commitment_id) AS commitment_id
FROM commitment c
WHERE c.agreement_id IN (SELECT (n - 1) * 8 + 1 FROM generate_series(1, :events) n) AND c.event_id IS NOT NULL AND c.giver_id IS NOT NULL AND c.kind = 'money'
GROUP BY c.event_id, c.giver_id;

INSERT INTO problem (problem_id, track_id, event_id, party_id, commitment_id, title_en)
SELECT p.event_id, p.event_id, p.event_id, p.giver_id, p.commitment_id, 'synthetic problem'
FROM prize p;

INSERT INTO hackathon_round (hackathon_round_id, event_id, ordinal, name_en, advancing)
SELECT n, n, 1, 'synthetic round', 1 FROM generate_series(1, :events) n
UNION ALL
SELECT :events + 1, 1, 2, 'synthetic final', NULL;

INSERT INTO criterion (criterion_id, hackathon_round_id, name_en)
SELECT n, n, 'synthetic criterion' FROM generate_series(1, :events) n
UNION ALL
SELECT :events + k, 1, 'synthetic criterion ' || k FROM generate_series(1, 2) k;

INSERT INTO team (team_id, event_id, most_members, name, track_id, problem_id, captain_id, members)
SELECT (n - 1) * 2 + k, n, 5, 'synthetic team ' || k, n, n, 401 + (n * 2 + k) % 1800, CASE n WHEN 1 THEN 3 ELSE 1 END
FROM generate_series(1, :events) n
CROSS JOIN generate_series(1, 2) k
UNION ALL
SELECT :events * 2 + t, 1, 5, 'synthetic team ' || t, 1, 1, 401 + 2 + t, 3 FROM generate_series(3, 100) t;

INSERT INTO team_member (team_id, event_id, person_id, joined_at)
SELECT t.team_id, t.event_id, t.captain_id + k * 100, timestamptz '2026-01-01 09:00+08'
FROM team t
JOIN generate_series(0, 2) k ON k < t.members;

INSERT INTO round_team (hackathon_round_id, team_id, event_id) SELECT event_id, team_id, event_id FROM team;

INSERT INTO submission (hackathon_round_id, team_id, event_id, version, url, submitted_at)
SELECT event_id, team_id, event_id, 1, 'https://example.org/synthetic/' || team_id, timestamptz '2026-01-02 09:00+08' + team_id % 100 * interval '1 minute'
FROM team;

INSERT INTO judge (judge_id, event_id, person_id)
SELECT n, n, 2301 + n % 50 FROM generate_series(1, :events) n
UNION ALL
SELECT :events + g, 1, 2351 + g FROM generate_series(1, 29) g;

INSERT INTO judging (judging_id, hackathon_round_id, event_id, team_id, judge_id, assigned_at)
SELECT row_number() OVER (ORDER BY t.team_id, g), t.event_id, t.event_id, t.team_id, CASE t.event_id WHEN 1 THEN :events + 1 + (t.team_id + g * 10) % 29 ELSE t.event_id END,
       timestamptz '2026-01-03 09:00+08'
FROM team t
JOIN generate_series(0, 2) g ON g = 0 OR t.event_id = 1;

INSERT INTO score (judging_id, hackathon_round_id, event_id, criterion_id, most, points, scored_at)
SELECT j.judging_id, j.hackathon_round_id, j.event_id, c.criterion_id, c.most, (j.judging_id * 7 + c.criterion_id * 3) % 11, timestamptz '2026-01-04 09:00+08'
FROM judging j
JOIN criterion c USING (hackathon_round_id);

INSERT INTO comparison (hackathon_round_id, event_id, judge_id, preferred_id, other_id, compared_at)
SELECT n, n, n, (n - 1) * 2 + 1, (n - 1) * 2 + 2, timestamptz '2026-01-04 09:00+08' FROM generate_series(1, :events) n
UNION ALL
SELECT 1, 1, :events + 1 + t % 29, :events * 2 + t, :events * 2 + 3 + (t * 7) % 98, timestamptz '2026-01-04 09:00+08'
FROM generate_series(3, 99) t
WHERE t <> 3 + (t * 7) % 98;

INSERT INTO award (award_id, event_id, name_en, quantity, given, amount, party_id, commitment_id)
SELECT p.event_id, p.event_id, 'synthetic award', 2, 1, 300.00, p.giver_id, p.commitment_id
FROM prize p;

INSERT INTO award_winner (award_id, event_id, kind, team_id, given_at)
SELECT n, n, 'team', (n - 1) * 2 + 1, timestamptz '2026-01-05 09:00+08' FROM generate_series(1, :events) n;

-- Contributions to the event, and beside it.
INSERT INTO contribution (party_id, contribution_kind_code, event_id, url, status_code, points, accepted_at)
SELECT t.captain_id, 'hackathon_entry', t.event_id, NULL, 'accepted', 10, timestamptz '2026-01-05 09:00+08'
FROM team t
UNION ALL
SELECT 400 + n, 'code_change', NULL, 'https://example.org/synthetic/' || n, CASE n % 2 WHEN 0 THEN 'accepted' ELSE 'claimed' END,
       CASE n % 2 WHEN 0 THEN 10 END, CASE n % 2 WHEN 0 THEN timestamptz '2026-01-05 09:00+08' END
FROM generate_series(1, 500) n;

-- Interns are called out at each event: two apply for one opening, and at the
-- first one 200 for 20; schools, whom one knows, brands.
INSERT INTO task_card (task_card_id, party_id, title_en, goal, acceptance, status_code) SELECT n, n, 'synthetic task ' || n, 'goal', 'acceptance', 'open' FROM generate_series(1, 20) n;
INSERT INTO intake (intake_id, event_id, name_en, apply_by, rank_by)
SELECT n, n, 'synthetic intake', timestamptz '2026-01-01 09:00+08', timestamptz '2026-01-02 09:00+08' FROM generate_series(1, :events) n;
INSERT INTO opening (opening_id, intake_id, party_id, task_card_id, name_en, quota, taken) SELECT n, 1, n, n, 'synthetic opening ' || n, 3, 2 FROM generate_series(1, 20) n
UNION ALL
SELECT 20 + n, n, n % 20 + 1, n % 20 + 1, 'synthetic opening', 1, 1 FROM generate_series(2, :events) n;
INSERT INTO opening_skill (opening_id, skill_code) SELECT n, (SELECT min(skill_code) FROM skill) FROM generate_series(1, 20) n;
INSERT INTO applicant (applicant_id, intake_id, person_id, applied_at) SELECT n, 1, 400 + n, timestamptz '2025-12-01 09:00+08' FROM generate_series(1, 200) n
UNION ALL
SELECT 200 + n * 2 + k, n, 401 + (n * 2 + k) % 2000, timestamptz '2025-12-01 09:00+08' FROM generate_series(2, :events) n CROSS JOIN generate_series(0, 1) k;
INSERT INTO applicant_choice (intake_id, applicant_id, opening_id, place) SELECT 1, n, 1 + (n + k * 3) % 20, 1 + k FROM generate_series(1, 200) n CROSS JOIN generate_series(0, 3) k
UNION ALL
SELECT a.intake_id, a.applicant_id, 20 + a.intake_id, 1 FROM applicant a WHERE a.intake_id > 1;
INSERT INTO opening_choice (intake_id, opening_id, applicant_id, place) SELECT 1, 1 + (n + k * 3) % 20, n, n FROM generate_series(1, 200) n CROSS JOIN generate_series(0, 3) k
UNION ALL
SELECT a.intake_id, 20 + a.intake_id, a.applicant_id, 1 + a.applicant_id % 2 FROM applicant a WHERE a.intake_id > 1;
INSERT INTO offer (offer_id, intake_id, opening_id, applicant_id, round, status_code, offered_at, answer_by, accepted_at)
SELECT n, 1, 1 + n % 20, n, 1, 'accepted', timestamptz '2026-01-03 09:00+08', timestamptz '2026-01-10 09:00+08', timestamptz '2026-01-04 09:00+08' FROM generate_series(1, 40) n
UNION ALL
SELECT 40 + n, n, 20 + n, 200 + n * 2, 1, 'accepted', timestamptz '2026-01-03 09:00+08', timestamptz '2026-01-10 09:00+08', timestamptz '2026-01-04 09:00+08'
FROM generate_series(2, :events) n;
INSERT INTO studio (party_id, school_id, founded_on) VALUES (21, 22, '2026-01-01');
INSERT INTO joint_project (joint_project_id, school_id, kind, name_en, due_on, event_id)
SELECT n, 22, 'contest', 'synthetic contest ' || n, date '2026-06-01', n FROM generate_series(1, :events) n;
INSERT INTO joint_project_party (joint_project_id, party_id) SELECT n, n % 400 + 1 FROM generate_series(1, :events) n;
INSERT INTO acquaintance (person_id, knows_id) SELECT 400 + n, 401 + n FROM generate_series(1, 500) n;
INSERT INTO introduction (introducer_id, party_id, to_id) SELECT 400 + n, 401 + n, 402 + n FROM generate_series(1, 50) n;
INSERT INTO brand (party_id, is_shown) SELECT n, n % 3 > 0 FROM generate_series(1, 20) n;
INSERT INTO signature (agreement_id, party_id)
SELECT DISTINCT c.agreement_id, c.giver_id FROM commitment c JOIN agreement a USING (agreement_id) WHERE c.giver_id IS NOT NULL AND a.package_id IS NULL AND a.status_code = 'signed';

SELECT definition FROM plain_index
\gexec

-- Rows that are changed before their indexes are made again are hidden from these.
UPDATE supply s
SET committed = p.quantity
FROM (SELECT supply_id, count(*) AS quantity FROM promised GROUP BY supply_id) p
WHERE s.supply_id = p.supply_id;

SELECT setval(pg_get_serial_sequence(x.name, x.name || '_id'), x.most)
FROM (SELECT 'party' AS name, max(party_id) AS most FROM party
      UNION ALL SELECT 'venue', max(venue_id) FROM venue
      UNION ALL SELECT 'room', max(room_id) FROM room
      UNION ALL SELECT 'series', max(series_id) FROM series
      UNION ALL SELECT 'event', max(event_id) FROM event
      UNION ALL SELECT 'session', max(session_id) FROM session
      UNION ALL SELECT 'link', max(link_id) FROM link
      UNION ALL SELECT 'asset', max(asset_id) FROM asset
      UNION ALL SELECT 'registration', max(registration_id) FROM registration
      UNION ALL SELECT 'event_check', max(event_check_id) FROM event_check
      UNION ALL SELECT 'package', max(package_id) FROM package
      UNION ALL SELECT 'agreement', max(agreement_id) FROM agreement
      UNION ALL SELECT 'channel', max(channel_id) FROM channel
      UNION ALL SELECT 'shift', max(shift_id) FROM shift
      UNION ALL SELECT 'talk', max(talk_id) FROM talk
      UNION ALL SELECT 'invitation', max(invitation_id) FROM invitation
      UNION ALL SELECT 'survey', max(survey_id) FROM survey
      UNION ALL SELECT 'question', max(question_id) FROM question
      UNION ALL SELECT 'question_option', max(question_option_id) FROM question_option
      UNION ALL SELECT 'response', max(response_id) FROM response
      UNION ALL SELECT 'season', max(season_id) FROM season
      UNION ALL SELECT 'track', max(track_id) FROM track
      UNION ALL SELECT 'problem', max(problem_id) FROM problem
      UNION ALL SELECT 'hackathon_round', max(hackathon_round_id) FROM hackathon_round
      UNION ALL SELECT 'criterion', max(criterion_id) FROM criterion
      UNION ALL SELECT 'team', max(team_id) FROM team
      UNION ALL SELECT 'judge', max(judge_id) FROM judge
      UNION ALL SELECT 'judging', max(judging_id) FROM judging
      UNION ALL SELECT 'award', max(award_id) FROM award
      UNION ALL SELECT 'certification', max(certification_id) FROM certification
      UNION ALL SELECT 'certification_level', max(certification_level_id) FROM certification_level
      UNION ALL SELECT 'exam_tag', max(exam_tag_id) FROM exam_tag
      UNION ALL SELECT 'exam_question', max(exam_question_id) FROM exam_question
      UNION ALL SELECT 'exam_option', max(exam_option_id) FROM exam_option
      UNION ALL SELECT 'blueprint', max(blueprint_id) FROM blueprint
      UNION ALL SELECT 'paper', max(paper_id) FROM paper
      UNION ALL SELECT 'paper_question', max(paper_question_id) FROM paper_question
      UNION ALL SELECT 'attempt', max(attempt_id) FROM attempt
      UNION ALL SELECT 'certificate', max(certificate_id) FROM certificate
      UNION ALL SELECT 'course', max(course_id) FROM course
      UNION ALL SELECT 'tutor', max(tutor_id) FROM tutor
      UNION ALL SELECT 'task_card', max(task_card_id) FROM task_card
      UNION ALL SELECT 'intake', max(intake_id) FROM intake
      UNION ALL SELECT 'opening', max(opening_id) FROM opening
      UNION ALL SELECT 'applicant', max(applicant_id) FROM applicant
      UNION ALL SELECT 'offer', max(offer_id) FROM offer
      UNION ALL SELECT 'joint_project', max(joint_project_id) FROM joint_project) x
\g /dev/null

ANALYZE;
