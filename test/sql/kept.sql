-- What the database keeps and which keys it gives: not for roles with access to
-- write, neither by hand nor by a trigger of their own.
\set ECHO none
\getenv abs_srcdir PG_ABS_SRCDIR
\set refused :abs_srcdir /sql/include/refused.sql
\i :refused
CREATE ROLE regress_salon_kept;
SELECT salon.create_space('s_kept') \g /dev/null
SET search_path = s_kept, salon;
SELECT salon.grant_access('s_kept', 'regress_salon_kept', 'organizer') \g /dev/null
DO $$ BEGIN EXECUTE format('GRANT TEMPORARY ON DATABASE %I TO regress_salon_kept', current_database()); END $$;
INSERT INTO party (kind, name_en) VALUES ('organization', 'One'), ('organization', 'Two');
INSERT INTO event (name_en, status_code, starts_at, ends_at) VALUES ('Evening', 'planned', '2031-05-01 14:00+08', '2031-05-01 18:00+08');
INSERT INTO seating (event_id, side, capacity) VALUES (1, 'on_site', 1);
INSERT INTO registration (event_id, party_id) VALUES (1, 1);
INSERT INTO supply (event_id, resource_code, quantity) VALUES (1, 'talk_slot', 2);
INSERT INTO package (event_id, name_en, benefits, quantity) VALUES (1, 'gold', 'logo_place:1', 1);
INSERT INTO agreement (package_id, event_id, party_id, status_code) VALUES (1, 1, 1, 'reserved');
INSERT INTO shift (event_id, duty_code, maximum) SELECT 1, min(duty_code), 1 FROM duty;
SET ROLE regress_salon_kept;
CREATE TEMP TABLE mine (statement text);
CREATE FUNCTION pg_temp.mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN EXECUTE NEW.statement; RETURN NULL; END';
CREATE TRIGGER mine BEFORE INSERT ON mine FOR EACH ROW EXECUTE FUNCTION pg_temp.mine();
\set ECHO all

\echo == Counters
SELECT pg_temp.refused(s), pg_temp.refused(format('INSERT INTO mine VALUES (%L)', s))
FROM unnest(ARRAY[
    'UPDATE seating SET taken = 0',
    'UPDATE supply SET committed = 1',
    'UPDATE package SET claimed = 0',
    'UPDATE shift SET held = 1',
    'UPDATE commitment SET delivered = 1',
    'UPDATE agreement SET signer_id = 2',
    'INSERT INTO event_party (event_id, party_id, part_code, commitment_id) SELECT 1, 2, part_code, 1 FROM part LIMIT 1']) s;
SELECT pg_temp.refused('INSERT INTO mine VALUES (''INSERT INTO presence (subject, subject_id, party_id) VALUES (''''absence'''', 1, 1)'')');
\echo == What is promised by a signed agreement
RESET ROLE;
UPDATE agreement SET status_code = 'signed';
SET ROLE regress_salon_kept;
SELECT pg_temp.refused('INSERT INTO mine VALUES (''INSERT INTO commitment (agreement_id, giver_id, resource_code) VALUES (1, 1, ''''booth'''')'')');

\echo == Keys: of every table, for who is no administrator
INSERT INTO event (name_en) VALUES ('of its own') RETURNING event_id > 1 AS was_given;
SELECT pg_temp.refused('INSERT INTO event (event_id, name_en) VALUES (1000000, ''far on'')');
SELECT pg_temp.refused('INSERT INTO mine VALUES (''INSERT INTO contact (contact_id, party_id, kind, address) VALUES (9223372036854775807, 1, ''''email'''', ''''a@b.example'''')'')');
SELECT pg_temp.refused('UPDATE event SET event_id = 1000000 WHERE event_id = 1');
INSERT INTO party (kind, name_en) SELECT 'organization', n FROM unnest(ARRAY['Four', 'Three']) n ORDER BY n;
SELECT count(*) FROM party;
SELECT pg_temp.refused('INSERT INTO party (party_id, kind, name_en) VALUES (currval(''party_party_id_seq''), ''person'', ''x'')');
RESET ROLE;
\echo == The owner enters rows with their keys
INSERT INTO party (party_id, kind, name_en) VALUES (100, 'organization', 'Hundred');
INSERT INTO party (kind, name_en) VALUES ('organization', 'next') RETURNING party_id;
SELECT taken, (SELECT committed FROM supply) AS committed, (SELECT claimed FROM package) AS claimed, (SELECT held FROM shift) AS held FROM seating;

SET client_min_messages = error;
DROP OWNED BY regress_salon_kept CASCADE;
SELECT salon.drop_space('s_kept', drop_rows => true);
DROP ROLE regress_salon_kept;
