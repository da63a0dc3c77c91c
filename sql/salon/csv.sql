-- Text of comma-separated values, as spreadsheets and other programs write it,
-- by its headings.

-- RFC 4180: a cell in quotes may have delimiters, line ends and doubled quotes.
CREATE FUNCTION read_csv(document text, delimiter text DEFAULT ',') RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10000
SET search_path = pg_catalog, pg_temp
SET jit = off
AS $$
DECLARE
    said text := replace(replace(ltrim(document, E'\ufeff'), E'\r\n', E'\n'), E'\r', E'\n');
    found jsonb;
    wrong bigint;
BEGIN
    IF delimiter NOT IN (',', ';', E'\t') THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('the delimiter cannot be "%s"'), delimiter),
            HINT = salon.say('It is a comma, a semicolon or a tab.');
    END IF;
    WITH cell AS MATERIALIZED (
        -- each cell with the delimiter or line end that ends it: the last one has neither
        SELECT c.n, c.parts[1] AS given, c.parts[2] AS ends_with
        FROM regexp_matches(said || CASE WHEN said LIKE E'%\n' THEN '' ELSE E'\n' END,
                            '("(?:[^"]|"")*"|[^"' || delimiter || '\n][^' || delimiter || '\n]*|)(' || delimiter || '|\n|"[^' || delimiter || '\n]*)', 'g') WITH ORDINALITY c (parts, n)
    ), placed AS MATERIALIZED (
        SELECT c.n, c.given, c.ends_with, 1 + count(*) FILTER (WHERE c.ends_with = E'\n') OVER (ORDER BY c.n ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS line
        FROM cell c
    ), numbered AS MATERIALIZED (
        SELECT p.line, row_number() OVER (PARTITION BY p.line ORDER BY p.n) AS i, p.ends_with,
               CASE WHEN p.given LIKE '"%' THEN replace(substr(p.given, 2, length(p.given) - 2), '""', '"') ELSE p.given END AS value
        FROM placed p
    ), heading AS MATERIALIZED (
        -- the second of one name is another column
        SELECT h.i, h.name || CASE WHEN row_number() OVER (PARTITION BY h.name ORDER BY h.i) = 1 THEN '' ELSE ' ' || row_number() OVER (PARTITION BY h.name ORDER BY h.i) END AS name
        FROM (SELECT n.i, salon.trimmed(n.value) AS name FROM numbered n WHERE n.line = 1) h
        WHERE h.name <> ''
    )
    SELECT (SELECT jsonb_agg(r.cells ORDER BY r.line)
            FROM (SELECT n.line, jsonb_object_agg(h.name, n.value) FILTER (WHERE h.name IS NOT NULL) AS cells
                  FROM numbered n
                  LEFT JOIN heading h USING (i)
                  WHERE n.line > 1
                  GROUP BY n.line
                  HAVING bool_or(n.value <> '')) r),
           (SELECT min(n.line)
            FROM numbered n
            WHERE n.ends_with NOT IN (delimiter, E'\n') OR (n.value <> '' AND NOT EXISTS (SELECT FROM heading h WHERE h.i = n.i)))
    INTO found, wrong;
    IF wrong IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_text_representation',
            MESSAGE = format(salon.say('row %s is not of this table'), wrong),
            DETAIL = salon.say('It has a quote within a cell, or a cell without a heading.'),
            HINT = salon.say('See which delimiter the file has: a comma, a semicolon or a tab.');
    END IF;
    RETURN coalesce(found, '[]');
END
$$;

COMMENT ON FUNCTION read_csv(text, text) IS
'CSV (RFC 4180) as an array of objects, one a row, by the headings in its first row; a byte order mark and blank rows are left out. delimiter is a comma, a semicolon or a tab. Errors: 22P02 with the row that is not of the table; 22023 another delimiter / 读取 CSV 表格';
