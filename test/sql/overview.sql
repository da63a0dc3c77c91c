\set SHOW_CONTEXT never
SET client_min_messages = warning;
SELECT salon.create_space('regress_overview') \g /dev/null
SET search_path = regress_overview, salon, public;
SET timezone = 'Europe/Paris';
\pset format unaligned
\pset footer off

INSERT INTO city (city_code, name_en) VALUES ('hz', 'Hangzhou');
INSERT INTO party (kind, name_en, city_code) VALUES ('organization', 'company A', 'hz'), ('person', 'Ann', NULL), ('person', 'Bo', NULL);
INSERT INTO venue (city_code, party_id, name) VALUES ('hz', 1, 'hall');
INSERT INTO room (venue_id, name, capacity) VALUES (1, 'room 1', 30);
SELECT plan_event('Spring salon', '春季沙龙', '2031-03-08 13:30+08', '2031-03-08 17:30+08', city_code => 'hz', venue_id => 1, host_id => 1, planned_on_site => 40) AS event \gset
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (:event, 'mini_talk', 'One', 1, '2031-03-08 13:30+08', '2031-03-08 14:00+08'),
    (:event, 'mini_talk', 'Two', NULL, '2031-03-08 14:00+08', '2031-03-08 14:30+08'),
    (:event, 'break', NULL, NULL, NULL, NULL);
INSERT INTO invitation (event_id, person_id) VALUES (:event, 2), (:event, 3);
INSERT INTO speaker (session_id, person_id) VALUES (1, 2), (2, 3);

\echo '== The agenda on the clock of the place, whatever that of the reader'
SELECT event, held_on, local_from, local_to, room, format, title, speakers, problem FROM agenda WHERE event_id = :event ORDER BY starts_at, session_id;
\echo '-- a speaker declines'
UPDATE invitation SET status_code = 'declined', decline_reason = 'no time' WHERE person_id = 3;
SELECT title, speakers, problem FROM agenda WHERE event_id = :event AND title = 'Two';

\echo '== Events'
INSERT INTO seating (event_id, side, capacity) VALUES (:event, 'on_site', 30);
SELECT registration_id FROM register(:event, seats => 2) \g /dev/null
SELECT event, held_on, local_time, place, host, status, progress, registered, free FROM event_list WHERE event_id = :event;

\echo '== Who has to do what'
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (:event, 1, 'venue', 1), (:event, 1, 'tea', 1);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 2;
INSERT INTO talk (event_id, title_en, submitter_id) VALUES (:event, 'Three', 2);
INSERT INTO event_duty (event_id, duty_code, party_id, status_code) VALUES (:event, 'photo', 3, 'proposed');
SELECT kind_code, kind, what, who, due_at IS NOT NULL AS due, is_overdue FROM todo WHERE event_id = :event AND kind_code <> 'item' ORDER BY kind_code, id;
SELECT count(*) > 10 AS items, bool_and(due_at IS NOT NULL) AS all_due FROM todo WHERE event_id = :event AND kind_code = 'item';
SET salon.lang = 'zh';
SELECT kind, what, who FROM todo WHERE event_id = :event AND kind_code <> 'item' ORDER BY kind_code, id;
RESET salon.lang;
\echo '-- each party of a ring has to agree'
SELECT agree_ring(ARRAY[1, 2, 3], ARRAY[2, 3, 1], ARRAY['expertise', 'connections', 'job'], event_id => :event) AS ring \gset
SELECT party_id, who, what FROM todo WHERE event_id = :event AND kind_code = 'agreement' AND id = :ring ORDER BY party_id;
\echo '-- nothing is to be done for what is off'
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = :event;
SELECT event, status, cancelled_reason FROM event_list WHERE event_id = :event;
SELECT kind_code, what FROM todo WHERE event_id = :event;
RESET search_path;
SELECT salon.drop_space('regress_overview', drop_rows => true) \g /dev/null
