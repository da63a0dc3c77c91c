-- Matching: the best allocation of what suppliers offer to what demanders
-- need, as window functions.  STABLE, since settings decide how far the search
-- goes; the answer does not depend on the order of the rows.

CREATE TYPE allocation AS (
    quantity       bigint,
    supplier_price double precision,
    demander_price double precision,
    pair_price     double precision,
    gap            double precision
);

COMMENT ON TYPE allocation IS
'What allocate_detail says of a row: its quantity and the prices that prove the optimum';
COMMENT ON COLUMN allocation.quantity IS
'Quantity that goes from the supplier to the demander by this row; 0 when none';
COMMENT ON COLUMN allocation.supplier_price IS
'What one more unit offered by the supplier would be worth; 0 when it keeps some; null without a supplier';
COMMENT ON COLUMN allocation.demander_price IS
'What one more unit needed by the demander would be worth; 0 when it gets less than it needs; null without a demander';
COMMENT ON COLUMN allocation.pair_price IS
'What one more unit of at_most of this row would be worth; 0 when it is not used up; null without both parties';
COMMENT ON COLUMN allocation.gap IS
'The best total of the partition exceeds the one returned by at most this; 0 when it is proved to be the best';

CREATE FUNCTION allocate(
    supplier "any",
    demander "any",
    value    double precision,
    offered  bigint DEFAULT 1,
    needed   bigint DEFAULT 1,
    at_most  bigint DEFAULT NULL)
RETURNS bigint
LANGUAGE c WINDOW STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_allocate';

COMMENT ON FUNCTION allocate("any", "any", double precision, bigint, bigint, bigint) IS
'Quantity of each candidate pair such that the total of value * quantity over the partition is the largest; a null quantity is no limit';

CREATE FUNCTION allocate_detail(
    supplier "any",
    demander "any",
    value    double precision,
    offered  bigint DEFAULT 1,
    needed   bigint DEFAULT 1,
    at_most  bigint DEFAULT NULL)
RETURNS allocation
LANGUAGE c WINDOW STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_allocate_detail';

COMMENT ON FUNCTION allocate_detail("any", "any", double precision, bigint, bigint, bigint) IS
'The same as allocate, with the prices that prove the optimum';
