#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# What fuzzing of editions begins with is an edition as they are written today,
# and the same with one fault: of an older format, all would end at its number.
# GOLDEN=1 writes them anew.
. tests/command/lib.sh
SEEDS=tests/fuzz/corpus/edition

project a
sed -i 's/{ "report.lua", "data.lua" }/{ "data.lua" }/' "$WORK/a/panorama.lua"
sed -i 's/"all", site/"level:region", site/' "$WORK/a/data.lua"
build_release a || not_ok "a release is built"
tab=$(printf '\t')
/usr/bin/python3 tests/fuzz/edition_rows.py "$(edition a essai)" >"$WORK/small"
cd "$WORK" || exit 1
sed "s/^release${tab}title.fr$tab.*/release${tab}title.fr$tab=Essai/" small >bytes
sed "0,/^cell.*~/s/~[0-9.]*/~1e999/" small >infinite
sed "/^node$tab#0$tab#0$tab/s/#-1/#0/" small >loop
sed -n "/^release${tab}format/p" small >empty
cd "$ROOT" || exit 1
for seed in small bytes infinite loop empty; do
    [ -z "${GOLDEN:-}" ] || cp "$WORK/$seed" "$SEEDS/$seed"
    cmp -s "$WORK/$seed" "$SEEDS/$seed" &&
        ok "the seed '$seed' is of the format of today" ||
        not_ok "the seed '$seed' is of the format of today" \
            "$(diff "$WORK/$seed" "$SEEDS/$seed" | head -5)"
    [ "$seed" = small ] || ! cmp -s "$WORK/$seed" "$WORK/small" ||
        not_ok "and '$seed' has a fault"
done
