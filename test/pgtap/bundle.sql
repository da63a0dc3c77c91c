-- Laws of bundles on thousands of random ones, each checked against plain SQL
-- or against another operator.
--
--   pg_prove -d DATABASE test/pgtap/bundle.sql
\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;
SET search_path = salon, public;
SELECT no_plan();

-- Random bundles of 0 to 6 of 12 names, small quantities so that ties are
-- frequent; names of every kind of spelling.
SELECT setseed(0.271828);
CREATE TEMP TABLE name AS
SELECT ordinality AS n, name
FROM unnest(ARRAY['a', 'aa', 'ab', 'b', 'z', '讲师', '场地', 'round table', 'say "hi"', 'a:1, b', '时间：上午', E'new\nline'])
     WITH ORDINALITY u (name);
CREATE FUNCTION pg_temp.random_bundle(salt bigint) RETURNS bundle LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(sum(bundle(name, floor(random() * 4)::bigint)) FILTER (WHERE random() < 0.4), '')
    FROM pg_temp.name WHERE salt IS NOT NULL
$$;
CREATE TEMP TABLE triple AS
SELECT i, pg_temp.random_bundle(i) AS a, pg_temp.random_bundle(i) AS b, pg_temp.random_bundle(i) AS c,
       floor(random() * 4)::bigint AS k, floor(random() * 4)::bigint AS m
FROM generate_series(1, 4000) i;
-- and some that are related
UPDATE triple SET b = a WHERE i % 11 = 0;
UPDATE triple SET b = a + c WHERE i % 13 = 0;
UPDATE triple SET b = a - c WHERE i % 17 = 0;
UPDATE triple SET c = b WHERE i % 19 = 0;
ANALYZE triple;

-- Give the number of triples that break a law.
CREATE FUNCTION pg_temp.broken(law text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
    n bigint;
BEGIN
    EXECUTE format('SELECT count(*) FROM triple WHERE (%s) IS NOT TRUE', law) INTO n;
    RETURN n;
END
$$;

SELECT cmp_ok(count(DISTINCT a), '>', 1000::bigint, 'the random bundles differ') FROM triple;
SELECT cmp_ok(count(*) FILTER (WHERE a = ''), '>', 20::bigint, 'some are empty') FROM triple;
SELECT cmp_ok(count(*) FILTER (WHERE a @> b AND a <> b), '>', 50::bigint, 'some cover others') FROM triple;

-- Every law holds for every triple.
CREATE TEMP TABLE law (law text);
INSERT INTO law VALUES
    -- sum
    ('a + b = b + a'),
    ('(a + b) + c = a + (b + c)'),
    ('a + '''' = a'),
    ('a + b = b OR a <> '''''),
    -- minimum and maximum make a lattice
    ('a & b = b & a'),
    ('a | b = b | a'),
    ('(a & b) & c = a & (b & c)'),
    ('(a | b) | c = a | (b | c)'),
    ('a & a = a AND a | a = a'),
    ('a & (a | b) = a AND a | (a & b) = a'),
    ('a & (b | c) = (a & b) | (a & c)'),
    ('a | (b & c) = (a | b) & (a | c)'),
    ('a & '''' = '''' AND a | '''' = a'),
    -- sum, minimum, maximum and difference together
    ('a + (b & c) = (a + b) & (a + c)'),
    ('a + (b | c) = (a + b) | (a + c)'),
    ('(a & b) + (a | b) = a + b'),
    ('(a - b) + (a & b) = a'),
    ('a | b = a + (b - a)'),
    ('a - b = a - (a & b)'),
    ('a - b = (a | b) - b'),
    ('(a + b) - b = a'),
    ('a - (b + c) = (a - b) - c'),
    ('a - a = '''' AND a - '''' = a AND '''' - a = '''''),
    ('(a - b) & (b - a) = '''''),
    -- multiples
    ('a * 0 = '''' AND a * 1 = a AND a * 2 = a + a'),
    ('a * k = k * a'),
    ('a * (k + m) = a * k + a * m'),
    ('(a * k) * m = a * (k * m)'),
    ('(a + b) * k = a * k + b * k'),
    ('(a - b) * k = a * k - b * k'),
    ('(a & b) * k = a * k & b * k'),
    ('(a | b) * k = a * k | b * k'),
    -- covering
    ('(a @> b) = (b - a = '''')'),
    ('(a @> b) = (a & b = b)'),
    ('(a @> b) = (a | b = a)'),
    ('(a @> b) = (b <@ a)'),
    ('(a @> b) = ((a - b) + b = a)'),
    ('(a @> b AND b @> a) = (a = b)'),
    ('NOT (a @> b AND b @> c) OR a @> c'),
    ('(a @> b) = (a + c @> b + c)'),
    ('a @> a AND a @> '''' AND (a <@ '''') = (a = '''')'),
    ('a + b @> a AND a @> a - b AND a @> (a & b) AND (a | b) @> a'),
    -- sharing
    ('(a && b) = ((a & b) <> '''')'),
    ('(a && b) = (b && a)'),
    ('(a && a) = (a <> '''') AND NOT a && '''''),
    ('(a && b) = EXISTS (SELECT FROM items(a) i WHERE b ? i.resource)'),
    -- one resource
    ('(SELECT bool_and((a ? name) = (a -> name > 0)) FROM name)'),
    ('(SELECT bool_and((a + b) -> name = (a -> name) + (b -> name)) FROM name)'),
    ('(SELECT bool_and((a - b) -> name = greatest((a -> name) - (b -> name), 0)) FROM name)'),
    ('(SELECT bool_and((a & b) -> name = least(a -> name, b -> name)) FROM name)'),
    ('(SELECT bool_and((a | b) -> name = greatest(a -> name, b -> name)) FROM name)'),
    ('(SELECT bool_and((a * k) -> name = (a -> name) * k) FROM name)'),
    ('(a @> b) = (SELECT bool_and(a -> name >= b -> name) FROM name)'),
    ('a = (SELECT coalesce(sum(bundle(name, a -> name)), '''') FROM name)'),
    -- order
    ('(a < b)::int + (a = b)::int + (a > b)::int = 1'),
    ('(a <= b) = (a < b OR a = b) AND (a >= b) = (a > b OR a = b) AND (a <> b) = NOT (a = b)'),
    ('(a < b) = (b > a) AND (a <= b) = (b >= a)'),
    ('NOT (a <= b AND b <= a) OR a = b'),
    ('NOT (a <= b AND b <= c) OR a <= c'),
    ('NOT (a < b AND b < c) OR a < c'),
    ('NOT a <@ b OR a <= b'),
    ('(a < b) = (a + c < b + c)'),
    ('bundle_cmp(a, b) = -bundle_cmp(b, a) AND (bundle_cmp(a, b) < 0) = (a < b) AND (bundle_cmp(a, b) = 0) = (a = b)'),
    ('(a < b) = ((SELECT array_agg(a -> name ORDER BY name COLLATE "C") FROM name)
               < (SELECT array_agg(b -> name ORDER BY name COLLATE "C") FROM name))'),
    -- hash
    ('a <> b OR bundle_hash(a) = bundle_hash(b)'),
    ('a <> b OR bundle_hash_extended(a, k) = bundle_hash_extended(b, k)'),
    ('bundle_hash_extended(a, 0)::bit(32) = bundle_hash(a)::bit(32)'),
    ('(a = b) = (a::text = b::text) AND (a = b) = (bundle_send(a) = bundle_send(b)) AND (a = b) = (a::jsonb = b::jsonb)'),
    -- round trips
    ('a::text::bundle = a AND a::text::bundle::text = a::text'),
    ('a::jsonb::bundle = a AND bundle_send(a::jsonb::bundle) = bundle_send(a)'),
    ('a::jsonb = (SELECT coalesce(jsonb_object_agg(resource, quantity), ''{}'') FROM items(a))'),
    ('a = (SELECT coalesce(sum(bundle(resource, quantity)), '''') FROM items(a))'),
    ('(SELECT coalesce(array_agg(resource), ''{}'') = coalesce(array_agg(resource ORDER BY resource COLLATE "C"), ''{}'') FROM items(a))'),
    -- functions
    ('total(a) = (SELECT coalesce(sum(quantity), 0) FROM items(a))'),
    ('total(a + b) = total(a) + total(b)'),
    ('is_empty(a) = (a = '''') AND is_empty(a) = (total(a) = 0)'),
    ('coverage(a, b) = CASE WHEN b = '''' THEN 1 ELSE total(a & b)::float8 / total(b)::float8 END'),
    ('coverage(a, b) = (SELECT coalesce(sum(least(a -> resource, quantity))::float8 / sum(quantity)::float8, 1) FROM items(b))'),
    ('(coverage(a, b) = 1) = (a @> b)'),
    ('(coverage(a, b) = 0) = (b <> '''' AND NOT a && b)');
SELECT is(pg_temp.broken(law), 0::bigint, law) FROM law;

-- The check itself: laws that are wrong are found to be broken.
SELECT cmp_ok(pg_temp.broken(law), '>', 0::bigint, 'not a law: ' || law)
FROM (VALUES ('a - b = b - a'), ('(a - b) + b = a'), ('a + b = a | b'), ('a & b = a'), ('a @> b OR b @> a'),
             ('a + (b - c) = (a + b) - c'), ('a <= b'), ('NOT a <= b OR a <@ b'), ('a && b'), ('a = b OR bundle_hash(a) <> bundle_hash(b) AND a <> b AND k = m'),
             ('coverage(a, b) = coverage(b, a)'), ('a ? ''a''')) t (law);

-- Binary form, by COPY through the client, and decoded in plain SQL.
CREATE TEMP TABLE sent AS SELECT i, a FROM triple;
CREATE TEMP TABLE received (LIKE sent);
\copy sent TO PROGRAM 'cat > "${TMPDIR:-/tmp}/salon-bundle-$PPID"' (FORMAT binary)
\copy received FROM PROGRAM 'cat "${TMPDIR:-/tmp}/salon-bundle-$PPID" && rm "${TMPDIR:-/tmp}/salon-bundle-$PPID"' (FORMAT binary)
SELECT is(count(*), (SELECT count(*) FROM triple), 'binary round trip through the client')
FROM sent JOIN received USING (i, a);
SELECT is(count(*) FILTER (WHERE a IS DISTINCT FROM back), 0::bigint, 'binary form decoded in plain SQL')
FROM (SELECT a, coalesce((
          SELECT sum(bundle(convert_from(substr(s, o + 4, l), 'UTF8'), q))
          FROM (WITH RECURSIVE item (s, n, o, l, q) AS (
                    SELECT s, 0, 6, 0, NULL::bigint
                    UNION ALL
                    SELECT i.s, i.n + 1, x.next, x.length,
                           ('x' || encode(substr(i.s, x.next + 4 + x.length, 8), 'hex'))::bit(64)::bigint
                    FROM item i,
                         LATERAL (SELECT CASE WHEN i.n = 0 THEN 6 ELSE i.o + 12 + i.l END AS next) p,
                         LATERAL (SELECT p.next, ('x' || encode(substr(i.s, p.next, 4), 'hex'))::bit(32)::int AS length) x
                    WHERE i.n < ('x' || encode(substr(i.s, 2, 4), 'hex'))::bit(32)::int)
                SELECT * FROM item WHERE n > 0) d), '') AS back
      FROM (SELECT a, bundle_send(a) AS s FROM triple WHERE i <= 1000) t) u;
SELECT is(get_byte(bundle_send(a), 0), 1, 'format byte') FROM triple LIMIT 1;

-- Aggregates against plain SQL, over groups of rows and over all.
CREATE TEMP VIEW exploded AS SELECT t.i % 97 AS g, i.* FROM triple t, items(t.a) i;
SELECT results_eq(
    'SELECT g, resource COLLATE "C", sum(quantity)::bigint FROM exploded GROUP BY 1, 2 ORDER BY 1, 2',
    'SELECT g, i.resource COLLATE "C", i.quantity FROM (SELECT i % 97 AS g, sum(a) AS a FROM triple GROUP BY 1) t, items(t.a) i ORDER BY 1, 2',
    'sum of groups');
SELECT results_eq(
    'SELECT g, resource COLLATE "C", max(quantity) FROM exploded GROUP BY 1, 2 ORDER BY 1, 2',
    'SELECT g, i.resource COLLATE "C", i.quantity FROM (SELECT i % 97 AS g, max(a) AS a FROM triple GROUP BY 1) t, items(t.a) i ORDER BY 1, 2',
    'max of groups');
SELECT is(sum(a) OVER (ORDER BY i ROWS 3 PRECEDING),
          a + lag(a, 1, '') OVER w + lag(a, 2, '') OVER w + lag(a, 3, '') OVER w, 'sum in a frame')
FROM triple WINDOW w AS (ORDER BY i) ORDER BY i LIMIT 5;
CREATE TABLE salon_bundle_test_rows AS SELECT i, a FROM triple;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(sum(a), (SELECT (SELECT sum(bundle(resource, q::bigint)) FROM (SELECT resource, sum(quantity) AS q FROM exploded GROUP BY 1) s)), 'parallel sum')
FROM salon_bundle_test_rows;
SELECT is(max(a), (SELECT (SELECT sum(bundle(resource, q)) FROM (SELECT resource, max(quantity) AS q FROM exploded GROUP BY 1) s)), 'parallel max')
FROM salon_bundle_test_rows;

-- Sorting, grouping and joining by every method give the same.
SELECT is(count(*), (SELECT count(DISTINCT a::text) FROM triple), 'hashed groups')
FROM (SELECT a FROM triple GROUP BY a) g;
SET LOCAL enable_hashagg = off;
SELECT is(count(*), (SELECT count(DISTINCT a::text) FROM triple), 'sorted groups')
FROM (SELECT a FROM triple GROUP BY a) g;
CREATE TEMP TABLE answer (method text, n bigint, h numeric);
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_nestloop = off;
INSERT INTO answer SELECT 'merge', count(*), sum(x.i * y.i) FROM triple x JOIN triple y ON x.a = y.b;
SET LOCAL enable_hashjoin = on;
SET LOCAL enable_mergejoin = off;
INSERT INTO answer SELECT 'hash', count(*), sum(x.i * y.i) FROM triple x JOIN triple y ON x.a = y.b;
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_nestloop = on;
INSERT INTO answer SELECT 'loop', count(*), sum(x.i * y.i) FROM triple x JOIN triple y ON x.a = y.b;
SELECT is(count(DISTINCT (n, h)), 1::bigint, 'all joins agree') FROM answer;

-- Indexes give what a sequential scan gives, for every operator.
CREATE TEMP TABLE stock AS SELECT i, CASE WHEN i % 50 = 0 THEN NULL ELSE a END AS has FROM triple;
INSERT INTO stock SELECT i + 4000, b FROM triple;
CREATE INDEX ON stock USING gin (has);
CREATE INDEX ON stock USING btree (has);
CREATE INDEX ON stock USING hash (has);
ANALYZE stock;
CREATE FUNCTION pg_temp.index_differs(condition text, probe text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    plan text;
    line text;
    q text := format('SELECT count(*), coalesce(sum(hashtext(i::text)), 0) FROM stock WHERE ' || condition, probe);
    a record;
    b record;
BEGIN
    PERFORM set_config('enable_seqscan', 'off', true), set_config('enable_bitmapscan', 'on', true), set_config('enable_indexscan', 'on', true);
    FOR line IN EXECUTE 'EXPLAIN ' || q LOOP
        plan := concat_ws(E'\n', plan, line);
    END LOOP;
    EXECUTE q INTO a;
    PERFORM set_config('enable_seqscan', 'on', true), set_config('enable_bitmapscan', 'off', true), set_config('enable_indexscan', 'off', true), set_config('enable_indexonlyscan', 'off', true);
    EXECUTE q INTO b;
    PERFORM set_config('enable_indexonlyscan', 'on', true);
    IF plan !~ 'Index' THEN
        RETURN 'no index: ' || plan;
    ELSIF a IS DISTINCT FROM b THEN
        RETURN format('%s %s: %s by index, %s without', condition, probe, a, b);
    END IF;
    RETURN NULL;
END
$$;
CREATE FUNCTION pg_temp.plan(q text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || q;
END
$$;
SELECT is(string_agg(pg_temp.index_differs('has ' || o || ' %L', p.a::text), E'\n'), NULL, 'index and table agree: ' || o)
FROM unnest(ARRAY['@>', '&&', '=', '<', '<=', '>', '>=']) o, (SELECT a FROM triple WHERE i <= 120 UNION SELECT '') p
GROUP BY o;
SELECT is(string_agg(pg_temp.index_differs('has ? %L', p.name), E'\n'), NULL, 'index and table agree: ?')
FROM (SELECT name FROM name UNION ALL VALUES (''), ('absent'), (repeat('x', 3000))) p;
SELECT is(string_agg(pg_temp.index_differs('has @> %1$L AND NOT has ? ''z'' AND has && ''b, 场地:9'' ', p.a::text), E'\n'), NULL, 'index and table agree: combined')
FROM (SELECT a FROM triple WHERE i <= 60) p;

-- Rows that come after the index was made, and rows that go.
UPDATE stock SET has = has + 'late:2' WHERE i % 5 = 0;
DELETE FROM stock WHERE i % 7 = 0;
SELECT is(pg_temp.index_differs('has @> %L', p), NULL, 'index and table agree after changes: ' || p)
FROM unnest(ARRAY['', 'late', 'late:2', 'late:3', 'late, a']) p;

-- Rows by the aggregate run in parallel.
SELECT matches(string_agg(line, E'\n'), 'Partial Aggregate', 'aggregates run in parallel')
FROM (SELECT set_config('enable_hashagg', 'on', true), set_config('enable_seqscan', 'on', true), set_config('max_parallel_workers_per_gather', '2', true)) s,
     LATERAL pg_temp.plan('SELECT sum(a), max(a) FROM salon_bundle_test_rows') line;

-- Operator classes and operators are complete.
SELECT ok(amvalidate(c.oid), 'amvalidate: ' || amname)
FROM pg_opclass c JOIN pg_am m ON m.oid = opcmethod
WHERE opcintype = 'salon.bundle'::regtype ORDER BY amname;
SELECT is(count(*), 3::bigint, 'three default operator classes')
FROM pg_opclass WHERE opcintype = 'salon.bundle'::regtype AND opcdefault;
SELECT is(count(*), 0::bigint, 'commutators and negators point back')
FROM pg_operator o
WHERE oprnamespace = 'salon'::regnamespace AND 'salon.bundle'::regtype IN (oprleft, oprright)
  AND (oprcom <> 0 AND (SELECT oprcom FROM pg_operator c WHERE c.oid = o.oprcom) <> o.oid
       OR oprnegate <> 0 AND (SELECT oprnegate FROM pg_operator c WHERE c.oid = o.oprnegate) <> o.oid);
SELECT is(count(*), 0::bigint, 'every operator that gives a boolean has estimators')
FROM pg_operator o
WHERE oprnamespace = 'salon'::regnamespace AND 'salon.bundle'::regtype IN (oprleft, oprright)
  AND oprresult = 'bool'::regtype AND (oprrest = 0 OR oprjoin = 0);
SELECT is(string_agg(p.oid::regprocedure::text, ', '), NULL, 'every function is parallel safe, and has a comment')
FROM pg_proc p
WHERE pronamespace = 'salon'::regnamespace
  AND ('salon.bundle'::regtype = ANY (proargtypes::oid[]) OR prorettype = 'salon.bundle'::regtype OR proname LIKE '\_bundle%')
  AND (proparallel <> 's' OR obj_description(p.oid, 'pg_proc') IS NULL);

-- The table of letters against the server's ICU, whose Unicode may be another:
-- what versions 16 and 17 added is not asked for.
CREATE TEMP TABLE character AS
SELECT c, chr(c) AS s, ('"' || chr(c) || '"')::salon.bundle::text LIKE '"%' AS in_quotes
FROM generate_series(128, 262141) c WHERE c NOT BETWEEN 55296 AND 57343 AND c NOT BETWEEN 64976 AND 65007 AND c % 65536 < 65534
  AND c NOT IN (x'88f'::integer, x'1b4e'::integer, x'1b4f'::integer, x'a7da'::integer, x'a7db'::integer, x'a7dc'::integer, x'a7f1'::integer);
SELECT is((SELECT string_agg(to_hex(c), ' ' ORDER BY c) FROM character WHERE in_quotes AND c < 65536 AND s ~ '[[:alnum:]]' COLLATE "und-x-icu"), '115f 1160 3164 ffa0', 'letters and digits of Unicode need no quotes, but for fillers');
SELECT cmp_ok(count(*), '<', 5000::bigint, 'of all planes but those that are new') FROM character WHERE in_quotes AND s ~ '[[:alnum:]]' COLLATE "und-x-icu";
SELECT is((SELECT string_agg(to_hex(c), ' ' ORDER BY c) FROM character WHERE NOT in_quotes AND s ~ '[[:punct:][:space:][:cntrl:]]' COLLATE "und-x-icu"), NULL, 'no punctuation, blank or control does');

SELECT * FROM finish();
ROLLBACK;
