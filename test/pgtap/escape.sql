-- Escaping: a hundred hostile texts, and random ones, are the same text again
-- when they are read as the format says, and nothing else; content lines have
-- at most 75 octets and are the same lines again.
--
-- pg_prove -d DATABASE test/pgtap/escape.sql

\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;

BEGIN;
SET LOCAL search_path = salon, public;
SELECT no_plan();
SELECT setseed(0.314159) \g /dev/null
\ir ../sql/include/hostile.sql

SELECT cmp_ok(count(*), '>=', 100::bigint, 'there are a hundred hostile texts') FROM hostile;

-- letters of which documents make something, in any order
INSERT INTO hostile (kind, value)
SELECT 'random', string_agg(substr(U&'<>&"''\005C;:,=+-@#*_`~|[](){}!.\000A\000D\0009\2028\202E\FEFF\0001 aw1会\+01F389', 1 + floor(random() * 46)::int + 0 * n, 1), '')
FROM generate_series(1, 2000) n
CROSS JOIN generate_series(1, 12) c
GROUP BY n;

CREATE TEMP VIEW plain AS SELECT h.number, h.kind, h.value, escape(h.value, 'text') AS text FROM hostile h;

SELECT is_empty($$ SELECT number, text FROM plain
    WHERE text ~ U&'[\0001-\0008\000B-\001F\007F-\009F\2028\2029\202A-\202E\2066-\206F\FDD0-\FDEF\FEFF\FFF9-\FFFB\FFFE\FFFF\+01FFFE\+10FFFF]' $$,
    'nothing is left that no document takes');
SELECT is_empty($$ SELECT number FROM plain WHERE escape(text, 'text') <> text $$, 'which is left out once');
SELECT is_empty($$ SELECT number, value FROM plain
    WHERE value !~ U&'[\0001-\0008\000A-\001F\007F-\009F\2028\2029\202A-\202E\2066-\206F\FDD0-\FDEF\FEFF\FFF9-\FFFB\FFFE\FFFF\+01FFFE\+10FFFF]' AND text <> value $$,
    'and nothing else is');

-- Stored as a value of xml only where it is well-formed.
SELECT is_empty($$ SELECT number, value FROM plain
    WHERE kind <> 'long'
      AND (SELECT (x.a, x.b) FROM XMLTABLE('/a' PASSING xmlparse(DOCUMENT '<a b="' || escape(value, 'xml') || '">' || escape(value, 'xml') || '</a>')
                                           COLUMNS a text PATH '.', b text PATH '@b') x) IS DISTINCT FROM (text, text) $$, 'XML: the text again, in content and in an attribute');
SELECT is_empty($$ SELECT number FROM plain WHERE escape(value, 'html') ~ '[<>"'']' OR escape(value, 'html') ~ '&(?!(amp|lt|gt|quot|#39|#9|#10);)' $$, 'HTML: no tag, no end of an attribute, no reference');
SELECT is_empty($$ SELECT number, value FROM plain
    WHERE replace(replace(replace(replace(replace(escape(value, 'icalendar'), E'\\\\', U&'\F8FF'), '\n', chr(10)), '\,', ','), '\;', ';'), U&'\F8FF', '\') <> text
       OR escape(value, 'icalendar') ~ '\n' OR replace(escape(value, 'icalendar'), '\\', '') ~ '(^|[^\\])[;,]' $$, 'iCalendar: the text again, in one line');
SELECT is_empty($$ SELECT number, value FROM plain
    WHERE replace(replace(replace(replace(substr(escape(value, 'icalendar_parameter'), 2, length(escape(value, 'icalendar_parameter')) - 2), '^^', U&'\F8FF'), '^n', chr(10)), '^''', '"'), U&'\F8FF', '^') <> text
       OR escape(value, 'icalendar_parameter') !~ '^"[^"\n]*"$' $$, 'parameters of iCalendar: the text again, within quotes');

CREATE TEMP VIEW field AS
SELECT number, value, text, escape(value, 'csv') AS csv,
       CASE WHEN escape(value, 'csv') LIKE '"%' THEN replace(substr(escape(value, 'csv'), 2, length(escape(value, 'csv')) - 2), '""', '"') ELSE escape(value, 'csv') END AS read
FROM plain;
SELECT is_empty($$ SELECT number, csv FROM field WHERE read NOT IN (text, '''' || text) $$, 'CSV: the text again, or with an apostrophe before it');
SELECT is_empty($$ SELECT number, csv FROM field WHERE csv !~ '^("([^"]|"")*"|[^",;\n\t]+)$' $$, 'CSV: one field');
SELECT is_empty($$ SELECT number, csv FROM field WHERE read ~ U&'^[[:space:]\00A0\200B\3000]*[-=+@＝＋－＠]' AND read !~ '^[-+]?[0-9]+([.][0-9]+)?$' $$, 'CSV: no formula');

CREATE TEMP VIEW markdown AS SELECT number, value, text, escape(value, 'markdown') AS markdown FROM plain;
SELECT is_empty($$ SELECT number, markdown FROM markdown WHERE markdown ~ '\n' OR markdown ~ '^([-+=#>~`|]|[ \t]|[0-9]+[.)])' $$, 'Markdown: in one line, and no block');
SELECT is_empty($$ SELECT number, markdown FROM markdown
    WHERE regexp_replace(regexp_replace(markdown, '\\[\\`*_{}\[\]()#!|~$^@=+:.-]', '', 'g'), '<br>|&(lt|gt|amp);', '', 'g') ~ '[<>&`*_{}\[\]()#!|~$^@=+\\]|[^0-9]:|:[^0-9]' $$,
    'Markdown: nothing that means something is without a backslash');
SELECT is_empty($$ SELECT number, markdown FROM markdown
    WHERE replace(replace(replace(replace(regexp_replace(markdown, '\\(.)', '\1', 'g'), '<br>', chr(10)), '&lt;', '<'), '&gt;', '>'), '&amp;', '&') <> ltrim(text, E' \t\n')
      AND text !~ '<br>|&lt;|&gt;|&amp;|\\' $$, 'Markdown: the text again');

SELECT is_empty($$ SELECT number FROM plain WHERE escape(jsonb_build_object('a', text)::text, 'script')::jsonb ->> 'a' <> text $$, 'script: the same JSON');
SELECT is_empty($$ SELECT number FROM plain WHERE escape(jsonb_build_object('a', value)::text, 'script') ~ '[<>&]' $$, 'script: no end of the element, no comment');
SELECT is_empty($$ SELECT number FROM plain WHERE escape(value, 'uri') !~ '^[-A-Za-z0-9._~:/?#\[\]@!$&''()*+,;=%]*$' $$, 'addresses: characters of RFC 3986');

-- Content lines
CREATE TEMP VIEW folded AS
SELECT number, 'SUMMARY:' || escape(value, 'icalendar') AS line, fold('SUMMARY:' || escape(value, 'icalendar')) AS folded FROM plain;
SELECT is_empty($$ SELECT number FROM folded f, string_to_table(f.folded, E'\r\n') l WHERE octet_length(l) > 75 OR l ~ '[\r\n]' $$, 'no line has more than 75 octets');
SELECT is_empty($$ SELECT number FROM folded WHERE replace(folded, E'\r\n ', '') <> line || E'\r\n' $$, 'unfolded it is the line again');
SELECT is_empty($$ SELECT number FROM folded f, string_to_table(f.folded, E'\r\n') WITH ORDINALITY l (l, n)
    WHERE l <> '' AND n > 1 AND l !~ '^ ' $$, 'and all is one line');
SELECT is(fold((SELECT string_agg(line, E'\n' ORDER BY number) FROM folded)), (SELECT string_agg(folded, '' ORDER BY number) FROM folded), 'all lines at once, or one after the other');

SELECT throws_ok($$ SELECT escape(repeat('"', 200000000), 'xml') $$, '54000', 'a text of 200000000 bytes is too long for a document', 'too long is an error of its own');
SELECT is(concat(provolatile, proparallel, proisstrict), 'ist', oid::regprocedure || ': its answer hangs on nothing else')
FROM pg_proc WHERE oid IN ('escape(text, text)'::regprocedure, 'fold(text)'::regprocedure) ORDER BY oid;

SELECT * FROM finish();
ROLLBACK;
