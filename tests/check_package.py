#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Holds the descriptions that portals read to the files beside them.

usage: check_package.py [--root DIR] datapackage.json...

Every CSV file of the folder, of tableur/ and of codes/ is a resource, with the
size and hash that it has, its schema, its encoding, its separator and titles in
both languages; every column that is a code refers to a list of the package.
catalog.jsonld, beside it, has a data set for each file of data, with licence,
publisher, language, years, keywords of both languages and two distributions, the file and its sheet in
tableur/, of the same size and hash; its words are of both languages. README.md
names every file of data in both languages, the version and the licence;
LICENCE.md and CHANGELOG.md are there, and say which.
"""
import glob
import hashlib
import json
import os
import sys

import check_report

LANGUAGES = {"fr", "en"}
DCAT = ("dct:identifier", "dcat:version", "dct:title", "dct:description", "dct:issued",
        "dct:publisher", "dct:language", "dct:source", "dcat:theme",
        "dct:temporal", "dcat:distribution", "dcat:keyword")
KEYWORDS_LEAST = 4 # of each language
SHEETS = "tableur/"
FREQUENCY = "http://publications.europa.eu/resource/authority/frequency/"
CODES = {"territory", "site", "sex", "age", "period", "stratum", "measure", "indicator", "unit", "standard"}


def csv_files(folder):
    return glob.glob(folder + "/*.csv") + glob.glob(f"{folder}/{SHEETS}*.csv")


def read(path):
    with open(path, encoding="utf-8") as file:
        return json.load(file)


def measured(path):
    with open(path, "rb") as file:
        content = file.read()
    return len(content), hashlib.sha256(content).hexdigest()


# --- the data package -------------------------------------------------------

def check_resource(folder, resource, names):
    where = resource.get("path", "?")
    path = os.path.join(folder, where)
    if not os.path.isfile(path):
        yield f"resource: {where} is not there"
        return
    size, sum_ = measured(path)
    if resource.get("bytes") != size or \
            resource.get("hash") != "sha256:" + sum_:
        yield f"hash: {where}"
    separator = ";" if where.startswith(SHEETS) else ","
    if resource.get("encoding") != "utf-8" or \
            resource.get("dialect", {}).get("delimiter") != separator:
        yield f"form: {where}"
    if not {"title", "title_en", "title_fr", "description"} & set(resource) \
            or not resource.get("title") or not (
                resource.get("title_en") or resource.get("title_fr")):
        yield f"title: {where} has none in two languages"
    schema = read(os.path.join(folder, resource.get("schema", "?")))
    with open(path, encoding="utf-8-sig") as file:
        header = file.readline().strip().split(separator)
    if [field["name"] for field in schema["fields"]] != header:
        yield f"schema: that of {where} has other columns"
    signs = {field.get("decimalChar", ".") for field in schema["fields"]
             if field["type"] == "number"}
    if signs - {"," if separator == ";" else "."}:
        yield f"schema: that of {where} has decimals after {sorted(signs)}"
    yield from check_references(where, schema, names)


def check_references(where, schema, names):
    referred = set()
    for key in schema.get("foreignKeys", []):
        fields = key["fields"]
        referred.update([fields] if isinstance(fields, str) else fields)
        if key["reference"]["resource"] not in names:
            yield f"reference: {where}: no {key['reference']['resource']}"
    columns = {field["name"] for field in schema["fields"]}
    if not where.startswith("codes/") and CODES & columns - referred:
        yield f"reference: {where}: {sorted(CODES & columns - referred)}"


def check_package(folder, package):
    resources = package.get("resources", [])
    names = [resource.get("name") for resource in resources]
    if len(set(names)) != len(names):
        yield "name: a resource is there twice"
    licences = package.get("licenses", [])
    if not licences or not all(one.get("name") for one in licences):
        yield "licence: none"
    for key in ("name", "title", "description", "created", "code_vintage",
                "contributors"):
        if not package.get(key):
            yield f"head: no {key}"
    there = {os.path.relpath(path, folder) for path in
             csv_files(folder) + glob.glob(folder + "/codes/*.csv")}
    for path in sorted(there ^ {one.get("path") for one in resources}):
        yield f"resource: {path} is in one of package and folder"
    for resource in resources:
        yield from check_resource(folder, resource, names)


# --- the catalogue ----------------------------------------------------------

def languages(words):
    return {one["@language"] for one in words if one["@value"]}


def check_frequency(package, catalog):
    """Is it told to both, or to none?"""
    code = {"": "", "semiannual": "ANNUAL_2", "irregular": "IRREG"}
    said = package.get("frequency", "")
    wanted = code.get(said, said.upper())
    for dataset in catalog.get("dcat:dataset", []):
        found = dataset.get("dct:accrualPeriodicity", {}).get("@id", "")
        if found != (FREQUENCY + wanted if wanted else ""):
            yield f"frequency: {said} and '{found}'"


def check_dataset(folder, dataset):
    where = dataset.get("@id", "?")
    for key in DCAT:
        if not dataset.get(key):
            yield f"dcat: {where}: no {key}"
            return
    for key in ("dct:title", "dct:description", "dct:source"):
        if languages(dataset[key]) != LANGUAGES:
            yield f"dcat: {where}: {key} in {languages(dataset[key])}"
    for language in LANGUAGES:
        words = [one["@value"] for one in dataset["dcat:keyword"]
                 if one["@language"] == language]
        if len(set(words)) != len(words) or len(words) < KEYWORDS_LEAST:
            yield f"dcat: {where}: keywords {words} in {language}"
    for one in dataset["dcat:distribution"]:
        address = one["dcat:downloadURL"]["@id"]
        size, sum_ = measured(os.path.join(folder, address))
        if one["dcat:byteSize"]["@value"] != str(size) or \
                one["spdx:checksum"]["spdx:checksumValue"] != sum_:
            yield f"dcat: {where}: {address} has another size or hash"
        if not os.path.isfile(os.path.join(
                folder, one["dct:conformsTo"]["@id"])):
            yield f"dcat: {where}: no schema"


def terms(node):
    """Every key and type of a JSON-LD document."""
    if isinstance(node, list):
        for one in node:
            yield from terms(one)
    elif isinstance(node, dict):
        for key, value in node.items():
            if key == "@type":
                yield value
            if not key.startswith("@"):
                yield key
            if key != "@context":
                yield from terms(value)


def check_versions(package, catalog):
    """A data set is known by the series, and each release is a version."""
    series, version = package.get("name"), package.get("version")
    said = [catalog] + catalog.get("dcat:dataset", [])
    for one in said:
        if one.get("dcat:version") != version or \
                one.get("dct:identifier", "").split("/")[0] != series:
            yield f"dcat: {one.get('@id')}: identifier " \
                  f"{one.get('dct:identifier')}, version " \
                  f"{one.get('dcat:version')}, not {series}, {version}"
    if len({one.get("dct:identifier") for one in said}) != len(said):
        yield "dcat: an identifier twice"


def check_catalog(folder, catalog):
    prefixes = catalog.get("@context", {})
    for term in sorted(set(terms(catalog))):
        if term.split(":")[0] not in prefixes:
            yield f"dcat: '{term}' has no prefix"
    datasets = catalog.get("dcat:dataset", [])
    if {one.get("dct:language", {}).get("@id") for one in datasets} != \
            {catalog.get("dct:language", {}).get("@id")}:
        yield "dcat: the catalogue and its data sets differ in language"
    there = {os.path.relpath(path, folder) for path in csv_files(folder)}
    listed = {one["dcat:downloadURL"]["@id"] for dataset in datasets
              for one in dataset.get("dcat:distribution", [])}
    for path in sorted(there ^ listed):
        yield f"dcat: {path} is in one of catalogue and folder"
    for dataset in datasets:
        yield from check_dataset(folder, dataset)


def check_readme(folder, package):
    """Does it name every file of data twice, and what it takes to cite?"""
    path = os.path.join(folder, "README.md")
    if not os.path.isfile(path):
        yield "readme: none"
        return
    with open(path, encoding="utf-8") as file:
        text = file.read()
    names = [os.path.basename(one) for one in glob.glob(folder + "/*.csv")]
    for name in sorted(names):
        if text.count(f"- `{name}`") != len(LANGUAGES):
            yield f"readme: {name} is not told in both languages"
    licences = [one["title"] for one in package.get("licenses", [])]
    for word in [f"version {package['version']}"] + licences:
        if word not in text:
            yield f"readme: no '{word}'"


def check_notices(folder, package):
    """Do the licence and the changes have files of their own?"""
    wanted = {"LICENCE.md": [one["title"] for one in package.get("licenses", [])],
              "CHANGELOG.md": [package["version"], package.get("previous", "")]}
    for name, words in wanted.items():
        path = os.path.join(folder, name)
        if not os.path.isfile(path):
            yield f"{name}: none"
            continue
        with open(path, encoding="utf-8") as file:
            text = file.read()
        for word in words:
            if word not in text:
                yield f"{name}: no '{word}'"


def check(path):
    folder = os.path.dirname(path)
    yield from check_notices(folder, read(path))
    yield from check_readme(folder, read(path))
    yield from check_package(folder, read(path))
    catalog = read(folder + "/catalog.jsonld")
    yield from check_catalog(folder, catalog)
    yield from check_frequency(read(path), catalog)
    yield from check_versions(read(path), catalog)


def main():
    root, words = "", sys.argv[1:]
    if words[:1] == ["--root"]:
        root, words = words[1], words[2:]
    return 0 if check_report.report("package", check, words, root) else 1


if __name__ == "__main__":
    sys.exit(main())
