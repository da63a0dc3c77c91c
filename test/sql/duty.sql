-- Duties: a helper is in one place; a shift has no more people than it has room
-- for; what is proposed is confirmed or declined.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_duty');
SET search_path = s_duty, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('person', 'One'), ('person', 'Two');
SELECT plan_event('Evening', NULL, '2031-05-01 18:00', '2031-05-01 21:00', needs => ''),
       plan_event('Night', NULL, '2031-05-01 20:00', '2031-05-01 23:00', needs => '');

\echo == A planned event has the 20 duties of the template, and nobody for them yet
SELECT event_id, count(*), count(party_id) FROM event_duty GROUP BY 1 ORDER BY 1;

\echo == A helper is not in two places: at the same event, or at another
UPDATE event_duty SET party_id = 1, starts_at = '2031-05-01 18:00', ends_at = '2031-05-01 20:00'
WHERE event_id = 1 AND duty_code = 'check_in';
SELECT pg_temp.refused($$ UPDATE event_duty SET party_id = 1, starts_at = '2031-05-01 19:00', ends_at = '2031-05-01 21:00'
                          WHERE event_id = 1 AND duty_code = 'photo' $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET party_id = 1, starts_at = '2031-05-01 19:59', ends_at = '2031-05-01 21:00'
                          WHERE event_id = 2 AND duty_code = 'photo' $$);

\echo == Back to back is fine; so are duties without a fixed time, and another helper
UPDATE event_duty SET party_id = 1, starts_at = '2031-05-01 20:00', ends_at = '2031-05-01 21:00'
WHERE event_id = 2 AND duty_code = 'photo';
UPDATE event_duty SET party_id = 1 WHERE event_id = 1 AND duty_code IN ('poster', 'banner', 'promotion');
UPDATE event_duty SET party_id = 2, starts_at = '2031-05-01 18:00', ends_at = '2031-05-01 20:00'
WHERE event_id = 1 AND duty_code = 'microphone';
SELECT event_id, duty_code, party_id, starts_at, ends_at, during FROM event_duty WHERE party_id IS NOT NULL ORDER BY 1, 2;

\echo == Two shifts of one duty, by the same helper and by another
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES
    (1, 'check_in', 1, '2031-05-01 17:00', '2031-05-01 18:00'),
    (1, 'check_in', 2, '2031-05-01 17:00', '2031-05-01 18:00');
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at)
                          VALUES (1, 'check_in', 2, '2031-05-01 17:30', '2031-05-01 17:45') $$);

\echo == The same row once more, with and without a helper
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code) VALUES (1, 'venue') $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (1, 'poster', 1) $$);

\echo == Times: both or none, and not reversed
SELECT pg_temp.refused($$ UPDATE event_duty SET starts_at = '2031-05-01 18:00' WHERE event_id = 1 AND duty_code = 'venue' $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET ends_at = '2031-05-01 18:00' WHERE event_id = 1 AND duty_code = 'venue' $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET starts_at = '2031-05-01 18:00', ends_at = '2031-05-01 18:00' WHERE event_id = 1 AND duty_code = 'venue' $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET starts_at = '2031-05-01 18:00', ends_at = '2031-05-01 17:00' WHERE event_id = 1 AND duty_code = 'venue' $$);

SELECT pg_temp.refused($$ UPDATE event_duty SET starts_at = '2031-05-01 18:00', ends_at = 'infinity' WHERE event_id = 1 AND duty_code = 'venue' $$);

\echo == Unknown duties, events, helpers
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code) VALUES (1, 'juggling') $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code) VALUES (99, 'venue') $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (1, 'venue', 99) $$);
SELECT pg_temp.refused($$ INSERT INTO duty (duty_code, name_en) VALUES ('Juggling', 'juggling') $$);
SELECT pg_temp.refused($$ INSERT INTO duty (duty_code) VALUES ('juggling') $$);
SELECT pg_temp.refused($$ INSERT INTO template_duty (template_code, duty_code) VALUES ('salon', 'juggling') $$);
SELECT pg_temp.refused($$ DELETE FROM duty WHERE duty_code = 'venue' $$);

\echo == A planned event has a shift for each duty; whoever is given a duty belongs to one
SELECT count(*), sum(minimum) AS minimum, count(maximum) AS with_maximum, sum(held) AS held FROM shift WHERE event_id = 1;
SELECT d.duty_code, d.party_id, d.status_code, s.duty_code AS shift_of, s.held
FROM event_duty d JOIN shift s USING (shift_id) WHERE d.event_id = 1 AND d.party_id IS NOT NULL ORDER BY 1, 2, d.starts_at;

\echo == A duty that the template limits
UPDATE template_duty SET minimum = 2, maximum = 3 WHERE duty_code = 'check_in';
SELECT plan_event('Third', NULL, '2031-05-02 18:00', '2031-05-02 21:00', needs => '');
SELECT duty_code, minimum, maximum, held FROM shift WHERE event_id = 3 AND duty_code IN ('check_in', 'photo') ORDER BY 1;
INSERT INTO party (kind, name_en) VALUES ('person', 'Three'), ('person', 'Four'), ('person', 'Five');
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (3, 'check_in', 1), (3, 'check_in', 2), (3, 'check_in', 3);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (3, 'check_in', 4) $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET party_id = 4 WHERE event_id = 3 AND duty_code = 'check_in' AND party_id IS NULL $$);
SELECT pg_temp.refused($$ UPDATE shift SET maximum = 2 WHERE event_id = 3 AND duty_code = 'check_in' $$);
SELECT pg_temp.refused($$ UPDATE shift SET minimum = 2, maximum = 1 WHERE event_id = 3 AND duty_code = 'photo' $$);
SELECT pg_temp.refused($$ UPDATE shift SET minimum = -1 WHERE event_id = 3 AND duty_code = 'photo' $$);
SELECT pg_temp.refused($$ UPDATE shift SET held = 0 WHERE event_id = 3 AND duty_code = 'check_in' $$);
SELECT pg_temp.refused($$ UPDATE template_duty SET maximum = 1 WHERE duty_code = 'check_in' $$);
SELECT pg_temp.refused($$ UPDATE template_duty SET minimum = -1 WHERE duty_code = 'check_in' $$);

\echo == Whoever declines makes room, and stays on record
UPDATE event_duty SET status_code = 'declined' WHERE event_id = 3 AND duty_code = 'check_in' AND party_id = 3;
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (3, 'check_in', 4);
SELECT pg_temp.refused($$ UPDATE event_duty SET status_code = 'confirmed' WHERE event_id = 3 AND party_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET party_id = 5 WHERE event_id = 3 AND party_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET status_code = 'proposed' WHERE event_id = 3 AND party_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET status_code = 'open' WHERE event_id = 3 AND party_id = 4 $$);
SELECT pg_temp.refused($$ UPDATE event_duty SET status_code = 'confirmed' WHERE event_id = 3 AND duty_code = 'venue' $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, status_code) VALUES (3, 'poster', 'proposed') $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id, status_code) VALUES (3, 'poster', 5, 'sick') $$);
SELECT party_id, status_code FROM event_duty WHERE event_id = 3 AND duty_code = 'check_in' ORDER BY event_duty_id;
SELECT held FROM shift WHERE event_id = 3 AND duty_code = 'check_in';

\echo == Whoever is taken off leaves an open row; whoever comes in for somebody else is confirmed, with no value
UPDATE event_duty SET party_id = 4, status_code = 'proposed', value = 40 WHERE event_id = 3 AND duty_code IN ('poster', 'banner');
UPDATE event_duty SET party_id = 5 WHERE event_id = 3 AND duty_code = 'poster';
UPDATE event_duty SET party_id = NULL WHERE event_id = 3 AND duty_code = 'banner';
SELECT duty_code, party_id, status_code, value FROM event_duty WHERE event_id = 3 AND duty_code IN ('poster', 'banner') ORDER BY 1;

\echo == Shifts with times: the duty gets a time, another shift is added, people are entered by time or by shift
UPDATE shift SET starts_at = '2031-05-02 17:00', ends_at = '2031-05-02 18:00' WHERE event_id = 3 AND duty_code = 'check_in';
INSERT INTO shift (event_id, duty_code, starts_at, ends_at, minimum, maximum) VALUES (3, 'check_in', '2031-05-02 18:00', '2031-05-02 19:00', 1, 1);
SELECT shift_id AS late FROM shift WHERE event_id = 3 AND duty_code = 'check_in' AND maximum = 1 \gset
INSERT INTO event_duty (shift_id, party_id) VALUES (:late, 1);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (3, 'check_in', 2, '2031-05-02 18:00', '2031-05-02 19:00') $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (3, 'check_in', 5, '2031-05-02 18:00', '2031-05-02 18:30') $$);
SELECT pg_temp.refused($$ INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (3, 'check_in', 5) $$);
SELECT pg_temp.refused(format($$ INSERT INTO event_duty (shift_id, party_id, starts_at, ends_at) VALUES (%s, 5, '2031-05-02 18:00', '2031-05-02 18:30') $$, :late));
SELECT pg_temp.refused($$ INSERT INTO event_duty (shift_id, party_id) VALUES (999, 5) $$);
SELECT pg_temp.refused(format($$ INSERT INTO event_duty (shift_id, event_id, party_id) VALUES (%s, 2, 5) $$, :late));
SELECT pg_temp.refused($$ INSERT INTO shift (event_id, duty_code, starts_at, ends_at) VALUES (3, 'check_in', '2031-05-02 18:00', '2031-05-02 19:00') $$);
SELECT pg_temp.refused($$ INSERT INTO shift (event_id, duty_code, starts_at) VALUES (3, 'photo', '2031-05-02 18:00') $$);
SELECT pg_temp.refused($$ INSERT INTO shift (event_id, duty_code, starts_at, ends_at) VALUES (3, 'photo', '2031-05-02 18:00', '2031-05-02 18:00') $$);
SELECT pg_temp.refused($$ INSERT INTO shift (event_id, duty_code, starts_at, ends_at) VALUES (3, 'photo', '2031-05-02 18:00', 'infinity') $$);
SELECT s.starts_at, s.maximum, s.held, d.party_id, d.status_code, d.starts_at = s.starts_at AND d.ends_at = s.ends_at AS same_times
FROM shift s JOIN event_duty d USING (shift_id) WHERE s.event_id = 3 AND s.duty_code = 'check_in' ORDER BY s.starts_at, d.event_duty_id;

\echo == Whoever has a shift moves with it, unless they would be in two places, or have a time of their own
UPDATE shift SET ends_at = '2031-05-02 19:30' WHERE shift_id = :late;
SELECT starts_at, ends_at FROM event_duty WHERE shift_id = :late;
SELECT pg_temp.refused(format($$ UPDATE shift SET starts_at = '2031-05-02 17:30' WHERE shift_id = %s $$, :late));
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (3, 'photo', 5, '2031-05-02 18:00', '2031-05-02 18:30');
SELECT pg_temp.refused($$ UPDATE shift SET starts_at = '2031-05-02 18:00', ends_at = '2031-05-02 21:00' WHERE event_id = 3 AND duty_code = 'photo' $$);

\echo == A duty that lasts as long as the event moves with it
INSERT INTO event_duty (event_id, duty_code, party_id, whole_event) VALUES (3, 'microphone', 4, true);
UPDATE event SET starts_at = '2031-05-02 19:00' WHERE event_id = 3;
SELECT starts_at, ends_at FROM event_duty WHERE event_id = 3 AND duty_code = 'microphone' AND party_id = 4;
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES (2, 'photo', 4, '2031-05-02 18:10', '2031-05-02 19:00');
SELECT pg_temp.refused($$ UPDATE event SET starts_at = '2031-05-02 18:00' WHERE event_id = 3 $$);
UPDATE event_duty SET whole_event = false WHERE event_id = 3 AND duty_code = 'microphone' AND party_id = 4;
SELECT pg_temp.refused($$ UPDATE event SET starts_at = '2031-05-02 18:00' WHERE event_id = 3 $$);
DELETE FROM event_duty WHERE event_id = 2 AND duty_code = 'photo' AND party_id = 4;
UPDATE event SET starts_at = '2031-05-02 18:00' WHERE event_id = 3;
SELECT starts_at, ends_at, during FROM event_duty WHERE event_id = 3 AND duty_code = 'microphone' AND party_id = 4;

\echo == A duty that the event does not have yet gets a shift; with its shift a duty leaves the event
SELECT pg_temp.refused($$ DELETE FROM shift WHERE event_id = 3 AND duty_code IN ('poster', 'check_in') $$);
DELETE FROM event_duty WHERE event_id = 3 AND duty_code IN ('poster', 'check_in');
DELETE FROM shift WHERE event_id = 3 AND duty_code IN ('poster', 'check_in');
SELECT count(*) FROM event_duty WHERE event_id = 3 AND duty_code IN ('poster', 'check_in');
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (3, 'check_in', 5);
SELECT minimum, maximum, held FROM shift WHERE event_id = 3 AND duty_code = 'check_in';
TRUNCATE event_duty, remark;
SELECT sum(held) FROM shift;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_duty', drop_rows => true);
