-- Planning an event in one call.

-- Duties, needs, offers and checks of a template that an event has not, without
-- what an event that is only online or only on site has no use for.
CREATE FUNCTION _bring_template(event_id bigint, template_code text, with_needs boolean) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
DECLARE
    e record;
    added bigint;
    number bigint;
BEGIN
    SELECT x.planned_on_site AS here, x.planned_online AS there INTO e FROM event x WHERE x.event_id = _bring_template.event_id;
    INSERT INTO shift (event_id, duty_code, minimum, maximum)
    SELECT _bring_template.event_id, t.duty_code, t.minimum, t.maximum
    FROM template_duty t
    JOIN duty d USING (duty_code)
    WHERE t.template_code = _bring_template.template_code AND _is_needed(t.needed_when, e.here, e.there)
      AND NOT EXISTS (SELECT FROM shift x WHERE x.event_id = _bring_template.event_id AND x.duty_code = t.duty_code)
    ORDER BY d.ordinal, d.duty_code;

    INSERT INTO event_duty (event_id, duty_code)
    SELECT _bring_template.event_id, t.duty_code
    FROM template_duty t
    JOIN duty d USING (duty_code)
    WHERE t.template_code = _bring_template.template_code AND _is_needed(t.needed_when, e.here, e.there)
      AND NOT EXISTS (SELECT FROM event_duty x WHERE x.event_id = _bring_template.event_id AND x.duty_code = t.duty_code)
    ORDER BY d.ordinal, d.duty_code;
    GET DIAGNOSTICS added = ROW_COUNT;

    INSERT INTO demand (event_id, resource_code, quantity, priority, purpose)
    SELECT _bring_template.event_id, t.resource_code, t.quantity, t.priority, 'means'
    FROM template_resource t
    WHERE with_needs AND t.template_code = _bring_template.template_code AND t.direction = 'need' AND _is_needed(t.needed_when, e.here, e.there)
      AND NOT EXISTS (SELECT FROM demand x WHERE x.event_id = _bring_template.event_id AND x.resource_code = t.resource_code)
    ORDER BY t.priority DESC, t.resource_code;
    GET DIAGNOSTICS number = ROW_COUNT;
    added := added + number;

    INSERT INTO supply (event_id, resource_code, quantity, priority)
    SELECT _bring_template.event_id, t.resource_code, t.quantity, t.priority
    FROM template_resource t
    WHERE t.template_code = _bring_template.template_code AND t.direction = 'offer' AND _is_needed(t.needed_when, e.here, e.there)
      AND NOT EXISTS (SELECT FROM supply x WHERE x.event_id = _bring_template.event_id AND x.resource_code = t.resource_code)
    ORDER BY t.priority DESC, t.resource_code;
    GET DIAGNOSTICS number = ROW_COUNT;
    added := added + number;

    INSERT INTO event_check (event_id, check_code, side)
    SELECT _bring_template.event_id, k.check_code, 'on_site'
    FROM check_kind k
    WHERE k.template_code = _bring_template.template_code AND _is_needed('on_site', e.here, e.there)
      AND NOT EXISTS (SELECT FROM event_check x WHERE x.event_id = _bring_template.event_id AND x.check_code = k.check_code)
    ORDER BY k.ordinal, k.check_code;
    GET DIAGNOSTICS number = ROW_COUNT;
    RETURN added + number;
END
$$;

COMMENT ON FUNCTION _bring_template(bigint, text, boolean) IS
'Gives an event what a template has and it has not: duties, needs if asked for, offers and checks; returns how many';

CREATE FUNCTION add_template(event_id bigint, template_code text) RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    PERFORM _known(EXISTS (SELECT FROM event e WHERE e.event_id = add_template.event_id), salon.say('event %s does not exist'), event_id);
    PERFORM _known(EXISTS (SELECT FROM template t WHERE t.template_code = add_template.template_code),
                   salon.say('template "%s" does not exist'), template_code, (SELECT format(salon.say('Choose one of: %s.'), string_agg(t.template_code, ', ' ORDER BY t.template_code)) FROM template t));
    IF EXISTS (SELECT FROM event e WHERE e.event_id = add_template.event_id AND (e.is_off OR e.is_closed)) THEN
        RAISE EXCEPTION USING
            ERRCODE = 'check_violation',
            MESSAGE = format(salon.say('event %s is cancelled or closed: nothing new is entered there'), event_id),
            HINT = salon.say('Plan the event anew first.');
    END IF;
    RETURN _bring_template(event_id, template_code, true);
END
$$;

COMMENT ON FUNCTION add_template(bigint, text) IS
'Give an event what another template has beside its own, such as health_codes: duties, needs, offers and checks at the door that it has not; its checklist stays that of its own template. Returns how many rows; twice is as once. Errors: 23503 no such event or template, 23514 the event is cancelled or closed / 给活动加上另一模板的内容';

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
    IF row_security_active('event'::regclass) AND NOT _organizes_all() AND NOT EXISTS (
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
    city_code := coalesce(city_code, (SELECT v.city_code FROM venue v WHERE v.venue_id = plan_event.venue_id));

    -- Until its host is entered, not even who makes it sees it: no RETURNING.
    new_id := nextval(pg_get_serial_sequence('event', 'event_id'));
    INSERT INTO event (event_id, series_id, template_code, status_code, name_en, name_zh, starts_at, ends_at, time_zone,
                       city_code, venue_id, planned_on_site, planned_online)
    VALUES (new_id, plan_event.series_id, plan_event.template_code, 'planned', plan_event.name_en, plan_event.name_zh,
            coalesce(plan_event.starts_at, _moment(local_starts_at, zone)), coalesce(plan_event.ends_at, _moment(local_ends_at, zone, 'end')), zone,
            plan_event.city_code,
            plan_event.venue_id, plan_event.planned_on_site, plan_event.planned_online);

    IF host_id IS NOT NULL THEN
        INSERT INTO event_party (event_id, party_id, part_code) VALUES (new_id, host_id, 'host');
    END IF;

    -- What is asked for counts; of what is not asked, the template's.
    INSERT INTO demand (event_id, resource_code, quantity, priority, purpose)
    SELECT new_id, i.resource, i.quantity, coalesce(t.priority, 3), 'means'
    FROM salon.items(needs) i
    LEFT JOIN template_resource t ON t.template_code = plan_event.template_code
                                 AND t.direction = 'need' AND t.resource_code = i.resource
    ORDER BY 4 DESC, i.resource;
    PERFORM _bring_template(new_id, template_code, needs IS NULL);

    RETURN new_id;
END
$$;

COMMENT ON FUNCTION plan_event(text, text, timestamptz, timestamptz, text, text, bigint, bigint, bigint, integer, integer, salon.bundle, text, timestamp, timestamp) IS
'Plan an event: makes the event with the checklist of its template, its duties (nobody has them yet), its needs (those given as a bundle, else the template''s) and its offers, without what an event that is only online or only on site has no use for; local_starts_at and local_ends_at are times on the clock of its place; returns event_id. Errors: 23503 unknown template, city, venue, series, host or resource; 22023 a start or end given twice; 23514 times or headcount that cannot be / 策划活动';
