-- Recap: for every number of an event what was planned and what came about.

-- One branch a number or a group of them.  A sum of which only some parts are
-- known is a lower bound; what nobody knows is NULL.  PL/pgSQL keeps the plan,
-- which takes longer to make than to run for one event.
CREATE FUNCTION _recap_number(event_id bigint)
RETURNS TABLE (ordinal integer, item_code text, item text, unit text, is_less_better boolean, planned numeric, actual numeric,
               bound_code text, basis_code text, known bigint, parts bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 50
SET search_path FROM CURRENT SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT n.ordinal, n.item_code, n.item, n.unit, n.is_less_better, n.planned, n.actual,
           CASE WHEN n.actual IS NULL THEN NULL WHEN n.known < n.parts THEN 'at_least' ELSE n.bound_code END,
           CASE WHEN n.actual IS NULL THEN 'not_measured' WHEN n.is_claimed THEN 'claimed' ELSE 'measured' END,
           n.known, n.parts
    FROM (
        -- headcount, registrations, seats, checks
        SELECT v.place + CASE h.side WHEN 'on_site' THEN 0 ELSE 1 END AS ordinal, v.code || h.side AS item_code,
               v.label || h.side_label AS item, NULL::text AS unit, false AS is_less_better,
               v.planned::numeric AS planned, v.actual::numeric AS actual, v.bound_code,
               v.is_claimed, NULL::bigint AS known, NULL::bigint AS parts
        FROM headcount h
        CROSS JOIN LATERAL (VALUES
            (10, '', salon.label('headcount ', '人数，'), h.planned, h.came, h.came_bound, h.came_basis = 'claimed'),
            (12, 'registered_', salon.label('registered ', '报名，'), CASE WHEN h.registered IS NOT NULL THEN h.planned END, h.registered, 'exact', false),
            (14, 'seats_', salon.label('seats taken ', '席位占用，'), h.capacity, h.registered, 'exact', false),
            (16, 'checked_in_', salon.label('checked in ', '签到，'), CASE WHEN h.checked_in IS NOT NULL THEN h.registered END, nullif(h.checked_in, 0), 'exact', false)
        ) v (place, code, label, planned, actual, bound_code, is_claimed)
        WHERE h.event_id = _recap_number.event_id

        UNION ALL
        SELECT 20, 'pv', salon.label('page views', '流量'), 'PV', false,
               v.planned_pv, v.actual_pv_from, 'exact', v.actual_basis = 'claimed', v.actual_media, v.media
        FROM event_pv v
        WHERE v.event_id = _recap_number.event_id

        UNION ALL
        SELECT x.ordinal, x.item_code, x.item, NULL, false, x.planned, x.actual, 'exact', x.is_claimed, x.known, x.parts
        FROM (
            SELECT nullif(count(p.planned_at), 0) AS planned_posts,
                   CASE WHEN count(*) > 0 THEN count(p.posted_at) END AS posts,
                   CASE WHEN count(p.planned_at) = count(p.planned_views) FILTER (WHERE p.planned_at IS NOT NULL)
                        THEN sum(p.planned_views) FILTER (WHERE p.planned_at IS NOT NULL) END AS planned_views,
                   sum(p.actual_views) AS views, count(p.actual_views) AS known_posts,
                   bool_or(p.actual_basis = 'claimed') IS TRUE AS is_claimed
            FROM post p
            WHERE p.event_id = _recap_number.event_id
        ) p
        CROSS JOIN LATERAL (VALUES
            (21, 'posts', salon.label('posts', '发布'), p.planned_posts::numeric, p.posts::numeric, false, NULL::bigint, NULL::bigint),
            (22, 'post_views', salon.label('views of posts', '发布阅读量'), p.planned_views, p.views, p.is_claimed, p.known_posts, p.posts)
        ) x (ordinal, item_code, item, planned, actual, is_claimed, known, parts)

        UNION ALL
        SELECT 30, 'talks', salon.label('talks', '议题'), NULL, false,
               nullif(count(*), 0), CASE WHEN count(s.was_held) > 0 THEN count(*) FILTER (WHERE s.was_held) END, 'exact', false,
               count(s.was_held), count(*)
        FROM session s
        JOIN session_format f USING (format_code)
        WHERE s.event_id = _recap_number.event_id AND f.has_speakers

        UNION ALL
        SELECT 40, 'needs', salon.label('needs of the event that are met', '活动所需的满足'), NULL, false,
               nullif(count(*), 0), CASE WHEN count(*) > 0 THEN count(*) FILTER (WHERE d.is_met) END, 'exact', false, NULL, NULL
        FROM need d
        WHERE d.event_id = _recap_number.event_id

        UNION ALL
        SELECT 41, 'demands', salon.label('demands of parties that are met', '参与方诉求的满足'), NULL, false,
               sum(s.demands), sum(s.met), 'exact', false, NULL, NULL
        FROM satisfaction s
        WHERE s.event_id = _recap_number.event_id

        UNION ALL
        SELECT 42, 'agreements', salon.label('agreements that are fulfilled', '约定的兑现'), NULL, false,
               nullif(count(*), 0), CASE WHEN count(*) > 0 THEN count(*) FILTER (WHERE a.status_code = 'fulfilled') END, 'exact', false, NULL, NULL
        FROM agreement a
        WHERE a.event_id = _recap_number.event_id AND a.status_code IN ('signed', 'fulfilled') AND NOT a.event_is_off

        UNION ALL
        SELECT 43, 'promises', salon.label('promises of the event that are kept', '活动所诺的兑现'), NULL, false,
               sum(coalesce(c.quantity, 1)), sum(CASE WHEN c.is_done THEN coalesce(c.quantity, 1) ELSE c.delivered END), 'exact', false, NULL, NULL
        FROM commitment c
        WHERE c.event_id = _recap_number.event_id AND c.giver_id IS NULL AND c.stands

        UNION ALL
        SELECT 50, 'cost', salon.label('cost', '费用'), c.currency, true,
               CASE WHEN c.planned_count = c.line_count THEN c.planned END, c.actual, 'exact', c.claimed_count > 0,
               c.line_count - c.unknown_count, c.line_count
        FROM event_cost c
        WHERE c.event_id = _recap_number.event_id

        UNION ALL
        SELECT 51, 'sponsorship', salon.label('sponsorship', '赞助金额'), (SELECT s.currency FROM space s), false,
               CASE WHEN count(d.planned_amount) = count(*) THEN sum(d.planned_amount) END, sum(d.actual_amount), 'exact',
               bool_or(d.actual_basis = 'claimed') IS TRUE, count(d.actual_amount) FILTER (WHERE d.is_paid IS NOT FALSE), count(*)
        FROM _sponsor d
        WHERE d.event_id = _recap_number.event_id

        UNION ALL
        SELECT 60, 'responses', salon.label('responses to surveys', '问卷答卷'), NULL, false,
               CASE WHEN count(s.planned_responses) = count(*) THEN sum(s.planned_responses) END,
               sum(r.responses), 'exact', false, count(r.responses), count(*)
        FROM survey s
        CROSS JOIN LATERAL (SELECT nullif(count(*), 0) AS responses FROM response x WHERE x.survey_id = s.survey_id) r
        WHERE s.event_id = _recap_number.event_id AND s.purpose = 'feedback'

        UNION ALL
        SELECT 70 + coalesce(k.ordinal, 0), coalesce('outcome_' || k.outcome_kind_code, 'outcomes'),
               salon.label('outcomes', '产出') || coalesce(salon.say(': ') || salon.label(k.name_en, k.name_zh, k.outcome_kind_code), ''), NULL, false,
               (SELECT max(m.target) FROM metric m
                WHERE m.event_id = _recap_number.event_id AND m.fact = 'outcomes' AND m.outcome_kind_code IS NOT DISTINCT FROM k.outcome_kind_code),
               f.value, 'exact', f.basis = 'claimed', NULL, NULL
        FROM (SELECT NULL::text AS outcome_kind_code
              UNION
              SELECT o.outcome_kind_code FROM outcome o WHERE o.event_id = _recap_number.event_id
              UNION
              SELECT m.outcome_kind_code FROM metric m WHERE m.event_id = _recap_number.event_id AND m.fact = 'outcomes') w
        LEFT JOIN outcome_kind k ON k.outcome_kind_code = w.outcome_kind_code
        CROSS JOIN LATERAL _event_fact(_recap_number.event_id, 'outcomes', w.outcome_kind_code) f

        UNION ALL
        SELECT 1000 + m.ordinal, 'metric_' || m.metric_id, salon.label(m.name_en, m.name_zh), m.unit, m.is_less_better,
               m.target, m.actual, m.actual_bound, m.actual_basis = 'claimed', NULL, NULL
        FROM metric m
        WHERE m.event_id = _recap_number.event_id AND m.fact IS NULL
    ) n;
END
$$;

COMMENT ON FUNCTION _recap_number(bigint) IS 'Every number of an event, planned and actual: behind view recap';

CREATE VIEW recap WITH (security_invoker) AS
SELECT e.event_id, event_label(e.event_id) AS event, e.series_id, n.ordinal::bigint AS ordinal, n.item_code, n.item, n.unit, n.is_less_better,
       n.planned, n.actual, n.bound_code,
       CASE n.bound_code WHEN 'at_least' THEN '≥ ' WHEN 'at_most' THEN '≤ ' WHEN 'about' THEN '≈ ' ELSE '' END || trim_scale(n.actual) AS actual_text,
       n.basis_code,
       CASE n.basis_code WHEN 'measured' THEN salon.label('measured', '实测')
                         WHEN 'claimed' THEN salon.label('claimed', '自报')
                         ELSE salon.label('not measured', '未测') END AS basis,
       n.known, n.parts,
       CASE WHEN n.bound_code IN ('exact', 'about') THEN n.actual - n.planned END AS difference,
       CASE WHEN n.bound_code IN ('exact', 'about') THEN round(n.actual / nullif(n.planned, 0), 4) END AS ratio,
       CASE WHEN n.is_less_better
            THEN CASE WHEN n.actual > n.planned THEN CASE WHEN n.bound_code <> 'at_most' THEN false END
                      WHEN n.actual <= n.planned AND n.bound_code <> 'at_least' THEN true END
            ELSE CASE WHEN n.actual >= n.planned THEN CASE WHEN n.bound_code <> 'at_most' THEN true END
                      WHEN n.actual < n.planned AND n.bound_code <> 'at_least' THEN false END
       END AS is_reached,
       event_date(e.event_id) AS held_on
FROM event e
CROSS JOIN LATERAL _recap_number(e.event_id) n
WHERE NOT e.is_off;

COMMENT ON VIEW recap IS 'Every number of each event: what was planned, what came about, how sure that is, and how far apart the two are; NULL: not known, never zero (C7, C8, C28, A6) / 复盘';
COMMENT ON COLUMN recap.series_id IS 'Its series; NULL: none';
COMMENT ON COLUMN recap.ordinal IS 'Order of the numbers';
COMMENT ON COLUMN recap.item_code IS 'Code of the number, such as on_site, cost, talks, outcome_kol';
COMMENT ON COLUMN recap.item IS 'Label of the number';
COMMENT ON COLUMN recap.unit IS 'Unit; NULL: a plain number';
COMMENT ON COLUMN recap.is_less_better IS 'Whether what was planned is a most, as of cost';
COMMENT ON COLUMN recap.planned IS 'What was planned; NULL: not known, or not of every part';
COMMENT ON COLUMN recap.actual IS 'What came about; NULL: not known';
COMMENT ON COLUMN recap.bound_code IS 'exact, about, at_least (only some parts are known) or at_most; NULL: not known';
COMMENT ON COLUMN recap.actual_text IS 'What came about with its bound, such as ≥ 1500';
COMMENT ON COLUMN recap.basis_code IS 'measured; claimed, when a part of it is; not_measured';
COMMENT ON COLUMN recap.basis IS 'Label of that';
COMMENT ON COLUMN recap.known IS 'Of how many parts it is known, such as lines of cost; NULL: it has no parts';
COMMENT ON COLUMN recap.parts IS 'How many parts it has';
COMMENT ON COLUMN recap.difference IS 'actual less planned; NULL: one of the two is not known, or only a bound';
COMMENT ON COLUMN recap.ratio IS 'actual by planned; NULL: as the difference, or nothing was planned';
COMMENT ON COLUMN recap.is_reached IS 'Whether it came to what was planned, or to no more where less is better; NULL: that cannot be told';

CREATE VIEW recap_summary WITH (security_invoker) AS
SELECT e.event_id, event_label(e.event_id) AS event, e.series_id, (e.starts_at AT TIME ZONE e.time_zone)::date AS held_on,
       e.status_code, (SELECT salon.label(s.name_en, s.name_zh, s.status_code) FROM status s
                       WHERE s.subject = e.status_subject AND s.status_code = e.status_code) AS status,
       r.planned_count, r.compared_count, r.reached_count, r.measured_count, r.claimed_count, r.to_measure_count, r.to_measure,
       r.on_site_planned, r.on_site, r.online_planned, r.online, r.registered_on_site, r.registered_online,
       r.pv_planned, r.pv, r.posts_planned, r.posts, r.talks_planned, r.talks,
       r.needs_planned, r.needs, r.demands_planned, r.demands, r.agreements_planned, r.agreements, r.promises_planned, r.promises,
       r.cost_planned, r.cost, r.sponsorship_planned, r.sponsorship, r.responses_planned, r.responses, r.outcomes_planned, r.outcomes
FROM event e
CROSS JOIN LATERAL (
    SELECT count(x.planned) AS planned_count,
           count(x.difference) AS compared_count,
           count(*) FILTER (WHERE x.is_reached) AS reached_count,
           count(*) FILTER (WHERE x.basis_code = 'measured') AS measured_count,
           count(*) FILTER (WHERE x.basis_code = 'claimed') AS claimed_count,
           count(*) FILTER (WHERE x.planned IS NOT NULL AND x.actual IS NULL) AS to_measure_count,
           string_agg(x.item, salon.say(', ') ORDER BY x.ordinal, x.item_code)
               FILTER (WHERE x.planned IS NOT NULL AND x.actual IS NULL) AS to_measure,
           max(x.planned) FILTER (WHERE x.item_code = 'on_site') AS on_site_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'on_site') AS on_site,
           max(x.planned) FILTER (WHERE x.item_code = 'online') AS online_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'online') AS online,
           max(x.actual) FILTER (WHERE x.item_code = 'registered_on_site') AS registered_on_site,
           max(x.actual) FILTER (WHERE x.item_code = 'registered_online') AS registered_online,
           max(x.planned) FILTER (WHERE x.item_code = 'pv') AS pv_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'pv' AND x.bound_code = 'exact') AS pv,
           max(x.planned) FILTER (WHERE x.item_code = 'posts') AS posts_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'posts') AS posts,
           max(x.planned) FILTER (WHERE x.item_code = 'talks') AS talks_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'talks' AND x.bound_code = 'exact') AS talks,
           max(x.planned) FILTER (WHERE x.item_code = 'needs') AS needs_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'needs') AS needs,
           max(x.planned) FILTER (WHERE x.item_code = 'demands') AS demands_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'demands') AS demands,
           max(x.planned) FILTER (WHERE x.item_code = 'agreements') AS agreements_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'agreements') AS agreements,
           max(x.planned) FILTER (WHERE x.item_code = 'promises') AS promises_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'promises') AS promises,
           max(x.planned) FILTER (WHERE x.item_code = 'cost') AS cost_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'cost' AND x.bound_code = 'exact') AS cost,
           max(x.planned) FILTER (WHERE x.item_code = 'sponsorship') AS sponsorship_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'sponsorship' AND x.bound_code = 'exact') AS sponsorship,
           max(x.planned) FILTER (WHERE x.item_code = 'responses') AS responses_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'responses' AND x.bound_code = 'exact') AS responses,
           max(x.planned) FILTER (WHERE x.item_code = 'outcomes') AS outcomes_planned,
           max(x.actual) FILTER (WHERE x.item_code = 'outcomes') AS outcomes
    FROM recap x
    WHERE x.event_id = e.event_id
) r;

COMMENT ON VIEW recap_summary IS 'Each event in one row: how many of its numbers were planned, compared and reached, what is still to be measured, and the main ones; NULL: not known, or only in part / 复盘汇总';
COMMENT ON COLUMN recap_summary.series_id IS 'Its series; NULL: none';
COMMENT ON COLUMN recap_summary.held_on IS 'Its first day, by the time zone of the place; NULL: not known';
COMMENT ON COLUMN recap_summary.status_code IS 'Status of the event';
COMMENT ON COLUMN recap_summary.planned_count IS 'Numbers that were planned';
COMMENT ON COLUMN recap_summary.compared_count IS 'How many of them can be compared';
COMMENT ON COLUMN recap_summary.reached_count IS 'How many came to what was planned';
COMMENT ON COLUMN recap_summary.measured_count IS 'Numbers that were measured';
COMMENT ON COLUMN recap_summary.claimed_count IS 'Numbers that are claimed';
COMMENT ON COLUMN recap_summary.to_measure_count IS 'Numbers that were planned and of which nothing is known';
COMMENT ON COLUMN recap_summary.to_measure IS 'Their labels: what to find out before the event is recapped; NULL: none';
COMMENT ON COLUMN recap_summary.on_site_planned IS 'Headcount on site as planned';
COMMENT ON COLUMN recap_summary.on_site IS 'Headcount on site; at least that, where only seats checked in tell it';
COMMENT ON COLUMN recap_summary.online_planned IS 'Headcount online as planned';
COMMENT ON COLUMN recap_summary.online IS 'Headcount online; at least that, where only seats checked in tell it';
COMMENT ON COLUMN recap_summary.registered_on_site IS 'Seats of registered parties on site';
COMMENT ON COLUMN recap_summary.registered_online IS 'Seats of registered parties online';
COMMENT ON COLUMN recap_summary.pv_planned IS 'Page views as planned';
COMMENT ON COLUMN recap_summary.pv IS 'Page views';
COMMENT ON COLUMN recap_summary.posts_planned IS 'Posts as planned';
COMMENT ON COLUMN recap_summary.posts IS 'Posts that were made';
COMMENT ON COLUMN recap_summary.talks_planned IS 'Talks of the agenda';
COMMENT ON COLUMN recap_summary.talks IS 'Talks that were held';
COMMENT ON COLUMN recap_summary.needs_planned IS 'Needs of the event';
COMMENT ON COLUMN recap_summary.needs IS 'Needs of the event that are met';
COMMENT ON COLUMN recap_summary.demands_planned IS 'Demands of its parties';
COMMENT ON COLUMN recap_summary.demands IS 'Demands of its parties that are met';
COMMENT ON COLUMN recap_summary.agreements_planned IS 'Agreements that were signed';
COMMENT ON COLUMN recap_summary.agreements IS 'Agreements that were fulfilled';
COMMENT ON COLUMN recap_summary.promises_planned IS 'What the event promised, counted';
COMMENT ON COLUMN recap_summary.promises IS 'How much of that was delivered';
COMMENT ON COLUMN recap_summary.cost_planned IS 'Budget';
COMMENT ON COLUMN recap_summary.cost IS 'Cost';
COMMENT ON COLUMN recap_summary.sponsorship_planned IS 'Sponsorship as planned';
COMMENT ON COLUMN recap_summary.sponsorship IS 'Sponsorship that came about';
COMMENT ON COLUMN recap_summary.responses_planned IS 'Responses to surveys as planned';
COMMENT ON COLUMN recap_summary.responses IS 'Responses to surveys';
COMMENT ON COLUMN recap_summary.outcomes_planned IS 'Outcomes of every kind as planned';
COMMENT ON COLUMN recap_summary.outcomes IS 'Outcomes of every kind';
