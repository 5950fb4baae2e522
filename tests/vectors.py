#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Whether a test reads every file of reference values, and how many numbers
are compared.

usage: vectors.py DIR READ LIST

READ has a line "FILE PROGRAM NUMBERS" each time a test closed a file of DIR
(PANORAMA_VECTORS_READ, see tests/vectors.h). LIST is written: each file, the
tests that read it and the numbers compared while it was open; a file with 0 is
one of inputs. A file that no test reads is an error unless it is named below
with the reason.
"""
import collections
import pathlib
import re
import sys

NOT_COMPARED = {
    "phe_DSR_testdata.csv":
        "rates by quintile with limits, without counts nor results",
    "phe_LE_testdata.csv": "life expectancy, which is not computed here",
    "phe_testdata_DSR_ISR__testdata_nonindepe.csv":
        "people counted more than once, which a registry does not do",
    "phe_testdata_Mean__testdata_Mean.csv":
        "the values behind means; their sums are in ..._Mean_results",
    "phe_testdata_Quantiles__testdata_Quantiles.csv":
        "areas put in quantiles by rank: an area comes with its quintile",
    "phe_testdata_funnel_rate_input_funnels.csv":
        "steps of a chart's axis, without results of a formula",
    "rcan_csu_eapc_test1.csv": "results of rates that are not in the files",
    "rcan_csu_group_cases_test1.csv": "counting of cases, no statistic",
    "rcan_csu_merge_cases_pop1.csv": "joining of cases and people, no statistic",
    "rcan_csu_trend_test1.csv": "smoothing by loess, which is not done here",
}
# Files of inputs, or of words and limits to be inside of: read, and no number
# of theirs is compared by itself.
INPUTS = re.compile(
    r"inputs|adjacency|futurepop|_err[1-4]|testdata_1976|testdata_SII|"
    r"15_carbayes_penn_(bym|leroux)_params")
LEAST = 400


def main():
    directory, read, listing = (pathlib.Path(word) for word in sys.argv[1:])
    tests = collections.defaultdict(set)
    numbers = collections.Counter()
    for line in read.read_text().splitlines():
        name, program, count = line.split()
        tests[name].add(program)
        numbers[name] += int(count)
    files = sorted(path.name for path in directory.glob("*.csv"))
    with listing.open("w") as out:
        for name in files:
            what = " ".join(sorted(tests[name])) or NOT_COMPARED.get(name, "")
            out.write(f"{name}\t{what}\t{numbers[name]}\n")
    for name in files:
        if not tests[name] and name not in NOT_COMPARED:
            print(f"not ok no test reads {name}")
        if tests[name] and numbers[name] == 0 and not INPUTS.search(name):
            print(f"not ok {name} is read, and no number of it compared")
        if tests[name] and name in NOT_COMPARED:
            print(f"not ok {name} is read now: take it off the exceptions")
    for name in NOT_COMPARED.keys() - set(files):
        print(f"not ok {name} is an exception, and there is no such file")
    seen = sum(1 for name in files if tests[name])
    total = sum(numbers.values())
    good = total > LEAST and seen > 0
    print(f"{'ok' if good else 'not ok'} {total} reference numbers compared, "
          f"{seen} of {len(files)} files read, {len(NOT_COMPARED)} named why "
          f"not; list in {listing}")


main()
