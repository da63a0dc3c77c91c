-- Certificates as Open Badges 2.0 and 3.0.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_open_badge');
SET search_path = s_open_badge, salon;
INSERT INTO party (kind, name_en, name_zh, website) VALUES ('organization', 'Authority', '认证机构', 'https://authority.example/甲'), ('person', 'Ann', '安', NULL), ('person', 'Bo', NULL, NULL);
INSERT INTO contact (party_id, kind, address) VALUES (2, 'phone', '13800000001'), (2, 'email', ' ann@example.org ');
INSERT INTO certification (organization_id, name_en, name_zh, introduction, website) VALUES (1, 'Database', '数据库', 'Runs & mends <databases>', 'https://authority.example/db');
INSERT INTO certification_level (certification_id, level, name_en, name_zh, valid_months) VALUES (1, 1, 'Associate', '初级', 240);
ALTER TABLE certificate DISABLE TRIGGER USER;
INSERT INTO certificate (number, certificate_kind_code, certification_level_id, organization_id, person_id, name_en, name_zh, issued_on, expires_on, is_holder_shown)
SELECT s.body || _check_character(replace(s.body, '-', '')), k.kind, k.level, 1, k.person, k.name, k.zh, '2020-06-01', k.expires, k.shown
FROM (VALUES ('AAAA-AAAA-AAAA-AAAA-', 'certification', 1, 2, 'Database Associate', '数据库初级', date '2090-06-01', true),
             ('BBBB-BBBB-BBBB-BBBB-', 'certification', 1, 3, 'Database Associate', '数据库初级', '2021-06-01', true),
             ('CCCC-CCCC-CCCC-CCCC-', 'internship', NULL, 2, 'Proof of internship', NULL, NULL, false)) k (body, kind, level, person, name, zh, expires, shown)
CROSS JOIN LATERAL (SELECT k.body) s;
ALTER TABLE certificate ENABLE TRIGGER USER;
\set ECHO all

\echo == 3.0: a credential that is not signed; the holder as a hash, where the holder allows it
SELECT number AS a FROM certificate WHERE number LIKE 'A%' \gset
SELECT number AS b FROM certificate WHERE number LIKE 'B%' \gset
SELECT number AS c FROM certificate WHERE number LIKE 'C%' \gset
SELECT jsonb_pretty(open_badge(:'a', page => 'https://salon.example/badge/')::jsonb);
SELECT open_badge(:'a')::jsonb #>> '{credentialSubject,identifier,0,identityHash}' = 'sha256$' || encode(sha256(convert_to('ann@example.org' || :'a', 'UTF8')), 'hex') AS is_hash;
SELECT open_badge(lower(:'a'))::jsonb ->> 'id', open_badge(:'a', '3.0')::jsonb #>> '{credentialSubject,achievement,id}';
SELECT jsonb_pretty(open_badge(:'c')::jsonb);
SET salon.lang = 'zh';
SELECT open_badge(:'a')::jsonb ->> 'name', open_badge(:'a')::jsonb #>> '{issuer,name}';
RESET salon.lang;

\echo == 2.0: an assertion, hosted at its page
SELECT jsonb_pretty((open_badge(:'a', '2.0', 'https://salon.example/badge/')::jsonb) #- '{badge,image}');
SELECT left(open_badge(:'a', '2.0', 'https://salon.example/badge/')::jsonb #>> '{badge,image}', 26);
SELECT convert_from(decode(substr(open_badge(:'a', '2.0', 'https://salon.example/badge/')::jsonb #>> '{badge,image}', 27), 'base64'), 'UTF8')::xml IS DOCUMENT AS is_a_picture;
SELECT open_badge(:'b', '2.0', 'https://salon.example/badge/')::jsonb -> 'recipient', open_badge(:'b', '2.0', 'https://salon.example/badge/')::jsonb ->> 'expires';

\echo == Revoked: it says so, and no reason
UPDATE certificate SET revoked_reason = 'secret reason' WHERE number LIKE 'A%';
SELECT open_badge(:'a', '2.0', 'https://salon.example/badge/');
SELECT (open_badge(:'a')::jsonb ->> 'validUntil')::timestamptz <= now() AS is_over, open_badge(:'a')::text LIKE '%secret%' AS tells;

\echo == What is no certificate is counted, what is no badge is refused
SELECT open_badge('0000-0000-0000-0000-A') IS NULL AS malformed, open_badge('ZZZZ-ZZZZ-ZZZZ-ZZZZ-' || _check_character(repeat('Z', 16))) IS NULL AS unknown, open_badge(NULL) IS NULL AS none;
SELECT misses FROM certificate_miss;
SELECT pg_temp.refused(format('SELECT open_badge(%L, %L)', :'a', '1.0'));
SELECT pg_temp.refused(format('SELECT open_badge(%L, %L)', :'a', '2.0'));
SELECT pg_temp.refused(format('SELECT open_badge(%L, page => %L)', :'a', 'javascript:alert(1)'));
SET salon.lang = 'zh';
SELECT pg_temp.refused(format('SELECT open_badge(%L, NULL)', :'a'));
SELECT pg_temp.refused(format('SELECT open_badge(%L, %L)', :'a', '2.0'));
RESET salon.lang;

\echo == Everybody who has the number gets it, as verify_certificate tells it
CREATE ROLE regress_salon_open_badge;
SELECT salon.grant_access('s_open_badge', 'regress_salon_open_badge', 'visitor') \g /dev/null
SET ROLE regress_salon_open_badge;
SELECT open_badge(:'c')::jsonb ->> 'name' AS name, open_badge(:'c')::text ~ 'ann|13800000001|Ann' AS tells;
RESET ROLE;
UPDATE space SET most_unknown_certificates = 1;
SET ROLE regress_salon_open_badge;
SELECT open_badge('ZZZZ-ZZZZ-ZZZZ-ZZZZ-' || _check_character(repeat('Z', 16)));
RESET ROLE;
SET ROLE regress_salon_open_badge;
SELECT pg_temp.refused(format('SELECT open_badge(%L)', :'c'));
RESET ROLE;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_open_badge', drop_rows => true);
DROP ROLE regress_salon_open_badge;
