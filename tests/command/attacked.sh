# SPDX-License-Identifier: EUPL-1.2
# Sourced by the tests of standardised rates beside what earlier releases
# printed: a project `a` of open data alone, and the attacker of its releases.
P="$PANORAMA"

project a
sed -i -e 's/reports = {.*/reports = { "data.lua" },/' \
    -e 's/threshold = 11/threshold = 5/' "$WORK/a/panorama.lua"
ATTACKER=rates_attack.py
# few_cases YOUNG MIDDLE OLD LEAST SPREAD: fewer than so many cases at each age,
# in populations from LEAST on; nothing is said of coverage.
few_cases() {
    sqlite3 "$WORK/a/store.sqlite" "DELETE FROM coverage;
        UPDATE cases SET n = (n * 7 + territory * 5 + period * 3 +
            length(site) + (sex = 'M') * 11 + unicode(site) * 13) %
            CASE age WHEN '00-39' THEN $1 WHEN '40-64' THEN $2 ELSE $3 END;
        UPDATE population SET n = $4 + (n * 31 + territory * 977) % $5"
}
# attack NAME WANT RELEASE[@MORE]...: "none" or "some" ages, as the first number
# of the attacker says.
attack() {
    name=$1 want=$2
    shift 2
    for id in "$@"; do
        set -- "$@" "$WORK/a/output/$id"
        shift
    done
    found=$(/usr/bin/python3 "tests/command/$ATTACKER" \
        "$WORK/a/store.sqlite" 5 "$@" 2>&1)
    case $want-$found in
    none-0 | "none-0 "* | some-[1-9]*) ok "$name" ;;
    *) not_ok "$name" "found $found" ;;
    esac
}
