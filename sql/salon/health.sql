-- Is a space well?  What the catalog says is read here; what stands in the space
-- is asked as its owner, whose functions run along.

-- Names that the model gives to constraints, unique indexes and triggers, and
-- what tables have by what they are: those that a space lacks.
CREATE FUNCTION _missing_rule(name text) RETURNS text[]
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    namespace oid := (SELECT n.oid FROM pg_namespace n WHERE n.nspname = name);
    uniform text[];
BEGIN
    PERFORM set_config('search_path', format('%I, salon, pg_temp', name), true);
    EXECUTE $query$
        SELECT array_agg(f[1])
        FROM _uniform() u
        CROSS JOIN regexp_match(u.command, '^(?:ALTER TABLE \S+ (?:DROP CONSTRAINT \S+, )?ADD CONSTRAINT|CREATE TRIGGER) (\S+)') f
        WHERE f IS NOT NULL $query$ INTO uniform;
    PERFORM set_config('search_path', 'pg_catalog, pg_temp', true);
    RETURN ARRAY(
        SELECT DISTINCT f[1]
        FROM salon.model() m
        CROSS JOIN regexp_matches(m.source, '(?:\mCONSTRAINT|CREATE UNIQUE INDEX|^CREATE TRIGGER|^CREATE CONSTRAINT TRIGGER) ([a-z0-9_]+)\s+(?:CHECK|UNIQUE|EXCLUDE|FOREIGN|REFERENCES|ON|BEFORE|AFTER)\M', 'gw') f
        WHERE NOT EXISTS (SELECT FROM pg_constraint k WHERE k.connamespace = namespace AND k.conname = f[1])
          AND NOT EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = namespace AND c.relname = f[1])
          AND NOT EXISTS (SELECT FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid AND c.relnamespace = namespace WHERE g.tgname = f[1])
        UNION
        SELECT unnest(uniform)
        ORDER BY 1);
END
$$;

COMMENT ON FUNCTION _missing_rule(text) IS
'Constraints, unique indexes and triggers that the model has and a space lacks; asked as its owner';

CREATE FUNCTION _health_inside(name text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
    broken jsonb;
    overdue jsonb;
BEGIN
    EXECUTE format('SELECT jsonb_object_agg(b.rule, b.number) FROM (SELECT i.rule, count(*) AS number FROM %I.invariant i GROUP BY i.rule) b', name) INTO broken;
    EXECUTE format('SELECT to_jsonb(c) FROM (SELECT c.event_id, c.item, c.due_at FROM %1$I.event e JOIN %1$I.checklist c ON c.event_id = e.event_id
                    WHERE e.is_open AND c.status_code = ''overdue'' ORDER BY c.due_at, c.event_id, c.item_code LIMIT 1) c', name) INTO overdue;
    RETURN jsonb_build_object('broken', coalesce(broken, '{}'), 'overdue', overdue, 'missing', salon._missing_rule(name));
END
$$;

COMMENT ON FUNCTION _health_inside(text) IS
'What salon.health asks in the space: rules that are broken and how often, the oldest overdue item, rules that are missing';

CREATE FUNCTION health(name text, OUT checked text, OUT state text, OUT value text, OUT remedy text) RETURNS SETOF record
LANGUAGE plpgsql VOLATILE PARALLEL UNSAFE COST 1000000 ROWS 20
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    space_owner oid := salon._space_owner(name);
    namespace oid := (SELECT n.oid FROM pg_namespace n WHERE n.nspname = name);
    is_current boolean;
    inside jsonb;
    failed text;
    available text := (SELECT x.default_version FROM pg_available_extensions x WHERE x.name = 'salon');
    room bigint := current_setting('max_locks_per_transaction')::bigint * (current_setting('max_connections')::bigint + current_setting('max_prepared_transactions')::bigint);
    relations bigint := (SELECT count(*) FROM pg_class c WHERE c.relnamespace = namespace);
    objects bigint;
BEGIN
    -- versions
    checked := salon.label('version of the extension', '扩展版本');
    value := salon.version();
    SELECT CASE WHEN value = available THEN 'ok' ELSE 'notice' END, CASE WHEN value <> available THEN 'ALTER EXTENSION salon UPDATE;' END INTO state, remedy;
    IF available IS DISTINCT FROM value THEN
        value := format(salon.say('%s, installed on the server: %s'), value, coalesce(available, '-'));
    END IF;
    RETURN NEXT;
    checked := salon.label('version of the space', '空间版本');
    SELECT s.version, s.is_current INTO value, is_current FROM salon.spaces s WHERE s.space = name;
    state := CASE WHEN is_current THEN 'ok' ELSE 'problem' END;
    remedy := CASE WHEN is_current IS NOT TRUE THEN format('SELECT salon.upgrade_space(%L);', name) END;
    RETURN NEXT;

    -- what stands in the space, as its owner
    checked := salon.label('rules that rows break', '违反的规则');
    IF is_current THEN
        BEGIN
            inside := CASE WHEN pg_get_userbyid(space_owner) = current_user THEN salon._health_inside(name)
                           ELSE salon._run_as(space_owner, format('SELECT salon._health_inside(%L)', name))::jsonb END;
        EXCEPTION WHEN OTHERS THEN
            failed := SQLERRM;
        END;
        IF failed IS NOT NULL THEN
            state := 'problem';
            value := failed;
            remedy := salon.say('Something of the space cannot be read: mend what the message names.');
            RETURN NEXT;
        ELSE
            state := CASE WHEN inside -> 'broken' = '{}' THEN 'ok' ELSE 'problem' END;
            value := coalesce((SELECT string_agg(b.key || ' × ' || b.value, salon.say(', ') ORDER BY b.key) FROM jsonb_each_text(inside -> 'broken') b), '0');
            remedy := CASE state WHEN 'problem' THEN format('SELECT * FROM %I.invariant;', name) END;
            RETURN NEXT;
            checked := salon.label('rules that are missing', '缺失的规则');
            state := CASE WHEN inside -> 'missing' = '[]' THEN 'ok' ELSE 'problem' END;
            value := coalesce((SELECT string_agg(m, salon.say(', ') ORDER BY m) FROM jsonb_array_elements_text(inside -> 'missing') m), '0');
            remedy := CASE state WHEN 'problem' THEN salon.say('They were dropped: make them again as a new space has them.') END;
            RETURN NEXT;
            checked := salon.label('oldest overdue item', '最早逾期项');
            state := CASE WHEN jsonb_typeof(inside -> 'overdue') = 'object' THEN 'notice' ELSE 'ok' END;
            value := coalesce(format(salon.say('%s, event %s, due at %s'), inside #>> '{overdue,item}', inside #>> '{overdue,event_id}', (inside #>> '{overdue,due_at}')::timestamptz), '-');
            IF state = 'ok' THEN
                value := '-';
            END IF;
            remedy := CASE state WHEN 'notice' THEN format('SELECT * FROM %I.checklist WHERE event_id = %s;', name, inside #>> '{overdue,event_id}') END;
            RETURN NEXT;
        END IF;
    END IF;

    -- who holds the rules
    checked := salon.label('triggers that are disabled', '已停用的触发器');
    SELECT coalesce(string_agg(DISTINCT g.tgname, salon.say(', ')), '0'), CASE WHEN count(*) = 0 THEN 'ok' ELSE 'problem' END
    INTO value, state
    FROM pg_trigger g
    JOIN pg_class c ON c.oid = g.tgrelid AND c.relnamespace = namespace
    WHERE g.tgenabled IN ('D', 'R');
    remedy := CASE state WHEN 'problem' THEN format('SELECT * FROM %I.invariant;', name) END;
    RETURN NEXT;
    checked := salon.label('objects of another owner', '属主不同的对象');
    SELECT coalesce(string_agg(x.object, salon.say(', ') ORDER BY x.object), '0'), CASE WHEN count(*) = 0 THEN 'ok' ELSE 'problem' END
    INTO value, state
    FROM (SELECT c.oid::regclass::text AS object
          FROM salon._model_object(name) o
          JOIN pg_class c ON o.kind <> 'FUNCTION' AND c.oid = o.oid AND c.relowner <> space_owner
          UNION ALL
          SELECT p.oid::regprocedure::text
          FROM salon._model_object(name) o
          JOIN pg_proc p ON o.kind = 'FUNCTION' AND p.oid = o.oid AND p.proowner <> space_owner) x;
    remedy := CASE state WHEN 'problem' THEN format(salon.say('Give them to %I: what the database keeps is kept by the owner of the space.'), pg_get_userbyid(space_owner)) END;
    RETURN NEXT;

    -- what the planner knows
    checked := salon.label('tables without statistics', '缺少统计信息的表');
    SELECT coalesce(string_agg(c.relname, salon.say(', ') ORDER BY c.relname), '0'), CASE WHEN count(*) = 0 THEN 'ok' ELSE 'notice' END,
           'ANALYZE ' || string_agg(c.oid::regclass::text, ', ' ORDER BY c.relname) || ';'
    INTO value, state, remedy
    FROM pg_class c
    WHERE c.relnamespace = namespace AND c.relkind = 'r'
      AND c.relpages = 0 AND pg_relation_size(c.oid) > 0; -- it had no rows when it was looked at, or never was
    RETURN NEXT;

    -- the language of the database
    checked := salon.label('encoding and locale', '编码与区域设置');
    SELECT concat_ws(' ', pg_encoding_to_char(d.encoding), d.datcollate, d.datctype),
           CASE WHEN pg_encoding_to_char(d.encoding) <> 'UTF8' THEN 'problem' WHEN '沙龙' !~ '^[[:alpha:]]+$' THEN 'notice' ELSE 'ok' END
    INTO value, state
    FROM pg_database d
    WHERE d.datname = current_database();
    remedy := CASE state WHEN 'problem' THEN salon.say('Move to a database whose encoding is UTF8: Chinese names are not to be had here.')
                         WHEN 'notice' THEN salon.say('Chinese characters are no letters here: make the database with a locale such as C.UTF-8.') END;
    RETURN NEXT;

    -- locks: about one for each object
    objects := relations + 2 * (SELECT count(*) FROM pg_class c WHERE c.relnamespace = namespace AND c.reltoastrelid <> 0)
               + (SELECT count(*) FROM pg_proc p WHERE p.pronamespace = namespace) + (SELECT count(*) FROM pg_type y WHERE y.typnamespace = namespace)
               + (SELECT count(*) FROM pg_constraint k WHERE k.connamespace = namespace)
               + (SELECT count(*) FROM pg_trigger g JOIN pg_class c ON c.oid = g.tgrelid WHERE c.relnamespace = namespace)
               + (SELECT count(*) FROM pg_policy g JOIN pg_class c ON c.oid = g.polrelid WHERE c.relnamespace = namespace)
               + (SELECT count(*) FROM pg_attrdef g JOIN pg_class c ON c.oid = g.adrelid WHERE c.relnamespace = namespace)
               + (SELECT count(*) FROM pg_rewrite g JOIN pg_class c ON c.oid = g.ev_class WHERE c.relnamespace = namespace);
    checked := salon.label('locks', '锁');
    value := format(salon.say('room for %s; to drop the space takes about %s, one page at most %s'), room, objects, relations);
    state := CASE WHEN room < relations THEN 'problem' WHEN room < objects THEN 'notice' ELSE 'ok' END;
    remedy := CASE WHEN state <> 'ok' THEN format(salon.say('Set max_locks_per_transaction = %s and start the server anew, before spaces are made, upgraded or dropped.'),
                                                  greatest(256, ceil(objects::numeric * current_setting('max_locks_per_transaction')::numeric / room))) END;
    RETURN NEXT;

    -- settings of this session that lose rows, rules or time
    checked := salon.label('settings', '参数设置');
    SELECT coalesce(string_agg(s.name || ' = ' || s.setting, salon.say(', ') ORDER BY s.name), '-'),
           CASE WHEN count(*) = 0 THEN 'ok' WHEN bool_or(s.name IN ('fsync', 'full_page_writes', 'session_replication_role')) THEN 'problem' ELSE 'notice' END,
           string_agg('RESET ' || s.name, '; ' ORDER BY s.name) FILTER (WHERE s.context IN ('user', 'superuser'))
    INTO value, state, remedy
    FROM pg_settings s
    WHERE (s.name IN ('fsync', 'full_page_writes', 'track_counts', 'autovacuum') AND s.setting = 'off')
       OR (s.name = 'session_replication_role' AND s.setting <> 'origin')
       OR (s.name LIKE 'enable\_%' AND s.setting = 'off' AND s.boot_val = 'on')
       OR (s.name = 'plan_cache_mode' AND s.setting <> 'auto')
       OR (s.name IN ('from_collapse_limit', 'join_collapse_limit') AND s.setting::integer > 12);
    remedy := CASE WHEN state <> 'ok' THEN concat_ws(' ', remedy || ';', salon.say('What postgresql.conf or ALTER SYSTEM says there costs rows, rules or time: see the page on speed.')) END;
    RETURN NEXT;
END
$$;

COMMENT ON FUNCTION health(text) IS
'Whether a space is well: versions, rows that break a rule and rules that are missing, the oldest overdue item, disabled triggers, other owners, statistics, locale, locks, settings; state is ok, notice or problem, and remedy says what to do. What stands in the space is asked as its owner. Errors: 3F000 no such space, 42501 not its owner';
