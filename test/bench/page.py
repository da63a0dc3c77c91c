"""A section of a page of doc/: what stands between two marks."""
import datetime
import os
import platform
import re

DOC = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "doc")


def measured(version):
    """Where and when, for the first line of a section."""
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    return "Measured %s on %d cores of %s, PostgreSQL %s, load %.1f at the end." % (
        datetime.date.today(), os.cpu_count(), cpu, version, os.getloadavg()[0])


def write(mark, lines, page="performance.md"):
    """Put lines between <!-- MARK --> and the <!-- end --> that follows it."""
    page = os.path.join(DOC, page)
    text = open(page).read()
    found = re.search(r"(<!-- %s -->\n).*?(<!-- end -->)" % re.escape(mark), text, re.DOTALL)
    if not found:
        raise SystemExit("%s has no section %s" % (page, mark))
    with open(page, "w") as file:
        file.write(text[:found.end(1)] + "\n".join(lines) + "\n" + text[found.start(2):])
