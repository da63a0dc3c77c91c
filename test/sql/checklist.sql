-- The checklist: what a person may say of an item, and what only the facts say.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_checklist');
SET search_path = s_checklist, salon;
\set ECHO all

SELECT plan_event('Evening', NULL, '2031-05-01 18:00', '2031-05-01 21:00', needs => '');
INSERT INTO template (template_code, name_en) VALUES ('tour', 'campus tour');
INSERT INTO checklist_item (item_code, template_code, phase_code, name_en) VALUES ('U1', 'tour', 'design', 'ask the dean'),
                                                                                  ('S1', 'salon', 'design', 'flowers');
SELECT plan_event('Tour', template_code => 'tour');

\echo == A waiver needs a reason
SELECT pg_temp.refused($$ SELECT waive(1, 'C3', NULL) $$);
SELECT pg_temp.refused($$ SELECT waive(1, 'C3', '') $$);
SELECT pg_temp.refused($$ SELECT waive(1, 'C3', E' \t\n') $$);
SELECT pg_temp.refused($$ INSERT INTO event_item (event_id, item_code, waived_reason) VALUES (1, 'C3', '  ') $$);

\echo == Unknown event, unknown item, item of another template
SELECT pg_temp.refused($$ SELECT waive(99, 'C3', 'why not') $$);
SELECT pg_temp.refused($$ SELECT waive(NULL, 'C3', 'why not') $$);
SELECT pg_temp.refused($$ SELECT waive(1, 'C99', 'why not') $$);
SELECT pg_temp.refused($$ SELECT waive(1, NULL, 'why not') $$);
SELECT pg_temp.refused($$ SELECT waive(1, 'U1', 'why not') $$);
SELECT pg_temp.refused($$ SELECT waive(2, 'C1', 'why not') $$);
SELECT pg_temp.refused($$ INSERT INTO event_item (event_id, item_code) VALUES (99, 'C3') $$);
SELECT pg_temp.refused($$ INSERT INTO event_item (event_id, item_code) VALUES (1, 'C99') $$);
SELECT pg_temp.refused($$ INSERT INTO event_item (event_id, item_code, party_id) VALUES (1, 'C3', 99) $$);

\echo == Nobody ticks what the facts decide
SELECT pg_temp.refused($$ INSERT INTO event_item (event_id, item_code, done_evidence) VALUES (1, 'C3', 'trust me') $$);
SELECT waive(1, 'C3', 'small salon');
SELECT pg_temp.refused($$ UPDATE event_item SET done_evidence = 'trust me' $$);
SELECT item_code, status, waived_reason, waived_by = current_user AS by_me, waived_at = now() AS now, missing
FROM checklist WHERE event_id = 1 AND item_code = 'C3';

\echo == Who and when are filled in, whatever is written there
UPDATE event_item SET waived_by = 'somebody else', waived_at = '2000-01-01';
INSERT INTO event_item (event_id, item_code, waived_by, waived_at, done_by, done_at) VALUES (1, 'C4', 'nobody', now(), 'nobody', now());
INSERT INTO event_item (event_id, item_code, done_evidence, done_by) VALUES (1, 'S1', 'ordered', 'somebody else');
SELECT item_code, waived_by = current_user AS waived_by_me, done_by = current_user AS done_by_me, done_evidence
FROM event_item ORDER BY item_code;
SELECT pg_temp.refused($$ UPDATE event_item SET done_evidence = ' ' WHERE item_code = 'S1' $$);

\echo == Taking a waiver back
UPDATE event_item SET waived_reason = NULL WHERE item_code = 'C3';
SELECT item_code, status, waived_reason, waived_by, waived_at, missing FROM checklist WHERE event_id = 1 AND item_code = 'C3';

\echo == One row an item
SELECT pg_temp.refused($$ INSERT INTO event_item (event_id, item_code) VALUES (1, 'C3') $$);

\echo == Items of the community
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code) VALUES ('S2', 'salon', 'design') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en) VALUES ('2', 'salon', 'design', 'two') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en) VALUES ('S2', 'gala', 'design', 'two') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en) VALUES ('S2', 'salon', 'dream', 'two') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, duty_code) VALUES ('S2', 'salon', 'design', 'two', 'juggling') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, needed_when) VALUES ('S2', 'salon', 'design', 'two', 'sometimes') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, due_anchor) VALUES ('S2', 'salon', 'design', 'two', 'middle') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, due_offset) VALUES ('S2', 'salon', 'design', 'two', 'soon') $$);

\echo == Rules and their arguments
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code) VALUES ('S2', 'salon', 'design', 'two', 'magic') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code) VALUES ('S2', 'salon', 'design', 'two', 'asset') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code, argument) VALUES ('S2', 'salon', 'design', 'two', 'asset', 'statue') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code, argument) VALUES ('S2', 'salon', 'design', 'two', 'link', 'poster') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code, argument) VALUES ('S2', 'salon', 'design', 'two', 'part', 'clown') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code, argument) VALUES ('S2', 'salon', 'design', 'two', 'logo', 'clown') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code, argument) VALUES ('S2', 'salon', 'design', 'two', 'headcount', 'on the roof') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code) VALUES ('S2', 'salon', 'design', 'two', 'headcount') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code, argument) VALUES ('S2', 'salon', 'design', 'two', 'agenda', 'poster') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, argument) VALUES ('S2', 'salon', 'design', 'two', 'poster') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_rule (rule_code, name_en, name_zh) VALUES ('Magic', 'magic', '魔法') $$);

\echo == A rule of the community that checklist does not know stays open and says so
INSERT INTO checklist_rule (rule_code, name_en, name_zh) VALUES ('magic', 'magic', '魔法');
INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code) VALUES ('S3', 'salon', 'design', 'three', 'magic');
SELECT status, missing FROM checklist WHERE event_id = 1 AND item_code = 'S3';

\echo == An item of one event: named, owned, due, done by evidence
INSERT INTO party (kind, name_en) VALUES ('person', 'Ann');
INSERT INTO event_item (event_id, name_en, name_zh, due_at, party_id, phase_code) VALUES (1, 'permit of the city', '城市许可', '2031-04-01 09:00+08', 1, 'prepare');
INSERT INTO event_item (event_id, name_en) VALUES (1, 'flags');
SELECT item_code, item, phase, status, due_at, owner, missing FROM checklist WHERE event_id = 1 AND ordinal = 1000 ORDER BY item_code;
UPDATE event_item SET done_evidence = 'letter 17' WHERE name_en = 'flags';
SELECT waive(1, (SELECT item_code FROM event_item WHERE name_zh = '城市许可'), 'not in a park');
SELECT item, status, evidence, waived_reason FROM checklist WHERE event_id = 1 AND ordinal = 1000 ORDER BY item_code;
SELECT count(*) FROM checklist WHERE event_id = 2 AND ordinal = 1000;
SELECT pg_temp.refused($$ INSERT INTO event_item (event_id, item_code, name_en) VALUES (1, 'C6', 'mine') $$);
SELECT pg_temp.refused($$ INSERT INTO event_item (event_id, item_code, phase_code) VALUES (1, 'C6', 'follow') $$);
SELECT pg_temp.refused($$ INSERT INTO checklist_item (item_code, template_code, phase_code, name_en) VALUES ('own_1', 'salon', 'design', 'mine') $$);
SELECT pg_temp.refused($$ SELECT waive(2, (SELECT item_code FROM event_item WHERE name_en = 'flags'), 'of another event') $$);

\echo == A template of another, whose items have the same codes
SELECT copy_template('salon', 'meetup', 'meetup', '聚会');
SELECT count(*), count(*) FILTER (WHERE shipped) AS shipped FROM checklist_item WHERE template_code = 'meetup';
SELECT (SELECT count(*) FROM item_dependency WHERE template_code = 'meetup') = (SELECT count(*) FROM item_dependency WHERE template_code = 'salon') AS dependencies,
       (SELECT count(*) FROM template_duty WHERE template_code = 'meetup') AS duties, (SELECT count(*) FROM template_format WHERE template_code = 'meetup') AS formats,
       (SELECT count(*) FROM template_resource WHERE template_code = 'meetup') AS resources;
DELETE FROM checklist_item WHERE template_code = 'meetup' AND item_code <> 'C1';
UPDATE checklist_item SET name_en = 'what it is about' WHERE template_code = 'meetup';
SELECT plan_event('Meetup', template_code => 'meetup') AS meetup \gset
SELECT item_code, item, status FROM checklist WHERE event_id = :meetup;
SELECT item_code, item FROM checklist WHERE event_id = 1 AND item_code = 'C1';
INSERT INTO event_item (event_id, item_code, party_id) VALUES (:meetup, 'C1', 1);
UPDATE event SET template_code = 'salon' WHERE event_id = :meetup;
SELECT item_code, item, owner FROM checklist WHERE event_id = :meetup AND item_code = 'C1';
SELECT pg_temp.refused($$ UPDATE event SET template_code = 'tour' WHERE name_en = 'Meetup' $$);
SELECT pg_temp.refused($$ SELECT copy_template('salon', 'meetup') $$);
SELECT pg_temp.refused($$ SELECT copy_template('gala', 'gala2') $$);
SELECT pg_temp.refused($$ SELECT copy_template('salon', 'Gala 2') $$);

\echo == A new item of a template does not make what is over overdue
SELECT plan_event('Past', NULL, '2020-05-01 18:00', '2020-05-01 21:00') AS past \gset
UPDATE event SET status_code = 'announced' WHERE event_id = :past;
UPDATE event SET status_code = 'held' WHERE event_id = :past;
INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, due_anchor, due_offset) VALUES
    ('N1', 'salon', 'design', 'new', 'start', '-1 day'), ('N2', 'salon', 'follow', 'new, to follow', 'end', '1 day');
SELECT item_code, status FROM checklist WHERE event_id = :past AND item_code LIKE 'N_';
UPDATE event SET status_code = 'recapped' WHERE event_id = :past;
UPDATE event SET archived_at = now() WHERE event_id = :past;
INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, due_anchor, due_offset) VALUES
    ('N3', 'salon', 'follow', 'newer, to follow', 'end', '1 day');
SELECT item_code, status FROM checklist WHERE event_id = :past AND item_code LIKE 'N_';
UPDATE event SET archived_at = NULL WHERE event_id = :past;
UPDATE checklist_item SET created_at = '2020-01-01' WHERE item_code LIKE 'N_';
SELECT item_code, status FROM checklist WHERE event_id = :past AND item_code LIKE 'N_';

\echo == Each missing thing by itself
INSERT INTO party (party_id, kind, name_en) SELECT n, 'person', 'speaker ' || n FROM generate_series(11, 17) n;
INSERT INTO session (session_id, event_id, format_code, title_en) SELECT n, 1, 'mini_talk', 'talk ' || n FROM generate_series(11, 17) n;
INSERT INTO speaker (session_id, person_id) SELECT n, n FROM generate_series(11, 17) n;
SELECT missing FROM checklist WHERE event_id = 1 AND item_code = 'C17';
SELECT event, held_on, item, missing, party_id, session_id, owner FROM missing_item WHERE event_id = 1 AND item_code IN ('C17', 'C27') ORDER BY ordinal, party_id, session_id;

\echo == Nothing of that left a trace
SELECT item_code FROM checklist_item WHERE NOT shipped AND template_code <> 'meetup' ORDER BY 1;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_checklist', drop_rows => true);
