-- Tickets: the code that a guest shows at the door, as text or as a QR code.
-- Who has the code of a seat can be let in by it and nothing else; the secret,
-- which cancels, is another.

ALTER TABLE registration ADD COLUMN ticket uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;

COMMENT ON COLUMN registration.ticket IS 'Code of its ticket, for all of its seats; nobody can guess it: left out, a random one';

CREATE VIEW ticket_list WITH (security_invoker) AS
SELECT r.event_id, event_label(r.event_id) AS event,
       r.side, _side_label(r.side) AS side_label,
       r.registration_id, n.seat::bigint AS seat, r.seats::bigint AS seats, r.ticket, r.ticket || '-' || n.seat AS code,
       (SELECT max(p.passed_at)
        FROM check_pass p
        JOIN event_check c ON c.event_check_id = p.event_check_id
        WHERE p.registration_id = r.registration_id AND p.seat = n.seat AND c.check_code = 'ticket') AS passed_at,
       event_date(r.event_id) AS held_on
FROM registration r
CROSS JOIN LATERAL _seat(r.seats) n (seat)
WHERE r.status_code = 'registered' AND NOT r.event_is_off;

COMMENT ON VIEW ticket_list IS 'Tickets: a code for each seat that somebody is registered for, by which it is let in (C13) / 电子票';
COMMENT ON COLUMN ticket_list.seat IS 'Number of the seat within the party';
COMMENT ON COLUMN ticket_list.seats IS 'Seats of the party';
COMMENT ON COLUMN ticket_list.ticket IS 'Code of all seats of the party: what a ticket is looked up by';
COMMENT ON COLUMN ticket_list.code IS 'Code of the seat, for check_in(code) and ticket_qr(code): that of the party and the number of the seat';
COMMENT ON COLUMN ticket_list.passed_at IS 'When it was let in by it; NULL: not yet';

-- NULL: it is no code.
CREATE FUNCTION _ticket(code text, OUT ticket uuid, OUT seat integer) RETURNS record
LANGUAGE sql IMMUTABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT m.part[1]::uuid, m.part[2]::integer
    FROM (SELECT regexp_match(lower(btrim(code)), '^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:-([1-9][0-9]{0,6}))?$') AS part) m;
END;

COMMENT ON FUNCTION _ticket(text) IS 'The two parts of a code of a ticket: whose it is, and which seat; NULL: all of its seats, or no code';

CREATE FUNCTION _ticket_registration(code text) RETURNS bigint
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
DECLARE
    known bigint := (SELECT r.registration_id FROM _ticket(code) t JOIN registration r ON r.ticket = t.ticket AND (t.seat <= r.seats) IS NOT FALSE);
BEGIN
    PERFORM _known(known IS NOT NULL, salon.say('there is no ticket "%s"'), left(code, 100), salon.say('View ticket_list shows the tickets.'));
    RETURN known;
END
$$;

COMMENT ON FUNCTION _ticket_registration(text) IS 'The registration that a ticket is of; refuses with 23503 a code of none that one sees';

CREATE FUNCTION check_in(code text) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN check_in(_ticket_registration(code), 'ticket', (SELECT t.seat FROM _ticket(code) t));
END
$$;

COMMENT ON FUNCTION check_in(text) IS
'Let a seat in by the code of its ticket, or by that of the whole party all its seats that are not in: they pass check ticket; returns how many. Errors: 23503 no such ticket at an event that one organizes, or the event has no check ticket; 23505 it was used already; 23514 not registered / 扫码签到';
