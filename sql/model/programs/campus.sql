-- Campus tours: whom the community knows at which school, what was asked and
-- offered on a visit, studios, and what is done together.  A visit is an event of
-- template campus_tour, at which the school plays the part of that name.

-- == Contacts

ALTER TABLE affiliation ADD COLUMN kind text CONSTRAINT affiliation_kind_is_known CHECK (kind IN ('leader', 'teacher', 'student'));

COMMENT ON COLUMN affiliation.kind IS 'At a school: leader, teacher or student (D11); NULL: something else, or not told';
COMMENT ON CONSTRAINT affiliation_kind_is_known ON affiliation IS 'kind is leader, teacher or student; leave it NULL for anything else';

-- Schools are the parties that have the role or a part as one.
CREATE VIEW _school WITH (security_invoker) AS
SELECT p.party_id
FROM party p
WHERE p.kind = 'organization'
  AND (EXISTS (SELECT FROM party_role r WHERE r.party_id = p.party_id AND r.role_code = 'school')
       OR EXISTS (SELECT FROM event_party ep WHERE ep.party_id = p.party_id AND ep.part_code = 'school'));

COMMENT ON VIEW _school IS 'Parties that are schools: by their standing role, or by a part at an event';
COMMENT ON COLUMN _school.party_id IS 'The school';

CREATE VIEW school_contact WITH (security_invoker) AS
SELECT f.organization_id AS school_id, party_label(f.organization_id) AS school, f.person_id, party_label(f.person_id) AS person,
       f.kind AS kind_code,
       CASE f.kind WHEN 'leader' THEN salon.label('leader', '校领导') WHEN 'teacher' THEN salon.label('teacher', '老师')
                   WHEN 'student' THEN salon.label('student', '学生') END AS kind,
       f.title, k.knowing, k.known_by
FROM _school s
JOIN affiliation f ON f.organization_id = s.party_id AND daterange(f.since, f.until) @> (SELECT _today())
CROSS JOIN LATERAL (
    SELECT count(*) AS knowing, string_agg(party_label(a.party_id), salon.say(', ') ORDER BY a.party_id) AS known_by
    FROM (
        SELECT a.person_id AS party_id FROM acquaintance a WHERE a.knows_id = f.person_id
        UNION
        SELECT a.knows_id FROM acquaintance a JOIN party p ON p.party_id = a.knows_id AND p.kind = 'person' WHERE a.person_id = f.person_id
    ) a
    WHERE NOT EXISTS (SELECT FROM affiliation o
                      WHERE o.person_id = a.party_id AND o.organization_id = f.organization_id AND daterange(o.since, o.until) @> (SELECT _today()))
) k;

COMMENT ON VIEW school_contact IS 'Leaders, teachers and students of schools, and who of the community knows them (D11) / 高校联系人';
COMMENT ON COLUMN school_contact.school_id IS 'The school';
COMMENT ON COLUMN school_contact.school IS 'Label of the school';
COMMENT ON COLUMN school_contact.person_id IS 'The person there';
COMMENT ON COLUMN school_contact.person IS 'Label of the person';
COMMENT ON COLUMN school_contact.kind_code IS 'leader, teacher or student; NULL: something else, or not told';
COMMENT ON COLUMN school_contact.kind IS 'Label of the kind';
COMMENT ON COLUMN school_contact.title IS 'Title of the person there';
COMMENT ON COLUMN school_contact.knowing IS 'How many outside of the school know the person';
COMMENT ON COLUMN school_contact.known_by IS 'Who that is; NULL: nobody';

-- == What was asked and offered

ALTER TABLE supply ADD COLUMN said_at_id bigint REFERENCES event ON DELETE SET NULL;
ALTER TABLE demand ADD COLUMN said_at_id bigint REFERENCES event ON DELETE SET NULL;
CREATE INDEX supply_said_at_id_idx ON supply (said_at_id);
CREATE INDEX demand_said_at_id_idx ON demand (said_at_id);

COMMENT ON COLUMN supply.said_at_id IS 'The event at which the party offered it, such as a visit (D12); NULL: elsewhere';
COMMENT ON COLUMN demand.said_at_id IS 'The event at which the party asked for it, such as a visit (D12); NULL: elsewhere';

CREATE FUNCTION hear(event_id bigint, party_id bigint, offers salon.bundle DEFAULT '', asks salon.bundle DEFAULT '') RETURNS bigint
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
#variable_conflict use_column
DECLARE
    unknown text;
    heard bigint;
BEGIN
    PERFORM _known(EXISTS (SELECT FROM event e WHERE e.event_id = hear.event_id), salon.say('event %s does not exist'), hear.event_id);
    PERFORM _known(EXISTS (SELECT FROM party p WHERE p.party_id = hear.party_id), salon.say('party %s does not exist'), hear.party_id,
                   salon.say('View party_list shows the parties.'));
    SELECT min(i.name) INTO unknown
    FROM (SELECT (salon.items(hear.offers)).* UNION SELECT (salon.items(hear.asks)).*) i (name, quantity)
    WHERE NOT EXISTS (SELECT FROM resource r WHERE r.resource_code = i.name);
    PERFORM _known(unknown IS NULL, salon.say('resource "%s" does not exist'), unknown,
                   salon.say('Enter it in table resource first, or look there for the code that you mean.'));
    WITH said AS (
        SELECT i.name, i.quantity FROM salon.items(hear.offers) i (name, quantity)
    ), changed AS (
        UPDATE supply s SET quantity = i.quantity
        FROM said i
        WHERE s.party_id = hear.party_id AND s.said_at_id = hear.event_id AND s.resource_code = i.name
        RETURNING s.resource_code
    ), added AS (
        INSERT INTO supply (party_id, resource_code, quantity, said_at_id)
        SELECT hear.party_id, i.name, i.quantity, hear.event_id
        FROM said i
        WHERE NOT EXISTS (SELECT FROM supply s WHERE s.party_id = hear.party_id AND s.said_at_id = hear.event_id AND s.resource_code = i.name)
        RETURNING resource_code
    )
    SELECT (SELECT count(*) FROM changed) + (SELECT count(*) FROM added) INTO heard;
    WITH said AS (
        SELECT i.name, i.quantity FROM salon.items(hear.asks) i (name, quantity)
    ), changed AS (
        UPDATE demand d SET quantity = i.quantity
        FROM said i
        WHERE d.party_id = hear.party_id AND d.said_at_id = hear.event_id AND d.resource_code = i.name
        RETURNING d.resource_code
    ), added AS (
        INSERT INTO demand (party_id, resource_code, quantity, said_at_id)
        SELECT hear.party_id, i.name, i.quantity, hear.event_id
        FROM said i
        WHERE NOT EXISTS (SELECT FROM demand d WHERE d.party_id = hear.party_id AND d.said_at_id = hear.event_id AND d.resource_code = i.name)
        RETURNING resource_code
    )
    SELECT heard + (SELECT count(*) FROM changed) + (SELECT count(*) FROM added) INTO heard;
    RETURN heard;
END
$$;

COMMENT ON FUNCTION hear(bigint, bigint, salon.bundle, salon.bundle) IS
'Enter what a party offered and asked for at an event, such as a visit, as its supplies and demands; said again it is changed; returns of how many. Errors: 23503 no such event, party or resource / 登记走访中听到的供需';

-- == Studios and joint projects

INSERT INTO status (subject, status_code, ordinal, name_en, name_zh, is_first) VALUES
    ('joint_project', 'planned', 1, 'planned', '计划中', true),
    ('joint_project', 'running', 2, 'running', '进行中', true),
    ('joint_project', 'done', 3, 'done', '已完成', true),
    ('joint_project', 'dropped', 4, 'dropped', '已放弃', false);

INSERT INTO step (subject, from_code, to_code) VALUES
    ('joint_project', 'planned', 'running'),
    ('joint_project', 'planned', 'done'),
    ('joint_project', 'planned', 'dropped'),
    ('joint_project', 'running', 'planned'),
    ('joint_project', 'running', 'done'),
    ('joint_project', 'running', 'dropped'),
    ('joint_project', 'done', 'running'),
    ('joint_project', 'dropped', 'planned');

CREATE TABLE studio (
    party_id     bigint PRIMARY KEY,
    party_kind   text NOT NULL GENERATED ALWAYS AS ('organization') STORED,
    school_id    bigint NOT NULL,
    school_kind  text NOT NULL GENERATED ALWAYS AS ('organization') STORED,
    founded_on   date,
    closed_on    date,
    said_at_id   bigint REFERENCES event ON DELETE SET NULL,
    CONSTRAINT studio_is_an_organization FOREIGN KEY (party_id, party_kind) REFERENCES party (party_id, kind),
    CONSTRAINT studio_is_at_a_school FOREIGN KEY (school_id, school_kind) REFERENCES party (party_id, kind),
    CONSTRAINT studio_is_no_school CHECK (party_id <> school_id),
    CONSTRAINT studio_closes_after_it_was_founded CHECK (closed_on > founded_on)
);
CREATE INDEX studio_party_id_idx ON studio (party_id, party_kind);
CREATE INDEX studio_school_id_idx ON studio (school_id, school_kind);
CREATE INDEX studio_said_at_id_idx ON studio (said_at_id);

COMMENT ON TABLE studio IS 'Studios at schools: parties whose members are affiliated with them, and whose funds are what was promised and given to them (D13, D19) / 开源数据库工作室';
COMMENT ON COLUMN studio.party_id IS 'The studio: a party of kind organization';
COMMENT ON COLUMN studio.school_id IS 'The school at which it is';
COMMENT ON COLUMN studio.party_kind IS 'Always organization: makes the foreign key refuse a person';
COMMENT ON COLUMN studio.school_kind IS 'Always organization: makes the foreign key refuse a person';
COMMENT ON COLUMN studio.founded_on IS 'Day on which it was founded; NULL: not yet, or not known';
COMMENT ON COLUMN studio.closed_on IS 'Day after its last; NULL: it goes on';
COMMENT ON COLUMN studio.said_at_id IS 'The event at which it was agreed on; NULL: elsewhere';
COMMENT ON CONSTRAINT studio_is_an_organization ON studio IS 'party_id must be a party of kind organization';
COMMENT ON CONSTRAINT studio_is_at_a_school ON studio IS 'school_id must be a party of kind organization';
COMMENT ON CONSTRAINT studio_is_no_school ON studio IS 'A studio is a party of its own: enter it in table party first';
COMMENT ON CONSTRAINT studio_closes_after_it_was_founded ON studio IS 'closed_on is the day after its last and must come after founded_on';

CREATE TABLE joint_project (
    joint_project_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    school_id         bigint NOT NULL,
    school_kind       text NOT NULL GENERATED ALWAYS AS ('organization') STORED,
    kind              text NOT NULL
                      CONSTRAINT joint_project_kind_is_known CHECK (kind IN ('practice_course', 'laboratory', 'book', 'internship', 'contest', 'other')),
    name_en           text,
    name_zh           text,
    status_subject    text NOT NULL GENERATED ALWAYS AS ('joint_project') STORED,
    status_code       text NOT NULL DEFAULT 'planned',
    lead_id           bigint REFERENCES party,
    starts_on         date,
    due_on            date,
    done_on           date,
    url               text CONSTRAINT joint_project_url_is_a_url CHECK (url ~ '^https?://[^[:space:]]+$'),
    intake_id         bigint REFERENCES intake ON DELETE SET NULL,
    event_id          bigint REFERENCES event ON DELETE SET NULL,
    said_at_id        bigint REFERENCES event ON DELETE SET NULL,
    FOREIGN KEY (status_subject, status_code) REFERENCES status (subject, status_code),
    CONSTRAINT joint_project_is_with_a_school FOREIGN KEY (school_id, school_kind) REFERENCES party (party_id, kind),
    CONSTRAINT joint_project_has_a_name CHECK (num_nonnulls(name_en, name_zh) > 0),
    CONSTRAINT joint_project_is_due_after_it_starts CHECK (due_on >= starts_on),
    CONSTRAINT joint_project_is_done_some_day CHECK ((status_code = 'done') = (done_on IS NOT NULL)),
    CONSTRAINT joint_project_intake_is_of_interns CHECK (intake_id IS NULL OR kind = 'internship'),
    CONSTRAINT joint_project_event_is_a_contest CHECK (event_id IS NULL OR kind = 'contest')
);
CREATE INDEX joint_project_school_id_idx ON joint_project (school_id, school_kind);
CREATE INDEX joint_project_status_code_idx ON joint_project (status_subject, status_code);
CREATE INDEX joint_project_lead_id_idx ON joint_project (lead_id);
CREATE INDEX joint_project_intake_id_idx ON joint_project (intake_id);
CREATE INDEX joint_project_event_id_idx ON joint_project (event_id);
CREATE INDEX joint_project_said_at_id_idx ON joint_project (said_at_id);

COMMENT ON TABLE joint_project IS 'What a school and companies do together: a practice course, a laboratory, a book, internships, a contest (D44a) / 校企合作项目';
COMMENT ON COLUMN joint_project.school_id IS 'The school';
COMMENT ON COLUMN joint_project.school_kind IS 'Always organization: makes the foreign key refuse a person';
COMMENT ON COLUMN joint_project.kind IS 'practice_course, laboratory, book, internship, contest or other';
COMMENT ON COLUMN joint_project.status_code IS 'planned, running, done or dropped';
COMMENT ON COLUMN joint_project.lead_id IS 'Who sees to it: a person or a party; NULL: nobody yet';
COMMENT ON COLUMN joint_project.starts_on IS 'First day; NULL: not known';
COMMENT ON COLUMN joint_project.due_on IS 'Last day for it; NULL: not known';
COMMENT ON COLUMN joint_project.done_on IS 'Day on which it was done: filled in, or as given; NULL: it is not';
COMMENT ON COLUMN joint_project.url IS 'What came of it, such as the course; NULL: nothing to see';
COMMENT ON COLUMN joint_project.intake_id IS 'Of internships: the intake; NULL: none yet';
COMMENT ON COLUMN joint_project.event_id IS 'Of a contest: the event; NULL: none yet';
COMMENT ON COLUMN joint_project.said_at_id IS 'The event at which it was agreed on, such as a visit; NULL: elsewhere';
COMMENT ON CONSTRAINT joint_project_kind_is_known ON joint_project IS 'kind is practice_course, laboratory, book, internship, contest or other';
COMMENT ON CONSTRAINT joint_project_is_with_a_school ON joint_project IS 'school_id must be a party of kind organization';
COMMENT ON CONSTRAINT joint_project_is_due_after_it_starts ON joint_project IS 'due_on is not before starts_on';
COMMENT ON CONSTRAINT joint_project_is_done_some_day ON joint_project IS 'Set status_code: done_on is filled in with done, and goes with anything else';
COMMENT ON CONSTRAINT joint_project_intake_is_of_interns ON joint_project IS 'Only internships have an intake';
COMMENT ON CONSTRAINT joint_project_event_is_a_contest ON joint_project IS 'Only a contest is an event; the one at which it was agreed on is said_at_id';

CREATE FUNCTION _joint_project_done() RETURNS trigger
LANGUAGE plpgsql
SET search_path FROM CURRENT
AS $$
BEGIN
    NEW.done_on := CASE WHEN NEW.status_code = 'done' THEN coalesce(NEW.done_on, _today()) END;
    RETURN NEW;
END
$$;

COMMENT ON FUNCTION _joint_project_done() IS 'Trigger of joint_project: fills in when it was done';

CREATE TRIGGER joint_project_done BEFORE INSERT OR UPDATE OF status_code, done_on ON joint_project
    FOR EACH ROW EXECUTE FUNCTION _joint_project_done();

CREATE TABLE joint_project_party (
    joint_project_party_id  bigint GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    joint_project_id        bigint NOT NULL REFERENCES joint_project ON DELETE CASCADE,
    party_id                bigint NOT NULL REFERENCES party,
    CONSTRAINT joint_project_party_is_entered_once UNIQUE (joint_project_id, party_id)
);
CREATE INDEX joint_project_party_party_id_idx ON joint_project_party (party_id);

COMMENT ON TABLE joint_project_party IS 'With whom a school does a joint project: companies, studios, persons / 合作方';
COMMENT ON COLUMN joint_project_party.party_id IS 'Who takes part, beside the school';
COMMENT ON CONSTRAINT joint_project_party_is_entered_once ON joint_project_party IS 'The party takes part already';

-- == Views

CREATE VIEW studio_list WITH (security_invoker) AS
SELECT t.party_id, party_label(t.party_id) AS studio, t.school_id, party_label(t.school_id) AS school, t.founded_on, t.closed_on,
       m.members, m.teachers, m.students, f.funds_promised, f.funds_given, f.funders
FROM studio t
CROSS JOIN LATERAL (
    SELECT count(*) AS members,
           count(*) FILTER (WHERE 'teacher' = ANY (k.kinds)) AS teachers, count(*) FILTER (WHERE 'student' = ANY (k.kinds)) AS students
    FROM affiliation a
    CROSS JOIN LATERAL (
        SELECT array_agg(s.kind) AS kinds
        FROM affiliation s
        WHERE s.person_id = a.person_id AND s.organization_id IN (t.school_id, t.party_id) AND daterange(s.since, s.until) @> (SELECT _today())
    ) k
    WHERE a.organization_id = t.party_id AND daterange(a.since, a.until) @> (SELECT _today())
) m
CROSS JOIN LATERAL (
    SELECT sum(c.amount) FILTER (WHERE c.stands) AS funds_promised,
           sum(d.amount) AS funds_given,
           string_agg(DISTINCT party_label(c.giver_id), salon.say(', ')) FILTER (WHERE c.stands) AS funders
    FROM commitment c
    CROSS JOIN LATERAL (SELECT sum(d.amount) AS amount FROM delivery d WHERE d.commitment_id = c.commitment_id) d
    WHERE c.taker_id = t.party_id AND c.kind = 'money'
) f;

COMMENT ON VIEW studio_list IS 'Studios: where, how many members, what they were promised and given (D13, D19) / 工作室列表';
COMMENT ON COLUMN studio_list.party_id IS 'The studio';
COMMENT ON COLUMN studio_list.studio IS 'Label of the studio';
COMMENT ON COLUMN studio_list.school_id IS 'The school';
COMMENT ON COLUMN studio_list.school IS 'Label of the school';
COMMENT ON COLUMN studio_list.founded_on IS 'Day on which it was founded; NULL: not yet, or not known';
COMMENT ON COLUMN studio_list.closed_on IS 'Day after its last; NULL: it goes on';
COMMENT ON COLUMN studio_list.members IS 'How many belong to it today';
COMMENT ON COLUMN studio_list.teachers IS 'How many of them are teachers';
COMMENT ON COLUMN studio_list.students IS 'How many of them are students';
COMMENT ON COLUMN studio_list.funds_promised IS 'Money that was promised to it and signed; NULL: none';
COMMENT ON COLUMN studio_list.funds_given IS 'Money that was given to it; NULL: none';
COMMENT ON COLUMN studio_list.funders IS 'Who promised it; NULL: nobody';

CREATE VIEW joint_project_list WITH (security_invoker) AS
SELECT j.joint_project_id, j.school_id, party_label(j.school_id) AS school, j.kind AS kind_code,
       CASE j.kind WHEN 'practice_course' THEN salon.label('practice course', '实践课') WHEN 'laboratory' THEN salon.label('laboratory', '实验室')
                   WHEN 'book' THEN salon.label('book', '写书') WHEN 'internship' THEN salon.label('internship', '实习')
                   WHEN 'contest' THEN salon.label('contest', '比赛') ELSE salon.label('other', '其他') END AS kind,
       salon.label(j.name_en, j.name_zh) AS joint_project,
       (SELECT string_agg(party_label(p.party_id), salon.say(', ') ORDER BY p.party_id) FROM joint_project_party p WHERE p.joint_project_id = j.joint_project_id) AS partners,
       j.lead_id, party_label(j.lead_id) AS lead, j.starts_on, j.due_on, j.done_on, j.status_code,
       (SELECT salon.label(s.name_en, s.name_zh, s.status_code) FROM status s WHERE s.subject = 'joint_project' AND s.status_code = j.status_code) AS status,
       j.status_code IN ('planned', 'running') AND j.due_on < (SELECT _today()) AS is_late,
       j.url
FROM joint_project j;

COMMENT ON VIEW joint_project_list IS 'What schools and companies do together, with state and due date (D44a) / 校企合作项目列表';
COMMENT ON COLUMN joint_project_list.school_id IS 'The school';
COMMENT ON COLUMN joint_project_list.school IS 'Label of the school';
COMMENT ON COLUMN joint_project_list.kind_code IS 'practice_course, laboratory, book, internship, contest or other';
COMMENT ON COLUMN joint_project_list.joint_project IS 'Name';
COMMENT ON COLUMN joint_project_list.partners IS 'Who takes part, beside the school; NULL: nobody yet';
COMMENT ON COLUMN joint_project_list.lead_id IS 'Who sees to it; NULL: nobody yet';
COMMENT ON COLUMN joint_project_list.starts_on IS 'First day; NULL: not known';
COMMENT ON COLUMN joint_project_list.due_on IS 'Last day for it; NULL: not known';
COMMENT ON COLUMN joint_project_list.done_on IS 'Day on which it was done; NULL: it is not';
COMMENT ON COLUMN joint_project_list.status_code IS 'planned, running, done or dropped';
COMMENT ON COLUMN joint_project_list.is_late IS 'Whether its last day is over and it is not done; NULL: it has no last day';
COMMENT ON COLUMN joint_project_list.url IS 'What came of it; NULL: nothing to see';

CREATE VIEW school_coverage WITH (security_invoker) AS
SELECT s.party_id, party_label(s.party_id) AS school, p.city_code, (SELECT salon.label(c.name_en, c.name_zh, c.city_code) FROM city c WHERE c.city_code = p.city_code) AS city,
       v.visits, v.last_visit_on, v.next_visit_on,
       k.leaders, k.teachers, k.students, t.studios, j.projects, j.late_projects, j.projects_done,
       g.promised_to, g.promised_by, d.asks, d.offers
FROM _school s
JOIN party p ON p.party_id = s.party_id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE e.took_place) AS visits,
           max((e.starts_at AT TIME ZONE e.time_zone)::date) FILTER (WHERE e.took_place) AS last_visit_on,
           min((e.starts_at AT TIME ZONE e.time_zone)::date) FILTER (WHERE e.is_open) AS next_visit_on
    FROM event_party ep
    JOIN event e ON e.event_id = ep.event_id
    WHERE ep.party_id = s.party_id AND ep.part_code = 'school'
) v
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE f.kind = 'leader') AS leaders, count(*) FILTER (WHERE f.kind = 'teacher') AS teachers, count(*) FILTER (WHERE f.kind = 'student') AS students
    FROM affiliation f
    WHERE f.organization_id = s.party_id AND daterange(f.since, f.until) @> (SELECT _today())
) k
CROSS JOIN LATERAL (SELECT count(*) AS studios FROM studio t WHERE t.school_id = s.party_id AND daterange(t.founded_on, t.closed_on) @> (SELECT _today())) t
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE j.status_code IN ('planned', 'running')) AS projects,
           count(*) FILTER (WHERE j.status_code IN ('planned', 'running') AND j.due_on < (SELECT _today())) AS late_projects,
           count(*) FILTER (WHERE j.status_code = 'done') AS projects_done
    FROM joint_project j
    WHERE j.school_id = s.party_id
) j
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE c.taker_id = s.party_id) AS promised_to, count(*) FILTER (WHERE c.giver_id = s.party_id) AS promised_by
    FROM commitment c
    WHERE (c.taker_id = s.party_id OR c.giver_id = s.party_id) AND c.stands AND NOT c.is_done
) g
CROSS JOIN LATERAL (
    SELECT (SELECT string_agg(resource_label(d.resource_code), salon.say(', ') ORDER BY d.priority DESC, d.demand_id) FROM demand d WHERE d.party_id = s.party_id) AS asks,
           (SELECT string_agg(resource_label(u.resource_code), salon.say(', ') ORDER BY u.priority DESC, u.supply_id) FROM supply u WHERE u.party_id = s.party_id) AS offers
) d;

COMMENT ON VIEW school_coverage IS 'Schools: how often visited, whom one knows there, what is done together, promised, asked and offered (D11-D13) / 高校覆盖情况';
COMMENT ON COLUMN school_coverage.party_id IS 'The school';
COMMENT ON COLUMN school_coverage.school IS 'Label of the school';
COMMENT ON COLUMN school_coverage.visits IS 'Events that took place with a part of the school';
COMMENT ON COLUMN school_coverage.last_visit_on IS 'The last of them; NULL: never';
COMMENT ON COLUMN school_coverage.next_visit_on IS 'The next that is planned; NULL: none, or without a day';
COMMENT ON COLUMN school_coverage.leaders IS 'Leaders whom one knows by name';
COMMENT ON COLUMN school_coverage.teachers IS 'Teachers';
COMMENT ON COLUMN school_coverage.students IS 'Students';
COMMENT ON COLUMN school_coverage.studios IS 'Studios there';
COMMENT ON COLUMN school_coverage.projects IS 'Joint projects that are planned or running';
COMMENT ON COLUMN school_coverage.late_projects IS 'Those past their last day';
COMMENT ON COLUMN school_coverage.projects_done IS 'Joint projects that are done';
COMMENT ON COLUMN school_coverage.promised_to IS 'What is signed and still to be given to it';
COMMENT ON COLUMN school_coverage.promised_by IS 'What is signed and still to be given by it';
COMMENT ON COLUMN school_coverage.asks IS 'What it wants, most important first; NULL: not known';
COMMENT ON COLUMN school_coverage.offers IS 'What it offers; NULL: not known';

-- What is due: of projects, and of what was promised to and by schools.
CREATE VIEW school_due WITH (security_invoker) AS
SELECT x.school_id, party_label(x.school_id) AS school, x.subject, x.row_id, x.what, x.owner_id, party_label(x.owner_id) AS owner, x.due_on,
       x.due_on < (SELECT _today()) AS is_late
FROM (
    SELECT j.school_id, 'joint_project' AS subject, j.joint_project_id AS row_id, salon.label(j.name_en, j.name_zh) AS what, j.lead_id AS owner_id, j.due_on
    FROM joint_project j
    WHERE j.status_code IN ('planned', 'running')
    UNION ALL
    SELECT s.party_id, 'commitment', c.commitment_id, _commitment_label(c.commitment_id), c.giver_id, NULL
    FROM _school s
    JOIN commitment c ON s.party_id IN (c.giver_id, c.taker_id)
    WHERE c.stands AND NOT c.is_done
) x;

COMMENT ON VIEW school_due IS 'What is still to be done with schools: joint projects, and what was promised to or by them (D11-D13) / 高校待办';
COMMENT ON COLUMN school_due.school_id IS 'The school';
COMMENT ON COLUMN school_due.school IS 'Label of the school';
COMMENT ON COLUMN school_due.subject IS 'joint_project or commitment';
COMMENT ON COLUMN school_due.row_id IS 'Its key';
COMMENT ON COLUMN school_due.what IS 'What is to be done or given';
COMMENT ON COLUMN school_due.owner_id IS 'Who has to; NULL: nobody yet';
COMMENT ON COLUMN school_due.owner IS 'Label of that party';
COMMENT ON COLUMN school_due.due_on IS 'Last day for it; NULL: without one';
COMMENT ON COLUMN school_due.is_late IS 'Whether that is over; NULL: without one';

-- What schools want and others have, and the other way round.
CREATE VIEW school_match WITH (security_invoker) AS
SELECT CASE WHEN d.party_id IS NOT NULL THEN 'to_school' ELSE 'from_school' END AS direction,
       coalesce(d.party_id, s.party_id) AS school_id, CASE WHEN d.party_id IS NOT NULL THEN c.demander ELSE c.supplier END AS school,
       CASE WHEN d.party_id IS NOT NULL THEN c.supplier_id ELSE c.demander_id END AS partner_id,
       CASE WHEN d.party_id IS NOT NULL THEN c.supplier ELSE c.demander END AS partner,
       c.supply_id, c.supplied_code, c.supplied, c.demand_id, c.demanded_code, c.demanded, c.value, c.weight, c.offered, c.needed, c.reason
FROM candidate c
LEFT JOIN _school d ON d.party_id = c.demander_id
LEFT JOIN _school s ON s.party_id = c.supplier_id
WHERE c.event_id IS NULL AND (d.party_id IS NULL) <> (s.party_id IS NULL);

COMMENT ON VIEW school_match IS 'Which demand of a school meets which supply of others, and the other way round: 供需连 (D10, D12) / 校企供需匹配';
COMMENT ON COLUMN school_match.direction IS 'to_school or from_school';
COMMENT ON COLUMN school_match.school_id IS 'The school';
COMMENT ON COLUMN school_match.school IS 'Label of the school';
COMMENT ON COLUMN school_match.partner_id IS 'The other party';
COMMENT ON COLUMN school_match.partner IS 'Label of the other party';
COMMENT ON COLUMN school_match.reason IS 'Why the supply serves the demand';
