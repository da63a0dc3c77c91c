-- Pictures as SVG: what each is drawn with, and nothing of what it shows.  No
-- script, no reference to anything outside; each text is escaped here, is as wide
-- as there is room for, and has a colour of one small palette, light and dark.

-- In ems, rather too much than too little: Latin letters have four widths, those of
-- common sans-serifs, all else is a square, as Chinese is.
CREATE FUNCTION _svg_width(value text) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    shown text := regexp_replace(value, '[\u0300-\u036f\u200b-\u200f\u2060\ufe00-\ufe0f]', '', 'g');
    n integer := length(shown);
BEGIN
    RETURN n - 0.69 * (n - length(translate(shown, ' ijlI''.,:;|·', '')))
             - 0.59 * (n - length(translate(shown, 'ftr-()[]/!"', '')))
             - 0.41 * (n - length(translate(shown, 'abcdeghknopqsuvxyz0123456789$?_^{}`*', '')))
             - 0.27 * (n - length(translate(shown, 'ABCDEFGHJKLNOPQRSTUVXYZ', '')))
             + 0.4 * (n - length(regexp_replace(shown, '[\U00010000-\U0010ffff]', '', 'g')));
END
$$;

COMMENT ON FUNCTION _svg_width(text) IS 'How wide a text is at most, in ems';

CREATE FUNCTION _svg_cut(value text, ems double precision) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    width double precision := salon._svg_width(value);
    n integer;
BEGIN
    IF width <= ems THEN
        RETURN value;
    END IF;
    n := least(length(value) * ems / width + 3, length(value));
    WHILE n > 0 AND salon._svg_width(left(value, n)) > ems - 1 LOOP
        n := n - 1;
    END LOOP;
    RETURN rtrim(left(value, n)) || '…';
END
$$;

COMMENT ON FUNCTION _svg_cut(text, double precision) IS 'A text in that many ems: where it is wider, as much of it as fits and three dots';

-- Lines end at blanks and between Chinese characters, none of which begins a line
-- that closes something, or ends one that opens it.
CREATE FUNCTION _svg_wrap(value text, ems double precision, lines integer) RETURNS text[]
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    rest text := salon._svg_plain(value);
    wrapped text[] := '{}';
    n integer;
    k integer;
    a text;
    b text;
BEGIN
    WHILE rest <> '' LOOP
        IF cardinality(wrapped) = lines - 1 THEN
            RETURN wrapped || salon._svg_cut(rest, ems);
        ELSIF salon._svg_width(rest) <= ems THEN
            RETURN wrapped || rest;
        END IF;
        n := least(length(rest), ceil(ems * 3)::integer);
        n := greatest(least(n, ceil(n * ems / nullif(salon._svg_width(left(rest, n)), 0))::integer + 2), 1);
        WHILE n > 1 AND salon._svg_width(left(rest, n)) > ems LOOP
            n := n - 1;
        END LOOP;
        k := n;
        LOOP
            a := substr(rest, k, 1);
            b := substr(rest, k + 1, 1);
            EXIT WHEN (b IN (' ', '') OR a IN (' ', '-', '/') OR ascii(a) >= 11904 OR ascii(b) >= 11904)
                      AND strpos('，。、；：！？）》」』”’…,.;:!?)]', b) * length(b) = 0 AND strpos('（《「『“‘([', a) = 0;
            k := k - 1;
            IF k <= n / 3 THEN
                k := n;
                EXIT;
            END IF;
        END LOOP;
        wrapped := wrapped || rtrim(left(rest, k));
        rest := ltrim(substr(rest, k + 1));
    END LOOP;
    RETURN wrapped;
END
$$;

COMMENT ON FUNCTION _svg_wrap(text, double precision, integer) IS 'A text in at most so many lines of that many ems, the last with three dots where there is more';

CREATE FUNCTION _svg_plain(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    RETURN salon.trimmed(regexp_replace(salon.escape(left(value, 1000), 'text'), '\s+', ' ', 'g'));
END
$$;

COMMENT ON FUNCTION _svg_plain(text) IS 'A text in one line, as a picture has it: at most its first thousand characters';

CREATE FUNCTION _svg_number(value double precision) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE COST 10
RETURN pg_catalog.trim_scale(pg_catalog.round(value::numeric, 1))::text;

COMMENT ON FUNCTION _svg_number(double precision) IS 'A length or a place in a picture, to a tenth';

-- Bold where its class begins with b.
CREATE FUNCTION _svg_text(class text, x double precision, y double precision, size double precision, value text,
                          width double precision DEFAULT NULL, anchor text DEFAULT 'start') RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    plain text := salon._svg_plain(value);
    bold double precision := CASE WHEN class LIKE 'b%' THEN 1.13 ELSE 1 END;
    shown text := plain;
    wide double precision;
BEGIN
    IF plain IS NULL OR plain = '' THEN
        RETURN '';
    END IF;
    IF width IS NOT NULL THEN
        wide := salon._svg_width(plain) * bold;
        size := least(size, greatest(size * 0.85, width / nullif(wide, 0)));
        IF wide > width / size THEN
            shown := salon._svg_cut(plain, width / size / bold);
        END IF;
    END IF;
    RETURN concat('<text class="', class, '" x="', salon._svg_number(x), '" y="', salon._svg_number(y), '" font-size="', salon._svg_number(floor(size * 10) / 10), '"',
                  CASE WHEN anchor <> 'start' THEN ' text-anchor="' || anchor || '"' END, '>',
                  salon.escape(shown, 'xml'), CASE WHEN shown <> plain THEN '<title>' || salon.escape(plain, 'xml') || '</title>' END, '</text>', E'\n');
END
$$;

COMMENT ON FUNCTION _svg_text(text, double precision, double precision, double precision, text, double precision, text) IS
'A text of a picture: its class, where it stands on its line, its size; in that width a little smaller, else cut, with all of it as its title';

CREATE FUNCTION _svg_lines(class text, x double precision, y double precision, size double precision, lines text[],
                           spacing double precision DEFAULT 1.35, anchor text DEFAULT 'start') RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    drawn text;
BEGIN
    FOR n IN 1 .. coalesce(cardinality(lines), 0) LOOP
        drawn := concat(drawn, salon._svg_text(class, x, y + (n - 1) * size * spacing, size, lines[n], NULL, anchor));
    END LOOP;
    RETURN drawn;
END
$$;

COMMENT ON FUNCTION _svg_lines(text, double precision, double precision, double precision, text[], double precision, text) IS
'Lines of a text under each other';

CREATE FUNCTION _svg_rect(class text, x double precision, y double precision, width double precision, height double precision, corner double precision DEFAULT 0) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN pg_catalog.concat('<rect class="', class, '" x="', salon._svg_number(x), '" y="', salon._svg_number(y), '" width="', salon._svg_number(width), '" height="', salon._svg_number(height),
                         '" rx="', salon._svg_number(corner), '"/>', E'\n');

COMMENT ON FUNCTION _svg_rect(text, double precision, double precision, double precision, double precision, double precision) IS 'A rectangle of a picture';

CREATE FUNCTION _svg_path(class text, x double precision, y double precision, steps text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN pg_catalog.concat('<path class="', class, '" d="M', salon._svg_number(x), ' ', salon._svg_number(y), steps, '"/>', E'\n');

COMMENT ON FUNCTION _svg_path(text, double precision, double precision, text) IS 'A shape of a picture, from a place on';

CREATE FUNCTION _svg_line(class text, x1 double precision, y1 double precision, x2 double precision, y2 double precision) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN salon._svg_path(class, x1, y1, pg_catalog.concat('L', salon._svg_number(x2), ' ', salon._svg_number(y2)));

COMMENT ON FUNCTION _svg_line(text, double precision, double precision, double precision, double precision) IS 'A line of a picture';

CREATE FUNCTION _svg_dot(class text, x double precision, y double precision, radius double precision) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN pg_catalog.concat('<circle class="', class, '" cx="', salon._svg_number(x), '" cy="', salon._svg_number(y), '" r="', salon._svg_number(radius), '"/>', E'\n');

COMMENT ON FUNCTION _svg_dot(text, double precision, double precision, double precision) IS 'A circle of a picture';

CREATE FUNCTION _svg_mark(mark text, x double precision, y double precision) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN CASE mark
           WHEN 'done' THEN salon._svg_dot('green', x, y, 6.5) || salon._svg_path('o-on', x - 3, y + 0.2, 'l2.2 2.4l4-4.8')
           WHEN 'open' THEN salon._svg_dot('ring', x, y, 5.5)
           WHEN 'overdue' THEN salon._svg_path('red', x, y - 8, 'l8 8l-8 8l-8-8Z')
           WHEN 'planned' THEN salon._svg_path('o-soft', x, y - 6, 'l6 6l-6 6l-6-6Z')
           WHEN 'posted' THEN salon._svg_dot('o-blue', x, y, 5)
           WHEN 'seen' THEN salon._svg_dot('blue', x, y, 7)
           WHEN 'bar' THEN salon._svg_rect('blue', x - 10, y - 4, 20, 8, 3)
           WHEN 'critical' THEN salon._svg_rect('o-violet', x - 12, y - 7, 24, 14, 5)
           WHEN 'late' THEN salon._svg_rect('red', x - 10, y - 4, 20, 8, 3)
           WHEN 'reached' THEN salon._svg_rect('green', x - 10, y - 4, 20, 8, 3)
           WHEN 'missed' THEN salon._svg_rect('amber', x - 10, y - 4, 20, 8, 3)
           WHEN 'pale' THEN salon._svg_rect('pale', x - 10, y - 8, 20, 16)
           WHEN 'suggested' THEN salon._svg_line('o-blue dash', x - 12, y, x + 12, y)
           WHEN 'agreed' THEN salon._svg_line('o-blue wide', x - 12, y, x + 12, y)
           WHEN 'given' THEN salon._svg_line('o-green wide', x - 12, y, x + 12, y)
           WHEN 'planning' THEN salon._svg_dot('o-amber', x, y, 7)
           WHEN 'moment' THEN salon._svg_line('o-red', x, y - 8, x, y + 8)
           ELSE salon._svg_dot('grey', x, y, 3.5) END;

COMMENT ON FUNCTION _svg_mark(text, double precision, double precision) IS 'A mark that means the same in each picture; any other name: a small dot';

CREATE FUNCTION _svg_legend(x double precision, y double precision, marks text[], labels text[]) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    drawn text := '';
BEGIN
    FOR n IN 1 .. cardinality(marks) LOOP
        drawn := drawn || salon._svg_mark(marks[n], x + 12, y - 5) || salon._svg_text('soft', x + 30, y, 13, labels[n]);
        x := x + 54 + 13 * salon._svg_width(labels[n]);
    END LOOP;
    RETURN drawn;
END
$$;

COMMENT ON FUNCTION _svg_legend(double precision, double precision, text[], text[]) IS 'What marks mean, beside each other';

-- Two letters, or a Chinese character, in a circle.
CREATE FUNCTION _svg_initials(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN coalesce(pg_catalog.upper(pg_catalog.array_to_string(pg_catalog.regexp_match(value, '^[^A-Za-z\u2e80-\uffef]*([A-Za-z])[A-Za-z]*(?:[ -]+([A-Za-z]))?'), '')),
                           pg_catalog.substr(value, 1, 1));

COMMENT ON FUNCTION _svg_initials(text) IS 'What stands for a name where there is no room for it';

-- Days, weeks, months or years, about ten of them.
CREATE FUNCTION _svg_axis(since timestamp, until timestamp, x1 double precision, x2 double precision, y1 double precision, y2 double precision) RETURNS text
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    days double precision := extract(epoch FROM until - since) / 86400;
    step interval := CASE WHEN days <= 10 THEN '1 day' WHEN days <= 20 THEN '2 days' WHEN days <= 70 THEN '7 days' WHEN days <= 140 THEN '14 days'
                          WHEN days <= 300 THEN '1 month' WHEN days <= 900 THEN '3 months' WHEN days <= 3600 THEN '1 year' WHEN days <= 36000 THEN '10 years' ELSE '100 years' END;
    unit text := CASE WHEN days <= 20 THEN 'day' WHEN days <= 140 THEN 'week' WHEN days <= 300 THEN 'month' WHEN days <= 3600 THEN 'year' WHEN days <= 36000 THEN 'decade' ELSE 'century' END;
BEGIN
    RETURN (SELECT string_agg(salon._svg_line('line', t.x, y1, t.x, y2)
                              || salon._svg_text('soft', t.x, y1 - 8, 12, to_char(t.at, CASE WHEN days <= 140 THEN 'MM-DD' WHEN days <= 900 THEN 'YYYY-MM' ELSE 'YYYY' END), NULL, 'middle'), '' ORDER BY t.at)
            FROM (SELECT g.at, salon._svg_at(g.at, since, until, x1, x2) AS x
                  FROM generate_series(date_trunc(unit, since), until, step) g (at)
                  WHERE g.at >= since) t
            WHERE t.x BETWEEN x1 + 16 AND x2 - 16);
END
$$;

COMMENT ON FUNCTION _svg_axis(timestamp, timestamp, double precision, double precision, double precision, double precision) IS
'A time axis over a part of a picture: lines and what day they are';

CREATE FUNCTION _svg_at(at timestamp, since timestamp, until timestamp, x1 double precision, x2 double precision) RETURNS double precision
LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 10
RETURN x1 + (x2 - x1) * (pg_catalog.date_part('epoch', at - since) / pg_catalog.date_part('epoch', until - since));

COMMENT ON FUNCTION _svg_at(timestamp, timestamp, timestamp, double precision, double precision) IS 'Where a time is on such an axis';

-- The palette.  A colour of text has a contrast of 4.5 or more with each ground
-- on which it stands: test/documents/picture computes it.
CREATE FUNCTION _svg_style(background text DEFAULT NULL) RETURNS text
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    -- class, in light, in dark
    palette CONSTANT text[] := '{{ground,#ffffff,#12161c},{panel,#f1f4f8,#1d242e},{pale,#e3ecfb,#1f3150},{ink,#17202b,#e9edf2},{soft,#516070,#aab6c4},
        {blue,#1d5fc0,#86b7ff},{green,#17703c,#66d193},{amber,#855400,#f3bb55},{red,#b0241c,#ff968d},{violet,#6a3fa5,#c9abf8},{grey,#7a8794,#8c99a7},
        {on,#ffffff,#12161c},{band,#17396f,#1a3a6e},{arc,#20478a,#234a86},{white,#ffffff,#f4f7fb}}';
    rules text[];
BEGIN
    FOR k IN 2 .. 3 LOOP
        rules[k] := (SELECT string_agg(format('.salon .%s,.salon .b-%s{fill:%s}.salon .o-%s{fill:none;stroke:%s}', palette[n][1], palette[n][1], palette[n][k], palette[n][1], palette[n][k]), '' ORDER BY n)
                     FROM generate_subscripts(palette, 1) n)
                    || format('.salon .line{fill:none;stroke:%s}.salon .ring{fill:%s;stroke:%s}', CASE k WHEN 2 THEN '#ccd5df' ELSE '#3a4654' END, palette[1][k], palette[4][k]);
    END LOOP;
    RETURN concat('<style>.salon text{font-family:"Noto Sans CJK SC","PingFang SC","Microsoft YaHei","Noto Sans",system-ui,sans-serif}.salon [class^="b-"]{font-weight:700}',
                  '.salon [class^="o-"]{stroke-width:2}.salon [class$="dash"]{stroke-dasharray:5 5}.salon [class$="wide"]{stroke-width:3}.salon .ring{stroke-width:2}',
                  CASE background WHEN 'dark' THEN rules[3] ELSE rules[2] END,
                  CASE WHEN background IS NULL THEN '@media(prefers-color-scheme:dark){' || rules[3] || '}' END,
                  '</style>', E'\n');
END
$$;

COMMENT ON FUNCTION _svg_style(text) IS 'The palette as a style sheet: of a light or a dark background, or NULL for what whoever looks prefers';

CREATE FUNCTION _svg_frame(width double precision, height double precision, title text, description text, body text, background text DEFAULT NULL) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
RETURN pg_catalog.concat('<svg xmlns="http://www.w3.org/2000/svg" class="salon" role="img" xml:lang="', salon.lang(), '" viewBox="0 0 ', salon._svg_number(width), ' ', salon._svg_number(height),
                         '" width="', salon._svg_number(width), '" height="', salon._svg_number(height), '">', E'\n<title>', salon.escape(salon._svg_plain(title), 'xml'), E'</title>\n<desc>',
                         salon.escape(salon._svg_plain(description), 'xml'), E'</desc>\n', salon._svg_style(background), salon._svg_rect('ground', 0, 0, width, height), body, E'</svg>\n');

COMMENT ON FUNCTION _svg_frame(double precision, double precision, text, text, text, text) IS
'A picture of that size: what it is called and what it says in words, then what is drawn; light or dark, or NULL for what whoever looks prefers';

CREATE FUNCTION _svg_heading(title text, subtitle text, width double precision DEFAULT 1000) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
RETURN salon._svg_text('b-ink', 32, 50, least(26, greatest(19, (width - 64) / nullif(1.13 * salon._svg_width(salon._svg_plain(title)), 0))), title, width - 64) || salon._svg_text('soft', 32, 78, 15, subtitle, width - 64);

COMMENT ON FUNCTION _svg_heading(text, text, double precision) IS 'The two lines over a picture';

CREATE FUNCTION _svg_nothing(title text, why text, background text DEFAULT NULL) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE COST 100
RETURN salon._svg_frame(1000, 220, title, why, salon._svg_heading(title, NULL) || salon._svg_rect('panel', 32, 84, 936, 104, 10) || salon._svg_text('soft', 500, 142, 17, why, 880, 'middle'), background);

COMMENT ON FUNCTION _svg_nothing(text, text, text) IS 'A picture of what there is nothing of, which says so';
