# SPDX-License-Identifier: EUPL-1.2
"""Lines through the logarithms of rates by year: changes and joinpoints."""
import math

from printed import DIMS, by_row, close, line, log_error, published, say

# Student's t, 0.975, by degrees of freedom.
STUDENT = {3: 3.182446305284263, 4: 2.7764451051977987, 5: 2.5705818356363146,
           6: 2.4469118511449692, 7: 2.364624251592785, 8: 2.306004135204166,
           9: 2.2621571628540993, 10: 2.2281388519862742}


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
    return [100 * math.expm1(slope + t * error) for t in (0, -STUDENT[10], STUDENT[10])]


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
