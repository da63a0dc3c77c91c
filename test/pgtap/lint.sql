-- What the catalogs say about the extension and about a new space.
\set QUIET on
\pset format unaligned
\pset tuples_only on
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT salon.create_space('t_lint');
SELECT no_plan();

\set extension salon
\ir ../lint/catalog_lint.sql
SELECT is(string_agg(f.object, E'\n' ORDER BY f.object), NULL, 'extension: ' || r.rule)
FROM rule r
LEFT JOIN finding f USING (rule)
GROUP BY r.rule, r.ordinal
ORDER BY r.ordinal;

\unset extension
\set space t_lint
\ir ../lint/catalog_lint.sql
SELECT is(string_agg(f.object, E'\n' ORDER BY f.object), NULL, 'space: ' || r.rule)
FROM rule r
LEFT JOIN finding f USING (rule)
GROUP BY r.rule, r.ordinal
ORDER BY r.ordinal;

-- The rules themselves: each is broken once, and found.
CREATE SCHEMA t_bad;
CREATE TABLE t_lint.elsewhere (elsewhere_id bigint PRIMARY KEY);
CREATE TABLE t_bad.bad (a bigint CHECK (a > 0), b bigserial, c timestamp, d regproc,
                        e bigint REFERENCES t_lint.elsewhere);
CREATE VIEW t_bad.view AS SELECT 1 AS a;
CREATE TABLE t_bad.party (party_id bigint PRIMARY KEY);
CREATE TABLE t_bad.word (party_id bigint REFERENCES t_bad.party, word text);
CREATE FUNCTION t_bad.definer() RETURNS int LANGUAGE sql IMMUTABLE SECURITY DEFINER AS 'SELECT 1';
CREATE FUNCTION t_bad.writes() RETURNS int LANGUAGE sql RETURN 1;
CREATE FUNCTION t_bad.stable() RETURNS int LANGUAGE sql STABLE RETURN 1;
CREATE TABLE t_bad.cost (planned numeric);
CREATE VIEW t_bad.status AS SELECT 'x' IN ('held', 'recapped') AS b;
\set space t_bad
\ir ../lint/catalog_lint.sql
SELECT ok(EXISTS (SELECT FROM finding f WHERE f.rule = r.rule), 'the lint finds a breach of: ' || r.rule)
FROM rule r
ORDER BY r.ordinal;

SELECT * FROM finish();
ROLLBACK;
