-- What is still missing of the salon, and who could give what to whom.
\ir show/setup.psql
\ir show/label_en.psql
SELECT event_id AS salon FROM event WHERE name_zh LIKE '饮水思源%' \gset
\set event :salon

\echo
\echo '=== 1. A SALON AS ITS SOURCE STATES IT ========================================================'
\echo
\echo '饮水思源、万象更新 - 数据库开源沙龙 (digoal, 2021-10-28).  What the source leaves blank is NULL here.'
\echo
\echo '--- Who takes part: four partners are called "xx" in the source and have no name here'
\echo
\ir show/parties.psql

-- Before the partners have their parts.
CREATE TEMP TABLE before AS
SELECT item_code, status FROM checklist WHERE event_id = :event;

INSERT INTO event_party (event_id, party_id, part_code)
SELECT :event, p.party_id, v.part_code
FROM remark p
JOIN (VALUES
    ('PostgreSQL、MySQL、HBASE等社区', 'community'),
    ('其他流量平台%', 'channel'),
    ('xx: 场地%',     'venue_sponsor'),
    ('xx: 钉群%',     'live_sponsor'),
    ('xx: 短视频%',   'channel'),
    ('xx: 宣传%',     'sponsor'),
    ('赞助商%',       'sponsor')
) AS v (class, part_code) ON p.note LIKE v.class
ORDER BY p.party_id;
INSERT INTO remark (event_party_id, note)
SELECT event_party_id, 'The part is a reading of what the source says that it gives' FROM event_party WHERE event_id = :event ORDER BY event_party_id;

\echo '--- Its checklist: as the source fills it in, and after the partners have their parts'
\echo
\ir show/checklist_change.psql
\ir show/summary.psql

\echo '--- What the partners could give to the salon: why, and what they want in return'
\echo '    (where the source states no quantity, a supply counts as without limit)'
\echo
\ir show/proposal_to_event.psql
\echo '--- What the salon and the partners could give to each partner'
\echo
\ir show/proposal_from_event.psql
\echo '--- What stays unmet, and why'
\echo
\ir show/unmet.psql
