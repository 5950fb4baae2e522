# SPDX-License-Identifier: EUPL-1.2
"""Ratios of observed to expected cases: raw, smoothed, on maps, in funnels."""
import math

from scipy.special import gammainc, gammaincinv

from printed import DIMS, by_row, close, rows, say


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
        low, high = gammaincinv([seen, seen + 1], [0.025, 0.975]).tolist()
        want = [seen / due, low / due if seen else 0, high / due]
        if row["status"] == "v":
            shown += 1
            raw[key] = want
            if not close(want, row):
                wrong.append(f"{key}: {want} and {row['value']}")
        elif not 0 < seen < 10 or row["status"] != "u":
            wrong.append(f"{key}: {row['status']} for {seen}")
    say("sir", shown, 101, wrong)
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


def poisson_quantile(p, mean):
    """Interpolated as in Spiegelhalter 2005."""
    if mean > 300:  # the same, from the gamma distribution
        low, high = 0, int(mean + 20 * math.sqrt(mean))
        while high - low > 1:
            middle = (low + high) // 2
            low, high = ((low, middle)
                         if 1 - float(gammainc(middle + 1, mean)) >= p
                         else (middle, high))
        before = 1 - float(gammainc(high, mean))
        own = math.exp(high * math.log(mean) - mean - math.lgamma(high + 1))
        return high - (before + own - p) / own
    count, own = 0, math.exp(-mean)
    total = own
    while total < p:
        count += 1
        own *= mean / count
        total += own
    return max(0.0, count - (total - p) / own)


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
