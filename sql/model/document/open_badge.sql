-- A certificate as a badge that other programs keep and show: Open Badges 2.0
-- and 3.0 of 1EdTech.  It says what verify_certificate says, and no more.

CREATE FUNCTION _badge_time(day date, time_zone text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN to_char(day::timestamp AT TIME ZONE time_zone AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"');

COMMENT ON FUNCTION _badge_time(date, text) IS 'The begin of a day on a clock, as badges have it: in UTC';

-- No error where the number is unknown: it would take back that it was counted.
CREATE FUNCTION open_badge(number text, version text DEFAULT '3.0', page text DEFAULT NULL) RETURNS json
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    v _verification;
    zone text := (SELECT s.time_zone FROM space s);
    id text;
    name text;
    description text;
    issuer text;
    issuer_url text;
    -- a badge of 2.0 has a picture
    picture constant text := 'data:image/svg+xml;base64,' || replace(encode(convert_to(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><circle cx="32" cy="32" r="30" fill="#1f5fa8"/><path d="M18 33l10 10 18-20" fill="none" stroke="#fff" stroke-width="6"/></svg>', 'UTF8'), 'base64'), E'\n', '');
BEGIN
    IF (version IN ('2.0', '3.0')) IS NOT TRUE THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = format(salon.say('version cannot be %s'), coalesce('"' || version || '"', 'NULL')),
            HINT = salon.say('2.0: Assertion, hosted at a page; 3.0: OpenBadgeCredential, not signed.');
    ELSIF page !~ '^https?://[^[:space:]]+$' OR (version = '2.0' AND page IS NULL) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = salon.say('a badge is hosted at an address'),
            HINT = salon.say('page is an address that begins with http:// or https://, after which the number stands: 2.0 needs one.');
    END IF;
    INSERT INTO _verification AS x (number) VALUES (open_badge.number) RETURNING x.* INTO v;
    IF v.state_code IN ('malformed', 'unknown') THEN
        RETURN NULL;
    END IF;
    id := coalesce(salon.escape(page, 'uri') || v.number, 'urn:uuid:' || md5(v.number)::uuid);
    name := salon.escape(v.certificate, 'text');
    description := salon.escape(coalesce(v.introduction, v.kind || salon.say(': ') || v.certificate), 'text');
    issuer := salon.escape(v.issuer, 'text');
    issuer_url := salon.escape(coalesce(v.issuer_url, v.website), 'uri');
    IF version = '2.0' AND v.state_code = 'revoked' THEN
        RETURN json_build_object('@context', 'https://w3id.org/openbadges/v2', 'type', 'Assertion', 'id', id, 'revoked', true);
    ELSIF version = '2.0' THEN
        RETURN json_strip_nulls(json_build_object(
            '@context', 'https://w3id.org/openbadges/v2',
            'type', 'Assertion',
            'id', id,
            'recipient', CASE WHEN v.recipient IS NULL THEN json_build_object('type', 'id', 'hashed', false, 'identity', 'urn:uuid:' || md5(v.number)::uuid)
                              ELSE json_build_object('type', 'email', 'hashed', true, 'salt', v.number, 'identity', 'sha256$' || v.recipient) END,
            'badge', json_build_object(
                'type', 'BadgeClass', 'id', id || '#badge', 'name', name, 'description', description, 'image', picture,
                'criteria', json_build_object('id', salon.escape(v.website, 'uri'), 'narrative', description),
                'issuer', json_build_object('type', 'Issuer', 'id', id || '#issuer', 'name', issuer, 'url', coalesce(issuer_url, salon.escape(page, 'uri')))),
            'verification', json_build_object('type', 'hosted'),
            'issuedOn', _badge_time(v.issued_on, zone),
            'expires', _badge_time(v.expires_on, zone)));
    END IF;
    RETURN json_strip_nulls(json_build_object(
        '@context', json_build_array('https://www.w3.org/ns/credentials/v2', 'https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json'),
        'id', id,
        'type', json_build_array('VerifiableCredential', 'OpenBadgeCredential'),
        'name', name,
        'issuer', json_build_object('id', coalesce(issuer_url, id || '#issuer'), 'type', json_build_array('Profile'), 'name', issuer, 'url', issuer_url),
        'validFrom', _badge_time(v.issued_on, zone),
        -- from when it was revoked it is valid no more
        'validUntil', _badge_time(least(v.expires_on, CASE WHEN v.revoked_on IS NOT NULL THEN greatest(v.revoked_on, v.issued_on) END), zone),
        'credentialSubject', json_build_object(
            'type', json_build_array('AchievementSubject'),
            'id', CASE WHEN v.recipient IS NULL THEN 'urn:uuid:' || md5(v.number)::uuid END,
            'identifier', CASE WHEN v.recipient IS NOT NULL THEN json_build_array(json_build_object(
                              'type', 'IdentityObject', 'hashed', true, 'identityHash', 'sha256$' || v.recipient, 'identityType', 'emailAddress', 'salt', v.number)) END,
            'achievement', json_build_object(
                'id', id || '#achievement', 'type', json_build_array('Achievement'), 'name', name, 'description', description,
                'achievementType', CASE v.kind_code WHEN 'certification' THEN 'Certification' END,
                'criteria', json_build_object('id', salon.escape(v.website, 'uri'), 'narrative', description)))));
END
$$;

COMMENT ON FUNCTION open_badge(text, text, text) IS
'A certificate as Open Badges: 2.0, an Assertion hosted at page followed by its number, or 3.0, an OpenBadgeCredential that is not signed; whose it is as a hash of the e-mail address, where the holder allows it. For everybody who has the number; NULL: it is unknown; writes, where it is. Errors: 22023 another version, no address; 53400 too many unknown numbers in an hour / 开放徽章';
