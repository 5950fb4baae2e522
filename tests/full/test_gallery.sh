#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The gallery, a release of its own: protected, complete, and read by the same
# checkers as any other.
. tests/full/lib.sh

./panorama lint --project docs/gallery >"$WORK/lint" 2>&1 &&
    ok "nothing is wrong in the gallery's lines" ||
    not_ok "nothing is wrong in the gallery's lines" "$(head -3 "$WORK/lint")"
./panorama build --project docs/gallery --output "$WORK/out" --quiet \
    >"$WORK/build" 2>&1 && ok "the gallery is built" ||
    not_ok "the gallery is built" "$(tail -3 "$WORK/build")"
RELEASE=$WORK/out/gallery
./panorama verify "$RELEASE" >/dev/null 2>&1 && ok "the gallery is whole" ||
    not_ok "the gallery is whole"
run "$PYTHON" tests/check_gallery.py "$RELEASE"
files '*.html' | check html
files '*.svg' | check svg
files '*.png' | check png
files '*.pdf' | check pdf --figures --pages 1
for figure in $(files '*.svg' "$RELEASE/figures/*"); do
    run "$PYTHON" tests/check_overlay.py "${figure%.svg}"
done
# vnu NAME OPTIONS PATTERN: the validator of the W3C's Nu project.
vnu() {
    # shellcheck disable=SC2046
    java -jar "$NODE_MODULES/node_modules/vnu-jar/build/dist/vnu.jar" \
        --Werror --format gnu $2 $(files "$3") >"$WORK/vnu" 2>&1 &&
        ok "$1" || not_ok "$1" "$(head -5 "$WORK/vnu")"
}
if node_modules; then
    vnu "vnu finds nothing in the pages" --html '*.html'
    vnu "vnu finds nothing in the figures" --svg '*.svg'
fi
exit $failed
