-- What the exchange ships with: the roles, the resources and the role table of
-- the sources, and an interpretation of what serves what.  Terms are spelt as
-- in the sources.

INSERT INTO role (role_code, ordinal, name_en, name_zh, source, shipped)
SELECT v.*, true
FROM (VALUES
    -- the role table of the source
    ('vendor',             1, 'vendor',                    '厂商',          'D39'),
    ('ecosystem_company',  2, 'ecosystem company',         '生态企业',      'D40'),
    ('user_company',       3, 'user company',              '用户企业',      'D41'),
    ('developer',          4, 'developer',                 '开发者',        'D42'),
    ('kol',                5, 'opinion leader',            '大V',           'D43'),
    ('school',             6, 'school',                    '学校',          'D44a'),
    ('teacher',            7, 'teacher',                   '教师',          'D44b'),
    -- named elsewhere in the sources, without a row of supply and demand
    ('community',          8, 'community',                 '社区',          'B1'),
    ('media',              9, 'traffic platform or media', '流量平台/媒体', 'B2'),
    ('association',       10, 'open-source association',   '开源协会',      'S2 2023'),
    ('capital',           11, 'capital institution',       '资本机构',      'S2 2023'),
    ('student',           12, 'student',                   '学生',          'D10')
) AS v;

-- Used up is what takes the giver's money, goods, room, people or working
-- hours; not used up is what can be told or passed on to many.
INSERT INTO resource (resource_code, parent_code, name_en, name_zh, is_used_up, original_text, part_code, ordinal, is_exclusive, is_shareable,
                      due_anchor, due_offset, shipped)
SELECT v.*, m.part_code, coalesce(m.ordinal, 100), coalesce(m.is_exclusive, false), coalesce(m.is_shareable, false),
       coalesce(m.due_anchor, 'start'), m.due_offset::interval, true
FROM (VALUES
    -- supplies of partners (B1-B6)
    ('promotion',                 NULL,            'promotion',                                           '宣传',                    false, '宣传'),
    ('speaker',                   NULL,            'speakers',                                            '讲师输出',                true,  '讲师输出'),
    ('poster_making',             NULL,            'poster making',                                       '海报制作',                true,  '海报制作'),
    ('venue',                     NULL,            'venue',                                               '场地',                    true,  '场地'),
    ('live_stream',               NULL,            'DingTalk live stream',                                '钉群直播',                true,  '钉群直播'),
    ('follow_up_article',         'content',       'post-event article',                                  '后期图文',                false, '后期图文'),
    ('video_archive',             NULL,            'video archive',                                       '视频沉淀',                false, '视频沉淀'),
    ('follow_up_promotion',       'promotion',     'post-event promotion',                                '后期传播',                false, '后期传播'),
    ('prize',                     NULL,            'prizes',                                              '奖品',                    true,  '奖品'),
    ('short_video_editing',       NULL,            'short-video editing',                                 '短视频剪辑',              true,  '短视频剪辑'),
    ('long_video_archive',        'video_archive', 'long-video archive',                                  '长视频沉淀',              false, '长视频沉淀'),
    -- demands of partners (B1-B6); 影响力 and 用户 stand below
    ('new_member',                'new_user',      'new members',                                         '会员拉新',                false, '会员拉新'),
    ('content',                   NULL,            'content',                                             '内容',                    false, '内容'),
    ('new_user',                  NULL,            'new users',                                           '拉新',                    false, '拉新'),
    ('conversion',                NULL,            'conversion',                                          '转化',                    true,  '转化'),
    ('kol_growth',                NULL,            'KOL growth',                                          'KOL增长',                 false, 'KOL增长'),
    -- what hosts and attending companies bring (D5)
    ('tea',                       NULL,            'tea',                                                 '茶水',                    true,  '茶水'),
    ('dinner',                    NULL,            'dinner',                                              '晚宴',                    true,  '晚宴'),
    ('small_gift',                NULL,            'small gifts',                                         '小礼品',                  true,  '小礼品'),
    -- supplies of roles (D39-D44b)
    ('commercial_product',        NULL,            'commercial products and services',                    '商业产品和服务',          true,  '商业产品和服务'),
    ('open_source_product',       NULL,            'open-source products',                                '开源产品',                false, '开源产品'),
    ('code_backstop',             NULL,            'code backstop service',                               '代码兜底服务',            true,  '代码兜底服务'),
    ('product_licence',           NULL,            'product licences',                                    '产品授权',                false, '产品授权'),
    ('shared_community_resource', NULL,            'shared resources of the open-source community',       '开源社区共享资源',        true,  '开源社区共享资源(生态、渠道、流量、平台、经费)'),
    ('special_customer_entry',    NULL,            'entry to special customers',                          '特殊客户入门门槛',        false, '特殊客户入门门槛'),
    ('job',                       NULL,            'jobs',                                                '就业岗位',                true,  '就业岗位'),
    ('complementary_product',     NULL,            'products and services that complement the vendor''s', '弥补厂商产品的产品/服务', true,  '弥补厂商产品的产品/服务'),
    ('joint_user_acquisition',    NULL,            'winning users together',                              '共同搞定用户',            true,  '共同搞定用户'),
    ('own_traffic',               'traffic',       'own traffic',                                         '自有流量',                false, '自有流量'),
    ('funds',                     NULL,            'funds',                                               '经费',                    true,  '经费'),
    ('purchasing_power',          NULL,            'purchasing power',                                    '购买力',                  true,  '购买力'),
    ('event_venue',               'venue',         'venue for events',                                    '活动场地',                true,  '活动场地'),
    ('expertise',                 NULL,            'expertise',                                           '能力输出',                true,  '能力输出'),
    ('traffic_output',            'traffic',       'traffic to others',                                   '流量输出',                false, '流量输出'),
    ('connections',               NULL,            'connections',                                         '关系资源',                false, '关系资源'),
    ('student',                   NULL,            'students',                                            '学生',                    true,  '学生'),
    ('teacher',                   NULL,            'teachers',                                            '老师',                    true,  '老师'),
    ('related_resource',          NULL,            'related resources',                                   '关联资源',                false, '关联资源'),
    ('teaching',                  NULL,            'teaching',                                            '教学',                    true,  '教学'),
    ('cooperation',               NULL,            'cooperation',                                         '合作',                    true,  '合作'),
    -- supplies and demands of roles under one name (D39-D44b)
    ('case_study',                NULL,            'case studies',                                        '案例',                    false, '案例'),
    ('user',                      NULL,            'users',                                               '用户',                    false, '用户'),
    ('talent',                    NULL,            'talent',                                              '人才',                    true,  '人才'),
    ('solution',                  NULL,            'solutions',                                           '解决方案',                false, '解决方案'),
    -- demands of roles (D39-D44b)
    ('customer',                  NULL,            'customers',                                           '客户',                    true,  '客户'),
    ('influence',                 NULL,            'influence',                                           '影响力',                  false, '影响力'),
    ('partner',                   NULL,            'partners',                                            '伙伴',                    false, '伙伴'),
    ('cost_reduction',            NULL,            'lower cost',                                          '降低成本',                false, '降低成本'),
    ('career_growth',             NULL,            'career',                                              '职业发展',                false, '职业发展'),
    ('skill_growth',              NULL,            'better skills',                                       '能力提升',                false, '能力提升'),
    ('circle',                    NULL,            'circle of peers',                                     '圈子',                    false, '圈子'),
    ('track_record',              NULL,            'track record',                                        '战绩',                    false, '战绩'),
    ('graduate_employment',       NULL,            'employment of graduates',                             '学生就业率',              false, '学生就业率'),
    ('teaching_innovation',       NULL,            'innovation in teaching',                              '教学创新',                false, '教学创新'),
    ('school_enterprise_project', NULL,            'projects of school and enterprise',                   '校企合作项目',            true,  '校企合作项目(实践课、实验室、写书、实习、比赛等)'),
    ('paper',                     NULL,            'papers',                                              '论文',                    false, '论文'),
    ('project_funds',             'funds',         'project funds',                                       '项目经费',                true,  '项目经费'),
    -- what an event gives
    ('audience',                  NULL,            'audience',                                            '观众',                    false, NULL),
    ('attendance',                'audience',      'audience on site',                                    '到场观众',                false, NULL),
    ('live_viewer',               'audience',      'audience of the live stream',                         '直播观众',                false, NULL),
    ('exposure',                  NULL,            'exposure',                                            '曝光',                    false, NULL),
    ('talk_slot',                 NULL,            'slot for a talk',                                     '演讲名额',                true,  NULL),
    ('replay',                    'content',       'replay',                                              '回放内容',                false, NULL),
    ('networking',                NULL,            'meeting people',                                      '现场交流',                false, NULL),
    ('contest',                   NULL,            'contest',                                             '比赛',                    false, NULL),
    -- wider terms
    ('traffic',                   NULL,            'traffic',                                             '流量',                    false, NULL),
    -- what an event gives to sponsors (B7)
    ('naming',                    'exposure',      'naming of the event',                                 '冠名',                    true,  NULL),
    ('logo_place',                'exposure',      'place for a logo',                                    'LOGO露出',                true,  NULL),
    ('booth',                     'networking',    'booth',                                               '展台',                    true,  NULL),
    ('post',                      'promotion',     'post on the channels',                                '渠道推文',                true,  NULL),
    ('gift_place',                'exposure',      'gift for attendees',                                  '礼品发放',                true,  NULL)
) AS v (resource_code)
-- What giving it makes the giver, how it is promised to sponsors, when it is due.
LEFT JOIN (VALUES
    ('venue',               'venue_sponsor', 100, false, false, 'start', '0 days'),
    ('live_stream',         'live_sponsor',  100, false, false, 'start', '0 days'),
    ('promotion',           'channel',       100, false, false, 'start', '0 days'),
    ('speaker',             'guest_company', 100, false, false, 'start', '0 days'),
    ('funds',               'sponsor',       100, false, false, 'start', NULL),
    ('prize',               'sponsor',       100, false, false, 'start', '0 days'),
    ('tea',                 'sponsor',       100, false, false, 'start', '0 days'),
    ('dinner',              'sponsor',       100, false, false, 'start', '0 days'),
    ('poster_making',       'sponsor',       100, false, false, 'start', '-7 days'),
    ('follow_up_article',   NULL,            100, false, false, 'end',   '7 days'),
    ('follow_up_promotion', NULL,            100, false, false, 'end',   '7 days'),
    ('video_archive',       NULL,            100, false, false, 'end',   '7 days'),
    ('short_video_editing', NULL,            100, false, false, 'end',   '7 days'),
    ('naming',              NULL,              1, true,  false, 'start', '-14 days'),
    ('logo_place',          NULL,              2, false, true,  'start', '-7 days'),
    ('talk_slot',           NULL,              3, false, true,  'start', '0 days'),
    ('booth',               NULL,              4, false, false, 'start', '0 days'),
    ('post',                NULL,              5, false, true,  'end',   '7 days'),
    ('gift_place',          NULL,              6, false, false, 'start', '0 days')
) AS m (resource_code, part_code, ordinal, is_exclusive, is_shareable, due_anchor, due_offset) ON m.resource_code = v.resource_code;

INSERT INTO role_supply (role_code, ordinal, resource_code, original_text, source, shipped)
SELECT v.*, true
FROM (VALUES
    -- 厂商
    ('vendor',            1, 'commercial_product',        '商业产品和服务',                                 'D39'),
    ('vendor',            2, 'open_source_product',       '开源产品',                                       'D39'),
    ('vendor',            3, 'code_backstop',             '代码兜底服务',                                   'D39'),
    ('vendor',            4, 'product_licence',           '产品授权',                                       'D39'),
    ('vendor',            5, 'solution',                  '解决方案',                                       'D39'),
    ('vendor',            6, 'shared_community_resource', '开源社区共享资源(生态、渠道、流量、平台、经费)', 'D39'),
    ('vendor',            7, 'special_customer_entry',    '特殊客户入门门槛',                               'D39'),
    ('vendor',            8, 'job',                       '就业岗位',                                       'D39'),
    -- 生态企业
    ('ecosystem_company', 1, 'complementary_product',     '弥补厂商产品的产品/服务',                        'D40'),
    ('ecosystem_company', 2, 'joint_user_acquisition',    '共同搞定用户',                                   'D40'),
    ('ecosystem_company', 3, 'case_study',                '案例',                                           'D40'),
    ('ecosystem_company', 4, 'solution',                  '解决方案',                                       'D40'),
    ('ecosystem_company', 5, 'own_traffic',               '自有流量',                                       'D40'),
    ('ecosystem_company', 6, 'funds',                     '经费',                                           'D40'),
    ('ecosystem_company', 7, 'job',                       '就业岗位',                                       'D40'),
    -- 用户企业
    ('user_company',      1, 'purchasing_power',          '购买力',                                         'D41'),
    ('user_company',      2, 'case_study',                '案例',                                           'D41'),
    ('user_company',      3, 'event_venue',               '活动场地',                                       'D41'),
    ('user_company',      4, 'funds',                     '经费',                                           'D41'),
    ('user_company',      5, 'job',                       '就业岗位',                                       'D41'),
    -- 开发者
    ('developer',         1, 'talent',                    '人才',                                           'D42'),
    ('developer',         2, 'user',                      '用户',                                           'D42'),
    -- 大V
    ('kol',               1, 'expertise',                 '能力输出',                                       'D43'),
    ('kol',               2, 'traffic_output',            '流量输出',                                       'D43'),
    ('kol',               3, 'connections',               '关系资源',                                       'D43'),
    -- 学校
    ('school',            1, 'student',                   '学生',                                           'D44a'),
    ('school',            2, 'teacher',                   '老师',                                           'D44a'),
    ('school',            3, 'related_resource',          '关联资源',                                       'D44a'),
    ('school',            4, 'event_venue',               '活动场地',                                       'D44a'),
    ('school',            5, 'funds',                     '经费',                                           'D44a'),
    -- 教师
    ('teacher',           1, 'student',                   '学生',                                           'D44b'),
    ('teacher',           2, 'teaching',                  '教学',                                           'D44b'),
    ('teacher',           3, 'cooperation',               '合作',                                           'D44b'),
    ('teacher',           4, 'related_resource',          '关联资源',                                       'D44b')
) AS v;

INSERT INTO role_demand (role_code, ordinal, resource_code, original_text, source, shipped)
SELECT v.*, true
FROM (VALUES
    -- 厂商
    ('vendor',            1, 'customer',                  '客户',                                             'D39'),
    ('vendor',            2, 'case_study',                '案例',                                             'D39'),
    ('vendor',            3, 'influence',                 '影响力',                                           'D39'),
    ('vendor',            4, 'partner',                   '伙伴',                                             'D39'),
    ('vendor',            5, 'user',                      '用户',                                             'D39'),
    ('vendor',            6, 'talent',                    '人才',                                             'D39'),
    -- 生态企业
    ('ecosystem_company', 1, 'customer',                  '客户',                                             'D40'),
    ('ecosystem_company', 2, 'case_study',                '案例',                                             'D40'),
    ('ecosystem_company', 3, 'influence',                 '影响力',                                           'D40'),
    ('ecosystem_company', 4, 'partner',                   '伙伴',                                             'D40'),
    ('ecosystem_company', 5, 'user',                      '用户',                                             'D40'),
    ('ecosystem_company', 6, 'talent',                    '人才',                                             'D40'),
    ('ecosystem_company', 7, 'cost_reduction',            '降低成本',                                         'D40'),
    -- 用户企业
    ('user_company',      1, 'customer',                  '客户',                                             'D41'),
    ('user_company',      2, 'case_study',                '案例',                                             'D41'),
    ('user_company',      3, 'influence',                 '影响力',                                           'D41'),
    ('user_company',      4, 'solution',                  '解决方案',                                         'D41'),
    ('user_company',      5, 'partner',                   '伙伴',                                             'D41'),
    ('user_company',      6, 'user',                      '用户',                                             'D41'),
    ('user_company',      7, 'talent',                    '人才',                                             'D41'),
    ('user_company',      8, 'cost_reduction',            '降低成本',                                         'D41'),
    -- 开发者
    ('developer',         1, 'career_growth',             '职业发展',                                         'D42'),
    ('developer',         2, 'influence',                 '影响力',                                           'D42'),
    ('developer',         3, 'skill_growth',              '能力提升',                                         'D42'),
    ('developer',         4, 'circle',                    '圈子',                                             'D42'),
    ('developer',         5, 'track_record',              '战绩',                                             'D42'),
    -- 大V
    ('kol',               1, 'career_growth',             '职业发展',                                         'D43'),
    ('kol',               2, 'influence',                 '影响力',                                           'D43'),
    ('kol',               3, 'circle',                    '圈子',                                             'D43'),
    -- 学校
    ('school',            1, 'graduate_employment',       '学生就业率',                                       'D44a'),
    ('school',            2, 'teaching_innovation',       '教学创新',                                         'D44a'),
    ('school',            3, 'school_enterprise_project', '校企合作项目(实践课、实验室、写书、实习、比赛等)', 'D44a'),
    -- 教师
    ('teacher',           1, 'paper',                     '论文',                                             'D44b'),
    ('teacher',           2, 'project_funds',             '项目经费',                                         'D44b'),
    ('teacher',           3, 'graduate_employment',       '学生就业率',                                       'D44b'),
    ('teacher',           4, 'teaching_innovation',       '教学创新',                                         'D44b'),
    ('teacher',           5, 'school_enterprise_project', '校企合作项目',                                     'D44b')
) AS v;

-- The sources do not say what serves what: this is a reading of them, to be
-- edited.  Grouped by demand, the best supply first.  A row also holds for
-- every kind of its supply, and serves the demand for whatever its demand is a
-- kind of.
INSERT INTO satisfies (supplied_code, demanded_code, weight, reason_en, reason_zh, shipped)
SELECT v.*, true
FROM (VALUES
    -- 客户
    ('purchasing_power',          'customer',                  0.90, 'who buys is a customer',                    '有购买力就是客户'),
    ('special_customer_entry',    'customer',                  0.80, 'opens the door to customers who admit few', '打开准入门槛高的客户的大门'),
    ('joint_user_acquisition',    'customer',                  0.70, 'users won together can buy from both',      '共同赢得的用户可成为双方的客户'),
    ('connections',               'customer',                  0.50, 'an introduction leads to a buyer',          '引荐带来买家'),
    ('user',                      'customer',                  0.30, 'some users come to pay',                    '部分用户会转为付费'),
    ('audience',                  'customer',                  0.30, 'some of the audience have a budget',        '观众中有人握有预算'),
    -- 案例
    ('joint_user_acquisition',    'case_study',                0.60, 'a user won together is a case to tell',     '共同赢得的用户就是可讲的案例'),
    ('purchasing_power',          'case_study',                0.50, 'a purchase in production becomes a case',   '采购落地后成为案例'),
    ('user',                      'case_study',                0.40, 'what users do with it can be written down', '用户的用法可整理成案例'),
    -- 影响力
    ('exposure',                  'influence',                 0.90, 'being seen is how influence begins',        '被看见是影响力的起点'),
    ('traffic_output',            'influence',                 0.80, 'a known voice is heard and believed',       '知名者发声，有人听也有人信'),
    ('traffic',                   'influence',                 0.70, 'more people see the name',                  '让更多人看到'),
    ('promotion',                 'influence',                 0.70, 'spreads name and message',                  '传播名字和主张'),
    ('talk_slot',                 'influence',                 0.70, 'a talk shows what one stands for',          '演讲展示实力和主张'),
    ('shared_community_resource', 'influence',                 0.60, 'lends channels and platform',               '借用社区的渠道和平台'),
    ('case_study',                'influence',                 0.60, 'a public case is proof',                    '公开的案例是证明'),
    ('live_stream',               'influence',                 0.60, 'reaches people outside the room',           '触达场外人群'),
    ('content',                   'influence',                 0.50, 'good content is passed on',                 '好内容会被转发'),
    ('audience',                  'influence',                 0.50, 'who was there tells others',                '观众会告诉别人'),
    ('contest',                   'influence',                 0.50, 'a name on a contest is remembered',         '冠名和出题让人记住'),
    ('user',                      'influence',                 0.40, 'users spread the word',                     '用户口口相传'),
    -- 伙伴
    ('complementary_product',     'partner',                   0.80, 'what fits together sells together',         '产品互补，适合结伴'),
    ('cooperation',               'partner',                   0.80, 'who works together is a partner',           '愿意合作就是伙伴'),
    ('joint_user_acquisition',    'partner',                   0.70, 'a common goal makes partners',              '共同的目标促成伙伴'),
    ('shared_community_resource', 'partner',                   0.60, 'an ecosystem to join',                      '可加入的生态'),
    ('connections',               'partner',                   0.60, 'introduces future partners',                '引荐未来的伙伴'),
    ('networking',                'partner',                   0.60, 'partners meet face to face',                '面对面结识伙伴'),
    -- 用户
    ('new_user',                  'user',                      0.90, 'a new user is a user',                      '新用户也是用户'),
    ('joint_user_acquisition',    'user',                      0.80, 'users are won for both',                    '为双方赢得用户'),
    ('purchasing_power',          'user',                      0.60, 'who buys also uses',                        '购买者也会使用'),
    ('student',                   'user',                      0.60, 'students use what they learn with',         '学生会用所学的产品'),
    ('traffic',                   'user',                      0.50, 'some who see it try it',                    '看到的人中有人试用'),
    ('audience',                  'user',                      0.50, 'some of the audience try it',               '观众中有人试用'),
    ('shared_community_resource', 'user',                      0.50, 'the community brings its users',            '社区带来用户'),
    ('promotion',                 'user',                      0.40, 'makes people curious',                      '引起兴趣'),
    -- 人才
    ('contest',                   'talent',                    0.80, 'shows who can do the work',                 '选拔出可快速上手的人才'),
    ('student',                   'talent',                    0.70, 'graduates soon',                            '即将毕业的人才'),
    ('expertise',                 'talent',                    0.50, 'an expert works along',                     '专家亲自参与'),
    ('attendance',                'talent',                    0.40, 'candidates sit in the room',                '候选人就在现场'),
    -- 降低成本
    ('open_source_product',       'cost_reduction',            0.70, 'no licence fee',                            '免去授权费用'),
    ('product_licence',           'cost_reduction',            0.60, 'saves the purchase',                        '节省采购费用'),
    ('shared_community_resource', 'cost_reduction',            0.60, 'what is shared need not be paid',           '共享的不必另花钱'),
    ('funds',                     'cost_reduction',            0.60, 'carries a part of the cost',                '分担费用'),
    ('venue',                     'cost_reduction',            0.50, 'saves the rent',                            '节省场租'),
    ('code_backstop',             'cost_reduction',            0.50, 'saves a kernel team of one''s own',         '不必自养内核团队'),
    -- 解决方案
    ('commercial_product',        'solution',                  0.60, 'the product is the larger part of it',      '产品是方案的主体'),
    ('complementary_product',     'solution',                  0.60, 'closes the gap that is left',               '补齐方案的缺口'),
    ('open_source_product',       'solution',                  0.50, 'something to build on',                     '可在其上构建'),
    ('expertise',                 'solution',                  0.50, 'knows how to build it',                     '懂得如何搭建方案'),
    ('talent',                    'solution',                  0.40, 'has the hands to build it',                 '有人动手实现'),
    -- 职业发展
    ('job',                       'career_growth',             0.90, 'a job is the next step',                    '岗位就是下一步'),
    ('connections',               'career_growth',             0.50, 'opens doors',                               '引荐机会'),
    ('contest',                   'career_growth',             0.50, 'makes a stronger CV',                       '提升简历竞争力'),
    -- 能力提升
    ('expertise',                 'skill_growth',              0.90, 'learning from who can do it',               '向能者学习'),
    ('teaching',                  'skill_growth',              0.80, 'courses and practice',                      '课程与实践'),
    ('teacher',                   'skill_growth',              0.60, 'someone to ask',                            '有人指导'),
    ('open_source_product',       'skill_growth',              0.60, 'code to read and change',                   '有代码可读可改'),
    ('contest',                   'skill_growth',              0.60, 'practice on a real problem',                '以真题练手'),
    ('content',                   'skill_growth',              0.50, 'something to learn from',                   '可供学习'),
    -- 圈子
    ('connections',               'circle',                    0.90, 'introduces to the circle',                  '带入圈子'),
    ('networking',                'circle',                    0.90, 'the circle meets',                          '圈子在此相聚'),
    ('shared_community_resource', 'circle',                    0.70, 'a community to belong to',                  '可归属的社区'),
    ('attendance',                'circle',                    0.60, 'the same people in one room',               '同好齐聚一堂'),
    ('dinner',                    'circle',                    0.50, 'friends are made at table',                 '饭桌上交朋友'),
    ('related_resource',          'circle',                    0.40, 'people one would not meet otherwise',       '结识平时遇不到的人'),
    ('talent',                    'circle',                    0.40, 'people of the same craft',                  '同行'),
    -- 战绩
    ('contest',                   'track_record',              0.90, 'a result that counts',                      '比赛成绩就是战绩'),
    ('prize',                     'track_record',              0.60, 'a prize to show',                           '可展示的奖项'),
    ('open_source_product',       'track_record',              0.50, 'contributions under one''s own name',       '署名的贡献'),
    ('talk_slot',                 'track_record',              0.40, 'a talk to point to',                        '可引用的演讲'),
    -- 学生就业率
    ('job',                       'graduate_employment',       0.90, 'a place for a graduate',                    '接收毕业生的岗位'),
    ('contest',                   'graduate_employment',       0.50, 'leads to internships and offers',           '对接实习和招聘'),
    ('open_source_product',       'graduate_employment',       0.30, 'contributions prove ability',               '贡献可证明能力'),
    -- 教学创新
    ('open_source_product',       'teaching_innovation',       0.70, 'a real system for the course',              '课程用上真实系统'),
    ('product_licence',           'teaching_innovation',       0.60, 'products in the laboratory',                '实验室用上产品'),
    ('case_study',                'teaching_innovation',       0.60, 'practice comes into the classroom',         '实战进课堂'),
    ('expertise',                 'teaching_innovation',       0.60, 'practitioners shape the course',            '实战者参与课程设计'),
    ('speaker',                   'teaching_innovation',       0.60, 'practitioners teach an open class',         '实战者讲公开课'),
    ('cooperation',               'teaching_innovation',       0.60, 'new courses are made together',             '合作开发新课'),
    -- 校企合作项目
    ('cooperation',               'school_enterprise_project', 0.80, 'the other side of the project',             '项目的另一方'),
    ('contest',                   'school_enterprise_project', 0.80, 'a contest is such a project',               '比赛即合作项目'),
    ('funds',                     'school_enterprise_project', 0.70, 'pays for the project',                      '为项目出资'),
    ('shared_community_resource', 'school_enterprise_project', 0.60, 'platform and funds for it',                 '为项目提供平台和经费'),
    ('open_source_product',       'school_enterprise_project', 0.50, 'a subject for courses and laboratories',    '实践课和实验室的素材'),
    ('job',                       'school_enterprise_project', 0.50, 'places for interns',                        '实习名额'),
    ('expertise',                 'school_enterprise_project', 0.50, 'writes books and leads courses',            '写书，带实践课'),
    ('talent',                    'school_enterprise_project', 0.40, 'engineers tutor the practice',              '工程师带实践'),
    -- 论文
    ('cooperation',               'paper',                     0.60, 'research is done together',                 '合作研究'),
    ('open_source_product',       'paper',                     0.60, 'a system to change and to measure',         '可改可测的系统'),
    ('case_study',                'paper',                     0.50, 'a real problem with real data',             '真实的问题和数据'),
    ('student',                   'paper',                     0.50, 'does the experiments',                      '做实验'),
    -- 项目经费
    ('funds',                     'project_funds',             0.80, 'funds can be given to a project',           '经费可投向项目'),
    ('shared_community_resource', 'project_funds',             0.50, 'includes funds',                            '其中包括经费'),
    -- 内容
    ('speaker',                   'content',                   0.90, 'a talk is content',                         '演讲即内容'),
    ('expertise',                 'content',                   0.80, 'writes and speaks',                         '能写能讲'),
    ('case_study',                'content',                   0.80, 'a story from practice',                     '来自实战的故事'),
    ('video_archive',             'content',                   0.70, 'recordings to watch again',                 '可反复观看的录像'),
    ('short_video_editing',       'content',                   0.70, 'makes clips of recordings',                 '把录像剪成短片'),
    ('solution',                  'content',                   0.60, 'worth an article',                          '值得写成文章'),
    -- 会员拉新
    ('user',                      'new_member',                0.70, 'a user joins the user group',               '用户加入用户组'),
    ('traffic',                   'new_member',                0.60, 'visitors sign up',                          '访客注册入会'),
    ('promotion',                 'new_member',                0.60, 'invites to join',                           '邀请加入'),
    ('student',                   'new_member',                0.60, 'a new generation joins',                    '新一代加入'),
    ('attendance',                'new_member',                0.60, 'joins at the door',                         '现场入会'),
    ('small_gift',                'new_member',                0.30, 'a reason to sign up',                       '入会的由头'),
    -- 拉新
    ('exposure',                  'new_user',                  0.50, 'people hear of it for the first time',      '有人第一次听说'),
    ('audience',                  'new_user',                  0.50, 'some of the audience are new',              '观众中有新面孔'),
    ('prize',                     'new_user',                  0.40, 'draws people who would not come',           '吸引原本不来的人'),
    -- 转化
    ('purchasing_power',          'conversion',                0.70, 'can buy at once',                           '可直接成交'),
    ('joint_user_acquisition',    'conversion',                0.60, 'two persuade better than one',              '合力促成'),
    ('user',                      'conversion',                0.50, 'already knows the product',                 '已了解产品'),
    ('case_study',                'conversion',                0.40, 'proof convinces',                           '证据令人信服'),
    ('audience',                  'conversion',                0.40, 'came because of the subject',               '为主题而来'),
    -- KOL增长
    ('expertise',                 'kol_growth',                0.80, 'an expert can become a leading voice',      '专家可成长为KOL'),
    ('speaker',                   'kol_growth',                0.70, 'today''s speaker writes tomorrow',          '今天的讲师，明天的作者'),
    ('talk_slot',                 'kol_growth',                0.60, 'a stage for new voices',                    '新人的舞台'),
    ('traffic',                   'kol_growth',                0.60, 'followers make a leading voice',            '关注成就KOL')
) AS v;

-- Without statistics the views over kinds are planned for far too many rows,
-- and their first use is spent on compiling them.
