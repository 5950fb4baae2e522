#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Reads the text of a PDF as a screen reader does, element by element, and
compares it with the web page made of the same document.

usage: check_pdf_text.py [--root DIR] FILE.pdf...

FILE.html stands beside FILE.pdf. Every heading, paragraph and item of the page
is in the PDF, in the same order, letter for letter (no-break spaces as they
are, words whole that a line end cut); every table has the same cells in the
same order, and every number of a page is that of its cell.
"""
import argparse
import html.parser
import re
import sys

import check_report
from check_pdf import element_texts
from check_pdf_file import Pdf

RUNNING = {"h2", "h3", "h4", "h5", "p", "li"}
CELLS = {"td", "th"}
BETWEEN = {"br", "small"}  # a space before them; before the sign of a cell
APART = {"svg", "style", "script", "details", "nav", "header", "footer",
         "figcaption", "figure"}
SIGNS = re.compile(r"^([-−\d][\d,\u202f\u00a0]*) [a-z]+$")
EDGES = re.compile(r"[ \n\t]+")


def plain(words):
    """One space where the source breaks or spaces, none at the ends; spaces
    that do not break stay what they are."""
    return EDGES.sub(" ", words.replace("\u00ad", "")).strip(" \n\t")


def number(words):
    """A cell without the letters of its signs, which a page may say in other
    ways."""
    return SIGNS.sub(r"\1", words)


class Page(html.parser.HTMLParser):
    """Running texts and tables of a page's main part."""

    def __init__(self):
        super().__init__()
        self.texts, self.tables = [], []
        self.values, self.value = [], None  # (shown, cell) of numbers
        self.words, self.apart, self.main = None, [], False
        self.cell = False

    def handle_starttag(self, tag, attrs):
        if tag == "main":
            self.main = True
        if tag in APART:
            self.apart.append(tag)
        if self.apart or not self.main:
            return
        if tag == "table":
            self.tables.append([])
        if tag == "td":
            self.value = dict(attrs).get("data-v")
        if tag in RUNNING | CELLS and ("class", "signs") not in attrs:
            self.words, self.cell = [], tag in CELLS
        elif self.words is not None and (
                tag in BETWEEN or tag == "abbr" and self.cell):
            self.words.append(" ")

    def handle_data(self, data):
        if self.words is not None and not self.apart:
            self.words.append(data)

    def handle_endtag(self, tag):
        if self.apart and tag == self.apart[-1]:
            self.apart.pop()
            return
        if self.apart or self.words is None:
            return
        if tag == "b":  # of a key figure
            self.words.append(" ")
        if tag in RUNNING:
            self.texts.append(plain("".join(self.words)))
        elif tag in CELLS and self.tables:
            self.tables[-1].append(plain("".join(self.words)))
            if tag == "td" and self.value is not None:
                self.values.append((self.tables[-1][-1], self.value))
        if tag in RUNNING | CELLS:
            self.words = None


def read_page(path):
    page = Page()
    with open(path, encoding="utf-8") as file:
        page.feed(file.read())
    return page


def typed(words):
    """A number as it is shown, as a cell has it."""
    return number(words).translate(
        {ord("\u202f"): "", ord(","): ".", ord("−"): "-"}).rstrip("\u00a0%")


def value_problems(values):
    for shown, cell in values:
        if typed(shown) != cell:
            yield f"value: '{shown}' of the cell {cell}"


def text_problems(read, wanted):
    """Are all texts in what was read, one after the other?"""
    at = 0
    for text in filter(None, wanted):
        found = read.find(text, at)
        if found < 0:
            where = "in another place" if text in read else "nowhere"
            yield f"text: {where}: '{text[:60]}'"
        else:
            at = found + len(text)


def table_problems(tables, wanted):
    """A table that was too wide stands in several parts."""
    read = [number(cell) for table in tables for cell in table if cell]
    asked = [number(cell) for table in wanted for cell in table if cell]
    if sorted(asked) != sorted(read) and not set(asked) <= set(read):
        missing = sorted(set(asked) - set(read))
        yield f"cells: {len(read)} of {len(asked)}, not there: {missing[:4]}"
    elif len(read) == len(asked) and read != asked:
        place = next(i for i, pair in enumerate(zip(read, asked))
                     if pair[0] != pair[1])
        yield f"cells: '{read[place]}' for '{asked[place]}'"


def check(path):
    pdf = Pdf(path)
    page = read_page(re.sub(r"\.pdf$", ".html", path))
    running, tables = [], []
    for element, words in element_texts(pdf, pdf.elements()):
        if element.role == "Table":
            tables.append([])
        elif element.role in ("TD", "TH"):
            tables[-1].append(plain(words))
        elif element.role in ("H1", "H2", "H3", "H4", "LBody", "Note") or \
                element.role == "P" and not element.above("Note", "LBody"):
            running.append(plain(words))
    yield from text_problems("\n".join(running), page.texts)
    yield from table_problems(tables, page.tables)
    yield from value_problems(page.values)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", default="")
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    return 0 if check_report.report("pdf text", check, given.files,
                                    given.root) else 1


if __name__ == "__main__":
    sys.exit(main())
