-- The series and the alliance as their source states them:
-- 《德说-第272期, 知行合一 (2023 我干了什么? 2024 我要干什么?)》, digoal, 2024-01-01.
\ir show/setup.psql

UPDATE space SET name_zh = '国产数据库联盟', name_en = 'alliance for databases made in China';

INSERT INTO series (name_zh, name_en, introduction) VALUES
    ('国产数据库 共话未来趋势', 'Databases made in China: talking of the trends ahead',
     '持续在全国各大城市发起活动. 每一期干货形式都非常灵活, 包含 公开课(可选) + mini talk + 热点环节(热门问题/比赛/PK/现场实践/圆桌等形式). 已经举办的2期沙龙线上收视率均破万')
RETURNING series_id AS series \gset

-- Two salons had been held; only this one is named.
INSERT INTO event (series_id, status_code, name_zh, name_en, starts_at, ends_at, time_zone, actual_online, online_basis) VALUES
    (:series, 'held', '国产数据库共话未来趋势12.16', 'The trends ahead, 12.16',
     '2023-12-16 00:00+08', '2023-12-17 00:00+08', 'Asia/Shanghai', 10000, 'claimed')
RETURNING event_id AS held \gset
INSERT INTO remark (event_id, note) VALUES
    (:held, 'Only the day is known, so the whole day stands as its time; the year follows from the date of the source, 2024-01-01. 线上收视率均破万: 10000 is a lower bound, claimed, not measured. City and venue are not stated');

-- What the afternoon was made of is not stated: a format of our own says only that.
INSERT INTO session_format (format_code, name_en, name_zh) VALUES ('half_day', 'half a day', '半天');

INSERT INTO session (event_id, format_code, title_zh, title_en) VALUES
    (:held, 'open_class', '上午场 公开课', 'morning: open class') RETURNING session_id AS morning \gset
INSERT INTO session (event_id, format_code, title_zh, title_en) VALUES
    (:held, 'half_day', '下午场', 'afternoon') RETURNING session_id AS afternoon \gset

INSERT INTO link (event_id, session_id, link_kind_code, url) VALUES
    (:held, :morning,   'replay', 'https://live.csdn.net/room/wl5875/owIpOavL'),
    (:held, :afternoon, 'replay', 'https://live.csdn.net/room/wl5875/JCVcH6E4'),
    (:held, NULL,       'recap',  'http://www.postgres.cn/v2/news/viewone/1/737'),
    (:held, NULL,       'recap',  'https://developer.aliyun.com/article/1393511');

-- The host of every salon of the series gives four things, for about 3-5K in
-- all: the band in table space.  Who hosted this one is not stated.
INSERT INTO party (kind) VALUES ('organization') RETURNING party_id AS host \gset
INSERT INTO party (kind) VALUES ('organization') RETURNING party_id AS guests \gset
INSERT INTO remark (party_id, note) VALUES
    (:host, '主办企业: the host of the salon of 12.16; not named'),
    (:guests, '参会企业: the companies that attended the salon of 12.16; not named');
INSERT INTO event_party (event_id, party_id, part_code) VALUES
    (:held, :host, 'host'), (:held, :guests, 'guest_company');

INSERT INTO supply (party_id, resource_code, quantity, valid_from, valid_before)
SELECT :host, r.resource_code, 1, '2023-12-16', '2023-12-17'
FROM resource r
WHERE r.original_text IN ('场地', '茶水', '海报制作', '晚宴');
INSERT INTO supply (party_id, resource_code, valid_from, valid_before)
SELECT :guests, r.resource_code, '2023-12-16', '2023-12-17'
FROM resource r
WHERE r.original_text = '小礼品';
INSERT INTO remark (supply_id, note)
SELECT supply_id, CASE party_id WHEN :host THEN '每一期的主办企业出: 场地、茶水、海报制作、晚宴(总计 3-5K 上下)'
                                ELSE '参会企业选择性出: 小礼品 (兼顾品牌传播); whether they did is not stated' END
FROM supply
WHERE party_id IN (:host, :guests)
ORDER BY supply_id;

INSERT INTO demand (event_id, resource_code)
SELECT :held, resource_code FROM supply WHERE party_id = :host;
INSERT INTO commitment (event_id, supply_id, demand_id, quantity, status_code)
SELECT :held, s.supply_id, d.demand_id, 1, 'signed'
FROM supply s
JOIN demand d USING (resource_code)
WHERE s.party_id = :host AND d.event_id = :held;
SELECT deliver(agreement_id) FROM agreement WHERE event_id = :held \g /dev/null

-- Schools of which a fact is stated.
INSERT INTO party (kind, name_en, name_zh) VALUES
    ('organization', 'Wuhan University', '武汉大学'),
    ('organization', 'East China Normal University', '华东师范大学');
INSERT INTO remark (party_id, note)
SELECT party_id, CASE name_zh WHEN '武汉大学' THEN '合作产出数据库内核公开课程 https://space.bilibili.com/2070322174; 数据库实验手册 https://gitee.com/polardb/whudb-course'
                              ELSE '合作推出AI相关数据库机器人项目, 2024完成交付并开源' END
FROM party
WHERE name_zh IN ('武汉大学', '华东师范大学');
INSERT INTO party_role (party_id, role_code)
SELECT party_id, 'school' FROM party WHERE name_zh IN ('武汉大学', '华东师范大学');
