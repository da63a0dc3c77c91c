-- The way of a speaker to an event, and the itinerary.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_invitation');
SET search_path = s_invitation, salon;
\set ECHO all

INSERT INTO city (city_code, name_en) VALUES ('hangzhou', 'Hangzhou'), ('beijing', 'Beijing'), ('shanghai', 'Shanghai');
INSERT INTO party (kind, name_en, city_code) VALUES
    ('person', 'speaker 1', 'beijing'), ('person', 'speaker 2', 'hangzhou'), ('person', 'speaker 3', NULL), ('person', 'speaker 4', NULL), ('organization', 'company', NULL);
SELECT plan_event('Evening', NULL, '2031-05-01 18:00', '2031-05-01 21:00', city_code => 'hangzhou', needs => ''),
       plan_event('Long ago', NULL, '2021-05-01 18:00', '2021-05-01 21:00', city_code => 'hangzhou', needs => '');
INSERT INTO session (event_id, format_code, title_en, starts_at, ends_at) VALUES (1, 'mini_talk', 'alpha', '2031-05-01 18:00', '2031-05-01 19:00');
INSERT INTO speaker (session_id, person_id) VALUES (1, 1);
INSERT INTO talk (event_id, title_en, submitter_id, status_code) VALUES (1, 'beta', 3, 'accepted'), (1, 'gamma', 4, 'submitted');
INSERT INTO talk_speaker (talk_id, person_id) VALUES (1, 3), (2, 4);

\echo == Speakers of sessions and of accepted talks are there before they are invited
SELECT speaker, stage, sessions, next, due_at, is_late FROM speaker_pipeline WHERE event_id = 1 ORDER BY person_id;

\echo == Step by step; who lives there needs no travel
INSERT INTO invitation (event_id, person_id, invited_at) VALUES (1, 1, '2031-01-01'), (1, 2, '2031-01-01'), (1, 3, '2031-01-01');
UPDATE invitation SET status_code = 'confirmed', confirmed_at = '2031-01-05', invited_by = 4 WHERE person_id IN (1, 2);
SELECT speaker, stage, next, due_at, invited_by, decline_reason FROM speaker_pipeline WHERE event_id = 1 ORDER BY person_id;
UPDATE invitation SET status_code = 'travel' WHERE person_id = 1;
UPDATE invitation SET status_code = 'arrived' WHERE person_id IN (1, 2);
UPDATE invitation SET status_code = 'declined', decline_reason = 'ill' WHERE person_id = 3;
SELECT person_id, status_code, confirmed_at, travel_at IS NOT NULL AS travel, arrived_at IS NOT NULL AS arrived, declined_at IS NOT NULL AS declined FROM invitation ORDER BY 1;
SELECT speaker, stage, next, due_at, invited_by, decline_reason FROM speaker_pipeline WHERE event_id = 1 ORDER BY person_id;

\echo == Slides are told by the assets
INSERT INTO asset (asset_kind_code, session_id, state) VALUES ('slides', 1, 'draft');
SELECT speaker, stage, sessions, sessions_with_slides, next FROM speaker_pipeline WHERE event_id = 1 AND person_id = 1;
UPDATE asset SET state = 'ready';
SELECT speaker, stage, sessions, sessions_with_slides, next FROM speaker_pipeline WHERE event_id = 1 AND person_id = 1;
SELECT pg_temp.refused($$ INSERT INTO invitation (event_id, person_id, status_code) VALUES (1, 4, 'slides') $$);

\echo == What is late
INSERT INTO invitation (event_id, person_id) VALUES (2, 1);
INSERT INTO invitation (event_id, person_id, status_code) VALUES (2, 2, 'declined');
SELECT speaker, stage, next, due_at, is_late FROM speaker_pipeline WHERE event_id = 2 ORDER BY person_id;
UPDATE speaker_stage SET due_offset = NULL WHERE stage_code = 'confirmed';
SELECT speaker, stage, next, due_at, is_late FROM speaker_pipeline WHERE event_id = 2 ORDER BY person_id;

\echo == Back again: later times are gone
UPDATE invitation SET status_code = 'invited' WHERE event_id = 1 AND person_id = 3;
SELECT status_code, declined_at, decline_reason FROM invitation WHERE event_id = 1 AND person_id = 3;
UPDATE invitation SET status_code = 'confirmed' WHERE event_id = 1 AND person_id = 2;
SELECT status_code, arrived_at FROM invitation WHERE event_id = 1 AND person_id = 2;

\echo == Steps and times that cannot be
SELECT pg_temp.refused($$ UPDATE invitation SET status_code = 'travel' WHERE event_id = 1 AND person_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE invitation SET status_code = 'declined' WHERE event_id = 1 AND person_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE invitation SET confirmed_at = '2031-01-01' WHERE event_id = 1 AND person_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE invitation SET arrived_at = NULL WHERE event_id = 1 AND person_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO invitation (event_id, person_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO invitation (event_id, person_id) VALUES (1, 5) $$);

\echo == Itinerary, and what is wrong with it
INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at, reference) VALUES
    (1, 'flight', 'beijing', 'shanghai', '2031-05-01 10:00', '2031-05-01 12:00', 'X 1'),
    (1, 'train', 'shanghai', 'hangzhou', '2031-05-01 13:00', '2031-05-01 14:00', 'G 1'),
    (1, 'train', 'hangzhou', 'beijing', '2031-05-01 20:00', '2031-05-02 01:00', 'G 2');
SELECT speaker, mode, from_city, to_city, departs_at, arrives_at, problem FROM speaker_itinerary WHERE event_id = 1 ORDER BY departs_at;
UPDATE travel_leg SET from_city_code = 'beijing', departs_at = '2031-05-01 19:00', arrives_at = '2031-05-01 19:30' WHERE reference = 'G 1';
UPDATE travel_leg SET departs_at = '2031-05-01 19:45' WHERE reference = 'G 2';
SELECT pg_temp.refused($$ UPDATE travel_leg SET departs_at = '2031-05-01 18:45' WHERE reference = 'G 1' $$);
SELECT reference, problem FROM speaker_itinerary WHERE event_id = 1 ORDER BY departs_at;

\echo == A speaker is on one leg at a time, of any event
SELECT pg_temp.refused($$ INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at)
                          SELECT invitation_id, 'car', 'beijing', 'shanghai', '2031-05-01 11:59', '2031-05-01 13:00' FROM invitation WHERE event_id = 2 AND person_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at) VALUES (1, 'car', 'beijing', 'shanghai', '2031-05-03', '2031-05-03') $$);
SELECT pg_temp.refused($$ INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at) VALUES (1, 'horse', 'beijing', 'shanghai', '2031-05-03', '2031-05-04') $$);
SELECT pg_temp.refused($$ INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at) VALUES (1, 'car', 'beijing', 'shanghai', '2031-05-03', 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at) VALUES (99, 'car', 'beijing', 'shanghai', '2031-05-03', '2031-05-04') $$);
SELECT pg_temp.refused($$ UPDATE travel_leg SET person_id = 2 $$);

\echo == When a person cannot speak
INSERT INTO absence (person_id, starts_at, ends_at) VALUES (1, '2031-05-02 01:00', 'infinity');
SELECT pg_temp.refused($$ UPDATE absence SET starts_at = '2031-05-01 18:30' $$);
SELECT pg_temp.refused($$ INSERT INTO absence (person_id, starts_at, ends_at) VALUES (1, '2031-05-01', '2031-05-01') $$);
SELECT pg_temp.refused($$ INSERT INTO absence (person_id, starts_at, ends_at) VALUES (5, '2031-05-01', '2031-05-02') $$);

\echo == In Chinese
SET salon.lang = 'zh';
SELECT person_id, stage, next FROM speaker_pipeline ORDER BY event_id, person_id;
SELECT reference, problem FROM speaker_itinerary WHERE event_id = 1 ORDER BY departs_at;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_invitation', drop_rows => true);
