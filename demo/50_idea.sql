-- The life of a salon, from idea to archived, in files 50 to 55.  Everything in
-- them is an example made for the demo: dates, persons, companies, quantities,
-- answers, and who takes part.
\ir show/setup.psql
\ir show/label_en.psql

\echo
\echo '=== 3. AN EXAMPLE: THE WHOLE LIFE OF THE NEXT SALON OF THE SERIES ============================='
\echo
\echo 'Dates, persons, companies, figures and answers of this part, and who takes part, are made up for the demo.'
\echo 'Its season is next year; what happens then is entered as if that day had come.'
\echo

-- Who is there.
INSERT INTO city (city_code, name_en, name_zh, latitude, longitude) VALUES ('hz', 'Hangzhou', '杭州', 30.25, 120.17), ('bj', 'Beijing', '北京', 39.90, 116.40), ('cd', 'Chengdu', '成都', 30.57, 104.07);
INSERT INTO city_activity (city_code, measured_on, activity) VALUES ('hz', '2024-01-01', 50), ('bj', '2024-01-01', 80), ('cd', '2024-01-01', 30);
INSERT INTO party (kind, city_code, name_en, name_zh) VALUES
    ('organization', 'hz', 'example host', '示例主办企业'),
    ('organization', 'hz', 'company 1 (example)', '示例企业1'),
    ('organization', 'hz', 'company 2 (example)', '示例企业2'),
    ('organization', 'bj', 'member 2 (example)', '示例成员2'),
    ('organization', 'bj', 'member 3 (example)', '示例成员3'),
    ('organization', 'bj', 'school (example)', '示例高校');
INSERT INTO party (kind, city_code, name_en, name_zh, introduction)
SELECT 'person', CASE WHEN n = 2 THEN 'bj' ELSE 'hz' END, 'speaker ' || n || ' (example)', '示例讲师' || n,
       'introduction of example speaker ' || n
FROM generate_series(1, 5) n;
INSERT INTO party (kind, name_en, name_zh)
SELECT 'person', 'helper ' || n || ' (example)', '示例志愿者' || n
FROM generate_series(1, 5) n;

INSERT INTO remark (party_id, note) SELECT party_id, 'made up for the demo' FROM party p WHERE NOT EXISTS (SELECT FROM remark r WHERE r.party_id = p.party_id) ORDER BY 1;

\echo '--- 3.1 IDEA: an event with its needs, but without a date, a place or a host'
\echo
SELECT plan_event('The trends ahead, next (example)', '共话未来趋势 下一期（示例）', series_id => (SELECT series_id FROM series),
                  planned_on_site => 60, planned_online => 10000,
                  needs => 'venue:1, speaker:4, promotion:3, poster_making:1, live_stream:1, video_archive:1,
                            follow_up_article:1, tea:1, dinner:1, small_gift:40, student:6, contest:1') AS event \gset
UPDATE event SET status_code = 'idea' WHERE event_id = :event;
SELECT event_label(event_id) AS event, status_code AS status, starts_at, city_code, host
FROM event
LEFT JOIN LATERAL (SELECT party_label(party_id) AS host FROM event_party p WHERE p.event_id = event.event_id AND part_code = 'host') h ON true
WHERE event_id = :event;

\echo '--- The season: members of the alliance host in turn (联盟企业轮流办沙龙); plan_season proposes it and proves how fair it is'
\echo
SELECT series_id AS series, extract(year FROM current_date)::integer + 1 AS year FROM series \gset
INSERT INTO rotation (series_id, cadence, min_days_between) VALUES (:series, 'FREQ=MONTHLY;BYDAY=2SA', 30);
INSERT INTO series_host (series_id, party_id)
SELECT :series, party_id FROM party WHERE name_en IN ('example host', 'member 2 (example)', 'member 3 (example)') ORDER BY party_id;
INSERT INTO host_wish (series_host_id, since, until)
SELECT h.series_host_id, make_date(:year, 3, 1), make_date(:year, 4, 1)
FROM series_host h
JOIN party p USING (party_id)
WHERE p.name_en = 'example host';
INSERT INTO blackout (party_id, since, until, reason)
SELECT p.party_id, make_date(:year, 1, 1), make_date(:year, 8, 1), 'moving house'
FROM party p
WHERE p.name_en = 'member 3 (example)';

SELECT * FROM plan_season(:series, make_date(:year, 3, 1), make_date(:year, 8, 31)) \g /dev/null
SELECT max(season_id) AS season FROM season \gset
\ir show/season.psql
\echo '--- What was wished, and who could take the turn of the salon instead'
\echo
SELECT host, since, until, is_granted, reason FROM season_wish WHERE season_id = :season;
SELECT turn_id AS turn FROM season_turn WHERE season_id = :season AND host = 'example host' ORDER BY held_on LIMIT 1 \gset
SELECT host, is_host, problem FROM turn_option WHERE turn_id = :turn ORDER BY party_id;

-- The idea gets the turn: its day, city and host.  The other turns become events.
UPDATE turn SET event_id = :event WHERE turn_id = :turn;
INSERT INTO event_party (event_id, party_id, part_code) SELECT :event, party_id, 'host' FROM turn WHERE turn_id = :turn;
SELECT accept_season(:season) AS "other turns that are events now";
