-- Matching: which parties should exchange gifts in cycles, as window functions.
-- STABLE, since settings decide how far the search goes; the answer does not
-- depend on the order of the rows.

CREATE TYPE barter_gift AS (
    cycle       integer,
    position    integer,
    value_total double precision,
    bound       double precision,
    gap         double precision
);

COMMENT ON TYPE barter_gift IS
'What barter_detail says of a row: its place in a cycle, and how good the whole choice is';
COMMENT ON COLUMN barter_gift.cycle IS
'Number of the cycle that the gift is part of, 1, 2, ... by the smallest party of each; null when it is not chosen';
COMMENT ON COLUMN barter_gift.position IS
'Place of the gift in its cycle; 1 is the gift of the smallest party; null when it is not chosen';
COMMENT ON COLUMN barter_gift.value_total IS
'Total value of all chosen gifts of the partition';
COMMENT ON COLUMN barter_gift.bound IS
'No choice of cycles in the partition is worth more than this';
COMMENT ON COLUMN barter_gift.gap IS
'The best total of the partition exceeds value_total by at most this; 0 when it is proved to be the best';

CREATE FUNCTION barter(
    giver   "any",
    taker   "any",
    value   double precision,
    longest integer DEFAULT 3)
RETURNS integer
LANGUAGE c WINDOW STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_barter';

COMMENT ON FUNCTION barter("any", "any", double precision, integer) IS
'Number of the exchange cycle of each possible gift, or null, such that the total value of the disjoint cycles is the largest; a null longest is no limit';

CREATE FUNCTION barter_detail(
    giver   "any",
    taker   "any",
    value   double precision,
    longest integer DEFAULT 3)
RETURNS barter_gift
LANGUAGE c WINDOW STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_barter_detail';

COMMENT ON FUNCTION barter_detail("any", "any", double precision, integer) IS
'The same as barter, with the place in the cycle and how good the whole choice is proved to be';
