#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the service says on the bus while printers print: all that happens, and figures only to those who look."""

import json
import os
import pathlib
import sys
import time
import unittest
import urllib.request

from herald_session import CTL, HeraldSession, wait_until

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
# A printer that prints tells its figures every two seconds.
SOME_FIGURES_S = 5


class Traffic(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = cls.enterClassContext(HeraldSession(keyring=False, display=False, notifications=False))
        demo = cls.session.spawn([DEMO, "--printers", "1", "--idle", "--json", "--key", KEY], stdout=-1, text=True)
        cls.addClassCleanup(demo.stdout.close)
        cls.url = None
        while cls.url is None:
            said = json.loads(demo.stdout.readline())
            cls.url = said.get("url") if "printer" in said else None
        # Without a keyring the key is handed over as a file.
        cls.session.ctl("printer", "add", "--name", "Demo", "--url", cls.url)
        cls.session.stop_service()
        pathlib.Path(cls.session.folder, "demo.key").write_text(KEY, encoding="ascii")
        cls.session.environment["CREDENTIALS_DIRECTORY"] = cls.session.folder
        cls.session.start_service()

    def setUp(self):
        wait_until(lambda: self.show()["state"] == "operational")
        self.said = pathlib.Path(self.session.folder, "said.txt")
        with open(self.said, "wb") as said:
            self.monitor = self.session.spawn(["dbus-monitor", "--session"], stdout=said)
        wait_until(lambda: b"NameLost" in self.said.read_bytes())
        self.addCleanup(self.session.run, [CTL, "printer", "cancel", "demo"])
        self.addCleanup(self.stop, self.monitor)

    def stop(self, process):
        process.terminate()
        process.wait(20)

    def show(self):
        return self.session.ctl_json("printer", "show", "demo")

    def print_something(self):
        body = json.dumps({"file": "benchy.gcode", "seconds": 300, "outcome": "done"}).encode()
        request = urllib.request.Request(self.url.rstrip("/") + "/demo/print", body,
                                         {"Content-Type": "application/json"}, method="POST")
        urllib.request.urlopen(request, timeout=20).close()
        self.until_said('string "printing"')

    def signals(self):
        """What was said of printers, one text for each message."""
        messages = self.said.read_text(encoding="utf-8", errors="replace").split("\nsignal ")
        return [message for message in messages if "member=PropertiesChanged" in message and '"' in message and
                'OctoHerald.Printer1"' in message]

    def until_said(self, word):
        wait_until(lambda: any(word in message for message in self.signals()))

    def figures(self):
        return len([message for message in self.signals() if '"Temperatures"' in message or '"Progress"' in message])

    def test_nobody_hears_figures_nobody_asked_for(self):
        self.print_something()
        before = len(self.signals())
        time.sleep(SOME_FIGURES_S)
        self.assertEqual(self.signals()[before:], [])

    def test_state_is_told_to_those_who_only_listen(self):
        self.print_something()
        self.session.ctl("printer", "cancel", "demo")
        self.until_said('string "operational"')

    def test_figures_are_new_to_whoever_asks(self):
        self.print_something()
        first = self.show()
        time.sleep(SOME_FIGURES_S)
        second = self.show()
        self.assertGreater(second["elapsed"], first["elapsed"] + SOME_FIGURES_S - 4)
        self.assertNotEqual(second["temperatures"], first["temperatures"])

    def test_figures_are_told_while_somebody_looks(self):
        self.print_something()
        watcher = self.session.spawn([CTL, "status", "--watch", "--json"], stdout=-1, text=True)
        self.addCleanup(watcher.stdout.close)
        shown = [json.loads(watcher.stdout.readline())["printers"][0]["elapsed"] for _ in range(4)]
        self.assertEqual(shown, sorted(set(shown)))
        self.assertGreaterEqual(self.figures(), 3)
        self.stop(watcher)
        time.sleep(1)
        before = self.figures()
        time.sleep(SOME_FIGURES_S)
        self.assertEqual(self.figures(), before)


if __name__ == "__main__":
    sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
    import tap

    tap.main()
