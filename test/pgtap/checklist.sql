-- The checklist: each of the 28 items open with exactly what is missing, done
-- once the fact is entered, open again when it is taken away; waivers, items
-- not needed, due dates, owners, items of the community, both languages.
--
-- pg_prove -d DATABASE test/pgtap/checklist.sql

\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;

BEGIN;

SELECT salon.create_space('t_checklist') \g /dev/null
SET LOCAL search_path = t_checklist, salon, public;
SET LOCAL salon.lang = 'en';
SET LOCAL TIME ZONE 'UTC';

SELECT no_plan();

INSERT INTO city (city_code, name_en, name_zh) VALUES ('hangzhou', 'Hangzhou', '杭州');
INSERT INTO party (party_id, kind, name_en, name_zh, introduction) VALUES
    (1, 'organization', 'Org', '甲', NULL), (2, 'organization', 'Other', '乙', NULL),
    (3, 'person', 'Ann', '丙', 'Writes storage engines.'), (4, 'person', 'Bo', '丁', NULL);
INSERT INTO venue (venue_id, city_code, name) VALUES (1, 'hangzhou', 'Lake house');
INSERT INTO room (room_id, venue_id, name) VALUES (1, 1, 'Hall'), (2, 1, 'Study');
SELECT is(plan_event(), 1::bigint, 'an event of which nothing is known');

-- The 28 items.

SELECT results_eq('SELECT item_code FROM checklist WHERE event_id = 1 ORDER BY ordinal',
                  $$ SELECT 'C' || n FROM generate_series(1, 28) n $$, 'C1 to C28 in the order of the source');
SELECT results_eq('SELECT status_code FROM checklist WHERE event_id = 1 GROUP BY 1', $$ VALUES ('open') $$,
                  'of an event of which nothing is known everything is open');
SELECT results_eq('SELECT count(*) FROM checklist WHERE event_id = 1 AND due_at IS NOT NULL', $$ VALUES (0::bigint) $$,
                  'and nothing is due at a known time');

CREATE TEMP TABLE fact (item_code text, missing text, enter text, evidence text, remove text);
INSERT INTO fact VALUES
    ('C1', 'a theme', $$ UPDATE event SET name_zh = 'Theme' $$, 'Theme', $$ UPDATE event SET name_zh = NULL $$),
    ('C2', 'an introduction, or a link to the event page', $$ UPDATE event SET introduction = ' What it is about. ' $$, 'What it is about.',
           $$ UPDATE event SET introduction = NULL $$),
    ('C2', 'an introduction, or a link to the event page',
           $$ INSERT INTO link (event_id, link_kind_code, url) VALUES (1, 'page', 'https://e.example.org') $$, 'https://e.example.org', $$ DELETE FROM link $$),
    ('C3', 'a co-organizer', $$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'co_organizer'), (1, 2, 'co_organizer') $$,
           'Org, Other', $$ DELETE FROM event_party $$),
    ('C4', 'a live-stream sponsor', $$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'live_sponsor') $$, 'Org',
           $$ DELETE FROM event_party $$),
    ('C5', 'a venue sponsor', $$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'venue_sponsor') $$, 'Org',
           $$ DELETE FROM event_party $$),
    ('C6', 'a promotion channel', $$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 2, 'channel') $$, 'Other',
           $$ DELETE FROM event_party $$),
    ('C7', 'the planned headcount on site', $$ UPDATE event SET planned_on_site = 80, actual_on_site = 75, on_site_basis = 'measured' $$,
           'planned 80, actual 75 (measured)', $$ UPDATE event SET planned_on_site = NULL, actual_on_site = NULL, on_site_basis = NULL $$),
    ('C7', 'the planned headcount on site', $$ UPDATE event SET planned_on_site = 0 $$, 'planned 0', $$ UPDATE event SET planned_on_site = NULL $$),
    ('C8', 'the planned headcount online', $$ UPDATE event SET planned_online = 500, actual_online = 10000, online_basis = 'claimed' $$,
           'planned 500, actual 10000 (claimed)', $$ UPDATE event SET planned_online = NULL, actual_online = NULL, online_basis = NULL $$),
    ('C9', 'a link: registration', $$ INSERT INTO link (event_id, link_kind_code, name, url) VALUES (1, 'registration', 'desk', 'https://r.example.org') $$,
           'desk https://r.example.org', $$ DELETE FROM link $$),
    ('C10', 'start and end', $$ UPDATE event SET starts_at = '2131-05-01 18:00+08', ends_at = '2131-05-01 21:00+08' $$,
           '2131-05-01 18:00 – 2131-05-01 21:00 Asia/Shanghai', $$ UPDATE event SET starts_at = NULL, ends_at = NULL $$),
    ('C11', 'the city, the venue', $$ UPDATE event SET city_code = 'hangzhou', venue_id = 1 $$, 'Hangzhou, Lake house',
           $$ UPDATE event SET city_code = NULL, venue_id = NULL $$),
    ('C12', 'sessions', $$ INSERT INTO session (session_id, event_id, format_code, room_id, starts_at, ends_at)
                           VALUES (1, 1, 'mini_talk', 1, '2131-05-01 18:00+08', '2131-05-01 18:30+08'),
                                  (2, 1, 'pk', 1, '2131-05-01 18:30+08', '2131-05-01 19:00+08');
                           INSERT INTO speaker (session_id, person_id) VALUES (1, 3), (2, 3) $$, '2 sessions', $$ DELETE FROM session $$),
    ('C13', 'a notice to attendees', $$ INSERT INTO notice (event_id, ordinal, text_en) VALUES (1, 2, 'Bring a cup.'), (1, 1, 'Be kind.') $$,
           'Be kind., Bring a cup.', $$ DELETE FROM notice $$),
    ('C14', 'nobody for: host (MC), topic planning, speaker invitation and 17 more', $$ UPDATE event_duty SET party_id = 3 $$,
           '20 of 20 duties have somebody', $$ UPDATE event_duty SET party_id = NULL $$),
    ('C15', 'a QR target: live stream, group chat',
           $$ INSERT INTO link (event_id, link_kind_code, url, is_qr_target)
              VALUES (1, 'live', 'https://l.example.org', true), (1, 'group', 'https://g.example.org', true) $$, 'live stream, group chat',
           $$ UPDATE link SET is_qr_target = false $$),
    ('C16', 'speakers', $$ INSERT INTO session (session_id, event_id, format_code, abstract) VALUES (1, 1, 'mini_talk', 'How it works.');
                           INSERT INTO speaker (session_id, person_id) VALUES (1, 3) $$, '1 speakers, 1 sessions', $$ DELETE FROM session $$),
    ('C17', 'speakers', $$ INSERT INTO session (session_id, event_id, format_code) VALUES (1, 1, 'mini_talk');
                           INSERT INTO speaker (session_id, person_id) VALUES (1, 3);
                           INSERT INTO asset (asset_kind_code, party_id, state) VALUES ('photo', 3, 'ready') $$, '1 of 1 speakers', $$ DELETE FROM session $$),
    ('C18', 'a sponsor', $$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'live_sponsor'), (1, 1, 'sponsor');
                            INSERT INTO asset (asset_kind_code, party_id, state) VALUES ('logo', 1, 'ready') $$, 'Org', $$ DELETE FROM event_party $$),
    ('C19', 'a co-organizer', $$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'co_organizer') $$, 'Org', $$ DELETE FROM event_party $$),
    ('C20', 'a guest company', $$ INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'guest_company') $$, 'Org', $$ DELETE FROM event_party $$),
    ('C21', 'a finished poster', $$ INSERT INTO asset (asset_kind_code, event_id, state, url) VALUES ('poster', 1, 'published', 'https://p.example.org') $$,
           '1 ready https://p.example.org', $$ UPDATE asset SET state = 'draft' WHERE asset_kind_code = 'poster' $$),
    ('C22', 'a link: questionnaire', $$ INSERT INTO link (event_id, link_kind_code, url) VALUES (1, 'survey', 'https://s.example.org') $$, 'https://s.example.org',
           $$ DELETE FROM link $$),
    ('C23', 'a finished post-event copy', $$ INSERT INTO asset (asset_kind_code, event_id, state) VALUES ('copy', 1, 'ready') $$, '1 ready',
           $$ UPDATE asset SET state = 'draft' WHERE asset_kind_code = 'copy' $$),
    ('C24', 'a finished article', $$ INSERT INTO asset (asset_kind_code, event_id, state) VALUES ('article', 1, 'ready') $$, '1 ready',
           $$ DELETE FROM asset WHERE asset_kind_code = 'article' $$),
    ('C25', 'a link: replay', $$ INSERT INTO link (event_id, link_kind_code, name) VALUES (1, 'replay', 'tape 7') $$, 'tape 7', $$ DELETE FROM link $$),
    ('C26', 'photos, landscape; a video, landscape',
           $$ INSERT INTO asset (asset_kind_code, event_id, state, orientation)
              VALUES ('photo', 1, 'ready', 'landscape'), ('photo', 1, 'ready', NULL), ('short_video', 1, 'ready', 'landscape') $$, '2 photos, 1 videos',
           $$ UPDATE asset SET orientation = 'portrait' WHERE event_id = 1 $$),
    ('C27', 'talks', $$ INSERT INTO session (session_id, event_id, format_code) VALUES (1, 1, 'mini_talk');
                        INSERT INTO speaker (session_id, person_id) VALUES (1, 3);
                        INSERT INTO asset (asset_kind_code, session_id, state) VALUES ('slides', 1, 'ready') $$, '1 of 1 talks', $$ DELETE FROM asset WHERE asset_kind_code = 'slides'; DELETE FROM session $$),
    ('C28', 'a plan for what comes next', $$ INSERT INTO follow_up (event_id, plan) VALUES (1, 'Five more cities.') $$, 'Five more cities.', $$ DELETE FROM follow_up $$);

SELECT set_eq('SELECT DISTINCT item_code FROM fact', 'SELECT item_code FROM checklist_item WHERE template_code = ''salon''', 'every item is tried');

CREATE FUNCTION pg_temp.look(code text) RETURNS text LANGUAGE sql STABLE
RETURN (SELECT concat_ws(' | ', status_code, missing, evidence) FROM checklist WHERE event_id = 1 AND item_code = code);
CREATE FUNCTION pg_temp.done() RETURNS text LANGUAGE sql STABLE
RETURN (SELECT coalesce(string_agg(item_code, ' ' ORDER BY ordinal), '') FROM checklist WHERE event_id = 1 AND status_code = 'done');

-- Each fact by itself: before, with it, after; it does nothing to other items
-- but those that rest on the same fact.
CREATE FUNCTION pg_temp.try() RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
    f fact;
    n int := 0;
BEGIN
    FOR f IN TABLE fact LOOP
        RETURN NEXT is(pg_temp.look(f.item_code), 'open | ' || f.missing, f.item_code || ' is open: ' || f.missing);
        EXECUTE f.enter;
        RETURN NEXT is(pg_temp.look(f.item_code), 'done | ' || f.evidence, f.item_code || ' is done: ' || f.evidence);
        EXECUTE f.remove;
        RETURN NEXT is((SELECT status_code FROM checklist WHERE event_id = 1 AND item_code = f.item_code), 'open', f.item_code || ' is open again');
    END LOOP;
    RETURN NEXT is(pg_temp.done(), '', 'nothing is done any more');
END
$$;
SELECT pg_temp.try();
DELETE FROM asset;

-- Rules of several parts say which part is missing.

UPDATE event SET city_code = 'hangzhou';
SELECT is(pg_temp.look('C11'), 'open | the venue | Hangzhou', 'a city without a venue');
UPDATE event SET city_code = NULL;

UPDATE event SET starts_at = '2131-05-01 18:00+08', ends_at = '2131-05-01 21:00+08';
INSERT INTO session (session_id, event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (11, 1, 'mini_talk', 'A', 1, '2131-05-01 18:00+08', '2131-05-01 18:30+08'),
    (12, 1, 'mini_talk', 'B', NULL, '2131-05-01 18:30+08', '2131-05-01 19:00+08'),
    (13, 1, 'break', NULL, NULL, '2131-05-01 19:15+08', '2131-05-01 19:30+08'),
    (14, 1, 'pk', NULL, 1, NULL, NULL),
    (15, 1, 'dinner', 'Soup', NULL, '2131-05-01 21:00+08', '2131-05-01 23:00+08');
INSERT INTO speaker (session_id, person_id) VALUES (11, 3), (12, 3), (14, 4);
SELECT is(pg_temp.look('C12'),
          'open | without a time: PK; without a room: B; Soup: outside the event; a gap at 19:00–19:15, 19:30–21:00 | 5 sessions',
          'an agenda with holes, in the zone of the event');
DELETE FROM speaker WHERE session_id = 12;
SELECT matches(pg_temp.look('C12'), 'without a speaker: B;', 'a talk without a speaker');
UPDATE session SET format_code = 'opening' WHERE session_id = 14;
SELECT matches(pg_temp.look('C12'), 'a required part: hot segment, one of: hot question, contest, PK, hands-on, round table;', 'a part that is required');
UPDATE session SET format_code = 'pk' WHERE session_id = 14;
UPDATE event SET planned_on_site = 0;
SELECT unalike(pg_temp.look('C12'), '%without a room%', 'online nobody needs a room');
UPDATE event SET planned_on_site = NULL;
UPDATE session SET room_id = 1 WHERE session_id = 12;
INSERT INTO speaker (session_id, person_id) VALUES (12, 3);
UPDATE session SET starts_at = '2131-05-01 19:00+08' WHERE session_id = 13;
UPDATE session SET starts_at = '2131-05-01 19:30+08', ends_at = '2131-05-01 20:30+08' WHERE session_id = 14;
UPDATE session SET starts_at = '2131-05-01 20:00+08', ends_at = '2131-05-01 21:00+08' WHERE session_id = 15;
SELECT is(pg_temp.look('C12'), 'done | 5 sessions', 'no hole is left; sessions may run side by side');

SELECT is(pg_temp.look('C16'), 'open | introduction of: Bo; abstract of: A, B, PK | 2 speakers, 3 sessions', 'introductions that are missing');
SELECT is(pg_temp.look('C17'), 'open | photo of: Ann, Bo', 'photos that are missing');
INSERT INTO asset (asset_kind_code, party_id, state) VALUES ('photo', 3, 'ready'), ('photo', 4, 'draft');
SELECT is(pg_temp.look('C17'), 'open | photo of: Bo | 1 of 2 speakers', 'a draft is no photo');
SELECT is(pg_temp.look('C27'), 'open | slides of: A, B, PK', 'slides that are missing');
INSERT INTO asset (asset_kind_code, session_id, state) VALUES ('slides', 11, 'ready');
SELECT is(pg_temp.look('C27'), 'open | slides of: B, PK | 1 of 3 talks', 'slides of one talk');
INSERT INTO asset (asset_kind_code, event_id, state) VALUES ('photo', 1, 'ready');
SELECT is(pg_temp.look('C26'), 'open | a video, landscape; photo of: Ann, Bo | 1 photos', 'a speaker who was not seen');
INSERT INTO asset (asset_kind_code, event_id, party_id, state) VALUES ('video', 1, 3, 'ready'), ('photo', 1, 4, 'ready');
SELECT is(pg_temp.look('C26'), 'done | 2 photos, 1 videos', 'everybody was seen');

INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'sponsor'), (1, 2, 'venue_sponsor');
INSERT INTO asset (asset_kind_code, party_id, state) VALUES ('logo', 2, 'ready'), ('logo', 1, 'wanted');
SELECT is(pg_temp.look('C18'), 'open | logo of: Org | Other', 'all sponsors count among the sponsors');
SELECT is(pg_temp.look('C5'), 'done | Other', 'and a venue sponsor is one');
INSERT INTO link (event_id, link_kind_code, url, is_qr_target) VALUES (1, 'group', 'https://g.example.org', true);
SELECT is(pg_temp.look('C15'), 'open | a QR target: live stream | group chat', 'one QR code of two');
UPDATE event SET planned_online = 0;
SELECT is(pg_temp.look('C15'), 'done | group chat', 'nobody online: no live stream');
UPDATE event SET planned_online = NULL;
UPDATE event_duty SET party_id = 3 WHERE duty_code NOT IN ('poster', 'photo');
SELECT is(pg_temp.look('C14'), 'open | nobody for: poster, photos | 18 of 20 duties have somebody', 'duties that nobody has');
DELETE FROM event_duty;
DELETE FROM shift;
SELECT is(pg_temp.look('C14'), 'open | duties', 'no duties at all');
INSERT INTO series (series_id, name_en) VALUES (1, 's');
UPDATE event SET series_id = 1;
INSERT INTO event (event_id, series_id, name_en, starts_at, ends_at) VALUES (2, 1, 'Next', '2131-06-01 18:00+08', '2131-06-01 21:00+08'),
                                                                           (3, 1, 'Before', '2131-04-01 18:00+08', '2131-04-01 21:00+08');
SELECT is(pg_temp.look('C28'), 'done | Next', 'the next event of the series is a plan');
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = 2;
SELECT is(pg_temp.look('C28'), 'open | a plan for what comes next', 'a cancelled one is none');
UPDATE event SET status_code = 'planned' WHERE event_id = 2;
DELETE FROM event WHERE event_id > 1;
UPDATE event SET introduction = repeat('x', 61);
SELECT is(pg_temp.look('C2'), 'done | ' || repeat('x', 60) || '…', 'a long introduction is shortened');

-- A name in one language does for both.

UPDATE event SET name_en = NULL, name_zh = '主题';
SELECT is(pg_temp.look('C1'), 'done | 主题', 'without an English name the Chinese one stands');
SET LOCAL salon.lang = 'zh';
SELECT is(pg_temp.look('C1'), 'done | 主题', 'in Chinese too');
SET LOCAL salon.lang = 'en';

-- Not needed.

SELECT is(pg_temp.look('C11'), 'done | Hangzhou, Lake house', 'a room in the agenda is a place');
UPDATE event SET planned_on_site = 0;
UPDATE session SET room_id = NULL;
SELECT set_eq($$ SELECT item_code FROM checklist WHERE event_id = 1 AND status_code = 'not_needed' $$,
              $$ VALUES ('C11') $$, 'online only: no place; what is done stays done');
UPDATE event SET planned_on_site = NULL, planned_online = 0;
SELECT set_eq($$ SELECT item_code FROM checklist WHERE event_id = 1 AND status_code = 'not_needed' $$,
              $$ VALUES ('C4') $$, 'on site only: no live-stream sponsor');
SELECT is((SELECT missing FROM checklist WHERE event_id = 1 AND item_code = 'C4'), NULL, 'what is not needed misses nothing');
UPDATE event SET planned_online = NULL;
SELECT plan_event('Done with', NULL, '2020-05-01 18:00+08', '2020-05-01 21:00+08') AS past \gset
UPDATE event SET status_code = 'announced' WHERE event_id = :past;
SELECT is((SELECT status_code FROM checklist WHERE event_id = :past AND item_code = 'C20'), 'overdue', 'before it is held guest companies may still come');
UPDATE event SET status_code = 'held' WHERE event_id = :past;
SELECT set_eq($$ SELECT item_code FROM checklist WHERE event_id = $$ || :past || $$ AND status_code = 'not_needed' $$,
              $$ SELECT item_code FROM checklist_item JOIN phase USING (phase_code)
                 WHERE template_code = 'salon' AND phase_code IN ('prepare', 'promote') AND until_held $$,
              'preparations are pointless once it was held');

-- Overdue: past the due date, whatever the date came from.

SELECT is((SELECT count(*) FROM checklist WHERE event_id = :past AND status_code = 'open'), 0::bigint, 'all that is left of a past event is overdue');
SELECT plan_event('Soon', NULL, now() + interval '10 days', now() + interval '10 days 3 hours') AS soon \gset
SELECT is((SELECT count(*) FROM checklist WHERE event_id = :soon AND (status_code = 'overdue') <> (due_at < now()) AND status_code <> 'done'), 0::bigint,
          'overdue is what is open past its date');
SELECT is((SELECT status_code FROM checklist WHERE event_id = :soon AND item_code = 'C2'), 'overdue', 'four weeks before');
SELECT is((SELECT status_code FROM checklist WHERE event_id = :soon AND item_code = 'C21'), 'open', 'one week before');
INSERT INTO event_item (event_id, item_code, due_at) VALUES (:soon, 'C2', now() + interval '1 day'), (:soon, 'C21', now() - interval '1 second');
SELECT is((SELECT string_agg(status_code, ' ' ORDER BY ordinal) FROM checklist WHERE event_id = :soon AND item_code IN ('C2', 'C21')), 'open overdue',
          'another due date counts');

-- Cancelled.

UPDATE event SET status_code = 'cancelled', cancelled_reason = 'rain' WHERE event_id = :soon;
SELECT results_eq($$ SELECT status_code, count(*) FROM checklist WHERE event_id = $$ || :soon || $$ GROUP BY 1 ORDER BY 1 $$,
                  $$ VALUES ('done', 2::bigint), ('not_needed', 26) $$, 'of a cancelled event nothing more is needed');

-- Due dates follow the clock of the place, over a change of the clock too.

SELECT plan_event('Spring', NULL, '2031-03-10 18:00 America/New_York', '2031-03-10 21:00 America/New_York', time_zone => 'America/New_York') AS ny \gset
SELECT is((SELECT min(due_at) FROM checklist WHERE event_id = :ny AND item_code = 'C13'), '2031-03-07 18:00 America/New_York'::timestamptz,
          'three days before, at the same hour, though a day had 23 hours');
SELECT is((SELECT due_at - '2031-03-07 18:00 America/New_York' FROM checklist WHERE event_id = :ny AND item_code = 'C25'), interval '6 days 2 hours',
          'three days after the end');
SELECT plan_event('Autumn', NULL, '2031-11-03 18:00 America/New_York', '2031-11-03 21:00 America/New_York', time_zone => 'America/New_York') AS ny \gset
SELECT is((SELECT due_at FROM checklist WHERE event_id = :ny AND item_code = 'C13'), '2031-10-31 18:00 America/New_York'::timestamptz,
          'the same though a day had 25 hours');
SELECT is((SELECT extract(epoch FROM e.starts_at - c.due_at) / 3600 FROM checklist c JOIN event e USING (event_id) WHERE event_id = :ny AND item_code = 'C13'),
          73::numeric, 'which is 73 hours');
SET LOCAL TIME ZONE 'America/New_York';
SELECT is((SELECT due_at FROM checklist WHERE event_id = 1 AND item_code = 'C13'), '2131-04-28 18:00+08'::timestamptz, 'Shanghai has no such days, whoever asks');
SET LOCAL TIME ZONE 'UTC';
SELECT is((SELECT due_at FROM checklist WHERE event_id = 1 AND item_code = 'C24'), '2131-05-08 21:00+08'::timestamptz, 'a week after the end');

-- Owners: a named one, else who has the duty, each once.

SELECT plan_event('Owned') AS e \gset
SELECT is((SELECT owner FROM checklist WHERE event_id = :e AND item_code = 'C21'), NULL, 'nobody has the duty');
SELECT is((SELECT owner_duty FROM checklist WHERE event_id = :e AND item_code = 'C21'), 'poster', 'but it is known which duty it is');
UPDATE event_duty SET party_id = 4 WHERE event_id = :e AND duty_code = 'poster';
INSERT INTO event_duty (event_id, duty_code, party_id, starts_at, ends_at) VALUES
    (:e, 'poster', 3, NULL, NULL), (:e, 'poster', 4, '2031-01-01', '2031-01-02');
SELECT is((SELECT owner FROM checklist WHERE event_id = :e AND item_code = 'C21'), 'Bo, Ann', 'all who have it, each once');
INSERT INTO event_item (event_id, item_code, party_id) VALUES (:e, 'C21', 2);
SELECT is((SELECT owner FROM checklist WHERE event_id = :e AND item_code = 'C21'), 'Other', 'a named owner comes first');
SELECT is((SELECT owner FROM checklist WHERE event_id = :e AND item_code = 'C20'), 'Bo, Ann', 'of this item only');

-- Waivers.

SELECT lives_ok(format('SELECT waive(%s, %L, %L)', :e, 'C6', 'word of mouth'), 'an item is waived');
SELECT results_eq(format('SELECT status_code, missing, waived_reason, waived_by, waived_at FROM checklist WHERE event_id = %s AND item_code = %L', :e, 'C6'),
                  $$ VALUES ('waived', NULL, 'word of mouth', current_user::text COLLATE "default", now()) $$, 'with reason, name and time');
SELECT is((SELECT status_code FROM checklist WHERE event_id = 1 AND item_code = 'C6'), 'open', 'at this event only');
INSERT INTO event_party (event_id, party_id, part_code) VALUES (:e, 1, 'channel');
SELECT is((SELECT status_code || ': ' || evidence FROM checklist WHERE event_id = :e AND item_code = 'C6'), 'waived: Org', 'waived it stays, though now it is there');
UPDATE event_item SET waived_reason = NULL WHERE event_id = :e AND item_code = 'C6';
SELECT is((SELECT status_code FROM checklist WHERE event_id = :e AND item_code = 'C6'), 'done', 'a waiver is taken back');
SELECT waive(:e, 'C21', 'none this time') \g /dev/null
SELECT is((SELECT owner FROM checklist WHERE event_id = :e AND item_code = 'C21'), 'Other', 'waiving keeps what was said before');

-- Items of the community.

INSERT INTO checklist_item (item_code, template_code, ordinal, phase_code, name_en, rule_code, argument, due_offset, due_anchor) VALUES
    ('S1', 'salon', 29, 'design', 'flowers', NULL, NULL, '-1 day', 'start'),
    ('S2', 'salon', 30, 'follow', 'roll-up banner', 'asset', 'banner', NULL, 'start'),
    ('S3', 'salon', 31, 'design', 'school', 'part', 'school', '-1 month', 'end');
SELECT is((SELECT items FROM checklist_summary WHERE event_id = 1), 31::bigint, 'three more items');
SELECT is(pg_temp.look('S1'), 'open | somebody to say that it is done, with evidence', 'an item without a rule');
INSERT INTO event_item (event_id, item_code, done_evidence) VALUES (1, 'S1', 'ordered');
SELECT is(pg_temp.look('S1'), 'done | ordered', 'somebody says so');
UPDATE event_item SET done_evidence = NULL WHERE item_code = 'S1';
SELECT matches(pg_temp.look('S1'), '^open', 'and takes it back');
SELECT is(pg_temp.look('S2'), 'open | a finished roll-up banner', 'an item with a rule');
INSERT INTO asset (asset_kind_code, event_id, state) VALUES ('banner', 1, 'ready');
SELECT is(pg_temp.look('S2'), 'done | 1 ready', 'decided by the facts');
SELECT is((SELECT due_at FROM checklist WHERE event_id = 1 AND item_code = 'S2'), NULL, 'due at no time');
SELECT is((SELECT due_at FROM checklist WHERE event_id = 1 AND item_code = 'S3'), '2131-04-01 21:00+08'::timestamptz, 'a month before the end');
UPDATE event_item SET done_evidence = 'ordered' WHERE item_code = 'S1';
UPDATE checklist_item SET rule_code = 'asset', argument = 'copy' WHERE item_code = 'S1';
SELECT is(pg_temp.look('S1'), 'open | a finished post-event copy', 'what was ticked before the item had a rule no longer counts');

-- A template of the community.

INSERT INTO template (template_code, name_en) VALUES ('tour', 'campus tour'), ('bare', 'bare');
INSERT INTO checklist_item (item_code, template_code, phase_code, name_en, rule_code) VALUES ('T1', 'tour', 'design', 'name', 'name'), ('T2', 'tour', 'design', 'dean', NULL);
SELECT plan_event('Tour', template_code => 'tour') AS tour, plan_event('Bare', template_code => 'bare') AS bare \gset
SELECT results_eq('SELECT item_code, status_code FROM checklist WHERE event_id = ' || :tour || ' ORDER BY 1', $$ VALUES ('T1', 'done'), ('T2', 'open') $$,
                  'a template has its own items');
SELECT results_eq('SELECT items, done, progress, next_three FROM checklist_summary WHERE event_id = ' || :bare,
                  $$ VALUES (0::bigint, 0::bigint, '0 of 0', NULL::text) $$, 'one without items has an empty list, and a summary');

-- The summary counts what the checklist says.

SELECT bag_eq('SELECT event_id, items, done, open, overdue, waived, not_needed FROM checklist_summary',
    $$ SELECT e.event_id, count(c.item_code), count(*) FILTER (WHERE c.status_code = 'done') AS done, count(*) FILTER (WHERE c.status_code = 'open') AS open,
              count(*) FILTER (WHERE c.status_code = 'overdue') AS overdue, count(*) FILTER (WHERE c.status_code = 'waived') AS waived,
              count(*) FILTER (WHERE c.status_code = 'not_needed') AS not_needed
       FROM t_checklist.event e LEFT JOIN checklist c ON c.event_id = e.event_id GROUP BY 1 $$, 'the summary counts the checklist');
SELECT is((SELECT count(*) FROM checklist_summary WHERE items <> done + open + overdue + waived + not_needed), 0::bigint, 'and every item once');
SELECT is((SELECT next_three FROM checklist_summary WHERE event_id = :past), 'school, introduction, headcount on site',
          'the next three: first due first, then in order, without what is done');

-- Both languages have a text everywhere.

SELECT plan_event('Later') AS later \gset

CREATE FUNCTION pg_temp.untold() RETURNS bigint LANGUAGE sql STABLE
RETURN (SELECT count(*) FROM checklist
        WHERE item_code LIKE 'C%'
          AND (num_nulls(item, phase, status) > 0 OR (missing IS NULL) <> (status_code NOT IN ('open', 'overdue'))
               OR (owner_duty_code IS NULL) <> (owner_duty IS NULL)));
SELECT is(pg_temp.untold(), 0::bigint, 'in English every label is there');
CREATE TEMP TABLE english AS SELECT event_id, item_code, item, phase, status, status_code, due_at, missing, evidence, owner_duty FROM checklist WHERE item_code LIKE 'C%';
SET LOCAL salon.lang = 'zh';
SELECT is(pg_temp.untold(), 0::bigint, 'in Chinese too');
CREATE TEMP TABLE chinese AS SELECT event_id, item_code, item, phase, status, status_code, due_at, missing, evidence, owner_duty FROM checklist WHERE item_code LIKE 'C%';
SELECT is((SELECT count(*) FROM chinese WHERE missing !~ '[一-龥]|PPT|LOGO' OR item !~ '[一-龥]' OR phase !~ '[一-龥]' OR status !~ '[一-龥]' OR owner_duty !~ '[一-龥]'),
          0::bigint, 'in Chinese letters');
SELECT is((SELECT count(*) FROM english WHERE missing ~ '[一-龥]' OR item ~ '[一-龥]' OR phase ~ '[一-龥]' OR status ~ '[一-龥]' OR owner_duty ~ '[一-龥]'),
          0::bigint, 'and in English none of them');
SELECT bag_eq('SELECT event_id, item_code, status_code, due_at, missing IS NULL AS m, evidence IS NULL AS e FROM english',
              'SELECT event_id, item_code, status_code, due_at, missing IS NULL AS m, evidence IS NULL AS e FROM chinese', 'the language changes labels only');
SELECT is((SELECT missing FROM chinese WHERE event_id = :later AND item_code = 'C14'), '无人负责：主持人、议题策划、讲师邀请等另外17项', 'a list in Chinese');
SET LOCAL salon.lang = 'en';

SELECT is(count(*), 0::bigint, 'shipped rows of ' || r || ' have both names')
FROM (SELECT 'duty' AS r, name_en, name_zh FROM duty WHERE shipped UNION ALL SELECT 'part', name_en, name_zh FROM part WHERE shipped
      UNION ALL SELECT 'phase', name_en, name_zh FROM phase WHERE shipped UNION ALL SELECT 'link_kind', name_en, name_zh FROM link_kind WHERE shipped
      UNION ALL SELECT 'asset_kind', name_en, name_zh FROM asset_kind WHERE shipped UNION ALL SELECT 'checklist_item', name_en, name_zh FROM checklist_item WHERE shipped
      UNION ALL SELECT 'session_format', name_en, name_zh FROM session_format WHERE shipped UNION ALL SELECT 'resource', name_en, name_zh FROM resource WHERE shipped
      UNION ALL SELECT 'role', name_en, name_zh FROM role WHERE shipped UNION ALL SELECT 'template', name_en, name_zh FROM template WHERE shipped
      UNION ALL SELECT 'status', name_en, name_zh FROM status UNION ALL SELECT 'checklist_rule', name_en, name_zh FROM checklist_rule WHERE shipped) x
GROUP BY r
HAVING count(*) FILTER (WHERE num_nulls(name_en, name_zh) > 0) > 0;
SELECT is(count(*), 24::bigint, '24 rules') FROM checklist_rule WHERE shipped;
SELECT is(string_agg(r.rule_code, ', '), NULL, 'each is known to the checklist')
FROM checklist_rule r, _planned_event e, _fact(e, r.rule_code, NULL) f
WHERE r.shipped AND f.what LIKE 'a rule that checklist knows%';
SELECT is(string_agg(r.rule_code || ' ' || e.event_id, ', '), NULL, 'and finds or misses something, at any event')
FROM checklist_rule r CROSS JOIN _planned_event e
WHERE r.shipped AND NOT EXISTS (SELECT FROM _fact(e, r.rule_code, NULL));
SELECT set_eq($$ SELECT event_id, item_code FROM missing_item $$, $$ SELECT event_id, item_code FROM checklist WHERE missing IS NOT NULL $$,
              'what checklist misses in brief is missing in full');
SELECT is(string_agg(DISTINCT m.missing, ', '), NULL, 'and each by itself') FROM missing_item m WHERE m.missing ~ ' and [0-9]+ more';
SELECT is(count(*), 28::bigint, '28 shipped items of a salon') FROM checklist_item WHERE shipped AND template_code = 'salon';

SELECT * FROM finish();
ROLLBACK;
