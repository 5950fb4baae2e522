#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a good release directory in one way at a time; check_manifest.py
has to refuse each."""
import hashlib
import json
import os
import pathlib
import sys
import tempfile

from prove import Proof
import check_manifest


RULE = {"legal_basis": "x", "legal_basis_en": "x", "owner": "x",
        "owner_en": "x"}


def manifest_of(folder, **changed):
    names = ("b/taux.csv", "index.html")
    heads = {key: "x" for key in check_manifest.HEADS}
    heads.update({key + "_en": "x" for key in check_manifest.TEXTS})
    heads.update(date="2026-01-01", state="draft", disclosure={
        "threshold": 11, "date": "x", **RULE,
        "rules": [dict(RULE, label="x", label_en="x")]},
        tables=[{"id": "a", "cells": 9, "confidential_percent": 1.5}],
        unrevised=[])
    heads["files"] = [{
        "path": name, "bytes": (folder / name).stat().st_size,
        "media_type": check_manifest.TYPES[os.path.splitext(name)[1]],
        "sha256": check_manifest.digest(folder / name)} for name in names]
    heads.update(changed)
    return heads


def make(folder, **changed):
    (folder / "b").mkdir(exist_ok=True)
    (folder / "index.html").write_text("<p>")
    (folder / "b" / "taux.csv").write_text("a\r\n1\r\n")
    (folder / "manifest.json").write_text(
        json.dumps(manifest_of(folder, **changed)))
    sums(folder, ["b/taux.csv", "index.html", "manifest.json"])


def sums(folder, names):
    (folder / "SHA256SUMS").write_text("".join(
        hashlib.sha256((folder / name).read_bytes()).hexdigest() +
        f"  {name}\n" for name in names))


def entry(folder, **changed):
    """Makes the release with another first entry in its manifest."""
    first, second = manifest_of(folder)["files"]
    make(folder, files=[dict(first, **changed), second])


BREAKS = [
    ("a changed file", "sum",
     lambda f: (f / "index.html").write_text("<b>")),
    ("a file more", "missing", lambda f: (f / "x.csv").write_text("")),
    ("a file less", "extra", lambda f: (f / "index.html").unlink()),
    ("no checksums", "missing", lambda f: (f / "SHA256SUMS").unlink()),
    ("a hidden file", "name", lambda f: (f / ".cards").write_text("")),
    ("a link", "name", lambda f: (f / "a").symlink_to("index.html")),
    ("checksums in disorder", "order",
     lambda f: sums(f, ["index.html", "b/taux.csv", "manifest.json"])),
    ("no title", "head", lambda f: make(f, title="")),
    ("no English title", "language", lambda f: make(f, title_en="")),
    ("no English publisher", "language", lambda f: make(f, publisher_en="")),
    ("no English licence", "language", lambda f: make(f, licence_en="")),
    ("no English contact", "language", lambda f: make(f, contact_en="")),
    ("a rule without English basis", "language",
     lambda f: make(f, disclosure={
         "threshold": 11, "date": "x", **RULE,
         "rules": [{"legal_basis": "x"}]})),
    ("another state", "head", lambda f: make(f, state="final")),
    ("no list of what is unrevised", "head",
     lambda f: make(f, unrevised="x")),
    ("a threshold of 2", "head", lambda f: make(f, disclosure={
        "threshold": 2, "date": "x", **RULE})),
    ("another size", "size", lambda f: entry(f, bytes=1)),
    ("another sum", "sum", lambda f: entry(f, sha256="0" * 64)),
    ("another type", "type", lambda f: entry(f, media_type="text/plain")),
    ("a file that the manifest lacks", "missing",
     lambda f: make(f, files=[])),
]


def main():
    proof = Proof("manifest checker")
    with tempfile.TemporaryDirectory() as name:
        for number, (words, rule, change) in enumerate(BREAKS):
            folder = pathlib.Path(name) / str(number)
            folder.mkdir()
            make(folder)
            if number == 0:
                proof.accepts(check_manifest.check(str(folder)))
            change(folder)
            proof.refuses(words, rule, check_manifest.check(str(folder)))
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
