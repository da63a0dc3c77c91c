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

\echo '== A space'
SET client_min_messages = error;
SELECT create_space('club');
RESET client_min_messages;
SET search_path = club, salon, public;
SET salon.lang = 'zh';
SELECT create_space('club');
SELECT grant_access('club', 'nobody_there', 'guest');
INSERT INTO party (kind, name_en) VALUES ('person', 'Ann');
SELECT plan_event('Salon', NULL, template_code => 'none');
SELECT plan_event('Salon', NULL, host_id => 9);
SELECT plan_event('Salon', NULL, starts_at => '2031-03-01 10:00+00', ends_at => '2031-03-01 12:00+00') AS event \gset
UPDATE event SET status_code = 'recapped';
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (:event, 1, 'moon', 1);
INSERT INTO agreement (event_id, status_code) VALUES (:event, 'proposed');
UPDATE agreement SET status_code = 'fulfilled';
SELECT * FROM check_parties('[{"external_id": "a", "kind": "robot"}, {"external_id": "a", "city": "Atlantis", "kind": "person"}, 3]');
SELECT import_parties('[{"external_id": "a", "kind": "robot"}]');
SELECT forget(99);
RESET salon.lang;
SELECT forget(99);
\c -
SET client_min_messages = error;
SELECT salon.drop_space('club', drop_rows => true);

\echo == What can be set, in both languages
SELECT name, unit, default_value, what FROM salon.settings();
SET salon.lang = 'zh';
SELECT name, value, what FROM salon.settings();
SELECT count(*) FILTER (WHERE what !~ '[一-龥]') AS without_chinese FROM salon.settings();
RESET salon.lang;
