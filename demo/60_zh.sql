-- The same answers in Chinese: SET salon.lang = 'zh'.
\ir show/setup.psql
\ir show/label_zh.psql
SELECT event_id AS event FROM event WHERE name_zh LIKE '饮水思源%' \gset

\echo
\echo '=== 4. 中文：SET salon.lang = \'zh\' =============================================================='
\echo
\echo '--- 饮水思源、万象更新 - 数据库开源沙龙：检查表'
\echo
\ir show/checklist.psql
\echo '--- 角色供需匹配度，0 到 1（行：供给方，列：需求方）'
\echo
\ir show/matrix.psql

\ir show/example.psql
SELECT season_id AS season FROM season \gset
\echo '--- 示例沙龙（日期、人员、企业、数字均为演示虚构）：从想法到归档'
\echo
\ir show/status.psql
\ir show/summary.psql
\echo '--- 轮值计划与公平性'
\echo
\ir show/season.psql
\echo '--- 议题评审与议程'
\echo
\ir show/agenda.psql
\echo '--- 会务组'
\echo
\ir show/work_group.psql
\echo '--- 人数：计划、报名、签到、实测'
\echo
\ir show/headcount.psql
\echo '--- 费用'
\echo
\ir show/cost.psql
\echo '--- 会后问卷'
\echo
\ir show/survey.psql
\echo '--- 产出与目标'
\echo
\ir show/outcome.psql
\ir show/scorecard.psql
\echo '--- 复盘：计划与实际'
\echo
\ir show/recap.psql
\echo '--- 各方满意度'
\echo
\ir show/satisfaction.psql
\echo '--- 未来计划'
\echo
\ir show/future.psql
\echo '--- 检查表'
\echo
\ir show/checklist.psql

-- The copy of the salon, as if nothing of its parties were promised yet: in a
-- transaction that is rolled back.
SELECT event_id AS event FROM event WHERE name_zh LIKE '共话未来趋势 再下一期%' \gset
BEGIN;
DELETE FROM delivery;
UPDATE cost SET commitment_id = NULL;
UPDATE agreement SET status_code = 'withdrawn' WHERE event_id <> :event AND status_code IN ('proposed', 'signed');
\echo '--- 再下一期（复制而来）：建议各方为沙龙提供什么，理由，以及对方诉求'
\echo
\ir show/proposal_to_event.psql
\echo '--- 再下一期：建议沙龙和各方为每一方提供什么'
\echo
\ir show/proposal_from_event.psql
\echo '--- 再下一期：未满足的需求及原因'
\echo
\ir show/unmet.psql
ROLLBACK;
\echo '--- 再下一期：会务组缺少的人手及原因'
\echo
\ir show/gap.psql
