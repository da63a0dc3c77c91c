-- The critical path of random plans against all paths, counted one by one; what
-- ships; the plan of a conference of 73 tasks.
--
-- pg_prove -d DATABASE test/pgtap/critical_path.sql

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

SELECT salon.create_space('t_critical_path') \g /dev/null
SET LOCAL search_path = t_critical_path, salon, public;
SET LOCAL salon.lang = 'en';
SET LOCAL TIME ZONE 'UTC';

SELECT no_plan();

-- What ships.

SELECT is_empty($$
    SELECT d.item_code, d.needs_code
    FROM item_dependency d
    JOIN checklist_item a ON a.item_code = d.item_code
    JOIN checklist_item b ON b.item_code = d.needs_code
    WHERE timestamp '2030-01-01' + CASE a.due_anchor WHEN 'end' THEN interval '4 hours' ELSE interval '0' END + a.due_offset
        < timestamp '2030-01-01' + CASE b.due_anchor WHEN 'end' THEN interval '4 hours' ELSE interval '0' END + b.due_offset
    $$, 'no item is due before what it waits for');
SELECT is((SELECT count(*) FROM checklist_item WHERE lasts IS NULL), 0::bigint, 'each of the 28 says how long it takes');
SELECT ok((SELECT bool_and(shipped) FROM item_dependency), 'dependencies are marked as shipped');
SELECT plan_event('Salon', starts_at => '2031-03-08 13:30+08', ends_at => '2031-03-08 17:30+08') AS salon \gset
SELECT is_empty(format($$ SELECT item_code, due_at, done_at FROM critical_path(%s, '2030-12-01 12:00+08') WHERE is_late IS DISTINCT FROM false $$, :salon),
                'a salon that is planned three months before is late in nothing');
SELECT isnt_empty(format($$ SELECT item_code FROM critical_path(%s, '2031-02-20 12:00+08') WHERE is_late AND because_of_code <> item_code $$, :salon),
                  'one that is planned two weeks before is late, because of other items');

-- Random plans.  Each has a template of its own: items with durations that may
-- not be known, due dates that may not be known, items that cannot begin before
-- the event, some that are done or waived; in zones with another clock in summer.

SELECT setseed(0.61) \g /dev/null
CREATE TEMP TABLE plan AS
SELECT n AS plan, 'p' || n AS template_code, 3 + n % 7 AS items,
       (ARRAY['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'])[1 + n % 3] AS time_zone,
       timestamptz '2031-03-20 09:00+00' + n * interval '1 day' AS starts_at,
       timestamptz '2031-03-20 09:00+00' + n * interval '1 day' - random() * interval '40 days' AS at
FROM generate_series(1, 120) n;
INSERT INTO template (template_code, name_en) SELECT template_code, template_code FROM plan;
INSERT INTO checklist_item (item_code, template_code, ordinal, phase_code, name_en, due_anchor, due_offset, lasts, not_before)
SELECT template_code || '_' || k, template_code, k, 'follow', template_code || '_' || k,
       CASE WHEN random() < 0.3 THEN 'end' ELSE 'start' END,
       CASE WHEN random() < 0.7 THEN floor(random() * 40 - 35) * interval '1 day' + floor(random() * 24) * interval '1 hour' END,
       CASE WHEN random() < 0.85 THEN floor(random() * 12) * interval '12 hours' END,
       CASE WHEN random() < 0.15 THEN 'start' WHEN random() < 0.1 THEN 'end' END
FROM plan CROSS JOIN LATERAL generate_series(1, items) k;
-- In a hidden order nothing waits for what comes later, so that there is no ring.
INSERT INTO item_dependency (item_code, needs_code)
SELECT a.item_code, b.item_code
FROM (SELECT item_code, template_code, md5(item_code) AS hidden FROM checklist_item) a
JOIN (SELECT item_code, template_code, md5(item_code) AS hidden FROM checklist_item) b USING (template_code)
WHERE a.hidden > b.hidden AND template_code <> 'salon' AND random() < 0.4
ORDER BY random();
ALTER TABLE plan ADD event_id bigint;
UPDATE plan SET event_id = plan_event('Plan', starts_at => starts_at, ends_at => starts_at + interval '30 hours', time_zone => plan.time_zone,
                                      template_code => plan.template_code);
INSERT INTO event_item (event_id, item_code, done_evidence, waived_reason)
SELECT p.event_id, i.item_code, CASE WHEN x.r < 0.1 THEN 'there' END, CASE WHEN x.r >= 0.1 THEN 'not for us' END
FROM plan p JOIN checklist_item i USING (template_code)
CROSS JOIN LATERAL (SELECT random() AS r WHERE i.item_code <> '') x
WHERE x.r < 0.2;

CREATE TEMP TABLE found AS
SELECT p.plan, p.time_zone, c.* FROM plan p CROSS JOIN LATERAL critical_path(p.event_id, p.at) c;

-- All paths between open items, each with its length; those of one item too.
CREATE TEMP TABLE open_item AS
SELECT p.plan, p.time_zone, i.item_code, i.ordinal, i.lasts,
       greatest(p.at AT TIME ZONE p.time_zone,
                CASE i.not_before WHEN 'start' THEN p.starts_at WHEN 'end' THEN p.starts_at + interval '30 hours' END AT TIME ZONE p.time_zone) AS can_begin,
       c.due_at AT TIME ZONE p.time_zone AS due
FROM plan p JOIN checklist_item i USING (template_code)
JOIN checklist c ON c.event_id = p.event_id AND c.item_code = i.item_code
WHERE c.status_code IN ('open', 'overdue');
CREATE TEMP TABLE path AS
WITH RECURSIVE path AS (
    SELECT plan, item_code AS first, item_code AS last, coalesce(lasts, '0') AS length, lasts IS NOT NULL AS exact,
           coalesce(lasts, '0') AS first_lasts, ARRAY[item_code] AS items
    FROM open_item
    UNION ALL
    SELECT p.plan, p.first, o.item_code, p.length + coalesce(o.lasts, '0'), p.exact AND o.lasts IS NOT NULL, p.first_lasts, p.items || o.item_code
    FROM path p
    JOIN item_dependency d ON d.needs_code = p.last
    JOIN open_item o ON o.plan = p.plan AND o.item_code = d.item_code
)
SELECT * FROM path;
CREATE TEMP TABLE expected AS
SELECT o.plan, o.item_code,
       (SELECT max(f.can_begin + p.length) FROM path p JOIN open_item f ON f.plan = p.plan AND f.item_code = p.first
        WHERE p.plan = o.plan AND p.last = o.item_code) AS done,
       (SELECT bool_and(p.exact) FROM path p WHERE p.plan = o.plan AND p.last = o.item_code) AS exact,
       (SELECT min(l.due - (p.length - p.first_lasts)) FROM path p JOIN open_item l ON l.plan = p.plan AND l.item_code = p.last
        WHERE p.plan = o.plan AND p.first = o.item_code) AS needed,
       o.due, o.time_zone
FROM open_item o;

SELECT ok(count(*) > 1500 AND max(cardinality(items)) >= 6, 'the plans have many paths, and long ones') FROM path;
SELECT results_eq('SELECT plan, item_code FROM found ORDER BY 1, 2', 'SELECT plan, item_code FROM expected ORDER BY 1, 2',
                  'each item that is not done, once');
SELECT results_eq('SELECT plan, item_code, done_at FROM found ORDER BY 1, 2',
                  'SELECT plan, item_code, done AT TIME ZONE time_zone FROM expected ORDER BY 1, 2',
                  'done at the earliest: the longest path to it');
SELECT results_eq('SELECT plan, item_code, needed_at FROM found ORDER BY 1, 2',
                  'SELECT plan, item_code, needed AT TIME ZONE time_zone FROM expected ORDER BY 1, 2',
                  'needed: the longest path from it to what is due');
SELECT results_eq('SELECT plan, item_code, slack_days FROM found ORDER BY 1, 2',
                  'SELECT plan, item_code, trim_scale(round(extract(epoch FROM needed - done) / 86400, 2)) FROM expected ORDER BY 1, 2',
                  'slack: the days between');
SELECT results_eq('SELECT plan, item_code, is_exact, is_late FROM found ORDER BY 1, 2',
                  'SELECT plan, item_code, exact, CASE WHEN done > due THEN true WHEN exact AND due IS NOT NULL THEN false END FROM expected ORDER BY 1, 2',
                  'late, not late, or not known');
SELECT ok(count(*) FILTER (WHERE is_late) > 50 AND count(*) FILTER (WHERE NOT is_late) > 50 AND count(*) FILTER (WHERE is_late IS NULL) > 50,
          'and there are many of each') FROM found;

-- A late item: the chain begins where nothing else holds up, and fills the time
-- to the end without a gap.
SELECT is_empty($$
    SELECT f.plan, f.item_code, f.because_of_code
    FROM found f
    WHERE f.is_late AND NOT EXISTS (
        SELECT FROM path p
        JOIN open_item o ON o.plan = p.plan AND o.item_code = p.first
        WHERE p.plan = f.plan AND p.first = f.because_of_code AND p.last = f.item_code
          AND o.can_begin + p.length = f.done_at AT TIME ZONE f.time_zone
          -- the text names the items of that chain in order, or the item itself
          AND replace(regexp_replace(f.because_of, ' \(nobody\)|the (start|end) of the event( → )?', '', 'g'), 'itself', '')
              = array_to_string(p.items[1:cardinality(p.items) - 1], ' → '))
    $$, 'because of: a chain that fills the time to the item');
SELECT is_empty('SELECT FROM found WHERE is_late IS NOT TRUE AND num_nonnulls(because_of, because_of_code) > 0', 'nothing is said of what is not late');
SELECT ok(count(*) FILTER (WHERE because_of LIKE '%→%→%') > 5, 'and some chains are long') FROM found;

-- The critical chain: one, without a gap, to the item that is most late or
-- nearest to it; where nothing is due, to the one that is done last.
SELECT is_empty($$
    SELECT c.plan
    FROM (SELECT plan, array_agg(item_code) AS items FROM found WHERE is_critical GROUP BY plan) c
    WHERE NOT EXISTS (
        SELECT FROM path p
        JOIN open_item o ON o.plan = p.plan AND o.item_code = p.first
        JOIN expected x ON x.plan = p.plan AND x.item_code = p.last
        WHERE p.plan = c.plan AND p.items @> c.items AND p.items <@ c.items
          AND o.can_begin + p.length = x.done
          AND CASE WHEN x.due IS NULL
                   THEN x.done = (SELECT max(y.done) FROM expected y WHERE y.plan = c.plan)
                        AND NOT EXISTS (SELECT FROM expected y WHERE y.plan = c.plan AND y.due IS NOT NULL)
                   ELSE x.done - x.due = (SELECT max(y.done - y.due) FROM expected y WHERE y.plan = c.plan) END)
    $$, 'the critical chain is the longest against the time it has');
SELECT is((SELECT count(DISTINCT plan) FROM found WHERE is_critical), (SELECT count(DISTINCT plan) FROM expected), 'each plan has one');
SELECT is_empty($$
    SELECT f.plan, f.item_code FROM found f
    WHERE f.is_critical AND f.slack_days > (SELECT min(x.slack_days) FROM found x WHERE x.plan = f.plan)
    $$, 'nothing has less slack than what is on it');

-- A ring is refused whatever the order in which it is entered.
SELECT is_empty($$
    SELECT * FROM path WHERE cardinality(items) > (SELECT count(DISTINCT i) FROM unnest(items) i)
    $$, 'no path meets itself');
CREATE FUNCTION pg_temp.ring_is_refused(n integer) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    r record;
    k integer := 0;
BEGIN
    DELETE FROM item_dependency WHERE item_code LIKE 'ring%';
    FOR r IN SELECT 'ring' || i AS a, 'ring' || i % n + 1 AS b FROM generate_series(1, n) i ORDER BY random() LOOP
        k := k + 1;
        INSERT INTO item_dependency (item_code, needs_code) VALUES (r.a, r.b);
    END LOOP;
    RETURN false;
EXCEPTION WHEN check_violation THEN
    RETURN k = n; -- only the last one closes it
END $$;
INSERT INTO template (template_code, name_en) VALUES ('ring', 'Ring');
INSERT INTO checklist_item (item_code, template_code, phase_code, name_en) SELECT 'ring' || n, 'ring', 'follow', 'r' FROM generate_series(1, 12) n;
SELECT ok(bool_and(pg_temp.ring_is_refused(n)), 'rings of two to twelve are refused by the dependency that closes them') FROM generate_series(2, 12) n, generate_series(1, 5);

-- The plan of a conference: 73 tasks in the tables of the 28 items.

\ir ../../doc/conference.sql
SELECT is((SELECT count(*) FROM checklist_item WHERE template_code = 'conference'), 73::bigint, '73 tasks');
SELECT ok(bool_and(name_en IS NOT NULL AND name_zh IS NOT NULL AND due_offset IS NOT NULL AND lasts IS NOT NULL AND duty_code IS NOT NULL),
          'each with names, a due date, a duration and an owner') FROM checklist_item WHERE template_code = 'conference';
SELECT ok(count(DISTINCT needs_code) > 40 AND count(*) > 100, 'with many dependencies') FROM item_dependency WHERE template_code = 'conference';
SELECT plan_event('Conference', starts_at => '2031-09-06 09:00+08', ends_at => '2031-09-07 18:00+08', template_code => 'conference') AS conference \gset
SELECT is((SELECT items || ' ' || done FROM checklist_summary WHERE event_id = :conference), '73 2', 'an event of it has them all; name and time are done by the facts');
SELECT is((SELECT count(*) FROM event_duty WHERE event_id = :conference), 19::bigint, 'and a row for each duty');
SELECT is_empty(format($$
    SELECT d.item_code, d.needs_code
    FROM item_dependency d
    JOIN checklist a ON a.event_id = %1$s AND a.item_code = d.item_code
    JOIN checklist b ON b.event_id = %1$s AND b.item_code = d.needs_code
    WHERE a.due_at < b.due_at $$, :conference), 'no task is due before what it waits for');
SELECT is_empty(format($$ SELECT item_code, done_at, due_at FROM critical_path(%s, '2031-02-20 12:00+08') WHERE is_late IS DISTINCT FROM false $$, :conference),
                'begun 28 weeks before, nothing is late');
INSERT INTO event_item (event_id, item_code, done_evidence) VALUES (:conference, 'conf_lead', 'minutes of the first meeting');
SELECT is((SELECT status_code FROM checklist WHERE event_id = :conference AND item_code = 'conf_lead'), 'done', 'a task without a rule is done by evidence');
SELECT results_eq(format($$ SELECT is_late, because_of_code FROM critical_path(%s, '2031-05-01 12:00+08') WHERE item_code = 'conf_venue_sign' $$, :conference),
                  $$ VALUES (true, 'conf_goals') $$, 'begun in May, the venue is late because the goals are not agreed');

SELECT * FROM finish();
ROLLBACK;
