#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every workbook; and LibreOffice reads one and gives back the same cells: the
# largest that is no report of hundreds of sheets, which take it many minutes.
. tests/full/lib.sh

convert() { # FORMAT FILE
    soffice "-env:UserInstallation=file://$WORK/profile" --headless \
        --convert-to "$1" --outdir "$WORK" "$2" >"$WORK/soffice" 2>&1
}

files '*.xlsx' | check xlsx
book=$(files '*.xlsx' | grep -v /national/ | xargs -r ls -S | head -1)
book=${book:-$(files '*.xlsx' | head -1)}
name=$(basename "$book" .xlsx)
convert pdf "$book"
pages=$(pdfinfo "$WORK/$name.pdf" 2>/dev/null | sed -n 's/^Pages: *//p')
[ "${pages:-0}" -ge 4 ] && ok "LibreOffice prints $name.xlsx: $pages pages" ||
    not_ok "LibreOffice prints $name.xlsx" "$(tail -3 "$WORK/soffice")"
convert xlsx "$book"
run "$PYTHON" tests/check_xlsx.py --same "$book" "$WORK/$name.xlsx"
exit $failed
