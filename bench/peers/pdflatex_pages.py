# SPDX-License-Identifier: EUPL-1.2
"""The pages of bench_documents.py: pdflatex_pages.py PAGES.txt OUT.pdf"""
import pathlib
import shutil
import subprocess
import sys
import tempfile

HEAD = r"""\documentclass[10pt,a4paper]{article}
\usepackage[T1]{fontenc}\usepackage[utf8]{inputenc}\usepackage{lmodern}
\usepackage[margin=22mm]{geometry}\setlength{\parindent}{0pt}
\begin{document}
"""
TABLE = r"\par{\footnotesize\begin{tabular*}{\textwidth}{@{\extracolsep{\fill}}" \
        r"lrrrrrr}" + "\n"


def escaped(text):
    return text.replace("%", r"\%").replace("’", "'")


parts, table = [HEAD], False
for line in open(sys.argv[1], encoding="utf-8"):
    kind, *words = line.rstrip("\n").split("\t")
    if kind in "HR":
        parts.append("" if table else TABLE)
        table = True
        parts.append(" & ".join(map(escaped, words)) + r"\\\hline" + "\n")
        continue
    if table:
        parts.append(r"\end{tabular*}}" + "\n")
        table = False
    parts.append("\\newpage\n" if kind == "N" else escaped(words[0]) + "\n\n")
parts.append(r"\end{tabular*}}\end{document}")
with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    (folder / "p.tex").write_text("".join(parts), encoding="utf-8")
    for _ in range(2):
        subprocess.run(["pdflatex", "-interaction=batchmode", "p.tex"],
                       cwd=folder, check=True, stdout=subprocess.DEVNULL)
    shutil.copy(folder / "p.pdf", sys.argv[2])
