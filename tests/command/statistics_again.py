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
    far, seen, above, evidence = [], 0, {}, {}
    for row in rows(name):
        if row["indicator"].endswith("_above"):
            above[tuple(row[d] for d in DIMS[:4])] = row["value"]
        if row["indicator"].endswith("_evidence") and row["status"] == "v":
            of_map = row["territory_level"], row["site"], row["sex"]
            evidence.setdefault(of_map, set()).add(row["value"])
    for row in rows(name):
        key = tuple(row[d] for d in DIMS[:4])
        if row["status"] != "v" or key[0] != "region" or key not in raw or \
                row["indicator"].endswith(("_above", "_evidence")):
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
    if name == "map":
        classes = set().union(*evidence.values()) if evidence else set()
        single = all(len(found) == 1 for found in evidence.values())
        good = single and classes <= set("0123") and len(classes) > 1
        print(f"{'ok' if good else 'not ok'} map: one class of evidence "
              f"on each of {len(evidence)} maps, {sorted(classes)}")
    for text in far[:3]:
        print("    " + text)


def check_apart():
    """Ratios of a table without ages are those of the table with ages."""
    def printed(name):
        return {tuple(row[d] for d in DIMS) + (row["indicator"],):
                (row["status"], row["value"], row["lower"], row["upper"])
                for row in rows(name)}
    apart, whole = printed("apart"), printed("sir")
    wrong = [f"{key}: {apart[key]} and {whole.get(key)}" for key in apart
             if apart[key] != whole.get(key)]
    say("apart", sum(found[0] == "v" for found in apart.values()), 100, wrong)


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


# --- joinpoints ------------------------------------------------------------------

# Student's t, 0.975, by degrees of freedom.
STUDENT = {3: 3.182446305284263, 4: 2.7764451051977987, 5: 2.5705818356363146,
           6: 2.4469118511449692, 7: 2.364624251592785, 8: 2.306004135204166,
           9: 2.2621571628540993, 10: T10}


def solve(matrix, right):
    """Gauss, with pivots."""
    rows_ = [row[:] + [r] for row, r in zip(matrix, right)]
    size = len(rows_)
    for c in range(size):
        p = max(range(c, size), key=lambda r: abs(rows_[r][c]))
        rows_[c], rows_[p] = rows_[p], rows_[c]
        for r in range(size):
            if r != c:
                f = rows_[r][c] / rows_[c][c]
                rows_[r] = [a - f * b for a, b in zip(rows_[r], rows_[c])]
    return [rows_[c][size] / rows_[c][c] for c in range(size)]


def bent(x, y, w, joins):
    """Weighted squares and slopes of lines that meet at the joins."""
    design = [[1.0, a - x[0]] + [max(a - j, 0.0) for j in joins] for a in x]
    size = range(len(joins) + 2)
    matrix = [[sum(v * d[i] * d[j] for v, d in zip(w, design)) for j in size]
              for i in size]
    right = [sum(v * d[i] * b for v, d, b in zip(w, design, y)) for i in size]
    beta = solve(matrix, right)
    squares = sum(v * (b - sum(p * q for p, q in zip(beta, d))) ** 2
                  for v, d, b in zip(w, design, y))
    return squares, [sum(beta[1:s + 2]) for s in range(len(joins) + 1)]


def residual(x, y, w):
    slope_, start, _, _ = fit(x, y, w)
    return [b - start - slope_ * a for a, b in zip(x, y)]


def share(x, y, w, joins):
    """Greatest partial R2 of a change of slope."""
    ends, found = [-1e9] + list(joins) + [1e9], 0.0
    for k, join in enumerate(joins):
        at = [i for i, a in enumerate(x) if ends[k] < a <= ends[k + 2]]
        own = [x[i] for i in at]
        v = [w[i] for i in at]
        r = residual(own, [y[i] for i in at], v)
        h = residual(own, [max(a - join, 0.0) for a in own], v)
        both = sum(a * b * c for a, b, c in zip(v, r, h))
        found = max(found, both ** 2 / sum(a * b * b for a, b in zip(v, r)) /
                    sum(a * b * b for a, b in zip(v, h)))
    return found


def models(x, y, w):
    """The best joins on observed years, two years before, between, behind."""
    n = len(x)
    choices = [[()], [(x[i],) for i in range(2, n - 2)],
               [(x[i], x[j]) for i in range(2, n - 2)
                for j in range(i + 3, n - 2)]]
    for joins in choices:
        best = min(joins, key=lambda j: bent(x, y, w, j)[0])
        k, weight = len(best), share(x, y, w, best)
        yield (math.log(bent(x, y, w, best)[0] / n) +
               ((2 + weight) * k + 2) * math.log(n) / n), best


def segments(cells, key):
    """[joins, then for each segment start, stop, change and its limits]."""
    points = line(cells, key, "period")
    if len(points) != 12:
        return None
    x = [int(year) for year, _ in points]
    y = [math.log(cell[0]) for _, cell in points]
    w = [log_error(cell) ** -2 for _, cell in points]
    joins = min(models(x, y, w))[1]
    slopes = bent(x, y, w, joins)[1]
    ends, squares, used, spread = [x[0]] + list(joins) + [x[-1]], 0, 0, []
    for s in range(len(slopes)):
        at = [i for i, a in enumerate(x)
              if ends[s] <= a <= ends[s + 1] and a not in joins]
        _, _, sxx, rest = fit([x[i] for i in at], [y[i] for i in at],
                              [w[i] for i in at])
        squares, used = squares + rest, used + len(at)
        spread.append(sxx)
    freedom = used - 2 * len(slopes)
    out = [len(joins)]
    for s, slope_ in enumerate(slopes):
        error = math.sqrt(squares / freedom / spread[s])
        out += [ends[s], ends[s + 1]] + [
            100 * math.expm1(slope_ + t * STUDENT[freedom] * error)
            for t in (0, -1, 1)]
    return out


def by_row(name, dims):
    """{key: {indicator: row}}"""
    out = {}
    for row in rows(name):
        key = tuple(row[d] for d in dims)
        out.setdefault(key, {})[row["indicator"]] = row
    return out


def say(name, shown, least, wrong):
    print(f"{'ok' if shown >= least and not wrong else 'not ok'} "
          f"{name}: {shown} printed values again")
    for text in wrong[:3]:
        print("    " + text)


def check_joins():
    cells, shown, bends, wrong = published("lines"), 0, 0, []
    for key, found in by_row("joins", DIMS).items():
        want = segments(cells, key)
        if (want is None) != (found["joinpoint"]["status"] != "v"):
            wrong.append(f"{key}: {want} and {found['joinpoint']['status']}")
        if want is None:
            continue
        bends += want[0]
        good = close([want[0]], found["joinpoint"])
        for s in range(1, 4):
            own = want[5 * s - 4:5 * s + 1]
            parts = [found[f"joinpoint_{p}_{s}"]
                     for p in ("start", "stop", "change")]
            if not own:
                good = good and all(p["status"] == "z" for p in parts)
                continue
            shown += 3
            good = good and close(own[:1], parts[0]) and \
                close(own[1:2], parts[1]) and close(own[2:], parts[2])
        if not good:
            wrong.append(f"{key}: {want} and "
                         f"{[r['value'] for r in found.values()]}")
    if bends == 0:
        wrong.append("no series bends: the joins are not tried")
    say("joins", shown, 60, wrong)


# --- funnels ---------------------------------------------------------------------

def poisson_quantile(p, mean):
    """Interpolated as in Spiegelhalter 2005."""
    if mean > 300:  # the same, from the gamma distribution
        low, high = 0, int(mean + 20 * math.sqrt(mean))
        while high - low > 1:
            middle = (low + high) // 2
            low, high = ((low, middle)
                         if 1 - gamma_tail(middle + 1, mean) >= p
                         else (middle, high))
        before = 1 - gamma_tail(high, mean)
        own = math.exp(high * math.log(mean) - mean - math.lgamma(high + 1))
        return high - (before + own - p) / own
    count, own = 0, math.exp(-mean)
    total = own
    while total < p:
        count += 1
        own *= mean / count
        total += own
    return max(0.0, count - (total - p) / own)


def gamma_tail(shape, x):
    """Lower tail of the gamma distribution, a sum that all terms reach."""
    total, n = 0.0, int(shape)
    top = int(max(n, x) + 30 * math.sqrt(x) + 60)
    log = math.log(x)
    for k in range(n, top):
        total += math.exp(k * log - x - math.lgamma(k + 1))
    return total


def check_funnel():
    compared, wrong, shown, places = ages(), [], 0, set()
    for key, found in by_row("funnel", DIMS[:4]).items():
        row = found["funnel"]
        if row["status"] != "v":
            if key in compared and compared[key][1] and row["status"] != "u":
                wrong.append(f"{key}: {row['status']}")
            continue
        seen, due = compared[key]
        ends = [poisson_quantile(p, due) / due
                for p in (0.025, 0.975, 0.001, 0.999)]
        ends = [min(1, ends[0]), max(1, ends[1]), min(1, ends[2]),
                max(1, ends[3])]
        ratio_ = seen / due
        place = (ratio_ > ends[1]) + (ratio_ > ends[3]) - \
            (ratio_ < ends[0]) - (ratio_ < ends[2])
        shown += 1
        places.add(place)
        names = ("", "_expected", "_low_95", "_high_95", "_low_998",
                 "_high_998", "_position")
        for name, value in zip(names, [ratio_, due] + ends + [place]):
            if not close([value], found["funnel" + name]):
                wrong.append(f"{key} {name}: {value} and "
                             f"{found['funnel' + name]['value']}")
    if len(places) < 4:
        wrong.append(f"only the positions {places} occur")
    say("funnel", shown, 100, wrong)


# --- proportions, deaths and cases, decomposition --------------------------------

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
