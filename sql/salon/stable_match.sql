-- Stable matching of applicants and openings, as a window function.  STABLE,
-- since settings decide what equal ranks mean and for whom the result is best;
-- the answer does not depend on the order of the rows.

CREATE FUNCTION stable_match(
    applicant       "any",
    opening         "any",
    applicant_rank  double precision,
    opening_rank    double precision,
    applicant_quota bigint DEFAULT 1,
    opening_quota   bigint DEFAULT 1)
RETURNS boolean
LANGUAGE c WINDOW STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_stable_match';

COMMENT ON FUNCTION stable_match("any", "any", double precision, double precision, bigint, bigint) IS
'Whether each pair is matched, such that no two parties would rather have each other; applicant_rank is the place of the opening with the applicant, opening_rank that of the applicant with the opening, the smaller the better, null when not acceptable; a null quota is no limit';
