#!/usr/bin/python3
# SPDX-License-Identifier: EUPL-1.2
"""Builds one release again and again, as machines differ and fail.

  soak.py PANORAMA PROJECT STORE MINUTES [SEED]

Each round has another number of jobs, locale, time zone and umask; in every
other one the program is killed (-9) somewhere on the way, and what it left is
looked at before the build is made once more. A release is there whole or not at
all; the bytes are those of the first build; nothing else stays in the output
folder or among temporary files; no child outlives the program, and none takes
much more memory than the first time.
"""
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

LOCALES = ("C", "C.UTF-8", "fr_FR.UTF-8", "tr_TR.UTF-8", "none")
ZONES = ("UTC", "Europe/Paris", "Pacific/Kiritimati", "America/Cayenne")
UMASKS = (0o022, 0o027, 0o077)
JOBS = (1, 2, 3, 7)
MEMORY = 1.25  # of the first build
ORPHAN_S = 10
STAGING = ".tmp-"


def tree(folder):
    return {str(path.relative_to(folder)): path.read_bytes()
            for path in sorted(folder.rglob("*")) if path.is_file()}


def is_alive(group):
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True


class Soak:
    def __init__(self, panorama, project, store, work):
        self.command = [panorama, "build", "--project", project,
                        "--store", store, "--quiet"]
        self.work = work
        self.output = work / "output"
        self.temporary = work / "tmp"
        self.log = work / "log"
        self.temporary.mkdir()
        self.wrong = []

    def say(self, what):
        self.wrong.append(what)
        print("not ok", what, flush=True)

    def build(self, jobs, locale, zone, umask, die_after=None):
        """Status, peak in KiB and seconds of one build."""
        environment = {**os.environ, "LC_ALL": locale, "TZ": zone,
                       "TMPDIR": str(self.temporary)}
        start = time.monotonic()
        with self.log.open("wb") as log:
            child = subprocess.Popen(
                self.command + ["--jobs", str(jobs), "--output",
                                str(self.output)],
                env=environment, umask=umask, start_new_session=True,
                stdout=log, stderr=log)
        if die_after is not None:
            time.sleep(die_after)
            os.kill(child.pid, signal.SIGKILL)  # not yet waited for
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        self.no_orphans(child.pid)
        return child.returncode, usage.ru_maxrss, time.monotonic() - start

    def no_orphans(self, group):
        end = time.monotonic() + ORPHAN_S
        while is_alive(group):
            if time.monotonic() > end:
                self.say(f"a child lived {ORPHAN_S} s longer than the program")
                os.killpg(group, signal.SIGKILL)
                return
            time.sleep(0.05)

    def releases(self):
        return [path for path in self.output.iterdir()
                if path.is_dir() and not path.name.startswith(".")]

    def look(self, wanted, how):
        """After a build that ended: those bytes and nothing besides."""
        found = tree(self.output)
        for name in sorted(set(found) | set(wanted)):
            if found.get(name) != wanted.get(name):
                self.say(f"{how}: '{name}' " +
                         ("is missing" if name not in found else
                          "is left" if name not in wanted else "differs"))
        left = [path.name for path in self.output.iterdir()
                if path.name.startswith(STAGING)]
        if left or any(self.temporary.iterdir()):
            self.say(f"{how}: temporary files are left {left}")

    def look_after_death(self, wanted, how):
        if not self.output.exists():
            return
        for release in self.releases():
            for name, content in tree(release).items():
                if wanted.get(f"{release.name}/{name}") != content:
                    self.say(f"{how}: half a release, '{name}'")
                    return


def run(soak, seconds, chance):
    status, peak, took = soak.build(2, "C.UTF-8", "UTC", 0o022)
    if status != 0:
        raise SystemExit(f"the first build ended with {status}:\n" +
                         soak.log.read_text(errors="replace"))
    wanted = tree(soak.output)
    print(f"first build: {len(wanted)} files, {took:.1f} s, "
          f"{peak / 1024:.0f} MiB", flush=True)
    rounds = kills = 0
    most = peak
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        setting = (chance.choice(JOBS), chance.choice(LOCALES),
                   chance.choice(ZONES), chance.choice(UMASKS))
        how = "round %d: --jobs %d, LC_ALL=%s, TZ=%s, umask %03o" % (
            rounds, *setting)
        if chance.random() < 0.75:
            shutil.rmtree(soak.output)
        if rounds % 2 == 1:
            status, _, _ = soak.build(*setting, chance.uniform(0, took))
            kills += status == -signal.SIGKILL
            soak.look_after_death(wanted, how + ", killed")
            # What it held in TMPDIR nobody can give back.
            shutil.rmtree(soak.temporary)
            soak.temporary.mkdir()
        status, used, _ = soak.build(*setting)
        if status != 0:
            soak.say(f"{how}: status {status}: " +
                     soak.log.read_text(errors="replace")[-300:])
        soak.look(wanted, how)
        most = max(most, used)
        if used > MEMORY * peak:
            soak.say(f"{how}: {used / 1024:.0f} MiB, at first "
                     f"{peak / 1024:.0f}")
        rounds += 1
    print(f"{rounds} rounds, {kills} killed, at most {most / 1024:.0f} MiB, "
          f"{len(soak.wrong)} wrong")


def main():
    panorama, project, store, minutes = sys.argv[1:5]
    seed = int(sys.argv[5]) if len(sys.argv) > 5 else int(time.time())
    print(f"seed {seed}", flush=True)
    work = pathlib.Path(tempfile.mkdtemp(prefix="panorama-soak."))
    try:
        soak = Soak(os.path.abspath(panorama), project,
                    os.path.abspath(store), work)
        run(soak, 60 * float(minutes), random.Random(seed))
    finally:
        shutil.rmtree(work, ignore_errors=True)
    sys.exit(1 if soak.wrong else 0)


if __name__ == "__main__":
    main()
