#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds open data to its own schema, code lists and arithmetic.

usage: check_csv.py [--root DIR] FILE...

Files of a folder tableur/ are held to the data beside it: the same rows with
semicolons, decimal commas and a byte order mark.

RFC 4180 in UTF-8; header, types and patterns of the Table Schema beside each
file; codes that exist; a value exactly where the status is v; statuses that
agree; and wherever a count and all its parts are shown, the parts add up.
With --root, DIR is a release, and a cell that several files show has one fate
in all of them.
"""
import collections
import os
import re
import sys

import check_report
from check_csv_file import TYPES, CodeList, CsvFile, formula, \
    schema_of, sheet_of

OBS_OF = {"v": set("AEFPBU"), "c": {"Q"}, "u": {"U"}, "z": {"M"},
          "x": {"O"}, "h": {"L"}}
DIMENSIONS = ("territory", "site", "sex", "age", "period", "stratum")
OPEN = 9999
OF_THE_MEASURE = ("count", "estimate", "proportion")
KEY = ("measure", "indicator", "standard", "territory_level", "territory",
       "site", "sex", "age", "period", "stratum")


# --- the schema -------------------------------------------------------------

def check_schema(file, schema):
    fields = schema.get("fields", [])
    if [field.get("name") for field in fields] != file.header:
        yield "schema: its fields are not the header"
        return
    for key in ("name", "title", "description", "version", "created",
                "source", "licence"):
        if not str(schema.get(key, "")).strip():
            yield f"schema: no {key}"
    for place, field in enumerate(fields):
        if field.get("type") not in TYPES or not field.get("title") or \
                not (field.get("title_en") or field.get("title_fr")):
            yield f"schema: field {field}"
            continue
        yield from check_field(file, place, field)
    yield from check_key(file, schema.get("primaryKey", []))


def check_field(file, place, field):
    """Each value of a column once: its type, its pattern, no formula."""
    rules = field.get("constraints", {})
    pattern = re.compile(rules.get("pattern", ".*"))
    numeric = field["type"] in ("number", "integer")
    for value in sorted({row[place] for row in file.rows}):
        where = f"{field['name']} '{value}'"
        if value and not TYPES[field["type"]].fullmatch(value):
            yield f"type: {where} is no {field['type']}"
        if (value or "pattern" in rules) and not pattern.fullmatch(value):
            yield f"pattern: {where}"
        if numeric and value.startswith("-1") and field["name"] == "high":
            yield f"limits: {where} is no age"
        if formula(value, numeric):
            yield f"formula: {where}"
        if re.fullmatch(r"-0+(\.0+)?", value):
            yield f"type: {where} is minus zero"


def check_key(file, names):
    if not names or not set(names) <= set(file.header):
        yield f"key: the primary key is {names}"
        return
    places = [file.at[name] for name in names]
    for name in names:
        if "" in file.column(name):
            yield f"key: '{name}' is empty in a row"
    keys = collections.Counter(tuple(row[p] for p in places)
                               for row in file.rows)
    key, count = keys.most_common(1)[0]
    if count > 1:
        yield f"key: {key} {count} times"


# --- codes and statuses -----------------------------------------------------

def check_codes(file, lists):
    for name in DIMENSIONS:
        known = lists[name].codes()
        codes = set(file.column(name))
        if name == "site" and codes == {""}:
            yield from check_no_site(file)
            continue
        for code in sorted(codes - known):
            yield f"code: {name} '{code}' is not in codes/{name}.csv"
    places = set(zip(file.column("territory_level"),
                     file.column("territory")))
    for place in sorted(places - set(lists["territory"].nodes)):
        yield f"code: no territory {place}"


def check_no_site(file):
    """Rows of a measure that is not counted by site say nothing of one."""
    for name in ("site_label", "icd10"):
        for words in sorted(set(file.column(name)) - {""}):
            yield f"site: none, and {name} '{words}'"


def check_units(file, lists):
    """A measure has one unit in its list and in the rows of its values."""
    units = dict(zip(lists.column("code"), lists.column("unit")))
    for measure, indicator, unit in sorted(set(zip(
            file.column("measure"), file.column("indicator"),
            file.column("unit")))):
        if indicator in OF_THE_MEASURE and units.get(measure) != unit:
            yield f"unit: {indicator} of {measure} is in '{unit}', the " \
                  f"measure in '{units.get(measure)}'"


def check_status(file):
    wanted = ("value", "lower", "upper", "status", "obs_status",
              "conf_status")
    places = [file.at[name] for name in wanted]
    for number, row in enumerate(file.rows, 2):
        value, lower, upper, status, obs, conf = (row[p] for p in places)
        if (value != "") != (status == "v"):
            yield f"status: line {number}: value '{value}', status {status}"
        if (lower or upper) and not value:
            yield f"status: line {number}: limits without value"
        if (conf == "C") != (status == "c"):
            yield f"status: line {number}: {status} and conf_status {conf}"
        if obs not in OBS_OF.get(status, ()):
            yield f"status: line {number}: {status} and obs_status {obs}"
        if lower and upper and value and not \
                float(lower) <= float(value) <= float(upper):
            yield f"limits: line {number}: {lower} {value} {upper}"
        if (lower == "") != (upper == ""):
            yield f"limits: line {number}: one of two"


def check_counts(file):
    place = [file.at[name] for name in ("indicator", "value", "coverage")]
    for number, row in enumerate(file.rows, 2):
        indicator, value, coverage = (row[p] for p in place)
        if indicator == "count" and value and not value.isdigit():
            yield f"count: line {number}: '{value}'"
        if coverage and not 0 <= float(coverage) <= 100:
            yield f"coverage: line {number}: {coverage} %"


# --- arithmetic -------------------------------------------------------------

def cells_of(file):
    """Key -> (value, status) of every row."""
    places = [file.at[name] for name in KEY]
    value, status = file.at["value"], file.at["status"]
    return {tuple(row[p] for p in places): (row[value], row[status])
            for row in file.rows}


def tiles(lists, name, parent, parts):
    """Do the limits of the parts cover the parent's without overlap?"""
    if name not in ("age", "period"):
        return True
    limits = sorted(limits_of(lists[name].nodes[part]) for part in parts)
    if any(two[0] != one[1] + 1 for one, two in zip(limits, limits[1:])):
        return False
    return (limits[0][0], limits[-1][1]) == \
        limits_of(lists[name].nodes[parent])


def limits_of(node):
    """First and last year of age or time; none is open ended."""
    return int(node[8]), int(node[9]) if node[9] else OPEN


def relations(lists):
    """Yields (dimension, parent, parts): nodes that are sums of others."""
    for name in DIMENSIONS:
        for parent, parts in lists[name].children.items():
            if tiles(lists, name, parent, parts):
                yield name, parent, parts
    if not lists["sex"].children:
        yield "sex", ("", "T"), [("", "M"), ("", "F")]


def move(key, name, node):
    """The key of the cell that differs in one dimension."""
    changed = list(key)
    changed[KEY.index(name)] = node[1]
    if name == "territory":
        changed[KEY.index("territory_level")] = node[0]
    return tuple(changed)


def parts_shown(cells, key, name, parts):
    """Values of the parts when each is shown or cannot exist, else None."""
    values = []
    for part in parts:
        value, status = cells.get(move(key, name, part), ("", "x"))
        if status not in ("v", "z"):
            return None
        values.append(float(value or 0))
    return values


def sums(cells, lists):
    """Yields (words, total, parts) of every sum that is fully shown."""
    by_code = collections.defaultdict(list)
    for name, parent, parts in relations(lists):
        by_code[name, parent[1]].append((parent, parts))
    for key, (value, status) in cells.items():
        if status != "v" or key[1] != "count":
            continue
        for name in DIMENSIONS:
            for parent, parts in by_code.get((name, key[KEY.index(name)]),
                                             ()):
                if name == "territory" and parent[0] != key[3]:
                    continue
                values = parts_shown(cells, key, name, parts)
                if values:
                    yield f"{name} of {'/'.join(key)}", float(value), values


def check_sums(file, lists):
    for words, total, parts in sums(cells_of(file), lists):
        if total != sum(parts):
            yield f"sum: {words}: {total:g} is not {sum(parts):g}"


# --- files and release ------------------------------------------------------

def lists_beside(path):
    folder = os.path.join(os.path.dirname(path), "codes")
    return {name: CodeList(os.path.join(folder, name + ".csv"))
            for name in DIMENSIONS}


def check_list(path):
    """A list with a schema of its own: sums or measures."""
    file = CsvFile(path)
    yield from file.problems
    if file.problems:
        return
    yield from check_schema(file, schema_of(path))
    if "part" not in file.at:
        return
    lists = lists_beside(os.path.dirname(path))
    for number, row in enumerate(file.rows, 2):
        nodes = lists[row[0]].nodes if row[0] in lists else {}
        for key in ((row[1], row[2]), (row[3], row[4])):
            if key not in nodes:
                yield f"code: line {number}: no {row[0]} {key}"


def check_sheet(path):
    """Is it what a sheet of the file beside its folder is, to the byte?"""
    home, name = os.path.split(path)
    data = os.path.join(os.path.dirname(home), name)
    if not os.path.exists(data):
        yield "sheet: of no data"
        return
    with open(path, "rb") as file:
        found = file.read()
    wanted = sheet_of(CsvFile(data), schema_of(data))
    if not found.startswith(b"\xef\xbb\xbf"):
        yield "bytes: no byte order mark"
    for number, (one, two) in enumerate(zip(
            found.split(b"\r\n"), wanted.split(b"\r\n")), 1):
        if one != two:
            yield f"sheet: line {number} is not that of the data: {one}"
    if len(found) != len(wanted):
        yield "sheet: not as long as the data say"


def folder_of(path):
    return os.path.basename(os.path.dirname(path))


def check(path):
    """Yields the problems of one file."""
    if folder_of(path) == "tableur":
        yield from check_sheet(path)
        return
    if folder_of(path) == "codes":
        yield from check_list(path) if schema_of(path) else \
            ["schema: none beside the list"]
        if os.path.basename(path)[:-len(".csv")] in DIMENSIONS:
            yield from CodeList(path).problems
        return
    file, schema = CsvFile(path), schema_of(path)
    found = list(file.problems)
    if schema is None:
        found.append("schema: none beside the file")
    elif not found:
        found += check_schema(file, schema)
    found += [f"header: no {name}" for name in KEY if name not in file.at]
    yield from found
    if not found:
        yield from check_numbers(file, lists_beside(path))
        yield from check_units(file, CsvFile(os.path.join(
            os.path.dirname(path), "codes", "measure.csv")))


def check_numbers(file, lists):
    yield from check_codes(file, lists)
    yield from check_status(file)
    yield from check_counts(file)
    yield from check_sums(file, lists)


def data_files(paths):
    return [path for path in paths
            if folder_of(path) not in ("codes", "tableur")]


def disagreements(paths):
    """Yields the cells that two files of a release show otherwise."""
    seen = {}
    for path in data_files(paths):
        name = os.path.basename(path)
        for key, fate in cells_of(CsvFile(path)).items():
            other = seen.setdefault(key, (fate, name))
            if other[0] != fate:
                yield f"fate: {'/'.join(key)} is {fate} in {name}, " \
                      f"{other[0]} in {other[1]}"


def count_sums(paths):
    return sum(1 for path in data_files(paths)
               for _ in sums(cells_of(CsvFile(path)), lists_beside(path)))


def check_release(paths):
    """Over all files: one fate a cell; and the audit found sums to check."""
    found = list(disagreements(paths))
    print(f"{'not ok' if found else 'ok'} csv: a cell has one fate in all "
          "files")
    for problem in found[:check_report.SHOWN]:
        print("    " + problem)
    checked = count_sums(paths)
    print(f"{'ok' if checked else 'not ok'} csv: {checked} sums of shown "
          "counts were added up")
    return not found and checked > 0


def main():
    words, root = sys.argv[1:], ""
    if words[:1] == ["--root"]:
        root, words = words[1], words[2:]
    good = check_report.report("csv", check, words, root)
    if good and root:
        good = check_release(words)
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
