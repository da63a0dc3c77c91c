-- Shipped rows of the template: what a salon usually needs and offers.  The
-- needs are the supplies of B1-B6 and the costs of D5; quantities and
-- priorities are an interpretation: edit them.

INSERT INTO template_resource (template_code, direction, resource_code, quantity, priority, shipped) VALUES
    ('salon', 'need',  'venue',               1,    5, true),
    ('salon', 'need',  'speaker',             4,    5, true),
    ('salon', 'need',  'promotion',           3,    4, true),
    ('salon', 'need',  'poster_making',       1,    4, true),
    ('salon', 'need',  'live_stream',         1,    4, true),
    ('salon', 'need',  'video_archive',       1,    3, true),
    ('salon', 'need',  'follow_up_article',   1,    3, true),
    ('salon', 'need',  'short_video_editing', 1,    2, true),
    ('salon', 'need',  'follow_up_promotion', 2,    2, true),
    ('salon', 'need',  'prize',               NULL, 2, true),
    ('salon', 'need',  'tea',                 1,    2, true),
    ('salon', 'need',  'dinner',              1,    1, true),
    ('salon', 'offer', 'content',             NULL, 3, true),
    ('salon', 'offer', 'exposure',            NULL, 3, true),
    ('salon', 'offer', 'attendance',          NULL, 3, true),
    ('salon', 'offer', 'live_viewer',         NULL, 3, true),
    ('salon', 'offer', 'replay',              NULL, 3, true),
    ('salon', 'offer', 'networking',          NULL, 3, true),
    ('salon', 'offer', 'talk_slot',           4,    3, true);
