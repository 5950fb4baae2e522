# SPDX-License-Identifier: EUPL-1.2
"""The gallery: every kind of chart and map, in three files, beside the lines
that made it, in both languages.

usage: check_gallery.py RELEASE
"""
import html
import re
import sys
from pathlib import Path

LINES_MOST = 6


def chart_kinds():
    """The kinds that chart_types[] lists, by the names that they give."""
    source = Path("src/open/chart")
    listed = re.findall(r"&chart_(\w+)", (source / "chart.c").read_text())
    text = "".join(p.read_text() for p in sorted(source.glob("*.c")))
    return [re.search(r"struct chart_type chart_%s = \{\s*\.name = \"(\w+)\""
                      % name, text).group(1) for name in listed]


def map_kinds():
    """The kinds that map_kind_parse reads, small multiples, classes of
    P(ratio > 1), and one région in both ways."""
    text = Path("src/open/map/map_draw.c").read_text()
    return re.findall(r"\[MAP_[A-Z]+\] = \"(\w+)\"", text) + [
        "facets", "probability", "region", "region_circles"]


def check(good, name):
    print("ok" if good else "not ok", name)
    return good


def listings(page):
    """The lines shown, by the id of the figure that they make."""
    found = {}
    for listing in re.findall(r"<pre><code>(.*?)</code></pre>", page, re.S):
        text = html.unescape(listing)
        found[re.search(r"id = \"(\w+)\"", text).group(1)] = text
    return found


def is_extract(listing, script):
    """Its lines follow each other in the script, less one margin."""
    lines = listing.split("\n")
    for at in range(len(script) - len(lines) + 1):
        margins = {len(whole) - len(line) if whole.endswith(line) else -1
                   for whole, line in zip(script[at:], lines)}
        if len(margins) == 1 and margins.pop() >= 0:
            return True
    return False


def check_page(folder, kinds, script):
    page = (folder / "gallery.html").read_text()
    shown = listings(page)
    good = check(set(kinds) <= set(shown),
                 f"{folder}: every kind has its lines: "
                 f"{sorted(set(kinds) - set(shown))} missing")
    long = [k for k, text in shown.items() if text.count("\n") >= LINES_MOST]
    good &= check(not long, f"{folder}: few lines: {long} too long")
    typed = [k for k, text in shown.items() if not is_extract(text, script)]
    good &= check(not typed, f"{folder}: lines are the script's: {typed} not")
    for kind in kinds:
        names = [f"gallery-{kind}.{e}" for e in ("svg", "png", "pdf")]
        there = all((folder / n).stat().st_size > 500
                    for n in names if (folder / n).exists())
        good &= check(there and all((folder / n).exists() for n in names),
                      f"{folder}: {kind} has three files")
        good &= check(all(f'href="{n}"' in page for n in names),
                      f"{folder}: {kind} has its links")
    drawn = page.count("<svg")
    good &= check(drawn == len(shown), f"{folder}: {drawn} figures drawn")
    good &= check("<script" not in page and "http" not in
                  re.sub(r'xmlns="http[^"]*"', "", page),
                  f"{folder}: no script, nothing to fetch")
    return good


def check_downloads(folder, kinds):
    """A file says by itself what it shows and where the data come from."""
    bare = []
    for kind in kinds:
        drawing = (folder / f"gallery-{kind}.svg").read_text()
        titled = re.search(r'<g class="title">\s*<text', drawing)
        sourced = re.search(r'<g class="source">\s*<text[^>]*>Source', drawing)
        if not titled or not sourced:
            bare.append(kind)
    return check(not bare, f"{folder}: no file without title and source: "
                 f"{bare}")


def check_times(folder):
    """Years since diagnosis stand to scale."""
    drawing = (folder / "gallery-step.svg").read_text()
    ticks = [(float(x), int(years)) for x, years in re.findall(
        r'<text x="([0-9.]+)"[^>]*>(\d+)\s(?:ans?|years?)</text>', drawing)]
    rates = {round((b[0] - a[0]) / (b[1] - a[1]))
             for a, b in zip(ticks, ticks[1:])}
    return check(len(ticks) >= 3 and max(rates) - min(rates) <= 1,
                 f"{folder}: times of survival are to scale: {ticks}")


def main():
    release = Path(sys.argv[1])
    kinds = chart_kinds() + map_kinds()
    script = Path("docs/gallery/gallery.lua").read_text().split("\n")
    good = check(len(kinds) >= 18 + 8, f"{len(kinds)} kinds are known")
    for folder in ("figures", "en/figures"):
        good &= check_page(release / folder, kinds, script)
        good &= check_downloads(release / folder, kinds)
        good &= check_times(release / folder)
    return 0 if good else 1


sys.exit(main())
