#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""A table of ten million cells, for bench_sdc.py.

usage: sdc_large.py FOLDER [YEARS]

Writes FOLDER/leaf.csv.gz and FOLDER/hier_DIM.csv, in the form that `panorama
suppress` reads: 101 departments in 18 regions, 30 sites in 11 groups, two
sexes, 18 age groups and YEARS years (34: 10,054,800 cells with all sums). The
counts are synthetic: Poisson draws around a product of one weight per code,
always the same ones, three in five of them 0 as in the tables of a registry.
"""
import gzip
import math
import os
import random
import sys

REGIONS = (12, 8, 4, 6, 1, 1, 10, 1, 1, 8, 5, 5, 12, 13, 5, 6, 1, 2)
GROUPS = (7, 2, 2, 2, 1, 4, 3, 2, 2, 4, 1)
WOMEN, MEN = "G05", "G06"  # groups of sites that one sex alone has
AGES = (.4, .6, 1, 2, 3.4, 6, 10, 17, 28, 47, 76, 115, 153, 170, 154, 113, 69,
        36)
EVENTS_PER_YEAR = 427000


def write_hierarchy(folder, dimension, groups, leaves):
    """Groups of the leaves of one dimension under a total."""
    with open(os.path.join(folder, "hier_%s.csv" % dimension), "w") as file:
        file.write("code,parent\nTotal,\n")
        for group in dict.fromkeys(groups):
            if group != "Total":
                file.write("%s,Total\n" % group)
        for leaf, group in zip(leaves, groups):
            file.write("%s,%s\n" % (leaf, group))


def codes(letter, sizes):
    """Leaves of one dimension, and the group of each."""
    groups = ["G%02d" % (g + 1) for g, size in enumerate(sizes)
              for _ in range(size)]
    return ["%s%03d" % (letter, i + 1) for i in range(len(groups))], groups


def weights(count, least, step):
    """From 1 down to `least` by equal ratios, in a mixed order; sum 1."""
    found = [least ** (i * step % count / (count - 1)) for i in range(count)]
    return [w / sum(found) for w in found]


def draw(source, mean):
    if mean > 30:
        return max(0, round(source.gauss(mean, math.sqrt(mean))))
    chance, count, limit = source.random(), 0, math.exp(-mean)
    total = limit
    while chance > total and limit > 1e-300:
        count += 1
        limit *= mean / count
        total += limit
        if count > 200:
            break
    return count


def rows(departments, sites, site_groups, years):
    source = random.Random(20260101)
    department_weights = weights(len(departments), .03, 37)
    site_weights = weights(len(sites), .005, 7)
    age_sum = sum(AGES)
    for department, size in zip(departments, department_weights):
        for site, group, share in zip(sites, site_groups, site_weights):
            for sex in "HF":
                if group == (MEN if sex == "F" else WOMEN):
                    continue
                alone = group in (MEN, WOMEN)
                mean = EVENTS_PER_YEAR * size * share * (1 if alone else .5)
                for age, curve in enumerate(AGES):
                    prefix = "%s,%s,%s,A%02d," % (department, site, sex,
                                                  5 * age)
                    for year in years:
                        count = draw(source, mean * curve / age_sum)
                        if count > 0:
                            yield "%sY%d,%d\n" % (prefix, year, count)


def main():
    folder = sys.argv[1]
    years = range(1990, 1990 + int(sys.argv[2] if len(sys.argv) > 2 else 34))
    os.makedirs(folder, exist_ok=True)
    departments, regions = codes("D", REGIONS)
    sites, site_groups = codes("S", GROUPS)
    write_hierarchy(folder, "dep", ["R" + g[1:] for g in regions], departments)
    write_hierarchy(folder, "site", site_groups, sites)
    for name, leaves in (("sex", "HF"),
                         ("age", ["A%02d" % (5 * a) for a in range(len(AGES))]),
                         ("year", ["Y%d" % year for year in years])):
        write_hierarchy(folder, name, ["Total"] * len(leaves), leaves)
    with gzip.open(os.path.join(folder, "leaf.csv.gz"), "wt",
                   compresslevel=3) as file:
        file.write("dep,site,sex,age,year,n\n")
        file.writelines(rows(departments, sites, site_groups, years))


if __name__ == "__main__":
    main()
