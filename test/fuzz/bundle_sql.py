"""Throw mutated literals and mutated binary rows at the type bundle.

usage: bundle_sql.py [CASES [SEED]]

The server is the one that psql finds.  Every error must have an SQLSTATE of
class 22 or 54, and the server must live: anything else is printed and gives
exit status 1.  What is accepted must come back the same, as text and binary.
"""
import os
import random
import re
import struct
import subprocess
import sys
import tempfile

CASES = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
SEED = int(sys.argv[2]) if len(sys.argv) > 2 else 1
DATABASE = os.environ.get("PGDATABASE", "postgres")
PIECES = ["a", "speaker", "讲师", ":", ",", " ", '"', '""', "1", "0", "-", "9223372036854775807",
          "：", "，", "\u3000", "\u00a0", "\n", "\t", ".", "_", "é", "\U0001f600", "'", "\\", "{", "x" * 255,
          "x" * 256, "+", "1e3", "\ufeff", "\u200b", "(", "%s", "$1"]
SEEDS = ["speaker:3, venue:1", '"round table":2, 讲师:3', "", "a:9223372036854775807", '"""":1, b']

SETUP = """
SET client_min_messages = error;
CREATE EXTENSION IF NOT EXISTS salon;
SET search_path = salon, pg_catalog;
CREATE TEMP TABLE fuzz (b bundle);
"""


def psql(arguments, **options):
    return subprocess.run(["psql", "-X", "-q", "-d", DATABASE, *arguments], capture_output=True, **options)


def mutated_text(rng):
    text = rng.choice(SEEDS) if rng.random() < 0.6 else ""
    for _ in range(rng.randint(0, 6)):
        at = rng.randint(0, len(text))
        kind = rng.random()
        if kind < 0.6:
            text = text[:at] + rng.choice(PIECES) + text[at:]
        elif kind < 0.8:
            text = text[:at] + text[at + rng.randint(1, 3):]
        else:
            text = text[:at] + text[rng.randint(0, len(text)):]
    return text.replace("\0", "")


def literal(text):
    return "'" + text.replace("'", "''") + "'"


def packed(items):
    out = struct.pack("!bI", 1, len(items))
    for name, quantity in items:
        raw = name.encode()
        out += struct.pack("!I", len(raw)) + raw + struct.pack("!q", quantity)
    return out


def mutated_bytes(rng):
    names = sorted({rng.choice(["a", "b", "c", "讲师", "x" * 255, "venue"]) for _ in range(rng.randint(0, 4))},
                   key=lambda n: n.encode())
    data = bytearray(packed([(n, rng.choice([1, 2, 128, 2**63 - 1])) for n in names]))
    for _ in range(rng.choice([0, 1, 1, 1, 2, 4])):
        kind = rng.random()
        at = rng.randint(0, len(data) - 1) if data else 0
        if kind < 0.5 and data:
            data[at] = rng.choice([0, 1, 127, 128, 255, rng.randint(0, 255)])
        elif kind < 0.7:
            del data[at:at + rng.randint(1, 8)]
        elif kind < 0.9:
            data[at:at] = bytes(rng.randint(0, 255) for _ in range(rng.randint(1, 8)))
        else:
            data = data[:at]
    return bytes(data)


def states(output):
    """Every SQLSTATE among psql's messages."""
    return re.findall(rb"^(?:psql:[^\n]*?)?(?:ERROR|FATAL|PANIC):  ([0-9A-Z]{5}):", output, re.M)


def complain(what, output):
    print("bundle_sql: " + what)
    print(output.decode(errors="replace")[-2000:])
    sys.exit(1)


def check(result, counts):
    if result.returncode != 0:
        complain("the session ended", result.stderr)
    for state in states(result.stderr):
        counts[state[:2]] = counts.get(state[:2], 0) + 1
        if state[:2] not in (b"22", b"54"):
            complain("unexpected SQLSTATE " + state.decode(), result.stderr)


def fuzz_text(rng, cases):
    counts = {}
    script = [SETUP, r"\set VERBOSITY verbose"]
    for _ in range(cases):
        a, b = literal(mutated_text(rng)), literal(mutated_text(rng))
        kind = rng.random()
        if kind < 0.6:
            script.append(f"SELECT 'differs' FROM (SELECT {a}::bundle AS a) x"
                          " WHERE a::text::bundle <> a OR a::text::bundle::text <> a::text OR a::jsonb::bundle <> a;")
        elif kind < 0.8:
            operator = rng.choice(["+", "-", "&", "|", "@>", "<@", "&&", "=", "<"])
            script.append(f"SELECT count(*) FROM (SELECT {a}::bundle {operator} {b}::bundle) x;")
        elif kind < 0.9:
            quantity = rng.choice(["1", "0", "-1", "1.5", "1e30", '"1"', "null", "{}", "[]", "9223372036854775807"])
            script.append(f"SELECT count(*) FROM (SELECT jsonb_build_object({a}, {literal(quantity)}::jsonb)::bundle) x;")
        else:
            script.append(f"SELECT count(*) FROM (SELECT bundle({a}, {rng.choice(['1', '0', '-1', '9223372036854775807'])})"
                          f" * {rng.choice(['0', '1', '-1', '3'])}) x;")
    script.append("SELECT 'the end';")
    result = psql(["-At"], input="\n".join(script).encode())
    check(result, counts)
    lines = result.stdout.decode().split("\n")
    if "differs" in lines:
        complain("a bundle does not come back the same", result.stdout)
    if lines[-2:] != ["the end", ""]:
        complain("the script did not reach its end", result.stdout + result.stderr)
    return counts


def fuzz_binary(rng, cases):
    """COPY one row a time, from standard input of psql."""
    counts = {}
    header = b"PGCOPY\n\xff\r\n\0" + struct.pack("!II", 0, 0)
    accepted = 0
    with tempfile.TemporaryDirectory() as folder:
        script = [SETUP, r"\set VERBOSITY verbose"]
        for i in range(cases):
            data = mutated_bytes(rng)
            path = os.path.join(folder, str(i))
            with open(path, "wb") as file:
                file.write(header + struct.pack("!hi", 1, len(data)) + data + struct.pack("!h", -1))
            script.append(f"\\copy fuzz FROM '{path}' (FORMAT binary)")
        script.append("SELECT count(*) FROM fuzz;")
        script.append("SELECT 'differs' FROM fuzz WHERE b::text::bundle <> b OR b::text::bundle::text <> b::text"
                      " OR b <> (SELECT coalesce(sum(bundle(resource, quantity)), '') FROM items(b)) LIMIT 1;")
        back = os.path.join(folder, "back")
        script.append(f"\\copy fuzz TO '{back}' (FORMAT binary)")
        script.append("CREATE TEMP TABLE again (b bundle);")
        script.append(f"\\copy again FROM '{back}' (FORMAT binary)")
        script.append("SELECT 'differs' WHERE (SELECT array_agg(b) FROM fuzz) IS DISTINCT FROM (SELECT array_agg(b) FROM again);")
        script.append("SELECT 'the end';")
        result = psql(["-At"], input="\n".join(script).encode())
    check(result, counts)
    lines = result.stdout.decode().split("\n")
    if "differs" in lines:
        complain("a bundle does not come back the same", result.stdout)
    if lines[-2:] != ["the end", ""]:
        complain("the script did not reach its end", result.stdout + result.stderr)
    accepted = int(lines[0])
    if accepted == 0:
        complain("no binary row was accepted", result.stderr)
    counts[b"accepted"] = accepted
    return counts


def main():
    rng = random.Random(SEED)
    for name, work, cases in (("literals", fuzz_text, CASES), ("binary rows", fuzz_binary, CASES)):
        counts = work(rng, cases)
        print(f"bundle_sql: {cases} {name}: "
              + ", ".join(f"{key.decode()}: {value}" for key, value in sorted(counts.items())))


main()
