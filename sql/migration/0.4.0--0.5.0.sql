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
CREATE INDEX registration_waiting_seats_idx ON registration (event_id, side, seats) WHERE status_code = 'waiting';

-- A season on a clock that there is not has no turns.
ALTER TABLE season
    DROP CONSTRAINT IF EXISTS season_texts_are_not_blank,
    ADD CONSTRAINT season_time_zone_is_iana CHECK (salon.is_time_zone(time_zone));

-- What calendars know events and sessions by.
ALTER TABLE event
    ADD COLUMN uid uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN sequence integer NOT NULL DEFAULT 0,
    ADD COLUMN revised_at timestamptz NOT NULL DEFAULT now();
ALTER TABLE session
    ADD COLUMN uid uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE,
    ADD COLUMN sequence integer NOT NULL DEFAULT 0,
    ADD COLUMN revised_at timestamptz NOT NULL DEFAULT now();
