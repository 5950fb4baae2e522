#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# The outsider's attack on a finished public table: statuses, names, silence.
. tests/command/lib.sh
P="$PANORAMA"
cd "$WORK" || exit 1

printf 'code,parent\nFR,\nA,FR\nB,FR\nC,FR\n' >dep.csv
printf 'code,parent\nALL,\nX,ALL\nY,ALL\n' >site.csv
hier="--hierarchy dep=dep.csv --hierarchy site=site.csv --threshold 5 --quiet"

# Truth: A 3 20 | B 6 30 | C 40 7. Four suppressed cells in a square.
cat >safe.csv <<'C'
dep,site,n,status
FR,ALL,106,shown
FR,X,49,shown
FR,Y,57,shown
A,ALL,23,shown
A,X,,suppressed
A,Y,,suppressed
B,ALL,36,shown
B,X,,suppressed
B,Y,,suppressed
C,ALL,47,shown
C,X,40,shown
C,Y,7,shown
C
# shellcheck disable=SC2086
expect "a square of four is safe" 0 "" "$P" audit safe.csv $hier
grep -q "^suppressed   4$" out && grep -q "^exposed      0$" out &&
    grep -q "^not settled  0$" out && ok "the summary counts cells" ||
    not_ok "the summary counts cells" "$(cat out)"

# The same with 2 and 1 in A and B: X of both adds up to 3.
sed 's/^FR,ALL,106/FR,ALL,100/; s/^FR,X,49/FR,X,43/; s/^A,ALL,23/A,ALL,22/
     s/^B,ALL,36/B,ALL,31/' safe.csv >weak.csv
# shellcheck disable=SC2086
expect "what adds up to little is exposed" 4 \
    "error audit.exposed: suppressed cells are exposed" \
    "$P" audit weak.csv $hier
grep -q "^exposed: dep A, site X$" out && grep -q "^exposed: dep B, site X$" out &&
    ok "exposed cells are named" ||
    not_ok "exposed cells are named" "$(cat out)"
if grep "^exposed:" out | grep -q "[0-9]"; then
    not_ok "no number stands beside a name" "$(cat out)"
else
    ok "no number stands beside a name"
fi

# X of A and B adds up to 4: 1..3 for the strict attacker, 0..4 for the basic.
sed 's/^FR,ALL,106/FR,ALL,101/; s/^FR,X,49/FR,X,44/; s/^A,ALL,23/A,ALL,22/
     s/^B,ALL,36/B,ALL,32/' safe.csv >four.csv
# shellcheck disable=SC2086
expect "the strict attacker knows that nothing suppressed is zero" 4 \
    "audit.exposed" "$P" audit four.csv $hier --attacker strict
# shellcheck disable=SC2086
expect "the basic attacker does not" 0 "" \
    "$P" audit four.csv $hier --attacker basic

# A count under the threshold that is printed needs no attack.
sed 's/^C,Y,7/C,Y,4/; s/^C,ALL,47/C,ALL,44/; s/^FR,Y,57/FR,Y,54/
     s/^FR,ALL,106/FR,ALL,103/' safe.csv >small.csv
# shellcheck disable=SC2086
expect "a small count that is printed is refused" 4 \
    "error audit.printed: counts are printed that are under the threshold" \
    "$P" audit small.csv $hier
grep -q "^printed, and under the threshold: dep C, site Y$" out &&
    ok "and named" || not_ok "and named" "$(cat out)"

# --- many ---------------------------------------------------------------------
{
    echo code,parent
    echo FR,
    for i in $(seq 101 125); do echo "D$i,FR"; done
} >many_dep.csv
{
    echo dep,site,n,status
    echo FR,ALL,125,shown
    echo FR,X,50,shown
    echo FR,Y,75,shown
    for i in $(seq 101 125); do
        printf 'D%s,ALL,5,shown\nD%s,X,,suppressed\nD%s,Y,,suppressed\n' \
            "$i" "$i" "$i"
    done
} >many.csv
many="--hierarchy dep=many_dep.csv --hierarchy site=site.csv --threshold 7"
# shellcheck disable=SC2086
expect "fifty cells of one to four are exposed" 4 "audit.exposed" \
    "$P" audit many.csv $many --quiet
[ "$(grep -c '^exposed:' out)" -eq 20 ] && grep -q "^and 30 more: --all" out &&
    ok "twenty are named" || not_ok "twenty are named" "$(cat out)"
# shellcheck disable=SC2086
expect "--all names them all" 4 "" "$P" audit many.csv $many --quiet --all
[ "$(grep -c '^exposed:' out)" -eq 50 ] && ok "fifty names" ||
    not_ok "fifty names" "$(cat out)"
# shellcheck disable=SC2086
expect "no time settles what arithmetic does, no more" 4 \
    "error audit.open: not every suppressed cell was settled within the limits" \
    "$P" audit safe.csv $hier --time-limit 0.000001
grep -q "^settled      2$" out && grep -q "^not settled  2$" out &&
    ok "what is not settled is said" ||
    not_ok "what is not settled is said" "$(cat out)"

# --- wrong input ---------------------------------------------------------------
# Two suppressed cells that add up to 1: one of them must be zero.
sed 's/^A,ALL,23/A,ALL,1/; s/^FR,ALL,106/FR,ALL,84/; s/^FR,Y,57/FR,Y,35/' \
    safe.csv >never.csv
# shellcheck disable=SC2086
expect "a table that cannot be is refused" 2 \
    "audit.contradiction: never.csv: strict attacker: no table agrees" \
    "$P" audit never.csv $hier
# shellcheck disable=SC2086
expect "but can be where zeros may be suppressed" 4 "audit.exposed" \
    "$P" audit never.csv $hier --attacker basic
# shellcheck disable=SC2086
expect "a file that is not there" 6 "nowhere.csv" "$P" audit nowhere.csv $hier
expect "a table is needed" 1 "audit needs RELEASE or OUT.csv" "$P" audit --threshold 5
expect "a threshold is needed" 1 "audit needs --threshold T" \
    "$P" audit safe.csv --hierarchy dep=dep.csv
expect "a hierarchy is needed" 1 "needs --hierarchy DIM=FILE" \
    "$P" audit safe.csv --threshold 5
expect "a hierarchy has a name and a file" 1 \
    "hierarchy 'dep': expected DIM=FILE" \
    "$P" audit safe.csv --hierarchy dep --threshold 5
expect "a threshold is 3 or more" 1 "threshold '2': expected a number, 3" \
    "$P" audit safe.csv --hierarchy dep=dep.csv --threshold 2
# shellcheck disable=SC2086
expect "an attacker is strict or basic" 1 "attacker 'both': expected strict" \
    "$P" audit safe.csv $hier --attacker both
# shellcheck disable=SC2086
expect "a limit is a number of seconds" 1 "time-limit '0': expected" \
    "$P" audit safe.csv $hier --time-limit 0
mkdir release
# shellcheck disable=SC2086
expect "a directory is a release, with its own hierarchies" 1 \
    "takes no --hierarchy" "$P" audit release $hier
expect "an empty directory is none" 2 "release.manifest" "$P" audit release
# shellcheck disable=SC2086
expect "a table is no certificate" 2 \
    "safe.csv:1: expected 'panorama-certificate 1'" \
    "$P" audit safe.csv $hier --certificate safe.csv
printf 'panorama-certificate 1\ncells 1\nend 0\n' >bare.cert
expect "the certificate of a table needs its table" 1 \
    "needs OUT.csv beside the certificate" "$P" audit --certificate bare.cert
