-- Shipped rows of the checklist: the rules, the phases and the 28 items of C1-C28.
-- What the source does not say (when they are due, who owns them, how long they
-- take) is an interpretation: edit it.

INSERT INTO phase (phase_code, ordinal, name_en, name_zh, until_held, shipped) VALUES
    ('design',  1, 'design',    '策划', false, true),
    ('prepare', 2, 'prepare',   '筹备', true,  true),
    ('promote', 3, 'promote',   '宣传', true,  true),
    ('follow',  4, 'follow up', '后期', false, true);

INSERT INTO checklist_rule (rule_code, name_en, name_zh, argument, shipped) VALUES
    ('name',                 'the event has a theme', '有会议主题', NULL, true),
    ('introduction',         'the event has an introduction or a link to its page', '有会议简介或活动页面链接', NULL, true),
    ('part',                 'a party plays the part', '有参与方担任该角色', 'code of a part', true),
    ('headcount',            'the planned headcount is known, or the one that came about', '计划或实际人数已知', 'on_site or online', true),
    ('link',                 'there is a link of the kind', '有该类链接', 'code of a link_kind', true),
    ('time',                 'start and end are known', '时间已定', NULL, true),
    ('place',                'city and venue are known', '城市和场地已定', NULL, true),
    ('agenda',               'every required part is there, every session has time, room and speaker, without a gap', '必需环节齐全，每个环节有时间、会议室和讲师，没有空档', NULL, true),
    ('notice',               'there is a notice to attendees', '有参会注意事项', NULL, true),
    ('duty',                 'every duty has somebody', '每项会务有人负责', NULL, true),
    ('qr',                   'live stream and group chat are QR targets', '直播和交流群有二维码', NULL, true),
    ('speaker_introduction', 'every speaker and every topic is introduced', '讲师和议题都有简介', NULL, true),
    ('speaker_photo',        'every speaker has a photo', '讲师都有照片', NULL, true),
    ('logo',                 'every party in the part has a logo', '该角色的参与方都有LOGO', 'code of a part, or sponsor for all sponsors', true),
    ('asset',                'an asset of the kind is ready', '该类素材已就绪', 'code of an asset_kind', true),
    ('event_media',          'there are landscape photos and a video, and every speaker is seen', '有横屏照片和视频，讲师都拍到', NULL, true),
    ('slides',               'every talk has its slides', '每个议题都有PPT', NULL, true),
    ('future_plan',          'there is a plan for what comes next', '有未来计划', NULL, true),
    ('speaker',              'somebody speaks in the agenda', '议程中有讲师', NULL, true),
    ('session',              'there is a session of the format', '有该形式的环节', 'code of a session_format', true),
    ('cost',                 'somebody pays the cost, or it was paid', '该项费用有人承担或已支付', 'code of a cost_kind', true),
    ('equipment',            'the venue or a room of the agenda has it', '场地或议程中的会议室有该设备', 'a name in venue.equipment and room.equipment', true),
    ('post',                 'a channel has posted about the event', '已有渠道发布', NULL, true),
    ('follow_up_post',       'a channel has posted after the event', '活动后已有渠道发布', NULL, true);

INSERT INTO checklist_item (item_code, template_code, ordinal, phase_code, name_en, name_zh,
                            rule_code, argument, needed_when, due_anchor, due_offset, duty_code, shipped, lasts, not_before, created_at)
SELECT v.item_code, 'salon', v.ordinal, v.phase_code, v.name_en, v.name_zh, v.rule_code, v.argument, v.needed_when,
       v.due_anchor, v.due_offset::interval, v.duty_code, true, v.lasts::interval, v.not_before, NULL
FROM (VALUES
    ('C1',  1, 'design',  'theme', '会议主题', 'name', NULL, 'always', 'start', '-30 days', 'topic_planning', '2 days', NULL),
    ('C2',  2, 'design',  'introduction', '会议简介', 'introduction', NULL, 'always', 'start', '-28 days', 'topic_planning', '2 days', NULL),
    ('C3',  3, 'prepare', 'co-organizers', '联合主办方', 'part', 'co_organizer', 'always', 'start', '-28 days', 'sponsor_search', '7 days', NULL),
    ('C4',  4, 'prepare', 'live-stream sponsor', '直播赞助', 'part', 'live_sponsor', 'online', 'start', '-21 days', 'sponsor_search', '7 days', NULL),
    ('C5',  5, 'prepare', 'venue sponsor', '场地赞助商', 'part', 'venue_sponsor', 'on_site', 'start', '-28 days', 'sponsor_search', '7 days', NULL),
    ('C6',  6, 'promote', 'promotion channels', '宣传渠道', 'part', 'channel', 'always', 'start', '-14 days', 'promotion', '5 days', NULL),
    ('C7',  7, 'design',  'headcount on site', '线下人数规模', 'headcount', 'on_site', 'always', 'start', '-28 days', 'registration', '1 day', NULL),
    ('C8',  8, 'design',  'headcount online', '线上人数规模', 'headcount', 'online', 'always', 'start', '-28 days', 'promotion', '1 day', NULL),
    ('C9',  9, 'promote', 'registration channel', '报名渠道', 'link', 'registration', 'always', 'start', '-14 days', 'registration', '1 day', NULL),
    ('C10', 10, 'design',  'time', '时间', 'time', NULL, 'always', 'start', '-30 days', 'topic_planning', '1 day', NULL),
    ('C11', 11, 'design',  'place', '地点', 'place', NULL, 'on_site', 'start', '-28 days', 'venue', '2 days', NULL),
    ('C12', 12, 'prepare', 'agenda', '议程', 'agenda', NULL, 'always', 'start', '-14 days', 'topic_planning', '7 days', NULL),
    ('C13', 13, 'promote', 'attendee notices', '参会注意事项', 'notice', NULL, 'always', 'start', '-3 days', 'registration', '1 day', NULL),
    ('C14', 14, 'prepare', 'work group', '会务组', 'duty', NULL, 'always', 'start', '-21 days', 'host', '5 days', NULL),
    ('C15', 15, 'promote', 'live stream and group QR codes', '在线直播、钉钉群二维码', 'qr', NULL, 'always', 'start', '-7 days', 'promotion', '1 day', NULL),
    ('C16', 16, 'prepare', 'speaker and topic introductions', '讲师简介、议题简介', 'speaker_introduction', NULL, 'always', 'start', '-10 days', 'speaker_invitation', '3 days', NULL),
    ('C17', 17, 'prepare', 'speaker photos', '讲师照片', 'speaker_photo', NULL, 'always', 'start', '-10 days', 'speaker_invitation', '3 days', NULL),
    ('C18', 18, 'promote', 'sponsors and logos', '赞助企业公司、LOGO', 'logo', 'sponsor', 'always', 'start', '-7 days', 'sponsor_search', '3 days', NULL),
    ('C19', 19, 'promote', 'co-hosts and logos', '联合举办方公司、LOGO', 'logo', 'co_organizer', 'always', 'start', '-7 days', 'poster', '3 days', NULL),
    ('C20', 20, 'promote', 'guest companies and logos', '嘉宾企业、公司LOGO', 'logo', 'guest_company', 'always', 'start', '-7 days', 'poster', '3 days', NULL),
    ('C21', 21, 'promote', 'electronic poster', '电子海报', 'asset', 'poster', 'always', 'start', '-7 days', 'poster', '3 days', NULL),
    ('C22', 22, 'prepare', 'questionnaire design and address', '问卷设计和地址', 'link', 'survey', 'always', 'start', '-3 days', 'questionnaire', '2 days', NULL),
    ('C23', 23, 'follow',  'post-event copy', '后期宣传文案', 'asset', 'copy', 'always', 'end', '2 days', 'post_event_copy', '1 day', 'end'),
    ('C24', 24, 'follow',  'video to article', '视频转图文', 'asset', 'article', 'always', 'end', '7 days', 'video_to_article', '4 days', 'end'),
    ('C25', 25, 'follow',  'video replay', '视频回放', 'link', 'replay', 'always', 'end', '3 days', 'short_video', '2 days', 'end'),
    ('C26', 26, 'follow',  'event photos and videos', '现场活动照片、视频', 'event_media', NULL, 'on_site', 'end', '1 day', 'photo', '1 day', 'start'),
    ('C27', 27, 'follow',  'slides of the speakers', '讲师PPT', 'slides', NULL, 'always', 'end', '2 days', 'slide_collection', '2 days', NULL),
    ('C28', 28, 'follow',  'future plan', '未来计划', 'future_plan', NULL, 'always', 'end', '7 days', 'topic_planning', '2 days', NULL)) v (item_code, ordinal, phase_code, name_en, name_zh, rule_code, argument, needed_when, due_anchor, due_offset, duty_code, lasts, not_before)
ORDER BY v.ordinal;
