-- Texts as people mean them: what is blank, and what is the same.  Nothing here
-- hangs on the locale of the database.

-- Characters that show nothing: 27 blanks of Unicode and line ends, then marks of
-- direction and of joining, and fillers.
CREATE FUNCTION _blanks() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN E' \t\n\u000b\f\r\u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u2800\u3000\u3164'
    || E'\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff\uffa0';

COMMENT ON FUNCTION _blanks() IS
'Characters that show nothing: blanks, line ends, marks of direction and of joining, fillers';

CREATE FUNCTION trimmed(string text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN pg_catalog.btrim(string, salon._blanks());

COMMENT ON FUNCTION trimmed(text) IS
'The text without blanks and invisible characters at its ends, whichever of Unicode they are';

CREATE FUNCTION is_text(string text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1
RETURN pg_catalog.octet_length(pg_catalog.btrim(string, salon._blanks())) > 0;

COMMENT ON FUNCTION is_text(text) IS
'Whether the text shows something: false for an empty one and for one of blanks and invisible characters only; NULL for NULL';

-- Compatibility forms are one (NFKC): full-width letters and digits are those
-- of ASCII.  Case makes no difference for ASCII only, or it would hang on the
-- language.
CREATE FUNCTION folded(string text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN pg_catalog.lower(pg_catalog.regexp_replace(
           pg_catalog.translate(
               pg_catalog.normalize(pg_catalog.btrim(string, salon._blanks()), 'NFKC'),
               salon._blanks(), pg_catalog.repeat(' ', 27)),
           ' +', ' ', 'g') COLLATE "C");

COMMENT ON FUNCTION folded(text) IS
'Key by which texts are the same for people: in Unicode form NFKC, trimmed, each run of blanks one blank, invisible characters left out, ASCII letters small';

CREATE FUNCTION contact_key(kind text, address text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE kind
           WHEN 'phone' THEN
               pg_catalog.regexp_replace(pg_catalog.regexp_replace(pg_catalog.regexp_replace(pg_catalog.regexp_replace(
                   salon.folded(address),
                   '[^0-9+]', '', 'g'),
                   '^00', '+'),
                   '^[+]?86(1[3-9][0-9]{9})$', '\1'),
                   '^[+]86(10[0-9]{8}|[2-9][0-9]{8,10})$', '0\1')
           ELSE salon.folded(address) END;

COMMENT ON FUNCTION contact_key(text, text) IS
'Key by which addresses of a kind are the same: blanks, full-width forms and ASCII case make no difference; of a phone number digits count only, and +86, 0086 and 86 before a Chinese one say nothing';
