-- One party that was entered twice: who may be the same, and merging the two.

-- Every column with parties: those of foreign keys to party, and to such columns.
CREATE FUNCTION _party_column(OUT table_name text, OUT column_name text, OUT relation oid, OUT attnum smallint) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE ROWS 50
BEGIN ATOMIC
    WITH RECURSIVE c AS (
        SELECT 'party'::regclass::oid AS relation, a.attnum
        FROM pg_attribute a
        WHERE a.attrelid = 'party'::regclass AND a.attname = 'party_id'
        UNION
        SELECT k.conrelid, k.conkey[i]
        FROM c
        JOIN pg_constraint k ON k.contype = 'f' AND k.confrelid = c.relation
        CROSS JOIN LATERAL generate_subscripts(k.confkey, 1) i
        WHERE k.confkey[i] = c.attnum
    )
    SELECT t.relname::text AS table_name, a.attname::text AS column_name, c.relation, c.attnum
    FROM c
    JOIN pg_class t ON t.oid = c.relation
    JOIN pg_attribute a ON a.attrelid = c.relation AND a.attnum = c.attnum
    -- the database makes the rows of interest itself
    WHERE c.relation NOT IN ('party'::regclass, 'interest'::regclass);
END;

COMMENT ON FUNCTION _party_column() IS 'Every column that refers to a party, by a foreign key or by a chain of them';

-- What the kept party has already of its own goes; what refers to that is of
-- the row that stays.  All else moves in one statement, at whose end the foreign
-- keys look.
CREATE FUNCTION merge_party(keep_id bigint, gone_id bigint) RETURNS TABLE (table_name text, moved bigint, dropped bigint)
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    keep party;
    gone party;
    t record;
    u record;
    f record;
    same text;
    one text;
    kept_id bigint;
    since date;
    until date;
    moves text[] := '{}';
    n bigint;
BEGIN
    PERFORM _take_turn();
    SELECT * INTO keep FROM party p WHERE p.party_id = merge_party.keep_id FOR UPDATE;
    SELECT * INTO gone FROM party p WHERE p.party_id = merge_party.gone_id FOR UPDATE;
    IF keep.party_id IS NULL OR gone.party_id IS NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(salon.say('party %s does not exist'), coalesce(CASE WHEN keep.party_id IS NULL THEN merge_party.keep_id ELSE merge_party.gone_id END::text, 'NULL')),
            HINT = salon.say('View party_list shows the parties.');
    ELSIF keep.party_id = gone.party_id OR keep.kind <> gone.kind THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = CASE WHEN keep.party_id = gone.party_id THEN format(salon.say('party %s is one already'), keep.party_id)
                           ELSE format(salon.say('party %s is of kind %s, party %s of kind %s'), keep.party_id, keep.kind, gone.party_id, gone.kind) END,
            HINT = salon.say('Only two organizations or two persons can be the same: see view party_duplicate.');
    END IF;
    one := (SELECT string_agg(DISTINCT c.agreement_id::text, salon.say(', ')) FROM commitment c
            WHERE (c.giver_id, c.taker_id) IN ((keep.party_id, gone.party_id), (gone.party_id, keep.party_id)));
    IF one IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format(salon.say('parties %s and %s promised something to each other: agreements %s'), keep.party_id, gone.party_id, one),
            HINT = salon.say('If they are one, delete these agreements first; withdraw before that what is signed.'),
            TABLE = 'commitment', CONSTRAINT = 'commitment_is_between_two';
    END IF;
    INSERT INTO party_merge (keep_id, gone_id) VALUES (keep.party_id, gone.party_id);
    -- nobody knows or introduces itself
    DELETE FROM acquaintance a WHERE (a.person_id, a.knows_id) IN ((keep.party_id, gone.party_id), (gone.party_id, keep.party_id));
    DELETE FROM introduction i
    WHERE gone.party_id IN (i.introducer_id, i.party_id, i.to_id) AND keep.party_id IN (i.introducer_id, i.party_id, i.to_id);
    -- nor accepts a contribution of its own: such a one is claimed anew
    UPDATE contribution c SET status_code = 'claimed' WHERE (c.party_id, c.accepted_by) IN ((keep.party_id, gone.party_id), (gone.party_id, keep.party_id));
    -- attempts of both are counted on
    UPDATE attempt a
    SET sitting = a.sitting + (SELECT max(k.sitting) FROM attempt k WHERE k.person_id = keep.party_id AND k.certification_level_id = a.certification_level_id)
    WHERE a.person_id = gone.party_id
      AND EXISTS (SELECT FROM attempt k WHERE k.person_id = keep.party_id AND k.certification_level_id = a.certification_level_id);
    -- a pair of the two is none, and a pair is in order
    DELETE FROM apart a
    WHERE gone.party_id IN (a.one_id, a.other_id)
      AND (keep.party_id IN (a.one_id, a.other_id)
           OR EXISTS (SELECT FROM apart b
                      WHERE keep.party_id IN (b.one_id, b.other_id) AND a.one_id + a.other_id - gone.party_id IN (b.one_id, b.other_id)));
    UPDATE apart a
    SET one_id = least(keep.party_id, a.one_id + a.other_id - gone.party_id), other_id = greatest(keep.party_id, a.one_id + a.other_id - gone.party_id)
    WHERE gone.party_id IN (a.one_id, a.other_id);
    DELETE FROM supplier_of s WHERE (s.supplier_id, s.customer_id) IN ((keep.party_id, gone.party_id), (gone.party_id, keep.party_id));
    FOR t IN
        SELECT c.table_name, c.relation, array_agg(c.column_name ORDER BY c.attnum) AS columns
        FROM _party_column() c
        WHERE c.table_name NOT IN ('apart', 'party_merge')
        GROUP BY c.table_name, c.relation
        ORDER BY c.table_name
    LOOP
        EXECUTE format('SELECT count(*) FROM %I x WHERE $1 IN (%s)', t.table_name, (SELECT string_agg(format('x.%I', c), ', ') FROM unnest(t.columns) c))
        INTO n USING gone.party_id;
        CONTINUE WHEN n = 0;
        IF t.table_name = 'contact' THEN  -- forms of one address
            DELETE FROM contact g USING contact k
            WHERE g.party_id = gone.party_id AND k.party_id = keep.party_id AND k.kind = g.kind
              AND salon.contact_key(k.kind, k.address) = salon.contact_key(g.kind, g.address);
        END IF;
        IF t.table_name = 'contribution' THEN  -- it counts once: as accepted, if it is
            DELETE FROM contribution g USING contribution k
            WHERE (g.party_id, k.party_id) IN ((gone.party_id, keep.party_id), (keep.party_id, gone.party_id)) AND k.contribution_kind_code = g.contribution_kind_code
              AND (k.url = g.url OR (num_nonnulls(k.url, g.url) = 0 AND k.event_id = g.event_id))
              AND (g.status_code = 'accepted', g.party_id = keep.party_id) < (k.status_code = 'accepted', k.party_id = keep.party_id);
        END IF;
        IF t.table_name = 'absence' THEN  -- nobody is absent twice at a time: those that overlap are of the kept one
            FOR u IN SELECT g.absence_id, g.during FROM absence g WHERE g.person_id = gone.party_id ORDER BY g.absence_id LOOP
                SELECT array_agg(a.absence_id ORDER BY a.person_id <> keep.party_id, a.absence_id) AS ids, min(a.starts_at) AS starts_at, max(a.ends_at) AS ends_at,
                       string_agg(DISTINCT m.note, salon.say('; ') ORDER BY m.note) AS note
                INTO f
                FROM absence a
                LEFT JOIN remark m USING (absence_id)
                WHERE a.absence_id = u.absence_id OR (a.person_id = keep.party_id AND a.during && u.during);
                CONTINUE WHEN cardinality(f.ids) = 1;
                DELETE FROM absence a WHERE a.absence_id = ANY (f.ids[2:]);
                UPDATE absence a SET starts_at = f.starts_at, ends_at = f.ends_at WHERE a.absence_id = f.ids[1];
                INSERT INTO remark (absence_id, note) SELECT f.ids[1], f.note WHERE f.note IS NOT NULL
                ON CONFLICT ON CONSTRAINT remark_absence_id_key DO UPDATE SET note = excluded.note;
            END LOOP;
        END IF;
        FOR u IN
            -- unique keys in which a party stands, and those that are one at a time
            SELECT i.indnullsnotdistinct, pg_get_expr(i.indpred, i.indrelid) AS predicate, i.indisexclusion AS at_a_time,
                   array_agg(a.attname::text) FILTER (WHERE NOT (i.indisexclusion AND a.attname IN ('since', 'until'))) AS columns
            FROM pg_index i
            JOIN pg_attribute a ON a.attrelid = i.indrelid
            WHERE i.indrelid = t.relation AND CASE WHEN i.indisunique THEN i.indexprs IS NULL ELSE pg_get_indexdef(i.indexrelid) ~ 'daterange\(since, until\)' END
              AND (a.attnum = ANY (i.indkey)
                   OR EXISTS (SELECT FROM pg_depend d WHERE (d.classid, d.objid, d.refobjid, d.refobjsubid) = ('pg_class'::regclass, i.indexrelid, a.attrelid, a.attnum)))
            GROUP BY i.indexrelid, i.indnullsnotdistinct, i.indpred, i.indrelid, i.indisexclusion, i.indisunique
            HAVING array_agg(a.attname::text) && t.columns AND (i.indisunique OR i.indisexclusion)
        LOOP
            same := (SELECT string_agg(format(CASE WHEN u.indnullsnotdistinct THEN 'k.%I IS NOT DISTINCT FROM %s' ELSE 'k.%I = %s' END, c,
                                              format(CASE WHEN c = ANY (t.columns) THEN 'CASE g.%1$I WHEN $2 THEN $1 ELSE g.%1$I END' ELSE 'g.%1$I' END, c)), ' AND ')
                            || ' AND $2 IN (' || (SELECT string_agg(format('g.%I', c), ', ') FROM unnest(u.columns) c WHERE c = ANY (t.columns)) || ')'
                     FROM unnest(u.columns) c)
                    || CASE WHEN u.predicate IS NULL THEN '' ELSE format(' AND (SELECT %1$s FROM (SELECT g.*) o) AND (SELECT %1$s FROM (SELECT k.*) o)', u.predicate) END;
            LOOP
                one := same;
                IF u.at_a_time THEN
                    -- all that overlap are of the kept one that began last, from the first day that is known
                    EXECUTE format('SELECT format(''k.%1$I = %%s AND g.%1$I = ANY (%%L)'', x.ids[1], x.ids[2:] || x.id), x.ids[1], x.since, x.until
                                    FROM (SELECT g.%1$I AS id, array_agg(k.%1$I ORDER BY k.since DESC NULLS LAST) AS ids, least(g.since, min(k.since)) AS since,
                                                 CASE WHEN g.until IS NOT NULL AND bool_and(k.until IS NOT NULL) THEN greatest(g.until, max(k.until)) END AS until
                                          FROM %2$I g, %2$I k
                                          WHERE %3$s AND daterange(g.since, g.until) && daterange(k.since, k.until)
                                          GROUP BY g.%1$I
                                          ORDER BY g.%1$I LIMIT 1) x', t.table_name || '_id', t.table_name, same)
                    INTO one, kept_id, since, until USING keep.party_id, gone.party_id;
                    EXIT WHEN one IS NULL;
                END IF;
                FOR f IN
                    -- what refers to a row that goes refers to the one that stays, unless that has the same already
                    SELECT k.conrelid::regclass AS child,
                           string_agg(format('%I = k.%I', a.attname, b.attname), ', ') FILTER (WHERE a.attgenerated = '') AS becomes,
                           string_agg(format('x.%I = g.%I', a.attname, b.attname), ' AND ') AS refers,
                           (SELECT coalesce(string_agg('(' || w.same || ')', ' OR '), 'false')
                            FROM (SELECT string_agg(format(CASE WHEN c.attnum = ANY (k.conkey) THEN 'y.%1$I = k.%2$I' ELSE 'y.%1$I = x.%1$I' END, c.attname,
                                                           (SELECT r.attname FROM pg_attribute r
                                                            WHERE r.attrelid = k.confrelid AND r.attnum = k.confkey[array_position(k.conkey, c.attnum)])), ' AND ') AS same
                                  FROM pg_index i
                                  JOIN pg_attribute c ON c.attrelid = i.indrelid AND c.attnum = ANY (i.indkey)
                                  WHERE i.indrelid = k.conrelid AND i.indisunique AND i.indexprs IS NULL AND i.indpred IS NULL AND i.indkey::int2[] && k.conkey
                                  GROUP BY i.indexrelid) w) AS double
                    FROM pg_constraint k
                    CROSS JOIN LATERAL generate_subscripts(k.conkey, 1) i
                    JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = k.conkey[i]
                    JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = k.confkey[i]
                    WHERE k.contype = 'f' AND k.confrelid = t.relation
                    GROUP BY k.oid, k.conrelid, k.confrelid, k.conkey, k.confkey
                LOOP
                    EXECUTE format('DELETE FROM %1$s x USING %1$s y, %2$I g, %2$I k WHERE x.ctid <> y.ctid AND %3$s AND %4$s AND (%5$s)', f.child, t.table_name, one, f.refers, f.double)
                    USING keep.party_id, gone.party_id;
                    EXECUTE format('UPDATE %1$s x SET %2$s FROM %3$I g, %3$I k WHERE %4$s AND %5$s', f.child, f.becomes, t.table_name, one, f.refers)
                    USING keep.party_id, gone.party_id;
                END LOOP;
                EXECUTE format('DELETE FROM %1$I g USING %1$I k WHERE %2$s', t.table_name, one)
                USING keep.party_id, gone.party_id;
                EXIT WHEN NOT u.at_a_time;
                EXECUTE format('UPDATE %I SET since = $2, until = $3 WHERE %I = $1', t.table_name, t.table_name || '_id') USING kept_id, since, until;
            END LOOP;
        END LOOP;
        moves := moves || format('m%s AS (UPDATE %I SET %s WHERE $2 IN (%s) RETURNING 1)', cardinality(moves), t.table_name,
                                 (SELECT string_agg(format('%1$I = CASE %1$I WHEN $2 THEN $1 ELSE %1$I END', c), ', ') FROM unnest(t.columns) c),
                                 (SELECT string_agg(quote_ident(c), ', ') FROM unnest(t.columns) c));
        table_name := t.table_name;
        EXECUTE format('SELECT count(*) FROM %I x WHERE $1 IN (%s)', t.table_name, (SELECT string_agg(format('x.%I', c), ', ') FROM unnest(t.columns) c))
        INTO moved USING gone.party_id;
        dropped := n - moved;
        RETURN NEXT;
    END LOOP;
    IF cardinality(moves) > 0 THEN
        EXECUTE 'WITH ' || array_to_string(moves, ', ') || ' SELECT' USING keep.party_id, gone.party_id;
    END IF;
    UPDATE party_merge m SET keep_id = keep.party_id WHERE m.keep_id = gone.party_id;
    DELETE FROM party p WHERE p.party_id = gone.party_id;
    UPDATE party p
    SET name_en = coalesce(p.name_en, gone.name_en), name_zh = coalesce(p.name_zh, gone.name_zh), city_code = coalesce(p.city_code, gone.city_code),
        website = coalesce(p.website, gone.website), introduction = coalesce(p.introduction, gone.introduction)
    WHERE p.party_id = keep.party_id;
END
$$;

COMMENT ON FUNCTION merge_party(bigint, bigint) IS
'Merge a party that was entered twice into the one that is kept: all that refers to it moves, what the kept one has already goes, periods that overlap become one, and what it does not say is filled in; returns for each table how many rows moved and how many were double. Errors: 23503 no such party, 22023 two of different kinds, 23514 what one promised the other, 23P01 and 23505 where both are at once and cannot be one / 合并重复的参与方';

-- Pairs that may be one.
CREATE VIEW party_duplicate WITH (security_invoker) AS
WITH key AS (
    SELECT p.party_id, p.kind, 'name' AS reason_code, n.key AS shared
    FROM party p
    CROSS JOIN LATERAL (SELECT DISTINCT salon.folded(v.name) AS key FROM (VALUES (p.name_en), (p.name_zh)) v (name) WHERE v.name IS NOT NULL) n
    UNION ALL
    SELECT p.party_id, p.kind, 'website', regexp_replace(salon.folded(p.website), '^https?://(www[.])?|/$', '', 'g')
    FROM party p
    WHERE p.website IS NOT NULL
    UNION ALL
    SELECT p.party_id, p.kind, c.kind, salon.contact_key(c.kind, c.address)
    FROM contact c
    JOIN party p USING (party_id)
)
SELECT a.party_id AS keep_id, b.party_id AS gone_id,
       party_label(a.party_id) AS keep, party_label(b.party_id) AS gone,
       a.kind AS kind_code,
       string_agg(DISTINCT a.reason_code || salon.say(': ') || a.shared, salon.say('; ') ORDER BY a.reason_code || salon.say(': ') || a.shared) AS shared
FROM key a
JOIN key b ON b.reason_code = a.reason_code AND b.shared = a.shared AND b.kind = a.kind AND b.party_id > a.party_id
GROUP BY a.party_id, b.party_id, a.kind;

COMMENT ON VIEW party_duplicate IS 'Pairs of parties of a kind that may be one: same name, address, number or home page; merge_party(keep_id, gone_id) merges them / 疑似重复';
COMMENT ON COLUMN party_duplicate.keep_id IS 'The one that was entered first';
COMMENT ON COLUMN party_duplicate.gone_id IS 'The other one';
COMMENT ON COLUMN party_duplicate.keep IS 'The one that was entered first: label';
COMMENT ON COLUMN party_duplicate.gone IS 'The other one: label';
COMMENT ON COLUMN party_duplicate.kind_code IS 'organization or person';
COMMENT ON COLUMN party_duplicate.shared IS 'What both have: name, website, email, phone, wechat, other';

-- The parties, as organizers look for them.
CREATE VIEW party_list WITH (security_invoker) AS
SELECT p.party_id, party_label(p.party_id) AS party, p.kind AS kind_code,
       CASE p.kind WHEN 'person' THEN salon.label('person', '个人') ELSE salon.label('organization', '组织') END AS kind,
       (SELECT string_agg(salon.label(o.name_en, o.name_zh, o.role_code), salon.say(', ') ORDER BY o.ordinal, o.role_code)
        FROM party_role r JOIN role o USING (role_code)
        WHERE r.party_id = p.party_id AND daterange(r.since, r.until) @> (SELECT _today())) AS roles,
       (SELECT string_agg(party_label(a.organization_id), salon.say(', ') ORDER BY a.organization_id)
        FROM affiliation a
        WHERE a.person_id = p.party_id AND daterange(a.since, a.until) @> (SELECT _today())) AS organizations,
       (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c WHERE c.city_code = p.city_code) AS city,
       (SELECT count(*) FROM contact c WHERE c.party_id = p.party_id) AS contacts,
       e.events, e.last_event, e.last_on, e.next_event, e.next_on,
       (SELECT string_agg(d.name, salon.label(', ', '、') ORDER BY d.name) FROM product d WHERE d.party_id = p.party_id) AS products
FROM party p
CROSS JOIN LATERAL (
    SELECT count(*) AS events,
           (array_agg(event_label(v.event_id) ORDER BY v.starts_at DESC, v.event_id) FILTER (WHERE v.took_place))[1] AS last_event,
           max((v.starts_at AT TIME ZONE v.time_zone)::date) FILTER (WHERE v.took_place) AS last_on,
           (array_agg(event_label(v.event_id) ORDER BY v.starts_at, v.event_id) FILTER (WHERE v.is_open))[1] AS next_event,
           min((v.starts_at AT TIME ZONE v.time_zone)::date) FILTER (WHERE v.is_open) AS next_on
    FROM event v
    WHERE NOT v.is_off
      AND v.event_id IN (SELECT x.event_id FROM event_party x WHERE x.party_id = p.party_id
                         UNION ALL SELECT k.event_id FROM speaker k WHERE k.person_id = p.party_id AND NOT k.is_declined
                         UNION ALL SELECT d.event_id FROM event_duty d WHERE d.party_id = p.party_id)
) e;

COMMENT ON VIEW party_list IS 'Parties: what they are, where, and at which events they had a part, a talk or a duty / 参与方一览';
COMMENT ON COLUMN party_list.kind_code IS 'organization or person';
COMMENT ON COLUMN party_list.roles IS 'Its roles now: labels; NULL: none';
COMMENT ON COLUMN party_list.organizations IS 'Where a person belongs to now: labels; NULL: to none';
COMMENT ON COLUMN party_list.city IS 'Home city: label; NULL: not known';
COMMENT ON COLUMN party_list.products IS 'What it makes: names; NULL: nothing is known';
COMMENT ON COLUMN party_list.contacts IS 'How many addresses and numbers are known';
COMMENT ON COLUMN party_list.events IS 'Events, not cancelled ones, at which it has a part, a talk or a duty';
COMMENT ON COLUMN party_list.last_event IS 'The last one that took place: label; NULL: none';
COMMENT ON COLUMN party_list.last_on IS 'Its day there; NULL: none';
COMMENT ON COLUMN party_list.next_event IS 'The next one: label; NULL: none';
COMMENT ON COLUMN party_list.next_on IS 'Its day there; NULL: none, or no date yet';
