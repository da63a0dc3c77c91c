-- Shipped rows of campus tours: a template of their own.  The source says what
-- they are for (D11-D13); the items, when they are due and who does them are an
-- interpretation: edit them.

INSERT INTO template (template_code, name_en, name_zh, shipped) VALUES
    ('campus_tour', 'campus tour', '校园行', true);

INSERT INTO checklist_item (item_code, template_code, ordinal, phase_code, name_en, name_zh,
                            rule_code, argument, needed_when, due_anchor, due_offset, duty_code, shipped, lasts, not_before, created_at)
SELECT v.item_code, 'campus_tour', v.ordinal, v.phase_code, v.name_en, v.name_zh, v.rule_code, v.argument, v.needed_when,
       v.due_anchor, v.due_offset::interval, v.duty_code, true, v.lasts::interval, v.not_before, NULL
FROM (VALUES
    ('T1',  1, 'design',  'what the visit is for', '走访主题', 'name', NULL, 'always', 'start', '-30 days', 'topic_planning', '1 day', NULL),
    ('T2',  2, 'prepare', 'the school', '走访高校', 'part', 'school', 'always', 'start', '-28 days', 'topic_planning', '7 days', NULL),
    ('T3',  3, 'design',  'time', '时间', 'time', NULL, 'always', 'start', '-21 days', 'topic_planning', '1 day', NULL),
    ('T4',  4, 'design',  'place', '地点', 'place', NULL, 'on_site', 'start', '-21 days', 'venue', '2 days', NULL),
    ('T5',  5, 'prepare', 'companies that come along', '同行企业', 'part', 'guest_company', 'always', 'start', '-14 days', 'sponsor_search', '7 days', NULL),
    ('T6',  6, 'prepare', 'who speaks', '讲师', 'speaker', NULL, 'always', 'start', '-14 days', 'speaker_invitation', '7 days', NULL),
    ('T7',  7, 'prepare', 'work group', '会务组', 'duty', NULL, 'always', 'start', '-14 days', 'host', '3 days', NULL),
    ('T8',  8, 'promote', 'registration channel for students', '学生报名渠道', 'link', 'registration', 'always', 'start', '-7 days', 'registration', '1 day', NULL),
    ('T9',  9, 'promote', 'attendee notices', '注意事项', 'notice', NULL, 'always', 'start', '-3 days', 'registration', '1 day', NULL),
    ('T10', 10, 'follow', 'photos and videos', '现场照片、视频', 'event_media', NULL, 'on_site', 'end', '1 day', 'photo', '1 day', 'start'),
    ('T11', 11, 'follow', 'slides of the speakers', '讲师PPT', 'slides', NULL, 'always', 'end', '2 days', 'slide_collection', '2 days', NULL),
    ('T12', 12, 'follow', 'what comes next', '后续计划', 'future_plan', NULL, 'always', 'end', '7 days', 'topic_planning', '2 days', NULL)) v (item_code, ordinal, phase_code, name_en, name_zh, rule_code, argument, needed_when, due_anchor, due_offset, duty_code, lasts, not_before)
JOIN phase p ON p.phase_code = v.phase_code
JOIN checklist_rule r ON r.rule_code = v.rule_code
JOIN duty d ON d.duty_code = v.duty_code
ORDER BY v.ordinal;

INSERT INTO template_resource (template_code, direction, resource_code, quantity, priority, shipped, needed_when)
SELECT 'campus_tour', v.direction, v.resource_code, v.quantity, v.priority, true, v.needed_when
FROM (VALUES
    ('need', 'venue', 1, 4, 'on_site'),
    ('need', 'speaker', 2, 5, 'always'),
    ('need', 'student', NULL, 5, 'always'),
    ('need', 'teacher', NULL, 4, 'always'),
    ('offer', 'content', NULL, 3, 'always'),
    ('offer', 'job', NULL, 4, 'always'),
    ('offer', 'networking', NULL, 3, 'always')) v (direction, resource_code, quantity, priority, needed_when)
JOIN resource r ON r.resource_code = v.resource_code;
