-- The exchange: the role table and the partner table of the sources, the
-- interpretation of what serves what, and the views over them.
--
-- pg_prove -d DATABASE test/pgtap/exchange.sql

\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;

BEGIN;

SELECT salon.create_space('t_exchange') \g /dev/null
SET LOCAL search_path = t_exchange, salon, public;
SET LOCAL salon.lang = 'en';

SELECT plan(74);

-- The sources, spelt here once more.

CREATE TEMPORARY TABLE cell (side text, role_code text, ordinal smallint, original_text text, source text);

INSERT INTO cell VALUES
    ('supply', 'vendor',            1, '商业产品和服务', 'D39'),
    ('supply', 'vendor',            2, '开源产品', 'D39'),
    ('supply', 'vendor',            3, '代码兜底服务', 'D39'),
    ('supply', 'vendor',            4, '产品授权', 'D39'),
    ('supply', 'vendor',            5, '解决方案', 'D39'),
    ('supply', 'vendor',            6, '开源社区共享资源(生态、渠道、流量、平台、经费)', 'D39'),
    ('supply', 'vendor',            7, '特殊客户入门门槛', 'D39'),
    ('supply', 'vendor',            8, '就业岗位', 'D39'),
    ('supply', 'ecosystem_company', 1, '弥补厂商产品的产品/服务', 'D40'),
    ('supply', 'ecosystem_company', 2, '共同搞定用户', 'D40'),
    ('supply', 'ecosystem_company', 3, '案例', 'D40'),
    ('supply', 'ecosystem_company', 4, '解决方案', 'D40'),
    ('supply', 'ecosystem_company', 5, '自有流量', 'D40'),
    ('supply', 'ecosystem_company', 6, '经费', 'D40'),
    ('supply', 'ecosystem_company', 7, '就业岗位', 'D40'),
    ('supply', 'user_company',      1, '购买力', 'D41'),
    ('supply', 'user_company',      2, '案例', 'D41'),
    ('supply', 'user_company',      3, '活动场地', 'D41'),
    ('supply', 'user_company',      4, '经费', 'D41'),
    ('supply', 'user_company',      5, '就业岗位', 'D41'),
    ('supply', 'developer',         1, '人才', 'D42'),
    ('supply', 'developer',         2, '用户', 'D42'),
    ('supply', 'kol',               1, '能力输出', 'D43'),
    ('supply', 'kol',               2, '流量输出', 'D43'),
    ('supply', 'kol',               3, '关系资源', 'D43'),
    ('supply', 'school',            1, '学生', 'D44a'),
    ('supply', 'school',            2, '老师', 'D44a'),
    ('supply', 'school',            3, '关联资源', 'D44a'),
    ('supply', 'school',            4, '活动场地', 'D44a'),
    ('supply', 'school',            5, '经费', 'D44a'),
    ('supply', 'teacher',           1, '学生', 'D44b'),
    ('supply', 'teacher',           2, '教学', 'D44b'),
    ('supply', 'teacher',           3, '合作', 'D44b'),
    ('supply', 'teacher',           4, '关联资源', 'D44b'),
    ('demand', 'vendor',            1, '客户', 'D39'),
    ('demand', 'vendor',            2, '案例', 'D39'),
    ('demand', 'vendor',            3, '影响力', 'D39'),
    ('demand', 'vendor',            4, '伙伴', 'D39'),
    ('demand', 'vendor',            5, '用户', 'D39'),
    ('demand', 'vendor',            6, '人才', 'D39'),
    ('demand', 'ecosystem_company', 1, '客户', 'D40'),
    ('demand', 'ecosystem_company', 2, '案例', 'D40'),
    ('demand', 'ecosystem_company', 3, '影响力', 'D40'),
    ('demand', 'ecosystem_company', 4, '伙伴', 'D40'),
    ('demand', 'ecosystem_company', 5, '用户', 'D40'),
    ('demand', 'ecosystem_company', 6, '人才', 'D40'),
    ('demand', 'ecosystem_company', 7, '降低成本', 'D40'),
    ('demand', 'user_company',      1, '客户', 'D41'),
    ('demand', 'user_company',      2, '案例', 'D41'),
    ('demand', 'user_company',      3, '影响力', 'D41'),
    ('demand', 'user_company',      4, '解决方案', 'D41'),
    ('demand', 'user_company',      5, '伙伴', 'D41'),
    ('demand', 'user_company',      6, '用户', 'D41'),
    ('demand', 'user_company',      7, '人才', 'D41'),
    ('demand', 'user_company',      8, '降低成本', 'D41'),
    ('demand', 'developer',         1, '职业发展', 'D42'),
    ('demand', 'developer',         2, '影响力', 'D42'),
    ('demand', 'developer',         3, '能力提升', 'D42'),
    ('demand', 'developer',         4, '圈子', 'D42'),
    ('demand', 'developer',         5, '战绩', 'D42'),
    ('demand', 'kol',               1, '职业发展', 'D43'),
    ('demand', 'kol',               2, '影响力', 'D43'),
    ('demand', 'kol',               3, '圈子', 'D43'),
    ('demand', 'school',            1, '学生就业率', 'D44a'),
    ('demand', 'school',            2, '教学创新', 'D44a'),
    ('demand', 'school',            3, '校企合作项目(实践课、实验室、写书、实习、比赛等)', 'D44a'),
    ('demand', 'teacher',           1, '论文', 'D44b'),
    ('demand', 'teacher',           2, '项目经费', 'D44b'),
    ('demand', 'teacher',           3, '学生就业率', 'D44b'),
    ('demand', 'teacher',           4, '教学创新', 'D44b'),
    ('demand', 'teacher',           5, '校企合作项目', 'D44b');

-- B1-B6 and what hosts and companies bring (D5), with the codes that others rely on.
CREATE TEMPORARY TABLE term (source text, side text, original_text text, resource_code text);

INSERT INTO term VALUES
    ('B1', 'supply', '宣传', 'promotion'),
    ('B1', 'supply', '讲师输出', 'speaker'),
    ('B1', 'supply', '海报制作', 'poster_making'),
    ('B1', 'demand', '会员拉新', 'new_member'),
    ('B1', 'demand', '影响力', 'influence'),
    ('B1', 'demand', '内容', 'content'),
    ('B2', 'supply', '宣传', 'promotion'),
    ('B2', 'demand', '拉新', 'new_user'),
    ('B2', 'demand', '影响力', 'influence'),
    ('B2', 'demand', '内容', 'content'),
    ('B3', 'supply', '场地', 'venue'),
    ('B3', 'supply', '宣传', 'promotion'),
    ('B3', 'demand', '用户', 'user'),
    ('B3', 'demand', '转化', 'conversion'),
    ('B4', 'supply', '钉群直播', 'live_stream'),
    ('B4', 'supply', '后期图文', 'follow_up_article'),
    ('B4', 'supply', '视频沉淀', 'video_archive'),
    ('B4', 'supply', '宣传', 'promotion'),
    ('B4', 'supply', '后期传播', 'follow_up_promotion'),
    ('B4', 'supply', '奖品', 'prize'),
    ('B4', 'demand', '影响力', 'influence'),
    ('B4', 'demand', '内容', 'content'),
    ('B4', 'demand', 'KOL增长', 'kol_growth'),
    ('B5', 'supply', '短视频剪辑', 'short_video_editing'),
    ('B5', 'supply', '长视频沉淀', 'long_video_archive'),
    ('B5', 'supply', '宣传', 'promotion'),
    ('B5', 'supply', '后期传播', 'follow_up_promotion'),
    ('B5', 'demand', '拉新', 'new_user'),
    ('B5', 'demand', '影响力', 'influence'),
    ('B5', 'demand', '内容', 'content'),
    ('B6', 'supply', '宣传', 'promotion'),
    ('B6', 'supply', '奖品', 'prize'),
    ('B6', 'demand', '影响力', 'influence'),
    ('B6', 'demand', '用户', 'user'),
    ('D5', 'supply', '场地', 'venue'),
    ('D5', 'supply', '茶水', 'tea'),
    ('D5', 'supply', '海报制作', 'poster_making'),
    ('D5', 'supply', '晚宴', 'dinner'),
    ('D5', 'supply', '小礼品', 'small_gift');

-- Roles.

SELECT results_eq(
    $$ SELECT role_code, name_zh, source FROM role ORDER BY ordinal LIMIT 7 $$,
    $$ VALUES ('vendor', '厂商', 'D39'), ('ecosystem_company', '生态企业', 'D40'),
              ('user_company', '用户企业', 'D41'), ('developer', '开发者', 'D42'), ('kol', '大V', 'D43'),
              ('school', '学校', 'D44a'), ('teacher', '教师', 'D44b') $$,
    'the seven roles of the role table come first, spelt as in the source');
SELECT set_eq(
    $$ SELECT role_code, name_zh FROM role WHERE role_code NOT IN (SELECT role_code FROM cell) $$,
    $$ VALUES ('community', '社区'), ('media', '流量平台/媒体'), ('association', '开源协会'),
              ('capital', '资本机构'), ('student', '学生') $$,
    'five roles are named by the sources without a row of the role table');
SELECT is(count(*), count(DISTINCT ordinal), 'every role has a place of its own') FROM role;

-- The role table.

SELECT is(count(*), 34::bigint, '34 cells of supply') FROM role_supply;
SELECT is(count(*), 37::bigint, '37 cells of demand') FROM role_demand;
SELECT bag_eq(
    $$ SELECT role_code, ordinal, original_text, source FROM role_supply $$,
    $$ SELECT role_code, ordinal, original_text, source FROM cell WHERE side = 'supply' $$,
    'every cell of supply stands in its place, spelt as in the source');
SELECT bag_eq(
    $$ SELECT role_code, ordinal, original_text, source FROM role_demand $$,
    $$ SELECT role_code, ordinal, original_text, source FROM cell WHERE side = 'demand' $$,
    'every cell of demand stands in its place, spelt as in the source');
SELECT is(count(DISTINCT resource_code), 25::bigint, '25 distinct terms of supply') FROM role_supply;
SELECT is(count(DISTINCT resource_code), 17::bigint, '17 distinct terms of demand') FROM role_demand;
SELECT is_empty(
    $$ SELECT original_text FROM (TABLE role_supply UNION ALL TABLE role_demand) c
       GROUP BY original_text HAVING count(DISTINCT resource_code) > 1 $$,
    'the same word is the same resource');
SELECT set_eq(
    $$ SELECT DISTINCT c.original_text, r.original_text AS longer
       FROM (TABLE role_supply UNION ALL TABLE role_demand) c JOIN resource r USING (resource_code)
       WHERE c.original_text <> r.original_text $$,
    $$ VALUES ('校企合作项目', '校企合作项目(实践课、实验室、写书、实习、比赛等)') $$,
    'a resource is spelt as its cells; one is spelt in two lengths');
SELECT set_eq(
    $$ SELECT r.name_zh FROM role_supply JOIN resource r USING (resource_code)
       INTERSECT
       SELECT r.name_zh FROM role_demand JOIN resource r USING (resource_code) $$,
    $$ VALUES ('案例'), ('用户'), ('人才'), ('解决方案') $$,
    'only four words occur on both sides');
SELECT is(count(*), 10::bigint, '10 of 37 cells of demand can be met by the same word of another role')
FROM role_demand d
WHERE EXISTS (SELECT FROM role_supply s
              WHERE s.resource_code = d.resource_code AND s.role_code <> d.role_code);
SELECT is(count(*), 21::bigint, '21 distinct supplies are demanded by nobody under that name')
FROM (SELECT resource_code FROM role_supply EXCEPT SELECT resource_code FROM role_demand) s;
SELECT is(count(DISTINCT role_code), 5::bigint, '影响力 is wanted by five roles')
FROM role_demand WHERE resource_code = 'influence';
SELECT is(count(*), 0::bigint, '影响力 is supplied under that name by nobody')
FROM role_supply WHERE resource_code = 'influence';

-- The partners.

SELECT is_empty(
    $$ SELECT * FROM term t
       WHERE NOT EXISTS (SELECT FROM resource r
                         WHERE r.resource_code = t.resource_code AND r.original_text = t.original_text) $$,
    'every term of B1-B6 and D5 is a resource, spelt as in the source');
SELECT is(count(original_text), count(DISTINCT original_text), 'no term is there twice') FROM resource;
SELECT set_eq(
    $$ SELECT original_text FROM resource WHERE original_text IS NOT NULL $$,
    $$ SELECT original_text FROM term
       UNION
       SELECT original_text FROM cell WHERE original_text <> '校企合作项目' $$,
    'a resource has a text of the source if and only if the source has the term');
SELECT is(count(original_text), 57::bigint, '57 terms of the sources') FROM resource;

-- Kinds.

SELECT set_eq(
    $$ SELECT resource_code, parent_code FROM resource WHERE parent_code IS NOT NULL $$,
    $$ VALUES ('event_venue', 'venue'), ('new_member', 'new_user'), ('long_video_archive', 'video_archive'),
              ('follow_up_promotion', 'promotion'), ('follow_up_article', 'content'), ('replay', 'content'),
              ('own_traffic', 'traffic'), ('traffic_output', 'traffic'), ('project_funds', 'funds'),
              ('attendance', 'audience'), ('live_viewer', 'audience'),
              ('naming', 'exposure'), ('logo_place', 'exposure'), ('gift_place', 'exposure'), ('booth', 'networking'), ('post', 'promotion') $$,
    'what is a kind of what');
SELECT set_has(
    $$ SELECT resource_code FROM resource WHERE is_used_up $$,
    $$ VALUES ('venue'), ('event_venue'), ('funds'), ('project_funds'), ('job'), ('speaker'), ('prize'),
              ('small_gift'), ('tea'), ('dinner'), ('talk_slot'), ('purchasing_power') $$,
    'goods, money, rooms and slots are used up by giving');
SELECT set_has(
    $$ SELECT resource_code FROM resource WHERE NOT is_used_up $$,
    $$ VALUES ('case_study'), ('solution'), ('content'), ('influence'), ('open_source_product'),
              ('replay'), ('exposure'), ('connections') $$,
    'what can be told to many is not used up');
SELECT is_empty(
    $$ SELECT r.resource_code FROM resource r JOIN resource p ON p.resource_code = r.parent_code
       WHERE p.is_used_up AND NOT r.is_used_up $$,
    'a kind of what is used up is used up too');

-- Labels and marks.

SELECT is_empty(
    $$ SELECT role_code FROM role
       WHERE name_en IS NULL OR name_zh IS NULL OR name_en !~ '^[ -~]+$' OR name_zh !~ '[一-龥]' $$,
    'every role has a name in both languages');
SELECT is_empty(
    $$ SELECT resource_code FROM resource
       WHERE name_en IS NULL OR name_zh IS NULL OR name_en !~ '^[ -~]+$' OR name_zh !~ '[一-龥]' $$,
    'every resource has a name in both languages');
SELECT is_empty(
    $$ SELECT supplied_code, demanded_code FROM satisfies
       WHERE reason_en IS NULL OR reason_zh IS NULL OR reason_en !~ '^[ -~]+$' OR reason_zh !~ '[一-龥]' $$,
    'every interpretation has its reason in both languages');
SELECT is_empty(
    $$ SELECT name_en FROM resource GROUP BY 1 HAVING count(*) > 1
       UNION ALL
       SELECT name_zh FROM resource GROUP BY 1 HAVING count(*) > 1
       UNION ALL
       SELECT name_en FROM role GROUP BY 1 HAVING count(*) > 1
       UNION ALL
       SELECT name_zh FROM role GROUP BY 1 HAVING count(*) > 1 $$,
    'no name means two things');
SELECT is_empty(
    $$ SELECT 'role', role_code FROM role WHERE NOT shipped
       UNION ALL
       SELECT 'resource', resource_code FROM resource WHERE NOT shipped
       UNION ALL
       SELECT 'role_supply', role_code FROM role_supply WHERE NOT shipped
       UNION ALL
       SELECT 'role_demand', role_code FROM role_demand WHERE NOT shipped
       UNION ALL
       SELECT 'satisfies', supplied_code FROM satisfies WHERE NOT shipped $$,
    'every row of a new space is marked as shipped');

-- The interpretation.

SELECT is_empty(
    $$ SELECT resource_code FROM role_demand
       UNION
       SELECT resource_code FROM term WHERE side = 'demand'
       EXCEPT
       SELECT demanded_code FROM satisfies $$,
    'every demand of the role table and of B1-B6 is reached from a resource of another name');
SELECT is_empty(
    $$ SELECT d.role_code, d.resource_code
       FROM role_demand d
       WHERE NOT EXISTS (SELECT FROM serves v JOIN role_supply s ON s.resource_code = v.supplied_code
                         WHERE v.demanded_code = d.resource_code AND s.role_code <> d.role_code) $$,
    'every cell of demand is met in part by another role');
SELECT is_empty(
    $$ SELECT s.role_code, s.resource_code
       FROM role_supply s
       WHERE NOT EXISTS (SELECT FROM serves v JOIN role_demand d ON d.resource_code = v.demanded_code
                         WHERE v.supplied_code = s.resource_code AND d.role_code <> s.role_code) $$,
    'every cell of supply serves another role');
SELECT is_empty(
    $$ SELECT resource_code
       FROM resource
       WHERE resource_code IN ('attendance', 'live_viewer', 'exposure', 'talk_slot', 'replay', 'networking', 'contest')
         AND NOT EXISTS (SELECT FROM serves v
                         WHERE v.supplied_code = resource_code
                           AND v.demanded_code IN (SELECT d.resource_code FROM role_demand d)
                           AND v.weight < 1) $$,
    'everything that an event gives serves a demand of a role');
SELECT is(count(*), 7::bigint, 'an event has seven things to give')
FROM resource
WHERE resource_code IN ('attendance', 'live_viewer', 'exposure', 'talk_slot', 'replay', 'networking', 'contest');
SELECT is_empty(
    $$ SELECT w.supplied_code, w.demanded_code
       FROM satisfies w
       JOIN resource_kind k ON k.resource_code = w.supplied_code AND k.ancestor_code = w.demanded_code $$,
    'no interpretation repeats that a kind serves what it is a kind of');
SELECT is_empty(
    $$ SELECT w.supplied_code, w.demanded_code
       FROM satisfies w
       JOIN satisfies other ON other.satisfies_id <> w.satisfies_id AND other.weight >= w.weight
       JOIN resource_kind s ON s.resource_code = w.supplied_code AND s.ancestor_code = other.supplied_code
       JOIN resource_kind d ON d.resource_code = other.demanded_code AND d.ancestor_code = w.demanded_code $$,
    'no interpretation is implied by another one');
SELECT ok(min(weight) >= 0.1 AND max(weight) < 1,
          'an interpretation weighs at least 0.1 and less than the thing itself')
FROM satisfies;

-- Kinds are followed through every level, on both sides.

INSERT INTO resource (resource_code, parent_code, name_en)
VALUES ('t_stadium', 'event_venue', 'stadium'), ('t_vip', 't_club_member', 'very important member'),
       ('t_club_member', 'new_member', 'new member of a club'), ('t_lone', NULL, 'alone');
INSERT INTO satisfies (supplied_code, demanded_code, weight)
VALUES ('t_lone', 't_vip', 0.33), ('venue', 't_club_member', 0.25), ('event_venue', 'new_user', 0.20);

SELECT set_eq(
    $$ SELECT ancestor_code FROM resource_kind WHERE resource_code = 't_vip' $$,
    $$ VALUES ('t_vip'), ('t_club_member'), ('new_member'), ('new_user') $$,
    'a resource is of the kind of all its ancestors');
SELECT results_eq(
    $$ SELECT weight, via_supplied_code, via_demanded_code FROM serves
       WHERE supplied_code = 't_vip' AND demanded_code = 'new_user' $$,
    $$ VALUES (1::numeric, NULL::text, NULL::text) $$,
    'a kind serves the demand for its ancestor in full');
SELECT results_eq(
    $$ SELECT weight, via_supplied_code, via_demanded_code FROM serves
       WHERE supplied_code = 't_lone' AND demanded_code = 'new_user' $$,
    $$ VALUES (0.33, 't_lone', 't_vip') $$,
    'what serves a kind serves the demand for its ancestor');
SELECT results_eq(
    $$ SELECT weight, via_supplied_code, via_demanded_code FROM serves
       WHERE supplied_code = 't_stadium' AND demanded_code = 'new_user' $$,
    $$ VALUES (0.25, 'venue', 't_club_member') $$,
    'of several ways the best counts');
SELECT is_empty(
    $$ SELECT FROM serves WHERE supplied_code = 'venue' AND demanded_code IN ('t_stadium', 'event_venue', 't_vip') $$,
    'the wider does not serve the demand for the narrower');

CREATE TEMPORARY TABLE above (resource_code text, ancestor_code text, PRIMARY KEY (resource_code, ancestor_code));
CREATE TEMPORARY TABLE best (supplied_code text, demanded_code text, weight numeric);

-- Both by climbing parent by parent, without the views under test.
CREATE FUNCTION pg_temp.compute() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    start text;
    here text;
BEGIN
    DELETE FROM above;
    FOR start IN SELECT resource_code FROM resource LOOP
        here := start;
        WHILE here IS NOT NULL LOOP
            INSERT INTO above VALUES (start, here);
            here := (SELECT parent_code FROM resource WHERE resource_code = here);
        END LOOP;
    END LOOP;
    DELETE FROM best;
    INSERT INTO best
    SELECT s.resource_code, d.ancestor_code, max(w.weight)
    FROM satisfies w
    JOIN above s ON s.ancestor_code = w.supplied_code
    JOIN above d ON d.resource_code = w.demanded_code
    GROUP BY 1, 2;
    DELETE FROM best WHERE (supplied_code, demanded_code) IN (TABLE above);
    INSERT INTO best SELECT resource_code, ancestor_code, 1 FROM above;
END
$$;

SELECT pg_temp.compute() \g /dev/null
SELECT bag_eq('TABLE resource_kind', 'TABLE above', 'resource_kind equals an independent computation');
SELECT bag_eq('SELECT supplied_code, demanded_code, weight FROM serves', 'TABLE best',
              'serves equals an independent computation');
SELECT is_empty(
    $$ SELECT v.supplied_code, v.demanded_code
       FROM serves v
       WHERE CASE WHEN v.via_supplied_code IS NULL
                  THEN v.via_demanded_code IS NOT NULL OR v.reason_en IS NOT NULL OR v.reason_zh IS NOT NULL
                       OR (v.supplied_code, v.demanded_code) NOT IN (TABLE above)
                  ELSE (v.supplied_code, v.via_supplied_code) NOT IN (TABLE above)
                       OR (v.via_demanded_code, v.demanded_code) NOT IN (TABLE above)
                       OR NOT EXISTS (SELECT FROM satisfies w
                                      WHERE w.supplied_code = v.via_supplied_code
                                        AND w.demanded_code = v.via_demanded_code
                                        AND w.weight = v.weight
                                        AND w.reason_en IS NOT DISTINCT FROM v.reason_en
                                        AND w.reason_zh IS NOT DISTINCT FROM v.reason_zh) END $$,
    'serves names the row that says so, and its reason');

DELETE FROM satisfies WHERE 't_club_member' = demanded_code OR 't_lone' = supplied_code OR
                            (supplied_code, demanded_code) = ('event_venue', 'new_user');
DELETE FROM resource WHERE resource_code LIKE 't\_%';
SELECT pg_temp.compute() \g /dev/null
SELECT bag_eq('SELECT supplied_code, demanded_code, weight FROM serves', 'TABLE best',
              'serves of the shipped rows equals an independent computation');

-- Affinity of roles.

PREPARE affinity AS
SELECT s.role_code AS supplier_role_code, d.role_code AS demander_role_code,
       (SELECT count(*) FROM role_demand r WHERE r.role_code = d.role_code) AS demand_count,
       CASE WHEN known THEN
           (SELECT count(*) FROM role_demand r
            WHERE r.role_code = d.role_code
              AND EXISTS (SELECT FROM role_supply o, best b
                          WHERE o.role_code = s.role_code AND b.supplied_code = o.resource_code
                            AND b.demanded_code = r.resource_code)) END AS met_count,
       CASE WHEN known THEN
           (SELECT round(avg(coalesce((SELECT max(b.weight) FROM role_supply o, best b
                                       WHERE o.role_code = s.role_code AND b.supplied_code = o.resource_code
                                         AND b.demanded_code = r.resource_code), 0)), 2)
            FROM role_demand r WHERE r.role_code = d.role_code) END AS met_share
FROM role s
CROSS JOIN role d
CROSS JOIN LATERAL (SELECT s.role_code IN (SELECT o.role_code FROM role_supply o)
                       AND d.role_code IN (SELECT r.role_code FROM role_demand r) AS known) k;

SELECT is(count(*), 144::bigint, 'role_affinity has a row for each ordered pair of 12 roles') FROM role_affinity;
SELECT bag_eq(
    $$ SELECT supplier_role_code, demander_role_code, demand_count, met_count, met_share FROM role_affinity $$,
    'affinity', 'role_affinity equals an independent computation');
SELECT is(count(met_share), 49::bigint, 'met_share is known for the pairs of the seven roles') FROM role_affinity;
SELECT is_empty(
    $$ SELECT FROM role_affinity
       WHERE (met_share IS NULL) <> (supplier_role_code NOT IN (SELECT role_code FROM cell)
                                     OR demander_role_code NOT IN (SELECT role_code FROM cell))
          OR (met_share IS NULL) <> (met_count IS NULL) $$,
    'met_share is NULL, not zero, where supply or demand of a role is not known');
SELECT is_empty(
    $$ SELECT FROM role_affinity
       WHERE coalesce(met_count, 0) <> coalesce(array_length(regexp_split_to_array(terms, ' → '), 1) - 1, 0) $$,
    'terms names a supply for each cell that is met');
SELECT results_eq(
    $$ SELECT met_count, met_share, terms FROM role_affinity
       WHERE supplier_role_code = 'kol' AND demander_role_code = 'developer' $$,
    $$ VALUES (4::bigint, 0.62, 'connections → career, traffic to others → influence, '
                                'expertise → better skills, connections → circle of peers') $$,
    'what an opinion leader gives a developer');
SET LOCAL salon.lang = 'zh';
SELECT results_eq(
    $$ SELECT supplier_role, demander_role, met_count, met_share, terms FROM role_affinity
       WHERE supplier_role_code = 'user_company' AND demander_role_code = 'vendor' $$,
    $$ VALUES ('用户企业', '厂商', 4::bigint, 0.52,
               '购买力 → 客户、案例 → 案例、案例 → 影响力、购买力 → 用户') $$,
    'what a user company gives a vendor, in Chinese');
SET LOCAL salon.lang = 'en';

-- A community edits what was shipped.

UPDATE satisfies SET weight = weight WHERE supplied_code = 'purchasing_power' AND demanded_code = 'customer';
SELECT ok(shipped, 'an update that changes nothing leaves the mark')
FROM satisfies WHERE supplied_code = 'purchasing_power' AND demanded_code = 'customer';
UPDATE satisfies SET weight = 0.10 WHERE supplied_code = 'purchasing_power' AND demanded_code = 'customer';
SELECT ok(NOT shipped, 'editing a row of satisfies takes off the mark')
FROM satisfies WHERE supplied_code = 'purchasing_power' AND demanded_code = 'customer';
SELECT is(weight, 0.10, 'serves follows the edited weight')
FROM serves WHERE supplied_code = 'purchasing_power' AND demanded_code = 'customer';
UPDATE role SET name_en = 'maker' WHERE role_code = 'vendor';
SELECT results_eq(
    $$ SELECT role_code FROM role WHERE NOT shipped $$, $$ VALUES ('vendor') $$,
    'editing a role takes off its mark only');
UPDATE resource SET is_used_up = true WHERE resource_code = 'promotion';
SELECT results_eq(
    $$ SELECT resource_code FROM resource WHERE NOT shipped $$, $$ VALUES ('promotion') $$,
    'editing a resource takes off its mark only');
UPDATE role_supply SET ordinal = 9 WHERE role_code = 'kol' AND resource_code = 'expertise';
UPDATE role_demand SET ordinal = 9 WHERE role_code = 'kol' AND resource_code = 'circle';
SELECT results_eq(
    $$ SELECT resource_code FROM role_supply WHERE NOT shipped
       UNION ALL
       SELECT resource_code FROM role_demand WHERE NOT shipped $$,
    $$ VALUES ('expertise'), ('circle') $$,
    'editing a cell takes off its mark only');
SELECT lives_ok(
    $$ INSERT INTO role_supply (role_code, resource_code) VALUES ('student', 'talent');
       INSERT INTO role_demand (role_code, resource_code) VALUES ('student', 'job');
       INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'circle', 0.1) $$,
    'a community adds its own rows; keys follow those of the shipped rows');

-- What is refused.

SELECT throws_ok(
    $$ UPDATE resource SET parent_code = 'event_venue' WHERE resource_code = 'venue' $$,
    '23514', 'resource "venue" cannot be a kind of "event_venue"', 'a ring of two is refused');
SELECT throws_ok(
    $$ INSERT INTO resource (resource_code, parent_code, name_en)
       VALUES ('t_a', 't_c', 'a'), ('t_b', 't_a', 'b'), ('t_c', 't_b', 'c') $$,
    '23514', NULL, 'a ring of three is refused');
SELECT throws_ok(
    $$ UPDATE resource SET parent_code = 'venue' WHERE resource_code = 'venue' $$,
    '23514', NULL, 'a parent of itself is refused');
SELECT throws_ok(statement, '23503', NULL, 'an unknown code is refused as ' || what)
FROM (VALUES
    ('demanded_code', $$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 't_none', 0.5) $$),
    ('supplied_code', $$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('t_none', 'tea', 0.5) $$),
    ('parent_code', $$ UPDATE resource SET parent_code = 't_none' WHERE resource_code = 'tea' $$),
    ('resource_code of a supply', $$ INSERT INTO role_supply (role_code, resource_code) VALUES ('kol', 't_none') $$),
    ('resource_code of a demand', $$ INSERT INTO role_demand (role_code, resource_code) VALUES ('kol', 't_none') $$),
    ('role_code of a supply', $$ INSERT INTO role_supply (role_code, resource_code) VALUES ('t_none', 'tea') $$),
    ('role_code of a demand', $$ INSERT INTO role_demand (role_code, resource_code) VALUES ('t_none', 'tea') $$)
) AS refused (what, statement);
SELECT throws_ok(
    $$ DELETE FROM resource WHERE resource_code = 'case_study' $$,
    '23503', NULL, 'a resource in use is not deleted');
SELECT throws_ok(
    $$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'tea', 0.5) $$,
    '23514', NULL, 'a resource needs no row to serve itself');
SELECT throws_ok(
    $$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'customer', 0) $$,
    '23514', NULL, 'a weight of 0 is refused');
SELECT throws_ok(
    $$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'customer', 1.01) $$,
    '23514', NULL, 'a weight of 1.01 is refused');

SELECT * FROM finish();
ROLLBACK;
