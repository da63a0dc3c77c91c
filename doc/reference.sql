-- Writes reference.md: everything that a space and the extension offer, from
-- the comments of the catalog.  The files of sql/ say what belongs together;
-- what several relations have in one meaning stands once.
\pset format unaligned
\pset tuples_only on
SET search_path = club, salon, pg_catalog;
SET salon.lang = en;
CREATE TEMPORARY TABLE line (line text);
\copy line FROM PROGRAM 'cd ../sql && grep -noE "^CREATE (TABLE|VIEW|FUNCTION|AGGREGATE|TYPE) [a-z_]+" salon/*.sql model/*/*.sql'
CREATE TEMPORARY TABLE page (page text);
\copy page FROM PROGRAM 'ls *.md'

-- Which file an object is of; a function has a line for each of its forms.
CREATE TEMPORARY TABLE home AS
WITH part AS (
    SELECT regexp_match(l.line, '^(?:model/)?([a-z_]+)/([a-z_]+)\.sql:(\d+):CREATE ([A-Z]+) ([a-z_]+)$') AS p FROM line l
), made AS (
    SELECT DISTINCT p[1] AS domain, p[2] AS file, p[4] AS kind, p[5] AS name FROM part WHERE p[5] !~ '^_'
)
SELECT m.domain, m.file, m.kind, m.name, o.oid, o.comment
FROM made m
CROSS JOIN LATERAL (
    SELECT c.oid, obj_description(c.oid, 'pg_class')
    FROM pg_class c
    WHERE m.kind IN ('TABLE', 'VIEW') AND c.relname = m.name AND c.relnamespace = CASE m.domain WHEN 'salon' THEN 'salon' ELSE 'club' END::regnamespace
    UNION ALL
    SELECT f.oid, obj_description(f.oid, 'pg_proc')
    FROM pg_proc f
    WHERE m.kind IN ('FUNCTION', 'AGGREGATE') AND f.proname = m.name AND f.pronamespace = CASE m.domain WHEN 'salon' THEN 'salon' ELSE 'club' END::regnamespace
      AND f.prorettype <> 'trigger'::regtype AND f.prokind = CASE m.kind WHEN 'AGGREGATE' THEN 'a' ELSE f.prokind END AND (m.kind = 'AGGREGATE' OR f.prokind <> 'a')
      -- what types and indexes call is not for people
      AND NOT EXISTS (SELECT FROM pg_type t WHERE f.oid IN (t.typinput, t.typoutput, t.typreceive, t.typsend))
      AND NOT EXISTS (SELECT FROM pg_operator p WHERE p.oprcode = f.oid) AND NOT EXISTS (SELECT FROM pg_amproc a WHERE a.amproc = f.oid)
      AND NOT EXISTS (SELECT FROM pg_aggregate a WHERE f.oid IN (a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn))
    UNION ALL
    SELECT t.oid, obj_description(t.oid, 'pg_type')
    FROM pg_type t
    WHERE m.kind = 'TYPE' AND t.typname = m.name AND t.typnamespace = 'salon'::regnamespace AND t.typtype = 'b'
) o (oid, comment);

CREATE FUNCTION pg_temp.cell(comment text) RETURNS text LANGUAGE sql AS
$$SELECT replace(replace(comment, '|', '\|'), '<', '&lt;')$$;
CREATE FUNCTION pg_temp.english(comment text) RETURNS text LANGUAGE sql AS
$$SELECT pg_temp.cell(regexp_replace(comment, ' / [^/]*[一-龥][^/]*$', ''))$$;
CREATE FUNCTION pg_temp.short(words text) RETURNS text LANGUAGE sql AS
$$SELECT replace(regexp_replace(regexp_replace(words, '::(double precision|timestamp with(out)? time zone|[a-z]+)(\[\])?', '', 'g'), ' DEFAULT ', ' = ', 'g'), 'timestamp with time zone', 'timestamptz')$$;

CREATE TEMPORARY TABLE col AS
SELECT h.domain, h.file, h.kind, h.name AS relation, a.attnum, a.attname::text AS name, pg_temp.english(d.description) AS comment,
       pg_temp.short(format_type(a.atttypid, NULL))
       || coalesce(' → ' || f.target, '')
       || CASE WHEN a.attnotnull AND a.attgenerated = '' AND a.attidentity = '' AND NOT a.atthasdef THEN ', required' ELSE '' END AS type,
       count(*) OVER (PARTITION BY a.attname, pg_temp.english(d.description)) AS shared
FROM home h
JOIN pg_attribute a ON a.attrelid = h.oid AND a.attnum > 0 AND NOT a.attisdropped
JOIN pg_description d ON d.objoid = a.attrelid AND d.objsubid = a.attnum AND d.classoid = 'pg_class'::regclass
LEFT JOIN LATERAL (
    SELECT min(k.confrelid::regclass::text) AS target
    FROM pg_constraint k
    WHERE k.conrelid = a.attrelid AND k.contype = 'f' AND k.conkey[1] = a.attnum AND NOT EXISTS (SELECT FROM pg_attribute g WHERE g.attrelid = k.conrelid AND g.attnum = ANY (k.conkey[2:]) AND g.attgenerated = '' AND NOT g.atthasdef)
) f ON h.kind = 'TABLE'
WHERE h.kind IN ('TABLE', 'VIEW');

CREATE TEMPORARY TABLE rule AS
SELECT h.name AS relation, k.conname::text AS name, obj_description(k.oid, 'pg_constraint') AS remedy,
       '...' || substr(k.conname, length(h.name) + 1) AS suffix,
       count(*) OVER (PARTITION BY substr(k.conname, length(h.name) + 1), obj_description(k.oid, 'pg_constraint')) AS shared
FROM home h
JOIN pg_constraint k ON k.conrelid = h.oid
WHERE h.kind = 'TABLE' AND obj_description(k.oid, 'pg_constraint') IS NOT NULL;

-- One line of the page each, in order.
WITH file AS (
    SELECT domain, file, min(oid) AS place FROM home GROUP BY domain, file
), domain AS (
    SELECT domain, min(place) AS place FROM file WHERE domain <> 'salon' GROUP BY domain
    UNION ALL
    SELECT 'salon', 4294967295::oid
), output (domain_place, file_place, kind, name, part, text) AS (
    SELECT d.place, 0::oid, 0, '', 0::bigint,
           E'\n## ' || CASE d.domain WHEN 'salon' THEN E'The extension: schema `salon`' ELSE d.domain END
    FROM domain d
    UNION ALL
    SELECT d.place, f.place, 0, '', 1, format(E'\n### %s', CASE WHEN p.page IS NULL THEN f.file ELSE format('[%s](%s)', f.file, p.page) END)
    FROM file f
    JOIN domain d USING (domain)
    LEFT JOIN page p ON p.page = f.file || '.md'
    UNION ALL
    SELECT d.place, f.place, CASE h.kind WHEN 'TYPE' THEN 1 WHEN 'TABLE' THEN 2 WHEN 'VIEW' THEN 3 ELSE 4 END, h.name, o.part, o.text
    FROM (SELECT *, row_number() OVER (PARTITION BY domain, file, kind IN ('FUNCTION', 'AGGREGATE') ORDER BY name COLLATE "C", oid) = 1 AS is_first FROM home) h
    JOIN file f USING (domain, file)
    JOIN domain d USING (domain)
    CROSS JOIN LATERAL (
        SELECT 1::bigint, format(E'\n#### %s\n\n%s: %s', h.name, initcap(h.kind), pg_temp.english(h.comment))
        WHERE h.kind IN ('TYPE', 'TABLE', 'VIEW')
        UNION ALL
        SELECT 2, E'\n| column | type | what |\n| --- | --- | --- |' FROM col c WHERE h.kind IN ('TABLE', 'VIEW') AND c.relation = h.name AND c.shared < 5 HAVING count(*) > 0
        UNION ALL
        SELECT 2 + c.attnum, format('| `%s` | %s | %s |', c.name, c.type, c.comment)
        FROM col c
        WHERE h.kind IN ('TABLE', 'VIEW') AND c.relation = h.name AND c.shared < 5
        UNION ALL
        SELECT 5000, E'\nAs everywhere: ' || string_agg('`' || c.name || '`', ', ' ORDER BY c.attnum) || '.'
        FROM col c
        WHERE h.kind IN ('TABLE', 'VIEW') AND c.relation = h.name AND c.shared >= 5
        HAVING count(*) > 0
        UNION ALL
        SELECT 6000, E'\nRefused by: ' || string_agg(format('`%s` (%s)', r.name, pg_temp.cell(r.remedy)), '; ' ORDER BY r.name) || '.'
        FROM rule r
        WHERE h.kind = 'TABLE' AND r.relation = h.name AND r.shared < 5
        HAVING count(*) > 0
        UNION ALL
        SELECT 7000, CASE WHEN h.is_first THEN E'\n' ELSE '' END || '- ' || CASE h.kind WHEN 'AGGREGATE' THEN 'aggregate ' ELSE '' END
                     || format('`%s(%s)`', h.name, pg_temp.short(pg_get_function_arguments(h.oid)))
                     || coalesce(' → ' || nullif(nullif(pg_temp.short(pg_get_function_result(h.oid)), 'record'), 'SETOF record'), '') || ': ' || pg_temp.english(h.comment)
        WHERE h.kind IN ('FUNCTION', 'AGGREGATE')
    ) o (part, text)
)
SELECT text FROM (
    SELECT 0 AS chapter, NULL::oid AS domain_place, NULL::oid AS file_place, NULL::integer AS kind, NULL AS name, NULL::bigint AS part,
           $$# Reference

<!-- space: club -->
<!-- written by: reference.sql -->

Everything that a space and the extension offer, from the comments of the catalog, by domain and file of `sql/`. `test/doc-check --write doc/reference.md` writes
this page. A type that says `→ party` is a key of that table; *required* is never NULL and has no default: give it, or read
in its line what fills it in. Errors of constraints are
23514, 23505, 23503 or 23P01: see [troubleshooting](troubleshooting.md). What begins with `_` is the model's own and not listed.

## As everywhere

Columns that mean the same in at least five tables or views:

| column | what |
| --- | --- |$$ AS text
    UNION ALL
    SELECT DISTINCT 1, NULL::oid, NULL::oid, NULL::integer, c.name, NULL::bigint, format('| `%s` | %s |', c.name, c.comment) FROM col c WHERE c.shared >= 5
    UNION ALL
    SELECT 2, NULL, NULL, NULL, NULL, NULL, E'\nConstraints that at least five tables have:\n\n| name | what to do |\n| --- | --- |'
    UNION ALL
    SELECT DISTINCT 3, NULL::oid, NULL::oid, NULL::integer, r.suffix, NULL::bigint, format('| `%s` | %s |', r.suffix, pg_temp.cell(r.remedy)) FROM rule r WHERE r.shared >= 5
    UNION ALL
    SELECT 4, NULL, NULL, NULL, NULL, NULL, E'\n## Settings\n\n| setting | default | what |\n| --- | --- | --- |'
    UNION ALL
    SELECT 5, NULL, NULL, NULL, s.name, NULL, format('| `%s` | %s | %s |', s.name, concat_ws(' ', nullif(s.default_value, ''), s.unit), pg_temp.cell(s.what)) FROM salon.settings() s
    UNION ALL
    SELECT 6, o.* FROM output o
) l
ORDER BY chapter, domain_place, file_place, kind, name COLLATE "C", part, text COLLATE "C";
