#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# suppress: one table outside any release. Every failure has the documented
# status and one sentence, and nothing is left half-written.
. tests/command/lib.sh
P="$PANORAMA suppress"

# Towns in counties and, across them, in groups; by sex. Invented counts.
D="$WORK/in"
mkdir "$D" "$WORK/o"
cat >"$D/county.csv" <<'T'
code,parent
All,
C1,All
C2,All
a,C1
b,C1
c,C2
d,C2
T
cat >"$D/group.csv" <<'T'
code,parent
All,
G1,All
G2,All
a,G1
c,G1
b,G2
d,G2
T
printf 'code,parent\nT,\nM,T\nW,T\n' >"$D/sex.csv"
cat >"$D/leaf.csv" <<'T'
place,sex,n
a,M,4711
a,W,120
b,M,3
b,W,230
c,M,89
d,M,64
d,W,57
T
gzip -k "$D/leaf.csv"
H="--hierarchy place=$D/county.csv --hierarchy place=$D/group.csv
   --hierarchy sex=$D/sex.csv"

check() { # NAME CONDITION...
    name=$1
    shift
    if "$@"; then ok "$name"; else not_ok "$name" "$(cat "$WORK/o/"* | head -40)"; fi
}
has() { grep -qx "$1" "$WORK/o/out.csv"; }
lacks() { ! grep -q "$1" "$WORK/o/out.csv"; }
lines() { [ "$(wc -l <"$WORK/o/out.csv")" -eq "$1" ]; }

# owners NAME FILE...: only the owner may read them.
umask 022
owners() {
    name=$1
    shift
    [ "$(stat -c %a "$@" | sort -u)" = 600 ] && ok "$name" ||
        not_ok "$name" "$(ls -l "$@")"
}

# --- a table -------------------------------------------------------------------
expect "a table is protected" 0 "" $P "$D/leaf.csv" $H --threshold 5 \
    -o "$WORK/o/out.csv"
check "the columns are the axes, n and status" has "place,sex,n,status"
check "every combination of codes is there" lines 28
check "the primary cell has no number" has "b,M,,suppressed"
check "a zero is shown" has "c,W,0,shown"
check "nobody is told why" lacks "primary\|secondary"
[ "$(ls -A "$WORK/o")" = out.csv ] && ok "nothing else is there" ||
    not_ok "nothing else is there" "$(ls -A "$WORK/o")"
cp "$WORK/o/out.csv" "$WORK/first.csv"
expect "a table from a gzip file" 0 "" $P "$D/leaf.csv.gz" $H --threshold 5 \
    -o "$WORK/o/out.csv"
check "the same input gives the same bytes" \
    cmp -s "$WORK/o/out.csv" "$WORK/first.csv"
# --- its certificate -----------------------------------------------------------
expect "a certificate is written beside the table" 0 "" $P "$D/leaf.csv" $H \
    --threshold 5 --certificate "$WORK/o/proof" -o "$WORK/o/out.csv"
check "the table is the same" cmp -s "$WORK/o/out.csv" "$WORK/first.csv"
owners "for its owner only" "$WORK/o/proof"
[ "$(stat -c %a "$WORK/o/out.csv")" = 644 ] && ok "the table is for all" ||
    not_ok "the table is for all" "$(ls -l "$WORK/o/out.csv")"
A="$PANORAMA audit --quiet"
expect "the certificate proves every suppressed cell" 0 "" $A \
    "$WORK/o/out.csv" $H --threshold 5 --certificate "$WORK/o/proof"
expect "not under a larger threshold" 2 "the threshold is lower" $A \
    "$WORK/o/out.csv" $H --threshold 6 --certificate "$WORK/o/proof"
sed '/^witness/d; s/^end .*/end 0/' "$WORK/o/proof" >"$WORK/o/none"
expect "without its witnesses it proves nothing" 4 \
    "does not prove that every suppressed cell is safe" $A \
    "$WORK/o/out.csv" $H --threshold 5 --certificate "$WORK/o/none"
expect "an outsider finds nothing exposed" 0 "" $A "$WORK/o/out.csv" $H \
    --threshold 5
rm "$WORK/o/proof" "$WORK/o/none"
expect "a time limit that comes too soon is a refusal" 4 \
    "the time limit came before" $P "$D/leaf.csv" $H --threshold 5 \
    --time-limit 0.000001 -o "$WORK/o/late.csv"
[ ! -e "$WORK/o/late.csv" ] && ok "and leaves nothing" ||
    not_ok "and leaves nothing" "$(ls -A "$WORK/o")"

expect "a table of which everything may be shown" 0 "" $P "$D/leaf.csv" $H \
    --threshold 3 -o "$WORK/o/out.csv"
check "shows all of it" lacks "suppressed"
check "with its sums" has "G2,T,354,shown"
sed -i '/^b,M/s/3/9/' "$D/leaf.csv"
expect "the threshold is 11 by default" 0 "" $P "$D/leaf.csv" $H \
    -o "$WORK/o/out.csv"
check "so that 9 is suppressed" has "b,M,,suppressed"
sed -i '/^b,M/s/9/3/' "$D/leaf.csv"
expect "inside eyes see why" 0 "" $P "$D/leaf.csv" $H --threshold 5 --why \
    --report "$WORK/o/loss.csv" -o "$WORK/o/out.csv"
check "primary is told" has "b,M,,primary"
grep -q "^place,2,12,1," "$WORK/o/loss.csv" && ok "losses are told by depth" ||
    not_ok "losses are told by depth" "$(cat "$WORK/o/loss.csv")"
owners "and both are for their owner only" "$WORK/o/out.csv" "$WORK/o/loss.csv"

# --- JJ instances -----------------------------------------------------------------
rm -f "$WORK/o/"*
expect "an instance alone needs no protection" 0 "" $P "$D/leaf.csv" $H \
    --threshold 5 --jj-out "$WORK/o/a.jj"
[ "$(ls -A "$WORK/o")" = a.jj ] && ok "the instance is there" ||
    not_ok "the instance is there"
[ "$(sed -n 2p "$WORK/o/a.jj")" = 27 ] && ok "with a line for each cell" ||
    not_ok "with a line for each cell"
expect "an instance is protected" 0 "" $P --jj-in "$WORK/o/a.jj" \
    --jj-out "$WORK/o/b.jj" -o "$WORK/o/out.csv"
check "its columns are index, value and status" has "index,value,status"
grep -q "^13 3 3 u " "$WORK/o/b.jj" && ok "it is written with its primaries" ||
    not_ok "it is written with its primaries" "$(cat "$WORK/o/b.jj")"
expect "inside eyes see why in an instance" 0 "" $P --jj-in "$WORK/o/a.jj" \
    --why -o "$WORK/o/why.csv"
owners "instances and reasons are for their owner only" "$WORK/o/a.jj" \
    "$WORK/o/b.jj" "$WORK/o/why.csv"

# --- methods that change numbers ----------------------------------------------------
rm -f "$WORK/o/"*
printf 'one secret of the inside' >"$D/one.key"
printf 'another of the same size' >"$D/two.key"
chmod 600 "$D/one.key" "$D/two.key"
R="--threshold 5 --method rounding --base 5"
N="--threshold 5 --method cellkey --noise 40,3"
# column FILE STATUS: the numbers of all cells, which have this status.
column() { sed -n "s/^[^,]*,[^,]*,\([0-9]*\),$2\$/\1/p" "$1"; }
full() { [ "$(column "$WORK/o/out.csv" "$1" | wc -l)" -eq 27 ]; }
multiples() { column "$WORK/o/out.csv" rounded | awk '$1 % 5 { exit 1 }'; }
# The cells of a row of the place file lie 3 apart: All C1 a b C2 c d G1 G2.
additive() {
    awk -F, 'NR > 1 { n[$1, $2] = $3 } END {
        for (i = split("All C1 C2 All G1 G2 C1 a b C2 c d G1 a c G2 b d", p, " ");
             i > 0; i -= 3)
            for (s = split("T M W", sex, " "); s > 0; s--)
                bad += n[p[i - 2], sex[s]] != n[p[i - 1], sex[s]] + n[p[i], sex[s]]
        for (i in p) bad += n[p[i], "T"] != n[p[i], "M"] + n[p[i], "W"]
        exit bad > 0 }' "$WORK/o/out.csv"
}
differ() { ! cmp -s "$WORK/o/out.csv" "$WORK/first.csv"; }
expect "a table is rounded" 0 "27 cells, rounded to multiples of 5, each less" \
    $P "$D/leaf.csv" $H $R --key-file "$D/one.key" -o "$WORK/o/out.csv"
check "every cell has a rounded number" full rounded
check "which is a multiple of the base" multiples
check "and the sums of it" additive
check "a zero stays one" has "c,W,0,rounded"
cp "$WORK/o/out.csv" "$WORK/first.csv"
expect "a table is rounded again" 0 "" $P "$D/leaf.csv" $H $R \
    --key-file "$D/one.key" -o "$WORK/o/out.csv"
check "to the same bytes" cmp -s "$WORK/o/out.csv" "$WORK/first.csv"
# With 27 cells there is often one best rounding; with more the key decides.
printf 'code,parent\nAll,\n' >"$D/twelve.csv"
printf 'place,sex,n\n' >"$D/more.csv"
for i in 1 2 3 4 5 6 7 8 9 10 11 12; do
    echo "p$i,All" >>"$D/twelve.csv"
    printf "p$i,M,%d\np$i,W,%d\n" $((i * 7 + 3)) $((i * 13 + 1)) >>"$D/more.csv"
done
M="$D/more.csv --hierarchy place=$D/twelve.csv --hierarchy sex=$D/sex.csv"
expect "a larger table is rounded" 0 "" $P $M $R --key-file "$D/one.key" \
    -o "$WORK/first.csv"
expect "a larger table is rounded with another key" 0 "" $P $M $R \
    --key-file "$D/two.key" -o "$WORK/o/out.csv"
check "to another table" differ
check "of multiples as well" multiples
expect "a table is perturbed" 0 "27 cells, all of them perturbed" \
    $P "$D/leaf.csv" $H $N --key-file "$D/one.key" -o "$WORK/o/out.csv"
check "every cell has a perturbed number" full perturbed
check "a zero that is perturbed stays one" has "c,W,0,perturbed"
cp "$WORK/o/out.csv" "$WORK/first.csv"
expect "a table is perturbed again" 0 "" $P "$D/leaf.csv" $H $N \
    --key-file "$D/one.key" -o "$WORK/o/out.csv"
check "to the same numbers" cmp -s "$WORK/o/out.csv" "$WORK/first.csv"
expect "a table is perturbed with another key" 0 "" $P "$D/leaf.csv" $H $N \
    --key-file "$D/two.key" -o "$WORK/o/out.csv"
check "to other numbers" differ
expect "results may be barred, and counts may stay" 0 "" $P "$D/leaf.csv" $H \
    --threshold 5 --method cellkey --noise 40,3,2,0.3 \
    --key-file "$D/one.key" -o "$WORK/o/out.csv"
barred() { ! column "$WORK/o/out.csv" perturbed | grep -qx "[12]"; }
check "and no result is barred" barred
expect "to suppress is the method without a name" 0 "" $P "$D/leaf.csv" $H \
    --threshold 5 --method suppress -o "$WORK/o/out.csv"
check "whose cells are suppressed" has "b,M,,suppressed"

# --- usage ------------------------------------------------------------------------
# --- ties -----------------------------------------------------------------------
# One small count among forty others of one size: any of them can hide it.
rm -f "$WORK/o/"*
awk 'BEGIN { print "code,parent"; print "T,"
    for (i = 0; i < 40; i++) print "x" i ",T" }' >"$D/equal.csv"
awk 'BEGIN { print "x,sex,n"; print "x7,M,3"
    for (i = 0; i < 80; i++) if (i != 14)
        print "x" int(i / 2) "," (i % 2 ? "W" : "M") "," 64 + i * 17 % 60
    }' >"$D/ties.csv"
ties() { # FILE OPTION...
    file=$1
    shift
    $P "$D/ties.csv" --hierarchy x="$D/equal.csv" --hierarchy \
        sex="$D/sex.csv" --threshold 5 --quiet "$@" -o "$WORK/o/$file"
}
for key in one two; do
    ties $key.csv --key-file "$D/$key.key" --certificate "$WORK/o/$key" &&
        ties $key.again --key-file "$D/$key.key" --jobs 4 &&
        cmp -s "$WORK/o/$key.csv" "$WORK/o/$key.again" &&
        ok "key $key gives the same pattern for any number of jobs" ||
        not_ok "key $key gives the same pattern for any number of jobs"
    expect "which is proved like any other" 0 "" $A "$WORK/o/$key.csv" \
        --hierarchy x="$D/equal.csv" --hierarchy sex="$D/sex.csv" \
        --threshold 5 --certificate "$WORK/o/$key"
done
ties none.csv && ! cmp -s "$WORK/o/one.csv" "$WORK/o/two.csv" &&
    ! cmp -s "$WORK/o/one.csv" "$WORK/o/none.csv" &&
    ! cmp -s "$WORK/o/two.csv" "$WORK/o/none.csv" &&
    ok "another key takes other secondaries, and so does none" ||
    not_ok "another key takes other secondaries, and so does none"
few() { [ "$(grep -c ',suppressed$' "$WORK/o/$1")" -eq 4 ]; }
few one.csv && few two.csv && few none.csv && ok "but as few of them" ||
    not_ok "but as few of them" "$(grep suppressed "$WORK/o/"*.csv)"

expect "help is not a failure" 0 "" $P --help
grep -q "^Example:" "$WORK/out" && ok "help has an example" ||
    not_ok "help has an example"
O="-o $WORK/o/new.csv"
rm -f "$WORK/o/"*
usage() { # NAME PATTERN ARGUMENT...
    name=$1 pattern=$2
    shift 2
    expect "$name" 1 "$pattern" $P "$@"
}
usage "a table is needed" "expected LEAF.csv or --jj-in" $H $O
usage "not a table and an instance" "expected LEAF.csv or --jj-in" \
    "$D/leaf.csv" --jj-in x $O
usage "hierarchies are needed" "expected --hierarchy DIM=FILE" "$D/leaf.csv" $O
usage "a hierarchy has a name and a file" "expected DIM=FILE" "$D/leaf.csv" \
    --hierarchy place $O
usage "an output is needed" "expected -o" "$D/leaf.csv" $H
usage "a threshold under 3 is refused" "3 or more" "$D/leaf.csv" $H \
    --threshold 2 $O
usage "an unknown attacker is refused" "expected strict or basic" \
    "$D/leaf.csv" $H --attacker lazy $O
usage "a price of nothing is refused" "suppress-zeros" "$D/leaf.csv" $H \
    --suppress-zeros 0 $O
usage "a time of nothing is refused" "expected a number of seconds" \
    "$D/leaf.csv" $H --time-limit 0 $O
usage "two outputs have two names" "name the same file" "$D/leaf.csv" $H \
    --report "$WORK/o/new.csv" $O
usage "an input is not replaced" "would replace the input" "$D/leaf.csv" $H \
    -o "$D/sex.csv"
usage "an instance brings its own bounds" "does not go with --jj-in" \
    --jj-in "$WORK/a.jj" --threshold 5 $O
K="--key-file $D/one.key"
usage "an unknown method is refused" "expected suppress, rounding or cellkey" \
    "$D/leaf.csv" $H --method swapping $O
usage "rounding needs a base" "method rounding needs --base" "$D/leaf.csv" \
    $H --method rounding $K $O
usage "rounding needs a key" "method rounding needs --key-file" \
    "$D/leaf.csv" $H $R $O
usage "cell keys need a noise" "method cellkey needs --noise" "$D/leaf.csv" \
    $H --method cellkey $K $O
usage "cell keys need a key" "method cellkey needs --key-file" \
    "$D/leaf.csv" $H $N $O
usage "a base is a number" "base 'five': expected a number" "$D/leaf.csv" \
    $H --method rounding --base five $K $O
usage "a base has a range" "base" "$D/leaf.csv" $H --method rounding \
    --base 1 $K $O
usage "a noise has two numbers at least" "expected D,V" "$D/leaf.csv" $H \
    --method cellkey --noise 40 $K $O
usage "a noise has four numbers at most" "expected D,V" "$D/leaf.csv" $H \
    --method cellkey --noise 40,3,0,0,0 $K $O
usage "a noise has a range" "noise" "$D/leaf.csv" $H --method cellkey \
    --noise 41,3 $K $O
usage "rounding has no noise" "does not go with --noise" "$D/leaf.csv" $H \
    $R --noise 40,3 $K $O
usage "cell keys have no base" "does not go with --base" "$D/leaf.csv" $H \
    $N --base 5 $K $O
usage "an instance has no key" "key-file does not go with --jj-in" \
    --jj-in "$WORK/a.jj" $K $O
for o in --why "--certificate $WORK/o/c" "--report $WORK/o/r" \
    "--jj-out $WORK/o/j" "--attacker basic" "--suppress-zeros 1" \
    "--time-limit 9" "--cost $D/sex.csv"; do
    usage "what is rounded has no ${o%% *}" "does not go with ${o%% *}" \
        "$D/leaf.csv" $H $R $K $o $O
    usage "what is perturbed has no ${o%% *}" "does not go with ${o%% *}" \
        "$D/leaf.csv" $H $N $K $o $O
done
usage "an instance is not rounded" "method does not go with --jj-in" \
    --jj-in "$WORK/a.jj" --method rounding $O
usage "a key is not replaced" "would replace the input" "$D/leaf.csv" $H $R \
    $K -o "$D/one.key"
empty "wrong usage leaves nothing" "$WORK/o"
grep -q "^code,parent" "$D/sex.csv" && ok "the input is as it was" ||
    not_ok "the input is as it was"

# --- input ------------------------------------------------------------------------
input() { # NAME PATTERN ARGUMENT...
    name=$1 pattern=$2
    shift 2
    expect "$name" 2 "$pattern" $P "$@" $O
    empty "$name: nothing is left" "$WORK/o"
}
input "a column without a hierarchy is named" \
    "leaf.csv:1: unexpected column 'sex'" "$D/leaf.csv" \
    --hierarchy place="$D/county.csv"
printf 'place,sex,n\na,M,4711\nz,M,1\na,M,4711\nC1,M,1\na,W,-4711\n' >"$D/bad.csv"
input "wrong rows are named with their lines" "bad.csv:3: .*unknown code 'z'" \
    "$D/bad.csv" $H
grep -q "bad.csv:4: the same cell" "$WORK/err" &&
    grep -q "bad.csv:5: .*no leaf" "$WORK/err" &&
    grep -q "bad.csv:6: .*whole number" "$WORK/err" &&
    ok "all of them together" || not_ok "all of them together" "$(cat "$WORK/err")"
grep -q 4711 "$WORK/err" && not_ok "no message has a count" ||
    ok "no message has a count"
printf 'code,parent\nAll,\na,Z\n' >"$D/bad.csv"
input "a wrong hierarchy is named with its line" "bad.csv:3: .*no parent 'Z'" \
    "$D/leaf.csv" --hierarchy place="$D/bad.csv" --hierarchy sex="$D/sex.csv"
printf 'code,parent\nAll,\na,All\nb,All\n' >"$D/bad.csv"
input "two hierarchies cover the same leaves" "'All' does not hold 'c'" \
    "$D/leaf.csv" --hierarchy place="$D/county.csv" \
    --hierarchy place="$D/bad.csv" --hierarchy sex="$D/sex.csv"
printf 'place,sex,cost\na,M,dear\n' >"$D/bad.csv"
input "a wrong cost is named with its line" "bad.csv:2: column 'cost'" \
    "$D/leaf.csv" $H --cost "$D/bad.csv"
head -c 60 "$D/leaf.csv.gz" >"$D/cut.csv.gz"
input "a file that is cut short is refused" "cut.csv.gz" "$D/cut.csv.gz" $H
printf '0\n1\n0 5 1 q 0 9 0 0 0\n0\n' >"$D/bad.jj"
input "a wrong instance is named with its line" "bad.jj:3: status" \
    --jj-in "$D/bad.jj"

printf 'short' >"$D/short.key"
chmod 600 "$D/short.key"
input "a short key is refused" "short.key': not of 16 to 64 bytes" \
    "$D/leaf.csv" $H $R --key-file "$D/short.key"
cp "$D/one.key" "$D/open.key"
chmod 644 "$D/open.key"
input "a key that others can read is refused" "others than its owner" \
    "$D/leaf.csv" $H $N --key-file "$D/open.key"
expect "a key that is missing is named" 6 "none.key" \
    $P "$D/leaf.csv" $H $N --key-file "$D/none.key" $O

# --- disclosure -------------------------------------------------------------------
printf 'place,sex,cost\nb,M,show\n' >"$D/cost.csv"
expect "a small count that must be shown is refused" 4 "place b, sex M" \
    $P "$D/leaf.csv" $H --threshold 5 --cost "$D/cost.csv" $O
empty "a refusal leaves nothing" "$WORK/o"
printf 'place,sex,cost\n*,T,show\n*,W,show\n' >"$D/cost.csv"
expect "cells that must be shown and give one back are named" 4 \
    "place b, sex M: no proof .*, while the costs want this cell shown: place b, sex [TW]$" \
    $P "$D/leaf.csv" $H --threshold 5 --cost "$D/cost.csv" $O
printf 'place,sex,cost\nb,T,show\nb,W,show\na,M,show\n' >"$D/cost.csv"
expect "also where it is no sum" 4 "want this cell shown: place a, sex M$" \
    $P "$D/leaf.csv" $H --threshold 5 --cost "$D/cost.csv" $O
empty "and nothing is left" "$WORK/o"
cat >"$D/given.jj" <<'T'
0
3
0 9 9 z 0 99 0 0 0
1 2 2 u 0 99 0 0 3
2 7 7 z 0 99 0 0 0
1
0 3 : 0 (-1) 1 (1) 2 (1)
T
expect "an instance that gives its primary away is refused" 4 "cell 1" \
    $P --jj-in "$D/given.jj" $O
empty "a refused instance leaves nothing" "$WORK/o"

expect "a base under the threshold less 1 is refused" 4 "base" \
    $P "$D/leaf.csv" $H --threshold 7 --method rounding --base 5 $K $O
expect "noise that does not reach the threshold is refused" 4 "noise" \
    $P "$D/leaf.csv" $H --threshold 11 --method cellkey --noise 5,3 $K $O
empty "a refused method leaves nothing" "$WORK/o"

# --- the system -------------------------------------------------------------------
expect "a missing table is named" 6 "none.csv" $P "$D/none.csv" $H $O
expect "a missing directory is named" 6 "none/out.csv" $P "$D/leaf.csv" $H \
    -o "$WORK/none/out.csv"
expect "a directory is no output" 6 "expected the name of a file" \
    $P "$D/leaf.csv" $H -o "$WORK/o"
ln -s kept.csv "$WORK/o/link.csv"
expect "a link is no output" 6 "expected the name of a file" \
    $P "$D/leaf.csv" $H --threshold 5 -o "$WORK/o/link.csv"
same_as "and stays" kept.csv "$(readlink "$WORK/o/link.csv")"
rm -f "$WORK/o/link.csv"
expect "two outputs are two files, however written" 1 "name the same file" \
    $P "$D/leaf.csv" $H --threshold 5 -o "$WORK/o/x.csv" \
    --report "$WORK/./o/x.csv"
expect "a device is no output" 6 "expected the name of a file" \
    $P "$D/leaf.csv" $H -o /dev/full
[ -c /dev/full ] && ok "the device is still there" ||
    not_ok "the device is still there"
expect "an instance is written" 0 "" $P "$D/leaf.csv" $H --threshold 5 \
    --jj-out "$WORK/a.jj"
expect "a memory limit that comes too soon is a refusal" 4 \
    "the memory limit came before" $P "$D/leaf.csv" $H --memory-limit 0.5 $O
expect "also for an instance" 4 "the memory limit came before" \
    $P --jj-in "$WORK/a.jj" --memory-limit 0.5 --jj-out "$WORK/o/b.jj" $O
expect "a time limit holds for an instance" 4 "the time limit came before" \
    $P --jj-in "$WORK/a.jj" --time-limit 0.00000001 --jj-out "$WORK/o/b.jj" $O
expect "whatever its signal was set to" 4 "the time limit came before" \
    sh -c "trap '' PROF; exec $P --jj-in '$WORK/a.jj' --time-limit 0.001 $O"
expect "limits that are not reached change nothing" 0 "" $P \
    --jj-in "$WORK/a.jj" --time-limit 600 --memory-limit 2000 $O
[ -s "$WORK/o/new.csv" ] && ok "the table is there" || not_ok "the table is there"
mv "$WORK/o/new.csv" "$WORK/idle.csv"
hogs=
for _ in 1 2 3 4; do
    sh -c 'while :; do :; done' &
    hogs="$hogs $!"
done
expect "a busy machine takes longer" 0 "" $P --jj-in "$WORK/a.jj" $O
# shellcheck disable=SC2086
kill $hogs
cmp -s "$WORK/idle.csv" "$WORK/o/new.csv" && ok "for the same bytes" ||
    not_ok "for the same bytes"
rm -f "$WORK/o/new.csv"
empty "failures of the system leave nothing" "$WORK/o"

# --- what a killed process left ---------------------------------------------------
gone=$(sh -c 'echo $$')
K9="$WORK/killed"
mkdir "$K9"
touch "$K9/.why.csv.tmp-$gone" "$K9/.proof.tmp-$gone" "$K9/.a.tmp-1.tmp-$gone" \
    "$K9/.essai-chapter-1.pdf.tmp-$gone.pdf"
kept=".tmp-$gone .tmp-$gone.pdf .notes.tmp-x$gone.pdf .live.csv.tmp-$$ .notes.tmp-x$gone open.csv.tmp-$gone"
for f in $kept; do touch "$K9/$f"; done
ln -s nowhere "$K9/.link.tmp-$gone"
expect "a start where others were killed" 0 "" $P "$D/leaf.csv" $H \
    --threshold 5 -o "$K9/out.csv"
[ "$(ls -A "$K9" | sort | tr '\n' ' ')" = \
    "$(printf '%s\n' $kept .link.tmp-$gone out.csv | sort | tr '\n' ' ')" ] &&
    ok "sweeps what they left and nothing else" ||
    not_ok "sweeps what they left and nothing else" "$(ls -A "$K9")"

# A file-size limit stands for a disk that fills.
awk 'BEGIN { print "code,parent"; print "T,"
    for (i = 0; i < 900; i++) print "x" i ",T" }' >"$D/many.csv"
awk 'BEGIN { print "x,sex,n"
    for (i = 0; i < 900; i++) print "x" i ",M," i }' >"$D/large.csv"
L="--hierarchy x=$D/many.csv --hierarchy sex=$D/sex.csv --threshold 5"
echo old >"$WORK/o/out.csv"
uncounted
for kib in 0 1 8 32; do
    expect "a disk full after $kib KiB is reported" 6 "" \
        sh -c "trap '' XFSZ; ulimit -f $kib; exec $P $D/large.csv $L \
        --report $WORK/o/loss.csv --jj-out $WORK/o/a.jj -o $WORK/o/out.csv"
    [ "$(ls -A "$WORK/o")" = out.csv ] &&
        [ "$(cat "$WORK/o/out.csv")" = old ] &&
        ok "a disk full after $kib KiB leaves what was there" ||
        not_ok "a disk full after $kib KiB leaves what was there" \
            "$(ls -la "$WORK/o")"
done
expect "with room for it the table is replaced" 0 "" $P "$D/large.csv" $L \
    --report "$WORK/o/loss.csv" --jj-out "$WORK/o/a.jj" -o "$WORK/o/out.csv"
check "by the new one" has "x,sex,n,status"
