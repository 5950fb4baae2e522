# SPDX-License-Identifier: EUPL-1.2
"""Fonts that our files never have, used or not: simple ones (Type 1 and
TrueType) and those with a CMap of their own. ISO 14289-1, 7.21, by the numbers
of the Matterhorn protocol.
"""
import html.entities
import re
import struct

from check_pdf_file import text_of
from check_pdf_font import Program

CMAPS = {"/" + name for name in """GB-EUC-H GB-EUC-V GBpc-EUC-H GBpc-EUC-V
GBK-EUC-H GBK-EUC-V GBKp-EUC-H GBKp-EUC-V GBK2K-H GBK2K-V UniGB-UCS2-H
UniGB-UCS2-V UniGB-UTF16-H UniGB-UTF16-V B5pc-H B5pc-V HKscs-B5-H HKscs-B5-V
ETen-B5-H ETen-B5-V ETenms-B5-H ETenms-B5-V CNS-EUC-H CNS-EUC-V UniCNS-UCS2-H
UniCNS-UCS2-V UniCNS-UTF16-H UniCNS-UTF16-V 83pv-RKSJ-H 90ms-RKSJ-H 90ms-RKSJ-V
90msp-RKSJ-H 90msp-RKSJ-V 90pv-RKSJ-H Add-RKSJ-H Add-RKSJ-V EUC-H EUC-V
Ext-RKSJ-H Ext-RKSJ-V H V UniJIS-UCS2-H UniJIS-UCS2-V UniJIS-UCS2-HW-H
UniJIS-UCS2-HW-V UniJIS-UTF16-H UniJIS-UTF16-V KSC-EUC-H KSC-EUC-V KSCms-UHC-H
KSCms-UHC-V KSCms-UHC-HW-H KSCms-UHC-HW-V KSCpc-EUC-H UniKS-UCS2-H UniKS-UCS2-V
UniKS-UTF16-H UniKS-UTF16-V Identity-H Identity-V""".split()}  # table 118
CODES = {"/MacRomanEncoding": "mac_roman", "/WinAnsiEncoding": "cp1252"}
SYMBOLIC, NONSYMBOLIC = 4, 32  # flags of a descriptor
# The Adobe glyph list, as far as a Latin text goes: letters, their accented
# forms (which HTML names alike), figures and stops.
WORDS = set("""zero one two three four five six seven eight nine space period
comma hyphen colon semicolon parenleft parenright slash percent plus equal
quotesingle quotedbl quoteright quoteleft endash emdash minus""".split())


def listed(name):
    return name in WORDS or name in html.entities.name2codepoint or \
        re.fullmatch("[A-Za-z]|uni[0-9A-F]{4}", name) is not None


# --- composite fonts --------------------------------------------------------

def composite_problems(pdf, font):
    encoding = font.get("/Encoding")
    if not pdf.is_stream(encoding):
        if encoding not in CMAPS:
            yield f"{encoding} is neither listed nor embedded [31-006]"
        return
    cmap, data = pdf.get(encoding), pdf.data(encoding)
    own = pdf.get(cmap.get("/CIDSystemInfo")) or {}
    below = pdf.get(pdf.get(font["/DescendantFonts"])[0])
    other = pdf.get(below.get("/CIDSystemInfo")) or {}
    for key, code in (("/Registry", "31-001"), ("/Ordering", "31-002")):
        if text_of(own.get(key)) != text_of(other.get(key)):
            yield f"its CMap is of another {key[1:]} [{code}]"
    if other.get("/Supplement", 0) < own.get("/Supplement", 0):
        yield "its CMap is of a later Supplement [31-003]"
    said = re.search(rb"/WMode\s+(\d)", data)
    if cmap.get("/WMode", 0) != (int(said[1]) if said else 0):
        yield "its CMap is written in two directions [31-007]"
    base = re.search(rb"(/\S+)\s+usecmap", data)
    for used in {cmap.get("/UseCMap"), base and base[1].decode()} - {None}:
        if not pdf.is_stream(used) and used not in CMAPS:
            yield f"its CMap is made of {used} [31-008]"


# --- Type 1 -----------------------------------------------------------------

def decrypted(data):
    """The private part of a Type 1 program (Adobe Type 1, chapter 7)."""
    key, out = 55665, bytearray()
    for byte in data:
        out.append(byte ^ key >> 8)
        key = (byte + key) * 52845 + 22719 & 0xFFFF
    return bytes(out[4:])


def type1_problems(pdf, descriptor):
    file = descriptor.get("/FontFile")
    if "/CharSet" not in descriptor or not pdf.is_stream(file):
        return
    private = decrypted(pdf.data(file)[pdf.get(file).get("/Length1", 0):])
    has = {name.decode() for name in re.findall(
        rb"/([^\s/]+) \d+ (?:RD|-\|) ", private)} - {".notdef"}
    told = set(text_of(descriptor["/CharSet"]).split("/")[1:])
    if has - told:
        yield f"CharSet lacks {sorted(has - told)[0]} [31-012]"
    if told - has:
        yield f"no glyph for {sorted(told - has)[0]} of CharSet [31-013]"


# --- TrueType ---------------------------------------------------------------

def maps_of(program):
    """(platform, encoding) of the program's maps of characters."""
    cmap = program.tables.get(b"cmap", b"\0\0\0\0")
    count = struct.unpack(">H", cmap[2:4])[0]
    return {struct.unpack(">HH", cmap[4 + 8 * i:8 + 8 * i])
            for i in range(count)}


def plain_problems(font, program, encoding):
    """A font of letters: its codes go through a known encoding."""
    maps, differences = maps_of(program), encoding.get("/Differences", [])
    if not maps & {(3, 1), (1, 0)}:
        yield "no map of letters [31-017]"
    if "/Encoding" not in font:
        yield "no encoding [31-019]"
        return
    base = encoding.get("/BaseEncoding")
    if base is None:
        yield "an encoding of differences alone [31-020]"
    elif base not in CODES:
        yield f"the encoding {base} [31-021]"
    names = [one[1:] for one in differences if isinstance(one, str)]
    if any(not listed(name) for name in names):
        yield "differences that no list of glyphs has [31-022]"
    if names and (3, 1) not in maps:
        yield "differences without a Unicode map [31-023]"
    drawn = {c for many in program.characters().values() for c in many}
    codes = range(font.get("/FirstChar", 0), font.get("/LastChar", -1) + 1)
    text = bytes(codes).decode(CODES.get(base, "cp1252"), "ignore")
    if maps & {(3, 1)} and any(ord(c) not in drawn for c in text):
        yield "a code that its map has not [31-018]"


def symbol_problems(font, program):
    maps = maps_of(program)
    if "/Encoding" in font:
        yield "signs with an encoding [31-024]"
    if not maps:
        yield "signs without a map [31-025]"
    if len(maps) > 1 and (3, 0) not in maps:
        yield "signs of several maps, none of them theirs [31-026]"


def truetype_problems(pdf, font, descriptor):
    if not pdf.is_stream(descriptor.get("/FontFile2")):
        return
    program = Program(pdf.data(descriptor["/FontFile2"]))
    encoding = pdf.get(font.get("/Encoding"))
    if not isinstance(encoding, dict):
        encoding = {"/BaseEncoding": encoding}
    if descriptor.get("/Flags", 0) & NONSYMBOLIC:
        yield from plain_problems(font, program, encoding)
    elif descriptor.get("/Flags", 0) & SYMBOLIC:
        yield from symbol_problems(font, program)


def check_other_fonts(pdf):
    for name, font in pdf.values(deep=True):
        if not isinstance(font, dict) or font.get("/Type") != "/Font":
            continue
        descriptor = pdf.get(font.get("/FontDescriptor")) or {}
        problems = {
            "/Type0": lambda: composite_problems(pdf, font),
            "/Type1": lambda: type1_problems(pdf, descriptor),
            "/TrueType": lambda: truetype_problems(pdf, font, descriptor),
        }.get(font.get("/Subtype"), lambda: ())
        for problem in problems():
            yield f"font: {name}: {problem}"
