# SPDX-License-Identifier: EUPL-1.2
"""How every checker speaks: one line a file, then what is wrong, by rule.

A checker is a function of a path that yields problems, each a text
"rule: what is wrong". `main` runs it over the files of the command line in
two processes and prints "ok NAME FILE" or "not ok NAME FILE", good files
first, so that the last lines say what to mend. Status 1 when a file failed.
"""
import collections
import multiprocessing
import sys
import traceback

JOBS = 2
SHOWN = 4  # problems printed for one file


def problems_of(job):
    check, path = job
    try:
        return path, list(check(path))
    except Exception:  # a file that breaks the checker is a broken file
        return path, ["unreadable: " + traceback.format_exc(limit=-2)]


def short(path, root):
    return path[len(root):].lstrip("/") if root and path.startswith(root) \
        else path


def print_failures(name, failures, root):
    rules = collections.Counter()
    for path, problems in failures:
        print(f"not ok {name} {short(path, root)}")
        for problem in problems[:SHOWN]:
            print("    " + problem.rstrip().replace("\n", "\n    "))
        if len(problems) > SHOWN:
            print(f"    and {len(problems) - SHOWN} more")
        rules.update({problem.split(":")[0] for problem in problems})
    for rule, files in rules.most_common():
        print(f"    {name}: rule '{rule}' fails in {files} files")


def report(name, check, paths, root=""):
    """Checks every file; True when all are good and there is one at least."""
    jobs = [(check, path) for path in paths]
    with multiprocessing.Pool(JOBS) as pool:
        results = pool.map(problems_of, jobs, chunksize=1)
    for path, problems in results:
        if not problems:
            print(f"ok {name} {short(path, root)}")
    failures = [result for result in results if result[1]]
    print_failures(name, failures, root)
    if not paths:
        print(f"not ok {name}: no file to check")
    sys.stdout.flush()
    return bool(paths) and not failures
