# SPDX-License-Identifier: EUPL-1.2
"""What PDF/A asks beside structure and fonts, for the three standards that a
release can choose: metadata, colour, transparency, attached files, limits.
"""
import csv
import io
import re
import xml.etree.ElementTree as ET

from check_pdf_file import operators, text_of

# standard: part and level of PDF/A, version of PDF, longest string and array
STANDARDS = {"2a": ("2", "A", "1.7", 32767, 10 ** 6),
             "1b": ("1", "B", "1.4", 65535, 8191),
             "3a": ("3", "A", "1.7", 32767, 10 ** 6)}
NAMES = {"dc": "http://purl.org/dc/elements/1.1/",
         "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
         "pdf": "http://ns.adobe.com/pdf/1.3/",
         "xmp": "http://ns.adobe.com/xap/1.0/",
         "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
         "pdfuaid": "http://www.aiim.org/pdfua/ns/id/"}
SAME = [("/Title", ".//dc:title//rdf:li"), ("/Author", ".//dc:creator//rdf:li"),
        ("/Subject", ".//dc:description//rdf:li"),
        ("/Keywords", ".//pdf:Keywords"), ("/Producer", ".//pdf:Producer"),
        ("/Creator", ".//xmp:CreatorTool")]
DATES = [("/CreationDate", ".//xmp:CreateDate"),
         ("/ModDate", ".//xmp:ModifyDate")]
PATH = re.compile(r"/(home|root|tmp|work|usr|mnt)/")
ACTIONS = {"/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData",
           "/JavaScript", "/Hide", "/SetOCGState", "/Rendition", "/Trans",
           "/GoTo3DView", "/SubmitForm", "/Named"}
OTHER_COLOURS = {b"k", b"K", b"sh", b"ri"}
DEEPEST = 28  # q within q
STATUS = re.compile(r"(.*)_status$")


# --- metadata ---------------------------------------------------------------

def check_metadata(pdf, standard):
    info = pdf.get(pdf.trailer.get("/Info")) or {}
    for key, value in info.items():
        if isinstance(value, str) and PATH.search(value):
            yield f"info: {key} holds a path"
    if "/Metadata" not in pdf.catalog:
        yield "xmp: no metadata stream [06-001]"
        return
    try:
        root = ET.fromstring(pdf.data(pdf.catalog["/Metadata"]))
    except ET.ParseError as error:
        yield f"xmp: not well-formed: {error}"
        return
    part, level, *_ = STANDARDS[standard]
    for name, want in (("pdfuaid:part", "1"), ("pdfaid:part", part),
                       ("pdfaid:conformance", level)):
        if said(root, f".//{name}") != want:
            yield f"xmp: {name} is not {want}" + \
                  (" [06-002]" if name == "pdfuaid:part" else "")
    if not said(root, ".//dc:title//rdf:li").strip():
        yield "xmp: no dc:title [06-003]"
    yield from alike(root, info)


def said(root, path):
    found = root.find(path, NAMES)
    return (found.text or "") if found is not None else ""


def alike(root, info):
    """The information dictionary says what XMP says."""
    for key, path in SAME:
        if said(root, path).strip() != text_of(info.get(key)):
            yield f"xmp: {key} is '{text_of(info.get(key))}' in one place " \
                  f"and '{said(root, path)}' in the other"
    for key, path in DATES:
        digits = re.sub(r"\D", "", said(root, path))
        if not digits or digits != re.sub(r"\D", "", text_of(info.get(key))):
            yield f"xmp: {key} is another date in XMP"


# --- colour and transparency ------------------------------------------------

def check_output_intent(pdf):
    """PDF/A: one sRGB-like profile for every colour."""
    for intent in map(pdf.get, pdf.list(pdf.catalog.get("/OutputIntents"))):
        profile = pdf.get(intent.get("/DestOutputProfile"))
        if intent.get("/S") == "/GTS_PDFA1" and profile and \
                profile.get("/N") == 3:
            data = pdf.data(intent["/DestOutputProfile"])
            if data[36:40] == b"acsp" and data[16:20] == b"RGB ":
                return
    yield "intent: no PDF/A output intent with an RGB profile"


def check_colour(pdf):
    """Only what the profile describes; saved states within their limit."""
    for where, content, _ in pdf.contents():
        depth = 0
        for operator, _ in operators(content):
            depth += {b"q": 1, b"Q": -1}.get(operator, 0)
            if operator in OTHER_COLOURS:
                yield f"colour: {where}: {operator.decode()}"
            if depth > DEEPEST:
                yield f"limits: {where}: more than {DEEPEST} saved states"
                return
        if depth:
            yield f"content: {where}: q and Q do not match"


def check_transparency(pdf, standard):
    for _, value in pdf.values():
        if not isinstance(value, dict):
            continue
        alpha = min([value[key] for key in ("/ca", "/CA") if key in value],
                    default=1)
        clear = alpha < 1 or value.get("/S") == "/Transparency" or \
            value.get("/SMask", "/None") != "/None"
        if value.get("/BM", "/Normal") not in ("/Normal", "/Compatible"):
            yield "transparency: another blend mode"
        if "/TR" in value or "/HTP" in value:
            yield "colour: a transfer function or halftone"
        if clear and standard == "1b":
            yield "transparency: PDF/A-1 does not know it"


# --- attached files ---------------------------------------------------------

def check_files(pdf, elements, standard):
    streams = [name[4:] for name, value in pdf.values()
               if isinstance(value, dict) and
               value.get("/Type") == "/EmbeddedFile"]
    specs = {name[4:]: value for name, value in pdf.values()
             if isinstance(value, dict) and value.get("/Type") == "/Filespec"}
    if standard != "3a":
        if streams or specs or "/AF" in pdf.catalog:
            yield f"files: PDF/A-{standard} holds no files"
        return
    owned = {one for e in elements for one in pdf.list(e.value.get("/AF"))}
    whole = set(pdf.list(pdf.catalog.get("/AF")))
    named = names(pdf, (pdf.get(pdf.catalog.get("/Names")) or {})
                  .get("/EmbeddedFiles"))
    for reference, spec in specs.items():
        yield from spec_problems(pdf, reference, spec)
        if reference not in owned or reference not in whole:
            yield f"files: {reference} belongs to no part of the document"
        if reference not in named:
            yield f"files: {reference} is not in the list of files"
    held = {one for spec in specs.values()
            for one in (pdf.get(spec.get("/EF")) or {}).values()}
    for reference in set(streams) - held:
        yield f"files: {reference} has no name"


def names(pdf, node):
    value = pdf.get(node) or {}
    found = list(pdf.get(value.get("/Names", [])))
    if found[::2] != sorted(found[::2]):
        return set()
    return set(found[1::2]).union(
        *(names(pdf, kid) for kid in pdf.get(value.get("/Kids", []))))


def spec_problems(pdf, reference, spec):
    held = pdf.get(spec.get("/EF")) or {}
    if not text_of(spec.get("/F")) or \
            text_of(spec.get("/F")) != text_of(spec.get("/UF")):
        yield f"files: {reference}: F and UF are not one name" + \
              ("" if "/F" in spec and "/UF" in spec else " [21-001]")
    if not text_of(spec.get("/Desc")):
        yield f"files: {reference}: nobody says what it holds"
    if spec.get("/AFRelationship") != "/Data":
        yield f"files: {reference}: relation {spec.get('/AFRelationship')}"
    if set(held) != {"/F", "/UF"}:
        yield f"files: {reference}: no stream"
        return
    stream, data = pdf.get(held["/F"]), pdf.data(held["/F"])
    params = pdf.get(stream.get("/Params")) or {}
    if stream.get("/Subtype") != "/text/csv":
        yield f"files: {reference}: type {stream.get('/Subtype')}"
    if params.get("/Size") != len(data):
        yield f"files: {reference}: another size"
    if text_of(params.get("/ModDate")) != \
            text_of((pdf.get(pdf.trailer["/Info"])).get("/ModDate")):
        yield f"files: {reference}: another date than the document"
    yield from table_problems(reference, data)


def table_problems(reference, data):
    """A value is there if and only if its status says so."""
    rows = list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))
    if len(rows) < 2 or any(len(row) != len(rows[0]) for row in rows):
        yield f"files: {reference}: not a table"
        return
    for place, name in enumerate(rows[0]):
        if not STATUS.match(name):
            continue
        for row in rows[1:]:
            if (row[place] == "v") != bool(row[place - 1]) and row[place]:
                yield f"files: {reference}: '{row[place - 1]}' of status " \
                      f"'{row[place]}'"


# --- limits and actions -----------------------------------------------------

def check_version(pdf, standard):
    with open(pdf.path, "rb") as file:
        head = file.read(8).decode("latin-1")
    want = STANDARDS[standard][2]
    if head[5:] != want:
        yield f"version: {head[5:]}, not {want}"
    if standard == "1b" and pdf.has_object_streams():
        yield "version: object streams in PDF 1.4"


def check_limits(pdf, standard):
    *_, longest, widest = STANDARDS[standard]
    for name, value in pdf.values(deep=True):
        if isinstance(value, str):
            if value.startswith("/") and len(value) > 128:
                yield f"limits: {name}: a name of {len(value)} letters"
            if 2 * len(value) > longest and value[:2] == "u:":
                yield f"limits: {name}: a text of {len(value)} letters"
        if isinstance(value, list) and len(value) > widest:
            yield f"limits: {name}: a list of {len(value)}"
        if isinstance(value, (int, float)) and abs(value) >= 2 ** 31:
            yield f"limits: {name}: the number {value}"
        if isinstance(value, dict):
            if value.get("/S") in ACTIONS and value.get("/Type") in (
                    None, "/Action") and "/P" not in value:
                yield f"action: {name}: {value['/S']}"
            if "/AA" in value:
                yield f"action: {name}: on events"
            if "/FFilter" in value or "/LZWDecode" in str(
                    value.get("/Filter", "")):
                yield f"limits: {name}: an external or LZW stream"


def check_archive(pdf, elements, standard):
    yield from check_version(pdf, standard)
    yield from check_metadata(pdf, standard)
    yield from check_output_intent(pdf)
    yield from check_colour(pdf)
    yield from check_transparency(pdf, standard)
    yield from check_files(pdf, elements, standard)
    yield from check_limits(pdf, standard)
