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

-- Refuses an import with the first problem that its check found.
CREATE FUNCTION _refuse_line(line bigint, external_id text, field text, given text, problem text, problems bigint, check_call text) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RAISE EXCEPTION USING
        ERRCODE = 'invalid_parameter_value',
        MESSAGE = format(salon.say('line %s%s cannot be imported: %s%s'), line, salon.say(' (') || external_id || salon.say(')'),
                         field || coalesce(' "' || given || '"', '') || salon.say(': '), problem),
        DETAIL = format(salon.say('Problems in all: %s. Nothing is imported.'), problems),
        HINT = format(salon.say('SELECT * FROM %s shows all of them.'), check_call);
END
$$;

COMMENT ON FUNCTION _refuse_line(bigint, text, text, text, text, bigint, text) IS 'Refuses with 22023 an import: the first problem, how many there are, and what shows all of them';

-- Imports line by line, after what check_... finds: first those that have the
-- cells "first", then in their order.  What a table refuses is told with the line
-- and with what to do: as it says itself, else as view remedy says of it.
CREATE FUNCTION _import(what text, event_id bigint, lines jsonb, first jsonb, OUT added bigint, OUT changed bigint, OUT unchanged bigint)
LANGUAGE plpgsql
SET search_path FROM CURRENT
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
        PERFORM _refuse_line(s.line, s.external_id, s.field, s.given, s.problem, s.problems, check_call);
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
CREATE FUNCTION _said_person(names text[], OUT said text, OUT persons bigint, OUT person_id bigint) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 3
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    unknown text[];
BEGIN
    RETURN QUERY
    SELECT f.external_id, 1::bigint, f.party_id
    FROM party_source f
    WHERE f.external_id = ANY (_said_person.names) AND (SELECT o.kind FROM party o WHERE o.party_id = f.party_id) = 'person';
    unknown := ARRAY(SELECT u.said FROM unnest(_said_person.names) u (said)
                     EXCEPT
                     SELECT f.external_id FROM party_source f
                     WHERE f.external_id = ANY (_said_person.names) AND (SELECT o.kind FROM party o WHERE o.party_id = f.party_id) = 'person');
    -- names are compared only where that finds nobody
    IF unknown <> '{}' THEN
        RETURN QUERY
        SELECT u.said, count(DISTINCT n.party_id), min(n.party_id)
        FROM unnest(unknown) u (said)
        LEFT JOIN (SELECT o.party_id, salon.folded(k.name) AS key
                   FROM party o
                   CROSS JOIN LATERAL (VALUES (o.name_en), (o.name_zh)) k (name)
                   WHERE o.kind = 'person') n ON n.key = salon.folded(u.said)
        GROUP BY u.said;
    END IF;
END
$$;

COMMENT ON FUNCTION _said_person(text[]) IS 'Persons who are named by external_id or name, and how many that can be';

-- A session by what another system, or a calendar, knows it by.
CREATE FUNCTION _session_said(event_id bigint, said text) RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
DECLARE
    key uuid := salon._uuid(said);
BEGIN
    RETURN coalesce((SELECT t.session_id FROM session t WHERE t.event_id = _session_said.event_id AND t.external_id = _session_said.said),
                    (SELECT t.session_id FROM session t WHERE t.uid = key AND t.event_id = _session_said.event_id));
END
$$;

COMMENT ON FUNCTION _session_said(bigint, text) IS 'The session of an event that another system knows by that, or calendars do';

-- A format by its code or name, or as other programs call it.
CREATE FUNCTION _format_said(said text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN (
        SELECT f.format_code
        FROM session_format f
        LEFT JOIN import_word w ON w.import = 'schedule' AND w.field = 'format' AND w.means = f.format_code AND salon.folded(w.said) = salon.folded(_format_said.said)
        WHERE _format_said.said = ANY (ARRAY[f.format_code, f.name_en, f.name_zh]) OR w.import_word_id IS NOT NULL
        ORDER BY f.format_code <> _format_said.said, w.import_word_id NULLS FIRST, f.format_code
        LIMIT 1);
END
$$;

COMMENT ON FUNCTION _format_said(text) IS 'The format that is meant by a code, a name, or a word of table import_word; NULL: none';

-- What is wrong with a schedule: of an event that there is, or of one that its
-- document makes.  A document makes rooms and persons that there are not.
CREATE FUNCTION _schedule_problem(event_id bigint, schedule jsonb, time_zone text, is_document boolean)
RETURNS TABLE (line bigint, external_id text, field text, given text, problem text)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    hall bigint := (SELECT o.venue_id FROM event o WHERE o.event_id = _schedule_problem.event_id);
BEGIN
    RETURN QUERY
    WITH x AS MATERIALIZED (
        SELECT l.line, l.external_id, l.cells, t.session_id, salon._uuid(l.external_id) AS uid,
               coalesce(m.room_id::text, CASE WHEN l.cells ? 'room' THEN CASE WHEN is_document THEN 'new ' || salon.folded(l.cells ->> 'room') END ELSE t.room_id::text END) AS room_key,
               coalesce(_moment(l.cells ->> 'starts_at', _schedule_problem.time_zone), t.starts_at) AS starts_at,
               coalesce(_moment(l.cells ->> 'ends_at', _schedule_problem.time_zone), t.ends_at) AS ends_at,
               make_interval(mins => coalesce(t.changeover, m.changeover, 0)) AS changeover, m.room_id IS NOT NULL AS is_room,
               t.format_code
        FROM _line(schedule) l
        CROSS JOIN LATERAL (SELECT _session_said(_schedule_problem.event_id, l.external_id) AS session_id OFFSET 0) i
        LEFT JOIN session t ON t.session_id = i.session_id
        LEFT JOIN room m ON CASE WHEN l.cells ? 'room' THEN m.venue_id = hall AND salon.folded(m.name) = salon.folded(l.cells ->> 'room')
                                 ELSE m.room_id = t.room_id END
    ), k AS MATERIALIZED (
        SELECT c.line, c.external_id, c.session_id, c.starts_at, c.ends_at, c.said, n.persons, n.person_id
        FROM (SELECT DISTINCT x.line, x.external_id, x.session_id, x.starts_at, x.ends_at, c.said FROM x CROSS JOIN LATERAL _cell_list(x.cells -> 'speakers') c (said)) c
        JOIN _said_person((SELECT array_agg(DISTINCT c.said) FROM x CROSS JOIN LATERAL _cell_list(x.cells -> 'speakers') c (said))) n ON n.said = c.said
    ), part AS MATERIALIZED (
        SELECT x.line, x.external_id, x.session_id, 'room' AS field, x.room_key AS taken_id, x.starts_at, x.ends_at + x.changeover AS ends_at, x.cells ->> 'room' AS given
        FROM x
        WHERE x.room_key IS NOT NULL AND x.starts_at < x.ends_at
        UNION ALL
        SELECT k.line, k.external_id, k.session_id, 'speakers', coalesce(k.person_id::text, 'new ' || k.said), k.starts_at, k.ends_at, k.said
        FROM k
        WHERE (k.persons = 1 OR (is_document AND k.persons = 0)) AND k.starts_at < k.ends_at
    ), found AS (
        SELECT * FROM _line_problem(schedule, '{external_id,format,title_en,title_zh,abstract,track,room,starts_at,ends_at,speakers,links}', '{speakers,links}')
        UNION ALL
        SELECT x.line, x.external_id, 'format', x.cells ->> 'format',
               CASE WHEN x.cells ? 'format' THEN salon.say('there is no such format') ELSE salon.say('required') END
        FROM x
        WHERE (x.cells ? 'format' OR x.session_id IS NULL)
          AND _format_said(x.cells ->> 'format') IS NULL
        UNION ALL
        SELECT x.line, x.external_id, 'room', x.cells ->> 'room',
               CASE WHEN hall IS NULL THEN salon.say('the event has no venue') ELSE salon.say('there is no such room at the venue of the event') END
        FROM x
        WHERE x.cells ? 'room' AND NOT x.is_room AND NOT is_document
        UNION ALL
        SELECT x.line, x.external_id, 'links', l.link ->> 'url', salon.say('not an address that begins with http:// or https://')
        FROM x
        CROSS JOIN LATERAL salon._schedule_list(x.cells -> 'links') l (link)
        WHERE l.link ->> 'url' !~ '^https?://[^[:space:]]+$'
        UNION ALL
        SELECT x.line, x.external_id, 'links', NULL, salon.say('neither a name nor an address')
        FROM x
        CROSS JOIN LATERAL salon._schedule_list(x.cells -> 'links') l (link)
        WHERE NOT salon.is_text(coalesce(l.link ->> 'url', l.link ->> 'name', ''))
        UNION ALL
        -- calendars know one session by it
        SELECT x.line, x.external_id, 'external_id', x.external_id, format(salon.say('session %s of event %s has it: import into that event'), t.session_id, t.event_id)
        FROM x
        JOIN session t ON t.uid = x.uid AND x.session_id IS NULL AND is_document
        UNION ALL
        SELECT x.line, x.external_id, k.field, x.cells ->> k.field, salon.say('not a time, year first, such as 2031-03-09 10:00')
        FROM x
        CROSS JOIN unnest(ARRAY['starts_at', 'ends_at']) k (field)
        WHERE x.cells ? k.field AND _moment(x.cells ->> k.field, _schedule_problem.time_zone) IS NULL
        UNION ALL
        SELECT x.line, x.external_id, 'ends_at', x.cells ->> 'ends_at',
               CASE WHEN x.ends_at <= x.starts_at THEN salon.say('not after starts_at') ELSE salon.say('give starts_at and ends_at, or neither') END
        FROM x
        WHERE x.ends_at <= x.starts_at
           OR ((x.starts_at IS NULL) <> (x.ends_at IS NULL) AND x.cells ? 'starts_at' <> x.cells ? 'ends_at')
        UNION ALL
        SELECT k.line, k.external_id, 'speakers', k.said,
               CASE k.persons WHEN 0 THEN salon.say('there is no such person') ELSE format(salon.say('the name of %s persons: give the external_id'), k.persons) END
        FROM k
        WHERE k.persons <> 1 AND NOT (is_document AND k.persons = 0)
        UNION ALL
        SELECT b.line, b.external_id, b.field, b.given,
               CASE b.field WHEN 'room' THEN salon.say('the room is taken then: line ') ELSE salon.say('in another session then: line ') END || a.line
        FROM part a
        JOIN part b ON b.field = a.field AND b.taken_id = a.taken_id AND b.line > a.line AND b.starts_at < a.ends_at AND a.starts_at < b.ends_at
        UNION ALL
        SELECT b.line, b.external_id, 'room', b.given, format(salon.say('the room is taken then: session %s'), t.session_id)
        FROM part b
        JOIN session t ON b.field = 'room' AND t.room_id::text = b.taken_id AND t.occupied && tstzrange(b.starts_at, b.ends_at)
        WHERE NOT EXISTS (SELECT FROM x WHERE x.session_id = t.session_id)
        UNION ALL
        SELECT b.line, b.external_id, 'speakers', b.given, format(salon.say('in another session then: session %s'), k.session_id)
        FROM part b
        JOIN speaker k ON b.field = 'speakers' AND k.person_id::text = b.taken_id AND k.busy && tstzrange(b.starts_at, b.ends_at)
        WHERE NOT EXISTS (SELECT FROM x WHERE x.session_id = k.session_id)
        UNION ALL
        SELECT DISTINCT b.line, b.external_id, 'speakers', b.given, salon.say('absent, on the way or on duty then')
        FROM part b
        JOIN presence p ON b.field = 'speakers' AND p.party_id::text = b.taken_id AND p.subject <> 'speaker'
                       AND (p.event_id IS DISTINCT FROM _schedule_problem.event_id OR p.is_exclusive) AND p.during && tstzrange(b.starts_at, b.ends_at)
    )
    SELECT * FROM found f ORDER BY f.line, f.field NULLS FIRST, f.given, f.problem;
END
$$;

COMMENT ON FUNCTION _schedule_problem(bigint, jsonb, text, boolean) IS 'What is wrong with the lines of a schedule; a document makes rooms and persons that there are not';

CREATE FUNCTION check_schedule(event_id bigint, schedule jsonb)
RETURNS TABLE (line bigint, external_id text, field text, given text, problem text)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    PERFORM _lines_are_an_array(schedule, coalesce(check_schedule.event_id, 0));
    RETURN QUERY
    SELECT p.* FROM _schedule_problem(check_schedule.event_id, schedule, (SELECT o.time_zone FROM event o WHERE o.event_id = check_schedule.event_id), false) p;
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
    persons bigint[];
BEGIN
    SELECT o.venue_id, o.time_zone INTO e FROM event o WHERE o.event_id = _import_schedule.event_id;
    SELECT * INTO was FROM session t WHERE t.session_id = (SELECT _session_said(_import_schedule.event_id, _import_schedule.external_id)) FOR UPDATE;
    is_new := NOT FOUND;
    now := jsonb_populate_record(was, cells - '{external_id,starts_at,ends_at}'::text[] || jsonb_strip_nulls(jsonb_build_object(
               'format_code', _format_said(cells ->> 'format'),
               'room_id', (SELECT m.room_id FROM room m WHERE m.venue_id = e.venue_id AND salon.folded(m.name) = (SELECT salon.folded(cells ->> 'room'))
                           ORDER BY m.room_id LIMIT 1),
               'starts_at', _moment(cells ->> 'starts_at', e.time_zone),
               'ends_at', _moment(cells ->> 'ends_at', e.time_zone))));
    did := (is_new OR now IS DISTINCT FROM was)::int;
    IF is_new THEN
        -- what is a UUID there is what calendars know it by
        INSERT INTO session (event_id, external_id, uid, format_code, title_en, title_zh, abstract, track, room_id, starts_at, ends_at)
        SELECT _import_schedule.event_id, _import_schedule.external_id, CASE WHEN EXISTS (SELECT FROM session t WHERE t.uid = u.uid) THEN gen_random_uuid() ELSE coalesce(u.uid, gen_random_uuid()) END,
               now.format_code, now.title_en, now.title_zh, now.abstract, now.track, now.room_id, now.starts_at, now.ends_at
        FROM (SELECT salon._uuid(_import_schedule.external_id) AS uid) u
        RETURNING session_id INTO now.session_id;
    ELSIF did > 0 THEN
        UPDATE session t
        SET format_code = now.format_code, title_en = now.title_en, title_zh = now.title_zh, abstract = now.abstract, track = now.track,
            room_id = now.room_id, starts_at = now.starts_at, ends_at = now.ends_at
        WHERE t.session_id = now.session_id;
    END IF;
    IF cells ? 'speakers' THEN
        persons := ARRAY(SELECT p.person_id FROM _said_person(ARRAY(SELECT DISTINCT c.said FROM _cell_list(cells -> 'speakers') WITH ORDINALITY c (said, n))) p);
        DELETE FROM speaker k WHERE k.session_id = now.session_id AND k.person_id <> ALL (persons);
        GET DIAGNOSTICS n = ROW_COUNT;
        did := did + n;
        INSERT INTO speaker (session_id, person_id)
        SELECT now.session_id, c.person_id
        FROM (SELECT DISTINCT u.person_id FROM unnest(persons) u (person_id)) c
        WHERE NOT EXISTS (SELECT FROM speaker k WHERE k.session_id = now.session_id AND k.person_id = c.person_id);
        GET DIAGNOSTICS n = ROW_COUNT;
        did := did + n;
    END IF;
    IF cells ? 'links' THEN
        INSERT INTO link (event_id, session_id, link_kind_code, name, url)
        SELECT _import_schedule.event_id, now.session_id, l.kind, l.name, l.url
        FROM (SELECT DISTINCT ON (coalesce(x.link ->> 'url', x.link ->> 'name')) x.n, x.link ->> 'url' AS url, salon.trimmed(x.link ->> 'name') AS name,
                     CASE x.link ->> 'kind' WHEN 'page' THEN 'page' ELSE 'reference' END AS kind
              FROM salon._schedule_list(cells -> 'links') WITH ORDINALITY x (link, n)
              ORDER BY coalesce(x.link ->> 'url', x.link ->> 'name'), x.n) l
        -- what is of the whole event is there already
        WHERE NOT EXISTS (SELECT FROM link o WHERE o.event_id = _import_schedule.event_id AND (o.url = l.url OR (o.url IS NULL AND l.url IS NULL AND o.name = l.name)) AND (o.session_id = now.session_id) IS NOT FALSE)
          AND NOT EXISTS (SELECT FROM asset o WHERE o.session_id = now.session_id AND o.url = l.url)
        ORDER BY l.n;
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
'Import the schedule of an event: an array of objects with external_id, format, title_en, title_zh, abstract, track, room (its name), starts_at and ends_at (ISO 8601; without an offset on the clock of the event), speakers (external_id or name, as an array or with semicolons; they take the place of those that are there), links (objects with url and name). What is there already is changed to what the import says. All or nothing. Errors: 22023 with the line that cannot be, 23503 no such event, and those of the tables with the line / 导入日程';

-- Schedules as other programs publish them: salon.read_schedule makes lines of
-- them.  The event is the one that is given, else the one that the document made
-- before, else a new one.
CREATE FUNCTION _schedule_event(schedule jsonb, event_id bigint, OUT found_id bigint, OUT uid uuid, OUT time_zone text)
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    uid := md5(concat_ws(E'\n', current_schema(), schedule ->> 'acronym', schedule ->> 'title'))::uuid;
    IF event_id IS NOT NULL THEN
        PERFORM _lines_are_an_array('[]', event_id);
        found_id := event_id;
    ELSE
        found_id := (SELECT e.event_id FROM event e WHERE e.uid = _schedule_event.uid);
    END IF;
    time_zone := coalesce((SELECT e.time_zone FROM event e WHERE e.event_id = found_id),
                          CASE WHEN salon.is_time_zone(schedule ->> 'time_zone') THEN schedule ->> 'time_zone' END,
                          (SELECT s.time_zone FROM space s));
END
$$;

COMMENT ON FUNCTION _schedule_event(jsonb, bigint) IS
'The event that a schedule is of, NULL: a new one; what calendars know that by; and its clock. Refuses with 23503 an event that does not exist';

-- Persons of a schedule: by what it knows them by, else who speaks in one of their
-- sessions under that name already, else new ones.  A name alone makes nobody
-- somebody else: see party_duplicate.
CREATE FUNCTION _schedule_person(schedule jsonb, event_id bigint, OUT external_id text, OUT name text, OUT introduction text, OUT person_id bigint, OUT source text) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    WITH p AS MATERIALIZED (
        SELECT x.person ->> 'external_id' AS external_id, x.person ->> 'name' AS name, salon.folded(x.person ->> 'name') AS key, x.person ->> 'introduction' AS introduction
        FROM salon._schedule_list(_schedule_person.schedule -> 'persons') x (person)
    ), there AS MATERIALIZED (
        SELECT k.person_id, n.key, ARRAY[t.external_id, t.uid::text] AS said
        FROM session t
        JOIN speaker k ON k.session_id = t.session_id
        JOIN party o ON o.party_id = k.person_id
        CROSS JOIN LATERAL (VALUES (salon.folded(o.name_en)), (salon.folded(o.name_zh))) n (key)
        WHERE t.event_id = _schedule_person.event_id
    ), spoken AS MATERIALIZED (
        SELECT n.external_id, s.session ->> 'external_id' AS said
        FROM salon._schedule_list(_schedule_person.schedule -> 'sessions') s (session)
        CROSS JOIN LATERAL jsonb_array_elements_text(s.session -> 'speakers') n (external_id)
        WHERE EXISTS (SELECT FROM there)
    ), known AS (
        SELECT p.external_id, min(h.person_id) AS person_id
        FROM there h
        JOIN spoken s ON s.said = ANY (h.said)
        JOIN p ON p.external_id = s.external_id AND p.key = h.key
        GROUP BY p.external_id
        HAVING min(h.person_id) = max(h.person_id)
    )
    SELECT p.external_id, p.name, p.introduction, coalesce(f.party_id, k.person_id), coalesce(f.external_id, g.external_id)
    FROM p
    LEFT JOIN party_source f ON f.external_id = p.external_id
    LEFT JOIN known k ON k.external_id = p.external_id
    LEFT JOIN party_source g ON g.party_id = k.person_id;
END;

COMMENT ON FUNCTION _schedule_person(jsonb, bigint) IS 'Persons of a schedule, and who they are here; NULL: new ones';

-- The lines of a schedule as the event has them: persons by what they are known
-- by here, no room that stands for none, no page that is the event's own.
CREATE FUNCTION _schedule_lines(schedule jsonb, event_id bigint) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH k AS MATERIALIZED (
        SELECT coalesce(jsonb_object_agg(p.external_id, coalesce(p.source, p.external_id)), '{}') AS known
        FROM _schedule_person(_schedule_lines.schedule, _schedule_lines.event_id) p)
    SELECT coalesce(jsonb_agg(s.session - CASE WHEN s.session ->> 'room' IN ('to be announced', '待定') THEN 'room' ELSE '' END
                              || jsonb_build_object('speakers', (SELECT jsonb_agg(DISTINCT k.known -> n.name) FROM k, jsonb_array_elements_text(s.session -> 'speakers') n (name)),
                                                    'links', (SELECT jsonb_agg(l.link ORDER BY l.n) FROM salon._schedule_list(s.session -> 'links') WITH ORDINALITY l (link, n)
                                                              WHERE l.link ->> 'url' IS DISTINCT FROM _schedule_lines.schedule ->> 'url')) ORDER BY s.n), '[]')
    FROM salon._schedule_list(_schedule_lines.schedule -> 'sessions') WITH ORDINALITY s (session, n);
END;

COMMENT ON FUNCTION _schedule_lines(jsonb, bigint) IS 'The lines of a schedule, with persons by what they are known by here';

CREATE FUNCTION check_schedule(document text, event_id bigint DEFAULT NULL)
RETURNS TABLE (line bigint, external_id text, field text, given text, problem text)
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 10
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    schedule jsonb := salon.read_schedule(document);
    e record := _schedule_event(schedule, check_schedule.event_id);
BEGIN
    RETURN QUERY
    SELECT p.* FROM _schedule_problem(e.found_id, _schedule_lines(schedule, e.found_id), e.time_zone, true) p;
END
$$;

COMMENT ON FUNCTION check_schedule(text, bigint) IS
'All that import_schedule would refuse of a schedule of a conference: the session by its number and what it is known by, the field, what was given, and what is wrong with it. Errors: 22023 it is none, 23503 no such event / 检查会议日程';

CREATE FUNCTION import_schedule(document text, INOUT event_id bigint DEFAULT NULL,
                                OUT rooms bigint, OUT persons bigint, OUT added bigint, OUT changed bigint, OUT unchanged bigint)
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    schedule jsonb := salon.read_schedule(document);
    e record := _schedule_event(schedule, import_schedule.event_id);
    lines jsonb := _schedule_lines(schedule, e.found_id);
    hall bigint := (SELECT o.venue_id FROM event o WHERE o.event_id = e.found_id);
    p record;
    hint text;
BEGIN
    SELECT c.*, count(*) OVER () AS problems INTO p FROM _schedule_problem(e.found_id, lines, e.time_zone, true) c LIMIT 1;
    IF FOUND THEN
        PERFORM _refuse_line(p.line, p.external_id, p.field, p.given, p.problem, p.problems, 'check_schedule(...)');
    END IF;
    IF hall IS NULL AND jsonb_path_exists(lines, '$[*].room') THEN
        INSERT INTO venue (name, time_zone) VALUES (coalesce(schedule ->> 'venue', schedule ->> 'title'), e.time_zone) RETURNING venue_id INTO hall;
    END IF;
    event_id := e.found_id;
    IF event_id IS NULL THEN
        INSERT INTO event (uid, name_en, name_zh, starts_at, ends_at, time_zone, venue_id)
        SELECT e.uid, CASE WHEN NOT t.is_chinese THEN t.title END, CASE WHEN t.is_chinese THEN t.title END, min(_moment(l.line ->> 'starts_at', e.time_zone)), max(_moment(l.line ->> 'ends_at', e.time_zone)), e.time_zone, hall
        FROM (SELECT schedule ->> 'title' AS title, schedule ->> 'title' ~ '[\u4e00-\u9fff]' AS is_chinese) t
        LEFT JOIN salon._schedule_list(lines) l (line) ON true
        GROUP BY t.title, t.is_chinese
        RETURNING event_id INTO event_id;
        INSERT INTO link (event_id, link_kind_code, url) SELECT import_schedule.event_id, 'page', schedule ->> 'url' WHERE schedule ->> 'url' ~ '^https?://[^[:space:]]+$';
    ELSE
        UPDATE event o SET venue_id = hall WHERE o.event_id = import_schedule.event_id AND o.venue_id IS DISTINCT FROM hall;
    END IF;
    INSERT INTO room (venue_id, name, capacity)
    SELECT hall, r.room ->> 'name', (r.room ->> 'capacity')::int
    FROM salon._schedule_list(schedule -> 'rooms') WITH ORDINALITY r (room, n)
    WHERE r.room ->> 'name' IN (SELECT l.line ->> 'room' FROM salon._schedule_list(lines) l (line))
      AND NOT EXISTS (SELECT FROM room o WHERE o.venue_id = hall AND salon.folded(o.name) = salon.folded(r.room ->> 'name'))
    ORDER BY r.n;
    GET DIAGNOSTICS rooms = ROW_COUNT;
    persons := 0;
    FOR p IN SELECT k.* FROM _schedule_person(schedule, import_schedule.event_id) k WHERE k.source IS NULL LOOP
        IF p.person_id IS NULL THEN
            INSERT INTO party (kind, name_en, name_zh, introduction)
            VALUES ('person', CASE WHEN p.name !~ '[\u4e00-\u9fff]' THEN p.name END, CASE WHEN p.name ~ '[\u4e00-\u9fff]' THEN p.name END, p.introduction)
            RETURNING party_id INTO p.person_id;
            persons := persons + 1;
        END IF;
        INSERT INTO party_source (party_id, external_id) VALUES (p.person_id, p.external_id);
    END LOOP;
    SELECT i.added, i.changed, i.unchanged INTO added, changed, unchanged FROM import_schedule(event_id, lines) i;
EXCEPTION WHEN insufficient_privilege THEN
    GET STACKED DIAGNOSTICS hint = PG_EXCEPTION_HINT;
    RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = SQLERRM, DETAIL = salon.say('Nothing is imported.'), HINT = coalesce(nullif(hint, ''), salon.say('Ask an administrator to import it.'));
END
$$;

COMMENT ON FUNCTION import_schedule(text, bigint) IS
'Import the schedule of a conference: schedule.xml of frab or pentabarf, schedule.json of c3voc or pretalx, into an event, or into a new one, or the one that it made before; with its rooms, persons, tracks and links. Sessions are told by their guid: importing again changes what differs, and takes nothing away. All or nothing. Returns the event, how many rooms and persons are new, and of sessions how many are added, changed, unchanged. Errors: 22023 it is none, or with the line that cannot be; 23503 no such event; and those of the tables with the line / 导入会议日程';
