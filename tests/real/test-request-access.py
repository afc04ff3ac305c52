#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The whole way in, as a person goes it: octoheraldctl, the service, the keyring, and a real OctoPrint.

The server takes three requests for a key a minute, so the tests are few and have an order.
"""

import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import unittest

HERE = pathlib.Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent / "service"), str(HERE.parent)]

from herald_session import CTL, HeraldSession, wait_until  # noqa: E402
from octoprint_browser import Browser  # noqa: E402
from octoprint_server import OctoPrintServer, dwell_gcode  # noqa: E402

VERSION = os.environ.get("OCTOPRINT_VERSION", "1.11.8")
LIMIT_S = 60
PRINT_S = 60


class RequestAccess(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(OctoPrintServer(VERSION))
        cls.session = cls.enterClassContext(HeraldSession(notifications=False))
        cls.ctl = staticmethod(cls.session.ctl)
        cls.printer = cls.ctl("printer", "add", "--url", f"127.0.0.1:{cls.server.port}").stdout.strip()

    def show(self):
        return self.session.ctl_json("printer", "show", self.printer)

    def wait_for(self, key, *wanted):
        return wait_until(lambda: (shown := self.show())[key] in wanted and shown, LIMIT_S)

    def request(self):
        """The running command, and the page it wants to be opened."""
        process = self.session.spawn([CTL, "printer", "request-access", self.printer, "--json", "--no-browser"],
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        return process, json.loads(process.stdout.readline())["page"]

    def end(self, process):
        """(exit status, state, sentence)"""
        output, problem = process.communicate(timeout=LIMIT_S)
        return process.returncode, json.loads(output)["state"], problem

    def test_1_without_key_it_says_so(self):
        shown = self.wait_for("connection", "unauthorized")
        self.assertEqual(shown["url"], self.server.url)
        self.assertIn("key refused", self.ctl("status").stdout)

    def test_2_refusal_is_told(self):
        process, page = self.request()
        Browser().decide(self.server.url, page, False)
        status, state, problem = self.end(process)
        self.assertEqual((status, state, len(problem.splitlines())), (1, "refused", 1), problem)

    def test_3_interrupt_withdraws(self):
        process, _page = self.request()
        process.send_signal(signal.SIGINT)
        self.assertEqual(self.end(process), (1, "withdrawn", "The request was withdrawn\n"))

    def test_4_granted_key_is_used_at_once(self):
        process, page = self.request()
        Browser().decide(self.server.url, page, True)
        self.assertEqual(self.end(process), (0, "granted", ""))
        shown = self.wait_for("connection", "connected")
        self.assertEqual((shown["version"], shown["name"]), (VERSION, self.server.name))
        self.assertIn("signed in as admin", self.ctl("printer", "check", self.printer).stdout)
        kept = pathlib.Path(self.server.base, "data", "appkeys", "keys.yaml").read_text(encoding="utf-8")
        keys = re.findall(r"api_key: (\S{32,})", kept)
        told = self.session.log() + self.ctl("config", "export", "-").stdout
        self.assertTrue(keys, kept)
        self.assertFalse([key for key in keys if key in told])

    def test_5_printer_does_what_it_is_told(self):
        self.wait_for("state", "operational")
        self.ctl("printer", "disconnect", self.printer)
        self.wait_for("state", "offline")
        self.assertIn("printer off", self.ctl("status").stdout)
        self.ctl("printer", "connect", self.printer)
        self.wait_for("state", "operational")
        self.server.upload("part.gcode", dwell_gcode(PRINT_S), start=True)
        self.wait_for("state", "printing")
        self.ctl("printer", "pause", self.printer)
        self.wait_for("state", "paused")
        self.ctl("printer", "resume", self.printer)
        self.wait_for("state", "printing")
        self.ctl("printer", "cancel", self.printer)
        self.wait_for("state", "operational")


if __name__ == "__main__":
    import tap
    tap.main()
