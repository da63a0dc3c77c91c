-- As a space is right after a load: nobody analyzed what was loaded, and
-- autovacuum did not come yet.  Of the catalogues there is what create_space found.
--
-- usage: psql -v space=club -f unanalyzed.sql, as a superuser

CREATE TEMP TABLE loaded AS
SELECT c.oid
FROM pg_class c
WHERE c.relnamespace = :'space'::regnamespace AND c.relkind = 'r'
  AND NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'shipped');
DELETE FROM pg_statistic WHERE starelid IN (SELECT oid FROM loaded);
UPDATE pg_class c SET relpages = 0, reltuples = 0, relallvisible = 0
WHERE c.oid IN (SELECT oid FROM loaded) OR c.oid IN (SELECT i.indexrelid FROM pg_index i JOIN loaded l ON l.oid = i.indrelid);
