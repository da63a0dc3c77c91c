-- QR codes: what they are drawn as, how long a text may be, in which language it
-- is refused.
\set SHOW_CONTEXT never
\pset format unaligned
\pset tuples_only on
SET search_path = salon, public;

\echo for a terminal, and for a page
SELECT qr('HELLO');
SELECT qr_svg('HELLO', 'a <title> & more', 'L');
SELECT qr_svg(NULL), qr_svg('x', NULL, NULL), qr(NULL);

\echo the smallest and the largest, by correction
SELECT c, length(split_part(qr('a', c), E'\n', 1)) - 8 AS smallest, length(split_part(qr(repeat('a', n), c), E'\n', 1)) - 8 AS largest
FROM (VALUES ('L', 2953), ('M', 2331), ('Q', 1663), ('H', 1273)) v (c, n);
SELECT length(split_part(qr(repeat('啊', 776) || 'ab'), E'\n', 1)) - 8 AS largest_of_2330_bytes;

\echo one byte more; what is not ASCII says so
SELECT qr_svg(repeat('a', 2954), NULL, 'L');
SELECT qr_svg(repeat('a', 2332));
SELECT qr(repeat('a', 1664), 'Q');
SELECT qr(repeat('a', 1274), 'H');
SELECT qr(repeat('啊', 777));
SELECT qr(repeat('a', 10000000));
SELECT qr('');
SELECT qr('a', 'X');
SELECT qr('a', 'LM');
SELECT qr('a', '');
SET salon.lang = zh;
SELECT qr(repeat('a', 2332));
RESET salon.lang;

\echo of a space: links, tickets, certificates; and what is none
SET client_min_messages = warning;
SELECT salon.create_space('t_qr') \g /dev/null
SET search_path = t_qr, salon, public;
INSERT INTO party (kind, name_en) VALUES ('organization', 'community A'), ('person', 'Bo');
SELECT plan_event('Spring & summer', '春夏', starts_at => '2031-03-08 13:30+08', ends_at => '2031-03-08 17:30+08', host_id => 1) \g /dev/null
INSERT INTO link (event_id, link_kind_code, name, url) VALUES (1, 'live', NULL, 'https://live.example/1'), (1, 'group', 'ask for it', NULL);
INSERT INTO seating (event_id, side) VALUES (1, 'on_site');
INSERT INTO registration (event_id, ticket) VALUES (1, '5f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c11');
INSERT INTO certification (organization_id, name_en) VALUES (1, 'Kernel');
INSERT INTO certification_level (certification_id) VALUES (1);
INSERT INTO certificate (certification_level_id, organization_id, person_id, name_en, issued_on) VALUES (1, 1, 2, 'Kernel', '2026-01-01');
SELECT link_qr(1) = qr_svg('https://live.example/1', 'Spring & summer: live stream') AS link,
       ticket_qr(' 5F0C1AE8-4B8E-4A53-9F5F-0D9A3F0A7C11-1', 'https://a.example/') = qr_svg('https://a.example/5f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c11-1', 'Spring & summer: ticket') AS ticket,
       (SELECT certificate_qr(number, 'https://a.example/') = qr_svg('https://a.example/' || number, 'Kernel') AND certificate_qr(number) = qr_svg(number, 'Kernel') FROM certificate) AS certificate;
SELECT link_qr(2);
SELECT link_qr(3);
SELECT ticket_qr('5f0c1ae8-4b8e-4a53-9f5f-0d9a3f0a7c11-2');
SELECT certificate_qr('1');
SELECT salon.drop_space('t_qr', drop_rows => true) \g /dev/null
