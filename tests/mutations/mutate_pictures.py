#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a good SVG and a good PNG in one place at a time; check_svg.py and
check_png.py have to refuse each."""
import struct
import sys
import zlib

from prove import prove_texts, sub
import check_png
import check_svg

GOOD_SVG = """<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" \
viewBox="0 0 10 10" role="img" aria-labelledby="m-title">
<title id="m-title">Carte des taux bruts</title>
<style>:root{--m_444444:#444444}
@media (prefers-color-scheme:dark){:root{--m_444444:#c0c0c0}}
.m-p0{fill:url(#m-h)}
.m_t0{fill:#444444;fill:var(--m_444444)}</style>
<defs><pattern id="m-h"><path d="M0 0l1 1"/></pattern></defs>
<g class="area" id="m-01"><title>Ain : 1,5</title>
<path class="m-p0" d="M0 0l1 1"/></g>
</svg>
"""

SVG_BREAKS = [
    ("a group stays open", "form", sub("</g>", "")),
    ("no role", "role", sub(' role="img"', "")),
    ("no title", "title", sub("Carte des taux bruts", "")),
    ("no box", "size", sub("0 0 10 10", "0 0 10")),
    ("an id twice", "id", sub('id="m-01"', 'id="m-h"')),
    ("an id that begins with a digit", "id", sub('id="m-01"', 'id="01"')),
    ("a pattern that does not exist", "id", sub("#m-h", "#m-x")),
    ("a script", "content", sub("<defs>", "<script>1</script><defs>")),
    ("a handler", "content", sub("<g ", '<g onload="x()" ')),
    ("a picture from elsewhere", "content",
     sub("<defs>", '<image href="a.png"/><defs>')),
    ("a style that fetches", "content", sub("url(#m-h)", "url(a.svg)")),
    ("an outline that is no number", "number", sub("M0 0", "Mnan 0")),
    ("an area without name", "area", sub("<title>Ain : 1,5</title>", "")),
    ("an area without outline", "area",
     sub('<path class="m-p0" d="M0 0l1 1"/>', "")),
    ("a colour for light paper only", "modes",
     sub("{--m_444444:#c0c0c0}", "{}")),
    ("words too dark for dark paper", "modes", sub("#c0c0c0", "#606060")),
    ("a line lost on dark paper", "modes", sub("#c0c0c0", "#303030")),
    ("words of one colour on any paper", "modes",
     sub(";fill:var(--m_444444)", "")),
    ("a variable without colour", "modes",
     sub("var(--m_444444)", "var(--m_555555)")),
    ("an entity", "content",
     sub("<svg", "<!DOCTYPE svg [<!ENTITY a 'b'>]><svg")),
]


def chunk(kind, data):
    return struct.pack(">L", len(data)) + kind + data + \
        struct.pack(">L", zlib.crc32(kind + data))


WORDS = b"Description\0\0\0\0\0" + "Carte des taux bruts".encode()


def picture(width=1600, height=3, rows=None, extra=b"", words=WORDS):
    rows = rows or b"".join(
        b"\0" + bytes(x * (y + 1) % 251 for x in range(width))
        for y in range(height))
    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return check_png.SIGNATURE + chunk(b"IHDR", header) + extra + \
        chunk(b"iTXt", words) + chunk(b"IDAT", zlib.compress(rows)) + \
        chunk(b"IEND", b"")


PNG_BREAKS = [
    ("not a picture", "form", lambda raw: b"x" + raw),
    ("another width", "width", lambda raw: picture(width=1599)),
    ("cut short", "form", lambda raw: raw[:-20]),
    ("a changed byte", "sum",
     lambda raw: raw[:-30] + bytes([raw[-30] ^ 1]) + raw[-29:]),
    ("a row too few", "form",
     lambda raw: picture(rows=bytes(1601) + bytes(range(250)))),
    ("an unknown filter", "form",
     lambda raw: picture(rows=(b"\x07" + bytes(range(200)) * 8) * 3)),
    ("nothing drawn", "blank", lambda raw: picture(rows=bytes(1601 * 3))),
    ("no words", "words", lambda raw: picture(words=b"Title\0\0\0\0\0x")),
    ("a path as words", "words",
     lambda raw: picture(words=WORDS + b" de /home/anne/x")),
    ("a remark", "chunk",
     lambda raw: picture(extra=chunk(b"tEXt", b"Author\0me"))),
]

if __name__ == "__main__":
    good = prove_texts("svg checker", check_svg.check, ".svg", GOOD_SVG,
                       SVG_BREAKS)
    good = prove_texts("png checker", check_png.check, ".png", picture(),
                       PNG_BREAKS) and good
    sys.exit(0 if good else 1)
