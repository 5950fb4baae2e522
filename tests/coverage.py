#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Prints which lines of the measured sources a run of tests has reached.

usage: coverage.py BUILD DIRECTORY...

Reads, through gcov, the counts below BUILD of the sources of each DIRECTORY: a
row per file (lines, lines reached), then each line that no test reached, then
the total. Lines that no test can reach, or not yet, stand with their reason in
coverage.txt beside this file:

    FILE FUNCTION<tab>SOURCE LINE<tab>REASON

The status is 1 when a line is missing that is not listed there, and when one
that is listed has been reached: the list only ever gets shorter.
"""
import glob
import json
import os
import subprocess
import sys

LIST = os.path.join(os.path.dirname(__file__), "coverage.txt")


def counts(build, directory):
    """{source: {line: [times, function]}} of the sources of one directory."""
    # Notes of a source that is gone may still lie there.
    notes = [os.path.join(build, source[:-1] + "gcno")
             for source in sorted(glob.glob(directory + "/*.c"))]
    told = subprocess.run(["gcov", "--json-format", "--stdout"] + notes,
                          stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                          text=True, check=True).stdout
    found = {}
    for answer in told.splitlines():
        for source in json.loads(answer)["files"]:
            if not source["file"].startswith(directory + "/"):
                continue
            times = found.setdefault(source["file"], {})
            for line in source["lines"]:
                entry = times.setdefault(line["line_number"],
                                         [0, line.get("function_name", "")])
                entry[0] += line["count"]
    return found


def known():
    """{(file and function, source line): reasons}, one for each such line."""
    listed = {}
    with open(LIST, encoding="utf-8") as file:
        for row in file:
            if row.strip() and not row.startswith("#"):
                where, text, reason = row.rstrip("\n").split("\t")
                listed.setdefault((where, text), []).append(reason)
    return listed


def gaps(source, times):
    """(place, key) of each line that was not reached."""
    with open(source, encoding="utf-8") as file:
        text = file.read().splitlines()
    for number in sorted(times):
        count, function = times[number]
        if count == 0:
            line = text[number - 1].strip()
            yield f"{source}:{number}", (f"{source} {function}", line)


def main():
    build, directories = sys.argv[1], sys.argv[2:]
    listed = known()
    lines = 0
    missed = []
    for directory in directories:
        for source, times in sorted(counts(build, directory).items()):
            here = list(gaps(source, times))
            missed += here
            lines += len(times)
            print(f"{source:40} {len(times):5} {len(times) - len(here):5} "
                  f"{100 - 100 * len(here) / len(times):6.1f} %")
    missing = 0
    for place, key in missed:
        reason = listed[key].pop() if listed.get(key) else "MISSING"
        missing += reason == "MISSING"
        print(f"{place}: {key[1]}  [{reason}]")
    stale = [key for key, reasons in sorted(listed.items()) for _ in reasons]
    for where, text in stale:
        print(f"coverage.txt: {where}: {text}  [is reached, or gone]")
    if lines == 0:
        print("no counts: nothing was built or run")
        return 1
    print(f"{lines - len(missed)} of {lines} lines reached, "
          f"{100 - 100 * len(missed) / lines:.2f} %; {missing} missing, "
          f"{len(missed) - missing} known not to be")
    return 1 if missing or stale else 0


if __name__ == "__main__":
    sys.exit(main())
