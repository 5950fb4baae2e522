# SPDX-License-Identifier: EUPL-1.2
"""What PDF/UA-1 forbids and no file of ours has ever had: mapped roles, forms,
optional content, encryption, annotations that are no links, media.

With check_pdf*.py these are the 87 conditions of the Matterhorn protocol that
a machine can decide; a problem ends with the number of its condition.
"""
import re
import xml.etree.ElementTree as ET

from check_pdf_file import text_of
from check_pdf_font import mark_texts
from check_pdf_simple import check_other_fonts

ROLES = set("""Document Part Art Sect Div BlockQuote Caption TOC TOCI Index
NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table TR TH TD THead
TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP
Warichu WT WP Figure Formula Form""".split())
KINDS = {"/" + name for name in """Text Link FreeText Line Square Circle
Polygon PolyLine Highlight Underline Squiggly StrikeOut Stamp Caret Ink Popup
FileAttachment Sound Movie Widget Screen PrinterMark TrapNet Watermark 3D
Redact""".split()}  # ISO 32000-1, table 169
PLAIN = {"/Widget", "/Link", "/PrinterMark", "/Popup"}
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
LI = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}li"
MAY_READ = 512  # bit 10 of the permissions: text for assistive technology


# --- roles and headings -----------------------------------------------------

def check_roles(pdf):
    root = pdf.get(pdf.catalog.get("/StructTreeRoot")) or {}
    roles = pdf.get(root.get("/RoleMap")) or {}
    for role in roles:
        seen, at = set(), role
        while at in roles and at not in seen:
            seen.add(at)
            at = roles[at]
        if at in seen:
            yield f"role: {role} is mapped to itself [02-003]"
        if role[1:] in ROLES:
            yield f"role: {role} is a standard role and mapped [02-004]"


def check_plain_headings(elements):
    plain = [e for e in elements if e.role == "H"]
    if plain and any(re.fullmatch("H[1-6]", e.role) for e in elements):
        yield "heading: with and without a level [14-007]"
    for element in elements:
        if sum(kid.role == "H" for kid in element.kids) > 1:
            yield f"heading: two in {element.reference} [14-006]"


def check_formulas(pdf, elements):
    words = None
    for element in (e for e in elements if e.role == "Formula"):
        words = words if words is not None else mark_texts(pdf)
        if "\ufffd" in "".join(words.get(mark, "") for mark in element.marks):
            yield f"tounicode: {element.reference}: signs without meaning " \
                  "[17-003]"


# --- languages --------------------------------------------------------------

def dictionaries(pdf):
    return (value for _, value in pdf.values(deep=True)
            if isinstance(value, dict))


def check_languages(pdf, elements):
    """Texts beside the page: their language is their element's, else the
    document's."""
    for element in elements:
        if {"/Alt", "/ActualText", "/E"} & set(element.value) and \
                not element.language:
            yield f"lang: words of {element.reference} have none [11-002]"
    if text_of(pdf.catalog.get("/Lang")):
        return
    outline = pdf.get(pdf.catalog.get("/Outlines")) or {}
    if "/First" in outline:
        yield "lang: bookmarks have none [11-003]"
    if any("/TU" in value for value in dictionaries(pdf)):
        yield "lang: names of fields have none [11-005]"
    for item in metadata_items(pdf):
        if item.get(LANG, "x-default") == "x-default":
            yield f"lang: '{item.text}' of the metadata has none [11-006]"


def metadata_items(pdf):
    try:
        root = ET.fromstring(pdf.data(pdf.catalog["/Metadata"]))
    except (KeyError, ET.ParseError):
        return []  # told elsewhere
    return [item for item in root.iter(LI) if item.text]


# --- the file as a whole ----------------------------------------------------

def check_options(pdf):
    options = pdf.get(pdf.catalog.get("/OCProperties"))
    if options is None:
        return
    usual = pdf.get(options.get("/D")) or {}
    others = [pdf.get(one) for one in pdf.get(options.get("/Configs")) or []]
    if any(not text_of(one.get("/Name")) for one in others):
        yield "options: a configuration without name [20-001]"
    if not text_of(usual.get("/Name")):
        yield "options: the usual configuration has no name [20-002]"
    if any("/AS" in one for one in [usual, *others]):
        yield "options: switched by what a viewer does [20-003]"


def check_rights(pdf):
    lock = pdf.get(pdf.trailer.get("/Encrypt"))
    if lock is None:
        return
    if "/P" not in lock:
        yield "encrypt: no permissions [26-001]"
    elif not lock["/P"] & MAY_READ:
        yield "encrypt: assistive technology may not read [26-002]"


def check_xfa(pdf):
    form = pdf.get(pdf.catalog.get("/AcroForm")) or {}
    parts = form.get("/XFA")
    parts = parts if isinstance(parts, list) else [parts]
    data = b"".join(pdf.data(one) for one in parts if pdf.is_stream(one))
    if re.search(rb"<dynamicRender>\s*required", data):
        yield "form: made anew by the viewer [25-001]"


# --- annotations ------------------------------------------------------------

def check_annotation(pdf, value, owner):
    kind = value.get("/Subtype")
    role = owner.role if owner else ""
    words = text_of(value.get("/Contents")) or (owner and owner.text("/Alt"))
    if kind not in PLAIN and role != "Annot":
        yield "not in an Annot element [28-002]"
    if kind not in PLAIN and not words:
        yield "no words [28-004]"
    if kind not in KINDS:
        yield f"of the unknown kind {kind} [28-006]"
    if kind == "/TrapNet":
        yield "of kind TrapNet [28-007]"
    if kind == "/FileAttachment":
        spec = pdf.get(value.get("/FS")) or {}
        if not {"/F", "/UF"} <= set(spec):
            yield "its file has no name [28-016]"
    if kind == "/PrinterMark":
        yield from printer_mark(pdf, value, owner)
    if kind == "/Widget":
        if not text_of(value.get("/TU")) and not (owner and
                                                  owner.text("/Alt")):
            yield "a field without name for readers [28-005]"
        if role != "Form":
            yield "a field in no Form element [28-010]"


def printer_mark(pdf, value, owner):
    if owner:
        yield "a printer's mark in the structure [28-017]"
    drawn = (pdf.get(value.get("/AP")) or {}).get("/N")
    if pdf.is_stream(drawn) and \
            not re.match(rb"\s*/Artifact\b", pdf.data(drawn)):
        yield "a printer's mark that is no artifact [28-018]"


def check_other_annotations(pdf, elements):
    owners = {o: e for e in elements for o in e.objects}
    for number, (_, page) in enumerate(pdf.pages(), 1):
        for reference in pdf.list(page.get("/Annots")):
            for problem in check_annotation(pdf, pdf.get(reference),
                                            owners.get(reference)):
                yield f"annotation: page {number}: {problem}"


def check_media(pdf):
    for value in dictionaries(pdf):
        if value.get("/S") == "/MCD":
            if "/CT" not in value:
                yield "media: a clip without type [28-014]"
            if not pdf.get(value.get("/Alt")):
                yield "media: a clip without words [28-015]"


def check_rare(pdf, elements):
    yield from check_roles(pdf)
    yield from check_plain_headings(elements)
    yield from check_formulas(pdf, elements)
    yield from check_languages(pdf, elements)
    yield from check_options(pdf)
    yield from check_rights(pdf)
    yield from check_xfa(pdf)
    yield from check_other_annotations(pdf, elements)
    yield from check_media(pdf)
    yield from check_other_fonts(pdf)
