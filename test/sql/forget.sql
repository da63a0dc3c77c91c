\set SHOW_CONTEXT never
SET client_min_messages = warning;
SELECT salon.create_space('regress_forget') \g /dev/null
SET search_path = regress_forget, salon, public;

\echo '== What the history has of rows that were deleted before is withheld too, of that person only'
INSERT INTO party (kind, name_en) VALUES ('person', 'Jane Roe'), ('person', 'John Doe');
INSERT INTO metric (party_id, name_en, kind) VALUES (1, 'weight of Jane Roe', 'process'), (2, 'weight of John Doe', 'process');
INSERT INTO demand (party_id, resource_code, metric) VALUES (1, 'influence', 'followers of @janeroe'), (2, 'influence', 'followers of @johndoe');
DELETE FROM metric;
DELETE FROM demand;
SELECT forget(1) \g /dev/null
SELECT subject, operation, count(*) FILTER (WHERE h::text ~ 'Jane|jane') AS jane, count(*) FILTER (WHERE h::text ~ 'John|john') AS john
FROM history h
GROUP BY subject, operation
ORDER BY 1, 2;
RESET search_path;
SELECT salon.drop_space('regress_forget', drop_rows => true) \g /dev/null
