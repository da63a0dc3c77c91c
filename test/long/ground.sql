-- What faults and hostile try things on, on top of the demo: everything that a
-- function of a space can be called for.  Prints the keys that calls name.
\set QUIET on
\pset tuples_only on
\pset format unaligned
SET client_min_messages = warning;
SET search_path = club, salon;
SET timezone = 'UTC';
SELECT max(event_id) AS event FROM event \gset
SELECT min(event_id) AS past FROM event WHERE status_code = 'held' \gset
SELECT venue_id AS venue FROM event WHERE event_id = :event \gset
SELECT min(series_id) AS series FROM series \gset
UPDATE event SET status_code = 'announced' WHERE event_id = :event;
SELECT party_id AS company FROM party WHERE name_en = 'company 1 (example)' \gset
SELECT party_id AS host FROM party WHERE name_en = 'example host' \gset

-- Parties that other systems know, one that was entered twice, persons to forget.
SELECT FROM import_parties('[{"external_id": "o1", "kind": "organization", "name_en": "imported company"},
    {"external_id": "p1", "kind": "person", "name_en": "imported person", "organization": "o1", "email": "p1@example.org", "roles": "vendor"}]') \g /dev/null
INSERT INTO party (kind, name_en) VALUES ('organization', 'entered twice') RETURNING party_id AS double \gset
INSERT INTO supply (party_id, resource_code, quantity) VALUES (:double, 'tea', 1);
INSERT INTO party (kind, name_en) VALUES ('person', 'to be forgotten') RETURNING party_id AS person \gset
INSERT INTO contact (party_id, kind, address) VALUES (:person, 'email', 'forgotten@example.org');

-- A certification with a question, and an attempt that ended.
INSERT INTO certification (organization_id, name_en) VALUES (:company, 'certification') RETURNING certification_id AS certification \gset
INSERT INTO certification_level (certification_id) VALUES (:certification) RETURNING certification_level_id AS level \gset
INSERT INTO exam_question (certification_level_id, kind, text_en) VALUES (:level, 'numeric', 'question') RETURNING exam_question_id AS question \gset
INSERT INTO exam_key (exam_question_id, value) VALUES (:question, 1);
INSERT INTO blueprint (certification_level_id, quantity) VALUES (:level, 1) RETURNING blueprint_id AS blueprint \gset
INSERT INTO paper (certification_level_id, person_id) VALUES (:level, :person) RETURNING paper_id AS paper \gset
INSERT INTO paper_question (paper_id, exam_question_id, ordinal) VALUES (:paper, :question, 1);
INSERT INTO attempt (paper_id, begun_at) VALUES (:paper, '2026-01-01 10:00+08');
INSERT INTO certificate (certification_level_id, organization_id, person_id, name_en, issued_on, is_holder_shown)
VALUES (:level, :company, :person, 'certificate', '2026-01-01', true) RETURNING to_json(number) AS number \gset

-- A hackathon of an event of its own: a team with a work, a judge, an award.
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('hackathon', '2034-06-10 09:00+08', '2034-06-11 18:00+08') RETURNING event_id AS hackathon \gset
INSERT INTO hackathon (event_id) VALUES (:hackathon);
INSERT INTO hackathon_round (event_id, ordinal, name_en) VALUES (:hackathon, 1, 'round') RETURNING hackathon_round_id AS round \gset
INSERT INTO party (kind, name_en) VALUES ('person', 'captain') RETURNING party_id AS captain \gset
INSERT INTO party (kind, name_en) VALUES ('person', 'other captain') RETURNING party_id AS other_captain \gset
SELECT enter_team(:hackathon, 'team', :captain) AS team, enter_team(:hackathon, 'other team', :other_captain) AS other_team \gset
SELECT submit_work(:team, 'https://example.org/team'), submit_work(:other_team, 'https://example.org/other') \g /dev/null
INSERT INTO party (kind, name_en) VALUES ('person', 'judge') RETURNING party_id AS judging_person \gset
INSERT INTO judge (event_id, person_id) VALUES (:hackathon, :judging_person) RETURNING judge_id AS judge \gset
INSERT INTO commitment (event_id, giver_id, kind, amount, status_code) VALUES (:hackathon, :company, 'money', 1000, 'signed') RETURNING commitment_id AS prize \gset
INSERT INTO award (event_id, name_en, amount, party_id, commitment_id) VALUES (:hackathon, 'award', 500, :company, :prize) RETURNING award_id AS award \gset
INSERT INTO award_winner (award_id, team_id) VALUES (:award, :team) RETURNING award_winner_id AS winner \gset
INSERT INTO party (kind, name_en) VALUES ('person', 'newcomer') RETURNING party_id AS newcomer \gset

-- Talks for its agenda, of speakers of the demo.
INSERT INTO talk (event_id, title_en, format_code, submitter_id)
SELECT :event, 'talk of ' || party_id, 'mini_talk', party_id FROM party WHERE name_en LIKE 'speaker % (example)' ORDER BY party_id;
INSERT INTO talk_speaker (talk_id, person_id) SELECT talk_id, submitter_id FROM talk WHERE event_id = :event;
UPDATE talk SET status_code = 'accepted' WHERE event_id = :event;
INSERT INTO session (event_id, format_code, title_en, starts_at, ends_at)
SELECT event_id, 'open_class', 'class', starts_at, starts_at + interval '30 minutes' FROM event WHERE event_id = :event RETURNING session_id AS session \gset
INSERT INTO session_seating (session_id, capacity) VALUES (:session, 5);

-- What it asks; who registered, who waits.
INSERT INTO survey (event_id, purpose) VALUES (:event, 'registration') RETURNING survey_id AS asked \gset
INSERT INTO question (survey_id, question_code, ordinal, kind, text_en, value_from, value_to) VALUES
    (:asked, 'years', 1, 'number', 'Years?', 0, 60), (:asked, 'wishes', 2, 'text', 'What else?', NULL, NULL);
INSERT INTO question (survey_id, question_code, ordinal, kind, text_en) VALUES (:asked, 'shirt', 3, 'choice', 'Size?') RETURNING question_id AS shirt \gset
INSERT INTO question_option (question_id, option_code, ordinal, name_en) VALUES (:shirt, 's', 1, 'small'), (:shirt, 'l', 2, 'large');
SELECT survey_id AS survey FROM survey WHERE event_id = :event AND purpose = 'feedback' \gset
UPDATE seating SET capacity = 6 WHERE event_id = :event AND side = 'on_site';
SELECT registration_id AS registered FROM register(:event, seats => 2, name => 'Ann', contact_kind => 'email', contact => 'ann@example.org') \gset
SELECT registration_id AS passed FROM register(:event, seats => 2, party_id => :company) \gset
SELECT registration_id AS leaver FROM register(:event, seats => 2) \gset
SELECT registration_id AS waiting FROM register(:event, seats => 2, name => 'Bob') \gset
SELECT book(:session, :passed) \g /dev/null

SELECT to_json(min(code)) AS ticket FROM ticket_list WHERE registration_id = :passed \gset
INSERT INTO link (event_id, link_kind_code, url) VALUES (:event, 'group', 'https://example.org/group') RETURNING link_id AS link \gset

-- An intake that can make offers, and enough contributions for a proof.
INSERT INTO intake (name_en, apply_by, rank_by) VALUES ('intake', now() + interval '1 hour', now() + interval '1 hour') RETURNING intake_id AS intake \gset
INSERT INTO opening (intake_id, party_id, name_en) VALUES (:intake, :company, 'opening') RETURNING opening_id AS opening \gset
INSERT INTO applicant (intake_id, person_id) VALUES (:intake, :person) RETURNING applicant_id AS applicant \gset
INSERT INTO applicant_choice (applicant_id, opening_id, place) VALUES (:applicant, :opening, 1);
INSERT INTO opening_choice (applicant_id, opening_id, place) VALUES (:applicant, :opening, 1);
UPDATE intake SET apply_by = now() - interval '1 hour', rank_by = now() - interval '1 hour' WHERE intake_id = :intake;
INSERT INTO product (party_id, name) VALUES (:company, 'product of interns') RETURNING product_id AS product \gset
INSERT INTO contribution (party_id, contribution_kind_code, product_id, quantity, url, status_code, accepted_by) VALUES (:person, 'code_change', :product, 10, 'https://example.org/contribution', 'accepted', :company);

-- Agreements: signed, one that nobody signed in time.
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (:event, :company, 'poster_making', 1) RETURNING agreement_id AS agreement \gset
UPDATE agreement SET status_code = 'signed' WHERE agreement_id = :agreement;
INSERT INTO agreement (package_id, party_id) SELECT min(package_id), :company FROM package WHERE event_id = :event RETURNING agreement_id AS late \gset
UPDATE agreement SET sign_by = now() - interval '1 minute' WHERE agreement_id = :late;
SELECT FROM plan_season(:series, '2033-03-01', '2033-08-31') \g /dev/null
SELECT max(season_id) AS season FROM season \gset
SELECT min(turn_id) AS turn, max(turn_id) AS other_turn FROM turn WHERE season_id = :season \gset
-- Who is who of the levels of access.
INSERT INTO remark (event_id, note) VALUES (:event, 'remark') ON CONFLICT DO NOTHING;

SELECT json_build_object('level', :level, 'question', :question, 'blueprint', :blueprint, 'number', :'number'::json, 'unknown', '0000-0000-0000-0000-' || _check_character(repeat('0', 16)), 'ticket', :'ticket'::json, 'link', :link, 'event', :event, 'past', :past, 'venue', :venue, 'series', :series, 'company', :company, 'host', :host, 'double', :double, 'person', :person,
    'session', :session, 'survey', :survey, 'registered', :registered, 'passed', :passed, 'leaver', :leaver, 'waiting', :waiting, 'agreement', :agreement,
    'intake', :intake, 'hackathon', :hackathon, 'round', :round, 'team', :team, 'judge', :judge, 'winner', :winner, 'newcomer', :newcomer,
    'season', :season, 'turn', :turn, 'other_turn', :other_turn);
