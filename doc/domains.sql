-- A diagram (mermaid) of the domains of the model: how many tables of the space
-- each has, and how they stand on each other by foreign keys.  The folders of
-- sql/model say which table is of which domain; a key that a later domain adds
-- to a table of an earlier one is of the later one.
\pset format unaligned
\pset tuples_only on
CREATE TEMPORARY TABLE line (line text);
\copy line FROM PROGRAM 'cd ../sql/model && grep -o "^CREATE TABLE [a-z_]*" */*.sql'
WITH RECURSIVE home AS (
    SELECT split_part(l.line, '/', 1) AS domain, regexp_replace(l.line, '.* ', '')::regclass::oid AS relation
    FROM line l
), domain AS (
    SELECT h.domain, count(*) AS tables, min(h.relation) AS place FROM home h GROUP BY h.domain
), stands AS (
    SELECT DISTINCT CASE WHEN a.place > b.place THEN a.domain ELSE b.domain END AS domain,
                    CASE WHEN a.place > b.place THEN b.domain ELSE a.domain END AS needs
    FROM pg_constraint k
    JOIN home f ON f.relation = k.conrelid
    JOIN home t ON t.relation = k.confrelid
    JOIN domain a ON a.domain = f.domain
    JOIN domain b ON b.domain = t.domain
    WHERE k.contype = 'f' AND a.domain <> b.domain
), far AS (
    SELECT s.domain, t.needs FROM stands s JOIN stands t ON t.domain = s.needs
    UNION
    SELECT f.domain, t.needs FROM far f JOIN stands t ON t.domain = f.needs
)
SELECT 'flowchart BT'
UNION ALL
(SELECT format('    %s["%1$s: %s"]', d.domain, d.tables) FROM domain d ORDER BY d.place)
UNION ALL
(SELECT format('    %s --> %s', s.domain, s.needs)
 FROM stands s
 JOIN domain d USING (domain)
 WHERE NOT EXISTS (SELECT FROM far f WHERE f.domain = s.domain AND f.needs = s.needs)
 ORDER BY d.place, s.needs);
DROP TABLE line;
