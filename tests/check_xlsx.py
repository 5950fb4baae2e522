#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds workbooks to the rules of accessible statistical spreadsheets.

usage: check_xlsx.py [--root DIR] FILE...
       check_xlsx.py --same COPIES FILE...

Contents, which say of which release the book is, and notes come first; then
one table a sheet, marked as one, its header row first and no cell blank, at
most the names of groups of columns right above it; codes are text, numbers are numbers and every sign in a number's place or after one
is explained in the notes and above its table. No book has more sheets than a
reader can use. `--same` says whether books hold the same cells as those of
the same name in the folder COPIES, which another program made of them.
"""
import functools
import os
import re
import sys
import xml.etree.ElementTree as ET
import zipfile

import openpyxl
from openpyxl.utils import range_boundaries

import check_report
from check_words import faults

FRONT = (("Sommaire", "Notes"), ("Contents", "Notes"))
SHEETS_MOST = 120
CODE = re.compile(r"\b(code|insee|cim|icd)", re.I)
NUMBER = re.compile(r"^[-−+]?\d[\d\s.,\u00a0\u202f]*%?$")
YEARS = re.compile(r"^\d{4}([-–]\d{4})?$")
PATH = re.compile(r"(^|[^\w.:/])/(home|root|tmp|work|usr|mnt|var)/|file://")
AFTER = re.compile('^[#,0.@]*"\u00a0([a-z]+)"')  # signs of a number format
FORBIDDEN = ("vbaProject", "externalLinks/", "customXml/", "embeddings/",
             "comments")


# --- the package ------------------------------------------------------------

def check_package(book):
    """Parts and relations: no macro, no link outside, no trace of a person."""
    damaged = book.testzip()
    if damaged:
        yield f"zip: {damaged} is damaged"
    for name in book.namelist():
        if any(word in name for word in FORBIDDEN):
            yield f"part: {name} does not belong in a release"
        text = book.read(name).decode("utf-8", "replace")
        if PATH.search(text):
            yield f"path: {name} holds a path of some computer"
        if name.endswith(".rels"):
            yield from check_relations(name, text)
        if name.startswith("xl/worksheets/") and "<f>" in text:
            yield f"formula: {name} computes"
        pictures = re.findall("<xdr:cNvPr[^>]*>", text)
        if any(not re.search(' descr="[^"]', one) for one in pictures):
            yield f"alt: {name} has a picture without words"


def check_relations(name, text):
    """Outside the book only pages and addresses that a reader can click."""
    for relation in ET.fromstring(text):
        target = relation.get("Target")
        if relation.get("TargetMode") == "External" and \
                not target.startswith(("https:", "mailto:")):
            yield f"link: {name} leads to {target}"


def check_properties(book):
    if not book.properties.title:
        yield "title: the document has none"
    if not book.properties.creator or "/" in book.properties.creator:
        yield f"author: '{book.properties.creator}'"
    for name in book.defined_names.definedName:
        if name.hidden:
            yield f"hidden: the name {name.name}"


# --- sheets -----------------------------------------------------------------

def texts(sheet, column):
    return [str(cell.value) for cell in sheet[column]
            if cell.value is not None]


def check_front(book):
    """Contents that lead to every sheet, notes."""
    names = book.sheetnames
    if tuple(names[:2]) not in FRONT:
        yield f"front: the first sheets are {names[:2]}"
        return
    if book.active.title != names[0]:
        yield "front: the book does not open on its contents"
    if not book.properties.description or \
            book.properties.description not in texts(book[names[0]], "A"):
        yield "release: the contents do not say of which release they are"
    if len(names) > SHEETS_MOST:
        yield f"sheets: there are {len(names)}"
    links = [(cell.value, cell.hyperlink.location or "")
             for row in book[names[0]].iter_rows() for cell in row
             if cell.hyperlink]
    for name in names[1:]:
        if not any(place.replace("'", "").startswith(name + "!")
                   for _, place in links):
            yield f"contents: no link to sheet '{name}'"
    for words, place in links:
        if place.split("!")[0].strip("'") not in names:
            yield f"contents: '{words}' leads to '{place}'"


def check_every_sheet(book):
    for sheet in book:
        if sheet.sheet_state != "visible":
            yield f"hidden: sheet '{sheet.title}'"
        if sheet.merged_cells.ranges:
            yield f"merged: sheet '{sheet.title}' {sheet.merged_cells.ranges}"
        if not str(sheet["A1"].value or "").strip():
            yield f"heading: sheet '{sheet.title}' does not say what it is"
        hidden = [d for d in list(sheet.column_dimensions.values()) +
                  list(sheet.row_dimensions.values()) if d.hidden]
        if hidden:
            yield f"hidden: rows or columns of sheet '{sheet.title}'"
        if len(sheet.title) > 31 or re.search(r"[\[\]:*?/\\]", sheet.title):
            yield f"name: sheet '{sheet.title}'"


def check_words(book):
    language = "fr" if book.sheetnames[0] == FRONT[0][0] else "en"
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str):
                    for fault in faults(cell.value, language):
                        yield f"{fault} ({sheet.title}!{cell.coordinate})"


def check_data_sheets(book):
    signs = set(texts(book[book.sheetnames[1]], "A")) \
        if len(book.sheetnames) > 1 else set()
    if len(book.sheetnames) < 3:
        yield "table: the book has no data sheet"
    used = set()
    for name in book.sheetnames[2:]:
        sheet = book[name]
        tables = list(sheet.tables.values())
        if len(tables) != 1:
            yield f"table: sheet '{name}' has {len(tables)} tables"
            continue
        if tables[0].name in used or re.match(r"Table\d+$", tables[0].name):
            yield f"table: the name '{tables[0].name}' says nothing"
        used.add(tables[0].name)
        yield from check_table(sheet, tables[0], signs)


def check_table(sheet, table, signs):
    left, top, right, bottom = range_boundaries(table.ref)
    rows = [[cell for cell in row] for row in sheet[table.ref]]
    heads = [cell.value for cell in rows[0]]
    where = f"sheet '{sheet.title}'"
    if left != 1 or top < 2:
        yield f"table: {where}: does not stand below its title in column A"
    if sheet.max_row > bottom or sheet.max_column > right:
        yield f"table: {where}: something stands beside or below it"
    if len(rows) < 2:
        yield f"table: {where}: no row"
    if any(not isinstance(head, str) or not head.strip() for head in heads) \
            or len(set(heads)) != len(heads):
        yield f"header: {where}: {heads}"
    if [column.name for column in table.tableColumns] != heads:
        yield f"header: {where}: the table object says otherwise"
    if table.headerRowCount == 0:
        yield f"header: {where}: the table has no header row"
    groups = [cell.value for cell in sheet[top - 1][1:] if cell.value]
    for above in range(1, top):
        if sheet.cell(above, 1).value is None and \
                not (groups and above == top - 1):
            yield f"blank: {where}: row {above} above the table"
    yield from check_groups(where, sheet, top, heads)
    above = " ".join(texts(sheet, "A")[:top - 1])
    for column in zip(*rows[1:]):
        yield from check_column(where, heads[column[0].column - left],
                                column)
        yield from check_signs(where, column, signs, above)


def check_groups(where, sheet, top, heads):
    """Names of groups above the heads, which say them as well; nothing else
    stands beside column A."""
    for cell, head in list(zip(sheet[top - 1], heads))[1:]:
        if cell.value and not str(head).startswith(cell.value):
            yield f"group: {where}: '{head}' stands below '{cell.value}'"
    for row in sheet.iter_rows(max_row=top - 2, min_col=2):
        for cell in row:
            if cell.value is not None:
                yield f"beside: {where}: {cell.coordinate}"


def signs_of(cell, numbers):
    """The sign in a number's place, and those shown after it."""
    if numbers and isinstance(cell.value, str):
        yield cell.value.rstrip()
    after = AFTER.match(cell.number_format)
    yield from after.group(1) if after else ""


def check_signs(where, cells, signs, above):
    numbers = any(cell.data_type == "n" for cell in cells)
    for sign in sorted({s for cell in cells for s in signs_of(cell, numbers)}):
        if sign not in signs:
            yield f"sign: {where}: '{sign}' is not in the notes"
        if not re.search(rf"(^|[ ;\u00a0]){re.escape(sign)}\u00a0?: ", above):
            yield f"legend: {where}: '{sign}' is not explained above the table"


def check_column(where, head, cells):
    values = [cell.value for cell in cells]
    numbers = [v for v in values if isinstance(v, (int, float))
               and not isinstance(v, bool)]
    here = f"{where}: column '{head}'"
    for cell in cells:
        if cell.value is None or not str(cell.value).strip():
            yield f"blank: {where}: {cell.coordinate}"
        elif cell.data_type not in ("s", "n", "inlineStr"):
            yield f"type: {where}: {cell.coordinate} is {cell.data_type}"
    if numbers and CODE.search(str(head)):
        yield f"code: {here} holds numbers"
    for value in values:
        if not isinstance(value, str):
            continue
        if not numbers and not CODE.search(str(head)) and NUMBER.match(value) and \
                not YEARS.match(value):
            yield f"number: {here}: '{value}' is text"


def check(path):
    """Yields the problems of one workbook."""
    with zipfile.ZipFile(path) as package:
        yield from check_package(package)
    book = openpyxl.load_workbook(path)
    yield from check_properties(book)
    yield from check_front(book)
    yield from check_every_sheet(book)
    yield from check_data_sheets(book)
    yield from check_words(book)


# --- another program's copy -------------------------------------------------

def cells_of(path):
    book = openpyxl.load_workbook(path)
    return {(sheet.title, cell.coordinate): cell.value
            for sheet in book for row in sheet.iter_rows() for cell in row
            if cell.value is not None}


def differences(copies, path):
    """Yields what the book's copy says otherwise."""
    first = cells_of(path)
    second = cells_of(os.path.join(copies, os.path.basename(path)))
    for place in sorted(first.keys() | second.keys()):
        one, two = first.get(place), second.get(place)
        same = one == two if isinstance(one, str) or isinstance(two, str) \
            or None in (one, two) else abs(one - two) <= 1e-9 * abs(one)
        if not same:
            yield f"same: {place[0]}!{place[1]}: {one!r} became {two!r}"


def main():
    words = sys.argv[1:]
    if words[:1] == ["--same"]:
        return 0 if check_report.report(
            "xlsx same cells", functools.partial(differences, words[1]),
            words[2:]) else 1
    root = ""
    if words[:1] == ["--root"]:
        root, words = words[1], words[2:]
    return 0 if check_report.report("xlsx", check, words, root) else 1


if __name__ == "__main__":
    sys.exit(main())
