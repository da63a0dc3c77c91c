-- Was it worth it: what each party gave to an event against what it got there
-- and what it wanted.

CREATE VIEW _gift WITH (security_invoker) AS
SELECT c.event_id, c.giver_id, c.taker_id,
       coalesce(resource_label(c.resource_code), _commitment_what(c.kind, NULL, c.what)) AS what,
       CASE WHEN c.kind = 'money' THEN c.amount ELSE coalesce(c.quantity, c.hours) END AS counted,
       CASE WHEN c.kind <> 'money' AND c.quantity IS NULL AND c.hours IS NOT NULL THEN salon.say(' hours') ELSE '' END AS unit,
       CASE WHEN c.kind = 'money' THEN d.amount
            WHEN c.is_done THEN coalesce(c.quantity, c.hours, 1)
            WHEN c.quantity IS NULL THEN d.hours
            ELSE c.delivered END AS delivered
FROM commitment c
CROSS JOIN LATERAL (
    SELECT coalesce(sum(n.amount), 0) AS amount, coalesce(sum(n.hours), 0) AS hours
    FROM _delivery_line n
    WHERE n.commitment_id = c.commitment_id
) d
WHERE c.stands;

COMMENT ON VIEW _gift IS 'What is agreed at events, in things, money, work or words, and what of it was given';
COMMENT ON COLUMN _gift.event_id IS 'The event; NULL: at none';
COMMENT ON COLUMN _gift.giver_id IS 'The party that gives; NULL: the event';
COMMENT ON COLUMN _gift.taker_id IS 'The party that it is for; NULL: the event';
COMMENT ON COLUMN _gift.what IS 'What is given: label';
COMMENT ON COLUMN _gift.counted IS 'How much was agreed; NULL: it is not counted';
COMMENT ON COLUMN _gift.unit IS 'Unit of that, as it follows a number';
COMMENT ON COLUMN _gift.delivered IS 'How much of that was given; 1: all, where it is not counted';

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
    SELECT x.party_id FROM contribution_line x WHERE x.event_id = e.event_id AND NOT x.is_off
    UNION
    SELECT k.giver_id FROM _gift k WHERE k.event_id = e.event_id AND k.giver_id IS NOT NULL
    UNION
    SELECT k.taker_id FROM _gift k WHERE k.event_id = e.event_id AND k.taker_id IS NOT NULL
) p
LEFT JOIN contribution_total c ON c.event_id = e.event_id AND c.party_id = p.party_id
CROSS JOIN LATERAL (
    SELECT string_agg(k.what || coalesce(' ' || CASE WHEN k.counted IS NOT NULL THEN CASE WHEN e.took_place THEN k.delivered ELSE k.counted END END || k.unit, ''),
                      salon.say(', ') ORDER BY k.what) AS gave
    FROM (SELECT g.what, g.unit, sum(g.counted) AS counted, sum(g.delivered) AS delivered
          FROM _gift g
          WHERE g.event_id = e.event_id AND g.giver_id = p.party_id
          GROUP BY g.what, g.unit) k
    WHERE k.delivered > 0 OR NOT e.took_place
) g
CROSS JOIN LATERAL (
    SELECT string_agg(k.what || coalesce(' ' || CASE WHEN k.counted IS NOT NULL THEN k.delivered END || k.unit, ''), salon.say(', ') ORDER BY k.what)
               FILTER (WHERE k.delivered > 0) AS got,
           string_agg(k.what || coalesce(' ' || k.counted - k.delivered || k.unit, ''), salon.say(', ') ORDER BY k.what)
               FILTER (WHERE coalesce(k.counted, 1) > k.delivered) AS to_come
    FROM (SELECT g.what, g.unit, sum(g.counted) AS counted, sum(g.delivered) AS delivered
          FROM _gift g
          WHERE g.event_id = e.event_id AND g.taker_id = p.party_id
          GROUP BY g.what, g.unit) k
) t
LEFT JOIN satisfaction s ON s.event_id = e.event_id AND s.party_id = p.party_id
CROSS JOIN LATERAL (
    SELECT string_agg(resource_label(w.resource_code) || CASE WHEN w.agreed > 0 THEN salon.say(' (') || w.agreed || salon.label(' of ', '/') || w.needed || salon.say(')') ELSE '' END,
                      salon.say(', ') ORDER BY w.priority DESC, w.demand_id) AS not_got
    FROM _party_want w
    WHERE w.event_id = e.event_id AND w.party_id = p.party_id AND w.agreed < w.needed
) n
WHERE NOT e.is_off;

COMMENT ON VIEW gave_and_got IS 'Was it worth it: what each party gave to each event, what it got there, and what it wanted and did not get; before the event by what is agreed, after it by what was delivered / 付出与所得';
COMMENT ON COLUMN gave_and_got.held_on IS 'The day on which it begins, where it is held; NULL: not known yet';
COMMENT ON COLUMN gave_and_got.party_id IS 'The party: one with a part there, or one that gave or got something';
COMMENT ON COLUMN gave_and_got.gave_money IS 'What it gave in money, with costs that it paid';
COMMENT ON COLUMN gave_and_got.gave_in_kind IS 'What it gave in kind, valued';
COMMENT ON COLUMN gave_and_got.gave_work IS 'What it gave in work, valued';
COMMENT ON COLUMN gave_and_got.gave_hours IS 'Hours of work; NULL: none known';
COMMENT ON COLUMN gave_and_got.gave_total IS 'What it gave in all, of what is valued';
COMMENT ON COLUMN gave_and_got.unvalued_count IS 'How many things it gave are not valued';
COMMENT ON COLUMN gave_and_got.gave IS 'What it gave, once the event took place; before that what it agreed to give, in things, money, work and words; NULL: nothing; costs that it paid without an agreement are in gave_money';
COMMENT ON COLUMN gave_and_got.got IS 'What was delivered to it, in things, money, work and words; NULL: nothing yet';
COMMENT ON COLUMN gave_and_got.to_come IS 'What was agreed and not delivered yet; NULL: nothing';
COMMENT ON COLUMN gave_and_got.demands IS 'How many demands it has there; NULL: none';
COMMENT ON COLUMN gave_and_got.met IS 'How many of them are fully met';
COMMENT ON COLUMN gave_and_got.share IS 'Share of its demands that is met, weighted by priority, 0 to 1; NULL: it wants nothing';
COMMENT ON COLUMN gave_and_got.share_if_confirmed IS 'The same if what is proposed is confirmed';
COMMENT ON COLUMN gave_and_got.not_got IS 'What it wanted and did not get, most important first; NULL: it got all';
