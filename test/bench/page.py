"""A section of doc/performance.md: what stands between two marks of a page."""
import datetime
import os
import platform
import re

PAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "doc", "performance.md")


def measured(version):
    """Where and when, for the first line of a section."""
    cpu = next((line.split(":")[1].strip() for line in open("/proc/cpuinfo") if line.startswith("model name")), platform.machine())
    return "Measured %s on %d cores of %s, PostgreSQL %s, load %.1f at the end." % (
        datetime.date.today(), os.cpu_count(), cpu, version, os.getloadavg()[0])


def write(mark, lines):
    """Put lines between <!-- MARK --> and the <!-- end --> that follows it."""
    text = open(PAGE).read()
    found = re.search(r"(<!-- %s -->\n).*?(<!-- end -->)" % re.escape(mark), text, re.DOTALL)
    if not found:
        raise SystemExit("%s has no section %s" % (PAGE, mark))
    with open(PAGE, "w") as page:
        page.write(text[:found.end(1)] + "\n".join(lines) + "\n" + text[found.start(2):])
