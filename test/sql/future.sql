-- What comes after an event: the plan, later events and turns of its series,
-- cities never visited, wishes.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_future');
SET search_path = s_future, salon;
SET salon.import = on;  -- what is still to begin takes place here
\set ECHO all

INSERT INTO city (city_code, name_en, name_zh) VALUES ('hz', 'Hangzhou', '杭州'), ('bj', 'Beijing', '北京'), ('cd', 'Chengdu', '成都'), ('xa', 'Xi''an', '西安'), ('wh', 'Wuhan', '武汉');
INSERT INTO party (kind, name_en, city_code) VALUES ('organization', 'company A', 'hz'), ('organization', 'company B', 'bj');
INSERT INTO series (name_en) VALUES ('trends'), ('other');
SELECT plan_event('One', NULL, '2031-05-10 18:00', '2031-05-10 21:00', city_code => 'hz', series_id => 1, needs => ''),
       plan_event('Before', NULL, '2031-04-10 18:00', '2031-04-10 21:00', city_code => 'wh', series_id => 1, needs => ''),
       plan_event('Other', NULL, '2031-06-10 18:00', '2031-06-10 21:00', city_code => 'xa', series_id => 2, needs => ''),
       plan_event('Two', NULL, '2031-07-10 18:00', '2031-07-10 21:00', city_code => 'bj', host_id => 2, series_id => 1, needs => ''),
       plan_event('Three', NULL, '2031-06-20 18:00', '2031-06-20 21:00', city_code => 'hz', series_id => 1, needs => ''),
       plan_event('Called off', NULL, '2031-08-20 18:00', '2031-08-20 21:00', city_code => 'cd', series_id => 1, needs => ''),
       plan_event('Some day', series_id => 1, needs => '');
UPDATE event SET status_code = 'announced' WHERE event_id IN (1, 2);
UPDATE event SET status_code = 'held' WHERE event_id IN (1, 2);
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE name_en = 'Called off';

\echo == Nothing was said and nobody was asked
SELECT kind, ordinal, what, on_day, city, party, wished, activity FROM future_plan WHERE event_id = 1 ORDER BY kind_code, ordinal;

\echo == Said, asked and measured; a season is proposed
INSERT INTO follow_up (event_id, plan) VALUES (1, 'Go west.');
INSERT INTO city_activity (city_code, measured_on, activity) VALUES ('cd', '2030-01-01', 900), ('cd', '2031-01-01', 300), ('xa', '2031-01-01', 200), ('hz', '2031-01-01', 999);
INSERT INTO survey (event_id) VALUES (1);
INSERT INTO question (survey_id, question_code, kind, text_en, text_zh, is_wish) VALUES (1, 'city', 'choices', 'Where next?', '下一站?', true), (1, 'topic', 'choice', 'What next?', NULL, true), (1, 'more', 'text', 'What else?', NULL, true), (1, 'job', 'choice', 'What are you?', NULL, false);
INSERT INTO question_option (question_id, option_code, name_en, name_zh, city_code) VALUES (1, 'xa', 'Xi''an', '西安', 'xa'), (1, 'hz', 'Hangzhou', '杭州', 'hz'), (1, 'bj', 'Beijing', '北京', 'bj'), (2, 'ai', 'AI', NULL, NULL), (2, 'sql', 'SQL', NULL, NULL), (4, 'dba', 'DBA', NULL, NULL);
SELECT added FROM import_answers(1, '[{"respondent": "1", "city": "xa;hz", "topic": "ai", "more": "a quiz", "job": "dba"}, {"respondent": "2", "city": "xa"}, {"respondent": "3", "city": "hz;西安", "topic": "ai"}]');
INSERT INTO rotation (series_id) VALUES (1);
INSERT INTO series_host (series_id, party_id) VALUES (1, 1), (1, 2);
SELECT count(*) FROM plan_season(1, '2031-09-01', '2031-10-31');
SELECT kind, ordinal, what, on_day, city, next_event_id, party FROM future_plan WHERE event_id = 1 AND kind_code IN ('plan', 'event', 'turn') ORDER BY kind_code, ordinal;
SELECT kind, ordinal, what, on_day, question, wished, wish_share, activity FROM future_plan WHERE event_id = 1 AND kind_code IN ('city', 'wish') ORDER BY kind_code, ordinal;
SET salon.lang = 'zh';
SELECT kind, what, city, question FROM future_plan WHERE event_id = 1 AND kind_code <> 'turn' ORDER BY kind_code, ordinal;
RESET salon.lang;

\echo == The same cities as city_coverage has without an event
SELECT city_code FROM city_coverage WHERE events_held = 0 EXCEPT SELECT city_code FROM future_plan WHERE event_id = 1 AND kind_code = 'city';
SELECT city_code FROM future_plan WHERE event_id = 1 AND kind_code = 'city' EXCEPT SELECT city_code FROM city_coverage WHERE events_held = 0;

\echo == A turn that became an event is one; a season that is dropped is none
SELECT accept_season(1) > 0 AS is_accepted;
SELECT kind_code, count(*) FROM future_plan WHERE event_id = 1 GROUP BY 1 ORDER BY 1;
SELECT count(*) FROM plan_season(1, '2032-01-01', '2032-02-28');
SELECT count(*) > 0 AS has_turns FROM future_plan WHERE event_id = 1 AND kind_code = 'turn';
UPDATE season SET status_code = 'dropped' WHERE status_code = 'proposed';
SELECT count(*) > 0 AS has_turns FROM future_plan WHERE event_id = 1 AND kind_code = 'turn';

\echo == An event of no series has no next one; one that is called off is none, and does not visit its city
SELECT plan_event('Alone', needs => '') AS alone \gset
SELECT kind_code, what FROM future_plan WHERE event_id = :alone ORDER BY kind_code, ordinal;
UPDATE event SET archived_at = now() WHERE name_en = 'Called off';
SELECT what FROM future_plan WHERE event_id = :alone AND kind_code = 'city' ORDER BY ordinal;
UPDATE event SET status_code = 'announced' WHERE name_en = 'Other';
UPDATE event SET status_code = 'held' WHERE name_en = 'Other';
SELECT what FROM future_plan WHERE event_id = :alone AND kind_code = 'city' ORDER BY ordinal;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_future', drop_rows => true);
