-- Spaces: the data of one community in a schema of the caller.

-- @model@

COMMENT ON FUNCTION model() IS
'The model of a space: the SQL files that create_space runs, in order, with unqualified names; upgrade_space runs the repeatable parts (functions, views, triggers, policies, comments) again';

-- What a community added to a space is its own.
-- @names@

COMMENT ON FUNCTION _model_name() IS
'The tables, views and functions that the model makes';

COMMENT ON FUNCTION _model_column() IS
'The columns that the model gives to tables of a space';

-- @migration@

COMMENT ON FUNCTION migration() IS
'What brings the tables and shipped rows of a space from one version to the next, with unqualified names, and which functions, views, triggers and policies the model of from_version made';

CREATE FUNCTION _check_space_name(name text) RETURNS void
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF name IS NULL OR name = '' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = salon.say('a space needs a name'),
            HINT = salon.say('The name becomes that of a schema: SELECT salon.create_space(''club'').');
    END IF;
    IF octet_length(name) > 63 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'name_too_long',
            MESSAGE = format(salon.say('name of a space is too long: "%s"'), name),
            HINT = salon.say('The name becomes that of a schema: 63 bytes at most.');
    END IF;
    IF name = '$user' OR name LIKE 'pg\_%' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'reserved_name',
            MESSAGE = format(salon.say('name of a space is reserved: "%s"'), name),
            DETAIL = salon.say('PostgreSQL gives "$user" and all names that begin with "pg_" a meaning of their own.'),
            HINT = salon.say('Choose another name.');
    END IF;
END
$$;

COMMENT ON FUNCTION _check_space_name(text) IS
'Refuses what cannot be the name of a space. Errors: 22023 no name, 42939 reserved name, 42622 name too long';

-- The planner takes a table that was never analyzed for one of ten pages; a
-- hundred of these in the views of a page make plans that look a thousand times
-- dearer than they are, and worth compiling for seconds.
CREATE FUNCTION _analyze(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    EXECUTE (SELECT 'ANALYZE ' || string_agg(c.oid::regclass::text, ', ')
             FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
             WHERE n.nspname = name AND c.relkind = 'r');
END
$$;

COMMENT ON FUNCTION _analyze(text) IS
'Gives the tables of a space their statistics';

-- What has run out of locks has given its own back by now.
CREATE FUNCTION _raise_out_of_memory(message text, server_hint text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'out_of_memory',
        MESSAGE = message,
        HINT = CASE WHEN server_hint ~ 'max_locks_per_transaction'
                    THEN format(salon.say('To make, upgrade or drop a space takes up to %s locks, and the server promises room for %s: do so one at a time and when few others work, or set max_locks_per_transaction = 256 and start it anew.'),
                                6000, current_setting('max_locks_per_transaction')::bigint
                                      * (current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint))
                    ELSE server_hint END;
END
$$;

COMMENT ON FUNCTION _raise_out_of_memory(text, text) IS
'Raises 53200 anew, and says how many locks a space takes where these have run out';

-- Where Citus spreads schemas over machines.  It takes no table that a function
-- makes, so a space is made here, and brought there as a whole.
CREATE FUNCTION _set_citus(setting text, value text) RETURNS text
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    before text := current_setting('citus.' || setting, true);
BEGIN
    IF before IS NOT NULL THEN
        PERFORM set_config('citus.' || setting, value, true);
    END IF;
    RETURN before;
END
$$;

COMMENT ON FUNCTION _set_citus(text, text) IS
'Sets a setting of Citus for the rest of the transaction, and returns it as it was; NULL: there is no Citus here';

CREATE FUNCTION _is_distributed(name text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    answer boolean := false;
BEGIN
    IF to_regclass('pg_catalog.pg_dist_schema') IS NOT NULL THEN
        EXECUTE 'SELECT EXISTS (SELECT FROM pg_dist_schema d JOIN pg_namespace n ON n.oid = d.schemaid WHERE n.nspname = $1)' INTO answer USING name;
    END IF;
    RETURN answer;
END
$$;

COMMENT ON FUNCTION _is_distributed(text) IS 'Whether Citus keeps the tables of a schema on another machine';

CREATE FUNCTION _is_piece(relation oid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    answer boolean := false;
BEGIN
    IF to_regprocedure('pg_catalog.relation_is_a_known_shard(regclass)') IS NOT NULL THEN
        EXECUTE 'SELECT relation_is_a_known_shard($1)' INTO answer USING relation;
    END IF;
    RETURN answer;
END
$$;

COMMENT ON FUNCTION _is_piece(oid) IS
'Whether a table is what Citus keeps of another one: queries of a coordinator see both, where the rows are';

-- On one machine its owner says who works in a space, by policies; these ask
-- views, which Citus takes for no table that it keeps.
CREATE FUNCTION _be_here(name text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF salon._is_distributed(name) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format(salon.say('space "%s" is distributed'), name),
            DETAIL = salon.say('Citus keeps its tables, without the policies of levels: only its owner works in it.'),
            HINT = salon.say('A dump of it, restored where no Citus is, has levels again: doc/citus.md.');
    END IF;
END
$$;

COMMENT ON FUNCTION _be_here(text) IS 'Refuses with 55000 a space that is distributed';

CREATE FUNCTION create_space(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET jit = off
SET check_function_bodies = off
SET default_toast_compression = pglz
AS $$
DECLARE
    namespace oid := (SELECT oid FROM pg_namespace WHERE nspname = create_space.name);
    is_tenant boolean := salon._is_distributed(name);
    spreads text := salon._set_citus('enable_schema_based_sharding', 'off');
    propagates text := salon._set_citus('enable_ddl_propagation', 'off');
    piece record;
    server_hint text;
BEGIN
    PERFORM salon._check_space_name(name);
    PERFORM salon._check_name_is_left(name);
    IF namespace IS NULL THEN
        EXECUTE format('CREATE SCHEMA %I', name);
        EXECUTE format('COMMENT ON SCHEMA %I IS %L', name, 'A community''s space, made by salon.create_space');
    ELSIF EXISTS (SELECT FROM pg_class WHERE relnamespace = namespace)
       OR EXISTS (SELECT FROM pg_proc WHERE pronamespace = namespace)
       OR EXISTS (SELECT FROM pg_type WHERE typnamespace = namespace)
       OR EXISTS (SELECT FROM pg_depend
                  WHERE refclassid = 'pg_namespace'::regclass AND refobjid = namespace
                    AND classid <> 'pg_default_acl'::regclass) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'duplicate_schema',
            MESSAGE = format(salon.say('schema "%s" exists already and is not empty'), name),
            HINT = salon.say('Choose another name, or look at salon.spaces.');
    -- Who else may create here could put something in place of what the model
    -- names, while it is made or later.
    ELSIF EXISTS (SELECT FROM pg_namespace n
                  LEFT JOIN LATERAL aclexplode(n.nspacl) x ON x.privilege_type = 'CREATE'
                  WHERE n.oid = namespace AND (pg_get_userbyid(n.nspowner) <> current_user OR x.grantee <> n.nspowner)) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format(salon.say('others may create in schema "%s"'), name),
            DETAIL = salon.say('A space stands in a schema of its owner''s, in which nobody else creates.'),
            HINT = format(salon.say('ALTER SCHEMA %I OWNER TO CURRENT_USER, and REVOKE CREATE ON SCHEMA %I from others.'), name, name);
    -- A schema that may not be used would silently be left out of the path.
    ELSIF NOT has_schema_privilege(namespace, 'USAGE') OR NOT has_schema_privilege(namespace, 'CREATE') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format(salon.say('permission denied for schema %I'), name),
            HINT = salon.say('To make a space of a schema that is there you need USAGE and CREATE on it.');
    END IF;

    -- rules of views and bodies of functions, where this can be had, and until the function ends
    PERFORM set_config('default_toast_compression', 'lz4', true) FROM pg_settings s WHERE s.name = 'default_toast_compression' AND 'lz4' = ANY (s.enumvals);
    -- The functions of the model keep this path: names of the space first,
    -- temporary objects last.
    PERFORM set_config('search_path', format('%I, salon, pg_temp', name), true);
    FOR piece IN SELECT m.name, m.source FROM salon.model() m ORDER BY m.ordinal
    LOOP
        EXECUTE piece.source;
    END LOOP;
    PERFORM salon._secure(name);
    PERFORM salon._analyze(name);
    PERFORM salon._set_citus('enable_schema_based_sharding', spreads), salon._set_citus('enable_ddl_propagation', propagates);
    IF is_tenant THEN
        EXECUTE format('SELECT citus_schema_undistribute(%L)', name); -- it has no tables yet
    END IF;
    IF is_tenant OR spreads = 'on' THEN
        PERFORM salon.distribute_space(name);
    END IF;
EXCEPTION WHEN out_of_memory THEN
    GET STACKED DIAGNOSTICS server_hint = PG_EXCEPTION_HINT;
    PERFORM salon._raise_out_of_memory(SQLERRM, server_hint);
END
$$;

COMMENT ON FUNCTION create_space(text) IS
'Make the tables, views and functions of one community as objects of the caller in the schema of that name. Errors: 22023 no name, 42P06 schema is there and not empty, 42501 no right to create a schema or to use it, 42939 reserved name, 42622 name too long, 55000 functions of a space that had the name work in it, 53200 the server has no room for its locks';

-- Whether a schema holds a space: it has our table space.  Anybody can make a
-- table of that shape.
CREATE FUNCTION _space_table(name text) RETURNS oid
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT c.oid
    FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_catalog.pg_constraint k ON k.conrelid = c.oid AND k.conname = 'space_is_one'
    JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attname = 'version'
                                  AND a.atttypid = 'text'::pg_catalog.regtype AND NOT a.attisdropped
    WHERE n.nspname = _space_table.name AND c.relname = 'space' AND c.relkind = 'r';
END;

COMMENT ON FUNCTION _space_table(text) IS
'Table space of the space of that name; NULL when the schema is no space';

-- Functions keep the path with which they were made, those of the community too.
-- When the schema was renamed by hand they go on to work in whatever has the old
-- name.
CREATE FUNCTION _pinned_path(name text, OUT routine oid, OUT schemas text[]) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 500
BEGIN ATOMIC
    SELECT p.oid, pg_catalog.string_to_array(pg_catalog.substr(c.setting, 13), ', ')
    FROM pg_catalog.pg_proc p
    JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
    CROSS JOIN LATERAL pg_catalog.unnest(p.proconfig) c (setting)
    WHERE n.nspname = name AND c.setting LIKE 'search_path=%';
END;

COMMENT ON FUNCTION _pinned_path(text) IS
'Routines of a schema that say their search_path, and its schemas in order, as identifiers';

CREATE FUNCTION _old_name(name text) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 1
BEGIN ATOMIC
    SELECT DISTINCT p.schemas[1]
    FROM salon._pinned_path(name) p
    WHERE p.schemas[2:] = ARRAY['salon', 'pg_temp'] AND p.schemas[1] <> pg_catalog.quote_ident(name);
END;

COMMENT ON FUNCTION _old_name(text) IS
'Schemas, as identifiers, in which functions of a space work instead of its own: names that it had';

CREATE FUNCTION _strayed_function(name text) RETURNS SETOF oid
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 10
BEGIN ATOMIC
    SELECT p.routine
    FROM salon._old_name(name) o (old)
    JOIN salon._pinned_path(name) p ON o.old = ANY (p.schemas);
END;

COMMENT ON FUNCTION _strayed_function(text) IS
'Functions of a space whose path names another schema: it was renamed without rename_space';

-- Where a name is free because a schema was renamed by hand, what works in it
-- still would write into the next space of that name.
CREATE FUNCTION _check_name_is_left(name text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    other text := (SELECT min(n.nspname::text)
                   FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
                   WHERE format('search_path=%I, salon, pg_temp', name) = ANY (p.proconfig)
                     AND n.nspname <> name AND n.nspname <> 'salon' AND pg_get_userbyid(p.proowner) = current_user);
BEGIN
    IF other IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format(salon.say('functions of "%s" work in "%s"'), other, name),
            DETAIL = salon.say('It was renamed by ALTER SCHEMA, and would write into a space of its old name.'),
            HINT = format(salon.say('SELECT salon.upgrade_space(%L) first.'), other);
    END IF;
END
$$;

COMMENT ON FUNCTION _check_name_is_left(text) IS
'Refuses with 55000 a name in which functions of another space of the caller''s work: it had that name, and was renamed without rename_space';

CREATE FUNCTION _space_version(space_table oid) RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_space_version';

COMMENT ON FUNCTION _space_version(oid) IS
'Version of the model that a table space says, read by no name; NULL when the caller may not read it';

CREATE VIEW spaces WITH (security_invoker) AS
SELECT n.nspname::text AS space,
       pg_catalog.pg_get_userbyid(n.nspowner)::text AS owner,
       v.version,
       v.version = salon.version() AND NOT EXISTS (SELECT FROM salon._strayed_function(n.nspname::text)) AS is_current
FROM pg_catalog.pg_namespace n
CROSS JOIN LATERAL (SELECT salon._space_table(n.nspname::text) AS space_table) t
CROSS JOIN LATERAL (SELECT salon._space_version(t.space_table) COLLATE "C" AS version) v
WHERE t.space_table IS NOT NULL;

COMMENT ON VIEW spaces IS 'Spaces of this database';
COMMENT ON COLUMN spaces.space IS 'Name of the space: a schema';
COMMENT ON COLUMN spaces.owner IS 'Role that owns it';
COMMENT ON COLUMN spaces.version IS 'Version of its model; NULL: you may not read it';
COMMENT ON COLUMN spaces.is_current IS 'Whether that is the version of the extension, and its functions work in this schema: upgrade_space brings it there; NULL: you may not read it';

-- What depends on views and functions, from outside of them; what is internal
-- to a view, and what depends on itself, does not count.
CREATE FUNCTION _dependent(views oid[], functions oid[], OUT classid oid, OUT objid oid, OUT refclassid oid, OUT refobjid oid)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
BEGIN ATOMIC
    WITH part AS (
        SELECT 'pg_class'::regclass::oid AS whole_class, v.oid AS whole, 'pg_class'::regclass::oid AS classid, v.oid
        FROM unnest(views) v (oid)
        UNION ALL
        SELECT 'pg_class'::regclass, y.typrelid, 'pg_type'::regclass, t.oid
        FROM pg_type y
        CROSS JOIN LATERAL unnest(ARRAY[y.oid, y.typarray]) t (oid)
        WHERE y.typrelid = ANY (views)
        UNION ALL
        SELECT 'pg_proc'::regclass, f.oid, 'pg_proc'::regclass, f.oid
        FROM unnest(functions) f (oid))
    SELECT DISTINCT CASE WHEN r.oid IS NOT NULL AND r.rulename = '_RETURN' THEN 'pg_class'::regclass ELSE d.classid END,
           CASE WHEN r.oid IS NOT NULL AND r.rulename = '_RETURN' THEN r.ev_class ELSE d.objid END,
           p.whole_class, p.whole
    FROM part p
    JOIN pg_depend d ON d.refclassid = p.classid AND d.refobjid = p.oid AND d.deptype <> 'i'
    LEFT JOIN pg_rewrite r ON d.classid = 'pg_rewrite'::regclass AND r.oid = d.objid
    WHERE (d.classid, d.objid) <> (p.whole_class, p.whole)
      AND (r.rulename = '_RETURN' AND r.ev_class = p.whole) IS NOT TRUE;
END;

COMMENT ON FUNCTION _dependent(oid[], oid[]) IS
'What depends on views and functions directly, one row for each pair: a view stands for its rule and for its row type';

-- DROP takes objects of one kind at a time, so this goes from those on which
-- nothing depends to those below them.
CREATE FUNCTION _drop_free(views oid[], functions oid[]) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    step record;
    dropped boolean;
BEGIN
    LOOP
        dropped := false;
        FOR step IN
            WITH used AS MATERIALIZED (
                SELECT DISTINCT d.refclassid, d.refobjid FROM salon._dependent(views, functions) d)
            SELECT 'VIEW' AS kind, string_agg(c.oid::regclass::text, ', ') AS names
            FROM pg_class c
            WHERE c.oid = ANY (views) AND ('pg_class'::regclass, c.oid) NOT IN (SELECT u.refclassid, u.refobjid FROM used u)
            UNION ALL
            SELECT 'ROUTINE', string_agg(f.oid::regprocedure::text, ', ')
            FROM pg_proc f
            WHERE f.oid = ANY (functions) AND ('pg_proc'::regclass, f.oid) NOT IN (SELECT u.refclassid, u.refobjid FROM used u)
        LOOP
            IF step.names IS NOT NULL THEN
                EXECUTE format('DROP %s %s', step.kind, step.names);
                dropped := true;
            END IF;
        END LOOP;
        EXIT WHEN NOT dropped;
    END LOOP;
END
$$;

COMMENT ON FUNCTION _drop_free(oid[], oid[]) IS
'Drop those of these views and functions on which nothing else depends, directly or through others: never with CASCADE';

CREATE FUNCTION _run_as(role oid, command text) RETURNS text
LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'salon_run_as';

COMMENT ON FUNCTION _run_as(oid, text) IS
'Runs a command with the rights of a role that the caller is member of, where nothing in it can take the rights of the caller: SET ROLE, temporary tables and deferred triggers are refused there. Returns its first column';

-- Everything that is done in a space on behalf of its owner runs as the owner,
-- whose triggers and functions may run along.
CREATE FUNCTION _space_owner(name text) RETURNS oid
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    space_owner oid := (SELECT relowner FROM pg_class WHERE oid = salon._space_table(name));
BEGIN
    IF space_owner IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_schema_name',
            MESSAGE = format(salon.say('"%s" is not a space'), coalesce(name, 'NULL')),
            HINT = salon.say('Look at salon.spaces.');
    END IF;
    IF NOT pg_has_role(space_owner, 'MEMBER') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format(salon.say('must be owner of space "%s"'), name),
            HINT = format(salon.say('It belongs to %I.'), pg_get_userbyid(space_owner));
    END IF;
    RETURN space_owner;
END
$$;

COMMENT ON FUNCTION _space_owner(text) IS
'Owner of a space, of whom the caller is one. Errors: 3F000 no such space, 42501 not its owner';

-- All tables of a space are locked at once and for a limited time: who works in it
-- is waited for with no table in one's hands, so that nobody is ended because two
-- wait for each other.
CREATE FUNCTION _lock_space(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    limited text := current_setting('lock_timeout');
    patience interval := CASE limited WHEN '0' THEN '10s' ELSE limited END;
    began timestamptz := clock_timestamp();
    tables oid[] := ARRAY(SELECT c.oid FROM pg_class c
                          WHERE c.relnamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = name)
                            AND c.relkind IN ('r', 'p') AND pg_get_userbyid(c.relowner) = current_user
                          ORDER BY c.relname);
    taken oid; -- by somebody
    at_table oid;
BEGIN
    LOOP
        BEGIN
            at_table := taken;
            IF taken IS NOT NULL THEN
                PERFORM set_config('lock_timeout', greatest(ceil(extract(epoch FROM patience - (clock_timestamp() - began)) * 1000), 1)::bigint::text, true);
                EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE', taken::regclass);
            END IF;
            FOREACH at_table IN ARRAY tables LOOP
                EXECUTE format('LOCK TABLE %s IN ACCESS EXCLUSIVE MODE NOWAIT', at_table::regclass);
            END LOOP;
            PERFORM set_config('lock_timeout', limited, true);
            RETURN;
        EXCEPTION WHEN lock_not_available THEN -- and all are free again
            taken := at_table;
        END;
        IF clock_timestamp() - began >= patience THEN
            RAISE EXCEPTION USING
                ERRCODE = 'lock_not_available',
                MESSAGE = format(salon.say('space "%s" is in use'), name),
                DETAIL = (SELECT format(salon.say('It is used by processes: %s.'), string_agg(DISTINCT l.pid::text, ', '))
                          FROM pg_locks l
                          WHERE l.relation = ANY (tables) AND l.pid <> pg_backend_pid()),
                HINT = salon.say('Try again when they have ended, or wait for them longer: SET lock_timeout = ''10min''.');
        END IF;
    END LOOP;
END
$$;

COMMENT ON FUNCTION _lock_space(text) IS
'Lock all tables of a space, waiting for lock_timeout, or 10 seconds where that is not set. Errors: 55P03 it is in use';

CREATE FUNCTION _bring_home(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    strayed oid;
    path text;
BEGIN
    FOR strayed, path IN
        SELECT p.routine, array_to_string(array_replace(p.schemas, o.old, quote_ident(name)), ', ')
        FROM salon._old_name(name) o (old)
        JOIN salon._pinned_path(name) p ON o.old = ANY (p.schemas)
    LOOP
        EXECUTE format('ALTER ROUTINE %s SET search_path = %s', strayed::regprocedure, path);
    END LOOP;
END
$$;

COMMENT ON FUNCTION _bring_home(text) IS
'Lets the functions of a space work in its schema as it is named now';

CREATE FUNCTION rename_space(name text, new_name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
AS $$
DECLARE
    space_owner oid := salon._space_owner(name);
BEGIN
    IF pg_get_userbyid(space_owner) <> current_user THEN
        PERFORM salon._run_as(space_owner, format('SELECT salon.rename_space(%L, %L)', name, new_name));
        RETURN;
    END IF;
    PERFORM salon._check_space_name(new_name);
    PERFORM salon._bring_home(name);
    PERFORM salon._check_name_is_left(new_name);
    EXECUTE format('ALTER SCHEMA %I RENAME TO %I', name, new_name);
    PERFORM salon._bring_home(new_name);
END
$$;

COMMENT ON FUNCTION rename_space(text, text) IS
'Give a space another name, with all that hangs on it. Errors: 3F000 no such space, 42501 not its owner, or no right to create a schema, 42P06 there is a schema of that name, 22023, 42939, 42622 and 55000 as for create_space';

CREATE FUNCTION _trigger_state(enabled text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN 'ALTER TABLE %s ' || CASE enabled WHEN 'D' THEN 'DISABLE' WHEN 'R' THEN 'ENABLE REPLICA' WHEN 'A' THEN 'ENABLE ALWAYS' ELSE 'ENABLE' END || ' TRIGGER %I';

COMMENT ON FUNCTION _trigger_state(text) IS
'The command that gives a trigger a state as pg_trigger.tgenabled has it, with a place for the table and one for the trigger';

-- A space keeps rows in its tables, and nothing in its functions, views,
-- triggers and policies.  So an upgrade drops the latter, changes the former by
-- migrations, which see bare tables, and makes the latter anew; and so does who
-- brings the tables to another machine or back.  A view or function on which
-- something of the community's own depends, or a table, stays where it is and is
-- replaced.
CREATE FUNCTION _renew(name text, made text[], steps text[], failure text, way text, bare boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
SET row_security = off
SET jit = off
SET check_function_bodies = off
AS $$
DECLARE
    space_owner oid := salon._space_owner(name);
    namespace oid := (SELECT n.oid FROM pg_namespace n WHERE n.nspname = name);
    step record;
    privileges jsonb;
    trigger_states jsonb;
    triggers jsonb;
    propagates text;
    views oid[];
    functions oid[];
    kept jsonb;
    kept_functions jsonb;
    at_object text;
    found_names text;
    error_detail text;
BEGIN
    -- What a view or function that has to be dropped and made again would lose,
    -- and whether triggers were enabled.
    SELECT jsonb_agg(p)
    INTO privileges
    FROM (SELECT 'TABLE' AS kind, c.oid, c.oid::regclass::text AS object, NULL AS attribute, c.relacl::text AS acl
          FROM pg_class c WHERE c.relnamespace = namespace AND c.relkind = 'v' AND c.relacl IS NOT NULL
          UNION ALL
          SELECT 'TABLE', c.oid, c.oid::regclass::text, a.attname::text, a.attacl::text
          FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped
          WHERE c.relnamespace = namespace AND c.relkind = 'v' AND a.attacl IS NOT NULL
          UNION ALL
          SELECT 'FUNCTION', f.oid, f.oid::regprocedure::text, NULL, f.proacl::text
          FROM pg_proc f WHERE f.pronamespace = namespace AND f.prokind IN ('f', 'w') AND f.proacl IS NOT NULL) p;
    SELECT jsonb_object_agg(concat_ws('.', CASE WHEN bare OR c.relkind = 'v' THEN c.relname::text ELSE c.oid::text END, t.tgname), t.tgenabled)
    INTO trigger_states
    FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE c.relnamespace = namespace AND NOT t.tgisinternal;

    BEGIN
        EXECUTE 'SET CONSTRAINTS ALL IMMEDIATE'; -- a table with pending triggers could not be altered
        PERFORM salon._drop_policies(name);
        FOR step IN
            SELECT format('DROP %s %I ON %s', d.kind, d.object, d.relation) AS command
            FROM (SELECT 'TRIGGER' AS kind, t.tgname AS object, t.tgrelid::regclass AS relation, c.relnamespace
                  FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
                  WHERE NOT t.tgisinternal AND p.pronamespace = namespace AND 'FUNCTION ' || p.proname = ANY (made)
                  UNION ALL
                  SELECT 'POLICY', y.polname, y.polrelid::regclass, c.relnamespace
                  FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid) d
            WHERE d.relnamespace = namespace AND d.kind || ' ' || d.object = ANY (made)
        LOOP
            EXECUTE step.command;
        END LOOP;
        -- Where tables go elsewhere all the others come after them, those of the
        -- community too.
        IF bare THEN
            SELECT jsonb_agg(jsonb_build_object('relation', c.relname, 'name', t.tgname, 'definition', pg_get_triggerdef(t.oid),
                                                'early', t.tgenabled <> 'O' AND 'FUNCTION ' || p.proname <> ALL (made)) ORDER BY t.tgname)
            INTO triggers
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE NOT t.tgisinternal AND c.relnamespace = namespace AND c.relkind IN ('r', 'p');
            FOR step IN SELECT t.relation, t.name FROM jsonb_to_recordset(triggers) t (relation text, name text) LOOP
                EXECUTE format('DROP TRIGGER %I ON %I.%I', step.name, name, step.relation);
            END LOOP;
        END IF;

        -- Those that tables have by what they are stay, and do nothing until the
        -- end: what a migration changes has not been edited.
        FOR step IN
            SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', t.tgrelid::regclass, t.tgname) AS command
            FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
            WHERE NOT t.tgisinternal AND t.tgenabled <> 'D' AND c.relnamespace = namespace AND c.relkind IN ('r', 'p')
              AND p.pronamespace = namespace AND 'FUNCTION ' || p.proname = ANY (made)
        LOOP
            EXECUTE step.command;
        END LOOP;

        -- A function of the model has a comment, one of the community's own
        -- that has its name and other arguments seldom.
        views := ARRAY(SELECT c.oid FROM pg_class c
                       WHERE c.relnamespace = namespace AND c.relkind = 'v' AND 'VIEW ' || c.relname = ANY (made));
        functions := ARRAY(SELECT f.oid FROM pg_proc f
                           WHERE f.pronamespace = namespace AND obj_description(f.oid, 'pg_proc') IS NOT NULL
                             AND CASE f.prokind WHEN 'a' THEN 'AGGREGATE ' WHEN 'p' THEN 'PROCEDURE ' ELSE 'FUNCTION ' END || f.proname = ANY (made));
        PERFORM salon._drop_free(views, functions);

        -- What stays, and which things of the community's own it stays for.
        WITH RECURSIVE edge AS MATERIALIZED (
            SELECT d.*, d.classid = 'pg_class'::regclass AND d.objid = ANY (views)
                        OR d.classid = 'pg_proc'::regclass AND d.objid = ANY (functions) AS is_made
            FROM salon._dependent(views, functions) d),
        reached AS (
            SELECT e.refclassid AS class, e.refobjid AS object, e.* FROM edge e
            UNION
            SELECT r.class, r.object, e.* FROM reached r JOIN edge e ON (e.refclassid, e.refobjid) = (r.classid, r.objid) WHERE r.is_made)
        SELECT jsonb_object_agg(k.object, k.reasons)
        INTO kept
        FROM (SELECT CASE r.class WHEN 'pg_class'::regclass THEN 'VIEW ' || (SELECT c.relname FROM pg_class c WHERE c.oid = r.object)
                                  ELSE 'FUNCTION ' || (SELECT f.proname FROM pg_proc f WHERE f.oid = r.object) END AS object,
                     jsonb_agg(DISTINCT x.reason) AS reasons
              FROM reached r
              CROSS JOIN LATERAL (SELECT format('%s depends on %s', replace(pg_describe_object(r.classid, r.objid, 0), name || '.', ''),
                                                replace(pg_describe_object(r.refclassid, r.refobjid, 0), name || '.', '')) AS reason) x
              WHERE NOT r.is_made
              GROUP BY 1) k;
        SELECT jsonb_object_agg(f.oid, f.ctid)
        INTO kept_functions
        FROM pg_proc f WHERE f.oid = ANY (functions);

        PERFORM set_config('search_path', format('%I, salon, pg_temp', name), true);
        FOR step IN SELECT u.source FROM unnest(steps) WITH ORDINALITY u (source, ordinal) ORDER BY u.ordinal
        LOOP
            EXECUTE step.source;
        END LOOP;
        -- Citus alters no table that a function of a view reads: what the
        -- community disabled of its own comes before views are there again.
        FOR step IN
            SELECT t.definition, format(salon._trigger_state(trigger_states ->> concat_ws('.', t.relation, t.name)), quote_ident(t.relation), t.name) AS command
            FROM jsonb_to_recordset(triggers) t (relation text, name text, definition text, early boolean)
            WHERE t.early
        LOOP
            EXECUTE step.definition;
            EXECUTE step.command;
        END LOOP;

        -- One statement with its comments at a time, to name the one that fails.
        FOR step IN
            SELECT x.source
            FROM salon.model() m
            CROSS JOIN LATERAL string_to_table(regexp_replace(m.source, '^CREATE ', E'\x01CREATE ', 'gw'), E'\x01') WITH ORDINALITY x (source, ordinal)
            WHERE m.is_repeatable
            ORDER BY m.ordinal, x.ordinal
        LOOP
            at_object := substring(step.source, '^CREATE ((?:FUNCTION|PROCEDURE|AGGREGATE|VIEW) [a-z0-9_]+)');
            EXECUTE regexp_replace(step.source, '^CREATE (FUNCTION|PROCEDURE|AGGREGATE|VIEW) ', 'CREATE OR REPLACE \1 ');
        END LOOP;
        at_object := NULL;
        PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);

        -- What stayed and is no longer of the model goes now, or is in the way.
        views := ARRAY(SELECT c.oid FROM pg_class c
                       WHERE c.oid = ANY (views)
                         AND NOT EXISTS (SELECT FROM salon.model() m
                                         WHERE m.is_repeatable AND m.source ~ ('(?n)^CREATE VIEW ' || c.relname || '\y')));
        functions := ARRAY(SELECT f.oid FROM pg_proc f WHERE f.oid = ANY (functions) AND kept_functions ->> f.oid::text = f.ctid::text);
        PERFORM salon._drop_free(views, functions);
        SELECT string_agg(DISTINCT r.reason, ', ')
        INTO found_names
        FROM (SELECT 'VIEW ' || c.relname AS object FROM pg_class c WHERE c.oid = ANY (views)
              UNION
              SELECT 'FUNCTION ' || f.proname FROM pg_proc f WHERE f.oid = ANY (functions)) o
        CROSS JOIN LATERAL jsonb_array_elements_text(kept -> o.object) r (reason);
        IF found_names IS NOT NULL THEN
            kept := NULL;
            RAISE EXCEPTION USING
                ERRCODE = 'dependent_objects_still_exist',
                MESSAGE = format(salon.say('version %s no longer has what is used'), salon.version()),
                DETAIL = found_names || salon.say('.');
        END IF;
    EXCEPTION
        WHEN dependent_objects_still_exist OR feature_not_supported OR duplicate_object OR duplicate_table
          OR duplicate_column OR duplicate_function OR invalid_table_definition OR invalid_function_definition
          OR wrong_object_type THEN
            GET STACKED DIAGNOSTICS error_detail = PG_EXCEPTION_DETAIL;
            SELECT string_agg(DISTINCT r.reason, ', ')
            INTO found_names
            FROM jsonb_each(kept) k
            CROSS JOIN LATERAL jsonb_array_elements_text(k.value) r (reason)
            WHERE k.key = at_object
               OR (at_object IS NULL AND SQLSTATE IN ('2BP01', '0A000') AND error_detail <> '' AND r.reason !~ '^(constraint|default value) ');
            RAISE EXCEPTION USING
                ERRCODE = CASE WHEN at_object IS NULL OR found_names IS NULL THEN SQLSTATE ELSE '2BP01' END,
                MESSAGE = format(failure, name, SQLERRM),
                DETAIL = coalesce(nullif(concat_ws(E'\n', nullif(error_detail, ''),
                                                   salon.say('It keeps what is replaced: ') || found_names || salon.say('.')), ''),
                                  way),
                HINT = salon.say('If what stands in the way is of your own, drop or rename it, upgrade, and make it again.');
    END;

    -- Those who had privileges on what was dropped have them on what took its place.
    propagates := salon._set_citus('enable_ddl_propagation', 'off');
    FOR step IN
        WITH replaced AS (
            SELECT p.kind, p.object, p.attribute, p.acl::aclitem[] AS acl,
                   coalesce(to_regclass(CASE p.kind WHEN 'TABLE' THEN p.object END)::oid,
                            to_regprocedure(CASE p.kind WHEN 'FUNCTION' THEN p.object END)::oid) AS oid
            FROM jsonb_to_recordset(privileges) p (kind text, oid oid, object text, attribute text, acl text)
            WHERE NOT EXISTS (SELECT FROM pg_class c WHERE p.kind = 'TABLE' AND c.oid = p.oid)
              AND NOT EXISTS (SELECT FROM pg_proc f WHERE p.kind = 'FUNCTION' AND f.oid = p.oid))
        SELECT 1 AS ordinal,
               format('REVOKE ALL ON %s %s FROM %s', r.kind, r.object,
                      CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END) AS command
        FROM replaced r
        CROSS JOIN LATERAL aclexplode(CASE r.kind
            WHEN 'TABLE' THEN (SELECT c.relacl FROM pg_class c WHERE c.oid = r.oid)
            ELSE (SELECT coalesce(f.proacl, acldefault('f', f.proowner)) FROM pg_proc f WHERE f.oid = r.oid) END) x
        WHERE r.attribute IS NULL AND r.oid IS NOT NULL AND x.grantee <> space_owner
        UNION ALL
        SELECT 2,
               format('GRANT %s%s ON %s %s TO %s%s', x.privilege_type, CASE WHEN r.attribute IS NULL THEN '' ELSE format(' (%I)', r.attribute) END, r.kind, r.object,
                      CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END,
                      CASE WHEN x.is_grantable THEN ' WITH GRANT OPTION' ELSE '' END)
        FROM replaced r
        CROSS JOIN LATERAL aclexplode(r.acl) x
        WHERE r.oid IS NOT NULL AND x.grantee <> space_owner
          AND (r.attribute IS NULL
               OR EXISTS (SELECT FROM pg_attribute a
                          WHERE a.attrelid = r.oid AND a.attname = r.attribute AND NOT a.attisdropped))
        ORDER BY 1, 2
    LOOP
        EXECUTE step.command;
    END LOOP;

    PERFORM salon._set_citus('enable_ddl_propagation', propagates);
    PERFORM salon._secure(name); -- after the privileges: those of who has access are those of the new model
    FOR step IN
        SELECT d.definition
        FROM jsonb_to_recordset(triggers) d (relation text, name text, definition text)
        WHERE NOT EXISTS (SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                          WHERE c.relnamespace = namespace AND c.relname = d.relation AND t.tgname = d.name)
    LOOP
        EXECUTE step.definition;
    END LOOP;

    FOR step IN
        SELECT format(salon._trigger_state(s.enabled), t.tgrelid::regclass, t.tgname) AS command
        FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid
        CROSS JOIN LATERAL (SELECT trigger_states ->> concat_ws('.', CASE WHEN bare OR c.relkind = 'v' THEN c.relname::text ELSE c.oid::text END,
                                                                t.tgname) AS enabled) s
        WHERE c.relnamespace = namespace AND NOT t.tgisinternal AND s.enabled <> t.tgenabled::text
    LOOP
        EXECUTE step.command;
    END LOOP;
END
$$;

COMMENT ON FUNCTION _renew(text, text[], text[], text, text, boolean) IS
'Drops the policies, triggers, views and functions of a space that made names, takes the steps, and makes those of the model anew. bare: no table has a trigger while steps are taken';

CREATE FUNCTION upgrade_space(name text) RETURNS text
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
SET row_security = off
AS $$
DECLARE
    space_owner oid := salon._space_owner(name);
    namespace oid := (SELECT n.oid FROM pg_namespace n WHERE n.nspname = name);
    current_version text := salon.version();
    space_version text;
    made text[];
    migrations text[] := '{}';
    next_version text;
    step record;
    found_names text;
    server_hint text;
BEGIN
    IF pg_get_userbyid(space_owner) <> current_user THEN
        RETURN salon._run_as(space_owner, format('SELECT salon.upgrade_space(%L)', name));
    END IF;

    -- Of two upgrades at a time the second waits here, with nothing in its hands
    -- that the first one needs, and has nothing to do.  The row is locked with the
    -- tables: who writes has tables when it comes to it.
    EXECUTE format('LOCK TABLE ONLY %I.space IN SHARE UPDATE EXCLUSIVE MODE', name);
    EXECUTE format('SELECT version FROM ONLY %I.space', name) INTO space_version;
    PERFORM salon._bring_home(name);
    IF space_version = current_version THEN
        RETURN current_version;
    END IF;
    PERFORM salon._be_here(name);
    PERFORM salon._lock_space(name);
    EXECUTE format('SELECT version FROM ONLY %I.space FOR UPDATE', name) INTO space_version;
    next_version := space_version;
    WHILE next_version <> current_version LOOP
        SELECT * INTO step FROM salon.migration() m WHERE m.from_version = next_version;
        EXIT WHEN NOT FOUND;
        made := coalesce(made, step.made);
        migrations := migrations || step.source;
        next_version := step.to_version;
    END LOOP;
    IF next_version IS DISTINCT FROM current_version THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format(salon.say('space "%s" cannot be upgraded from version %s to %s'), name, space_version, current_version),
            DETAIL = CASE WHEN space_version ~ '^[0-9]{1,5}(\.[0-9]{1,5})*$' AND current_version ~ '^[0-9]{1,5}(\.[0-9]{1,5})*$'
                           AND string_to_array(space_version, '.')::integer[] > string_to_array(current_version, '.')::integer[]
                          THEN salon.say('The space is newer than the extension in this database.')
                          ELSE salon.say('No migration leads there.') END,
            HINT = salon.say('Install a version of salon that knows the version of the space, and ALTER EXTENSION salon UPDATE.');
    END IF;

    -- Something of the community's own that has the name of something new.
    SELECT string_agg(DISTINCT lower(k.kind COLLATE "C") || ' ' || k.object, ', ')
    INTO found_names
    FROM salon.model() m
    CROSS JOIN regexp_matches(m.source, '^CREATE (?:CONSTRAINT )?(FUNCTION|PROCEDURE|AGGREGATE|VIEW|TRIGGER|POLICY) ([a-z0-9_]+)', 'gw') f
    CROSS JOIN LATERAL (SELECT f[1] AS kind, f[2] AS object) k
    WHERE m.is_repeatable
      AND k.kind || ' ' || k.object <> ALL (made)
      AND CASE k.kind
          WHEN 'VIEW' THEN EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = namespace AND c.relname = k.object)
          WHEN 'TRIGGER' THEN EXISTS (SELECT FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
                                      WHERE c.relnamespace = namespace AND t.tgname = k.object)
          WHEN 'POLICY' THEN EXISTS (SELECT FROM pg_policy y JOIN pg_class c ON c.oid = y.polrelid
                                     WHERE c.relnamespace = namespace AND y.polname = k.object)
          ELSE EXISTS (SELECT FROM pg_proc p WHERE p.pronamespace = namespace AND p.proname = k.object)
          END;
    IF found_names IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'duplicate_object',
            MESSAGE = format(salon.say('space "%s" has objects with names that version %s brings'), name, current_version),
            DETAIL = format(salon.say('These are not of the model: %s.'), found_names),
            HINT = salon.say('Rename or drop them first.');
    END IF;

    PERFORM salon._renew(name, made, migrations, salon.say('cannot upgrade space "%s": %s'),
                         format(salon.say('It was on the way from version %s to %s.'), space_version, current_version));

    EXECUTE format('UPDATE ONLY %I.space SET version = %L', name, current_version);
    PERFORM salon._analyze(name);
    RETURN current_version;
EXCEPTION WHEN out_of_memory THEN
    GET STACKED DIAGNOSTICS server_hint = PG_EXCEPTION_HINT;
    PERFORM salon._raise_out_of_memory(SQLERRM, server_hint);
END
$$;

COMMENT ON FUNCTION upgrade_space(text) IS
'Bring a space to the version of the extension, and return that: rows and what the community added stay. Errors: 3F000 no such space, 42501 not its owner, 55000 no migration leads there, 2BP01 or 0A000 something of the community''s own depends on what is replaced, 42710 and the like something has a name that is needed, 55P03 it is in use, 53200 the server has no room for its locks';

CREATE FUNCTION _check_is_empty(name text, hint text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    t record;
    has_rows boolean;
    filled text[] := '{}';
BEGIN
    FOR t IN
        SELECT c.oid, c.relname,
               EXISTS (SELECT FROM pg_attribute a
                       WHERE a.attrelid = c.oid AND a.attname = 'shipped'
                         AND a.atttypid = 'boolean'::regtype AND NOT a.attisdropped) AS is_catalogue
        FROM pg_class c
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = name
          AND c.relkind IN ('r', 'p')
          AND c.relname NOT IN ('space', 'status', 'step')
        ORDER BY c.relname
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %s %s)', t.oid::regclass,
                       CASE WHEN t.is_catalogue THEN 'WHERE shipped IS NOT TRUE' ELSE '' END)
        INTO has_rows;
        IF has_rows THEN
            filled := filled || t.relname::text;
        END IF;
    END LOOP;
    IF filled <> '{}' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'dependent_objects_still_exist',
            MESSAGE = format(salon.say('space "%s" has rows'), name),
            DETAIL = format(salon.say('Rows stand in: %s.'), array_to_string(filled, ', ')),
            HINT = hint;
    END IF;
END
$$;

COMMENT ON FUNCTION _check_is_empty(text, text) IS
'Refuses with 2BP01 a space that has rows; shipped ones and the row of table space do not count';

CREATE FUNCTION _drop_schema(name name) RETURNS void
LANGUAGE c VOLATILE STRICT PARALLEL UNSAFE
AS 'MODULE_PATHNAME', 'salon_drop_schema';

COMMENT ON FUNCTION _drop_schema(name) IS
'DROP SCHEMA ... CASCADE for its owner, which locks tables and not each of their triggers and policies';

-- Citus takes a schema table by table, each with all that its functions, views
-- and triggers read: so it gets bare tables, and their functions after them.
CREATE FUNCTION _spread(name text, command text, failure text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    unsafe text := salon._set_citus('enable_unsafe_triggers', 'on');
    made text[] := ARRAY(SELECT DISTINCT f[1] || ' ' || f[2]
                         FROM salon.model() m
                         CROSS JOIN regexp_matches(m.source, '^CREATE (?:CONSTRAINT )?(FUNCTION|PROCEDURE|AGGREGATE|VIEW|TRIGGER|POLICY) ([a-z0-9_]+)', 'gw') f
                         WHERE m.is_repeatable);
BEGIN
    PERFORM salon._renew(name, made, ARRAY[format(command, name)], failure, salon.say('Citus says so.'), true);
    PERFORM salon._set_citus('enable_unsafe_triggers', unsafe);
END
$$;

COMMENT ON FUNCTION _spread(text, text, text) IS 'Runs a command of Citus while the tables of a space are bare';

CREATE FUNCTION distribute_space(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    space_owner oid := salon._space_owner(name);
    space_version text := salon._space_version(salon._space_table(name));
BEGIN
    IF pg_get_userbyid(space_owner) <> current_user THEN
        PERFORM salon._run_as(space_owner, format('SELECT salon.distribute_space(%L)', name));
        RETURN;
    END IF;
    PERFORM salon._be_here(name);
    IF to_regclass('pg_catalog.pg_dist_schema') IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = salon.say('there is no Citus in this database'),
            HINT = salon.say('CREATE EXTENSION citus on each machine first.');
    END IF;
    IF space_version <> salon.version() THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format(salon.say('space "%s" is of version %s'), name, space_version),
            HINT = format(salon.say('SELECT salon.upgrade_space(%L) first.'), name);
    END IF;
    PERFORM salon._spread(name, 'SELECT citus_schema_distribute(%L)', salon.say('cannot distribute space "%s": %s'));
END
$$;

COMMENT ON FUNCTION distribute_space(text) IS
'Let Citus keep a space on one of its machines, with all constraints and triggers; its owner alone works in it. Errors: 3F000 no such space, 42501 not its owner, 55000 it is distributed, of another version, or there is no Citus; 0A000 and the like what Citus does not take';

CREATE FUNCTION drop_space(name text, drop_rows boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
SET row_security = off
SET jit = off
AS $$
DECLARE
    space_owner oid := salon._space_owner(name);
    namespace oid := (SELECT n.oid FROM pg_namespace n WHERE n.nspname = name);
    outside text;
    server_hint text;
BEGIN
    IF pg_get_userbyid(space_owner) <> current_user THEN
        PERFORM salon._run_as(space_owner, format('SELECT salon.drop_space(%L, %L)', name, drop_rows));
        RETURN;
    END IF;

    PERFORM salon._lock_space(name); -- what is looked at below stays so

    -- What others built on the space is never taken along.
    SELECT string_agg(DISTINCT pg_describe_object(d.classid, d.objid, 0), ', ')
    INTO outside
    FROM (SELECT 'pg_class'::regclass AS classid, c.oid FROM pg_class c WHERE c.relnamespace = namespace
          UNION ALL
          SELECT 'pg_proc'::regclass, p.oid FROM pg_proc p WHERE p.pronamespace = namespace
          UNION ALL
          SELECT 'pg_type'::regclass, y.oid FROM pg_type y WHERE y.typnamespace = namespace
          UNION ALL
          SELECT 'pg_constraint'::regclass, k.oid FROM pg_constraint k WHERE k.connamespace = namespace) inside
    JOIN pg_depend d ON d.refclassid = inside.classid AND d.refobjid = inside.oid AND d.deptype IN ('n', 'a')
    CROSS JOIN LATERAL pg_identify_object_as_address(d.classid, d.objid, 0) address
    WHERE CASE WHEN d.classid = 'pg_type'::regclass
               THEN (SELECT y.typnamespace <> namespace FROM pg_type y WHERE y.oid = d.objid)
               ELSE address.object_names[1] IS DISTINCT FROM name END;
    IF outside IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'dependent_objects_still_exist',
            MESSAGE = format(salon.say('space "%s" is used from outside'), name),
            DETAIL = format(salon.say('It is used by: %s.'), outside),
            HINT = salon.say('Drop those first.');
    END IF;

    IF drop_rows IS NOT TRUE THEN
        PERFORM salon._check_is_empty(name, format(salon.say('To drop them too: SELECT salon.drop_space(%L, drop_rows => true).'), name));
    END IF;
    IF salon._is_distributed(name) THEN -- Citus watches how its tables go
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
    ELSE
        PERFORM salon._drop_schema(name::name);
    END IF;
EXCEPTION WHEN out_of_memory THEN
    GET STACKED DIAGNOSTICS server_hint = PG_EXCEPTION_HINT;
    PERFORM salon._raise_out_of_memory(SQLERRM, server_hint);
END
$$;

COMMENT ON FUNCTION drop_space(text, boolean) IS
'Drop a space. Without drop_rows => true it refuses when a table has rows other than shipped ones. Errors: 3F000 no such space, 42501 not its owner, 2BP01 it has rows or is used from outside, 55P03 it is in use, 53200 the server has no room for its locks';

-- What triggers would refuse, count or write when rows of another space come in,
-- those rows have already.  Nobody but its owner comes to a space that was given
-- to nobody, so nobody else writes there meanwhile.
CREATE FUNCTION begin_restore(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
SET row_security = off
AS $$
DECLARE
    space_owner oid := salon._space_owner(name);
    tables text[];
    step text;
BEGIN
    IF pg_get_userbyid(space_owner) <> current_user THEN
        PERFORM salon._run_as(space_owner, format('SELECT salon.begin_restore(%L)', name));
        RETURN;
    END IF;
    PERFORM salon._lock_space(name);
    PERFORM salon._check_is_empty(name, salon.say('Restore into a new space.'));
    tables := ARRAY(SELECT c.oid::regclass::text
                    FROM salon._model_object(name) o
                    JOIN pg_class c ON c.oid = o.oid
                    WHERE o.kind = 'TABLE');
    FOREACH step IN ARRAY tables LOOP
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', step);
    END LOOP;
    EXECUTE format('TRUNCATE %s', array_to_string(tables, ', '));
END
$$;

COMMENT ON FUNCTION begin_restore(text) IS
'Empty a new space, also of shipped rows, and let its triggers rest, so that its owner can restore what pg_dump --data-only took from another: end_restore ends that. Errors: 3F000 no such space, 42501 not its owner, 2BP01 it has rows, 55P03 it is in use';

CREATE FUNCTION end_restore(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
SET row_security = off
AS $$
DECLARE
    space_owner oid := salon._space_owner(name);
    space_version text;
    step regclass;
BEGIN
    IF pg_get_userbyid(space_owner) <> current_user THEN
        PERFORM salon._run_as(space_owner, format('SELECT salon.end_restore(%L)', name));
        RETURN;
    END IF;
    PERFORM salon._lock_space(name);
    EXECUTE format('SELECT version FROM ONLY %I.space', name) INTO space_version;
    IF space_version IS DISTINCT FROM salon.version() THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = CASE WHEN space_version IS NULL THEN format(salon.say('table space of space "%s" has no row yet'), name)
                           ELSE format(salon.say('space "%s" has rows of version %s'), name, space_version) END,
            DETAIL = format(salon.say('Its tables are those of version %s.'), salon.version()),
            HINT = salon.say('Restore all tables of a space of that version: upgrade_space brings the other one there first.');
    END IF;
    FOR step IN
        SELECT o.oid FROM salon._model_object(name) o WHERE o.kind = 'TABLE'
    LOOP
        EXECUTE format('ALTER TABLE %s ENABLE TRIGGER USER', step);
    END LOOP;
    PERFORM salon._analyze(name);
END
$$;

COMMENT ON FUNCTION end_restore(text) IS
'Let the triggers of a space work again after begin_restore and the restore. Errors: 3F000 no such space, 42501 not its owner, 55000 it has rows of another version, or none, 55P03 it is in use';

GRANT SELECT ON spaces TO PUBLIC;
