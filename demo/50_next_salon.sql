-- A salon planned from here on.  Everything in this file is an example made
-- for the demo: dates, persons, companies, quantities, and who takes part.
\ir show/setup.psql
\ir show/label_en.psql

\echo
\echo '=== 3. AN EXAMPLE PLAN: THE NEXT SALON OF THE SERIES =========================================='
\echo
\echo 'Dates, persons, companies and quantities of this part, and who takes part, are made up for the demo.'
\echo

-- One call plans it: its checklist, its duties, its needs and offers.
INSERT INTO city (city_code, name_en, name_zh) VALUES ('hz', 'Hangzhou', '杭州'), ('bj', 'Beijing', '北京');
INSERT INTO party (kind, city_code, name_en, name_zh, note) VALUES
    ('organization', 'hz', 'example host', '示例主办企业', 'made up for the demo') RETURNING party_id AS host \gset
INSERT INTO venue (city_code, party_id, name) VALUES ('hz', :host, 'example venue') RETURNING venue_id AS venue \gset
INSERT INTO room (venue_id, name, capacity, equipment) VALUES (:venue, 'room 1', 60, 'microphone:4, projector:1') RETURNING room_id AS room \gset

SELECT plan_event('The trends ahead, next (example)', '共话未来趋势 下一期(示例)',
                  '2031-03-08 13:30+08', '2031-03-08 17:30+08', venue_id => :venue, host_id => :host,
                  series_id => (SELECT series_id FROM series),
                  needs => 'venue:1, speaker:4, promotion:3, poster_making:1, live_stream:1, video_archive:1,
                            follow_up_article:1, tea:1, dinner:1, small_gift:40, student:6, contest:1') AS event \gset

CREATE TEMP TABLE before AS
SELECT item_code, status FROM checklist WHERE event_id = :event;

\echo '--- Right after SELECT plan_event(...): the first ten items, by due date'
\echo
SELECT item_code AS :h_no, item AS :h_item, phase, due_at::date AS :h_due, owner_duty AS :h_duty, status AS :h_status, missing AS :h_missing
FROM checklist
WHERE event_id = :event
ORDER BY due_at, ordinal
LIMIT 10;

-- Facts come in.
UPDATE event
SET introduction = 'Mini talks and a round table on the trends ahead',
    planned_on_site = 60, planned_online = 10000
WHERE event_id = :event;

INSERT INTO party (kind, name_en, name_zh, introduction, note)
SELECT 'person', 'speaker ' || n || ' (example)', '示例讲师' || n, CASE WHEN n < 4 THEN 'introduction of example speaker ' || n END, 'made up for the demo'
FROM generate_series(1, 4) n;
INSERT INTO party (kind, name_en, name_zh, note)
SELECT 'person', 'helper ' || n || ' (example)', '示例志愿者' || n, 'made up for the demo'
FROM generate_series(1, 3) n;

INSERT INTO session (event_id, format_code, title_en, title_zh, abstract, room_id, starts_at, ends_at) VALUES
    (:event, 'mini_talk',   'talk 1',      '议题1', 'abstract of talk 1', :room, '2031-03-08 13:30+08', '2031-03-08 14:10+08'),
    (:event, 'mini_talk',   'talk 2',      '议题2', 'abstract of talk 2', :room, '2031-03-08 14:10+08', '2031-03-08 14:50+08'),
    (:event, 'mini_talk',   'talk 3',      '议题3', 'abstract of talk 3', :room, '2031-03-08 15:10+08', '2031-03-08 15:50+08'),
    (:event, 'round_table', 'round table', '圆桌',  'abstract of the round table', :room, '2031-03-08 15:50+08', '2031-03-08 17:30+08');
INSERT INTO speaker (session_id, person_id)
SELECT s.session_id, p.party_id
FROM session s
JOIN party p ON p.name_en = replace(s.title_en, 'talk', 'speaker') || ' (example)' OR (s.format_code = 'round_table' AND p.name_en = 'speaker 4 (example)')
WHERE s.event_id = :event;
INSERT INTO asset (asset_kind_code, party_id, state)
SELECT 'photo', party_id, 'ready' FROM party WHERE name_en IN ('speaker 1 (example)', 'speaker 2 (example)');

UPDATE event_duty d
SET party_id = p.party_id
FROM party p
WHERE d.event_id = :event
  AND p.name_en = CASE WHEN d.duty_code IN ('topic_planning', 'speaker_invitation', 'speaker_itinerary', 'sponsor_search') THEN 'helper 1 (example)'
                       WHEN d.duty_code IN ('promotion', 'poster', 'registration', 'questionnaire', 'post_event_copy', 'video_to_article') THEN 'helper 2 (example)'
                       WHEN d.duty_code IN ('host', 'venue', 'check_in', 'microphone', 'photo', 'short_video', 'slide_collection') THEN 'helper 3 (example)' END;

INSERT INTO party (kind, city_code, name_en, name_zh, note) VALUES
    ('organization', 'hz', 'company 1 (example)', '示例企业1', 'made up for the demo'),
    ('organization', 'hz', 'company 2 (example)', '示例企业2', 'made up for the demo'),
    ('organization', 'bj', 'school (example)', '示例高校', 'made up for the demo');
INSERT INTO event_party (event_id, party_id, part_code)
SELECT :event, party_id, part_code
FROM party
JOIN (VALUES ('company 1 (example)', 'guest_company'), ('company 2 (example)', 'guest_company'), ('school (example)', 'school'),
             ('PostgreSQL community', 'community'), ('other traffic platforms', 'channel')) AS v (name_en, part_code) USING (name_en)
UNION ALL
SELECT :event, party_id, 'live_sponsor' FROM party WHERE note LIKE 'xx: 钉群%'
ORDER BY 2;

INSERT INTO link (event_id, link_kind_code, name, url, is_qr_target) VALUES
    (:event, 'registration', '活动行', NULL, false),
    (:event, 'live',  NULL, 'https://example.org/live', true);
INSERT INTO notice (event_id, text_en, text_zh) VALUES (:event, 'Please come ten minutes early', '请提前十分钟到场');
SELECT waive(:event, 'C5', 'the host has a venue of its own') \g /dev/null
-- Somebody wanted the poster by a day that is past.
INSERT INTO event_item (event_id, item_code, due_at) VALUES (:event, 'C21', '2024-03-01 18:00+08');
UPDATE event SET status_code = 'announced' WHERE event_id = :event;

\echo '--- The checklist before and after some facts are entered: no item was ticked by hand'
\echo
\ir show/checklist_change.psql
\ir show/summary.psql

-- What the example parties give and want.
INSERT INTO supply (party_id, resource_code, quantity, city_code, priority)
SELECT party_id, v.resource_code, v.quantity, v.city_code, CASE v.resource_code WHEN 'venue' THEN 4 ELSE 3 END
FROM party
JOIN (VALUES ('example host', 'venue', 1, 'hz'), ('example host', 'tea', 1, 'hz'), ('example host', 'dinner', 1, 'hz'),
             ('company 1 (example)', 'case_study', NULL, NULL), ('company 1 (example)', 'job', 2, NULL), ('company 1 (example)', 'speaker', 1, NULL),
             ('company 2 (example)', 'solution', NULL, NULL), ('company 2 (example)', 'speaker', 1, NULL),
             ('school (example)', 'student', 20, 'bj')) AS v (name_en, resource_code, quantity, city_code) USING (name_en);
INSERT INTO demand (party_id, resource_code, quantity, priority, purpose, metric_kind, metric)
SELECT party_id, v.resource_code, v.quantity, v.priority, v.purpose, v.metric_kind, v.metric
FROM party
JOIN (VALUES ('example host', 'influence', NULL, 4, 'end', 'north_star', 'WeChat index'),
             ('example host', 'talk_slot', 1, 5, 'means', NULL, NULL),
             ('company 1 (example)', 'talk_slot', 2, 4, 'means', NULL, NULL),
             ('company 1 (example)', 'customer', NULL, 5, 'end', 'north_star', 'signed contracts'),
             ('company 2 (example)', 'talk_slot', 2, 3, 'means', NULL, NULL),
             ('company 2 (example)', 'talent', NULL, 5, 'end', NULL, NULL),
             ('school (example)', 'graduate_employment', 3, 5, 'end', 'north_star', 'offers signed'),
             ('school (example)', 'teaching_innovation', NULL, 3, 'end', NULL, NULL)) AS v (name_en, resource_code, quantity, priority, purpose, metric_kind, metric)
    USING (name_en);

\echo '--- Proposals: what parties should give to the salon, why, and what they want in return'
\echo
\ir show/proposal_to_event.psql
\echo '--- Proposals: what the salon and the parties should give to each party'
\echo
\ir show/proposal_from_event.psql
\echo '--- What stays unmet, and why'
\echo
\ir show/unmet.psql

\echo '--- SELECT propose(...) turns them into pledges; those to and from the salon are confirmed, the dinner is declined'
\echo
SELECT propose(:event) AS "pledges made";
UPDATE pledge p
SET status_code = CASE d.resource_code WHEN 'dinner' THEN 'declined' ELSE 'confirmed' END
FROM demand d
WHERE p.event_id = :event AND d.demand_id = p.demand_id AND d.event_id = :event;
UPDATE pledge SET status_code = 'confirmed'
WHERE event_id = :event AND supply_id IN (SELECT supply_id FROM supply WHERE event_id = :event);
SELECT pledged, short, coverage FROM event_need WHERE event_id = :event \gx
\echo '--- How far each party gets what it wants'
\echo
\ir show/satisfaction.psql
