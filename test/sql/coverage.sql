-- doc/coverage.md: every row of what was asked for is there, and what it names exists.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set page `cat :'abs_srcdir'/../doc/coverage.md`
\set files `cd :'abs_srcdir'/.. && ls test/sql/*.sql test/pgtap/*.sql test/specs/*.spec doc/*.md`
\set words `cd :'abs_srcdir'/.. && awk -F'\140' '/^\| [A-D]/ { for (i = 2; i <= NF; i += 2) { n = split($i, p, "."); print p[n] } }' doc/coverage.md | grep -owFf - test/sql/*.sql test/pgtap/*.sql test/specs/*.spec doc/*.md | sort -u`
SET client_min_messages = warning;
SELECT salon.create_space('s_coverage') \g /dev/null
SET search_path = s_coverage, salon;
\pset format unaligned
\pset tuples_only on
\set ECHO all

\echo == Every row once, in order: A0 to A11, B1 to B9, C1 to C28, D1 to D44b
CREATE TEMPORARY TABLE line AS
SELECT number, btrim(cell[2]) AS code, regexp_replace(btrim(cell[2]), '[0-9].*', '') AS letter, regexp_replace(cell[2], '\D', '', 'g')::integer AS n, cell
FROM string_to_table(:'page', E'\n') WITH ORDINALITY l (text, number)
CROSS JOIN string_to_array(l.text, '|') cell
WHERE l.text ~ '^\| [A-Z]\d';
SELECT l.code AS there, w.code AS asked
FROM (SELECT code, row_number() OVER (ORDER BY number) AS at FROM line) l
FULL JOIN (SELECT code, row_number() OVER () AS at
           FROM (SELECT letter || n || suffix AS code
                 FROM (VALUES ('A', 0, 11), ('B', 1, 9), ('C', 1, 28), ('D', 1, 44)) v (letter, first, last), generate_series(first, last) n,
                      unnest(CASE letter || n WHEN 'D7' THEN '{"",b}' WHEN 'D44' THEN '{a,b}' ELSE '{""}'::text[] END) suffix
                 ORDER BY letter, n, suffix) o) w USING (at)
WHERE l.code IS DISTINCT FROM w.code
ORDER BY at;
SELECT code, 'cells: ' || cardinality(cell) FROM line WHERE cardinality(cell) <> 8 ORDER BY number;

\echo == What stands under tables is a table or a column, under views and functions a view or a function, under tests a test
CREATE TEMPORARY TABLE named AS
SELECT l.number, l.code, l.letter, l.n, v.what, m[1] AS name
FROM line l
CROSS JOIN (VALUES (4, 'table'), (5, 'view'), (6, 'test')) v (place, what)
LEFT JOIN LATERAL regexp_matches(l.cell[v.place], '`([^`]*)`', 'g') m ON true;
SELECT code, what, name FROM named
WHERE CASE what
      WHEN 'table' THEN NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 's_coverage'::regnamespace AND c.relkind = 'r' AND c.relname = split_part(name, '.', 1)
                                    AND (split_part(name, '.', 2) = ''
                                         OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attname = split_part(name, '.', 2))))
      WHEN 'view' THEN NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = 's_coverage'::regnamespace AND c.relkind = 'v' AND c.relname = name)
                       AND NOT EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace IN ('s_coverage'::regnamespace, 'salon'::regnamespace) AND p.proname = name)
      ELSE NOT EXISTS (SELECT FROM string_to_table(:'files', E'\n') f WHERE f IN ('test/' || name || '.sql', 'test/' || name || '.spec', name)) END IS NOT FALSE
ORDER BY number, what, name;
SELECT code, what, name, count(*) FROM named GROUP BY number, code, what, name HAVING count(*) > 1 ORDER BY number, name;

\echo == What a row names is met by one of its tests
CREATE TEMPORARY TABLE met AS
SELECT regexp_replace(split_part(w, ':', 1), '^test/|[.](sql|spec)$', '', 'g') AS test, split_part(w, ':', 2) AS name
FROM string_to_table(:'words', E'\n') w;
SELECT x.code, x.what, x.name FROM named x
WHERE x.what <> 'test'
  AND NOT EXISTS (SELECT FROM named t JOIN met m ON m.test = t.name WHERE t.code = x.code AND t.what = 'test' AND m.name = regexp_replace(x.name, '.*[.]', ''))
ORDER BY x.number, x.name;

\echo == Whose comment names a row stands in that row; C1-C28 is all of them
SELECT o.name, o.code AS row
FROM (SELECT d.name, m[1] || m[2] || m[3] AS code, m[1] AS letter, m[2]::integer AS first, m[5]::integer AS last
      FROM (SELECT c.relname::text, obj_description(c.oid, 'pg_class') FROM pg_class c WHERE c.relnamespace = 's_coverage'::regnamespace AND c.relkind IN ('r', 'v')
            UNION ALL SELECT p.proname, obj_description(p.oid, 'pg_proc') FROM pg_proc p WHERE p.pronamespace = 's_coverage'::regnamespace) d (name, comment)
      CROSS JOIN regexp_matches(replace(d.comment, 'C1-C28', ''), '\m([A-D])(\d+)([ab]?)(-[A-D](\d+)[ab]?)?\M', 'g') m) o
JOIN line l ON CASE WHEN o.last IS NULL THEN l.code = o.code ELSE l.letter = o.letter AND l.n BETWEEN o.first AND o.last AND l.code <> 'D7b' END
WHERE NOT EXISTS (SELECT FROM named x WHERE x.code = l.code AND x.name = o.name)
ORDER BY l.number, o.name;

\set ECHO none
SELECT salon.drop_space('s_coverage', drop_rows => true) \g /dev/null
