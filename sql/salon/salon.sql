-- Labels in the language of the session.

CREATE FUNCTION lang()
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_lang_show';

COMMENT ON FUNCTION lang() IS
'Language of labels and messages in this session, en or zh: the setting salon.lang';

CREATE FUNCTION label(en text, zh text, code text DEFAULT NULL)
RETURNS text
LANGUAGE c STABLE PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_label';

COMMENT ON FUNCTION label(text, text, text) IS
'Label in the language of salon.lang, else in the other language, else the code';

CREATE FUNCTION say(english text)
RETURNS text
LANGUAGE c STABLE STRICT PARALLEL SAFE COST 1
AS 'MODULE_PATHNAME', 'salon_say_text';

COMMENT ON FUNCTION say(text) IS
'What an error, detail or hint says, in the language of salon.lang: from the catalogue of the extension, else as it is; the text may be that of format()';

CREATE FUNCTION version()
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN '@version@';

COMMENT ON FUNCTION @extschema@.version() IS
'Version of the extension whose functions run, which a space is compared with';

CREATE FUNCTION _table_name(name name) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 1
RETURN regexp_replace(name::text, '_\d{6,}$', '');

COMMENT ON FUNCTION _table_name(name) IS
'The table that a trigger is of: where Citus keeps it, its name there ends in a number';
