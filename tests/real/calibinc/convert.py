#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""CalibInc hospital counts -> a folder for `store import`.

usage: convert.py SOURCE_FOLDER COG_FOLDER ARTICLES.csv OUTPUT_FOLDER REGISTRY

SOURCE_FOLDER holds lopM_alldepartements.csv, nhlF_alldepartements.csv and
pancreasM_melanomaF_alldepartements.csv; COG_FOLDER the INSEE list of
départements; ARTICLES.csv the French prefixes of their names. REGISTRY is the
Lua file that tells the maps which départements have a registry. Declared
here, nothing else is changed:

  - lip-oral cavity-pharynx (men) and non-Hodgkin lymphoma (women) are counted
    over 2007-2011 with Corse-du-Sud and Haute-Corse apart; pancreas (men) and
    melanoma (women) over 2007-2015 with Corse as one code, 20;
  - hospital counts (source H) are used; person-years are rounded to whole
    ones;
  - codes of the source without hospital counts or person-years are printed,
    never dropped silently;
  - REGISTRY lists the départements with a general cancer registry.

Source: Santé publique France, CalibInc 0.2, data slightly altered by its
authors for disclosure control (GPL-3: never part of this project).
"""
import csv
import os
import sys

AGES = [f"{low:02d}-{low + 4:02d}" for low in range(0, 85, 5)] + ["85+"]
SITES = [
    ("ALL4", "", "Quatre localisations réunies", "Four sites together", "",
     ""),
    ("LOP", "ALL4", "Lèvre, bouche, pharynx", "Lip, oral cavity, pharynx",
     "C00-C14", "M"),
    ("LNH", "ALL4", "Lymphome malin non hodgkinien", "Non-Hodgkin lymphoma",
     "C82-C86", "F"),
    ("PAN", "ALL4", "Pancréas", "Pancreas", "C25", "M"),
    ("MEL", "ALL4", "Mélanome de la peau", "Melanoma of skin", "C43", "F"),
]
EARLY, LATE = "2007-2011", "2007-2015"
# Two extractions, two measures: their periods overlap and nothing adds up.
COUNT = {EARLY: "hospital_2007_2011", LATE: "hospital_2007_2015"}
PEOPLE = {EARLY: "person_years_2007_2011", LATE: "person_years_2007_2015"}
PAIRS = [("LOP", EARLY), ("LNH", EARLY), ("PAN", LATE), ("MEL", LATE)]
# Départements that a general registry covers wholly (list of the Francim
# network, end of 2023; the area of Lille is a part of its département).
REGISTRY = ["14", "16", "17", "25", "33", "34", "38", "44", "50", "67", "68",
            "79", "80", "81", "85", "86", "87", "90"]


def age(middle):
    return AGES[min(int(float(middle) // 5), 17)]


def rows(path):
    with open(path, newline="", encoding="utf-8") as file:
        yield from csv.DictReader(file)


def add(target, key, value):
    if target.setdefault(key, value) != value:
        sys.exit(f"two values for {key}")


def whole(text):
    return int(float(text) + 0.5)


def read(folder):
    counts, people, unmatched = {}, {}, set()
    for name, site, sex in (("lopM", "LOP", "M"), ("nhlF", "LNH", "F")):
        for row in rows(f"{folder}/{name}_alldepartements.csv"):
            key = (row["dist"], EARLY, sex, age(row["age"]))
            add(counts, key + (site,), int(row["H"]))
            add(people, key, whole(row["py"]))
    kinds = {"Pancreas-men": ("PAN", "M"), "Melanoma-women": ("MEL", "F")}
    every = set()
    for row in rows(f"{folder}/pancreasM_melanomaF_alldepartements.csv"):
        every.add(row["dist"])
        if row["SRC"] != "H":
            continue
        if not row["py"] or not row["N_HC"]:
            unmatched.add(row["dist"])
            continue
        site, sex = kinds[row["site"]]
        key = (row["dist"], LATE, sex, age(row["age"]))
        add(counts, key + (site,), int(row["N_HC"]))
        add(people, key, whole(row["py"]))
    unmatched |= every - {k[0] for k in counts}
    return counts, people, unmatched


def table(folder, name, header, lines):
    with open(os.path.join(folder, name + ".csv"), "w", newline="",
              encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(lines)


def coverage(codes, counts):
    """Not covered: every (département, site) without any row."""
    known = {(d, p, s) for d, p, _, _, s in counts}
    for code in codes:
        for site, period in PAIRS:
            if (code, period, site) not in known:
                yield ("departement", code, period, site, COUNT[period],
                       "not covered", 0)


def measures(origin):
    for period in (EARLY, LATE):
        yield (COUNT[period], "count", "persons", "cases",
               "territory period sex age site", "", "", 1, origin,
               "hospital discharge algorithm", "Personnes hospitalisées",
               "Persons in hospital")
        yield (PEOPLE[period], "person_years", "person_years", "population",
               "territory period sex age", "", "", 0, origin,
               "person-years, rounded", "Personnes-années", "Person-years")


def main():
    source, cog, articles_path, out, registry_path = sys.argv[1:6]
    os.makedirs(out, exist_ok=True)
    counts, people, unmatched = read(source)
    names = {r["dep"]: r["nom"]
             for r in rows(f"{cog}/cog2026_departements.csv")}
    names["20"] = "Corse"
    articles = {r["code"]: r["article"] for r in rows(articles_path)
                if r["level"] == "departement"}
    articles["20"] = "en |de "
    codes = sorted({k[0] for k in counts})
    unknown = [c for c in codes if c not in names]
    if unknown:
        sys.exit(f"codes that are no département: {unknown}")
    absent = sorted(c for c in names if c not in codes)
    origin = ("Santé publique France, CalibInc 0.2, données légèrement "
              "modifiées par leurs auteurs")
    table(out, "registry", ["key", "value"], [
        ("schema_version", "1"), ("name", "CalibInc"),
        ("code_vintage", "2026"),
        ("snapshot", "calibinc-0.2"),
        ("level.country.fr", "pays"), ("level.country.en", "country"),
        ("level.departement.fr", "département"),
        ("level.departement.en", "département"),
        ("level.registre.fr", "zone des registres"),
        ("level.registre.en", "registry area")])
    table(out, "territory", ["level", "code", "parent_level", "parent_code",
                             "label", "article", "valid_from", "valid_to"],
          [("country", "FR", "", "", "France", "en |de ", "", "")] +
          [("departement", c, "country", "FR", names[c], articles[c], "",
           "")
           for c in sorted(set(codes) | set(absent))])
    table(out, "zone", ["level", "code", "label", "order_date"],
          [("registre", "R", "Départements à registre général", "")])
    table(out, "zone_member", ["level", "code", "member_level",
                               "member_code"],
          [("registre", "R", "departement", c) for c in REGISTRY])
    table(out, "site", ["code", "parent", "label_fr", "label_en", "icd10",
                        "sex"], SITES)
    table(out, "sex", ["code", "label_fr", "label_en"],
          [("M", "Hommes", "Males"), ("F", "Femmes", "Females")])
    table(out, "age_class", ["code", "low", "high"],
          [(a, int(a[:2]), "" if a.endswith("+") else int(a[3:]))
           for a in AGES])
    table(out, "measure", [
        "code", "kind", "unit", "table_name", "dimensions", "numerator",
        "denominator", "confidential", "source", "method", "label_fr",
        "label_en"], list(measures(origin)))
    fact = ["measure", "territory_level", "territory", "period", "sex", "age",
            "site", "stratum", "n"]
    table(out, "cases", fact, [
        (COUNT[p], "departement", d, p, s, a, c, "", n)
        for (d, p, s, a, c), n in sorted(counts.items()) if n])
    table(out, "population", fact, [
        (PEOPLE[p], "departement", d, p, s, a, "", "", n)
        for (d, p, s, a), n in sorted(people.items())])
    table(out, "coverage", ["territory_level", "territory", "period", "site",
                            "source", "status", "completeness"],
          coverage(sorted(set(codes) | set(absent)), counts))
    with open(registry_path, "w", encoding="utf-8") as file:
        codes_text = ", ".join(f'"{c}"' for c in REGISTRY)
        file.write(f"return {{ {codes_text} }}\n")
    print("codes of the source without hospital counts or person-years, "
          "left out:", " ".join(sorted(unmatched)))
    print("départements without data, not covered:", " ".join(absent))
    print(f"{len(counts)} counts, {len(codes)} territory codes")


if __name__ == "__main__":
    main()
