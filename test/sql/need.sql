-- What an event needs against what it has: by the facts and by agreement.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_need');
SET search_path = s_need, salon;
\set ECHO all

\echo == A conference: a venue with 13 rooms, 93 sessions, 87 speakers, 20 sponsors
INSERT INTO city (city_code, name_en) VALUES ('hangzhou', 'Hangzhou');
INSERT INTO party (party_id, kind, name_en) SELECT n, 'organization', 'company ' || n FROM generate_series(1, 20) n;
INSERT INTO party (party_id, kind, name_en) SELECT 100 + n, 'person', 'speaker ' || n FROM generate_series(1, 87) n;
INSERT INTO venue (venue_id, city_code, name) VALUES (1, 'hangzhou', 'Congress hall');
INSERT INTO room (room_id, venue_id, name) SELECT n, 1, 'room ' || n FROM generate_series(1, 13) n;
SELECT plan_event('Conference', NULL, '2020-05-01 08:00', '2020-05-02 18:00') AS event \gset
SELECT resource, needed, has, agreed, short, is_met, evidence FROM need WHERE event_id = :event ORDER BY priority DESC, resource_code;
SELECT needed, has, short, coverage FROM event_need WHERE event_id = :event;
INSERT INTO session (session_id, event_id, format_code, title_en, room_id, starts_at, ends_at)
SELECT n, :event, CASE WHEN n = 92 THEN 'dinner' WHEN n = 93 THEN 'break' WHEN n % 10 = 0 THEN 'pk' ELSE 'mini_talk' END, 'session ' || n, (n - 1) % 13 + 1,
       '2020-05-01 09:00'::timestamptz + make_interval(hours => (n - 1) / 13), '2020-05-01 09:45'::timestamptz + make_interval(hours => (n - 1) / 13)
FROM generate_series(1, 93) n;
INSERT INTO speaker (session_id, person_id) SELECT n, 100 + n FROM generate_series(1, 87) n;
INSERT INTO event_party (event_id, party_id, part_code)
SELECT :event, n, CASE n WHEN 1 THEN 'venue_sponsor' WHEN 2 THEN 'live_sponsor' WHEN 3 THEN 'channel' WHEN 4 THEN 'channel' ELSE 'sponsor' END FROM generate_series(1, 20) n;
SELECT resource, needed, has, agreed, short, is_met, evidence FROM need WHERE event_id = :event AND has > 0 ORDER BY priority DESC, resource_code;
SELECT needed, has, short, coverage FROM event_need WHERE event_id = :event;

\echo == The checklist goes by the same rules
SELECT item_code, status, evidence FROM checklist WHERE event_id = :event AND item_code IN ('C4', 'C5', 'C6', 'C11') ORDER BY ordinal;

\echo == What is there is not asked for
SELECT string_agg(demanded_code, ', ' ORDER BY demanded_code) AS unmet FROM unmet WHERE event_id = :event AND demander_id IS NULL;
INSERT INTO supply (party_id, resource_code, quantity) VALUES (5, 'venue', 1), (5, 'speaker', 9), (5, 'promotion', 9), (6, 'tea', 1), (6, 'poster_making', 1);
SELECT demanded_code, supplier, quantity, needed FROM proposal WHERE event_id = :event ORDER BY 1;

\echo == Before the event each side sees what it gives and gets
INSERT INTO supply (event_id, resource_code, quantity) VALUES (:event, 'customer', 3);
INSERT INTO demand (party_id, resource_code, quantity, purpose, priority) VALUES (5, 'customer', 2, 'end', 5), (5, 'talent', 1, 'means', 2), (6, 'customer', 9, 'end', 3), (8, 'talent', 1, 'end', 3);
SELECT propose(:event);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id NOT IN (SELECT agreement_id FROM commitment WHERE taker_id = 6);
SELECT count(*) FROM (SELECT give(5, :event, amount => 5000, basis => 'measured') UNION ALL SELECT give(5, :event, amount => 800, hours => 16) UNION ALL SELECT give(7, :event, 'prize')) g;
SELECT party, gave_money, gave_work, gave_hours, gave_total, gave, got, to_come, met, demands, share, share_if_confirmed, not_got
FROM gave_and_got WHERE event_id = :event AND party_id BETWEEN 5 AND 8 ORDER BY party_id;

\echo == What follows it
INSERT INTO channel (channel_id, party_id, platform_code) SELECT n, n, 'website' FROM generate_series(1, 4) n;
INSERT INTO post (event_id, channel_id, posted_at) SELECT :event, n, CASE WHEN n < 3 THEN '2020-05-03 09:00' ELSE '2020-04-01 09:00' END::timestamptz FROM generate_series(1, 4) n;
INSERT INTO asset (event_id, asset_kind_code, state) SELECT :event, k, 'ready' FROM unnest(ARRAY['poster', 'video', 'article', 'short_video']) k;
INSERT INTO cost (event_id, cost_kind_code, payer_id) VALUES (:event, 'gift', 7);
UPDATE event SET status_code = 'announced' WHERE event_id = :event;
UPDATE event SET status_code = 'held' WHERE event_id = :event;
SELECT resource, needed, has, is_met, evidence FROM need WHERE event_id = :event ORDER BY priority DESC, resource_code;
SELECT item, planned, actual, basis, is_reached FROM recap WHERE event_id = :event AND item_code = 'needs';

\echo == After the event: what was given, what stayed unmet and why; was it worth it
SELECT party, gave, to_come FROM gave_and_got WHERE event_id = :event AND party_id BETWEEN 5 AND 8 ORDER BY party_id;
SELECT count(deliver(agreement_id)) FROM agreement WHERE status_code = 'signed';
SELECT demander, demanded, unmet, reason_code, reason FROM unmet WHERE event_id = :event ORDER BY demand_id;
SELECT party, gave_total, unvalued_count, gave, got, to_come, met, demands, share, not_got
FROM gave_and_got WHERE event_id = :event AND party_id BETWEEN 5 AND 8 ORDER BY party_id;

\echo == What was promised before anybody said that it is wanted counts all the same, once
SELECT plan_event('Plain', needs => '') AS plain \gset
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (:plain, 9, 'tea', 20), (:plain, 9, 'event_venue', 1);
INSERT INTO commitment (event_id, taker_id, resource_code, quantity) VALUES (:plain, 9, 'exposure', 2);
INSERT INTO demand (event_id, resource_code, quantity) VALUES (:plain, 'tea', 10), (:plain, 'venue', 1), (:plain, 'tea', 5);
INSERT INTO demand (party_id, resource_code, quantity, purpose) VALUES (9, 'exposure', 2, 'end'), (9, 'exposure', 1, 'means');
SELECT resource, needed, has, agreed, hoped, is_met FROM need WHERE event_id = :plain ORDER BY demand_id;
UPDATE agreement SET status_code = 'signed' WHERE event_id = :plain;
SELECT resource, needed, has, agreed, hoped, is_met FROM need WHERE event_id = :plain ORDER BY demand_id;
SELECT item_code, status, evidence FROM checklist WHERE event_id = :plain AND item_code = 'C5';
SELECT party, demands, met, share FROM satisfaction WHERE event_id = :plain ORDER BY party_id;
SELECT party, gave, got, to_come, not_got FROM gave_and_got WHERE event_id = :plain ORDER BY party_id;

\echo == After the event what was promised and not given does not count; what was given in part counts for that
SELECT plan_event('Promises', NULL, '2020-06-01 09:00', '2020-06-01 18:00', needs => 'funds:1000, tea:10, venue:1, live_stream:1') AS promised \gset
INSERT INTO event_party (event_id, party_id, part_code) SELECT :promised, n, 'guest_company' FROM generate_series(13, 16) n;
INSERT INTO demand (party_id, resource_code, quantity, purpose, priority) SELECT n, 'exposure', 4, 'end', 3 FROM generate_series(13, 16) n;
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (:promised, 13, 'tea', 10), (:promised, 14, 'venue', 1), (:promised, 15, 'live_stream', 1);
INSERT INTO commitment (event_id, giver_id, amount) VALUES (:promised, 16, 1000);
INSERT INTO commitment (event_id, taker_id, resource_code, quantity) SELECT :promised, n, 'exposure', 4 FROM generate_series(13, 15) n;
INSERT INTO commitment (event_id, taker_id, what, demand_id, resource_code) SELECT :promised, 16, 'the logo wherever there is room', demand_id, 'exposure' FROM demand WHERE party_id = 16;
UPDATE agreement SET status_code = 'signed' WHERE event_id = :promised AND agreement_id NOT IN (SELECT agreement_id FROM commitment WHERE taker_id = 15);
CREATE TEMP VIEW told AS SELECT resource, needed, has, agreed, hoped, short, is_met FROM need WHERE event_id = :promised ORDER BY demand_id;
CREATE TEMP VIEW satisfied AS
SELECT s.party, s.met, s.met_if_confirmed, s.share, s.share_if_confirmed, s.unmet, g.gave, g.got, g.to_come, g.not_got
FROM satisfaction s JOIN gave_and_got g USING (event_id, party_id) WHERE s.event_id = :promised ORDER BY party_id;
SELECT * FROM told;
SELECT * FROM satisfied;
UPDATE event SET status_code = 'announced' WHERE event_id = :promised;
UPDATE event SET status_code = 'held' WHERE event_id = :promised;
SELECT * FROM told;
SELECT * FROM satisfied;
SELECT demander, demanded, unmet, reason_code, reason FROM unmet WHERE event_id = :promised ORDER BY demand_id;
INSERT INTO delivery (commitment_id, quantity) SELECT commitment_id, CASE WHEN taker_id = 13 THEN 3 WHEN giver_id = 13 THEN 6 END FROM commitment WHERE event_id = :promised AND 13 IN (giver_id, taker_id);
INSERT INTO delivery (commitment_id, amount) SELECT commitment_id, 400.90 FROM commitment WHERE event_id = :promised AND giver_id = 16;
SELECT count(deliver(agreement_id)) FROM commitment WHERE event_id = :promised AND (giver_id = 14 OR taker_id IN (14, 16));
SELECT * FROM told;
SELECT * FROM satisfied;
SELECT demander, demanded, unmet, reason_code FROM unmet WHERE event_id = :promised ORDER BY demand_id;
SELECT item, planned, actual FROM recap WHERE event_id = :promised AND item_code IN ('needs', 'demands');
INSERT INTO cost (event_id, cost_kind_code, payer_id, commitment_id, actual, actual_basis) SELECT :promised, 'gift', 16, commitment_id, 599.10, 'measured' FROM commitment WHERE event_id = :promised AND giver_id = 16;
SELECT agreed, is_met FROM told WHERE resource = resource_label('funds');
DROP VIEW told, satisfied;

\echo == A rule of the community; of several rules the one that finds the most counts; a kind counts for what it is a kind of
INSERT INTO resource (resource_code, parent_code, name_en) VALUES ('dinner_speech', 'speaker', 'dinner speech');
INSERT INTO resource_rule (resource_code, rule_code, argument) VALUES ('dinner_speech', 'session', 'mini_talk'), ('venue', 'part', 'sponsor');
SELECT resource, has, evidence FROM need WHERE event_id = :event AND resource_code IN ('speaker', 'venue') ORDER BY resource_code;
UPDATE resource_rule SET argument = 'banner' WHERE resource_code = 'poster_making';
SELECT has, is_met FROM need WHERE event_id = :event AND resource_code = 'poster_making';
SELECT resource_code, rule_code, argument FROM resource_rule WHERE NOT shipped ORDER BY 1, 2;

\echo == Equipment of the venue and of the rooms of the agenda counts under the code of a resource, once; other names do not
INSERT INTO resource (resource_code, parent_code, name_en) VALUES ('microphone', NULL, 'microphones'), ('radio_microphone', 'microphone', 'radio microphones'), ('wifi', NULL, 'network');
INSERT INTO venue (venue_id, city_code, name, equipment) VALUES (2, 'hangzhou', 'Library', 'wifi:1, radio_microphone:2, "grand piano":1');
INSERT INTO room (room_id, venue_id, name, equipment) VALUES (21, 2, 'Hall', 'microphone:4, chair:80'), (22, 2, 'Attic', 'microphone:9'), (23, 1, 'Cellar', 'microphone:1');
SELECT plan_event('Concert', NULL, '2031-05-01 18:00', '2031-05-01 22:00', city_code => 'hangzhou', needs => 'microphone:8, wifi:1') AS concert \gset
INSERT INTO supply (party_id, resource_code, quantity) VALUES (10, 'microphone', 20), (10, 'wifi', 1);
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at)
SELECT :concert, 'mini_talk', 'song ' || n, 21, '2031-05-01 18:00'::timestamptz + make_interval(hours => n), '2031-05-01 19:00'::timestamptz + make_interval(hours => n)
FROM generate_series(1, 2) n;
SELECT resource, needed, has, agreed, short, is_met, evidence FROM need WHERE event_id = :concert ORDER BY resource_code;
UPDATE event SET venue_id = 2 WHERE event_id = :concert;
SELECT resource, needed, has, agreed, short, is_met, evidence FROM need WHERE event_id = :concert ORDER BY resource_code;
SELECT needed, has, agreed, short FROM event_need WHERE event_id = :concert;
SELECT demanded_code, supplier, quantity, needed FROM proposal WHERE event_id = :concert;
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES (:concert, 'mini_talk', 'elsewhere', 23, '2031-05-01 21:00', '2031-05-01 22:00');
SELECT has, short, evidence FROM need WHERE event_id = :concert AND resource_code = 'microphone';
\echo == What its owner promises may be what is there; what others promise comes on top
UPDATE venue SET party_id = 11 WHERE venue_id = 2;
UPDATE demand SET quantity = 12 WHERE event_id = :concert AND resource_code = 'microphone';
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (:concert, 11, 'microphone', 5);
UPDATE agreement SET status_code = 'signed' WHERE event_id = :concert;
SELECT has, agreed, on_top, short FROM need WHERE event_id = :concert AND resource_code = 'microphone';
SELECT demanded_code, supplier, quantity, needed FROM proposal WHERE event_id = :concert;
SELECT propose(:concert);
SELECT count(*) FROM proposal WHERE event_id = :concert;
SELECT has, agreed, hoped, on_top, on_top_if_confirmed, short FROM need WHERE event_id = :concert AND resource_code = 'microphone';
SELECT has, agreed, hoped, short, coverage, coverage_if_confirmed FROM event_need WHERE event_id = :concert;
UPDATE agreement SET status_code = 'signed' WHERE event_id = :concert AND status_code = 'proposed';
SELECT has, agreed, on_top, short, is_met FROM need WHERE event_id = :concert AND resource_code = 'microphone';
SELECT has, agreed, short, coverage FROM event_need WHERE event_id = :concert;
\echo == Another name by a rule; the checklist goes by the same
INSERT INTO demand (event_id, resource_code, quantity) VALUES (:concert, 'content', 1);
SELECT has, is_met FROM need WHERE event_id = :concert AND resource_code = 'content';
INSERT INTO resource_rule (resource_code, rule_code, argument) VALUES ('content', 'equipment', 'grand piano');
SELECT has, is_met, evidence FROM need WHERE event_id = :concert AND resource_code = 'content';
INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code, argument) VALUES ('piano', 'salon', 'prepare', 'piano', 'equipment', 'grand piano'), ('organ', 'salon', 'prepare', 'organ', 'equipment', 'organ');
SELECT item, status, evidence, missing FROM checklist WHERE event_id = :concert AND item_code IN ('piano', 'organ') ORDER BY 1;
SELECT pg_temp.refused($$ INSERT INTO resource_rule (resource_code, rule_code) VALUES ('tea', 'equipment') $$);
SELECT pg_temp.refused($$ UPDATE venue SET equipment = 'projector:-1' $$);

\echo == Rules and their arguments
SELECT pg_temp.refused($$ INSERT INTO resource_rule (resource_code, rule_code) VALUES ('tea', 'cost') $$);
SELECT pg_temp.refused($$ INSERT INTO resource_rule (resource_code, rule_code, argument) VALUES ('tea', 'cost', 'beer') $$);
SELECT pg_temp.refused($$ INSERT INTO resource_rule (resource_code, rule_code, argument) VALUES ('tea', 'session', 'yoga') $$);
SELECT pg_temp.refused($$ INSERT INTO resource_rule (resource_code, rule_code, argument) VALUES ('tea', 'speaker', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO resource_rule (resource_code, rule_code) VALUES ('speaker', 'speaker') $$);
SELECT pg_temp.refused($$ INSERT INTO resource_rule (resource_code, rule_code) VALUES ('tea', 'magic') $$);

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_need', drop_rows => true);
