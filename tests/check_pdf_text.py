#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Reads the text of a PDF as a screen reader does, element by element, and
compares it with the web page made of the same document.

usage: check_pdf_text.py [--root DIR] FILE.pdf...

FILE.html stands beside FILE.pdf; when it leads to a next page, and that one to
another, they are read as one. Every heading, paragraph and item of the page
is in the PDF, in the same order, letter for letter (no-break spaces as they
are, words whole that a line end cut); every table has the same cells in the
same order, with the same signs, and every number of a page is that of its
cell. Only pages of paper have numbers: ", page 12" at the end of a reference
and the places of the index are left out; only on the web do notes stand at the
end and lead back by an arrow; nothing else differs.
"""
import argparse
import html.parser
import os
import re
import sys

import check_report
from check_pdf import mark_texts
from check_pdf_file import Pdf

RUNNING = {"h1", "h2", "h3", "h4", "h5", "p", "li"}
CELLS = {"td", "th"}
BETWEEN = {"br", "small"}  # a space before them; before the signs of a cell
APART = {"svg", "style", "script", "details", "nav", "header", "footer",
         "caption", "figcaption", "figure"}
SIGNS = re.compile(r"^([-−\d][\d.,\u202f\u00a0]*) [a-z]+$")
PAGE_OF_REFERENCE = re.compile(r", page\u00a0\d+$")
PAGES_OF_INDEX = re.compile(r"\d+(–\d+)?$")
INDEX_ENTRY = re.compile(r"(.*[^, ])((?:, )+)$")
PLACE = "\u2026"  # stands for each place of an entry of the index
EDGES = re.compile(r"[ \n\t]+")


def plain(words):
    """One space where the source breaks or spaces, none at the ends; spaces
    that do not break stay what they are."""
    return EDGES.sub(" ", words.replace("\u00ad", "")).strip(" \n\t")


def number(words):
    """A cell without the letters of its signs."""
    return SIGNS.sub(r"\1", words)


def entry(words):
    """An entry of the index with a mark for all its places, however many: a
    section may be several pages, a page several sections."""
    found = INDEX_ENTRY.match(words.replace(PLACE, ""))
    return found[1] + ", " + PLACE \
        if found and words.count(PLACE) == found[2].count(", ") else words


class Page(html.parser.HTMLParser):
    """Running texts and tables of a page's main part."""

    def __init__(self):
        super().__init__()
        self.texts, self.notes, self.tables = [], [], []
        self.values, self.value = [], None  # (shown, cell) of numbers
        self.words, self.apart, self.main = None, [], False
        self.cell, self.index, self.note, self.next = False, False, False, ""
        self.language = "fr"

    def handle_starttag(self, tag, attrs):
        if tag == "html":
            self.language = dict(attrs)["lang"]
        if tag == "main":
            self.main = True
        if tag == "a" and ("rel", "next") in attrs:
            self.next = dict(attrs)["href"]
        if tag in ("ul", "ol"):
            self.index = ("class", "index") in attrs
        if tag in APART:
            self.apart.append(tag)
        if self.apart or not self.main:
            return
        if tag == "table":
            self.tables.append([])
        if tag == "td":
            self.value = dict(attrs).get("data-v")
        if tag == "li" and self.words is not None:
            self.end_running()  # of the item that this list stands in
        if tag in RUNNING | CELLS and ("class", "signs") not in attrs:
            self.words, self.cell = [], tag in CELLS
            self.note = dict(attrs).get("id", "").startswith("note-")
        elif self.words is not None and (
                tag in BETWEEN or tag == "sup" and self.cell):
            self.words.append(" ")
        elif tag == "a" and self.index:
            self.words.append(PLACE)
            self.apart.append(tag)
        elif tag == "a" and dict(attrs)["href"].startswith("#call-"):
            self.apart.append(tag)  # back from a note

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
            self.end_running()
        elif tag in CELLS and self.tables:
            self.tables[-1].append(plain("".join(self.words)))
            if tag == "td" and self.value is not None:
                self.values.append((self.tables[-1][-1], self.value))
        if tag in RUNNING | CELLS:
            self.words = None

    def end_running(self):
        words = plain("".join(self.words))
        texts_here = self.notes if self.note else self.texts
        texts_here.append(entry(words) if self.index else words)


def read_pages(path):
    """The page and those that follow it, as one."""
    whole, seen = Page(), set()
    while path not in seen:
        seen.add(path)
        page = Page()
        with open(path, encoding="utf-8") as file:
            page.feed(file.read())
        whole.language = page.language
        whole.texts += page.texts
        whole.notes += page.notes
        whole.tables += page.tables
        whole.values += page.values
        if page.next:
            path = os.path.join(os.path.dirname(path), page.next)
    return whole


def typed(words, language):
    """A number as it is shown in a language, as a cell has it."""
    comma = "" if language == "en" else "."
    return number(words).translate(
        {ord("\u202f"): "", ord(","): comma, ord("−"): "-"}).rstrip("\u00a0%")


def value_problems(values, language):
    """A number is shown as it is, a class by words that are always its own."""
    classes = {}
    for shown, cell in values:
        in_words = not re.search(r"\d", shown) and cell.isdigit()
        want = classes.setdefault(number(shown), cell) if in_words \
            else typed(shown, language)
        if want != cell:
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
    read = [cell for table in tables for cell in table if cell]
    asked = [cell for table in wanted for cell in table if cell]
    if sorted(asked) != sorted(read) and not set(asked) <= set(read):
        missing = sorted(set(asked) - set(read))
        yield f"cells: {len(read)} of {len(asked)}, not there: {missing[:4]}"
    elif len(read) == len(asked) and read != asked:
        place = next(i for i, pair in enumerate(zip(read, asked))
                     if pair[0] != pair[1])
        yield f"cells: '{read[place]}' for '{asked[place]}'"


def without_pages(element, words):
    """The words of a reference without the number of its page."""
    if element.role != "Reference":
        return words
    if element.above("Index"):
        return PLACE if PAGES_OF_INDEX.match(words) else words
    return PAGE_OF_REFERENCE.sub("", words)


def texts(pdf):
    """(element, its own text and that of the elements below, but for a list,
    whose items are texts of their own) in order."""
    texts_of_marks = mark_texts(pdf)

    def text(part):
        if isinstance(part, tuple):
            return texts_of_marks.get(part, "")
        return "" if part.role == "L" \
            else without_pages(part, "".join(map(text, part.parts)))
    for element in pdf.elements():
        words = text(element)
        yield element, entry(words) if element.role == "LBody" and \
            element.above("Index") else words


def check(path):
    pdf = Pdf(path)
    page = read_pages(re.sub(r"\.pdf$", ".html", path))
    running, notes, tables = [], [], []
    for element, words in texts(pdf):
        if element.role == "Table":
            tables.append([])
        elif element.role in ("TD", "TH"):
            tables[-1].append(plain(words))
        elif element.role in ("H1", "H2", "H3", "H4", "LBody", "Note") or \
                element.role == "P" and not element.above("Note", "LBody"):
            running.append(plain(words))
        if element.role == "Note":
            notes.append(plain(words))
    yield from text_problems("\n".join(running), page.texts)
    yield from text_problems("\n".join(notes), page.notes)
    yield from table_problems(tables, page.tables)
    yield from value_problems(page.values, page.language)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--root", default="")
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    return 0 if check_report.report("pdf text", check, given.files,
                                    given.root) else 1


if __name__ == "__main__":
    sys.exit(main())
