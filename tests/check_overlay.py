#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Lays the SVG, PDF and PNG of one figure over each other.

usage: check_overlay.py STEM

Words of the PDF against those of the SVG as Chromium sets it (both by pdftotext
-bbox), and the ink of each word in the PNG against the ink in the PDF painted
at the same size, points from the top left each time. A displacement beyond half
a point fails.
"""
import os
import re
import struct
import subprocess
import sys
import tempfile
import zlib

FURTHEST_PT = 0.5
SAME_PAGE_PT = 0.05
PT_OF_PX = 0.75
ROOM_PT = 10  # the browser's pages are of whole pixels
SAME_GREY, PLAIN, LEAST_INK = 8, 0.98, 64
SIZE = re.compile(r'width="([\d.]+)" height="([\d.]+)"')
WORD = re.compile(r'<word xMin="([\d.-]+)" yMin="([\d.-]+)" xMax="([\d.-]+)" '
                  r'yMax="([\d.-]+)">([^<]*)</word>')
PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">')


def words_of(path):
    """Words with their boxes in points from the top left, and the page's
    size."""
    text = subprocess.run(["pdftotext", "-bbox", path, "-"],
                          capture_output=True, text=True, check=True).stdout
    width, height = (float(n) for n in PAGE.search(text).groups())
    return [(word, tuple(float(side) for side in box))
            for *box, word in WORD.findall(text)], width, height


def print_svg(path, work):
    """The SVG as a browser sets it, on a page of its own; its size in points
    as it says itself."""
    with open(path, encoding="utf-8") as file:
        picture = file.read().split("?>", 1)[1]
    width, height = (float(n) * PT_OF_PX for n in SIZE.search(picture).groups())
    with open(work + "/page.html", "w", encoding="utf-8") as page:
        page.write("<!doctype html><meta charset=utf-8><style>@page{margin:0;"
                   f"size:{width + ROOM_PT}pt {height + ROOM_PT}pt}}"
                   "body{margin:0}svg{display:block}</style>" + picture)
    subprocess.run(["chromium", "--headless", "--no-sandbox",
                    "--disable-dev-shm-usage", "--no-pdf-header-footer",
                    f"--user-data-dir={work}/chromium",
                    f"--print-to-pdf={work}/svg.pdf",
                    f"file://{work}/page.html"],
                   check=True, stderr=subprocess.DEVNULL)
    return width, height


def compare_words(stem, work):
    """The largest displacement in points, and how many words were compared."""
    wide, high = print_svg(stem + ".svg", work)
    ours, width, height = words_of(stem + ".pdf")
    theirs, _, _ = words_of(work + "/svg.pdf")
    if max(abs(width - wide), abs(height - high)) > SAME_PAGE_PT:
        yield f"the SVG is {wide} x {high} pt, the PDF {width} x {height}"
    worst, count = 0, 0
    for word, (left, top, right, bottom) in ours:
        places = [place for other, place in theirs if other == word]
        if not places:
            yield f"'{word}' of the PDF is not in the SVG"
            continue
        # the boxes' heights come from the fonts' own measures: compare the
        # middle of the line
        apart = min(max(abs(left - p[0]), abs(right - p[2]),
                        abs(top + bottom - p[1] - p[3]) / 2) for p in places)
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
    """Bounds of what differs from the ground in a box of pixels, in parts of
    them: a pixel at an edge counts as far as it is covered. None where the
    ground is not of one colour: lines and patterns lie around the word."""
    left, top, right, bottom = box
    part = [row[max(0, left):right] for row in rows[max(0, top):bottom]]
    frame = sorted([*part[0], *part[-1], *(row[0] for row in part),
                    *(row[-1] for row in part)])
    ground = frame[len(frame) // 2]
    if sum(abs(value - ground) < SAME_GREY for value in frame) < \
            PLAIN * len(frame):
        return None
    part = [[abs(value - ground) for value in row] for row in part]
    across = edges([max(row) for row in part])
    along = edges([max(column) for column in zip(*part)])
    return (along[0], across[0], along[1], across[1]) if across else None


def edges(most):
    """From the pixel of each line that differs most: where ink begins and
    ends."""
    darkest = max(most)
    if darkest < LEAST_INK:
        return None
    covered = [value / darkest for value in most]
    inked = [at for at, cover in enumerate(covered) if cover > 0.1]
    first, last = inked[0], inked[-1]
    return first + 1 - covered[first], last + covered[last]


def compare_ink(stem, work):
    """The box ends where the word's advance does: a tick of a scale bar stands
    next to it, and what is moved to the right is seen at the word's left."""
    png = read_png(stem + ".png")
    pixels = len(png[0])
    subprocess.run(["pdftoppm", "-gray", "-singlefile", "-scale-to-x",
                    str(pixels), "-scale-to-y", "-1", stem + ".pdf",
                    work + "/pdf"], check=True)
    pdf = read_pgm(work + "/pdf.pgm")
    words, width, _ = words_of(stem + ".pdf")
    if abs(len(pdf) - len(png)) > 1:
        yield f"{len(png)} rows in the PNG, {len(pdf)} in the PDF"
    scale, worst, count = pixels / width, 0, 0
    for word, (left, top, right, bottom) in words:
        box = (int(left * scale) - 1, int(top * scale) + 1,
               int(right * scale) + 1, int(bottom * scale))
        one, other = ink(png, box), ink(pdf, box)
        if not one or not other:
            continue
        apart = max(abs(a - b) for a, b in zip(one, other)) / scale
        if apart > FURTHEST_PT:
            yield f"'{word}' is {apart:.2f} pt apart in PNG and PDF"
        worst, count = max(worst, apart), count + 1
    if count < max(10, len(words) / 4):
        yield f"only {count} of {len(words)} words stand on plain ground"
    print(f"    {os.path.basename(stem)}: {count} of {len(words)} words, PNG "
          f"and PDF at most {worst:.2f} pt apart")


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
