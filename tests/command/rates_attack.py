#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""A reader who holds the standardised rates of several releases of the test
project, and knows the population.

usage: rates_attack.py STORE THRESHOLD RELEASE[@STORE[@CODE=W,W,W]]...

A release may be of a store of other person-years, or give a standard other
weights; the cases are those of the first STORE.

For each count that is printed beside rates of its row, tries all counts by age
that add up to it and print the same rates, by whatever standard and in
whichever release, and have the numbers of the ages that one shows, or one at
least where it withholds them; prints how many ages of 1 to THRESHOLD - 1 cases they leave
in a range narrower than THRESHOLD - 2. Then the same of two years that print
their counts, with what is printed of both together. Limits are not used.
"""
import csv
import glob
import sqlite3
import sys

AGES = ["00-39", "40-64", "65+"]
STANDARDS = {"asr_world": [68000, 25000, 7000],
             "asr_esp2013": [47000, 33500, 19500]}
WOMEN = "SEI"  # the site of one sex: its rates are of their person-years
MOST = 150  # cases of a row


def cells(release):
    """Rows of the open data about a département, shown or confidential."""
    for path in glob.glob(release + "/**/*.csv", recursive=True):
        with open(path, encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                if row.get("measure") == "cases" and row["status"] in "vc" and \
                        row["territory_level"] == "departement":
                    yield row


def printed(own, releases):
    """{row: [count, {(weights of a case, value as printed)},
    {age: count, or None}]}."""
    found = {}
    for release, *more in (r.split("@") for r in releases):
        store = sqlite3.connect(more[0]) if more else own
        standards = dict(STANDARDS)
        for given in more[1:]:
            code, _, weights = given.partition("=")
            standards["asr_" + code] = [int(w) for w in weights.split(",")]
        for row in cells(release):
            key = tuple(row[d] for d in ("territory", "site", "sex", "period"))
            at = found.setdefault(key, [None, set(), {}])
            value = int(row["value"]) if row["indicator"] == "count" and \
                row["status"] == "v" else None
            if row["indicator"] == "count" and row["age"] != "T":
                at[2][row["age"]] = value
            elif row["indicator"] == "count":
                at[0] = value
            elif row["status"] == "c" or row["age"] != "T":
                continue
            elif row["indicator"] in standards:
                years = by_age(store, "population", key)
                weights = tuple(w / y for w, y in
                                zip(standards[row["indicator"]], years))
                at[1].add((weights, row["value"]))
    return found


def by_age(store, facts, key):
    """Counts or person-years of a row."""
    territory, site, sex, period = key
    sql = (f"SELECT sum(n) FROM {facts} WHERE territory = ? AND period BETWEEN"
           " ? AND ? AND sex IN (?, ?) AND age = ?")
    sexes = ("F", "F") if site == WOMEN else \
        ("M", "F") if sex == "T" else (sex, sex)
    if facts == "cases":
        sql += f" AND site = '{site}'"
    first, last = period.split("-")[0], period.split("-")[-1]
    return [store.execute(sql, (territory, first, last, *sexes, age))
            .fetchone()[0] or 0 for age in AGES]


def bands(rates):
    """(weights, least, most) of each rate."""
    for weights, text in rates:
        half = 0.5 * 10 ** -len(text.partition(".")[2]) * (1 + 1e-9)
        yield weights, float(text) - half, float(text) + half


def possible(count, given, shown):
    """Counts by age, as far as those that are told of let them be."""
    ranges = [range(shown[age], shown[age] + 1) if shown.get(age) is not None
              else range(age in shown, count + 1) for age in AGES]
    for a in ranges[0]:
        for b in ranges[1]:
            ages = a, b, count - a - b
            if ages[2] in ranges[2] and all(low <= sum(w * n for w, n in zip(weights, ages)) <= high
                   for weights, low, high in given):
                yield ages


def narrow(truth, left, threshold):
    """How many small ages have too narrow a range among what is left."""
    count = 0
    for age, own in enumerate(truth):
        seen = [ages[age] for ages in left]
        count += 0 < own < threshold and \
            max(seen) - min(seen) < threshold - 2
    return count


def narrow_years(key, rows, threshold):
    """The same of two years beside their sum."""
    years = [rows.get(key[:3] + (year,)) for year in key[3].split("-")]
    if len(years) < 2 or None in years:
        return 0
    sums = set(rows[key][1])
    pairs = [(a, b) for a in years[0][1] for b in years[1][1]
             if tuple(map(sum, zip(a, b))) in sums]
    return sum(narrow(truth, [pair[y] for pair in pairs], threshold)
               for y, (truth, _) in enumerate(years))


def main():
    store = sqlite3.connect(sys.argv[1])
    threshold = int(sys.argv[2])
    rows = {}
    for key, (count, rates, ages) in sorted(printed(store, sys.argv[3:]).items()):
        truth = by_age(store, "cases", key)
        if not count or count > MOST or sum(truth) != count:
            continue  # no count, or a site that is the sum of others
        rows[key] = truth, list(
            possible(count, list(bands(rates)), ages))
    print(sum(narrow(*row, threshold) + narrow_years(key, rows, threshold)
              for key, row in rows.items()))


if __name__ == "__main__":
    main()
