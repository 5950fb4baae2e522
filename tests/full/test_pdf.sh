#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every PDF: PDF/UA-1, the number of pages its report promises.
. tests/full/lib.sh

files '*.pdf' | grep '/national/' | check pdf --pages-min 16
files '*.pdf' | grep -v '/national/' | check pdf --pages 2
exit $failed
