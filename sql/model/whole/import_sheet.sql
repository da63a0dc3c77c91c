-- Sheets of other programs as lines of an import, without editing them: columns
-- by table import_word and by the questions that are asked.

-- Which field each heading is of.  One that is not known stays what it is, for
-- the import to name.  Of several that are one field the first one counts, by
-- the order of import_word; those of a key make it together.
CREATE FUNCTION _sheet_field(import text, sheet jsonb, asked jsonb, OUT heading text, OUT field text, OUT n bigint) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 20
BEGIN ATOMIC
    SELECT x.heading, x.field, x.n
    FROM (SELECT h.heading, f.field, w.import_word_id AS n,
                 row_number() OVER (PARTITION BY f.field ORDER BY q.code IS NULL, w.import_word_id NULLS LAST, h.heading) AS place
          FROM (SELECT DISTINCT k.key AS heading
                FROM jsonb_array_elements(_sheet_field.sheet) r (cells)
                CROSS JOIN LATERAL jsonb_object_keys(CASE WHEN jsonb_typeof(r.cells) = 'object' THEN r.cells ELSE '{}' END) k (key)) h
          -- 1、 and the like before a question is its number
          CROSS JOIN LATERAL (SELECT salon.folded(h.heading) AS key, salon.folded(regexp_replace(h.heading, '^[ \t]*[Qq题]?[0-9]+[ \t]*[、.．:：)）]', '')) AS text) s
          LEFT JOIN import_word w ON w.import = _sheet_field.import AND w.field IS NULL AND salon.folded(w.said) = s.key
          LEFT JOIN LATERAL (SELECT min(a.code) AS code
                             FROM jsonb_to_recordset(_sheet_field.asked) a (code text, said text)
                             WHERE salon.folded(a.said) IN (s.key, s.text)
                             HAVING min(a.code) = max(a.code)) q ON true
          CROSS JOIN LATERAL (SELECT CASE WHEN q.code IS NOT NULL THEN q.code WHEN w.import_word_id IS NOT NULL THEN w.means ELSE h.heading END AS field) f) x
    WHERE x.field IS NOT NULL AND (x.place = 1 OR x.field = 'external_id');
END;

COMMENT ON FUNCTION _sheet_field(text, jsonb, jsonb) IS 'Which field each heading of a sheet is of, by the questions that are asked and by table import_word';

CREATE FUNCTION sheet_registrations(event_id bigint, sheet jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM _lines_are_an_array(sheet, coalesce(sheet_registrations.event_id, 0));
    RETURN (
        WITH f AS MATERIALIZED (
            SELECT * FROM _sheet_field('registrations', sheet,
                (SELECT coalesce(jsonb_agg(jsonb_build_object('code', q.question_code, 'said', a.said)), '[]')
                 FROM survey s
                 JOIN question q ON q.survey_id = s.survey_id
                 CROSS JOIN LATERAL (VALUES (q.question_code), (q.text_en), (q.text_zh)) a (said)
                 WHERE s.event_id = sheet_registrations.event_id AND s.purpose = 'registration')))
        SELECT coalesce(jsonb_agg(l.cells ORDER BY r.n), '[]')
        FROM jsonb_array_elements(sheet) WITH ORDINALITY r (cells, n)
        CROSS JOIN LATERAL (
            SELECT CASE WHEN jsonb_typeof(r.cells) = 'object' THEN coalesce(jsonb_object_agg(c.field, c.value), '{}') ELSE r.cells END AS cells
            -- a day and a time of day are one time
            FROM (SELECT d.field, CASE WHEN count(*) = 1 THEN (array_agg(d.value))[1]
                                       ELSE to_jsonb(string_agg(d.value #>> '{}', CASE d.field WHEN 'external_id' THEN '-' ELSE ' ' END ORDER BY d.part, d.n)) END AS value
                  FROM (SELECT CASE f.field WHEN 'asked_time' THEN 'asked_at' ELSE f.field END AS field, f.field = 'asked_time' AS part, f.n,
                               CASE WHEN w.import_word_id IS NULL THEN r.cells -> f.heading ELSE to_jsonb(w.means) END AS value
                        FROM f
                        LEFT JOIN import_word w ON w.import = 'registrations' AND w.field = f.field AND salon.folded(w.said) = salon.folded(r.cells ->> f.heading)
                        WHERE jsonb_typeof(r.cells) = 'object') d
                  WHERE salon.is_text(d.value #>> '{}')
                  GROUP BY d.field) c) l);
END
$$;

COMMENT ON FUNCTION sheet_registrations(bigint, jsonb) IS
'A list of registrations as another program exports it, such as pretix or huodongxing, as lines of import_registrations: columns and words by table import_word, questions by their text. A column that is not known stays, and check_registrations names it. Errors: 23503 no such event, 22023 not an array / 活动行等的报名表';

CREATE FUNCTION sheet_answers(survey_id bigint, sheet jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM _lines_are_an_array(sheet);
    PERFORM _known(EXISTS (SELECT FROM survey s WHERE s.survey_id = sheet_answers.survey_id), salon.say('survey %s does not exist'), sheet_answers.survey_id,
                   salon.say('SELECT survey_id, survey FROM survey_summary shows the surveys.'));
    RETURN (
        WITH f AS MATERIALIZED (
            SELECT x.heading, x.field, q.question_id, q.kind, q.lowest, q.highest
            FROM _sheet_field('answers', sheet,
                (SELECT coalesce(jsonb_agg(jsonb_build_object('code', q.question_code, 'said', a.said)), '[]')
                 FROM question q
                 CROSS JOIN LATERAL (VALUES (q.question_code), (q.text_en), (q.text_zh)) a (said)
                 WHERE q.survey_id = sheet_answers.survey_id)) x
            LEFT JOIN question q ON q.survey_id = sheet_answers.survey_id AND q.question_code = x.field
        ), o AS MATERIALIZED (
            SELECT o.question_id, o.option_code, ARRAY[salon.folded(o.option_code), salon.folded(o.name_en), salon.folded(o.name_zh)] AS keys,
                   row_number() OVER (PARTITION BY o.question_id ORDER BY o.ordinal, o.question_option_id) AS place
            FROM question_option o
            JOIN question q ON q.question_id = o.question_id
            WHERE q.survey_id = sheet_answers.survey_id
        ), cell AS MATERIALIZED (
            SELECT r.n, f.*, salon.trimmed(r.cells ->> f.heading) AS said
            FROM jsonb_array_elements(sheet) WITH ORDINALITY r (cells, n)
            JOIN f ON jsonb_typeof(r.cells) = 'object' AND salon.is_text(r.cells ->> f.heading)
            -- a number that a question asks for is no mark of having left it out
            WHERE NOT EXISTS (SELECT FROM import_word w WHERE w.import = 'answers' AND w.field = 'answer' AND w.means IS NULL AND salon.folded(w.said) = salon.folded(r.cells ->> f.heading))
               OR (f.kind IN ('scale', 'number') AND CASE WHEN salon.trimmed(r.cells ->> f.heading) ~ '^-?[0-9]{1,9}$' THEN salon.trimmed(r.cells ->> f.heading)::numeric BETWEEN f.lowest AND f.highest AND f.lowest > '-Infinity' END)
        ), choice AS MATERIALIZED (
            -- the text of an option, its place, or that of another with what it is
            SELECT c.n, c.field, p.i, coalesce(k.option_code, s.said) AS chosen, s.other
            FROM cell c
            CROSS JOIN LATERAL regexp_split_to_table(c.said, CASE WHEN c.kind = 'choices' THEN '┋' ELSE '(?!)' END) WITH ORDINALITY p (part, i)
            CROSS JOIN LATERAL (SELECT salon.trimmed(regexp_replace(p.part, '〖.*〗', '')) AS said, salon.trimmed(substring(p.part FROM '〖(.*)〗')) AS other) s
            LEFT JOIN LATERAL (SELECT o.option_code FROM o
                               WHERE o.question_id = c.question_id AND (salon.folded(s.said) = ANY (o.keys) OR s.said = o.place::text)
                               ORDER BY (salon.folded(s.said) = ANY (o.keys)) IS NOT TRUE LIMIT 1) k ON true
            WHERE c.kind IN ('choice', 'choices')
        ), value AS (
            SELECT c.n, c.field, to_jsonb(c.said) AS value
            FROM cell c
            WHERE c.kind IS NULL OR c.kind NOT IN ('choice', 'choices')
            UNION ALL
            SELECT h.n, h.field, CASE WHEN count(*) = 1 THEN to_jsonb(min(h.chosen)) ELSE jsonb_agg(h.chosen ORDER BY h.i) END
            FROM choice h
            GROUP BY h.n, h.field
            UNION ALL
            SELECT h.n, q.question_code, to_jsonb(string_agg(h.other, ' ' ORDER BY h.i))
            FROM choice h
            JOIN question q ON q.survey_id = sheet_answers.survey_id AND q.kind = 'text' AND q.question_code = h.field || '_other'
            WHERE h.other <> ''
            GROUP BY h.n, q.question_code
        )
        SELECT coalesce(jsonb_agg(CASE WHEN jsonb_typeof(r.cells) = 'object' THEN coalesce((SELECT jsonb_object_agg(v.field, v.value) FROM value v WHERE v.n = r.n), '{}') ELSE r.cells END ORDER BY r.n), '[]')
        FROM jsonb_array_elements(sheet) WITH ORDINALITY r (cells, n));
END
$$;

COMMENT ON FUNCTION sheet_answers(bigint, jsonb) IS
'Answers as another program exports them, such as wenjuanxing, as sheets of import_answers: questions by their text with or without a number before it, options by text or place, several with ┋ between them, what was skipped left out. A column that is not known stays, and check_answers names it. Errors: 23503 no such survey, 22023 not an array / 问卷星等的答卷表';
