#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a good PDF in one place at a time; check_pdf.py has to refuse each.

usage: mutate_pdf.py FILE [STANDARD]

FILE needs headings of two levels, a list, a note, a figure, a table and a link.
Breaks are made in qpdf's JSON and written as PDF, or as PDF of one standard
only: those of attached files need 3a.
"""
import base64
import copy
import pathlib
import sys
import tempfile

import prove
import check_pdf
import check_pdf_font
from pdf_sample import Sample, read, written

BREAKS = []


def breaks(words, rule, standard="", code=""):
    """A break of samples of every standard, or of one; the number of its
    condition in the Matterhorn protocol, when it is one."""
    def keep(function):
        BREAKS.append((words, rule, standard, code, function))
        return function
    return keep


@breaks("no language", "lang")
def _(sample):
    del sample.catalog["/Lang"]


@breaks("not marked", "marked")
def _(sample):
    sample.catalog["/MarkInfo"]["/Marked"] = False


@breaks("suspects", "marked", code="01-007")
def _(sample):
    sample.catalog["/MarkInfo"]["/Suspects"] = True


@breaks("the title is not shown", "doctitle", code="07-002")
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


@breaks("XMP does not claim PDF/UA", "xmp", code="06-002")
def _(sample):
    sample.edit(sample.catalog["/Metadata"], rb"<pdfuaid:part>1",
                b"<pdfuaid:part>2")


@breaks("XMP has no title", "xmp", code="06-003")
def _(sample):
    sample.edit(sample.catalog["/Metadata"], rb"<dc:title>.*</dc:title>", b"")


@breaks("XMP is not XML", "xmp")
def _(sample):
    sample.edit(sample.catalog["/Metadata"], rb"</rdf:RDF>", b"")


@breaks("a heading of level 2 becomes 4", "heading", code="14-003")
def _(sample):
    sample.first(S="H2")["/S"] = "/H4"


@breaks("the first heading becomes 2", "heading", code="14-002")
def _(sample):
    sample.first(S="H1")["/S"] = "/H2"


@breaks("a role that nobody knows", "role", code="02-001")
def _(sample):
    sample.first(S="P")["/S"] = "/Absatz"


@breaks("a list item becomes a paragraph", "nesting", code="09-005")
def _(sample):
    sample.first(S="LI")["/S"] = "/P"


@breaks("an element names another parent", "parent")
def _(sample):
    sample.first(S="TR")["/P"] = sample.catalog["/StructTreeRoot"]


@breaks("a figure without words", "alt", code="13-004")
def _(sample):
    del sample.first(S="Figure")["/Alt"]


@breaks("two figures with the same words", "alt")
def _(sample):
    other, figure = sample.first(S="P"), sample.first(S="Figure")
    other["/S"], other["/Alt"] = "/Figure", figure["/Alt"]


@breaks("a figure without box", "bbox")
def _(sample):
    del sample.first(S="Figure")["/A"]


@breaks("a figure outside its page", "bbox")
def _(sample):
    sample.first(S="Figure")["/A"]["/BBox"] = [0, 0, 5000, 100]


@breaks("a header cell without scope", "scope", code="15-003")
def _(sample):
    del sample.first(S="TH")["/A"]


@breaks("a cell as wide as three", "table")
def _(sample):
    sample.first(S="TD")["/A"] = {"/O": "/Table", "/ColSpan": 3}


@breaks("a first row of plain cells", "table")
def _(sample):
    sample.first(S="TH")["/S"] = "/TD"


@breaks("a link without words", "link", code="28-012")
def _(sample):
    del sample.first(Subtype="Link")["/Contents"]


@breaks("a link in a span", "link", code="28-011")
def _(sample):
    sample.first(S="Link")["/S"] = "/Span"


@breaks("a link with another number", "parenttree")
def _(sample):
    sample.first(Subtype="Link")["/StructParent"] = 0


@breaks("another tab order", "tabs", code="28-009")
def _(sample):
    sample.first(Type="Page")["/Tabs"] = "/R"


@breaks("ink that is not tagged", "content", code="01-005")
def _(sample):
    sample.edit_page(rb"/Artifact<</Type/Layout>>BDC", b"/Span BMC")


@breaks("an artifact in tagged text", "content", code="01-003")
def _(sample):
    sample.edit_page(rb"(/P<</MCID \d+>>BDC)", rb"\1 /Artifact BMC EMC")


@breaks("a mark that no element owns", "mark")
def _(sample):
    sample.edit_page(rb"(/P<</MCID) \d+>>", rb"\1 999>>")


@breaks("a parent tree in another order", "parenttree")
def _(sample):
    nums = sample.parents()
    next(owners for owners in nums[1::2] if len(set(owners)) > 1).reverse()


@breaks("no ToUnicode", "tounicode", code="31-027")
def _(sample):
    del sample.first(Type="Font", Subtype="Type0")["/ToUnicode"]


@breaks("a code that means U+FEFF", "tounicode", code="31-029")
def _(sample):
    font = sample.first(Type="Font", Subtype="Type0")
    sample.edit(font["/ToUnicode"], rb"<0001> <\w+>", b"<0001> <FEFF>")


@breaks("letters that mean other letters", "words")
def _(sample):
    font = sample.first(Type="Font", Subtype="Type0")
    sample.edit(font["/ToUnicode"], rb"> <0065>", b"> <FFFD>")


@breaks("no CIDToGIDMap", "cidtogid", code="31-005")
def _(sample):
    del sample.font()["/CIDToGIDMap"]


@breaks("a code without glyph", "notdef", code="31-030")
def _(sample):
    sample.edit(sample.font()["/CIDToGIDMap"], rb"^(..)..", rb"\1\0\0")


@breaks("a glyph of another width", "width", code="31-016")
def _(sample):
    sample.font()["/W"][1][1] += 40


@breaks("a font that is not embedded", "embedded", code="31-009")
def _(sample):
    del sample.first(Type="FontDescriptor")["/FontFile2"]


@breaks("a font that is no subset", "subset")
def _(sample):
    sample.first(Type="Font", Subtype="Type0")["/BaseFont"] = "/Roboto"


@breaks("a letter that reads as another letter", "cmap")
def _(sample):
    font = sample.first(Type="Font", Subtype="Type0")
    sample.edit(font["/ToUnicode"], rb"> <0061>", b"> <0062>")


@breaks("a narrow no-break space that reads as a letter", "cmap")
def _(sample):
    font = sample.first(Type="Font", Subtype="Type0")
    sample.edit(font["/ToUnicode"], rb"> <202F>", b"> <0069>")


@breaks("a program without map of characters", "cmap")
def _(sample):
    sample.edit(sample.first(Type="FontDescriptor")["/FontFile2"], rb"cmap",
                b"cmaq")


@breaks("a glyph that its program makes wider", "width")
def _(sample):
    reference = sample.first(Type="FontDescriptor")["/FontFile2"]
    data = base64.b64decode(
        sample.objects["obj:" + reference]["stream"]["data"])
    at = check_pdf_font.Program(data).places[b"hmtx"]
    sample.replace(reference, data[:at] + b"\x0f" * 8 + data[at + 8:])


@breaks("a code that another font has", "cidset", code="31-014")
def _(sample):
    sample.replace(sample.first(Type="FontDescriptor")["/CIDSet"], b"\x80")


@breaks("codes of another collection", "encoding")
def _(sample):
    sample.font()["/CIDSystemInfo"]["/Ordering"] = "u:Japan1"


@breaks("a font of two names", "subset")
def _(sample):
    sample.font()["/BaseFont"] = "/ABCDEF+Other"


@breaks("a bookmark that no heading reads", "outline")
def _(sample):
    sample.outline()["/Title"] = "u:Chapitre perdu"


@breaks("a bookmark without words", "outline")
def _(sample):
    sample.outline()["/Title"] = "u: "


@breaks("a bookmark that leads to no page", "outline")
def _(sample):
    sample.outline()["/Dest"][0] = sample.catalog["/StructTreeRoot"]


@breaks("a bookmark in a language of its own", "lang")
def _(sample):
    sample.outline()["/Title"] += "\x1bde\x1b"


@breaks("a link that is hidden", "link")
def _(sample):
    sample.first(Subtype="Link")["/F"] = 6


@breaks("an annotation that is no link", "annotation")
def _(sample):
    sample.first(Subtype="Link")["/Subtype"] = "/Text"


@breaks("a form that refers to another file", "form", code="30-001")
def _(sample):
    sample.draw(sample.add({"/Subtype": "/Form", "/BBox": [0, 0, 9, 9],
                            "/Ref": {}}, b"0 0 m"), b"/X1 Do")


@breaks("a form with marks, drawn twice", "form", code="30-002")
def _(sample):
    sample.draw(sample.add({"/Subtype": "/Form", "/BBox": [0, 0, 9, 9],
                            "/StructParents": 0},
                           b"/P <</MCID 0>> BDC EMC"), b"/X1 Do /X1 Do")


@breaks("a form in the colours of a press", "colour")
def _(sample):
    sample.draw(sample.add({"/Subtype": "/Form", "/BBox": [0, 0, 9, 9]},
                           b"0 0 0 1 k 0 0 9 9 re f"), b"/X1 Do")


@breaks("a picture that is smoothed", "form")
def _(sample):
    sample.hold({"/Subtype": "/Image", "/Interpolate": True}, b"")


@breaks("states saved and not restored", "content")
def _(sample):
    sample.edit_page(rb"(/Artifact<</Type/\w+>>BDC)", rb"\1 q")


@breaks("another blend mode", "transparency")
def _(sample):
    sample.hold({"/Type": "/ExtGState", "/BM": "/Multiply"})


@breaks("a text of forty thousand letters", "limits")
def _(sample):
    sample.first(S="Figure")["/Alt"] = "u:" + 40000 * "a"


@breaks("a name of two hundred letters", "limits")
def _(sample):
    sample.page()["/" + "x" * 3] = "/" + 200 * "a"


@breaks("an action that starts a program", "action")
def _(sample):
    sample.hold({"/Type": "/Action", "/S": "/Launch"})


@breaks("actions on events", "action")
def _(sample):
    sample.page()["/AA"] = {}


@breaks("XMP of another date", "xmp")
def _(sample):
    sample.edit(sample.catalog["/Metadata"], rb"<xmp:CreateDate>\d",
                b"<xmp:CreateDate>1")


@breaks("XMP of another author", "xmp")
def _(sample):
    sample.value(sample.trailer["/Info"])["/Author"] = "u:Autre"


@breaks("XMP of another part of PDF/A", "xmp")
def _(sample):
    sample.edit(sample.catalog["/Metadata"], rb"<pdfaid:part>\d",
                b"<pdfaid:part>9")


@breaks("a list that hides its numbering", "list")
def _(sample):
    del sample.first(S="L")["/A"]


@breaks("a note without name", "note", code="19-003")
def _(sample):
    del sample.first(S="Note")["/ID"]


@breaks("a key that another page has", "parenttree")
def _(sample):
    sample.parents()[1].pop()


# What others were told about: issues of JasperReports (jr), BIRT, Quarto and
# what stands below it.

@breaks("a rule that no artifact holds (jr 533)", "content")
def _(sample):
    sample.edit_page(rb"/Artifact<</Type/\w+>>BDC(.*?)EMC", rb"\1")


@breaks("a figure whose box is another attribute's (jr 490)", "bbox")
def _(sample):
    sample.first(S="Figure")["/A"] = {"/O": "/Layout", "/Placement": "/Block"}


@breaks("header cells of no direction (jr 490, WeasyPrint 2508)", "scope")
def _(sample):
    for found in sample.objects.values():
        value = found.get("value")
        if isinstance(value, dict) and value.get("/S") == "/TH":
            value.pop("/A", None)


@breaks("heads again on the next page (QuestPDF 1177, BIRT 1972)", "mark")
def _(sample):
    head = sample.first(S="TH")
    head["/K"] = head["/K"] * 2


@breaks("a table cut in two by its pages (BIRT 1972)", "table")
def _(sample):
    body = sample.first(S="TBody")
    table = sample.value(body["/P"])
    reference = sample.add({"/S": "/Table", "/P": table["/P"], "/K": []})
    rows = body["/K"]
    body["/K"], moved = rows[:1], rows[1:]
    sample.value(table["/P"])["/K"].append(reference)
    sample.value(reference)["/K"] = moved
    for row in moved:
        sample.value(row)["/P"] = reference


@breaks("dates that disagree (BIRT 1486)", "xmp")
def _(sample):
    sample.value(sample.trailer["/Info"])["/ModDate"] = "u:D:20200101000000Z"


@breaks("a link outside the structure (apaquarto 157)", "link")
def _(sample):
    link = sample.first(S="Link")
    link["/K"] = [kid for kid in link["/K"] if not isinstance(kid, dict)]


@breaks("a page without tab order (apaquarto 157)", "tabs", code="28-008")
def _(sample):
    del sample.page()["/Tabs"]


# --- attached files ---------------------------------------------------------

@breaks("a file of no part of the document", "files", "3a")
def _(sample):
    del sample.first(S="Figure")["/AF"]


@breaks("a file that the document does not list", "files", "3a")
def _(sample):
    del sample.catalog["/Names"]


@breaks("a file of another relation", "files", "3a")
def _(sample):
    sample.first(Type="Filespec")["/AFRelationship"] = "/Source"


@breaks("a sign without words", "sign")
def _(sample):
    del next(found["value"] for found in sample.objects.values()
             if isinstance(found.get("value"), dict) and
             found["value"].get("/S") == "/TD" and
             "/E" in found["value"])["/E"]


@breaks("a file of two names", "files", "3a")
def _(sample):
    sample.first(Type="Filespec")["/UF"] = "u:autre.csv"


@breaks("a file of another size", "files", "3a")
def _(sample):
    sample.first(Type="EmbeddedFile")["/Params"]["/Size"] += 1


@breaks("a file of another kind", "files", "3a")
def _(sample):
    sample.first(Type="EmbeddedFile")["/Subtype"] = "/text/plain"


@breaks("a file with a value where none may be", "files", "3a")
def _(sample):
    stream = sample.first(Type="Filespec")["/EF"]["/F"]
    sample.edit(stream, rb",v(,|\r)", rb",c\1")


@breaks("files in a document that has none", "files", "2a")
def _(sample):
    sample.hold({"/Type": "/EmbeddedFile"}, b"a,b\r\n1,2\r\n")


@breaks("colours that let others through", "transparency", "1b")
def _(sample):
    sample.hold({"/Type": "/ExtGState", "/ca": 0.5})


def main():
    document = read(sys.argv[1])
    standard = sys.argv[2] if len(sys.argv) > 2 else "2a"
    proof = prove.Proof(f"pdf checker, {standard}")
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        proof.accepts(check_pdf.check(written(document, folder),
                                      standard=standard))
        for words, rule, only, code, change in BREAKS:
            if only != standard and (only or standard != "2a"):
                continue
            broken = copy.deepcopy(document)
            change(Sample(broken))
            proof.refuses(words, rule, check_pdf.check(
                written(broken, folder), standard=standard), code)
        proof.refuses("another number of pages", "pages",
                      check_pdf.check(sys.argv[1], exactly=99,
                                      standard=standard))
        cut = folder / "cut.pdf"
        whole = pathlib.Path(sys.argv[1]).read_bytes()
        cut.write_bytes(whole[:len(whole) * 2 // 3])
        proof.refuses("a file cut short", "qpdf",
                      check_pdf.check_qpdf(str(cut)))
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
