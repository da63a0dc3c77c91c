-- Settings of a session change how a value is shown, never what a view tells:
-- every view, under each of them, against itself.
--
-- pg_prove -d DATABASE test/pgtap/setting.sql

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
CREATE TEMPORARY TABLE set_before AS SELECT name, setting FROM pg_settings;
SELECT salon.create_space('t_setting') \g /dev/null
CREATE TEMPORARY TABLE set_by_create AS SELECT name, s.setting FROM pg_settings s JOIN set_before b USING (name) WHERE s.setting IS DISTINCT FROM b.setting;
SELECT salon.create_space('t_setting_2'), salon.upgrade_space('t_setting_2'), salon.drop_space('t_setting_2') \g /dev/null
CREATE TEMPORARY TABLE set_by_rest AS SELECT name, s.setting FROM pg_settings s JOIN set_before b USING (name) WHERE s.setting IS DISTINCT FROM b.setting;
SET LOCAL search_path = t_setting, salon, public;
SET LOCAL timezone = 'UTC';
SELECT no_plan();

-- What begins and ends with a day, has a date in its text, or counts within a
-- time: the days around today, so that one of two far clocks sees another one.
INSERT INTO city (city_code, name_en) VALUES ('ny', 'New York'), ('apia', 'Apia');
UPDATE space SET time_zone = 'America/New_York';
INSERT INTO venue (city_code, name, time_zone) VALUES ('ny', 'Pier', 'America/New_York'), ('apia', 'Beach', 'Pacific/Apia');
INSERT INTO room (venue_id, name, capacity) VALUES (1, 'hall', 100), (1, 'loft', 30), (2, 'hut', 9);
INSERT INTO room_hours (room_id, opens, closes) VALUES (2, '08:00', '22:00');
INSERT INTO party (kind, name_en, city_code) VALUES ('organization', 'Host', 'ny'), ('organization', 'Other', 'ny'), ('person', 'Ann', NULL), ('person', 'Bob', NULL);
SET LOCAL salon.import = on;
INSERT INTO event (name_en, venue_id, city_code, starts_at, ends_at, status_code) VALUES
    ('Past', 1, 'ny', now() - interval '3 days', now() - interval '2 days', 'held'),
    ('Far', 2, 'apia', now() - interval '367 days', now() - interval '366 days', 'held');
SET LOCAL salon.import = off;
SELECT plan_event('Twice', venue_id => 1, host_id => 1, local_starts_at => '2031-11-01 22:00', local_ends_at => '2031-11-02 03:00', planned_on_site => 80, planned_online => 5),
       plan_event('Once', venue_id => 1, host_id => 1, local_starts_at => '2031-03-08 09:00', local_ends_at => '2031-03-10 17:00'),
       plan_event('Beach', venue_id => 2, host_id => 2, local_starts_at => '2031-04-05 09:00', local_ends_at => '2031-04-07 17:00') \g /dev/null
INSERT INTO event_party (event_id, party_id, part_code) SELECT event_id, 1 + event_id % 2, 'host' FROM event WHERE took_place UNION ALL SELECT 3, 2, 'community';
INSERT INTO session (event_id, format_code, title_en, room_id, starts_at, ends_at) VALUES
    (3, 'mini_talk', 'at night', 1, '2031-11-02 01:15-04', '2031-11-02 01:45-05'), (4, 'mini_talk', 'at noon', 2, '2031-03-09 12:00-04', '2031-03-09 13:00-04'),
    (4, 'mini_talk', 'elsewhere', 3, '2031-03-12 12:00+14', '2031-03-12 13:00+14');
INSERT INTO speaker (session_id, person_id) VALUES (1, 3), (2, 4);
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (4, 3, '2031-03-12 12:00+14', '2031-03-12 13:00+14');
INSERT INTO helper (party_id) VALUES (3), (4);
INSERT INTO event_duty (event_id, duty_code, party_id, whole_event) VALUES (3, 'photo', 4, true), (5, 'photo', 4, true);
INSERT INTO invitation (event_id, person_id) VALUES (3, 3), (4, 4);
INSERT INTO absence (person_id, starts_at, ends_at) VALUES (3, '2031-11-05', '2031-11-06');
INSERT INTO demand (party_id, resource_code, quantity, valid_from, valid_before)
SELECT 1 + n % 2, 'prize', n, (now() AT TIME ZONE 'UTC')::date + n - 3, (now() AT TIME ZONE 'UTC')::date + n - 2 FROM generate_series(1, 5) n;
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'prize', 9), (2, 'prize', 9);
INSERT INTO party_role (party_id, role_code, since, until)
SELECT 1 + n % 2, (SELECT min(role_code) FROM role), (now() AT TIME ZONE 'UTC')::date + n - 3, (now() AT TIME ZONE 'UTC')::date + n - 2 FROM generate_series(1, 5) n;
INSERT INTO affiliation (person_id, organization_id, since, until)
SELECT 3 + n % 2, 1, (now() AT TIME ZONE 'UTC')::date + n - 3, (now() AT TIME ZONE 'UTC')::date + n - 2 FROM generate_series(1, 5) n;
INSERT INTO metric (party_id, kind, name_en, unit, target, due_on)
SELECT 1, 'process', 'm' || n, 'people', 80, (now() AT TIME ZONE 'UTC')::date + n - 3 FROM generate_series(1, 5) n;
INSERT INTO asset (event_id, asset_kind_code, url) SELECT 1, min(asset_kind_code), 'https://example.org/photo' FROM asset_kind;
INSERT INTO asset_person (asset_id, person_id) VALUES (1, 3), (1, 4);
INSERT INTO consent (person_id, event_id, status_code, said_on, until)
SELECT 3 + n % 2, n, 'given', '2020-01-01', (now() AT TIME ZONE 'UTC')::date + n - 2 FROM generate_series(1, 3) n;
INSERT INTO series (name_en) VALUES ('Series');
INSERT INTO rotation (series_id, cadence, starts_time, lasts, time_zone) VALUES (1, 'FREQ=WEEKLY', '01:30', '2 hours', 'America/New_York');
INSERT INTO series_host (series_id, party_id) VALUES (1, 1), (1, 2);
INSERT INTO blackout (party_id, since, until) VALUES (1, '2031-11-09', '2031-11-12');
INSERT INTO host_wish (series_host_id, since, until) SELECT 1, '2031-11-01', '2031-11-20';
SELECT FROM plan_season(1, '2031-10-20', '2031-11-20') \g /dev/null
INSERT INTO channel (party_id, platform_code, name) SELECT 1, min(platform_code), 'news' FROM platform;
INSERT INTO post (event_id, channel_id, planned_at) SELECT 3, 1, timestamptz '2031-10-30 12:00-04' + n * interval '12 hours' FROM generate_series(1, 9) n;
INSERT INTO package (event_id, name_en, benefits, price, closes_at) VALUES (3, 'gold', 'booth:1', 100, '2031-11-02 01:30-05');
INSERT INTO agreement (package_id, party_id, status_code) VALUES (1, 2, 'signed');
INSERT INTO delivery (commitment_id, amount) SELECT commitment_id, amount FROM commitment WHERE kind = 'money';
INSERT INTO seating (event_id, side, capacity) VALUES (3, 'on_site', 80);
SELECT register(3, 'on_site', 2, 'School') \g /dev/null

CREATE TEMPORARY TABLE shown AS
SELECT c.relname AS name
FROM pg_class c
-- what constraints demand is written as the server writes it
WHERE c.relnamespace = 't_setting'::regnamespace AND c.relkind = 'v' AND c.relname <> 'remedy';

-- Moments, dates and intervals are compared as such, words as they stand.
CREATE FUNCTION pg_temp.differing(setting text, other text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    v record;
    rows bigint;
    names text := '';
    usual text := current_setting(setting);
BEGIN
    PERFORM set_config(setting, other, true);
    FOR v IN SELECT s.name FROM pg_temp.shown s ORDER BY s.name LOOP
        EXECUTE format('SELECT count(*) FROM ((SELECT x.* FROM t_setting.%1$I x EXCEPT ALL SELECT * FROM pg_temp.%2$I) UNION ALL (SELECT * FROM pg_temp.%2$I EXCEPT ALL SELECT x.* FROM t_setting.%1$I x)) d',
                       v.name, 'before_' || v.name) INTO rows;
        names := names || CASE WHEN rows > 0 THEN v.name || ' ' ELSE '' END;
    END LOOP;
    PERFORM set_config(setting, usual, true);
    RETURN names;
END
$$;
SELECT format('CREATE TEMPORARY TABLE %I AS SELECT * FROM t_setting.%I', 'before_' || name, name) FROM shown \gexec

SELECT is((SELECT count(*) FROM shown s WHERE (xpath('/row/c/text()', query_to_xml(format('SELECT count(*) AS c FROM t_setting.%I', s.name), false, true, '')))[1]::text::bigint > 0) > 60, true, 'most views have rows');
SELECT is(pg_temp.differing(setting, other), '', format('%s = %s', setting, other))
FROM (VALUES ('timezone', 'Etc/GMT+12'), ('timezone', 'Etc/GMT-14'), ('timezone', 'America/New_York'), ('datestyle', 'German'), ('intervalstyle', 'iso_8601'), ('search_path', 'pg_catalog')) s (setting, other);

-- What makes, brings up to date and drops a space leaves the settings of the transaction alone.
SELECT is_empty('SELECT * FROM pg_temp.set_by_create', 'create_space leaves the settings of the transaction as they were');
SELECT is_empty('SELECT * FROM pg_temp.set_by_rest', 'and so do upgrade_space and drop_space');

SELECT * FROM finish();
ROLLBACK;
