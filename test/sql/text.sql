\set SHOW_CONTEXT never
SET search_path = salon, public;

\echo '== What is blank'
SELECT is_text('a'), is_text(' a '), is_text('') AS empty, is_text(E' \t\r\n\u00a0\u3000\u200b\ufeff\u00ad\u202e') AS blanks, is_text(NULL) AS "null";
\echo '-- each of them alone'
SELECT count(*) AS characters, count(*) FILTER (WHERE is_text(c)) AS shown
FROM regexp_split_to_table(salon._blanks(), '') c;

\echo '== Trimmed'
SELECT '[' || trimmed(E'\ufeff \u3000沙龙 2031\u00a0\n') || ']' AS trimmed, trimmed('') = '' AS empty, trimmed(NULL) IS NULL AS "null";

\echo '== Folded: the same for people'
SELECT folded(E'  Ann\u3000 \t Lee\u200b ') AS one, folded('ＡＮＮ lee') = folded('ann LEE') AS full_width,
       folded(E'e\u0301') = folded('é') AS composed, folded('ISTANBUL') AS ascii, folded('É') AS others;

\echo '== Addresses'
SELECT contact_key('email', E'\ufeffAnn@Example.org\u3000'), contact_key('email', 'ＡＮＮ@example.org'), contact_key('wechat', ' Ann_1 ');
SELECT address, contact_key('phone', address)
FROM (VALUES ('13812345678'), ('+86 138 1234 5678'), ('0086-138-1234-5678'), ('86 13812345678'), ('（138）1234－5678'), ('１３８１２３４５６７８'),
             ('+86 571 8888 0000'), ('0571-88880000'), ('+86 10 8888 0000'), ('+1 (212) 555-0100'), ('001 212 555 0100'), ('8612345')) v (address);
