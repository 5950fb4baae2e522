#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Canary and twin on a small release: see tests/leak/leak.py.
. tests/command/lib.sh
/usr/bin/python3 tests/leak/leak.py "$PANORAMA" "$WORK"
