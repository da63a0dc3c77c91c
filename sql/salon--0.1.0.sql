-- Assembled by sql/assemble from sql/salon and sql/model: edit those.
\echo Use "CREATE EXTENSION salon" to load this file. \quit

-- Labels in the language of the session.

CREATE FUNCTION lang()
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_lang_show';

COMMENT ON FUNCTION lang() IS
'Language of labels in this session, en or zh: the setting salon.lang';

CREATE FUNCTION label(en text, zh text, code text DEFAULT NULL)
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_label';

COMMENT ON FUNCTION label(text, text, text) IS
'Label in the language of salon.lang, else in the other language, else the code';

CREATE FUNCTION version()
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN '0.1.0';

COMMENT ON FUNCTION version() IS
'Version of the extension whose functions run, which a space is compared with';

-- Spaces: the data of one community in a schema of the caller.

CREATE FUNCTION model(OUT ordinal integer, OUT name text, OUT source text)
RETURNS SETOF record LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
ROWS 1
BEGIN ATOMIC
VALUES
(1, 'space', $salon_model$SELECT 1;
$salon_model$);
END;

COMMENT ON FUNCTION model() IS
'The model of a space: the SQL files that create_space runs, in order, with unqualified names';
