-- Spaces from 0.3.0 to 0.4.0.

-- == Base: texts, catalogues, parties

-- == The life of an event

ALTER TABLE event
    ADD archived_at timestamptz,
    DROP CONSTRAINT event_announced_has_name_and_time,
    DROP CONSTRAINT event_cancelled_has_a_reason;
DROP INDEX event_held_in_city_idx, event_coming_to_city_idx;
ALTER TABLE event DISABLE TRIGGER USER;
UPDATE event
SET archived_at = coalesce((SELECT max(h.at) FROM history h
                            WHERE h.subject = 'event' AND h.row_key = event.event_id::text AND h.after ->> 'status_code' = 'archived'), now()),
    status_code = CASE WHEN cancelled_reason IS NULL THEN 'recapped' ELSE 'cancelled' END
WHERE status_code = 'archived';
ALTER TABLE event ENABLE TRIGGER USER;
DELETE FROM step WHERE subject = 'event' AND 'archived' IN (from_code, to_code);
DELETE FROM status WHERE subject = 'event' AND status_code = 'archived';
UPDATE status SET ordinal = 6 WHERE subject = 'event' AND status_code = 'cancelled' AND ordinal = 7;
ALTER TABLE event
    ADD is_open boolean NOT NULL GENERATED ALWAYS AS (status_code IN ('idea', 'planned', 'announced')) STORED,
    ADD is_off boolean NOT NULL GENERATED ALWAYS AS (status_code = 'cancelled') STORED,
    ADD took_place boolean NOT NULL GENERATED ALWAYS AS (status_code IN ('held', 'recapped')) STORED,
    ADD is_closed boolean NOT NULL GENERATED ALWAYS AS (status_code IN ('held', 'recapped') AND archived_at IS NOT NULL) STORED,
    ADD UNIQUE (event_id, is_off);
ALTER TABLE event
    ADD CONSTRAINT event_announced_has_name_and_time CHECK (
        NOT (took_place OR status_code = 'announced')
        OR (num_nonnulls(name_en, name_zh) > 0 AND starts_at IS NOT NULL)),
    ADD CONSTRAINT event_cancelled_has_a_reason CHECK (NOT is_off OR cancelled_reason IS NOT NULL),
    ADD CONSTRAINT event_archived_is_over CHECK (archived_at IS NULL OR took_place OR is_off);
CREATE INDEX event_held_in_city_idx ON event (city_code) WHERE took_place;
CREATE INDEX event_coming_to_city_idx ON event (city_code, starts_at) WHERE is_open AND status_code <> 'idea';

-- == Days, zones, moving

-- Clocks of places only.
UPDATE space SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
UPDATE venue SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
UPDATE event SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
UPDATE rotation SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
UPDATE season SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
ALTER TABLE space DROP CONSTRAINT space_time_zone_is_iana,
    ADD CONSTRAINT space_time_zone_is_iana CHECK (
        time_zone ~ '^(UTC|Etc/GMT[+-][0-9]+|[A-Za-z_]+(/[A-Za-z_]+(-[A-Za-z_]+)*)+)$'
        AND time_zone !~* '^(right|posix)/'
        AND timestamptz '2000-01-01 00:00+00' AT TIME ZONE time_zone IS NOT NULL);
ALTER TABLE venue DROP CONSTRAINT venue_time_zone_is_iana,
    ADD CONSTRAINT venue_time_zone_is_iana CHECK (
        time_zone ~ '^(UTC|Etc/GMT[+-][0-9]+|[A-Za-z_]+(/[A-Za-z_]+(-[A-Za-z_]+)*)+)$'
        AND time_zone !~* '^(right|posix)/'
        AND timestamptz '2000-01-01 00:00+00' AT TIME ZONE time_zone IS NOT NULL);
ALTER TABLE event DROP CONSTRAINT event_time_zone_is_iana,
    ADD CONSTRAINT event_time_zone_is_iana CHECK (
        time_zone ~ '^(UTC|Etc/GMT[+-][0-9]+|[A-Za-z_]+(/[A-Za-z_]+(-[A-Za-z_]+)*)+)$'
        AND time_zone !~* '^(right|posix)/'
        AND timestamptz '2000-01-01 00:00+00' AT TIME ZONE time_zone IS NOT NULL);
ALTER TABLE rotation DROP CONSTRAINT rotation_time_zone_is_iana,
    ADD CONSTRAINT rotation_time_zone_is_iana CHECK (
        time_zone ~ '^(UTC|Etc/GMT[+-][0-9]+|[A-Za-z_]+(/[A-Za-z_]+(-[A-Za-z_]+)*)+)$'
        AND time_zone !~* '^(right|posix)/'
        AND timestamptz '2000-01-01 00:00+00' AT TIME ZONE time_zone IS NOT NULL);
ALTER TABLE venue ALTER COLUMN time_zone DROP DEFAULT;
ALTER TABLE event ALTER COLUMN time_zone DROP DEFAULT;
ALTER TABLE rotation ALTER COLUMN time_zone DROP DEFAULT;

-- @include event_day@

-- What an event that is only online or only on site has no use for.
ALTER TABLE template_duty ADD COLUMN needed_when text NOT NULL DEFAULT 'always'
    CONSTRAINT template_duty_needed_when_is_known CHECK (needed_when IN ('always', 'on_site', 'online'));
ALTER TABLE template_resource ADD COLUMN needed_when text NOT NULL DEFAULT 'always'
    CONSTRAINT template_resource_needed_when_is_known CHECK (needed_when IN ('always', 'on_site', 'online'));
DELETE FROM template_duty WHERE template_code = 'salon' AND duty_code = 'health_check' AND shipped;
UPDATE template_duty SET needed_when = 'on_site'
WHERE shipped AND template_code = 'salon'
  AND duty_code IN ('banner', 'venue', 'check_in', 'countdown', 'sign_holding', 'short_video', 'photo', 'microphone');
UPDATE template_resource SET needed_when = CASE WHEN resource_code LIKE 'live%' THEN 'online' ELSE 'on_site' END
WHERE shipped AND template_code = 'salon' AND resource_code IN ('venue', 'tea', 'dinner', 'live_stream', 'live_viewer');

-- == Agreements

-- == Rules, checklist, templates

-- An item code is its own in its template, no longer in the space.
ALTER TABLE event ADD UNIQUE (event_id, template_code);
ALTER TABLE event_item DROP CONSTRAINT event_item_item_code_fkey;
ALTER TABLE item_dependency
    DROP CONSTRAINT item_dependency_item_is_of_the_template,
    DROP CONSTRAINT item_dependency_needs_an_item_of_the_template,
    DROP CONSTRAINT item_dependency_is_entered_once;
ALTER TABLE checklist_item
    ADD COLUMN format_code text GENERATED ALWAYS AS (CASE WHEN rule_code = 'session' THEN argument END) STORED REFERENCES session_format,
    ADD COLUMN cost_kind_code text GENERATED ALWAYS AS (CASE WHEN rule_code = 'cost' THEN argument END) STORED REFERENCES cost_kind,
    ADD COLUMN created_at timestamptz,
    DROP CONSTRAINT checklist_item_argument_fits_the_rule,
    DROP CONSTRAINT checklist_item_item_code_template_code_key,
    DROP CONSTRAINT checklist_item_pkey,
    ADD PRIMARY KEY (item_code, template_code),
    ADD CONSTRAINT checklist_item_code_is_not_of_one_event CHECK (item_code !~ '^own_[0-9]+$'),
    ADD CONSTRAINT checklist_item_argument_fits_the_rule CHECK (
        CASE WHEN rule_code IN ('part', 'logo', 'link', 'asset', 'session', 'cost') THEN argument IS NOT NULL
             WHEN rule_code = 'headcount' THEN argument IS NOT NULL AND argument IN ('on_site', 'online')
             ELSE argument IS NULL END);
ALTER TABLE checklist_item ALTER created_at SET DEFAULT now();
CREATE INDEX checklist_item_format_code_idx ON checklist_item (format_code);
CREATE INDEX checklist_item_cost_kind_code_idx ON checklist_item (cost_kind_code);
ALTER TABLE item_dependency
    ADD CONSTRAINT item_dependency_is_entered_once UNIQUE (item_code, needs_code, template_code),
    ADD CONSTRAINT item_dependency_item_is_of_the_template FOREIGN KEY (item_code, template_code)
        REFERENCES checklist_item (item_code, template_code) ON UPDATE CASCADE ON DELETE CASCADE,
    ADD CONSTRAINT item_dependency_needs_an_item_of_the_template FOREIGN KEY (needs_code, template_code)
        REFERENCES checklist_item (item_code, template_code) ON UPDATE CASCADE ON DELETE CASCADE;

-- What was said of an item of the template that the event had before becomes
-- an item of the event alone.
ALTER TABLE event_item
    ADD COLUMN name_en text,
    ADD COLUMN name_zh text,
    ADD COLUMN phase_code text REFERENCES phase,
    ADD COLUMN template_code text;
UPDATE event_item t
SET template_code = e.template_code,
    name_en = CASE WHEN i.template_code <> e.template_code THEN i.name_en END,
    name_zh = CASE WHEN i.template_code <> e.template_code THEN i.name_zh END,
    item_code = CASE WHEN i.template_code <> e.template_code THEN 'own_' || t.event_item_id ELSE t.item_code END
FROM event e, checklist_item i
WHERE e.event_id = t.event_id AND i.item_code = t.item_code;
ALTER TABLE event_item
    ALTER template_code SET NOT NULL,
    ADD COLUMN template_item_code text GENERATED ALWAYS AS (CASE WHEN num_nonnulls(name_en, name_zh) = 0 THEN item_code END) STORED;
DROP INDEX event_item_item_code_idx;
CREATE INDEX event_item_item_code_idx ON event_item (template_item_code, template_code);
CREATE INDEX event_item_template_code_idx ON event_item (event_id, template_code);
CREATE INDEX event_item_phase_code_idx ON event_item (phase_code);
ALTER TABLE event_item
    ADD CONSTRAINT event_item_follows_the_template FOREIGN KEY (event_id, template_code)
        REFERENCES event (event_id, template_code) ON UPDATE CASCADE ON DELETE CASCADE,
    ADD CONSTRAINT event_item_is_of_the_template FOREIGN KEY (template_item_code, template_code)
        REFERENCES checklist_item (item_code, template_code),
    ADD CONSTRAINT event_item_of_one_event_has_its_own_code CHECK (
        num_nonnulls(name_en, name_zh) = 0 OR item_code = 'own_' || event_item_id),
    ADD CONSTRAINT event_item_phase_is_of_its_own CHECK (phase_code IS NULL OR num_nonnulls(name_en, name_zh) > 0);

INSERT INTO checklist_rule (rule_code, name_en, name_zh, argument, shipped) VALUES
    ('speaker',              'somebody speaks in the agenda', '议程中有讲师', NULL, true),
    ('session',              'there is a session of the format', '有该形式的环节', 'code of a session_format', true),
    ('cost',                 'somebody pays the cost, or it was paid', '该项费用有人承担或已支付', 'code of a cost_kind', true),
    ('post',                 'a channel has posted about the event', '已有渠道发布', NULL, true),
    ('follow_up_post',       'a channel has posted after the event', '活动后已有渠道发布', NULL, true)
ON CONFLICT DO NOTHING;
-- @include need@

-- == Guests

-- == Whole
