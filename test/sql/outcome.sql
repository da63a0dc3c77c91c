-- Outcomes: what came of an event, once each, claimed or confirmed.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_outcome');
SET search_path = s_outcome, salon;
\set ECHO all

\echo == The eight kinds of the source, and one of the community
INSERT INTO outcome_kind (outcome_kind_code, ordinal, name_zh) VALUES ('studio', 9, '工作室');
SELECT outcome_kind_code, name_en, name_zh, shipped FROM outcome_kind ORDER BY ordinal;

\echo == Parties that were found, and what is only described
INSERT INTO party (kind, name_en, name_zh) VALUES ('organization', 'company A', '甲公司'), ('person', 'developer 1', NULL), ('person', NULL, NULL);
INSERT INTO series (name_en) VALUES ('trends');
SELECT plan_event('One', NULL, '2030-12-31 23:00', '2031-01-01 01:00', series_id => 1, needs => ''),
       plan_event('Two', NULL, '2031-05-10 18:00', '2031-05-10 21:00', series_id => 1, needs => ''),
       plan_event('Alone', needs => '');
INSERT INTO outcome (event_id, outcome_kind_code, party_id, found_on, status_code) VALUES
    (1, 'partner', 1, '2031-01-01', 'confirmed'), (1, 'developer', 2, '2031-01-02', 'claimed'), (1, 'intern', 2, NULL, 'claimed'),
    (2, 'partner', 1, NULL, 'claimed'), (3, 'kol', 3, NULL, 'claimed');
INSERT INTO outcome (event_id, outcome_kind_code, description, quantity, status_code) VALUES
    (1, 'user', 'from the list at the door', 30, 'claimed'), (1, 'user', 'by the trial', 5, 'confirmed'),
    (2, 'sig', 'a SIG on storage', 1, 'claimed'), (2, 'candidate', 'none', 0, 'confirmed');
SELECT event, year, outcome_kind, found, quantity, found_on, status FROM outcome_list ORDER BY event_id, ordinal, outcome_id;
SET salon.lang = 'zh';
SELECT outcome_kind, found, status FROM outcome_list WHERE event_id = 1 ORDER BY ordinal, outcome_id;
RESET salon.lang;

\echo == By event, by series, by year of the place
SELECT subject_kind, subject, outcome_kind, outcomes, confirmed, claimed, events, parties FROM outcome_summary
ORDER BY subject_kind, event_id, series_id, year, ordinal;

\echo == A claim is confirmed, and the other way round
UPDATE outcome SET status_code = 'confirmed' WHERE event_id = 2 AND outcome_kind_code = 'sig';
UPDATE outcome SET status_code = 'claimed' WHERE event_id = 2 AND outcome_kind_code = 'sig';
SELECT pg_temp.refused($$ UPDATE outcome SET status_code = 'dreamed' WHERE outcome_id = 1 $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, party_id, status_code) VALUES (1, 'kol', 1, 'held') $$);

\echo == Metrics count outcomes: of one kind or of all
INSERT INTO metric (event_id, series_id, year, name_en, fact, outcome_kind_code, target) VALUES
    (1, NULL, NULL, 'users', 'outcomes', 'user', 40), (1, NULL, NULL, 'all', 'outcomes', NULL, 30), (1, NULL, NULL, 'kols', 'outcomes', 'kol', 1),
    (NULL, 1, NULL, 'partners', 'outcomes', 'partner', 2), (NULL, NULL, 2031, 'sigs', 'outcomes', 'sig', 1), (NULL, NULL, 2031, 'candidates', 'outcomes', 'candidate', 1);
UPDATE event SET status_code = 'announced' WHERE event_id < 3;
SET salon.import = on;  -- what is still to begin takes place here
UPDATE event SET status_code = 'held' WHERE event_id < 3;
RESET salon.import;
SELECT subject, metric, target, actual_text, basis, known_events, events, status FROM scorecard ORDER BY metric_id;
SELECT pg_temp.refused($$ INSERT INTO metric (event_id, name_en, fact, outcome_kind_code) VALUES (1, 'x', 'posts', 'kol') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (event_id, name_en, outcome_kind_code) VALUES (1, 'x', 'kol') $$);
SELECT pg_temp.refused($$ INSERT INTO metric (event_id, name_en, fact, outcome_kind_code) VALUES (1, 'x', 'outcomes', 'star') $$);

\echo == Nothing counts twice
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, party_id) VALUES (1, 'partner', 1) $$);
SELECT pg_temp.refused($$ UPDATE outcome SET outcome_kind_code = 'developer' WHERE event_id = 1 AND outcome_kind_code = 'intern' $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, description) VALUES (2, 'sig', ' A sig on STORAGE ') $$);
INSERT INTO outcome (event_id, outcome_kind_code, party_id, description) VALUES (2, 'sig', 1, 'a SIG on storage');

\echo == Refused: nothing said, several of one, figures, codes
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code) VALUES (1, 'kol') $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, description) VALUES (1, 'kol', ' ') $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, party_id, quantity) VALUES (1, 'kol', 1, 2) $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, description, quantity) VALUES (1, 'kol', 'x', -1) $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, description, quantity) VALUES (1, 'kol', 'x', 1000000000001) $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, party_id, found_on) VALUES (1, 'kol', 1, 'infinity') $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, party_id) VALUES (1, 'star', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, party_id) VALUES (1, 'kol', 99) $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (event_id, outcome_kind_code, party_id) VALUES (99, 'kol', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO outcome (outcome_kind_code, party_id) VALUES ('kol', 1) $$);
SELECT pg_temp.refused($$ INSERT INTO outcome_kind (outcome_kind_code, name_en) VALUES ('KOL', 'x') $$);
SELECT pg_temp.refused($$ INSERT INTO outcome_kind (outcome_kind_code) VALUES ('star') $$);
SELECT pg_temp.refused($$ DELETE FROM outcome_kind WHERE outcome_kind_code = 'kol' $$);

\set ECHO none
SET search_path = public;
SELECT salon.drop_space('s_outcome', drop_rows => true);
