-- Reach and price: who the audience is, whom a sponsor wants to reach, how well
-- the two fit, how much of a segment is covered, and what a page view costs.

CREATE TABLE profession (
    profession_code  text PRIMARY KEY
                     CONSTRAINT profession_code_is_ascii CHECK (profession_code ~ '^[a-z][a-z0-9_]*$'),
    ordinal          smallint NOT NULL DEFAULT 100,
    name_en          text,
    name_zh          text,
    shipped          boolean NOT NULL DEFAULT false,
    CONSTRAINT profession_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT profession_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh))
);

COMMENT ON TABLE profession IS 'Professions of an audience: an open list (A10) / 受众职业';
COMMENT ON COLUMN profession.profession_code IS 'Short code, such as dba';
COMMENT ON COLUMN profession.ordinal IS 'Order in lists';
COMMENT ON COLUMN profession.name_en IS 'English name';
COMMENT ON COLUMN profession.name_zh IS 'Chinese name, as in the source';
COMMENT ON COLUMN profession.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT profession_code_is_ascii ON profession IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT profession_has_a_name ON profession IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT profession_texts_are_not_blank ON profession IS 'A text shows something: leave it NULL, or give one that is not blank';

CREATE TABLE industry (
    industry_code  text PRIMARY KEY
                   CONSTRAINT industry_code_is_ascii CHECK (industry_code ~ '^[a-z][a-z0-9_]*$'),
    parent_code    text REFERENCES industry,
    ordinal        smallint NOT NULL DEFAULT 100,
    name_en        text,
    name_zh        text,
    shipped        boolean NOT NULL DEFAULT false,
    CONSTRAINT industry_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT industry_is_not_its_parent CHECK (parent_code <> industry_code),
    CONSTRAINT industry_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh))
);
CREATE INDEX industry_parent_code_idx ON industry (parent_code);

COMMENT ON TABLE industry IS 'Industries of parties and of an audience: an open list (A9, B9) / 行业';
COMMENT ON COLUMN industry.industry_code IS 'Short code, such as operator';
COMMENT ON COLUMN industry.parent_code IS 'The wider industry of which this is a kind; NULL: none';
COMMENT ON COLUMN industry.ordinal IS 'Order in lists';
COMMENT ON COLUMN industry.name_en IS 'English name';
COMMENT ON COLUMN industry.name_zh IS 'Chinese name, as in the source';
COMMENT ON COLUMN industry.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT industry_code_is_ascii ON industry IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT industry_has_a_name ON industry IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT industry_is_not_its_parent ON industry IS 'An industry is no kind of itself: choose another parent or none';
COMMENT ON CONSTRAINT industry_texts_are_not_blank ON industry IS 'A text shows something: leave it NULL, or give one that is not blank';

-- UNION stops a ring that two transactions might make together.  PL/pgSQL
-- keeps the plan: it is called for each group of an audience.
CREATE FUNCTION _industry_up(industry_code text) RETURNS SETOF text
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE ROWS 3
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN QUERY
    WITH RECURSIVE up (code) AS (
        SELECT _industry_up.industry_code
        UNION
        SELECT i.parent_code
        FROM up
        JOIN industry i ON i.industry_code = up.code
        WHERE i.parent_code IS NOT NULL
    )
    SELECT up.code
    FROM up;
END
$$;

COMMENT ON FUNCTION _industry_up(text) IS 'An industry with everything it is a kind of';

CREATE CONSTRAINT TRIGGER industry_has_no_ring AFTER INSERT OR UPDATE OF parent_code ON industry
    FOR EACH ROW WHEN (NEW.parent_code IS NOT NULL) EXECUTE FUNCTION _ring('industry_code', 'parent_code');

CREATE TABLE region (
    region_code  text PRIMARY KEY
                 CONSTRAINT region_code_is_ascii CHECK (region_code ~ '^[a-z][a-z0-9_]*$'),
    name_en      text,
    name_zh      text,
    shipped      boolean NOT NULL DEFAULT false,
    CONSTRAINT region_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT region_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh))
);

COMMENT ON TABLE region IS 'Regions: sets of cities, which may overlap / 地区';
COMMENT ON COLUMN region.region_code IS 'Short code, such as east';
COMMENT ON COLUMN region.name_en IS 'English name';
COMMENT ON COLUMN region.name_zh IS 'Chinese name';
COMMENT ON COLUMN region.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT region_code_is_ascii ON region IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT region_has_a_name ON region IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT region_texts_are_not_blank ON region IS 'A text shows something: leave it NULL, or give one that is not blank';

CREATE TABLE region_city (
    region_code  text NOT NULL REFERENCES region ON DELETE CASCADE,
    city_code    text NOT NULL REFERENCES city,
    PRIMARY KEY (region_code, city_code)
);
CREATE INDEX region_city_city_code_idx ON region_city (city_code);

COMMENT ON TABLE region_city IS 'Which cities a region has: all of them, once one is entered';
COMMENT ON COLUMN region_city.region_code IS 'The region';
COMMENT ON COLUMN region_city.city_code IS 'A city of it';

CREATE TABLE party_industry (
    party_industry_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    party_id           bigint NOT NULL REFERENCES party,
    industry_code      text NOT NULL REFERENCES industry,
    UNIQUE (party_id, industry_code)
);
CREATE INDEX party_industry_industry_code_idx ON party_industry (industry_code);

COMMENT ON TABLE party_industry IS 'Industries of a party; without a row: not known / 参与方行业';
COMMENT ON COLUMN party_industry.party_industry_id IS 'Key';
COMMENT ON COLUMN party_industry.party_id IS 'The party';
COMMENT ON COLUMN party_industry.industry_code IS 'An industry in which it works';

CREATE TABLE supplier_of (
    supplier_of_id     bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    supplier_id        bigint NOT NULL,
    customer_id        bigint NOT NULL,
    organization_kind  text NOT NULL GENERATED ALWAYS AS ('organization') STORED,
    note               text,
    UNIQUE (supplier_id, customer_id),
    CONSTRAINT supplier_of_supplier_is_an_organization
        FOREIGN KEY (supplier_id, organization_kind) REFERENCES party (party_id, kind),
    CONSTRAINT supplier_of_customer_is_an_organization
        FOREIGN KEY (customer_id, organization_kind) REFERENCES party (party_id, kind),
    CONSTRAINT supplier_of_is_another CHECK (supplier_id <> customer_id)
);
CREATE INDEX supplier_of_supplier_id_idx ON supplier_of (supplier_id, organization_kind);
CREATE INDEX supplier_of_customer_id_idx ON supplier_of (customer_id, organization_kind);

COMMENT ON TABLE supplier_of IS 'Which organization sells to which, such as an ISV to a telecom operator (B9) / 供应商关系';
COMMENT ON COLUMN supplier_of.supplier_of_id IS 'Key';
COMMENT ON COLUMN supplier_of.supplier_id IS 'Who sells';
COMMENT ON COLUMN supplier_of.customer_id IS 'Who buys';
COMMENT ON COLUMN supplier_of.organization_kind IS 'Always organization: makes the foreign keys refuse a person';
COMMENT ON COLUMN supplier_of.note IS 'Remark of the organizers';
COMMENT ON CONSTRAINT supplier_of_supplier_is_an_organization ON supplier_of IS 'supplier_id must be a party of kind organization';
COMMENT ON CONSTRAINT supplier_of_customer_is_an_organization ON supplier_of IS 'customer_id must be a party of kind organization';
COMMENT ON CONSTRAINT supplier_of_is_another ON supplier_of IS 'A party is no supplier of itself';

-- A segment says whom it is about; an attribute that is NULL does not matter.
CREATE TABLE segment (
    segment_id       bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    name_en          text,
    name_zh          text,
    counts           text NOT NULL DEFAULT 'people'
                     CONSTRAINT segment_counts_is_known CHECK (counts IN ('people', 'organizations')),
    profession_code  text REFERENCES profession,
    industry_code    text REFERENCES industry,
    city_code        text REFERENCES city,
    region_code      text REFERENCES region,
    age_from         integer CONSTRAINT segment_age_is_not_negative CHECK (age_from >= 0),
    age_below        integer,
    income_from      numeric CONSTRAINT segment_income_is_not_negative CHECK (income_from >= 0 AND income_from <> 'NaN'),
    income_below     numeric,
    size             bigint CONSTRAINT segment_size_is_positive CHECK (size > 0),
    size_basis       text CONSTRAINT segment_size_basis_is_known CHECK (size_basis IN ('measured', 'claimed')),
    note             text,
    CONSTRAINT segment_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT segment_is_in_one_place CHECK (num_nonnulls(city_code, region_code) <= 1),
    CONSTRAINT segment_age_is_a_range CHECK (age_below > coalesce(age_from, 0)),
    CONSTRAINT segment_income_is_a_range CHECK (income_below > coalesce(income_from, 0) AND income_below <> 'NaN'),
    CONSTRAINT segment_has_an_attribute CHECK (
        num_nonnulls(profession_code, industry_code, city_code, region_code, age_from, age_below, income_from, income_below) > 0),
    CONSTRAINT segment_of_organizations_is_not_of_people CHECK (
        counts <> 'organizations' OR num_nonnulls(profession_code, age_from, age_below, income_from, income_below) = 0),
    CONSTRAINT segment_size_says_its_basis CHECK ((size IS NULL) = (size_basis IS NULL)),
    CONSTRAINT segment_size_can_be_added_up CHECK (size <= 1000000000000),
    CONSTRAINT segment_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh))
);
CREATE INDEX segment_profession_code_idx ON segment (profession_code);
CREATE INDEX segment_industry_code_idx ON segment (industry_code);
CREATE INDEX segment_city_code_idx ON segment (city_code);
CREATE INDEX segment_region_code_idx ON segment (region_code);

COMMENT ON TABLE segment IS 'Segments of people or of organizations, by attributes: whom a sponsor wants, or whom the community wants to cover (B8, B9) / 目标群体';
COMMENT ON COLUMN segment.segment_id IS 'Key';
COMMENT ON COLUMN segment.name_en IS 'English name';
COMMENT ON COLUMN segment.name_zh IS 'Chinese name';
COMMENT ON COLUMN segment.counts IS 'Whether people or organizations are counted';
COMMENT ON COLUMN segment.profession_code IS 'Profession; NULL: any';
COMMENT ON COLUMN segment.industry_code IS 'Industry, with every kind of it; NULL: any';
COMMENT ON COLUMN segment.city_code IS 'City; NULL: any, or that of the region';
COMMENT ON COLUMN segment.region_code IS 'Region; NULL: any, or that of the city';
COMMENT ON COLUMN segment.age_from IS 'Youngest age in years; NULL: no lower limit';
COMMENT ON COLUMN segment.age_below IS 'First age that is too old; NULL: no upper limit';
COMMENT ON COLUMN segment.income_from IS 'Lowest income a year in the currency of the space; NULL: no lower limit';
COMMENT ON COLUMN segment.income_below IS 'First income a year that is too high; NULL: no upper limit';
COMMENT ON COLUMN segment.size IS 'How many there are of it; NULL: not known';
COMMENT ON COLUMN segment.size_basis IS 'Whether size was measured or claimed';
COMMENT ON COLUMN segment.note IS 'Remark of the organizers';
COMMENT ON CONSTRAINT segment_counts_is_known ON segment IS 'counts is people or organizations';
COMMENT ON CONSTRAINT segment_age_is_not_negative ON segment IS 'An age is zero or more';
COMMENT ON CONSTRAINT segment_income_is_not_negative ON segment IS 'An income is a number, zero or more';
COMMENT ON CONSTRAINT segment_size_is_positive ON segment IS 'A size is one or more; leave it NULL when not known';
COMMENT ON CONSTRAINT segment_size_basis_is_known ON segment IS 'A basis is measured or claimed';
COMMENT ON CONSTRAINT segment_has_a_name ON segment IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT segment_is_in_one_place ON segment IS 'Give a city or a region, not both';
COMMENT ON CONSTRAINT segment_age_is_a_range ON segment IS 'age_below is the first age that is too old and must be above age_from';
COMMENT ON CONSTRAINT segment_income_is_a_range ON segment IS 'income_below is the first income that is too high and must be above income_from';
COMMENT ON CONSTRAINT segment_has_an_attribute ON segment IS 'Say whom it is about: give at least one attribute';
COMMENT ON CONSTRAINT segment_of_organizations_is_not_of_people ON segment IS 'Organizations have an industry and a place, no profession, age or income';
COMMENT ON CONSTRAINT segment_size_says_its_basis ON segment IS 'Set size and size_basis together';
COMMENT ON CONSTRAINT segment_size_can_be_added_up ON segment IS 'A size is at most 1000000000000';
COMMENT ON CONSTRAINT segment_texts_are_not_blank ON segment IS 'A text shows something: leave it NULL, or give one that is not blank';

CREATE TRIGGER segment_amounts_fit_the_currency BEFORE INSERT OR UPDATE OF income_from, income_below ON segment
    FOR EACH ROW EXECUTE FUNCTION _amount('income_from', 'income_below');

CREATE FUNCTION segment_label(segment_id bigint) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT salon.label(s.name_en, s.name_zh)
    FROM segment s
    WHERE s.segment_id = segment_label.segment_id;
END;

COMMENT ON FUNCTION segment_label(bigint) IS 'Name of a segment in the language of salon.lang; NULL for an unknown segment';

CREATE TABLE target (
    target_id   bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    party_id    bigint NOT NULL REFERENCES party,
    segment_id  bigint NOT NULL REFERENCES segment ON DELETE CASCADE,
    UNIQUE (party_id, segment_id)
);
CREATE INDEX target_segment_id_idx ON target (segment_id);

COMMENT ON TABLE target IS 'Which segments a party wants to reach: of several, whoever is in any of them fits (B8) / 赞助商目标人群';
COMMENT ON COLUMN target.target_id IS 'Key';
COMMENT ON COLUMN target.party_id IS 'The party, such as a sponsor';
COMMENT ON COLUMN target.segment_id IS 'Whom it wants to reach';

-- An audience is a set of groups; everybody counts in one group only.  An
-- attribute that is NULL is not known of the group.
CREATE TABLE audience (
    audience_id      bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id         bigint REFERENCES event ON DELETE CASCADE,
    party_id         bigint REFERENCES party,
    profession_code  text REFERENCES profession,
    industry_code    text REFERENCES industry,
    city_code        text REFERENCES city,
    region_code      text REFERENCES region,
    age_from         integer CONSTRAINT audience_age_is_not_negative CHECK (age_from >= 0),
    age_below        integer,
    income_from      numeric CONSTRAINT audience_income_is_not_negative CHECK (income_from >= 0 AND income_from <> 'NaN'),
    income_below     numeric,
    planned          bigint CONSTRAINT audience_planned_is_not_negative CHECK (planned >= 0),
    actual           bigint CONSTRAINT audience_actual_is_not_negative CHECK (actual >= 0),
    actual_basis     text CONSTRAINT audience_actual_basis_is_known CHECK (actual_basis IN ('measured', 'claimed')),
    note             text,
    CONSTRAINT audience_group_is_given_once UNIQUE NULLS NOT DISTINCT (
        event_id, party_id, profession_code, industry_code, city_code, region_code,
        age_from, age_below, income_from, income_below),
    CONSTRAINT audience_belongs_to_one CHECK (num_nonnulls(event_id, party_id) = 1),
    CONSTRAINT audience_is_in_one_place CHECK (num_nonnulls(city_code, region_code) <= 1),
    CONSTRAINT audience_age_is_a_range CHECK (age_below > coalesce(age_from, 0)),
    CONSTRAINT audience_income_is_a_range CHECK (income_below > coalesce(income_from, 0) AND income_below <> 'NaN'),
    CONSTRAINT audience_actual_says_its_basis CHECK ((actual IS NULL) = (actual_basis IS NULL)),
    CONSTRAINT audience_planned_can_be_added_up CHECK (planned <= 1000000000000),
    CONSTRAINT audience_actual_can_be_added_up CHECK (actual <= 1000000000000)
);
CREATE INDEX audience_party_id_idx ON audience (party_id);
CREATE INDEX audience_profession_code_idx ON audience (profession_code);
CREATE INDEX audience_industry_code_idx ON audience (industry_code);
CREATE INDEX audience_city_code_idx ON audience (city_code);
CREATE INDEX audience_region_code_idx ON audience (region_code);

COMMENT ON TABLE audience IS 'Groups of the audience of an event, or of a party: everybody counts in one group only (A10) / 受众';
COMMENT ON COLUMN audience.audience_id IS 'Key';
COMMENT ON COLUMN audience.event_id IS 'The event whose audience it is; NULL: that of a party';
COMMENT ON COLUMN audience.party_id IS 'The party whose audience it is; NULL: that of an event';
COMMENT ON COLUMN audience.profession_code IS 'Profession of the group; NULL: not known';
COMMENT ON COLUMN audience.industry_code IS 'Industry of the group; NULL: not known';
COMMENT ON COLUMN audience.city_code IS 'City of the group; NULL: not known, or only the region';
COMMENT ON COLUMN audience.region_code IS 'Region of the group; NULL: not known, or it is that of the city';
COMMENT ON COLUMN audience.age_from IS 'Youngest age in years; NULL: not known; with age_below alone: no lower limit';
COMMENT ON COLUMN audience.age_below IS 'First age that nobody has; NULL: not known; with age_from alone: no upper limit';
COMMENT ON COLUMN audience.income_from IS 'Lowest income a year, or the mean where only that is known; NULL: not known; with income_below alone: no lower limit';
COMMENT ON COLUMN audience.income_below IS 'First income a year that nobody has; NULL: not known; with income_from alone: no upper limit';
COMMENT ON COLUMN audience.planned IS 'Planned headcount of the group; NULL: not known';
COMMENT ON COLUMN audience.actual IS 'Headcount of the group that came about; NULL: not known';
COMMENT ON COLUMN audience.actual_basis IS 'Whether actual was measured or claimed';
COMMENT ON COLUMN audience.note IS 'Remark of the organizers';
COMMENT ON CONSTRAINT audience_group_is_given_once ON audience IS 'A group with the same attributes stands there already: update that row';
COMMENT ON CONSTRAINT audience_age_is_not_negative ON audience IS 'An age is zero or more';
COMMENT ON CONSTRAINT audience_income_is_not_negative ON audience IS 'An income is a number, zero or more';
COMMENT ON CONSTRAINT audience_planned_is_not_negative ON audience IS 'A headcount is zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT audience_actual_is_not_negative ON audience IS 'A headcount is zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT audience_actual_basis_is_known ON audience IS 'A basis is measured or claimed';
COMMENT ON CONSTRAINT audience_belongs_to_one ON audience IS 'Give an event or a party, not both';
COMMENT ON CONSTRAINT audience_is_in_one_place ON audience IS 'Give a city or a region, not both';
COMMENT ON CONSTRAINT audience_age_is_a_range ON audience IS 'age_below is the first age that nobody has and must be above age_from';
COMMENT ON CONSTRAINT audience_income_is_a_range ON audience IS 'income_below is the first income that nobody has and must be above income_from';
COMMENT ON CONSTRAINT audience_actual_says_its_basis ON audience IS 'Set actual and actual_basis together';
COMMENT ON CONSTRAINT audience_planned_can_be_added_up ON audience IS 'A headcount is at most 1000000000000';
COMMENT ON CONSTRAINT audience_actual_can_be_added_up ON audience IS 'A headcount is at most 1000000000000';

CREATE TRIGGER audience_amounts_fit_the_currency BEFORE INSERT OR UPDATE OF income_from, income_below ON audience
    FOR EACH ROW EXECUTE FUNCTION _amount('income_from', 'income_below');

CREATE TABLE medium (
    medium_code  text PRIMARY KEY
                 CONSTRAINT medium_code_is_ascii CHECK (medium_code ~ '^[a-z][a-z0-9_]*$'),
    ordinal      smallint NOT NULL DEFAULT 100,
    name_en      text,
    name_zh      text,
    shipped      boolean NOT NULL DEFAULT false,
    CONSTRAINT medium_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT medium_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh))
);

COMMENT ON TABLE medium IS 'Ways by which an event is seen: an open list (A11) / 传播方式';
COMMENT ON COLUMN medium.medium_code IS 'Short code, such as live';
COMMENT ON COLUMN medium.ordinal IS 'Order in lists';
COMMENT ON COLUMN medium.name_en IS 'English name';
COMMENT ON COLUMN medium.name_zh IS 'Chinese name, as in the source';
COMMENT ON COLUMN medium.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT medium_code_is_ascii ON medium IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT medium_has_a_name ON medium IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT medium_texts_are_not_blank ON medium IS 'A text shows something: leave it NULL, or give one that is not blank';

CREATE TABLE reach (
    reach_id     bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    event_id     bigint NOT NULL REFERENCES event ON DELETE CASCADE,
    medium_code  text NOT NULL REFERENCES medium,
    planned_pv   bigint CONSTRAINT reach_planned_pv_is_not_negative CHECK (planned_pv >= 0),
    actual_pv    bigint CONSTRAINT reach_actual_pv_is_not_negative CHECK (actual_pv >= 0),
    actual_basis text CONSTRAINT reach_actual_basis_is_known CHECK (actual_basis IN ('measured', 'claimed')),
    note         text,
    CONSTRAINT reach_medium_is_given_once UNIQUE (event_id, medium_code),
    CONSTRAINT reach_actual_says_its_basis CHECK ((actual_pv IS NULL) = (actual_basis IS NULL)),
    CONSTRAINT reach_planned_pv_can_be_added_up CHECK (planned_pv <= 1000000000000),
    CONSTRAINT reach_actual_pv_can_be_added_up CHECK (actual_pv <= 1000000000000)
);
CREATE INDEX reach_medium_code_idx ON reach (medium_code);

COMMENT ON TABLE reach IS 'Page views of an event by medium, planned and actual (A11, B8) / 活动流量';
COMMENT ON COLUMN reach.reach_id IS 'Key';
COMMENT ON COLUMN reach.event_id IS 'The event';
COMMENT ON COLUMN reach.medium_code IS 'By which medium it is seen';
COMMENT ON COLUMN reach.planned_pv IS 'Planned page views; NULL: not known; 0: none';
COMMENT ON COLUMN reach.actual_pv IS 'Page views that came about; NULL: not known';
COMMENT ON COLUMN reach.actual_basis IS 'Whether actual_pv was measured or claimed';
COMMENT ON COLUMN reach.note IS 'Remark of the organizers';
COMMENT ON CONSTRAINT reach_medium_is_given_once ON reach IS 'The page views of this medium stand there already: update that row';
COMMENT ON CONSTRAINT reach_planned_pv_is_not_negative ON reach IS 'Page views are zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT reach_actual_pv_is_not_negative ON reach IS 'Page views are zero or more; leave it NULL when not known';
COMMENT ON CONSTRAINT reach_actual_basis_is_known ON reach IS 'A basis is measured or claimed';
COMMENT ON CONSTRAINT reach_actual_says_its_basis ON reach IS 'Set actual_pv and actual_basis together';
COMMENT ON CONSTRAINT reach_planned_pv_can_be_added_up ON reach IS 'Page views are at most 1000000000000';
COMMENT ON CONSTRAINT reach_actual_pv_can_be_added_up ON reach IS 'Page views are at most 1000000000000';

-- Whether what is known lies inside what is wanted: true, false, or NULL for
-- not known.  AND and OR of SQL then do the rest.
CREATE FUNCTION _industry_fits(industry_code text, wanted_code text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN CASE WHEN wanted_code IS NULL OR industry_code = wanted_code THEN true
                WHEN industry_code IS NULL THEN NULL
                WHEN wanted_code IN (SELECT u FROM _industry_up(industry_code) u) THEN true
                WHEN industry_code IN (SELECT u FROM _industry_up(wanted_code) u) THEN NULL
                ELSE false END;
END
$$;

COMMENT ON FUNCTION _industry_fits(text, text) IS
'Whether an industry is the wanted one or a kind of it; NULL: not known, or it is a wider one';

CREATE FUNCTION _place_fits(city_code text, region_code text, wanted_city text, wanted_region text) RETURNS boolean
LANGUAGE plpgsql STABLE PARALLEL SAFE
SET search_path FROM CURRENT
AS $$
BEGIN
    RETURN CASE
        WHEN num_nonnulls(wanted_city, wanted_region) = 0 THEN true
        WHEN num_nonnulls(city_code, region_code) = 0 THEN NULL
        WHEN num_nonnulls(city_code, wanted_city) = 2 THEN city_code = wanted_city
        WHEN region_code = wanted_region THEN true
        -- A region without cities is one of which nothing is known.
        WHEN region_code IS NOT NULL AND NOT EXISTS (SELECT FROM region_city c WHERE c.region_code = _place_fits.region_code) THEN NULL
        WHEN wanted_region IS NOT NULL AND NOT EXISTS (SELECT FROM region_city c WHERE c.region_code = wanted_region) THEN NULL
        WHEN city_code IS NOT NULL
            THEN EXISTS (SELECT FROM region_city c WHERE c.region_code = wanted_region AND c.city_code = _place_fits.city_code)
        ELSE (SELECT CASE WHEN bool_and(x.is_wanted) THEN true WHEN NOT bool_or(x.is_wanted) THEN false END
              FROM (SELECT c.city_code IS NOT DISTINCT FROM wanted_city
                           OR EXISTS (SELECT FROM region_city w WHERE w.region_code = wanted_region AND w.city_code = c.city_code) AS is_wanted
                    FROM region_city c
                    WHERE c.region_code = _place_fits.region_code) AS x (is_wanted)) END;
END
$$;

COMMENT ON FUNCTION _place_fits(text, text, text, text) IS
'Whether a city or region lies in the wanted city or region; NULL: not known, or only a part of it';

CREATE FUNCTION _range_fits(known numrange, wanted numrange) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN wanted = '(,)' THEN true
            WHEN known = '(,)' THEN NULL
            WHEN known <@ wanted THEN true
            WHEN known && wanted THEN NULL
            ELSE false END;

COMMENT ON FUNCTION _range_fits(numrange, numrange) IS
'Whether a range lies inside the wanted one; NULL: nothing is known of it, or only a part lies inside';

-- Not of the row of audience: who may not read its remark may ask this.
CREATE FUNCTION _group_fits(profession_code text, industry_code text, city_code text, region_code text, ages numrange, incomes numrange, s segment) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE
RETURN s.counts = 'people'
       AND (s.profession_code IS NULL OR _group_fits.profession_code = s.profession_code)
       AND _range_fits(ages, numrange(s.age_from, s.age_below))
       AND _range_fits(incomes, numrange(s.income_from, s.income_below))
       AND _industry_fits(_group_fits.industry_code, s.industry_code)
       AND _place_fits(_group_fits.city_code, _group_fits.region_code, s.city_code, s.region_code);

COMMENT ON FUNCTION _group_fits(text, text, text, text, numrange, numrange, segment) IS
'Whether a group of an audience lies inside a segment; NULL: not known';

-- How much of an audience lies inside any of some segments.  A group of unknown
-- size may be of any size: the bounds are the sharpest that hold for all.
CREATE FUNCTION _audience_share(event_id bigint, party_id bigint, segments bigint[], is_actual boolean,
                                OUT inside numeric, OUT outside numeric, OUT unknown numeric, OUT uncounted bigint,
                                OUT at_least numeric, OUT at_most numeric, OUT basis text) RETURNS record
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT t.inside, t.outside, t.unknown, t.uncounted,
           CASE WHEN NOT t.is_there THEN NULL
                WHEN t.all_inside THEN 1
                WHEN t.uncounted_not_inside > 0 THEN 0
                ELSE t.inside / (t.inside + t.outside + t.unknown) END,
           CASE WHEN NOT t.is_there THEN NULL
                WHEN t.all_outside THEN 0
                WHEN t.uncounted_not_outside > 0 THEN 1
                ELSE (t.inside + t.unknown) / (t.inside + t.outside + t.unknown) END,
           CASE WHEN t.is_there AND is_actual THEN CASE WHEN t.is_claimed THEN 'claimed' ELSE 'measured' END END
    FROM (
        SELECT coalesce(sum(g.heads) FILTER (WHERE g.fits), 0) AS inside,
               coalesce(sum(g.heads) FILTER (WHERE NOT g.fits), 0) AS outside,
               coalesce(sum(g.heads) FILTER (WHERE g.fits IS NULL), 0) AS unknown,
               count(*) FILTER (WHERE g.heads IS NULL) AS uncounted,
               count(*) FILTER (WHERE g.heads IS NULL AND g.fits IS NOT TRUE) AS uncounted_not_inside,
               count(*) FILTER (WHERE g.heads IS NULL AND g.fits IS NOT FALSE) AS uncounted_not_outside,
               bool_and(g.fits IS TRUE) AS all_inside,
               bool_and(g.fits IS FALSE) AS all_outside,
               bool_or(g.actual_basis = 'claimed') IS TRUE AS is_claimed,
               -- Before anybody was counted there is no actual audience.
               count(*) > 0 AND (NOT is_actual OR count(g.heads) > 0) AS is_there
        FROM (
            SELECT CASE WHEN is_actual THEN a.actual ELSE a.planned END AS heads, a.actual_basis,
                   (SELECT CASE WHEN bool_or(f.fits) THEN true WHEN bool_and(f.fits IS NOT NULL) THEN false END
                    FROM (SELECT _group_fits(a.profession_code, a.industry_code, a.city_code, a.region_code,
                                              numrange(a.age_from, a.age_below), numrange(a.income_from, a.income_below), s) AS fits
                          FROM segment s
                          WHERE s.segment_id = ANY (segments)) f) AS fits
            FROM audience a
            WHERE a.event_id = _audience_share.event_id OR a.party_id = _audience_share.party_id
            -- worked out once, not for each sum
            OFFSET 0
        ) g
        WHERE g.heads IS DISTINCT FROM 0
    ) t;
END;

COMMENT ON FUNCTION _audience_share(bigint, bigint, bigint[], boolean) IS
'Heads of the audience of an event or a party inside, outside and not known to be inside any of the segments, and the sharpest bounds of the share inside';

CREATE VIEW audience_fit WITH (security_invoker) AS
SELECT o.event_id, o.party_id, coalesce(event_label(o.event_id), party_label(o.party_id)) AS audience_of,
       s.segment_id, salon.label(s.name_en, s.name_zh) AS segment,
       p.inside AS planned_inside, p.outside AS planned_outside, p.unknown AS planned_unknown, p.uncounted AS planned_uncounted,
       trim_scale(round(p.at_least, 6)) AS planned_share_from, trim_scale(round(p.at_most, 6)) AS planned_share_to,
       a.inside AS actual_inside, a.outside AS actual_outside, a.unknown AS actual_unknown, a.uncounted AS actual_uncounted,
       trim_scale(round(a.at_least, 6)) AS actual_share_from, trim_scale(round(a.at_most, 6)) AS actual_share_to,
       a.basis AS actual_basis,
       event_label(o.event_id) AS event, event_date(o.event_id) AS held_on
FROM (
    SELECT e.event_id, NULL::bigint AS party_id FROM event e WHERE EXISTS (SELECT FROM audience u WHERE u.event_id = e.event_id)
    UNION ALL
    SELECT NULL, p.party_id FROM party p WHERE EXISTS (SELECT FROM audience u WHERE u.party_id = p.party_id)
) o
JOIN segment s ON s.counts = 'people'
CROSS JOIN LATERAL _audience_share(o.event_id, o.party_id, ARRAY[s.segment_id], false) p
CROSS JOIN LATERAL _audience_share(o.event_id, o.party_id, ARRAY[s.segment_id], true) a;

COMMENT ON VIEW audience_fit IS 'How much of the audience of an event or a party lies inside each segment of people; what is not known is told apart (B8) / 受众匹配度';
COMMENT ON COLUMN audience_fit.event_id IS 'The event whose audience it is; NULL: that of a party';
COMMENT ON COLUMN audience_fit.party_id IS 'The party whose audience it is; NULL: that of an event';
COMMENT ON COLUMN audience_fit.audience_of IS 'Label of the event or party';
COMMENT ON COLUMN audience_fit.segment_id IS 'The segment';
COMMENT ON COLUMN audience_fit.segment IS 'Label of the segment';
COMMENT ON COLUMN audience_fit.planned_inside IS 'Planned heads in groups that lie inside';
COMMENT ON COLUMN audience_fit.planned_outside IS 'Planned heads in groups that lie outside';
COMMENT ON COLUMN audience_fit.planned_unknown IS 'Planned heads in groups of which it is not known';
COMMENT ON COLUMN audience_fit.planned_uncounted IS 'Groups without a planned headcount';
COMMENT ON COLUMN audience_fit.planned_share_from IS 'Share inside, at least; NULL: there is no group';
COMMENT ON COLUMN audience_fit.planned_share_to IS 'Share inside, at most; NULL: there is no group';
COMMENT ON COLUMN audience_fit.actual_inside IS 'Heads that came in groups that lie inside';
COMMENT ON COLUMN audience_fit.actual_outside IS 'Heads that came in groups that lie outside';
COMMENT ON COLUMN audience_fit.actual_unknown IS 'Heads that came in groups of which it is not known';
COMMENT ON COLUMN audience_fit.actual_uncounted IS 'Groups without an actual headcount';
COMMENT ON COLUMN audience_fit.actual_share_from IS 'Share inside, at least; NULL: nobody was counted';
COMMENT ON COLUMN audience_fit.actual_share_to IS 'Share inside, at most; NULL: nobody was counted';
COMMENT ON COLUMN audience_fit.actual_basis IS 'measured, or claimed when any group is';
COMMENT ON COLUMN audience_fit.event IS 'Label of the event';
COMMENT ON COLUMN audience_fit.held_on IS 'The day on which the event begins, where it is held';

-- Organizations that play a part at an event, by segment of organizations.
CREATE VIEW _covered WITH (security_invoker) AS
SELECT x.event_id, x.segment_id, x.party_id,
       _place_fits(x.city_code, NULL, x.wanted_city, x.wanted_region)
       AND (x.wanted_industry IS NULL OR i.fits) AS fits
FROM (
    SELECT DISTINCT ep.event_id, s.segment_id, ep.party_id, p.city_code,
           s.city_code AS wanted_city, s.region_code AS wanted_region, s.industry_code AS wanted_industry
    FROM event_party ep
    JOIN party p ON p.party_id = ep.party_id AND p.kind = 'organization'
    JOIN segment s ON s.counts = 'organizations'
) x
CROSS JOIN LATERAL (
    SELECT CASE WHEN bool_or(f.fits) THEN true WHEN bool_and(f.fits IS NOT NULL) THEN false END AS fits
    FROM (SELECT _industry_fits(pi.industry_code, x.wanted_industry) AS fits
          FROM party_industry pi
          WHERE pi.party_id = x.party_id) f
) i;

COMMENT ON VIEW _covered IS 'Each organization at an event with each segment of organizations, and whether it lies inside: behind views coverage and prospect';
COMMENT ON COLUMN _covered.event_id IS 'The event';
COMMENT ON COLUMN _covered.segment_id IS 'The segment';
COMMENT ON COLUMN _covered.party_id IS 'The organization';
COMMENT ON COLUMN _covered.fits IS 'Whether it lies inside; NULL: not known';

CREATE VIEW coverage WITH (security_invoker) AS
SELECT e.event_id, event_label(e.event_id) AS event, s.segment_id, salon.label(s.name_en, s.name_zh) AS segment,
       s.counts, s.size, s.size_basis,
       x.planned, x.planned_unknown, trim_scale(round(x.planned / s.size, 6)) AS planned_share,
       x.actual, x.actual_unknown, trim_scale(round(x.actual / s.size, 6)) AS actual_share,
       x.actual_basis,
       event_date(e.event_id) AS held_on
FROM event e
CROSS JOIN segment s
CROSS JOIN LATERAL (
    SELECT c.covered AS planned, c.unknown AS planned_unknown,
           CASE WHEN e.took_place THEN c.covered END AS actual,
           CASE WHEN e.took_place THEN c.unknown END AS actual_unknown,
           CASE WHEN e.took_place THEN 'measured' END AS actual_basis
    FROM (SELECT count(*) FILTER (WHERE v.fits)::numeric AS covered, count(*) FILTER (WHERE v.fits IS NULL)::numeric AS unknown
          FROM _covered v
          WHERE v.event_id = e.event_id AND v.segment_id = s.segment_id) c
    WHERE s.counts = 'organizations'
    UNION ALL
    SELECT CASE WHEN p.at_least IS NOT NULL AND p.uncounted = 0 THEN p.inside END,
           CASE WHEN p.at_least IS NOT NULL AND p.uncounted = 0 THEN p.unknown END,
           CASE WHEN a.at_least IS NOT NULL AND a.uncounted = 0 THEN a.inside END,
           CASE WHEN a.at_least IS NOT NULL AND a.uncounted = 0 THEN a.unknown END,
           CASE WHEN a.uncounted = 0 THEN a.basis END
    FROM _audience_share(e.event_id, NULL, ARRAY[s.segment_id], false) p
    CROSS JOIN _audience_share(e.event_id, NULL, ARRAY[s.segment_id], true) a
    WHERE s.counts = 'people'
) x;

COMMENT ON VIEW coverage IS 'How much of each segment an event covers: organizations with a part at it, people in its audience; more than all of it is above 1 (B9) / 群体覆盖率';
COMMENT ON COLUMN coverage.event_id IS 'The event';
COMMENT ON COLUMN coverage.event IS 'Label of the event';
COMMENT ON COLUMN coverage.segment_id IS 'The segment';
COMMENT ON COLUMN coverage.segment IS 'Label of the segment';
COMMENT ON COLUMN coverage.counts IS 'people or organizations';
COMMENT ON COLUMN coverage.size IS 'How many there are of the segment; NULL: not known';
COMMENT ON COLUMN coverage.size_basis IS 'Whether size was measured or claimed';
COMMENT ON COLUMN coverage.planned IS 'How many are planned to be there; NULL: the headcount of a group is not known';
COMMENT ON COLUMN coverage.planned_unknown IS 'How many more there are of which it is not known';
COMMENT ON COLUMN coverage.planned_share IS 'planned by size, 1 for all of it; NULL: one of the two is not known';
COMMENT ON COLUMN coverage.actual IS 'How many were there; NULL: not held yet, or the headcount of a group is not known';
COMMENT ON COLUMN coverage.actual_unknown IS 'How many more were there of which it is not known';
COMMENT ON COLUMN coverage.actual_share IS 'actual by size, 1 for all of it; NULL: one of the two is not known';
COMMENT ON COLUMN coverage.actual_basis IS 'Whether actual was measured or claimed';
COMMENT ON COLUMN coverage.held_on IS 'The day on which the event begins, where it is held';

CREATE VIEW prospect WITH (security_invoker) AS
SELECT c.event_id, event_label(c.event_id) AS event, c.segment_id, salon.label(s.name_en, s.name_zh) AS segment,
       v.planned_share AS segment_share,
       o.supplier_id AS party_id, party_label(o.supplier_id) AS party,
       count(*) AS customers,
       string_agg(party_label(c.party_id), salon.say(', ') ORDER BY c.party_id) AS customer_names,
       (SELECT count(DISTINCT coalesce(d.event_id, -d.series_id))
        FROM commitment d
        JOIN part t ON t.part_code = d.part_code
        WHERE d.giver_id = o.supplier_id AND d.taker_id IS NULL AND d.stands AND t.is_sponsor) AS sponsored_before,
       event_date(c.event_id) AS held_on
FROM _covered c
JOIN segment s ON s.segment_id = c.segment_id
JOIN coverage v ON v.event_id = c.event_id AND v.segment_id = c.segment_id
JOIN supplier_of o ON o.customer_id = c.party_id
WHERE c.fits
  AND NOT EXISTS (SELECT FROM event_party ep WHERE ep.event_id = c.event_id AND ep.party_id = o.supplier_id)
GROUP BY c.event_id, c.segment_id, s.segment_id, v.planned_share, o.supplier_id;

COMMENT ON VIEW prospect IS 'Who might sponsor an event or take part because its customers are there: suppliers of what it covers of a segment, not there yet themselves (B9) / 潜在赞助商';
COMMENT ON COLUMN prospect.event_id IS 'The event';
COMMENT ON COLUMN prospect.event IS 'Label of the event';
COMMENT ON COLUMN prospect.segment_id IS 'The segment of organizations of which the event covers some';
COMMENT ON COLUMN prospect.segment IS 'Label of the segment';
COMMENT ON COLUMN prospect.segment_share IS 'How much of the segment the event covers, 1 for all of it; NULL: the size is not known';
COMMENT ON COLUMN prospect.party_id IS 'The prospect';
COMMENT ON COLUMN prospect.party IS 'Label of the prospect';
COMMENT ON COLUMN prospect.customers IS 'How many of its customers are at the event';
COMMENT ON COLUMN prospect.customer_names IS 'Their labels';
COMMENT ON COLUMN prospect.sponsored_before IS 'How many events, or series as a whole, it sponsors already';
COMMENT ON COLUMN prospect.held_on IS 'The day on which the event begins, where it is held';

CREATE VIEW event_pv WITH (security_invoker) AS
SELECT e.event_id, event_label(e.event_id) AS event, r.media,
       CASE WHEN r.planned_media = r.media THEN r.planned END AS planned_pv,
       r.planned AS planned_pv_from, r.planned_media,
       CASE WHEN r.actual_media = r.media THEN r.actual END AS actual_pv,
       r.actual AS actual_pv_from, r.actual_media,
       CASE WHEN r.actual_media > 0 THEN CASE WHEN r.is_claimed THEN 'claimed' ELSE 'measured' END END AS actual_basis,
       event_date(e.event_id) AS held_on
FROM event e
CROSS JOIN LATERAL (
    SELECT count(*) AS media, count(x.planned_pv) AS planned_media, count(x.actual_pv) AS actual_media,
           sum(x.planned_pv) AS planned, sum(x.actual_pv) AS actual,
           bool_or(x.actual_basis = 'claimed') IS TRUE AS is_claimed
    FROM reach x
    WHERE x.event_id = e.event_id
) r;

COMMENT ON VIEW event_pv IS 'Page views of each event over all media, planned and actual (A11) / 活动总流量';
COMMENT ON COLUMN event_pv.event_id IS 'The event';
COMMENT ON COLUMN event_pv.event IS 'Label of the event';
COMMENT ON COLUMN event_pv.media IS 'Media that are entered';
COMMENT ON COLUMN event_pv.planned_pv IS 'Planned page views; NULL: not known of every medium';
COMMENT ON COLUMN event_pv.planned_pv_from IS 'Planned page views, at least: of those media of which they are known';
COMMENT ON COLUMN event_pv.planned_media IS 'Of how many media they are known';
COMMENT ON COLUMN event_pv.actual_pv IS 'Page views that came about; NULL: not known of every medium';
COMMENT ON COLUMN event_pv.actual_pv_from IS 'Page views that came about, at least: of those media of which they are known';
COMMENT ON COLUMN event_pv.actual_media IS 'Of how many media they are known';
COMMENT ON COLUMN event_pv.actual_basis IS 'measured, or claimed when that of any medium is';
COMMENT ON COLUMN event_pv.held_on IS 'The day on which the event begins, where it is held';

CREATE FUNCTION _price(amount numeric, views numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN trim_scale(amount / nullif(views, 0));

COMMENT ON FUNCTION _price(numeric, numeric) IS 'Amount by page views, exact where the quotient is a decimal of 16 digits; NULL: there are none';

-- All that a sponsor and an event, or a series as a whole, have with each
-- other; a sum of which one part is not known is not known.
CREATE VIEW _sponsor WITH (security_invoker) AS
SELECT t.event_id, t.series_id, t.party_id,
       CASE WHEN bool_and(t.planned_amount IS NOT NULL) THEN sum(t.planned_amount) END AS planned_amount,
       CASE WHEN bool_and(t.agreed_amount IS NOT NULL) FILTER (WHERE t.stands)
            THEN sum(t.agreed_amount) END AS agreed_amount,
       CASE WHEN sum(t.unvalued_count) = 0 AND count(t.paid_basis) > 0 THEN sum(t.paid) END AS actual_amount,
       CASE WHEN sum(t.unvalued_count) = 0 AND count(t.paid_basis) > 0
            THEN CASE WHEN bool_and(t.paid_basis = 'measured') THEN 'measured' ELSE 'claimed' END END AS actual_basis,
       CASE WHEN bool_or(t.is_paid IS FALSE OR NOT t.stands) THEN false
            WHEN bool_and(t.is_paid IS NOT NULL) THEN true END AS is_paid
FROM agreement_payment t
LEFT JOIN event e ON e.event_id = t.event_id
WHERE e.is_off IS NOT TRUE AND t.status_code NOT IN ('declined', 'lapsed', 'withdrawn')
GROUP BY t.event_id, t.series_id, t.party_id;

COMMENT ON VIEW _sponsor IS 'Amounts of each sponsor of each event, and of each series as a whole: behind views sponsor_price and price_summary';
COMMENT ON COLUMN _sponsor.event_id IS 'The event; NULL: a series as a whole';
COMMENT ON COLUMN _sponsor.series_id IS 'The series as a whole; NULL: an event';
COMMENT ON COLUMN _sponsor.party_id IS 'The sponsor';
COMMENT ON COLUMN _sponsor.planned_amount IS 'Planned amount; NULL: not known of every agreement';
COMMENT ON COLUMN _sponsor.agreed_amount IS 'Amount of what is signed; NULL: nothing is, or it is not known of all of that';
COMMENT ON COLUMN _sponsor.actual_amount IS 'What was given; NULL: nothing, or some of it is not valued';
COMMENT ON COLUMN _sponsor.actual_basis IS 'measured, or claimed when any of it is';
COMMENT ON COLUMN _sponsor.is_paid IS 'Whether all is signed and given; NULL: not known';

-- A function of its own: in a view the server would expect the events of a
-- series for a single event too, and compile the view for them.
CREATE FUNCTION _series_pv(event_id bigint, series_id bigint, OUT planned_pv numeric, OUT actual_pv numeric, OUT actual_basis text) RETURNS record
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE WHEN count(w.planned_pv) = count(*) THEN sum(w.planned_pv) END,
           CASE WHEN count(w.actual_pv) = count(*) THEN sum(w.actual_pv) END,
           CASE WHEN bool_or(w.actual_basis = 'claimed') THEN 'claimed' ELSE 'measured' END
    FROM (SELECT _series_pv.event_id
          WHERE _series_pv.event_id IS NOT NULL
          UNION ALL
          SELECT e.event_id
          FROM event e
          WHERE e.series_id = _series_pv.series_id AND NOT e.is_off) o
    -- one event at a time: OFFSET 0 keeps the planner from a join of all
    CROSS JOIN LATERAL (SELECT p.planned_pv, p.actual_pv, p.actual_basis FROM event_pv p WHERE p.event_id = o.event_id OFFSET 0) w;
END;

COMMENT ON FUNCTION _series_pv(bigint, bigint) IS
'Page views of an event, or of all events of a series that are not cancelled; NULL: not known of every one';

CREATE VIEW sponsor_price WITH (security_invoker) AS
SELECT d.event_id, d.series_id,
       CASE WHEN d.event_id IS NOT NULL THEN event_label(d.event_id)
            ELSE (SELECT salon.label(r.name_en, r.name_zh) FROM series r WHERE r.series_id = d.series_id) END AS event,
       d.party_id, party_label(d.party_id) AS sponsor,
       (SELECT s.currency FROM space s) AS currency, cardinality(t.segments)::bigint AS targets,
       d.planned_amount, v.planned_pv,
       _price(d.planned_amount, v.planned_pv) AS planned_price,
       d.agreed_amount,
       _price(d.agreed_amount, v.planned_pv) AS agreed_price,
       trim_scale(round(p.at_least, 6)) AS planned_fit_from, trim_scale(round(p.at_most, 6)) AS planned_fit_to,
       _price(d.planned_amount, v.planned_pv * p.at_most) AS planned_fit_price_from,
       _price(d.planned_amount, v.planned_pv * p.at_least) AS planned_fit_price_to,
       d.actual_amount, d.actual_basis AS amount_basis, d.is_paid, v.actual_pv,
       CASE WHEN v.actual_pv IS NOT NULL THEN v.actual_basis END AS pv_basis,
       _price(d.actual_amount, v.actual_pv) AS actual_price,
       trim_scale(round(a.at_least, 6)) AS actual_fit_from, trim_scale(round(a.at_most, 6)) AS actual_fit_to, a.basis AS fit_basis,
       _price(d.actual_amount, v.actual_pv * a.at_most) AS actual_fit_price_from,
       _price(d.actual_amount, v.actual_pv * a.at_least) AS actual_fit_price_to,
       event_date(d.event_id) AS held_on
FROM _sponsor d
CROSS JOIN LATERAL _series_pv(d.event_id, d.series_id) v
CROSS JOIN LATERAL (SELECT ARRAY(SELECT g.segment_id
                                 FROM target g
                                 JOIN segment s USING (segment_id)
                                 WHERE g.party_id = d.party_id AND s.counts = 'people') AS segments) t
LEFT JOIN LATERAL _audience_share(d.event_id, NULL, t.segments, false) p ON t.segments <> '{}'
LEFT JOIN LATERAL _audience_share(d.event_id, NULL, t.segments, true) a ON t.segments <> '{}';

COMMENT ON VIEW sponsor_price IS 'What a page view costs each sponsor of each event, and of each series as a whole, and one by somebody whom it wants to reach: planned, agreed and actual (B8) / 赞助单价';
COMMENT ON COLUMN sponsor_price.event_id IS 'The event; NULL: a series as a whole';
COMMENT ON COLUMN sponsor_price.series_id IS 'The series as a whole: its page views are those of its events that are not cancelled; NULL: an event';
COMMENT ON COLUMN sponsor_price.event IS 'Label of the event, or of the series';
COMMENT ON COLUMN sponsor_price.party_id IS 'The sponsor';
COMMENT ON COLUMN sponsor_price.sponsor IS 'Label of the sponsor';
COMMENT ON COLUMN sponsor_price.currency IS 'Currency of the space';
COMMENT ON COLUMN sponsor_price.targets IS 'How many segments of people the sponsor wants to reach; 0: not known';
COMMENT ON COLUMN sponsor_price.planned_amount IS 'Planned amount, of all its agreements; NULL: not known of every one';
COMMENT ON COLUMN sponsor_price.planned_pv IS 'Planned page views of the event';
COMMENT ON COLUMN sponsor_price.planned_price IS 'Planned amount a page view; NULL: one of the two is not known';
COMMENT ON COLUMN sponsor_price.agreed_amount IS 'Amount of what is signed; NULL: nothing is, or it is not known of all of that';
COMMENT ON COLUMN sponsor_price.agreed_price IS 'Agreed amount a planned page view; NULL: one of the two is not known';
COMMENT ON COLUMN sponsor_price.planned_fit_from IS 'Share of the planned audience that the sponsor wants to reach, at least';
COMMENT ON COLUMN sponsor_price.planned_fit_to IS 'Share of the planned audience that the sponsor wants to reach, at most';
COMMENT ON COLUMN sponsor_price.planned_fit_price_from IS 'Planned amount a fitting page view, at least';
COMMENT ON COLUMN sponsor_price.planned_fit_price_to IS 'Planned amount a fitting page view, at most; NULL: maybe nobody fits, or not known';
COMMENT ON COLUMN sponsor_price.actual_amount IS 'What it gave so far, in money, in kind and in work; NULL: nothing, or some of it is not valued';
COMMENT ON COLUMN sponsor_price.amount_basis IS 'Whether the amount was measured or claimed';
COMMENT ON COLUMN sponsor_price.is_paid IS 'Whether all is signed and given; NULL: not known how much that is, or what some of it is worth';
COMMENT ON COLUMN sponsor_price.actual_pv IS 'Page views of the event that came about';
COMMENT ON COLUMN sponsor_price.pv_basis IS 'Whether the page views were measured or claimed';
COMMENT ON COLUMN sponsor_price.actual_price IS 'Actual amount a page view; NULL: one of the two is not known';
COMMENT ON COLUMN sponsor_price.actual_fit_from IS 'Share of the audience that came whom the sponsor wants to reach, at least';
COMMENT ON COLUMN sponsor_price.actual_fit_to IS 'Share of the audience that came whom the sponsor wants to reach, at most';
COMMENT ON COLUMN sponsor_price.fit_basis IS 'Whether that audience was measured or claimed';
COMMENT ON COLUMN sponsor_price.actual_fit_price_from IS 'Actual amount a fitting page view, at least';
COMMENT ON COLUMN sponsor_price.actual_fit_price_to IS 'Actual amount a fitting page view, at most; NULL: maybe nobody fits, or not known';
COMMENT ON COLUMN sponsor_price.held_on IS 'The day on which the event begins, where it is held';

-- Over several events.  An event of which one figure is missing, or of which
-- not all is paid, would bias the ratio, so it counts with neither.
CREATE VIEW price_summary WITH (security_invoker) AS
WITH priced AS (
    SELECT d.event_id, d.party_id, e.series_id,
           d.planned_amount, v.planned_pv, d.actual_amount, v.actual_pv,
           d.planned_amount IS NOT NULL AND v.planned_pv IS NOT NULL AS is_planned,
           v.actual_pv IS NOT NULL AND v.actual_basis = 'measured' AND d.is_paid IS TRUE AND d.actual_basis IS NOT DISTINCT FROM 'measured' AS is_measured
    FROM _sponsor d
    JOIN event e USING (event_id)
    JOIN event_pv v USING (event_id)
), of_event AS (
    SELECT event_id, series_id, sum(planned_amount) AS planned_amount, planned_pv, bool_and(is_planned) AS is_planned,
           sum(actual_amount) AS actual_amount, actual_pv, bool_and(is_measured) AS is_measured
    FROM priced
    GROUP BY event_id, series_id, planned_pv, actual_pv
), summed AS (
    SELECT CASE WHEN grouping(series_id) = 1 THEN 'all' ELSE 'series' END AS scope_code, series_id, NULL::bigint AS party_id,
           count(*) AS events,
           count(*) FILTER (WHERE is_planned) AS planned_events,
           sum(planned_amount) FILTER (WHERE is_planned) AS planned_amount, sum(planned_pv) FILTER (WHERE is_planned) AS planned_pv,
           count(*) FILTER (WHERE is_measured) AS measured_events,
           sum(actual_amount) FILTER (WHERE is_measured) AS actual_amount, sum(actual_pv) FILTER (WHERE is_measured) AS actual_pv
    FROM of_event
    GROUP BY GROUPING SETS ((), (series_id))
    UNION ALL
    SELECT 'sponsor', NULL, party_id, count(*),
           count(*) FILTER (WHERE is_planned),
           sum(planned_amount) FILTER (WHERE is_planned), sum(planned_pv) FILTER (WHERE is_planned),
           count(*) FILTER (WHERE is_measured),
           sum(actual_amount) FILTER (WHERE is_measured), sum(actual_pv) FILTER (WHERE is_measured)
    FROM priced
    GROUP BY party_id
)
SELECT t.scope_code, t.series_id, t.party_id,
       CASE t.scope_code WHEN 'all' THEN salon.label('all events', '全部活动')
                         WHEN 'sponsor' THEN party_label(t.party_id)
                         ELSE coalesce((SELECT salon.label(s.name_en, s.name_zh) FROM series s WHERE s.series_id = t.series_id),
                                       salon.label('no series', '无系列')) END AS scope,
       t.events,
       t.planned_events, t.planned_amount, t.planned_pv, _price(t.planned_amount, t.planned_pv) AS planned_price,
       t.measured_events, t.actual_amount, t.actual_pv, _price(t.actual_amount, t.actual_pv) AS actual_price
FROM summed t
WHERE t.events > 0;

COMMENT ON VIEW price_summary IS 'Price of a page view over several events: of all, a series, a sponsor; only events of which both figures are known, and how many they are (B8) / 单价汇总';
COMMENT ON COLUMN price_summary.scope_code IS 'all, series or sponsor';
COMMENT ON COLUMN price_summary.series_id IS 'The series; NULL for another scope, or for events of no series';
COMMENT ON COLUMN price_summary.party_id IS 'The sponsor; NULL for another scope';
COMMENT ON COLUMN price_summary.scope IS 'Label of what is summed up';
COMMENT ON COLUMN price_summary.events IS 'Events that are sponsored and not cancelled';
COMMENT ON COLUMN price_summary.planned_events IS 'Of how many of them amount and page views are planned: the planned figures are of these';
COMMENT ON COLUMN price_summary.planned_amount IS 'Planned amount of these events';
COMMENT ON COLUMN price_summary.planned_pv IS 'Planned page views of these events';
COMMENT ON COLUMN price_summary.planned_price IS 'Planned amount a page view';
COMMENT ON COLUMN price_summary.measured_events IS 'Of how many of them all is paid, and amount and page views were measured: the actual figures are of these';
COMMENT ON COLUMN price_summary.actual_amount IS 'Actual amount of these events';
COMMENT ON COLUMN price_summary.actual_pv IS 'Actual page views of these events';
COMMENT ON COLUMN price_summary.actual_price IS 'Actual amount a page view';
