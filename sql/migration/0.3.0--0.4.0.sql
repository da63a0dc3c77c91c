-- Spaces from 0.3.0 to 0.4.0.

-- == Base: texts, catalogues, parties

-- Amounts have the digits of the currency.
ALTER TABLE space ALTER host_cost_from TYPE numeric, ALTER host_cost_to TYPE numeric;
ALTER TABLE cost ALTER planned TYPE numeric, ALTER actual TYPE numeric;
ALTER TABLE package ALTER price TYPE numeric;
ALTER TABLE segment ALTER income_from TYPE numeric, ALTER income_below TYPE numeric;
ALTER TABLE audience ALTER income_from TYPE numeric, ALTER income_below TYPE numeric;

-- Roles by name, as a number may be another's one day.
DELETE FROM access a WHERE NOT EXISTS (SELECT FROM pg_roles r WHERE r.oid = a.database_role);
ALTER TABLE access ALTER database_role TYPE name USING pg_get_userbyid(database_role::oid);

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

-- Who comes back has another row.
ALTER TABLE party_role
    DROP CONSTRAINT party_role_party_id_role_code_key,
    ADD CONSTRAINT party_role_is_one_at_a_time EXCLUDE USING gist
        (int8range(party_id, party_id, '[]') WITH &&, numrange(hashtextextended(role_code, 0), hashtextextended(role_code, 0), '[]') WITH &&,
         daterange(since, until) WITH &&) DEFERRABLE;
CREATE INDEX party_role_party_id_idx ON party_role (party_id);
ALTER TABLE affiliation
    ADD claimed_at timestamptz,
    DROP CONSTRAINT affiliation_person_id_organization_id_key,
    ADD CONSTRAINT affiliation_is_one_at_a_time EXCLUDE USING gist
        (int8range(person_id, person_id, '[]') WITH &&, int8range(organization_id, organization_id, '[]') WITH &&,
         daterange(since, until) WITH &&) DEFERRABLE;

-- A status of the community's own is one in which something may begin, as until now.
ALTER TABLE status ADD is_first boolean NOT NULL DEFAULT false;
UPDATE status SET is_first = true
WHERE subject NOT IN ('item', 'pledge', 'sponsorship')
  AND (subject, status_code) NOT IN (
      ('season', 'accepted'), ('season', 'dropped'), ('event', 'recapped'), ('event', 'cancelled'), ('consent', 'withdrawn'),
      ('talk', 'rejected'), ('talk', 'withdrawn'),
      ('invitation', 'travel'), ('invitation', 'arrived'), ('invitation', 'slides'));

-- What a salon needs is told by template_format.
ALTER TABLE session_format DROP is_optional;

-- == The life of an event

ALTER TABLE event
    ADD archived_at timestamptz,
    DROP CONSTRAINT event_announced_has_name_and_time,
    DROP CONSTRAINT event_cancelled_has_a_reason;
DROP INDEX event_held_in_city_idx, event_coming_to_city_idx, event_during_idx;
CREATE INDEX event_during_idx ON event USING gist (salon._span(starts_at, ends_at)) WHERE starts_at IS NOT NULL;
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
        (salon._point(room_id) WITH &&, occupied WITH &&)
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
        (salon._point(person_id) WITH &&, busy WITH &&) WHERE (NOT isempty(busy)) DEFERRABLE;
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
        (salon._point(person_id) WITH &&, during WITH &&) WHERE (NOT isempty(during)) DEFERRABLE;
CREATE INDEX travel_leg_invitation_id_idx ON travel_leg (invitation_id, person_id, is_void);

ALTER TABLE absence ADD during tstzrange NOT NULL GENERATED ALWAYS AS (
    CASE WHEN ends_at > starts_at THEN tstzrange(starts_at, ends_at) ELSE 'empty' END) STORED;

ALTER TABLE duty ADD UNIQUE (duty_code, is_on_site);
ALTER TABLE event_duty
    ADD event_is_off boolean NOT NULL DEFAULT false,
    ADD is_on_site boolean NOT NULL DEFAULT false,
    ADD hours tstzmultirange,
    DROP CONSTRAINT event_duty_event_id_fkey,
    DROP CONSTRAINT event_duty_duty_code_fkey,
    DROP CONSTRAINT event_duty_helper_is_in_one_place;
UPDATE event_duty d
SET event_is_off = e.is_off, is_on_site = u.is_on_site, hours = CASE WHEN d.whole_event OR d.starts_at IS NULL THEN h.hours END
FROM event e
LEFT JOIN LATERAL (
    -- as _event_hours has it
    SELECT CASE WHEN l.last > l.first AND l.last - l.first <= 400 AND l.closes > l.opens AND e.ends_at - e.starts_at > interval '24 hours'
                THEN (SELECT range_agg(tstzrange((l.first + n + l.opens) AT TIME ZONE e.time_zone, (l.first + n + l.closes) AT TIME ZONE e.time_zone, '[)'))
                      FROM generate_series(0, l.last - l.first) n)
                ELSE tstzmultirange(tstzrange(e.starts_at, e.ends_at)) END AS hours
    FROM (SELECT (e.starts_at AT TIME ZONE e.time_zone)::date AS first,
                 ((e.ends_at - interval '1 microsecond') AT TIME ZONE e.time_zone)::date AS last,
                 (e.starts_at AT TIME ZONE e.time_zone)::time AS opens,
                 (e.ends_at AT TIME ZONE e.time_zone) - ((e.ends_at - interval '1 microsecond') AT TIME ZONE e.time_zone)::date::timestamp AS closes) l) h
    ON e.starts_at IS NOT NULL,
    duty u
WHERE e.event_id = d.event_id AND u.duty_code = d.duty_code;
DROP INDEX event_duty_duty_code_idx;
ALTER TABLE event_duty DROP during;
ALTER TABLE event_duty
    ADD during tstzmultirange NOT NULL GENERATED ALWAYS AS (
        CASE WHEN event_is_off OR status_code = 'declined' THEN '{}'::tstzmultirange
             WHEN ends_at > starts_at THEN coalesce(hours, tstzmultirange(tstzrange(starts_at, ends_at)))
             WHEN starts_at IS NULL AND is_on_site THEN coalesce(hours, '{}')
             ELSE '{}' END) STORED,
    ADD CONSTRAINT event_duty_follows_the_duty FOREIGN KEY (duty_code, is_on_site)
        REFERENCES duty (duty_code, is_on_site) ON UPDATE CASCADE,
    ADD CONSTRAINT event_duty_follows_the_event FOREIGN KEY (event_id, event_is_off)
        REFERENCES event (event_id, is_off) ON UPDATE CASCADE ON DELETE CASCADE,
    ADD CONSTRAINT event_duty_helper_is_in_one_place EXCLUDE USING gist
        (salon._point(party_id) WITH &&, during WITH &&)
        WHERE (party_id IS NOT NULL AND starts_at IS NOT NULL AND NOT isempty(during)) DEFERRABLE;
CREATE INDEX event_duty_event_id_idx ON event_duty (event_id, event_is_off);
CREATE INDEX event_duty_duty_code_idx ON event_duty (duty_code, is_on_site);

-- What an event or a party entered does not go with a room or a segment.
ALTER TABLE slot DROP CONSTRAINT slot_room_id_fkey;
ALTER TABLE slot ADD CONSTRAINT slot_room_id_fkey FOREIGN KEY (room_id) REFERENCES room;
ALTER TABLE target DROP CONSTRAINT target_segment_id_fkey;
ALTER TABLE target ADD CONSTRAINT target_segment_id_fkey FOREIGN KEY (segment_id) REFERENCES segment;

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
ALTER TABLE seating ADD UNIQUE (event_id, side, event_is_off);

ALTER TABLE registration
    ADD event_is_off boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT registration_follows_the_seating;
UPDATE registration r SET event_is_off = true FROM event e WHERE e.event_id = r.event_id AND e.is_off;
DROP INDEX registration_event_id_idx;
ALTER TABLE registration ADD CONSTRAINT registration_follows_the_seating FOREIGN KEY (event_id, side, event_is_off)
    REFERENCES seating (event_id, side, event_is_off) ON UPDATE CASCADE ON DELETE CASCADE;
CREATE INDEX registration_event_id_idx ON registration (event_id, side, event_is_off);

ALTER TABLE talk
    ADD event_is_off boolean NOT NULL DEFAULT false,
    DROP CONSTRAINT talk_event_id_fkey;
UPDATE talk t SET event_is_off = true FROM event e WHERE e.event_id = t.event_id AND e.is_off;
DROP INDEX talk_event_id_idx;
ALTER TABLE talk ADD CONSTRAINT talk_follows_the_event FOREIGN KEY (event_id, event_is_off)
    REFERENCES event (event_id, is_off) ON UPDATE CASCADE ON DELETE CASCADE;
CREATE INDEX talk_event_id_idx ON talk (event_id, event_is_off);

-- Who is where.  Of two that clash already the later one gets a row once it is
-- changed; event_problem tells it.
-- @include presence@
ALTER TABLE presence DROP CONSTRAINT presence_is_in_one_place, DROP CONSTRAINT presence_is_of_one_thing;
INSERT INTO presence (party_id, during, event_id, is_exclusive, subject, subject_id)
SELECT k.person_id, tstzmultirange(k.busy), k.event_id, true, 'speaker', k.speaker_id
FROM speaker k
WHERE NOT isempty(k.busy)
UNION ALL
SELECT d.party_id, d.during, d.event_id, NOT d.whole_event AND d.starts_at IS NOT NULL, 'event_duty', d.event_duty_id
FROM event_duty d
WHERE d.party_id IS NOT NULL AND NOT isempty(d.during)
UNION ALL
SELECT l.person_id, tstzmultirange(l.during), NULL, true, 'travel_leg', l.travel_leg_id
FROM travel_leg l
WHERE NOT isempty(l.during)
UNION ALL
SELECT a.person_id, tstzmultirange(a.during), NULL, true, 'absence', a.absence_id
FROM absence a;
CREATE INDEX presence_clash_idx ON presence USING gist (salon._point(party_id), during);
DELETE FROM presence p
WHERE EXISTS (SELECT FROM presence o
              WHERE salon._point(o.party_id) && salon._point(p.party_id) AND o.during && p.during
                AND (o.event_id IS DISTINCT FROM p.event_id OR (o.is_exclusive AND p.is_exclusive)) AND o.presence_id < p.presence_id);
DROP INDEX presence_clash_idx;
ALTER TABLE presence
    ADD CONSTRAINT presence_is_in_one_place EXCLUDE USING gist
        (salon._point(party_id) WITH &&, during WITH &&, coalesce(inet '8000::' + event_id, '::') inet_ops WITH <>) DEFERRABLE,
    ADD CONSTRAINT presence_is_of_one_thing EXCLUDE USING gist
        (salon._point(party_id) WITH &&, during WITH &&) WHERE (is_exclusive) DEFERRABLE;

-- == Days, zones, moving

-- What changes places is looked at when all has.
ALTER TABLE notice DROP CONSTRAINT notice_event_id_ordinal_key,
    ADD UNIQUE (event_id, ordinal) DEFERRABLE;
ALTER TABLE shift DROP CONSTRAINT shift_stands_once,
    ADD CONSTRAINT shift_stands_once UNIQUE NULLS NOT DISTINCT (event_id, duty_code, starts_at, ends_at) DEFERRABLE;
ALTER TABLE event_duty DROP CONSTRAINT event_duty_is_given_once,
    ADD CONSTRAINT event_duty_is_given_once UNIQUE NULLS NOT DISTINCT (event_id, duty_code, party_id, starts_at) DEFERRABLE;
ALTER TABLE post DROP CONSTRAINT post_is_planned_once,
    ADD CONSTRAINT post_is_planned_once UNIQUE (channel_id, planned_at, event_id) DEFERRABLE;
ALTER TABLE turn DROP CONSTRAINT turn_season_id_starts_at_key,
    ADD UNIQUE (season_id, starts_at) DEFERRABLE;

-- Clocks of places only.
UPDATE space SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
UPDATE venue SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
UPDATE event SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
UPDATE rotation SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
UPDATE season SET time_zone = regexp_replace(time_zone, '^(right|posix)/', '', 'i') WHERE time_zone ~* '^(right|posix)/';
ALTER TABLE space DROP CONSTRAINT space_time_zone_is_iana,
    ADD CONSTRAINT space_time_zone_is_iana CHECK (salon.is_time_zone(time_zone));
ALTER TABLE venue DROP CONSTRAINT venue_time_zone_is_iana,
    ADD CONSTRAINT venue_time_zone_is_iana CHECK (salon.is_time_zone(time_zone));
ALTER TABLE event DROP CONSTRAINT event_time_zone_is_iana,
    ADD CONSTRAINT event_time_zone_is_iana CHECK (salon.is_time_zone(time_zone));
ALTER TABLE rotation DROP CONSTRAINT rotation_time_zone_is_iana,
    ADD CONSTRAINT rotation_time_zone_is_iana CHECK (salon.is_time_zone(time_zone));
ALTER TABLE venue ALTER COLUMN time_zone DROP DEFAULT,
    ADD COLUMN equipment salon.bundle NOT NULL DEFAULT '';
CREATE INDEX venue_equipment_idx ON venue USING gin (equipment);
ALTER TABLE event ALTER COLUMN time_zone DROP DEFAULT;
ALTER TABLE rotation ALTER COLUMN time_zone DROP DEFAULT;

-- @include event_day@

-- Intervals that a date can be shifted by.
UPDATE checklist_item SET due_offset = NULL
WHERE NOT (abs(extract(year FROM due_offset)) <= 100 AND abs(extract(day FROM due_offset)) <= 36600
       AND abs(extract(hour FROM due_offset)) <= 900000);
ALTER TABLE checklist_item ADD CONSTRAINT checklist_item_due_offset_is_possible CHECK (
    abs(extract(year FROM due_offset)) <= 100 AND abs(extract(day FROM due_offset)) <= 36600
    AND abs(extract(hour FROM due_offset)) <= 900000);
UPDATE speaker_stage SET due_offset = NULL
WHERE NOT (abs(extract(year FROM due_offset)) <= 100 AND abs(extract(day FROM due_offset)) <= 36600
       AND abs(extract(hour FROM due_offset)) <= 900000);
ALTER TABLE speaker_stage ADD CONSTRAINT speaker_stage_due_offset_is_possible CHECK (
    abs(extract(year FROM due_offset)) <= 100 AND abs(extract(day FROM due_offset)) <= 36600
    AND abs(extract(hour FROM due_offset)) <= 900000);
UPDATE checklist_item SET lasts = NULL
WHERE NOT (abs(extract(year FROM lasts)) <= 100 AND abs(extract(day FROM lasts)) <= 36600
       AND abs(extract(hour FROM lasts)) <= 900000);
ALTER TABLE checklist_item ADD CONSTRAINT checklist_item_lasts_is_possible CHECK (
    abs(extract(year FROM lasts)) <= 100 AND abs(extract(day FROM lasts)) <= 36600
    AND abs(extract(hour FROM lasts)) <= 900000);

-- What an event that is only online or only on site has no use for.
ALTER TABLE template_duty ADD COLUMN needed_when text NOT NULL DEFAULT 'always'
    CONSTRAINT template_duty_needed_when_is_known CHECK (needed_when IN ('always', 'on_site', 'online'));
ALTER TABLE template_resource ADD COLUMN needed_when text NOT NULL DEFAULT 'always'
    CONSTRAINT template_resource_needed_when_is_known CHECK (needed_when IN ('always', 'on_site', 'online'));
-- Health codes are for those who ask for them.
INSERT INTO template (template_code, name_en, name_zh, shipped) VALUES ('health_codes', 'health and travel codes', '健康码与行程码', true)
ON CONFLICT DO NOTHING;
UPDATE template_duty SET template_code = 'health_codes', needed_when = 'on_site'
WHERE template_code = 'salon' AND duty_code = 'health_check' AND shipped;
ALTER TABLE check_kind ADD COLUMN template_code text REFERENCES template;
CREATE INDEX check_kind_template_code_idx ON check_kind (template_code);
UPDATE check_kind SET template_code = 'health_codes' WHERE check_code IN ('health_code', 'travel_code') AND shipped;
UPDATE template_duty SET needed_when = 'on_site'
WHERE shipped AND template_code = 'salon'
  AND duty_code IN ('banner', 'venue', 'check_in', 'countdown', 'sign_holding', 'short_video', 'photo', 'microphone');
UPDATE template_resource SET needed_when = CASE WHEN resource_code LIKE 'live%' THEN 'online' ELSE 'on_site' END
WHERE shipped AND template_code = 'salon' AND resource_code IN ('venue', 'tea', 'dinner', 'attendance', 'live_stream', 'live_viewer');

-- What day it is, is said by the clock of the space.
ALTER TABLE consent ALTER said_on DROP DEFAULT;

-- == Agreements

-- A benefit is a resource.
ALTER TABLE resource
    ADD ordinal smallint NOT NULL DEFAULT 100,
    ADD is_exclusive boolean NOT NULL DEFAULT false,
    ADD is_shareable boolean NOT NULL DEFAULT false,
    ADD due_anchor text NOT NULL DEFAULT 'start'
        CONSTRAINT resource_due_anchor_is_known CHECK (due_anchor IN ('start', 'end')),
    ADD due_offset interval,
    ADD part_code text REFERENCES part,
    ADD UNIQUE (resource_code, is_exclusive);
CREATE INDEX resource_part_code_idx ON resource (part_code);
UPDATE resource r
SET part_code = CASE WHEN EXISTS (SELECT FROM part p WHERE p.part_code = v.part_code) THEN v.part_code END,
    due_anchor = v.due_anchor,
    due_offset = v.due_offset::interval
FROM (VALUES
    ('venue',               'venue_sponsor', 'start', '0 days'),
    ('live_stream',         'live_sponsor',  'start', '0 days'),
    ('promotion',           'channel',       'start', '0 days'),
    ('speaker',             'guest_company', 'start', '0 days'),
    ('funds',               'sponsor',       'start', NULL),
    ('prize',               'sponsor',       'start', '0 days'),
    ('tea',                 'sponsor',       'start', '0 days'),
    ('dinner',              'sponsor',       'start', '0 days'),
    ('poster_making',       'sponsor',       'start', '-7 days'),
    ('follow_up_article',   NULL,            'end',   '7 days'),
    ('follow_up_promotion', NULL,            'end',   '7 days'),
    ('video_archive',       NULL,            'end',   '7 days'),
    ('short_video_editing', NULL,            'end',   '7 days')) v (resource_code, part_code, due_anchor, due_offset)
WHERE r.resource_code = v.resource_code;
UPDATE resource SET name_zh = '演讲名额' WHERE resource_code = 'talk_slot' AND shipped;
UPDATE resource r
SET ordinal = b.ordinal, is_exclusive = b.is_exclusive, is_shareable = b.is_shareable, due_anchor = b.due_anchor, due_offset = b.due_offset
FROM benefit b
WHERE b.benefit_code = r.resource_code;
INSERT INTO resource (resource_code, parent_code, name_en, name_zh, is_used_up, ordinal, is_exclusive, is_shareable, due_anchor, due_offset, shipped)
SELECT b.benefit_code, b.resource_code, b.name_en, CASE WHEN b.shipped AND b.benefit_code = 'logo_place' THEN 'LOGO露出' ELSE b.name_zh END,
       true, b.ordinal, b.is_exclusive, b.is_shareable, b.due_anchor, b.due_offset, b.shipped
FROM benefit b
WHERE NOT EXISTS (SELECT FROM resource r WHERE r.resource_code = b.benefit_code)
ORDER BY b.ordinal, b.benefit_code;

CREATE TABLE resource_conflict (
    resource_conflict_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    one_code             text NOT NULL REFERENCES resource,
    other_code           text NOT NULL REFERENCES resource,
    scope                text NOT NULL
                         CONSTRAINT resource_conflict_scope_is_known CHECK (scope IN ('party', 'event')),
    reason_en            text,
    reason_zh            text,
    CONSTRAINT resource_conflict_is_entered_once UNIQUE (one_code, other_code),
    CONSTRAINT resource_conflict_is_in_order CHECK (one_code COLLATE "C" < other_code COLLATE "C")
);
CREATE INDEX resource_conflict_other_code_idx ON resource_conflict (other_code);
INSERT INTO resource_conflict (resource_conflict_id, one_code, other_code, scope, reason_en, reason_zh)
SELECT benefit_conflict_id, one_code, other_code, scope, reason_en, reason_zh FROM benefit_conflict;
SELECT setval(pg_get_serial_sequence('resource_conflict', 'resource_conflict_id'), max(resource_conflict_id)) FROM resource_conflict HAVING count(*) > 0;
UPDATE resource SET due_offset = NULL
WHERE NOT (abs(extract(year FROM due_offset)) <= 100 AND abs(extract(day FROM due_offset)) <= 36600
       AND abs(extract(hour FROM due_offset)) <= 900000);
ALTER TABLE resource ADD CONSTRAINT resource_due_offset_is_possible CHECK (
    abs(extract(year FROM due_offset)) <= 100 AND abs(extract(day FROM due_offset)) <= 36600
    AND abs(extract(hour FROM due_offset)) <= 900000);

ALTER TABLE supply RENAME pledged TO committed;
ALTER TABLE supply RENAME CONSTRAINT supply_pledged_is_not_negative TO supply_committed_is_not_negative;
ALTER TABLE supply RENAME CONSTRAINT supply_is_not_overpledged TO supply_is_not_overcommitted;

-- Agreements keep the numbers of sponsorships, commitments those of pledges;
-- the others follow.
CREATE TABLE _old_delivery AS SELECT * FROM delivery;
DROP TABLE delivery;
CREATE TABLE _old_key AS
SELECT (SELECT coalesce(max(pledge_id), 0) FROM pledge) AS pledges,
       (SELECT coalesce(max(sponsorship_id), 0) FROM sponsorship) AS sponsorships,
       (SELECT coalesce(max(benefit_grant_id), 0) FROM benefit_grant) AS grants,
       (SELECT coalesce(max(delivery_id), 0) FROM _old_delivery) AS deliveries;

-- @include agreement@
-- Until remarks have a table of their own, at the end, they stand where they did.
ALTER TABLE agreement ADD note text;
ALTER TABLE commitment ADD note text;
-- The bundle as rows, so that foreign keys hold the catalogue.
CREATE TABLE package_resource (
    package_resource_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    package_id           bigint NOT NULL REFERENCES package ON DELETE CASCADE,
    resource_code        text NOT NULL REFERENCES resource,
    quantity             bigint NOT NULL,
    UNIQUE (package_id, resource_code)
);
CREATE INDEX package_resource_resource_code_idx ON package_resource (resource_code);
INSERT INTO package_resource (package_id, resource_code, quantity)
SELECT package_id, benefit_code, quantity FROM package_benefit ORDER BY package_benefit_id;

ALTER TABLE agreement
    ADD COLUMN package_id bigint REFERENCES package ON DELETE CASCADE,
    ADD COLUMN party_id bigint REFERENCES party,
    ADD COLUMN edition bigint,
    ADD COLUMN package_series_id bigint,
    ADD COLUMN package_event_id bigint GENERATED ALWAYS AS (
        CASE WHEN package_id IS NOT NULL AND package_series_id IS NULL THEN event_id END) STORED,
    ADD COLUMN signed_edition bigint GENERATED ALWAYS AS (CASE WHEN status_code IN ('signed', 'fulfilled') THEN edition END) STORED,
    ADD CONSTRAINT agreement_package_is_of_the_event FOREIGN KEY (package_id, package_event_id)
        REFERENCES package (package_id, event_id) ON DELETE CASCADE,
    ADD CONSTRAINT agreement_package_is_of_the_series FOREIGN KEY (package_id, package_series_id)
        REFERENCES package (package_id, series_id) ON DELETE CASCADE,
    ADD CONSTRAINT agreement_is_at_an_event_of_the_series FOREIGN KEY (event_id, package_series_id)
        REFERENCES event (event_id, series_id) ON DELETE CASCADE,
    ADD CONSTRAINT agreement_is_of_the_promise_it_signed FOREIGN KEY (package_id, signed_edition)
        REFERENCES package (package_id, edition) ON DELETE CASCADE,
    ADD CONSTRAINT agreement_by_a_package_is_of_a_party CHECK (
        CASE WHEN package_id IS NULL THEN num_nonnulls(party_id, edition, package_series_id) = 0 ELSE num_nonnulls(party_id, edition, event_id) = 3 END);
CREATE INDEX agreement_package_id_idx ON agreement (package_id, package_event_id);
CREATE INDEX agreement_package_series_idx ON agreement (package_id, package_series_id);
CREATE INDEX agreement_signed_edition_idx ON agreement (package_id, signed_edition);
CREATE INDEX agreement_event_series_idx ON agreement (event_id, package_series_id);
CREATE INDEX agreement_party_id_idx ON agreement (party_id);

INSERT INTO agreement (agreement_id, event_id, event_is_off, series_id, status_code, sign_by, signed_at, note, created_at,
                       package_id, party_id, edition, package_series_id)
SELECT s.sponsorship_id, s.event_id, coalesce(e.is_off, false), s.whole_series_id,
       CASE s.status_code WHEN 'planned' THEN 'proposed' WHEN 'claimed' THEN 'reserved' WHEN 'delivered' THEN 'fulfilled' ELSE s.status_code END,
       s.sign_by, s.signed_at, s.note, s.created_at,
       s.package_id, CASE WHEN s.package_id IS NOT NULL THEN s.party_id END, s.edition, CASE WHEN s.package_id IS NOT NULL THEN s.series_id END
FROM sponsorship s
LEFT JOIN event e ON e.event_id = s.event_id;
INSERT INTO agreement (agreement_id, event_id, event_is_off, status_code, signer_id, signed_at, created_at)
SELECT k.sponsorships + p.pledge_id, p.event_id, coalesce(e.is_off, false),
       CASE p.status_code WHEN 'confirmed' THEN 'signed' WHEN 'delivered' THEN 'fulfilled' ELSE p.status_code END,
       s.party_id, CASE WHEN p.status_code IN ('confirmed', 'delivered') THEN p.created_at END, p.created_at
FROM pledge p
JOIN supply s ON s.supply_id = p.supply_id
LEFT JOIN event e ON e.event_id = p.event_id
CROSS JOIN _old_key k;
INSERT INTO agreement (agreement_id, event_id, event_is_off, series_id, status_code, signer_id, signed_at, created_at)
SELECT k.sponsorships + k.pledges + n.contribution_id, n.event_id, coalesce(e.is_off, false), n.series_id, 'fulfilled', n.party_id,
       n.given_on::timestamp AT TIME ZONE coalesce(e.time_zone, z.time_zone), n.given_on::timestamp AT TIME ZONE coalesce(e.time_zone, z.time_zone)
FROM contribution n
LEFT JOIN event e ON e.event_id = n.event_id
CROSS JOIN _old_key k
CROSS JOIN space z
WHERE n.sponsorship_id IS NULL;

INSERT INTO commitment (commitment_id, agreement_id, event_id, status_code, event_is_off, giver_id, taker_id, kind, resource_code, is_exclusive,
                        quantity, supply_id, demand_id, value, delivered, is_done, note)
SELECT p.pledge_id, a.agreement_id, a.event_id, a.status_code, a.event_is_off, s.party_id, d.party_id, 'in_kind', s.resource_code, r.is_exclusive,
       p.quantity, p.supply_id, p.demand_id, p.value, CASE p.status_code WHEN 'delivered' THEN p.quantity ELSE 0 END, p.status_code = 'delivered', p.note
FROM pledge p
CROSS JOIN _old_key k
JOIN agreement a ON a.agreement_id = k.sponsorships + p.pledge_id
JOIN supply s ON s.supply_id = p.supply_id
JOIN resource r ON r.resource_code = s.resource_code
JOIN demand d ON d.demand_id = p.demand_id;
INSERT INTO commitment (commitment_id, agreement_id, event_id, series_id, status_code, event_is_off, giver_id, kind, resource_code, is_exclusive,
                        amount, planned_amount, part_code, what)
SELECT k.pledges + s.sponsorship_id, a.agreement_id, a.event_id, a.series_id, a.status_code, a.event_is_off, s.party_id, s.kind, s.resource_code, r.is_exclusive,
       coalesce(s.agreed_amount, p.price), coalesce(s.planned_amount, p.price), s.part_code,
       CASE WHEN s.kind = 'in_kind' AND s.resource_code IS NULL THEN CASE WHEN salon.is_text(s.note) THEN salon.trimmed(s.note) ELSE '-' END END
FROM sponsorship s
CROSS JOIN _old_key k
JOIN agreement a ON a.agreement_id = s.sponsorship_id
LEFT JOIN package p ON p.package_id = s.package_id
LEFT JOIN resource r ON r.resource_code = s.resource_code;
INSERT INTO commitment (commitment_id, agreement_id, event_id, status_code, event_is_off, taker_id, kind, resource_code, is_exclusive,
                        quantity, delivered, is_done)
SELECT k.pledges + k.sponsorships + g.benefit_grant_id, a.agreement_id, a.event_id, a.status_code, a.event_is_off, g.party_id, 'in_kind',
       g.benefit_code, r.is_exclusive, g.quantity, g.delivered, g.delivered >= g.quantity
FROM benefit_grant g
CROSS JOIN _old_key k
JOIN agreement a ON a.agreement_id = g.sponsorship_id
JOIN resource r ON r.resource_code = g.benefit_code;
INSERT INTO commitment (commitment_id, agreement_id, event_id, series_id, status_code, event_is_off, giver_id, kind, resource_code, is_exclusive,
                        quantity, hours, amount, delivered, is_done, what)
SELECT k.pledges + k.sponsorships + k.grants + n.contribution_id, a.agreement_id, a.event_id, a.series_id, a.status_code, a.event_is_off, n.party_id,
       n.kind, n.resource_code, r.is_exclusive, n.quantity, n.hours, n.value, coalesce(n.quantity, 0), true,
       CASE WHEN n.kind = 'in_kind' AND n.resource_code IS NULL THEN CASE WHEN salon.is_text(n.note) THEN salon.trimmed(n.note) ELSE '-' END END
FROM contribution n
CROSS JOIN _old_key k
JOIN agreement a ON a.agreement_id = k.sponsorships + k.pledges + n.contribution_id
LEFT JOIN resource r ON r.resource_code = n.resource_code
WHERE n.sponsorship_id IS NULL;
UPDATE agreement a SET signer_id = s.party_id
FROM sponsorship s
WHERE s.sponsorship_id = a.agreement_id AND NOT EXISTS (SELECT FROM benefit_grant g WHERE g.sponsorship_id = s.sponsorship_id);

INSERT INTO delivery (delivery_id, commitment_id, kind, quantity, delivered_at, evidence)
SELECT d.delivery_id, k.pledges + k.sponsorships + g.benefit_grant_id, 'in_kind', d.quantity, d.delivered_at,
       CASE WHEN salon.is_text(d.evidence) THEN d.evidence END
FROM _old_delivery d
CROSS JOIN _old_key k
JOIN benefit_grant g ON g.sponsorship_id = d.sponsorship_id AND g.benefit_code = d.benefit_code;
INSERT INTO delivery (delivery_id, commitment_id, kind, quantity, delivered_at)
SELECT k.deliveries + p.pledge_id, p.pledge_id, 'in_kind', p.quantity, coalesce(e.ends_at, p.created_at)
FROM pledge p
CROSS JOIN _old_key k
LEFT JOIN event e ON e.event_id = p.event_id
WHERE p.status_code = 'delivered';
INSERT INTO delivery (delivery_id, commitment_id, kind, resource_code, quantity, hours, amount, basis, delivered_at, evidence)
SELECT k.deliveries + k.pledges + n.contribution_id,
       CASE WHEN n.sponsorship_id IS NULL THEN k.pledges + k.sponsorships + k.grants + n.contribution_id ELSE k.pledges + n.sponsorship_id END,
       n.kind, CASE WHEN n.sponsorship_id IS NOT NULL AND n.resource_code IS DISTINCT FROM s.resource_code THEN n.resource_code END,
       n.quantity, n.hours, n.value, coalesce(n.value_basis, 'claimed'),
       n.given_on::timestamp AT TIME ZONE coalesce(e.time_zone, z.time_zone),
       CASE WHEN salon.is_text(n.note) THEN n.note END
FROM contribution n
CROSS JOIN _old_key k
CROSS JOIN space z
LEFT JOIN event e ON e.event_id = n.event_id
LEFT JOIN sponsorship s ON s.sponsorship_id = n.sponsorship_id;

ALTER TABLE cost
    DROP CONSTRAINT cost_is_of_a_sponsor_of_the_event,
    DROP CONSTRAINT cost_of_a_sponsor_has_a_payer,
    ADD commitment_id bigint;
UPDATE cost SET commitment_id = k.pledges + sponsorship_id FROM _old_key k WHERE sponsorship_id IS NOT NULL;
DROP INDEX cost_sponsorship_id_idx;
ALTER TABLE cost
    DROP sponsorship_id,
    ADD CONSTRAINT cost_is_promised_by_the_payer FOREIGN KEY (event_id, payer_id, commitment_id)
        REFERENCES commitment (event_id, giver_id, commitment_id) ON DELETE SET NULL (commitment_id),
    ADD CONSTRAINT cost_that_was_promised_has_a_payer CHECK (commitment_id IS NULL OR payer_id IS NOT NULL);
CREATE INDEX cost_commitment_id_idx ON cost (commitment_id, event_id, payer_id);
UPDATE event_party p SET commitment_id = k.pledges + s.sponsorship_id
FROM sponsorship s
CROSS JOIN _old_key k
WHERE s.event_party_id = p.event_party_id;
INSERT INTO event_party (event_id, party_id, part_code, commitment_id)
SELECT e.event_id, c.giver_id, c.part_code, c.commitment_id
FROM commitment c
JOIN event e ON e.series_id = c.series_id AND NOT e.is_off
WHERE c.stands AND num_nonnulls(c.giver_id, c.part_code) = 2
ORDER BY e.event_id, c.commitment_id
ON CONFLICT DO NOTHING;

-- What was given of what sponsors promised; an agreement is fulfilled when all
-- of it is, paid as well.
UPDATE commitment c
SET delivered = (SELECT coalesce(sum(d.quantity), 0) FROM delivery d WHERE d.commitment_id = c.commitment_id AND d.resource_code IS NULL),
    is_done = CASE WHEN c.amount IS NOT NULL THEN n.amount >= c.amount ELSE n.lines > 0 END
FROM sponsorship s
CROSS JOIN _old_key k
CROSS JOIN LATERAL (
    SELECT coalesce(sum(l.amount), 0) AS amount, count(*) AS lines
    FROM (SELECT d.amount FROM delivery d WHERE d.commitment_id = k.pledges + s.sponsorship_id
          UNION ALL
          SELECT o.actual FROM cost o WHERE o.commitment_id = k.pledges + s.sponsorship_id AND o.actual IS NOT NULL) l) n
WHERE c.commitment_id = k.pledges + s.sponsorship_id;
UPDATE agreement a
SET status_code = CASE WHEN EXISTS (SELECT FROM commitment c WHERE c.agreement_id = a.agreement_id AND NOT c.is_done) THEN 'signed' ELSE 'fulfilled' END
WHERE a.status_code IN ('signed', 'fulfilled');

-- What an event has of a benefit is its supply.
INSERT INTO supply (event_id, resource_code, is_used_up, quantity)
SELECT b.event_id, b.benefit_code, r.is_used_up, b.quantity
FROM event_benefit b
JOIN resource r ON r.resource_code = b.benefit_code
WHERE NOT EXISTS (SELECT FROM supply s WHERE s.event_id = b.event_id AND s.resource_code = b.benefit_code)
ORDER BY b.event_benefit_id;
UPDATE commitment c SET supply_id = s.supply_id
FROM (SELECT event_id, resource_code, min(supply_id) AS supply_id FROM supply WHERE event_id IS NOT NULL GROUP BY 1, 2) s
WHERE c.giver_id IS NULL AND c.supply_id IS NULL AND s.event_id = c.event_id AND s.resource_code = c.resource_code;
UPDATE supply s
SET committed = n.committed,
    quantity = greatest(CASE WHEN s.event_id IS NULL THEN s.quantity ELSE coalesce(s.quantity, b.quantity) END, b.quantity,
                        CASE WHEN s.event_id IS NOT NULL AND s.is_used_up AND coalesce(s.quantity, b.quantity) IS NOT NULL THEN n.committed END)
FROM supply o
CROSS JOIN LATERAL (SELECT coalesce(sum(c.takes), 0) AS committed FROM commitment c WHERE c.supply_id = o.supply_id) n
LEFT JOIN event_benefit b ON b.event_id = o.event_id AND b.benefit_code = o.resource_code
                         AND o.supply_id = (SELECT min(x.supply_id) FROM supply x WHERE x.event_id = o.event_id AND x.resource_code = o.resource_code)
WHERE o.supply_id = s.supply_id AND (s.committed <> n.committed OR b.event_id IS NOT NULL);
UPDATE package p SET claimed = n.claimed, signed = n.signed
FROM package o
CROSS JOIN LATERAL (SELECT count(*) AS claimed, count(*) FILTER (WHERE a.status_code <> 'reserved') AS signed
                    FROM agreement a
                    WHERE a.package_id = o.package_id AND NOT a.event_is_off AND a.status_code IN ('reserved', 'signed', 'fulfilled')) n
WHERE o.package_id = p.package_id AND (p.claimed, p.signed) <> (n.claimed, n.signed);

SELECT setval(pg_get_serial_sequence('agreement', 'agreement_id'), max(agreement_id)) FROM agreement HAVING count(*) > 0;
SELECT setval(pg_get_serial_sequence('commitment', 'commitment_id'), max(commitment_id)) FROM commitment HAVING count(*) > 0;
SELECT setval(pg_get_serial_sequence('delivery', 'delivery_id'), max(delivery_id)) FROM delivery HAVING count(*) > 0;
DROP TABLE contribution, _old_delivery, _old_key, benefit_grant, sponsorship, event_claim_count, event_benefit, package_benefit, benefit_conflict,
           benefit, pledge;
DELETE FROM step WHERE subject IN ('pledge', 'sponsorship');
DELETE FROM status WHERE subject IN ('pledge', 'sponsorship');

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
        CASE WHEN rule_code IN ('part', 'logo', 'link', 'asset', 'session', 'cost', 'equipment') THEN argument IS NOT NULL
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
    ('equipment',            'the venue or a room of the agenda has it', '场地或议程中的会议室有该设备', 'a name in venue.equipment and room.equipment', true),
    ('post',                 'a channel has posted about the event', '已有渠道发布', NULL, true),
    ('follow_up_post',       'a channel has posted after the event', '活动后已有渠道发布', NULL, true)
ON CONFLICT DO NOTHING;
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
-- @include need@

-- A number that is too large is refused by name, and no loop goes on for ever.
UPDATE city_activity SET activity = 0 WHERE activity = 'NaN';
ALTER TABLE city_activity DROP CONSTRAINT city_activity_is_not_negative,
    ADD CONSTRAINT city_activity_is_not_negative CHECK (activity >= 0 AND activity < 10000000000);
UPDATE space SET history_days = 36500 WHERE history_days > 36500;
ALTER TABLE space DROP CONSTRAINT space_history_days_are_enough,
    ADD CONSTRAINT space_history_days_are_enough CHECK (history_days BETWEEN 30 AND 36500);
UPDATE template_format SET at_least = 1000 WHERE at_least > 1000;
UPDATE event_format SET at_least = 1000 WHERE at_least > 1000;
ALTER TABLE template_format ADD CONSTRAINT template_format_at_least_fits_an_event CHECK (at_least <= 1000);
ALTER TABLE event_format ADD CONSTRAINT event_format_at_least_fits_an_event CHECK (at_least <= 1000);

-- Chinese with Chinese punctuation.
UPDATE session_format SET name_zh = '动手实践' WHERE format_code = 'hands_on' AND shipped;
UPDATE status SET name_zh = '自报' WHERE subject = 'outcome' AND status_code = 'claimed' AND name_zh = '声称';
UPDATE checklist_rule SET name_zh = '必需环节齐全，每个环节有时间、会议室和讲师，没有空档' WHERE rule_code = 'agenda' AND shipped;
UPDATE checklist_rule SET name_zh = '有横屏照片和视频，讲师都拍到' WHERE rule_code = 'event_media' AND shipped;
UPDATE satisfies SET reason_zh = replace(reason_zh, ', ', '，') WHERE shipped AND reason_zh LIKE '%, %';

-- == Guests

ALTER TABLE seating
    DROP CONSTRAINT seating_is_not_overbooked,
    ADD COLUMN over bigint NOT NULL GENERATED ALWAYS AS (greatest(taken - capacity, 0)) STORED,
    ADD COLUMN party_seats integer CONSTRAINT seating_party_seats_are_positive CHECK (party_seats > 0);
ALTER TABLE moved_up
    DROP CONSTRAINT moved_up_once,
    ADD CONSTRAINT moved_up_once UNIQUE (registration_id, moved_at);
INSERT INTO step (subject, from_code, to_code) VALUES
    ('registration', 'registered', 'waiting'),
    ('registration', 'cancelled', 'waiting'),
    ('registration', 'cancelled', 'registered')
ON CONFLICT DO NOTHING;

-- @include session_seating@

-- == Whole

-- A time without end is none.
DO $$
DECLARE
    c record;
BEGIN
    FOR c IN
        SELECT k.oid::regclass AS relation, a.attname AS name
        FROM salon._model_column() m
        JOIN pg_class k ON k.relname = m.relation AND k.relkind = 'r'
        JOIN pg_attribute a ON a.attrelid = k.oid AND a.attname = m.name
        WHERE k.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'space'::regclass)
          AND a.attgenerated = '' AND NOT a.attnotnull AND m.type IN ('date', 'timestamptz')
    LOOP
        EXECUTE format('UPDATE %s SET %2$I = NULL WHERE NOT isfinite(%2$I)', c.relation, c.name);
    END LOOP;
END
$$;

-- What was blank is not there; where something must be, a dash stands for it, with
-- a number where there is one already.
DO $$
DECLARE
    c record;
    r record;
    value text;
BEGIN
    FOR c IN
        SELECT k.oid::regclass AS relation, a.attname AS name
        FROM salon._model_column() m
        JOIN pg_class k ON k.relname = m.relation AND k.relkind = 'r'
        JOIN pg_attribute a ON a.attrelid = k.oid AND a.attname = m.name
        WHERE k.relnamespace = (SELECT relnamespace FROM pg_class WHERE oid = 'space'::regclass)
          AND a.attgenerated = '' AND a.atttypid = 'text'::regtype
    LOOP
        BEGIN
            EXECUTE format('UPDATE %s SET %2$I = NULL WHERE NOT salon.is_text(%2$I)', c.relation, c.name);
        EXCEPTION WHEN not_null_violation OR check_violation OR foreign_key_violation THEN
            FOR r IN EXECUTE format('SELECT ctid, row_number() OVER () AS number FROM %s WHERE NOT salon.is_text(%I)', c.relation, c.name) LOOP
                FOREACH value IN ARRAY ARRAY[NULL, '-', '-' || r.number] LOOP
                    BEGIN
                        EXECUTE format('UPDATE %s SET %I = $1 WHERE ctid = $2', c.relation, c.name) USING value, r.ctid;
                        EXIT;
                    EXCEPTION WHEN not_null_violation OR check_violation OR foreign_key_violation OR unique_violation THEN -- the next one
                    END;
                END LOOP;
            END LOOP;
        END;
    END LOOP;
END
$$;

-- A talk and its session are one: what the agenda shows counts, and what the
-- talk said otherwise goes into its remark.
UPDATE talk t
SET note = concat_ws(E'\n', t.note, 'submitted as: ' || concat_ws(' / ',
                     CASE WHEN s.title_en <> t.title_en THEN t.title_en END,
                     CASE WHEN s.title_zh <> t.title_zh THEN t.title_zh END,
                     CASE WHEN s.abstract <> t.abstract THEN t.abstract END)),
    title_en = coalesce(s.title_en, t.title_en), title_zh = coalesce(s.title_zh, t.title_zh), abstract = coalesce(s.abstract, t.abstract)
FROM session s
WHERE s.session_id = t.session_id AND (s.title_en <> t.title_en OR s.title_zh <> t.title_zh OR s.abstract <> t.abstract);
UPDATE talk t
SET format_code = s.format_code, title_en = coalesce(s.title_en, t.title_en), title_zh = coalesce(s.title_zh, t.title_zh),
    abstract = coalesce(s.abstract, t.abstract)
FROM session s
WHERE s.session_id = t.session_id;
UPDATE session s
SET title_en = t.title_en, title_zh = t.title_zh, abstract = t.abstract
FROM talk t
WHERE t.session_id = s.session_id AND (s.title_en, s.title_zh, s.abstract) IS DISTINCT FROM (t.title_en, t.title_zh, t.abstract);
INSERT INTO interest (person_id)
SELECT DISTINCT k.person_id FROM speaker k JOIN talk t USING (session_id)
ON CONFLICT DO NOTHING;
INSERT INTO talk_speaker (talk_id, person_id, person_edition)
SELECT t.talk_id, k.person_id, i.edition
FROM talk t
JOIN speaker k USING (session_id)
JOIN interest i ON i.person_id = k.person_id
ORDER BY k.speaker_id
ON CONFLICT DO NOTHING;
UPDATE talk t
SET note = concat_ws(E'\n', t.note, 'submitted with: ' || g.names)
FROM (SELECT x.talk_id, string_agg(coalesce(p.name_en, p.name_zh), ', ' ORDER BY x.talk_speaker_id) AS names
      FROM talk_speaker x
      JOIN talk o USING (talk_id)
      JOIN party p ON p.party_id = x.person_id
      WHERE EXISTS (SELECT FROM speaker k WHERE k.session_id = o.session_id)
        AND NOT EXISTS (SELECT FROM speaker k WHERE k.session_id = o.session_id AND k.person_id = x.person_id)
      GROUP BY x.talk_id) g
WHERE g.talk_id = t.talk_id;
DELETE FROM talk_speaker x
USING talk t
WHERE t.talk_id = x.talk_id AND EXISTS (SELECT FROM speaker k WHERE k.session_id = t.session_id)
  AND NOT EXISTS (SELECT FROM speaker k WHERE k.session_id = t.session_id AND k.person_id = x.person_id);
-- Other speakers, others who have no say in the talk.
WITH q AS (
    SELECT talk_id, reviewer_id AS person_id, judged_on FROM talk_review
    UNION
    SELECT preferred_id, voter_id, judged_on FROM talk_vote
    UNION
    SELECT other_id, voter_id, judged_on FROM talk_vote
), i AS (
    SELECT q.*, CASE
               WHEN t.submitter_id = q.person_id THEN 'submitter'
               WHEN EXISTS (SELECT FROM talk_speaker k WHERE k.talk_id = q.talk_id AND k.person_id = q.person_id) THEN 'speaker'
               WHEN EXISTS (SELECT FROM affiliation a
                            WHERE a.person_id = q.person_id AND a.organization_id = t.organization_id AND daterange(a.since, a.until) @> q.judged_on) THEN 'company'
               WHEN EXISTS (SELECT FROM affiliation a
                            JOIN affiliation b ON b.organization_id = a.organization_id AND daterange(b.since, b.until) @> q.judged_on
                            WHERE a.person_id = q.person_id AND daterange(a.since, a.until) @> q.judged_on
                              AND (b.person_id = t.submitter_id OR b.person_id IN (SELECT k.person_id FROM talk_speaker k WHERE k.talk_id = q.talk_id))) THEN 'colleague'
           END AS code
    FROM q
    JOIN talk t USING (talk_id)
), r AS (
    UPDATE talk_review r SET void_code = i.code
    FROM i
    WHERE (i.talk_id, i.person_id, i.judged_on) = (r.talk_id, r.reviewer_id, r.judged_on) AND r.void_code IS DISTINCT FROM i.code
)
UPDATE talk_vote v SET void_code = coalesce(p.code, o.code)
FROM i p, i o
WHERE (p.talk_id, p.person_id, p.judged_on) = (v.preferred_id, v.voter_id, v.judged_on)
  AND (o.talk_id, o.person_id, o.judged_on) = (v.other_id, v.voter_id, v.judged_on) AND v.void_code IS DISTINCT FROM coalesce(p.code, o.code);

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
ALTER TABLE registration ADD CONSTRAINT registration_is_of_one_event UNIQUE (registration_id, event_id);
ALTER TABLE survey
    ADD purpose text NOT NULL DEFAULT 'feedback'
        CONSTRAINT survey_purpose_is_known CHECK (purpose IN ('feedback', 'registration')),
    ADD CONSTRAINT survey_key UNIQUE (survey_id, event_id, purpose),
    ADD UNIQUE (survey_id, purpose),
    ADD CONSTRAINT survey_of_registration_is_one EXCLUDE USING btree (event_id WITH =, coalesce(side, 'both') WITH =) WHERE (purpose = 'registration');
ALTER TABLE question
    ADD purpose text NOT NULL DEFAULT 'feedback',
    DROP CONSTRAINT question_survey_id_fkey,
    ADD CONSTRAINT question_follows_the_survey FOREIGN KEY (survey_id, purpose)
        REFERENCES survey (survey_id, purpose) ON UPDATE CASCADE ON DELETE CASCADE,
    ADD CONSTRAINT question_code_is_no_field_of_a_registration CHECK (
        purpose <> 'registration'
        OR question_code NOT IN ('external_id', 'side', 'seats', 'status', 'name', 'email', 'phone', 'wechat', 'asked_at', 'note', 'party'));
ALTER TABLE question ALTER purpose DROP DEFAULT;
CREATE INDEX question_survey_id_idx ON question (survey_id, purpose);
ALTER TABLE response
    ADD event_id bigint,
    ADD purpose text,
    ADD registration_id bigint;
UPDATE response r SET event_id = s.event_id, purpose = s.purpose FROM survey s WHERE s.survey_id = r.survey_id;
DROP INDEX response_survey_id_idx;
ALTER TABLE response
    ALTER event_id SET NOT NULL,
    ALTER purpose SET NOT NULL,
    DROP CONSTRAINT response_survey_id_fkey,
    ADD CONSTRAINT response_is_one_a_registration UNIQUE (registration_id),
    ADD CONSTRAINT response_follows_the_survey FOREIGN KEY (survey_id, event_id, purpose)
        REFERENCES survey (survey_id, event_id, purpose) ON UPDATE CASCADE ON DELETE CASCADE,
    ADD CONSTRAINT response_is_of_a_registration_of_the_event FOREIGN KEY (registration_id, event_id)
        REFERENCES registration (registration_id, event_id) ON DELETE CASCADE,
    ADD CONSTRAINT response_says_who_registers CHECK ((purpose = 'registration') = (registration_id IS NOT NULL));
CREATE INDEX response_survey_id_idx ON response (survey_id, event_id, purpose);
CREATE INDEX response_registration_id_idx ON response (registration_id, event_id);
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

-- == Personal data are shown for events at which a party agreed to take part:
-- what stands is taken for said.
ALTER TABLE contact ADD entered_by bigint REFERENCES party ON DELETE SET NULL;
CREATE INDEX contact_entered_by_idx ON contact (entered_by);
ALTER TABLE consent ADD entered_by bigint REFERENCES party ON DELETE SET NULL;
CREATE INDEX consent_entered_by_idx ON consent (entered_by);
-- @include assent@
INSERT INTO assent (event_id, party_id)
SELECT r.event_id, r.party_id FROM registration r WHERE r.party_id IS NOT NULL AND r.status_code <> 'cancelled'
UNION
SELECT t.event_id, t.submitter_id FROM talk t WHERE t.status_code <> 'withdrawn'
UNION
SELECT i.event_id, i.person_id FROM invitation i WHERE i.status_code IN ('confirmed', 'travel', 'arrived')
UNION
SELECT d.event_id, d.party_id FROM event_duty d WHERE d.status_code = 'confirmed'
UNION
SELECT c.event_id, p.party_id
FROM commitment c
CROSS JOIN unnest(ARRAY[c.giver_id, c.taker_id]) p (party_id)
WHERE c.stands AND num_nulls(c.event_id, p.party_id) = 0;

-- == Remarks, applications and forms.

-- Remarks have a table of their own; what only organizers read has too.
-- @include remark@
INSERT INTO remark (event_id, note) SELECT event_id, note FROM event WHERE salon.is_text(note) ORDER BY event_id;
INSERT INTO remark (event_party_id, note) SELECT event_party_id, note FROM event_party WHERE salon.is_text(note) ORDER BY event_party_id;
INSERT INTO remark (event_duty_id, note) SELECT event_duty_id, note FROM event_duty WHERE salon.is_text(note) ORDER BY event_duty_id;
INSERT INTO remark (agreement_id, note) SELECT agreement_id, note FROM agreement WHERE salon.is_text(note) ORDER BY agreement_id;
INSERT INTO remark (commitment_id, note) SELECT commitment_id, note FROM commitment WHERE salon.is_text(note) ORDER BY commitment_id;
INSERT INTO remark (package_id, note) SELECT package_id, note FROM package WHERE salon.is_text(note) ORDER BY package_id;
INSERT INTO remark (cost_id, note) SELECT cost_id, note FROM cost WHERE salon.is_text(note) ORDER BY cost_id;
INSERT INTO remark (audience_id, note) SELECT audience_id, note FROM audience WHERE salon.is_text(note) ORDER BY audience_id;
INSERT INTO remark (post_id, note) SELECT post_id, note FROM post WHERE salon.is_text(note) ORDER BY post_id;
INSERT INTO remark (metric_id, note) SELECT metric_id, note FROM metric WHERE salon.is_text(note) ORDER BY metric_id;
INSERT INTO remark (talk_id, note) SELECT talk_id, note FROM talk WHERE salon.is_text(note) ORDER BY talk_id;
INSERT INTO remark (invitation_id, note) SELECT invitation_id, note FROM invitation WHERE salon.is_text(note) ORDER BY invitation_id;
INSERT INTO remark (survey_id, note) SELECT survey_id, note FROM survey WHERE salon.is_text(note) ORDER BY survey_id;
INSERT INTO remark (supply_id, note) SELECT supply_id, note FROM supply WHERE salon.is_text(note) ORDER BY supply_id;
INSERT INTO remark (demand_id, note) SELECT demand_id, note FROM demand WHERE salon.is_text(note) ORDER BY demand_id;
INSERT INTO remark (party_id, note) SELECT party_id, note FROM party WHERE salon.is_text(note) ORDER BY party_id;
INSERT INTO remark (absence_id, note) SELECT absence_id, note FROM absence WHERE salon.is_text(note) ORDER BY absence_id;
INSERT INTO remark (supplier_of_id, note) SELECT supplier_of_id, note FROM supplier_of WHERE salon.is_text(note) ORDER BY supplier_of_id;
INSERT INTO remark (channel_id, note) SELECT channel_id, note FROM channel WHERE salon.is_text(note) ORDER BY channel_id;
INSERT INTO remark (segment_id, note) SELECT segment_id, note FROM segment WHERE salon.is_text(note) ORDER BY segment_id;
INSERT INTO remark (helper_id, note) SELECT party_id, note FROM helper WHERE salon.is_text(note) ORDER BY party_id;
ALTER TABLE event_party DROP COLUMN note;
ALTER TABLE event_duty DROP COLUMN note;
ALTER TABLE agreement DROP COLUMN note;
ALTER TABLE commitment DROP COLUMN note;
ALTER TABLE package DROP COLUMN note;
ALTER TABLE cost DROP COLUMN note;
ALTER TABLE audience DROP COLUMN note;
ALTER TABLE post DROP COLUMN note;
ALTER TABLE metric DROP COLUMN note;
ALTER TABLE talk DROP COLUMN note;
ALTER TABLE invitation DROP COLUMN note;
ALTER TABLE survey DROP COLUMN note;
ALTER TABLE supply DROP COLUMN note;
ALTER TABLE demand DROP COLUMN note;
ALTER TABLE absence DROP COLUMN note;
ALTER TABLE supplier_of DROP COLUMN note;
ALTER TABLE channel DROP COLUMN note;
ALTER TABLE segment DROP COLUMN note;
ALTER TABLE helper DROP COLUMN note;
ALTER TABLE party DROP COLUMN note;
CREATE TABLE follow_up (
    event_id  bigint PRIMARY KEY REFERENCES event ON DELETE CASCADE,
    plan      text NOT NULL
              CONSTRAINT follow_up_plan_is_a_text CHECK (salon.is_text(plan))
);
INSERT INTO follow_up (event_id, plan) SELECT event_id, future_plan FROM event WHERE salon.is_text(future_plan) ORDER BY event_id;
ALTER TABLE event DROP COLUMN note, DROP COLUMN future_plan;
CREATE TABLE party_source (
    party_id     bigint PRIMARY KEY REFERENCES party ON DELETE CASCADE,
    external_id  text NOT NULL UNIQUE
                 CONSTRAINT party_source_external_id_is_a_text CHECK (salon.is_text(external_id))
);
INSERT INTO party_source (party_id, external_id) SELECT party_id, external_id FROM party WHERE external_id IS NOT NULL ORDER BY party_id;
ALTER TABLE party DROP COLUMN external_id;

-- An application acts for parties; a form has the secrets of its registrations.
ALTER TABLE access
    ALTER database_role DROP NOT NULL,
    ADD acting_id bigint REFERENCES party ON DELETE CASCADE,
    DROP CONSTRAINT access_level_is_known,
    DROP CONSTRAINT access_is_given_once,
    ADD CONSTRAINT access_level_is_known CHECK (level IN ('visitor', 'form', 'member', 'organizer', 'administrator', 'application')),
    ADD CONSTRAINT access_is_given_once UNIQUE NULLS NOT DISTINCT (database_role, acting_id, party_id),
    ADD CONSTRAINT access_is_of_a_role_or_a_party CHECK (num_nonnulls(database_role, acting_id) = 1),
    ADD CONSTRAINT access_of_a_party_is_for_more CHECK (acting_id IS NULL OR level IN ('member', 'organizer', 'administrator'));
CREATE INDEX access_acting_id_idx ON access (acting_id);
ALTER TABLE registration ADD secret_hash bytea;
ALTER TABLE history ADD acting_id bigint;
