#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds PNG pictures to the standard and to our width.

usage: check_png.py [--width N] [--root DIR] FILE...

Every chunk's sum is right, the picture decodes to as many bytes as its size
says, is as wide as asked for (1600 without --width), shows more than one
colour, and holds its alternative text and no other: no date, no path.
"""
import argparse
import functools
import re
import struct
import sys
import zlib

import check_report

SIGNATURE = b"\x89PNG\r\n\x1a\n"
SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}  # by colour type
SILENT = {b"IHDR", b"PLTE", b"tRNS", b"sRGB", b"gAMA", b"cHRM", b"pHYs",
          b"IDAT", b"IEND", b"bKGD", b"sBIT", b"iTXt"}


def chunks(raw):
    """Yields (kind, data, whether the sum is right)."""
    at = len(SIGNATURE)
    while at + 12 <= len(raw):
        size, kind = struct.unpack(">L4s", raw[at:at + 8])
        data = raw[at + 8:at + 8 + size]
        stored = raw[at + 8 + size:at + 12 + size]
        yield kind, data, stored == struct.pack(">L", zlib.crc32(kind + data))
        at += 12 + size
    if at != len(raw):
        yield b"rest", raw[at:], False


def check_words(found):
    """One uncompressed Description, in words."""
    words = [data for kind, data, _ in found if kind == b"iTXt"]
    if len(words) != 1 or not words[0].startswith(b"Description\0\0\0"):
        yield f"words: {len(words)} texts, not one description"
        return
    text = words[0].split(b"\0", 5)[-1].decode("utf-8")
    if len(text) < 10 or re.search(r"/(home|root|tmp|work)/", text):
        yield f"words: '{text}'"


def row_bytes(width, depth, colour):
    return (width * depth * SAMPLES[colour] + 7) // 8


def check_pixels(header, packed):
    width, height, depth, colour, _, _, interlace = header
    if interlace:
        yield "form: interlaced"
        return
    try:
        pixels = zlib.decompress(packed)
    except zlib.error as error:
        yield f"form: {error}"
        return
    row = 1 + row_bytes(width, depth, colour)
    if len(pixels) != row * height:
        yield f"form: {len(pixels)} bytes of pixels, not {row * height}"
    elif any(pixels[at] > 4 for at in range(0, len(pixels), row)):
        yield "form: an unknown filter"
    elif len(set(pixels)) < 8:
        yield "blank: nothing is drawn"


def check(path, width=1600):
    """Yields the problems of one picture."""
    with open(path, "rb") as file:
        raw = file.read()
    if not raw.startswith(SIGNATURE):
        yield "form: not a PNG file"
        return
    found = list(chunks(raw))
    for kind, _, good in found:
        if not good:
            yield f"sum: chunk {kind.decode('latin-1')}"
        if kind not in SILENT:
            yield f"chunk: {kind.decode('latin-1')} does not belong here"
    yield from check_words(found)
    kinds = [kind for kind, _, _ in found]
    if kinds[:1] != [b"IHDR"] or kinds[-1:] != [b"IEND"]:
        yield "form: does not begin with IHDR and end with IEND"
        return
    header = struct.unpack(">LLBBBBB", found[0][1])
    if header[0] != width:
        yield f"width: {header[0]} pixels, not {width}"
    yield from check_pixels(header, b"".join(
        data for kind, data, _ in found if kind == b"IDAT"))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--width", type=int, default=1600)
    parser.add_argument("--root", default="")
    parser.add_argument("files", nargs="*")
    given = parser.parse_args()
    one = functools.partial(check, width=given.width)
    return 0 if check_report.report("png", one, given.files,
                                    given.root) else 1


if __name__ == "__main__":
    sys.exit(main())
