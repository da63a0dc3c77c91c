-- Slots and build_agenda: on small random cases the agenda is worth as much as
-- the best of all agendas, tried one by one; whatever happens, what was fixed
-- stays and no rule is broken.
--
-- pg_prove -d DATABASE test/pgtap/slot.sql

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
SELECT salon.create_space('t_slot') \g /dev/null
SET LOCAL search_path = t_slot, salon, public;
SET LOCAL salon.lang = 'en';
SELECT no_plan();
SELECT setseed(0.577215) \g /dev/null

-- Each case: an event of its own with 1 to 3 rooms, up to 6 slots, 2 to 5
-- talks by few speakers, some of them absent or on the way, rooms that close
-- early, a session of somebody else, a part of the talks without a review.
CREATE TEMP TABLE small (case_id bigint PRIMARY KEY, rooms int, best bigint, got bigint, is_best boolean, gave_way boolean);
INSERT INTO small (case_id, rooms) SELECT n, 1 + floor(random() * 3) FROM generate_series(1, 150) n;
INSERT INTO city (city_code, name_en) VALUES ('a', 'A'), ('b', 'B');
INSERT INTO party (party_id, kind, name_en) SELECT n, 'person', 'reviewer ' || n FROM generate_series(1, 3) n;
INSERT INTO party (party_id, kind, name_en) SELECT 1000 + case_id * 10 + k, 'person', 'speaker ' || k FROM small, generate_series(1, 4) k;
INSERT INTO venue (venue_id, city_code, name) SELECT case_id, 'a', 'venue' FROM small;
INSERT INTO room (room_id, venue_id, name, changeover) SELECT case_id * 10 + k, case_id, 'room ' || k, (ARRAY[0, 0, 10, 20])[1 + floor(random() * 4)::int]
FROM small, generate_series(1, rooms) k;
INSERT INTO event (event_id, name_en, starts_at, ends_at, venue_id, city_code)
SELECT case_id, 'case', '2031-03-08 13:00+08', '2031-03-08 16:00+08', case_id, 'a' FROM small;
INSERT INTO event (event_id, name_en) VALUES (1000, 'somebody else');
INSERT INTO room_hours (room_id, opens, closes)
SELECT room_id, '08:00', time '14:00' + floor(random() * 5) * interval '30 minutes' FROM room WHERE random() < 0.4;
-- slots one after the other, as long as they come: 20 to 40 minutes, without regard to changeovers
INSERT INTO slot (event_id, room_id, format_code, starts_at, ends_at)
SELECT r.venue_id, r.room_id, CASE WHEN random() < 0.2 THEN 'hot_segment' WHEN random() < 0.4 THEN 'mini_talk' END,
       timestamptz '2031-03-08 13:00+08' + (n - 1) * interval '45 minutes' + floor(random() * 2) * interval '5 minutes',
       timestamptz '2031-03-08 13:00+08' + n * interval '45 minutes' - floor(random() * 3) * interval '10 minutes'
FROM room r JOIN small s ON s.case_id = r.venue_id, generate_series(1, CASE s.rooms WHEN 1 THEN 4 ELSE 2 END) n;
INSERT INTO talk (talk_id, event_id, title_en, submitter_id, status_code, format_code, minutes)
SELECT case_id * 10 + k, case_id, 'talk ' || k, 1000 + case_id * 10 + 1, 'accepted', CASE WHEN random() < 0.3 THEN 'pk' ELSE 'mini_talk' END,
       (ARRAY[20, 30, 40])[1 + floor(random() * 3)::int]
FROM small, generate_series(1, 1 + case_id % 5) k;
INSERT INTO talk_speaker (talk_id, person_id)
SELECT DISTINCT talk_id, 1000 + event_id * 10 + 1 + floor(random() * 3)::int FROM talk, generate_series(1, 2) k;
INSERT INTO talk_review (talk_id, reviewer_id, score)
SELECT talk_id, k, 1 + floor(random() * 5)::int FROM talk, generate_series(1, 3) k WHERE talk_id % 4 <> 0 AND random() < 0.8;
INSERT INTO absence (person_id, starts_at, ends_at)
SELECT 1000 + case_id * 10 + 1 + floor(random() * 3)::int, timestamptz '2031-03-08 10:00+08', timestamptz '2031-03-08 13:00+08' + floor(random() * 4) * interval '30 minutes'
FROM small WHERE random() < 0.4;
INSERT INTO invitation (event_id, person_id, status_code)
SELECT case_id, 1000 + case_id * 10 + 2, CASE WHEN random() < 0.2 THEN 'declined' ELSE 'confirmed' END FROM small WHERE random() < 0.6;
INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at)
SELECT invitation_id, 'train', 'b', 'a', '2031-03-08 10:00+08', timestamptz '2031-03-08 12:40+08' + floor(random() * 4) * interval '30 minutes'
FROM invitation i WHERE status_code = 'confirmed' AND NOT EXISTS (SELECT FROM absence a WHERE a.person_id = i.person_id);
-- now and then a room is taken for a while by somebody else, now and then a speaker
INSERT INTO session (event_id, format_code, room_id, starts_at, ends_at)
SELECT 1000, 'pk', case_id * 10 + 1, '2031-03-08 12:00+08', timestamptz '2031-03-08 13:10+08' + floor(random() * 3) * interval '30 minutes'
FROM small WHERE case_id NOT IN (SELECT venue_id FROM room r JOIN room_hours h USING (room_id) WHERE r.name = 'room 1') AND random() < 0.3;
INSERT INTO session (event_id, format_code, starts_at, ends_at, title_en)
SELECT 1000, 'pk', '2031-03-08 13:00+08', timestamptz '2031-03-08 13:30+08' + floor(random() * 3) * interval '30 minutes', case_id
FROM small WHERE random() < 0.3;
INSERT INTO speaker (session_id, person_id) SELECT session_id, 1000 + title_en::bigint * 10 + 1 FROM session WHERE event_id = 1000 AND title_en IS NOT NULL
  AND NOT EXISTS (SELECT FROM absence a WHERE a.person_id = 1000 + title_en::bigint * 10 + 1);

-- All agendas, said anew: which talk could stand in which slot, and then talk
-- by talk one of these or none.
CREATE TEMP TABLE fit AS
SELECT t.event_id, t.talk_id, s.slot_id, s.room_id, s.starts_at, s.starts_at + t.minutes * interval '1 minute' AS ends_at, r.changeover * interval '1 minute' AS changeover
FROM talk t JOIN slot s USING (event_id) JOIN room r USING (room_id)
WHERE s.starts_at + t.minutes * interval '1 minute' <= s.ends_at
  AND coalesce(s.format_code, t.format_code) = CASE s.format_code WHEN 'hot_segment' THEN CASE t.format_code WHEN 'pk' THEN 'hot_segment' ELSE '' END ELSE t.format_code END
  AND NOT EXISTS (SELECT FROM room_hours h WHERE h.room_id = s.room_id
                  AND ((s.starts_at AT TIME ZONE 'Asia/Shanghai')::time < h.opens OR ((s.starts_at + t.minutes * interval '1 minute') AT TIME ZONE 'Asia/Shanghai')::time > h.closes))
  AND NOT EXISTS (SELECT FROM session o WHERE o.room_id = s.room_id AND o.starts_at < s.starts_at + (t.minutes + r.changeover) * interval '1 minute'
                                          AND o.ends_at + r.changeover * interval '1 minute' > s.starts_at)
  AND NOT EXISTS (SELECT FROM talk_speaker k
                  WHERE k.talk_id = t.talk_id
                    AND (EXISTS (SELECT FROM absence a WHERE a.person_id = k.person_id AND a.ends_at > s.starts_at)
                         OR EXISTS (SELECT FROM invitation i LEFT JOIN travel_leg l USING (invitation_id)
                                    WHERE i.person_id = k.person_id AND (i.status_code = 'declined' OR l.arrives_at > s.starts_at))
                         OR EXISTS (SELECT FROM speaker p JOIN session o USING (session_id) WHERE p.person_id = k.person_id AND o.ends_at > s.starts_at)));
CREATE FUNCTION pg_temp.together(a fit, b fit) RETURNS boolean LANGUAGE sql STABLE
RETURN a.slot_id <> b.slot_id
   AND NOT (a.room_id = b.room_id AND a.starts_at < b.ends_at + b.changeover AND b.starts_at < a.ends_at + a.changeover)
   AND NOT (a.starts_at < b.ends_at AND b.starts_at < a.ends_at
            AND EXISTS (SELECT FROM t_slot.talk_speaker k JOIN t_slot.talk_speaker l USING (person_id) WHERE k.talk_id = a.talk_id AND l.talk_id = b.talk_id));
CREATE TEMP TABLE worth AS
SELECT t.event_id, t.talk_id, row_number() OVER (PARTITION BY t.event_id ORDER BY t.talk_id) AS n,
       coalesce((SELECT round(round(avg(score), 3) * 1000)::bigint * 100 FROM talk_review r WHERE r.talk_id = t.talk_id), 1) AS worth
FROM talk t;
CREATE FUNCTION pg_temp.best(c bigint) RETURNS bigint LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE agenda AS (
        SELECT 0::bigint AS n, 0::bigint AS total, '{}'::fit[] AS placed
        UNION ALL
        SELECT a.n + 1, a.total + CASE WHEN f.one IS NULL THEN 0 ELSE w.worth END, CASE WHEN f.one IS NULL THEN a.placed ELSE a.placed || f.one END
        FROM agenda a
        JOIN worth w ON w.event_id = c AND w.n = a.n + 1
        CROSS JOIN LATERAL (SELECT x AS one FROM fit x WHERE x.talk_id = w.talk_id
                            UNION ALL
                            SELECT NULL::fit) f
        WHERE f.one IS NULL OR NOT EXISTS (SELECT FROM unnest(a.placed) p WHERE NOT pg_temp.together(p, f.one))
    )
    SELECT max(total) FROM agenda;
END;
UPDATE small SET best = pg_temp.best(case_id);

CREATE TEMP TABLE report (case_id bigint, run int, LIKE talk_list, value numeric, reason text, is_best boolean);
CREATE FUNCTION pg_temp.build(c bigint, run int) RETURNS boolean LANGUAGE sql VOLATILE
BEGIN ATOMIC
    INSERT INTO report (case_id, run, talk_id, value, session_id, room_id, starts_at, ends_at, reason, is_best)
    SELECT c, build.run, b.talk_id, b.value, b.session_id, b.room_id, b.starts_at, b.ends_at, b.reason, b.is_best FROM t_slot.build_agenda(c) b;
    SELECT bool_and(r.is_best) FROM report r WHERE r.case_id = c AND r.run = build.run;
END;
UPDATE small SET is_best = pg_temp.build(case_id, 1);
UPDATE small s SET got = (SELECT coalesce(sum(w.worth), 0) FROM report r JOIN worth w USING (talk_id) WHERE r.case_id = s.case_id AND r.starts_at IS NOT NULL);
SELECT is(string_agg(s::text, ' '), NULL, 'worth as much as the best of all agendas, in 150 small cases') FROM small s WHERE got IS DISTINCT FROM best;
SELECT ok(bool_and(is_best), 'and proved') FROM small;
UPDATE small s SET gave_way = best < (SELECT sum(worth) FROM worth w WHERE w.event_id = s.case_id);
SELECT cmp_ok(count(*) FILTER (WHERE gave_way), '>', 30::bigint, 'often a talk has no place') FROM small;
SELECT cmp_ok(count(*) FILTER (WHERE NOT gave_way), '>', 5::bigint, 'sometimes all have') FROM small;
SELECT cmp_ok(count(*), '>', 2::bigint, 'sometimes the order by value is not the best')
FROM small s
WHERE EXISTS (SELECT FROM report r JOIN report q USING (case_id, run)
              WHERE r.case_id = s.case_id AND r.run = 1 AND r.starts_at IS NULL AND q.starts_at IS NOT NULL AND r.value > q.value
                AND EXISTS (SELECT FROM fit f WHERE f.talk_id = r.talk_id));
SELECT is(count(*), 0::bigint, 'each stands where it could') FROM report r
WHERE r.starts_at IS NOT NULL AND NOT EXISTS (SELECT FROM fit f WHERE f.talk_id = r.talk_id AND f.room_id = r.room_id AND f.starts_at = r.starts_at AND f.ends_at = r.ends_at);
SELECT is(count(*), 0::bigint, 'view talk_slot says the same as the cases: no problem exactly where it fits')
FROM talk_slot k WHERE (k.problem IS NULL) <> EXISTS (SELECT FROM fit f WHERE f.talk_id = k.talk_id AND f.slot_id = k.slot_id);
SELECT is(count(*), 0::bigint, 'a reason exactly for those without a place') FROM report r WHERE (r.starts_at IS NULL) <> (r.reason IS NOT NULL);
SELECT cmp_ok(count(DISTINCT regexp_replace(problem, '\d', '')), '>=', 8::bigint, 'problems of many kinds: ' || string_agg(DISTINCT regexp_replace(problem, '\d', ''), ', ')) FROM talk_slot;
SELECT is(count(*), 0::bigint, 'scheduled exactly with a time') FROM talk_list WHERE (status_code = 'scheduled') <> (starts_at IS NOT NULL);
SELECT is(count(*), 0::bigint, 'the speakers of a talk speak in its session')
FROM talk t WHERE t.session_id IS NOT NULL
 AND (SELECT array_agg(person_id ORDER BY person_id) FROM talk_speaker k WHERE k.talk_id = t.talk_id)
     IS DISTINCT FROM (SELECT array_agg(person_id ORDER BY person_id) FROM speaker k WHERE k.session_id = t.session_id);

-- Again: the same, and no row is touched.
CREATE TEMP TABLE before AS SELECT session_id, ctid AS place FROM session;
UPDATE small SET is_best = pg_temp.build(case_id, 2);
SELECT is(count(*), 0::bigint, 'built again: the same')
FROM report a JOIN report b ON b.case_id = a.case_id AND b.talk_id = a.talk_id AND b.run = 2
WHERE a.run = 1 AND (a.room_id, a.starts_at, a.ends_at, a.session_id, a.reason) IS DISTINCT FROM (b.room_id, b.starts_at, b.ends_at, b.session_id, b.reason);
SELECT is(count(*), 0::bigint, 'and no row is touched') FROM session s FULL JOIN before b USING (session_id) WHERE s.ctid IS DISTINCT FROM b.place;

-- A person moves a session, somebody withdraws, a review comes: what was moved
-- by hand stays, the rest is built anew around it.
CREATE TEMP TABLE by_hand AS
SELECT DISTINCT ON (t.event_id) t.event_id, t.session_id, timestamptz '2031-03-08 06:00+08' + t.event_id * interval '1 minute' AS starts_at
FROM talk t JOIN session s USING (session_id) WHERE t.event_id % 2 = 0 ORDER BY t.event_id, t.session_id;
UPDATE event SET starts_at = '2031-03-08 05:00+08' WHERE event_id IN (SELECT event_id FROM by_hand);
UPDATE session s SET room_id = NULL, starts_at = h.starts_at, ends_at = h.starts_at + interval '20 minutes' FROM by_hand h WHERE h.session_id = s.session_id;
UPDATE talk t SET status_code = 'withdrawn' WHERE talk_id = (SELECT min(talk_id) FROM talk x WHERE x.event_id = t.event_id AND x.session_id IS NOT NULL) AND event_id % 3 = 0
  AND session_id NOT IN (SELECT session_id FROM by_hand);
INSERT INTO talk_review (talk_id, reviewer_id, score) SELECT talk_id, 1, 5 FROM talk WHERE talk_id % 4 = 0;
UPDATE small SET is_best = pg_temp.build(case_id, 3);
SELECT is(count(*), 0::bigint, 'what was moved by hand stays') FROM by_hand h JOIN session s USING (session_id)
WHERE (s.room_id, s.starts_at, s.is_placed) IS DISTINCT FROM (NULL::bigint, h.starts_at, false);
SELECT is(count(*), 0::bigint, 'a talk that was withdrawn leaves the agenda with its session') FROM talk t
WHERE t.status_code = 'withdrawn' AND (t.session_id IS NOT NULL OR EXISTS (SELECT FROM session s WHERE s.event_id = t.event_id AND s.title_en = t.title_en));
SELECT cmp_ok(count(*), '>', 20::bigint, 'withdrawn: many') FROM talk WHERE status_code = 'withdrawn';
-- now the best of what is left
DELETE FROM fit f USING talk t WHERE t.talk_id = f.talk_id AND (t.status_code = 'withdrawn' OR t.session_id IN (SELECT session_id FROM by_hand));
DELETE FROM worth;
INSERT INTO worth
SELECT t.event_id, t.talk_id, row_number() OVER (PARTITION BY t.event_id ORDER BY t.talk_id) AS n,
       coalesce((SELECT round(round(avg(score), 3) * 1000)::bigint * 100 FROM talk_review r WHERE r.talk_id = t.talk_id), 1) AS worth
FROM talk t WHERE t.status_code <> 'withdrawn' AND coalesce(t.session_id NOT IN (SELECT session_id FROM by_hand), true);
UPDATE small SET best = pg_temp.best(case_id);
UPDATE small s SET got = (SELECT coalesce(sum(w.worth), 0) FROM report r JOIN worth w USING (talk_id) WHERE r.case_id = s.case_id AND r.run = 3 AND r.starts_at IS NOT NULL);
SELECT is(string_agg(s::text, ' '), NULL, 'and the rest is the best of all agendas around it') FROM small s WHERE got IS DISTINCT FROM best;

-- Slots that make_slots makes: in the event, in the hours, clear of sessions
-- and of each other with the changeover; as many as wanted, or no place is left.
UPDATE session SET is_placed = false;
CREATE TEMP TABLE entered AS SELECT slot_id FROM slot WHERE event_id % 4 = 0;
DELETE FROM slot WHERE event_id % 4 <> 0;
CREATE FUNCTION pg_temp.slots(c bigint) RETURNS bigint LANGUAGE sql VOLATILE RETURN t_slot.make_slots(c);
CREATE TEMP TABLE made AS SELECT case_id, pg_temp.slots(case_id) AS slots FROM small;
SELECT cmp_ok(min(slots), '>=', 0::bigint, 'some slots: ' || sum(slots)) FROM made;
SELECT is(count(*), 0::bigint, 'slots that were entered stay') FROM entered WHERE slot_id NOT IN (SELECT slot_id FROM slot);
SELECT is(count(*), 0::bigint, 'inside the event and the hours')
FROM slot s JOIN event e USING (event_id) WHERE s.is_made AND (s.starts_at < e.starts_at OR s.ends_at > e.ends_at OR NOT _room_is_open(s.room_id, s.starts_at, s.ends_at));
SELECT is(count(*), 0::bigint, 'clear of sessions, changeovers included')
FROM slot s JOIN room r USING (room_id) JOIN session o USING (room_id)
WHERE s.is_made AND s.starts_at < o.ends_at + r.changeover * interval '1 minute' AND o.starts_at < s.ends_at + r.changeover * interval '1 minute';
SELECT is(count(*), 0::bigint, 'and of each other')
FROM slot s JOIN slot o ON o.event_id = s.event_id AND o.room_id = s.room_id AND o.slot_id <> s.slot_id JOIN room r ON r.room_id = s.room_id
WHERE s.is_made AND s.starts_at < o.ends_at + r.changeover * interval '1 minute' AND o.starts_at < s.ends_at + r.changeover * interval '1 minute';
SELECT is(count(*), 0::bigint, 'what is required comes first: without it nothing else is there')
FROM agenda_part p JOIN small s ON s.case_id = p.event_id
WHERE p.format_code = 'mini_talk' AND NOT EXISTS (SELECT FROM entered x JOIN slot USING (slot_id) WHERE event_id = s.case_id)
  AND NOT EXISTS (SELECT FROM slot x WHERE x.event_id = s.case_id AND x.format_code = 'mini_talk')
  AND EXISTS (SELECT FROM slot x WHERE x.event_id = s.case_id AND x.is_made AND x.ends_at - x.starts_at >= interval '30 minutes');
SELECT is(count(*), 0::bigint, 'made anew: the same') FROM small s JOIN made m USING (case_id) WHERE pg_temp.slots(case_id) <> m.slots;

-- A large one: in time, and within the rules, which the constraints hold.
INSERT INTO venue (venue_id, name) VALUES (500, 'large');
INSERT INTO room (room_id, venue_id, name, changeover) SELECT 9000 + n, 500, 'room ' || n, 5 FROM generate_series(1, 4) n;
INSERT INTO event (event_id, name_en, venue_id, starts_at, ends_at) VALUES (2000, 'large', 500, '2032-03-06 09:00+08', '2032-03-06 18:00+08');
INSERT INTO party (party_id, kind, name_en) SELECT 5000 + n, 'person', 'speaker ' || n FROM generate_series(1, 30) n;
INSERT INTO talk (talk_id, event_id, title_en, submitter_id, status_code) SELECT 5000 + n, 2000, 'talk ' || n, 5001, 'accepted' FROM generate_series(1, 70) n;
INSERT INTO talk_speaker (talk_id, person_id) SELECT 5000 + n, 5001 + n % 30 FROM generate_series(1, 70) n;
INSERT INTO talk_review (talk_id, reviewer_id, score) SELECT 5000 + n, k, 1 + floor(random() * 5)::int FROM generate_series(1, 70) n, generate_series(1, 3) k;
INSERT INTO event_format (event_id, format_code) VALUES (2000, 'hot_segment');
SELECT is(make_slots(2000), 60::bigint, '15 slots in each of 4 rooms');
SELECT is(count(*) FILTER (WHERE starts_at IS NOT NULL), 60::bigint, 'all are used') FROM build_agenda(2000);
SELECT ok(bool_and(is_best), 'and proved to be the best use') FROM build_agenda(2000);
SELECT is(sum(k.mean_score), (SELECT sum(m) FROM (SELECT mean_score AS m FROM talk_ranking WHERE event_id = 2000 ORDER BY mean_score DESC LIMIT 60) x), 'by the 60 best talks')
FROM talk_ranking k JOIN talk t USING (talk_id) WHERE t.event_id = 2000 AND t.status_code = 'scheduled';

SELECT * FROM finish();
ROLLBACK;
