-- How long stable_match takes, beside lag() over the same rows.
--
-- usage: psql -X -q -v rows=1000000 -f stable_match.sql DB     (a database with salon)
--
-- rows / 10 applicants, each with ten openings spread over all; random ranks.
-- Five runs of each query in turn, with the default work_mem, where the
-- window spills to disk, and with 256 MB; medians in ms, and their ratio to
-- lag().  The tables are temporary and go with the session.

\set QUIET on
\if :{?rows} \else \set rows 1000000 \endif
SET search_path = salon, public;
SET max_parallel_workers_per_gather = 0;
SET client_min_messages = warning;

CREATE TEMP TABLE preference AS
SELECT a, (a + k * (n / 10) + hashint8(a * 10 + k)::bigint & 1073741823) % n AS o,
       (hashint8(a * 20 + k)::bigint & 1073741823)::double precision AS ar,
       (hashint8(a * 30 + k)::bigint & 1073741823)::double precision AS opr,
       1 + a % 2 AS aq, 2::bigint AS oq
FROM   (SELECT :rows / 10 AS n) s, generate_series(1, n) a, generate_series(0, 9) k;
DELETE FROM preference WHERE ctid IN (
    SELECT ctid FROM (SELECT ctid, row_number() OVER (PARTITION BY a, o) AS copy FROM preference) c WHERE copy > 1);
VACUUM ANALYZE preference;

CREATE TEMP TABLE query (name text, sql text);
INSERT INTO query VALUES
    ('lag', 'SELECT count(x) FROM (SELECT lag(ar) OVER () AS x FROM preference) t'),
    ('stable_match', 'SELECT count(*) FILTER (WHERE x) FROM (SELECT stable_match(a, o, ar, opr) OVER () AS x FROM preference) t'),
    ('with quotas', 'SELECT count(*) FILTER (WHERE x) FROM (SELECT stable_match(a, o, ar, opr, aq, oq) OVER () AS x FROM preference) t'),
    ('largest', 'SET salon.ties = ''largest''; SELECT count(*) FILTER (WHERE x) FROM (SELECT stable_match(a, o, floor(ar / 1e8), floor(opr / 1e8)) OVER () AS x FROM preference) t; RESET salon.ties'),
    ('lag, partitions of 20', 'SELECT count(x) FROM (SELECT lag(ar) OVER (PARTITION BY a / 2) AS x FROM preference) t'),
    ('stable_match, partitions of 20', 'SELECT count(*) FILTER (WHERE x) FROM (SELECT stable_match(a, o, ar, opr) OVER (PARTITION BY a / 2) AS x FROM preference) t');

CREATE TEMP TABLE measured (work_mem text, name text, run integer, ms double precision);
DO $$
DECLARE
    q     record;
    begun timestamptz;
BEGIN
    FOR run IN 0 .. 5 LOOP
        FOR q IN SELECT m, name, sql FROM query, unnest(ARRAY['4MB', '256MB']) m LOOP
            PERFORM set_config('work_mem', q.m, true);
            begun := clock_timestamp();
            EXECUTE q.sql;
            -- the first run warms up
            IF run > 0 THEN
                INSERT INTO measured
                VALUES (q.m, q.name, run, extract(epoch FROM clock_timestamp() - begun) * 1000);
            END IF;
        END LOOP;
    END LOOP;
END $$;

SELECT work_mem, name, round(median) AS ms,
       round((median / first_value(median) OVER (PARTITION BY work_mem, name LIKE '%partitions%' ORDER BY name !~ '^lag'))::numeric, 2)
           AS times_lag
FROM   (SELECT work_mem, name, percentile_cont(0.5) WITHIN GROUP (ORDER BY ms) AS median
        FROM measured GROUP BY work_mem, name) m
ORDER  BY work_mem DESC, name LIKE '%partitions%', median;
