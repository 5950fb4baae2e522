#!/bin/sh
# Every PDF: PDF/UA-1, the number of pages its report promises.
. tests/full/lib.sh

files '*.pdf' | grep '/rapport-national' | check pdf --pages-min 16
files '*.pdf' | grep -v '/rapport-national' | check pdf --pages 2
exit $failed
