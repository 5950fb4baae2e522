#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a good PDF in one place at a time; check_pdf.py has to refuse each.

usage: mutate_pdf.py FILE

FILE needs headings of two levels, a figure, a table and a link: the national
report of any release. Breaks are made in qpdf's JSON and written as PDF.
"""
import base64
import copy
import json
import pathlib
import re
import subprocess
import sys
import tempfile

import prove
import check_pdf

BREAKS = []


def breaks(words, rule):
    def keep(function):
        BREAKS.append((words, rule, function))
        return function
    return keep


class Sample:
    """qpdf's JSON of a file, with ways to find the objects to break."""

    def __init__(self, document):
        self.document = document
        self.objects = document["qpdf"][1]
        self.trailer = self.objects["trailer"]["value"]
        self.catalog = self.value(self.trailer["/Root"])

    def value(self, reference):
        found = self.objects["obj:" + reference]
        return found["stream"]["dict"] if "stream" in found \
            else found["value"]

    def first(self, **wanted):
        """The first dictionary with these keys, '_' before the name."""
        for found in self.objects.values():
            value = found["stream"]["dict"] if "stream" in found \
                else found.get("value")
            if isinstance(value, dict) and all(
                    value.get("/" + key) == "/" + text
                    for key, text in wanted.items()):
                return value
        raise ValueError(f"the sample has no {wanted}")

    def edit(self, reference, pattern, text):
        stream = self.objects["obj:" + reference]["stream"]
        before = base64.b64decode(stream["data"])
        after, count = re.subn(pattern, text, before, count=1, flags=re.S)
        if count == 0:
            raise ValueError(f"stream {reference} has no {pattern}")
        stream["data"] = base64.b64encode(after).decode()

    def edit_page(self, pattern, text):
        """The first page on which the pattern is found."""
        for found in list(self.objects.values()):
            value = found.get("value")
            if isinstance(value, dict) and value.get("/Type") == "/Page":
                try:
                    return self.edit(value["/Contents"], pattern, text)
                except ValueError:
                    continue
        raise ValueError(f"no page has {pattern}")

    def font(self):
        return self.first(Type="Font", Subtype="CIDFontType2")


@breaks("no language", "lang")
def _(sample):
    del sample.catalog["/Lang"]


@breaks("not marked", "marked")
def _(sample):
    sample.catalog["/MarkInfo"]["/Marked"] = False


@breaks("suspects", "marked")
def _(sample):
    sample.catalog["/MarkInfo"]["/Suspects"] = True


@breaks("the title is not shown", "doctitle")
def _(sample):
    sample.catalog["/ViewerPreferences"]["/DisplayDocTitle"] = False


@breaks("no structure tree", "structure")
def _(sample):
    del sample.catalog["/StructTreeRoot"]


@breaks("an action on opening", "catalog")
def _(sample):
    sample.catalog["/OpenAction"] = {"/S": "/Named", "/N": "/Print"}


@breaks("no output intent", "intent")
def _(sample):
    del sample.catalog["/OutputIntents"]


@breaks("no page labels", "labels")
def _(sample):
    del sample.catalog["/PageLabels"]


@breaks("a path in the properties", "info")
def _(sample):
    sample.value(sample.trailer["/Info"])["/Author"] = "u:/home/anne/x"


@breaks("XMP does not claim PDF/UA", "xmp")
def _(sample):
    sample.edit(sample.catalog["/Metadata"], rb"<pdfuaid:part>1",
                b"<pdfuaid:part>2")


@breaks("XMP has no title", "xmp")
def _(sample):
    sample.edit(sample.catalog["/Metadata"], rb"<dc:title>.*</dc:title>", b"")


@breaks("XMP is not XML", "xmp")
def _(sample):
    sample.edit(sample.catalog["/Metadata"], rb"</rdf:RDF>", b"")


@breaks("a heading of level 2 becomes 4", "heading")
def _(sample):
    sample.first(S="H2")["/S"] = "/H4"


@breaks("the first heading becomes 2", "heading")
def _(sample):
    sample.first(S="H1")["/S"] = "/H2"


@breaks("a role that nobody knows", "role")
def _(sample):
    sample.first(S="P")["/S"] = "/Absatz"


@breaks("a list item becomes a paragraph", "nesting")
def _(sample):
    sample.first(S="LI")["/S"] = "/P"


@breaks("an element names another parent", "parent")
def _(sample):
    sample.first(S="TR")["/P"] = sample.catalog["/StructTreeRoot"]


@breaks("a figure without words", "alt")
def _(sample):
    del sample.first(S="Figure")["/Alt"]


@breaks("a figure without box", "bbox")
def _(sample):
    del sample.first(S="Figure")["/A"]


@breaks("a figure outside its page", "bbox")
def _(sample):
    sample.first(S="Figure")["/A"]["/BBox"] = [0, 0, 5000, 100]


@breaks("a header cell without scope", "scope")
def _(sample):
    del sample.first(S="TH")["/A"]


@breaks("a cell as wide as three", "table")
def _(sample):
    sample.first(S="TD")["/A"] = {"/O": "/Table", "/ColSpan": 3}


@breaks("a first row of plain cells", "table")
def _(sample):
    sample.first(S="TH")["/S"] = "/TD"


@breaks("a link without words", "link")
def _(sample):
    del sample.first(Subtype="Link")["/Contents"]


@breaks("a link in a span", "link")
def _(sample):
    sample.first(S="Link")["/S"] = "/Span"


@breaks("a link with another number", "parenttree")
def _(sample):
    sample.first(Subtype="Link")["/StructParent"] = 0


@breaks("another tab order", "tabs")
def _(sample):
    sample.first(Type="Page")["/Tabs"] = "/R"


@breaks("ink that is not tagged", "content")
def _(sample):
    sample.edit_page(rb"/Artifact<</Type/Layout>>BDC", b"/Span BMC")


@breaks("an artifact in tagged text", "content")
def _(sample):
    sample.edit_page(rb"(/P<</MCID \d+>>BDC)", rb"\1 /Artifact BMC EMC")


@breaks("a mark that no element owns", "mark")
def _(sample):
    sample.edit_page(rb"(/P<</MCID) \d+>>", rb"\1 999>>")


@breaks("a parent tree in another order", "parenttree")
def _(sample):
    root = sample.value(sample.catalog["/StructTreeRoot"])
    sample.value(root["/ParentTree"])["/Nums"][1].reverse()


@breaks("no ToUnicode", "tounicode")
def _(sample):
    del sample.first(Type="Font", Subtype="Type0")["/ToUnicode"]


@breaks("a code that means U+FEFF", "tounicode")
def _(sample):
    font = sample.first(Type="Font", Subtype="Type0")
    sample.edit(font["/ToUnicode"], rb"<0001> <\w+>", b"<0001> <FEFF>")


@breaks("letters that mean other letters", "words")
def _(sample):
    font = sample.first(Type="Font", Subtype="Type0")
    sample.edit(font["/ToUnicode"], rb"> <0065>", b"> <FFFD>")


@breaks("no CIDToGIDMap", "cidtogid")
def _(sample):
    del sample.font()["/CIDToGIDMap"]


@breaks("a code without glyph", "notdef")
def _(sample):
    sample.edit(sample.font()["/CIDToGIDMap"], rb"^(..)..", rb"\1\0\0")


@breaks("a glyph of another width", "width")
def _(sample):
    sample.font()["/W"][1][1] += 40


@breaks("a font that is not embedded", "embedded")
def _(sample):
    del sample.first(Type="FontDescriptor")["/FontFile2"]


@breaks("a font that is no subset", "subset")
def _(sample):
    sample.first(Type="Font", Subtype="Type0")["/BaseFont"] = "/Roboto"


def read(path):
    done = subprocess.run(["qpdf", "--json-output", "--decode-level="
                           "generalized", "--json-stream-data=inline", path],
                          capture_output=True, check=True)
    return json.loads(done.stdout)


def written(document, folder):
    """The path of the PDF that qpdf makes of the JSON."""
    source, path = folder / "broken.json", folder / "broken.pdf"
    source.write_text(json.dumps(document))
    subprocess.run(["qpdf", "--json-input", source, path], check=True,
                   capture_output=True)
    return str(path)


def main():
    document = read(sys.argv[1])
    proof = prove.Proof("pdf checker")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        proof.accepts(check_pdf.check(written(document, folder)))
        for words, rule, change in BREAKS:
            broken = copy.deepcopy(document)
            change(Sample(broken))
            proof.refuses(words, rule,
                          check_pdf.check(written(broken, folder)))
        proof.refuses("another number of pages", "pages",
                      check_pdf.check(sys.argv[1], exactly=99))
        cut = folder / "cut.pdf"
        whole = pathlib.Path(sys.argv[1]).read_bytes()
        cut.write_bytes(whole[:len(whole) * 2 // 3])
        proof.refuses("a file cut short", "qpdf",
                      check_pdf.check_qpdf(str(cut)))
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
