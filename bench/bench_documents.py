#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Pages of text and tables against those who write them too: CPU seconds of
whole processes in one run, and their ratios. Figures never fail a test.

usage: bench_documents.py BENCH_DOCUMENTS [PAGES]

BENCH_DOCUMENTS is the built bench_documents.c. Every page has two paragraphs
and a table of 26 rows and 7 columns, the same for all. Ours is tagged, with
hyphens, kerning and an archival standard; what a peer does of that is said
beside its name. Peers that are not installed (python3-reportlab, weasyprint,
texlive-latex-base with lmodern) are left out by name.
"""
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile

ROUNDS = int(os.environ.get("ROUNDS", "3"))
LONG = 300
PARAGRAPH = (
    "La surveillance épidémiologique des cancers repose sur l’enregistrement "
    "systématique et l’interprétation prudente de données incomplètes\u00a0: la "
    "couverture territoriale est progressive, et les indicateurs ne sont "
    "publiés que lorsque leur précision le permet. À la page {0}, {1} nouveaux "
    "cas ont été estimés ; l’intervalle de confiance à 95\u00a0% va de {2} à {3}. "
    "Les comparaisons entre territoires tiennent compte de la structure par "
    "âge grâce à la standardisation directe, dont la population de référence "
    "est la population mondiale.")
HEAD = ["Département", "Cas", "Décès", "Taux", "Borne basse", "Borne haute",
        "Rapport"]
PEERS = [
    ("reportlab", "not tagged, no hyphens, no kerning", "reportlab_pages.py"),
    ("WeasyPrint", "PDF/UA variant, hyphens", "weasyprint_pages.py"),
    ("pdflatex", "two runs, not tagged, English hyphens", "pdflatex_pages.py"),
]


def content(pages):
    """The lines that every program reads."""
    for page in range(pages):
        if page:
            yield "N"
        for half in range(2):
            cases = 1000 + 37 * page + half
            yield "P\t" + PARAGRAPH.format(page + 1, cases, cases - 60,
                                           cases + 60)
        yield "\t".join(["H"] + HEAD)
        for row in range(26):
            seed = (page * 26 + row) * 7919 % 9973
            yield "\t".join([
                "R", f"Territoire {row + 1}", str(seed), str(seed // 3),
                f"{seed / 23:.1f}".replace(".", ","),
                f"{seed / 25:.1f}".replace(".", ","),
                f"{seed / 21:.1f}".replace(".", ","),
                f"{seed / 5000:.2f}".replace(".", ",")])


def ours(program, source, folder, *options):
    """(pages, seconds, peak MiB, bytes) as the program says."""
    done = subprocess.run([program, source, folder, *options], check=True,
                          capture_output=True, text=True)
    pages, seconds, peak, size = done.stdout.split()
    return int(pages), float(seconds), float(peak), int(size)


def median(program, source, folder, *options):
    rounds = [ours(program, source, folder, *options) for _ in range(ROUNDS)]
    middle = statistics.median(one[1] for one in rounds)
    pages, _, peak, size = rounds[0]
    return pages, middle, peak, size


def tell_ours(program, source, folder):
    plain = None
    for words in (["2a"], ["2a", "compact"], ["1b"], ["3a"]):
        pages, seconds, peak, size = median(program, source, folder, *words)
        plain = plain or seconds
        print(f"  {' '.join(words):12} {pages:4} pages {seconds:7.3f} s CPU "
              f"{pages / seconds:7.0f} pages/s {peak:6.0f} MiB "
              f"{size / 1024 / pages:6.1f} KiB a page")
    return plain


def peer(script, source, folder):
    """CPU seconds, peak MiB and pages, or why there are none."""
    path = os.path.join(folder, "peer.pdf")
    here = os.path.dirname(os.path.abspath(__file__))
    command = ["/usr/bin/time", "-f", "%U %S %M", "/usr/bin/python3",
               os.path.join(here, "peers", script), source, path]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    last = (done.stderr.strip().splitlines() or [""])[-1]
    if done.returncode != 0:
        why = [line for line in done.stderr.strip().splitlines()
               if "Error" in line or "error" in line]
        return (why or [last])[0]
    user, system, kib = last.split()
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True,
                          check=True)
    pages = int(info.stdout.split("Pages:")[1].split()[0])
    return float(user) + float(system), int(kib) / 1024, pages, \
        os.path.getsize(path)


def tell_peers(source, folder, base):
    for name, what, script in PEERS:
        found = peer(script, source, folder)
        if isinstance(found, str):
            print(f"  {name}: left out: {found}")
            continue
        seconds, peak, pages, size = found
        print(f"  {name:12} {pages:4} pages {seconds:7.2f} s CPU "
              f"{pages / seconds:7.0f} pages/s {peak:6.0f} MiB "
              f"{size / 1024 / pages:6.1f} KiB a page   {seconds / base:6.1f} "
              f"x ours ({what})")


def main():
    program = sys.argv[1]
    pages = int(sys.argv[2]) if len(sys.argv) > 2 else 100
    print("machine:", platform.machine(), os.cpu_count(), "cores")
    print("command:", " ".join(sys.argv))
    folder = tempfile.mkdtemp(prefix="panorama-bench.")
    try:
        for count in (pages, LONG):
            source = os.path.join(folder, "pages.txt")
            with open(source, "w", encoding="utf-8") as out:
                out.write("\n".join(content(count)) + "\n")
            print(f"{count} pages, medians of {ROUNDS}:")
            base = tell_ours(program, source, folder)
            if count == pages:
                tell_peers(source, folder, base)
    finally:
        shutil.rmtree(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main())
