-- The history of random changes, replayed, gives the rows as they are; what is
-- recorded of each column; one event among many.
--
-- pg_prove -d DATABASE test/pgtap/history.sql

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

SELECT salon.create_space('t_history') \g /dev/null
SET LOCAL search_path = t_history, salon, public;
SET LOCAL salon.lang = 'en';
SET LOCAL TIME ZONE 'UTC';

SELECT no_plan();

-- What the triggers say of the columns.

CREATE TEMP TABLE audited AS
SELECT c.oid AS relation, c.relname::text AS subject, a[1] AS key_column, string_to_array(a[2], ' ') AS left_out, string_to_array(a[3], ' ') AS recorded
FROM pg_trigger t
JOIN pg_class c ON c.oid = t.tgrelid
CROSS JOIN LATERAL (SELECT string_to_array(encode(t.tgargs, 'escape'), '\000') AS a) x
WHERE t.tgfoid = '_history'::regproc AND t.tgtype & 1 = 1 AND t.tgname NOT LIKE '%\_closed\_%';
SELECT set_has('SELECT subject FROM audited', $$ SELECT unnest(ARRAY['event', 'commitment', 'event_item', 'agreement']) $$, 'events, commitments, waivers and agreements have a history');
SELECT is_empty($$
    SELECT subject, c FROM audited CROSS JOIN LATERAL unnest(key_column || left_out || recorded) c
    WHERE NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation AND attname = c AND NOT attisdropped)
    $$, 'the columns that they name are there');
SELECT is_empty($$ SELECT subject FROM audited WHERE left_out && recorded $$, 'none is left out and recorded');
-- Whoever adds a column to these tables decides: recorded, left out since it
-- follows from others, or (here) withheld since it may be about a person.
SELECT results_eq($$
    SELECT DISTINCT attname::text COLLATE "default"
    FROM audited JOIN pg_attribute ON attrelid = relation AND attnum > 0 AND NOT attisdropped
    WHERE attname <> ALL (key_column || left_out || recorded)
    ORDER BY 1 $$, $$ VALUES ('acceptance'), ('background'), ('benefit'), ('body'), ('decline_reason'), ('description'), ('evidence'), ('exam_option_id'), ('expected_share'), ('form'), ('goal'), ('name'), ('note'), ('original_text'), ('revision'), ('revoked_reason'), ('scenario'), ('text_en'), ('text_zh'), ('title_en'), ('title_zh'), ('tolerance'), ('url'), ('value') $$, 'free text about people, questions and right answers are withheld, and nothing else');
SELECT is_empty($$
    SELECT subject, attname FROM audited JOIN pg_attribute ON attrelid = relation AND attnum > 0
    WHERE attgenerated <> '' AND attname <> ALL (left_out) $$, 'what is generated is left out');
SELECT results_eq($$ SELECT tgrelid FROM pg_trigger WHERE tgfoid = '_history'::regproc AND tgtype & 1 = 1 AND tgname NOT LIKE '%\_closed\_%' ORDER BY 1 $$,
                  $$ SELECT tgrelid FROM pg_trigger WHERE tgfoid = '_history'::regproc AND tgtype & 32 = 32 ORDER BY 1 $$,
                  'TRUNCATE is recorded wherever rows are');
SELECT is_empty($$ SELECT subject FROM audited WHERE _history_subject(subject) = subject AND subject NOT IN ('event', 'session', 'supply', 'demand', 'agreement', 'commitment', 'package', 'delivery', 'cost', 'metric', 'sponsorship', 'outcome', 'consent', 'talk', 'invitation', 'remark', 'certification', 'certificate', 'course', 'tutor', 'hackathon', 'track', 'problem', 'team', 'submission', 'judge', 'criterion', 'judging', 'score', 'comparison', 'award', 'contribution', 'signature', 'studio', 'opening', 'applicant', 'offer', 'introduction') $$,
                'each has a label');
SET LOCAL salon.lang = 'zh';
SELECT is_empty($$ SELECT subject FROM audited WHERE _history_subject(subject) ~ '[a-z]' $$, 'in Chinese too');
SET LOCAL salon.lang = 'en';

-- Random changes.

INSERT INTO party (kind, name_en) SELECT 'organization', 'org ' || n FROM generate_series(1, 6) n;
CREATE FUNCTION pg_temp.change() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    e bigint := (SELECT event_id FROM event ORDER BY random() LIMIT 1);
    p bigint := (SELECT party_id FROM party ORDER BY random() LIMIT 1);
BEGIN
    CASE floor(random() * 15)::integer
    WHEN 0 THEN INSERT INTO event (name_en) VALUES (md5(random()::text));
    WHEN 1 THEN UPDATE event SET planned_on_site = nullif(floor(random() * 4), 0), name_zh = CASE WHEN random() < 0.5 THEN '名' END WHERE event_id = e;
    WHEN 2 THEN DELETE FROM event WHERE event_id = e AND random() < 0.3;
    WHEN 3 THEN INSERT INTO supply (party_id, resource_code, quantity) VALUES (p, 'tea', floor(random() * 9)) ;
    WHEN 4 THEN INSERT INTO demand (event_id, resource_code, quantity) VALUES (e, 'tea', 1 + floor(random() * 3));
    WHEN 5 THEN INSERT INTO commitment (supply_id, demand_id, quantity) SELECT supply_id, demand_id, 1 FROM supply, demand ORDER BY random() LIMIT 1;
    WHEN 6 THEN UPDATE agreement SET status_code = CASE WHEN random() < 0.5 THEN 'signed' ELSE 'withdrawn' END WHERE status_code = 'proposed' AND random() < 0.3;
    WHEN 7 THEN INSERT INTO event_item (event_id, item_code, waived_reason) VALUES (e, 'C' || 1 + floor(random() * 28), 'reason') ON CONFLICT DO NOTHING;
    WHEN 8 THEN UPDATE event_item SET waived_reason = CASE WHEN random() < 0.5 THEN 'another' END, due_at = now() WHERE event_id = e;
    WHEN 9 THEN INSERT INTO event_party (event_id, party_id, part_code) VALUES (e, p, 'sponsor') ON CONFLICT DO NOTHING;
    WHEN 10 THEN INSERT INTO cost (event_id, cost_kind_code, payer_id, planned) VALUES (e, 'tea', p, round(random()::numeric * 100, 2));
    WHEN 11 THEN UPDATE cost SET actual = planned * 2, actual_basis = 'measured' WHERE random() < 0.2;
    WHEN 12 THEN DELETE FROM cost WHERE random() < 0.1;
    WHEN 13 THEN INSERT INTO remark (event_id, note) VALUES (e, 'hush') ON CONFLICT (event_id) DO UPDATE SET note = 'hush, hush';
    ELSE UPDATE supply SET quantity = quantity + 1 WHERE random() < 0.1;
    END CASE;
EXCEPTION WHEN check_violation OR not_null_violation OR foreign_key_violation THEN
    NULL; -- such as a promise of more than there is: undone with its history
END $$;
SELECT setseed(0.17) \g /dev/null
INSERT INTO event (name_en) VALUES ('first'), ('second');
SELECT count(pg_temp.change()) FROM generate_series(1, 800) \g /dev/null

CREATE TEMP TABLE replayed (subject text, row_key text, event_id bigint, state jsonb, PRIMARY KEY (subject, row_key));
DO $$
DECLARE
    h history;
BEGIN
    FOR h IN SELECT * FROM history ORDER BY history_id LOOP
        IF h.operation = 'insert' THEN
            INSERT INTO replayed VALUES (h.subject, h.row_key, h.event_id, h.after);
        ELSIF h.operation = 'delete' THEN
            DELETE FROM replayed r WHERE (r.subject, r.row_key) = (h.subject, h.row_key) AND r.state IS NOT DISTINCT FROM h.before;
            IF NOT FOUND THEN RAISE 'deleted what was not there: %', h; END IF;
        ELSE
            UPDATE replayed r SET state = jsonb_strip_nulls(r.state || h.after)
            WHERE (r.subject, r.row_key) = (h.subject, h.row_key) AND r.state @> jsonb_strip_nulls(h.before);
            IF NOT FOUND AND h.after IS NOT NULL THEN RAISE 'changed what was not so: %', h; END IF;
        END IF;
    END LOOP;
END $$;
SELECT cmp_ok((SELECT count(*) FROM history WHERE operation = 'update'), '>', 100::bigint, 'there are many changes');
SELECT cmp_ok((SELECT count(*) FROM history WHERE operation = 'delete'), '>', 50::bigint, 'and many deletions');
SELECT is_empty($$
    SELECT a.subject FROM audited a
    WHERE EXISTS (SELECT FROM replayed r WHERE r.subject = a.subject)
      AND a.subject NOT IN ('event', 'event_party', 'event_item', 'supply', 'demand', 'agreement', 'commitment', 'cost', 'remark') $$, 'in the tables that are compared');
CREATE FUNCTION pg_temp.now_is(subject text) RETURNS TABLE (row_key text, event_id bigint, state jsonb) LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE format($q$
        SELECT to_jsonb(t) ->> a.key_column, (to_jsonb(t) ->> 'event_id')::bigint,
               (SELECT jsonb_object_agg(x.key, x.value) FROM jsonb_each(jsonb_strip_nulls(to_jsonb(t))) x
                WHERE x.key = ANY (a.recorded) AND x.key <> 'event_id')
        FROM %I t CROSS JOIN audited a WHERE a.subject = %L $q$, subject, subject);
END $$;
SELECT set_eq(format('SELECT row_key, event_id, state FROM replayed WHERE subject = %L', s), format('SELECT * FROM pg_temp.now_is(%L)', s),
              'the history of ' || s || ', replayed, gives the rows as they are')
FROM unnest(ARRAY['event', 'event_party', 'event_item', 'supply', 'demand', 'agreement', 'commitment', 'cost', 'remark']) s;
SELECT is_empty($$ SELECT * FROM history h WHERE h::text ~ 'hush' $$, 'remarks are not in it');
SELECT is((SELECT count(*) FROM event_history WHERE is_withheld AND num_nonnulls(before, after) > 0), 0::bigint, 'what is withheld has no value');
SELECT is((SELECT count(DISTINCT history_id) FROM event_history), (SELECT count(*) FROM history), 'the view shows each change');

-- One event among many.

ALTER TABLE history DISABLE TRIGGER history_kept;
INSERT INTO history (at, by_role, login_role, transaction_id, event_id, subject, row_key, operation, after)
SELECT now(), 'r', 'r', 1, 1000 + n, 'event', (1000 + n)::text, 'insert', '{"name_en": "x"}' FROM generate_series(1, 100000) n;
ALTER TABLE history ENABLE TRIGGER history_kept;
ANALYZE history;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT ok(bool_or(p ~ 'history_event_id_idx') AND NOT bool_or(p ~ 'Seq Scan'), 'the history of one event is found by index')
FROM pg_temp.plan_of('SELECT * FROM event_history WHERE event_id = 50000') p;
SELECT ok(bool_or(p ~ 'history_row_idx') AND NOT bool_or(p ~ 'Seq Scan'), 'and that of one row')
FROM pg_temp.plan_of($$ SELECT * FROM event_history WHERE subject_code = 'event' AND row_key = '50000' $$) p;

SELECT * FROM finish();
ROLLBACK;
