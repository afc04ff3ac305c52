#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The connection is cut, and the service is killed, at random moments of a series of prints.

What must hold afterwards: as many prints were told to have ended well, and not, as OctoPrint itself has
counted. SEED, PRINTS and KILLS come from the environment, and so does LATE_S: by how much OctoPrint counts late.
"""

import collections
import concurrent.futures
import contextlib
import os
import pathlib
import random
import shutil
import threading
import time

from cut_proxy import CutProxy
from printing_scene import PrintingScene, dwell_gcode, wait_until

SEED = int(os.environ.get("SEED", str(time.time_ns() % 1000000)))
PRINTS = int(os.environ.get("PRINTS", "5"))
KILLS = int(os.environ.get("KILLS", "10"))
LATE_S = float(os.environ.get("LATE_S", "0"))
COUNT_LIMIT_S = 60

OUTCOMES = {"print-done": "success", "print-failed": "failure", "print-cancelled": "failure"}


class Flaps(PrintingScene):
    FILES = {"one.gcode": dwell_gcode(4), "two.gcode": dwell_gcode(6)}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.threads = cls.enterClassContext(concurrent.futures.ThreadPoolExecutor(1))
        cls.dice = random.Random(SEED)
        print(f"# SEED={SEED}", flush=True)

    @classmethod
    def prepare(cls):
        if LATE_S:
            plugins = pathlib.Path(cls.server.base, "plugins")
            plugins.mkdir(exist_ok=True)
            shutil.copy(pathlib.Path(__file__).parent / "late_counts_plugin.py", plugins / "late_counts.py")

    @classmethod
    def make_url(cls):
        cls.proxy = cls.enterClassContext(CutProxy(cls.server.port))
        return cls.proxy.url

    def counted(self):
        """How often each file was printed well, and not, says the server."""
        files = self.server.expect("GET", "/api/files/local")["files"]
        return {(file["name"].partition(".")[0], word): file["prints"][word]
                for file in files if "prints" in file for word in ("success", "failure") if file["prints"][word]}

    def told(self):
        """The same, as it was told."""
        told = collections.Counter((message["text"].split()[1], OUTCOMES[message["kind"]])
                                   for message in self.messages() if message["kind"] in OUTCOMES)
        return dict(told)

    def print_series(self, count):
        """Some are cancelled."""
        for _ in range(count):
            self.server.print_file(self.dice.choice(list(self.FILES)))
            self.server.wait_state("Printing", 20)
            if self.dice.random() < 0.3:
                time.sleep(self.dice.uniform(0, 2))
                # It may just have come to its end.
                self.server.request("POST", "/api/job", {"command": "cancel"})
            self.server.wait_state("Operational", 30)

    def assert_ledger(self, n_least):
        """`n_least` prints have been made, or more. A busy OctoPrint counts them seconds after they are over."""
        with contextlib.suppress(AssertionError):
            wait_until(lambda: sum(self.counted().values()) >= n_least and self.told() == self.counted(), COUNT_LIMIT_S)
        time.sleep(6 + LATE_S)
        expected = self.counted()
        self.assertGreaterEqual(sum(expected.values()), n_least)
        kinds = collections.Counter(self.words(self.messages()))
        print(f"# counted {expected}, told {dict(kinds)}", flush=True)
        if self.told() != self.counted():
            for message in self.messages():
                print(f"# {message['occurred']} {message['kind']} ({message['source']}): {message['text']}")
            print("\n".join("# " + line for line in self.session.log().splitlines() if "gap" in line), flush=True)
        self.assertEqual(self.told(), self.counted())
        starts = sum(message["kind"] == "print-started" for message in self.messages())
        self.assertLessEqual(starts, sum(self.counted().values()))
        self.assertLessEqual(set(kinds), {f"{kind}{source}" for kind in ("print-started", *OUTCOMES)
                                          for source in ("", " (reconciled)")})

    def test_1_cuts(self):
        series = self.threads.submit(self.print_series, PRINTS)
        n_cuts = 0
        while not series.done():
            time.sleep(self.dice.uniform(0, 3))
            with self.proxy.cut():
                time.sleep(self.dice.uniform(0.2, 3))
            n_cuts += 1
            wait_until(lambda: self.status()["connection"] == "connected", 60)
        series.result()
        print(f"# {n_cuts} cuts", flush=True)
        self.assert_ledger(PRINTS)

    def test_2_kills(self):
        before = sum(self.counted().values())
        over = threading.Event()

        def print_on():
            while not over.is_set():
                self.print_series(1)

        series = self.threads.submit(print_on)
        for _kill in range(KILLS):
            time.sleep(self.dice.uniform(0, 2.5))
            self.session.service.kill()
            self.session.service.wait()
            time.sleep(self.dice.choice([0, 0, 2]))
            self.session.start_service()
        over.set()
        series.result()
        self.assert_ledger(before + KILLS // 5)


if __name__ == "__main__":
    import tap
    tap.main()
