-- Goals: one north star each, what drives it, and how sure each figure is.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_goal');
SET search_path = s_goal, salon;
\set ECHO all

\echo == A north star of a year, and what drives it
INSERT INTO metric (year, kind, name_en, name_zh, unit, target, actual, actual_basis) VALUES (2020, 'north_star', 'active developers', '活跃开发者', 'people', 1000, 1200, 'measured');
INSERT INTO metric (year, kind, drives_id, ordinal, name_en, target, actual, actual_basis, actual_bound, original_text, is_less_better) VALUES
    (2020, 'process', 1, 1, 'new followers', 1000, 1500, 'claimed', 'at_least', '1500+', false),
    (2020, 'process', 1, 2, 'articles', 400, 362, 'measured', 'exact', NULL, false),
    (2020, 'process', 1, 3, 'stars', 10000, 7700, 'claimed', 'at_least', NULL, false),
    (2020, 'process', 1, 4, 'schools', 20, NULL, NULL, 'exact', NULL, false),
    (2020, 'process', NULL, 5, 'cost a salon', 5000, 4000, 'claimed', 'at_most', NULL, true),
    (2020, 'process', NULL, 6, 'complaints', 3, 4, 'measured', 'about', NULL, true),
    (2020, NULL, NULL, 7, 'friends', NULL, NULL, NULL, 'exact', NULL, false);
SELECT subject, kind, metric, drives, drivers, drivers_met, target, actual_text, basis, attainment, status FROM scorecard ORDER BY ordinal DESC;
SET salon.lang = 'zh';
SELECT subject, kind, metric, drives, basis, status FROM scorecard ORDER BY ordinal;
RESET salon.lang;

\echo == Before its last day a target that is not met yet is open
INSERT INTO metric (year, name_en, target, actual, actual_basis) VALUES (2999, 'later', 10, 5, 'measured');
SELECT subject, due_on, status FROM scorecard WHERE year = 2999;

\echo == Facts decide: over the events that were held, and of how many the figure is known
INSERT INTO party (kind, name_en) VALUES ('organization', 'vendor'), ('organization', 'other');
INSERT INTO series (name_en) VALUES ('trends');
SELECT plan_event('One', NULL, '2021-01-01 00:30', '2021-01-01 03:00', series_id => 1, host_id => 1, needs => ''),
       plan_event('Two', NULL, '2021-06-01 18:00', '2021-06-01 21:00', series_id => 1, needs => ''),
       plan_event('Three', NULL, '2021-12-31 23:30', '2022-01-01 01:00', series_id => 1, needs => ''),
       plan_event('Planned', NULL, '2021-07-01 18:00', '2021-07-01 21:00', series_id => 1, needs => '');
UPDATE event SET status_code = 'announced' WHERE event_id <= 3;
UPDATE event SET status_code = 'held' WHERE event_id <= 3;
UPDATE event SET actual_online = 10000, online_basis = 'measured' WHERE event_id = 1;
UPDATE event SET actual_online = 12000, online_basis = 'claimed' WHERE event_id = 3;
INSERT INTO reach (event_id, medium_code, actual_pv, actual_basis) VALUES (1, 'live', 100, 'measured'), (1, 'replay', 50, 'measured'), (2, 'live', 7, 'measured'), (2, 'replay', NULL, NULL);
INSERT INTO channel (party_id, platform_code) VALUES (1, 'official_account');
INSERT INTO post (event_id, channel_id, posted_at, actual_views, actual_basis) VALUES (1, 1, '2020-12-30 10:00', 5, 'measured'), (1, 1, '2020-12-31 10:00', 6, 'claimed'), (2, 1, '2021-05-31 10:00', NULL, NULL);
INSERT INTO metric (party_id, event_id, series_id, year, name_en, fact, target) VALUES
    (NULL, NULL, NULL, 2021, 'salons held', 'events', 3),
    (NULL, NULL, NULL, 2022, 'salons held', 'events', 1),
    (NULL, NULL, 1, NULL, 'viewers', 'online', 20000),
    (NULL, NULL, 1, 2021, 'viewers', 'online', 30000),
    (NULL, 1, NULL, NULL, 'page views', 'pv', 100),
    (NULL, 2, NULL, NULL, 'page views', 'pv', 5),
    (NULL, NULL, 1, NULL, 'page views', 'pv', 200),
    (1, NULL, NULL, NULL, 'salons it took part in', 'events', 1),
    (2, NULL, NULL, NULL, 'salons it took part in', 'events', 1),
    (NULL, 1, NULL, NULL, 'posts', 'posts', 2),
    (NULL, NULL, 1, NULL, 'post views', 'post_views', 10),
    (NULL, NULL, 1, NULL, 'heads', 'on_site', 10);
SELECT subject_kind, subject, metric, target, actual_text, basis, events, known_events, status FROM scorecard WHERE events IS NOT NULL ORDER BY metric_id;

\echo == A metric of a demand
INSERT INTO demand (party_id, resource_code, purpose, metric_kind) VALUES (1, 'influence', 'end', 'north_star');
INSERT INTO metric (party_id, kind, name_en, demand_id, target) VALUES (1, 'north_star', 'WeChat index', 1, 100000);
SELECT subject, metric, demand_id FROM scorecard WHERE demand_id IS NOT NULL;
SELECT pg_temp.refused($$ INSERT INTO metric (party_id, name_en, demand_id) VALUES (2, 'x', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO metric (event_id, name_en, demand_id) VALUES (1, 'x', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO metric (series_id, name_en, demand_id) VALUES (1, 'x', 1) $$);
DELETE FROM demand WHERE demand_id = 1;
SELECT subject, metric, demand_id FROM scorecard WHERE metric = 'WeChat index';

\echo == One north star each: of a party, of a party in a year, of a year
SELECT pg_temp.refused($$ INSERT INTO metric (year, kind, name_en) VALUES (2020, 'north_star', 'another') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (party_id, kind, name_en) VALUES (1, 'north_star', 'another') $$);
SELECT pg_temp.refused($$ UPDATE metric SET kind = 'north_star' WHERE name_en = 'articles' $$);
INSERT INTO metric (party_id, year, kind, name_en) VALUES (1, 2020, 'north_star', 'of the party in the year'), (NULL, 2021, 'north_star', 'of another year');
INSERT INTO metric (event_id, kind, name_en) VALUES (1, 'north_star', 'of an event');
INSERT INTO metric (series_id, kind, name_en) VALUES (1, 'north_star', 'of a series');
SELECT subject_kind, subject, metric FROM scorecard WHERE kind_code = 'north_star' ORDER BY metric_id;

\echo == Only a process metric drives, and only a north star is driven
SELECT pg_temp.refused($$ UPDATE metric SET drives_id = 2 WHERE metric_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE metric SET drives_id = 99 WHERE metric_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE metric SET drives_id = 1 WHERE metric_id = 8 $$);
SELECT pg_temp.refused($$ UPDATE metric SET kind = 'process' WHERE metric_id = 1 $$);
SELECT pg_temp.refused($$ DELETE FROM metric WHERE metric_id = 1 $$);

\echo == Refused: owners, figures, names
SELECT pg_temp.refused($$ INSERT INTO metric (name_en) VALUES ('of nobody') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (party_id, series_id, name_en) VALUES (1, 1, 'of two') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (event_id, year, name_en) VALUES (1, 2021, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year) VALUES (2021) $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en) VALUES (2020, 'articles') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en) VALUES (23, 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, kind) VALUES (2020, 'x', 'star') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, actual) VALUES (2020, 'x', 5) $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, actual, actual_basis) VALUES (2020, 'x', 5, 'guessed') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, actual, actual_basis, actual_bound) VALUES (2020, 'x', 5, 'claimed', 'roughly') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, actual_bound) VALUES (2020, 'x', 'at_least') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, actual, actual_basis) VALUES (2020, 'x', 'NaN', 'claimed') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, target) VALUES (2020, 'x', 'Infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, due_on) VALUES (2020, 'x', 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, fact) VALUES (2020, 'x', 'luck') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (year, name_en, fact, actual, actual_basis) VALUES (2020, 'x', 'pv', 5, 'claimed') $$);

\echo == Nothing of that changed anything
SELECT count(*), count(kind), count(drives_id) FROM metric;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_goal', drop_rows => true);
