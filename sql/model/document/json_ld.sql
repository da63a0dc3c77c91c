-- An event for search engines and whatever else reads pages: JSON-LD of
-- schema.org.

CREATE FUNCTION _ld_party(party_id bigint) RETURNS json
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN (SELECT json_build_object(
                       '@type', CASE p.kind WHEN 'person' THEN 'Person' ELSE 'Organization' END,
                       'name', salon.escape(_party_label(p.party_id, p.name_en, p.name_zh), 'text'),
                       'url', salon.escape(p.website, 'uri'))
            FROM party p
            WHERE p.party_id = _ld_party.party_id);
END
$$;

COMMENT ON FUNCTION _ld_party(bigint) IS 'A party as JSON-LD has it; NULL: none that one sees';

-- PL/pgSQL keeps the plan.
CREATE FUNCTION json_ld(event_id bigint) RETURNS json
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    document json;
    offers json;
BEGIN
    PERFORM _document_event(event_id);
    SELECT json_agg(json_build_object(
               '@type', 'Offer',
               'name', _side_label(s.side),
               'url', (SELECT salon.escape(l.url, 'uri') FROM link l WHERE l.event_id = s.event_id AND l.link_kind_code = 'registration' AND l.url IS NOT NULL ORDER BY l.link_id LIMIT 1),
               'availability', CASE WHEN p.free = 0 THEN 'https://schema.org/SoldOut' ELSE 'https://schema.org/InStock' END,
               'inventoryLevel', CASE WHEN p.free IS NOT NULL THEN json_build_object('@type', 'QuantitativeValue', 'value', p.free) END) ORDER BY s.side = 'online')
    INTO offers
    FROM seating s
    CROSS JOIN LATERAL _places(s.event_is_off, s.capacity, s.taken) p
    WHERE s.event_id = json_ld.event_id AND s.is_open AND NOT s.event_is_off;
    SELECT json_strip_nulls(json_build_object(
        '@context', 'https://schema.org',
        '@type', 'Event',
        '@id', 'urn:uuid:' || e.uid,
        'name', salon.escape(_event_label(e.event_id, e.name_en, e.name_zh), 'text'),
        'description', salon.escape(e.introduction, 'text'),
        'url', (SELECT salon.escape(c.url, 'uri') FROM calendar_entry c WHERE c.event_id = e.event_id AND c.kind_code = 'event'),
        'inLanguage', salon.lang(),
        'startDate', _schedule_time(e.starts_at, e.time_zone),
        'endDate', _schedule_time(e.ends_at, e.time_zone),
        'eventStatus', CASE WHEN e.is_off THEN 'https://schema.org/EventCancelled' ELSE 'https://schema.org/EventScheduled' END,
        'eventAttendanceMode', CASE WHEN e.planned_on_site = 0 THEN 'https://schema.org/OnlineEventAttendanceMode'
                                    WHEN e.planned_on_site > 0 AND e.planned_online > 0 THEN 'https://schema.org/MixedEventAttendanceMode'
                                    WHEN e.planned_on_site > 0 AND e.planned_online = 0 THEN 'https://schema.org/OfflineEventAttendanceMode' END,
        'location', (SELECT json_agg(v.place ORDER BY v.n) FROM (VALUES
            (1, CASE WHEN e.planned_on_site IS DISTINCT FROM 0 THEN coalesce(
                    (SELECT json_build_object('@type', 'Place', 'name', salon.escape(v.name, 'text'),
                                              'address', nullif(concat_ws(salon.say(', '), salon.escape(v.address, 'text'),
                                                                          (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c WHERE c.city_code = coalesce(v.city_code, e.city_code))), ''))
                     FROM venue v WHERE v.venue_id = e.venue_id),
                    (SELECT json_build_object('@type', 'Place', 'name', salon.label(c.name_en, c.name_zh, c.city_code)) FROM city c WHERE c.city_code = e.city_code)) END),
            (2, CASE WHEN e.planned_online > 0 THEN
                    (SELECT json_build_object('@type', 'VirtualLocation', 'url', salon.escape(l.url, 'uri'))
                     FROM link l WHERE l.event_id = e.event_id AND l.session_id IS NULL AND l.link_kind_code = 'live' AND l.url IS NOT NULL
                     ORDER BY l.link_id LIMIT 1) END)) v (n, place)
            WHERE v.place IS NOT NULL),
        'organizer', (SELECT json_agg(_ld_party(x.party_id) ORDER BY x.part_code DESC, x.event_party_id)
                      FROM event_party x JOIN party p ON p.party_id = x.party_id
                      WHERE x.event_id = e.event_id AND x.part_code IN ('host', 'co_organizer')),
        'sponsor', (SELECT json_agg(_ld_party(x.party_id) ORDER BY t.ordinal, x.event_party_id)
                    FROM event_party x JOIN part t ON t.part_code = x.part_code JOIN party p ON p.party_id = x.party_id
                    WHERE x.event_id = e.event_id AND t.is_sponsor),
        'performer', (SELECT json_agg(_ld_party(k.person_id) ORDER BY k.speaker_id)
                      FROM (SELECT k.person_id, min(k.speaker_id) AS speaker_id FROM speaker k
                            WHERE k.event_id = e.event_id AND NOT k.is_declined GROUP BY k.person_id) k
                      JOIN party p ON p.party_id = k.person_id),
        'superEvent', (SELECT json_build_object('@type', 'EventSeries', 'name', salon.escape(salon.label(s.name_en, s.name_zh), 'text'), 'description', salon.escape(s.introduction, 'text'))
                       FROM series s WHERE s.series_id = e.series_id),
        'subEvent', (SELECT json_agg(json_build_object('@type', 'Event', '@id', 'urn:uuid:' || c.uid, 'name', salon.escape(c.title, 'text'), 'description', salon.escape(c.description, 'text'),
                                                       'startDate', _schedule_time(c.starts_at, e.time_zone), 'endDate', _schedule_time(c.ends_at, e.time_zone),
                                                       'performer', (SELECT json_agg(_ld_party(k.person_id) ORDER BY k.speaker_id)
                                                                     FROM speaker k JOIN party p ON p.party_id = k.person_id
                                                                     WHERE k.session_id = c.session_id AND NOT k.is_declined))
                                     ORDER BY c.starts_at, c.session_id)
                     FROM calendar_entry c WHERE c.event_id = e.event_id AND c.kind_code = 'session'),
        'offers', offers))
    INTO document
    FROM event e
    WHERE e.event_id = json_ld.event_id AND e.starts_at IS NOT NULL;
    RETURN salon.escape(document::text, 'script')::json;
END
$$;

COMMENT ON FUNCTION json_ld(bigint) IS
'An event as JSON-LD of schema.org, in the language of salon.lang, as it may stand in a script element of a page; NULL: it has no times yet. Errors: 23503 no such event that one sees / 结构化数据';
