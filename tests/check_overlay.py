#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Lays the SVG, PDF and PNG of one figure over each other.

usage: check_overlay.py STEM

Words of the PDF against those of the SVG as librsvg sets it (both by pdftotext
-bbox), and the ink of each word in the PNG against the ink in the PDF painted
at the same size. A displacement beyond half a point fails.
"""
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

FURTHEST_PT = 0.5
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" '
                  r'yMax="([\d.-]+)">([^<]*)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')


def words_of(path):
    """Words with their boxes in shares of the page, and the page's width."""
    text = subprocess.run(["pdftotext", "-bbox", path, "-"],
                          capture_output=True, text=True, check=True).stdout
    width, height = (float(n) for n in PAGE.search(text).groups())
    return [(word, (float(a) / width, float(b) / height, float(c) / width,
                    float(d) / height))
            for a, b, c, d, word in WORD.findall(text)], width, height


def compare_words(stem, work):
    """The largest displacement in points, and how many words were compared."""
    subprocess.run(["rsvg-convert", "-f", "pdf", "-o", work + "/svg.pdf",
                    stem + ".svg"], check=True)
    ours, width, height = words_of(stem + ".pdf")
    theirs, _, _ = words_of(work + "/svg.pdf")
    worst, count = 0, 0
    for word, (left, top, right, bottom) in ours:
        places = [place for other, place in theirs if other == word]
        if not places:
            yield f"'{word}' of the PDF is not in the SVG"
            continue
        # the boxes' heights come from the fonts' own measures: compare the
        # middle of the line
        apart = min(max(abs(left - p[0]) * width, abs(right - p[2]) * width,
                        abs(top + bottom - p[1] - p[3]) / 2 * height)
                    for p in places)
        if apart > FURTHEST_PT:
            yield f"'{word}' is {apart:.2f} pt apart in SVG and PDF"
        worst, count = max(worst, apart), count + 1
    if count < 10 or len(ours) != len(theirs):
        yield f"{len(ours)} words in the PDF, {len(theirs)} in the SVG"
    print(f"    {os.path.basename(stem)}: {count} words, SVG and PDF at most "
          f"{worst:.2f} pt apart")


def read_png(path):
    """Rows of lightness, 0 to 255."""
    with open(path, "rb") as file:
        raw = file.read()
    at, data, palette = 8, b"", b""
    while at < len(raw):
        size, kind = struct.unpack(">L4s", raw[at:at + 8])
        body = raw[at + 8:at + 8 + size]
        if kind == b"IHDR":
            width, height = struct.unpack(">LL", body[:8])
            paletted = body[9] == 3
        palette = body if kind == b"PLTE" else palette
        data += body if kind == b"IDAT" else b""
        at += size + 12
    if not paletted:
        raise SystemExit("the PNG has no palette")
    grey = bytes(sum(palette[i:i + 3]) // 3 for i in range(0, len(palette), 3))
    grey += bytes(256 - len(grey))
    rows, above = [], bytes(width)
    for y, line in enumerate(lines_of(zlib.decompress(data), width, height)):
        if line[0] == 2:  # as differences from the row above
            above = bytes((a + b) & 255 for a, b in zip(above, line[1:]))
        elif line[0] == 0:
            above = line[1:]
        else:
            raise SystemExit(f"row {y} of the PNG has filter {line[0]}")
        rows.append(above.translate(grey))
    return rows


def lines_of(data, width, height):
    """Rows of a paletted PNG, the byte of their filter before them."""
    return [data[y * (width + 1):(y + 1) * (width + 1)] for y in range(height)]


def read_pgm(path):
    with open(path, "rb") as file:
        raw = file.read()
    head = re.match(rb"P5\s+(\d+)\s+(\d+)\s+255\s", raw)
    width, height = int(head.group(1)), int(head.group(2))
    return [raw[head.end() + y * width:head.end() + (y + 1) * width]
            for y in range(height)]


def ink(rows, box):
    """Bounds of the ink in a box of pixels, in parts of them: a pixel at an
    edge counts as far as it is covered."""
    left, top, right, bottom = box
    part = [row[max(0, left):right] for row in rows[max(0, top):bottom]]
    across = edges([min(row) for row in part])
    along = edges([min(column) for column in zip(*part)])
    if across is None:
        return None
    return along[0], across[0], along[1], across[1]


def edges(least):
    """From the darkest pixel of each line: where ink begins and ends."""
    darkest = min(least)
    if darkest >= 128:
        return None
    covered = [min(1, (255 - value) / (255 - darkest)) for value in least]
    inked = [at for at, cover in enumerate(covered) if cover > 0.1]
    first, last = inked[0], inked[-1]
    return first + 1 - covered[first], last + covered[last]


def compare_ink(stem, work):
    """Words on plain paper: other ink in their box is in both pictures. The box
    ends where the word's advance does: a tick of a scale bar stands next to
    it, and what is moved to the right is seen at the word's left."""
    png = read_png(stem + ".png")
    pixels = len(png[0])
    subprocess.run(["pdftoppm", "-gray", "-singlefile", "-scale-to-x",
                    str(pixels), "-scale-to-y", str(len(png)), stem + ".pdf",
                    work + "/pdf"], check=True)
    pdf = read_pgm(work + "/pdf.pgm")
    words, width, height = words_of(stem + ".pdf")
    if abs(len(pdf) - len(png)) > 1:
        yield f"{len(png)} rows in the PNG, {len(pdf)} in the PDF"
    scale, worst, count = pixels / width, 0, 0
    for word, (left, top, right, bottom) in words:
        box = (int(left * pixels) - 1, int(top * len(png)),
               int(right * pixels) + 1, int(bottom * len(png)) + 1)
        one, other = ink(png, box), ink(pdf, box)
        if not one or not other:
            if bool(one) != bool(other):
                yield f"'{word}' is in one of PNG and PDF only"
            continue
        apart = max(abs(a - b) for a, b in zip(one, other)) / scale
        if apart > FURTHEST_PT:
            yield f"'{word}' is {apart:.2f} pt apart in PNG and PDF"
        worst, count = max(worst, apart), count + 1
    if count < 10:
        yield f"only {count} words have ink"
    print(f"    {os.path.basename(stem)}: {count} words, PNG and PDF at most "
          f"{worst:.2f} pt apart")


def main():
    stem, problems = sys.argv[1], []
    with tempfile.TemporaryDirectory() as work:
        for part in (compare_words, compare_ink):
            problems += part(stem, work)
    name = f"{os.path.basename(stem)}: words lie over each other"
    print(("not ok " if problems else "ok ") + name)
    for problem in problems[:10]:
        print("    " + problem)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
