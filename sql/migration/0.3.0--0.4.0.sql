-- Spaces from 0.3.0 to 0.4.0.

-- == Base: texts, catalogues, parties

-- Amounts have the digits of the currency.
ALTER TABLE space ALTER host_cost_from TYPE numeric, ALTER host_cost_to TYPE numeric;
ALTER TABLE cost ALTER planned TYPE numeric, ALTER actual TYPE numeric;
ALTER TABLE package ALTER price TYPE numeric;
ALTER TABLE segment ALTER income_from TYPE numeric, ALTER income_below TYPE numeric;
ALTER TABLE audience ALTER income_from TYPE numeric, ALTER income_below TYPE numeric;

-- Keys of other systems, and parties that are merged.
ALTER TABLE party
    ADD COLUMN external_id text CONSTRAINT party_external_id_is_a_text CHECK (salon.is_text(external_id)),
    ADD UNIQUE (external_id);
ALTER TABLE registration
    ADD COLUMN external_id text CONSTRAINT registration_external_id_is_a_text CHECK (salon.is_text(external_id)),
    ADD UNIQUE (event_id, external_id);
ALTER TABLE session
    ADD COLUMN external_id text CONSTRAINT session_external_id_is_a_text CHECK (salon.is_text(external_id)),
    ADD UNIQUE (event_id, external_id);
-- @include merged@

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

-- The children that a cancelled event gives free.
ALTER TABLE session
    ADD event_is_off boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT session_event_id_fkey,
    DROP CONSTRAINT session_room_is_free;
UPDATE session s SET event_is_off = true FROM event e WHERE e.event_id = s.event_id AND e.is_off;
ALTER TABLE session DROP occupied;
ALTER TABLE session
    ADD occupied tstzrange NOT NULL GENERATED ALWAYS AS (
        CASE WHEN ends_at > starts_at AND NOT event_is_off
             THEN tstzrange(starts_at, (ends_at AT TIME ZONE 'UTC' + make_interval(mins => coalesce(changeover, room_changeover)))
                                       AT TIME ZONE 'UTC')
             ELSE 'empty'::tstzrange END) STORED,
    ADD UNIQUE (session_id, event_id, event_is_off, during),
    ADD CONSTRAINT session_follows_the_event FOREIGN KEY (event_id, event_is_off)
        REFERENCES event (event_id, is_off) ON UPDATE CASCADE ON DELETE CASCADE,
    ADD CONSTRAINT session_room_is_free EXCLUDE USING gist
        (int8range(room_id, room_id, '[]') WITH &&, occupied WITH &&)
        WHERE (room_id IS NOT NULL AND NOT isempty(occupied)) DEFERRABLE;
DROP INDEX session_event_id_idx;
CREATE INDEX session_event_id_idx ON session (event_id, event_is_off);

ALTER TABLE invitation
    ADD event_is_off boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT invitation_event_id_fkey;
UPDATE invitation i SET event_is_off = true FROM event e WHERE e.event_id = i.event_id AND e.is_off;
ALTER TABLE invitation
    ADD is_void boolean NOT NULL GENERATED ALWAYS AS (event_is_off OR status_code = 'declined') STORED,
    ADD UNIQUE (invitation_id, person_id, is_void),
    ADD CONSTRAINT invitation_follows_the_event FOREIGN KEY (event_id, event_is_off)
        REFERENCES event (event_id, is_off) ON UPDATE CASCADE ON DELETE CASCADE;
CREATE INDEX invitation_event_id_idx ON invitation (event_id, event_is_off);

ALTER TABLE speaker
    ADD event_id bigint,
    ADD event_is_off boolean,
    ADD is_declined boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT speaker_follows_the_session,
    DROP CONSTRAINT speaker_is_in_one_place;
UPDATE speaker k
SET event_id = s.event_id, event_is_off = s.event_is_off,
    is_declined = EXISTS (SELECT FROM invitation i
                          WHERE i.event_id = s.event_id AND i.person_id = k.person_id AND i.status_code = 'declined')
FROM session s
WHERE s.session_id = k.session_id;
DROP INDEX speaker_session_id_idx;
ALTER TABLE speaker
    ALTER event_id SET NOT NULL,
    ALTER event_is_off SET NOT NULL,
    ADD busy tstzrange NOT NULL GENERATED ALWAYS AS (
        CASE WHEN event_is_off OR is_declined THEN 'empty' ELSE during END) STORED,
    ADD CONSTRAINT speaker_follows_the_session FOREIGN KEY (session_id, event_id, event_is_off, during)
        REFERENCES session (session_id, event_id, event_is_off, during) ON UPDATE CASCADE ON DELETE CASCADE,
    ADD CONSTRAINT speaker_is_in_one_place EXCLUDE USING gist
        (int8range(person_id, person_id, '[]') WITH &&, busy WITH &&) WHERE (NOT isempty(busy)) DEFERRABLE;
CREATE INDEX speaker_session_id_idx ON speaker (session_id, event_id, event_is_off, during);

ALTER TABLE travel_leg
    ADD is_void boolean,
    DROP CONSTRAINT travel_leg_is_of_the_invited,
    DROP CONSTRAINT travel_leg_is_the_only_one_then;
UPDATE travel_leg l SET is_void = i.is_void FROM invitation i WHERE i.invitation_id = l.invitation_id;
ALTER TABLE invitation DROP CONSTRAINT invitation_invitation_id_person_id_key;
DROP INDEX travel_leg_invitation_id_idx;
ALTER TABLE travel_leg DROP during;
ALTER TABLE travel_leg
    ALTER is_void SET NOT NULL,
    ADD during tstzrange NOT NULL GENERATED ALWAYS AS (
        CASE WHEN arrives_at > departs_at AND NOT is_void THEN tstzrange(departs_at, arrives_at)
             ELSE 'empty'::tstzrange END) STORED,
    ADD CONSTRAINT travel_leg_is_of_the_invited FOREIGN KEY (invitation_id, person_id, is_void)
        REFERENCES invitation (invitation_id, person_id, is_void) ON UPDATE CASCADE ON DELETE CASCADE,
    ADD CONSTRAINT travel_leg_is_the_only_one_then EXCLUDE USING gist
        (int8range(person_id, person_id, '[]') WITH &&, during WITH &&) WHERE (NOT isempty(during)) DEFERRABLE;
CREATE INDEX travel_leg_invitation_id_idx ON travel_leg (invitation_id, person_id, is_void);

ALTER TABLE absence ADD during tstzrange NOT NULL GENERATED ALWAYS AS (
    CASE WHEN ends_at > starts_at THEN tstzrange(starts_at, ends_at) ELSE 'empty' END) STORED;

ALTER TABLE event_duty
    ADD event_is_off boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT event_duty_event_id_fkey,
    DROP CONSTRAINT event_duty_helper_is_in_one_place;
UPDATE event_duty d SET event_is_off = true FROM event e WHERE e.event_id = d.event_id AND e.is_off;
ALTER TABLE event_duty DROP during;
ALTER TABLE event_duty
    ADD hours tstzmultirange,
    ADD during tstzmultirange NOT NULL GENERATED ALWAYS AS (
        CASE WHEN ends_at > starts_at AND NOT event_is_off AND status_code <> 'declined'
             THEN coalesce(hours, tstzmultirange(tstzrange(starts_at, ends_at)))
             ELSE '{}'::tstzmultirange END) STORED,
    ADD CONSTRAINT event_duty_follows_the_event FOREIGN KEY (event_id, event_is_off)
        REFERENCES event (event_id, is_off) ON UPDATE CASCADE ON DELETE CASCADE,
    ADD CONSTRAINT event_duty_helper_is_in_one_place EXCLUDE USING gist
        (int8range(party_id, party_id, '[]') WITH &&, during WITH &&)
        WHERE (party_id IS NOT NULL AND NOT isempty(during)) DEFERRABLE;
CREATE INDEX event_duty_event_id_idx ON event_duty (event_id, event_is_off);

ALTER TABLE slot DROP CONSTRAINT slot_overlaps_no_other;
ALTER TABLE slot ADD CONSTRAINT slot_overlaps_no_other EXCLUDE USING gist
    (int8range(event_id, event_id, '[]') WITH &&, int8range(room_id, room_id, '[]') WITH &&, during WITH &&) DEFERRABLE;

ALTER TABLE turn
    ADD event_is_off boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT turn_event_id_fkey,
    DROP CONSTRAINT turn_keeps_the_distance,
    DROP CONSTRAINT turn_keeps_the_distance_of_events;
UPDATE turn t SET event_is_off = true FROM event e WHERE e.event_id = t.event_id AND e.is_off;
ALTER TABLE turn
    ADD CONSTRAINT turn_follows_the_event FOREIGN KEY (event_id, event_is_off)
        REFERENCES event (event_id, is_off) ON UPDATE CASCADE ON DELETE SET NULL (event_id),
    ADD CONSTRAINT turn_keeps_the_distance EXCLUDE USING gist
        (int8range(season_id, season_id, '[]') WITH &&, int8range(party_id, party_id, '[]') WITH &&, apart WITH &&)
        WHERE (party_id IS NOT NULL AND NOT event_is_off) DEFERRABLE,
    ADD CONSTRAINT turn_keeps_the_distance_of_events EXCLUDE USING gist
        (int8range(series_id, series_id, '[]') WITH &&, int8range(party_id, party_id, '[]') WITH &&, apart WITH &&)
        WHERE (party_id IS NOT NULL AND event_id IS NOT NULL AND NOT event_is_off) DEFERRABLE;
CREATE INDEX turn_event_id_idx ON turn (event_id, event_is_off);

ALTER TABLE seating RENAME is_called_off TO event_is_off;
ALTER TABLE seating DROP CONSTRAINT seating_event_id_fkey;
UPDATE seating s SET event_is_off = e.is_off FROM event e WHERE e.event_id = s.event_id AND e.is_off <> s.event_is_off;
ALTER TABLE seating ADD CONSTRAINT seating_follows_the_event FOREIGN KEY (event_id, event_is_off)
    REFERENCES event (event_id, is_off) ON UPDATE CASCADE ON DELETE CASCADE;
CREATE INDEX seating_event_id_idx ON seating (event_id, event_is_off);

-- Who is where.  Of two that clash already the later one gets a row once it is
-- changed.
-- @include presence@
ALTER TABLE presence DROP CONSTRAINT presence_is_in_one_place;
INSERT INTO presence (party_id, during, excludes, subject, subject_id)
SELECT k.person_id, tstzmultirange(k.busy), int8multirange(int8range(k.event_id, k.event_id, '[]')), 'speaker', k.speaker_id
FROM speaker k
WHERE NOT isempty(k.busy)
UNION ALL
SELECT d.party_id, d.during, CASE WHEN d.whole_event THEN '{(,)}'::int8multirange - int8multirange(int8range(d.event_id, d.event_id, '[]')) ELSE '{(,)}' END,
       'event_duty', d.event_duty_id
FROM event_duty d
WHERE d.party_id IS NOT NULL AND NOT isempty(d.during)
UNION ALL
SELECT l.person_id, tstzmultirange(l.during), '{(,)}', 'travel_leg', l.travel_leg_id
FROM travel_leg l
WHERE NOT isempty(l.during)
UNION ALL
SELECT a.person_id, tstzmultirange(a.during), '{(,)}', 'absence', a.absence_id
FROM absence a;
CREATE INDEX presence_clash_idx ON presence USING gist (int8range(party_id, party_id, '[]'), during);
DELETE FROM presence p
WHERE EXISTS (SELECT FROM presence o
              WHERE int8range(o.party_id, o.party_id, '[]') && int8range(p.party_id, p.party_id, '[]') AND o.during && p.during
                AND o.excludes && p.excludes AND o.presence_id < p.presence_id);
DROP INDEX presence_clash_idx;
ALTER TABLE presence ADD CONSTRAINT presence_is_in_one_place EXCLUDE USING gist
    (int8range(party_id, party_id, '[]') WITH &&, excludes WITH &&, during WITH &&) DEFERRABLE;

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

-- Intervals that a date can be shifted by.
UPDATE checklist_item SET due_offset = NULL
WHERE NOT (extract(year FROM due_offset) BETWEEN -100 AND 100 AND extract(day FROM due_offset) BETWEEN -36600 AND 36600
       AND extract(hour FROM due_offset) BETWEEN -900000 AND 900000);
ALTER TABLE checklist_item ADD CONSTRAINT checklist_item_due_offset_is_possible CHECK (
    extract(year FROM due_offset) BETWEEN -100 AND 100 AND extract(day FROM due_offset) BETWEEN -36600 AND 36600
    AND extract(hour FROM due_offset) BETWEEN -900000 AND 900000);
UPDATE speaker_stage SET due_offset = NULL
WHERE NOT (extract(year FROM due_offset) BETWEEN -100 AND 100 AND extract(day FROM due_offset) BETWEEN -36600 AND 36600
       AND extract(hour FROM due_offset) BETWEEN -900000 AND 900000);
ALTER TABLE speaker_stage ADD CONSTRAINT speaker_stage_due_offset_is_possible CHECK (
    extract(year FROM due_offset) BETWEEN -100 AND 100 AND extract(day FROM due_offset) BETWEEN -36600 AND 36600
    AND extract(hour FROM due_offset) BETWEEN -900000 AND 900000);
UPDATE checklist_item SET lasts = NULL
WHERE NOT (extract(year FROM lasts) BETWEEN -100 AND 100 AND extract(day FROM lasts) BETWEEN -36600 AND 36600
       AND extract(hour FROM lasts) BETWEEN -900000 AND 900000);
ALTER TABLE checklist_item ADD CONSTRAINT checklist_item_lasts_is_possible CHECK (
    extract(year FROM lasts) BETWEEN -100 AND 100 AND extract(day FROM lasts) BETWEEN -36600 AND 36600
    AND extract(hour FROM lasts) BETWEEN -900000 AND 900000);

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
WHERE shipped AND template_code = 'salon' AND resource_code IN ('venue', 'tea', 'dinner', 'attendance', 'live_stream', 'live_viewer');

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

-- What was blank is not there; where something must be, a dash stands for it.
DO $$
DECLARE
    c record;
BEGIN
    FOR c IN
        SELECT a.attrelid::regclass AS relation, a.attname AS name
        FROM pg_attribute a
        JOIN pg_class r ON r.oid = a.attrelid AND r.relkind = 'r'
        WHERE r.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'space'::regclass)
          AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' AND a.atttypid = 'text'::regtype
          AND a.attname ~ '^((name|title|text|reason)(_en|_zh)?|[a-z]+_reason|description|evidence|address|contact|respondent)$'
    LOOP
        BEGIN
            EXECUTE format('UPDATE %s SET %I = NULL WHERE NOT salon.is_text(%I)', c.relation, c.name, c.name);
        EXCEPTION WHEN not_null_violation OR check_violation THEN
            EXECUTE format('UPDATE %s SET %I = ''-'' WHERE NOT salon.is_text(%I)', c.relation, c.name, c.name);
        END;
    END LOOP;
END
$$;
ALTER TABLE consent ADD CONSTRAINT consent_texts_are_not_blank CHECK (salon.is_text(evidence));
ALTER TABLE metric ADD CONSTRAINT metric_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE outcome_kind ADD CONSTRAINT outcome_kind_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE blackout ADD CONSTRAINT blackout_texts_are_not_blank CHECK (salon.is_text(reason));
ALTER TABLE role ADD CONSTRAINT role_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE party ADD CONSTRAINT party_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE affiliation ADD CONSTRAINT affiliation_texts_are_not_blank CHECK (salon.is_text(title));
ALTER TABLE product ADD CONSTRAINT product_texts_are_not_blank CHECK (salon.is_text(name));
ALTER TABLE contact ADD CONSTRAINT contact_texts_are_not_blank CHECK (salon.is_text(address));
ALTER TABLE city ADD CONSTRAINT city_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE space ADD CONSTRAINT space_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE status ADD CONSTRAINT status_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE venue ADD CONSTRAINT venue_texts_are_not_blank CHECK (salon.is_text(name) AND salon.is_text(address));
ALTER TABLE room ADD CONSTRAINT room_texts_are_not_blank CHECK (salon.is_text(name));
ALTER TABLE session_format ADD CONSTRAINT session_format_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE session ADD CONSTRAINT session_texts_are_not_blank CHECK (salon.is_text(title_en) AND salon.is_text(title_zh));
ALTER TABLE link ADD CONSTRAINT link_texts_are_not_blank CHECK (salon.is_text(name));
ALTER TABLE asset_kind ADD CONSTRAINT asset_kind_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE series ADD CONSTRAINT series_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE template ADD CONSTRAINT template_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE event ADD CONSTRAINT event_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh) AND salon.is_text(cancelled_reason));
ALTER TABLE part ADD CONSTRAINT part_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE link_kind ADD CONSTRAINT link_kind_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE notice ADD CONSTRAINT notice_texts_are_not_blank CHECK (salon.is_text(text_en) AND salon.is_text(text_zh));
ALTER TABLE attendee ADD CONSTRAINT attendee_texts_are_not_blank CHECK (salon.is_text(name));
ALTER TABLE check_kind ADD CONSTRAINT check_kind_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE survey ADD CONSTRAINT survey_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE question ADD CONSTRAINT question_texts_are_not_blank CHECK (salon.is_text(text_en) AND salon.is_text(text_zh));
ALTER TABLE question_option ADD CONSTRAINT question_option_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE duty ADD CONSTRAINT duty_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE invitation ADD CONSTRAINT invitation_texts_are_not_blank CHECK (salon.is_text(decline_reason));
ALTER TABLE talk ADD CONSTRAINT talk_texts_are_not_blank CHECK (salon.is_text(title_en) AND salon.is_text(title_zh));
ALTER TABLE skill ADD CONSTRAINT skill_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE phase ADD CONSTRAINT phase_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE checklist_rule ADD CONSTRAINT checklist_rule_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE checklist_item ADD CONSTRAINT checklist_item_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE event_item ADD CONSTRAINT event_item_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE platform ADD CONSTRAINT platform_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE channel ADD CONSTRAINT channel_texts_are_not_blank CHECK (salon.is_text(name));
ALTER TABLE attention_index ADD CONSTRAINT attention_index_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE profession ADD CONSTRAINT profession_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE industry ADD CONSTRAINT industry_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE region ADD CONSTRAINT region_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE segment ADD CONSTRAINT segment_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE medium ADD CONSTRAINT medium_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE resource ADD CONSTRAINT resource_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE satisfies ADD CONSTRAINT satisfies_texts_are_not_blank CHECK (salon.is_text(reason_en) AND salon.is_text(reason_zh));
ALTER TABLE cost_kind ADD CONSTRAINT cost_kind_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE package ADD CONSTRAINT package_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh));
ALTER TABLE event_item
    DROP CONSTRAINT event_item_waived_reason_is_a_text,
    DROP CONSTRAINT event_item_done_evidence_is_a_text,
    ADD CONSTRAINT event_item_waived_reason_is_a_text CHECK (salon.is_text(waived_reason)),
    ADD CONSTRAINT event_item_done_evidence_is_a_text CHECK (salon.is_text(done_evidence));
ALTER TABLE outcome
    DROP CONSTRAINT outcome_description_is_a_text,
    DROP CONSTRAINT outcome_is_described_once,
    ADD CONSTRAINT outcome_description_is_a_text CHECK (salon.is_text(description)),
    ADD CONSTRAINT outcome_is_described_once EXCLUDE USING btree (
        event_id WITH =, outcome_kind_code WITH =, (left(salon.folded(description), 200)) WITH =) WHERE (party_id IS NULL);

-- Addresses are the same whatever blanks and forms they are written with.
ALTER TABLE attendee
    DROP CONSTRAINT attendee_registers_once,
    DROP CONSTRAINT attendee_phone_has_digits,
    DROP CONSTRAINT attendee_contact_is_a_text,
    DROP COLUMN contact_key;
ALTER TABLE attendee
    ADD contact_key text GENERATED ALWAYS AS (salon.contact_key(contact_kind, contact)) STORED;
-- Two of one event that are the same only now: the later one keeps its seats.
UPDATE attendee a SET contact_kind = 'other', contact = a.contact || ' (' || a.registration_id || ')'
WHERE EXISTS (SELECT FROM attendee b
              WHERE b.live_event_id = a.live_event_id AND b.contact_kind = a.contact_kind AND b.contact_key = a.contact_key
                AND b.registration_id < a.registration_id);
ALTER TABLE attendee
    ADD CONSTRAINT attendee_contact_is_a_text CHECK (salon.is_text(contact)),
    ADD CONSTRAINT attendee_registers_once UNIQUE (live_event_id, contact_kind, contact_key),
    ADD CONSTRAINT attendee_phone_has_digits CHECK (contact_kind <> 'phone' OR salon.contact_key(contact_kind, contact) ~ '[0-9]');
ALTER TABLE respondent
    DROP CONSTRAINT respondent_answers_once,
    DROP CONSTRAINT respondent_is_a_text,
    DROP COLUMN respondent_key;
ALTER TABLE respondent
    ADD respondent_key text NOT NULL GENERATED ALWAYS AS (salon.folded(respondent)) STORED;
UPDATE respondent a SET respondent = a.respondent || ' (' || a.response_id || ')'
WHERE EXISTS (SELECT FROM respondent b
              WHERE b.survey_id = a.survey_id AND b.respondent_key = a.respondent_key AND b.response_id < a.response_id);
ALTER TABLE respondent
    ADD CONSTRAINT respondent_is_a_text CHECK (salon.is_text(respondent)),
    ADD CONSTRAINT respondent_answers_once UNIQUE (survey_id, respondent_key);
ALTER TABLE answer
    DROP CONSTRAINT answer_fits_the_kind,
    ADD CONSTRAINT answer_fits_the_kind CHECK (
        CASE WHEN kind IN ('choice', 'choices') THEN question_option_id IS NOT NULL AND num_nonnulls(value, body) = 0
             WHEN kind IN ('scale', 'number') THEN value IS NOT NULL AND num_nonnulls(question_option_id, body) = 0
             ELSE body IS NOT NULL AND salon.is_text(body) AND num_nonnulls(question_option_id, value) = 0 END);
ALTER TABLE history ALTER history_id SET GENERATED ALWAYS;
