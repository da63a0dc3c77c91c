-- Rules for what the catalogs say about the extension or about a space.
--
--   psql -X -q -v extension=salon -f test/lint/catalog_lint.sql -c 'TABLE finding'
--   psql -X -q -v space=club      -f test/lint/catalog_lint.sql -c 'TABLE finding'
--
-- Fills the temporary tables rule (all rules) and finding (what breaks them).

DROP TABLE IF EXISTS pg_temp.finding, pg_temp.rule, pg_temp.member, pg_temp.listed, pg_temp.code;

CREATE TEMPORARY TABLE member (classid oid, objid oid, PRIMARY KEY (classid, objid));
\if :{?extension}
INSERT INTO member
SELECT d.classid, d.objid
FROM pg_depend d
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE d.deptype = 'e' AND e.extname = :'extension'
  -- row types and array types are members too from 17 on
  AND NOT (d.classid = 'pg_type'::regclass
           AND EXISTS (SELECT FROM pg_type t
                       LEFT JOIN pg_class c ON c.oid = t.typrelid
                       WHERE t.oid = d.objid AND (t.typcategory = 'A' OR c.relkind <> 'c')));
\else
INSERT INTO member
SELECT 'pg_class'::regclass, oid FROM pg_class
WHERE relnamespace = :'space'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'f', 'S')
UNION ALL
SELECT 'pg_proc'::regclass, oid FROM pg_proc WHERE pronamespace = :'space'::regnamespace
UNION ALL
SELECT 'pg_type'::regclass, oid FROM pg_type
WHERE typnamespace = :'space'::regnamespace AND typtype IN ('b', 'd', 'e', 'r') AND typcategory <> 'A';
\endif

-- The lists of access of a space.
CREATE TEMPORARY TABLE listed (kind text, name text);
\if :{?space}
SELECT format('INSERT INTO listed SELECT ''TABLE'', relation FROM %1$I._access_rule()
               UNION ALL SELECT ''FUNCTION'', function FROM %1$I._access_function()
               UNION ALL SELECT ''PERSON'', relation || ''.'' || unnest(columns) FROM %1$I._forget_rule()', :'space')
WHERE to_regprocedure(format('%I._access_rule()', :'space')) IS NOT NULL \gexec
\endif

-- The codes of the catalogues, with every column in which they stand.
CREATE TEMPORARY TABLE code (catalogue oid, attname name, code text);
\if :{?space}
WITH RECURSIVE holds AS (
    SELECT k.conrelid AS catalogue, a.attname AS own, k.conrelid AS relation, a.attnum, a.attname
    FROM pg_constraint k
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attname LIKE '%\_code'
    WHERE k.contype = 'p' AND k.connamespace = :'space'::regnamespace AND a.atttypid = 'text'::regtype
      AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conrelid = k.conrelid AND a.attnum = ANY (f.conkey))
    UNION
    SELECT h.catalogue, h.own, k.conrelid, a.attnum, a.attname
    FROM holds h
    JOIN pg_constraint k ON k.contype = 'f' AND k.confrelid = h.relation
    CROSS JOIN LATERAL generate_subscripts(k.confkey, 1) i
    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[i]
    WHERE k.confkey[i] = h.attnum)
SELECT format('INSERT INTO code SELECT DISTINCT %L::oid, h.attname, c.%I FROM unnest(%L::name[]) h (attname) LEFT JOIN %s c ON true', catalogue, own, array_agg(DISTINCT attname), catalogue::regclass)
FROM holds
GROUP BY catalogue, own \gexec
\endif

CREATE TEMPORARY TABLE rule (rule text PRIMARY KEY, ordinal serial);
INSERT INTO rule (rule) VALUES
    ('every object has a comment'),
    ('every column has a comment'),
    ('every CHECK and EXCLUDE constraint has a comment'),
    ('every view is security_invoker, or a barrier that says why it is not'),
    ('columns of views are text, bigint, numeric, boolean, timestamptz, date or uuid'),
    ('every table has a primary key of one column or of codes'),
    ('every foreign key has an index that begins with its columns'),
    ('no foreign key leaves the schema of its table'),
    ('no column has a type that stops pg_upgrade'),
    ('every column of points in time has a time zone'),
    ('numbers are given by identity columns'),
    ('every body that is parsed at run time has a search_path'),
    ('no query of a space is compiled (salon.jit): its functions need not say so'),
    ('a SECURITY DEFINER function is a trigger that says why, and nobody may call it'),
    ('every table of a space is on the list of access, with policies'),
    ('every function of a space that writes is on the list of access'),
    ('nothing of a space is granted to PUBLIC'),
    ('no column of a space has privileges of its own'),
    ('every column of free text of a space is on the list of forget'),
    ('every immutable function is parallel safe'),
    ('no stable function is parallel unsafe'),
    ('what the status of an event means is said by the columns of event'),
    ('every amount of money has the digits of the currency'),
    ('a key that is given moves the sequence of its table on, and is not for everybody to give'),
    ('a text is not blank: a check says so, or it is one of a list or of other rows'),
    ('what is planned for a time, or has a place in an order, can change places with another in one statement'),
    ('today is that of the space, whatever the time zone of the session'),
    ('names are as doc/model.md says: moments, days, booleans, keys, codes, notes'),
    ('a view with an event names it and its day'),
    ('every public view and function of a space has a job in salon.help()'),
    ('every catalogue keeps the codes that SQL names'),
    ('a code that SQL compares is in its catalogue'),
    ('what is stored of a query names each column of a catalog that it reads');

\if :{?space}
\else
\set space ''
\endif
CREATE TEMPORARY TABLE finding (rule text NOT NULL REFERENCES rule, object text NOT NULL);

WITH f AS (
    SELECT p.*, l.lanname
    FROM member m
    JOIN pg_proc p ON m.classid = 'pg_proc'::regclass AND m.objid = p.oid
    JOIN pg_language l ON l.oid = p.prolang),
r AS (
    SELECT c.*
    FROM member m
    JOIN pg_class c ON m.classid = 'pg_class'::regclass AND m.objid = c.oid),
a AS (
    SELECT r.relkind, r.oid::regclass AS relation, a.*,
           format('%s.%I', r.oid::regclass, a.attname) AS name
    FROM r
    JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE r.relkind IN ('r', 'p', 'v', 'm', 'f')),
k AS (
    SELECT r.oid::regclass AS relation, r.relnamespace, k.*,
           format('%s %I', r.oid::regclass, k.conname) AS name
    FROM r
    JOIN pg_constraint k ON k.conrelid = r.oid)
INSERT INTO finding
SELECT 'every object has a comment', pg_describe_object(classid, objid, 0)
FROM member
WHERE classid IN ('pg_class'::regclass, 'pg_proc'::regclass, 'pg_type'::regclass,
                  'pg_operator'::regclass, 'pg_cast'::regclass)
  AND obj_description(objid, classid::regclass::name) IS NULL
  AND NOT (classid = 'pg_class'::regclass
           AND (SELECT relkind FROM pg_class WHERE oid = objid) IN ('S', 'c', 'i', 'I', 't'))

UNION ALL
SELECT 'every column has a comment', name
FROM a
WHERE col_description(attrelid, attnum) IS NULL

UNION ALL
SELECT 'every CHECK and EXCLUDE constraint has a comment', name
FROM k
WHERE contype IN ('c', 'x') AND obj_description(oid, 'pg_constraint') IS NULL

UNION ALL
SELECT 'every view is security_invoker, or a barrier that says why it is not', oid::regclass::text
FROM r
WHERE relkind = 'v'
  AND NOT EXISTS (SELECT FROM pg_options_to_table(r.reloptions)
                  WHERE option_value::boolean
                    AND (option_name = 'security_invoker'
                         OR (option_name = 'security_barrier' AND obj_description(r.oid, 'pg_class') ~ 'Not security_invoker: ..........')))

UNION ALL
SELECT 'columns of views are text, bigint, numeric, boolean, timestamptz, date or uuid',
       format('%s is %s', name, format_type(atttypid, atttypmod))
FROM a
JOIN pg_class c ON c.oid = a.attrelid
WHERE a.relkind IN ('v', 'm') AND c.relname NOT LIKE '\_%' -- such a view is for other views
  AND atttypid <> ALL ('{text,bigint,numeric,boolean,timestamptz,date,uuid}'::regtype[])

UNION ALL
SELECT 'every table has a primary key of one column or of codes', oid::regclass::text
FROM r
WHERE relkind IN ('r', 'p')
  AND NOT EXISTS (
        SELECT FROM k
        WHERE k.conrelid = r.oid AND k.contype = 'p'
          AND (cardinality(k.conkey) = 1
               OR NOT EXISTS (SELECT FROM a
                              WHERE a.attrelid = r.oid AND a.attnum = ANY (k.conkey)
                                AND a.atttypid <> 'text'::regtype)))

UNION ALL
SELECT 'every foreign key has an index that begins with its columns', name
FROM k
WHERE contype = 'f'
  AND NOT EXISTS (
        SELECT FROM pg_index i
        WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indpred IS NULL
          AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey)

UNION ALL
SELECT 'no foreign key leaves the schema of its table',
       format('%s refers to %s', name, confrelid::regclass)
FROM k
WHERE contype = 'f'
  AND relnamespace <> (SELECT relnamespace FROM pg_class WHERE oid = confrelid)

UNION ALL
SELECT 'no column has a type that stops pg_upgrade',
       format('%s is %s', name, format_type(atttypid, atttypmod))
FROM a
WHERE relkind IN ('r', 'p', 'm')
  AND atttypid = ANY ('{regproc,regprocedure,regoper,regoperator,regconfig,regdictionary,regnamespace,regcollation}'::regtype[])

UNION ALL
SELECT 'every column of points in time has a time zone',
       format('%s is %s', name, format_type(atttypid, atttypmod))
FROM a
WHERE atttypid = ANY ('{timestamp,timetz,tsrange,tsmultirange}'::regtype[])

UNION ALL
SELECT 'numbers are given by identity columns', name
FROM a
JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
WHERE relkind IN ('r', 'p') AND pg_get_expr(d.adbin, d.adrelid) LIKE 'nextval(%'

UNION ALL
SELECT 'no query of a space is compiled (salon.jit): its functions need not say so', oid::regprocedure::text
FROM f
WHERE 'jit=off' = ANY (proconfig) AND pronamespace <> 'salon'::regnamespace

UNION ALL
SELECT 'every body that is parsed at run time has a search_path', oid::regprocedure::text
FROM f
WHERE prokind <> 'a' AND lanname NOT IN ('c', 'internal') AND prosqlbody IS NULL
  AND NOT EXISTS (SELECT FROM unnest(proconfig) setting WHERE setting LIKE 'search_path=%pg_temp%')

UNION ALL
SELECT 'a SECURITY DEFINER function is a trigger that says why, and nobody may call it', oid::regprocedure::text
FROM f
WHERE prosecdef
  AND (prorettype <> 'trigger'::regtype
       OR obj_description(oid, 'pg_proc') !~ 'SECURITY DEFINER: ..........'
       OR has_function_privilege('pg_monitor', oid, 'EXECUTE'))

UNION ALL
SELECT 'every table of a space is on the list of access, with policies', oid::regclass::text
FROM r
WHERE relkind IN ('r', 'p') AND :'space' <> ''
  AND (NOT relrowsecurity
       OR NOT EXISTS (SELECT FROM listed l WHERE l.kind = 'TABLE' AND l.name = r.relname)
       OR NOT EXISTS (SELECT FROM pg_policy y WHERE y.polrelid = r.oid AND y.polname = 'salon_read'))

UNION ALL
SELECT 'every function of a space that writes is on the list of access', oid::regprocedure::text
FROM f
WHERE provolatile = 'v' AND prorettype <> 'trigger'::regtype AND :'space' <> '' AND left(proname, 1) <> '_'
  AND NOT EXISTS (SELECT FROM listed l WHERE l.kind = 'FUNCTION' AND l.name = f.proname)

UNION ALL
SELECT 'every column of free text of a space is on the list of forget', name
FROM a
WHERE relkind = 'r' AND :'space' <> '' AND atttypid IN ('text'::regtype, 'text[]'::regtype, 'json'::regtype, 'jsonb'::regtype, 'xml'::regtype, 'bytea'::regtype, 'varchar'::regtype)
  AND attgenerated = '' AND attidentity = ''
  -- but of catalogues, of keys of others, and of which a check says what they can be
  AND NOT EXISTS (SELECT FROM pg_attribute s WHERE s.attrelid = a.attrelid AND s.attname = 'shipped')
  AND NOT EXISTS (SELECT FROM pg_constraint c
                  WHERE c.conrelid = a.attrelid
                    AND CASE c.contype WHEN 'p' THEN (SELECT bool_or(p.attname ~ '_code$') FROM pg_attribute p WHERE p.attrelid = a.attrelid AND p.attnum = ANY (c.conkey))
                                       WHEN 'f' THEN a.attnum = ANY (c.conkey)
                                       WHEN 'c' THEN c.conkey = ARRAY[a.attnum] AND pg_get_constraintdef(c.oid) ~ ' = ANY |is_time_zone' END)
  AND NOT EXISTS (SELECT FROM listed l WHERE l.kind = 'PERSON' AND l.name = (SELECT relname FROM pg_class WHERE oid = a.attrelid) || '.' || a.attname)

UNION ALL
SELECT 'nothing of a space is granted to PUBLIC', g.object
FROM (SELECT oid::regclass::text AS object, coalesce(relacl, acldefault('r', relowner)) AS acl FROM r
      UNION ALL
      SELECT oid::regprocedure::text, coalesce(proacl, acldefault('f', proowner)) FROM f) g
WHERE :'space' <> '' AND EXISTS (SELECT FROM aclexplode(g.acl) x WHERE x.grantee = 0)

UNION ALL
SELECT 'no column of a space has privileges of its own', name
FROM a
WHERE :'space' <> '' AND attacl IS NOT NULL

UNION ALL
SELECT 'every immutable function is parallel safe', oid::regprocedure::text
FROM f
WHERE provolatile = 'i' AND proparallel <> 's'

UNION ALL
SELECT 'no stable function is parallel unsafe', oid::regprocedure::text
FROM f
WHERE provolatile = 's' AND proparallel = 'u'

UNION ALL
SELECT 'what the status of an event means is said by the columns of event', name
FROM (SELECT oid::regprocedure::text AS name, coalesce(pg_get_function_sqlbody(oid), prosrc) AS body FROM f
      UNION ALL
      SELECT oid::regclass::text, pg_get_viewdef(oid) FROM r WHERE relkind = 'v') b
WHERE :'space' <> '' AND body ~ '''(recapped|archived)''|''idea''[^)]*''announced'''

UNION ALL
SELECT 'every amount of money has the digits of the currency', name
FROM a
WHERE relkind = 'r' AND atttypid = 'numeric'::regtype AND :'space' <> ''
  AND (attname ~ '(^|_)(amount|price|income|cost)(_|$)' OR relation::text ~ '(^|[.])cost$')
  AND (atttypmod <> -1
       OR NOT EXISTS (SELECT FROM pg_trigger t
                      WHERE t.tgrelid = a.attrelid AND t.tgfoid = to_regproc(:'space' || '._amount')
                        AND a.attname = ANY (string_to_array(encode(t.tgargs, 'escape'), '\000'))))

UNION ALL
SELECT 'a key that is given moves the sequence of its table on, and is not for everybody to give', name
FROM a
WHERE relkind IN ('r', 'p') AND attidentity = 'd' AND :'space' <> ''
  AND (SELECT count(*) FROM pg_trigger t
       WHERE t.tgrelid = a.attrelid AND encode(t.tgargs, 'escape') = a.attname || '\000'
         AND t.tgfoid IN (to_regproc(format('%I._key_given', :'space')), to_regproc(format('%I._key_kept', :'space')))) <> 4

UNION ALL
SELECT 'a text is not blank: a check says so, or it is one of a list or of other rows', name
FROM a
WHERE relkind IN ('r', 'p') AND :'space' <> '' AND atttypid = 'text'::regtype AND attgenerated = ''
  AND NOT EXISTS (SELECT FROM k WHERE k.conrelid = a.attrelid
                  AND CASE k.contype WHEN 'c' THEN k.conkey = ARRAY[a.attnum] OR pg_get_constraintdef(k.oid) ~ format('is_text\(%s\)', a.attname)
                                     WHEN 'f' THEN a.attnum = ANY (k.conkey) END)

UNION ALL
SELECT 'names are as doc/model.md says: moments, days, booleans, keys, codes, notes', name
FROM a
JOIN pg_class c ON c.oid = a.attrelid
LEFT JOIN pg_constraint p ON p.conrelid = a.attrelid AND p.contype = 'p' AND p.conkey[1] = a.attnum
WHERE :'space' <> '' AND left(c.relname, 1) <> '_'
  -- older than the style, and said in queries of those who use it: this list gets shorter only
  AND (c.relname, attname) NOT IN (('demand', 'valid_from'), ('demand', 'valid_before'), ('supply', 'valid_from'), ('supply', 'valid_before'),
        ('future_plan', 'on_day'), ('commitment', 'stands'), ('event', 'took_place'), ('event_duty', 'whole_event'), ('phase', 'until_held'),
        ('session', 'was_held'), ('talk_review', 'remark'), ('status', 'subject'), ('step', 'subject'))
  AND CASE WHEN atttypid = 'timestamptz'::regtype THEN attname !~ '(^|_)(at|by)$'
           WHEN atttypid = 'date'::regtype THEN attname !~ '(^|_)(on|since|until)$'
           WHEN a.relkind = 'v' THEN false
           WHEN atttypid = 'boolean'::regtype THEN attname !~ '^(is|has)_|_is_|^shipped$'
           WHEN attidentity <> '' THEN attname <> c.relname || '_id'
           WHEN p.oid IS NOT NULL AND atttypid = 'text'::regtype THEN attname !~ '_code$'
           ELSE attname ~ '^(remarks?|notes|comments?|certainty|sureness|status)$' END

UNION ALL
SELECT 'a view with an event names it and its day', r.oid::regclass::text
FROM r
WHERE relkind = 'v' AND :'space' <> '' AND r.relname NOT LIKE '\_%'
  AND EXISTS (SELECT FROM a WHERE a.attrelid = r.oid AND a.attname = 'event_id')
  AND (SELECT count(*) FROM a WHERE a.attrelid = r.oid AND a.attname IN ('event', 'held_on')) < 2

UNION ALL
SELECT 'every public view and function of a space has a job in salon.help()', o.name
FROM (SELECT proname::text AS name FROM f WHERE prorettype <> 'trigger'::regtype
      UNION
      SELECT relname FROM r WHERE relkind = 'v') o
WHERE :'space' <> '' AND left(o.name, 1) <> '_'
  AND NOT EXISTS (SELECT FROM salon._jobs() j WHERE o.name ~ j.pattern)

UNION ALL
SELECT 'every catalogue keeps the codes that SQL names', catalogue::regclass::text
FROM code
WHERE NOT EXISTS (SELECT FROM pg_trigger t
                  WHERE t.tgrelid = catalogue AND t.tgfoid = to_regproc(format('%I._edited', :'space')) AND t.tgtype & 31 = 1 | 2 | 8 | 16)
GROUP BY catalogue

UNION ALL
SELECT 'what is planned for a time, or has a place in an order, can change places with another in one statement', name
FROM k
WHERE contype IN ('u', 'x') AND NOT condeferrable
  AND (EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attname IN ('starts_at', 'planned_at', 'ordinal'))
       OR (contype = 'x' AND pg_get_constraintdef(oid) ~ '&&'))
  -- a foreign key cannot lead to one that is; what was measured or made at a time serves ON CONFLICT
  AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = k.conindid)

UNION ALL
SELECT 'today is that of the space, whatever the time zone of the session', b.name
FROM (SELECT oid::regprocedure::text AS name, coalesce(pg_get_function_sqlbody(oid), prosrc) AS body FROM f
      UNION ALL
      SELECT oid::regclass::text, pg_get_viewdef(oid) FROM r WHERE relkind = 'v'
      UNION ALL
      SELECT a.name, pg_get_expr(d.adbin, d.adrelid) FROM a JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum) b
WHERE :'space' <> '' AND b.body ~* '\m(current_date|localtimestamp|localtime)\M|''(today|tomorrow|yesterday)''|now\(\)\)?::(date|timestamp without)'

UNION ALL
SELECT 'a code that SQL compares is in its catalogue', format('%s: %s = %s', b.name, m[1], m[2])
FROM (SELECT oid::regprocedure::text AS name, coalesce(pg_get_function_sqlbody(oid), prosrc) AS body FROM f
      UNION ALL
      SELECT oid::regclass::text, pg_get_viewdef(oid) FROM r WHERE relkind = 'v') b
CROSS JOIN LATERAL regexp_matches(b.body, '\m([a-z_]+_code) (?:=|<>) ''([a-z0-9_]+)''', 'g') m
-- words of these views and functions themselves
WHERE (b.name, m[1]) NOT IN ((:'space' || '.recap_summary', 'item_code'), (:'space' || '.scorecard', 'status_code'), (:'space' || '._choose(bigint,text,text,bigint,bigint[])', 'rule_code'))
  AND m[1] IN (SELECT attname FROM code) AND (m[1], m[2]) NOT IN (SELECT attname, code FROM code WHERE code IS NOT NULL)

UNION ALL
-- the next major of PostgreSQL has others: what a dump says of it cannot be read there
SELECT 'what is stored of a query names each column of a catalog that it reads', format('%s: %s', b.name, c.relname)
FROM (SELECT oid::regprocedure::text AS name, pg_get_function_sqlbody(oid) AS body FROM f
      UNION ALL
      SELECT oid::regclass::text, pg_get_viewdef(oid) FROM r WHERE relkind = 'v') b
JOIN pg_class c ON c.relnamespace = 'pg_catalog'::regnamespace AND c.relkind = 'r' AND c.relnatts > 8 AND b.body ~ ('\m' || c.relname || '\M')
WHERE NOT EXISTS (SELECT FROM pg_attribute x
                  WHERE x.attrelid = c.oid AND x.attnum > 0 AND b.body !~ ('\m' || x.attname || '\M'));
