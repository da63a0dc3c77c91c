-- The salon is planned: checklist, talks and agenda, work group, sponsors, and
-- who should give what to whom.
\ir show/setup.psql
\ir show/label_en.psql
\ir show/example.psql

\echo
\echo '--- 3.2 PLANNED: the first ten items of its checklist, by due date'
\echo
INSERT INTO venue (city_code, party_id, name) VALUES ('hz', :host, 'example venue') RETURNING venue_id AS venue \gset
INSERT INTO room (venue_id, name, capacity, equipment) VALUES (:venue, 'room 1', 60, 'microphone:4, projector:1') RETURNING room_id AS room \gset
INSERT INTO room_hours (room_id, opens, closes) VALUES (:room, '12:00', '18:00');
UPDATE event e
SET status_code = 'planned', starts_at = t.starts_at, ends_at = t.ends_at, city_code = t.city_code, venue_id = :venue
FROM turn t
WHERE e.event_id = :event AND t.event_id = e.event_id;
\ir show/example.psql

CREATE TEMP TABLE before AS
SELECT item_code, status FROM checklist WHERE event_id = :event;

SELECT item_code AS :h_no, item AS :h_item, phase, due_at::date AS :h_due, owner_duty AS :h_duty, status AS :h_status, missing AS :h_missing
FROM checklist
WHERE event_id = :event
ORDER BY due_at, ordinal
LIMIT 10;

\echo '--- What waits for what: what would be late because of what, if nothing more happened until ten days before'
\echo
SELECT item_code AS :h_no, item AS :h_item, waits_for AS "waits for", due_at::date AS :h_due, done_at::date AS "earliest", slack_days AS slack, because_of
FROM critical_path(:event, :'day'::date - 10)
WHERE is_late AND because_of_code <> item_code
ORDER BY slack_days, ordinal
LIMIT 6;

\echo '--- Talks: submitted, reviewed and voted on, never by somebody with an interest in them'
\echo
INSERT INTO affiliation (person_id, organization_id)
SELECT p.party_id, o.party_id
FROM party p
JOIN (VALUES ('speaker 1 (example)', 'company 1 (example)'), ('speaker 5 (example)', 'company 2 (example)'), ('helper 1 (example)', 'company 1 (example)')) v (person, company) ON v.person = p.name_en
JOIN party o ON o.name_en = v.company;
INSERT INTO talk (event_id, title_en, title_zh, format_code, abstract, submitter_id)
SELECT :event, v.title_en, v.title_zh, v.format_code, 'abstract of ' || v.title_en, p.party_id
FROM (VALUES (1, 'talk 1', '议题1', 'mini_talk'), (2, 'talk 2', '议题2', 'mini_talk'), (3, 'talk 3', '议题3', 'mini_talk'),
             (4, 'round table', '圆桌', 'round_table'), (5, 'talk 5', '议题5', 'mini_talk')) v (n, title_en, title_zh, format_code)
JOIN party p ON p.name_en = 'speaker ' || v.n || ' (example)'
ORDER BY v.n;
INSERT INTO talk_speaker (talk_id, person_id) SELECT talk_id, submitter_id FROM talk WHERE event_id = :event;
SELECT title AS talk, person AS "cannot judge", interest AS because
FROM talk_interest
WHERE event_id = :event AND interest_code NOT IN ('submitter', 'speaker')
ORDER BY talk_id, person_id;

INSERT INTO talk_review (talk_id, reviewer_id, score)
SELECT t.talk_id, p.party_id, v.score
FROM (VALUES ('talk 1', 2, 5), ('talk 1', 3, 4), ('talk 2', 1, 4), ('talk 2', 3, 4), ('talk 3', 1, 4), ('talk 3', 2, 3),
             ('round table', 1, 5), ('round table', 2, 4), ('talk 5', 1, 2), ('talk 5', 3, 3)) v (title_en, n, score)
JOIN talk t ON t.event_id = :event AND t.title_en = v.title_en
JOIN party p ON p.name_en = 'helper ' || v.n || ' (example)';
INSERT INTO talk_vote (preferred_id, other_id, voter_id)
SELECT a.talk_id, b.talk_id, p.party_id
FROM (VALUES ('talk 1', 'talk 2', 2), ('talk 1', 'talk 3', 3), ('talk 2', 'talk 3', 2), ('talk 2', 'talk 5', 3), ('talk 3', 'talk 5', 4),
             ('round table', 'talk 5', 5), ('talk 3', 'talk 2', 5), ('round table', 'talk 1', 4)) v (better, other, n)
JOIN talk a ON a.event_id = :event AND a.title_en = v.better
JOIN talk b ON b.event_id = :event AND b.title_en = v.other
JOIN party p ON p.name_en = 'helper ' || v.n || ' (example)';
UPDATE talk SET status_code = 'accepted' WHERE event_id = :event;

\echo '--- SELECT make_slots(...), build_agenda(...): the talks of the greatest score that fit into the room and its hours'
\echo
INSERT INTO event_format (event_id, format_code, ordinal, at_least, at_most, minutes) VALUES
    (:event, 'mini_talk', 3, 3, 3, 40), (:event, 'hot_segment', 4, 1, 1, 60), (:event, 'open_class', 2, 0, 0, NULL);
INSERT INTO session (event_id, format_code, title_en, title_zh, room_id, starts_at, ends_at) VALUES
    (:event, 'break',   'welcome',   '签到', :room, :'day'::date + time '13:30', :'day'::date + time '13:40'),
    (:event, 'break',   'tea',       '茶歇', :room, :'day'::date + time '15:00', :'day'::date + time '15:20'),
    (:event, 'break',   'exchange',  '交流', :room, :'day'::date + time '17:00', :'day'::date + time '17:30');
INSERT INTO absence (person_id, starts_at, ends_at)
SELECT party_id, :'day'::date + time '13:30', :'day'::date + time '14:20' FROM party WHERE name_en = 'speaker 1 (example)';
SELECT make_slots(:event) AS slots;
SELECT title AS talk, value AS score, to_char(starts_at, 'HH24:MI') AS "from", reason AS "why not", is_best AS "proved best" FROM build_agenda(:event);
-- What found no slot is for another time.
UPDATE talk SET status_code = 'rejected' WHERE event_id = :event AND status_code = 'accepted';
\ir show/agenda.psql

\echo '--- Parts of the agenda: what the event asks for, and whether it is there'
\echo
SELECT format, at_least AS "at least", at_most AS "at most", sessions, missing FROM agenda_part WHERE event_id = :event AND (at_least > 0 OR sessions > 0) ORDER BY ordinal;

\echo '--- Speakers: invited, confirmed, and what is next'
\echo
INSERT INTO invitation (event_id, person_id)
SELECT :event, party_id FROM party WHERE name_en IN ('speaker 1 (example)', 'speaker 2 (example)', 'speaker 3 (example)', 'speaker 4 (example)') ORDER BY party_id;
UPDATE invitation SET status_code = 'confirmed' WHERE event_id = :event;
UPDATE invitation i SET status_code = 'travel' FROM party p WHERE i.event_id = :event AND p.party_id = i.person_id AND p.name_en = 'speaker 2 (example)';
INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at, reference)
SELECT i.invitation_id, 'train', 'bj', 'hz', :'day'::date - 1 + time '14:00', :'day'::date - 1 + time '19:00', 'train of the example'
FROM invitation i
JOIN party p ON p.party_id = i.person_id
WHERE i.event_id = :event AND p.name_en = 'speaker 2 (example)';
SELECT speaker, stage, next, due_at::date AS :h_due, is_late AS late FROM speaker_pipeline WHERE event_id = :event ORDER BY person_id;
SELECT speaker, mode, from_city AS "from", to_city AS "to", departs_at::timestamp AS departs, problem FROM speaker_itinerary WHERE event_id = :event ORDER BY departs_at;

\echo '--- The work group: 21 duties, two given by hand, the others by fill_duties: by skill, preference and load'
\echo
INSERT INTO helper (party_id, most_at_event)
SELECT party_id, 4 FROM party WHERE name_en LIKE 'helper _ (example)' ORDER BY party_id;
INSERT INTO party_skill (party_id, skill_code, level)
SELECT p.party_id, v.skill_code, v.level
FROM (VALUES (1, 'hosting', 4), (2, 'design', 5), (2, 'writing', 3), (3, 'photography', 4), (4, 'writing', 5)) v (n, skill_code, level)
JOIN party p ON p.name_en = 'helper ' || v.n || ' (example)';
INSERT INTO duty_preference (party_id, duty_code, preference)
SELECT party_id, 'check_in', 2 FROM party WHERE name_en = 'helper 5 (example)';
-- Two of them are asked by hand.
UPDATE event_duty d
SET party_id = p.party_id
FROM party p
WHERE d.event_id = :event AND (d.duty_code, p.name_en) IN (('host', 'helper 1 (example)'), ('photo', 'helper 3 (example)'));
SELECT count(*) AS proposed, bool_and(is_proved) AS "proved best" FROM fill_duties(:event);
-- One of them has no time; all others confirm.
UPDATE event_duty d
SET status_code = 'declined'
FROM party p
WHERE d.event_id = :event AND d.duty_code = 'poster' AND p.party_id = d.party_id;
SELECT accept_duties(:event) AS confirmed;
\ir show/work_group.psql
\echo '--- What has nobody, and why'
\echo
\ir show/gap.psql

\echo '--- Sponsors: what can be had, and what a page view costs'
\echo
INSERT INTO reach (event_id, medium_code, planned_pv) VALUES (:event, 'live', 10000), (:event, 'replay', 5000);
INSERT INTO audience (event_id, profession_code, planned) VALUES (:event, 'dba', 30), (:event, 'application_developer', 20), (:event, 'student', 10);
INSERT INTO segment (name_en, name_zh, profession_code) VALUES ('DBAs (example)', 'DBA（示例）', 'dba') RETURNING segment_id AS segment \gset
INSERT INTO target (party_id, segment_id) SELECT party_id, :segment FROM party WHERE name_en = 'company 1 (example)';
INSERT INTO supply (event_id, resource_code, quantity) VALUES (:event, 'post', 6);
INSERT INTO package (event_id, ordinal, name_en, name_zh, benefits, price, quantity, sign_days) VALUES
    (:event, 1, 'gold (example)',  '金牌（示例）', 'logo_place:1, talk_slot:1, post:2', 3000, 2, 30),
    (:event, 2, 'stand (example)', '展台（示例）', 'booth:1', 600, 4, 30);
INSERT INTO agreement (package_id, party_id)
SELECT k.package_id, p.party_id
FROM package k
JOIN party p ON (k.name_en, p.name_en) IN (('gold (example)', 'company 1 (example)'), ('stand (example)', 'company 2 (example)'))
WHERE k.event_id = :event
ORDER BY k.ordinal;
UPDATE agreement SET status_code = 'signed' WHERE event_id = :event;
SELECT package, benefit_list AS "what it promises", price, left_count AS left, full_reason AS "why none", price_per_planned_head AS "per head", price_per_planned_view AS "per viewer"
FROM package_offer
WHERE event_id = :event
ORDER BY ordinal;
SELECT sponsor, agreed_amount AS agreed, planned_pv AS "planned PV", round(agreed_price, 4) AS "per PV", planned_fit_from AS "of its target", round(planned_fit_price_from, 4) AS "per PV of its target", currency
FROM sponsor_price
WHERE event_id = :event AND agreed_amount IS NOT NULL
ORDER BY party_id;

-- The figures of the source, in a transaction that is rolled back.
\echo '--- The same with the figures of the first source: 10 million PV, 300 000 a year, young; 1 million; 才1毛钱1PV'
\echo
BEGIN;
SELECT plan_event('example of the source', '原文的例子', needs => '') AS big \gset
INSERT INTO party (kind, name_zh) VALUES ('organization', '宝马公司') RETURNING party_id AS maker \gset
INSERT INTO segment (name_zh, age_below, income_from) VALUES ('年轻人，平均年收入在30万以上', 40, 300000) RETURNING segment_id AS young \gset
INSERT INTO target (party_id, segment_id) VALUES (:maker, :young);
INSERT INTO audience (event_id, age_below, income_from) VALUES (:big, 40, 300000);
INSERT INTO reach (event_id, medium_code, planned_pv) VALUES (:big, 'live', 10000000);
INSERT INTO commitment (event_id, giver_id, planned_amount) VALUES (:big, :maker, 1000000);
SELECT sponsor, planned_amount AS planned, planned_pv AS "planned PV", planned_price AS "per PV", currency FROM sponsor_price WHERE event_id = :big;
-- "企业受众覆盖了100%以上的运营商, 那么运营商的ISV也可能会赞助": three operators
-- are counted in all, and four come.
\echo '--- And its second example: who covers all telecom operators may win the ISVs that sell to them (names made up)'
\echo
INSERT INTO segment (name_zh, name_en, counts, industry_code, size, size_basis) VALUES ('运营商', 'telecom operators', 'organizations', 'operator', 3, 'claimed');
INSERT INTO party (kind, name_zh, name_en)
SELECT 'organization', '示例' || v.zh || v.n, v.en || ' ' || v.n || ' (example)'
FROM (VALUES ('运营商', 'operator', 1), ('运营商', 'operator', 2), ('运营商', 'operator', 3), ('运营商', 'operator', 4), ('ISV', 'ISV', 1)) v (zh, en, n);
INSERT INTO party_industry (party_id, industry_code) SELECT party_id, 'operator' FROM party WHERE name_en LIKE 'operator %';
INSERT INTO event_party (event_id, party_id, part_code) SELECT :big, party_id, 'guest_company' FROM party WHERE name_en LIKE 'operator %';
INSERT INTO supplier_of (supplier_id, customer_id)
SELECT s.party_id, c.party_id FROM party s CROSS JOIN party c WHERE s.name_en = 'ISV 1 (example)' AND c.name_en LIKE 'operator _ (example)' AND c.name_en < 'operator 3';
SELECT segment, size, planned AS "of them here", planned_share AS coverage FROM coverage WHERE event_id = :big AND counts = 'organizations';
SELECT party AS prospect, customer_names AS "sells to", segment FROM prospect WHERE event_id = :big;
ROLLBACK;

-- More facts come in.
UPDATE event
SET introduction = 'Mini talks and a round table on the trends ahead'
WHERE event_id = :event;
INSERT INTO asset (asset_kind_code, party_id, state)
SELECT 'photo', party_id, 'ready' FROM party WHERE name_en IN ('speaker 1 (example)', 'speaker 2 (example)');
INSERT INTO asset (asset_kind_code, party_id, state, url)
SELECT 'logo', party_id, 'published', 'https://example.org/logo.svg' FROM party WHERE name_en = 'company 1 (example)';
INSERT INTO event_party (event_id, party_id, part_code)
SELECT :event, party_id, part_code
FROM party
JOIN (VALUES ('company 1 (example)', 'guest_company'), ('company 2 (example)', 'guest_company'), ('school (example)', 'school'),
             ('PostgreSQL community', 'community'), ('other traffic platforms', 'channel')) AS v (name_en, part_code) USING (name_en)
UNION ALL
SELECT :event, party_id, 'live_sponsor' FROM remark WHERE note LIKE 'xx: 钉群%'
ORDER BY 2;
INSERT INTO link (event_id, link_kind_code, name, url, is_qr_target) VALUES
    (:event, 'registration', '活动行', NULL, false),
    (:event, 'live',  NULL, 'https://example.org/live', true),
    (:event, 'group', NULL, 'https://example.org/group', true);
INSERT INTO notice (event_id, text_en, text_zh) VALUES (:event, 'Please come ten minutes early', '请提前十分钟到场');
SELECT waive(:event, 'C5', 'the host has a venue of its own') \g /dev/null
-- Somebody wanted the poster by a day that is past.
INSERT INTO event_item (event_id, item_code, due_at) VALUES (:event, 'C21', '2024-03-01 18:00+08');

\echo '--- The checklist before and after these facts: no item was ticked by hand'
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

\echo '--- SELECT propose(...) turns them into agreements; those to and from the salon are signed, the dinner is declined'
\echo
SELECT propose(:event) AS "commitments made";
UPDATE agreement a
SET status_code = CASE WHEN EXISTS (SELECT FROM commitment c WHERE c.agreement_id = a.agreement_id AND c.resource_code = 'dinner') THEN 'declined' ELSE 'signed' END
WHERE a.event_id = :event AND a.status_code = 'proposed'
  AND EXISTS (SELECT FROM commitment c WHERE c.agreement_id = a.agreement_id AND num_nulls(c.giver_id, c.taker_id) = 1);
SELECT has, agreed, hoped, short, coverage FROM event_need WHERE event_id = :event \gx
\echo '--- How far each party gets what it wants'
\echo
\ir show/satisfaction.psql
