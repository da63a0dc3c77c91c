-- The salon is held: the door, who came, what it cost.
\ir show/setup.psql
\ir show/label_en.psql
\ir show/example.psql

\echo
\echo '--- 3.4 HELD: the door list; a seat is in once it passed all checks'
\echo
UPDATE invitation SET status_code = 'arrived' WHERE event_id = :event;
-- All pass but the last party, and one seat of another one that passes only one check.
SELECT count(check_in(registration_id, 'ticket')) AS tickets
FROM registration_list
WHERE event_id = :event AND status_code = 'registered' AND side = 'online' \g /dev/null
SELECT max(registration_id) FILTER (WHERE seats = 2) AS absent, max(registration_id) FILTER (WHERE seats = 4) AS late
FROM registration_list
WHERE event_id = :event AND status_code = 'registered' AND side = 'on_site' \gset
SELECT check_in(registration_id, 'ticket'), CASE WHEN registration_id <> :late THEN check_in(registration_id, 'health_code') END
FROM registration_list
WHERE event_id = :event AND status_code = 'registered' AND side = 'on_site' AND registration_id <> :absent \g /dev/null
SELECT check_in(:late, 'health_code', seat) FROM generate_series(1, 3) seat \g /dev/null
SELECT name, seat, passed, missing, is_in AS "is in" FROM door_list WHERE event_id = :event AND side = 'on_site' AND registration_id IN (:late, :absent) ORDER BY registration_id, seat;

SET salon.import = on; -- as if it were that day
UPDATE event SET status_code = 'held' WHERE event_id = :event;
UPDATE event SET actual_on_site = 57, on_site_basis = 'measured', actual_online = 12400, online_basis = 'measured' WHERE event_id = :event;
UPDATE session s SET was_held = true WHERE s.event_id = :event AND EXISTS (SELECT FROM speaker k WHERE k.session_id = s.session_id);

\echo '--- How many: planned, registered, checked in and measured are told apart'
\echo
\ir show/status.psql
\ir show/headcount.psql

\echo '--- What it cost, against the band of the source (场地、茶水、海报制作、晚宴, 总计 3-5K 上下)'
\echo
INSERT INTO cost (event_id, cost_kind_code, payer_id, planned, actual, actual_basis)
SELECT :event, v.kind, p.party_id, v.planned, v.actual, 'measured'
FROM (VALUES ('venue', 'example host', 3000, 2900), ('tea', 'example host', 500, 420), ('poster_making', 'example host', 300, 260), ('gift', 'company 2 (example)', 800, 640)) v (kind, payer, planned, actual)
JOIN party p ON p.name_en = v.payer;
\ir show/cost.psql
SELECT payer, planned, actual, kinds FROM event_payer WHERE event_id = :event ORDER BY payer_id;

\echo '--- What sponsors gave and got; who gave more gets more of what can be shared'
\echo
INSERT INTO delivery (commitment_id, basis)
SELECT c.commitment_id, 'measured' FROM commitment c WHERE c.event_id = :event AND c.kind = 'money' AND c.stands;
UPDATE reach SET actual_pv = CASE medium_code WHEN 'live' THEN 12400 ELSE 6100 END, actual_basis = 'measured' WHERE event_id = :event;
INSERT INTO delivery (commitment_id, evidence)
SELECT c.commitment_id, 'https://example.org/delivered' FROM commitment_list c
WHERE c.event_id = :event AND c.is_owed AND c.package_id IS NOT NULL AND c.resource_code <> 'post';
SELECT taker, what, quantity AS promised, delivered, left_to_deliver AS "still to deliver" FROM commitment_list
WHERE event_id = :event AND package_id IS NOT NULL AND giver_id IS NULL ORDER BY agreement_id, ordinal;
SELECT sponsor, actual_amount AS paid, actual_pv AS "PV", round(planned_price, 4) AS "per PV planned", round(actual_price, 4) AS "per PV", is_paid AS "paid in full" FROM sponsor_price WHERE event_id = :event AND agreed_amount IS NOT NULL ORDER BY party_id;
SELECT resource, party, given, shared_count AS "to share", largest_remainder AS share FROM entitlement WHERE event_id = :event ORDER BY ordinal, party_id;
SELECT deliver(agreement_id) FROM agreement WHERE event_id = :event AND package_id IS NULL AND status_code = 'signed' \g /dev/null
