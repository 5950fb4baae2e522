#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The leak canary over a whole national release: see tests/leak/national.py.
. tests/full/lib.sh
run $PYTHON tests/leak/national.py ./panorama build/demo/store.sqlite "$WORK"
exit $failed
