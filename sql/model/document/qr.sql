-- QR codes of what people come to an event by, and prove by: of its links, of
-- tickets, of certificates (C15).

CREATE FUNCTION link_qr(link_id bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 2000
SET search_path FROM CURRENT
AS $$
DECLARE
    l record;
BEGIN
    SELECT x.url, concat_ws(salon.say(': '), event_label(x.event_id), salon.label(k.name_en, k.name_zh, k.link_kind_code)) AS title
    INTO l
    FROM link x
    JOIN link_kind k USING (link_kind_code)
    WHERE x.link_id = link_qr.link_id AND x.url IS NOT NULL;
    PERFORM _known(FOUND, salon.say('there is no link %s with an address'), link_id, salon.say('SELECT link_id, event_id, link_kind_code, url FROM link shows the links.'));
    RETURN salon.qr_svg(l.url, l.title);
END
$$;

COMMENT ON FUNCTION link_qr(bigint) IS
'QR code (SVG) of a link of an event, such as its live stream or its group (C15). Errors: 23503 no such link that one sees, or it has no address; 0A000 the extension was built without libqrencode / 链接二维码';

CREATE FUNCTION ticket_qr(code text, page text DEFAULT '') RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 2000
SET search_path FROM CURRENT
AS $$
DECLARE
    registered bigint := _ticket_registration(code);
BEGIN
    RETURN salon.qr_svg(concat(page, lower(btrim(code))),
                        (SELECT concat_ws(salon.say(': '), event_label(r.event_id), salon.label('ticket', '电子票')) FROM registration r WHERE r.registration_id = registered));
END
$$;

COMMENT ON FUNCTION ticket_qr(text, text) IS
'QR code (SVG) of a ticket: its code after the address of the page on which organizers let it in, if there is one. Errors: 23503 no such ticket that one sees; 0A000 the extension was built without libqrencode / 电子票二维码';

CREATE FUNCTION certificate_qr(number text, page text DEFAULT '') RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 2000
SET search_path FROM CURRENT
AS $$
DECLARE
    title text := (SELECT coalesce(salon.label(c.name_en, c.name_zh), '') FROM certificate c WHERE c.number = certificate_qr.number);
BEGIN
    PERFORM _known(title IS NOT NULL, salon.say('there is no certificate "%s"'), left(number, 100), salon.say('View certificate_list shows the certificates.'));
    RETURN salon.qr_svg(concat(page, number), nullif(title, ''));
END
$$;

COMMENT ON FUNCTION certificate_qr(text, text) IS
'QR code (SVG) of a certificate: its number after the address of the page that verifies it, if there is one. Errors: 23503 no such certificate that one sees; 0A000 the extension was built without libqrencode / 证书二维码';
