#!/usr/bin/python3
"""A release against the rates that the publisher printed.

usage: compare.py PUBLISHED.csv RELEASE

Every count, crude rate and world-standardised rate that both show must agree,
the published rate being rounded to the decimals of the release. Prints how many
were compared; at least MINIMUM are required.
"""
import csv
import decimal
import os
import sys

MINIMUM = 300
SEX = {"All": "T", "Male": "M", "Female": "F"}
FIELD = {"count": "IncidencesAllAges", "crude_rate": "CrudeRate",
         "asr_world": "WASR"}


def code(icd10):
    text = icd10.replace(", excluding ", "x").replace(", ", "_")
    return text.replace("+", "_").replace(" ", "")


def main():
    published = {}
    with open(sys.argv[1], newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["area"], code(row["CancerSiteICD10Code"]),
                   SEX[row["Sex"]], row["Year"])
            published[key] = row
    compared = differ = withheld = 0
    for folder, _, names in sorted(os.walk(sys.argv[2])):
        for name in sorted(names):
            if not name.endswith(".csv") or folder.endswith("codes"):
                continue
            path = os.path.join(folder, name)
            with open(path, newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    key = (row["territory"], row["site"], row["sex"],
                           row["period"])
                    if row["indicator"] not in FIELD or row["age"] != "T":
                        continue
                    theirs = published.get(key, {}).get(
                        FIELD[row["indicator"]], "")
                    if not theirs:
                        continue
                    if not row["value"]:
                        withheld += 1
                        continue
                    ours = decimal.Decimal(row["value"])
                    want = decimal.Decimal(theirs).quantize(
                        ours, decimal.ROUND_HALF_UP)
                    compared += 1
                    if want != ours:
                        differ += 1
                        if differ <= 5:
                            print("differs:", key, row["indicator"], ours,
                                  theirs)
    print(f"{compared} values compared, {differ} differ, {withheld} withheld "
          f"by disclosure control (at least {MINIMUM} required)")
    return 1 if differ or compared < MINIMUM else 0


if __name__ == "__main__":
    sys.exit(main())
