# SPDX-License-Identifier: EUPL-1.2
"""Reads a CSV file of open data, strictly, with its schema and code lists.

Nothing here judges numbers; check_csv.py does. Problems of form are gathered
in `problems`; a file that has some is read no further.
"""
import csv
import json
import os
import re
import unicodedata

LINE = re.compile(r'(?:"(?:[^"]|"")*"|[^",]*)'
                  r'(?:,(?:"(?:[^"]|"")*"|[^",]*))*')
CONTROL = re.compile("[\x00-\x1f\x7f\u2028\u2029\ufeff\ufffd]")
COLUMN = re.compile(r"[a-z][a-z0-9_]*$")
NUMBER = re.compile(r"-?(0|[1-9]\d*)(\.\d+)?$")
TYPES = {"string": re.compile(".*"), "number": NUMBER,
         "integer": re.compile(r"-?(0|[1-9]\d*)$"),
         "year": re.compile(r"\d{4}$"),
         "boolean": re.compile(r"true|false")}
CODE_HEADER = ["level", "code", "label_fr", "label_en", "parent_level",
               "parent", "icd10", "sex", "low", "high"]


class CsvFile:
    """Header and rows of a file; `at` is the place of each column."""

    def __init__(self, path):
        self.path = path
        self.problems = []
        self.header, self.rows = [], []
        with open(path, "rb") as file:
            raw = file.read()
        try:
            self.read(raw.decode("utf-8"))
        except UnicodeDecodeError as error:
            self.wrong(f"bytes: not UTF-8: {error}")
        self.at = {name: i for i, name in enumerate(self.header)}

    def wrong(self, words):
        self.problems.append(words)

    def read(self, text):
        if text.startswith("\ufeff"):
            self.wrong("bytes: a byte order mark")
        if not text.endswith("\r\n"):
            self.wrong("bytes: the last line does not end with CRLF")
        if text != unicodedata.normalize("NFC", text):
            self.wrong("bytes: not in normal form C")
        lines = text.split("\r\n")[:-1]
        for number, line in enumerate(lines, 1):
            if not LINE.fullmatch(line):
                self.wrong(f"quotes: line {number} is not RFC 4180")
            if CONTROL.search(line):
                self.wrong(f"bytes: line {number} holds a control character")
        if not self.problems:
            rows = list(csv.reader(lines))
            self.header, self.rows = (rows[0] if rows else []), rows[1:]
            self.shape()

    def shape(self):
        if len(set(self.header)) != len(self.header) or not self.header or \
                not all(map(COLUMN.match, self.header)):
            self.wrong(f"header: {self.header}")
        if not self.rows:
            self.wrong("rows: none")
        for number, row in enumerate(self.rows, 2):
            if len(row) != len(self.header):
                self.wrong(f"rows: line {number} has {len(row)} fields")

    def column(self, name):
        place = self.at[name]
        return [row[place] for row in self.rows]


def formula(text, numeric):
    """Would a spreadsheet run this text?"""
    return text[:1] in ("=", "+", "-", "@") and \
        not (numeric and NUMBER.match(text))


class CodeList:
    """One file of codes/: every node with its parent and limits."""

    def __init__(self, path):
        self.file = CsvFile(path)
        self.problems = list(self.file.problems)
        self.nodes, self.children = {}, {}
        if self.file.header != CODE_HEADER:
            self.problems.append(f"header: {self.file.header}")
            return
        for row in self.file.rows if not self.problems else []:
            self.take(row)
        for key, node in self.nodes.items():
            parent = (node[4], node[5])
            if parent != ("", "") and parent not in self.nodes:
                self.problems.append(f"parent: {parent} of {key} is no code")

    def take(self, row):
        key = (row[0], row[1])
        if key in self.nodes:
            self.problems.append(f"key: {key} twice")
        if not row[1] or not row[2]:
            self.problems.append(f"label: {key} has none")
        if any(formula(text, True) for text in row):
            self.problems.append(f"formula: {key}")
        self.nodes[key] = row
        if row[5]:
            self.children.setdefault((row[4], row[5]), []).append(key)

    def codes(self):
        return {code for _, code in self.nodes}


def sheet_of(file, schema):
    """The bytes that a file has for French spreadsheets."""
    decimal = {field["name"] for field in schema["fields"]
               if field["type"] == "number"}
    lines = [";".join(file.header)]
    for row in file.rows:
        lines.append(";".join(
            sheet_field(text.replace(".", ",") if name in decimal else text)
            for name, text in zip(file.header, row)))
    return ("\ufeff" + "".join(line + "\r\n" for line in lines)).encode()


def sheet_field(text):
    quoted = any(sign in text for sign in ";\"\r\n")
    return '"' + text.replace('"', '""') + '"' if quoted else text


def schema_of(path):
    """The schema beside a file, or None."""
    name = path[:-len(".csv")] + ".schema.json"
    if not os.path.exists(name):
        return None
    with open(name, encoding="utf-8") as file:
        return json.load(file)
