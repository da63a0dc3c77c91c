-- What every file about refusals shares.  refused('...') runs a statement that
-- must fail and says how: SQLSTATE and constraint, message, detail, and after
-- => what to do, from the hint or from the comment of the constraint.
\set QUIET on
\set VERBOSITY default
\set SHOW_CONTEXT never
\pset format unaligned
\pset tuples_only on
SET client_min_messages = warning;
SET TIME ZONE 'Asia/Shanghai';

CREATE FUNCTION pg_temp.refused(statement text) RETURNS SETOF text
LANGUAGE plpgsql
AS $$
DECLARE
    code text;
    message text;
    detail text;
    hint text;
    con text;
    rel text;
    remedy text;
BEGIN
    BEGIN
        EXECUTE statement;
        RETURN NEXT 'NOT REFUSED';
        RETURN;
    EXCEPTION WHEN OTHERS THEN
        GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL,
                                hint = PG_EXCEPTION_HINT, con = CONSTRAINT_NAME, rel = TABLE_NAME;
    END;
    SELECT obj_description(k.oid, 'pg_constraint') INTO remedy
    FROM pg_constraint k
    JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.conname = con AND c.relname = rel AND k.connamespace = current_schema()::regnamespace;
    RETURN NEXT concat_ws(' ', code, nullif(con, ''));
    RETURN NEXT '   ' || message;
    IF detail <> '' AND detail NOT LIKE 'Failing row contains%' THEN
        RETURN NEXT '   ' || detail;
    END IF;
    IF coalesce(nullif(hint, ''), remedy) IS NOT NULL THEN
        RETURN NEXT '=> ' || coalesce(nullif(hint, ''), remedy);
    END IF;
END
$$;
