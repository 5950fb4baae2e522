#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""statistics_again.py DATA: the statistics of test_statistics.sh, computed
again from the CSV files of the release, formula by formula."""
import csv
import math
import pathlib
import statistics
import sys

DATA = pathlib.Path(sys.argv[1])
Z = statistics.NormalDist().inv_cdf(0.975)
T10 = 2.2281388519862742  # Student's t, 0.975, 10 degrees of freedom
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


def line(cells, key, dim, order=None):
    at = DIMS.index(dim)
    found = {k[at]: v for k, v in cells.items()
             if all(k[i] == key[i] for i in range(len(DIMS))
                    if i != at and not (dim == "territory" and i == 0))}
    return [(k, found[k]) for k in (order or sorted(found)) if k in found]


def log_error(cell):
    return math.log(cell[2] / cell[1]) / (2 * Z)


def fit(x, y, w):
    total = sum(w)
    mx = sum(a * b for a, b in zip(w, x)) / total
    my = sum(a * b for a, b in zip(w, y)) / total
    sxx = sum(a * (b - mx) ** 2 for a, b in zip(w, x))
    slope = sum(a * (b - mx) * (c - my) for a, b, c in zip(w, x, y)) / sxx
    rest = sum(a * (c - my - slope * (b - mx)) ** 2
               for a, b, c in zip(w, x, y))
    return slope, my - slope * mx, sxx, rest


def trend(cells, key):
    points = line(cells, key, "period")
    if len(points) != 12:
        return None
    slope, _, sxx, rest = fit([int(year) for year, _ in points],
                              [math.log(cell[0]) for _, cell in points],
                              [log_error(cell) ** -2 for _, cell in points])
    error = math.sqrt(rest / 10 / sxx)
    return [100 * math.expm1(slope + t * error) for t in (0, -T10, T10)]


def ratio(cells, key):
    pair = dict(line(cells, key, "sex"))
    if key[3] not in pair or "F" not in pair:
        return None
    value = pair[key[3]][0] / pair["F"][0]
    if key[3] == "F":
        return [value]
    width = Z * math.hypot(log_error(pair[key[3]]), log_error(pair["F"]))
    return [value, value * math.exp(-width), value * math.exp(width)]


def gap(cells, key):
    pair = dict(line(cells, key, "sex"))
    if key[3] not in pair or "F" not in pair:
        return None
    value = pair[key[3]][0] - pair["F"][0]
    if key[3] == "F":
        return [value]
    width = Z * math.hypot(*[(pair[s][2] - pair[s][1]) / 2 / Z
                             for s in (key[3], "F")])
    return [value, value - width, value + width]


def rank(cells, key):
    points = line(cells, key, "site")
    if key[2] not in dict(points):
        return None
    level = 0.95 ** (1 / len(points))
    wide = statistics.NormalDist().inv_cdf((1 + level) / 2) / Z
    ends = {site: (cell[0] * (cell[1] / cell[0]) ** wide,
                   cell[0] * (cell[2] / cell[0]) ** wide)
            for site, cell in points}
    own = dict(points)[key[2]][0]
    hidden = HIDDEN[key[3], key[4]]
    return [1 + sum(cell[0] > own for _, cell in points),
            1 + sum(low > ends[key[2]][1] for low, _ in ends.values()),
            len(points) - sum(high < ends[key[2]][0]
                              for _, high in ends.values()) + hidden]


def slope(cells, key):
    points = line(cells, key, "territory")
    if len(points) != 5:
        return None
    people = [cell[3] for _, cell in points]
    before, x = 0, []
    for p in people:
        x.append((before + p / 2) / sum(people))
        before += p
    b, a, sxx, _ = fit(x, [cell[0] for _, cell in points], people)
    mean = sum(p * r for p, r in zip(people, x)) / sum(people)
    error = math.sqrt(sum((p * (r - mean) / sxx) ** 2 *
                          ((cell[2] - cell[1]) / 2 / Z) ** 2
                          for p, r, (_, cell) in zip(people, x, points)))
    return [b, b - Z * error, b + Z * error], [(a + b) / a]


def close(want, row):
    """Printed digits: half a unit of the last one, and a hair."""
    for value, column in zip(want, ("value", "lower", "upper")):
        text = row[column]
        digits = len(text.partition(".")[2])
        if text == "" or abs(float(text) - value) > 0.5001 * 10 ** -digits:
            return False
    return True


def check(name, source, compute):
    cells, shown, wrong, missed = published(source), 0, [], 0
    for row in rows(name):
        key = tuple(row[d] for d in DIMS)
        want = compute(cells, key)
        if row["status"] == "v":
            shown += 1
            if want is None or not close(want, row):
                wrong.append(f"{key}: {want} and {row['value']}")
        elif want is not None:
            missed += 1
    good = shown > 10 and not wrong and not missed
    print(f"{'ok' if good else 'not ok'} {name}: {shown} printed values again")
    for text in wrong[:3]:
        print("    " + text)
    if missed:
        print(f"    {missed} could have been computed and are not shown")


def gamma_cdf(shape, x):
    """Lower tail; the power series is enough here."""
    term = total = 1 / shape
    n = shape
    while term > total * 1e-16:
        n += 1
        term *= x / n
        total += term
    return total * math.exp(shape * math.log(x) - x - math.lgamma(shape))


def gamma_quantile(p, shape):
    low, high = 0.0, shape + 20 * math.sqrt(shape) + 20
    for _ in range(200):
        middle = (low + high) / 2
        low, high = ((middle, high) if gamma_cdf(shape, middle) < p
                     else (low, middle))
    return low


def ages():
    """{(level, territory, site, sex): (observed, expected)}, from counts and
    person-years by age."""
    count, people = {}, {}
    for row in rows("ages"):
        if row["status"] == "v":
            out = count if row["indicator"] == "count" else people
            out[tuple(row[d] for d in DIMS[:4]) + (row["age"],)] = \
                float(row["value"])
    bands = sorted({key[4] for key in people} - {"T"})
    out = {}
    for key in count:
        own = key[:4]
        reference = ("country", "FR") + key[2:4]
        if key[4] != "T" or any(reference + (b,) not in count for b in bands):
            continue
        out[own] = count[key], sum(
            count[reference + (b,)] / people[reference + (b,)] *
            people[own + (b,)] for b in bands)
    return out


def check_ratios():
    compared, wrong, shown, raw = ages(), [], 0, {}
    for row in rows("sir"):
        key = tuple(row[d] for d in DIMS[:4])
        if key not in compared or not compared[key][1]:
            wrong += [f"{key}: shown"] if row["status"] == "v" else []
            continue
        seen, due = compared[key]
        want = [seen / due, gamma_quantile(0.025, seen) / due if seen else 0,
                gamma_quantile(0.975, seen + 1) / due]
        if row["status"] == "v":
            shown += 1
            raw[key] = want
            if not close(want, row):
                wrong.append(f"{key}: {want} and {row['value']}")
        elif not 0 < seen < 10 or row["status"] != "u":
            wrong.append(f"{key}: {row['status']} for {seen}")
    print(f"{'ok' if shown > 100 and not wrong else 'not ok'} "
          f"sir: {shown} printed values again")
    for text in wrong[:3]:
        print("    " + text)
    for name in ("smooth", "map"):
        check_pulled(name, raw)


def check_pulled(name, raw):
    """Between the raw ratio and the common level, surer, and with a
    probability of an excess that goes with them."""
    far, seen, above = [], 0, {}
    for row in rows(name):
        if row["indicator"].endswith("_above"):
            above[tuple(row[d] for d in DIMS[:4])] = row["value"]
    for row in rows(name):
        key = tuple(row[d] for d in DIMS[:4])
        if row["status"] != "v" or key[0] != "region" or key not in raw or \
                row["indicator"].endswith("_above"):
            continue
        seen += 1
        low, high = sorted([raw[key][0], 1.0])
        value, p = float(row["value"]), float(above[key])
        wide = row["lower"] and float(row["upper"]) - float(row["lower"]) > \
            raw[key][2] - raw[key][1] + 0.011
        odd = row["lower"] and (float(row["lower"]) > 1.004 and p < 97 or
                                float(row["upper"]) < 0.996 and p > 3)
        if not low - 0.12 <= value <= high + 0.12 or wide or odd:
            far.append(f"{key}: {value} {p} of {raw[key]}")
    print(f"{'ok' if seen > 100 and not far else 'not ok'} "
          f"{name}: {seen} ratios are pulled to the common one")
    for text in far[:3]:
        print("    " + text)


def check_risk():
    """From the printed rates of equal ages, limits too where printed."""
    rates = {tuple(row[d] for d in DIMS): row for row in rows("quintiles")
             if row["indicator"] == "asr_to74" or row["standard"] == "to74"}
    shown, wrong = 0, []
    for row in rows("risk"):
        rate = rates[tuple(row[d] for d in DIMS)]
        if row["status"] != rate["status"]:
            wrong.append(f"{row['status']} of {rate['status']}")
        if row["status"] != "v":
            continue
        shown += 1
        want = [100 * -math.expm1(-75 * float(rate[c]) / 1e5)
                for c in ("value", "lower", "upper") if rate[c]]
        if not close(want, row):
            wrong.append(f"{want} and {row['value']}")
    print(f"{'ok' if shown > 20 and not wrong else 'not ok'} "
          f"risk: {shown} printed values again")
    for text in wrong[:3]:
        print("    " + text)


HIDDEN = {}
for ROW in rows("years"):
    if ROW["indicator"] == "crude_rate":
        AT = ROW["sex"], ROW["period"]
        HIDDEN[AT] = HIDDEN.get(AT, 0) + (ROW["status"] in "cux")
check("trend", "years", trend)
check("ratio", "years", ratio)
check("gap", "years", gap)
check("rank", "years", rank)
check("slope", "quintiles", lambda c, k: (slope(c, k) or [None])[0])
check("relative", "quintiles", lambda c, k: (slope(c, k) or [0, None])[1])
check_ratios()
check_risk()
