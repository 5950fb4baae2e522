#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every page: form, names, links, nothing fetched; the validator of the W3C's
# Nu project reads a sample.
. tests/full/lib.sh

files '*.html' | check html
sample=$(for pattern in '*/index*' '*national*' '*region-[18]*' \
    '*departement-[029][19AB]*'; do files '*.html' "$pattern"; done | sort -u)
if node_modules; then
    # shellcheck disable=SC2086
    java -jar "$NODE_MODULES/node_modules/vnu-jar/build/dist/vnu.jar" \
        --Werror --format gnu $sample >"$WORK/vnu" 2>&1 &&
        ok "vnu finds nothing in $(echo "$sample" | wc -l) pages" ||
        not_ok "vnu" "$(grep -c . "$WORK/vnu") messages" \
            "$(sed 's|^.*[0-9]: \([a-z]\)|\1|' "$WORK/vnu" | sort |
               uniq -c | sort -rn | head -8)" "$(head -2 "$WORK/vnu")"
fi
exit $failed
