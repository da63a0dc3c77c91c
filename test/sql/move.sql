-- Days of an event, and moving it: everything goes along on the clock of the
-- place, and what no longer fits is told.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_move');
SET search_path = s_move, salon;
SET timezone = 'UTC';
SET datestyle = 'ISO';
UPDATE space SET time_zone = 'America/New_York';
INSERT INTO city (city_code, name_en) VALUES ('ny', 'New York'), ('london', 'London');
INSERT INTO venue (city_code, name, time_zone) VALUES ('ny', 'Pier', 'America/New_York'), ('london', 'Dock', 'Europe/London');
INSERT INTO room (venue_id, name, capacity) VALUES (1, 'hall', 100), (1, 'loft', 30), (2, 'shed', 40);
INSERT INTO party (kind, name_en) VALUES ('person', 'Ann'), ('person', 'Bob'), ('person', 'Cid'), ('organization', 'Host');
INSERT INTO contact (party_id, kind, address) VALUES (4, 'email', 'host@example.org');
\set ECHO all

\echo == Days: one day is itself; several have the hours of the first start and the last end, or those that are entered
SELECT plan_event('One', venue_id => 1, local_starts_at => '2031-10-31 18:00', local_ends_at => '2031-11-01 02:00') AS one \gset
SELECT plan_event('Three', venue_id => 1, host_id => 4, local_starts_at => '2031-10-31 09:00', local_ends_at => '2031-11-02 17:00') AS three \gset
SELECT plan_event('Across', venue_id => 1, local_starts_at => '2031-12-05 18:00', local_ends_at => '2031-12-07 12:00') AS across \gset
SELECT event, day, held_on, local_time, ends_at - starts_at AS lasts FROM event_hours ORDER BY event_id, day;
INSERT INTO event_day (event_id, starts_at, ends_at) VALUES
    (:across, '2031-12-05 18:00-05', '2031-12-05 22:00-05'), (:across, '2031-12-06 09:00-05', '2031-12-06 18:00-05'), (:across, '2031-12-07 09:00-05', '2031-12-07 12:00-05');
SELECT day, local_time FROM event_hours WHERE event_id = :across ORDER BY day;
SELECT pg_temp.refused($$ INSERT INTO event_day (event_id, starts_at, ends_at) VALUES (3, '2031-12-06 10:00-05', '2031-12-06 11:00-05') $$);
SELECT pg_temp.refused($$ INSERT INTO event_day (event_id, starts_at, ends_at) VALUES (3, '2031-12-06 21:00-05', '2031-12-06 20:00-05') $$);
SELECT pg_temp.refused($$ INSERT INTO event_day (event_id, starts_at, ends_at) VALUES (3, '2031-12-06 21:00-05', 'infinity') $$);

\echo == Slots and the gaps of the agenda keep to the days
UPDATE event_format SET minutes = 60;
SELECT make_slots(:three) > 0 AS made;
SELECT count(*) AS at_night FROM slot s
WHERE event_id = :three AND NOT EXISTS (SELECT FROM event_hours h WHERE h.event_id = s.event_id AND h.starts_at <= s.starts_at AND h.ends_at >= s.ends_at);
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (:three, 'mini_talk', 'first', 1, '2031-10-31 09:00-04', '2031-10-31 12:00-04'),
    (:three, 'mini_talk', 'second', 1, '2031-10-31 12:00-04', '2031-10-31 17:00-04'),
    (:three, 'mini_talk', 'third', 2, '2031-11-01 10:00-04', '2031-11-01 16:00-04'),
    (:three, 'mini_talk', 'fourth', 1, '2031-11-02 09:00-05', '2031-11-02 17:00-05');
INSERT INTO speaker (session_id, person_id) VALUES (1, 1), (2, 2), (3, 1), (4, 2);
SELECT missing FROM missing_item WHERE event_id = :three AND item_code = 'C12' ORDER BY missing;

\echo == At night a helper is free: elsewhere, and for whoever looks for one; a day that changes is noticed
SELECT plan_event('Night', venue_id => 1, local_starts_at => '2031-10-31 20:00', local_ends_at => '2031-10-31 23:00') AS night \gset
INSERT INTO helper (party_id) VALUES (3);
INSERT INTO event_duty (event_id, duty_code, party_id, whole_event) VALUES (:three, 'microphone', 3, true), (:night, 'microphone', 3, true);
SELECT event_id = :three AS of_three, during FROM event_duty WHERE party_id = 3 ORDER BY event_duty_id;
SELECT helper, problem FROM work_group WHERE party_id = 3;
SELECT can, reason FROM duty_candidate WHERE event_id = :night AND duty_code = 'photo' AND party_id = 3;
SELECT pg_temp.refused(format($$ INSERT INTO event_day (event_id, starts_at, ends_at) VALUES (%s, '2031-10-31 09:00-04', '2031-10-31 22:00-04') $$, :three));
DELETE FROM event_duty WHERE party_id = 3;
DELETE FROM helper;
DELETE FROM event WHERE event_id = :night;

\echo == Everything moves; a week later the clock is an hour behind, and shows the same
DELETE FROM slot;
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (:three, 1, '2031-10-31 09:00-04', '2031-10-31 10:00-04');
INSERT INTO shift (event_id, duty_code, starts_at, ends_at) VALUES (:three, 'check_in', '2031-10-31 08:00-04', '2031-10-31 10:00-04'), (:three, 'check_in', '2031-10-31 10:00-04', '2031-10-31 12:00-04');
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES
    (:three, 'check_in', 3, '2031-10-31 08:00-04', '2031-10-31 10:00-04'), (:three, 'check_in', 3, '2031-10-31 10:00-04', '2031-10-31 12:00-04'),
    (:three, 'photo', 3, '2031-10-31 13:00-04', '2031-10-31 14:00-04');
INSERT INTO event_duty (event_id, duty_code, party_id, whole_event) VALUES (:three, 'host', 4, true);
INSERT INTO event_item (event_id, item_code, due_at) VALUES (:three, 'C1', '2031-10-01 09:00-04');
INSERT INTO package (event_id, name_en, benefits, price, closes_at) VALUES (:three, 'gold', 'booth:1', 100, '2031-10-20 18:00-04');
INSERT INTO channel (party_id, platform_code, name) SELECT 4, min(platform_code), 'news' FROM platform;
INSERT INTO post (event_id, channel_id, planned_at) VALUES (:three, 1, '2031-10-25 10:00-04');
INSERT INTO metric (event_id, kind, name_en, unit, target, due_on) VALUES (:three, 'process', 'guests', 'people', 80, '2031-11-10');
UPDATE demand SET valid_from = '2031-10-31', valid_before = '2031-11-03' WHERE event_id = :three AND resource_code = 'venue';
INSERT INTO seating (event_id, side, capacity) VALUES (:three, 'on_site', 80);
SELECT register(:three, 'on_site', 60, 'School');
SELECT * FROM move_event(:three, '2031-11-07 09:00-05');
SELECT starts_at, ends_at, time_zone FROM event WHERE event_id = :three;
SELECT title_en, starts_at, ends_at, room_id FROM session ORDER BY session_id;
SELECT starts_at, ends_at FROM slot;
SELECT duty_code, starts_at, ends_at, held FROM shift WHERE event_id = :three AND starts_at IS NOT NULL ORDER BY starts_at, duty_code;
SELECT duty_code, party_id, starts_at, ends_at, whole_event FROM event_duty WHERE event_id = :three AND starts_at IS NOT NULL ORDER BY starts_at, duty_code;
SELECT (SELECT due_at FROM event_item) AS item, (SELECT closes_at FROM package) AS package, (SELECT planned_at FROM post) AS post, (SELECT due_on FROM metric) AS metric,
       (SELECT valid_from FROM demand WHERE valid_from IS NOT NULL) AS demand, (SELECT taken FROM seating) AS taken;

\echo == An hour earlier and later again, over its own sessions
SELECT * FROM move_event(:three, local_starts_at => '2031-11-07 08:00');
SELECT * FROM move_event(:three, local_starts_at => '2031-11-07 09:00');
SELECT title_en, starts_at, room_id FROM session ORDER BY session_id;

\echo == Nor are the duties of one helper in the way of each other
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (:three, 'banner', 4, '2031-11-07 08:00-05', '2031-11-07 09:00-05'),
    (:three, 'microphone', 3, '2031-11-07 12:00-05', '2031-11-07 13:00-05');
SELECT * FROM move_event(:three, local_starts_at => '2031-11-07 08:00');
SELECT * FROM move_event(:three, local_starts_at => '2031-11-07 10:00');
SELECT * FROM move_event(:three, local_starts_at => '2031-11-07 09:00');
SELECT duty_code, party_id, starts_at, ends_at, whole_event FROM event_duty WHERE event_id = :three AND starts_at IS NOT NULL ORDER BY starts_at, duty_code;

\echo == Rooms that are taken or closed then, speakers and helpers who are busy then, are lost and told
SELECT plan_event('Other', venue_id => 1, local_starts_at => '2031-11-14 08:00', local_ends_at => '2031-11-14 20:00') AS other \gset
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (:other, 'mini_talk', 'in the way', 1, '2031-11-14 11:00-05', '2031-11-14 11:30-05'),
    (:other, 'mini_talk', 'with Bob', NULL, '2031-11-14 15:00-05', '2031-11-14 15:30-05');
INSERT INTO speaker (session_id, person_id) VALUES (6, 2);
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (:other, 'photo', 3, '2031-11-14 08:30-05', '2031-11-14 09:30-05'),
    (:other, 'photo', 4, '2031-11-14 19:00-05', '2031-11-14 20:00-05');
INSERT INTO room_hours (room_id, since, until) VALUES (2, '2031-11-15', '2031-11-16');
SELECT kind, what, problem FROM move_event(:three, local_starts_at => '2031-11-14 09:00');
SELECT s.title_en, s.starts_at, s.room_id, k.person_id FROM session s LEFT JOIN speaker k USING (session_id) WHERE s.event_id = :three ORDER BY s.session_id;
SELECT duty_code, party_id, starts_at FROM event_duty WHERE event_id = :three AND party_id IS NOT NULL ORDER BY starts_at, duty_code;

\echo == To another venue: the clock there shows the same; rooms of the old one are lost
UPDATE session SET room_id = 1 WHERE session_id = 4;
UPDATE event SET planned_on_site = 90 WHERE event_id = :three;
SELECT kind, what, problem FROM move_event(:three, venue_id => 2);
SELECT starts_at, ends_at, time_zone, city_code FROM event WHERE event_id = :three;
SELECT title_en, starts_at, room_id FROM session WHERE event_id = :three ORDER BY session_id;

\echo == What a plain update leaves behind is told as well, by the view and by the checklist
UPDATE session SET room_id = 3 WHERE session_id = 4;
UPDATE event SET venue_id = 1, city_code = 'ny', ends_at = '2031-11-16 12:00-05' WHERE event_id = :three;
SELECT event, kind, what, problem FROM event_problem WHERE event_id = :three ORDER BY kind, id, problem;
SELECT missing FROM missing_item WHERE event_id = :three AND item_code = 'C12' AND missing LIKE 'fourth%' ORDER BY 1;
UPDATE event_duty SET starts_at = starts_at - interval '3 days', ends_at = ends_at - interval '3 days' WHERE event_id = :three AND duty_code = 'microphone' AND party_id = 3;
SELECT kind, what, problem FROM event_problem WHERE event_id = :three AND kind = 'event_duty';
SELECT helper, problem FROM work_group WHERE event_id = :three AND duty_code = 'microphone' AND party_id = 3;
SET salon.lang = 'zh';
SELECT what, problem FROM event_problem WHERE event_id = :three ORDER BY kind, id, problem;
RESET salon.lang;

\echo == Agreements whose date or place no longer holds
INSERT INTO party (kind, name_en) VALUES ('organization', 'Landlord');
INSERT INTO supply (party_id, resource_code, valid_from, valid_before, city_code) VALUES (5, 'venue', '2031-11-14', '2031-11-17', 'ny');
INSERT INTO commitment (event_id, giver_id, resource_code, quantity, supply_id) SELECT :three, 5, 'venue', 1, max(supply_id) FROM supply RETURNING agreement_id \gset
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = :agreement_id;
SELECT what, problem FROM event_problem WHERE event_id = :three AND kind = 'commitment';
UPDATE venue SET party_id = 4 WHERE venue_id = 2;
SELECT what, problem FROM move_event(:three, local_starts_at => '2031-12-14 09:00', venue_id => 2) WHERE kind = 'commitment';
UPDATE event SET city_code = NULL, venue_id = NULL WHERE event_id = :three;
SELECT what, problem FROM event_problem WHERE event_id = :three AND kind = 'commitment';

\echo == In one statement: an afternoon of shifts with one helper in all, helpers that change full shifts, shifts that change times, daily posts, notices
SELECT plan_event('Afternoon', venue_id => 1, local_starts_at => '2032-05-08 09:00', local_ends_at => '2032-05-08 18:00') AS afternoon \gset
INSERT INTO shift (event_id, duty_code, starts_at, ends_at, maximum)
SELECT :afternoon, d, timestamptz '2032-05-08 13:00-04' + n * interval '1 hour', timestamptz '2032-05-08 14:00-04' + n * interval '1 hour', 1
FROM unnest(ARRAY['check_in', 'banner']) WITH ORDINALITY u (d, m) CROSS JOIN generate_series(m - 1, 3, 2) n;
INSERT INTO shift (event_id, duty_code, starts_at, ends_at, maximum) VALUES (:afternoon, 'check_in', '2032-05-08 14:00-04', '2032-05-08 15:00-04', 1);
INSERT INTO event_duty (shift_id, party_id) SELECT shift_id, CASE WHEN duty_code = 'check_in' AND starts_at = '2032-05-08 14:00-04' THEN 2 ELSE 3 END FROM shift WHERE event_id = :afternoon AND starts_at IS NOT NULL;
UPDATE shift SET starts_at = starts_at + interval '1 hour', ends_at = ends_at + interval '1 hour' WHERE event_id = :afternoon AND starts_at IS NOT NULL;
SELECT duty_code, party_id, starts_at FROM event_duty WHERE event_id = :afternoon AND party_id IS NOT NULL ORDER BY starts_at, duty_code;
UPDATE event_duty d SET shift_id = o.shift_id
FROM event_duty o
WHERE (d.event_id, d.starts_at) = (:afternoon, '2032-05-08 15:00-04') AND (o.event_id, o.starts_at) = (d.event_id, d.starts_at) AND o.party_id = 5 - d.party_id;
SELECT d.duty_code, d.party_id, s.held FROM event_duty d JOIN shift s USING (shift_id) WHERE d.event_id = :afternoon AND d.starts_at = '2032-05-08 15:00-04' ORDER BY d.party_id;
SELECT pg_temp.refused(format($$ UPDATE event_duty SET shift_id = (SELECT min(shift_id) FROM shift WHERE event_id = %1$s AND starts_at = '2032-05-08 15:00-04')
WHERE event_id = %1$s AND starts_at = '2032-05-08 15:00-04' $$, :afternoon));
UPDATE shift SET starts_at = x.starts_at, ends_at = x.ends_at
FROM shift x
WHERE shift.event_id = :afternoon AND shift.duty_code = 'check_in' AND (x.event_id, x.duty_code) = (shift.event_id, shift.duty_code)
  AND shift.starts_at <> x.starts_at AND least(shift.starts_at, x.starts_at) = '2032-05-08 15:00-04';
SELECT duty_code, party_id, starts_at FROM event_duty WHERE event_id = :afternoon AND party_id IS NOT NULL ORDER BY starts_at, duty_code;
INSERT INTO post (event_id, channel_id, planned_at) SELECT :afternoon, 1, timestamptz '2032-05-01 10:00-04' + n * interval '1 day' FROM generate_series(0, 3) n;
SELECT kind, what, problem FROM move_event(:afternoon, local_starts_at => '2032-05-09 09:00');
SELECT min(planned_at), max(planned_at), count(*) FROM post WHERE event_id = :afternoon;
INSERT INTO notice (event_id, ordinal, text_en) VALUES (:afternoon, 1, 'second'), (:afternoon, 2, 'first');
UPDATE notice SET ordinal = 3 - ordinal WHERE event_id = :afternoon;

\echo == Two events with one helper and one guest change days
SELECT plan_event('Sixth', venue_id => 1, local_starts_at => '2032-06-06 09:00', local_ends_at => '2032-06-06 18:00') AS sixth,
       plan_event('Seventh', venue_id => 1, local_starts_at => '2032-06-07 09:00', local_ends_at => '2032-06-07 18:00') AS seventh \gset
INSERT INTO event_duty (event_id, duty_code, party_id, whole_event) VALUES (:sixth, 'host', 3, true), (:seventh, 'host', 3, true);
UPDATE event SET starts_at = starts_at + d, ends_at = ends_at + d
FROM (VALUES (:sixth, interval '1 day'), (:seventh, '-1 day')) v (id, d)
WHERE event_id = v.id;
SELECT event_id = :sixth AS is_sixth, during FROM event_duty WHERE event_id IN (:sixth, :seventh) AND party_id = 3 ORDER BY starts_at;

\echo == Needs and offers of an event for another date or city, talks and slots of another venue
INSERT INTO talk (event_id, title_en, submitter_id, status_code) VALUES (:sixth, 'Moved', 1, 'accepted');
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (:sixth, 1, '2032-06-07 10:00-04', '2032-06-07 11:00-04');
UPDATE demand SET valid_from = '2032-06-07', valid_before = '2032-06-08', city_code = 'ny' WHERE event_id = :sixth AND resource_code = 'prize';
UPDATE supply SET city_code = 'ny' WHERE event_id = :sixth AND resource_code = 'exposure';
SELECT problem FROM talk_slot WHERE event_id = :sixth;
UPDATE event SET venue_id = 2, city_code = 'london', starts_at = starts_at + interval '1 day', ends_at = ends_at + interval '1 day' WHERE event_id = :sixth;
SELECT kind, what, problem FROM event_problem WHERE event_id = :sixth ORDER BY kind, problem;
UPDATE slot SET starts_at = '2032-06-08 10:00-04', ends_at = '2032-06-08 11:00-04' WHERE event_id = :sixth;
SELECT problem FROM talk_slot WHERE event_id = :sixth;
SELECT title, room, reason FROM build_agenda(:sixth);
UPDATE event SET venue_id = NULL WHERE event_id = :sixth;
SELECT problem FROM talk_slot WHERE event_id = :sixth;

\echo == An event that becomes online only has no use for what is on site; guests of several days read the hours of each
UPDATE event SET planned_on_site = 0, planned_online = 50 WHERE event_id = :seventh;
SELECT kind, what FROM event_problem WHERE event_id = :seventh AND problem = 'for guests on site, and none are planned' ORDER BY kind, what;
UPDATE event SET planned_on_site = 50, planned_online = 0 WHERE event_id = :seventh;
SELECT kind, what FROM event_problem WHERE event_id = :seventh AND problem = 'for guests online, and none are planned' ORDER BY kind, what;
SELECT content FROM attendee_sheet WHERE event_id = :across AND kind = 'time' AND side = 'on_site';

\echo == To a venue whose city is not known; out of the hour that comes twice, where two become one
INSERT INTO venue (name, time_zone) VALUES ('Barge', 'America/New_York') RETURNING venue_id AS barge \gset
SELECT plan_event('Night', venue_id => 1, local_starts_at => '2032-11-07 00:00', local_ends_at => '2032-11-07 05:00') AS night \gset
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (:night, 1, '2032-11-07 01:00-04', '2032-11-07 01:30-04'), (:night, 1, '2032-11-07 01:00-05', '2032-11-07 01:30-05');
INSERT INTO event_day (event_id, starts_at, ends_at) VALUES (:night, '2032-11-07 00:00-04', '2032-11-07 01:30-04'), (:night, '2032-11-07 01:00-05', '2032-11-07 04:00-05');
SELECT copy_event(:night, local_starts_at => '2032-11-21 00:00') AS copy \gset
SELECT day, local_time FROM event_hours WHERE event_id = :copy ORDER BY day;
SELECT kind, what, problem FROM move_event(:night, local_starts_at => '2032-11-14 00:00');
SELECT day, local_time FROM event_hours WHERE event_id = :night ORDER BY day;
SELECT kind, what, problem FROM move_event(:night, venue_id => :barge);
SELECT city_code, time_zone FROM event WHERE event_id = :night;

\echo == Intervals that no date can be shifted by
SELECT pg_temp.refused($$ UPDATE checklist_item SET due_offset = '1000000 years' WHERE item_code = 'C1' $$);
SELECT pg_temp.refused($$ UPDATE checklist_item SET due_offset = '1000000 years -360000000 days' WHERE item_code = 'C1' $$);
SELECT pg_temp.refused($$ UPDATE checklist_item SET lasts = '1000000 years' WHERE item_code = 'C1' $$);
SELECT pg_temp.refused($$ UPDATE speaker_stage SET due_offset = '-1000000 years' WHERE stage_code = 'slides' $$);
SELECT pg_temp.refused($$ UPDATE resource SET due_offset = '-1000000 years' WHERE resource_code = 'post' $$);
SELECT pg_temp.refused($$ SELECT busiest_window(1, '1000000 years -360000000 days') $$);
UPDATE checklist_item SET due_offset = '-100 years', lasts = '90 years' WHERE item_code = 'C1';
SELECT count(*) > 0 AS some FROM late_item WHERE event_id = :three;

\echo == Refused
SELECT pg_temp.refused($$ SELECT move_event(99, '2031-11-07 09:00-05') $$);
SELECT pg_temp.refused($$ SELECT move_event(1, venue_id => 99) $$);
SELECT pg_temp.refused($$ SELECT move_event(1, 'infinity') $$);
SELECT pg_temp.refused($$ SELECT move_event(1, '2031-11-07 09:00-05', local_starts_at => '2031-11-07 09:00') $$);
INSERT INTO event (name_en) VALUES ('no times') RETURNING event_id \gset
SELECT pg_temp.refused(format($$ SELECT move_event(%s, '2031-11-07 09:00-05') $$, :event_id));
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 1;
SELECT pg_temp.refused($$ SELECT move_event(1, '2031-11-07 09:00-05') $$);

\echo == A copy has the days too, and starts at a local time
SELECT copy_event(:across, local_starts_at => '2032-03-12 18:00') AS copy \gset
SELECT day, local_time, starts_at FROM event_hours WHERE event_id = :copy ORDER BY day;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_move', drop_rows => true);
