-- Internships: tasks, openings, applicants, choices of both sides, rounds of offers.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
SELECT salon.create_space('s_intern');
SET search_path = s_intern, salon;
SET timezone = 'UTC';
\set ECHO all

INSERT INTO party (kind, name_en) VALUES ('organization', 'Maker'), ('organization', 'Vendor');
INSERT INTO party (kind, name_en) SELECT 'person', n FROM unnest(ARRAY['Ann', 'Ben', 'Cai', 'Dov', 'Eva']) n;
INSERT INTO product (party_id, name, is_open_source) VALUES (1, 'Engine', true);

\echo == A task says what is reached and how one knows before it is open
INSERT INTO task_card (party_id, product_id, title_en, title_zh, background, scenario, benefit, goal, acceptance) VALUES
    (1, 1, 'faster sort', '更快的排序', 'sorting is slow', 'reports', 'hours', 'twice as fast', 'benchmark in the tree');
UPDATE task_card SET status_code = 'open';
INSERT INTO task_card (party_id, title_en) VALUES (2, 'idea');
SELECT pg_temp.refused($$UPDATE task_card SET status_code = 'open' WHERE task_card_id = 2$$);

\echo == An intake with openings, and who applies
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('Call', '2031-03-01 10:00', '2031-03-01 12:00');
INSERT INTO intake (name_en, event_id, apply_by, rank_by, answer_days) VALUES ('spring', 1, now() + interval '1 day', now() + interval '2 days', 7);
INSERT INTO opening (intake_id, party_id, task_card_id, name_en, quota) VALUES (1, 1, 1, 'engine', 1), (1, 2, NULL, 'tools', 2);
INSERT INTO opening_skill (opening_id, skill_code, minimum_level) SELECT 1, skill_code, 2 FROM skill ORDER BY ordinal LIMIT 1;
INSERT INTO applicant (intake_id, person_id) SELECT 1, n FROM generate_series(3, 7) n;
SELECT pg_temp.refused($$INSERT INTO applicant (intake_id, person_id) VALUES (1, 3)$$);
SELECT pg_temp.refused($$INSERT INTO opening (intake_id, party_id, task_card_id, name_en) VALUES (1, 2, 1, 'other')$$);
SELECT pg_temp.refused($$INSERT INTO opening (intake_id, party_id, name_en) VALUES (1, 3, 'person')$$);
SELECT pg_temp.refused($$INSERT INTO opening (intake_id, party_id, name_en, quota) VALUES (1, 1, 'none', 0)$$);

\echo == Both sides say whom they would rather have; who is left out is not wanted
INSERT INTO applicant_choice (applicant_id, opening_id, place) VALUES (1, 1, 1), (1, 2, 2), (2, 1, 1), (2, 2, 2), (3, 2, 1), (4, 2, 1), (4, 1, 1), (5, 1, 1);
INSERT INTO opening_choice (opening_id, applicant_id, place) VALUES (1, 2, 1), (1, 1, 2), (2, 1, 2), (2, 3, 2), (2, 4, 1), (2, 2, 3);
SELECT pg_temp.refused($$INSERT INTO applicant_choice (applicant_id, opening_id, place) VALUES (1, 1, 3)$$);
SELECT pg_temp.refused($$INSERT INTO applicant_choice (applicant_id, opening_id, place) VALUES (5, 2, 0)$$);
SELECT state, openings, places, applicants, rounds, accepted, awaited FROM intake_summary;

SELECT regexp_replace(pg_temp.refused('SELECT offer_round(1)'), '[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]+ [0-9:.]+ [0-9]+ UTC', 'TIME', 'g');

SELECT offer_round(9);
SELECT pg_temp.refused('DELETE FROM intake');

\echo == Then nothing of it changes any more
UPDATE intake SET apply_by = now() - interval '2 minutes', rank_by = now() - interval '1 minute';
SELECT regexp_replace(pg_temp.refused($$INSERT INTO applicant_choice (applicant_id, opening_id, place) VALUES (3, 1, 2)$$), '[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]+ [0-9:.]+ [0-9]+ UTC', 'TIME', 'g');
SELECT regexp_replace(pg_temp.refused($$DELETE FROM opening_choice$$), '[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]+ [0-9:.]+ [0-9]+ UTC', 'TIME', 'g');
SELECT regexp_replace(pg_temp.refused($$UPDATE opening SET quota = 5$$), '[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]+ [0-9:.]+ [0-9]+ UTC', 'TIME', 'g');
SELECT regexp_replace(pg_temp.refused($$INSERT INTO applicant (intake_id, person_id) VALUES (1, 1)$$), '[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]+ [0-9:.]+ [0-9]+ UTC', 'TIME', 'g');

\echo == The first round: nobody has a reason to go behind it
SELECT offer_round(1);
SELECT round, person, opening, party, status FROM offer_list ORDER BY opening_id, person_id;
SELECT * FROM blocking_pair;
SELECT opening_id, quota, taken FROM opening ORDER BY 1;
SELECT pg_temp.refused($$UPDATE opening SET taken = 0$$);
SELECT regexp_replace(pg_temp.refused('SELECT offer_round(1)'), '[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]+ [0-9:.]+ [0-9]+ UTC', 'TIME', 'g');
SELECT pg_temp.refused($$UPDATE intake SET rank_by = now() + interval '1 day'$$);

\echo == Answers: who accepts is an outcome of the event, who declines makes room
UPDATE offer SET status_code = 'accepted' WHERE applicant_id IN (2, 4);
UPDATE offer SET status_code = 'declined' WHERE applicant_id NOT IN (2, 4);
SELECT found, outcome_kind, status FROM outcome_list ORDER BY outcome_id;
SELECT pg_temp.refused($$UPDATE offer SET status_code = 'declined', opening_id = 2 WHERE applicant_id = 2$$);
SELECT pg_temp.refused($$UPDATE offer SET status_code = 'offered' WHERE applicant_id = 2$$);
SELECT offer_round(1);
SELECT round, person, opening, status FROM offer_list WHERE round = 2;
SELECT * FROM blocking_pair;
UPDATE offer SET answer_by = answer_by;
SELECT pg_temp.refused($$UPDATE offer SET answer_by = now() - interval '1 day'$$);

\echo == Late is late, and who withdraws gives its place back
ALTER TABLE offer DISABLE TRIGGER offer_answer;
UPDATE offer SET answer_by = now() - interval '1 second' WHERE round = 2;
ALTER TABLE offer ENABLE TRIGGER offer_answer;
SELECT regexp_replace(pg_temp.refused($$UPDATE offer SET status_code = 'accepted' WHERE round = 2$$), '[A-Z][a-z]{2} [A-Z][a-z]{2} [0-9]+ [0-9:.]+ [0-9]+ UTC', 'TIME', 'g');
SELECT status FROM offer_list WHERE round = 2;
UPDATE applicant SET status_code = 'withdrawn' WHERE applicant_id = 2;
SELECT pg_temp.refused($$UPDATE applicant SET status_code = 'applied' WHERE applicant_id = 2$$);
SELECT found, outcome_kind FROM outcome_list ORDER BY outcome_id;
SELECT offer_round(1);
SELECT round, person, opening, status FROM offer_list ORDER BY round, opening_id, person_id;
SELECT * FROM blocking_pair;

\echo == Who is hired is another outcome
UPDATE offer SET hired_on = '2031-09-01' WHERE applicant_id = 4;
SELECT found, outcome_kind, found_on FROM outcome_list WHERE outcome_kind_code = 'hired';
UPDATE offer SET hired_on = NULL WHERE applicant_id = 4;
SELECT count(*) FROM outcome_list WHERE outcome_kind_code = 'hired';
SELECT state, places, applicants, rounds, accepted, awaited, hired FROM intake_summary;

\echo == Where the event was cancelled one accepts all the same, and nothing came of it there
INSERT INTO event (name_en) VALUES ('Storm');
UPDATE event SET status_code = 'cancelled', cancelled_reason = 'storm' WHERE event_id = 2;
INSERT INTO intake (name_en, event_id, apply_by, rank_by) VALUES ('autumn', 2, '2999-01-01', '2999-01-01');
INSERT INTO opening (intake_id, party_id, name_en) VALUES (2, 1, 'docs') RETURNING opening_id AS docs \gset
INSERT INTO applicant (intake_id, person_id) VALUES (2, 7) RETURNING applicant_id AS eva \gset
INSERT INTO offer (intake_id, opening_id, applicant_id, round, offered_at, answer_by) VALUES (2, :docs, :eva, 1, now(), '2999-01-02');
UPDATE offer SET status_code = 'accepted' WHERE intake_id = 2;
SELECT count(*) FROM outcome WHERE event_id = 2;

\echo == A proof by contribution, which anybody can verify
INSERT INTO contribution (party_id, contribution_kind_code, product_id, quantity, url) VALUES (3, 'code_change', 1, 2, 'https://example.org/1');
SELECT pg_temp.refused('SELECT prove_internship(3, 1)');
UPDATE contribution SET status_code = 'accepted', accepted_by = 1;
SELECT pg_temp.refused('SELECT prove_internship(3, 1)');
INSERT INTO contribution (party_id, contribution_kind_code, product_id, quantity, url, status_code, accepted_by) VALUES (3, 'code_change', 1, 1, 'https://example.org/2', 'accepted', 1);
SELECT state_code, kind, certificate, issuer, holder FROM verify_certificate(prove_internship(3, 1));
SELECT pg_temp.refused('SELECT prove_internship(3, 2)');
SELECT pg_temp.refused('SELECT prove_internship(1, 1)');

\set ECHO none
\c
SET client_min_messages = warning;
SELECT salon.drop_space('s_intern', drop_rows => true);
