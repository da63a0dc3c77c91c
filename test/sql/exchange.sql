-- The exchange: what is refused of resources and of what serves what.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_exchange');
SET search_path = s_exchange, salon;
\set ECHO all

\echo == Codes and names
SELECT pg_temp.refused($$ INSERT INTO resource (resource_code, name_en) VALUES ('Big Hall', 'big hall') $$);
SELECT pg_temp.refused($$ INSERT INTO resource (resource_code) VALUES ('hall') $$);
SELECT pg_temp.refused($$ INSERT INTO resource (resource_code, name_en) VALUES ('venue', 'once more') $$);

\echo == Unknown codes
SELECT pg_temp.refused($$ INSERT INTO resource (resource_code, name_en, parent_code) VALUES ('hall', 'hall', 'building') $$);
SELECT pg_temp.refused($$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'sympathy', 0.5) $$);
SELECT pg_temp.refused($$ INSERT INTO role_supply (role_code, resource_code) VALUES ('vendor', 'sympathy') $$);
SELECT pg_temp.refused($$ INSERT INTO role_demand (role_code, resource_code) VALUES ('wizard', 'tea') $$);

\echo == No ring of resources: of one, of two, of three; a subtree that hangs below itself
SELECT pg_temp.refused($$ UPDATE resource SET parent_code = 'tea' WHERE resource_code = 'tea' $$);
SELECT pg_temp.refused($$ UPDATE resource SET parent_code = 'event_venue' WHERE resource_code = 'venue' $$);
SELECT pg_temp.refused($$ INSERT INTO resource (resource_code, parent_code, name_en)
                          VALUES ('one', 'three', '1'), ('two', 'one', '2'), ('three', 'two', '3') $$);
INSERT INTO resource (resource_code, parent_code, name_en) VALUES ('one', NULL, '1'), ('two', 'one', '2'), ('three', 'two', '3');
SELECT pg_temp.refused($$ UPDATE resource SET parent_code = 'three' WHERE resource_code = 'one' $$);
SELECT resource_code, ancestor_code FROM resource_kind WHERE resource_code = 'three' ORDER BY 2;

\echo == A weight is above 0 and at most 1, and says something new
SELECT pg_temp.refused($$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'circle', 0) $$);
SELECT pg_temp.refused($$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'circle', 1.01) $$);
SELECT pg_temp.refused($$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'circle', 'NaN') $$);
SELECT pg_temp.refused($$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'circle', 10) $$);
SELECT pg_temp.refused($$ INSERT INTO satisfies (supplied_code, demanded_code, weight) VALUES ('tea', 'tea', 0.5) $$);
SELECT pg_temp.refused($$ INSERT INTO satisfies (supplied_code, demanded_code, weight) SELECT supplied_code, demanded_code, 1 FROM satisfies LIMIT 1 $$);

\echo == What is in use is not deleted
SELECT pg_temp.refused($$ DELETE FROM resource WHERE resource_code = 'venue' $$);

\echo == Nothing of that left a trace
SELECT resource_code FROM resource WHERE NOT shipped ORDER BY 1;
SELECT count(*) FROM satisfies WHERE NOT shipped;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_exchange', drop_rows => true);
