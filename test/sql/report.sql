-- Reports: wide views with the same keys, for reporting tools.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_report');
SET search_path = s_report, salon;
SET salon.import = on;  -- what took place is entered afterwards
SET timezone = 'UTC';
\set ECHO all

INSERT INTO city (city_code, name_en, name_zh) VALUES ('hangzhou_report', 'Hangzhou', '杭州') ON CONFLICT DO NOTHING;
INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'community A', '社区甲'), ('organization', 'company B', '公司乙'), ('person', 'guest 1', NULL), ('person', 'guest 2', NULL), ('person', 'guest 3', NULL);
INSERT INTO series (name_en, name_zh) VALUES ('Kernel salons', '内核沙龙');
SELECT plan_event('Spring salon', '春季沙龙', '2025-03-08 13:30+08', '2025-03-08 17:30+08', host_id => 1, planned_on_site => 40, planned_online => 0, needs => '') AS spring \gset
UPDATE event SET city_code = 'hangzhou_report', series_id = 1, time_zone = 'Asia/Shanghai' WHERE event_id = :spring;
SELECT plan_event('Idea', needs => '') \g /dev/null
INSERT INTO package (event_id, name_en, price, benefits) VALUES (:spring, 'gold', 5000, 'logo_place:1');
INSERT INTO agreement (package_id, party_id, status_code) VALUES (1, 2, 'signed');
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis, paid_on) VALUES (:spring, 'venue', 1, 1000, 900, 'measured', '2025-03-09'), (:spring, 'tea', NULL, 500, NULL, NULL, NULL);
INSERT INTO channel (party_id, platform_code) VALUES (1, 'official_account');
INSERT INTO post (event_id, channel_id, planned_at, posted_at, planned_views, actual_views, actual_basis) VALUES
    (:spring, 1, '2025-03-01 09:00+08', '2025-03-01 09:05+08', 1000, 1200, 'measured'), (:spring, 1, '2025-03-10 09:00+08', NULL, 300, NULL, NULL);
INSERT INTO demand (party_id, resource_code, event_id) VALUES (2, 'influence', NULL);
INSERT INTO seating (event_id, side, capacity) VALUES (:spring, 'on_site', 2);
INSERT INTO registration (event_id, party_id, status_code, asked_at, registered_at, cancelled_at) VALUES
    (:spring, 3, 'cancelled', '2025-02-27 23:30+08', '2025-02-27 23:30+08', '2025-03-02 10:00+08'),
    (:spring, 4, 'registered', '2025-02-28 00:30+08', '2025-02-28 00:30+08', NULL),
    (:spring, 5, 'registered', '2025-03-01 10:00+08', '2025-03-02 10:00+08', NULL);
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('Code Night', '2025-05-03 09:00', '2025-05-04 18:00') RETURNING event_id AS night \gset
INSERT INTO hackathon (event_id) VALUES (:night);
INSERT INTO certification (organization_id, name_en) VALUES (1, 'database');
INSERT INTO certification_level (certification_id, name_en) VALUES (1, 'associate');

\echo == Every line says of what event it is
SELECT event_id, event, held_on, city_code, city, series_id, series, year, month_starts_on, status, template, hosts FROM report_event ORDER BY event_id;
SELECT event_id, on_site_planned, on_site, registered_on_site, posts_planned, posts, cost_planned, cost, sponsorship_planned, sponsorship, currency FROM report_event ORDER BY event_id;
SELECT event, city, series, count(*), count(*) FILTER (WHERE is_overdue) AS overdue, bool_and(days_left < 0) FILTER (WHERE is_overdue) AS days_are_past FROM report_checklist WHERE event_id = :spring GROUP BY 1, 2, 3;

\echo == Money in both directions
SELECT event, direction_code, direction, kind, party, planned, actual, basis, paid_on, currency FROM report_money ORDER BY direction_code, cost_id;
SELECT event, party, part, package, agreed_amount, actual_amount, currency FROM report_sponsor ORDER BY party_id;

\echo == Posts, seats by day on the clock of the event, what parties got
SELECT event, channel, platform, party, posted_at, views_planned, views, basis FROM report_exposure ORDER BY post_id;
SELECT event, side, counted_on, days_to_event, asked, registered, cancelled, registered_so_far FROM report_registration ORDER BY event_id, side, counted_on;
SELECT event, party, demands, met, share FROM report_satisfaction ORDER BY event_id, party_id;
SELECT program_code, program, edition, event_id = :night AS has_event, event, held_on, organizations, people, finished FROM report_program ORDER BY program_code;

\echo == In Chinese
SET salon.lang = zh;
SELECT event, city, series, template, hosts FROM report_event WHERE event_id = :spring;
SELECT DISTINCT direction, kind FROM report_money ORDER BY 1, 2;
SELECT DISTINCT program FROM report_program ORDER BY 1;
RESET salon.lang;

\echo == All of them join by event_id, and each column says what it is in both languages
SELECT c.table_name, c.column_name
FROM information_schema.columns c
WHERE c.table_schema = 's_report' AND c.table_name LIKE 'report\_%'
  AND coalesce(col_description(format('%I.%I', c.table_schema, c.table_name)::regclass, c.ordinal_position), '') !~ ' / [^/]*[一-龥][^/]*$'
ORDER BY 1, 2;
SELECT c.table_name, string_agg(c.column_name, ', ' ORDER BY c.ordinal_position) AS types_that_are_not_plain
FROM information_schema.columns c
WHERE c.table_schema = 's_report' AND c.table_name LIKE 'report\_%'
  AND c.data_type NOT IN ('text', 'bigint', 'numeric', 'boolean', 'timestamp with time zone', 'date')
GROUP BY 1;
SELECT t.table_name
FROM information_schema.tables t
WHERE t.table_schema = 's_report' AND t.table_name LIKE 'report\_%'
  AND NOT EXISTS (SELECT FROM information_schema.columns c WHERE (c.table_schema, c.table_name, c.column_name) = (t.table_schema, t.table_name, 'event_id'))
ORDER BY 1;

\echo == What a tool lists, its role can read
CREATE ROLE s_report_tool;
CREATE FUNCTION pg_temp.read_all() RETURNS TABLE (relation text, problem text) LANGUAGE plpgsql AS $$
BEGIN
    FOR relation IN SELECT t.table_name FROM information_schema.tables t WHERE t.table_schema = 's_report' ORDER BY 1 LOOP
        BEGIN
            EXECUTE format('SELECT count(*) FROM s_report.%I', relation);
        EXCEPTION WHEN OTHERS THEN
            problem := SQLERRM;
            RETURN NEXT;
        END;
    END LOOP;
END
$$;
CREATE FUNCTION pg_temp.lists() RETURNS bigint LANGUAGE sql AS $$
    SELECT count(*) FROM information_schema.tables WHERE table_schema = 's_report' AND table_name LIKE 'report\_%'
$$;
SELECT salon.grant_access('s_report', 's_report_tool', 'visitor');
SET ROLE s_report_tool;
SELECT pg_temp.lists() AS reports, (SELECT count(*) FROM pg_temp.read_all()) AS refused;
RESET ROLE;
SELECT salon.revoke_access('s_report', 's_report_tool'), salon.grant_access('s_report', 's_report_tool', 'organizer');
SET ROLE s_report_tool;
SELECT pg_temp.lists() AS reports, (SELECT count(*) FROM pg_temp.read_all()) AS refused, (SELECT count(*) FROM report_event) AS events;
RESET ROLE;
SELECT salon.revoke_access('s_report', 's_report_tool');
DROP ROLE s_report_tool;

SET client_min_messages = warning;
SELECT salon.drop_space('s_report', true);
