#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The outsider's attack on the whole release: all settled, nothing exposed.
. tests/full/lib.sh

./panorama audit "$RELEASE" --quiet >"$WORK/out" 2>"$WORK/err" &&
    ok "the release is not exposed" ||
    not_ok "the release is not exposed" "$(tail -12 "$WORK/out" "$WORK/err")"
exit $failed
