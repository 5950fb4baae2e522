#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds PDF files to PDF/UA-1 (Matterhorn protocol) and to one part of PDF/A,
2a unless told otherwise.

usage: check_pdf.py [--pages N] [--pages-min N] [--figures]
                    [--standard 2a|1b|3a] [--root DIR] FILE...

A document has headings and more than a few words; a figure alone (--figures)
has neither.

Reads `qpdf --json`; `qpdf --check` and `pdffonts` have to agree. Every
problem begins with the name of its rule.
"""
import argparse
import collections
import functools
import re
import subprocess
import sys

import check_report
from check_pdf_archive import STANDARDS, check_archive
from check_pdf_file import Pdf, operators, text_of
from check_pdf_font import (check_fonts, check_listed_fonts, mark_texts,
                            texts)
from check_pdf_rare import ROLES, check_rare
from check_words import faults

PARENTS = {"TR": {"Table", "THead", "TBody", "TFoot"}, "TH": {"TR"},
           "TD": {"TR"}, "THead": {"Table"}, "TBody": {"Table"},
           "TFoot": {"Table"}, "LI": {"L"}, "LBody": {"LI"},
           "Lbl": {"LI", "TOCI", "Note", "BibEntry"}, "TOCI": {"TOC"},
           "RB": {"Ruby"}, "RT": {"Ruby"}, "RP": {"Ruby"},
           "WT": {"Warichu"}, "WP": {"Warichu"}}
CHILDREN = {"Table": {"TR", "THead", "TBody", "TFoot", "Caption"},
            "THead": {"TR"}, "TBody": {"TR"}, "TFoot": {"TR"},
            "TR": {"TH", "TD"}, "L": {"LI", "L", "Caption"},
            "LI": {"Lbl", "LBody"}, "TOC": {"TOCI", "TOC", "Caption"},
            "Ruby": {"RB", "RT", "RP"}, "Warichu": {"WT", "WP"}}
NESTING = {"L": "09-005", "LI": "09-005", "Lbl": "09-005", "LBody": "09-005",
           "TOC": "09-006", "TOCI": "09-006", "Ruby": "09-007", "RB": "09-007",
           "RT": "09-007", "RP": "09-007", "Warichu": "09-008",
           "WT": "09-008", "WP": "09-008"}  # else a part of a table
PAINTING = set(b"S s f F f* B B* b b* sh Do Tj TJ ' \"".split())
PATH = re.compile(r"/(home|root|tmp|work|usr|mnt)/")


# --- the file as a whole ----------------------------------------------------

def check_catalog(pdf):
    catalog = pdf.catalog
    mark = pdf.get(catalog.get("/MarkInfo")) or {}
    view = pdf.get(catalog.get("/ViewerPreferences")) or {}
    if mark.get("/Marked") is not True:
        yield "marked: MarkInfo does not say Marked"
    if mark.get("/Suspects"):
        yield "marked: MarkInfo says Suspects [01-007]"
    if not re.match(r"[a-z]{2}(-[A-Z]{2})?$", text_of(catalog.get("/Lang"))):
        yield f"lang: the catalogue says '{catalog.get('/Lang')}'"
    if view.get("/DisplayDocTitle") is not True:
        code = "07-002" if "/DisplayDocTitle" in view else "07-001"
        yield f"doctitle: viewers are not asked to show the title [{code}]"
    if pdf.get(catalog.get("/StructTreeRoot")) is None:
        yield "structure: no StructTreeRoot"
    for key in ("/OpenAction", "/AA", "/AcroForm", "/OCProperties"):
        if key in catalog:
            yield f"catalog: has {key}"
    if "/Encrypt" in pdf.trailer:
        yield "encrypt: the file is encrypted"
    if [len(text) > 20 for text in pdf.trailer.get("/ID", [])] != [True] * 2:
        yield "id: the trailer has no pair of file identifiers"


def check_navigation(pdf, elements):
    """Bookmarks in a document of more than three pages; labels in all."""
    labels = pdf.numbers(pdf.catalog.get("/PageLabels"))
    if 0 not in labels:
        yield "labels: page labels do not begin at the first page"
    outline = pdf.get(pdf.catalog.get("/Outlines")) or {}
    if len(list(pdf.pages())) > 3 and "/First" not in outline:
        yield "outline: no bookmarks"
    heads = {squeezed(words) for element, words in element_texts(pdf, elements)
             if re.fullmatch(r"H[1-6]", element.role)}
    pages = {reference for reference, _ in pdf.pages()}
    for item in bookmarks(pdf, outline.get("/First"), set()):
        title = text_of(item.get("/Title"))
        target = pdf.get(item.get("/Dest")) or [None]
        if not title:
            yield "outline: a bookmark without words"
        elif squeezed(title) not in heads:
            yield f"outline: no heading reads '{title}'"
        if target[0] not in pages:
            yield f"outline: '{title}' leads to no page"
        if "\x1b" in title:
            yield "lang: a bookmark changes its language by an escape"


def bookmarks(pdf, reference, seen):
    """Every bookmark in order, each once."""
    while reference is not None and reference not in seen:
        seen.add(reference)
        item = pdf.get(reference)
        yield item
        yield from bookmarks(pdf, item.get("/First"), seen)
        reference = item.get("/Next")


def squeezed(words):
    """Words without what a line break does to them."""
    return re.sub(r"\s+", "", words.replace("\u00ad", ""))


def element_texts(pdf, elements):
    """(element, its own text and that of the elements below) in order."""
    texts_of_marks = mark_texts(pdf)

    def text(part):
        return texts_of_marks.get(part, "") if isinstance(part, tuple) \
            else "".join(map(text, part.parts))
    for element in elements:
        yield element, text(element)


# --- structure --------------------------------------------------------------

def check_places(pdf, elements):
    """Every element has a known role in a parent that may hold it."""
    root = pdf.catalog.get("/StructTreeRoot")
    for element in elements:
        above = element.parent
        where = f"{element.role} {element.reference}"
        if element.role not in ROLES:
            yield f"role: {where} is not a standard role [02-001]"
        if element.value.get("/P") != (above.reference if above else root):
            yield f"parent: {where} names another parent"
        if above is None and element.role != "Document":
            yield f"nesting: {where} is the root"
        role = above.role if above else ""
        if element.role in PARENTS and role not in PARENTS[element.role]:
            yield f"nesting: {where} inside {role} " \
                  f"[{NESTING.get(element.role, '09-004')}]"
        if role in CHILDREN and element.role not in CHILDREN[role]:
            yield f"nesting: {where} under {role} " \
                  f"[{NESTING.get(role, '09-004')}]"
        if element.role in ("Note",) and not element.text("/ID"):
            yield f"note: {where} has no ID [19-003]"
    names = [e.value["/ID"] for e in elements if "/ID" in e.value]
    if len(set(names)) != len(names):
        yield "note: an ID is used twice [19-004]"
    if pdf.get((pdf.get(root) or {}).get("/RoleMap")):
        yield "role: roles are mapped"


def check_headings(elements):
    level = 0
    for element in elements:
        if not re.fullmatch(r"H[1-6]", element.role):
            continue
        next_level = int(element.role[1])
        if next_level > level + 1:
            yield f"heading: H{next_level} after " + \
                  (f"H{level} [14-003]" if level else "nothing [14-002]")
        if not element.marks and not element.kids:
            yield f"heading: {element.role} {element.reference} is empty"
        level = next_level
    if level == 0:
        yield "heading: none in the document"


def check_lists(pdf, elements):
    """A list whose items have labels says how they are made."""
    for element in elements:
        labelled = element.role == "L" and any(
            kid.role == "Lbl" for item in element.kids for kid in item.kids)
        if labelled and attribute(pdf, element, "/ListNumbering",
                                  "/None") == "/None":
            yield f"list: L {element.reference} does not say its numbering"
        if element.role == "L" and not element.kids:
            yield f"list: L {element.reference} is empty"


def check_figures(pdf, elements):
    """Figures have words of their own: two that are heard alike are one."""
    heard = {}
    for element in elements:
        if element.role not in ("Figure", "Formula"):
            continue
        where = f"{element.role} {element.reference}"
        words = element.text("/Alt")
        if len(words) < 10 or PATH.search(words):
            code = "13-004" if element.role == "Figure" else "17-002"
            yield f"alt: {where} has no words: '{words}' [{code}]"
        same = heard.setdefault(words, where)
        if same != where:
            yield f"alt: {where} has the words of {same}: '{words[:60]}'"
        if not element.language:
            yield f"alt: {where} has no language"
        boxes = [pdf.get(a).get("/BBox")
                 for a in pdf.list(element.value.get("/A"))]
        box = next((box for box in boxes if box), None)
        page = pdf.get(element.value.get("/Pg"))
        if box is None or page is None:
            yield f"bbox: {where} has no bounding box"
        elif not inside(box, pdf.get(page["/MediaBox"])):
            yield f"bbox: {where} is not on its page: {box}"


def inside(box, page):
    return page[0] <= box[0] < box[2] <= page[2] and \
        page[1] <= box[1] < box[3] <= page[3]


def attribute(pdf, element, name, default=None):
    for attributes in pdf.list(element.value.get("/A")):
        if name in pdf.get(attributes):
            return pdf.get(attributes)[name]
    return default


def rows_of(table):
    for kid in table.kids:
        if kid.role == "TR":
            yield kid
        elif kid.role in ("THead", "TBody", "TFoot"):
            yield from rows_of(kid)


def check_grid(pdf, table):
    """Rows and columns of a table fill a rectangle exactly once."""
    taken = set()
    for y, row in enumerate(rows_of(table)):
        x = 0
        for cell in row.kids:
            while (y, x) in taken:
                x += 1
            for i in range(attribute(pdf, cell, "/RowSpan", 1)):
                for j in range(attribute(pdf, cell, "/ColSpan", 1)):
                    if (y + i, x + j) in taken:
                        yield f"table: {table.reference}: cells overlap"
                    taken.add((y + i, x + j))
    size = (1 + max((y for y, _ in taken), default=0)) * \
           (1 + max((x for _, x in taken), default=0))
    if len(taken) != size:
        yield f"table: {table.reference} is not regular: " \
              f"{len(taken)} cells in a grid of {size}"


def check_tables(pdf, elements):
    for table in (e for e in elements if e.role == "Table"):
        rows = list(rows_of(table))
        heads = [cell for row in rows for cell in row.kids
                 if cell.role == "TH"]
        if len(rows) < 2:
            yield f"table: {table.reference} has {len(rows)} rows"
        if not rows or any(cell.role != "TH" for cell in rows[0].kids):
            yield f"table: {table.reference}: first row is not all headers"
        for cell in heads:
            if attribute(pdf, cell, "/Scope") not in ("/Row", "/Column",
                                                      "/Both"):
                yield f"scope: TH {cell.reference} has none [15-003]"
        yield from check_grid(pdf, table)


SIGNS = {"c", "n.f.", "///", "n.d.", "n.c.",
         "[c]", "[u]", "[z]", "[x]", "[h]"}
NUMBER = r"[-−+\d][\d.,\u202f\u00a0%]*"


def check_signs(pdf, elements):
    """A sign in the place of a value has words; so have letters after one."""
    for element, words in element_texts(pdf, elements):
        value, _, letters = words.strip().rpartition(" ")
        if element.role == "Span" and element.above("TD") and \
                len(element.text("/E")) < 4:
            yield f"sign: {element.reference}: '{words}' has no words"
        elif element.role == "TD" and len(element.text("/E")) < 4 and \
                {words, value} & SIGNS:
            yield f"sign: {element.reference}: '{words}' has no words"
        elif element.role == "TD" and re.fullmatch(NUMBER, value) and \
                re.fullmatch("[pejrba]+", letters) and \
                not any(kid.role == "Span" for kid in element.kids):
            yield f"sign: {element.reference}: '{letters}' has no words"


# --- pages ------------------------------------------------------------------

class PageScan:
    """One page's content, read mark by mark."""

    def __init__(self, number, reference, owners, parents):
        self.where = f"page {number}"
        self.reference = reference
        self.owners = owners    # (page, mark) -> element
        self.parents = parents  # the page's entry in the parent tree
        self.open = []          # 'tag', 'artifact' or 'other'
        self.seen = set()
        self.loose = False

    def begin(self, operands):
        words = b" ".join(operands)
        mark = re.search(rb"/MCID (\d+)", words)
        if words.startswith(b"/Artifact"):
            if "tag" in self.open:
                yield f"content: {self.where}: artifact inside tagged " \
                      "content [01-003]"
            self.open.append("artifact")
        elif mark:
            if self.open:
                yield f"content: {self.where}: marked content is nested" + \
                      (" [01-004]" if "artifact" in self.open else "")
            self.open.append("tag")
            yield from self.owned(int(mark.group(1)))
        else:
            self.open.append("other")

    def owned(self, mark):
        element = self.owners.get((self.reference, mark))
        if mark in self.seen:
            yield f"mark: {self.where}: mark {mark} twice"
        self.seen.add(mark)
        if element is None:
            yield f"mark: {self.where}: mark {mark} is in no element"
        elif mark >= len(self.parents) or \
                self.parents[mark] != element.reference:
            yield f"parenttree: {self.where}: mark {mark} has another element"
        elif not element.language:
            yield f"lang: {self.where}: mark {mark} has no language " \
                  "[11-001]"

    def painted(self, operator):
        if not self.loose and not {"tag", "artifact"} & set(self.open):
            self.loose = True
            yield f"content: {self.where}: {operator.decode()} is neither " \
                  "tagged nor an artifact [01-005]"

    def step(self, operator, operands):
        if operator in (b"BDC", b"BMC"):
            yield from self.begin(operands)
        elif operator == b"EMC":
            if not self.open:
                yield f"content: {self.where}: EMC without beginning"
            self.open = self.open[:-1]
        elif operator in PAINTING:
            yield from self.painted(operator)
        elif operator == b"BI":
            yield f"content: {self.where}: inline image"

    def end(self):
        if self.open:
            yield f"content: {self.where}: marked content is not closed"
        for mark in range(len(self.parents)):
            if mark not in self.seen:
                yield f"parenttree: {self.where}: mark {mark} is not there"


def check_content(pdf, elements):
    owners, tree = {}, parent_tree(pdf)
    for element in elements:
        for mark in element.marks:
            if mark in owners:
                yield f"mark: {mark} belongs to two elements"
            owners[mark] = element
    seen = set()
    for number, (reference, page) in enumerate(pdf.pages(), 1):
        parents = pdf.get(tree.get(page.get("/StructParents"))) or []
        scan = PageScan(number, reference, owners, parents)
        for operator, operands in operators(pdf.content(page)):
            yield from scan.step(operator, operands)
        yield from scan.end()
        seen |= {(reference, mark) for mark in scan.seen}
    for page, mark in set(owners) - seen:
        yield f"mark: element {owners[page, mark].reference} owns mark " \
              f"{mark} that no page has"


def parent_tree(pdf):
    root = pdf.get(pdf.catalog.get("/StructTreeRoot")) or {}
    return pdf.numbers(root.get("/ParentTree"))


def check_forms(pdf):
    """Forms and images that a page draws: none refers to another file, none
    with marks of its own is drawn twice."""
    drawn = collections.Counter()
    for where, content, _ in pdf.contents():
        if ", form " in where:
            reference = where.rsplit(", form ", 1)[1]
            drawn[reference] += 1
            if re.search(rb"/MCID", content) and (
                    drawn[reference] > 1 or
                    "/StructParents" not in pdf.get(reference)):
                yield f"form: {where}: marks that belong to no element " \
                      "[30-002]"
    for name, value in pdf.values():
        if not isinstance(value, dict) or \
                value.get("/Subtype") not in ("/Form", "/Image", "/PS"):
            continue
        if value["/Subtype"] == "/PS" or \
                {"/Ref", "/OPI", "/PS", "/Alternates"} & set(value):
            yield f"form: {name} stands for something outside the file" + \
                  (" [30-001]" if "/Ref" in value else "")
        if value.get("/Interpolate") is True:
            yield f"form: {name} is interpolated"


def check_annotations(pdf, elements):
    owners = {o: e for e in elements for o in e.objects}
    tree = parent_tree(pdf)
    for number, (_, page) in enumerate(pdf.pages(), 1):
        if page.get("/Tabs") != "/S":
            code = "28-009" if "/Tabs" in page else "28-008"
            yield f"tabs: page {number} has another tab order [{code}]"
        for reference in pdf.list(page.get("/Annots")):
            for problem in link_problems(pdf, reference, owners, tree):
                yield f"{problem} (page {number}, {reference})"


def link_problems(pdf, reference, owners, tree):
    value = pdf.get(reference)
    owner = owners.get(reference)
    if value.get("/Subtype") != "/Link":
        yield f"annotation: of kind {value.get('/Subtype')}"
    if owner is None or owner.role != "Link":
        yield "link: not in a Link element [28-011]"
    elif tree.get(value.get("/StructParent")) != owner.reference:
        yield "parenttree: a link has another element"
    elif not owner.marks:
        yield "link: its element has no text"
    if not text_of(value.get("/Contents")):
        yield "link: no Contents [28-012]"
    if owner is not None and not owner.language:
        yield "lang: a link's Contents have no language [11-004]"
    if value.get("/F", 0) & (1 | 2 | 32):
        yield "link: hidden from readers"
    if not value.get("/F", 0) & 4:
        yield "link: not printed"
    if "/Dest" not in value and \
            pdf.get(value.get("/A", {})).get("/S") not in ("/URI", "/GoTo"):
        yield "link: leads nowhere"


# --- everything -------------------------------------------------------------

def check_qpdf(path):
    done = subprocess.run(["qpdf", "--check", path], capture_output=True,
                          text=True, check=False)
    if done.returncode != 0 or "No syntax or stream" not in done.stdout:
        yield "qpdf: " + (done.stderr or done.stdout).strip()


def foreign_texts(pdf, elements, language):
    """{text: its language} of elements that are not in the document's."""
    foreign = {part: element.language[:2] for element in elements
               if element.language and element.language[:2] != language
               for part in element.parts if isinstance(part, tuple)}
    return {words: foreign[mark] for mark, words in mark_texts(pdf).items()
            if mark in foreign} if foreign else {}


def check_words(pdf, elements, least):
    language, count = text_of(pdf.catalog.get("/Lang"))[:2], 0
    foreign = foreign_texts(pdf, elements, language)
    for page, words in texts(pdf):
        count += len(words.split())
        for fault in faults(words, foreign.get(words, language)):
            yield f"{fault} ({page})"
    if count < least:
        yield f"words: {count} in the whole document"


def check_page_count(pdf, exactly, at_least):
    count = len(list(pdf.pages()))
    if exactly and count != exactly:
        yield f"pages: {count}, not {exactly}"
    if count < at_least:
        yield f"pages: {count}, fewer than {at_least}"


def judge(pdf, figure=False, standard="2a"):
    """Yields the problems of what a file holds."""
    elements = pdf.elements()
    yield from check_catalog(pdf)
    yield from check_archive(pdf, elements, standard)
    yield from check_navigation(pdf, elements)
    yield from check_lists(pdf, elements)
    yield from check_forms(pdf)
    yield from check_places(pdf, elements)
    if not figure:
        yield from check_headings(elements)
    yield from check_figures(pdf, elements)
    yield from check_tables(pdf, elements)
    yield from check_signs(pdf, elements)
    yield from check_content(pdf, elements)
    yield from check_annotations(pdf, elements)
    yield from check_rare(pdf, elements)
    yield from check_fonts(pdf)
    yield from check_words(pdf, elements, 1 if figure else 30)


def check(path, exactly=0, at_least=1, figure=False, standard="2a"):
    """Yields the problems of one file."""
    yield from check_qpdf(path)
    pdf = Pdf(path)
    yield from check_page_count(pdf, exactly, at_least)
    yield from judge(pdf, figure, standard)
    yield from check_listed_fonts(path)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, default=0)
    parser.add_argument("--pages-min", type=int, default=1)
    parser.add_argument("--figures", action="store_true")
    parser.add_argument("--standard", choices=STANDARDS, default="2a")
    parser.add_argument("--root", default="")
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    one = functools.partial(check, exactly=given.pages,
                            at_least=given.pages_min, figure=given.figures,
                            standard=given.standard)
    return 0 if check_report.report("pdf", one, given.files,
                                    given.root) else 1


if __name__ == "__main__":
    sys.exit(main())
