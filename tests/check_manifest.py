#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds a release directory to its manifest and its checksums.

usage: check_manifest.py RELEASE

SHA256SUMS lists every file but itself, manifest.json every file but itself
and SHA256SUMS, with size, media type and SHA-256; both in order, nothing
more, nothing hidden, nothing that is not a plain file.
"""
import hashlib
import json
import os
import re
import sys

SUMS, MANIFEST = "SHA256SUMS", "manifest.json"
HEADS = ("id", "title", "publisher", "date", "state", "licence",
         "contact", "snapshot", "program",
         "audience", "edition", "vintage", "extracted")
TEXTS = {"title", "publisher", "licence", "contact", "legal_basis", "owner",
         "label", "reason", "note", "coarsened"}
ONE_LANGUAGE = {"figure_waivers"}  # as the document says it
NAME = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]*$")
TYPES = {".html": "text/html", ".json": "application/json",
         ".jsonld": "application/ld+json",
         ".csv": "text/csv", ".md": "text/markdown",
         ".svg": "image/svg+xml", ".png": "image/png",
         ".pdf": "application/pdf", ".xlsx": "application/vnd."
         "openxmlformats-officedocument.spreadsheetml.sheet"}
SMALLEST_THRESHOLD = 3


def files_of(root):
    """{name: path} of every file; also what is not a plain one."""
    found, odd = {}, []
    for folder, folders, names in os.walk(root):
        for name in names + folders:
            path = os.path.join(folder, name)
            if os.path.islink(path) or not NAME.match(name):
                odd.append(os.path.relpath(path, root))
        for name in names:
            path = os.path.join(folder, name)
            found[os.path.relpath(path, root)] = path
    return found, odd


def digest(path):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest()


def read_sums(path):
    with open(path, encoding="utf-8", newline="") as file:
        lines = file.read().split("\n")
    if lines[-1] != "":
        raise ValueError("SHA256SUMS does not end with a line end")
    pairs = [line.split("  ", 1) for line in lines[:-1]]
    return [(name, sum_) for sum_, name in pairs]


def check_list(what, listed, wanted):
    names = [name for name, *_ in listed]
    for name in sorted(set(wanted) - set(names)):
        yield f"missing: {what} does not list {name}"
    for name in sorted(set(names) - set(wanted)):
        yield f"extra: {what} lists {name}"
    if len(set(names)) != len(names):
        yield f"order: {what} lists a file twice"
    if names != sorted(names, key=os.fsencode):
        yield f"order: {what} is not sorted"


def check_languages(value, where=MANIFEST):
    """What is said in French is said in English beside it, and not alone."""
    for key, part in value.items() if isinstance(value, dict) else \
            enumerate(value) if isinstance(value, list) else ():
        if key in TEXTS and isinstance(part, str):
            if bool(part.strip()) != bool(str(
                    value.get(key + "_en", "")).strip()):
                yield f"language: {where} has no {key}_en beside {key}"
        elif key not in ONE_LANGUAGE:
            yield from check_languages(part, f"{where}, {key}")


def check_heads(manifest):
    for key in HEADS:
        if not str(manifest.get(key, "")).strip():
            yield f"head: {MANIFEST} has no {key}"
    if not re.match(r"\d{4}-\d\d-\d\d$", str(manifest.get("date", ""))):
        yield f"head: the date is '{manifest.get('date')}'"
    if manifest.get("state") not in (
            "draft", "review", "embargo", "public"):
        yield f"head: the state is '{manifest.get('state')}'"
    if not isinstance(manifest.get("unrevised"), list):
        yield f"head: {MANIFEST} has no list of what is unrevised"
    rule = manifest.get("disclosure", {})
    if rule.get("threshold", 0) < SMALLEST_THRESHOLD:
        yield f"head: the threshold is {rule.get('threshold')}"
    for key in ("legal_basis", "owner", "date"):
        if not rule.get(key):
            yield f"head: the disclosure rule has no {key}"
    if not manifest.get("tables"):
        yield "head: no table"
    for table in manifest.get("tables", []):
        if table["cells"] < 1 or not \
                0 <= table["confidential_percent"] <= 100:
            yield f"head: table {table}"


def check_entry(entry, path):
    name = entry["path"]
    if os.path.getsize(path) != entry["bytes"]:
        yield f"size: {name} is not {entry['bytes']} bytes"
    if digest(path) != entry["sha256"]:
        yield f"sum: {name} is not what {MANIFEST} says"
    want = TYPES.get(os.path.splitext(name)[1])
    if entry["media_type"] != want:
        yield f"type: {name} is '{entry['media_type']}'"


def check(root):
    """Yields the problems of a release directory."""
    files, odd = files_of(root)
    for name in odd:
        yield f"name: {name}"
    for name in (SUMS, MANIFEST):
        if name not in files:
            yield f"missing: {name}"
            return
    sums = read_sums(files[SUMS])
    yield from check_list(SUMS, sums, set(files) - {SUMS})
    for name, sum_ in sums:
        if name in files and digest(files[name]) != sum_:
            yield f"sum: {name} is not what {SUMS} says"
    with open(files[MANIFEST], encoding="utf-8") as file:
        manifest = json.load(file)
    yield from check_heads(manifest)
    yield from check_languages(manifest)
    entries = manifest.get("files", [])
    yield from check_list(MANIFEST, [(e["path"],) for e in entries],
                          set(files) - {SUMS, MANIFEST})
    for entry in entries:
        if entry["path"] in files:
            yield from check_entry(entry, files[entry["path"]])


def main():
    problems = list(check(sys.argv[1]))
    name = os.path.basename(sys.argv[1].rstrip("/"))
    print(f"{'not ok' if problems else 'ok'} manifest {name}")
    for problem in problems[:20]:
        print("    " + problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
