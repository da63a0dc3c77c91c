"""Databases with synthetic events, and the time that each view takes about one of them."""
import os
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))

# Each question is asked about EVENTS events, the first time to fill caches.
# They are of one kind by the rule of synthetic.sql: planned, on the same side
# of every remainder that it uses.
EVENTS = 5
STRIDE = 20

VIEWS = """
SELECT c.relname
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'event_id'
WHERE c.relnamespace = 'club'::regnamespace AND c.relkind = 'v' AND c.relname !~ '^_'
  -- plans and walls of all events at once
  AND c.relname NOT IN ('season_proposal', 'invariant', 'logo_wall')
ORDER BY c.relname
"""

ASK = """
SET search_path = club, salon;
SET client_min_messages = warning;
CREATE TEMP TABLE question (place bigint, statement text, event bigint, ms double precision);
COPY question (place, statement, event) FROM stdin;
%s
\\.
DO $$
DECLARE
    q record;
    started timestamptz;
BEGIN
    FOR q IN SELECT * FROM question ORDER BY place, event LOOP
        started := clock_timestamp();
        EXECUTE q.statement;
        UPDATE question SET ms = 1000 * extract(epoch FROM clock_timestamp() - started) WHERE place = q.place AND event = q.event;
    END LOOP;
END
$$;
SELECT place, ms FROM question WHERE event > 0;
"""


def psql(database, *arguments, **options):
    return subprocess.run(["psql", "-X", "-q", "-At", "-F", " ", "-v", "ON_ERROR_STOP=1", "-d", database, *arguments],
                          check=True, stdout=subprocess.PIPE, encoding="utf-8", **options).stdout


def fill(database, events, registrations):
    psql("postgres", "-c", "CREATE DATABASE %s" % database)
    psql(database, "-c", "CREATE EXTENSION salon", "-c", "SELECT salon.create_space('club')")
    psql(database, "-1", "-v", "events=%d" % events, "-v", "registrations=%d" % registrations, "-f", os.path.join(HERE, "synthetic.sql"),
         env=dict(os.environ, PGOPTIONS="-c search_path=club,salon -c session_replication_role=replica"))
    psql(database, "-c", "VACUUM ANALYZE")
    psql(database, "-c", "SELECT pg_stat_reset()")
    return database


def views(database):
    return psql(database, "-c", VIEWS).split()


def of_one_event(view):
    return "SELECT count(x::text) FROM %s x WHERE event_id = {event}" % view


def asked(events):
    step = STRIDE * max(1, events // EVENTS // STRIDE)
    return [10 + n * step for n in range(EVENTS)]


def ask(database, events, statements, registrations, this_round):
    """Milliseconds of each statement about each event, without the first."""
    lines = []
    for place, statement in enumerate(statements):
        for n, event in enumerate(asked(events)):
            lines.append("%d\t%s\t%d" % (place, statement.format(event=event, first=(event - 1) * registrations, round=this_round), n))
    for line in psql(database, input=ASK % "\n".join(lines)).splitlines():
        place, taken = line.split()
        yield int(place), float(taken)
