-- The year 2023 as its source reviews it: 《德说-第272期, 知行合一 (2023 我干了什么? 2024 我要干什么?)》,
-- digoal, 2024-01-01.  Only figures of the source: each is claimed there, not
-- measured here, "1500+" is a lower bound, and where it says "dozens" or "several" there
-- is no figure.  It names neither targets nor a north star.
\ir show/setup.psql
\ir show/label_en.psql

INSERT INTO metric (year, ordinal, name_en, name_zh, unit, actual, actual_basis, actual_bound, original_text)
SELECT 2023, v.ordinal, v.name_en, v.name_zh, v.unit, v.actual, CASE WHEN v.actual IS NOT NULL THEN 'claimed' END, v.bound, v.original
FROM (VALUES
    (1,  'new followers, official account', '公众号新增关注',     NULL,  1500, 'at_least', '10月份重新启动公众号写作, 公众号新增 1500+关注'),
    (2,  'new followers, video account',    '视频号新增关注',     NULL,   500, 'at_least', '视频号新增 500+关注'),
    (3,  'GitHub stars in all',             'GitHub Star累计',    NULL,  7700, 'about',    'Star累计 7.7K'),
    (4,  'new articles',                    '新增文章',           NULL,   362, 'exact',    '新增文章 362篇'),
    (5,  'of these, of the series 德说',    '其中德说',           NULL,    84, 'exact',    '其中德说84篇'),
    (6,  'page views a day',                '日均PV',             'PV/d', 1000, 'at_least', '日均PV 1000+'),
    (7,  'schools visited',                 '走访高校',           NULL,    10, 'at_least', '走访十余高校'),
    (8,  'companies won as partners',       '建交企业',           NULL,  NULL, 'exact',    '建交(“白嫖”)几十家企业, 形成联盟关系和合作模式'),
    (9,  'open-source database studios at schools', '开源数据库工作室', NULL, NULL, 'exact', '与伙伴及若干所高校成立 开源数据库工作室'),
    (10, 'conferences planned or spoken at', '会议策划和参会分享', NULL, NULL, 'exact',    '若干次会议策划和参会分享')
) AS v (ordinal, name_en, name_zh, unit, actual, bound, original);

INSERT INTO metric (series_id, year, ordinal, name_en, name_zh, actual, actual_basis, actual_bound, original_text)
SELECT s.series_id, 2023, v.ordinal, v.name_en, v.name_zh, v.actual, CASE WHEN v.actual IS NOT NULL THEN 'claimed' END, v.bound, v.original
FROM series s
CROSS JOIN (VALUES
    (11, 'salons held',             '已举办沙龙',     2,     'exact',    '已经举办的2期沙龙'),
    (12, 'online views of each',    '每期线上收视',   10000, 'at_least', '线上收视率均破万'),
    (13, 'rise of the WeChat index of those who took part', '参会企业微信指数提升', NULL, 'exact', '开始前后参会企业的微信指数均有大幅度提升')
) AS v (ordinal, name_en, name_zh, actual, bound, original)
WHERE s.name_zh = '国产数据库 共话未来趋势';

\echo
\echo '--- The year 2023 in figures of the source: what is claimed, and of what there is no figure'
\echo
SELECT metric, actual_text AS figure, basis, coalesce(kind, '-') AS kind, status, original_text AS "as the source says it"
FROM scorecard
WHERE year = 2023
ORDER BY ordinal;

SET salon.lang = 'zh';
SELECT metric AS 指标, actual_text AS 数值, basis AS 依据, status AS 状态
FROM scorecard
WHERE year = 2023
ORDER BY ordinal;
