#!/usr/bin/env python3
# SPDX-License-Identifier: EUPL-1.2
"""How few secondaries a complete table can do with: a proven lower bound.

usage: bound_sdc.py DIR THRESHOLD AXIS      (DIR as for bench_sdc.py)

Every line - a total and its parts along one axis - taken on its own must leave
each primary an interval of width T-2 to whoever knows that counts are not
negative, and must not give it away to somebody alone in another cell of the
line; a line without primaries must not hold a single secondary. Any safe
pattern does that, and more, since lines hold together. The linear relaxation
bounds the number, or the value, of secondaries from below. Lines of AXIS under
its root are left out, so that each branch of AXIS is a program of its own; what
is printed is the value of a dual solution, made feasible, whatever the solver's
tolerances are. Needs python3-scipy.
"""
import csv
import gzip
import os
import sys
import time

import numpy as np
import scipy.sparse as sparse
from scipy.optimize import linprog

FILLED, ALONE, EMPTY, ENOUGH = range(4)


def read(folder):
    """Axes as (codes, children by parent), and the table with all its sums."""
    with gzip.open(os.path.join(folder, "leaf.csv.gz"), "rt") as file:
        rows = csv.reader(file)
        names = next(rows)[:-1]
        leaves = list(rows)
    codes, parts = [], []
    for name in names:
        with open(os.path.join(folder, f"hier_{name}.csv")) as file:
            nodes = list(csv.DictReader(file))
        number = {node["code"]: i for i, node in enumerate(nodes)}
        below = {}
        for node in nodes:
            if node["parent"]:
                below.setdefault(number[node["parent"]], []).append(
                    number[node["code"]])
        codes.append(number)
        parts.append(below)
    table = np.zeros([len(c) for c in codes], np.int64)
    places = tuple(np.array([codes[a][leaf[a]] for leaf in leaves])
                   for a in range(len(names)))
    np.add.at(table, places, np.array([int(leaf[-1]) for leaf in leaves]))
    for axis, below in enumerate(parts):
        view = np.moveaxis(table, axis, 0)

        def height(node):
            return 1 + max((height(p) for p in below.get(node, [])), default=0)

        for total in sorted(below, key=height):
            view[total] = view[below[total]].sum(0)
    return names, parts, table


def branches(below, nodes):
    """The root of an axis, and for each node the branch it is in."""
    parent = {p: total for total, ps in below.items() for p in ps}
    root = next(n for n in range(nodes) if n not in parent)

    def branch(node):
        while node != root and parent[node] != root:
            node = parent[node]
        return node

    return root, np.array([branch(n) for n in range(nodes)])


def lines_of(table, parts, split, threshold):
    """Lines by branch of the split axis: (candidates, kind)."""
    counts = table.ravel()
    primary = (counts >= 1) & (counts < threshold)
    numbers = np.arange(table.size).reshape(table.shape)
    root, branch = branches(parts[split], table.shape[split])
    found = {}
    for axis, below in enumerate(parts):
        view = np.moveaxis(numbers, axis, 0).reshape(table.shape[axis], -1)
        for total, children in below.items():
            if axis == split and total == root:
                continue
            cells = view[[total] + children]
            open_cells = primary[cells]
            count = open_cells.sum(0)
            slack = (counts[cells[1:]] * open_cells[1:]).sum(0)
            little = (count >= 2) & ~open_cells[0] & (slack < threshold - 2)
            ones = (open_cells & (counts[cells] == 1)).sum(0)
            alone = (count == 2) & (ones > 0) & (counts[cells[0]] != 1)
            kind = np.where((count == 1) | little, FILLED,
                            np.where(alone, ALONE,
                                     np.where(count == 0, EMPTY, ENOUGH)))
            places = np.unravel_index(cells[0], table.shape)[split]
            for i, place in enumerate(places):
                line = cells[counts[cells[:, i]] >= threshold, i]
                if len(line):
                    found.setdefault(branch[place], []).append((line, kind[i]))
    return found


def bound(lines, alone, price):
    """Lower bound of the total price of the secondaries of one branch."""
    rows, columns, factors, least = [], [], [], []
    for line, kind in lines:
        if kind == FILLED or (kind == ALONE and alone):
            wanted = [None]
        else:
            wanted = line if kind == EMPTY else []
        for cell in wanted:
            rows += [len(least)] * len(line)
            columns += line.tolist()
            factors += [-1 if other == cell else 1 for other in line]
            least.append(0 if cell is not None else 1)
    if not least:
        return 0.0
    used, columns = np.unique(columns, return_inverse=True)
    matrix = sparse.csr_matrix((factors, (rows, columns)),
                               shape=(len(least), len(used)))
    least, prices = np.array(least), price[used]
    solved = linprog(prices, A_ub=-matrix, b_ub=-least, bounds=(0, 1),
                     method="highs-ipm")
    dual = np.maximum(0, -solved.ineqlin.marginals)
    return least @ dual - np.maximum(0, matrix.T @ dual - prices).sum()


def main():
    folder, threshold, axis = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    names, parts, table = read(folder)
    lines = lines_of(table, parts, names.index(axis), threshold)
    prices = {"cells": np.ones(table.size),
              "value": table.ravel().astype(float)}
    for what, price in prices.items():
        for alone in (True, False):
            start = time.process_time()
            least = sum(bound(lines[b], alone, price) for b in sorted(lines))
            print(f"{what}: at least {least:.1f}",
                  "" if alone else "(nobody alone in a cell reckoned with)",
                  f"{time.process_time() - start:.0f} s", flush=True)


if __name__ == "__main__":
    main()
