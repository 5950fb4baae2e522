#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""The wall, checked: who includes whom, and where third-party headers live.

Reads every #include under src/ and compares it with the table of
ARCHITECTURE.md, restated here. Prints one line per breach; status 1 if any.
With a path to a static library of the open side it also checks that no open
object refers to a symbol that the closed side defines.
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
OPEN = ["pub", "geo", "scene", "chart", "map", "page", "device", "format",
        "release"]
MAY = {
    "base": {"base"},
    "model": {"base", "model"},
    "closed/store": {"base", "model", "store"},
    "closed/cube": {"base", "model", "store", "cube"},
    "closed/calc": {"base", "model", "store", "cube", "calc"},
    "closed/sdc": {"base", "model", "cube", "calc", "sdc"},
    "seal": {"base", "model", "store", "cube", "calc", "sdc", "pub", "seal"},
    "open/pub": {"base", "model", "pub"},
    "open/geo": {"base", "model", "geo"},
    "open/scene": {"base", "model", "scene"},
    "open/chart": {"base", "model", "pub", "geo", "scene", "chart"},
    "open/map": {"base", "model", "pub", "geo", "scene", "map"},
    "open/page": {"base", "model", "pub", "geo", "scene", "chart", "map",
                  "page"},
    "open/device": {"base", "model", "scene", "page", "device"},
    "open/format": {"base", "model", "pub", "scene", "page", "device",
                    "format"},
    "open/release": {"base", "model"} | set(OPEN),
    "script": {"base", "model", "script"} | set(OPEN),
    "app": None,
}
# Third-party header -> the directories that may name it. SQLite has one on
# each side of the wall: the store and the edition file.
THIRD = {
    "sqlite3.h": {"closed/store", "open/pub"},
    "lua.h": {"script"}, "lauxlib.h": {"script"}, "lualib.h": {"script"},
    "hpdf.h": {"open/device"}, "cairo.h": {"open/device"},
    "libdeflate.h": {"open/device"}, "png.h": {"open/device"},
    "xlsxwriter.h": {"open/format"}, "qpdf/qpdf-c.h": {"open/format"},
    "proj.h": {"open/geo"}, "hyphen.h": {"open/page"},
    "md4c.h": {"script"}, "sodium/crypto_hash_sha256.h": {"base"},
    "sodium/crypto_generichash.h": {"base"}, "sodium/utils.h": {"base"},
    "hb.h": {"open/scene", "open/device"},
    "hb-ot.h": {"open/scene", "open/device"},
    "hb-subset.h": {"open/device"},
    "Cbc_C_Interface.h": {"closed/sdc"}, "Clp_C_Interface.h": {"closed/sdc"},
    "libpq-fe.h": {"closed/store"},
    "zlib.h": {"base", "open/format", "open/device"},
}
# A header that one file alone may name.
ONE_FILE = {"libpq-fe.h": "src/closed/store/postgres.c",
            "proj.h": "src/open/geo/geo_project.c",
            "qpdf/qpdf-c.h": "src/open/format/pdf_text.c",
            "Cbc_C_Interface.h": "src/closed/sdc/lp.c",
            "Clp_C_Interface.h": "src/closed/sdc/lp.c",
            "dlfcn.h": "src/base/library.c"}
STANDARD = set("""assert ctype dirent dlfcn errno fcntl float inttypes limits locale
math setjmp signal stdalign stdarg stdbool stddef stdint stdio stdlib string strings
sys/file sys/mman sys/prctl sys/random sys/resource sys/socket sys/stat
sys/statvfs sys/syscall sys/time sys/types sys/wait time unistd linux/fs poll
sys/ioctl sched""".split())


def layer(path):
    parts = path.relative_to(ROOT / "src").parts
    if parts[0] in ("closed", "open"):
        return "/".join(parts[:2])
    return parts[0]


def breaches():
    for path in sorted((ROOT / "src").rglob("*.[ch]")):
        here = layer(path)
        for number, line in enumerate(path.read_text().splitlines(), 1):
            found = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
            if not found:
                continue
            kind, name = found.groups()
            where = f"{path.relative_to(ROOT)}:{number}"
            if kind == '"':
                target = name.split("/")[0]
                if "/" not in name:
                    yield f"{where}: \"{name}\" without its directory"
                elif MAY[here] is not None and target not in MAY[here]:
                    yield f"{where}: {here} may not include {name}"
            elif name[:-2] not in STANDARD:
                if name not in THIRD:
                    yield f"{where}: unknown third-party header <{name}>"
                elif here not in THIRD[name]:
                    yield f"{where}: <{name}> belongs to {THIRD[name]}"
                elif str(path.relative_to(ROOT)) != ONE_FILE.get(
                        name, str(path.relative_to(ROOT))):
                    yield f"{where}: <{name}> belongs to {ONE_FILE[name]}"


def symbols(objects, flag):
    if not objects:
        return set()
    out = subprocess.run(["nm", "-A", flag] + [str(o) for o in objects],
                         capture_output=True, text=True, check=True).stdout
    return {line.split()[-1] for line in out.splitlines() if line.split()}


def link_breaches(build):
    source = pathlib.Path(build) / "src"
    closed = symbols(sorted(source.glob("closed/*/*.o")), "--defined-only")
    needed = symbols(sorted(source.glob("open/*/*.o")) +
                     sorted(source.glob("script/*.o")), "--undefined-only")
    for name in sorted(needed & closed):
        yield f"link: the open side refers to {name} of the closed side"


def main():
    found = list(breaches())
    if len(sys.argv) > 1:
        found += link_breaches(sys.argv[1])
    for line in found:
        print(line)
    print(f"{'not ok' if found else 'ok'} the layers hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
