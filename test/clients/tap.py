"""What the programs of this folder in Python have in common: a database of their own, and TAP."""
import atexit
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
tests = failed = 0


def ok(is_so, title, *more):
    global tests, failed
    tests += 1
    failed += not is_so
    print("%sok %d - %s" % ("" if is_so else "not ", tests, title), flush=True)
    if not is_so:
        for each in more:
            print("# %s" % repr(each)[:1000])


def same(got, wanted, title):
    ok(got == wanted, title, got, wanted)


def refused(errors, code, call, title):
    """The error with which a call is refused, once it is of that SQLSTATE."""
    try:
        call()
    except errors as error:
        got = getattr(getattr(error, "orig", error), "sqlstate", None) or getattr(getattr(error, "orig", error), "pgcode", None) or error.args[0]
        same(got, code, title)
        return error
    ok(False, title, "not refused")
    return None


def database(name):
    subprocess.run(["sh", os.path.join(HERE, "fixture"), name], check=True)
    atexit.register(subprocess.run, ["psql", "-X", "-q", "-d", "postgres", "-c", "DROP DATABASE %s WITH (FORCE)" % name], check=True)
    return name


def skip(reason):
    print("1..0 # SKIP %s" % reason)
    sys.exit(0)


def done():
    print("1..%d" % tests)
    sys.exit(failed > 0)
