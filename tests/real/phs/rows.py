#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Counts, person-years and the published world rate, one line a rate.

usage: rows.py SOURCE_FOLDER > rows.csv. The publisher's world standard ends at
85+, so its classes 85-89 and 90+ are put together. Its rates of both sexes are
the mean of the sexes' rates: men and women are enough here, and the release
(`by_sex` in the definition) is compared with all of them.
"""
import collections
import csv
import sys


def main():
    folder = sys.argv[1]
    ages = collections.defaultdict(dict)
    with open(f"{folder}/cases_pop_tidy.csv", newline="",
              encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["icd10"], row["sex"], row["year"])
            at = min(int(row["age_idx"]), 18)
            cases, people = ages[key].get(at, (0.0, 0.0))
            ages[key][at] = (cases + float(row["cases"]),
                             people + float(row["population"] or 0))
    out = csv.writer(sys.stdout)
    out.writerow(["icd10", "sex", "year", "published"] +
                 [f"n{i}" for i in range(1, 19)] +
                 [f"py{i}" for i in range(1, 19)])
    with open(f"{folder}/published_rates.csv", newline="",
              encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = (row["CancerSiteICD10Code"], row["Sex"], row["Year"])
            if (row["Sex"] == "All" or key not in ages
                    or len(ages[key]) != 18 or not row["WASR"]):
                continue
            out.writerow(list(key) + [row["WASR"]] +
                         [ages[key][i][0] for i in range(1, 19)] +
                         [ages[key][i][1] for i in range(1, 19)])


if __name__ == "__main__":
    main()
