#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Installs the Debian packages named, when one is missing: one retry, no
# recommended extras. Without root and without sudo it prints the command.
set -eu
missing=
for package in "$@"; do
    state=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$state" = "install ok installed" ] || missing="$missing $package"
done
[ -n "$missing" ] || exit 0
command="apt-get install -y --no-install-recommends$missing"
run=
if [ "$(id -u)" != 0 ]; then
    if command -v sudo >/dev/null 2>&1 && sudo -n true 2>/dev/null; then
        run=sudo
    else
        echo "Packages are missing. As root, run:" >&2
        echo "  $command" >&2
        exit 1
    fi
fi
export DEBIAN_FRONTEND=noninteractive
install_all() {
    # shellcheck disable=SC2086
    $run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
        --no-install-recommends $missing >/dev/null
}
echo "installing:$missing"
install_all || { $run apt-get update -qq; install_all; }
