#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Canary on a whole national release.

usage: national.py PANORAMA STORE WORK_FOLDER

Copies the store with every count blown up to 10 digits and more, each with a
tail of its own, and the threshold with them: the pattern of a real release,
with counts that cannot be mistaken. Builds all reports and searches every file
for the counts of suppressed cells.
"""
import csv
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import zipfile
import zlib

SCALE = 10 ** 9
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(
    os.path.abspath(__file__))))


def blow_up(store, path):
    shutil.copyfile(store, path)
    base = sqlite3.connect(path)
    base.create_function("tail", 1,
                         lambda key: zlib.crc32(key.encode()) % 999983)
    for table in ("cases", "deaths"):
        base.execute(f"UPDATE {table} SET n = n * {SCALE} + "
                     "tail(territory || period || sex || age || site)")
    base.execute(f"UPDATE population SET n = n * {SCALE * 10}")
    base.execute(f"UPDATE screening SET n = n * {SCALE * 10}")
    base.commit()
    base.close()


def make_project(home):
    for folder in ("lua-scripts", "templates", "geo"):
        shutil.copytree(os.path.join(ROOT, folder),
                        os.path.join(home, folder))
    with open(os.path.join(ROOT, "panorama.lua"), encoding="utf-8") as file:
        text = file.read()
    text, found = re.subn(r"threshold = (\d+),",
                          lambda at: f"threshold = {int(at[1]) * SCALE},",
                          text)
    if found < 1:
        sys.exit("not ok the thresholds of panorama.lua are found")
    with open(os.path.join(home, "panorama.lua"), "w",
              encoding="utf-8") as file:
        file.write(text)


def members(base):
    """Leaves of every territory and site code: {(level, code): leaves}."""
    parent = {}
    for level, code, up_level, up in base.execute(
            "SELECT level, code, parent_level, parent_code FROM territory"):
        parent[(level, code)] = (up_level, up)
    places = {}
    leaves = set(parent) - set(parent.values())
    for leaf in leaves:
        at = leaf
        while at in parent:
            places.setdefault(at, set()).add(leaf[1])
            at = parent[at]
    for level, code, member in base.execute(
            "SELECT level, code, member_code FROM zone_member"):
        places.setdefault((level, code), set()).add(member)
    up = dict(base.execute("SELECT code, parent FROM site"))
    sites = {}
    for leaf in set(up) - set(up.values()):
        at = leaf
        while at:
            sites.setdefault(at, set()).add(leaf)
            at = up.get(at)
    return places, sites


def sums(base, table):
    """Counts by (département, site, sex, age) over the last five years, and by
    (département, year, sex) over all sites."""
    last = base.execute(f"SELECT max(period) FROM {table}").fetchone()[0]
    first = str(int(last) - 4)
    cells, years = {}, {}
    for place, site, sex, age, period, n in base.execute(
            f"SELECT territory, site, sex, age, period, n FROM {table}"):
        if period >= first:
            key = (place, site, sex, age)
            cells[key] = cells.get(key, 0) + n
        key = (place, period, sex)
        years[key] = years.get(key, 0) + n
    return cells, years


def suppressed(release, base):
    """Exact counts of confidential cells of the site and year tables."""
    places, sites = members(base)
    for table in ("cases", "deaths"):
        cells, years = sums(base, table)
        by_site = {}
        for (place, site, sex, _), n in cells.items():
            key = (place, site, sex)
            by_site[key] = by_site.get(key, 0) + n
        for name in ("sites", "national_sites", "years"):
            path = f"{release}/donnees/open_data-{table}_{name}.csv"
            with open(path, newline="", encoding="utf-8") as file:
                for row in csv.DictReader(file):
                    if row["indicator"] != "count" or row["status"] != "c":
                        continue
                    sexes = "MF" if row["sex"] == "T" else row["sex"]
                    where = places[(row["territory_level"],
                                    row["territory"])]
                    if name == "years":
                        yield sum(years.get((p, row["period"], s), 0)
                                  for p in where for s in sexes)
                    else:
                        yield sum(by_site.get((p, c, s), 0) for p in where
                                  for c in sites[row["site"]] for s in sexes)


def texts(folder):
    for here, _, names in sorted(os.walk(folder)):
        for name in sorted(names):
            path = os.path.join(here, name)
            if name.endswith(".xlsx"):
                with zipfile.ZipFile(path) as book:
                    for part in book.namelist():
                        yield path, book.read(part).decode("utf-8", "ignore")
            elif name.endswith(".pdf"):
                done = subprocess.run(["pdftotext", path, "-"],
                                      capture_output=True, check=True)
                yield path, done.stdout.decode("utf-8")
            elif name.endswith(".db"):
                base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
                yield path, "\n".join(
                    str(int(v)) for (v,) in base.execute(
                        "SELECT value FROM cell WHERE value > 1e9"))
                base.close()
            elif not name.endswith(".png"):
                with open(path, encoding="utf-8") as file:
                    yield path, file.read()


def main():
    panorama, store, work = sys.argv[1:4]
    home = os.path.join(work, "national")
    os.makedirs(home)
    make_project(home)
    blow_up(store, f"{home}/store.sqlite")
    done = subprocess.run(
        [os.path.abspath(panorama), "build", "--project", home, "--store",
         f"{home}/store.sqlite", "--quiet"], capture_output=True, text=True,
        check=False)
    if done.returncode != 0:
        print("not ok the national canary is built:", done.stderr[-400:])
        return 1
    release = next(os.path.join(home, "output", n)
                   for n in os.listdir(f"{home}/output") if n[0] != ".")
    base = sqlite3.connect(f"{home}/store.sqlite")
    hidden = set(suppressed(release, base))
    found, seen = set(), 0
    for path, text in texts(os.path.join(home, "output")):
        flat = re.sub("(?<=\\d)[\u202f\u00a0](?=\\d{3})", "", text)
        for run in re.findall(r"\d{9,}", flat):
            seen += 1
            if int(run) in hidden:
                found.add((os.path.relpath(path, home), run))
    for path, run in sorted(found)[:5]:
        print("   ", path, run)
    print("ok" if len(hidden) > 100 and seen > 10000 else "not ok",
          f"the national canary has {len(hidden)} suppressed counts, "
          f"{seen} long numbers were read")
    print("not ok" if found else "ok",
          "no suppressed count is in any file of the national release")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
