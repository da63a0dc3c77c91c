-- Consent: nothing is published that shows somebody who said no; what is public
-- when somebody withdraws is listed for taking down.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_consent');
SET search_path = s_consent, salon;
\set ECHO all

INSERT INTO party (kind, name_en, name_zh) VALUES ('person', 'speaker 1', '讲师1'), ('person', 'speaker 2', NULL), ('person', 'guest 3', NULL), ('organization', 'company A', NULL);
SELECT plan_event('Evening', NULL, '2031-05-10 18:00', '2031-05-10 21:00', needs => ''), plan_event('Night', needs => '');
INSERT INTO session (event_id, format_code, title_en) VALUES (1, 'mini_talk', 'A'), (2, 'mini_talk', 'B');
INSERT INTO channel (party_id, platform_code) VALUES (4, 'official_account'), (4, 'video_account');
INSERT INTO asset (asset_kind_code, event_id, party_id, orientation, url) VALUES
    ('photo', 1, 1, 'landscape', 'https://example.org/1'), ('video', 1, NULL, 'landscape', 'https://example.org/2'), ('photo', NULL, 2, 'portrait', 'https://example.org/3'),
    ('logo', 1, 4, NULL, 'https://example.org/4');
INSERT INTO asset (asset_kind_code, session_id, url) VALUES ('video', 1, 'https://example.org/5');
INSERT INTO asset_person (asset_id, person_id) VALUES (2, 1), (2, 2), (5, 3);

\echo == Without a word nothing is known, and nothing is refused
SELECT asset_id, event, asset_kind, state_label, person, consent, is_allowed, is_public FROM asset_consent ORDER BY asset_id, person_id;
UPDATE asset SET state = 'published' WHERE asset_id IN (1, 4);
SELECT asset_id, consent, is_public FROM asset_consent WHERE asset_id = 1;
SELECT count(*) FROM take_down;

\echo == Whoever refused a recording may still be on a photo
INSERT INTO consent (person_id, event_id, medium, status_code) VALUES (1, 1, 'recording', 'refused'), (1, NULL, NULL, 'given');
SELECT asset_id, person, consent, is_allowed FROM asset_consent WHERE person_id = 1 ORDER BY asset_id;
SELECT pg_temp.refused($$ UPDATE asset SET state = 'published' WHERE asset_id = 2 $$);
SELECT pg_temp.refused($$ INSERT INTO post (event_id, channel_id, asset_id, posted_at) VALUES (1, 1, 2, '2031-05-11 10:00') $$);
INSERT INTO post (event_id, channel_id, asset_id, planned_at) VALUES (1, 1, 2, '2031-05-11 10:00');
SELECT pg_temp.refused($$ UPDATE post SET posted_at = '2031-05-11 10:00' WHERE asset_id = 2 $$);
UPDATE asset SET state = 'ready' WHERE asset_id = 2;

\echo == Asked anew, they agree
UPDATE consent SET status_code = 'given', evidence = 'form 7' WHERE person_id = 1 AND event_id = 1;
UPDATE asset SET state = 'published' WHERE asset_id = 2;
UPDATE post SET posted_at = '2031-05-11 10:00', url = 'https://example.org/p1' WHERE asset_id = 2;
INSERT INTO post (event_id, channel_id, asset_id, posted_at) VALUES (1, 2, 2, '2031-05-12 10:00');
SELECT asset_id, state, orientation, channel, planned_at, posted_at, taken_down_at FROM asset_publication WHERE event_id = 1 ORDER BY asset_id, post_id;

\echo == They withdraw, and what is public is listed until it is taken down
UPDATE consent SET status_code = 'withdrawn', said_on = '2031-06-01' WHERE person_id = 1 AND event_id = 1;
SELECT asset_id, asset_kind, person, consent, since, place, channel, url FROM take_down ORDER BY asset_id, post_id NULLS FIRST;
SET salon.lang = 'zh';
SELECT asset_kind, person, consent, channel FROM take_down ORDER BY asset_id, post_id NULLS FIRST;
RESET salon.lang;
UPDATE asset SET url = 'https://example.org/2b' WHERE asset_id = 2;
UPDATE asset SET state = 'ready' WHERE asset_id = 2;
SELECT place, post_id FROM take_down ORDER BY post_id;
UPDATE post SET taken_down_at = '2031-06-02 09:00' WHERE url = 'https://example.org/p1';
SELECT place, channel FROM take_down;
UPDATE post SET taken_down_at = '2031-06-02 10:00' WHERE asset_id = 2;
SELECT count(*) FROM take_down;
SELECT pg_temp.refused($$ UPDATE post SET taken_down_at = NULL WHERE asset_id = 2 $$);
SELECT pg_temp.refused($$ UPDATE asset SET state = 'published' WHERE asset_id = 2 $$);

\echo == What was given until a day lapses on it
INSERT INTO consent (person_id, status_code, said_on, until) VALUES (2, 'given', '2020-01-01', _today() + 1);
UPDATE asset SET state = 'published' WHERE asset_id = 3;
UPDATE consent SET until = _today() WHERE person_id = 2;
SELECT asset_id, person, consent, is_allowed, until = _today() AS until_today FROM asset_consent WHERE person_id = 2 ORDER BY asset_id;
SELECT asset_id, consent_code, since = _today() AS since_today, place FROM take_down;
UPDATE consent SET until = NULL WHERE person_id = 2;
SELECT count(*) FROM take_down;

\echo == Of an event that is known by the session; what was said of another event does not count
INSERT INTO consent (person_id, event_id, status_code) VALUES (3, 2, 'refused');
SELECT asset_id, event, person, consent FROM asset_consent WHERE person_id = 3;
UPDATE asset SET state = 'published' WHERE asset_id = 5;
SELECT pg_temp.refused($$ UPDATE asset SET session_id = 2 WHERE asset_id = 5 $$);
INSERT INTO consent (person_id, event_id, status_code) VALUES (3, 1, 'refused');
SELECT asset_id, person, place FROM take_down;

\echo == Nobody who said no is added to what is public
SELECT pg_temp.refused($$ INSERT INTO asset_person (asset_id, person_id) VALUES (1, 3) $$);
INSERT INTO asset (asset_kind_code, event_id, state, body) VALUES ('article', 1, 'ready', 'text');
INSERT INTO post (event_id, channel_id, asset_id, posted_at) VALUES (1, 1, 6, '2031-05-13 10:00');
SELECT pg_temp.refused($$ INSERT INTO asset_person (asset_id, person_id) VALUES (6, 3) $$);
SELECT pg_temp.refused($$ UPDATE asset SET party_id = 3 WHERE asset_id = 6 $$);
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, event_id, party_id, state, url) VALUES ('photo', 1, 3, 'published', 'https://example.org/7') $$);
INSERT INTO asset_person (asset_id, person_id) VALUES (2, 3), (6, 2);
SELECT pg_temp.refused($$ UPDATE asset_person SET person_id = 3 WHERE asset_id = 6 $$);

\echo == Another one can be added to what is listed for taking down
INSERT INTO asset_person (asset_id, person_id) VALUES (5, 2);
UPDATE asset SET party_id = 2 WHERE asset_id = 5;
UPDATE asset SET party_id = NULL WHERE asset_id = 5;
SELECT pg_temp.refused($$ UPDATE asset SET asset_kind_code = 'short_video' WHERE asset_id = 5 $$);

SELECT pg_temp.refused($$ UPDATE post SET asset_id = 2 WHERE asset_id = 6 $$);

\echo == States: what was finished is not wanted again
SELECT pg_temp.refused($$ UPDATE asset SET state = 'wanted' WHERE asset_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE asset SET state = 'lost' WHERE asset_id = 1 $$);
UPDATE asset SET state = 'draft' WHERE asset_id = 4;
UPDATE asset SET state = 'wanted' WHERE asset_id = 4;
SELECT pg_temp.refused($$ UPDATE consent SET status_code = 'refused' WHERE person_id = 2 $$);
UPDATE consent SET status_code = 'given' WHERE person_id = 3 AND event_id = 2;
UPDATE consent SET status_code = 'withdrawn' WHERE person_id = 3 AND event_id = 2;

\echo == Refused: said twice, by an organization, days, codes
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, status_code) VALUES (2, 'refused') $$);
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, status_code) VALUES (4, 'given') $$);
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, event_id, status_code) VALUES (2, 99, 'given') $$);
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, event_id, status_code) VALUES (2, 1, 'lapsed') $$);
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, event_id, status_code, medium) VALUES (2, 1, 'given', 'painting') $$);
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, event_id, status_code, until) VALUES (2, 1, 'refused', '2999-01-01') $$);
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, event_id, status_code, said_on, until) VALUES (2, 1, 'given', '2031-01-01', '2031-01-01') $$);
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, event_id, status_code, said_on) VALUES (2, 1, 'given', 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO asset_person (asset_id, person_id) VALUES (1, 4) $$);
SELECT pg_temp.refused($$ INSERT INTO asset_person (asset_id, person_id) VALUES (99, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO asset_person (asset_id, person_id) VALUES (2, 1) $$);
SELECT pg_temp.refused($$ UPDATE post SET taken_down_at = '2031-05-12 10:00' WHERE asset_id = 6 $$);
SELECT pg_temp.refused($$ INSERT INTO post (event_id, channel_id, planned_at, taken_down_at) VALUES (1, 1, '2031-07-01', '2031-07-02') $$);

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_consent', drop_rows => true);
