-- Text that leaves for a document of another format, and stays text there.

CREATE FUNCTION escape(value text, format text)
RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_escape';

COMMENT ON FUNCTION escape(text, text) IS
'A text as it stands in a document: xml, html (also in attributes), icalendar (TEXT), icalendar_parameter (in quotes), csv (RFC 4180; no formula), markdown (in one line), script (JSON in a script element), uri; text only leaves out, as all do, what no document takes: controls, noncharacters, the byte order mark, embeddings, overrides and isolates of direction; ends of lines become line feeds. Errors: 22023 an unknown format; 54000 too long / 转义文本';

CREATE FUNCTION fold(lines text)
RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_fold';

COMMENT ON FUNCTION fold(text) IS
'Lines as content lines of iCalendar (RFC 5545): each ends with CR LF, and goes on after CR LF and a blank where it would have more than 75 octets, never within a character. Errors: 54000 too long / iCalendar 折行';
