#!/bin/sh
# SPDX-License-Identifier: EUPL-1.2
# bench_build.sh STORE - CPU and wall seconds per stage, and peak memory, of a
# whole build. Prints the machine and the command, so that a figure can be made
# again. Figures never fail a test.
set -eu
store=$1
work=$(mktemp -d /tmp/panorama-bench.XXXXXX)
trap 'rm -rf "$work"' EXIT
command="./panorama build --store $store --output $work/out --jobs ${JOBS:-2}"
echo "machine: $(nproc) cores, $(sed -n 's/^model name.*: //p' /proc/cpuinfo |
    head -1), $(sed -n 's/^MemTotal: *//p' /proc/meminfo)"
echo "command: $command"
/usr/bin/python3 - "$work" $command <<'P'
import json, resource, subprocess, sys, time
work, command = sys.argv[1], sys.argv[2:]
began = time.monotonic()
done = subprocess.run(command + ["--log", "json"], stderr=subprocess.PIPE,
                      text=True, check=False)
wall = time.monotonic() - began
use = resource.getrusage(resource.RUSAGE_CHILDREN)
for line in done.stderr.splitlines():
    event = json.loads(line)
    if event.get("event") == "end":
        print("  %-10s %8.2f s wall %8.2f s CPU" % (
            event.get("stage", ""), event.get("seconds", 0),
            event.get("cpu_seconds", 0)))
    elif event.get("event") == "note":
        print("   ", event.get("note", ""))
    elif "error" in event:
        print(line)
print(f"total: {wall:.2f} s wall, {use.ru_utime + use.ru_stime:.2f} s CPU, "
      f"peak {use.ru_maxrss / 1024:.0f} MiB in one process, status "
      f"{done.returncode}")
P
echo "files: $(find "$work/out" -type f | wc -l), $(du -sh "$work/out" | cut -f1)"
