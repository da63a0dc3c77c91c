-- Spaces: the data of one community in a schema of the caller.

-- @model@

COMMENT ON FUNCTION model() IS
'The model of a space: the SQL files that create_space runs, in order, with unqualified names';

CREATE FUNCTION create_space(name text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    namespace oid := (SELECT oid FROM pg_namespace WHERE nspname = create_space.name);
    piece record;
BEGIN
    IF name IS NULL OR name = '' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = 'a space needs a name',
            HINT = 'The name becomes that of a schema: SELECT salon.create_space(''club'').';
    END IF;
    IF octet_length(name) > 63 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'name_too_long',
            MESSAGE = format('name of a space is too long: "%s"', name),
            HINT = 'The name becomes that of a schema: 63 bytes at most.';
    END IF;
    IF name = '$user' OR name LIKE 'pg\_%' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'reserved_name',
            MESSAGE = format('name of a space is reserved: "%s"', name),
            DETAIL = 'PostgreSQL gives "$user" and all names that begin with "pg_" a meaning of their own.',
            HINT = 'Choose another name.';
    END IF;
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
            MESSAGE = format('schema "%s" exists already and is not empty', name),
            HINT = 'Choose another name, or look at salon.spaces.';
    -- A schema that may not be used would silently be left out of the path.
    ELSIF NOT has_schema_privilege(namespace, 'USAGE') OR NOT has_schema_privilege(namespace, 'CREATE') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = format('permission denied for schema %I', name),
            HINT = 'To make a space of a schema that is there you need USAGE and CREATE on it.';
    END IF;

    -- The functions of the model keep this path: names of the space first,
    -- temporary objects last.
    PERFORM set_config('search_path', format('%I, salon, pg_temp', name), true);
    FOR piece IN SELECT m.name, m.source FROM salon.model() m ORDER BY m.ordinal
    LOOP
        EXECUTE piece.source;
    END LOOP;
END
$$;

COMMENT ON FUNCTION create_space(text) IS
'Make the tables, views and functions of one community as objects of the caller in the schema of that name. Errors: 22023 no name, 42P06 schema is there and not empty, 42501 no right to create a schema or to use it, 42939 reserved name, 42622 name too long';

-- Whether a schema holds a space: it has our table space.  Anybody can make a
-- table of that shape, so view spaces reads nothing but a column of text, and
-- only where no policy would run.
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

CREATE FUNCTION _space_version(name text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    result text;
BEGIN
    IF has_schema_privilege(name, 'USAGE') AND has_column_privilege(salon._space_table(name), 'version', 'SELECT')
       AND NOT row_security_active(salon._space_table(name)) THEN
        EXECUTE format('SELECT version FROM ONLY %I.space LIMIT 1', name) INTO result;
    END IF;
    RETURN result;
END
$$;

COMMENT ON FUNCTION _space_version(text) IS
'Version of the model in a space; NULL when the caller may not read it';

CREATE VIEW spaces WITH (security_invoker) AS
SELECT n.nspname::text AS space,
       pg_catalog.pg_get_userbyid(n.nspowner)::text AS owner,
       v.version,
       v.version = salon.version() AS is_current
FROM pg_catalog.pg_namespace n
CROSS JOIN LATERAL (SELECT salon._space_version(n.nspname::text) AS version) v
WHERE salon._space_table(n.nspname::text) IS NOT NULL;

COMMENT ON VIEW spaces IS 'Spaces of this database';
COMMENT ON COLUMN spaces.space IS 'Name of the space: a schema';
COMMENT ON COLUMN spaces.owner IS 'Role that owns it';
COMMENT ON COLUMN spaces.version IS 'Version of its model; NULL: you may not read it';
COMMENT ON COLUMN spaces.is_current IS 'Whether that is the version of the extension; NULL: you may not read it';

CREATE FUNCTION drop_space(name text, drop_rows boolean DEFAULT false) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
SET row_security = off
AS $$
DECLARE
    space_table oid := salon._space_table(name);
    namespace oid := (SELECT relnamespace FROM pg_class WHERE oid = space_table);
    t record;
    has_rows boolean;
    filled text[] := '{}';
    outside text;
BEGIN
    IF space_table IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_schema_name',
            MESSAGE = format('"%s" is not a space', name),
            HINT = 'Look at salon.spaces.';
    END IF;

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
            MESSAGE = format('space "%s" is used from outside', name),
            DETAIL = format('It is used by: %s.', outside),
            HINT = 'Drop those first.';
    END IF;

    IF drop_rows IS NOT TRUE THEN
        -- Shipped rows and the row of table space itself do not count.
        FOR t IN
            SELECT c.oid, c.relname,
                   EXISTS (SELECT FROM pg_attribute a
                           WHERE a.attrelid = c.oid AND a.attname = 'shipped'
                             AND a.atttypid = 'boolean'::regtype AND NOT a.attisdropped) AS is_catalogue
            FROM pg_class c
            WHERE c.relnamespace = namespace
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
                MESSAGE = format('space "%s" has rows', name),
                DETAIL = format('Rows stand in: %s.', array_to_string(filled, ', ')),
                HINT = format('To drop them too: SELECT salon.drop_space(%L, drop_rows => true).', name);
        END IF;
    END IF;
    EXECUTE format('DROP SCHEMA %I CASCADE', name);
END
$$;

COMMENT ON FUNCTION drop_space(text, boolean) IS
'Drop a space. Without drop_rows => true it refuses when a table has rows other than shipped ones. Errors: 3F000 no such space, 2BP01 it has rows or is used from outside';

GRANT USAGE ON SCHEMA salon TO PUBLIC;
GRANT SELECT ON spaces TO PUBLIC;
