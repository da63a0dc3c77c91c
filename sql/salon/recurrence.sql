-- Clocks of places, and recurrence rules of RFC 5545: the days on which
-- something happens again.

CREATE FUNCTION is_time_zone(name text)
RETURNS boolean
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_is_time_zone';

COMMENT ON FUNCTION is_time_zone(text) IS
'Is it the IANA name of a place (Asia/Shanghai, an old one such as PRC), UTC or Etc/GMT+N? Not right/..., POSIX strings, abbreviations, Factory, localtime: their clock is not that of a place. For CHECK constraints';

CREATE FUNCTION recurrence(
    rule      text,
    starts_at timestamptz,
    before    timestamptz DEFAULT NULL,
    time_zone text DEFAULT 'UTC')
RETURNS SETOF timestamptz
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 100 ROWS 50
AS 'MODULE_PATHNAME', 'salon_recurrence';

COMMENT ON FUNCTION recurrence(text, timestamptz, timestamptz, text) IS
'Times of a recurrence rule (RFC 5545) from starts_at, which gives the time of day, to before, in the local time of time_zone; no moment twice. Errors: 22023 a part that is not valid, no end to the search, a time zone that is not that of a place; 22007 UNTIL is no time; 0A000 parts finer than days; 22008 a start beyond 1900 to 2400; 54000 more than 100000';

CREATE FUNCTION recurrence_rule(rule text)
RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_recurrence_rule';

COMMENT ON FUNCTION recurrence_rule(text) IS
'The recurrence rule in capitals; refuses what is none, as recurrence does: for CHECK constraints';
