-- Clocks of places: which moments a local time means, how a moment reads, and
-- the time zone of what names none.

-- The moment of a local time.  In the hour that the clock shows twice: the
-- first, or as an end the last; in the one that it leaves out: as far after
-- the change as before it (RFC 5545), or as a bound the change itself.
CREATE FUNCTION _moment(local timestamp, time_zone text, bound text DEFAULT 'none') RETURNS timestamptz
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 50
SET search_path FROM CURRENT
AS $$
DECLARE
    plain timestamptz := local AT TIME ZONE 'UTC';
    by_then timestamptz;   -- with what the clock is ahead of UTC the day before, and the day after
    by_now timestamptz;
    middle timestamptz;
BEGIN
    -- what nobody can mean is for the table to refuse
    IF NOT salon._is_possible(plain) THEN
        RETURN plain;
    END IF;
    plain := local AT TIME ZONE time_zone;
    by_then := plain - ((((plain - interval '26 hours') AT TIME ZONE time_zone) + interval '26 hours') - local);
    by_now := plain - ((((plain + interval '26 hours') AT TIME ZONE time_zone) - interval '26 hours') - local);
    IF by_then = by_now THEN
        RETURN plain;
    ELSIF by_then < by_now THEN  -- the clock was put back: what is not a time of it there does not count
        RETURN CASE WHEN by_then AT TIME ZONE time_zone <> local THEN by_now
                    WHEN by_now AT TIME ZONE time_zone <> local OR bound <> 'end' THEN by_then
                    ELSE by_now END;
    ELSIF by_then AT TIME ZONE time_zone = local THEN
        RETURN by_then;
    ELSIF by_now AT TIME ZONE time_zone = local THEN
        RETURN by_now;
    ELSIF bound = 'none' THEN
        RETURN by_then;
    END IF;
    by_now := date_trunc('second', by_now);
    by_then := date_trunc('second', by_then) + interval '1 second';
    WHILE by_then - by_now > interval '1 second' LOOP
        middle := date_trunc('second', by_now + (by_then - by_now) / 2);
        IF middle AT TIME ZONE time_zone < local THEN
            by_now := middle;
        ELSE
            by_then := middle;
        END IF;
    END LOOP;
    RETURN by_then;
END
$$;

COMMENT ON FUNCTION _moment(timestamp, text, text) IS
'The moment of a local time. In the hour that the clock shows twice the first, with bound end the last; in the one that it leaves out as far after the change as before it, with bound start or end the change itself';

-- A time as text, year first (ISO 8601, also with slashes or without noughts), or
-- NULL where it is none.  Without an offset it is what the clock of the zone shows.
CREATE FUNCTION _moment(given text, time_zone text) RETURNS timestamptz
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
DECLARE
    parts text[] := regexp_match(salon.trimmed(given),
                        '^([0-9]{4})([-/])([0-9]{1,2})\2([0-9]{1,2})(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}(?:\.[0-9]{1,6})?))?)?(?: ?(?:(Z)|([+-])([0-9]{2}):?([0-9]{2})?))?$');
    local timestamp;
BEGIN
    IF parts IS NULL OR parts[1]::int = 0 OR parts[3]::int NOT BETWEEN 1 AND 12 OR parts[4]::int = 0
       OR parts[4]::int > extract(day FROM make_date(parts[1]::int, parts[3]::int, 1) + interval '1 month - 1 day')
       OR parts[5]::int > 23 OR parts[6]::int > 59 OR parts[7]::numeric >= 60
       OR parts[10]::int > 15 OR parts[11]::int > 59 THEN
        RETURN NULL;
    END IF;
    local := make_timestamp(parts[1]::int, parts[3]::int, parts[4]::int, coalesce(parts[5]::int, 0), coalesce(parts[6]::int, 0), coalesce(parts[7]::float8, 0));
    IF num_nonnulls(parts[8], parts[9]) = 0 THEN
        RETURN _moment(local, time_zone);
    END IF;
    RETURN (local - coalesce((parts[9] || '1')::int * make_interval(hours => parts[10]::int, mins => coalesce(parts[11]::int, 0)), '0')) AT TIME ZONE 'UTC';
END
$$;

COMMENT ON FUNCTION _moment(text, text) IS
'The time that a text of ISO 8601 says, also with slashes, whatever DateStyle; without an offset on the clock of the zone; NULL where it says none';

-- How far a clock is ahead of UTC.
CREATE FUNCTION _offset(at timestamptz, time_zone text) RETURNS text
LANGUAGE sql STABLE STRICT PARALLEL SAFE
RETURN CASE WHEN at AT TIME ZONE time_zone < at AT TIME ZONE 'UTC' THEN '-' ELSE '+' END
       || to_char(greatest((at AT TIME ZONE time_zone) - (at AT TIME ZONE 'UTC'), (at AT TIME ZONE 'UTC') - (at AT TIME ZONE time_zone)), 'HH24:MI');

COMMENT ON FUNCTION _offset(timestamptz, text) IS 'How far the clock of a time zone is ahead of UTC at a moment, such as +08:00';

CREATE FUNCTION _clock(at timestamptz, time_zone text, form text DEFAULT 'YYYY-MM-DD HH24:MI') RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
DECLARE
    local timestamp := at AT TIME ZONE time_zone;
BEGIN
    RETURN to_char(local, form)
           || CASE WHEN _moment(local, time_zone) <> _moment(local, time_zone, 'end') THEN ' ' || _offset(at, time_zone) ELSE '' END;
END
$$;

COMMENT ON FUNCTION _clock(timestamptz, text, text) IS
'What the clock of a time zone shows at a moment; with the distance from UTC in the hour that it shows twice';

-- A time span, the day only once where it is the same.
CREATE FUNCTION _clock_span(starts_at timestamptz, ends_at timestamptz, time_zone text, dash text DEFAULT ' - ') RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN _clock(starts_at, time_zone) || dash
           || _clock(ends_at, time_zone, CASE WHEN (starts_at AT TIME ZONE time_zone)::date = (ends_at AT TIME ZONE time_zone)::date
                                              THEN 'HH24:MI' ELSE 'YYYY-MM-DD HH24:MI' END);
END
$$;

COMMENT ON FUNCTION _clock_span(timestamptz, timestamptz, text, text) IS
'From when to when, on the clock of a time zone';

-- What names no time zone has that of the space.
CREATE FUNCTION _space_time_zone() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT s.time_zone FROM space s);
END
$$;

COMMENT ON FUNCTION _space_time_zone() IS 'Time zone of the space';

-- Not CURRENT_DATE, which is another for each session.
CREATE FUNCTION _today() RETURNS date
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT (now() AT TIME ZONE s.time_zone)::date FROM space s);
END
$$;

COMMENT ON FUNCTION _today() IS 'The day that it is on the clock of the space';

CREATE FUNCTION _time_zone() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    NEW.time_zone := _space_time_zone();
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _time_zone() IS
'Trigger of venue and rotation: what names no time zone has that of the space';
