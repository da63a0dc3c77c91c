-- What a user is told, in the language of salon.lang.
\set SHOW_CONTEXT never
SET search_path = salon, public;
SET salon.lang = 'zh';

\echo '== Type bundle'
SELECT 'speaker;3'::salon.bundle;
SELECT 'speaker:x'::salon.bundle;
SELECT '"speaker'::salon.bundle;
SELECT 'speaker：3'::salon.bundle;
SELECT 'speaker:-1'::salon.bundle;
SELECT '{"speaker": 1.5}'::jsonb::salon.bundle;
SELECT salon.bundle('speaker', 3) * -2::bigint;

\echo '== Recurrence rules'
SELECT salon.recurrence_rule('FREQ=MONTHLY;BYDAY=9XX');
SELECT salon.recurrence_rule('FREQ=HOURLY');
SELECT salon.recurrence('FREQ=DAILY', '2031-01-01 10:00+00', NULL, 'UTC');

\echo '== Matching'
SELECT salon.allocate('s', 'd', 'NaN'::float8, 1, 1, 1) OVER ();
SELECT salon.allocate('s'::text, 'd'::text, 'NaN'::float8, 1, 1, 1) OVER ();
SELECT salon.apportion(3, 1, 'best') OVER ();
SELECT salon.bradley_terry(ARRAY[1], ARRAY[1]);

\echo '== Texts that the catalogue does not have stay as they are'
SELECT salon.say('too many rows in one partition') AS known, salon.say('Good evening.') AS unknown, salon.say(NULL) AS "null";

\echo '== English, without asking'
RESET salon.lang;
SELECT salon.say('too many rows in one partition') AS known;
SELECT 'speaker;3'::salon.bundle;
