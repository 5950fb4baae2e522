# SPDX-License-Identifier: EUPL-1.2
"""What rounded counts of releases must be, read from their CSV alone.

rounding_check.py BASE CSV...: every count of the measure "deaths" is a
multiple of BASE, a cell has one number in all files, and sexes, sites,
territories, ages and years add up wherever all parts are printed. Prints
"N cells, N sums, N in common"; anything wrong ends with status 1."""
import sys

import deaths

BASE = int(sys.argv[1])
SUMS = {  # dimension: whole -> lists of parts
    "sex": {"T": [["M", "F"]]},
    "site": {"TOUS": [["DIG", "POU", "SEI"]], "DIG": [["EST", "CRC"]]},
    "territory": {
        "country/SY": [["region/N", "region/S"],
                       ["departement/0%d" % d for d in range(1, 7)]],
    },
    "age": {"T": [["00-39", "40-64", "65+"]]},
    "period": {"2021-2022": [["2021", "2022"]]},
}
ORDER = ["territory", "site", "sex", "age", "period"]


def check(row, count):
    assert "a" not in row["flags"] or row["coverage"] != "100.0", row
    assert count % BASE == 0, row


def main():
    cells, rows, sums = {}, 0, 0
    for path in sys.argv[2:]:
        rows += deaths.read(path, cells, check)
    for key, count in cells.items():
        for at, dim in enumerate(ORDER):
            for parts in SUMS[dim].get(key[at], []):
                found = [cells.get(key[:at] + (p,) + key[at + 1:], None)
                         for p in parts]
                if dim == "site":  # a site of the other sex is no row
                    found = [f for f, p in zip(found, parts)
                             if not (f is None and p == "SEI")]
                if None in found:
                    continue
                assert sum(found) == count, (key, dim)
                sums += 1
    print("%d cells, %d sums, %d in common" % (len(cells), sums,
                                               rows - len(cells)))


try:
    main()
except AssertionError as wrong:
    print("wrong:", *wrong.args)
    sys.exit(1)
