-- Duties: a helper is in one place.
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

\echo == A planned event has the 21 duties of the template, and nobody for them yet
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

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_duty', drop_rows => true);
