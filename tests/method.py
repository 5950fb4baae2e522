#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Worked examples of docs/method, run: each block ```lua is a script for
`panorama eval`, the block ```text after it is what it prints. Also that the
table of docs/lua.md and the functions of the program are the same.

usage: method.py PROGRAM
"""
import pathlib
import re
import subprocess
import sys
import tempfile

PROGRAM = sys.argv[1]
EXAMPLE = re.compile(r"```lua\n(.*?)```\s*```text\n(.*?)```", re.S)


def run(source):
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        script.write(source)
        script.flush()
        done = subprocess.run([PROGRAM, "eval", script.name],
                              capture_output=True, text=True, check=False)
    return done.stdout + done.stderr


def report(good, name, *details):
    print(f"{'ok' if good else 'not ok'} {name}")
    if not good:
        for detail in details:
            print("    " + detail.replace("\n", "\n    "))


def main():
    for page in sorted(pathlib.Path("docs/method").glob("*.md")):
        text = page.read_text()
        examples = EXAMPLE.findall(text)
        alone = text.count("```lua") - len(examples)
        report(alone == 0, f"{page.name}: every script has its output",
               f"{alone} without")
        for number, (source, want) in enumerate(examples, 1):
            got = run(source)
            report(got.strip() == want.strip(),
                   f"{page.name}: example {number}", "printed:", got)
    has = set(run("for name in pairs(stats) do print(name) end").split())
    lua = pathlib.Path("docs/lua.md").read_text()
    told = set(re.findall(r"^\| `stats\.(\w+)\(", lua, re.M))
    report(has == told, "docs/lua.md lists the statistics of the program",
           f"only in the program: {sorted(has - told)}",
           f"only in docs/lua.md: {sorted(told - has)}")
    for name, arguments in re.findall(r"^\| `stats\.(\w+)\((.*?)\)`", lua,
                                      re.M):
        want = (f"stats.{name}: there is no argument 'zz' among "
                f"({arguments})")
        report(want in run(f"stats.{name}{{zz = 1}}"),
               f"docs/lua.md: arguments of {name}", run(f"stats.{name}{{zz = 1}}"))


main()
