-- Does every row keep every rule?  Recounted from the rows, never from what the
-- database keeps: a restore without triggers, a hand that disabled them, a fault
-- show here and nowhere else.  A rule has the name that an error would give: of
-- the constraint or the trigger.

CREATE FUNCTION _remedy_of(rule text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN (SELECT r.remedy FROM remedy r WHERE r.constraint_name = rule LIMIT 1);
END
$$;

COMMENT ON FUNCTION _remedy_of(text) IS 'What to do about a constraint, as view remedy says it; NULL: there is none of that name';

-- What the history says last of each column of each row, against the row.
CREATE FUNCTION _history_invariant(relation oid, key_column text, OUT row_key text, OUT event_id bigint, OUT problem text) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 10
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY EXECUTE format($query$
        WITH line AS MATERIALIZED (
            SELECT h.history_id, h.row_key, h.event_id, h.operation, h.before, h.after, h.withheld,
                   max(h.history_id) FILTER (WHERE h.operation IN ('insert', 'delete')) OVER w AS begins, last_value(h.operation) OVER w AS last_operation
            FROM history h
            WHERE h.subject = %1$L
              AND h.history_id > coalesce((SELECT max(x.history_id) FROM history x WHERE x.subject = %1$L AND x.operation = 'truncate'), 0)
            WINDOW w AS (PARTITION BY h.row_key ORDER BY h.history_id ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)
        ), said AS (
            SELECT DISTINCT ON (l.row_key, c.name) l.row_key, c.name, c.value, c.is_withheld
            FROM line l
            CROSS JOIN LATERAL (SELECT e.key AS name, e.value, false AS is_withheld FROM jsonb_each(l.after) e
                                UNION ALL
                                SELECT w, NULL, true FROM unnest(l.withheld) w) c
            WHERE l.last_operation <> 'delete' AND l.history_id >= coalesce(l.begins, 0)
            ORDER BY l.row_key, c.name, l.history_id DESC, c.is_withheld DESC
        ), kept AS (
            SELECT s.row_key, jsonb_object_agg(s.name, s.value) AS state FROM said s WHERE NOT s.is_withheld GROUP BY s.row_key
        )
        SELECT k.row_key, _event_of(to_jsonb(t)),
               salon.say('the history says otherwise: ')
               || (SELECT string_agg(concat(n.key, ' = ', n.value), salon.say(', ') ORDER BY n.key)
                   FROM jsonb_each_text(to_jsonb(b)) n WHERE n.value IS DISTINCT FROM to_jsonb(t) ->> n.key)
        FROM kept k
        JOIN %2$s t ON t.%3$I::text = k.row_key
        CROSS JOIN LATERAL jsonb_populate_record(t, k.state) b
        WHERE to_jsonb(b) <> to_jsonb(t)
        UNION ALL
        SELECT l.row_key, l.event_id,
               CASE l.last_operation WHEN 'delete' THEN salon.say('the history says that it was deleted') ELSE salon.say('it is no more, and the history does not say so') END
        FROM (SELECT DISTINCT ON (x.row_key) x.* FROM line x ORDER BY x.row_key, x.history_id DESC) l
        WHERE (l.last_operation = 'delete') = EXISTS (SELECT FROM %2$s t WHERE t.%3$I::text = l.row_key)
          -- it has another key since
          AND NOT EXISTS (SELECT FROM line x WHERE x.history_id > l.history_id AND x.operation = 'update' AND x.before ->> %3$L = l.row_key)
        $query$,
        (SELECT c.relname FROM pg_class c WHERE c.oid = relation), relation::regclass, key_column);
END
$$;

COMMENT ON FUNCTION _history_invariant(oid, text) IS
'Rows of a table, by its key, of which the history says otherwise: their values, that they were deleted, or that they are still there';

-- What the catalog knows: foreign keys, with all that follows a parent by them,
-- checks, generated columns, digits of amounts, parents in rings, keys that the
-- sequence has not reached, histories; and rules that do not hold at all.
CREATE FUNCTION _catalog_invariant(OUT rule text, OUT table_name text, OUT row_key text, OUT event_id bigint, OUT problem text, OUT remedy text)
RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 1000000 ROWS 10
SET search_path FROM CURRENT
SET max_parallel_workers_per_gather = 0 -- hundreds of queries, a few rows each
AS $$
DECLARE
    namespace oid := (SELECT c.relnamespace FROM pg_class c WHERE c.oid = 'space'::regclass);
    t record;
    step record;
    digits integer := (SELECT _currency_digits(s.currency) FROM space s);
BEGIN
    -- the head of each query: the rule comes from the rest
    FOR t IN
        SELECT c.oid, c.relname::text AS relname,
               format('%L::text, %s, _event_of(to_jsonb(t))', c.relname, p.key) AS head, p.key
        FROM pg_class c
        CROSS JOIN LATERAL (SELECT coalesce(format('concat_ws('', '', %s)', string_agg(format('t.%I', a.attname), ', ' ORDER BY x.place)), 't.ctid::text') AS key
                            FROM pg_constraint k
                            CROSS JOIN unnest(k.conkey) WITH ORDINALITY x (attnum, place)
                            JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = x.attnum
                            WHERE k.conrelid = c.oid AND k.contype = 'p'
                            HAVING count(*) > 0
                            UNION ALL
                            SELECT 't.ctid::text'
                            LIMIT 1) p
        WHERE c.relnamespace = namespace AND c.relkind IN ('r', 'p') AND has_table_privilege(c.oid, 'SELECT')
          AND NOT salon._is_piece(c.oid) -- what is asked of a table, Citus asks of its piece
        ORDER BY c.relname
    LOOP
        -- checks that were never validated, and what other functions say now than when it was written
        FOR step IN
            SELECT format('SELECT k.rule, %s, k.problem, k.remedy FROM %s t CROSS JOIN LATERAL (VALUES %s) k (rule, holds, problem, remedy) WHERE (%s) AND k.holds IS FALSE',
                          t.head, t.oid::regclass, string_agg(format('(%L, (%s), %L, %L)', k.rule, k.condition, k.wrong, k.mend), ','),
                          string_agg(format('(%s) IS FALSE', k.condition), ' OR ')) AS command
            FROM (SELECT k.conname AS rule, pg_get_expr(k.conbin, k.conrelid) AS condition, format(salon.say('it is not true that %s'), pg_get_expr(k.conbin, k.conrelid)) AS wrong,
                         NULL AS mend
                  FROM pg_constraint k
                  WHERE k.conrelid = t.oid AND k.contype = 'c'
                    AND (NOT k.convalidated
                         OR EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_constraint'::regclass AND d.objid = k.oid AND d.refclassid = 'pg_proc'::regclass))
                  UNION ALL
                  SELECT a.attname, format('%I IS NOT DISTINCT FROM (%s)', a.attname, pg_get_expr(d.adbin, d.adrelid)),
                         format(salon.say('%s is not what it is made of: %s'), a.attname, pg_get_expr(d.adbin, d.adrelid)),
                         salon.say('Write a column of the row anew: what is made of others follows.')
                  FROM pg_attribute a
                  JOIN pg_attrdef d ON (d.adrelid, d.adnum) = (a.attrelid, a.attnum)
                  WHERE a.attrelid = t.oid AND a.attgenerated <> ''
                    AND EXISTS (SELECT FROM pg_depend x WHERE x.refclassid = 'pg_proc'::regclass
                                                          AND (x.classid, x.objid, x.objsubid) IN (('pg_attrdef'::regclass, d.oid, 0), ('pg_class'::regclass, a.attrelid, a.attnum)))) k
            HAVING count(*) > 0
        LOOP
            RETURN QUERY EXECUTE step.command;
        END LOOP;

        -- of two rows that exclude each other the later one, where a trigger looks again at the end
        FOR step IN
            SELECT format(CASE k.contype
                              WHEN 'u' THEN 'SELECT %1$L::text, x.a, x.b, x.c, format(%3$L, x.other), NULL::text
                                              FROM (SELECT %2$s, lag(%4$s) OVER (PARTITION BY %5$s ORDER BY t.ctid) FROM %6$s t WHERE %7$s) x (a, b, c, other)
                                              WHERE x.other IS NOT NULL'
                              ELSE 'SELECT %1$L::text, %2$s, format(%3$L, o.key), NULL::text
                                    FROM %6$s t
                                    CROSS JOIN LATERAL (SELECT t.ctid, %5$s) e (at, %8$s)
                                    CROSS JOIN LATERAL (SELECT %4$s AS key FROM %6$s t WHERE t.ctid < e.at AND %9$s AND %7$s LIMIT 1) o
                                    WHERE %7$s' END,
                          k.conname, t.head, salon.say('row %s stands against it'), t.key,
                          string_agg(x.element, ', ' ORDER BY x.n), t.oid::regclass,
                          CASE WHEN k.contype = 'u' AND NOT i.indnullsnotdistinct THEN format('num_nulls(%s) = 0', string_agg(x.element, ', ')) ELSE format('(%s)', coalesce(pg_get_expr(i.indpred, i.indrelid), 'true')) END,
                          string_agg('e' || x.n, ', ' ORDER BY x.n), string_agg(format('(%s) %s e.e%s', x.element, x.operator, x.n), ' AND ')) AS command
            FROM pg_constraint k
            JOIN pg_index i ON i.indexrelid = k.conindid
            CROSS JOIN LATERAL (SELECT n, pg_get_indexdef(i.indexrelid, n, true) AS element,
                                       (SELECT format('OPERATOR(%I.%s)', s.nspname, o.oprname) FROM pg_operator o JOIN pg_namespace s ON s.oid = o.oprnamespace WHERE o.oid = k.conexclop[n]) AS operator
                                FROM generate_series(1, i.indnkeyatts::integer) n) x
            WHERE k.conrelid = t.oid AND k.contype IN ('u', 'x') AND k.condeferrable AND k.conrelid <> 'presence'::regclass -- which is recounted
            GROUP BY k.oid, k.conname, k.contype, i.indexrelid, i.indpred, i.indrelid, i.indnullsnotdistinct
        LOOP
            RETURN QUERY EXECUTE step.command;
        END LOOP;

        -- foreign keys, and by them what follows a parent
        FOR step IN
            SELECT format('SELECT %L::text, %s, %L || %s, NULL::text FROM %s t
                           WHERE num_nulls(%s) = 0 AND NOT EXISTS (SELECT FROM %s p WHERE %s)',
                          k.conname, t.head, format(salon.say('no row of %s has '), k.confrelid::regclass),
                          format('concat_ws(%L, %s)', salon.say(', '), string_agg(format('%L || t.%I', a.attname || ' = ', a.attname), ',' ORDER BY x.place)),
                          t.oid::regclass,
                          string_agg(format('t.%I', a.attname), ', '), k.confrelid::regclass,
                          string_agg(format('p.%I = t.%I', b.attname, a.attname), ' AND ')) AS command
            FROM pg_constraint k
            CROSS JOIN unnest(k.conkey, k.confkey) WITH ORDINALITY x (attnum, refers, place)
            JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = x.attnum
            JOIN pg_attribute b ON b.attrelid = k.confrelid AND b.attnum = x.refers
            WHERE k.conrelid = t.oid AND k.contype = 'f' AND has_table_privilege(k.confrelid, 'SELECT')
            GROUP BY k.oid, k.conname, k.confrelid
        LOOP
            RETURN QUERY EXECUTE step.command;
        END LOOP;

        -- what triggers with arguments hold
        FOR step IN
            SELECT g.tgname, p.proname, string_to_array(encode(g.tgargs, 'escape'), '\000') AS args
            FROM pg_trigger g
            JOIN pg_proc p ON p.oid = g.tgfoid AND p.pronamespace = namespace AND p.proname IN ('_amount', '_ring', '_history')
            WHERE g.tgrelid = t.oid AND g.tgnargs > 0
            ORDER BY g.tgname
        LOOP
            IF step.proname = '_amount' THEN
                RETURN QUERY EXECUTE (
                    SELECT string_agg(format('SELECT %L::text, %s, %L || t.%I, %L::text FROM %s t WHERE t.%I <> ''NaN'' AND scale(t.%I) <> %s',
                                             step.tgname, t.head, format(salon.say('an amount has %s digits after the point, not so %s = '), digits, a), a,
                                             salon.say('Write the amount anew, with its digits.'), t.oid::regclass, a, a, digits), ' UNION ALL ')
                    FROM unnest(step.args) a WHERE a <> '');
            ELSIF step.proname = '_ring' THEN
                RETURN QUERY EXECUTE format(
                    'WITH RECURSIVE up (start, code) AS (
                         SELECT t.%1$I, t.%2$I FROM %3$s t WHERE t.%2$I IS NOT NULL
                         UNION
                         SELECT up.start, t.%2$I FROM up JOIN %3$s t ON t.%1$I = up.code WHERE t.%2$I IS NOT NULL)
                     SELECT %4$L::text, %5$s, %6$L::text, %7$L::text FROM %3$s t JOIN up ON up.start = t.%1$I AND up.code = t.%1$I',
                    step.args[1], step.args[2], t.oid::regclass, step.tgname, t.head, salon.say('it is below itself'), salon.say('Choose a parent that is not below it, or none.'));
            ELSIF step.args[4] <> 'closed' THEN -- of closed events alone it says nothing of the time before
                RETURN QUERY
                SELECT 'history_is_kept', t.relname, h.row_key, h.event_id, h.problem,
                       salon.say('It was changed past the triggers: find out who may disable them, and change it again as it should be, so that the history says so.')
                FROM _history_invariant(t.oid, step.args[1]) h;
            END IF;
        END LOOP;

        -- the next key must be a new one
        FOR step IN
            SELECT format('SELECT %L::text, %L::text, max(t.%I)::text, NULL::bigint, %L::text, %L::text FROM %s t WHERE t.%I < 1::bigint << 62
                           HAVING max(t.%I) > (SELECT CASE WHEN n.is_called THEN n.last_value ELSE n.last_value - 1 END FROM %s n)',
                          t.relname || '_key_given', t.relname, a.attname, salon.say('the database would give keys that are there already'),
                          format('SELECT setval(%L, (SELECT max(%I) FROM %s));', s.keys, a.attname, t.oid::regclass), t.oid::regclass, a.attname, a.attname, s.keys) AS command
            FROM pg_attribute a
            CROSS JOIN LATERAL pg_get_serial_sequence(t.oid::regclass::text, a.attname) s (keys)
            WHERE a.attrelid = t.oid AND a.attidentity <> '' AND has_sequence_privilege(s.keys, 'SELECT')
        LOOP
            RETURN QUERY EXECUTE step.command;
        END LOOP;
    END LOOP;

    -- rules that do not hold
    RETURN QUERY
    SELECT k.conname::text, k.conrelid::regclass::text, NULL::text, NULL::bigint, salon.say('rows from before are not held to it'),
           format('ALTER TABLE %s VALIDATE CONSTRAINT %I;', k.conrelid::regclass, k.conname)
    FROM pg_constraint k
    WHERE k.connamespace = namespace AND NOT k.convalidated AND NOT salon._is_piece(k.conrelid)
    UNION ALL
    SELECT coalesce(k.conname, g.tgname)::text, g.tgrelid::regclass::text, NULL, NULL, salon.say('it is disabled'),
           format('ALTER TABLE %s ENABLE TRIGGER %I;', g.tgrelid::regclass, min(g.tgname))
    FROM pg_trigger g
    JOIN pg_class c ON c.oid = g.tgrelid AND c.relnamespace = namespace
    LEFT JOIN pg_constraint k ON k.oid = g.tgconstraint AND g.tgisinternal
    WHERE g.tgenabled IN ('D', 'R') AND NOT salon._is_piece(c.oid)
    GROUP BY coalesce(k.conname, g.tgname), g.tgrelid
    UNION ALL
    SELECT i.indexrelid::regclass::text, i.indrelid::regclass::text, NULL, NULL, salon.say('it is not valid'), format('REINDEX INDEX %s;', i.indexrelid::regclass)
    FROM pg_index i
    JOIN pg_class c ON c.oid = i.indrelid AND c.relnamespace = namespace
    WHERE i.indisunique AND NOT (i.indisvalid AND i.indisready) AND NOT salon._is_piece(c.oid)
    UNION ALL
    SELECT 'salon_read', c.relname::text, NULL, NULL, salon.say('row-level security is off: everybody who may read the table reads all of it'),
           format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY;', c.relname)
    FROM _access_rule() r
    JOIN pg_class c ON c.relnamespace = namespace AND c.relname = r.relation AND NOT c.relrowsecurity;
END
$$;

COMMENT ON FUNCTION _catalog_invariant() IS
'Rows that break a rule that the catalog knows, and rules that do not hold: for view invariant';

-- What takes a person, recounted from where it is entered.
CREATE VIEW _taken WITH (security_invoker) AS
SELECT x.subject, x.subject_id, x.party_id, x.during, x.event_id, x.is_exclusive
FROM (SELECT 'speaker' AS subject, k.speaker_id AS subject_id, k.person_id AS party_id, tstzmultirange(k.busy) AS during, k.event_id, true AS is_exclusive
      FROM speaker k
      UNION ALL
      SELECT 'event_duty', d.event_duty_id, d.party_id, d.during, d.event_id, NOT d.whole_event AND d.starts_at IS NOT NULL FROM event_duty d
      UNION ALL
      SELECT 'travel_leg', l.travel_leg_id, l.person_id, tstzmultirange(l.during), NULL, true FROM travel_leg l
      UNION ALL
      SELECT 'absence', a.absence_id, a.person_id, tstzmultirange(a.during), NULL, true FROM absence a) x
WHERE x.party_id IS NOT NULL AND NOT isempty(x.during);

COMMENT ON VIEW _taken IS 'When somebody speaks, helps, is on the way or absent, read where it is entered: what presence should say';
COMMENT ON COLUMN _taken.subject IS 'Table of what takes them';
COMMENT ON COLUMN _taken.subject_id IS 'Key of the row there';
COMMENT ON COLUMN _taken.during IS 'When';
COMMENT ON COLUMN _taken.is_exclusive IS 'Whether they do nothing else meanwhile';

CREATE VIEW invariant WITH (security_invoker) AS
WITH held AS MATERIALIZED (
    SELECT e.event_id, _event_hours(e.event_id, e.starts_at, e.ends_at, e.time_zone) AS hours FROM event e
), fact AS (
    -- columns that the database keeps, and what they are by the rows
    SELECT 'seating_counts_are_kept' AS rule, 'seating' AS table_name, 'seating_id' AS key_column, s.seating_id AS row_id, s.event_id,
           v.column_name, v.kept::text AS kept, v.counted::text AS counted
    FROM seating s
    LEFT JOIN (SELECT r.event_id, r.side, sum(r.seats) FILTER (WHERE r.status_code = 'registered') AS taken, sum(r.seats) FILTER (WHERE r.status_code = 'waiting') AS waiting
               FROM registration r
               GROUP BY r.event_id, r.side) n ON n.event_id = s.event_id AND n.side = s.side
    CROSS JOIN LATERAL (VALUES ('taken', s.taken, coalesce(n.taken, 0)), ('waiting', s.waiting, coalesce(n.waiting, 0))) v (column_name, kept, counted)
    UNION ALL
    SELECT 'session_seating_counts_are_kept', 'session_seating', 'session_seating_id', s.session_seating_id, s.event_id, 'booked', s.booked::text,
           (SELECT count(*) FROM booking b WHERE b.session_id = s.session_id AND b.cancelled_at IS NULL)::text
    FROM session_seating s
    UNION ALL
    SELECT 'shift_held_is_kept', 'shift', 'shift_id', s.shift_id, s.event_id, 'held', s.held::text,
           (SELECT count(*) FROM event_duty d WHERE d.shift_id = s.shift_id AND d.status_code IN ('proposed', 'confirmed'))::text
    FROM shift s
    UNION ALL
    SELECT 'tutor_learners_kept', 'tutor', 'tutor_id', t.tutor_id, NULL::bigint, 'learners', t.learners::text,
           (SELECT count(*) FROM course_progress p WHERE p.tutor_id = t.tutor_id AND p.status_code IN ('enrolled', 'begun'))::text
    FROM tutor t
    UNION ALL
    SELECT 'attempt_result_kept', 'attempt_result', 'attempt_id', a.attempt_id, NULL::bigint, 'earned', a.earned::text, (SELECT g.earned FROM _attempt_grade(a.attempt_id) g)::text
    FROM attempt_result a
    UNION ALL
    SELECT 'supply_committed_is_kept', 'supply', 'supply_id', s.supply_id, s.event_id, 'committed', s.committed::text,
           (SELECT coalesce(sum(c.takes), 0) FROM commitment c WHERE c.supply_id = s.supply_id)::text
    FROM supply s
    UNION ALL
    SELECT 'package_claimed_is_kept', 'package', 'package_id', p.package_id, p.event_id, v.column_name, v.kept::text, v.counted::text
    FROM package p
    CROSS JOIN LATERAL (SELECT count(*) AS claimed, count(*) FILTER (WHERE a.status_code <> 'reserved') AS signed
                        FROM agreement a
                        WHERE a.package_id = p.package_id AND a.status_code IN ('reserved', 'signed', 'fulfilled') AND NOT a.event_is_off) n
    CROSS JOIN LATERAL (VALUES ('claimed', p.claimed, n.claimed), ('signed', p.signed, n.signed)) v (column_name, kept, counted)
    UNION ALL
    SELECT 'commitment_delivered_is_kept', 'commitment', 'commitment_id', c.commitment_id, c.event_id, v.column_name, v.kept, v.counted
    FROM commitment c
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(l.quantity), 0) AS delivered, coalesce(sum(l.amount), 0) AS amount, coalesce(sum(l.hours), 0) AS hours, count(*) AS lines,
               count(*) FILTER (WHERE l.is_cost) AS costs
        FROM (SELECT CASE WHEN d.resource_code IS NULL THEN d.quantity END AS quantity, d.amount, d.hours, false AS is_cost FROM delivery d WHERE d.commitment_id = c.commitment_id
              UNION ALL
              SELECT NULL, k.actual, NULL, true FROM cost k WHERE k.commitment_id = c.commitment_id AND k.actual IS NOT NULL) l) n
    CROSS JOIN LATERAL (VALUES
        ('delivered', c.delivered::text, n.delivered::text),
        ('is_done', c.is_done::text, CASE WHEN c.quantity IS NOT NULL THEN n.delivered >= c.quantity OR n.costs > 0
                                          WHEN n.hours >= c.hours THEN true
                                          -- a promise of nothing is done once it is signed
                                          WHEN c.amount IS NOT NULL THEN n.amount >= c.amount AND (c.amount > 0 OR c.stands OR c.is_done)
                                          WHEN c.hours IS NOT NULL THEN false
                                          ELSE n.lines > 0 END::text)) v (column_name, kept, counted)
    UNION ALL
    SELECT v.rule, 'agreement', 'agreement_id', a.agreement_id, a.event_id, v.column_name, v.kept, v.counted
    FROM agreement a
    CROSS JOIN LATERAL (SELECT CASE WHEN count(DISTINCT coalesce(c.giver_id, 0)) = 1 THEN max(c.giver_id) END AS signer_id, bool_and(c.is_done) AS is_done
                        FROM commitment c
                        WHERE c.agreement_id = a.agreement_id) n
    CROSS JOIN LATERAL (VALUES
        ('agreement_signer_is_kept', 'signer_id', a.signer_id::text, n.signer_id::text),
        ('agreement_fulfilled_is_whole', 'status_code', a.status_code,
         CASE WHEN a.status_code IN ('signed', 'fulfilled') AND n.is_done IS NOT NULL THEN CASE WHEN n.is_done THEN 'fulfilled' ELSE 'signed' END
              ELSE a.status_code END)) v (rule, column_name, kept, counted)
    UNION ALL
    SELECT 'commitment_is_of_one_event', 'commitment', 'commitment_id', c.commitment_id, c.event_id, v.column_name, v.kept::text, v.counted::text
    FROM commitment c
    JOIN agreement a ON a.agreement_id = c.agreement_id
    CROSS JOIN LATERAL (VALUES ('event_id', c.event_id, a.event_id), ('series_id', c.series_id, a.series_id)) v (column_name, kept, counted)
    UNION ALL
    SELECT 'commitment_is_of_its_supply', 'commitment', 'commitment_id', c.commitment_id, c.event_id, v.column_name, v.kept::text, v.counted::text
    FROM commitment c
    LEFT JOIN supply s ON s.supply_id = c.supply_id
    LEFT JOIN demand d ON d.demand_id = c.demand_id
    CROSS JOIN LATERAL (VALUES ('giver_id', c.giver_id, s.party_id, s.supply_id), ('taker_id', c.taker_id, d.party_id, d.demand_id)) v (column_name, kept, counted, found_id)
    WHERE v.found_id IS NOT NULL
    UNION ALL
    SELECT 'team_members_is_kept', 'team', 'team_id', t.team_id, t.event_id, 'members', t.members::text,
           (SELECT count(*) FROM team_member m WHERE m.team_id = t.team_id AND m.status_code = 'joined')::text
    FROM team t
    UNION ALL
    SELECT 'opening_taken_is_kept', 'opening', 'opening_id', p.opening_id, NULL::bigint, 'taken', p.taken::text,
           (SELECT coalesce(sum(o.takes), 0) FROM offer o WHERE o.opening_id = p.opening_id)::text
    FROM opening p
    UNION ALL
    SELECT 'award_given_is_kept', 'award', 'award_id', a.award_id, a.event_id, 'given', a.given::text,
           (SELECT count(*) FROM award_winner w WHERE w.award_id = a.award_id)::text
    FROM award a
    UNION ALL
    SELECT 'speaker_is_declined', 'speaker', 'speaker_id', k.speaker_id, k.event_id, 'is_declined', k.is_declined::text,
           EXISTS (SELECT FROM invitation i WHERE i.event_id = k.event_id AND i.person_id = k.person_id AND i.status_code = 'declined')::text
    FROM speaker k
    UNION ALL
    SELECT 'event_duty_keeps_the_shift', 'event_duty', 'event_duty_id', d.event_duty_id, d.event_id, v.column_name, v.kept, v.counted
    FROM event_duty d
    JOIN shift s ON s.shift_id = d.shift_id
    JOIN event e ON e.event_id = d.event_id
    CROSS JOIN LATERAL (SELECT CASE WHEN d.whole_event THEN e.starts_at ELSE s.starts_at END AS starts_at,
                               CASE WHEN d.whole_event THEN e.ends_at ELSE s.ends_at END AS ends_at) x
    CROSS JOIN LATERAL (VALUES
        ('starts_at', d.starts_at::text, x.starts_at::text), ('ends_at', d.ends_at::text, x.ends_at::text)) v (column_name, kept, counted)
    WHERE d.whole_event OR s.starts_at IS NOT NULL
    UNION ALL
    SELECT 'event_duty_move', 'event_duty', 'event_duty_id', d.event_duty_id, d.event_id, 'hours', d.hours::text, h.hours::text
    FROM event_duty d
    JOIN held h ON h.event_id = d.event_id
    WHERE d.whole_event OR (d.is_on_site AND d.starts_at IS NULL)
    UNION ALL
    SELECT 'session_shows_its_talk', 'session', 'session_id', s.session_id, s.event_id, v.column_name, v.kept, v.counted
    FROM talk t
    JOIN session s ON s.session_id = t.session_id
    CROSS JOIN LATERAL (VALUES ('format_code', s.format_code, t.format_code), ('title_en', s.title_en, t.title_en), ('title_zh', s.title_zh, t.title_zh),
                               ('abstract', s.abstract, t.abstract)) v (column_name, kept, counted)
    UNION ALL
    SELECT 'talk_review_has_no_interest', 'talk_review', 'talk_review_id', r.talk_review_id, r.event_id, 'void_code', r.void_code,
           _talk_interest(r.talk_id, r.reviewer_id, r.judged_on, r.judged_at)
    FROM talk_review r
    UNION ALL
    SELECT 'talk_vote_has_no_interest', 'talk_vote', 'talk_vote_id', v.talk_vote_id, v.event_id, 'void_code', v.void_code,
           coalesce(_talk_interest(v.preferred_id, v.voter_id, v.judged_on, v.judged_at), _talk_interest(v.other_id, v.voter_id, v.judged_on, v.judged_at))
    FROM talk_vote v
), broken (rule, table_name, row_key, event_id, problem, remedy) AS (
    SELECT f.rule, f.table_name, f.row_id::text, f.event_id,
           format(salon.say('%s is %s, and %s by the rows'), f.column_name, coalesce(f.kept, '-'), coalesce(f.counted, '-')),
           salon.say('As owner, with the triggers of the table disabled: ')
           || format('UPDATE %I SET %s WHERE %I = %s;', f.table_name,
                     string_agg(format('%I = %L', f.column_name, f.counted), ',') OVER (PARTITION BY f.table_name, f.row_id), f.key_column, f.row_id)
    FROM fact f
    WHERE f.kept IS DISTINCT FROM f.counted
    UNION ALL
    -- who is where
    SELECT 'presence_is_kept', w.subject, w.subject_id::text, w.event_id,
           CASE WHEN p.presence_id IS NULL THEN salon.say('presence lacks it') ELSE format(salon.say('row %s of presence says otherwise'), p.presence_id) END,
           format('UPDATE %1$I SET %2$I = %2$I WHERE %2$I = %3$s;', w.subject, w.subject || '_id', w.subject_id)
    FROM _taken w
    LEFT JOIN presence p ON p.subject = w.subject AND p.subject_id = w.subject_id
    WHERE p.party_id IS DISTINCT FROM w.party_id OR p.during IS DISTINCT FROM w.during OR p.event_id IS DISTINCT FROM w.event_id OR p.is_exclusive IS DISTINCT FROM w.is_exclusive
    UNION ALL
    SELECT 'presence_is_kept', 'presence', p.presence_id::text, p.event_id, format(salon.say('row %s of %s takes nobody then'), p.subject_id, p.subject),
           salon.say('As owner, with the triggers of the table disabled: ') || format('DELETE FROM presence WHERE presence_id = %s;', p.presence_id)
    FROM presence p
    WHERE NOT EXISTS (SELECT FROM _taken w WHERE w.subject = p.subject AND w.subject_id = p.subject_id)
    UNION ALL
    SELECT x.rule, x.table_name, x.row_id::text, x.event_id, x.problem,
           CASE WHEN x.rule IN ('commitment_has_one_holder', 'commitment_has_no_conflict') THEN salon.say('Promise another resource or package, or withdraw that agreement first.')
                WHEN x.rule = 'talk_in_the_agenda_is_accepted' THEN salon.say('Accept it before it gets a session.')
                WHEN x.rule = 'session_is_in_opening_hours' THEN salon.say('Move the session first, or change table room_hours.') END
    FROM (
        SELECT CASE WHEN w.is_exclusive AND o.is_exclusive THEN 'presence_is_of_one_thing' ELSE 'presence_is_in_one_place' END AS rule,
               w.subject AS table_name, w.subject_id AS row_id, w.event_id,
               format(salon.say('party %s is elsewhere at that time: %s %s'), w.party_id, o.subject, o.subject_id) AS problem
        FROM _taken w
        JOIN _taken o ON o.party_id = w.party_id AND o.during && w.during AND (o.subject, o.subject_id) < (w.subject, w.subject_id)
                     AND (o.event_id IS DISTINCT FROM w.event_id OR (o.is_exclusive AND w.is_exclusive))
        UNION ALL
        -- what is promised, and how much there is
        SELECT 'supply_is_not_overcommitted', 'supply', s.supply_id, s.event_id, format(salon.say('%s are promised of %s'), sum(c.takes), s.quantity)
        FROM supply s
        JOIN commitment c ON c.supply_id = s.supply_id
        WHERE s.is_used_up
        GROUP BY s.supply_id, s.event_id, s.quantity
        HAVING sum(c.takes) > s.quantity
        UNION ALL
        SELECT 'package_is_not_overclaimed', 'package', p.package_id, p.event_id, format(salon.say('%s are claimed of %s'), count(*), p.quantity)
        FROM package p
        JOIN agreement a ON a.package_id = p.package_id AND a.status_code IN ('reserved', 'signed', 'fulfilled') AND NOT a.event_is_off
        GROUP BY p.package_id, p.event_id, p.quantity
        HAVING count(*) > p.quantity
        UNION ALL
        SELECT 'commitment_is_not_overdelivered', 'commitment', c.commitment_id, c.event_id, format(salon.say('%s were delivered of %s'), sum(d.quantity), c.quantity)
        FROM commitment c
        JOIN delivery d ON d.commitment_id = c.commitment_id AND d.resource_code IS NULL
        GROUP BY c.commitment_id, c.event_id, c.quantity
        HAVING sum(d.quantity) > c.quantity
        UNION ALL
        SELECT 'shift_is_not_overfilled', 'shift', s.shift_id, s.event_id, format(salon.say('%s have it, and there is room for %s'), count(*), s.maximum)
        FROM shift s
        JOIN event_duty d ON d.shift_id = s.shift_id AND d.status_code IN ('proposed', 'confirmed')
        GROUP BY s.shift_id, s.event_id, s.maximum
        HAVING count(*) > s.maximum
        UNION ALL
        SELECT 'commitment_has_one_holder', 'commitment', c.commitment_id, c.event_id, format(salon.say('commitment %s has it too'), o.commitment_id)
        FROM commitment c
        JOIN commitment o ON o.event_id = c.event_id AND o.resource_code = c.resource_code AND o.commitment_id < c.commitment_id AND o.takes > 0
        WHERE c.is_exclusive AND c.takes > 0
        UNION ALL
        SELECT 'commitment_has_no_conflict', 'commitment', c.commitment_id, c.event_id,
               format(salon.say('it does not go with commitment %s: "%s" and "%s"'), o.commitment_id, k.one_code, k.other_code)
        FROM resource_conflict k
        JOIN commitment c ON c.resource_code = k.one_code AND c.takes > 0
        JOIN commitment o ON o.resource_code = k.other_code AND o.takes > 0 AND o.event_id = c.event_id AND o.commitment_id <> c.commitment_id
        WHERE k.scope = 'event' OR o.taker_id = c.taker_id
        UNION ALL
        SELECT 'talk_in_the_agenda_is_accepted', 'talk', t.talk_id, t.event_id, format(salon.say('it has session %s, and is %s'), t.session_id, t.status_code)
        FROM talk t
        WHERE t.session_id IS NOT NULL AND t.status_code NOT IN ('accepted', 'scheduled')
        UNION ALL
        SELECT 'session_is_in_opening_hours', 'session', s.session_id, s.event_id, format(salon.say('room %s is not open all that time'), s.room_id)
        FROM session s
        WHERE s.room_id IS NOT NULL AND s.ends_at > s.starts_at AND NOT _room_is_open(s.room_id, s.starts_at, s.ends_at)
    ) x (rule, table_name, row_id, event_id, problem)
    UNION ALL
    -- what goes together
    SELECT 'package_resource_is_kept', 'package', p.package_id::text, p.event_id,
           format(salon.say('package_resource says otherwise of "%s"'), coalesce(i.resource, r.resource_code)),
           format('UPDATE package SET benefits = benefits WHERE package_id = %s;', p.package_id)
    FROM package p
    CROSS JOIN LATERAL (
        SELECT b.resource, r.resource_code
        FROM salon.items(p.benefits) b
        FULL JOIN (SELECT x.resource_code, x.quantity FROM package_resource x WHERE x.package_id = p.package_id) r ON r.resource_code = b.resource
        WHERE b.quantity IS DISTINCT FROM r.quantity) d (resource, resource_code)
    CROSS JOIN LATERAL (SELECT d.resource) i
    CROSS JOIN LATERAL (SELECT d.resource_code) r
    UNION ALL
    SELECT 'event_party_commitment_is_kept', 'event_party', p.event_party_id::text, p.event_id,
           format(salon.say('commitment %s does not make party %s that'), p.commitment_id, p.party_id),
           format('UPDATE commitment SET part_code = part_code WHERE commitment_id = %s;', p.commitment_id)
    FROM event_party p
    JOIN event e ON e.event_id = p.event_id
    JOIN commitment c ON c.commitment_id = p.commitment_id
    WHERE NOT c.stands OR (c.giver_id, c.part_code) IS DISTINCT FROM (p.party_id, p.part_code) OR (c.event_id = e.event_id OR c.series_id = e.series_id) IS NOT TRUE
    UNION ALL
    SELECT 'commitment_part', 'commitment', c.commitment_id::text, e.event_id, format(salon.say('party %s does not play the part "%s" at event %s'), c.giver_id, c.part_code, e.event_id),
           format('UPDATE commitment SET part_code = part_code WHERE commitment_id = %s;', c.commitment_id)
    FROM commitment c
    JOIN event e ON (e.event_id = c.event_id OR e.series_id = c.series_id) AND NOT e.is_off
    WHERE c.stands AND num_nonnulls(c.giver_id, c.part_code) = 2
      AND NOT EXISTS (SELECT FROM event_party p WHERE p.event_id = e.event_id AND p.party_id = c.giver_id AND p.part_code = c.part_code)
    UNION ALL
    SELECT 'speaker_talk', 'talk', t.talk_id::text, t.event_id,
           format(CASE WHEN x.speaker_id IS NULL THEN salon.say('party %s speaks in it, and not in session %s') ELSE salon.say('party %s does not speak in it, and in session %s') END, x.person_id, t.session_id),
           salon.say('Enter the speaker there, or take it off here.')
    FROM talk t
    CROSS JOIN LATERAL (
        SELECT coalesce(k.person_id, p.person_id) AS person_id, k.speaker_id
        FROM (SELECT y.person_id FROM talk_speaker y WHERE y.talk_id = t.talk_id) p
        FULL JOIN (SELECT y.person_id, y.speaker_id FROM speaker y WHERE y.session_id = t.session_id) k ON k.person_id = p.person_id
        WHERE num_nulls(k.person_id, p.person_id) > 0) x
    WHERE t.session_id IS NOT NULL
    UNION ALL
    SELECT 'item_dependency_ring', 'item_dependency', d.item_dependency_id::text, NULL, format(salon.say('"%s" waits for itself'), d.item_code), salon.say('Delete one of the dependencies of the ring.')
    FROM item_dependency d
    WHERE EXISTS (WITH RECURSIVE need (code) AS (
                      SELECT d.needs_code
                      UNION
                      SELECT x.needs_code FROM need JOIN item_dependency x ON x.item_code = need.code AND x.template_code = d.template_code)
                  SELECT FROM need WHERE need.code = d.item_code)
    UNION ALL
    SELECT 'certification_prerequisite_has_no_ring', 'certification_prerequisite', d.certification_prerequisite_id::text, NULL,
           format(salon.say('level "%s" requires itself'), certification_level_label(d.certification_level_id)), salon.say('Delete one of these prerequisites first.')
    FROM certification_prerequisite d
    WHERE EXISTS (WITH RECURSIVE need (level_id) AS (
                      SELECT d.required_id
                      UNION
                      SELECT x.required_id FROM need JOIN certification_prerequisite x ON x.certification_level_id = need.level_id)
                  SELECT FROM need WHERE need.level_id = d.certification_level_id)
    UNION ALL
    -- what is agreed by all
    SELECT 'signature_is_of_a_giver', 'signature', s.signature_id::text, a.event_id, format(salon.say('party %s gives nothing by agreement %s'), s.party_id, s.agreement_id),
           salon.say('Who gives signs: view signature_list shows who that is.')
    FROM signature s
    JOIN agreement a ON a.agreement_id = s.agreement_id
    WHERE NOT EXISTS (SELECT FROM commitment c WHERE c.agreement_id = s.agreement_id AND c.giver_id = s.party_id)
    UNION ALL
    SELECT 'signature_is_of_an_open_agreement', 'signature', s.signature_id::text, a.event_id,
           format(salon.say('agreement %s is the claim of a package: its organizers sign it'), s.agreement_id), salon.say('Delete it by itself first, if it must go.')
    FROM signature s
    JOIN agreement a ON a.agreement_id = s.agreement_id AND a.package_id IS NOT NULL
    UNION ALL
    SELECT 'signature_last', 'agreement', a.agreement_id::text, a.event_id, format(salon.say('all who give have signed it, and it is %s'), a.status_code),
           format('UPDATE agreement SET status_code = ''signed'' WHERE agreement_id = %s;', a.agreement_id)
    FROM (SELECT c.agreement_id
          FROM commitment c
          LEFT JOIN signature s ON s.agreement_id = c.agreement_id AND s.party_id = c.giver_id
          WHERE c.giver_id IS NOT NULL AND c.status_code IN ('proposed', 'reserved')
          GROUP BY c.agreement_id
          HAVING count(s.signature_id) = count(*)) g
    JOIN agreement a ON a.agreement_id = g.agreement_id AND a.package_id IS NULL AND _lapses(a.status_code, a.sign_by) IS NOT TRUE
    UNION ALL
    -- who applies, and who wins
    SELECT 'applicant_withdrawn', 'offer', o.offer_id::text, NULL, format(salon.say('applicant %s withdrew, and it is %s'), o.applicant_id, o.status_code),
           salon.say('Decline the offer: who applied withdrew.')
    FROM offer o
    JOIN applicant p ON p.applicant_id = o.applicant_id AND p.status_code = 'withdrawn'
    WHERE o.takes > 0
    UNION ALL
    SELECT 'offer_outcome', 'outcome', c.outcome_id::text, c.event_id, format(salon.say('offer %s does not say that party %s was found'), c.offer_id, c.party_id),
           salon.say('As owner, with the triggers of the table disabled: ') || format('DELETE FROM outcome WHERE outcome_id = %s;', c.outcome_id)
    FROM outcome c
    JOIN offer o ON o.offer_id = c.offer_id
    JOIN applicant p ON p.applicant_id = o.applicant_id
    WHERE o.status_code <> 'accepted' OR (c.outcome_kind_code = 'hired' AND o.hired_on IS NULL) OR c.party_id IS DISTINCT FROM p.person_id
    UNION ALL
    SELECT 'team_captain_is_a_member', 'team', t.team_id::text, t.event_id, format(salon.say('party %s is captain of team %s, and has not joined it'), t.captain_id, t.team_id),
           salon.say('The captain must have joined the team: name another captain first, or enter the team by enter_team')
    FROM team t
    WHERE NOT EXISTS (SELECT FROM team_member m WHERE m.team_id = t.team_id AND m.person_id = t.captain_id AND m.status_code = 'joined')
    UNION ALL
    -- who judges what: of members alone it is known since when they are; not of
    -- two persons who turned out to be one
    SELECT x.rule, x.table_name, x.row_id::text, x.event_id, format(salon.say('party %s cannot judge the work of team %s'), g.person_id, x.team_id),
           salon.say('Nobody judges a team, company, school or pupil of its own: SELECT * FROM judge_interest shows who cannot.')
    FROM (
        SELECT 'judging_has_no_interest', 'judging', j.judging_id, j.event_id, j.team_id, j.judge_id, j.assigned_at FROM judging j
        UNION ALL
        SELECT 'score_has_no_interest', 'score', s.score_id, s.event_id, j.team_id, j.judge_id, s.scored_at FROM score s JOIN judging j ON j.judging_id = s.judging_id
        UNION ALL
        SELECT 'comparison_has_no_interest', 'comparison', c.comparison_id, c.event_id, t.team_id, c.judge_id, c.compared_at
        FROM comparison c
        CROSS JOIN LATERAL (VALUES (c.preferred_id), (c.other_id)) t (team_id)
    ) x (rule, table_name, row_id, event_id, team_id, judge_id, said_at)
    JOIN judge g ON g.judge_id = x.judge_id
    JOIN team_member m ON m.team_id = x.team_id AND m.person_id = g.person_id AND m.status_code = 'joined' AND m.joined_at <= x.said_at
    WHERE NOT EXISTS (SELECT FROM party_merge p WHERE p.keep_id = g.person_id AND p.merged_at >= x.said_at)
    UNION ALL
    -- who learns, and what is proved
    SELECT 'course_progress_has_another_tutor', 'course_progress', p.course_progress_id::text, NULL, format(salon.say('party %s cannot tutor itself'), p.person_id),
           salon.say('Choose another tutor, or none.')
    FROM course_progress p
    JOIN tutor t ON t.tutor_id = p.tutor_id AND t.person_id = p.person_id
    UNION ALL
    SELECT 'attempt_answer_fill', 'attempt_answer', w.attempt_answer_id::text, NULL, format(salon.say('question %s is of another paper than attempt %s'), w.paper_question_id, w.attempt_id),
           CASE WHEN n.attempt_id IS NULL THEN salon.say('Delete it by itself first, if it must go.')
                ELSE salon.say('As owner, with the triggers of the table disabled: ') || format('UPDATE attempt_answer SET attempt_id = %s WHERE attempt_answer_id = %s;', n.attempt_id, w.attempt_answer_id) END
    FROM attempt_answer w
    JOIN attempt a ON a.attempt_id = w.attempt_id
    JOIN paper_question q ON q.paper_question_id = w.paper_question_id AND q.paper_id <> a.paper_id
    LEFT JOIN attempt n ON n.paper_id = q.paper_id
    UNION ALL
    SELECT 'certificate_renews_one_that_ends', 'certificate', c.certificate_id::text, NULL,
           format(salon.say('certificate %s is valid for good: there is nothing to renew'), r.certificate_id), salon.say('Revoke it and issue another one.')
    FROM certificate c
    JOIN certificate r ON r.certificate_id = c.renews_id AND r.expires_on IS NULL
    UNION ALL
    -- who waits while seats are free
    SELECT 'seating_move_up', 'registration', w.registration_id::text, s.event_id, salon.say('it waits, and there are seats for it'), format('SELECT move_up(%s);', s.event_id)
    FROM seating s
    JOIN event e ON e.event_id = s.event_id AND NOT e.is_off AND NOT e.took_place AND (e.ends_at <= now()) IS NOT TRUE
    CROSS JOIN LATERAL (SELECT sum(r.seats) AS taken FROM registration r WHERE r.event_id = s.event_id AND r.side = s.side AND r.status_code = 'registered') n
    CROSS JOIN LATERAL unnest(_choose(s.event_id, s.side, s.rule_code, s.capacity - coalesce(n.taken, 0), '{}')) w (registration_id)
    WHERE (s.capacity <= coalesce(n.taken, 0)) IS NOT TRUE
      AND EXISTS (SELECT FROM registration r WHERE r.event_id = s.event_id AND r.side = s.side AND r.status_code = 'waiting')
    UNION ALL
    SELECT c.rule, c.table_name, c.row_key, c.event_id, c.problem, c.remedy
    FROM _catalog_invariant() c
)
SELECT b.rule, b.table_name, b.row_key, b.event_id, event_label(b.event_id) AS event, event_date(b.event_id) AS held_on, b.problem,
       coalesce(b.remedy, r.remedy) AS remedy
FROM broken b
LEFT JOIN (SELECT x.rule, _remedy_of(x.rule) AS remedy FROM (SELECT DISTINCT n.rule FROM broken n WHERE n.remedy IS NULL) x) r ON r.rule = b.rule
-- of the rows of others nobody can say what they break
WHERE _administers();

COMMENT ON VIEW invariant IS 'Rows that break a rule, recounted from the rows: none, as long as nobody went past the rules; for the owner and administrators / 规则核对';
COMMENT ON COLUMN invariant.rule IS 'The rule: name of the constraint, trigger or generated column that should hold it';
COMMENT ON COLUMN invariant.table_name IS 'Table of the row';
COMMENT ON COLUMN invariant.row_key IS 'Primary key of the row; NULL: the rule itself does not hold, or no row is there';
COMMENT ON COLUMN invariant.event_id IS 'The event; NULL: none';
COMMENT ON COLUMN invariant.problem IS 'What is wrong';
COMMENT ON COLUMN invariant.remedy IS 'What to do: where it is a command, it sets it right';
