#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every CSV file and code list: form, schema, codes, statuses, sums; and what
# describes them to portals.
. tests/full/lib.sh

files '*.csv' | check csv
files datapackage.json | check package
exit $failed
