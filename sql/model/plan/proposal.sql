-- Matching: who could give what to whom, who should, what stays unmet and
-- why, and how far each party gets what it wants.
--
-- A market is one event: its own demands, which any party may serve; and the
-- demands of the parties that take part, which the event and the other
-- parties there may serve.  Between parties without an event there is one
-- more market, whose event_id is NULL.  Everything hangs on event_id, so that
-- one event costs the same however many there are.

CREATE VIEW _participant WITH (security_invoker) AS
SELECT DISTINCT event_id, party_id
FROM event_party;

COMMENT ON VIEW _participant IS 'Parties at an event, whatever parts they play';

-- Events that are still to be served.
CREATE VIEW _open_event WITH (security_invoker) AS
SELECT event_id, city_code, (starts_at AT TIME ZONE time_zone)::date AS held_on
FROM event
WHERE is_open;

COMMENT ON VIEW _open_event IS 'Events that are neither held nor called off';
COMMENT ON COLUMN _open_event.city_code IS 'Its city';
COMMENT ON COLUMN _open_event.held_on IS 'The day on which it begins, where it is held';

-- Every demand of a market with every supply that serves it by its resource,
-- whether or not place, time and quantity allow it.  The catalogue is worked
-- out once for all branches.
CREATE VIEW _pair WITH (security_invoker) AS
WITH served AS (
    SELECT supplied_code, demanded_code, weight, reason_en, reason_zh
    FROM serves
)
SELECT m.event_id, m.direction, m.demand_id, m.demander_id, m.demanded_code, m.needed, m.demand_priority,
       s.supply_id, s.party_id AS supplier_id, s.resource_code AS supplied_code, s.priority AS supply_priority,
       m.weight, m.reason_en, m.reason_zh,
       m.weight * m.demand_priority * s.priority AS value,
       CASE WHEN s.is_used_up THEN s.quantity - s.committed END AS offered,
       CASE WHEN NOT s.is_used_up THEN greatest(coalesce(s.quantity, 1) - m.taken, 0) END AS at_most,
       coalesce(s.city_code = m.city_code, true) AS is_in_city,
       coalesce(daterange(s.valid_from, s.valid_before) @> m.held_on, true) AS is_in_time,
       m.is_declined
FROM (
    SELECT m.*, coalesce(g.taken, 0) AS taken, coalesce(g.is_declined, false) AS is_declined
    FROM (
        SELECT e.event_id, CASE WHEN s.supply_id IS NOT NULL THEN 'to_event' END AS direction,
               d.demand_id, NULL::bigint AS demander_id, d.resource_code AS demanded_code,
               greatest(coalesce(d.quantity, 1) - greatest(g.given, t.quantity + g.on_top), 0) AS needed,
               d.priority AS demand_priority, coalesce(d.city_code, e.city_code) AS city_code, e.held_on,
               s.supply_id, v.weight, v.reason_en, v.reason_zh
        FROM _open_event e
        CROSS JOIN LATERAL _there(e.event_id) t
        JOIN demand d ON d.demand_id = t.demand_id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(p.takes), 0)::bigint AS given,
                   coalesce(sum(p.takes) FILTER (WHERE p.giver_id <> ALL (t.givers)), 0)::bigint AS on_top
            FROM commitment p
            WHERE p.event_id = e.event_id AND p.demand_id = d.demand_id
        ) g
        LEFT JOIN (served v JOIN supply s ON s.resource_code = v.supplied_code AND s.party_id IS NOT NULL) ON v.demanded_code = d.resource_code
        WHERE coalesce(daterange(d.valid_from, d.valid_before) @> e.held_on, true)
        UNION ALL
        SELECT e.event_id, o.direction,
               d.demand_id, d.party_id, d.resource_code,
               greatest(coalesce(d.quantity, 1) - g.given, 0),
               d.priority, coalesce(d.city_code, e.city_code), e.held_on,
               o.supply_id, v.weight, v.reason_en, v.reason_zh
        FROM _open_event e
        JOIN _participant p ON p.event_id = e.event_id
        JOIN demand d ON d.party_id = p.party_id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(p.takes), 0)::bigint AS given
            FROM commitment p
            WHERE p.event_id = e.event_id AND p.demand_id = d.demand_id
        ) g
        LEFT JOIN (served v
                   JOIN (SELECT s.event_id, 'from_event' AS direction, s.supply_id, s.resource_code, NULL::bigint AS party_id
                         FROM supply s
                         UNION ALL
                         SELECT p.event_id, 'among_parties', s.supply_id, s.resource_code, s.party_id
                         FROM _participant p
                         JOIN supply s ON s.party_id = p.party_id) o ON o.resource_code = v.supplied_code)
            ON v.demanded_code = d.resource_code AND o.event_id = e.event_id AND o.party_id IS DISTINCT FROM d.party_id
        WHERE coalesce(daterange(d.valid_from, d.valid_before) @> e.held_on, true) AND coalesce(d.city_code = e.city_code, true)
    ) m
    LEFT JOIN (
        SELECT p.event_id, p.demand_id, p.supply_id, sum(p.takes)::bigint AS taken, bool_or(p.status_code = 'declined') AS is_declined
        FROM commitment p
        GROUP BY p.event_id, p.demand_id, p.supply_id
    ) g USING (event_id, demand_id, supply_id)
    UNION ALL
    SELECT NULL, CASE WHEN s.supply_id IS NOT NULL THEN 'among_parties' END,
           d.demand_id, d.party_id, d.resource_code,
           greatest(coalesce(d.quantity, 1) - w.given, 0),
           d.priority, d.city_code, (SELECT _today()),
           s.supply_id, v.weight, v.reason_en, v.reason_zh, g.taken, g.is_declined
    FROM demand d
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(p.takes), 0)::bigint AS given
        FROM commitment p
        WHERE p.event_id IS NULL AND p.demand_id = d.demand_id
    ) w
    LEFT JOIN (served v JOIN supply s ON s.resource_code = v.supplied_code) ON v.demanded_code = d.resource_code AND s.party_id <> d.party_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(p.takes), 0)::bigint AS taken,
               coalesce(bool_or(p.status_code = 'declined'), false) AS is_declined
        FROM commitment p
        WHERE p.event_id IS NULL AND p.demand_id = d.demand_id AND p.supply_id = s.supply_id
    ) g
    WHERE d.party_id IS NOT NULL
      AND daterange(d.valid_from, d.valid_before) @> (SELECT _today())
) m
LEFT JOIN supply s ON s.supply_id = m.supply_id;

COMMENT ON VIEW _pair IS 'Every demand of a market with every supply that serves it by its resource, and whether place and time allow it';
COMMENT ON COLUMN _pair.event_id IS 'The market; NULL: parties by themselves';
COMMENT ON COLUMN _pair.demander_id IS 'The party that wants it; NULL: the event';
COMMENT ON COLUMN _pair.direction IS 'to_event, from_event or among_parties; NULL: nobody supplies it';
COMMENT ON COLUMN _pair.supply_id IS 'The supply; NULL: nobody supplies it';
COMMENT ON COLUMN _pair.needed IS 'How much is not promised yet';
COMMENT ON COLUMN _pair.demand_priority IS 'How much it matters, 1 to 5';
COMMENT ON COLUMN _pair.supply_priority IS 'How gladly it is given, 1 to 5';
COMMENT ON COLUMN _pair.reason_en IS 'Why it serves it, in English';
COMMENT ON COLUMN _pair.reason_zh IS 'Why it serves it, in Chinese';
COMMENT ON COLUMN _pair.value IS 'weight x demand_priority x supply_priority';
COMMENT ON COLUMN _pair.at_most IS 'How much more one taker can have; NULL: no limit';
COMMENT ON COLUMN _pair.is_in_city IS 'Whether it is given where it is wanted, as far as that is known';
COMMENT ON COLUMN _pair.is_in_time IS 'Whether it is given when it is wanted, as far as that is known';
COMMENT ON COLUMN _pair.is_declined IS 'Whether a commitment of it for this demand was declined here: it is not proposed again';

-- Why a supply serves a demand, in words.
CREATE FUNCTION _reason(supplied_code text, demanded_code text, reason_en text, reason_zh text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(salon.label(reason_en, reason_zh),
                CASE WHEN supplied_code = demanded_code THEN salon.label('the same', '供需同名')
                     ELSE salon.label('a kind of it', '属于其中一种') END);

COMMENT ON FUNCTION _reason(text, text, text, text) IS
'Why a supply of the first resource serves a demand for the second, in the language of salon.lang';

CREATE VIEW candidate WITH (security_invoker) AS
SELECT p.event_id, p.direction,
       p.supply_id, p.supplier_id, coalesce(party_label(p.supplier_id), event_label(p.event_id)) AS supplier,
       p.supplied_code, resource_label(p.supplied_code) AS supplied,
       p.demand_id, p.demander_id, coalesce(party_label(p.demander_id), event_label(p.event_id)) AS demander,
       p.demanded_code, resource_label(p.demanded_code) AS demanded,
       p.value, p.weight, p.demand_priority::bigint AS demand_priority, p.supply_priority::bigint AS supply_priority,
       p.offered, p.needed, p.at_most,
       _reason(p.supplied_code, p.demanded_code, p.reason_en, p.reason_zh) AS reason,
       event_label(p.event_id) AS event, event_date(p.event_id) AS held_on
FROM _pair p
WHERE p.supply_id IS NOT NULL AND p.is_in_city AND p.is_in_time AND NOT p.is_declined AND p.needed > 0 AND (p.offered > 0) IS NOT FALSE AND (p.at_most > 0) IS NOT FALSE;

COMMENT ON VIEW candidate IS 'Which supply could serve which demand of an event or a party: by resource, place, time and what is left of both / 候选匹配';
COMMENT ON COLUMN candidate.event_id IS 'The event; NULL: parties by themselves';
COMMENT ON COLUMN candidate.direction IS 'to_event: a party gives to the event; from_event: the event gives to a party at it; among_parties: one party gives to another';
COMMENT ON COLUMN candidate.at_most IS 'How much more one taker can have; NULL: no limit';
COMMENT ON COLUMN candidate.reason IS 'Why the supply serves the demand';

-- The best allocation of a market.  What place or time forbids has no supplier for
-- allocate, so it gets nothing but can be told of.  PL/pgSQL keeps the plan, which
-- takes longer to make than to run for one event.
CREATE FUNCTION _allocate(event_id bigint)
RETURNS TABLE (demand_id bigint, demander_id bigint, demanded_code text, needed bigint, direction text, supply_id bigint, supplier_id bigint, supplied_code text,
               weight numeric, reason_en text, reason_zh text, value numeric, demand_priority smallint, supply_priority smallint,
               is_in_city boolean, is_in_time boolean, is_declined boolean, offered bigint, quantity bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
    IF _allocate.event_id IS NULL THEN
        RETURN QUERY
        SELECT p.demand_id, p.demander_id, p.demanded_code, p.needed,
               p.direction, p.supply_id, p.supplier_id, p.supplied_code, p.weight, p.reason_en, p.reason_zh,
               p.value, p.demand_priority, p.supply_priority, p.is_in_city, p.is_in_time, p.is_declined, p.offered,
               salon.allocate(CASE WHEN p.is_in_city AND p.is_in_time AND NOT p.is_declined THEN p.supply_id END, p.demand_id,
                              p.value::double precision, p.offered, p.needed, p.at_most) OVER ()
        FROM _pair p
        WHERE p.event_id IS NULL;
    ELSE
        RETURN QUERY
        SELECT p.demand_id, p.demander_id, p.demanded_code, p.needed,
               p.direction, p.supply_id, p.supplier_id, p.supplied_code, p.weight, p.reason_en, p.reason_zh,
               p.value, p.demand_priority, p.supply_priority, p.is_in_city, p.is_in_time, p.is_declined, p.offered,
               salon.allocate(CASE WHEN p.is_in_city AND p.is_in_time AND NOT p.is_declined THEN p.supply_id END, p.demand_id,
                              p.value::double precision, p.offered, p.needed, p.at_most) OVER ()
        FROM _pair p
        WHERE p.event_id = _allocate.event_id;
    END IF;
END
$$;

COMMENT ON FUNCTION _allocate(bigint) IS
'Every demand of an event (NULL: of the market without an event) with each supply that serves it, and how much of it the best allocation gives';

-- What a party wants, as a list.
CREATE FUNCTION _wishes(party_id bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT string_agg(resource_label(d.resource_code), salon.say(', ') ORDER BY d.priority DESC, d.demand_id)
            FROM demand d
            WHERE d.party_id = _wishes.party_id);
END
$$;

COMMENT ON FUNCTION _wishes(bigint) IS 'What a party wants, in the language of salon.lang; NULL: nothing is known';

CREATE VIEW proposal WITH (security_invoker) AS
SELECT a.event_id, a.direction,
       a.supply_id, a.supplier_id, coalesce(party_label(a.supplier_id), event_label(a.event_id)) AS supplier,
       a.supplied_code, resource_label(a.supplied_code) AS supplied,
       a.demand_id, a.demander_id, coalesce(party_label(a.demander_id), event_label(a.event_id)) AS demander,
       a.demanded_code, resource_label(a.demanded_code) AS demanded,
       a.quantity, a.needed, a.value, a.weight,
       a.demand_priority::bigint AS demand_priority, a.supply_priority::bigint AS supply_priority,
       _reason(a.supplied_code, a.demanded_code, a.reason_en, a.reason_zh) AS reason,
       CASE WHEN a.direction = 'to_event' THEN _wishes(a.supplier_id) END AS in_return,
       event_label(a.event_id) AS event, event_date(a.event_id) AS held_on
FROM (
    SELECT e.event_id, a.*
    FROM _open_event e
    CROSS JOIN LATERAL _allocate(e.event_id) a
    UNION ALL
    SELECT NULL, a.*
    FROM _allocate(NULL) a
) a
WHERE a.quantity > 0;

COMMENT ON VIEW proposal IS 'Who should give what to whom, so that the total value is the maximum, from what is not promised yet: one market an event / 建议';
COMMENT ON COLUMN proposal.event_id IS 'The event; NULL: parties by themselves';
COMMENT ON COLUMN proposal.direction IS 'to_event: a party gives to the event; from_event: the event gives to a party at it; among_parties: one party gives to another';
COMMENT ON COLUMN proposal.quantity IS 'How much should be given';
COMMENT ON COLUMN proposal.reason IS 'Why the supply serves the demand';
COMMENT ON COLUMN proposal.in_return IS 'What the party that gives to the event wants itself; NULL: not known';

-- All open events as one market: a scarce supply goes where it is worth most.
CREATE VIEW season_proposal WITH (security_invoker) AS
SELECT a.event_id, _event_label(e.event_id, e.name_en, e.name_zh) AS event, a.direction,
       a.supply_id, a.supplier_id, coalesce(_party_label(sp.party_id, sp.name_en, sp.name_zh), _event_label(e.event_id, e.name_en, e.name_zh)) AS supplier,
       a.supplied_code, salon.label(sr.name_en, sr.name_zh, sr.resource_code) AS supplied,
       a.demand_id, a.demander_id, coalesce(_party_label(dp.party_id, dp.name_en, dp.name_zh), _event_label(e.event_id, e.name_en, e.name_zh)) AS demander,
       a.demanded_code, salon.label(dr.name_en, dr.name_zh, dr.resource_code) AS demanded,
       a.quantity, a.needed, a.value, a.weight,
       a.demand_priority::bigint AS demand_priority, a.supply_priority::bigint AS supply_priority,
       _reason(a.supplied_code, a.demanded_code, a.reason_en, a.reason_zh) AS reason,
       _event_date(e.starts_at, e.time_zone) AS held_on
FROM (
    SELECT p.*,
           salon.allocate(p.supply_id, p.event_id || ':' || p.demand_id,
                          p.value::double precision, p.offered, p.needed, p.at_most) OVER () AS quantity
    FROM _pair p
    WHERE p.event_id IS NOT NULL AND p.supply_id IS NOT NULL AND p.is_in_city AND p.is_in_time AND NOT p.is_declined
) a
JOIN event e ON e.event_id = a.event_id
LEFT JOIN party sp ON sp.party_id = a.supplier_id
LEFT JOIN party dp ON dp.party_id = a.demander_id
LEFT JOIN resource sr ON sr.resource_code = a.supplied_code
LEFT JOIN resource dr ON dr.resource_code = a.demanded_code
WHERE a.quantity > 0;

COMMENT ON VIEW season_proposal IS 'As proposal, with all open events as one market, so that a scarce supply goes to the event where it is worth most / 全季建议';
COMMENT ON COLUMN season_proposal.direction IS 'to_event: a party gives to the event; from_event: the event gives to a party at it; among_parties: one party gives to another';
COMMENT ON COLUMN season_proposal.quantity IS 'How much should be given';
COMMENT ON COLUMN season_proposal.reason IS 'Why the supply serves the demand';

-- What each party at an event wants there, and how much of it is agreed or was
-- given.
CREATE VIEW _party_want WITH (security_invoker) AS
SELECT p.event_id, p.party_id, d.demand_id, d.resource_code, d.priority, d.purpose, x.needed, g.agreed, g.hoped
FROM _participant p
JOIN event e ON e.event_id = p.event_id AND NOT e.is_off
JOIN demand d ON d.party_id = p.party_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(k.agreed), 0)::bigint AS agreed, coalesce(sum(k.hoped), 0)::bigint AS hoped
    FROM _promise k
    WHERE k.event_id = p.event_id AND k.demand_id = d.demand_id
) g
CROSS JOIN LATERAL (SELECT coalesce(d.quantity, 1) AS needed) x
WHERE daterange(d.valid_from, d.valid_before) @> (e.starts_at AT TIME ZONE e.time_zone)::date IS NOT FALSE
  AND (d.city_code = e.city_code) IS NOT FALSE;

COMMENT ON VIEW _party_want IS 'Demands of the parties at each event that was not called off, and how much of them is agreed or, after the event, was given';
COMMENT ON COLUMN _party_want.demand_id IS 'What it wants';
COMMENT ON COLUMN _party_want.resource_code IS 'What it wants: the resource';
COMMENT ON COLUMN _party_want.priority IS 'How much it matters, 1 to 5';
COMMENT ON COLUMN _party_want.purpose IS 'end or means; NULL: not known';
COMMENT ON COLUMN _party_want.needed IS 'How much; a quantity that is not known counts as one';
COMMENT ON COLUMN _party_want.agreed IS 'How much is agreed; once the event took place: how much of that was given';
COMMENT ON COLUMN _party_want.hoped IS 'The same with what is only proposed';

-- What stayed unmet at an event that took place, and why.
CREATE VIEW _stayed_unmet WITH (security_invoker) AS
SELECT e.event_id, w.demand_id, w.party_id AS demander_id, w.resource_code AS demanded_code, w.needed - w.given AS unmet,
       CASE WHEN k.owed THEN 'not_delivered'
            WHEN w.given > 0 THEN 'too_little'
            WHEN k.declined THEN 'declined'
            WHEN k.withdrawn THEN 'withdrawn'
            WHEN k.proposed THEN 'not_confirmed'
            ELSE 'not_given' END AS reason_code
FROM event e
CROSS JOIN LATERAL (
    SELECT n.event_id, n.demand_id, NULL::bigint AS party_id, n.resource_code, n.needed, greatest(n.has + n.on_top, n.agreed) AS given
    FROM need n
    WHERE n.event_id = e.event_id
    UNION ALL
    SELECT p.event_id, p.demand_id, p.party_id, p.resource_code, p.needed, p.agreed
    FROM _party_want p
    WHERE p.event_id = e.event_id
) w
CROSS JOIN LATERAL (
    SELECT coalesce(bool_or(k.status_code = 'declined'), false) AS declined,
           coalesce(bool_or(k.status_code = 'withdrawn'), false) AS withdrawn,
           coalesce(bool_or(k.status_code IN ('proposed', 'reserved')), false) AS proposed,
           coalesce(bool_or(k.is_owed), false) AS owed
    FROM _promise k
    WHERE k.event_id = e.event_id AND k.demand_id = w.demand_id
) k
WHERE e.took_place AND w.given < w.needed;

COMMENT ON VIEW _stayed_unmet IS 'Demands that stayed unmet at events that took place, and why: the later half of view unmet';
COMMENT ON COLUMN _stayed_unmet.demander_id IS 'The party that wanted it; NULL: the event';
COMMENT ON COLUMN _stayed_unmet.demanded_code IS 'What was wanted';
COMMENT ON COLUMN _stayed_unmet.unmet IS 'How much of it was neither there nor given';
COMMENT ON COLUMN _stayed_unmet.reason_code IS 'not_delivered, too_little, declined, withdrawn, not_confirmed or not_given';

-- What stays unmet after agreements and the proposal, and why; its plan is kept
-- as that of _allocate.
CREATE FUNCTION _unmet(event_id bigint)
RETURNS TABLE (demand_id bigint, demander_id bigint, demanded_code text, needed bigint, unmet bigint, reason_code text,
               taken_by_demand_id bigint, taken_by_event_id bigint, taken_by text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 20
SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT u.demand_id, u.demander_id, u.demanded_code, u.needed, u.needed - u.given,
           CASE WHEN u.pairs = 0 THEN 'nobody'
                WHEN u.some_fit AND k.taken_by_demand_id IS NOT NULL THEN 'used_up'
                WHEN u.some_fit THEN 'too_little'
                WHEN u.some_declined THEN 'declined'
                WHEN u.some_in_time THEN 'wrong_city'
                WHEN u.some_in_city THEN 'wrong_dates'
                ELSE 'wrong_city_and_dates' END,
           k.taken_by_demand_id, k.taken_by_event_id,
           (SELECT concat_ws(' / ', CASE WHEN d.party_id IS NULL OR k.taken_by_event_id IS DISTINCT FROM _unmet.event_id
                                         THEN event_label(k.taken_by_event_id) END,
                             party_label(d.party_id), resource_label(d.resource_code))
            FROM demand d WHERE d.demand_id = k.taken_by_demand_id)
    FROM (
        SELECT a.demand_id, a.demander_id, a.demanded_code, a.needed,
               coalesce(sum(a.quantity), 0)::bigint AS given,
               count(a.supply_id) AS pairs,
               bool_or(a.fits AND NOT a.is_declined) AS some_fit,
               bool_or(a.fits) AS some_declined,
               bool_or(a.is_in_city) AS some_in_city,
               bool_or(a.is_in_time) AS some_in_time,
               array_agg(a.supply_id) FILTER (WHERE a.fits AND NOT a.is_declined AND a.offered <= 0) AS exhausted,
               (array_agg(t.demand_id ORDER BY a.value DESC, t.demand_id)
                    FILTER (WHERE t.demand_id IS NOT NULL AND a.fits AND NOT a.is_declined))[1] AS taker
        FROM (
            -- With each pair, the demands that get of its supply, the most
            -- valuable first.  A supply without a limit is used up by nobody.
            SELECT b.*, b.is_in_city AND b.is_in_time AS fits,
                   array_agg(b.demand_id) FILTER (WHERE b.quantity > 0 AND b.offered IS NOT NULL)
                       OVER (PARTITION BY b.supply_id ORDER BY b.value DESC, b.demand_id
                             ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS takers
            FROM _allocate(_unmet.event_id) b
        ) a
        LEFT JOIN LATERAL (
            SELECT k.demand_id
            FROM unnest(a.takers) WITH ORDINALITY AS k (demand_id, place)
            WHERE k.demand_id <> a.demand_id
            ORDER BY k.place
            LIMIT 1
        ) t ON true
        GROUP BY a.demand_id, a.demander_id, a.demanded_code, a.needed
    ) u
    LEFT JOIN LATERAL (
        -- Nobody else in the proposal: then an earlier commitment, if any.
        SELECT p.demand_id, p.event_id
        FROM commitment p
        WHERE u.taker IS NULL AND p.supply_id = ANY (u.exhausted)
          AND p.takes > 0
          AND (p.demand_id, p.event_id) IS DISTINCT FROM (u.demand_id, _unmet.event_id)
        ORDER BY p.value DESC NULLS LAST, p.commitment_id
        LIMIT 1
    ) g ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(u.taker, g.demand_id) AS taken_by_demand_id,
               CASE WHEN u.taker IS NOT NULL THEN _unmet.event_id ELSE g.event_id END AS taken_by_event_id
        OFFSET 0  -- a plain column below, which policies let an index find
    ) k
    WHERE u.needed > u.given;
    RETURN QUERY
    SELECT s.demand_id, s.demander_id, s.demanded_code, s.unmet, s.unmet, s.reason_code, NULL::bigint, NULL::bigint, NULL::text
    FROM _stayed_unmet s
    WHERE s.event_id = _unmet.event_id;
END
$$;

COMMENT ON FUNCTION _unmet(bigint) IS
'What stays unmet at an event (NULL: in the market without an event) after agreements and the proposal, or stayed unmet at one that took place, and why';

CREATE VIEW unmet WITH (security_invoker) AS
SELECT u.event_id, u.demand_id, u.demander_id,
       coalesce(party_label(u.demander_id), event_label(u.event_id)) AS demander,
       u.demanded_code, resource_label(u.demanded_code) AS demanded,
       u.needed, u.unmet, u.reason_code,
       CASE WHEN u.took_place THEN
           CASE u.reason_code
               WHEN 'too_little' THEN salon.label('there was too little of it', '供给数量不足')
               WHEN 'not_delivered' THEN salon.label('agreed, and not all of it delivered', '已约定，未全部兑现')
               WHEN 'declined' THEN salon.label('declined by whom it was asked of', '供给方已谢绝')
               WHEN 'withdrawn' THEN salon.label('withdrawn by who had promised it', '供给方已撤回')
               WHEN 'not_confirmed' THEN salon.label('proposed, and never confirmed', '已建议，未确认')
               WHEN 'not_given' THEN salon.label('nobody gave it', '无人提供')
           END
       ELSE
           CASE u.reason_code
               WHEN 'nobody' THEN salon.label('nobody supplies it', '没有供给方')
               WHEN 'used_up' THEN salon.label('supply used up', '供给已用完')
               WHEN 'too_little' THEN salon.label('there is too little of it', '供给数量不足')
               WHEN 'declined' THEN salon.label('declined by whom it was asked of', '供给方已谢绝')
               WHEN 'wrong_city' THEN salon.label('supply only in another city', '供给在其他城市')
               WHEN 'wrong_dates' THEN salon.label('supply only at other dates', '供给日期不符')
               WHEN 'wrong_city_and_dates' THEN salon.label('supply only in another city or at other dates', '供给的城市或日期不符')
           END
           || coalesce(salon.label(': it goes to ', '：给了') || u.taken_by, '')
       END AS reason,
       u.taken_by_demand_id, u.taken_by_event_id, u.taken_by,
       event_label(u.event_id) AS event, event_date(u.event_id) AS held_on
FROM (
    SELECT e.event_id, e.took_place, n.*
    FROM event e
    CROSS JOIN LATERAL _unmet(e.event_id) n
    WHERE e.is_open OR e.took_place
    UNION ALL
    SELECT NULL, false, n.*
    FROM _unmet(NULL) n
) u;

COMMENT ON VIEW unmet IS 'What stays unmet after agreements and the proposal, at an event that took place what stayed unmet, and why; unmet is a result, not an error (D38) / 未满足的需求';
COMMENT ON COLUMN unmet.event_id IS 'The event; NULL: parties by themselves';
COMMENT ON COLUMN unmet.needed IS 'How much is neither there nor promised';
COMMENT ON COLUMN unmet.unmet IS 'How much of that is not proposed either; after the event: how much was neither there nor given';
COMMENT ON COLUMN unmet.reason_code IS 'nobody, used_up, too_little, declined, wrong_city, wrong_dates or wrong_city_and_dates; after the event: not_delivered, too_little, declined, withdrawn, not_confirmed or not_given';
COMMENT ON COLUMN unmet.reason IS 'The reason in words';
COMMENT ON COLUMN unmet.taken_by_demand_id IS 'For used_up: the demand that gets the supply';
COMMENT ON COLUMN unmet.taken_by_event_id IS 'For used_up: the event at which it gets it';
COMMENT ON COLUMN unmet.taken_by IS 'For used_up: label of what gets the supply';

CREATE FUNCTION propose(event_id bigint) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    status text;
    added bigint := 0;
    p record;
    pair text;
    agreements jsonb := '{}';
    its_agreement bigint;
BEGIN
    -- One session at a time proposes for an event.  An update, not only a
    -- lock: so a transaction that still sees the old agreements fails with 40001
    -- instead of proposing the same once more.
    UPDATE event e SET template_code = e.template_code
    WHERE e.event_id = propose.event_id
    RETURNING e.status_code INTO status;
    PERFORM _known(status IS NOT NULL, salon.say('event %s does not exist'), event_id);
    IF NOT EXISTS (SELECT FROM _open_event o WHERE o.event_id = propose.event_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'object_not_in_prerequisite_state',
            MESSAGE = format(salon.say('event %s is %s: nothing can be proposed for it'), event_id, status),
            HINT = salon.say('Only an event that is an idea, planned or announced takes commitments.');
    END IF;
    -- In the order of supplies, so that two sessions wait for each other
    -- instead of locking each other out.  One agreement a pair.
    FOR p IN
        SELECT q.*
        FROM proposal q
        WHERE q.event_id = propose.event_id
        ORDER BY q.supply_id, q.demand_id
    LOOP
        pair := concat(p.supplier_id, '>', p.demander_id);
        INSERT INTO commitment (agreement_id, event_id, giver_id, taker_id, kind, supply_id, demand_id, quantity, value)
        VALUES ((agreements ->> pair)::bigint, p.event_id, p.supplier_id, p.demander_id, 'in_kind', p.supply_id, p.demand_id, p.quantity, p.value)
        RETURNING agreement_id INTO its_agreement;
        agreements := agreements || jsonb_build_object(pair, its_agreement);
        added := added + 1;
    END LOOP;
    RETURN added;
END
$$;

COMMENT ON FUNCTION propose(bigint) IS
'Turn the proposal for an event into agreements to be signed, one for each giver and taker; returns how many commitments. Errors: 23503 no such event, 55000 it is held or called off, 23514 another session took the supply at the same moment: run it again / 把匹配建议变成待签协议';

-- How far each party at an event gets what it wants.
CREATE VIEW satisfaction WITH (security_invoker) AS
SELECT w.event_id, w.party_id, party_label(w.party_id) AS party,
       count(*) AS demands,
       count(*) FILTER (WHERE w.agreed >= 1) AS met,
       count(*) FILTER (WHERE w.hoped >= 1) AS met_if_confirmed,
       round(sum(w.priority * w.agreed) / sum(w.priority), 3) AS share,
       round(sum(w.priority * w.hoped) / sum(w.priority), 3) AS share_if_confirmed,
       round(sum(w.priority * w.agreed) FILTER (WHERE w.purpose = 'end')
             / sum(w.priority) FILTER (WHERE w.purpose = 'end'), 3) AS end_share,
       string_agg(w.wanted, salon.say(', ') ORDER BY w.priority DESC, w.demand_id)
           FILTER (WHERE w.hoped < 1) AS unmet,
       event_label(w.event_id) AS event, event_date(w.event_id) AS held_on
FROM (
    SELECT p.event_id, p.party_id, p.demand_id, p.priority::numeric AS priority, p.purpose,
           resource_label(p.resource_code) AS wanted,
           least(p.agreed::numeric / p.needed, 1) AS agreed,
           least(p.hoped::numeric / p.needed, 1) AS hoped
    FROM _party_want p
) w
GROUP BY w.event_id, w.party_id;

COMMENT ON VIEW satisfaction IS 'How far each party at each event gets what it wants there, by what is promised, and once the event took place by what was given (A7, D38) / 满意度';
COMMENT ON COLUMN satisfaction.demands IS 'How many demands it has';
COMMENT ON COLUMN satisfaction.met IS 'How many are fully met by what is signed; once the event took place: by what was given';
COMMENT ON COLUMN satisfaction.met_if_confirmed IS 'How many are fully met if what is proposed is confirmed';
COMMENT ON COLUMN satisfaction.share IS 'Share of its demands that is met, weighted by priority, 0 to 1';
COMMENT ON COLUMN satisfaction.share_if_confirmed IS 'The same if what is proposed is confirmed';
COMMENT ON COLUMN satisfaction.end_share IS 'Share of its demands that are an end (D36); NULL: it has named none';
COMMENT ON COLUMN satisfaction.unmet IS 'What it does not get, most important first';
