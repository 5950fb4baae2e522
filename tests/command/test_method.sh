#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Worked examples of the method pages, and the list of statistics functions.
. tests/command/lib.sh
/usr/bin/python3 tests/method.py "$PANORAMA"
/usr/bin/python3 tests/method_example.py "$PANORAMA" "$WORK"
