-- Internships: random intakes with quotas, equal places, empty and one-sided
-- lists, several rounds and random answers.  After each round nobody has a
-- reason to go behind it, told by view blocking_pair and by a check of its own;
-- view blocking_pair does tell of results that were made worse.
--
-- pg_prove -d DATABASE test/pgtap/internship.sql

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
SELECT plan(9);
SELECT setseed(0.7) \g /dev/null
SELECT salon.create_space('t_intern') \g /dev/null
SET LOCAL search_path = t_intern, salon, public;

INSERT INTO party (party_id, kind, name_en) SELECT n, 'person', 'p' || n FROM generate_series(1, 30) n;
INSERT INTO party (party_id, kind, name_en) SELECT n, 'organization', 'o' || n FROM generate_series(101, 110) n;

CREATE TABLE told (intake_id bigint, round integer, offers bigint, blocking bigint, own_blocking bigint, overfull bigint, twice bigint, unwanted bigint);

-- Who was free before a round is written down, so that the check owes nothing to
-- times and statuses.
CREATE FUNCTION try(intake bigint, applicants integer, openings integer, share double precision, places integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    made bigint;
    number integer := 0;
BEGIN
    INSERT INTO intake (intake_id, name_en, apply_by, rank_by) VALUES (intake, 'i', 'tomorrow', 'tomorrow');
    INSERT INTO opening (intake_id, party_id, name_en, quota) SELECT intake, 100 + n, 'o', 1 + floor(random() * 3) FROM generate_series(1, openings) n;
    INSERT INTO applicant (intake_id, person_id) SELECT intake, n FROM generate_series(1, applicants) n;
    INSERT INTO applicant_choice (applicant_id, opening_id, place)
    SELECT a.applicant_id, o.opening_id, 1 + floor(random() * places) FROM applicant a JOIN opening o USING (intake_id) WHERE a.intake_id = intake AND random() < share;
    INSERT INTO opening_choice (applicant_id, opening_id, place)
    SELECT a.applicant_id, o.opening_id, 1 + floor(random() * places) FROM applicant a JOIN opening o USING (intake_id) WHERE a.intake_id = intake AND random() < share;
    UPDATE intake i SET apply_by = clock_timestamp(), rank_by = clock_timestamp() WHERE i.intake_id = intake;
    LOOP
        CREATE TEMP TABLE free ON COMMIT DROP AS SELECT o.opening_id, o.quota - o.taken AS places FROM opening o WHERE o.intake_id = intake;
        CREATE TEMP TABLE market ON COMMIT DROP AS
        SELECT c.applicant_id, c.opening_id, c.place AS a_place, d.place AS o_place
        FROM applicant_choice c
        JOIN opening_choice d USING (applicant_id, opening_id)
        JOIN free f USING (opening_id)
        WHERE c.applicant_id NOT IN (SELECT x.applicant_id FROM offer x WHERE x.status_code = 'accepted')
          AND (c.applicant_id, c.opening_id) NOT IN (SELECT x.applicant_id, x.opening_id FROM offer x)
          AND c.applicant_id IN (SELECT x.applicant_id FROM applicant x WHERE x.status_code = 'applied');
        made := offer_round(intake);
        number := number + 1;
        INSERT INTO told
        SELECT intake, number, made, (SELECT count(*) FROM blocking_pair b WHERE b.intake_id = intake),
               (SELECT count(*)
                FROM market m
                LEFT JOIN (offer g JOIN market h USING (applicant_id, opening_id)) ON g.applicant_id = m.applicant_id AND g.round = number
                WHERE (g.offer_id IS NULL OR m.a_place < h.a_place)
                  AND ((SELECT count(*) FROM offer x WHERE x.opening_id = m.opening_id AND x.round = number) < (SELECT f.places FROM free f WHERE f.opening_id = m.opening_id)
                       OR (m.o_place < (SELECT max(y.o_place) FROM offer x JOIN market y USING (applicant_id, opening_id) WHERE x.opening_id = m.opening_id AND x.round = number)
                           AND (SELECT f.places FROM free f WHERE f.opening_id = m.opening_id) > 0))),
               (SELECT count(*) FROM opening o WHERE o.intake_id = intake
                AND (o.taken > o.quota OR o.taken <> (SELECT count(*) FROM offer x WHERE x.opening_id = o.opening_id AND x.status_code IN ('offered', 'accepted')))),
               (SELECT count(*) FROM (SELECT FROM offer x WHERE x.intake_id = intake AND x.status_code IN ('offered', 'accepted') GROUP BY x.applicant_id HAVING count(*) > 1) x),
               (SELECT count(*) FROM offer x WHERE x.round = number AND x.intake_id = intake AND (x.applicant_id, x.opening_id) NOT IN (SELECT m.applicant_id, m.opening_id FROM market m));
        DROP TABLE free, market;
        EXIT WHEN made = 0;
        UPDATE offer o SET status_code = CASE WHEN random() < 0.5 THEN 'accepted' ELSE 'declined' END WHERE o.intake_id = intake AND o.status_code = 'offered';
        UPDATE applicant a SET status_code = 'withdrawn' WHERE a.intake_id = intake AND a.status_code = 'applied' AND random() < 0.1;
    END LOOP;
END
$$;

SELECT try(n, 1 + floor(random() * 12)::integer, 1 + floor(random() * 6)::integer, random(), 1 + floor(random() * 6)::integer) FROM generate_series(1, 120) n \g /dev/null

SELECT cmp_ok(count(*), '>', 200::bigint, 'rounds of random intakes were made') FROM told;
SELECT cmp_ok(max(round), '>', 3, 'some in several rounds') FROM told;
SELECT is(sum(blocking), 0::numeric, 'view blocking_pair is empty after each round') FROM told;
SELECT is(sum(own_blocking), 0::numeric, 'nor is there a blocking pair by another check, of what was known before the round') FROM told;
SELECT is(sum(overfull), 0::numeric, 'no opening is overfull, and what is taken is counted') FROM told;
SELECT is(sum(twice), 0::numeric, 'no applicant has two offers') FROM told;
SELECT is(sum(unwanted), 0::numeric, 'nobody is offered what it left out, was offered before or is full') FROM told;
SELECT is(count(*), 0::bigint, 'each intake ends with nothing left to offer') FROM told t WHERE t.offers > 0 AND t.round = (SELECT max(u.round) FROM told u WHERE u.intake_id = t.intake_id);

-- it does tell
ALTER TABLE offer DISABLE TRIGGER USER;
DELETE FROM offer WHERE round = 1 AND offer_id % 3 = 0;
SELECT cmp_ok(count(*), '>', 20::bigint, 'view blocking_pair tells of results that were made worse') FROM blocking_pair;

SELECT * FROM finish();
ROLLBACK;
