#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The first ten minutes: the commands of the README as they stand there, and
# the tables of docs/store.md against those of a store.
. tests/command/lib.sh
mkdir -p "$WORK/clone/tests/store"
cp -r docs "$WORK/clone"
cp -r tests/store/fixture "$WORK/clone/tests/store"
ln -s "$PANORAMA" "$WORK/clone/panorama"
cp -r templates lua-scripts "$WORK/clone"

# The block of commands that begins with `make` alone, without it, and that of
# an edition that is rendered in parts.
sed -n '/^## Ten minutes/,/^## /p' README.md |
    sed -n '/^```sh/,/^```$/p' | sed '/^```/d; /^make /d; s/ *#.*//' \
    >"$WORK/first.sh"
(cd "$WORK/clone" && sh -e "$WORK/first.sh" >"$WORK/out" 2>&1)
if [ $? -eq 0 ] && [ "$(grep -c . "$WORK/first.sh")" -ge 14 ]; then
    ok "the first commands of the README"
else
    not_ok "the first commands of the README" "$(tail -5 "$WORK/out")"
fi
[ -f "$WORK/clone/my-project/output/my-first-release/cancers/cancers.pdf" ] &&
    ok "they end with a report" || not_ok "they end with a report"
[ -f "$WORK/clone/whole/cancers/cancers.pdf" ] &&
    ok "and with one made in parts" || not_ok "and with one made in parts"

expect "a report that is not listed is told where to list it" 1 \
    "no report 'lung' in panorama.lua; its reports are: cancers" \
    "$PANORAMA" plan lung --project "$WORK/clone/my-project"

# The fixture covers one site elsewhere than the others.
sed -i 's/site = {.*}, sex/site = "every", sex/' \
    "$WORK/clone/my-project/cancers.lua"
expect "a total of sites that are covered differently is refused" 4 \
    "site TOUS, .*: is not the sum of its parts along 'site'; does their coverage differ" \
    "$PANORAMA" build --project "$WORK/clone/my-project" --release second --quiet

/usr/bin/python3 - "$WORK/clone/my-project/store.sqlite" <<'PY'
import re
import sqlite3
import sys

store = sqlite3.connect(sys.argv[1])
tables = {name: [column[1] for column in
                 store.execute(f"PRAGMA table_info({name})")]
          for (name,) in store.execute(
              "SELECT name FROM sqlite_master WHERE type = 'table'")}
said = {}
for line in open("docs/store.md", encoding="utf-8"):
    cells = line.split("|")
    if len(cells) == 4 and ".csv`" in cells[1]:
        for name in re.findall(r"`(\w+)\.csv`", cells[1]):
            said[name] = re.findall(r"`(\w+)`", cells[2])
for name in sorted(set(tables) | set(said)):
    good = tables.get(name) == said.get(name)
    print("ok" if good else "not ok", f"docs/store.md: table {name}")
    if not good:
        print("   ", tables.get(name), "is not", said.get(name))
PY
