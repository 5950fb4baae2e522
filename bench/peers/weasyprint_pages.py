# SPDX-License-Identifier: EUPL-1.2
"""The pages of bench_documents.py: weasyprint_pages.py PAGES.txt OUT.pdf"""
import sys

import weasyprint

STYLE = """@page { size: A4; margin: 22mm }
body { font: 9.5pt/13.5pt Roboto, sans-serif; text-align: justify;
       hyphens: auto }
table { border-collapse: collapse; width: 100%; font-size: 8pt }
td, th { border-bottom: .3pt solid #999; padding: 1pt 3pt; text-align: right }
td:first-child, th:first-child { text-align: left }
hr { break-after: page; border: 0; margin: 0 }"""

parts = [f"<html lang=fr><title>Cent pages</title><style>{STYLE}</style>"]
for line in open(sys.argv[1], encoding="utf-8"):
    kind, *words = line.rstrip("\n").split("\t")
    if kind == "P":
        parts.append("</table>" if parts[-1].startswith("<tr") else "")
        parts.append(f"<p>{words[0]}</p>")
    elif kind == "N":
        parts.append("</table><hr>")
    elif kind == "H":
        parts.append("<table><thead><tr><th>" + "<th>".join(words) + "</thead>")
    else:
        parts.append("<tr><td>" + "<td>".join(words))
parts.append("</table></html>")
weasyprint.HTML(string="".join(parts)).write_pdf(sys.argv[2],
                                                 variant="pdf/ua-1")
