-- Shipped rows of the template: what a salon usually needs and offers.  The
-- needs are the supplies of B1-B6 and the costs of D5; quantities and
-- priorities are an interpretation: edit them.

INSERT INTO template_resource (template_code, direction, resource_code, quantity, priority, shipped, needed_when) VALUES
    ('salon', 'need',  'venue',               1,    5, true, 'on_site'),
    ('salon', 'need',  'speaker',             4,    5, true, 'always'),
    ('salon', 'need',  'promotion',           3,    4, true, 'always'),
    ('salon', 'need',  'poster_making',       1,    4, true, 'always'),
    ('salon', 'need',  'live_stream',         1,    4, true, 'online'),
    ('salon', 'need',  'video_archive',       1,    3, true, 'always'),
    ('salon', 'need',  'follow_up_article',   1,    3, true, 'always'),
    ('salon', 'need',  'short_video_editing', 1,    2, true, 'always'),
    ('salon', 'need',  'follow_up_promotion', 2,    2, true, 'always'),
    ('salon', 'need',  'prize',               NULL, 2, true, 'always'),
    ('salon', 'need',  'tea',                 1,    2, true, 'on_site'),
    ('salon', 'need',  'dinner',              1,    1, true, 'on_site'),
    ('salon', 'offer', 'content',             NULL, 3, true, 'always'),
    ('salon', 'offer', 'exposure',            NULL, 3, true, 'always'),
    ('salon', 'offer', 'attendance',          NULL, 3, true, 'on_site'),
    ('salon', 'offer', 'live_viewer',         NULL, 3, true, 'online'),
    ('salon', 'offer', 'replay',              NULL, 3, true, 'always'),
    ('salon', 'offer', 'networking',          NULL, 3, true, 'always'),
    ('salon', 'offer', 'talk_slot',           4,    3, true, 'always');
