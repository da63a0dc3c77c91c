-- Planning an event in one call.

CREATE FUNCTION plan_event(
    name_en          text DEFAULT NULL,
    name_zh          text DEFAULT NULL,
    starts_at        timestamptz DEFAULT NULL,
    ends_at          timestamptz DEFAULT NULL,
    time_zone        text DEFAULT NULL,
    city_code        text DEFAULT NULL,
    venue_id         bigint DEFAULT NULL,
    series_id        bigint DEFAULT NULL,
    host_id          bigint DEFAULT NULL,
    planned_on_site  integer DEFAULT NULL,
    planned_online   integer DEFAULT NULL,
    needs            salon.bundle DEFAULT NULL,
    template_code    text DEFAULT 'salon',
    local_starts_at  timestamp DEFAULT NULL,
    local_ends_at    timestamp DEFAULT NULL
) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    new_id bigint;
    unknown text;
    zone text;
BEGIN
    PERFORM _known(EXISTS (SELECT FROM template t WHERE t.template_code = plan_event.template_code),
                   salon.say('template "%s" does not exist'), template_code, (SELECT format(salon.say('Choose one of: %s.'), string_agg(t.template_code, ', ' ORDER BY t.template_code)) FROM template t));
    PERFORM _known(city_code IS NULL OR EXISTS (SELECT FROM city c WHERE c.city_code = plan_event.city_code),
                   salon.say('city "%s" does not exist'), city_code, salon.say('Enter it in table city first.'));
    PERFORM _known(venue_id IS NULL OR EXISTS (SELECT FROM venue v WHERE v.venue_id = plan_event.venue_id),
                   salon.say('venue %s does not exist'), venue_id, salon.say('Enter it in table venue first.'));
    PERFORM _known(series_id IS NULL OR EXISTS (SELECT FROM series s WHERE s.series_id = plan_event.series_id),
                   salon.say('series %s does not exist'), series_id, salon.say('Enter it in table series first.'));
    PERFORM _known(host_id IS NULL OR EXISTS (SELECT FROM party p WHERE p.party_id = host_id),
                   salon.say('party %s does not exist'), host_id, salon.say('Enter the host in table party first.'));
    IF row_security_active('event') AND NOT _organizes_all() AND NOT EXISTS (
           SELECT FROM _my_access a WHERE a.level = 'organizer' AND a.party_id = host_id) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'insufficient_privilege',
            MESSAGE = salon.say('you plan events that your own party hosts'),
            HINT = format(salon.say('Give host_id: one of %s.'), (SELECT coalesce(string_agg(a.party_id::text, ', ' ORDER BY a.party_id), salon.say('none'))
                                                       FROM _my_access a WHERE a.level = 'organizer'));
    END IF;
    SELECT string_agg(format('"%s"', n.resource), ', ' ORDER BY n.resource)
    INTO unknown
    FROM salon.items(needs) n
    WHERE NOT EXISTS (SELECT FROM resource r WHERE r.resource_code = n.resource);
    IF unknown IS NOT NULL THEN
        RAISE EXCEPTION USING
            ERRCODE = 'foreign_key_violation',
            MESSAGE = format(salon.say('resource %s does not exist'), unknown),
            HINT = salon.say('Enter it in table resource first, or look there for the code that you mean.');
    END IF;

    IF num_nonnulls(starts_at, local_starts_at) = 2 OR num_nonnulls(ends_at, local_ends_at) = 2 THEN
        RAISE EXCEPTION USING
            ERRCODE = 'invalid_parameter_value',
            MESSAGE = salon.say('an event cannot begin or end both at a moment and at a local time'),
            HINT = salon.say('Give starts_at and ends_at, or local_starts_at and local_ends_at: times on the clock of its place.');
    END IF;
    zone := coalesce(time_zone, (SELECT v.time_zone FROM venue v WHERE v.venue_id = plan_event.venue_id), _space_time_zone());

    -- Until its host is entered, not even who makes it sees it: no RETURNING.
    new_id := nextval(pg_get_serial_sequence('event', 'event_id'));
    INSERT INTO event (event_id, series_id, template_code, status_code, name_en, name_zh, starts_at, ends_at, time_zone,
                       city_code, venue_id, planned_on_site, planned_online)
    VALUES (new_id, plan_event.series_id, plan_event.template_code, 'planned', plan_event.name_en, plan_event.name_zh,
            coalesce(plan_event.starts_at, _moment(local_starts_at, zone)), coalesce(plan_event.ends_at, _moment(local_ends_at, zone, 'end')), zone,
            coalesce(plan_event.city_code, (SELECT v.city_code FROM venue v WHERE v.venue_id = plan_event.venue_id)),
            plan_event.venue_id, plan_event.planned_on_site, plan_event.planned_online);

    IF host_id IS NOT NULL THEN
        INSERT INTO event_party (event_id, party_id, part_code) VALUES (new_id, host_id, 'host');
    END IF;

    INSERT INTO shift (event_id, duty_code, minimum, maximum)
    SELECT new_id, t.duty_code, t.minimum, t.maximum
    FROM template_duty t
    JOIN duty d USING (duty_code)
    WHERE t.template_code = plan_event.template_code AND _is_needed(t.needed_when, planned_on_site, planned_online)
    ORDER BY d.ordinal, d.duty_code;

    INSERT INTO event_duty (event_id, duty_code)
    SELECT new_id, t.duty_code
    FROM template_duty t
    JOIN duty d USING (duty_code)
    WHERE t.template_code = plan_event.template_code AND _is_needed(t.needed_when, planned_on_site, planned_online)
    ORDER BY d.ordinal, d.duty_code;

    -- What is asked for counts; of what is not asked, the template's.
    INSERT INTO demand (event_id, resource_code, quantity, priority, purpose)
    SELECT new_id, n.resource_code, n.quantity, n.priority, 'means'
    FROM (
        SELECT i.resource AS resource_code, i.quantity, coalesce(t.priority, 3) AS priority
        FROM salon.items(needs) i
        LEFT JOIN template_resource t ON t.template_code = plan_event.template_code
                                     AND t.direction = 'need' AND t.resource_code = i.resource
        UNION ALL
        SELECT t.resource_code, t.quantity, t.priority
        FROM template_resource t
        WHERE needs IS NULL AND t.template_code = plan_event.template_code AND t.direction = 'need'
          AND _is_needed(t.needed_when, planned_on_site, planned_online)
    ) n
    ORDER BY n.priority DESC, n.resource_code;

    INSERT INTO supply (event_id, resource_code, quantity, priority)
    SELECT new_id, t.resource_code, t.quantity, t.priority
    FROM template_resource t
    WHERE t.template_code = plan_event.template_code AND t.direction = 'offer'
      AND _is_needed(t.needed_when, planned_on_site, planned_online)
    ORDER BY t.priority DESC, t.resource_code;

    RETURN new_id;
END
$$;

COMMENT ON FUNCTION plan_event(text, text, timestamptz, timestamptz, text, text, bigint, bigint, bigint, integer, integer, salon.bundle, text, timestamp, timestamp) IS
'Plan an event: makes the event with the checklist of its template, its duties (nobody has them yet), its needs (those given as a bundle, else the template''s) and its offers, without what an event that is only online or only on site has no use for; local_starts_at and local_ends_at are times on the clock of its place; returns event_id. Errors: 23503 unknown template, city, venue, series, host or resource; 22023 a start or end given twice; 23514 times or headcount that cannot be';
