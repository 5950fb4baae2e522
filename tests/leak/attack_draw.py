# SPDX-License-Identifier: EUPL-1.2
"""Draws a small project: a store of single events, and tables of it.

Everything follows from the number that is drawn with. No person, place or event
is real. Counts are small: most cells of a table hold less than a dozen events.
"""
import csv
import itertools
import os

LEVELS = ("country", "region", "departement")
DIMS = ("territory", "site", "sex", "age", "period", "stratum")
SEXES = ("M", "F")
THRESHOLDS = (11, 11, 11, 6, 5)


def codes(draw, large):
    """The codes of the store: their leaves, by dimension and name."""
    places = [f"D{i}" for i in range(1, draw.randint(3, 9 if large else 6) + 1)]
    regions = [f"R{i}" for i in range(1, draw.randint(1, 3) + 1)]
    parent = {d: regions[i % len(regions)] for i, d in enumerate(places)}
    zones = [f"Z{i}" for i in range(1, draw.randint(2, 4) + 1)]
    zone = {d: draw.choice(zones) for d in places}
    sites = [f"S{i}" for i in range(1, draw.randint(1, 6 if large else 4) + 1)]
    groups = [f"G{i}" for i in range(1, draw.randint(1, 2) + 1)]
    group = {s: groups[i % len(groups)] for i, s in enumerate(sites)}
    classes = draw.randint(2, 8 if large else 5)
    step = 90 // classes // 5 * 5
    ages = [(i * step, "" if i == classes - 1 else (i + 1) * step - 1)
            for i in range(classes)]
    years = [str(2016 + i) for i in range(draw.randint(1, 5 if large else 3))]
    strata = ["1", "2", "3"][:draw.choice((0, 0, 2, 3))]
    return {"places": places, "parent": parent, "zone": zone, "sites": sites,
            "group": group, "ages": ages, "years": years, "strata": strata}


def age_code(low, high):
    return f"{low:02d}-{high:02d}" if high != "" else f"{low:02d}+"


def some(draw, items):
    """A few of them, in their order; at least one."""
    items = list(items)
    kept = set(draw.sample(items, draw.randint(1, len(items))))
    return [item for item in items if item in kept]


def territories(draw, world):
    regions = sorted(set(world["parent"].values()))
    zones = sorted(set(world["zone"].values()))
    kinds = [["root"], ["level:region"], ["level:departement"],
             ["root", "level:departement"], ["all"], ["zone:basin"],
             ["root", "zone:basin"], ["level:region", "zone:basin"],
             [f"code:departement/{d}" for d in some(draw, world["places"])],
             [f"code:region/{r}" for r in some(draw, regions)],
             ["root"] + [f"code:basin/{z}" for z in some(draw, zones)],
             ["root"] + [f"code:departement/{d}"
                         for d in some(draw, world["places"])]]
    return draw.choice(kinds)


def sites(draw, world):
    return draw.choice([["all"], ["all"], ["group"], ["site"], ["every"],
                        ["all", "group"], ["all", "site"],
                        [f"code:{s}" for s in some(draw, world["sites"])]])


def bands(draw, world):
    """Age bands that may overlap, each of whole classes."""
    found = []
    for _ in range(draw.randint(1, 3)):
        first = draw.randrange(len(world["ages"]))
        last = draw.randrange(first, len(world["ages"]))
        low, high = world["ages"][first][0], world["ages"][last][1]
        if low == 0 and high == "":
            continue
        word = f"band:{low}-{high}" if high != "" else f"band:{low}+"
        found += [] if word in found else [word]
    return found or ["T"]


def ages(draw, world):
    return draw.choice([["T"], ["T"], ["each"], ["T", "each"],
                        bands(draw, world), ["T"] + bands(draw, world)])


def periods(draw, world):
    """Single years and periods, which may overlap."""
    years = world["years"]
    spans = [(a, b) for a, b in itertools.combinations(years, 2)]
    kinds = [[f"{years[0]}-{years[-1]}" if len(years) > 1 else years[0]],
             some(draw, years), list(years)]
    if spans:
        pooled = [f"{a}-{b}" for a, b in some(draw, spans)][:3]
        kinds += [pooled, some(draw, years) + pooled]
    return draw.choice(kinds)


def places(world, word):
    """The leaves of each territory that a word selects."""
    zones = {}
    for level in ("parent", "zone"):
        for leaf, code in world[level].items():
            zones.setdefault(code, set()).add(leaf)
    levels = {"root": [set(world["places"])],
              "level:region": [zones[r] for r in set(world["parent"].values())],
              "level:departement": [{d} for d in world["places"]],
              "zone:basin": [zones[z] for z in set(world["zone"].values())]}
    levels["all"] = (levels["root"] + levels["level:region"] +
                     levels["level:departement"])
    code = word.rpartition("/")[2]
    return levels.get(word) or [zones.get(code, {code})]


def bodies(world, word):
    """The leaves of each site that a word selects."""
    groups = {}
    for site, group in world["group"].items():
        groups.setdefault(group, set()).add(site)
    levels = {"all": [set(world["sites"])], "group": list(groups.values()),
              "site": [{s} for s in world["sites"]]}
    levels["every"] = levels["all"] + levels["group"] + levels["site"]
    return levels.get(word) or [{word.partition(":")[2]}]


def span(items, word):
    """The items from the first number of a word to its last."""
    low, _, high = word.partition("-")
    return {i for i in items if int(low.rstrip("+")) <= int(i) and
            (low.endswith("+") or int(i) <= int(high or low))}


def each(items, word):
    if word == "each":
        return [{i} for i in items]
    return [set(items) if word == "T" else {word.rpartition(":")[2]}]


def leaves(world, dim, word):
    """The leaves of each code of a dimension that a word selects."""
    if dim == "territory":
        return places(world, word)
    if dim == "site":
        return bodies(world, word)
    if dim == "period":
        return [span(world["years"], word)]
    lows = [low for low, _ in world["ages"]]
    if dim == "age" and word.startswith("band:"):
        return [span(lows, word[5:])]
    return each({"sex": SEXES, "age": lows,
                 "stratum": world["strata"] or [""]}[dim], word)


def cells(world, one):
    """The cells of a table: the leaves of each dimension."""
    axes = [[frozenset(part) for word in one[dim]
             for part in leaves(world, dim, word)] for dim in DIMS]
    return itertools.product(*axes)


def table(draw, world, most):
    """A table of no more cells than that."""
    while True:
        one = any_table(draw, world)
        if sum(1 for _ in cells(world, one)) <= most:
            return one


def any_table(draw, world):
    strata = [["T"]]
    if world["strata"]:
        strata += [["each"], ["T", "each"],
                   [f"code:{s}" for s in some(draw, world["strata"])]]
    return {"territory": territories(draw, world), "site": sites(draw, world),
            "sex": draw.choice([["T"], ["M", "F"], ["T", "M", "F"], ["F"],
                                ["T", "F"]]),
            "age": ages(draw, world), "period": periods(draw, world),
            "stratum": draw.choice(strata)}


def spread(draw, items):
    """Weights of which a few are large."""
    return [draw.random() ** 2 + 0.05 for _ in items]


def events(draw, world, large):
    """How many events each combination of leaves has, where it has any."""
    leaves = [world["places"], world["years"], SEXES,
              [age_code(*a) for a in world["ages"]], world["sites"],
              world["strata"] or [""]]
    weights = [spread(draw, axis) for axis in leaves]
    count = int(10 ** draw.uniform(1.7, 3.8 if large else 3.3))
    found = {}
    for _ in range(count):
        key = tuple(draw.choices(axis, weight)[0]
                    for axis, weight in zip(leaves, weights))
        found[key] = found.get(key, 0) + 1
    # The years of a store are those of its rows.
    for year in sorted(set(world["years"]) - {key[1] for key in found}):
        found[key[:1] + (year,) + key[2:]] = 1
    return found


def people(draw, world, found):
    """Person-years of each place, year, sex and age: a few more than events,
    and enough for a small count to move where nothing else is known."""
    spare = draw.choice((15, 30, 200))
    many = {key: draw.randint(11, spare) for key in itertools.product(
        world["places"], world["years"], SEXES,
        [age_code(*a) for a in world["ages"]])}
    for key, n in found.items():
        many[key[:4]] += n
    return many


def drawn(draw, large):
    """A project: its codes, its tables, its threshold and its events."""
    world = codes(draw, large)
    count = draw.randint(2 if large else 1, 4)
    tables = [table(draw, world, 200 if large else 150) for _ in range(count)]
    project = {"world": world, "tables": tables,
               "threshold": draw.choice(THRESHOLDS),
               "events": events(draw, world, large), "people": None}
    if draw.random() < 0.2:
        project["people"] = people(draw, world, project["events"])
    return project


# --- its files ----------------------------------------------------------------

def write(folder, name, header, lines):
    with open(os.path.join(folder, name + ".csv"), "w", newline="",
              encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(lines)


def write_codes(folder, world):
    write(folder, "registry", ["key", "value"], [
        ("schema_version", "1"), ("name", "Tirage"),
        ("extraction_date", "2024-01-01"), ("code_vintage", "2024"),
        ("snapshot", "draw")] + [
        (f"level.{level}.{lang}", level) for level in LEVELS + ("basin",)
        for lang in ("fr", "en")])
    lines = [("country", "C", "", "", "Pays", "", "", "")]
    lines += [("region", r, "country", "C", "Lieu " + r, "", "", "")
              for r in sorted(set(world["parent"].values()))]
    lines += [("departement", d, "region", world["parent"][d], "Lieu " + d, "",
               "", "") for d in world["places"]]
    write(folder, "territory", ["level", "code", "parent_level", "parent_code",
                                "label", "article", "valid_from", "valid_to"],
          lines)
    write(folder, "zone", ["level", "code", "label", "order_date"],
          [("basin", z, "Bassin " + z, "")
           for z in sorted(set(world["zone"].values()))])
    write(folder, "zone_member", ["level", "code", "member_level",
                                  "member_code"],
          [("basin", world["zone"][d], "departement", d)
           for d in world["places"]])
    lines = [("ALL", "", "")]
    lines += [(g, "ALL", "") for g in sorted(set(world["group"].values()))]
    lines += [(s, world["group"][s], f"C{10 + i}")
              for i, s in enumerate(world["sites"])]
    write(folder, "site", ["code", "parent", "label_fr", "label_en", "icd10",
                           "sex"],
          [(code, up, "Site " + code, "Site " + code, icd, "")
           for code, up, icd in lines])
    write(folder, "sex", ["code", "label_fr", "label_en"],
          [("M", "Hommes", "Males"), ("F", "Femmes", "Females")])
    write(folder, "age_class", ["code", "low", "high"],
          [(age_code(*a), *a) for a in world["ages"]])
    write(folder, "stratum", ["code", "label_fr", "label_en"],
          [(s, "Strate " + s, "Stratum " + s) for s in world["strata"]])


def write_store(folder, project):
    world = project["world"]
    os.makedirs(folder)
    write_codes(folder, world)
    dims = "territory period sex age site" + (
        " stratum" if world["strata"] else "")
    lines = [("cases", "count", "cases", "cases", dims, "", "", 1, "Essai",
              "essai", "Cas", "Cases"),
             ("population", "person_years", "person_years", "population",
              "territory period sex age", "", "", 0, "Essai", "essai",
              "Population", "Population")]
    write(folder, "measure", [
        "code", "kind", "unit", "table_name", "dimensions", "numerator",
        "denominator", "confidential", "source", "method", "label_fr",
        "label_en"], lines if project["people"] else lines[:1])
    head = ["measure", "territory_level", "territory", "period", "sex", "age",
            "site", "stratum", "n"]
    write(folder, "cases", head, [
        ("cases", "departement", *key, n)
        for key, n in sorted(project["events"].items())])
    if project["people"]:
        write(folder, "population", head, [
            ("population", "departement", *key, "", "", n)
            for key, n in sorted(project["people"].items())])


POLICY = """return {{
  id = "tirage", title = {{ fr = "Tirage", en = "Draw" }},
  publisher = "Essai", date = "2026-02-04", licence = "etalab-2.0",
  contact = "contact@registre.example", draft = true, store = "s.sqlite",
  languages = {{ "fr" }}, reports = {{ "data.lua" }},
  policy = {{
    threshold = {threshold}, owner = "Essai", date = "2026-01-01",
    legal_basis = {{ fr = "Essai", en = "Trial" }},
    reliability = {{ unreliable_under = 10, caution_under = 20 }},
  }},
}}
"""


def lua_list(words):
    return "{ " + ", ".join(f'"{word}"' for word in words) + " }"


def write_project(home, project):
    os.makedirs(home)
    write_store(os.path.join(home, "csv"), project)
    with open(os.path.join(home, "panorama.lua"), "w",
              encoding="utf-8") as file:
        file.write(POLICY.format(threshold=project["threshold"]))
    lines = ['return { id = "data", title = { fr = "D", en = "D" },',
             '  formats = { "csv" }, plan = function(p)']
    for i, one in enumerate(project["tables"], 1):
        lines.append(f'    p.table {{ id = "t{i}", measure = "cases",'
                     ' title = { fr = "T", en = "T" }, open_data = true,')
        lines += [f"      {dim} = {lua_list(words)},"
                  for dim, words in one.items()]
        lines.append('      person_years = "population", values = { "count", '
                     '"person_years" } }' if project["people"] else
                     '      values = { "count" } }')
    lines.append("  end, page = function(doc)")
    lines += [f'    doc:dataset(doc:table("t{i}"))'
              for i in range(1, len(project["tables"]) + 1)]
    lines += ["    return {}", "  end }", ""]
    with open(os.path.join(home, "data.lua"), "w", encoding="utf-8") as file:
        file.write("\n".join(lines))
