-- A page of overview: one entry, seen in eight views.  An example made for the
-- demo, in a space of its own.
\encoding UTF8
\pset footer off
\pset pager off
SET client_min_messages = warning;
SET timezone = 'Asia/Shanghai';
SELECT salon.create_space('example') \g /dev/null
SET search_path = example, salon;

INSERT INTO city (city_code, name_en, name_zh) VALUES ('hz', 'Hangzhou', '杭州');
INSERT INTO party (kind, name_en, name_zh) VALUES
    ('organization', 'host company', '主办企业'), ('organization', 'venue company', '场地企业'), ('person', 'Ann', '安'), ('person', 'Bo', '博');
INSERT INTO demand (party_id, resource_code, priority) VALUES (2, 'influence', 4), (2, 'user', 3);
SELECT plan_event('Spring salon', '春季沙龙', '2031-03-08 13:30+08', '2031-03-08 17:30+08', city_code => 'hz', host_id => 1,
                  planned_on_site => 60, planned_online => 0, needs => 'venue:1, speaker:2, tea:1') AS event \gset
INSERT INTO session (event_id, format_code, title_en, title_zh, starts_at, ends_at) VALUES
    (:event, 'mini_talk', 'Storage', '存储', '2031-03-08 13:30+08', '2031-03-08 15:00+08'),
    (:event, 'mini_talk', 'Planner', '优化器', '2031-03-08 15:00+08', '2031-03-08 16:30+08');
INSERT INTO speaker (session_id, person_id) VALUES (1, 3), (2, 4);

\echo
\echo '=== ONE ENTRY: a company gives its hall, and wants users and influence in return =================='
\echo
\echo 'INSERT INTO commitment (event_id, giver_id, resource_code, quantity, amount) VALUES (1, 2, ''venue'', 1, 3000);'
\echo 'UPDATE agreement SET status_code = ''signed'' ...'
INSERT INTO commitment (event_id, giver_id, resource_code, quantity, amount) VALUES (:event, 2, 'venue', 1, 3000);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 1;
INSERT INTO commitment (event_id, taker_id, resource_code, quantity) VALUES (:event, 2, 'exposure', 1);
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = 2;
\echo
\echo '=== SEEN IN EIGHT VIEWS ============================================================================='
\echo
\echo '1. event_sponsor: it stands among the sponsors'
SELECT party, part, has_logo FROM event_sponsor WHERE event_id = :event;
\echo '2. checklist: an item is done that nobody ticked'
SELECT item_code, item, status, evidence, missing FROM checklist WHERE event_id = :event AND item_code IN ('C5', 'C18') ORDER BY ordinal;
\echo '3. event_need: what is agreed counts, and what is there anyway (two speakers in the agenda)'
SELECT needed, agreed, has AS "is there", short FROM event_need WHERE event_id = :event;
\echo '4. unmet: what is still wanted, and why'
SELECT demander, demanded, unmet, reason FROM unmet WHERE event_id = :event ORDER BY demand_id;
\echo '5. commitment_list: who owes what to whom'
SELECT giver, what, taker, status, is_owed FROM commitment_list WHERE event_id = :event ORDER BY commitment_id;
\echo '6. satisfaction: how far the giver gets what it wants'
SELECT party, demands, met, share, unmet FROM satisfaction WHERE event_id = :event AND party_id = 2;
\echo '7. todo: what is next'
SELECT kind, what, who, due_at::date AS due FROM todo WHERE event_id = :event AND kind_code = 'delivery' ORDER BY id;
\echo '8. event_list'
SELECT event, local_time, place, host, status, progress FROM event_list WHERE event_id = :event;

\echo '=== IT IS CANCELLED: the hall, the people and the promises are free, nothing is owed or due ============='
\echo
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = :event;
SELECT (SELECT count(*) FROM todo WHERE event_id = :event) AS "to do", (SELECT count(*) FROM commitment_list WHERE event_id = :event AND is_owed) AS owed,
       (SELECT count(*) FROM whereabouts WHERE party_id IN (3, 4)) AS "speakers taken";
\echo 'make demo ALL=1 shows the whole life of a salon, on the data of the sources; doc/model.md says where to enter what.'
\echo
