-- The documents of the demo, in both languages: the one list of them, and a line
-- for each file, its name and what is in it in base64.  What this version of the
-- extension does not have is left out.  demo/run writes the files.
\ir show/setup.psql
\ir show/example.psql
SELECT event_id AS next FROM event WHERE name_en LIKE 'The trends ahead, one after%' \gset

CREATE TEMPORARY TABLE document (ordinal integer GENERATED ALWAYS AS IDENTITY, name text, ending text, needs text, call text, name_en text, name_zh text);
INSERT INTO document (name, ending, needs, call, name_en, name_zh) VALUES
    ('poster',        'svg',  'poster_svg(bigint)',               format('poster_svg(%s)', :event),                'the poster',                              '海报'),
    ('wall',          'svg',  'logo_wall_svg(text)',              'logo_wall_svg(''website'')',                    'the logo wall of the web site',           '官网 LOGO 墙'),
    ('stage',         'svg',  'logo_wall_svg(text)',              'logo_wall_svg(''stage'')',                      'the logo wall of the stage',              '舞台 LOGO 墙'),
    ('timeline',      'svg',  'timeline_svg(bigint,timestamptz)', format('timeline_svg(%s, event_date(%s) - 22 + time ''10:00'')', :next, :next), 'the checklist of the next one, three weeks before it', '下一期的检查表（活动前三周）'),
    ('exchange',      'svg',  'exchange_svg(bigint)',             format('exchange_svg(%s)', :event),              'who gave what to whom',                   '谁给了谁什么'),
    ('proposal',      'svg',  'exchange_svg(bigint)',             format('exchange_svg(%s)', :next),               'who should give what to whom next time',  '下一期谁给谁什么'),
    ('exposure',      'svg',  'exposure_svg(bigint)',             format('exposure_svg(%s)', :event),              'exposure',                                '曝光'),
    ('recap',         'svg',  'recap_svg(bigint)',                format('recap_svg(%s)', :event),                 'planned against actual',                  '计划与实际'),
    ('city',          'svg',  'city_svg()',                       'city_svg()',                                    'the cities',                              '城市'),
    ('brief',         'html', 'brief_html(bigint)',               format('brief_html(%s)', :event),                'the brief as a page',                     '活动简介（网页）'),
    ('brief',         'md',   'brief_markdown(bigint)',           format('brief_markdown(%s)', :event),            'the brief as Markdown',                   '活动简介（Markdown）'),
    ('attendee',      'html', 'attendee_html(bigint)',            format('attendee_html(%s)', :event),             'the page of attendees',                   '参会者页面'),
    ('organizer',     'html', 'organizer_html(bigint)',           format('organizer_html(%s)', :next),             'the page of organizers of the next one',  '下一期的组织者页面'),
    ('calendar',      'ics',  'icalendar(bigint,text)',           format('icalendar(%s, ''all'')', :event),        'the event for calendars',                 '活动日历'),
    ('todo',          'ics',  'icalendar_todo(bigint,bigint)',    format('icalendar_todo(%s)', :next),             'what is to be done for the next one',     '下一期的待办'),
    ('schedule',      'json', 'schedule_json(bigint)',            format('schedule_json(%s)', :event),             'the schedule as JSON',                    '日程（JSON）'),
    ('schedule',      'xml',  'schedule_xml(bigint)',             format('schedule_xml(%s)', :event),              'the schedule as XML',                     '日程（XML）'),
    ('event',         'json', 'json_ld(bigint)',                  format('json_ld(%s)', :event),                   'the event for search engines (JSON-LD)',  '结构化数据（JSON-LD）');
DELETE FROM document WHERE to_regprocedure(needs) IS NULL;

CREATE FUNCTION pg_temp.file(name text, content text) RETURNS text LANGUAGE sql
RETURN name || E'\t' || translate(encode(convert_to(content, 'UTF8'), 'base64'), E'\n', '');

CREATE FUNCTION pg_temp.page(other text) RETURNS text LANGUAGE sql
BEGIN ATOMIC
    SELECT concat('<!DOCTYPE html>', E'\n<html lang="', salon.lang(), E'"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">\n<title>', t.title, E'</title>\n',
                  '<style>:root{color-scheme:light dark}body{font:17px/1.6 "Noto Sans CJK SC","PingFang SC","Microsoft YaHei",system-ui,sans-serif;max-width:1040px;margin:2rem auto;padding:0 1rem}',
                  'figure{margin:2.5rem 0}img{width:100%;height:auto;border:1px solid #8888;border-radius:8px}figcaption{margin:.4rem 0}</style></head>', E'\n<body><h1>', t.title, '</h1><p>', other, E'</p>\n<ul>\n',
                  string_agg('<li><a href="' || f.file || '">' || f.label || '</a></li>', E'\n' ORDER BY d.ordinal) FILTER (WHERE d.ending <> 'svg'), E'\n</ul>\n',
                  string_agg('<figure><a href="' || f.file || '"><img src="' || f.file || '" alt="' || f.label || '"></a><figcaption>' || f.label || '</figcaption></figure>', E'\n' ORDER BY d.ordinal) FILTER (WHERE d.ending = 'svg'),
                  E'\n</body></html>\n')
    FROM document d
    CROSS JOIN LATERAL (SELECT concat_ws('.', d.name, salon.lang(), d.ending) AS file, salon.escape(salon.label(d.name_en, d.name_zh), 'html') AS label) f
    CROSS JOIN (SELECT salon.escape(salon.label('The documents of a salon', '一场沙龙的文档'), 'html') AS title) t
    GROUP BY t.title;
END;

SET salon.lang = en;
SELECT format('SELECT pg_temp.file(%L, (%s)::text)', concat_ws('.', name, 'en', ending), call) FROM document ORDER BY ordinal \gexec
SELECT pg_temp.file('index.html', pg_temp.page('<a href="index.zh.html" lang="zh">中文</a>'));
SET salon.lang = zh;
SELECT format('SELECT pg_temp.file(%L, (%s)::text)', concat_ws('.', name, 'zh', ending), call) FROM document ORDER BY ordinal \gexec
SELECT pg_temp.file('index.zh.html', pg_temp.page('<a href="index.html" lang="en">English</a>'));
