#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Runs test programs and adds up what they say.

usage: run.py [-j N] GROUP COMMAND... [-- GROUP COMMAND...]

A cmocka program counts by its own summary; any other command counts its
lines "ok NAME" / "not ok NAME". A command that ends with a status other than 0
without a failed test is itself one failure. The last line over all groups is
"N passed, N failed". PANORAMA_ONLY=word keeps the commands that hold it.
With -j, N of them run at a time: those of longest.txt first, so that none is
left alone at the end; what they say comes in that order. Behind each stand the
seconds on the clock and those of a processor, which others on the machine do
not change; at the end, a line per group.
"""
import collections
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor


LONGEST = os.path.join(os.path.dirname(__file__), "longest.txt")


def run(command):
    began = time.monotonic()
    program = subprocess.Popen(command, shell=True, stdout=subprocess.PIPE,
                               stderr=subprocess.STDOUT, text=True,
                               errors="replace")
    with program.stdout:
        text = program.stdout.read()
    _, status, usage = os.wait4(program.pid, 0)
    program.returncode = os.waitstatus_to_exitcode(status)
    return (program.returncode, text, time.monotonic() - began,
            usage.ru_utime + usage.ru_stime)


def tell(group, command, returncode, text, seconds, work):
    passed = len(re.findall(r"^\[       OK \]", text, re.M))
    passed += len(re.findall(r"^ok\b", text, re.M))
    names = re.findall(r"^\[  FAILED  \] (?!\d+ test)(?:\S+: )?(\S+)", text,
                       re.M)
    failed = len(set(names)) + len(re.findall(r"^not ok\b", text, re.M))
    if returncode != 0 and failed == 0:
        failed = 1
    skipped = len(re.findall(r"^\[  SKIPPED \] [a-z]", text, re.M))
    if passed + failed + skipped == 0:
        failed = 1
        text += "\nno test was run\n"
    mark = "ok  " if failed == 0 else "FAIL"
    print(f"{mark} {group:8} {command[:66]:66} {passed:5} passed "
          f"{seconds:6.1f} s {work:6.1f} s", flush=True)
    if failed:
        print("\n".join("     | " + line for line in
                        text.splitlines()[-60:]), flush=True)
    return passed, failed


def groups(words):
    """(group, commands) in order."""
    only = os.environ.get("PANORAMA_ONLY", "")
    group, commands = None, []
    for word in words + ["--"]:
        if word == "--":
            if group is not None:
                yield group, commands
            group, commands = None, []
        elif group is None:
            group = word
        elif only in word:
            commands.append(word)


def longest_first(work):
    """Those of the list in its order, then the others in theirs."""
    with open(LONGEST, encoding="utf-8") as file:
        order = [row.strip() for row in file if row.strip()[:1] not in ("", "#")]
    place = {command: at for at, command in enumerate(order)}
    return sorted(work, key=lambda one: place.get(one[1], len(order)))


def main():
    words, together = sys.argv[1:], 1
    if words[:1] == ["-j"]:
        words, together = words[2:], int(words[1])
    work = [(group, command) for group, commands in groups(words)
            for command in commands]
    if together > 1:
        work = longest_first(work)
    passed = failed = 0
    spent = collections.Counter()
    with ThreadPoolExecutor(together) as workers:
        said = workers.map(run, [command for _, command in work])
        for (group, command), what in zip(work, said):
            more, less = tell(group, command, *what)
            passed += more
            failed += less
            spent[group] += what[-1]
    for group, seconds in spent.items():
        print(f"     {group:8} {seconds:8.1f} s of a processor")
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
