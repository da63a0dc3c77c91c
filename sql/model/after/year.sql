-- The year: what was done, found, given and reached over all programs, measured
-- and claimed apart, against the goals; and what is planned.

-- Facts of a year, each with its basis.  The year of an event is that of its place.
CREATE FUNCTION _year_fact(year integer)
RETURNS TABLE (section_code text, ordinal integer, measure_code text, measured numeric, claimed numeric, unknown bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 50
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    from_day date := make_date(year, 1, 1);
    to_day date := make_date(year + 1, 1, 1);
    -- what is of no event is of a year on the clock of the community
    from_at timestamptz := from_day::timestamp AT TIME ZONE (SELECT s.time_zone FROM space s);
    to_at timestamptz := to_day::timestamp AT TIME ZONE (SELECT s.time_zone FROM space s);
    events bigint[] := ARRAY(
        SELECT e.event_id FROM event e
        WHERE e.took_place
          AND e.starts_at >= from_day::timestamp AT TIME ZONE 'UTC' - interval '1 day' AND e.starts_at < to_day::timestamp AT TIME ZONE 'UTC' + interval '1 day'
          AND extract(year FROM e.starts_at AT TIME ZONE e.time_zone) = _year_fact.year);
BEGIN
    -- done
    RETURN QUERY
    SELECT 'done', 1, 'events:' || e.template_code, count(*)::numeric, NULL::numeric, 0::bigint
    FROM event e WHERE e.event_id = ANY (events) GROUP BY e.template_code;
    RETURN QUERY
    SELECT 'done', 2, 'cities', count(DISTINCT e.city_code)::numeric, NULL::numeric, count(*) FILTER (WHERE e.city_code IS NULL)
    FROM event e WHERE e.event_id = ANY (events) HAVING count(*) > 0;
    RETURN QUERY
    SELECT 'done', 3, 'schools', count(DISTINCT ep.party_id)::numeric, NULL::numeric, 0::bigint
    FROM event_party ep WHERE ep.event_id = ANY (events) AND ep.part_code = 'school' HAVING count(*) > 0;
    RETURN QUERY
    SELECT 'done', 4, 'studios', count(*)::numeric, NULL::numeric, 0::bigint
    FROM studio t WHERE t.founded_on >= from_day AND t.founded_on < to_day HAVING count(*) > 0;
    RETURN QUERY
    SELECT 'done', 5, 'joint_projects', count(*)::numeric, NULL::numeric, 0::bigint
    FROM joint_project j WHERE j.done_on >= from_day AND j.done_on < to_day HAVING count(*) > 0;
    RETURN QUERY
    SELECT 'done', 6, 'certificates', count(*)::numeric, NULL::numeric, 0::bigint
    FROM certificate c WHERE c.issued_on >= from_day AND c.issued_on < to_day AND c.revoked_at IS NULL HAVING count(*) > 0;
    RETURN QUERY
    SELECT 'done', 7, 'teams', count(*)::numeric, NULL::numeric, 0::bigint
    FROM team t WHERE t.event_id = ANY (events) HAVING count(*) > 0;
    RETURN QUERY
    SELECT 'done', 8, 'interns', count(*) FILTER (WHERE o.accepted_at IS NOT NULL AND o.status_code = 'accepted')::numeric, NULL::numeric, 0::bigint
    FROM offer o WHERE o.accepted_at >= from_at AND o.accepted_at < to_at HAVING count(*) FILTER (WHERE o.status_code = 'accepted') > 0;
    -- found
    RETURN QUERY
    SELECT 'found', k.ordinal::integer, 'outcome:' || o.outcome_kind_code,
           sum(o.quantity) FILTER (WHERE o.status_code = 'confirmed'), sum(o.quantity) FILTER (WHERE o.status_code = 'claimed'), 0::bigint
    FROM outcome o JOIN outcome_kind k ON k.outcome_kind_code = o.outcome_kind_code
    WHERE o.event_id = ANY (events) GROUP BY k.ordinal, o.outcome_kind_code;
    -- given
    RETURN QUERY
    SELECT 'given', CASE d.kind WHEN 'money' THEN 1 WHEN 'in_kind' THEN 2 ELSE 3 END, 'given:' || d.kind,
           sum(CASE d.kind WHEN 'work' THEN d.hours ELSE d.amount END) FILTER (WHERE d.basis = 'measured'),
           sum(CASE d.kind WHEN 'work' THEN d.hours ELSE d.amount END) FILTER (WHERE d.basis = 'claimed'),
           count(*) FILTER (WHERE CASE d.kind WHEN 'work' THEN d.hours ELSE d.amount END IS NULL)
    FROM delivery d
    WHERE d.delivered_at >= from_at AND d.delivered_at < to_at
    GROUP BY d.kind;
    RETURN QUERY
    SELECT 'given', 4, 'costs', sum(k.actual) FILTER (WHERE k.actual_basis = 'measured'), sum(k.actual) FILTER (WHERE k.actual_basis = 'claimed'),
           count(*) FILTER (WHERE k.actual IS NULL)
    FROM cost k WHERE k.event_id = ANY (events) HAVING count(*) > 0;
    -- reached
    RETURN QUERY
    SELECT 'reached', CASE f.fact WHEN 'on_site' THEN 1 WHEN 'online' THEN 2 WHEN 'pv' THEN 3 ELSE 4 END, f.fact,
           sum(v.value) FILTER (WHERE v.basis = 'measured'), sum(v.value) FILTER (WHERE v.basis = 'claimed'), count(*) FILTER (WHERE v.value IS NULL)
    FROM unnest(events) e (event_id)
    CROSS JOIN unnest(ARRAY['on_site', 'online', 'pv', 'posts']) f (fact)
    CROSS JOIN LATERAL _event_fact(e.event_id, f.fact, NULL) v
    GROUP BY f.fact;
END
$$;

COMMENT ON FUNCTION _year_fact(integer) IS
'What the rows say of a year: how much of it is measured, how much claimed, and of how many it is not known';

CREATE FUNCTION _check_year(year integer) RETURNS void
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    IF year IS NULL OR year NOT BETWEEN 1900 AND 2999 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('there is no year "%s"'), coalesce(year::text, 'NULL')),
            HINT = salon.say('A year is 1900 to 2999.');
    END IF;
END
$$;

COMMENT ON FUNCTION _check_year(integer) IS 'Refuses with 22023 a year that no event can be in';

CREATE FUNCTION year_review(year integer)
RETURNS TABLE (section_code text, section text, ordinal bigint, measure_code text, measure text, measured numeric, claimed numeric, unknown bigint,
               target numeric, status_code text, status text, original_text text)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 50
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    PERFORM _check_year(year);
    RETURN QUERY
    SELECT r.section_code,
           CASE r.section_code WHEN 'done' THEN salon.label('what was done', '做了什么') WHEN 'found' THEN salon.label('what was found', '发现了什么')
                               WHEN 'given' THEN salon.label('what was given', '付出了什么') WHEN 'reached' THEN salon.label('who was reached', '影响了多少人')
                               ELSE salon.label('goals', '目标') END,
           row_number() OVER (ORDER BY array_position(ARRAY['done', 'found', 'given', 'reached', 'goals'], r.section_code), r.ordinal, r.measure_code),
           r.measure_code, r.measure, r.measured, r.claimed, r.unknown, r.target, r.status_code, r.status, r.original_text
    FROM (
        SELECT f.section_code, f.ordinal::bigint AS ordinal, f.measure_code,
               CASE split_part(f.measure_code, ':', 1)
                   WHEN 'events' THEN (SELECT salon.label(t.name_en, t.name_zh, t.template_code) FROM template t WHERE t.template_code = split_part(f.measure_code, ':', 2))
                   WHEN 'outcome' THEN (SELECT salon.label(k.name_en, k.name_zh, k.outcome_kind_code) FROM outcome_kind k WHERE k.outcome_kind_code = split_part(f.measure_code, ':', 2))
                   WHEN 'given' THEN CASE split_part(f.measure_code, ':', 2) WHEN 'money' THEN salon.label('money', '资金') WHEN 'work' THEN salon.label('hours of work', '工时')
                                                                           ELSE salon.label('in kind', '实物') END
                   WHEN 'cities' THEN salon.label('cities', '城市')
                   WHEN 'schools' THEN salon.label('schools visited', '走访高校')
                   WHEN 'studios' THEN salon.label('studios founded', '成立工作室')
                   WHEN 'joint_projects' THEN salon.label('joint projects done', '完成校企项目')
                   WHEN 'certificates' THEN salon.label('certificates issued', '颁发证书')
                   WHEN 'teams' THEN salon.label('teams', '参赛队伍')
                   WHEN 'interns' THEN salon.label('interns', '实习生')
                   WHEN 'costs' THEN salon.label('costs', '费用')
                   WHEN 'on_site' THEN salon.label('on site', '线下')
                   WHEN 'online' THEN salon.label('online', '线上')
                   WHEN 'pv' THEN 'PV'
                   ELSE salon.label('posts', '发布') END AS measure,
               f.measured, f.claimed, f.unknown, NULL::numeric AS target, NULL::text AS status_code, NULL::text AS status, NULL::text AS original_text
        FROM _year_fact(year_review.year) f
        UNION ALL
        -- what a community says of its year stands in metrics, as its source spells it
        SELECT 'goals', row_number() OVER (ORDER BY s.kind_code = 'north_star' DESC NULLS LAST, s.ordinal, s.metric_id), 'metric:' || s.metric_id, concat_ws(salon.say(': '), nullif(s.subject, s.year::text), s.metric),
               CASE WHEN s.basis_code = 'measured' THEN s.actual END, CASE WHEN s.basis_code = 'claimed' THEN s.actual END,
               CASE WHEN s.actual IS NULL THEN 1 ELSE 0 END, s.target, s.status_code, s.status, s.original_text
        FROM scorecard s
        WHERE s.year = year_review.year
    ) r
    ORDER BY 3;
END
$$;

COMMENT ON FUNCTION year_review(integer) IS
'What was done, found, given and reached in a year over all programs, measured and claimed apart, and the goals: a row a measure. Errors: 22023 no such year / 年度回顾';

CREATE FUNCTION year_plan(year integer)
RETURNS TABLE (section_code text, section text, due_on date, what text, owner_id bigint, owner text, state_code text, row_id bigint)
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 100000 ROWS 50
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    from_day date;
    to_day date;
BEGIN
    PERFORM _check_year(year);
    from_day := make_date(year, 1, 1);
    to_day := make_date(year + 1, 1, 1);
    RETURN QUERY
    SELECT p.section_code,
           CASE p.section_code WHEN 'event' THEN salon.label('events', '活动') WHEN 'turn' THEN salon.label('turns of hosts', '轮值')
                               WHEN 'joint_project' THEN salon.label('joint projects', '校企合作项目') WHEN 'intake' THEN salon.label('intakes of interns', '实习批次')
                               ELSE salon.label('goals', '目标') END,
           p.due_on, p.what, p.owner_id, party_label(p.owner_id), p.state_code, p.row_id
    FROM (
        SELECT 'event' AS section_code, (e.starts_at AT TIME ZONE e.time_zone)::date AS due_on, event_label(e.event_id) AS what,
               (SELECT min(ep.party_id) FROM event_party ep WHERE ep.event_id = e.event_id AND ep.part_code = 'host') AS owner_id, e.status_code AS state_code, e.event_id AS row_id
        FROM event e
        WHERE e.is_open AND e.starts_at >= from_day::timestamp AT TIME ZONE 'UTC' - interval '1 day' AND e.starts_at < to_day::timestamp AT TIME ZONE 'UTC' + interval '1 day'
          AND extract(year FROM e.starts_at AT TIME ZONE e.time_zone) = year_plan.year
        UNION ALL
        SELECT 'joint_project', j.due_on, salon.label(j.name_en, j.name_zh), j.lead_id, j.status_code, j.joint_project_id
        FROM joint_project j
        WHERE j.status_code IN ('planned', 'running') AND j.due_on >= from_day AND j.due_on < to_day
        UNION ALL
        SELECT 'intake', (i.apply_by AT TIME ZONE (SELECT s.time_zone FROM space s))::date, salon.label(i.name_en, i.name_zh), NULL,
               CASE WHEN i.apply_by > now() THEN 'applying' WHEN i.rank_by > now() THEN 'ranking' ELSE 'ranked' END, i.intake_id
        FROM intake i
        WHERE i.apply_by >= from_day::timestamp AT TIME ZONE (SELECT s.time_zone FROM space s) AND i.apply_by < to_day::timestamp AT TIME ZONE (SELECT s.time_zone FROM space s)
        UNION ALL
        SELECT 'goal', s.due_on, concat_ws(' ', concat_ws(salon.say(': '), nullif(s.subject, s.year::text), salon.label(s.name_en, s.name_zh)), '→', trim_scale(s.target), s.unit), s.party_id, s.status_code, s.metric_id
        FROM _scored s
        WHERE s.year = year_plan.year AND s.target IS NOT NULL AND s.is_met IS NOT TRUE
    ) p
    ORDER BY p.due_on NULLS LAST, p.section_code, p.row_id;
END
$$;

COMMENT ON FUNCTION year_plan(integer) IS
'What is planned for a year over all programs: events, joint projects, intakes, goals that are not met yet, in the order in which they are due. Errors: 22023 no such year / 年度计划';
