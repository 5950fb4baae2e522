#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""statistics_again.py DATA: the statistics of test_statistics.sh, computed
again from the CSV files of the release, formula by formula."""
import math
import statistics

from lines_again import check_joins, fit, trend
from printed import DIMS, Z, by_row, close, line, log_error, published, \
    rows, say
from ratios_again import check_apart, check_funnel, check_ratios


def widest(cell):
    """The widest limits that are printed, with a decimal, as these."""
    return [cell[0], cell[1] - 0.05, cell[2] + 0.05]


def ratio(cells, key):
    pair = dict(line(cells, key, "sex"))
    if key[3] not in pair or "F" not in pair:
        return None
    value = pair[key[3]][0] / pair["F"][0]
    if key[3] == "F":
        return [value]
    width = Z * math.hypot(log_error(widest(pair[key[3]])),
                           log_error(widest(pair["F"])))
    return [value, value * math.exp(-width), value * math.exp(width)]


def gap(cells, key):
    pair = dict(line(cells, key, "sex"))
    if key[3] not in pair or "F" not in pair:
        return None
    value = pair[key[3]][0] - pair["F"][0]
    if key[3] == "F":
        return [value]
    ends = [widest(pair[s]) for s in (key[3], "F")]
    width = Z * math.hypot(*[(cell[2] - cell[1]) / 2 / Z for cell in ends])
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


def concentration(cells, key):
    points = line(cells, key, "territory")
    if len(points) != 5:
        return None
    people = sum(cell[3] for _, cell in points)
    mean = sum(cell[3] * cell[0] for _, cell in points) / people
    before, terms = 0, []
    for _, cell in points:
        share = cell[3] / people
        terms.append((share, before + share / 2, cell[0],
                      (cell[2] - cell[1]) / 2 / Z))
        before += share
    index = 2 / mean * sum(f * r * x for f, x, r, _ in terms) - 1
    error = math.sqrt(sum((f / mean * (2 * x - 1 - index) * e) ** 2
                          for f, x, _, e in terms))
    return [index, index - Z * error, index + Z * error]


def check(name, source, compute):
    cells, shown, wrong = published(source), 0, []
    for row in rows(name):
        key = tuple(row[d] for d in DIMS)
        want = compute(cells, key)
        if row["status"] == "v":
            shown += 1
            if want is None or not close(want, row):
                wrong.append(f"{key}: {want} and {row['value']}")
        elif want is not None:
            wrong.append(f"{key}: {want} is not shown")
    say(name, shown, 11, wrong)


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
    say("risk", shown, 21, wrong)


def check_gap_screened():
    seen = {tuple(row[d] for d in DIMS): row for row in rows("screened")}
    shown, wrong = 0, []
    for row in rows("gap_screened"):
        key = tuple(row[d] for d in DIMS)
        own, base = seen[key], seen[("country", "FR") + key[2:]]
        if row["status"] != "v":
            if own["status"] == "v" and base["status"] == "v":
                wrong.append(f"{key}: {row['status']}")
            continue
        shown += 1
        p, a, b = (float(own[c]) for c in ("value", "lower", "upper"))
        q, c, d = (float(base[c]) for c in ("value", "lower", "upper"))
        want = [p - q, p - q - math.hypot(p - a, d - q),
                p - q + math.hypot(b - p, q - c)]
        if not close(want[:1] if key[1] == "FR" else want, row):
            wrong.append(f"{key}: {want} and {row['value']}")
    say("gap_screened", shown, 100, wrong)


def check_lethal():
    dead, sick = ({tuple(row[d] for d in DIMS): row for row in rows(name)}
                  for name in ("dead", "sick"))
    shown, wrong = 0, []
    for row in rows("lethal"):
        key = tuple(row[d] for d in DIMS)
        pair = [dead[key], sick[key]]
        if row["status"] != "v":
            few = all(r["status"] == "v" for r in pair) and \
                min(float(r["value"]) for r in pair) >= 10
            if few or (row["status"] == "c") != \
                    any(r["status"] == "c" for r in pair):
                wrong.append(f"{key}: {row['status']}")
            continue
        shown += 1
        d, c = (float(r["value"]) for r in pair)
        if d == 0:
            if c < 10 or not close([0], row) or row["lower"]:
                wrong.append(f"{key}: no death, {row['value']}")
            continue
        width = math.exp(Z * math.sqrt(1 / d + 1 / c))
        if d < 10 or not close([d / c, d / c / width, d / c * width], row):
            wrong.append(f"{key}: {d / c} and {row['value']}")
    say("lethal", shown, 100, wrong)


def check_change():
    dims = DIMS[:4] + ["age"]
    told = {}
    for row in rows("dates"):
        if row["status"] == "v":
            told[tuple(row[d] for d in dims) + (row["period"],
                                                row["indicator"])] = \
                float(row["value"])
    bands = sorted({key[4] for key in told} - {"T"})
    shown, wrong = 0, []
    for key, found in by_row("change", DIMS).items():
        try:
            c1, y1, c2, y2 = (
                [told[key[:4] + (b, period, what)] for b in bands]
                for period in ("2010-2014", key[4])
                for what in ("count", "person_years"))
        except KeyError:
            if found["decomposition"]["status"] == "v":
                wrong.append(f"{key}: shown without all ages")
            continue
        if not 10 <= min(sum(c1), sum(c2)):
            continue
        due = sum(a / b * d for a, b, d in zip(c1, y1, y2))
        growth = sum(y2) / sum(y1)
        base = sum(c1)
        want = {"": sum(c2) - base, "_risk": (sum(c2) - due) / growth,
                "_size": sum(c2) - sum(c2) / growth,
                "_ageing": due / growth - base}
        for part, value in want.items():
            shown += 1
            row = found["decomposition" + part]
            if row["status"] != "v" or not close([100 * value / base], row):
                wrong.append(f"{key} {part}: {100 * value / base} and "
                             f"{row['value']}")
    say("change", shown, 60, wrong)


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
check("concentration", "quintiles", concentration)
check_ratios()
check_apart()
check_risk()
check_joins()
check_funnel()
check_gap_screened()
check_lethal()
check_change()
