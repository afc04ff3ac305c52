#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""How soon the window is there, what it holds, and what fifty printers that print cost it.

    bench-window.py HELLO_WINDOW [--starts N] [--seconds N]

The programs come from the environment, as in a test of the window. The time is from the start of the process to the first
change on the screen, which is kept in a file; the window takes turns with a hello-world window of libadwaita. Cairo renders.
"""

import argparse
import importlib
import mmap
import os
import pathlib
import statistics
import sys
import time

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE.parent / "window")]

from desk import WINDOW, Desk  # noqa: E402
from bench_session import percentile  # noqa: E402

service_bench = importlib.import_module("bench-service")
LIMIT_S = 30
PRINT_S = 3 * 3600
# Time enough for its first pictures and for what they were read into to be given back
SETTLE_S = 10
# So many bytes of the screen are left out between two that are looked at
STEP = 4 * 97


class BenchDesk(Desk):
    """Its screen is a file."""

    def display_options(self):
        return *super().display_options(), "-fbdir", self.folder

    def screen(self):
        with open(f"{self.folder}/Xvfb_screen0", "rb") as file:
            return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)


def start(desk, screen, program):
    """Milliseconds until @program shows something, and the process."""
    before = screen[::STEP]
    begin = time.monotonic()
    process = desk.spawn([program], stdout=-3, stderr=-3)
    while screen[::STEP] == before:
        if time.monotonic() - begin > LIMIT_S:
            raise RuntimeError(f"{program} shows nothing")
        time.sleep(0.002)
    return (time.monotonic() - begin) * 1000, process


def end(desk, screen, process):
    """Closes the window and waits for the program to end; milliseconds."""
    begin = time.monotonic()
    desk.keys("ctrl+w") if process.args == [WINDOW] else process.terminate()
    status = process.wait(LIMIT_S)
    took_ms = (time.monotonic() - begin) * 1000
    if process.args == [WINDOW] and status != 0:
        raise RuntimeError(f"the window ended with {status}")
    # The screen is empty again.
    time.sleep(0.5)
    return took_ms


def measure_starts(hello, starts):
    with BenchDesk(*[f"Printer {number}" for number in range(1, 11)], is_open=False) as desk:
        screen = desk.screen()
        times, ends = {hello: [], WINDOW: []}, []
        memories = {hello: [], WINDOW: []}
        for turn in range(starts + 1):
            for program in (hello, WINDOW):
                took_ms, process = start(desk, screen, program)
                # A person's second: the rest of the start belongs to no one else's time.
                time.sleep(1)
                memory = service_bench.read_memory(process.pid)
                ended_ms = end(desk, screen, process)
                # The first of each warms the computer's caches.
                if turn > 0:
                    times[program].append(took_ms)
                    memories[program].append(memory)
                    if program == WINDOW:
                        ends.append(ended_ms)
        screen.close()
    ours, theirs = times[WINDOW], times[hello]
    for name, values in (("the window, ten printers", ours), ("hello-world of libadwaita", theirs)):
        print(f"shown after start, {name} (n={len(values)}): p50 {statistics.median(values):.0f} ms, "
              f"p90 {percentile(values, 90):.0f} ms, longest {max(values):.0f} ms")
    print(f"shown after start, ratio of the medians: {statistics.median(ours) / statistics.median(theirs):.2f}")
    print(f"program ended after Ctrl+W (n={len(ends)}): p50 {statistics.median(ends):.0f} ms, longest {max(ends):.0f} ms")
    for name, values in (("the window, ten printers", memories[WINDOW]), ("hello-world of libadwaita", memories[hello])):
        print(f"a second after it was shown, {name}: RSS {statistics.median(each['Rss'] for each in values):.1f} MiB, PSS "
              f"{statistics.median(each['Pss'] for each in values):.1f} MiB", flush=True)


def measure_life(count, seconds):
    """Memory and the processor's time with @count printers that print, the page of printers in front"""
    with BenchDesk(*[f"Printer {number}" for number in range(1, count + 1)], is_open=False) as desk:
        for printer in desk.printers:
            printer.play("print", file="benchy.gcode", seconds=PRINT_S, outcome="done")
        process = desk.spawn([WINDOW], stdout=-3, stderr=-3)
        time.sleep(SETTLE_S)
        cpu_s, begin = service_bench.read_cpu_s(process.pid), time.monotonic()
        time.sleep(seconds)
        share = 100 * (service_bench.read_cpu_s(process.pid) - cpu_s) / (time.monotonic() - begin)
        memory = service_bench.read_memory(process.pid)
        print(f"{count} printers that print, {seconds} s: CPU {share:.2f} % of a core, RSS {memory['Rss']:.1f} MiB, "
              f"PSS {memory['Pss']:.1f} MiB, private dirty {memory['Private_Dirty']:.1f} MiB", flush=True)
        process.terminate()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("hello")
    parser.add_argument("--starts", type=int, default=20)
    parser.add_argument("--seconds", type=int, default=30)
    options = parser.parse_args()
    measure_starts(os.path.abspath(options.hello), options.starts)
    for count in (1, 10, 50):
        measure_life(count, options.seconds)
    return 0


if __name__ == "__main__":
    sys.exit(main())
