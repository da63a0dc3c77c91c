-- View remedy has an answer to every constraint, in both languages, and what it
-- says to run can be run.
--
-- pg_prove -d DATABASE test/pgtap/remedy.sql

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
SELECT no_plan();
SELECT salon.create_space('t_remedy');
SET LOCAL search_path = t_remedy, salon, public;

-- What the community adds without a word counts too.
CREATE TABLE desk (
    desk_id bigint PRIMARY KEY,
    party_id bigint REFERENCES party,
    place text NOT NULL,
    height integer CONSTRAINT desk_height_fits CHECK (height < 200),
    tall boolean GENERATED ALWAYS AS (height > 100) STORED NOT NULL,
    CONSTRAINT desk_is_alone EXCLUDE USING btree (place WITH =)
);

CREATE TEMP TABLE refusal AS
SELECT k.conname::text AS name, c.relname::text AS table_name, NULL::text AS column_name, obj_description(k.oid, 'pg_constraint') AS said
FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
WHERE k.connamespace = 't_remedy'::regnamespace AND k.contype <> 'n'
UNION ALL
SELECT i.indexrelid::regclass::text, c.relname, NULL, NULL
FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
WHERE c.relnamespace = 't_remedy'::regnamespace AND c.relkind = 'r' AND i.indisunique AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conindid = i.indexrelid)
UNION ALL
SELECT NULL, c.relname, a.attname, NULL
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
WHERE c.relnamespace = 't_remedy'::regnamespace AND c.relkind = 'r' AND a.attnum > 0 AND a.attnotnull;

SELECT cmp_ok(count(*), '>', 1400::bigint, format('%s ways to refuse a row', count(*))) FROM refusal;
SELECT set_eq('SELECT constraint_name, table_name, column_name FROM remedy', 'SELECT name, table_name, column_name FROM refusal', 'each has one row');
SELECT is(count(*), (SELECT count(*) FROM refusal), 'and no more') FROM remedy;
SELECT is_empty('SELECT * FROM remedy WHERE NOT coalesce(is_text(remedy), false)', 'with an answer');
SELECT set_eq('SELECT constraint_name, remedy FROM remedy JOIN refusal ON name = constraint_name WHERE said IS NOT NULL', 'SELECT name, said FROM refusal WHERE said IS NOT NULL',
              'a comment is the answer');

-- What is to be run is SQL: EXPLAIN fails where it is not.
CREATE FUNCTION pg_temp.explained(statement text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE 'EXPLAIN ' || statement;
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLERRM;
END
$$;
SELECT is_empty($$SELECT r.*, x.problem
    FROM remedy r
    CROSS JOIN LATERAL regexp_matches(r.remedy, 'SELECT \* FROM .*?(?= shows them| finds it| shows what|$)', 'g') m
    CROSS JOIN LATERAL pg_temp.explained(replace(m[1], '...', 'NULL')) x (problem)
    WHERE x.problem IS NOT NULL$$, 'every query in an answer runs');
SELECT cmp_ok(count(*), '>', 400::bigint, format('there are %s', count(*))) FROM remedy r CROSS JOIN regexp_matches(r.remedy, 'SELECT \* FROM', 'g');

SELECT is((SELECT r.remedy FROM remedy r WHERE (r.constraint_name, coalesce(r.column_name, '')) IS NOT DISTINCT FROM (w.name, coalesce(w.column_name, '')) AND r.table_name = w.table_name),
          w.answer, concat_ws(' ', w.name, w.table_name, w.column_name))
FROM (VALUES
    ('cost_payer_id_fkey', 'cost', NULL, 'payer_id must be that of a row of party: SELECT * FROM party shows them; or enter one first. Before such a row goes or gets another key, change or delete those that refer to it: SELECT * FROM cost WHERE payer_id = ...'),
    ('contact_party_id_fkey', 'contact', NULL, 'party_id must be that of a row of party: SELECT * FROM party shows them; or enter one first. Before such a row gets another key, change or delete those that refer to it: SELECT * FROM contact WHERE party_id = ...'),
    ('event_status_subject_status_code_fkey', 'event', NULL, 'status_code must be that of a row of status: SELECT * FROM status WHERE subject = ''event'' shows them; or enter one first. Before such a row goes or gets another key, change or delete those that refer to it: SELECT * FROM event WHERE status_code = ...'),
    ('seating_event_id_side_key', 'seating', NULL, 'There is a row with the same event_id, side: change that one, or give another value. SELECT * FROM seating WHERE event_id = ... AND side = ... finds it'),
    ('party_pkey', 'party', NULL, 'There is a row with the same party_id: change that one, or leave party_id out: the database gives a new one. SELECT * FROM party WHERE party_id = ... finds it'),
    ('talk_vote_is_cast_once', 'talk_vote', NULL, 'There is a row with the same voter_id, LEAST(preferred_id, other_id), GREATEST(preferred_id, other_id): change that one, or give another value. SELECT * FROM talk_vote WHERE voter_id = ... AND LEAST(preferred_id, other_id) = ... AND GREATEST(preferred_id, other_id) = ... finds it'),
    ('desk_height_fits', 'desk', NULL, 'Change the row so that this is true: (height < 200)'),
    ('desk_is_alone', 'desk', NULL, 'Another row stands against it: change one of the two. See EXCLUDE USING btree (place WITH =)'),
    ('industry_has_no_ring', 'industry', NULL, 'The error itself says what to do'),
    (NULL, 'session', 'format_code', 'Give format_code: Format, such as mini_talk; where a talk stands, that of the talk, changed there only'),
    (NULL, 'seating', 'event_is_off', 'Give event_id, and leave event_is_off out: it is filled in'),
    (NULL, 'party', 'party_id', 'Leave party_id out, or give a value: NULL is none'),
    (NULL, 'desk', 'place', 'Give place'),
    (NULL, 'desk', 'tall', 'tall is filled in: give what it is made of: (height > 100)')) w (name, table_name, column_name, answer);

-- Chinese.
SET LOCAL salon.lang = 'zh';
SELECT is_empty('SELECT name, said FROM refusal WHERE salon.say(said) = said', 'every comment has its Chinese');
SELECT is_empty('SELECT * FROM remedy WHERE remedy !~ ''[\u4e00-\u9fff]''', 'and so has every kind');
SELECT is_empty($$SELECT r.table_name, r.column_name, r.remedy
    FROM remedy r
    JOIN pg_attribute a ON a.attrelid = format('t_remedy.%I', r.table_name)::regclass AND a.attname = r.column_name
    WHERE strpos(r.remedy, col_description(a.attrelid, a.attnum)) > 0 OR r.remedy ~ '[a-z]+ [a-z]+ [a-z]+'$$, 'without the English of columns');
SELECT is_empty('SELECT * FROM remedy WHERE remedy ~ ''[a-z]+ [a-z]+ [a-z]+''', 'or other English in between');
SELECT is((SELECT remedy FROM remedy WHERE constraint_name = w.name), w.answer, w.name || ' in Chinese')
FROM (VALUES
    ('party_kind_is_known', 'kind 只能是 organization 或 person'),
    ('cost_payer_id_fkey', 'payer_id 必须是某一行的值，见表 party（参与方）：SELECT * FROM party 可查看；或先录入一行。删除这样的一行或更改它的键之前，请先更改或删除引用它的行：SELECT * FROM cost WHERE payer_id = ...'),
    ('seating_event_id_side_key', '已有一行的 event_id, side 与此相同：请更改那一行，或填写另外的值。SELECT * FROM seating WHERE event_id = ... AND side = ... 可找到它')) w (name, answer);
SELECT is((SELECT remedy FROM remedy WHERE (table_name, column_name) = (w.table_name, w.column_name)), w.answer, w.column_name || ' in Chinese')
FROM (VALUES
    ('party', 'kind', '请填写 kind：kind 只能是 organization 或 person'),
    ('contact', 'party_id', '请填写 party_id：见表 party（参与方）'),
    ('contact', 'address', '请填写 address')) w (table_name, column_name, answer);

SELECT * FROM finish();
ROLLBACK;
