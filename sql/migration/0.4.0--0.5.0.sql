-- Spaces from 0.4.0 to 0.5.0.

-- A key has no generated column: see event.sql.
ALTER TABLE event
    ALTER COLUMN is_off DROP EXPRESSION,
    ALTER COLUMN is_off SET DEFAULT false,
    ADD CONSTRAINT event_is_off_when_cancelled CHECK (is_off = (status_code = 'cancelled'));

-- Talks may change places.
ALTER TABLE talk
    DROP CONSTRAINT talk_session_id_key,
    ADD UNIQUE (session_id) DEFERRABLE;

-- Whether any who wait have room is known at once, however many they are.
CREATE INDEX registration_waiting_seats_idx ON registration (event_id, side, seats, asked_at, registration_id) WHERE status_code = 'waiting';

-- A season on a clock that there is not has no turns.
ALTER TABLE season
    DROP CONSTRAINT IF EXISTS season_texts_are_not_blank,
    ADD CONSTRAINT season_time_zone_is_iana CHECK (salon.is_time_zone(time_zone));

-- @include signature@
-- @include hackathon@
-- @include judging@
-- @include award@
-- @include contribution@

-- Teams, their schools and partners are facts that decide metrics.
ALTER TABLE metric
    DROP CONSTRAINT metric_fact_is_known,
    ADD CONSTRAINT metric_fact_is_known CHECK (fact IN ('events', 'on_site', 'online', 'pv', 'posts', 'post_views', 'outcomes', 'teams', 'schools', 'partners'));

-- @include barter_round@
-- @include introduction@
-- @include certification@
-- @include question_bank@
-- @include paper@
-- @include attempt@
-- @include course@
-- @include internship@

-- Who becomes an intern or is hired is an outcome.
ALTER TABLE outcome ADD COLUMN offer_id bigint REFERENCES offer ON DELETE CASCADE;
CREATE INDEX outcome_offer_id_idx ON outcome (offer_id);
INSERT INTO outcome_kind (outcome_kind_code, ordinal, name_en, name_zh, shipped) VALUES ('hired', 9, 'hired', '录用', true) ON CONFLICT DO NOTHING;

-- @include campus@
-- @include campus_rows@
-- @include logo_wall@

-- What calendars know events and sessions by.
ALTER TABLE event
    ADD COLUMN uid uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN sequence integer NOT NULL DEFAULT 0,
    ADD COLUMN revised_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE session
    ADD COLUMN uid uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN sequence integer NOT NULL DEFAULT 0,
    ADD COLUMN revised_at timestamptz NOT NULL DEFAULT now();

-- Whether everybody knew of an event: of one that is cancelled the history tells,
-- if it goes back so far.
ALTER TABLE event ADD COLUMN is_public boolean NOT NULL DEFAULT false;
UPDATE event e SET is_public = true
WHERE e.status_code IN ('announced', 'held', 'recapped')
   OR EXISTS (SELECT FROM history h WHERE h.event_id = e.event_id AND h.subject = 'event' AND h.before ->> 'status_code' = 'announced');

-- What is shown at the door.
ALTER TABLE registration ADD COLUMN ticket uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;

-- A session may be of a track.
ALTER TABLE session ADD COLUMN track text;

-- Other programs say it their way: lectures, registrations, answers.
INSERT INTO link_kind (link_kind_code, name_en, name_zh, shipped) VALUES ('reference', 'reference', '参考资料', true) ON CONFLICT DO NOTHING;
-- @include import_word@

-- Where cities are, for maps.
ALTER TABLE city
    ADD COLUMN latitude numeric CONSTRAINT city_latitude_is_possible CHECK (latitude BETWEEN -90 AND 90),
    ADD COLUMN longitude numeric CONSTRAINT city_longitude_is_possible CHECK (longitude BETWEEN -180 AND 180),
    ADD CONSTRAINT city_coordinates_are_whole CHECK (num_nonnulls(latitude, longitude) IN (0, 2));
