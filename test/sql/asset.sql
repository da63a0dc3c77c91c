-- Assets: what is refused, and how one is told.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_asset');
SET search_path = s_asset, salon;
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'One');
SELECT plan_event('Evening', needs => ''), plan_event('Night', needs => '');
INSERT INTO session (event_id, format_code, title_en) VALUES (2, 'mini_talk', 'A');

\echo == Kind, state, orientation, address
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, event_id) VALUES ('statue', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, event_id, state) VALUES ('poster', 1, 'lost') $$);
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, event_id, orientation) VALUES ('photo', 1, 'upside down') $$);
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, event_id, url) VALUES ('poster', 1, 'poster.png') $$);

\echo == An asset belongs to something that is there
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code) VALUES ('poster') $$);
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, event_id) VALUES ('poster', 99) $$);
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, party_id) VALUES ('logo', 99) $$);
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, product_id) VALUES ('logo', 99) $$);
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, session_id) VALUES ('slides', 99) $$);

\echo == A session of another event
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, event_id, session_id) VALUES ('slides', 1, 1) $$);
INSERT INTO asset (asset_kind_code, event_id, session_id) VALUES ('slides', 2, 1);
INSERT INTO asset (asset_kind_code, session_id) VALUES ('slides', 1);

\echo == What is published can be found
SELECT pg_temp.refused($$ INSERT INTO asset (asset_kind_code, event_id, state) VALUES ('article', 1, 'published') $$);
INSERT INTO asset (asset_kind_code, event_id, state, body) VALUES ('article', 1, 'published', 'What was said.');
SELECT pg_temp.refused($$ UPDATE asset SET body = NULL WHERE state = 'published' $$);

\echo == Kinds
SELECT pg_temp.refused($$ INSERT INTO asset_kind (asset_kind_code, name_en) VALUES ('Statue', 'statue') $$);
SELECT pg_temp.refused($$ INSERT INTO asset_kind (asset_kind_code) VALUES ('statue') $$);
SELECT pg_temp.refused($$ DELETE FROM asset_kind WHERE asset_kind_code = 'slides' $$);

\echo == Deleting an event takes its assets along
DELETE FROM event WHERE event_id = 2;
SELECT asset_kind_code, event_id FROM asset;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_asset', drop_rows => true);
