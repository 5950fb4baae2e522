#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every picture: SVG that a screen reader can name, PNG 1600 pixels wide.
. tests/full/lib.sh

files '*.svg' | check svg
files '*.png' | check png
files '*.svg' | xargs -d '\n' xmllint --noout --nonet >"$WORK/xml" 2>&1 &&
    ok "xmllint reads every SVG" ||
    not_ok "xmllint reads every SVG" "$(head -3 "$WORK/xml")"
exit $failed
