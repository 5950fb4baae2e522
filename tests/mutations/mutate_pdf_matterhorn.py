#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""The 87 conditions of the Matterhorn protocol that a machine decides: a good
PDF is made to fail each, and check_pdf.py names it by its number.

usage: mutate_pdf_matterhorn.py FILE

FILE is PDF/A-3a with a figure and what mutate_pdf.py needs. Breaks that are
written as files are there; those here are judged as qpdf's JSON, which can say
what no writer would. A condition that nothing breaks fails the test.
"""
import copy
import re
import struct
import sys

import mutate_pdf
import prove
import check_pdf
import check_pdf_font
from check_pdf_file import Pdf
from pdf_sample import Sample, read

CODES = set("""01-003 01-004 01-005 01-007 02-001 02-003 02-004 06-001 06-002
06-003 07-001 07-002 09-004 09-005 09-006 09-007 09-008 10-001 11-001 11-002
11-003 11-004 11-005 11-006 13-004 14-002 14-003 14-006 14-007 15-003 17-002
17-003 19-003 19-004 20-001 20-002 20-003 21-001 25-001 26-001 26-002 28-002
28-004 28-005 28-006 28-007 28-008 28-009 28-010 28-011 28-012 28-014 28-015
28-016 28-017 28-018 30-001 30-002 31-001 31-002 31-003 31-004 31-005 31-006
31-007 31-008 31-009 31-011 31-012 31-013 31-014 31-015 31-016 31-017 31-018
31-019 31-020 31-021 31-022 31-023 31-024 31-025 31-026 31-027 31-028 31-029
31-030""".split())
BREAKS = []


def condition(*codes):
    """A break that fails these conditions, whatever else it fails."""
    def keep(function):
        BREAKS.extend((code, function) for code in codes)
        return function
    return keep


# --- content, roles and structure -------------------------------------------

@condition("01-004")
def _(sample):
    sample.edit_page(rb"(/Artifact<</Type/\w+>>BDC)",
                     rb"\1 /P<</MCID 0>>BDC EMC")


def map_roles(sample, roles):
    sample.value(sample.catalog["/StructTreeRoot"])["/RoleMap"] = roles


@condition("02-003")
def _(sample):
    map_roles(sample, {"/Absatz": "/Satz", "/Satz": "/Absatz"})


@condition("02-004")
def _(sample):
    map_roles(sample, {"/H1": "/P"})


@condition("06-001")
def _(sample):
    del sample.catalog["/Metadata"]


@condition("07-001")
def _(sample):
    del sample.catalog["/ViewerPreferences"]["/DisplayDocTitle"]


@condition("09-004")
def _(sample):
    sample.first(S="TR")["/S"] = "/TD"


@condition("09-006")
def _(sample):
    sample.first(S="P")["/S"] = "/TOCI"


@condition("09-007")
def _(sample):
    sample.first(S="P")["/S"] = "/RT"


@condition("09-008")
def _(sample):
    sample.first(S="P")["/S"] = "/WT"


@condition("14-006")
def _(sample):
    for level in ("H1", "H2"):
        sample.first(S=level)["/S"] = "/H"


@condition("14-007")
def _(sample):
    sample.first(S="H2")["/S"] = "/H"


def make_formula(sample):
    formula = sample.first(S="P")
    formula["/S"] = "/Formula"
    return formula


@condition("17-002")
def _(sample):
    make_formula(sample)


@condition("17-003", "10-001")
def _(sample):
    make_formula(sample)
    for found in list(sample.objects.values()):
        value = found.get("value")
        if isinstance(value, dict) and "/ToUnicode" in value:
            sample.edit(value["/ToUnicode"], rb"> <\w+>", b"> <>")
            sample.edit(value["/ToUnicode"], rb"beginbfchar.*endbfchar", b"")


@condition("19-004")
def _(sample):
    sample.first(S="Note")["/ID"] = "u:x"
    sample.first(S="P")["/ID"] = "u:x"


# --- languages --------------------------------------------------------------

@condition("11-001", "11-002", "11-003", "11-004", "11-005", "11-006")
def _(sample):
    for found in list(sample.objects.values()):
        value = found.get("value")
        if isinstance(value, dict):
            value.pop("/Lang", None)
    sample.edit(sample.catalog["/Metadata"], rb'xml:lang="[a-z-]+"',
                b'xml:lang="x-default"')
    sample.hold({"/FT": "/Tx", "/TU": "u:Nom"})


# --- options, files, forms, rights ------------------------------------------

@condition("20-001")
def _(sample):
    sample.catalog["/OCProperties"] = {"/D": {"/Name": "u:a"},
                                       "/Configs": [{}]}


@condition("20-002")
def _(sample):
    sample.catalog["/OCProperties"] = {"/D": {"/Name": "u: "}}


@condition("20-003")
def _(sample):
    sample.catalog["/OCProperties"] = {"/D": {"/Name": "u:a", "/AS": []}}


@condition("21-001")
def _(sample):
    del sample.first(Type="Filespec")["/UF"]


@condition("25-001")
def _(sample):
    sample.catalog["/AcroForm"] = {"/XFA": ["u:config", sample.add(
        {}, b"<dynamicRender>required</dynamicRender>")]}


@condition("26-001")
def _(sample):
    sample.trailer["/Encrypt"] = {"/Filter": "/Standard"}


@condition("26-002")
def _(sample):
    sample.trailer["/Encrypt"] = {"/Filter": "/Standard", "/P": -1 - 512}


# --- annotations ------------------------------------------------------------

def annotate(sample, value):
    sample.page().setdefault("/Annots", [])
    annots = sample.page()["/Annots"]
    annots = sample.value(annots) if isinstance(annots, str) else annots
    annots.append(sample.add({"/Type": "/Annot", **value}))
    return annots[-1]


@condition("28-002", "28-004")
def _(sample):
    annotate(sample, {"/Subtype": "/Stamp"})


@condition("28-006")
def _(sample):
    annotate(sample, {"/Subtype": "/Zettel", "/Contents": "u:a"})


@condition("28-007")
def _(sample):
    annotate(sample, {"/Subtype": "/TrapNet"})


@condition("28-005", "28-010")
def _(sample):
    annotate(sample, {"/Subtype": "/Widget"})


@condition("28-014", "28-015")
def _(sample):
    sample.hold({"/S": "/MCD"})


@condition("28-016")
def _(sample):
    annotate(sample, {"/Subtype": "/FileAttachment", "/FS": {"/F": "u:a"}})


@condition("28-017", "28-018")
def _(sample):
    drawn = sample.add({"/Subtype": "/Form"}, b"0 0 m 9 9 l S")
    mark = annotate(sample, {"/Subtype": "/PrinterMark", "/AP": {"/N": drawn}})
    sample.first(S="P")["/K"].append({"/Type": "/OBJR", "/Obj": mark})


# --- composite fonts --------------------------------------------------------

SYSTEM = {"/Registry": "u:Adobe", "/Ordering": "u:Identity", "/Supplement": 0}


def with_cmap(sample, words=b"", system=(), **entries):
    font = sample.first(Type="Font", Subtype="Type0")
    value = {"/Type": "/CMap", "/CIDSystemInfo": {**SYSTEM, **dict(system)}}
    value.update({"/" + key: entry for key, entry in entries.items()})
    font["/Encoding"] = sample.add(value, words)


@condition("31-001")
def _(sample):
    with_cmap(sample, system={"/Registry": "u:Autre"})


@condition("31-002")
def _(sample):
    with_cmap(sample, system={"/Ordering": "u:Japan1"})


@condition("31-003")
def _(sample):
    with_cmap(sample, system={"/Supplement": 3})


@condition("31-004")
def _(sample):
    sample.font()["/CIDToGIDMap"] = "/Other"


@condition("31-006")
def _(sample):
    sample.first(Type="Font", Subtype="Type0")["/Encoding"] = "/Other-H"


@condition("31-007")
def _(sample):
    with_cmap(sample, b"/WMode 1 def", WMode=0)


@condition("31-008")
def _(sample):
    with_cmap(sample, b"/Other-H usecmap")


@condition("31-011")
def _(sample):
    sample.edit(sample.font()["/CIDToGIDMap"], rb"^(..)..", b"\\1\xff\xf0")


@condition("31-015")
def _(sample):
    sample.replace(sample.first(Type="FontDescriptor")["/CIDSet"],
                   b"\xff" * 8000)


@condition("31-028")
def _(sample):
    font = sample.first(Type="Font", Subtype="Type0")
    sample.edit(font["/ToUnicode"], rb"<0001> <\w+>", b"<0001> <0000>")


# --- simple fonts -----------------------------------------------------------

def encrypted(data):
    """The reverse of check_pdf_simple.decrypted."""
    key, out = 55665, bytearray()
    for byte in b"0000" + data:
        out.append(byte ^ key >> 8)
        key = (out[-1] + key) * 52845 + 22719 & 0xFFFF
    return bytes(out)


def type1(sample, names):
    clear = b"%!PS-AdobeFont-1.0\n"
    glyphs = b"/.notdef 1 RD x ND /A 1 RD x ND /B 1 RD x ND "
    file = sample.add({"/Length1": len(clear)}, clear + encrypted(glyphs))
    sample.hold({"/Type": "/Font", "/Subtype": "/Type1", "/FontDescriptor": {
        "/Flags": 32, "/CharSet": "u:" + names, "/FontFile": file}})


@condition("31-012")
def _(sample):
    type1(sample, "/A")


@condition("31-013")
def _(sample):
    type1(sample, "/A/B/C")


def truetype(sample, flags, maps, **entries):
    """A font of the file's own program, its maps of characters as given."""
    file = sample.first(Type="FontDescriptor")["/FontFile2"]
    data = Pdf("", sample.document).data(file)
    at = check_pdf_font.Program(data).places[b"cmap"]
    kept = struct.unpack(">L", data[at + 8:at + 12])[0]
    table = struct.pack(">HH", 0, len(maps)) + b"".join(
        struct.pack(">HHL", *one, kept) for one in maps)
    changed = data[:at] + table + data[at + len(table):]
    sample.hold({"/Type": "/Font", "/Subtype": "/TrueType", "/FontDescriptor":
                 {"/Flags": flags, "/FontFile2": sample.add({}, changed)},
                 **{"/" + key: entry for key, entry in entries.items()}})


@condition("31-017")
def _(sample):
    truetype(sample, 32, [(3, 0)], Encoding="/WinAnsiEncoding")


@condition("31-018")
def _(sample):
    truetype(sample, 32, [(3, 1)], Encoding="/WinAnsiEncoding", FirstChar=0x86,
             LastChar=0x87)


@condition("31-019")
def _(sample):
    truetype(sample, 32, [(3, 1)])


@condition("31-020")
def _(sample):
    truetype(sample, 32, [(3, 1)], Encoding={"/Differences": [65, "/A"]})


@condition("31-021")
def _(sample):
    truetype(sample, 32, [(3, 1)], Encoding="/StandardEncoding")


@condition("31-022")
def _(sample):
    truetype(sample, 32, [(3, 1)], Encoding={
        "/BaseEncoding": "/WinAnsiEncoding", "/Differences": [65, "/g123"]})


@condition("31-023")
def _(sample):
    truetype(sample, 32, [(1, 0)], Encoding={
        "/BaseEncoding": "/WinAnsiEncoding", "/Differences": [65, "/A"]})


@condition("31-024")
def _(sample):
    truetype(sample, 4, [(3, 0)], Encoding="/WinAnsiEncoding")


@condition("31-025")
def _(sample):
    truetype(sample, 4, [])


@condition("31-026")
def _(sample):
    truetype(sample, 4, [(1, 0), (3, 1)])


def named(document, path):
    """Numbers of the conditions that the checker finds failed."""
    found = set()
    for problem in check_pdf.judge(Pdf(path, document), standard="3a"):
        found.update(re.findall(r"\[(\d\d-\d\d\d)\]", problem))
    return found


def main():
    path = sys.argv[1]
    document = read(path)
    proof = prove.Proof("Matterhorn")
    proof.say(not named(document, path), "a good one fails no condition")
    for code, change in BREAKS:
        broken = copy.deepcopy(document)
        change(Sample(broken))
        found = named(broken, path)
        proof.say(code in found, code, sorted(found) or ["was accepted"])
    proved = {code for code, _ in BREAKS} | \
        {code for *_, code, _ in mutate_pdf.BREAKS if code}
    proof.say(proved == CODES, f"all {len(CODES)} conditions are proved",
              sorted(proved ^ CODES))
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
