#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Maps and charts against those who draw them too: CPU seconds of whole
processes in one run, and their ratios. Figures never fail a test.

usage: bench_figures.py PROGRAM BENCH_CHARTS [COMMUNES.geojson CODE_FIELD
       [NAMES.csv]]

PROGRAM is ./panorama, BENCH_CHARTS the built bench_charts.c. Départements come
from geo/source; communes from a file of the user, which is imported first, in
the layout of the national maps. Without NAMES, as `geo import --codes` takes
them, titles of areas have codes only, which makes a smaller SVG.
Peers that are not installed (python3-geopandas, r-cran-sf and r-cran-ggplot2,
gmt with gdal-bin and ghostscript) are left out by name.
"""
import csv
import gzip
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile

ROUNDS = int(os.environ.get("ROUNDS", "3"))
TERRITORIES = int(os.environ.get("TERRITORIES", "120"))


def cpu(command):
    """CPU seconds of a process and its children, or None when it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        print("   ", " ".join(command), "failed:",
              done.stderr.strip().splitlines()[-1:])
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(command, rounds=None):
    times = [cpu(command) for _ in range(rounds or ROUNDS)]
    return None if None in times else sorted(times)[len(times) // 2]


def peak_mib(command):
    done = subprocess.run(["/usr/bin/time", "-f", "%M"] + command,
                          capture_output=True, text=True, check=False)
    words = done.stderr.split()
    return int(words[-1]) / 1024 if words and words[-1].isdigit() else 0


def has_python(module):
    return subprocess.run(["/usr/bin/python3", "-c", f"import {module}"],
                          capture_output=True, check=False).returncode == 0


def peers():
    """Name, command before the four words, and the kinds of file it writes."""
    found = []
    if has_python("geopandas"):
        found.append(("geopandas", ["/usr/bin/python3",
                                    "bench/peers/geopandas_map.py"],
                      ("png", "svg", "pdf")))
    else:
        print("left out: geopandas (python3-geopandas)")
    packages = "stopifnot(requireNamespace('sf'),requireNamespace('ggplot2'))"
    if shutil.which("Rscript") and subprocess.run(
            ["Rscript", "-e", packages], capture_output=True,
            check=False).returncode == 0:
        found.append(("sf, ggplot2", ["Rscript", "bench/peers/sf_map.R"],
                      ("png", "svg", "pdf")))
    else:
        print("left out: sf and ggplot2 (r-cran-sf, r-cran-ggplot2)")
    if all(shutil.which(tool) for tool in ("gmt", "ogr2ogr", "gs")):
        found.append(("GMT", ["sh", "bench/peers/gmt_map.sh"], ("png", "pdf")))
    else:
        print("left out: GMT (gmt, gdal-bin, ghostscript)")
    return found


def write_values(source, field, path):
    with open(source, encoding="utf-8") as file:
        features = json.load(file)["features"]
    codes = sorted({feature["properties"][field] for feature in features})
    with open(path, "w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["code", "value"])
        for i, code in enumerate(codes):
            writer.writerow([code, f"{30 + i * 2654435761 % 4096 / 200:.1f}"])


def compare_maps(level, panorama, source, field, values, work, rivals):
    for kind in ("png", "svg", "pdf"):
        out = f"{work}/{level}.{kind}"
        ours = panorama + ["-o", out]
        mine = median(ours)
        if not mine:
            continue
        with open(out, "rb") as file:
            packed = len(gzip.compress(file.read(), 9))
        print(f"{level}, {kind}: panorama {mine:.3f} s, "
              f"{os.path.getsize(out)} bytes, {packed} packed, "
              f"peak {peak_mib(ours):.0f} MiB")
        for name, command, kinds in rivals:
            if kind not in kinds:
                continue
            theirs = median(command + [source, field, values,
                                       f"{work}/peer.{kind}"],
                            ROUNDS if level == "departement" else 1)
            if theirs:
                print(f"    {name}: {theirs:.2f} s, "
                      f"{theirs / mine:.0f} times as long")


def compare_charts(program, work):
    mine = median([program, work, str(TERRITORIES)])
    print(f"two charts for {TERRITORIES} territories, png and svg: panorama "
          f"{mine:.2f} s")
    if not has_python("matplotlib"):
        print("left out: matplotlib (python3-matplotlib)")
        return
    theirs = median(["/usr/bin/python3", "bench/peers/matplotlib_charts.py",
                     work, str(TERRITORIES)], 1)
    if theirs:
        print(f"    matplotlib: {theirs:.1f} s, "
              f"{theirs / mine:.0f} times as long")


def main():
    program, charts = sys.argv[1:3]
    print("machine:", platform.machine(), os.cpu_count(), "cores")
    print("command:", " ".join(sys.argv))
    rivals = peers()
    with tempfile.TemporaryDirectory(prefix="panorama-bench.") as work:
        source, values = "geo/source/fra.json", f"{work}/values.csv"
        write_values(source, "adm1_code", f"{work}/peers.csv")
        with open("geo/codes_departement.csv", encoding="utf-8") as file:
            codes = sorted({row["code"] for row in csv.DictReader(file)})
        with open(values, "w", encoding="utf-8") as file:
            file.write("code,value\n" + "".join(
                f"{code},{30 + i * 7 % 40}.5\n"
                for i, code in enumerate(codes)))
        compare_maps("departement",
                     [program, "map", "--level", "departement", "--values",
                      values, "--title", "Taux"],
                     source, "adm1_code", f"{work}/peers.csv", work, rivals)
        compare_charts(charts, work)
        if len(sys.argv) < 5:
            print("left out: communes (no file given)")
            return
        source, field = sys.argv[3:5]
        os.mkdir(f"{work}/geo")
        names = ["--codes", sys.argv[5]] if len(sys.argv) > 5 else []
        seconds = cpu([program, "geo", "import", source, "--level", "commune",
                       "--code", field, "--tolerance", "500", "--layout",
                       "geo/france.layout.csv", "-o",
                       f"{work}/geo/commune.geo"] + names)
        print(f"communes: imported in {seconds:.1f} s")
        write_values(source, field, values)
        compare_maps("commune",
                     [program, "map", "--project", work, "--level", "commune",
                      "--values", values, "--title", "Taux"],
                     source, field, values, work, rivals)


main()
