# SPDX-License-Identifier: EUPL-1.2
"""Counts of the measure "deaths" that CSV files of releases print."""
import csv


def read(path, cells, check):
    """Adds to `cells` the counts of a file by (territory, site, sex, age,
    period), a territory being "level/code"; every cell has one number. `check`
    is asked of each row and its count. How many rows the file had."""
    rows = 0
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["measure"] != "deaths" or row["indicator"] != "count":
                continue
            if row["status"] in ("z", "h"):
                continue
            assert row["status"] == "v", row
            key = (row["territory_level"] + "/" + row["territory"], row["site"],
                   row["sex"], row["age"], row["period"])
            count = int(row["value"])
            assert count >= 0, row
            check(row, count)
            assert cells.setdefault(key, count) == count, row
            rows += 1
    return rows
