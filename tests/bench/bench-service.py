#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service costs: memory, processor and wake-ups, for 0, 1, 10 and 50 printers that print.

    bench-service.py SERVICE CTL DEMO [--seconds N] [--printers N,N…]

Every line is a service started anew, with a desktop's notifications and a mailbox. Memory is read
after the printers have connected and again at the end; dbus-daemon and gnome-keyring-daemon of the same
session, which most desktops run all the time, stand beside it.
"""

import argparse
import contextlib
import json
import os
import sys
import time
import urllib.request

from bench_session import KEY, BenchSession

# A print outlasts what is measured of it.
PRINT_MORE_S = 120
SETTLE_S = 3


def read_memory(pid):
    """MiB by name, of one process (Linux, Documentation/filesystems/proc.rst, smaps_rollup)."""
    memory = {}
    with open("/proc/%d/smaps_rollup" % pid) as lines:
        for line in lines:
            words = line.split()
            if words[-1] == "kB":
                memory[words[0].rstrip(":")] = int(words[1]) / 1024
    return memory


def read_cpu_s(pid):
    """Of all its threads, also those that have ended; the clock is that of clock_getcpuclockid(3)."""
    return time.clock_gettime(~pid << 3 | 2)


def read_wakeups(pid):
    """{thread: how often it went to sleep of its own will}, and so woke again."""
    counts = {}
    for thread in os.listdir("/proc/%d/task" % pid):
        with contextlib.suppress(FileNotFoundError), open("/proc/%d/task/%s/status" % (pid, thread)) as lines:
            counts.update((thread, int(line.split()[1])) for line in lines if line.startswith("voluntary_ctxt"))
    return counts


def start_printers(session, demo, count):
    """Starts the simulator; `count` printers print and are watched when it returns."""
    process = session.spawn([os.path.abspath(demo), "--json", "--idle", "--printers", str(max(count, 1)), "--port",
                             "0", "--mail-port", "0", "--key", KEY], stdout=-1, text=True)
    urls = []
    while len(urls) < count or not urls:
        line = json.loads(process.stdout.readline())
        if "mailbox" in line:
            session.add_mailbox(line["port"])
        elif "printer" in line:
            urls.append(line["url"])
    for number, url in enumerate(urls[:count], 1):
        session.add_printer("Printer %d" % number, url)
    return urls[:count]


def start_prints(urls, seconds):
    body = json.dumps({"file": "benchy.gcode", "seconds": seconds + PRINT_MORE_S, "outcome": "done"}).encode()
    for url in urls:
        request = urllib.request.Request(url.rstrip("/") + "/demo/print", body,
                                         {"Content-Type": "application/json"}, method="POST")
        urllib.request.urlopen(request, timeout=20).close()


def measure(programs, count, seconds):
    with BenchSession(*programs[:2]) as session:
        pid = session.service.pid
        urls = start_printers(session, programs[2], count)
        session.wait_for_printers(count, "connection", "connected")
        time.sleep(SETTLE_S)
        before = read_memory(pid)
        start_prints(urls, seconds)
        session.wait_for_printers(count, "state", "printing")
        cpu_s, wakeups, start = read_cpu_s(pid), read_wakeups(pid), time.monotonic()
        time.sleep(seconds)
        passed = time.monotonic() - start
        cpu_s = read_cpu_s(pid) - cpu_s
        wakeups = sum(number - wakeups.get(thread, 0) for thread, number in read_wakeups(pid).items())
        after = read_memory(pid)
        others = {os.path.basename(process.args[0]): read_memory(process.pid)["Pss"]
                  for process in session.processes if process.pid != pid and process.poll() is None}

    print("%2d printers: PSS %.1f MiB connected, %.1f MiB after %.0f s; private dirty %.1f MiB, RSS %.1f MiB; "
          "CPU %.3f %% of a core (%.3f s); %.1f wake-ups/s"
          % (count, before["Pss"], after["Pss"], passed, after["Private_Dirty"], after["Rss"],
             100 * cpu_s / passed, cpu_s, wakeups / passed), flush=True)
    return others


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--printers", default="0,1,10,50")
    options = parser.parse_args()
    others = {}
    for count in options.printers.split(","):
        others = measure(options.programs, int(count), options.seconds)
    print("beside it: " + ", ".join("%s %.1f MiB" % (name, others[name]) for name in
                                    ("dbus-daemon", "gnome-keyring-daemon", "dunst")))
    return 0


if __name__ == "__main__":
    sys.exit(main())
