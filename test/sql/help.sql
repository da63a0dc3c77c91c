-- What a space offers, by job.
\set VERBOSITY terse
SET client_min_messages = warning;
SELECT salon.create_space('h_club') \g /dev/null

\echo == Without a space on the search_path nothing is listed; by its name it is
SELECT count(*) FROM salon.help();
SELECT count(*) > 100 AS many FROM salon.help(space => 'h_club');
SELECT count(*) FROM salon.help(space => 'nowhere');
SELECT count(*) FROM salon.help(space => 'pg_catalog');

\echo == By job, and no private name
SET search_path = h_club, salon;
SELECT DISTINCT job FROM help() ORDER BY job;
SELECT count(*) AS private FROM help() WHERE name LIKE '\_%';
SELECT name, what FROM help() WHERE name IN ('agenda', 'todo') OR name LIKE 'cancel_registration(%';

\echo == A word finds names and comments, in both languages
SELECT name FROM help('waiting list') ORDER BY name;
SELECT name FROM help('候补') ORDER BY name;
SET salon.lang = zh;
SELECT * FROM help('todo');
SELECT name FROM help() WHERE what !~ '[一-鿿]' ORDER BY name;
SELECT * FROM help('import_registrations');
RESET salon.lang;
SELECT what FROM help('import_registrations') WHERE name LIKE 'import%';

\echo == What the community made itself comes last
CREATE VIEW mine AS SELECT 1 AS one;
CREATE FUNCTION _hidden() RETURNS int LANGUAGE sql RETURN 1;
SELECT job, name, what FROM help('mine');
SELECT name FROM help() WITH ORDINALITY h (job, name, what, n) ORDER BY n DESC LIMIT 1;

\echo == Of two spaces on the path the first
SELECT salon.create_space('h_other') \g /dev/null
SET search_path = h_other, h_club, salon;
SELECT count(*) FROM help('mine');
SET search_path = h_club, h_other, salon;
SELECT count(*) FROM help('mine');

SET search_path = public;
DROP SCHEMA h_club, h_other CASCADE;
