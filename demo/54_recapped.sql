-- The salon is recapped: survey, consent and publication, outcomes, planned
-- against actual, what comes next.
\ir show/setup.psql
\ir show/label_en.psql
\ir show/example.psql

\echo
\echo '--- 3.5 RECAPPED: what those who came say'
\echo
INSERT INTO link (event_id, link_kind_code, name, url) VALUES (:event, 'survey', NULL, 'https://example.org/survey') RETURNING link_id AS link \gset
INSERT INTO survey (event_id, link_id, side, name_en, name_zh, planned_responses) VALUES (:event, :link, 'on_site', 'After the salon', '会后问卷', 10) RETURNING survey_id AS survey \gset
INSERT INTO question (survey_id, question_code, ordinal, kind, text_en, text_zh, is_required, is_wish, value_from, value_to) VALUES
    (:survey, 'score', 1, 'scale',   'How good was it?', '总体评价', true,  false, 1, 5),
    (:survey, 'city',  2, 'choices', 'Where next?',      '下一站去哪', false, true, NULL, NULL);
INSERT INTO question_option (question_id, option_code, ordinal, name_en, name_zh, city_code)
SELECT q.question_id, c.city_code, row_number() OVER (ORDER BY c.city_code), c.name_en, c.name_zh, c.city_code
FROM question q
CROSS JOIN city c
WHERE q.survey_id = :survey AND q.question_code = 'city';
SELECT added FROM import_answers(:survey, '[{"respondent": "1", "score": 5, "city": "成都"}, {"respondent": "2", "score": 4, "city": "cd;bj"},
    {"respondent": "3", "score": 4}, {"respondent": "4", "score": 5, "city": "Chengdu"}, {"respondent": "5", "score": 3, "city": "hz"}, {"respondent": "6", "score": 5, "city": "bj"}]');
SELECT survey, responses, came, came_basis AS basis, response_rate AS "response rate" FROM survey_summary WHERE event_id = :event;
\ir show/survey.psql

\echo '--- Photos and videos: nothing is published that shows somebody who said no; what was withdrawn has to be taken down'
\echo
INSERT INTO asset (asset_kind_code, event_id, state, orientation, url) VALUES
    ('photo', :event, 'ready', 'landscape', 'https://example.org/photo') RETURNING asset_id AS photo \gset
INSERT INTO asset (asset_kind_code, event_id, state, orientation, url) VALUES
    ('video', :event, 'ready', 'landscape', 'https://example.org/video') RETURNING asset_id AS video \gset
INSERT INTO asset_person (asset_id, person_id)
SELECT a.asset_id, p.party_id
FROM asset a
JOIN party p ON p.name_en IN ('speaker 1 (example)', 'speaker 2 (example)')
WHERE a.asset_id IN (:photo, :video);
INSERT INTO consent (person_id, status_code, evidence) SELECT party_id, 'given', 'speaker form' FROM party WHERE name_en = 'speaker 1 (example)';
INSERT INTO consent (person_id, event_id, status_code, evidence) SELECT party_id, :event, 'given', 'speaker form' FROM party WHERE name_en = 'speaker 2 (example)';
UPDATE asset SET state = 'published' WHERE asset_id IN (:photo, :video);
INSERT INTO asset (asset_kind_code, event_id, state, body, source_id) VALUES ('article', :event, 'published', 'What was said', :video) RETURNING asset_id AS article \gset
INSERT INTO asset (asset_kind_code, event_id, state, body) VALUES ('copy', :event, 'published', 'What it was like');
INSERT INTO post (event_id, channel_id, asset_id, posted_at, actual_views, actual_basis)
SELECT :event, channel_id, :article, :'day'::date + 5 + time '09:00', 800 + 100 * channel_id, 'measured' FROM channel WHERE platform_code = 'official_account';
INSERT INTO link (event_id, link_kind_code, url) VALUES (:event, 'replay', 'https://example.org/replay');
UPDATE consent c SET status_code = 'withdrawn' FROM party p WHERE p.party_id = c.person_id AND p.name_en = 'speaker 2 (example)';
SELECT asset_kind AS "asset", person, consent, is_allowed AS allowed, state_label AS state FROM asset_consent WHERE event_id = :event ORDER BY asset_id, person_id;
SELECT asset_kind AS "to take down", person, consent, place, url FROM take_down WHERE event_id = :event ORDER BY asset_id;
UPDATE asset SET state = 'ready' WHERE asset_id IN (SELECT asset_id FROM take_down WHERE event_id = :event);
INSERT INTO asset (asset_kind_code, session_id, state)
SELECT 'slides', s.session_id, 'ready' FROM session s WHERE s.event_id = :event AND s.was_held;
\echo '--- What became of the video (视频转图文、二次传播), and whose index rose'
\echo
SELECT asset_kind AS "asset", depth AS "step", posts, channel_names AS channels, views FROM spread WHERE event_id = :event AND root_id = :video ORDER BY path;
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis)
SELECT p.party_id, 'wechat_index', :'day'::date + n, CASE WHEN n < 0 THEN 1000 ELSE 1800 END + 50 * n, 'measured'
FROM party p
CROSS JOIN generate_series(-3, 3) n
WHERE p.name_en = 'example host';
SELECT party, attention_index AS "index", before, before_days AS "days", after, after_days AS "days ", lift FROM event_lift WHERE event_id = :event;

\echo '--- What came of it (产出), and the goals'
\echo
INSERT INTO outcome (event_id, outcome_kind_code, party_id, status_code)
SELECT :event, v.kind, p.party_id, v.status
FROM (VALUES ('partner', 'company 2 (example)', 'confirmed'), ('kol', 'speaker 3 (example)', 'claimed')) v (kind, name_en, status)
JOIN party p USING (name_en);
INSERT INTO outcome (event_id, outcome_kind_code, description, quantity) VALUES
    (:event, 'candidate', 'left their address with the school (example)', 3), (:event, 'user', 'on the list at the door (example)', 9);
\ir show/outcome.psql
INSERT INTO metric (event_id, kind, name_en, name_zh, fact, target) VALUES (:event, 'north_star', 'viewers', '观看人数', 'online', 10000) RETURNING metric_id AS star \gset
INSERT INTO metric (event_id, kind, drives_id, name_en, name_zh, fact, target, outcome_kind_code) VALUES
    (:event, 'process', :star, 'posts', '推文', 'posts', 6, NULL),
    (:event, 'process', :star, 'people on site', '现场人数', 'on_site', 60, NULL),
    (:event, 'process', :star, 'partners won', '新增合作伙伴', 'outcomes', 1, 'partner');
\ir show/scorecard.psql

\echo '--- Planned against actual, for every number; what nobody measured is not zero'
\echo
\ir show/recap.psql
INSERT INTO follow_up (event_id, plan) VALUES (:event, '到大家希望的城市去 / go where those who came wish to (example)');
UPDATE event SET status_code = 'recapped' WHERE event_id = :event;
\ir show/status.psql
SELECT planned_count AS planned, compared_count AS compared, reached_count AS reached, measured_count AS measured, claimed_count AS claimed, to_measure AS "still not measured" FROM recap_summary WHERE event_id = :event;
\ir show/summary.psql
\echo '--- How far each party got what it wants, and what comes next'
\echo
\ir show/satisfaction.psql
\ir show/future.psql
