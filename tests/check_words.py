# SPDX-License-Identifier: EUPL-1.2
"""Words that no reader should meet: what a program leaves behind when a text
was not filled in, and in French what breaks the rules of typography.

Used by the checkers of PDF, pages and workbooks on the text they show.
"""
import re

ANY = [
    ("placeholder", re.compile(r"\{\w[\w.:]*\}|%[-\d.]*(?:l*[du]|zu|s)\b")),
    ("placeholder", re.compile(r"\b(?:nan|inf(?!\.)|nil|null|undefined|TODO|"
                               r"FIXME|lorem)\b", re.I)),
    ("placeholder", re.compile(r"\b(?:table|function|userdata): 0x")),
    ("encoding", re.compile("[\ufffd\ufeff\u0080-\u009f]|Ã[©¨ª®´¢]|â€")),
    ("encoding", re.compile(r"&(?:amp|lt|gt|quot|#\d+);")),
    ("key", re.compile(r"\b(?:availability|caption|sheet|note|flag|level)\."
                       r"[a-z]+\b")),
]
FRENCH = [
    ("apostrophe", re.compile(r"[A-Za-zÀ-ÿ]'[A-Za-zÀ-ÿ]")),
    ("space", re.compile(r"[ \w»)%][;!?](?=\s|$)|[\w»)%]:(?=\s)| :(?=\s|$)")),
    ("quotes", re.compile(r"«(?![\u00a0\u202f])|(?<![\u00a0\u202f])»")),
    ("minus", re.compile(r"(?:^|[\s(])-\d+,\d")),
    ("grouping", re.compile(r"(?<![\d,.-])\d{1,3} \d{3}(?![\d-])")),
]
AROUND = 18


def faults(text, language):
    """Yields "words: …" for each fault of a text in a language."""
    rules = ANY + (FRENCH if language == "fr" else [])
    for kind, pattern in rules:
        found = pattern.search(text)
        if found:
            low = max(0, found.start() - AROUND)
            near = text[low:found.end() + AROUND].replace("\n", " ")
            yield f"words: {kind}: …{near}…"
