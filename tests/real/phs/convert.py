#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Public Health Scotland's published tables -> a folder for `store import`.

usage: convert.py SOURCE_FOLDER OUTPUT_FOLDER

SOURCE_FOLDER holds cases_pop_tidy.csv (area, sex, year, age_group, icd10,
site, cases, population). Published sites overlap; the store wants each person
once. PARENT declares which site is part of which; what a parent has beyond
its parts becomes a leaf "other" of that parent, so that every published total
is a sum of leaves. Groupings that cut across the others are left out and
named on standard output. Source: Public Health Scotland, annual cancer
incidence, Open Government Licence v3.0.
"""
import collections
import csv
import os
import sys

ALL = "C00-C97, excluding C44"
# Published site (by its ICD-10 text) -> the published site it is part of.
# REG, the root, is everything registered: it is made here, never published.
PARENT = {
    ALL: "REG", "C44": "REG", "D05": "REG", "D06": "REG",
    "D18.0, D32-D33, D35.2-D35.4, D42-D43, D44.3-D44.5": "REG",
    "C00-C14, C30-C32": ALL, "C00-C14": "C00-C14, C30-C32",
    "C32": "C00-C14, C30-C32", "C01-C06": "C00-C14",
    "C07-C08": "C00-C14", "C01-C02": "C01-C06", "C03-C06": "C01-C06",
    "C15": ALL, "C16": ALL, "C18-C20": ALL, "C18": "C18-C20",
    "C19-C20": "C18-C20", "C22": ALL, "C25": ALL, "C33-C34": ALL,
    "C40-C41, C47+C49": ALL, "C40-C41": "C40-C41, C47+C49",
    "C47+C49": "C40-C41, C47+C49", "C43": ALL, "C45": ALL, "C50": ALL,
    "C51": ALL, "C52": ALL, "C53-C55": ALL, "C53": "C53-C55",
    "C54": "C53-C55", "C56": ALL, "C60": ALL, "C61": ALL, "C62": ALL,
    "C64-C65": ALL, "C67": ALL, "C70-C72, C75.1-C75.3": ALL,
    "C71": "C70-C72, C75.1-C75.3", "C73": ALL, "C81": ALL,
    "C82-C86": ALL, "C90": ALL, "C91-C95": ALL, "C91.0": "C91-C95",
    "C91.1": "C91-C95", "C92.0": "C91-C95", "C92.1-C92.2": "C91-C95",
}
# In some rows the two kinds of C44 together exceed it: they overlap too.
CROSSING = ["C44, M-8050-8078, M-8083-8084", "C44, M-8090-8098",
            "C01, C02.4, C05.1, C05.2, C09, C10",
            "C70-C72, C75.1-C75.3, D18.0, D32-D33, D35.2-D35.4, D42-D43, "
            "D44.3-D44.5"]
SEX = {"Male": "M", "Female": "F"}
ONE_SEX = {"C51": "F", "C52": "F", "C53-C55": "F", "C53": "F", "C54": "F",
           "C56": "F", "D06": "F", "C60": "M", "C61": "M", "C62": "M"}
# Labels that the publisher shortens, or that say less than their codes.
LABEL = {
    ALL: "All cancers excluding non-melanoma skin cancer",
    "C70-C72, C75.1-C75.3":
        "Malignant brain cancer, with pituitary and pineal glands",
    "D18.0, D32-D33, D35.2-D35.4, D42-D43, D44.3-D44.5":
        "Non-malignant brain tumours, with pituitary and pineal glands",
}
BOARDS = {
    "S08000015": "NHS Ayrshire and Arran", "S08000016": "NHS Borders",
    "S08000017": "NHS Dumfries and Galloway", "S08000019": "NHS Forth Valley",
    "S08000020": "NHS Grampian", "S08000022": "NHS Highland",
    "S08000024": "NHS Lothian", "S08000029": "NHS Fife",
    "S08000030": "NHS Tayside",
    "S08000031": "NHS Greater Glasgow and Clyde",
    "S08000032": "NHS Lanarkshire",
    "GR0800001": "Island NHS boards (Orkney, Shetland, Western Isles)",
}
SCOTLAND = "S92000003"


def code(icd10):
    """A short stable code without spaces or commas."""
    text = icd10.replace(", excluding ", "x").replace(", ", "_")
    return text.replace("+", "_").replace(" ", "")


def age(group):
    if group.endswith("+"):
        return group
    low, high = group.split("-")
    return f"{int(low):02d}-{int(high):02d}"


def read(path):
    counts = collections.defaultdict(int)
    population, both = {}, {}
    names = {}
    keys = set()
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["sex"] == "All" and row["population"]:
                both[(row["area"], row["year"], age(row["age_group"]))] = int(
                    float(row["population"]))
            if row["sex"] not in SEX or row["icd10"] in CROSSING:
                continue
            names[row["icd10"]] = LABEL.get(row["icd10"],
                                            row["site"])
            key = (row["area"], row["year"], SEX[row["sex"]],
                   age(row["age_group"]))
            keys.add(key)
            counts[key + (row["icd10"],)] += int(float(row["cases"]))
            if not row["population"]:
                continue
            people = int(float(row["population"]))
            if population.setdefault(key, people) != people:
                sys.exit(f"two populations for {key}")
    # A population that the source leaves blank for one sex follows from the
    # printed total and the other sex.
    for area, year, sex, group in sorted(keys - set(population)):
        other = population[(area, year, "F" if sex == "M" else "M", group)]
        population[(area, year, sex, group)] = both[(area, year,
                                                     group)] - other
        print("blank population taken from the total:", area, sex, group)
    return counts, population, names, keys


def leaves(counts, names, keys):
    """Facts by leaf site, with a remainder leaf where parts do not add up."""
    unknown = sorted(set(names) - set(PARENT))
    if unknown:
        sys.exit(f"sites without a declared parent: {unknown}")
    children = collections.defaultdict(list)
    for site, parent in PARENT.items():
        children[parent].append(site)
    facts = {}
    sites = {}
    for parent, parts in children.items():
        if parent == "REG":
            continue
        extra = code(parent) + "_other"
        for key in keys:
            rest = counts[key + (parent,)] - sum(counts[key + (p,)]
                                                 for p in parts)
            if rest < 0:
                sys.exit(f"{parent}: its parts exceed it at {key}")
            if rest:
                facts[key + (extra,)] = rest
                sites[extra] = (parent, f"{names[parent]}: other")
    for site in names:
        if site not in children:
            for key in keys:
                if counts[key + (site,)]:
                    facts[key + (code(site),)] = counts[key + (site,)]
    return facts, sites


def table(folder, name, header, rows):
    with open(os.path.join(folder, name + ".csv"), "w", newline="",
              encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def main():
    source, out = sys.argv[1:3]
    os.makedirs(out, exist_ok=True)
    counts, population, names, keys = read(
        os.path.join(source, "cases_pop_tidy.csv"))
    facts, extra = leaves(counts, names, keys)
    areas = sorted({k[0] for k in keys})
    boards = areas != [SCOTLAND]
    level = "board" if boards else "country"
    ages = sorted({k[3] for k in keys}, key=lambda a: int(a[:2]))
    origin = "Public Health Scotland, annual cancer incidence (OGL v3.0)"
    table(out, "registry", ["key", "value"], [
        ("schema_version", "1"), ("name", "Scottish Cancer Registry"),
        ("code_vintage", "2022"),
        ("snapshot", "phs-" + ("boards" if boards else "annual")),
        ("level.country.fr", "pays"), ("level.country.en", "country"),
        ("level.board.fr", "health board"), ("level.board.en", "NHS board")])
    territory = [("country", SCOTLAND, "", "", "Scotland", "en |de ", "",
                  "")]
    if boards:
        territory += [("board", a, "country", SCOTLAND, BOARDS[a], "", "", "")
                      for a in areas]
    table(out, "territory", ["level", "code", "parent_level", "parent_code",
                             "label", "article", "valid_from", "valid_to"],
          territory)
    site = [("REG", "", "All registered tumours", "All registered tumours",
             "C00-D48", "")]
    site += [(code(s), code(PARENT[s]), names[s], names[s], s,
              ONE_SEX.get(s, "")) for s in names]
    site += [(c, code(p), label, label, "", ONE_SEX.get(p, ""))
             for c, (p, label) in sorted(extra.items())]
    table(out, "site", ["code", "parent", "label_fr", "label_en", "icd10",
                        "sex"], site)
    table(out, "sex", ["code", "label_fr", "label_en"],
          [("M", "Hommes", "Males"), ("F", "Femmes", "Females")])
    table(out, "age_class", ["code", "low", "high"], [
        (a, int(a[:2]), "" if a.endswith("+") else int(a[3:]))
        for a in ages])
    table(out, "measure", [
        "code", "kind", "unit", "table_name", "dimensions", "numerator",
        "denominator", "confidential", "source", "method", "label_fr",
        "label_en"], [
        ("cases", "count", "cases", "cases", "territory period sex age site",
         "", "", 1, origin, "registration", "Nouveaux cas", "New cases"),
        ("population", "person_years", "person_years", "population",
         "territory period sex age", "", "", 0, origin,
         "mid-year estimates, National Records of Scotland", "Population",
         "Population")])
    fact = ["measure", "territory_level", "territory", "period", "sex", "age",
            "site", "stratum", "n"]
    table(out, "cases", fact, [
        ("cases", level, a, y, s, g, c, "", n)
        for (a, y, s, g, c), n in sorted(facts.items())])
    table(out, "population", fact, [
        ("population", level, a, y, s, g, "", "", n)
        for (a, y, s, g), n in sorted(population.items())])
    for icd10 in CROSSING:
        print("left out, cuts across other sites:", icd10)
    print(f"{len(facts)} facts, {len(site)} sites, {len(areas)} territories")


if __name__ == "__main__":
    main()
