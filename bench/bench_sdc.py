#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Disclosure control of single tables, measured.

usage: bench_sdc.py PANORAMA INSTANCES [NAME ...]

INSTANCES holds one folder per table: leaf.csv.gz and hier_DIM.csv. For each
table and attacker: cells, primary and secondary cells, the value of the
secondary ones, processor time and peak memory of `panorama suppress` with its
certificate, what the certificate's checker says, and for small tables what
`panorama audit` finds in the public file alone. An independent attacker
(sdc-audit.py, with sdc-join.py beside it) is run as well where its folder is
given as SDC_TOOLS. Median of RUNS runs (default 1); ATTACKERS names those to
measure (default "basic strict").
"""
import csv
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile

THRESHOLD = 5
WHOLE_ATTACK = 50000  # cells; larger public files are not attacked whole
SAMPLE = "2000"
PATIENCE = "28800"  # seconds of the independent attacker


def run(command):
    """Exit status, CPU seconds, peak MB, what was printed."""
    with tempfile.TemporaryFile("w+") as out:
        child = subprocess.Popen(command, stdout=out, stderr=out)
        _, status, used = os.wait4(child.pid, 0)
        out.seek(0)
        text = out.read()
    return (os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime,
            used.ru_maxrss / 1024, text)


def hierarchies(folder):
    found = []
    for name in sorted(os.listdir(folder)):
        if name.startswith("hier_"):
            found += ["--hierarchy",
                      name[5:-4] + "=" + os.path.join(folder, name)]
    return found


def counts_of(path):
    cells = primary = secondary = 0
    with open(path, newline="") as file:
        for row in csv.reader(file):
            cells += 1
            primary += row[-1] == "primary"
            secondary += row[-1] == "secondary"
    return cells - 1, primary, secondary


def value_of(report):
    """Sum of the secondary counts, from the inside report of losses."""
    with open(report, newline="") as file:
        for row in csv.DictReader(file):
            return int(row["secondary_value"])
    return 0


def outside(tools, folder, work, attacker, cells):
    if tools is None:
        return "-"
    join = os.path.join(work, "join.csv")
    code, _, _, _ = run(["/usr/bin/python3", os.path.join(tools, "sdc-join.py"),
                         folder, os.path.join(work, "out.csv"), join,
                         str(THRESHOLD)])
    if code != 0:
        return "join failed"
    command = ["/usr/bin/python3", os.path.join(tools, "sdc-audit.py"), folder,
               join, "--threshold", str(THRESHOLD), "--maxsec", PATIENCE]
    if cells > WHOLE_ATTACK:
        command += ["--sample", SAMPLE]
    if attacker == "strict":
        command.append("--lb1")
    code, _, _, text = run(command)
    return found_outside(code, text)


def found_outside(code, text):
    """What the independent attacker says in its line AUDIT {...}; status 6 is
    an attack whose time ran out before every cell asked for."""
    lines = [line for line in text.splitlines() if line.startswith("AUDIT ")]
    if code not in (0, 4, 6) or not lines:
        return "status %d" % code
    found = json.loads(lines[-1][len("AUDIT "):])
    return "%d exposed of %d attacked%s" % (
        found["exposed"], found["audited"],
        ", its time ran out" if code == 6 else "")


def measure(panorama, folder, attacker, tools, runs):
    with tempfile.TemporaryDirectory() as work:
        out = os.path.join(work, "out.csv")
        proof = os.path.join(work, "proof")
        report = os.path.join(work, "report.csv")
        axes = hierarchies(folder)
        command = [panorama, "suppress", os.path.join(folder, "leaf.csv.gz"),
                   *axes, "--threshold", str(THRESHOLD), "--attacker", attacker,
                   "--why", "--report", report, "--certificate", proof, "-o",
                   out, "--quiet"]
        times, memory = [], 0
        for _ in range(runs):
            code, seconds, peak, text = run(command)
            if code != 0:
                return [attacker, "status %d: %s" % (code, text.strip())]
            times.append(seconds)
            memory = max(memory, peak)
        cells, primary, secondary = counts_of(out)
        common = axes + ["--threshold", str(THRESHOLD), "--attacker", attacker,
                         "--quiet"]
        code, seconds, _, _ = run([panorama, "audit", out, *common,
                                   "--certificate", proof])
        checked = "proved in %.2f s" % seconds if code == 0 else "NOT PROVED"
        attacked = "-"
        if cells <= WHOLE_ATTACK:
            code, seconds, _, _ = run([panorama, "audit", out, *common])
            attacked = ("0 exposed in %.1f s" % seconds if code == 0
                        else "status %d" % code)
        return [attacker, cells, primary, secondary, value_of(report),
                "%.2f" % statistics.median(times), "%.0f" % memory, checked,
                attacked, outside(tools, folder, work, attacker, cells)]


def main():
    panorama, instances, *names = sys.argv[1:]
    tools = os.environ.get("SDC_TOOLS")
    runs = int(os.environ.get("RUNS", "1"))
    attackers = os.environ.get("ATTACKERS", "basic strict").split()
    print("table attacker cells primary secondary value CPU_s peak_MB "
          "certificate audit independent", flush=True)
    for name in names or ["XS", "S", "M"]:
        folder = os.path.join(instances, name)
        for attacker in attackers:
            row = measure(panorama, folder, attacker, tools, runs)
            print(name, *row, sep=" | ", flush=True)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
