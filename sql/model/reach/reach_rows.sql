-- Shipped rows of reach: professions, industries and media that the source names.

INSERT INTO profession (profession_code, ordinal, name_en, name_zh, shipped) VALUES
    ('dba',                   1, 'DBA',                   'DBA',        true),
    ('application_developer', 2, 'application developer', '应用开发者', true),
    ('kernel_developer',      3, 'kernel developer',      '内核开发者', true),
    ('student',               4, 'student',               '学生',       true),
    ('architect',             5, 'architect',             '架构师',     true);

INSERT INTO industry (industry_code, parent_code, ordinal, name_en, name_zh, shipped) VALUES
    ('database',      NULL, 1, 'database',           '数据库', true),
    ('blockchain',    NULL, 2, 'blockchain',         '区块链', true),
    ('iot',           NULL, 3, 'internet of things', '物联网', true),
    ('connected_car', 'iot', 4, 'connected cars',    '车联网', true),
    ('car_maker',     NULL, 5, 'car makers',         '车厂',   true),
    ('operator',      NULL, 6, 'telecom operators',  '运营商', true),
    ('isv',           NULL, 7, 'software vendors (ISV)', 'ISV', true);

INSERT INTO medium (medium_code, ordinal, name_en, name_zh, shipped) VALUES
    ('on_site', 1, 'on site',     '现场',     true),
    ('live',    2, 'live stream', '在线直播', true),
    ('replay',  3, 'replay',      '回放',     true);
