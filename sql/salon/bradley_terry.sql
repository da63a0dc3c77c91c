-- Ranking from comparisons of two: strengths by the Bradley-Terry model.

CREATE FUNCTION bradley_terry(
    winner anyarray,
    loser  anyarray,
    wins   double precision[] DEFAULT NULL,
    prior  double precision DEFAULT 0,
    errors boolean DEFAULT true)
RETURNS TABLE (
    party          anyelement,
    strength       double precision,
    standard_error double precision,
    won            double precision,
    lost           double precision)
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 10000 ROWS 100
AS 'MODULE_PATHNAME', 'salon_bradley_terry';

COMMENT ON FUNCTION bradley_terry(anyarray, anyarray, double precision[], double precision, boolean) IS
'Strength of each party, with its standard error, from how often the one won against the other: the log-odds of a win are the difference of two strengths, and their mean is 0';
