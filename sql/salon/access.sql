-- Access to a space: which database role may see and write what.  A space says
-- so itself (sql/model/whole/access.sql): here that is turned into policies and
-- grants, which only the owner of the space may write.

CREATE FUNCTION _is_own_transaction(xid) RETURNS boolean
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_is_own_transaction';

COMMENT ON FUNCTION _is_own_transaction(xid) IS
'Whether a transaction id, such as the xmin of a row, is that of the running transaction or of a part of it';

CREATE FUNCTION _among_support(internal) RETURNS internal
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'salon_among_support';

COMMENT ON FUNCTION _among_support(internal) IS
'For the planner: a reader sees the rows that he asks for';

-- The cost is that of looking a key up now and then: a plan that finds the rows by
-- an index asks for fewer of them.
CREATE FUNCTION _among(id bigint, set regclass, keys integer DEFAULT 2147483647) RETURNS boolean
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 20
SUPPORT salon._among_support
AS 'MODULE_PATHNAME', 'salon_among';

COMMENT ON FUNCTION _among(bigint, regclass, integer) IS
'Whether the first column of a view, as its caller reads it, has a number: looked up by key, and read whole once more than so many keys were asked for; answered once for the same snapshot and the same salon.party and salon.secret. Of data only: no view whose answer is another with other settings or the time';

CREATE FUNCTION _acting() RETURNS bigint
LANGUAGE c STABLE PARALLEL SAFE
AS 'MODULE_PATHNAME', 'salon_acting';

COMMENT ON FUNCTION _acting() IS
'The setting salon.party as a number; NULL: it is empty. Refuses with 22023 what is no number';

CREATE FUNCTION _secret_hash() RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE
RETURN sha256(convert_to(nullif(current_setting('salon.secret', true), ''), 'UTF8'));

COMMENT ON FUNCTION _secret_hash() IS
'The hash of the setting salon.secret, as table registration has it; NULL: it is empty';

CREATE FUNCTION _members(set regclass) RETURNS bigint[]
LANGUAGE c STABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'salon_members';

COMMENT ON FUNCTION _members(regclass) IS
'All numbers in the first column of a view, as its caller reads it: read once for the same snapshot';

-- Overlaps that are looked up by an index before the policies of a table are
-- asked: they tell nothing of the rows, and fail for none.
CREATE FUNCTION _point(bigint) RETURNS int8range
LANGUAGE c IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE SUPPORT _loads
AS 'MODULE_PATHNAME', 'salon_point';

COMMENT ON FUNCTION _point(bigint) IS 'The range of one number, as exclusion constraints have it';

CREATE FUNCTION _span(timestamptz, timestamptz) RETURNS tstzrange
LANGUAGE c IMMUTABLE LEAKPROOF PARALLEL SAFE SUPPORT _loads
AS 'MODULE_PATHNAME', 'salon_span';

COMMENT ON FUNCTION _span(timestamptz, timestamptz) IS 'The range of two times: tstzrange(), but empty where that fails';

-- A hundred years more or less are a time still, and a typing error is none.
CREATE FUNCTION _is_possible(timestamptz) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN $1 >= '1900-01-01 00:00:00+00' AND $1 < '3000-01-01 00:00:00+00';

COMMENT ON FUNCTION _is_possible(timestamptz) IS 'Whether a time is one that somebody can mean: in the years 1900 to 2999 (UTC)';

CREATE FUNCTION _is_possible(date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN $1 >= '1900-01-01' AND $1 < '3000-01-01';

COMMENT ON FUNCTION _is_possible(date) IS 'Whether a day is one that somebody can mean: in the years 1900 to 2999';

CREATE FUNCTION _overlap_support(internal) RETURNS internal
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE
AS 'MODULE_PATHNAME', 'salon_overlap_support';

COMMENT ON FUNCTION _overlap_support(internal) IS 'For the planner: _overlap is the operator && of the server';

CREATE FUNCTION _overlap(int8range, int8range) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT salon._overlap_support
AS 'range_overlaps';

COMMENT ON FUNCTION _overlap(int8range, int8range) IS 'Whether both overlap, as the operator &&';

CREATE FUNCTION _overlap(tstzrange, tstzrange) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT salon._overlap_support
AS 'range_overlaps';

COMMENT ON FUNCTION _overlap(tstzrange, tstzrange) IS 'Whether both overlap, as the operator &&';

CREATE FUNCTION _overlap(tstzrange, tstzmultirange) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT salon._overlap_support
AS 'range_overlaps_multirange';

COMMENT ON FUNCTION _overlap(tstzrange, tstzmultirange) IS 'Whether both overlap, as the operator &&';

CREATE FUNCTION _overlap(tstzmultirange, tstzrange) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT salon._overlap_support
AS 'multirange_overlaps_range';

COMMENT ON FUNCTION _overlap(tstzmultirange, tstzrange) IS 'Whether both overlap, as the operator &&';

CREATE FUNCTION _overlap(tstzmultirange, tstzmultirange) RETURNS boolean
LANGUAGE internal IMMUTABLE STRICT LEAKPROOF PARALLEL SAFE
SUPPORT salon._overlap_support
AS 'multirange_overlaps_multirange';

COMMENT ON FUNCTION _overlap(tstzmultirange, tstzmultirange) IS 'Whether both overlap, as the operator &&';

-- The objects that the model makes, and no others: what the community added to
-- a space is its own business.
CREATE FUNCTION _model_object(space text, OUT kind text, OUT oid oid) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 300
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    namespace oid := (SELECT n.oid FROM pg_namespace n WHERE n.nspname = space);
BEGIN
    RETURN QUERY
    SELECT m.kind, c.oid
    FROM salon._model_name() m
    JOIN pg_class c ON c.relname = m.name AND c.relnamespace = namespace
                   AND c.relkind = CASE m.kind WHEN 'TABLE' THEN 'r' WHEN 'VIEW' THEN 'v' END
    UNION ALL
    SELECT m.kind, p.oid
    FROM salon._model_name() m
    JOIN pg_proc p ON p.proname = m.name AND p.pronamespace = namespace
    WHERE m.kind = 'FUNCTION';
END
$$;

COMMENT ON FUNCTION _model_object(text) IS
'Tables, views and functions of a space that its model made';

-- Names of all policies that are made here.
CREATE FUNCTION _policy_names() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN ARRAY['salon_read', 'salon_read_all', 'salon_insert', 'salon_update', 'salon_delete', 'salon_form_insert', 'salon_form_update', 'salon_form_delete',
             'salon_member_insert', 'salon_member_update', 'salon_member_delete', 'salon_organizer_insert', 'salon_organizer_update', 'salon_organizer_delete',
             'salon_administrator_update'];

COMMENT ON FUNCTION _policy_names() IS 'Names of the policies that the model gives to tables of a space';

CREATE FUNCTION _drop_policies(space text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    step record;
BEGIN
    FOR step IN
        SELECT format('DROP POLICY %I ON %s', y.polname, y.polrelid::regclass) AS command
        FROM pg_policy y
        JOIN pg_class c ON c.oid = y.polrelid
        JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = space AND y.polname = ANY (salon._policy_names())
        UNION ALL
        SELECT format('DROP TRIGGER %I ON %s', t.tgname, t.tgrelid::regclass)
        FROM pg_trigger t
        JOIN pg_proc p ON p.oid = t.tgfoid
        JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = space AND p.proname = '_access_column' AND NOT t.tgisinternal
        ORDER BY 1
    LOOP
        EXECUTE step.command;
    END LOOP;
END
$$;

COMMENT ON FUNCTION _drop_policies(text) IS
'Drops the policies of the model from the tables of a space, and the triggers that hold which columns a level writes: row-level security stays on, so that only its owner reads them';

-- Turn _access_rule() and _access_extra() of a space into policies; give tables
-- the triggers that all of their kind have; take from
-- PUBLIC what functions give it; grant anew to everybody in table access.
CREATE FUNCTION _secure(space text) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
AS $$
DECLARE
    path_before text := current_setting('search_path');
    propagates text := salon._set_citus('enable_ddl_propagation', 'off'); -- who may call what is asked here
    step record;
BEGIN
    PERFORM salon._drop_policies(space);
    EXECUTE (SELECT format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', string_agg(o.oid::regprocedure::text, ', '))
             FROM salon._model_object(space) o
             WHERE o.kind = 'FUNCTION');

    -- The expressions of the lists have the names of the space.
    PERFORM set_config('search_path', format('%I, salon, pg_temp', space), true);
    PERFORM salon._set_citus('enable_ddl_propagation', propagates);
    FOR step IN EXECUTE format('SELECT command FROM %I._uniform()', space) LOOP
        EXECUTE step.command;
    END LOOP;
    PERFORM salon._set_citus('enable_ddl_propagation', 'off');
    -- last, since the server reads the policies of a table again with each change of it
    IF NOT salon._is_distributed(space) THEN
        FOR step IN EXECUTE format('SELECT command FROM %I._access_policy() ORDER BY ordinal', space) LOOP
            EXECUTE step.command;
        END LOOP;
    END IF;
    PERFORM set_config('search_path', path_before, true);

    FOR step IN EXECUTE format('SELECT DISTINCT r.role FROM %1$I.access a CROSS JOIN LATERAL %1$I._role_given(a.database_role) r (role)
                                WHERE r.role IS NOT NULL', space) LOOP
        PERFORM salon._grant(space, step.role);
    END LOOP;
    PERFORM salon._set_citus('enable_ddl_propagation', propagates);
END
$$;

COMMENT ON FUNCTION _secure(text) IS
'Makes the policies of a space anew from its list, what its tables have by what they are, and the grants of everybody who has access';

-- Grant to a role what its rows in table access say, and take all else of the
-- model from it.
CREATE FUNCTION _grant(space text, role oid) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET client_min_messages = warning
AS $$
DECLARE
    path_before text := current_setting('search_path');
    grantee text := quote_ident(pg_get_userbyid(role));
    step record;
    has_access boolean;
BEGIN
    EXECUTE format('SELECT EXISTS (SELECT FROM %I.access a WHERE a.database_role = $1)', space) INTO has_access USING pg_get_userbyid(role);
    FOR step IN
        SELECT format('REVOKE ALL ON %s FROM %s CASCADE', string_agg(CASE o.kind WHEN 'FUNCTION' THEN o.oid::regprocedure::text ELSE o.oid::regclass::text END, ', '),
                      grantee) AS command, o.kind
        FROM salon._model_object(space) o
        GROUP BY o.kind
    LOOP
        EXECUTE replace(step.command, 'REVOKE ALL ON ', 'REVOKE ALL ON ' || CASE step.kind WHEN 'FUNCTION' THEN 'FUNCTION ' ELSE 'TABLE ' END);
    END LOOP;
    FOR step IN
        SELECT s.oid::regclass AS sequence
        FROM salon._model_object(space) o
        JOIN pg_depend d ON d.refclassid = 'pg_class'::regclass AND d.refobjid = o.oid AND d.classid = 'pg_class'::regclass AND d.deptype = 'i'
        JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
        WHERE o.kind = 'TABLE' AND s.relacl IS NOT NULL
    LOOP
        EXECUTE format('REVOKE ALL ON SEQUENCE %s FROM %s CASCADE', step.sequence, grantee);
    END LOOP;
    PERFORM set_config('search_path', format('%I, salon, pg_temp', space), true);
    IF has_access THEN
        EXECUTE format('GRANT USAGE ON SCHEMA %I TO %s', space, grantee);
        FOR step IN EXECUTE format('SELECT g.privilege, g.object FROM %I._access_grant($1) g', space) USING pg_get_userbyid(role) LOOP
            EXECUTE format('GRANT %s ON %s TO %s', step.privilege, step.object, grantee);
        END LOOP;
    ELSE
        EXECUTE format('REVOKE ALL ON SCHEMA %I FROM %s CASCADE', space, grantee);
    END IF;
    FOR step IN EXECUTE format('SELECT o.command FROM %I._access_open() o', space) LOOP
        EXECUTE step.command;
    END LOOP;
    PERFORM set_config('search_path', path_before, true);
END
$$;

COMMENT ON FUNCTION _grant(text, oid) IS
'Grants to a role what its rows in table access of a space say, and takes all else in the model of the space from it; policies of those who see all follow';

-- Check what grant_access and revoke_access are given, as the owner of the
-- space.  Returns the oid of the role; NULL where it is of a party.
CREATE FUNCTION _access_enter(space text, role text, acting bigint) RETURNS oid
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    space_owner oid := salon._space_owner(space);
    role_oid oid := (SELECT r.oid FROM pg_roles r WHERE r.rolname = role);
    space_version text := salon._space_version(salon._space_table(space));
BEGIN
    PERFORM salon._be_here(space);
    IF space_version <> salon.version() THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format(salon.say('space "%s" is of version %s'), space, space_version),
            HINT = format(salon.say('SELECT salon.upgrade_space(%L) first.'), space);
    END IF;
    IF acting IS NOT NULL THEN
        RETURN NULL;
    END IF;
    IF role_oid = space_owner THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('role "%s" owns space "%s"'), role, space),
            HINT = salon.say('The owner may do everything without it.');
    END IF;
    RETURN role_oid;
END
$$;

COMMENT ON FUNCTION _access_enter(text, text, bigint) IS
'Checks space and role of grant_access and revoke_access, called by the owner of the space; returns the role, NULL: it is not there, or a party is meant';

-- Both forms of grant_access: for a role, or for a party for which applications
-- act, which has no privileges of its own.
CREATE FUNCTION _access_give(space text, role text, acting bigint, level text, party bigint) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET row_security = off
AS $$
DECLARE
    space_owner oid := salon._space_owner(space);
    role_oid oid;
    unknown bigint;
BEGIN
    IF pg_get_userbyid(space_owner) <> current_user THEN
        PERFORM salon._run_as(space_owner, format('SELECT salon._access_give(%L, %L, %L, %L, %L)', space, role, acting, level, party));
        RETURN;
    END IF;
    role_oid := salon._access_enter(space, role, acting);
    IF role_oid IS NULL AND acting IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = format(salon.say('role "%s" does not exist'), coalesce(role, 'NULL')),
            HINT = salon.say('Make it with CREATE ROLE, or look in pg_roles for the name that you mean.');
    END IF;
    IF level IS NULL OR level NOT IN ('visitor', 'form', 'member', 'organizer', 'administrator', 'application') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('there is no level "%s"'), coalesce(level, 'NULL')),
            HINT = salon.say('A level is visitor, form, member, organizer, administrator or application.');
    END IF;
    IF acting IS NOT NULL AND level NOT IN ('member', 'organizer', 'administrator') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('the level "%s" is not for a party'), level),
            HINT = salon.say('A party for which an application acts is a member of itself: it can be member of another one, organizer or administrator.');
    END IF;
    IF level = 'member' AND party IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = salon.say('a member is member of a party'),
            HINT = format(salon.say('SELECT salon.grant_access(%L, %L, ''member'', party_id).'), space, coalesce(role, acting::text));
    END IF;
    IF level NOT IN ('member', 'organizer') AND party IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('the level "%s" is not of a party'), level),
            HINT = salon.say('Leave party out; a role can be member of a party as well.');
    END IF;
    EXECUTE format('SELECT min(v.id) FROM unnest($1) v (id) WHERE NOT EXISTS (SELECT FROM %I.party p WHERE p.party_id = v.id)', space)
    INTO unknown USING array_remove(ARRAY[acting, party], NULL);
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(salon.say('party %s does not exist'), unknown),
            HINT = format(salon.say('Enter it in %I.party first.'), space);
    END IF;
    -- what an earlier role of that name had is not this one's
    EXECUTE format('DELETE FROM %1$I.access a WHERE a.database_role = $1 AND %1$I._role_given($1) IS NULL', space) USING role::name;
    EXECUTE format('INSERT INTO %I.access (database_role, acting_id, level, party_id) VALUES ($1, $2, $3, $4)
                    ON CONFLICT ON CONSTRAINT access_is_given_once DO UPDATE SET level = EXCLUDED.level', space)
    USING role::name, acting, level, party;
    IF role_oid IS NOT NULL THEN
        PERFORM salon._grant(space, role_oid);
    END IF;
END
$$;

COMMENT ON FUNCTION _access_give(text, text, bigint, text, bigint) IS
'What grant_access does, for a role or for a party';

CREATE FUNCTION grant_access(space text, role text, level text, party bigint DEFAULT NULL) RETURNS void
LANGUAGE sql VOLATILE PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT salon._access_give(space, role, NULL, level, party);
END;

COMMENT ON FUNCTION grant_access(text, text, text, bigint) IS
'Give a database role access to a space: level visitor, form (a public form of registration), member (of a party), organizer (of the events of a party, or of all), administrator, or application (which acts for the party in salon.party); another level for the same party takes the place of the one before. Errors: 3F000 no such space, 42501 not its owner, 42704 no such role, 22023 no such level, a party where none or one is needed, or the owner, 23503 no such party, 55000 the space is of another version';

CREATE FUNCTION grant_access(space text, acting bigint, level text, party bigint DEFAULT NULL) RETURNS void
LANGUAGE sql VOLATILE PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT salon._access_give(space, NULL, acting, level, party);
END;

COMMENT ON FUNCTION grant_access(text, bigint, text, bigint) IS
'Give a party more access wherever an application acts for it, as it is a member of itself: level member (of another party), organizer (of the events of a party, or of all) or administrator. Errors: as for a role';

CREATE FUNCTION _access_take(space text, role text, acting bigint, party bigint) RETURNS void
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET row_security = off
AS $$
DECLARE
    space_owner oid := salon._space_owner(space);
    role_oid oid;
    found_rows bigint;
BEGIN
    IF pg_get_userbyid(space_owner) <> current_user THEN
        PERFORM salon._run_as(space_owner, format('SELECT salon._access_take(%L, %L, %L, %L)', space, role, acting, party));
        RETURN;
    END IF;
    role_oid := salon._access_enter(space, role, acting);
    EXECUTE format('DELETE FROM %I.access a WHERE (a.database_role = $1 OR a.acting_id = $2) AND ($3 IS NULL OR a.party_id = $3)', space)
    USING role::name, acting, party;
    GET DIAGNOSTICS found_rows = ROW_COUNT;
    IF found_rows = 0 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'undefined_object',
            MESSAGE = CASE WHEN acting IS NULL THEN format(salon.say('role "%s" has no access to space "%s"'), coalesce(role, 'NULL'), space)
                           ELSE format(salon.say('party %s has no access of its own to space "%s"'), acting, space) END
                      || CASE WHEN party IS NULL THEN '' ELSE format(salon.say(' for party %s'), party) END,
            HINT = format(salon.say('SELECT * FROM %I.access_list shows who has.'), space);
    END IF;
    IF role_oid IS NOT NULL THEN
        PERFORM salon._grant(space, role_oid);
    END IF;
END
$$;

COMMENT ON FUNCTION _access_take(text, text, bigint, bigint) IS
'What revoke_access does, for a role or for a party';

CREATE FUNCTION revoke_access(space text, role text, party bigint DEFAULT NULL) RETURNS void
LANGUAGE sql VOLATILE PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT salon._access_take(space, role, NULL, party);
END;

COMMENT ON FUNCTION revoke_access(text, text, bigint) IS
'Take access to a space from a database role: that for one party, or all of it. What roles granted to it have stays. The role may be gone, or never have been here. Errors: 3F000 no such space, 42501 not its owner, 42704 it has no access';

CREATE FUNCTION revoke_access(space text, acting bigint, party bigint DEFAULT NULL) RETURNS void
LANGUAGE sql VOLATILE PARALLEL UNSAFE
BEGIN ATOMIC
    SELECT salon._access_take(space, NULL, acting, party);
END;

COMMENT ON FUNCTION revoke_access(text, bigint, bigint) IS
'Take from a party what it has beyond itself wherever an application acts for it: that for one party, or all of it. Errors: as for a role';
