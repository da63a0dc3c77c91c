-- Imports of parties, registrations and schedules, as import_answers is one of
-- surveys: an array of objects, each with the external_id that its source knows
-- it by.  Whatever is there already is changed to what the import says; what it
-- does not say stays.  All or none.

-- Parties show to others as well: what another system calls one does not.
CREATE TABLE party_source (
    party_id     bigint PRIMARY KEY REFERENCES party ON DELETE CASCADE,
    external_id  text NOT NULL UNIQUE
                 CONSTRAINT party_source_external_id_is_a_text CHECK (salon.is_text(external_id))
);

COMMENT ON TABLE party_source IS 'Parties that came from another system / 外部编号';
COMMENT ON COLUMN party_source.external_id IS 'What the other system knows it by';

ALTER TABLE registration
    ADD COLUMN external_id text CONSTRAINT registration_external_id_is_a_text CHECK (salon.is_text(external_id)),
    ADD UNIQUE (event_id, external_id);
ALTER TABLE session
    ADD COLUMN external_id text CONSTRAINT session_external_id_is_a_text CHECK (salon.is_text(external_id)),
    ADD UNIQUE (event_id, external_id);

-- The lines of an import: texts and numbers trimmed; a cell that is NULL or
-- blank says nothing.
CREATE FUNCTION _line(lines jsonb, OUT line bigint, OUT external_id text, OUT cells jsonb, OUT is_object boolean) RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT x.line, c.cells ->> 'external_id', c.cells, jsonb_typeof(x.value) = 'object'
    FROM jsonb_array_elements(_line.lines) WITH ORDINALITY x (value, line)
    CROSS JOIN LATERAL (
        SELECT coalesce(jsonb_object_agg(k.key, CASE WHEN jsonb_typeof(k.value) IN ('string', 'number') THEN to_jsonb(salon.trimmed(k.value #>> '{}'))
                                                     ELSE k.value END), '{}') AS cells
        FROM jsonb_each(CASE WHEN jsonb_typeof(x.value) = 'object' THEN x.value END) k
        WHERE salon.is_text(k.value #>> '{}')
    ) c;
END;

COMMENT ON FUNCTION _line(jsonb) IS 'The lines of an import, with what their cells say';

-- A cell that is a list: an array, or a text with semicolons.
CREATE FUNCTION _cell_list(cell jsonb) RETURNS SETOF text
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 3
BEGIN ATOMIC
    SELECT salon.trimmed(e.said)
    FROM jsonb_array_elements_text(CASE jsonb_typeof(_cell_list.cell) WHEN 'array' THEN _cell_list.cell
                                       WHEN 'string' THEN to_jsonb(regexp_split_to_array(_cell_list.cell #>> '{}', '[;；┋]')) END)
         WITH ORDINALITY e (said, n)
    WHERE salon.is_text(e.said)
    ORDER BY e.n;
END;

COMMENT ON FUNCTION _cell_list(jsonb) IS 'What a cell lists: an array, or a text with semicolons';

-- What is wrong with lines whatever they are of.
CREATE FUNCTION _line_problem(lines jsonb, fields text[], lists text[])
RETURNS TABLE (line bigint, external_id text, field text, given text, problem text)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 10
BEGIN ATOMIC
    SELECT x.line, x.external_id, NULL, NULL, CASE WHEN x.is_object THEN salon.say('no external_id') ELSE salon.say('not an object') END
    FROM _line(_line_problem.lines) x
    WHERE x.external_id IS NULL
    UNION ALL
    SELECT x.line, x.external_id, 'external_id', x.external_id, format(salon.say('the same as in line %s'), x.first_line)
    FROM (SELECT y.line, y.external_id, min(y.line) OVER (PARTITION BY y.external_id) AS first_line FROM _line(_line_problem.lines) y) x
    WHERE x.external_id IS NOT NULL AND x.line > x.first_line
    UNION ALL
    SELECT x.line, x.external_id, c.key, c.value #>> '{}',
           CASE WHEN c.key <> ALL (_line_problem.fields) THEN salon.say('there is no such field') ELSE salon.say('neither text nor number') END
    FROM _line(_line_problem.lines) x
    CROSS JOIN LATERAL jsonb_each(x.cells) c
    WHERE c.key <> ALL (_line_problem.fields)
       OR (jsonb_typeof(c.value) <> 'string' AND NOT (c.key = ANY (_line_problem.lists) AND jsonb_typeof(c.value) = 'array'));
END;

COMMENT ON FUNCTION _line_problem(jsonb, text[], text[]) IS
'What is wrong with the lines of an import whatever they are of: no key, or one twice, fields that there are not, cells that say nothing';

CREATE FUNCTION _lines_are_an_array(lines jsonb, event_id bigint DEFAULT NULL) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    IF jsonb_typeof(lines) IS DISTINCT FROM 'array' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = salon.say('an import must be an array of objects'),
            HINT = salon.say('jsonb_agg(to_jsonb(t)) makes one of the rows of a table t with a column external_id and one for each field.');
    ELSIF event_id IS NOT NULL AND NOT EXISTS (SELECT FROM event e WHERE e.event_id = _lines_are_an_array.event_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(salon.say('event %s does not exist'), coalesce(nullif(event_id, 0)::text, 'NULL')),
            HINT = salon.say('SELECT event_id, event FROM checklist_summary shows the events.');
    END IF;
END
$$;

COMMENT ON FUNCTION _lines_are_an_array(jsonb, bigint) IS 'Refuses with 22023 an import that is no array, with 23503 an event that does not exist';

-- Imports line by line, after what check_... finds: first those that have the
-- cells "first", then in their order.  What a table refuses is told with the line
-- and with what to do: as it says itself, else as view remedy says of it.
CREATE FUNCTION _import(what text, event_id bigint, lines jsonb, first jsonb, OUT added bigint, OUT changed bigint, OUT unchanged bigint)
LANGUAGE plpgsql
SET search_path FROM CURRENT
SET jit = off
AS $$
DECLARE
    check_call text := format(CASE WHEN what = 'parties' THEN 'check_%s(%s...)' ELSE 'check_%s(%s, ...)' END, what, _import.event_id);
    s record;
    line_now bigint;
    key_now text;
    detail text;
    hint text;
    broken text;
    relation text;
    field text;
BEGIN
    EXECUTE format('SELECT c.*, count(*) OVER () AS problems FROM check_%s(%s$2) c LIMIT 1', what, CASE WHEN what <> 'parties' THEN '$1, ' END)
    INTO s USING _import.event_id, lines;
    IF s.line IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('line %s%s cannot be imported: %s%s'), s.line, salon.say(' (') || s.external_id || salon.say(')'),
                             s.field || coalesce(' "' || s.given || '"', '') || salon.say(': '), s.problem),
            DETAIL = format(salon.say('Problems in all: %s. Nothing is imported.'), s.problems),
            HINT = format(salon.say('SELECT * FROM %s shows all of them.'), check_call);
    END IF;
    added := 0;
    changed := 0;
    unchanged := 0;
    FOR s IN
        SELECT l.line, l.external_id, l.cells FROM _line(lines) l ORDER BY l.cells @> first DESC, l.line
    LOOP
        line_now := s.line;
        key_now := s.external_id;
        EXECUTE format('SELECT * FROM _import_%s($1, $2, $3)', what) INTO s USING _import.event_id, s.external_id, s.cells;
        added := added + s.is_new::int;
        changed := changed + (NOT s.is_new AND s.did > 0)::int;
        unchanged := unchanged + (s.did = 0)::int;
    END LOOP;
EXCEPTION WHEN integrity_constraint_violation OR insufficient_privilege THEN
    IF line_now IS NULL THEN
        RAISE;
    END IF;
    GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT,
                            broken = CONSTRAINT_NAME, relation = TABLE_NAME, field = COLUMN_NAME;
    RAISE EXCEPTION USING
        ERRCODE = SQLSTATE,
        MESSAGE = format(salon.say('line %s (%s) cannot be imported: %s'), line_now, key_now, SQLERRM),
        DETAIL = coalesce(nullif(detail, ''), salon.say('Nothing is imported.')),
        HINT = coalesce(nullif(hint, ''),
                        CASE SQLSTATE WHEN '42501' THEN salon.say('Ask an administrator to import it.') END,
                        (SELECT r.remedy FROM remedy r WHERE r.constraint_name = broken),
                        (SELECT r.remedy FROM remedy r WHERE r.constraint_name IS NULL AND r.table_name = relation AND r.column_name = field),
                        salon.say('Change that line, or what is there already.')),
        TABLE = relation, COLUMN = field, CONSTRAINT = broken;
END
$$;

COMMENT ON FUNCTION _import(text, bigint, jsonb, jsonb) IS
'Imports parties, registrations or a schedule, all or none: refuses with 22023 what check_... finds, and names the line of what a table refuses';

-- Parties: kind, names, city, website, introduction, note; roles; email, phone,
-- wechat; of a person the organization, by its external_id, and the title there.
CREATE FUNCTION check_parties(parties jsonb)
RETURNS TABLE (line bigint, external_id text, field text, given text, problem text)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10
SET search_path FROM CURRENT
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
    PERFORM _lines_are_an_array(parties);
    RETURN QUERY
    WITH x AS MATERIALIZED (
        SELECT l.line, l.external_id, l.cells, p.party_id, coalesce(l.cells ->> 'kind', p.kind) AS kind
        FROM _line(parties) l
        LEFT JOIN party_source f ON f.external_id = l.external_id
        LEFT JOIN party p ON p.party_id = f.party_id
    ), found AS (
        SELECT * FROM _line_problem(parties, '{external_id,kind,name_en,name_zh,city,website,introduction,note,roles,email,phone,wechat,organization,title}', '{roles}')
        UNION ALL
        SELECT x.line, x.external_id, 'kind', x.cells ->> 'kind', salon.say('neither organization nor person')
        FROM x
        WHERE (x.kind IN ('organization', 'person')) IS NOT TRUE
        UNION ALL
        SELECT x.line, x.external_id, 'name_en', NULL, salon.say('required')
        FROM x
        WHERE x.party_id IS NULL AND x.external_id IS NOT NULL AND NOT x.cells ?| '{name_en,name_zh}'
        UNION ALL
        SELECT x.line, x.external_id, 'kind', x.kind, salon.say('it is a party of the other kind')
        FROM x JOIN party p USING (party_id)
        WHERE x.kind <> p.kind
        UNION ALL
        SELECT x.line, x.external_id, 'city', x.cells ->> 'city', salon.say('there is no such city')
        FROM x
        WHERE x.cells ? 'city' AND NOT EXISTS (SELECT FROM city c WHERE x.cells ->> 'city' = ANY (ARRAY[c.city_code, c.name_en, c.name_zh]))
        UNION ALL
        SELECT x.line, x.external_id, 'website', x.cells ->> 'website', salon.say('not an address that begins with http:// or https://')
        FROM x
        WHERE x.cells ->> 'website' !~ '^https?://[^[:space:]]+$'
        UNION ALL
        SELECT x.line, x.external_id, 'roles', r.said, salon.say('there is no such role')
        FROM x
        CROSS JOIN LATERAL _cell_list(x.cells -> 'roles') r (said)
        WHERE NOT EXISTS (SELECT FROM role o WHERE r.said = ANY (ARRAY[o.role_code, o.name_en, o.name_zh]))
        UNION ALL
        SELECT x.line, x.external_id, 'phone', x.cells ->> 'phone', salon.say('no digits')
        FROM x
        WHERE x.cells ->> 'phone' !~ '[0-9]' AND salon.folded(x.cells ->> 'phone') !~ '[0-9]'
        UNION ALL
        SELECT x.line, x.external_id, 'organization', x.cells ->> 'organization',
               CASE WHEN x.kind = 'person' THEN salon.say('there is no organization with that external_id') ELSE salon.say('only of a person') END
        FROM x
        WHERE x.cells ? 'organization'
          AND (x.kind <> 'person'
               OR NOT (EXISTS (SELECT FROM party p JOIN party_source f USING (party_id) WHERE f.external_id = x.cells ->> 'organization' AND p.kind = 'organization')
                       OR EXISTS (SELECT FROM x o WHERE o.external_id = x.cells ->> 'organization' AND o.kind = 'organization')))
        UNION ALL
        SELECT x.line, x.external_id, 'title', x.cells ->> 'title', salon.say('without an organization')
        FROM x
        WHERE x.cells ? 'title' AND NOT x.cells ? 'organization'
    )
    SELECT * FROM found f ORDER BY f.line, f.field NULLS FIRST, f.given;
END
$$;

COMMENT ON FUNCTION check_parties(jsonb) IS
'All that import_parties would refuse: line and external_id, the field, what was given, and what is wrong with it. Errors: 22023 parties is not an array / 检查待导入的参与方';

CREATE FUNCTION _import_parties(event_id bigint, external_id text, cells jsonb, OUT is_new boolean, OUT did bigint)
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    was party;
    now party;
    n bigint;
    employer bigint;
BEGIN
    SELECT o.* INTO was FROM party o JOIN party_source f USING (party_id) WHERE f.external_id = _import_parties.external_id FOR UPDATE;
    is_new := NOT FOUND;
    now := jsonb_populate_record(was, cells || jsonb_strip_nulls(jsonb_build_object('city_code',
               (SELECT c.city_code FROM city c WHERE cells ->> 'city' = ANY (ARRAY[c.city_code, c.name_en, c.name_zh])
                ORDER BY c.city_code <> cells ->> 'city', c.city_code LIMIT 1))));
    did := (is_new OR now IS DISTINCT FROM was)::int;
    IF is_new THEN
        INSERT INTO party (kind, name_en, name_zh, city_code, website, introduction)
        VALUES (now.kind, now.name_en, now.name_zh, now.city_code, now.website, now.introduction)
        RETURNING party_id INTO now.party_id;
        INSERT INTO party_source (party_id, external_id) VALUES (now.party_id, _import_parties.external_id);
    ELSIF did > 0 THEN
        UPDATE party o
        SET name_en = now.name_en, name_zh = now.name_zh, city_code = now.city_code,
            website = now.website, introduction = now.introduction
        WHERE o.party_id = now.party_id;
    END IF;
    INSERT INTO remark AS r (party_id, note)
    SELECT now.party_id, cells ->> 'note'
    WHERE cells ? 'note'
    ON CONFLICT ON CONSTRAINT remark_party_id_key DO UPDATE SET note = excluded.note WHERE r.note <> excluded.note;
    GET DIAGNOSTICS n = ROW_COUNT;
    did := did + n;
    INSERT INTO contact (party_id, kind, address)
    SELECT now.party_id, k.kind, cells ->> k.kind
    FROM unnest(ARRAY['email', 'phone', 'wechat']) k (kind)
    WHERE cells ? k.kind
      AND NOT EXISTS (SELECT FROM contact c
                      WHERE c.party_id = now.party_id AND c.kind = k.kind
                        AND salon.contact_key(c.kind, c.address) = salon.contact_key(k.kind, cells ->> k.kind));
    GET DIAGNOSTICS n = ROW_COUNT;
    did := did + n;
    -- who comes back is there from today: an import does not say since when
    INSERT INTO party_role (party_id, role_code, since)
    SELECT now.party_id, o.role_code, CASE WHEN count(h.party_id) > 0 THEN _today() END
    FROM _cell_list(cells -> 'roles') r (said)
    JOIN role o ON r.said = ANY (ARRAY[o.role_code, o.name_en, o.name_zh])
    LEFT JOIN party_role h ON h.party_id = now.party_id AND h.role_code = o.role_code
    GROUP BY o.role_code
    HAVING count(*) FILTER (WHERE h.party_id IS NOT NULL AND (h.until > _today()) IS NOT FALSE) = 0;
    GET DIAGNOSTICS n = ROW_COUNT;
    did := did + n;
    IF cells ? 'organization' THEN
        employer := (SELECT f.party_id FROM party_source f WHERE f.external_id = cells ->> 'organization');
        INSERT INTO affiliation (person_id, organization_id, title, since)
        SELECT now.party_id, employer, cells ->> 'title', CASE WHEN count(*) > 0 THEN _today() END
        FROM affiliation a
        WHERE a.person_id = now.party_id AND a.organization_id = employer
        HAVING count(*) FILTER (WHERE (a.until > _today()) IS NOT FALSE) = 0;
        GET DIAGNOSTICS n = ROW_COUNT;
        did := did + n;
        UPDATE affiliation a SET title = cells ->> 'title'
        WHERE a.person_id = now.party_id AND a.organization_id = employer AND daterange(a.since, a.until) @> _today() AND a.title IS DISTINCT FROM coalesce(cells ->> 'title', a.title);
        GET DIAGNOSTICS n = ROW_COUNT;
        did := did + n;
    END IF;
END
$$;

COMMENT ON FUNCTION _import_parties(bigint, text, jsonb) IS 'Imports a line of parties: whether it is new, and how many changes that made';

-- Organizations first: persons name them.
CREATE FUNCTION import_parties(parties jsonb, OUT added bigint, OUT changed bigint, OUT unchanged bigint)
LANGUAGE sql
BEGIN ATOMIC
    SELECT i.added, i.changed, i.unchanged FROM _import('parties', NULL, import_parties.parties, '{"kind": "organization"}') i;
END;

COMMENT ON FUNCTION import_parties(jsonb) IS
'Import parties: an array of objects with external_id, kind, name_en, name_zh, city, website, introduction, note; roles, as an array or with semicolons; email, phone, wechat; of a person organization (its external_id) and title. What is there already is changed to what the import says. All or nothing. Errors: 22023 with the line that cannot be, and those of the tables with the line / 导入参与方';

-- Registrations: side, seats, status, name, email or phone or wechat, asked_at
-- on the clock of the event, note, and the party by its external_id.
CREATE FUNCTION _cells_of(cells jsonb, fields text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT coalesce(jsonb_object_agg(c.key, c.value), '{}') FROM jsonb_each(_cells_of.cells) c WHERE c.key = ANY (_cells_of.fields);
END;

COMMENT ON FUNCTION _cells_of(jsonb, text[]) IS 'Of a line of an import the cells of some fields';

CREATE FUNCTION check_registrations(event_id bigint, registrations jsonb)
RETURNS TABLE (line bigint, external_id text, field text, given text, problem text)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10
SET search_path FROM CURRENT
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    zone text := (SELECT e.time_zone FROM event e WHERE e.event_id = check_registrations.event_id);
    fields text[] := '{external_id,side,seats,status,name,email,phone,wechat,asked_at,note,party}';
    asked text[] := ARRAY(SELECT q.question_code FROM registration_question q WHERE q.event_id = check_registrations.event_id);
BEGIN
    PERFORM _lines_are_an_array(registrations, coalesce(check_registrations.event_id, 0));
    RETURN QUERY
    WITH x AS MATERIALIZED (
        SELECT l.line, l.external_id, l.cells, _cells_of(l.cells, asked) AS answers, coalesce(_registration_answers(r.registration_id), '{}') AS before, r.registration_id,
               (SELECT p.response_id FROM response p WHERE p.registration_id = r.registration_id) AS response_id, r.side AS side_before, coalesce(l.cells ->> 'side', r.side, 'on_site') AS side,
               coalesce(l.cells ->> 'status', r.status_code) AS status_code, r.status_code AS status_before, r.seats AS seats_before,
               CASE WHEN l.cells ->> 'seats' ~ '^0*([1-9][0-9]{0,5}|1000000)$' THEN (l.cells ->> 'seats')::bigint ELSE coalesce(r.seats, 1) END AS seats, k.kind AS contact_kind, salon.contact_key(k.kind, l.cells ->> k.kind) AS contact_key
        FROM _line(registrations) l
        LEFT JOIN registration r ON r.event_id = check_registrations.event_id AND r.external_id = l.external_id
        LEFT JOIN LATERAL (SELECT u.kind FROM unnest(ARRAY['email', 'phone', 'wechat']) WITH ORDINALITY u (kind, n)
                           WHERE l.cells ? u.kind ORDER BY u.n LIMIT 1) k ON true
    ), found AS (
        SELECT * FROM _line_problem(registrations, fields || asked, asked)
        UNION ALL
        SELECT x.line, x.external_id, NULL, NULL, salon.say('the event is cancelled: nobody can register')
        FROM x
        WHERE (x.registration_id IS NULL OR (x.status_code <> x.status_before AND x.status_code <> 'cancelled'))
          AND EXISTS (SELECT FROM event e WHERE e.event_id = check_registrations.event_id AND e.is_off)
        UNION ALL
        SELECT x.line, x.external_id, 'side', x.side, salon.say('one can register for on_site or online, where the event has a seating')
        FROM x
        WHERE NOT EXISTS (SELECT FROM seating s WHERE s.event_id = check_registrations.event_id AND s.side = x.side)
        UNION ALL
        SELECT x.line, x.external_id, 'side', x.side, salon.say('it is registered for the other side')
        FROM x
        WHERE x.side <> x.side_before
        UNION ALL
        SELECT x.line, x.external_id, 'seats', x.cells ->> 'seats', salon.say('not a whole number from 1 to 1000000')
        FROM x
        WHERE x.cells ->> 'seats' !~ '^0*([1-9][0-9]{0,5}|1000000)$'
        UNION ALL
        -- what others give free may go to those who wait: then the import itself says so
        SELECT y.line, y.external_id, 'seats', y.seats::text, format(salon.say('seats that are left: %s'), greatest(y.seats_left - y.asked + y.more, 0))
        FROM (SELECT x.line, x.external_id, x.seats, m.more, sum(greatest(m.more, 0)) OVER w AS asked,
                     s.capacity - s.taken + coalesce(sum(greatest(- m.more, 0)) FILTER (WHERE x.status_code = 'cancelled') OVER (PARTITION BY x.side), 0)
                                          + coalesce(sum(greatest(- m.more, 0)) FILTER (WHERE x.status_code <> 'cancelled') OVER w, 0) AS seats_left
              FROM x
              JOIN seating s ON s.event_id = check_registrations.event_id AND s.side = x.side
              CROSS JOIN LATERAL (SELECT (x.status_code IS NOT DISTINCT FROM 'registered')::int * x.seats
                                         - (x.status_before IS NOT DISTINCT FROM 'registered')::int * coalesce(x.seats_before, 0) AS more) m
              WINDOW w AS (PARTITION BY x.side ORDER BY x.line)) y
        WHERE y.more > 0 AND y.asked > y.seats_left
        UNION ALL
        SELECT x.line, x.external_id, 'status', x.cells ->> 'status', salon.say('neither registered nor waiting nor cancelled')
        FROM x
        WHERE x.cells ->> 'status' NOT IN ('registered', 'waiting', 'cancelled')
        UNION ALL
        SELECT x.line, x.external_id, 'asked_at', x.cells ->> 'asked_at', salon.say('not a time, year first, such as 2031-03-09 10:00')
        FROM x
        WHERE x.cells ? 'asked_at' AND _moment(x.cells ->> 'asked_at', zone) IS NULL
        UNION ALL
        SELECT x.line, x.external_id, 'phone', x.cells ->> 'phone', salon.say('no digits')
        FROM x
        WHERE salon.folded(x.cells ->> 'phone') !~ '[0-9]'
        UNION ALL
        SELECT x.line, x.external_id, 'party', x.cells ->> 'party', salon.say('there is no party with that external_id')
        FROM x
        WHERE x.cells ? 'party' AND NOT EXISTS (SELECT FROM party_source f WHERE f.external_id = x.cells ->> 'party')
        UNION ALL
        SELECT x.line, x.external_id, p.question_code, p.given, p.problem
        FROM x
        CROSS JOIN LATERAL _registration_problem(_registration_survey(check_registrations.event_id, x.side), x.before || x.answers, x.response_id) p
        WHERE x.status_code IS DISTINCT FROM 'cancelled' AND (x.registration_id IS NULL OR x.answers <> '{}')
        UNION ALL
        SELECT y.line, y.external_id, y.contact_kind, y.cells ->> y.contact_kind, format(salon.say('the same as in line %s'), y.first_line)
        FROM (SELECT x.*, min(x.line) OVER (PARTITION BY x.contact_kind, x.contact_key) AS first_line FROM x WHERE x.status_code IS DISTINCT FROM 'cancelled') y
        WHERE y.contact_kind IS NOT NULL AND y.line > y.first_line
        UNION ALL
        SELECT x.line, x.external_id, x.contact_kind, x.cells ->> x.contact_kind, format(salon.say('registered already: registration %s'), a.registration_id)
        FROM x
        JOIN attendee a ON a.live_event_id = check_registrations.event_id AND a.contact_kind = x.contact_kind
                       AND a.contact_key = x.contact_key AND a.registration_id IS DISTINCT FROM x.registration_id
        WHERE x.status_code IS DISTINCT FROM 'cancelled'
          AND NOT EXISTS (SELECT FROM x o WHERE o.registration_id = a.registration_id AND o.contact_kind IS NOT NULL)
    )
    SELECT * FROM found f ORDER BY f.line, f.field NULLS FIRST, f.given;
END
$$;

COMMENT ON FUNCTION check_registrations(bigint, jsonb) IS
'All that import_registrations would refuse: line and external_id, the field, what was given, and what is wrong with it; seats too, as far as can be told before somebody moves up. Errors: 23503 no such event, 22023 registrations is not an array / 检查待导入的报名';

CREATE FUNCTION _import_registrations(event_id bigint, external_id text, cells jsonb, OUT is_new boolean, OUT did bigint)
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    given_kind text := (SELECT k.kind FROM unnest(ARRAY['email', 'phone', 'wechat']) WITH ORDINALITY k (kind, n) WHERE cells ? k.kind ORDER BY k.n LIMIT 1);
    answers jsonb := _cells_of(cells, ARRAY(SELECT q.question_code FROM registration_question q WHERE q.event_id = _import_registrations.event_id));
    was registration;
    now registration;
    a attendee;
BEGIN
    SELECT * INTO was FROM registration r WHERE r.event_id = _import_registrations.event_id AND r.external_id = _import_registrations.external_id FOR UPDATE;
    is_new := NOT FOUND;
    now := jsonb_populate_record(was, cells - 'party' - 'asked_at' || jsonb_strip_nulls(jsonb_build_object(
               'status_code', cells -> 'status',
               'asked_at', _moment(cells ->> 'asked_at', (SELECT e.time_zone FROM event e WHERE e.event_id = _import_registrations.event_id)),
               'party_id', (SELECT f.party_id FROM party_source f WHERE f.external_id = cells ->> 'party'))));
    did := (is_new OR now IS DISTINCT FROM was)::int;
    IF is_new THEN
        INSERT INTO registration (event_id, external_id, side, seats, status_code, asked_at, note, party_id)
        VALUES (_import_registrations.event_id, now.external_id, coalesce(now.side, 'on_site'), coalesce(now.seats, 1), now.status_code, now.asked_at, now.note, now.party_id)
        RETURNING registration_id, side INTO now.registration_id, now.side;
    ELSIF did > 0 THEN
        UPDATE registration r
        SET seats = now.seats, status_code = now.status_code, asked_at = now.asked_at, note = now.note, party_id = now.party_id
        WHERE r.registration_id = now.registration_id;
    END IF;
    SELECT * INTO a FROM attendee t WHERE t.registration_id = now.registration_id;
    IF cells ? 'name' OR given_kind IS NOT NULL THEN
        IF NOT FOUND THEN
            INSERT INTO attendee (registration_id, name, contact_kind, contact)
            VALUES (now.registration_id, cells ->> 'name', given_kind, cells ->> given_kind);
            did := did + 1;
        ELSIF (a.name, a.contact_kind, a.contact) IS DISTINCT FROM
              (coalesce(cells ->> 'name', a.name), coalesce(given_kind, a.contact_kind), coalesce(cells ->> given_kind, a.contact)) THEN
            UPDATE attendee t
            SET name = coalesce(cells ->> 'name', t.name), contact_kind = coalesce(given_kind, t.contact_kind),
                contact = coalesce(cells ->> given_kind, t.contact)
            WHERE t.registration_id = now.registration_id;
            did := did + 1;
        END IF;
    END IF;
    IF answers <> '{}' THEN
        answers := _registration_answers(now.registration_id) || answers;
    END IF;
    IF answers <> '{}' AND EXISTS (
        (SELECT c.question_id, c.question_option_id, c.value, c.body FROM _sheet_cell(_registration_survey(_import_registrations.event_id, now.side), answers) c
         EXCEPT
         SELECT w.question_id, w.question_option_id, w.value, w.body FROM response p JOIN answer w USING (response_id) WHERE p.registration_id = now.registration_id)
        UNION ALL
        (SELECT w.question_id, w.question_option_id, w.value, w.body FROM response p JOIN answer w USING (response_id) WHERE p.registration_id = now.registration_id
         EXCEPT
         SELECT c.question_id, c.question_option_id, c.value, c.body FROM _sheet_cell(_registration_survey(_import_registrations.event_id, now.side), answers) c))
    THEN
        PERFORM answer_registration(now.registration_id, answers);
        did := did + 1;
    END IF;
END
$$;

COMMENT ON FUNCTION _import_registrations(bigint, text, jsonb) IS 'Imports a line of registrations: whether it is new, and how many changes that made';

-- What gives seats free comes first.
CREATE FUNCTION import_registrations(event_id bigint, registrations jsonb, OUT added bigint, OUT changed bigint, OUT unchanged bigint)
LANGUAGE sql
BEGIN ATOMIC
    SELECT i.added, i.changed, i.unchanged
    FROM _import('registrations', import_registrations.event_id, import_registrations.registrations, '{"status": "cancelled"}') i;
END;

COMMENT ON FUNCTION import_registrations(bigint, jsonb) IS
'Import registrations of an event: an array of objects with external_id, side (on_site), seats (1), status (registered, waiting, cancelled; without one: registered where the seats are free, else waiting), name, email or phone or wechat, asked_at (ISO 8601; without an offset on the clock of the event), note, party (its external_id), and an answer by each question_code that the event asks at registration. What is there already is changed to what the import says. All or nothing. Errors: 22023 with the line that cannot be, 23503 no such event, and those of the tables with the line / 导入报名';

-- Schedules: format, titles, abstract, room of the venue, start and end on the
-- clock of the event, and speakers, each by external_id or name.
CREATE FUNCTION _cell_speaker(cells jsonb, OUT said text, OUT persons bigint, OUT person_id bigint) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 3
BEGIN ATOMIC
    SELECT r.said, count(DISTINCT p.party_id), min(p.party_id)
    FROM _cell_list(_cell_speaker.cells -> 'speakers') r (said)
    LEFT JOIN LATERAL (
        SELECT o.party_id FROM party o JOIN party_source f USING (party_id) WHERE f.external_id = r.said AND o.kind = 'person'
        UNION ALL
        SELECT o.party_id FROM party o
        WHERE o.kind = 'person' AND salon.folded(r.said) IN (salon.folded(o.name_en), salon.folded(o.name_zh))
          AND NOT EXISTS (SELECT FROM party i JOIN party_source f USING (party_id) WHERE f.external_id = r.said AND i.kind = 'person')
    ) p ON true
    GROUP BY r.said;
END;

COMMENT ON FUNCTION _cell_speaker(jsonb) IS 'Speakers that a line of a schedule names, by external_id or name, and how many persons that can be';

CREATE FUNCTION check_schedule(event_id bigint, schedule jsonb)
RETURNS TABLE (line bigint, external_id text, field text, given text, problem text)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10
SET search_path FROM CURRENT
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    e record;
BEGIN
    PERFORM _lines_are_an_array(schedule, coalesce(check_schedule.event_id, 0));
    SELECT o.venue_id, o.time_zone INTO e FROM event o WHERE o.event_id = check_schedule.event_id;
    RETURN QUERY
    WITH x AS MATERIALIZED (
        SELECT l.line, l.external_id, l.cells, t.session_id, coalesce(m.room_id, t.room_id) AS room_id,
               coalesce(_moment(l.cells ->> 'starts_at', e.time_zone), t.starts_at) AS starts_at,
               coalesce(_moment(l.cells ->> 'ends_at', e.time_zone), t.ends_at) AS ends_at,
               make_interval(mins => coalesce(t.changeover, m.changeover, 0)) AS changeover, m.room_id IS NOT NULL AS is_room,
               t.format_code
        FROM _line(schedule) l
        LEFT JOIN session t ON t.event_id = check_schedule.event_id AND t.external_id = l.external_id
        LEFT JOIN room m ON CASE WHEN l.cells ? 'room' THEN m.venue_id = e.venue_id AND salon.folded(m.name) = salon.folded(l.cells ->> 'room')
                                 ELSE m.room_id = t.room_id END
    ), part AS MATERIALIZED (
        SELECT x.line, x.external_id, x.session_id, 'room' AS field, x.room_id AS taken_id, x.starts_at, x.ends_at + x.changeover AS ends_at, x.cells ->> 'room' AS given
        FROM x
        WHERE x.room_id IS NOT NULL AND x.starts_at < x.ends_at
        UNION ALL
        SELECT x.line, x.external_id, x.session_id, 'speakers', k.person_id, x.starts_at, x.ends_at, k.said
        FROM x
        CROSS JOIN LATERAL _cell_speaker(x.cells) k
        WHERE k.persons = 1 AND x.starts_at < x.ends_at
    ), found AS (
        SELECT * FROM _line_problem(schedule, '{external_id,format,title_en,title_zh,abstract,room,starts_at,ends_at,speakers}', '{speakers}')
        UNION ALL
        SELECT x.line, x.external_id, 'format', x.cells ->> 'format',
               CASE WHEN x.cells ? 'format' THEN salon.say('there is no such format') ELSE salon.say('required') END
        FROM x
        WHERE (x.cells ? 'format' OR x.session_id IS NULL)
          AND NOT EXISTS (SELECT FROM session_format f WHERE x.cells ->> 'format' = ANY (ARRAY[f.format_code, f.name_en, f.name_zh]))
        UNION ALL
        SELECT x.line, x.external_id, 'room', x.cells ->> 'room',
               CASE WHEN e.venue_id IS NULL THEN salon.say('the event has no venue') ELSE salon.say('there is no such room at the venue of the event') END
        FROM x
        WHERE x.cells ? 'room' AND NOT x.is_room
        UNION ALL
        SELECT x.line, x.external_id, k.field, x.cells ->> k.field, salon.say('not a time, year first, such as 2031-03-09 10:00')
        FROM x
        CROSS JOIN unnest(ARRAY['starts_at', 'ends_at']) k (field)
        WHERE x.cells ? k.field AND _moment(x.cells ->> k.field, e.time_zone) IS NULL
        UNION ALL
        SELECT x.line, x.external_id, 'ends_at', x.cells ->> 'ends_at',
               CASE WHEN x.ends_at <= x.starts_at THEN salon.say('not after starts_at') ELSE salon.say('give starts_at and ends_at, or neither') END
        FROM x
        WHERE x.ends_at <= x.starts_at
           OR ((x.starts_at IS NULL) <> (x.ends_at IS NULL) AND x.cells ? 'starts_at' <> x.cells ? 'ends_at')
        UNION ALL
        SELECT x.line, x.external_id, 'speakers', k.said,
               CASE k.persons WHEN 0 THEN salon.say('there is no such person') ELSE format(salon.say('the name of %s persons: give the external_id'), k.persons) END
        FROM x
        CROSS JOIN LATERAL _cell_speaker(x.cells) k
        WHERE k.persons <> 1
        UNION ALL
        SELECT b.line, b.external_id, b.field, b.given,
               CASE b.field WHEN 'room' THEN salon.say('the room is taken then: line ') ELSE salon.say('in another session then: line ') END || a.line
        FROM part a
        JOIN part b ON b.field = a.field AND b.taken_id = a.taken_id AND b.line > a.line AND b.starts_at < a.ends_at AND a.starts_at < b.ends_at
        UNION ALL
        SELECT b.line, b.external_id, 'room', b.given, format(salon.say('the room is taken then: session %s'), t.session_id)
        FROM part b
        JOIN session t ON b.field = 'room' AND t.room_id = b.taken_id AND t.occupied && tstzrange(b.starts_at, b.ends_at)
        WHERE NOT EXISTS (SELECT FROM x WHERE x.session_id = t.session_id)
        UNION ALL
        SELECT b.line, b.external_id, 'speakers', b.given, format(salon.say('in another session then: session %s'), k.session_id)
        FROM part b
        JOIN speaker k ON b.field = 'speakers' AND k.person_id = b.taken_id AND k.busy && tstzrange(b.starts_at, b.ends_at)
        WHERE NOT EXISTS (SELECT FROM x WHERE x.session_id = k.session_id)
        UNION ALL
        SELECT DISTINCT b.line, b.external_id, 'speakers', b.given, salon.say('absent, on the way or on duty then')
        FROM part b
        JOIN presence p ON b.field = 'speakers' AND p.party_id = b.taken_id AND p.subject <> 'speaker'
                       AND (p.event_id IS DISTINCT FROM check_schedule.event_id OR p.is_exclusive) AND p.during && tstzrange(b.starts_at, b.ends_at)
    )
    SELECT * FROM found f ORDER BY f.line, f.field NULLS FIRST, f.given, f.problem;
END
$$;

COMMENT ON FUNCTION check_schedule(bigint, jsonb) IS
'All that import_schedule would refuse: line and external_id, the field, what was given, and what is wrong with it; rooms and speakers too that are taken then. Errors: 23503 no such event, 22023 schedule is not an array / 检查待导入的日程';

CREATE FUNCTION _import_schedule(event_id bigint, external_id text, cells jsonb, OUT is_new boolean, OUT did bigint)
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    e record;
    was session;
    now session;
    n bigint;
BEGIN
    SELECT o.venue_id, o.time_zone INTO e FROM event o WHERE o.event_id = _import_schedule.event_id;
    SELECT * INTO was FROM session t WHERE t.event_id = _import_schedule.event_id AND t.external_id = _import_schedule.external_id FOR UPDATE;
    is_new := NOT FOUND;
    now := jsonb_populate_record(was, cells - '{starts_at,ends_at}'::text[] || jsonb_strip_nulls(jsonb_build_object(
               'format_code', (SELECT f.format_code FROM session_format f
                               WHERE cells ->> 'format' = ANY (ARRAY[f.format_code, f.name_en, f.name_zh])
                               ORDER BY f.format_code <> cells ->> 'format', f.format_code LIMIT 1),
               'room_id', (SELECT m.room_id FROM room m WHERE m.venue_id = e.venue_id AND salon.folded(m.name) = (SELECT salon.folded(cells ->> 'room'))
                           ORDER BY m.room_id LIMIT 1),
               'starts_at', _moment(cells ->> 'starts_at', e.time_zone),
               'ends_at', _moment(cells ->> 'ends_at', e.time_zone))));
    did := (is_new OR now IS DISTINCT FROM was)::int;
    IF is_new THEN
        INSERT INTO session (event_id, external_id, format_code, title_en, title_zh, abstract, room_id, starts_at, ends_at)
        VALUES (_import_schedule.event_id, now.external_id, now.format_code, now.title_en, now.title_zh, now.abstract, now.room_id, now.starts_at, now.ends_at)
        RETURNING session_id INTO now.session_id;
    ELSIF did > 0 THEN
        UPDATE session t
        SET format_code = now.format_code, title_en = now.title_en, title_zh = now.title_zh, abstract = now.abstract,
            room_id = now.room_id, starts_at = now.starts_at, ends_at = now.ends_at
        WHERE t.session_id = now.session_id;
    END IF;
    IF cells ? 'speakers' THEN
        DELETE FROM speaker k WHERE k.session_id = now.session_id AND k.person_id NOT IN (SELECT c.person_id FROM _cell_speaker(cells) c);
        GET DIAGNOSTICS n = ROW_COUNT;
        did := did + n;
        INSERT INTO speaker (session_id, person_id)
        SELECT DISTINCT now.session_id, c.person_id FROM _cell_speaker(cells) c
        WHERE NOT EXISTS (SELECT FROM speaker k WHERE k.session_id = now.session_id AND k.person_id = c.person_id);
        GET DIAGNOSTICS n = ROW_COUNT;
        did := did + n;
    END IF;
END
$$;

COMMENT ON FUNCTION _import_schedule(bigint, text, jsonb) IS 'Imports a line of a schedule: whether it is new, and how many changes that made';

-- Rooms and speakers change places only as a whole.
CREATE FUNCTION import_schedule(event_id bigint, schedule jsonb, OUT added bigint, OUT changed bigint, OUT unchanged bigint)
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    SET CONSTRAINTS session_room_is_free, speaker_is_in_one_place, presence_is_in_one_place, presence_is_of_one_thing DEFERRED;
    SELECT i.* INTO added, changed, unchanged FROM _import('schedule', event_id, schedule, '{}') i;
    SET CONSTRAINTS session_room_is_free, speaker_is_in_one_place, presence_is_in_one_place, presence_is_of_one_thing IMMEDIATE;
END
$$;

COMMENT ON FUNCTION import_schedule(bigint, jsonb) IS
'Import the schedule of an event: an array of objects with external_id, format, title_en, title_zh, abstract, room (its name), starts_at and ends_at (ISO 8601; without an offset on the clock of the event), speakers (external_id or name, as an array or with semicolons; they take the place of those that are there). What is there already is changed to what the import says. All or nothing. Errors: 22023 with the line that cannot be, 23503 no such event, and those of the tables with the line / 导入日程';
