-- Recurrence rules: what they give, and what is refused.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SET search_path = salon, public;
\set ECHO all

\echo == The third Saturday of each month; every other week; the last working day of a quarter
SELECT recurrence('FREQ=MONTHLY;BYDAY=3SA', '2031-01-01 13:30', '2031-06-01', 'Asia/Shanghai');
SELECT recurrence('FREQ=WEEKLY;INTERVAL=2;COUNT=3', '2031-01-04 10:00', NULL, 'Asia/Shanghai');
SELECT recurrence('rrule:freq=monthly;bymonth=3,6,9,12;byday=MO,TU,WE,TH,FR;bysetpos=-1;count=4', '2031-01-04 10:00', NULL, 'Asia/Shanghai');

\echo == UNTIL as a day, a local time, a time in UTC: the last one counts
SELECT rule, count(*) FROM unnest(ARRAY['FREQ=DAILY;UNTIL=20310104', 'FREQ=DAILY;UNTIL=20310104T100000', 'FREQ=DAILY;UNTIL=20310104T095959',
                                        'FREQ=DAILY;UNTIL=20310104T020000Z', 'FREQ=DAILY;UNTIL=20310104T015959Z']) rule,
     recurrence(rule, '2031-01-01 10:00', time_zone => 'Asia/Shanghai') GROUP BY rule ORDER BY rule;

\echo == Nothing of nothing
SELECT count(*) FROM recurrence(NULL, now(), now()) a, recurrence('FREQ=DAILY', NULL, now()) b;
SELECT recurrence_rule('rrule:freq=daily;count=3'), recurrence_rule(NULL);

\echo == What is no rule, by part
SELECT rule, answer FROM unnest(ARRAY['', 'FREQ', 'FREQ=', 'FREQ=SOMETIMES', 'BYDAY=SA', 'FREQ=DAILY;FREQ=DAILY', 'FREQ=DAILY;', 'FREQ=DAILY;COLOUR=RED', 'FREQ=DAILY;INTERVAL=0',
    'FREQ=DAILY;INTERVAL=99999999999', 'FREQ=DAILY;COUNT=-1', 'FREQ=WEEKLY;BYDAY=3SA', 'FREQ=MONTHLY;BYDAY=0SA', 'FREQ=MONTHLY;BYDAY=XX', 'FREQ=MONTHLY;BYDAY=SA,', 'FREQ=MONTHLY;BYMONTHDAY=32',
    'FREQ=WEEKLY;BYMONTHDAY=3', 'FREQ=MONTHLY;BYYEARDAY=3', 'FREQ=MONTHLY;BYSETPOS=1', 'FREQ=DAILY;COUNT=2;UNTIL=20310104', 'FREQ=DAILY;UNTIL=20310231', 'FREQ=DAILY;UNTIL=tomorrow',
    'FREQ=HOURLY', 'FREQ=DAILY;BYHOUR=9', 'FREQ=YEARLY;BYWEEKNO=20', 'FREQ=WEEKLY;WKST=8', 'FREQ=每天']) rule,
    pg_temp.refused(format('SELECT recurrence(%L, ''2031-01-01 10:00'', ''2031-02-01'')', rule)) answer WHERE answer NOT LIKE '=>%';

\echo == No end, no start, no such zone, too many
SELECT pg_temp.refused($$ SELECT recurrence('FREQ=DAILY', '2031-01-01 10:00') $$);
SELECT pg_temp.refused($$ SELECT recurrence('FREQ=DAILY', '-infinity', '2031-02-01') $$);
SELECT pg_temp.refused($$ SELECT recurrence('FREQ=DAILY', '1800-01-01 10:00', '2031-02-01') $$);
SELECT pg_temp.refused($$ SELECT recurrence('FREQ=DAILY', '2031-01-01 10:00', '2031-02-01', 'Nowhere') $$);
SELECT pg_temp.refused($$ SELECT count(*) FROM recurrence('FREQ=DAILY', '2031-01-01 10:00', '2400-01-01') $$);

\echo == No moment twice: a day that the zone skipped; the first of an hour that comes twice; one that is left out
SELECT r AT TIME ZONE 'Pacific/Apia' FROM recurrence('FREQ=DAILY;COUNT=4', '2011-12-28 10:00-10', NULL, 'Pacific/Apia') r;
SELECT r FROM recurrence('FREQ=DAILY;COUNT=3', '2031-10-25 02:30+02', NULL, 'Europe/Berlin') r;
SELECT r FROM recurrence('FREQ=DAILY;COUNT=2', '2031-10-26 02:30+01', NULL, 'Europe/Berlin') r;
SELECT r FROM recurrence('FREQ=DAILY;COUNT=3', '2031-03-29 02:30+01', NULL, 'Europe/Berlin') r;

\echo == UNTIL counts to the microsecond
SELECT count(*) FROM recurrence('FREQ=DAILY;UNTIL=20310102T100000Z', '2031-01-01 10:00:00.5+00') r;
SELECT count(*) FROM recurrence('FREQ=DAILY;UNTIL=20310102T100001Z', '2031-01-01 10:00:00.5+00') r;

\echo == Time zones are those of places
SELECT string_agg(name, ' ' ORDER BY name) FROM unnest(ARRAY['Asia/Shanghai', 'asia/shanghai', 'America/Port-au-Prince', 'America/Argentina/Buenos_Aires', 'UTC', 'Etc/UTC', 'Etc/GMT', 'Etc/GMT0',
    'Etc/GMT+12', 'Etc/GMT-14']) name WHERE is_time_zone(name);
-- old names, where the system has them
SELECT name FROM unnest(ARRAY['PRC', 'Singapore', 'NZ-CHAT', 'US/Eastern']) name JOIN pg_timezone_names USING (name) WHERE NOT is_time_zone(name);
SELECT count(*) FROM unnest(ARRAY['', ' ', '/', 'Asia/', '/Shanghai', 'Asia/Nowhere', 'Asia//Shanghai', 'Asia/Shanghai ', 'right/UTC', 'Right/Asia/Shanghai', 'posix/Asia/Shanghai', 'Factory', 'localtime', 'posixrules',
    'EST', 'EST5EDT', 'CST-8', '<+08>-8', 'Etc/GMT+13', 'Etc/GMT-15', 'Etc/GMT+1:30', 'Etc/GMT+01', 'Etc/GMT-', 'Foo/Bar-3', '+08', '../Asia/Shanghai', repeat('A/', 5000) || 'a', '亚洲/上海']) name
WHERE is_time_zone(name);
SELECT pg_temp.refused($$ SELECT recurrence('FREQ=DAILY', '2031-01-01 10:00', '2031-02-01', 'CST-8') $$);
