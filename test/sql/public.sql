-- What everybody may see of events: the same for all, nothing of what is
-- planned, and of what was called off that it is.
SET client_min_messages = warning;
SELECT salon.create_space('t_public') \g /dev/null
SET search_path = t_public, salon, public;
SET TIME ZONE 'Asia/Shanghai';
SET datestyle = ISO;

INSERT INTO party (kind, name_en, name_zh, introduction, website) VALUES
    ('organization', 'community A', '社区甲', NULL, 'https://a.example/'), ('organization', 'company B', '公司乙', NULL, 'https://b.example/'),
    ('person', 'speaker C', '讲师丙', 'writes kernels', NULL), ('person', 'speaker D', '讲师丁', NULL, NULL), ('organization', 'company E', '公司戊', NULL, NULL);
INSERT INTO city (city_code, name_en, name_zh) VALUES ('hangzhou_test', 'Hangzhou', '杭州');
INSERT INTO venue (name, address, city_code) VALUES ('library', '1 Main Street', 'hangzhou_test'), ('cellar', NULL, 'hangzhou_test');
INSERT INTO room (venue_id, name, capacity) VALUES (1, 'hall', 100), (2, 'vault', 10);
INSERT INTO series (name_en, name_zh) VALUES ('Kernel salons', '内核沙龙');
SELECT plan_event('Spring salon', '春季沙龙', starts_at => '2031-03-08 13:30+08', ends_at => '2031-03-08 17:30+08', planned_on_site => 40, host_id => 1),
       plan_event('Planned salon', '筹备中的沙龙', starts_at => '2031-04-08 13:30+08', ends_at => '2031-04-08 17:30+08', host_id => 1),
       plan_event('Called-off salon', '取消的沙龙', starts_at => '2031-05-08 13:30+08', ends_at => '2031-05-08 17:30+08', host_id => 1),
       plan_event('Salon given up', '放弃的沙龙', starts_at => '2031-06-08 13:30+08', ends_at => '2031-06-08 17:30+08', host_id => 1) \g /dev/null
UPDATE event SET series_id = 1, city_code = 'hangzhou_test', venue_id = CASE event_id WHEN 2 THEN 2 ELSE 1 END, introduction = 'an afternoon';
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 2, 'sponsor'), (1, 5, 'sponsor'), (2, 2, 'sponsor'), (3, 2, 'sponsor');
INSERT INTO session (event_id, format_code, title_en, title_zh, room_id, starts_at, ends_at) VALUES
    (1, 'mini_talk', 'How WAL works', 'WAL 如何工作', 1, '2031-03-08 13:30+08', '2031-03-08 14:10+08'),
    (1, 'hands_on', 'Write an extension', '写一个扩展', 2, '2031-03-08 14:30+08', '2031-03-08 16:00+08'),
    (2, 'mini_talk', 'Secret talk', NULL, 2, '2031-04-08 13:30+08', '2031-04-08 14:10+08'),
    (3, 'mini_talk', 'Talk that is off', NULL, 1, '2031-05-08 13:30+08', '2031-05-08 14:10+08');
INSERT INTO speaker (session_id, person_id) VALUES (1, 3), (1, 4), (2, 3), (3, 3), (4, 3);
INSERT INTO invitation (event_id, person_id, status_code) VALUES (1, 4, 'declined');
INSERT INTO session_seating (session_id, capacity) VALUES (2, 5);
INSERT INTO link (event_id, link_kind_code, url) VALUES (1, 'page', 'https://salon.example/spring'), (1, 'live', 'https://live.example/1'), (3, 'live', 'https://live.example/3');
INSERT INTO asset (asset_kind_code, party_id, event_id, state, url) VALUES
    ('logo', 1, NULL, 'published', 'https://a.example/old.svg'), ('logo', 1, NULL, 'published', 'https://a.example/logo.svg'), ('logo', 1, NULL, 'ready', 'https://a.example/draft.svg'),
    ('logo', 2, 2, 'published', 'https://b.example/secret.svg'), ('logo', 5, NULL, 'published', 'https://e.example/logo.svg'), ('photo', 3, NULL, 'published', 'https://c.example/photo.jpg');
INSERT INTO brand (party_id, is_shown) VALUES (5, false);
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 3), (1, 'online', NULL), (2, 'on_site', 7), (3, 'on_site', 9);
UPDATE event SET status_code = 'announced' WHERE event_id IN (1, 3);
SELECT registration_id, status_code FROM (VALUES (2), (2)) v (seats), register(1, seats => v.seats);
SELECT status_code FROM register(3);
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'a secret reason' WHERE event_id IN (3, 4);

\x on
\echo what there is
SELECT * FROM public_event ORDER BY event_id;
SELECT * FROM public_agenda ORDER BY starts_at;
SELECT * FROM public_speaker ORDER BY speaker_id;
SELECT * FROM public_logo ORDER BY part_ordinal, party_id;
\x off

\echo everybody sees the same
CREATE ROLE t_public_visitor;
CREATE ROLE t_public_form;
CREATE ROLE t_public_member;
CREATE ROLE t_public_organizer;
CREATE ROLE t_public_all;
CREATE ROLE t_public_administrator;
CREATE ROLE t_public_application;
SELECT salon.grant_access('t_public', 't_public_' || l, CASE l WHEN 'all' THEN 'organizer' ELSE l END, p)
FROM (VALUES ('visitor', NULL), ('form', NULL), ('member', 2), ('organizer', 1), ('all', NULL), ('administrator', NULL), ('application', NULL)) v (l, p) \g /dev/null
CREATE TEMPORARY TABLE shown (who text, what text);
GRANT ALL ON shown TO PUBLIC;
DO $$
DECLARE
    who text;
    language text;
BEGIN
    FOREACH who IN ARRAY ARRAY[current_user::text] || ARRAY(SELECT 't_public_' || l FROM unnest(ARRAY['visitor', 'form', 'member', 'organizer', 'all', 'administrator', 'application']) l) LOOP
        EXECUTE format('SET LOCAL ROLE %I', who);
        FOREACH language IN ARRAY ARRAY['en', 'zh'] LOOP
            PERFORM set_config('salon.lang', language, true);
            INSERT INTO shown
            SELECT who, language || to_jsonb(v) FROM public_event v
            UNION ALL SELECT who, language || to_jsonb(v) FROM public_agenda v
            UNION ALL SELECT who, language || to_jsonb(v) FROM public_speaker v
            UNION ALL SELECT who, language || to_jsonb(v) FROM public_logo v;
        END LOOP;
    END LOOP;
    RESET ROLE;
    RESET salon.lang;
END
$$;
SELECT who, count(*), count(*) FILTER (WHERE what ~* 'secret|放弃|筹备|given up') AS secrets,
       array_agg(what ORDER BY what) = (SELECT array_agg(v.what ORDER BY v.what) FROM shown v WHERE v.who = 't_public_visitor') AS is_the_same
FROM shown s GROUP BY who ORDER BY who;

\echo what is announced anew, or taken back, or was never announced
UPDATE event SET status_code = 'planned' WHERE event_id = 4;
SELECT event_id, is_public FROM event ORDER BY event_id;
UPDATE event SET is_public = false WHERE event_id = 3;
SELECT event_id, status, is_cancelled FROM public_event ORDER BY event_id;

\echo a form registers and cancels with its secret
SET ROLE t_public_form;
SELECT registration_id, status_code, secret IS NOT NULL AS has_secret, secret FROM register(1, 'online', name => 'Bo') \gset
\echo :status_code :has_secret
SELECT online_free, online_is_open, on_site_free, on_site_waiting FROM public_event WHERE event_id = 1;
SELECT count(*) FROM cancel_registration(:registration_id, :'secret');
RESET ROLE;

SELECT salon.revoke_access('t_public', 't_public_' || l) FROM unnest(ARRAY['visitor', 'form', 'member', 'organizer', 'all', 'administrator', 'application']) l \g /dev/null
DROP TABLE shown;
DROP ROLE t_public_visitor, t_public_form, t_public_member, t_public_organizer, t_public_all, t_public_administrator, t_public_application;
SELECT salon.drop_space('t_public', drop_rows => true) \g /dev/null
