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

-- == Agreements

-- == Rules, checklist, templates

-- == Guests

-- == Whole
