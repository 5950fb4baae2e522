#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The national report and its short edition in English, which the release of
# the demonstration does not have: the same rules as for the French ones, and
# no word or number of the other language (check_pdf holds each to its own).
. tests/full/lib.sh

STORE=build/demo/store.sqlite
[ -f "$STORE" ] || ./panorama store sample "$STORE" >"$WORK/sample" 2>&1
if ./panorama build national short --lang en --store "$STORE" \
    --output "$WORK/en" >"$WORK/build" 2>&1
then
    ok "the national report is built in English"
else
    not_ok "the national report is built in English" "$(tail -3 "$WORK/build")"
    exit 1
fi
RELEASE=$(dirname "$(ls "$WORK"/en/*/manifest.json)")
files '*.pdf' '*/national/*' | check pdf --pages-min 150
files '*.pdf' '*/essentiel/*' | check pdf --pages 24
files '*.pdf' '*/national/*' >"$WORK/pdfs"
files '*.pdf' '*/essentiel/*' >>"$WORK/pdfs"
check pdf_text <"$WORK/pdfs"
exit $failed
