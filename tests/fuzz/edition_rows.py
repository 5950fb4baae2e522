#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""edition_rows.py EDITION.db [TABLE=ROWS]: the rows of an edition as
fuzz_edition.c reads them, a line each; of a TABLE no more than ROWS."""
import sqlite3
import sys


def field(value):
    if value is None:
        return "-"
    if isinstance(value, bytes):
        return "=" + value.decode()
    if isinstance(value, str):
        return value
    return ("#%d" if isinstance(value, int) else "~%r") % value


def main():
    most = dict(word.split("=") for word in sys.argv[2:])
    database = sqlite3.connect("file:%s?mode=ro" % sys.argv[1], uri=True)
    tables = database.execute("SELECT name FROM sqlite_schema WHERE type = "
                              "'table' ORDER BY rowid").fetchall()
    for (table,) in tables:
        rows = database.execute("SELECT * FROM " + table).fetchall()
        for row in rows[:int(most.get(table, len(rows)))]:
            print("\t".join([table] + [field(value) for value in row]))


main()
