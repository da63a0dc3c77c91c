-- In which statuses an agreement, a talk, a consent and a season begin, and who
-- enters history in the others.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_status');
SET search_path = s_status, salon;
SET salon.lang = 'en';
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('person', 'speaker 1'), ('organization', 'company A');
INSERT INTO event (name_en, status_code, starts_at, ends_at) VALUES ('Evening', 'announced', '2031-05-01 18:00', '2031-05-01 21:00'), ('Night', 'idea', NULL, NULL);
INSERT INTO series (name_en) VALUES ('Series');
INSERT INTO rotation (series_id) VALUES (1);

\set ECHO none
-- What begins so, or the refusal.  Each row is taken back.
CREATE TEMP TABLE entry (subject text, statement text);
INSERT INTO entry VALUES
    ('agreement', 'INSERT INTO agreement (event_id, status_code) VALUES (1, %L)'),
    ('talk', 'INSERT INTO talk (event_id, title_en, submitter_id, status_code) VALUES (1, ''alpha'', 1, %L)'),
    ('consent', 'INSERT INTO consent (person_id, event_id, status_code) VALUES (1, 1, %L)'),
    ('season', 'INSERT INTO season (series_id, starts_on, ends_on, cadence, time_zone, min_days_between, status_code) VALUES (1, ''2031-01-01'', ''2031-12-31'', ''FREQ=MONTHLY;BYDAY=3SA'', ''UTC'', 30, %L)');
GRANT SELECT ON entry TO PUBLIC;
CREATE FUNCTION pg_temp.begun(subject text, status_code text) RETURNS text
LANGUAGE plpgsql
AS $$
DECLARE
    message text;
BEGIN
    EXECUTE format((SELECT e.statement FROM entry e WHERE e.subject = begun.subject), status_code);
    RAISE USING ERRCODE = 'ZZ000';
EXCEPTION
    WHEN SQLSTATE 'ZZ000' THEN RETURN 'begins';
    WHEN check_violation OR insufficient_privilege THEN
        GET STACKED DIAGNOSTICS message = MESSAGE_TEXT;
        RETURN SQLSTATE || ' ' || regexp_replace(message, '^(\w+) \d+', '\1');
END
$$;
\set ECHO all

\echo == Each is entered in a status that is a first one
SELECT subject, status_code, pg_temp.begun(subject, status_code) FROM status JOIN entry USING (subject) ORDER BY subject, ordinal;
SELECT pg_temp.refused($$ INSERT INTO agreement (event_id, status_code) VALUES (1, 'fulfilled') $$);
SELECT pg_temp.refused($$ INSERT INTO talk (event_id, title_en, submitter_id, status_code) VALUES (1, 'alpha', 1, 'rejected') $$);
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, status_code) VALUES (1, 'withdrawn') $$);
SET salon.lang = 'zh';
SELECT pg_temp.refused(format((SELECT statement FROM entry WHERE subject = 'season'), 'accepted'));
RESET salon.lang;

\echo == A status of the community, and one that is not a first one any more
BEGIN;
INSERT INTO status (subject, status_code, ordinal, name_en, name_zh, is_first) VALUES ('talk', 'invited', 6, 'invited', '特邀', true), ('talk', 'parked', 7, 'parked', '搁置', false);
UPDATE status SET is_first = false WHERE (subject, status_code) = ('talk', 'scheduled');
SELECT status_code, pg_temp.begun(subject, status_code) FROM status WHERE subject = 'talk' ORDER BY ordinal;
ROLLBACK;

\echo == The owner enters history in any, and takes no step that is none
SET salon.import = on;
SELECT DISTINCT subject, pg_temp.begun(subject, status_code) FROM status JOIN entry USING (subject) ORDER BY subject;
BEGIN;
INSERT INTO consent (person_id, status_code) VALUES (1, 'withdrawn');
SELECT pg_temp.refused($$ UPDATE consent SET status_code = 'refused' $$);
ROLLBACK;
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, status_code) VALUES (1, 'lost') $$);
RESET salon.import;

\echo == Of those who have access an administrator does, and neither organizers nor members
CREATE ROLE regress_status_member;
CREATE ROLE regress_status_organizer;
CREATE ROLE regress_status_administrator;
SELECT salon.grant_access('s_status', 'regress_status_member', 'member', 1), salon.grant_access('s_status', 'regress_status_organizer', 'organizer'),
       salon.grant_access('s_status', 'regress_status_administrator', 'administrator') \g /dev/null
SET salon.import = on;
SET ROLE regress_status_member;
SELECT pg_temp.refused($$ INSERT INTO talk (event_id, title_en, submitter_id, status_code) VALUES (1, 'alpha', 1, 'rejected') $$);
SELECT pg_temp.refused($$ INSERT INTO consent (person_id, status_code) VALUES (1, 'withdrawn') $$);
SET ROLE regress_status_organizer;
SELECT DISTINCT subject, pg_temp.begun(subject, status_code) FROM status JOIN entry USING (subject) WHERE NOT is_first ORDER BY 1, 2;
SET ROLE regress_status_administrator;
SELECT DISTINCT subject, pg_temp.begun(subject, status_code) FROM status JOIN entry USING (subject) ORDER BY subject;
RESET ROLE;
RESET salon.import;

\set ECHO none
SELECT salon.revoke_access('s_status', r) FROM unnest('{regress_status_member,regress_status_organizer,regress_status_administrator}'::name[]) r \g /dev/null
SET search_path = public;
SELECT salon.drop_space('s_status', drop_rows => true) \g /dev/null
DROP ROLE regress_status_member, regress_status_organizer, regress_status_administrator;
