-- What comes after an event: what was said, what is planned, which cities were
-- never visited, what those who answered wish for.

-- A city was visited if city_coverage would count an event there; asking that of
-- one city at a time does not read all events.
CREATE VIEW future_plan WITH (security_invoker) AS
SELECT e.event_id, event_label(e.event_id) AS event, x.kind_code,
       CASE x.kind_code WHEN 'plan' THEN salon.label('plan', '计划') WHEN 'event' THEN salon.label('next event', '下一场')
                        WHEN 'turn' THEN salon.label('turn of a host', '轮值') WHEN 'city' THEN salon.label('city never visited', '未覆盖城市')
                        ELSE salon.label('wish', '心愿') END AS kind,
       row_number() OVER (PARTITION BY e.event_id, x.kind_code
                          ORDER BY CASE WHEN x.kind_code <> 'city' THEN x.on_day END NULLS LAST, x.wished DESC NULLS LAST, x.activity DESC NULLS LAST, x.what, x.id) AS ordinal,
       x.what, x.on_day, x.city_code, salon.label(c.name_en, c.name_zh, c.city_code) AS city,
       x.next_event_id, x.party_id, party_label(x.party_id) AS party, x.question, x.wished, x.wish_share, x.activity,
       event_date(e.event_id) AS held_on
FROM event e
CROSS JOIN LATERAL (
    SELECT 'plan' AS kind_code, 0::bigint AS id, salon.trimmed(f.plan) AS what, NULL::date AS on_day, NULL::text AS city_code,
           NULL::bigint AS next_event_id, NULL::bigint AS party_id, NULL::text AS question,
           NULL::bigint AS wished, NULL::numeric AS wish_share, NULL::numeric AS activity
    FROM follow_up f
    WHERE f.event_id = e.event_id

    UNION ALL
    SELECT 'event', n.event_id, event_label(n.event_id), (n.starts_at AT TIME ZONE n.time_zone)::date, n.city_code,
           n.event_id, (SELECT min(p.party_id) FROM event_party p WHERE p.event_id = n.event_id AND p.part_code = 'host'),
           NULL, NULL, NULL AS wish_share, NULL AS activity
    FROM (
        -- by the index, however many events the series has
        (SELECT v.event_id, v.starts_at, v.time_zone, v.city_code
         FROM event v
         WHERE v.series_id = e.series_id AND v.event_id <> e.event_id AND v.is_open AND v.starts_at >= coalesce(e.ends_at, '-infinity')
         ORDER BY v.starts_at
         FETCH FIRST 10 ROWS WITH TIES)
        UNION ALL
        (SELECT v.event_id, v.starts_at, v.time_zone, v.city_code
         FROM event v
         WHERE v.series_id = e.series_id AND v.event_id <> e.event_id AND v.is_open AND v.starts_at IS NULL
         ORDER BY v.event_id
         LIMIT 10)
    ) n

    UNION ALL
    SELECT 'turn', t.turn_id, party_label(t.party_id), lower(t.apart), t.city_code, NULL, t.party_id, NULL, NULL, NULL AS wish_share, NULL AS activity
    FROM season s
    JOIN turn t ON t.season_id = s.season_id
    WHERE s.series_id = e.series_id AND s.status_code = 'proposed' AND t.event_id IS NULL AND t.party_id IS NOT NULL
      AND t.starts_at >= e.ends_at

    UNION ALL
    SELECT 'city', 0, salon.label(y.name_en, y.name_zh, y.city_code),
           -- of the first event, or of one soon after it: its clock may say an
           -- earlier day, as clocks are less than 16 hours from UTC
           (SELECT least(f.day, min((n.starts_at AT TIME ZONE n.time_zone)::date))
            FROM (SELECT m.starts_at AS at, (m.starts_at AT TIME ZONE m.time_zone)::date AS day,
                         ((m.starts_at AT TIME ZONE m.time_zone)::date + time '16:00') AT TIME ZONE 'UTC' AS day_after
                  FROM event m
                  WHERE m.city_code = y.city_code AND m.is_open AND m.status_code <> 'idea' AND m.starts_at IS NOT NULL
                  ORDER BY m.starts_at
                  LIMIT 1) f
            LEFT JOIN LATERAL (SELECT v.starts_at, v.time_zone
                               FROM event v
                               WHERE v.city_code = y.city_code AND v.is_open AND v.status_code <> 'idea'
                                 AND v.starts_at >= f.at AND v.starts_at < f.day_after
                               OFFSET 0) n ON true
            GROUP BY f.day),
           y.city_code, NULL, NULL, NULL, w.wished, w.wish_share, a.activity
    FROM city y
    LEFT JOIN (SELECT v.city_code, sum(v.wished)::bigint AS wished, max(v.share) AS wish_share
               FROM survey_wish v
               WHERE v.event_id = e.event_id AND v.city_code IS NOT NULL
               GROUP BY v.city_code) w ON w.city_code = y.city_code
    LEFT JOIN LATERAL (SELECT z.activity FROM city_activity z WHERE z.city_code = y.city_code
                       ORDER BY z.measured_on DESC LIMIT 1) a ON true
    WHERE NOT EXISTS (SELECT FROM event n
                      WHERE n.city_code = y.city_code
                        AND n.took_place)

    UNION ALL
    SELECT 'wish', v.question_option_id, v.wish, NULL, v.city_code, NULL, NULL, v.question, v.wished, v.share, NULL AS activity
    FROM survey_wish v
    WHERE v.event_id = e.event_id AND v.question_option_id IS NOT NULL
) x
LEFT JOIN city c ON c.city_code = x.city_code;

COMMENT ON VIEW future_plan IS 'What comes after each event: its plan, the next ten events of its series and ten without a date, turns of it, cities never visited, wishes of the surveys; texts of wishes stand in survey_wish (C28) / 未来计划';
COMMENT ON COLUMN future_plan.kind_code IS 'plan: as it was said; event: one of the next ten of the series, or of ten without a date; turn: proposed and not an event yet; city: no event was held there; wish: of a survey of the event';
COMMENT ON COLUMN future_plan.ordinal IS 'Order within the kind: the next first, then what more wish for, then the more active city';
COMMENT ON COLUMN future_plan.what IS 'The plan, or label of the event, the host, the city or the wish';
COMMENT ON COLUMN future_plan.on_day IS 'When; of a city, when the first event there is planned; NULL: not known';
COMMENT ON COLUMN future_plan.city_code IS 'Where; NULL: not known';
COMMENT ON COLUMN future_plan.next_event_id IS 'The later event; NULL: it is none';
COMMENT ON COLUMN future_plan.party_id IS 'Who hosts; NULL: not known';
COMMENT ON COLUMN future_plan.party IS 'Label of the host';
COMMENT ON COLUMN future_plan.question IS 'The question that was asked';
COMMENT ON COLUMN future_plan.wished IS 'How many wish for it, of a city by the surveys of the event; NULL: nobody was asked, or nobody does';
COMMENT ON COLUMN future_plan.wish_share IS 'Share of those who answered, 0 to 1';
COMMENT ON COLUMN future_plan.activity IS 'How active the city is; NULL: not measured';
