-- The checklist of an event: a query over the facts.  Each item names a rule;
-- the rule says from the tables what is there and what is missing.

CREATE TABLE phase (
    phase_code  text PRIMARY KEY,
    ordinal     smallint NOT NULL DEFAULT 100,
    name_en     text,
    name_zh     text,
    until_held  boolean NOT NULL DEFAULT false,
    shipped     boolean NOT NULL DEFAULT false
);

COMMENT ON TABLE phase IS 'Phases of an event: the checklist is grouped by them / 阶段';
COMMENT ON COLUMN phase.phase_code IS 'Short code, such as prepare';
COMMENT ON COLUMN phase.until_held IS 'Whether its items are needed only until the event is held';

CREATE TABLE checklist_rule (
    rule_code  text PRIMARY KEY,
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

CREATE TABLE checklist_item (
    item_code      text
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
    due_offset     interval CONSTRAINT checklist_item_due_offset_is_possible CHECK (
                       abs(extract(year FROM due_offset)) <= 100 AND abs(extract(day FROM due_offset)) <= 36600
                       AND abs(extract(hour FROM due_offset)) <= 900000),
    duty_code      text REFERENCES duty,
    shipped        boolean NOT NULL DEFAULT false,
    lasts          interval CONSTRAINT checklist_item_lasts_is_not_negative CHECK (lasts >= interval '0')
                   CONSTRAINT checklist_item_lasts_is_possible CHECK (
                       abs(extract(year FROM lasts)) <= 100 AND abs(extract(day FROM lasts)) <= 36600
                       AND abs(extract(hour FROM lasts)) <= 900000),
    not_before     text CONSTRAINT checklist_item_not_before_is_known CHECK (not_before IN ('start', 'end')),
    format_code    text GENERATED ALWAYS AS (CASE WHEN rule_code = 'session' THEN argument END) STORED REFERENCES session_format,
    cost_kind_code text GENERATED ALWAYS AS (CASE WHEN rule_code = 'cost' THEN argument END) STORED REFERENCES cost_kind,
    created_at     timestamptz DEFAULT now(),
    PRIMARY KEY (item_code, template_code),
    CONSTRAINT checklist_item_code_is_not_of_one_event CHECK (item_code !~ '^own_[0-9]+$'),
    CONSTRAINT checklist_item_argument_fits_the_rule CHECK (
        CASE WHEN rule_code IN ('part', 'logo', 'link', 'asset', 'session', 'cost', 'equipment') THEN argument IS NOT NULL
             WHEN rule_code = 'headcount' THEN argument IS NOT NULL AND argument IN ('on_site', 'online')
             ELSE argument IS NULL END)
);
CREATE INDEX checklist_item_part_code_idx ON checklist_item (part_code);
CREATE INDEX checklist_item_link_kind_code_idx ON checklist_item (link_kind_code);
CREATE INDEX checklist_item_asset_kind_code_idx ON checklist_item (asset_kind_code);
CREATE INDEX checklist_item_format_code_idx ON checklist_item (format_code);
CREATE INDEX checklist_item_cost_kind_code_idx ON checklist_item (cost_kind_code);
CREATE INDEX checklist_item_template_code_idx ON checklist_item (template_code);
CREATE INDEX checklist_item_phase_code_idx ON checklist_item (phase_code);
CREATE INDEX checklist_item_rule_code_idx ON checklist_item (rule_code);
CREATE INDEX checklist_item_duty_code_idx ON checklist_item (duty_code);

COMMENT ON TABLE checklist_item IS 'Items of the checklist of a template: the 28 of C1-C28, and the community''s own / 检查项';
COMMENT ON COLUMN checklist_item.item_code IS 'Short code, its own in the template: C1 ... C28 for the shipped ones';
COMMENT ON COLUMN checklist_item.template_code IS 'Template whose events have the item';
COMMENT ON COLUMN checklist_item.phase_code IS 'Phase';
COMMENT ON COLUMN checklist_item.name_zh IS 'Chinese name, as in the source';
COMMENT ON COLUMN checklist_item.rule_code IS 'Rule that decides it from the facts; NULL: a person says that it is done, with evidence';
COMMENT ON COLUMN checklist_item.argument IS 'What the rule looks for, such as the kind of asset: see checklist_rule';
COMMENT ON COLUMN checklist_item.part_code IS 'The argument, where it is a part: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.link_kind_code IS 'The argument, where it is a kind of link: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.asset_kind_code IS 'The argument, where it is a kind of asset: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.needed_when IS 'always; on_site: not when no headcount on site is planned (0); online: not when none online is planned (0)';
COMMENT ON COLUMN checklist_item.due_offset IS 'When it is due, such as -14 days; NULL: at no time';
COMMENT ON COLUMN checklist_item.duty_code IS 'Duty whose holder owns it; NULL: nobody in particular';
COMMENT ON COLUMN checklist_item.lasts IS 'How long it is expected to take once it can begin; NULL: not known';
COMMENT ON COLUMN checklist_item.not_before IS 'start: it cannot begin before the event does, such as photos; end: not before the event is over; NULL: any time';
COMMENT ON COLUMN checklist_item.format_code IS 'The argument, where it is a format of sessions: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.cost_kind_code IS 'The argument, where it is a kind of cost: makes a foreign key of it';
COMMENT ON COLUMN checklist_item.created_at IS 'When it was entered: events that were over by then do without it, unless it follows an event and theirs is not put away; NULL: since ever';
COMMENT ON CONSTRAINT checklist_item_code_is_not_of_one_event ON checklist_item IS 'own_ and a number are codes of items of one event: choose another';
COMMENT ON CONSTRAINT checklist_item_code_is_ascii ON checklist_item IS 'A code is letters, digits and underscores';
COMMENT ON CONSTRAINT checklist_item_lasts_is_possible ON checklist_item IS 'lasts is at most 100 years';
COMMENT ON CONSTRAINT checklist_item_lasts_is_not_negative ON checklist_item IS 'A duration is zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT checklist_item_not_before_is_known ON checklist_item IS 'not_before is start or end; leave it NULL when the item can begin at any time';
COMMENT ON CONSTRAINT checklist_item_argument_fits_the_rule ON checklist_item IS 'Column argument of checklist_rule says what the rule wants: give that, or nothing where it is NULL';

CREATE TABLE event_item (
    event_item_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id       bigint NOT NULL REFERENCES event ON DELETE CASCADE,
    item_code      text NOT NULL,
    party_id       bigint REFERENCES party,
    due_at         timestamptz,
    waived_reason  text CONSTRAINT event_item_waived_reason_is_a_text CHECK (salon.is_text(waived_reason)),
    waived_by      text,
    waived_at      timestamptz,
    done_evidence  text CONSTRAINT event_item_done_evidence_is_a_text CHECK (salon.is_text(done_evidence)),
    done_by        text,
    done_at        timestamptz,
    name_en        text,
    name_zh        text,
    phase_code     text REFERENCES phase,
    template_code  text NOT NULL,
    template_item_code text GENERATED ALWAYS AS (CASE WHEN num_nonnulls(name_en, name_zh) = 0 THEN item_code END) STORED,
    UNIQUE (event_id, item_code),
    CONSTRAINT event_item_follows_the_template FOREIGN KEY (event_id, template_code)
        REFERENCES event (event_id, template_code) ON UPDATE CASCADE ON DELETE CASCADE,
    CONSTRAINT event_item_is_of_the_template FOREIGN KEY (template_item_code, template_code)
        REFERENCES checklist_item (item_code, template_code),
    CONSTRAINT event_item_of_one_event_has_its_own_code CHECK (
        num_nonnulls(name_en, name_zh) = 0 OR item_code = 'own_' || event_item_id),
    CONSTRAINT event_item_phase_is_of_its_own CHECK (phase_code IS NULL OR num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT event_item_waiver_is_whole CHECK (num_nulls(waived_reason, waived_by, waived_at) IN (0, 3)),
    CONSTRAINT event_item_done_is_whole CHECK (num_nulls(done_evidence, done_by, done_at) IN (0, 3))
);
CREATE INDEX event_item_item_code_idx ON event_item (template_item_code, template_code);
CREATE INDEX event_item_template_code_idx ON event_item (event_id, template_code);
CREATE INDEX event_item_phase_code_idx ON event_item (phase_code);
CREATE INDEX event_item_party_id_idx ON event_item (party_id);

COMMENT ON TABLE event_item IS 'What people said of an item at an event: its owner, another due date, a waiver, the evidence for an item without a rule; and, with a name, an item of that event alone / 检查项记录';
COMMENT ON COLUMN event_item.item_code IS 'The item; of this event alone: filled in';
COMMENT ON COLUMN event_item.party_id IS 'Who owns it; NULL: whoever has the duty';
COMMENT ON COLUMN event_item.due_at IS 'When it is due; NULL: as the item says';
COMMENT ON COLUMN event_item.waived_reason IS 'Why it is waived; NULL: it is not';
COMMENT ON COLUMN event_item.waived_by IS 'Database role that waived it: filled in';
COMMENT ON COLUMN event_item.waived_at IS 'When it was waived: filled in';
COMMENT ON COLUMN event_item.done_evidence IS 'What shows that it is done; only for an item without a rule';
COMMENT ON COLUMN event_item.done_by IS 'Database role that said so: filled in';
COMMENT ON COLUMN event_item.done_at IS 'When it was said: filled in';
COMMENT ON COLUMN event_item.name_en IS 'English name of an item of this event alone; NULL: it is one of the template';
COMMENT ON COLUMN event_item.name_zh IS 'Chinese name of an item of this event alone';
COMMENT ON COLUMN event_item.phase_code IS 'Phase of an item of this event alone; NULL: none';
COMMENT ON COLUMN event_item.template_code IS 'Template of the event: filled in and kept the same by the database';
COMMENT ON COLUMN event_item.template_item_code IS 'The item, where it is one of the template: makes the foreign key refuse that of another';
COMMENT ON CONSTRAINT event_item_follows_the_template ON event_item IS 'Leave template_code out: it is that of the event';
COMMENT ON CONSTRAINT event_item_is_of_the_template ON event_item IS 'Choose an item of the template of the event; to add one to this event alone give a name and no item_code. An event whose items were waived or done goes to a template only that has those items: delete its rows of event_item first';
COMMENT ON CONSTRAINT event_item_of_one_event_has_its_own_code ON event_item IS 'Leave item_code out: an item of one event gets its own. An item of the template has its name there';
COMMENT ON CONSTRAINT event_item_phase_is_of_its_own ON event_item IS 'The phase of an item of the template stands in checklist_item';
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
BEGIN
    IF TG_OP = 'INSERT' OR NEW.event_id <> OLD.event_id OR NEW.template_code IS NULL THEN
        NEW.template_code := (SELECT e.template_code FROM event e WHERE e.event_id = NEW.event_id);
        IF NEW.template_code IS NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'foreign_key_violation',
                MESSAGE = format(salon.say('event %s does not exist'), coalesce(NEW.event_id::text, 'NULL')),
                HINT = salon.say('SELECT event_id, event FROM checklist_summary shows the events.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                COLUMN = 'event_id', CONSTRAINT = 'event_item_event_id_fkey';
        END IF;
    END IF;
    IF num_nonnulls(NEW.name_en, NEW.name_zh) > 0 THEN
        NEW.item_code := coalesce(NEW.item_code, 'own_' || NEW.event_item_id);
    ELSE
        SELECT * INTO item FROM checklist_item i
        WHERE i.item_code = NEW.item_code AND i.template_code = NEW.template_code;
        IF NOT FOUND AND EXISTS (SELECT FROM checklist_item i WHERE i.item_code = NEW.item_code) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format(salon.say('event %s has no item "%s"'), NEW.event_id, NEW.item_code),
                DETAIL = (SELECT format(salon.say('The item belongs to template "%s", the event to template "%s".'),
                                        min(i.template_code), NEW.template_code)
                          FROM checklist_item i WHERE i.item_code = NEW.item_code),
                HINT = format(salon.say('SELECT item_code FROM checklist WHERE event_id = %s shows its items.'), NEW.event_id),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                COLUMN = 'item_code', CONSTRAINT = 'event_item_is_of_the_template';
        END IF;
        IF NEW.done_evidence IS NOT NULL AND item.rule_code IS NOT NULL THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation',
                MESSAGE = format(salon.say('item "%s" is decided by the facts'), NEW.item_code),
                DETAIL = (SELECT format(salon.say('It is done when: %s.'), r.name_en)
                          FROM checklist_rule r WHERE r.rule_code = item.rule_code),
                HINT = salon.say('Enter what column "missing" of checklist names, or waive the item with a reason.'),
                SCHEMA = TG_TABLE_SCHEMA, TABLE = TG_TABLE_NAME,
                COLUMN = 'done_evidence', CONSTRAINT = 'event_item_is_not_ticked';
        END IF;
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
'Trigger of event_item: fills in the template and the code of an item of one event; notes who waived an item and when; refuses with 23514 to tick what the facts decide, and items of another template, with 23503 an unknown event';

CREATE TRIGGER event_item_said BEFORE INSERT OR UPDATE ON event_item
    FOR EACH ROW EXECUTE FUNCTION _event_item_said();

-- A list short enough to read.
CREATE FUNCTION _brief(items text[]) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN CASE WHEN cardinality(items) <= 4 THEN array_to_string(items, salon.say(', '))
            ELSE array_to_string(items[1:3], salon.say(', '))
                 || salon.label(' and ', '等另外') || (cardinality(items) - 3)
                 || salon.label(' more', '项') END;

COMMENT ON FUNCTION _brief(text[]) IS
'The items as a list; the first three and a count where they are more than four';

CREATE TABLE resource_rule (
    resource_rule_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    resource_code     text NOT NULL REFERENCES resource,
    rule_code         text NOT NULL REFERENCES checklist_rule,
    argument          text,
    part_code         text GENERATED ALWAYS AS (CASE WHEN rule_code IN ('part', 'logo') THEN argument END) STORED REFERENCES part,
    link_kind_code    text GENERATED ALWAYS AS (CASE WHEN rule_code = 'link' THEN argument END) STORED REFERENCES link_kind,
    asset_kind_code   text GENERATED ALWAYS AS (CASE WHEN rule_code = 'asset' THEN argument END) STORED REFERENCES asset_kind,
    format_code       text GENERATED ALWAYS AS (CASE WHEN rule_code = 'session' THEN argument END) STORED REFERENCES session_format,
    cost_kind_code    text GENERATED ALWAYS AS (CASE WHEN rule_code = 'cost' THEN argument END) STORED REFERENCES cost_kind,
    shipped           boolean NOT NULL DEFAULT false,
    CONSTRAINT resource_rule_stands_once UNIQUE NULLS NOT DISTINCT (resource_code, rule_code, argument),
    CONSTRAINT resource_rule_argument_fits_the_rule CHECK (
        CASE WHEN rule_code IN ('part', 'logo', 'link', 'asset', 'session', 'cost', 'equipment') THEN argument IS NOT NULL
             WHEN rule_code = 'headcount' THEN argument IS NOT NULL AND argument IN ('on_site', 'online')
             ELSE argument IS NULL END)
);
CREATE INDEX resource_rule_rule_code_idx ON resource_rule (rule_code);
CREATE INDEX resource_rule_part_code_idx ON resource_rule (part_code);
CREATE INDEX resource_rule_link_kind_code_idx ON resource_rule (link_kind_code);
CREATE INDEX resource_rule_asset_kind_code_idx ON resource_rule (asset_kind_code);
CREATE INDEX resource_rule_format_code_idx ON resource_rule (format_code);
CREATE INDEX resource_rule_cost_kind_code_idx ON resource_rule (cost_kind_code);

COMMENT ON TABLE resource_rule IS 'Which rule finds a resource that an event needs and has anyway; of several the one that finds the most counts; equipment of venue and rooms that has the code of a resource counts without one; shipped rows are an interpretation: edit them / 资源与检查规则';
COMMENT ON COLUMN resource_rule.resource_code IS 'The resource: what is found meets a need for it, and for what it is a kind of';
COMMENT ON COLUMN resource_rule.rule_code IS 'Rule that finds it in the facts of the event';
COMMENT ON COLUMN resource_rule.argument IS 'What the rule looks for: see checklist_rule';
COMMENT ON COLUMN resource_rule.part_code IS 'The argument, where it is a part: makes a foreign key of it';
COMMENT ON COLUMN resource_rule.link_kind_code IS 'The argument, where it is a kind of link: makes a foreign key of it';
COMMENT ON COLUMN resource_rule.asset_kind_code IS 'The argument, where it is a kind of asset: makes a foreign key of it';
COMMENT ON COLUMN resource_rule.format_code IS 'The argument, where it is a format of sessions: makes a foreign key of it';
COMMENT ON COLUMN resource_rule.cost_kind_code IS 'The argument, where it is a kind of cost: makes a foreign key of it';
COMMENT ON COLUMN resource_rule.shipped IS 'True: an interpretation that came with the extension and was not edited';
COMMENT ON CONSTRAINT resource_rule_argument_fits_the_rule ON resource_rule IS 'Column argument of checklist_rule says what the rule wants: give that, or nothing where it is NULL';

-- What is promised or was given is there as well, by the rules of resource_rule.  The promise of a place is one; an asset or a link is there once it
-- was given.
CREATE FUNCTION _given(event_id bigint, rule_code text, argument text, OUT what text, OUT party_id bigint, OUT quantity bigint) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 500 ROWS 1
SET search_path FROM CURRENT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN QUERY
    SELECT concat_ws(salon.say(': '), party_label(c.giver_id),
                     (SELECT min(d.evidence) FROM delivery d WHERE d.commitment_id = c.commitment_id)), c.giver_id, c.takes
    FROM commitment c
    WHERE c.event_id = _given.event_id
      AND c.stands AND c.takes > 0 AND c.giver_id IS NOT NULL AND c.taker_id IS NULL AND (c.is_done OR (_given.rule_code = 'place' AND NOT (SELECT e.took_place FROM event e WHERE e.event_id = c.event_id)))
      -- asked only where something is given
      AND c.resource_code IN (
          WITH RECURSIVE kind (resource_code) AS (
              SELECT r.resource_code
              FROM resource_rule r
              WHERE r.rule_code = _given.rule_code AND r.argument IS NOT DISTINCT FROM _given.argument
              UNION
              SELECT r.resource_code
              FROM kind k
              JOIN resource r ON r.parent_code = k.resource_code
          )
          SELECT k.resource_code FROM kind k)
    ORDER BY c.commitment_id;
END
$$;

COMMENT ON FUNCTION _given(bigint, text, text) IS
'What parties give to an event of what a rule looks for, as resource_rule says: a place that is agreed, until the event took place, and what was given';

-- What a rule finds at an event and what it misses, a row a thing: one branch
-- a rule.  Everything hangs on event_id, so that one event costs the same
-- however many there are; PL/pgSQL keeps the plan of each branch.  A rule that
-- finds nothing at all gives one row that says what it looks for.  Whatever
-- statistics say, and be there none: of one event all is found by index.
CREATE FUNCTION _fact(e _planned_event, rule_code text, argument text,
                      OUT is_there boolean, OUT what text, OUT party_id bigint, OUT session_id bigint,
                      OUT quantity bigint, OUT part integer, OUT heading text) RETURNS SETOF record
LANGUAGE plpgsql STABLE PARALLEL SAFE ROWS 5
SET search_path FROM CURRENT
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_bitmapscan = off
AS $$
#variable_conflict use_column
DECLARE
    hours tstzmultirange;
BEGIN
    is_there := true;
    quantity := 1;
    part := 1;
    CASE rule_code
    WHEN 'name' THEN
        FOR what IN
            SELECT x.name
            FROM (SELECT salon.label(nullif(salon.trimmed(e.name_en), ''), nullif(salon.trimmed(e.name_zh), '')) AS name) x
            WHERE x.name IS NOT NULL
        LOOP RETURN NEXT; END LOOP;

    WHEN 'introduction' THEN
        FOR what IN
            SELECT x.found
            FROM (SELECT coalesce(
                      CASE WHEN length(salon.trimmed(e.introduction)) > 60 THEN left(salon.trimmed(e.introduction), 60) || '…'
                           ELSE nullif(salon.trimmed(e.introduction), '') END,
                      (SELECT min(l.url) FROM link l WHERE l.event_id = e.event_id AND l.link_kind_code = 'page')) AS found) x
            WHERE x.found IS NOT NULL
        LOOP RETURN NEXT; END LOOP;

    WHEN 'part' THEN
        FOR party_id, what IN
            SELECT ep.party_id, _party_label(p.party_id, p.name_en, p.name_zh)
            FROM event_party ep
            LEFT JOIN party p ON p.party_id = ep.party_id
            WHERE ep.event_id = e.event_id AND ep.part_code = argument
            ORDER BY ep.event_party_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'headcount' THEN
        FOR what, quantity IN
            SELECT concat_ws(salon.label(', ', '，'), salon.label('planned ', '计划 ') || h.planned,
                             salon.label('actual ', '实际 ') || CASE h.came_bound WHEN 'at_least' THEN '≥ ' ELSE '' END || h.came || salon.say(' (')
                             || CASE h.came_basis WHEN 'measured' THEN salon.label('measured', '实测')
                                                  ELSE salon.label('claimed', '自报') END || salon.say(')')),
                   coalesce(h.came, h.planned)
            FROM headcount h
            WHERE h.event_id = e.event_id AND h.side = argument AND num_nonnulls(h.planned, h.came) > 0
        LOOP RETURN NEXT; END LOOP;

    WHEN 'link' THEN
        FOR what, session_id IN
            SELECT concat_ws(' ', l.name, l.url), l.session_id
            FROM link l
            WHERE l.event_id = e.event_id AND l.link_kind_code = argument
            ORDER BY l.link_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'time' THEN
        FOR what IN
            SELECT _clock(e.starts_at, e.time_zone) || ' – ' || _clock(e.ends_at, e.time_zone) || ' ' || e.time_zone
            WHERE e.starts_at IS NOT NULL
        LOOP RETURN NEXT; END LOOP;

    WHEN 'place' THEN
        -- A room in the agenda is a place as well.
        FOR is_there, what, quantity IN
            WITH venues AS (
                SELECT v.venue_id, v.name, v.city_code
                FROM venue v
                WHERE v.venue_id IN (SELECT e.venue_id
                                     UNION ALL
                                     SELECT r.venue_id FROM session s JOIN room r USING (room_id) WHERE s.event_id = e.event_id AND e.venue_id IS NULL)
            )
            SELECT x.city IS NOT NULL, coalesce(x.city, salon.label('the city', '城市')), 0
            FROM (SELECT (SELECT salon.label(c.name_en, c.name_zh, c.city_code)
                          FROM city c
                          WHERE c.city_code = coalesce(e.city_code, (SELECT min(v.city_code) FROM venues v))) AS city) x
            UNION ALL
            SELECT v.name IS NOT NULL, coalesce(v.name, salon.label('the venue', '场地')), 1
            FROM (VALUES (1)) one
            LEFT JOIN LATERAL ((SELECT v.name FROM venues v ORDER BY v.venue_id)
                               UNION ALL
                               SELECT g.what FROM _given(e.event_id, 'place', NULL) g WHERE NOT EXISTS (SELECT FROM venues)) v ON true
        LOOP RETURN NEXT; END LOOP;

    WHEN 'agenda' THEN
        FOR session_id, what IN
            SELECT s.session_id, _session_label(s.title_en, s.title_zh, m.name_en, m.name_zh, m.format_code)
            FROM session s
            LEFT JOIN session_format m ON m.format_code = s.format_code
            WHERE s.event_id = e.event_id
            ORDER BY s.session_id
        LOOP RETURN NEXT; END LOOP;
        IF FOUND THEN
            is_there := false;
            hours := _event_hours(e.event_id, e.starts_at, e.ends_at, e.time_zone);
            FOR part, heading, what, session_id IN
                WITH s AS (
                    SELECT s.session_id, s.room_id, s.during, m.has_speakers, _session_label(s.title_en, s.title_zh, m.name_en, m.name_zh, m.format_code) AS label
                    FROM session s
                    JOIN session_format m USING (format_code)
                    WHERE s.event_id = e.event_id
                )
                SELECT x.part, x.heading, x.what, x.session_id
                FROM (
                    SELECT row_number() OVER (ORDER BY a.ordinal, a.format_code)::integer AS part,
                           salon.label('a required part: ', '必需环节：') AS heading, a.missing AS what, NULL::bigint AS session_id
                    FROM agenda_part a
                    WHERE a.event_id = e.event_id AND a.is_required AND a.missing IS NOT NULL
                    UNION ALL
                    SELECT 1001, salon.label('without a time: ', '没有时间：'), s.label, s.session_id
                    FROM s WHERE isempty(s.during)
                    UNION ALL
                    SELECT 1002, salon.label('without a room: ', '没有会议室：'), s.label, s.session_id
                    FROM s WHERE s.room_id IS NULL AND s.has_speakers AND e.planned_on_site IS DISTINCT FROM 0
                    UNION ALL
                    SELECT 1003, salon.label('without a speaker: ', '没有讲师：'), s.label, s.session_id
                    FROM s WHERE s.has_speakers AND NOT EXISTS (SELECT FROM speaker k WHERE k.session_id = s.session_id)
                    UNION ALL
                    SELECT 1003, salon.label('lost its speaker: ', '讲师已谢绝：'), s.label || salon.say(' (') || party_label(k.person_id) || salon.say(')'), s.session_id
                    FROM s JOIN speaker k ON k.session_id = s.session_id AND k.is_declined
                ) x
                ORDER BY x.part, x.session_id
            LOOP RETURN NEXT; END LOOP;
            -- apart, for to prepare this takes longer than all else
            IF e.is_open THEN
                part := 1004;
                heading := '';
                FOR what, session_id IN
                    SELECT p.what || salon.say(': ') || p.problem, p.session_id
                    FROM _problem_of_session p
                    WHERE p.event_id = e.event_id
                    ORDER BY p.session_id
                LOOP RETURN NEXT; END LOOP;
            END IF;
            part := 1005;
            heading := salon.label('a gap at ', '空档：');
            session_id := NULL;
            FOR what IN
                SELECT CASE WHEN upper(hours) - lower(hours) > interval '24 hours' THEN _clock_span(lower(g), upper(g), e.time_zone, '–')
                            ELSE _clock(lower(g), e.time_zone, 'HH24:MI') || '–' || _clock(upper(g), e.time_zone, 'HH24:MI') END
                FROM (SELECT hours - range_agg(s.occupied) FILTER (WHERE NOT isempty(s.occupied)) AS gaps FROM session s WHERE s.event_id = e.event_id) x,
                     unnest(x.gaps) g
                ORDER BY g
            LOOP RETURN NEXT; END LOOP;
            RETURN;
        END IF;

    WHEN 'notice' THEN
        FOR what IN
            SELECT salon.label(n.text_en, n.text_zh)
            FROM notice n
            WHERE n.event_id = e.event_id
            ORDER BY n.ordinal
        LOOP RETURN NEXT; END LOOP;

    WHEN 'duty' THEN
        FOR is_there, quantity, part, heading, what IN
            SELECT d.missing = 0, d.confirmed, CASE WHEN d.confirmed = 0 THEN 1 ELSE 2 END,
                   CASE WHEN d.confirmed = 0 THEN salon.label('nobody for: ', '无人负责：') ELSE salon.label('too few for: ', '人手不足：') END,
                   d.name || CASE WHEN d.missing > 0 AND d.confirmed > 0
                                  THEN salon.say(' (') || d.confirmed || salon.label(' of ', '/') || d.confirmed + d.missing || salon.say(')') ELSE '' END
            FROM (SELECT d.duty_code, d.ordinal, salon.label(d.name_en, d.name_zh, d.duty_code) AS name,
                         sum(s.confirmed)::bigint AS confirmed, sum(greatest(s.minimum - s.confirmed, 0))::bigint AS missing
                  FROM (SELECT s.duty_code, s.minimum, count(ed.shift_id) AS confirmed
                        FROM shift s
                        LEFT JOIN event_duty ed ON ed.event_id = s.event_id AND ed.shift_id = s.shift_id AND ed.status_code = 'confirmed'
                        WHERE s.event_id = e.event_id
                        GROUP BY s.shift_id) s
                  JOIN duty d USING (duty_code)
                  GROUP BY d.duty_code
                  HAVING sum(s.confirmed) > 0 OR sum(s.minimum) > 0) d
            ORDER BY d.ordinal, d.duty_code
        LOOP RETURN NEXT; END LOOP;

    WHEN 'qr' THEN
        heading := salon.label('a QR target: ', '二维码目标：');
        FOR is_there, what IN
            SELECT EXISTS (SELECT FROM link l
                           WHERE l.event_id = e.event_id AND l.link_kind_code = k.link_kind_code AND l.is_qr_target),
                   salon.label(k.name_en, k.name_zh, k.link_kind_code)
            FROM link_kind k
            WHERE k.link_kind_code = 'group'
               OR (k.link_kind_code = 'live' AND e.planned_online IS DISTINCT FROM 0)
            ORDER BY k.link_kind_code DESC
        LOOP RETURN NEXT; END LOOP;

    WHEN 'speaker' THEN
        FOR party_id, what IN
            SELECT k.person_id, _party_label(p.party_id, p.name_en, p.name_zh)
            FROM (SELECT DISTINCT k.person_id FROM session s JOIN speaker k USING (session_id)
                  WHERE s.event_id = e.event_id AND NOT k.is_declined) k
            LEFT JOIN party p ON p.party_id = k.person_id
            ORDER BY k.person_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'speaker_introduction' THEN
        FOR is_there, part, heading, what, party_id, session_id IN
            SELECT x.*
            FROM (
                SELECT DISTINCT nullif(salon.trimmed(p.introduction), '') IS NOT NULL, 1 AS part, salon.label('introduction of: ', '讲师简介：'),
                       _party_label(p.party_id, p.name_en, p.name_zh) AS what, p.party_id, NULL::bigint
                FROM session s
                JOIN speaker k USING (session_id)
                JOIN party p ON p.party_id = k.person_id
                WHERE s.event_id = e.event_id AND NOT k.is_declined
                UNION ALL
                SELECT nullif(salon.trimmed(s.abstract), '') IS NOT NULL, 2, salon.label('abstract of: ', '议题简介：'),
                       _session_label(s.title_en, s.title_zh, m.name_en, m.name_zh, m.format_code), NULL, s.session_id
                FROM session s
                LEFT JOIN session_format m ON m.format_code = s.format_code
                WHERE s.event_id = e.event_id AND EXISTS (SELECT FROM speaker k WHERE k.session_id = s.session_id AND NOT k.is_declined)
            ) x
            ORDER BY x.part, x.what
        LOOP RETURN NEXT; END LOOP;

    WHEN 'speaker_photo' THEN
        heading := salon.label('photo of: ', '照片：');
        FOR is_there, what, party_id IN
            SELECT EXISTS (SELECT FROM asset a
                           WHERE a.party_id = k.person_id AND a.asset_kind_code = 'photo' AND a.state IN ('ready', 'published')),
                   _party_label(p.party_id, p.name_en, p.name_zh), k.person_id
            FROM (SELECT DISTINCT k.person_id FROM session s JOIN speaker k USING (session_id)
                  WHERE s.event_id = e.event_id AND NOT k.is_declined) k
            LEFT JOIN party p ON p.party_id = k.person_id
            ORDER BY k.person_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'logo' THEN
        heading := salon.label('logo of: ', 'LOGO：');
        FOR is_there, what, party_id IN
            SELECT EXISTS (SELECT FROM asset a
                           WHERE a.party_id = x.party_id AND a.asset_kind_code = 'logo' AND a.state IN ('ready', 'published')),
                   _party_label(p.party_id, p.name_en, p.name_zh), x.party_id
            FROM (SELECT DISTINCT ep.party_id
                  FROM event_party ep
                  JOIN part t USING (part_code)
                  WHERE ep.event_id = e.event_id
                    AND CASE WHEN argument = 'sponsor' THEN t.is_sponsor ELSE t.part_code = argument END) x
            LEFT JOIN party p ON p.party_id = x.party_id
            ORDER BY x.party_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'asset' THEN
        FOR what, party_id, session_id IN
            SELECT coalesce(a.url, salon.label(k.name_en, k.name_zh, k.asset_kind_code)), a.party_id, a.session_id
            FROM asset a
            JOIN asset_kind k USING (asset_kind_code)
            WHERE a.event_id = e.event_id AND a.asset_kind_code = argument AND a.state IN ('ready', 'published')
            ORDER BY a.asset_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'event_media' THEN
        FOR is_there, part, heading, what, party_id, quantity IN
            SELECT n.there > 0, x.part, NULL,
                   CASE WHEN n.there > 0 THEN salon.label(x.name_en, x.name_zh) ELSE salon.label(x.missing_en, x.missing_zh) END, NULL, n.there
            FROM (VALUES (1, 'photos', '张照片', 'photos, landscape', '横屏照片', ARRAY['photo']),
                         (2, 'videos', '个视频', 'a video, landscape', '横屏视频', ARRAY['video', 'short_video']))
                 x (part, name_en, name_zh, missing_en, missing_zh, kinds)
            CROSS JOIN LATERAL (
                SELECT count(*) AS there
                FROM asset a
                WHERE a.event_id = e.event_id AND a.asset_kind_code = ANY (x.kinds)
                  AND a.state IN ('ready', 'published') AND a.orientation IS DISTINCT FROM 'portrait') n
            UNION ALL
            SELECT EXISTS (SELECT FROM asset a
                           WHERE a.event_id = e.event_id AND a.party_id = k.person_id
                             AND a.asset_kind_code IN ('photo', 'video', 'short_video') AND a.state IN ('ready', 'published')),
                   3, salon.label('photo of: ', '讲师现场照片：'), _party_label(p.party_id, p.name_en, p.name_zh), k.person_id, 0
            FROM (SELECT DISTINCT k.person_id FROM session s JOIN speaker k USING (session_id)
                  WHERE s.event_id = e.event_id AND NOT k.is_declined) k
            LEFT JOIN party p ON p.party_id = k.person_id
            ORDER BY 2, 4
        LOOP RETURN NEXT; END LOOP;

    WHEN 'slides' THEN
        heading := salon.label('slides of: ', 'PPT：');
        FOR is_there, what, session_id IN
            SELECT EXISTS (SELECT FROM asset a
                           WHERE a.session_id = s.session_id AND a.asset_kind_code = 'slides' AND a.state IN ('ready', 'published')),
                   _session_label(s.title_en, s.title_zh, m.name_en, m.name_zh, m.format_code), s.session_id
            FROM session s
            LEFT JOIN session_format m ON m.format_code = s.format_code
            WHERE s.event_id = e.event_id AND EXISTS (SELECT FROM speaker k WHERE k.session_id = s.session_id AND NOT k.is_declined)
            ORDER BY s.session_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'future_plan' THEN
        FOR what IN
            SELECT x.found
            FROM (SELECT coalesce(
                      (SELECT salon.trimmed(f.plan) FROM follow_up f WHERE f.event_id = e.event_id),
                      (SELECT event_label(n.event_id)
                       FROM event n
                       WHERE n.series_id = e.series_id AND n.starts_at >= e.ends_at
                         AND n.is_open
                       ORDER BY n.starts_at, n.event_id
                       LIMIT 1)) AS found) x
            WHERE x.found IS NOT NULL
        LOOP RETURN NEXT; END LOOP;

    WHEN 'post' THEN
        FOR what, party_id IN
            SELECT channel_label(c.channel_id), c.party_id
            FROM channel c
            WHERE c.channel_id IN (SELECT p.channel_id FROM post p WHERE p.event_id = e.event_id AND p.posted_at IS NOT NULL)
            ORDER BY c.channel_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'follow_up_post' THEN
        FOR what, party_id IN
            SELECT channel_label(c.channel_id), c.party_id
            FROM channel c
            WHERE c.channel_id IN (SELECT p.channel_id FROM post p WHERE p.event_id = e.event_id AND p.posted_at >= e.ends_at)
            ORDER BY c.channel_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'session' THEN
        FOR what, session_id IN
            WITH RECURSIVE kind (format_code) AS (
                SELECT argument
                UNION
                SELECT f.format_code
                FROM kind k
                JOIN session_format f ON f.parent_code = k.format_code
            )
            SELECT _session_label(s.title_en, s.title_zh, m.name_en, m.name_zh, m.format_code), s.session_id
            FROM session s
            LEFT JOIN session_format m ON m.format_code = s.format_code
            WHERE s.event_id = e.event_id AND s.format_code IN (SELECT k.format_code FROM kind k)
            ORDER BY s.session_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'cost' THEN
        FOR what, party_id IN
            SELECT coalesce(_party_label(p.party_id, p.name_en, p.name_zh), salon.label(k.name_en, k.name_zh, k.cost_kind_code)), c.payer_id
            FROM cost c
            JOIN cost_kind k USING (cost_kind_code)
            LEFT JOIN party p ON p.party_id = c.payer_id
            WHERE c.event_id = e.event_id AND c.cost_kind_code = argument AND num_nonnulls(c.payer_id, c.actual) > 0
            ORDER BY c.cost_id
        LOOP RETURN NEXT; END LOOP;

    WHEN 'equipment' THEN
        -- Each room of the agenda counts once, and the venue as for 'place'.
        FOR what, party_id, quantity IN
            WITH rooms AS (
                SELECT r.room_id, r.name, r.venue_id, v.party_id, r.equipment
                FROM room r
                JOIN venue v ON v.venue_id = r.venue_id
                WHERE r.room_id IN (SELECT s.room_id FROM session s WHERE s.event_id = e.event_id)
            )
            SELECT x.name || salon.label(': ', '：') || salon.bundle(argument, x.quantity), x.party_id, x.quantity
            FROM (
                SELECT 0 AS room_id, v.venue_id, v.name, v.party_id, v.equipment -> argument AS quantity
                FROM venue v
                WHERE v.venue_id IN (SELECT e.venue_id
                                     UNION ALL
                                     SELECT r.venue_id FROM rooms r WHERE e.venue_id IS NULL)
                UNION ALL
                SELECT r.room_id, r.venue_id, r.name, r.party_id, r.equipment -> argument
                FROM rooms r
            ) x
            WHERE x.quantity > 0
            ORDER BY x.room_id, x.venue_id
        LOOP RETURN NEXT; END LOOP;

    ELSE
        is_there := false;
        quantity := 0;
        what := CASE WHEN rule_code IS NULL THEN salon.label('somebody to say that it is done, with evidence', '需有人确认完成并给出依据')
                     ELSE salon.label('a rule that checklist knows: ', '可用的检查规则：') || rule_code END;
        RETURN NEXT;
        RETURN;
    END CASE;

    IF NOT FOUND AND rule_code IN ('asset', 'link') THEN
        FOR what, party_id, quantity IN
            SELECT g.what, g.party_id, g.quantity FROM _given(e.event_id, rule_code, argument) g
        LOOP RETURN NEXT; END LOOP;
    END IF;
    IF NOT FOUND THEN
        is_there := false;
        quantity := 0;
        heading := NULL;
        -- a statement a rule: only that of this one is prepared and run
        CASE rule_code
        WHEN 'name' THEN
            what := salon.label('a theme', '会议主题');
        WHEN 'introduction' THEN
            what := salon.label('an introduction, or a link to the event page', '会议简介或活动页面链接');
        WHEN 'headcount' THEN
            what := CASE argument WHEN 'on_site' THEN salon.label('the planned headcount on site', '计划线下人数')
                                  ELSE salon.label('the planned headcount online', '计划线上人数') END;
        WHEN 'time' THEN
            what := salon.label('start and end', '开始和结束时间');
        WHEN 'agenda' THEN
            what := salon.label('sessions', '议程环节');
        WHEN 'notice' THEN
            what := salon.label('a notice to attendees', '参会注意事项');
        WHEN 'duty' THEN
            what := salon.label('duties', '会务分工');
        WHEN 'slides' THEN
            what := salon.label('talks', '议题');
        WHEN 'post' THEN
            what := salon.label('a post', '一次发布');
        WHEN 'follow_up_post' THEN
            what := salon.label('a post after the event', '活动后的发布');
        WHEN 'future_plan' THEN
            what := salon.label('a plan for what comes next', '未来计划');
        WHEN 'part', 'logo' THEN
            what := (SELECT salon.label('a ', '') || salon.label(p.name_en, p.name_zh, p.part_code)
                     FROM part p WHERE p.part_code = argument);
        WHEN 'link' THEN
            what := (SELECT salon.label('a link: ', '链接：') || salon.label(k.name_en, k.name_zh, k.link_kind_code)
                     FROM link_kind k WHERE k.link_kind_code = argument);
        WHEN 'asset' THEN
            what := (SELECT salon.label('a finished ', '已完成的') || salon.label(k.name_en, k.name_zh, k.asset_kind_code)
                     FROM asset_kind k WHERE k.asset_kind_code = argument);
        WHEN 'session' THEN
            what := (SELECT salon.label('a session: ', '环节：') || salon.label(m.name_en, m.name_zh, m.format_code)
                     FROM session_format m WHERE m.format_code = argument);
        WHEN 'cost' THEN
            what := (SELECT salon.label('somebody who pays: ', '承担费用：') || salon.label(k.name_en, k.name_zh, k.cost_kind_code)
                     FROM cost_kind k WHERE k.cost_kind_code = argument);
        WHEN 'equipment' THEN
            what := salon.label('equipment: ', '设备：') || argument;
        ELSE
            what := salon.label('speakers', '讲师');
        END CASE;
        RETURN NEXT;
    END IF;
END
$$;

COMMENT ON FUNCTION _fact(_planned_event, text, text) IS
'What a rule of checklist_rule finds at an event (is_there) and what it misses, one row a thing, never none: what it is, whose or of which session, how much of a resource it is, and, where it is missing, the group in which checklist names it (part, heading)';

CREATE VIEW checklist WITH (security_invoker) AS
SELECT e.event_id,
       i.item_code,
       i.ordinal,
       i.item,
       i.phase_code,
       salon.label(h.name_en, h.name_zh, i.phase_code) AS phase,
       c.status_code,
       salon.label(s.name_en, s.name_zh, s.status_code) AS status,
       d.due_at,
       i.duty_code AS owner_duty_code,
       salon.label(u.name_en, u.name_zh, i.duty_code) AS owner_duty,
       coalesce(party_label(i.party_id),
                (SELECT string_agg(_party_label(p.party_id, p.name_en, p.name_zh), salon.say(', ') ORDER BY ed.place)
                 FROM (SELECT ed.party_id, min(ed.event_duty_id) AS place
                       FROM event_duty ed
                       WHERE ed.event_id = e.event_id AND ed.duty_code = i.duty_code AND ed.status_code = 'confirmed'
                       GROUP BY ed.party_id) ed
                 JOIN party p ON p.party_id = ed.party_id)) AS owner,
       CASE WHEN i.rule_code IS NULL THEN i.done_evidence ELSE f.evidence END AS evidence,
       CASE WHEN c.status_code IN ('open', 'overdue') THEN f.missing END AS missing,
       i.waived_reason,
       i.waived_by,
       i.waived_at,
       i.rule_code,
       i.argument,
       i.party_id AS owner_id,
       _event_label(e.event_id, e.name_en, e.name_zh) AS event, _event_date(e.starts_at, e.time_zone) AS held_on
FROM _planned_event e
CROSS JOIN LATERAL (
    SELECT i.item_code, i.ordinal::bigint AS ordinal, salon.label(i.name_en, i.name_zh, i.item_code) AS item, i.phase_code,
           i.rule_code, i.argument, i.needed_when, i.due_anchor, i.due_offset, i.duty_code, i.created_at,
           t.party_id, t.due_at, t.waived_reason, t.waived_by, t.waived_at, t.done_evidence
    FROM checklist_item i
    LEFT JOIN event_item t ON t.event_id = e.event_id AND t.template_item_code = i.item_code
    WHERE i.template_code = e.template_code
    UNION ALL
    SELECT t.item_code, 1000, salon.label(t.name_en, t.name_zh), t.phase_code,
           NULL, NULL, 'always', 'start', NULL AS due_offset, NULL, NULL,
           t.party_id, t.due_at, t.waived_reason, t.waived_by, t.waived_at, t.done_evidence
    FROM event_item t
    WHERE t.event_id = e.event_id AND t.template_item_code IS NULL
) i
-- in brief: counts where a list would be long
CROSS JOIN LATERAL (
    SELECT CASE i.rule_code
               WHEN 'agenda' THEN nullif(x.there, 0) || salon.label(' sessions', ' 个环节')
               WHEN 'duty' THEN nullif(x.held, 0) || salon.label(' of ', '/') || x.things || salon.label(' duties have somebody', ' 项有人负责')
               WHEN 'speaker_introduction' THEN
                   nullif(x.parties, 0) || salon.label(' speakers, ', ' 位讲师，') || x.sessions || salon.label(' sessions', ' 个议题')
               WHEN 'speaker_photo' THEN nullif(x.there, 0) || salon.label(' of ', '/') || x.things || salon.label(' speakers', ' 位讲师')
               WHEN 'asset' THEN nullif(x.there, 0) || salon.label(' ready', ' 份已就绪') || coalesce(' ' || x.url, '')
               WHEN 'event_media' THEN x.amounts
               WHEN 'slides' THEN nullif(x.there, 0) || salon.label(' of ', '/') || x.things || salon.label(' talks', ' 个议题')
               ELSE x.found END,
           x.missing, x.is_there
    FROM (
        SELECT bool_and(g.is_there) AS is_there,
               sum(g.there)::bigint AS there, sum(g.held)::bigint AS held, sum(g.things)::bigint AS things,
               sum(g.parties)::bigint AS parties, sum(g.sessions)::bigint AS sessions, min(g.url) AS url,
               string_agg(g.amounts, salon.say(', ')) AS amounts,
               min(g.found) AS found,
               string_agg(coalesce(g.heading, '') || g.lacking, salon.say('; ')) AS missing
        FROM (
            SELECT f.part, f.heading,
                   bool_and(f.is_there) AS is_there,
                   count(*) FILTER (WHERE f.is_there) AS there,
                   count(*) FILTER (WHERE f.quantity > 0) AS held,
                   count(*) AS things,
                   count(f.party_id) AS parties,
                   count(f.session_id) AS sessions,
                   min(f.what) FILTER (WHERE f.what ~ '^https?://') AS url,
                   min(f.quantity || ' ' || f.what) FILTER (WHERE f.is_there AND f.party_id IS NULL) AS amounts,
                   _brief(array_agg(f.what) FILTER (WHERE f.is_there)) AS found,
                   _brief(array_agg(f.what) FILTER (WHERE NOT f.is_there)) AS lacking
            FROM (SELECT f.*
                  FROM _fact(e, i.rule_code, i.argument)
                       WITH ORDINALITY f (is_there, what, party_id, session_id, quantity, part, heading, place)
                  ORDER BY f.part, f.heading, f.place) f
            GROUP BY f.part, f.heading
            ORDER BY f.part, f.heading
        ) g
    ) x
) f (evidence, missing, is_there)
LEFT JOIN phase h ON h.phase_code = i.phase_code
LEFT JOIN duty u ON u.duty_code = i.duty_code
CROSS JOIN LATERAL (
    SELECT coalesce(i.due_at,
                    (CASE i.due_anchor WHEN 'start' THEN e.starts_at ELSE e.ends_at END AT TIME ZONE e.time_zone
                     + i.due_offset) AT TIME ZONE e.time_zone) AS due_at
) d
CROSS JOIN LATERAL (
    SELECT CASE WHEN i.waived_reason IS NOT NULL THEN 'waived'
                WHEN f.is_there OR (i.rule_code IS NULL AND i.done_evidence IS NOT NULL) THEN 'done'
                WHEN e.is_off OR e.is_closed
                     OR (e.took_place AND (h.until_held OR (i.created_at > e.ends_at AND i.due_anchor = 'start')))
                     OR (i.needed_when = 'on_site' AND e.planned_on_site IS NOT DISTINCT FROM 0)
                     OR (i.needed_when = 'online' AND e.planned_online IS NOT DISTINCT FROM 0) THEN 'not_needed'
                WHEN d.due_at < now() THEN 'overdue'
                ELSE 'open' END AS status_code
) c
LEFT JOIN status s ON s.subject = 'item' AND s.status_code = c.status_code;

COMMENT ON VIEW checklist IS 'Each item of the checklist of each event, decided from the facts: what is missing, who owns it, when it is due (C1-C28) / 检查表';
COMMENT ON COLUMN checklist.item_code IS 'The item; own_ and a number: of this event alone';
COMMENT ON COLUMN checklist.ordinal IS 'Order of the item';
COMMENT ON COLUMN checklist.phase_code IS 'Phase of the item';
COMMENT ON COLUMN checklist.status_code IS 'done, open, overdue, waived or not_needed';
COMMENT ON COLUMN checklist.due_at IS 'When it is due; NULL: not known, for the event has no time yet';
COMMENT ON COLUMN checklist.owner_duty_code IS 'Duty that owns it';
COMMENT ON COLUMN checklist.owner_duty IS 'Label of the duty';
COMMENT ON COLUMN checklist.owner IS 'Who owns it; NULL: nobody has the duty';
COMMENT ON COLUMN checklist.evidence IS 'What is there';
COMMENT ON COLUMN checklist.missing IS 'What exactly is missing; NULL: nothing, or it is waived or not needed';
COMMENT ON COLUMN checklist.waived_reason IS 'Why it is waived';
COMMENT ON COLUMN checklist.waived_by IS 'Database role that waived it';
COMMENT ON COLUMN checklist.waived_at IS 'When it was waived';
COMMENT ON COLUMN checklist.rule_code IS 'Rule that decides it; NULL: a person says that it is done';
COMMENT ON COLUMN checklist.argument IS 'What the rule looks for: see checklist_rule';
COMMENT ON COLUMN checklist.owner_id IS 'Party that was named as its owner; NULL: whoever has the duty';

CREATE VIEW missing_item WITH (security_invoker) AS
SELECT c.event_id,
       _event_label(e.event_id, e.name_en, e.name_zh) AS event,
       _event_date(e.starts_at, e.time_zone) AS held_on,
       c.item_code, c.ordinal, c.item, c.phase_code, c.phase, c.status_code, c.status,
       coalesce(f.heading, '') || f.what AS missing,
       f.party_id, f.session_id,
       c.due_at, c.owner_duty_code, c.owner_duty, c.owner_id, c.owner
FROM checklist c
JOIN _planned_event e ON e.event_id = c.event_id
CROSS JOIN LATERAL _fact(e, c.rule_code, c.argument) f
WHERE c.status_code IN ('open', 'overdue') AND NOT f.is_there;

COMMENT ON VIEW missing_item IS 'Each single thing that is missing for an event: the photo of whom, the slides of what, each gap of the agenda; checklist has them in brief / 缺项明细';
COMMENT ON COLUMN missing_item.held_on IS 'The day on which it begins, where it is held; NULL: not known yet';
COMMENT ON COLUMN missing_item.item_code IS 'The item of the checklist';
COMMENT ON COLUMN missing_item.ordinal IS 'Order of the item';
COMMENT ON COLUMN missing_item.phase_code IS 'Phase of the item';
COMMENT ON COLUMN missing_item.status_code IS 'open or overdue';
COMMENT ON COLUMN missing_item.missing IS 'What is missing, one thing';
COMMENT ON COLUMN missing_item.party_id IS 'The party that it is about, such as the speaker without a photo; NULL: none';
COMMENT ON COLUMN missing_item.session_id IS 'The session that it is about, such as the one without slides; NULL: none';
COMMENT ON COLUMN missing_item.due_at IS 'When the item is due; NULL: not known';
COMMENT ON COLUMN missing_item.owner_duty_code IS 'Duty that owns the item';
COMMENT ON COLUMN missing_item.owner_duty IS 'Label of the duty';
COMMENT ON COLUMN missing_item.owner_id IS 'Party that was named as its owner; NULL: whoever has the duty';
COMMENT ON COLUMN missing_item.owner IS 'Who owns the item; NULL: nobody has the duty';

CREATE VIEW checklist_summary WITH (security_invoker) AS
SELECT e.event_id,
       _event_label(e.event_id, e.name_en, e.name_zh) AS event,
       c.items, c.done, c.open, c.overdue, c.waived, c.not_needed,
       c.done || salon.label(' of ', '/') || c.items AS progress,
       c.next_three,
       _event_date(e.starts_at, e.time_zone) AS held_on
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
                           salon.say(', ')) AS next_three
    FROM checklist k
    WHERE k.event_id = e.event_id
) c;

COMMENT ON VIEW checklist_summary IS 'How far each event is: items done, overdue, and the next three to do / 检查表汇总';
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
    PERFORM _known(EXISTS (SELECT FROM event e WHERE e.event_id = waive.event_id), salon.say('event %s does not exist'), event_id);
    IF NOT EXISTS (SELECT FROM checklist_item i WHERE i.item_code = waive.item_code)
       AND NOT EXISTS (SELECT FROM event_item i WHERE i.event_id = waive.event_id AND i.item_code = waive.item_code) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(salon.say('checklist item "%s" does not exist'), coalesce(item_code, 'NULL')),
            HINT = format(salon.say('SELECT item_code, item FROM checklist WHERE event_id = %s shows the items.'), event_id);
    END IF;
    IF reason IS NULL OR NOT salon.is_text(reason) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('item "%s" cannot be waived without a reason'), item_code),
            HINT = salon.say('Say why: it is recorded with your name and the time.');
    END IF;
    UPDATE event_item t SET waived_reason = reason
    WHERE t.event_id = waive.event_id AND t.item_code = waive.item_code;
    IF NOT FOUND THEN
        INSERT INTO event_item AS t (event_id, item_code, waived_reason)
        VALUES (waive.event_id, waive.item_code, reason)
        ON CONFLICT ON CONSTRAINT event_item_event_id_item_code_key
        DO UPDATE SET waived_reason = EXCLUDED.waived_reason;
    END IF;
END
$$;

COMMENT ON FUNCTION waive(bigint, text, text) IS
'Waive an item of the checklist of an event with a reason; who and when are recorded. To take it back, set event_item.waived_reason to NULL. Errors: 23503 no such event or item, 22023 no reason, 23514 the item is of another template / 注明原因，免去检查项';
