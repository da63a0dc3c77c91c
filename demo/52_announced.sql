-- The salon is announced: exposure, registration.
\ir show/setup.psql
\ir show/label_en.psql
\ir show/example.psql

\echo
\echo '--- 3.3 ANNOUNCED: all channels tell of it in the same hours (集中曝光)'
\echo
INSERT INTO asset (asset_kind_code, event_id, state, url) VALUES ('poster', :event, 'published', 'https://example.org/poster');
INSERT INTO asset (asset_kind_code, party_id, state)
SELECT 'photo', party_id, 'ready' FROM party WHERE name_en IN ('speaker 3 (example)', 'speaker 4 (example)')
UNION ALL
SELECT 'logo', party_id, 'ready' FROM party WHERE name_en = 'company 2 (example)';
UPDATE event_item SET due_at = :'day'::date - 12 + time '18:00' WHERE event_id = :event AND item_code = 'C21';
UPDATE event SET status_code = 'announced' WHERE event_id = :event;
\ir show/status.psql
INSERT INTO channel (party_id, platform_code)
SELECT p.party_id, v.platform_code
FROM (VALUES (1, 'example host', 'official_account'), (2, 'company 1 (example)', 'official_account'), (3, 'company 1 (example)', 'video_account'),
             (4, 'company 2 (example)', 'official_account'), (5, 'school (example)', 'group_chat')) v (n, name_en, platform_code)
JOIN party p USING (name_en)
ORDER BY v.n;
INSERT INTO follower_count (channel_id, counted_on, followers, basis)
SELECT channel_id, :'day'::date - 30, 1000 * channel_id, 'claimed' FROM channel WHERE platform_code <> 'group_chat';
INSERT INTO post (event_id, channel_id, planned_at, posted_at, actual_views, actual_basis)
SELECT :event, c.channel_id, :'day'::date - 10 + time '09:00', :'day'::date - 10 + time '09:00' + v.late, v.views, CASE WHEN v.views IS NOT NULL THEN 'measured' END
FROM (VALUES (1, interval '0', 900), (2, interval '30 minutes', 700), (3, interval '3 hours', NULL), (4, interval '10 hours', 400), (5, interval '3 days', NULL)) v (n, late, views)
JOIN (SELECT channel_id, row_number() OVER (ORDER BY channel_id) AS n FROM channel) c USING (n);
SELECT posts, channels, views, views_posts AS "of posts", followers, window_starts_at::timestamp AS "busiest 24 h from", window_posts AS "posts in it", window_share AS share, depth AS "channels at once"
FROM exposure
WHERE event_id = :event;
SELECT starts_at::timestamp AS "busiest 4 h from", posts, channels, parties, share FROM busiest_window(:event, '4 hours');

\echo '--- Registration: 60 seats in the room for parties of any size, no limit online; who does not fit waits'
\echo
INSERT INTO seating (event_id, side, capacity) VALUES (:event, 'on_site', 60), (:event, 'online', NULL);
SELECT link_id AS link FROM link WHERE event_id = :event AND link_kind_code = 'registration' \gset
SELECT min(party_id) AS channel FROM event_party WHERE event_id = :event AND part_code = 'channel' \gset
SELECT count(*)
FROM generate_series(1, 28) n
CROSS JOIN LATERAL register(:event, seats => 2, name => 'guest ' || n || ' (example)', contact_kind => 'email', contact => 'guest' || n || '@example.org', link_id => :link) r \g /dev/null
SELECT * FROM register(:event, seats => 4, name => 'guest 29 (example)', contact_kind => 'email', contact => 'guest29@example.org', channel_party_id => :channel);
SELECT * FROM register(:event, seats => 3, name => 'guest 30 (example)', contact_kind => 'email', contact => 'guest30@example.org', link_id => :link);
SELECT * FROM register(:event, seats => 2, name => 'guest 31 (example)', contact_kind => 'email', contact => 'guest31@example.org');
SELECT count(*) FROM generate_series(32, 34) n CROSS JOIN LATERAL register(:event, 'online', name => 'guest ' || n || ' (example)') r \g /dev/null
SELECT place, registration_id, seats, seats_ahead AS "seats ahead", free, rule FROM waiting_list WHERE event_id = :event ORDER BY place;
\echo '--- Somebody cancels: no seat stays free that somebody on the list can use'
\echo
SELECT registration_id AS leaver FROM registration_list WHERE event_id = :event ORDER BY registration_id LIMIT 1 \gset
SELECT * FROM cancel_registration(:leaver);
SELECT registration_id, seats, rule, free_before AS "free before" FROM move_up_log WHERE event_id = :event ORDER BY moved_up_id;
SELECT channel, registered, waiting, cancelled, share FROM registration_channel WHERE event_id = :event ORDER BY kind;

\echo '--- What attendees are told'
\echo
INSERT INTO event_check (event_id, check_code, side) VALUES (:event, 'ticket', NULL), (:event, 'health_code', 'on_site');
SELECT side_label AS side, label, content FROM attendee_sheet WHERE event_id = :event AND side = 'on_site' ORDER BY ordinal;
