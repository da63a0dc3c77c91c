-- What attempts say of the questions: how hard they turned out, how well they
-- tell apart who knows, which wrong options nobody takes; how reliable papers are.

CREATE FUNCTION _real_scores(scores double precision[]) RETURNS double precision[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 100
SET search_path FROM CURRENT
AS $$
DECLARE
    odd double precision := (SELECT s FROM unnest(scores) s WHERE NOT abs(s) <= 1e50 LIMIT 1);
BEGIN
    IF odd IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('a score cannot be %s'), odd),
            HINT = salon.say('A score is a number from -1e50 to 1e50.');
    END IF;
    RETURN scores;
END
$$;

COMMENT ON FUNCTION _real_scores(double precision[]) IS 'Scores that can be added and squared; refuses with 22023 others';

-- Of each item its mean, and the correlation of its score with what the same
-- person got in all others, as a share of how many these are: of right and wrong
-- the point-biserial one, corrected for the item itself.
CREATE FUNCTION item_statistic(subjects bigint[], items bigint[], scores double precision[])
RETURNS TABLE (item_id bigint, number bigint, difficulty double precision, discrimination double precision)
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000 ROWS 50
BEGIN ATOMIC
    WITH d AS (
        SELECT v.person_id, v.item, v.score,
               (sum(v.score) OVER w - v.score) / nullif(count(*) OVER w - 1, 0) AS rest
        FROM unnest(subjects, items, _real_scores(scores)) v (person_id, item, score)
        WINDOW w AS (PARTITION BY v.person_id)
    )
    SELECT d.item, count(*), avg(d.score), corr(d.score, d.rest)
    FROM d
    GROUP BY d.item
    ORDER BY d.item;
END;

COMMENT ON FUNCTION item_statistic(bigint[], bigint[], double precision[]) IS
'Of each item, by what persons scored in it: how many, the mean, and the correlation with the mean of their other items (point-biserial, corrected); NULL: all alike. Errors: 22023 a score that is no such number / 题目统计';

-- Each person must have a score in each item: else there is no such thing.
CREATE FUNCTION reliability(subjects bigint[], items bigint[], scores double precision[],
                            OUT number bigint, OUT parts bigint, OUT mean double precision, OUT deviation double precision, OUT alpha double precision)
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
BEGIN ATOMIC
    WITH d AS (
        SELECT v.person_id, v.item, v.score FROM unnest(subjects, items, _real_scores(scores)) v (person_id, item, score)
    ), i AS (
        SELECT count(*) AS parts, sum(x.variance) AS variance, min(x.number) AS least, max(x.number) AS most
        FROM (SELECT var_samp(d.score) AS variance, count(DISTINCT d.person_id) AS number FROM d GROUP BY d.item) x
    ), t AS (
        SELECT count(*) AS number, avg(x.score) AS mean, var_samp(x.score) AS variance
        FROM (SELECT sum(d.score) AS score FROM d GROUP BY d.person_id) x
    )
    SELECT t.number, i.parts, t.mean, sqrt(t.variance),
           CASE WHEN i.parts > 1 AND i.least = t.number AND i.most = t.number AND t.variance > 0
                THEN i.parts::double precision / (i.parts - 1) * (1 - i.variance / t.variance) END
    FROM t
    CROSS JOIN i;
END;

COMMENT ON FUNCTION reliability(bigint[], bigint[], double precision[]) IS
'Reliability of what persons scored in items: Cronbach''s alpha, which is KR-20 where scores are 0 and 1, with the mean and standard deviation of their totals; NULL: not each has each item, or all totals are alike. Errors: 22023 a score that is no such number / 信度';

CREATE VIEW exam_item WITH (security_invoker) AS
SELECT q.exam_question_id, q.certification_level_id, q.kind, salon.label(q.text_en, q.text_zh) AS question, q.difficulty::bigint AS difficulty, q.version::bigint AS version,
       coalesce(s.number, 0) AS attempts, round(s.difficulty::numeric, 4) AS mean_credit, round(s.discrimination::numeric, 4) AS discrimination,
       CASE WHEN s.number IS NULL THEN 'not_asked'
            WHEN s.number < 20 THEN 'too_few'
            WHEN s.discrimination < 0 THEN 'wrong_way_round'
            WHEN s.difficulty > 0.95 THEN 'too_easy'
            WHEN s.difficulty < 0.05 THEN 'too_hard'
            WHEN s.discrimination < 0.1 THEN 'tells_little'
            ELSE 'good' END AS finding_code
FROM exam_question q
LEFT JOIN (
    SELECT x.item_id, x.number, x.difficulty, x.discrimination
    FROM (SELECT g.certification_level_id, array_agg(g.attempt_id ORDER BY g.attempt_id, g.ordinal) AS attempts, array_agg(g.exam_question_id ORDER BY g.attempt_id, g.ordinal) AS questions,
                 array_agg(g.credit::double precision ORDER BY g.attempt_id, g.ordinal) AS credits
          FROM answer_grade g
          WHERE g.submitted_at IS NOT NULL
          GROUP BY g.certification_level_id) a
    CROSS JOIN LATERAL item_statistic(a.attempts, a.questions, a.credits) x
) s ON s.item_id = q.exam_question_id;

COMMENT ON VIEW exam_item IS 'How each question turned out in attempts that were submitted: for administrators / 题目分析';
COMMENT ON COLUMN exam_item.certification_level_id IS 'The level';
COMMENT ON COLUMN exam_item.exam_question_id IS 'The question';
COMMENT ON COLUMN exam_item.kind IS 'Kind of the question';
COMMENT ON COLUMN exam_item.question IS 'The question';
COMMENT ON COLUMN exam_item.difficulty IS '1 (least) to 5 (most), as thought';
COMMENT ON COLUMN exam_item.version IS 'Version';
COMMENT ON COLUMN exam_item.attempts IS 'In how many attempts it was asked';
COMMENT ON COLUMN exam_item.mean_credit IS 'Mean share of its points that it got: how easy it was; NULL: not asked';
COMMENT ON COLUMN exam_item.discrimination IS 'Correlation of that with the mean of the other questions of the attempt (point-biserial, corrected); NULL: not asked, or all alike';
COMMENT ON COLUMN exam_item.finding_code IS 'not_asked, too_few (below 20 attempts), wrong_way_round (who knows more fails), too_easy (mean above 0.95), too_hard (below 0.05), tells_little (discrimination below 0.1), good';

CREATE VIEW exam_distractor WITH (security_invoker) AS
SELECT o.exam_question_id, o.exam_option_id, q.certification_level_id, q.kind, salon.label(o.text_en, o.text_zh) AS option,
       EXISTS (SELECT FROM exam_key k WHERE k.exam_option_id = o.exam_option_id) AS is_right,
       s.attempts, s.picked, round(s.picked / nullif(s.attempts, 0)::numeric, 4) AS picked_share, round(s.discrimination::numeric, 4) AS discrimination
FROM exam_option o
JOIN exam_question q USING (exam_question_id)
CROSS JOIN LATERAL (
    SELECT count(*) AS attempts, count(w.attempt_answer_id) AS picked, corr((w.attempt_answer_id IS NOT NULL)::integer, r.rest) AS discrimination
    FROM paper_question p
    JOIN attempt a ON a.paper_id = p.paper_id AND a.submitted_at IS NOT NULL
    LEFT JOIN attempt_answer w ON w.paper_question_id = p.paper_question_id AND w.exam_option_id = o.exam_option_id
    CROSS JOIN LATERAL (SELECT avg(g.credit) AS rest FROM answer_grade g WHERE g.attempt_id = a.attempt_id AND g.paper_question_id <> p.paper_question_id) r
    WHERE p.certification_level_id = q.certification_level_id AND p.exam_question_id = o.exam_question_id) s;

COMMENT ON VIEW exam_distractor IS 'How often each option was picked, and by whom: a wrong one that nobody picks, or that the better ones pick, is to be replaced; for administrators / 选项分析';
COMMENT ON COLUMN exam_distractor.exam_question_id IS 'The question';
COMMENT ON COLUMN exam_distractor.exam_option_id IS 'The option';
COMMENT ON COLUMN exam_distractor.certification_level_id IS 'The level';
COMMENT ON COLUMN exam_distractor.kind IS 'Kind of the question';
COMMENT ON COLUMN exam_distractor.option IS 'The option';
COMMENT ON COLUMN exam_distractor.is_right IS 'Whether it is right';
COMMENT ON COLUMN exam_distractor.attempts IS 'In how many attempts that were submitted it was there to pick';
COMMENT ON COLUMN exam_distractor.picked IS 'In how many it was picked';
COMMENT ON COLUMN exam_distractor.picked_share IS 'Share of them; NULL: not asked';
COMMENT ON COLUMN exam_distractor.discrimination IS 'Correlation of picking it with the mean of the other questions of the attempt: above 0 for a right one, below for a wrong one; NULL: not asked, or all alike';

-- Papers of the same questions are one form.  Where each paper has questions of
-- its own, the lines of the blueprint stand for them: each has each line.
CREATE VIEW exam_reliability WITH (security_invoker) AS
SELECT f.certification_level_id, certification_level_label(f.certification_level_id) AS certification_level, f.form_id, f.part_code,
       r.number AS attempts, r.parts, round(r.mean::numeric, 4) AS mean, round(r.deviation::numeric, 4) AS deviation, round(r.alpha::numeric, 4) AS alpha,
       round((r.deviation * sqrt(1 - r.alpha))::numeric, 4) AS measurement_error
FROM (
    SELECT g.certification_level_id, m.form_id, 'question' AS part_code,
           array_agg(g.attempt_id ORDER BY g.attempt_id, g.exam_question_id) AS persons, array_agg(g.exam_question_id ORDER BY g.attempt_id, g.exam_question_id) AS items,
           array_agg(g.earned::double precision ORDER BY g.attempt_id, g.exam_question_id) AS scores
    FROM answer_grade g
    JOIN (SELECT a.attempt_id, min(a.paper_id) OVER (PARTITION BY q.questions) AS form_id, count(*) OVER (PARTITION BY q.questions) AS number
          FROM attempt a
          CROSS JOIN LATERAL (SELECT array_agg(p.exam_question_id ORDER BY p.exam_question_id) AS questions FROM paper_question p WHERE p.paper_id = a.paper_id) q
          WHERE a.submitted_at IS NOT NULL) m USING (attempt_id)
    WHERE m.number > 1
    GROUP BY g.certification_level_id, m.form_id
    UNION ALL
    SELECT l.certification_level_id, NULL, 'line',
           array_agg(l.attempt_id ORDER BY l.attempt_id, l.blueprint_id), array_agg(l.blueprint_id ORDER BY l.attempt_id, l.blueprint_id),
           array_agg(l.earned::double precision ORDER BY l.attempt_id, l.blueprint_id)
    FROM (SELECT g.certification_level_id, g.attempt_id, p.blueprint_id, sum(g.earned) AS earned
          FROM answer_grade g
          JOIN paper_question p USING (paper_question_id)
          WHERE g.submitted_at IS NOT NULL AND p.blueprint_id IS NOT NULL
          GROUP BY g.certification_level_id, g.attempt_id, p.blueprint_id) l
    GROUP BY l.certification_level_id
) f
CROSS JOIN LATERAL reliability(f.persons, f.items, f.scores) r;

COMMENT ON VIEW exam_reliability IS 'How reliable papers are: KR-20, or Cronbach''s alpha where there is partial credit, of each set of questions that several sat, and of the lines of the blueprint over all papers; for administrators / 试卷信度';
COMMENT ON COLUMN exam_reliability.certification_level_id IS 'The level';
COMMENT ON COLUMN exam_reliability.form_id IS 'The first of the papers with the same questions; NULL: all papers of the level, by the lines of the blueprint';
COMMENT ON COLUMN exam_reliability.part_code IS 'What is correlated: question or line (of the blueprint)';
COMMENT ON COLUMN exam_reliability.attempts IS 'Attempts that were submitted';
COMMENT ON COLUMN exam_reliability.parts IS 'How many questions or lines';
COMMENT ON COLUMN exam_reliability.mean IS 'Mean of the points';
COMMENT ON COLUMN exam_reliability.deviation IS 'Standard deviation of the points';
COMMENT ON COLUMN exam_reliability.alpha IS 'Alpha, 1 for wholly reliable; NULL: not each has each part, or all points are alike';
COMMENT ON COLUMN exam_reliability.measurement_error IS 'Standard error of measurement in points: how far points are from what is true';
