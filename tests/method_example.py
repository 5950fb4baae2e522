#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""The worked example of docs/method/disclosure.md, section 4, done again: its
two tables are read from the page, every table that agrees with the second is
enumerated, and the program is asked what it suppresses and what it finds.

usage: method_example.py PROGRAM FOLDER
"""
import csv
import os
import pathlib
import re
import subprocess
import sys

PROGRAM, FOLDER = sys.argv[1:]
PAGE = pathlib.Path("docs/method/disclosure.md").read_text(encoding="utf-8")
SECTION = " ".join(PAGE.split("\n## 4.")[1].split("\n## ")[0].split("\n"))
TOTAL = "Total"


def tables():
    """The tables of the section, {(row, column): count or None}."""
    found, header = [], []
    for line in PAGE.split("\n## 4.")[1].split("\n## ")[0].splitlines():
        fields = [field.strip(" *") for field in line.split("|")[1:-1]]
        if not fields:
            header = []
        elif not header:
            header = fields[1:]
            found.append({})
        elif not set(fields[0]) <= set("-:"):
            for column, field in zip(header, fields[1:]):
                count = None if field == "c" else int(field)
                found[-1][fields[0], column] = count
    return found


def parts(table, place):
    """The rows (place 0) or columns of a table but for the total."""
    return [name for name in dict.fromkeys(key[place] for key in table)
            if name != TOTAL]


def adds_up(table):
    rows, columns = parts(table, 0), parts(table, 1)
    return all(table[row, TOTAL] == sum(table[row, c] for c in columns)
               for row in rows + [TOTAL]) and \
        all(table[TOTAL, column] == sum(table[r, column] for r in rows)
            for column in columns)


def agreeing(shown):
    """Every table of whole numbers that shows this; hidden is 1 or more."""
    hidden = [cell for cell, count in shown.items() if count is None]
    found = []

    def go_on(table, left):
        if not left:
            if adds_up(table):
                found.append(table)
            return
        (row, column), rest = left[0], left[1:]
        used = sum(table.get((row, c)) or 0 for c in parts(shown, 1))
        most = shown[row, TOTAL] - used
        last = all(r != row for r, _ in rest)
        for count in range(most if last else 1, most + 1):
            if count >= 1:
                go_on({**table, (row, column): count}, rest)

    go_on({c: n for c, n in shown.items() if n is not None}, hidden)
    return found


def attained(shown, cell):
    counts = [table[cell] for table in agreeing(shown)]
    return min(counts), max(counts)


def write(name, header, rows):
    path = os.path.join(FOLDER, name)
    with open(path, "w", newline="", encoding="utf-8") as file:
        csv.writer(file, lineterminator="\n").writerows([header] + rows)
    return path


def hierarchies(table):
    for place, name in enumerate(("place", "site")):
        codes = [[code, TOTAL] for code in parts(table, place)]
        yield "--hierarchy"
        yield name + "=" + write(name + ".csv", ["code", "parent"],
                                 [[TOTAL, ""]] + codes)


def run(*words):
    return subprocess.run([PROGRAM, *words, "--quiet"], capture_output=True,
                          text=True, check=False)


def suppressed(table, threshold):
    """What the program makes of the exact table."""
    leaves = [[row, column, count] for (row, column), count in table.items()
              if TOTAL not in (row, column)]
    out = os.path.join(FOLDER, "out.csv")
    if os.path.exists(out):
        os.remove(out)
    done = run("suppress", write("leaf.csv", ["place", "site", "n"], leaves),
               *hierarchies(table), "--threshold", threshold, "-o", out)
    if done.returncode != 0:
        return done.stderr
    with open(out, newline="", encoding="utf-8") as file:
        return {(line["place"], line["site"]):
                int(line["n"]) if line["n"] else None
                for line in csv.DictReader(file)}


def audit(shown, threshold):
    """What the program's attack says of a table as published."""
    rows = []
    for row in [TOTAL] + parts(shown, 0):
        for column in [TOTAL] + parts(shown, 1):
            count = shown[row, column]
            rows.append([row, column, "", "suppressed"] if count is None
                        else [row, column, count, "shown"])
    path = write("public.csv", ["place", "site", "n", "status"], rows)
    return run("audit", path, *hierarchies(shown), "--threshold",
               threshold).returncode


def changed(table, cell, count):
    """The table with another leaf, and its sums with it."""
    more = count - table[cell]
    return {key: n + more if key[0] in (cell[0], TOTAL) and
            key[1] in (cell[1], TOTAL) else n for key, n in table.items()}


def is_rectangle(shown, corner):
    hidden = {cell for cell, count in shown.items() if count is None}
    rows, columns = {row for row, _ in hidden}, {column for _, column in hidden}
    return corner in hidden and len(rows) == len(columns) == 2 and \
        hidden == {(row, column) for row in rows for column in columns}


def value(exact, shown):
    return sum(exact[cell] for cell, count in shown.items() if count is None)


def hide(table, like):
    return {cell: None if like[cell] is None else count
            for cell, count in table.items()}


def said(pattern):
    """Whole numbers of a sentence of the section."""
    found = re.search(pattern, re.sub(r"\s+", " ", SECTION))
    return [int(word) for word in found.groups()] if found else None


def report(good, name, *details):
    print(f"{'ok' if good else 'not ok'} the worked example: {name}")
    if not good:
        for detail in details:
            print(f"    {detail}")


def main():
    exact, shown = tables()
    threshold = str(said(r"\*T\* = (\d+)")[0])
    low, high = attained(shown, ("A", "X"))
    width = int(threshold) - 2
    report(adds_up(exact), "its sums are right", exact)
    report([cell for cell, n in exact.items() if n < int(threshold)]
           == [("A", "X")], "one cell is small", exact)
    report(all(n in (None, exact[cell]) for cell, n in shown.items()),
           "what is shown is the truth", shown)
    chosen = suppressed(exact, threshold)
    report(is_rectangle(chosen, ("A", "X")) and is_rectangle(shown, ("A", "X"))
           and value(exact, chosen) <= value(exact, shown) and
           audit(chosen, threshold) == 0,
           "the program suppresses a rectangle that costs no more", chosen)
    report([low, high] == said(r"donc \*x\* va de (\d+) à (\d+)\.") and
           [high - low, width] ==
           said(r"L’étendue est (\d+), bien plus que \*T\* − 2 = (\d+)"),
           "its interval is what enumeration gives", low, high)
    report(audit(shown, threshold) == 0, "the attack finds nothing")
    first, second = said(r"avec \*x\* = (\d+) et celui avec \*x\* = (\d+)")
    report(low <= first and second <= high and
           [second - first] == said(r"pas connu à moins de (\d+) près"),
           "both witnesses agree with what is shown", first, second)

    alone = {cell: None if cell == ("A", "X") else n
             for cell, n in exact.items()}
    report(attained(alone, ("A", "X")) == (4, 4) and
           audit(alone, threshold) == 4, "alone it is given back")
    count, = said(r"Avec (\d+) au lieu de 28 dans B-X")
    other = changed(exact, ("B", "X"), count)
    low, high = attained(hide(other, shown), ("A", "X"))
    report([low, high, high - low] ==
           said(r"n’irait que de (\d+) à (\d+) : une étendue de (\d+)") and
           high - low < width, "a partner too small exposes it", low, high)
    report(audit(hide(other, shown), threshold) == 4,
           "the attack finds it then")
    chosen = suppressed(other, threshold)
    report(chosen != hide(other, shown) and
           audit(chosen, threshold) == 0,
           "the program chooses otherwise then", chosen)


main()
