#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""survival_again.py DATA STORE: what test_survival.sh publishes, made again
from the printed survival by age and from the numbers alive in the store."""
import csv
import math
import sqlite3
import sys

from printed import DATA, Z, close, rows, say

STORE = sqlite3.connect(sys.argv[2])
CLASSES = ["15-44", "45-54", "55-64", "65-74", "75+"]
# Corazziari, Quinn, Capocaccia 2004; the classes of five years add up so.
WEIGHTS = {"icss1": [7, 12, 23, 29, 29], "icss3": [60, 10, 10, 10, 10]}
ALIVE = {}
for ROW in STORE.execute("SELECT site, sex, age, stratum, alive FROM survival "
                         "WHERE measure = 'survival_net'"):
    ALIVE[ROW[:4]] = ROW[4]
SEX = dict(STORE.execute("SELECT code, sex FROM site"))


def key_of(row, age=None):
    sex = row["sex"]
    if sex == "T" and SEX[row["site"]]:
        sex = SEX[row["site"]]  # both sexes are the one that has it
    return row["site"], sex, age or row["age"], row["stratum"]


def sure(key):
    """25 alive at this time and every earlier one; None: not stored."""
    if key not in ALIVE:
        return None
    return all(ALIVE[key[:3] + (t,)] >= 25 for t in ("1", "5", "10")
               if int(t) <= int(key[3]))


def value_and_error(row):
    value, low, high = (float(row[c]) for c in ("value", "lower", "upper"))
    return value, (value * math.log(high / low) if low > 0 else
                   high - low) / 2 / Z


def with_limits(value, error):
    factor = math.exp(Z * error / value)
    return [value, value / factor, value * factor]


PRINTED = {key_of(row): row for row in rows("ages")
           if row["indicator"] == "estimate" and
           (row["sex"] != "T" or not SEX[row["site"]])}


def check_alive():
    held, shown, wrong = 0, 0, []
    for key, row in PRINTED.items():
        want = {None: "x", True: "v", False: "u"}[sure(key)]
        excluded = SEX[key[0]] not in ("", key[1])
        if row["status"] != ("z" if excluded else want):
            wrong.append(f"{key}: {row['status']}, expected {want}")
        held += want == "u"
        shown += want == "v"
    if held < 50:
        wrong.append(f"only {held} are withheld")
    say("alive", shown, 500, wrong)


def check_standardised():
    shown, held, wrong = 0, 0, []
    for row in rows("made"):
        keys = [key_of(row, age) for age in CLASSES]
        known = [sure(key) for key in keys]
        want = "x" if None in known else "v" if all(known) else "u"
        if SEX[row["site"]] not in ("", row["sex"]) and row["sex"] != "T":
            want = "z"
        if row["status"] != want:
            wrong.append(f"{keys[0]}: {row['status']}, expected {want}")
        held += want == "u"
        if row["status"] != "v":
            continue
        shown += 1
        parts = [value_and_error(PRINTED[key]) for key in keys]
        weights = WEIGHTS[row["standard"]]
        value = sum(w * p[0] for w, p in zip(weights, parts)) / 100
        error = math.hypot(*[w * p[1] for w, p in zip(weights, parts)]) / 100
        if not close(with_limits(value, error), row):
            wrong.append(f"{keys[0]}: {with_limits(value, error)} and "
                         f"{row['value']} {row['lower']} {row['upper']}")
    if held < 10:
        wrong.append(f"only {held} are withheld")
    say("standardised", shown, 100, wrong)


def check_conditional():
    shown, wrong = 0, []
    for row in rows("ages"):
        key = key_of(row)
        first = key[:3] + ("1",)
        if row["indicator"] != "survival_given_1" or SEX[key[0]] not in (
                "", key[1]):
            continue
        # The time that is given, and stages, which are no times.
        known = {None: "x", True: "v", False: "u"}[sure(key)]
        want = known if key[3] in ("5", "10") else "z"
        if row["status"] != want:
            wrong.append(f"{key}: {row['status']}, expected {want}")
        if row["status"] != "v":
            continue
        shown += 1
        (s1, e1), (s, e) = (value_and_error(PRINTED[k]) for k in (first, key))
        gained = (e / s) ** 2 - (e1 / s1) ** 2
        value = 100 * s / s1
        limits = with_limits(value, value * math.sqrt(gained)) \
            if gained >= 0 else [value]
        if not close(limits, row) or (gained < 0 and row["lower"]):
            wrong.append(f"{key}: {limits} and {row['value']}")
    say("conditional", shown, 300, wrong)


def check_grades():
    grades = {}
    for row in STORE.execute("SELECT territory, site, sex, grade FROM estimate "
                             "WHERE measure = 'incidence_calibrated'"):
        grades[row[:3]] = row[3]
    number = {"A++": "1", "A+": "2", "B--": "3"}
    shown, seen, wrong = 0, set(), []
    for row in rows("graded"):
        grade = grades.get((row["territory"], row["site"], row["sex"]))
        if grade is None:
            continue
        seen.add(grade)
        shown += 1
        if row["indicator"] == "grade":
            good = row["status"] == "v" and row["value"] == number[grade] and \
                row["unit"] == "grade"
        else:
            good = row["status"] == ("u" if grade == "B--" else "v")
        if not good:
            wrong.append(f"{row['territory']} {row['site']} {row['sex']}: "
                         f"{row['indicator']} {row['status']} {row['value']}")
    if len(seen) < 3:
        wrong.append(f"only the grades {seen} occur")
    with open(DATA / "codes" / "class.csv", encoding="utf-8-sig") as file:
        told = {row["value"]: row["label_fr"] for row in csv.DictReader(file)
                if row["unit"] == "grade"}
    # A label is what is printed: with minus signs.
    if told != {n: g.replace("-", "\u2212") for g, n in number.items()}:
        wrong.append(f"class.csv says {told}")
    say("grades", shown, 5000, wrong)


check_alive()
check_standardised()
check_conditional()
check_grades()
