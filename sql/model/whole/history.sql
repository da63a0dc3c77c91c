-- History: who changed what and when.  The tables at the end of this file write
-- each change of a row into table history, by triggers; nobody else does.

ALTER TABLE space
    ADD COLUMN history_days integer NOT NULL DEFAULT 365
    CONSTRAINT space_history_days_are_enough CHECK (history_days BETWEEN 30 AND 36500);

COMMENT ON COLUMN space.history_days IS 'How many days the history is kept at least: purge_history deletes nothing younger';
COMMENT ON CONSTRAINT space_history_days_are_enough ON space IS 'The history is kept for 30 to 36500 days';

CREATE TABLE history (
    history_id      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at              timestamptz NOT NULL,
    by_role         text NOT NULL,
    login_role      text NOT NULL,
    transaction_id  bigint NOT NULL,
    event_id        bigint,
    subject         text NOT NULL,
    row_key         text,
    operation       text NOT NULL
                    CONSTRAINT history_operation_is_known CHECK (operation IN ('insert', 'update', 'delete', 'truncate')),
    before          jsonb,
    after           jsonb,
    withheld        text[],
    acting_id       bigint,
    CONSTRAINT history_is_of_a_row CHECK ((operation = 'truncate') = (row_key IS NULL))
);
CREATE INDEX history_event_id_idx ON history (event_id, history_id);
CREATE INDEX history_row_idx ON history (subject, row_key);
CREATE INDEX history_at_idx ON history USING brin (at);

COMMENT ON TABLE history IS 'Who changed which row and when, with the values before and after; written by triggers only, and never changed: see view event_history / 变更历史';
COMMENT ON COLUMN history.history_id IS 'Key: in the order of the changes';
COMMENT ON COLUMN history.at IS 'When: the clock, not the begin of the transaction';
COMMENT ON COLUMN history.by_role IS 'Database role that did it: that of SET ROLE, else the one that logged in; also where a function with the rights of its owner did it for that role';
COMMENT ON COLUMN history.login_role IS 'Database role that logged in: session_user';
COMMENT ON COLUMN history.transaction_id IS 'Transaction: what has the same number was done together';
COMMENT ON COLUMN history.event_id IS 'The event that the row belongs to, also once that is deleted; NULL: to none, or a delivery that was deleted with its commitment';
COMMENT ON COLUMN history.subject IS 'The table';
COMMENT ON COLUMN history.row_key IS 'Primary key of the row; NULL: all rows';
COMMENT ON COLUMN history.operation IS 'insert, update, delete or truncate';
COMMENT ON COLUMN history.before IS 'Values before, of the columns that changed; of a deleted row all that it had';
COMMENT ON COLUMN history.after IS 'Values after, of the columns that changed; of a new row all that it has';
COMMENT ON COLUMN history.withheld IS 'Columns that changed whose values are not recorded: remarks, and columns of the community''s own';
COMMENT ON COLUMN history.acting_id IS 'The party for which an application did it; NULL: for none';
COMMENT ON CONSTRAINT history_operation_is_known ON history IS 'Leave writing to the triggers';
COMMENT ON CONSTRAINT history_is_of_a_row ON history IS 'Leave writing to the triggers';

-- Whoever gets a row in here got it in by a trigger, and cannot say that it was
-- another, or at another time.
CREATE FUNCTION _history_kept() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    IF TG_OP = 'INSERT' AND _is_kept_here(TG_RELID) THEN
        NEW.at := clock_timestamp();
        NEW.by_role := coalesce(nullif(current_setting('role'), 'none'), session_user);
        NEW.login_role := session_user;
        NEW.acting_id := _user_acting();
        NEW.transaction_id := pg_current_xact_id()::text::bigint;
        RETURN NEW;
    ELSIF TG_OP = 'UPDATE' AND to_jsonb(NEW) - ARRAY['before', 'after', 'withheld'] = to_jsonb(OLD) - ARRAY['before', 'after', 'withheld']
          AND coalesce(NEW.before, '{}') <@ coalesce(OLD.before, '{}') AND coalesce(NEW.after, '{}') <@ coalesce(OLD.after, '{}')
          AND coalesce(OLD.withheld, '{}') <@ coalesce(NEW.withheld, '{}') THEN
        RETURN NEW; -- a value is withheld, as forget does
    ELSIF TG_OP = 'DELETE' AND OLD.at < now() - (SELECT s.history_days * interval '24 hours' FROM space s) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION USING
        ERRCODE = 'check_violation',
        MESSAGE = CASE TG_OP WHEN 'INSERT' THEN salon.say('history is written by the database only')
                             WHEN 'DELETE' THEN salon.say('history cannot be deleted yet')
                             ELSE salon.say('history cannot be changed') END,
        DETAIL = CASE TG_OP WHEN 'INSERT' THEN salon.say('It says what was done to other tables.')
                            WHEN 'DELETE' THEN (SELECT format(salon.say('It is kept for %s days.'), s.history_days) FROM space s)
                            ELSE salon.say('It says what was done, for good.') END,
        HINT = CASE WHEN TG_OP = 'INSERT' THEN salon.say('Change the row itself.')
                    ELSE salon.say('SELECT purge_history() deletes what is older than space.history_days.') END,
        SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME, CONSTRAINT = 'history_is_kept';
END
$$;

COMMENT ON FUNCTION _history_kept() IS
'Trigger of history: fills in who and when; refuses with 23514 what no trigger wrote, every change but to withhold a value, and to delete what is younger than space.history_days';

CREATE TRIGGER history_kept BEFORE INSERT OR UPDATE OR DELETE ON history
    FOR EACH ROW EXECUTE FUNCTION _history_kept();
CREATE TRIGGER history_truncate BEFORE TRUNCATE ON history
    FOR EACH STATEMENT EXECUTE FUNCTION _history_kept();

-- The event of a row, by what it names.
CREATE FUNCTION _event_of(a_row jsonb) RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    -- one branch at a time: not everybody may read all of these tables
    IF a_row ? 'remark_id' THEN
        RETURN _remark_event(jsonb_populate_record(NULL::remark, a_row));
    ELSIF a_row ? 'event_id' THEN
        RETURN (a_row ->> 'event_id')::bigint;
    ELSIF a_row ? 'survey_id' THEN
        RETURN (SELECT s.event_id FROM survey s WHERE s.survey_id = (a_row ->> 'survey_id')::bigint);
    ELSIF a_row ? 'signature_id' THEN
        RETURN (SELECT a.event_id FROM agreement a WHERE a.agreement_id = (a_row ->> 'agreement_id')::bigint);
    ELSIF a_row ? 'commitment_id' THEN
        RETURN (SELECT c.event_id FROM commitment c WHERE c.commitment_id = (a_row ->> 'commitment_id')::bigint);
    ELSIF a_row ? 'talk_id' THEN
        RETURN (SELECT t.event_id FROM talk t WHERE t.talk_id = (a_row ->> 'talk_id')::bigint);
    ELSIF a_row ? 'invitation_id' THEN
        RETURN (SELECT i.event_id FROM invitation i WHERE i.invitation_id = (a_row ->> 'invitation_id')::bigint);
    ELSIF a_row ? 'criterion_id' THEN
        RETURN (SELECT r.event_id FROM hackathon_round r WHERE r.hackathon_round_id = (a_row ->> 'hackathon_round_id')::bigint);
    ELSIF a_row ? 'asset_id' THEN
        RETURN (SELECT a.event_id FROM asset a WHERE a.asset_id = (a_row ->> 'asset_id')::bigint);
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _event_of(jsonb) IS 'The event that a row is of; NULL: of none';

-- Arguments, but for TRUNCATE: the key; columns that follow from others and are
-- left out; columns whose values are recorded; closed, where there is a history
-- of closed events only.  Of any other column only that it changed is recorded:
-- it may be about a person.
CREATE FUNCTION _history() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path FROM CURRENT
AS $$
DECLARE
    own_table text := salon._table_name(TG_TABLE_NAME);
    old_row jsonb;
    new_row jsonb;
    any_row jsonb;
    row_event bigint;
    unknown jsonb;
    withheld text[];
BEGIN
    IF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'TRUNCATE' THEN
        old_row := to_jsonb(OLD);
        new_row := to_jsonb(NEW);
        any_row := coalesce(new_row, old_row);
        row_event := _event_of(any_row);
        IF TG_ARGV[3] = 'closed' AND NOT EXISTS (SELECT FROM event e WHERE e.event_id IN (row_event, _event_of(old_row)) AND e.is_closed) THEN
            RETURN NULL;
        END IF;
        IF TG_OP = 'UPDATE' THEN
            SELECT jsonb_object_agg(n.key, old_row -> n.key), jsonb_object_agg(n.key, n.value)
            INTO old_row, new_row
            FROM jsonb_each(new_row - string_to_array(TG_ARGV[1], ' ')) n
            WHERE n.value IS DISTINCT FROM old_row -> n.key;
            IF new_row IS NULL THEN
                RETURN NULL;
            END IF;
        ELSE
            old_row := jsonb_strip_nulls(old_row) - string_to_array(TG_ARGV[1], ' ') - ARRAY['event_id', TG_ARGV[0]];
            new_row := jsonb_strip_nulls(new_row) - string_to_array(TG_ARGV[1], ' ') - ARRAY['event_id', TG_ARGV[0]];
        END IF;
        unknown := coalesce(new_row, old_row) - string_to_array(TG_ARGV[2], ' ') - TG_ARGV[0];
        IF unknown <> '{}' THEN
            withheld := ARRAY(SELECT k FROM jsonb_object_keys(unknown) k ORDER BY k);
            old_row := nullif(old_row - withheld, '{}');
            new_row := nullif(new_row - withheld, '{}');
        END IF;
    END IF;
    INSERT INTO history (event_id, subject, row_key, operation, before, after, withheld)
    VALUES (row_event, own_table, any_row ->> TG_ARGV[0], lower(TG_OP COLLATE "C"), old_row, new_row, withheld);
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _history() IS
'Trigger of tables with a history. Arguments: the key column; columns to leave out; columns whose values are recorded, each a list with blanks; closed: of closed events only. SECURITY DEFINER: nobody else writes to history, so that no line in it is forged';

-- What a row is, in the language of the session.
CREATE FUNCTION _history_subject(subject text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE subject
    WHEN 'space' THEN salon.label('community', '社区')
    WHEN 'event' THEN salon.label('event', '活动')
    WHEN 'event_party' THEN salon.label('part at the event', '活动参与方')
    WHEN 'follow_up' THEN salon.label('what comes next', '未来计划')
    WHEN 'remark' THEN salon.label('remark', '备注')
    WHEN 'session' THEN salon.label('session', '议程')
    WHEN 'event_duty' THEN salon.label('duty', '会务')
    WHEN 'event_item' THEN salon.label('checklist item', '检查项')
    WHEN 'supply' THEN salon.label('supply', '供给')
    WHEN 'demand' THEN salon.label('demand', '需求')
    WHEN 'agreement' THEN salon.label('agreement', '约定')
    WHEN 'commitment' THEN salon.label('commitment', '承诺')
    WHEN 'package' THEN salon.label('package', '赞助套餐')
    WHEN 'delivery' THEN salon.label('delivery', '兑现')
    WHEN 'cost' THEN salon.label('cost', '费用')
    WHEN 'metric' THEN salon.label('metric', '指标')
    WHEN 'outcome' THEN salon.label('outcome', '产出')
    WHEN 'talk' THEN salon.label('talk', '议题')
    WHEN 'invitation' THEN salon.label('invitation', '讲师邀请')
    WHEN 'consent' THEN salon.label('consent', '授权')
    WHEN 'registration' THEN salon.label('registration', '报名')
    WHEN 'attendee' THEN salon.label('attendee', '参会者')
    WHEN 'check_pass' THEN salon.label('check at the door', '签到')
    WHEN 'booking' THEN salon.label('booking', '环节预约')
    WHEN 'certification' THEN salon.label('certification', '认证')
    WHEN 'certification_level' THEN salon.label('level of a certification', '认证级别')
    WHEN 'certification_prerequisite' THEN salon.label('prerequisite', '认证前置条件')
    WHEN 'certificate' THEN salon.label('certificate', '证书')
    WHEN 'course' THEN salon.label('course', '课程')
    WHEN 'tutor' THEN salon.label('tutor', '辅导老师')
    WHEN 'course_progress' THEN salon.label('progress of a learner', '学习进度')
    WHEN 'exam_tag' THEN salon.label('topic of the exam', '考点')
    WHEN 'exam_question' THEN salon.label('question', '题目')
    WHEN 'exam_option' THEN salon.label('option', '题目选项')
    WHEN 'exam_key' THEN salon.label('right answer', '标准答案')
    WHEN 'exam_question_tag' THEN salon.label('topic of a question', '题目考点')
    WHEN 'blueprint' THEN salon.label('line of a blueprint', '组卷蓝图')
    WHEN 'paper' THEN salon.label('drawn paper', '试卷')
    WHEN 'attempt' THEN salon.label('exam', '考试')
    WHEN 'attempt_answer' THEN salon.label('answer in an exam', '考生作答')
    WHEN 'attempt_result' THEN salon.label('result of an exam', '考试成绩')
    WHEN 'signature' THEN salon.label('signature', '签字')
    WHEN 'hackathon' THEN salon.label('hackathon', '黑客松')
    WHEN 'track' THEN salon.label('track', '赛道')
    WHEN 'problem' THEN salon.label('problem', '赛题')
    WHEN 'hackathon_round' THEN salon.label('round', '轮次')
    WHEN 'team' THEN salon.label('team', '参赛队伍')
    WHEN 'team_member' THEN salon.label('team member', '队员')
    WHEN 'round_team' THEN salon.label('team of a round', '轮次队伍')
    WHEN 'submission' THEN salon.label('submission', '提交作品')
    WHEN 'judge' THEN salon.label('judge', '评委')
    WHEN 'criterion' THEN salon.label('criterion', '评分标准')
    WHEN 'judging' THEN salon.label('judging', '评审分配')
    WHEN 'score' THEN salon.label('score', '评分')
    WHEN 'comparison' THEN salon.label('comparison', '两两比较')
    WHEN 'award' THEN salon.label('award', '奖项')
    WHEN 'award_winner' THEN salon.label('winner of an award', '获奖者')
    WHEN 'contribution' THEN salon.label('contribution', '贡献')
    WHEN 'studio' THEN salon.label('studio', '工作室')
    WHEN 'joint_project' THEN salon.label('joint project', '校企合作项目')
    WHEN 'task_card' THEN salon.label('task', '任务卡')
    WHEN 'intake' THEN salon.label('intake of interns', '实习批次')
    WHEN 'opening' THEN salon.label('opening', '实习岗位')
    WHEN 'applicant' THEN salon.label('applicant', '实习申请人')
    WHEN 'offer' THEN salon.label('offer', '实习录取')
    WHEN 'introduction' THEN salon.label('introduction', '引荐')
    WHEN 'talk_speaker' THEN salon.label('speaker of a talk', '议题讲师')
    WHEN 'talk_review' THEN salon.label('review', '评审')
    WHEN 'talk_vote' THEN salon.label('vote', '投票')
    WHEN 'travel_leg' THEN salon.label('journey', '行程')
    WHEN 'response' THEN salon.label('response', '答卷')
    WHEN 'respondent' THEN salon.label('respondent', '答卷人')
    WHEN 'answer' THEN salon.label('answer', '答案')
    WHEN 'asset_person' THEN salon.label('who is shown', '出镜者')
    ELSE subject END;

COMMENT ON FUNCTION _history_subject(text) IS
'Label of a table that has a history; its name where it is one of the community''s own';

CREATE FUNCTION _history_row(subject text, row_key text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT CASE _history_row.subject
                WHEN 'space' THEN (SELECT salon.label(s.name_en, s.name_zh) FROM space s)
                WHEN 'event' THEN event_label(_history_row.row_key::bigint)
                WHEN 'follow_up' THEN event_label(_history_row.row_key::bigint)
                WHEN 'event_party' THEN
                    (SELECT party_label(x.party_id) || salon.say(' (') || salon.label(p.name_en, p.name_zh, p.part_code) || salon.say(')')
                     FROM event_party x JOIN part p USING (part_code) WHERE x.event_party_id = _history_row.row_key::bigint)
                WHEN 'session' THEN
                    (SELECT salon.label(x.title_en, x.title_zh, salon.label(f.name_en, f.name_zh, f.format_code))
                     FROM session x JOIN session_format f USING (format_code) WHERE x.session_id = _history_row.row_key::bigint)
                WHEN 'event_duty' THEN
                    (SELECT salon.label(d.name_en, d.name_zh, d.duty_code) || coalesce(salon.say(': ') || party_label(x.party_id), '')
                     FROM event_duty x JOIN duty d USING (duty_code) WHERE x.event_duty_id = _history_row.row_key::bigint)
                WHEN 'event_item' THEN
                    (SELECT coalesce(salon.label(x.name_en, x.name_zh), salon.label(i.name_en, i.name_zh, x.item_code))
                     FROM event_item x
                     LEFT JOIN checklist_item i ON i.item_code = x.template_item_code AND i.template_code = x.template_code WHERE x.event_item_id = _history_row.row_key::bigint)
                WHEN 'supply' THEN
                    (SELECT coalesce(party_label(x.party_id), event_label(x.event_id)) || salon.say(': ') || salon.label(r.name_en, r.name_zh, r.resource_code)
                     FROM supply x JOIN resource r USING (resource_code) WHERE x.supply_id = _history_row.row_key::bigint)
                WHEN 'demand' THEN
                    (SELECT coalesce(party_label(x.party_id), event_label(x.event_id)) || salon.say(': ') || salon.label(r.name_en, r.name_zh, r.resource_code)
                     FROM demand x JOIN resource r USING (resource_code) WHERE x.demand_id = _history_row.row_key::bigint)
                WHEN 'agreement' THEN
                    (SELECT string_agg(DISTINCT v.name, ' + ' ORDER BY v.name)
                     FROM commitment x
                     CROSS JOIN LATERAL (VALUES (party_label(x.giver_id)), (party_label(x.taker_id))) v (name)
                     WHERE x.agreement_id = _history_row.row_key::bigint)
                WHEN 'commitment' THEN (SELECT _commitment_label(_history_row.row_key::bigint))
                WHEN 'studio' THEN party_label(_history_row.row_key::bigint)
                WHEN 'joint_project' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM joint_project x WHERE x.joint_project_id = _history_row.row_key::bigint)
                WHEN 'task_card' THEN (SELECT salon.label(x.title_en, x.title_zh) FROM task_card x WHERE x.task_card_id = _history_row.row_key::bigint)
                WHEN 'intake' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM intake x WHERE x.intake_id = _history_row.row_key::bigint)
                WHEN 'opening' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM opening x WHERE x.opening_id = _history_row.row_key::bigint)
                WHEN 'applicant' THEN (SELECT party_label(x.person_id) FROM applicant x WHERE x.applicant_id = _history_row.row_key::bigint)
                WHEN 'offer' THEN (SELECT party_label(a.person_id) FROM offer x JOIN applicant a USING (applicant_id) WHERE x.offer_id = _history_row.row_key::bigint)
                WHEN 'introduction' THEN (SELECT party_label(x.party_id) || ' → ' || party_label(x.to_id) FROM introduction x WHERE x.introduction_id = _history_row.row_key::bigint)
                WHEN 'signature' THEN (SELECT party_label(x.party_id) FROM signature x WHERE x.signature_id = _history_row.row_key::bigint)
                WHEN 'package' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM package x WHERE x.package_id = _history_row.row_key::bigint)
                WHEN 'delivery' THEN (SELECT _commitment_label(x.commitment_id) FROM delivery x WHERE x.delivery_id = _history_row.row_key::bigint)
                WHEN 'cost' THEN
                    (SELECT salon.label(k.name_en, k.name_zh, k.cost_kind_code) || coalesce(salon.say(': ') || party_label(x.payer_id), '')
                     FROM cost x JOIN cost_kind k USING (cost_kind_code) WHERE x.cost_id = _history_row.row_key::bigint)
                WHEN 'metric' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM metric x WHERE x.metric_id = _history_row.row_key::bigint)
                WHEN 'outcome' THEN
                    (SELECT salon.label(k.name_en, k.name_zh, k.outcome_kind_code) || coalesce(salon.say(': ') || party_label(x.party_id), '')
                     FROM outcome x JOIN outcome_kind k USING (outcome_kind_code) WHERE x.outcome_id = _history_row.row_key::bigint)
                WHEN 'talk' THEN (SELECT salon.label(x.title_en, x.title_zh) FROM talk x WHERE x.talk_id = _history_row.row_key::bigint)
                WHEN 'invitation' THEN (SELECT party_label(x.person_id) FROM invitation x WHERE x.invitation_id = _history_row.row_key::bigint)
                WHEN 'certification' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM certification x WHERE x.certification_id = _history_row.row_key::bigint)
                WHEN 'certification_level' THEN certification_level_label(_history_row.row_key::bigint)
                WHEN 'course' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM course x WHERE x.course_id = _history_row.row_key::bigint)
                WHEN 'tutor' THEN (SELECT party_label(x.person_id) FROM tutor x WHERE x.tutor_id = _history_row.row_key::bigint)
                WHEN 'course_progress' THEN (SELECT party_label(x.person_id) FROM course_progress x WHERE x.course_progress_id = _history_row.row_key::bigint)
                WHEN 'exam_tag' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM exam_tag x WHERE x.exam_tag_id = _history_row.row_key::bigint)
                WHEN 'blueprint' THEN blueprint_label(_history_row.row_key::bigint)
                WHEN 'paper' THEN (SELECT party_label(x.person_id) FROM paper x WHERE x.paper_id = _history_row.row_key::bigint)
                WHEN 'attempt_result' THEN (SELECT party_label(x.person_id) FROM attempt x WHERE x.attempt_id = _history_row.row_key::bigint)
                WHEN 'attempt' THEN (SELECT party_label(x.person_id) FROM attempt x WHERE x.attempt_id = _history_row.row_key::bigint)
                WHEN 'certificate' THEN
                    (SELECT party_label(x.person_id) || salon.say(': ') || salon.label(x.name_en, x.name_zh) FROM certificate x WHERE x.certificate_id = _history_row.row_key::bigint)
                WHEN 'hackathon' THEN event_label(_history_row.row_key::bigint)
                WHEN 'track' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM track x WHERE x.track_id = _history_row.row_key::bigint)
                WHEN 'problem' THEN (SELECT salon.label(x.title_en, x.title_zh) FROM problem x WHERE x.problem_id = _history_row.row_key::bigint)
                WHEN 'hackathon_round' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM hackathon_round x WHERE x.hackathon_round_id = _history_row.row_key::bigint)
                WHEN 'team' THEN (SELECT x.name FROM team x WHERE x.team_id = _history_row.row_key::bigint)
                WHEN 'team_member' THEN
                    (SELECT t.name || salon.say(': ') || party_label(x.person_id)
                     FROM team_member x JOIN team t USING (team_id) WHERE x.team_member_id = _history_row.row_key::bigint)
                WHEN 'round_team' THEN (SELECT t.name FROM round_team x JOIN team t USING (team_id) WHERE x.round_team_id = _history_row.row_key::bigint)
                WHEN 'submission' THEN (SELECT t.name FROM submission x JOIN team t USING (team_id) WHERE x.submission_id = _history_row.row_key::bigint)
                WHEN 'award' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM award x WHERE x.award_id = _history_row.row_key::bigint)
                WHEN 'award_winner' THEN
                    (SELECT salon.label(a.name_en, a.name_zh) || salon.say(': ') || coalesce(party_label(x.person_id), (SELECT t.name FROM team t WHERE t.team_id = x.team_id))
                     FROM award_winner x JOIN award a USING (award_id) WHERE x.award_winner_id = _history_row.row_key::bigint)
                WHEN 'contribution' THEN
                    (SELECT salon.label(k.name_en, k.name_zh, k.contribution_kind_code) || salon.say(': ') || party_label(x.party_id)
                     FROM contribution x JOIN contribution_kind k USING (contribution_kind_code) WHERE x.contribution_id = _history_row.row_key::bigint)
                WHEN 'judge' THEN (SELECT party_label(x.person_id) FROM judge x WHERE x.judge_id = _history_row.row_key::bigint)
                WHEN 'criterion' THEN (SELECT salon.label(x.name_en, x.name_zh) FROM criterion x WHERE x.criterion_id = _history_row.row_key::bigint)
                WHEN 'judging' THEN
                    (SELECT t.name || salon.say(': ') || party_label(g.person_id)
                     FROM judging x JOIN team t USING (team_id) JOIN judge g USING (judge_id) WHERE x.judging_id = _history_row.row_key::bigint)
                WHEN 'score' THEN
                    (SELECT t.name || salon.say(': ') || salon.label(c.name_en, c.name_zh)
                     FROM score x JOIN judging j USING (judging_id) JOIN team t USING (team_id) JOIN criterion c USING (criterion_id)
                     WHERE x.score_id = _history_row.row_key::bigint)
                WHEN 'comparison' THEN
                    (SELECT t.name || ' > ' || o.name
                     FROM comparison x JOIN team t ON t.team_id = x.preferred_id JOIN team o ON o.team_id = x.other_id
                     WHERE x.comparison_id = _history_row.row_key::bigint)
                WHEN 'consent' THEN (SELECT party_label(x.person_id) FROM consent x WHERE x.consent_id = _history_row.row_key::bigint)
                END);
END
$$;

COMMENT ON FUNCTION _history_row(text, text) IS
'Label of a row that has a history, as it is now; NULL: it is no more, or of a table of the community''s own';

CREATE VIEW event_history WITH (security_invoker) AS
SELECT h.history_id, h.at, h.by_role, h.login_role, h.transaction_id,
       h.event_id,
       coalesce(event_label(h.event_id), salon.label('event ', '活动 ') || h.event_id) AS event,
       h.subject AS subject_code,
       _history_subject(h.subject) AS subject,
       h.row_key,
       _history_row(h.subject, h.row_key) AS row_label,
       h.operation AS operation_code,
       CASE h.operation WHEN 'insert' THEN salon.label('entered', '新增')
                        WHEN 'update' THEN salon.label('changed', '修改')
                        WHEN 'delete' THEN salon.label('deleted', '删除')
                        ELSE salon.label('all deleted', '清空') END AS operation,
       c.column_name,
       c.before,
       c.after,
       c.is_withheld,
       event_date(h.event_id) AS held_on,
       h.acting_id, party_label(h.acting_id) AS acting
FROM history h
LEFT JOIN LATERAL (
    -- of two values one may be withheld
    SELECT column_name, h.before ->> column_name AS before, h.after ->> column_name AS after, w.column_name IS NOT NULL AS is_withheld
    FROM jsonb_object_keys(coalesce(h.before, '{}') || coalesce(h.after, '{}')) k (column_name)
    FULL JOIN unnest(h.withheld) w (column_name) USING (column_name)
) c ON true;

COMMENT ON VIEW event_history IS 'Who changed what and when, a row for each column: ORDER BY history_id, column_name / 变更历史';
COMMENT ON COLUMN event_history.history_id IS 'The change';
COMMENT ON COLUMN event_history.at IS 'When';
COMMENT ON COLUMN event_history.by_role IS 'Database role that did it';
COMMENT ON COLUMN event_history.acting_id IS 'The party for which an application did it; NULL: for none';
COMMENT ON COLUMN event_history.acting IS 'Label of that party';
COMMENT ON COLUMN event_history.login_role IS 'Database role that logged in';
COMMENT ON COLUMN event_history.transaction_id IS 'Transaction: what has the same number was done together';
COMMENT ON COLUMN event_history.event_id IS 'The event; NULL: it is of none';
COMMENT ON COLUMN event_history.subject_code IS 'The table';
COMMENT ON COLUMN event_history.subject IS 'Label of the table';
COMMENT ON COLUMN event_history.row_key IS 'Primary key of the row; NULL: all rows';
COMMENT ON COLUMN event_history.row_label IS 'What the row is, as it is now; NULL: it is no more';
COMMENT ON COLUMN event_history.operation_code IS 'insert, update, delete or truncate';
COMMENT ON COLUMN event_history.column_name IS 'Column that changed; NULL: all rows were deleted';
COMMENT ON COLUMN event_history.before IS 'Value before; NULL: none, or withheld';
COMMENT ON COLUMN event_history.after IS 'Value after; NULL: none, or withheld';
COMMENT ON COLUMN event_history.is_withheld IS 'Whether the values are not recorded, since they may be about a person';

CREATE FUNCTION purge_history(older_than timestamptz DEFAULT NULL) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    days integer := (SELECT s.history_days FROM space s);
    deleted bigint;
BEGIN
    IF older_than > now() - days * interval '24 hours' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = salon.say('history cannot be deleted yet'),
            DETAIL = format(salon.say('It is kept for %s days.'), days),
            HINT = salon.say('Give an earlier time, or leave it out: all that is older than space.history_days.');
    END IF;
    DELETE FROM history h WHERE h.at < coalesce(older_than, now() - days * interval '24 hours');
    GET DIAGNOSTICS deleted = ROW_COUNT;
    RETURN deleted;
END
$$;

COMMENT ON FUNCTION purge_history(timestamptz) IS
'Delete the history that is older than a time, or than space.history_days; returns how many changes. Errors: 22023 younger than space.history_days / 清除旧的变更记录';

-- What has a history.  Counters that the database keeps are left out.
CREATE TRIGGER space_history AFTER INSERT OR UPDATE OR DELETE ON space
    FOR EACH ROW EXECUTE FUNCTION _history('is_one', 'version',
        'name_en name_zh time_zone currency host_cost_from host_cost_to history_days most_unknown_certificates');
CREATE TRIGGER event_history AFTER INSERT OR UPDATE OR DELETE ON event
    FOR EACH ROW EXECUTE FUNCTION _history('event_id', 'status_subject is_open is_off is_public took_place is_closed uid sequence revised_at',
        'series_id template_code status_code name_en name_zh introduction starts_at ends_at time_zone city_code venue_id planned_on_site planned_online actual_on_site on_site_basis actual_online online_basis equipment cancelled_reason archived_at');
CREATE TRIGGER follow_up_history AFTER INSERT OR UPDATE OR DELETE ON follow_up
    FOR EACH ROW EXECUTE FUNCTION _history('event_id', '', 'event_id plan');
CREATE TRIGGER remark_history AFTER INSERT OR UPDATE OR DELETE ON remark
    FOR EACH ROW EXECUTE FUNCTION _history('remark_id', '',
        'event_id event_party_id event_duty_id agreement_id commitment_id package_id cost_id audience_id post_id metric_id talk_id invitation_id survey_id supply_id demand_id party_id helper_id absence_id supplier_of_id channel_id segment_id');
CREATE TRIGGER event_party_history AFTER INSERT OR UPDATE OR DELETE ON event_party
    FOR EACH ROW EXECUTE FUNCTION _history('event_party_id', 'commitment_id', 'event_id party_id part_code');
CREATE TRIGGER session_history AFTER INSERT OR UPDATE OR DELETE ON session
    FOR EACH ROW EXECUTE FUNCTION _history('session_id', 'event_is_off during occupied room_changeover room_edition is_placed uid sequence revised_at',
        'event_id format_code title_en title_zh abstract track room_id starts_at ends_at changeover was_held external_id');
CREATE TRIGGER event_duty_history AFTER INSERT OR UPDATE OR DELETE ON event_duty
    FOR EACH ROW EXECUTE FUNCTION _history('event_duty_id', 'event_is_off is_on_site during hours status_subject value',
        'event_id duty_code shift_id party_id starts_at ends_at whole_event status_code');
CREATE TRIGGER event_item_history AFTER INSERT OR UPDATE OR DELETE ON event_item
    FOR EACH ROW EXECUTE FUNCTION _history('event_item_id', 'template_code template_item_code',
        'event_id item_code name_en name_zh phase_code party_id due_at waived_reason waived_by waived_at done_evidence done_by done_at');
CREATE TRIGGER supply_history AFTER INSERT OR UPDATE OR DELETE ON supply
    FOR EACH ROW EXECUTE FUNCTION _history('supply_id', 'is_used_up committed',
        'event_id party_id resource_code quantity valid_from valid_before city_code priority said_at_id');
CREATE TRIGGER demand_history AFTER INSERT OR UPDATE OR DELETE ON demand
    FOR EACH ROW EXECUTE FUNCTION _history('demand_id', 'serves_purpose',
        'event_id party_id resource_code quantity valid_from valid_before city_code priority purpose serves_id metric_kind metric said_at_id');
CREATE TRIGGER agreement_history AFTER INSERT OR UPDATE OR DELETE ON agreement
    FOR EACH ROW EXECUTE FUNCTION _history('agreement_id', 'status_subject event_is_off signer_id package_series_id package_event_id signed_edition created_at',
        'event_id series_id package_id party_id edition status_code sign_by signed_at');
CREATE TRIGGER commitment_history AFTER INSERT OR UPDATE OR DELETE ON commitment
    FOR EACH ROW EXECUTE FUNCTION _history('commitment_id', 'status_code event_is_off is_exclusive takes stands delivered is_done',
        'agreement_id event_id series_id giver_id taker_id kind resource_code what quantity hours amount planned_amount supply_id demand_id part_code value');
CREATE TRIGGER signature_history AFTER INSERT OR UPDATE OR DELETE ON signature
    FOR EACH ROW EXECUTE FUNCTION _history('signature_id', '', 'agreement_id party_id signed_at');
CREATE TRIGGER studio_history AFTER INSERT OR UPDATE OR DELETE ON studio
    FOR EACH ROW EXECUTE FUNCTION _history('party_id', 'party_kind school_kind', 'school_id founded_on closed_on said_at_id');
CREATE TRIGGER joint_project_history AFTER INSERT OR UPDATE OR DELETE ON joint_project
    FOR EACH ROW EXECUTE FUNCTION _history('joint_project_id', 'status_subject school_kind', 'event_id school_id kind name_en name_zh status_code lead_id starts_on due_on done_on url intake_id said_at_id');
CREATE TRIGGER task_card_history AFTER INSERT OR UPDATE OR DELETE ON task_card
    FOR EACH ROW EXECUTE FUNCTION _history('task_card_id', 'status_subject', 'party_id product_id status_code');
CREATE TRIGGER intake_history AFTER INSERT OR UPDATE OR DELETE ON intake
    FOR EACH ROW EXECUTE FUNCTION _history('intake_id', '', 'event_id name_en name_zh starts_on until apply_by rank_by answer_days');
CREATE TRIGGER opening_history AFTER INSERT OR UPDATE OR DELETE ON opening
    FOR EACH ROW EXECUTE FUNCTION _history('opening_id', 'party_kind taken', 'intake_id party_id task_card_id name_en name_zh city_code mentor_id quota');
CREATE TRIGGER applicant_history AFTER INSERT OR UPDATE OR DELETE ON applicant
    FOR EACH ROW EXECUTE FUNCTION _history('applicant_id', 'status_subject person_kind', 'intake_id person_id applied_at withdrawn_at status_code');
CREATE TRIGGER offer_history AFTER INSERT OR UPDATE OR DELETE ON offer
    FOR EACH ROW EXECUTE FUNCTION _history('offer_id', 'status_subject takes', 'intake_id opening_id applicant_id round status_code offered_at answer_by accepted_at declined_at hired_on');
CREATE TRIGGER introduction_history AFTER INSERT OR UPDATE OR DELETE ON introduction
    FOR EACH ROW EXECUTE FUNCTION _history('introduction_id', 'status_subject introducer_kind', 'introducer_id party_id to_id resource_code status_code said_on');
CREATE TRIGGER package_history AFTER INSERT OR UPDATE OR DELETE ON package
    FOR EACH ROW EXECUTE FUNCTION _history('package_id', 'claimed signed',
        'event_id series_id ordinal name_en name_zh benefits price edition quantity part_code closes_at sign_days');
CREATE TRIGGER delivery_history AFTER INSERT OR UPDATE OR DELETE ON delivery
    FOR EACH ROW EXECUTE FUNCTION _history('delivery_id', '',
        'commitment_id kind resource_code quantity hours amount basis delivered_at evidence');
CREATE TRIGGER cost_history AFTER INSERT OR UPDATE OR DELETE ON cost
    FOR EACH ROW EXECUTE FUNCTION _history('cost_id', '',
        'event_id cost_kind_code payer_id planned actual actual_basis paid_on commitment_id');
CREATE TRIGGER metric_history AFTER INSERT OR UPDATE OR DELETE ON metric
    FOR EACH ROW EXECUTE FUNCTION _history('metric_id', 'drives_kind',
        'event_id party_id series_id year kind drives_id demand_id ordinal name_en name_zh unit is_less_better target due_on actual actual_basis actual_bound fact outcome_kind_code');
CREATE TRIGGER outcome_history AFTER INSERT OR UPDATE OR DELETE ON outcome
    FOR EACH ROW EXECUTE FUNCTION _history('outcome_id', 'status_subject offer_id',
        'event_id outcome_kind_code party_id quantity found_on status_code');
CREATE TRIGGER talk_history AFTER INSERT OR UPDATE OR DELETE ON talk
    FOR EACH ROW EXECUTE FUNCTION _history('talk_id', 'event_is_off status_subject submitter_edition organization_kind submitted_at during edition',
        'event_id format_code title_en title_zh abstract minutes submitter_id organization_id status_code session_id');
CREATE TRIGGER invitation_history AFTER INSERT OR UPDATE OR DELETE ON invitation
    FOR EACH ROW EXECUTE FUNCTION _history('invitation_id', 'event_is_off is_void person_kind status_subject',
        'event_id person_id invited_by status_code invited_at confirmed_at travel_at arrived_at declined_at');
CREATE TRIGGER consent_history AFTER INSERT OR UPDATE OR DELETE ON consent
    FOR EACH ROW EXECUTE FUNCTION _history('consent_id', 'person_kind status_subject',
        'event_id person_id medium status_code said_on until entered_by');
CREATE TRIGGER certification_history AFTER INSERT OR UPDATE OR DELETE ON certification
    FOR EACH ROW EXECUTE FUNCTION _history('certification_id', 'organization_kind', 'organization_id name_en name_zh introduction website');
CREATE TRIGGER certification_level_history AFTER INSERT OR UPDATE OR DELETE ON certification_level
    FOR EACH ROW EXECUTE FUNCTION _history('certification_level_id', '',
        'certification_id level name_en name_zh valid_months minutes pass_rule pass_share most_attempts wait_days most_exposure');
CREATE TRIGGER certification_prerequisite_history AFTER INSERT OR UPDATE OR DELETE ON certification_prerequisite
    FOR EACH ROW EXECUTE FUNCTION _history('certification_prerequisite_id', '', 'certification_level_id required_id');
CREATE TRIGGER certificate_history AFTER INSERT OR UPDATE OR DELETE ON certificate
    FOR EACH ROW EXECUTE FUNCTION _history('certificate_id', 'number organization_kind person_kind',
        'certificate_kind_code certification_level_id organization_id person_id name_en name_zh issued_on expires_on is_holder_shown renews_id revoked_at attempt_id');
CREATE TRIGGER hackathon_history AFTER INSERT OR UPDATE OR DELETE ON hackathon
    FOR EACH ROW EXECUTE FUNCTION _history('event_id', '',
        'event_id kind difficulty focus times_a_year hours_a_person least_members most_members teams_close_at');
CREATE TRIGGER track_history AFTER INSERT OR UPDATE OR DELETE ON track
    FOR EACH ROW EXECUTE FUNCTION _history('track_id', '', 'event_id ordinal name_en name_zh is_set');
CREATE TRIGGER problem_history AFTER INSERT OR UPDATE OR DELETE ON problem
    FOR EACH ROW EXECUTE FUNCTION _history('problem_id', 'is_set', 'event_id track_id party_id commitment_id ordinal title_en title_zh url difficulty');
CREATE TRIGGER hackathon_round_history AFTER INSERT OR UPDATE OR DELETE ON hackathon_round
    FOR EACH ROW EXECUTE FUNCTION _history('hackathon_round_id', '',
        'event_id ordinal name_en name_zh kind opens_at closes_at grace_minutes judging_closes_at normalization trimmed advancing advancing_per ties advanced_at');
CREATE TRIGGER team_history AFTER INSERT OR UPDATE OR DELETE ON team
    FOR EACH ROW EXECUTE FUNCTION _history('team_id', 'event_is_off most_members status_subject person_kind members entered_at',
        'event_id status_code track_id problem_id captain_id coach_id');
CREATE TRIGGER team_member_history AFTER INSERT OR UPDATE OR DELETE ON team_member
    FOR EACH ROW EXECUTE FUNCTION _history('team_member_id', 'person_kind status_subject', 'event_id team_id person_id status_code joined_at');
CREATE TRIGGER round_team_history AFTER INSERT OR UPDATE OR DELETE ON round_team
    FOR EACH ROW EXECUTE FUNCTION _history('round_team_id', '', 'event_id hackathon_round_id team_id rank');
CREATE TRIGGER submission_history AFTER INSERT OR UPDATE OR DELETE ON submission
    FOR EACH ROW EXECUTE FUNCTION _history('submission_id', '', 'event_id hackathon_round_id team_id version submitted_at');
CREATE TRIGGER judge_history AFTER INSERT OR UPDATE OR DELETE ON judge
    FOR EACH ROW EXECUTE FUNCTION _history('judge_id', 'person_kind', 'event_id person_id most_works');
CREATE TRIGGER criterion_history AFTER INSERT OR UPDATE OR DELETE ON criterion
    FOR EACH ROW EXECUTE FUNCTION _history('criterion_id', '', 'hackathon_round_id ordinal name_en name_zh weight most');
CREATE TRIGGER judging_history AFTER INSERT OR UPDATE OR DELETE ON judging
    FOR EACH ROW EXECUTE FUNCTION _history('judging_id', 'assigned_at', 'event_id hackathon_round_id team_id judge_id');
CREATE TRIGGER score_history AFTER INSERT OR UPDATE OR DELETE ON score
    FOR EACH ROW EXECUTE FUNCTION _history('score_id', 'hackathon_round_id most scored_at', 'event_id judging_id criterion_id points');
CREATE TRIGGER comparison_history AFTER INSERT OR UPDATE OR DELETE ON comparison
    FOR EACH ROW EXECUTE FUNCTION _history('comparison_id', 'compared_at', 'event_id hackathon_round_id judge_id preferred_id other_id');
CREATE TRIGGER award_history AFTER INSERT OR UPDATE OR DELETE ON award
    FOR EACH ROW EXECUTE FUNCTION _history('award_id', 'given',
        'event_id ordinal name_en name_zh kind track_id problem_id quantity amount resource_code party_id commitment_id');
CREATE TRIGGER award_winner_history AFTER INSERT OR UPDATE OR DELETE ON award_winner
    FOR EACH ROW EXECUTE FUNCTION _history('award_winner_id', 'kind person_kind', 'event_id award_id team_id person_id delivery_id given_at');
CREATE TRIGGER contribution_history AFTER INSERT OR UPDATE OR DELETE ON contribution
    FOR EACH ROW EXECUTE FUNCTION _history('contribution_id', 'status_subject',
        'event_id party_id contribution_kind_code product_id quantity contributed_on status_code accepted_by accepted_at points');
CREATE TRIGGER exam_tag_history AFTER INSERT OR UPDATE OR DELETE ON exam_tag
    FOR EACH ROW EXECUTE FUNCTION _history('exam_tag_id', '', 'certification_level_id name_en name_zh');
-- of questions and right answers it says who changed them, and not how they are
CREATE TRIGGER exam_question_history AFTER INSERT OR UPDATE OR DELETE ON exam_question
    FOR EACH ROW EXECUTE FUNCTION _history('exam_question_id', '', 'certification_level_id kind difficulty points version revises_id retired_at');
CREATE TRIGGER exam_option_history AFTER INSERT OR UPDATE OR DELETE ON exam_option
    FOR EACH ROW EXECUTE FUNCTION _history('exam_option_id', 'kind', 'exam_question_id');
CREATE TRIGGER exam_key_history AFTER INSERT OR UPDATE OR DELETE ON exam_key
    FOR EACH ROW EXECUTE FUNCTION _history('exam_key_id', 'kind', 'exam_question_id');
CREATE TRIGGER exam_question_tag_history AFTER INSERT OR UPDATE OR DELETE ON exam_question_tag
    FOR EACH ROW EXECUTE FUNCTION _history('exam_question_tag_id', 'certification_level_id', 'exam_question_id exam_tag_id');
CREATE TRIGGER blueprint_history AFTER INSERT OR UPDATE OR DELETE ON blueprint
    FOR EACH ROW EXECUTE FUNCTION _history('blueprint_id', '', 'certification_level_id exam_tag_id difficulty quantity');
CREATE TRIGGER paper_history AFTER INSERT OR UPDATE OR DELETE ON paper
    FOR EACH ROW EXECUTE FUNCTION _history('paper_id', 'person_kind drawn_at', 'certification_level_id person_id seed');
CREATE TRIGGER attempt_history AFTER INSERT OR UPDATE OR DELETE ON attempt
    FOR EACH ROW EXECUTE FUNCTION _history('attempt_id', 'answered_at during',
        'paper_id person_id certification_level_id sitting begun_at ends_at submitted_at');
CREATE TRIGGER attempt_result_history AFTER INSERT OR UPDATE OR DELETE ON attempt_result
    FOR EACH ROW EXECUTE FUNCTION _history('attempt_id', 'is_passed', 'most pass_mark earned');
CREATE TRIGGER attempt_answer_history AFTER INSERT OR UPDATE OR DELETE ON attempt_answer
    FOR EACH ROW EXECUTE FUNCTION _history('attempt_answer_id', 'exam_question_id kind', 'attempt_id paper_question_id');
CREATE TRIGGER course_history AFTER INSERT OR UPDATE OR DELETE ON course
    FOR EACH ROW EXECUTE FUNCTION _history('course_id', '',
        'certification_level_id kind ordinal name_en name_zh version url image product_id hours is_required retired_on');
CREATE TRIGGER tutor_history AFTER INSERT OR UPDATE OR DELETE ON tutor
    FOR EACH ROW EXECUTE FUNCTION _history('tutor_id', 'person_kind learners', 'course_id person_id most_learners');
CREATE TRIGGER course_progress_history AFTER INSERT OR UPDATE OR DELETE ON course_progress
    FOR EACH ROW EXECUTE FUNCTION _history('course_progress_id', 'person_kind status_subject',
        'course_id person_id tutor_id status_code enrolled_on completed_on');
