#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""A release against the rates that the publisher printed.

usage: compare.py PUBLISHED.csv RELEASE MINIMUM

Every count, crude rate, world-standardised rate and lower limit of the latter
that both show must agree, the published one being rounded to the decimals of
the release. (The publisher makes its upper limits and its crude intervals by
other formulas.) The last line says how many were compared; fewer than MINIMUM,
or one that differs, is a failure.
"""
import collections
import csv
import decimal
import os
import sys

SEX = {"All": "T", "Male": "M", "Female": "F"}
LOWER = "asr_world lower limit"
FIELD = {"count": "IncidencesAllAges", "crude_rate": "CrudeRate",
         "asr_world": "WASR", LOWER: "WASRLower95pcConfidenceInterval"}
SHOWN_MOST = 10


def code(icd10):
    text = icd10.replace(", excluding ", "x").replace(", ", "_")
    return text.replace("+", "_").replace(" ", "")


def read_published(path):
    with open(path, newline="", encoding="utf-8") as file:
        return {(row["area"], code(row["CancerSiteICD10Code"]),
                 SEX[row["Sex"]], row["Year"]): row
                for row in csv.DictReader(file)}


def read_release(folder):
    """Yields key, what, value of every number that a data set has."""
    for place, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            if (not name.endswith(".csv") or
                    os.path.basename(place) in ("codes", "tableur")):
                continue
            with open(os.path.join(place, name), newline="",
                      encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if row["age"] != "T":
                        continue
                    key = (row["territory"], row["site"], row["sex"],
                           row["period"])
                    yield key, row["indicator"], row["value"]
                    if row["indicator"] == "asr_world":
                        yield key, LOWER, row["lower"]


def main():
    published = read_published(sys.argv[1])
    minimum = int(sys.argv[3])
    compared = collections.Counter()
    differ = withheld = 0
    for key, what, ours in read_release(sys.argv[2]):
        theirs = published.get(key, {}).get(FIELD.get(what), "")
        if not theirs:
            continue
        if not ours:
            withheld += 1
            continue
        compared[what] += 1
        want = decimal.Decimal(theirs).quantize(decimal.Decimal(ours),
                                                decimal.ROUND_HALF_UP)
        if want != decimal.Decimal(ours):
            differ += 1
            if differ <= SHOWN_MOST:
                print("differs:", *key, what, "is", ours, "published",
                      theirs)
    total = sum(compared.values())
    print(", ".join(f"{compared[what]} {what}" for what in FIELD))
    print(f"{total} values compared, {differ} differ, {withheld} withheld "
          f"by disclosure control (at least {minimum} required)")
    return 1 if differ or total < minimum else 0


if __name__ == "__main__":
    sys.exit(main())
