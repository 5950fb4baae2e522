#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# lint tells all that is wrong with a file in one run, by line, also of texts
# that no page prints; the build stops at the first.
. tests/command/lib.sh
P="$PANORAMA"
project a
line=$(grep -n -- "-- PAGE" "$WORK/a/report.lua" | cut -d: -f1)

# with LUA: the report's page() begins with it.
with() {
    rm -rf "$WORK/b"
    cp -r "$WORK/a" "$WORK/b"
    mkdir -p "$WORK/b/templates/prose/fr" "$WORK/b/lua-scripts/lib"
    sed -i "s~-- PAGE~$1~" "$WORK/b/report.lua"
}
# lines NAME FILE KIND LINE...: those of its errors of a kind, in order.
lines() {
    name=$1 pattern="s|^$2:\([0-9]*\): error: .*\[$3\]\$|\1|p"
    shift 3
    same_as "$name" "$*" "$(sed -n "$pattern" "$WORK/out" | tr '\n' ' ' | sed 's/ $//')"
}

# --- what a text may not hold
with 'if true then return { heading(1, "A", "a"), prose("a") } end'
cat >"$WORK/b/templates/prose/fr/a.md" <<-EOF
	Un &amp; deux <b>mots</b>[^w].

	+ un

	1. deux[^x]
	2) trois

	| a | b |
	|---|---|
	| \`c\` | d |

	> # Titre

	- un

	  > cité

	Une ![image](y.png), [ici](javascript:b) et [là][^z].

	***

	##### Profond

	---
	- - -

	Un {mot *gras*} et [^z].

	[^x]: Note.

	[^x]: Encore.

	[^y]: Seule [^x].
EOF
expect "everything that a text may not hold" 3 \
    "^panorama: error lint.prose: templates/prose/fr/a.md:1: no text for the note \[\^w\] " \
    "$P" lint --project "$WORK/b"
lines "each with its line, in order" templates/prose/fr/a.md markdown \
    1 1 1 5 6 8 10 12 16 18 18 18 20 22 24 25 27 27 31 33 33
same_as "and no page says it again" 0 "$(grep -c "script.field" "$WORK/out")"
expect "the build stops at the first" 3 \
    "^panorama: error .*templates/prose/fr/a.md:1: no text for the note \[\^w\]$" \
    "$P" build --project "$WORK/b" --quiet
printf 'Un.\n\001\nDeux\377.\n' >"$WORK/b/templates/prose/fr/a.md"
expect "lines that are no text" 3 "a.md:2: expected a text, found a control" \
    "$P" lint --project "$WORK/b"
lines "each of them" templates/prose/fr/a.md markdown 2 3

# --- the texts of scripts
with 'local function unused() return { text("<b>a</b>\\n\\n`b`"), note "![a](b)" } end'
cat >>"$WORK/b/lua-scripts/lib/x.lua" <<-EOF
	-- local x = text("<b>a</b>")
	local function unused(cell)
	  return cell:text("<b>a</b>"), text("<b>" .. "a"), text [[
	a

	1. b
	]]
	end
EOF
expect "texts that no page prints" 3 "text may hold" "$P" lint --project "$WORK/b"
lines "all that is wrong with one" report.lua markdown "$line" "$line" "$line"
lines "in a text of several lines too" lua-scripts/lib/x.lua markdown 6
printf 'x = "' >"$WORK/b/lua-scripts/lib/x.lua"
printf 'x = [[' >"$WORK/b/lua-scripts/lib/y.lua"
expect "a library that ends inside a text" 3 "report.lua:$line: the text may hold" \
    "$P" lint --project "$WORK/b"

# --- pages: what is wrong with one report hides nothing of another, and is told
# once for all its territories
with 'if true then return text("[@fig:carte]") end'
sed -i 's|^  page = function(doc)|& doc:table("none")|' "$WORK/b/data.lua"
expect "what is wrong in two reports" 3 "there is no figure 'carte'" \
    "$P" lint --project "$WORK/b"
same_as "is told for both" "data.lua report.lua " \
    "$(sed -n 's|^\([a-z]*\.lua\):[0-9]*: error: .*|\1|p' "$WORK/out" | tr '\n' ' ')"

# --- links
with 'if true then return { heading(1, "A", "a"), text("Ici.") } end'
printf 'Un [b](#a).\n\nUn [b](#aa) et [c](#b{x}).\n\n- [@sec:a]\n- [@fig:a] [^n]\n\n[^n]: [d](#zzzz)\n' \
    >"$WORK/b/templates/prose/fr/unused.md"
expect "links of a text that no page prints" 3 \
    "unused.md:3: '#aa' leads nowhere in any document; the nearest is 'a' \(3 errors\)" \
    "$P" lint --project "$WORK/b"
lines "each with its line" templates/prose/fr/unused.md page.link 3 6 8
expect "one report tells nothing of the links to others" 0 "" \
    "$P" lint data --project "$WORK/b"
