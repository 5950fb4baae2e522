#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Breaks a good page in one place at a time; check_html.py has to refuse
each."""
import sys

from prove import prove_texts, sub
import check_html

GOOD = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Essai</title>
<style>body{margin:0;fill:url(#h)}</style>
</head>
<body>
<a class="skip" href="#main">Aller au contenu</a>
<main id="main">
<h1>Essai</h1>
<h2 id="a">Cas &amp; taux</h2>
<p>Un <a href="https://exemple.test/">lien</a><br>
et <a href="sample.html#a" aria-label="cette page"></a></p>
<svg role="img" aria-labelledby="f1-title"><title id="f1-title">Carte des \
taux bruts</title><g><path id="o" d="M0 0"/>\
<use href="#o"/></g></svg>
<div><div class="scroll"><table><caption>Taux</caption>
<thead><tr><th scope="col">Lieu</th><th scope="col">Taux</th></tr></thead>
<tbody><tr><th scope="row">Ain</th><td data-v="1.5">1,5<sup><abbr role="img" \
title="estimé">e</abbr></sup></td></tr>
<tr><th scope="row">Aisne</th><td data-s="c"><abbr role="img" \
title="secret statistique">c</abbr></td></tr></tbody></table></div>
<div class="cap"><p>Lecture : dans l’Ain, le taux est de 1,5.</p></div></div>
<details><summary>Données de la figure<span> : A</span></summary></details>
<details><summary>Données de la figure<span> : B</span></summary></details>
</main>
</body>
</html>
"""

BREAKS = [
    ("no doctype", "doctype", sub("<!DOCTYPE html>\n", "")),
    ("no language", "lang", sub(' lang="fr"', "")),
    ("no title", "title", sub("<title>Essai</title>", "")),
    ("no character set", "charset", sub('<meta charset="utf-8">', "")),
    ("zoom forbidden", "viewport",
     sub("initial-scale=1", "user-scalable=no")),
    ("a paragraph stays open", "form", sub("</p>", "")),
    ("tags cross", "form", sub("</g></svg>", "</svg></g>")),
    ("an attribute twice", "form", sub('<h2 id="a"', '<h2 id="a" id="b"')),
    ("a division closed in itself", "form", sub("<h1>", "<div/><h1>")),
    ("two h1", "heading", sub("<h2 id=\"a\">Cas &amp; taux</h2>",
                              "<h1>b</h1>")),
    ("a level left out", "heading",
     sub("<h2 id=\"a\">Cas &amp; taux</h2>", "<h3>b</h3>")),
    ("an empty heading", "heading", sub("Cas &amp; taux", "")),
    ("two main parts", "main", sub("</main>", "</main><main></main>")),
    ("an id twice", "id", sub('id="a"', 'id="main"')),
    ("an id with a space", "id", sub('id="a"', 'id="a b"')),
    ("an id that begins with a digit", "id", sub('id="a"', 'id="2a"')),
    ("a label that names nothing", "id", sub('id="f1-title"', 'id="f2"')),
    ("an outline that is not there", "id", sub('"#o"', '"#p"')),
    ("numbers of which none is read", "reading",
     sub("Lecture : dans", "Dans")),
    ("two folds of one name", "fold",
     sub("figure<span> : B</span>", "figure<span> : A</span>")),
    ("a fold without name", "fold",
     sub("Données de la figure<span> : B</span>", "")),
    ("a sign in the place of a value without words", "sign",
     sub(' title="secret statistique"', "")),
    ("a sign that is no picture", "sign",
     sub('<abbr role="img" title="secret', '<abbr title="secret')),
    ("a bare sign", "sign",
     sub('<abbr role="img" title="secret statistique">c</abbr>', "c")),
    ("a sign after a value without words", "sign",
     sub(' title="estimé"', "")),
    ("a picture without role", "picture", sub(' role="img"', "")),
    ("a picture without words", "picture",
     sub("Carte des taux bruts", "Carte")),
    ("an image without words", "picture",
     sub("<br>", '<img src="data:image/png;base64,AA">')),
    ("a link without words", "link", sub(">lien<", "><")),
    ("a link to nothing on the page", "link", sub("#main", "#mein")),
    ("a link to no file", "link", sub("sample.html", "rien.html")),
    ("a link to nothing on its page", "link",
     sub("sample.html#a", "sample.html#z")),
    ("a link that runs a script", "link",
     sub("https://exemple.test/", "javascript:x()")),
    ("an address with a bracket", "link",
     sub("exemple.test/", "exemple.test/a&lt;b")),
    ("an image from elsewhere", "request",
     sub("<br>", '<img src="https://exemple.test/i.png" alt="Un carré">')),
    ("a style sheet from elsewhere", "request",
     sub("</head>", '<link rel="stylesheet" href="a.css"></head>')),
    ("a style that imports", "request", sub("body{", "@import 'a';body{")),
    ("a style with a picture", "request", sub("url(#h)", "url(h.png)")),
    ("a script from a file", "request",
     sub("<h1>", '<script src="a.js"></script><h1>')),
    ("a handler", "request", sub("<h1>", '<h1 onclick="x()">')),
    ("a table without caption", "table", sub("<caption>Taux</caption>", "")),
    ("a header without scope", "table", sub(' scope="row"', "")),
    ("a row with one cell more", "table", sub("</td>", "</td><td>2</td>")),
    ("a head of a group that no columns have", "table",
     sub('scope="col">Lieu', 'scope="colgroup">Lieu')),
    ("a head that is not above its group", "table",
     sub('<thead><tr><th scope="col">',
         '<colgroup span="2"></colgroup><thead><tr><th scope="colgroup">')),
    ("a head of three columns above two", "table",
     sub('<th scope="col">Lieu', '<th scope="col" colspan="2">Lieu')),
    ("a header that reaches below the table", "table",
     sub('<th scope="row"', '<th rowspan="2" scope="row"')),
    ("a column without heading", "table", sub(">Lieu<", "><")),
    ("a text that was not filled in", "words", sub("Ain", "{label}")),
    ("a page that is too large", "size",
     lambda page: page.replace("Essai", "Essai " * 400000)),
    ("a byte order mark", "bytes", lambda page: "\ufeff" + page),
]

if __name__ == "__main__":
    sys.exit(0 if prove_texts("html checker", check_html.check, ".html",
                              GOOD, BREAKS) else 1)
