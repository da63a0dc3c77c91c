-- bradley_terry: every rule, one section each.
\set VERBOSITY default
\set SHOW_CONTEXT never
SET search_path = salon, public;

\echo == Two parties: the strengths differ by the logarithm of the odds
SELECT party, round(strength::numeric, 6) AS strength, round(standard_error::numeric, 6) AS error, won, lost,
       round(ln(3.0) / 2, 6) AS half_log_odds, round(1 / (2 * sqrt(12 * 0.75 * 0.25)), 6) AS known_error
FROM   bradley_terry(ARRAY['Ada', 'Bo'], ARRAY['Bo', 'Ada'], '{9,3}')
ORDER  BY strength DESC;

\echo == A known case: seven teams, 13 games each pair (Agresti, Categorical data analysis): 1.581 1.436 1.294 1.248 1.108 0.684 0
CREATE TEMP TABLE game (winner text, loser text, wins double precision);
INSERT INTO game
SELECT t.team, u.team, wins[u.n]
FROM   (VALUES (1, 'Milwaukee', '{0,7,9,7,7,9,11}'::int[]), (2, 'Detroit', '{6,0,7,5,11,9,9}'),
               (3, 'Toronto', '{4,6,0,7,7,8,12}'), (4, 'New York', '{6,8,6,0,6,7,10}'),
               (5, 'Boston', '{6,2,6,7,0,7,12}'), (6, 'Cleveland', '{4,4,5,6,6,0,6}'),
               (7, 'Baltimore', '{2,4,1,3,1,7,0}')) t(n, team, wins),
       (VALUES (1, 'Milwaukee'), (2, 'Detroit'), (3, 'Toronto'), (4, 'New York'), (5, 'Boston'), (6, 'Cleveland'), (7, 'Baltimore')) u(n, team)
WHERE  t.n <> u.n;
SELECT party, round((strength - min(strength) OVER ())::numeric, 3) AS to_the_last, round(strength::numeric, 4) AS strength,
       round(standard_error::numeric, 4) AS error, won, lost
FROM   (SELECT array_agg(winner) AS w, array_agg(loser) AS l, array_agg(wins) AS n FROM game) g, bradley_terry(w, l, n)
ORDER  BY strength DESC;

\echo == Each row counts once when wins are left out; rows of a pair add up
SELECT party, round(strength::numeric, 6) AS strength, won, lost
FROM   bradley_terry('{1,1,2}'::bigint[], '{2,2,1}'::bigint[]) ORDER BY party;

\echo == Draws are half a win for each
SELECT party, round(strength::numeric, 6) AS strength, won, lost
FROM   bradley_terry('{1,1,2}'::int[], '{2,2,1}'::int[], '{1,0.5,0.5}') ORDER BY party;

\echo == What is not known is left out; nothing gives nothing
SELECT party, won, lost FROM bradley_terry('{1,2,NULL,1,3}'::int[], '{2,1,1,NULL,1}'::int[], '{1,1,1,1,NULL}') ORDER BY party;
SELECT count(*) FROM bradley_terry('{}'::int[], '{}');
SELECT count(*) FROM bradley_terry(NULL::int[], NULL);

\echo == A prior makes every strength finite
SELECT party, round(strength::numeric, 4) AS strength, round(standard_error::numeric, 4) AS error, won, lost
FROM   bradley_terry('{champion,champion,second}'::text[], '{second,third,third}', prior => 0.5)
ORDER  BY strength DESC;
SELECT party, round(strength::numeric, 4) AS strength, standard_error
FROM   bradley_terry('{champion,champion,second}'::text[], '{second,third,third}', NULL, 0.5, errors => false)
ORDER  BY strength DESC;

\echo == A ranking for each group
SELECT left(winner, 1) AS letter, r.party, round(r.strength::numeric, 3) AS strength
FROM   (SELECT left(winner, 1) AS winner, array_agg(winner) AS w, array_agg(loser) AS l
        FROM   (VALUES ('a1', 'a2'), ('a2', 'a3'), ('a3', 'a1'), ('a1', 'a3'), ('b1', 'b2'), ('b2', 'b1')) d(winner, loser)
        GROUP  BY left(winner, 1)) g, bradley_terry(w, l) r
ORDER  BY letter, party;

\echo == Errors
\echo -- a party that never lost, or never won
SELECT * FROM bradley_terry('{champion,champion,second,third}'::text[], '{second,third,third,second}');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM bradley_terry('{1,2,1,2}'::int[], '{2,1,3,3}');
\echo :LAST_ERROR_SQLSTATE
\echo -- groups
SELECT * FROM bradley_terry('{1,2,3,4,5,3,1}'::int[], '{2,1,4,5,3,5,3}');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM bradley_terry('{1,2,3,4}'::int[], '{2,1,4,3}');
\echo :LAST_ERROR_SQLSTATE
\echo -- comparisons
SELECT * FROM bradley_terry('{1,2}'::int[], '{2,2}');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM bradley_terry('{1,2}'::int[], '{2,1}', '{1,-2}');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM bradley_terry('{1,2}'::int[], '{2,1}', '{1,NaN}');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM bradley_terry('{1,2}'::int[], '{2}');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM bradley_terry('{1,2}'::int[], '{2,1}', '{1}');
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM bradley_terry('{1,2}'::int[], '{2,1}', prior => -1);
\echo :LAST_ERROR_SQLSTATE
SELECT * FROM bradley_terry(ARRAY[point(1, 2)], ARRAY[point(2, 1)]);
\echo :LAST_ERROR_SQLSTATE
\echo -- memory
SET salon.match_memory = '64kB';
SELECT count(*)
FROM   (SELECT array_agg(i) AS w, array_agg((i + 1) % 200) AS l FROM generate_series(0, 199) i) g, bradley_terry(w, l);
\echo :LAST_ERROR_SQLSTATE
RESET salon.match_memory;
\echo -- one win in a million millions, and in a thousand times as many: half of the logarithm
SELECT w, round(max(strength)::numeric, 4) AS strength, round((ln(w) / 2)::numeric, 4) AS expected
FROM   unnest(ARRAY[1e6, 1e12, 1e15]::float8[]) w, bradley_terry('{1,2}'::int[], '{2,1}', ARRAY[w, 1]) GROUP BY w ORDER BY w;
SELECT party, round(strength::numeric, 4) AS strength FROM bradley_terry('{1,2,3,1}'::int[], '{2,1,1,3}', ARRAY[1e12, 1e12, 10, 1]) ORDER BY party;
