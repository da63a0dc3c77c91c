-- Channels and exposure: followers, posts, the busiest window, lift, spread.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_channel');
SET search_path = s_channel, salon;
\set ECHO all

\echo == Channels of parties, and who follows them
INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'vendor', '厂商'), ('organization', 'media', '媒体'), ('organization', 'school', '学校');
INSERT INTO channel (party_id, platform_code, name) VALUES (1, 'official_account', NULL), (1, 'video_account', 'clips'), (2, 'official_account', 'news'), (3, 'website', NULL);
INSERT INTO follower_count (channel_id, counted_on, followers, basis) VALUES
    (1, '2031-01-01', 1000, 'measured'), (1, '2031-04-01', 1500, 'measured'), (1, '2031-05-01', 2500, 'claimed'), (3, '2031-04-20', 90000, 'claimed');
SELECT channel, followers, counted_on, basis, gained, gained_since FROM channel_follower ORDER BY channel_id;
SET salon.lang = 'zh';
SELECT channel, followers FROM channel_follower ORDER BY channel_id;
RESET salon.lang;

\echo == Posts of an event, planned and actual
SELECT plan_event('Evening', NULL, '2031-05-10 18:00', '2031-05-10 21:00', needs => '');
INSERT INTO post (event_id, channel_id, planned_at, posted_at, planned_views, actual_views, actual_basis) VALUES
    (1, 1, '2031-05-08 09:00', '2031-05-08 09:30', 1000, 800, 'measured'),
    (1, 3, '2031-05-08 09:00', '2031-05-08 20:00', 5000, 9000, 'claimed'),
    (1, 4, '2031-05-08 09:00', NULL, NULL, NULL, NULL),
    (1, 2, NULL, '2031-05-09 09:00', NULL, NULL, NULL),
    (1, 1, NULL, '2031-05-09 09:30', NULL, 10, 'measured'),
    (1, 3, NULL, '2031-05-12 10:00', NULL, NULL, NULL);
SELECT event, planned_posts, posts, channels, parties, planned_views, planned_views_posts, views, views_posts, views_basis, followers, followers_channels FROM exposure;
SELECT window_starts_at, window_ends_at, window_posts, window_channels, window_share, depth, planned_window_posts, planned_window_share, planned_depth FROM exposure;

\echo == The window slides, and is half-open: exactly a day later is out, a moment more is in
SELECT * FROM busiest_window(1);
SELECT * FROM busiest_window(1, '24 hours 1 second');
SELECT * FROM busiest_window(1, '1 second');
SELECT * FROM busiest_window(1, '30 days');
SELECT * FROM busiest_window(1, '1 hour', is_planned => true);

\echo == Without posts there is no window
SELECT plan_event('Silent', needs => '');
SELECT * FROM busiest_window(2);
SELECT event, posts, views, window_posts, depth FROM exposure WHERE event_id = 2;

\echo == Bad questions
SELECT pg_temp.refused('SELECT busiest_window(99)');
SELECT pg_temp.refused('SELECT busiest_window(NULL)');
SELECT pg_temp.refused($$ SELECT busiest_window(1, '0') $$);
SELECT pg_temp.refused($$ SELECT busiest_window(1, '-1 day') $$);
SELECT pg_temp.refused($$ SELECT busiest_window(1, NULL) $$);
SELECT pg_temp.refused($$ SELECT busiest_window(1, '11 years') $$);
SELECT pg_temp.refused($$ SELECT busiest_window(1, is_planned => NULL) $$);
SELECT pg_temp.refused('SELECT index_lift(99)');
SELECT pg_temp.refused('SELECT index_lift(1, 0)');
SELECT pg_temp.refused('SELECT index_lift(1, NULL)');

\echo == The index before and from the event on: only what was measured, and on how many days
INSERT INTO event_party (event_id, party_id, part_code) VALUES (1, 1, 'host'), (1, 2, 'channel'), (1, 3, 'school');
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis)
SELECT 1, 'wechat_index', d::date, CASE WHEN d < '2031-05-10' THEN 1000 ELSE 2500 END, 'measured' FROM generate_series(timestamp '2031-05-01', '2031-05-20', '1 day') d;
INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis) VALUES
    (2, 'wechat_index', '2031-05-09', 500, 'measured'), (2, 'wechat_index', '2031-05-08', 1, 'claimed'), (2, 'wechat_index', '2031-05-11', 600, 'measured'), (2, 'wechat_index', '2031-05-12', 700, 'measured'),
    (3, 'wechat_index', '2031-05-12', 700, 'measured');
SELECT party, attention_index, before, before_days, after, after_days, lift FROM event_lift WHERE event_id = 1;
SELECT * FROM index_lift(1, 1);
SELECT * FROM index_lift(2);

\echo == Secondary spread: video → article → channels
INSERT INTO asset (asset_kind_code, event_id, state, url) VALUES ('video', 1, 'published', 'https://example.org/v');
INSERT INTO asset (asset_kind_code, event_id, state, body, source_id) VALUES ('article', 1, 'published', 'text', 1), ('short_video', 1, 'draft', NULL, 1), ('copy', 1, 'published', 'more', 2);
INSERT INTO post (event_id, channel_id, asset_id, posted_at, actual_views, actual_basis) VALUES
    (1, 1, 2, '2031-05-15 09:00', 300, 'measured'), (1, 3, 2, '2031-05-15 10:00', 4000, 'measured'), (1, 4, 4, '2031-05-16 10:00', NULL, NULL);
SELECT asset_kind, path, depth, posts, channels, channel_names, views, views_posts FROM spread WHERE event_id = 1 ORDER BY path;

\echo == A video that gets a source of its own takes along what was made of it
INSERT INTO asset (asset_kind_code, event_id, state) VALUES ('slides', 1, 'ready');
UPDATE asset SET source_id = 5 WHERE asset_id = 1;
SELECT asset_id, source_id, source_depth, depth FROM asset ORDER BY 1;
DELETE FROM asset WHERE asset_id = 5;
SELECT asset_id, source_id, source_depth, depth FROM asset ORDER BY 1;

\echo == No ring, no unknown source
SELECT pg_temp.refused('UPDATE asset SET source_id = 4 WHERE asset_id = 1');
SELECT pg_temp.refused('UPDATE asset SET source_id = 2 WHERE asset_id = 1');
SELECT pg_temp.refused('UPDATE asset SET source_id = 1 WHERE asset_id = 1');
SELECT pg_temp.refused('UPDATE asset SET source_id = 99 WHERE asset_id = 1');
UPDATE asset SET source_depth = 7 WHERE asset_id = 2;
SELECT asset_id, source_id, source_depth, depth FROM asset ORDER BY 1;

\echo == Nothing counts twice
SELECT pg_temp.refused($$ INSERT INTO channel (party_id, platform_code) VALUES (1, 'official_account') $$);
SELECT pg_temp.refused($$ INSERT INTO follower_count (channel_id, counted_on, followers, basis) VALUES (1, '2031-05-01', 1, 'measured') $$);
SELECT pg_temp.refused($$ INSERT INTO index_value (party_id, attention_index_code, measured_on, value, basis) VALUES (1, 'wechat_index', '2031-05-01', 1, 'measured') $$);
SELECT pg_temp.refused($$ INSERT INTO post (event_id, channel_id, posted_at) VALUES (1, 1, '2031-05-08 09:30') $$);
SELECT pg_temp.refused($$ INSERT INTO post (event_id, channel_id, planned_at) VALUES (1, 1, '2031-05-08 09:00') $$);
UPDATE post SET url = 'https://example.org/1' WHERE post_id = 1;
SELECT pg_temp.refused($$ UPDATE post SET url = 'https://example.org/1' WHERE post_id = 2 $$);

\echo == Refused: times, figures, codes
SELECT pg_temp.refused($$ INSERT INTO post (event_id, channel_id) VALUES (1, 1) $$);
SELECT pg_temp.refused($$ INSERT INTO post (event_id, channel_id, posted_at) VALUES (1, 1, 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO post (event_id, channel_id, planned_at, actual_views, actual_basis) VALUES (1, 1, '2031-06-01', 5, 'measured') $$);
SELECT pg_temp.refused($$ UPDATE post SET actual_basis = NULL WHERE post_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE post SET actual_basis = 'guessed' WHERE post_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE post SET actual_views = -1 WHERE post_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE post SET planned_views = -1 WHERE post_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE post SET actual_views = 1000000000001 WHERE post_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE post SET planned_views = 1000000000001 WHERE post_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE post SET url = 'example.org' WHERE post_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE channel SET url = 'example.org' WHERE channel_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO post (event_id, channel_id, posted_at) VALUES (1, 99, '2031-06-01') $$);
SELECT pg_temp.refused($$ INSERT INTO post (event_id, channel_id, asset_id, posted_at) VALUES (1, 1, 99, '2031-06-01') $$);
SELECT pg_temp.refused($$ UPDATE follower_count SET followers = -1 WHERE channel_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE follower_count SET followers = 1000000000001 WHERE channel_id = 1 $$);
SELECT pg_temp.refused($$ UPDATE follower_count SET basis = 'guessed' WHERE channel_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO follower_count (channel_id, counted_on, followers, basis) VALUES (1, 'infinity', 1, 'measured') $$);
SELECT pg_temp.refused($$ UPDATE index_value SET value = -1 WHERE party_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE index_value SET value = 'NaN' WHERE party_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE index_value SET basis = 'guessed' WHERE party_id = 3 $$);
SELECT pg_temp.refused($$ UPDATE index_value SET measured_on = '-infinity' WHERE party_id = 3 $$);
SELECT pg_temp.refused($$ INSERT INTO platform (platform_code, name_en) VALUES ('X', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO platform (platform_code) VALUES ('x') $$);
SELECT pg_temp.refused($$ INSERT INTO attention_index (attention_index_code, name_en) VALUES ('X', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO attention_index (attention_index_code) VALUES ('x') $$);

\echo == Nothing of that changed anything
SELECT (SELECT count(*) FROM post) AS posts, (SELECT count(*) FROM channel) AS channels, (SELECT count(*) FROM follower_count) AS counts,
       (SELECT count(*) FROM index_value) AS index_values, (SELECT count(*) FROM asset) AS assets;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_channel', drop_rows => true);
