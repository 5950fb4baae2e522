#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a source in one place at a time and looks whether a test notices.

usage: mutate_source.py SOURCE.c TEST [COUNT [SEED]]
       mutate_source.py SOURCE.c TEST OLD NEW [CASE]

TEST is a test program ("unit/test_model_place"). The first form makes COUNT
breaks (20) that SEED (1) draws, the second one puts NEW in the place of OLD,
which stands once in the source, and runs the tests whose names match CASE.
Works in a copy of the tree; prints a line per break, "survives" where all tests
still pass, and ends with status 1 if one does.
"""
import pathlib
import random
import re
import shutil
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent.parent
LIMIT_S = 300
# What stands in code, and what it becomes. Signs of two characters come first.
BREAKS = [(r" <= ", " < "), (r" >= ", " > "), (r" < ", " <= "), (r" > ", " >= "),
          (r" == ", " != "), (r" != ", " == "), (r" && ", " || "),
          (r" \|\| ", " && "), (r" \+ ", " - "), (r" - ", " + "),
          (r" \* ", " / "), (r"\b0\b", "1"), (r"\b1\b", "2"),
          (r"\btrue\b", "false"), (r"\bfalse\b", "true"),
          (r"\bcontinue;", ";"), (r"\bbreak;", ";"), (r"!(?=[a-z(])", "")]


def blank(text):
    """The source with comments, texts and includes blanked, as long as it."""
    return re.sub(r'/\*.*?\*/|"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\])+\'|^#.*?$|'
                  r"^\s*assert\(.*?\);$",
                  lambda m: re.sub(r"[^\n]", "~", m.group()), text,
                  flags=re.S | re.M)


def drawn(text, count, seed):
    code = blank(text)
    places = {}
    for pattern, new in BREAKS:
        for found in re.finditer(pattern, code):
            places.setdefault(found.start(), (found.start(), found.end(), new))
    order = sorted(places.values())
    random.Random(seed).shuffle(order)
    return order[:count]


def copy(folder):
    for name in ("src", "tests", "templates", "lua-scripts", "geo"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "src").unlink()
    shutil.copytree(ROOT / "src", folder / "src", symlinks=True)
    shutil.copy2(ROOT / "Makefile", folder)
    shutil.copytree(ROOT / "build/inc", folder / "build/inc", symlinks=True)
    shutil.copytree(ROOT / "build/test/src", folder / "build/test/src")
    shutil.copy2(ROOT / "build/test/libpanorama.a", folder / "build/test")


def verdict(folder, test, case):
    """What becomes of the test: passes, fails, or is not even built."""
    program = f"build/test/tests/{test}"
    made = subprocess.run(["make", "-s", "FLAVOUR=test", "BUILD=build/test",
                           "CFLAGS=-Wno-error", program], cwd=folder,
                          capture_output=True, text=True)
    if made.returncode != 0:
        return "is not built"
    try:
        done = subprocess.run([f"./{program}"] + case, cwd=folder,
                              capture_output=True, timeout=LIMIT_S)
    except subprocess.TimeoutExpired:
        return "takes too long"
    return "fails" if done.returncode != 0 else "survives"


def main():
    source, test, *rest = sys.argv[1:]
    text = (ROOT / source).read_text()
    if len(rest) >= 2 and not rest[0].isdigit():
        if text.count(rest[0]) != 1:
            sys.exit(f"{source}: does not hold {rest[0]!r} once")
        at = text.index(rest[0])
        breaks, case = [(at, at + len(rest[0]), rest[1])], rest[2:]
    else:
        numbers = [int(word) for word in rest] + [20, 1][len(rest):]
        breaks, case = drawn(text, *numbers), []
    survived = 0
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        copy(folder)
        for start, end, new in breaks:
            (folder / source).write_text(text[:start] + new + text[end:])
            told = verdict(folder, test, case)
            survived += told == "survives"
            line = text.count("\n", 0, start) + 1
            print(f"{told:14} {source}:{line}: {text[start:end]!r} -> {new!r}",
                  flush=True)
    print(f"{len(breaks) - survived} of {len(breaks)} breaks were noticed")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
