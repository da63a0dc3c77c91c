-- What the second source tells: the salon that was held, and how the roles fit.
\ir show/setup.psql
\ir show/label_en.psql
SELECT event_id AS event FROM event WHERE name_zh LIKE '%12.16' \gset

\echo
\echo '=== 2. A SALON THAT WAS HELD, AND HOW ROLES FIT ==============================================='
\echo
\echo '国产数据库共话未来趋势12.16 (digoal, 2024-01-01), of the series 国产数据库 共话未来趋势.'
\echo
\echo '--- What is known of it, and what is still to be followed up'
\echo
\ir show/followed.psql
\echo '--- How much of the demand of one role another meets, 0 to 1 (a row gives, a column wants)'
\echo
\ir show/matrix.psql
\echo '--- Through which terms: the best three'
\echo
\ir show/terms.psql
