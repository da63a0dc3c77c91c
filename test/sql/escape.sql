-- Text that leaves for a document: as it stands there, and content lines.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SET search_path = salon, public;
\set ECHO all

\echo == One text in each format
SELECT f, escape(E'<b>"1 & 2"</b>; a,b\n=c*d*', f) FROM unnest(ARRAY['text', 'xml', 'html', 'icalendar', 'icalendar_parameter', 'csv', 'markdown', 'script']) f;
SELECT escape(v, 'uri') FROM unnest(ARRAY['https://x.example/会?a=1&b=<"c">%20 #d', 'http://[::1]:80/[a]#b#c', '50%', '%zz%e4']) v;
SELECT escape(jsonb_build_object('name', '</script>&', 'lines', E'a\nb' || U&'\2028' || 'c')::text, 'script'),
       escape(jsonb_build_object('name', '</script>&')::text, 'script')::jsonb = '{"name": "</script>&"}';

\echo == Nothing of nothing; nothing at all
SELECT escape(NULL, 'xml') IS NULL, escape('x', NULL) IS NULL, fold(NULL) IS NULL;
SELECT f, '[' || escape('', f) || ']' FROM unnest(ARRAY['text', 'xml', 'icalendar', 'icalendar_parameter', 'csv', 'markdown', 'script', 'uri']) f;
SELECT '[' || fold('') || ']';

\echo == What no document takes is left out; an end of line is a line feed
SELECT escape(U&'a\0001\0008\001F\007F\0080\009F\FDD0\FFFE\FFFF\+01FFFE\FEFF\202Eb\2066c\2069', 'text');
SELECT escape(U&'a\000D\000Ab\000Dc\0085d\2028e\2029f\000Bg', 'icalendar');

\echo == No formula; a number is none, and what is quoted says why
SELECT v, escape(v, 'csv') FROM unnest(ARRAY['=1+1', '-1+1', '-1', '+86 138', '+1.5', '＝1', '  =1', '@x', 'a=b', 'a b', ' a', 'a ', 'a,b', 'a;b', 'say "a"', '主题']) v;

\echo == A line of Markdown begins no block
SELECT v, escape(v, 'markdown') FROM unnest(ARRAY['# a', '- a', '1. a', '1) a', '13:30', 'PostgreSQL 1.0', '2031-01-18', '---', '   a', 'http://a.example', 'www.a.example', 'WWW.a', 'a@b', '主题：内核']) v;

\echo == Folded at 75 octets, between characters
SELECT line, octet_length(line) FROM unnest(string_to_array(replace(fold('SUMMARY:' || repeat('会议', 30)), E'\r', '~'), E'\n')) line;
SELECT replace(fold(E'A:1\r\nB:2\nC:' || repeat('x', 73)), E'\r', '~');
SELECT replace(fold('C:' || repeat('x', 74)), E'\r', '~');

\echo == What is no format
SELECT pg_temp.refused($$ SELECT escape('x', 'yaml') $$);
SET salon.lang = zh;
SELECT pg_temp.refused($$ SELECT escape('x', '') $$);
