#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Breaks good open data in one place at a time; check_csv.py has to refuse
each."""
import json
import pathlib
import sys
import tempfile

from prove import Proof, sub
import check_csv
from check_csv_file import CODE_HEADER

FIELDS = [("release", "string"), ("measure", "string"),
          ("indicator", "string"), ("unit", "string"), ("standard", "string"),
          ("territory_level", "string"), ("territory", "string"),
          ("site", "string"), ("site_label", "string"), ("icd10", "string"),
          ("sex", "string"), ("age", "string"),
          ("period", "string"), ("stratum", "string"), ("value", "number"),
          ("lower", "number"), ("upper", "number"), ("status", "string"),
          ("coverage", "number"), ("obs_status", "string"),
          ("conf_status", "string")]
PATTERNS = {"status": "[vcuzxh]", "conf_status": "[CF]"}
SCHEMA = json.dumps({
    "name": "essai", "title": "Essai", "description": "Un essai",
    "version": "1", "created": "2026-01-01", "source": "Registre",
    "licence": "etalab-2.0",
    "fields": [{"name": name, "title": name, "title_en": name, "type": kind,
                "constraints": {"pattern": PATTERNS[name]}
                if name in PATTERNS else {}} for name, kind in FIELDS],
    "primaryKey": [name for name in check_csv.KEY if name != "standard"]})
UNSITED_SCHEMA = SCHEMA.replace('"site", "sex", "age", ', '"sex", "age", ')
ROW = "r1,cases,count,cases,,{},{},TOUS,Tous,C00,{},T,2020,T,{},,,{},100.0,{},{}\r\n"
RATE = "r1,cases,crude_rate,per_100000,,pays,FR,TOUS,Tous,C00,T,T,2020,T,-5.5,-6.5,-4.5,v," \
       "100.0,A,F\r\n"
DATA = ",".join(name for name, _ in FIELDS) + "\r\n" + "".join(
    ROW.format(*row) for row in (
        ("pays", "FR", "T", "100", "v", "A", "F"),
        ("pays", "FR", "M", "60", "v", "A", "F"),
        ("pays", "FR", "F", "40", "v", "A", "F"),
        ("region", "84", "T", "70", "v", "A", "F"),
        ("region", "93", "T", "30", "v", "A", "F"),
        ("region", "84", "M", "", "c", "Q", "C"),
        ("region", "84", "F", "", "c", "Q", "C"))) + RATE


def codes(*rows):
    return ",".join(CODE_HEADER) + "\r\n" + "".join(
        "{},{},{},,{},{},,,{},{}\r\n".format(*row) for row in rows)


CODES = {
    "territory": codes(("pays", "FR", "France", "", "", "", ""),
                       ("region", "84", "Auvergne", "pays", "FR", "", ""),
                       ("region", "93", "Provence", "pays", "FR", "", "")),
    "site": codes(("all", "TOUS", "Tous cancers", "", "", "", "")),
    "sex": codes(("total", "T", "Ensemble", "", "", "", ""),
                 ("leaf", "M", "Hommes", "total", "T", "", ""),
                 ("leaf", "F", "Femmes", "total", "T", "", "")),
    "age": codes(("total", "T", "Tous âges", "", "", "0", "")),
    "period": codes(("leaf", "2020", "2020", "", "", "2020", "2020")),
    "stratum": codes(("total", "T", "Ensemble", "", "", "", "")),
}

SUMS = ("dimension", "level", "code", "part_level", "part")


def list_schema(names, key):
    return json.dumps({
        "name": "relation", "title": "Sommes", "description": "Des sommes",
        "version": "1", "created": "2026-01-01", "source": "Registre",
        "licence": "etalab-2.0",
        "fields": [{"name": name, "title": name, "title_en": name,
                    "type": "integer" if name in ("low", "high")
                    else "string"} for name in names],
        "primaryKey": key})


MEASURES = "code,unit\r\ncases,cases\r\n"
SUM_SCHEMA = list_schema(SUMS, SUMS)
CODE_SCHEMA = list_schema(CODE_HEADER, ["level", "code"])
SUM_ROWS = "".join(",".join(row) + "\r\n" for row in (
    SUMS, ("sex", "total", "T", "leaf", "M"),
    ("sex", "total", "T", "leaf", "F"),
    ("territory", "pays", "FR", "region", "84"),
    ("territory", "pays", "FR", "region", "93")))

BREAKS = [
    ("a byte order mark", "bytes", "essai.csv", lambda t: "\ufeff" + t),
    ("a bare line feed", "bytes", "essai.csv", sub("\r\n", "\n")),
    ("no last line end", "bytes", "essai.csv", lambda t: t[:-2]),
    ("letters in pieces", "bytes", "codes/site.csv", sub("Tous", "E\u0301")),
    ("a quote in a field", "quotes", "essai.csv", sub("cases", 'ca"ses')),
    ("a field too many", "rows", "essai.csv", sub("r1,cases", "r1,,cases")),
    ("a column twice", "header", "essai.csv", sub("measure", "release")),
    ("another header", "schema", "essai.csv", sub("measure", "mesure")),
    ("a schema without licence", "schema", "essai.schema.json",
     sub("etalab-2.0", "")),
    ("a schema without description", "schema", "essai.schema.json",
     sub("Un essai", "")),
    ("a decimal comma", "type", "essai.csv", sub("-5.5", '"-5,5"')),
    ("minus zero", "type", "essai.csv", sub("-5.5", "-0.0")),
    ("an unknown status", "pattern", "essai.csv",
     sub(",c,100.0", ",q,100.0")),
    ("a row twice", "key", "essai.csv", lambda t: t + RATE),
    ("a formula", "formula", "essai.csv", sub("r1,", "=r1,")),
    ("a formula in the codes", "formula", "codes/site.csv",
     sub("Tous cancers", "@SUM(1)")),
    ("an unknown site", "code", "essai.csv", sub("TOUS", "RIEN")),
    ("a row without site", "key", "essai.csv", sub("TOUS", "")),
    ("an open age that is a number", "limits", "codes/age.csv",
     sub("0,\r\n", "0,-1\r\n")),
    ("another unit than the measure's", "unit", "essai.csv",
     sub("count,cases", "count,persons")),
    ("a territory at another level", "code", "essai.csv",
     sub("region,84", "pays,84")),
    ("a value beside a secret", "status", "essai.csv",
     sub("T,,,,c", "T,7,,,c")),
    ("no value under status v", "status", "essai.csv",
     sub("T,60,", "T,,")),
    ("a secret declared free", "status", "essai.csv", sub("Q,C", "Q,F")),
    ("a secret with the status of a value", "status", "essai.csv",
     sub("c,100.0,Q", "c,100.0,A")),
    ("a value outside its limits", "limits", "essai.csv",
     sub("-4.5", "-5.9")),
    ("one limit of two", "limits", "essai.csv", sub("-4.5", "")),
    ("half a case", "count", "essai.csv", sub(",60,", ",60.5,")),
    ("a coverage of 101 %", "coverage", "essai.csv",
     sub("100.0", "101.0")),
    ("sexes that do not add up", "sum", "essai.csv", sub(",60,", ",61,")),
    ("régions that do not add up", "sum", "essai.csv", sub(",30,", ",29,")),
    ("a parent that is no code", "parent", "codes/territory.csv",
     sub("pays,FR,,,,\r\n", "pays,ES,,,,\r\n")),
    ("a code twice", "key", "codes/sex.csv", sub("leaf,F", "leaf,M")),
    ("a code without label", "label", "codes/sex.csv", sub("Hommes", "")),
    ("a sum of no code", "code", "codes/relation.csv", sub("T,leaf,M",
                                                            "S,leaf,M")),
    ("a part that is no code", "code", "codes/relation.csv",
     sub("region,84", "region,85")),
    ("a part twice", "key", "codes/relation.csv", sub("leaf,F", "leaf,M")),
    ("a sum along nothing", "code", "codes/relation.csv",
     sub("sex,total", "six,total")),
    ("a field named in one language", "schema", "essai.schema.json",
     sub("title_en", "titre")),
    ("a list without key", "key", "codes/site.schema.json",
     sub("primaryKey", "key")),
    ("sums without licence", "schema", "codes/relation.schema.json",
     sub("etalab-2.0", "")),
]


SHEET = "\ufeff" + DATA.replace(",", ";").replace(".", ",")
SHEET_BREAKS = [
    ("a sheet without its mark", "bytes", lambda t: t[1:]),
    ("a sheet of commas", "sheet", sub("r1;cases", "r1,cases")),
    ("a decimal point in a sheet", "sheet", sub("-5,5", "-5.5")),
    ("another number in a sheet", "sheet", sub(";60;", ";61;")),
    ("a row too many in a sheet", "sheet", lambda t: t + "r1;cases\r\n"),
    ("a row too few in a sheet", "sheet",
     lambda t: t[:t.rindex("r1;")]),
]


def prove_unsited(proof, folder):
    """A measure that is not counted by site has none in its rows."""
    write(folder, "sans.schema.json", UNSITED_SCHEMA)
    path = str(folder / "sans.csv")
    plain = DATA.replace("TOUS,Tous,C00", ",,")
    write(folder, "sans.csv", plain)
    proof.accepts(check_csv.check(path))
    write(folder, "sans.csv", sub("FR,,,", "FR,,,C00")(plain))
    proof.refuses("codes of no site", "site", check_csv.check(path))


def prove_sheets(proof, folder):
    (folder / "tableur").mkdir()
    path = str(folder / "tableur/essai.csv")
    write(folder, "tableur/essai.csv", SHEET)
    proof.accepts(check_csv.check(path))
    for words, rule, change in SHEET_BREAKS:
        write(folder, "tableur/essai.csv", change(SHEET))
        proof.refuses(words, rule, check_csv.check(path))
    write(folder, "tableur/autre.csv", SHEET)
    proof.refuses("a sheet of no data", "sheet",
                  check_csv.check(str(folder / "tableur/autre.csv")))


def write(folder, name, text):
    (folder / name).write_bytes(text.encode())


def main():
    proof = Proof("csv checker")
    good = {"essai.csv": DATA, "essai.schema.json": SCHEMA}
    good.update({f"codes/{name}.csv": text for name, text in CODES.items()})
    good.update({f"codes/{name}.schema.json": CODE_SCHEMA for name in CODES})
    good.update({"codes/relation.csv": SUM_ROWS,
                 "codes/relation.schema.json": SUM_SCHEMA,
                 "codes/measure.csv": MEASURES,
                 "codes/measure.schema.json":
                 list_schema(("code", "unit"), ["code"])})
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "codes").mkdir()
        for file, text in good.items():
            write(folder, file, text)
        data = str(folder / "essai.csv")
        for file in good:
            if file.endswith(".csv"):
                proof.accepts(check_csv.check(str(folder / file)))
        proof.say(check_csv.count_sums([data]) == 2, "two sums are found")
        for words, rule, file, change in BREAKS:
            write(folder, file, change(good[file]))
            path = folder / file.replace(".schema.json", ".csv")
            proof.refuses(words, rule, check_csv.check(str(path)))
            write(folder, file, good[file])
        prove_sheets(proof, folder)
        prove_unsited(proof, folder)
        write(folder, "autre.csv", sub(",30,", ",31,")(DATA))
        proof.refuses("two fates of one cell", "fate",
                      check_csv.disagreements([data,
                                               str(folder / "autre.csv")]))
        (folder / "essai.schema.json").unlink()
        proof.refuses("no schema", "schema", check_csv.check(data))
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
