#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Texts that check_words.py has to leave alone, and texts it has to mark."""
import sys

from prove import Proof
from check_words import faults

GOOD = [
    "L’incidence\u00a0: 12\u202f345 cas, soit −1,5\u202f% (C00-C97)\u202f?",
    "«\u00a0Tous cancers\u00a0» de 0-14 ans en 2019-2023, 69 et 2A.",
    "Lecture\u00a0: dans l’Ain (01), 7 cas ; rien".replace(" ;", "\u202f;"),
    "Null part ailleurs".replace("Null ", "Nulle "),
    "L’Information, l’infection, la table : rien".replace(" :", "\u00a0:"),
]
BAD = [
    ("placeholder", "Le taux de {label} est haut."),
    ("placeholder", "Le taux est de nan pour 100."),
    ("placeholder", "il y a %d cas"),
    ("placeholder", "table: 0x55d0"),
    ("encoding", "RÃ©gion"),
    ("encoding", "Cas &amp; taux"),
    ("encoding", "R\ufffdgion"),
    ("key", "voir caption.unit"),
    ("apostrophe", "l'Ain"),
    ("space", "Champ : France"),
    ("space", "Champ: France"),
    ("space", "Pourquoi ?"),
    ("quotes", "« Tous »"),
    ("minus", "soit -1,5 cas"),
    ("grouping", "soit 12 345 cas"),
]


def main():
    proof = Proof("words")
    for text in GOOD:
        found = list(faults(text, "fr"))
        proof.say(not found, f"'{text[:20]}…' is left alone", found)
    for kind, text in BAD:
        found = list(faults(text, "fr"))
        proof.say(any(one.startswith(f"words: {kind}") for one in found),
                  f"'{text}' is marked ({kind})", found)
    proof.say(not list(faults("It's “so”: why?", "en")),
              "English has its own rules")
    return 1 if proof.failed else 0


if __name__ == "__main__":
    sys.exit(main())
