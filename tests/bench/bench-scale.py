#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What one more printer costs: memory and processor of the service for 0, 1, 10, 100 and 1,000 of them.

    bench-scale.py SERVICE CTL DEMO [--seconds N] [--printers N,N…] [--watched]

The printers are simulated and idle: connected, warm, a state whenever the service wants one. With
--watched, "octoheraldctl status --watch" runs beside it. What one costs is what is added to a service
without any, divided by their number; all processes run on the same cores.
"""

import argparse
import json
import os
import subprocess
import sys
import time

from bench_session import KEY, wait_until

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "real"))
from private_session import PrivateSession

# The connections of the first questions have been closed, and free memory given back
SETTLE_S = 65


def read_memory_kib(pid):
    """Proportional and private memory (Linux, Documentation/filesystems/proc.rst, smaps_rollup)."""
    memory = {}
    with open(f"/proc/{pid}/smaps_rollup") as lines:
        for line in lines:
            words = line.split()
            if words[-1] == "kB":
                memory[words[0].rstrip(":")] = int(words[1])
    return memory["Pss"], memory["Private_Dirty"]


def read_cpu_s(pid):
    """Of all its threads; the clock is that of clock_getcpuclockid(3)."""
    return time.clock_gettime(~pid << 3 | 2)


class ScaleSession(PrivateSession):
    """A session whose configuration and credentials are written before the service starts."""

    def prepare(self, demo, count):
        process = self.spawn([os.path.abspath(demo), "--json", "--idle", "--bare", "--printers", str(max(count, 1)),
                              "--port", "0", "--key", KEY], stdout=subprocess.PIPE, text=True)
        urls = []
        while len(urls) < max(count, 1):
            line = json.loads(process.stdout.readline())
            if "printer" in line:
                urls.append(line["url"])
        credentials = os.path.join(self.folder, "credentials")
        configuration = os.path.join(self.folder, "home", ".config", "octoherald")
        configuration = os.path.join(self.environment.get("XDG_CONFIG_HOME", configuration.rsplit("/", 1)[0]),
                                     "octoherald")
        os.makedirs(credentials)
        os.makedirs(configuration, mode=0o700, exist_ok=True)
        with open(os.path.join(configuration, "octoherald.conf"), "w") as file:
            file.write("[octoherald]\nversion=1\n")
            for number, url in enumerate(urls[:count]):
                file.write(f"\n[printer p{number}]\nname=Printer {number}\nurl={url}\n")
                with open(os.path.join(credentials, f"p{number}.key"), "w") as key:
                    key.write(KEY)
        os.chmod(os.path.join(configuration, "octoherald.conf"), 0o600)
        self.environment["CREDENTIALS_DIRECTORY"] = credentials
        return process.pid


def measure(options, count):
    service, ctl, demo = map(os.path.abspath, options.programs)
    with ScaleSession() as session:
        demo_pid = session.prepare(demo, count)
        with open(os.path.join(session.folder, "service.txt"), "wb") as log:
            pid = session.spawn([service], stdout=log, stderr=log).pid
        started = time.monotonic()

        def connected():
            answer = session.run([ctl, "status", "--json"])
            return answer.returncode == 0 and sum(
                printer["state"] == "operational" for printer in json.loads(answer.stdout)["printers"]) == count
        wait_until(f"{count} printers are connected", connected, 300)
        connect_s = time.monotonic() - started
        if options.watched:
            session.spawn([ctl, "status", "--watch"], stdout=subprocess.DEVNULL)
        time.sleep(SETTLE_S)
        before, demo_before, start = read_cpu_s(pid), read_cpu_s(demo_pid), time.monotonic()
        time.sleep(options.seconds)
        passed = time.monotonic() - start
        cpu_percent = 100 * (read_cpu_s(pid) - before) / passed
        demo_percent = 100 * (read_cpu_s(demo_pid) - demo_before) / passed
        return *read_memory_kib(pid), cpu_percent, demo_percent, connect_s


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", nargs=3)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--printers", default="0,1,10,100,1000")
    parser.add_argument("--watched", action="store_true")
    options = parser.parse_args()
    bare = None
    for count in map(int, options.printers.split(",")):
        pss, private, cpu, demo_cpu, connect_s = measure(options, count)
        bare = bare or (pss, private, cpu)
        line = (f"{count:4} printers: PSS {pss / 1024:.1f} MiB, private {private / 1024:.1f} MiB, CPU {cpu:.2f} % of a core"
                f" (simulator {demo_cpu:.2f} %), all there after {connect_s:.1f} s")
        if count > 0:
            line += (f"; each {(private - bare[1]) / count:.1f} KiB private, {(pss - bare[0]) / count:.1f} KiB PSS,"
                     f" {(cpu - bare[2]) / count:.4f} % of a core")
        print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
