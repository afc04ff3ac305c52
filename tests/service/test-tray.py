#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The icon in the panel: what its menu says while a simulated printer prints, and what comes of a click."""

import json
import os
import sys
import time
import unittest
import urllib.request

from herald_session import HeraldSession, wait_until
from tray_panel import TrayPanel

DEMO = os.environ["OCTOHERALD_DEMO"]
KEY = "DEMOKEYDEMOKEYDEMOKEYDEMOKEY0001"
NAME = "<b>&\"'_x"


class Tray(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.session = HeraldSession(keyring=True, notifications=True).__enter__()
        cls.addClassCleanup(cls.session.close)
        demo = cls.session.spawn([DEMO, "--printers", "1", "--idle", "--json", "--key", KEY], stdout=-1, text=True)
        cls.addClassCleanup(demo.stdout.close)
        cls.url = None
        while cls.url is None:
            said = json.loads(demo.stdout.readline())
            cls.url = said.get("url") if "printer" in said else None
        cls.panel = TrayPanel(cls.session)
        cls.addClassCleanup(cls.panel.close)
        cls.panel.start()
        cls.printer = cls.session.ctl("printer", "add", "--name", NAME, "--url", cls.url, "--key-file", "-",
                                      input=KEY).stdout.strip()

    def setUp(self):
        self.addCleanup(self.session.ctl, "unmute")
        self.wait_for("ready")

    def wait_for(self, words):
        """What the first line says, as soon as it says it."""
        return wait_until(lambda: (line := self.panel.labels()[0]) and words in line and line)

    def demo(self, path, **body):
        request = urllib.request.Request(self.url.rstrip("/") + "/demo/" + path, json.dumps(body).encode(),
                                         {"Content-Type": "application/json"}, method="POST")
        urllib.request.urlopen(request, timeout=20).close()

    def print_something(self, file="benchy.gcode"):
        self.demo("print", file=file, seconds=600, outcome="done")
        self.addCleanup(self.session.ctl, "printer", "cancel", self.printer, "--yes")
        return self.wait_for("printing")

    def test_name_is_shown_as_text(self):
        self.assertEqual(self.panel.labels()[0], NAME + ": ready")
        self.assertEqual(self.panel.tooltip(), NAME + ": ready")

    def test_print_is_followed(self):
        line = self.print_something()
        wait_until(lambda: "%" in self.panel.tooltip() and "done at" in self.panel.tooltip())
        self.assertTrue(line.startswith(NAME + ": printing"), line)
        self.assertIn("“benchy.gcode”", self.panel.labels())
        self.assertEqual(self.panel.look()["Status"], "Active")

    def test_print_is_paused_resumed_and_cancelled(self):
        self.print_something()
        self.assertFalse(self.panel.find("Resume")[2])
        self.panel.click("Pause")
        self.wait_for("paused")
        wait_until(lambda: self.panel.find("Resume")[2] and not self.panel.find("Pause")[2])
        self.panel.click("Resume")
        self.wait_for("printing")
        self.assertEqual(self.panel.labels("Cancel this print"), ["“benchy.gcode” will be lost.", "Yes, cancel it"])
        self.panel.click("Cancel this print", "Yes")
        self.wait_for("ready")
        self.assertEqual(self.panel.find("Cancel this print")[2:], (False, -1, []))


if __name__ == "__main__":
    sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
    import tap

    tap.main()
