-- The space itself: one row that says what this community is, and what the
-- other files of the model share.
--
-- To make a space by hand: create a schema, SET search_path = that schema,
-- salon, pg_temp, run the files in the order of MODEL in the Makefile, and what
-- _uniform() says.

CREATE TABLE space (
    is_one          boolean PRIMARY KEY DEFAULT true
                    CONSTRAINT space_is_one CHECK (is_one),
    version         text NOT NULL,
    name_en         text,
    name_zh         text,
    time_zone       text NOT NULL DEFAULT 'Asia/Shanghai'
                    CONSTRAINT space_time_zone_is_iana CHECK (salon.is_time_zone(time_zone)),
    currency        text NOT NULL DEFAULT 'CNY'
                    CONSTRAINT space_currency_is_iso CHECK (currency ~ '^[A-Z]{3}$'),
    host_cost_from  numeric DEFAULT 3000
                    CONSTRAINT space_host_cost_from_is_not_negative CHECK (host_cost_from >= 0),
    host_cost_to    numeric DEFAULT 5000,
    CONSTRAINT space_host_cost_is_a_band CHECK (host_cost_to >= host_cost_from)
);

COMMENT ON TABLE space IS 'This community: exactly one row / 社区本身，仅一行';
COMMENT ON COLUMN space.is_one IS 'Always true: keeps the table at one row';
COMMENT ON COLUMN space.version IS 'Version of the model; salon.spaces compares it with the version of the extension';
COMMENT ON COLUMN space.name_en IS 'Name of the community in English; NULL: not given';
COMMENT ON COLUMN space.name_zh IS 'Name of the community in Chinese; NULL: not given';
COMMENT ON COLUMN space.time_zone IS 'IANA time zone of venues, events and rotations that name none';
COMMENT ON COLUMN space.currency IS 'ISO 4217 code of all amounts of money';
COMMENT ON COLUMN space.host_cost_from IS 'What hosting usually costs, from (D5: 3-5K); NULL: no band';
COMMENT ON COLUMN space.host_cost_to IS 'What hosting usually costs, up to (D5: 3-5K); NULL: no band';
COMMENT ON CONSTRAINT space_is_one ON space IS 'A space is one community: update the row that is there';
COMMENT ON CONSTRAINT space_currency_is_iso ON space IS 'Give three capital letters such as CNY';
COMMENT ON CONSTRAINT space_host_cost_from_is_not_negative ON space IS 'An amount of money is zero or more';
COMMENT ON CONSTRAINT space_host_cost_is_a_band ON space IS 'host_cost_to must not be below host_cost_from';

-- Amounts of money have the digits of the currency of the space (ISO 4217).
CREATE FUNCTION _currency_digits(currency text) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN currency IN ('BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'UYI', 'VND', 'VUV', 'XAF', 'XOF', 'XPF') THEN 0
            WHEN currency IN ('BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND') THEN 3
            WHEN currency IN ('CLF', 'UYW') THEN 4
            ELSE 2 END;

COMMENT ON FUNCTION _currency_digits(text) IS 'How many digits after the point an amount has in a currency';

CREATE FUNCTION _amount() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
    said jsonb := to_jsonb(NEW);
    in_currency text := CASE own_table WHEN 'space' THEN said ->> 'currency' ELSE (SELECT s.currency FROM space s) END;
    digits integer := _currency_digits(in_currency);
    amount_column text;
    amount numeric;
BEGIN
    FOREACH amount_column IN ARRAY TG_ARGV LOOP
        amount := said ->> amount_column;
        CONTINUE WHEN amount IS NULL OR amount = 'NaN';
        IF amount <> round(amount, digits) OR abs(amount) >= 1e15 THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format(salon.say('%s.%s cannot be %s %s'), own_table, amount_column, amount, in_currency),
                DETAIL = CASE WHEN abs(amount) >= 1e15 THEN salon.say('An amount is less than 1000000000000000.')
                              ELSE format(salon.say('Amounts in %s have %s digits after the point.'), in_currency, digits) END,
                HINT = CASE WHEN abs(amount) >= 1e15 THEN salon.say('Correct the amount.')
                            ELSE salon.say('Correct the amount, or the currency of the space (space.currency).') END,
                SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table, COLUMN = amount_column, CONSTRAINT = TG_NAME;
        END IF;
        IF scale(amount) <> digits THEN
            NEW := jsonb_populate_record(NEW, jsonb_build_object(amount_column, round(amount, digits)));
        END IF;
    END LOOP;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _amount() IS
'Trigger of tables with amounts of money, the columns that it names: gives them the digits of the currency of the space; refuses with 23514 those that have more, and those of 10^15 and above';

CREATE TRIGGER space_amounts_fit_the_currency BEFORE INSERT OR UPDATE OF currency, host_cost_from, host_cost_to ON space
    FOR EACH ROW EXECUTE FUNCTION _amount('host_cost_from', 'host_cost_to');

-- All amounts are looked at again where they get more or fewer digits.
CREATE FUNCTION _space_currency() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    a record;
BEGIN
    FOR a IN
        SELECT c.relname, n.column_name
        FROM pg_trigger t
        JOIN pg_class c ON c.oid = t.tgrelid AND c.oid <> TG_RELID
        CROSS JOIN LATERAL string_to_table(encode(t.tgargs, 'escape'), '\000') n (column_name)
        WHERE t.tgfoid = '_amount'::regproc AND n.column_name <> ''
        ORDER BY c.relname, n.column_name
    LOOP
        EXECUTE format('UPDATE %1$I SET %2$I = %2$I WHERE scale(%2$I) <> $1', a.relname, a.column_name)
        USING _currency_digits(NEW.currency);
    END LOOP;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _space_currency() IS
'Trigger of space: gives all amounts the digits of another currency, or refuses it with 23514. SECURITY DEFINER: who sets the currency may not change amounts that others entered';

CREATE TRIGGER space_currency AFTER UPDATE OF currency ON space
    FOR EACH ROW WHEN (_currency_digits(NEW.currency) <> _currency_digits(OLD.currency)) EXECUTE FUNCTION _space_currency();

INSERT INTO space (version) VALUES (salon.version());

-- What is agreed, who has which duty, what is told and judged, and the events
-- where all that happens, hang together by triggers and foreign keys: a statement
-- at one place locks rows at many, in the order in which it comes to them.  So who
-- writes there does so one transaction after the other, and takes this turn before
-- any row: by a trigger of the statement, for that locks the rows that it changes
-- before their own triggers run.  Registrations do not: they take their side of an
-- event.
CREATE FUNCTION _turn() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM FROM space FOR NO KEY UPDATE;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _turn() IS
'Trigger of tables that hang together, before each statement: from here to the end of the transaction nobody else writes to them. SECURITY DEFINER: who writes to these may not write to the space';

-- What somebody names and is not there, or not for him, is an error: of an
-- event by default.
CREATE FUNCTION _known(is_known boolean, message text, key anyelement,
                       hint text DEFAULT salon.say('SELECT event_id, event FROM checklist_summary shows the events.')) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    IF is_known IS NOT TRUE THEN
        RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation', MESSAGE = format(message, coalesce(key::text, 'NULL')), HINT = hint;
    END IF;
END
$$;

COMMENT ON FUNCTION _known(boolean, text, anyelement, text) IS 'Refuses with 23503 a key that is not there: the message has a place for it';

-- What of the space names a code as a literal, and the column in which it stands
-- or one that refers to that: functions, views, policies, triggers, constraints,
-- defaults and indexes, the community's own ones too.
CREATE FUNCTION _names_code(catalogue regclass, code_column text, code text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH RECURSIVE holds AS (
        SELECT a.attrelid, a.attnum, a.attname
        FROM pg_attribute a
        WHERE a.attrelid = catalogue AND a.attname = code_column
        UNION
        SELECT a.attrelid, a.attnum, a.attname
        FROM holds h
        JOIN pg_constraint k ON k.contype = 'f' AND k.confrelid = h.attrelid
        CROSS JOIN LATERAL generate_subscripts(k.confkey, 1) i
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[i]
        WHERE k.confkey[i] = h.attnum
    ), s AS (
        SELECT c.oid, c.relname, c.relkind FROM pg_class c WHERE c.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = catalogue)
    ), said AS (
        SELECT p.proname || '()' AS object, concat(pg_get_function_arguments(p.oid), ' ', coalesce(pg_get_function_sqlbody(p.oid), p.prosrc)) AS source
        FROM pg_proc p WHERE p.prokind <> 'a' AND p.pronamespace = (SELECT relnamespace FROM pg_class WHERE oid = catalogue)
        UNION ALL SELECT s.relname, CASE s.relkind WHEN 'i' THEN pg_get_indexdef(s.oid) ELSE pg_get_viewdef(s.oid) END FROM s WHERE s.relkind IN ('v', 'm', 'i')
        UNION ALL SELECT k.conname, pg_get_constraintdef(k.oid) FROM pg_constraint k JOIN s ON s.oid = k.conrelid WHERE k.contype = 'c'
        UNION ALL SELECT t.tgname, pg_get_triggerdef(t.oid) FROM pg_trigger t JOIN s ON s.oid = t.tgrelid WHERE NOT t.tgisinternal
        UNION ALL SELECT y.polname || ' ON ' || s.relname, concat(pg_get_expr(y.polqual, s.oid), pg_get_expr(y.polwithcheck, s.oid))
        FROM pg_policy y JOIN s ON s.oid = y.polrelid
        UNION ALL SELECT s.relname || '.' || a.attname, a.attname || pg_get_expr(d.adbin, s.oid)
        FROM pg_attrdef d JOIN s ON s.oid = d.adrelid JOIN pg_attribute a ON (a.attrelid, a.attnum) = (d.adrelid, d.adnum)
    )
    SELECT string_agg(DISTINCT object, ', ' ORDER BY object)
    FROM said
    WHERE strpos(source, quote_literal(code)) > 0 AND source ~ ('\m(' || (SELECT string_agg(DISTINCT attname::text, '|') FROM holds) || ')\M');
END;

COMMENT ON FUNCTION _names_code(regclass, text, text) IS
'Objects of the space that name a code of a catalogue as a literal, and the column in which such codes stand; NULL: none';

-- A shipped row that somebody edits is the community's own from then on.  Codes
-- that SQL names stay.
CREATE FUNCTION _edited() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
    old_row jsonb := to_jsonb(OLD);
    new_row jsonb := to_jsonb(NEW);
    code_column text := (SELECT a.attname
                         FROM pg_constraint k
                         JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey) AND a.attname LIKE '%\_code'
                         WHERE k.conrelid = TG_RELID AND k.contype = 'p'
                           AND NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = TG_RELID AND f.contype = 'f' AND a.attnum = ANY (f.conkey)));
    namers text;
BEGIN
    IF old_row ->> code_column IS DISTINCT FROM new_row ->> code_column THEN
        namers := _names_code(TG_RELID, code_column, old_row ->> code_column);
    END IF;
    IF namers IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(CASE TG_OP WHEN 'DELETE' THEN salon.say('%s "%s" cannot be deleted: SQL of the space names it')
                                        ELSE salon.say('%s "%s" cannot be renamed: SQL of the space names it') END, own_table, old_row ->> code_column),
            DETAIL = format(salon.say('It is named in: %s.'), namers),
            HINT = salon.say('Its label can be changed: name_en and name_zh.'),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table, COLUMN = code_column, CONSTRAINT = own_table || '_code_is_named';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    ELSIF new_row ? 'shipped' AND NEW IS DISTINCT FROM OLD THEN
        NEW.shipped := false;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _edited() IS
'Trigger of every catalogue: takes the shipped mark off a row that is edited, so that upgrades leave it alone; refuses with 23503 that a code goes which SQL of the space names';

-- What the database keeps is written by triggers of its owner only: one of
-- somebody else's, on a table of his own, runs as him.  The trigger bears the
-- name of the rule; its arguments are the hint and, where it is of some columns
-- only, which ones, with their verb.
CREATE FUNCTION _is_kept_here(relation oid) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN pg_trigger_depth() > 1
           AND (SELECT pg_get_userbyid(c.relowner) = current_user FROM pg_class c WHERE c.oid = relation);
END
$$;

COMMENT ON FUNCTION _is_kept_here(oid) IS
'Whether what is written to a table is written by a trigger of its owner: asked by triggers of the table';

CREATE FUNCTION _kept() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
BEGIN
    IF NOT _is_kept_here(TG_RELID) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = CASE TG_NARGS
                          WHEN 1 THEN format(salon.say('%s is kept by the database'), own_table)
                          ELSE format(salon.say('%s %s: %s kept by the database'), own_table,
                                      to_jsonb(NEW) ->> (own_table || '_id'), salon.say(TG_ARGV[1])) END,
            HINT = salon.say(TG_ARGV[0]),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table, CONSTRAINT = TG_NAME;
    END IF;
    RETURN coalesce(NEW, OLD);
END
$$;

COMMENT ON FUNCTION _kept() IS
'Trigger of tables and columns that the database keeps: refuses with 23514 what no trigger of the owner writes';

-- What is counted begins at nothing, whatever is written there, so that rows
-- that were copied out can be copied in again before those that are counted;
-- and is nothing again when these are truncated.  Arguments: the columns; for
-- TRUNCATE the table that counts comes first.
CREATE FUNCTION _counted() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        RETURN jsonb_populate_record(NEW, (SELECT jsonb_object_agg(c, 0) FROM unnest(TG_ARGV) c));
    END IF;
    EXECUTE format('UPDATE %I SET %s', TG_ARGV[0], (SELECT string_agg(format('%I = DEFAULT', c), ', ') FROM unnest(TG_ARGV[1:]) c));
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _counted() IS
'Trigger of tables with counters, which begin at nothing, and of those whose rows are counted, when they are truncated';

-- What has parents in its own table is not below itself.  The trigger bears the
-- name of the rule; its arguments are the columns with the key and the parent.
CREATE FUNCTION _ring() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
    is_ring boolean;
    own_key text := to_jsonb(NEW) ->> TG_ARGV[0];
    parent_key text := to_jsonb(NEW) ->> TG_ARGV[1];
BEGIN
    EXECUTE format('WITH RECURSIVE up (code) AS (SELECT $1 UNION SELECT t.%2$I FROM up JOIN %3$I t ON t.%1$I = up.code)
                    SELECT EXISTS (SELECT FROM up WHERE code = $2)', TG_ARGV[0], TG_ARGV[1], own_table)
    INTO is_ring USING parent_key, own_key;
    IF is_ring THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format(salon.say('%s "%s" cannot be a kind of "%s"'), own_table, own_key, parent_key),
            DETAIL = format(salon.say('"%s" is itself a kind of "%s".'), parent_key, own_key),
            HINT = salon.say('Choose a parent that is not below it, or none.'),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table,
            COLUMN = TG_ARGV[1], CONSTRAINT = TG_NAME;
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _ring() IS
'Trigger of tables whose rows have a parent among them: refuses with 23514 one that is itself below the row';

-- Statuses and the steps between them.
CREATE TABLE status (
    subject      text NOT NULL,
    status_code  text NOT NULL
                 CONSTRAINT status_code_is_ascii CHECK (status_code ~ '^[a-z][a-z0-9_]*$'),
    ordinal      smallint NOT NULL,
    name_en      text NOT NULL,
    name_zh      text NOT NULL,
    is_first     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (subject, status_code)
);

COMMENT ON TABLE status IS 'Statuses by what they belong to: labels and order / 状态';
COMMENT ON COLUMN status.subject IS 'What has the status, such as event, agreement or registration';
COMMENT ON COLUMN status.status_code IS 'Code as it stands in the rows';
COMMENT ON COLUMN status.name_en IS 'English label';
COMMENT ON COLUMN status.name_zh IS 'Chinese label';
COMMENT ON COLUMN status.is_first IS 'Whether a row may be entered in it; to all others only a step leads, beside an import of history';

CREATE TABLE step (
    subject    text NOT NULL,
    from_code  text NOT NULL,
    to_code    text NOT NULL,
    PRIMARY KEY (subject, from_code, to_code),
    FOREIGN KEY (subject, from_code) REFERENCES status (subject, status_code),
    FOREIGN KEY (subject, to_code) REFERENCES status (subject, status_code)
);
CREATE INDEX step_to_code_idx ON step (subject, to_code);

COMMENT ON TABLE step IS 'Steps that a status may take; any other change of status is refused / 允许的状态变化';
COMMENT ON COLUMN step.subject IS 'What takes the step, such as event, agreement or registration';
COMMENT ON COLUMN step.from_code IS 'Status before';
COMMENT ON COLUMN step.to_code IS 'Status after';

INSERT INTO status (subject, status_code, ordinal, name_en, name_zh, is_first) VALUES
    ('event', 'idea', 1, 'idea', '想法', true),
    ('event', 'planned', 2, 'planned', '筹备中', true),
    ('event', 'announced', 3, 'announced', '已发布', true),
    ('event', 'held', 4, 'held', '已举办', true),
    ('event', 'recapped', 5, 'recapped', '已复盘', false),
    ('event', 'cancelled', 6, 'cancelled', '已取消', false),
    ('item', 'done', 1, 'done', '完成', false),
    ('item', 'open', 2, 'open', '待办', false),
    ('item', 'overdue', 3, 'overdue', '逾期', false),
    ('item', 'waived', 4, 'waived', '豁免', false),
    ('item', 'not_needed', 5, 'not needed', '不需要', false);

INSERT INTO step (subject, from_code, to_code) VALUES
    ('event', 'idea', 'planned'),
    ('event', 'planned', 'idea'),
    ('event', 'planned', 'announced'),
    ('event', 'announced', 'planned'),
    ('event', 'announced', 'held'),
    ('event', 'held', 'recapped'),
    ('event', 'idea', 'cancelled'),
    ('event', 'planned', 'cancelled'),
    ('event', 'announced', 'cancelled'),
    ('event', 'cancelled', 'planned');

-- An application may write every table, for parties of each level.
CREATE FUNCTION _administers() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN NOT row_security_active('step'::regclass) OR salon._among(4, '_my_level', 0);
END
$$;

COMMENT ON FUNCTION _administers() IS 'Whether current_user is the owner of the space or an administrator';

CREATE FUNCTION _imports() RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN coalesce(current_setting('salon.import', true), 'off')::boolean AND _administers();
END
$$;

COMMENT ON FUNCTION _imports() IS
'Whether history is entered as it was: salon.import is on, for the owner and administrators';

-- A status moves along the steps only, and begins in one that is a first one;
-- who may write those may enter history in any.  The arguments are the subject,
-- the column where it is not status_code, and a column with which it begins anew.
CREATE FUNCTION _step() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
    status_column text := coalesce(TG_ARGV[1], 'status_code');
    old_row jsonb := to_jsonb(OLD);
    new_row jsonb := to_jsonb(NEW);
    old_code text := old_row ->> status_column;
    new_code text := new_row ->> status_column;
    begins boolean := TG_OP = 'INSERT' OR (TG_NARGS > 2 AND ((new_row ->> TG_ARGV[2]) = (old_row ->> TG_ARGV[2])) IS NOT TRUE);
BEGIN
    IF begins THEN
        IF new_code IS NULL OR _imports()
           OR EXISTS (SELECT FROM status s WHERE s.subject = TG_ARGV[0] AND s.status_code = new_code AND s.is_first) THEN
            RETURN NEW;
        END IF;
    ELSIF new_code IS NOT DISTINCT FROM old_code
          OR EXISTS (SELECT FROM step s WHERE s.subject = TG_ARGV[0] AND s.from_code = old_code AND s.to_code = new_code) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation',
        MESSAGE = CASE WHEN begins THEN format(salon.say('%s %s cannot begin as "%s"'), own_table, new_row ->> (own_table || '_id'), new_code)
                       ELSE format(salon.say('%s %s cannot go from %s to "%s"'), own_table, new_row ->> (own_table || '_id'), old_code, new_code) END,
        HINT = CASE WHEN begins THEN
                   (SELECT format(salon.say('It can begin as: %s. An administrator enters history after SET salon.import = on.'),
                                  string_agg(s.status_code, ', ' ORDER BY s.ordinal))
                    FROM status s
                    WHERE s.subject = TG_ARGV[0] AND s.is_first)
               ELSE coalesce((SELECT format(salon.say('From %s it can go to: %s.'), old_code, string_agg(s.to_code, ', ' ORDER BY s.to_code))
                              FROM step s
                              WHERE s.subject = TG_ARGV[0] AND s.from_code = old_code
                              HAVING count(*) > 0),
                             format(salon.say('%s is final.'), old_code)) END,
        SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table,
        COLUMN = status_column, CONSTRAINT = own_table || '_status_step';
END
$$;

COMMENT ON FUNCTION _step() IS
'Trigger of tables with a status: refuses with 23514 a step that is not in table step, and a row that is entered in a status in which nothing begins, unless salon.import is on for who may write table step';

-- What somebody has at an event that is cancelled is off with it, unless it had
-- ended by itself.  Each table with a status of its own at an event follows the
-- event by a foreign key; views show the status by these two.
CREATE FUNCTION _status_at(event_is_off boolean, status_code text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN event_is_off AND status_code NOT IN ('cancelled', 'declined', 'withdrawn', 'rejected', 'lapsed') THEN 'event_cancelled' ELSE status_code END;

COMMENT ON FUNCTION _status_at(boolean, text) IS
'Status of something at an event as views show it: event_cancelled where the event is, unless it had ended before';

CREATE FUNCTION _status_label(subject text, shown_code text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT coalesce((SELECT salon.label(s.name_en, s.name_zh, s.status_code)
                             FROM status s
                             WHERE s.subject = _status_label.subject AND s.status_code = _status_label.shown_code),
                            CASE shown_code WHEN 'event_cancelled' THEN salon.label('event cancelled', '活动已取消') END));
END
$$;

COMMENT ON FUNCTION _status_label(text, text) IS
'Label of a status as views show it';

-- Columns that follow a parent by a foreign key with ON UPDATE CASCADE: this
-- fills them in, and the foreign key keeps them right from then on.  The row of
-- the parent stays locked, so that it cannot change in between.  The trigger
-- bears the name of the foreign key.  Arguments: the
-- parent, its key, and the columns, each "name" or "name of the child=name of the
-- parent"; several columns of a key have a blank between them.
CREATE FUNCTION _follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT SET datestyle = ISO
AS $$
DECLARE
    followed jsonb;
    missing text;
BEGIN
    EXECUTE format('SELECT jsonb_build_object(%s) FROM %I p WHERE %s FOR KEY SHARE',
                   (SELECT string_agg(format('%L, p.%I', split_part(a, '=', 1), split_part(a, '=', -1)), ', ')
                    FROM unnest(TG_ARGV[2:]) a),
                   TG_ARGV[0],
                   (SELECT string_agg(format('p.%I = ($1).%I', split_part(k, '=', -1), split_part(k, '=', 1)), ' AND ')
                    FROM unnest(string_to_array(TG_ARGV[1], ' ')) k))
    INTO followed USING NEW;
    IF followed IS NOT NULL THEN
        RETURN jsonb_populate_record(NEW, followed);
    END IF;
    SELECT string_agg(CASE jsonb_typeof(to_jsonb(NEW) -> split_part(k, '=', 1)) WHEN 'string' THEN format('"%s"', to_jsonb(NEW) ->> split_part(k, '=', 1))
                           ELSE to_jsonb(NEW) ->> split_part(k, '=', 1) END, ', ') INTO missing
    FROM unnest(string_to_array(TG_ARGV[1], ' ')) k
    HAVING bool_and(to_jsonb(NEW) ->> split_part(k, '=', 1) IS NOT NULL);
    IF missing IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(salon.say('%s %s does not exist'), TG_ARGV[0], missing),
            HINT = format(salon.say('Enter it in table %s first, or look there for the one that you mean.'), TG_ARGV[0]),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = split_part(split_part(TG_ARGV[1], ' ', 1), '=', 1), CONSTRAINT = TG_NAME;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _follow() IS
'Trigger of tables that follow a parent: fills in the columns of a foreign key beyond the key itself; refuses with 23503 a parent that is not there. SECURITY DEFINER: who enters a row may not lock that of the parent';

-- Rows that are entered with keys of their own, as imports do, and those that get
-- another key move the sequence of the table on, so that the next key is a new
-- one.  A short way is gone step by step, so that no session is set back that
-- takes keys at the same moment.  Keys of the upper half are left alone: no
-- sequence comes there, and after the last one there would be none.
CREATE FUNCTION _key_given() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
    keys regclass := pg_get_serial_sequence(format('%I.%I', TG_TABLE_SCHEMA, own_table), TG_ARGV[0]);
    highest bigint;
BEGIN
    IF TG_LEVEL = 'ROW' THEN
        highest := to_jsonb(NEW) ->> TG_ARGV[0];
        highest := CASE WHEN highest < 1::bigint << 62 THEN highest END;
    ELSE
        SELECT max(k.given) INTO highest
        FROM (SELECT (to_jsonb(n) ->> TG_ARGV[0])::bigint AS given FROM new_row n) k
        WHERE k.given < 1::bigint << 62;
    END IF;
    IF highest > coalesce(pg_sequence_last_value(keys), 0) THEN
        IF highest - nextval(keys) > 1000 THEN
            PERFORM setval(keys, highest);
        ELSE
            WHILE pg_sequence_last_value(keys) < highest LOOP
                PERFORM nextval(keys);
            END LOOP;
        END IF;
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _key_given() IS
'Trigger of every table whose keys are given by an identity column: a key that came with its row, or that a row gets, makes the next one higher. SECURITY DEFINER: who enters rows has no right on the sequence';

-- Keys are not for everybody to choose: who took those to come would keep all
-- others from entering rows.
CREATE FUNCTION _key_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
BEGIN
    IF TG_OP = 'INSERT' THEN
        BEGIN
            IF (to_jsonb(NEW) ->> TG_ARGV[0])::bigint = currval(pg_get_serial_sequence(format('%I.%I', TG_TABLE_SCHEMA, own_table), TG_ARGV[0])) THEN
                RETURN NEW; -- it was drawn for this row
            END IF;
        EXCEPTION WHEN object_not_in_prerequisite_state THEN -- none was drawn
        END;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = 'insufficient_privilege',
        MESSAGE = format(salon.say('keys of table %s are given by the database'), own_table),
        HINT = format(salon.say('Leave %s out, and let RETURNING tell it; an administrator enters rows with their keys.'), TG_ARGV[0]),
        SCHEMA = TG_TABLE_SCHEMA, TABLE = own_table, COLUMN = TG_ARGV[0], CONSTRAINT = own_table || '_key_kept';
END
$$;

COMMENT ON FUNCTION _key_kept() IS
'Trigger of every table whose keys are given by an identity column, for who may not write table step: refuses with 42501 a key of one''s own. SECURITY DEFINER: who enters rows has no right on the sequence';

-- A failed constraint names itself: what to do says its comment, else what holds
-- for its kind.  NOT NULL has no name in an error, but the table and the column.
CREATE VIEW remedy WITH (security_invoker) AS
SELECT q.name AS constraint_name, c.relname::text AS table_name, q.definition, coalesce(salon.say(q.comment), q.generic) AS remedy, q.column_name
FROM pg_class c
-- of each table of the space, not of all that the database has
CROSS JOIN LATERAL (
    SELECT k.conname::text, pg_get_constraintdef(k.oid), obj_description(k.oid, 'pg_constraint'),
           CASE k.contype
               WHEN 'f' THEN
                   format(salon.say('%s must be that of a row of %s: SELECT * FROM %s shows them; or enter one first'), x.columns,
                          k.confrelid::regclass || coalesce(salon.label('', '（' || substring(obj_description(k.confrelid, 'pg_class') FROM ' / ([^/]*)$') || '）'), ''),
                          k.confrelid::regclass || coalesce(' WHERE ' || x.fixed, ''))
                   || CASE WHEN k.confupdtype = 'c' AND k.confdeltype NOT IN ('a', 'r') THEN ''
                           ELSE format(CASE WHEN k.confdeltype IN ('a', 'r')
                                            THEN salon.say('. Before such a row goes or gets another key, change or delete those that refer to it: SELECT * FROM %s WHERE %s')
                                            ELSE salon.say('. Before such a row gets another key, change or delete those that refer to it: SELECT * FROM %s WHERE %s') END,
                                       k.conrelid::regclass, x.found) END
               WHEN 'c' THEN format(salon.say('Change the row so that this is true: %s'), pg_get_expr(k.conbin, k.conrelid))
               WHEN 'x' THEN format(salon.say('Another row stands against it: change one of the two. See %s'), pg_get_constraintdef(k.oid))
               ELSE salon.say('The error itself says what to do') END,
           NULL::text
    FROM pg_constraint k
    -- what the server fills in, always the same, is not for the user to choose
    LEFT JOIN LATERAL (
        SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY n.place) FILTER (WHERE e.fixed IS NULL),
               string_agg(format('%I = %s', b.attname, e.fixed), ' AND ' ORDER BY n.place) FILTER (WHERE e.fixed IS NOT NULL),
               string_agg(format('%I = ...', a.attname), ' AND ' ORDER BY n.place) FILTER (WHERE e.fixed IS NULL)
        FROM unnest(k.conkey, k.confkey) WITH ORDINALITY n (attnum, refers, place)
        JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = n.attnum
        JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = n.refers
        LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated <> ''
        CROSS JOIN LATERAL substring(pg_get_expr(d.adbin, d.adrelid) FROM '^(''[^'']*'')::text$') e (fixed)) x (columns, fixed, found) ON true
    WHERE k.conrelid = c.oid AND k.contype IN ('f', 'c', 'x', 't')
    UNION ALL
    SELECT i.indexrelid::regclass::text, coalesce(pg_get_constraintdef(k.oid), 'UNIQUE' || substring(pg_get_indexdef(i.indexrelid) FROM ' USING \w+( .*)$')),
           coalesce(obj_description(k.oid, 'pg_constraint'), obj_description(i.indexrelid, 'pg_class')),
           CASE WHEN x.given IS NULL THEN format(salon.say('There is a row with the same %s: change that one, or give another value. SELECT * FROM %s WHERE %s finds it'), x.columns, i.indrelid::regclass, x.found)
                ELSE format(salon.say('There is a row with the same %s: change that one, or leave %s out: the database gives a new one. SELECT * FROM %s WHERE %s finds it'), x.columns, x.given, i.indrelid::regclass, x.found) END,
           NULL::text
    FROM pg_index i
    LEFT JOIN pg_constraint k ON k.conrelid = i.indrelid AND k.conindid = i.indexrelid AND k.contype IN ('p', 'u')
    CROSS JOIN LATERAL (
        SELECT string_agg(y.part, ', ' ORDER BY n.place), string_agg(y.part || ' = ...', ' AND ' ORDER BY n.place), string_agg(y.part, ', ') FILTER (WHERE a.attidentity <> '')
        FROM unnest(i.indkey) WITH ORDINALITY n (attnum, place)
        CROSS JOIN LATERAL pg_get_indexdef(i.indexrelid, n.place::integer, true) y (part)
        LEFT JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = n.attnum
        WHERE n.place <= i.indnkeyatts) x (columns, found, given)
    WHERE i.indrelid = c.oid AND i.indisunique
    UNION ALL
    SELECT NULL::text, 'NOT NULL'::text, NULL::text,
           CASE WHEN a.attgenerated <> '' THEN format(salon.say('%s is filled in: give what it is made of: %s'), a.attname, pg_get_expr(d.adbin, d.adrelid))
                WHEN f.keys IS NOT NULL THEN format(salon.say('Give %s, and leave %s out: it is filled in'), replace(f.keys, ' ', ', '), a.attname)
                WHEN a.atthasdef OR a.attidentity <> '' THEN format(salon.say('Leave %s out, or give a value: NULL is none'), a.attname)
                ELSE format(salon.say('Give %s'), a.attname) || coalesce(salon.say(': ') || nullif(salon.label(coalesce(col_description(a.attrelid, a.attnum), ''), coalesce(z.known, '')), ''), '') END,
           a.attname::text
    FROM pg_attribute a
    LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
    LEFT JOIN LATERAL (
        SELECT regexp_replace(p.parts[1], '=\w+', '', 'g')
        FROM pg_trigger t
        CROSS JOIN LATERAL regexp_match(pg_get_triggerdef(t.oid), '_follow\(''\w+'', ''([^'']*)'', (.*)\)$') p (parts)
        WHERE t.tgrelid = a.attrelid AND p.parts[2] ~ format('''%s(=|'')', a.attname)
        LIMIT 1) f (keys) ON true
    -- what has no Chinese comment of its own: the list or the table that it is of
    LEFT JOIN LATERAL (
        SELECT CASE k.contype WHEN 'c' THEN salon.say(obj_description(k.oid, 'pg_constraint'))
                              ELSE concat('见表 ', k.confrelid::regclass, '（' || substring(obj_description(k.confrelid, 'pg_class') FROM ' / ([^/]*)$') || '）') END
        FROM pg_constraint k
        WHERE k.conrelid = a.attrelid
          AND CASE k.contype WHEN 'c' THEN k.conkey = ARRAY[a.attnum] AND obj_description(k.oid, 'pg_constraint') IS NOT NULL AND k.conname !~ '_(texts_are_not_blank|keys_are_short)$'
                             WHEN 'f' THEN a.attnum = ANY (k.conkey) END
        ORDER BY k.contype, cardinality(k.conkey), k.conname
        LIMIT 1) z (known) ON true
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.attnotnull) q (name, definition, comment, generic, column_name)
WHERE c.relkind IN ('r', 'p') AND c.relnamespace = (SELECT s.relnamespace FROM pg_class s WHERE s.oid = 'space'::regclass);

COMMENT ON VIEW remedy IS 'What to do when a constraint refuses a row: look it up by the name in the error message, or for NOT NULL by table and column / 约束与对策';
COMMENT ON COLUMN remedy.constraint_name IS 'Name of the constraint, as error messages give it; NULL for NOT NULL, whose errors name table and column';
COMMENT ON COLUMN remedy.table_name IS 'Table that it protects';
COMMENT ON COLUMN remedy.definition IS 'What it demands';
COMMENT ON COLUMN remedy.remedy IS 'What to do, in the language of salon.lang: the comment of the constraint, else what holds for its kind';
COMMENT ON COLUMN remedy.column_name IS 'For NOT NULL: the column';
