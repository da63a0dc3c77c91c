-- Exchange without money: rings of parties in which each gives and each gets,
-- from what is open between parties without an event; and what would close one
-- more.

-- The best gift of each party to each other one, with its place in a ring.
CREATE FUNCTION _round_gift(longest integer)
RETURNS TABLE (ring integer, place integer, giver_id bigint, taker_id bigint, supply_id bigint, supplied_code text, demand_id bigint, demanded_code text,
               quantity bigint, value numeric, reason text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT (r.gift).cycle, (r.gift).position, r.supplier_id, r.demander_id, r.supply_id, r.supplied_code, r.demand_id, r.demanded_code, r.quantity, r.value, r.reason
    FROM (
        SELECT c.*, salon.barter_detail(c.supplier_id, c.demander_id, c.value::double precision, _round_gift.longest) OVER () AS gift
        FROM (
            SELECT DISTINCT ON (c.supplier_id, c.demander_id)
                   c.supplier_id, c.demander_id, c.supply_id, c.supplied_code, c.demand_id, c.demanded_code, c.value, c.reason,
                   least(c.needed, c.offered, c.at_most) AS quantity
            FROM candidate c
            WHERE c.event_id IS NULL
            ORDER BY c.supplier_id, c.demander_id, c.value DESC, c.demand_id, c.supply_id
        ) c
    ) r;
END
$$;

COMMENT ON FUNCTION _round_gift(integer) IS
'The best gift of each party to each other, between parties without an event, and its place in a ring of exchange; ring NULL: it is in none';

-- Who gives what to whom, in words.
CREATE FUNCTION _gift_sentence(giver text, taker text, supplied text, quantity bigint, demanded text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN supplied = demanded THEN format(salon.say('%s gives %s %s.'), giver, taker, concat_ws(' × ', nullif(quantity, 1), supplied))
            ELSE format(salon.say('%s gives %s %s, for %s.'), giver, taker, concat_ws(' × ', nullif(quantity, 1), supplied), demanded) END;

COMMENT ON FUNCTION _gift_sentence(text, text, text, bigint, text) IS 'Who gives what to whom and what for, in the language of salon.lang';

CREATE FUNCTION barter_round(longest integer DEFAULT 3)
RETURNS TABLE (ring bigint, place bigint, giver_id bigint, giver text, taker_id bigint, taker text, supply_id bigint, supplied_code text, supplied text,
               demand_id bigint, demanded_code text, demanded text, quantity bigint, value numeric, reason text, sentence text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT r.ring::bigint, r.place::bigint, r.giver_id, p.giver, r.taker_id, p.taker, r.supply_id, r.supplied_code, p.supplied, r.demand_id, r.demanded_code, p.demanded,
           r.quantity, r.value, r.reason, _gift_sentence(p.giver, p.taker, p.supplied, r.quantity, p.demanded)
    FROM _round_gift(barter_round.longest) r
    CROSS JOIN LATERAL (SELECT party_label(r.giver_id) AS giver, party_label(r.taker_id) AS taker,
                               resource_label(r.supplied_code) AS supplied, resource_label(r.demanded_code) AS demanded) p
    WHERE r.ring IS NOT NULL
    ORDER BY r.ring, r.place;
END
$$;

COMMENT ON FUNCTION barter_round(integer) IS
'Rings of exchange in which each party gives and gets once, none longer than longest (2 to 5; NULL: any), so that the total value is the largest: a row a gift, with a sentence. Errors: 22023 longest is something else / 交换轮：谁给谁什么';

CREATE FUNCTION agree_round(longest integer DEFAULT 3) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    r record;
    added bigint := 0;
BEGIN
    -- in the order of supplies, as propose takes them
    FOR r IN
        SELECT array_agg(g.giver_id ORDER BY g.place) AS givers, array_agg(g.taker_id ORDER BY g.place) AS takers,
               array_agg(g.supplied_code ORDER BY g.place) AS resources, array_agg(g.quantity ORDER BY g.place) AS quantities
        FROM _round_gift(agree_round.longest) g
        WHERE g.ring IS NOT NULL
        GROUP BY g.ring
        ORDER BY min(g.supply_id)
    LOOP
        PERFORM agree_ring(r.givers, r.takers, r.resources, r.quantities);
        added := added + 1;
    END LOOP;
    RETURN added;
END
$$;

COMMENT ON FUNCTION agree_round(integer) IS
'Make each ring of barter_round an agreement, which holds whole or not at all and is signed by all its parties: see view signature_list; returns how many. Errors: those of barter_round and agree_ring / 把交换轮变成待签协议';

-- What is one supply away from a ring: a way of gifts that could be made, among
-- parties that are in no ring, whose last one has nothing that the first wants.
-- Of the ways that a supply would close the one of the largest value is told.
CREATE FUNCTION ring_wish(longest integer DEFAULT 3)
RETURNS TABLE (party_id bigint, party text, resource_code text, resource text, taker_id bigint, taker text, rings bigint, parties bigint, value numeric, sentence text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 100
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE gift AS MATERIALIZED (
        SELECT r.giver_id, r.taker_id, r.supplied_code, r.demanded_code, r.quantity, r.value, r.ring
        FROM _round_gift(ring_wish.longest) r
    ), ringed AS MATERIALIZED (
        SELECT r.giver_id FROM gift r WHERE r.ring IS NOT NULL
    ), free AS MATERIALIZED (
        SELECT g.*
        FROM gift g
        WHERE g.giver_id NOT IN (SELECT r.giver_id FROM ringed r) AND g.taker_id NOT IN (SELECT r.giver_id FROM ringed r)
    ), way (members, total) AS (
        SELECT ARRAY[g.giver_id, g.taker_id], g.value
        FROM free g
        UNION ALL
        SELECT w.members || g.taker_id, w.total + g.value
        FROM way w
        JOIN free g ON g.giver_id = w.members[cardinality(w.members)]
        WHERE g.taker_id <> ALL (w.members) AND cardinality(w.members) < least(ring_wish.longest, 4)
    ), wish AS (
        SELECT w.members[cardinality(w.members)] AS last_id, w.members[1] AS first_id, count(*) AS ways,
               (array_agg(w.members::text ORDER BY w.total DESC, w.members))[1]::bigint[] AS members, max(w.total) AS total
        FROM way w
        GROUP BY 1, 2
    ), wanted AS MATERIALIZED (
        SELECT DISTINCT p.demander_id, p.demanded_code
        FROM _pair p
        WHERE p.event_id IS NULL AND p.needed > 0
    )
    SELECT w.last_id, party_label(w.last_id), d.demanded_code, resource_label(d.demanded_code), w.first_id, party_label(w.first_id),
           w.ways, cardinality(w.members)::bigint, w.total,
           (SELECT string_agg(_gift_sentence(party_label(g.giver_id), party_label(g.taker_id), resource_label(g.supplied_code), g.quantity, resource_label(g.demanded_code)),
                              salon.say(' ') ORDER BY i)
            FROM generate_series(1, cardinality(w.members) - 1) i
            JOIN free g ON g.giver_id = w.members[i] AND g.taker_id = w.members[i + 1])
    FROM wish w
    JOIN wanted d ON d.demander_id = w.first_id
    ORDER BY w.total DESC, w.ways DESC, w.last_id, w.first_id, d.demanded_code;
END
$$;

COMMENT ON FUNCTION ring_wish(integer) IS
'What would close a ring of at most longest parties (2 to 4) if a party supplied it: which party, what, for whom, how many rings, and the gifts of the best one, in words; among parties that are in no ring of barter_round. Errors: 22023 as barter_round / 差一环的愿望清单';
