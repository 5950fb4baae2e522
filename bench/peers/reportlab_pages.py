# SPDX-License-Identifier: EUPL-1.2
"""The pages of bench_documents.py: reportlab_pages.py PAGES.txt OUT.pdf"""
import sys

from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (LongTable, PageBreak, Paragraph,
                                SimpleDocTemplate, TableStyle)

ROBOTO = "/usr/share/fonts/truetype/roboto/unhinted/RobotoTTF/Roboto-"
pdfmetrics.registerFont(TTFont("Text", ROBOTO + "Regular.ttf"))
pdfmetrics.registerFont(TTFont("Bold", ROBOTO + "Bold.ttf"))
BODY = ParagraphStyle("body", fontName="Text", fontSize=9.5, leading=13.5,
                      spaceAfter=6, alignment=4)
LINES = TableStyle([("FONTNAME", (0, 0), (-1, 0), "Bold"),
                    ("FONTNAME", (0, 1), (-1, -1), "Text"),
                    ("FONTSIZE", (0, 0), (-1, -1), 8),
                    ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
                    ("LINEBELOW", (0, 0), (-1, -1), 0.3, "#999999"),
                    ("TOPPADDING", (0, 0), (-1, -1), 2),
                    ("BOTTOMPADDING", (0, 0), (-1, -1), 2)])

story, rows = [], []
for line in open(sys.argv[1], encoding="utf-8"):
    kind, *words = line.rstrip("\n").split("\t")
    if kind in "HR":
        rows.append(words)
        continue
    if rows:
        story.append(LongTable(rows, repeatRows=1, style=LINES))
        rows = []
    story.append(PageBreak() if kind == "N" else Paragraph(words[0], BODY))
story.append(LongTable(rows, repeatRows=1, style=LINES))
SimpleDocTemplate(sys.argv[2], pagesize=A4, lang="fr").build(story)
