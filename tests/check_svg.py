#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds SVG pictures to what a screen reader, an editor and a browser need.

usage: check_svg.py [--root DIR] FILE...

Well-formed, named and described, ids that are names and are used once, no
script and nothing fetched, a name for every area of a map, colours for light
and for dark paper.
"""
import re
import sys
import xml.etree.ElementTree as ET

import check_report

SVG = "{http://www.w3.org/2000/svg}"
NAME = re.compile(r"[A-Za-z_][\w.-]*$")
ALLOWED = set("svg g path text tspan title desc style defs pattern rect line "
              "circle polygon polyline clipPath linearGradient stop use "
              "marker".split())
FETCHING_STYLE = re.compile(r"@import|@font-face|url\s*\((?!\s*[\"']?#)", re.I)
LARGEST = 4 * 1024 * 1024


def tag(element):
    return element.tag.replace(SVG, "")


def check_root(root):
    if root.tag != SVG + "svg":
        yield f"root: {root.tag}"
    if root.get("role") != "img":
        yield "role: the picture is no img"
    box = (root.get("viewBox") or "").split()
    if len(box) != 4 or not all(re.match(r"-?[\d.]+$", n) for n in box) or \
            float(box[2]) <= 0 or float(box[3]) <= 0:
        yield f"size: viewBox '{root.get('viewBox')}'"
    first = root[0] if len(root) else root
    if tag(first) != "title" or len((first.text or "").strip()) < 10:
        yield "title: the picture has no words of its own"


def check_ids(root):
    names = [element.get("id") for element in root.iter()
             if element.get("id") is not None]
    for name in sorted(set(names)):
        if not NAME.match(name):
            yield f"id: '{name}' is no name"
        if names.count(name) > 1:
            yield f"id: '{name}' is used {names.count(name)} times"
    used = (root.get("aria-labelledby") or "").split() + \
        (root.get("aria-describedby") or "").split()
    for element in root.iter():
        for value in list(element.attrib.values()) + [element.text or ""]:
            used += re.findall(r"url\(\s*[\"']?#([^)\"']+)", value)
    for name in sorted(set(used) - set(names)):
        yield f"id: '{name}' is used and does not exist"


def check_content(root):
    for element in root.iter():
        name = tag(element)
        if name not in ALLOWED:
            yield f"content: <{name}>"
        for key, value in element.attrib.items():
            if key.lower().startswith("on"):
                yield f"content: <{name} {key}>"
            if key.endswith("href") and not value.startswith("#"):
                yield f"content: <{name}> leads to {value}"
            if FETCHING_STYLE.search(value):
                yield f"content: <{name} {key}> fetches"
            if re.search("nan|inf", value, re.I) and \
                    key in ("d", "x", "y", "transform", "viewBox"):
                yield f"number: <{name} {key}>"
        if name == "style" and FETCHING_STYLE.search(element.text or ""):
            yield "content: the style fetches"


def check_areas(root):
    """Every outline of an area, or the group around its outlines, says which
    area, and how much. A group without words holds such outlines."""
    for area in root.iter():
        if "area" not in (area.get("class") or "").split():
            continue
        words = area.find(SVG + "title")
        named = words is not None and (words.text or "").strip()
        outlines = list(area.iter(SVG + "path"))
        if not outlines:
            yield f"area: '{area.get('id')}' has no outline"
        for outline in [] if named else outlines:
            own = outline.find(SVG + "title")
            if own is None or not (own.text or "").strip():
                yield f"area: '{area.get('id')}' has no name"


LIGHT, DARK = "#ffffff", "#161625"
VARIABLES = re.compile(r":root\{([^}]*)\}")
DARK_RULE = re.compile(r"@media \(prefers-color-scheme:dark\)\{(.*?\})\}", re.S)
TEXT_RULE = re.compile(r"\.\w+_t\d+\{([^}]*)\}")
VARIABLE = re.compile(r"var\(--([\w-]+)\)")


def luminance(colour):
    channels = [int(colour[i:i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
              for c in channels]
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear))


def contrast(one, other):
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def variables(css):
    return dict(pair[2:].split(":") for rule in VARIABLES.findall(css)
                for pair in rule.split(";") if pair)


def check_modes(root):
    """Light and dark: every variable has both colours, words are read at 4.5:1
    on either paper, and what stands out on one stands out on the other."""
    css = "".join(style.text or "" for style in root.iter(SVG + "style"))
    dark_css = "".join(DARK_RULE.findall(css))
    light, dark = variables(DARK_RULE.sub("", css)), variables(dark_css)
    if not light or set(light) != set(dark):
        yield "modes: not the same variables in light and dark"
        return
    used = set(VARIABLE.findall(css))
    for element in root.iter():
        used |= set(VARIABLE.findall(element.get("style") or ""))
    for name in sorted(used - set(light)):
        yield f"modes: --{name} has no colour"
    for name in sorted(used & set(light)):
        if contrast(light[name], LIGHT) >= 3 > contrast(dark[name], DARK):
            yield f"modes: --{name} is {dark[name]} on dark paper"
    for rule in TEXT_RULE.findall(css):
        for name in VARIABLE.findall(rule):
            if contrast(light.get(name, LIGHT), LIGHT) < 4.5 or \
                    contrast(dark.get(name, DARK), DARK) < 4.5:
                yield f"modes: words in --{name}"
        if not VARIABLE.search(rule) and \
                not re.search(r"fill:#(000000|ffffff)", rule):
            yield f"modes: words of one colour only: {rule}"


def check(path):
    """Yields the problems of one picture."""
    with open(path, "rb") as file:
        raw = file.read()
    if len(raw) > LARGEST:
        yield f"size: {len(raw)} bytes"
    if b"<!DOCTYPE" in raw or b"<!ENTITY" in raw:
        yield "content: a document type"
    try:
        root = ET.fromstring(raw)
    except ET.ParseError as error:
        yield f"form: {error}"
        return
    yield from check_root(root)
    yield from check_ids(root)
    yield from check_content(root)
    yield from check_areas(root)
    yield from check_modes(root)


def main():
    words, root = sys.argv[1:], ""
    if words[:1] == ["--root"]:
        root, words = words[1], words[2:]
    return 0 if check_report.report("svg", check, words, root) else 1


if __name__ == "__main__":
    sys.exit(main())
