-- What everybody may see of events: for the pages and applications of a
-- community.  These views show the same to all, the owner among them, whatever
-- else they may read.

-- What becomes of an event that was announced does not stay secret; its venue,
-- its parties and the reason do.
CREATE VIEW _called_off WITH (security_barrier) AS
SELECT e.event_id, e.name_en, e.name_zh, e.introduction, e.starts_at, e.ends_at, e.time_zone, e.city_code
FROM event e
WHERE e.is_off AND e.is_public;

COMMENT ON VIEW _called_off IS 'Events that were announced and then cancelled. Not security_invoker: everybody knew of them, and hears that they are off';
COMMENT ON COLUMN _called_off.time_zone IS 'IANA time zone of the place';
COMMENT ON COLUMN _called_off.introduction IS 'Introduction, as shown to the public';

-- Of pictures for other events not everybody knows.
CREATE FUNCTION _public_picture(party_id bigint, event_id bigint, asset_kind_code text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
BEGIN
    RETURN (SELECT a.url
            FROM asset a
            WHERE a.party_id = _public_picture.party_id AND a.asset_kind_code = _public_picture.asset_kind_code
              AND a.state = 'published' AND a.url IS NOT NULL AND a.product_id IS NULL AND a.session_id IS NULL
              AND (a.event_id IS NULL OR a.event_id = _public_picture.event_id) AND a.background IS DISTINCT FROM 'dark'
            ORDER BY a.event_id IS NULL, a.asset_id DESC
            LIMIT 1);
END
$$;

COMMENT ON FUNCTION _public_picture(bigint, bigint, text) IS
'Address of the published photo or logo of a party that everybody may see at an event: one for that event, else the newest; NULL: none';

-- What belongs to a row is looked up by its key, and only where it is asked for:
-- policies tell the planner nothing of how few rows there are.
CREATE VIEW public_event WITH (security_invoker) AS
SELECT e.event_id, _event_label(e.event_id, e.name_en, e.name_zh) AS event, _event_date(e.starts_at, e.time_zone) AS held_on,
       e.status_code, _status_label('event', e.status_code) AS status, e.status_code = 'cancelled' AS is_cancelled, e.ends_at <= now() AS is_over,
       e.series_id, (SELECT salon.label(s.name_en, s.name_zh) FROM series s WHERE s.series_id = e.series_id) AS series,
       e.introduction, e.starts_at, e.ends_at, e.time_zone, _clock_span(e.starts_at, e.ends_at, e.time_zone) AS local_time,
       e.city_code, (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c WHERE c.city_code = e.city_code) AS city,
       e.venue_id, (SELECT v.name FROM venue v WHERE v.venue_id = e.venue_id) AS venue, (SELECT v.address FROM venue v WHERE v.venue_id = e.venue_id) AS address,
       h.party_id AS organizer_id, party_label(h.party_id) AS organizer, (SELECT p.website FROM party p WHERE p.party_id = h.party_id) AS organizer_url,
       (SELECT l.url FROM link l WHERE l.event_id = e.shown_id AND l.link_kind_code = 'page' AND l.session_id IS NULL AND l.url IS NOT NULL ORDER BY l.link_id LIMIT 1) AS url,
       (SELECT l.url FROM link l WHERE l.event_id = e.shown_id AND l.link_kind_code = 'live' AND l.session_id IS NULL AND l.url IS NOT NULL ORDER BY l.link_id LIMIT 1) AS live_url,
       coalesce(e.status_code = 'announced' AND e.ends_at > now() AND o.is_open, false) AS on_site_is_open, (SELECT p.free FROM _places(false, o.capacity, o.taken) p) AS on_site_free, o.waiting AS on_site_waiting,
       coalesce(e.status_code = 'announced' AND e.ends_at > now() AND n.is_open, false) AS online_is_open, (SELECT p.free FROM _places(false, n.capacity, n.taken) p) AS online_free, n.waiting AS online_waiting
FROM (
    SELECT e.event_id, e.event_id AS shown_id, e.status_code, e.series_id, e.name_en, e.name_zh, e.introduction, e.starts_at, e.ends_at, e.time_zone, e.city_code, e.venue_id
    FROM event e
    WHERE e.took_place OR e.status_code = 'announced'
    UNION ALL
    SELECT x.event_id, NULL, 'cancelled', NULL, x.name_en, x.name_zh, x.introduction, x.starts_at, x.ends_at, x.time_zone, x.city_code, NULL
    FROM _called_off x) e
LEFT JOIN LATERAL (SELECT y.party_id FROM event_party y WHERE y.event_id = e.shown_id AND y.part_code = 'host' ORDER BY y.event_party_id LIMIT 1) h ON true
LEFT JOIN seating o ON o.event_id = e.shown_id AND o.side = 'on_site'
LEFT JOIN seating n ON n.event_id = e.shown_id AND n.side = 'online';

COMMENT ON VIEW public_event IS 'Events as everybody may see them: announced and later ones, and those that were called off since; the same for all / 公开活动';
COMMENT ON COLUMN public_event.status_code IS 'announced, held, recapped or cancelled';
COMMENT ON COLUMN public_event.is_cancelled IS 'Whether it was called off: then only name, introduction, times and city are told';
COMMENT ON COLUMN public_event.is_over IS 'Whether its time is over';
COMMENT ON COLUMN public_event.series_id IS 'The series; NULL: none';
COMMENT ON COLUMN public_event.introduction IS 'Introduction; NULL: none';
COMMENT ON COLUMN public_event.time_zone IS 'IANA time zone of the place';
COMMENT ON COLUMN public_event.local_time IS 'From when to when, on the clock of the place';
COMMENT ON COLUMN public_event.organizer_id IS 'Who hosts the event: the first, if several do; NULL: not known';
COMMENT ON COLUMN public_event.organizer IS 'Label of who hosts the event';
COMMENT ON COLUMN public_event.organizer_url IS 'Home page of who hosts the event; NULL: not known';
COMMENT ON COLUMN public_event.venue IS 'Name of the venue; NULL: not known';
COMMENT ON COLUMN public_event.address IS 'Address of the venue; NULL: not known';
COMMENT ON COLUMN public_event.url IS 'Page of the event; NULL: none';
COMMENT ON COLUMN public_event.live_url IS 'Where it is seen live; NULL: nowhere, or not known yet';
COMMENT ON COLUMN public_event.on_site_is_open IS 'Whether one can register for it on site; without a free seat one waits';
COMMENT ON COLUMN public_event.on_site_free IS 'Free seats on site; NULL: no limit, or one cannot register';
COMMENT ON COLUMN public_event.on_site_waiting IS 'Seats that those ask for who wait for one on site; NULL: one cannot register';
COMMENT ON COLUMN public_event.online_is_open IS 'Whether one can register for it online';
COMMENT ON COLUMN public_event.online_free IS 'Free seats online; NULL: no limit, or one cannot register';
COMMENT ON COLUMN public_event.online_waiting IS 'Seats that those ask for who wait for one online; NULL: one cannot register';

CREATE VIEW public_agenda WITH (security_invoker) AS
SELECT e.event_id, _event_label(e.event_id, e.name_en, e.name_zh) AS event, _event_date(e.starts_at, e.time_zone) AS held_on,
       n.session_id, session_label(n.session_id) AS title,
       n.format_code, (SELECT salon.label(f.name_en, f.name_zh, f.format_code) FROM session_format f WHERE f.format_code = n.format_code) AS format, n.abstract,
       n.starts_at, n.ends_at, _clock_span(n.starts_at, n.ends_at, e.time_zone) AS local_time,
       n.room_id, (SELECT r.name FROM room r
        WHERE r.room_id = n.room_id AND EXISTS (SELECT FROM event o WHERE o.venue_id = r.venue_id AND (o.took_place OR o.status_code = 'announced'))) AS room,
       (SELECT string_agg(party_label(k.person_id), salon.say(', ') ORDER BY k.speaker_id) FROM speaker k WHERE k.session_id = n.session_id AND NOT k.is_declined) AS speakers,
       EXISTS (SELECT FROM session_seating g WHERE g.session_id = n.session_id) AS is_booked,
       (SELECT p.free FROM session_seating g CROSS JOIN LATERAL _places(false, g.capacity, g.booked) p WHERE g.session_id = n.session_id) AS free
FROM event e
CROSS JOIN LATERAL (SELECT n.session_id, n.format_code, n.abstract, n.starts_at, n.ends_at, n.room_id FROM session n WHERE n.event_id = e.event_id OFFSET 0) n
WHERE e.took_place OR e.status_code = 'announced';

COMMENT ON VIEW public_agenda IS 'Sessions of events as everybody may see them: ORDER BY starts_at, room_id; the same for all / 公开议程';
COMMENT ON COLUMN public_agenda.title IS 'Title of the session, or its format';
COMMENT ON COLUMN public_agenda.abstract IS 'What it is about';
COMMENT ON COLUMN public_agenda.starts_at IS 'Start; NULL: not known yet';
COMMENT ON COLUMN public_agenda.ends_at IS 'End; NULL: not known yet';
COMMENT ON COLUMN public_agenda.local_time IS 'From when to when, on the clock of the place';
COMMENT ON COLUMN public_agenda.room_id IS 'The room; NULL: not known yet';
COMMENT ON COLUMN public_agenda.room IS 'Name of the room';
COMMENT ON COLUMN public_agenda.speakers IS 'Who speaks; who declined does not; NULL: nobody';
COMMENT ON COLUMN public_agenda.is_booked IS 'Whether one needs a place of its own there: see session_place';
COMMENT ON COLUMN public_agenda.free IS 'Places that are left there; NULL: no limit, or none is needed';

CREATE VIEW public_speaker WITH (security_invoker) AS
SELECT e.event_id, _event_label(e.event_id, e.name_en, e.name_zh) AS event, _event_date(e.starts_at, e.time_zone) AS held_on,
       k.session_id, session_label(k.session_id) AS title, k.speaker_id, k.person_id, party_label(k.person_id) AS speaker,
       (SELECT p.introduction FROM party p WHERE p.party_id = k.person_id) AS introduction, (SELECT p.website FROM party p WHERE p.party_id = k.person_id) AS website,
       _public_picture(k.person_id, e.event_id, 'photo') AS photo_url
FROM event e
CROSS JOIN LATERAL (SELECT n.session_id FROM session n WHERE n.event_id = e.event_id OFFSET 0) n
CROSS JOIN LATERAL (SELECT k.session_id, k.speaker_id, k.person_id FROM speaker k WHERE k.session_id = n.session_id AND NOT k.is_declined OFFSET 0) k
WHERE e.took_place OR e.status_code = 'announced';

COMMENT ON VIEW public_speaker IS 'Who speaks in which session, as everybody may see it; the same for all / 公开讲师';
COMMENT ON COLUMN public_speaker.title IS 'Title of the session, or its format';
COMMENT ON COLUMN public_speaker.speaker_id IS 'Key: who speaks in two sessions has two rows';
COMMENT ON COLUMN public_speaker.person_id IS 'The speaker';
COMMENT ON COLUMN public_speaker.speaker IS 'Name of the speaker';
COMMENT ON COLUMN public_speaker.introduction IS 'Introduction; NULL: none';
COMMENT ON COLUMN public_speaker.website IS 'Home page; NULL: none';
COMMENT ON COLUMN public_speaker.photo_url IS 'Published photo; NULL: none';

CREATE VIEW public_logo WITH (security_invoker) AS
SELECT e.event_id, _event_label(e.event_id, e.name_en, e.name_zh) AS event, _event_date(e.starts_at, e.time_zone) AS held_on,
       y.part_code, salon.label(t.name_en, t.name_zh, t.part_code) AS part, t.ordinal::bigint AS part_ordinal, t.is_sponsor,
       y.party_id, party_label(y.party_id) AS party, (SELECT p.website FROM party p WHERE p.party_id = y.party_id) AS website,
       CASE WHEN (SELECT b.is_shown FROM brand b WHERE b.party_id = y.party_id) IS NOT FALSE
            THEN _public_picture(y.party_id, e.event_id, 'logo') END AS logo_url
FROM event e
CROSS JOIN LATERAL (SELECT y.part_code, y.party_id FROM event_party y WHERE y.event_id = e.event_id OFFSET 0) y
JOIN part t ON t.part_code = y.part_code
WHERE (e.took_place OR e.status_code = 'announced')
  AND (SELECT p.kind FROM party p WHERE p.party_id = y.party_id) = 'organization';

COMMENT ON VIEW public_logo IS 'Organizations with a part at each event and their logos, as everybody may see them: ORDER BY part_ordinal, party_id; the same for all / 公开LOGO';
COMMENT ON COLUMN public_logo.part_code IS 'The part it plays';
COMMENT ON COLUMN public_logo.part_ordinal IS 'Order of the part in lists';
COMMENT ON COLUMN public_logo.is_sponsor IS 'Whether it is a sponsor';
COMMENT ON COLUMN public_logo.party_id IS 'The organization: who has two parts has two rows';
COMMENT ON COLUMN public_logo.party IS 'Name of the organization';
COMMENT ON COLUMN public_logo.website IS 'Home page; NULL: none';
COMMENT ON COLUMN public_logo.logo_url IS 'Published logo for light backgrounds; NULL: none, or it may not be shown';
