# SPDX-License-Identifier: EUPL-1.2
"""What `panorama compare -o` wrote, made again from the open data of the two
releases: kinds, values and percent of every count, and the probabilities of
Skellam's test and of Benjamini and Hochberg.

usage: changes_again.py OLD/data-cases.csv NEW/data-cases.csv CHANGES.csv
"""
import csv
import math
import sys

WORDS = {"c": "confidential", "u": "unreliable", "z": "not applicable",
         "x": "not available", "h": "not covered"}
LARGEST = 400  # of two counts whose test is summed again


def read(path):
    """(text, flags, person-years) of each count by its stable name."""
    cells, years = {}, {}
    with open(path, encoding="utf-8") as file:
        for row in csv.DictReader(file):
            key = "|".join((
                row["measure"], row["territory_level"] + "/" + row["territory"],
                row["site"], row["sex"], row["age"], row["period"],
                row["stratum"]))
            shown = row["status"] == "v"
            if row["indicator"] == "person_years":
                years[key] = float(row["value"]) if shown else None
            if row["indicator"] == "count":
                cells[key] = (row["value"] if shown else WORDS[row["status"]],
                              row["flags"], shown)
    return {key + "|count": cell + (years.get(key),)
            for key, cell in cells.items()}


def kind(before, now):
    if before is None or now is None:
        return "new" if before is None else "gone"
    if before[2] != now[2]:
        return "withheld" if before[2] else "shown"
    if before[0] != now[0]:
        return "revised" if now[2] else "status"
    return "marked" if before[1] != now[1] else None


def poisson(mean, top):
    return [math.exp(k * math.log(mean) - mean - math.lgamma(k + 1))
            for k in range(top)]


def skellam(now, before, years_now, years_before):
    """Twice the smaller tail of the difference under one common rate."""
    total, years = now + before, years_now + years_before
    if total == 0:
        return 1.0
    top = 3 * total + 60
    first = poisson(total * years_now / years, top)
    second = poisson(total * years_before / years, top)
    below = [0.0]
    for p in second:
        below.append(below[-1] + p)  # below[k]: P(second < k)
    d = now - before
    upper = sum(p * below[min(max(k - d + 1, 0), top)]
                for k, p in enumerate(first))
    lower = sum(p * (1.0 - below[min(max(k - d, 0), top)])
                for k, p in enumerate(first))
    return min(1.0, 2.0 * min(upper, lower))


def adjusted(probabilities):
    order = sorted(range(len(probabilities)), key=lambda i: probabilities[i])
    out, least = [0.0] * len(order), 1.0
    for rank in range(len(order), 0, -1):
        i = order[rank - 1]
        least = min(least, probabilities[i] * len(order) / rank)
        out[i] = least
    return out


def main():
    old, new = read(sys.argv[1]), read(sys.argv[2])
    with open(sys.argv[3], encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file)]
    counts = {row["cell"]: row for row in rows
              if row["kind"] != "test" and row["cell"].endswith("|count")}
    tests = [row for row in rows if row["kind"] == "test"]
    seen = set()
    for cell in old.keys() | new.keys():
        before, now = old.get(cell), new.get(cell)
        want = kind(before, now)
        row = counts.pop(cell, None)
        assert (row["kind"] if row else None) == want, (cell, want, row)
        if want is None:
            continue
        seen.add(want)
        assert row["before"] == (before[0] if before else ""), row
        assert row["now"] == (now[0] if now else ""), row
        if want == "revised":
            was, now_is = float(before[0]), float(now[0])
            wanted = 100 * (now_is - was) / was
            assert abs(float(row["difference_percent"]) - wanted) < 0.006, row
    assert not counts, counts
    assert {"revised", "new"} <= seen, seen

    again = 0
    for row in tests:
        now, before = new[row["cell"]], old[row["cell_before"]]
        assert row["cell"] not in old and (now[0], before[0]) == (
            row["now"], row["before"]), row
        assert row["cell"].replace("|2022|", "|2021|") == row["cell_before"]
        pair = int(now[0]), int(before[0])
        if sum(pair) <= LARGEST:
            p = skellam(*pair, now[3], before[3])
            printed = float(row["probability"])
            assert abs(p - printed) < 1e-9 + 1e-6 * p, (row, p)
            again += 1
    wanted = [cell for cell, value in new.items() if cell not in old
              and value[2] and old.get(cell.replace("|2022|", "|2021|"),
                                       (0, 0, False))[2]]
    assert sorted(row["cell"] for row in tests) == sorted(wanted), len(tests)
    assert again > 10, again
    for row, p in zip(tests, adjusted([float(t["probability"]) for t in tests])):
        assert abs(p - float(row["adjusted"])) < 1e-12, (row, p)
    print("%d changes, %d tests, %d of them summed again" %
          (len(rows) - len(tests), len(tests), again))


if __name__ == "__main__":
    main()
