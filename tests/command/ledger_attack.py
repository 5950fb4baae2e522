#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""A reader who holds several editions and subtracts.

usage: ledger_attack.py THRESHOLD EDITION.db...

Knows the counts that the editions show, and that a code is the sum of any
codes that split its leaves: of its children, or of a part and the rest of it.
Solves what has one unknown, again and again, and prints how many counts from 1
to THRESHOLD - 1 it found or was shown. A weak attacker: what he finds is a
leak, what he does not find proves nothing.
"""
import itertools
import sqlite3
import sys


def read(path):
    """{cell: count or None}, and the equations (dim, whole, parts)."""
    db = sqlite3.connect(path)
    names, nodes, equations = {}, {}, set()
    for dim, place, code, level, parent, leaves in db.execute(
            "SELECT dim, place, code, level, parent, leaves FROM node"):
        nodes[dim, place] = tuple(map(int, leaves.split())), parent
        if len(nodes[dim, place][0]) == 1:
            names[dim, nodes[dim, place][0][0]] = level + "/" + code
    def leaf_set(dim, place):
        return frozenset(names[dim, leaf] for leaf in nodes[dim, place][0])
    children = {}
    for (dim, place), (leaves, parent) in nodes.items():
        if parent >= 0:
            children.setdefault((dim, parent), set()).add(
                leaf_set(dim, place))
    for (dim, place), parts in children.items():
        whole = leaf_set(dim, place)
        if len(parts) > 1 and sum(map(len, parts)) == len(whole):
            equations.add((dim, whole, frozenset(parts)))
    cells = {}
    for sheet, in db.execute("SELECT place FROM sheet"):
        axes = [[leaf_set(dim, int(n)) for n in text.split()]
                for dim, text in db.execute(
                    "SELECT dim, nodes FROM sheet_axis WHERE sheet = ?"
                    " ORDER BY dim", (sheet,))]
        column, = db.execute("SELECT place FROM sheet_column WHERE sheet = ?"
                             " AND id = 'count'", (sheet,)).fetchone()
        rows = db.execute("SELECT status, value FROM cell WHERE sheet = ?"
                          " AND place = ? ORDER BY line", (sheet, column))
        for key, (status, value) in zip(itertools.product(*axes), rows):
            if status == "v":
                cells[key] = int(value)
            elif status == "c":
                cells.setdefault(key, None)
            else:
                cells[key] = 0
    return cells, equations


def put(key, dim, leaves):
    return key[:dim] + (leaves,) + key[dim + 1:]


def solve(cells, equations):
    """Adds what follows, to a fixpoint."""
    for dim in range(6):
        sets = {key[dim] for key in cells}
        sets |= {a - b for a in sets for b in sets if b < a}
        equations |= {(dim, a, frozenset([b, a - b]))
                      for a in sets for b in sets if b < a}
    again = True
    while again:
        again = False
        lines = {}
        for key in cells:
            for dim in range(6):
                lines.setdefault((dim, put(key, dim, None)), None)
        for dim, line in lines:
            for _, whole, parts in [e for e in equations if e[0] == dim]:
                members = [put(line, dim, s) for s in [whole, *parts]]
                open_ = [m for m in members if cells.get(m) is None]
                if len(open_) != 1:
                    continue
                known = [cells.get(m) or 0 for m in members]
                cells[open_[0]] = sum(known[1:]) if open_[0] == members[0] \
                    else known[0] - sum(known[1:])
                again = True


def main():
    threshold = int(sys.argv[1])
    cells, equations = {}, set()
    for path in sys.argv[2:]:
        more, relations = read(path)
        equations |= relations
        for key, value in more.items():
            if value is not None or key not in cells:
                cells[key] = value
    solve(cells, equations)
    found = [v for v in cells.values() if v is not None and 0 < v < threshold]
    if any(v is not None and v < 0 for v in cells.values()):
        sys.exit("the editions contradict each other")
    print(len(found))


if __name__ == "__main__":
    main()
