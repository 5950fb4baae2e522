#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every workbook; and LibreOffice reads those of the national report and the
# largest of a territory, prints one and gives back the same cells of all.
. tests/full/lib.sh

SECONDS_MOST=60 # of CPU, for the workbooks of the national report

convert() { # FORMAT FILES...
    kind=$1
    shift
    soffice "-env:UserInstallation=file://$WORK/profile" --headless \
        --convert-to "$kind" --outdir "$WORK" "$@" >"$WORK/soffice" 2>&1
}

files '*.xlsx' | check xlsx
largest=$(files '*.xlsx' | grep -v /national/ | xargs -r ls -S | head -1)
national=$(files '*.xlsx' '*/national/*')
name=$(basename "$largest" .xlsx)
convert pdf "$largest"
pages=$(pdfinfo "$WORK/$name.pdf" 2>/dev/null | sed -n 's/^Pages: *//p')
[ "${pages:-0}" -ge 4 ] && ok "LibreOffice prints $name.xlsx: $pages pages" ||
    not_ok "LibreOffice prints $name.xlsx" "$(tail -3 "$WORK/soffice")"

times >"$WORK/before"
convert xlsx $national $largest
times >"$WORK/after"
spent=$(cat "$WORK/before" "$WORK/after" | "$PYTHON" -c '
import re, sys
took = [60 * float(m) + float(s) for m, s in
        re.findall("(\\d+)m([\\d.]+)s", sys.stdin.read())]
print(round(sum(took[6:]) - sum(took[2:4])))')
count=$(echo "$national" | wc -l)
[ "$spent" -le $SECONDS_MOST ] &&
    ok "LibreOffice opens $count national workbooks in $spent s" ||
    not_ok "LibreOffice opens $count national workbooks in $SECONDS_MOST s" \
        "it took $spent s"
run "$PYTHON" tests/check_xlsx.py --same "$WORK" $national $largest
exit $failed
