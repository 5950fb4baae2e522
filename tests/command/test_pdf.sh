#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# PDF files of a small release, in each archival standard: what the checker
# says, what readers of structure and of text get.
. tests/command/lib.sh
PYTHON=/usr/bin/python3

# standard NAME EXTRA: a project whose PDF files keep EXTRA, built.
standard() {
    project "$1"
    sed -i "s/  draft = true,/  draft = true, pdf = { $2 },/" \
        "$WORK/$1/panorama.lua"
    cp tests/command/pdf_report.lua "$WORK/$1/report.lua"
    expect "a release of PDF files that $3 is built" 0 "" \
        "$PANORAMA" build --project "$WORK/$1" --quiet
}

standard 2a 'conformance = "2a"' 'are PDF/A-2a'
standard 1b 'conformance = "1b"' 'are PDF/A-1b'
standard 3a 'conformance = "3a"' 'are PDF/A-3a'
standard packed 'conformance = "3a", compact = true' 'are packed'
[ -z "${KEEP:-}" ] ||
    cp -r "$WORK/2a" "$WORK/1b" "$WORK/3a" "$WORK/packed" "$KEEP"

# checked NAME STANDARD: a document is what it claims to be.
report=output/essai/profil/country-SY/country-SY
checked() {
    "$PYTHON" tests/check_pdf.py --standard "$2" --pages 4 --root "$WORK" \
        "$WORK/$1/$report.pdf"
}
checked 2a 2a
checked 1b 1b
checked packed 3a
"$PYTHON" tests/check_pdf.py --standard 3a --figures --root "$WORK" \
    "$WORK/3a/$report-taux.pdf"
if checked 3a 2a >"$WORK/out"; then
    not_ok "what a file claims is looked at"
else
    ok "what a file claims is looked at"
fi
"$PYTHON" tests/check_pdf_text.py --root "$WORK" "$WORK/2a/$report.pdf" \
    "$WORK/packed/$report.pdf"

# What a screen reader is given, without the numbers of objects.
pdfinfo -struct-text "$WORK/2a/$report.pdf" | sed -E 's/(Object) [0-9]+ [0-9]+/\1/;
    s/<note[0-9]+>/<note>/; s/(Édition :) .*"/\1 …"/' >"$WORK/structure"
if [ -n "${GOLDEN:-}" ]; then
    cp "$WORK/structure" tests/golden/pdf_report.structure
elif diff -u tests/golden/pdf_report.structure "$WORK/structure" \
    >"$WORK/diff"; then
    ok "the structure of a report is what it was"
else
    not_ok "the structure of a report is what it was" "$(head -20 "$WORK/diff")"
fi

# Known failures of others (FEATURES, PD3), looked at in the finished file.
structure() { grep -c "$1" "$WORK/structure"; }
same() {
    if [ "$2" = "$3" ]; then ok "$1"; else not_ok "$1" "'$2', not '$3'"; fi
}
same "a table is one table with one head, beside another too (BIRT 1972)" \
    "$(structure '^ *Table') $(structure '^ *THead')" "4 4"
same "every header cell has a scope (JasperReports 490, WeasyPrint 2508)" \
    "$(structure '^ *TH:')" "$(structure '/Scope')"
same "a figure has a bounding box (JasperReports 490)" \
    "$(structure '^ *Figure')" "$(structure '/BBox')"
same "a sign in a table has words" \
    "$(qpdf --json "$WORK/2a/$report.pdf" | grep -c '"/E": "u:sans objet"')" 1
same "rules and backgrounds are artifacts (JasperReports 533)" \
    "$("$PYTHON" tests/check_pdf.py "$WORK/2a/$report.pdf" | grep -c '^ *content')" 0
same "the file says its language and its title (Quarto)" \
    "$(pdfinfo "$WORK/2a/$report.pdf" | grep -c '^Title: .*Sylvanie')" 1
same "the text of a ligature is its letters" \
    "$(structure 'AVATAR, Tours, fi, fl, ffi')" 1
same "the file attached to a figure has its numbers" \
    "$(qpdf --show-attachment=country-SY-taux.csv "$WORK/packed/$report.pdf" |
        sed -n '2s/,v,.*//p')" "Estomac,14.1"
