-- The checklist of an event: a query over the facts.  Each item names a rule;
-- the rule says from the tables what is there and what is missing.

CREATE TABLE phase (
    phase_code  text PRIMARY KEY
                CONSTRAINT phase_code_is_ascii CHECK (phase_code ~ '^[a-z][a-z0-9_]*$'),
    ordinal     smallint NOT NULL DEFAULT 100,
    name_en     text,
    name_zh     text,
    until_held  boolean NOT NULL DEFAULT false,
    shipped     boolean NOT NULL DEFAULT false,
    CONSTRAINT phase_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0)
);

COMMENT ON TABLE phase IS 'Phases of an event: the checklist is grouped by them / 阶段';
COMMENT ON COLUMN phase.phase_code IS 'Short code, such as prepare';
COMMENT ON COLUMN phase.ordinal IS 'Order in lists';
COMMENT ON COLUMN phase.name_en IS 'English name';
COMMENT ON COLUMN phase.name_zh IS 'Chinese name';
COMMENT ON COLUMN phase.until_held IS 'Whether its items are needed only until the event is held';
COMMENT ON COLUMN phase.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT phase_code_is_ascii ON phase IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT phase_has_a_name ON phase IS 'Give an English or a Chinese name';

CREATE TRIGGER phase_edited BEFORE UPDATE ON phase
    FOR EACH ROW EXECUTE FUNCTION _edited();

CREATE TABLE checklist_rule (
    rule_code  text PRIMARY KEY
               CONSTRAINT checklist_rule_code_is_ascii CHECK (rule_code ~ '^[a-z][a-z0-9_]*$'),
    name_en    text NOT NULL,
    name_zh    text NOT NULL,
    argument   text,
    shipped    boolean NOT NULL DEFAULT false
);

COMMENT ON TABLE checklist_rule IS 'Rules that view checklist knows: an item of your own may use any of them / 检查规则';
COMMENT ON COLUMN checklist_rule.rule_code IS 'Code that an item names';
COMMENT ON COLUMN checklist_rule.name_en IS 'When an item with this rule is done, in English';
COMMENT ON COLUMN checklist_rule.name_zh IS 'When an item with this rule is done, in Chinese';
COMMENT ON COLUMN checklist_rule.argument IS 'What the argument of the item means; NULL: it has none';
COMMENT ON COLUMN checklist_rule.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT checklist_rule_code_is_ascii ON checklist_rule IS 'A code is lower-case letters, digits and underscores';

CREATE TRIGGER checklist_rule_edited BEFORE UPDATE ON checklist_rule
    FOR EACH ROW EXECUTE FUNCTION _edited();

CREATE TABLE checklist_item (
    item_code      text PRIMARY KEY
                   CONSTRAINT checklist_item_code_is_ascii CHECK (item_code ~ '^[A-Za-z][A-Za-z0-9_]*$'),
    template_code  text NOT NULL REFERENCES template,
    ordinal        smallint NOT NULL DEFAULT 100,
    phase_code     text NOT NULL REFERENCES phase,
    name_en        text,
    name_zh        text,
    rule_code      text REFERENCES checklist_rule,
    argument       text,
    part_code      text GENERATED ALWAYS AS (CASE WHEN rule_code IN ('part', 'logo') THEN argument END) STORED REFERENCES part,
    link_kind_code   text GENERATED ALWAYS AS (CASE WHEN rule_code = 'link' THEN argument END) STORED REFERENCES link_kind,
    asset_kind_code  text GENERATED ALWAYS AS (CASE WHEN rule_code = 'asset' THEN argument END) STORED REFERENCES asset_kind,
    needed_when    text NOT NULL DEFAULT 'always'
                   CONSTRAINT checklist_item_needed_when_is_known CHECK (needed_when IN ('always', 'on_site', 'online')),
    due_anchor     text NOT NULL DEFAULT 'start'
                   CONSTRAINT checklist_item_due_anchor_is_known CHECK (due_anchor IN ('start', 'end')),
    due_offset     interval,
    duty_code      text REFERENCES duty,
    shipped        boolean NOT NULL DEFAULT false,
    lasts          interval CONSTRAINT checklist_item_lasts_is_not_negative CHECK (lasts >= interval '0'),
    not_before     text CONSTRAINT checklist_item_not_before_is_known CHECK (not_before IN ('start', 'end')),
    UNIQUE (item_code, template_code),
    CONSTRAINT checklist_item_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT checklist_item_argument_fits_the_rule CHECK (
        CASE WHEN rule_code IN ('part', 'logo', 'link', 'asset') THEN argument IS NOT NULL
             WHEN rule_code = 'headcount' THEN argument IS NOT NULL AND argument IN ('on_site', 'online')
             ELSE argument IS NULL END)
);
CREATE INDEX checklist_item_part_code_idx ON checklist_item (part_code);
CREATE INDEX checklist_item_link_kind_code_idx ON checklist_item (link_kind_code);
CREATE INDEX checklist_item_asset_kind_code_idx ON checklist_item (asset_kind_code);
CREATE INDEX checklist_item_template_code_idx ON checklist_item (template_code);
CREATE INDEX checklist_item_phase_code_idx ON checklist_item (phase_code);
CREATE INDEX checklist_item_rule_code_idx ON checklist_item (rule_code);
CREATE INDEX checklist_item_duty_code_idx ON checklist_item (duty_code);

COMMENT ON TABLE checklist_item IS 'Items of the checklist of a template: the 28 of C1-C28, and the community''s own / 检查项';
COMMENT ON COLUMN checklist_item.item_code IS 'Short code: C1 ... C28 for the shipped ones';
COMMENT ON COLUMN checklist_item.template_code IS 'Template whose events have the item';
COMMENT ON COLUMN checklist_item.ordinal IS 'Order in lists';
COMMENT ON COLUMN checklist_item.phase_code IS 'Phase';
COMMENT ON COLUMN checklist_item.name_en IS 'English name';
COMMENT ON COLUMN checklist_item.name_zh IS 'Chinese name, as in the source';
COMMENT ON COLUMN checklist_item.rule_code IS 'Rule that decides it from the facts; NULL: a person says that it is done, with evidence';
COMMENT ON COLUMN checklist_item.argument IS 'What the rule looks for, such as the kind of asset: see checklist_rule';
COMMENT ON COLUMN checklist_item.part_code IS 'The argument, where it is a part: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.link_kind_code IS 'The argument, where it is a kind of link: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.asset_kind_code IS 'The argument, where it is a kind of asset: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.needed_when IS 'always; on_site: not when no headcount on site is planned (0); online: not when none online is planned (0)';
COMMENT ON COLUMN checklist_item.due_anchor IS 'Whether due_offset counts from the start or the end of the event';
COMMENT ON COLUMN checklist_item.due_offset IS 'When it is due, such as -14 days; NULL: at no time';
COMMENT ON COLUMN checklist_item.duty_code IS 'Duty whose holder owns it; NULL: nobody in particular';
COMMENT ON COLUMN checklist_item.shipped IS 'True: came with the extension and was not edited';
COMMENT ON COLUMN checklist_item.lasts IS 'How long it is expected to take once it can begin; NULL: not known';
COMMENT ON COLUMN checklist_item.not_before IS 'start: it cannot begin before the event does, such as photos; end: not before the event is over; NULL: any time';
COMMENT ON CONSTRAINT checklist_item_code_is_ascii ON checklist_item IS 'A code is letters, digits and underscores';
COMMENT ON CONSTRAINT checklist_item_needed_when_is_known ON checklist_item IS 'needed_when is always, on_site or online';
COMMENT ON CONSTRAINT checklist_item_due_anchor_is_known ON checklist_item IS 'due_anchor is start or end';
COMMENT ON CONSTRAINT checklist_item_lasts_is_not_negative ON checklist_item IS 'A duration is zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT checklist_item_not_before_is_known ON checklist_item IS 'not_before is start or end; leave it NULL when the item can begin at any time';
COMMENT ON CONSTRAINT checklist_item_has_a_name ON checklist_item IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT checklist_item_argument_fits_the_rule ON checklist_item IS 'Column argument of checklist_rule says what the rule wants: give that, or nothing where it is NULL';

CREATE TRIGGER checklist_item_edited BEFORE UPDATE ON checklist_item
    FOR EACH ROW EXECUTE FUNCTION _edited();

CREATE TABLE event_item (
    event_item_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id       bigint NOT NULL REFERENCES event ON DELETE CASCADE,
    item_code      text NOT NULL REFERENCES checklist_item,
    party_id       bigint REFERENCES party,
    due_at         timestamptz,
    waived_reason  text CONSTRAINT event_item_waived_reason_is_a_text CHECK (waived_reason ~ '[^[:space:]]'),
    waived_by      text,
    waived_at      timestamptz,
    done_evidence  text CONSTRAINT event_item_done_evidence_is_a_text CHECK (done_evidence ~ '[^[:space:]]'),
    done_by        text,
    done_at        timestamptz,
    UNIQUE (event_id, item_code),
    CONSTRAINT event_item_waiver_is_whole CHECK (num_nulls(waived_reason, waived_by, waived_at) IN (0, 3)),
    CONSTRAINT event_item_done_is_whole CHECK (num_nulls(done_evidence, done_by, done_at) IN (0, 3))
);
CREATE INDEX event_item_item_code_idx ON event_item (item_code);
CREATE INDEX event_item_party_id_idx ON event_item (party_id);

COMMENT ON TABLE event_item IS 'What people said of an item at an event: its owner, another due date, a waiver, the evidence for an item without a rule / 检查项记录';
COMMENT ON COLUMN event_item.event_item_id IS 'Key';
COMMENT ON COLUMN event_item.event_id IS 'The event';
COMMENT ON COLUMN event_item.item_code IS 'The item';
COMMENT ON COLUMN event_item.party_id IS 'Who owns it; NULL: whoever has the duty';
COMMENT ON COLUMN event_item.due_at IS 'When it is due; NULL: as the item says';
COMMENT ON COLUMN event_item.waived_reason IS 'Why it is waived; NULL: it is not';
COMMENT ON COLUMN event_item.waived_by IS 'Database role that waived it: filled in';
COMMENT ON COLUMN event_item.waived_at IS 'When it was waived: filled in';
COMMENT ON COLUMN event_item.done_evidence IS 'What shows that it is done; only for an item without a rule';
COMMENT ON COLUMN event_item.done_by IS 'Database role that said so: filled in';
COMMENT ON COLUMN event_item.done_at IS 'When it was said: filled in';
COMMENT ON CONSTRAINT event_item_waived_reason_is_a_text ON event_item IS 'A waiver needs a reason';
COMMENT ON CONSTRAINT event_item_done_evidence_is_a_text ON event_item IS 'Say what shows that it is done';
COMMENT ON CONSTRAINT event_item_waiver_is_whole ON event_item IS 'Set waived_reason only: who and when are filled in';
COMMENT ON CONSTRAINT event_item_done_is_whole ON event_item IS 'Set done_evidence only: who and when are filled in';

CREATE FUNCTION _event_item_said() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    item checklist_item;
    event_template text := (SELECT e.template_code FROM event e WHERE e.event_id = NEW.event_id);
BEGIN
    SELECT * INTO item FROM checklist_item i WHERE i.item_code = NEW.item_code;
    IF item.template_code <> event_template THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('event %s has no item "%s"', NEW.event_id, NEW.item_code),
            DETAIL = format('The item belongs to template "%s", the event to template "%s".',
                            item.template_code, event_template),
            HINT = format('SELECT item_code FROM checklist WHERE event_id = %s shows its items.', NEW.event_id),
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = 'item_code', CONSTRAINT = 'event_item_is_of_the_template';
    END IF;
    IF NEW.done_evidence IS NOT NULL AND item.rule_code IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format('item "%s" is decided by the facts', NEW.item_code),
            DETAIL = (SELECT format('It is done when: %s.', r.name_en)
                      FROM checklist_rule r WHERE r.rule_code = item.rule_code),
            HINT = 'Enter what column "missing" of checklist names, or waive the item with a reason.',
            SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
            COLUMN = 'done_evidence', CONSTRAINT = 'event_item_is_not_ticked';
    END IF;

    IF TG_OP = 'INSERT' OR NEW.waived_reason IS DISTINCT FROM OLD.waived_reason THEN
        NEW.waived_by := CASE WHEN NEW.waived_reason IS NOT NULL THEN current_user END;
        NEW.waived_at := CASE WHEN NEW.waived_reason IS NOT NULL THEN now() END;
    ELSE
        NEW.waived_by := OLD.waived_by;
        NEW.waived_at := OLD.waived_at;
    END IF;
    IF TG_OP = 'INSERT' OR NEW.done_evidence IS DISTINCT FROM OLD.done_evidence THEN
        NEW.done_by := CASE WHEN NEW.done_evidence IS NOT NULL THEN current_user END;
        NEW.done_at := CASE WHEN NEW.done_evidence IS NOT NULL THEN now() END;
    ELSE
        NEW.done_by := OLD.done_by;
        NEW.done_at := OLD.done_at;
    END IF;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _event_item_said() IS
'Trigger of event_item: notes who waived an item and when; refuses with 23514 to tick what the facts decide, and items of another template';

CREATE TRIGGER event_item_said BEFORE INSERT OR UPDATE ON event_item
    FOR EACH ROW EXECUTE FUNCTION _event_item_said();

-- A list short enough to read.
CREATE FUNCTION _brief(items text[]) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN cardinality(items) <= 4 THEN array_to_string(items, salon.label(', ', '、'))
            ELSE array_to_string(items[1:3], salon.label(', ', '、'))
                 || salon.label(' and ', '等另外') || (cardinality(items) - 3)
                 || salon.label(' more', '项') END;

COMMENT ON FUNCTION _brief(text[]) IS
'The items as a list; the first three and a count where they are more than four';

-- What the facts say of each item at each event: one branch a rule, of which
-- only that of the item runs.  Everything hangs on event_id, so that one
-- event costs the same however many there are.
CREATE VIEW _checklist_fact WITH (security_invoker) AS
SELECT e.event_id, i.item_code, f.evidence,
       CASE WHEN f.is_known IS NULL THEN salon.label('a rule that checklist knows: ', '可用的检查规则: ') || i.rule_code
            ELSE f.missing END AS missing
FROM event e
JOIN checklist_item i USING (template_code)
LEFT JOIN LATERAL (
    SELECT x.name AS evidence,
           CASE WHEN x.name IS NULL THEN salon.label('a theme', '会议主题') END AS missing,
           true AS is_known
    FROM (SELECT salon.label(nullif(btrim(e.name_en), ''), nullif(btrim(e.name_zh), '')) AS name) x
    WHERE i.rule_code = 'name'

    UNION ALL
    SELECT x.found,
           CASE WHEN x.found IS NULL THEN salon.label('an introduction, or a link to the event page', '会议简介或活动页面链接') END,
           true
    FROM (SELECT coalesce(
              CASE WHEN length(btrim(e.introduction)) > 60 THEN left(btrim(e.introduction), 60) || '…'
                   ELSE nullif(btrim(e.introduction), '') END,
              (SELECT min(l.url) FROM link l WHERE l.event_id = e.event_id AND l.link_kind_code = 'page')) AS found) x
    WHERE i.rule_code = 'introduction'

    UNION ALL
    SELECT _brief(x.parties),
           CASE WHEN x.parties IS NULL
                THEN (SELECT salon.label('a ', '') || salon.label(p.name_en, p.name_zh, p.part_code)
                      FROM part p WHERE p.part_code = i.argument) END,
           true
    FROM (SELECT array_agg(party_label(ep.party_id) ORDER BY ep.event_party_id) AS parties
          FROM event_party ep
          WHERE ep.event_id = e.event_id AND ep.part_code = i.argument) x
    WHERE i.rule_code = 'part'

    UNION ALL
    SELECT nullif(concat_ws(', ',
                            salon.label('planned ', '计划 ') || x.planned,
                            salon.label('actual ', '实际 ') || x.actual || ' ('
                            || CASE x.basis WHEN 'measured' THEN salon.label('measured', '实测')
                                            ELSE salon.label('claimed', '声称') END || ')'), ''),
           CASE WHEN x.planned IS NULL AND x.actual IS NULL THEN x.what END,
           true
    FROM (SELECT e.planned_on_site AS planned, e.actual_on_site AS actual, e.on_site_basis AS basis,
                 salon.label('the planned headcount on site', '计划线下人数') AS what
          WHERE i.argument = 'on_site'
          UNION ALL
          SELECT e.planned_online, e.actual_online, e.online_basis,
                 salon.label('the planned headcount online', '计划线上人数')
          WHERE i.argument = 'online') x
    WHERE i.rule_code = 'headcount'

    UNION ALL
    SELECT _brief(x.links),
           CASE WHEN x.links IS NULL
                THEN (SELECT salon.label('a link: ', '链接: ') || salon.label(k.name_en, k.name_zh, k.link_kind_code)
                      FROM link_kind k WHERE k.link_kind_code = i.argument) END,
           true
    FROM (SELECT array_agg(concat_ws(' ', l.name, l.url) ORDER BY l.link_id) AS links
          FROM link l
          WHERE l.event_id = e.event_id AND l.link_kind_code = i.argument) x
    WHERE i.rule_code = 'link'

    UNION ALL
    SELECT to_char(e.starts_at AT TIME ZONE e.time_zone, 'YYYY-MM-DD HH24:MI') || ' – '
           || to_char(e.ends_at AT TIME ZONE e.time_zone, 'YYYY-MM-DD HH24:MI') || ' ' || e.time_zone,
           CASE WHEN e.starts_at IS NULL THEN salon.label('start and end', '开始和结束时间') END,
           true
    WHERE i.rule_code = 'time'

    UNION ALL
    SELECT nullif(concat_ws(', ', x.city, x.venue), ''),
           CASE WHEN x.city IS NULL OR x.venue IS NULL
                THEN concat_ws(salon.label(', ', '、'),
                               CASE WHEN x.city IS NULL THEN salon.label('the city', '城市') END,
                               CASE WHEN x.venue IS NULL THEN salon.label('the venue', '场地') END) END,
           true
    FROM (SELECT (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c
                  WHERE c.city_code = coalesce(e.city_code, (SELECT v.city_code FROM venue v WHERE v.venue_id = e.venue_id))) AS city,
                 (SELECT v.name FROM venue v WHERE v.venue_id = e.venue_id) AS venue) x
    WHERE i.rule_code = 'place'

    UNION ALL
    SELECT CASE WHEN x.sessions > 0 THEN x.sessions || salon.label(' sessions', ' 个环节') END,
           CASE WHEN x.sessions = 0 THEN salon.label('sessions', '议程环节')
                ELSE nullif(concat_ws('; ',
                    salon.label('a required part: ', '必需环节: ')
                        || (SELECT string_agg(a.missing, salon.label(' and ', '及') ORDER BY a.ordinal, a.format_code)
                            FROM agenda_part a WHERE a.event_id = e.event_id),
                    salon.label('without a time: ', '没有时间: ') || _brief(x.unscheduled),
                    salon.label('without a room: ', '没有会议室: ') || _brief(x.without_room),
                    salon.label('without a speaker: ', '没有讲师: ') || _brief(x.without_speaker),
                    salon.label('outside the event: ', '在活动时间之外: ') || _brief(x.outside),
                    salon.label('a gap at ', '空档: ') || _brief(x.gaps)), '') END,
           true
    FROM (
        SELECT count(*) AS sessions,
               array_agg(s.name ORDER BY s.session_id) FILTER (WHERE isempty(s.during)) AS unscheduled,
               array_agg(s.name ORDER BY s.session_id)
                   FILTER (WHERE s.room_id IS NULL AND s.has_speakers AND e.planned_on_site IS DISTINCT FROM 0) AS without_room,
               array_agg(s.name ORDER BY s.session_id) FILTER (WHERE s.has_speakers AND NOT s.is_spoken) AS without_speaker,
               array_agg(s.name ORDER BY s.session_id)
                   FILTER (WHERE NOT s.during <@ tstzrange(e.starts_at, e.ends_at)) AS outside,
               (SELECT array_agg(to_char(lower(g) AT TIME ZONE e.time_zone, 'HH24:MI') || '–'
                                 || to_char(upper(g) AT TIME ZONE e.time_zone, 'HH24:MI') ORDER BY g)
                FROM unnest(tstzmultirange(tstzrange(min(s.starts_at), max(s.ends_at)))
                            - range_agg(s.occupied) FILTER (WHERE NOT isempty(s.occupied))) g) AS gaps
        FROM (SELECT s.session_id, s.room_id, s.during, s.occupied, s.starts_at, s.ends_at, m.has_speakers,
                     salon.label(s.title_en, s.title_zh, salon.label(m.name_en, m.name_zh, m.format_code)) AS name,
                     EXISTS (SELECT FROM speaker k WHERE k.session_id = s.session_id) AS is_spoken
              FROM session s
              JOIN session_format m USING (format_code)
              WHERE s.event_id = e.event_id) s
    ) x
    WHERE i.rule_code = 'agenda'

    UNION ALL
    SELECT _brief(x.notices),
           CASE WHEN x.notices IS NULL THEN salon.label('a notice to attendees', '参会注意事项') END,
           true
    FROM (SELECT array_agg(salon.label(n.text_en, n.text_zh) ORDER BY n.ordinal) AS notices
          FROM notice n
          WHERE n.event_id = e.event_id) x
    WHERE i.rule_code = 'notice'

    UNION ALL
    SELECT CASE WHEN x.filled > 0
                THEN x.filled || salon.label(' of ', '/') || x.duties || salon.label(' duties have somebody', ' 项有人负责') END,
           CASE WHEN x.duties = 0 THEN salon.label('duties', '会务分工')
                ELSE nullif(concat_ws('; ', salon.label('nobody for: ', '无人负责: ') || _brief(x.gaps),
                                            salon.label('too few for: ', '人手不足: ') || _brief(x.short)), '') END,
           true
    FROM (
        SELECT count(*) AS duties, count(*) FILTER (WHERE d.confirmed > 0) AS filled,
               array_agg(d.name ORDER BY d.ordinal, d.duty_code) FILTER (WHERE d.missing > 0 AND d.confirmed = 0) AS gaps,
               array_agg(d.name || ' (' || d.confirmed || salon.label(' of ', '/') || d.confirmed + d.missing || ')' ORDER BY d.ordinal, d.duty_code)
                   FILTER (WHERE d.missing > 0 AND d.confirmed > 0) AS short
        FROM (SELECT d.duty_code, d.ordinal, salon.label(d.name_en, d.name_zh, d.duty_code) AS name,
                     sum(n.confirmed) AS confirmed, sum(greatest(s.minimum - n.confirmed, 0)) AS missing
              FROM shift s
              JOIN duty d USING (duty_code)
              CROSS JOIN LATERAL (SELECT count(*) AS confirmed FROM event_duty ed
                                  WHERE ed.shift_id = s.shift_id AND ed.status_code = 'confirmed') n
              WHERE s.event_id = e.event_id
              GROUP BY d.duty_code
              HAVING sum(n.confirmed) > 0 OR sum(s.minimum) > 0) d
    ) x
    WHERE i.rule_code = 'duty'

    UNION ALL
    SELECT _brief(x.found),
           salon.label('a QR target: ', '二维码目标: ') || _brief(x.lacking),
           true
    FROM (
        SELECT array_agg(k.name ORDER BY k.link_kind_code DESC) FILTER (WHERE k.is_there) AS found,
               array_agg(k.name ORDER BY k.link_kind_code DESC) FILTER (WHERE NOT k.is_there) AS lacking
        FROM (SELECT k.link_kind_code, salon.label(k.name_en, k.name_zh, k.link_kind_code) AS name,
                     EXISTS (SELECT FROM link l
                             WHERE l.event_id = e.event_id AND l.link_kind_code = k.link_kind_code AND l.is_qr_target) AS is_there
              FROM link_kind k
              WHERE k.link_kind_code = 'group'
                 OR (k.link_kind_code = 'live' AND e.planned_online IS DISTINCT FROM 0)) k
    ) x
    WHERE i.rule_code = 'qr'

    UNION ALL
    SELECT CASE WHEN x.speakers > 0
                THEN x.speakers || salon.label(' speakers, ', ' 位讲师, ') || x.sessions || salon.label(' sessions', ' 个议题') END,
           CASE WHEN x.speakers = 0 THEN salon.label('speakers', '讲师')
                ELSE nullif(concat_ws('; ',
                    salon.label('introduction of: ', '讲师简介: ') || _brief(x.unknown_speakers),
                    salon.label('abstract of: ', '议题简介: ') || _brief(x.without_abstract)), '') END,
           true
    FROM (
        SELECT count(DISTINCT k.person_id) AS speakers, count(DISTINCT s.session_id) AS sessions,
               array_agg(DISTINCT party_label(p.party_id)) FILTER (WHERE nullif(btrim(p.introduction), '') IS NULL) AS unknown_speakers,
               array_agg(DISTINCT salon.label(s.title_en, s.title_zh, salon.label(m.name_en, m.name_zh, m.format_code)))
                   FILTER (WHERE nullif(btrim(s.abstract), '') IS NULL) AS without_abstract
        FROM session s
        JOIN session_format m USING (format_code)
        JOIN speaker k USING (session_id)
        JOIN party p ON p.party_id = k.person_id
        WHERE s.event_id = e.event_id
    ) x
    WHERE i.rule_code = 'speaker_introduction'

    UNION ALL
    SELECT CASE WHEN x.shown > 0 THEN x.shown || salon.label(' of ', '/') || x.speakers || salon.label(' speakers', ' 位讲师') END,
           CASE WHEN x.speakers = 0 THEN salon.label('speakers', '讲师')
                ELSE salon.label('photo of: ', '照片: ') || _brief(x.lacking) END,
           true
    FROM (
        SELECT count(*) AS speakers, count(*) FILTER (WHERE k.is_shown) AS shown,
               array_agg(party_label(k.person_id) ORDER BY k.person_id) FILTER (WHERE NOT k.is_shown) AS lacking
        FROM (SELECT DISTINCT k.person_id,
                     EXISTS (SELECT FROM asset a
                             WHERE a.party_id = k.person_id AND a.asset_kind_code = 'photo'
                               AND a.state IN ('ready', 'published')) AS is_shown
              FROM session s
              JOIN speaker k USING (session_id)
              WHERE s.event_id = e.event_id) k
    ) x
    WHERE i.rule_code = 'speaker_photo'

    UNION ALL
    SELECT _brief(x.shown),
           CASE WHEN x.parties = 0
                THEN (SELECT salon.label('a ', '') || salon.label(p.name_en, p.name_zh, p.part_code)
                      FROM part p WHERE p.part_code = i.argument)
                ELSE salon.label('logo of: ', 'LOGO: ') || _brief(x.lacking) END,
           true
    FROM (
        SELECT count(*) AS parties,
               array_agg(party_label(p.party_id) ORDER BY p.party_id) FILTER (WHERE p.has_logo) AS shown,
               array_agg(party_label(p.party_id) ORDER BY p.party_id) FILTER (WHERE NOT p.has_logo) AS lacking
        FROM (SELECT DISTINCT ep.party_id,
                     EXISTS (SELECT FROM asset a
                             WHERE a.party_id = ep.party_id AND a.asset_kind_code = 'logo'
                               AND a.state IN ('ready', 'published')) AS has_logo
              FROM event_party ep
              JOIN part t USING (part_code)
              WHERE ep.event_id = e.event_id
                AND CASE WHEN i.argument = 'sponsor' THEN t.is_sponsor ELSE t.part_code = i.argument END) p
    ) x
    WHERE i.rule_code = 'logo'

    UNION ALL
    SELECT CASE WHEN x.ready > 0 THEN x.ready || salon.label(' ready', ' 份已就绪') || coalesce(' ' || x.url, '') END,
           CASE WHEN x.ready = 0
                THEN (SELECT salon.label('a finished ', '已完成的') || salon.label(k.name_en, k.name_zh, k.asset_kind_code)
                      FROM asset_kind k WHERE k.asset_kind_code = i.argument) END,
           true
    FROM (SELECT count(*) AS ready, min(a.url) AS url
          FROM asset a
          WHERE a.event_id = e.event_id AND a.asset_kind_code = i.argument AND a.state IN ('ready', 'published')) x
    WHERE i.rule_code = 'asset'

    UNION ALL
    SELECT nullif(concat_ws(salon.label(', ', '、'),
                            x.photos || salon.label(' photos', ' 张照片'), x.videos || salon.label(' videos', ' 个视频')), ''),
           nullif(concat_ws('; ',
               CASE WHEN x.photos IS NULL THEN salon.label('photos, landscape', '横屏照片') END,
               CASE WHEN x.videos IS NULL THEN salon.label('a video, landscape', '横屏视频') END,
               salon.label('photo of: ', '讲师现场照片: ') || _brief(x.unseen)), ''),
           true
    FROM (
        SELECT nullif((SELECT count(*) FROM asset a
                       WHERE a.event_id = e.event_id AND a.asset_kind_code = 'photo'
                         AND a.state IN ('ready', 'published') AND a.orientation IS DISTINCT FROM 'portrait'), 0) AS photos,
               nullif((SELECT count(*) FROM asset a
                       WHERE a.event_id = e.event_id AND a.asset_kind_code IN ('video', 'short_video')
                         AND a.state IN ('ready', 'published') AND a.orientation IS DISTINCT FROM 'portrait'), 0) AS videos,
               (SELECT array_agg(DISTINCT party_label(k.person_id))
                FROM session s
                JOIN speaker k USING (session_id)
                WHERE s.event_id = e.event_id
                  AND NOT EXISTS (SELECT FROM asset a
                                  WHERE a.event_id = e.event_id AND a.party_id = k.person_id
                                    AND a.asset_kind_code IN ('photo', 'video', 'short_video')
                                    AND a.state IN ('ready', 'published'))) AS unseen
    ) x
    WHERE i.rule_code = 'event_media'

    UNION ALL
    SELECT CASE WHEN x.there > 0 THEN x.there || salon.label(' of ', '/') || x.talks || salon.label(' talks', ' 个议题') END,
           CASE WHEN x.talks = 0 THEN salon.label('talks', '议题')
                ELSE salon.label('slides of: ', 'PPT: ') || _brief(x.lacking) END,
           true
    FROM (
        SELECT count(*) AS talks, count(*) FILTER (WHERE s.has_slides) AS there,
               array_agg(s.name ORDER BY s.session_id) FILTER (WHERE NOT s.has_slides) AS lacking
        FROM (SELECT s.session_id, salon.label(s.title_en, s.title_zh, salon.label(m.name_en, m.name_zh, m.format_code)) AS name,
                     EXISTS (SELECT FROM asset a
                             WHERE a.session_id = s.session_id AND a.asset_kind_code = 'slides'
                               AND a.state IN ('ready', 'published')) AS has_slides
              FROM session s
              JOIN session_format m USING (format_code)
              WHERE s.event_id = e.event_id
                AND EXISTS (SELECT FROM speaker k WHERE k.session_id = s.session_id)) s
    ) x
    WHERE i.rule_code = 'slides'

    UNION ALL
    SELECT x.found,
           CASE WHEN x.found IS NULL THEN salon.label('a plan for what comes next', '未来计划') END,
           true
    FROM (SELECT coalesce(
              nullif(btrim(e.future_plan), ''),
              (SELECT event_label(n.event_id)
               FROM event n
               WHERE n.series_id = e.series_id AND n.starts_at >= e.ends_at
                 AND n.is_open
               ORDER BY n.starts_at, n.event_id
               LIMIT 1)) AS found) x
    WHERE i.rule_code = 'future_plan'

    UNION ALL
    SELECT NULL, salon.label('somebody to say that it is done, with evidence', '需有人确认完成并给出依据'), true
    WHERE i.rule_code IS NULL
) f ON true;

COMMENT ON VIEW _checklist_fact IS 'What the facts say of each item at each event: the rules behind checklist';
COMMENT ON COLUMN _checklist_fact.event_id IS 'The event';
COMMENT ON COLUMN _checklist_fact.item_code IS 'The item';
COMMENT ON COLUMN _checklist_fact.evidence IS 'What is there; NULL: nothing';
COMMENT ON COLUMN _checklist_fact.missing IS 'What is missing; NULL: nothing, the item is done';

CREATE VIEW checklist WITH (security_invoker) AS
SELECT e.event_id,
       i.item_code,
       i.ordinal::bigint AS ordinal,
       salon.label(i.name_en, i.name_zh, i.item_code) AS item,
       i.phase_code,
       salon.label(h.name_en, h.name_zh, i.phase_code) AS phase,
       c.status_code,
       (SELECT salon.label(s.name_en, s.name_zh, s.status_code)
        FROM status s WHERE s.subject = 'item' AND s.status_code = c.status_code) AS status,
       d.due_at,
       i.duty_code AS owner_duty_code,
       salon.label(u.name_en, u.name_zh, i.duty_code) AS owner_duty,
       coalesce(party_label(t.party_id),
                (SELECT string_agg(party_label(ed.party_id), salon.label(', ', '、') ORDER BY ed.place)
                 FROM (SELECT ed.party_id, min(ed.event_duty_id) AS place
                       FROM event_duty ed
                       WHERE ed.event_id = e.event_id AND ed.duty_code = i.duty_code AND ed.status_code = 'confirmed'
                       GROUP BY ed.party_id) ed)) AS owner,
       CASE WHEN i.rule_code IS NULL THEN t.done_evidence ELSE f.evidence END AS evidence,
       CASE WHEN c.status_code IN ('open', 'overdue') THEN f.missing END AS missing,
       t.waived_reason,
       t.waived_by,
       t.waived_at
FROM event e
JOIN checklist_item i USING (template_code)
JOIN phase h USING (phase_code)
JOIN _checklist_fact f ON f.event_id = e.event_id AND f.item_code = i.item_code
LEFT JOIN duty u USING (duty_code)
LEFT JOIN event_item t ON t.event_id = e.event_id AND t.item_code = i.item_code
CROSS JOIN LATERAL (
    SELECT coalesce(t.due_at,
                    (CASE i.due_anchor WHEN 'start' THEN e.starts_at ELSE e.ends_at END AT TIME ZONE e.time_zone
                     + i.due_offset) AT TIME ZONE e.time_zone) AS due_at
) d
CROSS JOIN LATERAL (
    SELECT CASE WHEN t.waived_reason IS NOT NULL THEN 'waived'
                WHEN f.missing IS NULL OR (i.rule_code IS NULL AND t.done_evidence IS NOT NULL) THEN 'done'
                WHEN e.is_off
                     OR (h.until_held AND e.took_place)
                     OR (i.needed_when = 'on_site' AND e.planned_on_site IS NOT DISTINCT FROM 0)
                     OR (i.needed_when = 'online' AND e.planned_online IS NOT DISTINCT FROM 0) THEN 'not_needed'
                WHEN d.due_at < now() THEN 'overdue'
                ELSE 'open' END AS status_code
) c;

COMMENT ON VIEW checklist IS 'Each item of the checklist of each event, decided from the facts: what is missing, who owns it, when it is due (C1-C28) / 检查表';
COMMENT ON COLUMN checklist.event_id IS 'The event';
COMMENT ON COLUMN checklist.item_code IS 'The item';
COMMENT ON COLUMN checklist.ordinal IS 'Order of the item';
COMMENT ON COLUMN checklist.item IS 'Label of the item';
COMMENT ON COLUMN checklist.phase_code IS 'Phase of the item';
COMMENT ON COLUMN checklist.phase IS 'Label of the phase';
COMMENT ON COLUMN checklist.status_code IS 'done, open, overdue, waived or not_needed';
COMMENT ON COLUMN checklist.status IS 'Label of the status';
COMMENT ON COLUMN checklist.due_at IS 'When it is due; NULL: not known, for the event has no time yet';
COMMENT ON COLUMN checklist.owner_duty_code IS 'Duty that owns it';
COMMENT ON COLUMN checklist.owner_duty IS 'Label of the duty';
COMMENT ON COLUMN checklist.owner IS 'Who owns it; NULL: nobody has the duty';
COMMENT ON COLUMN checklist.evidence IS 'What is there';
COMMENT ON COLUMN checklist.missing IS 'What exactly is missing; NULL: nothing, or it is waived or not needed';
COMMENT ON COLUMN checklist.waived_reason IS 'Why it is waived';
COMMENT ON COLUMN checklist.waived_by IS 'Database role that waived it';
COMMENT ON COLUMN checklist.waived_at IS 'When it was waived';

CREATE VIEW checklist_summary WITH (security_invoker) AS
SELECT e.event_id,
       event_label(e.event_id) AS event,
       c.items, c.done, c.open, c.overdue, c.waived, c.not_needed,
       c.done || salon.label(' of ', '/') || c.items AS progress,
       c.next_three
FROM event e
CROSS JOIN LATERAL (
    SELECT count(*) AS items,
           count(*) FILTER (WHERE k.status_code = 'done') AS done,
           count(*) FILTER (WHERE k.status_code = 'open') AS open,
           count(*) FILTER (WHERE k.status_code = 'overdue') AS overdue,
           count(*) FILTER (WHERE k.status_code = 'waived') AS waived,
           count(*) FILTER (WHERE k.status_code = 'not_needed') AS not_needed,
           array_to_string((array_agg(k.item ORDER BY k.due_at, k.ordinal, k.item_code)
                                FILTER (WHERE k.status_code IN ('open', 'overdue')))[1:3],
                           salon.label(', ', '、')) AS next_three
    FROM checklist k
    WHERE k.event_id = e.event_id
) c;

COMMENT ON VIEW checklist_summary IS 'How far each event is: items done, overdue, and the next three to do / 检查表汇总';
COMMENT ON COLUMN checklist_summary.event_id IS 'The event';
COMMENT ON COLUMN checklist_summary.event IS 'Label of the event';
COMMENT ON COLUMN checklist_summary.items IS 'Items of its checklist';
COMMENT ON COLUMN checklist_summary.done IS 'How many are done';
COMMENT ON COLUMN checklist_summary.open IS 'How many are open and not yet due';
COMMENT ON COLUMN checklist_summary.overdue IS 'How many are open and past their due date';
COMMENT ON COLUMN checklist_summary.waived IS 'How many are waived';
COMMENT ON COLUMN checklist_summary.not_needed IS 'How many are not needed';
COMMENT ON COLUMN checklist_summary.progress IS 'Done of all, as text';
COMMENT ON COLUMN checklist_summary.next_three IS 'The next three to do, first due first';

CREATE FUNCTION waive(event_id bigint, item_code text, reason text) RETURNS void
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM event e WHERE e.event_id = waive.event_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('event %s does not exist', coalesce(event_id::text, 'NULL')),
            HINT = 'SELECT event_id, event FROM checklist_summary shows the events.';
    END IF;
    IF NOT EXISTS (SELECT FROM checklist_item i WHERE i.item_code = waive.item_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format('checklist item "%s" does not exist', coalesce(item_code, 'NULL')),
            HINT = format('SELECT item_code, item FROM checklist WHERE event_id = %s shows the items.', event_id);
    END IF;
    IF reason IS NULL OR reason !~ '[^[:space:]]' THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format('item "%s" cannot be waived without a reason', item_code),
            HINT = 'Say why: it is recorded with your name and the time.';
    END IF;
    INSERT INTO event_item AS t (event_id, item_code, waived_reason)
    VALUES (waive.event_id, waive.item_code, reason)
    ON CONFLICT ON CONSTRAINT event_item_event_id_item_code_key
    DO UPDATE SET waived_reason = EXCLUDED.waived_reason;
END
$$;

COMMENT ON FUNCTION waive(bigint, text, text) IS
'Waive an item of the checklist of an event with a reason; who and when are recorded. To take it back, set event_item.waived_reason to NULL. Errors: 23503 no such event or item, 22023 no reason, 23514 the item is of another template';
