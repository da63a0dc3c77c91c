-- What an event needs against what it has: by the facts, by the rules that the
-- checklist goes by as well, and by what was agreed.

-- A community may have deleted one of the codes.
INSERT INTO resource_rule (resource_code, rule_code, argument, shipped)
SELECT v.*, true
FROM (VALUES
    ('venue',               'place',          NULL),
    ('venue',               'part',           'venue_sponsor'),
    ('speaker',             'speaker',        NULL),
    ('promotion',           'part',           'channel'),
    ('promotion',           'post',           NULL),
    ('poster_making',       'asset',          'poster'),
    ('live_stream',         'part',           'live_sponsor'),
    ('live_stream',         'link',           'live'),
    ('video_archive',       'asset',          'video'),
    ('video_archive',       'link',           'replay'),
    ('follow_up_article',   'asset',          'article'),
    ('short_video_editing', 'asset',          'short_video'),
    ('follow_up_promotion', 'follow_up_post', NULL),
    ('prize',               'cost',           'gift'),
    ('tea',                 'cost',           'tea'),
    ('tea',                 'session',        'break'),
    ('dinner',              'cost',           'dinner'),
    ('dinner',              'session',        'dinner')) v (resource_code, rule_code, argument)
WHERE EXISTS (SELECT FROM resource r WHERE r.resource_code = v.resource_code)
  AND EXISTS (SELECT FROM checklist_rule r WHERE r.rule_code = v.rule_code)
  AND CASE v.rule_code WHEN 'part' THEN EXISTS (SELECT FROM part x WHERE x.part_code = v.argument)
                       WHEN 'link' THEN EXISTS (SELECT FROM link_kind x WHERE x.link_kind_code = v.argument)
                       WHEN 'asset' THEN EXISTS (SELECT FROM asset_kind x WHERE x.asset_kind_code = v.argument)
                       WHEN 'cost' THEN EXISTS (SELECT FROM cost_kind x WHERE x.cost_kind_code = v.argument)
                       WHEN 'session' THEN EXISTS (SELECT FROM session_format x WHERE x.format_code = v.argument)
                       ELSE true END
ON CONFLICT DO NOTHING;

CREATE FUNCTION resource_label(resource_code text) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN (SELECT salon.label(r.name_en, r.name_zh, r.resource_code)
            FROM resource r
            WHERE r.resource_code = resource_label.resource_code);
END
$$;

COMMENT ON FUNCTION resource_label(text) IS
'Name of a resource in the language of salon.lang; NULL for an unknown one / 资源名称';

-- For all needs of an event at once, so that what a rule finds is looked up
-- once; PL/pgSQL keeps the plan.
CREATE FUNCTION _there(event_id bigint, OUT demand_id bigint, OUT quantity bigint, OUT what text, OUT givers bigint[]) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 20000 ROWS 12
SET search_path FROM CURRENT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    WITH RECURSIVE kind (needed_code, resource_code) AS (
        SELECT d.resource_code, d.resource_code
        FROM demand d
        WHERE d.event_id = _there.event_id
        UNION
        SELECT k.needed_code, r.resource_code
        FROM kind k
        JOIN resource r ON r.parent_code = k.resource_code
    ), rule AS (
        SELECT k.needed_code, r.resource_rule_id, r.rule_code, r.argument
        FROM kind k
        JOIN resource_rule r ON r.resource_code = k.resource_code
        UNION ALL
        -- What its venue or rooms have under the name of a resource needs no
        -- rule.  Most resources stand in none.
        SELECT k.needed_code, NULL, 'equipment', k.resource_code
        FROM kind k
        WHERE k.resource_code IN (SELECT i.resource
                                  FROM (SELECT v.equipment FROM event e JOIN venue v ON v.venue_id = e.venue_id WHERE e.event_id = _there.event_id
                                        UNION ALL
                                        SELECT v.equipment + r.equipment
                                        FROM session s
                                        JOIN room r ON r.room_id = s.room_id
                                        JOIN venue v ON v.venue_id = r.venue_id
                                        WHERE s.event_id = _there.event_id) x
                                  CROSS JOIN salon.items(x.equipment) i)
    ), found AS (
        SELECT r.rule_code, r.argument, f.*
        FROM (SELECT DISTINCT r.rule_code, r.argument FROM rule r) r
        JOIN _planned_event e ON e.event_id = _there.event_id
        CROSS JOIN LATERAL _fact(e, r.rule_code, r.argument) WITH ORDINALITY f
        WHERE f.is_there
          -- who signed has its part, and gives what makes it that: at the event at the latest
          AND (r.rule_code <> 'part'
               OR NOT e.took_place
               OR NOT EXISTS (SELECT FROM event_party p
                              JOIN commitment c ON c.commitment_id = p.commitment_id AND c.event_id = p.event_id
                              WHERE p.event_id = e.event_id AND p.party_id = f.party_id AND p.part_code = r.argument
                                AND NOT c.is_done))
    ), best AS (
        SELECT DISTINCT ON (x.needed_code) x.*
        FROM (SELECT r.needed_code, r.resource_rule_id, sum(f.quantity)::bigint AS quantity,
                     _brief(array_agg(f.what ORDER BY f.argument, f.ordinality) FILTER (WHERE f.quantity > 0)) AS what,
                     CASE r.rule_code WHEN 'equipment' THEN array_remove(array_agg(f.party_id), NULL) END AS givers
              FROM rule r
              JOIN found f ON f.rule_code = r.rule_code AND f.argument IS NOT DISTINCT FROM r.argument
              GROUP BY r.needed_code, r.resource_rule_id, r.rule_code) x
        ORDER BY x.needed_code, x.quantity DESC, x.resource_rule_id
    )
    SELECT d.demand_id, coalesce(b.quantity, 0), b.what, b.givers
    FROM demand d
    LEFT JOIN best b ON b.needed_code = d.resource_code
    WHERE d.event_id = _there.event_id;
END
$$;

COMMENT ON FUNCTION _there(bigint) IS
'How much of each thing that it needs an event has by the facts, and what that is: by the rule of resource_rule, or the equipment of that name, that finds the most. givers: whose equipment it is, so that what others promise comes on top; NULL: what is promised may be what is there';

-- A function, for few promises are of money: as a subquery it is in the way of
-- whoever plans a query over all of them.
CREATE FUNCTION _paid(commitment_id bigint) RETURNS numeric
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT coalesce(sum(l.amount), 0) FROM _delivery_line l WHERE l.commitment_id = _paid.commitment_id);
END
$$;

COMMENT ON FUNCTION _paid(bigint) IS 'How much money was delivered of a commitment; costs borne for it count';

-- Once the event took place nothing is hoped for any more, and only what was
-- given counts.
CREATE VIEW _promise WITH (security_invoker) AS
SELECT c.event_id, c.giver_id, c.taker_id, c.demand_id, c.resource_code, c.status_code,
       CASE WHEN e.took_place THEN g.given ELSE c.takes END AS hoped,
       CASE WHEN e.took_place THEN g.given WHEN c.stands THEN c.takes ELSE 0 END AS agreed,
       c.stands AND e.took_place AND g.given < c.takes AS is_owed
FROM commitment c
LEFT JOIN event e ON e.event_id = c.event_id
CROSS JOIN LATERAL (
    SELECT CASE WHEN NOT c.stands THEN 0
                WHEN c.is_done THEN greatest(c.takes, c.delivered)
                WHEN c.kind = 'money' THEN floor(least(_paid(c.commitment_id), c.takes))::bigint
                ELSE c.delivered END AS given
) g;

COMMENT ON VIEW _promise IS 'What was promised to whom at which event, and once that took place what was given of it: what needs and satisfaction count';
COMMENT ON COLUMN _promise.event_id IS 'The event; NULL: at none';
COMMENT ON COLUMN _promise.giver_id IS 'The party that gives; NULL: the event';
COMMENT ON COLUMN _promise.taker_id IS 'The party that it is for; NULL: the event';
COMMENT ON COLUMN _promise.demand_id IS 'The demand that it is for';
COMMENT ON COLUMN _promise.resource_code IS 'What is given';
COMMENT ON COLUMN _promise.status_code IS 'How far it is';
COMMENT ON COLUMN _promise.hoped IS 'How much is proposed or agreed; after the event: how much was given';
COMMENT ON COLUMN _promise.agreed IS 'How much of that is agreed; after the event: how much was given';
COMMENT ON COLUMN _promise.is_owed IS 'Whether the event took place, and less was given than was agreed';

CREATE VIEW need WITH (security_invoker) AS
SELECT e.event_id,
       event_label(e.event_id) AS event,
       (e.starts_at AT TIME ZONE e.time_zone)::date AS held_on,
       d.demand_id,
       d.resource_code,
       resource_label(d.resource_code) AS resource,
       d.priority::bigint AS priority,
       x.needed,
       t.quantity AS has,
       g.agreed,
       g.hoped,
       greatest(x.needed - greatest(t.quantity + g.on_top, g.agreed), 0) AS short,
       greatest(t.quantity + g.on_top, g.agreed) >= x.needed AS is_met,
       t.what AS evidence,
       g.on_top,
       g.on_top_if_confirmed
FROM event e
CROSS JOIN LATERAL _there(e.event_id) t
JOIN demand d ON d.demand_id = t.demand_id
CROSS JOIN LATERAL (
    SELECT coalesce(sum(p.agreed), 0)::bigint AS agreed, coalesce(sum(p.hoped), 0)::bigint AS hoped,
           coalesce(sum(p.agreed) FILTER (WHERE p.giver_id <> ALL (t.givers)), 0)::bigint AS on_top,
           coalesce(sum(p.hoped) FILTER (WHERE p.giver_id <> ALL (t.givers)), 0)::bigint AS on_top_if_confirmed
    FROM _promise p
    WHERE p.event_id = e.event_id AND p.demand_id = d.demand_id
) g
CROSS JOIN LATERAL (SELECT coalesce(d.quantity, 1) AS needed) x
WHERE NOT e.is_off;

COMMENT ON VIEW need IS 'Each need of each event that is not cancelled: what the event has of it by the facts, what is agreed, what is short / 活动需求明细';
COMMENT ON COLUMN need.held_on IS 'The day on which it begins, where it is held; NULL: not known yet';
COMMENT ON COLUMN need.demand_id IS 'The demand of the event';
COMMENT ON COLUMN need.resource_code IS 'What it needs';
COMMENT ON COLUMN need.resource IS 'Label of what it needs';
COMMENT ON COLUMN need.priority IS 'How much it matters, 1 to 5';
COMMENT ON COLUMN need.needed IS 'How much; a quantity that is not known counts as one';
COMMENT ON COLUMN need.has IS 'How much it has by the facts (resource_rule, and equipment of that name), whoever gave it';
COMMENT ON COLUMN need.agreed IS 'How much is agreed; once the event took place: how much of that was given';
COMMENT ON COLUMN need.hoped IS 'The same with what is only proposed, while that can still be agreed';
COMMENT ON COLUMN need.short IS 'How much is neither there nor agreed: what is there may be what was agreed, so the larger of the two counts, except for on_top';
COMMENT ON COLUMN need.is_met IS 'Whether nothing is short';
COMMENT ON COLUMN need.evidence IS 'What is there by the facts; NULL: nothing';
COMMENT ON COLUMN need.on_top IS 'How much of what is agreed comes on top of what is there: equipment of others than whose venue it is';
COMMENT ON COLUMN need.on_top_if_confirmed IS 'The same with what is only proposed';

CREATE VIEW event_need WITH (security_invoker) AS
SELECT e.event_id,
       event_label(e.event_id) AS event,
       (e.starts_at AT TIME ZONE e.time_zone)::date AS held_on,
       x.needed::text AS needed,
       x.has::text AS has,
       x.agreed::text AS agreed,
       x.hoped::text AS hoped,
       (x.needed - (x.has + x.on_top | x.agreed))::text AS short,
       round(salon.coverage(x.has + x.on_top | x.agreed, x.needed)::numeric, 3) AS coverage,
       round(salon.coverage(x.has + x.on_top_if_confirmed | x.hoped, x.needed)::numeric, 3) AS coverage_if_confirmed
FROM event e
CROSS JOIN LATERAL (
    SELECT coalesce(salon.sum(salon.bundle(n.resource_code, n.needed)), '') AS needed,
           coalesce(salon.max(salon.bundle(n.resource_code, n.has)), '') AS has,
           coalesce(salon.sum(salon.bundle(n.resource_code, n.agreed)), '') AS agreed,
           coalesce(salon.sum(salon.bundle(n.resource_code, n.hoped)), '') AS hoped,
           coalesce(salon.sum(salon.bundle(n.resource_code, n.on_top)), '') AS on_top,
           coalesce(salon.sum(salon.bundle(n.resource_code, n.on_top_if_confirmed)), '') AS on_top_if_confirmed
    FROM need n
    WHERE n.event_id = e.event_id
) x
WHERE NOT e.is_off;

COMMENT ON VIEW event_need IS 'What each event that is not cancelled needs, what it has, what is agreed and what is short, as bundles; view need has a row for each / 活动所需';
COMMENT ON COLUMN event_need.held_on IS 'The day on which it begins, where it is held; NULL: not known yet';
COMMENT ON COLUMN event_need.needed IS 'What it needs: resource:quantity, ...; a quantity that is not known counts as one';
COMMENT ON COLUMN event_need.has IS 'What it has of that by the facts';
COMMENT ON COLUMN event_need.agreed IS 'What is agreed; once the event took place: what was given of that';
COMMENT ON COLUMN event_need.hoped IS 'The same with what is only proposed';
COMMENT ON COLUMN event_need.short IS 'What is neither there nor agreed';
COMMENT ON COLUMN event_need.coverage IS 'Share of what it needs that is there or agreed, 0 to 1';
COMMENT ON COLUMN event_need.coverage_if_confirmed IS 'The same if what is proposed is agreed';
