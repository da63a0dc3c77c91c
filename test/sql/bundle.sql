\set SHOW_CONTEXT never
\set VERBOSITY default
SET search_path = salon, public;

\echo '== Text: a multiset of names with positive quantities'
SELECT 'speaker:3, venue:1'::bundle;
\echo '-- sorted by the bytes of the names; blanks do not matter'
SELECT E' venue :1 ,\n\tspeaker: 3'::bundle;
\echo '-- a bare name is one; repeated names add up; zero is absent'
SELECT 'venue'::bundle, 'chair:2, desk, chair'::bundle, 'chair:0, desk:2, desk:0'::bundle;
\echo '-- the empty bundle'
SELECT ''::bundle AS empty, '   '::bundle AS blank, 'a:0'::bundle AS zero, 'a:-0'::bundle AS minus_zero;
\echo '-- letters of any script, digits, _ - . stand as they are'
SELECT '讲师:3, 场地, naïve_x-1.5:2, 3:1'::bundle;
\echo '-- other names are quoted, with a quote inside doubled'
SELECT '"round table":2, "say ""hi""":1, "plain":1, "a:b,c":4'::bundle;
\echo '-- what looks like punctuation needs quotes as well'
SELECT '"时间：上午":1'::bundle;
\echo '-- the largest quantity'
SELECT 'a:9223372036854775807'::bundle, 'a:0000000000000000000000000012'::bundle;
\echo '-- output is input'
SELECT v::bundle::text::bundle = v::bundle AS same
FROM (VALUES ('a:1'), ('"x y":2, 讲师:3'), ('"""":1'), ('')) t (v);

\echo '== Errors of text input'
SELECT 'speaker:'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'speaker:three'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'speaker:1.5'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'speaker:+1'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'speaker:3 venue:1'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'speaker:3,'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT ', speaker:3'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT ':3'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '讲师:3, @'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '讲师:3, "场地'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '讲师：3'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '讲师:3，场地:1'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '"":1'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'speaker:-3'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'speaker:-99999999999999999999'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'speaker:9223372036854775808'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'speaker:9223372036854775807, speaker'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT (repeat('讲', 40) || '@')::bundle;
\echo :LAST_ERROR_SQLSTATE

\echo '== Limits: names of 255 bytes, 65535 items'
SELECT length(repeat('x', 255)::bundle::text);
SELECT repeat('x', 256)::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT (repeat('x', 256) || ':0')::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT bundle(repeat('讲', 86), 1);
\echo :LAST_ERROR_SQLSTATE
CREATE TEMP TABLE large AS
SELECT string_agg('r' || i, ',')::bundle AS b FROM generate_series(1, 65535) i;
SELECT total(b), b -> 'r65535' AS last, (SELECT count(*) FROM items(b)) AS items FROM large;
SELECT string_agg('r' || i, ',')::bundle FROM generate_series(1, 65536) i;
\echo :LAST_ERROR_SQLSTATE
SELECT b + 'other' FROM large;
\echo :LAST_ERROR_SQLSTATE
SELECT b | 'other' FROM large;
\echo :LAST_ERROR_SQLSTATE
SELECT sum(b) FROM (SELECT b FROM large UNION ALL SELECT 'other') t;
\echo :LAST_ERROR_SQLSTATE
SELECT jsonb_object_agg('r' || i, 1)::bundle FROM generate_series(1, 65536) i;
\echo :LAST_ERROR_SQLSTATE
SELECT total(b + b), total(b | b), total(b - b), b & 'r7:5, x' AS common FROM large;

\echo '== Arithmetic'
SELECT 'a:3, b:1'::bundle + 'b:2, c:1' AS sum,
       'a:3, b:1'::bundle - 'a:1, b:2, c:9' AS difference,
       'a:3, b:1'::bundle & 'a:1, b:2, c:9' AS minimum,
       'a:3, b:1'::bundle | 'a:1, b:2, c:9' AS maximum;
SELECT 'a:3, b:1'::bundle * 2 AS twice, 2 * 'a:3, b:1'::bundle AS twice, 'a:3'::bundle * 0 AS none;
SELECT 'a:9223372036854775807'::bundle + 'a:1';
\echo :LAST_ERROR_SQLSTATE
SELECT 'a:4611686018427387904'::bundle * 2;
\echo :LAST_ERROR_SQLSTATE
SELECT -1 * 'a:1'::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT ''::bundle * (-1);
\echo :LAST_ERROR_SQLSTATE

\echo '== Containment'
SELECT a, b, a @> b AS covers, a <@ b AS covered, a && b AS overlaps
FROM (VALUES ('a:2, b:1'::bundle, 'a:2'::bundle), ('a:1', 'a:2'), ('a:1', 'b:1'), ('a:1', ''), ('', ''),
             ('a:1, b:5', 'b:1, c:1')) t (a, b);
SELECT 'a:2'::bundle ? 'a' AS has, 'a:2'::bundle ? 'b' AS has_not, 'a:2'::bundle ? '' AS no_name,
       'a:2'::bundle -> 'a' AS quantity, 'a:2'::bundle -> 'b' AS absent, pg_typeof('a:2'::bundle -> 'b');

\echo '== Order: at the first name whose quantities differ, the lower quantity comes first'
SELECT b FROM (VALUES ('b:1'::bundle), ('a:1'), (''), ('a:2'), ('a:1, b:1'), ('a:10'), ('b:3, c:1')) t (b) ORDER BY b;
SELECT 'a:1'::bundle = 'a' AS eq, 'a:1'::bundle <> 'a:2' AS ne, 'a:1'::bundle < 'a:2' AS lt,
       'a:1'::bundle <= 'a:1' AS le, 'a:1'::bundle > 'b:9' AS gt, 'a:1'::bundle >= 'b:9' AS ge,
       bundle_cmp('a:1', 'a:2') AS cmp;
SELECT b, count(*) FROM (VALUES ('a:1, b:1'::bundle), ('b, a'), ('a:2')) t (b) GROUP BY b ORDER BY b;

\echo '== Functions'
SELECT coverage('speaker:2, venue:1', 'speaker:4, venue:1, photo:3') AS coverage,
       coverage('a:5', 'a:2') AS met, coverage('a:5', 'b:2') AS none, coverage('', '') AS nothing_wanted;
\echo '-- 1 only where everything is there, however large the quantities'
SELECT coverage('a:9223372036854775806, b:9223372036854775807', 'a:9223372036854775807, b:9223372036854775807') < 1 AS short,
       coverage('a:9223372036854775807, b:9223372036854775807', 'a:9223372036854775807, b:9223372036854775807') = 1 AS met;
SELECT * FROM items('讲师:3, "round table":2, a');
SELECT e.name, i.* FROM (VALUES ('x', 'a:1, b:2'::bundle), ('y', ''), ('z', 'c')) e (name, need), items(e.need) i;
SELECT total('a:3, b:4'), total(''), total('a:9223372036854775807, b:9223372036854775807') AS beyond_bigint;
SELECT bundle('round table', 2), bundle('x', 0) AS none, bundle(NULL, 1) AS null_name, bundle('x', NULL) AS null_quantity;
SELECT bundle('x', -1);
\echo :LAST_ERROR_SQLSTATE
SELECT bundle('', 1);
\echo :LAST_ERROR_SQLSTATE
SELECT is_empty(''), is_empty('a:0'), is_empty('a');

\echo '== Casts'
SELECT 'b:1, "a ""x""":9223372036854775807'::bundle::jsonb, ''::bundle::jsonb AS empty;
SELECT '{"venue": 1, "speaker": 3.0, "none": 0, "large": 9.223372036854775807e18}'::jsonb::bundle;
SELECT '{}'::jsonb::bundle AS empty;
SELECT '[1]'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT 'null'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '3'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '{"a": "3"}'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '{"a": null}'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '{"a": {"b": 1}}'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '{"a": [1]}'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '{"a": 1.5}'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '{"a": -1}'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '{"a": 9223372036854775808}'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '{"a": 1e400}'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
SELECT '{"": 1}'::jsonb::bundle;
\echo :LAST_ERROR_SQLSTATE
\echo '-- strings and objects may be written into a column, and read from it'
CREATE TEMP TABLE event (need bundle, label text);
PREPARE write (text, varchar, jsonb) AS INSERT INTO event VALUES ($1), ($2), ($3);
EXECUTE write ('a:1', 'b:2', '{"c": 3}');
INSERT INTO event (label) SELECT need FROM event;
TABLE event;
\echo '-- in the json of a row a bundle is a string, which reads back'
SELECT row_to_json(e) AS json, (json_populate_record(NULL::event, row_to_json(e))).need = need AS same FROM event e LIMIT 1;
\echo '-- but a text is not a bundle in an expression'
\set VERBOSITY terse
SELECT 'a:1'::bundle + 'b:1'::text;
\set VERBOSITY default
\echo :LAST_ERROR_SQLSTATE

\echo '== Aggregates'
SELECT sum(b), max(b) FROM (VALUES ('a:3, b:1'::bundle), (NULL), ('a:1, c:2'), ('')) t (b);
SELECT sum(b), max(b) FROM (SELECT 'a'::bundle WHERE false) t (b);
SELECT sum(b), max(b) FROM (VALUES (NULL::bundle)) t (b);
SELECT sum(b) IS NULL AS is_null, sum(b) FROM (VALUES (''::bundle)) t (b);
SELECT sum(b) FROM (VALUES ('a:9223372036854775807'::bundle), ('a')) t (b);
\echo :LAST_ERROR_SQLSTATE
SELECT n, sum(b) OVER (ORDER BY n) AS running, max(b) OVER (ORDER BY n ROWS 1 PRECEDING) AS near
FROM (VALUES (1, 'a:1'::bundle), (2, 'a:5, b:1'), (3, 'a:2')) t (n, b);
\echo '-- a million rows of a hundred names, in parallel'
CREATE TABLE many AS
SELECT bundle('r' || i % 100, 1) + bundle('s' || i % 7, 2) AS b FROM generate_series(1, 1000000) i;
ANALYZE many;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET max_parallel_workers_per_gather = 2;
EXPLAIN (COSTS OFF) SELECT total(sum(b)), total(max(b)) FROM many;
SELECT total(sum(b)), sum(b) -> 'r7' AS r7, sum(b) -> 's3' AS s3, max(b) - max(b) + 'x' AS x FROM many;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET max_parallel_workers_per_gather;
DROP TABLE many;

\echo '== Binary form: format byte, count, then length, name and quantity of each item'
SELECT bundle_send('a:1, 讲师:3');
CREATE TEMP TABLE binary_form (b bundle);
\echo '-- a:1, b:2'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\037\001\000\000\000\002\000\000\000\001\141\000\000\000\000\000\000\000\001\000\000\000\001\142\000\000\000\000\000\000\000\002\377\377''' (FORMAT binary)
\echo '-- the empty bundle'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\005\001\000\000\000\000\377\377''' (FORMAT binary)
\echo '-- an unknown format'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\005\002\000\000\000\000\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\005\002\000\000\000\000\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- no count'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\003\001\000\000\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\003\001\000\000\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- fewer items than the count says'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\022\001\000\000\000\002\000\000\000\001\141\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\022\001\000\000\000\002\000\000\000\001\141\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- more bytes than the items have'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\023\001\000\000\000\001\000\000\000\001\141\000\000\000\000\000\000\000\001\170\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\023\001\000\000\000\001\000\000\000\001\141\000\000\000\000\000\000\000\001\170\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- a length beyond the end'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\022\001\000\000\000\001\167\065\224\000\141\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\022\001\000\000\000\001\167\065\224\000\141\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- a negative count'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\005\001\377\377\377\377\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\005\001\377\377\377\377\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- an empty name'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\021\001\000\000\000\001\000\000\000\000\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\021\001\000\000\000\001\000\000\000\000\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- a quantity of zero'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\022\001\000\000\000\001\000\000\000\001\141\000\000\000\000\000\000\000\000\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\022\001\000\000\000\001\000\000\000\001\141\000\000\000\000\000\000\000\000\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- a negative quantity'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\022\001\000\000\000\001\000\000\000\001\141\377\377\377\377\377\377\377\377\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\022\001\000\000\000\001\000\000\000\001\141\377\377\377\377\377\377\377\377\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- a name twice'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\037\001\000\000\000\002\000\000\000\001\141\000\000\000\000\000\000\000\001\000\000\000\001\141\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\037\001\000\000\000\002\000\000\000\001\141\000\000\000\000\000\000\000\001\000\000\000\001\141\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- names out of order'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\037\001\000\000\000\002\000\000\000\001\142\000\000\000\000\000\000\000\001\000\000\000\001\141\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\037\001\000\000\000\002\000\000\000\001\142\000\000\000\000\000\000\000\001\000\000\000\001\141\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- a broken character'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\023\001\000\000\000\001\000\000\000\002\350\256\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\023\001\000\000\000\001\000\000\000\002\350\256\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- a zero byte in a name'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\024\001\000\000\000\001\000\000\000\003\141\000\142\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\000\024\001\000\000\000\001\000\000\000\003\141\000\142\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- a name of 256 bytes'
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\001\021\001\000\000\000\001\000\000\001\000xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY sqlstate
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\001\021\001\000\000\000\001\000\000\001\000xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\000\000\000\000\000\000\000\001\377\377''' (FORMAT binary)
\set VERBOSITY default
\echo '-- names travel in the encoding of the client, here in GBK'
SET client_encoding = 'GBK';
SET max_parallel_workers_per_gather = 0; -- where it is that of the database
SELECT bundle_send(U&'\8BB2\5E08:3');
\copy binary_form FROM PROGRAM 'printf ''PGCOPY\n\377\r\n\0\0\0\0\0\0\0\0\0\0\1\0\0\0\025\001\000\000\000\001\000\000\000\004\275\262\312\246\000\000\000\000\000\000\000\003\377\377''' (FORMAT binary)
RESET client_encoding;
RESET max_parallel_workers_per_gather;
TABLE binary_form;

\echo '== Storage: one byte, and length, name, quantity of each item'
SELECT pg_column_size(v) AS size, v FROM (VALUES (''::bundle), ('a'), ('speaker:3, venue:1'), ('a:128')) t (v);
CREATE TEMP TABLE toasted (b bundle);
INSERT INTO toasted TABLE large;
SELECT pg_column_size(b) < pg_column_size(b * 1) AS smaller, total(b), b = (TABLE large) AS same FROM toasted;

\echo '== Indexes'
CREATE TABLE stock (id int PRIMARY KEY, has bundle);
INSERT INTO stock
SELECT i, CASE WHEN i % 10 = 0 THEN NULL
               WHEN i % 10 = 1 THEN ''
               ELSE bundle('common', i % 5 + 1) + bundle('half', i % 2) + bundle('r' || i % 1000, 1 + i % 3)
          END
FROM generate_series(1, 20000) i;
CREATE INDEX stock_gin ON stock USING gin (has);
CREATE INDEX stock_btree ON stock (has);
CREATE INDEX stock_hash ON stock USING hash (has);
ANALYZE stock;
\echo '-- a rare name uses the index, a common one reads the table'
EXPLAIN (COSTS OFF) SELECT * FROM stock WHERE has ? 'r77';
EXPLAIN (COSTS OFF) SELECT * FROM stock WHERE has ? 'common';
EXPLAIN (COSTS OFF) SELECT * FROM stock WHERE has @> 'r77';
EXPLAIN (COSTS OFF) SELECT * FROM stock WHERE has @> 'common:1';
EXPLAIN (COSTS OFF) SELECT * FROM stock WHERE has && 'r77, r78';
EXPLAIN (COSTS OFF) SELECT * FROM stock WHERE has && 'r77, common';
\echo '-- order and equality'
DROP INDEX stock_gin;
EXPLAIN (COSTS OFF) SELECT * FROM stock ORDER BY has LIMIT 1;
SELECT id, has FROM stock WHERE has > '' ORDER BY has, id LIMIT 1;
DROP INDEX stock_btree;
EXPLAIN (COSTS OFF) SELECT * FROM stock WHERE has = 'common:3, half:1, r77:3';
SELECT count(*) FROM stock WHERE has = 'common:3, half:1, r77:3';
\echo '-- covering nothing gives all that is not null, sharing with nothing gives none'
CREATE INDEX stock_gin ON stock USING gin (has);
SET enable_seqscan = off;
EXPLAIN (COSTS OFF) SELECT count(*) FROM stock WHERE has @> '';
SELECT count(*) FROM stock WHERE has @> '';
SELECT count(*) FROM stock WHERE has && '';
RESET enable_seqscan;

\echo '== Estimates: rows that the planner expects are within ten times of the real ones'
CREATE FUNCTION pg_temp.estimate(query text, OUT expected float8, OUT actual bigint)
LANGUAGE plpgsql AS $$
DECLARE
    plan json;
BEGIN
    EXECUTE 'EXPLAIN (FORMAT json) ' || query INTO plan;
    expected := (plan -> 0 -> 'Plan' ->> 'Plan Rows')::float8;
    EXECUTE 'SELECT count(*) FROM (' || query || ') q' INTO actual;
END
$$;
CREATE TABLE skewed (id int, has bundle, name text);
SELECT setseed(0.5);
INSERT INTO skewed
SELECT i,
       (SELECT sum(bundle('n' || floor(1000 * random() ^ 4), 1 + floor(random() * 5)::bigint)) FROM generate_series(1, 1 + i % 4)),
       'n' || i % 500
FROM generate_series(1, 20000) i;
ANALYZE skewed;
SELECT attname, cardinality(most_common_elems::text::text[]) > 300 AS names,
       (most_common_elem_freqs)[array_upper(most_common_elem_freqs, 1)] > 0.3 AS highest
FROM pg_stats WHERE tablename = 'skewed' AND attname = 'has';
SELECT condition,
       greatest(expected, 1) / greatest(actual, 1) BETWEEN 0.1 AND 10 AS good,
       CASE WHEN greatest(expected, 1) / greatest(actual, 1) NOT BETWEEN 0.1 AND 10 THEN format('%s instead of %s', expected, actual) END AS off
FROM (VALUES ('has ? ''n0'''), ('has ? ''n1'''), ('has ? ''n50'''), ('has ? ''n500'''), ('has ? ''n999'''), ('has ? ''absent'''),
             ('has @> ''n0:1'''), ('has @> ''n0:3'''), ('has @> ''n0:5'''), ('has @> ''n0, n1'''), ('has @> ''n1:2, n2:2'''), ('has @> ''n500'''), ('has @> '''''),
             ('has && ''n0'''), ('has && ''n0, n1, n2'''), ('has && ''n500, n501, n502'''), ('has && '''''), ('has && ''absent'''),
             ('has <@ ''n0:1'''), ('has <@ ''n0:5, n1:5, n2:5, n3:5, n4:5'''), ('''n0:3'' <@ has'), ('''n0:5, n1:5'' @> has'), ('has <@ '''''), ('has ? NULL')
     ) c (condition),
     LATERAL pg_temp.estimate('SELECT * FROM skewed WHERE ' || condition) e;
\echo '-- joins'
CREATE TABLE wanted AS SELECT id, has FROM skewed WHERE id % 40 = 0;
ANALYZE wanted;
SELECT condition,
       greatest(expected, 1) / greatest(actual, 1) BETWEEN 0.1 AND 10 AS good,
       CASE WHEN greatest(expected, 1) / greatest(actual, 1) NOT BETWEEN 0.1 AND 10 THEN format('%s instead of %s', expected, actual) END AS off
FROM (VALUES ('SELECT FROM wanted w JOIN wanted s ON s.has && w.has'),
             ('SELECT FROM wanted w JOIN wanted s ON s.has @> w.has'),
             ('SELECT FROM wanted w JOIN wanted s ON s.has <@ w.has'),
             ('SELECT FROM wanted w JOIN (SELECT name FROM skewed WHERE id <= 500) s ON w.has ? s.name'),
             ('SELECT FROM wanted w WHERE EXISTS (SELECT FROM wanted s WHERE s.has && w.has)')
     ) c (condition), LATERAL pg_temp.estimate(condition) e;

\echo '== A query over large bundles can be cancelled'
SET statement_timeout = '200ms';
SELECT total(sum(b)) FROM large, generate_series(1, 100000);
\echo :LAST_ERROR_SQLSTATE
RESET statement_timeout;

DROP TABLE stock, skewed, wanted;

\echo '== Names without quotes: letters, their marks and digits of any script, nothing that only looks like it or cannot be seen'
SELECT string_agg(b::text, ' ') FROM unnest(ARRAY['讲师:3', 'zoë', 'Ω', 'हिन्दी', 'ไทย', '한국어', 'مكان', 'ひらがな', '𠮷野家', 'é', '３']::bundle[]) b;
CREATE TEMP TABLE odd (s text);
INSERT INTO odd VALUES (E'\ufeffspeaker:3'), (E'speaker\u00ad:3'), (E'speaker\u202f:3'), (E'speaker\u2009:3'), (E'speaker\u2028:3'), (E'speaker\u0085:3'), (E'speaker\u200e:3'), (E'sp\u202eeaker:3'), (E'speaker\u200b:3'),
    ('讲师；3'), ('讲师﹕3'), ('讲师×3'), ('讲师､场地'), ('مكان،متحدث'), (E'a\u2060b'), (E'a\ufe0f'), (E'a\u3164b'), (E'a\u034fb'), ('a—b'), ('a…'), ('🎤'), (E'\U000e0041');
DO $$
DECLARE r record; n integer := 0;
BEGIN
    FOR r IN SELECT s FROM odd LOOP
        BEGIN
            PERFORM r.s::bundle;
            RAISE NOTICE 'taken: %', r.s;
        EXCEPTION WHEN invalid_text_representation THEN n := n + 1;
        END;
    END LOOP;
    RAISE NOTICE 'refused %', n;
END $$;
SELECT E'a\u200bb'::bundle;
SELECT count(*) AS in_quotes FROM odd WHERE ('"' || s || '":2')::bundle::text = '"' || s || '":2' AND ('"' || s || '":2')::bundle::text::bundle = ('"' || s || '":2')::bundle;
SELECT jsonb_build_object(E'a\u200bb', 2)::bundle = E'"a\u200bb":2' AS is_kept, ('{"×": 1}'::jsonb)::bundle::jsonb;
