-- Triggers that tables have by what they are: run by salon._secure, so that no
-- table is without.

CREATE FUNCTION _uniform_trigger(OUT command text) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE ROWS 200
BEGIN ATOMIC
    WITH wanted AS (
        SELECT c.oid, c.relname, w.*
        FROM _access_rule() r
        JOIN pg_class c ON c.oid = to_regclass(r.relation)
        CROSS JOIN LATERAL (
            -- keys that come with their rows move the sequence on, and are not for everybody to give
            SELECT k.name, k.moment, format(k.action, a.attname) AS action
            FROM pg_attribute a
            CROSS JOIN (VALUES
                ('key_given', 'AFTER INSERT', 'REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION _key_given(%L)'),
                ('key_kept', 'BEFORE INSERT', 'FOR EACH ROW WHEN (NOT has_table_privilege(''step''::regclass, ''INSERT'')) EXECUTE FUNCTION _key_kept(%L)'),
                ('key_stays', 'BEFORE UPDATE', 'FOR EACH ROW WHEN (NEW.%1$I <> OLD.%1$I AND NOT has_table_privilege(''step''::regclass, ''INSERT'')) EXECUTE FUNCTION _key_kept(%1$L)')) k (name, moment, action)
            WHERE a.attrelid = c.oid AND a.attidentity = 'd'
            UNION ALL
            -- a shipped row that is edited is the community's own, and a code that SQL names stays
            SELECT 'edited', 'BEFORE UPDATE OR DELETE', 'FOR EACH ROW EXECUTE FUNCTION _edited()'
            FROM pg_attribute a
            WHERE a.attrelid = c.oid AND (a.attname = 'shipped' OR (c.relname, a.attname) = ('status', 'is_first'))
            UNION ALL
            -- what has a history says that all its rows went
            SELECT 'history_truncate', 'AFTER TRUNCATE', 'FOR EACH STATEMENT EXECUTE FUNCTION _history()'
            FROM pg_trigger t
            WHERE t.tgrelid = c.oid AND t.tgname = c.relname || '_history') w)
    SELECT format('CREATE TRIGGER %I %s ON %I %s', w.relname || '_' || w.name, w.moment, w.relname, w.action)
    FROM wanted w
    WHERE NOT EXISTS (SELECT FROM pg_trigger t WHERE t.tgrelid = w.oid AND t.tgname = w.relname || '_' || w.name)
    ORDER BY 1;
END;

COMMENT ON FUNCTION _uniform_trigger() IS 'Triggers that tables of the space lack, as commands: run by salon._secure';
