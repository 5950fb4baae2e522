#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every PDF: PDF/UA-1, and the number of pages that its report promises.
. tests/full/lib.sh

files '*.pdf' '*/national/*' | check pdf --pages-min 16
files '*.pdf' '*/territoires/*' | check pdf --pages 2
files '*.pdf' | grep -Ev '/(national|territoires)/' >"$WORK/others" &&
    check pdf <"$WORK/others"
exit $failed
