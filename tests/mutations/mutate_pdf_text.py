#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Changes the web page beside a PDF in one place at a time; check_pdf_text.py
has to see each difference.

usage: mutate_pdf_text.py FILE.pdf
"""
import pathlib
import shutil
import sys
import tempfile
import types

import prove
import check_pdf_text

BREAKS = [
    ("a word that is another", "text", prove.sub("publiés", "publies")),
    ("a space that breaks", "text", prove.sub("95\u00a0%", "95 %")),
    ("a ligature", "text", prove.sub("Tours, fi,", "Tours, \ufb01,")),
    ("a word in two", "text", prove.sub("épidémiologique", "épidémio logique")),
    ("a link's words in another place", "text",
     prove.sub("voir les ", "voir les le ")),
    ("items in another order", "text", prove.sub(
        "<li>premiers en nombre\u202f;</li>\n<li>puis les autres.</li>",
        "<li>puis les autres.</li>\n<li>premiers en nombre\u202f;</li>")),
    ("an item of a list in another one", "text",
     prove.sub("plus e\u0301", "plus é")),
    ("an item before its list", "text",
     prove.sub("hors d’une liste", "hors de la liste")),
    ("a note", "text", prove.sub("Au pied de", "En bas de")),
    ("a cell of another number", "cells", prove.sub(">378<", ">379<")),
    ("a number that is not its cell's", "value",
     prove.sub('data-v="378"', 'data-v="377"')),
    ("a sign that is nowhere else", "cells",
     prove.sub(">378<", '>378<sup><abbr role="img" title="estimé">e</abbr></sup><')),
    ("a row of another name", "cells",
     lambda page: page.replace('"row">Estomac', '"row">Estomacs')),
]

REFERENCE, INDEX, TEXT = ("Reference", None), ("Reference", "Index"), ("P", "")
# (what, element, its words in the PDF, what is compared)
PAGES = [
    ("a page at the end of a reference", REFERENCE,
     "tableau\u00a01, page\u00a012", "tableau\u00a01"),
    ("a page in a reference, not at its end", REFERENCE,
     "page\u00a012 du tableau", None),
    ("a page in a text", TEXT, "tableau\u00a01, page\u00a012", None),
    ("a number that is a reference", REFERENCE, "12", None),
    ("pages of the index", INDEX, "12–14", "…"),
    ("no page in the index", INDEX, "9.12", None),
]
ENTRIES = [
    ("places of an entry", "Champ, …, …", "Champ, …"),
    ("a term with a comma", "Lèvre, bouche, …", "Lèvre, bouche, …"),
    ("a place that is no link", "Champ, 12", "Champ, 12"),
    ("places without a comma", "Champ, ……", "Champ, ……"),
]
VALUES = [  # (shown, cell) pairs, and how many are wrong in French
    ("a class by other words", [("forte", "3"), ("faible", "3")], 0),
    ("a class by the words of another", [("forte", "3"), ("forte", "2")], 1),
    ("a number in words", [("forte", "2.5")], 1),
    ("another number", [("3", "2")], 1),
    ("a comma, and a comma of another language",
     [("3,5 a", "3.5"), ("3,500", "3500")], 1),
]


def prove_places(proof):
    """Page numbers are left out where they are page numbers, nowhere else."""
    for words, (role, above), text, want in PAGES:
        element = types.SimpleNamespace(
            role=role, above=lambda name, up=above: up == name)
        found = check_pdf_text.without_pages(element, text)
        proof.say(found == (want or text), words, [found])
    for words, text, want in ENTRIES:
        found = check_pdf_text.entry(text)
        proof.say(found == want, words, [found])
    for words, values, wrong in VALUES:
        found = list(check_pdf_text.value_problems(values, "fr"))
        proof.say(len(found) == wrong, words, found)
    found = list(check_pdf_text.value_problems(
        [("3,500 e", "3500"), ("3.5", "3.5"), ("3,5", "3.5")], "en"))
    proof.say(len(found) == 1, "a comma of English", found)


def main():
    proof = prove.Proof("pdf text")
    source = pathlib.Path(sys.argv[1])
    page = source.with_suffix(".html").read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        pdf = pathlib.Path(name) / "a.pdf"
        shutil.copy(source, pdf)

        def problems(text):
            pdf.with_suffix(".html").write_text(text, encoding="utf-8")
            return check_pdf_text.check(str(pdf))
        proof.accepts(problems(page))
        for words, rule, broken in BREAKS:
            proof.refuses(words, rule, problems(broken(page)))
        pdf.with_name("b.html").write_text("<main><p>Ailleurs.</p></main>")
        proof.refuses("a text of the next page", "text", problems(page.replace(
            "</main>", '<a rel="next" href="b.html">b</a></main>')))
    prove_places(proof)
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
