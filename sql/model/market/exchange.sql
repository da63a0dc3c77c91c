-- What can be given and wanted, and what serves what: the catalogue of
-- resources, the supply and demand of each role, and the relation between
-- the two languages of supply and demand.

CREATE TABLE resource (
    resource_code  text PRIMARY KEY
                   CONSTRAINT resource_code_is_ascii CHECK (resource_code ~ '^[a-z][a-z0-9_]*$'),
    parent_code    text REFERENCES resource,
    name_en        text,
    name_zh        text,
    is_used_up     boolean NOT NULL DEFAULT true,
    original_text  text,
    shipped        boolean NOT NULL DEFAULT false,
    ordinal        smallint NOT NULL DEFAULT 100,
    is_exclusive   boolean NOT NULL DEFAULT false,
    is_shareable   boolean NOT NULL DEFAULT false,
    due_anchor     text NOT NULL DEFAULT 'start'
                   CONSTRAINT resource_due_anchor_is_known CHECK (due_anchor IN ('start', 'end')),
    due_offset     interval CONSTRAINT resource_due_offset_is_possible CHECK (
                       abs(extract(year FROM due_offset)) <= 100 AND abs(extract(day FROM due_offset)) <= 36600
                       AND abs(extract(hour FROM due_offset)) <= 900000),
    part_code      text REFERENCES part,
    UNIQUE (resource_code, is_used_up),
    UNIQUE (resource_code, is_exclusive),
    CONSTRAINT resource_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT resource_is_not_its_parent CHECK (parent_code <> resource_code),
    CONSTRAINT resource_texts_are_not_blank CHECK (salon.is_text(name_en) AND salon.is_text(name_zh))
);
CREATE INDEX resource_parent_code_idx ON resource (parent_code);
CREATE INDEX resource_part_code_idx ON resource (part_code);

COMMENT ON TABLE resource IS 'Everything that is given or wanted: a supply of a descendant serves a demand for its ancestor (B1-B6, D35-D44b) / 资源';
COMMENT ON COLUMN resource.resource_code IS 'Short code, such as venue';
COMMENT ON COLUMN resource.parent_code IS 'The wider resource of which this is a kind; NULL: none';
COMMENT ON COLUMN resource.name_en IS 'English name';
COMMENT ON COLUMN resource.name_zh IS 'Chinese name';
COMMENT ON COLUMN resource.is_used_up IS 'True: what is given to one cannot be given to another (a venue); false: it can be told to many (a case)';
COMMENT ON COLUMN resource.original_text IS 'The term as the source spells it; NULL: the community''s own';
COMMENT ON COLUMN resource.shipped IS 'True: came with the extension and was not edited';
COMMENT ON CONSTRAINT resource_due_offset_is_possible ON resource IS 'due_offset is at most 100 years before or after';
COMMENT ON CONSTRAINT resource_code_is_ascii ON resource IS 'A code is lower-case letters, digits and underscores';
COMMENT ON CONSTRAINT resource_has_a_name ON resource IS 'Give an English or a Chinese name';
COMMENT ON CONSTRAINT resource_is_not_its_parent ON resource IS 'A resource is no kind of itself: choose another parent or none';

COMMENT ON COLUMN resource.ordinal IS 'Order in lists of what was promised';
COMMENT ON COLUMN resource.is_exclusive IS 'Whether only one can have it at an event, such as naming';
COMMENT ON COLUMN resource.is_shareable IS 'Whether what an event has left of it is shared by contribution: see view entitlement';
COMMENT ON COLUMN resource.due_anchor IS 'Whether due_offset counts from the start or the end of the event';
COMMENT ON COLUMN resource.due_offset IS 'When what was promised of it is due, such as -7 days; NULL: at no time';
COMMENT ON COLUMN resource.part_code IS 'What giving it to an event makes the giver there; that of a kind of it goes first; funds: what money makes; NULL: nothing';
COMMENT ON CONSTRAINT resource_due_anchor_is_known ON resource IS 'due_anchor is start or end';
COMMENT ON CONSTRAINT resource_texts_are_not_blank ON resource IS 'A text shows something: leave it NULL, or give one that is not blank';

-- Every resource with itself and all that it is a kind of.  UNION stops a
-- ring that two transactions might make together.  STRICT keeps the planner
-- from inlining it: without statistics it takes the recursion for millions of
-- rows.
CREATE FUNCTION _resource_kind(OUT resource_code text, OUT ancestor_code text) RETURNS SETOF record
LANGUAGE sql STABLE STRICT PARALLEL SAFE ROWS 100
BEGIN ATOMIC
    WITH RECURSIVE kind (resource_code, ancestor_code) AS (
        SELECT r.resource_code, r.resource_code
        FROM resource r
        UNION
        SELECT k.resource_code, r.parent_code
        FROM kind k
        JOIN resource r ON r.resource_code = k.ancestor_code
        WHERE r.parent_code IS NOT NULL
    )
    SELECT k.resource_code, k.ancestor_code
    FROM kind k;
END;

COMMENT ON FUNCTION _resource_kind() IS 'Each resource with itself and everything it is a kind of: behind view resource_kind';

CREATE VIEW resource_kind WITH (security_invoker) AS
SELECT resource_code, ancestor_code
FROM _resource_kind();

COMMENT ON VIEW resource_kind IS 'Each resource with itself and everything it is a kind of';
COMMENT ON COLUMN resource_kind.resource_code IS 'The resource';
COMMENT ON COLUMN resource_kind.ancestor_code IS 'Itself, its parent, the parent of that ...';

CREATE CONSTRAINT TRIGGER resource_has_no_ring AFTER INSERT OR UPDATE OF parent_code ON resource
    FOR EACH ROW WHEN (NEW.parent_code IS NOT NULL) EXECUTE FUNCTION _ring('resource_code', 'parent_code');

CREATE TABLE resource_conflict (
    resource_conflict_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    one_code             text NOT NULL REFERENCES resource,
    other_code           text NOT NULL REFERENCES resource,
    scope                text NOT NULL
                         CONSTRAINT resource_conflict_scope_is_known CHECK (scope IN ('party', 'event')),
    reason_en            text,
    reason_zh            text,
    CONSTRAINT resource_conflict_is_entered_once UNIQUE (one_code, other_code),
    CONSTRAINT resource_conflict_is_in_order CHECK (one_code COLLATE "C" < other_code COLLATE "C"),
    CONSTRAINT resource_conflict_texts_are_not_blank CHECK (salon.is_text(reason_en) AND salon.is_text(reason_zh))
);
CREATE INDEX resource_conflict_other_code_idx ON resource_conflict (other_code);

COMMENT ON TABLE resource_conflict IS 'Resources that do not go together at one event / 资源冲突';
COMMENT ON COLUMN resource_conflict.resource_conflict_id IS 'Key';
COMMENT ON COLUMN resource_conflict.one_code IS 'One resource: the one that comes first in the alphabet';
COMMENT ON COLUMN resource_conflict.other_code IS 'The other';
COMMENT ON COLUMN resource_conflict.scope IS 'party: no party can have both at one event; event: no event can give both, whoever has them';
COMMENT ON COLUMN resource_conflict.reason_en IS 'Why, in English';
COMMENT ON COLUMN resource_conflict.reason_zh IS 'Why, in Chinese';
COMMENT ON CONSTRAINT resource_conflict_scope_is_known ON resource_conflict IS 'scope is party or event';
COMMENT ON CONSTRAINT resource_conflict_is_entered_once ON resource_conflict IS 'The two stand there already: update that row';
COMMENT ON CONSTRAINT resource_conflict_is_in_order ON resource_conflict IS 'Two different resources, the one that comes first in the alphabet as one_code';
COMMENT ON CONSTRAINT resource_conflict_texts_are_not_blank ON resource_conflict IS 'A text shows something: leave it NULL, or give one that is not blank';

CREATE TABLE role_supply (
    role_supply_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    role_code       text NOT NULL REFERENCES role,
    ordinal         smallint NOT NULL DEFAULT 100,
    resource_code   text NOT NULL REFERENCES resource,
    original_text   text,
    source          text,
    shipped         boolean NOT NULL DEFAULT false,
    UNIQUE (role_code, resource_code)
);
CREATE INDEX role_supply_resource_code_idx ON role_supply (resource_code);

COMMENT ON TABLE role_supply IS 'What a role has to give: one row a cell of the source table (D39-D44b: 34 cells) / 角色供给';
COMMENT ON COLUMN role_supply.role_supply_id IS 'Key';
COMMENT ON COLUMN role_supply.role_code IS 'The role';
COMMENT ON COLUMN role_supply.ordinal IS 'Place in the row of the source';
COMMENT ON COLUMN role_supply.resource_code IS 'What it gives';
COMMENT ON COLUMN role_supply.original_text IS 'The cell as the source spells it';
COMMENT ON COLUMN role_supply.source IS 'Where the row comes from, such as D39';
COMMENT ON COLUMN role_supply.shipped IS 'True: came with the extension and was not edited';

CREATE TABLE role_demand (
    role_demand_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    role_code       text NOT NULL REFERENCES role,
    ordinal         smallint NOT NULL DEFAULT 100,
    resource_code   text NOT NULL REFERENCES resource,
    original_text   text,
    source          text,
    shipped         boolean NOT NULL DEFAULT false,
    UNIQUE (role_code, resource_code)
);
CREATE INDEX role_demand_resource_code_idx ON role_demand (resource_code);

COMMENT ON TABLE role_demand IS 'What a role wants: one row a cell of the source table (D39-D44b: 37 cells) / 角色需求';
COMMENT ON COLUMN role_demand.role_demand_id IS 'Key';
COMMENT ON COLUMN role_demand.role_code IS 'The role';
COMMENT ON COLUMN role_demand.ordinal IS 'Place in the row of the source';
COMMENT ON COLUMN role_demand.resource_code IS 'What it wants';
COMMENT ON COLUMN role_demand.original_text IS 'The cell as the source spells it';
COMMENT ON COLUMN role_demand.source IS 'Where the row comes from, such as D39';
COMMENT ON COLUMN role_demand.shipped IS 'True: came with the extension and was not edited';

CREATE TABLE satisfies (
    satisfies_id   bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    supplied_code  text NOT NULL REFERENCES resource,
    demanded_code  text NOT NULL REFERENCES resource,
    weight         numeric(3, 2) NOT NULL
                   CONSTRAINT satisfies_weight_is_a_share CHECK (weight > 0 AND weight <= 1),
    reason_en      text,
    reason_zh      text,
    shipped        boolean NOT NULL DEFAULT false,
    UNIQUE (supplied_code, demanded_code),
    CONSTRAINT satisfies_says_something_new CHECK (supplied_code <> demanded_code),
    CONSTRAINT satisfies_texts_are_not_blank CHECK (salon.is_text(reason_en) AND salon.is_text(reason_zh))
);
CREATE INDEX satisfies_demanded_code_idx ON satisfies (demanded_code);

COMMENT ON TABLE satisfies IS 'Which supply serves which demand of another name, and how well; shipped rows are an interpretation: edit them / 供给满足需求';
COMMENT ON COLUMN satisfies.satisfies_id IS 'Key';
COMMENT ON COLUMN satisfies.supplied_code IS 'What is given';
COMMENT ON COLUMN satisfies.demanded_code IS 'What is wanted';
COMMENT ON COLUMN satisfies.weight IS 'How well, above 0 up to 1; a resource serves itself and its ancestors with 1';
COMMENT ON COLUMN satisfies.reason_en IS 'Why, in English';
COMMENT ON COLUMN satisfies.reason_zh IS 'Why, in Chinese';
COMMENT ON COLUMN satisfies.shipped IS 'True: an interpretation that came with the extension and was not edited';
COMMENT ON CONSTRAINT satisfies_weight_is_a_share ON satisfies IS 'weight is above 0 and at most 1; delete the row when it serves nothing';
COMMENT ON CONSTRAINT satisfies_says_something_new ON satisfies IS 'A resource serves itself without a row';
COMMENT ON CONSTRAINT satisfies_texts_are_not_blank ON satisfies IS 'A text shows something: leave it NULL, or give one that is not blank';

-- What an event of a template needs from parties, and what it gives them.
CREATE TABLE template_resource (
    template_resource_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    template_code         text NOT NULL REFERENCES template,
    direction             text NOT NULL
                          CONSTRAINT template_resource_direction_is_known CHECK (direction IN ('need', 'offer')),
    resource_code         text NOT NULL REFERENCES resource,
    quantity              bigint CONSTRAINT template_resource_quantity_is_positive CHECK (quantity > 0),
    priority              smallint NOT NULL DEFAULT 3
                          CONSTRAINT template_resource_priority_is_1_to_5 CHECK (priority BETWEEN 1 AND 5),
    shipped               boolean NOT NULL DEFAULT false,
    needed_when           text NOT NULL DEFAULT 'always'
                          CONSTRAINT template_resource_needed_when_is_known CHECK (needed_when IN ('always', 'on_site', 'online')),
    UNIQUE (template_code, direction, resource_code),
    CONSTRAINT template_resource_quantity_can_be_added_up CHECK (quantity <= 1000000000000)
);
CREATE INDEX template_resource_resource_code_idx ON template_resource (resource_code);

COMMENT ON TABLE template_resource IS 'What an event of a template needs and what it has to offer: plan_event makes demands and supplies of it';
COMMENT ON COLUMN template_resource.template_resource_id IS 'Key';
COMMENT ON COLUMN template_resource.template_code IS 'The template';
COMMENT ON COLUMN template_resource.direction IS 'need: becomes a demand of the event; offer: becomes a supply of the event';
COMMENT ON COLUMN template_resource.resource_code IS 'What is needed or offered';
COMMENT ON COLUMN template_resource.quantity IS 'How much; NULL: not known for a need, no limit for an offer';
COMMENT ON COLUMN template_resource.priority IS '1 (least) to 5 (most)';
COMMENT ON COLUMN template_resource.shipped IS 'True: came with the extension and was not edited';
COMMENT ON COLUMN template_resource.needed_when IS 'always; on_site: not for an event with no headcount on site planned (0); online: not for one with none online planned (0)';
COMMENT ON CONSTRAINT template_resource_needed_when_is_known ON template_resource IS 'needed_when is always, on_site or online';
COMMENT ON CONSTRAINT template_resource_direction_is_known ON template_resource IS 'direction is need or offer';
COMMENT ON CONSTRAINT template_resource_quantity_is_positive ON template_resource IS 'A quantity is one or more; leave it NULL when not known';
COMMENT ON CONSTRAINT template_resource_quantity_can_be_added_up ON template_resource IS 'A quantity is at most 1000000000000: count in larger units';
COMMENT ON CONSTRAINT template_resource_priority_is_1_to_5 ON template_resource IS 'priority is 1 (least) to 5 (most)';

-- What serves what, all told: itself, its ancestors, and what satisfies says
-- of an ancestor of the supply and a descendant of the demand.
CREATE VIEW serves WITH (security_invoker) AS
SELECT DISTINCT ON (supplied_code, demanded_code)
       supplied_code, demanded_code, weight, via_supplied_code, via_demanded_code, reason_en, reason_zh
FROM (
    SELECT k.resource_code AS supplied_code, k.ancestor_code AS demanded_code, 1.00::numeric(3, 2) AS weight,
           NULL::text AS via_supplied_code, NULL::text AS via_demanded_code,
           NULL::text AS reason_en, NULL::text AS reason_zh
    FROM resource_kind k
    UNION ALL
    SELECT s.resource_code, d.ancestor_code, w.weight, w.supplied_code, w.demanded_code, w.reason_en, w.reason_zh
    FROM satisfies w
    JOIN resource_kind s ON s.ancestor_code = w.supplied_code
    JOIN resource_kind d ON d.resource_code = w.demanded_code
) AS way
ORDER BY supplied_code, demanded_code, weight DESC, via_supplied_code NULLS FIRST, via_demanded_code NULLS FIRST;

COMMENT ON VIEW serves IS 'Which supply serves which demand and how well, with all kinds and interpretations followed: the best way for each pair';
COMMENT ON COLUMN serves.supplied_code IS 'What is given';
COMMENT ON COLUMN serves.demanded_code IS 'What is wanted';
COMMENT ON COLUMN serves.weight IS 'How well, above 0 up to 1';
COMMENT ON COLUMN serves.via_supplied_code IS 'Row of satisfies that says so: its supplied_code; NULL: the same resource or a kind of it';
COMMENT ON COLUMN serves.via_demanded_code IS 'Row of satisfies that says so: its demanded_code; NULL: the same resource or a kind of it';
COMMENT ON COLUMN serves.reason_en IS 'Why, in English';
COMMENT ON COLUMN serves.reason_zh IS 'Why, in Chinese';

-- How much of the demand of one role another role meets.
CREATE VIEW role_affinity WITH (security_invoker) AS
WITH met AS (
    SELECT DISTINCT ON (rs.role_code, rd.role_demand_id)
           rs.role_code AS supplier_code, rd.role_code AS demander_code, rd.ordinal, v.weight,
           salon.label(s.name_en, s.name_zh, s.resource_code) AS supplied,
           salon.label(d.name_en, d.name_zh, d.resource_code) AS demanded
    FROM role_demand rd
    JOIN serves v ON v.demanded_code = rd.resource_code
    JOIN role_supply rs ON rs.resource_code = v.supplied_code
    JOIN resource s ON s.resource_code = rs.resource_code
    JOIN resource d ON d.resource_code = rd.resource_code
    ORDER BY rs.role_code, rd.role_demand_id, v.weight DESC, rs.ordinal, rs.role_supply_id
)
SELECT s.role_code AS supplier_role_code,
       d.role_code AS demander_role_code,
       salon.label(s.name_en, s.name_zh, s.role_code) AS supplier_role,
       salon.label(d.name_en, d.name_zh, d.role_code) AS demander_role,
       s.ordinal::bigint AS supplier_ordinal,
       d.ordinal::bigint AS demander_ordinal,
       w.wanted AS demand_count,
       CASE WHEN w.wanted > 0 AND g.given > 0 THEN count(m.supplier_code) END AS met_count,
       CASE WHEN w.wanted > 0 AND g.given > 0
            THEN round(coalesce(sum(m.weight), 0) / w.wanted, 2) END AS met_share,
       string_agg(m.supplied || ' → ' || m.demanded, salon.say(', ') ORDER BY m.ordinal, m.demanded) AS terms
FROM role s
CROSS JOIN role d
CROSS JOIN LATERAL (SELECT count(*) AS given FROM role_supply rs WHERE rs.role_code = s.role_code) g
CROSS JOIN LATERAL (SELECT count(*) AS wanted FROM role_demand rd WHERE rd.role_code = d.role_code) w
LEFT JOIN met m ON m.supplier_code = s.role_code AND m.demander_code = d.role_code
GROUP BY s.role_code, d.role_code, w.wanted, g.given;

COMMENT ON VIEW role_affinity IS 'For each ordered pair of roles how much of the demand of one the other meets, and through which terms (D35) / 角色供需匹配度';
COMMENT ON COLUMN role_affinity.supplier_role_code IS 'The role that gives';
COMMENT ON COLUMN role_affinity.demander_role_code IS 'The role that wants';
COMMENT ON COLUMN role_affinity.supplier_role IS 'The role that gives: label';
COMMENT ON COLUMN role_affinity.demander_role IS 'The role that wants: label';
COMMENT ON COLUMN role_affinity.supplier_ordinal IS 'Order of the giving role';
COMMENT ON COLUMN role_affinity.demander_ordinal IS 'Order of the wanting role';
COMMENT ON COLUMN role_affinity.demand_count IS 'Cells of demand of the wanting role';
COMMENT ON COLUMN role_affinity.met_count IS 'How many of them are met at all; NULL: supply or demand of the role is not known';
COMMENT ON COLUMN role_affinity.met_share IS 'Mean over its cells of the best weight, 0 to 1; NULL: supply or demand of the role is not known';
COMMENT ON COLUMN role_affinity.terms IS 'For each cell that is met, the supply that meets it best: supply → demand';
