-- The schema of the extension.  It stands in the path of everything in a space,
-- so nobody but a superuser may own it or create in it: a function of that name
-- and these arguments would be called in place of one of the server.

DO $$
DECLARE
    path_before text := pg_catalog.current_setting('search_path');
    foreigner text;
    step record;
BEGIN
    -- What may already stand in the schema decides nothing here.
    PERFORM pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    SELECT pg_get_userbyid(n.nspowner)
    INTO foreigner
    FROM pg_namespace n
    JOIN pg_extension x ON x.extname = 'salon'
    WHERE n.nspname = 'salon' AND n.nspowner <> x.extowner AND pg_get_userbyid(n.nspowner) <> current_user;
    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'duplicate_schema',
            MESSAGE = format('schema "salon" belongs to role "%s"', foreigner),
            HINT = 'Drop it, or ALTER SCHEMA salon OWNER TO who creates the extension.';
    END IF;
    SELECT string_agg(pg_describe_object(d.classid, d.objid, d.objsubid), ', ')
    INTO foreigner
    FROM pg_depend d
    WHERE d.refclassid = 'pg_namespace'::regclass AND d.refobjid = 'salon'::regnamespace
      AND d.classid NOT IN ('pg_extension'::regclass, 'pg_default_acl'::regclass)
      AND NOT EXISTS (SELECT FROM pg_depend m
                      WHERE (m.classid, m.objid) = (d.classid, d.objid) AND m.refclassid = 'pg_extension'::regclass AND m.deptype = 'e');
    IF foreigner IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'duplicate_object',
            MESSAGE = 'schema "salon" has objects that are not of the extension',
            DETAIL = format('These are: %s.', foreigner),
            HINT = 'Drop them, or move them to another schema.';
    END IF;
    FOR step IN
        SELECT DISTINCT CASE x.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(x.grantee)) END AS grantee
        FROM pg_namespace n
        CROSS JOIN LATERAL aclexplode(n.nspacl) x
        WHERE n.nspname = 'salon' AND x.grantee <> n.nspowner AND x.privilege_type = 'CREATE'
    LOOP
        EXECUTE format('REVOKE CREATE ON SCHEMA salon FROM %s CASCADE', step.grantee);
    END LOOP;
    ALTER SCHEMA salon OWNER TO CURRENT_USER;
    GRANT USAGE ON SCHEMA salon TO PUBLIC;
    PERFORM pg_catalog.set_config('search_path', path_before, true);
END
$$;
