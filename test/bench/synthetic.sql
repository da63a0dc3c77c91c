-- Synthetic data for scale tests, made by a rule and marked as such in every
-- note.  Nothing of it is about anybody.  The same numbers give the same rows.
--
-- usage: psql -v events=100000 -f synthetic.sql, with the search_path on a
-- fresh space.  Parties, venues and rooms do not grow with the events: the
-- community is the same, it only meets more often.  A superuser saves time
-- with session_replication_role = replica: the rows are right without triggers.

\set QUIET on
\if :{?events} \else \set events 1000 \endif

BEGIN;

INSERT INTO city (city_code, name_en)
SELECT 'synthetic_' || n, 'synthetic city ' || n
FROM generate_series(1, 20) n;

INSERT INTO party (party_id, kind, name_en, city_code, introduction, note)
SELECT n, CASE WHEN n <= 400 THEN 'organization' ELSE 'person' END,
       'synthetic party ' || n, 'synthetic_' || (n % 20 + 1), 'made by a rule', 'synthetic'
FROM generate_series(1, 2400) n;

INSERT INTO venue (venue_id, city_code, party_id, name)
SELECT n, 'synthetic_' || (n % 20 + 1), n, 'synthetic venue ' || n
FROM generate_series(1, 200) n;

INSERT INTO room (room_id, venue_id, name, capacity, equipment)
SELECT n, (n - 1) / 2 + 1, 'room ' || n, 30 + n % 100, 'microphone:2, projector:1'
FROM generate_series(1, 400) n;

-- What an organization supplies and demands: five terms of the catalogue.
INSERT INTO supply (party_id, resource_code, is_used_up, quantity, city_code, priority, note)
SELECT p, r.resource_code, r.is_used_up, CASE WHEN r.is_used_up THEN 100000000 END,
       CASE WHEN (p + k) % 3 = 0 THEN 'synthetic_' || (p % 20 + 1) END, (p + k) % 5 + 1, 'synthetic'
FROM generate_series(1, 400) p
CROSS JOIN generate_series(1, 5) k
JOIN (SELECT resource_code, is_used_up, row_number() OVER (ORDER BY resource_code) - 1 AS place, count(*) OVER () AS total
      FROM resource WHERE shipped) r ON r.place = (p * 7 + k * 11) % r.total;

INSERT INTO demand (party_id, resource_code, priority, purpose, note)
SELECT p, r.resource_code, (p + k) % 5 + 1, CASE WHEN k = 1 THEN 'end' END, 'synthetic'
FROM generate_series(1, 400) p
CROSS JOIN generate_series(1, 4) k
JOIN (SELECT resource_code, row_number() OVER (ORDER BY resource_code) - 1 AS place, count(*) OVER () AS total
      FROM (SELECT DISTINCT resource_code FROM role_demand) d) r ON r.place = (p * 5 + k * 3) % r.total;

INSERT INTO series (series_id, name_en, introduction)
SELECT n, 'synthetic series ' || n, 'synthetic'
FROM generate_series(1, 50) n;

-- One event an hour and venue, so that no room is taken twice.
INSERT INTO event (event_id, series_id, status_code, name_en, introduction, starts_at, ends_at, city_code, venue_id,
                   planned_on_site, planned_online, note)
SELECT n, n % 50 + 1, CASE WHEN n % 4 = 0 THEN 'announced' ELSE 'planned' END,
       'synthetic event ' || n, 'made by a rule',
       timestamptz '2031-01-01 09:00+08' + (n / 200) * interval '8 hours',
       timestamptz '2031-01-01 12:00+08' + (n / 200) * interval '8 hours',
       'synthetic_' || ((n % 200 + 1) % 20 + 1), n % 200 + 1, 50, 500, 'synthetic'
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

INSERT INTO speaker (session_id, person_id, during)
SELECT s.session_id, 401 + (s.event_id * 4 + s.session_id % 4) % 2000, s.during
FROM session s;

INSERT INTO shift (event_id, duty_code, held)
SELECT n, d.duty_code, ((n + d.ordinal) % 3 > 0)::integer
FROM generate_series(1, :events) n
CROSS JOIN duty d;

INSERT INTO event_duty (event_id, duty_code, party_id, shift_id, status_code)
SELECT s.event_id, s.duty_code, CASE WHEN s.held > 0 THEN 401 + (s.event_id * 7 + d.ordinal) % 2000 END,
       s.shift_id, CASE WHEN s.held > 0 THEN 'confirmed' ELSE 'open' END
FROM shift s
JOIN duty d USING (duty_code);

INSERT INTO link (event_id, link_kind_code, url, is_qr_target)
SELECT n, k.link_kind_code, 'https://example.org/' || n || '/' || k.link_kind_code, k.link_kind_code = 'live'
FROM generate_series(1, :events) n
CROSS JOIN (VALUES ('registration'), ('live'), ('survey')) k (link_kind_code);

INSERT INTO asset (event_id, asset_kind_code, state, url)
SELECT n, k.kind, 'ready', 'https://example.org/' || n || '/' || k.kind
FROM generate_series(1, :events) n
CROSS JOIN (VALUES ('poster'), ('photo')) k (kind);

INSERT INTO demand (event_id, resource_code, quantity, priority, purpose, note)
SELECT n, t.resource_code, t.quantity, t.priority, 'means', 'synthetic'
FROM generate_series(1, :events) n
CROSS JOIN template_resource t
WHERE t.template_code = 'salon' AND t.direction = 'need';

INSERT INTO supply (event_id, resource_code, is_used_up, quantity, priority, note)
SELECT n, t.resource_code, r.is_used_up, t.quantity, t.priority, 'synthetic'
FROM generate_series(1, :events) n
CROSS JOIN template_resource t
JOIN resource r USING (resource_code)
WHERE t.template_code = 'salon' AND t.direction = 'offer';

-- Three of the needs of each event are pledged.  Counted at once, for the
-- trigger would write to a few supplies many thousand times.
ALTER TABLE pledge DISABLE TRIGGER pledge_count;
ALTER TABLE supply DISABLE TRIGGER supply_pledged;
INSERT INTO pledge (event_id, supply_id, demand_id, quantity, status_code, note)
SELECT d.event_id, s.supply_id, d.demand_id, 1, 'confirmed', 'synthetic'
FROM demand d
JOIN LATERAL (SELECT array_agg(s.supply_id ORDER BY s.supply_id) AS ids
              FROM supply s
              WHERE s.resource_code = d.resource_code AND s.party_id IS NOT NULL) c ON c.ids IS NOT NULL
JOIN supply s ON s.supply_id = c.ids[1 + d.event_id % cardinality(c.ids)]
WHERE d.event_id IS NOT NULL AND d.resource_code IN ('promotion', 'poster_making', 'venue');

UPDATE supply s
SET pledged = p.quantity
FROM (SELECT supply_id, sum(quantity) AS quantity FROM pledge GROUP BY supply_id) p
WHERE s.supply_id = p.supply_id;
ALTER TABLE pledge ENABLE TRIGGER pledge_count;
ALTER TABLE supply ENABLE TRIGGER supply_pledged;

SELECT setval(pg_get_serial_sequence(x.name, x.name || '_id'), x.most)
FROM (SELECT 'party' AS name, max(party_id) AS most FROM party
      UNION ALL SELECT 'venue', max(venue_id) FROM venue
      UNION ALL SELECT 'room', max(room_id) FROM room
      UNION ALL SELECT 'series', max(series_id) FROM series
      UNION ALL SELECT 'event', max(event_id) FROM event
      UNION ALL SELECT 'session', max(session_id) FROM session) x
\g /dev/null

COMMIT;
ANALYZE;
