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


def section(mark, page):
    """The text of a page, and where between <!-- MARK --> and the <!-- end --> that follows it."""
    text = open(os.path.join(DOC, page)).read()
    found = re.search(r"(<!-- %s -->\n)(.*?)(<!-- end -->)" % re.escape(mark), text, re.DOTALL)
    if not found:
        raise SystemExit("%s has no section %s" % (page, mark))
    return text, found


def write(mark, lines, page="performance.md"):
    """Put lines into a section."""
    text, found = section(mark, page)
    with open(os.path.join(DOC, page), "w") as file:
        file.write(text[:found.end(1)] + "\n".join(lines) + "\n" + text[found.start(3):])


def row(mark, heads, cells, page):
    """Put a row into the table that is a section, in place of the one with the same first cell."""
    lines = [line for line in section(mark, page)[1].group(2).splitlines()[2:] if not line.startswith("| %s |" % cells[0])]
    write(mark, ["| %s |" % " | ".join(heads), "|" + " --- |" * len(heads)] + lines + ["| %s |" % " | ".join(cells)], page)
