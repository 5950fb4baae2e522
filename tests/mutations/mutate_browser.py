#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a good page in one way at a time; tests/browser/pages.mjs has to
refuse each.

usage: mutate_browser.py MODULES
"""
import pathlib
import subprocess
import sys
import tempfile

from prove import Proof, sub

HEAD = '<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8">' \
    '<meta name="viewport" content="width=device-width, initial-scale=1">' \
    "<title>Essai</title><style>body{color:#222;background:#fff}" \
    "@media (prefers-color-scheme:dark){body{color:#eee;background:#111}" \
    "a{color:#9cf}}" \
    "@media print{details::details-content{content-visibility:visible}}" \
    "</style></head>\n"
GOOD = HEAD + '<body><main><h1>Essai</h1><p>' + "Des mots. " * 30 + \
    '<a href="#t">Le tableau</a> <a href="#t">Encore lui</a></p>' \
    '<table id="t"><caption>Taux</caption><tbody><tr><th scope="row">Ain' \
    "</th><td>1,5</td></tr></tbody></table>" \
    "<details><summary>Données de la figure</summary><table>" \
    '<caption>Nombres</caption><tbody><tr><th scope="row">Ain</th>' \
    "<td>2</td></tr></tbody></table></details></main></body></html>\n"

BREAKS = [
    ("pale ink", "light: axe", sub("color:#222", "color:#bbb")),
    ("pale ink in the dark", "dark: axe", sub("color:#eee", "color:#333")),
    ("a wide line", "320 px: nothing is wider",
     sub("<h1>", '<div style="width:500px">a</div><h1>')),
    ("a picture from a server", "nothing else",
     sub("<h1>", '<img src="http://127.0.0.1:9/a.png" alt="Un carré"><h1>')),
    ("a script that fails", "no error",
     sub("<h1>", "<script>nothing()</script><h1>")),
    ("links in another order", "page order",
     sub('<a href="#t">Encore', '<a tabindex="1" href="#t">Encore')),
    ("a focus that is not seen", "focus",
     sub("</style>", "a:focus{outline:none}</style>")),
    ("words that a script writes", "without JavaScript",
     sub("<h1>", '<p id="p"></p><script>p.innerText = "x"</script><h1>')),
    ("data that is not printed", "printed",
     sub("details::details-content", "x")),
]


def lines(modules, page):
    """What pages.mjs says against a page."""
    done = subprocess.run(["node", "tests/browser/pages.mjs", modules, page],
                          capture_output=True, text=True, check=False)
    said = [line for line in done.stdout.splitlines()
            if line.startswith("not ok")]
    return said or ([] if done.returncode == 0 else [done.stderr])


def main():
    proof = Proof("browser checker")
    with tempfile.TemporaryDirectory() as folder:
        page = pathlib.Path(folder) / "essai.html"
        page.write_text(GOOD)
        proof.accepts(lines(sys.argv[1], str(page)))
        for words, wanted, change in BREAKS:
            page.write_text(change(GOOD))
            found = lines(sys.argv[1], str(page))
            proof.say(any(wanted in line for line in found), words,
                      found or ["was accepted"])
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
