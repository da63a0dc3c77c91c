-- Shipped rows of channel: kinds of channels and the index that the sources name.

INSERT INTO platform (platform_code, ordinal, name_en, name_zh, shipped) VALUES
    ('official_account', 1, 'official account', '公众号',   true),
    ('video_account',    2, 'video account',    '视频号',   true),
    ('group_chat',       3, 'group chat',       '交流群',   true),
    ('live_room',        4, 'live room',        '直播间',   true),
    ('website',          5, 'website',          '网站',     true),
    ('repository',       6, 'code repository',  '代码仓库', true);

INSERT INTO attention_index (attention_index_code, name_en, name_zh, shipped) VALUES
    ('wechat_index', 'WeChat index', '微信指数', true);
