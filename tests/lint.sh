#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# clang-format and clang-tidy over every source file: layout, sizes, nesting,
# names and bugs. Generated tables (sample_data_*) keep their own layout.
# usage: lint.sh JOBS
cd "$(dirname "$0")/.." || exit 1
flags=$(pkg-config --cflags sqlite3 lua5.4 cairo harfbuzz libdeflate proj \
    libsodium xlsxwriter zlib libqpdf libpng md4c clp cbc | sed 's/-I/-isystem /g')
inc=
for layer in base model closed open seal script app; do
    inc="$inc -Ibuild/inc/$layer"
done
if find src tests bench -name '*.[ch]' ! -name 'sample_data_*' | sort |
    xargs clang-format --dry-run -Werror 2>build/format.txt; then
    echo "ok clang-format"
else
    head -3 build/format.txt
    echo "not ok clang-format"
fi
find src -name '*.c' | sort | xargs -P "${1:-2}" -n 4 sh -c '
    clang-tidy --quiet "$@" -- -std=c17 -D_GNU_SOURCE '"$flags $inc"' \
        2>/dev/null | grep -E "warning:|error:"; true' tidy >build/lint.txt
if [ -s build/lint.txt ]; then
    sort -u build/lint.txt
    echo "not ok clang-tidy"
    exit 1
fi
echo "ok clang-tidy"
