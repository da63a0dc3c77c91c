-- Spaces from 0.2.0 to 0.3.0.
-- @include registration@
-- @include registration_rows@
-- @include package@
-- @include money@
-- @include reach@
-- @include reach_rows@
-- @include channel@
-- @include channel_rows@
-- @include goal@
-- @include rotation@

-- Opening hours, changeovers, talks.
ALTER TABLE venue ADD COLUMN time_zone text NOT NULL DEFAULT 'Asia/Shanghai'
    CONSTRAINT venue_time_zone_is_iana CHECK (
        time_zone ~ '^(UTC|Etc/GMT[+-][0-9]+|[A-Za-z_]+(/[A-Za-z_]+(-[A-Za-z_]+)*)+)$'
        AND timestamptz '2000-01-01 00:00+00' AT TIME ZONE time_zone IS NOT NULL);
ALTER TABLE room
    ADD COLUMN changeover integer NOT NULL DEFAULT 0
        CONSTRAINT room_changeover_is_known CHECK (changeover BETWEEN 0 AND 1440),
    ADD COLUMN hours_edition integer NOT NULL DEFAULT 0,
    ADD UNIQUE (room_id, changeover, hours_edition);
ALTER TABLE session
    ADD COLUMN changeover integer CONSTRAINT session_changeover_is_known CHECK (changeover BETWEEN 0 AND 1440),
    ADD COLUMN room_changeover integer NOT NULL DEFAULT 0,
    ADD COLUMN room_edition integer NOT NULL DEFAULT 0,
    ADD COLUMN is_placed boolean NOT NULL DEFAULT false;
ALTER TABLE session
    ADD COLUMN occupied tstzrange NOT NULL GENERATED ALWAYS AS (
        CASE WHEN ends_at > starts_at
             THEN tstzrange(starts_at, (ends_at AT TIME ZONE 'UTC' + make_interval(mins => coalesce(changeover, room_changeover)))
                                       AT TIME ZONE 'UTC')
             ELSE 'empty'::tstzrange END) STORED,
    DROP CONSTRAINT session_room_is_free;
DROP INDEX session_room_id_idx;
CREATE INDEX session_room_id_idx ON session (room_id, room_changeover, room_edition);
ALTER TABLE session
    ADD CONSTRAINT session_follows_the_room FOREIGN KEY (room_id, room_changeover, room_edition)
        REFERENCES room (room_id, changeover, hours_edition) ON UPDATE CASCADE,
    ADD CONSTRAINT session_room_is_free EXCLUDE USING gist
        (int8range(room_id, room_id, '[]') WITH &&, occupied WITH &&)
        WHERE (room_id IS NOT NULL AND NOT isempty(occupied));
-- @include hours@
-- @include format@
-- @include talk@
-- @include invitation@
-- @include slot@
UPDATE checklist_rule
SET name_en = 'every required part is there, every session has time, room and speaker, without a gap',
    name_zh = '必需环节齐全, 每个环节有时间、会议室和讲师, 没有空档'
WHERE rule_code = 'agenda' AND shipped;
