#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Definitions that mean harm, or were never tried: each ends soon, with one
# sentence that names file and line, and leaves nothing behind.
. tests/command/lib.sh
P="$PANORAMA"
project a

# report MARK LUA: the project, whose report has these lines after the mark.
report() {
    rm -rf "$WORK/b"
    cp -r "$WORK/a" "$WORK/b"
    printf '%s\n' "$2" >"$WORK/hostile.lua"
    sed -i "/-- $1/r $WORK/hostile.lua" "$WORK/b/report.lua"
}

# One case a line: mark, name, Lua, what is said (grep -E), between bars.
cases() {
    sed 's/^ *//' <<'CASES'
PAGE@an endless loop@do while true do end end@report.lua:23: the script was stopped after 200 million instructions
PAGE@a text that grows for ever@local s = "x" while true do s = s .. s end@needs more memory than its 256 MiB
PAGE@a giant repetition@local s = ("x"):rep(1e10)@report.lua:23: string.rep: the result is too large
PAGE@recursion without end@local function f() return 1 + f() end f()@report.lua:23: stack overflow
PAGE@a list in itself@do local b = {} b[1] = b return b end@page: lists of blocks more than 100 deep in each other, or one that holds itself
PAGE@lists too deep@do local t = {} for _ = 1, 1e5 do t = { t } end return t end@page: lists of blocks more than 100 deep
PAGE@lists many times in each other@do local t = {} for _ = 1, 60 do t = { t, t } end return t end@needs more memory than its 256 MiB
PAGE@a section in itself@do local s = {} s[1] = s return section(s) end@page: lists of blocks more than 100 deep
PAGE@a list that lies about its length@do return setmetatable({}, { __len = function() return 1e15 end }) end@has no block to print
PAGE@a word without end@text(("x"):rep(1e6))@report.lua:23: text: a word of more than 4000 bytes
PAGE@marks without end@text("a" .. ("\u{301}"):rep(5000))@report.lua:23: text: a word of more than 4000 bytes
PAGE@a control character@text("a\27[2Jb")@report.lua:23: text: the text holds the character U.001B, which no page shows
PAGE@a text that turns around@text("a\u{202E}b")@report.lua:23: text: the text holds the character U.202E
PAGE@a text that is none@text("\xff")@report.lua:23: text: the text is not valid UTF-8
PAGE@an error that clears the screen@error("a\27[2Jb")@report.lua:23: a.\[2Jb$
PAGE@an error of formats@error("%s%n%d")@report.lua:23: %s%n%d$
PAGE@an error that is a table@error({})@raised a table as error
PAGE@a format of memory@string.format("%n", 1)@report.lua:23: invalid conversion '%n'
PAGE@the shell@os.execute("id")@report.lua:23: there is no 'os' here
PAGE@files@io.open("/etc/passwd")@report.lua:23: there is no 'io' here
PAGE@other programs@load("x = y")()@report.lua:23: there is no 'load' here
PAGE@a library outside@require("lib.../../x")@report.lua:23: require 'lib.../../x': expected 'lib.NAME'
PAGE@a document without its methods@setmetatable(doc, {})@report.lua:23: bad argument #1 to 'setmetatable'
PAGE@a method of another@doc.chart(1, 2)@report.lua:23: bad argument #1 to 'chart' .document expected
PAGE@no page@do return nil end@page: expected blocks, found nil
PAGE@a page of numbers@do return { 1 } end@page: expected blocks, found number
PAGE@an id that is a path@doc:grid { id = "../x", table = doc:table("sites"), rows = "site", columns = "count" }@report.lua:23: id '../x': expected letters
PAGE@an id longer than a name of a file@doc:grid { id = ("x"):rep(101), table = doc:table("sites"), rows = "site", columns = "count" }@expected letters a-z, digits, _ and -, 100 at most
PAGE@an id twice@for _ = 1, 2 do doc:grid { id = "x", table = doc:table("sites"), rows = "site", columns = "count" } end@report.lua:23: id 'x': used twice
PAGE@a column that is not there@doc:grid { table = doc:table("sites"), rows = "site", columns = "cuont" }@column 'cuont': table 'profil.sites' has no such column; the nearest is 'count'
PAGE@a filter in itself@do local f = {} f.site = f doc:grid { table = doc:table("sites"), rows = "site", columns = "count", filter = f } end@report.lua:23: site: expected a text, a cell or a node
PAGE@a chart that looks itself up@doc:chart(setmetatable({}, { __index = function(_, k) error("no " .. k) end }))@report.lua:23: no table
PAGE@a height that is no number@doc:chart { table = doc:table("sites"), column = "crude_rate", height = 0 / 0 }@report.lua:23: height: expected a number, found NaN
PAGE@a height below zero@doc:chart { table = doc:table("sites"), column = "crude_rate", height = -5 }@report.lua:23: height: expected 80 to 700 points
PAGE@a map below zero@doc:map { table = doc:table("sites"), column = "crude_rate", level = "region", height = -5 }@report.lua:23: height: expected 80 to 700 points
PAGE@limits that are no numbers@doc:map { table = doc:table("sites"), column = "crude_rate", level = "region", breaks = { 0 / 0 } }@report.lua:23: breaks: expected a number, found NaN
PAGE@more maps than fit@do local f = {} for i = 1, 25 do f[i] = { label = "x", sex = "M" } end doc:map { table = doc:table("sites"), column = "crude_rate", level = "region", facet = f } end@report.lua:23: facet: more than 24 maps
PAGE@a layout without end@doc:map { table = doc:table("sites"), column = "crude_rate", level = "region", layout = "/dev/zero" }@report.lua:23: layout: expected the name of a layout
PAGE@parts of classes@doc:map { table = doc:table("sites"), column = "crude_rate", level = "region", classes = 2.5 }@report.lua:23: classes: expected a whole number, found 2.5
PAGE@series that nobody tells apart@doc:chart { table = doc:table("sites"), column = "crude_rate", series = { { label = "x", sex = "M" }, { label = "x", sex = "F" } } }@report.lua:23: series: two of them are '.*': expected a label of its own for each
PAGE@fewer than none@doc:chart { table = doc:table("sites"), column = "crude_rate", top = -1 }@report.lua:23: top: expected a whole number from 1 on
PAGE@a reason of blanks@doc:chart { table = doc:table("sites"), column = "crude_rate", kind = "histogram", waive = { uncertainty = "  " } }@report.lua:23: waive: uncertainty: expected the reason
PAGE@limits that fall@doc:map { table = doc:table("sites"), column = "crude_rate", level = "region", breaks = { 3, 2 } }@report.lua:23: map: breaks must be finite and rising
PAGE@a map that facets itself@do local f = { table = doc:table("sites"), column = "crude_rate", level = "region" } f.facet = f doc:map(f) end@report.lua:23: facet: no map
PAGE@a reference without end@doc:chart { table = doc:table("sites"), column = "crude_rate", kind = "dot", reference = 1 / 0 }@report.lua:23: reference: expected a number of at most 1e15, found inf
PAGE@a list of areas in focus@doc:map { table = doc:table("sites"), column = "crude_rate", level = "region", focus = { "29" } }@report.lua:23: focus: expected a text, a cell or a node, found table
PAGE@a title that turns around@doc:map { table = doc:table("sites"), column = "crude_rate", level = "region", title = "a\u{2067}b" }@report.lua:23: title: the text holds the character U.2067
PAGE@no series@doc:chart { table = doc:table("sites"), column = "crude_rate", series = {} }@report.lua:23: series: none
PAGE@rows of other lengths@facts { id = "f", title = "F", columns = { "a", "b" }, rows = { { "a" } }, source = "S" }@report.lua:23: rows: row 1 has 1 values, expected 2
PLAN@a plan without end@while true do end@report.lua:8: the script was stopped after 200 million instructions
PLAN@a table that is a number@p.table(3)@report.lua:8: .*expected a table, found number
PLAN@a table without fields@p.table {}@report.lua:8: 
CASES
}

cases | while IFS='@' read -r mark name lua said; do
    report "$mark" "$lua"
    expect "$name" 3 "$said" "$P" lint --project "$WORK/b"
done

report PAGE 'do local b = {} b[1] = b return b end'
expect "what lint refuses is not built" 3 "holds itself" "$P" build \
    --project "$WORK/b" --output "$WORK/out.d"
empty "and nothing is left" "$WORK/out.d"

# A process that goes while it tries pages, as its CPU limit ends it.
report PAGE 'table.move({}, 1, 1 << 60, 2)'
mkdir "$WORK/tmp"
TMPDIR="$WORK/tmp" "$P" lint --project "$WORK/b" >/dev/null 2>"$WORK/err" &
lint=$!
while [ -z "${child:=$(cat /proc/$lint/task/$lint/children 2>/dev/null)}" ] &&
    kill -0 $lint 2>/dev/null; do sleep 0.05; done
# shellcheck disable=SC2086
kill -9 $child
wait $lint
[ $? -eq 6 ] && grep -q "a worker was ended by signal 9" "$WORK/err" &&
    ok "lint says that its trial was ended" ||
    not_ok "lint says that its trial was ended" "$(tail -3 "$WORK/err")"
empty "and leaves nothing behind" "$WORK/tmp"
