-- The salon is archived: history, what the next one takes over, who sees what,
-- and how a person is forgotten.
\ir show/setup.psql
\ir show/label_en.psql
\ir show/example.psql

\echo
\echo '--- 3.6 ARCHIVED: nothing more is to be done'
\echo
UPDATE event SET archived_at = now() WHERE event_id = :event;
\ir show/status.psql

\echo '--- Who changed what: some of what the history has'
\echo
SELECT by_role AS "by", subject, row_label AS what, column_name AS "column", before, after
FROM event_history
WHERE event_id = :event
  AND (column_name = 'waived_reason' OR (subject_code = 'agreement' AND after = 'declined') OR (subject_code = 'event_duty' AND after = 'declined')
       OR (subject_code = 'talk' AND after = 'rejected') OR (subject_code = 'event' AND column_name IN ('actual_on_site', 'planned_on_site'))
       OR (subject_code = 'agreement' AND after = 'reserved'))
ORDER BY history_id, column_name;

\echo '--- What the next one takes over: SELECT copy_event(...); every date is shifted by 26 weeks'
\echo
SELECT copy_event(:event, :'day'::date + 182 + time '13:30', 'The trends ahead, one after that (example)', '共话未来趋势 再下一期（示例）',
                  with_parties => true, with_holders => true) AS copy \gset
SELECT what, count(*) FILTER (WHERE event_id = :event) AS "this salon", count(*) FILTER (WHERE event_id = :copy) AS "its copy"
FROM (
    SELECT 1 AS ordinal, 'sessions' AS what, event_id FROM session
    UNION ALL SELECT 2, 'needs', event_id FROM demand
    UNION ALL SELECT 3, 'shifts of duties', event_id FROM shift
    UNION ALL SELECT 4, 'duties with somebody', event_id FROM event_duty WHERE party_id IS NOT NULL
    UNION ALL SELECT 5, 'parties with a part', event_id FROM event_party
    UNION ALL SELECT 6, 'packages', event_id FROM package
    UNION ALL SELECT 7, 'agreements', event_id FROM agreement
    UNION ALL SELECT 8, 'lines of the budget', event_id FROM cost
    UNION ALL SELECT 9, 'questions of surveys', s.event_id FROM question q JOIN survey s USING (survey_id)
    UNION ALL SELECT 10, 'talks', event_id FROM talk
    UNION ALL SELECT 11, 'registrations', event_id FROM registration
) c
GROUP BY ordinal, what
ORDER BY ordinal;
SELECT event AS :h_event, progress AS :h_progress, next_three AS :h_next FROM checklist_summary WHERE event_id = :copy;

\echo '--- Who has access: a role has a level, for one party or for all'
\echo
SELECT party_id AS company FROM party WHERE name_en = 'company 1 (example)' \gset
CREATE ROLE demo_visitor;
CREATE ROLE demo_member;
CREATE ROLE demo_organizer;
SELECT salon.grant_access('club', 'demo_visitor', 'visitor') \g /dev/null
SELECT salon.grant_access('club', 'demo_member', 'member', :company) \g /dev/null
SELECT salon.grant_access('club', 'demo_organizer', 'organizer', :host) \g /dev/null
SELECT database_role AS role, level, party FROM access_list ORDER BY access_id;
\echo '--- What each may do with some of the tables; which rows, the next table says'
\echo
SELECT t.relation AS "table", r.rolname AS role,
       CASE WHEN has_any_column_privilege(r.oid, t.relation::regclass, 'SELECT') THEN 'reads' ELSE '-' END
       || CASE WHEN has_any_column_privilege(r.oid, t.relation::regclass, 'INSERT, UPDATE') THEN ', writes' ELSE '' END AS may
FROM unnest(ARRAY['event', 'session', 'commitment', 'registration', 'attendee', 'cost']) WITH ORDINALITY t (relation, ordinal)
CROSS JOIN pg_roles r
WHERE r.rolname LIKE 'demo\_%'
ORDER BY t.ordinal, r.oid
\crosstabview "table" role may
\echo '--- How many rows of them the owner, an organizer of the host, a member of company 1 and a visitor see'
\echo
\ir show/access.psql
SET ROLE demo_organizer;
\ir show/access.psql
SET ROLE demo_member;
\ir show/access.psql
SET ROLE demo_visitor;
\ir show/access.psql
SELECT s.starts_at::timestamp AS "agenda for a visitor", s.title_en AS session FROM session s WHERE s.event_id = :event ORDER BY s.starts_at;
RESET ROLE;

\echo '--- A person asks to be forgotten: what is told of the person goes, what is counted stays'
\echo
SELECT party_id AS person FROM party WHERE name_en = 'speaker 2 (example)' \gset
SELECT party_label(:person) AS person, (SELECT count(*) FROM speaker WHERE person_id = :person) AS talks, (SELECT count(*) FROM consent WHERE person_id = :person) AS consents,
       (SELECT count(*) FROM travel_leg WHERE person_id = :person) AS legs, (SELECT talks FROM recap_summary WHERE event_id = :event) AS "talks of the salon";
SELECT forget(:person) AS "rows changed";
SELECT party_label(:person) AS person, (SELECT count(*) FROM speaker WHERE person_id = :person) AS talks, (SELECT count(*) FROM consent WHERE person_id = :person) AS consents,
       (SELECT count(*) FROM travel_leg WHERE person_id = :person) AS legs, (SELECT talks FROM recap_summary WHERE event_id = :event) AS "talks of the salon";
