-- Shipped rows of registration: its statuses, and the checks at the door that
-- the source names (C13).

INSERT INTO status (subject, status_code, ordinal, name_en, name_zh, is_first) VALUES
    ('registration', 'registered', 1, 'registered', '已报名', true),
    ('registration', 'waiting', 2, 'waiting', '候补中', true),
    ('registration', 'cancelled', 3, 'cancelled', '已取消', true);

INSERT INTO step (subject, from_code, to_code) VALUES
    ('registration', 'waiting', 'registered'),
    ('registration', 'registered', 'cancelled'),
    ('registration', 'registered', 'waiting'),
    ('registration', 'waiting', 'cancelled'),
    ('registration', 'cancelled', 'waiting'),
    ('registration', 'cancelled', 'registered');

INSERT INTO check_kind (check_code, ordinal, name_en, name_zh, shipped, template_code) VALUES
    ('ticket',      1, 'ticket',      '报名凭证', true, NULL),
    ('health_code', 2, 'health code', '健康码',   true, 'health_codes'),
    ('travel_code', 3, 'travel code', '行程码',   true, 'health_codes');
