#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The whole release again, from a store in PostgreSQL: the same bytes.
. tests/full/lib.sh
. tests/postgres.sh

postgres_start || { not_ok "a server is started" "$(cat "$WORK/initdb")"; exit 1; }
sql postgres "CREATE DATABASE demo"
./panorama store sample "$(address demo)" >"$WORK/said" 2>&1 ||
    not_ok "the sample is written into a database" "$(tail -3 "$WORK/said")"
./panorama build --store "$(address demo)" --output "$WORK/out" --quiet \
    >"$WORK/said" 2>&1 ||
    not_ok "a release is built from it" "$(tail -3 "$WORK/said")"
diff -r "$RELEASE" "$WORK/out/$(basename "$RELEASE")" >"$WORK/diff" 2>&1 &&
    ok "the release of a database is that of a file, byte for byte" ||
    not_ok "the release of a database is that of a file, byte for byte" \
        "$(head -5 "$WORK/diff")"
exit $failed
