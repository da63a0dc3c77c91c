-- apportion: every rule, one section each.
\set VERBOSITY default
\set SHOW_CONTEXT never
SET search_path = salon, public;

\echo == Three methods on one example
CREATE TEMP TABLE list (name text, votes bigint);
INSERT INTO list VALUES ('red', 53), ('blue', 24), ('green', 23);
SELECT name, votes,
       apportion(votes, 7) OVER () AS largest_remainder,
       apportion(votes, 7, 'sainte_lague') OVER () AS sainte_lague,
       apportion(votes, 7, method => 'dhondt') OVER () AS dhondt
FROM   list ORDER BY votes DESC;

\echo == A known case: the House of Representatives of 1791, 105 seats; Congress passed the first, the president had it changed to the last
CREATE TEMP TABLE state (name text, people bigint);
INSERT INTO state VALUES
    ('Virginia', 630560), ('Massachusetts', 475327), ('Pennsylvania', 432879), ('North Carolina', 353523),
    ('New York', 331589), ('Maryland', 278514), ('Connecticut', 236841), ('South Carolina', 206236),
    ('New Jersey', 179570), ('New Hampshire', 141822), ('Vermont', 85533), ('Georgia', 70835),
    ('Kentucky', 68705), ('Rhode Island', 68446), ('Delaware', 55540);
SELECT name, apportion(people, 105) OVER () AS hamilton,
       apportion(people, 105, 'sainte_lague') OVER () AS webster,
       apportion(people, 105, 'dhondt') OVER () AS jefferson
FROM   state ORDER BY people DESC;

\echo == Partitions share their own seats; a null weight takes no part; null seats give null
SELECT city, k, w, apportion(w, seats) OVER (PARTITION BY city) AS seats
FROM   (VALUES ('A', 1, 2, 3), ('A', 2, 1, 3), ('A', 3, NULL, 3), ('B', 4, 0, 2), ('B', 5, 1, 2),
               ('C', 6, NULL, 2), ('D', 7, 1, NULL), ('E', 8, 0, 0)) t(city, k, w, seats)
ORDER  BY k;
SELECT apportion(1, 5) OVER () FROM generate_series(1, 0);

\echo == Equal claims: the larger weight first
SELECT w, apportion(w, 4, 'dhondt') OVER () AS dhondt, apportion(w, 2, 'sainte_lague') OVER () AS sainte_lague
FROM   (VALUES (100), (50), (25)) t(w) ORDER BY w DESC;
SELECT w, apportion(w, 2) OVER () AS largest_remainder FROM (VALUES (3), (1)) t(w) ORDER BY w DESC;

\echo == Equal weights: the order of the window
SELECT name, apportion(1, 2) OVER (ORDER BY name) AS by_name, apportion(1, 2) OVER (ORDER BY name DESC) AS reversed
FROM   list ORDER BY name;

\echo == Weights of any size and any decimals are exact
SELECT k, w, apportion(w, 3) OVER () AS seats
FROM   (VALUES (1, 9223372036854775807), (2, 9223372036854775806), (3, 9223372036854775807 - 2)) t(k, w) ORDER BY k;
SELECT k, w, apportion(w, 1) OVER () AS seats
FROM   (VALUES (1, 0.1000000000000000000000000001), (2, 0.1000000000000000000000000002), (3, 1e-10)) t(k, w) ORDER BY k;
SELECT k, w, apportion(w, 3) OVER (ORDER BY k) AS seats
FROM   (VALUES (1, 0.1::float8), (2, 0.2), (3, 0.3), (4, 0)) t(k, w) ORDER BY k;
SELECT k, apportion(w, 100000000000000000) OVER () AS largest_remainder,
       apportion(w, 100000000000000000, 'sainte_lague') OVER () AS sainte_lague,
       apportion(w, 100000000000000000, 'dhondt') OVER () AS dhondt
FROM   (VALUES (1, 1), (2, 1.5), (3, 0.0001)) t(k, w) ORDER BY k;
SELECT k, w, apportion(w, 2) OVER () AS seats FROM (VALUES (1, 1e300::float8), (2, 3e300)) t(k, w) ORDER BY k;

\echo == Many small weights, many partitions
SELECT count(*) AS rows, sum(seats) AS seats, min(seats) AS least, max(seats) AS most
FROM   (SELECT apportion(i % 97, 4000, 'sainte_lague') OVER (PARTITION BY i % 5 ORDER BY i) AS seats
        FROM   generate_series(1, 20000) i) x;

\echo == Errors
\echo -- equal weights and nothing that says which comes first
SELECT apportion(1, 2) OVER () FROM list;
\echo :LAST_ERROR_SQLSTATE
SELECT apportion(1, 2, 'dhondt') OVER (ORDER BY length(name) > 3) FROM list;
\echo :LAST_ERROR_SQLSTATE
\echo -- it does not matter when nothing is at stake
SELECT apportion(1, 3) OVER () AS seats FROM list;
\echo -- seats
SELECT apportion(votes, -1) OVER () FROM list;
\echo :LAST_ERROR_SQLSTATE
SELECT apportion(votes, votes) OVER () FROM list WHERE name <> 'green';
\echo :LAST_ERROR_SQLSTATE
SELECT apportion(votes, nullif(votes, 24)) OVER () FROM list WHERE name <> 'green';
\echo :LAST_ERROR_SQLSTATE
SELECT apportion(votes, 9223372036854775807) OVER () FROM list;
\echo :LAST_ERROR_SQLSTATE
\echo -- weights
SELECT apportion(-votes, 7) OVER () FROM list WHERE name = 'red';
\echo :LAST_ERROR_SQLSTATE
SELECT apportion('NaN'::numeric, 7) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT apportion('Infinity'::float8, 7) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT apportion(-0.5::float8, 7) OVER ();
\echo :LAST_ERROR_SQLSTATE
SELECT apportion(0, 7) OVER () FROM list;
\echo :LAST_ERROR_SQLSTATE
SELECT apportion(w, 7) OVER () FROM (VALUES (1e30), (1e-30)) t(w);
\echo :LAST_ERROR_SQLSTATE
\echo -- methods
SELECT apportion(votes, 7, 'hagenbach') OVER () FROM list;
\echo :LAST_ERROR_SQLSTATE
SELECT apportion(votes, 7, NULL) OVER () FROM list;
\echo :LAST_ERROR_SQLSTATE
SELECT apportion(votes, 7, CASE name WHEN 'red' THEN 'dhondt' ELSE 'sainte_lague' END) OVER () FROM list;
\echo :LAST_ERROR_SQLSTATE
