-- QR codes, by libqrencode in a library of its own that only these load.

CREATE FUNCTION qr(value text, correction text DEFAULT 'M')
RETURNS text
LANGUAGE c IMMUTABLE STRICT PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME', 'salon_qr';

COMMENT ON FUNCTION qr(text, text) IS
'A text as QR code for a terminal, light on dark: psql -At shows what a phone reads; error correction is L, M, Q or H. Errors: 54000 too long; 22023 empty, or an unknown correction; 0A000 the extension was built without libqrencode / 终端二维码';

CREATE FUNCTION _qr_svg(value text, title text, correction text)
RETURNS text
LANGUAGE c IMMUTABLE PARALLEL SAFE COST 1000
AS 'MODULE_PATHNAME', 'salon_qr_svg';

COMMENT ON FUNCTION _qr_svg(text, text, text) IS 'As qr_svg, with a title that is escaped already';

CREATE FUNCTION qr_svg(value text, title text DEFAULT NULL, correction text DEFAULT 'M')
RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 1000
RETURN salon._qr_svg(value, salon.escape(title, 'xml'), correction);

COMMENT ON FUNCTION qr_svg(text, text, text) IS
'A text as QR code for a page: SVG of any size, with the margin that readers need and, if given, a title for who cannot see it; error correction is L, M, Q or H. Errors: 54000 too long; 22023 empty, or an unknown correction; 0A000 the extension was built without libqrencode / 二维码 SVG';

CREATE FUNCTION _draws_qr()
RETURNS boolean
LANGUAGE c STABLE PARALLEL SAFE COST 10
AS 'MODULE_PATHNAME', 'salon_draws_qr';

COMMENT ON FUNCTION _draws_qr() IS 'Whether this installation draws QR codes: for a page that does without';
