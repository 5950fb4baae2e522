#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Sentences of src/model/locale_text*.c that no source says.

A key is said where it stands whole, where it stands without its last word
("cells" for cells.one), or where a format makes it ("flag.%s"). Prints the
keys that nothing says; status 1 if there is one.
"""
import pathlib
import re
import sys

SRC = pathlib.Path(__file__).resolve().parent.parent / "src"
KEY = re.compile(r'^    \{"([a-z0-9_.A-Z]+)",', re.M)
WORDS = re.compile(r'"([A-Za-z0-9_.]+)((?:%[sdz])?)')


def main():
    lists = sorted((SRC / "model").glob("locale_text*.c"))
    keys = [key for path in lists for key in KEY.findall(path.read_text())]
    said, begun = set(), set()
    for path in SRC.rglob("*.c"):
        if path not in lists:
            for words, made in WORDS.findall(path.read_text()):
                (begun if made else said).add(words)
    dead = [key for key in keys
            if key not in said and key.rpartition(".")[0] not in said
            and not any(key.startswith(start) for start in begun
                        if start.endswith("."))]
    for key in dead:
        print(f"no source says '{key}'")
    print(f"{'not ok' if dead or not keys else 'ok'} every sentence is said")
    return 1 if dead or not keys else 0


if __name__ == "__main__":
    sys.exit(main())
