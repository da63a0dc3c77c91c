-- Surveys: results against plain sums over what was typed, imports in any order
-- and in pieces, and answers of every shape against every kind of question.
--
-- pg_prove -d DATABASE test/pgtap/survey.sql

\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;

BEGIN;

SELECT salon.create_space('t_survey') \g /dev/null
SET LOCAL search_path = t_survey, salon, public;
SET LOCAL salon.lang = 'en';

SELECT no_plan();

SELECT setseed(0.271828) \g /dev/null

INSERT INTO event (event_id, name_en, planned_online) SELECT n, 'e' || n, 0 FROM generate_series(1, 6) n;
UPDATE event SET actual_on_site = 40, on_site_basis = 'measured' WHERE event_id % 2 = 0;
INSERT INTO survey (survey_id, event_id) SELECT n, n FROM generate_series(1, 6) n;
INSERT INTO question (question_id, survey_id, question_code, kind, text_en, value_from, value_to)
SELECT 10 * n + k, n, (ARRAY['one', 'many', 'stars', 'years', 'words'])[k], (ARRAY['choice', 'choices', 'scale', 'number', 'text'])[k], 'q',
       CASE k WHEN 3 THEN 1 WHEN 4 THEN -10 END, CASE k WHEN 3 THEN 5 WHEN 4 THEN 10 END
FROM generate_series(1, 6) n, generate_series(1, 5) k;
INSERT INTO question_option (question_option_id, question_id, option_code, name_en)
SELECT 100 * q.question_id + o, q.question_id, 'o' || o, 'option ' || o FROM question q, generate_series(1, 4) o WHERE q.kind IN ('choice', 'choices');

-- What everybody says: a cell that is NULL is no answer.  Survey 6 has none.
CREATE TEMP TABLE said AS
SELECT s AS survey_id, p AS respondent,
       CASE WHEN random() < 0.8 THEN 1 + floor(random() * 4)::int END AS one,
       CASE WHEN random() < 0.8 THEN ARRAY(SELECT o FROM generate_series(1, 4) o WHERE random() < 0.5 + 0 * (s + p)) END AS many,
       CASE WHEN random() < 0.8 THEN 1 + floor(random() * 5)::int END AS stars,
       CASE WHEN random() < 0.8 THEN round((random() * 20 - 10)::numeric, floor(random() * 3)::int) END AS years,
       CASE WHEN random() < 0.8 THEN 'w' || floor(random() * 5) END AS words
FROM generate_series(1, 5) s, generate_series(1, 30) p WHERE random() < s * 0.2 + 0 * p;

-- The same as a sheet: an option by its code or its name, several as an array or with semicolons.
CREATE FUNCTION pg_temp.sheet(s said) RETURNS jsonb LANGUAGE sql AS $$
    SELECT jsonb_build_object('respondent', 'r' || s.respondent,
        'one', CASE WHEN s.respondent % 2 = 0 THEN 'o' || s.one ELSE 'option ' || s.one END,
        'many', CASE WHEN s.respondent % 3 = 0 THEN to_jsonb(ARRAY(SELECT 'o' || o FROM unnest(s.many) o))
                     ELSE to_jsonb((SELECT string_agg('option ' || o, ';') FROM unnest(s.many) o)) END,
        'stars', CASE WHEN s.respondent % 2 = 0 THEN to_jsonb(s.stars) ELSE to_jsonb(s.stars::text) END,
        'years', s.years, 'words', s.words)
$$;

CREATE FUNCTION pg_temp.came_right(title text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
    RETURN NEXT set_eq('SELECT survey_id, responses FROM survey_summary',
        'SELECT v.survey_id, count(s.respondent) FROM survey v LEFT JOIN said s USING (survey_id) GROUP BY 1', title || ': responses');
    RETURN NEXT set_eq('SELECT survey_id, response_rate FROM survey_summary',
        'SELECT v.survey_id, CASE WHEN v.survey_id % 2 = 0 AND count(s.respondent) > 0 THEN round(count(s.respondent) / 40.0, 3) END
         FROM survey v LEFT JOIN said s USING (survey_id) GROUP BY 1', title || ': the rate, where somebody answered and who came is known');
    RETURN NEXT set_eq($q$SELECT survey_id, question_code, answered, mean, median, least, greatest FROM survey_result WHERE kind_code IN ('scale', 'number')$q$, $q$
        SELECT v.survey_id, c, cardinality(x), trim_scale(round((SELECT avg(y) FROM unnest(x) y), 4)) AS mean,
               trim_scale((x[(cardinality(x) + 1) / 2] + x[cardinality(x) / 2 + 1]) / 2) AS median, x[1] AS least, x[cardinality(x)] AS greatest
        FROM survey v, unnest(ARRAY['stars', 'years']) c,
             LATERAL (SELECT ARRAY(SELECT CASE c WHEN 'stars' THEN stars::numeric ELSE years END FROM said s WHERE s.survey_id = v.survey_id
                                   AND CASE c WHEN 'stars' THEN stars::numeric ELSE years END IS NOT NULL ORDER BY 1)) a (x)$q$, title || ': mean, median and ends');
    RETURN NEXT set_eq($q$SELECT survey_id, option_code, chosen, answered, share FROM survey_choice WHERE question_code = 'one'$q$, $q$
        SELECT v.survey_id, 'o' || o AS option_code, count(*) FILTER (WHERE s.one = o) AS chosen, count(s.one) AS answered, round(count(*) FILTER (WHERE s.one = o)::numeric / nullif(count(s.one), 0), 3)
        FROM survey v CROSS JOIN generate_series(1, 4) o LEFT JOIN said s USING (survey_id) GROUP BY 1, o$q$, title || ': shares of one option');
    RETURN NEXT set_eq($q$SELECT survey_id, option_code, chosen, answered, share FROM survey_choice WHERE question_code = 'many'$q$, $q$
        SELECT v.survey_id, 'o' || o AS option_code, count(*) FILTER (WHERE o = ANY (s.many)) AS chosen, count(*) FILTER (WHERE s.many <> '{}') AS answered,
               round(count(*) FILTER (WHERE o = ANY (s.many))::numeric / nullif(count(*) FILTER (WHERE s.many <> '{}'), 0), 3)
        FROM survey v CROSS JOIN generate_series(1, 4) o LEFT JOIN said s USING (survey_id) GROUP BY 1, o$q$, title || ': shares of any options');
    RETURN NEXT set_eq($q$SELECT survey_id, ordinal::int, chosen FROM survey_choice WHERE question_code = 'stars'$q$, $q$
        SELECT v.survey_id, o, count(*) FILTER (WHERE s.stars = o) FROM survey v CROSS JOIN generate_series(1, 5) o LEFT JOIN said s USING (survey_id) GROUP BY 1, 2$q$, title || ': values of a scale');
END
$$;

SELECT import_answers(v.survey_id, (SELECT jsonb_agg(pg_temp.sheet(s)) FROM said s WHERE s.survey_id = v.survey_id)) FROM survey v WHERE v.survey_id <= 5 \g /dev/null
SELECT pg_temp.came_right('one import');
SELECT is(count(*), 0::bigint, 'the same once more changes nothing')
FROM survey v CROSS JOIN LATERAL import_answers(v.survey_id, (SELECT jsonb_agg(pg_temp.sheet(s) ORDER BY random()) FROM said s WHERE s.survey_id = v.survey_id)) i
WHERE v.survey_id <= 5 AND (i.added > 0 OR i.changed > 0);

-- Some change their mind, in several imports.
CREATE TEMP TABLE before AS TABLE said;
UPDATE said SET one = 1 + floor(random() * 4)::int, stars = NULL WHERE random() < 0.3;
UPDATE said SET many = '{1,4}', years = years / 2 WHERE random() < 0.3;
SELECT is((SELECT sum(i.changed)::bigint FROM survey v CROSS JOIN generate_series(0, 3) part
           CROSS JOIN LATERAL import_answers(v.survey_id, coalesce((SELECT jsonb_agg(pg_temp.sheet(s)) FROM said s WHERE s.survey_id = v.survey_id AND s.respondent % 4 = part), '[]')) i),
          (SELECT count(*) FROM said s JOIN before b USING (survey_id, respondent)
           WHERE (s.one, nullif(s.many, '{}'), s.stars, s.years, s.words) IS DISTINCT FROM (b.one, nullif(b.many, '{}'), b.stars, b.years, b.words)),
          'as many responses change as say something else');
SELECT pg_temp.came_right('several imports');

-- Who answered is forgotten.
DELETE FROM respondent;
SELECT pg_temp.came_right('without respondents');

-- Every shape of an answer against every kind of question, as a client writes
-- it and as it is imported: both take the same.
INSERT INTO survey (survey_id, event_id) VALUES (7, 1);
INSERT INTO question (question_id, survey_id, question_code, kind, text_en, value_from, value_to)
SELECT 70 + k, 7, (ARRAY['one', 'many', 'stars', 'years', 'words'])[k], (ARRAY['choice', 'choices', 'scale', 'number', 'text'])[k], 'q',
       CASE k WHEN 3 THEN 1 WHEN 4 THEN -10 END, CASE k WHEN 3 THEN 5 WHEN 4 THEN 10 END
FROM generate_series(1, 5) k;
INSERT INTO question_option (question_option_id, question_id, option_code, name_en) VALUES (7101, 71, 'o1', 'option 1'), (7201, 72, 'o1', 'option 1');
CREATE FUNCTION pg_temp.takes(question bigint, option bigint, value numeric, body text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE r bigint;
BEGIN
    INSERT INTO response (survey_id) VALUES (7) RETURNING response_id INTO r;
    INSERT INTO answer (response_id, question_id, question_option_id, value, body) VALUES (r, question, option, value, body);
    RAISE EXCEPTION 'taken' USING ERRCODE = 'ZZ000';
EXCEPTION WHEN SQLSTATE 'ZZ000' THEN RETURN 'yes'; WHEN check_violation OR foreign_key_violation THEN RETURN 'no';
END
$$;
CREATE TEMP TABLE shape AS
SELECT q.question_id, q.kind, o, v, b FROM question q, unnest(ARRAY[NULL, 7101, 7201, 1101]) o, unnest(ARRAY[NULL, 0, 1, 2.5, 5, 5.5, -10, 10, 11, 'NaN', 'Infinity']::numeric[]) v, unnest(ARRAY[NULL, 'text', ' ']) b
WHERE q.survey_id = 7;
SELECT is(count(*), 0::bigint, 'an answer is taken exactly where it fits: ' || (SELECT count(*) FROM shape) || ' shapes')
FROM shape
WHERE pg_temp.takes(question_id, o, v, b) <> CASE WHEN CASE kind
        WHEN 'choice' THEN o IS NOT DISTINCT FROM 7101 AND v IS NULL AND b IS NULL
        WHEN 'choices' THEN o IS NOT DISTINCT FROM 7201 AND v IS NULL AND b IS NULL
        WHEN 'scale' THEN o IS NULL AND v IN (1, 5) AND v IS NOT NULL AND b IS NULL
        WHEN 'number' THEN o IS NULL AND v IS NOT NULL AND v IN (0, 1, 2.5, 5, 5.5, -10, 10) AND b IS NULL
        ELSE o IS NULL AND v IS NULL AND b IS NOT DISTINCT FROM 'text' END THEN 'yes' ELSE 'no' END;
CREATE TEMP TABLE given (code text, cell jsonb, is_fit boolean);
INSERT INTO given VALUES
    ('one', '"o1"', true), ('one', '"option 1"', true), ('one', '" o1 "', true), ('one', '["o1"]', true), ('one', '"o1;o1"', false), ('one', '["o1", "o1"]', false), ('one', '1', false), ('one', '"O1"', false),
    ('one', 'null', true), ('one', '""', true), ('one', '" "', true), ('one', '{}', false), ('one', '[]', true), ('one', '[[]]', false), ('one', 'false', false),
    ('many', '"o1"', true), ('many', '"o1;option 1"', true), ('many', '"o1；"', true), ('many', '"┋o1"', true), ('many', '["o1", ""]', true), ('many', '["o1", null]', true), ('many', '["o2"]', false), ('many', '"o1,o1"', false), ('many', '{"o1": 1}', false), ('many', '[{"o1": 1}]', false),
    ('stars', '5', true), ('stars', '"5"', true), ('stars', '5.0', true), ('stars', '"+5"', true), ('stars', '5.5', false), ('stars', '0', false), ('stars', '6', false), ('stars', '"five"', false), ('stars', '[5]', false), ('stars', 'true', false), ('stars', '"NaN"', false),
    ('years', '-10', true), ('years', '"-.5"', true), ('years', '"3."', true), ('years', '10.001', false), ('years', '"1e1"', false), ('years', '"0x5"', false), ('years', '"1 000"', false), ('years', '"."', false), ('years', '"-"', false),
    ('words', '"o1;o2"', true), ('words', '5', true), ('words', 'true', false), ('words', '[]', false), ('words', '{}', false), ('words', '"  "', true),
    ('other', '"x"', false), ('answered_at', '"2031-05-11 10:00+08"', true), ('answered_at', '"2031/5/11 9:30"', true), ('answered_at', '"now"', false), ('answered_at', '"infinity"', false), ('answered_at', '""', true), ('answered_at', '"31.31.2031"', false), ('answered_at', '"2031-05-11 10:00 Nowhere/Here"', false);
CREATE FUNCTION pg_temp.imports(code text, cell jsonb) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
    PERFORM import_answers(7, jsonb_build_array(jsonb_build_object('respondent', 'x', code, cell)));
    RAISE EXCEPTION 'taken' USING ERRCODE = 'ZZ000';
EXCEPTION WHEN SQLSTATE 'ZZ000' THEN RETURN true; WHEN invalid_parameter_value THEN RETURN false;
END
$$;
SELECT is(string_agg(code || ' ' || cell, ', '), NULL, 'an import takes exactly what fits: ' || (SELECT count(*) FROM given) || ' cells') FROM given WHERE pg_temp.imports(code, cell) <> is_fit;
SELECT is(string_agg(code || ' ' || cell, ', '), NULL, 'and check_answers says the same before') FROM given
WHERE EXISTS (SELECT FROM check_answers(7, jsonb_build_array(jsonb_build_object('respondent', 'x', code, cell)))) = is_fit;

-- One bad line keeps out all, wherever it is.
SELECT throws_ok(format('SELECT import_answers(7, (SELECT jsonb_agg(jsonb_build_object(''respondent'', n, ''stars'', CASE WHEN n = %s THEN 9 ELSE 3 END) ORDER BY n) FROM generate_series(1, 20) n))', k),
                 '22023', format('line %s (%s) cannot be imported: stars "9": more than 5', k, k)) FROM unnest(ARRAY[1, 7, 20]) k;
SELECT is(responses, 0::bigint, 'nothing is half done') FROM survey_summary WHERE survey_id = 7;

SELECT * FROM finish();
ROLLBACK;
