#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# clang-format and clang-tidy over every source file: layout, sizes, nesting,
# names and bugs. Generated tables (sample_data_*) keep their own layout.
# usage: lint.sh JOBS [shallow]
# The analyzer follows every path through the calls of a function, which is
# nearly all the time there is (ten minutes of a core). "shallow" stays within
# the function, and in it to so many states of the program: so does `make test`;
# `make test-full` and `make lint` go deep, and to all of them.
cd "$(dirname "$0")/.." || exit 1
libpq=$(pkg-config --exists libpq && echo libpq)
flags=$(pkg-config --cflags $libpq sqlite3 lua5.4 cairo harfbuzz libdeflate proj \
    libsodium xlsxwriter zlib libqpdf libpng md4c clp cbc | sed 's/-I/-isystem /g')
[ -z "$libpq" ] || flags="$flags -DHAVE_LIBPQ"
for library in CAIRO XLSX PROJ QPDF SOLVER PQ; do
    flags="$flags -D${library}_LIBRARY=\\\"\\\""
done
inc=
for layer in base model closed open seal script app; do
    inc="$inc -Ibuild/inc/$layer"
done
[ "$2" != shallow ] ||
    flags="$flags -Xclang -analyzer-config -Xclang mode=shallow,max-nodes=8000"

# tidy JOBS: what is wrong with the files whose names come in.
tidy() {
    xargs -P "$1" -n 4 sh -c '
        clang-tidy --quiet "$@" -- -std=c17 -D_GNU_SOURCE '"$flags $inc"' \
            2>/dev/null | grep -E "warning:|error:"; true' tidy
}

if find src tests bench -name '*.[ch]' ! -name 'sample_data_*' | sort |
    xargs clang-format --dry-run -Werror 2>build/format.txt; then
    echo "ok clang-format"
else
    head -3 build/format.txt
    echo "not ok clang-format"
fi
# Silence is good news only from a linter that speaks.
probe=$(mktemp -d build/lint.XXXXXX)
cat >"$probe/probe.c" <<'C'
int Probe(const int *at);
int Probe(const int *at)
{
    return at == 0 ? *at : 1;
}
C
echo "$probe/probe.c" | tidy 1 >build/lint.txt
rm -r "$probe"
if grep -q NullDereference build/lint.txt &&
    grep -q identifier-naming build/lint.txt; then
    echo "ok clang-tidy finds what is wrong"
else
    cat build/lint.txt
    echo "not ok clang-tidy finds what is wrong"
fi
find src -name '*.c' | sort | tidy "${1:-2}" >build/lint.txt
if [ -s build/lint.txt ]; then
    sort -u build/lint.txt
    echo "not ok clang-tidy"
    exit 1
fi
echo "ok clang-tidy"
