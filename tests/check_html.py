#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds pages to what a reader with any browser, or none, needs.

usage: check_html.py [--root DIR] FILE...

Well-formed, in a language, one h1 and headings without gaps, names for every
picture, link and sign, tables with headers, links that lead somewhere, and nothing
fetched from anywhere: the page is the whole page.
"""
import functools
import html.parser
import os
import re
import sys
import urllib.parse

import check_report
from check_words import faults

# No page is larger: a report that has more to say has several.
LARGEST = 2 * 1024 * 1024
VOID = set("area base br col embed hr img input link meta source track wbr"
           .split())
FETCHING = {"script": "src", "img": "src", "link": "href", "iframe": "src",
            "source": "src", "embed": "src", "object": "data", "use": "href",
            "image": "href", "video": "src", "audio": "src"}
NAME = re.compile(r"[A-Za-z][\w.:-]*$")
FETCHING_STYLE = re.compile(r"@import|@font-face|url\s*\((?!\s*#)", re.I)
ADDRESS = re.compile(r"([\w.~:/?#\[\]@!$&'()*+,;=-]|%[0-9A-F]{2})+$", re.A)
SCHEMES = ("https://", "mailto:")


class Node:
    def __init__(self, tag, attributes, parent, line):
        self.tag = tag
        self.attributes = attributes
        self.parent = parent
        self.line = line
        self.kids = []
        self.words = []

    def get(self, name):
        return self.attributes.get(name) or ""

    def all(self, *tags):
        """Nodes below with one of the tags (or any), in page order."""
        for kid in self.kids:
            if not tags or kid.tag in tags:
                yield kid
            yield from kid.all(*tags)

    def text(self):
        own = " ".join(self.words)
        return " ".join([own] + [kid.text() for kid in self.kids]).strip()

    def within(self, tag):
        up = self.parent
        while up is not None and up.tag != tag:
            up = up.parent
        return up is not None


class Page(html.parser.HTMLParser):
    """The tree of a page, and what is not well-formed in it."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.root = Node("", {}, None, 0)
        self.at = self.root
        self.problems = []
        self.doctype = ""
        self.feed(text)
        self.close()
        if self.at is not self.root:
            self.wrong(f"<{self.at.tag}> of line {self.at.line} stays open")

    def wrong(self, words):
        self.problems.append(f"form: line {self.getpos()[0]}: {words}")

    def handle_decl(self, decl):
        self.doctype = decl

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        if len(set(names)) != len(names):
            self.wrong(f"<{tag}> has an attribute twice")
        node = Node(tag, dict(attrs), self.at, self.getpos()[0])
        self.at.kids.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag in VOID:
            return
        if not self.at.within("svg") and tag != "svg":
            self.wrong(f"<{tag}/> outside a picture")
        self.at = self.at.parent

    def handle_endtag(self, tag):
        if self.at.tag != tag:
            self.wrong(f"</{tag}> closes <{self.at.tag}> "
                       f"of line {self.at.line}")
            return
        self.at = self.at.parent

    def handle_data(self, data):
        self.at.words.append(data)

    def unknown_decl(self, data):
        self.wrong(f"unknown declaration {data[:20]}")


# --- rules ------------------------------------------------------------------

def check_head(page):
    roots = [kid for kid in page.root.kids if kid.tag]
    first = roots[0] if roots else page.root
    if page.doctype.lower() != "doctype html":
        yield f"doctype: '{page.doctype}'"
    if first.tag != "html" or not re.match(r"[a-z]{2}(-[A-Z]{2})?$",
                                           first.get("lang")):
        yield f"lang: the page says '{first.get('lang')}'"
    titles = [t for t in page.root.all("title") if t.parent.tag == "head"]
    if len(titles) != 1 or not titles[0].text():
        yield "title: the page has none, or several"
    metas = list(page.root.all("meta"))
    if not any(m.get("charset").lower() == "utf-8" for m in metas):
        yield "charset: not said"
    scale = [m.get("content") for m in metas if m.get("name") == "viewport"]
    if len(scale) != 1 or re.search("user-scalable=no|maximum-scale",
                                    scale[0]):
        yield f"viewport: {scale}"


def check_headings(page):
    level, tops = 0, 0
    for node in page.root.all("h1", "h2", "h3", "h4", "h5", "h6"):
        next_level = int(node.tag[1])
        tops += next_level == 1
        if next_level > level + 1:
            yield f"heading: {node.tag} after h{level} in line {node.line}"
        if not node.text():
            yield f"heading: empty in line {node.line}"
        level = next_level
    if tops != 1:
        yield f"heading: {tops} h1"
    mains = len(list(page.root.all("main")))
    if mains != 1:
        yield f"main: {mains} of them"


def check_ids(page):
    seen = {}
    for node in page.root.all():
        name = node.attributes.get("id")
        if name is None:
            continue
        if not NAME.match(name):
            yield f"id: '{name}' in line {node.line} is no name"
        if name in seen:
            yield f"id: '{name}' in lines {seen[name]} and {node.line}"
        seen[name] = node.line
    for node in page.root.all():
        for key in ("aria-labelledby", "aria-describedby", "for",
                    "aria-controls"):
            for name in node.get(key).split():
                if name not in seen:
                    yield f"id: {key} in line {node.line} names no '{name}'"
        if node.tag == "use" and node.get("href")[1:] not in seen:
            yield f"id: line {node.line} uses no '{node.get('href')}'"


def named(page, node):
    """The accessible name of a picture or a link, "" for none."""
    words = node.get("aria-label").strip()
    names = node.get("aria-labelledby").split()
    if names:
        words = " ".join(other.text() for other in page.root.all()
                         if other.get("id") in names)
    return words or (node.get("alt") if node.tag == "img" else "")


def check_pictures(page):
    for node in page.root.all("img", "svg"):
        if node.within("svg") or node.get("aria-hidden") == "true":
            continue
        if node.tag == "svg" and node.get("role") != "img":
            yield f"picture: line {node.line}: svg without role img"
        if len(named(page, node)) < 10:
            yield f"picture: line {node.line}: no words for it"


@functools.lru_cache(maxsize=None)
def names_of(path):
    """The ids of another page, read without its form."""
    with open(path, encoding="utf-8") as file:
        return set(re.findall(r'<[a-z][^<>]*\sid="([^"]*)"', file.read()))


def check_links(page, path):
    names = {node.get("id") for node in page.root.all()}
    folder = os.path.dirname(path)
    for node in page.root.all("a"):
        where = f"line {node.line}: '{node.get('href')}'"
        target = urllib.parse.unquote(node.get("href"))
        if not (node.text() or named(page, node)):
            yield f"link: {where} has no words"
        if target.startswith("#"):
            if target[1:] not in names:
                yield f"link: {where} leads nowhere on the page"
            continue
        if ":" in target or target.startswith("//"):
            if not target.startswith(SCHEMES):
                yield f"link: {where} is of another kind"
            if not ADDRESS.match(node.get("href")):
                yield f"link: {where} has a character that needs a code"
            continue
        name, _, place = target.partition("#")
        other = os.path.join(folder, name)
        if target.startswith("/") or not os.path.exists(other):
            yield f"link: {where} leads to no file"
        elif place and place not in names_of(other):
            yield f"link: {where} leads nowhere on that page"


def check_requests(page):
    for node in page.root.all():
        target = node.get(FETCHING.get(node.tag, "")) or \
            node.get("xlink:href")
        if target and not target.startswith(("#", "data:")):
            yield f"request: line {node.line}: <{node.tag}> {target}"
        if FETCHING_STYLE.search(node.get("style")):
            yield f"request: line {node.line}: style of <{node.tag}>"
        if node.tag == "style" and FETCHING_STYLE.search(node.text()):
            yield f"request: line {node.line}: the style sheet fetches"
        if node.tag in ("iframe", "object", "embed", "base"):
            yield f"request: line {node.line}: <{node.tag}>"
        for key in node.attributes:
            if key.startswith("on") or key in ("srcset", "ping"):
                yield f"request: line {node.line}: {key}"
        if node.get("http-equiv").lower() == "refresh":
            yield f"request: line {node.line}: refresh"


def span(cell):
    return int(cell.get("colspan") or 1)


def widths(rows):
    """Columns of each row, with the cells that reach down into it."""
    reaching = [0] * len(rows)
    for at, row in enumerate(rows):
        cells = list(row.all("td", "th"))
        for cell in cells:
            last = at + int(cell.get("rowspan") or 1)
            for below in range(at + 1, last):
                if below == len(rows):
                    yield -1  # down out of the table
                    break
                reaching[below] += span(cell)
        yield reaching[at] + sum(map(span, cells))


def check_groups(table):
    """The heads of groups of columns are above such groups."""
    groups = [int(node.get("span") or 1) for node in table.all("colgroup")]
    heads = [head for head in table.all("th")
             if head.get("scope") == "colgroup"]
    if heads and groups != [span(head) for head in
                            next(table.all("tr")).all("th")]:
        yield f"table: line {table.line}: heads are not above their groups"


def check_tables(page):
    for table in page.root.all("table"):
        where = f"line {table.line}"
        captions = [kid for kid in table.kids if kid.tag == "caption"]
        if not any(c.text() for c in captions) and not named(page, table):
            yield f"table: {where}: no caption"
        heads = list(table.all("th"))
        if not heads:
            yield f"table: {where}: no header"
        for head in heads:
            if head.get("scope") not in ("col", "row", "colgroup",
                                         "rowgroup"):
                yield f"table: line {head.line}: header without scope"
                break
        rows = list(table.all("tr"))
        found = set(widths([row for row in rows
                            if not any(row.all("table"))]))
        if len(found) != 1:
            yield f"table: {where}: rows of {sorted(found)} cells"
        yield from check_groups(table)
        if any(not cell.text() for row in rows[:1] for cell in row.all("th")):
            yield f"table: {where}: a column without heading"


def check_readings(page):
    """One number of a table that has some is read out under it."""
    for part in page.root.all("div"):
        words = [kid.text() for kid in part.kids if kid.get("class") == "cap"]
        numbers = [cell for kid in part.kids if kid.get("class") == "scroll"
                   for cell in kid.all("td") if cell.get("data-v")]
        if words and numbers and not re.search("Lecture|How to read",
                                               words[0]):
            yield f"reading: line {part.line}: nothing is read"


def check_folds(page):
    """What unfolds is named, by another name each under one heading."""
    seen = set()
    for node in page.root.all("summary", "h2", "h3", "h4", "h5", "h6"):
        name = node.text()
        if node.tag != "summary":
            seen.clear()
            continue
        if not name or name in seen:
            yield f"fold: line {node.line}: '{name}' once more, or no name"
        seen.add(name)


def check_signs(page):
    """A sign in the place of a value, or after one, is heard in words."""
    for cell in page.root.all("td"):
        signs = [node for sup in cell.all("sup") for node in sup.kids]
        if cell.get("data-s"):
            signs += cell.kids or [cell]
        for sign in signs:
            if sign.tag != "sup" and (sign.get("role") != "img" or
                                      len(sign.get("title")) < 4):
                yield f"sign: line {sign.line}: '{sign.text()}' has no words"


def spoken(node, language):
    """Yields (node, its language) of a node and all below it."""
    language = (node.get("lang") or language)[:2]
    yield node, language
    for kid in node.kids:
        yield from spoken(kid, language)


def check_words(page):
    for node, language in spoken(page.root, ""):
        if node.tag not in ("style", "script"):
            for words in node.words + [node.get("aria-label"),
                                       node.get("title")]:
                yield from faults(words, language)


def check(path):
    """Yields the problems of one page."""
    with open(path, "rb") as file:
        raw = file.read()
    if len(raw) > LARGEST:
        yield f"size: {len(raw)} bytes"
    if raw.startswith(b"\xef\xbb\xbf") or b"\r" in raw or b"\0" in raw:
        yield "bytes: byte order mark, carriage return or zero"
    page = Page(raw.decode("utf-8"))
    yield from page.problems
    yield from check_head(page)
    yield from check_headings(page)
    yield from check_ids(page)
    yield from check_pictures(page)
    yield from check_links(page, path)
    yield from check_requests(page)
    yield from check_tables(page)
    yield from check_readings(page)
    yield from check_folds(page)
    yield from check_signs(page)
    yield from check_words(page)


def main():
    words, root = sys.argv[1:], ""
    if words[:1] == ["--root"]:
        root, words = words[1], words[2:]
    return 0 if check_report.report("html", check, words, root) else 1


if __name__ == "__main__":
    sys.exit(main())
