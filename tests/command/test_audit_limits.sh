#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# Limits of standardised rates beside ages that are cells: what the protection
# took from a rate because of them, the audit misses when it is put back.
. tests/command/lib.sh
P="$PANORAMA"
cd "$ROOT" || exit 1

project a
sed -i 's/reports = {.*/reports = { "data.lua" },/' "$WORK/a/panorama.lua"
cat >"$WORK/a/data.lua" <<'L'
return {
  id = "data", title = { fr = "D", en = "D" }, formats = { "csv" },
  plan = function(p)
    local function add(id, ages, values)
      p.table {
        id = id, title = { fr = "T", en = "T" }, open_data = true,
        measure = "cases", person_years = "population", territory = "root",
        period = "2021", site = "every", sex = { "T", "M", "F" }, age = ages,
        values = values,
      }
    end
    add("counts", { "T", "each" }, { "count", "person_years" })
    add("rates", "T", { "count",
      { kind = "standardised_rate", standard = "world", interval = true } })
  end,
  page = function(doc)
    doc:dataset(doc:table("counts"))
    doc:dataset(doc:table("rates"))
    return {}
  end,
}
L
# Some cases of the youngest, hundreds and thousands of the others.
{
    echo "DELETE FROM cases; UPDATE population SET n = 10 * n;"
    while read -r site sex young middle old; do
        for cell in "00-39 $young" "40-64 $middle" "65+ $old"; do
            echo "INSERT INTO cases VALUES ('cases', 'departement', '01', '2021',
                '$sex', '${cell% *}', '$site', '', ${cell#* });"
        done
    done <<'C'
CRC F 9 122 2601
CRC M 1 210 2694
EST F 14 117 1830
EST M 16 247 1168
POU F 10 172 2731
POU M 8 6 1215
SEI F 5 381 2467
C
} | sqlite3 "$WORK/a/store.sqlite"
expect "a release of rates beside ages" 0 "" build_release a
R="$WORK/a/output/essai"
audit() { "$P" audit "$1" --project "$ROOT" --quiet; }
# says NAME PATTERN: a line of the last output.
says() { grep -Eq "$2" "$WORK/out" && ok "$1" || not_ok "$1" "$(cat "$WORK/out")"; }

expect "is not exposed" 0 "" audit "$R"
says "limits are used" "^  used +2$"
says "none is of another formula" "^  of another formula +0$"

"$P" help audit | grep -q "standardised rates and their limits" &&
    ok "help tells that limits are used" || not_ok "help tells that limits are used"

# Stomach, men: 16, 247 and 1168 cases.
printf '%s\n' 'local value, lower, upper = stats.standardised_rate(
    {16, 247, 1168}, {6287340, 4397340, 2612340}, {68, 25, 7}, 100000)
print(string.format("%.1f,%.1f,%.1f", value, lower, upper))' >"$WORK/rate.lua"
whole=$("$P" eval "$WORK/rate.lua" | tr '\t' ',')
row=$(grep ',asr_world,' "$R/data/data-rates.csv" | grep ',EST,' | grep ',M,T,2021')
case $row in
*",T,${whole%%,*},,,v,"*) ok "the rate has lost its limits" ;;
*) not_ok "the rate has lost its limits" "$whole" "$row" ;;
esac
cp -r "$R" "$WORK/whole"
sed -i "/,asr_world,.*,EST,.*,M,T,2021/s/,${whole%%,*},,,v,/,$whole,v,/" \
    "$WORK/whole/data/data-rates.csv"
expect "with them it gives away an age" 4 "error audit.exposed" audit "$WORK/whole"
says "which is named" \
    "^exposed: data.counts: .* site EST, sex M, age 00-39, period 2021"
# By another formula they tell nothing.
sed -i "s/,$whole,v,/,${whole%%,*},${whole%%,*},99.9,v,/" \
    "$WORK/whole/data/data-rates.csv"
expect "limits of another formula are not used" 0 "" audit "$WORK/whole"
says "and counted" "^  of another formula +2$"
