-- Apportionment: sharing whole seats by weight, as a window function.  One
-- variant for each type of weights, so that none is rounded by a cast.

CREATE FUNCTION apportion(
    weight bigint,
    seats  bigint,
    method text DEFAULT 'largest_remainder')
RETURNS bigint
LANGUAGE c WINDOW IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_apportion';

COMMENT ON FUNCTION apportion(bigint, bigint, text) IS
'Seats of each row when the seats of the partition are shared by weight: largest_remainder, sainte_lague or dhondt; equal claims go to the larger weight, then to the row that comes first in the order of the window';

CREATE FUNCTION apportion(
    weight numeric,
    seats  bigint,
    method text DEFAULT 'largest_remainder')
RETURNS bigint
LANGUAGE c WINDOW IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_apportion';

COMMENT ON FUNCTION apportion(numeric, bigint, text) IS
'Seats of each row when the seats of the partition are shared by weight: largest_remainder, sainte_lague or dhondt; equal claims go to the larger weight, then to the row that comes first in the order of the window';

CREATE FUNCTION apportion(
    weight double precision,
    seats  bigint,
    method text DEFAULT 'largest_remainder')
RETURNS bigint
LANGUAGE c WINDOW IMMUTABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_apportion';

COMMENT ON FUNCTION apportion(double precision, bigint, text) IS
'Seats of each row when the seats of the partition are shared by weight: largest_remainder, sainte_lague or dhondt; equal claims go to the larger weight, then to the row that comes first in the order of the window';
