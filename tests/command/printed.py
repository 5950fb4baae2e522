# SPDX-License-Identifier: EUPL-1.2
"""The tables of a release as its CSV files have them, and whether numbers
computed again are the printed ones. DATA is the first word of the command."""
import csv
import math
import pathlib
import statistics
import sys

DATA = pathlib.Path(sys.argv[1])
Z = statistics.NormalDist().inv_cdf(0.975)
DIMS = ["territory_level", "territory", "site", "sex", "period"]


def rows(name):
    with open(DATA / f"data-{name}.csv", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def published(name):
    """{key: (value, lower, upper, people)} of what is shown."""
    people, out = {}, {}
    for row in rows(name):
        key = tuple(row[d] for d in DIMS)
        if row["status"] != "v":
            continue
        if row["indicator"] == "person_years":
            people[key] = float(row["value"])
        elif row["indicator"] == "crude_rate":
            out[key] = [float(row[c]) for c in ("value", "lower", "upper")]
    return {key: value + [people[key]] for key, value in out.items()}


def line(cells, key, dim):
    at = DIMS.index(dim)
    found = {k[at]: v for k, v in cells.items()
             if all(k[i] == key[i] for i in range(len(DIMS))
                    if i != at and not (dim == "territory" and i == 0))}
    return sorted(found.items())


def log_error(cell):
    return math.log(cell[2] / cell[1]) / (2 * Z)


def by_row(name, dims):
    """{key: {indicator: row}}"""
    out = {}
    for row in rows(name):
        key = tuple(row[d] for d in dims)
        out.setdefault(key, {})[row["indicator"]] = row
    return out


def close(want, row):
    """Printed digits: half a unit of the last one, and a hair."""
    for value, column in zip(want, ("value", "lower", "upper")):
        text = row[column]
        digits = len(text.partition(".")[2])
        if text == "" or abs(float(text) - value) > 0.5001 * 10 ** -digits:
            return False
    return True


def say(name, shown, least, wrong):
    print(f"{'ok' if shown >= least and not wrong else 'not ok'} "
          f"{name}: {shown} printed values again")
    for text in wrong[:3]:
        print("    " + text)
