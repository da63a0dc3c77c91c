-- What the second source states beside its salon, in English and in Chinese: its year, what it did with schools, and the four links of its logo
-- wall.  30_second_source.sql entered these with the salon that they tell of,
-- 45_review.sql the figures of the year.
\ir show/setup.psql
SELECT event_id AS event FROM event WHERE name_zh LIKE '%12.16' \gset

-- Of the first two only the year is known: its last day stands.
INSERT INTO joint_project (school_id, kind, name_en, name_zh, status_code, done_on, due_on, url)
SELECT p.party_id, v.kind, v.name_en, v.name_zh, v.status_code, v.done_on::date, v.due_on::date, v.url
FROM (VALUES
    ('武汉大学', 'practice_course', 'open course on database kernels', '数据库内核公开课程', 'done', '2023-12-31', NULL, 'https://space.bilibili.com/2070322174'),
    ('武汉大学', 'laboratory', 'manual for the database laboratory', '数据库实验手册', 'done', '2023-12-31', NULL, 'https://gitee.com/polardb/whudb-course'),
    ('华东师范大学', 'other', 'database robot with AI', 'AI相关数据库机器人项目', 'running', NULL, '2024-12-31', NULL)) v (school, kind, name_en, name_zh, status_code, done_on, due_on, url)
JOIN party p ON p.name_zh = v.school
ORDER BY v.name_zh;

SET salon.lang = 'en';
\echo
\echo '=== 5. A YEAR OF THE SECOND SOURCE ============================================================'
\echo
\ir show/year.psql
SET salon.lang = 'zh';
\echo
\echo '=== 5. 第二份材料的一年 ======================================================================='
\echo
\ir show/year.psql
