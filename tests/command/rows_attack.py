#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""A reader who holds releases of the test project whose rows are not the same:
rates of regions and counts by age of their départements, years and their sum.

usage: rows_attack.py STORE THRESHOLD RELEASE...

Knows the counts of both sexes that the open data print, that a withheld one is
not zero, the standardised rates to their last digit, and the population; not
their limits. A linear program each way bounds every count from 1 to
THRESHOLD - 1 that the releases withhold, and those at each age of the rows of
rates. Prints how many have a range narrower than THRESHOLD - 2, and of how
many.
"""
import csv
import glob
import itertools
import math
import sqlite3
import sys

import numpy
from scipy.optimize import linprog
from scipy.sparse import lil_matrix

AGES = ["00-39", "40-64", "65+"]
STANDARDS = {"asr_world": [68000, 25000, 7000],
             "asr_esp2013": [47000, 33500, 19500]}
WOMEN = "SEI"  # the site of one sex: its rates are of their person-years


class World:
    """The finest counts, and the codes that are sums of them."""

    def __init__(self, path):
        store = sqlite3.connect(path)
        regions = {}
        self.places, self.sites = {}, {}
        for level, code, parent in store.execute(
                "SELECT level, code, parent_code FROM territory"
                " ORDER BY level"):
            if level == "departement":
                self.places[level, code] = {code}
                regions.setdefault(parent, set()).add(code)
        for code, inside in regions.items():
            self.places["region", code] = inside
        self.places["country", "SY"] = set().union(*regions.values())
        below = dict(store.execute("SELECT code, parent FROM site"))
        for code in below:
            up, is_leaf = code, code not in below.values()
            while is_leaf and up:
                self.sites.setdefault(up, set()).add(code)
                up = below[up]
        self.count, self.years = {}, {}
        for *key, n in store.execute(
                "SELECT territory, period, site, age, sum(n) FROM cases"
                " GROUP BY 1, 2, 3, 4"):
            self.count[tuple(key)] = n
        for *key, n in store.execute(
                "SELECT territory, period, sex, age, n FROM population"):
            self.years[tuple(key)] = n
        self.periods = sorted({key[1] for key in self.years})

    def atoms(self, row):
        """The finest codes that a row of the open data is the sum of."""
        first, last = row["period"].split("-")[0], row["period"].split("-")[-1]
        years = [p for p in self.periods if first <= p <= last]
        low, _, high = row["age"].partition("-")
        ages = [a for a in AGES if row["age"] == "T" or
                low.rstrip("+") <= a[:2] and (not high or a[-2:] <= high and a != "65+")]
        return [itertools.product(
            self.places[row["territory_level"], row["territory"]], years,
            self.sites[row["site"]], [age]) for age in ages]

    def per_case(self, row, standard):
        """What a case at each age adds to a rate."""
        sexes = "F" if row["site"] == WOMEN else "MF"
        totals = [0] * len(AGES)
        for at, age in enumerate(self.atoms(dict(row, site=WOMEN))):
            for place, year, _, code in age:
                totals[at] += sum(self.years[place, year, s, code]
                                  for s in sexes)
        return [w / y for w, y in zip(STANDARDS[standard], totals)]


class System:
    """What is told of the finest counts: low <= sum <= high."""

    def __init__(self, world):
        self.world = world
        self.place = {}
        self.rows = {}
        self.targets = {}

    def column(self, atom):
        return self.place.setdefault(atom, len(self.place))

    def tell(self, weights, low, high):
        key = tuple(sorted(weights.items()))
        old = self.rows.get(key, (-math.inf, math.inf))
        self.rows[key] = max(low, old[0]), min(high, old[1])

    def truth(self, weights):
        names = {column: atom for atom, column in self.place.items()}
        return sum(self.world.count.get(names[c], 0) for c in weights)

    def sum_of(self, ages):
        return {self.column(atom): 1 for age in ages for atom in age}

    def aim(self, weights):
        self.targets[tuple(sorted(weights))] = weights

    def take(self, row):
        status, what = row["status"], row["indicator"]
        if what == "count":
            weights = self.sum_of(self.world.atoms(row))
            value = int(row["value"]) if status == "v" else None
            if value is not None:
                self.tell(weights, value, value)
            elif status == "c":
                self.tell(weights, 1, math.inf)
                self.aim(weights)
        elif what in STANDARDS and status == "v":
            weights = {}
            per = self.world.per_case(row, what)
            for at, age in enumerate(self.world.atoms(row)):
                own = self.sum_of([age])
                self.aim(own)
                weights.update((column, per[at]) for column in own)
            half = 0.5 * 10 ** -len(row["value"].partition(".")[2])
            self.tell(weights, float(row["value"]) - half * (1 + 1e-9),
                      float(row["value"]) + half * (1 + 1e-9))

    def bounds(self, targets):
        """(least, most) of each target."""
        matrix = lil_matrix((2 * len(self.rows), len(self.place)))
        limits = numpy.zeros(2 * len(self.rows))
        for at, (weights, (low, high)) in enumerate(self.rows.items()):
            for column, weight in weights:
                matrix[2 * at, column] = weight
                matrix[2 * at + 1, column] = -weight
            limits[2 * at] = high if high < math.inf else 1e9
            limits[2 * at + 1] = -low
        matrix = matrix.tocsr()
        for weights in targets:
            ends = []
            for sign in (1, -1):
                cost = numpy.zeros(len(self.place))
                cost[list(weights)] = sign
                done = linprog(cost, matrix, limits, method="highs")
                if done.status == 3:
                    ends.append(math.inf)
                elif done.status != 0:
                    sys.exit("the releases contradict each other")
                else:
                    ends.append(sign * done.fun)
            yield ends


def attack(store, threshold, releases):
    system = System(World(store))
    for release in releases:
        for path in glob.glob(release + "/**/*.csv", recursive=True):
            with open(path, encoding="utf-8-sig", newline="") as file:
                for row in csv.DictReader(file):
                    if row.get("measure") == "cases" and row["sex"] == "T":
                        system.take(row)
    small = [t for t in system.targets.values()
             if 0 < system.truth(t) < threshold]
    narrow = sum(math.floor(most + 1e-6) - math.ceil(least - 1e-6) <
                 threshold - 2 for least, most in system.bounds(small))
    return narrow, len(small)


if __name__ == "__main__":
    print(*attack(sys.argv[1], int(sys.argv[2]), sys.argv[3:]))
