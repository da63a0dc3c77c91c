-- Sheets of other programs, read without editing: CSV by its headings, order
-- data of pretix, lists of 活动行, answers of 问卷星.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_import_sheet');
SET search_path = s_import_sheet, salon;
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('Salon', '2031-05-10 09:00+08', '2031-05-10 18:00+08');
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 50);
INSERT INTO survey (event_id, name_en, purpose, side) VALUES (1, 'At registration', 'registration', NULL);
INSERT INTO question (survey_id, question_code, ordinal, kind, text_en, text_zh) VALUES (1, 'shirt', 1, 'choice', 'T-shirt size', 'T 恤尺码'), (1, 'company', 2, 'text', 'Where do you work?', '公司');
INSERT INTO question_option (question_id, option_code, ordinal, name_en) VALUES (1, 's', 1, 'Small'), (1, 'l', 2, 'Large');
INSERT INTO survey (event_id, name_zh) VALUES (1, '会后问卷');
INSERT INTO question (survey_id, question_code, ordinal, kind, text_zh, value_from, value_to) VALUES
    (2, 'job', 1, 'choice', '您的职业是？', NULL, NULL), (2, 'score', 2, 'scale', '您的评分', 1, 10), (2, 'cities', 3, 'choices', '希望去哪些城市', NULL, NULL),
    (2, 'cities_other', 4, 'text', '其他城市', NULL, NULL), (2, 'more', 5, 'text', '建议', NULL, NULL), (2, 'degrees', 6, 'number', '温度', -40, 40);
INSERT INTO question_option (question_id, option_code, ordinal, name_zh) SELECT q.question_id, v.* FROM question q, (VALUES ('dba', 1, 'DBA'), ('dev', 2, '开发者'), ('other', 3, '其他')) v (c, o, n) WHERE q.question_code = 'job';
INSERT INTO question_option (question_id, option_code, ordinal, name_zh) SELECT q.question_id, v.* FROM question q, (VALUES ('hz', 1, '杭州'), ('cd', 2, '成都'), ('other', 3, '其他')) v (c, o, n) WHERE q.question_code = 'cities';
\set ECHO all

\echo == CSV: quotes, line ends, a byte order mark, blank rows, a heading twice, cells that end early
SELECT salon.read_csv(E'\ufeffa,b,"c,""d",a\r\n1,"x\r\ny",,2\r\n\r\n,,,\r\n"",2\r"=1+1",\'3"\'');
SELECT salon.read_csv(''), salon.read_csv('a,b'), salon.read_csv(E'a\n1'), salon.read_csv(E'a\n\n\n'), salon.read_csv(E'a;b\n1,5;2', ';'), salon.read_csv(E'a\tb\n1\t2', E'\t'), salon.read_csv(NULL);
SELECT pg_temp.refused(format('SELECT salon.read_csv(%L)', d)) FROM unnest(ARRAY[E'a,b\n1,2,3', E'a,b\n1,"2"x', E'a,b\n1,2\n1,"2', E'a,\n1,2']) d;
SELECT pg_temp.refused($$ SELECT salon.read_csv('a|b', '|') $$);
SET salon.lang = 'zh';
SELECT pg_temp.refused(format('SELECT salon.read_csv(%L)', E'a\n1,2'));
SELECT pg_temp.refused($$ SELECT salon.read_csv('a|b', '|') $$);
RESET salon.lang;
-- what is written is read
SELECT count(*) AS cells, count(*) FILTER (WHERE r.cell IS DISTINCT FROM t.cell) AS changed
FROM unnest(ARRAY['a', '', ' a ', '"', '""', ',', E'a\nb', '会议', '";"', E'\t', '🎉', '''']) t (cell)
CROSS JOIN LATERAL (SELECT salon.read_csv(format(E'x,y\n"%s",1', replace(t.cell, '"', '""'))) -> 0 ->> 'x' AS cell) r;
SELECT jsonb_array_length(salon.read_csv(E'a,b,c\n' || string_agg(format('%s,"x, ""y""",会议', n), E'\n'))) FROM generate_series(1, 5000) n;

\echo == pretix, order data: an order is a registration with its positions as seats
SELECT E'Event slug,Order code,Order total,Status,Email,Phone number,Order date,Order time,Company,Name,Address,ZIP code,City,Country,State,Custom address field,VAT ID,Date of last payment,Fees,Order locale,Invoice numbers,Sales channel,Requires special attention,Comment,Follow-up date,Positions,E-mail address verified,Payment providers
salon,AB12C,0.00,Paid,ann@example.org,,2031-05-01,10:00:00,,Ann,,,,,,,,,0.00,en,,web,No,vegetarian,,2,Yes,
salon,DE34F,0.00,Canceled,bo@example.org,+8613800000002,2031-05-02,11:00:00,,"Bo, Dr.",,,,,,,,,0.00,en,,web,No,,,1,Yes,
' AS orders \gset
SELECT sheet_registrations(1, salon.read_csv(:'orders'));
SELECT * FROM check_registrations(1, sheet_registrations(1, salon.read_csv(:'orders')));
SELECT * FROM import_registrations(1, sheet_registrations(1, salon.read_csv(:'orders')));
SELECT * FROM import_registrations(1, sheet_registrations(1, salon.read_csv(:'orders')));

\echo == pretix, positions: each is a registration; the address of the attendee, not of the order; a question by its text
SELECT E'Event slug,Order code,Position ID,Status,Email,Phone number,Order date,Order time,Product,Variation,Price,Tax rate,Tax rule,Tax value,Attendee name,Attendee name: Given name,Attendee name: Family name,Attendee email,Company,Address,ZIP code,City,Country,State,Voucher,Pseudonymization ID,Seat ID,Seat name,Seat zone,Seat row,Seat number,Order comment,Follow-up date,T-shirt size,Company,Invoice address name,Address,ZIP code,City,Country,State,VAT ID,Sales channel,Order locale,E-mail address verified,Payment providers
salon,GH56J,1,Paid,cy@example.org,,2031-05-03,09:00:00,Ticket,,0.00,0.00,,0.00,Cy Young,Cy,Young,cy@example.org,,,,,,,,X1,,,,,,,,Small,,,,,,,,,web,en,Yes,
salon,GH56J,2,Paid,cy@example.org,,2031-05-03,09:00:00,Ticket,,0.00,0.00,,0.00,Di Young,Di,Young,di@example.org,,,,,,,,X2,,,,,,,,Huge,,,,,,,,,web,en,Yes,
' AS positions \gset
SELECT * FROM check_registrations(1, sheet_registrations(1, salon.read_csv(:'positions')));
SELECT * FROM import_registrations(1, sheet_registrations(1, salon.read_csv(replace(:'positions', 'Huge', 'Large'))));

\echo == 活动行: its words, and a question that the community asks too; what is new is named until it is told
SELECT E'序号,订单号,票号,姓名,手机,邮箱,公司,职位,票种,票价,报名时间,状态,签到状态,餐饮
1,20310501001,88001,张三,138 0000 0003,,某公司,工程师,普通票,0,2031/5/4 8:05:09,报名成功,未签到,素食
2,20310501002,88002,李四,,li@example.org,,,普通票,0,2031/5/4 9:00,待审核,未签到,
3,20310501003,88003,王五,,wang@example.org,,,普通票,0,2031/5/4 9:30,已退票,未签到,
' AS huodongxing \gset
SELECT line, field, given, problem FROM check_registrations(1, sheet_registrations(1, salon.read_csv(:'huodongxing')));
INSERT INTO import_word (import, said, means) VALUES ('registrations', '餐饮', 'note');
SELECT * FROM import_registrations(1, sheet_registrations(1, salon.read_csv(:'huodongxing')));
SELECT r.external_id, r.seats, r.status_code, r.asked_at AT TIME ZONE 'Asia/Shanghai' AS asked_at, r.note, a.name, a.contact_kind, a.contact FROM registration r LEFT JOIN attendee a USING (registration_id) ORDER BY r.external_id COLLATE "C";
SELECT external_id, question_code, answer FROM registration_answer JOIN registration USING (registration_id) ORDER BY 1, 2;

\echo == 问卷星: numbers before questions, options by text or place, others, what was skipped
SELECT E'序号,提交答卷时间,所用时间,来源,来源详情,来自IP,1、您的职业是？,2、您的评分,3、希望去哪些城市,4、建议,5、温度
1,2031/5/11 9:05:03,66秒,微信,N/A,127.0.0.1(浙江-杭州),DBA,9,杭州┋其他〖西安〗,"好, 再来",-3
2,2031/5/11 10:00:00,80秒,微信,N/A,127.0.0.1(浙江-杭州),2,10,1┋2,(跳过),21
3,2031/5/11 10:30:00,12秒,链接,直接访问,127.0.0.1(浙江-杭州),其他〖学生〗,-3,(跳过),(空),（跳过）
4,2031/5/11 10:40:00,12秒,链接,直接访问,127.0.0.1(浙江-杭州),其他〖学生〗,11,北京,,
' AS wenjuanxing \gset
SELECT jsonb_array_elements(sheet_answers(2, salon.read_csv(:'wenjuanxing')));
SELECT * FROM check_answers(2, sheet_answers(2, salon.read_csv(:'wenjuanxing')));
SELECT * FROM import_answers(2, sheet_answers(2, salon.read_csv(replace(replace(:'wenjuanxing', '11,北京', '8,成都'), '5、温度', '温度'))));
SELECT * FROM import_answers(2, sheet_answers(2, salon.read_csv(replace(replace(:'wenjuanxing', '11,北京', '8,成都'), '5、温度', '温度'))));
SELECT p.answered_at AT TIME ZONE 'Asia/Shanghai' AS answered_at, string_agg(q.question_code || '=' || coalesce(o.option_code, trim_scale(a.value)::text, a.body), ', ' ORDER BY q.ordinal, o.ordinal) AS answers
FROM response p JOIN answer a USING (response_id) JOIN question q USING (question_id) LEFT JOIN question_option o USING (question_option_id)
WHERE p.survey_id = 2 GROUP BY p.response_id ORDER BY p.response_id;

\echo == What is no sheet
SELECT pg_temp.refused($$ SELECT sheet_answers(9, '[]') $$);
SELECT pg_temp.refused($$ SELECT sheet_registrations(9, '[]') $$);
SELECT pg_temp.refused($$ SELECT sheet_registrations(1, '{}') $$);
SELECT sheet_registrations(1, '[7, {}, {"Name": null, "x": 1}]'), sheet_answers(2, '[7, {}, {"序号": null, "x": 1}]'), sheet_answers(2, '[]');

\echo == Who imports reads them, others do not
CREATE ROLE regress_salon_import_sheet;
SELECT salon.grant_access('s_import_sheet', 'regress_salon_import_sheet', 'visitor') \g /dev/null
SET ROLE regress_salon_import_sheet;
SELECT pg_temp.refused($$ SELECT sheet_registrations(1, '[]') $$);
SELECT pg_temp.refused($$ SELECT sheet_answers(2, '[]') $$);
SELECT salon.read_csv(E'a\n1');
RESET ROLE;

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_import_sheet', drop_rows => true);
DROP ROLE regress_salon_import_sheet;
