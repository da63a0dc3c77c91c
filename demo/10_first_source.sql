-- A salon as its source states it: 《如何规划一场沙龙》, digoal, 2021-10-28.
-- What the source leaves blank, or hides behind "xx", is NULL.
\encoding UTF8
SET client_min_messages = warning;
SELECT salon.create_space('club') \g /dev/null
SET search_path = club, salon;

-- The example of the source: its 28 items, of which six are filled in.
SELECT plan_event(name_zh => '饮水思源、万象更新 - 数据库开源沙龙',
                  name_en => 'Remember the Source, Renew All Things') AS salon \gset

INSERT INTO follow_up (event_id, plan) VALUES
    (:salon, '覆盖哪些城市??? 地域活跃度数据参考: http://www.postgres.cn/v2/community');
INSERT INTO remark (event_id, note) VALUES
    (:salon, 'Time, place and headcounts are blank in the source. Of photos and videos it says: 建议横屏拍摄, 后期制作短视频');

INSERT INTO link (event_id, link_kind_code, name, url) VALUES
    (:salon, 'page',         NULL,     'https://www.huodongxing.com/event/5620447092200'),
    (:salon, 'registration', '活动行', NULL),
    (:salon, 'survey',       NULL,     'https://www.wjx.cn/');

INSERT INTO notice (event_id, text_zh, text_en) VALUES
    (:salon, '请全程佩戴口罩、签到时请出示行程码和当地绿码',
             'Please wear a mask all the time, and show your travel code and the local green code at check-in');

-- The partners of the source (合作资源).  Four of them are called "xx" there.
CREATE TEMP TABLE partner (party_id bigint GENERATED ALWAYS AS IDENTITY, kind text, name_en text, name_zh text, note text);
INSERT INTO partner (kind, name_en, name_zh, note) VALUES
    ('organization', 'PostgreSQL community',    'PostgreSQL社区', 'PostgreSQL、MySQL、HBASE等社区'),
    ('organization', 'MySQL community',         'MySQL社区',      'PostgreSQL、MySQL、HBASE等社区'),
    ('organization', 'HBase community',         'HBase社区',      'PostgreSQL、MySQL、HBASE等社区'),
    ('organization', 'other traffic platforms', '其他流量平台',   '其他流量平台: which ones is not stated'),
    ('organization', NULL, NULL, 'xx: 场地、宣传'),
    ('organization', NULL, NULL, 'xx: 钉群直播、后期图文、视频沉淀、宣传、后期传播、奖品'),
    ('organization', NULL, NULL, 'xx: 短视频剪辑、长视频沉淀, 宣传和后期传播'),
    ('organization', NULL, NULL, 'xx: 宣传、奖品'),
    ('organization', 'sponsors',                '赞助商',         '赞助商: neither who, nor what they give and want, is stated');
INSERT INTO party (kind, name_en, name_zh) SELECT kind, name_en, name_zh FROM partner ORDER BY party_id;
INSERT INTO remark (party_id, note) SELECT party_id, note FROM partner ORDER BY party_id;

INSERT INTO party_role (party_id, role_code)
SELECT party_id, CASE note WHEN 'PostgreSQL、MySQL、HBASE等社区' THEN 'community' ELSE 'media' END
FROM partner
WHERE note = 'PostgreSQL、MySQL、HBASE等社区' OR name_zh = '其他流量平台';

-- Terms as the source spells them: resource.original_text.  No quantity is stated.
INSERT INTO supply (party_id, resource_code)
SELECT p.party_id, r.resource_code
FROM partner p
JOIN (VALUES
    ('PostgreSQL、MySQL、HBASE等社区', 1, '宣传'), ('PostgreSQL、MySQL、HBASE等社区', 2, '讲师输出'),
    ('PostgreSQL、MySQL、HBASE等社区', 3, '海报制作'),
    ('其他流量平台%', 1, '宣传'),
    ('xx: 场地%', 1, '场地'), ('xx: 场地%', 2, '宣传'),
    ('xx: 钉群%', 1, '钉群直播'), ('xx: 钉群%', 2, '后期图文'), ('xx: 钉群%', 3, '视频沉淀'),
    ('xx: 钉群%', 4, '宣传'), ('xx: 钉群%', 5, '后期传播'), ('xx: 钉群%', 6, '奖品'),
    ('xx: 短视频%', 1, '短视频剪辑'), ('xx: 短视频%', 2, '长视频沉淀'), ('xx: 短视频%', 3, '宣传'), ('xx: 短视频%', 4, '后期传播'),
    ('xx: 宣传%', 1, '宣传'), ('xx: 宣传%', 2, '奖品')
) AS v (class, ordinal, term) ON p.note LIKE v.class
JOIN resource r ON r.original_text = v.term
ORDER BY p.party_id, v.ordinal;

INSERT INTO demand (party_id, resource_code)
SELECT p.party_id, r.resource_code
FROM partner p
JOIN (VALUES
    ('PostgreSQL、MySQL、HBASE等社区', 1, '会员拉新'), ('PostgreSQL、MySQL、HBASE等社区', 2, '影响力'),
    ('PostgreSQL、MySQL、HBASE等社区', 3, '内容'),
    ('其他流量平台%', 1, '拉新'), ('其他流量平台%', 2, '影响力'), ('其他流量平台%', 3, '内容'),
    ('xx: 场地%', 1, '用户'), ('xx: 场地%', 2, '转化'),
    ('xx: 钉群%', 1, '影响力'), ('xx: 钉群%', 2, '内容'), ('xx: 钉群%', 3, 'KOL增长'),
    ('xx: 短视频%', 1, '拉新'), ('xx: 短视频%', 2, '影响力'), ('xx: 短视频%', 3, '内容'),
    ('xx: 宣传%', 1, '影响力'), ('xx: 宣传%', 2, '用户')
) AS v (class, ordinal, term) ON p.note LIKE v.class
JOIN resource r ON r.original_text = v.term
ORDER BY p.party_id, v.ordinal;
