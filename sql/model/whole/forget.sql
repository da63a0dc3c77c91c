-- Forgetting a person: what is told of the person goes, what is counted stays;
-- the history says that something was changed, and withholds what.
-- The row in table party remains without a name, so that a talk, a seat, a
-- vote or a duty is still somebody's.

-- Where a person stands, table by table.  whose: rows of person $1; NULL: all
-- is kept, for nothing in the table is told of a person.  columns and becomes:
-- what is emptied; NULL: the row is deleted.
CREATE FUNCTION _forget_rule(OUT ordinal bigint, OUT relation text, OUT whose text, OUT columns text[], OUT becomes text[])
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 50
BEGIN ATOMIC
    SELECT row_number() OVER (), v.relation, v.whose, v.columns,
           coalesce(v.becomes, array_fill('NULL'::text, ARRAY[coalesce(cardinality(v.columns), 0)]))
    FROM (VALUES
        ('remark', '$1 IN (party_id, helper_id)
            OR event_party_id IN (SELECT x.event_party_id FROM event_party x WHERE x.party_id = $1)
            OR event_duty_id IN (SELECT x.event_duty_id FROM event_duty x WHERE x.party_id = $1)
            OR supply_id IN (SELECT x.supply_id FROM supply x WHERE x.party_id = $1)
            OR demand_id IN (SELECT x.demand_id FROM demand x WHERE x.party_id = $1)
            OR commitment_id IN (SELECT x.commitment_id FROM commitment x WHERE $1 IN (x.giver_id, x.taker_id))
            OR agreement_id IN (SELECT x.agreement_id FROM commitment x WHERE $1 IN (x.giver_id, x.taker_id))
            OR agreement_id IN (SELECT x.agreement_id FROM agreement x WHERE x.party_id = $1)
            OR cost_id IN (SELECT x.cost_id FROM cost x WHERE x.payer_id = $1)
            OR audience_id IN (SELECT x.audience_id FROM audience x WHERE x.party_id = $1)
            OR channel_id IN (SELECT x.channel_id FROM channel x WHERE x.party_id = $1)
            OR post_id IN (SELECT x.post_id FROM channel c JOIN post x USING (channel_id) WHERE c.party_id = $1)
            OR metric_id IN (SELECT x.metric_id FROM metric x WHERE x.party_id = $1)
            OR talk_id IN (SELECT x.talk_id FROM talk x WHERE x.submitter_id = $1)
            OR talk_id IN (SELECT x.talk_id FROM talk_speaker x WHERE x.person_id = $1)
            OR invitation_id IN (SELECT x.invitation_id FROM invitation x WHERE x.person_id = $1)
            OR absence_id IN (SELECT x.absence_id FROM absence x WHERE x.person_id = $1)
            OR supplier_of_id IN (SELECT x.supplier_of_id FROM supplier_of x WHERE $1 IN (x.supplier_id, x.customer_id))',
         NULL::text[], NULL::text[]),
        ('party_source', 'party_id = $1', NULL, NULL),
        ('contact', 'party_id = $1', NULL, NULL),
        ('affiliation', 'person_id = $1', NULL, NULL),
        ('attendee', 'registration_id IN (SELECT r.registration_id FROM registration r WHERE r.party_id = $1)', NULL, NULL),
        ('response', 'registration_id IN (SELECT r.registration_id FROM registration r WHERE r.party_id = $1)', NULL, NULL),
        ('registration', 'party_id = $1', ARRAY['note', 'external_id'], NULL),
        ('answer', 'body IS NOT NULL AND response_id IN (SELECT r.response_id FROM respondent r WHERE r.party_id = $1)', ARRAY['body'], ARRAY['''-''']),
        ('respondent', 'party_id = $1', NULL, NULL),
        ('consent', 'person_id = $1', NULL, NULL),
        ('asset_person', 'person_id = $1', NULL, NULL),
        ('travel_leg', 'person_id = $1', NULL, NULL),
        ('invitation', 'person_id = $1', ARRAY['decline_reason'], NULL),
        ('absence', 'person_id = $1', NULL, NULL),
        ('availability', 'party_id = $1', NULL, NULL),
        ('duty_preference', 'party_id = $1', NULL, NULL),
        ('party_skill', 'party_id = $1', NULL, NULL),
        ('apart', '$1 IN (one_id, other_id)', NULL, NULL),
        ('talk_review', 'reviewer_id = $1 OR talk_id IN (SELECT t.talk_id FROM talk t WHERE t.submitter_id = $1)', ARRAY['remark'], NULL),
        ('outcome', 'party_id = $1', ARRAY['description', 'note'], NULL),
        ('asset', 'party_id = $1', ARRAY['state', 'url', 'body'], ARRAY['CASE state WHEN ''wanted'' THEN ''wanted'' ELSE ''draft'' END', 'NULL', 'NULL']),
        ('product', 'party_id = $1', ARRAY['name', 'website', 'introduction'], ARRAY['''product '' || product_id', 'NULL', 'NULL']),
        ('venue', 'party_id = $1', ARRAY['name', 'address'], ARRAY['''venue '' || venue_id', 'NULL']),
        ('demand', 'party_id = $1', ARRAY['metric'], NULL),
        ('delivery', 'commitment_id IN (SELECT c.commitment_id FROM commitment c WHERE $1 IN (c.giver_id, c.taker_id))', ARRAY['evidence'], NULL),
        ('commitment', '$1 IN (giver_id, taker_id)', ARRAY['what'], ARRAY['CASE WHEN kind = ''in_kind'' AND resource_code IS NULL THEN ''-'' END']),
        ('channel', 'party_id = $1', ARRAY['name', 'url'], ARRAY['''channel '' || channel_id', 'NULL']),
        ('post', 'channel_id IN (SELECT c.channel_id FROM channel c WHERE c.party_id = $1)', ARRAY['url'], NULL),
        ('metric', 'party_id = $1', ARRAY['name_en', 'name_zh', 'original_text'], ARRAY['''metric '' || metric_id', 'NULL', 'NULL']),
        ('blackout', 'party_id = $1', ARRAY['reason'], NULL),
        ('party', 'party_id = $1', ARRAY['name_en', 'name_zh', 'city_code', 'website', 'introduction'], NULL),
        -- what an organization sells, what a series is called, who of the staff
        -- ticked or checked, what a talk is about
        ('supplier_of', NULL, NULL, NULL), ('series', NULL, NULL, NULL), ('event_item', NULL, NULL, NULL), ('check_pass', NULL, NULL, NULL), ('party_merge', NULL, NULL, NULL), ('talk', NULL, NULL, NULL)
    ) v (relation, whose, columns, becomes);
END;

COMMENT ON FUNCTION _forget_rule() IS
'For each table with words about persons what forget does with the rows of one: delete them, or empty these columns';

CREATE FUNCTION forget(party_id bigint) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    person party;
    r record;
    n bigint;
    changed bigint := 0;
BEGIN
    SELECT * INTO person FROM party p WHERE p.party_id = forget.party_id FOR UPDATE;
    PERFORM _known(FOUND, salon.say('party %s does not exist'), party_id, salon.say('Give the party_id of a person in table party.'));
    IF person.kind <> 'person' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('party %s is an organization'), party_id),
            HINT = salon.say('Only persons are forgotten: forget those of the organization one by one, and delete its rows in contact.');
    END IF;
    -- The commands are made of the list above, which nobody writes to.
    FOR r IN
        SELECT u.relation, u.whose, u.columns,
               (SELECT a.attname FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
                WHERE i.indrelid = u.relation::regclass AND i.indisprimary) AS key,
               CASE WHEN u.columns IS NULL THEN format('DELETE FROM %I WHERE %s', u.relation, u.whose)
                    ELSE format('UPDATE %I SET %s WHERE (%s) AND ROW(%s) IS DISTINCT FROM ROW(%s)', u.relation,
                                (SELECT string_agg(format('%I = %s', c, b), ', ') FROM unnest(u.columns, u.becomes) x (c, b)),
                                u.whose, array_to_string(u.columns, ', '), array_to_string(u.becomes, ', ')) END AS command
        FROM _forget_rule() u
        WHERE u.whose IS NOT NULL
        ORDER BY u.ordinal
    LOOP
        EXECUTE r.command USING forget.party_id;
        GET DIAGNOSTICS n = ROW_COUNT;
        changed := changed + n;
        -- that too is in the history by now
        IF r.columns IS NOT NULL THEN
            EXECUTE format('UPDATE history h SET before = nullif(h.before - $2, ''{}''), after = nullif(h.after - $2, ''{}''),
                                   withheld = ARRAY(SELECT unnest(h.withheld)
                                                    UNION SELECT c FROM unnest($2) c WHERE h.before ? c OR h.after ? c ORDER BY 1)
                            WHERE h.subject = %1$L AND (h.before ?| $2 OR h.after ?| $2)
                              AND (h.row_key IN (SELECT t.%2$I::text FROM %1$I t WHERE %3$s)
                                   -- of rows that are deleted the history says whose they were
                                   OR h.row_key IN (SELECT d.row_key FROM history d
                                                    WHERE d.subject = %1$L AND $1::text IN (d.before ->> %4$L, d.after ->> %4$L)))',
                           r.relation, r.key, r.whose, substring(r.whose FROM '^([a-z_]+) = [$]1'))
            USING forget.party_id, r.columns;
        END IF;
    END LOOP;
    RETURN changed;
END
$$;

COMMENT ON FUNCTION forget(bigint) IS
'Forget a person: deletes or empties what is told of the person and keeps what is counted; returns how many rows it changed, 0 when there was nothing left. Errors: 23503 no such party, 22023 it is an organization / 遗忘个人数据';
