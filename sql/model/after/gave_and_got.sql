-- Was it worth it: what each party gave to an event against what it got there
-- and what it wanted.

CREATE VIEW gave_and_got WITH (security_invoker) AS
SELECT e.event_id,
       event_label(e.event_id) AS event,
       (e.starts_at AT TIME ZONE e.time_zone)::date AS held_on,
       p.party_id,
       party_label(p.party_id) AS party,
       coalesce(c.money, 0) AS gave_money,
       coalesce(c.in_kind, 0) AS gave_in_kind,
       coalesce(c.work, 0) AS gave_work,
       c.hours AS gave_hours,
       coalesce(c.total, 0) AS gave_total,
       coalesce(c.unvalued_count, 0) AS unvalued_count,
       g.gave,
       t.got,
       t.to_come,
       s.demands, s.met, s.share,
       s.share_if_confirmed,
       n.not_got
FROM event e
CROSS JOIN LATERAL (
    SELECT ep.party_id FROM event_party ep WHERE ep.event_id = e.event_id
    UNION
    SELECT x.party_id FROM contribution_line x WHERE x.event_id = e.event_id
    UNION
    SELECT k.giver_id FROM _promise k WHERE k.event_id = e.event_id AND k.giver_id IS NOT NULL AND k.agreed > 0
    UNION
    SELECT k.taker_id FROM _promise k WHERE k.event_id = e.event_id AND k.taker_id IS NOT NULL AND k.agreed > 0
) p
LEFT JOIN contribution_total c ON c.event_id = e.event_id AND c.party_id = p.party_id
CROSS JOIN LATERAL (
    SELECT string_agg(resource_label(k.resource_code) || ' ' || k.quantity, salon.say(', ') ORDER BY k.resource_code) AS gave
    FROM (SELECT k.resource_code, sum(CASE WHEN e.took_place THEN k.delivered ELSE k.agreed END) AS quantity
          FROM _promise k
          WHERE k.event_id = e.event_id AND k.giver_id = p.party_id AND k.agreed > 0
          GROUP BY k.resource_code) k
    WHERE k.quantity > 0
) g
CROSS JOIN LATERAL (
    SELECT string_agg(k.what || ' ' || k.delivered, salon.say(', ') ORDER BY k.what) FILTER (WHERE k.delivered > 0) AS got,
           string_agg(k.what || ' ' || k.agreed - k.delivered, salon.say(', ') ORDER BY k.what) FILTER (WHERE k.agreed > k.delivered) AS to_come
    FROM (SELECT x.what, sum(x.agreed) AS agreed, sum(x.delivered) AS delivered
          FROM (SELECT resource_label(k.resource_code) AS what, k.agreed, k.delivered
                FROM _promise k
                WHERE k.event_id = e.event_id AND k.taker_id = p.party_id AND k.agreed > 0) x
          GROUP BY x.what) k
) t
LEFT JOIN satisfaction s ON s.event_id = e.event_id AND s.party_id = p.party_id
CROSS JOIN LATERAL (
    SELECT string_agg(resource_label(w.resource_code) || CASE WHEN w.agreed > 0 THEN salon.say(' (') || w.agreed || salon.label(' of ', '/') || w.needed || salon.say(')') ELSE '' END,
                      salon.say(', ') ORDER BY w.priority DESC, w.demand_id) AS not_got
    FROM _party_want w
    WHERE w.event_id = e.event_id AND w.party_id = p.party_id AND w.agreed < w.needed
) n
WHERE NOT e.is_off;

COMMENT ON VIEW gave_and_got IS 'Was it worth it: what each party gave to each event, what it got there, and what it wanted and did not get; before the event by what is agreed / 付出与所得';
COMMENT ON COLUMN gave_and_got.held_on IS 'The day on which it begins, where it is held; NULL: not known yet';
COMMENT ON COLUMN gave_and_got.party_id IS 'The party: one with a part there, or one that gave or got something';
COMMENT ON COLUMN gave_and_got.gave_money IS 'What it gave in money, with costs that it paid';
COMMENT ON COLUMN gave_and_got.gave_in_kind IS 'What it gave in kind, valued';
COMMENT ON COLUMN gave_and_got.gave_work IS 'What it gave in work, valued';
COMMENT ON COLUMN gave_and_got.gave_hours IS 'Hours of work; NULL: none known';
COMMENT ON COLUMN gave_and_got.gave_total IS 'What it gave in all, of what is valued';
COMMENT ON COLUMN gave_and_got.unvalued_count IS 'How many things it gave are not valued';
COMMENT ON COLUMN gave_and_got.gave IS 'What it gave, once the event took place; before that what it agreed to give: resource and quantity; NULL: nothing';
COMMENT ON COLUMN gave_and_got.got IS 'What was delivered to it: resource and quantity; NULL: nothing yet';
COMMENT ON COLUMN gave_and_got.to_come IS 'What was agreed and not delivered yet; NULL: nothing';
COMMENT ON COLUMN gave_and_got.demands IS 'How many demands it has there; NULL: none';
COMMENT ON COLUMN gave_and_got.met IS 'How many of them are fully met';
COMMENT ON COLUMN gave_and_got.share IS 'Share of its demands that is met, weighted by priority, 0 to 1; NULL: it wants nothing';
COMMENT ON COLUMN gave_and_got.share_if_confirmed IS 'The same if what is proposed is confirmed';
COMMENT ON COLUMN gave_and_got.not_got IS 'What it wanted and did not get, most important first; NULL: it got all';
