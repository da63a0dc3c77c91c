-- What all tables are held to by what they are, tried on each: no text is blank,
-- no time is one that nobody can mean, no key that is given keeps the next row
-- out, no number is too large without a word.  Tables and columns come from the
-- catalog.
--
-- pg_prove -d DATABASE test/pgtap/uniform.sql

\set ECHO none
\set QUIET 1
\pset format unaligned
\pset tuples_only true
\pset pager off
\set ON_ERROR_ROLLBACK 1
\set ON_ERROR_STOP true

SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
CREATE EXTENSION IF NOT EXISTS salon;

BEGIN;
SELECT no_plan();
SELECT salon.create_space('t_uniform') \g /dev/null
SET LOCAL search_path = t_uniform, salon, public;

-- A column of the community's own is not held to anything.
CREATE TEMP TABLE tabled AS
SELECT c.oid, c.relname FROM pg_class c WHERE c.relnamespace = 't_uniform'::regnamespace AND c.relkind = 'r';

-- == Texts

-- Which blanks a column takes: no check of it is broken.  Keys of other rows are
-- looked at where those stand.
CREATE FUNCTION pg_temp.taken(relation regclass, name text, value text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    k record;
    holds boolean;
BEGIN
    FOR k IN SELECT pg_get_expr(conbin, conrelid) AS condition FROM pg_constraint
             WHERE conrelid = relation AND contype = 'c' AND (SELECT attnum FROM pg_attribute WHERE attrelid = relation AND attname = name) = ANY (conkey) LOOP
        EXECUTE format('SELECT %s FROM jsonb_populate_record(NULL::%s, $1) %I', k.condition, relation, 'r') INTO holds USING jsonb_build_object(name, value);
        IF NOT holds THEN
            EXECUTE format('SELECT %s FROM jsonb_populate_record(NULL::%s, $1) %I', k.condition, relation, 'r') INTO holds USING jsonb_build_object(name, NULL);
            IF holds IS NOT FALSE THEN
                RETURN false;
            END IF;
        END IF;
    END LOOP;
    RETURN true;
EXCEPTION WHEN invalid_parameter_value THEN -- what reads it refuses it
    RETURN false;
END
$$;

CREATE TEMP TABLE said AS
SELECT t.oid, t.relname, a.attname
FROM tabled t
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND a.atttypid = 'text'::regtype AND a.attgenerated = ''
WHERE NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = t.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey));
SELECT cmp_ok(count(*), '>', 200::bigint, format('%s columns of text', count(*))) FROM said;
SELECT is(string_agg(DISTINCT s.relname || '.' || s.attname, ', '), NULL, 'none is ' || b.title)
FROM (VALUES ('empty', ''), ('blanks', '   '), ('tab and line end', E'\t\r\n'), ('U+00A0', E'\u00a0'), ('U+3000', E'\u3000'), ('U+200B', E'\u200b'), ('U+FEFF', E'\ufeff'),
             ('U+2028', E'\u2028'), ('U+202E', E'\u202e'), ('U+3164', E'\u3164'), ('U+00AD', E'\u00ad'), ('a mix', E' \u3000\u200d\u2003')) b (title, value)
LEFT JOIN said s ON pg_temp.taken(s.oid, s.attname, b.value)
GROUP BY b.title;

-- As a client meets it; NULL says nothing.
INSERT INTO party (kind, name_en) VALUES ('person', 'One');
INSERT INTO event (name_en, starts_at, ends_at) VALUES ('Evening', '2031-05-01 14:00+08', '2031-05-01 18:00+08');
INSERT INTO seating (event_id, side) VALUES (1, 'on_site');
SELECT throws_ok(s, '23514', NULL, s)
FROM unnest(ARRAY[
    'UPDATE party SET website = ''''', E'UPDATE party SET introduction = ''\u3000''', E'UPDATE event SET introduction = ''\u200b''', 'UPDATE event SET cancelled_reason = '' ''',
    E'INSERT INTO talk (event_id, title_en, submitter_id, format_code, abstract) VALUES (1, ''Talk'', 1, ''mini_talk'', ''\u00a0'')',
    'INSERT INTO asset (event_id, asset_kind_code, body) SELECT 1, min(asset_kind_code), '''' FROM asset_kind',
    'INSERT INTO registration (event_id, note) VALUES (1, '''')']) s;
SELECT lives_ok('UPDATE party SET website = NULL, introduction = ''Says something''', 'NULL, and what shows something');

-- What stands in an index finds a place there: those of which the tables say so.
CREATE TEMP TABLE indexed AS
SELECT DISTINCT t.oid, t.relname, a.attname, a.attgenerated
FROM tabled t
JOIN pg_index i ON i.indrelid = t.oid
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = ANY (i.indkey) AND a.atttypid = 'text'::regtype
WHERE NOT EXISTS (SELECT FROM pg_constraint f WHERE f.conrelid = t.oid AND f.contype = 'f' AND a.attnum = ANY (f.conkey));
SELECT cmp_ok(count(*), '>', 40::bigint, format('%s columns of text stand in an index', count(*))) FROM indexed;
SELECT is(string_agg(i.relname || '.' || i.attname, ', '), NULL, 'none is longer than an index takes')
FROM indexed i
WHERE pg_temp.taken(i.oid, i.attname, (SELECT string_agg(md5(n::text), '') FROM generate_series(1, 63) n));
SELECT throws_ok(s, '23514', NULL, left(s, 60))
FROM unnest(ARRAY[
    'SELECT copy_template(''salon'', repeat(''x'', 1000000))', 'SELECT register(1, contact_kind => ''email'', contact => repeat(''x'', 1000000))',
    'INSERT INTO contact (party_id, kind, address) VALUES (1, ''email'', repeat(''x'', 1000000))',
    'SELECT import_parties(jsonb_build_array(jsonb_build_object(''external_id'', repeat(''x'', 1000000), ''kind'', ''person'', ''name_en'', ''One'')))']) s;

-- == Times

CREATE TEMP TABLE timed AS
SELECT t.oid, t.relname, a.attname, a.attnum, a.atttypid::regtype AS type
FROM tabled t
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND a.atttypid IN ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype) AND a.attgenerated = '';
SELECT cmp_ok(count(*), '>=', 80::bigint, format('%s columns of time', count(*))) FROM timed;
SELECT is(string_agg(s.relname || '.' || s.attname, ', ' ORDER BY s.relname, s.attname), CASE WHEN b.value ~ 'infinity' THEN 'absence.ends_at, absence.starts_at' END, 'none is ' || b.value)
FROM unnest(ARRAY['294276-12-31', '9999-01-01', '3000-01-01', '1899-12-31', '0031-05-10', '4713-01-01 BC', 'infinity', '-infinity']) b (value)
LEFT JOIN timed s ON pg_temp.taken(s.oid, s.attname, b.value)
GROUP BY b.value;
SELECT throws_ok($$ UPDATE event SET starts_at = '294276-12-31', ends_at = '294276-12-31 23:00' $$, '23514', NULL, 'not as a client meets it either');
SELECT throws_ok(s, '22023', NULL, s)
FROM unnest(ARRAY[
    'SELECT critical_path(1, ''294276-12-31'')', 'SELECT critical_path(1, ''4713-01-01 BC'')', 'SELECT copy_event(1, ''294276-12-31 23:00'')',
    'SELECT copy_event(1, local_starts_at => ''294276-12-31 23:00'')', 'SELECT move_event(1, ''294276-12-31 23:00'')', 'SELECT move_event(1, local_starts_at => ''4713-01-01 BC'')']) s;
SELECT throws_ok('SELECT plan_event(''Far'', local_starts_at => ''294276-12-31 23:00'', local_ends_at => ''294276-12-31 23:30'')', '23514', NULL, 'nor on the clock of a place');

-- The first and the last that there can be, in whatever takes them: every view
-- is read all the same.
SAVEPOINT before;
INSERT INTO series (series_id, name_en) VALUES (1, 'Series');
INSERT INTO city (city_code, name_en) VALUES ('c', 'City');
INSERT INTO party (party_id, kind, name_en) VALUES (11, 'organization', 'Host'), (12, 'organization', 'Sponsor'), (13, 'person', 'Speaker'), (14, 'person', 'Helper');
INSERT INTO party_role (party_id, role_code, since) SELECT 11, min(role_code), '2030-01-01' FROM role;
INSERT INTO affiliation (person_id, organization_id, since) VALUES (13, 11, '2030-01-01');
INSERT INTO venue (venue_id, party_id, name, city_code) VALUES (1, 11, 'Venue', 'c');
INSERT INTO room (room_id, venue_id, name) VALUES (1, 1, 'Room');
INSERT INTO room_hours (room_id, since, until) VALUES (1, '2030-01-01', '2030-01-02');
SELECT FROM plan_event(name_en => 'Planned', starts_at => '2031-06-10 14:00+08', ends_at => '2031-06-10 18:00+08', series_id => 1, venue_id => 1) \g /dev/null
UPDATE event SET series_id = 1;
INSERT INTO event_party (event_id, party_id, part_code) SELECT event_id, 11, 'host' FROM event;
INSERT INTO event_day (event_id, starts_at, ends_at) SELECT event_id, starts_at, ends_at FROM event;
INSERT INTO session (session_id, event_id, format_code, title_en, starts_at, ends_at) SELECT event_id, event_id, 'mini_talk', 'Talk', starts_at, starts_at + interval '1 hour' FROM event;
INSERT INTO speaker (session_id, person_id) SELECT session_id, 13 FROM session;
INSERT INTO slot (event_id, room_id, starts_at, ends_at) SELECT event_id, 1, starts_at, ends_at FROM event WHERE venue_id = 1;
INSERT INTO invitation (event_id, person_id, invited_at) SELECT event_id, 13, '2031-01-01' FROM event;
INSERT INTO travel_leg (invitation_id, mode, from_city_code, to_city_code, departs_at, arrives_at) SELECT min(invitation_id), 'train', 'c', 'c', '2031-04-01 10:00Z', '2031-04-01 12:00Z' FROM invitation;
INSERT INTO absence (person_id, starts_at, ends_at) VALUES (14, '2031-03-01', '2031-03-02');
INSERT INTO helper (party_id) VALUES (14);
INSERT INTO availability (party_id, is_available, starts_at, ends_at) VALUES (14, true, '2031-01-01', '2032-01-01');
INSERT INTO event_duty (event_id, duty_code, party_id) SELECT event_id, 'host', 14 FROM event;
INSERT INTO shift (event_id, duty_code, starts_at, ends_at) SELECT event_id, 'venue', starts_at, ends_at FROM event;
INSERT INTO supply (party_id, resource_code, valid_from, valid_before) VALUES (12, 'venue', '2031-01-01', '2032-01-01');
INSERT INTO demand (party_id, resource_code, valid_from, valid_before) VALUES (12, 'attendance', '2031-01-01', '2032-01-01');
INSERT INTO package (event_id, name_en, price, closes_at, benefits) SELECT event_id, 'Gold', 100, '2031-01-01', 'post:1' FROM event;
INSERT INTO commitment (event_id, giver_id, resource_code, quantity) SELECT event_id, 12, 'tea', 1 FROM event;
UPDATE agreement SET sign_by = '2031-01-01', status_code = 'signed';
INSERT INTO delivery (commitment_id, delivered_at) SELECT commitment_id, '2026-05-01' FROM commitment;
INSERT INTO seating (event_id, side) SELECT event_id, 'on_site' FROM event ON CONFLICT DO NOTHING;
INSERT INTO registration (event_id, asked_at) SELECT event_id, '2026-01-01' FROM event;
INSERT INTO talk (event_id, title_en, submitter_id) SELECT event_id, 'Other', 13 FROM event;
INSERT INTO event_item (event_id, item_code, template_code, due_at) SELECT event_id, 'C1', 'salon', '2031-04-01' FROM event ON CONFLICT DO NOTHING;
INSERT INTO channel (channel_id, party_id, platform_code) SELECT 1, 12, min(platform_code) FROM platform;
INSERT INTO post (event_id, channel_id, planned_at, posted_at) SELECT min(event_id), 1, '2031-04-01', '2026-04-02' FROM event;
INSERT INTO follower_count (channel_id, counted_on, followers, basis) VALUES (1, '2026-01-01', 10, 'claimed');
INSERT INTO metric (year, name_en, due_on) VALUES (2031, 'Metric', '2031-12-31');
INSERT INTO outcome (event_id, outcome_kind_code, party_id, found_on) SELECT event_id, 'kol', 13, '2026-06-01' FROM event;
INSERT INTO consent (person_id, event_id, status_code, said_on) SELECT 13, event_id, 'given', '2026-01-01' FROM event;
INSERT INTO rotation (series_id, cadence, starts_time, lasts) VALUES (1, 'FREQ=WEEKLY', '14:00', '2 hours');
INSERT INTO series_host (series_id, party_id) VALUES (1, 11), (1, 12);
SELECT throws_ok('SELECT plan_season(1, ''2031-06-01'', ''5874897-12-31'')', '22023', NULL, 'no season is endless');
SELECT FROM plan_season(1, '2031-06-01', '2031-06-30') \g /dev/null
SELECT throws_ok('UPDATE turn SET starts_at = ''294276-12-31 23:59''', '23514', NULL, 'nor is a turn, whose days are found first');
SELECT throws_ok('UPDATE season SET time_zone = ''x''', '23514', NULL, 'nor is one on a clock that there is not');
SET LOCAL session_replication_role = replica;
CREATE FUNCTION pg_temp.at(column_type regtype, number integer, is_last boolean) RETURNS text LANGUAGE sql
RETURN CASE WHEN is_last THEN timestamptz '2999-12-01 00:00Z' ELSE '1900-01-01 00:00Z' END + number * CASE column_type WHEN 'date'::regtype THEN interval '1 day' ELSE interval '1 hour' END;
CREATE FUNCTION pg_temp.unread(is_last boolean, OUT errors text) LANGUAGE plpgsql AS $$
DECLARE
    r record;
BEGIN
    FOR r IN SELECT relname, string_agg(format('%1$I = CASE WHEN %1$I IS NOT NULL THEN %2$L::%3$s END', attname, pg_temp.at(type, (attname ~ '^(ends|until|valid_before|sign_by|arrives)')::integer, is_last), type), ', ') AS assignments
             FROM timed GROUP BY relname LOOP
        BEGIN
            EXECUTE format('UPDATE %I SET %s', r.relname, r.assignments);
        EXCEPTION WHEN unique_violation THEN -- one a day
        END;
    END LOOP;
    FOR r IN SELECT c.relname FROM pg_class c WHERE c.relnamespace = 't_uniform'::regnamespace AND c.relkind = 'v' ORDER BY 1 LOOP
        BEGIN
            EXECUTE format('SELECT count(x::text) FROM %I x', r.relname);
        EXCEPTION WHEN OTHERS THEN
            errors := concat_ws('; ', errors, r.relname || ': ' || SQLERRM);
        END;
    END LOOP;
END
$$;
SELECT is(u, NULL, format('every view is read at the %s times there can be', CASE WHEN is_last THEN 'last' ELSE 'first' END))
FROM unnest(ARRAY[true, false]) is_last, pg_temp.unread(is_last) u;
SELECT cmp_ok(count(*), '>', 20::bigint, format('%s tables have a time to change', count(*)))
FROM (SELECT DISTINCT relname FROM timed) t WHERE (xpath('/row/x/text()', query_to_xml(format('SELECT count(*) AS x FROM %I', relname), false, true, '')))[1]::text::bigint > 0;
ROLLBACK TO before;

-- == Keys

CREATE FUNCTION pg_temp.keys(relation regclass, name text) RETURNS bigint[] LANGUAGE plpgsql AS $$
DECLARE
    c record;
    given bigint;
    keys bigint[] := '{}';
BEGIN
    BEGIN
        -- a row is nothing but its key
        SET LOCAL session_replication_role = replica;
        EXECUTE format('DELETE FROM %s', relation);
        SET LOCAL session_replication_role = origin;
        EXECUTE format('ALTER TABLE %s ALTER %I RESTART WITH 1', relation, name);
        EXECUTE format('ALTER TABLE %s DISABLE TRIGGER USER', relation);
        FOR c IN SELECT tgname FROM pg_trigger WHERE tgrelid = relation AND tgname ~ '_key_' LOOP
            EXECUTE format('ALTER TABLE %s ENABLE TRIGGER %I', relation, c.tgname);
        END LOOP;
        FOR c IN SELECT conname FROM pg_constraint WHERE conrelid = relation AND contype IN ('c', 'x', 'u') LOOP
            EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I CASCADE', relation, c.conname);
        END LOOP;
        FOR c IN SELECT indexrelid::regclass AS name FROM pg_index WHERE indrelid = relation AND indisunique AND NOT indisprimary LOOP
            EXECUTE format('DROP INDEX %s', c.name);
        END LOOP;
        FOR c IN SELECT attname FROM pg_attribute WHERE attrelid = relation AND attnum > 0 AND attnotnull AND attname <> name
                 AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = relation AND i.indisprimary AND attnum = ANY (i.indkey)) LOOP
            EXECUTE format('ALTER TABLE %s ALTER %I DROP NOT NULL', relation, c.attname);
        END LOOP;
        EXECUTE format('INSERT INTO %s (%I) VALUES (5), (9223372036854775807), (-3)', relation, name);
        EXECUTE format('INSERT INTO %s DEFAULT VALUES RETURNING %I', relation, name) INTO given;
        keys := keys || given;
        EXECUTE format('UPDATE %s SET %I = 7 WHERE %2$I = 5', relation, name);
        EXECUTE format('INSERT INTO %s DEFAULT VALUES RETURNING %I', relation, name) INTO given;
        keys := keys || given;
        EXECUTE format('UPDATE %s SET %I = 9223372036854775806 WHERE %2$I = 7', relation, name);
        EXECUTE format('UPDATE %s SET %I = 2000000 WHERE %2$I = -3', relation, name);
        EXECUTE format('INSERT INTO %s DEFAULT VALUES RETURNING %I', relation, name) INTO given;
        keys := keys || given;
        RAISE EXCEPTION USING ERRCODE = 'UNDON';
    EXCEPTION WHEN SQLSTATE 'UNDON' THEN
    END;
    RETURN keys;
EXCEPTION WHEN unique_violation OR object_not_in_prerequisite_state OR sequence_generator_limit_exceeded THEN
    RETURN keys;
END
$$;
CREATE TEMP TABLE keyed AS
SELECT t.relname, pg_temp.keys(t.oid, a.attname) AS keys
FROM tabled t
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attidentity = 'd';
SELECT cmp_ok(count(*), '>', 70::bigint, format('%s tables give keys', count(*))) FROM keyed;
SELECT is(string_agg(relname || ' ' || keys::text, ', '), NULL, 'the next key is a new one, after keys that were given, changed, or the last there is') FROM keyed WHERE keys <> '{6,8,2000001}';

-- == Columns of the community

-- A default that is computed for each row writes the table anew, which nothing
-- that takes its rows as a type may stand against.
CREATE FUNCTION pg_temp.grown(relation regclass) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ADD COLUMN own_column uuid DEFAULT gen_random_uuid()', relation);
    RAISE EXCEPTION USING ERRCODE = 'UNDON';
EXCEPTION WHEN SQLSTATE 'UNDON' THEN RETURN NULL;
          WHEN OTHERS THEN RETURN SQLERRM;
END
$$;
SELECT is(string_agg(pg_temp.grown(t.oid), ', '), NULL, 'every table takes a column with a default of its own') FROM tabled t;

-- == Numbers

-- One that is too large comes as far as a rule with a name: the type takes it.
CREATE FUNCTION pg_temp.stopped(type text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('SELECT (1e30)::%s', type);
    RETURN NULL;
EXCEPTION WHEN OTHERS THEN
    RETURN SQLERRM;
END
$$;
SELECT is(string_agg(format('%s.%s %s', t.relname, a.attname, format_type(a.atttypid, a.atttypmod)), ', '), NULL, 'no type stops a number without a name')
FROM tabled t
JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND a.atttypid = 'numeric'::regtype
WHERE pg_temp.stopped(format_type(a.atttypid, a.atttypmod)) IS NOT NULL
  -- older, and views of the community may stand on them: their type cannot change
  AND (t.relname, a.attname) NOT IN (('satisfies', 'weight'), ('city_activity', 'activity'));
SELECT throws_ok(s, '23514', NULL, s)
FROM unnest(ARRAY[
    'INSERT INTO commitment (event_id, giver_id, kind, hours) VALUES (1, 1, ''work'', 1e7)', 'INSERT INTO commitment (event_id, giver_id, kind, hours) VALUES (1, 1, ''work'', ''NaN'')',
    'SELECT give(1, 1, hours => ''Infinity'')', 'SELECT give(1, 1, hours => ''-Infinity'')', 'SELECT give(1, 1, hours => ''NaN'')',
    'INSERT INTO city_activity (city_code, measured_on, activity) VALUES (''x'', ''2030-01-01'', ''NaN'')',
    'UPDATE satisfies SET weight = 2', 'UPDATE space SET history_days = 2147483647', 'UPDATE template_format SET at_least = 2147483647, at_most = NULL']) s;

SELECT * FROM finish();
ROLLBACK;
