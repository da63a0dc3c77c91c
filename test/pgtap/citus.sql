-- What a space must be for Citus to keep it on another machine, as the catalogs
-- say it: no Citus is needed here.  test/long/citus does it on three servers.
\set QUIET on
\pset format unaligned
\pset tuples_only on
BEGIN;
SET LOCAL client_min_messages = warning;
SELECT salon.create_space('t_citus');
SELECT no_plan();

CREATE TEMP TABLE inside AS
SELECT 'pg_class'::regclass AS classid, c.oid, c.relkind::text AS kind FROM pg_class c WHERE c.relnamespace = 't_citus'::regnamespace
UNION ALL SELECT 'pg_proc', p.oid, 'function' FROM pg_proc p WHERE p.pronamespace = 't_citus'::regnamespace
UNION ALL SELECT 'pg_type', y.oid, 'type' FROM pg_type y WHERE y.typnamespace = 't_citus'::regnamespace
UNION ALL SELECT 'pg_constraint', k.oid, 'constraint' FROM pg_constraint k WHERE k.connamespace = 't_citus'::regnamespace
UNION ALL SELECT 'pg_attrdef', d.oid, 'default' FROM pg_attrdef d JOIN pg_class c ON c.oid = d.adrelid WHERE c.relnamespace = 't_citus'::regnamespace
UNION ALL SELECT 'pg_trigger', t.oid, 'trigger' FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE c.relnamespace = 't_citus'::regnamespace
UNION ALL SELECT 'pg_policy', y.oid, 'policy' FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid WHERE c.relnamespace = 't_citus'::regnamespace
UNION ALL SELECT 'pg_rewrite', r.oid, 'rule' FROM pg_rewrite r JOIN pg_class c ON c.oid = r.ev_class WHERE c.relnamespace = 't_citus'::regnamespace;
CREATE INDEX ON inside (classid, oid);

-- Nothing leaves the space, but to the extension.
SELECT is(string_agg(DISTINCT pg_describe_object(d.classid, d.objid, 0) || ' uses ' || x.identity, E'\n'), NULL,
          'all that is in a space uses the space, the extension and the server only')
FROM inside i
JOIN pg_depend d ON d.classid = i.classid AND d.objid = i.oid
CROSS JOIN LATERAL pg_identify_object(d.refclassid, d.refobjid, 0) x
WHERE d.refclassid NOT IN ('pg_namespace'::regclass, 'pg_cast'::regclass, 'pg_language'::regclass)
  AND NOT EXISTS (SELECT FROM inside o WHERE o.classid = d.refclassid AND o.oid = d.refobjid)
  AND x.schema IS DISTINCT FROM 'salon' AND x.schema IS DISTINCT FROM 'pg_catalog'
  AND NOT (d.refclassid = 'pg_class'::regclass AND x.schema IN ('pg_toast'));
SELECT is(string_agg(format('%s %s', c.oid::regclass, c.relkind), ', '), NULL, 'a space has plain tables, views, indexes, sequences and row types only, and nothing inherits')
FROM pg_class c
WHERE c.relnamespace = 't_citus'::regnamespace
  AND (c.relkind NOT IN ('r', 'v', 'i', 'S', 'c') OR c.relpersistence <> 'p' OR c.relispartition OR EXISTS (SELECT FROM pg_inherits h WHERE h.inhrelid = c.oid));
SELECT is(string_agg(s.seqrelid::regclass::text, ', '), NULL, 'every sequence gives keys of bigint to an identity column')
FROM pg_sequence s
JOIN pg_class c ON c.oid = s.seqrelid AND c.relnamespace = 't_citus'::regnamespace
LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.seqrelid AND d.deptype = 'i'
WHERE s.seqtypid <> 'bigint'::regtype OR d.objid IS NULL;

-- Tables stand by themselves: what they are made of is there before a function
-- of the space is.
SELECT is(string_agg(DISTINCT pg_describe_object(d.classid, d.objid, 0) || ' uses ' || pg_describe_object(d.refclassid, d.refobjid, 0), E'\n'), NULL,
          'no constraint, default, generated column and index uses a view or function of the space')
FROM inside i
JOIN pg_depend d ON d.classid = i.classid AND d.objid = i.oid
JOIN inside o ON o.classid = d.refclassid AND o.oid = d.refobjid AND o.kind IN ('function', 'v')
WHERE i.kind IN ('r', 'i', 'S', 'constraint', 'default');
SELECT is(string_agg(DISTINCT pg_describe_object(d.classid, d.objid, 0) || ' groups by ' || pg_describe_object(d.refclassid, d.refobjid, 0), E'\n'), NULL,
          'no view and no function leaves out of GROUP BY what follows from a key')
FROM inside i
JOIN pg_depend d ON d.classid = i.classid AND d.objid = i.oid AND d.refclassid = 'pg_constraint'::regclass
WHERE i.kind IN ('rule', 'function');

-- Where Citus keeps a table it has another name there, no statement joins it
-- with what a trigger sees, and none looks up what it inserts.
SELECT is(string_agg(p.proname, ', ' ORDER BY p.proname), NULL, 'no trigger goes by the name of its table as the server tells it')
FROM pg_proc p
WHERE p.pronamespace = 't_citus'::regnamespace
  AND regexp_replace(p.prosrc, '_table_name\(TG_TABLE_NAME\)|\mTABLE = TG_TABLE_NAME', '', 'g') ~ 'TG_(TABLE|REL)NAME|TG_TABLE_NAME';
CREATE TEMP TABLE statement AS
SELECT p.proname::text, s.source
FROM pg_proc p
JOIN pg_language l ON l.oid = p.prolang AND l.lanname = 'plpgsql'
CROSS JOIN LATERAL regexp_split_to_table(regexp_replace(p.prosrc, '--[^\n]*|''[^'']*''', '', 'g'), ';|\mLOOP\M|\mTHEN\M') s (source)
WHERE p.pronamespace = 't_citus'::regnamespace;
SELECT is(string_agg(DISTINCT s.proname, ', '), NULL, 'no statement joins the rows of a statement with a table')
FROM statement s
CROSS JOIN pg_class c
WHERE s.source ~ '\m(new|old)_rows?\s+[a-z]\y' AND c.relnamespace = 't_citus'::regnamespace AND c.relkind IN ('r', 'v')
  AND s.source ~ ('\m(FROM|JOIN|USING|UPDATE|INTO) ' || c.relname || '\M');
SELECT is(string_agg(DISTINCT s.proname, ', '), NULL, 'no INSERT has a query in its VALUES')
FROM statement s
WHERE s.source ~ '\mINSERT INTO\M.*\mVALUES\M.*\(\s*SELECT\M';

-- Where Citus keeps the rows, those of table event are of type event_102064.
-- Policies ask _remark_event: there are none there.
SELECT is(string_agg(p.oid::regprocedure::text, ', '), NULL, 'no function takes the row of a table')
FROM pg_proc p
CROSS JOIN unnest(p.proargtypes) a (type)
JOIN pg_type t ON t.oid = a.type
JOIN pg_class c ON c.oid = t.typrelid
WHERE p.pronamespace = 't_citus'::regnamespace AND c.relkind = 'r' AND p.proname <> '_remark_event';

-- The way there and back, but for Citus itself: bare tables, and then all as
-- it was, what the community added too.
CREATE FUNCTION t_citus.own() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE TRIGGER own BEFORE UPDATE ON t_citus.party FOR EACH ROW WHEN (OLD.name_en = 'x') EXECUTE FUNCTION t_citus.own();
CREATE TRIGGER own_amount BEFORE INSERT ON t_citus.cost FOR EACH ROW EXECUTE FUNCTION t_citus._amount('planned');
ALTER TABLE t_citus.party DISABLE TRIGGER own;
ALTER TABLE t_citus.city ENABLE ALWAYS TRIGGER city_edited;
CREATE ROLE t_citus_reader;
CREATE ROLE t_citus_other;
SELECT salon.grant_access('t_citus', 't_citus_reader', 'organizer') \g /dev/null
GRANT SELECT ON t_citus.checklist TO t_citus_other WITH GRANT OPTION;
CREATE FUNCTION pg_temp.print(OUT line text) RETURNS SETOF text LANGUAGE sql AS $$
    SELECT format('%s %s on %s: %s', CASE contype WHEN 'f' THEN 'foreign key' ELSE 'constraint' END, conname, conrelid::regclass, pg_get_constraintdef(oid))
    FROM pg_constraint WHERE connamespace = 't_citus'::regnamespace
    UNION ALL
    SELECT format('trigger %s: %s', pg_get_triggerdef(t.oid), tgenabled) FROM pg_trigger t JOIN pg_class c ON c.oid = tgrelid
    WHERE NOT tgisinternal AND c.relnamespace = 't_citus'::regnamespace
    UNION ALL
    SELECT format('policy %s %s', to_jsonb(p), '') FROM pg_policies p WHERE schemaname = 't_citus'
    UNION ALL
    SELECT pg_get_functiondef(oid) || coalesce((SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(proacl) x), 'PUBLIC')
    FROM pg_proc WHERE pronamespace = 't_citus'::regnamespace AND prokind <> 'a'
    UNION ALL
    SELECT format('%s %s %s %s %s', relkind, relname, reloptions, (SELECT string_agg(x::text, ',' ORDER BY x::text) FROM unnest(relacl) x),
                  CASE relkind WHEN 'v' THEN pg_get_viewdef(oid) WHEN 'i' THEN pg_get_indexdef(oid) END)
    FROM pg_class WHERE relnamespace = 't_citus'::regnamespace
    UNION ALL
    SELECT format('comment %s %s', i.identity, d.description)
    FROM pg_description d CROSS JOIN LATERAL pg_identify_object(d.classoid, d.objoid, d.objsubid) i
    WHERE i.schema = 't_citus' OR i.identity ~ '\mt_citus\.'
$$;
CREATE TEMP TABLE before AS SELECT line FROM pg_temp.print();
CREATE TABLE pg_temp.met (what text);
SELECT salon._spread('t_citus', $$
    INSERT INTO pg_temp.met
    SELECT 'trigger ' || t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid WHERE NOT t.tgisinternal AND c.relnamespace = %1$L::regnamespace
    UNION ALL SELECT 'policy ' || p.policyname FROM pg_policies p WHERE p.schemaname = %1$L
    UNION ALL SELECT 'view ' || c.relname FROM pg_class c WHERE c.relkind = 'v' AND c.relnamespace = %1$L::regnamespace
    UNION ALL SELECT 'function ' || p.proname FROM pg_proc p WHERE p.pronamespace = %1$L::regnamespace AND p.proname NOT IN ('own')
    UNION ALL SELECT 'step was taken'$$, 'cannot: %s %s') \g /dev/null
SELECT is(string_agg(what, ', '), 'step was taken', 'tables are bare on the way') FROM met;
SELECT is((SELECT string_agg(left(b.line, 300), E'\n') FROM (SELECT line FROM before EXCEPT SELECT line FROM pg_temp.print()) b), NULL, 'nothing is lost');
SELECT is((SELECT string_agg(left(b.line, 300), E'\n') FROM (SELECT line FROM pg_temp.print() EXCEPT SELECT line FROM before) b), NULL, 'nothing comes along');

SELECT ok((SELECT t.oid FROM pg_trigger t WHERE t.tgrelid = 't_citus.party'::regclass AND t.tgname = 'own') < min(c.oid), 'Citus alters no table that a function of a view reads: before there are views a trigger is disabled')
FROM pg_class c WHERE c.relnamespace = 't_citus'::regnamespace AND c.relkind = 'v';

-- Where the rows are a query of the coordinator sees the pieces too, in the same schema.
CREATE TABLE t_citus.own_102010 (own_id bigint PRIMARY KEY, party_id bigint);
INSERT INTO t_citus.own_102010 VALUES (1, 9);
ALTER TABLE t_citus.own_102010 ADD FOREIGN KEY (party_id) REFERENCES t_citus.party NOT VALID;
PREPARE broken AS SELECT concat_ws(' ', table_name, row_key, problem) FROM t_citus.invariant WHERE table_name = 'own_102010' ORDER BY 1;
SELECT results_eq('broken', ARRAY['own_102010 1 no row of party has party_id = 9', 'own_102010 rows from before are not held to it'],
                  'a table of the community is held to its rules, whatever its name');
CREATE FUNCTION pg_catalog.relation_is_a_known_shard(regclass) RETURNS boolean RETURN $1 = 't_citus.own_102010'::regclass;
SELECT is_empty('broken', 'a piece is not taken for a table of its own');

-- Without Citus there is nowhere to go.
SELECT throws_ok('SELECT salon.distribute_space(''t_citus'')', '55000', 'there is no Citus in this database');
SELECT throws_ok('SELECT salon.distribute_space(''t_no_space'')', '3F000', '"t_no_space" is not a space');

SELECT * FROM finish();
ROLLBACK;
