-- What an event asks who registers: a survey whose purpose is registration.  Its
-- answers are of the registration, and what it requires no registration lacks.

CREATE VIEW registration_question WITH (security_invoker) AS
SELECT s.event_id, event_label(s.event_id) AS event, event_date(s.event_id) AS held_on,
       s.side, _side_label(s.side) AS side_label, s.survey_id, q.question_id, q.question_code, q.ordinal::bigint AS ordinal,
       salon.label(q.text_en, q.text_zh) AS question, q.kind AS kind_code, q.is_required, q.value_from, q.value_to,
       (SELECT string_agg(o.option_code || salon.say(': ') || salon.label(o.name_en, o.name_zh), salon.say(', ') ORDER BY o.ordinal, o.question_option_id)
        FROM question_option o
        WHERE o.question_id = q.question_id) AS options
FROM survey s
JOIN question q ON q.survey_id = s.survey_id
WHERE s.purpose = 'registration';

COMMENT ON VIEW registration_question IS 'What an event asks who registers: register(..., answers) takes the answers by question_code / 报名问题';
COMMENT ON COLUMN registration_question.event_id IS 'The event';
COMMENT ON COLUMN registration_question.event IS 'Label of the event';
COMMENT ON COLUMN registration_question.held_on IS 'The day on which the event begins, where it is held';
COMMENT ON COLUMN registration_question.side IS 'on_site or online: asked who registers for that; NULL: for a side that has no questions of its own';
COMMENT ON COLUMN registration_question.side_label IS 'Label of the side';
COMMENT ON COLUMN registration_question.survey_id IS 'The survey';
COMMENT ON COLUMN registration_question.question_id IS 'The question';
COMMENT ON COLUMN registration_question.question_code IS 'Its code, by which it is answered';
COMMENT ON COLUMN registration_question.ordinal IS 'Order';
COMMENT ON COLUMN registration_question.question IS 'The question in the language of salon.lang';
COMMENT ON COLUMN registration_question.kind_code IS 'choice: one option; choices: any of the options; scale, number or text';
COMMENT ON COLUMN registration_question.is_required IS 'Whether nobody registers without an answer';
COMMENT ON COLUMN registration_question.value_from IS 'Lowest value; NULL: none';
COMMENT ON COLUMN registration_question.value_to IS 'Highest value; NULL: none';
COMMENT ON COLUMN registration_question.options IS 'Codes and labels of the options; NULL: it has none';

CREATE VIEW registration_answer WITH (security_invoker) AS
SELECT g.event_id, event_label(g.event_id) AS event, event_date(g.event_id) AS held_on,
       g.registration_id, g.side, _status_at(g.event_is_off, g.status_code) AS status_code, t.name, q.question_id, q.question_code, q.ordinal::bigint AS ordinal,
       salon.label(q.text_en, q.text_zh) AS question,
       string_agg(coalesce(salon.label(o.name_en, o.name_zh, o.option_code), trim_scale(a.value)::text, a.body),
                  salon.say(', ') ORDER BY o.ordinal, o.question_option_id) AS answer
FROM registration g
LEFT JOIN response r ON r.registration_id = g.registration_id
-- OFFSET 0: a plain column, which policies let an index find
CROSS JOIN LATERAL (SELECT ARRAY[r.survey_id, _registration_survey(g.event_id, g.side)] AS surveys OFFSET 0) y
JOIN question q ON q.survey_id = ANY (y.surveys)
LEFT JOIN answer a ON a.response_id = r.response_id AND a.question_id = q.question_id
LEFT JOIN question_option o ON o.question_option_id = a.question_option_id
LEFT JOIN attendee t ON t.registration_id = g.registration_id
WHERE a.answer_id IS NOT NULL OR (q.is_required AND g.status_code <> 'cancelled')
GROUP BY g.registration_id, g.event_id, g.side, g.event_is_off, g.status_code, t.registration_id, t.name,
         q.question_id, q.question_code, q.ordinal, q.text_en, q.text_zh;

COMMENT ON VIEW registration_answer IS 'What those who registered answered, a row for each question, and what they still owe; counts of options are in survey_choice / 报名回答';
COMMENT ON COLUMN registration_answer.event_id IS 'The event';
COMMENT ON COLUMN registration_answer.event IS 'Label of the event';
COMMENT ON COLUMN registration_answer.held_on IS 'The day on which the event begins, where it is held';
COMMENT ON COLUMN registration_answer.registration_id IS 'The registration';
COMMENT ON COLUMN registration_answer.side IS 'on_site or online';
COMMENT ON COLUMN registration_answer.status_code IS 'registered, waiting or cancelled; event_cancelled where the event is';
COMMENT ON COLUMN registration_answer.name IS 'Who registered; NULL: not given';
COMMENT ON COLUMN registration_answer.question_id IS 'The question';
COMMENT ON COLUMN registration_answer.question_code IS 'Its code';
COMMENT ON COLUMN registration_answer.ordinal IS 'Order of the question';
COMMENT ON COLUMN registration_answer.question IS 'The question in the language of salon.lang';
COMMENT ON COLUMN registration_answer.answer IS 'The answer: options by their labels, in their order; NULL: the question is required, but was not yet when they registered';

CREATE FUNCTION _registration_answers(registration_id bigint) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN coalesce((SELECT jsonb_object_agg(x.question_code, x.answer)
                     FROM (SELECT q.question_code,
                                  CASE WHEN q.kind IN ('choice', 'choices') THEN jsonb_agg(o.option_code ORDER BY o.ordinal, o.question_option_id)
                                       ELSE to_jsonb(coalesce(min(a.value)::text, min(a.body))) END AS answer
                           FROM response r
                           JOIN answer a ON a.response_id = r.response_id
                           JOIN question q ON q.question_id = a.question_id
                           LEFT JOIN question_option o ON o.question_option_id = a.question_option_id
                           WHERE r.registration_id = _registration_answers.registration_id
                           GROUP BY q.question_id) x), '{}');
END
$$;

COMMENT ON FUNCTION _registration_answers(bigint) IS 'What was answered at a registration, as answer_registration takes it';

-- What is wrong with answers at registration; a required question without one
-- too, but one that became required since their response they may still owe.
CREATE FUNCTION _registration_problem(survey_id bigint, answers jsonb, response_id bigint, OUT question_code text, OUT given text, OUT problem text) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 5
BEGIN ATOMIC
    SELECT x.question_code, x.given, x.problem
    FROM (
        SELECT c.question_code, c.given, c.problem
        FROM _sheet_cell(_registration_problem.survey_id, _registration_problem.answers) c
        WHERE c.problem IS NOT NULL
        UNION ALL
        SELECT q.question_code, NULL, salon.say('required')
        FROM question q
        WHERE q.survey_id = _registration_problem.survey_id AND q.is_required AND NOT _imports()
          AND NOT EXISTS (SELECT FROM _sheet_cell(_registration_problem.survey_id, _registration_problem.answers) c WHERE c.question_id = q.question_id)
          AND (_registration_problem.response_id IS NULL
               OR EXISTS (SELECT FROM answer a WHERE a.response_id = _registration_problem.response_id AND a.question_id = q.question_id))
    ) x
    ORDER BY x.question_code, x.given;
END;

COMMENT ON FUNCTION _registration_problem(bigint, jsonb, bigint) IS 'What is wrong with answers to the questions at registration, which take the place of those of a response, if any';

CREATE FUNCTION answer_registration(registration_id bigint, answers jsonb) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    r registration;
    survey bigint;
    the_response bigint;
    wrong record;
BEGIN
    SELECT * INTO r FROM registration x WHERE x.registration_id = answer_registration.registration_id;
    PERFORM _known(FOUND, salon.say('registration %s does not exist'), registration_id, salon.say('View registration_list shows the registrations.'));
    survey := _registration_survey(r.event_id, r.side);
    IF survey IS NULL OR jsonb_typeof(answers) IS DISTINCT FROM 'object' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = CASE WHEN survey IS NULL THEN format(salon.say('event %s asks nothing at registration'), r.event_id)
                           ELSE salon.say('answers must be an object: a value for each question_code') END,
            HINT = CASE WHEN survey IS NULL THEN salon.say('INSERT INTO survey (event_id, purpose) of purpose registration, and its questions, says what it asks.')
                        ELSE salon.say('View registration_question shows what is asked.') END;
    END IF;
    the_response := (SELECT x.response_id FROM response x WHERE x.registration_id = r.registration_id);
    SELECT * INTO wrong FROM _registration_problem(survey, answers, the_response) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('question "%s" is not answered like that: %s'), wrong.question_code, wrong.problem),
            DETAIL = CASE WHEN wrong.given IS NULL THEN salon.say('It says nothing.') ELSE format(salon.say('It says "%s".'), wrong.given) END,
            HINT = salon.say('View registration_question shows what is asked.'),
            COLUMN = wrong.question_code;
    END IF;
    IF the_response IS NULL THEN
        INSERT INTO response (survey_id, registration_id, answered_at) VALUES (survey, r.registration_id, now())
        RETURNING response_id INTO the_response;
    ELSE
        DELETE FROM answer a WHERE a.response_id = the_response;
        UPDATE response x SET survey_id = survey, answered_at = now() WHERE x.response_id = the_response;
    END IF;
    INSERT INTO answer (response_id, question_id, question_option_id, value, body)
    SELECT DISTINCT the_response, c.question_id, c.question_option_id, c.value, c.body
    FROM _sheet_cell(survey, answers) c
    ORDER BY c.question_id, c.question_option_id;
    RETURN the_response;
END
$$;

COMMENT ON FUNCTION answer_registration(bigint, jsonb) IS
'Answer what an event asks at registration: an object with a value for each question_code, several options as an array or with semicolons; takes the place of what was answered before. Returns the response. Errors: 23503 no such registration, 22023 an answer that cannot be, a required one that is missing, or nothing is asked, 23514 the event is closed / 回答报名问题';

CREATE FUNCTION register(
    event_id          bigint,
    side              text DEFAULT 'on_site',
    seats             integer DEFAULT 1,
    name              text DEFAULT NULL,
    contact_kind      text DEFAULT NULL,
    contact           text DEFAULT NULL,
    link_id           bigint DEFAULT NULL,
    channel_party_id  bigint DEFAULT NULL,
    party_id          bigint DEFAULT NULL,
    note              text DEFAULT NULL,
    answers           jsonb DEFAULT NULL,
    OUT registration_id  bigint,
    OUT status_code      text,
    OUT secret           text
) RETURNS record
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    -- what a form registers it sees by the secret alone
    IF row_security_active('registration') AND salon._among(1, '_my_level', 0) THEN
        secret := gen_random_uuid();
        PERFORM set_config('salon.secret', secret, true);
    END IF;
    INSERT INTO registration AS r (event_id, side, seats, link_id, channel_party_id, note, party_id, secret_hash)
    VALUES (register.event_id, register.side, register.seats, register.link_id, register.channel_party_id, register.note, register.party_id,
            CASE WHEN secret IS NOT NULL THEN salon._secret_hash() END)
    RETURNING r.registration_id, r.status_code INTO register.registration_id, register.status_code;
    IF num_nonnulls(name, contact_kind, contact) > 0 THEN
        INSERT INTO attendee (registration_id, name, contact_kind, contact)
        VALUES (register.registration_id, register.name, register.contact_kind, register.contact);
    END IF;
    IF answers IS NOT NULL
       OR EXISTS (SELECT FROM question q WHERE q.survey_id = _registration_survey(register.event_id, register.side) AND q.is_required) THEN
        PERFORM answer_registration(register.registration_id, coalesce(answers, '{}'));
    END IF;
END
$$;

COMMENT ON FUNCTION register(bigint, text, integer, text, text, text, bigint, bigint, bigint, text, jsonb) IS
'Register a party for a side of an event, with who it is and what it answers (see answer_registration); returns the registration and whether it is registered or waiting, and to a public form the secret by which that is cancelled. Errors: 23503 no such event, side, link or channel, 23505 the contact is registered already, 23514 closed, cancelled, or a number of seats that cannot be, 22023 an answer that cannot be / 报名';
