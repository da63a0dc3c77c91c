-- Dependencies between items, and what is late because of what; and what is
-- refused.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_critical_path');
SET search_path = s_critical_path, salon;
\pset tuples_only off
\pset footer off
\set ECHO all

INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'company A', '甲公司'), ('person', 'helper B', '助手乙');
INSERT INTO template (template_code, name_en) VALUES ('meetup', 'meetup'), ('other', 'other');
INSERT INTO checklist_item (item_code, template_code, ordinal, phase_code, name_en, name_zh, due_anchor, due_offset, lasts, not_before, duty_code) VALUES
    ('room',    'meetup', 1, 'design',  'room',    '会议室', 'start', '-10 days', '4 days',   NULL,    'venue'),
    ('speaker', 'meetup', 2, 'prepare', 'speaker', '讲师',   'start', '-14 days', '5 days',   NULL,    'speaker_invitation'),
    ('agenda',  'meetup', 3, 'prepare', 'agenda',  '议程',   'start', '-7 days',  '2 days',   NULL,    'topic_planning'),
    ('poster',  'meetup', 4, 'promote', 'poster',  '海报',   'start', '-5 days',  '3 days',   NULL,    'poster'),
    ('photo',   'meetup', 5, 'follow',  'photos',  '照片',   'end',   '1 day',    '6 hours',  'start', 'photo'),
    ('article', 'meetup', 6, 'follow',  'article', '文章',   'end',   '2 days',   '2 days',   'end',   NULL),
    ('extra',   'meetup', 7, 'follow',  'extra',   '其他',   'start', NULL,       NULL,       NULL,    NULL),
    ('o1',      'other',  1, 'design',  'other',   NULL,     'start', NULL,       NULL,       NULL,    NULL);
INSERT INTO item_dependency (item_code, needs_code) VALUES
    ('agenda', 'room'), ('agenda', 'speaker'), ('poster', 'agenda'), ('article', 'photo'), ('extra', 'article');
SELECT template_code, item_code, needs_code, shipped FROM item_dependency WHERE NOT shipped ORDER BY item_code, needs_code;

\echo == An event in ten days: each item, earliest and latest
SELECT plan_event('Meetup', '聚会', '2031-04-20 14:00+08', '2031-04-20 17:00+08', template_code => 'meetup') AS event_id;
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (1, 'venue', 1), (1, 'speaker_invitation', 2);
SELECT item_code, status_code, waits_for, lasts_days, due_at, starts_at, done_at, needed_at, slack_days
FROM critical_path(1, '2031-04-10 14:00+08') ORDER BY ordinal;
SELECT item_code, is_exact, is_late, because_of_code, because_of, is_critical
FROM critical_path(1, '2031-04-10 14:00+08') ORDER BY ordinal;

\echo == In Chinese
SET salon.lang = 'zh';
SELECT item, status, owner_duty, owner, because_of FROM critical_path(1, '2031-04-10 14:00+08') WHERE is_late ORDER BY ordinal;
RESET salon.lang;

\echo == The speaker is there: the room holds up the agenda now
INSERT INTO event_item (event_id, item_code, done_evidence) VALUES (1, 'speaker', 'letter');
SELECT item_code, waits_for, done_at, slack_days, is_late, because_of, is_critical FROM critical_path(1, '2031-04-10 14:00+08') ORDER BY ordinal LIMIT 3;
\echo == The agenda is waived: nothing waits for it any more
SELECT waive(1, 'agenda', 'one talk only');
SELECT item_code, waits_for, done_at, slack_days, is_late, because_of, is_critical FROM critical_path(1, '2031-04-10 14:00+08') ORDER BY ordinal LIMIT 2;
\echo == Everything before the event is done
INSERT INTO event_item (event_id, item_code, done_evidence) VALUES (1, 'room', 'contract'), (1, 'poster', 'printed');
SELECT item_code, starts_at, done_at, is_late, because_of, is_critical FROM critical_path(1, '2031-04-10 14:00+08') ORDER BY ordinal;
SELECT item_code, starts_at, is_late, because_of FROM critical_path(1, '2031-04-23 14:00+08') ORDER BY ordinal;

\echo == An event without a time: nothing is due, the chain that takes longest
SELECT plan_event('Some day', template_code => 'meetup') AS event_id;
SELECT item_code, due_at, done_at, slack_days, is_exact, is_late, is_critical FROM critical_path(2, '2031-04-10 14:00+08') ORDER BY ordinal;
\echo == Cancelled: nothing is to be done
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'no room' WHERE event_id = 2;
SELECT count(*) FROM critical_path(2);

\echo == A view for tools, as of now
UPDATE event SET starts_at = '2021-04-20 14:00+08', ends_at = '2021-04-20 17:00+08' WHERE event_id = 1;
SELECT event, item_code, item, owner, due_at, done_at > due_at AS is_later, late_days > 1000 AS is_very_late, because_of_code, because_of, is_critical
FROM late_item WHERE event_id = 1 ORDER BY item_code;

\echo == Refused
\pset tuples_only on
SELECT pg_temp.refused($$ INSERT INTO item_dependency (item_code, needs_code) VALUES ('room', 'poster') $$);
SELECT pg_temp.refused($$ UPDATE item_dependency SET needs_code = 'poster' WHERE item_code = 'agenda' AND needs_code = 'room' $$);
SELECT pg_temp.refused($$ INSERT INTO item_dependency (item_code, needs_code) VALUES ('room', 'room') $$);
SELECT pg_temp.refused($$ INSERT INTO item_dependency (item_code, needs_code) VALUES ('agenda', 'room') $$);
SELECT pg_temp.refused($$ INSERT INTO item_dependency (item_code, needs_code) VALUES ('agenda', 'o1') $$);
SELECT pg_temp.refused($$ INSERT INTO item_dependency (item_code, needs_code) VALUES ('agenda', 'nothing') $$);
SELECT pg_temp.refused($$ UPDATE checklist_item SET template_code = 'other' WHERE item_code = 'room' $$);
SELECT pg_temp.refused($$ UPDATE checklist_item SET template_code = 'other' WHERE item_code = 'agenda' $$);
SELECT pg_temp.refused($$ UPDATE item_dependency SET template_code = 'other' WHERE item_code = 'agenda' AND needs_code = 'room' $$);
SELECT pg_temp.refused($$ UPDATE checklist_item SET lasts = '-1 day' WHERE item_code = 'room' $$);
SELECT pg_temp.refused($$ UPDATE checklist_item SET not_before = 'never' WHERE item_code = 'room' $$);
SELECT pg_temp.refused($$ SELECT critical_path(99) $$);
SELECT pg_temp.refused($$ SELECT critical_path(1, NULL) $$);
SELECT pg_temp.refused($$ SELECT critical_path(1, 'infinity') $$);
\echo == One that was entered while the triggers were off is told
ALTER TABLE item_dependency DISABLE TRIGGER USER;
INSERT INTO item_dependency (template_code, item_code, needs_code) VALUES ('meetup', 'photo', 'extra');
ALTER TABLE item_dependency ENABLE TRIGGER USER;
SELECT pg_temp.refused($$ SELECT critical_path(1) $$);
DELETE FROM item_dependency WHERE item_code = 'photo';
\echo == Items of one template move together, and take their dependency along
UPDATE checklist_item SET template_code = 'other' WHERE item_code IN ('photo', 'article', 'extra');
SELECT template_code, item_code, needs_code FROM item_dependency WHERE template_code = 'other' ORDER BY item_code;
\echo == A shipped one that is edited is no longer shipped; nobody may enter one in a template that may not be updated
UPDATE item_dependency SET needs_code = 'C10' WHERE item_code = 'C20';
SELECT item_code, needs_code, shipped FROM item_dependency WHERE item_code = 'C20';
SELECT shipped FROM template WHERE template_code = 'salon';
CREATE ROLE regress_salon_item_editor;
SELECT salon.grant_access('s_critical_path', 'regress_salon_item_editor', 'administrator');
CREATE POLICY frozen ON template AS RESTRICTIVE FOR UPDATE TO regress_salon_item_editor USING (false);
SET ROLE regress_salon_item_editor;
SELECT pg_temp.refused($$ INSERT INTO item_dependency (item_code, needs_code) VALUES ('C28', 'C1') $$);
RESET ROLE;

SET client_min_messages = error;
SELECT salon.drop_space('s_critical_path', drop_rows => true);
DROP ROLE regress_salon_item_editor;
