#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Runs test programs and adds up what they say.

usage: run.py [-j N] GROUP COMMAND... [-- GROUP COMMAND...]

A cmocka program counts by its own summary; any other command counts its
lines "ok NAME" / "not ok NAME". A command that ends with a status other than 0
without a failed test is itself one failure. The last line over all groups is
"N passed, N failed". PANORAMA_ONLY=word keeps the commands that hold it.
With -j, N of them run at a time; what they say comes in order.
"""
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor


def run(command):
    began = time.monotonic()
    done = subprocess.run(command, shell=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True,
                          errors="replace")
    return done.returncode, done.stdout, time.monotonic() - began


def tell(group, command, returncode, text, seconds):
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
          f"{seconds:6.1f} s", flush=True)
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


def main():
    words, together = sys.argv[1:], 1
    if words[:1] == ["-j"]:
        words, together = words[2:], int(words[1])
    work = [(group, command) for group, commands in groups(words)
            for command in commands]
    passed = failed = 0
    with ThreadPoolExecutor(together) as workers:
        said = workers.map(run, [command for _, command in work])
        for (group, command), what in zip(work, said):
            more, less = tell(group, command, *what)
            passed += more
            failed += less
    print(f"{passed} passed, {failed} failed")
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main())
