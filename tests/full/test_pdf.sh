#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every PDF: PDF/UA-1 and PDF/A, the number of pages that its report promises,
# the same text as its web page. Variants of a small release: PDF/A-1b before
# PDFBox, and files broken in one place each before the checker.
. tests/full/lib.sh

files '*.pdf' '*/national/*' | check pdf --pages-min 150
files '*.pdf' '*/essentiel/*' | check pdf --pages 24
files '*.pdf' '*/territoires/*' | check pdf --pages 2
files '*.pdf' | grep -Ev '/(national|essentiel|territoires)/' >"$WORK/others"
[ ! -s "$WORK/others" ] || check pdf <"$WORK/others"
files '*.pdf' | while read -r pdf; do
    [ ! -f "${pdf%.pdf}.html" ] || echo "$pdf"
done | check pdf_text

mkdir "$WORK/small"
KEEP=$WORK/small PANORAMA=$(pwd)/panorama sh tests/command/test_pdf.sh |
    grep '^not ok' && failed=1

# PDFBox says of a 1b file that it is one, and of another that it is not.
JARS=/usr/share/java
preflight() {
    java -cp "$JARS/preflight.jar:$JARS/xmpbox.jar:$JARS/pdfbox2.jar:\
$JARS/fontbox2.jar:$JARS/commons-logging.jar:$JARS/javax.activation.jar:\
$JARS/jaxb-api.jar" org.apache.pdfbox.preflight.Validator_A1b "$@" 2>&1
}
for pdf in $(find "$WORK/small/1b" -name '*.pdf'); do
    if preflight "$pdf" >"$WORK/said"; then
        ok "PDFBox takes $(basename "$pdf") for PDF/A-1b"
    else
        not_ok "PDFBox takes $(basename "$pdf") for PDF/A-1b" \
            "$(tail -3 "$WORK/said")"
    fi
done
if preflight "$(find "$WORK/small/2a" -name 'country-SY.pdf')" >"$WORK/said"
then
    not_ok "PDFBox takes a PDF/A-2a file for what it is"
else
    ok "PDFBox takes a PDF/A-2a file for what it is"
fi

for standard in 2a 1b 3a; do
    run "$PYTHON" tests/mutations/mutate_pdf.py \
        "$(find "$WORK/small/$standard" -name country-SY.pdf)" $standard
done
run "$PYTHON" tests/mutations/mutate_pdf_matterhorn.py \
    "$(find "$WORK/small/3a" -name country-SY.pdf)"
run "$PYTHON" tests/mutations/mutate_pdf_text.py \
    "$(find "$WORK/small/2a" -name country-SY.pdf)"
exit $failed
