#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Attacks releases that are drawn at random, from their public files alone.

usage: attack.py PANORAMA N [SEED [SIZE [JOBS]]]

Builds N small projects (attack_draw.py; SIZE is `small`, the default, or
`medium`), of the numbers SEED (1), SEED + 1 and so on, and reads the open data
of each: the rows, and what each code is the sum of. The unknowns are the counts
of all combinations of classes that no code of a table cuts; a shown cell is an
equation, a suppressed one is at least 1 and at most its person-years. Linear
programs, then programs in whole numbers, tell how far each suppressed cell can
move. It is exposed where that touches 1 to T - 1 and is less than T - 2 wide
(docs/method/disclosure.md, section 3), and where whoever is alone in another
cell learns it.

Prints a line for each release that is exposed, refused or not settled in whole,
with the number that draws it again (ATTACK_EACH=1: for every release); status 1
when anything is exposed. Shares no code with the program. Needs scipy.
"""
import collections
import concurrent.futures
import copy
import csv
import glob
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time

import numpy
from scipy import optimize, sparse

import attack_draw

DIMS = attack_draw.DIMS
CLOSE = 1e-6
SIZES = {"small": (0, 2500), "medium": (2501, 30000)}  # of a crossing
ALONE = {"small": 20, "medium": 4}  # sets of cells somebody is alone in
MOST = 100000  # of one unknown, so that every program is bounded
PROGRAM_S = 20


# --- what is public -----------------------------------------------------------

class Codes:
    """Which leaves a code is made of, by codes/relation.csv."""

    def __init__(self, path):
        self.parts = collections.defaultdict(list)
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                self.parts[self.name(row, "level", "code")].append(
                    self.name(row, "part_level", "part"))

    @staticmethod
    def name(row, level, code):
        """Codes of places alone are told apart by their level."""
        where = row[level] if row["dimension"] == "territory" else ""
        return row["dimension"], where, row[code]

    def leaves(self, code):
        if code not in self.parts:
            return frozenset([code])
        return frozenset().union(*map(self.leaves, self.parts[code]))


def rows(folder):
    """(cell, its name, its row) of all open data, a cell being the leaves of
    each dimension."""
    codes = Codes(os.path.join(folder, "codes", "relation.csv"))
    for path in sorted(glob.glob(os.path.join(folder, "*.csv"))):
        with open(path, newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                key = tuple(codes.leaves((d, row["territory_level"]
                                          if d == "territory" else "", row[d]))
                            for d in DIMS)
                yield key, os.path.basename(path)[:-4] + " " + "/".join(
                    row[d] for d in DIMS), row


def published(folder):
    """{cell: number, or None where it is suppressed}; {cell: its person-years};
    names of the cells; and what contradicts itself."""
    cells, people, names, wrong = {}, {}, {}, []
    for key, name, row in rows(folder):
        if row["indicator"] == "person_years" and row["status"] == "v":
            people[key] = int(row["value"])
        if row["indicator"] != "count":
            continue
        number = int(row["value"]) if row["status"] == "v" else None
        if row["status"] not in ("v", "c"):
            wrong.append(f"{name}: status {row['status']}")
        if cells.get(key, number) != number:
            wrong.append(f"{name}: not as in {names[key]}")
        cells[key] = number
        names.setdefault(key, name)
    return cells, people, names, wrong


def classes(cells, dim):
    """The leaves that the same codes of a dimension hold are one class."""
    sets = sorted({key[dim] for key in cells}, key=sorted)
    holders = collections.defaultdict(set)
    for at, leaves in enumerate(sets):
        for leaf in leaves:
            holders[leaf].add(at)
    groups = collections.defaultdict(set)
    for leaf, held in holders.items():
        groups[frozenset(held)].add(leaf)
    numbers = {}
    for number, group in enumerate(sorted(groups.values(), key=sorted)):
        numbers.update(dict.fromkeys(group, number))
    return {leaves: sorted({numbers[leaf] for leaf in leaves})
            for leaves in sets}


def atoms(cells):
    """{cell: the combinations of classes that it is the sum of}, and how many
    cells there are on the way to them, a dimension cut after the other."""
    cut = [classes(cells, dim) for dim in range(len(DIMS))]
    order = sorted(range(len(DIMS)), key=lambda dim: len(
        {c for held in cut[dim].values() for c in held}))
    held, way = {key: {key} for key in cells}, set(cells)
    for dim in order:
        for key, list_ in held.items():
            held[key] = {k[:dim] + (c,) + k[dim + 1:] for k in list_
                         for c in cut[dim][k[dim]]}
            way |= held[key]
    return held, len(way)


# --- the programs -------------------------------------------------------------

class Program:
    """All counts that fit what is public. Combinations of which the same cells
    are made are one unknown."""

    def __init__(self, cells, people, held):
        self.hidden = [key for key, n in cells.items() if n is None]
        rows = list(cells)
        holders = collections.defaultdict(set)
        for at, key in enumerate(rows):
            for atom in held[key]:
                holders[atom].add(at)
        zero = {at for at, key in enumerate(rows) if cells[key] == 0}
        columns = sorted({tuple(sorted(h)) for h in holders.values()
                          if not h & zero})
        pairs = [(at, c) for c, h in enumerate(columns) for at in h]
        shape = (len(rows), len(columns))
        whole = sparse.csr_array((numpy.ones(len(pairs)),
                                  tuple(zip(*pairs)) if pairs else ((), ())),
                                 shape=shape)
        low = [1 if cells[key] is None else cells[key] for key in rows]
        high = [people.get(key, numpy.inf) if cells[key] is None
                else cells[key] for key in rows]
        self.rules = optimize.LinearConstraint(whole, low, high)
        self.width = len(columns)
        self.rows = rows
        self.of = whole[[at for at, key in enumerate(rows)
                         if cells[key] is None], :]

    def knowing(self, ones):
        """The same where some suppressed cells are known to hold one event."""
        other = copy.copy(self)
        high = numpy.array(self.rules.ub, dtype=float)
        high[[at for at, key in enumerate(self.rows) if key in ones]] = 1
        other.rules = optimize.LinearConstraint(self.rules.A, self.rules.lb,
                                                high)
        return other

    def solve(self, costs, whole):
        """A solution of least cost, or the best one found in time, or None; and
        whether it is the first."""
        done = optimize.milp(costs, constraints=self.rules,
                             bounds=optimize.Bounds(0, MOST),
                             integrality=numpy.full(self.width, int(whole)),
                             options={"time_limit": PROGRAM_S})
        return done.x, done.status == 0


def is_whole(point):
    return numpy.abs(point - numpy.rint(point)).max(initial=0) < CLOSE


def reach(program, asked, whole, enough, points):
    """{cell: (least, most)} of the cells that move by less than `enough`, all
    by number, or None where that was not settled in time; `points` are
    solutions that are known and get more. The span of what is found is a part
    of the whole, so that most cells need no program."""
    narrow = {}
    seen = numpy.array([program.of @ point for point in points])
    low = seen.min(axis=0) if points else numpy.full(len(program.hidden), MOST)
    high = seen.max(axis=0) if points else numpy.zeros(len(program.hidden))
    for at in asked:
        ends = []
        for sign in (1, -1):
            if high[at] - low[at] >= enough - CLOSE:
                break
            costs = sign * program.of[[at], :].toarray()[0]
            point, best = program.solve(costs, whole)
            if point is not None:
                points.append(numpy.rint(point) if whole else point)
                there = program.of @ points[-1]
                low = numpy.minimum(low, there)
                high = numpy.maximum(high, there)
            ends.append(there[at] if best else None)
        if len(ends) < 2 or high[at] - low[at] >= enough - CLOSE:
            continue
        narrow[at] = None if None in ends else (
            int(numpy.ceil(ends[0] - CLOSE)), int(numpy.floor(ends[1] + CLOSE)))
    return narrow


def narrowest(program, asked, enough, whole_points):
    """The same by programs that may divide, then, of the others, by programs in
    whole numbers, which are slower and find more."""
    points = list(whole_points)
    narrow = reach(program, asked, False, enough, points)
    whole_points += [numpy.rint(point)
                     for point in points[len(whole_points):] if is_whole(point)]
    rest = [at for at in asked if at not in narrow]
    return narrow | reach(program, rest, True, enough, whole_points)


def exposed(program, threshold, points):
    """{cell: (least, most)} of the suppressed cells that are exposed, or None
    where that is not settled."""
    narrow = narrowest(program, range(len(program.hidden)), threshold - 2,
                       points)
    return {program.hidden[at]: ends for at, ends in sorted(narrow.items())
            if ends is None or (ends[0] < threshold and ends[1] >= 1)}


def alone(cells, events, held_by, most):
    """Sets of suppressed cells that one event is alone in, so many at most, and
    the true counts of the cells."""
    truth = collections.Counter()
    order = {key: at for at, key in enumerate(cells)}
    for event, count in events.items():
        for key in held_by[event]:
            truth[key] += count
    hers = {frozenset(key for key in held_by[event]
                      if truth[key] == 1 and cells[key] is None)
            for event, count in events.items() if count == 1}
    hers = sorted((mine for mine in hers if mine),
                  key=lambda mine: sorted(map(order.get, mine)))
    return hers[:most], truth


def learnt(program, hers, truth, threshold, points):
    """{cell: number} of the small counts that somebody who is alone in some
    cells knows exactly, and not by being alone there too, or None where that is
    not settled."""
    found = {}
    numbers = {key: at for at, key in enumerate(program.hidden)}
    for mine in hers:
        own = [numbers[key] for key in mine]
        asked = [at for at, key in enumerate(program.hidden)
                 if key not in mine and 1 <= truth[key] < threshold]
        fit = [point for point in points
               if (program.of[own, :] @ point == 1).all()]
        narrow = narrowest(program.knowing(mine), asked, 1, fit)
        found |= {program.hidden[at]: ends and ends[0]
                  for at, ends in sorted(narrow.items())
                  if ends is None or ends[0] == ends[1]}
    return found


# --- one draw -----------------------------------------------------------------

def leaves_of(project):
    """The events as cells are named, their place last of all."""
    world = project["world"]
    for (place, year, sex, age, site, stratum), n in project["events"].items():
        yield (("territory", "departement", place), ("site", "", site),
               ("sex", "", sex), ("age", "", age), ("period", "", year),
               ("stratum", "", stratum if world["strata"] else "T")), n


def holders(cells, project):
    """{event: the cells it is in}, and how many events are equal to it."""
    events, held_by = collections.Counter(), {}
    for event, n in leaves_of(project):
        inside = [key for key in cells
                  if all(own in key[d] for d, own in enumerate(event))]
        events[event] += n
        held_by[event] = inside
    return events, held_by


def build(panorama, home):
    """None, or why the release is refused."""
    for command in (["store", "import", f"{home}/csv", f"{home}/s.sqlite"],
                    ["build", "--project", home, "--jobs", "1", "--quiet"]):
        done = subprocess.run([panorama] + command, capture_output=True,
                              text=True, check=False)
        if done.returncode != 0:
            return done.returncode, " ".join(done.stderr.split())
    return None


def attack(folder, project, sets):
    """What is exposed, in words, and the size of what was attacked."""
    cells, people, names, wrong = published(folder)
    threshold = project["threshold"]
    wrong += [f"{names[key]}: {n} is shown" for key, n in cells.items()
              if n is not None and 1 <= n < threshold]
    held, way = atoms(cells)
    program, points = Program(cells, people, held), []
    sizes = {"cells": len(cells), "suppressed": len(program.hidden),
             "crossing": way}
    if not program.hidden:
        return wrong, sizes
    narrow = exposed(program, threshold, points)
    wrong += [f"{names[key]}: {ends[0]} to {ends[1]}"
              for key, ends in narrow.items() if ends]
    hers, truth = alone(cells, *holders(cells, project), sets)
    told = learnt(program, hers, truth, threshold, points)
    wrong += [f"{names[key]}: {number}, to somebody who is alone elsewhere"
              for key, number in told.items() if number is not None]
    sizes["not settled"] = [*narrow.values(), *told.values()].count(None)
    return wrong, sizes


def drawn(seed, size):
    """The first project of its size that follows from the number."""
    draw = random.Random(f"{size} {seed}")
    while True:
        project = attack_draw.drawn(draw, size == "medium")
        cells = {key for table in project["tables"]
                 for key in attack_draw.cells(project["world"], table)}
        if SIZES[size][0] <= atoms(cells)[1] <= SIZES[size][1]:
            return project


def one(panorama, work, seed, size):
    project = drawn(seed, size)
    home = os.path.join(work, str(seed))
    start = time.time()
    attack_draw.write_project(home, project)
    refused = build(panorama, home)
    out = {"seed": seed, "built_s": round(time.time() - start, 1)}
    if refused:
        shutil.rmtree(home)
        return out | {"refused": refused[1][:300], "status": refused[0]}
    start = time.time()
    wrong, sizes = attack(os.path.join(home, "output/tirage/data"), project,
                          ALONE[size])
    shutil.rmtree(home)
    return out | sizes | {"exposed": wrong,
                          "attacked_s": round(time.time() - start, 1)}


def main():
    panorama, count = os.path.abspath(sys.argv[1]), int(sys.argv[2])
    first = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    size = sys.argv[4] if len(sys.argv) > 4 else "small"
    jobs = int(sys.argv[5]) if len(sys.argv) > 5 else 1
    totals = collections.Counter()
    with tempfile.TemporaryDirectory() as work, \
            concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        for out in pool.map(one, *zip(*[(panorama, work, first + i, size)
                                        for i in range(count)])):
            totals["releases"] += 1
            totals["refused"] += "refused" in out
            totals["exposed"] += bool(out.get("exposed"))
            totals["cells attacked"] += out.get("suppressed", 0)
            totals["not settled"] += out.get("not settled", 0)
            if os.environ.get("ATTACK_EACH") or out.get("exposed") or \
                    "refused" in out or out.get("not settled"):
                print(json.dumps(out, ensure_ascii=False), flush=True)
    print(", ".join(f"{n} {what}" for what, n in totals.items()))
    sys.exit(1 if totals["exposed"] else 0)


if __name__ == "__main__":
    main()
