#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The outsider's attack on a whole release: from its public files alone.
. tests/command/lib.sh
P="$PANORAMA"
cd "$ROOT" || exit 1

# Two reports: every site and year; two years pooled, départements only.
project a
cat >"$WORK/a/more.lua" <<'L'
return {
  id = "more",
  title = { fr = "Encore", en = "More" },
  formats = { "csv" },
  plan = function(p)
    p.table {
      id = "pooled", title = { fr = "Cas sur deux ans", en = "Two years" },
      measure = "cases", person_years = "population",
      territory = { "root", "level:departement" }, site = "every", sex = "T",
      age = "T", period = { "2021-2022", "2021" },
      values = { "count", { kind = "crude_rate", interval = true } },
      open_data = true,
    }
  end,
  page = function(doc)
    doc:dataset(doc:table("pooled"))
    return {}
  end,
}
L
sed -i 's/"data.lua" }/"data.lua", "more.lua" }/' "$WORK/a/panorama.lua"
expect "a release of two reports" 0 "" build_release a
R="$WORK/a/output/essai"
audit() { "$P" audit "$@" --quiet; }

# told NAME PATTERN: a line of the last output.
told() {
    grep -Eq "$2" "$WORK/out" && ok "$1" || not_ok "$1" "$(cat "$WORK/out")"
}
silent() {
    grep -Eq "$2" "$WORK/out" && not_ok "$1" "$(cat "$WORK/out")" || ok "$1"
}
# spoil NAME SED FILE: a copy of the release with one file changed.
spoil() {
    cp -r "$R" "$WORK/$1"
    sed -i "$2" "$WORK/$1/$3"
    cmp -s "$R/$3" "$WORK/$1/$3" && not_ok "the copy '$1' differs"
}

# --- what was protected ----------------------------------------------------------
expect "a protected release is not exposed" 0 "" audit "$R"
told "every table is read" "^tables       2$"
told "the table of the profile is no open data" "^not in CSV   1$"
told "something is suppressed" "^suppressed   [1-9]"
told "nothing is exposed" "^exposed      0$"
told "all is settled" "^not settled  0$"
told "atoms that are cells already are asked once" "^  again from atoms     0$"
told "none are too many" "^  of too many atoms    0$"
expect "nor to the basic attacker" 0 "" audit "$R" --attacker basic
mv "$WORK/a/output/.inside" "$WORK/inside"
mv "$WORK/a/store.sqlite" "$WORK/a/gone"
expect "neither store nor edition is asked" 0 "" audit "$R"

# --- one number put back -----------------------------------------------------------
# The true counts of what departement 01 and 02 withhold for a site and a year.
true_count() { # DEPARTEMENT SITE PERIOD SEX
    awk -F, -v d="$1" -v s="$2" -v p="$3" -v x="$4" '$3 == d && $7 == s &&
        $4 == p && $5 == x { n += $9 } END { print n + 0 }' "$WORK/csv/cases.csv"
}
# The first row that is withheld and whose count is 11 or more.
put_back() { # FILE
    grep ',,,,c,' "$1" | while IFS=, read -r _ _ indicator _ _ _ d _ s rest; do
        [ "$indicator" = count ] || continue
        x=$(echo "$rest" | sed 's/.*,\([TMF]\),T,20.*/\1/')
        p=$(echo "$rest" | sed 's/.*,[TMF],T,\([0-9-]*\),.*/\1/')
        n=$(true_count "$d" "$s" "$p" "$x")
        if [ "$n" -ge 11 ]; then
            echo "$d $s $p $x $n"
            break
        fi
    done
}
set -- $(put_back "$R/data/data-cases.csv")
[ $# -eq 5 ] && ok "a secondary was found" || not_ok "a secondary was found"
spoil back "s/\\(,departement,$1,[^,]*,$2,.*,$4,T,$3,.*,T,\\),,,c,,\\([0-9.]*\\),Q,C/\\1$5,,,v,,\\2,A,F/" \
    data/data-cases.csv
expect "a secondary that is printed again exposes others" 4 \
    "error audit.(exposed|printed): " audit "$WORK/back"
told "they are named with their table" \
    "^exposed: data.cases: cases, territory departement/0[0-9], site [A-Z]+, sex [MF], age T, period 202[12]"
silent "no number stands beside them" "^exposed: .*[=:] *[0-9]+$"
expect "verify notices it by the way" 5 "" "$P" verify "$WORK/back"

# --- two tables that disagree ----------------------------------------------------
row=$(grep -n ',cases,count,.*,departement,.*,T,T,2021,2021,2021,T,[0-9]' \
    "$R/data/data-cases.csv" | tail -1 | cut -d: -f1)
spoil split "${row}s/,T,[0-9]*,,,v,\\([a-z]*\\),\\([0-9.]*\\),.,F/,T,,,,c,\\1,\\2,Q,C/" \
    data/data-cases.csv
expect "what one table prints and another withholds is an exposure" 4 \
    "error audit.printed" audit "$WORK/split"
told "both tables are named" \
    "^printed elsewhere: data.cases: cases, .*, and printed by more.pooled$"
spoil other "${row}s/,T,[0-9]*,,,v,/,T,1234,,,v,/" data/data-cases.csv
expect "two counts of one cell are no release" 2 \
    "more-pooled.csv:[0-9]+: another count of the cell that 'data.cases' tells" \
    audit "$WORK/other"
grep -q 1234 "$WORK/err" && not_ok "the counts are not repeated" ||
    ok "the counts are not repeated"

# --- small counts, wrong sums ----------------------------------------------------
row=$(grep -n ',cases,count,.*,region,.*,M,T,2021,2021,2021,T,[0-9]' \
    "$R/data/data-cases.csv" | head -1 | cut -d: -f1)
spoil small "${row}s/,T,[0-9]*,,,v,/,T,7,,,v,/" data/data-cases.csv
expect "a printed sum that is none" 2 \
    "error release.sum: .*: cases, .*: is not the sum of its parts" \
    audit "$WORK/small"
cp -r "$R" "$WORK/high"
sed -i 's/"threshold": 11/"threshold": 60/' "$WORK/high/manifest.json"
expect "counts under the threshold of the manifest are not printed" 4 \
    "error audit.printed" audit "$WORK/high"
told "they are named" "^printed, and under the threshold: data.cases: cases, "
told "twenty of them" "^and [0-9]* more: --all names them$"
row=$(grep -n ',cases,count,.*,country,SY,.*,TOUS,.*,M,T,2021,2021,2021,T,[0-9]' \
    "$R/data/data-cases.csv" | head -1 | cut -d: -f1)
spoil none "${row}s/,T,[0-9]*,,,v,/,T,0,,,v,/" data/data-cases.csv
expect "no table agrees with a nation of none" 2 "" audit "$WORK/none"

# --- what a reader needs -----------------------------------------------------------
without() { # NAME FILE STATUS PATTERN
    rm -rf "$WORK/less"
    cp -r "$R" "$WORK/less"
    rm "$WORK/less/$2"
    expect "$1" "$3" "$4" audit "$WORK/less"
}
without "no manifest, no release" manifest.json 2 \
    "error release.manifest: .*has no manifest.json"
without "a code list that is missing is named" data/codes/site.csv 2 \
    "error release.file: .*data/codes/site.csv: missing"
without "so are the sums" data/codes/relation.csv 2 \
    "data/codes/relation.csv: missing"
without "and a table" more/more-pooled.csv 2 "more/more-pooled.csv: missing"
spoil damaged '5s/,count,/,"count,/' data/data-cases.csv
expect "a damaged table is named with its line" 2 "data-cases.csv" \
    audit "$WORK/damaged"
spoil unknown '5s/,departement,01,/,departement,99,/; 5s/,country,SY,/,country,XX,/' \
    data/data-cases.csv
expect "a code that no list has is named" 2 \
    "data-cases.csv:5: code '[X9]+' is not in the list of 'territory'" \
    audit "$WORK/unknown"
spoil loop 's/^territory,region,N,departement,01/territory,region,N,country,SY/' \
    data/codes/relation.csv
expect "a code within itself is refused" 2 "" audit "$WORK/loop"
spoil lists 's/^territory,region,N,departement,01/territory,region,S,departement,01/' \
    more/codes/relation.csv
(cd "$WORK/lists" && sum=$(sha256sum more/codes/relation.csv | cut -d' ' -f1) &&
    old=$(sha256sum data/codes/relation.csv | cut -d' ' -f1) &&
    sed -i "/more\/codes\/relation.csv/s/$old/$sum/" manifest.json)
expect "two lists of one code are refused" 2 "more/codes/relation.csv" \
    audit "$WORK/lists"

# --- the command line ------------------------------------------------------------
expect "a release brings its own threshold" 1 "takes no --threshold" \
    audit "$R" --threshold 5
expect "and hierarchies" 1 "takes no --hierarchy" \
    audit "$R" --hierarchy site=x.csv
expect "no time settles what arithmetic does, no more" 4 "audit.open" \
    audit "$R" --time-limit 0.000001
expect "what is joined is a release" 1 "with '.*store.sqlite': expected the dir" \
    audit "$R" --with "$WORK/store.sqlite"
expect "and joined with a release" 1 "with needs a RELEASE" \
    audit "$WORK/csv/cases.csv" --with "$R"
expect "not with itself" 2 "release 'essai' is given twice" \
    audit "$R" --with "$R"
spoil twin 's/^\( *"id": "\)essai"/\1jumeau"/' manifest.json
expect "a release of the same vintage" 0 "" audit "$R" --with "$WORK/twin"
told "its cells are told twice" "^told twice   [1-9]"
silent "and nobody is warned" "^warning: "
sed -i 's/"extracted": "[^"]*"/"extracted": ""/' "$WORK/twin/manifest.json"
expect "a release without a date of extraction neither links nor passes" 2 \
    "release 'twin': manifest.json: expected a date of extraction" \
    audit "$R" --with "$WORK/twin"
cp -r "$R" "$WORK/old"
sed -i '/"vintage"/d' "$WORK/old/manifest.json"
expect "a release without a vintage is compared with none" 2 \
    "release 'old': manifest.json: expected an id and a vintage" \
    audit "$R" --with "$WORK/old"
