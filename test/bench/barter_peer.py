"""Times of SciPy's milp (HiGHS) on the exchanges of test/bench/barter.c.

usage: barter graph PARTIES SEED | python3 test/bench/barter_peer.py LONGEST

Prints the time to solve the cycle formulation; listing the cycles in Python is
not counted.
"""
import os
import sys
import time

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csc_array

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "fuzz"))
from milp_answer import cycles_of  # noqa: E402


def main():
    longest = int(sys.argv[1])
    limit = float(sys.argv[2]) if len(sys.argv) > 2 else 300
    arcs = {}
    for line in sys.stdin:
        giver, taker, value = line.split()
        arcs[int(giver), int(taker)] = float(value)
    cycles = cycles_of(arcs, longest)
    rows = [v for path, _ in cycles for v in path]
    columns = [c for c, (path, _) in enumerate(cycles) for _ in path]
    matrix = csc_array((np.ones(len(rows)), (rows, columns)), shape=(max(rows) + 1, len(cycles)))
    begun = time.perf_counter()
    answer = milp(-np.array([w for _, w in cycles]), integrality=np.ones(len(cycles)), bounds=Bounds(0, 1),
                  constraints=LinearConstraint(matrix, -np.inf, 1), options={"mip_rel_gap": 0, "time_limit": limit})
    seconds = time.perf_counter() - begun
    print("%d cycles, longest %d: %.4f s, total %s, %s" % (
        len(cycles), longest, seconds, None if answer.fun is None else round(-answer.fun), answer.message.split(".")[0]))


if __name__ == "__main__":
    main()
