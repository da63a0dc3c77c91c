-- Certification: check characters find slips of the pen; papers by random
-- blueprints are what trying all ways gives; points are what another reckoning
-- gives; statistics of questions equal published and independent ones.
--
-- pg_prove -d DATABASE test/pgtap/certification.sql

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
SELECT salon.create_space('t_certification') \g /dev/null
SET LOCAL search_path = t_certification, salon, public;
SET LOCAL salon.lang = 'en';
SET LOCAL jit = off;
SELECT no_plan();
SELECT setseed(0.477121) \g /dev/null

-- Numbers.
SELECT is(_check_character('A12425GABC1234002'), 'M', 'the example of the Global Release Identifier has its check character');
CREATE TEMP TABLE number AS SELECT _certificate_number() AS number FROM generate_series(1, 300);
SELECT is(count(DISTINCT number), 300::bigint, 'numbers are different') FROM number;
SELECT is(count(*), 300::bigint, 'and are read as they are') FROM number WHERE _certificate_number_of(number) = number;
SELECT is(count(*), 300::bigint, 'and as people write them') FROM number WHERE _certificate_number_of(' ' || lower(replace(translate(left(number, 19), '01', 'oi'), '-', ' ')) || ' ' || right(number, 1)) = number;
SELECT is(count(*), 0::bigint, 'one wrong character is always found')
FROM number n
CROSS JOIN generate_series(1, 16) i
CROSS JOIN unnest(string_to_array('0 1 2 3 4 5 6 7 8 9 A B C D E F G H J K M N P Q R S T V W X Y Z', ' ')) c
CROSS JOIN LATERAL (SELECT replace(n.number, '-', '') AS plain) p
WHERE substr(p.plain, i, 1) <> c AND _certificate_number_of(overlay(p.plain PLACING c FROM i FOR 1)) IS NOT NULL;
SELECT cmp_ok(count(*) FILTER (WHERE _certificate_number_of(overlay(p.plain PLACING substr(p.plain, i + 1, 1) || substr(p.plain, i, 1) FROM i FOR 2)) IS NULL)::numeric / count(*), '>', 0.98,
              'two neighbours that changed places are nearly always found')
FROM number n
CROSS JOIN generate_series(1, 15) i
CROSS JOIN LATERAL (SELECT replace(n.number, '-', '') AS plain) p
WHERE substr(p.plain, i, 1) <> substr(p.plain, i + 1, 1);
SELECT cmp_ok(max(n), '<', 2 * min(n), 'every digit and letter is as likely as any other')
FROM (SELECT c, count(*) AS n FROM number CROSS JOIN unnest(string_to_array(left(replace(number, '-', ''), 16), NULL)) c GROUP BY c) x;

-- Random banks: two tags, six questions, some retired, without an answer or used;
-- blueprints of up to two lines.
INSERT INTO party (party_id, kind, name_en) VALUES (1, 'organization', 'authority');
INSERT INTO party (party_id, kind, name_en) SELECT 1 + n, 'person', 'student ' || n FROM generate_series(1, 200) n;
INSERT INTO certification (certification_id, organization_id, name_en) VALUES (1, 1, 'random');
\set levels 1500
SET LOCAL session_replication_role = replica;
INSERT INTO certification_level (certification_level_id, certification_id, level) SELECT n, 1, n FROM generate_series(1, :levels) n;
INSERT INTO exam_tag (exam_tag_id, certification_level_id, name_en) SELECT 2 * n - t, n, 'tag ' || t FROM generate_series(1, :levels) n CROSS JOIN generate_series(0, 1) t;
INSERT INTO exam_question (exam_question_id, certification_level_id, kind, text_en, difficulty, retired_at)
SELECT 10 * n + q, n, 'numeric', 'q', 1 + (random() * 2)::int, CASE WHEN random() < 0.1 THEN now() - interval '1 day' END
FROM generate_series(1, :levels) n CROSS JOIN generate_series(1, 6) q;
INSERT INTO exam_key (exam_question_id, kind, value) SELECT exam_question_id, 'numeric', 1 FROM exam_question WHERE random() < 0.9;
INSERT INTO exam_question_tag (exam_question_id, certification_level_id, exam_tag_id)
SELECT q.exam_question_id, q.certification_level_id, t.exam_tag_id FROM exam_question q JOIN exam_tag t USING (certification_level_id) WHERE random() < 0.5;
INSERT INTO blueprint (blueprint_id, certification_level_id, exam_tag_id, difficulty, quantity)
SELECT 10 * n + b, n, CASE b WHEN 1 THEN CASE WHEN random() < 0.8 THEN 2 * n END ELSE CASE WHEN random() < 0.6 THEN 2 * n - 1 END END,
       CASE WHEN random() < 0.4 THEN 1 + (random() * 2)::int END, 1 + (random() * (3 - b))::int
FROM generate_series(1, :levels) n CROSS JOIN generate_series(1, 2) b
WHERE b = 1 OR random() < 0.8
ON CONFLICT DO NOTHING;
-- each question stands on up to three papers already
INSERT INTO paper (paper_id, certification_level_id, person_id) SELECT 10 * n + p, n, 2 FROM generate_series(1, :levels) n CROSS JOIN generate_series(1, 3) p;
INSERT INTO paper_question (paper_id, certification_level_id, exam_question_id, kind, ordinal)
SELECT p.paper_id, p.certification_level_id, q.exam_question_id, 'numeric', q.exam_question_id % 10
FROM paper p JOIN exam_question q USING (certification_level_id) WHERE random() < 0.4;
SELECT setval(pg_get_serial_sequence('paper', 'paper_id'), 700000), setval(pg_get_serial_sequence('blueprint', 'blueprint_id'), 700000), setval(pg_get_serial_sequence('exam_option', 'exam_option_id'), 700000) \g /dev/null
SET LOCAL session_replication_role = origin;

CREATE TEMP TABLE fit AS
SELECT b.certification_level_id, b.blueprint_id, q.exam_question_id,
       (SELECT count(*) FROM paper_question p WHERE p.exam_question_id = q.exam_question_id) AS used
FROM blueprint b
JOIN exam_question q USING (certification_level_id)
WHERE (b.difficulty IS NULL OR b.difficulty = q.difficulty)
  AND (b.exam_tag_id IS NULL OR EXISTS (SELECT FROM exam_question_tag t WHERE t.exam_question_id = q.exam_question_id AND t.exam_tag_id = b.exam_tag_id))
  AND q.retired_at IS NULL AND EXISTS (SELECT FROM exam_key k WHERE k.exam_question_id = q.exam_question_id)
  AND (SELECT count(*) FROM paper_question p WHERE p.exam_question_id = q.exam_question_id) < 3;
CREATE INDEX ON fit (certification_level_id, blueprint_id);
-- All ways to fill the places one after the other, each with a question or none:
-- the most that are filled, and the least use of those.
CREATE FUNCTION pg_temp.best(level bigint) RETURNS text LANGUAGE sql STABLE
BEGIN ATOMIC
    WITH RECURSIVE place AS (
        SELECT b.blueprint_id, row_number() OVER (ORDER BY b.blueprint_id, i) AS n
        FROM blueprint b CROSS JOIN LATERAL generate_series(1, b.quantity) i
        WHERE b.certification_level_id = level
    ), way (n, taken, filled, used) AS (
        SELECT 0::bigint, '{}'::bigint[], 0::bigint, 0::bigint
        UNION
        SELECT w.n + 1, x.taken, w.filled + x.filled, w.used + x.used
        FROM way w
        JOIN place p ON p.n = w.n + 1
        CROSS JOIN LATERAL (
            SELECT w.taken AS taken, 0 AS filled, 0::bigint AS used
            UNION ALL
            SELECT ARRAY(SELECT unnest(w.taken || f.exam_question_id) ORDER BY 1), 1, f.used
            FROM fit f
            WHERE f.certification_level_id = level AND f.blueprint_id = p.blueprint_id AND f.exam_question_id <> ALL (w.taken)) x
    )
    SELECT filled || ' with ' || used FROM way WHERE n = (SELECT max(p.n) FROM place p) ORDER BY filled DESC, used LIMIT 1;
END;
CREATE TEMP TABLE drawn AS
SELECT n AS level, d.* FROM generate_series(1, :levels) n CROSS JOIN LATERAL _draw(n, n * 7, 1, 3) d;
SELECT is_empty(format($$
    SELECT n, pg_temp.best(n) AS best, (SELECT count(*) || ' with ' || coalesce(sum(d.used), 0) FROM drawn d WHERE d.level = n) AS drawn
    FROM generate_series(1, %s) n
    WHERE pg_temp.best(n) <> (SELECT count(*) || ' with ' || coalesce(sum(d.used), 0) FROM drawn d WHERE d.level = n) $$, :levels),
    'of 1500 random banks as many questions are drawn as can be, and the least used');
SELECT is_empty('SELECT level, exam_question_id FROM drawn GROUP BY 1, 2 HAVING count(*) > 1', 'no question twice');
SELECT is_empty('SELECT * FROM drawn d WHERE NOT EXISTS (SELECT FROM fit f WHERE (f.blueprint_id, f.exam_question_id, f.used) = (d.blueprint_id, d.exam_question_id, d.used))', 'each fits its line');
SELECT is_empty('SELECT d.blueprint_id FROM drawn d JOIN blueprint b USING (blueprint_id) GROUP BY d.blueprint_id HAVING count(*) > min(b.quantity)', 'no line gets more than it asks for');
SELECT cmp_ok(count(*) FILTER (WHERE n < q), '>', 100::bigint, 'many of them cannot be filled') FROM
    (SELECT b.certification_level_id, sum(b.quantity) AS q, (SELECT count(*) FROM drawn d WHERE d.level = b.certification_level_id) AS n FROM blueprint b GROUP BY 1) x;
SELECT is_empty($$ SELECT 1 FROM (SELECT exam_question_id, row_number() OVER (ORDER BY exam_question_id) FROM _draw(3, 21, 1, 3)) a FULL JOIN
                   (SELECT exam_question_id, row_number() OVER (ORDER BY exam_question_id) FROM _draw(3, 21, 1, 3)) b USING (exam_question_id) WHERE a IS NULL OR b IS NULL $$, 'the same seed draws the same');
-- What is missing is told, and adds up.
UPDATE certification_level SET most_exposure = 0.75;
SELECT is_empty(format($$
    SELECT n FROM generate_series(1, 300) n
    CROSS JOIN LATERAL (SELECT sum(s.missing) AS missing, sum(s.wanted) AS wanted, bool_and(s.questions - s.retired - s.without_answer - s.overexposed - s.taken >= s.wanted - s.missing) AS fits
                        FROM paper_shortage(n) s) s
    WHERE s.missing <> s.wanted - (SELECT count(*) FROM _draw(n, 0, 1, 3)) OR NOT s.fits $$), 'paper_shortage tells what a draw lacks');

-- Many papers: each question on a share of them, by lots of any size.
INSERT INTO certification_level (certification_level_id, certification_id, level, most_exposure) VALUES (9001, 1, 9001, 0.25);
INSERT INTO exam_tag (exam_tag_id, certification_level_id, name_en) VALUES (90001, 9001, 'a'), (90002, 9001, 'b');
INSERT INTO exam_question (exam_question_id, certification_level_id, kind, text_en, difficulty) SELECT 90000 + n, 9001, 'numeric', 'q', 1 + n % 5 FROM generate_series(1, 60) n;
INSERT INTO exam_key (exam_question_id, value) SELECT exam_question_id, 1 FROM exam_question WHERE certification_level_id = 9001;
INSERT INTO exam_question_tag (exam_question_id, exam_tag_id) SELECT exam_question_id, 90001 + t FROM exam_question CROSS JOIN generate_series(0, 1) t
WHERE certification_level_id = 9001 AND (exam_question_id % 3 = t OR exam_question_id % 3 = 2);
INSERT INTO blueprint (certification_level_id, exam_tag_id, difficulty, quantity) VALUES (9001, 90001, NULL, 4), (9001, 90002, NULL, 4), (9001, NULL, 2, 1);
CREATE FUNCTION pg_temp.lots() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    lot int;
    wrong text;
BEGIN
    FOR i IN 1 .. 25 LOOP
        lot := 1 + (random() * 12)::int;
        PERFORM FROM draw_papers(9001, ARRAY(SELECT 2 + (random() * 190)::int FROM generate_series(1, lot)), i);
        SELECT string_agg(format('%s on %s', exam_question_id, n), ', ') INTO wrong
        FROM (SELECT exam_question_id, count(*) AS n FROM paper_question WHERE certification_level_id = 9001 GROUP BY 1) x
        WHERE n > greatest(1, floor(0.25 * (SELECT count(*) FROM paper WHERE certification_level_id = 9001)));
        IF wrong IS NOT NULL THEN
            RETURN wrong;
        END IF;
    END LOOP;
    RETURN NULL;
END
$$;
SELECT is(pg_temp.lots(), NULL, 'no question is on more than its share of papers');
SELECT is_empty($$ SELECT p.paper_id FROM paper p WHERE p.certification_level_id = 9001
                   AND (SELECT string_agg(format('%s:%s', blueprint_id, n), ' ' ORDER BY blueprint_id) FROM (SELECT blueprint_id, count(*) AS n FROM paper_question q WHERE q.paper_id = p.paper_id GROUP BY 1) x)
                       <> (SELECT string_agg(format('%s:%s', blueprint_id, quantity), ' ' ORDER BY blueprint_id) FROM blueprint WHERE certification_level_id = 9001) $$, 'each paper is as the blueprint says');
SELECT cmp_ok(max(n) - min(n), '<=', 3::bigint, 'exposure is balanced') FROM
    (SELECT q.exam_question_id, count(p.paper_id) AS n FROM exam_question q LEFT JOIN paper_question p USING (exam_question_id) WHERE q.certification_level_id = 9001 AND q.difficulty <> 2 GROUP BY 1) x;
SELECT is((SELECT array_agg(DISTINCT n) FROM (SELECT array_agg(ordinal ORDER BY ordinal)::text AS n FROM paper_question WHERE certification_level_id = 9001 GROUP BY paper_id) x), ARRAY['{1,2,3,4,5,6,7,8,9}'], 'places run from 1');

-- Points: random questions, right answers and answers, reckoned anew.
INSERT INTO certification_level (certification_level_id, certification_id, level) VALUES (9002, 1, 9002);
INSERT INTO exam_question (exam_question_id, certification_level_id, kind, text_en, points)
SELECT 80000 + n, 9002, (ARRAY['single', 'multiple', 'true_false', 'fill_in', 'numeric'])[1 + n % 5], 'q', 1 + n % 4 FROM generate_series(1, 200) n;
INSERT INTO exam_option (exam_question_id, text_en) SELECT exam_question_id, 'o' || i FROM exam_question CROSS JOIN generate_series(1, 5) i WHERE certification_level_id = 9002 AND kind IN ('single', 'multiple');
INSERT INTO exam_key (exam_question_id, exam_option_id)
SELECT exam_question_id, exam_option_id FROM (SELECT o.*, row_number() OVER (PARTITION BY o.exam_question_id ORDER BY random()) AS n FROM exam_option o WHERE exam_question_id > 80000 AND exam_question_id < 90000) o
WHERE n <= CASE WHEN kind = 'multiple' THEN 1 + exam_question_id % 4 ELSE 1 END;
INSERT INTO exam_key (exam_question_id, form) SELECT exam_question_id, 'Form ' || i FROM exam_question CROSS JOIN generate_series(1, 2) i WHERE certification_level_id = 9002 AND kind = 'fill_in';
INSERT INTO exam_key (exam_question_id, value, tolerance) SELECT exam_question_id, exam_question_id % 7, CASE WHEN exam_question_id % 2 = 0 THEN 1 END FROM exam_question WHERE certification_level_id = 9002 AND kind = 'numeric';
INSERT INTO paper (paper_id, certification_level_id, person_id) SELECT 800000 + n, 9002, 1 + n FROM generate_series(1, 100) n;
INSERT INTO paper_question (paper_id, exam_question_id, ordinal) SELECT paper_id, 80000 + 1 + (paper_id * 7 + i * 11) % 200, i FROM paper CROSS JOIN generate_series(1, 30) i WHERE certification_level_id = 9002;
INSERT INTO attempt (paper_id, begun_at) SELECT paper_id, '2020-01-01 10:00+08' FROM paper WHERE certification_level_id = 9002;
SET LOCAL salon.import = on;
INSERT INTO attempt_answer (paper_question_id, exam_option_id)
SELECT x.paper_question_id, x.exam_option_id
FROM (SELECT p.paper_question_id, o.exam_option_id, o.kind, random() AS r, row_number() OVER (PARTITION BY p.paper_question_id ORDER BY random()) AS n
      FROM paper_question p JOIN exam_option o USING (exam_question_id) WHERE p.certification_level_id = 9002) x
WHERE CASE WHEN x.kind = 'multiple' THEN x.r < 0.5 ELSE x.n = 1 AND x.r < 0.9 END;
INSERT INTO attempt_answer (paper_question_id, body) SELECT paper_question_id, (ARRAY['  FORM  1', 'form 2 ', 'ｆｏｒｍ 2', 'Form1', 'form 3'])[1 + (random() * 4)::int] FROM paper_question WHERE certification_level_id = 9002 AND kind = 'fill_in' AND random() < 0.9;
INSERT INTO attempt_answer (paper_question_id, value) SELECT paper_question_id, (random() * 7)::numeric(3, 1) FROM paper_question WHERE certification_level_id = 9002 AND kind = 'numeric' AND random() < 0.9;
SET LOCAL salon.import = off;
CREATE FUNCTION pg_temp.credit(pq bigint, q bigint, kind text) RETURNS numeric LANGUAGE plpgsql STABLE AS $$
DECLARE
    w attempt_answer;
    k exam_key;
    right_picked int := 0;
    wrong_picked int := 0;
    right_ones int := 0;
    hit boolean := false;
BEGIN
    FOR w IN SELECT * FROM attempt_answer a WHERE a.paper_question_id = pq LOOP
        IF kind = 'fill_in' THEN
            hit := lower(regexp_replace(btrim(normalize(w.body, NFKC)), '\s+', ' ', 'g')) IN ('form 1', 'form 2');
        ELSIF kind = 'numeric' THEN
            SELECT * INTO k FROM exam_key x WHERE x.exam_question_id = q;
            hit := abs(w.value - k.value) <= coalesce(k.tolerance, 0);
        ELSIF w.exam_option_id IN (SELECT x.exam_option_id FROM exam_key x WHERE x.exam_question_id = q) THEN
            right_picked := right_picked + 1;
        ELSE
            wrong_picked := wrong_picked + 1;
        END IF;
    END LOOP;
    IF kind IN ('fill_in', 'numeric') THEN
        RETURN hit::int;
    END IF;
    SELECT count(*) INTO right_ones FROM exam_key x WHERE x.exam_question_id = q;
    RETURN CASE WHEN right_picked <= wrong_picked THEN 0 ELSE (right_picked - wrong_picked)::numeric / right_ones END;
END
$$;
SELECT is_empty($$ SELECT g.paper_question_id, g.kind, g.credit, pg_temp.credit(g.paper_question_id, g.exam_question_id, g.kind) FROM answer_grade g
                   WHERE g.certification_level_id = 9002 AND abs(g.credit - pg_temp.credit(g.paper_question_id, g.exam_question_id, g.kind)) > 1e-12 $$, 'each of 3000 questions earns what another reckoning gives');
SELECT is((SELECT count(*) FROM answer_grade WHERE certification_level_id = 9002), 3000::bigint, 'answered or not');
SELECT cmp_ok(count(DISTINCT credit), '>', 5::bigint, 'by parts too') FROM answer_grade WHERE certification_level_id = 9002 AND kind = 'multiple';
SELECT is(submit_attempts(), 100::bigint, 'all attempts whose time is over are submitted');
SELECT is_empty($$ SELECT a.attempt_id FROM attempt a JOIN attempt_result r USING (attempt_id) WHERE a.certification_level_id = 9002
                   AND (r.earned <> (SELECT round(sum(g.points * pg_temp.credit(g.paper_question_id, g.exam_question_id, g.kind)), 6) FROM answer_grade g WHERE g.attempt_id = a.attempt_id)
                        OR r.pass_mark <> round(0.6 * r.most, 6) OR r.is_passed <> (r.earned >= r.pass_mark) OR a.submitted_at <> a.ends_at) $$, 'and have the sum');
UPDATE exam_key SET tolerance = 3 WHERE exam_question_id > 80000 AND exam_question_id < 90000 AND kind = 'numeric';
SELECT is_empty($$ SELECT a.attempt_id FROM attempt a JOIN attempt_result r USING (attempt_id) WHERE a.certification_level_id = 9002
                   AND r.earned <> (SELECT round(sum(g.points * pg_temp.credit(g.paper_question_id, g.exam_question_id, g.kind)), 6) FROM answer_grade g WHERE g.attempt_id = a.attempt_id) $$, 'also after right answers were corrected');

-- Statistics: ten students and ten questions, as Wuensch has them in his page on
-- KR-20: sum of pq 2.18, variance of the totals 5.84.
CREATE TEMP TABLE quiz AS
SELECT p, i, substr(v, i, 1)::double precision AS score
FROM unnest(ARRAY['1111110110', '1011011101', '1111011001', '0010001000', '0000010010', '1110111111', '1101110111', '1111111101', '0101111101', '1101101110']) WITH ORDINALITY s (v, p)
CROSS JOIN generate_series(1, 10) i;
SELECT ok(abs(r.alpha - 10 / 9.0 * (1 - 2.18 / 5.84)) < 1e-12 AND abs(r.mean - 6.6) < 1e-12 AND abs(r.deviation - sqrt(5.84 * 10 / 9)) < 1e-12, format('KR-20 of a published example: %s', r.alpha))
FROM (SELECT array_agg(p) AS p, array_agg(i::bigint) AS i, array_agg(score) AS s FROM quiz) q CROSS JOIN LATERAL reliability(q.p, q.i, q.s) r;
-- Point-biserial by its own formula: (M1 - M0) / s * sqrt(p q), of the rest.
SELECT is_empty($$
    SELECT x.item_id, x.discrimination, f.r
    FROM (SELECT array_agg(p) AS p, array_agg(i::bigint) AS i, array_agg(score) AS s FROM quiz) q
    CROSS JOIN LATERAL item_statistic(q.p, q.i, q.s) x
    JOIN (SELECT z.i, avg(z.score) AS p,
                 (avg(z.rest) FILTER (WHERE z.score = 1) - avg(z.rest) FILTER (WHERE z.score = 0)) / stddev_pop(z.rest) * sqrt(avg(z.score) * (1 - avg(z.score))) AS r
          FROM (SELECT a.p, a.i, a.score, (SELECT sum(b.score) FROM quiz b WHERE b.p = a.p AND b.i <> a.i) AS rest FROM quiz a) z
          GROUP BY z.i) f ON f.i = x.item_id
    WHERE abs(x.discrimination - f.r) > 1e-9 OR abs(x.difficulty - f.p) > 1e-12 OR x.number <> 10 $$, 'discrimination is the point-biserial correlation with the rest');
-- Alpha from the covariances of all pairs, of random scores with parts.
SELECT is_empty($$
    WITH d AS (SELECT n AS trial, p, i, (hashint8extended(p, n) & 15) + (hashint8extended(p * 100 + i, n + 1) & 7) AS score
               FROM generate_series(1, 100) n CROSS JOIN generate_series(1, 12) p CROSS JOIN generate_series(1, 5) i),
    one AS (SELECT trial, (reliability(array_agg(p::bigint), array_agg(i::bigint), array_agg(score::double precision))).alpha FROM d GROUP BY trial),
    pairs AS (SELECT a.trial, a.i AS i, b.i AS j, covar_samp(a.score, b.score) AS c FROM d a JOIN d b USING (trial, p) GROUP BY 1, 2, 3),
    other AS (SELECT trial, 5 / 4.0 * sum(c) FILTER (WHERE i <> j) / sum(c) AS alpha FROM pairs GROUP BY trial)
    SELECT * FROM one JOIN other USING (trial) WHERE abs(one.alpha - other.alpha) > 1e-9 $$, 'alpha equals the one from the covariances of all pairs');
SELECT ok(r.alpha IS NULL, 'there is none where not each has each part') FROM reliability(ARRAY[1, 1, 2], ARRAY[1, 2, 1], ARRAY[1, 0, 1]) r;
SELECT ok(r.alpha IS NULL AND r.mean IS NULL AND r.number = 0, 'nor of nothing') FROM reliability('{}', '{}', '{}') r;
SELECT throws_ok(format('SELECT * FROM %s(ARRAY[1, 1, 2, 2], ARRAY[1, 2, 1, 2], ARRAY[0, 1, 1, %s]::float8[])', f, quote_literal(v)), '22023', 'a score cannot be ' || v, format('%s refuses %s', f, v))
FROM unnest('{item_statistic,reliability}'::text[]) f CROSS JOIN unnest('{1e+200,NaN,-Infinity}'::text[]) v;
SELECT ok(r.alpha > -1e300 AND r.deviation < 1e300 AND (SELECT bool_and(x.discrimination BETWEEN -1 AND 1) FROM item_statistic(s.p, s.i, s.v) x), 'of the largest that there are both reckon')
FROM (SELECT ARRAY[1, 1, 2, 2, 3, 3]::bigint[] AS p, ARRAY[1, 2, 1, 2, 1, 2]::bigint[] AS i, ARRAY[1e50, 1e50, -1e50, -1e50, 0, -1e50]::double precision[] AS v) s
CROSS JOIN LATERAL reliability(s.p, s.i, s.v) r;
SELECT is_empty($$ SELECT * FROM exam_item i JOIN (SELECT g.exam_question_id, count(*) AS n, round(avg(g.credit), 4) AS p FROM answer_grade g GROUP BY 1) g USING (exam_question_id)
                   WHERE i.attempts <> g.n OR abs(i.mean_credit - g.p) > 0.00011 $$, 'the views say the same');
SELECT is_empty($$ SELECT d.exam_option_id FROM exam_distractor d
                   WHERE d.certification_level_id = 9002 AND (d.picked <> (SELECT count(*) FROM attempt_answer w WHERE w.exam_option_id = d.exam_option_id) OR d.attempts <> (SELECT count(*) FROM paper_question p WHERE p.exam_question_id = d.exam_question_id)) $$, 'and count options');

SELECT is_empty('SELECT * FROM invariant', 'no rule is broken');
SELECT * FROM finish();
ROLLBACK;
