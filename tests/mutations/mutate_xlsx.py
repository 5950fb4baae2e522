#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a good workbook in one place at a time; check_xlsx.py has to refuse
each."""
import pathlib
import sys
import tempfile
import warnings
import zipfile

import openpyxl
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.table import Table

import prove
import check_xlsx


def good_book():
    book = openpyxl.Workbook()
    book.properties.title = "Essai"
    book.properties.creator = "Registre d’essai"
    book.properties.description = "essai-1 – 2026"
    contents = book.active
    contents.title = "Sommaire"
    contents["A1"] = "Essai"
    contents["A2"] = "essai-1 – 2026"
    contents["A3"] = "1-taux"
    contents["A3"].hyperlink = Hyperlink(ref="A3", location="'1-taux'!A1")
    contents["A4"] = "Notes"
    contents["A4"].hyperlink = Hyperlink(ref="A4", location="'Notes'!A1")
    notes = book.create_sheet("Notes")
    notes["A1"] = "Notes"
    notes["A2"], notes["B2"] = "c", "secret statistique"
    notes["A3"], notes["B3"] = "e", "estimé"
    data = book.create_sheet("1-taux")
    data["A1"] = "Taux bruts"
    data["A2"] = "Signes\u00a0: c\u00a0: secret statistique\u202f; " \
        "e\u00a0: estimé"
    data["C3"] = "Hommes"
    for row in (["Code", "Nom", "Hommes, taux"], ["01", "Ain", 1.5],
                ["2A", "Corse-du-Sud", "c"]):
        data.append(row)
    data["C5"].number_format = '#,##0.0"\u00a0e"'
    data.add_table(Table(name="taux", displayName="taux", ref="A4:C6"))
    return book


def data(book):
    return book["1-taux"]


def put(place, value):
    def change(book):
        data(book)[place] = value
    return change


def hide_sheet(book):
    book["Notes"].sheet_state = "hidden"


def hide_column(book):
    data(book).column_dimensions["B"].hidden = True


def drop_table(book):
    del data(book).tables["taux"]


def second_table(book):
    data(book)["E2"], data(book)["E3"] = "Autre", 1
    data(book).add_table(Table(name="b", displayName="b", ref="E2:E3"))


def drop_link(book):
    book["Sommaire"]["A3"].hyperlink = None


def wrong_link(book):
    book["Sommaire"]["A5"] = "x"
    book["Sommaire"]["A5"].hyperlink = Hyperlink(ref="A5",
                                                 location="'2-rien'!A1")


def other_sign(book):
    data(book)["C5"].number_format = '#,##0.0"\u00a0ep"'


def no_release(book):
    book["Sommaire"]["A2"] = "Essai"


def too_many(book):
    for number in range(check_xlsx.SHEETS_MOST):
        book.create_sheet(str(number))["A1"] = "Taux"


def file_link(book):
    data(book)["A1"].hyperlink = "http://exemple.test/x"


def no_title(book):
    book.properties.title = None


def path_author(book):
    book.properties.creator = "C:/Users/anne"


def order(book):
    book.move_sheet("Notes", -1)


BREAKS = [
    ("merged cells", "merged", lambda b: data(b).merge_cells("A1:B1")),
    ("a blank cell", "blank", put("B5", None)),
    ("a cell of one space", "blank", put("B5", " ")),
    ("a head that is not of its group", "group", put("C3", "Femmes")),
    ("a word beside what is above a table", "beside", put("B2", "Ain")),
    ("a blank row above a table", "blank", put("C3", None)),
    ("a hidden sheet", "hidden", hide_sheet),
    ("a hidden column", "hidden", hide_column),
    ("no table", "table", drop_table),
    ("two tables", "table", second_table),
    ("a remark below the table", "table", put("A8", "Source")),
    ("a code that is a number", "code", put("A5", 1)),
    ("a number that is text", "number", put("B5", "1 234,5")),
    ("an unexplained sign", "sign", put("C6", "n.d.")),
    ("an unexplained sign after a number", "sign", other_sign),
    ("a sign that the sheet does not explain", "legend",
     put("A2", "Signes\u00a0: e\u00a0: estimé")),
    ("a sign after a number that the sheet does not explain", "legend",
     put("A2", "Signes\u00a0: c\u00a0: secret statistique")),
    ("contents of no release", "release", no_release),
    ("hundreds of sheets", "sheets", too_many),
    ("a formula", "formula", put("C5", "=1+1")),
    ("a header that is a number", "header", put("B4", 2020)),
    ("contents without a link", "contents", drop_link),
    ("contents that lead nowhere", "contents", wrong_link),
    ("sheets in another order", "front", order),
    ("a link that is not encrypted", "link", file_link),
    ("no title", "title", no_title),
    ("an author that is a path", "author", path_author),
    ("a text that was not filled in", "words", put("A1", "{label}")),
    ("a path in a cell", "path", put("A1", "de /home/anne/x.csv")),
]


def add_part(path):
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("xl/vbaProject.bin", b"x")


def main():
    warnings.simplefilter("ignore")  # openpyxl about what is broken
    proof = prove.Proof("xlsx checker")
    with tempfile.TemporaryDirectory() as folder:
        path = str(pathlib.Path(folder) / "sample.xlsx")
        good_book().save(path)
        proof.accepts(check_xlsx.check(path))
        for words, rule, change in BREAKS:
            book = good_book()
            change(book)
            book.save(path)
            proof.refuses(words, rule, check_xlsx.check(path))
        good_book().save(path)
        copies = pathlib.Path(folder) / "copies"
        copies.mkdir()
        book = good_book()
        book.save(str(copies / "sample.xlsx"))
        proof.accepts(check_xlsx.differences(str(copies), path))
        put("C5", 1.6)(book)
        book.save(str(copies / "sample.xlsx"))
        proof.refuses("a copy with another number", "same",
                      check_xlsx.differences(str(copies), path))
        add_part(path)
        proof.refuses("a macro", "part", check_xlsx.check(path))
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
