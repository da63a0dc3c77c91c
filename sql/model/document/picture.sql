-- Pictures as SVG, in the language of salon.lang: of what the views say, for who
-- may read those.  How they are drawn stands in piece svg of the extension.
-- PL/pgSQL keeps the plans.

CREATE FUNCTION _svg_amount(amount numeric) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN rtrim(to_char(amount, 'FM999,999,999,999,999,990.##'), '.');

COMMENT ON FUNCTION _svg_amount(numeric) IS 'A number as a picture has it, in groups of three digits';

CREATE FUNCTION poster_svg(event_id bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    e record;
    title text[];
    words text[];
    size double precision;
    body text;
    y double precision;
    room double precision;
    step double precision;
    n bigint;
    more bigint;
    part record;
BEGIN
    PERFORM _document_event(event_id);
    SELECT c.series, c.url, x.starts_at, x.ends_at, x.time_zone, x.is_off, x.introduction,
           coalesce(nullif(salon._svg_plain(_event_label(x.event_id, x.name_en, x.name_zh)), ''), _event_label(x.event_id, NULL, NULL)) AS label, _status_label('event', 'cancelled') AS cancelled,
           coalesce(_clock_span(x.starts_at, x.ends_at, x.time_zone), salon.label('The time is not known yet', '时间待定')) AS held,
           coalesce(c.place, (SELECT salon.label(v.name_en, v.name_zh, v.city_code) FROM city v WHERE v.city_code = x.city_code), salon.label('The place is not known yet', '地点待定')) AS held_in
    INTO e
    FROM event x
    LEFT JOIN calendar_entry c ON c.event_id = x.event_id AND c.kind_code = 'event'
    WHERE x.event_id = poster_svg.event_id;

    -- the title as large as it has room in four lines
    FOREACH size IN ARRAY ARRAY[60, 50, 42, 34] LOOP
        title := salon._svg_wrap(e.label, 690 / size / 1.13, 4);
        EXIT WHEN cardinality(title) <= CASE size WHEN 60 THEN 2 WHEN 50 THEN 3 ELSE 4 END AND right(title[cardinality(title)], 1) <> '…';
    END LOOP;
    y := 128 + cardinality(title) * size * 1.2;
    body := salon._svg_rect('band', 0, 0, 800, y + 128)
            || format('<path class="arc" d="M800 0H600A200 200 0 0 0 800 200Z"/><path class="band" d="M800 0H690A110 110 0 0 0 800 110Z"/>%s<path class="arc" d="M0 %2$s H190A190 190 0 0 0 0 %3$sZ"/>', E'\n',
                      salon._svg_number(y + 128), salon._svg_number(y - 62))
            || salon._svg_text('white', 56, 84, 20, coalesce(e.series, (SELECT salon.label(s.name_en, s.name_zh) FROM space s)), 520)
            || salon._svg_lines('b-white', 56, 96 + size * 1.05, size, title, 1.2)
            || salon._svg_text('b-white', 56, y + 42, 23, e.held, 688)
            || salon._svg_text('white', 56, y + 82, 21, e.held_in, 688);
    y := y + 128;
    IF e.is_off THEN
        body := body || salon._svg_rect('red', 0, y, 800, 56) || salon._svg_text('b-on', 400, y + 37, 24, e.cancelled, 688, 'middle');
        y := y + 56;
    END IF;
    y := y + 48;
    words := salon._svg_wrap(e.introduction, 688 / 18.0, 5);
    IF words <> '{}' THEN
        body := body || salon._svg_lines('ink', 56, y, 18, words, 1.5);
        y := y + cardinality(words) * 27 + 22;
    END IF;

    -- who takes part stands at the bottom, the agenda has what is left
    room := CASE WHEN e.url IS NULL THEN 1131 - 40 ELSE 1131 - 68 END;
    FOR part IN
        SELECT q.part, q.parties
        FROM (SELECT salon.label(t.name_en, t.name_zh, t.part_code) AS part, string_agg(_party_label(p.party_id, p.name_en, p.name_zh), salon.say(', ') ORDER BY x.event_party_id) AS parties,
                     row_number() OVER (ORDER BY CASE t.part_code WHEN 'host' THEN 1 WHEN 'co_organizer' THEN 2 ELSE 3 END, t.ordinal, t.part_code) AS row
              FROM event_party x
              JOIN part t ON t.part_code = x.part_code
              JOIN party p ON p.party_id = x.party_id
              WHERE x.event_id = poster_svg.event_id
              GROUP BY t.part_code, t.name_en, t.name_zh, t.ordinal) q
        WHERE q.row <= 8
        ORDER BY q.row DESC
    LOOP
        room := room - 30;
        body := body || salon._svg_text('soft', 56, room + 22, 15, part.part, 166) || salon._svg_text('ink', 236, room + 22, 16, part.parties, 508);
    END LOOP;
    IF part.part IS NOT NULL THEN
        body := body || salon._svg_line('line', 56, room - 6, 744, room - 6);
    END IF;
    IF e.url IS NOT NULL THEN
        body := body || salon._svg_text('blue', 56, 1131 - 28, 16, e.url, 688);
    END IF;

    SELECT count(*) INTO n FROM calendar_entry c WHERE c.event_id = poster_svg.event_id AND c.kind_code = 'session';
    IF n > 0 THEN
        body := body || salon._svg_text('b-blue', 56, y + 6, 20, salon.label('Agenda', '议程'));
        y := y + 22;
        more := greatest(n - greatest(floor((room - 24 - y) / 42), 1), 0);
        IF more > 0 THEN
            more := more + 1;
        END IF;
        step := least(50, greatest(42, (room - 24 - y) / n));
        body := body || (
            SELECT coalesce(string_agg(salon._svg_text('b-soft', 56, y + step * r.row - 18, 16, r.at, 118)
                                       || salon._svg_text('b-ink', 180, y + step * r.row - CASE WHEN r.speakers IS NULL THEN 18 ELSE 27 END, 17, r.title, 564)
                                       || salon._svg_text('soft', 180, y + step * r.row - 8, 14, r.speakers, 564), '' ORDER BY r.row), '')
            FROM (SELECT row_number() OVER (ORDER BY c.starts_at, c.session_id) AS row, c.title, c.speakers,
                         _clock(c.starts_at, e.time_zone, CASE WHEN (e.starts_at AT TIME ZONE e.time_zone)::date = (e.ends_at AT TIME ZONE e.time_zone)::date THEN 'HH24:MI' ELSE 'MM-DD HH24:MI' END) AS at
                  FROM calendar_entry c
                  WHERE c.event_id = poster_svg.event_id AND c.kind_code = 'session') r
            WHERE r.row <= n - more)
            || CASE WHEN more > 0 THEN salon._svg_text('soft', 180, y + step * (n - more + 1) - 18, 15, format(salon.say('and %s more'), more)) ELSE '' END;
    ELSE
        body := body || salon._svg_text('soft', 56, y + 6, 18, salon.label('The agenda is not known yet', '议程待定'));
    END IF;
    RETURN salon._svg_frame(800, 1131, e.label, concat_ws(salon.say(', '), CASE WHEN e.is_off THEN e.cancelled END, e.held, e.held_in), body);
END
$$;

COMMENT ON FUNCTION poster_svg(bigint) IS
'The poster of an event as SVG: when, where, what about, agenda, who takes part. Errors: 23503 no such event that one sees / 海报';

CREATE FUNCTION logo_wall_svg(placement_code text) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    most CONSTANT integer := 120; -- of a section
    w record;
    body text;
    bottom double precision;
    n bigint;
BEGIN
    SELECT p.background, v.title, CASE p.orientation WHEN 'landscape' THEN 1200 WHEN 'portrait' THEN 800 ELSE 1000 END AS width,
           CASE p.orientation WHEN 'landscape' THEN 4 WHEN 'portrait' THEN 2 ELSE 3 END AS columns
    INTO w
    FROM placement p
    CROSS JOIN LATERAL (SELECT concat_ws(salon.say(': '), (SELECT salon.label(s.name_en, s.name_zh) FROM space s), salon.label(p.name_en, p.name_zh, p.placement_code)) AS title) v
    WHERE p.placement_code = logo_wall_svg.placement_code;
    PERFORM _known(FOUND, salon.say('placement "%s" does not exist'), placement_code, salon.say('SELECT placement_code, name_en, name_zh FROM placement shows the placements.'));

    WITH entry AS (
        SELECT l.section_ordinal, l.section_code, l.section, l.place, l.name, count(*) OVER (PARTITION BY l.section_code) AS entries,
               row_number() OVER (PARTITION BY l.section_code ORDER BY l.place) - 1 AS nth
        FROM logo_wall l
        WHERE l.placement_code = logo_wall_svg.placement_code AND l.name IS NOT NULL
    ), section AS (
        SELECT s.*, 112 + sum(s.height) OVER (ORDER BY s.section_ordinal, s.section_code) - s.height AS y
        FROM (SELECT DISTINCT section_ordinal, section_code, section, entries, 62 + ceil(least(entries, most)::double precision / w.columns) * 100 AS height FROM entry) s
    ), tile AS (
        SELECT e.*, s.y + 34 + e.nth / w.columns * 100 AS y, (w.width - 64 - 16 * (w.columns - 1)) / w.columns::double precision AS wide
        FROM entry e JOIN section s USING (section_code)
        WHERE e.nth < most
    ), drawn AS (
        SELECT t.section_ordinal, t.section_code, t.place, t.y, t.wide, salon._svg_plain(t.name) AS plain, 32 + (t.nth % w.columns) * (t.wide + 16) AS x, salon._svg_wrap(t.name, (t.wide - 86) / 15 / 1.13, 3) AS lines
        FROM tile t
        OFFSET 0 -- wrapped once
    )
    SELECT string_agg(p.svg, '' ORDER BY p.section_ordinal, p.section_code, p.place), max(p.bottom), max(p.entries)
    INTO body, bottom, n
    FROM (SELECT s.section_ordinal, s.section_code, 0 AS place, s.y + s.height AS bottom, (SELECT count(*) FROM entry) AS entries,
                 salon._svg_text('b-soft', 32, s.y + 18, 18, concat_ws(salon.say(', '), s.section, CASE WHEN s.entries > most THEN format(salon.say('and %s more'), s.entries - most) END), w.width - 64) AS svg
          FROM section s
          UNION ALL
          SELECT d.section_ordinal, d.section_code, d.place, 0, 0,
                 salon._svg_rect('panel', d.x, d.y, d.wide, 84, 10) || salon._svg_dot('pale', d.x + 38, d.y + 42, 24)
                 || salon._svg_text('b-blue', d.x + 38, d.y + 48, 17, salon._svg_initials(d.plain), NULL, 'middle')
                 || salon._svg_lines('b-ink', d.x + 74, d.y + 47 - 10 * (cardinality(d.lines) - 1), 15, d.lines)
          FROM drawn d) p;
    IF body IS NULL THEN
        RETURN salon._svg_nothing(w.title, salon.label('Nobody is on this wall yet.', '这面墙上还没有内容。'), w.background);
    END IF;
    RETURN salon._svg_frame(w.width, bottom, w.title, format(salon.say('entries: %s'), n),
                            salon._svg_heading(w.title, format(salon.say('entries: %s'), n), w.width) || body, w.background);
END
$$;

COMMENT ON FUNCTION logo_wall_svg(text) IS
'The logo wall of a placement as SVG, for its background, as view logo_wall has it, up to 120 of a section: names, since a logo is at an address outside. Errors: 23503 no such placement / LOGO墙图';

CREATE FUNCTION timeline_svg(event_id bigint, at timestamptz DEFAULT now()) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    e record;
    i record;
    today timestamp;
    since timestamp;
    until timestamp;
    third interval;
    title text;
    summary text;
    body text := '';
    phase text;
    x double precision;
    x1 double precision;
    x2 double precision;
    y double precision := 150;
    chain_x1 double precision[];
    chain_x2 double precision[];
    chain_y double precision[];
BEGIN
    PERFORM _document_event(event_id);
    SELECT v.starts_at AT TIME ZONE v.time_zone AS starts_at, v.ends_at AT TIME ZONE v.time_zone AS ends_at, v.time_zone, v.is_off, _event_label(v.event_id, v.name_en, v.name_zh) AS label
    INTO e FROM event v WHERE v.event_id = timeline_svg.event_id;
    title := concat_ws(salon.say(': '), e.label, salon.label('checklist', '检查表'));
    IF e.is_off OR e.starts_at IS NULL THEN
        RETURN salon._svg_nothing(title, CASE WHEN e.is_off THEN salon.label('The event is cancelled: nothing is due.', '活动已取消，没有待办事项。')
                                              ELSE salon.label('The event has no time yet: nothing is due.', '活动时间待定，各项尚无期限。') END);
    END IF;

    FOR i IN
        SELECT d.*, min(d.due) OVER () AS first_due, max(d.due) OVER () AS last_due, min(d.begins) OVER () AS first, max(d.ends) OVER () AS last,
               count(*) FILTER (WHERE d.status_code IN ('done', 'waived')) OVER () AS done, count(*) FILTER (WHERE d.status_code <> 'not_needed') OVER () AS needed,
               count(*) FILTER (WHERE d.status_code = 'overdue') OVER () AS overdue, count(*) FILTER (WHERE d.is_late) OVER () AS late
        FROM (
            SELECT c.item_code, c.item, c.status_code, c.phase, h.ordinal AS phase_ordinal, c.ordinal, concat_ws(salon.say(': '), c.owner_duty, c.owner) AS who, p.is_late, p.is_critical,
                   c.due_at AT TIME ZONE e.time_zone AS due, p.begins AT TIME ZONE e.time_zone AS begins, (p.begins + (p.done_at - p.starts_at)) AT TIME ZONE e.time_zone AS ends
            FROM checklist c
            LEFT JOIN phase h ON h.phase_code = c.phase_code
            -- when it is worked on at the latest; where that is too late, at the earliest
            LEFT JOIN (SELECT q.*, greatest(q.starts_at, q.needed_at - (q.done_at - q.starts_at)) AS begins
                       FROM critical_path(timeline_svg.event_id, timeline_svg.at) q) p ON p.item_code = c.item_code
            WHERE c.event_id = timeline_svg.event_id) d
        ORDER BY d.phase_ordinal, d.phase, d.due, d.ordinal, d.item_code
    LOOP
        IF since IS NULL THEN
            -- critical_path has refused what is no time
            today := at AT TIME ZONE e.time_zone;
            -- by what is due; what else there is has a third of that on each side
            since := least(i.first_due, e.starts_at);
            until := greatest(i.last_due, e.ends_at);
            third := greatest((until - since) / 3, '1 day');
            since := least(since, greatest(i.first, since - third), CASE WHEN today > since - third THEN today END);
            until := greatest(until, least(i.last, until + third), CASE WHEN today < until + third THEN today END);
            third := (until - since) / 25;
            since := since - third;
            until := until + third;
            summary := format(salon.say('done: %s of %s, overdue: %s, late: %s'), i.done, i.needed, i.overdue, i.late);
        END IF;
        IF phase IS DISTINCT FROM coalesce(i.phase, '') THEN
            phase := coalesce(i.phase, '');
            y := y + 40;
            body := body || salon._svg_text('b-ink', 32, y - 8, 15, phase, 280) || salon._svg_line('line', 32, y, 968, y);
        END IF;
        x := salon._svg_at(i.due, since, until, 330, 790);
        x1 := least(salon._svg_at(i.begins, since, until, 330, 790), 786);
        x2 := least(greatest(salon._svg_at(i.ends, since, until, 330, 790), x1 + 4), 790);
        body := concat(body, salon._svg_text(CASE WHEN i.status_code IN ('open', 'overdue') THEN 'ink' ELSE 'soft' END, 32, y + 18, 14, i.item, 286),
                       salon._svg_text('soft', 808, y + 18, 13, i.who, 160),
                       CASE WHEN i.begins IS NOT NULL THEN salon._svg_rect(CASE WHEN i.is_late THEN 'red' ELSE 'blue' END, x1, y + 9, x2 - x1, 8, 3) END,
                       CASE WHEN i.is_critical THEN salon._svg_rect('o-violet', x1 - 3, y + 6, x2 - x1 + 6, 14, 5) END,
                       CASE WHEN x IS NOT NULL THEN salon._svg_mark(i.status_code, x, y + 13) END);
        IF i.is_critical THEN
            chain_x1 := chain_x1 || x1;
            chain_x2 := chain_x2 || x2;
            chain_y := chain_y || (y + 13);
        END IF;
        y := y + 26;
    END LOOP;
    IF since IS NULL THEN
        RETURN salon._svg_nothing(title, salon.label('There are no items.', '没有检查项。'));
    END IF;

    x := salon._svg_at(today, since, until, 330, 790);
    x1 := salon._svg_at(e.starts_at, since, until, 330, 790);
    x2 := greatest(salon._svg_at(e.ends_at, since, until, 330, 790), x1 + 3);
    y := y + 12;
    body := concat(salon._svg_heading(title, summary),
                   salon._svg_legend(32, 108, '{done,open,overdue,none,bar,critical,late,pale}',
                                     ARRAY[salon.label('done', '已完成'), salon.label('due', '到期'), salon.label('overdue', '已逾期'), salon.label('waived or not needed', '豁免或不需要'),
                                           salon.label('at work', '进行'), salon.label('critical path', '关键路径'), salon.label('late', '将逾期'), salon.label('event', '活动')]),
                   salon._svg_rect('pale', x1, 164, x2 - x1, y - 164), salon._svg_axis(since, until, 330, 790, 164, y),
                   (SELECT string_agg(salon._svg_path('o-violet dash', k.from_x, k.from_y, concat('L', salon._svg_number(k.x1), ' ', salon._svg_number(k.y))), '' ORDER BY k.x2)
                    FROM (SELECT lag(c.x2) OVER w AS from_x, lag(c.y) OVER w AS from_y, c.* FROM unnest(chain_x1, chain_x2, chain_y) c (x1, x2, y) WINDOW w AS (ORDER BY c.x2, c.x1)) k
                    WHERE k.from_x IS NOT NULL),
                   body,
                   CASE WHEN today BETWEEN since AND until THEN salon._svg_line('o-red', x, 146, x, y) END,
                   salon._svg_text('b-red', least(greatest(x, 330), 790), 140, 13, concat(CASE WHEN today < since THEN '← ' END, salon.label('today: ', '今天：'), to_char(today, 'YYYY-MM-DD'), CASE WHEN today > until THEN ' →' END), NULL,
                                   CASE WHEN x < 400 THEN 'start' WHEN x > 750 THEN 'end' ELSE 'middle' END));
    RETURN salon._svg_frame(1000, y + 24, title, summary, body);
END
$$;

COMMENT ON FUNCTION timeline_svg(bigint, timestamptz) IS
'The checklist of an event over time as SVG, as of a moment: when each item is due, how it stands, when it is worked on at the latest, today and the critical path. Errors: 23503 no such event that one sees; as critical_path / 检查表时间线';

CREATE FUNCTION exchange_svg(event_id bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    title text;
    summary text;
    body text;
    bottom double precision;
BEGIN
    PERFORM _document_event(event_id);
    title := concat_ws(salon.say(': '), event_label(event_id), salon.label('who gives what', '谁给谁什么'));

    -- Left who gives and what, right who gets it, for which demand, and why: a
    -- line of the right for each gift, so that each has its reason.
    WITH gift AS (
        SELECT p.supplier_id AS giver_id, p.supplier AS giver, p.supplied AS what, p.demander_id AS taker_id, p.demander AS taker, p.demanded AS wanted,
               CASE WHEN greatest(p.quantity, p.needed) > 1 THEN concat(p.quantity, salon.label(' of ', '/'), p.needed) END AS much, p.reason, 'suggested' AS state, p.value
        FROM proposal p
        WHERE p.event_id = exchange_svg.event_id
        UNION ALL
        SELECT c.giver_id, c.giver, c.what, c.taker_id, c.taker, coalesce(resource_label(d.resource_code), c.what),
               coalesce(CASE WHEN c.quantity > 1 THEN c.quantity::text END, _svg_amount(c.amount)),
               concat_ws(salon.say(', '), c.package, CASE WHEN d.resource_code IS NOT NULL THEN _reason(c.resource_code, d.resource_code, s.reason_en, s.reason_zh) END, c.status),
               CASE WHEN c.is_done THEN 'given' WHEN c.status_code = 'proposed' THEN 'suggested' ELSE 'agreed' END, k.value::numeric
        FROM commitment_list c
        JOIN commitment k ON k.commitment_id = c.commitment_id
        LEFT JOIN demand d ON d.demand_id = k.demand_id
        LEFT JOIN satisfies s ON s.supplied_code = c.resource_code AND s.demanded_code = d.resource_code
        WHERE c.event_id = exchange_svg.event_id AND c.status_code NOT IN ('declined', 'withdrawn', 'lapsed')
    ), shown AS (
        SELECT row_number() OVER (ORDER BY g.state = 'suggested', g.value DESC NULLS LAST, g.giver_id, g.taker_id, g.what, g.wanted) AS n, count(*) OVER () AS gifts, g.*
        FROM gift g
    ), supplied AS (
        SELECT s.*, dense_rank() OVER (ORDER BY s.giver_id NULLS FIRST) AS giver_n, row_number() OVER (ORDER BY s.giver_id NULLS FIRST, s.what) AS row
        FROM (SELECT DISTINCT s.giver_id, s.giver, s.what FROM shown s WHERE s.n <= 60) s
    ), right_row AS (
        SELECT s.n, s.taker_id, s.taker, s.wanted, s.much,
               concat_ws(salon.say(': '), CASE WHEN s.giver_id IS NULL THEN salon.label('the event', '本活动') ELSE s.giver END, nullif(s.reason, '')) AS reason, s.state, s.giver_id, s.what, l.row AS from_row
        FROM shown s
        JOIN supplied l ON l.giver_id IS NOT DISTINCT FROM s.giver_id AND l.what = s.what
        WHERE s.n <= 60
        UNION ALL
        SELECT 1000 + row_number() OVER (ORDER BY u.demander_id NULLS FIRST, u.demand_id), u.demander_id, u.demander, u.demanded, u.unmet::text, u.reason, 'unmet', NULL, NULL, NULL
        FROM unmet u
        WHERE u.event_id = exchange_svg.event_id
    ), taken AS (
        SELECT r.*, avg(r.from_row) OVER (PARTITION BY r.taker_id) AS middle FROM right_row r
    ), placed AS (
        SELECT t.*, dense_rank() OVER (ORDER BY t.middle NULLS LAST, t.taker_id NULLS FIRST) AS taker_n,
               row_number() OVER (ORDER BY t.middle NULLS LAST, t.taker_id NULLS FIRST, t.state = 'unmet', t.from_row, t.n) AS row
        FROM taken t
        WHERE t.n <= 1040
    ), spread AS (
        -- the shorter side is spread over the length of the other
        SELECT (l.high - greatest(l.high, r.high)) / nullif(l.boxes - 1, 0)::double precision AS l_gap, (r.high - greatest(l.high, r.high)) / nullif(r.boxes - 1, 0)::double precision AS r_gap
        FROM (SELECT max(giver_n) AS boxes, max(giver_n) * 54 + count(*) * 26 AS high FROM supplied) l
        CROSS JOIN (SELECT max(taker_n) AS boxes, max(taker_n) * 54 + count(*) * 42 AS high FROM placed) r
    ), left_side AS (
        SELECT s.*, 118 + s.giver_n * 54 + s.row * 26 - 26 - (s.giver_n - 1) * coalesce(x.l_gap, 0) AS y FROM supplied s CROSS JOIN spread x
    ), right_side AS (
        SELECT p.*, l.y AS from_y, 118 + p.taker_n * 54 + p.row * 42 - 42 - (p.taker_n - 1) * coalesce(x.r_gap, 0) AS y
        FROM placed p CROSS JOIN spread x
        LEFT JOIN left_side l ON l.giver_id IS NOT DISTINCT FROM p.giver_id AND l.what = p.what
    )
    SELECT concat(
               (SELECT string_agg(salon._svg_path(CASE r.state WHEN 'given' THEN 'o-green' WHEN 'agreed' THEN 'o-blue' ELSE 'o-blue dash' END, 368, r.from_y + 14,
                                                  concat('C500 ', salon._svg_number(r.from_y + 14), ' 500 ', salon._svg_number(r.y + 18), ' 632 ', salon._svg_number(r.y + 18))), '' ORDER BY r.row)
                FROM right_side r WHERE r.state <> 'unmet'),
               (SELECT string_agg(salon._svg_rect('panel', 32, g.y - 30, 336, 38 + g.rows * 26, 8) || salon._svg_text('b-ink', 46, g.y - 8, 15, g.giver, 308) || g.drawn, '' ORDER BY g.y)
                FROM (SELECT l.giver, min(l.y) AS y, count(*) AS rows, string_agg(salon._svg_text('ink', 354, l.y + 19, 14, l.what, 300, 'end') || salon._svg_dot('blue', 368, l.y + 14, 3.5), '' ORDER BY l.y) AS drawn
                      FROM left_side l GROUP BY l.giver_id, l.giver) g),
               (SELECT string_agg(salon._svg_rect('panel', 632, g.y - 30, 336, 38 + g.rows * 42, 8) || salon._svg_text('b-ink', 646, g.y - 8, 15, g.taker, 308) || g.drawn, '' ORDER BY g.y)
                FROM (SELECT r.taker, min(r.y) AS y, count(*) AS rows,
                             string_agg(salon._svg_text(CASE r.state WHEN 'unmet' THEN 'b-red' ELSE 'ink' END, 646, r.y + 16, 14, r.wanted, 220) || salon._svg_text('soft', 954, r.y + 16, 13, r.much, 82, 'end')
                                        || salon._svg_text(CASE r.state WHEN 'unmet' THEN 'red' ELSE 'soft' END, 646, r.y + 33, 12, r.reason, 308)
                                        || salon._svg_dot(CASE r.state WHEN 'unmet' THEN 'o-red' WHEN 'given' THEN 'green' ELSE 'blue' END, 632, r.y + 18, 3.5), '' ORDER BY r.row) AS drawn
                      FROM right_side r GROUP BY r.taker_id, r.taker) g)),
           (SELECT max(y) FROM (SELECT max(l.y) + 42 FROM left_side l UNION ALL SELECT max(r.y) + 58 FROM right_side r) b (y)),
           (SELECT format(salon.say('suggested: %s, agreed: %s, given: %s, unmet: %s'), count(*) FILTER (WHERE s.state = 'suggested'), count(*) FILTER (WHERE s.state = 'agreed'),
                          count(*) FILTER (WHERE s.state = 'given'), (SELECT count(*) FROM right_row r WHERE r.state = 'unmet')) FROM shown s)
    INTO body, bottom, summary;
    IF bottom IS NULL THEN
        RETURN salon._svg_nothing(title, salon.label('Nobody gives or wants anything here yet.', '还没有任何供给或需求。'));
    END IF;
    RETURN salon._svg_frame(1000, bottom + 12, title, summary, salon._svg_heading(title, summary)
        || salon._svg_legend(32, 112, '{suggested,agreed,given}', ARRAY[salon.label('suggested', '建议'), salon.label('agreed', '已约定'), salon.label('given', '已兑现')]) || body);
END
$$;

COMMENT ON FUNCTION exchange_svg(bigint) IS
'Who gives what to whom at an event as SVG: what is agreed, given and suggested, for which demand and why, and what stays unmet; the first 60 gifts. Errors: 23503 no such event that one sees / 供需图';

CREATE FUNCTION exposure_svg(event_id bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    e record;
    title text;
    summary text;
    lanes text;
    bars text;
    top numeric;
    y double precision;
    since timestamp;
    until timestamp;
    x1 double precision;
    x2 double precision;
BEGIN
    PERFORM _document_event(event_id);
    SELECT x.*, v.starts_at AT TIME ZONE v.time_zone AS starts_at, v.time_zone, p.first AT TIME ZONE v.time_zone AS first, p.last AT TIME ZONE v.time_zone AS last
    INTO e
    FROM event v
    LEFT JOIN exposure x ON x.event_id = v.event_id
    CROSS JOIN LATERAL (SELECT min(least(t.planned_at, t.posted_at)) AS first, max(greatest(t.planned_at, t.posted_at)) AS last FROM post t WHERE t.event_id = v.event_id) p
    WHERE v.event_id = exposure_svg.event_id;
    title := concat_ws(salon.say(': '), e.event, salon.label('exposure', '曝光'));
    IF e.first IS NULL THEN
        RETURN salon._svg_nothing(title, salon.label('Nothing is posted or planned yet.', '还没有发布或计划发布的内容。'));
    END IF;
    since := least(e.first, CASE WHEN e.starts_at BETWEEN e.first - interval '60 days' AND e.last + interval '60 days' THEN e.starts_at END);
    until := greatest(e.last, CASE WHEN e.starts_at BETWEEN e.first - interval '60 days' AND e.last + interval '60 days' THEN e.starts_at END);
    since := date_trunc('day', since - (until - since) / 25) - interval '12 hours';
    until := date_trunc('day', until + (until - since) / 25) + interval '36 hours';
    summary := concat_ws(salon.say('; '), format(salon.say('posts: %s on %s channels, planned: %s'), e.posts, e.channels, e.planned_posts),
                         CASE WHEN e.views IS NOT NULL THEN format(salon.say('views: %s of %s posts'), _svg_amount(e.views), e.views_posts) END,
                         CASE WHEN e.window_posts IS NOT NULL THEN format(salon.say('busiest 24 hours: %s posts'), e.window_posts) END);

    SELECT max(c.y) + 34, string_agg(c.svg, '' ORDER BY c.y)
    INTO y, lanes
    FROM (SELECT l.y, salon._svg_text('ink', 32, l.y + 22, 14, channel_label(l.channel_id), 280) || salon._svg_line('line', 32, l.y + 34, 968, l.y + 34)
                 || string_agg(CASE WHEN p.planned_at IS NOT NULL AND p.posted_at IS NOT NULL THEN salon._svg_line('o-soft', p.x1, l.y + 17, p.x2, l.y + 17) ELSE '' END
                               || CASE WHEN p.planned_at IS NOT NULL THEN salon._svg_mark('planned', p.x1, l.y + 17) ELSE '' END
                               || CASE WHEN p.posted_at IS NULL THEN '' WHEN p.actual_views IS NULL THEN salon._svg_mark('posted', p.x2, l.y + 17)
                                       ELSE salon._svg_dot('blue', p.x2, l.y + 17, 4 + 10 * sqrt(p.actual_views::double precision / nullif(p.most, 0))) END, '' ORDER BY p.posted_at, p.planned_at) AS svg
          FROM (SELECT t.channel_id, 150 + (row_number() OVER (ORDER BY min(coalesce(t.posted_at, t.planned_at)), t.channel_id)) * 34 - 34 AS y
                FROM post t WHERE t.event_id = exposure_svg.event_id GROUP BY t.channel_id ORDER BY y LIMIT 40) l
          JOIN (SELECT t.*, max(t.actual_views) OVER () AS most, salon._svg_at(t.planned_at AT TIME ZONE e.time_zone, since, until, 330, 968) AS x1,
                       salon._svg_at(t.posted_at AT TIME ZONE e.time_zone, since, until, 330, 968) AS x2
                FROM post t WHERE t.event_id = exposure_svg.event_id) p ON p.channel_id = l.channel_id
          GROUP BY l.y, l.channel_id) c;
    -- views by the day on which they were posted
    SELECT max(d.views), string_agg(salon._svg_rect('blue', d.x1 + 1, y + 148 - d.high, greatest(d.x2 - d.x1 - 2, 2), d.high)
                                    || CASE WHEN d.views = d.most OR d.x2 - d.x1 > 30 THEN salon._svg_text('soft', (d.x1 + d.x2) / 2, y + 142 - d.high, 12, _svg_amount(d.views), NULL, 'middle') ELSE '' END, '' ORDER BY d.x1)
    INTO top, bars
    FROM (SELECT g.*, salon._svg_at(g.day, since, until, 330, 968) AS x1, salon._svg_at(g.day + interval '1 day', since, until, 330, 968) AS x2,
                 100 * g.views::double precision / nullif(max(g.views) OVER (), 0) AS high, max(g.views) OVER () AS most
          FROM (SELECT date_trunc('day', t.posted_at AT TIME ZONE e.time_zone) AS day, sum(t.actual_views) AS views
                FROM post t WHERE t.event_id = exposure_svg.event_id AND t.posted_at IS NOT NULL AND t.actual_views > 0 GROUP BY 1) g) d;
    IF bars IS NOT NULL THEN
        bars := bars || salon._svg_text('b-ink', 32, y + 40, 14, salon.label('views by day of the post', '按发布日的浏览量'), 280) || salon._svg_line('line', 330, y + 148, 968, y + 148);
        y := y + 148;
    END IF;
    x1 := salon._svg_at(e.window_starts_at AT TIME ZONE e.time_zone, since, until, 330, 968);
    x2 := salon._svg_at(e.window_ends_at AT TIME ZONE e.time_zone, since, until, 330, 968);
    RETURN salon._svg_frame(1000, y + 28, title, summary, concat(salon._svg_heading(title, summary),
        salon._svg_legend(32, 108, '{planned,posted,seen,pale,moment}',
                          ARRAY[salon.label('planned', '计划'), salon.label('posted', '已发布'), salon.label('larger: more views', '越大浏览越多'), salon.label('busiest 24 hours', '最集中的 24 小时'), salon.label('the event begins', '活动开始')]),
        CASE WHEN x1 IS NOT NULL THEN salon._svg_rect('pale', x1, 150, x2 - x1, y - 150) END,
        salon._svg_axis(since, until, 330, 968, 150, y), lanes, bars,
        CASE WHEN e.starts_at BETWEEN since AND until THEN salon._svg_line('o-red', salon._svg_at(e.starts_at, since, until, 330, 968), 150, salon._svg_at(e.starts_at, since, until, 330, 968), y) END));
END
$$;

COMMENT ON FUNCTION exposure_svg(bigint) IS
'The posts of an event over time as SVG, channel by channel: planned and made, their views, the busiest 24 hours. Errors: 23503 no such event that one sees / 曝光图';

CREATE FUNCTION city_svg() RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    c record;
    m record;
    title text := concat_ws(salon.say(': '), (SELECT salon.label(s.name_en, s.name_zh) FROM space s), salon.label('cities', '城市'));
    summary text;
    elsewhere text;
    body text := '';
    names text := '';
    taken box[];
    place box;
    width double precision;
    high double precision;
    tall double precision;
    radius double precision;
    x double precision;
    y double precision;
    step double precision;
    tilt double precision;
    scale double precision;
BEGIN
    SELECT format(salon.say('visited: %s of %s, only planned: %s'), count(*) FILTER (WHERE v.events_held > 0), count(*),
                  count(*) FILTER (WHERE v.events_held = 0 AND v.events_planned > 0)),
           string_agg(v.city, salon.say(', ') ORDER BY v.city) FILTER (WHERE t.latitude IS NULL)
    INTO summary, elsewhere
    FROM city_coverage v JOIN city t ON t.city_code = v.city_code;
    SELECT min(t.latitude)::double precision AS south, max(t.latitude)::double precision AS north, min(t.longitude)::double precision AS west, max(t.longitude)::double precision AS east
    INTO m FROM city t;
    IF m.south IS NULL THEN
        RETURN salon._svg_nothing(title, salon.label('No city has coordinates: enter latitude and longitude in table city.', '没有城市有坐标：请在表 city 中录入经纬度。'));
    END IF;
    -- one scale for both directions, true in the middle
    tilt := cos(radians((m.south + m.north) / 2));
    scale := least(640 / greatest((m.east - m.west) * tilt, 3), 460 / greatest(m.north - m.south, 3));
    high := greatest((m.north - m.south) * scale + 180, 360);
    step := CASE WHEN greatest(m.east - m.west, m.north - m.south) > 60 THEN 20 WHEN greatest(m.east - m.west, m.north - m.south) > 24 THEN 10 WHEN greatest(m.east - m.west, m.north - m.south) > 8 THEN 5 ELSE 1 END;
    body := salon._svg_rect('panel', 32, 128, 936, high, 10)
        || coalesce((SELECT string_agg(salon._svg_line('line', g.x, 128, g.x, 128 + high) || salon._svg_text('soft', g.x, 128 + high - 8, 12, abs(g.degree) || '°' || CASE WHEN g.degree < 0 THEN 'W' ELSE 'E' END, NULL, 'middle'), '' ORDER BY g.degree)
                     FROM (SELECT d AS degree, 500 + (d - (m.west + m.east) / 2) * tilt * scale AS x FROM generate_series(-180, 180, step::integer) d) g WHERE g.x BETWEEN 90 AND 940), '')
        || coalesce((SELECT string_agg(salon._svg_line('line', 32, g.y, 968, g.y) || salon._svg_text('soft', 42, g.y - 5, 12, abs(g.degree) || '°' || CASE WHEN g.degree < 0 THEN 'S' ELSE 'N' END), '' ORDER BY g.degree)
                     FROM (SELECT d AS degree, 128 + high / 2 - (d - (m.south + m.north) / 2) * scale AS y FROM generate_series(-90, 90, step::integer) d) g WHERE g.y BETWEEN 160 AND 128 + high - 28), '');

    -- all dots first, then names where there is room, those of cities with more events before others
    taken := ARRAY(SELECT box(point(q.x - 12, q.y - 12), point(q.x + 12, q.y + 12))
                   FROM (SELECT 500 + (t.longitude::double precision - (m.west + m.east) / 2) * tilt * scale AS x,
                                128 + high / 2 - (t.latitude::double precision - (m.south + m.north) / 2) * scale AS y FROM city t WHERE t.latitude IS NOT NULL) q);
    FOR c IN
        SELECT v.city, v.events_held, v.events_planned,
               CASE WHEN v.events_held > 0 THEN concat_ws(salon.say(', '), format(salon.say('%s held'), v.events_held), to_char(v.last_held_on, 'YYYY-MM-DD'))
                    WHEN v.events_planned > 0 THEN concat_ws(salon.say(', '), format(salon.say('%s planned'), v.events_planned), to_char(v.next_planned_on, 'YYYY-MM-DD'))
                    ELSE salon.label('not visited yet', '尚未到访') END AS note,
               500 + (t.longitude::double precision - (m.west + m.east) / 2) * tilt * scale AS x, 128 + high / 2 - (t.latitude::double precision - (m.south + m.north) / 2) * scale AS y
        FROM city_coverage v
        JOIN city t ON t.city_code = v.city_code
        WHERE t.latitude IS NOT NULL
        ORDER BY v.events_held DESC, v.events_planned DESC, v.activity DESC NULLS LAST, v.city_code
    LOOP
        radius := CASE WHEN c.events_held > 0 THEN least(6 + 3 * sqrt(c.events_held), 26) ELSE 7 END;
        body := body || CASE WHEN c.events_held > 0 THEN salon._svg_dot('blue', c.x, c.y, radius) ELSE '' END
                     || CASE WHEN c.events_planned > 0 THEN salon._svg_dot('o-amber', c.x, c.y, radius + CASE WHEN c.events_held > 0 THEN 4 ELSE 0 END) ELSE '' END
                     || CASE WHEN c.events_held + c.events_planned = 0 THEN salon._svg_dot('grey', c.x, c.y, 5) ELSE '' END;
        CONTINUE WHEN cardinality(taken) > 400;
        -- with its note, else without
        FOR n IN 0 .. 7 LOOP
            width := least(greatest(salon._svg_width(salon._svg_plain(c.city)) * 15 * 1.13, CASE WHEN n < 4 THEN salon._svg_width(c.note) * 12 END), 190);
            tall := CASE WHEN n < 4 THEN 36 ELSE 18 END;
            x := CASE n % 4 WHEN 0 THEN c.x + radius + 9 WHEN 1 THEN c.x - radius - 9 - width ELSE c.x - width / 2 END;
            y := CASE n % 4 WHEN 2 THEN c.y + radius + 7 WHEN 3 THEN c.y - radius - 7 - tall ELSE c.y - tall / 2 END;
            place := box(point(x, y), point(x + width, y + tall));
            CONTINUE WHEN x < 36 OR x + width > 964 OR EXISTS (SELECT FROM unnest(taken) u WHERE u && place AND NOT u @> point(c.x, c.y));
            names := names || salon._svg_text('b-ink', x, y + 15, 15, c.city, width) || CASE WHEN n < 4 THEN salon._svg_text('soft', x, y + 31, 12, c.note, width) ELSE '' END;
            taken := taken || place;
            EXIT;
        END LOOP;
    END LOOP;
    y := 128 + high + 34;
    IF elsewhere IS NOT NULL THEN
        names := names || salon._svg_text('soft', 32, y, 14, concat_ws(salon.say(': '), salon.label('Not on the map', '不在图上'), elsewhere), 936);
        y := y + 30;
    END IF;
    RETURN salon._svg_frame(1000, y, title, summary, salon._svg_heading(title, summary)
        || salon._svg_legend(32, 110, '{seen,planning,none}', ARRAY[salon.label('visited, larger: more events', '已到访，越大活动越多'), salon.label('planned', '已计划'), salon.label('not visited yet', '尚未到访')]) || body || names);
END
$$;

COMMENT ON FUNCTION city_svg() IS
'The cities of the community as SVG, by their coordinates: where events were held, where one is planned, where none ever was / 城市地图';

CREATE FUNCTION recap_svg(event_id bigint) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE COST 10000
SET search_path FROM CURRENT
AS $$
DECLARE
    title text;
    summary text;
    body text;
    bottom double precision;
BEGIN
    PERFORM _document_event(event_id);
    title := concat_ws(salon.say(': '), event_label(event_id), salon.label('planned and actual', '计划与实际'));
    SELECT max(r.y) + 34, string_agg(
               salon._svg_text('ink', 32, r.y + 21, 14, concat_ws(salon.say(', '), r.item, r.unit), 286) || salon._svg_line('line', 32, r.y + 34, 968, r.y + 34)
               || CASE WHEN r.ratio IS NOT NULL THEN salon._svg_rect(CASE WHEN r.is_reached THEN 'green' WHEN r.is_reached IS NULL THEN 'blue' ELSE 'amber' END, 330, r.y + 10, greatest(least(r.ratio, 1.4) * 260, 2), 14, 3)
                            || CASE WHEN r.ratio > 1.4 THEN salon._svg_path('ground', 682, r.y + 8, 'l5 9l-5 9h4l5-9l-5-9Z') ELSE '' END ELSE '' END
               || salon._svg_text(CASE WHEN r.actual IS NULL THEN 'soft' ELSE 'b-ink' END, 800, r.y + 21, 14,
                                  CASE WHEN r.actual IS NULL THEN salon.label('not known yet', '未知') ELSE regexp_replace(r.actual_text, '-?[0-9].*', '') || _svg_amount(r.actual) END, 90, 'end')
               || salon._svg_text('soft', 810, r.y + 21, 13, concat_ws(salon.say(', '), CASE WHEN r.planned IS NULL THEN salon.label('not planned', '未计划') ELSE format(salon.say('of %s'), _svg_amount(r.planned)) END,
                                                                       CASE WHEN r.actual IS NOT NULL AND r.basis_code = 'claimed' THEN r.basis END), 158), '' ORDER BY r.row),
           format(salon.say('reached: %s of %s'), count(*) FILTER (WHERE r.is_reached), count(*) FILTER (WHERE r.planned IS NOT NULL))
    INTO bottom, body, summary
    FROM (SELECT x.item, x.unit, x.planned, x.actual, x.actual_text, x.basis_code, x.basis, x.is_reached, x.actual / nullif(x.planned, 0) AS ratio,
                 row_number() OVER w AS row, 140 + row_number() OVER w * 34 - 34 AS y
          FROM recap x
          WHERE x.event_id = recap_svg.event_id AND (x.planned > 0 OR x.actual IS NOT NULL)
          WINDOW w AS (ORDER BY x.ordinal, x.item_code)) r;
    IF body IS NULL THEN
        RETURN salon._svg_nothing(title, salon.label('Nothing is planned or known of this event yet.', '这场活动尚无计划数字或实际数字。'));
    END IF;
    RETURN salon._svg_frame(1000, bottom + 24, title, summary, salon._svg_heading(title, summary)
        || salon._svg_legend(32, 110, '{reached,missed,bar,moment}', ARRAY[salon.label('reached', '已达成'), salon.label('not reached', '未达成'), salon.label('not known', '未知'), salon.label('as planned', '计划值')])
        || body || salon._svg_line('o-red', 590, 132, 590, bottom));
END
$$;

COMMENT ON FUNCTION recap_svg(bigint) IS
'Planned against actual of an event as SVG, figure by figure, as view recap has it. Errors: 23503 no such event that one sees / 复盘图';
