# SPDX-License-Identifier: EUPL-1.2
"""What perturbed counts of releases must be, read from their CSV alone.

noise_check.py STORE CSV...: every count of the measure "deaths" is a whole
number, one in all files, 0 where the store has none, and cells with the same
persons have the same number. Prints "N cells, N in common, N with noise, N sums
of N fail"; anything wrong ends with status 1."""
import sqlite3
import sys

import deaths

SITES = {"TOUS": ["EST", "CRC", "POU", "SEI"], "DIG": ["EST", "CRC"]}


def departements(base, level, code):
    if level == "departement":
        return [code]
    if level == "country":
        return [c for c, in base.execute(
            "SELECT code FROM territory WHERE level = 'departement'")]
    found = [c for c, in base.execute(
        "SELECT code FROM territory WHERE parent_level = ? AND parent_code = ?",
        (level, code))]
    return found + [c for c, in base.execute(
        "SELECT member_code FROM zone_member WHERE level = ? AND code = ?",
        (level, code))]


def persons(base, key):
    """The facts of a cell that are not empty."""
    territory, site, sex, age, period = key
    level, code = territory.split("/")
    inside = set(departements(base, level, code))
    first, last = (period + "-" + period).split("-")[:2]
    return frozenset(
        fact for fact in base.execute(
            "SELECT territory, period, sex, age, site, n FROM deaths"
            " WHERE measure = 'deaths' AND n > 0")
        if fact[0] in inside and first <= fact[1] <= last
        and sex in ("T", fact[2]) and age in ("T", fact[3])
        and fact[4] in SITES.get(site, [site]))


def main():
    base = sqlite3.connect(sys.argv[1])
    cells, rows, same, noisy, sums, wrong = {}, 0, {}, 0, 0, 0
    for path in sys.argv[2:]:
        rows += deaths.read(path, cells, lambda row, count: None)
    for key, count in cells.items():
        who = persons(base, key)
        exact = sum(fact[5] for fact in who)
        assert exact > 0 or count == 0, key
        assert same.setdefault(who, count) == count, key
        noisy += exact != count
        parts = [cells.get(key[:2] + (sex,) + key[3:]) for sex in "MF"]
        if key[2] == "T" and None not in parts:
            sums += 1
            wrong += sum(parts) != count
    print("%d cells, %d in common, %d with noise, %d of %d sums fail" %
          (len(cells), rows - len(cells), noisy, wrong, sums))


try:
    main()
except AssertionError as wrong:
    print("wrong:", *wrong.args)
    sys.exit(1)
