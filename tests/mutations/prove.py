# SPDX-License-Identifier: EUPL-1.2
"""Proves a checker: it accepts a good sample and refuses every broken copy,
each by the rule that the break is about.

A break is (what it does, the rule expected, a function that breaks a copy of
the sample). A break that changes nothing is a failure of the test itself.
"""
import pathlib
import sys
import tempfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))


class Proof:
    def __init__(self, name):
        self.name = name
        self.failed = 0

    def say(self, good, words, problems=()):
        print(f"{'ok' if good else 'not ok'} {self.name}: {words}")
        if not good:
            self.failed += 1
            for problem in list(problems)[:3]:
                print("    " + problem.replace("\n", "\n    "))

    def accepts(self, problems):
        found = list(problems)
        self.say(not found, "a good one is accepted", found)

    def refuses(self, words, rule, problems, code=""):
        """One of the problems begins with the rule and has the code."""
        try:
            found = list(problems)
        except Exception as error:  # a checker may not stumble over it
            self.say(False, words, [repr(error)])
            return
        hit = any(problem.startswith(rule + ":") and
                  (not code or f"[{code}]" in problem) for problem in found)
        self.say(hit, f"{words} ({code or rule})", found or ["was accepted"])


def sub(old, new):
    """A break of text: the first `old` becomes `new`; it must be there."""
    def broken(sample):
        if old not in sample:
            raise ValueError(f"the sample has no {old!r}")
        return sample.replace(old, new, 1)
    return broken


def prove_texts(name, check, ending, good, breaks):
    """A checker of single files, over samples that are texts or bytes."""
    proof = Proof(name)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / ("sample" + ending)

        def problems(sample):
            path.write_bytes(sample if isinstance(sample, bytes)
                             else sample.encode())
            return list(check(str(path)))
        proof.accepts(problems(good))
        for words, rule, broken in breaks:
            proof.refuses(words, rule, problems(broken(good)))
    return proof.failed == 0
