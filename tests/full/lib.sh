# SPDX-License-Identifier: EUPL-1.2
# lib.sh - what the tests of a whole release share. Source it from the
# repository root.
#
# $RELEASE is the release under test: the one given in the environment, else
# the first under output/, else one built into build/full/out. $WORK is removed
# at the end. Checkers print their own "ok" and "not ok" lines.
set -u
PYTHON=/usr/bin/python3
NODE_MODULES=build/node
WORK=$(mktemp -d /tmp/panorama-full.XXXXXX)
trap 'rm -rf "$WORK"' EXIT
failed=0

ok() { echo "ok $1"; }
not_ok() {
    echo "not ok $1"
    failed=1
    shift
    [ $# -eq 0 ] || printf '%s\n' "$@" | sed 's/^/    /'
}

# run COMMAND...: a checker that reports for itself.
run() { "$@" || failed=1; }

find_release() {
    [ -z "${RELEASE:-}" ] || return 0
    for manifest in output/*/manifest.json build/full/out/*/manifest.json; do
        [ ! -f "$manifest" ] || { RELEASE=$(dirname "$manifest"); return 0; }
    done
    mkdir -p build/full/out
    ./panorama build --store build/demo/store.sqlite \
        --output build/full/out >"$WORK/build" 2>&1 ||
        not_ok "a release is built" "$(tail -3 "$WORK/build")"
    RELEASE=$(dirname "$(ls build/full/out/*/manifest.json 2>/dev/null)")
}

# files PATTERN [PATH-PATTERN]: one path a line, in order.
files() { find "$RELEASE" -type f -name "$1" -path "${2:-*}" | LC_ALL=C sort; }

# check PROGRAM OPTIONS... <LIST: a checker over the paths of standard input.
check() {
    program=$1
    shift
    xargs -d '\n' "$PYTHON" "tests/check_$program.py" "$@" --root "$RELEASE" ||
        failed=1
}

# node_modules: the browser tools, pinned, kept under build/.
node_modules() {
    command -v npm >/dev/null || { not_ok "npm is installed"; return 1; }
    [ -d "$NODE_MODULES/node_modules/vnu-jar" ] && return 0
    mkdir -p "$NODE_MODULES"
    (cd "$NODE_MODULES" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm install \
        --no-save --no-audit --no-fund --ignore-scripts --loglevel=error \
        playwright-core@1.65.1 axe-core@4.14.1 vnu-jar@26.9.27) \
        >"$WORK/npm" 2>&1 ||
        { not_ok "the browser tools are installed" "$(tail -3 "$WORK/npm")"
          return 1; }
}

find_release
[ -f "$RELEASE/manifest.json" ] || { not_ok "there is a release"; exit 1; }
