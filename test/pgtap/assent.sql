-- Rights do not follow from rows that the reader writes: an organizer who
-- enters all parties into a plan of its own reads nothing personal of them;
-- whoever agrees is shown, once for each way to agree.
BEGIN;
\set QUIET on
\pset format unaligned
\pset tuples_only on
SELECT salon.create_space('t_assent') \g /dev/null
SET LOCAL search_path = t_assent, salon, public;
CREATE ROLE t_organizer;
CREATE ROLE t_all;
SELECT no_plan();

INSERT INTO party (kind, name_en) SELECT CASE WHEN n <= 4 THEN 'organization' ELSE 'person' END, 'party ' || n FROM generate_series(1, 30) n;
INSERT INTO contact (party_id, kind, address) SELECT party_id, 'email', party_id || '@example.org' FROM party;
INSERT INTO consent (person_id, status_code) SELECT party_id, 'given' FROM party WHERE kind = 'person';
DO $$ BEGIN
    FOR n IN 2..20 LOOP
        EXECUTE format('CREATE ROLE t_party_%s', n);
        PERFORM salon.grant_access('t_assent', format('t_party_%s', n), 'member', n);
    END LOOP;
END $$;
SELECT salon.grant_access('t_assent', 't_organizer', 'organizer', 1) \g /dev/null
SELECT salon.grant_access('t_assent', 't_all', 'organizer') \g /dev/null

-- What a role reads or does, or the error.
CREATE FUNCTION pg_temp.as(role text, query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
    said text;
BEGIN
    EXECUTE 'SET LOCAL ROLE ' || quote_ident(role);
    BEGIN
        IF query ~ '^SELECT|RETURNING' THEN
            EXECUTE query INTO said;
        ELSE
            EXECUTE query;
        END IF;
    EXCEPTION WHEN OTHERS THEN
        said := SQLSTATE || ' | ' || SQLERRM;
    END;
    RESET ROLE;
    RETURN said;
END
$$;
CREATE FUNCTION pg_temp.reads(role text) RETURNS text LANGUAGE sql AS $$
SELECT pg_temp.as(role, 'SELECT string_agg(DISTINCT party_id::text, '','' ORDER BY party_id::text) FROM (SELECT party_id FROM contact UNION ALL SELECT person_id FROM consent) x WHERE party_id <> 1')
$$;

-- The organizer plans an event, and enters everybody in every way it has.
SELECT pg_temp.as('t_organizer', $$SELECT plan_event('Mine', starts_at => '2031-05-10 10:00+08', ends_at => '2031-05-10 18:00+08', host_id => 1)$$) AS event_id \gset
UPDATE event SET status_code = 'announced' WHERE event_id = :event_id;
INSERT INTO seating (event_id, side, capacity) VALUES (:event_id, 'on_site', 1000);
SELECT format($$
    INSERT INTO event_party (event_id, party_id, part_code) SELECT %1$s, party_id, 'community' FROM party WHERE party_id > 1;
    INSERT INTO session (event_id, format_code, title_en) VALUES (%1$s, 'mini_talk', 'x');
    INSERT INTO speaker (session_id, person_id) SELECT (SELECT max(session_id) FROM session), party_id FROM party WHERE kind = 'person' AND party_id > 20;
    INSERT INTO event_duty (event_id, duty_code, party_id) SELECT %1$s, 'poster', party_id FROM party WHERE party_id > 1;
    INSERT INTO invitation (event_id, person_id, status_code) SELECT %1$s, party_id, 'confirmed' FROM party WHERE kind = 'person';
    INSERT INTO registration (event_id, party_id) SELECT %1$s, party_id FROM party WHERE party_id > 1;
    INSERT INTO talk (event_id, title_en, submitter_id) SELECT %1$s, 'talk ' || party_id, party_id FROM party WHERE kind = 'person';
    INSERT INTO commitment (event_id, giver_id, resource_code, quantity) SELECT %1$s, party_id, 'venue', 1 FROM party WHERE party_id > 1;
    UPDATE agreement SET status_code = 'signed' WHERE event_id = %1$s
$$, :event_id) AS entered \gset
SELECT is(pg_temp.as('t_organizer', each), NULL, 'it enters: ' || substr(each, 1, 40)) FROM regexp_split_to_table(:'entered', ';\s*') each;
SELECT is(pg_temp.reads('t_organizer'), NULL, 'and reads no contact and no consent by that');
SELECT is((SELECT count(*) FROM assent), 0::bigint, 'nobody agreed');
SELECT is(pg_temp.as('t_organizer', format('INSERT INTO assent (event_id, party_id) VALUES (%s, 2)', :event_id)), '42501 | permission denied for table assent', 'nor does it say that somebody did');
SELECT is(pg_temp.as('t_organizer', 'UPDATE contact SET entered_by = 1'), NULL, 'nor that it entered them');
SELECT is(pg_temp.reads('t_organizer'), NULL, 'which changes nothing');

-- A trigger of its own on a temporary table is its own.
DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO t_organizer', current_database()); END $$;
SET LOCAL ROLE t_organizer;
CREATE TEMP TABLE mine (party_id bigint);
CREATE FUNCTION pg_temp.plant() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE invitation SET decline_reason = decline_reason, person_id = person_id WHERE person_id = NEW.party_id;
    RETURN NEW;
END $$;
CREATE TRIGGER plant BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION pg_temp.plant();
INSERT INTO mine VALUES (6);
RESET ROLE;
SELECT is(pg_temp.reads('t_organizer'), NULL, 'nor does a trigger of its own');

-- Who agrees itself is shown.
SELECT is(pg_temp.as('t_party_5', format('INSERT INTO registration (event_id, party_id) VALUES (%s, 5)', :event_id)), NULL, 'one registers');
SELECT is(pg_temp.reads('t_organizer'), '5', 'and is shown');
SELECT is(pg_temp.as('t_party_6', format('INSERT INTO talk (event_id, title_en, submitter_id) VALUES (%s, ''mine'', 6)', :event_id)), NULL, 'one submits a talk');
SELECT is(pg_temp.reads('t_organizer'), '5,6', 'and is shown');
UPDATE invitation SET status_code = 'invited', confirmed_at = NULL WHERE false;
SELECT pg_temp.as('t_organizer', 'UPDATE invitation SET status_code = ''declined'' WHERE person_id = 7') \g /dev/null
SELECT pg_temp.as('t_organizer', 'DELETE FROM invitation WHERE person_id = 7') \g /dev/null
SELECT pg_temp.as('t_organizer', format('INSERT INTO invitation (event_id, person_id) VALUES (%s, 7)', :event_id)) \g /dev/null
SELECT is(pg_temp.reads('t_organizer'), '5,6', 'who is invited is not shown');
SELECT is(pg_temp.as('t_party_7', 'UPDATE invitation SET status_code = ''confirmed'' WHERE person_id = 7'), NULL, 'until the invitation is confirmed');
SELECT is(pg_temp.reads('t_organizer'), '5,6,7', 'and is shown then');
SELECT is(pg_temp.as('t_organizer', format('INSERT INTO commitment (event_id, giver_id, resource_code, quantity) VALUES (%s, 2, ''venue'', 2)', :event_id)), NULL, 'a promise of party 2 is entered');
SELECT is(pg_temp.as('t_party_2', 'UPDATE agreement SET status_code = ''signed'' WHERE status_code = ''proposed'''), NULL, 'it signs');
SELECT is(pg_temp.reads('t_organizer'), '2,5,6,7', 'and is shown');
SELECT is(pg_temp.as('t_organizer', format('INSERT INTO event_duty (event_id, duty_code, party_id, status_code) VALUES (%s, ''promotion'', 8, ''proposed'')', :event_id)), NULL, 'a duty is proposed');
SELECT is(pg_temp.as('t_party_8', 'UPDATE event_duty SET status_code = ''confirmed'' WHERE status_code = ''proposed'' AND party_id = 8'), NULL, 'the helper confirms it');
SELECT is(pg_temp.reads('t_organizer'), '2,5,6,7,8', 'and is shown');
SELECT is(pg_temp.as('t_party_8', 'UPDATE event_duty SET status_code = ''open'' WHERE party_id = 8'), '23514 | event_duty 27 cannot go from confirmed to "open"', 'a helper only confirms or declines');
SELECT is(pg_temp.as('t_party_8', 'UPDATE event_duty SET status_code = ''declined'' WHERE party_id <> 8'), NULL, 'its own duty');
SELECT is((SELECT count(*) FROM event_duty WHERE status_code = 'declined'), 0::bigint, 'and no other');
-- ... or an organizer of all events, or the owner, says it for them.
SELECT is(pg_temp.as('t_all', format('INSERT INTO registration (event_id, party_id) VALUES (%s, 9)', :event_id)), NULL, 'who organizes all enters a registration');
INSERT INTO event_duty (event_id, duty_code, party_id) VALUES (:event_id, 'banner', 10);
SELECT is(pg_temp.reads('t_organizer'), '10,2,5,6,7,8,9', 'and who was entered so is shown');
SELECT is(pg_temp.reads('t_all'), '10,2,5,6,7,8,9', 'to organizers of all too');

-- What it enters itself it reads, for it knows it; not what stands beside.
SELECT is(pg_temp.as('t_organizer', 'INSERT INTO contact (party_id, kind, address) VALUES (11, ''phone'', ''+8613800000000'') RETURNING address'), '+8613800000000', 'a contact is entered');
SELECT is(pg_temp.as('t_organizer', 'SELECT string_agg(address, '','') FROM contact WHERE party_id = 11'), '+8613800000000', 'and read');
SELECT is(pg_temp.as('t_party_11', 'UPDATE contact SET address = ''+8613900000000'' WHERE kind = ''phone'' RETURNING entered_by'), '11', 'whose it is corrects it');
SELECT is(pg_temp.as('t_organizer', 'SELECT string_agg(address, '','') FROM contact WHERE party_id = 11'), NULL, 'and then it does not show');
SELECT is(pg_temp.as('t_party_12', 'INSERT INTO contact (party_id, kind, address) VALUES (13, ''phone'', ''1'')'), '42501 | new row violates row-level security policy for table "contact"', 'a member enters contacts of its own only');
SELECT is(pg_temp.as('t_party_12', 'INSERT INTO consent (person_id, medium, status_code) VALUES (13, ''photo'', ''given'')'), '42501 | new row violates row-level security policy for table "consent"', 'and consents');

-- A series of others.
INSERT INTO series (name_en, party_id) VALUES ('of 1', 1), ('of 2', 2), ('hosted by 1', 2), ('of nobody', NULL);
INSERT INTO rotation (series_id) VALUES (3);
INSERT INTO series_host (series_id, party_id) VALUES (3, 1);
INSERT INTO package (series_id, name_en, benefits) VALUES (2, 'gold', 'booth:1');
SELECT matches(pg_temp.as('t_organizer', format('UPDATE event SET series_id = %s WHERE event_id = %s', s, :event_id)), '^42501 [|] series . is not yours', 'an event is not put into series ' || s) FROM unnest(ARRAY[2, 4]) s;
SELECT matches(pg_temp.as('t_organizer', 'INSERT INTO event (name_en, series_id, status_code) VALUES (''x'', 2, ''planned'')'), '^42501 [|] series 2 is not yours', 'nor a new one');
SELECT is(pg_temp.as('t_organizer', 'SELECT count(*)::text FROM package'), '0', 'nor are the packages seen');
SELECT is(pg_temp.as('t_organizer', format('UPDATE event SET series_id = %s WHERE event_id = %s', s, :event_id)), NULL, 'into series ' || s || ' it is') FROM unnest(ARRAY[1, 3]) s;
UPDATE event SET series_id = 2 WHERE event_id = :event_id;
SELECT is(pg_temp.as('t_organizer', format('UPDATE event SET series_id = 2 WHERE event_id = %s', :event_id)), NULL, 'and it stays where others put it');
SELECT is(pg_temp.as('t_organizer', 'SELECT count(*)::text FROM package'), '1', 'with the packages');

-- The name of another.
SELECT is(pg_temp.as('t_party_2', format('UPDATE party SET name_%s = %L WHERE party_id = 2', l, n)), '23505 | party 2 cannot take the name of another', 'a member does not take ' || n)
FROM (VALUES ('en', 'party 3'), ('zh', 'PARTY  3'), ('zh', 'Party 4')) v (l, n);
SELECT is(pg_temp.as('t_party_2', 'UPDATE party SET name_en = ''party 5'' WHERE party_id = 2'), NULL, 'that of a person is another matter');
SELECT is(pg_temp.as('t_party_2', 'UPDATE party SET name_en = ''party 2'', name_zh = ''二'' WHERE party_id = 2'), NULL, 'its own it changes');

SELECT * FROM finish();
ROLLBACK;
