#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every file of the release is listed with its size, type and SHA-256.
. tests/full/lib.sh

run "$PYTHON" tests/check_manifest.py "$RELEASE"
(cd "$RELEASE" && sha256sum --quiet --strict -c SHA256SUMS) \
    >"$WORK/sums" 2>&1 &&
    ok "sha256sum agrees" || not_ok "sha256sum agrees" "$(head -3 "$WORK/sums")"
exit $failed
