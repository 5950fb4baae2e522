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
    ("a cell of another number", "cells", prove.sub(">378<", ">379<")),
    ("a number that is not its cell's", "value",
     prove.sub('data-v="378"', 'data-v="377"')),
    ("a row of another name", "cells",
     lambda page: page.replace('"row">Estomac', '"row">Estomacs')),
]


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
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
