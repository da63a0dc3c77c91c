#!/usr/bin/env python3
"""An independent, exact answer for "allocate_check exact": successive longest paths in fractions.

Holds for each market: all limits are kept; no row is worth more than its prices; what is missing is at most the gap
that is told, and at most 1e-9 of the best total.  Where prices are wide this is so to the last digit; else values are
decimals, which doubles are near to.
"""
import sys
from fractions import Fraction

UNLIMITED = 1 << 62


def best_total(suppliers, demanders, rows):
    """Augment along paths of the largest gain (Bellman and Ford) until none gains."""
    source, sink = len(suppliers) + len(demanders), len(suppliers) + len(demanders) + 1
    arcs = []                   # [from, to, room, gain]; the next one is the way back

    def add(tail, head, room, gain):
        arcs.append([tail, head, room, gain])
        arcs.append([head, tail, 0, -gain])

    for i, most in enumerate(suppliers):
        add(source, i, UNLIMITED if most < 0 else most, Fraction(0))
    for j, most in enumerate(demanders):
        add(len(suppliers) + j, sink, UNLIMITED if most < 0 else most, Fraction(0))
    for i, j, value, most in rows:
        if i >= 0 and j >= 0 and value > 0:
            add(i, len(suppliers) + j, UNLIMITED if most < 0 else most, value)
    total = Fraction(0)
    while True:
        gain, way = {source: Fraction(0)}, {}
        changed = True
        while changed:
            changed = False
            for k, (tail, head, room, more) in enumerate(arcs):
                if room > 0 and tail in gain and (head not in gain or gain[tail] + more > gain[head]):
                    gain[head], way[head], changed = gain[tail] + more, k, True
        if gain.get(sink, 0) <= 0:
            return total
        path, at = [], sink
        while at != source:
            path.append(way[at])
            at = arcs[way[at]][0]
        amount = min(arcs[k][2] for k in path)
        for k in path:
            arcs[k][2] -= amount
            arcs[k ^ 1][2] += amount
        total += amount * gain[sink]


def fault(words):
    """What is wrong with the next market, or nothing."""
    n, m, count = (int(next(words)) for _ in range(3))
    gap, wide = float.fromhex(next(words)), next(words) == "1"
    near = 1.0 if wide else 1 + 2.0**-50
    parties = [(int(next(words)), float.fromhex(next(words))) for _ in range(n + m)]
    suppliers, demanders = parties[:n], parties[n:]
    given, taken, total, rows = [0] * n, [0] * m, Fraction(0), []
    for _ in range(count):
        i, j, value = int(next(words)), int(next(words)), float.fromhex(next(words))
        most, quantity, price = int(next(words)), int(next(words)), float.fromhex(next(words))
        rows.append((i, j, Fraction(value), most))
        if quantity < 0 or (quantity > most >= 0) or (quantity > 0 and (i < 0 or j < 0)):
            return "limit of a row"
        total += Fraction(value) * quantity
        if i >= 0 and j >= 0:
            given[i] += quantity
            taken[j] += quantity
            if min(price, suppliers[i][1], demanders[j][1]) < 0 or value > (suppliers[i][1] + demanders[j][1] + price) * near:
                return "row worth more than its prices"
    if any(x > most >= 0 for x, (most, _) in zip(given + taken, parties)):
        return "limit of a party"
    best = best_total([most for most, _ in suppliers], [most for most, _ in demanders], rows)
    if best - total > Fraction(gap) * (1 + Fraction(1, 1 << 40)) + best * Fraction(near - 1):
        return "%g missing, gap %g" % (best - total, gap)
    if best - total > best / 10**9:
        return "%g of %g missing" % (best - total, best)
    return None


def main():
    words = iter(sys.stdin.read().split())
    count = 0
    for first in words:
        wrong = fault(iter_with(first, words))
        if wrong:
            sys.exit("exact: market %d: %s" % (count, wrong))
        count += 1
    if count == 0:
        sys.exit("exact: no markets")
    print("exact: %d markets: ok" % count)


def iter_with(first, rest):
    yield first
    yield from rest


main()
