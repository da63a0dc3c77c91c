-- Pages: a document as jsonb, and the same as HTML and as Markdown.
--
--   {"language": "en", "kind": "...", "title": "...", "facts": ROWS,
--    "sections": [{"ordinal": 1, "code": "C1", "title": "...", "blocks": [BLOCK, ...],
--                  "state_code": "open", "state": "open", "missing": "...", "owner": "...", "due": "..."}, ...]}
--
-- A block is {"kind": ..., "content": ...}: a text (CELL), a list (of cells),
-- facts (rows: a term and what it is), entries (rows: a name and what is told of
-- it), a table (rows, with "columns"), an agenda (a table that begins with times)
-- or codes (rows: what it is, and a cell whose address, or text, is drawn as a QR
-- code, where this installation can).  A cell is a text, or {"text": ..., "url": ...}.

-- An expression, which the server writes where it is called; so are the next two.
CREATE FUNCTION _cell(value text, url text DEFAULT NULL) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN url IS NULL THEN pg_catalog.to_jsonb(salon.escape(value, 'text'))
            ELSE pg_catalog.jsonb_build_object('text', salon.escape(coalesce(value, url), 'text'), 'url', salon.escape(url, 'uri')) END;

COMMENT ON FUNCTION _cell(text, text) IS 'A cell of a page: a text, or a link with that text';

CREATE FUNCTION _block(kind text, content jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN content IS NULL THEN '[]'::pg_catalog.jsonb ELSE pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object('kind', kind, 'content', content)) END;

COMMENT ON FUNCTION _block(text, jsonb) IS 'A block of a page, in an array; without content an empty one';

CREATE FUNCTION _page_cell(cell jsonb, format text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN cell ->> 'url' ~ '^https?://' THEN
           CASE format WHEN 'html' THEN '<a href="' || salon.escape(salon.escape(cell ->> 'url', 'uri'), 'html') || '">' || salon.escape(cell ->> 'text', 'html') || '</a>'
                       ELSE '[' || salon.escape(cell ->> 'text', 'markdown') || '](<' || pg_catalog.replace(salon.escape(cell ->> 'url', 'uri'), '&', '&amp;') || '>)' END
           ELSE salon.escape(coalesce(cell ->> 'text', cell #>> '{}'), format) END;

COMMENT ON FUNCTION _page_cell(jsonb, text) IS 'A cell of a page as html or markdown';

-- PL/pgSQL keeps the plans: there are many blocks on a page.
CREATE FUNCTION _table(columns text[], rows jsonb, kind text DEFAULT 'table') RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    used integer[];
BEGIN
    IF rows IS NULL THEN
        RETURN '[]';
    END IF;
    used := ARRAY(SELECT n FROM generate_series(1, cardinality(columns)) n
                  WHERE EXISTS (SELECT FROM jsonb_array_elements(rows) r (cells) WHERE r.cells -> (n - 1) <> 'null') ORDER BY n);
    IF cardinality(used) < cardinality(columns) THEN
        rows := (SELECT jsonb_agg((SELECT jsonb_agg(r.cells -> (n - 1) ORDER BY n) FROM unnest(used) n) ORDER BY r.n)
                 FROM jsonb_array_elements(rows) WITH ORDINALITY r (cells, n));
    END IF;
    RETURN jsonb_build_array(jsonb_build_object('kind', kind, 'columns', ARRAY(SELECT columns[n] FROM unnest(used) n ORDER BY n), 'content', rows));
END
$$;

COMMENT ON FUNCTION _table(text[], jsonb, text) IS 'A table of a page as a block in an array, without columns in which nothing stands';

CREATE FUNCTION _block_html(block jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kind text := block ->> 'kind';
    content jsonb := block -> 'content';
    labels text[];
BEGIN
    IF kind = 'codes' THEN
        IF salon._draws_qr() THEN
            RETURN (SELECT '<div class="codes">'
                           || string_agg(concat('<figure>', CASE WHEN octet_length(c.code) BETWEEN 1 AND 1000 THEN salon.qr_svg(c.code, c.name) END,
                                                '<figcaption>', salon._page_cell(r.cells -> 0, 'html'), '<br>', salon._page_cell(r.cells -> 1, 'html'), '</figcaption></figure>'), E'\n' ORDER BY r.n)
                           || '</div>'
                    FROM jsonb_array_elements(content) WITH ORDINALITY r (cells, n)
                    CROSS JOIN LATERAL (SELECT salon.escape(r.cells ->> 0, 'text') AS name, salon.escape(coalesce(r.cells -> 1 ->> 'url', r.cells ->> 1), 'text') AS code) c);
        END IF;
        kind := 'facts';
    END IF;
    IF kind = 'text' THEN
        RETURN '<p>' || salon._page_cell(content, 'html') || '</p>';
    ELSIF kind = 'list' THEN
        RETURN '<ul>' || (SELECT string_agg('<li>' || salon._page_cell(i.item, 'html') || '</li>', '' ORDER BY i.n)
                          FROM jsonb_array_elements(content) WITH ORDINALITY i (item, n)) || '</ul>';
    ELSIF kind IN ('facts', 'entries') THEN
        RETURN (SELECT CASE kind WHEN 'facts' THEN '<dl>' ELSE '<div class="entries">' END
                       || string_agg(concat('<div>', (
                              SELECT string_agg(concat('<', t.tag, '>', salon._page_cell(c.cell, 'html'), '</', t.tag, '>'), '' ORDER BY c.n)
                              FROM jsonb_array_elements(r.cells) WITH ORDINALITY c (cell, n)
                              CROSS JOIN LATERAL (SELECT CASE WHEN kind = 'facts' THEN CASE c.n WHEN 1 THEN 'dt' ELSE 'dd' END ELSE CASE c.n WHEN 1 THEN 'h3' ELSE 'p' END END AS tag) t
                              WHERE c.n = 1 OR c.cell <> 'null'), '</div>'), E'\n' ORDER BY r.n)
                       || CASE kind WHEN 'facts' THEN '</dl>' ELSE '</div>' END
                FROM jsonb_array_elements(content) WITH ORDINALITY r (cells, n));
    ELSIF kind IN ('table', 'agenda') THEN
        labels := ARRAY(SELECT salon.escape(c.name, 'html') FROM jsonb_array_elements_text(block -> 'columns') WITH ORDINALITY c (name, n) ORDER BY c.n);
        RETURN '<table class="' || kind || '"><thead><tr>' || (SELECT string_agg('<th scope="col">' || l.label || '</th>', '' ORDER BY l.n) FROM unnest(labels) WITH ORDINALITY l (label, n))
               || E'</tr></thead>\n<tbody>'
               || (SELECT string_agg('<tr>' || (SELECT string_agg(concat('<td data-label="', labels[c.n], '">', salon._page_cell(c.cell, 'html'), '</td>'), '' ORDER BY c.n)
                                                FROM jsonb_array_elements(r.cells) WITH ORDINALITY c (cell, n)) || '</tr>', E'\n' ORDER BY r.n)
                   FROM jsonb_array_elements(content) WITH ORDINALITY r (cells, n))
               || '</tbody></table>';
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _block_html(jsonb) IS 'A block of a page as HTML';

CREATE FUNCTION _block_markdown(block jsonb) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kind text := block ->> 'kind';
    content jsonb := block -> 'content';
BEGIN
    IF kind = 'text' THEN
        RETURN salon._page_cell(content, 'markdown');
    ELSIF kind = 'list' THEN
        RETURN (SELECT string_agg('- ' || salon._page_cell(i.item, 'markdown'), E'\n' ORDER BY i.n)
                FROM jsonb_array_elements(content) WITH ORDINALITY i (item, n));
    ELSIF kind IN ('facts', 'entries', 'codes') THEN
        RETURN (SELECT string_agg('- ' || concat_ws(salon.say(': '), salon._page_cell(r.cells -> 0, 'markdown'), (
                           SELECT string_agg(salon._page_cell(c.cell, 'markdown'), salon.say('; ') ORDER BY c.n)
                           FROM jsonb_array_elements(r.cells - 0) WITH ORDINALITY c (cell, n))), E'\n' ORDER BY r.n)
                FROM jsonb_array_elements(content) WITH ORDINALITY r (cells, n));
    ELSIF kind IN ('table', 'agenda') THEN
        RETURN (SELECT '| ' || string_agg(salon.escape(c.name, 'markdown'), ' | ' ORDER BY c.n) || E' |\n|' || repeat(' --- |', count(*)::integer)
                FROM jsonb_array_elements_text(block -> 'columns') WITH ORDINALITY c (name, n))
               || (SELECT string_agg(E'\n| ' || (SELECT string_agg(coalesce(salon._page_cell(c.cell, 'markdown'), ''), ' | ' ORDER BY c.n)
                                                  FROM jsonb_array_elements(r.cells) WITH ORDINALITY c (cell, n)) || ' |', '' ORDER BY r.n)
                   FROM jsonb_array_elements(content) WITH ORDINALITY r (cells, n));
    END IF;
    RETURN NULL;
END
$$;

COMMENT ON FUNCTION _block_markdown(jsonb) IS 'A block of a page as Markdown';

-- The look of a page: one column that a phone shows, on which a table stands as a
-- list; light and dark; on paper without colours, with addresses.
CREATE FUNCTION _page_style() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN $css$
:root { color-scheme: light dark; --paper: #fff; --ink: #1d2329; --soft: #5b6570; --line: #dfe3e8; --tint: #f4f6f8; --accent: #0b5cad; --good: #1a6b3c; --warn: #8a5300; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #14181d; --ink: #e6e9ec; --soft: #a0aab4; --line: #2e353d; --tint: #1d232a; --accent: #7db8f5; --good: #74cf99; --warn: #e7b45c; --bad: #ff9d94; }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.6 system-ui, "Segoe UI", Roboto, "PingFang SC", "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; overflow-wrap: anywhere; }
main { max-width: 46rem; margin: 0 auto; padding: 2rem 1.25rem 4rem; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: .15em; }
header { padding-bottom: 1.25rem; }
header p { margin: 0; color: var(--accent); font-size: .875rem; font-weight: 600; letter-spacing: .04em; }
h1 { margin: .25rem 0 1rem; font-size: clamp(1.6rem, 1.2rem + 2vw, 2.25rem); line-height: 1.25; }
section { padding: 1.25rem 0; border-top: 1px solid var(--line); }
h2 { display: flex; align-items: baseline; gap: .6rem; margin: 0 0 .6rem; font-size: 1.15rem; line-height: 1.4; break-after: avoid; }
h2 .n { min-width: 1.4em; color: var(--soft); font-weight: 400; font-variant-numeric: tabular-nums; }
h2 .state { margin-left: auto; flex: none; }
p, ul, dl, table { margin: 0 0 .75rem; }
section > :last-child { margin-bottom: 0; }
p, dd, td, li { white-space: pre-line; }
ul { padding-left: 1.2rem; }
li::marker { color: var(--soft); }
dl { display: grid; gap: .35rem; }
dl div { display: grid; grid-template-columns: minmax(6rem, 11.5rem) 1fr; column-gap: 1rem; }
dt { grid-column: 1; color: var(--soft); }
dd { grid-column: 2; margin: 0; }
.entries { display: grid; gap: .6rem; margin: 0 0 .75rem; }
.entries h3 { margin: 0; font-size: 1rem; font-weight: 600; }
.entries p { margin: 0; font-size: .9375rem; color: var(--soft); }
.codes { display: flex; flex-wrap: wrap; gap: 1.25rem; margin: 0 0 .75rem; }
figure { width: 9rem; margin: 0; }
figure svg { display: block; width: 100%; border-radius: .4rem; }
figcaption { margin-top: .35rem; font-size: .8125rem; line-height: 1.4; color: var(--soft); }
h2 .t::first-letter, dt::first-letter, th::first-letter { text-transform: uppercase; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; font-variant-numeric: tabular-nums; }
th, td { min-width: 6.75rem; padding: .4rem .75rem .4rem 0; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { color: var(--soft); font-size: .8125rem; font-weight: 500; }
td:last-child, th:last-child { padding-right: 0; }
tr:last-child td { border-bottom: 0; }
.state { padding: .05rem .6rem; border: 1px solid currentColor; border-radius: 1rem; font-size: .75rem; font-weight: 500; line-height: 1.5; color: var(--soft); }
.done { color: var(--good); } .open { color: var(--warn); } .overdue { color: var(--bad); }
.missing { padding: .5rem .75rem; border-left: 3px solid var(--warn); background: var(--tint); font-size: .9375rem; }
.is-overdue .missing { border-color: var(--bad); }
.missing b { font-weight: 600; } .missing span { display: block; color: var(--soft); font-size: .875rem; }
nav { display: flex; flex-wrap: wrap; gap: .35rem; padding-bottom: 1.25rem; }
nav a { min-width: 2.1rem; padding: .2rem .35rem; border: 1px solid currentColor; border-radius: .4rem; text-align: center; text-decoration: none; font-size: .8125rem; font-variant-numeric: tabular-nums; color: var(--soft); }
nav a.done { color: var(--good); } nav a.open { color: var(--warn); } nav a.overdue { color: var(--paper); background: var(--bad); border-color: var(--bad); }
@media (max-width: 34rem) {
  main { padding-top: 1.25rem; }
  dl div { grid-template-columns: minmax(4.5rem, 30%) 1fr; }
  table, tbody { display: block; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tr { display: flex; flex-wrap: wrap; column-gap: .9rem; padding: .45rem 0; border-bottom: 1px solid var(--line); }
  tr:last-child { border-bottom: 0; }
  td { min-width: 0; padding: 0; border: 0; }
  td:first-child { flex: 1 0 100%; font-weight: 600; }
  td:not(:first-child)::before { content: attr(data-label) " "; color: var(--soft); font-size: .8125rem; }
  td:empty { display: none; }
  .agenda tr { display: grid; grid-template-columns: 6.5rem 1fr; }
  .agenda td { grid-column: 2; }
  .agenda td:first-child { grid-column: 1; font-weight: 400; color: var(--soft); }
  .agenda td:nth-child(2) { font-weight: 600; }
  .agenda td:nth-child(2)::before { content: none; }
}
@media print {
  :root { color-scheme: light; --paper: #fff; --ink: #000; --soft: #444; --line: #bbb; --tint: #fff; --accent: #000; --good: #000; --warn: #000; --bad: #000; }
  html { font-size: 9.5pt; } main { max-width: none; padding: 0; } nav { display: none; }
  tr, li, dl div, .entries div, figure, .missing { break-inside: avoid; }
  section { padding: .7rem 0; } section a[href]::after { content: " (" attr(href) ")"; font-size: .8em; color: var(--soft); }
  @page { margin: 18mm 16mm; }
}
$css$;

COMMENT ON FUNCTION _page_style() IS 'The style sheet of a page';

CREATE FUNCTION page_html(document jsonb) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN concat_ws(E'\n',
        '<!DOCTYPE html>',
        '<html lang="' || CASE document ->> 'language' WHEN 'zh' THEN 'zh-CN' ELSE 'en' END || '">',
        '<head>',
        '<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        '<title>' || salon.escape(document ->> 'title', 'html') || '</title>',
        '<style>' || salon._page_style() || '</style>',
        '</head>',
        '<body>',
        '<main>',
        '<header>',
        '<p>' || salon.escape(document ->> 'kind', 'html') || '</p>',
        '<h1>' || salon.escape(document ->> 'title', 'html') || '</h1>',
        salon._block_html(salon._block('facts', document -> 'facts') -> 0),
        '</header>',
        (SELECT '<nav>' || string_agg(concat('<a class="', salon.escape(s.section ->> 'state_code', 'html'), '" href="#', salon.escape(s.section ->> 'code', 'html'),
                                                                   '" title="', salon.escape(s.section ->> 'title', 'html'), salon.say(': '), salon.escape(s.section ->> 'state', 'html'), '">', salon.escape(s.section ->> 'ordinal', 'html'), '</a>'), E'\n' ORDER BY s.n) || '</nav>'
         FROM jsonb_array_elements(document -> 'sections') WITH ORDINALITY s (section, n)
         WHERE s.section ? 'state_code'),
        (SELECT string_agg(concat_ws(E'\n',
                    concat('<section id="', salon.escape(s.section ->> 'code', 'html'), '" class="is-' || salon.escape(s.section ->> 'state_code', 'html'), '">'),
                    concat('<h2>', '<span class="n">' || salon.escape(s.section ->> 'ordinal', 'html') || '</span>',
                                      '<span class="t">', salon.escape(s.section ->> 'title', 'html'), '</span>',
                                      '<span class="state ' || salon.escape(s.section ->> 'state_code', 'html') || '">' || salon.escape(s.section ->> 'state', 'html') || '</span>', '</h2>'),
                    (SELECT string_agg(salon._block_html(b.block), E'\n' ORDER BY b.n) FROM jsonb_array_elements(s.section -> 'blocks') WITH ORDINALITY b (block, n)),
                    '<p class="missing"><b>' || salon.label('missing: ', '缺：') || '</b>' || salon.escape(s.section ->> 'missing', 'html')
                    || coalesce('<span>' || nullif(concat_ws(' · ', salon.label('owner: ', '负责：') || salon.escape(s.section ->> 'owner', 'html'),
                                                                        salon.label('due: ', '截止：') || salon.escape(s.section ->> 'due', 'html')), '') || '</span>', '') || '</p>',
                    '</section>'), E'\n' ORDER BY s.n)
         FROM jsonb_array_elements(document -> 'sections') WITH ORDINALITY s (section, n)),
        '</main>',
        '</body>',
        '</html>');
END
$$;

COMMENT ON FUNCTION page_html(jsonb) IS
'A document of a space, such as brief(event_id), as one HTML page without anything outside it: readable on a phone, on paper, in light and dark; every text in it is escaped';

CREATE FUNCTION page_markdown(document jsonb) RETURNS text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE COST 1000
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN concat_ws(E'\n\n',
        '# ' || salon.escape(document ->> 'title', 'markdown'),
        salon.escape(document ->> 'kind', 'markdown'),
        salon._block_markdown(salon._block('facts', document -> 'facts') -> 0),
        (SELECT string_agg(concat_ws(E'\n\n',
                    concat('## ', salon.escape(s.section ->> 'ordinal', 'markdown') || '. ', salon.escape(s.section ->> 'title', 'markdown'), salon.say(' (') || salon.escape(s.section ->> 'state', 'markdown') || salon.say(')')),
                    (SELECT string_agg(salon._block_markdown(b.block), E'\n\n' ORDER BY b.n) FROM jsonb_array_elements(s.section -> 'blocks') WITH ORDINALITY b (block, n)),
                    '> ' || salon.label('missing: ', '缺：') || salon.escape(s.section ->> 'missing', 'markdown')
                    || concat(salon.say('; ') || salon.label('owner: ', '负责：') || salon.escape(s.section ->> 'owner', 'markdown'),
                                         salon.say('; ') || salon.label('due: ', '截止：') || salon.escape(s.section ->> 'due', 'markdown'))), E'\n\n' ORDER BY s.n)
         FROM jsonb_array_elements(document -> 'sections') WITH ORDINALITY s (section, n))) || E'\n';
END
$$;

COMMENT ON FUNCTION page_markdown(jsonb) IS 'The same as Markdown (CommonMark with tables); every text in it is escaped';
