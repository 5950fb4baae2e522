#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The checkers themselves: each accepts a good sample and refuses it broken.
. tests/full/lib.sh

for sample in words xlsx html pictures csv manifest; do
    run "$PYTHON" tests/mutations/mutate_$sample.py
done
if node_modules; then
    run "$PYTHON" tests/mutations/mutate_browser.py "$NODE_MODULES"
fi
exit $failed
