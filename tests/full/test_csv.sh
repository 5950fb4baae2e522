#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Every CSV file and code list: form, schema, codes, statuses, sums.
. tests/full/lib.sh

files '*.csv' | check csv
exit $failed
