-- Forgetting a person: what is told of the person goes, what is counted stays;
-- the history says that something was changed, and withholds what.
-- The row in table party remains without a name, so that a talk, a seat, a
-- vote or a duty is still somebody's.

-- Every column of free text, and what becomes of it.  A row is of the person
-- where one of the columns whose names the person, or a row of table parent that
-- is; also by other marks, and with exceptions: conditions on row t, $1 the
-- numbers of the person, $2 its addresses.  Then the row is deleted, or its
-- columns are emptied; where all three are NULL they are not of a person.  Those
-- of deleted rows are listed where the history says whose a row was before.
-- becomes: what is there instead, where NULL may not be.
CREATE FUNCTION _forget_rule(OUT ordinal bigint, OUT relation text, OUT whose text[], OUT parent text, OUT also text, OUT exceptions text,
                             OUT is_deleted boolean, OUT columns text[], OUT becomes text[]) RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    SELECT row_number() OVER (), v.relation, string_to_array(v.whose, ' '), v.parent, v.also, v.exceptions,
           v.is_deleted, string_to_array(v.columns, ' '),
           coalesce(v.becomes, array_fill('NULL'::text, ARRAY[cardinality(string_to_array(v.columns, ' '))]))
    FROM (VALUES
        -- who signed up by a public form stands there by an address only, unless it is one of who is named
        ('registration', 'party_id', NULL::text,
         't.registration_id IN (SELECT a.registration_id
                                FROM attendee a
                                JOIN registration g USING (registration_id)
                                WHERE (a.contact_kind || '' '' || a.contact_key) = ANY ($2)
                                  AND NOT EXISTS (SELECT FROM contact c
                                                  WHERE c.party_id = g.party_id AND c.kind = a.contact_kind AND salon.contact_key(c.kind, c.address) = a.contact_key))',
         NULL::text, false, 'note external_id', NULL::text[]),
        ('attendee', 'registration_id', 'registration', NULL, NULL, true, 'name contact', NULL),
        ('response', 'registration_id', 'registration', NULL, NULL, true, '', NULL),
        ('respondent', 'party_id', NULL,
         'EXISTS (SELECT FROM unnest($2) x (address) CROSS JOIN split_part(x.address, '' '', 1) k (kind)
                  WHERE x.address = k.kind || '' '' || CASE k.kind WHEN ''phone'' THEN salon.contact_key(k.kind, t.respondent) ELSE t.respondent_key END
                    AND NOT EXISTS (SELECT FROM contact c
                                    WHERE c.party_id = t.party_id AND c.kind = k.kind
                                      AND salon.contact_key(c.kind, c.address) = salon.contact_key(c.kind, t.respondent)))',
         NULL, true, 'respondent', NULL),
        ('answer', 'response_id', 'respondent', NULL, NULL, false, 'body', ARRAY['CASE WHEN body IS NOT NULL THEN ''-'' END']),
        ('party_source', 'party_id', NULL, NULL, NULL, true, 'external_id', NULL),
        ('contact', 'party_id', NULL, NULL, NULL, true, 'address', NULL),
        ('affiliation', 'person_id', NULL, NULL, NULL, true, 'title', NULL),
        ('consent', 'person_id', NULL, NULL, NULL, true, 'evidence', NULL),
        ('task_card', 'party_id', NULL, NULL, NULL, false, 'title_en title_zh background scenario benefit goal acceptance url',
         ARRAY['''task '' || task_card_id', 'NULL', 'NULL', 'NULL', 'NULL', 'CASE WHEN goal IS NOT NULL THEN ''-'' END', 'CASE WHEN acceptance IS NOT NULL THEN ''-'' END', 'NULL']),
        ('intake', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('opening', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('brand', 'party_id', NULL, NULL, NULL, true, 'url rules', NULL),
        ('joint_project', 'lead_id', NULL, NULL, NULL, false, '', NULL),
        ('joint_project', NULL, NULL, NULL, NULL, false, 'name_en name_zh url', NULL),
        ('acquaintance', 'person_id knows_id', NULL, NULL, NULL, true, '', NULL),
        ('introduction', 'introducer_id party_id to_id', NULL, NULL, NULL, true, '', NULL),
        ('certificate', 'person_id', NULL, NULL, NULL, false, 'revoked_reason', ARRAY['CASE WHEN revoked_at IS NOT NULL THEN ''-'' END']),
        ('course_progress', 'person_id', NULL, NULL, NULL, false, '', NULL),
        ('attempt', 'person_id', NULL, NULL, NULL, false, '', NULL),
        ('attempt_answer', 'attempt_id', 'attempt', NULL, NULL, false, 'body', ARRAY['CASE WHEN body IS NOT NULL THEN ''-'' END']),
        ('asset_person', 'person_id', NULL, NULL, NULL, true, '', NULL),
        ('travel_leg', 'person_id', NULL, NULL, NULL, true, 'reference note', NULL),
        ('invitation', 'person_id', NULL, NULL, NULL, false, 'decline_reason', NULL),
        ('absence', 'person_id', NULL, NULL, NULL, true, '', NULL),
        ('availability', 'party_id', NULL, NULL, NULL, true, 'note', NULL),
        ('duty_preference', 'party_id', NULL, NULL, NULL, true, 'note', NULL),
        ('party_skill', 'party_id', NULL, NULL, NULL, true, '', NULL),
        ('apart', 'one_id other_id', NULL, NULL, NULL, true, 'note', NULL),
        -- an abstract is also of whoever else speaks; that of a session with a talk is the talk's
        ('talk', 'submitter_id', NULL, 't.talk_id IN (SELECT k.talk_id FROM talk_speaker k WHERE k.person_id = ANY ($1))',
         'EXISTS (SELECT FROM talk_speaker k WHERE k.talk_id = t.talk_id AND k.person_id <> ALL ($1))', false, 'abstract', NULL),
        ('session', '', NULL, 't.session_id IN (SELECT k.session_id FROM speaker k WHERE k.person_id = ANY ($1))',
         'EXISTS (SELECT FROM speaker k WHERE k.session_id = t.session_id AND k.person_id <> ALL ($1))
          OR EXISTS (SELECT FROM talk k WHERE k.session_id = t.session_id)', false, 'abstract', NULL),
        ('talk', 'submitter_id', NULL, 't.talk_id IN (SELECT k.talk_id FROM talk_speaker k WHERE k.person_id = ANY ($1))', NULL, false, '', NULL),
        ('talk_review', 'talk_id', 'talk', 't.reviewer_id = ANY ($1)', NULL, false, 'remark', NULL),
        -- a team is of all its members
        ('team', '', NULL, 't.team_id IN (SELECT m.team_id FROM team_member m WHERE m.person_id = ANY ($1))',
         'EXISTS (SELECT FROM team_member m WHERE m.team_id = t.team_id AND m.person_id <> ALL ($1))', false, 'name', ARRAY['''team '' || team_id']),
        ('submission', '', NULL, 't.team_id IN (SELECT m.team_id FROM team_member m WHERE m.person_id = ANY ($1))',
         'EXISTS (SELECT FROM team_member m WHERE m.team_id = t.team_id AND m.person_id <> ALL ($1))', false, 'url revision',
         ARRAY['''https://forgotten.invalid/''', 'NULL']),
        ('problem', 'party_id', NULL, NULL, NULL, false, 'url', NULL),
        ('contribution', 'party_id', NULL, NULL, NULL, false, 'url description', ARRAY['NULL', 'CASE WHEN event_id IS NULL THEN ''-'' END']),
        ('outcome', 'party_id', NULL, NULL, NULL, false, 'description note', NULL),
        ('asset', 'party_id', NULL, NULL, NULL, false, 'state url body', ARRAY['CASE state WHEN ''wanted'' THEN ''wanted'' ELSE ''draft'' END', 'NULL', 'NULL']),
        ('product', 'party_id', NULL, NULL, NULL, false, 'name website introduction', ARRAY['''product '' || product_id', 'NULL', 'NULL']),
        ('venue', 'party_id', NULL, NULL, NULL, false, 'name address', ARRAY['''venue '' || venue_id', 'NULL']),
        ('room', 'venue_id', 'venue', NULL, NULL, false, 'name', ARRAY['''room '' || room_id']),
        ('room_hours', 'room_id', 'room', NULL, NULL, false, 'note', NULL),
        ('event_item', 'party_id', NULL, NULL, NULL, false, 'waived_reason done_evidence',
         ARRAY['CASE WHEN waived_reason IS NOT NULL THEN ''-'' END', 'CASE WHEN done_evidence IS NOT NULL THEN ''-'' END']),
        ('demand', 'party_id', NULL, NULL, NULL, false, 'metric', NULL),
        ('commitment', 'giver_id taker_id', NULL, NULL, NULL, false, 'what', ARRAY['CASE WHEN kind = ''in_kind'' AND resource_code IS NULL THEN ''-'' END']),
        ('delivery', 'commitment_id', 'commitment', NULL, NULL, false, 'evidence', NULL),
        ('channel', 'party_id', NULL, NULL, NULL, false, 'name url', ARRAY['''channel '' || channel_id', 'NULL']),
        ('post', 'channel_id', 'channel', NULL, NULL, false, 'url', NULL),
        ('metric', 'party_id', NULL, NULL, NULL, false, 'name_en name_zh original_text', ARRAY['''metric '' || metric_id', 'NULL', 'NULL']),
        ('blackout', 'party_id', NULL, NULL, NULL, false, 'reason', NULL),
        ('party', 'party_id', NULL, NULL, NULL, false, 'name_en name_zh city_code website introduction', NULL),
        -- remarks on the person, and on what is or was of it
        ('event_party', 'party_id', NULL, NULL, NULL, false, '', NULL),
        ('event_duty', 'party_id', NULL, NULL, NULL, false, '', NULL),
        ('supply', 'party_id', NULL, NULL, NULL, false, '', NULL),
        ('agreement', 'party_id', NULL, 't.agreement_id IN (SELECT c.agreement_id FROM commitment c WHERE c.giver_id = ANY ($1) OR c.taker_id = ANY ($1))', NULL, false, '', NULL),
        ('cost', 'payer_id', NULL, NULL, NULL, false, '', NULL),
        ('audience', 'party_id', NULL, NULL, NULL, false, '', NULL),
        ('remark', 'party_id helper_id', NULL, NULL, NULL, true, 'note', NULL),
        ('remark', 'event_party_id', 'event_party', NULL, NULL, true, 'note', NULL),
        ('remark', 'event_duty_id', 'event_duty', NULL, NULL, true, 'note', NULL),
        ('remark', 'talk_id', 'talk', NULL, NULL, true, 'note', NULL),
        ('remark', 'invitation_id', 'invitation', NULL, NULL, true, 'note', NULL),
        ('remark', 'supply_id', 'supply', NULL, NULL, true, 'note', NULL),
        ('remark', 'demand_id', 'demand', NULL, NULL, true, 'note', NULL),
        ('remark', 'agreement_id', 'agreement', NULL, NULL, true, 'note', NULL),
        ('remark', 'commitment_id', 'commitment', NULL, NULL, true, 'note', NULL),
        ('remark', 'cost_id', 'cost', NULL, NULL, true, 'note', NULL),
        ('remark', 'audience_id', 'audience', NULL, NULL, true, 'note', NULL),
        ('remark', 'channel_id', 'channel', NULL, NULL, true, 'note', NULL),
        ('remark', 'post_id', 'post', NULL, NULL, true, 'note', NULL),
        ('remark', 'metric_id', 'metric', NULL, NULL, true, 'note', NULL),
        -- the programme, as it was announced
        ('event', NULL, NULL, NULL, NULL, false, 'name_en name_zh introduction cancelled_reason', NULL),
        ('follow_up', NULL, NULL, NULL, NULL, false, 'plan', NULL),
        ('session', NULL, NULL, NULL, NULL, false, 'title_en title_zh track external_id', NULL),
        ('talk', NULL, NULL, NULL, NULL, false, 'title_en title_zh', NULL),
        ('track', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('problem', NULL, NULL, NULL, NULL, false, 'title_en title_zh', NULL),
        ('hackathon_round', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('criterion', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('award', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('link', NULL, NULL, NULL, NULL, false, 'name url', NULL),
        ('notice', NULL, NULL, NULL, NULL, false, 'text_en text_zh', NULL),
        ('reach', NULL, NULL, NULL, NULL, false, 'note', NULL),
        ('event_item', NULL, NULL, NULL, NULL, false, 'name_en name_zh item_code waived_by done_by', NULL),
        ('metric', NULL, NULL, NULL, NULL, false, 'unit', NULL),
        -- what the community offers and asks
        ('package', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('certification', NULL, NULL, NULL, NULL, false, 'name_en name_zh introduction website', NULL),
        ('certification_level', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('course', NULL, NULL, NULL, NULL, false, 'name_en name_zh version url image', NULL),
        ('exam_tag', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('exam_question', NULL, NULL, NULL, NULL, false, 'text_en text_zh', NULL),
        ('exam_option', NULL, NULL, NULL, NULL, false, 'text_en text_zh', NULL),
        ('exam_key', NULL, NULL, NULL, NULL, false, 'form', NULL),
        ('certificate', NULL, NULL, NULL, NULL, false, 'number name_en name_zh', NULL),
        ('series', NULL, NULL, NULL, NULL, false, 'name_en name_zh introduction', NULL),
        ('rotation', NULL, NULL, NULL, NULL, false, 'cadence', NULL),
        ('season', NULL, NULL, NULL, NULL, false, 'cadence time_zone', NULL),
        ('segment', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('survey', NULL, NULL, NULL, NULL, false, 'name_en name_zh', NULL),
        ('question', NULL, NULL, NULL, NULL, false, 'question_code text_en text_zh', NULL),
        ('question_option', NULL, NULL, NULL, NULL, false, 'option_code name_en name_zh', NULL),
        ('resource_conflict', NULL, NULL, NULL, NULL, false, 'reason_en reason_zh', NULL),
        ('city_activity', NULL, NULL, NULL, NULL, false, 'source', NULL),
        ('space', NULL, NULL, NULL, NULL, false, 'version name_en name_zh currency', NULL),
        -- what the database writes: roles of the database, tables and keys
        ('access', NULL, NULL, NULL, NULL, false, 'database_role', NULL),
        ('check_pass', NULL, NULL, NULL, NULL, false, 'passed_by', NULL),
        ('registration', NULL, NULL, NULL, NULL, false, 'secret_hash', NULL),
        ('party_merge', NULL, NULL, NULL, NULL, false, 'merged_by', NULL),
        ('presence', NULL, NULL, NULL, NULL, false, 'subject', NULL),
        ('history', NULL, NULL, NULL, NULL, false, 'by_role login_role subject row_key before after withheld', NULL)
    ) v (relation, whose, parent, also, exceptions, is_deleted, columns, becomes);
END;

COMMENT ON FUNCTION _forget_rule() IS
'For each column of free text what forget does with it where its row is of the person: delete the row, or empty it; or that it is of nobody';

-- Rows of a table that the history says were of somebody, or of such rows of
-- another table, and from which change on until which: named is what the columns
-- whose then had; now the keys of those that are so still.
CREATE FUNCTION _forget_span(relation text, whose text[], named text[], now bigint[], OUT row_key text, OUT since bigint, OUT until bigint)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    WITH line AS (
        SELECT h.row_key, h.history_id, h.operation,
               EXISTS (SELECT FROM unnest(_forget_span.whose) w WHERE h.before ->> w = ANY (_forget_span.named)) AS was,
               EXISTS (SELECT FROM unnest(_forget_span.whose) w WHERE h.after ->> w = ANY (_forget_span.named)) AS becomes
        FROM history h
        WHERE h.subject = _forget_span.relation AND cardinality(_forget_span.whose) > 0),
    spell AS (
        SELECT n.row_key,
               CASE WHEN (array_agg(n.was ORDER BY n.history_id))[1] THEN 0 ELSE min(n.history_id) FILTER (WHERE n.becomes) END AS since,
               CASE WHEN NOT (array_agg(n.becomes OR n.operation = 'delete' ORDER BY n.history_id DESC))[1] THEN max(n.history_id) END AS until
        FROM line n
        WHERE n.was OR n.becomes
        GROUP BY n.row_key)
    SELECT coalesce(s.row_key, k.key), coalesce(s.since, 0), CASE WHEN k.key IS NULL THEN s.until END
    FROM spell s
    FULL JOIN unnest(_forget_span.now::text[]) k (key) ON k.key = s.row_key;
END;

COMMENT ON FUNCTION _forget_span(text, text[], text[], bigint[]) IS
'Rows of a table that are or were of somebody, and from which change in the history on (0: always) until which (NULL: for good)';

-- What stood in columns of such rows meanwhile: for each change whether it has
-- that before, whether it has it after.
CREATE FUNCTION _forget_change(relation text, whose text[], named text[], now bigint[], columns text[],
                               OUT history_id bigint, OUT row_key text, OUT column_name text, OUT is_before boolean, OUT is_after boolean)
RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT h.history_id, h.row_key, c.name,
           h.operation <> 'insert' AND s.since < h.history_id AND (s.until > lag(h.history_id, 1, 0::bigint) OVER w) IS NOT FALSE,
           h.operation <> 'delete' AND (s.since < lead(h.history_id) OVER w) IS NOT FALSE AND (s.until > h.history_id) IS NOT FALSE
    FROM _forget_span(_forget_change.relation, _forget_change.whose, _forget_change.named, _forget_change.now) s
    JOIN history h ON h.subject = _forget_change.relation AND h.row_key = s.row_key
    CROSS JOIN unnest(_forget_change.columns) c (name)
    WHERE h.operation IN ('insert', 'delete') OR h.before ? c.name OR h.after ? c.name OR c.name = ANY (h.withheld)
    WINDOW w AS (PARTITION BY h.row_key, c.name ORDER BY h.history_id);
END;

COMMENT ON FUNCTION _forget_change(text, text[], text[], bigint[], text[]) IS
'Changes in the history of rows that are or were of somebody: whether the value before, and the one after, stood there meanwhile';

-- What was required of a person is forgotten as what was not.
CREATE FUNCTION forget(party_id bigint) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
SET salon.import = on
AS $$
#variable_conflict use_column
DECLARE
    person party;
    ids bigint[];
    addresses text[];
    words text;
    r record;
    named text[];
    condition text;
    now_of bigint[];
    kept bigint[];
    all_of jsonb := '{}';
    moved record;
    n bigint;
    changed bigint := 0;
BEGIN
    PERFORM _take_turn();
    SELECT * INTO person FROM party p WHERE p.party_id = forget.party_id FOR UPDATE;
    PERFORM _known(FOUND, salon.say('party %s does not exist'), forget.party_id, salon.say('Give the party_id of a person in table party.'));
    IF person.kind <> 'person' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('party %s is an organization'), forget.party_id),
            HINT = salon.say('Only persons are forgotten: forget those of the organization one by one, and delete its rows in contact.');
    END IF;
    ids := person.party_id || ARRAY(SELECT m.gone_id FROM party_merge m WHERE m.keep_id = person.party_id);
    -- A number without digits has no key.
    addresses := ARRAY(SELECT c.kind || ' ' || salon.contact_key(c.kind, c.address)
                       FROM contact c
                       WHERE c.party_id = ANY (ids) AND salon.contact_key(c.kind, c.address) <> ''
                       UNION
                       SELECT a.contact_kind || ' ' || a.contact_key
                       FROM registration g
                       JOIN attendee a USING (registration_id)
                       WHERE g.party_id = ANY (ids) AND a.contact_key <> ''
                         AND NOT EXISTS (SELECT FROM contact c
                                         WHERE c.party_id <> ALL (ids) AND c.kind = a.contact_kind AND salon.contact_key(c.kind, c.address) = a.contact_key));
    -- whole words, but in a script without blanks
    words := (SELECT string_agg(CASE WHEN v.word ~ '^[ -~]+$' THEN '(?<![[:alnum:]._%+@-])' || v.escaped || '(?![[:alnum:]_%+@]|[.-][[:alnum:]])' ELSE v.escaped END, '|')
              FROM (SELECT w.word, regexp_replace(w.word, '([^[:alnum:][:space:]])', '\\\1', 'g') AS escaped
                    FROM (SELECT salon.folded(unnest(ARRAY[person.name_en, person.name_zh]))
                          UNION
                          SELECT salon.folded(c.address) FROM contact c WHERE c.party_id = ANY (ids)) w (word)
                    WHERE length(w.word) > 1) v);
    -- The commands are made of the list above, which nobody writes to.
    FOR r IN
        SELECT u.*,
               (SELECT a.attname::text FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                WHERE i.indrelid = u.relation::regclass AND i.indisprimary) AS key
        FROM _forget_rule() u
        WHERE u.whose IS NOT NULL
        ORDER BY u.ordinal
    LOOP
        named := CASE WHEN r.parent IS NULL THEN ids::text[] ELSE ARRAY(SELECT jsonb_array_elements_text(all_of -> r.parent)) END;
        condition := concat_ws(' OR ', (SELECT string_agg(format('t.%I = ANY ($3)', w), ' OR ') FROM unnest(r.whose) w), r.also);
        EXECUTE format('SELECT array_agg(t.%1$I) FILTER (WHERE (%4$s) IS NOT TRUE), array_agg(t.%1$I) FILTER (WHERE %4$s) FROM %2$I t WHERE %3$s',
                       r.key, r.relation, condition, coalesce(r.exceptions, 'false'))
        INTO now_of, kept USING ids, addresses, named::bigint[];
        all_of := all_of || jsonb_build_object(r.relation, ARRAY(SELECT s.row_key FROM _forget_span(r.relation, r.whose, named, now_of) s WHERE (s.row_key = ANY (kept::text[])) IS NOT TRUE));
        -- what stood there when the row became another's, and was not changed since
        FOR moved IN
            SELECT c.name AS column_name, array_agg(s.row_key::bigint) AS keys
            FROM _forget_span(r.relation, r.whose, named, now_of) s
            CROSS JOIN unnest(r.columns) c (name)
            WHERE s.until IS NOT NULL AND (s.row_key = ANY (kept::text[])) IS NOT TRUE
              AND NOT EXISTS (SELECT FROM history h
                              WHERE h.subject = r.relation AND h.row_key = s.row_key AND h.history_id >= s.until
                                AND (h.before ? c.name OR h.after ? c.name OR c.name = ANY (h.withheld)))
            GROUP BY c.name
        LOOP
            EXECUTE format('UPDATE %1$I SET %2$I = %3$s WHERE %4$I = ANY ($1) AND %2$I IS DISTINCT FROM %3$s', r.relation, moved.column_name,
                           r.becomes[array_position(r.columns, moved.column_name)], r.key)
            USING moved.keys;
            GET DIAGNOSTICS n = ROW_COUNT;
            changed := changed + n;
        END LOOP;
        CONTINUE WHEN NOT r.is_deleted AND r.columns = '{}';
        EXECUTE CASE WHEN r.is_deleted THEN format('DELETE FROM %I WHERE %I = ANY ($1)', r.relation, r.key)
                     ELSE format('UPDATE %I SET %s WHERE %I = ANY ($1) AND ROW(%s) IS DISTINCT FROM ROW(%s)', r.relation,
                                 (SELECT string_agg(format('%I = %s', c, b), ', ') FROM unnest(r.columns, r.becomes) x (c, b)),
                                 r.key, array_to_string(r.columns, ', '), array_to_string(r.becomes, ', ')) END
        USING now_of;
        GET DIAGNOSTICS n = ROW_COUNT;
        changed := changed + n;
        -- that too is in the history by now
        UPDATE history h
        SET before = nullif(h.before - x.before, '{}'), after = nullif(h.after - x.after, '{}'),
            withheld = ARRAY(SELECT DISTINCT w FROM unnest(h.withheld || x.before || x.after) w ORDER BY w)
        FROM (SELECT c.history_id, coalesce(array_agg(c.column_name) FILTER (WHERE c.is_before), '{}') AS before,
                     coalesce(array_agg(c.column_name) FILTER (WHERE c.is_after), '{}') AS after
              FROM _forget_change(r.relation, r.whose, named, now_of, r.columns) c
              WHERE (c.row_key = ANY (kept::text[])) IS NOT TRUE
              GROUP BY c.history_id) x
        WHERE h.history_id = x.history_id AND (h.before ?| x.before OR h.after ?| x.after);
        -- of some rows that are no more nobody knows whose they were
        UPDATE history h
        SET before = nullif(h.before - x.columns, '{}'), after = nullif(h.after - x.columns, '{}'),
            withheld = ARRAY(SELECT DISTINCT w FROM unnest(h.withheld || x.columns) w ORDER BY w)
        FROM (SELECT l.history_id, array_agg(c.name) AS columns
              FROM history l
              CROSS JOIN unnest(r.columns) c (name)
              WHERE l.subject = r.relation AND salon.folded(concat_ws(' ', l.before ->> c.name, l.after ->> c.name)) ~ words
                AND l.row_key IN (SELECT d.row_key FROM history d WHERE d.subject = r.relation AND d.operation = 'delete')
              GROUP BY l.history_id) x
        WHERE h.history_id = x.history_id;
    END LOOP;
    RETURN changed;
END
$$;

COMMENT ON FUNCTION forget(bigint) IS
'Forget a person: deletes or empties what is told of the person and keeps what is counted; returns how many rows it changed, 0 when there was nothing left. Errors: 23503 no such party, 22023 it is an organization / 遗忘个人数据';
