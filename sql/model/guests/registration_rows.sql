-- Shipped rows of registration: its statuses, and the checks at the door that
-- the source names (C13).

INSERT INTO status (subject, status_code, ordinal, name_en, name_zh) VALUES
    ('registration', 'registered', 1, 'registered', '已报名'),
    ('registration', 'waiting', 2, 'waiting', '候补中'),
    ('registration', 'cancelled', 3, 'cancelled', '已取消');

INSERT INTO step (subject, from_code, to_code) VALUES
    ('registration', 'waiting', 'registered'),
    ('registration', 'registered', 'cancelled'),
    ('registration', 'registered', 'waiting'),
    ('registration', 'waiting', 'cancelled'),
    ('registration', 'cancelled', 'waiting'),
    ('registration', 'cancelled', 'registered');

INSERT INTO check_kind (check_code, ordinal, name_en, name_zh, shipped) VALUES
    ('ticket',      1, 'ticket',      '报名凭证', true),
    ('health_code', 2, 'health code', '健康码',   true),
    ('travel_code', 3, 'travel code', '行程码',   true);
