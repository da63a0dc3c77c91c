-- Copies of events: each table that hangs on an event is decided on, and the
-- copy is as decided; every date of it is a shifted date of the original, on the
-- clock of the place; what came about is not in it.
--
-- pg_prove -d DATABASE test/pgtap/copy.sql

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

SELECT salon.create_space('t_copy') \g /dev/null
SET LOCAL search_path = t_copy, salon, public;
SET LOCAL salon.lang = 'en';
SET LOCAL TIME ZONE 'UTC';

SELECT no_plan();

-- Every table that refers to an event, directly or through others.

CREATE TEMP TABLE hangs_on_event AS
WITH RECURSIVE t (relation) AS (
    SELECT 'event'::regclass::oid
    UNION
    -- what forgets its event when that goes only mentions it
    SELECT k.conrelid FROM t JOIN pg_constraint k ON k.confrelid = t.relation AND k.contype = 'f' AND k.confdeltype <> 'n'
)
SELECT c.oid AS relation, c.relname::text AS table_name,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'event_id' AND NOT a.attisdropped) AS has_event_id
FROM pg_class c
WHERE c.relnamespace = 't_copy'::regnamespace AND c.relkind IN ('r', 'p')
  AND (c.oid IN (SELECT relation FROM t)
       OR EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname IN ('event_id', 'own_event_id') AND NOT a.attisdropped
                  AND NOT EXISTS (SELECT FROM pg_constraint k WHERE k.conrelid = c.oid AND k.conkey = ARRAY[a.attnum] AND k.contype = 'f' AND k.confdeltype = 'n')));
SELECT set_eq($$ SELECT table_name FROM hangs_on_event $$, 'SELECT table_name FROM copy_decision',
              'copy_decision has each table that hangs on an event: a new one needs a row there, and its part of copy_event');
SELECT is((SELECT count(*) FROM copy_decision), (SELECT count(DISTINCT table_name) FROM copy_decision), 'each once');
SELECT is_empty($$ SELECT table_name FROM copy_decision WHERE decision_code NOT IN ('copied', 'in_part', 'on_request', 'kept', 'new') OR num_nulls(decision, what) > 0 $$, 'with a known decision and its reason');
SET LOCAL salon.lang = 'zh';
SELECT is_empty($$ SELECT table_name FROM copy_decision WHERE decision !~ '[一-龥]' OR what !~ '[一-龥]' $$, 'in Chinese too');
SELECT set_eq($$ SELECT c.table_name || '.' || a.attname
                 FROM copy_decision c
                 JOIN pg_attribute a ON a.attrelid = c.table_name::regclass AND a.attnum > 0
                                    AND a.atttypid IN ('date'::regtype, 'timestamptz'::regtype, 'timestamp'::regtype, 'tstzrange'::regtype)
                 WHERE c.move_code = 'stays'
                   AND a.attname !~ '^(at|(accepted|agreed|answered|asked|assigned|booked|cancelled|compared|contributed|created|delivered|entered|found|given|joined|judged|moved|paid|passed|registered|said|scored|signed|submitted)_(at|on))$' $$,
              $$ VALUES ('consent.until'), ('agreement.sign_by'), ('talk.during') $$,
              'what does not move with its event only says when something was done: a new table with other times needs its part of move_event');
SET LOCAL salon.lang = 'en';

-- An event with all there is.

INSERT INTO city (city_code, name_en) VALUES ('a', 'A');
INSERT INTO party (kind, name_en) VALUES ('organization', 'One'), ('organization', 'Two'), ('person', 'Three'), ('person', 'Four');
INSERT INTO series (name_en) VALUES ('Series');
INSERT INTO venue (city_code, name) VALUES ('a', 'Hall');
INSERT INTO room (venue_id, name) VALUES (1, 'Big');
SELECT plan_event('First', '第一', '2031-03-20 18:00+01', '2031-03-20 21:00+01', time_zone => 'Europe/Berlin', venue_id => 1, series_id => 1, host_id => 1,
                  planned_on_site => 50, planned_online => 100) AS first \gset
UPDATE event SET introduction = 'i', equipment = 'projector:1', actual_on_site = 1, on_site_basis = 'measured', actual_online = 2, online_basis = 'claimed';
INSERT INTO event_party (event_id, party_id, part_code) VALUES (:first, 2, 'sponsor'), (:first, 2, 'channel');
INSERT INTO notice (event_id, text_en) VALUES (:first, 'n');
INSERT INTO follow_up (event_id, plan) VALUES (:first, 'f');
INSERT INTO remark (event_id, note) VALUES (:first, 'n');
INSERT INTO supply (event_id, resource_code) VALUES (:first, 'student');
INSERT INTO remark (supply_id, note) SELECT max(supply_id), 'n' FROM supply;
INSERT INTO event_day (event_id, starts_at, ends_at) VALUES (:first, '2031-03-20 18:00+01', '2031-03-20 21:00+01');
INSERT INTO session (event_id, format_code, title_en, abstract, room_id, starts_at, ends_at) VALUES
    (:first, 'mini_talk', 't', 'a', 1, '2031-03-20 18:00+01', '2031-03-20 19:00+01'), (:first, 'break', 'tea', NULL, 1, '2031-03-20 19:00+01', '2031-03-20 19:30+01');
INSERT INTO speaker (session_id, person_id) VALUES (1, 3);
INSERT INTO link (event_id, link_kind_code, url) VALUES (:first, 'group', 'https://example.org/g'), (:first, 'replay', 'https://example.org/r');
UPDATE event_duty SET party_id = 3, starts_at = '2031-03-20 17:00+01', ends_at = '2031-03-20 18:00+01' WHERE duty_code = 'check_in';
INSERT INTO asset (event_id, asset_kind_code, state, url) VALUES (:first, 'photo', 'ready', 'https://example.org/p');
INSERT INTO event_item (event_id, item_code, due_at, waived_reason) VALUES (:first, 'C3', '2031-03-01 12:00+01', 'alone');
INSERT INTO supply (party_id, resource_code, quantity) VALUES (1, 'tea', 5);
UPDATE demand SET valid_from = '2031-03-01', valid_before = '2031-04-01', purpose = 'end' WHERE resource_code = 'venue';
UPDATE demand SET serves_id = (SELECT demand_id FROM demand WHERE resource_code = 'venue') WHERE resource_code = 'tea';
UPDATE supply SET valid_from = '2031-02-01' WHERE event_id = :first;
INSERT INTO commitment (supply_id, demand_id, quantity) SELECT s.supply_id, d.demand_id, 1 FROM supply s, demand d WHERE s.party_id = 1 AND d.resource_code = 'tea';
INSERT INTO seating (event_id, side, capacity) VALUES (:first, 'on_site', 2);
SELECT register(:first, seats => 2, name => 'x'), register(:first, seats => 1, name => 'y') \g /dev/null
SELECT cancel_registration(1) \g /dev/null
INSERT INTO session_seating (session_id, capacity) VALUES (1, 9);
SELECT book(1, 2) \g /dev/null
INSERT INTO event_check (event_id, check_code) SELECT :first, min(check_code) FROM check_kind;
INSERT INTO check_pass (registration_id, event_check_id) VALUES (2, 1);
INSERT INTO package (event_id, name_en, benefits, price, quantity, closes_at, sign_days) VALUES (:first, 'gold', 'logo_place:1', 10, 2, '2031-03-10 00:00+01', 3);
INSERT INTO supply (event_id, resource_code, quantity) VALUES (:first, 'logo_place', 3);
INSERT INTO agreement (package_id, party_id, status_code) VALUES (1, 2, 'signed');
INSERT INTO delivery (commitment_id) SELECT commitment_id FROM commitment WHERE resource_code = 'logo_place';
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis, paid_on) VALUES (:first, 'tea', 1, 3, 4, 'measured', '2031-03-21');
SELECT give(1, :first, amount => 5) \g /dev/null
INSERT INTO audience (event_id, profession_code, planned, actual, actual_basis) SELECT :first, min(profession_code), 5, 4, 'claimed' FROM profession;
INSERT INTO reach (event_id, medium_code, planned_pv, actual_pv, actual_basis) SELECT :first, min(medium_code), 50, 40, 'claimed' FROM medium;
INSERT INTO channel (party_id, platform_code) SELECT 1, min(platform_code) FROM platform;
INSERT INTO post (event_id, channel_id, planned_at, posted_at, url, planned_views, actual_views, actual_basis)
VALUES (:first, 1, '2031-03-15 08:00+01', '2031-03-15 09:00+01', 'https://example.org/post', 10, 9, 'measured');
INSERT INTO metric (event_id, kind, name_en, target, due_on, actual, actual_basis) VALUES (:first, 'north_star', 'm', 5, '2031-03-30', 4, 'measured');
INSERT INTO metric (event_id, kind, drives_id, name_en, target, demand_id) SELECT :first, 'process', 1, 'n', 5, demand_id FROM demand WHERE resource_code = 'tea';
INSERT INTO event_format (event_id, format_code, at_least) VALUES (:first, 'mini_talk', 1);
INSERT INTO slot (event_id, room_id, starts_at, ends_at) VALUES (:first, 1, '2031-03-20 20:00+01', '2031-03-20 20:30+01');
INSERT INTO talk (event_id, title_en, submitter_id) VALUES (:first, 'talk one', 3), (:first, 'talk two', 3);
INSERT INTO talk_speaker (talk_id, person_id) VALUES (1, 3);
INSERT INTO party (kind, name_en) VALUES ('person', 'Five');
INSERT INTO talk_review (talk_id, reviewer_id, score) VALUES (1, 4, 4);
INSERT INTO talk_vote (preferred_id, other_id, voter_id) VALUES (1, 2, 5);
INSERT INTO invitation (event_id, person_id, invited_by) VALUES (:first, 3, 1);
INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at) VALUES (1, 'train', 'a', 'a', '2031-03-20 08:00+01', '2031-03-20 10:00+01');
INSERT INTO survey (event_id, name_en, planned_responses) VALUES (:first, 's', 30);
INSERT INTO question (survey_id, question_code, kind, text_en, value_from, value_to) VALUES (1, 'mark', 'scale', 'how was it', 1, 5), (1, 'topic', 'choice', 'which topic', NULL, NULL);
INSERT INTO question_option (question_id, option_code, name_en) VALUES (2, 'a', 'A'), (2, 'b', 'B');
INSERT INTO response (survey_id) VALUES (1);
INSERT INTO respondent (response_id, survey_id, respondent) VALUES (1, 1, 'x');
INSERT INTO answer (response_id, survey_id, question_id, value) VALUES (1, 1, 1, 4);
INSERT INTO consent (person_id, event_id, status_code) VALUES (3, :first, 'given');
INSERT INTO asset_person (asset_id, person_id) VALUES (1, 3);
INSERT INTO outcome (event_id, outcome_kind_code, description) SELECT :first, min(outcome_kind_code), 'd' FROM outcome_kind;
INSERT INTO hackathon (event_id) VALUES (:first);
INSERT INTO track (event_id, name_en) VALUES (:first, 'track');
INSERT INTO track_skill (track_id, skill_code) SELECT 1, min(skill_code) FROM skill;
INSERT INTO problem (track_id, party_id, title_en) VALUES (1, 2, 'problem');
INSERT INTO hackathon_round (event_id, ordinal, name_en) VALUES (:first, 1, 'round');
INSERT INTO criterion (hackathon_round_id, name_en) VALUES (1, 'criterion');
SELECT enter_team(:first, 'one', 3), enter_team(:first, 'two', 4) \g /dev/null
INSERT INTO submission (hackathon_round_id, team_id, url) SELECT 1, team_id, 'https://example.org/work' FROM team;
INSERT INTO judge (event_id, person_id) VALUES (:first, 5);
INSERT INTO judging (hackathon_round_id, team_id, judge_id) SELECT 1, team_id, 1 FROM team;
INSERT INTO score (judging_id, criterion_id, points) SELECT judging_id, 1, 5 FROM judging;
INSERT INTO comparison (hackathon_round_id, judge_id, preferred_id, other_id) VALUES (1, 1, 1, 2);
INSERT INTO award (event_id, name_en, track_id, problem_id) VALUES (:first, 'award', NULL, NULL), (:first, 'award of the problem', 1, 1);
INSERT INTO award_winner (award_id, team_id) VALUES (1, 1);
INSERT INTO contribution (party_id, contribution_kind_code, event_id) VALUES (3, 'article', :first);
INSERT INTO signature (agreement_id, party_id) SELECT c.agreement_id, c.giver_id FROM commitment c JOIN agreement a USING (agreement_id) WHERE a.status_code = 'proposed' AND a.package_id IS NULL AND c.giver_id IS NOT NULL LIMIT 1;
INSERT INTO rotation (series_id, time_zone) VALUES (1, 'Europe/Berlin');
INSERT INTO series_host (series_id, party_id) VALUES (1, 1);
INSERT INTO season (series_id, starts_on, ends_on, cadence, time_zone, min_days_between) VALUES (1, '2031-03-20', '2031-03-20', 'FREQ=DAILY', 'Europe/Berlin', 0);
INSERT INTO turn (season_id, starts_at, ends_at, party_id, event_id) VALUES (1, '2031-03-20 18:00+01', '2031-03-20 21:00+01', 1, :first);

-- Rows of an event, in whatever table: by its event_id, or by foreign keys to
-- tables that have one.
CREATE FUNCTION pg_temp.is_of_event(wanted text, seen text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    k record;
    way text;
    best text;
BEGIN
    IF (SELECT has_event_id FROM hangs_on_event WHERE table_name = wanted) THEN
        RETURN 'event_id = $1';
    END IF;
    FOR k IN
        SELECT p.table_name AS parent,
               (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY u.n) FROM unnest(x.conkey) WITH ORDINALITY u (c, n) JOIN pg_attribute a ON (a.attrelid, a.attnum) = (x.conrelid, u.c)) AS columns,
               (SELECT string_agg(quote_ident(a.attname), ', ' ORDER BY u.n) FROM unnest(x.confkey) WITH ORDINALITY u (c, n) JOIN pg_attribute a ON (a.attrelid, a.attnum) = (x.confrelid, u.c)) AS parent_columns
        FROM pg_constraint x
        JOIN hangs_on_event p ON p.relation = x.confrelid
        WHERE x.conrelid = (SELECT relation FROM hangs_on_event WHERE table_name = wanted) AND x.contype = 'f' AND x.confdeltype = 'c'
          AND p.table_name <> ALL (seen)
        ORDER BY x.conname
    LOOP
        way := format('(%s) IN (SELECT %s FROM %I WHERE %s)', k.columns, k.parent_columns, k.parent, pg_temp.is_of_event(k.parent, seen || wanted));
        IF best IS NULL OR length(way) < length(best) THEN
            best := way;
        END IF;
    END LOOP;
    RETURN best;
END $$;
CREATE FUNCTION pg_temp.rows_of(wanted text, of_event bigint) RETURNS SETOF jsonb LANGUAGE plpgsql AS $$
DECLARE
    way text := pg_temp.is_of_event(wanted, '{}');
BEGIN
    IF way IS NULL THEN RAISE 'no way from table % to its event', wanted; END IF;
    RETURN QUERY EXECUTE format('SELECT to_jsonb(t) FROM %I t WHERE %s ORDER BY 1', wanted, way) USING of_event;
END $$;
SELECT is_empty(format($$ SELECT table_name FROM hangs_on_event WHERE NOT EXISTS (SELECT FROM pg_temp.rows_of(table_name, %s)) $$, :first),
                'the original has rows in each table: a new one needs a row above');

-- Two copies: across the begin of summer time as a rule, and with all that can
-- be asked for.
SELECT copy_event(:first, '2031-05-08 18:00+02', 'Second') AS second \gset
SELECT copy_event(:first, '2032-01-15 18:00+01', agenda => 'all', with_parties => true, with_holders => true) AS third \gset

CREATE TEMP TABLE counted AS
SELECT table_name, decision_code,
       (SELECT count(*) FROM pg_temp.rows_of(table_name, :first)) AS original,
       (SELECT count(*) FROM pg_temp.rows_of(table_name, :second)) AS plain,
       (SELECT count(*) FROM pg_temp.rows_of(table_name, :third)) AS full
FROM copy_decision WHERE table_name <> 'presence';
SELECT is_empty($$ SELECT * FROM counted WHERE decision_code = 'new' AND table_name <> 'history' AND (plain > 0 OR "full" > 0) $$, 'new: empty');
SELECT is_empty($$ SELECT * FROM counted WHERE decision_code = 'copied' AND (plain <> original OR "full" <> original) $$, 'copied: as many as there were');
SELECT is_empty($$ SELECT * FROM counted WHERE decision_code = 'in_part' AND table_name <> 'remark' AND (plain NOT BETWEEN 1 AND original OR "full" NOT BETWEEN 1 AND original) $$, 'in part: some of them');
SELECT is((SELECT count(*) FROM remark r JOIN supply s USING (supply_id) WHERE s.event_id IN (:second, :third)), 2::bigint, 'remarks with what they are on');
SELECT is_empty($$ SELECT * FROM counted WHERE decision_code = 'on_request' AND (plain >= original OR "full" <= plain) $$, 'on request: more when it is asked for');
SELECT is_empty(format($$ SELECT x FROM (SELECT pg_temp.rows_of('history', e) AS x FROM unnest(ARRAY[%s, %s]) e) h WHERE x ->> 'operation' <> 'insert' $$, :second, :third), 'the history of a copy begins with it');

-- Figures.
CREATE TEMP TABLE copied AS
SELECT c.table_name, e.event_id, e.later, x.row, a.attname::text AS column_name, a.atttypid, x.row ->> a.attname AS value
FROM (SELECT * FROM copy_decision WHERE table_name NOT IN ('history', 'presence')) c
CROSS JOIN (SELECT event_id, (starts_at AT TIME ZONE 'Europe/Berlin') - timestamp '2031-03-20 18:00' AS later FROM event WHERE event_id IN (:second, :third)) e
CROSS JOIN LATERAL (SELECT pg_temp.rows_of(c.table_name, e.event_id) AS row) x
JOIN hangs_on_event h USING (table_name)
JOIN pg_attribute a ON a.attrelid = h.relation AND a.attnum > 0 AND NOT a.attisdropped
WHERE x.row ->> a.attname IS NOT NULL;
SELECT is_empty($$ SELECT DISTINCT table_name, column_name FROM copied
                   WHERE column_name ~ '^(actual|paid|posted|waived|done|cancelled|future|signed_)|basis$' AND (table_name, column_name) <> ('metric', 'actual_bound') $$,
                'nothing that came about is in a copy, nor reasons and evidence');
SELECT is_empty($$ SELECT DISTINCT table_name, column_name, value FROM copied WHERE column_name IN ('committed', 'claimed', 'signed', 'taken', 'waiting', 'booked', 'claims') AND value <> '0' $$, 'counters are zero');
SELECT results_eq($$ SELECT DISTINCT status_code FROM event WHERE event_id > 1 $$, $$ VALUES ('planned') $$, 'a copy is planned');

-- Dates.
SELECT cmp_ok((SELECT count(DISTINCT (table_name, column_name)) FROM copied WHERE atttypid = 'timestamptz'::regtype), '>=', 9::bigint, 'there are many dates');
SELECT is_empty(format($$
    SELECT c.table_name, c.column_name, c.value FROM copied c
    WHERE c.atttypid = 'timestamptz'::regtype AND c.column_name <> 'revised_at'
      AND NOT EXISTS (SELECT FROM pg_temp.rows_of(c.table_name, %s) o
                      WHERE ((o ->> c.column_name)::timestamptz AT TIME ZONE 'Europe/Berlin') + c.later = c.value::timestamptz AT TIME ZONE 'Europe/Berlin')
    $$, :first), 'each is one of the original, shifted on the clock of the place');
SELECT is_empty($$ SELECT c.table_name, c.value FROM copied c WHERE c.column_name = 'revised_at' AND c.value::timestamptz <> now() $$, 'but for when calendars had it last: that is when it was copied');
SELECT is_empty(format($$
    SELECT c.table_name, c.column_name, c.value FROM copied c
    WHERE c.atttypid = 'date'::regtype
      AND NOT EXISTS (SELECT FROM pg_temp.rows_of(c.table_name, %s) o WHERE ((o ->> c.column_name)::date + c.later)::date = c.value::date)
    $$, :first), 'days too');
SELECT isnt_empty($$ SELECT FROM copied WHERE atttypid = 'date'::regtype $$, 'of which there are some');

-- References inside the copy stay inside.
SELECT is_empty($$
    SELECT d.demand_id FROM demand d JOIN demand s ON s.demand_id = d.serves_id WHERE d.event_id > 1 AND s.event_id IS DISTINCT FROM d.event_id
    UNION ALL
    SELECT m.metric_id FROM metric m LEFT JOIN metric n ON n.metric_id = m.drives_id LEFT JOIN demand d ON d.demand_id = m.demand_id
    WHERE m.event_id > 1 AND m.name_en = 'n' AND (n.event_id, d.event_id) IS DISTINCT FROM (m.event_id, m.event_id)
    $$, 'means serve ends of the copy, process metrics drive its north star');
SELECT is((SELECT count(*) FROM demand WHERE event_id = :second AND serves_id IS NOT NULL), 1::bigint, 'and do so');
SELECT results_eq(format('SELECT resource_code, quantity, priority, purpose FROM demand WHERE event_id = %s ORDER BY 1', :second),
                  format('SELECT resource_code, quantity, priority, purpose FROM demand WHERE event_id = %s ORDER BY 1', :first), 'needs are the same');
SELECT results_eq(format('SELECT item_code, status_code FROM checklist WHERE event_id = %s AND status_code = %L ORDER BY 1', :second, 'waived'),
                  'SELECT NULL::text, NULL::text WHERE false', 'nothing is waived');

-- Spans that lie in the hour that the clock of the place shows twice, or not at
-- all, end after they start.
CREATE FUNCTION pg_temp.span_is_kept(at timestamptz, lasts interval, later interval) RETURNS boolean LANGUAGE sql
RETURN t_copy._shifted_end(at, at + lasts, later, 'Europe/Berlin') > t_copy._shifted(at, later, 'Europe/Berlin');
SELECT ok(bool_and(pg_temp.span_is_kept(d.day + m * interval '5 minutes', l * interval '10 minutes', later)), 'every span has a length')
FROM (VALUES (timestamptz '2031-03-29 23:30+00'), ('2031-10-25 22:30+00'), ('2031-06-01 00:00+00')) d (day),
     generate_series(0, 48) m, generate_series(1, 9) l,
     unnest(ARRAY[interval '0', '7 days', '210 days', '-210 days', '119 days 01:00', '1 day 00:10']) later;
SELECT ok(bool_and(_shifted(_shifted(at, later, 'Europe/Berlin'), -later, 'Europe/Berlin') = at), 'there and back again')
FROM (SELECT timestamptz '2031-01-01 12:00+01' + n * interval '1 day 03:07' AS at, n * interval '13 days' AS later FROM generate_series(1, 200) n) x
WHERE extract(hour FROM at AT TIME ZONE 'Europe/Berlin') NOT BETWEEN 1 AND 3;

SELECT * FROM finish();
ROLLBACK;
