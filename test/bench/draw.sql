-- How long it takes to draw papers for 1,000 candidates from a bank of 10,000
-- questions, and one paper beside them.
--
-- usage: psql -X -q -v questions=20 -f draw.sql DB     (a database with salon)
--
-- questions: how many a paper has.  Each question has a difficulty and two of ten
-- tags; the blueprint has a line for each tag and two difficulties, so that each
-- question serves two lines.  Three runs, medians in ms.  The space is made for
-- this, and goes with the transaction.

\set QUIET on
\if :{?questions} \else \set questions 20 \endif
SET client_min_messages = warning;
BEGIN;
SELECT salon.create_space('bench_draw') \g /dev/null
SET LOCAL search_path = bench_draw, salon;
INSERT INTO party (party_id, kind, name_en) VALUES (1, 'organization', 'synthetic authority');
INSERT INTO party (party_id, kind, name_en) SELECT 1 + n, 'person', 'synthetic candidate ' || n FROM generate_series(1, 1000) n;
INSERT INTO certification (certification_id, organization_id, name_en) VALUES (1, 1, 'synthetic certification');
INSERT INTO certification_level (certification_level_id, certification_id, most_exposure) VALUES (1, 1, 0.05);
INSERT INTO exam_tag (exam_tag_id, certification_level_id, name_en) SELECT n, 1, 'synthetic tag ' || n FROM generate_series(1, 10) n;
SET LOCAL session_replication_role = replica;
INSERT INTO exam_question (exam_question_id, certification_level_id, kind, text_en, difficulty)
SELECT n, 1, 'numeric', 'synthetic question ' || n, 1 + (hashint8extended(n, 2) & 1023) % 2 FROM generate_series(1, 10000) n;
INSERT INTO exam_key (exam_question_id, kind, value) SELECT n, 'numeric', n FROM generate_series(1, 10000) n;
INSERT INTO exam_question_tag (exam_question_id, certification_level_id, exam_tag_id)
SELECT n, 1, 1 + ((hashint8extended(n, 1) & 1023) % 10 + k * 3) % 10 FROM generate_series(1, 10000) n CROSS JOIN generate_series(0, 1) k;
SET LOCAL session_replication_role = origin;
INSERT INTO blueprint (certification_level_id, exam_tag_id, difficulty, quantity)
SELECT 1, t, d, greatest(1, :questions / 20) FROM generate_series(1, 10) t CROSS JOIN generate_series(1, 2) d;
ANALYZE;

CREATE TEMP TABLE measured (what text, ms double precision);
CREATE FUNCTION pg_temp.measure() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    begun timestamptz;
BEGIN
    FOR run IN 1 .. 3 LOOP
        BEGIN
            begun := clock_timestamp();
            PERFORM FROM draw_papers(1, ARRAY(SELECT party_id FROM party WHERE kind = 'person'), run);
            RAISE SQLSTATE 'UNDO0' USING MESSAGE = extract(epoch FROM clock_timestamp() - begun) * 1000;
        EXCEPTION WHEN SQLSTATE 'UNDO0' THEN
            INSERT INTO measured VALUES ('1,000 papers', SQLERRM::float8);
        END;
        BEGIN
            begun := clock_timestamp();
            PERFORM draw_paper(1, 2, run);
            RAISE SQLSTATE 'UNDO0' USING MESSAGE = extract(epoch FROM clock_timestamp() - begun) * 1000;
        EXCEPTION WHEN SQLSTATE 'UNDO0' THEN
            INSERT INTO measured VALUES ('one paper', SQLERRM::float8);
        END;
    END LOOP;
END
$$;
SELECT pg_temp.measure() \g /dev/null
SELECT what, (SELECT sum(quantity) FROM blueprint) AS questions, round(percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)) AS ms FROM measured GROUP BY what ORDER BY what;
ROLLBACK;
