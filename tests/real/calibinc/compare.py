#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""The release against sums made from the source's own files.

usage: compare.py SOURCE_FOLDER RELEASE MINIMUM

Reads the counts, person-years and world weights of the source (which prints
the weights in each row), makes the count, the crude and the standardised rate
of each département and of all, and compares them with the data sets. The last
line says how many were compared; fewer than MINIMUM, one that differs, or a
département on one side only, is a failure.
"""
import collections
import csv
import os
import sys

FILES = [("lopM", "LOP", None, "H", "WSP"), ("nhlF", "LNH", None, "H", "WSP"),
         ("pancreasM_melanomaF", "PAN", "Pancreas-men", "N_HC", "pop_WHO"),
         ("pancreasM_melanomaF", "MEL", "Melanoma-women", "N_HC", "pop_WHO")]
PER = 100000.0
# Half a unit of the last digit, and a little: the store keeps whole
# person-years.
SLACK = {"count": 0, "crude_rate": 0.0501, "asr_world": 0.0501}


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def expected(folder):
    """(site, territory) -> indicator -> value."""
    ages = collections.defaultdict(lambda: collections.defaultdict(
        lambda: [0, 0.0, 0.0]))
    for name, site, kind, count, weight in FILES:
        for row in rows(f"{folder}/{name}_alldepartements.csv"):
            if kind and (row["site"] != kind or row["SRC"] != "H"):
                continue
            if not row[count] or not row["py"]:
                continue
            for place in (row["dist"], "FR"):
                cell = ages[site, place][row["age"]]
                cell[0] += int(row[count])
                cell[1] += float(row["py"])
                cell[2] = float(row[weight])
    for key, classes in ages.items():
        cells = list(classes.values())
        yield key, {
            "count": sum(c[0] for c in cells),
            "crude_rate": PER * sum(c[0] for c in cells) /
            sum(c[1] for c in cells),
            "asr_world": PER * sum(c[2] * c[0] / c[1] for c in cells) /
            sum(c[2] for c in cells)}


def main():
    want = dict(expected(sys.argv[1]))
    minimum = int(sys.argv[3])
    compared = differ = withheld = 0
    met = set()
    folder = os.path.join(sys.argv[2], "data")
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".csv"):
            continue
        for row in rows(os.path.join(folder, name)):
            key = (row["site"], row["territory"])
            what = row["indicator"]
            if row["territory_level"] == "registre" or what not in SLACK:
                continue
            if row["status"] == "h" and key not in want:
                continue
            met.add(key)
            if key in want and not row["value"]:
                withheld += 1
                continue
            compared += 1
            if (key not in want or abs(float(row["value"]) - want[key][what])
                    > SLACK[what]):
                differ += 1
                print("differs:", *key, what, "is", row["value"], "source",
                      want.get(key, {}).get(what, "without it"))
    for key in sorted(set(want) - met):
        differ += 1
        print("not in the release:", *key)
    print(f"{compared} values compared, {differ} differ, {withheld} withheld "
          f"by disclosure control (at least {minimum} required)")
    return 1 if differ or compared < minimum else 0


if __name__ == "__main__":
    sys.exit(main())
