-- What all tables are held to by what they are, tried on each: no text is blank,
-- no key that is given keeps the next row out, no number is too large without a
-- word.  Tables and columns come from the catalog.
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
WHERE pg_temp.stopped(format_type(a.atttypid, a.atttypmod)) IS NOT NULL;
SELECT throws_ok(s, '23514', NULL, s)
FROM unnest(ARRAY[
    'INSERT INTO commitment (event_id, giver_id, kind, hours) VALUES (1, 1, ''work'', 1e7)', 'INSERT INTO commitment (event_id, giver_id, kind, hours) VALUES (1, 1, ''work'', ''NaN'')',
    'INSERT INTO city_activity (city_code, measured_on, activity) VALUES (''x'', ''2030-01-01'', 1e12)', 'INSERT INTO city_activity (city_code, measured_on, activity) VALUES (''x'', ''2030-01-01'', ''NaN'')',
    'UPDATE satisfies SET weight = 100', 'UPDATE template_format SET at_least = 2147483647, at_most = NULL']) s;

SELECT * FROM finish();
ROLLBACK;
