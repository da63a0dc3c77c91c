"""An independent answer: reads the exchanges that "barter_check cycles" prints
and compares each best total with that of SciPy's milp (HiGHS) on the cycle
formulation.
"""
import sys

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array


def cycles_of(arcs, longest):
    """All cycles of at most so many arcs, each from its smallest vertex."""
    out = {}
    for (u, v), w in arcs.items():
        out.setdefault(u, []).append((v, w))
    found = []

    def walk(path, total):
        for v, w in out.get(path[-1], ()):
            if v == path[0] and len(path) > 1:
                found.append((tuple(path), total + w))
            elif v > path[0] and v not in path and len(path) < longest:
                walk(path + [v], total + w)

    for s in sorted(out):
        walk([s], 0)
    return found


def best_total(n, arcs, longest):
    cycles = cycles_of(arcs, longest)
    if not cycles:
        return 0
    rows = [v for path, _ in cycles for v in path]
    columns = [c for c, (path, _) in enumerate(cycles) for _ in path]
    matrix = csc_array((np.ones(len(rows)), (rows, columns)), shape=(n, len(cycles)))
    answer = milp(-np.array([w for _, w in cycles], dtype=float), integrality=np.ones(len(cycles)),
                  bounds=Bounds(0, 1), constraints=LinearConstraint(matrix, -np.inf, 1),
                  options={"mip_rel_gap": 0})
    assert answer.status == 0, answer.message
    return -answer.fun


def main():
    numbers = iter(sys.stdin.read().split())
    case = 0
    for n in numbers:
        n, rows, longest, expected = int(n), int(next(numbers)), int(next(numbers)), float(next(numbers))
        arcs = {}
        for _ in range(rows):
            u, v, w = int(next(numbers)), int(next(numbers)), float(next(numbers))
            if u != v and w > arcs.get((u, v), 0):
                arcs[u, v] = w
        found = best_total(n, arcs, longest)
        if abs(found - expected) > 1e-6 * max(1, expected):
            print("case %d: %.9g here, %.9g there" % (case, expected, found))
            return 1
        case += 1
    print("milp peer: %d cases: ok" % case)
    return 0


if __name__ == "__main__":
    sys.exit(main())
