"""What the tests of documents share: a database with ground.sql, asked as each level, and results in TAP."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
DATABASE = "salon_documents"
# an application acts for the party of the member
LEVELS = ("visitor", "form", "member", "application", "organizer", "administrator")
WITHOUT_PLANS = LEVELS[:4]

tests = failed = 0


def psql(database, *arguments, **options):
    return subprocess.run(["psql", "-X", "-q", "-At", "-v", "ON_ERROR_STOP=1", "-d", database, *arguments],
                          check=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8",
                          env=dict(os.environ, PGCLIENTENCODING="UTF8"), **options).stdout


def begin(*more):
    """Make the database, with ground.sql and more files."""
    try:
        psql("postgres", "-c", "SET client_min_messages = warning", "-c", "DROP DATABASE IF EXISTS %s" % DATABASE, "-c", "CREATE DATABASE %s" % DATABASE)
        for name in ("ground.sql",) + more:
            psql(DATABASE, "-f", os.path.join(HERE, name))
    except subprocess.CalledProcessError as error:
        sys.exit(error.stderr)


def ask(query, level="owner", language="en"):
    """The rows of a query that one level gets, each a dictionary."""
    script = "SET search_path = club, salon; SET TIME ZONE 'UTC'; SET salon.lang = %s; " % language
    if level != "owner":
        script += "SET ROLE documents_%s; " % level
    if level == "application":
        script += "SET salon.party = 2; "
    script += "SELECT coalesce(json_agg(q), '[]') FROM (%s) q;" % query
    return json.loads(psql(DATABASE, input=script))


def ok(is_so, title, *more):
    global tests, failed
    tests += 1
    if not is_so:
        failed += 1
    print("%sok %d - %s" % ("" if is_so else "not ", tests, title))
    if not is_so:
        for each in more[:5]:
            print("# %s" % repr(each)[:500])
    return is_so


def same(got, wanted, title):
    if isinstance(got, list) and isinstance(wanted, list) and got != wanted:
        return ok(False, title, len(got), len(wanted), *([(a, b) for a, b in zip(got, wanted) if a != b] or got[len(wanted):] + wanted[len(got):]))
    return ok(got == wanted, title, got, wanted)


def refused(naming, query, level, language, title):
    """A query is refused with an error that names something; with None it is not."""
    try:
        ask(query, level, language)
        ok(naming is None, title, "not refused")
    except subprocess.CalledProcessError as error:
        ok(naming is not None and naming in error.stderr.replace("活动 ", "event "), title, error.stderr)


def end():
    psql("postgres", "-c", "DROP DATABASE %s" % DATABASE, "-c", "DROP ROLE %s" % ", ".join("documents_" + level for level in LEVELS))
    print("1..%d" % tests)
    sys.exit(failed > 0)
