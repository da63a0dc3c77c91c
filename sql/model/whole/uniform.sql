-- What tables and views have by what they are: constraints, triggers, comments.
-- Run by salon._secure, so that none is without.  A file of the model says what
-- is different.

CREATE FUNCTION _status_subject(relation oid) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT split_part(pg_get_expr(d.adbin, d.adrelid), '''', 2)
    FROM pg_attribute a
    JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
    WHERE a.attrelid = relation AND a.attname = 'status_subject';
END;

COMMENT ON FUNCTION _status_subject(oid) IS 'What the statuses of a table are of: its column status_subject is always that; NULL: it has none';

CREATE FUNCTION _uniform(OUT command text) RETURNS SETOF text
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1000
BEGIN ATOMIC
    WITH model_column AS MATERIALIZED (
        SELECT c.relation, array_agg(c.name) AS names FROM salon._model_column() c GROUP BY c.relation
    ), relation AS MATERIALIZED (
        SELECT c.oid, c.relname, c.relkind, m.names,
               -- a catalogue, by the column with its code
               (SELECT a.attname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.conkey[1]
                WHERE k.conrelid = c.oid AND k.contype = 'p' AND cardinality(k.conkey) = 1 AND a.attname LIKE '%\_code') AS code,
               -- looked up for each: a join would be planned by statistics that catalogs have not yet
               ARRAY(SELECT t.tgname::text FROM pg_trigger t WHERE t.tgrelid = c.oid) AS triggers,
               ARRAY(SELECT d.objsubid FROM pg_description d WHERE d.objoid = c.oid AND d.classoid = 'pg_class'::regclass) AS described
        FROM pg_class n
        CROSS JOIN LATERAL salon._model_object(n.relnamespace::regnamespace::text) o
        JOIN pg_class c ON c.oid = o.oid
        LEFT JOIN model_column m ON m.relation = c.relname
        WHERE n.oid = 'space'::regclass AND o.kind IN ('TABLE', 'VIEW')
    ), wanted_constraint AS (
        SELECT r.relname, k.name, k.condition, h.oid IS NOT NULL AS is_old
        FROM relation r
        CROSS JOIN LATERAL (
            SELECT r.relname || '_code_is_ascii' AS name, format('%I ~ ''^[a-z][a-z0-9_]*$''', r.code) AS condition, NULL::smallint[] AS columns
            WHERE r.code IS NOT NULL
            UNION ALL
            SELECT r.relname || '_has_a_name', 'num_nonnulls(name_en, name_zh) > 0', NULL
            FROM pg_attribute a
            JOIN pg_attribute n ON n.attrelid = r.oid AND n.attname = 'name_en' AND NOT n.attnotnull
            WHERE a.attrelid = r.oid AND a.attname = 'shipped'
            UNION ALL
            -- of what the community adds itself it decides itself; keys of other rows and words of a list are none that are blank
            SELECT r.relname || '_texts_are_not_blank', string_agg(format('salon.is_text(%I)', a.attname), ' AND ' ORDER BY a.attname), array_agg(a.attnum)
            FROM pg_attribute a
            WHERE a.attrelid = r.oid AND a.attname = ANY (r.names) AND a.atttypid = 'text'::regtype AND a.attgenerated = '' AND a.attname IS DISTINCT FROM r.code
              AND NOT EXISTS (SELECT FROM pg_constraint t
                              WHERE t.conrelid = r.oid
                                AND CASE t.contype WHEN 'c' THEN t.conkey = ARRAY[a.attnum] AND t.conname <> ALL (ARRAY[r.relname || '_texts_are_not_blank', r.relname || '_keys_are_short'])
                                                   WHEN 'f' THEN a.attnum = ANY (t.conkey) END)
            HAVING count(*) > 0
            UNION ALL
            -- a text that stands in an index has a place there, beside others of its kind
            SELECT r.relname || '_keys_are_short',
                   string_agg(format('octet_length(%I) <= %s', a.attname, CASE WHEN a.attname LIKE '%\_code' THEN 200 ELSE 2000 END), ' AND ' ORDER BY a.attname), array_agg(a.attnum)
            FROM pg_attribute a
            WHERE a.attrelid = r.oid AND a.attname = ANY (r.names) AND a.atttypid = 'text'::regtype
              AND EXISTS (SELECT FROM pg_index i WHERE i.indrelid = r.oid AND a.attnum = ANY (i.indkey))
              AND NOT EXISTS (SELECT FROM pg_constraint t
                              WHERE t.conrelid = r.oid
                                AND CASE t.contype WHEN 'c' THEN t.conkey = ARRAY[a.attnum] AND pg_get_constraintdef(t.oid) ~ '= ANY' WHEN 'f' THEN a.attnum = ANY (t.conkey) END)
            HAVING count(*) > 0
            UNION ALL
            -- what views add to a time or take from it stays within what a time can be; somebody may be absent for ever
            SELECT r.relname || '_times_are_possible',
                   string_agg(format(CASE r.relname WHEN 'absence' THEN '(salon._is_possible(%1$I) OR NOT isfinite(%1$I))' ELSE 'salon._is_possible(%1$I)' END, a.attname),
                              ' AND ' ORDER BY a.attname),
                   array_agg(a.attnum)
            FROM pg_attribute a
            WHERE a.attrelid = r.oid AND a.attname = ANY (r.names) AND a.atttypid IN ('date'::regtype, 'timestamptz'::regtype) AND a.attgenerated = ''
            HAVING count(*) > 0) k
        LEFT JOIN pg_constraint h ON h.conrelid = r.oid AND h.conname = k.name
        WHERE r.relkind = 'r' AND (h.oid IS NULL OR NOT h.conkey @> k.columns)
    ), closed AS MATERIALIZED (
        SELECT e.relation, e.columns, w.command, coalesce(p.rows, 'false') AS writes,
               (SELECT string_agg(CASE w.command WHEN 'INSERT' THEN format('NEW.%I IS DISTINCT FROM %s', a.attname, coalesce(pg_get_expr(d.adbin, d.adrelid), 'NULL'))
                                                 ELSE format('NEW.%1$I IS DISTINCT FROM OLD.%1$I', a.attname) END, ' OR ' ORDER BY a.attname)
                FROM relation c
                JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = ANY (c.names)
                LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
                WHERE c.relname = e.relation AND a.attidentity = '' AND a.attgenerated = '' AND a.attname <> ALL (e.columns)) AS closed
        FROM _access_extra() e
        JOIN (VALUES ('INSERT'), ('UPDATE')) w (command) ON e.command IN ('ALL', w.command)
        LEFT JOIN _access_writing() p ON p.relation = e.relation
        WHERE e.columns IS NOT NULL
    ), wanted_trigger AS (
        SELECT c.relname, c.triggers, w.*
        FROM relation c
        CROSS JOIN LATERAL (
            -- keys that come with their rows move the sequence on, and are not for everybody to give
            SELECT k.name, k.moment, format(k.action, a.attname) AS action
            FROM pg_attribute a
            CROSS JOIN (VALUES
                ('key_given', 'AFTER INSERT', 'REFERENCING NEW TABLE AS new_row FOR EACH STATEMENT EXECUTE FUNCTION _key_given(%L)'),
                ('key_kept', 'BEFORE INSERT', 'FOR EACH ROW WHEN (NOT _administers()) EXECUTE FUNCTION _key_kept(%L)'),
                ('key_stays', 'BEFORE UPDATE', 'FOR EACH ROW WHEN (NEW.%1$I <> OLD.%1$I AND NOT _administers()) EXECUTE FUNCTION _key_kept(%1$L)'),
                ('key_moved', 'AFTER UPDATE', 'FOR EACH ROW WHEN (NEW.%1$I > OLD.%1$I) EXECUTE FUNCTION _key_given(%1$L)')) k (name, moment, action)
            WHERE a.attrelid = c.oid AND a.attidentity = 'd'
            UNION ALL
            -- of its own rows a member writes some columns; those of the community it opens itself
            SELECT 'access_' || lower(x.command COLLATE "C"), 'BEFORE ' || x.command,
                   format('FOR EACH ROW WHEN (row_security_active(%L::regclass) AND (%s)) EXECUTE FUNCTION _access_column(%L, %L)',
                          c.relname, x.closed, array_to_string(x.columns, ' '), x.writes)
            FROM closed x
            WHERE x.relation = c.relname AND x.closed IS NOT NULL
            UNION ALL
            -- a shipped row that is edited is the community's own, and a code that SQL names stays
            SELECT 'edited', 'BEFORE UPDATE OR DELETE', 'FOR EACH ROW EXECUTE FUNCTION _edited()'
            FROM pg_attribute a
            WHERE a.attrelid = c.oid AND (a.attname = 'shipped' OR (c.relname, a.attname) = ('status', 'is_first'))
            UNION ALL
            -- a status moves along its steps
            SELECT 'status_step', 'BEFORE INSERT OR UPDATE OF status_code', format('FOR EACH ROW EXECUTE FUNCTION _step(%L)', _status_subject(c.oid))
            WHERE c.code IS NULL AND _status_subject(c.oid) IS NOT NULL
            UNION ALL
            -- what hangs together is written one transaction after the other; triggers come after the turn of their statement
            SELECT 'in_turn', 'BEFORE ' || coalesce(o.commands, 'INSERT OR UPDATE OR DELETE'), 'FOR EACH STATEMENT WHEN (pg_trigger_depth() = 0) EXECUTE FUNCTION _turn()'
            FROM unnest(ARRAY['affiliation', 'agreement', 'apart', 'commitment', 'cost', 'delivery', 'demand', 'duty', 'event', 'event_day', 'event_duty', 'event_party',
                              'package', 'party', 'resource', 'resource_conflict', 'room', 'rotation', 'season', 'series', 'session', 'shift', 'speaker', 'supply', 'talk', 'talk_review', 'talk_speaker',
                              'talk_vote', 'turn']) n (relname)
            LEFT JOIN (VALUES ('party', 'DELETE'), ('room', 'UPDATE OR DELETE'), ('session', 'UPDATE OF starts_at, ends_at OR DELETE'), ('speaker', 'UPDATE OR DELETE')) o (relname, commands) USING (relname)
            WHERE n.relname = c.relname
            UNION ALL
            -- what has a history says that all its rows went
            SELECT 'history_truncate', 'AFTER TRUNCATE', 'FOR EACH STATEMENT EXECUTE FUNCTION _history()'
            WHERE c.relname || '_history' = ANY (c.triggers)) w
        WHERE c.relkind = 'r'), wanted_comment AS (
        SELECT format('COLUMN %I.%I', r.relname, a.attname) AS object, coalesce(x.comment, CASE
                   WHEN a.attidentity <> '' THEN 'Key'
                   WHEN a.attname = 'status_subject' THEN 'Always ' || _status_subject(r.oid) || ': makes the foreign key refuse a status of something else'
                   WHEN a.attname ~ '_(id|code)$' THEN 'The ' || replace(regexp_replace(a.attname, '_(id|code)$', ''), '_', ' ')
                   WHEN a.attname ~ '_label$' THEN 'Label of the ' || replace(left(a.attname, -6), '_', ' ')
                   WHEN EXISTS (SELECT FROM pg_attribute b WHERE b.attrelid = r.oid AND b.attname IN (a.attname || '_id', a.attname || '_code'))
                   THEN 'Label of the ' || replace(a.attname, '_', ' ') END) AS comment
        FROM relation r
        JOIN LATERAL (SELECT a.attrelid, a.attname, a.attnum, a.attidentity FROM pg_attribute a
                      WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped
                      OFFSET 0) a ON true
        LEFT JOIN (VALUES
            ('asset_kind_code', 'Kind of asset'),
            ('channel', 'Label of the channel / 渠道'),
            ('channel_id', 'The channel / 渠道'),
            ('city', 'Label of the city / 城市'),
            ('city_code', 'The city / 城市代码'),
            ('demand_priority', 'How much the demand matters, 1 to 5'),
            ('demanded', 'Label of what is wanted'),
            ('demanded_code', 'What is wanted'),
            ('demander', 'Label of who wants'),
            ('demander_id', 'The party that wants it; NULL: the event'),
            ('due_anchor', 'Whether due_offset counts from the start or the end of the event'),
            ('ends_at', 'End / 结束时间'),
            ('event', 'Label of the event / 活动'),
            ('event_id', 'The event / 活动'),
            ('event_is_off', 'Whether the event is cancelled: filled in and kept the same by the database / 活动是否取消'),
            ('external_id', 'What another system knows it by; NULL: it came from none'),
            ('held_on', 'The day on which the event begins, where it is held / 活动日期'),
            ('item', 'Label of the item / 检查项'),
            ('item_code', 'The item / 检查项代码'),
            ('local_from', 'When it begins, on the clock of the event; NULL: no time yet / 当地开始时间'),
            ('local_to', 'When it ends, on the clock of the event / 当地结束时间'),
            ('name_en', 'English name / 英文名称'),
            ('name_zh', 'Chinese name / 中文名称'),
            ('needed', 'How much of the demand is not promised yet'),
            ('note', 'Remark of the organizers / 备注'),
            ('offered', 'How much of the supply is not promised yet; NULL: no limit'),
            ('ordinal', 'Order in lists / 顺序'),
            ('organization_kind', 'Always organization: makes the foreign key refuse a person'),
            ('package', 'Label of the package / 套餐'),
            ('package_id', 'The package / 套餐'),
            ('part', 'Label of the part / 角色'),
            ('part_code', 'The part / 角色代码'),
            ('party', 'Label of the party / 参与方'),
            ('party_id', 'The party / 参与方'),
            ('person_kind', 'Always person: makes the foreign key refuse an organization'),
            ('phase', 'Label of the phase / 阶段'),
            ('phase_code', 'The phase / 阶段代码'),
            ('platform', 'Label of the platform / 平台'),
            ('platform_code', 'The platform / 平台代码'),
            ('post_id', 'The post / 发布'),
            ('program', 'Label of the program / 项目类别'),
            ('reason_en', 'Why, in English'),
            ('reason_zh', 'Why, in Chinese'),
            ('season_id', 'The plan'),
            ('series', 'Label of the series / 系列'),
            ('series_id', 'The series / 系列'),
            ('shipped', 'True: came with the extension and was not edited / 是否随扩展提供'),
            ('side', 'on_site or online / 线上或线下'),
            ('side_label', 'Label of the side / 线上或线下'),
            ('starts_at', 'Start / 开始时间'),
            ('state', 'wanted, draft, ready or published / 状态'),
            ('status', 'Label of the status / 状态'),
            ('status_code', 'The status / 状态代码'),
            ('supplied', 'Label of what is given'),
            ('supplied_code', 'What is given'),
            ('supplier', 'Label of who gives'),
            ('supplier_id', 'The party that gives it; NULL: the event'),
            ('supply_priority', 'How gladly the supply is given, 1 to 5'),
            ('template', 'Label of the template / 模板'),
            ('template_code', 'The template / 模板代码'),
            ('until', 'Day after the last'),
            ('value', 'Value of a unit: weight x demand_priority x supply_priority'),
            ('weight', 'How well the supply serves the demand, 0 to 1: see view serves')) x (attname, comment) ON x.attname = a.attname AND a.attidentity = ''
        -- one that an older release described in English alone says it in Chinese too
        WHERE a.attnum <> ALL (r.described)
           OR (x.comment IS NOT NULL AND starts_with(x.comment, (SELECT d.description FROM pg_description d
                                                                 WHERE d.objoid = r.oid AND d.classoid = 'pg_class'::regclass AND d.objsubid = a.attnum) || ' / '))
        UNION ALL
        SELECT format('CONSTRAINT %I ON %I', k.name, k.relname), x.comment
        FROM (SELECT r.relname, k.conname::text AS name, CASE WHEN k.contype IN ('c', 'f') THEN pg_get_constraintdef(k.oid) END AS definition
              FROM relation r
              JOIN pg_constraint k ON k.conrelid = r.oid
              WHERE (SELECT d.description FROM pg_description d WHERE d.objoid = k.oid AND d.classoid = 'pg_constraint'::regclass) IS NULL
              UNION
              SELECT w.relname, w.name, NULL
              FROM wanted_constraint w) k
        JOIN (VALUES
            ('_code_is_ascii$', 'A code is lower-case letters, digits and underscores'),
            ('_has_a_name$', 'Give an English or a Chinese name'),
            ('_texts_are_not_blank$', 'A text shows something: leave it NULL, or give one that is not blank'),
            ('_keys_are_short$', 'A code has at most 200 bytes, and another text that tells rows apart at most 2000'),
            ('_times_are_possible$', 'A time is in the years 1900 to 2999: leave it NULL where there is none'),
            ('_external_id_is_a_text$', 'A key shows something: leave it NULL where there is none'),
            ('_basis_is_known$', 'A basis is measured or claimed'),
            ('_is_a_url$', 'Give an address that begins with http:// or https://'),
            ('_time_zone_is_iana$', 'Give the IANA name of a place such as Asia/Shanghai: see pg_timezone_names'),
            ('_has_both_times_or_none$', 'Give starts_at and ends_at, or neither'),
            ('_due_anchor_is_known$', 'due_anchor is start or end'),
            ('_due_offset_is_possible$', 'due_offset is at most 100 years before or after'),
            ('_needed_when_is_known$', 'needed_when is always, on_site or online'),
            ('_priority_is_1_to_5$', 'priority is 1 (least) to 5 (most)'),
            ('_times_are_finite$', 'Give real times, not infinity'),
            ('_(day|due_on)_is_finite$', 'Give a real day, not infinity'),
            ('^(audience|event)_(actual|planned)(_on_site|_online)?_is_not_negative$', 'A headcount is zero or more; leave it NULL when not known'),
            ('^(commitment|cost)_(planned|actual|amount|planned_amount)_is_not_negative$', 'An amount of money is zero or more; leave it NULL when not known'),
            ('_quantity_can_be_added_up$', 'A quantity is at most 1000000000000: count in larger units'),
            ('_side_is_known$', 'side is on_site or online; leave it NULL for both'),
            ('_actual_says_its_basis$', 'Set actual and actual_basis together'),
            ('^FOREIGN KEY \(event_id, event_is_off\).*$', 'event_id must be an event; leave event_is_off out: it is that of the event'),
            ('^FOREIGN KEY \(person_id, person_kind\).*$', 'person_id must be a party of kind person'),
            ('^CHECK \(\(ends_at > starts_at\)\)$', 'ends_at must come after starts_at'),
            ('^CHECK \(\(until > since\)\)$', 'until is the day after the last and must come after since')) x (pattern, comment) ON CASE WHEN x.pattern ~ '^.[A-Z]' THEN k.definition ELSE k.name END ~ x.pattern
    )
    SELECT command
    FROM (SELECT 1 AS ordinal, format('ALTER TABLE %I ', w.relname)
                               || string_agg(CASE WHEN w.is_old THEN format('DROP CONSTRAINT %I, ', w.name) ELSE '' END
                                             || format('ADD CONSTRAINT %I CHECK (%s)', w.name, w.condition), E',\n' ORDER BY w.name) AS command
          FROM wanted_constraint w
          GROUP BY w.relname
          UNION ALL
          -- since PostgreSQL 18 what is not NULL has a name, and keeps it when its table or column gets another
          SELECT 2, format('ALTER TABLE %I RENAME CONSTRAINT %I TO %I', r.relname, k.conname, n.name)
          FROM relation r
          JOIN pg_constraint k ON k.conrelid = r.oid AND k.contype = 'n'
          JOIN pg_attribute a ON a.attrelid = r.oid AND a.attnum = k.conkey[1] AND a.attname = ANY (r.names)
          CROSS JOIN LATERAL (SELECT concat_ws('_', r.relname, a.attname, 'not_null') AS name) n
          WHERE k.conname <> n.name AND octet_length(n.name) < 64
            AND NOT EXISTS (SELECT FROM pg_constraint o WHERE o.conrelid = r.oid AND o.conname = n.name)
          UNION ALL
          SELECT 3, format('CREATE TRIGGER %I %s ON %I %s', w.relname || '_' || w.name, w.moment, w.relname, w.action)
          FROM wanted_trigger w
          WHERE w.relname || '_' || w.name <> ALL (w.triggers)
          UNION ALL
          SELECT 4, format('COMMENT ON %s IS %L', w.object, w.comment)
          FROM wanted_comment w
          WHERE w.comment IS NOT NULL) c
    ORDER BY ordinal, command;
END;

COMMENT ON FUNCTION _uniform() IS 'Constraints and their names, triggers and comments that tables and views of the space lack by what they are, as commands: run by salon._secure';
