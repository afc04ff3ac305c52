#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service costs on a desktop, with its icon in a real panel and printers that print; and what others cost beside it.

    bench-desktop.py SERVICE CTL DEMO [HIDDEN_WINDOW] [--seconds N] [--runs N] [--printers N]

Memory (PSS), processor and messages on the session bus: while all printers wait, while they print, and while
they print and somebody looks. Then a tray application of PyQt5, a hidden window of GTK 4 and a tab of Chromium with
OctoPrint's own page, all at the same time as the service.
"""

import argparse
import importlib
import os
import re
import statistics
import sys
import time

from bench_desktop_parts import (Traffic, family_sum, let_everybody_in, own_libraries, owner_of, start_chromium,
                                 start_panel)
from bench_session import BenchSession

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "real"))

from loopback import free_port
from octoprint_server import OctoPrintServer, dwell_gcode

service_bench = importlib.import_module("bench-service")
HERE = os.path.dirname(os.path.abspath(__file__))
SETTLE_S = 10
# As long as prints are
PRINT_S = 3 * 3600


def spread(values, form):
    """The median, and the least and the greatest."""
    return f"{form} ({form} to {form})" % (statistics.median(values), min(values), max(values))


class Desktop:
    def __init__(self, session, options):
        self.session, self.options = session, options
        self.pid = session.service.pid
        self.names = {owner_of(session, "io.github.octoherald.OctoHerald.Service"): "service",
                      owner_of(session, "org.kde.StatusNotifierWatcher"): "panel",
                      owner_of(session, "org.freedesktop.Notifications"): "notifications",
                      owner_of(session, "org.freedesktop.secrets"): "keyring", "org.freedesktop.DBus": "bus"}

    def measure(self, what):
        cpu, memory, counts = [], [], []
        for _run in range(self.options.runs):
            cpu_s, start = service_bench.read_cpu_s(self.pid), time.monotonic()
            with Traffic(self.session, self.names) as traffic:
                time.sleep(self.options.seconds)
            passed = time.monotonic() - start
            cpu.append(100 * (service_bench.read_cpu_s(self.pid) - cpu_s) / passed)
            memory.append(service_bench.read_memory(self.pid))
            counts.append({key: number * 60 / self.options.seconds for key, number in traffic.count.items()})

        print("%s (n=%d of %d s): PSS %s MiB, private dirty %.1f MiB, RSS %.1f MiB; CPU %s %% of a core"
              % (what, len(cpu), self.options.seconds, spread([each["Pss"] for each in memory], "%.1f"),
                 memory[-1]["Private_Dirty"], memory[-1]["Rss"], spread(cpu, "%.3f")))
        total = [sum(count.values()) for count in counts]
        print("  messages a minute: " + spread(total, "%.0f"))
        for key in sorted(set().union(*counts), key=lambda key: -sum(count.get(key, 0) for count in counts)):
            print("    %-14s %-50s %s" % (*key, spread([count.get(key, 0) for count in counts], "%.1f")), flush=True)

    def look(self):
        """Somebody follows the printers."""
        return self.session.spawn([self.session.programs[1], "status", "--watch", "--json"], stdout=-3)

    def libraries(self):
        """Where the service's memory is, by file."""
        found = {}
        name = ""
        with open(f"/proc/{self.pid}/smaps", encoding="ascii", errors="replace") as lines:
            for line in lines:
                if re.match(r"[0-9a-f]+-[0-9a-f]+ ", line):
                    name = os.path.basename(line.split(None, 5)[5].strip()) if len(line.split(None, 5)) > 5 else "[anonymous]"
                    name = re.sub(r"-[0-9.]+\.so|\.so\.[0-9.]+$", ".so", name)
                elif line.startswith(("Pss:", "Private_Dirty:")):
                    pss, dirty = found.get(name, (0, 0))
                    number = int(line.split()[1])
                    found[name] = (pss + number, dirty) if line.startswith("Pss:") else (pss, dirty + number)
        print("memory of the service by file, PSS and private dirty, KiB:")
        for name, (pss, dirty) in sorted(found.items(), key=lambda entry: -entry[1][0])[:22]:
            print("    %-36s %6d %6d" % (name, pss, dirty))

    def beside(self):
        """PSS and processor of all of them at the same time."""
        programs = {"octoherald-service": self.session.service}
        names = ["Printer %d" % number for number in range(1, self.options.printers + 1)]
        programs["PyQt5 tray"] = self.session.spawn(["/usr/bin/python3", os.path.join(HERE, "qt-tray.py"), *names])
        if self.options.programs[3:]:
            programs["hidden GTK 4 window"] = self.session.spawn([os.path.abspath(self.options.programs[3])])
        server = OctoPrintServer("1.11.8")
        let_everybody_in(server)
        with server:
            server.upload("part.gcode", dwell_gcode(1200), start=True)
            programs["Chromium with OctoPrint"] = start_chromium(self.session, server.url, free_port())
            time.sleep(SETTLE_S)
            before = {name: family_sum(process.pid, service_bench.read_cpu_s) for name, process in programs.items()}
            start = time.monotonic()
            time.sleep(self.options.seconds)
            passed = time.monotonic() - start
            for name, process in programs.items():
                if process.poll() is not None:
                    raise RuntimeError(f"{name} has ended")
                cpu_s = family_sum(process.pid, service_bench.read_cpu_s) - before[name]
                print("beside: %-24s PSS %6.1f MiB, RSS %6.1f MiB, CPU %.2f %% of a core"
                      % (name, family_sum(process.pid, lambda pid: service_bench.read_memory(pid)["Pss"]),
                         family_sum(process.pid, lambda pid: service_bench.read_memory(pid)["Rss"]), 100 * cpu_s / passed),
                      flush=True)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("programs", nargs="+")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--printers", type=int, default=10)
    parser.add_argument("--alone", action="store_true", help="without the others")
    parser.add_argument("--own-libraries", action="store_true", help="shared only with the panel and these programs")
    options = parser.parse_args()

    def begin(session):
        if options.own_libraries:
            own_libraries(session, os.path.abspath(options.programs[0]))
        start_panel(session)

    with BenchSession(*options.programs[:2], before=begin) as session:
        desktop = Desktop(session, options)
        urls = service_bench.start_printers(session, options.programs[2], options.printers)
        session.wait_for_printers(options.printers, "connection", "connected")
        time.sleep(SETTLE_S)
        desktop.measure("%d printers that wait" % options.printers)
        service_bench.start_prints(urls, PRINT_S)
        session.wait_for_printers(options.printers, "state", "printing")
        time.sleep(SETTLE_S)
        desktop.measure("%d printers that print" % options.printers)
        watcher = desktop.look()
        time.sleep(2)
        desktop.measure("the same, and somebody looks")
        watcher.terminate()
        desktop.libraries()
        if not options.alone:
            desktop.beside()
    return 0


if __name__ == "__main__":
    sys.exit(main())
