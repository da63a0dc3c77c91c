-- A diagram (mermaid) of tables of the space and how they refer to each other,
-- drawn from the catalog.  \set tables 'event, party, ...' names them.
\pset format unaligned
\pset tuples_only on
SELECT 'erDiagram'
UNION ALL
(SELECT format('    %s }o--%s %s : %s', k.conrelid::regclass,
               CASE WHEN bool_or(a.attnotnull) THEN '||' ELSE 'o|' END, k.confrelid::regclass,
               min(a.attname::text))
 FROM pg_constraint k
 JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[1]
 WHERE k.contype = 'f' AND k.connamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'space'::regclass)
   AND k.conrelid::regclass::text = ANY (string_to_array(:'tables', ', ')) AND k.confrelid::regclass::text = ANY (string_to_array(:'tables', ', '))
   AND k.conrelid <> k.confrelid
 GROUP BY k.conrelid, k.confrelid, k.conkey[1]
 ORDER BY 1);
