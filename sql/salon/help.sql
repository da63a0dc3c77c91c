-- What a space has for whom: its public views and functions by job.

-- The first job whose pattern fits the name has it.  What the community made
-- itself fits none.
CREATE FUNCTION _jobs(OUT ordinal bigint, OUT job text, OUT pattern text) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE COST 1 ROWS 10
BEGIN ATOMIC
    SELECT j.ordinal, salon.label(j.en, j.zh), pg_catalog.format('^(%s)$', j.pattern)
    FROM (VALUES
        (1, 'look it up', '查询', '(event|party)_list|agenda|agenda_part|todo|missing_item|event_(problem|hours|date)|(my|access)_.*|.*_label|remedy|attendee_sheet'),
        (2, 'plan', '策划', '(plan|copy|move)_event|add_template|copy_(template|decision)|template.*|checklist.*|waive|late_item|critical_path'),
        (3, 'agree', '供需与合作', 'need|event_need|serves|candidate|resource_kind|role_affinity|(season_)?proposal|propose|prospect|unmet|satisfaction|agree.*|signature_list|barter_round|ring_wish|introductions|commitment_.*|lapse_.*|deliver.*|give|gave_and_got|package_.*|.*entitlement|event_sponsor|event_payer|contribution_.*'),
        (4, 'people', '人员与议题', 'work_group|.*dut(y|ies).*|speaker_.*|whereabouts|talk_.*|make_slots|build_agenda|invitation_.*'),
        (5, 'guests', '报名与到场', 'register|answer_registration|registration_.*|cancel_registration|book|booking_.*|cancel_booking|session_place|move_up|move_up_log|waiting_list|put_back|check_in|ticket_.*|door_list|headcount|seating'),
        (6, 'money', '费用', '.*_cost|sponsor_price|price_summary|event_pv'),
        (7, 'reach', '传播', 'audience_fit|coverage|exposure|channel_follower|spread|event_lift|index_lift|busiest_window|asset_.*|take_down'),
        (8, 'rotate', '轮值', '(plan|accept)_season|season_.*|swap_turn|turn_option|city_coverage'),
        (9, 'afterwards', '会后', 'survey_.*|outcome_.*|recap(_summary)?|scorecard|future_plan'),
        (10, 'contest', '竞赛', 'enter_team|submit_work|(team|problem|submission|round|judge|judging|award|ranking|hackathon|score)_.*|(assign|next)_.*|advance_round|pay_award|credit_hackathon'),
        (11, 'programs', '校园、实习与联盟', 'school_.*|hear|prove_internship|studio_list|joint_project_list|intake_.*|offer_.*|blocking_pair|logo_wall(_gap)?|year_.*'),
        (12, 'certify', '人才认证', 'certificat.*|verify_certificate|open_badge|exam_.*|revise_question|draw_papers?|paper_.*|blueprint_.*|submit_attempts|attempt_.*|answer_grade|item_statistic|reliability|course_list|learning_progress|tutor_load'),
        (13, 'documents', '文档与订阅', 'public_.*|calendar_entry|icalendar.*|schedule_(json|xml)|json_ld|brief.*|(attendee|organizer)_(page|html)|link_qr|(poster|logo_wall|timeline|exchange|exposure|city|recap)_svg'),
        (14, 'report', '报表', 'report_.*'),
        (15, 'keep house', '数据维护', '(import|check|sheet)_.*|invariant|merge_.*|.*duplicate.*|event_(history|remark)|history_.*|purge_history|forget.*')
    ) j (ordinal, en, zh, pattern);
END;

COMMENT ON FUNCTION _jobs() IS
'Jobs in the language of salon.lang, and which names belong to each';

CREATE FUNCTION help(word text DEFAULT NULL, space text DEFAULT NULL,
                     OUT job text, OUT name text, OUT what text) RETURNS SETOF record
LANGUAGE sql STABLE PARALLEL SAFE COST 1000 ROWS 150
BEGIN ATOMIC
    SELECT coalesce(j.job, salon.label('your own', '自建')), o.name, t.what
    FROM (
        SELECT c.relname::text AS key, c.relname::text AS name, pg_catalog.obj_description(c.oid, 'pg_class') AS comment, c.relnamespace AS namespace
        FROM pg_catalog.pg_class c
        WHERE c.relkind = 'v'
        UNION ALL
        SELECT p.proname::text,
               pg_catalog.format('%s(%s)', p.proname,
                                 (SELECT pg_catalog.string_agg(a.name, ', ' ORDER BY a.ordinal)
                                  FROM pg_catalog.unnest(p.proargnames[1:p.pronargs]) WITH ORDINALITY a (name, ordinal))),
               pg_catalog.obj_description(p.oid, 'pg_proc'), p.pronamespace
        FROM pg_catalog.pg_proc p
        WHERE p.prokind = 'f' AND p.prorettype <> 'trigger'::pg_catalog.regtype
    ) o
    -- English, then Chinese after a slash; what goes wrong is left to the comment itself
    CROSS JOIN LATERAL (
        SELECT salon.label(pg_catalog.regexp_replace(c.en, '^(([^.;(]|\([^)]*\)|[.;](?! ))*).*$', '\1'), c.zh) AS what
        FROM (SELECT pg_catalog.regexp_replace(o.comment, ' / [^/]*$', ''), pg_catalog.substring(o.comment, ' / ([^/]*)$')) c (en, zh)) t
    LEFT JOIN LATERAL (SELECT * FROM salon._jobs() x WHERE o.key ~ x.pattern ORDER BY x.ordinal LIMIT 1) j ON true
    WHERE pg_catalog.left(o.key, 1) <> '_'
      AND o.namespace = (SELECT n.oid
                         FROM pg_catalog.pg_namespace n
                         WHERE salon._space_table(n.nspname::text) IS NOT NULL
                           AND CASE WHEN help.space IS NULL THEN n.nspname = ANY (pg_catalog.current_schemas(false))
                                    ELSE n.nspname = help.space END
                         ORDER BY pg_catalog.array_position(pg_catalog.current_schemas(false), n.nspname)
                         LIMIT 1)
      AND (help.word IS NULL OR pg_catalog.concat_ws(' ', j.job, o.name, o.comment) COLLATE "C" ILIKE '%' || help.word || '%')
    ORDER BY j.ordinal, o.key, o.name;
END;

COMMENT ON FUNCTION help(text, text) IS
'What a space offers, by job: its public views and functions in a line each. word: only those whose job, name or comment has it; space: NULL for the first on the search_path';
