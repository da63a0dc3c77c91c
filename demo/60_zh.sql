-- The same answers in Chinese: SET salon.lang = 'zh'.
\ir show/setup.psql
\ir show/label_zh.psql
SELECT event_id AS event FROM event WHERE name_zh LIKE '饮水思源%' \gset

\echo
\echo '=== 4. 中文: SET salon.lang = \'zh\' =============================================================='
\echo
\echo '--- 饮水思源、万象更新 - 数据库开源沙龙: 检查表'
\echo
\ir show/checklist.psql
\ir show/summary.psql
\echo '--- 角色供需匹配度, 0 到 1 (行: 供给方, 列: 需求方)'
\echo
\ir show/matrix.psql
SELECT event_id AS event FROM event WHERE starts_at > '2031-01-01' \gset
-- As it was before propose(): in a transaction that is rolled back.
BEGIN;
DELETE FROM pledge WHERE event_id = :event;
\echo '--- 示例计划: 建议各方为沙龙提供什么, 理由, 以及对方诉求'
\echo
\ir show/proposal_to_event.psql
\echo '--- 示例计划: 建议沙龙和各方为每一方提供什么'
\echo
\ir show/proposal_from_event.psql
\echo '--- 示例计划: 未满足的需求及原因'
\echo
\ir show/unmet.psql
ROLLBACK;
\echo '--- 示例计划: 各方满意度'
\echo
\ir show/satisfaction.psql
