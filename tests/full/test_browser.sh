#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# One page of each kind in a browser (of the national report its contents, a
# chapter and a section): axe in light, dark and 320 pixels, keyboard, without
# JavaScript, printed, no request.
. tests/full/lib.sh

first() { files '*.html' "$1" | head -1; }
if node_modules; then
    run node tests/browser/pages.mjs "$NODE_MODULES" \
        "$RELEASE/index.html" "$(first '*/national.html')" \
        "$(first '*/national-incidence.html')" \
        "$(first '*/national-site-*')" \
        "$(first '*region-[0-9]*')" "$(first '*departement-[0-9]*')"
fi
exit $failed
