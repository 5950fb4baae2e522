# SPDX-License-Identifier: EUPL-1.2
"""Fonts of a PDF: embedded subsets whose every code has a glyph, a width and
a meaning in Unicode.

A composite font is read down to the tables of its font program: codes used
on the pages are followed through CIDToGIDMap to a glyph other than 0, their
widths are compared with `hmtx`, their texts with the ToUnicode map.
"""
import re
import struct
import subprocess
import unicodedata

from check_pdf_file import operators, text_of

# Characters drawn by the glyph of another one.
TWINS = {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u00ad": "-",
         "\u2010": "-", "\u2011": "-"}
SHOWING = (b"Tj", b"TJ", b"'", b'"')
BAD_TEXT = {"0000": "31-028", "FEFF": "31-029", "FFFE": "31-029"}
WIDTH_SLACK = 1.5  # thousandths of an em: widths are whole numbers


def shown(pdf):
    """Yields (where, mark, font reference, codes) of everything written, forms
    included; the mark is the number of the marked content it stands in."""
    mark = 0
    for number, content, resources in pdf.contents():
        fonts = pdf.get(resources.get("/Font")) or {}
        font = None
        for operator, operands in operators(content):
            if operator == b"Tf":
                font = fonts.get(operands[0].decode())
            elif operator in (b"BDC", b"BMC"):
                mark += 1
            elif operator in SHOWING:
                yield number, mark, font, list(codes_in(operands))


def codes_used(pdf):
    """{font reference: set of codes}, from every page's content."""
    used = {}
    for _, _, font, codes in shown(pdf):
        used.setdefault(font, set()).update(codes)
    return used


def texts(pdf):
    """Yields (page, text) of each marked content, as ToUnicode has it: unlike
    pdftotext this keeps every kind of space."""
    maps, gathered = {}, {}
    for where, mark, font, codes in shown(pdf):
        gathered.setdefault((where, mark), []).append(
            decoded(pdf, maps, font, codes))
    for (where, _), words in gathered.items():
        yield where, "".join(words)


def mark_texts(pdf):
    """{(page reference, mark): text}, soft hyphens kept."""
    maps, found = {}, {}
    for reference, page in pdf.pages():
        resources = pdf.get(page.get("/Resources")) or {}
        fonts, font, mark = pdf.get(resources.get("/Font")) or {}, None, None
        for operator, operands in operators(pdf.content(page)):
            if operator == b"Tf":
                font = fonts.get(operands[0].decode())
            elif operator in (b"BDC", b"BMC"):
                said = re.search(rb"/MCID (\d+)", b" ".join(operands))
                mark = int(said.group(1)) if said else None
            elif operator == b"EMC":
                mark = None
            elif operator in SHOWING and mark is not None:
                words = decoded(pdf, maps, font, codes_in(operands))
                found[reference, mark] = found.get((reference, mark), "") + \
                    words
    return found


def decoded(pdf, maps, font, codes):
    """The text of codes of a font; maps keeps the maps that were read."""
    if font not in maps:
        data = (pdf.get(font) or {}).get("/ToUnicode")
        maps[font] = meanings(pdf.data(data)) if data else {}
    words = bytes.fromhex("".join(maps[font].get(code, "FFFD")
                                  for code in codes))
    return words.decode("utf-16-be", "replace")


def codes_in(operands):
    for token in operands:
        if token[:1] == b"<":
            digits = re.sub(rb"\s", b"", token[1:-1])
            for at in range(0, len(digits), 4):
                yield int(digits[at:at + 4], 16)


class Program:
    """The few tables of a TrueType program that a checker reads."""

    def __init__(self, data):
        self.tables, self.places = {}, {}
        for i in range(struct.unpack(">H", data[4:6])[0]):
            tag, _, at, size = struct.unpack(">4sLLL",
                                             data[12 + 16 * i:28 + 16 * i])
            self.tables[tag] = data[at:at + size]
            self.places[tag] = at
        self.units = struct.unpack(">H", self.tables[b"head"][18:20])[0]
        self.glyphs = struct.unpack(">H", self.tables[b"maxp"][4:6])[0]
        self.metrics = struct.unpack(">H", self.tables[b"hhea"][34:36])[0]

    def characters(self):
        """Glyph -> set of characters, from the first Unicode map of format 4
        (segments) or 12 (groups)."""
        found, cmap = {}, self.tables.get(b"cmap", b"")
        for i in range(struct.unpack(">H", cmap[2:4])[0] if cmap else 0):
            platform, _, at = struct.unpack(">HHL", cmap[4 + 8 * i:12 + 8 * i])
            part = cmap[at:]
            if platform not in (0, 3) or part[:2] not in (b"\0\4", b"\0\x0c"):
                continue
            pairs = groups(part) if part[1] == 12 else segments(part)
            for character, glyph in pairs:
                found.setdefault(glyph, set()).add(character)
            break
        return found

    def width(self, glyph):
        at = 4 * min(glyph, self.metrics - 1)
        advance = struct.unpack(">H", self.tables[b"hmtx"][at:at + 2])[0]
        return 1000.0 * advance / self.units


def segments(part):
    """(character, glyph) of a cmap of format 4."""
    count = struct.unpack(">H", part[6:8])[0] // 2
    columns = [struct.unpack(f">{count}H", part[at:at + 2 * count])
               for at in (14, 16 + 2 * count, 16 + 4 * count, 16 + 6 * count)]
    for i, (end, start, delta, offset) in enumerate(zip(*columns)):
        for character in range(start, end + 1):
            glyph = character
            if offset:
                at = 16 + 6 * count + 2 * i + offset + 2 * (character - start)
                glyph = struct.unpack(">H", part[at:at + 2])[0]
                if glyph == 0:
                    continue
            if character != 0xFFFF:
                yield character, (glyph + delta) % 65536


def groups(part):
    """(character, glyph) of a cmap of format 12."""
    for i in range(struct.unpack(">L", part[12:16])[0]):
        start, end, glyph = struct.unpack(">LLL", part[16 + 12 * i:28 + 12 * i])
        for character in range(start, end + 1):
            yield character, glyph + character - start


def meanings(cmap):
    """Code -> hexadecimal UTF-16 of a ToUnicode map."""
    found = {}
    for part in re.findall(rb"beginbfchar(.*?)endbfchar", cmap, re.S):
        for code, text in re.findall(rb"<(\w+)>\s*<([\w\s]*)>", part):
            found[int(code, 16)] = text.decode().upper()
    for part in re.findall(rb"beginbfrange(.*?)endbfrange", cmap, re.S):
        for low, high, text in re.findall(rb"<(\w+)>\s*<(\w+)>\s*<(\w+)>",
                                          part):
            for code in range(int(low, 16), int(high, 16) + 1):
                found[code] = "%04X" % (int(text, 16) + code - int(low, 16))
    return found


def widths(pdf, font):
    """Code -> width of a /W array, in thousandths of an em."""
    found, array, at = {}, pdf.get(font.get("/W", [])), 0
    while at < len(array):
        following = pdf.get(array[at + 1])
        if isinstance(following, list):
            found.update(enumerate(map(pdf.get, following), array[at]))
            at += 2
        else:
            found.update(dict.fromkeys(range(array[at], following + 1),
                                       pdf.get(array[at + 2])))
            at += 3
    return found


def glyph_of(pdf, font, code):
    """The glyph of a code, or None where the map ends before it."""
    mapping = font.get("/CIDToGIDMap")
    if mapping == "/Identity":
        return code
    pair = pdf.data(mapping)[2 * code:2 * code + 2]
    return struct.unpack(">H", pair)[0] if len(pair) == 2 else None


def code_problems(pdf, name, font, codes):
    program = Program(pdf.data(pdf.get(font["/FontDescriptor"])["/FontFile2"]))
    width = widths(pdf, font)
    for code in sorted(codes):
        glyph = glyph_of(pdf, font, code)
        if glyph is None or glyph == 0 or glyph >= program.glyphs:
            kind = "31-030" if glyph == 0 else "31-011"
            yield f"notdef: {name}: code {code:04X} has no glyph [{kind}]"
        elif abs(width.get(code, font.get("/DW", 1000)) -
                 program.width(glyph)) > WIDTH_SLACK:
            yield f"width: {name}: code {code:04X} is not as wide as its " \
                  "glyph [31-016]"


def alike(text, drawn):
    """Is a text what a character shows? Ligatures stand for their letters, and
    letters with an accent for a letter and an accent."""
    return TWINS.get(text, text) == TWINS.get(drawn, drawn) or \
        len(text) > 1 and unicodedata.normalize("NFKC", text) == \
        unicodedata.normalize("NFKC", drawn)


def cmap_problems(pdf, name, font, below, codes):
    """What a code means is what the font draws with its glyph: a letter that
    reads as another one is caught here. Glyphs without a character of their
    own (ligatures, small figures) are not judged."""
    program = Program(pdf.data(pdf.get(below["/FontDescriptor"])["/FontFile2"]))
    characters = program.characters()
    if not characters:
        yield f"cmap: {name}: the font program has no map of characters"
        return
    texts = meanings(pdf.data(font["/ToUnicode"]))
    for code in sorted(codes):
        drawn = characters.get(glyph_of(pdf, below, code))
        text = bytes.fromhex(texts.get(code, "")).decode("utf-16-be", "replace")
        if drawn and text and not any(alike(text, chr(c)) for c in drawn):
            yield f"cmap: {name}: code {code:04X} means '{text}' and draws " \
                  f"U+{min(drawn):04X}"


def set_problems(pdf, name, below, codes):
    """CIDSet and CIDSystemInfo, as PDF/A-1 wants them."""
    descriptor = pdf.get(below["/FontDescriptor"])
    if "/CIDSet" in descriptor:
        bits = pdf.data(descriptor["/CIDSet"])
        listed = (code for code in range(8 * len(bits))
                  if bits[code // 8] & 128 >> code % 8)
        glyphs = Program(pdf.data(descriptor["/FontFile2"])).glyphs
        if any((glyph_of(pdf, below, code) or glyphs) >= glyphs
               for code in listed if code):
            yield f"cidset: {name}: a code that has no glyph [31-015]"
        for code in codes:
            if code // 8 >= len(bits) or not bits[code // 8] & 128 >> code % 8:
                yield f"cidset: {name}: code {code:04X} is not in it [31-014]"
    system = pdf.get(below.get("/CIDSystemInfo")) or {}
    if [text_of(system.get(k)) for k in ("/Registry", "/Ordering")] != \
            ["Adobe", "Identity"]:
        yield f"encoding: {name}: codes of another collection"
    named = {below.get("/BaseFont"), descriptor.get("/FontName"), name}
    if len(named) > 1:
        yield f"subset: one font has the names {sorted(map(str, named))}"


def unicode_problems(pdf, name, font, codes):
    if "/ToUnicode" not in font:
        yield f"tounicode: {name} has none [31-027]"
        return
    texts = meanings(pdf.data(font["/ToUnicode"]))
    for code in sorted(codes):
        text = texts.get(code, "")
        if not text or text in BAD_TEXT:
            yield f"tounicode: {name}: code {code:04X} means '{text}' " \
                  f"[{BAD_TEXT.get(text, '10-001')}]"


def font_problems(pdf, font, codes):
    name = font.get("/BaseFont", "?")
    if font.get("/Subtype") != "/Type0":
        yield f"font: {name} is {font.get('/Subtype')}, not a composite font"
        return
    below = pdf.get(pdf.get(font["/DescendantFonts"])[0])
    descriptor = pdf.get(below.get("/FontDescriptor")) or {}
    if not re.match(r"/[A-Z]{6}\+", name):
        yield f"subset: {name} is not a named subset"
    if font.get("/Encoding") != "/Identity-H":
        yield f"encoding: {name}: {font.get('/Encoding')}"
    if below.get("/Subtype") != "/CIDFontType2" or \
            "/CIDToGIDMap" not in below:
        yield f"cidtogid: {name} has no CIDToGIDMap [31-005]"
    elif below["/CIDToGIDMap"] != "/Identity" and \
            not pdf.is_stream(below["/CIDToGIDMap"]):
        yield f"cidtogid: {name} maps codes by {below['/CIDToGIDMap']} [31-004]"
    elif "/FontFile2" not in descriptor:
        yield f"embedded: {name} has no font program [31-009]"
    else:
        yield from code_problems(pdf, name, below, codes)
        yield from set_problems(pdf, name, below, codes)
        if "/ToUnicode" in font:
            yield from cmap_problems(pdf, name, font, below, codes)
    yield from unicode_problems(pdf, name, font, codes)


def check_fonts(pdf):
    used = codes_used(pdf)
    if not used:
        yield "font: no page shows text"
    for reference, codes in used.items():
        font = pdf.get(reference)
        if font is None:
            yield "font: a page uses a font that its resources lack"
        else:
            yield from font_problems(pdf, font, codes)


def check_listed_fonts(path):
    """pdffonts of poppler agrees: embedded, subset, with a Unicode map."""
    done = subprocess.run(["pdffonts", path], capture_output=True, text=True,
                          check=False)
    lines = done.stdout.splitlines()[2:]
    if done.returncode != 0 or done.stderr or not lines:
        yield f"pdffonts: {done.stderr.strip() or 'no font'}"
    for line in lines:
        if line.split()[-5:-2] != ["yes", "yes", "yes"]:
            yield f"pdffonts: {line}"
