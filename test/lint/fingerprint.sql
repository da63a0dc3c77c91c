-- What is defined in the extension or in a space, a line each: two databases
-- whose lines are the same are defined the same.
--
--   psql -XqAt -v extension=salon -f test/lint/fingerprint.sql
--   psql -XqAt -v space=club      -f test/lint/fingerprint.sql
--
-- Columns of tables stand in no order, since an upgrade appends them; columns of
-- views do.

SET search_path = pg_catalog, pg_temp;

CREATE TEMPORARY TABLE IF NOT EXISTS object (classid oid, objid oid, ordered boolean);
TRUNCATE object;
\if :{?extension}
INSERT INTO object
SELECT d.classid, d.objid, true
FROM pg_depend d
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid
WHERE d.deptype = 'e' AND e.extname = :'extension';
\else
INSERT INTO object
SELECT 'pg_class'::regclass, oid, relkind NOT IN ('r', 'p') FROM pg_class
WHERE relnamespace = :'space'::regnamespace AND relkind IN ('r', 'p', 'v', 'm', 'S')
UNION ALL
SELECT 'pg_proc'::regclass, oid, true FROM pg_proc WHERE pronamespace = :'space'::regnamespace
UNION ALL
SELECT 'pg_type'::regclass, y.oid, true FROM pg_type y
WHERE typnamespace = :'space'::regnamespace AND typtype IN ('d', 'e', 'r')
UNION ALL
SELECT 'pg_namespace'::regclass, :'space'::regnamespace, true;
\endif

WITH o AS (
    SELECT o.*, i.type, i.identity, i.type || ' ' || i.identity AS object
    FROM object o, LATERAL pg_identify_object(o.classid, o.objid, 0) i),
r AS (
    SELECT o.*, c.oid, c.relkind, c.relpersistence, c.reloptions, c.relrowsecurity, c.relforcerowsecurity,
           c.relreplident, c.relowner, c.relacl
    FROM o JOIN pg_class c ON o.classid = 'pg_class'::regclass AND o.objid = c.oid),
f AS (
    SELECT o.object, p.*
    FROM o JOIN pg_proc p ON o.classid = 'pg_proc'::regclass AND o.objid = p.oid),
line (object, what, value) AS (
    SELECT object, 'comment', obj_description(objid, classid::regclass::name) FROM o
    -- relations
    UNION ALL
    SELECT object, 'relation', concat_ws(' ', relkind, relpersistence, reloptions, relrowsecurity,
                                         relforcerowsecurity, relreplident) FROM r
    UNION ALL
    SELECT object, 'definition', pg_get_viewdef(oid) FROM r WHERE relkind IN ('v', 'm')
    UNION ALL
    SELECT r.object, 'column ' || a.attname,
           concat_ws(' ', CASE WHEN ordered THEN a.attnum END, format_type(a.atttypid, a.atttypmod), a.attnotnull,
                     a.attidentity, a.attgenerated, a.attcollation::regcollation, a.attstorage, a.attcompression,
                     pg_get_expr(d.adbin, d.adrelid), '/', col_description(r.oid, a.attnum))
    FROM r JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
    UNION ALL
    SELECT object, 'sequence', concat_ws(' ', seqtypid::regtype, seqstart, seqincrement, seqmin, seqmax, seqcache, seqcycle)
    FROM r JOIN pg_sequence s ON s.seqrelid = r.oid
    UNION ALL
    SELECT r.object, 'constraint ' || k.conname,
           concat_ws(' ', pg_get_constraintdef(k.oid), k.convalidated, '/', obj_description(k.oid, 'pg_constraint'))
    FROM r JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype NOT IN ('t')
    UNION ALL
    SELECT r.object, 'index', concat_ws(' ', pg_get_indexdef(i.indexrelid), i.indisvalid, i.indisreplident, i.indisclustered)
    FROM r JOIN pg_index i ON i.indrelid = r.oid
    UNION ALL
    SELECT r.object, 'trigger', concat_ws(' ', pg_get_triggerdef(t.oid), t.tgenabled, '/', obj_description(t.oid, 'pg_trigger'))
    FROM r JOIN pg_trigger t ON t.tgrelid = r.oid AND NOT t.tgisinternal
    UNION ALL
    SELECT r.object, 'policy ' || y.polname,
           concat_ws(' ', y.polcmd, y.polpermissive, y.polroles::regrole[], pg_get_expr(y.polqual, y.polrelid), '/',
                     pg_get_expr(y.polwithcheck, y.polrelid), obj_description(y.oid, 'pg_policy'))
    FROM r JOIN pg_policy y ON y.polrelid = r.oid
    UNION ALL
    SELECT r.object, 'rule', pg_get_ruledef(w.oid)
    FROM r JOIN pg_rewrite w ON w.ev_class = r.oid AND w.rulename <> '_RETURN'
    -- functions
    UNION ALL
    SELECT object, 'definition', concat_ws(' ', pg_get_functiondef(oid), '/', prosupport) FROM f WHERE prokind <> 'a'
    UNION ALL
    SELECT object, 'aggregate', concat_ws(',', provolatile, proparallel, proisstrict, aggtransfn, aggfinalfn, aggcombinefn,
           aggserialfn, aggdeserialfn, aggmtransfn, aggtranstype::regtype, aggsortop::regoper, agginitval)
    FROM f JOIN pg_aggregate ON aggfnoid = f.oid
    -- privileges
    UNION ALL
    SELECT p.object, 'privilege ' || CASE x.grantee WHEN 0 THEN 'PUBLIC' WHEN p.owner THEN 'owner'
                                     ELSE pg_get_userbyid(x.grantee) END,
           concat_ws(' ', p.attname, string_agg(x.privilege_type || x.is_grantable, ' ' ORDER BY x.privilege_type))
    FROM (SELECT object, relowner AS owner, NULL::name AS attname,
                 coalesce(relacl, acldefault((CASE relkind WHEN 'S' THEN 's' ELSE 'r' END)::"char", relowner)) AS acl FROM r
          UNION ALL
          SELECT r.object, r.relowner, a.attname, a.attacl
          FROM r JOIN pg_attribute a ON a.attrelid = r.oid WHERE NOT a.attisdropped
          UNION ALL
          SELECT object, proowner, NULL, coalesce(proacl, acldefault('f', proowner)) FROM f) p
    CROSS JOIN LATERAL aclexplode(p.acl) x
    GROUP BY p.object, p.owner, x.grantee, p.attname
    -- types, operators, casts, operator classes
    UNION ALL
    SELECT object, 'type', concat_ws(',', typlen, typbyval, typalign, typstorage, typcategory, typispreferred, typinput,
           typoutput, typreceive, typsend, typmodin, typmodout, typanalyze, typsubscript, typbasetype::regtype,
           typnotnull, typdefault, typacl)
    FROM o JOIN pg_type y ON classid = 'pg_type'::regclass AND y.oid = objid
    UNION ALL
    SELECT object, 'enum', string_agg(enumlabel, ',' ORDER BY enumsortorder)
    FROM o JOIN pg_enum ON classid = 'pg_type'::regclass AND enumtypid = objid GROUP BY object
    UNION ALL
    SELECT object, 'attribute ' || a.attname,
           concat_ws(' ', a.attnum, format_type(a.atttypid, a.atttypmod), '/', col_description(y.typrelid, a.attnum))
    FROM o JOIN pg_type y ON classid = 'pg_type'::regclass AND y.oid = objid AND y.typtype = 'c'
    JOIN pg_attribute a ON a.attrelid = y.typrelid AND a.attnum > 0 AND NOT a.attisdropped
    UNION ALL
    SELECT object, 'operator', concat_ws(',', oprcode, oprcom::regoperator, oprnegate::regoperator, oprcanmerge,
           oprcanhash, oprrest, oprjoin)
    FROM o JOIN pg_operator p ON classid = 'pg_operator'::regclass AND p.oid = objid
    UNION ALL
    SELECT object, 'cast', concat_ws(',', castfunc::regprocedure, castcontext, castmethod)
    FROM o JOIN pg_cast t ON classid = 'pg_cast'::regclass AND t.oid = objid
    UNION ALL
    SELECT object, 'operator class', concat_ws(',', opcdefault, opckeytype::regtype)
    FROM o JOIN pg_opclass c ON classid = 'pg_opclass'::regclass AND c.oid = objid
    UNION ALL
    SELECT object, 'strategy', concat_ws(' ', amopstrategy, amoppurpose, amopopr::regoperator)
    FROM o JOIN pg_amop ON classid = 'pg_opfamily'::regclass AND amopfamily = objid
    UNION ALL
    SELECT object, 'support', concat_ws(' ', amprocnum, amproc::regprocedure)
    FROM o JOIN pg_amproc ON classid = 'pg_opfamily'::regclass AND amprocfamily = objid
)
SELECT DISTINCT replace(concat_ws(': ', object, what, value), E'\n', '\n') COLLATE "C" AS line
FROM line
ORDER BY line;
